/*
 * partition.h - a graph in parts of like weight with few and light edges between them.
 * Looks down on: base.
 */
#ifndef PARK_NUMERICS_PARTITION_H
#define PARK_NUMERICS_PARTITION_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Undirected: every edge stands at both its ends, once each. */
typedef struct park_graph {
    size_t         vertices;
    const int32_t *start;       /* [vertices + 1] into neighbour */
    const int32_t *neighbour;   /* [start[vertices]] */
    const int32_t *edge_weight; /* [start[vertices]] above 0 */
    size_t         constraints; /* weights a vertex has */
    const int32_t *weight;      /* [vertices * constraints] 0 or more */
} park_graph;

typedef enum park_partition_way {
    PARK_PARTITION_BISECT, /* halves of halves: fewer cut edges with few parts */
    PARK_PARTITION_AT_ONCE /* all parts together */
} park_partition_way;

/**
 * @param parts      2 to the number of vertices
 * @param tolerance  how far a part may exceed its share of each weight, above 0: 0.1
 * @param seed       the same seed gives the same parts
 * @param part       out [vertices] 0 to parts - 1; a part may be empty or in several pieces
 * @return PARK_OK; PARK_E_RANGE when parts or weights make no sense; PARK_E_MEMORY; PARK_E_INTERNAL
 * One thread at a time in a process: the engine draws from the C library's random numbers.
 * Source: METIS 5.1 (Karypis, Kumar: multilevel k-way partitioning, SIAM J. Sci. Comput. 20, 1998).
 */
PARK_MUST_CHECK park_status park_partition(const park_graph *graph, int32_t parts, double tolerance,
                                           uint64_t seed, park_partition_way way, park_arena *arena,
                                           int32_t *part, park_error *err);

#endif
