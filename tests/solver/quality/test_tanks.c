#include "water_bench.h"

/* Reservoir 0 -> tank 1 -> junction 2, links without water; the tank's inflow and outflow in L/s. */
static void tank_between(water_bench *b, park_net_tank_mixing mixing, double volume, double step, double in,
                         double out)
{
    bench_open(b, step);
    int32_t r = bench_node(b, PARK_NET_RESERVOIR), t = bench_tank(b, mixing, volume),
            j = bench_node(b, PARK_NET_JUNCTION);
    bench_link(b, r, t, 0.0, in * 1e-3);
    bench_link(b, t, j, 0.0, out * 1e-3);
    b->net.node.quality[0]    = 1.0;
    b->constituent[0].initial = b->net.node.quality;
}

/* 10 m3, 5 L/s: clean water gives way as exp(-t/2000 s), exactly at any step, and so does the mass that left. */
static void a_stirred_tank_washes_out(void)
{
    static const double STEP[] = {100.0, 1800.0};
    for (size_t i = 0; i < 2; i++) {
        water_bench b;
        tank_between(&b, PARK_NET_MIX_COMPLETE, 10.0, STEP[i], 5.0, 5.0);
        bench_start(&b);
        bench_run(&b, 3600.0);
        double left = exp(-1.8);
        CHECK_CLOSE(bench_at(&b, 1, 0), 1.0 - left, 1e-12);
        CHECK_CLOSE(bench_at(&b, 2, 0), 1.0 - left,
                    i == 0 ? 1e-3 : 0.1); /* the line at the outlet, of the last step */
        CHECK_CLOSE(b.state.ledger[0].delivered, 18.0 - 10.0 * (1.0 - left), 1e-11);
        CHECK_CLOSE(park_quality_in_tank(b.plan, &b.state, 0, 0), 1.0 - left, 1e-12);
        bench_close(&b);
    }
}

/* 4 L/s in, 1 L/s out of 10 m3: with V = 10 + 0.003 t the old water is left as (10/V)^(4/3). */
static void a_filling_tank_follows_its_power_law(void)
{
    water_bench b;
    tank_between(&b, PARK_NET_MIX_COMPLETE, 10.0, 300.0, 4.0, 1.0);
    bench_start(&b);
    bench_run(&b, 5000.0);
    CHECK_CLOSE(bench_at(&b, 1, 0), 1.0 - pow(10.0 / 25.0, 4.0 / 3.0), 1e-12);
    b.flow[0] = 0.0; /* draining changes nothing */
    b.flow[1] = 4e-3;
    bench_run(&b, 6000.0);
    CHECK_CLOSE(bench_at(&b, 2, 0), 1.0 - pow(10.0 / 25.0, 4.0 / 3.0), 1e-12);
    bench_close(&b);
}

/* A tank that runs empty gives all of its mass, and starts anew from the water that enters. */
static void an_empty_tank_holds_no_mass(void)
{
    water_bench b;
    tank_between(&b, PARK_NET_MIX_COMPLETE, 10.0, 300.0, 0.0, 5.0);
    b.net.node.quality[1] = 3.0;
    bench_start(&b);
    bench_run(&b, 2000.0);
    CHECK_CLOSE(b.state.ledger[0].delivered, 30.0, 1e-11);
    CHECK_CLOSE(b.state.ledger[0].stored, 0.0, 1e-11);
    b.flow[0]   = 2e-3;
    b.flow[1]   = 0.0;
    b.volume[0] = 0.0;
    bench_run(&b, 500.0);
    CHECK_CLOSE(bench_at(&b, 1, 0), 1.0, 1e-9);
    bench_close(&b);
}

/* Age in a stirred tank fed with new water: tau (1 - exp(-t/tau)); its reaction is split in halves: second order in h. */
static void age_in_a_stirred_tank_tends_to_its_residence(void)
{
    double off[2];
    for (int i = 0; i < 2; i++) {
        water_bench b;
        tank_between(&b, PARK_NET_MIX_COMPLETE, 10.0, i == 0 ? 200.0 : 100.0, 5.0, 5.0);
        b.constituent[0].initial = NULL;
        b.constituent[0].kind    = PARK_NET_QUALITY_AGE;
        bench_start(&b);
        bench_run(&b, 4000.0);
        off[i] = fabs(bench_at(&b, 1, 0) - 2000.0 * (1.0 - exp(-2.0)));
        CHECK(off[i] < 2000.0 * 200.0 * 200.0 / (2000.0 * 2000.0) / 8.0);
        CHECK(b.state.ledger[0].reacted_tanks < 0.0); /* grown */
        bench_close(&b);
    }
    CHECK(off[1] < 0.3 * off[0]);
}

/* Decay without flow is exact; tank coefficients of their own come first. */
static void a_resting_tank_decays(void)
{
    static const double OWN[] = {-2e-5};
    water_bench         b;
    tank_between(&b, PARK_NET_MIX_COMPLETE, 10.0, 300.0, 0.0, 0.0);
    b.net.node.quality[1]      = 2.0;
    b.constituent[0].bulk      = -1e-4;
    b.constituent[0].tank_bulk = OWN;
    bench_start(&b);
    bench_run(&b, 1e5);
    CHECK_CLOSE(bench_at(&b, 1, 0), 2.0 * exp(-2.0), 1e-12);
    CHECK_CLOSE(b.state.ledger[0].reacted_tanks, 20.0 * (1.0 - exp(-2.0)), 1e-10);
    bench_close(&b);
}

/* First in, first out: 10 m3 at 5 L/s: the front leaves at 2000 s, sharp. */
static void first_in_is_first_out(void)
{
    water_bench b;
    tank_between(&b, PARK_NET_MIX_FIFO, 10.0, 300.0, 5.0, 5.0);
    bench_start(&b);
    bench_run(&b, 1999.0);
    CHECK(bench_at(&b, 2, 0) == 0.0);
    bench_run(&b, 2.0);
    CHECK_CLOSE(bench_at(&b, 2, 0), 1.0, 1e-12);
    CHECK_CLOSE(b.state.ledger[0].delivered, 5e-3, 1e-11);
    bench_close(&b);
}

/* Age of what leaves a plug-flow tank is V/Q, and grows in step while it only drains. */
static void age_of_a_plug_flow_tank(void)
{
    water_bench b;
    tank_between(&b, PARK_NET_MIX_FIFO, 10.0, 300.0, 5.0, 5.0);
    b.constituent[0].initial = NULL;
    b.constituent[0].kind    = PARK_NET_QUALITY_AGE;
    bench_start(&b);
    bench_run(&b, 5000.0);
    CHECK_CLOSE(bench_at(&b, 2, 0), 2000.0, 1e-8);
    b.flow[0] = 0.0;
    b.flow[1] = 2.5e-3; /* 4 m3 on: that water entered 800 s before the inflow ended, and waits 1600 s */
    bench_run(&b, 1600.0);
    CHECK_CLOSE(bench_at(&b, 2, 0), 2000.0 - 800.0 + 1600.0, 1e-8);
    bench_close(&b);
}

/* Last in, first out: 4 m3 of marked water on 10 m3 of clean water come back first. */
static void last_in_is_first_out(void)
{
    water_bench b;
    tank_between(&b, PARK_NET_MIX_LIFO, 10.0, 300.0, 5.0, 1.0);
    bench_start(&b);
    bench_run(&b, 1000.0); /* what flows through is new water */
    CHECK_CLOSE(bench_at(&b, 2, 0), 1.0, 1e-12);
    CHECK_CLOSE(b.state.ledger[0].stored, 4.0, 1e-12);
    b.flow[0] = 0.0;
    b.flow[1] = 4e-3;
    bench_run(&b, 999.0);
    CHECK_CLOSE(bench_at(&b, 2, 0), 1.0, 1e-12);
    bench_run(&b, 2.0);
    CHECK_CLOSE(bench_at(&b, 2, 0), 0.0, 1e-12);
    CHECK_CLOSE(b.state.ledger[0].delivered, 5.0, 1e-11);
    /* drained below, with some new water passing: a third of the outflow is marked */
    b.flow[0] = 1e-3;
    b.flow[1] = 3e-3;
    bench_run(&b, 600.0);
    CHECK_CLOSE(bench_at(&b, 2, 0), 1.0 / 3.0, 1e-12);
    bench_close(&b);
}

/* Two compartments: a full mixing zone of 2 m3 (of 8 full) washes out as a tank of 2 m3 and the rest stays as it was. When
 * the tank fills, what spills into the rest is what the zone holds; when it drains, the rest comes through the zone. */
static void two_compartments_mix_in_one(void)
{
    water_bench b;
    tank_between(&b, PARK_NET_MIX_TWO_COMPARTMENTS, 6.0, 100.0, 1.0, 1.0);
    b.net.tank.highest[0]      = 8.0; /* of 1 m2 */
    b.net.tank.mixing_share[0] = 0.25;
    bench_start(&b);
    bench_run(&b, 4000.0);
    CHECK_CLOSE(bench_at(&b, 1, 0), 1.0 - exp(-2.0), 1e-12);
    CHECK_CLOSE(park_quality_in_tank(b.plan, &b.state, 0, 0), (1.0 - exp(-2.0)) / 3.0, 1e-12);
    bench_run(&b, 40000.0); /* the zone is new water by now, but for exp(-22) */
    b.flow[0] = 2e-3;
    bench_run(&b, 1000.0);
    CHECK_CLOSE(b.state.ledger[0].stored, 3.0, 1e-8); /* 2 in the zone, 1 spilled */
    b.flow[0] = 0.0; /* the rest, 1 marked in 5, fills the zone up from below: 1 - (4/5)(1 - exp(-q t/2)) */
    bench_run(&b, 3000.0);
    CHECK_CLOSE(bench_at(&b, 1, 0), 1.0 - 0.8 * (1.0 - exp(-1.5)), 1e-8);
    bench_close(&b);
}

/* 3 L/s enter a full tank and 1 leaves: 2 go over the rim with what the tank holds. Without a rim to flow over, the same
 * volumes are told as imbalance. Volumes that grow without an inflow are an imbalance the other way. */
static void overflow_carries_its_mass(void)
{
    for (int rim = 0; rim < 2; rim++) {
        water_bench b;
        tank_between(&b, PARK_NET_MIX_COMPLETE, 10.0, 300.0, 3.0, 1.0);
        b.net.tank.overflows[0] = rim == 1;
        b.net.node.quality[1]   = 1.0;
        bench_start(&b);
        bench_balance(&b, 1000.0);
        b.to[0]               = 10.0;
        park_quality_period p = {.seconds     = 1000.0,
                                 .flow        = b.flow,
                                 .delivered   = b.delivered,
                                 .volume_from = b.from,
                                 .volume_to   = b.to};
        CHECK(park_quality_advance(b.plan, &p, &b.state, NULL) == PARK_OK);
        park_quality_close(b.plan, &b.state);
        const park_quality_ledger *l = &b.state.ledger[0];
        CHECK_CLOSE(rim == 1 ? l->overflow : l->imbalance, 2.0, 1e-12);
        CHECK_CLOSE(rim == 1 ? l->imbalance : l->overflow, 0.0, 1e-15);
        CHECK_CLOSE(l->delivered, 1.0, 1e-12);
        CHECK(l->closure < 1e-12);
        b.flow[0] = b.flow[1] = b.delivered[2] = 0.0;
        b.to[0]                                = 11.0;
        CHECK(park_quality_advance(b.plan, &p, &b.state, NULL) == PARK_OK);
        park_quality_close(b.plan, &b.state);
        CHECK_CLOSE(l->imbalance, rim == 1 ? -1.0 : 1.0, 1e-12);
        CHECK(l->closure < 1e-12);
        bench_close(&b);
    }
}

/* Sources at a tank change what it gives and not what it holds: a setpoint of 2 on water of 1, 1 L/s for 1000 s. */
static void a_booster_at_a_tank_acts_on_its_outflow(void)
{
    static const park_net_source_kind KIND[]     = {PARK_NET_SOURCE_SETPOINT, PARK_NET_SOURCE_FLOWPACED,
                                                    PARK_NET_SOURCE_MASS, PARK_NET_SOURCE_CONCEN};
    static const double               STRENGTH[] = {2.0, 1.0, 1e-3, 1.0};
    for (size_t i = 0; i < 4; i++) {
        water_bench b;
        tank_between(&b, PARK_NET_MIX_COMPLETE, 10.0, 300.0, 1.0, 1.0);
        b.net.node.quality[1]    = 1.0;
        park_net_source source   = {1, KIND[i], STRENGTH[i], -1};
        b.constituent[0].source  = &source;
        b.constituent[0].sources = 1;
        bench_start(&b);
        bench_run(&b, 1000.0);
        CHECK_CLOSE(bench_at(&b, 2, 0), 2.0, 1e-12);
        CHECK_CLOSE(bench_at(&b, 1, 0), 1.0, 1e-12);
        CHECK_CLOSE(b.state.mean[1], 1.0, 1e-12);
        CHECK_CLOSE(b.state.mean[2], 2.0, 1e-12);
        CHECK_CLOSE(b.state.ledger[0].sources, 1.0, 1e-12);
        bench_close(&b);
    }
}

int main(void)
{
    RUN(a_stirred_tank_washes_out);
    RUN(a_filling_tank_follows_its_power_law);
    RUN(an_empty_tank_holds_no_mass);
    RUN(age_in_a_stirred_tank_tends_to_its_residence);
    RUN(a_resting_tank_decays);
    RUN(first_in_is_first_out);
    RUN(age_of_a_plug_flow_tank);
    RUN(last_in_is_first_out);
    RUN(two_compartments_mix_in_one);
    RUN(overflow_carries_its_mass);
    RUN(a_booster_at_a_tank_acts_on_its_outflow);
    return park_test_done();
}
