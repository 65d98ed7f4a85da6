/*
 * merge.h - the programs of all picks of a park's variants as one program with choices.
 * Math: docs/math/optimization.md, Eq. (O62)-(O65).   Looks down on: sites, program.
 *
 * The programs of two picks that differ at one site have the same columns and differ in few rows: those that the unit
 * writes. With y_v = 1 for the variant that stands, a row a x in [lo, hi] that reads a_v, lo_v, hi_v there becomes
 *
 *     a_0 x + sum_v (a_v - a_0) x_v  in  [lo_0 + sum_v (lo_v - lo_0) y_v, hi_0 + ...],   x_v = x y_v            (O62)
 *
 * where x_v is a share of x of its own: sum_v x_v = x, L_v y_v <= x_v <= H_v y_v (exact for whole y, and its relaxation
 * is the convex hull of what one row says). Rows that stand in some variants only hold for their share: a_v x_v in
 * [lo_v y_v, hi_v y_v]. Where several coefficients change in one proportion their sum g x is shared, not each column.
 *
 * That rows of different sites add up is not assumed: park_merge_agrees compares the merged program, its choices fixed,
 * with the program of that pick itself.
 */
#ifndef PARK_DESIGN_MERGE_H
#define PARK_DESIGN_MERGE_H

#include "design/sites.h"

typedef struct park_row_change {
    int32_t  row;  /* of the base; -1: a row beside those of the base */
    bool     gone; /* the base's row does not stand in this variant */
    double   lo, hi;
    size_t   count;
    int32_t *index;
    double  *value;
    bool     redundant;
} park_row_change;

typedef struct park_bound_change {
    int32_t col;
    double  lo, hi;
} park_bound_change;

/* What a variant changes in the program of the park as it is. */
typedef struct park_changes {
    size_t             rows, rows_cap;
    park_row_change   *row;
    size_t             bounds, bounds_cap;
    park_bound_change *bound;
    double            *cost; /* [cols] added; NULL: none */
    double             constant;
} park_changes;

/* g x of one site, shared out over its variants. */
typedef struct park_share {
    int32_t  site;
    size_t   count;
    int32_t *index;
    double  *value;
    int32_t  column; /* of the share of variant 1, those of the others follow it */
} park_share;

typedef struct park_merge {
    const park_sites *sites;
    park_formulation *base; /* of the park as it is */
    park_arena       *arena;
    park_changes   ***changes; /* [sites][variants], none for variant 0 */
    bool             *touched; /* [rows of the base] some variant changes it */
    park_program      program;
    int32_t          *item; /* [items] its column */
    int32_t          *y;    /* [sites] column of variant 1, those of the others follow it */
    size_t            shares, shares_cap;
    park_share       *share;
    double           *lo, *hi; /* [cols of the base] over all picks */
    int32_t          *movers;  /* [cols of the base] how many sites change its bounds */
    bool              failed;
    const park_label *refused; /* why the programs cannot be merged; NULL: they can */
} park_merge;

/**
 * Sites whose changes do not add up are put together first (O113).
 * @return PARK_OK (look at merge->refused); PARK_E_RANGE from a unit's map; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_merge_make(park_sites *sites, double box_times, park_arena *arena,
                                            park_merge **merge, park_error *err);

/* The columns behind those of the base, for items that are taken and a pick; x [program.cols]. */
void park_merge_fill(const park_merge *merge, const bool *taken, const int32_t *pick, double *x);

/* Is the merged program, with this pick, the program that the pick itself gives? `picked` without items in its budget. */
bool park_merge_agrees(const park_merge *merge, const int32_t *pick, const park_program *picked,
                       park_arena *arena);

/* What `program` (of one site's variant) changes in `base`; false when their columns are not the same ones. merge_changes.c */
bool park_changes_find(const park_program *base, const park_program *program, park_arena *arena,
                       park_changes **changes);

#endif
