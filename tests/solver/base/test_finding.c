#include "base/finding.h"
#include "check.h"

static void a_finding_speaks_both_languages(void)
{
    park_arena   *arena = park_arena_new();
    park_findings list;
    park_findings_init(&list, arena);
    park_finding *f = park_finding_add(&list, PARK_E0312, PARK_ERROR, "users.a", "unknown key '%s' (%d)",
                                       "未知的键“%s”（%d）", "capcity", 7);
    CHECK(f == &list.items[0] && f->code == PARK_E0312 && f->severity == PARK_ERROR && f->line == 0);
    CHECK_TEXT(f->en, "unknown key 'capcity' (7)");
    CHECK_TEXT(f->zh, "未知的键“capcity”（7）");
    CHECK_TEXT(f->path, "users.a");
    f = park_finding_add(&list, PARK_E0301, PARK_WARNING, NULL, "a", "b");
    CHECK(f != NULL && f->path == NULL && list.count == 2 && list.errors == 1 && list.dropped == 0);
    park_arena_free(arena);
}

static void beyond_fifty_only_the_count_grows(void)
{
    park_arena   *arena = park_arena_new();
    park_findings list;
    park_findings_init(&list, arena);
    for (int i = 0; i < 60; i++)
        CHECK((park_finding_add(&list, PARK_E0312, PARK_ERROR, "x", "%d", "%d", i) != NULL) ==
              (i < PARK_FINDINGS_MOST));
    CHECK(list.count == PARK_FINDINGS_MOST && list.errors == 60 && list.dropped == 10);
    CHECK_TEXT(list.items[PARK_FINDINGS_MOST - 1].en, "49");
    park_arena_free(arena);
}

static void out_of_memory_an_error_still_counts(void)
{
    for (size_t n = 1; n <= 5; n++) {
        park_arena   *arena = park_arena_new();
        park_findings list;
        park_findings_init(&list, arena);
        park_arena_fail_after(arena, n);
        park_finding *f = park_finding_add(&list, PARK_E0312, PARK_ERROR, "x", "en", "zh");
        CHECK(list.errors == 1);
        CHECK((f == NULL) == (n < 5)); /* list, English, Chinese, path */
        CHECK(list.count == (n < 5 ? 0u : 1u) && list.dropped == (n < 5 ? 1u : 0u));
        park_arena_free(arena);
    }
}

static void codes_are_sorted_found_and_explained(void)
{
    CHECK(park_code_find("E0312") == PARK_E0312);
    CHECK(park_code_find("E9999") == PARK_CODE_COUNT && park_code_find("") == PARK_CODE_COUNT);
    int bad = 0;
    for (int c = 0; c < PARK_CODE_COUNT; c++) {
        const char *name = park_code_name((park_code)c);
        bad += strlen(name) != 5 || strspn(name + 1, "0123456789") != 4 || strchr("EWN", name[0]) == NULL;
        bad += park_code_find(name) != (park_code)c;
        for (int zh = 0; zh < 2; zh++)
            bad += strlen(park_code_title((park_code)c, zh)) < 3 ||
                   strlen(park_code_explain((park_code)c, zh)) < 12;
        /* sorted by number within each letter, so a code is easy to find and a second one cannot hide */
        if (c > 0 && park_code_name((park_code)(c - 1))[0] == name[0])
            bad += strcmp(park_code_name((park_code)(c - 1)), name) >= 0;
    }
    CHECK(bad == 0);
    CHECK_TEXT(park_code_name(PARK_CODE_COUNT), "?");
    CHECK_TEXT(park_code_title(PARK_CODE_COUNT, true), "?");
    CHECK_TEXT(park_code_explain(PARK_CODE_COUNT, false), "?");
}

int main(void)
{
    RUN(a_finding_speaks_both_languages);
    RUN(beyond_fifty_only_the_count_grows);
    RUN(out_of_memory_an_error_still_counts);
    RUN(codes_are_sorted_found_and_explained);
    return park_test_done();
}
