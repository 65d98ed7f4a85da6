/*
 * descent.h - a first plan from small linear programs in the flows alone, for the tree to start from.
 * Math: docs/math/optimization.md, Eq. (O46)-(O47).   Looks down on: plan, lp.
 */
#ifndef PARK_DESIGN_DESCENT_H
#define PARK_DESIGN_DESCENT_H

#include "design/plan.h"

/**
 * Look for a good plan.
 * @param from    [cols] a plan whose qualities are promised first, feasible or not; NULL: none
 * @param end     when to stop; what was found until then stays. The first plan is looked for whatever iterations it takes; once
 *                one is known (`from` is one, or end->stands) only while there are some left
 * @param x       out [cols], a point that park_plan_recheck accepts
 * @param value   out, its objective in program units
 * @return true when one was found. Without a deadline deterministic, in a bounded number of linear programs
 */
bool park_descent_start(const park_formulation *f, const double *from, park_search_end *end, double *x,
                        double *value);

/* park_program.mend: a few steps from the promises of a relaxed point; user is the formulation. */
bool park_descent_mend(const void *user, park_search_end *end, double *x, double *objective);

#endif
