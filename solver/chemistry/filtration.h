/*
 * filtration.h - water through ultrafilters and beds of grains: resistances, cakes, cycles, head loss.
 * Math: docs/math/chemistry.md, Eq. (F1)-(F5).   Looks down on: nothing.
 */
#ifndef PARK_CHEMISTRY_FILTRATION_H
#define PARK_CHEMISTRY_FILTRATION_H

/* Resistance of membrane, fouling and cake in series [1/m], Eq. (F1): cake [kg/m2] of specific resistance [m/kg]. */
double park_filter_resistance(double membrane, double fouling, double cake, double specific);

/* Flux [m/s] through a resistance under a pressure [Pa], and the pressure for a flux: J = P/(mu R), Eq. (F2). */
double park_filter_flux(double pressure, double viscosity, double resistance);
double park_filter_pressure(double flux, double viscosity, double resistance);

/* Cake that a flux leaves in a time [kg/m2]: all the solids [kg/m3] it brings. */
double park_filter_cake(double flux, double solids, double time);

/* Filtration for `time` at `flux`, then backwash with permeate for `wash_time` at `wash`: share of the permeate that is
 * product, and the net flux over the cycle [m/s], Eq. (F3). */
double park_filter_recovery(double flux, double time, double wash, double wash_time);
double park_filter_net_flux(double flux, double time, double wash, double wash_time);

/* A bed of grains. */
typedef struct park_bed {
    double depth, grain; /* [m]; equivalent diameter of a sphere */
    double porosity;     /* [-] in (0, 1) */
    double sphericity;   /* [-] 1 for spheres */
} park_bed;

/* Reynolds number of the grains by superficial velocity [m/s]: rho v psi d / mu. */
double park_bed_reynolds(const park_bed *bed, double velocity, double density, double viscosity);

/* Friction factor 150 (1 - e)/Re + 1.75 of a clean bed, Eq. (F4). Source: Ergun (1952), Chem. Eng. Prog. 48, 89. */
double park_bed_friction(const park_bed *bed, double reynolds);

/* Head lost in a clean bed [m] by Ergun, and by Kozeny and Carman with their constant (180), Eq. (F4), (F5). */
double park_bed_loss(const park_bed *bed, double velocity, double density, double viscosity);
double park_bed_loss_kozeny(const park_bed *bed, double constant, double velocity, double density,
                            double viscosity);

#endif
