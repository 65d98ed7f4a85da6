/* One future of a region, by hand. */
#include "region_fixture.h"

#include "check.h"
#include "region/plan.h"

typedef struct walk {
    park_arena         *arena;
    park_region_plan    plan;
    park_region_scratch scratch;
} walk;

static void open_walk(walk *w, const region_fixture *f)
{
    park_error err = {0};
    w->arena       = park_arena_new();
    CHECK(park_region_plan_make(&f->region, w->arena, &w->plan, &err) == PARK_OK);
    CHECK(park_region_scratch_make(&w->plan, w->arena, &w->scratch, &err) == PARK_OK);
}

static const double *part_in(const walk *w, int32_t year, size_t scope)
{
    const park_region *region = w->plan.region;
    return w->scratch.future.part +
           (scope * region->years + (size_t)(year - region->base)) * PARK_REGION_PARTS;
}

/* 5 % growth with 2 % less intake per value added: 100 * 1.05^2 * 0.98^2 after two years. */
static void growth_and_trend(void)
{
    region_fixture f;
    walk           w;
    region_fixture_open(&f, 1, 2020, 2020, 2023);
    region_fixture_set(&f, 0, 2020, 100.0, 10.0, 900.0, 50.0);
    f.course[0] = (park_region_course){.growth = {0.05, 0.0}, .intake = {-0.02, 0.0}, .reuse = {0.01, 0.0}};
    open_walk(&w, &f);
    park_region_path(&w.plan, NULL, -1, &w.scratch, NULL);
    CHECK_CLOSE(part_in(&w, 2022, 0)[PARK_REGION_PART_CONVENTIONAL], 100.0 * 1.1025 * 0.9604, 1e-10);
    CHECK_CLOSE(part_in(&w, 2022, 0)[PARK_REGION_PART_RECLAIMED], 10.0 * 1.1025 * 0.9604, 1e-10);
    CHECK_CLOSE(part_in(&w, 2022, 0)[PARK_REGION_PART_REUSED], 900.0 * 1.1025 * 1.0201, 1e-10);
    CHECK_CLOSE(w.scratch.future.added[2], 50.0 * 1.1025, 1e-10);
    park_arena_free(w.arena);
}

/* A measure that began before the last known year is in the rows already: from 2021 to 2023 its share goes from 1/4 of 60 %
 * to 3/4, so intake moves by (1 - 0.45*0.2) / (1 - 0.15*0.2). What it saves becomes reuse by half. */
static void what_is_known_is_not_done_twice(void)
{
    region_fixture f;
    walk           w;
    region_fixture_open(&f, 1, 2020, 2021, 2025);
    region_fixture_set(&f, 0, 2020, 100.0, 0.0, 900.0, 50.0);
    region_fixture_set(&f, 0, 2021, 97.0, 0.0, 900.0, 50.0);
    park_region_measure *m                  = region_fixture_measure(&f, "cascade", 2021, 4.0, 0.6);
    m->times[PARK_REGION_PART_CONVENTIONAL] = 0.8;
    m->to_reuse                             = 0.5;
    open_walk(&w, &f);
    park_region_path(&w.plan, NULL, -1, &w.scratch, NULL);
    double left = 0.91 / 0.97;
    CHECK_CLOSE(part_in(&w, 2023, 0)[PARK_REGION_PART_CONVENTIONAL], 97.0 * left, 1e-10);
    CHECK_CLOSE(part_in(&w, 2023, 0)[PARK_REGION_PART_REUSED], 900.0 + 0.5 * 97.0 * (1.0 - left), 1e-10);
    park_region_path(&w.plan, NULL, 0, &w.scratch, NULL); /* it does not go on */
    CHECK_CLOSE(part_in(&w, 2023, 0)[PARK_REGION_PART_CONVENTIONAL], 97.0, 1e-10);
    park_arena_free(w.arena);
}

/* 20 of mine water in place of intake, half of it by 2022; members get it by their intake, 3 to 1. */
static void new_water_takes_the_place_of_old(void)
{
    region_fixture f;
    walk           w;
    double         member[2 * 4 * (PARK_REGION_PARTS + 1)];
    region_fixture_open(&f, 2, 2020, 2020, 2023);
    region_fixture_set(&f, 0, 2020, 90.0, 0.0, 0.0, 1.0);
    region_fixture_set(&f, 1, 2020, 30.0, 0.0, 0.0, 1.0);
    f.member[1].large             = false;
    park_region_measure *m        = region_fixture_measure(&f, "mine", 2022, 2.0, 1.0);
    m->add[PARK_REGION_PART_MINE] = 20.0;
    m->replaces                   = true;
    open_walk(&w, &f);
    park_region_path(&w.plan, NULL, -1, &w.scratch, member);
    CHECK_CLOSE(part_in(&w, 2021, 0)[PARK_REGION_PART_MINE], 0.0, 1e-12);
    CHECK_CLOSE(part_in(&w, 2022, 0)[PARK_REGION_PART_MINE], 10.0, 1e-12);
    CHECK_CLOSE(part_in(&w, 2022, 0)[PARK_REGION_PART_CONVENTIONAL], 110.0, 1e-12);
    CHECK_CLOSE(part_in(&w, 2023, 0)[PARK_REGION_PART_CONVENTIONAL], 100.0, 1e-12);
    CHECK_CLOSE(part_in(&w, 2023, 1)[PARK_REGION_PART_CONVENTIONAL], 75.0, 1e-12); /* 90 - 15 */
    CHECK_CLOSE(member[(0 * 4 + 3) * (PARK_REGION_PARTS + 1) + PARK_REGION_PART_MINE], 15.0, 1e-12);
    CHECK_CLOSE(member[(1 * 4 + 3) * (PARK_REGION_PARTS + 1) + PARK_REGION_PART_CONVENTIONAL], 25.0, 1e-12);
    park_arena_free(w.arena);
}

/* What is counted twice grows with what its receiver holds; its sum with the region's stays the members'. */
static void double_counts_grow_with_their_receivers(void)
{
    static const int32_t B[] = {1};
    region_fixture       f;
    walk                 w;
    region_fixture_open(&f, 2, 2020, 2020, 2022);
    region_fixture_set(&f, 0, 2020, 100.0, 0.0, 900.0, 1.0);
    region_fixture_set(&f, 1, 2020, 60.0, 10.0, 200.0, 1.0);
    f.course_of[1]        = 1;
    f.region.courses      = 2;
    f.course[1].growth    = (park_region_rate){0.1, 0.0};
    f.shared_volume[0][0] = 10.0;
    f.shared[0]           = (park_region_shared){.id        = "plant",
                                                 .how       = PARK_REGION_INNER,
                                                 .as        = PARK_REGION_RECLAIMED,
                                                 .receivers = 1,
                                                 .receiver  = B,
                                                 .volume    = f.shared_volume[0]};
    f.region.shares       = 1;
    open_walk(&w, &f);
    park_region_path(&w.plan, NULL, -1, &w.scratch, NULL);
    const double *part = part_in(&w, 2022, 0);
    CHECK_CLOSE(part[PARK_REGION_PART_RECLAIMED], 0.0, 1e-12);
    CHECK_CLOSE(part[PARK_REGION_PART_REUSED], 900.0 + 1.21 * (200.0 + 10.0), 1e-10);
    double sum = 0.0;
    for (int p = 0; p < PARK_REGION_PARTS; p++)
        sum += part[p];
    CHECK_CLOSE(sum, 1000.0 + 1.21 * 270.0, 1e-10);
    park_arena_free(w.arena);
}

static void shares_and_adoptions(void)
{
    region_fixture f;
    region_fixture_open(&f, 1, 2020, 2020, 2025);
    park_region_measure *m = region_fixture_measure(&f, "m", 2024, 3.0, 0.6);
    CHECK_CLOSE(park_region_measure_share(m, 2023, 0.6), 0.0, 0.0);
    CHECK_CLOSE(park_region_measure_share(m, 2024, 0.6), 0.2, 1e-15);
    CHECK_CLOSE(park_region_measure_share(m, 2030, 0.6), 0.6, 1e-15);
    m->adoption = (park_distribution){.kind = PARK_DISTRIBUTION_UNIFORM, .min = 0.4, .max = 0.8};
    CHECK_CLOSE(park_region_measure_adoption(m, 0.0), 0.6, 1e-12);
    m->adoption = (park_distribution){.kind = PARK_DISTRIBUTION_NORMAL, .mean = 0.9, .sd = 0.2};
    CHECK_CLOSE(park_region_measure_adoption(m, 3.0), 1.0, 0.0); /* cut */
}

int main(void)
{
    RUN(growth_and_trend);
    RUN(what_is_known_is_not_done_twice);
    RUN(new_water_takes_the_place_of_old);
    RUN(double_counts_grow_with_their_receivers);
    RUN(shares_and_adoptions);
    return park_test_done();
}
