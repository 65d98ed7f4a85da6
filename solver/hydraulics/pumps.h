/*
 * pumps.h - head gained by a pump at a flow and a speed, as a loss with its slope.
 * Math: docs/math/hydraulics.md, Eq. (H10)-(H13).   Looks down on: network.h.
 */
#ifndef PARK_HYDRAULICS_PUMPS_H
#define PARK_HYDRAULICS_PUMPS_H

#include <parkwater/network.h>

typedef enum park_pump_kind {
    PARK_PUMP_POWER_LAW, /* gain = lift - resist q^power */
    PARK_PUMP_PIECEWISE, /* straight lines between the points of a curve */
    PARK_PUMP_CONSTANT   /* gain = work / q */
} park_pump_kind;

typedef struct park_pump {
    park_pump_kind        kind;
    double                lift;   /* shut-off head at full speed [m]; INFINITY for constant power */
    double                resist; /* [m / (m3/s)^power] */
    double                power;  /* exponent of the flow [-] */
    double                work;   /* power over specific weight of water [m4/s] */
    double                design; /* flow to start from at full speed [m3/s] */
    double                most;   /* largest flow of the curve at full speed [m3/s]; INFINITY */
    const park_net_curve *curve;  /* of the piecewise kind; borrowed */
} park_pump;

/**
 * The law of a pump from its curve (one point; three points from zero flow; else piecewise) or its constant power.
 * @param curve  NULL where there is none;  power [W] NAN where there is none
 * @return PARK_OK; PARK_E_RANGE when the head does not fall with the flow, or neither curve nor power is given
 */
PARK_MUST_CHECK park_status park_pump_make(const park_net_curve *curve, double power, park_pump *pump,
                                           park_error *err);

/* Loss (minus the gain) [m] and slope [s/m2] at a relative speed above 0. */
void park_pump_loss(const park_pump *pump, double speed, double flow, double *loss, double *slope);

/* Power that water takes from a pump [W] when it gains head [m] at flow [m3/s], before any efficiency. */
double park_water_power(double head, double flow, double specific_gravity);

/**
 * Efficiency 0.01..1 at a flow and relative speed: curve at flow / speed (held beyond its ends), corrected for the speed
 * by 1 - (1 - e) (1/speed)^0.1.   Source: Sarbu and Borza (1998), Energetic optimization of water pumping in
 * distribution systems, Periodica Polytechnica Mech. Eng. 42, 141-152.
 */
double park_pump_efficiency(const park_net_curve *curve, double otherwise, double speed, double flow);

#endif
