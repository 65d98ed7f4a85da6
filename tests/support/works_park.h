/*
 * works_park.h - 50 m3/h of clean water leave the works with 20 kg/h of COD, two plants take out 95 %, an outfall has a limit: the
 * park in which plans, promises and charges are worked out by hand. Tests make the plants differ.
 */
#ifndef PARK_TESTS_WORKS_PARK_H
#define PARK_TESTS_WORKS_PARK_H

#include "park_fixture.h"

#include "design/formulation.h"
#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/treatments/treatment.h"
#include "units/users/process.h"

static const double WORKS_HOURS = 8760.0;

typedef struct works_park {
    park_draft     *draft;
    park_treatment *plant[2];
    int32_t         unit[2]; /* of the plants */
} works_park;

/* Plants of the names given; `limit` of the outfall [kg/m3]. */
static inline works_park works_new(park_arena *arena, const char *first, const char *second, double limit)
{
    static const char *const NAMES[] = {"COD"};
    works_park               w       = {.draft = draft_with(arena, NAMES, 1)};
    w.draft->candidates              = PARK_CANDIDATES_ALL;
    w.draft->economics.hours         = WORKS_HOURS * 3600.0;
    w.draft->economics.annual_factor = 0.1 / (WORKS_HOURS * 3600.0);
    w.draft->law.dilution_forbidden  = true;
    park_source *river               = params_of(w.draft, add_unit(w.draft, PARK_SOURCE, "surface", "river"));
    river->price                     = 1.0;
    park_process *works              = params_of(w.draft, add_unit(w.draft, PARK_USER, "process", "works"));
    works->demand.flow               = (park_series){50.0 * M3_H, -1};
    works->adds[0] = 20.0 * KG_H, works->inlet[0] = 0.0;
    for (int i = 0; i < 2; i++) {
        w.unit[i]              = add_unit(w.draft, PARK_TREATMENT, "removal", i == 0 ? first : second);
        w.plant[i]             = params_of(w.draft, w.unit[i]);
        w.plant[i]->removal[0] = 0.95, w.plant[i]->opex = 2.0;
    }
    park_sink_params *out = params_of(w.draft, add_unit(w.draft, PARK_SINK, "outfall", "out"));
    out->limits[0]        = limit;
    return w;
}

/* Its program of least cost. */
static inline park_formulation *works_formulate(const works_park *w, park_arena *arena)
{
    park_super_options options = {.box_times = 3.0};
    park_findings      findings;
    park_error         err = {0};
    park_super        *super;
    park_formulation  *f = NULL;
    park_findings_init(&findings, arena);
    CHECK(stands(w->draft, &findings, false));
    CHECK(park_super_make(w->draft, NULL, &options, arena, &super, &err) == PARK_OK);
    CHECK(park_formulation_make(super, PARK_MIN_COST, arena, &f, &err) == PARK_OK);
    return f;
}

/* A program of such works and room for a point of it. */
typedef struct works_bench {
    park_arena       *arena;
    park_formulation *f;
    double           *x; /* [cols] */
} works_bench;

static inline works_bench works_bench_of(const works_park *w, park_arena *arena)
{
    works_bench b = {.arena = arena, .f = works_formulate(w, arena)};
    b.x           = PARK_ARRAY(arena, b.f->program.cols, double);
    CHECK(b.x != NULL);
    return b;
}

#endif
