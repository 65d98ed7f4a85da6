/* A better incumbent, one block at a time with all others held; Eq. (T36) of docs/math/tree.md. */
#include "design/split.h"

#include "design/errand.h"

#include <math.h>
#include <string.h>

/* The whole with everything held at `x` that a part does not hold itself. */
typedef struct held {
    const park_split     *blocks;
    const park_split_end *end;
    const park_box       *box;
    const double         *x; /* [cols] */
    double                gap;
    uint64_t              seed;
    double **better; /* [parts] [cols] the whole with this part's columns replaced; arena-owned */
    bool    *found;  /* [parts] */
} held;

typedef struct writer {
    const held  *h;
    park_program q;
    int32_t     *local; /* [cols] of the whole: column in q, -1 */
    bool        *free;  /* [cols] */
    double      *start; /* [cols] by q's columns */
    int32_t     *index; /* [cols] */
} writer;

static int32_t column(writer *w, int32_t j)
{
    const park_program *p = w->h->blocks->program;
    if (w->local[j] >= 0)
        return w->local[j];
    double x = w->h->x[j], lo = w->free[j] ? fmin(w->h->box->lo[j], x) : x,
           hi = w->free[j] ? fmax(w->h->box->hi[j], x) : x;
    int32_t k = park_program_col(&w->q, p->col_class[j], lo, hi, p->cost[j], NULL);
    if (k < 0)
        return -1;
    w->q.integer[k] = p->integer[j];
    w->start[k]     = x;
    w->local[j]     = k;
    return k;
}

static bool touches(const writer *w, const int32_t *col, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (w->free[col[k]])
            return true;
    return false;
}

static bool rows(writer *w)
{
    const park_program *p = w->h->blocks->program;
    for (size_t r = 0; r < p->rows; r++) {
        const int32_t *col = p->index + p->start[r];
        size_t         n   = p->start[r + 1] - p->start[r];
        if (!touches(w, col, n))
            continue;
        for (size_t k = 0; k < n; k++)
            if ((w->index[k] = column(w, col[k])) < 0)
                return false;
        if (park_program_row(&w->q, p->row_lo[r], p->row_hi[r], n, w->index, p->value + p->start[r], -1,
                             NULL) < 0)
            return false;
    }
    return true;
}

static bool items(writer *w)
{
    const park_program *p = w->h->blocks->program;
    for (size_t i = 0; i < p->products; i++) {
        const int32_t col[3] = {p->product[i].w, p->product[i].flow, p->product[i].conc};
        if (touches(w, col, 3) &&
            park_program_product(&w->q, column(w, col[0]), column(w, col[1]), column(w, col[2])) < 0)
            return false;
    }
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *g      = &p->concave[i];
        const int32_t       col[2] = {g->t, g->x};
        if (touches(w, col, 2) && park_program_concave(&w->q, column(w, g->t), column(w, g->x), g->scale,
                                                       g->reference, g->exponent) < 0)
            return false;
    }
    return true;
}

static bool write_held(writer *w, const park_part *part, park_arena *own)
{
    const park_program *p = w->h->blocks->program;
    w->local = PARK_ARRAY(own, p->cols, int32_t), w->index = PARK_ARRAY(own, p->cols, int32_t);
    w->free = PARK_ARRAY(own, p->cols, bool), w->start = PARK_ARRAY(own, p->cols, double);
    if (w->local == NULL || w->index == NULL || w->free == NULL || w->start == NULL)
        return false;
    park_program_init(&w->q, own);
    w->q.constant = p->constant;
    for (size_t j = 0; j < p->cols; j++)
        w->local[j] = -1;
    for (size_t k = 0; k < part->program.cols; k++)
        w->free[part->col[k]] = true;
    for (size_t k = 0; k < part->program.cols; k++)
        if (column(w, part->col[k]) < 0)
            return false;
    if (!rows(w) || !items(w))
        return false;
    for (size_t j = 0; j < p->cols; j++) /* the others' costs, so that a gap means the same */
        if (w->local[j] < 0)
            w->q.constant += p->cost[j] * w->h->x[j];
    return true;
}

/* Every part's own program with the rest held, worked by all hands at once. */
static park_status improve_all(held *h, park_split *blocks, park_arena *own)
{
    size_t      parts = blocks->parts;
    writer     *w     = PARK_ARRAY(own, parts, writer);
    park_part  *part  = PARK_ARRAY(own, parts, park_part);
    park_part **each  = PARK_ARRAY(own, parts, park_part *);
    if (w == NULL || part == NULL || each == NULL)
        return PARK_E_MEMORY;
    for (size_t b = 0; b < parts; b++) {
        w[b].h = h;
        if (!write_held(&w[b], &blocks->part[b], own))
            return PARK_E_MEMORY;
        part[b] = (park_part){.program = w[b].q, .x = w[b].start, .took = blocks->part[b].took};
        each[b] = &part[b];
    }
    PARK_TRY(park_errand_parts(
        each, parts,
        &(park_shift){.task = PARK_PART_IMPROVE, .end = h->end, .tolerance = h->gap, .seed = h->seed}));
    for (size_t b = 0; b < parts; b++) {
        blocks->part[b].lps += part[b].lps, blocks->part[b].work += part[b].work;
        h->found[b] = part[b].has_x;
        for (size_t j = 0; j < blocks->program->cols; j++)
            h->better[b][j] = part[b].has_x && w[b].free[j] ? part[b].x[w[b].local[j]] : h->x[j];
    }
    return PARK_OK;
}

/* One part's columns laid over a point of the whole; of coupling ones those that moved. */
static void lay_over(const held *h, size_t b, double *x)
{
    const park_part *part = &h->blocks->part[b];
    for (size_t k = 0; k < part->program.cols; k++) {
        int32_t j = part->col[k];
        if (h->blocks->homes[j] == 1 || h->better[b][j] != h->x[j])
            x[j] = h->better[b][j];
    }
}

static bool accept(const park_split *blocks, const double *trial, double *scratch, double *x, double *best)
{
    double objective;
    memcpy(scratch, trial, blocks->program->cols * sizeof *scratch);
    if (!park_program_recheck(blocks->program, scratch, &objective) || !(objective < *best))
        return false;
    memcpy(x, scratch, blocks->program->cols * sizeof *x);
    *best = objective;
    return true;
}

park_status park_split_improve(park_split *blocks, const park_split_end *end, const park_box *box, double gap,
                               uint64_t seed, double *x, double *best)
{
    size_t      cols = blocks->program->cols;
    park_arena *own  = park_arena_new();
    held        h    = {.blocks = blocks, .end = end, .box = box, .gap = gap, .seed = seed};
    double     *from = PARK_ARRAY(own, cols, double), *all = PARK_ARRAY(own, cols, double),
           *trial      = PARK_ARRAY(own, cols, double);
    park_status status = PARK_E_MEMORY;
    h.better           = PARK_ARRAY(own, blocks->parts, double *);
    h.found            = PARK_ARRAY(own, blocks->parts, bool);
    bool fine          = from != NULL && all != NULL && trial != NULL && h.better != NULL && h.found != NULL;
    for (size_t b = 0; b < blocks->parts && fine; b++)
        fine = (h.better[b] = PARK_ARRAY(own, cols, double)) != NULL;
    if (fine) {
        memcpy(from, x, cols * sizeof *from);
        memcpy(all, x, cols * sizeof *all);
        h.x    = from;
        status = improve_all(&h, blocks, own);
        for (size_t b = 0; b < blocks->parts && status == PARK_OK; b++)
            if (h.found[b])
                lay_over(&h, b, all);
        if (status == PARK_OK &&
            !accept(blocks, all, trial, x, best)) /* together they may break a common row */
            for (size_t b = 0; b < blocks->parts; b++) {
                memcpy(all, x, cols * sizeof *all);
                if (h.found[b])
                    lay_over(&h, b, all);
                accept(blocks, all, trial, x, best);
            }
    }
    park_arena_free(own);
    return status;
}
