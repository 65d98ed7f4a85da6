/* Plans where charges are paid whole: what looks cheap in part is left. */
#include "design/charges.h"

#include "works_park.h"

typedef struct bench {
    park_arena       *arena;
    park_formulation *f;
    park_search_end   end;
    park_promise      d;
    park_plan        *plan;
    double           *x;
} bench;

static double capital(double size)
{
    return 0.1 * 10000.0 * pow(size, 0.7);
}

/*
 * 50 m3/h leave the works with 400 mg/L, 50 may be discharged. A plant of 200 m3/h or none, and one in steps of 20 to 80: in
 * part the large one is cheaper (200^0.7/200 < 80^0.7/80 a m3/h), as a whole the small one. `standing`: both are there.
 */
static bench large_and_small(bool standing)
{
    bench      b = {.arena = park_arena_new(), .end = {.deadline = INFINITY}};
    works_park w = works_new(b.arena, "large", "small", 50.0 * MG_L);
    for (int i = 0; i < 2; i++) {
        w.draft->unit[w.unit[i]].existing = standing;
        w.plant[i]->capex    = (park_capex){.scale = 10000.0, .reference = 1.0 * M3_H, .exponent = 0.7};
        w.plant[i]->capacity = i == 0 ? (park_range){200.0 * M3_H, 200.0 * M3_H, 200.0 * M3_H}
                                      : (park_range){20.0 * M3_H, 80.0 * M3_H, 20.0 * M3_H};
    }
    b.f    = works_formulate(&w, b.arena);
    b.d    = (park_promise){.f = b.f, .warm = true};
    b.x    = PARK_ARRAY(b.arena, b.f->program.cols, double);
    b.plan = park_plan_new(b.f, b.arena);
    CHECK(b.x != NULL && b.plan != NULL && park_promise_prepare(&b.d, b.arena));
    return b;
}

/* By hand: a plant of 60 that treats 17500/380 = 46.05 m3/h, the rest passes by; one of 200 costs 2.3 times as much. */
static void what_is_cheap_only_in_part_is_left(void)
{
    bench  b     = large_and_small(false);
    double value = NAN, again, hand = (50.0 + 2.0 * 17500.0 / 380.0) * WORKS_HOURS + capital(60.0);
    b.d.end = &b.end;
    CHECK(park_charges_matter(b.f));
    CHECK(park_charges_descend(&b.d, b.plan, 1e9, NULL, false, b.x, &value));
    CHECK_CLOSE(value / b.f->rate_unit, hand, 1e-6 * hand);
    CHECK(park_plan_recheck(b.f, b.x, &again));
    CHECK_CLOSE(again, value, 1e-9 * value);
    double best = value; /* from there nothing is lost */
    CHECK(park_charges_descend(&b.d, b.plan, 1e9, NULL, true, b.x, &value));
    CHECK(value <= best * (1.0 + 1e-12));
    CHECK(b.d.work > 0.0 && b.d.dear == NULL && !b.end.early);
    park_arena_free(b.arena);
}

/* The first plan takes what it takes, what follows only what is left of the limit. */
static void a_limit_holds_once_a_plan_is_known(void)
{
    bench  all = large_and_small(false), few = large_and_small(false);
    double best = NAN, value = NAN, again;
    all.d.end = &all.end, few.d.end = &few.end, few.end.most = 1;
    CHECK(park_charges_descend(&all.d, all.plan, 1e9, NULL, false, all.x, &best));
    CHECK(park_charges_descend(&few.d, few.plan, 1e9, NULL, false, few.x, &value));
    CHECK(few.end.stands && few.end.took > 1 && few.end.took < all.end.took && value >= best);
    CHECK(park_plan_recheck(few.f, few.x, &again));
    uint64_t took = few.end.took; /* and none where one is known */
    CHECK(park_charges_descend(&few.d, few.plan, 1e9, NULL, true, few.x, &value));
    CHECK(few.end.took == took);
    park_arena_free(all.arena), park_arena_free(few.arena);
}

/* Work counts: without any, nothing is found, and what is at hand stays. */
static void no_work_finds_nothing(void)
{
    bench  b     = large_and_small(false);
    double value = 7.0;
    b.d.end      = &b.end;
    CHECK(!park_charges_descend(&b.d, b.plan, 0.0, NULL, false, b.x, &value));
    b.end.deadline = 0.0; /* long past */
    CHECK(park_charges_descend(&b.d, b.plan, 1e9, NULL, true, b.x, &value));
    CHECK(value == 7.0 && b.end.early);
    park_arena_free(b.arena);
}

static void what_stands_is_no_charge(void)
{
    bench b = large_and_small(true);
    CHECK(!park_charges_matter(b.f));
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(what_is_cheap_only_in_part_is_left);
    RUN(a_limit_holds_once_a_plan_is_known);
    RUN(no_work_finds_nothing);
    RUN(what_stands_is_no_charge);
    return park_test_done();
}
