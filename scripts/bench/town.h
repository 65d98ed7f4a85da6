/*
 * town.h - a street network for benchmarks: arteries, a random spanning tree of streets, some more streets, a quarter of dead
 * ends. Numbers are plausible, not from anywhere; the same for the same count of pipes.
 */
#ifndef PARK_BENCH_TOWN_H
#define PARK_BENCH_TOWN_H

#include "base/random.h"

#include <parkwater/network.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static inline void stop(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

static inline void *room(park_arena *arena, size_t count, size_t size)
{
    void *x = park_array(arena, count, size);
    if (x == NULL)
        stop("bench", "out of memory");
    return x;
}

static inline double *doubles(park_arena *arena, size_t count, double value)
{
    double *x = room(arena, count, sizeof *x);
    for (size_t i = 0; i < count; i++)
        x[i] = value;
    return x;
}

static inline int32_t *none(park_arena *arena, size_t count)
{
    int32_t *x = room(arena, count, sizeof *x);
    for (size_t i = 0; i < count; i++)
        x[i] = -1;
    return x;
}

typedef struct town {
    park_arena  *arena;
    park_network net;
    park_random  random;
    size_t       nodes, links;
} town;

static inline void columns(town *t)
{
    park_arena   *a   = t->arena;
    park_network *net = &t->net;
    park_names_init(&net->node.names, a);
    park_names_init(&net->link.names, a);
    park_names_init(&net->pattern_names, a);
    park_names_init(&net->curve_names, a);
    net->node.kind           = room(a, t->nodes, sizeof *net->node.kind);
    net->node.elevation      = doubles(a, t->nodes, 10.0);
    net->node.pattern        = none(a, t->nodes);
    net->node.x              = doubles(a, t->nodes, NAN);
    net->node.y              = doubles(a, t->nodes, NAN);
    net->node.emitter        = doubles(a, t->nodes, 0.0);
    net->node.quality        = doubles(a, t->nodes, 0.0);
    net->node.tag            = room(a, t->nodes, sizeof *net->node.tag);
    net->node.comment        = room(a, t->nodes, sizeof *net->node.comment);
    net->demand.node         = none(a, t->nodes);
    net->demand.base         = doubles(a, t->nodes, 0.0);
    net->demand.pattern      = none(a, t->nodes);
    net->demand.category     = room(a, t->nodes, sizeof *net->demand.category);
    net->link.kind           = room(a, t->links, sizeof *net->link.kind);
    net->link.from           = none(a, t->links);
    net->link.to             = none(a, t->links);
    net->link.length         = doubles(a, t->links, 100.0);
    net->link.diameter       = doubles(a, t->links, 0.1);
    net->link.roughness      = doubles(a, t->links, 110.0);
    net->link.minor          = doubles(a, t->links, 0.0);
    net->link.status         = room(a, t->links, sizeof *net->link.status);
    net->link.setting        = doubles(a, t->links, NAN);
    net->link.curve          = none(a, t->links);
    net->link.bulk           = doubles(a, t->links, NAN);
    net->link.wall           = doubles(a, t->links, NAN);
    net->link.leak_area      = doubles(a, t->links, 0.0);
    net->link.leak_expansion = doubles(a, t->links, 0.0);
    net->link.vertex         = room(a, t->links + 1, sizeof *net->link.vertex);
    net->link.tag            = room(a, t->links, sizeof *net->link.tag);
    net->link.comment        = room(a, t->links, sizeof *net->link.comment);
}

static inline void options(park_network *net)
{
    net->option           = (park_net_options){.headloss          = PARK_NET_HAZEN_WILLIAMS,
                                               .viscosity         = 1e-6,
                                               .diffusivity       = 1.2e-9,
                                               .specific_gravity  = 1.0,
                                               .demand_multiplier = 1.0,
                                               .pressure_exponent = 0.5,
                                               .emitter_exponent  = 0.5,
                                               .emitter_backflow  = true,
                                               .trials            = 200,
                                               .accuracy          = 1e-5,
                                               .extra_trials      = -1,
                                               .check_every       = 2,
                                               .check_until       = 10,
                                               .trace_node        = -1};
    net->time             = (park_net_times){.hydraulic_step = 3600,
                                             .quality_step   = 300,
                                             .rule_step      = 360,
                                             .pattern_step   = 3600,
                                             .report_step    = 86400};
    net->energy           = (park_net_energy){.efficiency = 0.75, .price_pattern = -1};
    net->origin.flow_unit = "LPS";
    net->origin.report    = " Status Yes\n Summary No\n Nodes None\n Links None\n";
    net->default_pattern  = -1;
}

static inline void name(park_names *names, char letter, size_t number)
{
    char    text[24];
    int32_t index;
    int     length = snprintf(text, sizeof text, "%c%zu", letter, number);
    if (park_names_add(names, text, (size_t)length, &index, NULL) != PARK_OK)
        stop("bench", "out of memory");
}

static inline void street(town *t, size_t from, size_t to, double diameter)
{
    park_net_links *link = &t->net.link;
    size_t          l    = link->count++;
    link->from[l]        = (int32_t)from;
    link->to[l]          = (int32_t)to;
    link->diameter[l]    = diameter;
    link->length[l]      = 60.0 + 80.0 * park_random_uniform(&t->random);
    link->roughness[l]   = 90.0 + 50.0 * park_random_uniform(&t->random);
    link->status[l]      = PARK_NET_OPEN;
    name(&link->names, 'P', l);
}

static inline size_t root(int32_t *parent, size_t i)
{
    while ((size_t)parent[i] != i) {
        parent[i] = parent[parent[i]];
        i         = (size_t)parent[i];
    }
    return i;
}

static inline double pick(town *t, const double *size, uint32_t count)
{
    return size[park_random_below(&t->random, count)];
}

static inline void streets(town *t, size_t grid, size_t pipes)
{
    static const double BIG[] = {0.5, 0.6, 0.7}, SMALL[] = {0.08, 0.1, 0.1, 0.15, 0.15, 0.2};
    size_t   width = (size_t)sqrt((double)grid), apart = (size_t)fmax(4.0, round(1.2 * sqrt((double)width)));
    int32_t *parent = none(t->arena, grid), *from = none(t->arena, 2 * grid), *to = none(t->arena, 2 * grid);
    char    *kept = room(t->arena, 2 * grid, 1), *artery = room(t->arena, 2 * grid, 1);
    size_t   edges = 0, chosen = 0;
    for (size_t i = 0; i < grid; i++) {
        parent[i] = (int32_t)i;
        if (i % width + 1 < width && i + 1 < grid)
            from[edges] = (int32_t)i, to[edges] = (int32_t)i + 1, artery[edges++] = (i / width) % apart == 0;
        if (i + width < grid)
            from[edges] = (int32_t)i, to[edges] = (int32_t)(i + width),
            artery[edges++] = (i % width) % apart == 0;
    }
    int32_t *order = none(t->arena, edges);
    for (size_t i = 0; i < edges; i++) {
        size_t k = park_random_below(&t->random, (uint32_t)i + 1);
        order[i] = order[k];
        order[k] = (int32_t)i;
    }
    for (int pass = 0; pass < 4;
         pass++) /* arteries of the tree, streets of the tree, other arteries, other streets */
        for (size_t k = 0; k < edges && chosen < pipes; k++) {
            size_t e = (size_t)order[k], a = root(parent, (size_t)from[e]), b = root(parent, (size_t)to[e]);
            if (kept[e] || artery[e] != (pass % 2 == 0) || (pass < 2 && a == b))
                continue;
            if (pass < 2)
                parent[a] = (int32_t)b;
            kept[e] = 1;
            chosen++;
            street(t, (size_t)from[e], (size_t)to[e], artery[e] ? pick(t, BIG, 3) : pick(t, SMALL, 6));
        }
}

static inline town town_new(size_t pipes)
{
    size_t junctions = (size_t)((double)pipes / 1.25), leaves = junctions / 5, grid = junctions - leaves,
           sources               = pipes / 5000 < 2 ? 2 : pipes / 5000;
    town                t        = {.arena  = park_arena_new(),
                                    .random = park_random_start(20240601, pipes, 0),
                                    .nodes  = junctions + sources,
                                    .links  = pipes + sources + 8};
    static const double WANTED[] = {0.0, 0.0, 2e-5, 4e-5, 6e-5, 1e-4, 1.5e-4};
    columns(&t);
    options(&t.net);
    park_network *net = &t.net;
    for (size_t n = 0; n < junctions; n++) {
        name(&net->node.names, 'J', n);
        net->node.elevation[n] = 10.0 + 8.0 * sin(1e-3 * (double)n) + park_random_uniform(&t.random);
        double base            = pick(&t, WANTED, 7);
        if (base > 0.0 && (n >= grid || park_random_uniform(&t.random) < 0.6)) {
            net->demand.node[net->demand.count]   = (int32_t)n;
            net->demand.base[net->demand.count++] = base;
        }
    }
    for (size_t s = 0; s < sources; s++) {
        name(&net->node.names, 'R', s);
        net->node.kind[junctions + s]      = PARK_NET_RESERVOIR;
        net->node.elevation[junctions + s] = 75.0 + 2.0 * park_random_uniform(&t.random);
    }
    net->node.count = t.nodes;
    streets(&t, grid, pipes - leaves);
    for (size_t i = 0; i < leaves; i++)
        street(&t, park_random_below(&t.random, (uint32_t)grid), grid + i, 0.08);
    for (size_t s = 0; s < sources; s++)
        street(&t, junctions + s, s * (grid / sources), 0.8);
    return t;
}

#endif
