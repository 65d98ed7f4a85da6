#include "water_bench.h"

/* Fresh water of 1 kg/m3 (F) joins a loop a -> b -> a that carries R back; F leaves at b. Loop links hold `there` and
 * `back` [m3]. */
static void recycle(water_bench *b, double step, double there, double back, double fresh, double returned)
{
    bench_open(b, step);
    int32_t r = bench_node(b, PARK_NET_RESERVOIR), p = bench_node(b, PARK_NET_JUNCTION),
            q = bench_node(b, PARK_NET_JUNCTION);
    bench_link(b, r, p, 0.0, fresh);
    bench_link(b, p, q, there, fresh + returned);
    bench_link(b, q, p, back, returned);
    b->net.node.quality[0]    = 1.0;
    b->constituent[0].initial = b->net.node.quality;
}

/* Three quarters come back, once round takes 100 + 400 s. After n rounds a holds 1 - (3/4)^n: a staircase. */
static void a_recycle_climbs_its_staircase(void)
{
    static const double STEP[] = {30.0, 90.0, 300.0, 1200.0}; /* the last is cut in eight: 150 s */
    for (size_t i = 0; i < 4; i++) {
        water_bench b;
        recycle(&b, STEP[i], 0.4, 1.2, 1e-3, 3e-3);
        bench_start(&b);
        for (int n = 1; n <= 6; n++) {
            bench_run(&b, n == 1 ? 450.0 : 500.0); /* the middle of a tread */
            CHECK_CLOSE(bench_at(&b, 1, 0), 1.0 - pow(0.75, n), 1e-12);
        }
        CHECK(b.state.looped == 0);
        bench_close(&b);
    }
}

/* Pumps back to back hold no water: a and b are one mixture, c = F c0 / F from the first moment on. A source in the loop
 * adds its mass to what passes: 2 g/s into 4 L/s that come round 3 times of 4: 1 + 2 kg/m3. */
static void a_loop_without_water_is_one_mixture(void)
{
    water_bench b;
    recycle(&b, 300.0, 0.0, 0.0, 1e-3, 3e-3);
    bench_start(&b);
    bench_run(&b, 100.0);
    CHECK(b.state.looped == 2);
    CHECK_CLOSE(bench_at(&b, 1, 0), 1.0, 1e-13);
    CHECK_CLOSE(bench_at(&b, 2, 0), 1.0, 1e-13);
    bench_close(&b);

    recycle(&b, 300.0, 0.0, 0.0, 1e-3, 3e-3);
    park_net_source source  = {1, PARK_NET_SOURCE_MASS, 2e-3, -1};
    b.constituent[0].source = &source, b.constituent[0].sources = 1;
    bench_start(&b);
    bench_run(&b, 1000.0);
    CHECK_CLOSE(bench_at(&b, 2, 0), 3.0, 1e-12);
    CHECK_CLOSE(b.state.ledger[0].sources, 2.0, 1e-12);
    CHECK_CLOSE(b.state.ledger[0].delivered, 3.0, 1e-12);
    CHECK_CLOSE(b.state.ledger[0].imbalance, 0.0, 1e-12);
    bench_close(&b);

    /* a setpoint of 5 at b holds b at 5; a then is (1 + 3 * 5) / 4. One of 0.5 does nothing. */
    for (int i = 0; i < 2; i++) {
        recycle(&b, 300.0, 0.0, 0.0, 1e-3, 3e-3);
        source                  = (park_net_source){2, PARK_NET_SOURCE_SETPOINT, i == 0 ? 5.0 : 0.5, -1};
        b.constituent[0].source = &source, b.constituent[0].sources = 1;
        bench_start(&b);
        bench_run(&b, 1000.0);
        CHECK_CLOSE(bench_at(&b, 2, 0), i == 0 ? 5.0 : 1.0, 1e-12);
        CHECK_CLOSE(bench_at(&b, 1, 0), i == 0 ? 4.0 : 1.0, 1e-12);
        CHECK_CLOSE(b.state.ledger[0].sources, i == 0 ? 4.0 : 0.0, 1e-12); /* 4 L/s from 4 to 5 for 1000 s */
        bench_close(&b);
    }
}

/* Short pipes in the loop, 2.5 s round, against steps of 300 s: the loop fills as a stirred volume of 10 L would, and its
 * mass is what it holds. */
static void a_loop_of_short_pipes_keeps_its_mass(void)
{
    water_bench b;
    recycle(&b, 300.0, 0.004, 0.006, 1e-3, 3e-3);
    bench_start(&b);
    bench_run(&b, 300.0);
    CHECK(b.state.looped == 2);
    CHECK_CLOSE(b.state.ledger[0].delivered + b.state.ledger[0].stored, 0.3, 1e-12);
    CHECK_CLOSE(b.state.ledger[0].imbalance, 0.0, 1e-13);
    bench_run(&b, 3000.0);
    CHECK_CLOSE(b.state.ledger[0].stored, 0.010, 1e-9);
    CHECK_CLOSE(bench_at(&b, 2, 0), 1.0, 1e-9);
    bench_close(&b);
}

/* A tank that is pumped round through short links: with F through it, it washes out as a stirred tank; implicit in the step,
 * so to first order of h/tau. Rows in a stratified tank are kept as one. */
static void a_tank_in_a_loop_is_stirred(void)
{
    for (int mixing = PARK_NET_MIX_COMPLETE; mixing <= PARK_NET_MIX_LIFO; mixing++) {
        water_bench b;
        bench_open(&b, 10.0);
        int32_t r = bench_node(&b, PARK_NET_RESERVOIR),
                t = bench_tank(&b, (park_net_tank_mixing)mixing, 10.0), j = bench_node(&b, PARK_NET_JUNCTION);
        bench_link(&b, r, t, 0.0, 5e-3);
        bench_link(&b, t, j, 0.0, 25e-3);
        bench_link(&b, j, t, 0.0, 20e-3);
        b.net.tank.highest[0] = 10.0, b.net.tank.mixing_share[0] = 1.0;
        b.net.node.quality[0]    = 1.0;
        b.constituent[0].initial = b.net.node.quality;
        bench_start(&b);
        bench_run(&b, 2000.0);
        CHECK_CLOSE(bench_at(&b, j, 0), 1.0 - exp(-1.0), 0.5 * 10.0 / 2000.0);
        CHECK_CLOSE(b.state.mean[t], exp(-1.0), 0.5 * 10.0 / 2000.0); /* of 1 - exp(-t/tau) over tau */
        CHECK_CLOSE(b.state.ledger[0].imbalance, 0.0, 1e-12);
        CHECK_CLOSE(b.state.ledger[0].delivered + b.state.ledger[0].stored, 10.0, 1e-11);
        bench_close(&b);
    }
}

/* A ring of 300 nodes without water, too large to be solved directly, with a quarter bled off on the way. */
static void a_large_loop_is_swept(void)
{
    enum { RING = 300 };
    water_bench b;
    bench_open(&b, 300.0);
    int32_t r = bench_node(&b, PARK_NET_RESERVOIR);
    for (int i = 0; i < RING; i++)
        bench_node(&b, PARK_NET_JUNCTION);
    bench_link(&b, r, 1, 0.0, 1e-3);
    for (int i = 0; i < RING; i++)
        bench_link(&b, 1 + i, 1 + (i + 1) % RING, 0.0, i < RING / 2 ? 4e-3 : 3e-3);
    b.net.node.quality[0]    = 2.0;
    b.constituent[0].initial = b.net.node.quality;
    bench_start(&b);
    bench_run(&b, 600.0);
    CHECK(b.state.looped == RING);
    for (int32_t n = 1; n <= RING; n++)
        CHECK_CLOSE(bench_at(&b, n, 0), 2.0, 1e-11);
    CHECK_CLOSE(b.state.ledger[0].delivered, 2.0 * 0.6, 1e-11);
    bench_close(&b);
}

/* Water that only goes round, with nothing entering, keeps what it holds. */
static void a_closed_loop_goes_on_as_it_was(void)
{
    water_bench b;
    recycle(&b, 300.0, 0.1, 0.2, 0.0, 3e-3);
    b.net.node.quality[1] = 2.0; /* the pipe back holds 2, the pipe there 0 */
    bench_start(&b);
    bench_run(&b, 10.0);
    CHECK_CLOSE(b.state.ledger[0].stored, 0.4, 1e-13);
    bench_run(&b, 3600.0);
    CHECK_CLOSE(b.state.ledger[0].stored, 0.4, 1e-12);
    bench_close(&b);
}

int main(void)
{
    RUN(a_recycle_climbs_its_staircase);
    RUN(a_loop_without_water_is_one_mixture);
    RUN(a_loop_of_short_pipes_keeps_its_mass);
    RUN(a_tank_in_a_loop_is_stirred);
    RUN(a_large_loop_is_swept);
    RUN(a_closed_loop_goes_on_as_it_was);
    return park_test_done();
}
