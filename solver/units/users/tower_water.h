/*
 * tower_water.h - the cycles that the chemistry of the circulating water allows, acid and a side stream counted in.
 * Math: docs/math/units.md, Eq. (U32b)-(U32d).   Looks down on: chemistry, model.
 */
#ifndef PARK_UNITS_USERS_TOWER_WATER_H
#define PARK_UNITS_USERS_TOWER_WATER_H

#include "units/point.h"
#include "units/users/cooling_tower.h"

/* The loop's pH is not conserved: carbon dioxide is stripped, and what is left follows the alkalinity [kg/m3 as CaCO3], (U37). */
double park_tower_loop_ph(double alkalinity);

/* Share of the incoming mass that a side stream of `side` [m3/s] takes out where `leaves` [m3/s] of water leave the tower, its waste
 * included. Eq. (U32b), (U115). */
double park_tower_side_share(const park_cooling_tower *tower, size_t constituent, double side, double leaves);

/**
 * The point of a tower: most cycles at which no watched mineral passes its index in the hottest water, and what acid and
 * side stream do to the make-up there or where the plan runs it, if that is less.
 * @param circulation, gone, drift  means of the season [m3/s]
 * @return PARK_OK; PARK_E_RANGE where the make-up itself scales, or as park_water_equilibrium; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_tower_water(const park_model *model, const park_cooling_tower *tower,
                                             const park_feed *feed, double circulation, double gone,
                                             double drift, park_arena *arena, park_point **point,
                                             park_error *err);

#endif
