/*
 * descent.h - a first plan from small linear programs in the flows alone, for the tree to start from.
 * Math: docs/math/optimization.md, Eq. (O46)-(O47).   Looks down on: plan, lp.
 */
#ifndef PARK_DESIGN_DESCENT_H
#define PARK_DESIGN_DESCENT_H

#include "design/plan.h"

/* When to stop looking. */
typedef struct park_descent_end {
    double             deadline; /* of park_clock_seconds; INFINITY: none */
    const park_cancel *cancel;   /* borrowed, may be NULL */
    uint64_t           most;     /* iterations of polishing, 0: no limit but its own */
    int                threads;  /* of polishing; below 1: one. Never changes an answer */
    uint64_t took, shared; /* out: iterations of polishing, and what a second thread takes over of them */
    bool     early;        /* out: the clock or an interrupt ended it, so the answer cannot be reproduced */
} park_descent_end;

/**
 * Look for a good plan.
 * @param from    [cols] a plan whose qualities are promised first, feasible or not; NULL: none
 * @param end     when to stop; what was found until then stays
 * @param x       out [cols], a point that park_plan_recheck accepts
 * @param value   out, its objective in program units
 * @return true when one was found. Without a deadline deterministic, in a bounded number of linear programs
 */
bool park_descent_start(const park_formulation *f, const double *from, park_descent_end *end, double *x,
                        double *value);

/* park_program.mend: a few steps from the promises of a relaxed point; user is the formulation. */
bool park_descent_mend(const void *user, double deadline, const park_cancel *cancel, double *x,
                       double *objective);

#endif
