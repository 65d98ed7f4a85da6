/*
 * fractions.h - from COD, nitrogen, solids and alkalinity to the thirteen components and back, closing exactly.
 * Math: docs/math/biology.md, Eq. (B31)-(B36).   Looks down on: asm1.
 */
#ifndef PARK_BIOLOGY_FRACTIONS_H
#define PARK_BIOLOGY_FRACTIONS_H

#include "biology/asm1.h"

#include <parkwater/status.h>

#define PARK_SLUDGE_CACO3 50.045 /* alkalinity: kilograms of calcium carbonate per kilomole of charge */

/* What is measured [kg/m3]. */
typedef struct park_sludge_water {
    double cod, ammonium, total_nitrogen, nitrate; /* nitrogen as N */
    double solids;                                 /* suspended, with what is mineral */
    double alkalinity;                             /* as CaCO3 */
} park_sludge_water;

/* How COD divides; the defaults are the mean dry-weather inflow of BSM1. */
typedef struct park_sludge_fractions {
    double soluble_inert;      /* of the soluble COD */
    double particulate_inert;  /* of the particulate COD */
    double particulate_living; /* of the particulate COD: heterotrophs */
    double
        particulate_most; /* solids can make at most this share of the COD particulate; the rest is mineral */
    double organic_n_soluble; /* share of the nitrogen that is neither ammonium, nitrate nor built in */
} park_sludge_fractions;

park_sludge_fractions park_sludge_fractions_standard(void);

/**
 * Measured to components. COD, nitrogen, solids and alkalinity of the components are those measured:
 * where the organic nitrogen does not suffice for what inert matter and biomass hold, less of them is assumed.
 *
 * @param conc     out [13] [kg/m3], [kmol/m3]
 * @param mineral  out: suspended solids that are no COD [kg/m3]
 * @return PARK_OK; PARK_E_RANGE naming what cannot be: a value below zero, nitrogen below ammonium and nitrate, a
 *         fraction outside [0, 1]
 */
PARK_MUST_CHECK park_status park_sludge_fractionate(const park_asm1             *kinetics,
                                                    const park_sludge_fractions *fractions,
                                                    const park_sludge_water *water, double *conc,
                                                    double *mineral, park_error *err);

/* Components to what would be measured. */
park_sludge_water park_sludge_measured(const park_asm1 *kinetics, const double *conc, double mineral);

#endif
