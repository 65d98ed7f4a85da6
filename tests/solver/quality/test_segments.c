#include "quality/segments.h"

#include "base/random.h"
#include "check.h"

static void open_pool(park_arena *arena, size_t boxes, int32_t most, size_t most_capacity, park_segments *s)
{
    static const double TOLERANCE[] = {0.0, 0.0};
    CHECK(park_segments_make(arena, boxes, 2, TOLERANCE, most, most_capacity, s, NULL) == PARK_OK);
}

/* What goes in at one end comes out at the other in order, cut anywhere; at the same end in reverse. */
static void water_keeps_its_order(void)
{
    park_arena   *arena = park_arena_new();
    park_segments s;
    open_pool(arena, 3, 50, 0, &s);
    for (int i = 0; i < 4; i++) /* 0..4 in a line, told in four pieces */
        park_segments_push(&s, 1, 0, 1.0, (double[]){i, -i}, (double[]){i + 1.0, -i - 1.0});
    double first[2], last[2];
    CHECK(park_segments_pop(&s, 1, 1, 0.25, 0.0, first, last));
    CHECK_CLOSE(first[0], 0.0, 1e-15);
    CHECK_CLOSE(last[0], 0.25, 1e-15);
    CHECK(park_segments_pop(&s, 1, 1, 0.75, 1e-12, first, last));
    CHECK_CLOSE(first[1], -0.25, 1e-15);
    CHECK_CLOSE(last[1], -1.0, 1e-15);
    CHECK(park_segments_pop(&s, 1, 0, 1.0, 1e-12, first, last)); /* last in, last value first */
    CHECK_CLOSE(first[0], 4.0, 1e-15);
    CHECK_CLOSE(last[0], 3.0, 1e-15);
    CHECK(s.rows[1] == 2);
    park_segments_clear(&s, 1);
    CHECK(!park_segments_pop(&s, 1, 0, 1.0, 0.0, first, last) && s.rows[1] == 0);
    CHECK(s.unused == s.capacity && s.empty == 3);
    park_arena_free(arena);
}

/* Pieces of one straight line are one segment again. */
static void alike_neighbours_join(void)
{
    park_arena   *arena = park_arena_new();
    park_segments s;
    open_pool(arena, 1, 50, 0, &s);
    for (int end = 0; end < 2; end++) {
        park_segments_push(&s, 0, end, 2.0, (double[]){0, 5}, (double[]){2, 5});
        park_segments_push(&s, 0, end, 1.0, (double[]){2, 5}, (double[]){3, 5});
        park_segments_push(&s, 0, end, 1.0, (double[]){3, 5}, (double[]){4, 5});
        park_segments_push(&s, 0, end, 1.0, (double[]){9, 5}, (double[]){9, 5});
        park_segments_tidy(&s, 0, end, 4);
        CHECK(s.rows[0] == 2);
        double mass[2] = {0.0, 0.0};
        CHECK_CLOSE(park_segments_mass(&s, 0, mass), 5.0, 1e-15);
        CHECK_CLOSE(mass[0], 17.0, 1e-14);
        CHECK_CLOSE(mass[1], 25.0, 1e-14);
        park_segments_clear(&s, 0);
    }
    park_arena_free(arena);
}

/* Appended, pieces of one line and water of one kind are one segment from the start; an edge is not. At either end. */
static void appended_water_joins_what_it_is_like(void)
{
    park_arena   *arena = park_arena_new();
    park_segments s;
    open_pool(arena, 1, 50, 0, &s);
    for (int end = 0; end < 2; end++) {
        park_segments_append(&s, 0, end, 2.0, (double[]){0, 5}, (double[]){2, 5});
        park_segments_append(&s, 0, end, 1.0, (double[]){2, 5}, (double[]){3, 5});
        CHECK(s.rows[0] == 1);
        park_segments_append(&s, 0, end, 1.0, (double[]){9, 5}, (double[]){9, 5});
        park_segments_append(&s, 0, end, 4.0, (double[]){9, 5}, (double[]){9, 5});
        CHECK(s.rows[0] == 2);
        double mass[2] = {0.0, 0.0}, first[2], last[2];
        CHECK_CLOSE(park_segments_mass(&s, 0, mass), 8.0, 1e-15);
        CHECK_CLOSE(mass[0], 2.0 + 2.5 + 45.0, 1e-14);
        CHECK_CLOSE(mass[1], 40.0, 1e-14);
        CHECK(park_segments_pop(&s, 0, 1 - end, 3.0, 1e-12, first, last)); /* the line, as it went in */
        CHECK_CLOSE(first[0], 0.0, 1e-15);
        CHECK_CLOSE(last[0], 3.0, 1e-14);
        park_segments_clear(&s, 0);
    }
    park_arena_free(arena);
}

/* A box is held to its most, the pool to its; mass stays whatever must be joined. */
static void want_of_room_costs_shape_and_no_mass(void)
{
    park_random r = park_random_start(3, 0, 0);
    for (int bounded = 0; bounded < 2; bounded++) {
        park_arena   *arena = park_arena_new();
        park_segments s;
        open_pool(arena, 4, bounded ? 1000 : 16, bounded ? 20 : 0, &s);
        double want[4] = {0.0}, volume[4] = {0.0};
        for (int i = 0; i < 2000; i++) {
            size_t box = park_random_below(&r, 4);
            int    end = (int)park_random_below(&r, 2);
            double v = park_random_uniform(&r), a[2] = {park_random_uniform(&r), 1.0},
                   b[2] = {park_random_uniform(&r), 1.0};
            CHECK(park_segments_make_room(&s, NULL) == PARK_OK);
            park_segments_push(&s, box, end, v, a, b);
            park_segments_tidy(&s, box, end, 1);
            want[box] += 0.5 * v * (a[0] + b[0]);
            volume[box] += v;
            CHECK(s.rows[box] <= (bounded ? 24 : 16) && s.unused >= s.empty);
        }
        CHECK(!bounded || s.capacity == 24); /* never less than two for each box and 16 */
        for (size_t box = 0; box < 4; box++) {
            double mass[2] = {0.0, 0.0};
            CHECK_CLOSE(park_segments_mass(&s, box, mass), volume[box], 1e-10);
            CHECK_CLOSE(mass[0], want[box], 1e-10);
            CHECK_CLOSE(mass[1], volume[box], 1e-10);
        }
        park_arena_free(arena);
    }
}

static void a_pool_that_cannot_grow_says_so(void)
{
    park_arena   *arena = park_arena_new();
    park_segments s;
    open_pool(arena, 1, 1000, 0, &s);
    park_arena_fail_after(arena, 1);
    park_status status = PARK_OK;
    for (int i = 0; i < 100 && status == PARK_OK; i++) {
        park_segments_push(&s, 0, 0, 1.0, (double[]){i % 2, 0}, (double[]){i % 2, 0});
        status = park_segments_make_room(&s, NULL);
    }
    CHECK(status == PARK_E_MEMORY);
    park_arena_free(arena);
}

int main(void)
{
    RUN(water_keeps_its_order);
    RUN(alike_neighbours_join);
    RUN(appended_water_joins_what_it_is_like);
    RUN(want_of_room_costs_shape_and_no_mass);
    RUN(a_pool_that_cannot_grow_says_so);
    return park_test_done();
}
