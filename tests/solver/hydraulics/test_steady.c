/* Whole solves: hand calculations, conservation laws, symmetries. */
#include "network_fixture.h"

/* H-W by hand: h = 10.666829 L q^1.852 / (C^1.852 d^4.871). */
static double hw(double length, double diameter, double c, double q)
{
    return 10.666829 * length * pow(q, 1.852) / (pow(c, 1.852) * pow(diameter, 4.871));
}

static void one_pipe_loses_what_the_formula_says(void)
{
    pipe_bench b = bench_new(2, 1);
    int32_t    r = bench_reservoir(&b, 50.0), n = bench_junction(&b, 10.0, 0.05);
    int32_t    l = bench_pipe(&b, r, n, 1000.0, 0.3);
    bench_solve(&b);
    CHECK(b.report.converged);
    CHECK_CLOSE(b.state.flow[l], 0.05, 1e-12);
    CHECK_CLOSE(b.state.head[n], 50.0 - hw(1000.0, 0.3, 130.0, 0.05), 1e-5);
    CHECK_CLOSE(b.state.inflow[n], 0.05, 1e-12);
    CHECK_CLOSE(b.state.inflow[r], -0.05, 1e-12);
    bench_free(&b);
}

/* Two equal pipes side by side share; a third of four times the length carries 4^(-1/1.852) of each. */
static void parallel_pipes_share_by_resistance(void)
{
    pipe_bench b = bench_new(2, 3);
    int32_t    r = bench_reservoir(&b, 50.0), n = bench_junction(&b, 10.0, 0.05);
    int32_t    l[3];
    l[0] = bench_pipe(&b, r, n, 1000.0, 0.3);
    l[1] = bench_pipe(&b, n, r, 1000.0, 0.3);
    l[2] = bench_pipe(&b, r, n, 4000.0, 0.3);
    bench_solve(&b);
    CHECK(b.report.converged);
    double share = pow(0.25, 1.0 / 1.852), q = 0.05 / (2.0 + share);
    CHECK_CLOSE(b.state.flow[l[0]], q, 1e-9);
    CHECK_CLOSE(b.state.flow[l[1]], -q, 1e-9);
    CHECK_CLOSE(b.state.flow[l[2]], q * share, 1e-9);
    CHECK(b.report.imbalance < 1e-12);
    bench_free(&b);
}

/* A square with a chord, demands at three corners: balance at every node, no energy left around the loops. */
static void loops_close_and_nodes_balance(void)
{
    pipe_bench b = bench_new(5, 6);
    int32_t    r = bench_reservoir(&b, 60.0), n[4];
    for (int i = 0; i < 4; i++)
        n[i] = bench_junction(&b, 5.0, i == 0 ? 0.0 : 0.02 * i);
    bench_pipe(&b, r, n[0], 100.0, 0.4);
    for (int i = 0; i < 4; i++)
        bench_pipe(&b, n[i], n[(i + 1) % 4], 300.0 + 50.0 * i, 0.2);
    bench_pipe(&b, n[2], n[0], 500.0, 0.15);
    bench_solve(&b);
    CHECK(b.report.converged);
    double balance[5] = {0.0};
    for (int32_t l = 0; l < 6; l++) {
        double q = b.state.flow[l];
        balance[b.net.link.from[l]] -= q;
        balance[b.net.link.to[l]] += q;
        CHECK_CLOSE(b.state.loss[l],
                    copysign(hw(b.net.link.length[l], b.net.link.diameter[l], 130.0, fabs(q)), q), 2e-6);
    }
    for (int i = 0; i < 4; i++)
        CHECK_CLOSE(balance[n[i]], b.state.demand[n[i]], 1e-9 * 0.12);
    bench_free(&b);
}

/* A ring with a shut pipe, solved twice with other demands: the second answer is that of a work that has seen nothing before. */
static void an_answer_does_not_remember_the_last_one(void)
{
    pipe_bench b = bench_new(4, 5);
    int32_t    r = bench_reservoir(&b, 60.0), n[3];
    for (int i = 0; i < 3; i++)
        n[i] = bench_junction(&b, 5.0, 0.02);
    bench_pipe(&b, r, n[0], 100.0, 0.4);
    for (int i = 0; i < 3; i++)
        bench_pipe(&b, n[i], n[(i + 1) % 3], 300.0 + 50.0 * i, 0.2);
    int32_t shut = bench_pipe(&b, r, n[2], 500.0, 0.2);
    bench_plan(&b);
    b.state.command[shut] = PARK_NET_CLOSED;
    CHECK(park_hydraulic_solve(b.plan, &b.settings, &b.state, b.work, &b.report, &b.err) == PARK_OK);
    double head[4], flow[5], answer[5];
    memcpy(head, b.state.head, sizeof head), memcpy(flow, b.state.flow, sizeof flow);
    park_flow_status status[5];
    memcpy(status, b.state.status, sizeof status);
    for (int again = 0; again < 2; again++) {
        memcpy(b.state.head, head, sizeof head), memcpy(b.state.flow, flow, sizeof flow);
        memcpy(b.state.status, status, sizeof status);
        b.state.demand[n[1]] = 0.05;
        if (again)
            CHECK(park_hydraulic_work_make(b.arena, b.plan, &b.work, &b.err) == PARK_OK);
        CHECK(park_hydraulic_solve(b.plan, &b.settings, &b.state, b.work, &b.report, &b.err) == PARK_OK);
        if (!again)
            memcpy(answer, b.state.flow, sizeof answer);
    }
    CHECK(memcmp(answer, b.state.flow, sizeof answer) == 0);
    bench_free(&b);
}

int main(void)
{
    RUN(one_pipe_loses_what_the_formula_says);
    RUN(parallel_pipes_share_by_resistance);
    RUN(loops_close_and_nodes_balance);
    RUN(an_answer_does_not_remember_the_last_one);
    return park_test_done();
}
