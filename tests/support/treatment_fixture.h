/*
 * treatment_fixture.h - a stream, one standing treatment, an outfall: the smallest park in which a treatment with states is simulated.
 */
#ifndef PARK_TESTS_TREATMENT_FIXTURE_H
#define PARK_TESTS_TREATMENT_FIXTURE_H

#include "march_fixture.h"

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    int32_t       unit;
    size_t        constituents;
} bench;

/* stream -> id -> out, `days` of 2025 from New Year on; the flow of the stream is the caller's. */
static inline bench bench_of(const char *const *names, size_t constituents, int64_t days,
                             const double *quality, const char *word, const char *id)
{
    bench b             = {.arena = park_arena_new(), .constituents = constituents};
    b.draft             = draft_with(b.arena, names, constituents);
    b.draft->candidates = PARK_CANDIDATES_NONE;
    park_findings_init(&b.findings, b.arena);
    period(b.draft, day_start(2025, 1, 1), day_start(2025, 1, 1) + days * 86400, PARK_SEASONS_MONTHS);
    (void)add_source(b.draft, "stream", "stream", quality);
    b.unit                         = add_unit(b.draft, PARK_TREATMENT, word, id);
    b.draft->unit[b.unit].existing = true;
    b.draft->unit[b.unit].duty     = PARK_DUTY_WASTE;
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "stream", id);
    connect(b.draft, id, "out");
    return b;
}

static inline void bench_flow(bench *b, park_series flow)
{
    ((park_source *)params_of(b->draft, 0))->inflow = flow;
}

/* Simulated, or NULL; water and masses must close. */
static inline park_simulation *run(bench *b, rows *r)
{
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    settings.events_most = 100000;
    CHECK(stands(b->draft, &b->findings, false));
    park_simulation *s = simulate(b->arena, b->draft, NULL, &settings, r);
    CHECK(s != NULL && s->closure.water <= 1e-9 && s->closure.mass <= 1e-9);
    return s;
}

/* Sum over all seasons through an outlet of the unit: of constituent c [kg], below zero of water [m3]. */
static inline double through(const bench *b, const park_simulation *s, size_t outlet, int c)
{
    double sum = 0.0;
    size_t K = b->draft->outlets, k = (size_t)b->draft->unit[b->unit].first_outlet + outlet;
    for (size_t i = 0; i < b->draft->time.seasons; i++)
        sum += c < 0 ? s->ledger->outlet_water[i * K + k]
                     : s->ledger->outlet_mass[(i * K + k) * b->constituents + (size_t)c];
    return sum;
}

#endif
