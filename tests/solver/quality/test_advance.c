#include "water_bench.h"

/* Water of reservoir 0 through pipes in a row; every pipe of `volume`, flow 1 L/s. */
static void row_of_pipes(water_bench *b, double step, int pipes, double volume)
{
    bench_open(b, step);
    int32_t before = bench_node(b, PARK_NET_RESERVOIR);
    for (int i = 0; i < pipes; i++) {
        int32_t next = bench_node(b, PARK_NET_JUNCTION);
        bench_link(b, before, next, volume, 1e-3);
        before = next;
    }
}

/* 3 pipes of 1 m3 at 1 L/s: 3000 s. The front that leaves at 0 s stands at the end after 3000 s, before and after it
 * nothing is between 0 and 1, whatever the step. */
static void a_front_arrives_when_its_water_does(void)
{
    static const double STEP[] = {7.0, 60.0, 299.0, 900.0, 5000.0};
    for (size_t i = 0; i < 5; i++) {
        water_bench b;
        row_of_pipes(&b, STEP[i], 3, 1.0);
        b.net.node.quality[0]    = 1.0;
        b.constituent[0].initial = b.net.node.quality;
        bench_start(&b);
        bench_run(&b, 2999.9);
        CHECK(bench_at(&b, 3, 0) == 0.0);
        bench_run(&b, 0.2);
        CHECK_CLOSE(bench_at(&b, 3, 0), 1.0, 1e-12);
        CHECK_CLOSE(b.state.ledger[0].delivered, 1e-4, 1e-12); /* 0.1 s of 1 L/s at 1 kg/m3 */
        CHECK_CLOSE(b.state.ledger[0].reservoirs, 3.0001, 1e-12);
        bench_close(&b);
    }
}

/* A pulse of 10 s, much shorter than the step, passes 40 short pipes (several to a step) with its length and height. */
static void a_pulse_is_not_dispersed(void)
{
    water_bench b;
    row_of_pipes(&b, 300.0, 40, 0.05); /* 50 s each: 2000 s */
    b.constituent[0].sources = 1;
    park_net_source source   = {0, PARK_NET_SOURCE_CONCEN, 5.0, -1};
    b.constituent[0].source  = &source;
    bench_start(&b);
    bench_run(&b, 10.0);
    source.strength = 0.0;
    bench_run(&b, 1989.0);
    CHECK(bench_at(&b, 40, 0) == 0.0 && b.state.ledger[0].delivered == 0.0);
    bench_run(&b, 2.0);
    CHECK_CLOSE(bench_at(&b, 40, 0), 5.0, 1e-11);
    bench_run(&b, 8.0);
    CHECK_CLOSE(bench_at(&b, 40, 0), 5.0, 1e-11);
    CHECK_CLOSE(b.state.ledger[0].delivered, 5.0 * 9e-3, 1e-12);
    bench_run(&b, 500.0);
    CHECK_CLOSE(bench_at(&b, 40, 0), 0.0, 1e-12);
    CHECK_CLOSE(b.state.ledger[0].delivered, 5.0 * 10e-3, 1e-12);
    bench_close(&b);
}

/* Age at the end of pipes in a row is the sum of their residence times; before that, the time since the start. */
static void age_is_residence(void)
{
    water_bench b;
    row_of_pipes(&b, 300.0, 4, 0.9); /* 900 s each */
    b.constituent[0].kind = PARK_NET_QUALITY_AGE;
    bench_start(&b);
    bench_run(&b, 1000.0);
    CHECK_CLOSE(bench_at(&b, 1, 0), 900.0, 1e-9);
    CHECK_CLOSE(bench_at(&b, 4, 0), 1000.0, 1e-9);
    bench_run(&b, 2600.0);
    for (int32_t n = 1; n <= 4; n++)
        CHECK_CLOSE(bench_at(&b, n, 0), 900.0 * n, 1e-9);
    bench_run(&b, 3600.0);
    CHECK_CLOSE(bench_at(&b, 4, 0), 3600.0, 1e-9);
    CHECK_CLOSE(b.state.mean[4], 3600.0, 1e-9);
    CHECK(park_quality_segments(&b.state) < 12); /* one straight profile a pipe */
    bench_close(&b);
}

/* First order in a pipe: exp(-k tau) at its end. A pipe's end falls inside of a segment, whose line is off the exponential
 * by (k h)^2/8 at most, and k h is held below 0.05. */
static void decay_is_exponential(void)
{
    static const double STEP[] = {60.0, 250.0, 3600.0};
    for (size_t i = 0; i < 3; i++) {
        water_bench b;
        row_of_pipes(&b, STEP[i], 2, 3.6); /* an hour each */
        b.net.node.quality[0]    = 2.0;
        b.constituent[0].initial = b.net.node.quality;
        b.constituent[0].bulk    = -0.5 / 3600.0;
        bench_start(&b);
        bench_run(&b, 4.0 * 3600.0);
        double bend = fmin(0.05, 0.5 / 3600.0 * STEP[i]), off = 2.0 * bend * bend / 8.0;
        CHECK_CLOSE(bench_at(&b, 1, 0), 2.0 * exp(-0.5), off);
        CHECK_CLOSE(bench_at(&b, 2, 0), 2.0 * exp(-1.0), 2.0 * off);
        CHECK(b.state.ledger[0].reacted_pipes > 0.0);
        bench_close(&b);
    }
}

/* Both sources are traced at once: shares sum to one everywhere once the old water is out. A cross: 3 L/s of A and 1 L/s of
 * B meet and part again, so each way out has 3/4 and 1/4. */
static void a_cross_mixes_by_flow_and_traces_sum_to_one(void)
{
    water_bench b;
    bench_open(&b, 300.0);
    int32_t a = bench_node(&b, PARK_NET_RESERVOIR), c = bench_node(&b, PARK_NET_RESERVOIR),
            cross = bench_node(&b, PARK_NET_JUNCTION), x = bench_node(&b, PARK_NET_JUNCTION),
            y = bench_node(&b, PARK_NET_JUNCTION);
    bench_link(&b, a, cross, 1.0, 3e-3);
    bench_link(&b, cross, c, 0.7, -1e-3); /* drawn against its flow */
    bench_link(&b, cross, x, 0.4, 2.5e-3);
    bench_link(&b, cross, y, 2.0, 1.5e-3);
    b.constituent[1] = b.constituent[2] = b.constituent[0];
    b.constituent[0].kind = b.constituent[1].kind = PARK_NET_QUALITY_TRACE;
    b.constituent[0].trace_node                   = a;
    b.constituent[1].trace_node                   = c;
    b.net.node.quality[a] = 4.0, b.net.node.quality[c] = 8.0; /* salt: 3/4 * 4 + 1/4 * 8 = 5 */
    b.constituent[2].initial = b.net.node.quality;
    b.settings.constituents  = 3;
    bench_start(&b);
    CHECK(bench_at(&b, a, 0) == 1.0 && bench_at(&b, a, 1) == 0.0 && bench_at(&b, c, 1) == 1.0);
    bench_run(&b, 7200.0);
    for (int32_t n = cross; n <= y; n++) {
        CHECK_CLOSE(bench_at(&b, n, 0), 0.75, 1e-13);
        CHECK_CLOSE(bench_at(&b, n, 0) + bench_at(&b, n, 1), 1.0, 1e-13);
        CHECK_CLOSE(bench_at(&b, n, 2), 5.0, 1e-12);
    }
    bench_close(&b);
}

/* A pipe half filled with marked water: turned round after 400 s, the same 400 s later the first of it stands where it
 * came in, and it is all out after 800 s. */
static void a_reversal_gives_back_what_entered(void)
{
    water_bench b;
    row_of_pipes(&b, 90.0, 1, 1.0);
    park_net_source source  = {0, PARK_NET_SOURCE_CONCEN, 1.0, -1};
    b.constituent[0].source = &source, b.constituent[0].sources = 1;
    bench_start(&b);
    bench_run(&b, 300.0);
    source.strength = 0.0;
    bench_run(&b, 100.0);
    b.flow[0] = -1e-3;
    bench_run(&b, 100.0); /* the clean water back to the reservoir */
    CHECK(b.state.ledger[0].returned == 0.0);
    bench_run(&b, 300.0);
    CHECK_CLOSE(b.state.ledger[0].returned, 0.3, 1e-12);
    CHECK_CLOSE(b.state.ledger[0].stored, 0.0, 1e-12);
    bench_close(&b);
}

/* Demand below zero brings in a CONCEN source's water: 1 L/s of 6 kg/m3 into 2 L/s of clean water makes 2. */
static void a_negative_demand_brings_its_quality(void)
{
    water_bench b;
    bench_open(&b, 60.0);
    int32_t r = bench_node(&b, PARK_NET_RESERVOIR), j = bench_node(&b, PARK_NET_JUNCTION),
            k = bench_node(&b, PARK_NET_JUNCTION);
    bench_link(&b, r, j, 0.1, 2e-3);
    bench_link(&b, j, k, 0.1, 3e-3);
    park_net_source source  = {j, PARK_NET_SOURCE_CONCEN, 6.0, -1};
    b.constituent[0].source = &source, b.constituent[0].sources = 1;
    bench_start(&b);
    bench_run(&b, 3600.0);
    CHECK_CLOSE(bench_at(&b, k, 0), 2.0, 1e-13);
    CHECK_CLOSE(b.state.ledger[0].inflows, 6e-3 * 3600.0, 1e-10);
    CHECK_CLOSE(b.state.ledger[0].imbalance, 0.0, 1e-14);
    bench_close(&b);
}

/* What leaves through emitters and leaks is booked beside what is delivered: 1, 2 and 3 parts. */
static void emitters_and_leaks_carry_mass_out(void)
{
    water_bench b;
    row_of_pipes(&b, 60.0, 1, 0.6);
    b.flow[0]                = 6e-3;
    b.net.node.quality[0]    = 1.0;
    b.constituent[0].initial = b.net.node.quality;
    bench_start(&b);
    bench_balance(&b, 1000.0);
    double              delivered[] = {-7e-3, 1e-3}, emitter[] = {0.0, 2e-3}, leak[] = {0.0, 3e-3};
    park_quality_period p = {0.0, 1000.0, b.flow, delivered, emitter, leak, b.from, b.to};
    CHECK(park_quality_advance(b.plan, &p, &b.state, NULL) == PARK_OK);
    park_quality_close(b.plan, &b.state);
    CHECK_CLOSE(b.state.ledger[0].delivered, 0.9, 1e-12); /* after 100 s of travel */
    CHECK_CLOSE(b.state.ledger[0].emitter, 1.8, 1e-12);
    CHECK_CLOSE(b.state.ledger[0].leak, 2.7, 1e-12);
    CHECK(b.state.ledger[0].closure < 1e-12);
    /* flows that do not balance are told, and the books still close */
    delivered[1] = 0.0;
    CHECK(park_quality_advance(b.plan, &p, &b.state, NULL) == PARK_OK);
    park_quality_close(b.plan, &b.state);
    CHECK_CLOSE(b.state.ledger[0].imbalance, 1.0, 1e-12);
    CHECK(b.state.ledger[0].closure < 1e-12);
    bench_close(&b);
}

/* Water at rest decays where it stands, and the node shows it. */
static void water_at_rest_reacts(void)
{
    water_bench b;
    row_of_pipes(&b, 300.0, 1, 1.0);
    b.flow[0]             = 0.0;
    b.net.node.quality[0] = b.net.node.quality[1] = 1.0;
    b.constituent[0].initial                      = b.net.node.quality;
    b.constituent[0].bulk                         = -1e-4;
    bench_start(&b);
    bench_run(&b, 1e4);
    CHECK_CLOSE(bench_at(&b, 1, 0), exp(-1.0), 1e-12);
    CHECK_CLOSE(park_quality_in_link(b.plan, &b.state, 0, 0), exp(-1.0), 1e-12);
    bench_close(&b);
}

/* The same water asked for in many short periods or few long ones: apart by the bend (k h)^2/8 of a segment. */
static void periods_may_be_cut_anywhere(void)
{
    water_bench a, b;
    for (int i = 0; i < 2; i++) {
        water_bench *k = i == 0 ? &a : &b;
        row_of_pipes(k, 100.0, 5, 0.33);
        k->net.node.quality[0]    = 1.0;
        k->constituent[0].bulk    = -1e-4;
        k->constituent[0].initial = k->net.node.quality;
        bench_start(k);
    }
    bench_run(&a, 2500.0);
    for (int i = 0; i < 100; i++)
        bench_run(&b, 25.0);
    for (int32_t n = 1; n <= 5; n++)
        CHECK_CLOSE(bench_at(&a, n, 0), bench_at(&b, n, 0), 2e-5);
    bench_close(&a);
    bench_close(&b);
}

static void a_period_that_makes_no_sense_is_refused(void)
{
    water_bench b;
    park_error  err = {0};
    row_of_pipes(&b, 100.0, 1, 1.0);
    bench_tank(&b, PARK_NET_MIX_COMPLETE, 10.0);
    CHECK(park_quality_plan_make(b.arena, &b.net, &b.settings, &b.plan, NULL) == PARK_OK);
    double empty = -1.0;
    CHECK(park_quality_state_make(b.arena, b.plan, &empty, &b.state, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "n2") != NULL);
    bench_start(&b);
    bench_balance(&b, 10.0);
    const park_quality_period good = {0.0, 10.0, b.flow, b.delivered, NULL, NULL, b.from, b.to};
    park_quality_period       p    = good;
    p.seconds                      = 0.0;
    CHECK(park_quality_advance(b.plan, &p, &b.state, &err) == PARK_E_RANGE);
    p.seconds = NAN;
    CHECK(park_quality_advance(b.plan, &p, &b.state, &err) == PARK_E_RANGE);
    p         = good;
    b.flow[0] = NAN;
    CHECK(park_quality_advance(b.plan, &p, &b.state, &err) == PARK_E_RANGE &&
          strstr(err.message, "l0") != NULL);
    b.flow[0]      = 1e-3;
    b.delivered[1] = INFINITY;
    CHECK(park_quality_advance(b.plan, &p, &b.state, &err) == PARK_E_RANGE &&
          strstr(err.message, "n1") != NULL);
    b.delivered[1] = 1e-3;
    b.to[0]        = -2.0;
    CHECK(park_quality_advance(b.plan, &p, &b.state, &err) == PARK_E_RANGE &&
          strstr(err.message, "n2") != NULL);
    b.to[0] = 10.0;
    CHECK(park_quality_advance(b.plan, &good, &b.state, &err) == PARK_OK);
    park_quality_close(b.plan, &b.state);
    bench_close(&b);
}

/* Every allocation of plan, state and growth fails once, and is told. */
static void memory_may_end_anywhere(void)
{
    int failures = 0;
    for (size_t n = 1; n < 200; n++) {
        water_bench b;
        row_of_pipes(&b, 10.0, 30, 0.05);
        bench_tank(&b, PARK_NET_MIX_FIFO, 10.0);
        park_arena_fail_after(b.arena, n);
        park_status status = park_quality_plan_make(b.arena, &b.net, &b.settings, &b.plan, NULL);
        if (status == PARK_OK)
            status = park_quality_state_make(b.arena, b.plan, b.volume, &b.state, NULL);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        failures += status == PARK_E_MEMORY;
        bench_close(&b);
        if (status == PARK_OK)
            break;
    }
    CHECK(failures > 20 && failures < 190);
}

int main(void)
{
    RUN(a_front_arrives_when_its_water_does);
    RUN(a_pulse_is_not_dispersed);
    RUN(age_is_residence);
    RUN(decay_is_exponential);
    RUN(a_cross_mixes_by_flow_and_traces_sum_to_one);
    RUN(a_reversal_gives_back_what_entered);
    RUN(a_negative_demand_brings_its_quality);
    RUN(emitters_and_leaks_carry_mass_out);
    RUN(water_at_rest_reacts);
    RUN(periods_may_be_cut_anywhere);
    RUN(a_period_that_makes_no_sense_is_refused);
    RUN(memory_may_end_anywhere);
    return park_test_done();
}
