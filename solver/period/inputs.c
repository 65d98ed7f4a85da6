#include "period/course.h"

#include "base/wide.h"

#include <math.h>
#include <string.h>

/* Whole pattern steps that have passed. */
static int64_t periods(const park_network *net, double time)
{
    return (int64_t)floor((time + (double)net->time.pattern_start) / (double)net->time.pattern_step);
}

double park_pattern_factor(const park_network *net, int32_t pattern, double time)
{
    if (pattern < 0)
        return 1.0;
    const park_net_pattern *p = &net->pattern[pattern];
    return p->count == 0 ? 1.0 : p->factor[(size_t)periods(net, time) % p->count];
}

double park_inputs_next(const park_course *course)
{
    const park_net_times *t = &course->net->time;
    return (double)(periods(course->net, course->time) + 1) * (double)t->pattern_step -
           (double)t->pattern_start;
}

/* Eq. (P1) */
static void demands(park_course *course)
{
    const park_network *net = course->net;
    double *restrict demand = course->state.demand;
    double *restrict factor = course->factor + 1; /* of no pattern: before the first */
    double multiplier = net->option.demand_multiplier, total = 0.0;
    factor[-1] = 1.0;
    for (size_t p = 0; p < course->patterns; p++)
        factor[p] = park_pattern_factor(net, (int32_t)p, course->time);
    memset(demand, 0, net->node.count * sizeof *demand);
    for (size_t i = 0; i < net->demand.count; i++) {
        int32_t n = net->demand.node[i], p = net->demand.pattern[i];
        double  flow = net->demand.base[i] * factor[p < 0 ? -1 : p] * multiplier;
        if (net->node.kind[n] != PARK_NET_JUNCTION)
            continue;
        demand[n] += flow;
        total += park_larger(flow, 0.0);
    }
    course->system_demand = total;
}

/* Eq. (P2) */
static void reservoirs(park_course *course)
{
    const park_net_nodes *node = &course->net->node;
    for (size_t n = 0; n < node->count; n++)
        if (node->kind[n] == PARK_NET_RESERVOIR)
            course->state.head[n] =
                node->elevation[n] * park_pattern_factor(course->net, node->pattern[n], course->time);
}

static park_status speeds(park_course *course, park_error *err)
{
    const park_net_pumps *pump = &course->net->pump;
    for (size_t i = 0; i < pump->count; i++) {
        if (pump->speed_pattern[i] < 0)
            continue;
        double  speed = park_pattern_factor(course->net, pump->speed_pattern[i], course->time);
        int32_t l     = pump->link[i];
        if (park_command_put(course, l, park_command_of(course, l, PARK_NET_ACTIVE, speed)))
            PARK_TRY(park_command_tell(course, l, (park_cause){-1, -1}, err));
    }
    return PARK_OK;
}

park_status park_inputs_apply(park_course *course, park_error *err)
{
    demands(course);
    reservoirs(course);
    return speeds(course, err);
}
