#include "hydraulics/balance.h"
#include "base/wide.h"
#include "hydraulics/supply.h"

#include <math.h>
#include <string.h>

static bool is_dry(const park_hydraulic_plan *plan, const park_hydraulic_work *work, size_t c)
{
    return work->dry[plan->node_of[plan->from[c]]] || work->dry[plan->node_of[plan->to[c]]];
}

/* Total demand that counts [m3/s]: what consumers take or give, emitters and leaks. */
static double total_of(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                       const park_hydraulic_work *work)
{
    double total = 0.0;
    for (size_t n = 0; n < plan->nodes; n++)
        total += work->dry[n] || plan->net->node.kind[n] != PARK_NET_JUNCTION ? 0.0 : fabs(state->demand[n]);
    for (size_t i = 0; i < plan->outlets; i++)
        total += plan->outlet[i].kind == PARK_OUTLET_DEMAND ? 0.0 : fabs(work->drawn[i]);
    return total;
}

/* work->step = inflow - outflow of every point. */
static void excess_of(const park_hydraulic_plan *plan, park_hydraulic_work *work)
{
    const double *restrict flow = work->flow, *restrict load = work->load;
    const int32_t *restrict from = plan->from, *restrict to = plan->to;
    double *restrict excess = work->step;
    unsigned spread         = work->spread;
    for (size_t p = 0; p < plan->points; p++)
        excess[p << spread] = -load[p << spread] - (plan->outlets > 0 ? work->out[p] : 0.0);
    for (size_t c = 0; c < plan->cores; c++) {
        double q = flow[c << spread];
        excess[(size_t)from[c] << spread] -= q;
        excess[(size_t)to[c] << spread] += q;
    }
}

void park_balance_shut(const park_hydraulic_plan *plan, park_hydraulic_work *work)
{
    for (size_t c = 0; c < plan->cores && (!work->shut_links_leak || work->dries > 0); c++)
        if ((park_flow_shut(work->status[c]) && !work->shut_links_leak) ||
            (work->dries > 0 && is_dry(plan, work, c)))
            work->flow[park_at(work, (int64_t)c)] = 0.0;
}

double park_balance_share(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                          const park_hydraulic_work *work, double most)
{
    double total = total_of(plan, state, work), through = 0.0;
    for (size_t c = 0; c < plan->cores && !(total > 0.0); c++)
        through = park_larger(fabs(work->flow[park_at(work, (int64_t)c)]), through);
    double scale = total > 0.0 ? total : through; /* without any demand: against the largest flow */
    return most == 0.0 ? 0.0 : scale > 0.0 ? most / scale : INFINITY;
}

double park_balance_error(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                          park_hydraulic_work *work, int32_t *worst)
{
    double most = 0.0;
    *worst      = -1;
    park_balance_shut(plan, work);
    excess_of(plan, work);
    for (size_t p = 0; p < plan->unknowns; p++)
        if (fabs(work->step[park_at(work, (int64_t)p)]) > most) {
            most   = fabs(work->step[park_at(work, (int64_t)p)]);
            *worst = plan->node_of[p];
        }
    return park_balance_share(plan, state, work, most);
}

/* Links of a spanning tree: open, wet, and free to carry more or less. */
static bool carries(const park_hydraulic_plan *plan, const park_hydraulic_work *work, int32_t c)
{
    if (c < 0 || park_flow_shut(work->status[c]))
        return false;
    if ((size_t)c < plan->pipes)
        return true;
    return plan->device[(size_t)c - plan->pipes].kind != PARK_NET_FCV || work->status[c] != PARK_FLOW_ACTIVE;
}

/* Grow the trees of work->queue[from..] to all they reach; returns where the queue then ends. */
static size_t spread_tree(const park_hydraulic_plan *plan, park_hydraulic_work *work, size_t from,
                          size_t *count)
{
    for (size_t i = from; i < *count; i++) {
        int32_t n = work->queue[i];
        for (size_t k = plan->around[n]; k < plan->around[n + 1]; k++) {
            int32_t c = plan->core_of[plan->around_link[k]];
            if (!carries(plan, work, c))
                continue;
            int32_t a = plan->node_of[plan->from[c]], o = a == n ? plan->node_of[plan->to[c]] : a;
            if (work->mark[o] == -1 && !work->dry[o]) {
                work->mark[o]           = c;
                work->queue[(*count)++] = o;
            }
        }
    }
    return *count;
}

/* Go on over a shut link into a part that no open one reaches; false when none does. */
static bool cross_shut(const park_hydraulic_plan *plan, park_hydraulic_work *work, size_t *count)
{
    for (size_t c = 0; c < plan->cores; c++) {
        int32_t a = plan->node_of[plan->from[c]], b = plan->node_of[plan->to[c]];
        if (!park_flow_shut(work->status[c]) || (work->mark[a] == -1) == (work->mark[b] == -1))
            continue;
        int32_t o = work->mark[a] == -1 ? a : b;
        if (work->dry[o])
            continue;
        work->mark[o]           = (int32_t)c;
        work->queue[(*count)++] = o;
        return true;
    }
    return false;
}

void park_balance_correct(const park_hydraulic_plan *plan, park_hydraulic_work *work)
{
    size_t count = 0;
    for (size_t n = 0; n < plan->nodes; n++)
        work->mark[n] = -1; /* core link towards the root */
    for (size_t p = plan->unknowns; p < plan->points; p++) {
        int32_t n            = plan->node_of[p];
        work->mark[n]        = -2;
        work->queue[count++] = n;
    }
    size_t roots = count, done = 0;
    for (size_t next = 0; done < count;) {
        done = spread_tree(plan, work, done, &count);
        if (work->shut_links_leak && cross_shut(plan, work, &count))
            continue;
        while (next < plan->unknowns &&
               (work->mark[plan->node_of[next]] != -1 || work->dry[plan->node_of[next]]))
            next++;
        if (next < plan->unknowns) { /* a part that statuses cut off: it balances among itself */
            work->mark[plan->node_of[next]] = -2;
            work->queue[count++]            = plan->node_of[next];
        }
    }
    for (size_t i = count; i-- > roots;) {
        int32_t n = work->queue[i], p = plan->point[n], c = work->mark[n];
        if (c == -2)
            continue;
        double more = work->step[park_at(work, p)];
        if (plan->from[c] == p) {
            work->flow[park_at(work, c)] += more;
            work->step[park_at(work, plan->to[c])] += more;
        } else {
            work->flow[park_at(work, c)] -= more;
            work->step[park_at(work, plan->from[c])] += more;
        }
        work->step[park_at(work, p)] = 0.0;
    }
}

/* Flows and heads of the forest: sums of demands; losses from the roots outwards. */
static void forest_answer(const park_hydraulic_plan *plan, park_hydraulic_state *state,
                          park_hydraulic_work *work)
{
    enum { CHUNK = 256 };
    double loss[CHUNK], slope[CHUNK];
    for (size_t end = plan->leaves; end > 0;) {
        size_t from = end > CHUNK ? end - CHUNK : 0;
        park_pipes_loss(&plan->branch, from, end, work->branch_flow + from, loss, slope);
        for (size_t i = end; i-- > from;) {
            int32_t n = plan->leaf[i], l = plan->leaf_link[i];
            bool    dry      = work->dry[n];
            state->flow[l]   = dry ? 0.0 : work->branch_flow[i];
            state->status[l] = work->passes[l] == 0 ? PARK_FLOW_CLOSED : PARK_FLOW_OPEN;
            state->head[n]   = state->head[plan->leaf_parent[i]] - (dry                ? 0.0
                                                                    : plan->leaf_in[i] ? loss[i - from]
                                                                                       : -loss[i - from]);
        }
        end = from;
    }
}

static void link_answer(const park_hydraulic_plan *plan, park_hydraulic_state *state,
                        const park_hydraulic_work *work)
{
    const park_network *net      = plan->net;
    const int32_t *restrict link = plan->link_of, *restrict from = net->link.from,
                            *restrict to = net->link.to;
    const double *restrict of_core = work->flow, *restrict head = state->head;
    double *restrict flow = state->flow, *restrict loss = state->loss, *restrict inflow = state->inflow;
    park_flow_status *restrict status = state->status;
    unsigned spread                   = work->spread;
    for (size_t c = 0; c < plan->cores; c++) {
        flow[link[c]]   = of_core[c << spread];
        status[link[c]] = (park_flow_status)work->status[c];
    }
    for (size_t c = plan->pipes; c < plan->cores; c++) {
        int32_t l = link[c], pump = plan->pump_of[l];
        if (pump >= 0 && status[l] == PARK_FLOW_OPEN && flow[l] > plan->pump[pump].most * state->setting[l])
            status[l] = PARK_FLOW_OVER_CURVE;
    }
    memset(inflow, 0, plan->nodes * sizeof *inflow);
    for (size_t l = 0; l < plan->links; l++) {
        int32_t a = from[l], b = to[l];
        double  q = flow[l];
        loss[l]   = head[a] - head[b];
        inflow[a] -= q;
        inflow[b] += q;
    }
}

static void draw_answer(const park_hydraulic_plan *plan, park_hydraulic_state *state,
                        const park_hydraulic_work *work, park_hydraulic_report *report)
{
    const park_network *net                 = plan->net;
    const park_net_node_kind *restrict kind = net->node.kind;
    const double *restrict demand = state->demand, *restrict head = state->head,
                           *restrict elevation = net->node.elevation;
    const uint8_t *restrict dry = work->dry, *restrict cut = work->cut;
    double *restrict delivered = state->delivered;
    for (size_t n = 0; n < plan->nodes; n++)
        delivered[n] = kind[n] == PARK_NET_JUNCTION && !dry[n] ? demand[n] : 0.0;
    memset(state->emitter, 0, plan->nodes * sizeof *state->emitter);
    memset(state->leak, 0, plan->nodes * sizeof *state->leak);
    for (size_t i = 0; i < plan->outlets; i++) {
        const park_outlet *o = &plan->outlet[i];
        if (work->dry[o->node])
            continue;
        if (o->kind == PARK_OUTLET_EMITTER)
            state->emitter[o->node] = work->drawn[i];
        else if (o->kind != PARK_OUTLET_DEMAND)
            state->leak[o->node] += work->drawn[i];
        else if (work->full[i] > 0.0)
            state->delivered[o->node] = work->drawn[i];
    }
    int32_t unsupplied = 0, negative = 0, first = -1;
    double  unmet = 0.0;
    for (size_t n = 0; n < plan->nodes; n++) {
        if (kind[n] != PARK_NET_JUNCTION || demand[n] == 0.0)
            continue;
        if (cut[n] && unsupplied++ == 0)
            first = (int32_t)n;
        negative += !cut[n] && demand[n] > 0.0 && head[n] < elevation[n];
        if (demand[n] > delivered[n] && demand[n] > 0.0)
            unmet += demand[n] - delivered[n];
    }
    report->unsupplied       = unsupplied;
    report->negative         = negative;
    report->first_unsupplied = first;
    report->unmet            = unmet;
}

void park_balance_answer(const park_hydraulic_plan *plan, park_hydraulic_state *state,
                         park_hydraulic_work *work, park_hydraulic_report *report)
{
    for (size_t p = 0; p < plan->unknowns; p++)
        state->head[plan->node_of[p]] = work->head[park_at(work, p)];
    forest_answer(plan, state, work);
    park_supply_dry_heads(plan, work, state->head);
    link_answer(plan, state, work);
    draw_answer(plan, state, work, report);
}
