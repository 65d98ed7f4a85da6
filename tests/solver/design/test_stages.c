/*
 * Investment in stages by hand. The works take 80 m3/h of clean water: of the river at 1 CNY/m3, or raw water at 0.2 through
 * polishers at 0.5 CNY/h a year (43 800 CNY) for each m3/h: 56 CNY/h with 80 polished, 80 with none.
 */
#include "park_fixture.h"

#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/treatments/treatment.h"
#include "units/users/process.h"

#include "design/futures.h"
#include "design/solve.h"

static const char *const NAMES[] = {"COD"};
static const double      HOURS = 8760.0, PER_M3H = 0.5 * 8760.0 / 0.1;

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    park_error    err;
    int32_t       year[3];
    double        budget[3];
} bench;

static void source(bench *b, const char *kind, const char *id, double price, double cod)
{
    park_source *s = params_of(b->draft, add_unit(b->draft, PARK_SOURCE, kind, id));
    s->price = price, s->quality[0] = cod * MG_L;
}

/* `polishers` of at most `most` m3/h each. */
static bench park_of(int polishers, double most)
{
    static const char *const IDS[] = {"first", "second"};
    bench                    b     = {.arena = park_arena_new()};
    park_findings_init(&b.findings, b.arena);
    b.draft                          = draft_with(b.arena, NAMES, 1);
    b.draft->candidates              = PARK_CANDIDATES_ALL;
    b.draft->economics.hours         = HOURS * 3600.0;
    b.draft->economics.annual_factor = 0.1 / 31536000.0;
    source(&b, "surface", "river", 1.0, 0.0);
    source(&b, "reclaimed", "raw", 0.2, 100.0);
    park_process *p = params_of(b.draft, add_unit(b.draft, PARK_USER, "process", "works"));
    p->demand.flow  = (park_series){80.0 * M3_H, -1};
    p->adds[0] = 1.0 * KG_H, p->inlet[0] = 0.0;
    for (int i = 0; i < polishers; i++) {
        park_treatment *t = params_of(b.draft, add_unit(b.draft, PARK_TREATMENT, "removal", IDS[i]));
        t->removal[0] = 1.0, t->capacity.max = most * M3_H;
        t->capex = (park_capex){.scale = PER_M3H, .reference = 1.0 * M3_H, .exponent = 1.0};
        park_draft_forbid(b.draft, "works", IDS[i]);
        for (int k = 0; k < polishers; k++)
            if (k != i)
                park_draft_forbid(b.draft, IDS[k], IDS[i]);
    }
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    return b;
}

/* Budgets of years from 2025 on, in m3/h of polisher, each for itself. */
static void budgets(bench *b, size_t stages, const double *m3h)
{
    double sum = 0.0;
    for (size_t y = 0; y < stages; y++) {
        sum += m3h[y] * PER_M3H;
        b->year[y] = 2025 + (int32_t)y, b->budget[y] = sum;
    }
    b->draft->economics.budget       = sum;
    b->draft->economics.stages       = stages;
    b->draft->economics.stage_year   = b->year;
    b->draft->economics.stage_budget = b->budget;
}

static park_design *solved(bench *b)
{
    park_design         *design = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap = 1e-5, settings.time_limit = 60.0;
    b->draft->economics.stage_year = b->year, b->draft->economics.stage_budget = b->budget;
    if (!stands(b->draft, &b->findings, false))
        exit(1);
    CHECK(park_design_solve(b->draft, &settings, b->arena, &design, &b->findings, &b->err) == PARK_OK);
    CHECK_TEXT(b->err.message, "");
    if (design == NULL)
        exit(1);
    return design;
}

static int32_t from_of(const park_design *d, const char *id)
{
    return d->staging->unit_from[park_model_unit(d->model, id)];
}

/* The first of 15 years, by 6 %. */
static double first_year(void)
{
    double sum = 0.0;
    for (int t = 0; t < 15; t++)
        sum += pow(1.06, -t);
    return 1.0 / sum;
}

static void all_money_at_once_is_no_staging(void)
{
    bench        b = park_of(1, 200.0);
    park_design *d = solved(&b);
    CHECK(d->staging == NULL);
    CHECK_CLOSE(d->objective, 56.0 * HOURS, 20.0);
    park_arena_free(b.arena);
    b = park_of(1, 200.0);
    budgets(&b, 3, (const double[]){90.0, 1.0, 1.0});
    d = solved(&b);
    CHECK(d->status == PARK_DESIGN_OPTIMAL && d->staging != NULL);
    CHECK_CLOSE(d->objective, 56.0 * HOURS, 20.0);
    CHECK(from_of(d, "first") == 0);
    CHECK_CLOSE(d->staging->spent[0], 80.0 * PER_M3H, 50.0);
    CHECK_CLOSE(d->staging->share[0] + d->staging->share[1] + d->staging->share[2], 1.0, 1e-12);
    CHECK_CLOSE(d->staging->share[0], first_year(), 1e-12);
    park_arena_free(b.arena);
}

/* 80 in the first year, 56 afterwards. What is not spent carries over: 40 a year do as well as 80 in the second. */
static void money_that_comes_later_costs_more(void)
{
    static const double PLANS[][2] = {{0.0, 85.0}, {42.0, 42.0}};
    for (int i = 0; i < 2; i++) {
        bench b = park_of(1, 200.0);
        budgets(&b, 2, PLANS[i]);
        park_design *d = solved(&b);
        CHECK(d->status == PARK_DESIGN_OPTIMAL);
        CHECK_CLOSE(d->objective, (56.0 + 24.0 * first_year()) * HOURS, 30.0);
        CHECK(d->bound <= d->objective * (1.0 + 1e-9));
        CHECK(from_of(d, "first") == 1 && d->staging->spent[0] == 0.0);
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
    bench b = park_of(2, 40.0);
    budgets(&b, 2, (const double[]){42.0, 42.0});
    park_design *d = solved(&b);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, (56.0 + 12.0 * first_year()) * HOURS, 30.0);
    CHECK(from_of(d, "first") + from_of(d, "second") == 1);
    CHECK_CLOSE(d->staging->spent[0], 40.0 * PER_M3H, 50.0);
    CHECK_CLOSE(d->staging->spent[1], 80.0 * PER_M3H, 50.0);
    CHECK(d->staging->spent[0] <= d->staging->budget[0] && d->staging->spent[1] <= d->staging->budget[1]);
    park_arena_free(b.arena);
}

/* A target counts once all is built: 60 of river water at most in the end, none can be polished in the first year. */
static void targets_hold_from_the_last_stage_on(void)
{
    bench       b      = park_of(1, 200.0);
    park_target target = {.quantity  = "intake",
                          .min       = -INFINITY,
                          .max       = 60.0 * M3_H,
                          .dim       = PARK_DIM_FLOW,
                          .basis     = PARK_BASIS_CONVENTIONAL,
                          .statement = -1};
    budgets(&b, 2, (const double[]){0.0, 30.0});
    b.draft->target = &target, b.draft->targets = 1;
    park_design *d = solved(&b);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    /* 30 polished in the end: 15 + 6 + 50 = 71 */
    CHECK_CLOSE(d->objective, (71.0 + 9.0 * first_year()) * HOURS, 30.0);
    park_arena_free(b.arena);
    b = park_of(1, 200.0);
    budgets(&b, 2, (const double[]){10.0, 5.0}); /* 15 of 20 that are needed */
    b.draft->target = &target, b.draft->targets = 1;
    d = solved(&b);
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
