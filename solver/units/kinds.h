/*
 * kinds.h - the unit kinds, one per file: a new kind is its file, a line here and a line in registry.c.
 * Looks down on: model.
 */
#ifndef PARK_UNITS_KINDS_H
#define PARK_UNITS_KINDS_H

#include "units/kind.h"

extern const park_unit_kind PARK_KIND_SURFACE, PARK_KIND_GROUND, PARK_KIND_MUNICIPAL, PARK_KIND_RECLAIMED,
    PARK_KIND_MINE, PARK_KIND_RAIN, PARK_KIND_STREAM;
extern const park_unit_kind PARK_KIND_PROCESS, PARK_KIND_COOLING_TOWER, PARK_KIND_BOILER,
    PARK_KIND_IRRIGATION, PARK_KIND_NETWORK_LEAK;
extern const park_unit_kind PARK_KIND_REMOVAL, PARK_KIND_TECHNOLOGY, PARK_KIND_TRAIN;
extern const park_unit_kind PARK_KIND_TANK, PARK_KIND_POND;
extern const park_unit_kind PARK_KIND_OUTFALL, PARK_KIND_SEWER;

#endif
