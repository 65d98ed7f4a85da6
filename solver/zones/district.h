/*
 * district.h - the network as the graph that is divided: nodes that belong together are one vertex. Only for solver/zones.
 */
#ifndef PARK_ZONES_DISTRICT_H
#define PARK_ZONES_DISTRICT_H

#include "numerics/partition.h"

#include <parkwater/zones.h>

enum { PARK_DISTRICT_WEIGHTS = 2 }; /* demand, length */

/* Pumps, valves and small dead ends never bound a zone: their ends are one vertex (Z1). Pipes that are closed already join nothing. */
typedef struct park_district {
    size_t   vertices;
    int32_t *vertex;    /* [nodes] */
    int32_t *start;     /* [vertices + 1] */
    int32_t *neighbour; /* merged: an edge a pair of vertices */
    int32_t *cost;      /* of cutting it (Z2) */
    int32_t *weight;    /* [vertices * PARK_DISTRICT_WEIGHTS] (Z3) */
    int32_t *part;      /* [vertices] connected part */
    bool    *source;    /* [vertices] holds a reservoir or tank */
    int32_t  parts;
    int64_t  total[PARK_DISTRICT_WEIGHTS];
} park_district;

/* zones: how many are wanted; what hangs on a dead end folds up to a tenth of one. @return PARK_OK; PARK_E_MEMORY */
PARK_MUST_CHECK park_status park_district_make(const park_network *net, int32_t zones, park_arena *arena,
                                               park_district *district, park_error *err);

/* Is the pipe one that water passes now and that a valve could close? */
bool park_district_cuttable(const park_network *net, size_t link);

#endif
