/*
 * Investment in stages by hand. The works take 80 m3/h of clean water: of the river at 1 CNY/m3, or raw water at 0.2 through
 * polishers at 0.5 CNY/h a year (43 800 CNY) for each m3/h: 56 CNY/h with 80 polished, 80 with none.
 */
#include "polished_park.h"

#include "units/storages/storage.h"

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

/*
 * Rain falls on a pond of 1 ha from January to June, 2.5 m3/h, 10 860 m3; the works take 100 m3/h from July to December, 4416
 * h. Stored, the rain saves as many CNY a year of river water and takes 5 CNY/m3, a tenth of it a year: 5430 are left.
 */
static polished_park with_pond(size_t stages, const double *m3h)
{
    static double rain[12], needed[12];
    polished_park p     = polished_new(0, 0.0);
    park_process *works = params_of(p.draft, p.works);
    for (int m = 0; m < 12; m++)
        rain[m] = m < 6 ? 2.5 * M3_H / 1e4 : 0.0, needed[m] = m < 6 ? 0.0 : 1.0;
    period(p.draft, day_start(2025, 1, 1), day_start(2026, 1, 1), PARK_SEASONS_QUARTERS);
    p.draft->weather.rain =
        park_draft_pattern(p.draft, (park_pattern){.kind = PARK_PATTERN_MONTHLY, .count = 12, .value = rain});
    works->demand.flow = (park_series){
        100.0 * M3_H,
        park_draft_pattern(p.draft,
                           (park_pattern){.kind = PARK_PATTERN_MONTHLY, .count = 12, .value = needed})};
    works->adds[0]     = 0.0;
    park_storage *pond = params_of(p.draft, add_unit(p.draft, PARK_STORAGE, "pond", "pond"));
    pond->volume       = (park_range){.min = NAN, .max = 2e4, .step = NAN};
    pond->area         = 1e4;
    pond->capex        = (park_capex){.scale = 5.0, .reference = 1.0, .exponent = 1.0};
    park_draft_forbid(p.draft, "works", "pond"), park_draft_forbid(p.draft, "raw", "pond");
    polished_budgets(&p, stages, NULL, m3h);
    return p;
}

static void open_storages_are_built_in_any_stage(void)
{
    static const double MONEY[][3] = {{1.3, 0.0, 0.0}, {0.0, 1.3, 0.0}, {0.0, 0.0, 1.3}, {0.0, 0.0, 0.1}};
    for (int how = PARK_CHOOSING_APART; how <= PARK_CHOOSING_TOGETHER; how++)
        for (int from = 0; from < 4; from++) {
            polished_park        p = with_pond(3, MONEY[from]);
            park_design_settings settings;
            park_design_settings_default(&settings);
            settings.gap = 1e-5, settings.time_limit = 10.0, settings.choosing = (park_choosing)how;
            park_design *d     = polished_solved_with(&p, &settings);
            double       saves = 5430.0 * (1.0 - (from > 0 ? polished_share(from) : 0.0));
            if (from == 3) /* a tenth of 43 800 CNY makes 876 m3: half of that a year, in the last stage */
                saves = 438.0 * (1.0 - polished_share(2));
            CHECK(d->status == PARK_DESIGN_OPTIMAL && d->staging != NULL);
            CHECK_CLOSE(d->objective, 441600.0 - saves, 5.0);
            CHECK(polished_from(d, "pond") == (from < 3 ? from : 2));
            for (size_t y = 0; y < 3; y++)
                CHECK(d->staging->spent[y] <= d->staging->budget[y] * (1.0 + 1e-9) + 1e-6);
            park_arena_free(p.arena);
        }
}

int main(void)
{
    RUN(all_money_at_once_is_no_staging);
    RUN(money_that_comes_later_costs_more);
    RUN(two_units_are_built_one_after_the_other);
    RUN(targets_hold_from_the_last_stage_on);
    RUN(open_storages_are_built_in_any_stage);
    return park_test_done();
}
