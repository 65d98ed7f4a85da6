/*
 * leakage.h - leaks that grow with pressure (FAVAD): q = 0.6 sqrt(2g) (A0 sqrt p + m p^1.5), an outflow at a pipe's ends.
 * Math: docs/math/hydraulics.md, Eq. (H23)-(H25).   Looks down on: network.h.
 *
 * Source: May (1994); van Zyl and Cassa (2014), Modeling elastically deforming leaks in water distribution pipes.
 */
#ifndef PARK_HYDRAULICS_LEAKAGE_H
#define PARK_HYDRAULICS_LEAKAGE_H

#include <parkwater/network.h>

/**
 * Coefficients of every node: leakage = fixed p^0.5 + growing p^1.5 [m3/s] at pressure p [m]. Half of a pipe's leak is at
 * each end; all of it at the junction where the other end is a tank or reservoir.
 * @param fixed, growing  out [nodes], overwritten
 * @return whether any node leaks
 */
bool park_leak_coefficients(const park_network *net, double *fixed, double *growing);

/* What leaves a round-edged hole of this area [m2] at a pressure [m], at least 0: 0.6 A sqrt(2 g p) [m3/s]. */
double park_leak_outflow(double area, double pressure);

/* Pressure needed for a leak of `flow` through coefficient c: (flow/c)^power, power 2 (fixed) or 2/3 (growing). */
void park_leak_loss(double flow, double c, double power, double *loss, double *slope);

#endif
