/*
 * branch.h - where to cut a box in two.
 * Looks down on: relax.
 */
#ifndef PARK_DESIGN_BRANCH_H
#define PARK_DESIGN_BRANCH_H

#include "design/chains.h"
#include "design/relax.h"

typedef struct park_branch {
    int32_t col;   /* -1: nothing left to cut */
    double  at;    /* the lower child ends here; the upper starts here, or at at + 1 for an integer */
    double  score; /* the gain expected from the cut, in objective units */
    double  unit;  /* what the relaxation misses at the column: gains are learned per unit of it */
    bool    exact; /* the point meets all products, costs and integers to 1e-7 */
} park_branch;

enum { PARK_CANDIDATES = 10 };

/* Scratch of one thread: scores and units [cols], errors and weights [products + concaves]; the columns that promise
 * most, by score and by what is missed. */
typedef struct park_brancher {
    const park_chains *chains; /* borrowed */
    double            *score, *unit, *error, *weight;
    int32_t            candidate[PARK_CANDIDATES];
    size_t             candidates;
} park_brancher;

PARK_MUST_CHECK park_status park_brancher_make(park_brancher *b, const park_program *p,
                                               const park_chains *chains, park_arena *arena);

/**
 * Choose by what the relaxation misses at its point, weighted with the duals of the envelope rows.
 * @param solved  the relaxation has a point; else the widest factor is cut in the middle
 * @param root  the box at the root: widths are judged against it
 */
park_branch park_branch_choose(park_brancher *b, const park_relax *r, bool solved, const park_box *box,
                               const park_box *root);

/* Where a column is cut: between the point and the middle, away from the ends; an integer below the point. */
double park_branch_at(const park_program *p, const park_box *box, const double *x, int32_t col);

#endif
