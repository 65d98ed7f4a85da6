/* A plan made better with its qualities held and its whole numbers open. */
#include "design/polish.h"

#include "works_park.h"

/* 50 m3/h leave the works with 400 mg/L, 50 may be discharged; two plants that take out 95 %, in steps of 20 m3/h to 80. */
static works_bench two_plants(void)
{
    park_arena *arena = park_arena_new();
    works_park  w     = works_new(arena, "first", "second", 50.0 * MG_L);
    for (int i = 0; i < 2; i++) {
        w.plant[i]->capex =
            (park_capex){.scale = 10000.0, .reference = 1.0 * M3_H, .exponent = 0.7, .fixed = 500.0};
        w.plant[i]->capacity = (park_range){20.0 * M3_H, 80.0 * M3_H, 20.0 * M3_H};
    }
    return works_bench_of(&w, arena);
}

static void carry(works_bench *b, const char *from, const char *to, double flow)
{
    const park_model *model = b->f->super->model;
    int32_t           l     = link_between(model, from, to);
    CHECK(l >= 0 && b->f->link_flow[l] >= 0);
    b->x[b->f->link_flow[l]] = flow;
    if (b->f->unit_flow[model->link[l].to] >= 0)
        b->x[b->f->unit_flow[model->link[l].to]] += flow;
}

/* All the water through both plants, half each: 50 + 100 CNY/h and two plants of 40. */
static double halved(works_bench *b)
{
    double value = NAN;
    carry(b, "river", "works", 50.0);
    for (int i = 0; i < 2; i++) {
        carry(b, "works", i == 0 ? "first" : "second", 25.0);
        carry(b, i == 0 ? "first" : "second", "out", 25.0);
    }
    CHECK(park_plan_recheck(b->f, b->x, &value));
    return value / b->f->rate_unit;
}

static double capital(double size)
{
    return 0.1 * (10000.0 * pow(size, 0.7) + 500.0);
}

/* By hand one plant of 60 that treats 17500/380 = 46.05 m3/h is best, the rest passes by. */
static void one_plant_takes_the_place_of_two(void)
{
    works_bench     b     = two_plants();
    double          start = halved(&b), value = start * b.f->rate_unit, again;
    park_search_end end = {.deadline = INFINITY};
    CHECK_CLOSE(start, 150.0 * WORKS_HOURS + 2.0 * capital(40.0), 1e-6 * start);
    CHECK(park_polish(b.f, 1e-4, &end, b.x, &value));
    CHECK_CLOSE(value / b.f->rate_unit, (50.0 + 2.0 * 17500.0 / 380.0) * WORKS_HOURS + capital(60.0),
                1e-4 * start);
    CHECK(park_plan_recheck(b.f, b.x, &again));
    CHECK_CLOSE(again, value, 1e-9 * value);
    CHECK(!end.early);
    double best = value;
    (void)park_polish(b.f, 1e-4, &end, b.x, &value); /* nothing is left to win, and nothing is lost */
    CHECK(value <= best && value >= best * (1.0 - 1e-4));
    park_arena_free(b.arena);
}

static void no_time_leaves_the_plan_alone(void)
{
    works_bench     b     = two_plants();
    double          start = halved(&b), value = start * b.f->rate_unit;
    park_search_end end = {.deadline = 0.0}; /* long past */
    (void)park_polish(b.f, 1e-4, &end, b.x, &value);
    CHECK(value <= start * b.f->rate_unit && end.early);
    CHECK(park_plan_recheck(b.f, b.x, &value));
    park_arena_free(b.arena);
}

/* A limit on iterations holds over all rounds, but for the linear program that is at work. */
static void a_limit_on_iterations_holds(void)
{
    works_bench     b     = two_plants();
    double          start = halved(&b), value = start * b.f->rate_unit, again;
    park_search_end all = {.deadline = INFINITY}, few = {.deadline = INFINITY, .most = 1};
    double         *x = PARK_ARRAY(b.arena, b.f->program.cols, double);
    memcpy(x, b.x, b.f->program.cols * sizeof *x);
    CHECK(park_polish(b.f, 1e-4, &all, x, &value) && all.took > 20);
    value = start * b.f->rate_unit;
    (void)park_polish(b.f, 1e-4, &few, b.x, &value);
    CHECK(few.took > 0 && few.took < all.took / 2 && !few.early);
    CHECK(value <= start * b.f->rate_unit && park_plan_recheck(b.f, b.x, &again));
    park_arena_free(b.arena);
}

/* What leaves the works goes past the plants: 400 mg/L, which the recheck refuses. Near it stand plans. */
static void a_point_that_misses_limits_is_mended(void)
{
    works_bench b     = two_plants();
    double      value = NAN, again;
    carry(&b, "river", "works", 50.0);
    carry(&b, "works", "out", 50.0);
    CHECK(!park_plan_recheck(b.f, b.x, &value));
    park_search_end none = {.deadline = 0.0}, end = {.deadline = INFINITY}; /* none: no time at all */
    CHECK(!park_descent_mend(b.f, &none, b.x, &value) && none.early);
    CHECK(park_descent_mend(b.f, &end, b.x, &value));
    CHECK(end.took > 0 && end.stands && !end.early);
    CHECK(park_plan_recheck(b.f, b.x, &again));
    CHECK_CLOSE(again, value, 1e-9 * value);
    CHECK(value / b.f->rate_unit >=
          ((50.0 + 2.0 * 17500.0 / 380.0) * WORKS_HOURS + capital(60.0)) * (1.0 - 1e-6));
    CHECK(value / b.f->rate_unit <= 150.0 * WORKS_HOURS + 2.0 * capital(80.0));
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(a_point_that_misses_limits_is_mended);
    RUN(one_plant_takes_the_place_of_two);
    RUN(no_time_leaves_the_plan_alone);
    RUN(a_limit_on_iterations_holds);
    return park_test_done();
}
