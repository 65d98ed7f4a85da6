#include "check.h"

#include "base/tape.h"

typedef struct thing {
    double  volume[3];
    int32_t level;
} thing;

static void thing_tape(thing *x, park_tape *tape)
{
    park_tape_agree(tape, 3);
    PARK_TAPE(tape, x->volume, 3);
    PARK_TAPE(tape, &x->level, 1);
}

static void what_was_written_is_read(void)
{
    park_arena *arena = park_arena_new();
    thing       a = {{1.0 / 3.0, -0.0, NAN}, 7}, b = {{0}, 0};
    park_tape   out = park_tape_write(arena);
    thing_tape(&a, &out);
    CHECK(!out.broken);
    park_tape in = park_tape_read(out.bytes, out.count);
    thing_tape(&b, &in);
    CHECK(park_tape_ended(&in));
    CHECK(memcmp(&a.volume, &b.volume, sizeof a.volume) == 0 && b.level == 7); /* bits: -0 and NaN, too */
    park_arena_free(arena);
}

/* Whatever is cut off is noticed, and what comes after stays as it was. */
static void a_short_tape_is_broken(void)
{
    park_arena *arena = park_arena_new();
    thing       a     = {{1, 2, 3}, 7};
    park_tape   out   = park_tape_write(arena);
    thing_tape(&a, &out);
    for (size_t length = 0; length < out.count; length++) {
        thing     b  = {{0}, -1};
        park_tape in = park_tape_read(out.bytes, length);
        thing_tape(&b, &in);
        CHECK(in.broken && !park_tape_ended(&in) && b.level == -1);
    }
    park_tape more = park_tape_read(out.bytes, out.count);
    CHECK(!park_tape_ended(&more)); /* nothing read yet */
    park_arena_free(arena);
}

static void another_shape_is_broken(void)
{
    park_arena *arena   = park_arena_new();
    double      four[4] = {0};
    thing       a       = {{1, 2, 3}, 7};
    park_tape   out     = park_tape_write(arena);
    thing_tape(&a, &out);
    park_tape in = park_tape_read(out.bytes, out.count);
    park_tape_agree(&in, 3);
    PARK_TAPE(&in, four, 4);
    CHECK(in.broken && four[0] == 0.0);
    in = park_tape_read(out.bytes, out.count);
    park_tape_agree(&in, 2);
    CHECK(in.broken);
    park_arena_free(arena);
}

static void memory_may_run_out(void)
{
    park_arena *arena = park_arena_new();
    thing       a     = {{1, 2, 3}, 7};
    park_arena_fail_after(arena, 1);
    park_tape out = park_tape_write(arena);
    thing_tape(&a, &out);
    CHECK(out.broken);
    park_arena_free(arena);
}

int main(void)
{
    RUN(what_was_written_is_read);
    RUN(a_short_tape_is_broken);
    RUN(another_shape_is_broken);
    RUN(memory_may_run_out);
    return park_test_done();
}
