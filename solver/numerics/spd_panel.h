/*
 * spd_panel.h - supernodes of a factor L D L', and kernels for those of a small, fixed shape.
 * Looks down on: base/wide.h.
 */
#ifndef PARK_NUMERICS_SPD_PANEL_H
#define PARK_NUMERICS_SPD_PANEL_H

#include "base/wide.h"

#include <stddef.h>
#include <stdint.h>

enum {
    PARK_SMALL_W      = 4,  /* shapes with a kernel of their own: columns 1 .. 4 ... */
    PARK_SMALL_M      = 8,  /* ... and rows below 0 .. 8 */
    PARK_TALL_M       = 32, /* as wide, but with any number of rows below up to this */
    PARK_SMALL_SHAPES = PARK_SMALL_W * (PARK_SMALL_M + 1),
    PARK_SHAPE_TALL   = PARK_SMALL_SHAPES,
    PARK_SHAPE_LARGE,
    PARK_LISTED = PARK_TALL_M /* up to so many rows below, each product has its place */
};

typedef struct park_supernode {
    int32_t first, width, below; /* columns, rows below them */
    int32_t panel;               /* start in off */
    int32_t rows;                /* start in rows[] */
    int32_t program;             /* start in program[] */
    int32_t shape;               /* (width - 1) (PARK_SMALL_M + 1) + below where small, else tall or large */
} park_supernode;

/* The plan of a factor L D L'. */
typedef struct park_ldl {
    size_t          supers;
    park_supernode *super;
    int32_t        *rows; /* positions of the rows below, rising */
    int32_t *program; /* LISTED: places; else segments: first row, end, column starts, rows of the panel */
    size_t   tallest; /* most rows of a panel */
} park_ldl;

/* The supernodes from one on, and those before one, that have its shape. */
static inline size_t park_ldl_run_end(const park_ldl *f, size_t from)
{
    size_t to = from + 1;
    while (to < f->supers && f->super[to].shape == f->super[from].shape)
        to++;
    return to;
}

static inline size_t park_ldl_run_start(const park_ldl *f, size_t to)
{
    size_t from = to - 1;
    while (from > 0 && f->super[from - 1].shape == f->super[to - 1].shape)
        from--;
    return from;
}

/* Everything of one factor. */
typedef struct park_factor {
    double        *off, *diag, *pivot, *side; /* panels; diagonal, 1 / D, right-hand side by column */
    const int32_t *rows, *program;
} park_factor;

/* Where a supernode's numbers stand. */
typedef struct park_panel {
    double        *off, *x;          /* all panels; its own, column by column */
    double        *diag, *pivot, *b; /* of its first column: diagonal, 1 / D, right-hand side */
    double        *side;             /* the whole right-hand side */
    const int32_t *rows, *program;
} park_panel;

/* The same with a number of each lane side by side; vectors may lie over doubles. */
typedef double  park_lane_num __attribute__((vector_size(8 * PARK_LANES), may_alias));
typedef int64_t park_lane_mask __attribute__((vector_size(8 * PARK_LANES), may_alias));

typedef struct park_lane_panel {
    park_lane_num *off, *x, *diag, *pivot, *b, *side;
    const int32_t *rows, *program;
} park_lane_panel;

static inline park_lane_panel park_lane_panel_of(const park_factor *f, const park_supernode *s)
{
    park_lane_num *off = (park_lane_num *)f->off, *side = (park_lane_num *)f->side;
    return (park_lane_panel){off,
                             off + s->panel,
                             (park_lane_num *)f->diag + s->first,
                             (park_lane_num *)f->pivot + s->first,
                             side + s->first,
                             side,
                             f->rows + s->rows,
                             f->program + s->program};
}

static inline park_panel park_panel_of(const park_factor *f, const park_supernode *s)
{
    return (park_panel){
        f->off,  f->off + s->panel, f->diag + s->first,     f->pivot + s->first, f->side + s->first,
        f->side, f->rows + s->rows, f->program + s->program};
}

/* By shape, `count` supernodes of that shape from s on: eliminate the columns, carry the right-hand side along, subtract the
 * products at the places of the program. Returns the column whose pivot is not above zero, or -1. */
extern int32_t (*const PARK_SMALL_FACTOR[PARK_SMALL_SHAPES])(const park_factor *f, const park_supernode *s,
                                                             size_t count);
/* By shape: the right-hand side alone, upwards: from the last supernode to s. */
extern void (*const PARK_SMALL_BACKWARD[PARK_SMALL_SHAPES])(const park_factor *f, const park_supernode *s,
                                                            size_t count);

/* By width - 1, for any number of rows below up to PARK_TALL_M. */
extern int32_t (*const PARK_TALL_FACTOR[PARK_SMALL_W])(const park_panel *at, int32_t below);
extern void (*const PARK_TALL_BACKWARD[PARK_SMALL_W])(const park_panel *at, int32_t below);

#endif
