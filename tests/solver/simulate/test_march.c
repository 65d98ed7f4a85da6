/* Small parks in time against hand calculations: washout, filling and emptying, concentrating basins, loops. */
#include "march_fixture.h"

static const char *const SALT[] = {"TDS", "COD"};
enum { TDS, COD };

static const double H = 3600.0;

/* A park of one day, or more, with its findings. */
typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
} bench;

static bench bench_new(int32_t days)
{
    bench b             = {.arena = park_arena_new()};
    b.draft             = draft_with(b.arena, SALT, 2);
    b.draft->candidates = PARK_CANDIDATES_NONE;
    park_findings_init(&b.findings, b.arena);
    period(b.draft, day_start(2025, 3, 1), day_start(2025, 3, 1) + days * 86400, PARK_SEASONS_MONTHS);
    return b;
}

static const park_event *event_of(const park_simulation *s, park_event_kind kind, int32_t unit)
{
    for (size_t e = 0; e < s->events; e++)
        if (s->event[e].kind == kind && s->event[e].unit == unit)
            return &s->event[e];
    return NULL;
}

static void closes(const park_simulation *s)
{
    CHECK(s->closure.water <= 1e-9);
    CHECK(s->closure.mass <= 1e-9);
    CHECK(s->drift <= 1e-6);
    CHECK(s->unsettled == 0);
    CHECK(s->complete);
}

/* Two sources feed a holding volume half and half; one fails after a day: C = Cb + (C0 - Cb) exp(-Q t / V). */
static void volume_is_washed_out(void)
{
    bench        b       = bench_new(3);
    const double salty[] = {1.0, 0.1}, sweet[] = {0.2, 0.0};
    int32_t      a = add_source(b.draft, "surface", "a", salty);
    add_source(b.draft, "surface", "b", sweet);
    int32_t user                                        = add_process(b.draft, "user", 50.0 * M3_H, 0.0);
    ((park_process *)params_of(b.draft, user))->holding = 10.0 * H; /* 500 m3 */
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "a", "user");
    connect(b.draft, "b", "user");
    connect(b.draft, "user", "out");
    park_failure failure = {.lost = 1.0,
                            .id   = "a_down",
                            .unit = a,
                            .span = {b.draft->time.start + 86400, b.draft->time.start + 2 * 86400}};
    b.draft->failures    = 1;
    b.draft->failure     = &failure;
    CHECK(stands(b.draft, &b.findings, false));
    rows             r   = {.arena = b.arena, .fail_after = -1};
    park_simulation *s   = simulate(b.arena, b.draft, NULL, NULL, &r);
    int              tds = rows_column(&r, PARK_COLUMN_OUTLET_CONC, park_model_outlet(b.draft, "user"), TDS);
    CHECK(tds >= 0 && r.count == 72 && r.ends == 1);
    for (size_t n = 24; n < 48; n++) { /* row n ends n + 1 hours after the start */
        double hours = (double)(n + 1) - 24.0;
        CHECK_CLOSE(rows_at(&r, n, tds), 0.2 + 0.4 * exp(-hours / 10.0), 2e-6);
    }
    double low = 0.2 + 0.4 * exp(-2.4);
    CHECK_CLOSE(rows_at(&r, 71, tds), 0.6 + (low - 0.6) * exp(-2.4), 2e-6);
    closes(s);
    CHECK(event_of(s, PARK_EVENT_FAILURE_BEGINS, a) != NULL &&
          event_of(s, PARK_EVENT_FAILURE_ENDS, a) != NULL);
    CHECK(event_of(s, PARK_EVENT_FAILURE_BEGINS, a)->time == failure.span.start);
    /* Rows are means: the link from a carries nothing in the day it is down, half of 50 m3/h else. */
    int link = rows_column(&r, PARK_COLUMN_LINK_FLOW, link_between(b.draft, "a", "user"), -1);
    CHECK_CLOSE(rows_at(&r, 0, link), 25.0 * M3_H, 1e-12);
    CHECK_CLOSE(rows_at(&r, 30, link), 0.0, 0.0);
    park_arena_free(b.arena);
}

/* A stream of 60 m3/h into a tank of 500 m3, half full; a user takes 100 m3/h for 12 h, then nothing.
 * Empty after 250 / 40 = 6.25 h; full 500 / 60 h after noon, at 20 h 20 min. */
static park_simulation *tank_day(bench *b, rows *r, int32_t *tank, int32_t *user, int32_t *stream)
{
    const double clean[] = {0.5, 0.0};
    double       shift[24];
    for (int i = 0; i < 24; i++)
        shift[i] = i < 12 ? 1.0 : 0.0;
    *stream                                               = add_source(b->draft, "stream", "stream", clean);
    ((park_source *)params_of(b->draft, *stream))->inflow = (park_series){60.0 * M3_H, -1};
    *tank                                                 = add_unit(b->draft, PARK_STORAGE, "tank", "tank");
    ((park_storage *)params_of(b->draft, *tank))->volume.max = 500.0;
    ((park_storage *)params_of(b->draft, *tank))->initial    = 0.5;
    *user = add_process(b->draft, "user", 100.0 * M3_H, 0.1);
    ((park_process *)params_of(b->draft, *user))->demand.flow.pattern = hourly(b->draft, 24, shift);
    add_unit(b->draft, PARK_SINK, "outfall", "out");
    connect(b->draft, "stream", "tank");
    connect(b->draft, "tank", "user");
    connect(b->draft, "user", "out");
    CHECK(stands(b->draft, &b->findings, false));
    return simulate(b->arena, b->draft, NULL, NULL, r);
}

static void tank_runs_dry_and_over(void)
{
    bench             b = bench_new(1);
    rows              r = {.arena = b.arena, .fail_after = -1};
    int32_t           tank, user, stream;
    park_simulation  *s     = tank_day(&b, &r, &tank, &user, &stream);
    double            start = (double)b.draft->time.start;
    const park_event *empty = event_of(s, PARK_EVENT_EMPTY, tank), *full = event_of(s, PARK_EVENT_FULL, tank);
    CHECK(empty != NULL && full != NULL);
    if (empty != NULL && full != NULL) {
        CHECK_CLOSE(empty->exact - start, 6.25 * H, 1e-3);
        CHECK_CLOSE(full->exact - start, 12.0 * H + 500.0 / 60.0 * H, 1e-3);
    }
    CHECK(s->events_total == 2); /* and no chattering */
    closes(s);
    double yearly = b.draft->time.season[0].seconds / 86400.0; /* the ledger speaks of a year */
    CHECK_CLOSE(s->ledger->unmet[user], 40.0 * 5.75 * yearly, 1e-6 * yearly);
    CHECK_CLOSE(s->ledger->required[user], 1200.0 * yearly, 1e-6 * yearly);
    CHECK_CLOSE(s->ledger->spilled[stream], 60.0 * (12.0 - 500.0 / 60.0) * yearly, 1e-6 * yearly);
    CHECK_CLOSE(s->ledger->stored_water[tank], 250.0 * yearly, 1e-6 * yearly);
    CHECK(s->volume_min[tank] == 0.0 && s->volume_max[tank] == 500.0);
    int volume = rows_column(&r, PARK_COLUMN_VOLUME, tank, -1);
    for (size_t n = 0; n < r.count; n++)
        CHECK(rows_at(&r, n, volume) >= 0.0 && rows_at(&r, n, volume) <= 500.0);
    CHECK_CLOSE(rows_at(&r, 2, volume), 250.0 - 3.0 * 40.0, 1e-9);
    bool demand = false, spill = false, dry = false;
    for (size_t v = 0; v < s->violations; v++) {
        const park_violation *one = &s->violation[v];
        if (one->kind == PARK_VIOLATION_DEMAND && one->unit == user) {
            demand = true;
            CHECK_CLOSE(one->hours, 5.75, 1e-6);
            CHECK_CLOSE(one->share, 5.75 / 24.0, 1e-9);
            CHECK_CLOSE(one->simulated, (1200.0 - 230.0) * yearly, 1e-6 * yearly);
        }
        spill = spill || (one->kind == PARK_VIOLATION_SPILL && one->unit == stream);
        dry   = dry || (one->kind == PARK_VIOLATION_STORAGE_DRY && one->unit == tank);
    }
    CHECK(demand && spill && dry);
    park_arena_free(b.arena);
}

/* The figures of a basin that starts on make-up of 100 mg/L: V dC/dt = M Cm - (B + D) C with V 3000 m3, E 15, B 3.7,
 * D 0.05 m3/h; 111.8218, 175.7663, 285.8954 and 467.166 mg/L after 24, 168, 500 and 2000 h (solved by hand:
 * C = 500 - 400 exp(-3.75 t / 3000)). */
static void basin_concentrates_to_its_cycles(void)
{
    bench        b       = bench_new(90);
    const double water[] = {0.1, 0.0};
    park_error   err     = {0};
    add_source(b.draft, "surface", "river", water);
    int32_t             tower = add_unit(b.draft, PARK_USER, "cooling_tower", "tower");
    park_cooling_tower *param = params_of(b.draft, tower);
    param->circulation        = (park_series){1000.0 * M3_H, -1};
    param->range              = 10.0;
    param->drift              = 0.05 / 1000.0;
    param->basin              = 3000.0;
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "river", "tower");
    connect(b.draft, "tower", "out");
    CHECK(stands(b.draft, &b.findings, false));
    park_map *map = park_map_new(b.arena, b.draft, tower);
    CHECK(park_unit_average(b.draft, tower, 0, map, &err) == PARK_OK);
    double evaporation =
        map->outlet[1].beta; /* the kind's own figure: time is stretched so that B + D matches */
    double       drift = 0.05 * M3_H, blowdown = evaporation / 4.0 - drift;
    park_design *plan = plan_blank(b.arena, b.draft);
    plan_link(plan, "river", "tower", evaporation + drift + blowdown);
    plan_link(plan, "tower", "out", blowdown);
    for (size_t s = 0; s < b.draft->time.seasons; s++)
        plan->outlet_conc[(s * b.draft->outlets + (size_t)park_model_outlet(b.draft, "tower")) * 2 + TDS] =
            0.1;
    rows             r   = {.arena = b.arena, .fail_after = -1};
    park_simulation *s   = simulate(b.arena, b.draft, plan, NULL, &r);
    int              tds = rows_column(&r, PARK_COLUMN_OUTLET_CONC, park_model_outlet(b.draft, "tower"), TDS);
    const double hours[] = {24.0, 168.0, 500.0, 2000.0}, want[] = {0.1118218, 0.1757663, 0.2858954, 0.467166};
    for (int i = 0; i < 4; i++) {
        double k       = (blowdown + drift) * H / 3000.0; /* [1/h]; 3.75 / 3000 in the figures */
        double when    = hours[i] * (3.75 / 3000.0) / k;
        size_t row     = (size_t)floor(when);
        double between = 0.5 - 0.4 * exp(-k * (double)row);
        CHECK_CLOSE(rows_at(&r, row - 1, tds), between, 2e-6);
        CHECK_CLOSE(0.5 - 0.4 * exp(-k * when), want[i], 1e-6);
    }
    closes(s);
    park_arena_free(b.arena);
}

/* Without a plan the valve alone holds the mixture below its limit, and hardly below. */
static void valve_holds_the_limit(void)
{
    bench        b       = bench_new(60);
    const double water[] = {0.1, 0.0};
    add_source(b.draft, "surface", "river", water);
    int32_t             tower      = add_unit(b.draft, PARK_USER, "cooling_tower", "tower");
    park_cooling_tower *param      = params_of(b.draft, tower);
    param->circulation             = (park_series){1000.0 * M3_H, -1};
    param->range                   = 10.0;
    param->drift                   = 1e-5;
    param->circulating_limits[TDS] = 0.5;
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "river", "tower");
    connect(b.draft, "tower", "out");
    CHECK(stands(b.draft, &b.findings, false));
    rows             r   = {.arena = b.arena, .fail_after = -1};
    park_simulation *s   = simulate(b.arena, b.draft, NULL, NULL, &r);
    int              tds = rows_column(&r, PARK_COLUMN_OUTLET_CONC, park_model_outlet(b.draft, "tower"), TDS);
    double           low = INFINITY, high = 0.0;
    for (size_t n = 480; n < r.count; n++) {
        low  = fmin(low, rows_at(&r, n, tds));
        high = fmax(high, rows_at(&r, n, tds));
    }
    CHECK(high <= 0.5 * 1.0006 && low >= 0.5 * 0.9795);
    CHECK(s->events_total > 50 && event_of(s, PARK_EVENT_BLOWDOWN, tower) != NULL);
    CHECK(s->violations == 0);
    closes(s);
    park_arena_free(b.arena);
}

/* A loop that closes but for 5 m3/h: 10 kg/h of salt and what the river brings leave by the bleed alone,
 * C = (10 kg/h + 10 m3/h * 0.2 kg/m3) / 5 m3/h = 2.4 kg/m3. */
static void salt_leaves_by_the_bleed(void)
{
    bench        b       = {.arena = park_arena_new()};
    const double water[] = {0.2, 0.0};
    b.draft              = draft_with(b.arena, SALT, 2);
    b.draft->candidates  = PARK_CANDIDATES_NONE;
    park_findings_init(&b.findings, b.arena);
    add_source(b.draft, "surface", "river", water);
    int32_t user                                          = add_process(b.draft, "user", 100.0 * M3_H, 0.05);
    ((park_process *)params_of(b.draft, user))->adds[TDS] = 10.0 * KG_H;
    int32_t plant = add_unit(b.draft, PARK_TREATMENT, "removal", "plant");
    ((park_treatment *)params_of(b.draft, plant))->capacity.max = 200.0 * M3_H;
    ((park_treatment *)params_of(b.draft, plant))->capacity.min = 200.0 * M3_H;
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "river", "user");
    connect(b.draft, "user", "plant");
    connect(b.draft, "plant", "user");
    connect(b.draft, "plant", "out");
    CHECK(stands(b.draft, &b.findings, false));
    park_design *plan = plan_blank(b.arena, b.draft);
    plan_link(plan, "river", "user", 10.0 * M3_H);
    plan_link(plan, "user", "plant", 95.0 * M3_H);
    plan_link(plan, "plant", "user", 90.0 * M3_H);
    plan_link(plan, "plant", "out", 5.0 * M3_H);
    park_simulation *s     = simulate(b.arena, b.draft, plan, NULL, NULL);
    int32_t          bleed = link_between(b.draft, "plant", "out");
    double           salt  = s->ledger->link_mass[bleed * 2 + TDS] / s->ledger->link_water[bleed];
    CHECK_CLOSE(salt, 2.4, 2.4e-6);
    CHECK_CLOSE(s->ledger->link_water[bleed], 5.0 * M3_H * b.draft->time.season[0].seconds, 1e-3);
    closes(s);
    /* and how it gets there: both volumes turn over fast against 2.4 kg/m3 * V / 10 kg/h, so the loop fills like one */
    CHECK(s->quality_steps > 0 && s->steps == 0); /* nothing to watch: the integrator is not even started */
    park_arena_free(b.arena);
}

/* A pond below 30 % opens the river's pipe until it has recovered by its hysteresis. */
static void switch_answers_to_a_level(void)
{
    bench        b       = bench_new(2);
    const double water[] = {0.2, 0.0};
    add_source(b.draft, "surface", "river", water);
    int32_t tank                                           = add_unit(b.draft, PARK_STORAGE, "tank", "tank");
    ((park_storage *)params_of(b.draft, tank))->volume.max = 1000.0;
    ((park_storage *)params_of(b.draft, tank))->initial    = 0.5;
    add_process(b.draft, "user", 100.0 * M3_H, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    park_connection fill = {.from     = "river",
                            .to       = "tank",
                            .existing = true,
                            .capacity = 300.0 * M3_H,
                            .length   = NAN,
                            .lift     = NAN};
    CHECK(park_draft_connection(b.draft, fill) >= 0);
    connect(b.draft, "tank", "user");
    connect(b.draft, "user", "out");
    park_control control = {.storage    = tank,
                            .threshold  = 0.3,
                            .below      = true,
                            .open       = true,
                            .link_text  = "river_tank",
                            .hysteresis = 0.2};
    CHECK(stands(b.draft, &b.findings, false));
    control.link           = link_between(b.draft, "river", "tank");
    b.draft->controls      = 1;
    b.draft->control       = &control;
    rows             r     = {.arena = b.arena, .fail_after = -1};
    park_simulation *s     = simulate(b.arena, b.draft, NULL, NULL, &r);
    double           start = (double)b.draft->time.start;
    /* 500 -> 300 m3 at 100 m3/h: 2 h; back to 500 m3 at 200 m3/h: 1 h; so it goes every 3 h, 16 times in 48 h */
    size_t switches = 0;
    for (size_t e = 0; e < s->events; e++)
        if (s->event[e].kind == PARK_EVENT_LEVEL_SWITCH) {
            double want = 3.0 * H * (double)(switches / 2) + (switches % 2 == 0 ? 2.0 * H : 3.0 * H);
            CHECK_CLOSE(s->event[e].exact - start, want, 1e-3);
            switches++;
        }
    CHECK(switches == 31 || switches == 32); /* the last one falls on midnight */
    closes(s);
    CHECK_CLOSE(s->volume_min[tank], 300.0, 1e-9);
    CHECK_CLOSE(s->volume_max[tank], 500.0, 1e-9);
    park_arena_free(b.arena);
}

/* Rain of two hours a day led to a user who works all day, without a pond: a plan of means promises all of it, time
 * lets him take a twelfth. */
static void rain_does_not_wait(void)
{
    bench        b       = bench_new(31);
    const double clean[] = {0.1, 0.0};
    double       hours[24];
    for (int i = 0; i < 24; i++)
        hours[i] = i == 3 || i == 4 ? 1.0 : 0.0;
    b.draft->weather.rain = hourly(b.draft, 24, hours); /* [m/s], scaled by the catchment below */
    int32_t      rain     = add_source(b.draft, "rain", "rain", clean);
    park_source *param    = params_of(b.draft, rain);
    add_source(b.draft, "surface", "river", clean);
    param->catchment   = 120.0 * M3_H; /* m2: 1 m/s gives 120 m3/h while it rains, 10 m3/h on average */
    param->runoff      = 1.0;
    param->first_flush = 0.0;
    add_process(b.draft, "user", 10.0 * M3_H, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    connect(b.draft, "rain", "user");
    connect(b.draft, "river", "user");
    connect(b.draft, "user", "out");
    b.draft->law.dilution_forbidden = false;
    CHECK(stands(b.draft, &b.findings, false));
    park_design *plan = plan_blank(b.arena, b.draft);
    plan_link(plan, "rain", "user", 10.0 * M3_H);
    plan_link(plan, "user", "out", 10.0 * M3_H);
    park_simulation *s     = simulate(b.arena, b.draft, plan, NULL, NULL);
    double           year  = b.draft->time.season[0].seconds;
    bool             found = false;
    for (size_t v = 0; v < s->violations; v++) {
        found = found || s->violation[v].kind == PARK_VIOLATION_SHORTFALL;
        if (s->violation[v].kind == PARK_VIOLATION_SHORTFALL) {
            CHECK(s->violation[v].link == link_between(b.draft, "rain", "user"));
            CHECK_CLOSE(s->violation[v].promise, 10.0 * M3_H * year, 1e-6);
            CHECK_CLOSE(s->violation[v].simulated, 10.0 * M3_H * year / 12.0, 1e-6);
        }
    }
    CHECK(found);
    CHECK(s->ledger->spilled[rain] == 0.0); /* what nobody takes runs off, and is nobody's spill */
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(volume_is_washed_out);
    RUN(tank_runs_dry_and_over);
    RUN(basin_concentrates_to_its_cycles);
    RUN(valve_holds_the_limit);
    RUN(salt_leaves_by_the_bleed);
    RUN(switch_answers_to_a_level);
    RUN(rain_does_not_wait);
    return park_test_done();
}
