/* Runs side by side: what they save and are worth by hand, and what does not go together. */
#include "check.h"
#include "small_run.h"

#include "compare/comparison.h"

enum { RUNS = 3 };

typedef struct side_by_side {
    small_run       small[RUNS];
    park_saved      run[RUNS];
    park_running    running[RUNS];
    park_cost_line  line[RUNS];
    double          life[RUNS][2];
    int32_t         year[RUNS][2];
    park_quotas     quotas;
    park_findings   findings;
    park_comparison all;
    park_error      err;
    park_arena     *arena;
} side_by_side;

/* Three equal small parks; the first stands as it is and costs 1000 a year to run, the others 700 and 5000 to build. */
static void begin(side_by_side *s)
{
    memset(s, 0, sizeof *s);
    s->arena = park_arena_new();
    park_findings_init(&s->findings, s->arena);
    for (int i = 0; i < RUNS; i++) {
        small_run_begin(&s->small[i]);
        s->small[i].p.m.economics =
            (park_economics){.discount = 0.08, .life = 10.0 * 31536000.0, .price_year = 2025};
        s->line[i]                  = (park_cost_line){.kind     = PARK_COST_WATER,
                                                       .unit     = 0,
                                                       .link     = -1,
                                                       .retrofit = -1,
                                                       .yearly   = i == 0 ? 1000.0 : 700.0};
        s->life[i][0]               = NAN;
        s->life[i][1]               = 10.0 * 31536000.0;
        s->running[i]               = (park_running){.lines  = 1,
                                                     .line   = &s->line[i],
                                                     .yearly = s->line[i].yearly,
                                                     .life   = s->life[i],
                                                     .year   = s->year[i]};
        s->run[i]                   = (park_saved){.path       = "x",
                                                   .record     = s->small[i].record,
                                                   .model      = s->small[i].p.m,
                                                   .design     = s->small[i].design,
                                                   .simulation = s->small[i].simulation,
                                                   .running    = s->running[i]};
        s->run[i].record.running    = &s->run[i].running;
        s->run[i].record.design     = i == 0 ? NULL : &s->run[i].design;
        s->run[i].record.simulation = &s->run[i].simulation;
    }
    s->run[1].design.cost[1].capital = s->run[2].design.cost[1].capital = 1000.0;
}

static park_status compare(side_by_side *s)
{
    static const char *const NAME[] = {"now", "one", "two"};
    park_comparison_wish     wish   = {
              .count = RUNS, .name = NAME, .run = s->run, .present = 0, .plan = 2, .quotas = &s->quotas};
    return park_comparison_make(&wish, s->arena, &s->findings, &s->all, &s->err);
}

static void end(side_by_side *s)
{
    for (int i = 0; i < RUNS; i++)
        park_arena_free(s->small[i].p.arena);
    park_arena_free(s->arena);
}

static size_t told(const side_by_side *s, park_code code)
{
    size_t count = 0;
    for (size_t i = 0; i < s->findings.count; i++)
        count += s->findings.items[i].code == code;
    return count;
}

/* 300 a year less for 1000 built, ten years at 8 %: 300 x 6.710081 - 1000 = 1013.024; (150 + 300) m3/d taken on average
 * over two seasons in both, so nothing is saved and no cubic metre has a price. */
static void a_proposal_is_what_it_changes(void)
{
    side_by_side s;
    begin(&s);
    CHECK(compare(&s) == PARK_OK);
    CHECK_TEXT(s.err.message, "");
    const park_compared *now = &s.all.run[0], *one = &s.all.run[1], *two = &s.all.run[2];
    CHECK(now->part == PARK_PART_PRESENT && one->part == PARK_PART_PROPOSAL && two->part == PARK_PART_PLAN);
    CHECK(s.all.simulated && s.all.years == 10);
    CHECK_CLOSE(one->merit.npv, 300.0 * 6.710081 - 1000.0, 1e-3);
    CHECK_CLOSE(one->merit.investment, 1000.0, 1e-9);
    CHECK_CLOSE(one->running[PARK_STREAM_WATER], 700.0, 1e-12);
    CHECK_CLOSE(one->saved[0], 0.0, 1e-9);
    CHECK(isnan(one->merit.unit_cost));
    CHECK_CLOSE(now->taken[PARK_ORIGIN_SURFACE], (150.0 + 300.0) * 365.0, 1e-6);
    CHECK_CLOSE(now->intake[0], now->taken[PARK_ORIGIN_SURFACE], 1e-6);
    end(&s);
}

/* Reuse rate: the sums' ratio, never the mean of rates (mistake 1); the plant's own reclaimed water is repeated use and no
 * non-conventional intake (mistake 2). */
static void rates_are_ratios_of_sums(void)
{
    side_by_side s;
    begin(&s);
    CHECK(compare(&s) == PARK_OK);
    const park_compared  *c = &s.all.run[0];
    const park_indicator *rate =
        park_indicator_find(c->indicators, "reuse_rate", PARK_NONE, PARK_BASIS_ALL_SOURCES, true);
    CHECK_CLOSE(rate->value, c->volumes.vr / (c->volumes.vf + c->volumes.vr), 1e-12);
    CHECK(c->volumes.vre > 0.0 && c->volumes.vih == 0.0 && c->taken[PARK_ORIGIN_RECLAIMED_PARK] == 0.0);
    end(&s);
}

/* More evaporates, intake is the same: nothing is saved (mistake 4). Salt that comes in goes out (mistake 5). */
static void only_intake_is_saved_and_salt_leaves(void)
{
    side_by_side s;
    begin(&s);
    CHECK(compare(&s) == PARK_OK);
    for (int i = 0; i < RUNS; i++) {
        const park_closure *x = s.all.run[i].closure;
        for (int c = 0; c < 2; c++)
            CHECK_CLOSE(x->mass_in[c] + x->mass_added[c] - x->mass_removed[c] - x->mass_out[c] -
                            x->mass_stored[c],
                        0.0, 1e-9 * x->mass_in[c]);
        CHECK(x->mass_out[1] > 0.0);
        CHECK(s.all.run[i].volumes.vco > 0.0 && s.all.run[i].saved[0] == 0.0);
    }
    end(&s);
}

/* Inlets are found by name in every run; the worst hour stands beside the mean. */
static void quality_has_its_peak(void)
{
    side_by_side  s;
    park_arriving a;
    begin(&s);
    CHECK(compare(&s) == PARK_OK);
    CHECK(park_compared_arriving(&s.all.run[1], "plant", "COD", s.arena, &a));
    size_t at = s.run[1].model.unit[park_model_unit(&s.run[1].model, "plant")].first_inlet;
    CHECK_CLOSE(a.worst, s.run[1].simulation.inlet_peak[at * 2], 0.0);
    CHECK(a.mean > 0.0 && isinf(a.limit));
    CHECK(!park_compared_arriving(&s.all.run[1], "nobody", "COD", s.arena, &a));
    end(&s);
}

static void what_does_not_go_together_is_told(void)
{
    side_by_side s;
    begin(&s); /* prices of other years, a leap year, another park: all at once (mistakes 6, 7) */
    s.run[1].model.economics.price_year = 2023;
    s.run[2].model.time.year_seconds += 86400.0;
    s.run[2].model.unit[1].id = "mill";
    s.run[2].model.unit[3].id = "kiln";
    CHECK(compare(&s) == PARK_E_INPUT);
    CHECK(told(&s, PARK_E0802) == 1 && told(&s, PARK_E0803) == 1 && told(&s, PARK_E0801) == 1);
    end(&s);

    begin(&s); /* warnings: the comparison stands */
    s.run[1].model.accounting.intake  = PARK_BASIS_ALL_SOURCES;
    s.run[1].model.economics.discount = 0.05;
    s.run[2].model.tariffs.power      = 3e-7;
    s.run[2].model.data               = PARK_DATA_MEASURED;
    s.run[2].record.agreed            = false;
    CHECK(compare(&s) == PARK_OK);
    CHECK(told(&s, PARK_W0804) == 1 && told(&s, PARK_W0805) == 1 && told(&s, PARK_W0807) == 1);
    CHECK(told(&s, PARK_W0806) == 1 && told(&s, PARK_W0808) == 1);
    CHECK_CLOSE(s.all.discount, 0.08, 0.0);
    end(&s);

    begin(&s); /* a plan alone beside a simulation alone */
    s.run[2].record.simulation = NULL;
    CHECK(compare(&s) == PARK_E_INPUT);
    CHECK(told(&s, PARK_E0804) == 1);
    end(&s);
}

int main(void)
{
    RUN(a_proposal_is_what_it_changes);
    RUN(rates_are_ratios_of_sums);
    RUN(only_intake_is_saved_and_salt_leaves);
    RUN(quality_has_its_peak);
    RUN(what_does_not_go_together_is_told);
    return park_test_done();
}
