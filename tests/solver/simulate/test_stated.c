/* Units with states of their own: events at their instant, closure of water and mass, order of passages, checkpoints. */
#include "stated_kind.h"

static const char *const NAMES[] = {"TDS", "COD"};
static const double      WATER[] = {0.5, 0.1}; /* kg/m3 */

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
} bench;

static bench bench_new(int32_t days)
{
    bench b             = {.arena = park_arena_new()};
    b.draft             = draft_with(b.arena, NAMES, BED_C);
    b.draft->candidates = PARK_CANDIDATES_NONE;
    park_findings_init(&b.findings, b.arena);
    period(b.draft, day_start(2025, 3, 1), day_start(2025, 3, 1) + days * 86400, PARK_SEASONS_MONTHS);
    return b;
}

/* river -> bed -> user -> out, the wash water to out. */
typedef const park_states_face *(*states_of)(const park_model *, int32_t);

static int32_t one_bed(bench *b, states_of states)
{
    add_source(b->draft, "surface", "river", WATER);
    int32_t bed = add_bed(b->draft, bed_kind(b->arena, states), "bed", PARK_DUTY_SUPPLY);
    add_process(b->draft, "user", 45.0 * M3_H, 0.0);
    add_unit(b->draft, PARK_SINK, "outfall", "out");
    connect(b->draft, "river", "bed");
    connect(b->draft, "bed", "user");
    connect(b->draft, "bed.backwash", "out");
    connect(b->draft, "user", "out");
    CHECK(stands(b->draft, &b->findings, false));
    return bed;
}

static void closes(const park_simulation *s)
{
    CHECK(s->closure.water <= 1e-12);
    CHECK(s->closure.mass <= 1e-12);
    CHECK(s->unsettled == 0 && s->complete);
}

/* 45 m3/h of product: 50 m3/h enter, and 45 while the bed is washed. Half of 0.1 kg/m3 is caught: 2.5 kg/h, 2.25 while washing.
 * 1 kg is there after 1440 s; a wash of 600 s collects 0.375 kg, the rest takes 900 s more: every 1500 s. */
static void beds_are_washed_when_they_are_full(void)
{
    bench            b   = bench_new(3);
    int32_t          bed = one_bed(&b, bed_states);
    rows             r   = {.arena = b.arena, .fail_after = -1};
    park_simulation *s   = simulate(b.arena, b.draft, NULL, NULL, &r);
    size_t           n   = 0;
    for (size_t e = 0; s != NULL && e < s->events; e++)
        if (s->event[e].kind == PARK_EVENT_BACKWASH) {
            CHECK(s->event[e].unit == bed);
            double want = (double)b.draft->time.start + 1440.0 + 1500.0 * (double)n;
            CHECK_CLOSE(s->event[e].exact, want, 0.01);
            n++;
        }
    CHECK(n == (3 * 86400 - 1440) / 1500 + 1);
    closes(s);
    int load = -1;
    for (size_t c = 0; c < r.columns; c++)
        if (r.column[c].kind == PARK_COLUMN_STATE && strcmp(r.column[c].state->word, "load") == 0)
            load = (int)c;
    CHECK(load >= 0 && r.column[load].unit == bed);
    /* 3600 s: wash at 1440..2040, 1 kg gone, 2.25/6 kg collected, then a wash at 2940..3540, 60 s of 2.5 kg/h after it */
    CHECK_CLOSE(rows_at(&r, 0, load), 0.375 + 2.5 / 60.0, 1e-6);
    /* the unit's own word on energy: 100 W */
    double joule = 0.0;
    for (size_t season = 0; s != NULL && season < s->ledger->seasons; season++)
        joule += s->ledger->unit_energy[season * b.draft->units + (size_t)bed];
    CHECK_CLOSE(joule, 100.0 * b.draft->time.year_seconds, 1e-3 * joule);
    park_arena_free(b.arena);
}

/* A second bed behind the first, whose wash water comes back to its own inlet by way of a plant; demand by the hour. */
static bench loop(int32_t days)
{
    bench                 b     = bench_new(days);
    const double          day[] = {0.4, 1.0, 1.6, 1.2, 0.2};
    const park_unit_kind *kind  = bed_kind(b.arena, bed_states);
    add_source(b.draft, "surface", "river", WATER);
    add_bed(b.draft, kind, "first", PARK_DUTY_SUPPLY);
    add_bed(b.draft, kind, "second", PARK_DUTY_WASTE);
    int32_t user = add_process(b.draft, "user", 45.0 * M3_H, 0.1);
    int32_t pond = add_unit(b.draft, PARK_TREATMENT, "removal", "settler");
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    ((park_process *)params_of(b.draft, user))->demand.flow.pattern = hourly(b.draft, 5, day);
    b.draft->unit[pond].existing                                    = true;
    b.draft->unit[pond].duty                                        = PARK_DUTY_WASTE;
    connect(b.draft, "river", "first");
    connect(b.draft, "first", "user");
    connect(b.draft, "user", "second");
    connect(b.draft, "second", "out");
    connect(b.draft, "first.backwash", "settler");
    connect(b.draft, "second.backwash", "settler");
    connect(b.draft, "settler", "second");
    CHECK(stands(b.draft, &b.findings, false));
    return b;
}

static void loops_close(void)
{
    bench            b = loop(20);
    park_simulation *s = simulate(b.arena, b.draft, NULL, NULL, NULL);
    CHECK(s != NULL && s->events_total > 1000);
    closes(s);
    /* what the river brought of COD is in the outfall: what beds and tanks hold is little against 20 days */
    size_t river = (size_t)park_model_outlet(b.draft, "river"), L = b.draft->links;
    double in = 0.0, out = 0.0;
    for (size_t season = 0; s != NULL && season < s->ledger->seasons; season++) {
        in += s->ledger->outlet_mass[(season * b.draft->outlets + river) * BED_C + BED_COD];
        for (size_t l = 0; l < L; l++)
            if (b.draft->unit[b.draft->link[l].to].role == PARK_SINK)
                out += s->ledger->link_mass[(season * L + l) * BED_C + BED_COD];
    }
    CHECK_CLOSE(out / in, 1.0, 0.01);
    park_arena_free(b.arena);
}

/* ---- checkpoints ---- */

typedef struct shelf {
    park_arena *arena;
    void       *data;
    size_t      bytes;
    int64_t     time;
} shelf;

static park_status put(void *user, int64_t time, const void *bytes, size_t count, park_error *err)
{
    shelf *s = user;
    (void)err;
    if (s->data != NULL) /* the first */
        return PARK_OK;
    s->data = PARK_ARRAY(s->arena, count, char);
    memcpy(s->data, bytes, count);
    s->bytes = count, s->time = time;
    return PARK_OK;
}

/* Is a bed being washed at this time? By the last of its events before it. */
static bool washed_at(const park_simulation *s, int64_t time)
{
    bool any = false;
    for (size_t e = 0; e < s->events; e++) {
        bool last = true;
        for (size_t later = e + 1; later < s->events; later++)
            last =
                last && !(s->event[later].unit == s->event[e].unit && s->event[later].exact <= (double)time);
        any = any || (last && s->event[e].exact <= (double)time && s->event[e].kind == PARK_EVENT_BACKWASH);
    }
    return any;
}

/* Kept at hours at some of which a bed is being washed. */
static void a_march_goes_on_in_the_middle_of_a_wash(void)
{
    int during = 0;
    for (int hours = 5; hours <= 11; hours += 2) {
        bench                  b    = loop(2);
        shelf                  kept = {.arena = b.arena};
        rows                   all = {.arena = b.arena, .fail_after = -1}, rest = all;
        park_simulate_settings settings, again;
        park_simulate_settings_default(&settings);
        again         = settings;
        settings.keep = put, settings.keep_user = &kept, settings.keep_every = hours * 3600;
        park_simulation *whole = simulate(b.arena, b.draft, NULL, &settings, &all);
        again.resume           = kept.data;
        again.resume_bytes     = kept.bytes;
        park_simulation *taken = kept.data == NULL ? NULL : simulate(b.arena, b.draft, NULL, &again, &rest);
        CHECK(whole != NULL && taken != NULL);
        if (whole == NULL || taken == NULL)
            break;
        size_t from = all.count - rest.count, S = b.draft->time.seasons;
        CHECK(from == (size_t)hours);
        CHECK(memcmp(all.value + from * all.columns, rest.value,
                     rest.count * rest.columns * sizeof(double)) == 0);
        CHECK(memcmp(whole->ledger->link_mass, taken->ledger->link_mass,
                     S * b.draft->links * BED_C * sizeof(double)) == 0);
        CHECK(memcmp(whole->ledger->stored_mass, taken->ledger->stored_mass,
                     S * b.draft->units * BED_C * sizeof(double)) == 0);
        CHECK(whole->events_total == taken->events_total);
        during += washed_at(whole, kept.time);
        park_arena_free(b.arena);
    }
    printf("  %d of 4 checkpoints during a wash\n", during);
    CHECK(during > 0);
}

/* ---- failures ---- */

static park_status advance_fails(const park_states *states, const park_passing *p, double *y,
                                 park_passed *out, park_error *err)
{
    if (p->t >= (double)day_start(2025, 3, 1) + 7200.0)
        return PARK_FAIL(err, PARK_E_NUMERIC, "the load is not finite");
    return bed_advance(states, p, y, out, err);
}

static park_status lay_fails(const park_model *model, int32_t unit, const void *params, double design_flow,
                             park_arena *arena, park_states *states, park_error *err)
{
    (void)params, (void)design_flow, (void)arena, (void)states;
    return PARK_FAIL(err, PARK_E_RANGE, "%s has no area", model->unit[unit].id);
}

/* Each half of what is left: no piece is ever short enough. */
static park_status advance_halves(const park_states *states, const park_passing *p, double *y,
                                  park_passed *out, park_error *err)
{
    park_status status = bed_advance(states, p, y, out, err);
    out->span          = 0.5 * p->span;
    return status;
}

static park_status ends_with(states_of face, char *message, size_t size)
{
    bench                  b   = bench_new(1);
    park_error             err = {0};
    park_simulation       *s   = NULL;
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    one_bed(&b, face);
    park_status status = park_simulate(b.draft, NULL, &settings, NULL, b.arena, &s, &err);
    snprintf(message, size, "%s", err.message);
    park_arena_free(b.arena);
    return status;
}

static const park_states_face LATER   = {.lay     = bed_lay,
                                         .begin   = bed_begin,
                                         .flows   = bed_flows,
                                         .advance = advance_fails,
                                         .held    = bed_held,
                                         .show    = bed_show};
static const park_states_face HALVES  = {.lay     = bed_lay,
                                         .begin   = bed_begin,
                                         .flows   = bed_flows,
                                         .advance = advance_halves,
                                         .held    = bed_held,
                                         .show    = bed_show};
static const park_states_face NO_AREA = {.lay = lay_fails};

static const park_states_face *later(const park_model *model, int32_t unit)
{
    (void)model, (void)unit;
    return &LATER;
}

static const park_states_face *halves(const park_model *model, int32_t unit)
{
    (void)model, (void)unit;
    return &HALVES;
}

static const park_states_face *no_area(const park_model *model, int32_t unit)
{
    (void)model, (void)unit;
    return &NO_AREA;
}

static void failures_are_told(void)
{
    char message[512];
    CHECK(ends_with(later, message, sizeof message) == PARK_E_NUMERIC &&
          strstr(message, "bed: the load is not finite, at 2025-03-01T02:") != NULL);
    CHECK(ends_with(halves, message, sizeof message) == PARK_E_NUMERIC &&
          strstr(message, "ever earlier") != NULL);
    CHECK(ends_with(no_area, message, sizeof message) == PARK_E_RANGE);
    CHECK_TEXT(message, "bed has no area");
}

/* One word and one label a kind, none twice: readers of files tell events by them. */
static void events_have_words(void)
{
    for (int a = 0; a < PARK_EVENT_KINDS; a++) {
        CHECK(park_event_word((park_event_kind)a) != NULL && park_event_label((park_event_kind)a).zh != NULL);
        for (int b = 0; b < a; b++)
            CHECK(strcmp(park_event_word((park_event_kind)a), park_event_word((park_event_kind)b)) != 0);
    }
}

int main(void)
{
    RUN(events_have_words);
    RUN(beds_are_washed_when_they_are_full);
    RUN(loops_close);
    RUN(a_march_goes_on_in_the_middle_of_a_wash);
    RUN(failures_are_told);
    return park_test_done();
}
