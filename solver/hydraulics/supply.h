/*
 * supply.h - which nodes a source can reach, the demands that count, and the parts between valves that hold.
 * Math: docs/math/hydraulics.md, "What is left out".   Looks down on: plan.h.
 */
#ifndef PARK_HYDRAULICS_SUPPLY_H
#define PARK_HYDRAULICS_SUPPLY_H

#include "hydraulics/plan.h"

/**
 * Fill work->passes, source, dry, zone from the commands, settings and empty tanks of the state; nothing is done when they
 * are those of the solve before. Sources are reservoirs and tanks that are not empty; pipes and most valves lead both
 * ways, check valves, pumps, PRVs, PSVs and FCVs forward only. Cost O(links).
 */
void park_supply_find(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                      park_hydraulic_work *work);

/* Fill work->need, load and branch_flow: demands of nodes that are not dry, summed through the forest. O(nodes). */
void park_supply_load(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                      park_hydraulic_work *work);

/**
 * Open what would cut a part off from every fixed head: an active PSV whose downstream side or
 * FCV either of whose sides has no other way to one. Changes work->status and forced.
 * @return whether a valve was opened
 */
bool park_supply_anchor(const park_hydraulic_plan *plan, park_hydraulic_work *work);

/* Heads of dry nodes: the mean of the heads across the links that shut their part off; the elevation where there is none.
 */
void park_supply_dry_heads(const park_hydraulic_plan *plan, park_hydraulic_work *work, double *head);

#endif
