/*
 * controls.h - level switches of the scenario: `when: pond.level < 20 %, do: open river_cooling`.
 * Math: docs/math/simulation.md, Eq. (T23).   Looks down on: flows.
 *
 * A control fires where its level is reached and is released where the level has come back by its hysteresis. A link
 * commanded by one control alone does the opposite when that is released, and at the start; a link with several waits
 * for the other command.
 */
#ifndef PARK_SIMULATE_CONTROLS_H
#define PARK_SIMULATE_CONTROLS_H

#include "simulate/flows.h"

/* The share of the full volume at which this control changes next. */
double park_control_level(const park_control *control, bool fired);

/* Set all controls and valves from the volumes of the start. */
void park_controls_begin(const park_layout *layout, park_state *state);

/* A control's level was reached: fire or release it, move its valve. Returns whether the valve moved. */
bool park_control_switch(const park_layout *layout, park_state *state, int32_t control);

#endif
