/*
 * water.h - what is done to a water: analysed, mixed, dosed, concentrated; and how it stands to calcite.
 * Math: docs/math/chemistry.md, Eq. (Q5), (Q10)-(Q14).   Looks down on: equilibrium, root, status.
 *
 * Totals and alkalinity are conserved, so mixing and dosing are sums; the pH follows from park_water_equilibrium. Heating
 * is a new temperature of the same water, stripping an equilibrium with PARK_CO2_GAS both ways.
 */
#ifndef PARK_CHEMISTRY_WATER_H
#define PARK_CHEMISTRY_WATER_H

#include "chemistry/equilibrium.h"

/**
 * A water from concentrations of an analysis and its alkalinity; carbon stays as given in `conc` (0 where only the pH is
 * known: then park_water_carbon).
 * @param conc        [PARK_AQ_COMPONENTS] [kg/m3] in the form of PARK_COMPONENT_LAWS: nitrate as N, silica as SiO2 ...
 * @param alkalinity  as CaCO3, 50.04 g an equivalent [kg/m3]
 * Water per volume is taken as pure water's density: 0.02 % off per kg/m3 of salt.
 */
park_water park_water_from_analysis(const double *conc, double alkalinity, double kelvin);

/**
 * The inorganic carbon with which a water of this alkalinity has this pH; sets out->total[PARK_AQ_C].
 * @return PARK_OK; PARK_E_RANGE when even without carbon the pH holds more alkalinity than there is, when no carbon to
 *         5 mol/kg is enough (acid waters, whose alkalinity says nothing about carbon), or as park_water_equilibrium
 */
PARK_MUST_CHECK park_status park_water_carbon(const park_water *water, double ph, park_water *out,
                                              park_error *err);

/**
 * The total of one ion, and the alkalinity, with which a water has this pH and no charge: for acid mine waters, whose
 * alkalinity nobody measures. Sets out->total[component] and out->alkalinity.
 * @return PARK_OK; PARK_E_RANGE when no amount from 0 to 5 mol/kg balances the charge, or as park_water_at_ph
 */
PARK_MUST_CHECK park_status park_water_balance(const park_water *water, double ph, park_component component,
                                               park_water *out, park_error *err);

/* Share of a and the rest of b, by mass of water; heat is conserved with one heat capacity, Eq. (Q10). */
park_water park_water_mix(const park_water *a, const park_water *b, double share);

/* Every total and the alkalinity N times (evaporation, or reverse osmosis of what it rejects wholly). */
park_water park_water_concentrate(const park_water *water, double cycles);

typedef enum park_reagent {
    PARK_SULFURIC_ACID,
    PARK_HYDROCHLORIC_ACID,
    PARK_CARBON_DIOXIDE,
    PARK_LIME, /* Ca(OH)2; a mole of CaO is a mole of it */
    PARK_CAUSTIC_SODA,
    PARK_SODA_ASH,
    PARK_SODIUM_BICARBONATE,
    PARK_LIMESTONE,
    PARK_GYPSUM_POWDER,
    PARK_CALCIUM_CHLORIDE,
    PARK_FERRIC_CHLORIDE,
    PARK_ALUM, /* Al2(SO4)3 */
    PARK_REAGENTS
} park_reagent;

typedef struct park_reagent_law {
    const char *name;
    double      molar_mass; /* [kg/mol] */
    signed char
        component[PARK_AQ_COMPONENTS]; /* what a mole brings; its alkalinity follows from charge (Q11) */
} park_reagent_law;

extern const park_reagent_law PARK_REAGENT_LAWS[PARK_REAGENTS];

/* Equivalents of alkalinity that a mole brings, Eq. (Q11). */
double park_reagent_alkalinity(park_reagent reagent);

/* The water with `amount` [mol/kg of water] of a reagent in it. */
park_water park_water_dose(const park_water *water, park_reagent reagent, double amount);

/**
 * How much of a reagent brings the water to a pH while the phases named stand beside it.
 * @param amount  out [mol/kg of water]
 * @return PARK_OK; PARK_E_RANGE when the reagent moves the pH the other way or cannot reach it within 2 mol/kg, or as
 *         park_water_equilibrium
 */
PARK_MUST_CHECK park_status park_water_dose_for_ph(const park_water *water, park_reagent reagent, double ph,
                                                   const park_contact *contacts, size_t count, double *amount,
                                                   park_error *err);

/**
 * How much of a reagent brings the saturation index of a phase to a target, as acid against scale in a tower. Nothing where it is
 * there already.
 * @return PARK_OK; PARK_E_RANGE when an ingredient of the phase is absent, the reagent moves the index the other way or cannot
 *         reach it within 2 mol/kg, or as park_water_equilibrium
 */
PARK_MUST_CHECK park_status park_water_dose_for_saturation(const park_water *water, park_reagent reagent,
                                                           park_phase phase, double target,
                                                           const park_contact *contacts, size_t count,
                                                           double *amount, park_error *err);

/**
 * How a water stands to calcite, exactly.
 * @param ph_saturation  out: the pH at which carbon dioxide in or out, at the water's calcium and alkalinity, would leave
 *                       it just saturated, Eq. (Q12); pH - ph_saturation is Langelier's index without his simplifications
 * @param potential      out: calcite that would fall out of the closed water (CCPP), negative where it would dissolve
 *                       [mol/kg], Eq. (Q13)
 * @return PARK_OK; PARK_E_RANGE when there is no calcium or no carbonate alkalinity, or as park_water_equilibrium
 */
PARK_MUST_CHECK park_status park_water_calcite(const park_water *water, double *ph_saturation,
                                               double *potential, park_error *err);

/**
 * The concentration factor at which the first of the phases named reaches its allowed saturation index, the totals being
 * concentrated and the pH what follows; at most `most`, Eq. (Q14). A membrane's recovery is then 1 - 1/factor. For towers and membranes without antiscalant the targets are 0.
 * @param contacts  [count] phase and target (largest saturation index); both_ways is not read
 * @param open      CO2 of the air keeps its pressure lg p [atm]; NAN: closed
 * @param factor    out [-] 1 to most; @param which out: the phase that limits, -1 when none does
 * @return PARK_OK; PARK_E_RANGE when `most` is not above 1, the water is already above a target, or as park_water_equilibrium
 */
PARK_MUST_CHECK park_status park_water_limit(const park_water *water, const park_contact *contacts,
                                             size_t count, double open, double most, double *factor,
                                             int *which, park_error *err);

#endif
