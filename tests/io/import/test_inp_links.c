#include "inp_fixture.h"

static const double LPS = 0.028316846592 / 28.317;

static void pumps_by_word_and_in_numbers(void)
{
    inp_fixture f = inp_given(
        INP_LEAST
        "[CURVES]\n C 10 40\n E 10 75\n[PATTERNS]\n day 1 0\n[PUMPS]\n a R J HEAD C SPEED 0.9 PATTERN day\n"
        " b R J power 5\n c R J 20 30\n d R J 50 40 10 20 15\n e R J 4.5\n f R J HEAD C POWER 5\n"
        "[ENERGY]\n Global Efficiency 80\n Global Price 0.36\n Pump a Effic E\n Pump a Price 0.72\n"
        " Pump a Pattern day\n Demand Charge 3.6\n Pump b Price 0\n");
    CHECK(f.status == PARK_OK && f.net->pump.count == 6);
    const park_network *net = f.net;
    int32_t             a = inp_link_named(&f, "a"), c = inp_link_named(&f, "c"), d = inp_link_named(&f, "d");
    CHECK(net->link.setting[a] == 0.9 && net->pump.speed_pattern[0] == 0 && isnan(net->pump.power[0]));
    CHECK_CLOSE(net->curve[net->link.curve[a]].x[0], 10.0 * LPS, 1e-17);
    CHECK(net->curve[net->link.curve[a]].y[0] == 40.0);
    CHECK(net->pump.power[1] == 5000.0 && net->link.curve[inp_link_named(&f, "b")] == -1);
    /* head 20 at flow 30 */
    const park_net_curve *one = &net->curve[net->link.curve[c]], *three = &net->curve[net->link.curve[d]];
    CHECK(one->count == 1 && one->y[0] == 20.0);
    CHECK_CLOSE(one->x[0], 30.0 * LPS, 1e-17);
    CHECK(three->count == 3 && three->x[0] == 0.0 && three->y[0] == 50.0 && three->y[1] == 40.0 &&
          three->y[2] == 20.0);
    CHECK_CLOSE(three->x[2], 15.0 * LPS, 1e-17);
    CHECK_TEXT(net->curve_names.text[net->link.curve[c]], "c");
    CHECK(net->pump.power[4] == 4500.0);
    CHECK(isnan(net->pump.power[5]) && net->link.curve[inp_link_named(&f, "f")] == 0); /* the curve rules */
    CHECK(net->energy.efficiency == 0.8 && net->pump.efficiency[0] == 1 && net->curve[1].y[0] == 0.75);
    CHECK_CLOSE(net->energy.price, 1e-7, 1e-22);
    CHECK_CLOSE(net->pump.price[0], 2e-7, 1e-22);
    CHECK(net->pump.price_pattern[0] == 0 && isnan(net->pump.price[1]));
    CHECK_CLOSE(net->energy.demand_charge, 3.6e-3, 1e-18);
    inp_done(&f);
}

static void valves_have_settings_or_curves(void)
{
    inp_fixture f = inp_given(
        INP_LEAST "[JUNCTIONS]\n K 0\n L 0\n M 0\n N 0\n[PIPES]\n x R K 1 1 1\n y R L 1 1 1\n z R M 1 1 1\n "
                  "w R N 1 1 1\n"
                  "[CURVES]\n h 0 0\n h 10 5\n o 0 0\n o 100 100\n[VALVES]\n prv J K 200 PRV 30 0.2\n fcv J "
                  "L 200 FCV 7\n"
                  " tcv L M 200 TCV 12\n gpv M N 200 GPV h\n pcv J N 200 PCV 40 0.3 o\n pbv J M 200 PBV 3\n");
    CHECK(f.status == PARK_OK);
    const park_net_links *link = &f.net->link;
    int32_t               prv  = inp_link_named(&f, "prv");
    CHECK(link->setting[prv] == 30.0 && link->minor[prv] == 0.2 && link->status[prv] == PARK_NET_ACTIVE);
    CHECK(link->diameter[prv] == 0.2);
    CHECK_CLOSE(link->setting[inp_link_named(&f, "fcv")], 7.0 * LPS, 1e-17);
    CHECK(link->setting[inp_link_named(&f, "tcv")] == 12.0);
    int32_t gpv = inp_link_named(&f, "gpv"), pcv = inp_link_named(&f, "pcv");
    CHECK(link->kind[gpv] == PARK_NET_GPV && link->curve[gpv] == 0 && isnan(link->setting[gpv]) &&
          link->status[gpv] == PARK_NET_OPEN);
    CHECK(link->curve[pcv] == 1 && link->minor[pcv] == 0.3);
    CHECK_CLOSE(link->setting[pcv], 0.4, 1e-15);
    CHECK(f.net->curve[0].kind == PARK_NET_CURVE_HEADLOSS && f.net->curve[0].y[1] == 5.0);
    CHECK(f.net->curve[1].kind == PARK_NET_CURVE_OPENING && f.net->curve[1].x[1] == 1.0);
    inp_done(&f);
}

static void status_fixes_a_valve_and_sets_a_pump(void)
{
    inp_fixture f =
        inp_given(INP_LEAST "[JUNCTIONS]\n K 0\n[PIPES]\n 2 R K 1 1 1\n 10 R K 1 1 1\n 11 R K 1 1 1 0 "
                            "CV\n[CURVES]\n C 10 40\n[PUMPS]\n"
                            " a R J HEAD C SPEED 0.8\n b R J HEAD C\n c R J HEAD C\n[VALVES]\n v J K 200 PRV "
                            "30\n w J K 200 TCV 3\n"
                            "[STATUS]\n a OPEN\n b 0\n c 1.2\n v Closed\n w 8\n P CLOSED\n 2 10 CLOSED\n");
    CHECK(f.status == PARK_OK);
    const park_net_links *link = &f.net->link;
    int32_t a = inp_link_named(&f, "a"), b = inp_link_named(&f, "b"), c = inp_link_named(&f, "c");
    CHECK(link->setting[a] == 1.0 && link->status[a] == PARK_NET_OPEN); /* OPEN also means full speed */
    CHECK(link->setting[b] == 0.0 && link->status[b] == PARK_NET_CLOSED);
    CHECK(link->setting[c] == 1.2 && link->status[c] == PARK_NET_OPEN);
    int32_t v = inp_link_named(&f, "v"), w = inp_link_named(&f, "w");
    CHECK(link->status[v] == PARK_NET_CLOSED && link->setting[v] == 30.0);
    CHECK(link->status[w] == PARK_NET_ACTIVE && link->setting[w] == 8.0);
    CHECK(link->status[inp_link_named(&f, "P")] == PARK_NET_CLOSED);
    /* a range of numbers goes by value: 2 and 10, not P; the check valve 11 stays out of it */
    CHECK(link->status[inp_link_named(&f, "2")] == PARK_NET_CLOSED &&
          link->status[inp_link_named(&f, "10")] == PARK_NET_CLOSED);
    CHECK(link->status[inp_link_named(&f, "11")] == PARK_NET_OPEN);
    inp_done(&f);
}

static void bends_tags_leaks_and_reactions(void)
{
    inp_fixture f = inp_given(
        INP_LEAST
        "[PIPES]\n Q R J 500 200 120\n[VERTICES]\n Q 1 2\n P 3 4\n Q 5 6\n gone 1 1\n[TAGS]\n LINK P main\n"
        " NODE J tap\n[LEAKAGE]\n P 10 2\n[REACTIONS]\n Order Bulk 2\n Global Bulk -0.5\n Global Wall -1\n"
        " Bulk Q -0.25\n Wall A Z -3\n Limiting Potential 4\n Roughness Correlation 2\n Tank R 1\n");
    CHECK(f.status == PARK_OK);
    const park_net_links *link = &f.net->link;
    CHECK(link->vertex[0] == 0 && link->vertex[1] == 1 && link->vertex[2] == 3);
    CHECK(link->vertex_x[0] == 3.0 && link->vertex_x[1] == 1.0 && link->vertex_y[2] == 6.0);
    CHECK_TEXT(link->tag[0], "main");
    CHECK_TEXT(f.net->node.tag[0], "tap");
    CHECK_CLOSE(link->leak_area[0], 10e-8, 1e-20); /* 10 mm2 along 100 m */
    CHECK_CLOSE(link->leak_expansion[0], 2e-8, 1e-20);
    CHECK_CLOSE(f.net->option.bulk, -0.5 * 1000.0 / 86400.0, 1e-15); /* second order: L/mg/d */
    CHECK_CLOSE(link->bulk[1], -0.25 * 1000.0 / 86400.0, 1e-15);
    CHECK(isnan(link->bulk[0]));
    CHECK_CLOSE(link->wall[0], -3.0 / 86400.0, 1e-18);
    CHECK_CLOSE(f.net->option.limiting, 4e-3, 1e-18);
    CHECK_CLOSE(f.net->option.wall_roughness_factor, 2.0 / 86400.0, 1e-18);
    inp_done(&f);
}

/* -0.5 of the second order in pipes is L/mg/d, of the first order in tanks 1/d. */
static void a_tank_takes_the_global_number_in_its_own_order(void)
{
    inp_fixture f = inp_given(
        INP_LEAST
        "[TANKS]\n T 40 3 1 5 20\n S 40 3 1 5 20\n[PIPES]\n a T J 1 1 1\n b S J 1 1 1\n[REACTIONS]\n"
        " ORDER BULK 2\n GLOBAL BULK -0.5\n TANK S -0.1\n");
    CHECK(f.status == PARK_OK);
    CHECK_CLOSE(f.net->tank.bulk[0], -0.5 / 86400.0, 1e-18);
    CHECK_CLOSE(f.net->tank.bulk[1], -0.1 / 86400.0, 1e-18);
    CHECK_CLOSE(f.net->option.bulk, -500.0 / 86400.0, 1e-15);
    inp_done(&f);
}

static void one_curve_in_two_uses_becomes_two(void)
{
    inp_fixture f = inp_given(
        INP_LEAST "[CURVES]\n C 10 40\n C_efficiency 1 1\n[PUMPS]\n a R J HEAD C\n b R J HEAD C\n[ENERGY]\n"
                  " PUMP a EFFIC C\n PUMP b EFFIC C\n");
    CHECK(f.status == PARK_OK && f.net->curve_names.count == 3);
    CHECK(f.net->curve[0].kind == PARK_NET_CURVE_PUMP && f.net->curve[1].kind == PARK_NET_CURVE_UNUSED);
    CHECK(f.net->pump.efficiency[0] == 2 && f.net->pump.efficiency[1] == 2 && f.net->curve[2].y[0] == 0.4);
    inp_done(&f);
}

static void mistakes_of_links(void)
{
    INP_REFUSED("[PIPES]\n P R J 1 1 1\n", PARK_E0611, 2, 2);
    INP_REFUSED("[PIPES]\n Q R X 1 1 1\n", PARK_E0607, 2, 6);
    INP_REFUSED("[PIPES]\n Q J J 1 1 1\n", PARK_E0612, 2, 6);
    INP_REFUSED("[PIPES]\n Q R J -1 1 1\n", PARK_E0605, 2, 8);
    INP_REFUSED("[PIPES]\n Q R J 1 0 1\n", PARK_E0605, 2, 10);
    INP_REFUSED("[PIPES]\n Q R J 1 1 1 0 AJAR\n", PARK_E0606, 2, 16);
    INP_REFUSED("[PIPES]\n Q R\n", PARK_E0603, 2, 1);
    INP_REFUSED("[PUMPS]\n a R J HEAD X\n", PARK_E0610, 2, 13);
    INP_REFUSED("[PUMPS]\n a R J HAED X\n", PARK_E0606, 2, 8);
    INP_REFUSED("[PUMPS]\n a R J 1 2 3\n", PARK_E0603, 2, 1);
    INP_REFUSED("[VALVES]\n v R J 100 XYZ 1\n", PARK_E0606, 2, 12);
    INP_REFUSED("[STATUS]\n X OPEN\n", PARK_E0608, 2, 2);
    INP_REFUSED("[STATUS]\n P -1\n", PARK_E0605, 2, 4);
    INP_REFUSED("[STATUS]\n P Shut\n", PARK_E0606, 2, 4);
    INP_REFUSED("[PIPES]\n Q R J 1 1 1 0 CV\n[STATUS]\n Q OPEN\n", PARK_E0613, 4, 2);
    INP_REFUSED("[ENERGY]\n PUMP P PRICE 1\n", PARK_E0613, 2, 7);
    INP_REFUSED("[REACTIONS]\n ORDER WALL 0.5\n", PARK_E0605, 2, 13);
    INP_REFUSED("[LEAKAGE]\n P 1 -1\n", PARK_E0605, 2, 6);
    inp_fixture f = inp_given(INP_LEAST "[VALVES]\n v R J 100 TCV\n");
    CHECK(f.status == PARK_OK && inp_finding(&f, PARK_W0616, 0) != NULL);
    inp_done(&f);
    f = inp_given(INP_LEAST "[STATUS]\n P \xEF\xBC\x91\n"); /* a full-width 1 */
    CHECK(f.status == PARK_E_INPUT);
    inp_done(&f);
}

int main(void)
{
    RUN(pumps_by_word_and_in_numbers);
    RUN(valves_have_settings_or_curves);
    RUN(status_fixes_a_valve_and_sets_a_pump);
    RUN(bends_tags_leaks_and_reactions);
    RUN(a_tank_takes_the_global_number_in_its_own_order);
    RUN(one_curve_in_two_uses_becomes_two);
    RUN(mistakes_of_links);
    return park_test_done();
}
