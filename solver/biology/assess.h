/*
 * assess.h - what a composition means to who measures it, how much a plant pollutes, what it uses and gives off.
 * Math: docs/math/biology.md, Eq. (B24)-(B30).   Looks down on: asm1, march.
 */
#ifndef PARK_BIOLOGY_ASSESS_H
#define PARK_BIOLOGY_ASSESS_H

#include "biology/march.h"

/* A composition as a laboratory would report it; also for masses instead of concentrations. */
typedef struct park_sludge_measures {
    double cod, bod5, tss, kjeldahl, nitrate, ammonium, total_nitrogen; /* [kg/m3] */
    double alkalinity;                                                  /* [kg CaCO3/m3] */
} park_sludge_measures;

/* Share of degradable COD that five days take: of sewage, and of water that sludge has treated. */
extern const double PARK_BOD_RAW, PARK_BOD_TREATED;

park_sludge_measures park_asm1_measures(const park_asm1 *kinetics, const double *conc, double bod_share);

/* Pollution units of BSM1 in it: 2 TSS + COD + 30 NKj + 10 NO3-N + 2 BOD5 [kg]. With masses [kg] per 86400 s: EQI and IQI. */
double park_pollution(const park_sludge_measures *measures);

/* Energy per what is moved; the defaults are those of BSM1. */
typedef struct park_sludge_energy {
    double aeration;                  /* clean-water oxygen per energy at zero oxygen [kg/J]: 1.8 kg/kWh */
    double recycle, returned, wasted; /* [J/m3]: 0.004, 0.008, 0.05 kWh/m3 */
    double mixing;                    /* [W/m3] of tanks that are hardly aerated: 5 */
} park_sludge_energy;

park_sludge_energy park_sludge_energy_standard(void);

/* Mean powers [W] and flows of mass [kg/s] over totals. */
typedef struct park_sludge_use {
    double aeration, pumping, mixing;
    double oxygen;          /* taken up from the air [kg/s] */
    double sludge_disposed; /* TSS wasted and gathered, BSM1's P_sludge [kg/s] */
    double sludge_total;    /* with what the effluent carries [kg/s] */
} park_sludge_use;

park_sludge_use park_sludge_used(const park_sludge_plant *plant, const park_sludge_energy *energy,
                                 const park_sludge_totals *totals);

/* Gases of treatment by emission factors (IPCC 2019 refinement, vol. 5 ch. 6). */
typedef struct park_sludge_gases {
    double n2o_share;                /* kg N2O-N per kg N that enters: 0.016 of aerobic plants */
    double ch4_most;                 /* B0, kg CH4 per kg COD: 0.25 */
    double ch4_share;                /* MCF of a well run aerobic plant: 0.03 */
    double n2o_warming, ch4_warming; /* kg CO2e per kg over a hundred years: 273, 27.9 (AR6) */
} park_sludge_gases;

park_sludge_gases park_sludge_gases_standard(void);
/* What nitrogen [kg] that enters and COD [kg] removed other than with the sludge give off. */
double park_sludge_n2o(const park_sludge_gases *gases, double nitrogen);                 /* [kg N2O] */
double park_sludge_ch4(const park_sludge_gases *gases, double cod);                      /* [kg CH4] */
double park_sludge_warming(const park_sludge_gases *gases, double nitrogen, double cod); /* [kg CO2e] */

#endif
