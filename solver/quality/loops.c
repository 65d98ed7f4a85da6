/*
 * Nodes whose water comes round within one step: pumps back to back, loops of valves and short pipes.
 *
 * Over the step each node of the loop gives one concentration; all of them are found together, Eq. (Q18). A short link in the
 * loop gives what it held and then what its upper node gives; a tank in the loop is stirred for the step. The system has the
 * flows as its matrix, rows weakly dominant, so it is never singular while water enters the loop from outside. Small loops
 * are solved directly, large ones by sweeps; whatever a sweep leaves open is told as imbalance, so mass always closes.
 */
#include "quality/parts.h"

#include "base/dense.h"

#include <math.h>
#include <string.h>

enum { DIRECT = 128, SWEEPS = 4000 };

typedef struct loop {
    const park_quality_step *step;
    const int32_t           *node; /* [count] */
    size_t                   count;
} loop;

/* The place in the loop of the node above a link that ties node v of the loop to it, or -1. */
static int32_t above(const loop *k, size_t v, int32_t link)
{
    const park_quality_plan *plan = k->step->plan;
    double                   q    = k->step->period->flow[link];
    int32_t                  to   = q > 0.0 ? plan->net->link.to[link] : plan->net->link.from[link];
    int32_t                  u    = q > 0.0 ? plan->net->link.from[link] : plan->net->link.to[link];
    if (q == 0.0 || to != k->node[v] || !park_quality_depends(plan, k->step->period, k->step->length, link))
        return -1;
    int32_t place = k->step->water->loop_of[u];
    return place >= 0 && (size_t)place < k->count && k->node[place] == u ? place : -1;
}

/* What a loop's link hands on of its upper node's water [m3/s]. */
static double passes(const loop *k, int32_t link)
{
    return fabs(k->step->period->flow[link]) - k->step->plan->volume[link] / k->step->length;
}

/* --- the rows --------------------------------------------------------------------------------------------------- */

/* Water from outside of the loop, through links: known mass per second. Returns its flow. */
static double from_links(const loop *k, size_t v, double *known)
{
    const park_quality_step *step    = k->step;
    const park_quality_plan *plan    = step->plan;
    size_t                   streams = 0;
    double                   flow    = 0.0, mean[PARK_QUALITY_MOST];
    for (size_t e = plan->start[k->node[v]]; e < plan->start[k->node[v] + 1]; e++) {
        int32_t link = plan->incident[e];
        double  q    = step->period->flow[link];
        if (q == 0.0 || (q > 0.0 ? plan->net->link.to[link] : plan->net->link.from[link]) != k->node[v] ||
            step->water->stirred[link])
            continue;
        park_quality_stream(step, streams++, (size_t)link, q > 0.0 ? 1 : 0, fabs(q),
                            plan->volume[link] / fabs(q));
        flow += fabs(q);
    }
    if (streams == 0)
        return 0.0;
    park_quality_mix(step, streams, 0.0, NULL, &step->water->taken);
    park_pieces_mean(&step->water->taken, mean);
    for (size_t c = 0; c < plan->count; c++)
        known[c] += flow * mean[c];
    return flow;
}

/* What the loop's own links held leaves them first. Returns the flow of all of them into node v. */
static double from_loop(const loop *k, size_t v, double *known)
{
    const park_quality_step *step = k->step;
    const park_quality_plan *plan = step->plan;
    double                   flow = 0.0;
    for (size_t e = plan->start[k->node[v]]; e < plan->start[k->node[v] + 1]; e++) {
        int32_t link                    = plan->incident[e];
        double  mass[PARK_QUALITY_MOST] = {0.0};
        if (above(k, v, link) < 0)
            continue;
        park_quality_flush(step, (size_t)link);
        park_segments_mass(&step->water->segments, (size_t)link, mass);
        park_segments_clear(&step->water->segments, (size_t)link);
        for (size_t c = 0; c < plan->count; c++)
            known[c] += mass[c] / step->length;
        flow += fabs(step->period->flow[link]);
    }
    return flow;
}

/* A tank in the loop: what it holds once it has reacted for half the step. Returns what its volume adds to the row [m3/s]. */
static double from_tank(const loop *k, size_t v, double *known)
{
    const park_quality_step *step = k->step;
    const park_quality_plan *plan = step->plan;
    int32_t                  t    = plan->tank_of[k->node[v]];
    double                   h    = step->length;
    park_quality_tank       *tank = &step->water->tank[t];
    const park_reaction     *law  = step->water->law + (plan->links + (size_t)t) * plan->count;
    park_quality_tank_flows(step, k->node[v]);
    park_quality_tank_stir(step, t);
    double rest    = fmax(0.0, tank->volume - tank->mixed);
    double comes   = fmax(0.0, rest - fmax(0.0, tank->next - plan->mixing[t])),
           appears = fmax(0.0, -tank->overflow);
    for (size_t c = 0; c < plan->count; c++) {
        park_quality_ledger *l       = &step->water->step[c];
        double               mixed   = park_reaction_after(&law[c], tank->conc[c], 0.5 * h);
        double               ambient = park_reaction_after(&law[c], tank->rest[c], 0.5 * h);
        l->reacted_tanks += tank->mixed * (tank->conc[c] - mixed) + rest * (tank->rest[c] - ambient);
        tank->conc[c] = mixed;
        tank->rest[c] = ambient;
        known[c] += (tank->mixed * mixed + comes * ambient) / h + appears * mixed;
        l->imbalance -= appears * h * mixed;
    }
    return (tank->mixed + comes) / h + appears;
}

/* --- the solution ----------------------------------------------------------------------------------------------- */

/* What the loop's links bring to node v when its nodes give x. */
static double brought(const loop *k, size_t v, const double *x)
{
    const park_quality_plan *plan = k->step->plan;
    double                   sum  = 0.0;
    for (size_t e = plan->start[k->node[v]]; e < plan->start[k->node[v] + 1]; e++) {
        int32_t u = above(k, v, plan->incident[e]);
        if (u >= 0)
            sum += passes(k, plan->incident[e]) * x[u];
    }
    return sum;
}

static park_status direct(const loop *k, const double *known, const double *gain, const double *fixed,
                          double *x)
{
    park_quality_water *w = k->step->water;
    size_t              n = k->count;
    memset(w->matrix, 0, n * n * sizeof(double));
    for (size_t v = 0; v < n; v++) {
        const park_quality_plan *plan = k->step->plan;
        w->matrix[v * n + v]          = isnan(fixed[v]) ? gain[v] : 1.0;
        for (size_t e = plan->start[k->node[v]]; e < plan->start[k->node[v] + 1] && isnan(fixed[v]); e++) {
            int32_t u = above(k, v, plan->incident[e]);
            if (u >= 0)
                w->matrix[v * n + (size_t)u] -= passes(k, plan->incident[e]);
        }
        w->side[v] = isnan(fixed[v]) ? known[v] : fixed[v];
    }
    return park_dense_solve(n, w->matrix, w->side, x, w->work, w->pivot, NULL);
}

static void sweep(const loop *k, const double *known, const double *gain, const double *fixed, double *x)
{
    for (int i = 0; i < SWEEPS; i++) {
        double change = 0.0, size = 0.0;
        for (size_t v = 0; v < k->count; v++) {
            double next = isnan(fixed[v]) ? (known[v] + brought(k, v, x)) / gain[v] : fixed[v];
            change      = fmax(change, fabs(next - x[v]));
            size        = fmax(size, fabs(next));
            x[v]        = next;
        }
        if (change <= 1e-15 * size)
            return;
    }
}

/* Sources at node v: a shift of what it gives, or a bound on it (low, high). */
static double shift_of(const loop *k, size_t v, size_t c, double flow, double *low, double *high)
{
    const park_quality_plan *plan  = k->step->plan;
    int32_t                  node  = k->node[v];
    double                   shift = 0.0;
    bool                     tank  = plan->net->node.kind[node] == PARK_NET_TANK;
    *low                           = -INFINITY;
    *high                          = INFINITY;
    for (size_t i = plan->source_start[node]; i < plan->source_start[node + 1]; i++) {
        const park_net_source *source = plan->source[i].source;
        if (plan->source[i].constituent != c)
            continue;
        double strength = park_quality_strength(k->step, source);
        if (source->kind == PARK_NET_SOURCE_MASS && flow > 0.0)
            shift += strength / flow;
        else if (source->kind == PARK_NET_SOURCE_FLOWPACED ||
                 (source->kind == PARK_NET_SOURCE_CONCEN && tank))
            shift += strength;
        else if (source->kind == PARK_NET_SOURCE_SETPOINT)
            *low = strength;
    }
    if (plan->constituent[c].kind == PARK_NET_QUALITY_TRACE && plan->constituent[c].trace_node == node)
        *low = *high = 1.0;
    return shift;
}

/* One constituent: solve, hold what lies outside of its bounds at them, solve again. Columns of [count]. */
static void solve(const loop *k, size_t c, const double *known, double *x)
{
    park_quality_water *w = k->step->water;
    double              low, high;
    for (size_t v = 0; v < k->count; v++) {
        w->shifted[v] = known[v] + w->gain[v] * shift_of(k, v, c, w->leaves[v], &low, &high);
        w->fixed[v]   = low == high ? low : NAN;
        x[v]          = k->step->state->node[(size_t)k->node[v] * k->step->plan->count + c]; /* a guess */
    }
    for (size_t round = 0; round <= k->count; round++) {
        bool held = false;
        if (k->count > DIRECT || direct(k, w->shifted, w->gain, w->fixed, x) != PARK_OK)
            sweep(k, w->shifted, w->gain, w->fixed, x);
        for (size_t v = 0; v < k->count; v++) {
            shift_of(k, v, c, w->leaves[v], &low, &high);
            if (isnan(w->fixed[v]) && x[v] < low) {
                w->fixed[v] = low;
                held        = true;
            }
        }
        if (!held)
            return;
    }
}

/* --- the loop --------------------------------------------------------------------------------------------------- */

static void mark(const loop *k, bool stirred)
{
    const park_quality_plan *plan = k->step->plan;
    for (size_t v = 0; v < k->count; v++)
        for (size_t e = plan->start[k->node[v]]; e < plan->start[k->node[v] + 1]; e++)
            if (above(k, v, plan->incident[e]) >= 0)
                k->step->water->stirred[plan->incident[e]] = stirred;
}

static void row(const loop *k, size_t v)
{
    const park_quality_step *step  = k->step;
    park_quality_water      *w     = step->water;
    size_t                   count = step->plan->count;
    double                   known[PARK_QUALITY_MOST];
    double                   outside = park_quality_inflow(step, k->node[v], known);
    for (size_t c = 0; c < count; c++)
        w->step[c].inflows += known[c] * step->length;
    w->gain[v]   = outside + from_links(k, v, known) + from_loop(k, v, known);
    w->leaves[v] = w->gain[v];
    if (step->plan->net->node.kind[k->node[v]] == PARK_NET_TANK) {
        w->gain[v] += from_tank(k, v, known);
        w->leaves[v] = step->water->tank[step->plan->tank_of[k->node[v]]].out;
    }
    for (size_t c = 0; c < count; c++)
        w->known[c * k->count + v] = known[c];
}

/* The second half of a tank's reaction, in volumes `mixed` and `rest`. */
static void half_a_step(const park_quality_step *step, size_t t, size_t c, double mixed, double rest)
{
    park_quality_tank   *tank    = &step->water->tank[t];
    const park_reaction *law     = &step->water->law[(step->plan->links + t) * step->plan->count + c];
    double               conc    = park_reaction_after(law, tank->conc[c], 0.5 * step->length);
    double               ambient = park_reaction_after(law, tank->rest[c], 0.5 * step->length);
    step->water->step[c].reacted_tanks +=
        mixed * (tank->conc[c] - conc) + fmax(0.0, rest) * (tank->rest[c] - ambient);
    tank->conc[c] = conc;
    tank->rest[c] = ambient;
}

/* After the solution: the loop's own links hold their upper node's water, tanks what they came to. */
static void refill(const loop *k, size_t v, const double *conc, const double *base)
{
    const park_quality_step *step = k->step;
    const park_quality_plan *plan = step->plan;
    park_segments           *seg  = &step->water->segments;
    int32_t                  node = k->node[v], t = plan->tank_of[node];
    for (size_t e = plan->start[node]; e < plan->start[node + 1]; e++) {
        int32_t link = plan->incident[e];
        double  q    = step->period->flow[link];
        if (q != 0.0 && (q > 0.0 ? plan->net->link.from[link] : plan->net->link.to[link]) == node &&
            step->water->stirred[link] && plan->volume[link] > 0.0)
            park_segments_push(seg, (size_t)link, q > 0.0 ? 0 : 1, plan->volume[link], conc, conc);
    }
    if (t < 0)
        return;
    park_quality_tank *tank = &step->water->tank[t];
    double mixed = fmin(tank->next, plan->mixing[t]), rest = fmax(0.0, tank->volume - tank->mixed);
    double over = fmax(0.0, tank->overflow) * step->length, spill = tank->next - mixed - rest;
    bool   rows =
        plan->net->tank.mixing[t] == PARK_NET_MIX_FIFO || plan->net->tank.mixing[t] == PARK_NET_MIX_LIFO;
    for (size_t c = 0; c < plan->count; c++) {
        park_quality_ledger *l = &step->water->step[c];
        *(plan->net->tank.overflows[t] ? &l->overflow : &l->imbalance) += over * base[c];
        if (spill > 0.0)
            tank->rest[c] = (rest * tank->rest[c] + spill * base[c]) / (rest + spill);
        tank->conc[c] = base[c];
        half_a_step(step, (size_t)t, c, mixed, tank->next - mixed);
    }
    tank->mixed  = mixed;
    tank->volume = tank->next;
    if (rows && tank->next > 0.0)
        park_segments_push(seg, plan->links + (size_t)t, 1, tank->next, tank->conc, tank->conc);
}

static bool has_source(const park_quality_plan *plan, int32_t node, size_t c)
{
    for (size_t i = plan->source_start[node]; i < plan->source_start[node + 1]; i++)
        if (plan->source[i].constituent == c)
            return true;
    return plan->constituent[c].kind == PARK_NET_QUALITY_TRACE && plan->constituent[c].trace_node == node;
}

/* What node v gives, what its sources added, what was lost; conc is what it gives, base what came to it. */
static void settle_node(const loop *k, size_t v, const double *x)
{
    const park_quality_step *step  = k->step;
    park_quality_water      *w     = step->water;
    size_t                   count = step->plan->count;
    int32_t                  node  = k->node[v];
    double conc[PARK_QUALITY_MOST], base[PARK_QUALITY_MOST], h = step->length, leaves = w->leaves[v];
    bool   junction = step->plan->net->node.kind[node] == PARK_NET_JUNCTION;
    double lost     = leaves - step->water->away[node] - park_quality_outflow(step, node);
    for (size_t c = 0; c < count; c++) {
        const double *column = x + c * k->count;
        conc[c]              = column[v];
        base[c]              = (w->known[c * k->count + v] + brought(k, v, column)) / w->gain[v];
        double added         = (conc[c] - base[c]) * leaves * h;
        if (has_source(step->plan, node, c))
            w->step[c].sources += added;
        else
            w->step[c].imbalance -= added;
        if (junction)
            w->step[c].imbalance += lost * h * conc[c];
        else
            step->state->mean[(size_t)node * count + c] += base[c] * h / step->period->seconds;
    }
    refill(k, v, conc, base);
    park_pieces_set(&w->given, h, conc);
    park_quality_give(step, node, &w->given);
    if (!junction)
        park_quality_tank_outlet(step->plan, w, step->plan->tank_of[node],
                                 step->state->node + (size_t)node * count);
}

void park_quality_loop(const park_quality_step *step, const int32_t *node, size_t count)
{
    loop k = {step, node, count};
    mark(&k, true);
    for (size_t v = 0; v < count; v++)
        row(&k, v);
    for (size_t c = 0; c < step->plan->count; c++)
        solve(&k, c, step->water->known + c * count, step->water->answer + c * count);
    for (size_t v = 0; v < count; v++)
        settle_node(&k, v, step->water->answer);
    /* the marks stay until the links have settled: their water reacts for the whole step */
}
