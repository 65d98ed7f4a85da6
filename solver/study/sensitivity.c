#include "study/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Type 7 of Hyndman and Fan. */
static double quantile(const double *sorted, size_t n, double p)
{
    double place = p * (double)(n - 1);
    size_t below = (size_t)place;
    if (below + 1 >= n)
        return sorted[n - 1];
    return sorted[below] + (place - (double)below) * (sorted[below + 1] - sorted[below]);
}

park_status park_spread_of(const double *value, size_t n, park_spread *spread, park_error *err)
{
    double *there = malloc((n > 0 ? n : 1) * sizeof *there);
    size_t  count = 0;
    double  sum = 0.0, squares = 0.0;
    if (there == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to sort %zu values", n);
    *spread = (park_spread){.mean = NAN,
                            .sd   = NAN,
                            .min  = NAN,
                            .p05  = NAN,
                            .p25  = NAN,
                            .p50  = NAN,
                            .p75  = NAN,
                            .p95  = NAN,
                            .max  = NAN};
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i]))
            there[count++] = value[i];
    spread->count = count, spread->missing = n - count;
    if (count > 0) {
        qsort(there, count, sizeof *there, by_size);
        for (size_t i = 0; i < count; i++)
            sum += there[i];
        spread->mean = sum / (double)count;
        for (size_t i = 0; i < count; i++)
            squares += (there[i] - spread->mean) * (there[i] - spread->mean);
        if (count > 1)
            spread->sd = sqrt(squares / (double)(count - 1));
        spread->min = there[0], spread->max = there[count - 1];
        spread->p05 = quantile(there, count, 0.05), spread->p25 = quantile(there, count, 0.25);
        spread->p50 = quantile(there, count, 0.50), spread->p75 = quantile(there, count, 0.75);
        spread->p95 = quantile(there, count, 0.95);
    }
    free(there);
    return PARK_OK;
}

double park_share_within(const double *value, size_t n, double least, double most, size_t *counted)
{
    size_t there = 0, within = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(value[i]))
            continue;
        there++;
        within += !(value[i] < least) && !(value[i] > most);
    }
    if (counted != NULL)
        *counted = there;
    return there > 0 ? (double)within / (double)there : NAN;
}

/* ---- effects ---- */

typedef struct cell {
    double sum;
    size_t count;
} cell;

/* Var(y) over the rows that are there, n in the denominator; NAN when all are alike. */
static double variance(const double *value, size_t rows, double *mean, size_t *there)
{
    double sum = 0.0, squares = 0.0, scale = 0.0;
    *there = 0;
    for (size_t i = 0; i < rows; i++)
        if (!isnan(value[i]))
            sum += value[i], ++*there, scale = fmax(scale, fabs(value[i]));
    *mean = *there > 0 ? sum / (double)*there : NAN;
    for (size_t i = 0; i < rows; i++)
        if (!isnan(value[i]))
            squares += (value[i] - *mean) * (value[i] - *mean);
    double all = *there > 1 ? squares / (double)*there : NAN;
    return all > 1e-20 * scale * scale ? all : NAN; /* rounding is no spread */
}

/* First order and the tornado of one column; cells [groups] zeroed here. */
static void first_order(const double *value, size_t rows, const int32_t *group, size_t columns, size_t k,
                        int32_t groups, double mean, double all, bool factorial, cell *cells, park_effect *e)
{
    double between = 0.0, n = 0.0, used = 0.0;
    memset(cells, 0, (size_t)groups * sizeof *cells);
    for (size_t i = 0; i < rows; i++)
        if (!isnan(value[i])) {
            cell *c = &cells[group[i * columns + k]];
            c->sum += value[i], c->count++;
        }
    e->low = INFINITY, e->high = -INFINITY;
    for (int32_t g = 0; g < groups; g++) {
        if (cells[g].count == 0)
            continue;
        double of = cells[g].sum / (double)cells[g].count;
        between += (double)cells[g].count * (of - mean) * (of - mean);
        n += (double)cells[g].count, used += 1.0;
        if (of < e->low)
            e->low = of, e->low_group = (size_t)g;
        if (of > e->high)
            e->high = of, e->high_group = (size_t)g;
    }
    if (used == 0.0)
        e->low = e->high = NAN;
    double explained = n > 0.0 ? between / n : NAN;
    if (!factorial && n > used && used > 1.0) { /* what groups of chance would explain */
        double within = (all - explained) * n / (n - used);
        explained -= within * (used - 1.0) / n;
    }
    e->first = isnan(all) ? NAN : fmin(1.0, fmax(0.0, explained / all));
}

/* Total order of column k: rows that agree in all the others have the same number when k is left out. */
static double total_order(const double *value, size_t rows, const int32_t *group, const int32_t *groups,
                          size_t columns, size_t k, double mean, double all, cell *cells, size_t size)
{
    double others = 0.0;
    memset(cells, 0, size * sizeof *cells);
    for (size_t i = 0; i < rows; i++) {
        size_t at = 0;
        for (size_t j = 0; j < columns; j++)
            if (j != k)
                at = at * (size_t)groups[j] + (size_t)group[i * columns + j];
        cells[at].sum += value[i], cells[at].count++;
    }
    for (size_t c = 0; c < size; c++)
        if (cells[c].count > 0) {
            double of = cells[c].sum / (double)cells[c].count - mean;
            others += (double)cells[c].count * of * of;
        }
    return isnan(all) ? NAN : fmin(1.0, fmax(0.0, 1.0 - others / (double)rows / all));
}

park_status park_effects(const double *value, size_t rows, const int32_t *group, const int32_t *groups,
                         size_t columns, bool factorial, park_effect *effect, park_error *err)
{
    size_t most = 1, there;
    double mean, all = variance(value, rows, &mean, &there);
    bool   whole = factorial && there == rows;
    for (size_t k = 0; k < columns; k++)
        most = (size_t)groups[k] > most ? (size_t)groups[k] : most;
    most = whole && rows > most ? rows : most; /* a factorial without one column has fewer cells than rows */
    cell *cells = calloc(most, sizeof *cells);
    if (cells == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the effects of %zu variables", columns);
    for (size_t k = 0; k < columns; k++) {
        effect[k] = (park_effect){.total = NAN};
        first_order(value, rows, group, columns, k, groups[k], mean, all, whole, cells, &effect[k]);
        if (whole)
            effect[k].total = total_order(value, rows, group, groups, columns, k, mean, all, cells, most);
    }
    free(cells);
    return PARK_OK;
}

/* ---- totals of a sample (V13), (V14) ---- */

static const double TOLD = 0.05; /* of the variance: what the neighbours' distance may add [-] */

void park_neighbours(const double *place, size_t rows, size_t columns, int32_t *nearest)
{
    for (size_t left = 0; left <= columns; left++) /* the column that is left out */
        for (size_t i = 0; i < rows; i++) {
            double  least = INFINITY;
            int32_t best  = -1;
            for (size_t step = 1; step < rows; step++) {
                size_t j   = (i + step) % rows;
                double far = 0.0;
                for (size_t k = 0; k < columns && far < least; k++)
                    if (k != left)
                        far += (place[i * columns + k] - place[j * columns + k]) *
                               (place[i * columns + k] - place[j * columns + k]);
                if (far < least)
                    least = far, best = (int32_t)j;
            }
            nearest[left * rows + i] = best;
        }
}

/* Half the mean squared difference to the nearest row. */
static double apart(const double *value, size_t rows, const int32_t *nearest)
{
    double sum = 0.0, count = 0.0;
    for (size_t i = 0; i < rows; i++) {
        double differs = nearest[i] >= 0 ? value[i] - value[nearest[i]] : NAN;
        if (!isnan(differs))
            sum += 0.5 * differs * differs, count += 1.0;
    }
    return count > 0.0 ? sum / count : NAN;
}

double park_totals(const double *value, size_t rows, const int32_t *nearest, size_t columns,
                   park_effect *effect)
{
    size_t there;
    double mean, all = variance(value, rows, &mean, &there);
    double over = columns > 1 ? apart(value, rows, nearest + columns * rows) / all : 0.0;
    for (size_t k = 0; k < columns; k++) {
        double without  = columns > 1 ? apart(value, rows, nearest + k * rows) / all : 1.0;
        effect[k].total = isnan(all) || !(over <= TOLD) ? NAN : fmin(1.0, without);
    }
    return isnan(all) ? NAN : over;
}

typedef struct placed {
    double value;
    size_t row;
} placed;

static int by_place(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    return x->value < y->value ? -1 : x->value > y->value ? 1 : x->row < y->row ? -1 : x->row > y->row;
}

park_status park_classes(const double *value, size_t rows, int32_t classes, int32_t *group, size_t columns,
                         size_t column, park_error *err)
{
    placed *order = malloc((rows > 0 ? rows : 1) * sizeof *order);
    if (order == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to class %zu values", rows);
    for (size_t i = 0; i < rows; i++)
        order[i] = (placed){value[i], i};
    qsort(order, rows, sizeof *order, by_place);
    for (size_t i = 0; i < rows; i++)
        group[order[i].row * columns + column] = (int32_t)(i * (size_t)classes / rows);
    free(order);
    return PARK_OK;
}
