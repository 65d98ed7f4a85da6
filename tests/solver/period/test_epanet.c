/* Stepping epanet: instants, levels, controls, energy and accounts by hand. */
#include "run_fixture.h"

/* "LPS" is 1/28.317 ft3/s in these files: 5.4e-6 less than a litre. */
static const double LITRE = 0.028316846592 / 28.317;

/* A tank of 100 m2 (1 to 5 m, at 3 m) gives 10 L/s to J; reservoir R stands far below behind a check valve. 200 m3 above the
 * lowest level at 36 m3/h last for 20 001.08 s. The step there ends at 20 001 s, 0.8 L short of empty, and EPANET lets the tank
 * give for one step more, to 21 600 s, before it finds it empty: what it made from nothing is told as rounded. */
static void a_tank_drains_and_what_rounding_made_is_told(void)
{
    kept_run k = run_epanet("[JUNCTIONS]\nJ 0 10\n[RESERVOIRS]\nR 5\n[TANKS]\nT 20 3 1 5 11.28379167 0\n"
                            "[PIPES]\nP T J 10 1000 100 0 Open\nC R J 10 1000 100 0 CV\n"
                            "[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 10\n[END]\n");
    CHECK(k.status == PARK_OK && k.result->complete);
    /* the shut check valve lets through what 18 m press through a resistance of 1e8 s/ft2: 1.7e-8 m3/s */
    CHECK_CLOSE(level_at(&k, 3600.0), 3.0 - 360.0 * LITRE, 1e-6);
    CHECK_CLOSE(level_at(&k, 18000.0), 3.0 - 1800.0 * LITRE, 4e-6);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_EMPTY, 0), 21600.0, 0.0);
    CHECK_CLOSE(level_at(&k, 36000.0), 1.0, 1e-9);
    CHECK_CLOSE(flow_at(&k, "P", 36000.0), 0.0, 1e-6);
    CHECK_CLOSE(flow_at(&k, "C", 36000.0), 10.0 * LITRE, 1e-6);
    CHECK(has_finding(&k, PARK_W0705) && has_finding(&k, PARK_W0710) && !has_finding(&k, PARK_W0700));
    CHECK_CLOSE(k.result->water.delivered, 360000.0 * LITRE, 1e-9);
    CHECK_CLOSE(k.result->water.stored, -200.0, 1e-5);
    CHECK_CLOSE(k.result->water.rounded, 200.0 - 216000.0 * LITRE, 1e-3);
    CHECK(k.result->closure < 1e-9);
    run_free(&k);
}

/* An FCV lets 10 L/s in: 200 m3 to fill, full after 20 000 s; then its pipe is shut and no more comes. */
static const char *const FILLS =
    "[JUNCTIONS]\nA 0 0\nB 0 0\n[RESERVOIRS]\nR 100\n[TANKS]\nT 20 3 1 5 11.28379167 0 %s\n"
    "[PIPES]\n1 R A 10 1000 100 0 Open\n2 B T 10 1000 100 0 Open\n"
    "[VALVES]\nV A B 300 FCV 10 0\n[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 10\n[END]\n";

static void a_full_tank_takes_no_more(void)
{
    char text[1024];
    snprintf(text, sizeof text, FILLS, "");
    kept_run k = run_epanet(text);
    CHECK(k.status == PARK_OK);
    CHECK_CLOSE(level_at(&k, 7200.0), 3.72, 1e-5);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_FULL, 0), 20000.0, 1.0);
    CHECK_CLOSE(level_at(&k, 36000.0), 5.0, 1e-9);
    CHECK_CLOSE(flow_at(&k, "2", 36000.0), 0.0, 1e-6);
    CHECK(has_finding(&k, PARK_N0706));
    run_free(&k);
}

/* The same tank may overflow: 16 000 s at 10 L/s run over, 160 m3. */
static void an_overflow_is_counted(void)
{
    char text[1024];
    snprintf(text, sizeof text, FILLS, "* YES");
    kept_run k = run_epanet(text);
    CHECK(k.status == PARK_OK);
    CHECK_CLOSE(flow_at(&k, "2", 36000.0), 0.01, 1e-6);
    CHECK_CLOSE(k.result->water.overflowed, 160.0, 0.03);
    CHECK(has_finding(&k, PARK_W0707) && event_count(&k, PARK_PERIOD_OVERFLOWS) == 1);
    CHECK(k.result->closure < 1e-9);
    run_free(&k);
}

/* Volume curve (0,0) (2,100) (4,300): from 300 m3, 100 m3 leave in 10 000 s: 200 m3 stand at 3 m. */
static void levels_follow_a_volume_curve(void)
{
    kept_run k =
        run_epanet("[JUNCTIONS]\nJ 0 10\n[TANKS]\nT 20 4 0 4 50 0 CONE\n"
                   "[PIPES]\nP T J 10 1000 100 0 Open\n[CURVES]\nCONE 0 0\nCONE 2 100\nCONE 4 300\n"
                   "[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 10000 SEC\nREPORT TIMESTEP 5000 SEC\n[END]\n");
    CHECK(k.status == PARK_OK);
    CHECK_CLOSE(k.volume[row_at(&k, 5000.0)][0], 300.0 - 50000.0 * LITRE, 1e-8);
    CHECK_CLOSE(level_at(&k, 5000.0), 4.0 - 500.0 * LITRE, 1e-8);
    CHECK_CLOSE(level_at(&k, 10000.0), 4.0 - 1000.0 * LITRE, 1e-8);
    run_free(&k);
}

/* Pattern of 2 h steps that starts 1 h in: factors 1 (1 h), 2 (2 h), 0.5 (2 h), 1; times the multiplier 1.5. Two categories. */
static void demands_are_categories_times_patterns_times_the_multiplier(void)
{
    kept_run k = run_epanet("[JUNCTIONS]\nJ 0 10 A\n[DEMANDS]\nJ 10 A\nJ 4 B\n[RESERVOIRS]\nR 50 H\n"
                            "[PIPES]\nP R J 10 1000 100 0 Open\n[PATTERNS]\nA 1 2 0.5\nB 1 1 3\nH 1 1.1\n"
                            "[OPTIONS]\nUNITS LPS\nDEMAND MULTIPLIER 1.5\n"
                            "[TIMES]\nDURATION 6\nPATTERN TIMESTEP 2:00\nPATTERN START 1:00\n[END]\n");
    int32_t  j = node_of(&k, "J"), r = node_of(&k, "R");
    CHECK_CLOSE(k.demand[row_at(&k, 0.0)][j], 1.5e-3 * (10 + 4), 2e-7);
    CHECK_CLOSE(k.demand[row_at(&k, 3600.0)][j], 1.5e-3 * (20 + 4), 2e-7);
    CHECK_CLOSE(k.demand[row_at(&k, 7200.0)][j], 1.5e-3 * (20 + 4), 2e-7);
    CHECK_CLOSE(k.demand[row_at(&k, 10800.0)][j], 1.5e-3 * (5 + 12), 2e-7);
    CHECK_CLOSE(k.demand[row_at(&k, 18000.0)][j], 1.5e-3 * (10 + 4), 2e-7);
    CHECK_CLOSE(k.head[row_at(&k, 0.0)][r], 50.0, 1e-9);
    CHECK_CLOSE(k.head[row_at(&k, 3600.0)][r], 55.0, 1e-9);
    run_free(&k);
}

/* 100 m2 falling by 0.36 m/h from 3 m: BELOW 2.5 fires at 0.5 / 1e-4 = 5000 s. The valve fills 20 L/s, +0.36 m/h: ABOVE 2.8 at
 * 5000 + 3000 s. */
static const char *const CONTROLLED =
    "[JUNCTIONS]\nA 0 0\nB 0 10\n[RESERVOIRS]\nR 100\n[TANKS]\nT 20 3 1 5 11.28379167 0\n"
    "[PIPES]\n1 R A 10 1000 100 0 Closed\n2 B T 10 1000 100 0 Open\n[VALVES]\nV A B 300 FCV 20 0\n"
    "[CONTROLS]\n%s[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 10\nSTART CLOCKTIME 22:00\n%s[END]\n";

static kept_run controlled(const char *controls, const char *more, bool adaptive)
{
    char text[2048];
    snprintf(text, sizeof text, CONTROLLED, controls, more);
    return adaptive ? run_adaptive(text) : run_epanet(text);
}

static void level_controls_fire_at_their_level(void)
{
    kept_run k =
        controlled("LINK 1 OPEN IF NODE T BELOW 2.5\nLINK 1 CLOSED IF NODE T ABOVE 2.8\n", "", false);
    CHECK(k.status == PARK_OK);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_OPENED, 0), 5000.0, 1.0);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_CLOSED, 0), 8000.0, 2.0);
    CHECK_CLOSE(event_time(&k, PARK_PERIOD_OPENED, 1), 11000.0, 3.0);
    CHECK(k.events > 0 && k.event[0].control == 0 && k.event[0].rule == -1);
    run_free(&k);
}

static void time_controls_fire_at_their_time(void)
{
    kept_run k = controlled("LINK 1 OPEN AT TIME 1:30\nLINK 1 CLOSED AT CLOCKTIME 2 AM\n", "", false);
    CHECK(event_time(&k, PARK_PERIOD_OPENED, 0) == 5400.0);
    CHECK(event_time(&k, PARK_PERIOD_CLOSED, 0) == 4.0 * 3600.0); /* 22:00 + 4 h */
    run_free(&k);
}

/* The last control of the file wins where two hold. */
static void the_last_control_wins(void)
{
    kept_run k = controlled("LINK 1 OPEN IF NODE T BELOW 5\nLINK 1 CLOSED IF NODE T BELOW 5\n", "", false);
    CHECK_CLOSE(flow_at(&k, "1", 3600.0), 0.0, 1e-6);
    run_free(&k);
}

/* Rules are looked at on multiples of 5 min: the level falls below 2.5 at 5000 s (1 mm before: 4990 s), acted on at 5100 s. */
static void rules_act_on_multiples_of_their_step(void)
{
    kept_run k = controlled(
        "",
        "RULE TIMESTEP 0:05\n[RULES]\nRULE fill\nIF TANK T LEVEL < 2.5\nTHEN PIPE 1 STATUS IS OPEN\n"
        "RULE stop\nIF TANK T LEVEL > 2.8\nTHEN PIPE 1 STATUS IS CLOSED\n",
        false);
    CHECK(k.status == PARK_OK);
    CHECK(event_time(&k, PARK_PERIOD_OPENED, 0) == 5100.0);
    CHECK(k.events > 0 && k.event[0].rule == 0 && k.event[0].control == -1);
    /* at 5100 s: 2.49 m; + 1e-4 m/s: within 1 mm of 2.8 m after 3090 s, looked at on 8400 s */
    CHECK(event_time(&k, PARK_PERIOD_CLOSED, 0) == 8400.0);
    run_free(&k);
}

/* Rules, then speed patterns, then simple controls: where all three speak, the control is heard. */
static void controls_overrule_patterns_and_patterns_rules(void)
{
    static const char *const PUMPED =
        "[JUNCTIONS]\nA 0 10\n[RESERVOIRS]\nR 10\n[PUMPS]\nU R A HEAD C %s\n[PATTERNS]\nS 0.9 "
        "0.8\n[CURVES]\nC 10 30\n"
        "[RULES]\nRULE 1\nIF SYSTEM TIME >= 1:00\nTHEN PUMP U SETTING IS 0.5\n%s"
        "[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 3\nRULE TIMESTEP 0:30\n[END]\n";
    char text[2048];
    snprintf(text, sizeof text, PUMPED, "PATTERN S", "");
    kept_run k = run_epanet(text);
    /* a curve of the one point 10 L/s, 30 m: h = 40 s^2 - 1e5 q^2; at 10 L/s 40 s^2 - 10 m */
    CHECK_CLOSE(k.head[row_at(&k, 3600.0)][node_of(&k, "A")], 10.0 + 40.0 * 0.64 - 10.0, 2e-3);
    run_free(&k);
    snprintf(text, sizeof text, PUMPED, "PATTERN S", "[CONTROLS]\nLINK U 1.1 AT TIME 1\n");
    k = run_epanet(text);
    CHECK_CLOSE(k.head[row_at(&k, 3600.0)][node_of(&k, "A")], 10.0 + 40.0 * 1.21 - 10.0, 2e-3);
    run_free(&k);
}

/* A control at a junction acts within the solve: pressure at B above 60 m closes the pipe at once. */
static void pressure_controls_act_within_the_solve(void)
{
    kept_run k = run_epanet(
        "[JUNCTIONS]\nA 0 0\nB 0 10\n[RESERVOIRS]\nR 100\nS 40\n"
        "[PIPES]\n1 R A 100 300 100 0 Open\n2 A B 100 300 100 0 Open\n3 S B 100 300 100 0 CV\n"
        "[CONTROLS]\nLINK 1 CLOSED IF NODE B ABOVE 60\n[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 1\n[END]\n");
    CHECK(k.status == PARK_OK);
    CHECK_CLOSE(flow_at(&k, "1", 0.0), 0.0, 1e-6);
    CHECK(event_count(&k, PARK_PERIOD_CLOSED) == 1 && k.event[0].control == 0 && k.event[0].time == 0.0);
    run_free(&k);
}

/* 10 L/s lifted by 30 m (curve of one point) at 75 %: rho g q H / eta = 3.924 kW. Price 0.1 for an hour, then 0.3: for 4 h
 * 3.924 (2 x 0.1 + 2 x 0.3). Demand charge 2 per kW. */
static void energy_by_hand(void)
{
    kept_run k =
        run_epanet("[JUNCTIONS]\nA 0 10\n[RESERVOIRS]\nR 10\n[PUMPS]\nU R A HEAD C\n[CURVES]\nC 10 30\n"
                   "[PATTERNS]\nE 0.1 0.3\n[ENERGY]\nGLOBAL PRICE 1\nGLOBAL PATTERN E\nDEMAND CHARGE 2\n"
                   "[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 4\n[END]\n");
    static const double KW = 9.81 * 0.01 * 30.0 / 0.75;
    park_period_pump    p  = k.result->pump[0];
    CHECK_CLOSE(p.energy / 3.6e6, 4.0 * KW, 4e-3 * KW); /* the factor 8.814 is 8e-4 below 9.81 rho */
    CHECK_CLOSE(p.cost, KW * 0.8, 1e-3 * KW * 0.8);
    CHECK_CLOSE(p.efficiency, 0.75, 1e-12);
    CHECK_CLOSE(p.volume, 144000.0 * LITRE, 1e-6);
    CHECK_CLOSE(p.energy_per_volume, KW * 1000.0 / 0.01, KW * 100.0);
    CHECK_CLOSE(p.online, 14400.0, 0.0);
    CHECK_CLOSE(k.result->demand_charge, 2.0 * KW, 2e-3 * KW);
    CHECK_CLOSE(k.power[0][0], 1000.0 * KW, 4.0);
    run_free(&k);
}

/* A price of its own, 2, and an efficiency curve: 60 % at 5 L/s, 80 % at 15 L/s, so 70 % at 10 L/s. */
static void a_pump_may_have_its_own_price_and_efficiency(void)
{
    kept_run k = run_epanet(
        "[JUNCTIONS]\nA 0 10\n[RESERVOIRS]\nR 10\n[PUMPS]\nU R A HEAD C\n[CURVES]\nC 10 30\nE 5 60\nE 15 80\n"
        "[ENERGY]\nGLOBAL PRICE 1\nPUMP U PRICE 2\nPUMP U EFFICIENCY E\n[OPTIONS]\nUNITS LPS\n"
        "[TIMES]\nDURATION 4\n[END]\n");
    CHECK_CLOSE(k.result->pump[0].efficiency, 0.70, 1e-5);
    CHECK_CLOSE(k.result->cost, 2.0 * 4.0 * 9.81 * 0.01 * 30.0 / 0.70, 0.04);
    run_free(&k);
}

static void a_single_instant_costs_an_hour(void)
{
    kept_run k =
        run_epanet("[JUNCTIONS]\nA 0 10\n[RESERVOIRS]\nR 10\n[PUMPS]\nU R A HEAD C\n[CURVES]\nC 10 30\n"
                   "[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 0\n[END]\n");
    CHECK(k.status == PARK_OK && k.rows == 1 && k.result->solves == 1);
    CHECK_CLOSE(k.result->energy / 3.6e6, 3.924, 4e-3);
    run_free(&k);
}

/* Rows at 0:30 and every 0:40 from there, and at the end; none before. */
static void rows_come_at_their_times(void)
{
    kept_run k = run_epanet(
        "[JUNCTIONS]\nA 0 10\n[RESERVOIRS]\nR 10\n[PIPES]\nP R A 10 300 100 0 Open\n[OPTIONS]\nUNITS LPS\n"
        "[TIMES]\nDURATION 2\nREPORT TIMESTEP 0:40\nREPORT START 0:30\n[END]\n");
    CHECK(k.rows == 4);
    CHECK(k.time[0] == 1800.0 && k.time[1] == 4200.0 && k.time[2] == 6600.0 && k.time[3] == 7200.0);
    run_free(&k);
}

/* A pump that must lift 60 m with a curve of 40 m stands still; another runs beyond 20 L/s where its curve ends. */
static void pumps_outside_their_curves_are_told(void)
{
    kept_run k = run_epanet(
        "[JUNCTIONS]\nA 0 30\nB 0 0\n[RESERVOIRS]\nR 10\nH 70\n[PUMPS]\nU R A HEAD C\nW R B HEAD C\n"
        "[PIPES]\nP H B 100 300 100 0 Open\n[CURVES]\nC 10 30\n[OPTIONS]\nUNITS LPS\n[END]\n");
    CHECK(k.status == PARK_OK);
    CHECK(k.link_status[0][link_of(&k, "W")] == PARK_FLOW_SHUT_HEAD && has_finding(&k, PARK_W0703));
    CHECK(k.link_status[0][link_of(&k, "U")] == PARK_FLOW_OVER_CURVE && has_finding(&k, PARK_W0704));
    CHECK(has_finding(&k, PARK_W0701)); /* A: 10 + 40 - 90 m */
    run_free(&k);
}

/* The pipe to J is closed from 1:00 to 3:00: 20 L/s are wanted for 2 h and not delivered. */
static void parts_without_a_source_are_told_with_their_time(void)
{
    kept_run k =
        run_epanet("[JUNCTIONS]\nA 0 1\nJ 0 20\n[RESERVOIRS]\nR 50\n[PIPES]\nP R A 10 300 100 0 Open\nQ A J "
                   "10 300 100 0 Open\n"
                   "[CONTROLS]\nLINK Q CLOSED AT TIME 1\nLINK Q OPEN AT TIME 3\n[OPTIONS]\nUNITS LPS\n"
                   "[TIMES]\nDURATION 5\n[END]\n");
    CHECK(k.status == PARK_OK);
    CHECK(event_time(&k, PARK_PERIOD_CUT_OFF, 0) == 3600.0 &&
          event_time(&k, PARK_PERIOD_REJOINED, 0) == 10800.0);
    CHECK_CLOSE(k.result->water.unmet, 144.0, 1e-3);
    CHECK_CLOSE(k.result->water.delivered, 18.0 + 216.0, 1e-2);
    CHECK(has_finding(&k, PARK_W0700) && has_finding(&k, PARK_W0702));
    run_free(&k);
}

static void the_same_input_gives_the_same_bits(void)
{
    kept_run a =
        controlled("LINK 1 OPEN IF NODE T BELOW 2.5\nLINK 1 CLOSED IF NODE T ABOVE 2.8\n", "", false);
    kept_run b =
        controlled("LINK 1 OPEN IF NODE T BELOW 2.5\nLINK 1 CLOSED IF NODE T ABOVE 2.8\n", "", false);
    CHECK(a.rows == b.rows && a.events == b.events);
    for (size_t r = 0; r < a.rows; r++) {
        CHECK(memcmp(a.head[r], b.head[r], a.net->node.count * sizeof(double)) == 0);
        CHECK(memcmp(a.flow[r], b.flow[r], a.net->link.count * sizeof(double)) == 0);
    }
    CHECK(memcmp(&a.result->water, &b.result->water, sizeof a.result->water) == 0);
    run_free(&a);
    run_free(&b);
}

/* Another demand, pattern and tank level under a plan made for the first network: bits as under a plan of its own. */
static void a_plan_made_before_gives_the_same_bits(void)
{
    static const char *const LOOP =
        "[JUNCTIONS]\nA 0 %s\nB 0 20\nC 5 5\n[RESERVOIRS]\nR 50\n[TANKS]\nT 30 %s 1 5 20 0\n"
        "[PIPES]\n1 R A 1000 300 100 0 Open\n2 A B 1000 200 100 0 Open\n3 B T 900 150 100 0 Open\n"
        "4 T A 1100 250 100 0 Open\n5 B C 100 100 100 0 Open\n[PATTERNS]\n1 %s 1.3 0.6\n"
        "[OPTIONS]\nUNITS LPS\n[TIMES]\nDURATION 12\n[END]\n";
    char first[1024], other[1024];
    snprintf(first, sizeof first, LOOP, "10", "3", "1");
    snprintf(other, sizeof other, LOOP, "35", "2", "0.4");
    kept_run             one = run_epanet(first), own = run_epanet(other);
    park_hydraulic_plan *plan;
    park_period_settings settings = park_period_settings_default();
    CHECK(park_hydraulic_plan_make(one.arena, one.net, &plan, NULL) == PARK_OK);
    settings.plan   = plan;
    kept_run shared = run_network(other, settings);
    CHECK(own.status == PARK_OK && shared.status == PARK_OK && own.rows == 13 && shared.rows == own.rows);
    for (size_t r = 0; r < own.rows && r < shared.rows; r++) {
        CHECK(memcmp(own.head[r], shared.head[r], own.net->node.count * sizeof(double)) == 0);
        CHECK(memcmp(own.flow[r], shared.flow[r], own.net->link.count * sizeof(double)) == 0);
    }
    CHECK(memcmp(&own.result->water, &shared.result->water, sizeof own.result->water) == 0);
    CHECK(memcmp(&own.result->water, &one.result->water, sizeof own.result->water) != 0);
    park_period_result *result;
    park_network        smaller = *one.net;
    smaller.link.count--;
    CHECK(park_period_run(&smaller, &settings, NULL, NULL, one.arena, &result, NULL) == PARK_E_RANGE);
    run_free(&one);
    run_free(&own);
    run_free(&shared);
}

/* Nothing is exact to 1e-30 m of head: the run ends with the reason, or goes on when the file says so. */
static const char *const HARD =
    "[JUNCTIONS]\nA 0 30\nB 0 50\nC 0 80\n[RESERVOIRS]\nR 50\n[PIPES]\n1 R A 1000 300 100 0 Open\n"
    "2 A B 1000 200 100 0 Open\n3 B C 900 150 100 0 Open\n4 C A 1100 250 100 0 Open\n"
    "[OPTIONS]\nUNITS LPS\nHEADERROR 1e-30\nUNBALANCED %s\n[TIMES]\nDURATION 2\n[END]\n";

static void a_run_without_balance_stops_or_goes_on(void)
{
    char text[1024];
    snprintf(text, sizeof text, HARD, "STOP");
    kept_run k = run_epanet(text);
    CHECK(k.status == PARK_E_NUMERIC && !k.result->complete);
    CHECK(strstr(k.error.message, "0:00:00") != NULL && strstr(k.error.message, "UNBALANCED") != NULL);
    run_free(&k);
    snprintf(text, sizeof text, HARD, "CONTINUE 0");
    k = run_epanet(text);
    CHECK(k.status == PARK_OK && k.result->complete && k.result->unbalanced > 0);
    CHECK(has_finding(&k, PARK_W0708) && event_count(&k, PARK_PERIOD_UNBALANCED) == k.result->unbalanced);
    run_free(&k);
}

static bool stop_at_once(void *user, double share)
{
    (void)user;
    return share >= 0.0;
}

static park_status full_disk(void *user, const park_period_row *row, park_error *err)
{
    (void)user, (void)row;
    return PARK_FAIL(err, PARK_E_FILE, "no room");
}

static void failures_of_the_run_are_told(void)
{
    static const char *const TEXT =
        "[JUNCTIONS]\nA 0 10\n[RESERVOIRS]\nR 10\n[PIPES]\nP R A 10 300 100 0 Open\n"
        "[TIMES]\nDURATION 2\n[END]\n";
    park_period_settings settings = park_period_settings_default();
    settings.progress             = stop_at_once;
    kept_run k                    = run_network(TEXT, settings);
    CHECK(k.status == PARK_E_CANCELLED && !k.result->complete);
    settings      = park_period_settings_default();
    settings.rtol = 0.0;
    park_period_result *result;
    CHECK(park_period_run(k.net, &settings, NULL, NULL, k.arena, &result, NULL) == PARK_E_RANGE);
    settings              = park_period_settings_default();
    park_period_sink sink = {.row = full_disk};
    CHECK(park_period_run(k.net, &settings, &sink, NULL, k.arena, &result, NULL) == PARK_E_FILE);
    k.net->time.report_step = 0;
    CHECK(park_period_run(k.net, &settings, NULL, NULL, k.arena, &result, NULL) == PARK_E_RANGE);
    k.net->time.report_step = 3600;
    for (size_t n = 1; n < 200; n++) {
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
    RUN(a_tank_drains_and_what_rounding_made_is_told);
    RUN(a_full_tank_takes_no_more);
    RUN(an_overflow_is_counted);
    RUN(levels_follow_a_volume_curve);
    RUN(demands_are_categories_times_patterns_times_the_multiplier);
    RUN(level_controls_fire_at_their_level);
    RUN(time_controls_fire_at_their_time);
    RUN(the_last_control_wins);
    RUN(rules_act_on_multiples_of_their_step);
    RUN(controls_overrule_patterns_and_patterns_rules);
    RUN(pressure_controls_act_within_the_solve);
    RUN(energy_by_hand);
    RUN(a_pump_may_have_its_own_price_and_efficiency);
    RUN(a_single_instant_costs_an_hour);
    RUN(rows_come_at_their_times);
    RUN(pumps_outside_their_curves_are_told);
    RUN(parts_without_a_source_are_told_with_their_time);
    RUN(the_same_input_gives_the_same_bits);
    RUN(a_plan_made_before_gives_the_same_bits);
    RUN(a_run_without_balance_stops_or_goes_on);
    RUN(failures_of_the_run_are_told);
    return park_test_done();
}
