/* FAVAD leaks: coefficients by hand, the balance of a leaking pipe. */
#include "network_fixture.h"

#include "hydraulics/leakage.h"

static const double ORIFICE = 2.658285; /* 0.6 sqrt(2 x 9.81456) */

/* 200 m with 10 mm2/m of holes: half at each end; all of it where the other end is a reservoir. */
static void leaks_stand_at_the_ends(void)
{
    double     fixed[3], growing[3];
    pipe_bench b = bench_new(3, 2);
    int32_t r = bench_reservoir(&b, 40.0), m = bench_junction(&b, 0.0, 0.0), n = bench_junction(&b, 0.0, 0.0);
    bench_pipe(&b, r, m, 100.0, 0.2);
    bench_pipe(&b, m, n, 200.0, 0.2);
    CHECK(!park_leak_coefficients(&b.net, fixed, growing));
    b.net.link.leak_area[0]      = 1e-5;
    b.net.link.leak_area[1]      = 1e-5;
    b.net.link.leak_expansion[1] = 2e-7;
    CHECK(park_leak_coefficients(&b.net, fixed, growing));
    CHECK(fixed[r] == 0.0 && growing[r] == 0.0);
    CHECK_CLOSE(fixed[m], ORIFICE * 1e-5 * (100.0 + 100.0), 1e-8);
    CHECK_CLOSE(fixed[n], ORIFICE * 1e-5 * 100.0, 1e-8);
    CHECK_CLOSE(growing[m], ORIFICE * 2e-7 * 100.0, 1e-10);
    CHECK_CLOSE(growing[n], ORIFICE * 2e-7 * 100.0, 1e-10);
    bench_free(&b);
}

static void the_loss_inverts_the_leak(void)
{
    double loss, slope;
    park_leak_loss(0.003 * sqrt(25.0), 0.003, 2.0, &loss, &slope);
    CHECK_CLOSE(loss, 25.0, 1e-6);
    CHECK_CLOSE(slope, 2.0 * 25.0 / (0.003 * 5.0), 1e-2);
    park_leak_loss(0.0001 * 125.0, 0.0001, 2.0 / 3.0, &loss, &slope);
    CHECK_CLOSE(loss, 25.0, 1e-6);
}

/* A leak at p: sum of both parts, at every node, beside the demand. */
static void a_leaking_pipe_balances(void)
{
    pipe_bench b = bench_new(3, 2);
    int32_t    r = bench_reservoir(&b, 40.0), m = bench_junction(&b, 5.0, 0.01),
            n = bench_junction(&b, 8.0, 0.005);
    bench_pipe(&b, r, m, 100.0, 0.2);
    bench_pipe(&b, m, n, 200.0, 0.15);
    b.net.link.leak_area[0]      = 1e-5;
    b.net.link.leak_area[1]      = 5e-6;
    b.net.link.leak_expansion[1] = 2e-7;
    bench_solve(&b);
    CHECK(b.report.converged);
    double pm = b.state.head[m] - 5.0, pn = b.state.head[n] - 8.0;
    CHECK_CLOSE(b.state.leak[m], ORIFICE * ((1e-3 + 5e-4) * sqrt(pm) + 2e-5 * pow(pm, 1.5)), 1e-7);
    CHECK_CLOSE(b.state.leak[n], ORIFICE * (5e-4 * sqrt(pn) + 2e-5 * pow(pn, 1.5)), 1e-7);
    CHECK_CLOSE(b.state.flow[1], 0.005 + b.state.leak[n], 1e-11);
    CHECK_CLOSE(b.state.flow[0], 0.015 + b.state.leak[m] + b.state.leak[n], 1e-11);
    bench_free(&b);
}

/* Below zero pressure nothing leaks, in or out. */
static void no_leak_without_pressure(void)
{
    pipe_bench b = bench_new(2, 1);
    int32_t    r = bench_reservoir(&b, 40.0), m = bench_junction(&b, 45.0, 0.01);
    bench_pipe(&b, r, m, 100.0, 0.2);
    b.net.link.leak_area[0] = 1e-5;
    bench_solve(&b);
    CHECK(b.report.converged);
    CHECK_CLOSE(b.state.leak[m], 0.0, 1e-8);
    CHECK(b.report.negative == 1);
    bench_free(&b);
}

int main(void)
{
    RUN(leaks_stand_at_the_ends);
    RUN(the_loss_inverts_the_leak);
    RUN(a_leaking_pipe_balances);
    RUN(no_leak_without_pressure);
    return park_test_done();
}
