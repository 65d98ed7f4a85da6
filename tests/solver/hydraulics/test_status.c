/* Every status of every kind, first by its rule alone, then caused in a small network whose answer is known by hand. */
#include "network_fixture.h"

#include "hydraulics/status.h"

static double hw(double length, double diameter, double q)
{
    return copysign(10.666829 * length * pow(fabs(q), 1.852) / (pow(130.0, 1.852) * pow(diameter, 4.871)), q);
}

/* -- rules -- */

static void check_valves_never_turn(void)
{
    CHECK(park_check_valve_status(PARK_FLOW_OPEN, 10.0, 11.0, 0.1) == PARK_FLOW_CLOSED);
    CHECK(park_check_valve_status(PARK_FLOW_OPEN, 11.0, 10.0, -0.1) == PARK_FLOW_CLOSED);
    CHECK(park_check_valve_status(PARK_FLOW_CLOSED, 11.0, 10.0, 0.0) == PARK_FLOW_OPEN);
    CHECK(park_check_valve_status(PARK_FLOW_CLOSED, 10.0, 10.0, 0.0) ==
          PARK_FLOW_CLOSED); /* within the tolerance: stays */
    CHECK(park_check_valve_status(PARK_FLOW_OPEN, 10.0, 10.0, 0.0) == PARK_FLOW_OPEN);
}

static void pumps_give_up_above_their_shut_off_head(void)
{
    CHECK(park_pump_status(50.0, 10.0, 61.0, 0.1) == PARK_FLOW_SHUT_HEAD);
    CHECK(park_pump_status(50.0, 10.0, 59.0, 0.1) == PARK_FLOW_OPEN);
    CHECK(park_pump_status(INFINITY, 10.0, 500.0, 0.1) == PARK_FLOW_OPEN);
    CHECK(park_pump_status(INFINITY, 10.0, 500.0, 0.0) == PARK_FLOW_SHUT_HEAD);
}

static void prv_rules(void)
{
    CHECK(park_prv_status(PARK_FLOW_ACTIVE, 40.0, 0.0, 50.0, 40.0, 0.1) == PARK_FLOW_ACTIVE);
    CHECK(park_prv_status(PARK_FLOW_ACTIVE, 40.0, 0.0, 39.0, 40.0, 0.1) == PARK_FLOW_OPEN);
    CHECK(park_prv_status(PARK_FLOW_ACTIVE, 40.0, 0.0, 50.0, 40.0, -0.1) == PARK_FLOW_CLOSED);
    CHECK(park_prv_status(PARK_FLOW_ACTIVE, 40.0, 500.0, 42.0, 40.0, 0.1) ==
          PARK_FLOW_OPEN); /* 5 m of its own */
    CHECK(park_prv_status(PARK_FLOW_OPEN, 40.0, 0.0, 50.0, 41.0, 0.1) == PARK_FLOW_ACTIVE);
    CHECK(park_prv_status(PARK_FLOW_OPEN, 40.0, 0.0, 39.0, 38.0, 0.1) == PARK_FLOW_OPEN);
    CHECK(park_prv_status(PARK_FLOW_OPEN, 40.0, 0.0, 39.0, 38.0, -0.1) == PARK_FLOW_CLOSED);
    CHECK(park_prv_status(PARK_FLOW_CLOSED, 40.0, 0.0, 50.0, 30.0, 0.0) == PARK_FLOW_ACTIVE);
    CHECK(park_prv_status(PARK_FLOW_CLOSED, 40.0, 0.0, 38.0, 30.0, 0.0) == PARK_FLOW_OPEN);
    CHECK(park_prv_status(PARK_FLOW_CLOSED, 40.0, 0.0, 50.0, 45.0, 0.0) == PARK_FLOW_CLOSED);
    CHECK(park_prv_status(PARK_FLOW_OPEN_PRESSURE, 40.0, 0.0, 50.0, 45.0, -0.1) == PARK_FLOW_CLOSED);
    CHECK(park_prv_status(PARK_FLOW_OPEN_PRESSURE, 40.0, 0.0, 50.0, 45.0, 0.1) == PARK_FLOW_OPEN_PRESSURE);
}

static void psv_rules(void)
{
    CHECK(park_psv_status(PARK_FLOW_ACTIVE, 40.0, 0.0, 40.0, 30.0, 0.1) == PARK_FLOW_ACTIVE);
    CHECK(park_psv_status(PARK_FLOW_ACTIVE, 40.0, 0.0, 40.0, 41.0, 0.1) == PARK_FLOW_OPEN);
    CHECK(park_psv_status(PARK_FLOW_ACTIVE, 40.0, 0.0, 40.0, 30.0, -0.1) == PARK_FLOW_CLOSED);
    CHECK(park_psv_status(PARK_FLOW_OPEN, 40.0, 0.0, 39.0, 38.0, 0.1) == PARK_FLOW_ACTIVE);
    CHECK(park_psv_status(PARK_FLOW_OPEN, 40.0, 0.0, 45.0, 44.0, 0.1) == PARK_FLOW_OPEN);
    CHECK(park_psv_status(PARK_FLOW_OPEN, 40.0, 0.0, 45.0, 44.0, -0.1) == PARK_FLOW_CLOSED);
    CHECK(park_psv_status(PARK_FLOW_CLOSED, 40.0, 0.0, 45.0, 42.0, 0.0) == PARK_FLOW_OPEN);
    CHECK(park_psv_status(PARK_FLOW_CLOSED, 40.0, 0.0, 45.0, 30.0, 0.0) == PARK_FLOW_ACTIVE);
    CHECK(park_psv_status(PARK_FLOW_CLOSED, 40.0, 0.0, 35.0, 30.0, 0.0) == PARK_FLOW_CLOSED);
    CHECK(park_psv_status(PARK_FLOW_OPEN_PRESSURE, 40.0, 0.0, 45.0, 30.0, -0.1) == PARK_FLOW_CLOSED);
    CHECK(park_psv_status(PARK_FLOW_OPEN_PRESSURE, 40.0, 0.0, 35.0, 30.0, 0.1) == PARK_FLOW_OPEN_PRESSURE);
}

static void fcv_rules(void)
{
    CHECK(park_fcv_status(PARK_FLOW_ACTIVE, 0.1, 0.0, 50.0, 40.0, 0.1) == PARK_FLOW_ACTIVE);
    CHECK(park_fcv_status(PARK_FLOW_ACTIVE, 0.1, 0.0, 40.0, 41.0, 0.1) == PARK_FLOW_OPEN_FCV);
    CHECK(park_fcv_status(PARK_FLOW_ACTIVE, 0.1, 500.0, 44.0, 40.0, 0.1) ==
          PARK_FLOW_OPEN_FCV); /* 5 m of its own */
    CHECK(park_fcv_status(PARK_FLOW_OPEN_FCV, 0.1, 0.0, 41.0, 40.0, 0.05) == PARK_FLOW_OPEN_FCV);
    CHECK(park_fcv_status(PARK_FLOW_OPEN_FCV, 0.1, 0.0, 41.0, 40.0, 0.2) == PARK_FLOW_ACTIVE);
    CHECK(park_fcv_status(PARK_FLOW_OPEN_FCV, 0.1, 0.0, 41.0, 40.0, -0.2) == PARK_FLOW_OPEN_FCV);
}

/* -- a valve between two reservoirs, with a pipe on each side and a demand behind the valve -- */

typedef struct between {
    pipe_bench b;
    int32_t    up, down, first, valve, second;
} between;

static between between_reservoirs(double high, double low, double demand, park_net_link_kind kind,
                                  double setting)
{
    between t   = {.b = bench_new(4, 3)};
    int32_t top = bench_reservoir(&t.b, high), foot = bench_reservoir(&t.b, low);
    t.up     = bench_junction(&t.b, 0.0, 0.0);
    t.down   = bench_junction(&t.b, 0.0, demand);
    t.first  = bench_pipe(&t.b, top, t.up, 500.0, 0.3);
    t.valve  = bench_valve(&t.b, kind, t.up, t.down, 0.3, setting);
    t.second = bench_pipe(&t.b, t.down, foot, 500.0, 0.3);
    return t;
}

static void prv_holds_its_pressure(void)
{
    between t = between_reservoirs(80.0, 20.0, 0.02, PARK_NET_PRV, 30.0);
    bench_solve(&t.b);
    CHECK(t.b.report.converged);
    CHECK(t.b.state.status[t.valve] == PARK_FLOW_ACTIVE);
    CHECK_CLOSE(t.b.state.head[t.down], 30.0, 1e-6);
    CHECK_CLOSE(hw(500.0, 0.3, t.b.state.flow[t.second]), 10.0, 1e-5);
    CHECK_CLOSE(t.b.state.flow[t.valve], t.b.state.flow[t.second] + 0.02, 1e-10);
    CHECK_CLOSE(80.0 - t.b.state.head[t.up], hw(500.0, 0.3, t.b.state.flow[t.first]), 1e-5);
    bench_free(&t.b);
}

/* Set above what can arrive: open, as if it were not there. */
static void prv_opens_where_pressure_is_low(void)
{
    between t = between_reservoirs(30.0, 20.0, 0.0, PARK_NET_PRV, 60.0);
    bench_solve(&t.b);
    CHECK(t.b.report.converged);
    CHECK(t.b.state.status[t.valve] == PARK_FLOW_OPEN);
    CHECK_CLOSE(hw(1000.0, 0.3, t.b.state.flow[t.valve]), 10.0, 1e-4);
    bench_free(&t.b);
}

static void prv_lets_nothing_back(void)
{
    between t = between_reservoirs(20.0, 80.0, 0.02, PARK_NET_PRV, 30.0);
    bench_solve(&t.b);
    CHECK(t.b.report.converged);
    CHECK(t.b.state.status[t.valve] == PARK_FLOW_CLOSED);
    CHECK(t.b.state.flow[t.valve] == 0.0);
    CHECK_CLOSE(t.b.state.head[t.up], 20.0, 1e-4);
    CHECK_CLOSE(t.b.state.flow[t.second], -0.02, 1e-10);
    bench_free(&t.b);
}

static void psv_holds_its_pressure(void)
{
    between t = between_reservoirs(80.0, 20.0, 0.02, PARK_NET_PSV, 60.0);
    bench_solve(&t.b);
    CHECK(t.b.report.converged);
    CHECK(t.b.state.status[t.valve] == PARK_FLOW_ACTIVE);
    CHECK_CLOSE(t.b.state.head[t.up], 60.0, 1e-6);
    CHECK_CLOSE(hw(500.0, 0.3, t.b.state.flow[t.valve]), 20.0, 1e-5);
    bench_free(&t.b);
}

static void psv_opens_under_high_pressure(void)
{
    between t = between_reservoirs(80.0, 60.0, 0.0, PARK_NET_PSV, 40.0);
    bench_solve(&t.b);
    CHECK(t.b.report.converged);
    CHECK(t.b.state.status[t.valve] == PARK_FLOW_OPEN);
    CHECK_CLOSE(hw(1000.0, 0.3, t.b.state.flow[t.valve]), 20.0, 1e-4);
    bench_free(&t.b);
}

static void psv_shuts_where_it_cannot_hold(void)
{
    between t = between_reservoirs(50.0, 20.0, 0.01, PARK_NET_PSV, 70.0);
    bench_solve(&t.b);
    CHECK(t.b.report.converged);
    CHECK(t.b.state.status[t.valve] == PARK_FLOW_CLOSED);
    CHECK_CLOSE(t.b.state.head[t.up], 50.0, 1e-4);
    CHECK_CLOSE(t.b.state.flow[t.second], -0.01, 1e-10);
    bench_free(&t.b);
}

/* Behind the PSV is nothing but a demand: it must pass whatever the setting says, and pressures stay what they are. */
static void psv_that_alone_feeds_a_part_opens(void)
{
    pipe_bench b = bench_new(4, 3);
    int32_t    r = bench_reservoir(&b, 50.0), up = bench_junction(&b, 0.0, 0.0),
            down = bench_junction(&b, 0.0, 0.02), end = bench_junction(&b, 0.0, 0.01);
    bench_pipe(&b, r, up, 500.0, 0.3);
    int32_t v = bench_valve(&b, PARK_NET_PSV, up, down, 0.3, 45.0);
    bench_pipe(&b, down, end, 100.0, 0.2);
    bench_solve(&b);
    CHECK(b.report.converged);
    CHECK(b.state.status[v] == PARK_FLOW_OPEN_PRESSURE);
    CHECK_CLOSE(b.state.flow[v], 0.03, 1e-10);
    CHECK_CLOSE(b.state.head[up], 50.0 - hw(500.0, 0.3, 0.03), 1e-5);
    CHECK_CLOSE(b.state.head[down], b.state.head[up], 1e-5);
    bench_free(&b);
}

static void fcv_limits_the_flow(void)
{
    between t = between_reservoirs(80.0, 20.0, 0.0, PARK_NET_FCV, 0.05);
    bench_solve(&t.b);
    CHECK(t.b.report.converged);
    CHECK(t.b.state.status[t.valve] == PARK_FLOW_ACTIVE);
    CHECK_CLOSE(t.b.state.flow[t.valve], 0.05, 1e-12);
    CHECK_CLOSE(t.b.state.head[t.up], 80.0 - hw(500.0, 0.3, 0.05), 1e-4);
    CHECK_CLOSE(t.b.state.head[t.down], 20.0 + hw(500.0, 0.3, 0.05), 1e-4);
    bench_free(&t.b);
}

static void fcv_opens_where_flow_is_small(void)
{
    between t = between_reservoirs(25.0, 20.0, 0.0, PARK_NET_FCV, 2.0);
    bench_solve(&t.b);
    CHECK(t.b.report.converged);
    CHECK(t.b.state.status[t.valve] == PARK_FLOW_OPEN_FCV);
    CHECK_CLOSE(hw(1000.0, 0.3, t.b.state.flow[t.valve]), 5.0, 1e-4);
    bench_free(&t.b);
}

/* A demand of 30 L/s behind an FCV set to 20: it passes 30, no head goes astray. */
static void fcv_that_alone_feeds_a_part_opens(void)
{
    pipe_bench b = bench_new(3, 2);
    int32_t    r = bench_reservoir(&b, 50.0), up = bench_junction(&b, 0.0, 0.0),
            down = bench_junction(&b, 0.0, 0.03);
    bench_pipe(&b, r, up, 500.0, 0.3);
    int32_t v = bench_valve(&b, PARK_NET_FCV, up, down, 0.3, 0.02);
    bench_solve(&b);
    CHECK(b.report.converged);
    CHECK(b.state.status[v] == PARK_FLOW_OPEN_FCV);
    CHECK_CLOSE(b.state.flow[v], 0.03, 1e-12);
    CHECK_CLOSE(b.state.head[down], 50.0 - hw(500.0, 0.3, 0.03), 1e-4);
    bench_free(&b);
}

static void tcv_pbv_gpv_pcv_lose_what_they_are_set_to(void)
{
    double  x[] = {0.0, 1.0}, y[] = {0.0, 100.0};
    between t = between_reservoirs(60.0, 20.0, 0.0, PARK_NET_TCV, 100.0);
    bench_solve(&t.b);
    double v = t.b.state.flow[t.valve] / (3.14159265 * 0.09 / 4.0);
    CHECK(t.b.report.converged && t.b.state.status[t.valve] == PARK_FLOW_ACTIVE);
    CHECK_CLOSE(t.b.state.loss[t.valve], 100.0 * v * v / (2.0 * 9.80665), 2e-3 * t.b.state.loss[t.valve]);
    bench_free(&t.b);

    t = between_reservoirs(60.0, 20.0, 0.0, PARK_NET_PBV, 15.0);
    bench_solve(&t.b);
    CHECK(t.b.report.converged);
    CHECK_CLOSE(t.b.state.loss[t.valve], 15.0, 1e-6);
    CHECK_CLOSE(hw(1000.0, 0.3, t.b.state.flow[t.valve]), 25.0, 1e-4);
    bench_free(&t.b);

    t                           = between_reservoirs(60.0, 20.0, 0.0, PARK_NET_GPV, NAN);
    t.b.net.link.curve[t.valve] = bench_curve(&t.b, 2, x, y);
    bench_solve(&t.b);
    CHECK(t.b.report.converged);
    CHECK_CLOSE(t.b.state.loss[t.valve], 100.0 * t.b.state.flow[t.valve], 1e-6);
    bench_free(&t.b);

    t                           = between_reservoirs(60.0, 20.0, 0.0, PARK_NET_PCV, 0.5);
    t.b.net.link.minor[t.valve] = 25.0; /* half open: four times as much */
    bench_solve(&t.b);
    v = t.b.state.flow[t.valve] / (3.14159265 * 0.09 / 4.0);
    CHECK(t.b.report.converged);
    CHECK_CLOSE(t.b.state.loss[t.valve], 100.0 * v * v / (2.0 * 9.80665), 2e-3 * t.b.state.loss[t.valve]);
    bench_free(&t.b);
}

/* Fixed open or shut, a valve forgets its setting. */
static void fixed_valves_forget_their_setting(void)
{
    static const park_net_link_kind KIND[] = {PARK_NET_PRV, PARK_NET_PSV, PARK_NET_FCV,
                                              PARK_NET_PBV, PARK_NET_TCV, PARK_NET_PCV};
    for (size_t k = 0; k < 6; k++)
        for (int shut = 0; shut < 2; shut++) {
            between t                    = between_reservoirs(60.0, 20.0, 0.0, KIND[k], 0.01);
            t.b.net.link.status[t.valve] = shut ? PARK_NET_CLOSED : PARK_NET_OPEN;
            bench_solve(&t.b);
            CHECK(t.b.report.converged);
            CHECK(t.b.state.status[t.valve] == (shut ? PARK_FLOW_CLOSED : PARK_FLOW_OPEN));
            if (shut)
                CHECK(t.b.state.flow[t.valve] == 0.0);
            else
                CHECK_CLOSE(hw(1000.0, 0.3, t.b.state.flow[t.valve]), 40.0, 1e-3);
            bench_free(&t.b);
        }
}

/* -- check valves, pumps, tanks -- */

static void a_check_valve_shuts_against_its_direction(void)
{
    pipe_bench b    = bench_new(3, 3);
    int32_t    high = bench_reservoir(&b, 60.0), low = bench_reservoir(&b, 20.0),
            n = bench_junction(&b, 0.0, 0.01);
    bench_pipe(&b, high, n, 500.0, 0.3);
    int32_t v          = bench_pipe(&b, low, n, 500.0, 0.3);
    b.net.link.kind[v] = PARK_NET_CHECK_PIPE;
    bench_solve(&b);
    CHECK(b.report.converged);
    CHECK(b.state.status[v] == PARK_FLOW_CLOSED && b.state.flow[v] == 0.0);
    CHECK_CLOSE(b.state.flow[0], 0.01, 1e-12);
    bench_free(&b);
}

static const double PUMP_X[] = {0.0, 0.05, 0.1}, PUMP_Y[] = {50.0, 40.0, 10.0};

static void a_pump_works_where_both_curves_meet(void)
{
    pipe_bench b   = bench_new(3, 2);
    int32_t    low = bench_reservoir(&b, 10.0), n = bench_junction(&b, 0.0, 0.0),
            high = bench_reservoir(&b, 45.0);
    int32_t p    = bench_pump(&b, low, n, bench_curve(&b, 3, PUMP_X, PUMP_Y), NAN);
    bench_pipe(&b, n, high, 500.0, 0.25);
    bench_solve(&b);
    CHECK(b.report.converged && b.state.status[p] == PARK_FLOW_OPEN);
    double q = b.state.flow[p], c = log(40.0 / 10.0) / log(2.0);
    CHECK_CLOSE(50.0 - 10.0 * pow(q / 0.05, c), 35.0 + hw(500.0, 0.25, q), 1e-5);
    CHECK_CLOSE(-b.state.loss[p], 50.0 - 10.0 * pow(q / 0.05, c), 1e-5);
    bench_free(&b);
}

static void a_pump_that_cannot_lift_so_high_shuts(void)
{
    pipe_bench b   = bench_new(3, 2);
    int32_t    low = bench_reservoir(&b, 10.0), n = bench_junction(&b, 0.0, 0.0),
            high = bench_reservoir(&b, 65.0);
    int32_t p    = bench_pump(&b, low, n, bench_curve(&b, 3, PUMP_X, PUMP_Y), NAN);
    bench_pipe(&b, n, high, 500.0, 0.25);
    bench_solve(&b);
    CHECK(b.report.converged && b.state.status[p] == PARK_FLOW_SHUT_HEAD && b.state.flow[p] == 0.0);
    b.state.head[high] = 40.0; /* the level falls: the pump comes back */
    bench_solve(&b);
    CHECK(b.report.converged && b.state.status[p] == PARK_FLOW_OPEN && b.state.flow[p] > 0.01);
    bench_free(&b);
}

static void a_pump_beyond_its_curve_is_told(void)
{
    pipe_bench b   = bench_new(2, 2);
    int32_t    low = bench_reservoir(&b, 10.0), n = bench_junction(&b, 0.0, 0.15);
    int32_t    p = bench_pump(&b, low, n, bench_curve(&b, 3, PUMP_X, PUMP_Y), NAN);
    bench_solve(&b);
    CHECK(b.report.converged && b.state.status[p] == PARK_FLOW_OVER_CURVE);
    CHECK_CLOSE(b.state.flow[p], 0.15, 1e-12);
    bench_free(&b);
}

static void a_pump_without_speed_is_shut(void)
{
    pipe_bench b   = bench_new(3, 3);
    int32_t    low = bench_reservoir(&b, 10.0), n = bench_junction(&b, 0.0, 0.01),
            high = bench_reservoir(&b, 45.0);
    int32_t p    = bench_pump(&b, low, n, bench_curve(&b, 3, PUMP_X, PUMP_Y), NAN);
    bench_pipe(&b, n, high, 500.0, 0.25);
    bench_plan(&b);
    b.state.setting[p] = 0.0;
    bench_solve(&b);
    CHECK(b.report.converged && b.state.status[p] == PARK_FLOW_CLOSED && b.state.flow[p] == 0.0);
    b.state.setting[p] = 1.2;
    bench_solve(&b);
    CHECK(b.report.converged && b.state.status[p] == PARK_FLOW_OPEN && b.state.flow[p] > 0.05);
    bench_free(&b);
}

static void full_and_empty_tanks_shut_their_links(void)
{
    pipe_bench b = bench_new(3, 2);
    int32_t r = bench_reservoir(&b, 50.0), n = bench_junction(&b, 0.0, 0.01), t = bench_tank(&b, 30.0, 10.0);
    bench_pipe(&b, r, n, 500.0, 0.3);
    int32_t l = bench_pipe(&b, n, t, 500.0, 0.3);
    bench_solve(&b);
    CHECK(b.report.converged && b.state.status[l] == PARK_FLOW_SHUT_TANK && b.state.flow[l] == 0.0);
    CHECK_CLOSE(b.state.flow[0], 0.01, 1e-12);
    b.net.tank.overflows[0] = true; /* then it may go on filling */
    bench_solve(&b);
    CHECK(b.report.converged && b.state.status[l] == PARK_FLOW_OPEN && b.state.flow[l] > 0.01);
    b.net.tank.overflows[0] = false;
    b.state.tank_full[t]    = false;
    b.state.tank_empty[t]   = true;
    b.state.head[t]         = 60.0;
    bench_solve(&b); /* empty, though so high: gives nothing */
    CHECK(b.report.converged && b.state.status[l] == PARK_FLOW_SHUT_TANK && b.state.flow[l] == 0.0);
    b.state.head[t] = 30.0;
    bench_solve(&b); /* empty and low: fills */
    CHECK(b.report.converged && b.state.status[l] == PARK_FLOW_OPEN && b.state.flow[l] > 0.01);
    bench_free(&b);
}

/* Below 20 m at the junction the second pump starts; the solve goes on with it. */
static void a_control_on_pressure_acts_inside_the_solve(void)
{
    pipe_bench b   = bench_new(4, 4);
    int32_t    low = bench_reservoir(&b, 10.0), n = bench_junction(&b, 0.0, 0.09),
            m     = bench_junction(&b, 0.0, 0.0);
    int32_t curve = bench_curve(&b, 3, PUMP_X, PUMP_Y);
    int32_t first = bench_pump(&b, low, n, curve, NAN), second = bench_pump(&b, low, m, curve, NAN);
    bench_pipe(&b, m, n, 10.0, 0.4);
    b.net.link.status[second] = PARK_NET_CLOSED;
    b.net.control[0]          = (park_net_control){.link    = second,
                                                   .status  = PARK_NET_OPEN,
                                                   .setting = NAN,
                                                   .when    = PARK_NET_WHEN_BELOW,
                                                   .node    = n,
                                                   .value   = 40.0,
                                                   .enabled = true};
    b.net.controls            = 1;
    bench_solve(&b);
    CHECK(b.report.converged);
    CHECK(b.state.command[second] == PARK_NET_OPEN && b.state.setting[second] == 1.0);
    CHECK_CLOSE(b.state.flow[first], 0.045, 1e-3);
    CHECK_CLOSE(b.state.flow[first] + b.state.flow[second], 0.09, 1e-12);
    bench_free(&b);
}

/* Two controls that undo each other for ever: the solve ends, and says which link went round. */
static void what_goes_round_is_caught(void)
{
    pipe_bench b   = bench_new(4, 4);
    int32_t    low = bench_reservoir(&b, 10.0), n = bench_junction(&b, 0.0, 0.09),
            m     = bench_junction(&b, 0.0, 0.0);
    int32_t curve = bench_curve(&b, 3, PUMP_X, PUMP_Y);
    bench_pump(&b, low, n, curve, NAN);
    int32_t second = bench_pump(&b, low, m, curve, NAN);
    bench_pipe(&b, m, n, 10.0, 0.4);
    b.net.control[0]        = (park_net_control){.link    = second,
                                                 .status  = PARK_NET_OPEN,
                                                 .setting = NAN,
                                                 .when    = PARK_NET_WHEN_BELOW,
                                                 .node    = n,
                                                 .value   = 40.0,
                                                 .enabled = true};
    b.net.control[1]        = b.net.control[0];
    b.net.control[1].status = PARK_NET_CLOSED;
    b.net.control[1].when   = PARK_NET_WHEN_ABOVE;
    b.net.controls          = 2;
    bench_solve(&b);
    CHECK(b.report.converged);
    CHECK(b.report.status_cycled && b.report.cycled_link == second);
    CHECK(b.report.imbalance <= 1e-9);
    bench_free(&b);
}

int main(void)
{
    RUN(check_valves_never_turn);
    RUN(pumps_give_up_above_their_shut_off_head);
    RUN(prv_rules);
    RUN(psv_rules);
    RUN(fcv_rules);
    RUN(prv_holds_its_pressure);
    RUN(prv_opens_where_pressure_is_low);
    RUN(prv_lets_nothing_back);
    RUN(psv_holds_its_pressure);
    RUN(psv_opens_under_high_pressure);
    RUN(psv_shuts_where_it_cannot_hold);
    RUN(psv_that_alone_feeds_a_part_opens);
    RUN(fcv_limits_the_flow);
    RUN(fcv_opens_where_flow_is_small);
    RUN(fcv_that_alone_feeds_a_part_opens);
    RUN(tcv_pbv_gpv_pcv_lose_what_they_are_set_to);
    RUN(fixed_valves_forget_their_setting);
    RUN(a_check_valve_shuts_against_its_direction);
    RUN(a_pump_works_where_both_curves_meet);
    RUN(a_pump_that_cannot_lift_so_high_shuts);
    RUN(a_pump_beyond_its_curve_is_told);
    RUN(a_pump_without_speed_is_shut);
    RUN(full_and_empty_tanks_shut_their_links);
    RUN(a_control_on_pressure_acts_inside_the_solve);
    RUN(what_goes_round_is_caught);
    return park_test_done();
}
