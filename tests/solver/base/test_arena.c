#include "base/arena.h"
#include "check.h"

#include <stdint.h>

static int  released;
static void release(void *handle)
{
    released = released * 10 + *(int *)handle;
}

static void memory_is_zeroed_and_aligned(void)
{
    park_arena *arena = park_arena_new();
    for (size_t n = 0; n < 200; n++) {
        unsigned char *p = park_array(arena, n, 997);
        CHECK(p != NULL && (uintptr_t)p % 16 == 0);
        for (size_t i = 0; i < n * 997; i++)
            if (p[i] != 0)
                CHECK(p[i] == 0);
        memset(p, 255, n * 997);
    }
    park_arena_free(arena);
}

static void overflow_is_refused(void)
{
    park_arena *arena = park_arena_new();
    CHECK(park_array(arena, SIZE_MAX / 2, 3) == NULL);
    CHECK(park_array(NULL, 1, 1) == NULL);
    park_arena_free(arena);
}

static void handles_are_released_last_first(void)
{
    static int  one = 1, two = 2, three = 3;
    park_arena *arena = park_arena_new();
    CHECK(park_arena_adopt(arena, &one, release) == PARK_OK);
    CHECK(park_arena_adopt(arena, &two, release) == PARK_OK);
    park_arena_fail_after(arena, 1);
    released = 0;
    CHECK(park_arena_adopt(arena, &three, release) == PARK_E_MEMORY);
    CHECK(released == 3);
    park_arena_free(arena);
    CHECK(released == 321);
}

static void injected_failure_stays(void)
{
    park_arena *arena = park_arena_new();
    park_arena_fail_after(arena, 3);
    CHECK(park_array(arena, 1, 8) != NULL && park_array(arena, 1, 8) != NULL);
    CHECK(park_array(arena, 1, 8) == NULL && park_array(arena, 1, 8) == NULL);
    park_arena_fail_after(arena, 0);
    CHECK(park_array(arena, 1, 8) != NULL);
    park_arena_free(arena);
}

static void texts_are_copied_and_printed(void)
{
    park_arena *arena = park_arena_new();
    CHECK_TEXT(park_arena_text(arena, "riverbank", 5), "river");
    CHECK_TEXT(park_arena_text(arena, "", 0), "");
    CHECK_TEXT(park_arena_printf(arena, "%s %.2f", "c7", 0.5), "c7 0.50");
    CHECK(park_arena_text(arena, "x", SIZE_MAX) == NULL);
    park_arena_fail_after(arena, 1);
    CHECK(park_arena_text(arena, "x", 1) == NULL && park_arena_printf(arena, "x") == NULL);
    park_arena_free(arena);
}

static void columns_grow_and_keep_their_items(void)
{
    park_arena *arena    = park_arena_new();
    int        *items    = NULL;
    size_t      capacity = 0;
    for (size_t i = 0; i < 1000; i++) {
        CHECK(PARK_GROW(arena, items, i, capacity));
        items[i] = (int)(i * i);
    }
    int bad = 0;
    for (size_t i = 0; i < 1000; i++)
        bad += items[i] != (int)(i * i);
    CHECK(bad == 0 && capacity >= 1000);
    park_arena_fail_after(arena, 1);
    size_t full = capacity;
    CHECK(!PARK_GROW(arena, items, full, capacity) && capacity == full && items[999] == 999 * 999);
    park_arena_free(arena);
}

int main(void)
{
    RUN(memory_is_zeroed_and_aligned);
    RUN(overflow_is_refused);
    RUN(handles_are_released_last_first);
    RUN(injected_failure_stays);
    RUN(texts_are_copied_and_printed);
    RUN(columns_grow_and_keep_their_items);
    return park_test_done();
}
