/*
 * tighten.h - smaller boxes without losing a solution: propagation through rows, products and concave costs
 * (FBBT) and by linear programs (OBBT). Math: docs/math/tree.md, Eq. (T12)-(T16), (T62)-(T63).   Looks down on:
 * program, relax, lp.
 *
 * All results are rounded outward. A box that crosses itself by no more than 1e-9 relative is closed, not
 * refused: the recheck forgives as much.
 */
#ifndef PARK_DESIGN_TIGHTEN_H
#define PARK_DESIGN_TIGHTEN_H

#include "design/chains.h"
#include "design/mixtures.h"

/* Bounds of every column, shape [cols]. */
typedef struct park_box {
    double *lo, *hi;
} park_box;

/* Where each column appears; made once for a program, shared by threads. */
typedef struct park_links {
    const park_program *program;
    size_t             *row_start;  /* [cols + 1] into row */
    int32_t            *row;        /* rows of a column */
    size_t             *item_start; /* [cols + 1] into item */
    int32_t            *item;       /* products (i) and concave costs (products + i) of a column */
    park_chains         chains;
    park_mixtures       mixtures;
} park_links;

/* Scratch of one thread. */
typedef struct park_tighten {
    const park_links *links;
    int32_t          *queue; /* rows, then the objective, then items; a ring */
    bool             *queued;
    size_t            constraints, first, waiting;
    double           *mean; /* [2 mixtures.most] */
} park_tighten;

PARK_MUST_CHECK park_status park_links_make(park_links *links, const park_program *program,
                                            park_arena *arena);
PARK_MUST_CHECK park_status park_tighten_make(park_tighten *t, const park_links *links, park_arena *arena);
PARK_MUST_CHECK park_status park_box_make(park_box *box, size_t cols, park_arena *arena);
void                        park_box_copy(park_box *to, const park_box *from, size_t cols);

/**
 * Propagate bounds to a fixed point or until `rounds` visits a constraint are spent.
 * @param cutoff  only points with objective <= cutoff matter; INFINITY: all
 * @param seed    columns whose bounds changed, [seeds]; NULL: everything is visited
 * @return false when the box is proven empty
 */
bool park_tighten_box(park_tighten *t, park_box *box, double cutoff, const int32_t *seed, size_t seeds,
                      int rounds);

#endif
