#include "case_program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PLACES = 64, MOST_PARTS = 8, MOST_EDGES = 1024 };

typedef enum place_kind { FRESH, STREAM, PROCESS, UNIT, SINK, WASTE } place_kind;

typedef struct place {
    place_kind       kind;
    size_t           number; /* within its kind */
    const json_node *data;
    int32_t          flow;              /* column of the total flow, or -1 */
    int32_t          conc[MOST_PARTS];  /* columns of the outlet's concentrations, or -1: known */
    double           known[MOST_PARTS]; /* of fresh water and streams, in scaled units */
} place;

typedef struct edge {
    size_t  from, to;
    int32_t flow, mass[MOST_PARTS]; /* mass -1: flow times a known concentration */
} edge;

typedef struct network {
    park_program *p;
    size_t        parts, places, edges;
    place         place[MOST_PLACES];
    edge          edge[MOST_EDGES];
    double        conc_unit[MOST_PARTS], flow_unit;
    bool          self_recycle, costs_flow, ok;
} network;

/* One row under construction. */
typedef struct row {
    size_t  count;
    int32_t index[4 * MOST_EDGES];
    double  value[4 * MOST_EDGES];
} row;

static void put(row *r, int32_t col, double value)
{
    r->index[r->count]   = col;
    r->value[r->count++] = value;
}

static void finish(network *n, row *r, double lo, double hi)
{
    if (park_program_row(n->p, lo, hi, r->count, r->index, r->value, -1, NULL) < 0)
        n->ok = false;
    r->count = 0;
}

static void put_mass(const network *n, row *r, const edge *e, size_t c, double value)
{
    if (e->mass[c] >= 0)
        put(r, e->mass[c], value);
    else
        put(r, e->flow, value * n->place[e->from].known[c]);
}

static double part(const json_node *data, const char *key, size_t c, double otherwise)
{
    return json_number(json_item(json_at(data, key), c), otherwise);
}

static bool splits(place_kind kind)
{
    return kind == FRESH || kind == STREAM || kind == PROCESS || kind == UNIT;
}

static bool may_join(const network *n, const place *a, const place *b)
{
    if (!splits(a->kind) || b->kind == FRESH || b->kind == STREAM)
        return false;
    if (a == b)
        return n->self_recycle;
    return !(a->kind == FRESH && (b->kind == WASTE || b->kind == UNIT));
}

static void add_places(network *n, const json_node *list, place_kind kind)
{
    size_t count = kind == WASTE ? 1 : json_count(list);
    for (size_t i = 0; i < count && n->places < MOST_PLACES; i++)
        n->place[n->places++] = (place){.kind = kind, .number = i, .data = json_item(list, i), .flow = -1};
}

/* Largest concentration that can occur anywhere, per constituent: the unit of scale and the default limit. */
static void find_units(network *n, const json_node *one)
{
    double total = 0.0;
    size_t known = 0;
    for (size_t c = 0; c < n->parts; c++)
        n->conc_unit[c] = 1e-9;
    for (size_t i = 0; i < n->places; i++) {
        const place *a = &n->place[i];
        double       f = json_number(json_at(a->data, "flow"), json_number(json_at(a->data, "fmax"), 0.0));
        if (f > 0.0) {
            total += f;
            known++;
        }
        for (size_t c = 0; c < n->parts; c++) {
            double most = part(a->data, "c", c, 0.0);
            if (a->kind == PROCESS)
                most = part(a->data, "cout", c,
                            part(a->data, "cin", c, 0.0) +
                                1000.0 * part(a->data, "load", c, 0.0) / fmax(f, 1e-9));
            n->conc_unit[c] = fmax(n->conc_unit[c], most);
        }
    }
    n->flow_unit = known > 0 ? total / (double)known : 50.0;
    (void)one;
}

/* The flow that suffices for a process: its worst constituent at the limits. */
static double enough_flow(const network *n, const place *a)
{
    double f = json_number(json_at(a->data, "flow"), json_number(json_at(a->data, "fmax"), 0.0));
    for (size_t c = 0; f == 0.0 && c < n->parts; c++) {
        for (size_t k = 0; k < n->parts; k++) {
            double rise = part(a->data, "cout", k, 0.0) - part(a->data, "cin", k, 0.0);
            f           = fmax(f, 1000.0 * part(a->data, "load", k, 0.0) / rise);
        }
    }
    return f / n->flow_unit;
}

static void add_totals(network *n)
{
    park_program *p = n->p;
    for (size_t i = 0; i < n->places; i++) {
        place *a     = &n->place[i];
        double given = json_number(json_at(a->data, "flow"), -1.0) / n->flow_unit;
        for (size_t c = 0; c < MOST_PARTS; c++)
            a->conc[c] = -1;
        switch (a->kind) {
        case FRESH:
            a->flow = park_program_col(p, PARK_COL_OTHER, 0, INFINITY,
                                       json_number(json_at(a->data, "cost"), 1.0) * n->flow_unit, "fresh");
            break;
        case STREAM:
        case SINK:
            a->flow = park_program_col(p, PARK_COL_FLOW, given, given, 0, "given");
            break;
        case PROCESS:
            a->flow =
                park_program_col(p, PARK_COL_FLOW, given > 0 ? given : 0, enough_flow(n, a), 0, "process");
            break;
        case UNIT:
            a->flow = park_program_col(p, PARK_COL_FLOW, 0, INFINITY, 0, "unit");
            if (n->costs_flow)
                p->cost[a->flow] = n->flow_unit;
            break;
        case WASTE:
            a->flow = park_program_col(p, PARK_COL_OTHER, 0, INFINITY, 0, "waste");
            break;
        }
        for (size_t c = 0; c < n->parts; c++) {
            double most = 1.0;
            if (a->kind == FRESH || a->kind == STREAM)
                a->known[c] = part(a->data, "c", c, 0.0) / n->conc_unit[c];
            if (a->kind == PROCESS)
                most = part(a->data, "cout", c, n->conc_unit[c]) / n->conc_unit[c];
            if (a->kind == UNIT)
                most = (1.0 - part(a->data, "rem", c, 0.0)) *
                       fmin(1.0, part(a->data, "cinmax", c, n->conc_unit[c]) / n->conc_unit[c]);
            if (a->kind == PROCESS || a->kind == UNIT)
                a->conc[c] = park_program_col(p, PARK_COL_CONC, 0, most, 0, "conc");
        }
    }
}

static void add_edges(network *n)
{
    park_program *p = n->p;
    for (size_t i = 0; i < n->places; i++)
        for (size_t j = 0; j < n->places; j++) {
            const place *a = &n->place[i], *b = &n->place[j];
            if (!may_join(n, a, b) || n->edges == MOST_EDGES)
                continue;
            edge *e = &n->edge[n->edges++];
            *e      = (edge){.from = i, .to = j};
            e->flow = park_program_col(p, PARK_COL_FLOW, 0, INFINITY, 0, "edge");
            for (size_t c = 0; c < n->parts; c++) {
                e->mass[c] = -1;
                if (a->conc[c] < 0)
                    continue;
                e->mass[c] = park_program_col(p, PARK_COL_LIFTED, 0, INFINITY, 0, "mass");
                if (park_program_product(p, e->mass[c], e->flow, a->conc[c]) < 0)
                    n->ok = false;
            }
        }
}

static void add_flow_rows(network *n, row *r)
{
    for (size_t i = 0; i < n->places; i++) {
        const place *a = &n->place[i];
        for (int out = 0; out < 2; out++) {
            if (out ? !splits(a->kind) : a->kind == FRESH || a->kind == STREAM)
                continue;
            for (size_t k = 0; k < n->edges; k++)
                if ((out ? n->edge[k].from : n->edge[k].to) == i)
                    put(r, n->edge[k].flow, 1.0);
            put(r, a->flow, -1.0);
            finish(n, r, 0, 0);
        }
    }
}

/* Mass into place i of constituent c, times `factor`. */
static void put_inflow(const network *n, row *r, size_t i, size_t c, double factor)
{
    for (size_t k = 0; k < n->edges; k++)
        if (n->edge[k].to == i)
            put_mass(n, r, &n->edge[k], c, factor);
}

static void add_outlet_rows(network *n, row *r, size_t i, size_t c)
{
    park_program *p    = n->p;
    const place  *a    = &n->place[i];
    int32_t       w    = park_program_col(p, PARK_COL_LIFTED, 0, INFINITY, 0, "total");
    double        load = 1000.0 * part(a->data, "load", c, 0.0) / (n->conc_unit[c] * n->flow_unit);
    if (park_program_product(p, w, a->flow, a->conc[c]) < 0)
        n->ok = false;
    put(r, w, 1.0); /* what leaves = what enters and stays in the water + what is added */
    put_inflow(n, r, i, c, a->kind == UNIT ? -(1.0 - part(a->data, "rem", c, 0.0)) : -1.0);
    finish(n, r, a->kind == PROCESS ? load : 0.0, a->kind == PROCESS ? load : 0.0);
    put(r, w, -1.0); /* the outlets share one concentration */
    for (size_t k = 0; k < n->edges; k++)
        if (n->edge[k].from == i)
            put_mass(n, r, &n->edge[k], c, 1.0);
    finish(n, r, 0, 0);
    p->redundant[p->rows - 1] = true;
}

static void add_mass_rows(network *n, const json_node *one, row *r)
{
    for (size_t i = 0; i < n->places; i++) {
        const place *a = &n->place[i];
        for (size_t c = 0; c < n->parts; c++) {
            double limit = a->kind == PROCESS ? part(a->data, "cin", c, INFINITY)
                           : a->kind == UNIT  ? part(a->data, "cinmax", c, INFINITY)
                           : a->kind == SINK  ? part(a->data, "cmax", c, INFINITY)
                           : a->kind == WASTE ? part(one, "discharge_max", c, INFINITY)
                                              : INFINITY;
            if (a->kind == PROCESS || a->kind == UNIT)
                add_outlet_rows(n, r, i, c);
            if (isfinite(limit)) {
                put_inflow(n, r, i, c, 1.0);
                put(r, a->flow, -limit / n->conc_unit[c]);
                finish(n, r, -INFINITY, 0);
            }
            double most = a->kind == WASTE ? part(one, "discharge_load_max", c, INFINITY) : INFINITY;
            if (isfinite(most)) {
                put_inflow(n, r, i, c, 1.0);
                /* The limit is tabled in tenths of the unit that flow times concentration has. */
                finish(n, r, -INFINITY, 10.0 * most / (n->conc_unit[c] * n->flow_unit));
            }
        }
    }
}

/* Units with a capital law: 8000 h/a of running cost and a tenth of the capital a year; or the disjunction of
 * the Galan and Grossmann network: nothing, or at least fmin at beta F + theta F^0.7. */
static void add_unit_costs(network *n, row *r)
{
    park_program *p = n->p;
    for (size_t i = 0; i < n->places; i++) {
        const place *a  = &n->place[i];
        double       ic = json_number(json_at(a->data, "ic"), 0.0),
               theta    = json_number(json_at(a->data, "theta"), 0.0);
        if (a->kind != UNIT || (ic == 0.0 && theta == 0.0))
            continue;
        double  scale    = ic > 0.0 ? 0.1 * ic * 1e-3 : theta * 1e-3;
        int32_t t        = park_program_col(p, PARK_COL_OTHER, 0, INFINITY, 1e3, "capital");
        p->cost[a->flow] = n->flow_unit * (ic > 0.0 ? 8000.0 * json_number(json_at(a->data, "oc"), 0.0)
                                                    : json_number(json_at(a->data, "beta"), 0.0));
        if (park_program_concave(p, t, a->flow, scale, 1.0 / n->flow_unit,
                                 json_number(json_at(a->data, "alpha"), 0.7)) < 0)
            n->ok = false;
        double least = json_number(json_at(a->data, "fmin"), 0.0) / n->flow_unit;
        if (least > 0.0) {
            double  most = 0.0;
            int32_t y    = park_program_integer(p, 0, 1, 0, "built");
            for (size_t k = 0; k < n->places; k++)
                most += n->place[k].kind == STREAM ? 10.0 * p->col_hi[n->place[k].flow] : 0.0;
            put(r, a->flow, 1.0);
            put(r, y, -least);
            finish(n, r, 0, INFINITY);
            put(r, a->flow, 1.0);
            put(r, y, -most);
            finish(n, r, -INFINITY, 0);
        }
    }
    for (size_t i = 0; i < n->places; i++)
        if (n->place[i].kind == FRESH && n->places > 0 && json_at(n->place[n->places - 2].data, "ic") != NULL)
            p->cost[n->place[i].flow] *= 8000.0;
}

bool case_program_make(park_program *p, park_arena *arena, const json_node *one)
{
    network *n = PARK_NEW(arena, network);
    row     *r = PARK_NEW(arena, row);
    park_program_init(p, arena);
    const json_node *klass = json_at(one, "class"), *recycle = json_at(one, "self_recycle_allowed");
    const char      *id = json_at(one, "id")->text;
    if (n == NULL || r == NULL || json_at(one, "n_contaminants") == NULL ||
        json_at(one, "regenerators") != NULL)
        return false;
    n->p     = p;
    n->ok    = true;
    n->parts = (size_t)json_number(json_at(one, "n_contaminants"), 0);
    n->self_recycle =
        strcmp(klass->text, "treatment") == 0 || (recycle != NULL && recycle->kind == JSON_TRUE);
    n->costs_flow = strcmp(klass->text, "treatment") == 0 || strcmp(id, "kg2006_ex1") == 0;
    add_places(n, json_at(one, "fresh"), FRESH);
    add_places(n, json_at(one, "sources"), STREAM);
    add_places(n, json_at(one, "processes"), PROCESS);
    add_places(n, json_at(one, "sinks"), SINK);
    add_places(n, json_at(one, "treatment_units"), UNIT);
    add_places(n, NULL, WASTE);
    find_units(n, one);
    add_totals(n);
    add_edges(n);
    add_flow_rows(n, r);
    add_mass_rows(n, one, r);
    add_unit_costs(n, r);
    return n->ok && n->places < MOST_PLACES && n->edges < MOST_EDGES;
}

json_node *case_file_read(park_arena *arena)
{
    const char *shared = getenv("PARK_SHARED");
    const char *path   = shared != NULL ? park_arena_printf(arena, "%s/data/water_cases/cases.json", shared)
                                        : PARK_SOURCE_DIR "/../shared/data/water_cases/cases.json";
    return path == NULL ? NULL : json_read(arena, path);
}
