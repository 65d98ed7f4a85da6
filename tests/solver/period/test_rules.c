/* Rules: every relation, order of premises, priority, ELSE, times across midnight. Looked at without a solve: the test
 * says what heads and flows are. */
#include "run_fixture.h"
#include "period/rules.h"

/* Tank T of 100 m2 between 0 and 10 m; pump P, pipe L, valve V. Rules are added by the tests. */
static const char *const NETWORK = "[JUNCTIONS]\nJ 5 1\nK 5 0\nN 5 0\n"
                                   "[RESERVOIRS]\nR 50\n"
                                   "[TANKS]\nT 20 4 0 10 11.28379167 0\n"
                                   "[PIPES]\nL J T 100 100 100 0 Open\nM J K 100 100 100 0 Open\n"
                                   "[PUMPS]\nP R J HEAD C\n"
                                   "[VALVES]\nV K N 100 PRV 30 0\n"
                                   "[CURVES]\nC 10 30\n"
                                   "[OPTIONS]\nUNITS %s\n"
                                   "[TIMES]\nDURATION 24\nSTART CLOCKTIME 22:00\nRULE TIMESTEP 0:05\n"
                                   "[RULES]\n%s[END]\n";

static park_course course;
static const char *units = "LPS";

/* A course that stands at a time, with the given rules. */
static void stand(const char *rules, double time)
{
    static char                 text[4096];
    static park_period_settings settings;
    static park_period_result   result;
    static park_findings        findings;
    park_error                  error = {0};
    snprintf(text, sizeof text, NETWORK, units, rules);
    settings = park_period_settings_default();
    result   = (park_period_result){0};
    park_arena_free(course.arena);
    course       = (park_course){.settings = &settings, .result = &result, .findings = &findings};
    course.arena = park_arena_new();
    course.net   = network_of(course.arena, text);
    if (park_course_make(&course, &error) != PARK_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
    course.time = time;
}

static int32_t link(const char *id)
{
    return park_names_find(&course.net->link.names, id, strlen(id));
}

static int32_t node(const char *id)
{
    return park_names_find(&course.net->node.names, id, strlen(id));
}

/* Does "IF <premise> THEN PUMP P STATUS IS CLOSED" act? */
static bool acts(const char *premise, double since, double time)
{
    char rules[512];
    snprintf(rules, sizeof rules, "RULE 1\nIF %s\nTHEN PUMP P STATUS IS CLOSED\n", premise);
    stand(rules, time);
    course.state.inflow[node("T")]    = 0.01;
    course.state.flow[link("L")]      = -0.02;
    course.system_demand              = 0.005;
    course.state.delivered[node("J")] = 0.001;
    return park_rules_look(&course, since) == 1;
}

/* The level is 4 m; the tolerance of a metre is 1 mm. Signs as EPANET has them: < lets 1 mm pass, <= asks for 1 mm more. */
static void levels_compare_within_a_thousandth(void)
{
    CHECK(acts("TANK T LEVEL < 4.1", 0, 300) && !acts("TANK T LEVEL < 3.9", 0, 300));
    CHECK(acts("TANK T LEVEL < 3.9995", 0, 300) && !acts("TANK T LEVEL < 3.998", 0, 300));
    CHECK(acts("TANK T LEVEL <= 4.002", 0, 300) && !acts("TANK T LEVEL <= 4", 0, 300));
    CHECK(acts("TANK T LEVEL > 4.0005", 0, 300) && !acts("TANK T LEVEL > 4.002", 0, 300));
    CHECK(acts("TANK T LEVEL >= 3.998", 0, 300) && !acts("TANK T LEVEL >= 4", 0, 300));
    CHECK(acts("TANK T LEVEL = 4.0005", 0, 300) && !acts("TANK T LEVEL = 4.002", 0, 300));
    CHECK(acts("TANK T LEVEL <> 4.002", 0, 300) && !acts("TANK T LEVEL <> 4", 0, 300));
    CHECK(acts("TANK T LEVEL ABOVE 3", 0, 300) && !acts("TANK T LEVEL BELOW 3", 0, 300));
}

static void heads_flows_and_demands_are_read(void)
{
    CHECK(acts("TANK T HEAD > 23.9", 0, 300) && !acts("TANK T HEAD > 24.1", 0, 300));
    CHECK(acts("RESERVOIR R GRADE = 50", 0, 300));
    CHECK(acts("LINK L FLOW > 19", 0, 300) && !acts("LINK L FLOW > 21", 0, 300)); /* its size, L/s */
    CHECK(acts("SYSTEM DEMAND = 5", 0, 300) && !acts("SYSTEM DEMAND > 6", 0, 300));
    CHECK(acts("JUNCTION J DEMAND = 1", 0, 300) && acts("TANK T DEMAND = 10", 0, 300));
}

/* 400 m3 of 1000 with 10 L/s coming in: full in 60 000 s = 16.67 h; it does not drain. */
static void fill_and_drain_times(void)
{
    CHECK(acts("TANK T FILLTIME > 16.6", 0, 300) && !acts("TANK T FILLTIME > 16.7", 0, 300));
    CHECK(!acts("TANK T DRAINTIME > 0", 0, 300) && !acts("TANK T DRAINTIME < 100", 0, 300));
    CHECK(!acts("RESERVOIR R FILLTIME > 0", 0, 300));
}

static void status_and_setting(void)
{
    CHECK(acts("PUMP P STATUS IS OPEN", 0, 300) && !acts("PUMP P STATUS IS CLOSED", 0, 300));
    CHECK(acts("PUMP P STATUS NOT CLOSED", 0, 300));
    CHECK(acts("PUMP P SETTING = 1", 0, 300) && !acts("PUMP P SETTING > 1.1", 0, 300));
    CHECK(acts("VALVE V SETTING = 30", 0, 300));
    stand("RULE 1\nIF VALVE V SETTING > 0\nTHEN PUMP P STATUS IS CLOSED\n", 300);
    course.state.command[link("V")] = PARK_NET_OPEN; /* held open: no setting is in force */
    CHECK(park_rules_look(&course, 0) == 0);
}

/* An instant is met by the look whose interval holds it, however the looks fall. */
static void times_are_met_within_the_interval(void)
{
    CHECK(acts("SYSTEM TIME = 1:00", 3300, 3600) && acts("SYSTEM TIME = 1:00", 3599, 3899));
    CHECK(!acts("SYSTEM TIME = 1:00", 3600, 3900) && !acts("SYSTEM TIME = 1:00", 3000, 3300));
    CHECK(acts("SYSTEM TIME <> 1:00", 3600, 3900) && !acts("SYSTEM TIME <> 1:00", 3300, 3600));
    CHECK(acts("SYSTEM TIME >= 1:00", 3300, 3600) && !acts("SYSTEM TIME > 1:00", 3300, 3600));
    CHECK(acts("SYSTEM TIME <= 1:00", 3300, 3600) && !acts("SYSTEM TIME < 1:00", 3300, 3600));
}

/* The run starts at 22:00: midnight is 7200 s later. */
static void clock_times_go_across_midnight(void)
{
    CHECK(acts("SYSTEM CLOCKTIME = 12 AM", 7000, 7300) && !acts("SYSTEM CLOCKTIME = 12 AM", 7300, 7600));
    CHECK(acts("SYSTEM CLOCKTIME = 11:59 PM", 7000, 7300));
    CHECK(acts("SYSTEM CLOCKTIME >= 10 PM", 0, 300) && !acts("SYSTEM CLOCKTIME >= 10 PM", 7000, 7300));
    CHECK(acts("SYSTEM CLOCKTIME < 1 AM", 7000, 7300));
}

static const char TRUE_[] = "TANK T LEVEL > 1", FALSE_[] = "TANK T LEVEL > 9";

static bool premises(const char *first, const char *word2, const char *second, const char *word3,
                     const char *third)
{
    char rule[512];
    snprintf(rule, sizeof rule, "RULE 1\nIF %s\n%s %s\n%s %s\nTHEN PUMP P STATUS IS CLOSED\n", first, word2,
             second, word3, third);
    stand(rule, 300);
    return park_rules_look(&course, 0) == 1;
}

/* Read in their order: OR mends what is false so far, AND after something false ends the rule. */
static void and_and_or_are_read_in_order(void)
{
    CHECK(premises(TRUE_, "AND", TRUE_, "AND", TRUE_) && !premises(TRUE_, "AND", FALSE_, "AND", TRUE_));
    CHECK(premises(FALSE_, "OR", TRUE_, "AND", TRUE_) && !premises(FALSE_, "OR", FALSE_, "AND", TRUE_));
    CHECK(!premises(FALSE_, "AND", TRUE_, "OR", TRUE_)); /* the AND has ended it */
    CHECK(premises(TRUE_, "AND", FALSE_, "OR", TRUE_));
    CHECK(!premises(TRUE_, "OR", FALSE_, "AND", FALSE_));
}

static void else_counts_where_the_premise_fails(void)
{
    const char *rule =
        "RULE 1\nIF TANK T LEVEL > 9\nTHEN PUMP P STATUS IS OPEN\nELSE PUMP P SETTING IS 0.8\n";
    stand(rule, 300);
    CHECK(park_rules_look(&course, 0) == 1 && park_rules_act(&course, NULL) == PARK_OK);
    CHECK_CLOSE(course.state.setting[link("P")], 0.8, 0.0);
    CHECK(park_rules_look(&course, 300) == 0); /* it stands as the rule wants it */
}

static void the_higher_priority_is_heard(void)
{
    const char *form = "RULE 1\nIF TANK T LEVEL > 1\nTHEN PUMP P STATUS IS CLOSED\n%s"
                       "RULE 2\nIF TANK T LEVEL > 1\nTHEN PUMP P STATUS IS OPEN\n%s";
    char        rules[512];
    snprintf(rules, sizeof rules, form, "PRIORITY 1\n", "PRIORITY 2\n");
    stand(rules, 300);
    CHECK(park_rules_look(&course, 0) == 0); /* rule 2: it is open already */
    snprintf(rules, sizeof rules, form, "PRIORITY 2\n", "PRIORITY 1\n");
    stand(rules, 300);
    CHECK(park_rules_look(&course, 0) == 1);
    snprintf(rules, sizeof rules, form, "", ""); /* equal: the first */
    stand(rules, 300);
    CHECK(park_rules_look(&course, 0) == 1 && park_rules_act(&course, NULL) == PARK_OK);
    CHECK(course.state.command[link("P")] == PARK_NET_CLOSED);
}

static void actions_by_kind_of_link(void)
{
    stand("RULE 1\nIF TANK T LEVEL > 1\nTHEN PIPE L STATUS IS CLOSED\nAND VALVE V SETTING IS 25\n"
          "AND PUMP P SETTING IS 0\n",
          300);
    CHECK(park_rules_look(&course, 0) == 3 && park_rules_act(&course, NULL) == PARK_OK);
    CHECK(course.state.command[link("L")] == PARK_NET_CLOSED &&
          course.state.command[link("P")] == PARK_NET_CLOSED);
    CHECK(course.state.command[link("V")] == PARK_NET_ACTIVE);
    CHECK_CLOSE(course.state.setting[link("V")], 25.0, 1e-12);
    stand("RULE 1\nIF TANK T LEVEL > 1\nTHEN VALVE V STATUS IS CLOSED\n", 300);
    CHECK(park_rules_look(&course, 0) == 1 && park_rules_act(&course, NULL) == PARK_OK);
    CHECK(isnan(park_setting_now(&course, link("V"))));
}

/* A pump that is shut by the head above it and asked to run is tried anew: it counts as an action, which ends the step. */
static void what_the_solve_has_closed_can_be_asked_to_open(void)
{
    stand("RULE 1\nIF TANK T LEVEL > 1\nTHEN PUMP P STATUS IS OPEN\n", 300);
    course.state.status[link("P")] = PARK_FLOW_SHUT_HEAD;
    CHECK(park_rules_look(&course, 0) == 1 && park_rules_act(&course, NULL) == PARK_OK);
    CHECK(course.state.command[link("P")] == PARK_NET_OPEN && course.result->events == 0);
}

/* OPEN is speed 1 and CLOSED speed 0, whatever the speed was before. */
static void a_pump_that_is_closed_and_opened_runs_at_speed_one(void)
{
    stand("RULE 1\nIF TANK T LEVEL > 1\nTHEN PUMP P STATUS IS CLOSED\n", 300);
    course.state.setting[link("P")] = 0.7;
    CHECK(park_rules_look(&course, 0) == 1 && park_rules_act(&course, NULL) == PARK_OK);
    CHECK(course.state.setting[link("P")] == 0.0 && course.state.command[link("P")] == PARK_NET_CLOSED);
    park_command opens = park_command_of(&course, link("P"), PARK_NET_OPEN, NAN);
    CHECK(park_command_put(&course, link("P"), opens) && course.state.setting[link("P")] == 1.0);
    CHECK(!park_command_put(&course, link("P"), opens)); /* it stands so already */
}

static void a_rule_that_is_switched_off_is_silent(void)
{
    stand("RULE 1\nIF TANK T LEVEL > 1\nTHEN PUMP P STATUS IS CLOSED\n", 300);
    course.net->rule[0].enabled = false;
    CHECK(park_rules_look(&course, 0) == 0);
}

/* A thousandth of the file's unit of pressure, which is psi (0.3048 / 0.4333 m) with US flows and METERS with others. */
static void pressures_compare_within_a_thousandth_of_their_unit(void)
{
    const double PSI = 0.3048 / 0.4333;
    const struct {
        const char *options;
        double      unit; /* [m] */
    } ROWS[] = {{"LPS", 1.0},
                {"GPM", PSI},
                {"GPM\nPRESSURE METERS", 1.0},
                {"LPS\nPRESSURE PSI\nSPECIFIC GRAVITY 0.5", 2.0 * PSI},
                {"LPS\nPRESSURE KPA", PSI / 6.895},
                {"CMH\nPRESSURE BAR", PSI / 0.068948},
                {"AFD\nPRESSURE FEET", 0.3048}};
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        units = ROWS[i].options;
        for (int beyond = 0; beyond < 2; beyond++) {
            stand("RULE 1\nIF JUNCTION J PRESSURE <= 20\nTHEN PUMP P STATUS IS CLOSED\n", 0.0);
            int32_t n            = node("J");
            course.state.head[n] = course.net->node.elevation[n] + course.net->rule[0].premise[0].value -
                                   (beyond ? 0.9e-3 : 1.1e-3) * ROWS[i].unit;
            CHECK((park_rules_look(&course, 0.0) == 1) == (beyond == 0));
        }
    }
    units = "LPS";
}

int main(void)
{
    RUN(levels_compare_within_a_thousandth);
    RUN(heads_flows_and_demands_are_read);
    RUN(fill_and_drain_times);
    RUN(status_and_setting);
    RUN(times_are_met_within_the_interval);
    RUN(clock_times_go_across_midnight);
    RUN(and_and_or_are_read_in_order);
    RUN(else_counts_where_the_premise_fails);
    RUN(the_higher_priority_is_heard);
    RUN(actions_by_kind_of_link);
    RUN(what_the_solve_has_closed_can_be_asked_to_open);
    RUN(a_pump_that_is_closed_and_opened_runs_at_speed_one);
    RUN(a_rule_that_is_switched_off_is_silent);
    RUN(pressures_compare_within_a_thousandth_of_their_unit);
    park_arena_free(course.arena);
    return park_test_done();
}
