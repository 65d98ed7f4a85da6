/*
 * run_fixture.h - small networks from the text of an INP file, and runs of them whose rows are kept.
 */
#ifndef PARK_TESTS_RUN_FIXTURE_H
#define PARK_TESTS_RUN_FIXTURE_H

#include "check.h"
#include "import/inp.h"

#include <parkwater/period.h>

enum { KEPT_ROWS = 4096, KEPT_EVENTS = 4096 };

/* What a test wants to look at: heads and flows of every row, tanks, and all events. */
typedef struct kept_run {
    park_arena         *arena;
    park_network       *net;
    park_findings       findings;
    park_period_result *result;
    park_status         status;
    park_error          error;
    size_t              rows, events;
    double             *time;
    double            **head, **flow, **level, **volume, **demand;
    park_flow_status  **link_status;
    double            **power;
    park_period_event  *event;
} kept_run;

static inline park_network *network_of(park_arena *arena, const char *text)
{
    park_network *net = NULL;
    park_findings findings;
    park_error    error = {0};
    park_findings_init(&findings, arena);
    if (park_inp_read(arena, "test.inp", text, strlen(text), &net, &findings, &error) != PARK_OK) {
        fprintf(stderr, "the network of a test cannot be read: %s\n",
                findings.count > 0 ? findings.items[0].en : error.message);
        exit(1);
    }
    return net;
}

static inline double *copy_of(park_arena *arena, const double *value, size_t count)
{
    double *copy = PARK_ARRAY(arena, count, double);
    if (copy != NULL && count > 0)
        memcpy(copy, value, count * sizeof *copy);
    return copy;
}

static inline park_status keep_row(void *user, const park_period_row *row, park_error *err)
{
    kept_run *k = user;
    if (k->rows >= KEPT_ROWS)
        return PARK_FAIL(err, PARK_E_RANGE, "a test keeps too many rows");
    k->time[k->rows]        = row->time;
    k->head[k->rows]        = copy_of(k->arena, row->state->head, k->net->node.count);
    k->demand[k->rows]      = copy_of(k->arena, row->state->demand, k->net->node.count);
    k->flow[k->rows]        = copy_of(k->arena, row->state->flow, k->net->link.count);
    k->level[k->rows]       = copy_of(k->arena, row->level, k->net->tank.count);
    k->volume[k->rows]      = copy_of(k->arena, row->volume, k->net->tank.count);
    k->power[k->rows]       = copy_of(k->arena, row->power, k->net->pump.count);
    k->link_status[k->rows] = PARK_ARRAY(k->arena, k->net->link.count, park_flow_status);
    memcpy(k->link_status[k->rows], row->state->status, k->net->link.count * sizeof(park_flow_status));
    k->rows++;
    return PARK_OK;
}

static inline park_status keep_event(void *user, const park_period_event *event, park_error *err)
{
    kept_run *k = user;
    if (k->events >= KEPT_EVENTS)
        return PARK_FAIL(err, PARK_E_RANGE, "a test keeps too many events");
    k->event[k->events++] = *event;
    return PARK_OK;
}

/* Run a network; free with run_free. */
static inline kept_run run_network(const char *text, park_period_settings settings)
{
    kept_run k    = {.arena = park_arena_new()};
    k.net         = network_of(k.arena, text);
    k.time        = PARK_ARRAY(k.arena, KEPT_ROWS, double);
    k.head        = PARK_ARRAY(k.arena, KEPT_ROWS, double *);
    k.flow        = PARK_ARRAY(k.arena, KEPT_ROWS, double *);
    k.level       = PARK_ARRAY(k.arena, KEPT_ROWS, double *);
    k.volume      = PARK_ARRAY(k.arena, KEPT_ROWS, double *);
    k.demand      = PARK_ARRAY(k.arena, KEPT_ROWS, double *);
    k.power       = PARK_ARRAY(k.arena, KEPT_ROWS, double *);
    k.link_status = PARK_ARRAY(k.arena, KEPT_ROWS, park_flow_status *);
    k.event       = PARK_ARRAY(k.arena, KEPT_EVENTS, park_period_event);
    park_findings_init(&k.findings, k.arena);
    park_period_sink sink = {.user = &k, .row = keep_row, .event = keep_event};
    k.status = park_period_run(k.net, &settings, &sink, &k.findings, k.arena, &k.result, &k.error);
    return k;
}

static inline kept_run run_epanet(const char *text)
{
    return run_network(text, park_period_settings_default());
}

static inline kept_run run_adaptive(const char *text)
{
    park_period_settings settings = park_period_settings_default();
    settings.stepping             = PARK_STEPPING_ADAPTIVE;
    return run_network(text, settings);
}

static inline void run_free(kept_run *k)
{
    park_arena_free(k->arena);
}

static inline int32_t node_of(const kept_run *k, const char *id)
{
    return park_names_find(&k->net->node.names, id, strlen(id));
}

static inline int32_t link_of(const kept_run *k, const char *id)
{
    return park_names_find(&k->net->link.names, id, strlen(id));
}

/* The row at a time; exits when there is none. */
static inline size_t row_at(const kept_run *k, double time)
{
    for (size_t r = 0; r < k->rows; r++)
        if (fabs(k->time[r] - time) < 1e-6)
            return r;
    fprintf(stderr, "no row at %g s among %zu (%s)\n", time, k->rows, k->error.message);
    exit(1);
}

static inline double level_at(const kept_run *k, double time)
{
    return k->level[row_at(k, time)][0];
}

static inline double flow_at(const kept_run *k, const char *link, double time)
{
    return k->flow[row_at(k, time)][link_of(k, link)];
}

/* Time of the n-th event (from 0) of a kind; NAN when there are fewer. */
static inline double event_time(const kept_run *k, park_period_event_kind kind, size_t n)
{
    for (size_t e = 0; e < k->events; e++)
        if (k->event[e].kind == kind && n-- == 0)
            return k->event[e].time;
    return NAN;
}

static inline size_t event_count(const kept_run *k, park_period_event_kind kind)
{
    size_t count = 0;
    for (size_t e = 0; e < k->events; e++)
        count += k->event[e].kind == kind;
    return count;
}

static inline bool has_finding(const kept_run *k, park_code code)
{
    for (size_t f = 0; f < k->findings.count; f++)
        if (k->findings.items[f].code == code)
            return true;
    return false;
}

#endif
