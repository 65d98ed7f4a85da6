#include "design/program.h"
#include "check.h"

#include <stdbool.h>

static park_conflict explain(const park_program *p, park_arena *arena)
{
    park_tree_settings settings;
    park_conflict      conflict;
    park_tree_settings_default(&settings);
    CHECK(park_program_explain(p, &settings, arena, &conflict, NULL) == PARK_OK);
    return conflict;
}

/* Two sources into one user of 10: at least 6 from the first (0), at most 3 from the first (1), at most 50 in all (2).
 * Only 0 and 1 quarrel, over 3 units. */
static void two_statements_quarrel_over_three_units(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_program_init(&p, arena);
    int32_t a            = park_program_col(&p, PARK_COL_FLOW, 0, 100, 1, "a"),
            b            = park_program_col(&p, PARK_COL_FLOW, 0, 100, 2, "b");
    const int32_t both[] = {a, b};
    const double  one[]  = {1, 1};
    park_program_row(&p, 10, 10, 2, both, one, -1, "demand");
    park_program_row(&p, 6, INFINITY, 1, &a, one, 0, "share");
    park_program_row(&p, -INFINITY, 3, 1, &a, one, 1, "licence");
    park_program_row(&p, -INFINITY, 50, 2, both, one, 2, "total");
    park_conflict c = explain(&p, arena);
    CHECK(c.count == 2 && c.irreducible);
    if (c.count == 2) {
        CHECK(c.statement[0] == 0 && c.statement[1] == 1);
        CHECK_CLOSE(c.relaxation[0], 3, 1e-2);
        CHECK_CLOSE(c.relaxation[1], 3, 1e-2);
        CHECK_CLOSE(c.violation[0] + c.violation[1], 1, 1e-6);
        CHECK(c.violation[0] > 0.99); /* missing 6 by 3 is cheaper in weight than missing 3 by 3 */
    }
    park_arena_free(arena);
}

/* The same with the licence as a bound of the column, and a removal that no mixing reaches: c >= 0.2 at the outlet,
 * product w = f c with f = 10, at most 1 of load allowed (statement 1): needs 2. */
static void a_bound_and_a_product_quarrel(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_program_init(&p, arena);
    int32_t f        = park_program_col(&p, PARK_COL_FLOW, 0, 20, 0, "f"),
            c        = park_program_col(&p, PARK_COL_CONC, 0.2, 1, 0, "c");
    int32_t      w   = park_program_col(&p, PARK_COL_LIFTED, 0, 20, 1, "w");
    const double one = 1.0;
    park_program_product(&p, w, f, c);
    park_program_row(&p, 10, INFINITY, 1, &f, &one, 0, "production");
    p.statements          = 3;
    p.col_hi[w]           = 1.0;
    p.col_hi_statement[w] = 1;
    p.col_hi_statement[c] = 2; /* named, but no part of the quarrel */
    park_conflict found   = explain(&p, arena);
    CHECK(found.count == 2 && found.irreducible);
    if (found.count == 2) {
        CHECK(found.statement[0] == 0 && found.statement[1] == 1);
        CHECK_CLOSE(found.relaxation[0], 5, 0.02); /* f <= 1 / 0.2 */
        CHECK_CLOSE(found.relaxation[1], 1, 0.02); /* w >= 10 * 0.2 */
    }
    park_arena_free(arena);
}

/* Three pairwise compatible statements: a + b <= 5, a >= 3, b >= 3; and one of them alone cannot give enough. */
static void three_statements_and_one_that_cannot_help(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_program_init(&p, arena);
    int32_t a            = park_program_col(&p, PARK_COL_FLOW, 0, 10, 1, "a"),
            b            = park_program_col(&p, PARK_COL_FLOW, 2.5, 10, 1, "b");
    const int32_t both[] = {a, b};
    const double  one[]  = {1, 1};
    park_program_row(&p, -INFINITY, 5, 2, both, one, 0, "total");
    park_program_row(&p, 3, INFINITY, 1, &a, one, 1, "first");
    park_program_row(&p, 3, INFINITY, 1, &b, one, 2, "second"); /* b may give only down to 2.5: not enough */
    park_conflict c = explain(&p, arena);
    CHECK(c.count == 2 &&
          c.irreducible); /* the bound of b makes the second superfluous: 0 and 1 quarrel already */
    if (c.count == 2)
        CHECK(c.statement[0] == 0 && c.statement[1] == 1);
    p.col_lo[b] = 0.0;
    c           = explain(&p, arena);
    CHECK(c.count == 3 && c.irreducible);
    for (size_t i = 0; i < c.count; i++)
        CHECK_CLOSE(c.relaxation[i], 1, 0.01);
    p.row_lo[2] = 9.0; /* now the first alone would have to give 7, of which it has 3 */
    c           = explain(&p, arena);
    CHECK(c.count == 2 && c.statement[0] == 0 && c.statement[1] == 2);
    park_arena_free(arena);
}

/* A demand of 10 and a discharge of at least 12 (physics needs it): more demand would do, but nobody asks for that. A
 * licence of 8 quarrels with it from the other side: there it gives by 2. */
static void a_demand_gives_by_falling_alone(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    bool         falls[] = {true, false};
    park_program_init(&p, arena);
    int32_t      a   = park_program_col(&p, PARK_COL_FLOW, 0, 100, 1, "a");
    const double one = 1.0;
    park_program_row(&p, 10, 10, 1, &a, &one, 0, "demand");
    park_program_row(&p, 12, INFINITY, 1, &a, &one, 1, "least");
    park_conflict both = explain(&p, arena);
    CHECK(both.count == 2);
    p.falls         = falls;
    park_conflict c = explain(&p, arena);
    CHECK(c.count == 1 &&
          c.statement[0] == 1); /* what the demand forbids above it forbids whatever is asked */
    if (c.count == 1)
        CHECK_CLOSE(c.relaxation[0], 2, 1e-2);
    p.row_lo[1] = -INFINITY, p.row_hi[1] = 8.0;
    c = explain(&p, arena);
    CHECK(c.count == 2);
    for (size_t i = 0; i < c.count; i++) {
        CHECK_CLOSE(c.relaxation[i], 2, 1e-2);
        CHECK(c.relaxed[i] != NULL);
    }
    if (c.count == 2)
        CHECK_CLOSE(c.missed[0] + c.missed[1], 2, 1e-2);
    p.col_hi[a]           = 9.0,
    p.col_hi_statement[a] = 0; /* the same demand as a box: 8 is asked too little, 9 is no more than may be */
    p.row_lo[0] = 9.0, p.row_hi[0] = 9.0;
    c = explain(&p, arena);
    CHECK(c.count == 2);
    for (size_t i = 0; i < c.count; i++)
        CHECK_CLOSE(c.relaxation[i], 1, 1e-2);
    park_arena_free(arena);
}

static void physics_alone_or_a_solution_leave_nothing_to_say(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_program_init(&p, arena);
    int32_t      a   = park_program_col(&p, PARK_COL_FLOW, 0, 10, 1, "a");
    const double one = 1.0;
    park_program_row(&p, -INFINITY, 5, 1, &a, &one, 0, "cap");
    CHECK(explain(&p, arena).count == 0); /* feasible */
    park_program_row(&p, 20, INFINITY, 1, &a, &one, -1, "physics");
    CHECK(explain(&p, arena).count == 0); /* no statement can mend it */
    p.statements   = 0;
    p.statement[0] = -1;
    CHECK(explain(&p, arena).count == 0); /* nothing was stated */
    p.cost[0] = NAN;
    park_tree_settings settings;
    park_conflict      conflict;
    park_tree_settings_default(&settings);
    CHECK(park_program_explain(&p, &settings, arena, &conflict, NULL) == PARK_E_RANGE);
    park_arena_free(arena);
}

/* Two quarrels that have nothing to do with each other: mending one alone leaves the other. */
static void where_one_alone_does_not_help_no_figure_is_given(void)
{
    park_arena  *arena = park_arena_new();
    park_program p;
    park_program_init(&p, arena);
    const double one = 1.0;
    for (int32_t k = 0; k < 2; k++) {
        int32_t a = park_program_col(&p, PARK_COL_FLOW, 0, 10, 1, "a");
        park_program_row(&p, -INFINITY, 3, 1, &a, &one, 2 * k, "most");
        park_program_row(&p, 5, INFINITY, 1, &a, &one, 2 * k + 1, "least");
    }
    park_conflict c = explain(&p, arena);
    CHECK(c.count == 2 && c.irreducible && c.statement[1] == c.statement[0] + 1);
    for (size_t i = 0; i < c.count; i++)
        CHECK(isnan(c.relaxation[i]));
    park_arena_free(arena);
}

int main(void)
{
    RUN(where_one_alone_does_not_help_no_figure_is_given);
    RUN(two_statements_quarrel_over_three_units);
    RUN(a_bound_and_a_product_quarrel);
    RUN(three_statements_and_one_that_cannot_help);
    RUN(a_demand_gives_by_falling_alone);
    RUN(physics_alone_or_a_solution_leave_nothing_to_say);
    return park_test_done();
}
