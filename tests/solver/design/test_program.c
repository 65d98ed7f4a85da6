#include "design/program.h"
#include "check.h"

#include <stdbool.h>

/* w = f c, f in [0, 4], c in [0, 1]; f + g = 4; 2 f + 2 f + 0 g <= 12 written with a repeated column. */
static void small(park_program *p, park_arena *arena)
{
    park_program_init(p, arena);
    int32_t f = park_program_col(p, PARK_COL_FLOW, 0, 4, 1, "f"),
            c = park_program_col(p, PARK_COL_CONC, 0, 1, 0, "c");
    int32_t w = park_program_col(p, PARK_COL_LIFTED, 0, 9, -3, "w"),
            g = park_program_col(p, PARK_COL_FLOW, 0, 4, 0, "g");
    int32_t t = park_program_col(p, PARK_COL_OTHER, 0, 9, 2, "t"), y = park_program_integer(p, 0, 5, 1, "y");
    const int32_t sum[] = {f, g}, twice[] = {f, f, g};
    const double  one[] = {1, 1}, two[] = {2, 2, 0};
    CHECK(park_program_row(p, 4, 4, 2, sum, one, -1, "sum") == 0);
    CHECK(park_program_row(p, -INFINITY, 12, 3, twice, two, 2, "cap") == 1);
    CHECK(park_program_product(p, w, f, c) == 0);
    CHECK(park_program_concave(p, t, g, 3.0, 4.0, 0.5) == 0); /* t >= 3 sqrt(g / 4) */
    CHECK(y == 5 && p->integer[y] && p->col_class[y] == PARK_COL_CHOICE);
}

static void rows_are_merged_and_statements_counted(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    small(&p, arena);
    CHECK(p.rows == 2 && p.entries == 3 && p.start[1] == 2 && p.start[2] == 3);
    CHECK(p.index[2] == 0 && p.value[2] == 4.0); /* 2 + 2 merged, the zero dropped */
    CHECK(p.statements == 3 && p.statement[0] == -1 && p.statement[1] == 2);
    CHECK(park_program_check(&p, NULL) == PARK_OK);
    for (int i = 0; i < 1000; i++) {
        int32_t      j   = park_program_col(&p, PARK_COL_OTHER, i, i + 1, 0, NULL);
        const double one = 1.0;
        CHECK(j == 6 + i && park_program_row(&p, i, INFINITY, 1, &j, &one, -1, NULL) == 2 + i);
    }
    CHECK(p.col_lo[1005] == 999 && p.row_lo[1001] == 999 && p.index[p.start[1001]] == 1005);
    CHECK(park_program_check(&p, NULL) == PARK_OK);
    park_arena_free(arena);
}

static void what_is_not_well_formed_is_named(void)
{
    park_arena   *arena = park_arena_new();
    park_program  p;
    park_error    err = {0};
    const double  one = 1.0, nan = NAN;
    const int32_t zero = 0, far = 77;
#define BAD(change)                                                                                          \
    do {                                                                                                     \
        small(&p, arena);                                                                                    \
        change;                                                                                              \
        CHECK(park_program_check(&p, &err) == PARK_E_RANGE);                                                 \
    } while (0)
    BAD(p.col_lo[1] = NAN);
    BAD(p.col_lo[1] = 2);
    CHECK(strstr(err.message, "(c)") != NULL);
    BAD(p.cost[0] = INFINITY);
    BAD(p.constant = NAN);
    BAD(p.row_lo[0] = 5);
    CHECK(strstr(err.message, "(sum)") != NULL);
    BAD(park_program_row(&p, 0, 1, 1, &far, &one, -1, NULL));
    BAD(park_program_row(&p, 0, 1, 1, &zero, &nan, -1, NULL));
    BAD(park_program_product(&p, 2, 0, 99));
    BAD(park_program_product(&p, 2, 0, 0));
    BAD(park_program_product(&p, 0, 0, 1));
    BAD(park_program_concave(&p, 4, 3, 1, 1, 1.2));
    BAD(park_program_concave(&p, 4, 3, 1, 0, 0.5));
    BAD(park_program_concave(&p, 4, 3, -1, 1, 0.5));
    BAD(p.col_hi_statement[0] = 3);
    park_arena_free(arena);
}

static void a_point_is_tested_in_the_original_equations(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    double       z, good[] = {3, 0.5, 1.5 + 1e-9, 1, 1.5, 2 - 1e-9}; /* t = 3 sqrt(1/4) = 1.5 */
    small(&p, arena);
    p.constant = 10;
    CHECK(park_program_recheck(&p, good, &z));
    CHECK_CLOSE(z, 10 + 3 - 3 * 1.5 + 2 * 1.5 + 2, 1e-12);
    CHECK(good[2] == 1.5 && good[5] == 2.0); /* repaired */
    const double bad[][6] = {{3, 0.5, 1.6, 1, 1.5, 2},       {3, 0.5, 1.5, 1.1, 1.6, 2},
                             {3.5, 0.5, 1.75, 0.5, 1.5, 2},  {3, 1.1, 3.3, 1, 1.5, 2},
                             {3, 0.5, 1.5, 1, NAN, 2},       {3, 0.5, 1.5, 1, 1.5, 6},
                             {3, 0.5, 1.5, 1 + 1e-6, 1.5, 2}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double x[6];
        memcpy(x, bad[i], sizeof x);
        CHECK(!park_program_recheck(&p, x, &z));
    }
    double low[] = {3, 0.5, 1.5, 1, 0.1, 2}; /* a concave cost that is too low is raised, not refused */
    CHECK(park_program_recheck(&p, low, &z) && low[4] == 1.5);
    park_arena_free(arena);
}

static void memory_may_fail_while_building(void)
{
    for (size_t n = 1; n < 60; n++) {
        park_arena  *arena = park_arena_new();
        park_program p;
        park_program_init(&p, arena);
        park_arena_fail_after(arena, n);
        const double one = 1.0;
        for (int32_t i = 0; i < 40; i++) {
            size_t  cols = p.cols, rows = p.rows;
            int32_t j = park_program_col(&p, PARK_COL_FLOW, 0, 1, 0, NULL);
            CHECK(j == (int32_t)cols || (j == -1 && p.cols == cols));
            int32_t r = p.cols == 0 ? -1 : park_program_row(&p, 0, 1, 1, &(int32_t){0}, &one, -1, NULL);
            CHECK(r == (int32_t)rows || (r == -1 && p.rows == rows));
        }
        CHECK(park_program_check(&p, NULL) == PARK_OK);
        park_arena_free(arena);
    }
}

int main(void)
{
    RUN(rows_are_merged_and_statements_counted);
    RUN(what_is_not_well_formed_is_named);
    RUN(a_point_is_tested_in_the_original_equations);
    RUN(memory_may_fail_while_building);
    return park_test_done();
}
