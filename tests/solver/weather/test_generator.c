#include "check.h"

#include "base/calendar.h"
#include "weather/generator.h"

#include <stdio.h>

static park_normals changsha(void)
{
    static const double T[12]    = {5.0, 7.5, 11.5, 17.5, 22.5, 26.0, 29.0, 28.5, 24.0, 18.5, 12.5, 7.0};
    static const double RAIN[12] = {70, 90, 140, 190, 190, 220, 150, 110, 75, 75, 75, 45};
    static const double DAYS[12] = {13, 13, 17, 17, 16, 14, 11, 10, 9, 10, 10, 10};
    park_normals        n        = {.latitude = 0.492};
    for (int m = 0; m < 12; m++) {
        n.temperature[m] = T[m] + 273.15, n.humidity[m] = 0.78, n.rain[m] = RAIN[m] / 1000.0,
        n.days[m]      = DAYS[m];
        n.radiation[m] = 140.0;
    }
    return n;
}

/* Hours are the days' hours: sums agree, whether months are scaled or not. */
static void hours_and_days_agree(void)
{
    park_arena        *arena = park_arena_new();
    park_normals       n     = changsha();
    park_weather_drawn day, hour;
    for (int varies = 0; varies < 2; varies++) {
        park_weather_wish wish = {.first = 20089, .days = 365, .seed = 3, .varies = varies == 1};
        CHECK(park_weather_draw(&n, &wish, arena, &day, NULL) == PARK_OK);
        wish.hourly = true;
        CHECK(park_weather_draw(&n, &wish, arena, &hour, NULL) == PARK_OK);
        CHECK(day.count == 365 && hour.count == 24 * 365);
        for (size_t d = 0; d < 365; d++) {
            double rain = 0.0, warmth = 0.0;
            for (size_t h = 24 * d; h < 24 * (d + 1); h++)
                rain += hour.rain[h] / 24.0, warmth += hour.temperature[h] / 24.0;
            CHECK_CLOSE(rain, day.rain[d], 1e-18);
            CHECK_CLOSE(warmth, day.temperature[d], 1e-9);
        }
    }
    park_arena_free(arena);
}

/* Years that vary: their mean is the climate's 1430 mm; they spread as years do (measured 2014 to 2018: 1184 to 1680 mm). */
static void years_vary_about_the_climate(void)
{
    park_arena  *arena = park_arena_new();
    park_normals n     = changsha();
    double       sum = 0.0, square = 0.0, least = INFINITY, most = 0.0;
    enum { YEARS = 300 };
    for (uint32_t y = 0; y < YEARS; y++) {
        park_weather_drawn drawn;
        park_weather_wish  wish  = {.first = 20089, .days = 365, .seed = 3, .year = y, .varies = true};
        double             total = 0.0;
        CHECK(park_weather_draw(&n, &wish, arena, &drawn, NULL) == PARK_OK);
        for (size_t d = 0; d < 365; d++)
            total += drawn.rain[d] * PARK_DAY_SECONDS;
        sum += total, square += total * total, least = fmin(least, total), most = fmax(most, total);
    }
    double mean = sum / YEARS, spread = sqrt(square / YEARS - mean * mean);
    CHECK_CLOSE(mean, 1.430, 0.05);
    CHECK(spread > 0.08 * mean && spread < 0.25 * mean);
    CHECK(least < 1.2 && most > 1.7);
    park_arena_free(arena);
}

static void impossible_normals_are_refused(void)
{
    park_arena        *arena = park_arena_new();
    park_weather_wish  wish  = {.days = 3};
    park_weather_drawn drawn;
    park_error         err = {0};
    park_normals       n   = changsha();
    n.rain[4]              = -0.1;
    CHECK(park_weather_draw(&n, &wish, arena, &drawn, &err) == PARK_E_RANGE &&
          strstr(err.message, "month 5") != NULL);
    n = changsha(), n.humidity[0] = NAN;
    CHECK(park_weather_draw(&n, &wish, arena, &drawn, &err) == PARK_E_RANGE);
    n = changsha(), n.latitude = 1.6;
    CHECK(park_weather_draw(&n, &wish, arena, &drawn, &err) == PARK_E_RANGE);
    park_arena_free(arena);
}

static void memory_may_run_out(void)
{
    park_normals      n      = changsha();
    park_weather_wish wish   = {.days = 3, .hourly = true};
    size_t            failed = 0;
    for (size_t after = 1; after < 40; after++) {
        park_arena        *arena = park_arena_new();
        park_weather_drawn drawn;
        park_arena_fail_after(arena, after);
        park_status status = park_weather_draw(&n, &wish, arena, &drawn, NULL);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        failed += status == PARK_E_MEMORY;
        park_arena_free(arena);
    }
    CHECK(failed == 10); /* two lists of whole numbers, four columns of days, four of hours */
}

int main(void)
{
    RUN(hours_and_days_agree);
    RUN(years_vary_about_the_climate);
    RUN(impossible_normals_are_refused);
    RUN(memory_may_run_out);
    return park_test_done();
}
