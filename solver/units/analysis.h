/*
 * analysis.h - the constituents of a park as a water of the chemistry, and back.
 * Math: docs/math/units.md, Eq. (U54).   Looks down on: chemistry, model.
 */
#ifndef PARK_UNITS_ANALYSIS_H
#define PARK_UNITS_ANALYSIS_H

#include "chemistry/water.h"

#include <parkwater/model.h>

/**
 * The water of concentrations by constituent, without carbon. Ca, Mg, Na, K, Ba, Al, Fe (as ferric), Mn, Cl, SO4, F, SiO2,
 * NH3-N, NO3-N, TP and alkalinity are taken as they are. Where only the hardness is known, seven tenths of it are calcium
 * (unverified). TDS beyond what these weigh is sodium chloride; what then lacks of charge is sodium or chloride.
 */
park_water park_analysis_water(const park_model *model, const double *conc, double kelvin);

/**
 * The same with the carbon that belongs to its pH; without any, and with the alkalinity of the pH alone, below pH 4.5 or where
 * the pH holds more alkalinity than there is.
 * @return PARK_OK; PARK_E_RANGE as park_water_equilibrium
 */
PARK_MUST_CHECK park_status park_analysis_at_ph(const park_model *model, const double *conc, double kelvin,
                                                double ph, park_water *water, park_error *err);

/* A constituent of the park in a water [kg/m3]; NAN for what the chemistry does not know (COD, TDS ...). */
double park_analysis_of(const park_model *model, size_t constituent, const park_water *water);

/* What a water's salts weigh, carbonate as the residue of evaporation holds it (CO3) [kg/m3]. */
double park_analysis_solids(const park_water *water);

/* Equivalents per kilogram of a constituent as the park states it: calcium 49.9, hardness 19.98 ...; 0 for what has none. */
double park_analysis_equivalents(const park_constituent_info *constituent);

#endif
