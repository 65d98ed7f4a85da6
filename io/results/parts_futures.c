/* The group of a design over futures: what was drawn, and its yearly values in each, as they are (CNY, m3, kg a year). */
#include "results/parts.h"

#include "objective_text.h"

typedef struct columns {
    double      *probability, *drawn, *value, *best, *best_bound, *regret, *nominal;
    const char **path;
} columns;

static bool make(park_arena *arena, const park_outlook *o, columns *c)
{
    double **numbers[] = {&c->probability, &c->best, &c->best_bound, &c->regret, &c->nominal};
    bool     whole     = true;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        whole = (*numbers[i] = PARK_ARRAY(arena, o->futures, double)) != NULL && whole;
    c->drawn = PARK_ARRAY(arena, o->futures * o->uncertains, double);
    c->value = PARK_ARRAY(arena, o->futures * PARK_OBJECTIVE_KINDS, double);
    c->path  = PARK_ARRAY(arena, o->uncertains, const char *);
    return whole && c->drawn != NULL && c->value != NULL && c->path != NULL;
}

static void fill(const park_outlook *o, columns *c)
{
    for (size_t i = 0; i < o->uncertains; i++)
        c->path[i] = o->uncertain[i].path;
    for (size_t w = 0; w < o->futures; w++) {
        const park_future *f = &o->future[w];
        c->probability[w] = f->probability, c->best[w] = f->best, c->best_bound[w] = f->best_bound;
        c->regret[w] = f->regret, c->nominal[w] = f->nominal;
        for (size_t i = 0; i < o->uncertains; i++)
            c->drawn[w * o->uncertains + i] = f->drawn[i];
        for (size_t k = 0; k < PARK_OBJECTIVE_KINDS; k++)
            c->value[w * PARK_OBJECTIVE_KINDS + k] = f->value[k];
    }
}

void park_store_futures(park_store *store, park_group root, const park_design *design)
{
    static const char *const WORDS[] = {"none", "mean", "worst", "regret"}; /* by park_robust */
    const park_outlook      *o       = design != NULL ? design->outlook : NULL;
    park_arena              *arena   = o != NULL ? park_arena_new() : NULL;
    columns                  c;
    if (arena != NULL && make(arena, o, &c)) {
        const char *name[PARK_OBJECTIVE_KINDS], *units[PARK_OBJECTIVE_KINDS];
        for (int k = 0; k < PARK_OBJECTIVE_KINDS; k++) {
            name[k]  = park_objective_text_of((park_objective_kind)k).word;
            units[k] = park_objective_text_of((park_objective_kind)k).cf;
        }
        fill(o, &c);
        park_group g = park_store_group(store, root, "futures");
        park_store_numbers(store, g, "future", o->futures, "0 is the park as written");
        park_store_labels(store, g, "uncertain", c.path, o->uncertains, "path of the value in the scenario");
        park_store_labels(store, g, "quantity", name, PARK_OBJECTIVE_KINDS, "what is counted");
        park_store_texts(store, g, (park_variable){.name = "units", .dims = "quantity"}, units);
        park_store_doubles(store, g, (park_variable){.name = "probability", .dims = "future", .units = "1"},
                           c.probability);
        park_store_doubles(
            store, g,
            (park_variable){.name = "drawn", .dims = "future uncertain", .long_name = "what stands then, SI"},
            c.drawn);
        park_store_doubles(store, g, (park_variable){.name = "value", .dims = "future quantity"}, c.value);
        park_store_doubles(store, g,
                           (park_variable){.name      = "best",
                                           .dims      = "future",
                                           .long_name = "objective of the best design for it alone"},
                           c.best);
        park_store_doubles(
            store, g,
            (park_variable){.name = "best_bound", .dims = "future", .long_name = "proven; NaN not asked"},
            c.best_bound);
        park_store_doubles(store, g, (park_variable){.name = "regret", .dims = "future"}, c.regret);
        park_store_doubles(store, g,
                           (park_variable){.name      = "nominal",
                                           .dims      = "future",
                                           .long_name = "objective of the design that is best as written; "
                                                        "infinite where it fails"},
                           c.nominal);
        park_store_note(store, g, "robust", WORDS[o->robust]);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}
