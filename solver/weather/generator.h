/*
 * generator.h - weather drawn from monthly normals, for parks without records: by days or by hours, as many years as wanted.
 * Math: docs/math/weather.md.   Looks down on: base.
 *
 * Every draw is made by counter from (seed, weather year, day), so any year can be drawn alone, on any thread, and two
 * periods that overlap agree on the days they share (where months are not scaled to their normals).
 */
#ifndef PARK_WEATHER_GENERATOR_H
#define PARK_WEATHER_GENERATOR_H

#include "base/arena.h"

#include <parkwater/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a place has on average, January first. */
typedef struct park_normals {
    double temperature[12]; /* [K] */
    double humidity[12];    /* [-] 0..1 */
    double rain[12];        /* [m] in the month */
    double days[12];        /* days with rain in the month */
    double radiation[12];   /* [W/m2] on the level ground, day and night */
    double latitude;        /* [rad], north positive */
} park_normals;

typedef struct park_weather_wish {
    int64_t  first; /* [day since 1970-01-01] */
    size_t   days;
    uint64_t seed;
    uint32_t year;   /* the weather year: another number, other weather of the same place */
    bool     hourly; /* values by the hour, else by the day */
    bool     varies; /* months are as wet and warm as drawn; else each is scaled to its normal */
} park_weather_wish;

typedef struct park_weather_drawn {
    size_t  count;                                     /* days, or 24 a day */
    double *temperature, *humidity, *rain, *radiation; /* [count] [K], [-], [m/s], [W/m2]; arena-owned */
} park_weather_drawn;

/**
 * Draw the weather of some days.
 * @param normal  finite; rain >= 0, humidity in (0, 1], days in [0, 31], |latitude| below a right angle
 * @return PARK_OK; PARK_E_RANGE naming the month of an impossible normal; PARK_E_MEMORY. Cost: some 20 draws a day.
 */
PARK_MUST_CHECK park_status park_weather_draw(const park_normals *normal, const park_weather_wish *wish,
                                              park_arena *arena, park_weather_drawn *drawn, park_error *err);

/**
 * Saturation pressure of water vapour over water [Pa] at temperature [K].
 * Source: Alduchov and Eskridge (1996), J. Appl. Meteorol. 35, 601-609, Eq. 21: within 0.4 % from -40 to 50 C.
 */
double park_vapour_saturation(double temperature);

/**
 * Share of a day's radiation that falls in each hour of local solar time, by the sun's height (no cloud moves).
 * @param day  of the year, 1 to 366   @param share  out [24], sum 1; all in the hour of noon where the sun does not rise
 */
void park_radiation_shares(double latitude, int32_t day, double share[24]);

#endif
