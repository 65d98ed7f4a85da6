/* Prices of what couples the blocks, and what they prove; Eq. (T30)-(T35) of docs/math/tree.md. */
#include "design/split.h"

#include "design/outward.h"

#include <string.h>

static bool priced(const park_split *blocks, size_t r)
{
    return blocks->row_homes[r] == 0;
}

/* Add y_r a_r of the priced rows to a dense vector. */
static void add_rows(const park_split *blocks, const double *y, double times, double *to)
{
    const park_program *p = blocks->program;
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = p->start[r]; y[r] != 0.0 && k < p->start[r + 1]; k++)
            to[p->index[k]] += times * y[r] * p->value[k];
}

/* A price on a side that is infinite proves nothing. */
static double allowed(const park_program *p, size_t r, double y)
{
    if ((y > 0.0 && isinf(p->row_lo[r])) || (y < 0.0 && isinf(p->row_hi[r])) || !isfinite(y))
        return 0.0;
    return y;
}

/* What the duals of rows and items of one part ask of its columns: the part's own share of c. */
static void part_share(const park_split *blocks, const park_relax *whole, const int32_t *active,
                       const double *dual, park_part *part)
{
    const park_program *q         = &part->program;
    const int32_t      *row_homes = blocks->row_homes;
    memset(q->cost, 0, q->cols * sizeof *q->cost);
    for (size_t r = 0; r < q->rows; r++) {
        double y = dual[part->row[r]] / row_homes[part->row[r]];
        for (size_t k = q->start[r]; y != 0.0 && k < q->start[r + 1]; k++)
            q->cost[q->index[k]] += y * q->value[k];
    }
    /* items: four sides a product, then one a concave cost, numbered as in the whole */
    const double *item_dual = dual + blocks->program->rows;
    for (size_t i = 0; i < 4 * q->products + q->concaves; i++) {
        bool    side = i < 4 * q->products;
        size_t  own  = side ? i / 4 : i - 4 * q->products;
        int32_t at   = side ? 4 * part->product[own] + (int32_t)(i % 4)
                            : 4 * (int32_t)blocks->program->products + part->concave[own];
        int32_t homes =
            side ? blocks->product_homes[part->product[own]] : blocks->concave_homes[part->concave[own]];
        int32_t index[3], col[3];
        double  value[3];
        if (active[at] < 0)
            continue;
        size_t n = park_relax_item(whole, at, index, value);
        if (side) /* as product_row and secant_row order them: w, conc, flow; t, x */
            col[0] = q->product[own].w, col[1] = q->product[own].conc, col[2] = q->product[own].flow;
        else
            col[0] = q->concave[own].t, col[1] = q->concave[own].x;
        for (size_t k = 0; k < n; k++)
            q->cost[col[k]] += item_dual[active[at]] / homes * value[k];
    }
}

/* Where each item stands among the active ones; -1: not there. */
static int32_t *places(const park_relax *whole, park_arena *arena)
{
    int32_t *place = PARK_ARRAY(arena, whole->items, int32_t);
    for (size_t i = 0; place != NULL && i < whole->items; i++)
        place[i] = -1;
    for (size_t i = 0; place != NULL && i < whole->actives; i++)
        place[whole->active[i]] = (int32_t)i;
    return place;
}

park_status park_split_price_from(park_split *blocks, const park_relax *whole)
{
    const park_program *p     = blocks->program;
    park_arena         *own   = park_arena_new();
    double             *left  = PARK_ARRAY(own, p->cols, double);
    int32_t            *place = places(whole, own);
    const double       *dual  = park_lp_dual(whole->lp);
    if (left == NULL || place == NULL || dual == NULL) {
        park_arena_free(own);
        return PARK_E_MEMORY;
    }
    for (size_t r = 0; r < p->rows; r++)
        blocks->price[r] = priced(blocks, r) ? allowed(p, r, dual[r]) : 0.0;
    memcpy(left, p->cost, p->cols * sizeof *left);
    add_rows(blocks, blocks->price, -1.0, left);
    for (size_t b = 0; b < blocks->parts; b++) {
        park_part *part = &blocks->part[b];
        part_share(blocks, whole, place, dual, part);
        for (size_t k = 0; k < part->program.cols; k++)
            if (blocks->homes[part->col[k]] > 1)
                left[part->col[k]] -= part->program.cost[k];
    }
    for (size_t b = 0; b < blocks->parts; b++) { /* what is left over, in equal shares */
        park_part *part = &blocks->part[b];
        for (size_t k = 0; k < part->program.cols; k++) {
            int32_t j = part->col[k];
            if (blocks->homes[j] == 1)
                part->program.cost[k] = left[j];
            else
                part->program.cost[k] += left[j] / blocks->homes[j];
        }
    }
    park_arena_free(own);
    return PARK_OK;
}

/* ---- what is proven ------------------------------------------------------------------------------------ */

/* e = c - A'y - sum of the parts' costs, with an error bar. */
static void find_rest(park_split *blocks)
{
    const park_program *p = blocks->program;
    for (size_t j = 0; j < p->cols; j++) /* the bar first counts sizes, then is scaled */
        blocks->rest[j] = p->cost[j], blocks->bar[j] = 0.0;
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = p->start[r]; blocks->price[r] != 0.0 && k < p->start[r + 1]; k++) {
            double term = blocks->price[r] * p->value[k];
            blocks->rest[p->index[k]] -= term;
            blocks->bar[p->index[k]] += 4.0 * (fabs(term) + fabs(blocks->rest[p->index[k]]));
        }
    for (size_t b = 0; b < blocks->parts; b++) {
        const park_part *part = &blocks->part[b];
        for (size_t k = 0; k < part->program.cols; k++) {
            int32_t j = part->col[k];
            blocks->rest[j] -= part->program.cost[k];
            blocks->bar[j] += 4.0 * fabs(blocks->rest[j]);
        }
    }
    for (size_t j = 0; j < p->cols;
         j++) /* each step was off by at most one rounding of its term and its result */
        blocks->bar[j] *= DBL_EPSILON;
}

double park_split_rest(park_split *blocks, const park_box *box)
{
    const park_program *p   = blocks->program;
    double              sum = p->constant, size = fabs(p->constant);
    find_rest(blocks);
    for (size_t j = 0; j < p->cols; j++) {
        double lo, hi;
        if (blocks->rest[j] == 0.0 && blocks->bar[j] == 0.0)
            continue;
        park_interval_times(park_down(blocks->rest[j] - blocks->bar[j]),
                            park_up(blocks->rest[j] + blocks->bar[j]), box->lo[j], box->hi[j], &lo, &hi);
        sum += lo, size += fabs(lo);
    }
    for (size_t r = 0; r < p->rows; r++) {
        double y = blocks->price[r], term = y > 0.0 ? y * p->row_lo[r] : y < 0.0 ? y * p->row_hi[r] : 0.0;
        sum += term, size += fabs(term);
    }
    sum -= (double)(p->cols + p->rows + 4) * DBL_EPSILON * size;
    return isfinite(sum) ? sum : -INFINITY;
}

double park_split_sum(const park_split *blocks, double rest)
{
    double sum = rest, size = fabs(rest);
    for (size_t b = 0; b < blocks->parts; b++)
        sum += blocks->part[b].bound, size += fabs(blocks->part[b].bound);
    sum -= (double)(blocks->parts + 2) * DBL_EPSILON * size;
    return isfinite(sum) ? sum : -INFINITY;
}

void park_split_cutoffs(park_split *blocks, double rest, double best)
{
    for (size_t b = 0; b < blocks->parts; b++) {
        double others = fabs(rest), sum = rest;
        for (size_t o = 0; o < blocks->parts; o++)
            if (o != b)
                sum += blocks->part[o].bound, others += fabs(blocks->part[o].bound);
        sum -= (double)(blocks->parts + 2) * DBL_EPSILON * others;
        blocks->part[b].cutoff = isfinite(best) && isfinite(sum) ? park_up(best - sum) : INFINITY;
    }
}

/* ---- better prices ---------------------------------------------------------------------------------------- */

size_t park_split_copies(const park_split *blocks)
{
    size_t sum = 0;
    for (size_t b = 0; b < blocks->parts; b++)
        sum += blocks->part[b].program.cols;
    return sum;
}

void park_split_mean(const park_split *blocks, const park_box *box, double *x)
{
    const park_program *p = blocks->program;
    for (size_t j = 0; j < p->cols; j++)
        x[j] = blocks->homes[j] > 0 ? 0.0 : blocks->rest[j] > 0.0 ? box->lo[j] : box->hi[j];
    for (size_t b = 0; b < blocks->parts; b++)
        for (size_t k = 0; k < blocks->part[b].program.cols; k++) {
            int32_t j = blocks->part[b].col[k];
            x[j] += blocks->part[b].x[k] / blocks->homes[j];
        }
}

double park_split_slope(const park_split *blocks, const double *mean, double *row_slope, double *part_slope)
{
    const park_program *p    = blocks->program;
    double              size = 0.0;
    for (size_t r = 0; r < p->rows; r++) {
        double y = blocks->price[r], at = 0.0, lo = p->row_lo[r], hi = p->row_hi[r];
        row_slope[r] = 0.0;
        if (!priced(blocks, r))
            continue;
        for (size_t k = p->start[r]; k < p->start[r + 1]; k++)
            at += p->value[k] * mean[p->index[k]];
        bool low     = y > 0.0 || (y == 0.0 && at < lo);
        bool high    = y < 0.0 || (y == 0.0 && at > hi);
        row_slope[r] = low ? lo - at : high ? hi - at : 0.0;
        size += row_slope[r] * row_slope[r];
    }
    for (size_t b = 0, at = 0; b < blocks->parts; b++)
        for (size_t k = 0; k < blocks->part[b].program.cols; k++, at++) {
            const park_part *part = &blocks->part[b];
            int32_t          j    = part->col[k];
            part_slope[at]        = blocks->homes[j] > 1 ? part->x[k] - mean[j] : 0.0;
            size += part_slope[at] * part_slope[at];
        }
    return size;
}

park_status park_split_step(park_split *blocks, const double *row_slope, const double *part_slope,
                            double step)
{
    const park_program *p   = blocks->program;
    park_arena         *own = park_arena_new();
    double             *old = PARK_ARRAY(own, p->cols, double), *now = PARK_ARRAY(own, p->cols, double);
    if (old == NULL || now == NULL) {
        park_arena_free(own);
        return PARK_E_MEMORY;
    }
    memcpy(now, p->cost, p->cols * sizeof *now);
    add_rows(blocks, blocks->price, 1.0, old);
    for (size_t r = 0; r < p->rows; r++)
        if (priced(blocks, r))
            blocks->price[r] = allowed(p, r, blocks->price[r] + step * row_slope[r]);
    add_rows(blocks, blocks->price, -1.0, now);
    for (size_t b = 0, at = 0; b < blocks->parts; b++)
        for (size_t k = 0; k < blocks->part[b].program.cols; k++, at++) {
            park_part *part = &blocks->part[b];
            int32_t    j = part->col[k], homes = blocks->homes[j];
            double    *cost = &part->program.cost[k];
            if (homes == 1)
                *cost = now[j];
            else
                *cost += step * part_slope[at] + (old[j] + now[j] - p->cost[j]) / homes;
        }
    park_arena_free(own);
    return PARK_OK;
}
