/*
 * relax.h - the linear relaxation over a box: the program's rows plus those envelope rows that are needed.
 * Math: docs/math/tree.md, Eq. (T3)-(T8).   Looks down on: tighten (boxes), program, lp.
 *
 * Every product has four McCormick sides and every concave cost one secant; each is an `item`. A node carries
 * one byte an item (a relax_basis): its place in the basis and for how many solves it has been idle. Items
 * enter when violated and leave when idle for long, so the LP of a node is a function of its box and its
 * parent's bytes alone. An envelope side on which nothing pushes is never violated and never enters: the rows
 * are sign-aware by themselves.
 */
#ifndef PARK_DESIGN_RELAX_H
#define PARK_DESIGN_RELAX_H

#include "design/tighten.h"
#include "numerics/lp.h"

typedef struct park_relax {
    const park_program *program;
    park_lp            *lp;
    size_t              items;  /* 4 products + concaves */
    size_t              bytes;  /* of a basis: cols + rows + items */
    park_box            box;    /* what the LP holds now */
    int32_t            *active; /* items in the LP, in row order behind the program's rows */
    size_t              actives;
    int32_t            *wanted;    /* scratch [items] */
    uint8_t            *status;    /* scratch [bytes]: basis in the LP's order */
    uint8_t            *is_active; /* [items] */
    bool                loaded;
    uint64_t            solves, work; /* LPs and iterations so far */
    int64_t             most;     /* iterations of one LP, 0: no limit; what its duals prove by then counts */
    double              lp_bound; /* safe bound of the last LP, constant included; its slopes are the LP's */
} park_relax;

typedef enum park_relax_status {
    PARK_RELAX_SOLVED,
    PARK_RELAX_EMPTY,   /* proven: no point in the box, or none below the cutoff */
    PARK_RELAX_UNSOLVED /* the engine gave nothing to use; the parent's bound stands */
} park_relax_status;

/* One workspace of one thread. Its LP must be made, used and freed in that thread. */
PARK_MUST_CHECK park_status park_relax_make(park_relax *r, const park_program *program, park_arena *arena);
void                        park_relax_free(park_relax *r);

/**
 * Load the box and the items that `basis` names (NULL: none) and set its places.
 * @return PARK_OK or PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_relax_load(park_relax *r, const park_box *box, const uint8_t *basis);

/**
 * Solve the loaded relaxation, adding violated items for at most `rounds` rounds.
 * @param cutoff  a bound above it ends the solve; INFINITY: none
 * @param bound   in: what is known; out: raised to the safe bound of the LPs (constant included)
 * On SOLVED park_relax_point gives the solution.
 */
park_relax_status park_relax_solve(park_relax *r, double cutoff, int rounds, double *bound);
const double     *park_relax_point(const park_relax *r);
/* The basis as bytes of the node, idle items aged and the oldest dropped. */
void park_relax_basis(const park_relax *r, const uint8_t *before, uint8_t *bytes);

/* A copy of a basis for another solve of a like program; of NULL none. PARK_OK or PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_root_keep(park_arena *arena, const uint8_t *basis, size_t bytes,
                                           park_root *root);

/* How much each product is off at a point, and by how much the LP's bound leans on it: weight[i] is the sum
 * of the duals of its items. Shapes [products]. */
void park_relax_errors(const park_relax *r, const double *x, double *error, double *weight);
/* The gap of each concave cost at a point, shape [concaves]; and its secant's dual. */
/* What the products of the solved relaxation miss, by the duals of their sides: objective units. */
double park_relax_missed(const park_relax *r);
/* Are whole numbers open in a box? */
bool park_relax_choices_open(const park_program *p, const park_box *box);
/* Is it open whole numbers, not products, that keep the solved relaxation's `bound` from `best` (T57)? */
bool park_relax_whole_numbers_matter(const park_relax *r, const park_box *box, double bound, double best);
void park_relax_concave_errors(const park_relax *r, const double *x, double *error, double *weight);

/* Entries of an active item's row, at most three (index, value); returns how many. */
size_t park_relax_item(const park_relax *r, int32_t item, int32_t index[3], double value[3]);

/* g(x) of a concave cost. */
double park_concave_value(const park_concave *c, double x);

#endif
