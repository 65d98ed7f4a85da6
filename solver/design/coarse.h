/*
 * coarse.h - the park in one season: what is worth laying and building is found there first, in a program that is as many
 * times smaller as there are seasons.
 * Math: docs/math/optimization.md, Eq. (O155).   Looks down on: plan, charges.
 */
#ifndef PARK_DESIGN_COARSE_H
#define PARK_DESIGN_COARSE_H

#include "design/charges.h"

/* Does it help: several seasons, no futures, nothing decided elsewhere? */
bool park_coarse_helps(const park_formulation *f);

/**
 * A plan of the park with its year as one season, told to the descents of the whole: its qualities are promised in every season
 * and what it leaves out is shut.
 * @param end   when to stop looking
 * @param shut  out [L], new pipes that it does not lay
 * @return false: the park in one season has no plan, or is another park
 */
bool park_coarse_promise(park_promise *d, park_search_end *end, bool *shut);

#endif
