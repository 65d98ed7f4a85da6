/*
 * valves.h - loss and slope of valves: open or shut, throttled (TCV, PCV), by a curve (GPV), breaking pressure (PBV).
 * Valves that hold a pressure or a flow (PRV, PSV, FCV) are rows of the system and stand in steady.c; fully open or shut
 * they follow the same laws.   Math: docs/math/hydraulics.md, Eq. (H14)-(H18).   Looks down on: network.h.
 */
#ifndef PARK_HYDRAULICS_VALVES_H
#define PARK_HYDRAULICS_VALVES_H

#include <parkwater/network.h>

/* Shut: a straight line so steep that next to nothing passes; the sum of the flows still sees it. */
void park_valve_shut_loss(double flow, double *loss, double *slope);
/* Open or throttled: m q |q|, a line near zero; without m a line of very small slope. m in [s2/m5]. */
void park_valve_open_loss(double minor, double flow, double *loss, double *slope);
/* GPV: straight lines between the points (flow [m3/s], loss [m]), the same for both directions. */
void park_gpv_loss(const park_net_curve *curve, double flow, double *loss, double *slope);
/* PBV: loss = setting [m] unless the open valve alone loses more. */
void park_pbv_loss(double minor, double setting, double flow, double *loss, double *slope);
/* PCV: m at an opening 0..1; curve: opening -> share of the open flow coefficient, linear through (0,0) and (1,1) where
 * it does not reach; NULL: the opening itself. */
double park_pcv_minor(const park_net_curve *curve, double minor, double opening);

#endif
