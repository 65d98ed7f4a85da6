/*
 * spd_panel.h - supernodes of a factor L D L', and kernels for those of a small, fixed shape.
 * Looks down on: nothing.
 */
#ifndef PARK_NUMERICS_SPD_PANEL_H
#define PARK_NUMERICS_SPD_PANEL_H

#include <stdint.h>

enum {
    PARK_SMALL_W      = 4,  /* shapes with a kernel of their own: columns 1 .. 4 ... */
    PARK_SMALL_M      = 8,  /* ... and rows below 0 .. 8 */
    PARK_TALL_M       = 32, /* as wide, but with any number of rows below up to this */
    PARK_SMALL_SHAPES = PARK_SMALL_W * (PARK_SMALL_M + 1)
};

typedef struct park_supernode {
    int32_t first, width, below; /* columns, rows below them */
    int32_t panel;               /* start in off */
    int32_t rows;                /* start in rows[] */
    int32_t program;             /* start in program[] */
    int32_t shape; /* (width - 1) (PARK_SMALL_M + 1) + below where small, PARK_SMALL_SHAPES where tall, else
                                  * PARK_SMALL_SHAPES + 1 */
} park_supernode;

/* Where a supernode's numbers stand. */
typedef struct park_panel {
    double        *off, *x;          /* all panels; its own, column by column */
    double        *diag, *pivot, *b; /* of its first column: diagonal, 1 / D, right-hand side */
    double        *side;             /* the whole right-hand side */
    const int32_t *rows, *program;
} park_panel;

/* By shape: eliminate the columns, carry the right-hand side along, subtract the products at the places of the program;
 * returns the column (0 ..) whose pivot is not above zero, or -1. */
extern int32_t (*const PARK_SMALL_FACTOR[PARK_SMALL_SHAPES])(const park_panel *at);
/* By shape: the right-hand side alone, down and up. */
extern void (*const PARK_SMALL_FORWARD[PARK_SMALL_SHAPES])(const park_panel *at);
extern void (*const PARK_SMALL_BACKWARD[PARK_SMALL_SHAPES])(const park_panel *at);

/* By width - 1, for any number of rows below up to PARK_TALL_M. */
extern int32_t (*const PARK_TALL_FACTOR[PARK_SMALL_W])(const park_panel *at, int32_t below);
extern void (*const PARK_TALL_BACKWARD[PARK_SMALL_W])(const park_panel *at, int32_t below);

#endif
