#include "quality/parts.h"

#include "check.h"

static park_pieces pieces(park_arena *arena, int32_t most)
{
    static const double TOLERANCE[] = {1e-6};
    park_pieces         p;
    CHECK(park_pieces_make(arena, 1, most, TOLERANCE, &p, NULL) == PARK_OK);
    return p;
}

static void add(park_pieces *p, double seconds, double first, double last)
{
    park_pieces_add(p, seconds, &first, &last);
}

/* Where there are too many, the two that are most alike become one; the mean stays. */
static void the_most_alike_are_joined(void)
{
    park_arena *arena = park_arena_new();
    park_pieces p     = pieces(arena, 3);
    double      mean;
    add(&p, 10.0, 0.0, 0.0);
    add(&p, 10.0, 1.0, 1.0);
    add(&p, 30.0, 1.01, 1.01);
    CHECK(p.pieces == 3);
    add(&p, 10.0, 5.0, 5.0);
    CHECK(p.pieces == 3 && p.amount[1] == 40.0 && p.amount[2] == 10.0);
    CHECK(p.first[0] == 0.0 && p.last[2] == 5.0);
    CHECK_CLOSE(0.5 * (p.first[1] + p.last[1]), (10.0 + 30.3) / 40.0, 1e-15);
    park_pieces_mean(&p, &mean);
    CHECK_CLOSE(mean, (10.0 + 30.3 + 50.0) / 60.0, 1e-15);
    park_arena_free(arena);
}

/* One straight line however often it is cut. */
static void a_line_is_one_piece(void)
{
    park_arena *arena = park_arena_new();
    park_pieces p     = pieces(arena, 8);
    for (int i = 0; i < 20; i++)
        add(&p, 1.0, i, i + 1.0);
    CHECK(p.pieces == 1);
    CHECK_CLOSE(p.amount[0], 20.0, 1e-13);
    CHECK_CLOSE(p.first[0], 0.0, 1e-12);
    CHECK_CLOSE(p.last[0], 20.0, 1e-12);
    park_pieces_set(&p, 5.0, &(double){7.0});
    CHECK(p.pieces == 1 && p.amount[0] == 5.0 && p.first[0] == 7.0 && p.last[0] == 7.0);
    park_arena_free(arena);
}

int main(void)
{
    RUN(the_most_alike_are_joined);
    RUN(a_line_is_one_piece);
    return park_test_done();
}
