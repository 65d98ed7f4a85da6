/* Groups that tell what the park does: design, ledgers, the simulated year, series. */
#include "results/parts.h"
#include "results/words.h"

#include "objective_text.h"

#include <math.h>

void park_store_park(park_store *store, park_group group, const park_model *m)
{
    park_arena  *arena = park_arena_new();
    size_t       most  = m->units + m->links + m->outlets + m->inlets + m->constituents + m->time.seasons;
    const char **id    = PARK_ARRAY(arena, most, const char *);
    if (id != NULL) {
        for (size_t i = 0; i < m->time.seasons; i++)
            id[i] = m->time.season[i].id;
        park_store_labels(store, group, "season", id, m->time.seasons, "season");
        for (size_t i = 0; i < m->units; i++)
            id[i] = m->unit[i].id;
        park_store_labels(store, group, "unit", id, m->units, "unit");
        for (size_t i = 0; i < m->outlets; i++)
            id[i] = park_run_outlet(arena, m, (int32_t)i);
        park_store_labels(store, group, "outlet", id, m->outlets, "outlet");
        for (size_t i = 0; i < m->inlets; i++)
            id[i] = park_run_inlet(arena, m, (int32_t)i);
        park_store_labels(store, group, "inlet", id, m->inlets, "inlet");
        for (size_t i = 0; i < m->links; i++)
            id[i] = m->link[i].id;
        park_store_labels(store, group, "link", id, m->links, "connection");
        for (size_t i = 0; i < m->constituents; i++)
            id[i] = m->constituent[i].id;
        park_store_labels(store, group, "constituent", id, m->constituents, "constituent");
    }
    park_arena_free(arena);
}

/* Where each connection leads. */
void park_store_link_ends(park_store *store, park_group g, const park_model *m)
{
    park_arena  *arena = park_arena_new();
    const char **from  = PARK_ARRAY(arena, m->links, const char *),
               **to    = PARK_ARRAY(arena, m->links, const char *);
    if (from != NULL && to != NULL) {
        for (size_t l = 0; l < m->links; l++) {
            from[l] = park_run_outlet(arena, m, m->link[l].outlet);
            to[l]   = park_run_inlet(arena, m, m->link[l].inlet);
        }
        park_store_texts(store, g, (park_variable){.name = "link_from", .dims = "link"}, from);
        park_store_texts(store, g, (park_variable){.name = "link_to", .dims = "link"}, to);
    }
    park_arena_free(arena);
}

static void cost_lines(park_store *store, park_group design, const park_design *d,
                       const park_running *running)
{
    const park_model *m     = d->model;
    size_t            n     = d->cost_lines;
    park_arena       *arena = park_arena_new();
    const char      **t     = PARK_ARRAY(arena, 4 * n, const char *);
    double           *v     = PARK_ARRAY(arena, 5 * n, double);
    if (n > 0 && t != NULL && v != NULL) {
        park_group g = park_store_group(store, design, "cost");
        for (size_t i = 0; i < n; i++) {
            const park_cost_line *c = &d->cost[i];
            t[i]                    = park_word_of(PARK_WORDS_COST, (int)c->kind);
            t[n + i]                = c->unit >= 0 ? m->unit[c->unit].id : "";
            t[2 * n + i]            = c->link >= 0 ? m->link[c->link].id : "";
            t[3 * n + i]            = c->retrofit >= 0 ? m->retrofit[c->retrofit].id : "";
            v[i]                    = c->yearly;
            v[n + i]                = c->capital;
            v[2 * n + i]            = c->quantity;
            v[3 * n + i]            = running != NULL && running->life != NULL ? running->life[i] : NAN;
            v[4 * n + i]            = running != NULL && running->year != NULL ? running->year[i] : NAN;
        }
        park_store_numbers(store, g, "line", n, "line of the cost");
        static const char *const TEXT[] = {"kind", "unit", "link", "retrofit"};
        for (size_t k = 0; k < 4; k++)
            park_store_texts(store, g, (park_variable){.name = TEXT[k], .dims = "line"}, t + k * n);
        park_store_doubles(store, g, (park_variable){.name = "yearly", .dims = "line", .units = "CNY year-1"},
                           v);
        park_store_doubles(store, g, (park_variable){.name = "capital", .dims = "line", .units = "CNY"},
                           v + n);
        park_store_doubles(store, g,
                           (park_variable){.name      = "quantity",
                                           .dims      = "line",
                                           .long_name = "what it is paid for, SI per year"},
                           v + 2 * n);
        park_store_doubles(store, g,
                           (park_variable){.name      = "life",
                                           .dims      = "line",
                                           .units     = "s",
                                           .long_name = "of what is invested in; NaN for running costs"},
                           v + 3 * n);
        park_store_doubles(
            store, g,
            (park_variable){
                .name = "year", .dims = "line", .units = "1", .long_name = "of the investment, from 0"},
            v + 4 * n);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}

const char *park_store_status_word(park_design_status status)
{
    return park_word_of(PARK_WORDS_STATUS, (int)status);
}

static void outside_proof(park_store *store, park_group group, const park_design *d)
{
    park_arena  *arena = park_arena_new();
    const char **text  = PARK_ARRAY(arena, d->outside_proof_count, const char *);
    for (size_t i = 0; text != NULL && i < d->outside_proof_count; i++)
        text[i] = d->outside_proof[i].en;
    park_store_texts(store, group, (park_variable){.name = "outside_proof", .dims = "note"}, text);
    for (size_t i = 0; text != NULL && i < d->outside_proof_count; i++)
        text[i] = d->outside_proof[i].zh;
    park_store_texts(store, group, (park_variable){.name = "outside_proof_zh", .dims = "note"}, text);
    park_arena_free(arena);
}

static void design_facts(park_store *store, park_group g, const park_design *d)
{
    park_store_note(store, g, "status", park_store_status_word(d->status));
    park_store_note(store, g, "objective_unit", d->unit);
    const struct {
        const char *name;
        double      value;
    } numbers[] = {{"objective", d->objective},
                   {"bound", d->bound},
                   {"gap", d->gap},
                   {"root_bound", d->root_bound},
                   {"yearly_cost", d->yearly_cost},
                   {"investment", d->investment},
                   {"energy", d->energy},
                   {"carbon", d->carbon}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        park_store_note_number(store, g, numbers[i].name, numbers[i].value);
    park_store_note_whole(store, g, "nodes", (int64_t)d->nodes);
    park_store_note_whole(store, g, "lps", (int64_t)d->lps);
    park_store_note_whole(store, g, "work", (int64_t)d->work);
    park_store_note_whole(store, g, "reproducible", d->reproducible);
    park_store_note(store, g, "objective_kind", park_objective_text_of(d->objective_kind).word);
    park_store_numbers(store, g, "note", d->outside_proof_count, "what stands outside the proof");
    outside_proof(store, g, d);
}

void park_store_design(park_store *store, park_group root, const park_design *d, const park_running *running)
{
    if (d == NULL || d->model == NULL)
        return;
    const park_model *m = d->model;
    park_group        g = park_store_group(store, root, "design");
    design_facts(store, g, d);
    park_store_park(store, g, m);
    park_store_link_ends(store, g, m);
    park_store_flags(store, g, (park_variable){.name = "link_used", .dims = "link"}, d->link_used);
    park_store_flags(store, g, (park_variable){.name = "unit_built", .dims = "unit"}, d->unit_built);
    const struct {
        park_variable what;
        const double *value;
    } numbers[] = {
        {{"link_capacity", "link", "m3 s-1", NULL}, d->link_capacity},
        {{"unit_size", "unit", NULL, "m3 s-1 of treatments, m3 of storages"}, d->unit_size},
        {{"link_flow", "season link", "m3 s-1", NULL}, d->link_flow},
        {{"inlet_flow", "season inlet", "m3 s-1", NULL}, d->inlet_flow},
        {{"outlet_flow", "season outlet", "m3 s-1", NULL}, d->outlet_flow},
        {{"outlet_conc", "season outlet constituent", "kg m-3", NULL}, d->outlet_conc},
        {{"inlet_conc", "season inlet constituent", "kg m-3", NULL}, d->inlet_conc},
        {{"volume", "season unit", "m3", "at the season's end"}, d->volume},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        park_store_doubles(store, g, numbers[i].what, numbers[i].value);
    park_arena  *arena = park_arena_new();
    const char **pipe  = PARK_ARRAY(arena, m->links, const char *);
    for (size_t l = 0; pipe != NULL && l < m->links; l++)
        pipe[l] = d->link_size != NULL && d->link_size[l] >= 0 ? m->pipe.size[d->link_size[l]].name : "";
    if (pipe != NULL)
        park_store_texts(store, g,
                         (park_variable){.name      = "link_pipe",
                                         .dims      = "link",
                                         .long_name = "size that the catalogue sells"},
                         pipe);
    const char **id = PARK_ARRAY(arena, m->retrofits, const char *);
    for (size_t r = 0; id != NULL && r < m->retrofits; r++)
        id[r] = m->retrofit[r].id;
    if (id != NULL && m->retrofits > 0) {
        park_store_labels(store, g, "retrofit", id, m->retrofits, "retrofit");
        park_store_flags(store, g, (park_variable){.name = "retrofit_chosen", .dims = "retrofit"},
                         d->retrofit);
    }
    park_arena_free(arena);
    cost_lines(store, g, d, running);
    park_store_close(store, g);
}

static void ledger_of(park_store *store, park_group parent, const char *name, const park_model *m,
                      const park_ledger *l)
{
    if (l == NULL)
        return;
    const char *origin[PARK_ORIGIN_NONE];
    for (int o = 0; o < PARK_ORIGIN_NONE; o++)
        origin[o] = park_word_of(PARK_WORDS_ORIGIN, o);
    park_group g = park_store_group(store, parent, name);
    park_store_park(store, g, m);
    park_store_labels(store, g, "origin", origin, PARK_ORIGIN_NONE, "origin of the first use");
    const struct {
        park_variable what;
        const double *value;
    } columns[] = {
        {{"link_water", "season link", "m3 year-1", NULL}, l->link_water},
        {{"link_mass", "season link constituent", "kg year-1", NULL}, l->link_mass},
        {{"outlet_water", "season outlet", "m3 year-1", NULL}, l->outlet_water},
        {{"outlet_mass", "season outlet constituent", "kg year-1", NULL}, l->outlet_mass},
        {{"own_water", "season unit", "m3 year-1", "rain on open water"}, l->own_water},
        {{"own_mass", "season unit constituent", "kg year-1", NULL}, l->own_mass},
        {{"added_mass", "season unit constituent", "kg year-1", NULL}, l->added_mass},
        {{"removed_mass", "season unit constituent", "kg year-1", NULL}, l->removed_mass},
        {{"stored_water", "season unit", "m3 year-1", NULL}, l->stored_water},
        {{"stored_mass", "season unit constituent", "kg year-1", NULL}, l->stored_mass},
        {{"circulating", "season unit", "m3 year-1", NULL}, l->circulating},
        {{"required", "season unit", "m3 year-1", NULL}, l->required},
        {{"unmet", "season unit", "m3 year-1", NULL}, l->unmet},
        {{"spilled", "season unit", "m3 year-1", NULL}, l->spilled},
        {{"spilled_mass", "season unit constituent", "kg year-1", NULL}, l->spilled_mass},
        {{"unit_energy", "season unit", "J year-1", NULL}, l->unit_energy},
        {{"link_energy", "season link", "J year-1", NULL}, l->link_energy},
        {{"link_used_share", "season link", "1", "used before inside the park"}, l->link_used_share},
        {{"link_treated_share", "season link", "1", "used before and treated since"}, l->link_treated_share},
        {{"link_origin_share", "season link origin", "1", NULL}, l->link_origin_share},
        {{"link_first_share", "season link origin", "1", "not used yet"}, l->link_first_share},
    };
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        park_store_doubles(store, g, columns[i].what, columns[i].value);
    park_store_close(store, g);
}

void park_store_ledgers(park_store *store, park_group root, const park_run_record *record)
{
    const park_model *m = park_record_model(record);
    park_group        g = park_store_group(store, root, "ledger");
    if (record->design != NULL)
        ledger_of(store, g, "promised", m, record->design->ledger);
    if (record->simulation != NULL)
        ledger_of(store, g, "simulated", m, record->simulation->ledger);
    park_store_close(store, g);
}

/* ---- the simulated year ---- */

static void violations(park_store *store, park_group parent, const park_model *m, const park_simulation *s)
{
    size_t       n     = s->violations;
    park_arena  *arena = park_arena_new();
    const char **t     = PARK_ARRAY(arena, 7 * n, const char *);
    double      *v     = PARK_ARRAY(arena, 6 * n, double);
    if (n > 0 && t != NULL && v != NULL) {
        park_group g = park_store_group(store, parent, "violations");
        for (size_t i = 0; i < n; i++) {
            const park_violation *a        = &s->violation[i];
            const char           *row[]    = {park_word_of(PARK_WORDS_VIOLATION, (int)a->kind),
                                 a->unit >= 0 ? m->unit[a->unit].id : "",
                                 a->inlet >= 0    ? park_run_inlet(arena, m, a->inlet)
                                              : a->outlet >= 0 ? park_run_outlet(arena, m, a->outlet)
                                                               : "",
                                 a->link >= 0 ? m->link[a->link].id : "",
                                 a->constituent >= 0 ? m->constituent[a->constituent].id : "",
                                 a->season >= 0 ? m->time.season[a->season].id : "",
                                 a->place != NULL ? a->place : ""};
            const double          number[] = {a->limit, a->promise, a->simulated,
                                              a->hours, a->share,   (double)a->worst};
            for (size_t k = 0; k < 7; k++)
                t[k * n + i] = row[k];
            for (size_t k = 0; k < 6; k++)
                v[k * n + i] = number[k];
        }
        static const char *const TEXT[]   = {"kind",        "unit",   "port",        "link",
                                             "constituent", "season", "network_node"};
        static const char *const NUMBER[] = {"limit", "promise", "simulated", "hours", "share", "worst_time"};
        park_store_numbers(store, g, "violation", n, "violation, the worst first");
        for (size_t k = 0; k < 7; k++)
            park_store_texts(store, g, (park_variable){.name = TEXT[k], .dims = "violation"}, t + k * n);
        for (size_t k = 0; k < 6; k++)
            park_store_doubles(
                store, g,
                (park_variable){.name  = NUMBER[k],
                                .dims  = "violation",
                                .units = k == 5 ? "seconds since 1970-01-01 00:00:00 +00:00" : NULL},
                v + k * n);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}

static void events(park_store *store, park_group parent, const park_model *m, const park_simulation *s)
{
    size_t       n     = s->events;
    park_arena  *arena = park_arena_new();
    const char **t     = PARK_ARRAY(arena, 3 * n, const char *);
    double      *time  = PARK_ARRAY(arena, n, double);
    if (n > 0 && t != NULL && time != NULL) {
        park_group g = park_store_group(store, parent, "events");
        for (size_t i = 0; i < n; i++) {
            const park_event *e = &s->event[i];
            t[i]                = park_event_word(e->kind);
            t[n + i]            = e->unit >= 0 ? m->unit[e->unit].id : "";
            t[2 * n + i]        = e->link >= 0 ? m->link[e->link].id : "";
            time[i]             = e->exact;
        }
        park_store_numbers(store, g, "event", n, "event");
        park_store_texts(store, g, (park_variable){.name = "kind", .dims = "event"}, t);
        park_store_texts(store, g, (park_variable){.name = "unit", .dims = "event"}, t + n);
        park_store_texts(store, g, (park_variable){.name = "link", .dims = "event"}, t + 2 * n);
        park_store_doubles(store, g,
                           (park_variable){.name  = "time",
                                           .dims  = "event",
                                           .units = "seconds since 1970-01-01 00:00:00 +00:00"},
                           time);
        park_store_note_whole(store, g, "events_total", (int64_t)s->events_total);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}

void park_store_simulation(park_store *store, park_group root, const park_model *m, const park_simulation *s)
{
    if (s == NULL)
        return;
    park_group g = park_store_group(store, root, "simulation");
    park_store_park(store, g, m);
    park_store_note_number(store, g, "drift", s->drift);
    park_store_note_whole(store, g, "steps", (int64_t)s->steps);
    park_store_note_whole(store, g, "evaluations", (int64_t)s->evaluations);
    park_store_note_whole(store, g, "restarts", (int64_t)s->restarts);
    park_store_note_whole(store, g, "start", s->start);
    park_store_note_whole(store, g, "end", s->end);
    park_store_note_whole(store, g, "complete", s->complete);
    park_store_note_number(store, g, "running", s->bill.running);
    park_store_note_number(store, g, "carbon_grid", s->bill.carbon[PARK_CARBON_GRID]);
    park_store_note_number(store, g, "carbon_process", s->bill.carbon[PARK_CARBON_PROCESS]);
    const struct {
        park_variable what;
        const double *value;
    } columns[] = {
        {{"inlet_peak", "inlet constituent", "kg m-3", "worst hour"}, s->inlet_peak},
        {{"outlet_peak", "outlet constituent", "kg m-3", "worst hour"}, s->outlet_peak},
        {{"link_peak", "link", "m3 s-1", NULL}, s->link_peak},
        {{"volume_min", "unit", "m3", NULL}, s->volume_min},
        {{"volume_max", "unit", "m3", NULL}, s->volume_max},
    };
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        park_store_doubles(store, g, columns[i].what, columns[i].value);
    park_store_whole(store, g,
                     (park_variable){.name      = "inlet_peak_time",
                                     .dims      = "inlet constituent",
                                     .long_name = "s since 1970-01-01 UTC"},
                     s->inlet_peak_time);
    violations(store, g, m, s);
    events(store, g, m, s);
    park_store_close(store, g);
}

/* What each column is of, by the order of park/unit, park/link and so on; enumerations by their words. */
static void column_facts(park_store *store, park_group g, const park_rows *rows, park_arena *arena)
{
    static const char *const NAME[] = {"column_link", "column_unit", "column_outlet", "column_inlet",
                                       "column_constituent"};
    static const char *const TEXT[] = {"column_kind", "column_part", "column_state", "column_state_zh",
                                       "column_state_en"};
    size_t                   n      = rows->columns;
    int64_t                 *whole  = PARK_ARRAY(arena, 5 * n, int64_t);
    const char             **text   = PARK_ARRAY(arena, 5 * n, const char *);
    if (whole == NULL || text == NULL)
        return;
    for (size_t c = 0; c < n; c++) {
        const park_column *k     = &rows->column[c];
        const int32_t      row[] = {k->link, k->unit, k->outlet, k->inlet, k->constituent};
        for (size_t i = 0; i < 5; i++)
            whole[i * n + c] = row[i];
        text[c]         = park_word_of(PARK_WORDS_COLUMN, (int)k->kind);
        text[n + c]     = k->kind == PARK_COLUMN_MONEY    ? park_word_of(PARK_WORDS_COST, k->part)
                          : k->kind != PARK_COLUMN_CARBON ? ""
                          : k->part == PARK_CARBON_GRID   ? "grid"
                                                          : "process";
        text[2 * n + c] = k->state != NULL ? k->state->word : "";
        text[3 * n + c] = k->state != NULL ? park_label_text(k->state->label, true) : "";
        text[4 * n + c] = k->state != NULL ? park_label_text(k->state->label, false) : "";
    }
    for (size_t i = 0; i < 5; i++)
        park_store_whole(store, g,
                         (park_variable){.name      = NAME[i],
                                         .dims      = "column",
                                         .long_name = "place in the list of park/, from 0; -1 none"},
                         whole + i * n);
    for (size_t i = 0; i < 5; i++)
        park_store_texts(store, g, (park_variable){.name = TEXT[i], .dims = "column"}, text + i * n);
}

void park_store_series(park_store *store, park_group root, const park_model *m, const park_rows *rows,
                       int bits)
{
    if (rows == NULL || rows->rows == 0 || rows->columns == 0)
        return;
    park_arena  *arena = park_arena_new();
    const char **name  = PARK_ARRAY(arena, rows->columns, const char *);
    const char **units = PARK_ARRAY(arena, rows->columns, const char *);
    if (name != NULL && units != NULL) {
        for (size_t c = 0; c < rows->columns; c++) {
            name[c]  = park_column_text(arena, m, &rows->column[c]);
            units[c] = park_column_units(&rows->column[c]);
        }
        park_group g = park_store_group(store, root, "series");
        park_store_times(store, g, "time", rows->time, rows->rows);
        park_store_labels(store, g, "column", name, rows->columns, "what is recorded");
        park_store_texts(store, g, (park_variable){.name = "column_units", .dims = "column"}, units);
        column_facts(store, g, rows, arena);
        park_store_columns(
            store, g,
            (park_variable){.name      = "value",
                            .dims      = "time column",
                            .long_name = "flows: mean over the step that ends there; states: at its end"},
            rows->value, rows->rows, rows->columns, bits);
        park_store_note_whole(store, g, "every_seconds", rows->every);
        park_store_note_whole(store, g, "utc_offset_seconds", m->time.utc_offset);
        park_store_close(store, g);
    }
    park_arena_free(arena);
}
