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
    for (size_t p = 0; p < plan->points; p++)
        work->step[park_at(work, p)] = -work->load[park_at(work, p)] - (plan->outlets > 0 ? work->out[p] : 0.0);
    for (size_t c = 0; c < plan->cores; c++) {
        work->step[park_at(work, plan->from[c])] -= work->flow[park_at(work, c)];
        work->step[park_at(work, plan->to[c])] += work->flow[park_at(work, c)];
    }
}

double park_balance_error(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                          park_hydraulic_work *work, int32_t *worst)
{
    double total = total_of(plan, state, work), most = 0.0, through = 0.0;
    *worst = -1;
    for (size_t c = 0; c < plan->cores; c++) {
        if ((park_flow_shut(work->status[c]) && !work->shut_links_leak) ||
            (work->dries > 0 && is_dry(plan, work, c)))
            work->flow[park_at(work, c)] = 0.0;
        through = park_larger(fabs(work->flow[park_at(work, c)]), through);
    }
    excess_of(plan, work);
    for (size_t p = 0; p < plan->unknowns; p++)
        if (fabs(work->step[park_at(work, p)]) > most) {
            most   = fabs(work->step[park_at(work, p)]);
            *worst = plan->node_of[p];
        }
    double scale = total > 0.0 ? total : through; /* without any demand: against the largest flow */
    return most == 0.0 ? 0.0 : scale > 0.0 ? most / scale : INFINITY;
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
    const park_network *net = plan->net;
    for (size_t c = 0; c < plan->cores; c++) {
        int32_t l        = plan->link_of[c];
        uint8_t status   = work->status[c];
        state->flow[l]   = work->flow[park_at(work, c)];
        state->status[l] = (park_flow_status)status;
        int32_t pump     = plan->pump_of[l];
        if (pump >= 0 && status == PARK_FLOW_OPEN &&
            work->flow[park_at(work, c)] > plan->pump[pump].most * state->setting[l])
            state->status[l] = PARK_FLOW_OVER_CURVE;
    }
    for (size_t n = 0; n < plan->nodes; n++)
        state->inflow[n] = 0.0;
    for (size_t l = 0; l < plan->links; l++) {
        int32_t a = net->link.from[l], b = net->link.to[l];
        state->loss[l] = state->head[a] - state->head[b];
        state->inflow[a] -= state->flow[l];
        state->inflow[b] += state->flow[l];
    }
}

static void draw_answer(const park_hydraulic_plan *plan, park_hydraulic_state *state,
                        const park_hydraulic_work *work, park_hydraulic_report *report)
{
    const park_network *net = plan->net;
    for (size_t n = 0; n < plan->nodes; n++) {
        bool counts         = net->node.kind[n] == PARK_NET_JUNCTION && !work->dry[n];
        state->delivered[n] = counts ? state->demand[n] : 0.0;
        state->emitter[n] = state->leak[n] = 0.0;
    }
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
    report->unsupplied = report->negative = 0;
    report->first_unsupplied              = -1;
    report->unmet                         = 0.0;
    for (size_t n = 0; n < plan->nodes; n++) {
        if (net->node.kind[n] != PARK_NET_JUNCTION)
            continue;
        if (work->cut[n] && state->demand[n] != 0.0 && report->unsupplied++ == 0)
            report->first_unsupplied = (int32_t)n;
        if (!work->cut[n] && state->demand[n] > 0.0 && state->head[n] < net->node.elevation[n])
            report->negative++;
        if (state->demand[n] > 0.0)
            report->unmet += park_larger(state->demand[n] - state->delivered[n], 0.0);
    }
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
