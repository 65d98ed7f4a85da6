#include "numerics/partition.h"

#include "check.h"

enum { SIDE = 12, CELLS = SIDE * SIDE };

/* A square grid; edges across the middle column cost 1, all others 10; weights 1. */
typedef struct grid {
    int32_t start[CELLS + 1], neighbour[4 * CELLS], cost[4 * CELLS], weight[CELLS];
} grid;

static park_graph grid_graph(grid *g)
{
    static const int DX[] = {1, -1, 0, 0}, DY[] = {0, 0, 1, -1};
    int              edges = 0;
    for (int i = 0; i < CELLS; i++) {
        int x = i % SIDE, y = i / SIDE;
        g->start[i]  = edges;
        g->weight[i] = 1;
        for (int d = 0; d < 4; d++) {
            int a = x + DX[d], b = y + DY[d];
            if (a < 0 || a >= SIDE || b < 0 || b >= SIDE)
                continue;
            bool seam           = (x == SIDE / 2 && a == x - 1) || (a == SIDE / 2 && x == a - 1);
            g->neighbour[edges] = b * SIDE + a;
            g->cost[edges++]    = seam ? 1 : 10;
        }
    }
    g->start[CELLS] = edges;
    return (park_graph){.vertices    = CELLS,
                        .start       = g->start,
                        .neighbour   = g->neighbour,
                        .edge_weight = g->cost,
                        .constraints = 1,
                        .weight      = g->weight};
}

static void a_grid_parts_along_its_cheap_seam(void)
{
    grid        g;
    park_graph  graph = grid_graph(&g);
    park_arena *arena = park_arena_new();
    for (int way = 0; way < 2; way++) {
        int32_t part[CELLS], again[CELLS];
        CHECK(park_partition(&graph, 2, 0.05, 7, (park_partition_way)way, arena, part, NULL) == PARK_OK);
        CHECK(park_partition(&graph, 2, 0.05, 7, (park_partition_way)way, arena, again, NULL) == PARK_OK);
        CHECK(memcmp(part, again, sizeof part) == 0);
        int wrong = 0; /* both halves are exactly the columns left and right of the seam */
        for (int i = 0; i < CELLS; i++)
            wrong += part[i] != (i % SIDE < SIDE / 2 ? part[0] : 1 - part[0]);
        CHECK(wrong == 0);
    }
    park_arena_free(arena);
}

static void weights_are_shared_within_the_tolerance(void)
{
    grid        g;
    park_graph  graph = grid_graph(&g);
    park_arena *arena = park_arena_new();
    int32_t     part[CELLS], sum[5] = {0}, total = 0;
    for (int i = 0; i < CELLS; i++) {
        g.weight[i] = i % SIDE + 1; /* heavier to the right */
        total += g.weight[i];
    }
    CHECK(park_partition(&graph, 5, 0.1, 1, PARK_PARTITION_AT_ONCE, arena, part, NULL) == PARK_OK);
    for (int i = 0; i < CELLS; i++)
        sum[part[i]] += g.weight[i];
    for (int p = 0; p < 5; p++)
        CHECK(sum[p] <= 1.1 * total / 5.0 + SIDE); /* one heavy cell beyond */
    park_arena_free(arena);
}

static void what_makes_no_sense_is_refused(void)
{
    grid        g;
    park_graph  graph = grid_graph(&g);
    park_arena *arena = park_arena_new();
    park_error  err   = {0};
    int32_t     part[CELLS];
    CHECK(park_partition(&graph, 1, 0.1, 1, PARK_PARTITION_BISECT, arena, part, &err) == PARK_E_RANGE);
    CHECK(park_partition(&graph, CELLS + 1, 0.1, 1, PARK_PARTITION_BISECT, arena, part, &err) ==
          PARK_E_RANGE);
    CHECK(park_partition(&graph, 2, 0.0, 1, PARK_PARTITION_BISECT, arena, part, &err) == PARK_E_RANGE);
    g.weight[3] = -1;
    CHECK(park_partition(&graph, 2, 0.1, 1, PARK_PARTITION_BISECT, arena, part, &err) == PARK_E_RANGE);
    g.weight[3] = 1;
    g.cost[0]   = 0;
    CHECK(park_partition(&graph, 2, 0.1, 1, PARK_PARTITION_BISECT, arena, part, &err) == PARK_E_RANGE);
    g.cost[0] = 1;
    park_arena_fail_after(arena, 2);
    CHECK(park_partition(&graph, 2, 0.1, 1, PARK_PARTITION_BISECT, arena, part, &err) == PARK_E_MEMORY);
    park_arena_free(arena);
}

int main(void)
{
    RUN(a_grid_parts_along_its_cheap_seam);
    RUN(weights_are_shared_within_the_tolerance);
    RUN(what_makes_no_sense_is_refused);
    return park_test_done();
}
