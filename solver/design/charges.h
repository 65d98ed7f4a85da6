/*
 * charges.h - plans where laying and building cost by what is decided, not by what flows: charges as slopes.
 * Math: docs/math/optimization.md, Eq. (O151)-(O154).   Looks down on: promise.
 *
 * A linear program that takes a pipe in part pays for a part of it, so it lays many pipes in which little flows. Here every
 * charge is paid by its slope at the last plan, whole charge over relaxed charge: what carries little grows dear and is
 * left, what carries much keeps its price (dynamic slope scaling; D. Kim, P. M. Pardalos, Oper. Res. Lett. 24 (1999) 195).
 */
#ifndef PARK_DESIGN_CHARGES_H
#define PARK_DESIGN_CHARGES_H

#include "design/promise.h"

/* Is there a whole number or a concave cost that costs and is open? */
bool park_charges_matter(const park_formulation *f);

/**
 * Descents with charges as slopes, first from promises at the boxes' upper ends, then from the best plan's made worse.
 * @param found  is x [cols] a plan of that value?
 * @param work   iterations times rows that may be spent, unless d->end comes first
 * @param x      in and out [cols], a point that park_plan_recheck accepts
 * @param value  in and out; never grows
 * @param shut   [L] new pipes that the first descent leaves out, promises being given (coarse.h); NULL: the first one is from
 *               promises at the boxes' upper ends with all pipes open
 * @return is x a plan now?
 */
bool park_charges_descend(park_promise *d, park_plan *plan, double work, const bool *shut, bool found,
                          double *x, double *value);

#endif
