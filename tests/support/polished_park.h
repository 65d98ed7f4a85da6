/*
 * polished_park.h - a park whose optimum is worked out by hand: the works take 80 m3/h of clean water, of the river at 1 CNY/m3
 * or raw water at 0.2 through polishers at 0.5 CNY/h a year (43 800 CNY) for each m3/h. It may be staged and have futures.
 */
#ifndef PARK_TEST_POLISHED_PARK_H
#define PARK_TEST_POLISHED_PARK_H

#include "park_fixture.h"

#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/treatments/treatment.h"
#include "units/users/process.h"

#include "design/futures.h"
#include "design/solve.h"

#include <string.h>

enum { POLISHERS_MOST = 3, POLISHED_STAGES_MOST = 4, POLISHED_VALUES_MOST = 6 };

static const double POLISHED_HOURS = 8760.0, POLISHED_PER_M3H = 0.5 * 8760.0 / 0.1;

typedef struct polished_park {
    park_arena     *arena;
    park_draft     *draft;
    park_findings   findings;
    park_error      err;
    int32_t         river, raw, works;
    park_treatment *polisher[POLISHERS_MOST];
    int32_t         year[POLISHED_STAGES_MOST];
    double          budget[POLISHED_STAGES_MOST];
    park_uncertain  uncertain[2];
    double          value[2][POLISHED_VALUES_MOST], weight[2][POLISHED_VALUES_MOST];
} polished_park;

static inline int32_t polished_source(polished_park *p, const char *kind, const char *id, double price,
                                      double cod)
{
    int32_t      u = add_unit(p->draft, PARK_SOURCE, kind, id);
    park_source *s = params_of(p->draft, u);
    s->price = price, s->quality[0] = cod * MG_L;
    return u;
}

/* Polishers "first", "second", "third" of at most `most` m3/h each; no reuse. */
static inline polished_park polished_new(int polishers, double most)
{
    static const char *const NAMES[] = {"COD"};
    static const char *const IDS[]   = {"first", "second", "third"};
    polished_park            p       = {.arena = park_arena_new()};
    park_findings_init(&p.findings, p.arena);
    p.draft                          = draft_with(p.arena, NAMES, 1);
    p.draft->candidates              = PARK_CANDIDATES_ALL;
    p.draft->economics.hours         = POLISHED_HOURS * 3600.0;
    p.draft->economics.annual_factor = 0.1 / 31536000.0;
    p.river                          = polished_source(&p, "surface", "river", 1.0, 0.0);
    p.raw                            = polished_source(&p, "reclaimed", "raw", 0.2, 100.0);
    p.works                          = add_unit(p.draft, PARK_USER, "process", "works");
    park_process *works              = params_of(p.draft, p.works);
    works->demand.flow               = (park_series){80.0 * M3_H, -1};
    works->adds[0] = 1.0 * KG_H, works->inlet[0] = 0.0;
    for (int i = 0; i < polishers; i++) {
        park_treatment *t = params_of(p.draft, add_unit(p.draft, PARK_TREATMENT, "removal", IDS[i]));
        t->removal[0] = 1.0, t->capacity.max = most * M3_H;
        t->capex = (park_capex){.scale = POLISHED_PER_M3H, .reference = 1.0 * M3_H, .exponent = 1.0};
        park_draft_forbid(p.draft, "works", IDS[i]);
        for (int k = 0; k < polishers; k++)
            if (k != i)
                park_draft_forbid(p.draft, IDS[k], IDS[i]);
        p.polisher[i] = t;
    }
    add_unit(p.draft, PARK_SINK, "outfall", "out");
    return p;
}

/* Budgets of years, in m3/h of polisher, each for itself; `year` NULL: from 2025 on. */
static inline void polished_budgets(polished_park *p, size_t stages, const int32_t *year, const double *m3h)
{
    double sum = 0.0;
    for (size_t y = 0; y < stages; y++) {
        sum += m3h[y] * POLISHED_PER_M3H;
        p->year[y] = year != NULL ? year[y] : 2025 + (int32_t)y, p->budget[y] = sum;
    }
    p->draft->economics.budget = sum, p->draft->economics.stages = stages;
}

static inline const park_field *polished_field(const polished_park *p, int32_t unit, const char *word)
{
    const park_field *field = p->draft->unit[unit].kind->fields;
    while (field->word != NULL && strcmp(field->word, word) != 0)
        field++;
    CHECK(field->word != NULL);
    return field;
}

/* A number of a unit that is not known: a list of values or factors with weights. */
static inline void polished_unknown(polished_park *p, int32_t unit, const char *word, park_change_op op,
                                    size_t count, const double *value, const double *weight)
{
    size_t            i     = p->draft->uncertains++;
    const park_field *field = polished_field(p, unit, word);
    p->uncertain[i]         = (park_uncertain){
                .path   = word,
                .change = {.unit = unit, .field = field, .offset = field->offset, .constituent = -1, .op = op},
                .law    = {.kind = PARK_DISTRIBUTION_DISCRETE, .count = count}};
    memcpy(p->value[i], value, count * sizeof *value);
    memcpy(p->weight[i], weight, count * sizeof *weight);
}

static inline park_design *polished_solved_with(polished_park *p, const park_design_settings *settings)
{
    park_design *design = NULL;
    for (size_t i = 0; i < 2; i++)
        p->uncertain[i].law.value = p->value[i], p->uncertain[i].law.weight = p->weight[i];
    p->draft->uncertain              = p->uncertain;
    p->draft->economics.stage_year   = p->year;
    p->draft->economics.stage_budget = p->budget;
    if (!p->draft->frozen && !stands(p->draft, &p->findings, false)) {
        CHECK(!"the park stands");
        exit(1);
    }
    CHECK(park_design_solve(p->draft, settings, p->arena, &design, &p->findings, &p->err) == PARK_OK);
    CHECK_TEXT(p->err.message, "");
    if (design == NULL)
        exit(1);
    return design;
}

static inline park_design *polished_solved(polished_park *p, double gap)
{
    park_design_settings settings;
    park_design_settings_default(&settings);
    settings.gap = gap, settings.time_limit = 60.0;
    return polished_solved_with(p, &settings);
}

static inline double polished_size(const park_design *d, const char *id)
{
    return d->unit_size[park_model_unit(d->model, id)] / M3_H;
}

static inline int32_t polished_from(const park_design *d, const char *id)
{
    return d->staging->unit_from[park_model_unit(d->model, id)];
}

/* The share of the first `years` of 15, by 6 %. */
static inline double polished_share(int years)
{
    double sum = 0.0, first = 0.0;
    for (int t = 0; t < 15; t++) {
        sum += pow(1.06, -t);
        first += t < years ? pow(1.06, -t) : 0.0;
    }
    return first / sum;
}

#endif
