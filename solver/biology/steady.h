/*
 * steady.h - the state at which a sludge plant stands still under a constant inflow.
 * Math: docs/math/biology.md, Eq. (B20).   Looks down on: plant, march, base.
 */
#ifndef PARK_BIOLOGY_STEADY_H
#define PARK_BIOLOGY_STEADY_H

#include "biology/plant.h"

typedef struct park_sludge_search {
    size_t steps, refused; /* steps taken, steps that were too long */
    size_t marches;        /* times that the plant was followed through time instead */
    double rest;           /* what still moves: greatest relative change per day */
} park_sludge_search;

/**
 * Steps through time that grow as the plant calms down and end as Newton steps. A state that would fall below zero or
 * move too far makes the step shorter, so the search follows the plant's own way from where it starts, and ends in
 * the steady state that the plant itself would reach (nitrifiers that wash out are gone, those that do not are there).
 *
 * @param y       [states] in: where to start (park_sludge_guess); out: the steady state, or the last state on failure
 * @param search  out, may be NULL
 * @return PARK_OK; PARK_E_RANGE for an inflow that is less than what is wasted, or not finite; PARK_E_NUMERIC when
 *         nothing stands still; PARK_E_MEMORY
 * Cost: some 150 sparse factorizations; where a settler's lesser flux changes sides and long steps go to and fro, the
 * plant is marched through a year or more before the last steps.
 */
PARK_MUST_CHECK park_status park_sludge_steady(park_arena *arena, const park_sludge_form *form,
                                               const park_sludge_inflow *in, double *y,
                                               park_sludge_search *search, park_error *err);

#endif
