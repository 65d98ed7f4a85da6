/*
 * The global gradient method (Todini and Pilati 1988) in steps of the heads.
 *
 * Linearised at flow q and heads h, a link carries  y + g (s_i - s_j)  after a step s of the heads: g = 1 / slope,
 * y = q + g (h_i - h_j - loss(q)). Balance at every node is the system A s = excess of the y (Eq. H35), which stays exact to
 * the rounding of s, not of h: nodal balance survives slopes near zero.
 *
 * One sweep over the links (`sweep`) takes the flows of the last step, evaluates losses, measures the head error and
 * adds up the next system. So an iteration is: sweep, look at the statuses and criteria, factorize and solve, move the heads.
 * Where a status has changed after the sweep, the sweep is made again without a step.
 */
#include "base/wide.h"
#include "hydraulics/balance.h"
#include "hydraulics/demand.h"
#include "hydraulics/leakage.h"
#include "hydraulics/status.h"
#include "hydraulics/supply.h"
#include "hydraulics/valves.h"

#include <math.h>
#include <string.h>

enum { CHUNK = 256 };
static const double HOLD        = 1e12;  /* weight of a head that a valve sets [m2/s] */
static const double BALANCED    = 1e-13; /* imbalances below this share need no correction [-] */
static const double TIGHTEN     = 1e-4;  /* accuracy from which on shut links carry nothing [-] */
static const double RANGE_LEAST = 0.1 * PARK_FT / 0.4333; /* of pressure-driven demand [m] */

/* What a sweep has seen. */
typedef struct sight {
    double  moved, total; /* sums of |dq| and |q| [m3/s] */
    double  most_moved;   /* [m3/s] */
    int32_t moved_link;   /* core link, -1: an outlet */
    double  head_error;   /* [m] */
    int32_t error_link;   /* core link */
    double  outlet_error; /* [m3/s] of what depends on pressure */
    bool    changed;      /* a PRV or PSV has changed its status */
} sight;

/* -- links: a step of the flow, a line for the next one, a share of the system -- */

static void count_move(sight *s, double dq, double q, int32_t link)
{
    double size = fabs(dq);
    s->moved += size;
    s->total += fabs(q);
    if (size > s->most_moved) {
        s->most_moved = size;
        s->moved_link = link;
    }
}

static void count_error(sight *s, double error, int32_t link)
{
    if (!(error <= s->head_error)) {
        s->head_error = error;
        s->error_link = link;
    }
}

/* Sum and largest of count sizes, in a fixed order that eight lanes can share. */
PARK_INLINE void measure(const double *x, size_t count, double *sum, double *most)
{
    double s[8] = {0.0}, m[8] = {0.0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8)
        for (size_t k = 0; k < 8; k++) {
            s[k] += x[i + k];
            m[k] = x[i + k] > m[k] ? x[i + k] : m[k];
        }
    for (; i < count; i++) {
        s[0] += x[i];
        m[0] = x[i] > m[0] ? x[i] : m[0];
    }
    *sum  = ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]));
    *most = m[0];
    for (size_t k = 1; k < 8; k++)
        *most = m[k] > *most ? m[k] : *most;
}

static int32_t find(const double *x, size_t count, double value)
{
    for (size_t i = 0; i < count; i++)
        if (x[i] == value)
            return (int32_t)i;
    return 0;
}

/* Flows of core pipes a .. b-1 after the step. */
PARK_INLINE void move_pipes(const park_hydraulic_plan *plan, park_hydraulic_work *work, size_t a, size_t b,
                            double relax, sight *s)
{
    const int32_t *restrict from = plan->from, *restrict to = plan->to;
    const double *restrict step = work->step, *restrict give = work->give, *restrict next = work->next;
    double *restrict flow = work->flow;
    double size[CHUNK], moved_size[CHUNK], moved, total, most, largest;
    for (size_t c = a; c < b; c++) {
        double dq         = relax * (next[c] + give[c] * (step[from[c]] - step[to[c]]) - flow[c]);
        double q          = flow[c] + dq;
        flow[c]           = q;
        moved_size[c - a] = fabs(dq);
        size[c - a]       = fabs(q);
    }
    measure(moved_size, b - a, &moved, &most);
    measure(size, b - a, &total, &largest);
    s->moved += moved;
    s->total += total;
    if (most > s->most_moved) {
        s->most_moved = most;
        s->moved_link = (int32_t)a + find(moved_size, b - a, most);
    }
}

static void add_link(const park_hydraulic_plan *plan, park_hydraulic_work *work, size_t c, double give,
                     double next)
{
    int32_t i = plan->from[c], j = plan->to[c];
    work->give[c] = give;
    work->next[c] = next;
    work->diag[i] += give;
    work->diag[j] += give;
    work->system.off[plan->slot[c]] -= give;
    work->side[i] -= next;
    work->side[j] += next;
}

/* Losses of a chunk of core pipes; shut ones follow the law of a shut link, dry ones carry nothing. */
static size_t chunk_losses(const park_hydraulic_plan *plan, park_hydraulic_work *work, size_t a, size_t b,
                           size_t shut, double *loss, double *slope)
{
    park_pipes_loss(&plan->pipe, a, b, work->flow + a, loss, slope);
    for (; shut < work->shuts && (size_t)work->shut[shut] < b; shut++) {
        size_t c     = (size_t)work->shut[shut];
        slope[c - a] = PARK_SLOPE_SHUT;
        loss[c - a]  = PARK_SLOPE_SHUT * work->flow[c];
    }
    return shut;
}

/* Shares of core pipes a .. b-1 in the system. */
PARK_INLINE void add_pipes(const park_hydraulic_plan *plan, park_hydraulic_work *work, size_t a, size_t b,
                           const double *restrict give, const double *restrict next)
{
    const int32_t *restrict from = plan->from + a, *restrict to = plan->to + a,
                            *restrict slot = plan->slot + a;
    double *restrict diag = work->diag, *restrict side = work->side, *restrict off = work->system.off;
    memcpy(work->give + a, give, (b - a) * sizeof *give);
    memcpy(work->next + a, next, (b - a) * sizeof *next);
    for (size_t c = 0; c < b - a; c++) {
        diag[from[c]] += give[c];
        diag[to[c]] += give[c];
        off[slot[c]] -= give[c];
        side[from[c]] -= next[c];
        side[to[c]] += next[c];
    }
}

/* What a shut or dry pipe of a chunk carries and tells instead. A tight one keeps its slope, so that the system stays
 * definite, but carries nothing once the heads stand still. */
static void mend_shut(const park_hydraulic_plan *plan, park_hydraulic_work *work, size_t a, size_t first,
                      size_t end, double *give, double *next, double *error)
{
    for (size_t k = first; k < end; k++) {
        size_t c     = (size_t)work->shut[k];
        error[c - a] = 0.0;
        if (work->dries > 0 &&
            (work->dry[plan->node_of[plan->from[c]]] || work->dry[plan->node_of[plan->to[c]]]))
            give[c - a] = next[c - a] = work->flow[c] = 0.0;
        else if (work->tight)
            next[c - a] = 0.0;
    }
}

PARK_INLINE void sweep_chunks(const park_hydraulic_plan *plan, park_hydraulic_work *work, bool stepped,
                              double relax, sight *s)
{
    const double *restrict head = work->head;
    double loss[CHUNK], slope[CHUNK], error[CHUNK], worst, sum;
    size_t shut = 0;
    for (size_t a = 0; a < plan->pipes; a += CHUNK) {
        size_t b = a + CHUNK < plan->pipes ? a + CHUNK : plan->pipes, first_shut = shut;
        if (stepped)
            move_pipes(plan, work, a, b, relax, s);
        shut                         = chunk_losses(plan, work, a, b, shut, loss, slope);
        const int32_t *restrict from = plan->from + a, *restrict to = plan->to + a;
        const double *restrict flow = work->flow + a;
        for (size_t i = 0; i < b - a; i++) {
            double wrong = head[from[i]] - head[to[i]] - loss[i];
            slope[i]     = 1.0 / slope[i];
            loss[i]      = flow[i] + wrong * slope[i];
            error[i]     = fabs(wrong);
        }
        if (shut > first_shut)
            mend_shut(plan, work, a, first_shut, shut, slope, loss, error);
        measure(error, b - a, &sum, &worst);
        if (worst > s->head_error)
            count_error(s, worst, (int32_t)a + find(error, b - a, worst));
        add_pipes(plan, work, a, b, slope, loss);
    }
}

static PARK_WIDE void sweep_wide(const park_hydraulic_plan *plan, park_hydraulic_work *work, bool stepped,
                                 double relax, sight *s)
{
    sweep_chunks(plan, work, stepped, relax, s);
}

static PARK_WIDEST void sweep_widest(const park_hydraulic_plan *plan, park_hydraulic_work *work, bool stepped,
                                     double relax, sight *s)
{
    sweep_chunks(plan, work, stepped, relax, s);
}

static void sweep_pipes(const park_hydraulic_plan *plan, park_hydraulic_work *work, bool stepped,
                        double relax, sight *s)
{
    if (PARK_WIDEST_HERE)
        sweep_widest(plan, work, stepped, relax, s);
    else if (PARK_WIDE_HERE)
        sweep_wide(plan, work, stepped, relax, s);
    else
        sweep_chunks(plan, work, stepped, relax, s);
}

/* -- devices -- */

static double outflow_at(const park_hydraulic_plan *plan, const park_hydraulic_work *work, int32_t point)
{
    return work->load[point] + (plan->outlets > 0 ? work->out[point] : 0.0);
}

/* What the point of a holding valve gets from everything but the valve. */
static double excess_at(const park_hydraulic_plan *plan, const park_hydraulic_work *work,
                        const park_device *d)
{
    double excess = -outflow_at(plan, work, d->held);
    for (int32_t k = d->first; k < d->end; k++)
        excess += plan->incident[k] < 0 ? -work->flow[-1 - plan->incident[k]] : work->flow[plan->incident[k]];
    return excess;
}

static bool holds(const park_hydraulic_plan *plan, const park_hydraulic_work *work, size_t i)
{
    return plan->device[i].held >= 0 && work->status[plan->pipes + i] == PARK_FLOW_ACTIVE;
}

static bool device_dry(const park_hydraulic_plan *plan, const park_hydraulic_work *work, size_t c)
{
    return work->dries > 0 &&
           (work->dry[plan->node_of[plan->from[c]]] || work->dry[plan->node_of[plan->to[c]]]);
}

static void move_devices(const park_hydraulic_plan *plan, park_hydraulic_work *work, double relax, sight *s)
{
    for (size_t i = 0; i < plan->devices; i++) {
        size_t c = plan->pipes + i;
        double dq =
            relax * (work->next[c] + work->give[c] * (work->step[plan->from[c]] - work->step[plan->to[c]]) -
                     work->flow[c]);
        if (plan->device[i].pump >= 0 && plan->pump[plan->device[i].pump].kind == PARK_PUMP_CONSTANT &&
            work->flow[c] + dq < 0.0)
            dq = -work->flow[c] / 2.0; /* a pump of constant power never turns */
        work->flow[c] += dq;
        count_move(s, dq, work->flow[c], (int32_t)c);
    }
}

static void device_loss(const park_hydraulic_plan *plan, const park_hydraulic_work *work, size_t i,
                        double *loss, double *slope)
{
    const park_device *d = &plan->device[i];
    size_t             c = plan->pipes + i;
    double             q = work->flow[c], set = work->set[i];
    if (park_flow_shut(work->status[c]))
        park_valve_shut_loss(q, loss, slope);
    else if (d->kind == PARK_NET_PUMP)
        park_pump_loss(&plan->pump[d->pump], set, q, loss, slope);
    else if (d->kind == PARK_NET_GPV)
        park_gpv_loss(d->curve, q, loss, slope);
    else if (d->kind == PARK_NET_PBV && !isnan(set))
        park_pbv_loss(d->minor, set, q, loss, slope);
    else if ((d->kind == PARK_NET_TCV || d->kind == PARK_NET_PCV) && !isnan(set))
        park_valve_open_loss(set, q, loss, slope);
    else
        park_valve_open_loss(d->minor, q, loss, slope);
}

/* A PRV or PSV that holds: its point's head is set, and what flows through is drawn or given at the other end. */
static void add_holder(const park_hydraulic_plan *plan, park_hydraulic_work *work, size_t i)
{
    const park_device *d    = &plan->device[i];
    size_t             c    = plan->pipes + i;
    double             sign = d->kind == PARK_NET_PRV ? -1.0 : 1.0, q = sign * excess_at(plan, work, d);
    work->give[c] = 0.0;
    work->next[c] = q;
    work->diag[d->held] += HOLD;
    work->side[d->held] += HOLD * (work->set[i] - work->head[d->held]);
    if (q > 0.0)
        work->side[d->drawn] += sign * q;
}

static void sweep_devices(const park_hydraulic_plan *plan, park_hydraulic_work *work, sight *s)
{
    for (size_t i = 0; i < plan->devices; i++) {
        size_t c = plan->pipes + i;
        double loss, slope;
        if (device_dry(plan, work, c)) {
            work->flow[c] = work->give[c] = work->next[c] = 0.0;
        } else if (holds(plan, work, i)) {
            add_holder(plan, work, i);
        } else if (plan->device[i].kind == PARK_NET_FCV && work->status[c] == PARK_FLOW_ACTIVE &&
                   !isnan(work->set[i])) {
            add_link(plan, work, c, 1.0 / PARK_SLOPE_SHUT, work->set[i]);
        } else {
            device_loss(plan, work, i, &loss, &slope);
            double error = work->head[plan->from[c]] - work->head[plan->to[c]] - loss;
            if (!park_flow_shut(work->status[c]))
                count_error(s, fabs(error), (int32_t)c);
            bool tight = work->tight && park_flow_shut(work->status[c]);
            add_link(plan, work, c, 1.0 / slope, tight ? 0.0 : work->flow[c] + error / slope);
        }
    }
}

/* -- outflows that depend on pressure -- */

static void move_outlets(const park_hydraulic_plan *plan, park_hydraulic_work *work, double relax, sight *s)
{
    for (size_t p = 0; p < plan->points && plan->outlets > 0; p++)
        work->out[p] = 0.0;
    for (size_t i = 0; i < plan->outlets; i++) {
        int32_t p  = plan->outlet[i].point;
        double  dq = relax * (work->spare[i] + work->given[i] * work->step[p] - work->drawn[i]);
        if (plan->outlet[i].kind == PARK_OUTLET_DEMAND && fabs(dq) > 0.4 * work->full[i])
            dq = copysign(0.4 * work->full[i], dq);
        work->drawn[i] += dq;
        work->out[p] += work->drawn[i];
        count_move(s, dq, work->drawn[i], -1);
    }
}

static void outlet_loss(const park_hydraulic_plan *plan, const park_hydraulic_work *work, size_t i,
                        double *loss, double *slope)
{
    const park_net_options *option = &plan->net->option;
    const park_outlet      *o      = &plan->outlet[i];
    switch (o->kind) {
    case PARK_OUTLET_EMITTER:
        park_emitter_loss(work->drawn[i], o->coefficient, 1.0 / option->emitter_exponent,
                          option->emitter_backflow, loss, slope);
        break;
    case PARK_OUTLET_LEAK:
        park_leak_loss(work->drawn[i], o->coefficient, 2.0, loss, slope);
        break;
    case PARK_OUTLET_LEAK_GROWS:
        park_leak_loss(work->drawn[i], o->coefficient, 2.0 / 3.0, loss, slope);
        break;
    case PARK_OUTLET_DEMAND:
        park_demand_loss(work->drawn[i], work->full[i],
                         fmax(option->pressure_required - option->pressure_min, RANGE_LEAST),
                         1.0 / option->pressure_exponent, loss, slope);
        break;
    }
}

static void sweep_outlets(const park_hydraulic_plan *plan, park_hydraulic_work *work, sight *s)
{
    for (size_t i = 0; i < plan->outlets; i++) {
        const park_outlet *o = &plan->outlet[i];
        double             loss, slope;
        if (work->dry[o->node] || (o->kind == PARK_OUTLET_DEMAND && !(work->full[i] > 0.0))) {
            work->drawn[i] = work->given[i] = work->spare[i] = 0.0;
            continue;
        }
        outlet_loss(plan, work, i, &loss, &slope);
        double error   = work->head[o->point] - o->base - loss;
        work->given[i] = 1.0 / slope;
        work->spare[i] = work->drawn[i] + error / slope;
        work->diag[o->point] += work->given[i];
        work->side[o->point] -= work->spare[i];
        s->outlet_error = fmax(s->outlet_error, fabs(error / slope));
    }
}

/* -- a sweep -- */

/* Which core pipes are shut or dry. */
static void list_shut(const park_hydraulic_plan *plan, park_hydraulic_work *work)
{
    work->shuts = 0;
    for (size_t c = 0; c < plan->pipes; c++)
        if (park_flow_shut(work->status[c]) || (work->dries > 0 && (work->dry[plan->node_of[plan->from[c]]] ||
                                                                    work->dry[plan->node_of[plan->to[c]]])))
            work->shut[work->shuts++] = (int32_t)c;
    work->shut_known = true;
}

/* How a sweep is made. */
typedef struct manner {
    bool   stepped;    /* take the flows of work->step first */
    bool   may_change; /* PRVs and PSVs may change their status ... */
    double damp_limit; /* ... once the flows move less than this, where it is above 0 */
    double relax;      /* share of a step that is taken */
} manner;

static double accuracy_of(const sight *s)
{
    return s->total > PARK_FLOW_REST ? s->moved / s->total : s->moved;
}

static sight sweep(const park_hydraulic_plan *plan, park_hydraulic_work *work, const manner *how,
                   park_hydraulic_report *report)
{
    sight s = {.moved_link = -1, .error_link = -1};
    if (!work->shut_known)
        list_shut(plan, work);
    park_spd_clear(plan->spd, &work->system);
    memset(work->side, 0, plan->points * sizeof *work->side);
    if (how->stepped)
        move_outlets(plan, work, how->relax, &s);
    sweep_pipes(plan, work, how->stepped, how->relax, &s);
    if (how->stepped)
        move_devices(plan, work, how->relax, &s);
    if (how->stepped && how->may_change && (!(how->damp_limit > 0.0) || accuracy_of(&s) <= how->damp_limit)) {
        s.changed = park_statuses_hold(plan, work, report);
        if (s.changed)
            (void)park_supply_anchor(plan, work);
    }
    sweep_devices(plan, work, &s);
    sweep_outlets(plan, work, &s);
    for (size_t p = 0; p < plan->unknowns; p++)
        work->side[p] -= work->load[p];
    for (size_t p = 0; p < plan->unknowns && work->dries > 0; p++)
        if (work->dry[plan->node_of[p]])
            work->diag[p] += 1.0;
    return s;
}

/* -- iterations -- */

/* Step of the heads. Where rounding has spoilt the system, a little weight on the heads as they are mends it: the solution
 * that the steps lead to stays the same. Leaves the step in work->step. */
static park_status step_heads(const park_hydraulic_plan *plan, park_hydraulic_work *work, const manner *again,
                              park_hydraulic_report *report, park_error *err)
{
    int32_t bad;
    double  weight = 1e-10;
    while (park_spd_solve(plan->spd, &work->system, work->side, &bad) != PARK_OK) {
        if (weight > 1.0)
            return PARK_FAIL(err, PARK_E_NUMERIC, "the heads cannot be computed: node %s hangs on nothing",
                             plan->net->node.names.text[plan->node_of[bad]]);
        (void)sweep(plan, work, again, report);
        for (size_t p = 0; p < plan->unknowns; p++)
            work->diag[p] *= 1.0 + weight;
        weight *= 100.0;
    }
    double *side = work->side;
    work->side   = work->step;
    work->step   = side;
    for (size_t p = plan->unknowns; p < plan->points; p++)
        work->step[p] = 0.0;
    for (size_t p = 0; p < plan->unknowns; p++)
        work->head[p] += work->step[p];
    return PARK_OK;
}

static bool settled(const park_hydraulic_settings *settings, const sight *s)
{
    double flow = settings->flow_change > 0.0 ? settings->flow_change : PARK_FLOW_TOLERANCE;
    return accuracy_of(s) <= settings->accuracy && s->outlet_error <= flow &&
           (!(settings->head_error > 0.0) || s->head_error <= settings->head_error) &&
           (!(settings->flow_change > 0.0) || s->most_moved <= settings->flow_change);
}

/* Nothing moves any more, yet a head does not fit its flow: only a status can be wrong. */
static bool stalled(const park_hydraulic_settings *settings, const sight *s)
{
    return accuracy_of(s) <= 1e-3 * settings->accuracy && s->head_error > settings->head_error;
}

static void tell(const park_hydraulic_plan *plan, const sight *s, int32_t iterations,
                 park_hydraulic_report *report)
{
    report->iterations        = iterations;
    report->accuracy          = accuracy_of(s);
    report->head_error        = s->head_error;
    report->flow_change       = s->most_moved;
    report->worst_link        = s->error_link < 0 ? -1 : plan->link_of[s->error_link];
    report->worst_change_link = s->moved_link < 0 ? -1 : plan->link_of[s->moved_link];
}

static bool any_shut(const park_hydraulic_plan *plan, const park_hydraulic_work *work)
{
    if (work->shuts > 0)
        return true;
    for (size_t c = plan->pipes; c < plan->cores; c++)
        if (park_flow_shut(work->status[c]))
            return true;
    return false;
}

/* Iterate until everything is settled and no status wants to change. */
static park_status iterate(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                           park_hydraulic_state *state, park_hydraulic_work *work,
                           park_hydraulic_report *report, park_error *err)
{
    int32_t most  = settings->trials + (settings->extra_trials > 0 ? settings->extra_trials : 0);
    int32_t check = settings->check_every;
    manner  how   = {.stepped = true, .may_change = true, .damp_limit = settings->damp_limit, .relax = 1.0};
    const manner again = {.relax = 1.0};
    sight        s     = sweep(plan, work, &again, report);
    for (int32_t i = 1; i <= most; i++) {
        PARK_TRY(step_heads(plan, work, &again, report, err));
        how.may_change = i <= settings->trials;
        s              = sweep(plan, work, &how, report);
        tell(plan, &s, i, report);
        if (!isfinite(s.total) || !isfinite(s.moved))
            return PARK_FAIL(
                err, PARK_E_NUMERIC, "the flows have no finite solution; link %s went astray first",
                s.moved_link < 0 ? "?" : plan->net->link.names.text[plan->link_of[s.moved_link]]);
        bool loose   = !work->tight && !settings->shut_links_leak && any_shut(plan, work);
        how.relax    = settings->damp_limit > 0.0 && accuracy_of(&s) <= settings->damp_limit ? 0.6 : 1.0;
        bool changed = false;
        if (settled(settings, &s)) {
            if (i <= settings->trials) {
                changed = park_statuses_watch(plan, state, work, report);
                changed |= park_statuses_control(plan, state, work, report);
            }
            report->converged = !changed && !s.changed && !loose;
            if (report->converged)
                return PARK_OK;
            check = i + settings->check_every;
        } else if ((i <= settings->check_until && i == check) ||
                   (i <= settings->trials && stalled(settings, &s))) {
            changed = park_statuses_watch(plan, state, work, report);
            check   = i + settings->check_every;
        }
        if (changed)
            (void)park_supply_anchor(plan, work);
        bool tight = loose && !changed && !s.changed && accuracy_of(&s) <= fmax(TIGHTEN, settings->accuracy);
        if (changed || tight) {
            work->tight = tight;
            (void)sweep(plan, work, &again, report);
        } else if (s.changed)
            work->tight = false;
    }
    return PARK_OK;
}

/* -- a solve -- */

/* Heads to start from, and what the outlets draw at them. */
static void begin(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                  park_hydraulic_work *work)
{
    const park_network *net = plan->net;
    for (size_t p = 0; p < plan->points; p++) {
        int32_t n     = plan->node_of[p];
        work->head[p] = isfinite(state->head[n]) ? state->head[n] : net->node.elevation[n];
        work->step[p] = work->side[p] = 0.0;
        work->out[p]                  = 0.0;
    }
    for (size_t i = 0; i < plan->outlets; i++) {
        const park_outlet *o        = &plan->outlet[i];
        double             pressure = fmax(work->head[o->point] - o->base, 1.0);
        switch (o->kind) {
        case PARK_OUTLET_EMITTER:
            work->drawn[i] = o->coefficient * pow(pressure, net->option.emitter_exponent);
            break;
        case PARK_OUTLET_LEAK:
            work->drawn[i] = o->coefficient * sqrt(pressure);
            break;
        case PARK_OUTLET_LEAK_GROWS:
            work->drawn[i] = o->coefficient * pressure * sqrt(pressure);
            break;
        case PARK_OUTLET_DEMAND:
            work->drawn[i] = work->full[i];
            break;
        }
        if (!work->dry[o->node])
            work->out[o->point] += work->drawn[i];
    }
}

static park_status check_state(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                               park_error *err)
{
    const park_network *net = plan->net;
    for (size_t n = 0; n < plan->nodes; n++)
        if (!isfinite(state->demand[n]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "the demand of node %s is %g", net->node.names.text[n],
                             state->demand[n]);
    for (size_t p = plan->unknowns; p < plan->points; p++)
        if (!isfinite(state->head[plan->node_of[p]]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "the head of %s is %g",
                             net->node.names.text[plan->node_of[p]], state->head[plan->node_of[p]]);
    return PARK_OK;
}

park_status park_hydraulic_solve(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                                 park_hydraulic_state *state, park_hydraulic_work *work,
                                 park_hydraulic_report *report, park_error *err)
{
    *report = (park_hydraulic_report){.worst_link        = -1,
                                      .worst_change_link = -1,
                                      .worst_node        = -1,
                                      .cycled_link       = -1,
                                      .first_unsupplied  = -1};
    PARK_TRY(check_state(plan, state, err));
    work->shut_links_leak = settings->shut_links_leak;
    park_supply_find(plan, state, work);
    park_supply_load(plan, state, work);
    park_statuses_begin(plan, state, work);
    work->shut_known = false;
    begin(plan, state, work);
    (void)park_supply_anchor(plan, work);
    PARK_TRY(iterate(plan, settings, state, work, report, err));
    report->imbalance = park_balance_error(plan, state, work, &report->worst_node);
    if (report->imbalance > BALANCED) {
        park_balance_correct(plan, work);
        report->imbalance = park_balance_error(plan, state, work, &report->worst_node);
    }
    report->converged = report->converged && report->imbalance <= settings->imbalance;
    park_balance_answer(plan, state, work, report);
    return PARK_OK;
}

/* -- settings, states and works -- */

park_hydraulic_settings park_hydraulic_settings_of(const park_network *net)
{
    const park_net_options *o = &net->option;
    return (park_hydraulic_settings){
        .trials       = o->trials > 200 ? o->trials : 200,
        .extra_trials = o->extra_trials,
        .accuracy     = o->accuracy > 0.0 ? fmin(o->accuracy, 1e-5) : 1e-5,
        .head_error   = o->head_error > 0.0 ? fmin(o->head_error, 1e-4) : 1e-4,
        .flow_change  = o->flow_change > 0.0 ? fmin(o->flow_change, 1e-5) : 1e-5,
        .imbalance    = 1e-9,
        .check_every  = o->check_every > 0 ? o->check_every : 2,
        .check_until  = o->check_until > 0 ? o->check_until : 10,
        .damp_limit   = o->damp_limit,
    };
}

static park_status no_memory(park_error *err)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to solve the hydraulics of a network");
}

park_status park_hydraulic_work_make(park_arena *arena, const park_hydraulic_plan *plan,
                                     park_hydraulic_work **work, park_error *err)
{
    park_hydraulic_work *w = PARK_NEW(arena, park_hydraulic_work);
    if (w == NULL)
        return no_memory(err);
    PARK_TRY(park_spd_work_make(arena, plan->spd, &w->system, err));
    double **points[]  = {&w->head, &w->step, &w->side, &w->diag, &w->load, &w->out};
    double **cores[]   = {&w->flow, &w->give, &w->next};
    double **outlets[] = {&w->drawn, &w->given, &w->spare, &w->full};
    bool     full      = false;
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
        full |= (*points[i] = PARK_ARRAY(arena, plan->points, double)) == NULL;
    for (size_t i = 0; i < sizeof cores / sizeof cores[0]; i++)
        full |= (*cores[i] = PARK_ARRAY(arena, plan->cores, double)) == NULL;
    for (size_t i = 0; i < sizeof outlets / sizeof outlets[0]; i++)
        full |= (*outlets[i] = PARK_ARRAY(arena, plan->outlets, double)) == NULL;
    w->set         = PARK_ARRAY(arena, plan->devices, double);
    w->status      = PARK_ARRAY(arena, plan->cores, uint8_t);
    w->flips       = PARK_ARRAY(arena, plan->cores, uint8_t);
    w->forced      = PARK_ARRAY(arena, plan->devices, uint8_t);
    w->branch_flow = PARK_ARRAY(arena, plan->leaves, double);
    w->need        = PARK_ARRAY(arena, plan->nodes, double);
    w->passes      = PARK_ARRAY(arena, plan->links, uint8_t);
    w->source      = PARK_ARRAY(arena, plan->nodes, uint8_t);
    w->cut         = PARK_ARRAY(arena, plan->nodes, uint8_t);
    w->dry         = PARK_ARRAY(arena, plan->nodes, uint8_t);
    w->queue       = PARK_ARRAY(arena, plan->nodes, int32_t);
    w->mark        = PARK_ARRAY(arena, plan->nodes, int32_t);
    w->shut        = PARK_ARRAY(arena, plan->pipes, int32_t);
    w->zone        = PARK_ARRAY(arena, plan->holders > 0 ? plan->nodes : 0, int32_t);
    w->zone_flag   = PARK_ARRAY(arena, plan->holders > 0 ? plan->nodes : 0, int32_t);
    if (full || w->set == NULL || w->status == NULL || w->flips == NULL || w->forced == NULL ||
        w->branch_flow == NULL || w->need == NULL || w->passes == NULL || w->source == NULL ||
        w->dry == NULL || w->queue == NULL || w->mark == NULL || w->shut == NULL || w->zone == NULL ||
        w->zone_flag == NULL)
        return no_memory(err);
    w->system.diag = w->diag;
    *work          = w;
    return PARK_OK;
}

static park_status state_columns(park_arena *arena, const park_hydraulic_plan *plan,
                                 park_hydraulic_state *state, park_error *err)
{
    *state = (park_hydraulic_state){.demand     = PARK_ARRAY(arena, plan->nodes, double),
                                    .head       = PARK_ARRAY(arena, plan->nodes, double),
                                    .command    = PARK_ARRAY(arena, plan->links, park_net_status),
                                    .setting    = PARK_ARRAY(arena, plan->links, double),
                                    .tank_full  = PARK_ARRAY(arena, plan->nodes, bool),
                                    .tank_empty = PARK_ARRAY(arena, plan->nodes, bool),
                                    .flow       = PARK_ARRAY(arena, plan->links, double),
                                    .status     = PARK_ARRAY(arena, plan->links, park_flow_status),
                                    .loss       = PARK_ARRAY(arena, plan->links, double),
                                    .delivered  = PARK_ARRAY(arena, plan->nodes, double),
                                    .emitter    = PARK_ARRAY(arena, plan->nodes, double),
                                    .leak       = PARK_ARRAY(arena, plan->nodes, double),
                                    .inflow     = PARK_ARRAY(arena, plan->nodes, double)};
    if (state->demand == NULL || state->head == NULL || state->command == NULL || state->setting == NULL ||
        state->tank_full == NULL || state->tank_empty == NULL || state->flow == NULL ||
        state->status == NULL || state->loss == NULL || state->delivered == NULL || state->emitter == NULL ||
        state->leak == NULL || state->inflow == NULL)
        return no_memory(err);
    return PARK_OK;
}

static double first_factor(const park_network *net, int32_t pattern)
{
    return pattern >= 0 && net->pattern[pattern].count > 0 ? net->pattern[pattern].factor[0] : 1.0;
}

/* Every link as the file states it, each at a first guess of its flow. */
static void state_links(const park_hydraulic_plan *plan, park_hydraulic_state *state)
{
    const park_net_links *link = &plan->net->link;
    for (size_t l = 0; l < plan->links; l++) {
        bool pump         = link->kind[l] == PARK_NET_PUMP;
        state->command[l] = link->status[l];
        state->setting[l] = pump && isnan(link->setting[l]) ? 1.0 : link->setting[l];
        if (pump && link->status[l] == PARK_NET_CLOSED)
            state->setting[l] = 0.0;
        bool shut        = link->status[l] == PARK_NET_CLOSED && link->kind[l] != PARK_NET_CHECK_PIPE;
        state->status[l] = shut                                 ? PARK_FLOW_CLOSED
                           : link->status[l] == PARK_NET_ACTIVE ? PARK_FLOW_ACTIVE
                                                                : PARK_FLOW_OPEN;
        state->flow[l]   = pump
                               ? plan->pump[plan->pump_of[l]].design * state->setting[l]
                               : 3.14159265358979323846 / 4.0 * link->diameter[l] * link->diameter[l] * PARK_FT;
        if (shut)
            state->flow[l] = 0.0;
    }
}

park_status park_hydraulic_state_make(park_arena *arena, const park_hydraulic_plan *plan,
                                      park_hydraulic_state *state, park_error *err)
{
    const park_network *net = plan->net;
    PARK_TRY(state_columns(arena, plan, state, err));
    for (size_t i = 0; i < net->demand.count; i++)
        state->demand[net->demand.node[i]] +=
            net->demand.base[i] * first_factor(net, net->demand.pattern[i]) * net->option.demand_multiplier;
    double highest = -INFINITY;
    for (size_t n = 0; n < plan->nodes; n++)
        if (net->node.kind[n] == PARK_NET_RESERVOIR)
            state->head[n] = net->node.elevation[n] * first_factor(net, net->node.pattern[n]);
    for (size_t i = 0; i < net->tank.count; i++) {
        int32_t n = net->tank.node[i];
        if (net->node.kind[n] != PARK_NET_TANK)
            continue;
        state->head[n]       = net->node.elevation[n] + net->tank.level[i];
        state->tank_full[n]  = net->tank.level[i] >= net->tank.highest[i];
        state->tank_empty[n] = net->tank.level[i] <= net->tank.lowest[i];
    }
    for (size_t n = 0; n < plan->nodes; n++)
        if (net->node.kind[n] != PARK_NET_JUNCTION)
            highest = fmax(highest, state->head[n]);
    for (size_t n = 0; n < plan->nodes; n++)
        if (net->node.kind[n] == PARK_NET_JUNCTION)
            state->head[n] = isfinite(highest) ? highest : net->node.elevation[n];
    state_links(plan, state);
    return PARK_OK;
}
