/* Controllers against hand calculations: clock, switch, PID, blending, priorities, part of a capacity lost. */
#include "random_park.h"

typedef struct bench {
    park_arena    *arena;
    park_draft    *draft;
    park_findings  findings;
    park_regulator r[4];
    size_t         count;
} bench;

static const int64_t DAY = 86400;

static bench bench_new(int days)
{
    bench b = {.arena = park_arena_new()};
    park_findings_init(&b.findings, b.arena);
    b.draft                         = draft_with(b.arena, RANDOM_CONSTITUENT, 2);
    b.draft->candidates             = PARK_CANDIDATES_NONE;
    b.draft->law.dilution_forbidden = false;
    if (days > 0)
        period(b.draft, day_start(2025, 1, 1), day_start(2025, 1, 1) + days * DAY, PARK_SEASONS_STEADY);
    return b;
}

static void lay(bench *b, const char *id, const char *from, const char *to)
{
    park_connection link = {
        .id = id, .from = from, .to = to, .existing = true, .capacity = INFINITY, .length = NAN, .lift = NAN};
    CHECK(park_draft_connection(b->draft, link) >= 0);
}

static int32_t source(bench *b, const char *id, double tds, double cod, double price)
{
    double       quality[] = {tds * MG_L, cod * MG_L};
    int32_t      u         = add_source(b->draft, "surface", id, quality);
    park_source *param     = params_of(b->draft, u);
    param->capacity        = (park_series){1000.0 * M3_H, -1};
    param->price           = price;
    return u;
}

static int32_t store(bench *b, const char *id, double volume, double initial)
{
    int32_t       u         = add_unit(b->draft, PARK_STORAGE, "tank", id);
    park_storage *p         = params_of(b->draft, u);
    p->volume.max           = volume;
    p->initial              = initial;
    p->minimum              = 0.0;
    b->draft->time.periodic = false;
    return u;
}

static park_regulator *regulator(bench *b, park_regulator_kind kind, int64_t every)
{
    park_regulator *r = &b->r[b->count++];
    *r                = (park_regulator){.kind  = kind,
                                         .id    = "control",
                                         .every = every,
                                         .start = NAN,
                                         .inlet = -1,
                                         .link  = {-1, -1},
                                         .order = PARK_ORDER_PRICE,
                                         .probe = {.constituent = -1}};
    return r;
}

static park_simulation *go(bench *b, const park_simulate_settings *settings, rows *r)
{
    b->draft->regulator  = b->r;
    b->draft->regulators = b->count;
    *r                   = (rows){.arena = b->arena, .fail_after = -1};
    CHECK(stands(b->draft, &b->findings, false));
    return b->draft->frozen ? simulate(b->arena, b->draft, NULL, settings, r) : NULL;
}

static double flow_at(const bench *b, const rows *r, size_t row, const char *id)
{
    return rows_at(r, row, rows_column(r, PARK_COLUMN_LINK_FLOW, park_model_link(b->draft, id), -1)) / M3_H;
}

/* A user of 100 m3/h with sources of two qualities and prices. */
static bench two_sources(int days)
{
    bench b = bench_new(days);
    source(&b, "good", 200.0, 0.0, 3.0);
    source(&b, "poor", 1000.0, 40.0, 1.0);
    add_process(b.draft, "user", 100.0 * M3_H, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    lay(&b, "good_user", "good", "user");
    lay(&b, "poor_user", "poor", "user");
    lay(&b, "user_out", "user", "out");
    return b;
}

/* Open from 22 to 6: in the other hours the other source carries all. */
static void clock_opens_at_night(void)
{
    bench           b = two_sources(2);
    rows            r;
    park_regulator *c = regulator(&b, PARK_REGULATE_CLOCK, 3600);
    c->link_text[0]   = "good_user";
    c->open           = true;
    for (int h = 0; h < 24; h++)
        c->hour[h] = h >= 22 || h < 6;
    park_simulation *s = go(&b, NULL, &r);
    for (size_t n = 0; s != NULL && n < r.count; n++) {
        bool night = n % 24 >= 22 || n % 24 < 6;
        CHECK((flow_at(&b, &r, n, "good_user") > 1.0) == night);
        CHECK_CLOSE(flow_at(&b, &r, n, "good_user") + flow_at(&b, &r, n, "poor_user"), 100.0, 1e-9);
    }
    size_t switched = 0;
    for (size_t e = 0; s != NULL && e < s->events; e++)
        switched += s->event[e].kind == PARK_EVENT_SWITCHED;
    CHECK(switched == 4); /* 6, 22, 6, 22 */
    park_arena_free(b.arena);
}

/* A stream of 10, 19, 21, 19, 17, 19 m3/h, threshold 20 with 10 %: fires at 21, holds at 19, is released at 17. */
static void switch_has_hysteresis(void)
{
    static const double FLOW[]   = {10.0, 19.0, 21.0, 19.0, 17.0, 19.0};
    static const bool   OPEN[]   = {false, false, false, true, true, false}; /* seen at the hour's end */
    bench               b        = two_sources(1);
    double              clean[2] = {0};
    rows                r;
    int32_t             u                          = add_source(b.draft, "stream", "drain", clean);
    ((park_source *)params_of(b.draft, u))->inflow = (park_series){M3_H, hourly(b.draft, 6, FLOW)};
    lay(&b, "drain_out", "drain", "out");
    park_regulator *c  = regulator(&b, PARK_REGULATE_SWITCH, 3600);
    c->link_text[0]    = "good_user";
    c->open            = true;
    c->probe           = (park_probe){.kind = PARK_PROBE_FLOW, .text = "drain_out", .constituent = -1};
    c->at              = 20.0 * M3_H;
    c->hysteresis      = 0.1;
    park_simulation *s = go(&b, NULL, &r);
    for (size_t n = 6; s != NULL && n < r.count; n++)
        CHECK((flow_at(&b, &r, n, "good_user") > 1.0) == OPEN[n % 6]);
    park_arena_free(b.arena);
}

/* The same controller, written down again: level [share], flow [m3/s] of each quarter of an hour. */
static double level_by_hand(double *level, double *integral, double *before, bool *begun, double gain,
                            double reset, double rate, double at, double most)
{
    double error = at - *level, K = gain * most, u, h = 900.0;
    if (!*begun)
        *integral = 0.5 * most - K * error;
    else {
        u           = K * error + K * rate * (*before - *level) / h + *integral;
        double step = K * error * h / reset;
        if (!(u + step > most && step > 0.0) && !(u + step < 0.0 && step < 0.0))
            *integral += step;
    }
    u       = K * error + (*begun ? K * rate * (*before - *level) / h : 0.0) + *integral;
    *before = *level, *begun = true;
    return fmin(fmax(u, 0.0), most);
}

/* A tank of 400 m3 from which 100 m3/h are drawn, filled by a PID of 0..300 m3/h: levels hour by hour, full flow and no wind-up
 * on the way, the set point in the end. */
static void pid_holds_a_level(void)
{
    bench b = bench_new(4);
    rows  r;
    source(&b, "river", 200.0, 0.0, 1.0);
    int32_t tank = store(&b, "tank", 400.0, 0.15);
    add_process(b.draft, "user", 100.0 * M3_H, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    lay(&b, "fill", "river", "tank");
    lay(&b, "draw", "tank", "user");
    lay(&b, "drain", "user", "out");
    park_regulator *c      = regulator(&b, PARK_REGULATE_PID, 900);
    c->link_text[0]        = "fill";
    c->probe               = (park_probe){.kind = PARK_PROBE_LEVEL, .text = "tank", .constituent = -1};
    c->at                  = 0.6;
    c->least               = 0.0;
    c->most                = 300.0 * M3_H;
    c->gain                = 2.0;
    c->reset               = 2.0 * 3600.0;
    c->rate                = 600.0;
    park_simulation *s     = go(&b, NULL, &r);
    double           level = 0.15, integral = 0.0, before = 0.0;
    bool             begun  = false;
    int              column = rows_column(&r, PARK_COLUMN_VOLUME, tank, -1);
    for (size_t q = 0; s != NULL && q < 4 * r.count; q++) {
        double u =
            level_by_hand(&level, &integral, &before, &begun, 2.0, 2.0 * 3600.0, 600.0, 0.6, 300.0 * M3_H);
        level += 900.0 * (u - 100.0 * M3_H) / 400.0;
        if (q % 4 == 3)
            CHECK_CLOSE(rows_at(&r, q / 4, column) / 400.0, level, 1e-7);
    }
    CHECK(s != NULL && fabs(rows_at(&r, r.count - 1, column) / 400.0 - 0.6) < 2e-3);
    CHECK(s != NULL && s->volume_max[tank] < 0.75 * 400.0); /* an integral that wound up would brim it */
    CHECK(s != NULL && s->closure.water <= 1e-12);
    park_arena_free(b.arena);
}

/* 200 and 1000 mg/L at 600: half of each; COD 40 against 0 at 15: 0.375 of the poor water. */
static void blend_meets_its_set_point(void)
{
    static const double TDS[] = {600.0 * MG_L, NAN}, BOTH[] = {600.0 * MG_L, 15.0 * MG_L};
    for (int both = 0; both < 2; both++)
        for (int days = 0; days < 2; days++) { /* also a park that stands still */
            bench           b = two_sources(days);
            rows            r;
            park_regulator *c  = regulator(&b, PARK_REGULATE_BLEND, 900);
            c->link_text[0]    = "poor_user";
            c->link_text[1]    = "good_user";
            c->hold            = both ? BOTH : TDS;
            park_simulation *s = go(&b, NULL, &r);
            for (size_t n = 0; s != NULL && n < r.count; n++)
                CHECK_CLOSE(flow_at(&b, &r, n, "poor_user"), both ? 37.5 : 50.0, 1e-9);
            park_arena_free(b.arena);
        }
}

/* The mixture of a tank whose salt changes is held at each look: the poor water's share falls as the tank gets saltier. */
static void blend_follows_a_changing_water(void)
{
    static const double TDS[] = {600.0 * MG_L, NAN};
    bench               b     = bench_new(2);
    rows                r;
    source(&b, "good", 200.0, 0.0, 3.0);
    source(&b, "poor", 1000.0, 40.0, 1.0);
    store(&b, "tank", 5000.0, 0.5);
    add_process(b.draft, "user", 100.0 * M3_H, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    lay(&b, "poor_tank", "poor", "tank");
    lay(&b, "tank_user", "tank", "user");
    lay(&b, "good_user", "good", "user");
    lay(&b, "user_out", "user", "out");
    park_regulator *c  = regulator(&b, PARK_REGULATE_BLEND, 300);
    c->link_text[0]    = "tank_user";
    c->link_text[1]    = "good_user";
    c->hold            = TDS;
    park_simulation *s = go(&b, NULL, &r);
    int32_t          i = park_model_inlet(b.draft, "user");
    for (size_t n = 0; s != NULL && n < r.count; n++)
        CHECK(rows_at(&r, n, rows_column(&r, PARK_COLUMN_INLET_CONC, i, 0)) <= 600.0 * MG_L * 1.002);
    CHECK(s != NULL && flow_at(&b, &r, 0, "tank_user") > 50.0 && flow_at(&b, &r, 47, "tank_user") > 50.0);
    CHECK_CLOSE(
        rows_at(&r, 0, rows_column(&r, PARK_COLUMN_OUTLET_CONC, park_model_outlet(b.draft, "tank"), 0)),
        1000.0 * MG_L, 10.0 * MG_L); /* no saltier than what fills it, before a mixture is made of it */
    park_arena_free(b.arena);
}

static void priorities(int32_t order, const char *const *list, const char *first)
{
    bench           b = two_sources(1);
    rows            r;
    park_regulator *c = regulator(&b, PARK_REGULATE_PRIORITY, 900);
    const char     *text[2];
    c->inlet_text = "user";
    c->order      = order;
    if (list != NULL)
        text[0] = list[0], text[1] = list[1], c->rank_text = text, c->ranks = 2;
    park_simulation *s = go(&b, NULL, &r);
    CHECK(s != NULL);
    CHECK_CLOSE(flow_at(&b, &r, 5, first), 100.0, 1e-9);
    park_arena_free(b.arena);
}

static void donors_are_asked_in_order(void)
{
    static const char *const LIST[] = {"good_user", "poor_user"};
    priorities(PARK_ORDER_PRICE, NULL, "poor_user");
    priorities(0, NULL, "good_user"); /* the purest in TDS */
    priorities(PARK_ORDER_PRICE, LIST, "good_user");
}

/* Of a source that gives 100 m3/h three lines: one lost for a day leaves 66.67, three times one lost nothing. */
static void part_of_a_capacity_fails(void)
{
    bench        b = bench_new(3);
    rows         r;
    int32_t      u = source(&b, "river", 200.0, 0.0, 1.0);
    park_failure lost[4];
    ((park_source *)params_of(b.draft, u))->capacity = (park_series){100.0 * M3_H, -1};
    add_process(b.draft, "user", 100.0 * M3_H, 0.0);
    add_unit(b.draft, PARK_SINK, "outfall", "out");
    lay(&b, "draw", "river", "user");
    lay(&b, "drain", "user", "out");
    for (int i = 0; i < 4; i++) {
        int64_t from = b.draft->time.start + (i == 0 ? 1 : 2) * DAY;
        lost[i]      = (park_failure){.id = "line", .unit = u, .span = {from, from + DAY}, .lost = 1.0 / 3.0};
    }
    b.draft->failure = lost, b.draft->failures = 4;
    park_simulation *s = go(&b, NULL, &r);
    CHECK(s != NULL);
    CHECK_CLOSE(flow_at(&b, &r, 12, "draw"), 100.0, 1e-9);
    CHECK_CLOSE(flow_at(&b, &r, 36, "draw"), 200.0 / 3.0, 1e-9);
    CHECK_CLOSE(flow_at(&b, &r, 60, "draw"), 0.0, 1e-9);
    CHECK(s != NULL && s->violations > 0 && s->violation[0].kind == PARK_VIOLATION_DEMAND);
    park_arena_free(b.arena);
}

/* ---- kept and taken up ---- */

typedef struct shelf {
    park_arena *arena;
    void       *data;
    size_t      bytes;
} shelf;

static park_status put(void *user, int64_t time, const void *bytes, size_t count, park_error *err)
{
    shelf *s = user;
    (void)time, (void)err;
    s->data = PARK_ARRAY(s->arena, count, char);
    memcpy(s->data, bytes, count);
    s->bytes = count;
    return PARK_OK;
}

/* All kinds at once, kept after 36 hours of 48: the rest is the same to the bit, the bill too. */
static void taken_up_is_the_same(void)
{
    static const double    TDS[] = {600.0 * MG_L, NAN};
    bench                  b     = two_sources(2);
    rows                   all, rest;
    park_simulate_settings settings, again;
    store(&b, "tank", 400.0, 0.4);
    lay(&b, "good_tank", "good", "tank");
    lay(&b, "tank_user", "tank", "user");
    park_regulator *c = regulator(&b, PARK_REGULATE_PID, 900);
    c->link_text[0] = "good_tank", c->at = 0.6, c->most = 60.0 * M3_H, c->gain = 1.0, c->reset = 3600.0,
    c->rate         = 60.0;
    c->probe        = (park_probe){.kind = PARK_PROBE_LEVEL, .text = "tank", .constituent = -1};
    c               = regulator(&b, PARK_REGULATE_BLEND, 900);
    c->link_text[0] = "poor_user", c->link_text[1] = "tank_user", c->hold = TDS;
    c               = regulator(&b, PARK_REGULATE_SWITCH, 1800);
    c->link_text[0] = "good_user", c->open = true, c->at = 590.0 * MG_L, c->hysteresis = 0.05;
    c->probe        = (park_probe){.kind = PARK_PROBE_INLET, .text = "user.inlet", .constituent = 0};
    c               = regulator(&b, PARK_REGULATE_CLOCK, 3600);
    c->link_text[0] = "tank_user", c->open = true;
    for (int h = 0; h < 24; h++)
        c->hour[h] = h % 6 < 4;
    b.draft->tariffs.demand_charge = 1e-6;
    shelf kept                     = {.arena = b.arena};
    park_simulate_settings_default(&settings);
    settings.keep = put, settings.keep_user = &kept, settings.keep_every = 36 * 3600;
    park_simulation *whole = go(&b, &settings, &all);
    CHECK(whole != NULL && kept.data != NULL);
    if (whole != NULL && kept.data != NULL) {
        park_simulate_settings_default(&again);
        again.resume = kept.data, again.resume_bytes = kept.bytes;
        rest               = (rows){.arena = b.arena, .fail_after = -1};
        park_simulation *s = simulate(b.arena, b.draft, NULL, &again, &rest);
        CHECK(s != NULL && rest.count == 12 && all.count == 48);
        CHECK(s != NULL &&
              memcmp(all.value + 36 * all.columns, rest.value, 12 * rest.columns * sizeof(double)) == 0);
        CHECK(s != NULL && s->events_total == whole->events_total && s->bill.running == whole->bill.running &&
              s->bill.month[0].peak == whole->bill.month[0].peak);
    }
    park_arena_free(b.arena);
}

static void names_that_are_not_there_are_told(void)
{
    bench           b = two_sources(1);
    park_regulator *c = regulator(&b, PARK_REGULATE_BLEND, 900);
    c->link_text[0] = "poor_user", c->link_text[1] = "user_out"; /* another inlet */
    c                  = regulator(&b, PARK_REGULATE_PID, 900);
    c->link_text[0]    = "nowhere";
    c->probe           = (park_probe){.kind = PARK_PROBE_OUTLET, .text = "user.reject", .constituent = 0};
    c                  = regulator(&b, PARK_REGULATE_PRIORITY, 900);
    c->inlet_text      = "good"; /* a source has no inlet */
    b.draft->regulator = b.r, b.draft->regulators = b.count;
    CHECK(!stands(b.draft, &b.findings, true));
    size_t told = 0;
    for (size_t i = 0; i < b.findings.count; i++)
        told += b.findings.items[i].code == PARK_E0412;
    CHECK(told == 4);
    park_arena_free(b.arena);
}

int main(void)
{
    RUN(clock_opens_at_night);
    RUN(switch_has_hysteresis);
    RUN(pid_holds_a_level);
    RUN(blend_meets_its_set_point);
    RUN(blend_follows_a_changing_water);
    RUN(donors_are_asked_in_order);
    RUN(part_of_a_capacity_fails);
    RUN(taken_up_is_the_same);
    RUN(names_that_are_not_there_are_told);
    return park_test_done();
}
