/* The group of a front: its points over two objectives, values as they are (CNY, m3, kg a year). */
#include "results/parts.h"

#include "objective_text.h"

#include <parkwater/indicators.h>

#include <math.h>

typedef struct columns {
    double      *value, *bound, *gap, *most, *investment, *running, *vi, *vih, *vr;
    const char **status;
    bool        *knee, *chosen;
} columns;

static bool make(park_arena *arena, size_t n, columns *c)
{
    double **numbers[] = {&c->value,   &c->bound, &c->gap, &c->most, &c->investment,
                          &c->running, &c->vi,    &c->vih, &c->vr};
    bool     whole     = true;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        whole = (*numbers[i] = PARK_ARRAY(arena, 2 * n, double)) != NULL && whole;
    c->status = PARK_ARRAY(arena, n, const char *);
    c->knee   = PARK_ARRAY(arena, n, bool);
    c->chosen = PARK_ARRAY(arena, n, bool);
    return whole && c->status != NULL && c->knee != NULL && c->chosen != NULL;
}

/* Without what an investment costs a year: who weighs a point may reckon that in another way. */
static double running_of(const park_design *design)
{
    double sum = 0.0;
    for (size_t i = 0; i < design->cost_lines; i++)
        sum += design->cost[i].capital > 0.0 ? 0.0 : design->cost[i].yearly;
    return design->cost_lines > 0 ? sum : NAN;
}

/* What a point takes and uses again, by which a region weighs it [m3/a]; NAN where its plan was not kept. */
static void volumes(const park_design *design, size_t i, columns *c)
{
    park_volumes v;
    bool         known =
        design->model != NULL && design->ledger != NULL &&
        park_volumes_of(design->model, design->ledger, PARK_BOUNDARY_PARK, PARK_NONE, &v, NULL) == PARK_OK;
    c->vi[i]  = known ? v.vi_conventional : NAN;
    c->vih[i] = known ? v.vih : NAN;
    c->vr[i]  = known ? v.vr : NAN;
}

static void fill(const park_front *front, columns *c)
{
    for (size_t i = 0; i < front->points; i++) {
        const park_front_point *p = &front->point[i];
        for (size_t k = 0; k < 2; k++) {
            c->value[2 * i + k] = p->value[k];
            c->bound[2 * i + k] = p->bound[k];
            c->gap[2 * i + k]   = p->gap[k];
        }
        c->most[i]       = p->most;
        c->investment[i] = p->design->investment;
        c->status[i]     = park_store_status_word(p->status);
        c->knee[i]       = (int32_t)i == front->knee;
        c->chosen[i]     = (int32_t)i == front->chosen;
        c->running[i]    = running_of(p->design);
        volumes(p->design, i, c);
    }
}

void park_store_front(park_store *store, park_group root, const park_design *design)
{
    const park_front *front = design != NULL ? design->front : NULL;
    park_arena       *arena = front != NULL ? park_arena_new() : NULL;
    columns           c;
    if (arena != NULL && make(arena, front->points, &c)) {
        const char *name[2], *units[2];
        for (int k = 0; k < 2; k++) {
            name[k]  = park_objective_text_of(front->kind[k]).word;
            units[k] = park_objective_text_of(front->kind[k]).cf;
        }
        fill(front, &c);
        park_group g = park_store_group(store, root, "front");
        park_store_numbers(store, g, "point", front->points, "by the first objective rising");
        park_store_labels(store, g, "objective", name, 2, "objective, in the scenario's order");
        park_store_texts(store, g, (park_variable){.name = "units", .dims = "objective"}, units);
        park_store_doubles(store, g, (park_variable){.name = "value", .dims = "point objective"}, c.value);
        park_store_doubles(store, g,
                           (park_variable){.name      = "bound",
                                           .dims      = "point objective",
                                           .long_name = "proven; NaN where nothing is"},
                           c.bound);
        park_store_doubles(store, g, (park_variable){.name = "gap", .dims = "point objective", .units = "1"},
                           c.gap);
        park_store_doubles(store, g,
                           (park_variable){.name      = "ceiling",
                                           .dims      = "point",
                                           .long_name = "most that the first objective was allowed"},
                           c.most);
        park_store_doubles(store, g, (park_variable){.name = "investment", .dims = "point", .units = "CNY"},
                           c.investment);
        const struct {
            const char *name, *units, *long_name;
            double     *value;
        } YEAR[] = {{"running", "CNY year-1", "cost of a year without what the investment costs", c.running},
                    {"intake", "m3 year-1", "conventional water taken", c.vi},
                    {"non_conventional", "m3 year-1", "non-conventional water taken", c.vih},
                    {"reused", "m3 year-1", "repeated use", c.vr}};
        for (size_t k = 0; k < sizeof YEAR / sizeof *YEAR; k++)
            park_store_doubles(store, g,
                               (park_variable){.name      = YEAR[k].name,
                                               .dims      = "point",
                                               .units     = YEAR[k].units,
                                               .long_name = YEAR[k].long_name},
                               YEAR[k].value);
        park_store_texts(store, g, (park_variable){.name = "status", .dims = "point"}, c.status);
        park_store_flags(store, g, (park_variable){.name = "knee", .dims = "point"}, c.knee);
        park_store_flags(
            store, g,
            (park_variable){.name = "chosen", .dims = "point", .long_name = "the design of this file"},
            c.chosen);
        park_store_note_whole(store, g, "asked", (int64_t)front->asked);
        park_store_note_whole(store, g, "dominated", (int64_t)front->dominated);
        park_store_note_whole(store, g, "missing", (int64_t)front->missing);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}
