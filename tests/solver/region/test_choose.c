/* Who delivers what: the tree's choice is that of trying every combination, and behaves as choices must. */
#include "province_fixture.h"

#include "check.h"
#include "region/choose.h"

static const park_allocation_settings FINE = {.gap = 1e-7, .threads = 1};

static park_choice choose(const province *p, park_arena *arena)
{
    park_choice choice;
    park_error  err = {0};
    if (park_allocation_choose(&p->a, 0, &FINE, arena, &choice, &err) != PARK_OK)
        printf("%s\n", err.message);
    CHECK(err.status == PARK_OK);
    return choice;
}

static void against_all(const province *p)
{
    park_arena *arena  = park_arena_new();
    park_choice choice = choose(p, arena);
    tried       best   = province_best(p);
    if (isinf(best.cost))
        CHECK(choice.status == PARK_CHOICE_INFEASIBLE);
    else {
        CHECK(choice.status == PARK_CHOICE_OPTIMAL);
        CHECK_CLOSE(choice.cost, best.cost, 2e-7 * best.cost);
        CHECK(choice.bound <= best.cost * (1.0 + 1e-9));
    }
    park_arena_free(arena);
}

static void plain_provinces_agree_with_every_combination(void)
{
    for (uint64_t seed = 1; seed <= 6; seed++) {
        province p;
        province_open(&p, 4, 2, 2.2e6, 1.5e6);
        province_fill(&p, seed, 2);
        against_all(&p);
    }
}

static void budgets_agree(void)
{
    for (uint64_t seed = 1; seed <= 6; seed++) {
        province p;
        province_open(&p, 4, 2, 2.0e6, 0.0);
        province_fill(&p, seed, 2);
        p.budget[0] = p.budget[1] = 2e6 + 1e6 * (double)seed; /* some of them suffice, some do not */
        against_all(&p);
    }
}

static void shared_plants_agree(void)
{
    for (uint64_t seed = 1; seed <= 5; seed++) {
        province p;
        province_open(&p, 3, 2, 1.6e6, 0.0);
        province_fill(&p, seed, 2);
        p.a.plants = 1;
        p.plant[0] = (park_plant){.id         = "city_plant",
                                  .city       = PARK_NONE,
                                  .investment = 4e6,
                                  .yearly     = 1e5,
                                  .life       = 20.0,
                                  .capacity   = 1.2e6,
                                  .first      = 2023,
                                  .last       = 2024};
        for (size_t o = 0; o < p.a.options; o++)
            if (p.option[o].group < 2) {
                p.option[o].plant = 0;
                p.option[o].drawn = p.option[o].gives[PARK_GIFT_NEW];
                p.option[o].investment *= 0.3; /* the plant is the rest of it */
            }
        against_all(&p);
    }
}

static void cities_agree(void)
{
    for (uint64_t seed = 1; seed <= 5; seed++) {
        province p;
        province_open(&p, 4, 2, 1.5e6, 0.0);
        province_fill(&p, seed, 2);
        p.a.fair_most     = seed % 2 == 0 ? 0.45 : 1.0;
        p.a.fair_projects = seed % 2;
        against_all(&p);
    }
}

/* By hand: two parks serve 100 from one plant that costs 90; each option costs 10 more. Without the plant's sharing a park
 * alone would cost 100, so counting it once gives 110, not 200. No discount, one year, life is the horizon. */
static void one_plant_is_built_once(void)
{
    province    p;
    park_arena *arena = park_arena_new();
    province_open(&p, 2, 1, 100.0, 0.0);
    p.a.discount = 0.0;
    p.a.plants   = 1;
    p.plant[0]   = (park_plant){.id         = "x",
                                .city       = PARK_NONE,
                                .investment = 90.0,
                                .life       = 15.0,
                                .capacity   = 100.0,
                                .first      = 2023,
                                .last       = 2023};
    for (int32_t g = 0; g < 2; g++) {
        park_option *o = province_add(&p, g, 10.0, 0.0, 50.0, 0.0);
        o->plant       = 0;
        o->drawn       = 50.0;
    }
    park_choice choice = choose(&p, arena);
    CHECK_CLOSE(choice.cost, 110.0, 1e-9);
    CHECK_CLOSE(choice.public_cost, 33.0, 1e-9); /* 30 % of it */
    CHECK(choice.plant_year[0] == 2023);
    p.plant[0].capacity = 99.0; /* no room for both */
    CHECK(choose(&p, arena).status == PARK_CHOICE_INFEASIBLE);
    park_arena_free(arena);
}

/* A park does 30 anyway in 2024 for 100; its larger point brings 80 for 300. The need of 60 counts the 30 without paying:
 * what is supported is 50 more for 200, of which public money pays 30 %. */
static void what_comes_anyway_is_not_paid(void)
{
    province    p;
    park_arena *arena = park_arena_new();
    province_open(&p, 2, 1, 60.0, 0.0);
    p.a.discount                                       = 0.0;
    province_add(&p, 0, 100.0, 0.0, 30.0, 0.0)->anyway = 2024;
    province_add(&p, 0, 300.0, 0.0, 80.0, 0.0);
    province_add(&p, 0, 90.0, 0.0, 40.0, 0.0); /* costs less than what is done anyway: no more of it */
    province_add(&p, 1, 250.0, 0.0, 30.0, 0.0);
    park_choice choice = choose(&p, arena);
    CHECK(choice.status == PARK_CHOICE_OPTIMAL && choice.year[1] == 2023 && choice.year[3] == 0);
    CHECK_CLOSE(choice.cost, 200.0, 1e-9);
    CHECK_CLOSE(choice.public_cost, 60.0, 1e-9);
    CHECK_CLOSE(choice.delivered[0], 80.0, 1e-9);
    CHECK(park_option_barred(&p.a, 2, NULL) == PARK_FATE_NOT_MORE);
    p.a.need[0].year = 2023; /* before it comes: the 80 are all new, the 30 do not count */
    choice           = choose(&p, arena);
    CHECK_CLOSE(choice.delivered[0], 80.0, 1e-9);
    park_arena_free(arena);
}

static void more_budget_never_costs_more(void)
{
    double before = INFINITY;
    for (int k = 0; k < 6; k++) {
        province    p;
        park_arena *arena = park_arena_new();
        province_open(&p, 6, 2, 3e6, 0.0);
        province_fill(&p, 11, 3);
        p.budget[0] = p.budget[1] = 3e6 + 8e5 * k;
        park_choice choice        = choose(&p, arena);
        if (choice.status == PARK_CHOICE_OPTIMAL) {
            CHECK(choice.cost <= before * (1.0 + 2e-7));
            before = choice.cost;
        } else
            CHECK(isinf(before)); /* no money, no choice; with more it never goes away again */
        park_arena_free(arena);
    }
    CHECK(isfinite(before));
}

static void a_dominated_option_is_never_chosen(void)
{
    province    p;
    park_arena *arena = park_arena_new();
    province_open(&p, 5, 2, 2.5e6, 0.0);
    province_fill(&p, 3, 2);
    size_t good = p.a.options;
    for (size_t o = 0; o < good; o++) { /* each has a twin that costs more and gives less */
        park_option *twin =
            province_add(&p, p.option[o].group, 1.2 * p.option[o].investment, 1.1 * p.option[o].yearly,
                         0.9 * p.option[o].gives[PARK_GIFT_NEW], 0.9 * p.option[o].gives[0]);
        twin->life = p.option[o].life;
    }
    park_choice choice = choose(&p, arena);
    CHECK(choice.status == PARK_CHOICE_OPTIMAL);
    for (size_t o = good; o < p.a.options; o++)
        CHECK(choice.year[o] == 0);
    park_arena_free(arena);
}

static void the_order_of_parks_changes_nothing(void)
{
    province    p, q;
    park_arena *arena = park_arena_new();
    province_open(&p, 6, 2, 3e6, 0.0);
    province_fill(&p, 5, 2);
    q          = p;
    q.a.option = q.option, q.a.need = q.need, q.a.scenario = q.scenario, q.a.budget = q.budget;
    q.a.group = q.group, q.a.city = q.city, q.a.plant = q.plant, q.scenario[0].lacking = q.lacking[0];
    for (size_t o = 0; o < p.a.options; o++) {
        q.option[o]       = p.option[p.a.options - 1 - o];
        q.option[o].group = (int32_t)p.a.groups - 1 - q.option[o].group;
    }
    park_choice one = choose(&p, arena), other = choose(&q, arena);
    CHECK_CLOSE(one.cost, other.cost, 1e-9 * one.cost);
    for (size_t o = 0; o < p.a.options; o++)
        CHECK(one.year[o] == other.year[p.a.options - 1 - o]);
    park_arena_free(arena);
}

/* At least 3 of every 10 yuan in the city, 2 projects: what is held must hold. */
static void rules_hold_in_a_large_province(void)
{
    province                 p;
    park_arena              *arena = park_arena_new();
    park_choice              choice;
    park_allocation_settings settings = {.gap = 1e-3, .work = 400000, .threads = 1};
    province_open(&p, 40, 3, 2.2e7, 1.5e7);
    province_fill(&p, 9, 5);
    p.a.fair_most = 0.35;
    p.budget[0] = p.budget[1] = p.budget[2] = 3.0e7;
    CHECK(park_allocation_choose(&p.a, 0, &settings, arena, &choice, NULL) == PARK_OK);
    CHECK(choice.status == PARK_CHOICE_OPTIMAL);
    CHECK(choice.gap <= 1e-3);
    tried t = {.cost = choice.cost};
    memcpy(t.year, choice.year, p.a.options * sizeof *t.year);
    double cost;
    CHECK(holds(&p, &t, &cost));
    CHECK_CLOSE(cost, choice.cost, 1e-9 * cost);
    park_arena_free(arena);
}

static void every_allocation_may_fail(void)
{
    province p;
    bool     done = false;
    province_open(&p, 2, 1, 2e5, 0.0);
    province_fill(&p, 1, 1);
    for (size_t n = 1; !done && n < 400; n++) {
        park_arena *arena = park_arena_new();
        park_choice choice;
        park_arena_fail_after(arena, n);
        park_status status = park_allocation_choose(&p.a, 0, &FINE, arena, &choice, NULL);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        done = status == PARK_OK;
        park_arena_free(arena);
    }
    CHECK(done);
}

/* Forty needs lack twice what the one option brings: each gives way by half, twenty halves in all, and only when it is built. */
static void more_needs_than_options_give_way(void)
{
    enum { MANY = 40 };
    static park_need need[MANY];
    static double    lacking[MANY];
    park_arena      *arena = park_arena_new();
    park_error       err   = {0};
    park_choice      choice;
    park_question    q = {.way = PARK_WAY_NEEDS};
    province         p;
    province_open(&p, 1, 1, 0.0, 0.0);
    province_add(&p, 0, 1e5, 0.0, 5e3, 0.0);
    for (int n = 0; n < MANY; n++)
        need[n] = p.need[0], lacking[n] = 1e4;
    p.a.needs = MANY, p.a.need = need, p.scenario[0].lacking = lacking;
    CHECK(park_choose(&p.a, &q, &FINE, arena, &choice, &err) == PARK_OK);
    CHECK_CLOSE(choice.objective, 0.5 * MANY, 1e-6);
    q.ceiling = choice.objective * (1.0 + 1e-7);
    CHECK(park_choose(&p.a, &q, &FINE, arena, &choice, &err) == PARK_OK);
    CHECK(choice.status == PARK_CHOICE_OPTIMAL && choice.year[0] == 2023);
    CHECK_CLOSE(choice.cost, 1e5, 1.0);
    park_arena_free(arena);
}

static void what_makes_no_sense_is_refused(void)
{
    province    p;
    park_arena *arena = park_arena_new();
    park_choice choice;
    province_open(&p, 1, 1, 1.0, 0.0);
    CHECK(park_allocation_choose(&p.a, 0, &FINE, arena, &choice, NULL) == PARK_E_RANGE); /* no option */
    province_add(&p, 0, 1.0, 0.0, 1.0, 0.0);
    CHECK(park_allocation_choose(&p.a, 1, &FINE, arena, &choice, NULL) ==
          PARK_E_RANGE); /* no such scenario */
    p.option[0].life = 0.0;
    CHECK(park_allocation_choose(&p.a, 0, &FINE, arena, &choice, NULL) == PARK_E_RANGE);
    p.option[0].life = 1.0, p.budget[0] = -1.0;
    CHECK(park_allocation_choose(&p.a, 0, &FINE, arena, &choice, NULL) == PARK_E_RANGE);
    p.budget[0] = 1.0, p.option[0].group = 5;
    CHECK(park_allocation_choose(&p.a, 0, &FINE, arena, &choice, NULL) == PARK_E_RANGE);
    park_arena_free(arena);
}

int main(void)
{
    RUN(plain_provinces_agree_with_every_combination);
    RUN(budgets_agree);
    RUN(shared_plants_agree);
    RUN(cities_agree);
    RUN(one_plant_is_built_once);
    RUN(what_comes_anyway_is_not_paid);
    RUN(more_budget_never_costs_more);
    RUN(a_dominated_option_is_never_chosen);
    RUN(the_order_of_parks_changes_nothing);
    RUN(rules_hold_in_a_large_province);
    RUN(every_allocation_may_fail);
    RUN(more_needs_than_options_give_way);
    RUN(what_makes_no_sense_is_refused);
    return park_test_done();
}
