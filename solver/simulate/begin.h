/*
 * begin.h - the state in which a march begins, and how the march looks at time and rows.
 * Math: docs/math/simulation.md, Eq. (T4).   Looks down on: events.
 */
#ifndef PARK_SIMULATE_BEGIN_H
#define PARK_SIMULATE_BEGIN_H

#include "simulate/events.h"

/* The period's own end stands for what was before its start. */
int64_t park_march_inside(const park_model *model, double t);
/* The season of an instant, also before the period. */
int32_t park_march_season(const park_model *model, double t);
/* Volume of a row [m3] as the state stands. */
double park_march_volume(const park_march *march, size_t row);

/**
 * Volumes as the plan ends (periodic), as the scenario tells, or half full; concentrations of the plan, and where it
 * says nothing those that mean flows bring about; controls as the levels stand. Makes the watch.
 */
PARK_MUST_CHECK park_status park_march_begin(park_march *march, double start, park_error *err);

#endif
