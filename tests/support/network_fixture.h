/*
 * network_fixture.h - small pipe networks written by hand, and a solve of them in one call. Capacities are fixed and ample;
 * names are N0, N1 .. and L0, L1 .. in the order of arrival.
 */
#ifndef PARK_TESTS_NETWORK_FIXTURE_H
#define PARK_TESTS_NETWORK_FIXTURE_H

#include "check.h"

#include <parkwater/hydraulics.h>

typedef struct pipe_bench {
    park_arena             *arena;
    park_network            net;
    size_t                  room_nodes, room_links;
    park_hydraulic_plan    *plan;
    park_hydraulic_state    state;
    park_hydraulic_work    *work;
    park_hydraulic_settings settings;
    park_hydraulic_report   report;
    park_error              err;
} pipe_bench;

static inline double *bench_filled(park_arena *arena, size_t count, double value)
{
    double *x = PARK_ARRAY(arena, count, double);
    for (size_t i = 0; i < count; i++)
        x[i] = value;
    return x;
}

static inline int32_t *bench_none(park_arena *arena, size_t count)
{
    int32_t *x = PARK_ARRAY(arena, count, int32_t);
    for (size_t i = 0; i < count; i++)
        x[i] = -1;
    return x;
}

static inline void bench_options(park_network *net)
{
    net->option = (park_net_options){.headloss          = PARK_NET_HAZEN_WILLIAMS,
                                     .viscosity         = 1.022e-6,
                                     .specific_gravity  = 1.0,
                                     .demand_multiplier = 1.0,
                                     .pressure_required = 20.0,
                                     .pressure_exponent = 0.5,
                                     .emitter_exponent  = 0.5,
                                     .emitter_backflow  = true,
                                     .trials            = 200,
                                     .accuracy          = 1e-9,
                                     .head_error        = 1e-7,
                                     .flow_change       = 1e-9,
                                     .extra_trials      = -1,
                                     .check_every       = 2,
                                     .check_until       = 10};
    net->energy = (park_net_energy){.efficiency = 0.75, .price_pattern = -1};
}

static inline pipe_bench bench_new(size_t nodes, size_t links)
{
    pipe_bench    b   = {.arena = park_arena_new(), .room_nodes = nodes, .room_links = links};
    park_network *net = &b.net;
    park_arena   *a   = b.arena;
    bench_options(net);
    park_names_init(&net->node.names, a);
    park_names_init(&net->link.names, a);
    park_names_init(&net->curve_names, a);
    park_names_init(&net->pattern_names, a);
    net->node.kind           = PARK_ARRAY(a, nodes, park_net_node_kind);
    net->node.elevation      = bench_filled(a, nodes, 0.0);
    net->node.pattern        = bench_none(a, nodes);
    net->node.emitter        = bench_filled(a, nodes, 0.0);
    net->demand.node         = bench_none(a, nodes);
    net->demand.base         = bench_filled(a, nodes, 0.0);
    net->demand.pattern      = bench_none(a, nodes);
    net->tank.node           = bench_none(a, nodes);
    net->tank.level          = bench_filled(a, nodes, 0.0);
    net->tank.lowest         = bench_filled(a, nodes, 0.0);
    net->tank.highest        = bench_filled(a, nodes, 0.0);
    net->tank.diameter       = bench_filled(a, nodes, 10.0);
    net->tank.curve          = bench_none(a, nodes);
    net->tank.overflows      = PARK_ARRAY(a, nodes, bool);
    net->link.kind           = PARK_ARRAY(a, links, park_net_link_kind);
    net->link.from           = bench_none(a, links);
    net->link.to             = bench_none(a, links);
    net->link.length         = bench_filled(a, links, 0.0);
    net->link.diameter       = bench_filled(a, links, 0.0);
    net->link.roughness      = bench_filled(a, links, 0.0);
    net->link.minor          = bench_filled(a, links, 0.0);
    net->link.status         = PARK_ARRAY(a, links, park_net_status);
    net->link.setting        = bench_filled(a, links, NAN);
    net->link.curve          = bench_none(a, links);
    net->link.leak_area      = bench_filled(a, links, 0.0);
    net->link.leak_expansion = bench_filled(a, links, 0.0);
    net->pump.link           = bench_none(a, links);
    net->pump.power          = bench_filled(a, links, NAN);
    net->pump.speed_pattern  = bench_none(a, links);
    net->pump.efficiency     = bench_none(a, links);
    net->curve               = PARK_ARRAY(a, links, park_net_curve);
    net->control             = PARK_ARRAY(a, links, park_net_control);
    net->default_pattern     = -1;
    return b;
}

static inline int32_t bench_node(pipe_bench *b, park_net_node_kind kind, double elevation)
{
    char    name[16];
    int32_t n = (int32_t)b->net.node.count++, index;
    (void)snprintf(name, sizeof name, "N%d", (int)n);
    CHECK(b->net.node.count <= b->room_nodes);
    CHECK(park_names_add(&b->net.node.names, name, strlen(name), &index, NULL) == PARK_OK);
    b->net.node.kind[n]      = kind;
    b->net.node.elevation[n] = elevation;
    return n;
}

static inline int32_t bench_junction(pipe_bench *b, double elevation, double demand)
{
    int32_t n = bench_node(b, PARK_NET_JUNCTION, elevation);
    if (demand != 0.0) {
        size_t i              = b->net.demand.count++;
        b->net.demand.node[i] = n;
        b->net.demand.base[i] = demand;
    }
    return n;
}

static inline int32_t bench_reservoir(pipe_bench *b, double head)
{
    return bench_node(b, PARK_NET_RESERVOIR, head);
}

/* A tank of which the water may stand between 0 and 10 m. */
static inline int32_t bench_tank(pipe_bench *b, double elevation, double level)
{
    int32_t n              = bench_node(b, PARK_NET_TANK, elevation);
    size_t  i              = b->net.tank.count++;
    b->net.tank.node[i]    = n;
    b->net.tank.level[i]   = level;
    b->net.tank.highest[i] = 10.0;
    return n;
}

static inline int32_t bench_link(pipe_bench *b, park_net_link_kind kind, int32_t from, int32_t to)
{
    char    name[16];
    int32_t l = (int32_t)b->net.link.count++, index;
    (void)snprintf(name, sizeof name, "L%d", (int)l);
    CHECK(b->net.link.count <= b->room_links);
    CHECK(park_names_add(&b->net.link.names, name, strlen(name), &index, NULL) == PARK_OK);
    b->net.link.kind[l]   = kind;
    b->net.link.from[l]   = from;
    b->net.link.to[l]     = to;
    b->net.link.status[l] = PARK_NET_OPEN;
    return l;
}

/* Hazen-Williams C = 130 unless changed afterwards. */
static inline int32_t bench_pipe(pipe_bench *b, int32_t from, int32_t to, double length, double diameter)
{
    int32_t l                = bench_link(b, PARK_NET_PIPE, from, to);
    b->net.link.length[l]    = length;
    b->net.link.diameter[l]  = diameter;
    b->net.link.roughness[l] = 130.0;
    return l;
}

static inline int32_t bench_valve(pipe_bench *b, park_net_link_kind kind, int32_t from, int32_t to,
                                  double diameter, double setting)
{
    int32_t l               = bench_link(b, kind, from, to);
    b->net.link.diameter[l] = diameter;
    b->net.link.setting[l]  = setting;
    b->net.link.status[l]   = PARK_NET_ACTIVE;
    return l;
}

static inline int32_t bench_curve(pipe_bench *b, size_t count, const double *x, const double *y)
{
    int32_t i = (int32_t)b->net.curve_names.count, index;
    char    name[16];
    (void)snprintf(name, sizeof name, "C%d", (int)i);
    CHECK(park_names_add(&b->net.curve_names, name, strlen(name), &index, NULL) == PARK_OK);
    b->net.curve[i] = (park_net_curve){
        .count = count, .x = PARK_ARRAY(b->arena, count, double), .y = PARK_ARRAY(b->arena, count, double)};
    memcpy(b->net.curve[i].x, x, count * sizeof *x);
    memcpy(b->net.curve[i].y, y, count * sizeof *y);
    return i;
}

/* A pump with a head curve, or (curve -1) of constant power [W]. */
static inline int32_t bench_pump(pipe_bench *b, int32_t from, int32_t to, int32_t curve, double power)
{
    int32_t l              = bench_link(b, PARK_NET_PUMP, from, to);
    size_t  i              = b->net.pump.count++;
    b->net.pump.link[i]    = l;
    b->net.pump.power[i]   = power;
    b->net.link.curve[l]   = curve;
    b->net.link.setting[l] = 1.0;
    return l;
}

/* Plan, state and work; a claim that all three stand. */
static inline void bench_plan(pipe_bench *b)
{
    CHECK(park_hydraulic_plan_make(b->arena, &b->net, &b->plan, &b->err) == PARK_OK);
    CHECK(park_hydraulic_state_make(b->arena, b->plan, &b->state, &b->err) == PARK_OK);
    CHECK(park_hydraulic_work_make(b->arena, b->plan, &b->work, &b->err) == PARK_OK);
    b->settings = park_hydraulic_settings_of(&b->net);
}

static inline void bench_solve(pipe_bench *b)
{
    if (b->plan == NULL)
        bench_plan(b);
    CHECK(park_hydraulic_solve(b->plan, &b->settings, &b->state, b->work, &b->report, &b->err) == PARK_OK);
}

static inline void bench_free(pipe_bench *b)
{
    park_arena_free(b->arena);
}

#endif
