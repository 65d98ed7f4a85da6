/*
 * boundary.h - who stands inside a boundary, and what a unit uses water for.
 * Looks down on: model.
 */
#ifndef PARK_INDICATORS_BOUNDARY_H
#define PARK_INDICATORS_BOUNDARY_H

#include <parkwater/indicators.h>

/* Sources and sinks stand outside every boundary. */
bool park_boundary_holds(const park_model *model, park_boundary boundary, int32_t index, int32_t unit);

/* A user's use: as written, else by what it is (steam: boiler, drift: indirect cooling, no outlet:
 * irrigation, else process). */
park_use park_unit_use(const park_model *model, int32_t unit);

/* The member a unit belongs to: an enterprise, or PARK_NONE for the users of the utility. False for the
 * utility's plants, which belong to no member, and for sources and sinks. */
bool park_unit_member(const park_model *model, int32_t unit, int32_t *member);

bool park_origin_conventional(park_origin origin);
bool park_origin_non_conventional(park_origin origin); /* reclaimed (municipal), mine, rain */

/* Origin of what a source's outlet counts as; first flush and streams count as PARK_ORIGIN_STREAM. */
park_origin park_outlet_origin(const park_model *model, int32_t outlet);

#endif
