#include "inp_fixture.h"

static const double LPS = 0.028316846592 / 28.317; /* [m3/s], EPANET's litre */

static void demands_of_their_section_replace_those_of_the_junction(void)
{
    inp_fixture f = inp_given(
        INP_LEAST "[JUNCTIONS]\n K 1 7\n L 1\n M 1 2 day\n[PIPES]\n a J K 1 1 1\n b J L 1 1 1\n c J M 1 1 1\n"
                  "[DEMANDS]\n J 3 day ;homes\n J 4\n R 9\n K 0\n[PATTERNS]\n day 1 2\n 1 0.5\n");
    CHECK(f.status == PARK_OK);
    const park_net_demands *d = &f.net->demand;
    CHECK(d->count == 4);
    /* J twice, K once with zero, M of its own line; by node, in the file's order */
    CHECK(d->node[0] == 0 && d->node[1] == 0 && d->node[2] == 1 && d->node[3] == 3);
    CHECK_CLOSE(d->base[0], 3.0 * LPS, 1e-18);
    CHECK_CLOSE(d->base[1], 4.0 * LPS, 1e-18);
    CHECK(d->base[2] == 0.0);
    CHECK_CLOSE(d->base[3], 2.0 * LPS, 1e-18);
    CHECK_TEXT(d->category[0], "homes");
    CHECK(d->category[1] == NULL);
    /* the pattern "1" stands in where none is named */
    CHECK_TEXT(f.net->pattern_names.text[f.net->default_pattern], "1");
    CHECK(d->pattern[0] == 0 && d->pattern[1] == f.net->default_pattern && d->pattern[3] == 0);
    CHECK(inp_finding(&f, PARK_W0616, 0) != NULL); /* a reservoir takes no demand */
    inp_done(&f);
    f = inp_given(INP_LEAST " PATTERN day\n DEMAND MULTIPLIER 1.5\n[PATTERNS]\n day 1\n");
    CHECK(f.net->default_pattern == 0 && f.net->demand.pattern[0] == 0 &&
          f.net->option.demand_multiplier == 1.5);
    inp_done(&f);
    f = inp_given(INP_LEAST " PATTERN gone\n[DEMANDS]\nMULTIPLY 2\n");
    CHECK(f.net->default_pattern == -1 && f.net->demand.pattern[0] == -1 &&
          f.net->option.demand_multiplier == 2.0);
    inp_done(&f);
}

static void tanks_and_reservoirs(void)
{
    inp_fixture f = inp_given(
        INP_LEAST "[TANKS]\n T1 40 3 1 5 20 12 * YES\n T2 40 3 1 5 20 0 vol\n fixed 40 3 1 5 0\n deep 30\n"
                  "[RESERVOIRS]\n H 60 day\n[PIPES]\n a T1 J 1 1 1\n b T2 J 1 1 1\n c fixed J 1 1 1\n"
                  "[CURVES]\n vol 0 0\n vol 6 700\n[PATTERNS]\n day 1 1.1\n[MIXING]\n T1 2comp 0.3\n T2 "
                  "LIFO\n J FIFO\n");
    CHECK(f.status == PARK_OK);
    const park_network *net = f.net;
    /* junctions, reservoirs in the order of their sections, tanks */
    CHECK(net->node.count == 7 && inp_node_named(&f, "R") == 1 && inp_node_named(&f, "H") == 2);
    CHECK(inp_node_named(&f, "fixed") == 3 && inp_node_named(&f, "deep") == 4 &&
          inp_node_named(&f, "T1") == 5);
    CHECK(net->node.kind[3] == PARK_NET_RESERVOIR &&
          net->node.elevation[3] == 43.0); /* no bottom: held at its level */
    CHECK(net->node.pattern[2] == 0 && net->node.elevation[2] == 60.0);
    CHECK(net->tank.count == 2 && net->tank.node[0] == 5 && net->tank.level[0] == 3.0 &&
          net->tank.lowest[0] == 1.0);
    CHECK(net->tank.highest[0] == 5.0 && net->tank.diameter[0] == 20.0 && net->tank.dead_volume[0] == 12.0);
    CHECK(net->tank.overflows[0] && !net->tank.overflows[1] && net->tank.curve[0] == -1 &&
          net->tank.curve[1] == 0);
    CHECK(net->curve[0].kind == PARK_NET_CURVE_VOLUME && net->curve[0].y[1] == 700.0);
    CHECK(net->tank.mixing[0] == PARK_NET_MIX_TWO_COMPARTMENTS && net->tank.mixing_share[0] == 0.3);
    CHECK(net->tank.mixing[1] == PARK_NET_MIX_LIFO && net->tank.mixing_share[1] == 1.0);
    inp_done(&f);
}

static void american_units_become_metres(void)
{
    inp_fixture f = inp_given(
        "[JUNCTIONS]\n J 100 449\n[TANKS]\n T 200 10 5 20 50 1000\n[PIPES]\n P T J 1000 12 130 0.5 Closed\n"
        "[EMITTERS]\n J 2\n[COORDINATES]\n J 1.5 -2\n gone 1 1\n also 1 1\n");
    CHECK(f.status == PARK_OK);
    CHECK_CLOSE(f.net->node.elevation[0], 30.48, 1e-12);
    CHECK_CLOSE(f.net->tank.diameter[0], 15.24, 1e-12);
    CHECK_CLOSE(f.net->tank.dead_volume[0], 28.316846592, 1e-10);
    CHECK_CLOSE(f.net->link.length[0], 304.8, 1e-10);
    CHECK_CLOSE(f.net->link.diameter[0], 0.3048, 1e-14);
    CHECK(f.net->link.minor[0] == 0.5 && f.net->link.status[0] == PARK_NET_CLOSED);
    CHECK_CLOSE(f.net->demand.base[0], 449.0 / 448.831 * 0.028316846592, 1e-15);
    /* 2 gpm at 1 psi; 1 psi is 0.3048/0.4333 m: the flow at that head must be 2 gpm */
    CHECK_CLOSE(f.net->node.emitter[0] * sqrt(0.3048 / 0.4333), 2.0 / 448.831 * 0.028316846592, 1e-17);
    CHECK(f.net->node.x[0] == 1.5 && f.net->node.y[0] == -2.0 && isnan(f.net->node.x[1]));
    CHECK(f.findings.count == 1); /* coordinates of nobody: told once */
    inp_done(&f);
}

static void initial_quality_and_sources(void)
{
    inp_fixture f = inp_given(
        INP_LEAST
        " QUALITY Chlorine ug/L\n[JUNCTIONS]\n 7 0\n 12 0\n 30 0\n[PIPES]\n a J 7 1 1 1\n b J 12 1 1 1\n"
        " c J 30 1 1 1\n[QUALITY]\n 7 20 4\n J 2\n[SOURCES]\n R SETPOINT 3 \n J MASS 6 *\n R 5\n");
    CHECK(f.status == PARK_OK && f.net->option.quality_unit == 1e-6);
    CHECK_TEXT(f.net->option.chemical, "Chlorine");
    CHECK_CLOSE(f.net->node.quality[inp_node_named(&f, "7")], 4e-6, 1e-20);
    CHECK_CLOSE(f.net->node.quality[inp_node_named(&f, "12")], 4e-6, 1e-20); /* between 7 and 20 by value */
    CHECK(f.net->node.quality[inp_node_named(&f, "30")] == 0.0);
    CHECK(f.net->sources == 2 &&
          f.net->source[0].kind == PARK_NET_SOURCE_CONCEN); /* the later one of R stands */
    CHECK_CLOSE(f.net->source[0].strength, 5e-6, 1e-20);
    CHECK(f.net->source[1].kind == PARK_NET_SOURCE_MASS && f.net->source[1].pattern == -1);
    CHECK_CLOSE(f.net->source[1].strength, 6e-9 / 60.0, 1e-24); /* 6 ug a minute */
    inp_done(&f);
    f = inp_given(INP_LEAST " QUALITY AGE\n[QUALITY]\n J 2\n");
    CHECK(f.net->node.quality[0] == 7200.0);
    inp_done(&f);
    f = inp_given(INP_LEAST " QUALITY TRACE R\n[QUALITY]\n A Z 50\n");
    CHECK(f.net->option.trace_node == 1 && f.net->node.quality[0] == 0.5 && f.net->node.quality[1] == 0.5);
    inp_done(&f);
}

static void mistakes_of_nodes(void)
{
    INP_REFUSED("[JUNCTIONS]\n J 3\n", PARK_E0611, 2, 2);
    INP_REFUSED("[JUNCTIONS]\n K 3 1 nope\n", PARK_E0609, 2, 8);
    INP_REFUSED("[TANKS]\n T 40 3 1 5\n", PARK_E0603, 2, 1);
    INP_REFUSED("[TANKS]\n T 40 3 -1 5 10\n", PARK_E0605, 2, 9);
    INP_REFUSED("[TANKS]\n T 40 3 1 5 10 0 nope\n", PARK_E0610, 2, 18);
    INP_REFUSED("[TANKS]\n T 40 3 1 5 10 0 * PERHAPS\n", PARK_E0606, 2, 20);
    INP_REFUSED("[DEMANDS]\n X 1\n", PARK_E0607, 2, 2);
    INP_REFUSED("[DEMANDS]\n MULTIPLY 0\n", PARK_E0605, 2, 11);
    INP_REFUSED("[DEMANDS]\n MULTIPLY -1\n", PARK_E0605, 2, 11);
    INP_REFUSED("[EMITTERS]\n J -1\n", PARK_E0605, 2, 4);
    INP_REFUSED("[QUALITY]\n J -1\n", PARK_E0605, 2, 4);
    INP_REFUSED("[SOURCES]\n R MASS\n", PARK_E0603, 2, 1);
    INP_REFUSED("[MIXING]\n R STIRRED\n", PARK_E0606, 2, 4);
    INP_REFUSED("[OPTIONS]\n QUALITY TRACE X\n", PARK_E0607, 2, 16);
}

int main(void)
{
    RUN(demands_of_their_section_replace_those_of_the_junction);
    RUN(tanks_and_reservoirs);
    RUN(american_units_become_metres);
    RUN(initial_quality_and_sources);
    RUN(mistakes_of_nodes);
    return park_test_done();
}
