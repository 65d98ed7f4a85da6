/*
 * lp.h - linear programs over bounded boxes, warm started, never trusted: statuses are tested, bounds recomputed.
 * Backends: lp_glpk.c (default).   Looks down on: base.
 *
 * One park_lp belongs to the thread that made it: make, solve and free it there. A call that the engine could not
 * survive (abort, singular basis, cycling) comes back as PARK_LP_FAILED and leaves a usable object.
 */
#ifndef PARK_NUMERICS_LP_H
#define PARK_NUMERICS_LP_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct park_lp park_lp;

typedef enum park_lp_status {
    PARK_LP_OPTIMAL,    /* primal and dual feasible by the engine's tolerances */
    PARK_LP_INFEASIBLE, /* by the engine's word: check with park_lp_safe_infeasible */
    PARK_LP_UNBOUNDED,
    PARK_LP_LIMIT,      /* iteration limit */
    PARK_LP_FAILED      /* after all retries */
} park_lp_status;

/* Basis snapshot: opaque bytes owned by the caller's arena. One byte a row and a column. */
typedef struct park_lp_basis {
    size_t   rows, cols;
    uint8_t *status; /* [rows + cols] */
} park_lp_basis;

park_lp *park_lp_new(void);
void     park_lp_free(park_lp *lp);

/* Load a whole problem: rows compressed by row. Numbers are checked (finite; bounds may be infinite but not NaN),
 * duplicate columns of a row merged. PARK_E_RANGE names the place of a bad one. */
PARK_MUST_CHECK park_status park_lp_load(park_lp *lp, size_t rows, size_t cols, const double *row_lo,
                                         const double *row_hi, const size_t *start, const int32_t *index,
                                         const double *value, const double *col_lo, const double *col_hi,
                                         const double *cost, park_error *err);
/* Change without reloading. */
PARK_MUST_CHECK park_status park_lp_set_col(park_lp *lp, int32_t col, double lo, double hi, park_error *err);
PARK_MUST_CHECK park_status park_lp_set_cost(park_lp *lp, int32_t col, double cost, park_error *err);
PARK_MUST_CHECK park_status park_lp_set_row(park_lp *lp, int32_t row, double lo, double hi, size_t count,
                                            const int32_t *index, const double *value, park_error *err);
PARK_MUST_CHECK park_status park_lp_add_row(park_lp *lp, double lo, double hi, size_t count, const int32_t *index,
                                            const double *value, park_error *err);
size_t park_lp_rows(const park_lp *lp);
size_t park_lp_cols(const park_lp *lp);

/* Solve; `basis` to start from (NULL: the current one; a fresh one is made when it does not fit or is singular). */
park_lp_status park_lp_solve(park_lp *lp, const park_lp_basis *basis, int64_t iteration_limit);
int64_t        park_lp_iterations(const park_lp *lp); /* of the last solve */
double         park_lp_objective(const park_lp *lp);
/* Borrowed until the next change: primal values [cols], duals [rows], reduced costs [cols]. */
const double *park_lp_primal(const park_lp *lp);
const double *park_lp_dual(const park_lp *lp);
const double *park_lp_reduced(const park_lp *lp);
PARK_MUST_CHECK park_status park_lp_basis_get(const park_lp *lp, park_arena *arena, park_lp_basis *basis);

/**
 * A lower bound on the optimum that holds whatever the engine did: from the duals, corrected over the box
 * (Neumaier and Shcherbina 2004), rounded outward. -INFINITY when a column has no finite bound on the side needed.
 */
double park_lp_safe_bound(const park_lp *lp);
/* True only when infeasibility is certain over the box: a safe bound of the phase-one (elastic) problem above zero. */
bool park_lp_safe_infeasible(park_lp *lp, int64_t iteration_limit);

#endif
