/* Controls and rules. */
#include "inp_fixture.h"

#define PUMPED                                                                                               \
    INP_LEAST "[TANKS]\n T 40 3 1 5 20\n[PIPES]\n Q T J 1 1 1\n C R J 1 1 1 0 CV\n[CURVES]\n K 10 40\n G 0 " \
              "0\n G 1 1\n[PUMPS]\n"                                                                         \
              " A R J HEAD K\n[JUNCTIONS]\n V 0\n[VALVES]\n F J V 100 FCV 5\n H J V 100 GPV G\n"
enum { PUMPED_LINES = 8 + 16 };

static void controls_by_level_pressure_time_and_clock(void)
{
    inp_fixture f = inp_given(
        PUMPED
        "[CONTROLS]\n LINK A OPEN IF NODE T BELOW 2\n LINK A 0.7 IF NODE J ABOVE 30\n PUMP A 0 AT TIME 1:30\n"
        " LINK F 8 AT CLOCKTIME 6 PM\n LINK Q CLOSED AT TIME 5 DISABLED\n PIPE Q 1 AT TIME 6\n");
    CHECK(f.status == PARK_OK && f.net->controls == 6);
    const park_net_control *c = f.net->control;
    CHECK(c[0].link == inp_link_named(&f, "A") && c[0].status == PARK_NET_OPEN && isnan(c[0].setting));
    CHECK(c[0].when == PARK_NET_WHEN_BELOW && c[0].node == inp_node_named(&f, "T") && c[0].value == 2.0);
    CHECK(c[1].status == PARK_NET_ACTIVE && c[1].setting == 0.7 && c[1].when == PARK_NET_WHEN_ABOVE &&
          c[1].value == 30.0);
    CHECK(c[2].status == PARK_NET_CLOSED && isnan(c[2].setting) && c[2].when == PARK_NET_WHEN_TIME &&
          c[2].value == 5400.0);
    CHECK(c[3].when == PARK_NET_WHEN_CLOCK && c[3].value == 64800.0 && c[3].node == -1);
    CHECK_CLOSE(c[3].setting, 8.0 * 0.028316846592 / 28.317, 1e-17);
    CHECK(!c[4].enabled && c[3].enabled && c[4].value == 18000.0);
    CHECK(c[5].status == PARK_NET_OPEN && isnan(c[5].setting)); /* a pipe has no setting */
    inp_done(&f);
}

static void rules_with_all_their_clauses(void)
{
    inp_fixture f = inp_given(PUMPED "[RULES]\nRULE one\nIF TANK T LEVEL BELOW 2.5\nAND SYSTEM CLOCKTIME >= "
                                     "6:30 PM\nOR PUMP A STATUS IS CLOSED\n"
                                     "OR JUNCTION J PRESSURE < 20\nAND VALVE F SETTING <> 3\nTHEN PUMP A "
                                     "STATUS IS OPEN\nAND VALVE F SETTING IS 6\n"
                                     "ELSE PUMP A SETTING IS 0.5\nPRIORITY 3\n\nRULE two\nIF TANK T FILLTIME "
                                     "ABOVE 2\nTHEN PIPE Q STATUS = CLOSED\n"
                                     "DISABLED\n");
    CHECK(f.status == PARK_OK && f.net->rules == 2);
    const park_net_rule *r = f.net->rule;
    CHECK_TEXT(r[0].id, "one");
    CHECK(r[0].premises == 5 && r[0].thens == 2 && r[0].elses == 1 && r[0].priority == 3.0 && r[0].enabled);
    const park_net_premise *p = r[0].premise;
    CHECK(p[0].variable == PARK_NET_RULE_LEVEL && p[0].relation == PARK_NET_LT && p[0].value == 2.5 &&
          !p[0].joined_by_or);
    CHECK(p[1].object == PARK_NET_RULE_SYSTEM && p[1].relation == PARK_NET_GE && p[1].value == 66600.0 &&
          p[1].index == -1);
    CHECK(p[2].joined_by_or && p[2].status == PARK_NET_CLOSED && p[2].relation == PARK_NET_EQ);
    CHECK(p[3].joined_by_or && p[3].value == 20.0 && !p[4].joined_by_or && p[4].relation == PARK_NET_NE);
    CHECK_CLOSE(p[4].value, 3.0 * 0.028316846592 / 28.317, 1e-17);
    CHECK(r[0].then[0].status == PARK_NET_OPEN && r[0].then[1].status == PARK_NET_ACTIVE);
    CHECK(r[0].otherwise[0].setting == 0.5 && r[0].otherwise[0].link == inp_link_named(&f, "A"));
    CHECK(!r[1].enabled && r[1].premise[0].value == 7200.0 && r[1].priority == 0.0 &&
          r[1].then[0].status == PARK_NET_CLOSED);
    inp_done(&f);
}

static void refused(const char *addition, park_code code, int line, int column)
{
    char text[1024];
    snprintf(text, sizeof text, "%s%s", PUMPED, addition);
    inp_refused(text, code, PUMPED_LINES + line, column);
}

static void mistakes_of_controls_and_rules(void)
{
    refused("[CONTROLS]\n LINK X OPEN AT TIME 1\n", PARK_E0608, 2, 7);
    refused("[CONTROLS]\n LINK C OPEN AT TIME 1\n", PARK_E0613, 2, 7);
    refused("[CONTROLS]\n LINK H 3 AT TIME 1\n", PARK_E0613, 2, 9);
    refused("[CONTROLS]\n LINK A OPEN IF NODE X BELOW 1\n", PARK_E0607, 2, 22);
    refused("[CONTROLS]\n LINK A OPEN IF NODE T NEAR 1\n", PARK_E0606, 2, 24);
    refused("[CONTROLS]\n LINK A OPEN AT TIME never\n", PARK_E0614, 2, 22);
    refused("[CONTROLS]\n LINK A -1 AT TIME 1\n", PARK_E0605, 2, 9);
    refused("[CONTROLS]\n LINK A OPEN\n", PARK_E0603, 2, 1);
    refused("[RULES]\nTHEN PUMP A STATUS IS OPEN\n", PARK_E0615, 2, 1);
    refused("[RULES]\nRULE a\nTHEN PUMP A STATUS IS OPEN\n", PARK_E0615, 3, 1);
    refused("[RULES]\nRULE a\nIF TANK T FLOW ABOVE 1\n", PARK_E0606, 3, 11);
    refused("[RULES]\nRULE a\nIF JUNCTION J FILLTIME ABOVE 1\n", PARK_E0606, 3, 15);
    refused("[RULES]\nRULE a\nIF TANK X LEVEL ABOVE 1\n", PARK_E0607, 3, 9);
    refused("[RULES]\nRULE a\nIF TANK T LEVEL ABOVE 1\nTHEN PIPE C STATUS IS OPEN\n", PARK_E0613, 4, 11);
    refused("[RULES]\nRULE a\nIF TANK T LEVEL ABOVE 1\nTHEN PUMP A STATUS OPEN\n", PARK_E0615, 4, 1);
    refused("[RULES]\nRULE a\nWHEN TANK T LEVEL ABOVE 1\n", PARK_E0615, 3, 1);
    refused("[RULES]\nRULE a\nIF SYSTEM TIME = late\n", PARK_E0614, 3, 18);
    refused("[RULES]\nRULE a\nIF PUMP A STATUS IS HUMMING\n", PARK_E0606, 3, 21);
    inp_refused(PUMPED "[RULES]\nRULE a\nIF TANK T LEVEL ABOVE 1\n", PARK_E0630, 0, 0); /* no action */
}

static void one_mistake_spoils_one_rule_only(void)
{
    inp_fixture f = inp_given(PUMPED "[RULES]\nRULE a\nIF TANK X LEVEL ABOVE 1\nAND nonsense\nTHEN more "
                                     "nonsense\nRULE b\nIF TANK T LEVEL ABOVE 1\n"
                                     "THEN PUMP A STATUS IS OPEN\n");
    CHECK(f.status == PARK_E_INPUT && f.findings.errors == 1 && f.net->rule[1].thens == 1);
    inp_done(&f);
}

int main(void)
{
    RUN(controls_by_level_pressure_time_and_clock);
    RUN(rules_with_all_their_clauses);
    RUN(mistakes_of_controls_and_rules);
    RUN(one_mistake_spoils_one_rule_only);
    return park_test_done();
}
