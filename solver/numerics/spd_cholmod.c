#include "numerics/spd_engine.h"

#include <cholmod.h>

#include <string.h>

/* The lower triangle with its diagonal, by column, as CHOLMOD wants it. */
typedef struct chol {
    int32_t *start; /* [count + 1] */
    int32_t *index;
} chol;

typedef struct chol_work {
    cholmod_common  common;
    cholmod_sparse  matrix; /* borrows the plan's pattern */
    cholmod_factor *factor;
    cholmod_dense  *space_y, *space_e, *x;
} chol_work;

static park_status no_memory(park_error *err)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for CHOLMOD");
}

static park_status plan_chol(park_arena *arena, park_arena *scratch, const park_spd_pattern *pattern,
                             int32_t *place, park_spd_plan *plan, park_error *err)
{
    (void)scratch;
    size_t entries = pattern->start[pattern->count];
    chol  *c       = PARK_NEW(arena, chol);
    if (c == NULL)
        return no_memory(err);
    *c = (chol){PARK_ARRAY(arena, pattern->count + 1, int32_t),
                PARK_ARRAY(arena, entries + pattern->count, int32_t)};
    if (c->start == NULL || c->index == NULL)
        return no_memory(err);
    int32_t at = 0;
    for (size_t j = 0; j < pattern->count; j++) {
        c->start[j]    = at;
        c->index[at++] = (int32_t)j;
        for (size_t p = pattern->start[j]; p < pattern->start[j + 1]; p++) {
            place[p]       = (int32_t)p;
            c->index[at++] = pattern->index[p];
        }
    }
    c->start[pattern->count] = at;
    plan->slots              = entries + 1;
    plan->inside             = c;
    plan->bytes += sizeof *c + (entries + 2 * pattern->count + 1) * sizeof(int32_t);
    plan->work_bytes = (2 * entries + 2 * plan->count) * sizeof(double);
    return PARK_OK;
}

static void work_release(void *handle)
{
    chol_work *w = handle;
    cholmod_free_factor(&w->factor, &w->common);
    cholmod_free_dense(&w->space_y, &w->common);
    cholmod_free_dense(&w->space_e, &w->common);
    cholmod_free_dense(&w->x, &w->common);
    cholmod_finish(&w->common);
}

static park_status work_chol(park_arena *arena, const park_spd_plan *plan, park_spd_work *work,
                             park_error *err)
{
    const chol *c = plan->inside;
    chol_work  *w = PARK_NEW(arena, chol_work);
    if (w == NULL)
        return no_memory(err);
    cholmod_start(&w->common);
    PARK_TRY(park_arena_adopt(arena, w, work_release));
    w->common.print              = 0;
    w->common.nmethods           = 1; /* the order is ours */
    w->common.method[0].ordering = CHOLMOD_NATURAL;
    w->common.postorder          = 0;
    w->matrix                    = (cholmod_sparse){.nrow   = plan->count,
                                                    .ncol   = plan->count,
                                                    .nzmax  = (size_t)c->start[plan->count],
                                                    .p      = c->start,
                                                    .i      = c->index,
                                                    .stype  = -1,
                                                    .itype  = CHOLMOD_INT,
                                                    .xtype  = CHOLMOD_REAL,
                                                    .dtype  = CHOLMOD_DOUBLE,
                                                    .sorted = 1,
                                                    .packed = 1};
    w->matrix.x                  = PARK_ARRAY(arena, (size_t)c->start[plan->count], double);
    w->factor                    = cholmod_analyze(&w->matrix, &w->common);
    if (w->matrix.x == NULL || w->factor == NULL)
        return no_memory(err);
    work->inside = w;
    return PARK_OK;
}

static int32_t solve_with(chol_work *w, size_t count, double *b)
{
    cholmod_dense side = {.nrow  = count,
                          .ncol  = 1,
                          .nzmax = count,
                          .d     = count,
                          .x     = b,
                          .xtype = CHOLMOD_REAL,
                          .dtype = CHOLMOD_DOUBLE};
    if (!cholmod_solve2(CHOLMOD_A, w->factor, &side, NULL, &w->x, NULL, &w->space_y, &w->space_e, &w->common))
        return 0;
    memcpy(b, w->x->x, count * sizeof *b);
    return -1;
}

static int32_t solve_chol(const park_spd_plan *plan, park_spd_work *work, double *b)
{
    const chol *c = plan->inside;
    chol_work  *w = work->inside;
    double     *x = w->matrix.x;
    if (plan->count == 0)
        return -1;
    size_t from = 0;
    for (size_t j = 0; j < plan->count; j++) {
        x[c->start[j]] = work->diag[j];
        size_t rest    = (size_t)(c->start[j + 1] - c->start[j]) - 1;
        memcpy(x + c->start[j] + 1, work->off + from, rest * sizeof *x);
        from += rest;
    }
    if (!cholmod_factorize(&w->matrix, w->factor, &w->common) || w->common.status == CHOLMOD_NOT_POSDEF)
        return w->factor->minor < plan->count ? (int32_t)w->factor->minor : 0;
    for (size_t j = 0; j < plan->count && !w->factor->is_super && !w->factor->is_ll; j++)
        if (!(((const double *)w->factor->x)[((const int32_t *)w->factor->p)[j]] > 0.0))
            return (int32_t)j; /* an LDL' goes on past a negative pivot */
    return solve_with(w, plan->count, b);
}

static void again_chol(const park_spd_plan *plan, park_spd_work *work, double *b)
{
    if (plan->count > 0)
        (void)solve_with(work->inside, plan->count, b);
}

const park_spd_face PARK_SPD_FACE_CHOLMOD = {plan_chol, work_chol, solve_chol, again_chol};
