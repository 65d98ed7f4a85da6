/*
 * internal.h - the two steps of the generator: days, then hours.
 * Looks down on: base.
 */
#ifndef PARK_WEATHER_INTERNAL_H
#define PARK_WEATHER_INTERNAL_H

#include "weather/generator.h"

/* What is drawn, each its own stream of random numbers. */
typedef enum park_weather_stream {
    PARK_WEATHER_WET = 1,
    PARK_WEATHER_AMOUNT,
    PARK_WEATHER_AIR,
    PARK_WEATHER_STORM
} park_weather_stream;

/* Days as drawn; shape [count] each. */
typedef struct park_days {
    size_t   count;
    int64_t  first;                                     /* [day since 1970-01-01] */
    int32_t *month, *of_year;                           /* 0..11, 1..366 */
    double  *temperature, *humidity, *rain, *radiation; /* [K], [-], [m/d], [W/m2] */
} park_days;

/* Days of the wish, months not yet scaled. days.c */
PARK_MUST_CHECK park_status park_days_draw(const park_normals *normal, const park_weather_wish *wish,
                                           park_arena *arena, park_days *days, park_error *err);
/* Each month of the days brought to its normal: the rain and radiation by a factor, the others by the mean. */
void park_days_scale(const park_normals *normal, park_days *days);
/* A day's values by hours; out [24] each: [K], [-], [m/s], [W/m2]. hours.c */
void park_day_hours(const park_days *days, size_t d, const park_weather_wish *wish, double latitude,
                    double *temperature, double *humidity, double *rain, double *radiation);

#endif
