#include "check.h"

#include "base/calendar.h"
#include "weather/internal.h"

/* A place where every month is alike: 10 wet days of 365/12, 100 mm, 15 C, 75 %, 120 W/m2. */
static park_normals even(void)
{
    park_normals n = {.latitude = 0.5};
    for (int m = 0; m < 12; m++) {
        n.temperature[m] = 288.15, n.humidity[m] = 0.75, n.rain[m] = 0.1, n.days[m] = 10.0;
        n.radiation[m] = 120.0;
    }
    return n;
}

enum { YEARS = 200, DAYS = 365 * YEARS };

static park_days draw(const park_normals *n, park_weather_wish wish, park_arena *arena)
{
    park_days days = {0};
    CHECK(park_days_draw(n, &wish, arena, &days, NULL) == PARK_OK);
    return days;
}

/* Means and moments of two hundred years, within four standard errors or so. */
static void the_long_run_is_the_climate(void)
{
    park_arena  *arena = park_arena_new();
    park_normals n     = even();
    park_days    days  = draw(&n, (park_weather_wish){.first = 0, .days = DAYS, .seed = 5}, arena);
    double wet = 0.0, both = 0.0, rain = 0.0, square = 0.0, warm = 0.0, pair = 0.0, var = 0.0, damp = 0.0;
    for (size_t d = 0; d < DAYS; d++) {
        double t = days.temperature[d] - 288.15;
        wet += days.rain[d] > 0.0;
        both += d > 0 && days.rain[d] > 0.0 && days.rain[d - 1] > 0.0;
        rain += days.rain[d], square += days.rain[d] * days.rain[d];
        warm += t, var += t * t, damp += days.humidity[d];
        pair += d > 0 ? t * (days.temperature[d - 1] - 288.15) : 0.0;
    }
    CHECK_CLOSE(wet / DAYS, 10.0 * 12.0 / 365.25, 0.006);
    CHECK_CLOSE(rain / YEARS, 1.2, 0.03); /* 100 mm a month */
    /* a gamma amount of shape k and mean m has the mean square m^2 (1 + 1/k): 10 mm a wet day, k = 0.6 */
    CHECK_CLOSE(square / wet, 1e-4 * (1.0 + 1.0 / 0.6), 2e-5);
    /* correlation of wet with wet on the next day: 0.36 */
    double p = wet / DAYS;
    CHECK_CLOSE((both / DAYS - p * p) / (p * (1.0 - p)), 0.36, 0.02);
    CHECK_CLOSE(warm / DAYS, 0.0, 0.1);
    CHECK_CLOSE(pair / var, 0.76, 0.01);
    CHECK_CLOSE(damp / DAYS, 0.75, 0.005);
    park_arena_free(arena);
}

/* Every month of the scaled days rains its normal; one that the period cuts in half, half of it. */
static void scaled_months_are_the_normals(void)
{
    park_arena  *arena   = park_arena_new();
    park_normals n       = even();
    int64_t      from    = park_date_day(2025, 1, 17);
    park_days    days    = draw(&n, (park_weather_wish){.first = from, .days = 15 + 28, .seed = 9}, arena);
    double       january = 0.0, february = 0.0, warm = 0.0;
    park_days_scale(&n, &days);
    for (size_t d = 0; d < days.count; d++) {
        *(days.month[d] == 0 ? &january : &february) += days.rain[d];
        warm += days.month[d] == 1 ? days.temperature[d] / 28.0 : 0.0;
    }
    CHECK_CLOSE(january, 0.1 * 15.0 / 31.0, 1e-15);
    CHECK_CLOSE(february, 0.1, 1e-15);
    CHECK_CLOSE(warm, 288.15, 1e-10);
    park_arena_free(arena);
}

/* A day is the same whoever asks for it, but for the memory of the days before; other years and seeds are others. */
static void days_are_drawn_by_counter(void)
{
    park_arena  *arena = park_arena_new();
    park_normals n     = even();
    park_days    a     = draw(&n, (park_weather_wish){.first = -40, .days = 400, .seed = 5}, arena);
    park_days    b     = draw(&n, (park_weather_wish){.first = 60, .days = 300, .seed = 5}, arena);
    park_days    c    = draw(&n, (park_weather_wish){.first = -40, .days = 400, .seed = 5, .year = 1}, arena);
    park_days    e    = draw(&n, (park_weather_wish){.first = -40, .days = 400, .seed = 6}, arena);
    size_t       same = 0, other_year = 0, other_seed = 0;
    for (size_t d = 200; d < 400; d++) {
        same += a.rain[d] == b.rain[d - 100];
        other_year += a.rain[d] > 0.0 && a.rain[d] == c.rain[d];
        other_seed += a.rain[d] > 0.0 && a.rain[d] == e.rain[d];
    }
    CHECK(same == 200); /* whatever the first day was, the chain has forgotten it */
    CHECK(other_year == 0 && other_seed == 0);
    park_arena_free(arena);
}

/* The rainiest place has a chain, and a desert no rain. */
static void extremes_are_drawn(void)
{
    park_arena  *arena = park_arena_new();
    park_normals n     = even();
    for (int m = 0; m < 12; m++)
        n.days[m] = 31.0;
    park_days wet = draw(&n, (park_weather_wish){.days = 1000, .seed = 1}, arena);
    size_t    dry = 0;
    for (size_t d = 0; d < 1000; d++)
        dry += wet.rain[d] == 0.0;
    CHECK(dry < 100);
    for (int m = 0; m < 12; m++)
        n.days[m] = n.rain[m] = 0.0;
    park_days desert = draw(&n, (park_weather_wish){.days = 1000, .seed = 1}, arena);
    park_days_scale(&n, &desert);
    for (size_t d = 0; d < 1000; d++)
        CHECK(desert.rain[d] == 0.0);
    park_arena_free(arena);
}

int main(void)
{
    RUN(the_long_run_is_the_climate);
    RUN(scaled_months_are_the_normals);
    RUN(days_are_drawn_by_counter);
    RUN(extremes_are_drawn);
    return park_test_done();
}
