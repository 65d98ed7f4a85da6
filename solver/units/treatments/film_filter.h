/*
 * film_filter.h - a biological aerated filter: a film on grains, and the bed that holds solids back and is washed.
 * Math: docs/math/units.md, Eq. (U99).   Looks down on: culture, filter, chain.
 */
#ifndef PARK_UNITS_TREATMENTS_FILM_FILTER_H
#define PARK_UNITS_TREATMENTS_FILM_FILTER_H

#include "units/kind.h"

extern const park_states_face PARK_FILM_FILTER_STATES;

#endif
