/*
 * membrane_states.h - membranes that foul and are cleaned, beds of resin that are loaded and regenerated, in time.
 * Math: docs/math/units.md, Eq. (U101)-(U112).   Looks down on: model, chemistry.
 *
 * On average both follow their laws (solution_diffusion, ion_exchange) or what is stated; in time they do the same over whole cycles.
 */
#ifndef PARK_UNITS_TREATMENTS_MEMBRANE_STATES_H
#define PARK_UNITS_TREATMENTS_MEMBRANE_STATES_H

#include "units/kind.h"

struct park_treatment;

extern const park_states_face PARK_MEMBRANE_STATES, PARK_EXCHANGE_STATES;

/* Finding at `path` where nothing can be rejected. */
void park_rejecting_check(const struct park_treatment *stage, const char *path, const char *id,
                          park_findings *findings);

/**
 * Feed pressure that a flux takes: over a permeability, the osmotic pressure of the thickened and polarized salt, half the
 * losses along the elements. (U102)
 * @param flux mean [m/s]   @param left share of the permeability   @param salt of the feed [kg/m3]
 * @return [Pa]
 */
double park_membrane_feed_pressure(const struct park_treatment *stage, double flux, double left,
                                   double recovery, double salt, double kelvin);

#endif
