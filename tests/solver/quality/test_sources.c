#include "water_bench.h"

/* Reservoir 0 -> junction 1 -> junction 2, 2 L/s, water of 1 kg/m3, a source at node 1 (or 0). */
static void booster(water_bench *b, park_net_source *source)
{
    bench_open(b, 300.0);
    int32_t r = bench_node(b, PARK_NET_RESERVOIR), j = bench_node(b, PARK_NET_JUNCTION),
            k = bench_node(b, PARK_NET_JUNCTION);
    bench_link(b, r, j, 0.0, 2e-3);
    bench_link(b, j, k, 0.0, 2e-3);
    b->net.node.quality[0]    = 1.0;
    b->constituent[0].initial = b->net.node.quality;
    b->constituent[0].source  = source;
    b->constituent[0].sources = 1;
    bench_start(b);
}

static double given(park_net_source source, double added)
{
    water_bench b;
    booster(&b, &source);
    bench_run(&b, 1000.0);
    double conc = bench_at(&b, 2, 0);
    CHECK_CLOSE(b.state.ledger[0].sources, added, 1e-11);
    CHECK_CLOSE(b.state.ledger[0].delivered, 2.0 * conc, 1e-11); /* 2 m3 */
    bench_close(&b);
    return conc;
}

static void each_kind_acts_as_it_says(void)
{
    CHECK_CLOSE(given((park_net_source){1, PARK_NET_SOURCE_MASS, 4e-3, -1}, 4.0), 3.0, 1e-13);
    CHECK_CLOSE(given((park_net_source){1, PARK_NET_SOURCE_FLOWPACED, 0.5, -1}, 1.0), 1.5, 1e-13);
    CHECK_CLOSE(given((park_net_source){1, PARK_NET_SOURCE_SETPOINT, 1.5, -1}, 1.0), 1.5, 1e-13);
    CHECK_CLOSE(given((park_net_source){1, PARK_NET_SOURCE_SETPOINT, 0.5, -1}, 0.0), 1.0, 1e-13);
    CHECK_CLOSE(given((park_net_source){1, PARK_NET_SOURCE_CONCEN, 9.0, -1}, 0.0), 1.0,
                1e-13); /* nothing flows in */
    CHECK_CLOSE(given((park_net_source){0, PARK_NET_SOURCE_CONCEN, 0.25, -1}, -1.5), 0.25,
                1e-13); /* instead of its own */
}

/* Factors 1, 0, 2 by the hour, begun an hour in: 0 first, then 2, then 1. */
static void patterns_turn_the_strength(void)
{
    static double    FACTOR[] = {1.0, 0.0, 2.0};
    park_net_pattern pattern  = {3, FACTOR};
    park_net_source  source   = {1, PARK_NET_SOURCE_FLOWPACED, 0.5, 0};
    water_bench      b;
    booster(&b, &source);
    b.net.pattern            = &pattern;
    b.net.time.pattern_start = 3600;
    for (int hour = 0; hour < 6; hour++) {
        bench_run(&b, 3600.0);
        CHECK_CLOSE(bench_at(&b, 2, 0), 1.0 + 0.5 * FACTOR[(hour + 1) % 3], 1e-13);
    }
    bench_close(&b);
}

/* A source where no water passes adds nothing; a reservoir shows what it would give. */
static void without_water_there_is_no_source(void)
{
    park_net_source source = {1, PARK_NET_SOURCE_MASS, 4e-3, -1};
    water_bench     b;
    booster(&b, &source);
    b.flow[0] = b.flow[1] = 0.0;
    bench_run(&b, 1000.0);
    CHECK(b.state.ledger[0].sources == 0.0);
    bench_close(&b);
    source = (park_net_source){0, PARK_NET_SOURCE_CONCEN, 0.8, -1};
    booster(&b, &source);
    b.flow[0] = b.flow[1] = 0.0;
    bench_run(&b, 1000.0);
    CHECK(b.state.ledger[0].sources == 0.0 && bench_at(&b, 0, 0) == 0.8);
    bench_close(&b);
}

int main(void)
{
    RUN(each_kind_acts_as_it_says);
    RUN(patterns_turn_the_strength);
    RUN(without_water_there_is_no_source);
    return park_test_done();
}
