/* Outflows that depend on pressure: the loss is the inverse of the published curve; barriers hold at the ends. */
#include "network_fixture.h"

#include "hydraulics/demand.h"

/* Wagner: q = full sqrt((p - low) / (req - low)). Loss of a flow inside = pressure above low that delivers it. */
static void demand_loss_inverts_wagner(void)
{
    double loss, slope, full = 0.02, low = 5.0, required = 25.0;
    CHECK_CLOSE(park_demand_at(10.0, full, low, required, 0.5), 0.01, 1e-12);
    CHECK(park_demand_at(4.0, full, low, required, 0.5) == 0.0);
    CHECK(park_demand_at(30.0, full, low, required, 0.5) == full);
    for (double p = 6.0; p < 24.9; p += 0.7) {
        double q = full * sqrt((p - low) / (required - low));
        park_demand_loss(q, full, required - low, 2.0, &loss, &slope);
        CHECK_CLOSE(loss, p - low, 1e-6); /* the barriers' corner is 1e-4 m round */
        CHECK_CLOSE(slope, 2.0 * 20.0 * q / (full * full), 1e-3 * slope);
    }
}

static void barriers_keep_demand_between_its_ends(void)
{
    double loss, slope;
    park_demand_loss(-1e-6, 0.02, 20.0, 2.0, &loss, &slope);
    CHECK(loss < -1000.0); /* the pressure at which that would flow */
    CHECK(slope > 1e9);
    park_demand_loss(0.02 + 1e-6, 0.02, 20.0, 2.0, &loss, &slope);
    CHECK(loss > 1000.0);
}

/* q = K p^0.5 with K = 0.001: 10 m give 3.16 L/s. */
static void emitters_follow_their_power(void)
{
    double loss, slope;
    park_emitter_loss(0.001 * sqrt(10.0), 0.001, 2.0, true, &loss, &slope);
    CHECK_CLOSE(loss, 10.0, 1e-9);
    CHECK_CLOSE(slope, 2.0 * sqrt(10.0) / 0.001, 1e-6);
    park_emitter_loss(-0.001, 0.001, 2.0, true, &loss, &slope);
    CHECK_CLOSE(loss, -1.0, 1e-9);
    park_emitter_loss(-1e-6, 0.001, 2.0, false, &loss, &slope);
    CHECK(loss < -1000.0);
}

/* One pipe to a node with an emitter: head and flow satisfy both laws. */
static void an_emitter_draws_what_its_pressure_gives(void)
{
    pipe_bench b = bench_new(2, 1);
    int32_t    r = bench_reservoir(&b, 40.0), n = bench_junction(&b, 10.0, 0.0);
    bench_pipe(&b, r, n, 500.0, 0.1);
    b.net.node.emitter[n] = 0.002;
    bench_solve(&b);
    CHECK(b.report.converged);
    CHECK_CLOSE(b.state.emitter[n], 0.002 * sqrt(b.state.head[n] - 10.0), 1e-9);
    CHECK_CLOSE(b.state.flow[0], b.state.emitter[n], 1e-12);
    CHECK_CLOSE(b.state.loss[0],
                10.666829 * 500.0 * pow(b.state.flow[0], 1.852) / (pow(130.0, 1.852) * pow(0.1, 4.871)),
                1e-5);
    bench_free(&b);
}

/* The node stands above the reservoir: only an emitter with backflow lets water in. */
static void backflow_only_where_it_is_allowed(void)
{
    for (int backflow = 0; backflow < 2; backflow++) {
        pipe_bench b = bench_new(2, 1);
        int32_t    r = bench_reservoir(&b, 40.0), n = bench_junction(&b, 50.0, 0.0);
        bench_pipe(&b, r, n, 500.0, 0.1);
        b.net.node.emitter[n]         = 0.002;
        b.net.option.emitter_backflow = backflow != 0;
        bench_solve(&b);
        CHECK(b.report.converged);
        if (backflow)
            CHECK(b.state.emitter[n] < -1e-4);
        else
            CHECK_CLOSE(b.state.emitter[n], 0.0, 1e-7);
        bench_free(&b);
    }
}

/* Demand 20 L/s through a thin pipe: what is delivered is Wagner's at the pressure that results. */
static void pressure_decides_what_is_delivered(void)
{
    for (int k = 0; k < 3; k++) {
        pipe_bench b = bench_new(2, 1);
        int32_t    r = bench_reservoir(&b, k == 0   ? 60.0
                                           : k == 1 ? 25.0
                                                    : 5.0),
                n    = bench_junction(&b, 10.0, 0.02);
        bench_pipe(&b, r, n, 300.0, 0.15);
        b.net.option.pressure_driven = true;
        bench_solve(&b);
        CHECK(b.report.converged);
        double p = b.state.head[n] - 10.0, want = p <= 0.0 ? 0.0 : p >= 20.0 ? 0.02 : 0.02 * sqrt(p / 20.0);
        CHECK_CLOSE(b.state.delivered[n], want, 1e-7);
        CHECK_CLOSE(b.state.flow[0], b.state.delivered[n], 1e-12);
        CHECK_CLOSE(b.report.unmet, 0.02 - want, 1e-7);
        CHECK((k == 0) == (b.state.delivered[n] > 0.0199999));
        CHECK((k == 2) == (b.state.delivered[n] < 1e-7));
        bench_free(&b);
    }
}

/* An inflow is no demand: it comes whatever the pressure. */
static void inflows_come_whatever_the_pressure(void)
{
    pipe_bench b = bench_new(2, 1);
    int32_t    r = bench_reservoir(&b, 5.0), n = bench_junction(&b, 10.0, -0.02);
    bench_pipe(&b, r, n, 300.0, 0.15);
    b.net.option.pressure_driven = true;
    bench_solve(&b);
    CHECK(b.report.converged);
    CHECK_CLOSE(b.state.flow[0], -0.02, 1e-12);
    CHECK_CLOSE(b.state.delivered[n], -0.02, 0.0);
    bench_free(&b);
}

int main(void)
{
    RUN(demand_loss_inverts_wagner);
    RUN(barriers_keep_demand_between_its_ends);
    RUN(emitters_follow_their_power);
    RUN(an_emitter_draws_what_its_pressure_gives);
    RUN(backflow_only_where_it_is_allowed);
    RUN(pressure_decides_what_is_delivered);
    RUN(inflows_come_whatever_the_pressure);
    return park_test_done();
}
