/* Parts without a source: found before anything is solved, left out, told; the rest is solved as if they were not there. */
#include "network_fixture.h"

/* reservoir - a - b, and behind a shut pipe c - d with demands. */
static pipe_bench cut_network(double demand, int32_t *shut)
{
    pipe_bench b = bench_new(5, 5);
    int32_t    r = bench_reservoir(&b, 50.0), n[4];
    for (int i = 0; i < 4; i++)
        n[i] = bench_junction(&b, 1.0 * i, i < 2 ? 0.01 : demand);
    bench_pipe(&b, r, n[0], 100.0, 0.2);
    bench_pipe(&b, n[0], n[1], 100.0, 0.2);
    *shut                    = bench_pipe(&b, n[1], n[2], 100.0, 0.2);
    b.net.link.status[*shut] = PARK_NET_CLOSED;
    bench_pipe(&b, n[2], n[3], 100.0, 0.2);
    return b;
}

static void a_part_without_source_is_told_and_left_out(void)
{
    int32_t    shut;
    pipe_bench b = cut_network(0.02, &shut);
    bench_solve(&b);
    CHECK(b.report.converged);
    CHECK(b.report.unsupplied == 2 && b.report.first_unsupplied == 3);
    CHECK_CLOSE(b.report.unmet, 0.04, 1e-15);
    CHECK_CLOSE(b.state.flow[0], 0.02, 1e-15);
    CHECK(b.state.flow[shut] == 0.0 && b.state.flow[3] == 0.0);
    CHECK(b.state.delivered[3] == 0.0 && b.state.delivered[4] == 0.0);
    CHECK_CLOSE(b.state.head[3], b.state.head[2], 1e-12); /* what stands at the other side of the shut pipe */
    CHECK_CLOSE(b.state.head[4], b.state.head[2], 1e-12);
    b.state.command[shut] = PARK_NET_OPEN; /* the same plan and work, opened again */
    bench_solve(&b);
    CHECK(b.report.converged && b.report.unsupplied == 0);
    CHECK_CLOSE(b.state.flow[shut], 0.04, 1e-15);
    b.state.command[shut] = PARK_NET_CLOSED;
    bench_solve(&b);
    CHECK(b.report.unsupplied == 2 && b.state.flow[shut] == 0.0);
    bench_free(&b);
}

/* The same within a loop, so that the part is in the core and not in the forest. */
static void a_looped_part_too(void)
{
    pipe_bench b = bench_new(6, 8);
    int32_t    r = bench_reservoir(&b, 50.0), n[5];
    for (int i = 0; i < 5; i++)
        n[i] = bench_junction(&b, 0.0, 0.01);
    bench_pipe(&b, r, n[0], 100.0, 0.2);
    int32_t s1 = bench_pipe(&b, n[0], n[1], 100.0, 0.2), s2 = bench_pipe(&b, n[0], n[2], 100.0, 0.2);
    bench_pipe(&b, n[1], n[2], 100.0, 0.2);
    bench_pipe(&b, n[2], n[3], 100.0, 0.2);
    bench_pipe(&b, n[3], n[1], 100.0, 0.2);
    bench_pipe(&b, n[0], n[4], 100.0, 0.2);
    bench_pipe(&b, r, n[4], 100.0, 0.2);
    b.net.link.status[s1] = b.net.link.status[s2] = PARK_NET_CLOSED;
    bench_solve(&b);
    CHECK(b.report.converged && b.report.unsupplied == 3);
    CHECK_CLOSE(b.state.inflow[r], -0.02, 1e-12);
    for (int i = 1; i < 4; i++)
        CHECK_CLOSE(b.state.head[n[i]], b.state.head[n[0]], 1e-9);
    bench_free(&b);
}

/* No link at all joins the second tree to a source: its heads are its elevations. */
static void a_part_that_hangs_on_nothing_keeps_its_elevation(void)
{
    pipe_bench b = bench_new(6, 5);
    int32_t    r = bench_reservoir(&b, 50.0), a = bench_junction(&b, 0.0, 0.01), n[4];
    for (int i = 0; i < 4; i++)
        n[i] = bench_junction(&b, 7.0 + i, 0.005);
    bench_pipe(&b, r, a, 100.0, 0.2);
    for (int i = 0; i < 3; i++)
        bench_pipe(&b, n[i], n[i + 1], 100.0, 0.2);
    bench_pipe(&b, n[3], n[0], 100.0, 0.2);
    bench_solve(&b);
    CHECK(b.report.converged && b.report.unsupplied == 4);
    CHECK_CLOSE(b.state.flow[0], 0.01, 1e-15);
    for (int i = 0; i < 4; i++)
        CHECK_CLOSE(b.state.head[n[i]], 7.0 + i, 0.0);
    bench_free(&b);
}

/* An empty tank gives nothing, whatever its height; a check valve leads one way only. */
static void empty_tanks_and_wrong_ways_supply_nothing(void)
{
    pipe_bench b = bench_new(5, 4);
    int32_t t = bench_tank(&b, 80.0, 0.0), n = bench_junction(&b, 0.0, 0.01), r = bench_reservoir(&b, 50.0),
            m = bench_junction(&b, 0.0, 0.01), k = bench_junction(&b, 0.0, 0.02);
    bench_pipe(&b, t, n, 100.0, 0.2);
    int32_t v          = bench_pipe(&b, m, r, 100.0, 0.2);
    b.net.link.kind[v] = PARK_NET_CHECK_PIPE; /* towards the reservoir */
    bench_pipe(&b, r, k, 100.0, 0.2);
    bench_solve(&b);
    CHECK(b.report.converged && b.report.unsupplied == 2);
    CHECK(b.state.flow[0] == 0.0 && b.state.flow[v] == 0.0);
    CHECK_CLOSE(b.state.flow[2], 0.02, 1e-15);
    b.state.tank_empty[t] = false;
    bench_solve(&b);
    CHECK(b.report.unsupplied == 1);
    CHECK_CLOSE(b.state.flow[0], 0.01, 1e-15);
    bench_free(&b);
}

/* Nothing is wanted behind the shut pump: that is no lack of supply. */
static void a_part_that_wants_nothing_lacks_nothing(void)
{
    int32_t    shut;
    pipe_bench b = cut_network(0.0, &shut);
    bench_solve(&b);
    CHECK(b.report.converged && b.report.unsupplied == 0 && b.report.unmet == 0.0);
    CHECK(isfinite(b.state.head[3]) && isfinite(b.state.head[4]));
    bench_free(&b);
}

/* With demands that depend on pressure a part without source needs no leaving out: it stands where nothing flows. */
static void without_pressure_there_is_no_demand(void)
{
    int32_t    shut;
    pipe_bench b                 = cut_network(0.02, &shut);
    b.net.option.pressure_driven = true;
    b.net.link.kind[shut]        = PARK_NET_CHECK_PIPE; /* leads out of the part only */
    b.net.link.from[shut]        = 3;
    b.net.link.to[shut]          = 2;
    bench_solve(&b);
    CHECK(b.report.converged);
    CHECK(b.report.unsupplied == 2 && b.report.first_unsupplied == 3);
    CHECK_CLOSE(b.report.unmet, 0.04, 1e-6);
    CHECK_CLOSE(b.state.delivered[3], 0.0, 1e-7);
    CHECK_CLOSE(b.state.delivered[4], 0.0, 1e-7);
    CHECK(fabs(b.state.head[3]) < 10.0 && fabs(b.state.head[4]) < 10.0);
    bench_free(&b);
}

/* No source anywhere: finite heads, everything told. */
static void a_network_without_sources_is_told_not_solved(void)
{
    pipe_bench b = bench_new(3, 3);
    int32_t    n[3];
    for (int i = 0; i < 3; i++)
        n[i] = bench_junction(&b, 3.0, 0.01);
    for (int i = 0; i < 3; i++)
        bench_pipe(&b, n[i], n[(i + 1) % 3], 100.0, 0.2);
    bench_solve(&b);
    CHECK(b.report.converged && b.report.unsupplied == 3);
    CHECK_CLOSE(b.state.head[0], 3.0, 0.0);
    bench_free(&b);
}

int main(void)
{
    RUN(a_part_without_source_is_told_and_left_out);
    RUN(a_looped_part_too);
    RUN(a_part_that_hangs_on_nothing_keeps_its_elevation);
    RUN(empty_tanks_and_wrong_ways_supply_nothing);
    RUN(a_part_that_wants_nothing_lacks_nothing);
    RUN(without_pressure_there_is_no_demand);
    RUN(a_network_without_sources_is_told_not_solved);
    return park_test_done();
}
