/* Random networks through a day, both ways: water and mass close, tanks keep their limits, rows are what they say. */
#include "random_day.h"
#include "run_fixture.h"

static void water_and_mass_close(const kept_run *k)
{
    const park_period_volumes *w = &k->result->water;
    CHECK(k->result->closure < 1e-9);
    CHECK(w->leaked > 0.0 && k->result->quality.ledger[0].leak > 0.0);
    CHECK(k->result->quality.constituents == 1 && k->result->quality.ledger[0].closure < 1e-9);
    /* the account against the levels themselves */
    double stored = 0.0;
    for (size_t i = 0; i < k->net->tank.count; i++)
        stored += k->volume[k->rows - 1][i] - k->volume[0][i];
    CHECK_CLOSE(w->stored, stored, 1e-9 * (1.0 + fabs(stored)));
    CHECK_CLOSE(w->from_reservoirs + w->inflow - w->to_reservoirs - w->delivered - w->emitted - w->leaked -
                    w->overflowed - w->rounded,
                stored, 1e-9 * (w->from_reservoirs + w->delivered));
}

static void tanks_keep_their_limits(const kept_run *k, double slack)
{
    for (size_t r = 0; r < k->rows; r++)
        for (size_t i = 0; i < k->net->tank.count; i++)
            CHECK(k->level[r][i] >= k->net->tank.lowest[i] - slack &&
                  k->level[r][i] <= k->net->tank.highest[i] + slack);
}

/* Emitters aside, what is wanted is delivered: the demands of the rows by hand, by steps of the pattern. */
static void delivered_is_what_patterns_ask(const kept_run *k)
{
    double wanted = 0.0;
    for (size_t i = 0; i < k->net->demand.count; i++)
        for (int h = 0; h < 12; h++)
            wanted +=
                k->net->demand.base[i] * 7200.0 *
                (k->net->demand.pattern[i] < 0 ? 1.0 : k->net->pattern[k->net->demand.pattern[i]].factor[h]);
    CHECK_CLOSE(k->result->water.delivered + k->result->water.unmet, wanted, 1e-9 * wanted);
}

static void a_day_of_eight_networks(void)
{
    double apart = 0.0;
    for (uint64_t seed = 0; seed < 8; seed++) {
        park_arena *arena  = park_arena_new();
        const char *text   = random_day(arena, seed);
        kept_run    epanet = run_epanet(text), adaptive = run_adaptive(text);
        CHECK(epanet.status == PARK_OK && adaptive.status == PARK_OK);
        CHECK(epanet.rows == 25 && adaptive.rows == 25);
        water_and_mass_close(&epanet);
        water_and_mass_close(&adaptive);
        tanks_keep_their_limits(&epanet, 0.02); /* half a second of flow below the lowest level may be left */
        tanks_keep_their_limits(&adaptive, 1e-9);
        delivered_is_what_patterns_ask(&epanet);
        delivered_is_what_patterns_ask(&adaptive);
        CHECK(fabs(adaptive.result->water.rounded) < 1e-6);
        apart += fabs(level_at(&epanet, 7200.0) - level_at(&adaptive, 7200.0)) / 8.0;
        run_free(&epanet);
        run_free(&adaptive);
        park_arena_free(arena);
    }
    CHECK(apart > 1e-6 && apart < 0.5); /* two methods, one physics */
}

/* Eq. (P25): what flows in at a node was not asked for. 3 L/s drawn, 2 L/s given, two hours; EPANET's litre. */
static void an_inflow_is_no_unmet_demand(void)
{
    static const char *const TEXT =
        "[JUNCTIONS]\nA 5 3\nB 5 -2\n[RESERVOIRS]\nR 50\n[PIPES]\nP R A 100 200 100\n"
        "Q A B 100 200 100\n[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 2\n[END]\n";
    const double LITRE = 0.028316846592 / 28.317;
    for (int adaptive = 0; adaptive < 2; adaptive++) {
        kept_run k = adaptive ? run_adaptive(TEXT) : run_epanet(TEXT);
        CHECK(k.status == PARK_OK && k.result->water.unmet == 0.0);
        CHECK_CLOSE(k.result->water.inflow, 2.0 * LITRE * 7200.0, 1e-9);
        CHECK_CLOSE(k.result->water.delivered, 3.0 * LITRE * 7200.0, 1e-9);
        CHECK_CLOSE(k.result->water.from_reservoirs, LITRE * 7200.0, 1e-9);
        run_free(&k);
    }
}

int main(void)
{
    RUN(an_inflow_is_no_unmet_demand);
    RUN(a_day_of_eight_networks);
    return park_test_done();
}
