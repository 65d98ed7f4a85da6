/*
 * tower.h - the water of an open recirculating cooling tower: evaporation, make-up, blowdown, cycles.
 * Math: docs/math/chemistry.md, Eq. (T1)-(T6).   Looks down on: status.
 *
 * Flows in any one unit (all alike); temperatures in K.
 */
#ifndef PARK_CHEMISTRY_TOWER_H
#define PARK_CHEMISTRY_TOWER_H

#include <parkwater/status.h>

#include <stddef.h>

/**
 * Evaporation per kelvin of range and unit of circulation [1/K], by the dry-bulb temperature of the air: the
 * table of GB/T 50050, interpolated linearly, held flat beyond -10 and 40 degrees Celsius.
 */
double park_tower_evaporation_factor(double air_kelvin);

/* E = k dT Q, Eq. (T1). */
double park_tower_evaporation(double factor, double range, double circulation);

/* The older rule of thumb E = (0.001 + 0.00002 theta) dT Q, theta in degrees Celsius, Eq. (T2). */
double park_tower_evaporation_rule(double air_celsius, double range, double circulation);

/* Circulation [m3/s] that carries `heat` [W] over `range` [K]; cp = 4186 J/(kg K), 1000 kg/m3, Eq. (T3). */
double park_tower_circulation(double heat, double range);

/**
 * Make-up and blowdown at `cycles` = M / (B + W), Eq. (T4):  M = E N/(N-1),  B = E/(N-1) - W.
 * @return PARK_OK; PARK_E_RANGE when cycles is not above 1 or the drift alone carries off more than the
 * blowdown due, so that the cycles asked for cannot be reached
 */
PARK_MUST_CHECK park_status park_tower_balance(double evaporation, double drift, double cycles,
                                               double *makeup, double *blowdown, park_error *err);

/* N = M / (B + W), Eq. (T5); NAN when nothing leaves with salt. */
double park_tower_cycles(double makeup, double blowdown, double drift);

/* The cycles at which the sum of `count` constituents of the make-up, each concentrated N times, meets its
 * limit, Eq. (T6); the product of two meets it at the square root. INFINITY when the make-up holds nothing.
 */
double park_tower_cycles_sum(const double *makeup, size_t count, double limit);
double park_tower_cycles_product(double makeup_a, double makeup_b, double limit);

/* Concentration in the basin after `time`, from `start`, while make-up and what leaves with salt keep their flows:
 * V dC/dt = M C_m - (B + W) C, Eq. (T14). `leaves` = B + W above zero. */
double park_tower_basin(double volume, double makeup, double makeup_conc, double leaves, double start,
                        double time);

#endif
