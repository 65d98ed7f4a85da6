/*
 * days.c - the weather by days.   Math: docs/math/weather.md, Eq. (W1)-(W5).
 *
 * Figures of the daily process (persistence of wet days, shape of their amounts, memory and spread of the
 * temperature, difference between wet and dry days) are those of the measured days of Changsha, 2014 to 2018.
 */
#include "weather/internal.h"

#include "base/calendar.h"
#include "base/random.h"

#include <math.h>

static const double PERSISTENCE  = 0.36; /* correlation of wet with wet on the next day: measured 0.36 */
static const double AMOUNT_SHAPE = 0.6;  /* of the gamma distribution: 0.47 to 0.74 by month */
static const double MEMORY       = 0.76; /* of the temperature's anomaly from day to day */
static const double SPREAD[12]   = {3.6, 4.2, 4.2, 3.6, 3.0, 2.9, 2.9, 2.6, 3.0, 3.1, 3.6, 3.2}; /* [K] */
static const double DAMP         = 0.16; /* relative humidity: wet days above dry ones */
static const double HUMIDITY_SD  = 0.07;
static const double DULL         = 0.45; /* radiation of a wet day over that of a dry one */
static const double WETTEST      = 0.97; /* a month that is never dry has no chain */

/* 2^16 blocks of random numbers for each day; days before 1970 count as well. */
static park_random of_day(const park_weather_wish *wish, park_weather_stream stream, int64_t day)
{
    return park_random_start(wish->seed, park_random_stream(wish->year, (uint32_t)stream),
                             (uint64_t)(day + (INT64_C(1) << 40)) << 16);
}

/* Share of wet days, by the length of the month. */
static double wet_share(const park_normals *normal, int32_t month)
{
    static const double LENGTH[12] = {31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return fmin(normal->days[month] / LENGTH[month], WETTEST);
}

/* (W1): P(wet | wet) = p + r (1 - p), P(wet | dry) = p (1 - r): the share p stays, neighbours correlate by r. */
static void draw_rain(const park_normals *normal, const park_weather_wish *wish, park_days *days)
{
    park_random first = of_day(wish, PARK_WEATHER_WET, days->first - 1);
    bool        wet   = days->count > 0 && park_random_uniform(&first) < wet_share(normal, days->month[0]);
    for (size_t d = 0; d < days->count; d++) {
        int32_t     m      = days->month[d];
        int64_t     day    = days->first + (int64_t)d;
        double      p      = wet_share(normal, m);
        park_random chance = of_day(wish, PARK_WEATHER_WET, day),
                    amount = of_day(wish, PARK_WEATHER_AMOUNT, day);
        wet = park_random_uniform(&chance) < (wet ? p + PERSISTENCE * (1.0 - p) : p * (1.0 - PERSISTENCE));
        days->rain[d] = 0.0;
        if (wet) {
            double mean   = normal->rain[m] / fmax(normal->days[m], 1e-9);
            days->rain[d] = park_random_gamma(&amount, AMOUNT_SHAPE, mean / AMOUNT_SHAPE);
        }
    }
}

/* (W3), (W4): an anomaly with memory; wet days are damp and dull, dry ones dry and bright, the mean kept. */
static void draw_air(const park_normals *normal, const park_weather_wish *wish, park_days *days)
{
    double anomaly = 0.0; /* in standard deviations */
    for (size_t d = 0; d < days->count; d++) {
        int32_t     m   = days->month[d];
        park_random air = of_day(wish, PARK_WEATHER_AIR, days->first + (int64_t)d);
        double      p = wet_share(normal, m), noise = park_random_normal(&air);
        bool        wet = days->rain[d] > 0.0;
        anomaly         = d == 0 ? noise : MEMORY * anomaly + sqrt(1.0 - MEMORY * MEMORY) * noise;
        double humidity =
            normal->humidity[m] + DAMP * ((wet ? 1.0 : 0.0) - p) + HUMIDITY_SD * park_random_normal(&air);
        days->temperature[d] = normal->temperature[m] + SPREAD[m] * anomaly;
        days->humidity[d]    = fmin(1.0, fmax(0.15, humidity));
        days->radiation[d]   = normal->radiation[m] * (wet ? DULL : 1.0) / (1.0 - (1.0 - DULL) * p);
    }
}

park_status park_days_draw(const park_normals *normal, const park_weather_wish *wish, park_arena *arena,
                           park_days *days, park_error *err)
{
    double **column[] = {&days->temperature, &days->humidity, &days->rain, &days->radiation};
    days->count = wish->days, days->first = wish->first;
    days->month   = PARK_ARRAY(arena, days->count, int32_t),
    days->of_year = PARK_ARRAY(arena, days->count, int32_t);
    bool held     = days->month != NULL && days->of_year != NULL;
    for (size_t i = 0; i < 4; i++) {
        *column[i] = PARK_ARRAY(arena, days->count, double);
        held &= *column[i] != NULL;
    }
    if (!held)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu days of weather", wish->days);
    for (size_t d = 0; d < days->count; d++) {
        int32_t year, month, day;
        park_day_date(days->first + (int64_t)d, &year, &month, &day);
        days->month[d]   = month - 1;
        days->of_year[d] = (int32_t)(days->first + (int64_t)d - park_date_day(year, 1, 1)) + 1;
    }
    draw_rain(normal, wish, days);
    draw_air(normal, wish, days);
    return PARK_OK;
}

/* One month's days, `from` to `to`; a month cut by the period's ends rains its share. */
static void scale_month(const park_normals *normal, park_days *days, size_t from, size_t to, double share)
{
    double  rain = 0.0, temperature = 0.0, humidity = 0.0, radiation = 0.0, count = (double)(to - from);
    int32_t m = days->month[from];
    for (size_t d = from; d < to; d++) {
        rain += days->rain[d];
        temperature += days->temperature[d];
        humidity += days->humidity[d];
        radiation += days->radiation[d];
    }
    if (rain == 0.0) { /* a month drawn dry rains on its middle day */
        days->rain[(from + to) / 2] = 1.0;
        rain                        = 1.0;
    }
    for (size_t d = from; d < to; d++) {
        days->rain[d] *= normal->rain[m] * share / rain;
        days->temperature[d] += normal->temperature[m] - temperature / count;
        days->humidity[d] = fmin(1.0, days->humidity[d] + normal->humidity[m] - humidity / count);
        days->radiation[d] *= radiation > 0.0 ? normal->radiation[m] * count / radiation : 0.0;
    }
}

void park_days_scale(const park_normals *normal, park_days *days)
{
    for (size_t from = 0, to = 0; from < days->count; from = to) {
        int32_t year, month, day;
        park_day_date(days->first + (int64_t)from, &year, &month, &day);
        int64_t next  = month == 12 ? park_date_day(year + 1, 1, 1) : park_date_day(year, month + 1, 1);
        double  whole = (double)(next - park_date_day(year, month, 1));
        while (to < days->count && days->first + (int64_t)to < next)
            to++;
        scale_month(normal, days, from, to, (double)(to - from) / whole);
    }
}
