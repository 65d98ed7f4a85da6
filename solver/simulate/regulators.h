/*
 * regulators.h - controllers that look at fixed instants: clocks, switches by flow or quality, PID, blending, priorities.
 * Math: docs/math/simulation.md, Eq. (T50)-(T56).   Looks down on: rates.
 *
 * A look reads the park as it stands and sets what a dispatch obeys until the next one: valves (park_state.open), flows of
 * connections (lead), shares of what an inlet should get (part), the order in which donors are asked (rank). All of it is in
 * the state, so that a march taken up goes on to the same bits.
 */
#ifndef PARK_SIMULATE_REGULATORS_H
#define PARK_SIMULATE_REGULATORS_H

#include "base/tape.h"
#include "simulate/rates.h"

/* What of a park is read: instants are those of the civil clock, so that no look depends on where a march began. */
typedef struct park_look {
    const park_layout     *layout;
    const park_conditions *now;
    const park_flows      *flows;
    const park_rates      *rates;
    int64_t                time; /* [s UTC] */
} park_look;

/* The next instant after t at which one of the model's controllers looks; INT64_MAX without any, and in steady parks. */
int64_t park_regulators_next(const park_model *model, int64_t t);

/**
 * Every controller that is due looks; `all`: each of them whether due or not, from its own start.
 * In a steady park, whose time stands still, only blending and priorities act.
 * @param moved   out [controllers]: a valve was opened or closed; may be NULL
 * @return how far the largest setting moved: 1 for a valve or an order, shares for flows of a range and blends
 *
 * Cost O(controllers + links of their inlets), no allocation.
 */
double park_regulators_look(const park_look *look, park_state *state, bool all, bool *moved);

void park_regulators_tape(const park_layout *layout, park_state *state, park_tape *tape);

#endif
