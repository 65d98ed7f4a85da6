/*
 * tower_grid.h - what a tower evaporates in any weather, tabulated once.
 * Math: docs/math/units.md, Eq. (U30b); docs/math/chemistry.md, Eq. (T15).   Looks down on: chemistry, model.
 */
#ifndef PARK_UNITS_USERS_TOWER_GRID_H
#define PARK_UNITS_USERS_TOWER_GRID_H

#include "base/arena.h"
#include "chemistry/tower_heat.h"

enum { PARK_GRID_WARM = 25, PARK_GRID_MOIST = 7 };

/* Share of the circulation that evaporates, by air temperature (-15 to 45 degrees Celsius) and relative humidity (0.1 to 1). */
typedef struct park_tower_grid {
    double share[PARK_GRID_WARM][PARK_GRID_MOIST];
} park_tower_grid;

/**
 * Merkel and Poppe at every node, some 0.03 s in all.
 * @return PARK_OK; PARK_E_RANGE as park_tower_weathered, naming the weather
 */
PARK_MUST_CHECK park_status park_tower_grid_make(const park_fill *fill, double range, double pressure,
                                                 park_tower_grid *grid, park_error *err);

/* Bilinear, within 0.3 % of (T15) itself; held flat beyond the nodes. */
double park_tower_grid_at(const park_tower_grid *grid, double kelvin, double relative);

#endif
