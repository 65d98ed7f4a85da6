/* Meters and valves, and what closing does: against continuity and the closed form of one pipe. */
#include "inp_fixture.h"
#include "inp_grid.h"

#include <parkwater/zones.h>

static inp_fixture grid(const char *more)
{
    park_arena *arena = park_arena_new();
    inp_fixture f     = inp_given(grid_text(arena, more));
    CHECK(f.status == PARK_OK);
    park_arena_free(arena);
    return f;
}

static park_border_fate fate_of(const inp_fixture *f, const park_zones *z, const char *link)
{
    for (size_t i = 0; i < z->boundaries; i++)
        if (z->boundary[i].link == inp_link_named(f, link))
            return z->boundary[i].fate;
    CHECK(!"a boundary pipe");
    return PARK_BORDER_CLOSED;
}

static park_zones *fed(inp_fixture *f, park_zone_settings s)
{
    park_zones *z = NULL;
    CHECK(park_zones_make(f->net, &s, f->arena, &z, &f->err) == PARK_OK);
    CHECK(park_zones_feed(f->net, &s, z, &f->err) == PARK_OK);
    return z;
}

static park_zone_settings of_two(void)
{
    park_zone_settings s = park_zone_settings_default();
    s.zones              = 2;
    return s;
}

/* The main alone can feed the right grid: it gets the meter, and then carries exactly what the grid draws at the peak. */
static void the_main_is_metered_and_small_pipes_are_closed(void)
{
    const double LITRE = 0.028316846592 / 28.317;
    inp_fixture  f     = grid("");
    park_zones  *z     = fed(&f, of_two());
    CHECK(fate_of(&f, z, "main") == PARK_BORDER_METER);
    CHECK(fate_of(&f, z, "s1") == PARK_BORDER_VALVE && fate_of(&f, z, "s2") == PARK_BORDER_VALVE);
    CHECK(z->item[0].meters == 1 && z->item[1].meters == 1 && z->item[1].valves == 2);
    double before = 0.0;
    for (size_t i = 0; i < z->boundaries; i++) {
        bool main_pipe = z->boundary[i].link == inp_link_named(&f, "main");
        before += z->boundary[i].flow_before;
        CHECK_CLOSE(z->boundary[i].flow_after, main_pipe ? 40.0 * LITRE : 0.0, 1e-8); /* 25 nodes x 1.6 L/s */
    }
    CHECK_CLOSE(before, 40.0 * LITRE, 1e-8);
    inp_done(&f);
}

static void feeds_that_are_asked_for_stay(void)
{
    inp_fixture        f = grid("");
    park_zone_settings s = of_two();
    s.feeds              = 2;
    park_zones *z        = fed(&f, s);
    CHECK(z->item[1].meters == 2 && z->item[1].valves == 1 && fate_of(&f, z, "main") == PARK_BORDER_METER);
    inp_done(&f);
}

/* With a service pressure that just holds as it stands, nothing may be closed: 50 m less some losses everywhere. */
static void service_pressure_is_not_given_away(void)
{
    inp_fixture        f = grid("");
    park_zone_settings s = of_two();
    park_zones        *z = fed(&f, s);
    CHECK(park_zones_judge(f.net, &s, z, &f.err) == PARK_OK && z->judged);
    s.pressure = z->item[1].before.pressure_min - 1e-9;
    CHECK(z->item[1].after.pressure_min < s.pressure - 1e-6); /* closing costs a little */
    park_zones *careful = fed(&f, s);
    CHECK(careful->item[1].valves < 2);
    inp_done(&f);
}

/* A pipe with a check valve keeps its meter; one that was closed stays closed and is no feed. */
static void check_valves_and_closed_pipes_stay(void)
{
    inp_fixture f = grid("[PIPES]\nc a41 b01 100 80 130 0 CV\nk a43 b03 100 80 130 0 Closed\n");
    park_zones *z = fed(&f, of_two());
    CHECK(fate_of(&f, z, "c") == PARK_BORDER_METER && fate_of(&f, z, "k") == PARK_BORDER_CLOSED);
    CHECK(z->item[1].closed == 1 && z->item[1].meters == 2);
    inp_done(&f);
}

/*
 * A pump feeds ring a, and ring b through two joins; b also has a reservoir of its own. Cut off from b the pump would give half of its
 * design flow: 80 - 20 (10/20)^2 = 75 m instead of 60. So a join stays open, although pressure and feeds would allow both to close.
 */
static void a_pump_is_not_left_to_drive_pressure_up(void)
{
    inp_fixture f =
        inp_given("[OPTIONS]\nUNITS LPS\nPATTERN none\n[RESERVOIRS]\nA 0\nB 50\n[CURVES]\nC 20 "
                  "60\n[PUMPS]\nU A a1 HEAD C\n"
                  "[JUNCTIONS]\na1 0 2.5\na2 0 2.5\na3 0 2.5\na4 0 2.5\nb1 0 2.5\nb2 0 2.5\nb3 0 2.5\nb4 0 "
                  "2.5\n[PIPES]\n"
                  "1 a1 a2 100 300 130\n2 a2 a3 100 300 130\n3 a3 a4 100 300 130\n4 a4 a1 100 300 130\n"
                  "5 b1 b2 100 300 130\n6 b2 b3 100 300 130\n7 b3 b4 100 300 130\n8 b4 b1 100 300 130\n"
                  "j1 a2 b1 100 150 130\nj2 a3 b4 100 150 130\ns B b2 100 300 130 0 CV\n");
    park_zones *z = fed(&f, of_two());
    CHECK(z->boundaries == 2 && z->item[0].reservoirs == 1 && z->item[1].reservoirs == 1);
    CHECK(z->item[0].meters >= 1);
    inp_done(&f);
}

/* One pipe from a reservoir: q = ((H - z - p) C^1.852 d^4.871 / (10.666829 L))^(1/1.852), less what is drawn already. */
static void fire_flow_of_one_pipe_is_the_closed_form(void)
{
    inp_fixture f = inp_given("[OPTIONS]\nUNITS CMS\nPATTERN none\n[RESERVOIRS]\nR 50\n[JUNCTIONS]\nJ 10 "
                              "0.002\n[PIPES]\nP R J 1000 200 130\n");
    park_zone_settings s = park_zone_settings_default();
    park_zones        *z;
    s.zones     = 1;
    s.fire_most = 0.5;
    CHECK(park_zones_make(f.net, &s, f.arena, &z, &f.err) == PARK_OK &&
          park_zones_feed(f.net, &s, z, &f.err) == PARK_OK);
    CHECK(park_zones_judge(f.net, &s, z, &f.err) == PARK_OK);
    double all =
        pow((50.0 - 10.0 - s.fire_pressure) * pow(130.0, 1.852) * pow(0.2, 4.871) / (10.666829 * 1000.0),
            1.0 / 1.852);
    CHECK_CLOSE(z->item[0].before.fire_min, all - 0.002 * 0.028316846592 / 0.028317,
                1.5e-4); /* found to 0.1 L/s, from below */
    CHECK(z->item[0].before.fire_min <= all - 0.002 &&
          z->item[0].after.fire_min == z->item[0].before.fire_min);
    CHECK(z->item[0].before.fire_node == inp_node_named(&f, "J"));
    double loss = 10.666829 * 1000.0 * pow(0.002, 1.852) / (pow(130.0, 1.852) * pow(0.2, 4.871));
    CHECK_CLOSE(z->item[0].before.pressure_min, 40.0 - loss, 1e-4);
    inp_done(&f);
}

/* Fire flow that was there before is not taken away: pipes are opened again until the hydrants give it. */
static void fire_flow_opens_pipes_again(void)
{
    inp_fixture        f = grid("");
    park_zone_settings s = of_two();
    s.fire_most          = 0.5;
    park_zones *z        = fed(&f, s);
    CHECK(park_zones_judge(f.net, &s, z, &f.err) == PARK_OK);
    CHECK(z->item[1].after.fire_min < z->item[1].before.fire_min - 1e-4);
    s.fire_need      = 0.5 * (z->item[1].after.fire_min + z->item[1].before.fire_min);
    s.hydrants       = 1;
    park_zones *safe = fed(&f, s);
    CHECK(park_zones_judge(f.net, &s, safe, &f.err) == PARK_OK);
    CHECK(safe->item[1].valves < z->item[1].valves && safe->item[1].after.fire_min >= s.fire_need - 1e-4);
    inp_done(&f);
}

static void hours_and_numbers_of_the_judgement(void)
{
    inp_fixture        f = grid("");
    park_zone_settings s = of_two();
    park_zones        *z = fed(&f, s);
    CHECK(park_zones_judge(f.net, &s, z, &f.err) == PARK_OK);
    CHECK_CLOSE(z->peak, 1.6, 1e-12); /* factors 0.4, 1, 1.6, 1 over their mean of 1 */
    CHECK_CLOSE(z->lowest, 0.4, 1e-12);
    for (int i = 0; i < 2; i++) {
        CHECK(z->item[i].before.night_mean > z->item[i].before.pressure_mean && z->item[i].before.low == 0);
        CHECK(z->item[i].before.pressure_min <= z->item[i].before.pressure_mean &&
              z->item[i].before.night_mean < 50.0);
    }
    CHECK(z->solves > 10);
    inp_done(&f);
}

/* A pattern of minutes: the peak of the evening is seen, 1140 periods into the day. */
static void a_peak_late_in_a_day_of_minutes_is_found(void)
{
    park_arena *arena = park_arena_new();
    park_text   text;
    park_text_init(&text, arena);
    park_text_add(&text, "[OPTIONS]\nPATTERN minutes\n[TIMES]\nPATTERN TIMESTEP 0:01\n[PATTERNS]\n");
    for (int minute = 0; minute < 1440; minute++)
        park_text_printf(&text, "minutes %s\n", minute == 1140 ? "3" : minute == 1200 ? "0.5" : "1");
    inp_fixture        f = grid(park_text_done(&text));
    park_zone_settings s = of_two();
    park_zones        *z = fed(&f, s);
    CHECK(park_zones_judge(f.net, &s, z, &f.err) == PARK_OK);
    CHECK_CLOSE(z->peak, 3.0 / (1441.5 / 1440.0), 1e-12);
    CHECK_CLOSE(z->lowest, 0.5 / (1441.5 / 1440.0), 1e-12);
    inp_done(&f);
    park_arena_free(arena);
}

/* What is cut off as it stands gets no zone and hinders nothing. */
static void demand_that_is_dry_already_stays_outside(void)
{
    inp_fixture f = grid("[STATUS]\nmain Closed\ns1 Closed\ns2 Closed\n"); /* the right grid is cut off */
    park_zones *z = fed(&f, of_two());
    CHECK(z->zone[inp_node_named(&f, "b22")] == -1 && z->zone[inp_node_named(&f, "a22")] >= 0);
    CHECK(park_zones_judge(f.net, &(park_zone_settings){.zones = 2, .hydrants = 1, .fire_most = 0.1}, z,
                           &f.err) == PARK_OK);
    inp_done(&f);
}

static void a_network_without_an_answer_is_refused(void)
{
    inp_fixture        f = grid("");
    park_zone_settings s = of_two();
    park_zones        *z;
    f.net->option.head_error = 1e-300; /* no answer in doubles is that exact */
    CHECK(park_zones_make(f.net, &s, f.arena, &z, &f.err) == PARK_OK);
    CHECK(park_zones_feed(f.net, &s, z, &f.err) == PARK_E_NUMERIC &&
          strstr(f.err.message, "cannot be balanced") != NULL);
    CHECK(park_zones_judge(f.net, &s, z, &f.err) == PARK_E_NUMERIC);
    inp_done(&f);
    f = grid("");
    CHECK(park_zones_make(f.net, &s, f.arena, &z, &f.err) == PARK_OK);
    f.net->demand.base[7] = 1e308; /* heads beyond all numbers: the solve ends without naming a link */
    CHECK(park_zones_feed(f.net, &s, z, &f.err) == PARK_E_NUMERIC &&
          strstr(f.err.message, "has no answer") != NULL);
    CHECK(park_zones_judge(f.net, &s, z, &f.err) == PARK_E_NUMERIC);
    inp_done(&f);
}

static bool stop_at_once(void *user, double share)
{
    (void)share;
    return ++*(int *)user > 1;
}

static void the_user_may_stop(void)
{
    inp_fixture        f     = grid("");
    park_zone_settings s     = of_two();
    park_zones        *z     = fed(&f, s);
    int                asked = 0;
    s.progress               = stop_at_once;
    s.progress_user          = &asked;
    CHECK(park_zones_judge(f.net, &s, z, &f.err) == PARK_E_CANCELLED && asked == 2);
    CHECK(park_zones_feed(f.net, &s, z, &f.err) == PARK_E_CANCELLED && asked == 3);
    inp_done(&f);
}

int main(void)
{
    RUN(the_main_is_metered_and_small_pipes_are_closed);
    RUN(feeds_that_are_asked_for_stay);
    RUN(service_pressure_is_not_given_away);
    RUN(check_valves_and_closed_pipes_stay);
    RUN(a_pump_is_not_left_to_drive_pressure_up);
    RUN(fire_flow_of_one_pipe_is_the_closed_form);
    RUN(fire_flow_opens_pipes_again);
    RUN(hours_and_numbers_of_the_judgement);
    RUN(a_peak_late_in_a_day_of_minutes_is_found);
    RUN(demand_that_is_dry_already_stays_outside);
    RUN(a_network_without_an_answer_is_refused);
    RUN(the_user_may_stop);
    return park_test_done();
}
