/* Networks that carry a park, by hand: one pipe, whose loss is 6.426 m at 0.1 m3/s (10.666829 L q^1.852 / C^1.852 d^4.871). */
#include "bound_fixture.h"

#include <stdlib.h>

static const double PI = 3.14159265358979323846;

/* river -> wash through one pipe; 0.05 m3/s but for ten o'clock of the second day, when it is 0.1. */
static void one_pipe(bound_bench *b)
{
    bench_begin(b, ONE_PIPE);
    int32_t l           = bench_link(b, "river_wash", 0, 1, 0.05);
    b->flow[l][24 + 10] = 0.1;
    bench_bind(b, "river", "R", 1.0);
    bench_bind(b, "wash", "J1", 1.0);
    bench_carry(b, "river_wash");
}

static void pressure_of_one_pipe_by_hand(void)
{
    bound_bench b;
    one_pipe(&b);
    park_bound_result *r = bench_run(&b);
    if (r != NULL) {
        const park_bound_season *s  = &r->season[0];
        int32_t                  j1 = bench_node(&b, "J1");
        CHECK(s->start == 1735660800 + 86400 && s->worst_hour == 10 && s->lowest_hour[j1] == 10);
        CHECK_CLOSE(s->lowest[j1], 40.0 - 6.426, 1e-3);
        double at_rest = 6.426 * pow(0.5, 1.852);                          /* loss at 0.05 m3/s */
        double tenth   = 6.426 * pow((2 * 0.05 + 0.1) / 3.0 / 0.1, 1.852); /* the mean of three tens */
        CHECK_CLOSE(s->mean[j1], 40.0 - (23.0 * at_rest + tenth) / 24.0, 1e-3);
        CHECK_CLOSE(s->fastest[0], 0.1 / (0.25 * PI * 0.09), 1e-6);
        CHECK_CLOSE(s->strongest[0], 0.1, 1e-9);
        CHECK(r->lacks == 0 && !bench_found(&b, PARK_W0720));
    }
    bench_end(&b);
}

static void what_the_park_draws_is_what_the_network_delivers(void)
{
    bound_bench b;
    one_pipe(&b);
    park_bound_result *r = bench_run(&b);
    if (r != NULL) {
        const park_bound_season *s   = &r->season[0];
        double                   day = (23.0 * 0.05 + 0.2 / 3.0) * 3600.0;
        CHECK_CLOSE(s->days, 365.0, 1e-9);
        CHECK_CLOSE(s->park_drawn, day * 365.0, 1e-3);
        CHECK_CLOSE(s->delivered, s->park_drawn, 1e-3);
        CHECK_CLOSE(s->supplied, s->park_drawn, 1e-3);
        CHECK(s->closure < 1e-9 && s->leaked == 0.0 && s->unmet == 0.0 && s->unbalanced == 0);
    }
    bench_end(&b);
}

/* Water age: 70.69 m3 in the pipe at 0.05 m3/s and 0.0667 in one hour: at most 1413.7 s, and nearly that in most hours. */
static void age_is_the_time_in_the_pipe(void)
{
    bound_bench b;
    one_pipe(&b);
    park_bound_result *r = bench_run(&b);
    if (r != NULL)
        CHECK_CLOSE(r->age[bench_node(&b, "J1")], 1000.0 * 0.25 * PI * 0.09 / 0.05, 40.0);
    bench_end(&b);
}

/* 35 m asked for, 33.574 there: 1.426 m of head, or DN350 (loss 6.426 (0.3 / 0.35)^4.871 = 3.033 m), or a draw of
 * (5 / 6.426)^(1 / 1.852) = 0.8733. */
static void a_lack_and_what_would_hold_it(void)
{
    bound_bench b;
    one_pipe(&b);
    (void)bench_link(&b, "river_wash_2", 0, 1, 0.0); /* another way */
    b.bound.min_pressure = 35.0;
    b.settings.choices   = &b.park.m;
    park_bound_result *r = bench_run(&b);
    if (r != NULL && r->lacks == 1) {
        const park_bound_lack *lack = &r->lack[0];
        CHECK(lack->unit == 1 && lack->link == 0 && lack->alternative && lack->season == 0);
        CHECK(lack->when == 1735660800 + 86400 + 36000);
        CHECK_CLOSE(lack->lowest, 33.574, 1e-3);
        CHECK_CLOSE(lack->head, 35.0 - 33.574, 2e-3);
        CHECK(lack->pipes == 1 && lack->pipes_help && lack->pipe[0] == 0);
        CHECK_CLOSE(lack->diameter[0], 0.35, 1e-12);
        CHECK_CLOSE(lack->draw_times, 0.8733, 1.0 / 1024.0);
        CHECK(bench_found(&b, PARK_W0720));
        park_violation *v = NULL;
        CHECK(park_bound_violations(r, 1, b.park.arena, &v) == 1);
        CHECK_TEXT(v[0].place, "fresh.J1");
        CHECK(v[0].kind == PARK_VIOLATION_PRESSURE && v[0].link == 0 && v[0].unit == 1 && v[0].limit == 35.0);
        CHECK(v[0].draw_times == lack->draw_times);
    }
    CHECK(r != NULL && r->lacks == 1);
    bench_end(&b);
}

static void without_another_way_it_is_told_and_no_violation(void)
{
    bound_bench b;
    one_pipe(&b);
    b.bound.min_pressure = 35.0;
    b.settings.choices   = &b.park.m;
    park_bound_result *r = bench_run(&b);
    park_violation    *v = NULL;
    CHECK(r != NULL && r->lacks == 1 && !r->lack[0].alternative && isnan(r->lack[0].draw_times));
    CHECK(r != NULL && park_bound_violations(r, 1, b.park.arena, &v) == 0);
    CHECK(bench_found(&b, PARK_W0720));
    bench_end(&b);
}

/* Above what 20 sizes can do: 41 m at a node 40 m below its source. */
static void a_pressure_above_the_source_needs_head(void)
{
    bound_bench b;
    one_pipe(&b);
    b.bound.min_pressure = 41.0;
    park_bound_result *r = bench_run(&b);
    CHECK(r != NULL && r->lacks == 1 && !r->lack[0].pipes_help);
    if (r != NULL && r->lacks == 1)
        CHECK_CLOSE(r->lack[0].head, 41.0 - 33.574, 2e-3);
    bench_end(&b);
}

#define TWO_NODES                                                                                            \
    "[JUNCTIONS]\n J1 10 8\n J2 10 3\n[RESERVOIRS]\n R 50\n[PIPES]\n P R J1 1000 300 130\n Q J1 J2 100 300 " \
    "130\n[OPTIONS]\n UNITS LPS\n"

/* wash takes 60 % at J1 and 40 % at J2; dye gives 0.02 back to J2, a source at a junction; J1's own 8 L/s are replaced. */
static void shares_and_sources_at_junctions(void)
{
    bound_bench b;
    bench_begin(&b, TWO_NODES);
    (void)bench_link(&b, "river_wash", 0, 1, 0.1);
    (void)bench_link(&b, "dye_wash", 2, 1, 0.02);
    bench_bind(&b, "river", "R", 1.0);
    bench_bind(&b, "wash", "J1", 0.6);
    bench_bind(&b, "wash", "J2", 0.4);
    bench_bind(&b, "dye", "J2", 1.0);
    bench_carry(&b, "river_wash");
    bench_carry(&b, "dye_wash");
    park_bound_result *r = bench_run(&b);
    if (r != NULL) {
        const park_bound_season *s = &r->season[0];
        /* drawn 0.072 at J1 and 0.048 at J2, given 0.02 at J2: 0.1 through P, 0.028 through Q */
        CHECK_CLOSE(s->strongest[0], 0.1, 1e-8);
        CHECK_CLOSE(s->strongest[1], 0.028, 1e-8);
        CHECK_CLOSE(s->park_drawn, 0.12 * 31536000.0, 1.0);
        CHECK_CLOSE(s->supplied, 0.1 * 31536000.0,
                    1.0); /* what is given and drawn at one node meets outside the pipes */
        CHECK(r->nodes == 3);
        CHECK_TEXT(r->node[2].units, "wash, dye");
    }
    bench_end(&b);
}

static void own_demands_elsewhere_stay(void)
{
    bound_bench b;
    bench_begin(&b, TWO_NODES);
    (void)bench_link(&b, "river_wash", 0, 1, 0.1);
    bench_bind(&b, "river", "R", 1.0);
    bench_bind(&b, "wash", "J1", 1.0);
    bench_carry(&b, "river_wash");
    park_bound_result *r = bench_run(&b);
    if (r != NULL)
        CHECK_CLOSE(r->season[0].strongest[0], 0.103, 1e-7); /* and J2's 3 L/s, of 28.317 to the ft3/s */
    bench_end(&b);
}

/* 1 km at 40 m, nothing drawn: 12 m3/km/d given for 40 m leak 12 m3/d, whatever share grows. */
static void leakage_is_what_was_said_at_its_pressure(void)
{
    for (int growing = 0; growing <= 2; growing++) {
        bound_bench b;
        bench_begin(&b, ONE_PIPE);
        (void)bench_link(&b, "river_wash", 0, 1, 0.0);
        bench_bind(&b, "river", "R", 1.0);
        bench_bind(&b, "wash", "J1", 1.0);
        bench_carry(&b, "river_wash");
        b.bound.leak         = (park_leak_law){12.0 / 1000.0 / 86400.0, 40.0, 0.5 * growing};
        park_bound_result *r = bench_run(&b);
        if (r != NULL)
            CHECK_CLOSE(r->season[0].leaked / 365.0, 12.0, 1e-3);
        bench_end(&b);
    }
}

/* 30 L/s more through the pipe: 40 - 6.426 1.3^1.852 m; the required 20 m are kept, all is delivered. */
static void fire_by_hand(void)
{
    bound_bench b;
    one_pipe(&b);
    park_network_failure fire = {.id       = "fire",
                                 .kind     = PARK_NETWORK_FIRE,
                                 .node     = 0,
                                 .link     = -1,
                                 .flow     = 0.03,
                                 .diameter = NAN,
                                 .from     = INT64_MIN,
                                 .seconds  = 3600.0};
    b.bound.failures          = 1;
    b.bound.failure           = &fire;
    b.bound.min_pressure      = 20.0;
    park_bound_result *r      = bench_run(&b);
    if (r != NULL && r->failures == 1) {
        const park_bound_failure *f = &r->failure[0];
        CHECK(f->start == 1735660800 + 86400 + 36000 && f->below == 0);
        CHECK_CLOSE(f->lowest[0], 40.0 - 6.426 * pow(1.3, 1.852), 2e-3);
        CHECK_CLOSE(f->without[0], 40.0 - 6.426, 1e-3);
        CHECK_CLOSE(f->unmet, 0.0, 1e-3);
        CHECK(bench_found(&b, PARK_N0722));
    }
    CHECK(r != NULL && r->failures == 1);
    bench_end(&b);
}

/* Where Wagner's curve gives sqrt(p / 20) of 0.1 + 0.2 m3/s: p = 40 - 6.426 (0.3 sqrt(p / 20) / 0.1)^1.852, by halving. */
static void a_fire_that_is_not_served_in_full(void)
{
    bound_bench b;
    one_pipe(&b);
    park_network_failure fire = {.id       = "fire",
                                 .kind     = PARK_NETWORK_FIRE,
                                 .node     = 0,
                                 .link     = -1,
                                 .flow     = 0.2,
                                 .diameter = NAN,
                                 .from     = INT64_MIN,
                                 .seconds  = 3600.0};
    double               low = 0.0, high = 20.0;
    for (int i = 0; i < 60; i++) {
        double p                                                              = 0.5 * (low + high);
        *(40.0 - 6.426 * pow(3.0 * sqrt(p / 20.0), 1.852) > p ? &low : &high) = p;
    }
    b.bound.failures     = 1;
    b.bound.failure      = &fire;
    b.bound.min_pressure = 20.0;
    park_bound_result *r = bench_run(&b);
    if (r != NULL && r->failures == 1) {
        CHECK_CLOSE(r->failure[0].lowest[0], low, 5e-3);
        CHECK_CLOSE(r->failure[0].unmet, 0.3 * (1.0 - sqrt(low / 20.0)) * 3600.0, 0.5);
        CHECK(r->failure[0].below == 1 && bench_found(&b, PARK_W0721));
    }
    CHECK(r != NULL && r->failures == 1);
    bench_end(&b);
}

/* A hole of 100 mm, whose water all leaves at J1: 0.6 A sqrt(2 g p) with g = 32.2 ft/s2 = 9.81456 m/s2. */
static void burst_by_hand(void)
{
    bound_bench b;
    one_pipe(&b);
    park_network_failure burst = {.id       = "burst",
                                  .kind     = PARK_NETWORK_BURST,
                                  .node     = -1,
                                  .link     = 0,
                                  .flow     = NAN,
                                  .diameter = 0.1,
                                  .from     = 1735660800,
                                  .seconds  = 7200.0}; /* flows of 0.05 m3/s */
    double               area = 0.25 * PI * 0.01, low = 0.0, high = 40.0;
    for (int i = 0; i < 60; i++) {
        double p = 0.5 * (low + high), q = 0.6 * area * sqrt(2.0 * 9.81456 * p);
        *(40.0 - 6.426 * pow((0.05 + q) / 0.1, 1.852) > p ? &low : &high) = p;
    }
    b.bound.failures     = 1;
    b.bound.failure      = &burst;
    b.bound.min_pressure = 20.0;
    park_bound_result *r = bench_run(&b);
    if (r != NULL && r->failures == 1) {
        const park_bound_failure *f = &r->failure[0];
        CHECK(f->start == 1735660800);
        CHECK_CLOSE(f->lowest[0], low, 5e-3);
        CHECK_CLOSE(f->lost, 0.6 * area * sqrt(2.0 * 9.81456 * low) * 7200.0, 0.1);
        CHECK_CLOSE(f->without[0], 40.0 - 6.426 * pow(0.5, 1.852), 1e-3);
    }
    CHECK(r != NULL && r->failures == 1);
    CHECK(b.net->link.leak_area[0] == 0.0); /* the file's network is as it was */
    bench_end(&b);
}

/* A tank that feeds by night what it was given by day ends a day as it began it, all water accounted for. */
static void tanks_go_round(void)
{
    bound_bench b;
    bench_begin(
        &b, "[JUNCTIONS]\n J1 10 0\n[RESERVOIRS]\n R 50\n[TANKS]\n T 40 5 0 20 12\n[PIPES]\n P R J1 2000 200 "
            "130\n Q J1 T 100 300 130\n[OPTIONS]\n UNITS LPS\n");
    int32_t l = bench_link(&b, "river_wash", 0, 1, 0.02);
    for (size_t r = 0; r < BENCH_ROWS; r++)
        b.flow[l][r] = r % 24 >= 8 && r % 24 < 18 ? 0.05 : 0.005;
    bench_bind(&b, "river", "R", 1.0);
    bench_bind(&b, "wash", "J1", 1.0);
    bench_carry(&b, "river_wash");
    park_bound_result *r = bench_run(&b);
    if (r != NULL) {
        const park_bound_season *s = &r->season[0];
        CHECK(s->closure < 1e-9);
        CHECK_CLOSE(s->delivered, (10 * 0.05 + 14 * 0.005) * 3600.0 * 365.0, 1.0);
        CHECK(fabs(s->supplied - s->delivered) < 0.05 * s->delivered); /* the tank's level comes round */
    }
    bench_end(&b);
}

static void an_unbound_end_is_told(void)
{
    bound_bench b;
    bench_begin(&b, ONE_PIPE);
    (void)bench_link(&b, "river_wash", 0, 1, 0.05);
    bench_bind(&b, "river", "R", 1.0);
    bench_carry(&b, "river_wash");
    CHECK(bench_run(&b) != NULL && bench_found(&b, PARK_W0723));
    bench_end(&b);
}

/* ---- failures of the call ---- */

static bool stop(void *user, double share)
{
    (void)user;
    return share > 0.0;
}

static park_status status_of(bound_bench *b)
{
    park_bound_result *r = NULL;
    return park_bound_run(&b->park.m, &b->bound, 1, &b->flows, &b->settings, &b->findings, b->park.arena, &r,
                          &b->err);
}

static void statuses(void)
{
    bound_bench b;
    one_pipe(&b);
    b.settings.progress = stop;
    CHECK(status_of(&b) == PARK_E_CANCELLED);
    b.settings.progress      = NULL;
    b.net->time.pattern_step = 0;
    CHECK(status_of(&b) == PARK_E_RANGE);
    b.net->time.pattern_step   = 3600;
    b.net->time.hydraulic_step = 0;
    CHECK(status_of(&b) == PARK_E_RANGE);
    CHECK_TEXT(b.err.place, "network.fresh");
    b.net->time.hydraulic_step = 3600;
    b.flow[0][24 + 10]         = NAN;
    b.flow[0][12]              = INFINITY;
    CHECK(status_of(&b) == PARK_E_NUMERIC);
    bench_end(&b);
}

static void memory_ends_cleanly(void)
{
    park_status status = PARK_E_MEMORY;
    for (size_t n = 0; n < 400 && status == PARK_E_MEMORY; n++) {
        bound_bench b;
        one_pipe(&b);
        b.bound.min_pressure = 35.0;
        park_arena_fail_after(b.park.arena, n);
        status = status_of(&b);
        CHECK(status == PARK_E_MEMORY || status == PARK_OK);
        bench_end(&b);
    }
    CHECK(status == PARK_OK);
}

int main(void)
{
    RUN(pressure_of_one_pipe_by_hand);
    RUN(what_the_park_draws_is_what_the_network_delivers);
    RUN(age_is_the_time_in_the_pipe);
    RUN(a_lack_and_what_would_hold_it);
    RUN(without_another_way_it_is_told_and_no_violation);
    RUN(a_pressure_above_the_source_needs_head);
    RUN(shares_and_sources_at_junctions);
    RUN(own_demands_elsewhere_stay);
    RUN(leakage_is_what_was_said_at_its_pressure);
    RUN(fire_by_hand);
    RUN(a_fire_that_is_not_served_in_full);
    RUN(burst_by_hand);
    RUN(tanks_go_round);
    RUN(an_unbound_end_is_told);
    RUN(statuses);
    RUN(memory_ends_cleanly);
    return park_test_done();
}
