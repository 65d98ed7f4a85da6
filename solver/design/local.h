/*
 * local.h - good points quickly: successive linear programs in a trust region, from many starts.
 * A linear program whose concentrations are fixed opens each search; then products are linearized at the last
 * point, with elastic rows. Near a solution this is Newton's method, so that points come out exact to
 * rounding. Math: docs/math/tree.md, Eq. (T17)-(T18).   Looks down on: tighten (boxes), program, lp.
 */
#ifndef PARK_DESIGN_LOCAL_H
#define PARK_DESIGN_LOCAL_H

#include "design/tighten.h"
#include "numerics/lp.h"

typedef struct park_local {
    const park_program *program;
    park_lp            *lp;
    bool                loaded;
    double             *next, *scale;   /* [cols] scratch */
    double             *best, *relaxed; /* [cols] */
    double             *step;
    int32_t            *index; /* one row under construction */
    double             *value;
    size_t             *conc_at; /* [cols] number of a concentration among its kind */
    size_t              concs, slacks;
    park_box            box;
    double              price; /* of a missed product now loaded */
    uint64_t            solves, work;
    uint64_t            work_limit; /* iterations of one search, 0: none */
} park_local;

PARK_MUST_CHECK park_status park_local_make(park_local *l, const park_program *program, park_arena *arena);
void                        park_local_free(park_local *l);

/**
 * Search from `start` inside `box`.
 * @param start      [cols]; only its concentrations, flows and choices matter
 * @param limits     what a search may miss on its way: limits, or products
 * @param x          out [cols], a point that the recheck accepts
 * @param objective  out
 * @return true when such a point was found. Deterministic; stops by counts
 */
bool park_local_search(park_local *l, const park_box *box, const double *start, bool limits, double *x,
                       double *objective);

#endif
