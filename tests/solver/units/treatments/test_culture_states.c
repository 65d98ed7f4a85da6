/*
 * Reactors and films of a park: both faces of each are one, COD and nitrogen come to what they became, shocks, washes, trains of
 * stages with states, checkpoints.
 */
#include "treatment_fixture.h"

#include "units/point.h"
#include "units/treatments/train.h"

static const char *const NAMES[] = {"COD", "NH3-N", "TN", "NO3-N", "SS", "alkalinity", "TDS", "BOD"};
enum { COD, AMMONIUM, NITROGEN, NITRATE, SOLIDS, ALKALINITY, SALT, BOD, C };

static const double FLOW = 0.03, DAY = 86400.0;
static const double YEAR      = 365.0 * 86400.0; /* ledgers count by the year */
static const double STRONG[C] = {3.5, 0.05, 0.12, 0.0, 0.4, 2.0, 1.0, 1.8},
                    REJECT[C] = {0.3, 0.5, 0.52, 0.0, 0.1, 2.0, 1.5, 0.05},
                    THIN[C]   = {0.07, 0.018, 0.02, 0.001, 0.025, 0.25, 0.8, 0.015};

static bench bench_new(int64_t days, const double *quality, const char *word, int32_t pattern_hours,
                       const double *day)
{
    bench b = bench_of(NAMES, C, days, quality, word, "unit");
    bench_flow(&b, (park_series){FLOW, pattern_hours > 0 ? hourly(b.draft, (size_t)pattern_hours, day) : -1});
    return b;
}

static void as_anaerobic(park_treatment *t)
{
    t->capacity = (park_range){0.0, FLOW, NAN};
    t->states = PARK_STATES_ANAEROBIC, t->recovery = 0.995, t->reject_as = PARK_REJECT_SLUDGE;
}

static void as_anammox(park_treatment *t)
{
    t->capacity = (park_range){0.0, FLOW, NAN};
    t->states = PARK_STATES_FILM, t->recovery = 0.995, t->reject_as = PARK_REJECT_SLUDGE;
    t->film.retention = DAY, t->film.tanks = 1, t->film.area = 500.0, t->film.detachment = 0.03;
    t->film.oxygen = 0.6e-3, t->film.spares = 0.02, t->film.temperature = 303.15, t->film.water.inert = 0.8;
}

static void as_bed(park_treatment *t)
{
    t->capacity = (park_range){0.0, FLOW, NAN};
    t->states = PARK_STATES_FILM_FILTER, t->recovery = 0.96, t->reject_as = PARK_REJECT_BACKWASH;
    t->film.retention = 3000.0, t->film.tanks = 4, t->film.area = 600.0, t->film.temperature = 293.15;
    t->film.captured = 0.7, t->film.water.inert = 0.4;
    t->filter = (park_filter_words){0.4, 1.8, 0.04, DAY, 1200.0, 4.0 * 3600.0, NAN, 6.0 * 3600.0};
}

/* What vanished in the unit over all seasons. */
static double removed(const bench *b, const park_simulation *s, int c)
{
    double sum = 0.0;
    for (size_t i = 0; i < b->draft->time.seasons; i++)
        sum += s->ledger->removed_mass[(i * b->draft->units + (size_t)b->unit) * C + (size_t)c] -
               s->ledger->added_mass[(i * b->draft->units + (size_t)b->unit) * C + (size_t)c];
    return sum;
}

/* The average of the unit at this inflow, in the first season. */
static park_map *average_at(bench *b, const double *quality)
{
    size_t S = b->draft->time.seasons, I = b->draft->inlets, in = (size_t)b->draft->unit[b->unit].first_inlet;
    double *flow = PARK_ARRAY(b->arena, S * I, double), *conc = PARK_ARRAY(b->arena, S * I * C, double),
           moved;
    const park_model *model = NULL;
    park_error        err   = {0};
    for (size_t s = 0; s < S; s++) {
        flow[s * I + in] = FLOW;
        for (size_t c = 0; c < C; c++)
            conc[(s * I + in) * C + c] = quality[c];
    }
    CHECK(park_units_follow(b->draft));
    CHECK(park_units_refresh(b->draft, flow, conc, 1.0, b->arena, &model, &moved, &err) == PARK_OK);
    CHECK_TEXT(err.message, "");
    CHECK(model->unit[b->unit].point[0] != NULL && !model->unit[b->unit].point[0]->failed);
    park_map *map = park_map_new(b->arena, model, b->unit);
    CHECK(park_unit_average(model, b->unit, 0, map, &err) == PARK_OK);
    return map;
}

/* A steady inflow: the march's sums are the average's shares, of water, of every constituent and of energy. */
static void faces_agree(bench *b, const double *quality, double tolerance, double waste)
{
    park_simulation *s = run(b, NULL);
    if (s == NULL)
        return;
    park_map *map   = average_at(b, quality);
    double    water = through(b, s, 0, -1) + through(b, s, 1, -1), energy = 0.0;
    CHECK_CLOSE(through(b, s, 0, -1) / water, map->outlet[0].alpha, tolerance);
    for (int c = 0; c < C; c++)
        for (size_t k = 0; k < 2; k++) {
            double want   = map->outlet[k].share[c] * quality[c] + map->outlet[k].per_flow[c];
            double within = k == 0 ? tolerance * fmax(quality[c], want) : waste * want;
            CHECK_CLOSE(through(b, s, k, c) / water, want, within + 1e-9);
        }
    for (size_t i = 0; i < b->draft->time.seasons; i++)
        energy += s->ledger->unit_energy[i * b->draft->units + (size_t)b->unit];
    CHECK_CLOSE(energy / water, map->energy_in, tolerance * map->energy_in);
}

static void both_faces_are_one(void)
{
    bench b = bench_new(20, STRONG, "removal", 0, NULL);
    as_anaerobic(params_of(b.draft, b.unit));
    faces_agree(&b, STRONG, 2e-4, 1e-3);
    park_arena_free(b.arena);
    b = bench_new(20, REJECT, "removal", 0, NULL);
    as_anammox(params_of(b.draft, b.unit));
    faces_agree(&b, REJECT, 1e-3, 1e-3);
    park_arena_free(b.arena);
    b = bench_new(31, THIN, "removal", 0, NULL);
    connect(b.draft, "unit.backwash", "out");
    as_bed(params_of(b.draft, b.unit));
    faces_agree(&b, THIN, 3e-3, 0.04); /* one wash of 31 is still to come */
    park_arena_free(b.arena);
}

/* COD that vanished is methane: a kilogram a four; of the degradable that was removed nothing else became of it. */
static void cod_becomes_methane(void)
{
    bench b = bench_new(10, STRONG, "removal", 0, NULL);
    as_anaerobic(params_of(b.draft, b.unit));
    rows             r = {.arena = b.arena, .fail_after = -1};
    park_simulation *s = run(&b, &r);
    if (s == NULL)
        return;
    double methane = 0.0, last = 0.0;
    int    column = -1;
    for (size_t n = 0; n < r.columns; n++)
        if (r.column[n].kind == PARK_COLUMN_STATE && r.column[n].unit == b.unit &&
            strcmp(r.column[n].state->word, "methane") == 0)
            column = (int)n;
    for (size_t i = 0; i < r.count; i++)
        methane += 36.5 * 3600.0 * (last = rows_at(&r, i, column));
    double in = FLOW * STRONG[COD] * YEAR, gone = removed(&b, s, COD);
    CHECK_CLOSE(4.0 * methane, gone, 1e-6 * in);
    CHECK(gone > 0.65 * in && gone < 0.9 * in && last > 0.0);
    /* nitrogen is only moved */
    CHECK_CLOSE(removed(&b, s, NITROGEN), 0.0, 1e-9 * FLOW * STRONG[NITROGEN] * YEAR);
    park_arena_free(b.arena);
}

/* Nitrogen of reject water becomes gas, and the account says how much: more than three quarters. */
static void nitrogen_becomes_gas(void)
{
    bench b = bench_new(10, REJECT, "removal", 0, NULL);
    as_anammox(params_of(b.draft, b.unit));
    park_simulation *s = run(&b, NULL);
    if (s == NULL)
        return;
    double in   = FLOW * REJECT[NITROGEN] * YEAR,
           left = through(&b, s, 0, NITROGEN) + through(&b, s, 1, NITROGEN);
    CHECK(removed(&b, s, NITROGEN) > 0.75 * in);
    CHECK_CLOSE(removed(&b, s, NITROGEN) + left, in, 2e-3 * in);
    park_arena_free(b.arena);
}

/* Twice the flow by day and next to none by night: acids rise with the load, the reactor lives on, a year closes. */
static void loads_come_and_go(void)
{
    static const double DAY_CURVE[] = {0.1, 0.1, 1.5, 2.0, 1.6, 0.7};
    bench               b           = bench_new(365, STRONG, "removal", 6, DAY_CURVE);
    as_anaerobic(params_of(b.draft, b.unit));
    ((park_treatment *)params_of(b.draft, b.unit))->capacity.max = 2.0 * FLOW;
    park_simulation *s                                           = run(&b, NULL);
    double           in                                          = FLOW * STRONG[COD] * YEAR;
    if (s != NULL) {
        CHECK(removed(&b, s, COD) > 0.6 * in);
        int32_t out = b.draft->unit[b.unit].first_outlet;
        CHECK(s->outlet_peak[(size_t)out * C + COD] > 1.02 * through(&b, s, 0, COD) / through(&b, s, 0, -1));
    }
    park_arena_free(b.arena);
}

/* The bed is washed as filters are, and what it caught leaves with the wash water. */
static void the_bed_is_washed(void)
{
    bench b = bench_new(31, THIN, "removal", 0, NULL);
    connect(b.draft, "unit.backwash", "out");
    as_bed(params_of(b.draft, b.unit));
    park_simulation *s = run(&b, NULL);
    if (s == NULL)
        return;
    size_t washes = 0;
    for (size_t e = 0; e < s->events; e++)
        washes += s->event[e].kind == PARK_EVENT_BACKWASH;
    CHECK(washes == 30 || washes == 31); /* a day of the design flow between them */
    double solids = through(&b, s, 0, SOLIDS) + through(&b, s, 1, SOLIDS);
    CHECK_CLOSE(through(&b, s, 1, SOLIDS) / solids, 0.7, 0.04); /* a day of it is still in the bed */
    CHECK(through(&b, s, 0, AMMONIUM) < 0.15 * FLOW * THIN[AMMONIUM] * YEAR);
    park_arena_free(b.arena);
}

/* ---- trains ---- */

static bench train_new(int64_t days, bool joint)
{
    static const char *ID[] = {"BAF", "UF", "GAC"};
    bench              b    = bench_new(days, THIN, "train", 0, NULL);
    park_treatment    *t    = PARK_ARRAY(b.arena, 3, park_treatment);
    for (size_t i = 0; i < 3; i++)
        CHECK(park_fields_default(PARK_TREATMENT_FIELDS, &t[i], C, b.arena) == PARK_OK);
    as_bed(&t[0]);
    t[0].capacity = (park_range){NAN, NAN, NAN};
    t[1].states = PARK_STATES_FILTER, t[1].recovery = 0.92, t[1].reject_as = PARK_REJECT_BACKWASH;
    t[1].removal[SOLIDS] = 0.98, t[1].energy = 0.1 * 3.6e6;
    t[1].filter       = (park_filter_words){3.0, 10.0, 0.02, 7200.0, 60.0, 3600.0, NAN, 6.0 * 3600.0};
    t[2].removal[COD] = 0.3, t[2].holding = 1800.0, t[2].energy = 0.05 * 3.6e6;
    park_train *train     = params_of(b.draft, b.unit);
    train->stages         = (park_named){ID, t, 3};
    train->whole.capacity = (park_range){0.0, FLOW, NAN};
    if (joint)
        connect(b.draft, "unit.reject", "out");
    return b;
}

/* Stages with states and without: recoveries multiply, the account closes, carbon works as it is stated, energies add up, each state
 * shows under its stage's name, and the average (the stages' rest) is the march. */
static void trains_keep_their_states(void)
{
    bench            b = train_new(31, true);
    rows             r = {.arena = b.arena, .fail_after = -1};
    park_simulation *s = run(&b, &r);
    if (s == NULL)
        return;
    double water = through(&b, s, 0, -1) + through(&b, s, 1, -1);
    CHECK_CLOSE(through(&b, s, 0, -1) / water, 0.96 * 0.92, 1e-3);
    bool loss = false, film = false;
    for (size_t n = 0; n < r.columns; n++)
        if (r.column[n].kind == PARK_COLUMN_STATE) {
            loss = loss || strcmp(r.column[n].state->word, "UF.loss") == 0;
            film = film || strcmp(r.column[n].state->word, "BAF.thickness") == 0;
        }
    CHECK(loss && film);
    park_map *map = average_at(&b, THIN);
    CHECK_CLOSE(map->outlet[0].alpha, 0.96 * 0.92, 1e-9);
    for (int c = 0; c < C; c++) {
        double want = map->outlet[0].share[c] * THIN[c] + map->outlet[0].per_flow[c];
        CHECK_CLOSE(through(&b, s, 0, c) / water, want, 5e-3 * fmax(THIN[c], want));
    }
    double energy = 0.0;
    for (size_t i = 0; i < b.draft->time.seasons; i++)
        energy += s->ledger->unit_energy[i * b.draft->units + (size_t)b.unit];
    CHECK_CLOSE(energy / water, map->energy_in, 2e-3 * map->energy_in);
    size_t washes = 0;
    for (size_t e = 0; e < s->events; e++)
        washes += s->event[e].kind == PARK_EVENT_BACKWASH;
    CHECK(washes > 350 && washes < 420); /* 2 h at the train's flow: 372 of the ultrafilter, 31 of the bed */
    park_arena_free(b.arena);
}

typedef struct kept {
    park_arena *arena;
    void       *bytes;
    size_t      count;
} kept;

static park_status keep(void *user, int64_t time, const void *bytes, size_t count, park_error *err)
{
    kept *k = user;
    (void)time, (void)err;
    k->bytes = PARK_ARRAY(k->arena, count, char);
    k->count = count;
    memcpy(k->bytes, bytes, count);
    return PARK_OK;
}

/* Taken up from a checkpoint: the same bits. */
static void taken_up_is_the_same(void)
{
    bench b = train_new(4, true);
    kept  k = {.arena = b.arena};
    CHECK(stands(b.draft, &b.findings, false));
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    settings.keep = keep, settings.keep_user = &k, settings.keep_every = 50 * 3600;
    park_simulation *whole = simulate(b.arena, b.draft, NULL, &settings, NULL);
    park_simulate_settings_default(&settings);
    settings.resume = k.bytes, settings.resume_bytes = k.count;
    park_simulation *rest = k.bytes == NULL ? NULL : simulate(b.arena, b.draft, NULL, &settings, NULL);
    CHECK(whole != NULL && rest != NULL);
    if (whole != NULL && rest != NULL) {
        size_t n = b.draft->time.seasons * b.draft->outlets * C * sizeof(double);
        CHECK(memcmp(whole->ledger->outlet_mass, rest->ledger->outlet_mass, n) == 0);
        CHECK(whole->events_total == rest->events_total && whole->quality_steps == rest->quality_steps);
    }
    park_arena_free(b.arena);
}

static void what_cannot_be_is_told(void)
{
    park_error err = {0};
    bench      b   = bench_new(1, STRONG, "removal", 0, NULL);
    as_anaerobic(params_of(b.draft, b.unit));
    ((park_treatment *)params_of(b.draft, b.unit))->recovery = 1.0;
    (void)!park_draft_shape(b.draft, &b.findings, &err);
    CHECK(has_code(&b.findings, PARK_E0511));
    park_arena_free(b.arena);
    static const char *const SALT_ONLY[] = {"TDS"};
    b                                    = (bench){.arena = park_arena_new()};
    b.draft                              = draft_with(b.arena, SALT_ONLY, 1);
    park_findings_init(&b.findings, b.arena);
    b.unit = add_unit(b.draft, PARK_TREATMENT, "removal", "unit");
    as_anammox(params_of(b.draft, b.unit));
    (void)!park_draft_shape(b.draft, &b.findings, &err);
    CHECK(has_code(&b.findings, PARK_E0511));
    park_arena_free(b.arena);
    b = train_new(1, true); /* a stage's mistakes are told, too */
    ((park_treatment *)((park_train *)params_of(b.draft, b.unit))->stages.items)[1].filter.clean = 20.0;
    (void)!park_draft_shape(b.draft, &b.findings, &err);
    CHECK(has_code(&b.findings, PARK_E0511));
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(both_faces_are_one);
    RUN(cod_becomes_methane);
    RUN(nitrogen_becomes_gas);
    RUN(loads_come_and_go);
    RUN(the_bed_is_washed);
    RUN(trains_keep_their_states);
    RUN(taken_up_is_the_same);
    RUN(what_cannot_be_is_told);
    return park_test_done();
}
