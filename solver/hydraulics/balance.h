/*
 * balance.h - what is left when the iterations end: flows balanced at every node, heads of the forest, the answers in the
 * network's own order.   Math: docs/math/hydraulics.md, Eq. (H40)-(H42).   Looks down on: plan.h.
 */
#ifndef PARK_HYDRAULICS_BALANCE_H
#define PARK_HYDRAULICS_BALANCE_H

#include "hydraulics/plan.h"

/* Largest imbalance of a point, as a share of the total demand; its node in *worst. Shut and dry links carry nothing. */
double park_balance_error(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                          park_hydraulic_work *work, int32_t *worst);
/* Its parts: shut and dry links carry nothing any more; and the share that an excess of `most` [m3/s] is. */
void   park_balance_shut(const park_hydraulic_plan *plan, park_hydraulic_work *work);
double park_balance_share(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                          const park_hydraulic_work *work, double most);

/* Carry each point's imbalance along a spanning forest of open links to a fixed head. */
void park_balance_correct(const park_hydraulic_plan *plan, park_hydraulic_work *work);

/* Write the answers into the state and the last figures into the report. */
void park_balance_answer(const park_hydraulic_plan *plan, park_hydraulic_state *state,
                         park_hydraulic_work *work, park_hydraulic_report *report);

#endif
