#include "simulate/blocks.h"

#include <string.h>

/* ---- analysis ---- */

/* The row of least degree among those left, counting neighbours on either side; `last` ones when no others are left. */
static size_t least_degree(const bool *filled, const bool *done, const bool *last, size_t n)
{
    size_t best = n, best_degree = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        size_t degree = 0;
        if (done[i])
            continue;
        for (size_t j = 0; j < n; j++)
            degree += !done[j] && (filled[i * n + j] || filled[j * n + i]);
        if (last != NULL && last[i])
            degree += n;
        if (degree < best_degree) {
            best_degree = degree;
            best        = i;
        }
    }
    return best;
}

static void eliminate_pattern(bool *filled, const bool *done, size_t n, size_t pivot, size_t *steps,
                              size_t *pairs)
{
    for (size_t i = 0; i < n; i++) {
        if (done[i] || i == pivot || !filled[i * n + pivot])
            continue;
        (*steps)++;
        for (size_t j = 0; j < n; j++)
            if (!done[j] && j != pivot && filled[pivot * n + j]) {
                filled[i * n + j] = true;
                (*pairs)++;
            }
    }
}

static bool columns_make(park_blocks *b, park_arena *arena, size_t steps, size_t pairs)
{
    b->step_entry   = PARK_ARRAY(arena, steps, int32_t);
    b->step_row     = PARK_ARRAY(arena, steps, int32_t);
    b->step_pivot   = PARK_ARRAY(arena, steps, int32_t);
    b->step_first   = PARK_ARRAY(arena, steps, int32_t);
    b->step_count   = PARK_ARRAY(arena, steps, int32_t);
    b->source       = PARK_ARRAY(arena, pairs, int32_t);
    b->target       = PARK_ARRAY(arena, pairs, int32_t);
    b->upper_start  = PARK_ARRAY(arena, b->size + 1, int32_t);
    b->upper_entry  = PARK_ARRAY(arena, b->entries, int32_t);
    b->upper_column = PARK_ARRAY(arena, b->entries, int32_t);
    return b->step_entry && b->step_row && b->step_pivot && b->step_first && b->step_count && b->source &&
           b->target && b->upper_start && b->upper_entry && b->upper_column;
}

/* Write the operations down in the order in which factor runs them. */
static void operations(park_blocks *b, bool *done)
{
    size_t  n = b->size, pairs = 0;
    int32_t upper = 0;
    memset(done, 0, n * sizeof *done);
    b->steps = 0;
    for (size_t k = 0; k < n; k++) {
        size_t pivot      = (size_t)b->order[k];
        done[pivot]       = true;
        b->upper_start[k] = upper;
        for (size_t j = 0; j < n; j++)
            if (!done[j] && b->place[pivot * n + j] >= 0) {
                b->upper_entry[upper]    = b->place[pivot * n + j];
                b->upper_column[upper++] = (int32_t)j;
            }
        for (size_t i = 0; i < n; i++) {
            if (done[i] || b->place[i * n + pivot] < 0)
                continue;
            b->step_entry[b->steps] = b->place[i * n + pivot];
            b->step_row[b->steps]   = (int32_t)i;
            b->step_pivot[b->steps] = (int32_t)pivot;
            b->step_first[b->steps] = (int32_t)pairs;
            for (int32_t e = b->upper_start[k]; e < upper; e++) {
                b->source[pairs]   = b->upper_entry[e];
                b->target[pairs++] = b->place[i * n + (size_t)b->upper_column[e]];
            }
            b->step_count[b->steps] = (int32_t)pairs - b->step_first[b->steps];
            b->steps++;
        }
    }
    b->upper_start[n] = upper;
}

static bool corner_make(park_blocks *b, park_arena *arena, const bool *last)
{
    b->last_row     = PARK_ARRAY(arena, b->size, int32_t);
    b->corner_entry = PARK_ARRAY(arena, b->entries, int32_t);
    b->lead         = b->steps;
    if (b->last_row == NULL || b->corner_entry == NULL)
        return false;
    for (size_t i = 0; last != NULL && i < b->size; i++)
        if (last[i])
            b->last_row[b->lasts++] = (int32_t)i;
    for (size_t e = 0; last != NULL && e < b->entries; e++)
        if (last[b->entry_row[e]] && last[b->entry_column[e]])
            b->corner_entry[b->corner++] = (int32_t)e;
    while (last != NULL && b->lead > 0 && last[b->step_pivot[b->lead - 1]])
        b->lead--;
    return true;
}

park_status park_blocks_make(park_arena *arena, size_t size, size_t width, const bool *present,
                             const bool *last, park_blocks **blocks, park_error *err)
{
    park_blocks *b      = PARK_NEW(arena, park_blocks);
    bool        *filled = PARK_ARRAY(arena, size * size, bool);
    bool        *done   = PARK_ARRAY(arena, size, bool);
    size_t       steps = 0, pairs = 0;
    *blocks = NULL;
    if (b == NULL || filled == NULL || done == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu mixed volumes", size);
    b->size     = size;
    b->width    = width;
    b->place    = PARK_ARRAY(arena, size * size, int32_t);
    b->order    = PARK_ARRAY(arena, size, int32_t);
    b->diagonal = PARK_ARRAY(arena, size, int32_t);
    if (b->place == NULL || b->order == NULL || b->diagonal == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu mixed volumes", size);
    memcpy(filled, present, size * size * sizeof *filled);
    for (size_t i = 0; i < size; i++)
        filled[i * size + i] = true;
    for (size_t k = 0; k < size; k++) {
        size_t pivot = least_degree(filled, done, last, size);
        b->order[k]  = (int32_t)pivot;
        eliminate_pattern(filled, done, size, pivot, &steps, &pairs);
        done[pivot] = true;
    }
    for (size_t e = 0; e < size * size; e++)
        b->place[e] = filled[e] ? (int32_t)b->entries++ : -1;
    b->entry_row    = PARK_ARRAY(arena, b->entries, int32_t);
    b->entry_column = PARK_ARRAY(arena, b->entries, int32_t);
    if (b->entry_row == NULL || b->entry_column == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu mixed volumes", size);
    for (size_t e = 0; e < size * size; e++)
        if (b->place[e] >= 0) {
            b->entry_row[b->place[e]]    = (int32_t)(e / size);
            b->entry_column[b->place[e]] = (int32_t)(e % size);
        }
    for (size_t i = 0; i < size; i++)
        b->diagonal[i] = b->place[i * size + i];
    if (!columns_make(b, arena, steps, pairs))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu mixed volumes", size);
    operations(b, done);
    if (!corner_make(b, arena, last))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu mixed volumes", size);
    *blocks = b;
    return PARK_OK;
}

/* ---- numbers ---- */

static void factor_steps(const park_blocks *b, size_t from_step, size_t to_step, double *value, bool *alive)
{
    size_t width = b->width;
    for (size_t s = from_step; s < to_step; s++) {
        double       *lower = value + (size_t)b->step_entry[s] * width;
        const double *pivot = value + (size_t)b->diagonal[b->step_pivot[s]] * width;
        if (!alive[b->step_entry[s]])
            continue;
        for (size_t c = 0; c < width; c++)
            lower[c] /= pivot[c];
        for (int32_t e = b->step_first[s]; e < b->step_first[s] + b->step_count[s]; e++) {
            const double *from = value + (size_t)b->source[e] * width;
            double       *to   = value + (size_t)b->target[e] * width;
            if (!alive[b->source[e]])
                continue;
            alive[b->target[e]] = true;
            for (size_t c = 0; c < width; c++)
                to[c] -= lower[c] * from[c];
        }
    }
}

void park_blocks_factor(const park_blocks *b, double *value, bool *alive)
{
    factor_steps(b, 0, b->steps, value, alive);
}

void park_blocks_factor_lead(const park_blocks *b, double *value, bool *alive)
{
    factor_steps(b, 0, b->lead, value, alive);
}

void park_blocks_factor_rest(const park_blocks *b, double *value, bool *alive)
{
    factor_steps(b, b->lead, b->steps, value, alive);
}

void park_blocks_solve(const park_blocks *b, const double *value, const bool *alive, double *x)
{
    size_t width = b->width;
    for (size_t s = 0; s < b->steps; s++) {
        const double *lower = value + (size_t)b->step_entry[s] * width;
        const double *from  = x + (size_t)b->step_pivot[s] * width;
        double       *to    = x + (size_t)b->step_row[s] * width;
        if (!alive[b->step_entry[s]])
            continue;
        for (size_t c = 0; c < width; c++)
            to[c] -= lower[c] * from[c];
    }
    for (size_t k = b->size; k-- > 0;) {
        size_t        row   = (size_t)b->order[k];
        double       *to    = x + row * width;
        const double *pivot = value + (size_t)b->diagonal[row] * width;
        for (int32_t e = b->upper_start[k]; e < b->upper_start[k + 1]; e++) {
            const double *upper = value + (size_t)b->upper_entry[e] * width;
            const double *from  = x + (size_t)b->upper_column[e] * width;
            if (!alive[b->upper_entry[e]])
                continue;
            for (size_t c = 0; c < width; c++)
                to[c] -= upper[c] * from[c];
        }
        for (size_t c = 0; c < width; c++)
            to[c] /= pivot[c];
    }
}
