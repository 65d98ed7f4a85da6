#include "period/adaptive.h"
#include "period/rules.h"

#include <math.h>
#include <string.h>

enum { DAY = 86400, CROWD = 1000 };

static const double MILLISECOND = 1e-3;
static const double SAME_TIME   = 1e-6; /* [s] */
static const double TIGHT       = 1e-7; /* accuracy of a rate */
/* Of the time to the next stop: the error control shortens what is too long. Without tanks nothing moves until then. */
static const double FIRST_STEP = 0.2, ONLY_STEP = 1.0;
static const double CROWDED = 1.0; /* [s] within which a crowd of switches is an endless one */

/* ---- an instant ---- */

/* Which controls reach their level here, having been away from it. */
static void levels(park_adaptive *a)
{
    for (size_t w = 0; w < a->watches; w++) {
        const park_net_control *control = &a->course->net->control[a->watched[w]];
        double size             = park_adaptive_capacity(a, (size_t)a->course->tanks->of_node[control->node]);
        double far              = park_adaptive_beyond(a, control, a->y);
        bool   at               = far >= -PARK_AT_LIMIT * size;
        a->fired[a->watched[w]] = at && !a->reached[w];
        a->reached[w]           = at || (a->reached[w] && far > (PARK_AT_LIMIT - PARK_HYSTERESIS) * size);
    }
}

/* Tanks at their limits are set exactly on them; true when a flag changed. */
static bool limits(park_adaptive *a)
{
    const park_tanks *s       = a->course->tanks;
    bool              changed = false;
    for (size_t i = 0; i < a->tanks; i++) {
        double near  = PARK_AT_LIMIT * park_adaptive_capacity(a, i),
               leave = PARK_HYSTERESIS * park_adaptive_capacity(a, i) - near;
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

static void tell_durations(park_adaptive *a)
{
    park_notice_step(a->course, a->course->time - a->noticed);
    a->noticed = a->course->time;
}

/* 1 of adaptive.h; `fired`: NULL at the start; `jumped`: something has been changed already, out: something was. */
static park_status instant(park_adaptive *a, bool *fired, bool *jumped, park_error *err)
{
    park_course *c = a->course;
    a->stands      = false;
    tell_durations(a);
    bool flags      = limits(a);
    *jumped         = flags || *jumped;
    uint64_t events = c->result->events, within = c->within;
    park_adaptive_volumes(a, a->y);
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

static bool switches(park_adaptive *a, const double *y, double t)
{
    park_course *c = a->course;
    if (c->net->rules == 0 && !a->by_junctions)
        return false;
    c->time = t;
    if (!park_adaptive_rates(a, y, a->base))
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
static park_status locate(park_adaptive *a, double from, double *to, park_error *err)
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
static park_status look(park_adaptive *a, double from, double *reached, bool *switched, park_error *err)
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
static double next_stop(const park_adaptive *a)
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
static park_status crowded(park_adaptive *a, park_error *err)
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
static void pay(park_adaptive *a)
{
    const double *pump = a->y + 2 * a->tanks + PARK_SUMS;
    for (size_t p = 0; p < a->pumps; p++) {
        a->course->result->pump[p].cost +=
            park_course_price(a->course, p) * (pump[p * PARK_PUMP_SUMS + PARK_PUMP_SUM_ENERGY] - a->paid[p]);
        a->paid[p] = pump[p * PARK_PUMP_SUMS + PARK_PUMP_SUM_ENERGY];
    }
}

/* Quality moves with the flows in the middle of the step: second order in it. */
static park_status carry(park_adaptive *a, double from, double to, park_error *err)
{
    park_course *c = a->course;
    if (c->quality_plan == NULL || !(to > from))
        return PARK_OK;
    PARK_TRY(park_dae_dense(a->dae, from + (to - from) / 2.0, 0, a->trial, err));
    if (!park_adaptive_rates(a, a->trial, a->base))
        return park_adaptive_fails(a, err);
    return park_carry_step(c, from, to - from, a->y, err);
}

/* One step of the integrator and what follows from it. */
static park_status advance(park_adaptive *a, park_error *err)
{
    park_course     *c    = a->course;
    double           from = c->time, stop = next_stop(a), reached;
    park_dae_outcome outcome;
    bool             switched;
    park_carry_begin(c, a->y);
    park_status status = park_dae_advance(a->dae, stop, true, &reached, a->y, &outcome, err);
    if (status != PARK_OK) /* the reason behind the integrator's */
        return a->inside.status != PARK_OK ? park_adaptive_fails(a, err) : status;
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
    double share = a->tanks > 0 ? FIRST_STEP : ONLY_STEP;
    return park_dae_restart(a->dae, reached, a->y, NULL, share * (next_stop(a) - c->time), err);
}

/* Eq. (P37): the integrator's sums are the run's accounts. */
static void close(park_adaptive *a)
{
    park_period_result  *r   = a->course->result;
    park_period_volumes *w   = &r->water;
    const double        *sum = a->y + 2 * a->tanks, *pump = sum + PARK_SUMS;
    w->from_reservoirs = sum[PARK_SUM_FROM];
    w->to_reservoirs   = sum[PARK_SUM_TO];
    w->inflow          = sum[PARK_SUM_INFLOW];
    w->delivered       = sum[PARK_SUM_DELIVERED];
    w->emitted         = sum[PARK_SUM_EMITTED];
    w->leaked          = sum[PARK_SUM_LEAKED];
    w->unmet           = sum[PARK_SUM_UNMET];
    for (size_t i = 0; i < a->tanks; i++) {
        w->overflowed += a->y[a->tanks + i];
        a->course->notice.overflowed[i] = a->y[a->tanks + i];
    }
    for (size_t p = 0; p < a->pumps; p++, pump += PARK_PUMP_SUMS) {
        r->pump[p].energy          = pump[PARK_PUMP_SUM_ENERGY];
        r->pump[p].volume          = pump[PARK_PUMP_SUM_VOLUME];
        r->pump[p].online          = pump[PARK_PUMP_SUM_ONLINE];
        a->course->kept[2 * p]     = pump[PARK_PUMP_SUM_EFFICIENCY];
        a->course->kept[2 * p + 1] = pump[PARK_PUMP_SUM_PER_VOLUME];
    }
}

park_status park_course_adaptive(park_course *course, park_error *err)
{
    park_adaptive a      = {.course = course, .inner = course->solver};
    double        end    = (double)course->net->time.duration;
    bool          jumped = false;
    a.inner.accuracy     = fmin(a.inner.accuracy, TIGHT);
    PARK_TRY(park_adaptive_make(&a, err));
    PARK_TRY(instant(&a, NULL, &jumped, err));
    if (end == 0.0) {
        park_course_account(course, 0.0, 0.0);
        return PARK_OK;
    }
    PARK_TRY(park_adaptive_start(&a, err));
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
