/*
 * hours.c - a day's weather by hours.   Math: docs/math/weather.md, Eq. (W6)-(W9).
 */
#include "weather/internal.h"

#include "base/calendar.h"
#include "base/random.h"

#include <math.h>

enum { HOURS = 24 };
static const double PI           = 3.14159265358979323846;
static const double HOUR_SECONDS = 3600.0;
static const double WARMEST      = 15.0; /* [h] */
static const double RANGE_DRY =
    8.9; /* [K] from the day's coldest to its warmest, as measured in Changsha 2014 to 2018 */
static const double RANGE_WET = 4.9;
static const double STORM_SHAPE =
    0.6; /* of the hours' weights: the smaller, the more falls in the worst hour */

double park_vapour_saturation(double temperature)
{
    double t = temperature - 273.15;
    return 610.94 * exp(17.625 * t / (t + 243.04));
}

void park_radiation_shares(double latitude, int32_t day, double share[HOURS])
{
    double declination = 23.45 * PI / 180.0 * sin(2.0 * PI * (284.0 + day) / 365.0); /* Cooper (1969) */
    double sum         = 0.0;
    for (int h = 0; h < HOURS; h++) {
        double angle  = (h + 0.5 - 12.0) * PI / 12.0;
        double height = sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(angle);
        share[h]      = fmax(height, 0.0);
        sum += share[h];
    }
    for (int h = 0; h < HOURS; h++)
        share[h] = sum > 0.0 ? share[h] / sum : (h == 12 ? 1.0 : 0.0);
}

/* (W7): how long it rains on a day with this depth [m]. */
static int wet_hours(double depth)
{
    return (int)fmin(HOURS, fmax(1.0, floor(2.0 + 4.5 * log1p(1000.0 * depth))));
}

/* One spell of rain with hours of gamma weights, somewhere in the day: the depth is kept, the worst hour is drawn. */
static void rain_hours(double depth, park_random *random, double *rain)
{
    double weight[HOURS], sum = 0.0;
    for (int h = 0; h < HOURS; h++)
        rain[h] = 0.0;
    if (!(depth > 0.0))
        return;
    int hours = wet_hours(depth), start = (int)park_random_below(random, (uint32_t)(HOURS - hours + 1));
    for (int h = 0; h < hours; h++)
        sum += weight[h] = park_random_gamma(random, STORM_SHAPE, 1.0);
    for (int h = 0; h < hours; h++)
        rain[start + h] = depth * (sum > 0.0 ? weight[h] / sum : 1.0 / hours) / HOUR_SECONDS;
}

/* (W8): the vapour of the day is the same at every hour, so humidity falls when it warms; its mean is the day's. */
static void air_hours(double mean, double range, double humid, double *temperature, double *humidity)
{
    double saturation[HOURS], vapour = 0.0;
    for (int h = 0; h < HOURS; h++) {
        temperature[h] = mean + 0.5 * range * cos(2.0 * PI * (h + 0.5 - WARMEST) / HOURS);
        saturation[h]  = park_vapour_saturation(temperature[h]);
        vapour += 1.0 / saturation[h] / HOURS;
    }
    vapour = humid / vapour;
    for (int pass = 0; pass < 8; pass++) { /* hours at saturation hand their part to the others */
        double sum = 0.0;
        for (int h = 0; h < HOURS; h++) {
            humidity[h] = fmin(1.0, vapour / saturation[h]);
            sum += humidity[h] / HOURS;
        }
        vapour *= humid / sum;
    }
}

void park_day_hours(const park_days *days, size_t d, const park_weather_wish *wish, double latitude,
                    double *temperature, double *humidity, double *rain, double *radiation)
{
    int64_t     day   = days->first + (int64_t)d;
    park_random storm = park_random_start(wish->seed, park_random_stream(wish->year, PARK_WEATHER_STORM),
                                          (uint64_t)(day + (INT64_C(1) << 40)) << 16);
    double      share[HOURS];
    rain_hours(days->rain[d], &storm, rain);
    air_hours(days->temperature[d], days->rain[d] > 0.0 ? RANGE_WET : RANGE_DRY, days->humidity[d],
              temperature, humidity);
    park_radiation_shares(latitude, days->of_year[d], share);
    for (int h = 0; h < HOURS; h++)
        radiation[h] = days->radiation[d] * HOURS * share[h];
}
