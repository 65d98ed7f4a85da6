/* Days of the park: worst, average, and one that was asked for. */
#include "bound_fixture.h"

#include "bound/day.h"

static park_bound_binding *binding_of(bound_bench *b)
{
    park_bound_binding *binding = NULL;
    bench_bind(b, "river", "R", 1.0);
    bench_bind(b, "wash", "J1", 1.0);
    bench_carry(b, "river_wash");
    CHECK(park_bound_binding_make(&b->park.m, &b->bound, b->park.arena, &binding, &b->err) == PARK_OK);
    return binding;
}

/* 1, 2, 3 in the same hour of three days: the third is worst, the mean is 2. */
static void worst_and_average(void)
{
    bound_bench b;
    bench_begin(&b, ONE_PIPE);
    int32_t l = bench_link(&b, "river_wash", 0, 1, 0.5);
    for (int day = 0; day < 3; day++)
        b.flow[l][day * 24 + 7] = 1.0 + day;
    park_bound_binding *binding = binding_of(&b);
    park_bound_profile  worst, average;
    CHECK(park_bound_profiles(binding, &b.flows, 0, b.park.arena, &worst, &average, &b.err) == PARK_OK);
    CHECK(worst.any && worst.start == 1735660800 + 2 * 86400 && worst.worst_hour == 7);
    CHECK(worst.flow[7] == 3.0 && worst.flow[6] == 0.5 && average.flow[7] == 2.0 && average.flow[8] == 0.5);
    CHECK(park_bound_profile_total(binding, &worst, 7) == 3.0);
    bench_end(&b);
}

/* The last day has its first six hours alone; the others are those of the average day. */
static void missing_hours_are_those_of_the_average(void)
{
    bound_bench b;
    bench_begin(&b, ONE_PIPE);
    int32_t l = bench_link(&b, "river_wash", 0, 1, 0.5);
    for (size_t r = 0; r < BENCH_ROWS; r++)
        b.flow[l][r] = (double)(r % 24);
    b.flow[l][48 + 3]           = 100.0;
    b.flows.rows                = 48 + 6;
    park_bound_binding *binding = binding_of(&b);
    park_bound_profile  worst, average;
    CHECK(park_bound_profiles(binding, &b.flows, 0, b.park.arena, &worst, &average, &b.err) == PARK_OK);
    CHECK(worst.start == 1735660800 + 2 * 86400 && worst.flow[3] == 100.0 && worst.flow[5] == 5.0);
    CHECK(worst.flow[20] == 20.0 && worst.worst_hour == 3);
    bench_end(&b);
}

static void a_day_that_is_asked_for(void)
{
    bound_bench b;
    bench_begin(&b, ONE_PIPE);
    int32_t l                   = bench_link(&b, "river_wash", 0, 1, 0.5);
    b.flow[l][24 + 5]           = 2.0;
    park_bound_binding *binding = binding_of(&b);
    park_bound_profile  worst, average, day = {.flow = PARK_ARRAY(b.park.arena, 24, double)};
    CHECK(park_bound_profiles(binding, &b.flows, 0, b.park.arena, &worst, &average, &b.err) == PARK_OK);
    CHECK(park_bound_profile_at(binding, &b.flows, 1735660800 + 86400 + 43000, &average, &day));
    CHECK(day.start == 1735660800 + 86400 && day.flow[5] == 2.0 && day.flow[6] == 0.5 && day.worst_hour == 5);
    CHECK(!park_bound_profile_at(binding, &b.flows, 1735660800 - 1, &average, &day));
    bench_end(&b);
}

/* A season without rows is no day at all. */
static void no_rows_no_day(void)
{
    bound_bench b;
    bench_begin(&b, ONE_PIPE);
    (void)bench_link(&b, "river_wash", 0, 1, 0.5);
    b.flows.rows                = 0;
    park_bound_binding *binding = binding_of(&b);
    park_bound_profile  worst, average;
    CHECK(park_bound_profiles(binding, &b.flows, 0, b.park.arena, &worst, &average, &b.err) == PARK_OK);
    CHECK(!worst.any && !average.any);
    bench_end(&b);
}

/* The file's day begins at six, its patterns start two hours in, in steps of 30 minutes: at local midnight both the
 * park's hours and the file's factors are those of midnight. */
static void patterns_meet_at_midnight(void)
{
    bound_bench b;
    bench_begin(&b,
                "[JUNCTIONS]\n J1 10 0\n J2 10 1 own\n[RESERVOIRS]\n R 50\n[PIPES]\n P R J1 1000 300 130\n Q "
                "J1 J2 10 "
                "300 130\n[PATTERNS]\n own 1 2 3 4\n[TIMES]\n PATTERN TIMESTEP 0:30\n PATTERN START 2:00\n "
                "START CLOCKTIME 6:00\n[OPTIONS]\n UNITS LPS\n");
    int32_t l = bench_link(&b, "river_wash", 0, 1, 0.0);
    for (size_t r = 0; r < BENCH_ROWS; r++)
        b.flow[l][r] = 0.001 * (double)(r % 24);
    park_bound_binding *binding = binding_of(&b);
    CHECK(binding->step == 1800 && binding->midnight == 20 * 3600); /* 2 h - 6 h, a day on */
    park_bound_profile  worst, average;
    park_bound_day      day;
    park_bound_trace    trace;
    park_period_result *result;
    CHECK(park_bound_profiles(binding, &b.flows, 0, b.park.arena, &worst, &average, &b.err) == PARK_OK);
    CHECK(park_bound_day_make(binding, &worst, b.park.arena, &day, &b.err) == PARK_OK);
    CHECK(park_bound_day_march(binding, &day, false, &b.findings, b.park.arena, &trace, &result, &b.err) ==
          PARK_OK);
    CHECK(trace.hours == 25);
    for (size_t h = 0; h < 24 && trace.hours == 25; h++) {
        double own = (0.3048 * 0.3048 * 0.3048 / 28.317) *
                     (double)(1 + (2 * (h + 20)) % 4); /* half hours since its start */
        CHECK_CLOSE(trace.flow[h * 2], 0.001 * (double)h + own, 1e-9);
        CHECK_CLOSE(trace.flow[h * 2 + 1], own, 1e-9);
    }
    bench_end(&b);
}

int main(void)
{
    RUN(worst_and_average);
    RUN(missing_hours_are_those_of_the_average);
    RUN(a_day_that_is_asked_for);
    RUN(no_rows_no_day);
    RUN(patterns_meet_at_midnight);
    return park_test_done();
}
