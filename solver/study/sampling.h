/*
 * sampling.h - points of the unit cube for studies: one row a variant, one column a variable.
 * Math: docs/math/study.md, Eq. (V1)-(V5).   Looks down on: random.
 *
 * Every number follows from (seed, variant, variable) alone: a longer sample of the same seed begins with the shorter one
 * (random and Sobol points; a Latin hypercube is made for its number of rows).
 */
#ifndef PARK_STUDY_SAMPLING_H
#define PARK_STUDY_SAMPLING_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PARK_SOBOL_COLUMNS = 40 };

/* Uniform in (0, 1) for one variant and variable, whatever else is drawn. */
double park_sample_uniform(uint64_t seed, uint32_t variant, uint32_t variable);

/* Independent points. point: out [rows * columns], row after row, inside (0, 1). */
void park_sample_random(uint64_t seed, size_t rows, size_t columns, double *point);

/**
 * Latin hypercube: of each column's `rows` equal strata every one holds one point.
 * @return PARK_OK; PARK_E_MEMORY
 * Source: McKay, Beckman, Conover (1979), Technometrics 21, 239-245.
 */
PARK_MUST_CHECK park_status park_sample_latin(uint64_t seed, size_t rows, size_t columns, double *point,
                                              park_error *err);

/**
 * The first `rows` points of Sobol's sequence, each column moved by a digital shift of the seed. Any 2^m rows from the start put
 * one point into each of 2^m equal strata of every column.
 * @return PARK_OK; PARK_E_RANGE for more than PARK_SOBOL_COLUMNS columns or 2^32 rows
 * Source: direction numbers of Joe and Kuo (2008), SIAM J. Sci. Comput. 30, 2635-2654 (set new-joe-kuo-6); shift: Owen (2003).
 */
PARK_MUST_CHECK park_status park_sample_sobol(uint64_t seed, size_t rows, size_t columns, double *point,
                                              park_error *err);
/* A coordinate of point `row` without the shift, as a number of 32 bits: for tests against the published sequence. */
uint32_t park_sobol_word(uint32_t row, size_t column);

/**
 * Correlate the columns `of` [count] of a sample by a normal copula whose matrix is `rho` [count * count].
 * @param keep_strata  give each column its own values back in the order of the correlated ones, so that a Latin hypercube stays one
 * @return PARK_OK; PARK_E_RANGE when rho is not positive definite with a unit diagonal; PARK_E_MEMORY
 * The copula's matrix is Pearson's of the normal scores; the rank correlation is 6/pi asin(rho/2). Source: Iman and Conover (1982).
 */
PARK_MUST_CHECK park_status park_sample_correlate(double *point, size_t rows, size_t columns,
                                                  const size_t *of, size_t count, const double *rho,
                                                  bool keep_strata, park_error *err);

#endif
