/*
 * chains.h - whole numbers in order: z_0 >= z_1 >= ... of a size chosen from a list ("at least the k-th").
 * Math: docs/math/tree.md, Eq. (T54)-(T56).   Looks down on: program.
 *
 * The program does not say which columns form a chain; its rows do. A chain counts when some row adds its columns up with
 * coefficients of one sign: these are its steps, and their sum is the size.
 */
#ifndef PARK_DESIGN_CHAINS_H
#define PARK_DESIGN_CHAINS_H

#include "design/program.h"

typedef struct park_chains {
    size_t   count;
    size_t  *start; /* [count + 1] into col and step */
    int32_t *col;   /* in order */
    double  *step;  /* above 0: what each adds to the size */
    int32_t *of;    /* [cols] the chain of a column, -1: none */
    int32_t *row;   /* [rows] the chain that a row adds up, -1: none */
} park_chains;

/* @return PARK_OK, PARK_E_MEMORY. Cost O(entries + cols * longest row). */
PARK_MUST_CHECK park_status park_chains_make(park_chains *chains, const park_program *program,
                                             park_arena *arena);

/* At a relaxed point: the first member of the chain up to which the size is needed; -1 when it has none. */
int32_t park_chains_needed(const park_chains *chains, size_t chain, const double *x);

/* What the chain costs in whole steps, less what it costs at the relaxed point x [cols] (T55). */
double park_chains_missed(const park_chains *chains, size_t chain, const park_program *program,
                          const double *x);

#endif
