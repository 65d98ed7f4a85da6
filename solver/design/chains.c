/* Chains of whole numbers, found in the rows; Eq. (T54)-(T55) of docs/math/tree.md. */
#include "design/chains.h"

#include <math.h>

static bool zero_or_one(const park_program *p, int32_t j)
{
    return p->integer[j] && p->col_lo[j] >= 0.0 && p->col_hi[j] <= 1.0;
}

/* a (z_i - z_j) >= 0: then i comes before j. */
static bool orders(const park_program *p, size_t r, int32_t *i, int32_t *j)
{
    size_t at = p->start[r];
    if (p->start[r + 1] - at != 2 || p->row_lo[r] != 0.0 || !isinf(p->row_hi[r]) ||
        p->value[at] != -p->value[at + 1] || p->value[at] == 0.0)
        return false;
    size_t first = p->value[at] > 0.0 ? at : at + 1;
    *i = p->index[first], *j = p->index[first == at ? at + 1 : at];
    return zero_or_one(p, *i) && zero_or_one(p, *j);
}

/* How many entries of a row belong to a chain, all of one sign; 0: of both signs, or twice the same. */
static size_t held(const park_chains *c, const park_program *p, size_t r, int32_t chain)
{
    size_t above = 0, below = 0;
    for (size_t k = p->start[r]; k < p->start[r + 1]; k++)
        if (c->of[p->index[k]] == chain)
            *(p->value[k] > 0.0 ? &above : &below) += 1;
    return above > 0 && below > 0 ? 0 : above + below;
}

/* The chain whose members all stand in a row, with one sign; the first such; -1: none. */
static int32_t added_up(const park_chains *c, const park_program *p, size_t r)
{
    int32_t last = -1;
    for (size_t k = p->start[r]; k < p->start[r + 1]; k++) {
        int32_t chain = c->of[p->index[k]];
        if (chain < 0 || chain == last)
            continue;
        last = chain;
        if (held(c, p, r, chain) == c->start[chain + 1] - c->start[chain] &&
            p->start[r + 1] - p->start[r] > c->start[chain + 1] - c->start[chain])
            return chain;
    }
    return -1;
}

static void take_steps(park_chains *c, const park_program *p, size_t r, size_t chain)
{
    for (size_t k = p->start[r]; k < p->start[r + 1]; k++)
        for (size_t m = c->start[chain]; m < c->start[chain + 1]; m++)
            if (c->col[m] == p->index[k])
                c->step[m] = fabs(p->value[k]);
}

park_status park_chains_make(park_chains *c, const park_program *p, park_arena *arena)
{
    int32_t *next = PARK_ARRAY(arena, p->cols, int32_t), *before = PARK_ARRAY(arena, p->cols, int32_t);
    *c       = (park_chains){0};
    c->start = PARK_ARRAY(arena, p->cols + 1, size_t);
    c->col   = PARK_ARRAY(arena, p->cols, int32_t);
    c->step  = PARK_ARRAY(arena, p->cols, double);
    c->of    = PARK_ARRAY(arena, p->cols, int32_t);
    c->row   = PARK_ARRAY(arena, p->rows, int32_t);
    if (next == NULL || before == NULL || c->start == NULL || c->col == NULL || c->step == NULL ||
        c->of == NULL || c->row == NULL)
        return PARK_E_MEMORY;
    for (size_t j = 0; j < p->cols; j++)
        next[j] = before[j] = c->of[j] = -1;
    for (size_t r = 0; r < p->rows; r++) {
        int32_t i, j;
        if (orders(p, r, &i, &j) && next[i] < 0 && before[j] < 0)
            next[i] = j, before[j] = i;
    }
    for (size_t j = 0, at = 0; j < p->cols; j++) {
        if (next[j] < 0 || before[j] >= 0)
            continue;
        for (int32_t k = (int32_t)j; k >= 0; k = next[k])
            c->col[at++] = k, c->of[k] = (int32_t)c->count;
        c->start[++c->count] = at;
    }
    size_t *shortest = PARK_ARRAY(arena, c->count, size_t); /* row of a chain, by entries; 0: none yet */
    if (shortest == NULL)
        return PARK_E_MEMORY;
    for (size_t r = 0; r < p->rows; r++) {
        int32_t chain = c->row[r] = c->count > 0 ? added_up(c, p, r) : -1;
        size_t  width             = p->start[r + 1] - p->start[r];
        if (chain < 0 || (shortest[chain] > 0 && shortest[chain] <= width))
            continue;
        shortest[chain] = width;
        take_steps(c, p, r, (size_t)chain);
    }
    for (size_t i = 0; i < c->count; i++) /* orders that no row adds up are no sizes */
        for (size_t m = c->start[i]; shortest[i] == 0 && m < c->start[i + 1]; m++)
            c->of[c->col[m]] = -1;
    return PARK_OK;
}

int32_t park_chains_needed(const park_chains *c, size_t chain, const double *x)
{
    double size = 0.0, whole = 0.0;
    for (size_t m = c->start[chain]; m < c->start[chain + 1]; m++)
        size += c->step[m] * x[c->col[m]], whole += c->step[m];
    double below = 1e-9 * whole;
    for (size_t m = c->start[chain]; m < c->start[chain + 1]; m++) {
        below += c->step[m];
        if (size > 1e-9 * whole && below >= size)
            return c->col[m];
    }
    return -1;
}

double park_chains_missed(const park_chains *c, size_t chain, const park_program *p, const double *x)
{
    int32_t last   = park_chains_needed(c, chain, x);
    double  missed = 0.0;
    bool    needed = last >= 0;
    for (size_t m = c->start[chain]; m < c->start[chain + 1]; m++) {
        int32_t j = c->col[m];
        missed += p->cost[j] * ((needed ? 1.0 : 0.0) - x[j]);
        needed = needed && j != last;
    }
    return missed;
}
