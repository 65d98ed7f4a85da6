#include "period/adaptive.h"

#include <math.h>
#include <string.h>

enum { SLOPES_MOST = 20 };

static const double NUDGE     = 1e-5;                  /* of the capacity, for slopes */
static const double UNWATCHED = 1e30;                  /* tolerance of sums: they follow, they do not steer */
static const double STILL     = 1e-6 * 0.028316846592; /* [m3/s] */

double park_adaptive_capacity(const park_adaptive *a, size_t i)
{
    return a->course->tanks->volume_high[i] - a->course->tanks->volume_low[i];
}

/* ---- rates ---- */

void park_adaptive_volumes(park_adaptive *a, const double *y)
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
    memset(f, 0, PARK_SUMS * sizeof *f);
    for (size_t n = 0; n < c->net->node.count; n++) {
        park_net_node_kind kind = c->net->node.kind[n];
        if (kind == PARK_NET_RESERVOIR) {
            f[PARK_SUM_FROM] += fmax(-s->inflow[n], 0.0);
            f[PARK_SUM_TO] += fmax(s->inflow[n], 0.0);
        }
        if (kind != PARK_NET_JUNCTION)
            continue;
        f[PARK_SUM_INFLOW] += fmax(-s->delivered[n], 0.0) + fmax(-s->emitter[n], 0.0);
        f[PARK_SUM_DELIVERED] += fmax(s->delivered[n], 0.0);
        f[PARK_SUM_EMITTED] += fmax(s->emitter[n], 0.0);
        f[PARK_SUM_LEAKED] += s->leak[n];
        f[PARK_SUM_UNMET] += s->demand[n] > 0.0 ? fmax(s->demand[n] - s->delivered[n], 0.0) : 0.0;
    }
}

static void pump_rates(const park_course *c, double *f)
{
    memset(f, 0, c->net->pump.count * PARK_PUMP_SUMS * sizeof *f);
    for (size_t p = 0; p < c->net->pump.count; p++, f += PARK_PUMP_SUMS) {
        double efficiency, power = park_hydraulic_pump_power(c->plan, &c->state, (int32_t)p, &efficiency);
        double flow = fabs(c->state.flow[c->net->pump.link[p]]);
        if (!(efficiency > 0.0))
            continue;
        f[PARK_PUMP_SUM_ENERGY]     = power;
        f[PARK_PUMP_SUM_EFFICIENCY] = efficiency;
        f[PARK_PUMP_SUM_PER_VOLUME] = power / fmax(flow, STILL);
        f[PARK_PUMP_SUM_VOLUME]     = flow;
        f[PARK_PUMP_SUM_ONLINE]     = 1.0;
    }
}

/* Between two instants a rate depends on the volumes alone: where they stand, as in a network without tanks, it does. */
static bool stands(const park_adaptive *a, const double *y)
{
    return a->stands && memcmp(a->stood, y, a->tanks * sizeof *y) == 0;
}

/* Eq. (P30)-(P32): a full tank that may overflow keeps what it has. */
bool park_adaptive_rates(park_adaptive *a, const double *y, double *f)
{
    park_course          *c = a->course;
    park_hydraulic_report report;
    if (stands(a, y)) {
        memcpy(f, a->stood_rate, a->states * sizeof *f);
        return true;
    }
    a->stands = false;
    park_adaptive_volumes(a, y);
    if (park_solve_balanced(a->plan, &a->inner, &c->state, a->work, &report, &a->inside) != PARK_OK)
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
    pump_rates(c, f + 2 * a->tanks + PARK_SUMS);
    memcpy(a->stood, y, a->tanks * sizeof *y);
    memcpy(a->stood_rate, f, a->states * sizeof *f);
    a->stands = true;
    return true;
}

park_status park_adaptive_fails(const park_adaptive *a, park_error *err)
{
    if (err != NULL)
        *err = a->inside;
    return a->inside.status;
}

static park_dae_reply rate(void *user, double t, const double *y, double *f)
{
    (void)t; /* inputs stand still between instants */
    return park_adaptive_rates(user, y, f) ? PARK_DAE_FINE : PARK_DAE_GIVE_UP;
}

/* Slopes by one solve a tank. */
static bool slopes_at(park_adaptive *a, const double *y)
{
    if (!park_adaptive_rates(a, y, a->base))
        return false;
    memcpy(a->trial, y, a->states * sizeof *y);
    for (size_t i = 0; i < a->tanks; i++) {
        double *slope  = a->slope + i * a->states;
        double  middle = (a->course->tanks->volume_low[i] + a->course->tanks->volume_high[i]) / 2.0;
        double  nudge  = fmax(NUDGE * park_adaptive_capacity(a, i), 1e-12) * (y[i] > middle ? -1.0 : 1.0);
        a->trial[i]    = y[i] + nudge;
        if (!park_adaptive_rates(a, a->trial, a->nudged))
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
    park_adaptive *a = user;
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

static double control_volume(const park_adaptive *a, const park_net_control *control)
{
    size_t i = (size_t)a->course->tanks->of_node[control->node];
    return park_tank_volume(a->course->tanks, i, a->course->tanks->bottom[i] + control->value);
}

double park_adaptive_beyond(const park_adaptive *a, const park_net_control *control, const double *y)
{
    double ahead = y[a->course->tanks->of_node[control->node]] - control_volume(a, control);
    return control->when == PARK_NET_WHEN_ABOVE ? ahead : -ahead;
}

/* Eq. (P33) */
static park_dae_reply root(void *user, double t, const double *y, double *g)
{
    const park_adaptive *a = user;
    const park_tanks    *s = a->course->tanks;
    (void)t;
    for (size_t i = 0; i < a->tanks; i++) {
        double leave = PARK_HYSTERESIS * park_adaptive_capacity(a, i);
        g[2 * i]     = y[i] - s->volume_high[i] + (a->full[i] ? leave : 0.0);
        g[2 * i + 1] = y[i] - s->volume_low[i] - (a->empty[i] ? leave : 0.0);
    }
    for (size_t w = 0; w < a->watches; w++) {
        const park_net_control *control = &a->course->net->control[a->watched[w]];
        size_t                  i       = (size_t)a->course->tanks->of_node[control->node];
        double                  leave = a->reached[w] ? PARK_HYSTERESIS * park_adaptive_capacity(a, i) : 0.0;
        g[2 * a->tanks + w]           = park_adaptive_beyond(a, control, y) + leave;
    }
    return PARK_DAE_FINE;
}

/* ---- making ---- */

static park_status columns_make(park_adaptive *a, park_error *err)
{
    park_course *c = a->course;
    a->tanks       = c->net->tank.count;
    a->pumps       = c->net->pump.count;
    a->states      = 2 * a->tanks + PARK_SUMS + a->pumps * PARK_PUMP_SUMS;
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
    a->stood       = PARK_ARRAY(c->arena, a->tanks, double);
    a->stood_rate  = PARK_ARRAY(c->arena, a->states, double);
    a->reached     = PARK_ARRAY(c->arena, c->net->controls, bool);
    a->watched     = PARK_ARRAY(c->arena, c->net->controls, int32_t);
    if (!a->y || !a->trial || !a->base || !a->nudged || !a->atol || !a->full || !a->empty || !a->fired ||
        !a->watched || !a->reached || !a->slope || !a->paid || !a->stood || !a->stood_rate)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to integrate %zu tanks", a->tanks);
    for (size_t i = 0; i < a->states; i++)
        a->atol[i] = UNWATCHED;
    for (size_t i = 0; i < a->tanks; i++) {
        a->y[i]    = c->volume[i];
        a->atol[i] = fmax(c->settings->rtol * park_adaptive_capacity(a, i), 1e-12);
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
static park_status still_plan_make(park_adaptive *a, park_error *err)
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

static park_status pattern_make(const park_adaptive *a, park_sparse *pattern, park_error *err)
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

park_status park_adaptive_start(park_adaptive *a, park_error *err)
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

park_status park_adaptive_make(park_adaptive *a, park_error *err)
{
    PARK_TRY(columns_make(a, err));
    return still_plan_make(a, err);
}
