/*
 * lanes.h - hydraulic solves side by side: networks of one graph, one in each lane of a vector.
 * Math: docs/math/hydraulics.md, Eq. (H44).   Looks down on: hydraulics.h, base/wide.h.
 *
 * Lanes hold their own demands, heads, statuses, settings and pipes; graph, order and factor are those of the plan they
 * share. An iteration of all takes little more than one of a single network: sweeps over pipes and the linear system are
 * done for all lanes at once, statuses and valves lane by lane. Lanes iterate until the last has settled, those that have
 * stand still; so it pays where they need about as many iterations each. What a lane cannot do among others (a system
 * that rounding has spoilt, an answer that is not finite) it does alone.
 */
#ifndef PARK_HYDRAULICS_LANES_H
#define PARK_HYDRAULICS_LANES_H

#include "base/wide.h"

#include <parkwater/hydraulics.h>

typedef struct park_hydraulic_lanes park_hydraulic_lanes;

/* What one lane solves; an empty lane has no state. */
typedef struct park_lane_solve {
    const park_hydraulic_settings *settings;
    park_hydraulic_state          *state;
    park_hydraulic_report          report; /* out */
    park_status                    status; /* out, as park_hydraulic_solve's */
    bool                           alone;  /* out: it was solved apart from the others */
    park_error                     error;  /* out */
} park_lane_solve;

/**
 * PARK_LANES empty lanes for plans of this one's family: itself, and what park_hydraulic_plan_like and
 * park_hydraulic_plan_vary made of it.
 * @param base  borrowed
 * @return PARK_OK; PARK_E_MEMORY. About PARK_LANES works' memory.
 */
PARK_MUST_CHECK park_status park_hydraulic_lanes_make(park_arena *arena, const park_hydraulic_plan *base,
                                                      park_hydraulic_lanes **lanes, park_error *err);
/* Give a lane its network; borrowed until another takes its place. PARK_E_RANGE where it is not of the family. */
PARK_MUST_CHECK park_status park_hydraulic_lanes_seat(park_hydraulic_lanes *lanes, size_t lane,
                                                      const park_hydraulic_plan *plan, park_error *err);
/**
 * Solve every lane that has a state: each gets the bits that park_hydraulic_solve gives it alone.
 * @param solve  [PARK_LANES]
 * No allocation. Threads: one park_hydraulic_lanes and its states each, plans shared.
 */
void park_hydraulic_lanes_solve(park_hydraulic_lanes *lanes, park_lane_solve *solve);

#endif
