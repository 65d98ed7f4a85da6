/*
 * Our own copy of a linear program and the arithmetic that needs no trust in an engine.
 * Eq. (T9)-(T11) of docs/math/tree.md.
 */
#include "numerics/lp_engine.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows must be missed by more than this in sum before a problem counts as infeasible: data carry rounding. */
static const double MISSED = 1e-9;

park_lp *park_lp_new(void)
{
    park_lp *lp = calloc(1, sizeof *lp);
    if (lp == NULL)
        return NULL;
    lp->arena = park_arena_new();
    if (lp->arena == NULL) {
        free(lp);
        return NULL;
    }
    lp->cutoff   = INFINITY;
    lp->deadline = INFINITY;
    lp->status   = PARK_LP_FAILED;
    return lp;
}

void park_lp_free(park_lp *lp)
{
    if (lp == NULL)
        return;
    park_lp_engine_drop(lp);
    park_arena_free(lp->arena);
    free(lp);
}

void park_lp_fail_after(park_lp *lp, size_t n)
{
    park_arena_fail_after(lp->arena, n);
}

void park_lp_break_engine(park_lp *lp)
{
    lp->engine_breaks = true;
}

static park_status bounds_ok(const char *what, size_t i, double lo, double hi, park_error *err)
{
    if (isnan(lo) || isnan(hi) || lo == INFINITY || hi == -INFINITY || lo > hi)
        return PARK_FAIL(err, PARK_E_RANGE, "%s %zu has bounds [%g, %g]; the lower must not exceed the upper",
                         what, i, lo, hi);
    return PARK_OK;
}

/* Live entries moved together, in row order; called when half of the storage is forgotten rows. */
static void compact(park_lp *lp)
{
    park_lp_entry *fresh = PARK_ARRAY(lp->arena, lp->live + lp->live / 2 + 16, park_lp_entry);
    if (fresh == NULL)
        return;
    size_t used = 0;
    for (size_t r = 0; r < lp->rows; r++) {
        memcpy(fresh + used, lp->entry + lp->row[r].start, lp->row[r].count * sizeof *fresh);
        lp->row[r].start = used;
        used += lp->row[r].count;
    }
    lp->entry       = fresh;
    lp->entries     = used;
    lp->entries_cap = lp->live + lp->live / 2 + 16;
}

/* Entries of one row at the end of the storage, checked, merged, without zeros; not yet part of a row. */
static park_status stage_row(park_lp *lp, size_t r, double lo, double hi, size_t count, const int32_t *index,
                             const double *value, size_t *staged, park_error *err)
{
    PARK_TRY(bounds_ok("row", r, lo, hi, err));
    for (size_t i = 0; i < count; i++) {
        if (index[i] < 0 || (size_t)index[i] >= lp->cols)
            return PARK_FAIL(err, PARK_E_RANGE, "row %zu names column %d; there are %zu", r, (int)index[i],
                             lp->cols);
        if (!isfinite(value[i]))
            return PARK_FAIL(err, PARK_E_RANGE, "row %zu, column %d: coefficient %g is not finite", r,
                             (int)index[i], value[i]);
    }
    size_t first = lp->entries, n = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t at = lp->mark[index[i]];
        if (at > 0) {
            lp->entry[first + (size_t)at - 1].value += value[i];
            continue;
        }
        size_t used = first + n;
        if (!PARK_GROW(lp->arena, lp->entry, used, lp->entries_cap)) {
            for (size_t k = 0; k < n; k++)
                lp->mark[lp->entry[first + k].col] = 0;
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for row %zu of a linear program", r);
        }
        lp->entry[used]    = (park_lp_entry){index[i], value[i]};
        lp->mark[index[i]] = (int32_t)++n;
    }
    size_t kept = 0;
    for (size_t k = 0; k < n; k++) {
        park_lp_entry e = lp->entry[first + k];
        lp->mark[e.col] = 0;
        if (e.value != 0.0)
            lp->entry[first + kept++] = e;
    }
    *staged = kept;
    for (size_t k = 0; k < kept; k++)
        if (!isfinite(lp->entry[first + k].value))
            return PARK_FAIL(err, PARK_E_RANGE, "row %zu, column %d: repeated coefficients overflow", r,
                             (int)lp->entry[first + k].col);
    return PARK_OK;
}

park_status park_lp_add_row(park_lp *lp, double lo, double hi, size_t count, const int32_t *index,
                            const double *value, park_error *err)
{
    size_t staged = 0;
    PARK_TRY(stage_row(lp, lp->rows, lo, hi, count, index, value, &staged, err));
    if (!PARK_GROW(lp->arena, lp->row, lp->rows, lp->rows_cap))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for row %zu of a linear program", lp->rows);
    lp->row[lp->rows++] = (park_lp_row){lo, hi, lp->entries, staged, true};
    lp->entries += staged;
    lp->live += staged;
    return PARK_OK;
}

park_status park_lp_set_row(park_lp *lp, int32_t row, double lo, double hi, size_t count,
                            const int32_t *index, const double *value, park_error *err)
{
    if (row < 0 || (size_t)row >= lp->rows)
        return PARK_FAIL(err, PARK_E_RANGE, "row %d does not exist; there are %zu", (int)row, lp->rows);
    size_t staged = 0;
    PARK_TRY(stage_row(lp, (size_t)row, lo, hi, count, index, value, &staged, err));
    park_lp_row *r = &lp->row[row];
    lp->live       = lp->live - r->count + staged;
    if (staged <= r->count) { /* the old place is large enough */
        memmove(lp->entry + r->start, lp->entry + lp->entries, staged * sizeof *lp->entry);
    } else {
        r->start = lp->entries;
        lp->entries += staged;
    }
    *r = (park_lp_row){lo, hi, r->start, staged, true};
    if (lp->entries > 1024 && lp->entries > 4 * lp->live)
        compact(lp);
    return PARK_OK;
}

void park_lp_truncate(park_lp *lp, size_t rows)
{
    while (lp->rows > rows) {
        lp->rows--;
        lp->live -= lp->row[lp->rows].count;
    }
    size_t end = 0;
    for (size_t r = 0; r < lp->rows; r++)
        if (lp->row[r].start + lp->row[r].count > end)
            end = lp->row[r].start + lp->row[r].count;
    lp->entries = end;
    if (lp->engine_truncate > rows)
        lp->engine_truncate = rows;
}

static park_status load_in(park_lp *lp, size_t rows, size_t cols, const double *row_lo, const double *row_hi,
                           const size_t *start, const int32_t *index, const double *value,
                           const double *col_lo, const double *col_hi, const double *cost, park_error *err)
{
    lp->cols        = cols;
    lp->col_lo      = PARK_ARRAY(lp->arena, cols, double);
    lp->col_hi      = PARK_ARRAY(lp->arena, cols, double);
    lp->cost        = PARK_ARRAY(lp->arena, cols, double);
    lp->col_changed = PARK_ARRAY(lp->arena, cols, bool);
    lp->mark        = PARK_ARRAY(lp->arena, cols, int32_t);
    lp->primal      = PARK_ARRAY(lp->arena, cols, double);
    lp->reduced     = PARK_ARRAY(lp->arena, cols, double);
    lp->slope       = PARK_ARRAY(lp->arena, cols, double);
    lp->slope_error = PARK_ARRAY(lp->arena, cols, double);
    if (lp->col_lo == NULL || lp->col_hi == NULL || lp->cost == NULL || lp->col_changed == NULL ||
        lp->mark == NULL || lp->primal == NULL || lp->reduced == NULL || lp->slope == NULL ||
        lp->slope_error == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a linear program of %zu columns", cols);
    for (size_t j = 0; j < cols; j++) {
        PARK_TRY(bounds_ok("column", j, col_lo[j], col_hi[j], err));
        if (!isfinite(cost[j]))
            return PARK_FAIL(err, PARK_E_RANGE, "column %zu: cost %g is not finite", j, cost[j]);
        lp->col_lo[j] = col_lo[j];
        lp->col_hi[j] = col_hi[j];
        lp->cost[j]   = cost[j];
    }
    for (size_t r = 0; r < rows; r++)
        PARK_TRY(park_lp_add_row(lp, row_lo[r], row_hi[r], start[r + 1] - start[r], index + start[r],
                                 value + start[r], err));
    return PARK_OK;
}

park_status park_lp_load(park_lp *lp, size_t rows, size_t cols, const double *row_lo, const double *row_hi,
                         const size_t *start, const int32_t *index, const double *value, const double *col_lo,
                         const double *col_hi, const double *cost, park_error *err)
{
    if (rows > INT32_MAX / 2 || cols > INT32_MAX / 2)
        return PARK_FAIL(err, PARK_E_RANGE, "a linear program of %zu rows and %zu columns is too large", rows,
                         cols);
    park_lp fresh = {.arena    = park_arena_new(),
                     .cutoff   = lp->cutoff,
                     .deadline = lp->deadline,
                     .cancel   = lp->cancel,
                     .status   = PARK_LP_FAILED};
    if (fresh.arena == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a linear program");
    park_status status =
        load_in(&fresh, rows, cols, row_lo, row_hi, start, index, value, col_lo, col_hi, cost, err);
    if (status != PARK_OK) {
        park_arena_free(fresh.arena);
        return status;
    }
    park_lp_engine_drop(lp);
    park_arena_free(lp->arena);
    *lp = fresh;
    return PARK_OK;
}

park_status park_lp_set_col(park_lp *lp, int32_t col, double lo, double hi, park_error *err)
{
    if (col < 0 || (size_t)col >= lp->cols)
        return PARK_FAIL(err, PARK_E_RANGE, "column %d does not exist; there are %zu", (int)col, lp->cols);
    PARK_TRY(bounds_ok("column", (size_t)col, lo, hi, err));
    if (lp->col_lo[col] == lo && lp->col_hi[col] == hi)
        return PARK_OK;
    lp->col_lo[col]      = lo;
    lp->col_hi[col]      = hi;
    lp->col_changed[col] = true;
    return PARK_OK;
}

park_status park_lp_set_cost(park_lp *lp, int32_t col, double cost, park_error *err)
{
    if (col < 0 || (size_t)col >= lp->cols)
        return PARK_FAIL(err, PARK_E_RANGE, "column %d does not exist; there are %zu", (int)col, lp->cols);
    if (!isfinite(cost))
        return PARK_FAIL(err, PARK_E_RANGE, "column %d: cost %g is not finite", (int)col, cost);
    if (lp->cost[col] == cost)
        return PARK_OK;
    lp->cost[col]        = cost;
    lp->col_changed[col] = true;
    return PARK_OK;
}

void park_lp_set_cutoff(park_lp *lp, double value)
{
    lp->cutoff = isnan(value) ? INFINITY : value;
}

void park_lp_set_deadline(park_lp *lp, double seconds)
{
    lp->deadline = isnan(seconds) ? INFINITY : seconds;
}

void park_lp_set_cancel(park_lp *lp, const park_cancel *cancel)
{
    lp->cancel = cancel;
}

bool park_lp_over(const park_lp *lp)
{
    return park_cancel_why(lp->cancel) != 0 ||
           (isfinite(lp->deadline) && park_clock_seconds() >= lp->deadline);
}

void park_lp_set_primal(park_lp *lp, bool primal)
{
    lp->primal_first = primal;
}

size_t park_lp_rows(const park_lp *lp)
{
    return lp->rows;
}

size_t park_lp_cols(const park_lp *lp)
{
    return lp->cols;
}

/* ---- solving ------------------------------------------------------------------------------------------ */

static bool room_for_results(park_lp *lp)
{
    if (lp->result_cap >= lp->rows && lp->dual != NULL)
        return true;
    size_t   cap   = lp->rows + lp->rows / 2 + 16;
    double  *dual  = PARK_ARRAY(lp->arena, cap, double);
    double  *ray   = PARK_ARRAY(lp->arena, cap, double);
    uint8_t *basis = PARK_ARRAY(lp->arena, cap + lp->cols, uint8_t);
    if (dual == NULL || ray == NULL || basis == NULL)
        return false;
    if (lp->has_basis)
        memcpy(basis, lp->basis, lp->cols + lp->basis_rows);
    lp->dual       = dual;
    lp->ray        = ray;
    lp->basis      = basis;
    lp->result_cap = cap;
    return true;
}

park_lp_status park_lp_solve(park_lp *lp, const park_lp_basis *basis, int64_t iteration_limit)
{
    lp->iterations = 0;
    lp->has_ray    = false;
    lp->status     = PARK_LP_FAILED;
    if (lp->cols == 0 || !room_for_results(lp))
        return PARK_LP_FAILED;
    if (iteration_limit <= 0)
        iteration_limit = 2000 + 50 * (int64_t)(lp->rows + lp->cols);
    lp->status = park_lp_engine_solve(lp, basis, iteration_limit);
    return lp->status;
}

int64_t park_lp_iterations(const park_lp *lp)
{
    return lp->iterations;
}

double park_lp_objective(const park_lp *lp)
{
    return lp->objective;
}

const double *park_lp_primal(const park_lp *lp)
{
    return lp->primal;
}

const double *park_lp_dual(const park_lp *lp)
{
    return lp->dual;
}

const double *park_lp_reduced(const park_lp *lp)
{
    return lp->reduced;
}

bool park_lp_basis_copy(const park_lp *lp, uint8_t *status)
{
    if (!lp->has_basis)
        return false;
    size_t known = lp->basis_rows < lp->rows ? lp->basis_rows : lp->rows;
    memcpy(status, lp->basis, lp->cols + known);
    memset(status + lp->cols + known, PARK_LP_BASIC, lp->rows - known);
    return true;
}

park_status park_lp_basis_get(const park_lp *lp, park_arena *arena, park_lp_basis *basis)
{
    basis->rows   = lp->rows;
    basis->cols   = lp->cols;
    basis->status = PARK_ARRAY(arena, lp->rows + lp->cols, uint8_t);
    if (basis->status == NULL)
        return PARK_E_MEMORY;
    return park_lp_basis_copy(lp, basis->status) ? PARK_OK : PARK_E_NUMERIC;
}

/* ---- what engines ask --------------------------------------------------------------------------------- */

void park_lp_plain_bounds(double *lo, double *hi)
{
    static const double NONE = 1e-13; /* far below the tolerance of 1e-9, times any coefficient */
    double              size = fmax(1.0, fmin(fabs(*lo), fabs(*hi)));
    if (isfinite(size) && *hi - *lo <= NONE * size)
        *lo = *hi = *lo <= NONE && *hi >= -NONE ? 0.0 : 0.5 * (*lo + *hi);
    if (fabs(*lo) < NONE)
        *lo = 0.0;
    if (fabs(*hi) < NONE)
        *hi = 0.0;
}

bool park_lp_finite(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]))
            return false;
    return true;
}

bool park_lp_results_finite(const park_lp *lp)
{
    return park_lp_finite(lp->primal, lp->cols) && park_lp_finite(lp->dual, lp->rows) &&
           park_lp_finite(lp->reduced, lp->cols) && isfinite(lp->objective);
}

bool park_lp_primal_fits(const park_lp *lp)
{
    for (size_t j = 0; j < lp->cols; j++) {
        double room = 1e-6 * (1.0 + fabs(lp->primal[j]));
        if (lp->primal[j] < lp->col_lo[j] - room || lp->primal[j] > lp->col_hi[j] + room)
            return false;
    }
    for (size_t r = 0; r < lp->rows; r++) {
        const park_lp_row *row = &lp->row[r];
        double             sum = 0.0, size = 1.0;
        for (size_t k = row->start; k < row->start + row->count; k++) {
            double term = lp->entry[k].value * lp->primal[lp->entry[k].col];
            sum += term;
            size = fmax(size, fabs(term));
        }
        if (sum < row->lo - 1e-6 * size || sum > row->hi + 1e-6 * size)
            return false;
    }
    return true;
}

/* ---- safe arithmetic ---------------------------------------------------------------------------------- */

/*
 * For any multipliers y,  c x = y'(Ax) + (c - A'y)'x  is bounded below over rows and box, Eq. (T9):
 *     sum_i min(y_i row_lo, y_i row_hi) + sum_j min over the box of d_j x_j,   d = c - A'y.
 * A sum of n floating-point terms is off by at most n u sum|terms| (1 + small); every d_j carries such an
 * error bar, and the total is lowered by one. y_i on an infinite side counts as zero.
 */
static double multiplier_bound(park_lp *lp, const double *y, double sign, bool with_cost)
{
    double *d = lp->slope, *e = lp->slope_error;
    for (size_t j = 0; j < lp->cols; j++) {
        d[j] = with_cost ? lp->cost[j] : 0.0;
        e[j] = fabs(d[j]);
    }
    double total = 0.0, size = 0.0;
    size_t used = 0;
    for (size_t r = 0; r < lp->rows; r++) {
        const park_lp_row *row  = &lp->row[r];
        double             yr   = sign * y[r];
        double             side = yr > 0.0 ? row->lo : row->hi;
        if (!isfinite(yr))
            return -INFINITY;
        if (yr == 0.0 || isinf(side))
            continue;
        used++;
        total += yr * side;
        size += fabs(yr * side);
        for (size_t k = row->start; k < row->start + row->count; k++) {
            double term = yr * lp->entry[k].value;
            d[lp->entry[k].col] -= term;
            e[lp->entry[k].col] += fabs(term);
        }
    }
    double unit = (double)(used + 8) * DBL_EPSILON;
    for (size_t j = 0; j < lp->cols; j++) {
        e[j] *= unit;
        if (d[j] == 0.0 && e[j] == 0.0)
            continue;
        double       low = d[j] - e[j], high = d[j] + e[j];
        double       least   = INFINITY;
        const double ends[4] = {low * lp->col_lo[j], high * lp->col_lo[j], low * lp->col_hi[j],
                                high * lp->col_hi[j]};
        for (int k = 0; k < 4; k++)
            least = fmin(least, isnan(ends[k]) ? 0.0 : ends[k]);
        if (least == -INFINITY)
            return -INFINITY;
        total += least;
        size += fabs(least);
    }
    return total - (double)(used + lp->cols + 8) * DBL_EPSILON * size - DBL_MIN;
}

double park_lp_safe_bound(park_lp *lp)
{
    bool ended = lp->status == PARK_LP_OPTIMAL || lp->status == PARK_LP_CUTOFF;
    if (lp->dual == NULL || !(ended || (lp->status == PARK_LP_LIMIT && park_lp_results_finite(lp))))
        return -INFINITY;
    return multiplier_bound(lp, lp->dual, 1.0, true);
}

void park_lp_safe_reduced(const park_lp *lp, int32_t col, double *lo, double *hi)
{
    *lo = lp->slope[col] - lp->slope_error[col];
    *hi = lp->slope[col] + lp->slope_error[col];
}

/* Phase one: every row may be missed by two slacks at price 1; a slack never needs more than the row can be
 * missed over the box. */
static park_status load_elastic(const park_lp *lp, park_lp *elastic)
{
    park_arena *a = park_arena_new();
    size_t      m = lp->rows, n = lp->cols + 2 * m, entries = lp->live + 2 * m;
    double     *row_lo = PARK_ARRAY(a, m, double), *row_hi = PARK_ARRAY(a, m, double);
    double  *lo = PARK_ARRAY(a, n, double), *hi = PARK_ARRAY(a, n, double), *cost = PARK_ARRAY(a, n, double);
    size_t  *start     = PARK_ARRAY(a, m + 1, size_t);
    int32_t *index     = PARK_ARRAY(a, entries, int32_t);
    double  *value     = PARK_ARRAY(a, entries, double);
    park_status status = PARK_E_MEMORY;
    if (row_lo != NULL && row_hi != NULL && lo != NULL && hi != NULL && cost != NULL && start != NULL &&
        index != NULL && value != NULL) {
        memcpy(lo, lp->col_lo, lp->cols * sizeof *lo);
        memcpy(hi, lp->col_hi, lp->cols * sizeof *hi);
        size_t k = 0;
        for (size_t r = 0; r < m; r++) {
            const park_lp_row *row  = &lp->row[r];
            double             most = 0.0;
            row_lo[r]               = row->lo;
            row_hi[r]               = row->hi;
            for (size_t i = row->start; i < row->start + row->count; i++, k++) {
                index[k] = lp->entry[i].col;
                value[k] = lp->entry[i].value;
                most += fabs(value[k]) * fmax(fabs(lo[index[k]]), fabs(hi[index[k]]));
            }
            most += fmax(isinf(row->lo) ? 0.0 : fabs(row->lo), isinf(row->hi) ? 0.0 : fabs(row->hi));
            for (int side = 0; side < 2; side++, k++) {
                size_t slack = lp->cols + 2 * r + (size_t)side;
                index[k]     = (int32_t)slack;
                value[k]     = side == 0 ? 1.0 : -1.0;
                hi[slack]    = isinf(side == 0 ? row->lo : row->hi) ? 0.0 : 2.0 * most + 1.0;
                cost[slack]  = 1.0;
            }
            start[r + 1] = k;
        }
        status = park_lp_load(elastic, m, n, row_lo, row_hi, start, index, value, lo, hi, cost, NULL);
    }
    park_arena_free(a);
    return status;
}

bool park_lp_safe_infeasible(park_lp *lp, int64_t iteration_limit)
{
    double largest = 0.0;
    for (size_t r = 0; lp->has_ray && r < lp->rows; r++)
        largest = fmax(largest, fabs(lp->ray[r]));
    /* Multipliers of size one bound the least sum of misses from below, as phase one does. */
    if (largest > 0.0 && (multiplier_bound(lp, lp->ray, 1.0 / largest, false) > MISSED ||
                          multiplier_bound(lp, lp->ray, -1.0 / largest, false) > MISSED))
        return true;
    park_lp *elastic = park_lp_new();
    bool     proven  = false;
    if (elastic != NULL)
        elastic->deadline = lp->deadline, elastic->cancel = lp->cancel;
    if (elastic != NULL && load_elastic(lp, elastic) == PARK_OK &&
        park_lp_solve(elastic, NULL, iteration_limit) == PARK_LP_OPTIMAL) {
        proven = park_lp_safe_bound(elastic) > MISSED;
    }
    park_lp_free(elastic);
    return proven;
}
