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
 * @param x       out [cols], a point that park_plan_recheck accepts
 * @param value   out, its objective in program units
 * @return true when one was found. Deterministic; a fixed number of linear programs
 */
bool park_descent_start(const park_formulation *f, const double *from, double *x, double *value);

#endif
