/*
 * weather.h - what the air does to open water.
 * Math: docs/math/units.md, Eq. (U3).   Looks down on: model.
 */
#ifndef PARK_UNITS_WEATHER_H
#define PARK_UNITS_WEATHER_H

#include "units/when.h"

/**
 * Evaporation of open water from monthly or daily air temperature and humidity:
 * E = 0.0018 (25 + T)^2 (100 - RH) mm a month, T in C, RH in %.  Not for hours.
 * Source: Romanenko (1961), after Ivanov; 0 below -25 C.
 * @param temperature [K]   @param humidity [-] 0..1
 * @return [m/s]
 */
double park_open_water_evaporation(double temperature, double humidity);

/* Air temperature at an instant [K]; 298.15 where the park has no weather. */
double park_air_temperature(const park_model *model, int64_t t);
/* Of the air over a piece of time [K]: as given, else the weather's; 285.15 where the park has none. */
double park_passing_air(const park_passing *passing);
/* Relative humidity at an instant [-]; 0.7 where the park has none. */
double park_air_humidity(const park_model *model, int64_t t);
/* Open-water evaporation of the moment [m/s]: the weather's own, else from temperature and humidity, else 0. */
double park_when_evaporation(const park_when *when);

#endif
