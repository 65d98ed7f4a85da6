/* network.c - what several rooms ask of a network before any hydraulics. */
#include "base/disjoint.h"

#include <parkwater/network.h>

#include <math.h>
#include <string.h>

double park_network_demand_mean(const park_network *net, size_t row)
{
    int32_t pattern = net->demand.pattern[row];
    double  mean    = 1.0;
    if (pattern >= 0 && net->pattern[pattern].count > 0) {
        mean = 0.0;
        for (size_t i = 0; i < net->pattern[pattern].count; i++)
            mean += net->pattern[pattern].factor[i];
        mean /= (double)net->pattern[pattern].count;
    }
    return net->demand.base[row] * mean * net->option.demand_multiplier;
}

void park_network_demands_mean(const park_network *net, double *demand)
{
    memset(demand, 0, net->node.count * sizeof *demand);
    for (size_t row = 0; row < net->demand.count; row++)
        demand[net->demand.node[row]] += park_network_demand_mean(net, row);
}

/* Rows of node n among the old ones, scaled into the new ones; a constant row where they come to nothing. */
static void set_node(const park_network *net, size_t n, double wanted, double mean, size_t *row,
                     park_net_demands *to)
{
    const park_net_demands *from    = &net->demand;
    bool                    replace = !isnan(wanted) && mean == 0.0;
    bool                    stays   = isnan(wanted) || fabs(wanted - mean) <= 1e-9 * fabs(mean);
    double                  factor  = stays ? 1.0 : wanted / mean;
    for (; *row < from->count && from->node[*row] == (int32_t)n; (*row)++) {
        if (replace)
            continue;
        to->node[to->count]       = from->node[*row];
        to->base[to->count]       = from->base[*row] * factor;
        to->pattern[to->count]    = from->pattern[*row];
        to->category[to->count++] = from->category[*row];
    }
    if (!replace || wanted == 0.0)
        return;
    to->node[to->count]       = (int32_t)n;
    to->base[to->count]       = wanted / net->option.demand_multiplier;
    to->pattern[to->count]    = -1;
    to->category[to->count++] = NULL;
}

park_status park_network_demands_set(park_network *net, const double *wanted, park_arena *arena,
                                     park_error *err)
{
    size_t           most = net->demand.count + net->node.count, row = 0;
    double          *mean = PARK_ARRAY(arena, net->node.count, double);
    park_net_demands to   = {.node     = PARK_ARRAY(arena, most, int32_t),
                             .base     = PARK_ARRAY(arena, most, double),
                             .pattern  = PARK_ARRAY(arena, most, int32_t),
                             .category = PARK_ARRAY(arena, most, const char *)};
    if (mean == NULL || to.node == NULL || to.base == NULL || to.pattern == NULL || to.category == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the demands of a network");
    park_network_demands_mean(net, mean);
    for (size_t n = 0; n < net->node.count; n++)
        set_node(net, n, wanted[n], mean[n], &row, &to);
    net->demand = to;
    return PARK_OK;
}

int32_t park_network_parts(const park_network *net, int32_t *part)
{
    int32_t count = 0;
    for (size_t n = 0; n < net->node.count; n++)
        part[n] = (int32_t)n;
    for (size_t l = 0; l < net->link.count; l++)
        park_disjoint_join(part, net->link.from[l], net->link.to[l]);
    for (size_t n = 0; n < net->node.count; n++) /* leaders come before those they lead */
        part[n] = part[n] == (int32_t)n ? -1 - count++ : part[part[n]];
    for (size_t n = 0; n < net->node.count; n++)
        part[n] = -1 - part[n];
    return count;
}
