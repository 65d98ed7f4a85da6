#include "results/period_results.h"

#include "replace.h"
#include "results/store.h"

#include <math.h>
#include <string.h>

/* What is kept of a row, in this order. */
typedef enum series {
    HEAD,
    PRESSURE,
    DEMAND,
    DELIVERED,
    OUTFLOW, /* emitters and leaks */
    QUALITY,
    FLOW,
    LOSS,
    STATUS,
    SETTING,
    LEVEL,
    VOLUME,
    OVERFLOW_,
    POWER,
    EFFICIENCY,
    SERIES
} series;

typedef enum dimension { NODE, LINK, TANK, PUMP } dimension;

static const struct {
    const char *name, *dims, *units, *long_name;
    dimension   over;
} KEPT[SERIES] = {
    [HEAD]     = {"head", "time node", "m", "head", NODE},
    [PRESSURE] = {"pressure", "time node", "m", "head above the node; 0 at reservoirs", NODE},
    [DEMAND]   = {"demand", "time node", "m3 s-1", "water wanted; at tanks and reservoirs what enters", NODE},
    [DELIVERED]  = {"delivered", "time node", "m3 s-1", "water delivered to consumers", NODE},
    [OUTFLOW]    = {"outflow", "time node", "m3 s-1", "water through emitters and leaks", NODE},
    [QUALITY]    = {"quality", "time node", NULL, NULL, NODE}, /* unit and long name by the file */
    [FLOW]       = {"flow", "time link", "m3 s-1", "flow from start to end", LINK},
    [LOSS]       = {"headloss", "time link", "m", "head at start minus head at end", LINK},
    [STATUS]     = {"status", "time link", NULL,
                    "0 closed, 1 open, 2 active, 3 shut by head, 4 beyond its curve, 5 shut by a tank, 6 open "
                        "FCV, 7 open by pressure",
                    LINK},
    [SETTING]    = {"setting", "time link", NULL, "setting in force", LINK},
    [LEVEL]      = {"level", "time tank", "m", "level above the bottom", TANK},
    [VOLUME]     = {"volume", "time tank", "m3", "volume", TANK},
    [OVERFLOW_]  = {"overflow", "time tank", "m3 s-1", "overflow", TANK},
    [POWER]      = {"power", "time pump", "W", "power drawn", PUMP},
    [EFFICIENCY] = {"efficiency", "time pump", "1", "efficiency while running", PUMP},
};

/* A row's values stand in one block; blocks hang together. */
typedef struct block {
    struct block *next;
    double        time;
    double        value[];
} block;

typedef struct kept_event {
    struct kept_event *next;
    park_period_event  event;
} kept_event;

struct park_period_keeper {
    park_arena         *arena;
    const park_network *net;
    size_t              size[4], offset[SERIES], width; /* of a row */
    block              *first, *last;
    size_t              rows, events;
    kept_event         *first_event, *last_event;
};

park_status park_period_keeper_make(park_arena *arena, const park_network *net, park_period_keeper **keeper,
                                    park_error *err)
{
    park_period_keeper *k = PARK_NEW(arena, park_period_keeper);
    if (k == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for results");
    k->arena      = arena;
    k->net        = net;
    k->size[NODE] = net->node.count;
    k->size[LINK] = net->link.count;
    k->size[TANK] = net->tank.count;
    k->size[PUMP] = net->pump.count;
    for (int s = 0; s < SERIES; s++) {
        k->offset[s] = k->width;
        k->width += k->size[KEPT[s].over];
    }
    *keeper = k;
    return PARK_OK;
}

static void put(const park_period_keeper *k, block *b, series s, const double *value)
{
    size_t count = k->size[KEPT[s].over];
    if (count > 0)
        memcpy(b->value + k->offset[s], value, count * sizeof *value);
}

park_status park_period_keeper_row(void *user, const park_period_row *row, park_error *err)
{
    park_period_keeper         *k = user;
    const park_hydraulic_state *s = row->state;
    block                      *b = park_array(k->arena, 1, sizeof(block) + k->width * sizeof(double));
    if (b == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for row %zu of the results", k->rows + 1);
    b->time = row->time;
    put(k, b, HEAD, s->head);
    put(k, b, DEMAND, s->demand);
    put(k, b, DELIVERED, s->delivered);
    put(k, b, FLOW, s->flow);
    put(k, b, LOSS, s->loss);
    put(k, b, SETTING, s->setting);
    put(k, b, LEVEL, row->level);
    put(k, b, VOLUME, row->volume);
    put(k, b, OVERFLOW_, row->overflow);
    put(k, b, POWER, row->power);
    put(k, b, EFFICIENCY, row->efficiency);
    if (row->constituents > 0)
        put(k, b, QUALITY, row->quality);
    for (size_t n = 0; n < k->size[NODE]; n++) {
        b->value[k->offset[OUTFLOW] + n] = s->emitter[n] + s->leak[n];
        b->value[k->offset[PRESSURE] + n] =
            k->net->node.kind[n] == PARK_NET_RESERVOIR ? 0.0 : s->head[n] - k->net->node.elevation[n];
        if (k->net->node.kind[n] != PARK_NET_JUNCTION)
            b->value[k->offset[DEMAND] + n] = b->value[k->offset[DELIVERED] + n] = s->inflow[n];
    }
    for (size_t l = 0; l < k->size[LINK]; l++)
        b->value[k->offset[STATUS] + l] = (double)s->status[l];
    if (k->last == NULL)
        k->first = b;
    else
        k->last->next = b;
    k->last = b;
    k->rows++;
    return PARK_OK;
}

park_status park_period_keeper_event(void *user, const park_period_event *event, park_error *err)
{
    park_period_keeper *k = user;
    kept_event         *e = PARK_NEW(k->arena, kept_event);
    if (e == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for event %zu of the results", k->events + 1);
    e->event = *event;
    if (k->last_event == NULL)
        k->first_event = e;
    else
        k->last_event->next = e;
    k->last_event = e;
    k->events++;
    return PARK_OK;
}

/* ---- writing ---- */

static park_status dimensions(const park_period_keeper *k, park_store *store, park_group root,
                              park_error *err)
{
    const park_network *net  = k->net;
    double             *time = PARK_ARRAY(k->arena, k->rows, double);
    const char        **tank = PARK_ARRAY(k->arena, net->tank.count, const char *);
    const char        **pump = PARK_ARRAY(k->arena, net->pump.count, const char *);
    size_t              r    = 0;
    if (time == NULL || tank == NULL || pump == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the result file");
    for (const block *b = k->first; b != NULL; b = b->next)
        time[r++] = b->time;
    for (size_t i = 0; i < net->tank.count; i++)
        tank[i] = net->node.names.text[net->tank.node[i]];
    for (size_t i = 0; i < net->pump.count; i++)
        pump[i] = net->link.names.text[net->pump.link[i]];
    park_store_axis(store, root, "time", time, k->rows, "s", "time since the start");
    park_store_labels(store, root, "node", net->node.names.text, net->node.count, "node");
    park_store_labels(store, root, "link", net->link.names.text, net->link.count, "link");
    park_store_labels(store, root, "tank", tank, net->tank.count, "tank");
    park_store_labels(store, root, "pump", pump, net->pump.count, "pump");
    return PARK_OK;
}

/* False where the file asks for no quality. */
static bool describe_quality(const park_period_keeper *k, park_variable *v)
{
    static const char *const UNITS[] = {NULL, "kg m-3", "s", "1"};
    static const char *const NAMES[] = {NULL, NULL, "water age", "share of the water from the trace node"};
    park_net_quality         kind    = k->net->option.quality;
    v->units                         = UNITS[kind];
    v->long_name = kind == PARK_NET_QUALITY_CHEMICAL ? k->net->option.chemical : NAMES[kind];
    return kind != PARK_NET_QUALITY_NONE;
}

static park_status write_series(const park_period_keeper *k, park_store *store, park_group root,
                                park_error *err)
{
    size_t  most  = k->size[NODE] > k->size[LINK] ? k->size[NODE] : k->size[LINK];
    double *value = PARK_ARRAY(k->arena, k->rows * most, double);
    if (value == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu rows of the result file", k->rows);
    for (int s = 0; s < SERIES; s++) {
        size_t count = k->size[KEPT[s].over], r = 0;
        for (const block *b = k->first; b != NULL && count > 0; b = b->next, r++)
            memcpy(value + r * count, b->value + k->offset[s], count * sizeof *value);
        park_variable v = {KEPT[s].name, KEPT[s].dims, KEPT[s].units, KEPT[s].long_name};
        if (s == QUALITY && !describe_quality(k, &v))
            continue;
        park_store_doubles(store, root, v, value);
    }
    return PARK_OK;
}

static park_status write_events(const park_period_keeper *k, park_store *store, park_group root,
                                park_error *err)
{
    const char **kind = PARK_ARRAY(k->arena, k->events, const char *);
    const char **id   = PARK_ARRAY(k->arena, k->events, const char *);
    double      *time = PARK_ARRAY(k->arena, k->events, double);
    double      *size = PARK_ARRAY(k->arena, k->events, double);
    size_t       i    = 0;
    if (kind == NULL || id == NULL || time == NULL || size == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu events of the result file", k->events);
    for (const kept_event *e = k->first_event; e != NULL; e = e->next, i++) {
        kind[i] = park_period_event_word(e->event.kind);
        id[i]   = e->event.link >= 0   ? k->net->link.names.text[e->event.link]
                  : e->event.node >= 0 ? k->net->node.names.text[e->event.node]
                                       : "";
        time[i] = e->event.time;
        size[i] = e->event.value;
    }
    park_group group = park_store_group(store, root, "events");
    park_store_numbers(store, group, "event", k->events, "event");
    park_store_doubles(store, group, (park_variable){"time", "event", "s", "time since the start"}, time);
    park_store_texts(store, group, (park_variable){"kind", "event", NULL, "what happened"}, kind);
    park_store_texts(store, group, (park_variable){"id", "event", NULL, "where"}, id);
    park_store_doubles(store, group,
                       (park_variable){"value", "event", NULL, "setting, level, pressure or flow"}, size);
    park_store_close(store, group);
    return PARK_OK;
}

static void write_accounts(park_store *store, park_group root, const park_period_result *result)
{
    const park_period_volumes *w     = &result->water;
    park_group                 group = park_store_group(store, root, "balance");
    park_store_note_number(store, group, "from_reservoirs_m3", w->from_reservoirs);
    park_store_note_number(store, group, "inflow_at_nodes_m3", w->inflow);
    park_store_note_number(store, group, "to_reservoirs_m3", w->to_reservoirs);
    park_store_note_number(store, group, "delivered_m3", w->delivered);
    park_store_note_number(store, group, "emitters_m3", w->emitted);
    park_store_note_number(store, group, "leaks_m3", w->leaked);
    park_store_note_number(store, group, "overflow_m3", w->overflowed);
    park_store_note_number(store, group, "stored_m3", w->stored);
    park_store_note_number(store, group, "rounded_m3", w->rounded);
    park_store_note_number(store, group, "residual_m3", w->residual);
    park_store_note_number(store, group, "unmet_m3", w->unmet);
    park_store_note_number(store, group, "closure", result->closure);
    park_store_close(store, group);
    for (size_t c = 0; c < result->quality.constituents; c++) { /* one, of the file's own options */
        const park_quality_ledger *l = &result->quality.ledger[c];
        group                        = park_store_group(store, root, "mass");
        park_store_note_number(store, group, "initial", l->initial);
        park_store_note_number(store, group, "from_reservoirs", l->reservoirs);
        park_store_note_number(store, group, "inflow_at_nodes", l->inflows);
        park_store_note_number(store, group, "sources", l->sources);
        park_store_note_number(store, group, "delivered", l->delivered);
        park_store_note_number(store, group, "reacted_in_pipes", l->reacted_pipes);
        park_store_note_number(store, group, "reacted_in_tanks", l->reacted_tanks);
        park_store_note_number(store, group, "stored", l->stored);
        park_store_note_number(store, group, "closure", l->closure);
        park_store_close(store, group);
    }
    group = park_store_group(store, root, "energy");
    park_store_note_number(store, group, "energy_J", result->energy);
    park_store_note_number(store, group, "cost", result->cost);
    park_store_note_number(store, group, "peak_power_W", result->peak_power);
    park_store_note_number(store, group, "demand_charge", result->demand_charge);
    park_store_close(store, group);
}

static void describe(park_store *store, park_group root, const park_network *net,
                     const park_period_result *result, const park_period_origin *origin)
{
    park_store_note(store, root, "Conventions", "CF-1.11");
    park_store_note(store, root, "title", net->origin.title);
    park_store_note(store, root, "job", "simulate");
    park_store_note(store, root, "stepping", origin->stepping);
    park_store_note(store, root, "input_path", origin->input);
    park_store_note(store, root, "engine", "parkwater");
    park_store_note(store, root, "version", origin->version);
    park_store_note_whole(store, root, "solves", (int64_t)result->solves);
    park_store_note_whole(store, root, "iterations", (int64_t)result->iterations);
    park_store_note_whole(store, root, "unbalanced", (int64_t)result->unbalanced);
    park_group clock = park_store_group(store, root, "wall_clock");
    park_store_note(store, clock, "command", origin->command);
    park_store_close(store, clock);
}

park_status park_period_results_write(const park_period_keeper *k, const park_period_result *result,
                                      const park_period_origin *origin, const char *path, park_error *err)
{
    const char *bytes;
    size_t      length;
    park_store *store = park_store_new(k->arena);
    if (store == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the result file");
    park_group root = park_store_root(store);
    describe(store, root, k->net, result, origin);
    PARK_TRY(dimensions(k, store, root, err));
    PARK_TRY(write_series(k, store, root, err));
    PARK_TRY(write_events(k, store, root, err));
    write_accounts(store, root, result);
    PARK_TRY(park_store_finish(store, &bytes, &length, err));
    return park_file_replace(path, bytes, length, err);
}
