/*
 * mixtures.h - what a whole flow is mixed of, found in the rows, and the bounds of its quality that follow.
 * Math: docs/math/tree.md, Eq. (T62)-(T63).   Looks down on: program.
 *
 * Rows bound masses and flows apart, and their quotient badly: the least mass over the most water. A mixture's quality is a mean
 * of what flows into it, so it is never cleaner than the cleanest of them.
 */
#ifndef PARK_DESIGN_MIXTURES_H
#define PARK_DESIGN_MIXTURES_H

#include "design/program.h"

typedef struct park_mixture_part {
    int32_t flow, conc; /* columns; conc -1: the quality is `own` alone */
    double  times, own; /* mass = flow (times conc + own) */
} park_mixture_part;

typedef struct park_mixture_term {
    int32_t col; /* -1: times itself */
    double  times;
} park_mixture_term;

typedef struct park_mixtures {
    size_t             count;
    int32_t           *of;         /* [products] the mixture that a whole product is, or -1 */
    size_t            *part_start; /* [count + 1] */
    size_t            *term_start; /* [count + 1] */
    park_mixture_part *part;       /* what flows in; their flows add up to the product's */
    park_mixture_term *term;       /* mass that comes with no flow */
    size_t             most;       /* parts of the largest mixture */
} park_mixtures;

/* Find them. Cost: entries of the program once, and of the rows of each whole product's columns. */
PARK_MUST_CHECK park_status park_mixtures_make(park_mixtures *m, const park_program *p, park_arena *arena);

/**
 * Bounds of the quality of mixture k where it flows, over boxes lo and hi [cols]; rounded outward; -INFINITY and INFINITY where
 * nothing is known.
 * @param work  [2 most], scratch
 */
void park_mixtures_bound(const park_mixtures *m, size_t k, const double *lo, const double *hi, double *work,
                         double *least, double *greatest);

#endif
