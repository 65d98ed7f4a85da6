/* Networks as INP texts: the shortest way to say them. */
#include "inp_fixture.h"

#define REFUSED(text, code, line) inp_refused(INP_LEAST text, code, (line) > 0 ? 8 + (line) : 0, 0)
#define VALVED                                                                                               \
    "[JUNCTIONS]\n A 1\n B 1\n C 1\n[PIPES]\n x R A 1 1 1\n y R B 1 1 1\n z R C 1 1 1\n[VALVES]\n" /* 9 lines */

static void a_network_needs_a_source(void)
{
    inp_refused("[JUNCTIONS]\n J 1\n K 1\n[PIPES]\n P J K 1 1 1\n", PARK_E0621, 0, 0);
    inp_refused("[RESERVOIRS]\n R 1\n", PARK_E0621, 0, 0);
    inp_refused("", PARK_E0621, 0, 0);
}

static void curves_rise_and_pump_curves_fall(void)
{
    REFUSED("[CURVES]\n C 0 40\n C 10 30\n C 10 20\n[PUMPS]\n a R J HEAD C\n", PARK_E0622, 2);
    REFUSED("[PUMPS]\n a R J SPEED 1\n", PARK_E0624, 2);
    REFUSED("[CURVES]\n C 0 40\n C 10 41\n[PUMPS]\n a R J HEAD C\n", PARK_E0624, 5);
    REFUSED("[CURVES]\n C 0 40\n[PUMPS]\n a R J HEAD C\n", PARK_E0624,
            4); /* one point at rest tells no flow */
    /* three points from rest are a power function, which wants an exponent below 20: ln(39/1)/ln(11/10) = 38.4 */
    REFUSED("[CURVES]\n C 0 40\n C 10 39\n C 11 1\n[PUMPS]\n a R J HEAD C\n", PARK_E0624, 6);
    inp_fixture f = inp_given(
        INP_LEAST "[CURVES]\n C 0 40\n C 10 30\n C 20 5\n idle 3 3\n idle 2 2\n[PUMPS]\n a R J HEAD C\n");
    CHECK(f.status == PARK_OK && f.findings.count == 0); /* a curve that nobody uses is not judged */
    inp_done(&f);
}

static void levels_stand_in_their_order(void)
{
    REFUSED("[TANKS]\n T 1 0.5 1 5 10\n[PIPES]\n Q T J 1 1 1\n", PARK_E0625, 2);
    REFUSED("[TANKS]\n T 1 6 1 5 10\n[PIPES]\n Q T J 1 1 1\n", PARK_E0625, 2);
    REFUSED("[TANKS]\n T 1 3 1 5 10 0 V\n[PIPES]\n Q T J 1 1 1\n[CURVES]\n V 1 0\n V 4 9\n", PARK_E0625, 2);
    inp_fixture f =
        inp_given(INP_LEAST "[TANKS]\n T 1 3 1 5 10 0 V\n[PIPES]\n Q T J 1 1 1\n[CURVES]\n V 1 0\n V 5 9\n");
    CHECK(f.status == PARK_OK);
    inp_done(&f);
}

static void valves_that_hold_something_need_room(void)
{
    REFUSED("[VALVES]\n V R J 100 PRV 5\n", PARK_E0626, 2);
    REFUSED("[VALVES]\n V J R 100 FCV 5\n", PARK_E0626, 2);
    REFUSED(VALVED " V A C 100 PRV 5\n W B C 100 PRV 5\n", PARK_E0626, 11); /* one downstream node */
    REFUSED(VALVED " V A B 100 PRV 5\n W B C 100 PRV 5\n", PARK_E0626, 11); /* in series */
    REFUSED(VALVED " V A B 100 PSV 5\n W A C 100 PSV 5\n", PARK_E0626, 11);
    REFUSED(VALVED " V A B 100 PRV 5\n W B C 100 PSV 5\n", PARK_E0626, 11);
    REFUSED(VALVED " V B C 100 PSV 5\n W A B 100 PRV 5\n", PARK_E0626, 11); /* whichever comes first */
    REFUSED(VALVED " V A B 100 FCV 5\n W B C 100 PSV 5\n", PARK_E0626, 11);
    REFUSED(VALVED " V B C 100 FCV 5\n W A B 100 PRV 5\n", PARK_E0626, 11);
    inp_fixture f = inp_given(INP_LEAST VALVED
                              " V A B 100 PRV 5\n W A C 100 PRV 5\n X R A 100 TCV 5\n Y B C 100 PBV 1\n");
    CHECK(f.status == PARK_OK);
    inp_done(&f);
}

static void parts_and_lonely_junctions(void)
{
    REFUSED("[JUNCTIONS]\n lonely 1\n", PARK_E0627, 2);
    inp_fixture f =
        inp_given(INP_LEAST "[JUNCTIONS]\n A 1\n B 1 2\n C 1\n[PIPES]\n x A B 1 1 1\n y C B 1 1 1\n");
    const park_finding *part = inp_finding(&f, PARK_W0628, 10);
    CHECK(f.status == PARK_OK && f.findings.count == 1 && part != NULL);
    CHECK(part != NULL && strstr(part->en, "3 junctions") != NULL && strstr(part->en, "'A'") != NULL &&
          strstr(part->zh, "“A”") != NULL);
    inp_done(&f);
}

static void controls_that_wait_in_vain_and_rules_without_actions(void)
{
    inp_fixture f = inp_given(INP_LEAST "[CONTROLS]\n LINK P CLOSED IF NODE R ABOVE 3\n");
    CHECK(f.status == PARK_OK && inp_finding(&f, PARK_W0631, 0) != NULL);
    inp_done(&f);
    REFUSED("[RULES]\nRULE a\nIF SYSTEM TIME > 3\n", PARK_E0630, 0);
    REFUSED("[RULES]\nRULE a\n", PARK_E0630, 0);
}

static void numbers_without_meaning(void)
{
    inp_fixture   f = inp_given(INP_LEAST);
    park_findings findings;
    park_findings_init(&findings, f.arena);
    f.net->link.length[0]    = NAN;
    f.net->link.diameter[0]  = 0.0;
    f.net->link.roughness[0] = -1.0;
    f.net->node.elevation[0] = INFINITY;
    CHECK(park_network_check(f.net, &findings, NULL) == PARK_OK && findings.errors == 4);
    CHECK_TEXT(findings.items[1].path, "links.P");
    CHECK(strstr(findings.items[2].en, "diameter of pipe 'P' is 0") != NULL);
    CHECK(strstr(findings.items[2].zh, "管道“P”的管径为 0") != NULL);
    f.net->link.length[0] = f.net->link.diameter[0] = f.net->link.roughness[0] = 1.0;
    f.net->node.elevation[0]                                                   = 1.0;
    park_findings_init(&findings, park_arena_new());
    park_arena_fail_after(findings.arena, 1);
    CHECK(park_network_check(f.net, &findings, NULL) == PARK_E_MEMORY);
    park_arena_free(findings.arena);
    inp_done(&f);
    REFUSED("[JUNCTIONS]\n K 1 1e308 day\n[PIPES]\n Q J K 1 1 1\n[PATTERNS]\n day 1e308\n", PARK_E0629, 2);
}

int main(void)
{
    RUN(a_network_needs_a_source);
    RUN(curves_rise_and_pump_curves_fall);
    RUN(levels_stand_in_their_order);
    RUN(valves_that_hold_something_need_room);
    RUN(parts_and_lonely_junctions);
    RUN(controls_that_wait_in_vain_and_rules_without_actions);
    RUN(numbers_without_meaning);
    return park_test_done();
}
