/*
 * harvest.h - what a storage makes of rain that comes and a demand that stays: yield after spillage, and its curve over the volume.
 * Math: docs/math/weather.md, Eq. (W10)-(W12).   Looks down on: nothing.
 */
#ifndef PARK_WEATHER_HARVEST_H
#define PARK_WEATHER_HARVEST_H

#include <stddef.h>

typedef struct park_harvest {
    double volume;               /* [m3] */
    double inflow, yield, spill; /* over all steps [m3] */
    double start, end;           /* stored before the first and after the last step [m3] */
    double volumetric;           /* yield over demand [-]; NAN without a demand */
    double temporal;             /* share of the steps whose demand is met whole [-] */
    double capture;              /* yield over inflow [-]; NAN without an inflow */
} park_harvest;

/**
 * March a storage through the steps: what comes is added, what exceeds the volume spills, then the demand draws.
 * start + inflow = yield + spill + end.
 * @param inflow, demand  [steps] [m3] of each step, >= 0
 * @param start           stored at first, at most `volume` [m3]
 */
park_harvest park_harvest_march(size_t steps, const double *inflow, const double *demand, double volume,
                                double start);

/* The same with a start that is the end of a march before: periodic, as a storage that has stood for years. */
park_harvest park_harvest_periodic(size_t steps, const double *inflow, const double *demand, double volume);

#endif
