/* Whole numbers and flows together, qualities promised; Eq. (O96)-(O97) of docs/math/optimization.md. */
#include "design/polish.h"

#include "base/clock.h"
#include "design/promise.h"

#include <string.h>

enum { ROUNDS = 3 };
static const double WORK  = 3e7;  /* iterations times rows of one round */
static const double SHARE = 0.25; /* of the gap: what a round's tree may leave open [-] */

/* Columns of the formulation, those that the promises replaced shut. */
static bool write_cols(park_promise *d, park_program *q)
{
    const park_program *p    = &d->f->program;
    double             *cost = PARK_ARRAY(d->arena, p->cols, double);
    bool               *read = PARK_ARRAY(d->arena, p->cols, bool);
    if (cost == NULL || read == NULL)
        return false;
    park_promise_costs(d, cost, false);
    for (size_t e = 0; e < d->entries; e++)
        if ((size_t)d->index[e] < p->cols)
            read[d->index[e]] = true;
    for (size_t i = 0; i < p->concaves; i++)
        read[p->concave[i].t] = read[p->concave[i].x] = true;
    for (size_t j = 0; j < p->cols; j++) {
        bool    open = read[j] || cost[j] != 0.0;
        double  lo = open || isfinite(p->col_lo[j]) ? p->col_lo[j] : 0.0, hi = open ? p->col_hi[j] : lo;
        int32_t col = park_program_col(q, p->col_class[j], lo, hi, open ? cost[j] : 0.0, NULL);
        if (col < 0)
            return false;
        q->integer[col] = p->integer[j];
    }
    return true;
}

/* The rows of the promises without their slacks: the plan at hand keeps them all. */
static bool write_program(park_promise *d, park_program *q)
{
    const park_program *p = &d->f->program;
    park_promise_rows(d);
    if (d->failed)
        return false;
    park_program_init(q, d->arena);
    q->constant = p->constant, q->recheck = park_plan_recheck, q->user = d->f;
    if (!write_cols(d, q))
        return false;
    for (size_t r = 0; r < d->rows; r++) {
        size_t at = d->start[r], count = d->start[r + 1] - at;
        while (count > 0 && (size_t)d->index[at + count - 1] >= p->cols)
            count--;
        if (count > 0 &&
            park_program_row(q, d->lo[r], d->hi[r], count, d->index + at, d->value + at, -1, NULL) < 0)
            return false;
    }
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *g = &p->concave[i];
        if (park_program_concave(q, g->t, g->x, g->scale, g->reference, g->exponent) < 0)
            return false;
    }
    return true;
}

/* One round from x. True: better. */
static bool polish_once(park_promise *d, double gap, double *x, double *value)
{
    park_program       q;
    park_tree_settings settings;
    park_tree_result   result;
    if (!write_program(d, &q))
        return false;
    park_tree_settings_default(&settings);
    settings.gap        = SHARE * gap;
    settings.time_limit = fmax(d->end->deadline - park_clock_seconds(), 0.0);
    settings.work_limit = (uint64_t)(WORK / (double)(q.rows + 1));
    if (d->end->most > 0 && d->end->most - d->end->took < settings.work_limit)
        settings.work_limit = d->end->most - d->end->took;
    settings.cancel  = d->end->cancel;
    settings.threads = d->end->threads < 1 ? 1 : d->end->threads;
    settings.start   = x;
    settings.blocks  = PARK_BLOCKS_NEVER;
    if (park_tree_solve(&q, &settings, d->arena, &result, NULL) != PARK_OK)
        return false;
    d->end->early = d->end->early || !result.reproducible;
    d->end->took += result.work, d->end->shared += result.shared;
    if (result.x == NULL || !(result.objective < *value))
        return false;
    memcpy(x, result.x, d->f->program.cols * sizeof *x);
    *value = result.objective;
    return true;
}

bool park_polish(const park_formulation *f, double gap, park_search_end *end, double *x, double *value)
{
    park_arena  *arena = park_arena_new();
    park_promise d     = {.f = f, .end = end};
    double      *point = PARK_ARRAY(arena, f->program.cols, double);
    park_plan   *plan  = arena != NULL ? park_plan_new(f, arena) : NULL;
    bool         wins  = false;
    if (point != NULL && plan != NULL && park_promise_prepare(&d, arena)) {
        park_promise_first(&d, true);
        for (int round = 0; round < ROUNDS && !end->early && (end->most == 0 || end->took < end->most);
             round++) {
            double before = *value;
            memcpy(point, x, f->program.cols * sizeof *point);
            if (!park_plan_read(plan, point, false))
                break;
            park_promise_keep(&d, plan, true);
            d.arena = park_arena_new();
            wins    = (d.arena != NULL && polish_once(&d, gap, x, value)) || wins;
            park_arena_free(d.arena);
            if (!(before - *value > SHARE * gap * fabs(before)))
                break;
        }
    }
    park_arena_free(arena);
    return wins;
}
