/* Sizes from a list as columns in order: found in the rows, propagated, and what they miss. */
#include "design/chains.h"

#include "design/tighten.h"
#include "check.h"

/*
 * A size of 200, 400 or 700 for 10, 16 or 22: z0 >= z1 >= z2, q <= 200 z0 + 200 z1 + 300 z2, 0 <= q <= 600.
 * Columns q, z0, z1, z2, and r1 <= r0, which no row adds up.
 */
typedef struct sizes {
    park_program p;
    int32_t      q, z[3], r[2];
} sizes;

static void order(park_program *p, int32_t first, int32_t second)
{
    CHECK(park_program_row(p, 0.0, INFINITY, 2, (int32_t[]){second, first}, (double[]){-1.0, 1.0}, -1,
                           NULL) >= 0);
}

static sizes three_sizes(park_arena *arena)
{
    static const double COST[] = {10.0, 6.0, 6.0};
    sizes               s;
    park_program_init(&s.p, arena);
    s.q = park_program_col(&s.p, PARK_COL_FLOW, 0.0, 600.0, -0.04, NULL);
    for (int k = 0; k < 3; k++)
        s.z[k] = park_program_integer(&s.p, 0.0, 1.0, COST[k], NULL);
    for (int k = 0; k < 2; k++)
        s.r[k] = park_program_integer(&s.p, 0.0, 1.0, 1.0, NULL);
    order(&s.p, s.z[1], s.z[2]), order(&s.p, s.z[0], s.z[1]), order(&s.p, s.r[0], s.r[1]);
    CHECK(park_program_row(&s.p, -INFINITY, 0.0, 4, (int32_t[]){s.q, s.z[0], s.z[1], s.z[2]},
                           (double[]){1.0, -200.0, -200.0, -300.0}, -1, NULL) >= 0);
    return s;
}

static void rows_tell_the_chain(void)
{
    park_arena *arena = park_arena_new();
    sizes       s     = three_sizes(arena);
    park_chains c;
    CHECK(park_chains_make(&c, &s.p, arena) == PARK_OK);
    int32_t chain = c.of[s.z[0]];
    CHECK(chain >= 0 && c.of[s.z[1]] == chain && c.of[s.z[2]] == chain);
    CHECK(c.of[s.r[0]] == -1 && c.of[s.r[1]] == -1 && c.of[s.q] == -1);
    CHECK(c.start[chain + 1] - c.start[chain] == 3);
    for (size_t k = 0; k < 3; k++) {
        CHECK(c.col[c.start[chain] + k] == s.z[k]);
        CHECK(c.step[c.start[chain] + k] == (k < 2 ? 200.0 : 300.0));
    }
    CHECK(c.row[3] == chain && c.row[0] == -1);
    park_arena_free(arena);
}

/* 350 of 700: half of each. The second size is needed: 16, the relaxed point pays 11. Nothing: nothing. */
static void what_a_relaxed_size_misses(void)
{
    park_arena *arena = park_arena_new();
    sizes       s     = three_sizes(arena);
    park_chains c;
    double      x[6] = {350.0, 0.5, 0.5, 0.5, 0.0, 0.0}, none[6] = {0.0};
    CHECK(park_chains_make(&c, &s.p, arena) == PARK_OK);
    size_t chain = (size_t)c.of[s.z[0]];
    CHECK(park_chains_needed(&c, chain, x) == s.z[1]);
    CHECK_CLOSE(park_chains_missed(&c, chain, &s.p, x), 16.0 - 11.0, 1e-12);
    CHECK(park_chains_needed(&c, chain, none) == -1);
    CHECK_CLOSE(park_chains_missed(&c, chain, &s.p, none), 0.0, 1e-12);
    park_arena_free(arena);
}

/* Of q >= 1 the first size follows, of q > 200 the second: row by row alone neither does, 500 of 700 is in the others. */
static void what_must_flow_asks_for_its_size(void)
{
    static const double LEAST[]  = {0.0, 1.0, 200.0, 201.0, 401.0};
    static const int    NEEDED[] = {0, 1, 1, 2, 3};
    for (size_t i = 0; i < sizeof LEAST / sizeof LEAST[0]; i++) {
        park_arena  *arena = park_arena_new();
        sizes        s     = three_sizes(arena);
        park_links   links;
        park_tighten t;
        park_box     box = {s.p.col_lo, s.p.col_hi};
        s.p.col_lo[s.q]  = LEAST[i];
        CHECK(park_links_make(&links, &s.p, arena) == PARK_OK);
        CHECK(park_tighten_make(&t, &links, arena) == PARK_OK);
        CHECK(park_tighten_box(&t, &box, INFINITY, NULL, 0, 10));
        for (int k = 0; k < 3; k++)
            CHECK(box.lo[s.z[k]] == (k < NEEDED[i] ? 1.0 : 0.0));
        park_arena_free(arena);
    }
}

/* The same as an equation with a size of its own, the chain on the other side: size - 200 z0 - 200 z1 = 0, size >= q. */
static void a_size_of_its_own_is_no_different(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_links   links;
    park_tighten t;
    park_program_init(&p, arena);
    int32_t q = park_program_col(&p, PARK_COL_FLOW, 50.0, 400.0, 0.0, NULL),
            v = park_program_col(&p, PARK_COL_SIZE, 0.0, 400.0, 0.0, NULL),
            a = park_program_integer(&p, 0.0, 1.0, 1.0, NULL),
            b = park_program_integer(&p, 0.0, 1.0, 1.0, NULL);
    order(&p, a, b);
    CHECK(park_program_row(&p, 0.0, 0.0, 3, (int32_t[]){a, b, v}, (double[]){200.0, 200.0, -1.0}, -1, NULL) >=
          0);
    CHECK(park_program_row(&p, -INFINITY, 0.0, 2, (int32_t[]){q, v}, (double[]){1.0, -1.0}, -1, NULL) >= 0);
    park_box box = {p.col_lo, p.col_hi};
    CHECK(park_links_make(&links, &p, arena) == PARK_OK);
    CHECK(park_tighten_make(&t, &links, arena) == PARK_OK);
    CHECK(park_tighten_box(&t, &box, INFINITY, NULL, 0, 10));
    CHECK(box.lo[a] == 1.0 && box.lo[b] == 0.0);
    CHECK_CLOSE(box.lo[v], 200.0, 1e-6);
    park_arena_free(arena);
}

/* Flow earns 0.04 each. By hand: nothing 0, 200 -> 10 - 8 = 2, 400 -> 16 - 16 = 0, 600 -> 22 - 24 = -2. */
static void the_tree_chooses_the_right_size(void)
{
    park_arena        *arena = park_arena_new();
    sizes              s     = three_sizes(arena);
    park_tree_settings settings;
    park_tree_result   r;
    park_tree_settings_default(&settings);
    settings.gap = 1e-6;
    CHECK(park_tree_solve(&s.p, &settings, arena, &r, NULL) == PARK_OK);
    CHECK(r.status == PARK_TREE_OPTIMAL);
    CHECK_CLOSE(r.objective, -2.0, 1e-6);
    CHECK(r.bound <= -2.0 + 1e-6);
    park_arena_free(arena);
}

static void out_of_memory_is_told(void)
{
    park_arena *arena = park_arena_new(), *small = park_arena_new();
    sizes       s = three_sizes(arena);
    park_chains c;
    CHECK(park_chains_make(&c, &s.p, small) == PARK_OK);
    for (size_t n = 1; n < 9; n++) {
        park_arena *fails = park_arena_new();
        park_arena_fail_after(fails, n);
        park_status status = park_chains_make(&c, &s.p, fails);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        CHECK(n > 1 || status == PARK_E_MEMORY);
        park_arena_free(fails);
    }
    park_arena_free(small);
    park_arena_free(arena);
}

int main(void)
{
    RUN(rows_tell_the_chain);
    RUN(what_a_relaxed_size_misses);
    RUN(what_must_flow_asks_for_its_size);
    RUN(a_size_of_its_own_is_no_different);
    RUN(the_tree_chooses_the_right_size);
    RUN(out_of_memory_is_told);
    return park_test_done();
}
