/*
 * incumbent.h - the best point of a solve so far, and what it says about gaps.
 * Math: docs/math/tree.md.   Looks down on: program.
 */
#ifndef PARK_DESIGN_INCUMBENT_H
#define PARK_DESIGN_INCUMBENT_H

#include "design/program.h"

typedef struct park_incumbent {
    const park_program *program; /* borrowed */
    double             *x;       /* [cols], valid when has_x */
    double             *trial;   /* [cols] scratch */
    double              best;    /* its objective or the caller's cutoff */
    bool                has_x;
    double
        tiny; /* objectives below this count as zero when a gap is relative: a millionth of a unit at the dearest */
} park_incumbent;

PARK_MUST_CHECK park_status park_incumbent_make(park_incumbent *in, const park_program *program,
                                                double cutoff, park_arena *arena);

/* A point that the recheck accepted, if it is better: true when it was taken. */
bool park_incumbent_keep(park_incumbent *in, const double *x, double objective);
/* A point as it stands, if it passes the recheck and is better. */
bool park_incumbent_try(park_incumbent *in, const double *x);

/* How far an objective is above a bound [-]; INFINITY where one of them is not a number or not finite. */
double park_incumbent_gap(const park_incumbent *in, double objective, double bound);
/* Nodes with a bound above this are closed when `gap` is asked for; INFINITY while there is nothing to beat. */
double park_incumbent_close(const park_incumbent *in, double gap);

#endif
