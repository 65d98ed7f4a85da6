/*
 * softening.h - reagents and sludge by stoichiometry: lime and soda, acidity of mine water, what a reagent makes fall out.
 * Math: docs/math/chemistry.md, Eq. (L1)-(L6).   Looks down on: water, status.
 *
 * These are the sums of the design manuals; what equilibrium leaves is park_water_equilibrium's answer.
 */
#ifndef PARK_CHEMISTRY_SOFTENING_H
#define PARK_CHEMISTRY_SOFTENING_H

#include "chemistry/water.h"

/* What lime and soda take out of a water; all in one unit of equivalents (mg/L as CaCO3, eq/m3 ...). */
typedef struct park_hardness {
    double carbon_dioxide, bicarbonate, calcium, magnesium;
} park_hardness;

typedef struct park_softening {
    double lime, soda; /* demands */
    double left;       /* hardness of the finished water */
    double carbonate;  /* calcium carbonate that falls out */
    double hydroxide;  /* magnesium hydroxide that falls out */
} park_softening;

/**
 * Lime and soda of excess-lime softening, Eq. (L1)-(L3): lime for carbon dioxide, bicarbonate, magnesium and an excess that is
 * the magnesium to be removed kept within 20 and 40 mg/L; soda for the hardness that no bicarbonate accompanies.
 * @param removed     magnesium to be removed, which sets the excess; 0 for selective removal of calcium (no excess, no
 *                    lime for magnesium)
 * @param milligrams  of CaCO3 per litre in one unit of the figures given, 1 for mg/L as CaCO3, 50.04 for meq/L
 * @return PARK_OK; PARK_E_RANGE for a negative figure or more removed than there is
 * Source: Davis (2010), Water and Wastewater Engineering, ch. 7.
 */
PARK_MUST_CHECK park_status park_lime_soda(const park_hardness *hardness, double removed, double milligrams,
                                           park_softening *softening, park_error *err);

/* Acidity that metals and free acid of a mine water have [eq/m3], Eq. (L4): conc by component [kg/m3]; ferrous iron counts
 * as oxidized (3), manganese 2, aluminium 3, and H+ at the pH. */
double park_mine_acidity(const double *conc, double ph);

/* Hydroxides of iron, aluminium and manganese when all falls out [kg/m3 of water], Eq. (L5). */
double park_hydroxide_sludge(const double *conc);

/* Mass of a reagent for equivalents of acid [kg/eq]: its molar mass over its alkalinity. INFINITY for what has none. */
double park_reagent_per_equivalent(park_reagent reagent);

/* Mass of what fell out of a kilogram of water [kg/kg], Eq. (L6), and of the wet sludge at a share of dry solids. */
double park_fallen_mass(const park_contact *contacts, size_t count, const park_solution *solution);
double park_wet_sludge(double dry, double solids);

#endif
