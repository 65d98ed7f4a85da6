/*
 * bound_fixture.h - a park of one source and one or two users, its hourly flows, and a network that carries them, written by
 * hand.
 */
#ifndef PARK_TESTS_BOUND_FIXTURE_H
#define PARK_TESTS_BOUND_FIXTURE_H

#include "check.h"
#include "small_park.h"

#include "import/inp.h"

#include <parkwater/bound.h>

enum { BENCH_LINKS = 4, BENCH_DAYS = 3, BENCH_ROWS = 24 * BENCH_DAYS };

typedef struct bound_bench {
    small_park          park;
    park_network       *net;
    park_bound_network  bound;
    park_network_bind   bind[8];
    const char         *carries[BENCH_LINKS];
    int64_t             time[BENCH_ROWS];
    double              flow[BENCH_LINKS][BENCH_ROWS];
    const double       *column[BENCH_LINKS];
    park_bound_flows    flows;
    park_bound_settings settings;
    park_findings       findings;
    park_error          err;
} bound_bench;

/* 40 m of static head at J1, through 1 km of DN300 with C = 130: 6.426 m of loss at 0.1 m3/s by hand. */
#define ONE_PIPE                                                                                             \
    "[JUNCTIONS]\n J1 10 0\n[RESERVOIRS]\n R 50\n[PIPES]\n P R J1 1000 300 130\n[OPTIONS]\n UNITS LPS\n"     \
    " ACCURACY 0.00001\n"

static inline void bench_bind(bound_bench *b, const char *unit, const char *node, double share)
{
    int32_t at                = park_names_find(&b->net->node.names, node, strlen(node));
    b->bind[b->bound.binds++] = (park_network_bind){unit, at, share};
}

static inline void bench_carry(bound_bench *b, const char *link)
{
    b->carries[b->bound.carried++] = link;
}

/* A link from one unit to the other, carrying `flow` all the time. */
static inline int32_t bench_link(bound_bench *b, const char *id, int32_t from, int32_t to, double flow)
{
    size_t          l    = b->park.m.links++;
    park_link_info *link = &b->park.m.link[l];
    *link                = (park_link_info){.id     = id,
                                            .outlet = (int32_t)b->park.m.unit[from].first_outlet,
                                            .inlet  = (int32_t)b->park.m.unit[to].first_inlet,
                                            .from   = from,
                                            .to     = to};
    for (size_t r = 0; r < BENCH_ROWS; r++)
        b->flow[l][r] = flow;
    return (int32_t)l;
}

/* Source `river`, users `wash` and `dye`; three days from 2025-01-01 local time in one season, a year long. */
static inline void bench_begin(bound_bench *b, const char *inp)
{
    static park_span whole; /* set below to the same values each time */
    memset(b, 0, sizeof *b);
    b->park                             = small_begin(1, 0);
    park_arena *arena                   = b->park.arena;
    whole                               = (park_span){1735660800, 1735660800 + BENCH_DAYS * 86400};
    b->park.m.time                      = (park_time){.start        = whole.start,
                                                      .end          = whole.end,
                                                      .utc_offset   = 28800,
                                                      .year_seconds = 31536000.0,
                                                      .seasons      = 1,
                                                      .season       = b->park.m.time.season};
    b->park.m.time.season[0].spans      = &whole;
    b->park.m.time.season[0].span_count = 1;
    int32_t river                       = small_unit(&b->park, "river", PARK_SOURCE, -1);
    (void)small_outlet(&b->park, river, "", PARK_OUT_PRODUCT);
    int32_t wash = small_unit(&b->park, "wash", PARK_USER, -1);
    (void)small_outlet(&b->park, wash, "", PARK_OUT_PRODUCT);
    int32_t dye = small_unit(&b->park, "dye", PARK_USER, -1);
    (void)small_outlet(&b->park, dye, "", PARK_OUT_PRODUCT);
    park_findings_init(&b->findings, arena);
    CHECK(park_inp_read(arena, "bench.inp", inp, strlen(inp), &b->net, &b->findings, &b->err) == PARK_OK);
    for (size_t i = 0; i < b->findings.count; i++)
        fprintf(stderr, "%s\n", b->findings.items[i].en);
    park_findings_init(&b->findings, arena);
    b->bound = (park_bound_network){.id           = "fresh",
                                    .net          = b->net,
                                    .bind         = b->bind,
                                    .carries      = b->carries,
                                    .min_pressure = NAN,
                                    .leak         = {NAN, 30.0, 0.5}};
    for (size_t r = 0; r < BENCH_ROWS; r++)
        b->time[r] = whole.start + (int64_t)(r + 1) * 3600;
    for (size_t l = 0; l < BENCH_LINKS; l++)
        b->column[l] = b->flow[l];
    b->flows    = (park_bound_flows){.rows = BENCH_ROWS, .every = 3600, .time = b->time, .link = b->column};
    b->settings = (park_bound_settings){.failures = true};
}

static inline void bench_end(bound_bench *b)
{
    park_arena_free(b->park.arena);
}

/* The result of the one network; NULL, told, when it failed. */
static inline park_bound_result *bench_run(bound_bench *b)
{
    park_bound_result *r = NULL;
    park_status status   = park_bound_run(&b->park.m, &b->bound, 1, &b->flows, &b->settings, &b->findings,
                                          b->park.arena, &r, &b->err);
    CHECK(status == PARK_OK);
    if (status != PARK_OK)
        fprintf(stderr, "%s\n", b->err.message);
    return status == PARK_OK ? r : NULL;
}

static inline bool bench_found(const bound_bench *b, park_code code)
{
    for (size_t i = 0; i < b->findings.count; i++)
        if (b->findings.items[i].code == code)
            return true;
    return false;
}

static inline int32_t bench_node(const bound_bench *b, const char *id)
{
    return park_names_find(&b->net->node.names, id, strlen(id));
}

#endif
