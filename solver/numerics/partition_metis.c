#include "numerics/partition.h"

#include <metis.h>
#include <string.h>

_Static_assert(sizeof(idx_t) == sizeof(int32_t), "METIS counts in 32 bits");

/* What the engine would answer by printing or by dying. */
static park_status check(const park_graph *g, int32_t parts, double tolerance, park_error *err)
{
    if (parts < 2 || (size_t)parts > g->vertices)
        return PARK_FAIL(err, PARK_E_RANGE, "a graph of %zu vertices cannot have %d parts", g->vertices,
                         parts);
    if (!(tolerance > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the tolerance of parts is %g; it must be above zero", tolerance);
    for (size_t i = 0; i < g->vertices * g->constraints; i++)
        if (g->weight[i] < 0)
            return PARK_FAIL(err, PARK_E_RANGE, "the weight of vertex %zu is below zero", i / g->constraints);
    for (int32_t e = 0; e < g->start[g->vertices]; e++)
        if (g->edge_weight[e] <= 0 || g->neighbour[e] < 0 || (size_t)g->neighbour[e] >= g->vertices)
            return PARK_FAIL(err, PARK_E_RANGE, "edge %d leads nowhere or has no weight", e);
    return PARK_OK;
}

/* The engine takes its input by pointers that are not const; it is handed copies. */
static idx_t *copy(park_arena *arena, const int32_t *from, size_t count)
{
    idx_t *to = PARK_ARRAY(arena, count, idx_t);
    if (to != NULL && count > 0)
        memcpy(to, from, count * sizeof *to);
    return to;
}

park_status park_partition(const park_graph *g, int32_t parts, double tolerance, uint64_t seed,
                           park_partition_way way, park_arena *arena, int32_t *part, park_error *err)
{
    PARK_TRY(check(g, parts, tolerance, err));
    size_t edges = (size_t)g->start[g->vertices];
    idx_t *start = copy(arena, g->start, g->vertices + 1), *neighbour = copy(arena, g->neighbour, edges);
    idx_t *weight   = copy(arena, g->weight, g->vertices * g->constraints),
          *cost     = copy(arena, g->edge_weight, edges);
    real_t *allowed = PARK_ARRAY(arena, g->constraints, real_t);
    if (start == NULL || neighbour == NULL || weight == NULL || cost == NULL || allowed == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for parts of a graph");
    for (size_t c = 0; c < g->constraints; c++)
        allowed[c] = (real_t)(1.0 + tolerance);
    idx_t vertices = (idx_t)g->vertices, constraints = (idx_t)g->constraints, wanted = parts, cut = 0;
    idx_t options[METIS_NOPTIONS];
    METIS_SetDefaultOptions(options);
    options[METIS_OPTION_SEED]  = (idx_t)(seed % 1000000007u);
    options[METIS_OPTION_NCUTS] = 4;
    int answer                  = way == PARK_PARTITION_BISECT
                                      ? METIS_PartGraphRecursive(&vertices, &constraints, start, neighbour, weight, NULL, cost,
                                                                 &wanted, NULL, allowed, options, &cut, part)
                                      : METIS_PartGraphKway(&vertices, &constraints, start, neighbour, weight, NULL, cost,
                                                            &wanted, NULL, allowed, options, &cut, part);
    if (answer == METIS_ERROR_MEMORY)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %d parts of a graph", parts);
    if (answer != METIS_OK)
        return PARK_FAIL(err, PARK_E_INTERNAL, "METIS refuses a graph (%d)", answer);
    return PARK_OK;
}
