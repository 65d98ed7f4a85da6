/*
 * sensitivity.h - how a result is spread over a study's variants, and which variable spreads it.
 * Math: docs/math/study.md, Eq. (V6)-(V12).   Looks down on: base.
 *
 * Values that are NaN (the variant failed, the indicator does not exist) are left out and counted, never taken for numbers.
 */
#ifndef PARK_STUDY_SENSITIVITY_H
#define PARK_STUDY_SENSITIVITY_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct park_spread {
    size_t count, missing;
    double mean, sd;                          /* sd of the sample, n - 1; NAN below two values */
    double min, p05, p25, p50, p75, p95, max; /* quantiles by linear interpolation (type 7) */
} park_spread;

/* PARK_OK; PARK_E_MEMORY. All NAN when nothing is there. O(n log n). */
PARK_MUST_CHECK park_status park_spread_of(const double *value, size_t n, park_spread *spread,
                                           park_error *err);

/* The share of the values that are there and lie at or above `least` (at or below `most`, where that is finite); NAN when none is. */
double park_share_within(const double *value, size_t n, double least, double most, size_t *counted);

/* What one variable does to a result. */
typedef struct park_effect {
    double first;     /* Sobol index of first order, Var(E[y | x]) / Var(y); NAN without variance */
    double total;     /* of all orders; NAN where the rows cannot tell (see park_effects, park_totals) */
    double low, high; /* mean of y in the group of x where it is least and most: the tornado */
    size_t low_group, high_group;
} park_effect;

/**
 * Effects of `columns` variables of which row i lies in group[i * columns + k], 0 .. groups[k] - 1 (a level, or a class of equal
 * frequency of a drawn number).
 * @param effect  out [columns]
 * @return PARK_OK; PARK_E_MEMORY
 * First order: variance of the groups' means, less what chance alone would give them. Total: from the means over rows that agree in all
 * other variables, where the rows are a full factorial without a gap.
 * Source: Saltelli et al. (2010), Comput. Phys. Commun. 181, 259-270; Plischke (2010), Reliab. Eng. Syst. Saf. 95, 354-360.
 */
PARK_MUST_CHECK park_status park_effects(const double *value, size_t rows, const int32_t *group,
                                         const int32_t *groups, size_t columns, bool factorial,
                                         park_effect *effect, park_error *err);

/* Rows of a sample whose neighbours are looked for, the first ones: a part of a sample is a sample. */
enum { PARK_NEIGHBOUR_ROWS = 4096 };

/**
 * For each row of a sample the row that is nearest in all columns but one, and in all of them.
 * @param place    [rows * columns] where a row lies in its column, 0 .. 1, ranks for drawn numbers
 * @param nearest  out [(columns + 1) * rows]: nearest[k * rows + i] with column k left out, k = columns: with none. Of equally near ones the
 *                 next row after i. -1: there is no other row
 * Cost: rows^2 columns.
 */
void park_neighbours(const double *place, size_t rows, size_t columns, int32_t *nearest);

/**
 * Total effects of the columns of a sample from the nearest rows: half the squared difference to the row that is nearest in all other
 * columns, over the variance. What the neighbours' distance adds makes them too large, by at most about the same figure with no column left
 * out; where that is above a twentieth of the variance they are not told (NAN).
 * @param value    [rows]; pairs of which one is NaN are left out
 * @param nearest  of park_neighbours
 * @param effect   in and out [columns]: total is set
 * @return the share of the variance by which totals may be too large; NAN without variance
 * Source: Broto, Bachoc, Depecker (2020), SIAM/ASA J. Uncertain. Quantif. 8, 693-716 (nearest-neighbour estimator of E Var(y | x_~k)).
 */
double park_totals(const double *value, size_t rows, const int32_t *nearest, size_t columns,
                   park_effect *effect);

/* Classes of equal frequency of a drawn number: group[i * columns + k] for column k. PARK_OK; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_classes(const double *value, size_t rows, int32_t classes, int32_t *group,
                                         size_t columns, size_t column, park_error *err);

#endif
