/*
 * blocks.h - many sparse systems of one pattern at once: one matrix per constituent, eliminated side by side.
 * Math: docs/math/simulation.md, Eq. (T15).   Looks down on: base.
 *
 * For matrices whose columns are diagonally dominant (a well-mixed volume gives away no more than it holds), so that
 * no pivoting is needed and the order of elimination is made once, with the pattern. Values are stored
 * [entry * width + c]: the inner loops run over constituents.
 */
#ifndef PARK_SIMULATE_BLOCKS_H
#define PARK_SIMULATE_BLOCKS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct park_blocks {
    size_t   size, width, entries;
    int32_t *place;                    /* [size*size] entry of (row, column), -1; with the fill */
    int32_t *order;                    /* [size] elimination order */
    int32_t *diagonal;                 /* [size] by row */
    int32_t *entry_row, *entry_column; /* [entries] */
    /* elimination steps: lower entry, its pivot's diagonal, then `count` pairs (source, destination) from `first` */
    size_t   steps, lead; /* lead: steps whose pivots are not last */
    int32_t *step_entry, *step_row, *step_pivot, *step_first, *step_count;
    int32_t *source, *target;
    /* upper entries behind each pivot: [upper_start[i] ..] of the i-th in order */
    int32_t *upper_start, *upper_entry, *upper_column;
    /* rows that are eliminated last, entries among them */
    size_t   lasts, corner;
    int32_t *last_row;     /* [lasts] */
    int32_t *corner_entry; /* [corner] */
} park_blocks;

/**
 * Analyse a pattern: order of least degree (ties to the lower index), fill, the list of operations.
 * @param present  [size*size] true where an entry may be; the diagonal is added
 * @param last     [size] rows whose diagonals change while all else stands: eliminated last; NULL: none
 * @return PARK_OK or PARK_E_MEMORY. O(size^3) at worst, once.
 */
PARK_MUST_CHECK park_status park_blocks_make(park_arena *arena, size_t size, size_t width,
                                             const bool *present, const bool *last, park_blocks **blocks,
                                             park_error *err);

/**
 * Factor in place: value [entries * width]. Rows without any flow and volume must hold 1 on their diagonal.
 * @param alive  in and out [entries]: false where all of an entry's values are zero; the fill is added. What is dead costs nothing:
 *               of the many connections that a park may have, few carry water at a time.
 */
void park_blocks_factor(const park_blocks *blocks, double *value, bool *alive);
/* The same in two parts: all but the last rows; then, as often as their diagonals (or all entries among them) change, the rest. */
void park_blocks_factor_lead(const park_blocks *blocks, double *value, bool *alive);
void park_blocks_factor_rest(const park_blocks *blocks, double *value, bool *alive);
/* Solve in place for x [size * width] after a factor, with its `alive`. */
void park_blocks_solve(const park_blocks *blocks, const double *value, const bool *alive, double *x);

#endif
