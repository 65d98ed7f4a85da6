/*
 * march_fixture.h - parks to simulate: shorthand for units and links, plans written by hand, rows kept in memory.
 */
#ifndef PARK_TESTS_MARCH_FIXTURE_H
#define PARK_TESTS_MARCH_FIXTURE_H

#include "park_fixture.h"

#include <parkwater/simulate.h>

#include "units/sinks/sink.h"
#include "units/sources/source.h"
#include "units/storages/storage.h"
#include "units/treatments/treatment.h"
#include "units/users/cooling_tower.h"
#include "units/users/process.h"

static inline int32_t add_source(park_draft *draft, const char *word, const char *id, const double *quality)
{
    int32_t      unit  = add_unit(draft, PARK_SOURCE, word, id);
    park_source *param = params_of(draft, unit);
    for (size_t c = 0; c < draft->constituents; c++)
        param->quality[c] = quality[c];
    return unit;
}

static inline int32_t add_process(park_draft *draft, const char *id, double demand, double evaporation)
{
    int32_t       unit  = add_unit(draft, PARK_USER, "process", id);
    park_process *param = params_of(draft, unit);
    param->demand.flow  = (park_series){demand, -1};
    param->loss         = (park_loss){evaporation, 0.0, 0.0};
    return unit;
}

static inline void connect(park_draft *draft, const char *from, const char *to)
{
    park_connection link = {
        .from = from, .to = to, .existing = true, .capacity = INFINITY, .length = NAN, .lift = NAN};
    CHECK(park_draft_connection(draft, link) >= 0);
}

/* A pattern of hourly factors, repeated. */
static inline int32_t hourly(park_draft *draft, size_t count, const double *factors)
{
    park_pattern pattern = {.kind = PARK_PATTERN_CYCLE, .every = 3600.0, .count = count};
    pattern.value        = PARK_ARRAY(draft->arena, count, double);
    for (size_t i = 0; i < count; i++)
        pattern.value[i] = factors[i];
    return park_draft_pattern(draft, pattern);
}

/* A plan without numbers: every column zeroed. */
static inline park_design *plan_blank(park_arena *arena, const park_model *model)
{
    size_t       S = model->time.seasons, C = model->constituents;
    park_design *plan = PARK_NEW(arena, park_design);
    plan->model       = model;
    plan->link_flow   = PARK_ARRAY(arena, S * model->links, double);
    plan->inlet_flow  = PARK_ARRAY(arena, S * model->inlets, double);
    plan->outlet_flow = PARK_ARRAY(arena, S * model->outlets, double);
    plan->outlet_conc = PARK_ARRAY(arena, S * model->outlets * C, double);
    plan->inlet_conc  = PARK_ARRAY(arena, S * model->inlets * C, double);
    return plan;
}

/* Plan a link's flow in every season, into its inlet and out of its outlet. */
static inline void plan_link(park_design *plan, const char *from, const char *to, double flow)
{
    const park_model *model = plan->model;
    int32_t           l     = link_between(model, from, to);
    CHECK(l >= 0);
    for (size_t s = 0; s < model->time.seasons && l >= 0; s++) {
        plan->link_flow[s * model->links + (size_t)l] += flow;
        plan->inlet_flow[s * model->inlets + (size_t)model->link[l].inlet] += flow;
        plan->outlet_flow[s * model->outlets + (size_t)model->link[l].outlet] += flow;
    }
}

/* Rows kept in memory. */
typedef struct rows {
    park_arena        *arena;
    const park_column *column;
    size_t             columns, count, capacity, ends;
    int64_t           *time;
    double            *value; /* [count * columns] */
    size_t             time_cap;
    int                fail_after; /* rows; -1 never */
} rows;

static inline park_status rows_begin(void *user, const park_column *columns, size_t count, int64_t every,
                                     park_error *err)
{
    rows *r = user;
    (void)every, (void)err;
    r->column  = columns;
    r->columns = count;
    return PARK_OK;
}

static inline park_status rows_row(void *user, int64_t time, const double *values, park_error *err)
{
    rows *r = user;
    if (r->fail_after >= 0 && (int)r->count >= r->fail_after)
        return PARK_FAIL(err, PARK_E_FILE, "the disk is full");
    if (!PARK_GROW(r->arena, r->time, r->count, r->time_cap))
        return PARK_E_MEMORY;
    while ((r->count + 1) * r->columns > r->capacity)
        if (!park_arena_grow(r->arena, (void **)&r->value, sizeof *r->value, r->capacity, &r->capacity))
            return PARK_E_MEMORY;
    memcpy(r->value + r->count * r->columns, values, r->columns * sizeof *values);
    r->time[r->count++] = time;
    return PARK_OK;
}

static inline park_status rows_end(void *user, park_error *err)
{
    (void)err;
    ((rows *)user)->ends++;
    return PARK_OK;
}

static inline park_sink rows_sink(rows *r)
{
    return (park_sink){r, rows_begin, rows_row, rows_end};
}

/* The column of a quantity; -1. `index` is the link, unit, outlet or inlet that the kind speaks of. */
static inline int rows_column(const rows *r, park_column_kind kind, int32_t index, int32_t constituent)
{
    for (size_t n = 0; n < r->columns; n++) {
        const park_column *c  = &r->column[n];
        int32_t            of = kind == PARK_COLUMN_LINK_FLOW                                 ? c->link
                                : kind == PARK_COLUMN_OUTLET_CONC                             ? c->outlet
                                : kind == PARK_COLUMN_INLET_CONC || kind == PARK_COLUMN_UNMET ? c->inlet
                                                                                              : c->unit;
        if (c->kind == kind && of == index && (constituent < 0 || c->constituent == constituent))
            return (int)n;
    }
    return -1;
}

static inline double rows_at(const rows *r, size_t row, int column)
{
    return column < 0 || row >= r->count ? NAN : r->value[row * r->columns + (size_t)column];
}

/* Simulate and say why not. */
static inline park_simulation *simulate(park_arena *arena, const park_model *model, const park_design *plan,
                                        const park_simulate_settings *settings, rows *r)
{
    park_simulate_settings usual;
    park_simulation       *simulation = NULL;
    park_error             err        = {0};
    park_simulate_settings_default(&usual);
    park_sink   sink   = r == NULL ? (park_sink){0} : rows_sink(r);
    park_status status = park_simulate(model, plan, settings == NULL ? &usual : settings,
                                       r == NULL ? NULL : &sink, arena, &simulation, &err);
    if (status != PARK_OK)
        fprintf(stderr, "  %s (%s:%d)\n", err.message, err.file, err.line);
    CHECK(status == PARK_OK);
    return simulation;
}

#endif
