/* Open storages: one that a plan builds and leaves idle is left out, whatever gap was asked for; more ways than can be counted. */
#include "park_fixture.h"

#include "design/solve.h"
#include "units/sources/source.h"
#include "units/storages/storage.h"
#include "units/users/process.h"

static const char *const NAMES[] = {"COD"};
static const double      HOURS   = 8760.0;

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    park_error    err;
    int32_t       pond;
} bench;

/* 100 m3/h of river water at 1 CNY/m3; from a pond of 1 ha 3 mm/d evaporate, 1.25 m3/h. It costs 1000 CNY to build. */
static bench with_pond(bool stands_already)
{
    static double every[] = {0.003 / 86400.0};
    bench         b       = {.arena = park_arena_new()};
    park_findings_init(&b.findings, b.arena);
    b.draft                  = draft_with(b.arena, NAMES, 1);
    b.draft->candidates      = PARK_CANDIDATES_ALL;
    b.draft->economics.hours = HOURS * 3600.0;
    park_source *river       = params_of(b.draft, add_unit(b.draft, PARK_SOURCE, "surface", "river"));
    river->price             = 1.0;
    river->quality[0]        = 0.0;
    park_process *works      = params_of(b.draft, add_unit(b.draft, PARK_USER, "process", "works"));
    works->demand.flow       = (park_series){100.0 * M3_H, -1};
    works->inlet[0]          = 0.0;
    works->adds[0]           = 1.0 * KG_H;
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    b.draft->weather.evaporation = park_draft_pattern(
        b.draft, (park_pattern){.kind = PARK_PATTERN_CYCLE, .every = 86400.0, .count = 1, .value = every});
    b.pond                         = add_unit(b.draft, PARK_STORAGE, "pond", "pond");
    park_storage *pond             = params_of(b.draft, b.pond);
    pond->volume                   = (park_range){.min = NAN, .max = 1000.0, .step = NAN};
    pond->area                     = 1e4;
    pond->capex                    = (park_capex){.scale = 1.0, .reference = 1.0, .exponent = 1.0};
    b.draft->unit[b.pond].existing = stands_already;
    if (!stands(b.draft, &b.findings, false))
        exit(1);
    return b;
}

static park_design *solved(bench *b, double gap, const park_design *start, double known)
{
    park_design         *design = NULL;
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap = gap, settings.time_limit = 60.0;
    settings.start = start, settings.known_bound = known;
    CHECK(park_design_solve(b->draft, &settings, b->arena, &design, &b->findings, &b->err) == PARK_OK);
    CHECK_TEXT(b->err.message, "");
    if (design == NULL)
        exit(1);
    return design;
}

/* The plan to start from holds the pond; it lies within half of the known bound, so nothing more would be asked. */
static void what_is_built_and_idle_is_left_out(void)
{
    bench        old = with_pond(true), b = with_pond(false);
    park_design *kept = solved(&old, 1e-6, NULL, -INFINITY);
    CHECK(kept->link_flow != NULL && kept->unit_built[old.pond]);
    CHECK_CLOSE(kept->objective, 101.25 * HOURS, 1.0);
    kept->retrofit   = PARK_ARRAY(b.arena, 1, bool);
    kept->model      = b.draft;
    park_design *got = solved(&b, 0.5, kept, 90.0 * HOURS);
    CHECK(got->link_flow != NULL && !got->unit_built[b.pond]);
    CHECK_CLOSE(got->objective, 100.0 * HOURS, 1e-3);
    CHECK(got->bound <= got->objective);
    park_arena_free(old.arena), park_arena_free(b.arena);
}

/* Four ponds in 255 stages: 256^4 ways, as many as 32 bits hold and one more. They are too many, not none. */
static void ways_beyond_32_bits_are_too_many(void)
{
    enum { STAGES = 255, PONDS = 4 };
    static int32_t       year[STAGES];
    static double        budget[STAGES];
    bench                b    = with_pond(false);
    park_model           many = *b.draft;
    park_unit_info       unit[PONDS];
    park_design         *design = NULL;
    park_design_settings settings;
    for (int y = 0; y < STAGES; y++)
        year[y] = 2025 + y, budget[y] = 1e6;
    for (int i = 0; i < PONDS; i++)
        unit[i] = b.draft->unit[b.pond];
    many.unit = unit, many.units = PONDS;
    many.economics.stages = STAGES, many.economics.stage_year = year, many.economics.stage_budget = budget;
    many.economics.budget = 1e6;
    park_design_settings_default(&settings);
    settings.choosing = PARK_CHOOSING_APART;
    CHECK(park_solve_retrofits(&many, &settings, b.arena, &design, &b.findings, &b.err) ==
          PARK_E_UNSUPPORTED);
    CHECK(b.findings.count > 0 && b.findings.items[b.findings.count - 1].code == PARK_E0962);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(what_is_built_and_idle_is_left_out);
    RUN(ways_beyond_32_bits_are_too_many);
    return park_test_done();
}
