/*
 * polish.h - a better plan near a good one: promises held, all whole numbers open.
 * Math: docs/math/optimization.md, Eq. (O96)-(O97).   Looks down on: promise, tree.
 */
#ifndef PARK_DESIGN_POLISH_H
#define PARK_DESIGN_POLISH_H

#include "design/descent.h"

/**
 * With the qualities of a plan promised, the program is linear but for its whole numbers and concave costs: a tree looks for
 * its best plan, every relaxed point of which is tried as a plan in the original equations. Repeated while it wins.
 * @param x      in and out, [cols]: a point that park_plan_recheck accepts
 * @param value  in and out, its objective in program units; never grows
 * @param gap    relative: a win smaller than it ends the search [-]
 * @param end    when to stop
 * @return true when the plan became better. Without a deadline deterministic; work bounded by counts. Threads: one.
 */
bool park_polish(const park_formulation *f, double gap, park_search_end *end, double *x, double *value);

#endif
