#include "base/sparse.h"

#include <math.h>
#include <string.h>

static park_status no_memory(park_error *err, size_t entries)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a sparse matrix of %zu entries", entries);
}

void park_triplets_init(park_triplets *triplets, park_arena *arena, int32_t rows, int32_t cols)
{
    *triplets = (park_triplets){.arena = arena, .rows = rows, .cols = cols};
}

park_status park_triplets_add(park_triplets *triplets, int32_t row, int32_t col, double value,
                              park_error *err)
{
    park_triplets *t = triplets;
    if (row < 0 || row >= t->rows || col < 0 || col >= t->cols)
        return PARK_FAIL(err, PARK_E_RANGE, "entry (%d, %d) lies outside a matrix of %d by %d", (int)row,
                         (int)col, (int)t->rows, (int)t->cols);
    if (!isfinite(value))
        return PARK_FAIL(err, PARK_E_RANGE, "entry (%d, %d) is %g; it must be finite", (int)row, (int)col,
                         value);
    if (!PARK_GROW(t->arena, t->row, t->count, t->row_cap) ||
        !PARK_GROW(t->arena, t->col, t->count, t->col_cap) ||
        !PARK_GROW(t->arena, t->value, t->count, t->value_cap))
        return no_memory(err, t->count + 1);
    t->row[t->count]   = row;
    t->col[t->count]   = col;
    t->value[t->count] = value;
    t->count++;
    return PARK_OK;
}

static int new_matrix(park_arena *arena, int32_t rows, int32_t cols, size_t entries, park_sparse *out)
{
    *out       = (park_sparse){.rows = rows, .cols = cols};
    out->start = PARK_ARRAY(arena, (size_t)cols + 1, size_t);
    out->index = PARK_ARRAY(arena, entries, int32_t);
    out->value = PARK_ARRAY(arena, entries, double);
    return out->start != NULL && out->index != NULL && out->value != NULL;
}

/* Counting sort: the items of `order` (NULL: 0, 1, 2 ...) by key, equal keys in their old order. first [keys
 * + 1]. */
static void sort_by(const int32_t *key, int32_t keys, size_t count, const size_t *order, size_t *first,
                    size_t *sorted)
{
    memset(first, 0, ((size_t)keys + 1) * sizeof *first);
    for (size_t i = 0; i < count; i++)
        first[key[i] + 1]++;
    for (int32_t k = 0; k < keys; k++)
        first[k + 1] += first[k];
    for (size_t i = 0; i < count; i++) {
        size_t item                = order == NULL ? i : order[i];
        sorted[first[key[item]]++] = item;
    }
}

park_status park_sparse_build(park_arena *arena, const park_triplets *triplets, park_sparse *matrix,
                              size_t *place, park_error *err)
{
    const park_triplets *t       = triplets;
    int32_t              longest = t->rows > t->cols ? t->rows : t->cols;
    size_t              *by_row  = PARK_ARRAY(arena, t->count, size_t);
    size_t              *by_col  = PARK_ARRAY(arena, t->count, size_t);
    size_t              *first   = PARK_ARRAY(arena, (size_t)longest + 1, size_t);
    if (by_row == NULL || by_col == NULL || first == NULL ||
        !new_matrix(arena, t->rows, t->cols, t->count, matrix))
        return no_memory(err, t->count);

    sort_by(t->row, t->rows, t->count, NULL, first, by_row);
    sort_by(t->col, t->cols, t->count, by_row, first, by_col);

    size_t  entries = 0;
    int32_t row = -1, col = -1;
    for (size_t i = 0; i < t->count; i++) {
        size_t item = by_col[i];
        if (t->row[item] != row || t->col[item] != col) {
            row                      = t->row[item];
            col                      = t->col[item];
            matrix->index[entries++] = row;
        }
        matrix->value[entries - 1] += t->value[item];
        matrix->start[col + 1] = entries;
        if (place != NULL)
            place[item] = entries - 1;
    }
    for (int32_t j = 0; j < t->cols; j++) /* columns without entries end where the one before ends */
        if (matrix->start[j + 1] < matrix->start[j])
            matrix->start[j + 1] = matrix->start[j];
    return PARK_OK;
}

void park_sparse_refill(park_sparse *matrix, size_t count, const size_t *place, const double *value)
{
    memset(matrix->value, 0, matrix->start[matrix->cols] * sizeof *matrix->value);
    for (size_t i = 0; i < count; i++)
        matrix->value[place[i]] += value[i];
}

park_status park_sparse_transpose(park_arena *arena, const park_sparse *matrix, park_sparse *out,
                                  park_error *err)
{
    size_t  entries = matrix->start[matrix->cols];
    size_t *next    = PARK_ARRAY(arena, (size_t)matrix->rows + 1, size_t);
    if (next == NULL || !new_matrix(arena, matrix->cols, matrix->rows, entries, out))
        return no_memory(err, entries);
    for (size_t e = 0; e < entries; e++)
        out->start[matrix->index[e] + 1]++;
    for (int32_t i = 0; i < matrix->rows; i++)
        out->start[i + 1] += out->start[i];
    memcpy(next, out->start, ((size_t)matrix->rows + 1) * sizeof *next);
    for (int32_t j = 0; j < matrix->cols; j++)
        for (size_t e = matrix->start[j]; e < matrix->start[j + 1]; e++) {
            size_t to      = next[matrix->index[e]]++;
            out->index[to] = j;
            out->value[to] = matrix->value[e];
        }
    return PARK_OK;
}

/* inverse[order[i]] = i, or i where order is NULL; false when order is not a permutation. */
static int invert(const int32_t *order, int32_t count, int32_t *inverse)
{
    for (int32_t i = 0; i < count; i++)
        inverse[i] = -1;
    for (int32_t i = 0; i < count; i++) {
        int32_t from = order == NULL ? i : order[i];
        if (from < 0 || from >= count || inverse[from] >= 0)
            return 0;
        inverse[from] = i;
    }
    return 1;
}

park_status park_sparse_permute(park_arena *arena, const park_sparse *matrix, const int32_t *row_order,
                                const int32_t *col_order, park_sparse *out, park_error *err)
{
    int32_t *row_to = PARK_ARRAY(arena, (size_t)matrix->rows, int32_t);
    int32_t *col_to = PARK_ARRAY(arena, (size_t)matrix->cols, int32_t);
    if (row_to == NULL || col_to == NULL)
        return no_memory(err, matrix->start[matrix->cols]);
    if (!invert(row_order, matrix->rows, row_to))
        return PARK_FAIL(err, PARK_E_RANGE, "the order of %d rows is not a permutation", (int)matrix->rows);
    if (!invert(col_order, matrix->cols, col_to))
        return PARK_FAIL(err, PARK_E_RANGE, "the order of %d columns is not a permutation",
                         (int)matrix->cols);

    park_triplets moved;
    park_triplets_init(&moved, arena, matrix->rows, matrix->cols);
    for (int32_t j = 0; j < matrix->cols; j++)
        for (size_t e = matrix->start[j]; e < matrix->start[j + 1]; e++)
            PARK_TRY(park_triplets_add(&moved, row_to[matrix->index[e]], col_to[j], matrix->value[e], err));
    return park_sparse_build(arena, &moved, out, NULL, err);
}

void park_sparse_multiply(const park_sparse *matrix, const double *x, double *y)
{
    memset(y, 0, (size_t)matrix->rows * sizeof *y);
    for (int32_t j = 0; j < matrix->cols; j++)
        for (size_t e = matrix->start[j]; e < matrix->start[j + 1]; e++)
            y[matrix->index[e]] += matrix->value[e] * x[j];
}

void park_sparse_multiply_transposed(const park_sparse *matrix, const double *x, double *y)
{
    for (int32_t j = 0; j < matrix->cols; j++) {
        double sum = 0.0;
        for (size_t e = matrix->start[j]; e < matrix->start[j + 1]; e++)
            sum += matrix->value[e] * x[matrix->index[e]];
        y[j] = sum;
    }
}

double park_sparse_at(const park_sparse *matrix, int32_t row, int32_t col)
{
    size_t low = matrix->start[col], high = matrix->start[col + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (matrix->index[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < matrix->start[col + 1] && matrix->index[low] == row ? matrix->value[low] : 0.0;
}
