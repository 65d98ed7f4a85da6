/*
 * rain.h - one event's runoff, split into first flush and yield.   Math: docs/math/units.md, Eq. (U13), (U14).
 * Looks down on: nothing.
 */
#ifndef PARK_UNITS_SOURCES_RAIN_H
#define PARK_UNITS_SOURCES_RAIN_H

/**
 * Runoff of a depth of rain: the first `flush_left` of it is diverted, the rest is yield. Depths [m]; times the
 * catchment's area [m2] they are volumes [m3].
 * @param runoff      runoff coefficient [-]
 * @param flush_left  in: what the event still owes to the first flush; out: what is owed after this rain
 * @param flush       out: depth diverted
 * @return depth of yield
 */
double park_rain_yield(double rain, double runoff, double *flush_left, double *flush);

#endif
