#include "chemistry/psychrometry.h"

#include "base/root.h"

#include <math.h>

static const double ZERO_CELSIUS = 273.15;
static const double TRIPLE       = 273.16;   /* [K] */
static const double MASS_RATIO   = 0.621945; /* water to dry air */
static const double AIR_GAS      = 287.042;  /* [J/(kg K)] */
static const double COLDEST = 173.15, HOTTEST = 373.15;

double park_vapour_pressure(double t)
{
    if (t <= TRIPLE)
        return exp(-5.6745359e3 / t + 6.3925247 - 9.677843e-3 * t + 6.2215701e-7 * t * t +
                   2.0747825e-9 * t * t * t - 9.484024e-13 * t * t * t * t + 4.1635019 * log(t));
    return exp(-5.8002206e3 / t + 1.3914993 - 4.8640239e-2 * t + 4.1764768e-5 * t * t -
               1.4452093e-8 * t * t * t + 6.5459673 * log(t));
}

double park_standard_pressure(double height)
{
    return 101325.0 * pow(1.0 - 2.25577e-5 * height, 5.2559);
}

/* Humidity ratio of a vapour pressure. */
static double ratio(double vapour, double pressure)
{
    return vapour < pressure ? MASS_RATIO * vapour / (pressure - vapour) : INFINITY;
}

double park_saturated_humidity(double kelvin, double pressure)
{
    return ratio(park_vapour_pressure(kelvin), pressure);
}

double park_vapour_enhancement(double kelvin, double pressure)
{
    double t = kelvin - ZERO_CELSIUS;
    return 1.00062 + 3.14e-8 * pressure + 5.6e-7 * t * t;
}

double park_real_saturated_humidity(double kelvin, double pressure)
{
    return ratio(park_vapour_enhancement(kelvin, pressure) * park_vapour_pressure(kelvin), pressure);
}

double park_humidity_ratio(double kelvin, double relative, double pressure)
{
    return ratio(relative * park_vapour_pressure(kelvin), pressure);
}

double park_relative_humidity(double kelvin, double humidity, double pressure)
{
    return humidity * pressure / (MASS_RATIO + humidity) / park_vapour_pressure(kelvin);
}

double park_humidity_from_wet_bulb(double kelvin, double wet, double pressure, bool ice)
{
    double t = kelvin - ZERO_CELSIUS, w = wet - ZERO_CELSIUS,
           saturated = park_saturated_humidity(wet, pressure);
    if (w >= 0.0 || !ice)
        return ((2501.0 - 2.326 * w) * saturated - 1.006 * (t - w)) / (2501.0 + 1.86 * t - 4.186 * w);
    return ((2830.0 - 0.24 * w) * saturated - 1.006 * (t - w)) / (2830.0 + 1.86 * t - 2.1 * w);
}

typedef struct air {
    double kelvin, humidity, pressure;
    bool   ice;
} air;

static double wet_surplus(double wet, void *context)
{
    const air *a = context;
    return park_humidity_from_wet_bulb(a->kelvin, wet, a->pressure, a->ice) - a->humidity;
}

park_status park_wet_bulb(double kelvin, double humidity, double pressure, bool ice, double *wet,
                          park_error *err)
{
    if (!(kelvin >= COLDEST && kelvin < HOTTEST))
        return PARK_FAIL(err, PARK_E_RANGE, "the air has %g K; it must lie in %g to %g K", kelvin, COLDEST,
                         HOTTEST);
    if (!(pressure > park_vapour_pressure(kelvin)))
        return PARK_FAIL(err, PARK_E_RANGE, "the pressure is %g Pa; water of %g K boils at it", pressure,
                         kelvin);
    if (!(humidity >= 0.0 && humidity <= park_saturated_humidity(kelvin, pressure) * (1.0 + 1e-9)))
        return PARK_FAIL(err, PARK_E_RANGE, "the air holds %g kg/kg; it can hold %g at %g K", humidity,
                         park_saturated_humidity(kelvin, pressure), kelvin);
    air a = {kelvin, humidity, pressure, ice};
    if (!(wet_surplus(kelvin, &a) > 0.0)) { /* saturated */
        *wet = kelvin;
        return PARK_OK;
    }
    return park_root(wet_surplus, &a, COLDEST - 50.0, kelvin, 1e-12, wet, err);
}

static double dew_surplus(double kelvin, void *context)
{
    const air *a = context;
    return log(park_vapour_pressure(kelvin)) - log(a->pressure); /* of the vapour */
}

park_status park_dew_point(double humidity, double pressure, double *dew, park_error *err)
{
    if (!(humidity > 0.0 && isfinite(humidity)) || !(pressure > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "humidity is %g kg/kg and pressure %g Pa; both must be above zero", humidity,
                         pressure);
    air a = {.pressure = humidity * pressure / (MASS_RATIO + humidity)};
    return park_root(dew_surplus, &a, COLDEST - 50.0, HOTTEST + 100.0, 1e-12, dew, err);
}

double park_air_enthalpy(double kelvin, double humidity)
{
    double t = kelvin - ZERO_CELSIUS;
    return 1e3 * (1.006 * t + humidity * (2501.0 + 1.86 * t));
}

double park_saturated_enthalpy(double kelvin, double pressure)
{
    return park_air_enthalpy(kelvin, park_saturated_humidity(kelvin, pressure));
}

double park_air_volume(double kelvin, double humidity, double pressure)
{
    return AIR_GAS * kelvin * (1.0 + 1.607858 * humidity) / pressure;
}
