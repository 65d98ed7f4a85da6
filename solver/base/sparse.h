/*
 * sparse.h - sparse matrices compressed by column: built from triplets, transposed, permuted, multiplied.
 * A matrix compressed by row is the transpose compressed by column.   Looks down on: arena, status.
 *
 * The pattern is made once; numbers are refilled through the place of each triplet.
 */
#ifndef PARK_BASE_SPARSE_H
#define PARK_BASE_SPARSE_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

typedef struct park_sparse {
    int32_t  rows, cols;
    size_t  *start; /* [cols + 1]; entries of column j are start[j] .. start[j+1]-1 */
    int32_t *index; /* [start[cols]] row of each entry, rising within a column */
    double  *value; /* [start[cols]] */
} park_sparse;

/* Entries in order of arrival; (row, col) may come several times and are then summed. */
typedef struct park_triplets {
    park_arena *arena; /* borrowed */
    int32_t     rows, cols;
    size_t      count, row_cap, col_cap, value_cap;
    int32_t    *row, *col;
    double     *value;
} park_triplets;

void park_triplets_init(park_triplets *triplets, park_arena *arena, int32_t rows, int32_t cols);
/* PARK_OK; PARK_E_RANGE for a place outside the matrix or a value that is not finite; PARK_E_MEMORY.
 * Amortised O(1). */
PARK_MUST_CHECK park_status park_triplets_add(park_triplets *triplets, int32_t row, int32_t col, double value,
                                              park_error *err);

/**
 * Compress. Entries of the same place are summed in order of arrival; zeros stay in the pattern.
 * @param arena   owns the matrix
 * @param place   out [triplets->count], where in matrix->value each triplet went; may be NULL
 * @return PARK_OK or PARK_E_MEMORY. O(count + rows + cols).
 */
PARK_MUST_CHECK park_status park_sparse_build(park_arena *arena, const park_triplets *triplets,
                                              park_sparse *matrix, size_t *place, park_error *err);
/* Refill a matrix built with `place` from new values [count] in the order of the triplets. */
void park_sparse_refill(park_sparse *matrix, size_t count, const size_t *place, const double *value);

/* Transpose into new memory. O(entries + rows + cols). */
PARK_MUST_CHECK park_status park_sparse_transpose(park_arena *arena, const park_sparse *matrix,
                                                  park_sparse *out, park_error *err);
/**
 * Row i of out is row row_order[i] of the matrix, column j is column col_order[j]; NULL keeps the order.
 * @return PARK_OK; PARK_E_RANGE when an order is not a permutation; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_sparse_permute(park_arena *arena, const park_sparse *matrix,
                                                const int32_t *row_order, const int32_t *col_order,
                                                park_sparse *out, park_error *err);

/* y = A x, and y = A' x; y must not overlap x. Sums run in a fixed order. */
void park_sparse_multiply(const park_sparse *matrix, const double *x, double *y);
void park_sparse_multiply_transposed(const park_sparse *matrix, const double *x, double *y);
/* Value at (row, col), 0 where no entry is. O(log entries of the column). */
double park_sparse_at(const park_sparse *matrix, int32_t row, int32_t col);

#endif
