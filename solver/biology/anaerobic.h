/*
 * anaerobic.h - acids from organic matter, methane from acids: two populations, the pH, the gas.
 * Math: docs/math/biology.md, Eq. (B53)-(B60).   Looks down on: reactor.
 *
 * Structure and kinetics of AM2 (Bernard, Hadj-Sadok, Dochain, Genovesi and Steyer (2001), Biotechnol. Bioeng. 75, 424-438) with a
 * table that closes COD, nitrogen and charge; solids are hydrolysed, cells decay, methanogens mind the pH (ADM1).
 */
#ifndef PARK_BIOLOGY_ANAEROBIC_H
#define PARK_BIOLOGY_ANAEROBIC_H

#include "biology/reactor.h"

typedef struct park_anaerobic {
    double hydrolysis;            /* of solids [1/s] */
    double ammonify;              /* organic nitrogen, per acidogens [m3/(kg s)] */
    double grow_acid, half_acid;  /* [1/s], [kg/m3] */
    double grow_gas, half_gas;    /* methanogens */
    double hinders_gas;           /* acids that hinder them, Haldane [kg/m3] */
    double yield_acid, yield_gas; /* [kg COD/kg COD] */
    double decay;                 /* [1/s] */
    double cells, inert, left;    /* nitrogen of cells, of inert matter; inert share of decayed cells */
    double half_nitrogen;         /* [kg/m3] */
    double acid_low, acid_high;   /* pH where acidogens stand still, are free; equal: no effect */
    double gas_low, gas_high;     /* the same of methanogens */
    double transfer;              /* of carbon dioxide to the gas [1/s] */
    double henry;                 /* [kmol/(m3 Pa)] */
    double pressure;              /* of the gas [Pa] */
    double k_carbonate, k_acids;  /* ionization of carbonic acid (first), of acetic acid [kmol/m3] */
} park_anaerobic;

/* Of mesophilic reactors, at a temperature of the water [K]: AM2, ADM1's decay and pH. (B59) */
park_anaerobic park_anaerobic_standard(double kelvin);

/* Table and rates into a reactor whose tanks stand; `law` is borrowed. (B53), (B54) */
void park_anaerobic_set(const park_anaerobic *law, park_reactor *reactor);

/* pH of a state. (B57) */
double park_anaerobic_ph(const park_anaerobic *law, const double *c);

/* Share of methane in the gas that a state gives off [-]; NAN where there is none. */
double park_anaerobic_methane_share(const park_reactor *reactor, const double *c);

/* Energy of burning methane, by its COD: 50.0 MJ/kg, 4 kg COD a kg. [J/kg COD] */
#define PARK_METHANE_ENERGY (50.0e6 / 4.0)

#endif
