/*
 * merge_changes.c - what one program changes in another over the same columns: rows by a walk through both lists that
 * falls into step again behind each difference. Which rows of a difference are taken for each other decides how strong
 * the merged program is, never what it says.
 */
#include "design/merge.h"

#include <string.h>

static const size_t FAR = 4000; /* rows looked ahead to fall into step */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_row(const park_program *p, size_t i, const park_program *q, size_t j)
{
    size_t count = p->start[i + 1] - p->start[i];
    return q->start[j + 1] - q->start[j] == count && p->row_lo[i] == q->row_lo[j] &&
           p->row_hi[i] == q->row_hi[j] && p->redundant[i] == q->redundant[j] &&
           same_text(p->row_name[i], q->row_name[j]) &&
           memcmp(p->index + p->start[i], q->index + q->start[j], count * sizeof *p->index) == 0 &&
           memcmp(p->value + p->start[i], q->value + q->start[j], count * sizeof *p->value) == 0;
}

static bool add_row(park_changes *c, park_arena *arena, park_row_change row)
{
    if (!PARK_GROW(arena, c->row, c->rows, c->rows_cap))
        return false;
    c->row[c->rows++] = row;
    return true;
}

static bool add_of(park_changes *c, park_arena *arena, int32_t base, const park_program *q, size_t j)
{
    size_t          count = q->start[j + 1] - q->start[j];
    park_row_change row   = {.row       = base,
                             .lo        = q->row_lo[j],
                             .hi        = q->row_hi[j],
                             .count     = count,
                             .index     = PARK_ARRAY(arena, count + 1, int32_t),
                             .value     = PARK_ARRAY(arena, count + 1, double),
                             .redundant = q->redundant[j]};
    if (row.index == NULL || row.value == NULL)
        return false;
    memcpy(row.index, q->index + q->start[j], count * sizeof *row.index);
    memcpy(row.value, q->value + q->start[j], count * sizeof *row.value);
    return add_row(c, arena, row);
}

/* Rows of one kind that bound on the same sides. */
static bool alike(const park_program *p, size_t i, const park_program *q, size_t j)
{
    return same_text(p->row_name[i], q->row_name[j]) && isinf(p->row_lo[i]) == isinf(q->row_lo[j]) &&
           isinf(p->row_hi[i]) == isinf(q->row_hi[j]) && p->redundant[i] == q->redundant[j];
}

/* A difference: rows i..i_end of the base against j..j_end. */
static bool difference(park_changes *c, park_arena *arena, const park_program *p, size_t i, size_t i_end,
                       const park_program *q, size_t j, size_t j_end)
{
    size_t next = j;
    for (; i < i_end; i++) {
        size_t at = next;
        while (at < j_end && !alike(p, i, q, at))
            at++;
        if (at == j_end) {
            if (!add_row(c, arena, (park_row_change){.row = (int32_t)i, .gone = true}))
                return false;
            continue;
        }
        for (; next < at; next++)
            if (!add_of(c, arena, -1, q, next))
                return false;
        if (!same_row(p, i, q, at) && !add_of(c, arena, (int32_t)i, q, at))
            return false;
        next = at + 1;
    }
    for (; next < j_end; next++)
        if (!add_of(c, arena, -1, q, next))
            return false;
    return true;
}

/* The nearest place at or behind (i, j) where both lists go on alike. */
static void in_step(const park_program *p, const park_program *q, size_t *i, size_t *j)
{
    for (size_t d = 0; d < FAR; d++)
        for (size_t a = 0; a <= d; a++) {
            size_t pi = *i + a, qj = *j + d - a;
            if (pi < p->rows && qj < q->rows && same_row(p, pi, q, qj)) {
                *i = pi, *j = qj;
                return;
            }
            if (pi == p->rows && qj == q->rows) {
                *i = pi, *j = qj;
                return;
            }
        }
    *i = p->rows, *j = q->rows;
}

static bool rows_find(park_changes *c, park_arena *arena, const park_program *p, const park_program *q)
{
    size_t i = 0, j = 0;
    while (i < p->rows || j < q->rows) {
        size_t i_end = i, j_end = j;
        in_step(p, q, &i_end, &j_end);
        if (!difference(c, arena, p, i, i_end, q, j, j_end))
            return false;
        if (i_end == p->rows && j_end == q->rows)
            return true;
        i = i_end + 1, j = j_end + 1;
    }
    return true;
}

static bool same_columns(const park_program *p, const park_program *q)
{
    if (p->cols != q->cols || p->products != q->products || p->concaves != q->concaves)
        return false;
    for (size_t j = 0; j < p->cols; j++)
        if (p->col_class[j] != q->col_class[j] || p->integer[j] != q->integer[j])
            return false;
    for (size_t i = 0; i < p->products; i++)
        if (p->product[i].w != q->product[i].w || p->product[i].flow != q->product[i].flow ||
            p->product[i].conc != q->product[i].conc)
            return false;
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *a = &p->concave[i], *b = &q->concave[i];
        if (a->t != b->t || a->x != b->x || a->scale != b->scale || a->reference != b->reference ||
            a->exponent != b->exponent)
            return false;
    }
    return true;
}

bool park_changes_find(const park_program *base, const park_program *program, park_arena *arena,
                       park_changes **changes)
{
    park_changes *c = PARK_NEW(arena, park_changes);
    *changes        = c;
    if (c == NULL || !same_columns(base, program))
        return false;
    *c          = (park_changes){.constant = program->constant - base->constant};
    bool priced = false;
    for (size_t j = 0; j < base->cols; j++) {
        priced = priced || program->cost[j] != base->cost[j];
        if (program->col_lo[j] == base->col_lo[j] && program->col_hi[j] == base->col_hi[j])
            continue;
        if (!PARK_GROW(arena, c->bound, c->bounds, c->bounds_cap))
            return false;
        c->bound[c->bounds++] = (park_bound_change){(int32_t)j, program->col_lo[j], program->col_hi[j]};
    }
    if (priced) {
        c->cost = PARK_ARRAY(arena, base->cols, double);
        for (size_t j = 0; c->cost != NULL && j < base->cols; j++)
            c->cost[j] = program->cost[j] - base->cost[j];
    }
    return (!priced || c->cost != NULL) && rows_find(c, arena, base, program);
}
