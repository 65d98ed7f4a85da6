/*
 * spd_engine.h - what an engine behind spd.h must bring, and what it is handed.
 * Looks down on: spd.h.
 */
#ifndef PARK_NUMERICS_SPD_ENGINE_H
#define PARK_NUMERICS_SPD_ENGINE_H

#include "numerics/spd.h"

#include <stdbool.h>

/* Strict lower triangle by column, in the order of the elimination. */
typedef struct park_spd_pattern {
    size_t   count;
    size_t  *start;  /* [count + 1] */
    int32_t *index;  /* rows, rising within a column */
    int32_t *parent; /* [count] elimination tree, -1 at roots; children before parents, subtrees contiguous */
} park_spd_pattern;

typedef struct park_spd_face {
    /* Fill plan->inside, slots, entries, multiply_adds, bytes, work_bytes and place[]: the slot of each entry of the
     * pattern. */
    park_status (*plan)(park_arena *arena, park_arena *scratch, const park_spd_pattern *pattern,
                        int32_t *place, park_spd_plan *plan, park_error *err);
    park_status (*work)(park_arena *arena, const park_spd_plan *plan, park_spd_work *work, park_error *err);
    /* Returns the position of a bad pivot, or -1. */
    int32_t (*solve)(const park_spd_plan *plan, park_spd_work *work, double *b);
    void (*again)(const park_spd_plan *plan, park_spd_work *work, double *b);
} park_spd_face;

/* park_spd_lanes_solve, with vectors of AVX2 where the processor has them, or never: for tests, the bits are the same. */
unsigned park_spd_lanes_solve_as(const park_spd_plan *plan, park_spd_work *work, double *b, bool wide);

extern const park_spd_face PARK_SPD_FACE_LDL, PARK_SPD_FACE_CHOLMOD;

#endif
