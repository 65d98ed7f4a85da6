/*
 * Linearised at flow q and heads h, a link carries  y + g (s_i - s_j)  after a step s of the heads: g = 1 / slope,
 * y = q + g (h_i - h_j - loss(q)). Pipes are taken in chunks that stay in the nearest cache: move, lose, add; then devices,
 * whose flows may hang on those of pipes; then outflows that depend on pressure.
 */
#include "hydraulics/sweep.h"
#include "base/wide.h"
#include "hydraulics/demand.h"
#include "hydraulics/leakage.h"
#include "hydraulics/status.h"
#include "hydraulics/supply.h"
#include "hydraulics/valves.h"

#include <math.h>
#include <string.h>

enum { CHUNK = PARK_SWEEP_CHUNK };
static const double HOLD        = 1e12;                   /* weight of a head that a valve sets [m2/s] */
static const double RANGE_LEAST = 0.1 * PARK_FT / 0.4333; /* of pressure-driven demand [m] */

/* -- links: a step of the flow, a line for the next one, a share of the system -- */

static void count_move(park_sight *s, double dq, double q, int32_t link)
{
    double size = fabs(dq);
    s->moved += size;
    s->total += fabs(q);
    if (size > s->most_moved) {
        s->most_moved = size;
        s->moved_link = link;
    }
}

static void count_error(park_sight *s, double error, int32_t link)
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
    size_t i = 0;
    for (int hit = 0; i + 8 <= count; i += 8) { /* eight lanes again */
        for (size_t k = 0; k < 8; k++)
            hit |= x[i + k] == value;
        if (hit)
            break;
    }
    for (; i < count; i++)
        if (x[i] == value)
            return (int32_t)i;
    return 0;
}

/* Flows of core pipes a .. b-1 after the step. */
PARK_INLINE void move_pipes(const park_hydraulic_plan *plan, park_hydraulic_work *work, size_t a, size_t b,
                            double relax, park_sight *s)
{
    const int32_t *restrict from = plan->from, *restrict to = plan->to;
    const double *restrict step = work->step, *restrict give = work->give, *restrict next = work->next;
    double *restrict flow = work->flow;
    double size[CHUNK], moved_size[CHUNK], apart[CHUNK], moved, total, most, largest;
    for (size_t c = a; c < b; c++) /* apart from the arithmetic, which vectors take */
        apart[c - a] = step[from[c]] - step[to[c]];
    for (size_t c = a; c < b; c++) {
        double dq         = relax * (next[c] + give[c] * apart[c - a] - flow[c]);
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
    work->give[park_at(work, c)] = give;
    work->next[park_at(work, c)] = next;
    work->diag[park_at(work, i)] += give;
    work->diag[park_at(work, j)] += give;
    work->system.off[park_at(work, plan->slot[c])] -= give;
    work->side[park_at(work, i)] -= next;
    work->side[park_at(work, j)] += next;
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
                      size_t end, double *give, double *next, double *error, double *left)
{
    for (size_t k = first; k < end; k++) {
        size_t c     = (size_t)work->shut[k];
        error[c - a] = left[c - a] = 0.0;
        if (work->dries > 0 &&
            (work->dry[plan->node_of[plan->from[c]]] || work->dry[plan->node_of[plan->to[c]]]))
            give[c - a] = next[c - a] = work->flow[c] = 0.0;
        else if (work->tight)
            next[c - a] = 0.0;
    }
}

PARK_INLINE void sweep_chunks(const park_hydraulic_plan *plan, park_hydraulic_work *work, bool stepped,
                              double relax, park_sight *s)
{
    const double *restrict head = work->head;
    double loss[CHUNK], slope[CHUNK], error[CHUNK], left[CHUNK], worst, sum, most;
    size_t shut = 0;
    for (size_t a = 0; a < plan->pipes; a += CHUNK) {
        size_t b = a + CHUNK < plan->pipes ? a + CHUNK : plan->pipes, first_shut = shut;
        if (stepped)
            move_pipes(plan, work, a, b, relax, s);
        shut                         = chunk_losses(plan, work, a, b, shut, loss, slope);
        const int32_t *restrict from = plan->from + a, *restrict to = plan->to + a;
        const double *restrict flow = work->flow + a;
        for (size_t i = 0; i < b - a; i++)
            error[i] = head[from[i]] - head[to[i]];
        for (size_t i = 0; i < b - a; i++) {
            double wrong = error[i] - loss[i];
            slope[i]     = 1.0 / slope[i];
            double more  = wrong * slope[i];
            loss[i]      = flow[i] + more;
            error[i]     = fabs(wrong);
            left[i]      = fabs(more);
        }
        if (shut > first_shut)
            mend_shut(plan, work, a, first_shut, shut, slope, loss, error, left);
        measure(left, b - a, &sum, &most);
        s->left += sum;
        s->most_left = most > s->most_left ? most : s->most_left;
        measure(error, b - a, &sum, &worst);
        if (worst > s->head_error)
            count_error(s, worst, (int32_t)a + find(error, b - a, worst));
        add_pipes(plan, work, a, b, slope, loss);
    }
}

static PARK_WIDE void sweep_wide(const park_hydraulic_plan *plan, park_hydraulic_work *work, bool stepped,
                                 double relax, park_sight *s)
{
    sweep_chunks(plan, work, stepped, relax, s);
}

static PARK_WIDEST void sweep_widest(const park_hydraulic_plan *plan, park_hydraulic_work *work, bool stepped,
                                     double relax, park_sight *s)
{
    sweep_chunks(plan, work, stepped, relax, s);
}

static void sweep_pipes(const park_hydraulic_plan *plan, park_hydraulic_work *work, bool stepped,
                        double relax, park_sight *s)
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
    return work->load[park_at(work, point)] + (plan->outlets > 0 ? work->out[point] : 0.0);
}

/* What the point of a holding valve gets from everything but the valve. */
static double excess_at(const park_hydraulic_plan *plan, const park_hydraulic_work *work,
                        const park_device *d)
{
    double excess = -outflow_at(plan, work, d->held);
    for (int32_t k = d->first; k < d->end; k++)
        excess += plan->incident[k] < 0 ? -work->flow[park_at(work, -1 - plan->incident[k])]
                                        : work->flow[park_at(work, plan->incident[k])];
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

static void move_devices(const park_hydraulic_plan *plan, park_hydraulic_work *work, double relax,
                         park_sight *s)
{
    for (size_t i = 0; i < plan->devices; i++) {
        size_t c  = plan->pipes + i;
        double dq = relax * (work->next[park_at(work, c)] +
                             work->give[park_at(work, c)] * (work->step[park_at(work, plan->from[c])] -
                                                             work->step[park_at(work, plan->to[c])]) -
                             work->flow[park_at(work, c)]);
        if (plan->device[i].pump >= 0 && plan->pump[plan->device[i].pump].kind == PARK_PUMP_CONSTANT &&
            work->flow[park_at(work, c)] + dq < 0.0 && !park_flow_shut(work->status[c]))
            dq = -work->flow[park_at(work, c)] / 2.0; /* a pump of constant power never turns */
        work->flow[park_at(work, c)] += dq;
        count_move(s, dq, work->flow[park_at(work, c)], (int32_t)c);
    }
}

static void device_loss(const park_hydraulic_plan *plan, const park_hydraulic_work *work, size_t i,
                        double *loss, double *slope)
{
    const park_device *d = &plan->device[i];
    size_t             c = plan->pipes + i;
    double             q = work->flow[park_at(work, c)], set = work->set[i];
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
    work->give[park_at(work, c)] = 0.0;
    work->next[park_at(work, c)] = q;
    work->diag[park_at(work, d->held)] += HOLD;
    work->side[park_at(work, d->held)] += HOLD * (work->set[i] - work->head[park_at(work, d->held)]);
    if (q > 0.0)
        work->side[park_at(work, d->drawn)] += sign * q;
}

static void sweep_devices(const park_hydraulic_plan *plan, park_hydraulic_work *work, park_sight *s)
{
    for (size_t i = 0; i < plan->devices; i++) {
        size_t c = plan->pipes + i;
        double loss, slope;
        if (device_dry(plan, work, c)) {
            work->flow[park_at(work, c)] = work->give[park_at(work, c)] = work->next[park_at(work, c)] = 0.0;
        } else if (holds(plan, work, i)) {
            add_holder(plan, work, i);
        } else if (plan->device[i].kind == PARK_NET_FCV && work->status[c] == PARK_FLOW_ACTIVE &&
                   !isnan(work->set[i])) {
            add_link(plan, work, c, 1.0 / PARK_SLOPE_SHUT, work->set[i]);
        } else {
            device_loss(plan, work, i, &loss, &slope);
            double error =
                work->head[park_at(work, plan->from[c])] - work->head[park_at(work, plan->to[c])] - loss;
            if (!park_flow_shut(work->status[c]))
                count_error(s, fabs(error), (int32_t)c);
            bool tight = work->tight && park_flow_shut(work->status[c]);
            add_link(plan, work, c, 1.0 / slope, tight ? 0.0 : work->flow[park_at(work, c)] + error / slope);
        }
        if (!park_flow_shut(work->status[c])) {
            double more = fabs(work->next[park_at(work, c)] - work->flow[park_at(work, c)]);
            s->left += more;
            s->most_left = more > s->most_left ? more : s->most_left;
        }
    }
}

/* -- outflows that depend on pressure -- */

static void move_outlets(const park_hydraulic_plan *plan, park_hydraulic_work *work, double relax,
                         park_sight *s)
{
    for (size_t p = 0; p < plan->points && plan->outlets > 0; p++)
        work->out[p] = 0.0;
    for (size_t i = 0; i < plan->outlets; i++) {
        int32_t p  = plan->outlet[i].point;
        double  dq = relax * (work->spare[i] + work->given[i] * work->step[park_at(work, (int64_t)p)] -
                             work->drawn[i]);
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

static void sweep_outlets(const park_hydraulic_plan *plan, park_hydraulic_work *work, park_sight *s)
{
    for (size_t i = 0; i < plan->outlets; i++) {
        const park_outlet *o = &plan->outlet[i];
        double             loss, slope;
        if (work->dry[o->node] || (o->kind == PARK_OUTLET_DEMAND && !(work->full[i] > 0.0))) {
            work->drawn[i] = work->given[i] = work->spare[i] = 0.0;
            continue;
        }
        outlet_loss(plan, work, i, &loss, &slope);
        double error   = work->head[park_at(work, o->point)] - o->base - loss;
        work->given[i] = 1.0 / slope;
        work->spare[i] = work->drawn[i] + error / slope;
        work->diag[park_at(work, o->point)] += work->given[i];
        work->side[park_at(work, o->point)] -= work->spare[i];
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

double park_sight_accuracy(const park_sight *s)
{
    return s->total > s->little ? s->moved / s->total : s->moved / PARK_CFS;
}

double park_sight_nearness(const park_sight *s)
{
    double moved = s->left < s->moved ? s->left : s->moved;
    return s->total > s->little ? moved / s->total : moved / PARK_CFS;
}

park_sight park_sweep_begin(const park_hydraulic_plan *plan, park_hydraulic_work *work,
                            const park_manner *how)
{
    park_sight s = {.little = how->accuracy * PARK_CFS, .moved_link = -1, .error_link = -1};
    if (!work->shut_known)
        list_shut(plan, work);
    if (how->stepped)
        move_outlets(plan, work, how->relax, &s);
    return s;
}

void park_sweep_end(const park_hydraulic_plan *plan, park_hydraulic_work *work, const park_manner *how,
                    park_sight *s, park_hydraulic_report *report)
{
    if (how->stepped)
        move_devices(plan, work, how->relax, s);
    if (how->stepped && how->may_change &&
        (!(how->damp_limit > 0.0) || park_sight_accuracy(s) <= how->damp_limit)) {
        s->changed = park_statuses_hold(plan, work, report);
        if (s->changed)
            (void)park_supply_anchor(plan, work);
    }
    sweep_devices(plan, work, s);
    sweep_outlets(plan, work, s);
    for (size_t p = 0; p < plan->unknowns && work->dries > 0; p++)
        if (work->dry[plan->node_of[p]])
            work->diag[park_at(work, (int64_t)p)] += 1.0;
}

park_sight park_sweep(const park_hydraulic_plan *plan, park_hydraulic_work *work, const park_manner *how,
                      park_hydraulic_report *report)
{
    park_sight s = park_sweep_begin(plan, work, how);
    park_spd_clear(plan->spd, &work->system);
    memset(work->side, 0, plan->points * sizeof *work->side);
    sweep_pipes(plan, work, how->stepped, how->relax, &s);
    park_sweep_end(plan, work, how, &s, report);
    for (size_t p = 0; p < plan->unknowns; p++)
        work->side[p] -= work->load[p];
    return s;
}
