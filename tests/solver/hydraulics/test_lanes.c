/* Solves side by side have the bits of solves alone: random networks with everything in them, lanes that differ. */
#include "random_network.h"
#include "scaled.h"

#include "hydraulics/lanes.h"
#include "hydraulics/plan.h"

#include <string.h>

enum { SEEDS = 24, ROUNDS = 3 };

/* Another network of the same graph: other pipes, demands, settings, heights. */
static park_network variant(park_arena *arena, const park_network *net, uint64_t seed)
{
    park_random  r   = park_random_start(seed, 11, 0);
    park_network own = *net;
    if (seed == 0)
        return own;
    own.link.roughness = scaled(arena, net->link.roughness, net->link.count, &r, 0.2);
    own.link.diameter  = scaled(arena, net->link.diameter, net->link.count, &r, 0.1);
    own.link.length    = scaled(arena, net->link.length, net->link.count, &r, 0.1);
    own.link.setting   = scaled(arena, net->link.setting, net->link.count, &r, 0.15);
    own.demand.base    = scaled(arena, net->demand.base, net->demand.count, &r, 0.5);
    own.node.elevation = scaled(arena, net->node.elevation, net->node.count, &r, 0.05);
    return own;
}

/* One lane and the same network alone. */
typedef struct twin {
    park_network          net;
    park_hydraulic_plan  *plan, *own_plan;
    park_hydraulic_state  lane, alone;
    park_hydraulic_work  *work;
    park_hydraulic_report report;
} twin;

static void twin_make(twin *t, park_arena *arena, const park_hydraulic_plan *base, const park_network *net,
                      uint64_t seed)
{
    t->net = variant(arena, net, seed);
    CHECK(park_hydraulic_plan_vary(arena, base, &t->net, &t->plan, NULL) == PARK_OK);
    CHECK(park_hydraulic_plan_make(arena, &t->net, &t->own_plan, NULL) == PARK_OK);
    CHECK(park_hydraulic_state_make(arena, t->plan, &t->lane, NULL) == PARK_OK);
    CHECK(park_hydraulic_state_make(arena, t->own_plan, &t->alone, NULL) == PARK_OK);
    CHECK(park_hydraulic_work_make(arena, t->own_plan, &t->work, NULL) == PARK_OK);
}

#define SAME(column, count) CHECK(memcmp(a->column, b->column, (count) * sizeof *a->column) == 0)

static void same_state(const park_network *net, const park_hydraulic_state *a, const park_hydraulic_state *b)
{
    SAME(head, net->node.count);
    SAME(flow, net->link.count);
    SAME(status, net->link.count);
    SAME(loss, net->link.count);
    SAME(delivered, net->node.count);
    SAME(emitter, net->node.count);
    SAME(leak, net->node.count);
    SAME(inflow, net->node.count);
    SAME(command, net->link.count);
}

static void same_report(const park_hydraulic_report *a, const park_hydraulic_report *b)
{
    CHECK(a->converged == b->converged && a->iterations == b->iterations);
    CHECK(a->accuracy == b->accuracy && a->head_error == b->head_error && a->flow_change == b->flow_change);
    CHECK(a->imbalance == b->imbalance && a->unmet == b->unmet);
    CHECK(a->worst_link == b->worst_link && a->worst_change_link == b->worst_change_link &&
          a->worst_node == b->worst_node);
    CHECK(a->status_cycled == b->status_cycled && a->cycled_link == b->cycled_link);
    CHECK(a->unsupplied == b->unsupplied && a->first_unsupplied == b->first_unsupplied &&
          a->negative == b->negative);
}

/* Several solves one after the other, demands and commands changing between them; lane `empty` has nothing to do. */
static void check_rounds(pipe_bench *b, uint64_t seed, size_t empty, size_t *most, size_t *alone)
{
    twin                  t[PARK_LANES];
    park_hydraulic_plan  *base;
    park_hydraulic_lanes *lanes;
    CHECK(park_hydraulic_plan_make(b->arena, &b->net, &base, NULL) == PARK_OK);
    CHECK(park_hydraulic_lanes_make(b->arena, base, &lanes, NULL) == PARK_OK);
    for (size_t k = 0; k < PARK_LANES; k++) {
        twin_make(&t[k], b->arena, base, &b->net, k == 0 ? 0 : seed * PARK_LANES + k);
        CHECK(park_hydraulic_lanes_seat(lanes, k, t[k].plan, NULL) == PARK_OK);
    }
    park_random r = park_random_start(seed, 12, 0);
    for (int round = 0; round < ROUNDS; round++) {
        park_lane_solve solve[PARK_LANES] = {{0}};
        for (size_t k = 0; k < PARK_LANES; k++) {
            park_network *net = &t[k].net;
            for (size_t n = 0; n < net->node.count && round > 0; n++)
                t[k].lane.demand[n] = t[k].alone.demand[n] *= 0.5 + park_random_uniform(&r);
            size_t l = park_random_below(&r, (uint32_t)net->link.count);
            if (round > 0 && net->link.kind[l] == PARK_NET_PIPE)
                t[k].lane.command[l] = t[k].alone.command[l] =
                    t[k].alone.command[l] == PARK_NET_CLOSED ? PARK_NET_OPEN : PARK_NET_CLOSED;
            if (k != empty)
                solve[k] = (park_lane_solve){.settings = &b->settings, .state = &t[k].lane};
        }
        park_hydraulic_lanes_solve(lanes, solve);
        for (size_t k = 0; k < PARK_LANES; k++) {
            if (k == empty)
                continue;
            park_status status =
                park_hydraulic_solve(t[k].own_plan, &b->settings, &t[k].alone, t[k].work, &t[k].report, NULL);
            CHECK(solve[k].status == status);
            *alone += solve[k].alone;
            *most = (size_t)t[k].report.iterations > *most ? (size_t)t[k].report.iterations : *most;
            if (status != PARK_OK)
                continue;
            same_report(&solve[k].report, &t[k].report);
            same_state(&t[k].net, &t[k].lane, &t[k].alone);
        }
    }
}

static void a_lane_has_the_bits_of_its_network_alone(void)
{
    size_t most = 0, alone = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        for (int devices = 0; devices < 2; devices++) {
            pipe_bench b = random_network(seed, 5 + (int)(seed % 7), 4 + (int)(seed % 5), devices != 0);
            b.settings   = park_hydraulic_settings_of(&b.net);
            b.settings.shut_links_leak = seed % 2;
            b.settings.damp_limit      = seed % 5 == 0 ? 0.01 : 0.0;
            if (seed % 3 == 0) /* what depends on pressure */
                for (size_t n = 0; n < b.net.node.count; n += 3)
                    b.net.node.emitter[n] = b.net.node.kind[n] == PARK_NET_JUNCTION ? 1e-4 : 0.0;
            b.net.option.pressure_driven = seed % 4 == 0;
            check_rounds(&b, seed, seed % 6 == 5 ? 2 : PARK_LANES, &most, &alone);
            bench_free(&b);
        }
    CHECK(most > 10); /* some had to look for their statuses */
    CHECK(alone < SEEDS);
}

/* Another network takes a lane and begins with the flows that the one before left there: it has its own losses. */
static void a_lane_forgets_its_last_network(void)
{
    pipe_bench            b = random_network(9, 6, 6, false);
    twin                  t[2];
    park_hydraulic_plan  *base;
    park_hydraulic_lanes *lanes;
    park_lane_solve       solve[PARK_LANES] = {{0}};
    b.settings                              = park_hydraulic_settings_of(&b.net);
    CHECK(park_hydraulic_plan_make(b.arena, &b.net, &base, NULL) == PARK_OK);
    CHECK(park_hydraulic_lanes_make(b.arena, base, &lanes, NULL) == PARK_OK);
    for (size_t k = 0; k < 2; k++) {
        twin_make(&t[k], b.arena, base, &b.net, k);
        CHECK(park_hydraulic_lanes_seat(lanes, 2, t[k].plan, NULL) == PARK_OK);
        solve[2] = (park_lane_solve){.settings = &b.settings, .state = &t[0].lane};
        park_hydraulic_lanes_solve(lanes, solve);
        CHECK(park_hydraulic_solve(t[k].own_plan, &b.settings, &t[0].alone, t[k].work, &t[k].report, NULL) ==
              PARK_OK);
        same_report(&solve[2].report, &t[k].report);
        same_state(&t[k].net, &t[0].lane, &t[0].alone);
    }
    bench_free(&b);
}

/* More pipes than a block and than a chunk; every formula. */
static void large_networks_and_every_formula_too(void)
{
    size_t most = 0, alone = 0;
    for (int formula = 0; formula < 3; formula++) {
        pipe_bench b          = random_network(40 + (uint64_t)formula, 22, 20, formula > 0);
        b.net.option.headloss = (park_net_headloss)formula;
        for (size_t l = 0; l < b.net.link.count; l++)
            b.net.link.roughness[l] *= formula == PARK_NET_HAZEN_WILLIAMS  ? 1.0
                                       : formula == PARK_NET_CHEZY_MANNING ? 1e-4
                                                                           : 1e-6;
        b.settings = park_hydraulic_settings_of(&b.net);
        check_rounds(&b, 40 + (uint64_t)formula, PARK_LANES, &most, &alone);
        bench_free(&b);
    }
}

/* A lane whose demand is no number is told as alone; the others have their answers. */
static void a_lane_that_fails_leaves_the_others(void)
{
    pipe_bench            b = random_network(3, 6, 6, true);
    twin                  t[PARK_LANES];
    park_hydraulic_plan  *base;
    park_hydraulic_lanes *lanes;
    park_lane_solve       solve[PARK_LANES] = {{0}};
    b.settings                              = park_hydraulic_settings_of(&b.net);
    CHECK(park_hydraulic_plan_make(b.arena, &b.net, &base, NULL) == PARK_OK);
    CHECK(park_hydraulic_lanes_make(b.arena, base, &lanes, NULL) == PARK_OK);
    for (size_t k = 0; k < PARK_LANES; k++) {
        twin_make(&t[k], b.arena, base, &b.net, k);
        for (size_t c = 0; c < base->pipes && k == 3; c++) /* pipes through which nothing goes: no pivot */
            t[k].plan->pipe.resistance[c] = t[k].own_plan->pipe.resistance[c] = INFINITY;
        CHECK(park_hydraulic_lanes_seat(lanes, k, t[k].plan, NULL) == PARK_OK);
        solve[k] = (park_lane_solve){.settings = &b.settings, .state = &t[k].lane};
    }
    t[1].lane.demand[2] = t[1].alone.demand[2] = NAN;   /* refused at the door */
    t[2].lane.demand[2] = t[2].alone.demand[2] = 1e300; /* no finite answer */
    park_hydraulic_lanes_solve(lanes, solve);
    for (size_t k = 0; k < PARK_LANES; k++) {
        park_error  err = {0};
        park_status status =
            park_hydraulic_solve(t[k].own_plan, &b.settings, &t[k].alone, t[k].work, &t[k].report, &err);
        CHECK(solve[k].status == status);
        CHECK((status == PARK_E_NUMERIC) == (k > 0));
        CHECK(strcmp(solve[k].error.message, err.message) == 0);
        if (status == PARK_OK)
            same_state(&t[k].net, &t[k].lane, &t[k].alone);
    }
    CHECK(solve[2].alone && solve[3].alone && !solve[0].alone);
    bench_free(&b);
}

static void a_network_of_another_graph_is_refused(void)
{
    pipe_bench            b = random_network(5, 5, 5, true), other = random_network(6, 5, 5, true);
    park_hydraulic_plan  *base, *plan;
    park_hydraulic_lanes *lanes;
    CHECK(park_hydraulic_plan_make(b.arena, &b.net, &base, NULL) == PARK_OK);
    CHECK(park_hydraulic_plan_make(b.arena, &other.net, &plan, NULL) == PARK_OK);
    CHECK(park_hydraulic_lanes_make(b.arena, base, &lanes, NULL) == PARK_OK);
    CHECK(park_hydraulic_lanes_seat(lanes, 0, plan, NULL) == PARK_E_RANGE);
    CHECK(park_hydraulic_plan_vary(b.arena, base, &other.net, &plan, NULL) == PARK_E_RANGE);
    park_network turned = b.net; /* one pipe more turned round, one emitter more, one diameter of zero */
    int32_t     *from   = PARK_ARRAY(b.arena, turned.link.count, int32_t);
    double      *column = PARK_ARRAY(b.arena, turned.link.count + turned.node.count, double);
    memcpy(from, turned.link.from, turned.link.count * sizeof *from);
    from[3]          = from[3] == 0 ? 1 : 0;
    turned.link.from = from;
    CHECK(park_hydraulic_plan_vary(b.arena, base, &turned, &plan, NULL) == PARK_E_RANGE);
    turned              = b.net;
    turned.node.emitter = column;
    column[4]           = 1e-3;
    CHECK(park_hydraulic_plan_vary(b.arena, base, &turned, &plan, NULL) == PARK_E_RANGE);
    turned               = b.net;
    turned.link.diameter = column + turned.node.count;
    CHECK(park_hydraulic_plan_vary(b.arena, base, &turned, &plan, NULL) == PARK_E_RANGE);
    CHECK(park_hydraulic_plan_vary(b.arena, base, &b.net, &plan, NULL) == PARK_OK);
    CHECK(park_hydraulic_lanes_seat(lanes, 0, plan, NULL) == PARK_OK);
    bench_free(&b);
    bench_free(&other);
}

static void every_failed_allocation_is_told(void)
{
    pipe_bench           b = random_network(7, 5, 5, true);
    park_hydraulic_plan *base;
    CHECK(park_hydraulic_plan_make(b.arena, &b.net, &base, NULL) == PARK_OK);
    park_status status = PARK_E_MEMORY;
    for (size_t n = 1; n < 400 && status != PARK_OK; n++) {
        park_arena           *poor = park_arena_new();
        park_hydraulic_lanes *lanes;
        park_hydraulic_plan  *plan;
        park_arena_fail_after(poor, n);
        status = park_hydraulic_plan_vary(poor, base, &b.net, &plan, NULL);
        if (status == PARK_OK)
            status = park_hydraulic_lanes_make(poor, base, &lanes, NULL);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        park_arena_free(poor);
    }
    CHECK(status == PARK_OK);
    bench_free(&b);
}

int main(void)
{
    RUN(a_lane_has_the_bits_of_its_network_alone);
    RUN(a_lane_forgets_its_last_network);
    RUN(large_networks_and_every_formula_too);
    RUN(a_lane_that_fails_leaves_the_others);
    RUN(a_network_of_another_graph_is_refused);
    RUN(every_failed_allocation_is_told);
    return park_test_done();
}
