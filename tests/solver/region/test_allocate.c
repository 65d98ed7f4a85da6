/* What is asked of a choice: reasons, prices, ways out; each figure by hand or from every combination. */
#include "province_fixture.h"

#include "check.h"
#include "region/choose.h"

static const park_allocation_settings FINE = {.gap = 1e-9, .threads = 2};

static park_allocation_result *study(const province *p, park_arena *arena)
{
    park_allocation_result *result = NULL;
    park_error              err    = {0};
    CHECK(park_allocation_study(&p->a, &FINE, arena, &result, &err) == PARK_OK);
    return result;
}

/*
 * One year, no discount, lives of the horizon: costs are investments. 100 of new water are lacking.
 *   park 0: 60 for 60, or 90 for 120;  park 1: 50 for 75;  park 2: 40 for 100;  park 3: 10 for 5, too late
 * The best is 60 + 50 = 110 for 135. With 90 in place of 60 it takes 120 + min(75, 100, ..) = 195: 60 more (90 + 40 for 220
 * would be 85 more). With park 2's 40 it takes 60 + 40 for 160: 25 more. One more step of 10: 110 suffice, 0 more; a step
 * of 20 takes 90 + 50 for 195: 60 more.
 */
static void by_hand(province *p)
{
    province_open(p, 4, 1, 100.0, 0.0);
    p->a.discount                                   = 0.0;
    p->a.most                                       = 0.5;
    province_add(p, 0, 60.0, 0.0, 60.0, 0.0)->city  = 0;
    province_add(p, 0, 120.0, 0.0, 90.0, 0.0)->city = 0;
    province_add(p, 1, 75.0, 0.0, 50.0, 0.0)->city  = 1;
    province_add(p, 2, 100.0, 0.0, 40.0, 0.0)->city = 2;
    province_add(p, 3, 5.0, 0.0, 10.0, 0.0)->first  = 2026;
    p->option[4].last                               = 2027;
    p->need[0].step                                 = 20.0;
    p->need[1].step                                 = 20.0;
}

static void each_option_has_its_reason(void)
{
    province    p;
    park_arena *arena = park_arena_new();
    by_hand(&p);
    park_allocation_result *r = study(&p, arena);
    CHECK_CLOSE(r->choice.cost, 135.0, 1e-6);
    CHECK(r->verdict[0].fate == PARK_FATE_CHOSEN && r->verdict[2].fate == PARK_FATE_CHOSEN);
    CHECK(r->verdict[1].fate == PARK_FATE_OTHER);
    CHECK_CLOSE(r->verdict[1].adds, 60.0, 1e-6);
    CHECK(r->verdict[3].fate == PARK_FATE_DEAR);
    CHECK_CLOSE(r->verdict[3].adds, 25.0, 1e-6);
    CHECK(r->verdict[4].fate == PARK_FATE_LATE);
    CHECK_CLOSE(r->price[0], 60.0, 1e-6);
    CHECK(isnan(r->price[1])); /* nobody saves intake: it cannot be had */
    park_arena_free(arena);
}

static void rules_forbid_and_are_named(void)
{
    province    p;
    park_arena *arena = park_arena_new();
    by_hand(&p);
    p.budget[0]               = 70.0; /* half of 135 is 67.5; with park 2 it takes 80 */
    park_allocation_result *r = study(&p, arena);
    CHECK(r->verdict[3].fate == PARK_FATE_BUDGET);
    CHECK(r->verdict[1].fate == PARK_FATE_BUDGET);
    p.budget[0]            = INFINITY;
    p.a.fair_most          = 0.6; /* 75 of 135 is 55.6 %; 400 is at least 400 of 595 or 67 % */
    p.option[3].investment = 400.0;
    r                      = study(&p, arena);
    CHECK(r->verdict[3].fate == PARK_FATE_CITY);
    p.option[3].investment = 100.0; /* 90 + 40 for 220 may stand: 100 of it is 45 % */
    r                      = study(&p, arena);
    CHECK(r->verdict[3].fate == PARK_FATE_DEAR);
    CHECK_CLOSE(r->verdict[3].adds, 85.0, 1e-6);
    p.option[3].asked = 51.0; /* more than half of 100 */
    r                 = study(&p, arena);
    CHECK(r->verdict[3].fate == PARK_FATE_ASKS);
    p.option[3].asked                  = NAN;
    p.option[3].gives[PARK_GIFT_NEW]   = 0.0;
    p.option[3].gives[PARK_GIFT_REUSE] = 40.0; /* nobody asks for reuse */
    r                                  = study(&p, arena);
    CHECK(r->verdict[3].fate == PARK_FATE_IDLE);
    park_arena_free(arena);
}

/* All deliver 90 + 50 + 40 = 180. 200 are lacking: 20 must give way. With 150 lacking and half of 50 in the purse: 60 costs 30
 * of public money, so 90 lack; the money for 90 + 50 (cheapest 140 < 150 is not enough) is 90 + 50 + 40: 147.5 - 50 more. */
static void ways_out_say_by_how_much(void)
{
    province    p;
    park_arena *arena = park_arena_new();
    by_hand(&p);
    p.lacking[0][0]           = 200.0;
    park_allocation_result *r = study(&p, arena);
    CHECK(r->choice.status == PARK_CHOICE_INFEASIBLE && r->ways == 2);
    CHECK(r->way[0].found && r->way[0].need == 0);
    CHECK_CLOSE(r->way[0].amount, 20.0, 1e-4);
    CHECK(!r->way[1].found); /* money does not help */
    CHECK_CLOSE(r->choice.delivered[0], 180.0, 1e-9);
    p.lacking[0][0] = 150.0;
    p.budget[0]     = 50.0;
    r               = study(&p, arena);
    CHECK_CLOSE(r->way[0].amount, 150.0 - 60.0, 1e-4); /* 60 for 30; 90 alone takes 60 */
    CHECK(r->way[1].found);
    CHECK_CLOSE(r->way[1].amount, 0.5 * (60.0 + 75.0 + 100.0) - 50.0, 1e-4);
    CHECK_CLOSE(r->way[1].choice.cost, 235.0, 1e-4);
    park_arena_free(arena);
}

static void prices_are_those_of_every_combination(void)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        province    p;
        park_arena *arena = park_arena_new();
        province_open(&p, 4, 1, 2.0e6, 1.0e6);
        province_fill(&p, seed, 2);
        p.need[0].step               = 3e5;
        park_allocation_result *r    = study(&p, arena);
        tried                   here = province_best(&p);
        p.lacking[0][0] += 3e5;
        tried more = province_best(&p);
        if (isfinite(more.cost))
            CHECK_CLOSE(r->price[0], more.cost - here.cost, 1e-6 * more.cost);
        else
            CHECK(isnan(r->price[0]));
        CHECK(r->duals[0] >= -1e-9);
        park_arena_free(arena);
    }
}

static void the_same_bits_for_any_number_of_threads(void)
{
    province    p;
    park_arena *arena = park_arena_new();
    double      kept  = NAN;
    province_open(&p, 12, 2, 6e6, 2e6);
    province_fill(&p, 4, 3);
    p.a.draws = 12;
    for (int threads = 1; threads <= 4; threads *= 2) {
        park_allocation_settings settings = {.gap = 1e-5, .threads = threads};
        park_allocation_result  *r        = NULL;
        CHECK(park_allocation_study(&p.a, &settings, arena, &r, NULL) == PARK_OK);
        double sum = r->choice.cost + r->same_share + r->cost_high + r->price[0] + r->triple_mend[0];
        for (size_t o = 0; o < p.a.options; o++)
            sum +=
                r->chosen_share[o] * (double)(o + 1) + (isnan(r->verdict[o].adds) ? 0.0 : r->verdict[o].adds);
        CHECK(threads == 1 || memcmp(&sum, &kept, sizeof sum) == 0);
        kept = sum;
    }
    park_arena_free(arena);
}

static void every_allocation_may_fail(void)
{
    province p;
    bool     done = false;
    by_hand(&p);
    for (size_t n = 1; !done && n < 4000; n += n < 60 ? 1 : 37) {
        park_arena             *arena  = park_arena_new();
        park_allocation_result *result = NULL;
        park_arena_fail_after(arena, n);
        park_status status = park_allocation_study(&p.a, &FINE, arena, &result, NULL);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        done = status == PARK_OK;
        park_arena_free(arena);
    }
    CHECK(done);
}

int main(void)
{
    RUN(each_option_has_its_reason);
    RUN(rules_forbid_and_are_named);
    RUN(ways_out_say_by_how_much);
    RUN(prices_are_those_of_every_combination);
    RUN(the_same_bits_for_any_number_of_threads);
    RUN(every_allocation_may_fail);
    return park_test_done();
}
