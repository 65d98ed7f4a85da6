/*
 * lp.h - linear programs over bounded boxes, warm started, never trusted: statuses are tested, bounds
 * recomputed. lp.c keeps our own copy and the safe arithmetic; a backend (lp_glpk.c, or lp_clp.c by cmake
 * -DPARK_LP=clp) only proposes.   Looks down on: base. Math: docs/math/tree.md, Eq. (T9)-(T11).
 *
 * One park_lp belongs to the thread that made it: make, solve and free it there. A call that the engine could
 * not survive (abort, singular basis, cycling) comes back as PARK_LP_FAILED and leaves a usable object.
 */
#ifndef PARK_NUMERICS_LP_H
#define PARK_NUMERICS_LP_H

#include "base/arena.h"
#include "base/clock.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct park_lp park_lp;

typedef enum park_lp_status {
    PARK_LP_OPTIMAL,    /* primal and dual feasible by the engine's tolerances, primal checked on our copy */
    PARK_LP_INFEASIBLE, /* by the engine's word: check with park_lp_safe_infeasible */
    PARK_LP_UNBOUNDED,
    PARK_LP_CUTOFF, /* by the engine's word the optimum is above the cutoff: check with park_lp_safe_bound */
    PARK_LP_LIMIT,  /* iteration limit */
    PARK_LP_FAILED  /* after all retries */
} park_lp_status;

/* Basis snapshot: opaque bytes owned by the caller's arena. One byte a row and a column. A snapshot with
 * fewer rows than the problem fits too: the later rows enter as basic. */
typedef struct park_lp_basis {
    size_t   rows, cols;
    uint8_t *status; /* [cols + rows], columns first */
} park_lp_basis;

/* An empty problem, or NULL out of memory. */
park_lp *park_lp_new(void);
void     park_lp_free(park_lp *lp);

/* Load a whole problem: rows compressed by row. Numbers are checked (finite; bounds may be infinite but not
 * NaN), duplicate columns of a row merged, zeros dropped. PARK_E_RANGE names the place of a bad one;
 * PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_lp_load(park_lp *lp, size_t rows, size_t cols, const double *row_lo,
                                         const double *row_hi, const size_t *start, const int32_t *index,
                                         const double *value, const double *col_lo, const double *col_hi,
                                         const double *cost, park_error *err);
/* Change without reloading. Same statuses; a refused change leaves the problem as it was. */
PARK_MUST_CHECK park_status park_lp_set_col(park_lp *lp, int32_t col, double lo, double hi, park_error *err);
PARK_MUST_CHECK park_status park_lp_set_cost(park_lp *lp, int32_t col, double cost, park_error *err);
PARK_MUST_CHECK park_status park_lp_set_row(park_lp *lp, int32_t row, double lo, double hi, size_t count,
                                            const int32_t *index, const double *value, park_error *err);
PARK_MUST_CHECK park_status park_lp_add_row(park_lp *lp, double lo, double hi, size_t count,
                                            const int32_t *index, const double *value, park_error *err);
/* Forget the rows from `rows` on. */
void   park_lp_truncate(park_lp *lp, size_t rows);
size_t park_lp_rows(const park_lp *lp);
size_t park_lp_cols(const park_lp *lp);

/* From now on a solve may stop with PARK_LP_CUTOFF once the optimum is known to exceed `value`; INFINITY:
 * never. */
void park_lp_set_cutoff(park_lp *lp, double value);

/* Solves end with PARK_LP_LIMIT at this time of park_clock_seconds; INFINITY, the usual: never. */
void park_lp_set_deadline(park_lp *lp, double seconds);

/* Solves also end with PARK_LP_LIMIT soon after this flag is raised; NULL, the usual: never. Borrowed. */
void park_lp_set_cancel(park_lp *lp, const park_cancel *cancel);

/* Is it that time, or is the flag raised? Then every solve ends at once. */
bool park_lp_over(const park_lp *lp);

/* Start with the primal simplex method (after a change of costs only); false, the usual: the dual. */
void park_lp_set_primal(park_lp *lp, bool primal);

/**
 * Solve. A pure function of the problem and the basis: the history of the object leaves no trace in the bits.
 * @param basis            to start from; NULL: the one of the last solve. A fresh one is made when it does
 * not fit or is singular
 * @param iteration_limit  over all retries; <= 0: a limit by the problem's size
 */
park_lp_status park_lp_solve(park_lp *lp, const park_lp_basis *basis, int64_t iteration_limit);
int64_t        park_lp_iterations(const park_lp *lp); /* of the last solve */
double         park_lp_objective(const park_lp *lp);
/* Borrowed until the next change: primal values [cols], duals [rows], reduced costs [cols]. */
const double               *park_lp_primal(const park_lp *lp);
const double               *park_lp_dual(const park_lp *lp);
const double               *park_lp_reduced(const park_lp *lp);
PARK_MUST_CHECK park_status park_lp_basis_get(const park_lp *lp, park_arena *arena, park_lp_basis *basis);
/* The same into the caller's bytes: status[cols + rows], columns first. False without a basis. */
bool park_lp_basis_copy(const park_lp *lp, uint8_t *status);

/**
 * A lower bound on the optimum that holds whatever the engine did: from the duals, corrected over the box
 * (Neumaier and Shcherbina 2004), rounded outward. -INFINITY when a column has no finite bound on the side
 * needed.
 */
double park_lp_safe_bound(park_lp *lp);
/* After park_lp_safe_bound: the reduced cost of a column, enclosed. Every feasible x of cost z keeps
 * z >= bound + lo * (x - col_lo) if lo > 0 and z >= bound - hi * (col_hi - x) if hi < 0. */
void park_lp_safe_reduced(const park_lp *lp, int32_t col, double *lo, double *hi);
/* True only when infeasibility is certain over the box: the engine's dual ray, or a safe bound of the
 * phase-one (elastic) problem above 1e-9 (in sum, in the rows' units: data carry rounding). */
bool park_lp_safe_infeasible(park_lp *lp, int64_t iteration_limit);

/* For tests: the engine's next call fails as on an inner error (its environment is lost). */
void park_lp_break_engine(park_lp *lp);
/* For tests: the n-th allocation of this problem from now on fails, and all after it; 0: none. */
void park_lp_fail_after(park_lp *lp, size_t n);

#endif
