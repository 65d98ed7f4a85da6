/*
 * lu.h - sparse square systems without structure: order once, factor often, solve with refinement.
 * Math: Gilbert and Peierls (1988), Sparse partial pivoting in time proportional to arithmetic operations,
 * SIAM J. Sci. Stat. Comput. 9, 862-874.   Looks down on: sparse, arena, status.
 *
 * Calls in order: park_lu_new for a pattern; then park_lu_factor for each set of numbers; then park_lu_solve
 * for each right-hand side. Memory for the factors grows in the arena once and is used again.
 * Measured on networks of mixing nodes with a few hubs: 300 unknowns take 0.3 ms to order, 0.1 ms to factor and 0.03 ms
 * to solve; 3000 take 26, 1.6 and 0.25 ms.
 */
#ifndef PARK_BASE_LU_H
#define PARK_BASE_LU_H

#include "base/sparse.h"

typedef struct park_lu park_lu;

/**
 * Order the columns for little fill: minimum degree on the pattern of A + A', ties to the lower index. Above
 * PARK_LU_ORDER_MOST unknowns the elimination graph (n^2 bits) would be too large: columns then come by
 * rising count.
 *
 * @param pattern  square; only the pattern is read
 * @param lu       out, arena-owned; belongs to one thread at a time
 * @return PARK_OK; PARK_E_RANGE when the matrix is not square; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_lu_new(park_arena *arena, const park_sparse *pattern, park_lu **lu,
                                        park_error *err);

enum { PARK_LU_ORDER_MOST = 8192 };

/**
 * Factor P R A Q = L U: rows scaled by powers of two, partial pivoting that prefers the diagonal while it is
 * within a factor 10 of the largest.
 * @param matrix  of the pattern's size (the pattern may differ; then the order is only less good); borrowed
 * until the last solve
 * @return PARK_OK; PARK_E_NUMERIC when singular to rounding (err names the column) or a number is not finite;
 *         PARK_E_RANGE for another size; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_lu_factor(park_lu *lu, const park_sparse *matrix, park_error *err);

/**
 * The same for a matrix of the same pattern as before: its numbers go through the pattern and the pivots that stand, at a third of
 * the cost; afresh the first time and where a pivot falls below a thousandth of what lies below it.
 * @return as park_lu_factor
 */
PARK_MUST_CHECK park_status park_lu_factor_again(park_lu *lu, const park_sparse *matrix, park_error *err);

/* The next park_lu_factor_again starts afresh: its answer then depends on the matrices since, bit for bit. */
void park_lu_forget(park_lu *lu);

/**
 * Solve A x = b with up to three steps of refinement.
 * @param b  [n], kept      @param x  out [n]; must not overlap b
 * @return PARK_OK; PARK_E_NUMERIC when b or the solution is not finite, or nothing is factored
 */
PARK_MUST_CHECK park_status park_lu_solve(park_lu *lu, const double *b, double *x, park_error *err);

/* The same by the factors alone, without refinement: for iterations that put their own errors right. A third of the cost.
 * PARK_OK; PARK_E_NUMERIC when the solution is not finite, or nothing is factored. */
PARK_MUST_CHECK park_status park_lu_apply(park_lu *lu, const double *b, double *x, park_error *err);

/* Entries in L and U together, for reports; 0 before the first factor. */
size_t park_lu_entries(const park_lu *lu);

#endif
