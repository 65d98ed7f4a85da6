/*
 * Volumes with error control, instants located. Math: docs/math/network_time.md, Eq. (P30)-(P37).
 *
 * The integrator carries the volumes of the tanks and, behind them, everything that is summed over time (overflow, water
 * by destination, what pumps take), so that sums and volumes come from the same steps and close to rounding. A rate is one
 * steady solve with commands and limit flags held; the method is implicit, because explicit steps collapse on small tanks.
 *
 *   1 an instant: inputs where a pattern steps on, controls, limit flags, the solve, a row where one is due
 *   2 steps of the integrator to the next known time, each looked at for rules and controls at junctions, which are
 *     bisected; limits and levels are its roots
 *   3 what happened there; a restart where anything jumped; on from 1
 */
#include "period/course.h"
#include "period/rules.h"

#include "numerics/dae.h"

#include <math.h>
#include <string.h>

enum { DAY = 86400, CROWD = 1000, SLOPES_MOST = 20 };

/* Sums behind the volumes; then per pump. */
enum { FROM, TO, INFLOW, DELIVERED, EMITTED, LEAKED, UNMET, WATERS };
enum { ENERGY, EFFICIENCY, PER_VOLUME, VOLUME, ONLINE, PUMPS };

static const double MILLISECOND = 1e-3;
static const double SAME_TIME   = 1e-6; /* [s] */
static const double AT_LIMIT    = 1e-9; /* of the capacity */
static const double HYSTERESIS  = 1e-4; /* of the capacity: a tank has left its limit */
static const double NUDGE       = 1e-5; /* of the capacity, for slopes */
static const double UNWATCHED   = 1e30; /* tolerance of sums: they follow, they do not steer */
static const double TIGHT       = 1e-7; /* accuracy of a rate */
static const double STILL       = 1e-6 * 0.028316846592; /* [m3/s] */
static const double FIRST_STEP =
    0.2; /* of the time to the next stop: the error control shortens what is too long */
static const double CROWDED = 1.0; /* [s] within which a crowd of switches is an endless one */

typedef struct adaptive {
    park_course            *course;
    park_dae               *dae;
    park_hydraulic_settings inner; /* of a rate */
    park_hydraulic_plan    *plan;  /* of a rate: one in which controls at junctions keep still */
    park_hydraulic_work    *work;
    size_t                  tanks, pumps, states;
    double                 *y, *trial, *base, *nudged, *atol;
    bool                   *full, *empty;
    bool                   *fired;   /* [controls] */
    int32_t                *watched; /* [roots - 2 tanks] controls on levels of tanks */
    bool                   *reached; /* [watches] at its level or behind, and not away from it since */
    size_t                  watches;
    bool                    by_junctions; /* some control reads a junction */
    double                 *slope;        /* [tanks * states] */
    double                  slopes_asked; /* [s] */
    int                     slopes_used;
    double                 *paid;               /* [pumps] energy that has been paid for [J] */
    double                  looked, rules_from; /* [s] */
    double                  noticed;            /* [s] up to which durations are counted */
    double                  crowd_since;
    int                     crowd;
    park_error              inside; /* what failed within a rate */
} adaptive;

static double capacity(const adaptive *a, size_t i)
{
    return a->course->tanks->volume_high[i] - a->course->tanks->volume_low[i];
}

/* ---- rates ---- */

static void volumes_put(adaptive *a, const double *y)
{
    park_course *c = a->course;
    for (size_t i = 0; i < a->tanks; i++) {
        int32_t n              = c->net->tank.node[i];
        c->volume[i]           = y[i];
        c->state.head[n]       = park_tank_head(c->tanks, i, y[i]);
        c->level[i]            = c->state.head[n] - c->tanks->bottom[i];
        bool over              = c->net->tank.overflows[i];
        c->state.tank_full[n]  = a->full[i] && !over;
        c->state.tank_empty[n] = a->empty[i];
    }
}

static void water_rates(const park_course *c, double *f)
{
    const park_hydraulic_state *s = &c->state;
    memset(f, 0, WATERS * sizeof *f);
    for (size_t n = 0; n < c->net->node.count; n++) {
        park_net_node_kind kind = c->net->node.kind[n];
        if (kind == PARK_NET_RESERVOIR) {
            f[FROM] += fmax(-s->inflow[n], 0.0);
            f[TO] += fmax(s->inflow[n], 0.0);
        }
        if (kind != PARK_NET_JUNCTION)
            continue;
        f[INFLOW] += fmax(-s->delivered[n], 0.0) + fmax(-s->emitter[n], 0.0);
        f[DELIVERED] += fmax(s->delivered[n], 0.0);
        f[EMITTED] += fmax(s->emitter[n], 0.0);
        f[LEAKED] += s->leak[n];
        f[UNMET] += s->demand[n] > 0.0 ? fmax(s->demand[n] - s->delivered[n], 0.0) : 0.0;
    }
}

static void pump_rates(const park_course *c, double *f)
{
    memset(f, 0, c->net->pump.count * PUMPS * sizeof *f);
    for (size_t p = 0; p < c->net->pump.count; p++, f += PUMPS) {
        double efficiency, power = park_hydraulic_pump_power(c->plan, &c->state, (int32_t)p, &efficiency);
        double flow = fabs(c->state.flow[c->net->pump.link[p]]);
        if (!(efficiency > 0.0))
            continue;
        f[ENERGY]     = power;
        f[EFFICIENCY] = efficiency;
        f[PER_VOLUME] = power / fmax(flow, STILL);
        f[VOLUME]     = flow;
        f[ONLINE]     = 1.0;
    }
}

/* Eq. (P30)-(P32): a full tank that may overflow keeps what it has. */
static bool rates_at(adaptive *a, const double *y, double *f)
{
    park_course          *c = a->course;
    park_hydraulic_report report;
    volumes_put(a, y);
    if (park_hydraulic_solve(a->plan, &a->inner, &c->state, a->work, &report, &a->inside) != PARK_OK)
        return false;
    c->result->solves++;
    c->result->iterations += (uint64_t)report.iterations;
    for (size_t i = 0; i < a->tanks; i++) {
        double inflow   = c->state.inflow[c->net->tank.node[i]];
        double over     = a->full[i] && c->net->tank.overflows[i] ? fmax(inflow, 0.0) : 0.0;
        f[i]            = inflow - over;
        f[a->tanks + i] = over;
    }
    water_rates(c, f + 2 * a->tanks);
    pump_rates(c, f + 2 * a->tanks + WATERS);
    return true;
}

/* What made a rate fail, as the caller's failure. */
static park_status inside_fails(const adaptive *a, park_error *err)
{
    if (err != NULL)
        *err = a->inside;
    return a->inside.status;
}

static park_dae_reply rate(void *user, double t, const double *y, double *f)
{
    (void)t; /* inputs stand still between instants */
    return rates_at(user, y, f) ? PARK_DAE_FINE : PARK_DAE_GIVE_UP;
}

/* Slopes by one solve a tank. */
static bool slopes_at(adaptive *a, const double *y)
{
    if (!rates_at(a, y, a->base))
        return false;
    memcpy(a->trial, y, a->states * sizeof *y);
    for (size_t i = 0; i < a->tanks; i++) {
        double *slope  = a->slope + i * a->states;
        double  middle = (a->course->tanks->volume_low[i] + a->course->tanks->volume_high[i]) / 2.0;
        double  nudge  = fmax(NUDGE * capacity(a, i), 1e-12) * (y[i] > middle ? -1.0 : 1.0);
        a->trial[i]    = y[i] + nudge;
        if (!rates_at(a, a->trial, a->nudged))
            return false;
        for (size_t k = 0; k < a->states; k++)
            slope[k] = (a->nudged[k] - a->base[k]) / nudge;
        a->trial[i] = y[i];
    }
    return true;
}

/* Columns of the tanks are full, all others hold their diagonal only. Slopes are kept while they do: the method asks again at
 * the same time or an earlier one when they did not lead it to the answer. */
static park_dae_reply jacobian(void *user, double t, double cj, const double *y, const double *yp,
                               double *value)
{
    adaptive *a = user;
    (void)cj, (void)yp;
    bool fresh = a->slopes_used == 0 || t <= a->slopes_asked || a->slopes_used >= SLOPES_MOST;
    if (fresh && !slopes_at(a, y))
        return PARK_DAE_GIVE_UP;
    a->slopes_used  = fresh ? 1 : a->slopes_used + 1;
    a->slopes_asked = t;
    if (a->tanks > 0)
        memcpy(value, a->slope, a->tanks * a->states * sizeof *value);
    memset(value + a->tanks * a->states, 0, (a->states - a->tanks) * sizeof *value);
    return PARK_DAE_FINE;
}

/* ---- roots: limits, then levels that controls read ---- */

static double control_volume(const adaptive *a, const park_net_control *control)
{
    size_t i = (size_t)a->course->tanks->of_node[control->node];
    return park_tank_volume(a->course->tanks, i, a->course->tanks->bottom[i] + control->value);
}

/* How far a level is behind the one that its control waits for [m3]. */
static double beyond(const adaptive *a, const park_net_control *control, const double *y)
{
    double ahead = y[a->course->tanks->of_node[control->node]] - control_volume(a, control);
    return control->when == PARK_NET_WHEN_ABOVE ? ahead : -ahead;
}

/* Eq. (P33) */
static park_dae_reply root(void *user, double t, const double *y, double *g)
{
    const adaptive   *a = user;
    const park_tanks *s = a->course->tanks;
    (void)t;
    for (size_t i = 0; i < a->tanks; i++) {
        double leave = HYSTERESIS * capacity(a, i);
        g[2 * i]     = y[i] - s->volume_high[i] + (a->full[i] ? leave : 0.0);
        g[2 * i + 1] = y[i] - s->volume_low[i] - (a->empty[i] ? leave : 0.0);
    }
    for (size_t w = 0; w < a->watches; w++) {
        const park_net_control *control = &a->course->net->control[a->watched[w]];
        size_t                  i       = (size_t)a->course->tanks->of_node[control->node];
        double                  leave   = a->reached[w] ? HYSTERESIS * capacity(a, i) : 0.0;
        g[2 * a->tanks + w]             = beyond(a, control, y) + leave;
    }
    return PARK_DAE_FINE;
}

/* ---- making ---- */

static park_status columns_make(adaptive *a, park_error *err)
{
    park_course *c = a->course;
    a->tanks       = c->net->tank.count;
    a->pumps       = c->net->pump.count;
    a->states      = 2 * a->tanks + WATERS + a->pumps * PUMPS;
    a->y           = PARK_ARRAY(c->arena, a->states, double);
    a->trial       = PARK_ARRAY(c->arena, a->states, double);
    a->base        = PARK_ARRAY(c->arena, a->states, double);
    a->nudged      = PARK_ARRAY(c->arena, a->states, double);
    a->atol        = PARK_ARRAY(c->arena, a->states, double);
    a->full        = PARK_ARRAY(c->arena, a->tanks, bool);
    a->empty       = PARK_ARRAY(c->arena, a->tanks, bool);
    a->fired       = PARK_ARRAY(c->arena, c->net->controls, bool);
    a->slope       = PARK_ARRAY(c->arena, a->tanks * a->states, double);
    a->paid        = PARK_ARRAY(c->arena, a->pumps, double);
    a->reached     = PARK_ARRAY(c->arena, c->net->controls, bool);
    a->watched     = PARK_ARRAY(c->arena, c->net->controls, int32_t);
    if (!a->y || !a->trial || !a->base || !a->nudged || !a->atol || !a->full || !a->empty || !a->fired ||
        !a->watched || !a->reached || !a->slope || !a->paid)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to integrate %zu tanks", a->tanks);
    for (size_t i = 0; i < a->states; i++)
        a->atol[i] = UNWATCHED;
    for (size_t i = 0; i < a->tanks; i++) {
        a->y[i]    = c->volume[i];
        a->atol[i] = fmax(c->settings->rtol * capacity(a, i), 1e-12);
    }
    for (size_t k = 0; k < c->net->controls; k++) {
        const park_net_control *control = &c->net->control[k];
        bool level = control->when == PARK_NET_WHEN_ABOVE || control->when == PARK_NET_WHEN_BELOW;
        if (control->enabled && control->link >= 0 && level && c->tanks->of_node[control->node] >= 0)
            a->watched[a->watches++] = (int32_t)k;
        a->by_junctions = a->by_junctions || (control->enabled && park_control_at_junction(c, k));
    }
    return PARK_OK;
}

/* Controls at junctions act within a solve; a rate must not switch, so it is solved on a plan that leaves them out. */
static park_status still_plan_make(adaptive *a, park_error *err)
{
    park_course  *c     = a->course;
    park_network *still = PARK_NEW(c->arena, park_network);
    a->plan             = c->plan;
    a->work             = c->work;
    if (!a->by_junctions)
        return PARK_OK;
    park_net_control *control = PARK_ARRAY(c->arena, c->net->controls, park_net_control);
    if (still == NULL || control == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a second plan");
    *still = *c->net;
    memcpy(control, c->net->control, c->net->controls * sizeof *control);
    for (size_t k = 0; k < still->controls; k++)
        control[k].enabled = control[k].enabled && !park_control_at_junction(c, k);
    still->control = control;
    PARK_TRY(park_hydraulic_plan_make(c->arena, still, &a->plan, err));
    return park_hydraulic_work_make(c->arena, a->plan, &a->work, err);
}

static park_status pattern_make(const adaptive *a, park_sparse *pattern, park_error *err)
{
    park_arena *arena   = a->course->arena;
    size_t      entries = a->tanks * a->states + a->states - a->tanks, k = 0;
    pattern->rows = pattern->cols = (int32_t)a->states;
    pattern->start                = PARK_ARRAY(arena, a->states + 1, size_t);
    pattern->index                = PARK_ARRAY(arena, entries, int32_t);
    pattern->value                = PARK_ARRAY(arena, entries, double);
    if (!pattern->start || !pattern->index || !pattern->value)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to integrate %zu tanks", a->tanks);
    for (size_t j = 0; j < a->states; j++) {
        pattern->start[j] = k;
        for (size_t i = j < a->tanks ? 0 : j; i < (j < a->tanks ? a->states : j + 1); i++)
            pattern->index[k++] = (int32_t)i;
    }
    pattern->start[a->states] = k;
    return PARK_OK;
}

static park_status integrator_make(adaptive *a, park_error *err)
{
    park_course *c = a->course;
    park_sparse  pattern;
    PARK_TRY(pattern_make(a, &pattern, err));
    park_dae_problem  problem  = {.what     = "volumes of the tanks",
                                  .states   = a->states,
                                  .roots    = 2 * a->tanks + a->watches,
                                  .user     = a,
                                  .rate     = rate,
                                  .pattern  = &pattern,
                                  .jacobian = jacobian,
                                  .root     = root};
    park_dae_settings settings = {
        .rtol = c->settings->rtol, .atol = a->atol, .longest_step = (double)c->net->time.hydraulic_step};
    return park_dae_new(c->arena, &problem, &settings, c->time, a->y, NULL, &a->dae, err);
}

/* ---- an instant ---- */

/* Which controls reach their level here, having been away from it. */
static void levels(adaptive *a)
{
    for (size_t w = 0; w < a->watches; w++) {
        const park_net_control *control = &a->course->net->control[a->watched[w]];
        double                  size    = capacity(a, (size_t)a->course->tanks->of_node[control->node]);
        double                  far     = beyond(a, control, a->y);
        bool                    at      = far >= -AT_LIMIT * size;
        a->fired[a->watched[w]]         = at && !a->reached[w];
        a->reached[w]                   = at || (a->reached[w] && far > (AT_LIMIT - HYSTERESIS) * size);
    }
}

/* Tanks at their limits are set exactly on them; true when a flag changed. */
static bool limits(adaptive *a)
{
    const park_tanks *s       = a->course->tanks;
    bool              changed = false;
    for (size_t i = 0; i < a->tanks; i++) {
        double near = AT_LIMIT * capacity(a, i), leave = HYSTERESIS * capacity(a, i) - near;
        double high = s->volume_high[i], low = s->volume_low[i], before = a->y[i];
        bool   was_full = a->full[i], was_empty = a->empty[i];
        a->full[i]  = a->y[i] >= high - near || (was_full && a->y[i] > high - leave);
        a->empty[i] = a->y[i] <= low + near || (was_empty && a->y[i] < low + leave);
        if (fabs(a->y[i] - high) <= near || a->y[i] > high)
            a->y[i] = high;
        else if (fabs(a->y[i] - low) <= near || a->y[i] < low)
            a->y[i] = low;
        a->course->result->water.rounded += before - a->y[i];
        changed = changed || was_full != a->full[i] || was_empty != a->empty[i] || before != a->y[i];
    }
    return changed;
}

static void tell_durations(adaptive *a)
{
    park_notice_step(a->course, a->course->time - a->noticed);
    a->noticed = a->course->time;
}

/* 1 of the essay; `fired`: NULL at the start; `jumped`: something has been changed already, out: something was. */
static park_status instant(adaptive *a, bool *fired, bool *jumped, park_error *err)
{
    park_course *c = a->course;
    tell_durations(a);
    bool flags      = limits(a);
    *jumped         = flags || *jumped;
    uint64_t events = c->result->events, within = c->within;
    volumes_put(a, a->y);
    levels(a);
    PARK_TRY(park_inputs_apply(c, err));
    PARK_TRY(park_controls_apply(c, 0.0, fired, err));
    *jumped = *jumped || c->result->events != events;
    PARK_TRY(park_course_solve(c, err));
    *jumped = *jumped || c->within != within;
    if (flags || c->result->events != events || c->within != within)
        a->slopes_used = 0; /* other links are open now: slopes of before would mislead */
    park_course_peaks(c);
    return park_course_report(c, c->time >= (double)c->net->time.duration, err);
}

/* ---- switches between instants: rules and controls at junctions ---- */

static bool switches(adaptive *a, const double *y, double t)
{
    park_course *c = a->course;
    if (c->net->rules == 0 && !a->by_junctions)
        return false;
    c->time = t;
    if (!rates_at(a, y, a->base))
        return false; /* the next instant tells */
    if (park_rules_look(c, a->looked) > 0)
        return true;
    for (size_t k = 0; a->by_junctions && k < c->net->controls; k++) {
        const park_net_control *control = &c->net->control[k];
        if (control->enabled && park_control_at_junction(c, k) && park_control_holds(c, k, 0.0) &&
            park_command_differs(c, control->link, park_control_command(c, k)))
            return true;
    }
    return false;
}

/* The first instant in (from, *to] at which something switches, to a millisecond; y there. Eq. (P35) */
static park_status locate(adaptive *a, double from, double *to, park_error *err)
{
    double lo = from, hi = *to;
    while (hi - lo > MILLISECOND) {
        double middle = lo + (hi - lo) / 2.0;
        PARK_TRY(park_dae_dense(a->dae, middle, 0, a->trial, err));
        memcpy(a->nudged, a->trial, a->states * sizeof *a->trial);
        if (switches(a, a->nudged, middle)) {
            hi = middle;
            memcpy(a->y, a->nudged, a->states * sizeof *a->y);
        } else {
            lo = middle;
        }
    }
    *to = hi;
    return PARK_OK;
}

/* What rules and controls at junctions do in the step that ended at *reached; Eq. (P36): the next look comes a rule step
 * after something was done. */
static park_status look(adaptive *a, double from, double *reached, bool *switched, park_error *err)
{
    park_course *c = a->course;
    *switched      = false;
    if (*reached < a->rules_from - SAME_TIME)
        return PARK_OK;
    if (switches(a, a->y, *reached)) {
        PARK_TRY(locate(a, fmax(from, a->rules_from - SAME_TIME), reached, err));
        *switched = switches(a, a->y, *reached);
        PARK_TRY(park_rules_act(c, err));
        a->rules_from = *reached + (double)c->net->time.rule_step;
    }
    a->looked = *reached;
    return PARK_OK;
}

/* ---- the march ---- */

/* Times of the day are whole seconds: what rounding made of them is put right. */
static double next_clock(double now, double clock_start, double value)
{
    double left = fmod(value - fmod(now + clock_start, DAY) + DAY, DAY);
    double next = now + (left <= SAME_TIME ? DAY : left), whole = nearbyint(next);
    return fabs(next - whole) < SAME_TIME ? whole : next;
}

static double sooner(double now, double stop, double other)
{
    return other > now + SAME_TIME && other < stop ? other : stop;
}

/* The next time at which anything is known to happen. */
static double next_stop(const adaptive *a)
{
    const park_course    *c   = a->course;
    const park_net_times *t   = &c->net->time;
    double                now = c->time, stop = (double)t->duration, clock = (double)t->clock_start;
    stop = sooner(now, stop, park_inputs_next(c));
    stop = sooner(now, stop, c->next_report);
    stop = sooner(now, stop, a->rules_from);
    for (size_t k = 0; k < c->net->controls; k++) {
        const park_net_control *control = &c->net->control[k];
        if (control->enabled && control->when == PARK_NET_WHEN_TIME)
            stop = sooner(now, stop, control->value);
        if (control->enabled && control->when == PARK_NET_WHEN_CLOCK)
            stop = sooner(now, stop, next_clock(now, clock, control->value));
    }
    for (size_t r = 0; r < c->net->rules; r++)
        for (size_t p = 0; p < c->net->rule[r].premises; p++) {
            const park_net_premise *premise = &c->net->rule[r].premise[p];
            if (premise->variable == PARK_NET_RULE_TIME)
                stop = sooner(now, stop, premise->value);
            if (premise->variable == PARK_NET_RULE_CLOCKTIME)
                stop = sooner(now, stop, next_clock(now, clock, premise->value));
        }
    return stop;
}

/* Switches that undo each other without end are told, not marched. */
static park_status crowded(adaptive *a, park_error *err)
{
    char clock[32];
    if (a->course->time - a->crowd_since > CROWDED) {
        a->crowd_since = a->course->time;
        a->crowd       = 0;
    }
    if (++a->crowd < CROWD)
        return PARK_OK;
    PARK_FAIL(
        err, PARK_E_NUMERIC,
        "%d switches within %g s: controls or tank limits undo each other; give their levels a distance",
        CROWD, CROWDED);
    return park_error_at(err, park_period_clock(a->course->time, clock));
}

/* Energy since the step before times the price of the stretch that it lies in. */
static void pay(adaptive *a)
{
    const double *pump = a->y + 2 * a->tanks + WATERS;
    for (size_t p = 0; p < a->pumps; p++) {
        a->course->result->pump[p].cost +=
            park_course_price(a->course, p) * (pump[p * PUMPS + ENERGY] - a->paid[p]);
        a->paid[p] = pump[p * PUMPS + ENERGY];
    }
}

/* Quality moves with the flows in the middle of the step: second order in it. */
static park_status carry(adaptive *a, double from, double to, park_error *err)
{
    park_course *c = a->course;
    if (c->quality_plan == NULL || !(to > from))
        return PARK_OK;
    PARK_TRY(park_dae_dense(a->dae, from + (to - from) / 2.0, 0, a->trial, err));
    if (!rates_at(a, a->trial, a->base))
        return inside_fails(a, err);
    return park_carry_step(c, from, to - from, a->y, err);
}

/* One step of the integrator and what follows from it. */
static park_status advance(adaptive *a, park_error *err)
{
    park_course     *c    = a->course;
    double           from = c->time, stop = next_stop(a), reached;
    park_dae_outcome outcome;
    bool             switched;
    park_carry_begin(c, a->y);
    park_status status = park_dae_advance(a->dae, stop, true, &reached, a->y, &outcome, err);
    if (status != PARK_OK) /* the reason behind the integrator's */
        return a->inside.status != PARK_OK ? inside_fails(a, err) : status;
    c->result->steps++;
    PARK_TRY(look(a, from, &reached, &switched, err));
    if (stop - reached < SAME_TIME)
        reached = stop; /* what happens so shortly before a known time happens at it */
    c->time = from;
    PARK_TRY(carry(a, from, reached, err));
    pay(a);
    c->time = reached;
    if (outcome == PARK_DAE_AFTER_STEP && !switched)
        return PARK_OK;
    bool steps_on =
        fmod(reached + (double)c->net->time.pattern_start, (double)c->net->time.pattern_step) < SAME_TIME;
    bool jumped = switched || steps_on || outcome == PARK_DAE_AT_ROOT; /* flags move the roots themselves */
    PARK_TRY(instant(a, a->fired, &jumped, err));
    if (!jumped || reached >= (double)c->net->time.duration)
        return PARK_OK;
    PARK_TRY(crowded(a, err));
    return park_dae_restart(a->dae, reached, a->y, NULL, FIRST_STEP * (next_stop(a) - c->time), err);
}

/* Eq. (P37): the integrator's sums are the run's accounts. */
static void close(adaptive *a)
{
    park_period_result  *r   = a->course->result;
    park_period_volumes *w   = &r->water;
    const double        *sum = a->y + 2 * a->tanks, *pump = sum + WATERS;
    w->from_reservoirs = sum[FROM];
    w->to_reservoirs   = sum[TO];
    w->inflow          = sum[INFLOW];
    w->delivered       = sum[DELIVERED];
    w->emitted         = sum[EMITTED];
    w->leaked          = sum[LEAKED];
    w->unmet           = sum[UNMET];
    for (size_t i = 0; i < a->tanks; i++) {
        w->overflowed += a->y[a->tanks + i];
        a->course->notice.overflowed[i] = a->y[a->tanks + i];
    }
    for (size_t p = 0; p < a->pumps; p++, pump += PUMPS) {
        r->pump[p].energy          = pump[ENERGY];
        r->pump[p].volume          = pump[VOLUME];
        r->pump[p].online          = pump[ONLINE];
        a->course->kept[2 * p]     = pump[EFFICIENCY];
        a->course->kept[2 * p + 1] = pump[PER_VOLUME];
    }
}

park_status park_course_adaptive(park_course *course, park_error *err)
{
    adaptive a       = {.course = course, .inner = course->solver};
    double   end     = (double)course->net->time.duration;
    bool     jumped  = false;
    a.inner.accuracy = fmin(a.inner.accuracy, TIGHT);
    PARK_TRY(columns_make(&a, err));
    PARK_TRY(still_plan_make(&a, err));
    PARK_TRY(instant(&a, NULL, &jumped, err));
    if (end == 0.0) {
        park_course_account(course, 0.0, 0.0);
        return PARK_OK;
    }
    PARK_TRY(integrator_make(&a, err));
    park_status status = PARK_OK;
    while (status == PARK_OK && course->time < end - SAME_TIME) {
        status = advance(&a, err);
        if (status == PARK_OK && course->settings->progress != NULL &&
            course->settings->progress(course->settings->progress_user, course->time / end))
            status = PARK_FAIL(err, PARK_E_CANCELLED, "stopped at %g s of %g s", course->time, end);
    }
    close(&a);
    return status;
}
