/*
 * bench_park.h - parks of a few lines for tests of design: rivers, processes with a load, an outfall, on COD and TDS.
 */
#ifndef PARK_TESTS_BENCH_PARK_H
#define PARK_TESTS_BENCH_PARK_H

#include "park_fixture.h"

#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/users/process.h"

#include <parkwater/worth.h>

static const char *const BENCH_NAMES[] = {"COD", "TDS"};
enum { COD, TDS, CONSTITUENTS };
static const double HOURS = 8760.0;

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    park_error    err;
} bench;

static inline bench bench_new(void)
{
    bench b = {.arena = park_arena_new()};
    park_findings_init(&b.findings, b.arena);
    b.draft                         = draft_with(b.arena, BENCH_NAMES, CONSTITUENTS);
    b.draft->candidates             = PARK_CANDIDATES_ALL;
    b.draft->economics.hours        = HOURS * 3600.0;
    b.draft->law.dilution_forbidden = true;
    return b;
}

static inline park_source *bench_river(bench *b, const char *id, double price)
{
    park_source *s  = params_of(b->draft, add_unit(b->draft, PARK_SOURCE, "surface", id));
    s->price        = price;
    s->quality[COD] = s->quality[TDS] = 0.0;
    return s;
}

/* A process of `flow` m3/h that adds COD [kg/h] and takes at most `limit` mg/L COD (NAN: any). */
static inline park_process *bench_process(bench *b, const char *id, double flow, double adds, double limit)
{
    park_process *p = params_of(b->draft, add_unit(b->draft, PARK_USER, "process", id));
    p->demand.flow  = (park_series){flow * M3_H, -1};
    p->adds[COD]    = adds * KG_H;
    p->inlet[COD]   = limit * MG_L;
    return p;
}

static inline park_sink_params *bench_outfall(bench *b, const char *id, double price, double limit)
{
    park_sink_params *s = params_of(b->draft, add_unit(b->draft, PARK_SINK, "outfall", id));
    s->price            = price;
    s->limits[COD]      = limit * MG_L;
    return s;
}

static inline void bench_aim(bench *b, const char *quantity, double least, double most)
{
    b->draft->target    = PARK_ARRAY(b->arena, 1, park_target);
    b->draft->targets   = 1;
    b->draft->target[0] = (park_target){
        .quantity = quantity, .min = least, .max = most, .dim = PARK_DIM_SHARE, .statement = -1};
}

/* A drains 100 m3/h at 100 mg/L; B (50 m3/h, at most 80 mg/L) may take 40 of it; river at 1 CNY/m3. */
static inline bench bench_cascade(void)
{
    bench b = bench_new();
    bench_river(&b, "river", 1.0);
    bench_process(&b, "a", 100.0, 10.0, 20.0)->inlet[COD] = 0.0;
    bench_process(&b, "b", 50.0, 10.0, 80.0);
    bench_outfall(&b, "out", 0.0, NAN);
    return b;
}

static inline park_design *bench_solve(bench *b, double gap)
{
    park_design         *design = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap        = gap;
    settings.time_limit = 30.0;
    if (!b->draft->frozen && !stands(b->draft, &b->findings, false))
        exit(1);
    CHECK(park_design_solve(b->draft, &settings, b->arena, &design, &b->findings, &b->err) == PARK_OK);
    CHECK_TEXT(b->err.message, "");
    if (design == NULL)
        exit(1);
    return design;
}

#endif
