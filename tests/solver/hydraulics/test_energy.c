/* Power and efficiency of pumps as they stand after a solve. */
#include "network_fixture.h"

static const double X[] = {0.0, 0.05, 0.1}, Y[] = {50.0, 40.0, 10.0};
static const double EFFICIENCY_X[] = {0.0, 0.04, 0.08}, EFFICIENCY_Y[] = {0.2, 0.8, 0.6};

/* 40 m at 50 L/s and the default 75 %: 0.05 x 40 x 9802 / 0.75 W. */
static void power_is_weight_times_head_over_efficiency(void)
{
    pipe_bench b   = bench_new(2, 1);
    int32_t    low = bench_reservoir(&b, 10.0), n = bench_junction(&b, 0.0, 0.05);
    double     e;
    bench_pump(&b, low, n, bench_curve(&b, 3, X, Y), NAN);
    bench_solve(&b);
    CHECK_CLOSE(park_hydraulic_pump_power(b.plan, &b.state, 0, &e), 0.05 * 40.0 * 9802.0 / 0.75, 3.0);
    CHECK_CLOSE(e, 0.75, 1e-12);
    b.net.option.specific_gravity = 1.1;
    CHECK_CLOSE(park_hydraulic_pump_power(b.plan, &b.state, 0, &e), 1.1 * 0.05 * 40.0 * 9802.0 / 0.75, 4.0);
    bench_free(&b);
}

/* At 90 % speed 45 L/s stand for 50 on the curve: 0.75, and with the speed 1 - 0.25 0.9^-0.1. */
static void efficiency_comes_from_its_curve_and_speed(void)
{
    pipe_bench b   = bench_new(2, 1);
    int32_t    low = bench_reservoir(&b, 10.0), n = bench_junction(&b, 0.0, 0.045);
    double     e;
    int32_t    p             = bench_pump(&b, low, n, bench_curve(&b, 3, X, Y), NAN);
    b.net.pump.efficiency[0] = bench_curve(&b, 3, EFFICIENCY_X, EFFICIENCY_Y);
    b.net.link.setting[p]    = 0.9;
    bench_solve(&b);
    double power = park_hydraulic_pump_power(b.plan, &b.state, 0, &e);
    CHECK_CLOSE(e, 1.0 - 0.25 * pow(0.9, -0.1), 1e-9);
    CHECK_CLOSE(power, 0.045 * 0.81 * 40.0 * 9802.0 / e, 3.0);
    bench_free(&b);
}

static void a_pump_that_stands_takes_nothing(void)
{
    pipe_bench b   = bench_new(3, 2);
    int32_t    low = bench_reservoir(&b, 10.0), n = bench_junction(&b, 0.0, 0.05),
            high = bench_reservoir(&b, 30.0);
    double  e;
    int32_t p = bench_pump(&b, low, n, bench_curve(&b, 3, X, Y), NAN);
    bench_pipe(&b, high, n, 10.0, 0.3);
    b.net.link.status[p] = PARK_NET_CLOSED;
    bench_solve(&b);
    CHECK(park_hydraulic_pump_power(b.plan, &b.state, 0, &e) == 0.0 && isnan(e));
    bench_free(&b);
}

/* A pump of 5 kW takes 5 kW / efficiency wherever it works. */
static void constant_power_is_taken_by_the_water(void)
{
    pipe_bench b   = bench_new(3, 2);
    int32_t    low = bench_reservoir(&b, 10.0), n = bench_junction(&b, 0.0, 0.01),
            high = bench_reservoir(&b, 30.0);
    double e;
    bench_pump(&b, low, n, -1, 5000.0);
    bench_pipe(&b, n, high, 300.0, 0.15);
    bench_solve(&b);
    CHECK(b.report.converged && b.state.flow[0] > 0.01);
    CHECK_CLOSE(park_hydraulic_pump_power(b.plan, &b.state, 0, &e), 5000.0 / 0.75, 0.1);
    bench_free(&b);
}

int main(void)
{
    RUN(power_is_weight_times_head_over_efficiency);
    RUN(efficiency_comes_from_its_curve_and_speed);
    RUN(a_pump_that_stands_takes_nothing);
    RUN(constant_power_is_taken_by_the_water);
    return park_test_done();
}
