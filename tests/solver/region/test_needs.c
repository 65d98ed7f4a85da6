/* What targets lack, by hand: a row of water for each, that reaches exactly when the rate does. */
#include "region_fixture.h"

#include "check.h"

#include <parkwater/allocation.h>

static park_allocation needs_of(const region_fixture *f, const bool *off, park_arena *arena)
{
    static park_scenario scenario[2];
    scenario[0]       = (park_scenario){.id = "base"};
    scenario[1]       = (park_scenario){.id = "high", .growth = 0.1};
    park_allocation a = {.scenarios = 2, .scenario = scenario, .off = off};
    CHECK(park_allocation_needs(&f->region, &a, arena, NULL) == PARK_OK);
    return a;
}

/* 100 of the river, 20 reclaimed, 880 reused, value added 10; all grow by 10 %/a. In 2022: 121, 24.2, 1064.8, 12.1. */
static void grown(region_fixture *f)
{
    region_fixture_open(f, 1, 2020, 2020, 2022);
    region_fixture_set(f, 0, 2020, 100.0, 20.0, 880.0, 10.0);
    f->course[0] = (park_region_course){.growth = {0.1, 0.0}};
}

static void rates_become_rows_of_water(void)
{
    region_fixture f;
    park_arena    *arena = park_arena_new();
    grown(&f);
    region_fixture_target(&f, "r", PARK_REGION_REUSE_RATE, PARK_REGION_ALL_SOURCES, 2022)->min         = 0.9;
    region_fixture_target(&f, "new", PARK_REGION_NON_CONVENTIONAL, PARK_REGION_ALL_SOURCES, 2022)->min = 30.0;
    region_fixture_target(&f, "vi", PARK_REGION_INTAKE, PARK_REGION_CONVENTIONAL, 2022)->max = 110.0;
    region_fixture_target(&f, "per", PARK_REGION_INTAKE_PER_ADDED, PARK_REGION_CONVENTIONAL, 2022)->change =
        -0.12;
    f.target[3].since = 2020;
    park_allocation a = needs_of(&f, NULL, arena);
    CHECK(a.needs == 4);
    CHECK_CLOSE(a.need[0].lacking, 0.9 * 1210.0 - 1064.8, 1e-9);
    CHECK_CLOSE(a.need[1].lacking, 30.0 - 24.2, 1e-9);
    CHECK_CLOSE(a.need[2].lacking, 121.0 - 110.0, 1e-9);
    CHECK_CLOSE(a.need[3].lacking, 121.0 - 0.88 * 10.0 * 12.1, 1e-9);
    CHECK_CLOSE(a.need[0].step, 1.21, 1e-9);                         /* 0.1 points of 1210 */
    CHECK_CLOSE(a.scenario[1].lacking[1], 30.0 - 20.0 * 1.44, 1e-9); /* 20 %/a */
    /* the row is the rate: save s, reuse u, new n so that the row is met exactly, and the rate is 90 % */
    double s = 5.0, n = 4.0, u = (a.need[0].lacking - 0.9 * s + 0.9 * n) / 0.1;
    CHECK_CLOSE(a.need[0].per[PARK_GIFT_INTAKE] * s + a.need[0].per[PARK_GIFT_REUSE] * u +
                    a.need[0].per[PARK_GIFT_NEW] * n,
                a.need[0].lacking, 1e-9);
    CHECK_CLOSE((1064.8 + u) / (121.0 - s + 24.2 + n + 1064.8 + u), 0.9, 1e-12);
    park_arena_free(arena);
}

static void the_other_basis_leaves_new_water_out(void)
{
    region_fixture f;
    park_arena    *arena = park_arena_new();
    grown(&f);
    region_fixture_target(&f, "r", PARK_REGION_REUSE_RATE, PARK_REGION_CONVENTIONAL, 2022)->min = 0.9;
    region_fixture_target(&f, "vi", PARK_REGION_INTAKE, PARK_REGION_ALL_SOURCES, 2022)->max     = 130.0;
    region_fixture_target(&f, "old", PARK_REGION_INTAKE, PARK_REGION_ALL_SOURCES, 2020)->max =
        1.0; /* known: nothing helps */
    park_allocation a = needs_of(&f, NULL, arena);
    CHECK(a.needs == 2);
    CHECK_CLOSE(a.need[0].per[PARK_GIFT_NEW], 0.0, 0.0);
    CHECK_CLOSE(a.need[0].lacking, 0.9 * 1185.8 - 1064.8, 1e-9); /* below 0: reached */
    CHECK(a.need[0].lacking > 0.0);
    CHECK_CLOSE(a.need[1].lacking, 145.2 - 130.0, 1e-9);
    CHECK_CLOSE(a.need[1].per[PARK_GIFT_NEW], -1.0, 0.0);
    park_arena_free(arena);
}

/* A measure saves a fifth of the intake and turns half of that into reuse; as an option it is off the path and gives that. */
static void a_measure_becomes_an_option(void)
{
    static const bool WITHOUT[3] = {true};
    region_fixture    f;
    park_arena       *arena = park_arena_new();
    grown(&f);
    park_region_measure *m                  = region_fixture_measure(&f, "leaks", 2021, 1.0, 1.0);
    m->times[PARK_REGION_PART_CONVENTIONAL] = 0.8;
    m->to_reuse                             = 0.5;
    region_fixture_target(&f, "vi", PARK_REGION_INTAKE, PARK_REGION_CONVENTIONAL, 2022)->max = 110.0;
    CHECK_CLOSE(needs_of(&f, NULL, arena).need[0].lacking, 121.0 * 0.8 - 110.0, 1e-9);
    CHECK_CLOSE(needs_of(&f, WITHOUT, arena).need[0].lacking, 11.0, 1e-9);
    park_scenario   base   = {.id = "base"};
    park_option     option = {.measure = 0};
    park_allocation a = {.scenarios = 1, .scenario = &base, .off = WITHOUT, .options = 1, .option = &option};
    CHECK(park_allocation_needs(&f.region, &a, arena, NULL) == PARK_OK);
    const double *gives = option.gives;
    CHECK_CLOSE(gives[PARK_GIFT_INTAKE], 24.2, 1e-9);
    CHECK_CLOSE(gives[PARK_GIFT_REUSE], 12.1, 1e-9);
    CHECK_CLOSE(gives[PARK_GIFT_NEW], 0.0, 1e-9);
    park_arena_free(arena);
}

/* Two measures of a fifth each save 24.2 each by themselves, 43.56 together: what the second finds is less. */
static void measures_get_in_each_others_way(void)
{
    static const bool OFF[3] = {true, true};
    region_fixture    f;
    park_arena       *arena = park_arena_new();
    grown(&f);
    for (int k = 0; k < 2; k++)
        region_fixture_measure(&f, k == 0 ? "leaks" : "taps", 2021, 1.0, 1.0)
            ->times[PARK_REGION_PART_CONVENTIONAL] = 0.8;
    region_fixture_target(&f, "vi", PARK_REGION_INTAKE, PARK_REGION_CONVENTIONAL, 2022)->max = 80.0;
    park_scenario   base                                                                     = {.id = "base"};
    park_option     option[2] = {{.measure = 0, .group = 0}, {.measure = 1, .group = 1}};
    int32_t         year[2]   = {2021, 2021};
    double          exact[1];
    park_choice     choice = {.year = year};
    park_allocation a      = {.scenarios = 1, .scenario = &base, .off = OFF, .options = 2, .option = option};
    CHECK(park_allocation_needs(&f.region, &a, arena, NULL) == PARK_OK);
    CHECK_CLOSE(option[0].gives[PARK_GIFT_INTAKE] + option[1].gives[PARK_GIFT_INTAKE], 48.4, 1e-9);
    CHECK(park_allocation_exact(&f.region, &a, &choice, arena, exact, NULL) == PARK_OK);
    CHECK_CLOSE(exact[0], 121.0 - 121.0 * 0.64, 1e-9);
    park_arena_free(arena);
}

int main(void)
{
    RUN(rates_become_rows_of_water);
    RUN(the_other_basis_leaves_new_water_out);
    RUN(a_measure_becomes_an_option);
    RUN(measures_get_in_each_others_way);
    return park_test_done();
}
