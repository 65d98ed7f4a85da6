/*
 * The order of the nodes: strongly connected parts of the flow graph, sources first.
 *
 * Tarjan's algorithm (1972), walked along the links against the flow and without recursion: a part is complete when
 * everything that it takes from is, so the parts come out in the order in which the step visits them. Only links whose water
 * passes within the step tie nodes together; a pipe that holds more and a reservoir cut the walk.
 */
#include "quality/parts.h"

#include <math.h>

/* What a column says of a junction; tanks and reservoirs exchange water through links only. */
static double at(const park_quality_plan *plan, const double *column, size_t node)
{
    return column != NULL && plan->net->node.kind[node] == PARK_NET_JUNCTION ? column[node] : 0.0;
}

static park_tap tap_of(const park_quality_plan *plan, const park_quality_period *p, size_t n)
{
    double delivered = at(plan, p->delivered, n), emitter = at(plan, p->emitter, n),
           leak = at(plan, p->leak, n);
    return (park_tap){.own       = fmax(0.0, -delivered),
                      .backflow  = fmax(0.0, -emitter) + fmax(0.0, -leak),
                      .delivered = fmax(0.0, delivered),
                      .emitter   = fmax(0.0, emitter),
                      .leak      = fmax(0.0, leak)};
}

void park_quality_turn(const park_quality_plan *plan, const park_quality_period *period,
                       park_quality_water *water)
{
    const park_net_links *link = &plan->net->link;
    for (size_t n = 0; n < plan->nodes; n++) {
        size_t in = plan->start[n], out = plan->start[n];
        for (int away = 0; away < 2; away++) {
            for (size_t e = plan->start[n]; e < plan->start[n + 1]; e++) {
                int32_t l = plan->incident[e];
                double  q = water->flow[l], size = fabs(q);
                if (q == 0.0 || ((q > 0.0 ? link->from[l] : link->to[l]) == (int32_t)n) != (away == 1))
                    continue;
                int32_t end          = (q > 0.0) == (away == 0) ? 1 : 0;
                water->turned[out++] = (park_turned){l, end, size, plan->volume[l] / size};
            }
            in = away == 0 ? out : in;
        }
        water->leading[n] = (int32_t)(in - plan->start[n]);
        water->leaving[n] = (int32_t)(out - in);
        water->away[n]    = 0.0;
        for (size_t e = in; e < out; e++)
            water->away[n] += water->turned[e].flow;
        water->tap[n] = tap_of(plan, period, n);
    }
}

bool park_quality_depends(const park_quality_plan *plan, const park_quality_period *period, double length,
                          int32_t link)
{
    double flow = period->flow[link];
    if (flow == 0.0 || plan->volume[link] >= fabs(flow) * length)
        return false;
    int32_t to = flow > 0.0 ? plan->net->link.to[link] : plan->net->link.from[link];
    return plan->net->node.kind[to] != PARK_NET_RESERVOIR;
}

typedef struct walk {
    const park_quality_plan   *plan;
    const park_quality_period *period;
    park_quality_water        *water;
    double                     length;
    int32_t                    seen, depth, frames, placed;
    size_t                     looped;
} walk;

static void enter(walk *w, int32_t node)
{
    park_quality_water *water = w->water;
    water->place[node]        = w->seen;
    water->low[node]          = w->seen++;
    water->edge[node]         = w->plan->start[node];
    water->stack[w->depth++]  = node;
    water->frame[w->frames++] = node;
    water->loop_of[node]      = -2; /* on the stack */
}

/* The node at the upper end of a link that ties `node` to it, or -1. */
static int32_t upstream(const walk *w, int32_t node, int32_t link)
{
    double  flow = w->period->flow[link];
    int32_t to   = flow > 0.0 ? w->plan->net->link.to[link] : w->plan->net->link.from[link];
    if (to != node || !park_quality_depends(w->plan, w->period, w->length, link))
        return -1;
    return flow > 0.0 ? w->plan->net->link.from[link] : w->plan->net->link.to[link];
}

/* Pop the finished part of which `node` was seen first. */
static void finish(walk *w, int32_t node)
{
    park_quality_water *water = w->water;
    int32_t             first = w->placed, top;
    do {
        top                       = water->stack[--w->depth];
        water->loop_of[top]       = w->placed - first;
        water->order[w->placed++] = top;
    } while (top != node);
    size_t size                   = (size_t)(w->placed - first);
    water->group[water->groups++] = first;
    if (size > water->largest)
        water->largest = size;
    if (size > 1)
        w->looped += size;
}

static void visit(walk *w, int32_t root)
{
    park_quality_water *water = w->water;
    enter(w, root);
    while (w->frames > 0) {
        int32_t node = water->frame[w->frames - 1];
        if (water->edge[node] < w->plan->start[node + 1]) {
            int32_t before = upstream(w, node, w->plan->incident[water->edge[node]++]);
            if (before < 0)
                continue;
            if (water->place[before] < 0)
                enter(w, before);
            else if (water->loop_of[before] == -2 && water->place[before] < water->low[node])
                water->low[node] = water->place[before];
            continue;
        }
        w->frames--;
        if (water->low[node] == water->place[node])
            finish(w, node);
        if (w->frames > 0) {
            int32_t below = water->frame[w->frames - 1];
            if (water->low[node] < water->low[below])
                water->low[below] = water->low[node];
        }
    }
}

size_t park_quality_order(const park_quality_plan *plan, const park_quality_period *period, double length,
                          park_quality_water *water)
{
    walk w         = {.plan = plan, .period = period, .water = water, .length = length};
    water->groups  = 0;
    water->largest = 0;
    for (size_t n = 0; n < plan->nodes; n++) {
        water->place[n]   = -1;
        water->loop_of[n] = -1;
    }
    for (size_t n = 0; n < plan->nodes; n++)
        if (water->place[n] < 0)
            visit(&w, (int32_t)n);
    water->group[water->groups] = (int32_t)plan->nodes;
    return w.looped;
}
