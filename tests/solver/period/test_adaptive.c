/* Stepping adaptive: against closed forms, against stepping epanet with shrinking steps, instants to a millisecond. */
#include "run_fixture.h"

static const double LITRE = 0.028316846592 / 28.317; /* as the reader of INP files has it */

/* A tank of 100 m2 (1 to 5 m, at 3 m) gives 10 L/s to J until it is empty, then R does. */
static void a_tank_is_empty_at_the_instant_computed_by_hand(void)
{
    kept_run k = run_adaptive("[JUNCTIONS]\nJ 0 10\n[RESERVOIRS]\nR 5\n[TANKS]\nT 20 3 1 5 11.28379167 0\n"
                              "[PIPES]\nP T J 10 1000 100 0 Open\nC R J 10 1000 100 0 CV\n"
                              "[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 10\n[END]\n");
    CHECK(k.status == PARK_OK && k.result->complete);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_EMPTY, 0), 20.0 / LITRE, 1e-3);
    CHECK_CLOSE(level_at(&k, 36000.0), 1.0, 1e-12);
    CHECK_CLOSE(flow_at(&k, "C", 36000.0), 10.0 * LITRE, 1e-9);
    CHECK_CLOSE(k.result->water.from_reservoirs, (36000.0 - 20.0 / LITRE) * 10.0 * LITRE, 1e-4);
    CHECK(fabs(k.result->water.rounded) < 1e-6 && k.result->closure < 1e-9);
    for (size_t r = 0; r < k.rows; r++)
        CHECK(k.level[r][0] >= 1.0);
    run_free(&k);
}

/*
 * A tank of area A empties through a pipe of k q^1.852 into a reservoir h below: dh/dt = -(h / k)^p / A with p = 1/1.852, so
 * h^(1-p) falls in a straight line. 1000 m of 200 mm, C = 100: k = 10.666829 L / (C^1.852 d^4.871).
 */
static const char *const TORRICELLI =
    "[JUNCTIONS]\nJ 0 0\n[RESERVOIRS]\nR 0\n[TANKS]\nT 0 8 0.5 9 11.28379167 0\n"
    "[PIPES]\nP T J 500 200 100 0 Open\nQ J R 500 200 100 0 Open\n"
    "[OPTIONS]\nUNITS LPS\nACCURACY 1e-8\n[TIMES]\nDURATION 6\nHYDRAULIC TIMESTEP 0:%02d\n[END]\n";

static double torricelli(double time)
{
    double k = 10.666829 * 1000.0 / (pow(100.0, 1.852) * pow(0.2, 4.871)), p = 1.0 / 1.852, area = 100.0;
    double fall = (1.0 - p) * pow(k, -p) / area;
    return pow(pow(8.0, 1.0 - p) - fall * time, 1.0 / (1.0 - p));
}

/* rtol 0: stepping epanet. */
static double torricelli_error(double rtol, int minutes)
{
    char text[1024];
    snprintf(text, sizeof text, TORRICELLI, minutes);
    park_period_settings settings = park_period_settings_default();
    settings.stepping             = rtol > 0.0 ? PARK_STEPPING_ADAPTIVE : PARK_STEPPING_EPANET;
    settings.rtol                 = rtol > 0.0 ? rtol : settings.rtol;
    kept_run k                    = run_network(text, settings);
    CHECK(k.status == PARK_OK);
    double error = level_at(&k, 3.0 * 3600.0) - torricelli(3.0 * 3600.0);
    run_free(&k);
    return error;
}

static void a_falling_level_follows_its_closed_form(void)
{
    CHECK(torricelli(3.0 * 3600.0) > 2.0 &&
          torricelli(3.0 * 3600.0) < 7.0); /* it has moved far, and is not empty */
    /* tolerances are of a step; some fifty of them, each 1e-6 of 8.5 m, add up to less than 4e-4 m */
    CHECK_CLOSE(torricelli_error(1e-6, 60), 0.0, 4e-4);
    /* the constant 4.727 in feet is 10.66683 to 1e-6 */
    CHECK_CLOSE(torricelli_error(1e-9, 60), 0.0, 5e-6);
}

/* Between two pattern steps nothing moves in a network without tanks: one solve for the instant, one for the rate; the day's water by
 * hand. */
static void a_network_without_tanks_is_solved_twice_a_pattern_step(void)
{
    kept_run k = run_adaptive("[JUNCTIONS]\nJ 0 10 P\n[RESERVOIRS]\nR 50\n"
                              "[PIPES]\nP R J 100 300 100 0 Open\n"
                              "[PATTERNS]\nP 1 2 0.5 1\n[OPTIONS]\nUNITS LPS\n"
                              "[TIMES]\nDURATION 24\nPATTERN TIMESTEP 6:00\nHYDRAULIC TIMESTEP 6:00\n"
                              "REPORT TIMESTEP 24:00\n[END]\n");
    CHECK(k.status == PARK_OK && k.result->complete);
    CHECK(k.result->solves <= 2 * 5);
    CHECK_CLOSE(k.result->water.from_reservoirs, 6.0 * 3600.0 * 4.5 * 10.0 * LITRE, 1e-6);
    run_free(&k);
}

/* Euler errs in proportion to its step; the adaptive answer is what its steps lead to. */
static void epanet_converges_to_adaptive_at_first_order(void)
{
    double hour = torricelli_error(0.0, 60), half = torricelli_error(0.0, 30),
           quarter = torricelli_error(0.0, 15);
    CHECK(fabs(hour) > 1e-3);
    CHECK_CLOSE(hour / half, 2.0, 0.2);
    CHECK_CLOSE(half / quarter, 2.0, 0.1);
    CHECK(fabs(torricelli_error(1e-6, 60)) < 0.01 * fabs(quarter));
}

/* As in test_epanet, now to the millisecond: 0.5 m at 10 L/s, 0.3 m at 20 - 10 L/s, 0.3 m at 10 L/s. */
#define CONTROLLED(controls, more)                                                                           \
    "[JUNCTIONS]\nA 0 0\nB 0 10\n[RESERVOIRS]\nR 100\n[TANKS]\nT 20 3 1 5 11.28379167 0\n"                   \
    "[PIPES]\n1 R A 10 1000 100 0 Closed\n2 B T 10 1000 100 0 Open\n[VALVES]\nV A B 300 FCV 20 0\n"          \
    "[CONTROLS]\n" controls "[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 10\nSTART CLOCKTIME 22:00\n" more       \
    "[END]\n"

static void level_controls_switch_at_the_instant(void)
{
    kept_run k =
        run_adaptive(CONTROLLED("LINK 1 OPEN IF NODE T BELOW 2.5\nLINK 1 CLOSED IF NODE T ABOVE 2.8\n", ""));
    CHECK(k.status == PARK_OK);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_OPENED, 0), 5.0 / LITRE, 2e-3);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_CLOSED, 0), 8.0 / LITRE, 2e-3);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_OPENED, 1), 11.0 / LITRE, 2e-3);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_CLOSED, 4), 32.0 / LITRE, 1e-2); /* 8 + 4 (3 + 3) */
    run_free(&k);
}

static void time_controls_switch_at_their_time(void)
{
    kept_run k = run_adaptive(CONTROLLED("LINK 1 OPEN AT TIME 1:30\nLINK 1 CLOSED AT CLOCKTIME 2 AM\n", ""));
    CHECK(event_time(&k, PARK_PERIOD_OPENED, 0) == 5400.0);
    CHECK(event_time(&k, PARK_PERIOD_CLOSED, 0) == 14400.0);
    run_free(&k);
}

/* A premise about a level is met where it is, not at the next multiple of the rule step; "<" lets 1 mm pass. */
static void rules_switch_where_their_premise_is_met(void)
{
    kept_run k = run_adaptive(CONTROLLED("", "RULE TIMESTEP 0:05\n[RULES]\nRULE fill\nIF TANK T LEVEL < 2.5\n"
                                             "THEN PIPE 1 STATUS IS OPEN\nRULE stop\nIF TANK T LEVEL > 2.8\n"
                                             "THEN PIPE 1 STATUS IS CLOSED\n"));
    CHECK(k.status == PARK_OK);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_OPENED, 0), 4.99 / LITRE, 3e-3);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_CLOSED, 0), 7.97 / LITRE, 5e-3);
    run_free(&k);
}

static void rules_on_times_switch_at_them(void)
{
    kept_run k =
        run_adaptive(CONTROLLED("", "[RULES]\nRULE 1\nIF SYSTEM TIME = 2:00\nTHEN PIPE 1 STATUS IS OPEN\n"
                                    "RULE 2\nIF SYSTEM CLOCKTIME >= 3 AM\nAND SYSTEM CLOCKTIME < 4 AM\n"
                                    "THEN PIPE 1 STATUS IS CLOSED\n"));
    CHECK(k.status == PARK_OK);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_OPENED, 0), 7200.0, 1e-3);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_CLOSED, 0), 18000.0, 1e-3);
    run_free(&k);
}

/* Two rules that undo each other switch once a rule step, not without end: 10 h of 5 min. */
static void rules_that_undo_each_other_keep_their_distance(void)
{
    kept_run k = run_adaptive(CONTROLLED("", "RULE TIMESTEP 0:05\n[RULES]\nRULE 1\nIF PIPE 1 STATUS IS OPEN\n"
                                             "THEN PIPE 1 STATUS IS CLOSED\nELSE PIPE 1 STATUS IS OPEN\n"));
    CHECK(k.status == PARK_OK);
    size_t switched = event_count(&k, PARK_PERIOD_OPENED) + event_count(&k, PARK_PERIOD_CLOSED);
    CHECK(switched >= 119 && switched <= 121);
    run_free(&k);
}

/* J falls below 15 m where the tank stands at 15 m + the loss of 10 L/s in P: bisected within a step. */
static void pressure_controls_switch_where_the_pressure_is(void)
{
    kept_run k = run_adaptive("[JUNCTIONS]\nJ 0 10\n[RESERVOIRS]\nR 40\n[TANKS]\nT 14 3 0.2 5 11.28379167 0\n"
                              "[PIPES]\nP T J 10 1000 100 0 Open\nC R J 10 1000 100 0 Closed\n"
                              "[CONTROLS]\nLINK C OPEN IF NODE J BELOW 15\n"
                              "[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 10\n[END]\n");
    CHECK(k.status == PARK_OK);
    /* 10 m of DN1000, C 100, carry 10 L/s with 4e-6 m; the control's slack is 5e-4 ft: 17 m - 15 m - slack at 1e-4 m/s */
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_OPENED, 0), (2.0 - 5e-4 * 0.3048) * 100.0 / (10.0 * LITRE), 0.2);
    run_free(&k);
}

/* 200 m3 to fill at 10 L/s; then 16 000 s run over. */
static void a_tank_overflows_from_the_instant_it_is_full(void)
{
    kept_run k = run_adaptive(
        "[JUNCTIONS]\nA 0 0\nB 0 0\n[RESERVOIRS]\nR 100\n[TANKS]\nT 20 3 1 5 11.28379167 0 * YES\n"
        "[PIPES]\n1 R A 10 1000 100 0 Open\n2 B T 10 1000 100 0 Open\n"
        "[VALVES]\nV A B 300 FCV 10 0\n[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 10\n[END]\n");
    CHECK(k.status == PARK_OK);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_OVERFLOWS, 0), 20.0 / LITRE, 2e-3);
    CHECK_CLOSE(k.result->water.overflowed, 360000.0 * LITRE - 200.0, 1e-3);
    CHECK_CLOSE(level_at(&k, 36000.0), 5.0, 1e-12);
    CHECK(k.result->closure < 1e-9);
    run_free(&k);
}

/* 3.924 kW for 4 h; price 0.1 and 0.3 by the hour: see test_epanet. */
static void energy_by_hand(void)
{
    kept_run k =
        run_adaptive("[JUNCTIONS]\nA 0 10\n[RESERVOIRS]\nR 10\n[PUMPS]\nU R A HEAD C\n[CURVES]\nC 10 30\n"
                     "[PATTERNS]\nE 0.1 0.3\n[ENERGY]\nGLOBAL PRICE 1\nGLOBAL PATTERN E\nDEMAND CHARGE 2\n"
                     "[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 4\n[END]\n");
    static const double KW = 9.81 * 0.01 * 30.0 / 0.75;
    park_period_pump    p  = k.result->pump[0];
    CHECK_CLOSE(p.energy / 3.6e6, 4.0 * KW, 4e-3 * KW);
    CHECK_CLOSE(p.cost, KW * 0.8, 1e-3 * KW * 0.8);
    CHECK_CLOSE(p.efficiency, 0.75, 1e-9);
    CHECK_CLOSE(p.online, 14400.0, 1e-6);
    CHECK_CLOSE(k.result->demand_charge, 2.0 * KW, 2e-3 * KW);
    run_free(&k);
}

static void the_same_input_gives_the_same_bits(void)
{
    static const char *const TEXT =
        CONTROLLED("LINK 1 OPEN IF NODE T BELOW 2.5\nLINK 1 CLOSED IF NODE T ABOVE 2.8\n", "");
    kept_run a = run_adaptive(TEXT), b = run_adaptive(TEXT);
    CHECK(a.rows == b.rows && a.events == b.events && a.rows > 0);
    for (size_t r = 0; r < a.rows; r++)
        CHECK(memcmp(a.head[r], b.head[r], a.net->node.count * sizeof(double)) == 0);
    for (size_t e = 0; e < a.events; e++)
        CHECK(a.event[e].time == b.event[e].time);
    CHECK(memcmp(&a.result->water, &b.result->water, sizeof a.result->water) == 0);
    run_free(&a);
    run_free(&b);
}

static void a_single_instant_and_a_poor_arena(void)
{
    kept_run k =
        run_adaptive("[JUNCTIONS]\nA 0 10\n[RESERVOIRS]\nR 10\n[PIPES]\nP R A 10 300 100 0 Open\n[END]\n");
    CHECK(k.status == PARK_OK && k.rows == 1);
    k.net->time.duration          = 3600;
    park_period_settings settings = park_period_settings_default();
    settings.stepping             = PARK_STEPPING_ADAPTIVE;
    park_period_result *result;
    for (size_t n = 1; n < 400; n++) {
        park_arena *poor = park_arena_new();
        park_arena_fail_after(poor, n);
        park_status status = park_period_run(k.net, &settings, NULL, NULL, poor, &result, NULL);
        CHECK(status == PARK_E_MEMORY || status == PARK_OK);
        park_arena_free(poor);
        if (status == PARK_OK)
            break;
    }
    run_free(&k);
}

int main(void)
{
    RUN(a_tank_is_empty_at_the_instant_computed_by_hand);
    RUN(a_falling_level_follows_its_closed_form);
    RUN(a_network_without_tanks_is_solved_twice_a_pattern_step);
    RUN(epanet_converges_to_adaptive_at_first_order);
    RUN(level_controls_switch_at_the_instant);
    RUN(time_controls_switch_at_their_time);
    RUN(rules_switch_where_their_premise_is_met);
    RUN(rules_on_times_switch_at_them);
    RUN(rules_that_undo_each_other_keep_their_distance);
    RUN(pressure_controls_switch_where_the_pressure_is);
    RUN(a_tank_overflows_from_the_instant_it_is_full);
    RUN(energy_by_hand);
    RUN(the_same_input_gives_the_same_bits);
    RUN(a_single_instant_and_a_poor_arena);
    return park_test_done();
}
