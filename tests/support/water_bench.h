/*
 * water_bench.h - small pipe networks put together by hand, and flows to move their water.
 *
 * Flows are given per link, outflow of junctions follows from the balance, so a bench is never out of balance; tank
 * volumes follow from theirs.
 */
#ifndef PARK_TESTS_WATER_BENCH_H
#define PARK_TESTS_WATER_BENCH_H

#include <parkwater/quality.h>

#include "check.h"

enum { BENCH_MOST = 512 };

typedef struct water_bench {
    park_arena              *arena;
    park_network             net;
    double                   flow[BENCH_MOST], delivered[BENCH_MOST], from[BENCH_MOST], to[BENCH_MOST];
    double                   volume[BENCH_MOST]; /* [tanks] now */
    park_quality_constituent constituent[8];
    park_quality_settings    settings;
    park_quality_plan       *plan;
    park_quality_state       state;
    double                   time;
} water_bench;

static inline void bench_open(water_bench *b, double step)
{
    memset(b, 0, sizeof *b);
    b->arena             = park_arena_new();
    park_network *n      = &b->net;
    park_arena   *a      = b->arena;
    n->node.kind         = PARK_ARRAY(a, BENCH_MOST, park_net_node_kind);
    n->node.quality      = PARK_ARRAY(a, BENCH_MOST, double);
    n->link.kind         = PARK_ARRAY(a, BENCH_MOST, park_net_link_kind);
    n->link.from         = PARK_ARRAY(a, BENCH_MOST, int32_t);
    n->link.to           = PARK_ARRAY(a, BENCH_MOST, int32_t);
    n->link.length       = PARK_ARRAY(a, BENCH_MOST, double);
    n->link.diameter     = PARK_ARRAY(a, BENCH_MOST, double);
    n->link.roughness    = PARK_ARRAY(a, BENCH_MOST, double);
    n->tank.node         = PARK_ARRAY(a, BENCH_MOST, int32_t);
    n->tank.mixing       = PARK_ARRAY(a, BENCH_MOST, park_net_tank_mixing);
    n->tank.mixing_share = PARK_ARRAY(a, BENCH_MOST, double);
    n->tank.diameter     = PARK_ARRAY(a, BENCH_MOST, double);
    n->tank.lowest       = PARK_ARRAY(a, BENCH_MOST, double);
    n->tank.highest      = PARK_ARRAY(a, BENCH_MOST, double);
    n->tank.dead_volume  = PARK_ARRAY(a, BENCH_MOST, double);
    n->tank.curve        = PARK_ARRAY(a, BENCH_MOST, int32_t);
    n->tank.overflows    = PARK_ARRAY(a, BENCH_MOST, bool);
    park_names_init(&n->node.names, a);
    park_names_init(&n->link.names, a);
    n->option.viscosity  = 1.022e-6;
    n->time.pattern_step = 3600;
    n->option.tank_order = n->option.bulk_order = n->option.wall_order = 1.0;
    b->settings       = (park_quality_settings){step, 0.0, 8, 200, 0, 1, b->constituent};
    b->constituent[0] = (park_quality_constituent){.name       = "salt",
                                                   .kind       = PARK_NET_QUALITY_CHEMICAL,
                                                   .trace_node = -1,
                                                   .bulk_order = 1.0,
                                                   .tank_order = 1.0,
                                                   .wall_order = 1.0};
}

static inline int32_t bench_node(water_bench *b, park_net_node_kind kind)
{
    char    name[16];
    int32_t i, length = snprintf(name, sizeof name, "n%zu", b->net.node.count);
    CHECK(park_names_add(&b->net.node.names, name, (size_t)length, &i, NULL) == PARK_OK);
    b->net.node.kind[i] = kind;
    b->net.node.count++;
    return i;
}

static inline int32_t bench_tank(water_bench *b, park_net_tank_mixing mixing, double volume)
{
    int32_t n               = bench_node(b, PARK_NET_TANK);
    size_t  t               = b->net.tank.count++;
    b->net.tank.node[t]     = n;
    b->net.tank.mixing[t]   = mixing;
    b->net.tank.curve[t]    = -1;
    b->net.tank.diameter[t] = sqrt(4.0 / 3.14159265358979323846); /* 1 m2: levels are volumes */
    b->volume[t]            = volume;
    return n;
}

/* A pipe of this volume; 0 makes a valve without water. */
static inline int32_t bench_link(water_bench *b, int32_t from, int32_t to, double volume, double flow)
{
    char    name[16];
    int32_t i, length = snprintf(name, sizeof name, "l%zu", b->net.link.count);
    CHECK(park_names_add(&b->net.link.names, name, (size_t)length, &i, NULL) == PARK_OK);
    b->net.link.kind[i]      = volume > 0.0 ? PARK_NET_PIPE : PARK_NET_TCV;
    b->net.link.from[i]      = from;
    b->net.link.to[i]        = to;
    b->net.link.diameter[i]  = 0.2;
    b->net.link.length[i]    = volume / (0.25 * 3.14159265358979323846 * 0.04);
    b->net.link.roughness[i] = 100.0;
    b->flow[i]               = flow;
    b->net.link.count++;
    return i;
}

static inline void bench_start(water_bench *b)
{
    CHECK(park_quality_plan_make(b->arena, &b->net, &b->settings, &b->plan, NULL) == PARK_OK);
    CHECK(park_quality_state_make(b->arena, b->plan, b->volume, &b->state, NULL) == PARK_OK);
}

/* Balance of junctions and tanks from the links' flows. */
static inline void bench_balance(water_bench *b, double seconds)
{
    double net[BENCH_MOST] = {0.0};
    for (size_t l = 0; l < b->net.link.count; l++) {
        net[b->net.link.from[l]] -= b->flow[l];
        net[b->net.link.to[l]] += b->flow[l];
    }
    for (size_t n = 0; n < b->net.node.count; n++)
        b->delivered[n] = b->net.node.kind[n] == PARK_NET_JUNCTION ? net[n] : 0.0;
    for (size_t t = 0; t < b->net.tank.count; t++) {
        b->from[t]   = b->volume[t];
        b->to[t]     = b->volume[t] + net[b->net.tank.node[t]] * seconds;
        b->volume[t] = b->to[t];
    }
}

static inline void bench_run(water_bench *b, double seconds)
{
    bench_balance(b, seconds);
    park_quality_period p = {b->time, seconds, b->flow, b->delivered, NULL, NULL, b->from, b->to};
    CHECK(park_quality_advance(b->plan, &p, &b->state, NULL) == PARK_OK);
    b->time += seconds;
    park_quality_close(b->plan, &b->state);
    for (size_t c = 0; c < b->state.constituents; c++)
        CHECK_CLOSE(b->state.ledger[c].closure, 0.0, 1e-9);
}

static inline double bench_at(const water_bench *b, int32_t node, size_t c)
{
    return b->state.node[(size_t)node * b->state.constituents + c];
}

static inline void bench_close(water_bench *b)
{
    park_arena_free(b->arena);
}

#endif
