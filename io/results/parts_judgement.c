/* Groups that tell how good the park is: the table at the root, indicators, closures, rounds, findings. */
#include "results/parts.h"
#include "results/words.h"

#include <math.h>

/* Columns of a list of indicators, in scratch memory. */
typedef struct columns {
    const char **name, **id, **zh, **en, **boundary, **enterprise, **unit, **subject, **basis, **top, **under,
        **units;
    bool    *matters, *with_circulation, *reached;
    int64_t *target;
    double  *numerator, *denominator, *value;
} columns;

static bool make_columns(park_arena *arena, size_t n, columns *c)
{
    const char ***texts[]   = {&c->name, &c->id,      &c->zh,    &c->en,  &c->boundary, &c->enterprise,
                               &c->unit, &c->subject, &c->basis, &c->top, &c->under,    &c->units};
    bool        **flags[]   = {&c->matters, &c->with_circulation, &c->reached};
    double      **numbers[] = {&c->numerator, &c->denominator, &c->value};
    bool          whole     = (c->target = PARK_ARRAY(arena, n, int64_t)) != NULL;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        whole = (*texts[i] = PARK_ARRAY(arena, n, const char *)) != NULL && whole;
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        whole = (*flags[i] = PARK_ARRAY(arena, n, bool)) != NULL && whole;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        whole = (*numbers[i] = PARK_ARRAY(arena, n, double)) != NULL && whole;
    return whole;
}

static void fill_columns(park_arena *arena, const park_model *model, const park_indicators *all, columns *c)
{
    static const char *const BOUNDARY[] = {"park", "enterprise", "unit"};
    for (size_t i = 0; i < all->count; i++) {
        const park_indicator *item = &all->item[i];
        c->name[i]                 = park_indicator_text(arena, model, item);
        c->id[i]                   = item->id;
        c->zh[i]                   = item->label.zh;
        c->en[i]                   = item->label.en;
        c->boundary[i]             = BOUNDARY[item->boundary];
        c->enterprise[i]           = item->enterprise >= 0 ? model->enterprise[item->enterprise].id : "";
        c->unit[i]                 = item->unit >= 0 ? model->unit[item->unit].id : "";
        c->subject[i]              = item->subject;
        c->basis[i]                = item->basis == PARK_BASIS_CONVENTIONAL ? "conventional" : "all_sources";
        c->matters[i]              = item->basis_matters;
        c->with_circulation[i]     = item->with_circulation;
        c->numerator[i]            = item->numerator;
        c->denominator[i]          = item->denominator;
        c->value[i]                = item->value;
        c->top[i]                  = item->numerator_label.en;
        c->under[i]                = item->denominator_label.en;
        c->units[i]                = park_indicator_units(item->dim);
        c->target[i]               = item->target;
        c->reached[i]              = item->reached;
    }
}

static void indicators_of(park_store *store, park_group parent, const char *name, const park_model *model,
                          const park_indicators *all, park_arena *arena)
{
    columns c;
    if (all == NULL || all->count == 0 || !make_columns(arena, all->count, &c))
        return;
    fill_columns(arena, model, all, &c);
    park_group g = park_store_group(store, parent, name);
    park_store_labels(store, g, "indicator", c.name, all->count, "indicator");
    const struct {
        const char        *name;
        const char *const *value;
    } texts[] = {{"id", c.id},
                 {"label_zh", c.zh},
                 {"label_en", c.en},
                 {"boundary", c.boundary},
                 {"enterprise", c.enterprise},
                 {"unit", c.unit},
                 {"subject", c.subject},
                 {"basis", c.basis},
                 {"numerator_is", c.top},
                 {"denominator_is", c.under},
                 {"value_units", c.units}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        park_store_texts(store, g, (park_variable){.name = texts[i].name, .dims = "indicator"},
                         texts[i].value);
    park_store_doubles(store, g,
                       (park_variable){.name      = "value",
                                       .dims      = "indicator",
                                       .long_name = "value in value_units; NaN where it does not exist"},
                       c.value);
    park_store_doubles(store, g, (park_variable){.name = "numerator", .dims = "indicator"}, c.numerator);
    park_store_doubles(store, g, (park_variable){.name = "denominator", .dims = "indicator"}, c.denominator);
    park_store_flags(store, g, (park_variable){.name = "basis_matters", .dims = "indicator"}, c.matters);
    park_store_flags(store, g,
                     (park_variable){.name      = "with_circulation",
                                     .dims      = "indicator",
                                     .long_name = "circulation of cooling towers counted"},
                     c.with_circulation);
    park_store_whole(store, g,
                     (park_variable){.name      = "target",
                                     .dims      = "indicator",
                                     .long_name = "number of the target that speaks of it, from 0; -1 none"},
                     c.target);
    park_store_flags(
        store, g,
        (park_variable){.name = "reached", .dims = "indicator", .long_name = "its target is reached"},
        c.reached);
    park_store_note_whole(store, g, "targets_reached", (int64_t)all->targets_reached);
    park_store_note_whole(store, g, "targets_missed", (int64_t)all->targets_missed);
    park_store_close(store, g);
}

void park_store_indicators(park_store *store, park_group root, const park_run_record *record)
{
    park_arena       *arena = park_arena_new();
    park_group        g     = park_store_group(store, root, "indicators");
    const park_model *model = park_record_model(record);
    if (arena != NULL) {
        indicators_of(store, g, "promised", model, record->promised, arena);
        indicators_of(store, g, "simulated", model, record->simulated, arena);
    }
    park_store_close(store, g);
    park_arena_free(arena);
}

/* The same list in both: the simulation's value of an indicator, by name. */
void park_store_summary(park_store *store, park_group root, const park_run_record *record)
{
    const park_indicators *first = record->promised != NULL ? record->promised : record->simulated;
    park_arena            *arena = park_arena_new();
    const park_model      *model = park_record_model(record);
    columns                a, b;
    if (arena != NULL && first != NULL && make_columns(arena, first->count, &a) &&
        make_columns(arena, record->simulated != NULL ? record->simulated->count : 0, &b)) {
        fill_columns(arena, model, first, &a);
        park_store_labels(store, root, "indicator", a.name, first->count, "indicator");
        park_store_texts(store, root, (park_variable){.name = "units", .dims = "indicator"}, a.units);
        if (record->promised != NULL)
            park_store_doubles(store, root,
                               (park_variable){.name      = "promised",
                                               .dims      = "indicator",
                                               .long_name = "value by the optimizer's plan"},
                               a.value);
        if (record->simulated != NULL && record->simulated->count == first->count) {
            fill_columns(arena, model, record->simulated, &b);
            park_store_doubles(store, root,
                               (park_variable){.name      = "simulated",
                                               .dims      = "indicator",
                                               .long_name = "value in the simulated year"},
                               b.value);
        }
    }
    park_arena_free(arena);
}

/* ---- closures ---- */

typedef struct closing {
    const char         *of;
    const park_closure *closure;
} closing;

static const char *unit_text(const park_model *model, int32_t unit)
{
    return unit >= 0 ? model->unit[unit].id : "park";
}

void park_store_closures(park_store *store, park_group root, const park_run_record *record)
{
    const park_model *model = park_record_model(record);
    closing           all[2];
    size_t            n = 0;
    if (record->design != NULL && record->design->ledger != NULL)
        all[n++] = (closing){"promised", &record->design->closure};
    if (record->simulation != NULL)
        all[n++] = (closing){"simulated", &record->simulation->closure};
    park_arena  *arena = park_arena_new();
    size_t       C     = model->constituents;
    double      *mass  = PARK_ARRAY(arena, 5 * n * C, double);
    const char **name  = PARK_ARRAY(arena, C, const char *);
    if (n > 0 && mass != NULL && name != NULL) {
        park_group  g = park_store_group(store, root, "closures");
        const char *of[2], *water_unit[2], *mass_unit[2], *constituent[2];
        double      water[2], worst[2], in[2], out[2], stored[2];
        for (size_t i = 0; i < n; i++) {
            const park_closure *c = all[i].closure;
            of[i]                 = all[i].of;
            water[i]              = c->water;
            worst[i]              = c->mass;
            water_unit[i]         = unit_text(model, c->water_unit);
            mass_unit[i]          = unit_text(model, c->mass_unit);
            constituent[i] = c->mass_constituent >= 0 ? model->constituent[c->mass_constituent].id : "";
            in[i]          = c->park_in;
            out[i]         = c->park_out;
            stored[i]      = c->park_stored;
            const double *column[] = {c->mass_in, c->mass_added, c->mass_removed, c->mass_out,
                                      c->mass_stored};
            for (size_t k = 0; k < 5; k++)
                for (size_t j = 0; j < C; j++)
                    mass[(k * n + i) * C + j] = column[k] == NULL ? NAN : column[k][j];
        }
        for (size_t j = 0; j < C; j++)
            name[j] = model->constituent[j].id;
        park_store_labels(store, g, "account", of, n, "plan or simulated year");
        park_store_labels(store, g, "constituent", name, C, "constituent");
        park_store_doubles(store, g,
                           (park_variable){.name      = "water_residual",
                                           .dims      = "account",
                                           .units     = "1",
                                           .long_name = "largest relative residual of water"},
                           water);
        park_store_texts(store, g, (park_variable){.name = "water_worst_at", .dims = "account"}, water_unit);
        park_store_doubles(store, g,
                           (park_variable){.name      = "mass_residual",
                                           .dims      = "account",
                                           .units     = "1",
                                           .long_name = "largest relative residual of a constituent"},
                           worst);
        park_store_texts(store, g, (park_variable){.name = "mass_worst_at", .dims = "account"}, mass_unit);
        park_store_texts(store, g, (park_variable){.name = "mass_worst_constituent", .dims = "account"},
                         constituent);
        park_store_doubles(store, g,
                           (park_variable){.name = "water_in", .dims = "account", .units = "m3 year-1"}, in);
        park_store_doubles(
            store, g, (park_variable){.name = "water_out", .dims = "account", .units = "m3 year-1"}, out);
        park_store_doubles(store, g,
                           (park_variable){.name = "water_stored", .dims = "account", .units = "m3 year-1"},
                           stored);
        static const char *const MASS[] = {"mass_in", "mass_added", "mass_removed", "mass_out",
                                           "mass_stored"};
        for (size_t k = 0; k < 5; k++)
            park_store_doubles(
                store, g,
                (park_variable){.name = MASS[k], .dims = "account constituent", .units = "kg year-1"},
                mass + k * n * C);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}

/* ---- rounds, findings, assumptions ---- */

/* What the simulation of each round contradicted, enough to tell what became of it. */
static void contradictions(park_store *store, park_group rounds, const park_run_record *record)
{
    const park_model *m     = park_record_model(record);
    size_t            n     = 0;
    park_arena       *arena = park_arena_new();
    for (size_t i = 0; i < record->rounds; i++)
        n += record->round[i].violation != NULL ? record->round[i].violations : 0;
    const char **t     = PARK_ARRAY(arena, 4 * n, const char *);
    double      *v     = PARK_ARRAY(arena, 2 * n, double);
    int64_t     *round = PARK_ARRAY(arena, n, int64_t);
    if (n > 0 && t != NULL && v != NULL && round != NULL) {
        size_t at = 0;
        for (size_t i = 0; i < record->rounds; i++)
            for (size_t k = 0; record->round[i].violation != NULL && k < record->round[i].violations; k++) {
                const park_violation *a = &record->round[i].violation[k];
                t[at]                   = park_word_of(PARK_WORDS_VIOLATION, (int)a->kind);
                t[n + at]               = a->unit >= 0 ? m->unit[a->unit].id : "";
                t[2 * n + at]           = a->link >= 0 ? m->link[a->link].id : "";
                t[3 * n + at]           = a->constituent >= 0 ? m->constituent[a->constituent].id : "";
                v[at]                   = a->limit;
                v[n + at]               = a->simulated;
                round[at++]             = record->round[i].number;
            }
        static const char *const TEXT[] = {"kind", "unit", "link", "constituent"};
        park_group               g      = park_store_group(store, rounds, "contradictions");
        park_store_numbers(store, g, "contradiction", n, "by round, of each the worst first");
        park_store_whole(store, g, (park_variable){.name = "round", .dims = "contradiction"}, round);
        for (size_t k = 0; k < 4; k++)
            park_store_texts(store, g, (park_variable){.name = TEXT[k], .dims = "contradiction"}, t + k * n);
        park_store_doubles(store, g, (park_variable){.name = "limit", .dims = "contradiction"}, v);
        park_store_doubles(store, g, (park_variable){.name = "simulated", .dims = "contradiction"}, v + n);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}

void park_store_rounds(park_store *store, park_group root, const park_run_record *record)
{
    size_t      n     = record->rounds;
    park_arena *arena = park_arena_new();
    double     *v     = PARK_ARRAY(arena, 6 * n, double);
    int64_t    *w     = PARK_ARRAY(arena, 2 * n, int64_t);
    if (n > 0 && v != NULL && w != NULL) {
        park_group g = park_store_group(store, root, "rounds");
        for (size_t i = 0; i < n; i++) {
            const park_round *r     = &record->round[i];
            const double      row[] = {r->objective,   r->bound,          r->gap,
                                       r->worst_share, r->simulated_from, r->simulated_to};
            for (size_t k = 0; k < 6; k++)
                v[k * n + i] = row[k];
            w[i]     = (int64_t)r->violations;
            w[n + i] = (int64_t)r->margins;
        }
        static const char *const NAME[] = {"objective",   "bound",          "gap",
                                           "worst_share", "simulated_from", "simulated_to"};
        park_store_numbers(store, g, "round", n, "round of optimizing, simulating, repairing");
        for (size_t k = 0; k < 6; k++)
            park_store_doubles(store, g, (park_variable){.name = NAME[k], .dims = "round"}, v + k * n);
        park_store_whole(store, g, (park_variable){.name = "violations", .dims = "round"}, w);
        park_store_whole(store, g,
                         (park_variable){.name      = "margins",
                                         .dims      = "round",
                                         .long_name = "restrictions that changed after the round"},
                         w + n);
        park_store_note_whole(store, g, "agreed", record->agreed);
        contradictions(store, g, record);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}

void park_store_findings(park_store *store, park_group root, const park_findings *findings)
{
    static const char *const SEVERITY[] = {"note", "warning", "error"};
    size_t                   n          = findings == NULL ? 0 : findings->count;
    park_arena              *arena      = park_arena_new();
    const char             **t          = PARK_ARRAY(arena, 6 * n, const char *);
    int64_t                 *line       = PARK_ARRAY(arena, n, int64_t);
    if (n > 0 && t != NULL && line != NULL) {
        park_group g = park_store_group(store, root, "findings");
        for (size_t i = 0; i < n; i++) {
            const park_finding *f     = &findings->items[i];
            const char         *row[] = {
                        park_code_name(f->code), SEVERITY[f->severity], f->zh, f->en, f->path, f->file};
            for (size_t k = 0; k < 6; k++)
                t[k * n + i] = row[k];
            line[i] = f->line;
        }
        static const char *const NAME[] = {"code", "severity", "message_zh", "message_en", "path", "file"};
        park_store_numbers(store, g, "finding", n, "finding");
        for (size_t k = 0; k < 6; k++)
            park_store_texts(store, g, (park_variable){.name = NAME[k], .dims = "finding"}, t + k * n);
        park_store_whole(store, g, (park_variable){.name = "line", .dims = "finding"}, line);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}

void park_store_chapters(park_store *store, park_group root, const park_run_record *record)
{
    if (record->chapters == 0)
        return;
    park_group g = park_store_group(store, root, "page");
    for (size_t i = 0; i < record->chapters; i++)
        park_store_document(store, g, record->chapter[i].id, record->chapter[i].html);
    park_store_close(store, g);
}

void park_store_assumptions(park_store *store, park_group root, const park_run_record *record)
{
    size_t       n     = record->assumptions;
    park_arena  *arena = park_arena_new();
    const char **t     = PARK_ARRAY(arena, 5 * n, const char *);
    if (n > 0 && t != NULL) {
        park_group g = park_store_group(store, root, "assumptions");
        for (size_t i = 0; i < n; i++) {
            const park_assumption *a     = &record->assumption[i];
            const char            *row[] = {a->path, a->value, a->origin, a->source_class, a->source};
            for (size_t k = 0; k < 5; k++)
                t[k * n + i] = row[k];
        }
        static const char *const NAME[] = {"path", "value", "origin", "source_class", "source"};
        park_store_numbers(store, g, "assumption", n, "assumption");
        for (size_t k = 0; k < 5; k++)
            park_store_texts(store, g, (park_variable){.name = NAME[k], .dims = "assumption"}, t + k * n);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}
