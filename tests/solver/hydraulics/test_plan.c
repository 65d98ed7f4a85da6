/* Plans: what they refuse, that every failed allocation is told, what they hold; and that a solve allocates nothing. */
#include "random_network.h"

#include "hydraulics/plan.h"

/* -- every call of the allocator is counted where nothing else has taken its place -- */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define COUNTED 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define COUNTED 0
#endif
#endif
#if !defined(COUNTED) && defined(__GLIBC__)
#define COUNTED 1
#elif !defined(COUNTED)
#define COUNTED 0
#endif

static long allocations;
#if COUNTED
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
    allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    allocations++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    allocations++;
    return __libc_realloc(old, size);
}
#endif

/* A network of the size of Net3, 1000 solves with other demands each: not one allocation. */
static void a_solve_allocates_nothing(void)
{
    pipe_bench b = random_network(5, 9, 9, true);
    bench_solve(&b);
    long   before = allocations;
    double demand = b.state.demand[0];
    CHECK(!COUNTED || before > 0);
    for (int i = 0; i < 1000; i++) {
        b.state.demand[0] = demand + 1e-5 * (i % 50);
        if (park_hydraulic_solve(b.plan, &b.settings, &b.state, b.work, &b.report, NULL) != PARK_OK ||
            !b.report.converged)
            break;
    }
    CHECK(allocations == before);
    CHECK(b.report.converged);
    bench_free(&b);
}

/* -- refusals -- */

typedef void (*spoil)(park_network *net);

static void no_length(park_network *net)
{
    net->link.length[0] = 0.0;
}

static void no_diameter(park_network *net)
{
    net->link.diameter[1] = NAN;
}

static void no_roughness(park_network *net)
{
    net->link.roughness[1] = -1.0;
}

static void minor_below_zero(park_network *net)
{
    net->link.minor[1] = -0.5;
}

static void no_such_node(park_network *net)
{
    net->link.to[1] = 99;
}

static void to_itself(park_network *net)
{
    net->link.to[1] = net->link.from[1];
}

static void no_elevation(park_network *net)
{
    net->node.elevation[1] = INFINITY;
}

static void no_curve(park_network *net)
{
    net->link.kind[1] = PARK_NET_GPV;
}

static void no_pump(park_network *net)
{
    net->link.kind[1] = PARK_NET_PUMP;
}

static void valve_at_reservoir(park_network *net)
{
    net->link.kind[0] = PARK_NET_PRV;
}

static void valves_in_series(park_network *net)
{
    net->link.kind[1] = net->link.kind[2] = PARK_NET_PRV;
}

static void no_viscosity(park_network *net)
{
    net->option.headloss  = PARK_NET_DARCY_WEISBACH;
    net->option.viscosity = 0.0;
}

static void no_exponent(park_network *net)
{
    net->option.emitter_exponent = 0.0;
}

static void no_demand_exponent(park_network *net)
{
    net->option.pressure_driven   = true;
    net->option.pressure_exponent = NAN;
}

static pipe_bench row_of_pipes(void)
{
    pipe_bench b = bench_new(4, 3);
    int32_t    r = bench_reservoir(&b, 50.0), n[3];
    for (int i = 0; i < 3; i++)
        n[i] = bench_junction(&b, 0.0, 0.01);
    bench_pipe(&b, r, n[0], 100.0, 0.2);
    bench_pipe(&b, n[0], n[1], 100.0, 0.2);
    bench_pipe(&b, n[1], n[2], 100.0, 0.2);
    return b;
}

static void numbers_without_meaning_are_refused(void)
{
    static const spoil SPOIL[] = {no_length,    no_diameter,        no_roughness,     minor_below_zero,
                                  no_such_node, to_itself,          no_elevation,     no_curve,
                                  no_pump,      valve_at_reservoir, valves_in_series, no_viscosity,
                                  no_exponent,  no_demand_exponent};
    for (size_t k = 0; k < sizeof SPOIL / sizeof SPOIL[0]; k++) {
        pipe_bench b = row_of_pipes();
        SPOIL[k](&b.net);
        b.err = (park_error){0};
        CHECK(park_hydraulic_plan_make(b.arena, &b.net, &b.plan, &b.err) == PARK_E_RANGE);
        CHECK(b.err.message[0] != 0);
        bench_free(&b);
    }
}

/* -- memory -- */

/* The n-th allocation of plan, state and work fails, for every n, in the arena and in the scratch. */
static void every_failed_allocation_is_told(void)
{
    for (int in_scratch = 0; in_scratch < 2; in_scratch++) {
        size_t n    = 1;
        bool   done = false;
        for (; !done && n < 2000; n++) {
            pipe_bench           b     = random_network(2, 4, 4, true);
            park_arena          *arena = park_arena_new(), *scratch = park_arena_new();
            park_hydraulic_plan *plan = NULL;
            park_hydraulic_work *work = NULL;
            park_hydraulic_state state;
            b.net.node.emitter[3] = 0.001;
            park_arena_fail_after(in_scratch ? scratch : arena, n);
            park_status status = park_hydraulic_plan_build(arena, scratch, &b.net, &plan, NULL);
            if (status == PARK_OK)
                status = park_hydraulic_state_make(arena, plan, &state, NULL);
            if (status == PARK_OK)
                status = park_hydraulic_work_make(arena, plan, &work, NULL);
            CHECK(status == PARK_OK || status == PARK_E_MEMORY);
            done = status == PARK_OK;
            park_arena_free(scratch);
            park_arena_free(arena);
            bench_free(&b);
        }
        CHECK(done && n > 20);
    }
}

/* A street network of 10 000 pipes: plan and work below 1 KB a pipe. */
static void a_plan_is_small(void)
{
    pipe_bench b = random_network(1, 70, 70, false);
    bench_plan(&b);
    CHECK(b.net.link.count > 9000);
    CHECK(park_hydraulic_plan_bytes(b.plan) + b.plan->spd->work_bytes < 1024 * b.net.link.count);
    bench_free(&b);
}

/* Two leaves on a branch on a loop: three pipes in the forest, tips first. */
static void trees_are_peeled(void)
{
    pipe_bench b = bench_new(6, 6);
    int32_t    r = bench_reservoir(&b, 50.0), n[5];
    for (int i = 0; i < 5; i++)
        n[i] = bench_junction(&b, 0.0, 0.01 * (1 + i));
    bench_pipe(&b, r, n[0], 100.0, 0.3);
    bench_pipe(&b, r, n[1], 100.0, 0.3);
    bench_pipe(&b, n[0], n[1], 100.0, 0.3);
    bench_pipe(&b, n[1], n[2], 100.0, 0.3); /* the branch */
    bench_pipe(&b, n[2], n[3], 100.0, 0.2);
    bench_pipe(&b, n[4], n[2], 100.0, 0.2);
    bench_solve(&b);
    CHECK(b.plan->leaves == 3 && b.plan->unknowns == 2 && b.plan->cores == 3);
    CHECK_CLOSE(b.state.flow[3], 0.12, 1e-15);
    CHECK_CLOSE(b.state.flow[4], 0.04, 1e-15);
    CHECK_CLOSE(b.state.flow[5], -0.05, 1e-15);
    CHECK(b.report.converged);
    bench_free(&b);
}

/* What does not stand in the forest: nodes with emitters or leaks, where demands depend on pressure, where a control looks. */
static void nodes_that_draw_by_pressure_stay_in_the_core(void)
{
    for (int k = 0; k < 4; k++) {
        pipe_bench b = row_of_pipes();
        if (k == 0)
            b.net.node.emitter[3] = 0.001;
        if (k == 1)
            b.net.link.leak_area[2] = 1e-6;
        if (k == 2)
            b.net.option.pressure_driven = true;
        if (k == 3) {
            b.net.control[0] = (park_net_control){.link    = 0,
                                                  .status  = PARK_NET_OPEN,
                                                  .setting = NAN,
                                                  .when    = PARK_NET_WHEN_BELOW,
                                                  .node    = 3,
                                                  .value   = -100.0,
                                                  .enabled = true};
            b.net.controls   = 1;
        }
        bench_solve(&b);
        CHECK(b.plan->leaves == 0 && b.report.converged);
        bench_free(&b);
    }
}

/* -- states that cannot be solved -- */

static void demands_and_heads_must_be_numbers(void)
{
    pipe_bench b = row_of_pipes();
    bench_plan(&b);
    b.state.demand[2] = NAN;
    CHECK(park_hydraulic_solve(b.plan, &b.settings, &b.state, b.work, &b.report, &b.err) == PARK_E_NUMERIC);
    b.state.demand[2] = 0.01;
    b.state.head[0]   = INFINITY;
    CHECK(park_hydraulic_solve(b.plan, &b.settings, &b.state, b.work, &b.report, &b.err) == PARK_E_NUMERIC);
    CHECK(strstr(b.err.message, "N0") != NULL);
    b.state.head[0] = 50.0;
    b.state.head[1] = NAN; /* an unknown head is only a guess */
    CHECK(park_hydraulic_solve(b.plan, &b.settings, &b.state, b.work, &b.report, &b.err) == PARK_OK);
    CHECK(b.report.converged && isfinite(b.state.head[1]));
    bench_free(&b);
}

/* Losses of 1e300 m3/s are beyond all numbers: no answer, and a link that is there is named. */
static void flows_beyond_all_numbers_name_a_link(void)
{
    pipe_bench b = bench_new(3, 3);
    int32_t    r = bench_reservoir(&b, 50.0), m = bench_junction(&b, 5.0, 0.0),
            n = bench_junction(&b, 5.0, 1e300);
    bench_pipe(&b, r, m, 100.0, 0.2);
    bench_pipe(&b, m, n, 100.0, 0.2);
    bench_pipe(&b, r, n, 100.0, 0.2);
    bench_plan(&b);
    CHECK(park_hydraulic_solve(b.plan, &b.settings, &b.state, b.work, &b.report, &b.err) == PARK_E_NUMERIC);
    CHECK(strstr(b.err.message, "no finite solution, in link L") != NULL);
    bench_free(&b);
}

/* One iteration is not enough: a result with its reason, no error. */
static void too_few_iterations_are_told(void)
{
    pipe_bench b = random_network(1, 5, 5, false);
    bench_plan(&b);
    b.settings.trials       = 2;
    b.settings.extra_trials = -1;
    bench_solve(&b);
    CHECK(!b.report.converged && b.report.iterations == 2);
    CHECK(b.report.accuracy > b.settings.accuracy && b.report.worst_link >= 0 &&
          b.report.worst_change_link >= 0);
    CHECK(b.report.imbalance <= 1e-9); /* balanced all the same */
    bench_free(&b);
}

int main(void)
{
    RUN(a_solve_allocates_nothing);
    RUN(numbers_without_meaning_are_refused);
    RUN(every_failed_allocation_is_told);
    RUN(a_plan_is_small);
    RUN(trees_are_peeled);
    RUN(nodes_that_draw_by_pressure_stay_in_the_core);
    RUN(demands_and_heads_must_be_numbers);
    RUN(flows_beyond_all_numbers_name_a_link);
    RUN(too_few_iterations_are_told);
    return park_test_done();
}
