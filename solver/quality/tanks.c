#include "quality/parts.h"

#include <math.h>
#include <string.h>

static bool in_rows(const park_quality_plan *plan, size_t t)
{
    park_net_tank_mixing mixing = plan->net->tank.mixing[t];
    return mixing == PARK_NET_MIX_FIFO || mixing == PARK_NET_MIX_LIFO;
}

void park_quality_tank_outlet(const park_quality_plan *plan, const park_quality_water *water, int32_t tank,
                              double *conc)
{
    size_t  t = (size_t)tank;
    int32_t s = in_rows(plan, t) ? park_segments_outer(&water->segments, plan->links + t, 1) : -1;
    if (s >= 0)
        memcpy(conc, park_segments_value(&water->segments, s, 1), plan->count * sizeof *conc);
    else
        memcpy(conc, water->tank[t].conc, plan->count * sizeof *conc);
}

void park_quality_tank_flows(const park_quality_step *step, int32_t node)
{
    const park_quality_period *p    = step->period;
    int32_t                    t    = step->plan->tank_of[node];
    park_quality_tank         *tank = &step->water->tank[t];
    double in, unused[PARK_QUALITY_MOST], share = (step->middle + 0.5 * step->length - p->start) / p->seconds;
    park_quality_streams(step, node, &in);
    tank->in       = in + park_quality_inflow(step, node, unused);
    tank->out      = step->water->away[node] + park_quality_outflow(step, node);
    tank->next     = fmax(0.0, p->volume_from[t] + fmin(1.0, share) * (p->volume_to[t] - p->volume_from[t]));
    tank->overflow = tank->in - tank->out - (tank->next - tank->volume) / step->length;
}

/* --- a zone that is stirred ------------------------------------------------------------------------------------- */

/* Water through one stirred zone in a step; conc is turned from start to end, `leaving` is the mean of what leaves. */
typedef struct zone {
    double        from, to; /* volume [m3] */
    double        in, out;  /* [m3/s] */
    const double *entering; /* [count] mean of what enters */
    double       *conc;     /* [count] */
    double       *leaving;  /* [count] out */
} zone;

/* The end of mixing without reaction, Eq. (Q15): share of the start that is still there. */
static double remaining(const zone *z, double h)
{
    if (z->from <= 0.0)
        return 0.0;
    if (z->in <= 0.0)
        return 1.0;
    double growth = z->to / z->from - 1.0;
    double log    = fabs(growth) < 1e-8 ? 1.0 - 0.5 * growth : log1p(growth) / growth;
    return exp(-z->in * h / z->from * log);
}

static double between(double x, double a, double b, double c)
{
    return fmin(fmax(x, fmin(a, fmin(b, c))), fmax(a, fmax(b, c)));
}

/* Half a step of reaction, mixing with the mass kept, half a step of reaction, Eq. (Q15)-(Q16). */
static void stir(const zone *z, const park_reaction *law, size_t count, double h, double *reacted)
{
    double share = remaining(z, h);
    for (size_t c = 0; c < count; c++) {
        double start  = park_reaction_after(&law[c], z->conc[c], 0.5 * h);
        double enters = z->in > 0.0 ? z->entering[c] : start;
        double end    = enters + share * (start - enters);
        double held = z->from * start + z->in * h * enters, leaves = end;
        if (z->out > 0.0) {
            leaves = (held - z->to * end) / (z->out * h);
            if (z->to > z->out * h)
                leaves = between(leaves, start, enters, end);
        }
        if (z->to > z->out * h) /* else `leaves` closes the balance */
            end = (held - z->out * h * leaves) / z->to;
        double final = park_reaction_after(&law[c], end, 0.5 * h);
        reacted[c] += z->from * (z->conc[c] - start) + z->to * (end - final);
        z->conc[c]    = final;
        z->leaving[c] = leaves;
    }
}

/* A piece from `start` to `end` with the mean `mean`, without a new extremum at its ends. */
static void sloped(double start, double end, double mean, double *first, double *last)
{
    double room = fmax(0.0, fmin(mean - fmin(start, end), fmax(start, end) - mean));
    double half = fmin(room, fmax(-room, 0.5 * (end - start)));
    *first      = mean - half;
    *last       = mean + half;
}

/* Complete mixing, or two compartments: what enters mixes; a full mixing zone spills into the rest, and the rest keeps it
 * full while the tank drains, Eq. (Q17). */
static void stirred_tank(const park_quality_step *step, size_t t, double in, const double *entering,
                         double out, double *reacted)
{
    const park_quality_plan *plan  = step->plan;
    park_quality_tank       *tank  = &step->water->tank[t];
    size_t                   count = plan->count;
    const park_reaction     *law   = step->water->law + (plan->links + t) * count;
    double h = step->length, start[PARK_QUALITY_MOST], mean[PARK_QUALITY_MOST], blend[PARK_QUALITY_MOST],
           from_rest[PARK_QUALITY_MOST], to_mix = fmin(tank->next, plan->mixing[t]);
    double rest = fmax(0.0, tank->volume - tank->mixed), spill = fmax(0.0, tank->next - to_mix) - rest;
    memcpy(start, tank->conc, count * sizeof *start);

    zone ambient = {rest, rest + spill, 0.0, 0.0, mean, tank->rest, from_rest};
    if (spill < 0.0) { /* the rest gives first */
        ambient.out = -spill / h;
        stir(&ambient, law, count, h, reacted);
    }
    double all = in + fmax(0.0, -spill) / h;
    for (size_t c = 0; c < count && all > 0.0; c++)
        blend[c] =
            ((in > 0.0 ? in * entering[c] : 0.0) + (spill < 0.0 ? -spill / h * from_rest[c] : 0.0)) / all;
    zone mixing = {tank->mixed, to_mix, all, out + fmax(0.0, spill) / h, blend, tank->conc, mean};
    stir(&mixing, law, count, h, reacted);
    if (spill >= 0.0) {
        ambient.in = spill / h;
        stir(&ambient, law, count, h, reacted);
    }
    tank->mixed = to_mix;

    park_pieces *given = &step->water->given;
    park_pieces_set(given, h, mean);
    for (size_t c = 0; c < count; c++)
        sloped(start[c], tank->conc[c], mean[c], &given->first[c], &given->last[c]);
}

/* --- tanks in layers -------------------------------------------------------------------------------------------- */

static void push_all(const park_quality_step *step, size_t box, int end, double flow, const park_pieces *p)
{
    park_quality_make_way(step, box, end);
    for (int32_t i = 0; i < p->pieces && flow > 0.0; i++) {
        park_segments_push(&step->water->segments, box, end, flow * p->amount[i],
                           p->first + (size_t)i * p->count, p->last + (size_t)i * p->count);
        step->water->fresh[box]++;
    }
}

/* First in, first out: a wide pipe that grows and shrinks. water->taken enters at end 0. */
static void first_out(const park_quality_step *step, size_t t, double in, double out)
{
    size_t                   box  = step->plan->links + t;
    const park_quality_tank *tank = &step->water->tank[t];
    if (in > 0.0)
        push_all(step, box, 0, in, &step->water->taken);
    if (out > 0.0) {
        park_quality_stream(step, 0, box, 1, out, tank->volume / out);
        park_quality_mix(step, 1, 0.0, NULL, &step->water->given);
    }
    park_quality_settle(step, box, 0, in, false);
}

/* Last in, first out: what enters leaves again; only the difference is laid on the pile, or taken off it. */
static void last_out(const park_quality_step *step, int32_t node, size_t t, double extra, const double *conc)
{
    size_t                   box     = step->plan->links + t;
    const park_quality_tank *tank    = &step->water->tank[t];
    double                   net     = (tank->next - tank->volume) / step->length, in;
    size_t                   streams = park_quality_streams(step, node, &in);
    if (net < 0.0)
        park_quality_stream(step, streams++, box, 1, -net, INFINITY);
    if (streams > 0 || extra > 0.0)
        park_quality_mix(step, streams, extra, conc, &step->water->given);
    if (net > 0.0)
        push_all(step, box, 1, net, &step->water->given);
    park_quality_settle(step, box, 1, fmax(0.0, net), false);
}

void park_quality_tank_stir(const park_quality_step *step, int32_t tank)
{
    size_t             t = (size_t)tank, box = step->plan->links + t, count = step->plan->count;
    park_quality_tank *k = &step->water->tank[t];
    if (!in_rows(step->plan, t))
        return;
    park_quality_flush(step, box);
    double mass[PARK_QUALITY_MOST] = {0.0}, volume = park_segments_mass(&step->water->segments, box, mass);
    for (size_t c = 0; c < count; c++)
        k->conc[c] = volume > 0.0 ? mass[c] / volume : 0.0;
    k->mixed = k->volume;
    park_segments_clear(&step->water->segments, box);
}

/* --- the node --------------------------------------------------------------------------------------------------- */

/* Water that enters from outside, with what the given volumes say has appeared (it is like the tank's own). */
static double extra_inflow(const park_quality_step *step, int32_t node, double appears, double *conc)
{
    size_t count = step->plan->count;
    double own[PARK_QUALITY_MOST], from_outside = park_quality_inflow(step, node, conc);
    park_quality_tank_outlet(step->plan, step->water, step->plan->tank_of[node], own);
    for (size_t c = 0; c < count; c++) {
        step->water->step[c].inflows += conc[c] * step->length;
        step->water->step[c].imbalance -= appears * step->length * own[c];
        conc[c] =
            from_outside + appears > 0.0 ? (conc[c] + appears * own[c]) / (from_outside + appears) : 0.0;
    }
    return from_outside + appears;
}

/* What leaves over the rim, or without trace where the tank has none. */
static void account(const park_quality_step *step, int32_t node, size_t t, const double *reacted)
{
    const park_quality_tank *tank = &step->water->tank[t];
    double                  *mean = step->water->sum, over = fmax(0.0, tank->overflow) * step->length;
    park_pieces_mean(&step->water->given, mean);
    for (size_t c = 0; c < step->plan->count; c++) {
        park_quality_ledger *l = &step->water->step[c];
        *(step->plan->net->tank.overflows[t] ? &l->overflow : &l->imbalance) += over * mean[c];
        l->reacted_tanks += reacted[c];
        step->state->mean[(size_t)node * step->plan->count + c] +=
            mean[c] * step->length / step->period->seconds;
    }
}

void park_quality_tank_node(const park_quality_step *step, int32_t node)
{
    const park_quality_plan *plan   = step->plan;
    park_quality_water      *water  = step->water;
    size_t                   t      = (size_t)plan->tank_of[node];
    park_quality_tank       *tank   = &water->tank[t];
    park_net_tank_mixing     mixing = plan->net->tank.mixing[t];
    double conc[PARK_QUALITY_MOST], reacted[PARK_QUALITY_MOST] = {0.0}, in, outlet[PARK_QUALITY_MOST];
    park_quality_tank_flows(step, node);
    if (in_rows(plan, t))
        park_quality_catch_up(step, plan->links + t,
                              park_segments_outer(&water->segments, plan->links + t, 1));
    double appears = fmax(0.0, -tank->overflow), out = tank->out + fmax(0.0, tank->overflow);
    double extra = extra_inflow(step, node, appears, conc);

    park_quality_tank_outlet(plan, water, (int32_t)t, outlet);
    park_pieces_set(&water->given, step->length, outlet); /* when nothing leaves */
    if (mixing == PARK_NET_MIX_LIFO) {
        last_out(step, node, t, extra, conc);
    } else {
        size_t streams = park_quality_streams(step, node, &in);
        if (in + extra > 0.0) {
            park_quality_mix(step, streams, extra, conc, &water->taken);
            park_pieces_mean(&water->taken, conc);
        }
        if (mixing == PARK_NET_MIX_FIFO)
            first_out(step, t, in + extra, out);
        else
            stirred_tank(step, t, in + extra, conc, out, reacted);
    }
    tank->volume = tank->next;
    account(step, node, t, reacted);
    park_quality_sources(step, node, tank->out, &water->given);
    park_quality_give(step, node, &water->given);
    park_quality_tank_outlet(plan, water, (int32_t)t, step->state->node + (size_t)node * plan->count);
}
