#include "base/arena.h"
#include "base/finding.h"
#include "check.h"

#include <stdint.h>

static int released;
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
    static int one = 1, two = 2, three = 3;
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

static void findings_speak_both_languages(void)
{
    park_arena *arena = park_arena_new();
    park_findings list;
    park_findings_init(&list, arena);
    for (int i = 0; i < 60; i++)
        park_finding_add(&list, PARK_E0312, PARK_ERROR, "users.a", "unknown key '%s'", "未知的键“%s”",
                         "capcity");
    CHECK(list.count == PARK_FINDINGS_MOST && list.errors == 60 && list.dropped == 10);
    CHECK_TEXT(list.items[0].en, "unknown key 'capcity'");
    CHECK_TEXT(list.items[0].zh, "未知的键“capcity”");
    CHECK(park_code_find("E0312") == PARK_E0312);
    CHECK(park_code_find("E9999") == PARK_CODE_COUNT);
    park_arena_free(arena);
}

int main(void)
{
    RUN(memory_is_zeroed_and_aligned);
    RUN(overflow_is_refused);
    RUN(handles_are_released_last_first);
    RUN(injected_failure_stays);
    RUN(findings_speak_both_languages);
    return park_test_done();
}
