/*
 * Designs over futures by hand. The works take D of clean water: river water at 1 CNY/m3, or raw water at 0.2 through a
 * polisher of size x at 0.5 CNY/h a year for each m3/h. Run for a future D:  0.5 x + 0.2 min(x, D) + (D - x)+ .
 */
#include "polished_park.h"

static const double HOURS = 8760.0;

typedef polished_park bench;

/* Demand 80 as written; factors of it come with their weights. */
static bench newsvendor(park_robust robust, size_t count, const double *factor, const double *weight)
{
    bench b = polished_new(1, 200.0);
    polished_unknown(&b, b.works, "demand", PARK_CHANGE_TIMES, count, factor, weight);
    b.draft->robust = robust;
    return b;
}

static const double LOW_HIGH[] = {0.75, 1.25}, EVEN[] = {1.0, 1.0};

/* x in (60, 100): another m3/h saves 0.8 in half of the years, 0.4, and costs 0.5. x = 60: 30 + (12 + (12 + 40))/2. */
static void the_mean_builds_for_the_low_demand(void)
{
    bench               b = newsvendor(PARK_ROBUST_MEAN, 2, LOW_HIGH, EVEN);
    park_design        *d = polished_solved(&b, 1e-5);
    const park_outlook *o = d->outlook;
    CHECK(d->status == PARK_DESIGN_OPTIMAL && o != NULL && o->futures == 3);
    CHECK_CLOSE(d->objective, 62.0 * HOURS, 1e-4 * 62.0 * HOURS);
    CHECK(d->bound <= d->objective * (1.0 + 1e-9));
    CHECK_CLOSE(polished_size(d, "first"), 60.0, 1e-3);
    CHECK_CLOSE(o->future[1].value[PARK_MIN_COST], 42.0 * HOURS, 50.0);
    CHECK_CLOSE(o->future[2].value[PARK_MIN_COST], 82.0 * HOURS, 50.0);
    CHECK_CLOSE(o->worst, 82.0 * HOURS, 50.0);
    CHECK_CLOSE(o->regret, 12.0 * HOURS, 100.0); /* 82 - 70 */
    CHECK(o->future[0].probability == 0.0 && o->future[1].probability == 0.5);
    CHECK_CLOSE(o->future[1].drawn[0] / M3_H, 60.0, 1e-9);
    /* the plan that is told is that of 80: 30 + 12 + 20; built for 80 alone it had cost 56 there and (52 + 76)/2 */
    CHECK_CLOSE(d->yearly_cost, 62.0 * HOURS, 50.0);
    CHECK_CLOSE(d->link_flow[link_between(d->model, "river", "works")] / M3_H, 20.0, 1e-3);
    CHECK_CLOSE(o->alone, 56.0 * HOURS, 50.0);
    CHECK_CLOSE(o->nominal_mean, 64.0 * HOURS, 50.0);
    CHECK(o->fails == 0 && d->closure.water <= 1e-9);
    park_arena_free(b.arena);
}

/* 100 - 0.3 x in the high future: build for it. */
static void the_worst_builds_for_the_high_demand(void)
{
    bench               b = newsvendor(PARK_ROBUST_WORST, 2, LOW_HIGH, EVEN);
    park_design        *d = polished_solved(&b, 1e-5);
    const park_outlook *o = d->outlook;
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, 70.0 * HOURS, 1e-4 * 70.0 * HOURS);
    CHECK_CLOSE(polished_size(d, "first"), 100.0, 1e-2);
    CHECK_CLOSE(o->future[1].value[PARK_MIN_COST], 62.0 * HOURS, 50.0);
    CHECK_CLOSE(o->mean, 66.0 * HOURS, 50.0);
    CHECK_CLOSE(o->nominal_worst, 76.0 * HOURS, 50.0);
    park_arena_free(b.arena);
}

/* Best: 42 for 60, 70 for 100. Regret 0.5 x - 30 and 30 - 0.3 x: equal at 75, 7.5. */
static void regret_builds_between(void)
{
    bench               b = newsvendor(PARK_ROBUST_REGRET, 2, LOW_HIGH, EVEN);
    park_design        *d = polished_solved(&b, 1e-5);
    const park_outlook *o = d->outlook;
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, 7.5 * HOURS, 1e-4 * 70.0 * HOURS);
    CHECK(d->bound <= d->objective && d->bound >= 7.4 * HOURS);
    CHECK_CLOSE(polished_size(d, "first"), 75.0, 0.05);
    CHECK_CLOSE(o->future[1].best, 42.0 * HOURS, 50.0);
    CHECK_CLOSE(o->future[2].best, 70.0 * HOURS, 50.0);
    CHECK_CLOSE(o->future[1].regret, 7.5 * HOURS, 100.0);
    CHECK_CLOSE(o->future[2].regret, 7.5 * HOURS, 100.0);
    CHECK_CLOSE(o->nominal_regret, 10.0 * HOURS, 100.0);
    park_arena_free(b.arena);
}

/* The same value in every future, or one future alone: the park as written. */
static void futures_alike_are_the_park_as_written(void)
{
    static const double      ONE[] = {1.0}, ALIKE[] = {1.25, 1.25};
    static const park_robust RULES[] = {PARK_ROBUST_MEAN, PARK_ROBUST_WORST, PARK_ROBUST_REGRET};
    for (size_t i = 0; i < 3; i++) {
        bench        b = newsvendor(RULES[i], 1, ONE, EVEN);
        park_design *d = polished_solved(&b, 1e-5);
        CHECK(d->outlook->futures == 1 && d->outlook->future[0].probability == 1.0);
        CHECK(d->status == PARK_DESIGN_OPTIMAL);
        CHECK_CLOSE(d->objective, RULES[i] == PARK_ROBUST_REGRET ? 0.0 : 56.0 * HOURS, 20.0);
        CHECK_CLOSE(polished_size(d, "first"), 80.0, 1e-2);
        park_arena_free(b.arena);
        b = newsvendor(RULES[i], 2, ALIKE, EVEN); /* 100 both times: 50 + 20 */
        d = polished_solved(&b, 1e-5);
        CHECK_CLOSE(d->objective, RULES[i] == PARK_ROBUST_REGRET ? 0.0 : 70.0 * HOURS, 20.0);
        CHECK_CLOSE(d->outlook->mean, d->outlook->worst, 1.0);
        CHECK(d->outlook->regret >= 0.0);
        park_arena_free(b.arena);
    }
}

/* 0.5 x 200 (x/200)^0.5 CNY/h: concave. cost1(x) = g + 12, cost2 = g + 100 - 0.8 x for 60 <= x <= 100; g concave, so the
 * mean has its least at an end: 100 (x/200)^0.5 + 56 - 0.4 x: 86.77 at 60, 86.71 at 100; and g(0) + 80 = 80 at 0. */
static void concave_prices_build_all_or_nothing(void)
{
    bench b = newsvendor(PARK_ROBUST_MEAN, 2, LOW_HIGH, EVEN);
    b.polisher[0]->capex =
        (park_capex){.scale = 0.5 * 200.0 * HOURS / 0.1, .reference = 200.0 * M3_H, .exponent = 0.5};
    park_design *d = polished_solved(&b, 1e-4);
    CHECK(d->status == PARK_DESIGN_OPTIMAL);
    CHECK_CLOSE(d->objective, 80.0 * HOURS, 1e-4 * 80.0 * HOURS);
    CHECK_CLOSE(polished_size(d, "first"), 0.0, 1e-6);
    park_arena_free(b.arena);
    b = newsvendor(PARK_ROBUST_WORST, 2, LOW_HIGH, EVEN); /* 100 g + 20 = 90.7 or 100 */
    b.polisher[0]->capex =
        (park_capex){.scale = 0.5 * 200.0 * HOURS / 0.1, .reference = 200.0 * M3_H, .exponent = 0.5};
    d = polished_solved(&b, 1e-4);
    CHECK_CLOSE(d->objective, (100.0 * sqrt(0.5) + 20.0) * HOURS, 1e-4 * 91.0 * HOURS);
    CHECK_CLOSE(polished_size(d, "first"), 100.0, 1e-2);
    park_arena_free(b.arena);
}

/* The river gives 30 m3/h at most: for 80 as written 50 are polished, for 100 it takes 70; the design as written fails. */
static void a_design_as_written_may_fail(void)
{
    bench        b             = newsvendor(PARK_ROBUST_MEAN, 2, LOW_HIGH, EVEN);
    park_source *river         = params_of(b.draft, 0);
    river->capacity            = (park_series){30.0 * M3_H, -1};
    b.polisher[0]->capex.scale = 2.0 * HOURS / 0.1; /* 2 CNY/h for each m3/h: as small as may be */
    park_design        *d      = polished_solved(&b, 1e-5);
    const park_outlook *o      = d->outlook;
    CHECK_CLOSE(polished_size(d, "first"), 70.0, 1e-3);
    /* 140 + (0.2 x 60 + (14 + 30)) / 2 */
    CHECK_CLOSE(d->objective, 168.0 * HOURS, 1e-4 * 168.0 * HOURS);
    CHECK(o->fails == 1 && isinf(o->nominal_mean) && isinf(o->future[2].nominal));
    CHECK(isfinite(o->future[1].nominal));
    CHECK_CLOSE(o->alone, (100.0 + 10.0 + 30.0) * HOURS, 50.0);
    park_arena_free(b.arena);
}

/* At most 60 m3/h may be polished in any future and the river gives 30: 100 cannot be served. */
static void a_future_without_a_plan_is_explained(void)
{
    bench        b              = newsvendor(PARK_ROBUST_MEAN, 2, LOW_HIGH, EVEN);
    park_source *river          = params_of(b.draft, 0);
    river->capacity             = (park_series){30.0 * M3_H, -1};
    b.polisher[0]->capacity.max = 60.0 * M3_H;
    park_design *d              = polished_solved(&b, 1e-4);
    CHECK(d->status == PARK_DESIGN_INFEASIBLE && d->link_flow == NULL && d->conflicts > 0);
    park_arena_free(b.arena);
}

/* Six futures of demand and the raw water's price: what holds of any park. */
static void rules_are_in_order(void)
{
    static const double PARTS[] = {0.6, 1.0, 1.4}, ODDS[] = {1.0, 2.0, 1.0}, PRICE[] = {0.1, 0.6};
    park_design        *d[3];
    bench               b[3];
    for (int i = 0; i < 3; i++) {
        b[i] = newsvendor((park_robust)(PARK_ROBUST_MEAN + i), 3, PARTS, ODDS);
        polished_unknown(&b[i], b[i].raw, "price", PARK_CHANGE_SET, 2, PRICE, EVEN);
        d[i] = polished_solved(&b[i], 1e-4);
        CHECK(d[i]->status == PARK_DESIGN_OPTIMAL && d[i]->outlook->futures == 7);
        CHECK(d[i]->bound <= d[i]->objective * (1.0 + 1e-9));
        CHECK(d[i]->outlook->mean <= d[i]->outlook->worst);
        for (size_t w = 1; w < 7; w++)
            CHECK(d[i]->outlook->future[w].regret >= 0.0);
    }
    double room = 3e-4 * d[1]->outlook->worst; /* the gaps */
    CHECK(d[0]->outlook->mean <= d[1]->outlook->mean + room &&
          d[0]->outlook->mean <= d[2]->outlook->mean + room);
    CHECK(d[1]->outlook->worst <= d[0]->outlook->worst + room);
    CHECK(d[2]->outlook->regret <= d[0]->outlook->regret + room);
    CHECK(d[2]->outlook->regret <= d[1]->outlook->regret + room);
    for (int i = 0; i < 3; i++) {
        CHECK(d[i]->outlook->mean <= d[i]->outlook->nominal_mean + room || i > 0);
        park_arena_free(b[i].arena);
    }
}

int main(void)
{
    RUN(the_mean_builds_for_the_low_demand);
    RUN(the_worst_builds_for_the_high_demand);
    RUN(regret_builds_between);
    RUN(futures_alike_are_the_park_as_written);
    RUN(concave_prices_build_all_or_nothing);
    RUN(a_design_as_written_may_fail);
    RUN(a_future_without_a_plan_is_explained);
    RUN(rules_are_in_order);
    return park_test_done();
}
