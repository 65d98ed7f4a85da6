#include "base/random.h"
#include "water_bench.h"

/*
 * Random networks with random flows that turn round from period to period: pipes of all sizes (some hold less than a step
 * brings), valves, pumps that close loops, all tank models, demands and inflows. Whatever happens, books close, nothing
 * conservative leaves the range of what entered, and constituents do not know of each other.
 */
enum { PERIODS = 12 };

static double uniform(park_random *r, double low, double high)
{
    return low + (high - low) * park_random_uniform(r);
}

static void network(water_bench *b, uint64_t seed)
{
    park_random r = park_random_start(seed, 1, 0);
    bench_open(b, uniform(&r, 60.0, 900.0));
    int nodes = 6 + (int)park_random_below(&r, 30);
    for (int n = 0; n < nodes; n++) {
        uint32_t kind = n == 0 ? 0 : park_random_below(&r, 8);
        if (kind == 0)
            bench_node(b, PARK_NET_RESERVOIR);
        else if (kind == 1)
            bench_tank(b, (park_net_tank_mixing)park_random_below(&r, 4), uniform(&r, 300.0, 600.0));
        else
            bench_node(b, PARK_NET_JUNCTION);
        b->net.node.quality[n] = uniform(&r, 0.0, 1.0);
    }
    for (size_t t = 0; t < b->net.tank.count; t++) {
        b->net.tank.highest[t]      = 1000.0;
        b->net.tank.mixing_share[t] = uniform(&r, 0.0, 0.6);
        b->net.tank.overflows[t]    = park_random_below(&r, 2) == 1;
    }
    for (int l = 0; l < nodes + nodes / 2; l++) {
        int32_t to   = l + 1 < nodes ? l + 1 : (int32_t)park_random_below(&r, (uint32_t)nodes);
        int32_t from = (int32_t)park_random_below(&r, (uint32_t)(l + 1 < nodes ? l + 1 : nodes));
        if (from != to)
            bench_link(b, from, to, park_random_below(&r, 4) == 0 ? 0.0 : exp(uniform(&r, -7.0, 3.0)), 0.0);
    }
    b->constituent[0].initial = b->net.node.quality;
}

static void flows(water_bench *b, uint64_t seed, int period)
{
    park_random r = park_random_start(seed, 2, (uint64_t)period * 1000);
    for (size_t l = 0; l < b->net.link.count; l++)
        b->flow[l] =
            park_random_below(&r, 10) == 0 ? 0.0 : uniform(&r, -1.0, 1.0) * exp(uniform(&r, -9.0, -4.0));
}

/* Salt as it is, salt with a booster, a decaying chemical, age, a trace. */
static void five_constituents(water_bench *b, const park_net_source *source)
{
    b->constituent[1] = b->constituent[2] = b->constituent[3] = b->constituent[4] = b->constituent[0];
    b->constituent[1].source                                                      = source;
    b->constituent[1].sources                                                     = 3;
    b->constituent[2].bulk                                                        = -2e-4;
    b->constituent[2].wall                                                        = -1e-6;
    b->constituent[2].diffusivity                                                 = 1.2e-9;
    b->constituent[3].kind                                                        = PARK_NET_QUALITY_AGE;
    b->constituent[3].initial                                                     = NULL;
    b->constituent[4].kind                                                        = PARK_NET_QUALITY_TRACE;
    b->constituent[4].initial                                                     = NULL;
    b->constituent[4].trace_node                                                  = 0;
    b->settings.constituents                                                      = 5;
}

static void in_range(const water_bench *b, size_t c)
{
    for (size_t n = 0; n < b->net.node.count; n++) {
        double value = bench_at(b, (int32_t)n, c), mean = b->state.mean[n * b->state.constituents + c];
        CHECK(value >= -1e-12 && value <= 1.0 + 1e-12);
        CHECK(mean >= -1e-12 && mean <= 1.0 + 1e-12);
    }
    for (size_t l = 0; l < b->net.link.count; l++) {
        double mean = park_quality_in_link(b->plan, &b->state, (int32_t)l, c);
        CHECK(mean >= -1e-12 && mean <= 1.0 + 1e-12);
    }
}

static void books_close_and_nothing_new_appears(void)
{
    for (uint64_t seed = 1; seed <= 60; seed++) {
        water_bench     b;
        park_net_source source[3] = {{2, PARK_NET_SOURCE_MASS, 1e-5, -1},
                                     {3, PARK_NET_SOURCE_SETPOINT, 0.7, -1},
                                     {4, PARK_NET_SOURCE_FLOWPACED, 0.1, -1}};
        network(&b, seed);
        five_constituents(&b, source);
        for (size_t c = 0; c < 5; c++)
            b.constituent[c].tolerance = seed % 3 == 0 ? 1e-2 : seed % 3 == 1 ? 1e-5 : 0.0;
        if (seed % 4 == 0) { /* starved of memory: much is joined */
            b.settings.most_segments = 8;
            b.settings.most_pool     = 1;
        }
        bench_start(&b);
        for (int p = 0; p < PERIODS; p++) {
            flows(&b, seed, p);
            bench_run(&b, 1800.0); /* checks the closure of every ledger */
            in_range(&b, 0);
            in_range(&b, 2);
            in_range(&b, 4);
        }
        bench_close(&b);
    }
}

/* Water of concentration 1 everywhere stays so: mass without a form of its own has no way to change. */
static void uniform_water_stays_uniform(void)
{
    for (uint64_t seed = 1; seed <= 30; seed++) {
        water_bench b;
        network(&b, seed);
        park_net_source source[BENCH_MOST];
        for (size_t n = 0; n < b.net.node.count; n++) {
            b.net.node.quality[n] = 1.0;
            source[n]             = (park_net_source){(int32_t)n, PARK_NET_SOURCE_CONCEN, 1.0, -1};
            if (b.net.node.kind[n] == PARK_NET_TANK) /* there it would add */
                source[n].strength = 0.0;
        }
        b.constituent[0].source  = source;
        b.constituent[0].sources = b.net.node.count;
        bench_start(&b);
        for (int p = 0; p < PERIODS; p++) {
            flows(&b, seed, p);
            bench_run(&b, 1800.0);
            for (size_t n = 0; n < b.net.node.count; n++)
                CHECK_CLOSE(bench_at(&b, (int32_t)n, 0), 1.0, 1e-11);
        }
        bench_close(&b);
    }
}

/* What stands at the nodes after some periods, one of the five at a time (c) or all at once (c < 0). */
static void some_periods(water_bench *b, uint64_t seed, int c, double tolerance, const int *use, size_t used)
{
    static const park_net_source SOURCE[3] = {{2, PARK_NET_SOURCE_MASS, 1e-5, -1},
                                              {3, PARK_NET_SOURCE_SETPOINT, 0.7, -1},
                                              {4, PARK_NET_SOURCE_FLOWPACED, 0.1, -1}};
    park_quality_constituent     all[5];
    network(b, seed);
    five_constituents(b, SOURCE);
    memcpy(all, b->constituent, sizeof all);
    for (size_t i = 0; i < used; i++) {
        b->constituent[i]           = all[use[i]];
        b->constituent[i].tolerance = tolerance;
    }
    b->settings.constituents = c < 0 ? used : 1;
    b->settings.constituent  = c < 0 ? b->constituent : b->constituent + c;
    bench_start(b);
    for (int p = 0; p < 4; p++) {
        flows(b, seed, p);
        bench_run(b, 1800.0);
    }
}

/* Where segments are never joined for being alike, one at a time and all at once give the same bits. */
static void constituents_do_not_know_of_each_other(void)
{
    static const int STEADY[] = {0, 1, 3, 4}; /* what reacts is cut finer */
    for (uint64_t seed = 1; seed <= 20; seed++) {
        water_bench all, one;
        some_periods(&all, seed, -1, -1.0, STEADY, 4);
        for (int c = 0; c < 4; c++) {
            some_periods(&one, seed, c, -1.0, STEADY, 4);
            for (size_t n = 0; n < all.net.node.count; n++)
                CHECK(bench_at(&one, (int32_t)n, 0) == bench_at(&all, (int32_t)n, (size_t)c));
            CHECK(memcmp(&one.state.ledger[0], &all.state.ledger[c], sizeof(park_quality_ledger)) == 0);
            bench_close(&one);
        }
        bench_close(&all);
    }
}

/* Where they are joined, what leaves is the same to the tolerance and the bend of fast reactions. */
static void joining_alike_water_changes_little(void)
{
    static const int ALL[] = {0, 1, 2, 3, 4};
    for (uint64_t seed = 1; seed <= 20; seed++) {
        water_bench all, one;
        some_periods(&all, seed, -1, 0.0, ALL, 5);
        for (int c = 0; c < 5; c++) {
            some_periods(&one, seed, c, 1e-6, ALL, 5);
            const park_quality_ledger *a = &one.state.ledger[0], *b = &all.state.ledger[c];
            double                     size = fmax(b->initial + b->reservoirs + b->sources, b->stored);
            CHECK_CLOSE(a->delivered, b->delivered, 2e-4 * size);
            CHECK_CLOSE(a->returned, b->returned, 2e-4 * size);
            CHECK_CLOSE(a->stored, b->stored, 2e-4 * size);
            bench_close(&one);
        }
        bench_close(&all);
    }
}

/* The same input gives the same bits. */
static void runs_repeat_bit_by_bit(void)
{
    water_bench k[2];
    for (int i = 0; i < 2; i++) {
        network(&k[i], 7);
        k[i].constituent[0].bulk = -1e-4;
        bench_start(&k[i]);
        for (int p = 0; p < PERIODS; p++) {
            flows(&k[i], 7, p);
            bench_run(&k[i], 1800.0);
        }
    }
    CHECK(memcmp(k[0].state.node, k[1].state.node, k[0].net.node.count * sizeof(double)) == 0);
    CHECK(memcmp(k[0].state.ledger, k[1].state.ledger, sizeof(park_quality_ledger)) == 0);
    bench_close(&k[0]);
    bench_close(&k[1]);
}

int main(void)
{
    RUN(books_close_and_nothing_new_appears);
    RUN(uniform_water_stays_uniform);
    RUN(joining_alike_water_changes_little);
    RUN(constituents_do_not_know_of_each_other);
    RUN(runs_repeat_bit_by_bit);
    return park_test_done();
}
