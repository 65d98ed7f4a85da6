/*
 * activity.h - density and permittivity of water, and the activity coefficients of what is dissolved in it.
 * Math: docs/math/chemistry.md, Eq. (Q2)-(Q4).   Looks down on: species.
 */
#ifndef PARK_CHEMISTRY_ACTIVITY_H
#define PARK_CHEMISTRY_ACTIVITY_H

#include "chemistry/species.h"

/* Air-free water at one atmosphere [kg/m3], 0 to 150 degrees Celsius. Source: Kell (1975), J. Chem. Eng. Data 20, 97. */
double park_water_density(double kelvin);

/* Relative permittivity of water at one bar [-], 0 to 350 degrees Celsius. Source: Bradley and Pitzer (1979),
 * J. Phys. Chem. 83, 1599. */
double park_water_permittivity(double kelvin);

/* The two coefficients of Debye and Hueckel at a temperature, Eq. (Q2). */
typedef struct park_debye {
    double a; /* [kg^0.5/mol^0.5] about 0.509 at 25 degrees Celsius */
    double b; /* [kg^0.5/(mol^0.5 1e-10 m)] about 0.328 */
} park_debye;

park_debye park_debye_at(double kelvin);

/**
 * lg of the activity coefficient of a species, Eq. (Q3): the extended law with its own size and slope where it has
 * them, else Davies (Q4) for ions and 0.1 I for neutral species.
 * @param strength  ionic strength [mol/kg], 0 to about 0.5 for Davies, 1 and more for fitted species
 */
double park_activity_coefficient(const park_species *species, park_debye debye, double strength);

/* lg of the Davies coefficient of an ion by its charge, Eq. (Q4). Source: Davies (1962), Ion Association. */
double park_davies(int charge, double a, double strength);

#endif
