/* The group of an investment by years: what is built when, money against the budget, indicators year by year. */
#include "results/parts.h"

#include "run_names.h"

#include <math.h>

typedef struct columns {
    int64_t     *year, *unit_year, *link_year;
    double      *value; /* [indicators][stages] laid out stage by stage */
    const char **id, **units;
    size_t       indicators;
} columns;

/* The year from which something stands; 0: it is not built, or stood before. */
static void years(const park_staging *g, const int32_t *from, size_t count, int64_t *year)
{
    for (size_t i = 0; i < count; i++)
        year[i] = from[i] >= 0 ? g->year[from[i]] : 0;
}

static const park_indicators *last_of(const park_run_record *record, const park_staging *g)
{
    return record->staged != NULL ? record->staged[g->stages - 1] : NULL;
}

static bool make(park_arena *arena, const park_run_record *record, const park_staging *g, columns *c)
{
    const park_model      *m    = record->design->model;
    const park_indicators *last = last_of(record, g);
    c->indicators               = last != NULL ? last->count : 0;
    c->year                     = PARK_ARRAY(arena, g->stages, int64_t);
    c->unit_year                = PARK_ARRAY(arena, m->units, int64_t);
    c->link_year                = PARK_ARRAY(arena, m->links, int64_t);
    c->value                    = PARK_ARRAY(arena, g->stages * c->indicators, double);
    c->id                       = PARK_ARRAY(arena, c->indicators, const char *);
    c->units                    = PARK_ARRAY(arena, c->indicators, const char *);
    if (c->year == NULL || c->unit_year == NULL || c->link_year == NULL || c->value == NULL ||
        c->id == NULL || c->units == NULL)
        return false;
    for (size_t y = 0; y < g->stages; y++) {
        const park_indicators *here = record->staged != NULL ? record->staged[y] : NULL;
        c->year[y]                  = g->year[y];
        for (size_t i = 0; i < c->indicators; i++) /* the same park, so the same list */
            c->value[y * c->indicators + i] =
                here != NULL && here->count == c->indicators ? here->item[i].value : NAN;
    }
    for (size_t i = 0; i < c->indicators; i++) {
        c->id[i]    = park_indicator_text(arena, m, &last->item[i]);
        c->units[i] = park_indicator_units(last->item[i].dim);
    }
    years(g, g->unit_from, m->units, c->unit_year);
    years(g, g->link_from, m->links, c->link_year);
    return true;
}

void park_store_stages(park_store *store, park_group root, const park_run_record *record)
{
    const park_staging *g     = record->design != NULL ? record->design->staging : NULL;
    park_arena         *arena = g != NULL ? park_arena_new() : NULL;
    columns             c;
    if (arena != NULL && make(arena, record, g, &c)) {
        park_group at = park_store_group(store, root, "stages");
        park_store_numbers(store, at, "stage", g->stages, "stage, in the order of years");
        park_store_park(store, at, record->design->model);
        park_store_whole(store, at, (park_variable){.name = "year", .dims = "stage"}, c.year);
        const struct {
            park_variable what;
            const double *value;
        } NUMBERS[] = {
            {{"budget", "stage", "CNY", "up to and with that year"}, g->budget},
            {{"spent", "stage", "CNY", "up to and with that year"}, g->spent},
            {{"running", "stage", NULL, "yearly objective without what stands"}, g->running},
            {{"share", "stage", "1", "of the discounted life"}, g->share},
            {{"unit_investment", "unit", "CNY", NULL}, g->unit_capital},
            {{"link_investment", "link", "CNY", NULL}, g->link_capital},
        };
        for (size_t i = 0; i < sizeof NUMBERS / sizeof NUMBERS[0]; i++)
            park_store_doubles(store, at, NUMBERS[i].what, NUMBERS[i].value);
        if (g->running_in != NULL && g->futures > 1) {
            park_store_numbers(store, at, "future", g->futures, "0 is the park as written");
            park_store_doubles(store, at,
                               (park_variable){.name      = "running_in",
                                               .dims      = "stage future",
                                               .long_name = "yearly objective of the stage in that future "
                                                            "without what stands"},
                               g->running_in);
        }
        park_store_whole(store, at,
                         (park_variable){.name      = "unit_year",
                                         .dims      = "unit",
                                         .long_name = "built in; 0: not built, or it stood before"},
                         c.unit_year);
        park_store_whole(store, at,
                         (park_variable){.name      = "link_year",
                                         .dims      = "link",
                                         .long_name = "built in; 0: not built, or it stood before"},
                         c.link_year);
        park_store_labels(store, at, "indicator", c.id, c.indicators,
                          "indicator with its boundary and basis");
        park_store_texts(store, at, (park_variable){.name = "indicator_units", .dims = "indicator"}, c.units);
        park_store_doubles(store, at,
                           (park_variable){.name      = "indicator_value",
                                           .dims      = "stage indicator",
                                           .long_name = "of that stage's plan; NaN unknown"},
                           c.value);
        park_store_close(store, at);
    }
    park_arena_free(arena);
}
