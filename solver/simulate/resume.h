/*
 * resume.h - a march kept as bytes and taken up again.   Math: docs/math/simulation.md, Eq. (T29).
 * Looks down on: events, base/tape.
 *
 * Kept are the ledger's volumes and masses, levels, valves and switches, all sums and tallies, and the step that the
 * concentrations would try next. The integrator of levels starts anew at every stretch, flows and rates follow from the state:
 * nothing else has a memory, so a march taken up goes on to the same bits.
 */
#ifndef PARK_SIMULATE_RESUME_H
#define PARK_SIMULATE_RESUME_H

#include "simulate/events.h"

/* Hand the march, which stands at `time` after a row, to settings->keep if it is due since `start`. */
PARK_MUST_CHECK park_status park_resume_keep(park_march *march, int64_t start, int64_t time, park_error *err);

/* Put a march that has just begun where settings->resume says. PARK_OK; PARK_E_RANGE: not a checkpoint of this march;
 * PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_resume_take(park_march *march, int64_t *time, park_error *err);

#endif
