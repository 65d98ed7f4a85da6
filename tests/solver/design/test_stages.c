/*
 * Investment in stages by hand. The works take 80 m3/h of clean water: of the river at 1 CNY/m3, or raw water at 0.2 through
 * polishers at 0.5 CNY/h a year (43 800 CNY) for each m3/h: 56 CNY/h with 80 polished, 80 with none.
 */
#include "polished_park.h"

static const double HOURS = 8760.0, PER_M3H = 0.5 * 8760.0 / 0.1;

static void all_money_at_once_is_no_staging(void)
{
    polished_park b = polished_new(1, 200.0);
    park_design  *d = polished_solved(&b, 1e-5);
    CHECK(d->staging == NULL);
    CHECK_CLOSE(d->objective, 56.0 * HOURS, 20.0);
    park_arena_free(b.arena);
    b = polished_new(1, 200.0);
    polished_budgets(&b, 3, NULL, (const double[]){90.0, 1.0, 1.0});
    d = polished_solved(&b, 1e-5);
    CHECK(d->status == PARK_DESIGN_OPTIMAL && d->staging != NULL);
    CHECK_CLOSE(d->objective, 56.0 * HOURS, 20.0);
    CHECK(polished_from(d, "first") == 0);
    CHECK_CLOSE(d->staging->spent[0], 80.0 * PER_M3H, 50.0);
    CHECK_CLOSE(d->staging->share[0] + d->staging->share[1] + d->staging->share[2], 1.0, 1e-12);
    CHECK_CLOSE(d->staging->share[0], polished_share(1), 1e-12);
    park_arena_free(b.arena);
}

/* 80 in the first year, 56 afterwards. What is not spent carries over: 40 a year do as well as 80 in the second. */
static void money_that_comes_later_costs_more(void)
{
    static const double PLANS[][2] = {{0.0, 85.0}, {42.0, 42.0}};
    for (int i = 0; i < 2; i++) {
        polished_park b = polished_new(1, 200.0);
        polished_budgets(&b, 2, NULL, PLANS[i]);
        park_design *d = polished_solved(&b, 1e-5);
        CHECK(d->status == PARK_DESIGN_OPTIMAL);
        CHECK_CLOSE(d->objective, (56.0 + 24.0 * polished_share(1)) * HOURS, 30.0);
        CHECK(d->bound <= d->objective * (1.0 + 1e-9));
        CHECK(polished_from(d, "first") == 1 && d->staging->spent[0] == 0.0);
        CHECK_CLOSE(d->staging->running[0], 80.0 * HOURS, 10.0);
        CHECK_CLOSE(d->staging->running[1], 16.0 * HOURS, 10.0);
        CHECK_CLOSE(d->yearly_cost, 56.0 * HOURS, 10.0); /* the plan that is told is the last stage's */
        CHECK_CLOSE(d->unit_size[park_model_unit(d->model, "first")] / M3_H, 80.0, 1e-3);
        park_arena_free(b.arena);
    }
}

/* Two of 40 each: one a year; 68 in the first. */
static void two_units_are_built_one_after_the_other(void)
{
    polished_park b = polished_new(2, 40.0);
    polished_budgets(&b, 2, NULL, (const double[]){42.0, 42.0});
    park_design *d = polished_solved(&b, 1e-5);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, (56.0 + 12.0 * polished_share(1)) * HOURS, 30.0);
    CHECK(polished_from(d, "first") + polished_from(d, "second") == 1);
    CHECK_CLOSE(d->staging->spent[0], 40.0 * PER_M3H, 50.0);
    CHECK_CLOSE(d->staging->spent[1], 80.0 * PER_M3H, 50.0);
    CHECK(d->staging->spent[0] <= d->staging->budget[0] && d->staging->spent[1] <= d->staging->budget[1]);
    park_arena_free(b.arena);
}

/* A target counts once all is built: 60 of river water at most in the end, none can be polished in the first year. */
static void targets_hold_from_the_last_stage_on(void)
{
    polished_park b      = polished_new(1, 200.0);
    park_target   target = {.quantity  = "intake",
                            .min       = -INFINITY,
                            .max       = 60.0 * M3_H,
                            .dim       = PARK_DIM_FLOW,
                            .basis     = PARK_BASIS_CONVENTIONAL,
                            .statement = -1};
    polished_budgets(&b, 2, NULL, (const double[]){0.0, 30.0});
    b.draft->target = &target, b.draft->targets = 1;
    park_design *d = polished_solved(&b, 1e-5);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    /* 30 polished in the end: 15 + 6 + 50 = 71 */
    CHECK_CLOSE(d->objective, (71.0 + 9.0 * polished_share(1)) * HOURS, 30.0);
    park_arena_free(b.arena);
    b = polished_new(1, 200.0);
    polished_budgets(&b, 2, NULL, (const double[]){10.0, 5.0}); /* 15 of 20 that are needed */
    b.draft->target = &target, b.draft->targets = 1;
    d = polished_solved(&b, 1e-5);
    CHECK(d->status == PARK_DESIGN_INFEASIBLE && d->conflicts > 0);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(all_money_at_once_is_no_staging);
    RUN(money_that_comes_later_costs_more);
    RUN(two_units_are_built_one_after_the_other);
    RUN(targets_hold_from_the_last_stage_on);
    return park_test_done();
}
