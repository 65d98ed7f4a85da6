/*
 * merge_parts.h - what the files of merge.h share: expressions, shares, what varies at a site.
 * Math: docs/math/optimization.md, Eq. (O62)-(O64).   Looks down on: merge.
 */
#ifndef PARK_DESIGN_MERGE_PARTS_H
#define PARK_DESIGN_MERGE_PARTS_H

#include "design/merge.h"

/* A linear expression; its memory is the merge's. */
typedef struct park_terms {
    size_t   count, cap;
    int32_t *index;
    double  *value;
    double   constant;
} park_terms;

/* d[v][i]: what variant v adds to the coefficient of col[i]. */
typedef struct park_spread {
    size_t   count, variants;
    int32_t *col;
    double **d;
} park_spread;

static inline const park_site *park_merge_site(const park_merge *m, size_t s)
{
    return &m->sites->site[s];
}

/* ---- merge_shares.c; all that can run out of memory set m->failed ---- */

void park_terms_add(park_merge *m, park_terms *sum, int32_t col, double coef);
/* lo <= sum <= hi; -1 where that says nothing. */
int32_t park_merge_row(park_merge *m, const park_terms *sum, double lo, double hi, const char *name);
/* coef y_v; y_0 = 1 - the others. */
void park_merge_add_y(park_merge *m, park_terms *sum, size_t s, size_t v, double coef);
/* What a variant changes in the bounds of a column; NULL: nothing. */
const park_bound_change *park_merge_bound(const park_merge *m, size_t s, size_t v, int32_t col);
/* Bounds of a column of the base in a variant, whatever the other sites do. */
void park_merge_bounds(const park_merge *m, size_t s, size_t v, int32_t col, double *lo, double *hi);
/* The share of g x at a site, made when new; `scale` x it is the expression asked for. NULL: out of memory or refused. */
const park_share *park_merge_share(park_merge *m, size_t s, size_t count, int32_t *index, double *value,
                                   double *scale);
/* times x the share of variant v. */
void park_merge_add_share(park_merge *m, park_terms *sum, const park_share *share, size_t v, double times);
/* sum_v d_v x_v (O62) */
void   park_merge_add_spread(park_merge *m, size_t s, const park_spread *w, park_terms *sum);
bool   park_spread_new(park_merge *m, size_t variants, size_t most, park_spread *w);
size_t park_spread_place(park_spread *w, int32_t col);
/* What a variant changes in a row of the base; NULL: nothing. */
const park_row_change *park_merge_change(const park_merge *m, size_t s, size_t v, size_t r);

/* ---- merge_rows.c ---- */

/* A row of the base with what all sites change in it; *budget is set when it is the budget's. */
void park_merge_base_row(park_merge *m, size_t r, bool *budget);
/* Rows and bounds that only some variants of a site have. */
void park_merge_site_rows(park_merge *m, size_t s);
/* Which variants stand with which items; what items ask of each other. */
void park_merge_item_rows(park_merge *m);
/* What items add to rows that sum over the whole park: budgets, an objective that is held. */
void park_merge_add_items(park_merge *m, park_terms *sum, const char *name, size_t budget);

#endif
