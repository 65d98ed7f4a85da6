/* Rain event by event, against indicator_tests.csv (RW-W, RW-ff) and events counted by hand. */
#include "park_fixture.h"

#include "units/sources/rain.h"
#include "units/sources/source.h"

static const double MM = 1e-3, HA = 1e4;

/* RW-W: 10 * 0.85 * 1353.5 mm * 20 ha = 230 095 m3/a; RW-ff: 3 mm on 20 ha = 600 m3 an event. */
static void volumes_match_the_formulas_of_the_code(void)
{
    double left = 0.0, flush;
    CHECK_CLOSE(park_rain_yield(1353.5 * MM, 0.85, &left, &flush) * 20.0 * HA, 230095.0, 1e-6);
    CHECK(flush == 0.0);
    left = 3.0 * MM;
    CHECK_CLOSE(park_rain_yield(30.0 * MM, 0.85, &left, &flush) * 20.0 * HA, 0.85 * 30.0 * 200.0 - 600.0,
                1e-6);
    CHECK_CLOSE(flush * 20.0 * HA, 600.0, 1e-9);
    CHECK(left == 0.0);
}

typedef struct shower {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    int32_t       rain;
} shower;

/* Ten hourly values [mm], from 1 June 2025 on; 10 ha, runoff 0.8, 3 mm of first flush. */
static shower showers(const double *mm, size_t count)
{
    static const char *const COD[] = {"COD"};
    shower                   s     = {.arena = park_arena_new()};
    s.draft                        = draft_with(s.arena, COD, 1);
    park_findings_init(&s.findings, s.arena);
    period(s.draft, day_start(2025, 6, 1), day_start(2025, 6, 1) + (int64_t)count * 3600,
           PARK_SEASONS_STEADY);
    double  *value = PARK_ARRAY(s.arena, count, double);
    int64_t *time  = PARK_ARRAY(s.arena, count, int64_t);
    for (size_t i = 0; i < count; i++) {
        value[i] = mm[i] * MM / 3600.0;
        time[i]  = s.draft->time.start + (int64_t)i * 3600;
    }
    s.draft->weather.rain = park_draft_pattern(
        s.draft, (park_pattern){.kind = PARK_PATTERN_SERIES, .count = count, .time = time, .value = value});
    s.rain         = add_unit(s.draft, PARK_SOURCE, "rain", "rain");
    park_source *p = params_of(s.draft, s.rain);
    p->catchment   = 10.0 * HA;
    p->runoff      = 0.8;
    p->quality[0]  = 0.02;
    return s;
}

/* Yield and flush of the whole period [m3]. */
static void volumes(shower *s, double *yield, double *flush)
{
    park_error err = {0};
    CHECK(park_draft_shape(s->draft, &s->findings, &err) == PARK_OK);
    park_map *map = park_map_new(s->arena, s->draft, s->rain);
    CHECK(park_unit_average(s->draft, s->rain, 0, map, &err) == PARK_OK);
    double seconds = (double)(s->draft->time.end - s->draft->time.start);
    *yield         = map->outlet[PARK_SOURCE_PRODUCT].hi * seconds;
    *flush         = map->outlet[PARK_SOURCE_FIRST_FLUSH].beta * seconds;
}

/* 1 + 4 mm, two dry hours, 5 mm: one event. Runoff 8 mm; 3 of them flush: 300 and 500 m3. */
static void a_short_pause_does_not_end_an_event(void)
{
    static const double MMS[] = {1, 4, 0, 0, 5, 0};
    double              yield, flush;
    shower              s = showers(MMS, 6);
    volumes(&s, &yield, &flush);
    CHECK_CLOSE(flush, 300.0, 1e-9);
    CHECK_CLOSE(yield, 500.0, 1e-9);
    /* In time: the first hour is all flush (0.8 mm), the second owes 2.2 of its 3.2 mm. */
    park_error err;
    park_map  *map = park_map_new(s.arena, s.draft, s.rain);
    CHECK(park_unit_at(s.draft, s.rain, s.draft->time.start + 100, map, &err) == PARK_OK);
    CHECK(map->outlet[0].hi == 0.0);
    CHECK_CLOSE(map->outlet[1].beta * 3600.0, 80.0, 1e-9);
    CHECK(park_unit_at(s.draft, s.rain, s.draft->time.start + 3700, map, &err) == PARK_OK);
    CHECK_CLOSE(map->outlet[0].hi * 3600.0, 100.0, 1e-9);
    CHECK_CLOSE(map->outlet[1].beta * 3600.0, 220.0, 1e-9);
    park_arena_free(s.arena);
}

/* The same rain with six dry hours: two events. The second: 4 mm of runoff, 3 flushed: 600 and 200 m3. */
static void a_long_pause_makes_a_new_event(void)
{
    static const double MMS[] = {1, 4, 0, 0, 0, 0, 0, 0, 5, 0};
    double              yield, flush;
    shower              s = showers(MMS, 10);
    volumes(&s, &yield, &flush);
    CHECK_CLOSE(flush, 600.0, 1e-9);
    CHECK_CLOSE(yield, 200.0, 1e-9);
    ((park_source *)params_of(s.draft, s.rain))->event_gap = 7.0 * 3600.0;
    volumes(&s, &yield, &flush);
    CHECK_CLOSE(flush, 300.0, 1e-9); /* a pause of six hours is short now */
    park_arena_free(s.arena);
}

static void a_first_flush_goes_where_it_is_led(void)
{
    static const double MMS[] = {1, 4};
    shower              s     = showers(MMS, 2);
    add_unit(s.draft, PARK_SINK, "sewer", "sewer");
    ((park_source *)params_of(s.draft, s.rain))->first_flush_to.text = "sewer";
    CHECK(stands(s.draft, &s.findings, false));
    int32_t link = link_between(s.draft, "rain.first_flush", "sewer");
    CHECK(link >= 0 && s.draft->link[link].free &&
          s.draft->links == 1); /* the yield is clean water: not to a sewer */
    ((park_source *)params_of(s.draft, s.rain))->first_flush_to.text = "nowhere";
    park_error err;
    CHECK(park_draft_shape(s.draft, &s.findings, &err) == PARK_E_RANGE && has_code(&s.findings, PARK_E0401));
    park_arena_free(s.arena);
}

static void rain_without_a_series_is_told(void)
{
    static const double MMS[] = {1, 4};
    shower              s     = showers(MMS, 2);
    s.draft->weather.rain     = -1;
    park_error err;
    CHECK(park_draft_shape(s.draft, &s.findings, &err) == PARK_E_RANGE && has_code(&s.findings, PARK_E0512));
    park_arena_free(s.arena);
}

int main(void)
{
    RUN(volumes_match_the_formulas_of_the_code);
    RUN(a_short_pause_does_not_end_an_event);
    RUN(a_long_pause_makes_a_new_event);
    RUN(a_first_flush_goes_where_it_is_led);
    RUN(rain_without_a_series_is_told);
    return park_test_done();
}
