/* Networks in step with the park: what they let through, by hand and against a system that integrates everything at once. */
#include "march_fixture.h"

#include "import/inp.h"

#include <parkwater/bound.h>

enum { KEPT = 8 };

/* A river and a city, wash and what it lets go; pipes from the river to it. */
typedef struct yard {
    park_arena        *arena;
    park_model        *model;
    park_network      *net;
    park_bound_network bound;
    park_network_bind  bind[2];
    const char        *carries[1];
    park_findings      findings;
    park_error         err;
    rows               rows;
} yard;

static const int64_t DAY = 86400;

/* `factor`: [24] of the demand by the hour; NULL: constant. */
static bool yard_begin_by_hours(yard *y, const char *inp, double demand, const double *factor,
                                double min_pressure, double city, int64_t days)
{
    static const char *const NONE[]  = {"TDS"};
    static const double      RIVER[] = {0.2}, CITY[] = {0.5};
    memset(y, 0, sizeof *y);
    y->arena          = park_arena_new();
    park_draft *draft = draft_with(y->arena, NONE, 1);
    period(draft, day_start(2025, 1, 1), day_start(2025, 1, 1) + days * DAY, PARK_SEASONS_STEADY);
    (void)add_source(draft, "surface", "river", RIVER);
    int32_t c                                      = add_source(draft, "reclaimed", "city", CITY);
    ((park_source *)params_of(draft, c))->capacity = (park_series){city, -1};
    int32_t wash                                   = add_process(draft, "wash", demand, 0.0);
    if (factor != NULL)
        ((park_process *)params_of(draft, wash))->demand.flow.pattern = hourly(draft, 24, factor);
    (void)add_unit(draft, PARK_SINK, "sewer", "sewer");
    connect(draft, "river", "wash");
    connect(draft, "city", "wash");
    connect(draft, "wash", "sewer");
    park_findings_init(&y->findings, y->arena);
    if (!stands(draft, &y->findings, false))
        return false;
    y->model = draft;
    park_findings_init(&y->findings, y->arena);
    CHECK(park_inp_read(y->arena, "yard.inp", inp, strlen(inp), &y->net, &y->findings, &y->err) == PARK_OK);
    y->carries[0] = y->model->link[link_between(y->model, "river", "wash")].id;
    y->bind[0]    = (park_network_bind){"wash", park_names_find(&y->net->node.names, "J", 1), 1.0};
    y->bind[1]    = (park_network_bind){"river", park_names_find(&y->net->node.names, "R", 1), 1.0};
    y->bound      = (park_bound_network){.id           = "fresh",
                                         .net          = y->net,
                                         .binds        = 2,
                                         .bind         = y->bind,
                                         .carried      = 1,
                                         .carries      = y->carries,
                                         .min_pressure = min_pressure,
                                         .leak         = {NAN, 30.0, 0.5}};
    y->rows       = (rows){.arena = y->arena, .fail_after = -1};
    return y->bind[0].node >= 0 && y->bind[1].node >= 0;
}

static bool yard_begin(yard *y, const char *inp, double demand, double min_pressure, double city,
                       int64_t days)
{
    return yard_begin_by_hours(y, inp, demand, NULL, min_pressure, city, days);
}

/* March with the pipes as the carrier; `settings` may hold checkpoints. */
static park_simulation *yard_march(yard *y, park_simulate_settings *settings)
{
    park_simulate_settings usual;
    park_carrier          *carrier = NULL;
    park_simulate_settings_default(&usual);
    settings = settings != NULL ? settings : &usual;
    CHECK(park_bound_carrier_make(y->model, &y->bound, 1, &y->findings, y->arena, &carrier, &y->err) ==
          PARK_OK);
    settings->carrier = carrier;
    park_design *plan = plan_blank(y->arena, y->model);
    plan_link(plan, "river", "wash", 0.1); /* the city stands in */
    return simulate(y->arena, y->model, plan, settings, &y->rows);
}

static double flow_in(const yard *y, size_t row, const char *from)
{
    return rows_at(&y->rows, row,
                   rows_column(&y->rows, PARK_COLUMN_LINK_FLOW, link_between(y->model, from, "wash"), -1));
}

static double withheld_in(const yard *y, size_t row)
{
    for (size_t n = 0; n < y->rows.columns; n++)
        if (y->rows.column[n].kind == PARK_COLUMN_WITHHELD)
            return rows_at(&y->rows, row, (int)n);
    return NAN;
}

/* ---- one pipe, by hand: Hazen-Williams against Wagner's root ---- */

#define ONE_PIPE                                                                                             \
    "[JUNCTIONS]\n J 10 0\n[RESERVOIRS]\n R 50\n[PIPES]\n P R J 1000 300 130\n[OPTIONS]\n UNITS LPS\n"       \
    " ACCURACY 0.000001\n"

/* The q at which 40 m - loss(q) is the pressure that Wagner asks for it, by bisection. */
static double one_pipe_lets(double wanted, double required)
{
    double low = 0.0, high = wanted;
    for (int i = 0; i < 200; i++) {
        double q = 0.5 * (low + high);
        double p = 40.0 - 10.666829 * 1000.0 * pow(q, 1.852) / (pow(130.0, 1.852) * pow(0.3, 4.871));
        *(p > required * (q / wanted) * (q / wanted) ? &low : &high) = q;
    }
    return low;
}

static void one_pipe_lets_through_what_its_pressure_bears(void)
{
    yard y;
    if (yard_begin(&y, ONE_PIPE, 0.1, 35.0, 0.0, 2)) {
        park_simulation *s   = yard_march(&y, NULL);
        double           let = one_pipe_lets(0.1, 35.0);
        CHECK(let > 0.09 && let < 0.0999);
        for (size_t row = 0; row < y.rows.count; row++) {
            CHECK_CLOSE(flow_in(&y, row, "river"), let, 1e-5 * let);
            CHECK_CLOSE(withheld_in(&y, row), 0.1 - let, 1e-5 * let);
        }
        /* the ledger has it, closes, and the violation names the link */
        CHECK(s != NULL && s->closure.water < 1e-9 && s->closure.mass < 1e-9 && s->limited > 0);
        CHECK(s != NULL && s->violations == 1 && s->violation[0].kind == PARK_VIOLATION_DEMAND);
        if (s != NULL && s->violations == 1) {
            const park_violation *v = &s->violation[0];
            CHECK(v->link == link_between(y.model, "river", "wash") && park_violation_of_pressure(v));
            CHECK_CLOSE(v->draw_times, let / 0.1, 1e-5);
            CHECK_CLOSE(v->simulated / v->limit, let / 0.1, 1e-5);
        }
    }
    park_arena_free(y.arena);
}

static void other_water_stands_in(void)
{
    yard y;
    if (yard_begin(&y, ONE_PIPE, 0.1, 35.0, 0.01, 2)) {
        park_simulation *s   = yard_march(&y, NULL);
        double           let = one_pipe_lets(0.1, 35.0);
        CHECK_CLOSE(flow_in(&y, 5, "river"), let, 1e-5 * let);
        CHECK_CLOSE(flow_in(&y, 5, "city"), 0.1 - let, 1e-5 * let);
        CHECK_CLOSE(withheld_in(&y, 5), 0.1 - let, 1e-5 * let);
        CHECK(s != NULL && s->violations == 0 && s->closure.water < 1e-9);
    }
    park_arena_free(y.arena);
}

static void enough_pressure_changes_no_bit(void)
{
    yard with, without;
    if (yard_begin(&with, ONE_PIPE, 0.1, 33.0, 0.0, 2) && yard_begin(&without, ONE_PIPE, 0.1, NAN, 0.0, 2)) {
        park_simulation *a = yard_march(&with, NULL), *b = yard_march(&without, NULL);
        CHECK(a != NULL && b != NULL && a->asked > 0 && a->limited == 0);
        CHECK(b != NULL && b->asked == 0); /* no pressure is asked for: no carrier */
        for (size_t l = 0; a != NULL && b != NULL && l < with.model->links; l++)
            CHECK(a->ledger->link_water[l] == b->ledger->link_water[l]);
    }
    park_arena_free(with.arena);
    park_arena_free(without.arena);
}

/* ---- a tank that runs dry: 90 m3 above its lowest level, 0.01 m3/s drawn, nothing comes ---- */

#define DRY_TANK                                                                                             \
    "[JUNCTIONS]\n J 10 0\n[RESERVOIRS]\n R 50\n[TANKS]\n T 50 1.9 1 5 11.2837917 0\n[PIPES]\n"              \
    " P R J 10 300 130 0 Closed\n Q T J 10 300 130\n[OPTIONS]\n UNITS LPS\n ACCURACY 0.000001\n"

/* pi/4 11.2837917^2 = 100 m2: 0.9 m are 90 m3, gone after 9000 s, in the middle of the third hour. */
static void a_tank_gives_what_it_holds_and_no_more(void)
{
    yard y;
    if (yard_begin(&y, DRY_TANK, 0.01, 20.0, 0.0, 1)) {
        park_simulation *s   = yard_march(&y, NULL);
        double           sum = 0.0;
        for (size_t row = 0; row < y.rows.count; row++)
            sum += flow_in(&y, row, "river") * 3600.0;
        CHECK_CLOSE(flow_in(&y, 1, "river"), 0.01, 1e-9);
        CHECK_CLOSE(flow_in(&y, 2, "river"), 0.005, 1e-6); /* 1800 s of it: within a second */
        CHECK_CLOSE(flow_in(&y, 3, "river"), 0.0, 1e-9);
        CHECK_CLOSE(sum, 90.0, 1e-3);
        CHECK(s != NULL && s->closure.water < 1e-9 && s->violations == 1);
    }
    park_arena_free(y.arena);
}

/* The tank of above is empty half a second before the clock opens the other pipe, which it does all the same. */
static void the_clock_is_not_passed_by(void)
{
    yard         y;
    const double draw = 90.0 / 12599.5;
    if (yard_begin(&y, DRY_TANK "[CONTROLS]\n LINK P OPEN AT TIME 3:30\n", draw, 20.0, 0.0, 1)) {
        CHECK(yard_march(&y, NULL) != NULL);
        CHECK_CLOSE(flow_in(&y, 2, "river"), draw, 1e-6 * draw);
        CHECK_CLOSE(flow_in(&y, 3, "river"), draw, 1e-3 * draw);
        CHECK_CLOSE(flow_in(&y, 9, "river"), draw, 1e-6 * draw);
    }
    park_arena_free(y.arena);
}

/* ---- against everything at once: a tank filled by a thin pipe, drawn on by pressure ---- */

#define SWAYING(step)                                                                                        \
    "[JUNCTIONS]\n J 0 0\n[RESERVOIRS]\n R 30\n[TANKS]\n T 20 4 0 9 6 0\n[PIPES]\n P R T 2000 80 130\n"      \
    " Q T J 500 120 130\n[TIMES]\n HYDRAULIC TIMESTEP " step "\n[OPTIONS]\n UNITS LPS\n ACCURACY 0.000001\n"

static double through(double dh, double length, double diameter)
{
    double k = 10.666829 * length / (pow(130.0, 1.852) * pow(diameter, 4.871));
    return dh >= 0.0 ? pow(dh / k, 1.0 / 1.852) : -pow(-dh / k, 1.0 / 1.852);
}

/* What J gets of 10 L/s at 25 m when the tank stands at `level`: the flow that pipe and Wagner agree on. */
static double oracle_draw(double level)
{
    double low = 0.0, high = 0.01;
    for (int i = 0; i < 100; i++) {
        double q = 0.5 * (low + high), p = 25.0 * (q / 0.01) * (q / 0.01);
        *(through(20.0 + level - p, 500.0, 0.12) > q ? &low : &high) = q;
    }
    return low;
}

static double oracle_rate(double level, double share)
{
    double area = 0.25 * 3.14159265358979323846 * 36.0;
    return (through(10.0 - level, 2000.0, 0.08) - share * oracle_draw(level)) / area;
}

/* Water that J gets in so many hours, level and draw integrated together by Runge and Kutta's method, 10 s a step; `share`
 * 0: it draws nothing. */
static double oracle_goes_on(double *level, double hours, double share)
{
    double sum = 0.0, h = 10.0, v = *level;
    for (double t = 0.0; t < hours * 3600.0 - 1.0; t += h) {
        double a = oracle_rate(v, share), b = oracle_rate(v + 0.5 * h * a, share),
               c = oracle_rate(v + 0.5 * h * b, share), d = oracle_rate(v + h * c, share),
               next = v + h / 6.0 * (a + 2.0 * b + 2.0 * c + d);
        sum += 0.5 * h * share * (oracle_draw(v) + oracle_draw(next));
        v = next;
    }
    *level = v;
    return sum;
}

static double oracle_volume(double hours)
{
    double level = 4.0;
    return oracle_goes_on(&level, hours, 1.0);
}

static double marched_volume(const char *inp, size_t hours)
{
    yard   y;
    double sum = 0.0;
    if (yard_begin(&y, inp, 0.01, 25.0, 0.0, 1)) {
        CHECK(yard_march(&y, NULL) != NULL);
        for (size_t row = 0; row < hours; row++)
            sum += flow_in(&y, row, "river") * 3600.0;
    }
    park_arena_free(y.arena);
    return sum;
}

/* First order in the hydraulic step, as stepping epanet is. */
static void steps_that_shrink_come_to_the_whole(void)
{
    double exact = oracle_volume(3.0);
    double hour = marched_volume(SWAYING("1:00"), 3), ten = marched_volume(SWAYING("0:10"), 3),
           minute = marched_volume(SWAYING("0:01"), 3);
    fprintf(stderr, "  split against the whole, 3 h: %.3e %.3e %.3e of %.1f m3 at 1 h, 10 min, 1 min\n",
            (hour - exact) / exact, (ten - exact) / exact, (minute - exact) / exact, exact);
    CHECK(fabs(hour - exact) < 0.02 * exact && fabs(hour - exact) > fabs(ten - exact));
    CHECK(fabs(minute - exact) < 3e-4 * exact);
    CHECK(fabs(ten - exact) / fabs(minute - exact) > 8.0 && fabs(ten - exact) / fabs(minute - exact) < 12.0);
}

/* While nobody draws, the tank fills: after three hours of rest it gives what it would give alone. */
static void tanks_fill_while_nothing_is_drawn(void)
{
    static const double REST[24] = {1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    yard                y;
    double              level = 4.0, before = oracle_goes_on(&level, 3.0, 1.0), emptied = level;
    (void)oracle_goes_on(&level, 3.0, 0.0);
    double after = oracle_goes_on(&level, 1.0, 1.0), unfilled = oracle_goes_on(&emptied, 1.0, 1.0);
    if (yard_begin_by_hours(&y, SWAYING("0:01"), 0.01, REST, 25.0, 0.0, 1)) {
        park_simulation *s = yard_march(&y, NULL);
        CHECK(s != NULL && s->complete && s->closure.water < 1e-9);
        double three = 3600.0 * (flow_in(&y, 0, "river") + flow_in(&y, 1, "river") + flow_in(&y, 2, "river"));
        CHECK_CLOSE(three, before, 1e-3 * before);
        CHECK_CLOSE(flow_in(&y, 4, "river"), 0.0, 0.0);
        CHECK_CLOSE(3600.0 * flow_in(&y, 6, "river"), after, 1e-3 * after);
        CHECK(after - unfilled > 0.01 * after); /* which would show */
    }
    park_arena_free(y.arena);
}

/* More steps in a row than events are let pass: 2880 of half a minute. */
static void many_steps_are_no_switching_without_end(void)
{
    yard                   y;
    park_simulate_settings settings;
    park_simulate_settings_default(&settings);
    settings.output = DAY;
    if (yard_begin(&y, SWAYING("0:00:30"), 0.01, 25.0, 0.0, 1)) {
        park_simulation *s = yard_march(&y, &settings);
        CHECK(s != NULL && s->complete && s->asked >= 2880 && s->closure.water < 1e-9);
    }
    park_arena_free(y.arena);
}

/* ---- checkpoints ---- */

typedef struct shelf {
    park_arena *arena;
    size_t      count, bytes[KEPT];
    void       *data[KEPT];
} shelf;

static park_status put(void *user, int64_t time, const void *bytes, size_t count, park_error *err)
{
    shelf *s = user;
    (void)time, (void)err;
    s->data[s->count] = PARK_ARRAY(s->arena, count, char);
    memcpy(s->data[s->count], bytes, count);
    s->bytes[s->count++] = count;
    return PARK_OK;
}

static void taken_up_is_the_same(void)
{
    yard                   all, rest;
    park_simulate_settings settings;
    if (yard_begin(&all, SWAYING("0:10"), 0.01, 25.0, 0.002, 1)) {
        shelf kept = {.arena = all.arena};
        park_simulate_settings_default(&settings);
        settings.keep = put, settings.keep_user = &kept, settings.keep_every = 5 * 3600;
        park_simulation *whole = yard_march(&all, &settings);
        CHECK(whole != NULL && kept.count == 4);
        for (size_t k = 0; whole != NULL && k < kept.count; k++) {
            if (yard_begin(&rest, SWAYING("0:10"), 0.01, 25.0, 0.002, 1)) {
                park_simulate_settings_default(&settings);
                settings.resume = kept.data[k], settings.resume_bytes = kept.bytes[k];
                park_simulation *s = yard_march(&rest, &settings);
                for (size_t l = 0; s != NULL && l < all.model->links; l++)
                    CHECK(s->ledger->link_water[l] == whole->ledger->link_water[l]);
                size_t from = all.rows.count - rest.rows.count;
                CHECK(memcmp(all.rows.value + from * all.rows.columns, rest.rows.value,
                             rest.rows.count * rest.rows.columns * sizeof(double)) == 0);
                CHECK(s != NULL && s->asked == whole->asked && s->limited == whole->limited);
            }
            park_arena_free(rest.arena);
        }
    }
    park_arena_free(all.arena);
}

int main(void)
{
    RUN(one_pipe_lets_through_what_its_pressure_bears);
    RUN(other_water_stands_in);
    RUN(enough_pressure_changes_no_bit);
    RUN(a_tank_gives_what_it_holds_and_no_more);
    RUN(the_clock_is_not_passed_by);
    RUN(steps_that_shrink_come_to_the_whole);
    RUN(tanks_fill_while_nothing_is_drawn);
    RUN(many_steps_are_no_switching_without_end);
    RUN(taken_up_is_the_same);
    return park_test_done();
}
