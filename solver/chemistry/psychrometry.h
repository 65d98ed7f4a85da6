/*
 * psychrometry.h - moist air: vapour pressure, humidity, wet bulb, dew point, enthalpy, volume.
 * Math: docs/math/chemistry.md, Eq. (P1)-(P7).   Looks down on: root, status.
 *
 * Per kilogram of dry air; enthalpies from dry air and liquid water at 0 degrees Celsius. Sources: ASHRAE Handbook -
 * Fundamentals (2017), chapter 1; saturation pressure by Hyland and Wexler (1983), ASHRAE Trans. 89(2A), 500.
 */
#ifndef PARK_CHEMISTRY_PSYCHROMETRY_H
#define PARK_CHEMISTRY_PSYCHROMETRY_H

#include <parkwater/status.h>

#include <stdbool.h>

/* Vapour pressure over water, below 0 degrees Celsius over ice [Pa], 173.15 to 473.15 K, Eq. (P1). */
double park_vapour_pressure(double kelvin);

/* Standard atmosphere at a height above the sea [m] to 10000 m: [Pa], Eq. (P2). */
double park_standard_pressure(double height);

/* Humidity ratio of saturated air [kg/kg], Eq. (P3); INFINITY where water boils. */
double park_saturated_humidity(double kelvin, double pressure);

/* How much more vapour real air of a pressure [Pa] holds than the ideal law says [-], 0 to 60 degrees Celsius, Eq. (P7), and
 * the saturated humidity ratio with it: the tables of the handbook. Towers are computed by the ideal law, as is custom.
 * Source: Davis (1992), Metrologia 29, 67. */
double park_vapour_enhancement(double kelvin, double pressure);
double park_real_saturated_humidity(double kelvin, double pressure);

/* Humidity ratio [kg/kg] at a relative humidity in [0, 1]. */
double park_humidity_ratio(double kelvin, double relative, double pressure);

/* Relative humidity [-] of a humidity ratio; above 1 in fog. */
double park_relative_humidity(double kelvin, double humidity, double pressure);

/* Humidity ratio of air whose wet bulb shows `wet` [K], Eq. (P4). Below 0 degrees Celsius the wick is frozen, or, unless
 * `ice`, still holds liquid water. */
double park_humidity_from_wet_bulb(double kelvin, double wet, double pressure, bool ice);

/**
 * Thermodynamic wet bulb [K]: the root of (P4), which falls with the wet bulb.
 * @return PARK_OK; PARK_E_RANGE for a temperature outside 173 to 373 K, a negative or supersaturated humidity, or a
 *         pressure that is not above the vapour's
 */
PARK_MUST_CHECK park_status park_wet_bulb(double kelvin, double humidity, double pressure, bool ice,
                                          double *wet, park_error *err);

/* Dew (below 0 degrees frost) point [K]. @return PARK_OK; PARK_E_RANGE unless 0 < humidity and a pressure above zero. */
PARK_MUST_CHECK park_status park_dew_point(double humidity, double pressure, double *dew, park_error *err);

/* Enthalpy [J/kg of dry air], Eq. (P5); and that of saturated air. */
double park_air_enthalpy(double kelvin, double humidity);
double park_saturated_enthalpy(double kelvin, double pressure);

/* Volume [m3/kg of dry air], Eq. (P6). */
double park_air_volume(double kelvin, double humidity, double pressure);

#endif
