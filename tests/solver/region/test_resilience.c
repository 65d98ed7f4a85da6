/* What becomes of a choice when demand grows otherwise, when data are off, when parks drop out. */
#include "province_fixture.h"

#include "check.h"

static const park_allocation_settings FINE = {.gap = 1e-9, .threads = 1};

static park_allocation_result *study(const province *p, park_arena *arena)
{
    park_allocation_result *result = NULL;
    CHECK(park_allocation_study(&p->a, &FINE, arena, &result, NULL) == PARK_OK);
    return result;
}

/*
 * No discount, costs are investments. Park 0: 50 for 50, or 100 for 110; park 1: 60 for 90; park 2: 200 for 400.
 * Low needs 50: 50 for 50. Base needs 100: 100 for 110. High needs 160: 100 + 60 for 200.
 * The choice of low under base: 50 stands, 60 more for 90 -> 140, regret 30; under high 50 + 60 lack 50: + 200 for 400 -> 450
 * at least (without park 1), regret 250. Of base under low: 110 - 50 = 60; under high 200: 0. Of high under low: 150, base: 90.
 * Worst: base 60, high 150, low 250.
 */
static void regret_is_what_mending_costs(void)
{
    province    p;
    park_arena *arena = park_arena_new();
    province_open(&p, 3, 1, 100.0, 0.0);
    p.a.discount = 0.0;
    province_add(&p, 0, 50.0, 0.0, 50.0, 0.0);
    province_add(&p, 0, 110.0, 0.0, 100.0, 0.0);
    province_add(&p, 1, 90.0, 0.0, 60.0, 0.0);
    province_add(&p, 2, 400.0, 0.0, 200.0, 0.0);
    p.a.scenarios   = 3;
    p.scenario[1]   = (park_scenario){.id = "low", .lacking = p.lacking[1]};
    p.scenario[2]   = (park_scenario){.id = "high", .lacking = p.lacking[2]};
    p.lacking[1][0] = 50.0, p.lacking[2][0] = 160.0;
    park_allocation_result *r          = study(&p, arena);
    static const double     WANT[3][3] = {{0.0, 60.0, 0.0}, {30.0, 0.0, 250.0}, {90.0, 150.0, 0.0}};
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++)
            CHECK_CLOSE(r->regret[3 * i + j], WANT[i][j], 1e-6);
    CHECK(r->robust == 0);
    CHECK_CLOSE(r->short_of[(3 * 1 + 2) * NEEDS], 110.0, 1e-9); /* low's 50 under high's 160 */
    p.lacking[2][0] = 400.0;                                    /* nobody can */
    r               = study(&p, arena);
    CHECK(isnan(r->regret[3 * 0 + 2]) && isnan(r->regret[3 * 2 + 0]));
    park_arena_free(arena);
}

/* Park 0 is three times cheaper than park 1: 10 % off never changes that. With equal prices each wins about half of the time. */
static void what_is_clear_is_stable_and_what_is_close_is_not(void)
{
    province    p;
    park_arena *arena = park_arena_new();
    province_open(&p, 2, 1, 50.0, 0.0);
    p.a.draws = 200;
    province_add(&p, 0, 30.0, 0.0, 100.0, 0.0);
    province_add(&p, 1, 90.0, 0.0, 100.0, 0.0);
    park_allocation_result *r = study(&p, arena);
    CHECK_CLOSE(r->chosen_share[0], 1.0, 1e-9);
    CHECK_CLOSE(r->same_share, 1.0, 1e-9);
    p.option[1].investment = 30.0;
    r                      = study(&p, arena);
    CHECK_CLOSE(r->chosen_share[0], 0.5, 0.11); /* three standard errors of 200 draws */
    CHECK_CLOSE(r->chosen_share[0] + r->chosen_share[1], 1.0, 1e-9);
    CHECK(r->cost_low < r->cost_high);
    p.lacking[0][0] = 195.0; /* both are needed, and 10 % less of both is too little */
    r               = study(&p, arena);
    CHECK(r->failed_share > 0.1 && r->failed_share < 0.6);
    park_arena_free(arena);
}

/* Five parks of 40, 30, 20, 10, 60 at 1, 1, 1, 1, 5 each; 100 are lacking. Chosen: 40 + 30 + 20 + 10. The worst three are 40, 30,
 * 20: 90 lack; of the others 60 stands ready: 30 lack still, so it cannot be mended. Without 30, 20, 10 60 lack: 60 for 300. */
static void three_parks_drop_out(void)
{
    static const double WATER[] = {40.0, 30.0, 20.0, 10.0, 60.0};
    province            p;
    park_arena         *arena = park_arena_new();
    province_open(&p, 5, 1, 100.0, 0.0);
    p.a.discount = 0.0;
    for (int32_t g = 0; g < 5; g++)
        province_add(&p, g, WATER[g] * (g < 4 ? 1.0 : 5.0), 0.0, WATER[g], 0.0);
    park_allocation_result *r = study(&p, arena);
    CHECK_CLOSE(r->choice.cost, 100.0, 1e-6);
    CHECK(r->tried == 4 && r->triples == 4);
    CHECK(r->triple[0] == 0 && r->triple[1] == 1 && r->triple[2] == 2);
    CHECK_CLOSE(r->triple_short[0], 90.0, 1e-9);
    CHECK(isinf(r->triple_mend[0]));
    CHECK(r->triple[9] == 1 && r->triple[10] == 2 && r->triple[11] == 3);
    CHECK_CLOSE(r->triple_short[3 * NEEDS], 60.0, 1e-9);
    CHECK_CLOSE(r->triple_mend[3], 300.0, 1e-6);
    park_arena_free(arena);
}

int main(void)
{
    RUN(regret_is_what_mending_costs);
    RUN(what_is_clear_is_stable_and_what_is_close_is_not);
    RUN(three_parks_drop_out);
    return park_test_done();
}
