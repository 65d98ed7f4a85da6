/*
 * dense.h - small full linear systems.   Looks down on: status.
 */
#ifndef PARK_BASE_DENSE_H
#define PARK_BASE_DENSE_H

#include <parkwater/status.h>

#include <stddef.h>
#include <stdint.h>

/* Scratch that park_dense_solve needs for n unknowns, in doubles. */
#define PARK_DENSE_WORK(n) ((n) * (n) + 3 * (n))

/**
 * Solve A x = b: rows scaled by powers of two, LU with partial pivoting, then iterative refinement while it
 * helps.
 *
 * @param n     unknowns
 * @param a     [n*n] by row, kept
 * @param b     [n], kept
 * @param x     out [n]; must not overlap b
 * @param work  scratch [PARK_DENSE_WORK(n)]
 * @param pivot scratch [n]
 * @return PARK_OK; PARK_E_NUMERIC when the matrix is singular to rounding or a number is not finite
 *
 * Cost 2/3 n^3, no allocation: for n up to a few hundred. Thread-safe.
 * The backward error is a few units of rounding of each row's largest entry.
 */
PARK_MUST_CHECK park_status park_dense_solve(size_t n, const double *a, const double *b, double *x,
                                             double *work, int32_t *pivot, park_error *err);

#endif
