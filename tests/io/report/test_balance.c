#include "report/balance.h"
#include "base/random.h"
#include "check.h"

static park_arena *arena;

enum { NODES = 12, EDGES = 40 };

static void in_and_out(size_t edges, const int32_t *from, const int32_t *to, const int64_t *printed,
                       int64_t *net)
{
    memset(net, 0, NODES * sizeof *net);
    for (size_t e = 0; e < edges; e++) {
        net[from[e]] -= printed[e];
        net[to[e]] += printed[e];
    }
}

/* Closed graphs made of random cycles: each flow goes to its floor or ceiling and every node closes exactly. */
static void every_node_closes_as_printed(void)
{
    for (uint64_t trial = 0; trial < 300; trial++) {
        int32_t     from[EDGES], to[EDGES];
        double      flow[EDGES] = {0.0};
        size_t      edges       = 0;
        park_random random      = park_random_start(trial, 1, 0);
        while (edges + 4 <= EDGES) {
            double  push = 50.0 * park_random_uniform(&random) + 0.001;
            int32_t ring[4];
            for (int i = 0; i < 4; i++)
                ring[i] = (int32_t)park_random_below(&random, NODES);
            for (int i = 0; i < 4; i++) {
                from[edges]   = ring[i];
                to[edges]     = ring[(i + 1) % 4];
                flow[edges++] = push;
            }
        }
        int64_t    printed[EDGES], net[NODES];
        park_error err = {0};
        CHECK(park_round_closed(NODES, edges, from, to, flow, printed, arena, &err) == PARK_OK);
        in_and_out(edges, from, to, printed, net);
        for (int n = 0; n < NODES; n++)
            CHECK(net[n] == 0);
        for (size_t e = 0; e < edges; e++)
            CHECK(fabs((double)printed[e] - flow[e]) < 1.0 + 1e-6);
    }
}

/* 33.4 + 33.3 + 33.3 = 100: nearest would print 33 + 33 + 33. */
static void largest_remainder_by_hand(void)
{
    const int32_t from[] = {0, 1, 1, 1, 2, 3, 4}, to[] = {1, 2, 3, 4, 0, 0, 0};
    const double  flow[] = {100.0, 33.4, 33.3, 33.3, 33.4, 33.3, 33.3};
    int64_t       printed[7];
    CHECK(park_round_closed(5, 7, from, to, flow, printed, arena, NULL) == PARK_OK);
    CHECK(printed[0] == 100 && printed[1] + printed[2] + printed[3] == 100);
    CHECK(printed[1] == printed[4] && printed[2] == printed[5] && printed[3] == printed[6]);
}

static void whole_flows_stay(void)
{
    const int32_t from[] = {0, 1}, to[] = {1, 0};
    const double  flow[] = {7.0, 7.0};
    int64_t       printed[2];
    CHECK(park_round_closed(2, 2, from, to, flow, printed, arena, NULL) == PARK_OK);
    CHECK(printed[0] == 7 && printed[1] == 7);
}

static void memory_failure_is_told(void)
{
    const int32_t from[] = {0, 1}, to[] = {1, 0};
    const double  flow[] = {7.5, 7.5};
    int64_t       printed[2];
    park_arena   *poor = park_arena_new();
    for (size_t n = 1; n <= 4; n++) {
        park_arena_fail_after(poor, n);
        CHECK(park_round_closed(2, 2, from, to, flow, printed, poor, NULL) == PARK_E_MEMORY);
    }
    park_arena_free(poor);
}

int main(void)
{
    arena = park_arena_new();
    RUN(every_node_closes_as_printed);
    RUN(largest_remainder_by_hand);
    RUN(whole_flows_stay);
    RUN(memory_failure_is_told);
    park_arena_free(arena);
    return park_test_done();
}
