/* Does a merged program say what single picks say? Eq. (O65) of docs/math/optimization.md. */
#include "design/merge_parts.h"

#include <stdlib.h>

/* A row seen from one point: what it sums to there, and its bounds. Rows of two programs are compared as lists of these. */
typedef struct sighting {
    double sum, lo, hi;
} sighting;

static int by_sight(const void *a, const void *b)
{
    const sighting *x = a, *y = b;
    if (x->sum != y->sum)
        return x->sum < y->sum ? -1 : 1;
    if (x->lo != y->lo)
        return x->lo < y->lo ? -1 : 1;
    return x->hi < y->hi ? -1 : x->hi > y->hi;
}

/* A point with nothing in common with the columns' meaning: multiples of the golden ratio, whole parts dropped. */
static double point(int32_t col)
{
    double turns = 0.6180339887498949 * ((double)col + 1.0);
    return turns - floor(turns) + 0.5;
}

static double dot(size_t count, const int32_t *index, const double *value)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += value[i] * point(index[i]);
    return sum;
}

static bool close(double a, double b)
{
    if (isinf(a) || isinf(b))
        return a == b;
    return fabs(a - b) <= 1e-9 * (1.0 + fabs(a) + fabs(b));
}

static size_t see_merged(const park_merge *m, const int32_t *pick, sighting *list)
{
    const park_program *p     = &m->base->program;
    size_t              count = 0;
    for (size_t r = 0; r < p->rows; r++) {
        bool     gone = false;
        double   own  = dot(p->start[r + 1] - p->start[r], p->index + p->start[r], p->value + p->start[r]);
        sighting seen = {own, p->row_lo[r], p->row_hi[r]};
        for (size_t s = 0; s < m->sites->count; s++) {
            const park_row_change *c = park_merge_change(m, s, (size_t)pick[s], r);
            if (c == NULL)
                continue;
            gone = gone || c->gone;
            seen.sum += dot(c->count, c->index, c->value) - own;
            if (isfinite(p->row_lo[r]))
                seen.lo += c->lo - p->row_lo[r];
            if (isfinite(p->row_hi[r]))
                seen.hi += c->hi - p->row_hi[r];
        }
        if (!gone)
            list[count++] = seen;
    }
    for (size_t s = 0; s < m->sites->count; s++) {
        const park_changes *c = pick[s] > 0 ? m->changes[s][pick[s]] : NULL;
        for (size_t i = 0; c != NULL && i < c->rows; i++)
            if (c->row[i].row < 0)
                list[count++] = (sighting){dot(c->row[i].count, c->row[i].index, c->row[i].value),
                                           c->row[i].lo, c->row[i].hi};
    }
    return count;
}

static bool costs_agree(const park_merge *m, const int32_t *pick, const park_program *picked)
{
    const park_program *p        = &m->base->program;
    double              constant = p->constant;
    for (size_t s = 0; s < m->sites->count; s++)
        constant += pick[s] > 0 ? m->changes[s][pick[s]]->constant : 0.0;
    for (size_t j = 0; j < p->cols; j++) {
        double cost = p->cost[j];
        for (size_t s = 0; s < m->sites->count; s++)
            if (pick[s] > 0 && m->changes[s][pick[s]]->cost != NULL)
                cost += m->changes[s][pick[s]]->cost[j];
        if (!close(cost, picked->cost[j]))
            return false;
    }
    return close(constant, picked->constant);
}

/* Bounds that several sites change; those of lifted columns follow from others. */
static bool bounds_add_up(const park_merge *m, const int32_t *pick, const park_program *picked)
{
    const park_program *p = &m->base->program;
    for (size_t j = 0; j < p->cols; j++) {
        double lo = p->col_lo[j], hi = p->col_hi[j];
        if (m->movers[j] < 2 || p->col_class[j] == PARK_COL_LIFTED || p->col_class[j] == PARK_COL_OTHER)
            continue;
        for (size_t s = 0; s < m->sites->count; s++) {
            const park_bound_change *b = park_merge_bound(m, s, (size_t)pick[s], (int32_t)j);
            if (b != NULL && isfinite(p->col_lo[j]))
                lo += b->lo - p->col_lo[j];
            if (b != NULL && isfinite(p->col_hi[j]))
                hi += b->hi - p->col_hi[j];
        }
        if (!close(lo, picked->col_lo[j]) || !close(hi, picked->col_hi[j]))
            return false;
    }
    return true;
}

bool park_merge_agrees(const park_merge *m, const int32_t *pick, const park_program *picked,
                       park_arena *arena)
{
    size_t most = m->base->program.rows + picked->rows;
    for (size_t s = 0; s < m->sites->count; s++)
        most += pick[s] > 0 ? m->changes[s][pick[s]]->rows : 0;
    sighting *merged = PARK_ARRAY(arena, most + 1, sighting), *own = PARK_ARRAY(arena, most + 1, sighting);
    if (merged == NULL || own == NULL || picked->cols != m->base->program.cols)
        return false;
    size_t count = see_merged(m, pick, merged);
    if (count != picked->rows)
        return false;
    for (size_t r = 0; r < picked->rows; r++)
        own[r] = (sighting){dot(picked->start[r + 1] - picked->start[r], picked->index + picked->start[r],
                                picked->value + picked->start[r]),
                            picked->row_lo[r], picked->row_hi[r]};
    qsort(merged, count, sizeof *merged, by_sight);
    qsort(own, count, sizeof *own, by_sight);
    for (size_t r = 0; r < count; r++)
        if (!close(merged[r].sum, own[r].sum) || !close(merged[r].lo, own[r].lo) ||
            !close(merged[r].hi, own[r].hi))
            return false;
    if (!bounds_add_up(m, pick, picked))
        return false;
    for (size_t j = 0; j < picked->cols; j++)
        if (picked->col_lo[j] < m->lo[j] - 1e-12 * fabs(m->lo[j]) ||
            picked->col_hi[j] > m->hi[j] + 1e-12 * fabs(m->hi[j]))
            return false;
    return costs_agree(m, pick, picked);
}
