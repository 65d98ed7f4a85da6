/* The part of a run that only its page shows, read back. */
#include "results/saved.h"

#include "base/calendar.h"
#include "results/reader.h"
#include "results/words.h"

#include "objective_text.h"

#include <math.h>
#include <string.h>

typedef struct taker {
    park_h5    *h;
    park_arena *arena;
    park_saved *to;
    bool        failed; /* out of memory */
    const char *wrong;  /* a column that this version does not know; NULL none */
} taker;

#define ROOM(pointer, count, type)                                                                           \
    ((pointer) = PARK_ARRAY(t->arena, (count) + 1, type), t->failed = t->failed || (pointer) == NULL,        \
     (pointer) != NULL)

/* An index that a damaged file cannot lead astray. */
static int32_t within(int64_t index, size_t count)
{
    return index >= 0 && (size_t)index < count ? (int32_t)index : PARK_NONE;
}

static int32_t link_of(const park_model *m, const char *id)
{
    for (size_t l = 0; id[0] != '\0' && l < m->links; l++)
        if (strcmp(m->link[l].id, id) == 0)
            return (int32_t)l;
    return PARK_NONE;
}

static int32_t unit_of(const park_model *m, const char *id)
{
    return id[0] != '\0' ? park_model_unit(m, id) : PARK_NONE;
}

static int32_t constituent_of(const park_model *m, const char *id)
{
    return id[0] != '\0' ? park_model_constituent(m, id) : PARK_NONE;
}

/* ---- series ---- */

static void state_of(taker *t, park_column *column, const char *word, const char *units, const char *zh,
                     const char *en)
{
    park_state_info *state = word[0] != '\0' ? PARK_NEW(t->arena, park_state_info) : NULL;
    if (word[0] == '\0')
        return;
    t->failed = t->failed || state == NULL;
    if (state != NULL)
        *state = (park_state_info){.word = word, .units = units, .label = {.zh = zh, .en = en}};
    column->state = state;
}

/* Does a column say what it is of? Those who show it ask no more. */
static bool has_subject(const park_column *c)
{
    switch (c->kind) {
    case PARK_COLUMN_LINK_FLOW:
    case PARK_COLUMN_WITHHELD:
        return c->link >= 0;
    case PARK_COLUMN_OUTLET_CONC:
        return c->outlet >= 0 && c->constituent >= 0;
    case PARK_COLUMN_INLET_CONC:
        return c->inlet >= 0 && c->constituent >= 0;
    case PARK_COLUMN_UNMET:
        return c->inlet >= 0;
    case PARK_COLUMN_VOLUME:
    case PARK_COLUMN_SPILL:
    case PARK_COLUMN_POWER:
    case PARK_COLUMN_STATE:
        return c->unit >= 0;
    case PARK_COLUMN_MONEY:
        return c->part >= 0;
    case PARK_COLUMN_CARBON:
        break;
    }
    return true;
}

/* Do rows follow each other, in years that calendars have? Pages count days between them. */
static bool times_rise(const double *time, size_t count, int64_t every)
{
    static const double FAR  = 1e11; /* [s] */
    bool                rise = every > 0 && every <= 366 * PARK_DAY_SECONDS;
    for (size_t r = 0; r < count; r++)
        rise = rise && fabs(time[r]) < FAR && (r == 0 || time[r] > time[r - 1]);
    return rise;
}

/* A file keeps rows, the memory columns. */
static void rows(taker *t)
{
    static const char G[] = "series";
    const park_model *m   = &t->to->model;
    size_t            n = park_h5_count(t->h, G, "column_kind"), R = park_h5_count(t->h, G, "time");
    park_rows        *to = n > 0 && R > 0 ? PARK_NEW(t->arena, park_rows) : NULL;
    if (n == 0 || R == 0)
        return;
    static const char *const NAME[] = {"column_link", "column_unit", "column_outlet", "column_inlet",
                                       "column_constituent"};
    const int64_t           *fact[5];
    for (int i = 0; i < 5; i++)
        fact[i] = park_h5_wholes(t->h, G, NAME[i], n);
    const char **kind  = park_h5_texts(t->h, G, "column_kind", n),
               **part  = park_h5_texts(t->h, G, "column_part", n);
    const char **word  = park_h5_texts(t->h, G, "column_state", n),
               **zh    = park_h5_texts(t->h, G, "column_state_zh", n),
               **en    = park_h5_texts(t->h, G, "column_state_en", n),
               **units = park_h5_texts(t->h, G, "column_units", n);
    double *time = park_h5_doubles(t->h, G, "time", R), *value = park_h5_doubles(t->h, G, "value", R * n);
    t->failed = t->failed || to == NULL;
    for (int i = 0; i < 5; i++)
        t->failed = t->failed || fact[i] == NULL;
    if (t->failed || !kind || !part || !word || !zh || !en || !units || !time || !value ||
        !ROOM(to->column, n, park_column) || !ROOM(to->time, R, int64_t) || !ROOM(to->value, R * n, double))
        return;
    to->columns = n, to->rows = R, to->every = park_h5_whole(t->h, G, "every_seconds");
    for (size_t c = 0; c < n; c++) {
        int of        = park_word_find(PARK_WORDS_COLUMN, kind[c]);
        to->column[c] = (park_column){
            .kind        = (park_column_kind)(of < 0 ? 0 : of),
            .link        = within(fact[0][c], m->links),
            .unit        = within(fact[1][c], m->units),
            .outlet      = within(fact[2][c], m->outlets),
            .inlet       = within(fact[3][c], m->inlets),
            .constituent = within(fact[4][c], m->constituents),
            .part        = of == PARK_COLUMN_CARBON
                               ? (strcmp(part[c], "grid") == 0 ? PARK_CARBON_GRID : PARK_CARBON_PROCESS)
                               : park_word_find(PARK_WORDS_COST, part[c])};
        if (of < 0 || (of == PARK_COLUMN_STATE) != (word[c][0] != '\0') || !has_subject(&to->column[c]))
            t->wrong = kind[c];
        state_of(t, &to->column[c], word[c], units[c], zh[c], en[c]);
        for (size_t r = 0; r < R; r++)
            to->value[c * R + r] = value[r * n + c];
    }
    if (!times_rise(time, R, to->every)) {
        t->wrong = "time";
        return;
    }
    for (size_t r = 0; r < R; r++)
        to->time[r] = (int64_t)time[r];
    t->to->record.rows = to;
}

/* ---- rounds ---- */

static void contradictions(taker *t, park_round *round, size_t rounds)
{
    static const char G[]  = "rounds/contradictions";
    const park_model *m    = &t->to->model;
    size_t            n    = park_h5_count(t->h, G, "kind");
    int64_t          *of   = park_h5_wholes(t->h, G, "round", n);
    const char      **kind = park_h5_texts(t->h, G, "kind", n), **unit = park_h5_texts(t->h, G, "unit", n),
               **link = park_h5_texts(t->h, G, "link", n), **stuff = park_h5_texts(t->h, G, "constituent", n);
    double *limit = park_h5_doubles(t->h, G, "limit", n), *seen = park_h5_doubles(t->h, G, "simulated", n);
    park_violation *list;
    if (!ROOM(list, n, park_violation) || !of || !kind || !unit || !link || !stuff || !limit || !seen)
        return;
    for (size_t i = 0; i < n; i++) {
        int what = park_word_find(PARK_WORDS_VIOLATION, kind[i]);
        list[i]  = (park_violation){.kind        = (park_violation_kind)(what < 0 ? 0 : what),
                                    .unit        = unit_of(m, unit[i]),
                                    .link        = link_of(m, link[i]),
                                    .constituent = constituent_of(m, stuff[i]),
                                    .inlet       = PARK_NONE,
                                    .outlet      = PARK_NONE,
                                    .season      = PARK_NONE,
                                    .limit       = limit[i],
                                    .simulated   = seen[i]};
        for (size_t r = 0; r < rounds; r++)
            if (round[r].number == (int)of[i] && round[r].violation == NULL)
                round[r].violation = &list[i]; /* those of a round stand together */
    }
    for (size_t r = 0; r < rounds; r++) { /* as many as were kept: no reading beyond them */
        size_t kept = 0;
        while (round[r].violation != NULL && round[r].violation + kept < list + n &&
               kept < round[r].violations &&
               of[(size_t)(round[r].violation - list) + kept] == round[r].number)
            kept++;
        if (round[r].violation != NULL)
            round[r].violations = kept;
    }
}

static void rounds(taker *t)
{
    static const char        G[]    = "rounds";
    static const char *const NAME[] = {"objective",   "bound",          "gap",
                                       "worst_share", "simulated_from", "simulated_to"};
    size_t                   n      = park_h5_count(t->h, G, "objective");
    const double            *v[6];
    for (int k = 0; k < 6; k++)
        v[k] = park_h5_doubles(t->h, G, NAME[k], n);
    int64_t *found = park_h5_wholes(t->h, G, "violations", n), *moved = park_h5_wholes(t->h, G, "margins", n);
    park_round *round;
    for (int k = 0; k < 6; k++)
        t->failed = t->failed || v[k] == NULL;
    if (!ROOM(round, n, park_round) || t->failed || !found || !moved)
        return;
    for (size_t i = 0; i < n; i++)
        round[i] = (park_round){.number         = (int)i + 1,
                                .objective      = v[0][i],
                                .bound          = v[1][i],
                                .gap            = v[2][i],
                                .worst_share    = v[3][i],
                                .simulated_from = v[4][i],
                                .simulated_to   = v[5][i],
                                .violations     = found[i] > 0 ? (size_t)found[i] : 0,
                                .margins        = moved[i] > 0 ? (size_t)moved[i] : 0};
    contradictions(t, round, n);
    t->to->record.rounds = n;
    t->to->record.round  = round;
}

/* ---- what happened, what was assumed, what was found ---- */

static void events(taker *t)
{
    static const char G[]  = "simulation/events";
    park_simulation  *s    = &t->to->simulation;
    size_t            n    = park_h5_count(t->h, G, "kind");
    const char      **kind = park_h5_texts(t->h, G, "kind", n), **unit = park_h5_texts(t->h, G, "unit", n),
               **link = park_h5_texts(t->h, G, "link", n);
    double *time      = park_h5_doubles(t->h, G, "time", n);
    if (n == 0 || !ROOM(s->event, n, park_event) || !kind || !unit || !link || !time)
        return;
    for (size_t i = 0; i < n; i++) {
        int what = PARK_EVENT_KINDS - 1;
        while (what > 0 && strcmp(park_event_word((park_event_kind)what), kind[i]) != 0)
            what--;
        s->event[i] = (park_event){.kind  = (park_event_kind)what,
                                   .time  = isfinite(time[i]) ? (int64_t)floor(time[i]) : 0,
                                   .exact = time[i],
                                   .unit  = unit_of(&t->to->model, unit[i]),
                                   .link  = link_of(&t->to->model, link[i])};
    }
    s->events       = n;
    s->events_total = (size_t)park_h5_whole(t->h, G, "events_total");
}

static void assumptions(taker *t)
{
    static const char G[]  = "assumptions";
    size_t            n    = park_h5_count(t->h, G, "path");
    const char      **path = park_h5_texts(t->h, G, "path", n), **value = park_h5_texts(t->h, G, "value", n),
               **origin = park_h5_texts(t->h, G, "origin", n),
               **of     = park_h5_texts(t->h, G, "source_class", n),
               **source = park_h5_texts(t->h, G, "source", n);
    park_assumption *list;
    if (!ROOM(list, n, park_assumption) || !path || !value || !origin || !of || !source)
        return;
    for (size_t i = 0; i < n; i++)
        list[i] = (park_assumption){path[i], value[i], origin[i], of[i], source[i]};
    t->to->record.assumptions = n;
    t->to->record.assumption  = list;
}

static void findings(taker *t)
{
    static const char G[]  = "findings";
    size_t            n    = park_h5_count(t->h, G, "code");
    const char      **code = park_h5_texts(t->h, G, "code", n), **how = park_h5_texts(t->h, G, "severity", n),
               **zh = park_h5_texts(t->h, G, "message_zh", n), **en = park_h5_texts(t->h, G, "message_en", n);
    park_findings *list = PARK_NEW(t->arena, park_findings);
    t->failed           = t->failed || list == NULL;
    if (list == NULL || !code || !how || !zh || !en)
        return;
    park_findings_init(list, t->arena);
    for (size_t i = 0; i < n; i++) {
        park_code     of       = park_code_find(code[i]);
        park_severity severity = strcmp(how[i], "error") == 0     ? PARK_ERROR
                                 : strcmp(how[i], "warning") == 0 ? PARK_WARNING
                                                                  : PARK_NOTE;
        park_finding *to       = of == PARK_CODE_COUNT /* of another version */
                                     ? NULL
                                     : park_finding_add(list, of, severity, NULL, "%s", "%s", "");
        if (to != NULL)
            to->zh = zh[i], to->en = en[i];
    }
    t->to->record.findings = list;
}

/* What a plan says beside its numbers. */
static void plan(taker *t)
{
    static const char G[] = "design";
    park_design      *d   = &t->to->design;
    park_model       *m   = &t->to->model;
    size_t            n = park_h5_count(t->h, G, "outside_proof_zh"), L = park_h5_count(t->h, G, "link_pipe");
    const char      **zh = park_h5_texts(t->h, G, "outside_proof_zh", n),
               **en      = park_h5_texts(t->h, G, "outside_proof", n),
               **pipe    = park_h5_texts(t->h, G, "link_pipe", L);
    park_label *note;
    if (t->to->record.design == NULL || !zh || !en || !pipe || !ROOM(note, n, park_label))
        return;
    for (size_t i = 0; i < n; i++)
        note[i] = (park_label){zh[i], en[i]};
    if (park_h5_has(t->h, "front")) { /* the bound is that of a point; the points stay in the file */
        park_front *front = PARK_NEW(t->arena, park_front);
        t->failed         = t->failed || front == NULL;
        d->front          = front;
    }
    d->outside_proof_count = n;
    d->outside_proof       = note;
    const char *objective =
        park_h5_says(t->h, G, "objective_kind") ? park_h5_text(t->h, G, "objective_kind") : "";
    for (int k = 0; k < PARK_OBJECTIVE_KINDS; k++)
        if (strcmp(park_objective_text_of((park_objective_kind)k).word, objective) == 0)
            d->objective_kind = (park_objective_kind)k;
    if (L != m->links || !ROOM(d->link_size, L, int32_t) || !ROOM(m->pipe.size, L, park_pipe_size))
        return;
    for (size_t l = 0; l < L; l++) { /* each its own: a catalogue of names alone */
        m->pipe.size[l] = (park_pipe_size){.name = pipe[l]};
        d->link_size[l] = pipe[l][0] != '\0' ? (int32_t)l : PARK_NONE;
    }
}

static void chapters(taker *t)
{
    static const char *const ID[] = {"front",     "futures", "stages", "forms",   "worth",
                                     "abatement", "bill",    "rain",   "networks"};
    park_kept_chapter       *list;
    size_t                   n = 0;
    if (!park_h5_has(t->h, "page") || !ROOM(list, sizeof ID / sizeof ID[0], park_kept_chapter))
        return;
    for (size_t i = 0; i < sizeof ID / sizeof ID[0]; i++)
        if (park_h5_count(t->h, "page", ID[i]) == 1)
            list[n++] = (park_kept_chapter){ID[i], park_h5_document(t->h, "page", ID[i])};
    t->to->record.chapters = n;
    t->to->record.chapter  = list;
}

park_status park_saved_page(park_saved *saved, park_arena *arena, park_error *err)
{
    taker at = {.arena = arena, .to = saved}, *t = &at;
    PARK_TRY(park_h5_open(saved->path, arena, &at.h, err));
    saved->record.provenance.command = park_h5_text(at.h, "wall_clock", "command");
    saved->record.first_bound =
        park_h5_says(at.h, "", "first_bound") ? park_h5_number(at.h, "", "first_bound") : NAN;
    if (saved->record.simulation != NULL && park_h5_has(at.h, "simulation/inlet_peak_time"))
        saved->simulation.inlet_peak_time = park_h5_wholes(at.h, "simulation", "inlet_peak_time",
                                                           saved->model.inlets * saved->model.constituents);
    plan(t);
    rows(t);
    rounds(t);
    events(t);
    assumptions(t);
    findings(t);
    chapters(t);
    PARK_TRY(park_h5_done(at.h, err));
    if (at.wrong != NULL)
        return PARK_FAIL(err, PARK_E_INPUT, "%s does not hold together: a series of the kind '%.60s'",
                         saved->path, at.wrong);
    return at.failed ? PARK_FAIL(err, PARK_E_MEMORY, "no memory to read %s", saved->path) : PARK_OK;
}
