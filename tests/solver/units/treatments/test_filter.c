/* Filters in a park: washes at their instant, recovery as promised in clean water and less in dirty, cleaning, a year's account. */
#include "march_fixture.h"

static const char *const NAMES[] = {"TDS", "SS", "COD"};
enum { TDS, SS, COD, C };
enum { MOST_EVENTS = 200000 };

static const double FLOW = 360.0 / 3600.0; /* 0.1 m3/s */

typedef struct bench {
    park_arena   *arena;
    park_draft   *draft;
    park_findings findings;
    int32_t       filter;
} bench;

/* stream -> filter -> out, wash water to out: 360 m3/h, of `ss` kg/m3. */
static park_treatment *filter_new(bench *b, int64_t days, double ss, const double *day, size_t hours)
{
    *b                   = (bench){.arena = park_arena_new()};
    b->draft             = draft_with(b->arena, NAMES, C);
    b->draft->candidates = PARK_CANDIDATES_NONE;
    park_findings_init(&b->findings, b->arena);
    period(b->draft, day_start(2025, 1, 1), day_start(2025, 1, 1) + days * 86400, PARK_SEASONS_MONTHS);
    const double quality[C] = {0.5, ss, 0.06};
    int32_t      stream     = add_source(b->draft, "stream", "stream", quality);
    ((park_source *)params_of(b->draft, stream))->inflow =
        (park_series){FLOW, hours > 0 ? hourly(b->draft, hours, day) : -1};
    b->filter                          = add_unit(b->draft, PARK_TREATMENT, "removal", "filter");
    b->draft->unit[b->filter].existing = true;
    b->draft->unit[b->filter].duty     = PARK_DUTY_WASTE;
    park_treatment *t                  = params_of(b->draft, b->filter);
    t->states                          = PARK_STATES_FILTER;
    t->recovery                        = 0.96;
    t->reject_as                       = PARK_REJECT_BACKWASH;
    t->removal[SS]                     = 0.8;
    t->removal[COD]                    = 0.1;
    t->capacity                        = (park_range){0.0, FLOW, NAN};
    t->filter.run                      = 8.0 * 3600.0;
    t->filter.wash_time                = 600.0;
    add_unit(b->draft, PARK_SINK, "outfall", "out");
    connect(b->draft, "stream", "filter");
    connect(b->draft, "filter", "out");
    connect(b->draft, "filter.backwash", "out");
    return t;
}

static park_simulation *run(bench *b, rows *r)
{
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    settings.events_most = MOST_EVENTS;
    CHECK(stands(b->draft, &b->findings, false));
    park_simulation *s = simulate(b->arena, b->draft, NULL, &settings, r);
    CHECK(s != NULL && s->closure.water <= 1e-9 && s->closure.mass <= 1e-9);
    return s;
}

static size_t count_of(const park_simulation *s, park_event_kind kind)
{
    size_t n = 0;
    for (size_t e = 0; s != NULL && e < s->events; e++)
        n += s->event[e].kind == kind;
    return n;
}

/* Yearly amounts through product, backwash and inlet. */
static void amounts(const bench *b, const park_simulation *s, double *in, double *product, double *backwash,
                    int c)
{
    size_t K = b->draft->outlets, first = b->draft->unit[b->filter].first_outlet;
    *in = *product = *backwash = 0.0;
    for (size_t i = 0; s != NULL && i < b->draft->time.seasons; i++) {
        const double *column =
            c < 0 ? s->ledger->outlet_water + i * K : s->ledger->outlet_mass + i * K * C + c;
        size_t step = c < 0 ? 1 : C;
        *product += column[first * step];
        *backwash += column[(first + 1) * step];
        *in += column[0]; /* the stream is the first unit */
    }
}

/* Runs of 8 h at the design flow: a wash each 8 h to the second, the share that the average face promises of water and of every
 * constituent, over whole runs. */
static void clean_water_is_filtered_as_promised(void)
{
    bench           b;
    park_treatment *t     = filter_new(&b, 30, 0.01, NULL, 0);
    t->filter.return_time = 0.0;
    park_simulation *s    = run(&b, NULL);
    CHECK(count_of(s, PARK_EVENT_BACKWASH) == 90);
    for (size_t e = 0, n = 0; s != NULL && e < s->events; e++)
        if (s->event[e].kind == PARK_EVENT_BACKWASH)
            CHECK_CLOSE(s->event[e].exact, (double)(b.draft->time.start + 28800 * (int64_t)++n), 0.01);
    double in, product, backwash;
    amounts(&b, s, &in, &product, &backwash, -1);
    CHECK_CLOSE(product / in, 0.96, 1e-9);
    /* the last wash of the month begins as the month ends: 89 of 90 are out */
    CHECK_CLOSE(backwash / in, 0.04 * 89.0 / 90.0, 1e-9);
    park_map *map = park_map_new(b.arena, b.draft, b.filter);
    CHECK(park_unit_average(b.draft, b.filter, 0, map, NULL) == PARK_OK);
    for (size_t c = 0; c < C; c++) {
        amounts(&b, s, &in, &product, &backwash, (int)c);
        CHECK_CLOSE(product / in, map->outlet[0].share[c], 1e-9);
        CHECK_CLOSE(backwash / in, map->outlet[1].share[c] * 89.0 / 90.0, 1e-3);
    }
    park_arena_free(b.arena);
}

/* Twice the solids that a run was designed for: the head is used up after half a run, by hand after 4 h, and then the tank holds
 * water for half a wash: filtration goes on while five times as much is kept. 4 h at 0.04, then 57.6 m3 at 0.2 x 360 m3/h: 0.8 h. */
static void dirty_water_costs_recovery(void)
{
    bench            b;
    park_treatment  *t = filter_new(&b, 30, 0.04, NULL, 0);
    park_simulation *s = run(&b, NULL);
    (void)t;
    double first = 0.0, second = 0.0;
    for (size_t e = 0; s != NULL && e < s->events && second == 0.0; e++)
        if (s->event[e].kind == PARK_EVENT_BACKWASH)
            *(first == 0.0 ? &first : &second) = s->event[e].exact - (double)b.draft->time.start;
    CHECK_CLOSE(first, 4.0 * 3600.0, 0.5); /* the tank begins full */
    /* the second: 4 h after the first less what was caught while it lasted (600 s of it), then waits for water */
    double tank = 0.04 * FLOW * 14400.0, whole = 0.04 * FLOW * 28800.0;
    double wait = (whole - (tank + 0.04 * FLOW * 14400.0)) / (0.2 * FLOW);
    CHECK(wait >= 0.0);
    CHECK_CLOSE(second - first, 4.0 * 3600.0 + wait, 1.0);
    double in, product, backwash;
    amounts(&b, s, &in, &product, &backwash, -1);
    CHECK(product / in < 0.95 && product / in > 0.90);
    CHECK(count_of(s, PARK_EVENT_BACKWASH) > 140);
    park_arena_free(b.arena);
}

/* An ultrafilter through a year of nights and days: every wash, each cleaning, each kilogram. */
static void a_year_of_washes_closes(void)
{
    static const double DAY[] = {0.3, 0.5, 1.0, 1.0, 0.9, 0.7};
    bench               b;
    park_treatment     *t    = filter_new(&b, 365, 0.008, DAY, 6);
    t->recovery              = 0.92;
    t->filter.run            = 2.0 * 3600.0;
    t->filter.wash_time      = 60.0;
    t->filter.cleaning_every = 30.0 * 86400.0;
    park_simulation *s       = run(&b, NULL);
    double           in, product, backwash;
    amounts(&b, s, &in, &product, &backwash, -1);
    size_t washes = count_of(s, PARK_EVENT_BACKWASH), cleanings = count_of(s, PARK_EVENT_CLEANING);
    if (s != NULL)
        printf("  %zu washes, %zu cleanings, water %.1e, mass %.1e, %.1f s, %llu steps\n", washes, cleanings,
               s->closure.water, s->closure.mass, s->seconds, (unsigned long long)s->quality_steps);
    /* by volume: in / (2 h of the design flow); by fouling: 30 days of the design flow */
    double want = in / (7200.0 * FLOW); /* none while it is cleaned: a cleaning takes 6 h */
    CHECK((double)washes <= want && (double)washes > want - 3.0 * (double)cleanings - 1.0);
    CHECK_CLOSE((double)cleanings, floor(in / (30.0 * 86400.0 * FLOW)), 1.0);
    CHECK_CLOSE(product / in, 0.92, 1e-4);
    amounts(&b, s, &in, &product, &backwash, SS);
    CHECK_CLOSE((product + backwash) / in, 1.0, 1e-3);
    park_arena_free(b.arena);
}

/* Wash water that is gathered leaves evenly: no piece carries more than three times its mean, where a wash alone is 48 times. */
static void wash_water_leaves_evenly(void)
{
    for (int even = 0; even < 2; even++) {
        bench           b;
        park_treatment *t     = filter_new(&b, 10, 0.01, NULL, 0);
        t->filter.return_time = even ? 8.0 * 3600.0 : 0.0;
        park_simulation *s    = run(&b, NULL);
        double           mean = 0.04 * FLOW, most = 0.0;
        int32_t          l = link_between(b.draft, "filter.backwash", "out");
        most               = s == NULL ? NAN : s->link_peak[l];
        CHECK(even ? most < 3.0 * mean : most > 40.0 * mean);
        park_arena_free(b.arena);
    }
}

static bool told(bench *b, park_error *err)
{
    (void)!park_draft_shape(b->draft, &b->findings, err);
    return has_code(&b->findings, PARK_E0511);
}

static void what_cannot_be_is_told(void)
{
    park_error      err = {0};
    bench           b;
    park_treatment *t = filter_new(&b, 1, 0.01, NULL, 0);
    t->filter.clean   = 3.0;
    CHECK(told(&b, &err));
    park_arena_free(b.arena);
    t           = filter_new(&b, 1, 0.01, NULL, 0);
    t->recovery = 1.0;
    CHECK(told(&b, &err));
    park_arena_free(b.arena);
    t                   = filter_new(&b, 1, 0.01, NULL, 0);
    t->filter.wash_time = t->filter.run;
    CHECK(told(&b, &err));
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(clean_water_is_filtered_as_promised);
    RUN(dirty_water_costs_recovery);
    RUN(wash_water_leaves_evenly);
    RUN(a_year_of_washes_closes);
    RUN(what_cannot_be_is_told);
    return park_test_done();
}
