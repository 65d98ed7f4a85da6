/* The curve of a rain storage over its volume, by a shower counted by hand. */
#include "park_fixture.h"

#include "units/sources/rain_sizing.h"
#include "units/sources/source.h"
#include "units/storages/storage.h"

/* Four days from 1 June: 20 mm on the first and third; 10 ha, all of it runs off, no first flush: 2000 m3 each time. */
typedef struct site {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    int32_t       pond;
} site;

static site showers(bool linked)
{
    static const char *const NONE[] = {"TDS"};
    site                     s      = {.arena = park_arena_new()};
    s.draft                         = draft_with(s.arena, NONE, 1);
    park_findings_init(&s.findings, s.arena);
    period(s.draft, day_start(2025, 6, 1), day_start(2025, 6, 5), PARK_SEASONS_STEADY);
    double  *value = PARK_ARRAY(s.arena, 5, double);
    int64_t *time  = PARK_ARRAY(s.arena, 5, int64_t);
    for (int i = 0; i < 5; i++)
        time[i] = s.draft->time.start + (int64_t)i * 86400;
    value[0] = value[2] = value[4] = 0.02 / 86400.0; /* the fifth day lies beyond the period */
    s.draft->weather.rain          = park_draft_pattern(
                 s.draft, (park_pattern){.kind = PARK_PATTERN_SERIES, .count = 5, .time = time, .value = value});
    int32_t      rain = add_unit(s.draft, PARK_SOURCE, "rain", "rain");
    park_source *p    = params_of(s.draft, rain);
    p->catchment = 1e5, p->runoff = 1.0, p->first_flush = 0.0, p->quality[0] = 0.02;
    s.pond                                               = add_unit(s.draft, PARK_STORAGE, "pond", "pond");
    ((park_storage *)params_of(s.draft, s.pond))->volume = (park_range){.min = 0.0, .max = 1500.0};
    park_error err                                       = {0};
    s.draft->candidates                                  = PARK_CANDIDATES_NONE;
    if (linked)
        CHECK(park_draft_free_connection(s.draft, "rain", "pond", &err) == PARK_OK);
    CHECK(stands(s.draft, &s.findings, false));
    return s;
}

/* 1500 m3 hold: 2000 come, 500 spill, 750 a day are drawn: 750 stay, 0; again. All demand is met at 1500 m3, half at 750. */
static void the_curve_is_counted_by_hand(void)
{
    site             bare = showers(false), s = showers(true);
    const double     draw = 750.0 / 86400.0;
    park_rain_sizing sizing;
    park_error       err = {0};
    CHECK(!park_rain_reaches(bare.draft, bare.pond)); /* no link */
    CHECK(park_rain_size(bare.draft, bare.pond, &draw, 1500.0, bare.arena, &sizing, &err) == PARK_E_RANGE);
    park_arena_free(bare.arena);
    CHECK(park_rain_reaches(s.draft, s.pond));
    CHECK(park_rain_size(s.draft, s.pond, &draw, 0.0, s.arena, &sizing, &err) == PARK_E_RANGE);
    CHECK(park_rain_size(s.draft, s.pond, &draw, 1500.0, s.arena, &sizing, &err) == PARK_OK);
    const park_harvest *own = &sizing.point[sizing.own], *half = &sizing.point[3];
    CHECK_CLOSE(sizing.years, 4.0 / 365.0, 1e-12);
    CHECK_CLOSE(own->inflow, 4000.0, 1e-9);
    CHECK_CLOSE(own->spill, 1000.0, 1e-9);
    CHECK_CLOSE(own->volumetric, 1.0, 1e-12);
    CHECK_CLOSE(half->volume, 750.0, 1e-12);
    CHECK_CLOSE(half->volumetric, 0.5, 1e-12);
    CHECK_CLOSE(half->temporal, 0.5, 1e-12);
    park_arena_free(s.arena);
}

static void memory_may_run_out(void)
{
    for (size_t after = 1; after <= 3; after++) {
        site             s    = showers(true);
        const double     draw = 0.01;
        park_rain_sizing sizing;
        park_error       err = {0};
        park_arena_fail_after(s.arena, after);
        CHECK(park_rain_size(s.draft, s.pond, &draw, 1500.0, s.arena, &sizing, &err) ==
              (after <= 2 ? PARK_E_MEMORY : PARK_OK));
        park_arena_free(s.arena);
    }
}

int main(void)
{
    RUN(the_curve_is_counted_by_hand);
    RUN(memory_may_run_out);
    return park_test_done();
}
