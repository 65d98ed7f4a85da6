#include "base/names.h"
#include "check.h"

static int32_t add(park_names *names, const char *text)
{
    int32_t index = -2;
    CHECK(park_names_add(names, text, strlen(text), &index, NULL) == PARK_OK);
    return index;
}

static int32_t find(const park_names *names, const char *text)
{
    return park_names_find(names, text, strlen(text));
}

static void names_keep_the_order_of_arrival(void)
{
    park_arena *arena = park_arena_new();
    park_names  names;
    park_names_init(&names, arena);
    CHECK(find(&names, "river") == -1);
    CHECK(add(&names, "river") == 0 && add(&names, "染整") == 1 && add(&names, "") == 2);
    char text[16];
    for (int i = 0; i < 2000; i++) {
        snprintf(text, sizeof text, "u%d", i);
        CHECK(add(&names, text) == i + 3);
    }
    int bad = 0;
    for (int i = 0; i < 2000; i++) {
        snprintf(text, sizeof text, "u%d", i);
        bad += find(&names, text) != i + 3 || strcmp(names.text[i + 3], text) != 0;
    }
    CHECK(bad == 0 && names.count == 2003);
    CHECK(find(&names, "染整") == 1 && find(&names, "染") == -1 && find(&names, "") == 2);
    CHECK(park_names_find(&names, "river_2", 5) == 0); /* the length counts, not a NUL */
    park_arena_free(arena);
}

static void clash(park_names *names, const char *text, int32_t with)
{
    park_error err   = {0};
    int32_t    index = -2;
    size_t     count = names->count;
    CHECK(park_names_add(names, text, strlen(text), &index, &err) == PARK_E_RANGE);
    CHECK(index == with && names->count == count);
    CHECK(strstr(err.message, text) != NULL && strstr(err.message, names->text[with]) != NULL);
    CHECK(park_names_find_alike(names, text, strlen(text)) == with);
}

static void names_clash_by_case_and_width(void)
{
    park_arena *arena = park_arena_new();
    park_names  names;
    park_names_init(&names, arena);
    add(&names, "RO_1");
    add(&names, "ｐｏｎｄ");
    clash(&names, "ro_1", 0);
    clash(&names, "RO_1", 0);
    clash(&names, "ＲＯ＿１", 0);
    clash(&names, "ｒｏ_１", 0);
    clash(&names, "Pond", 1);
    CHECK(find(&names, "ro_1") == -1 && find(&names, "RO_1") == 0 && find(&names, "pond") == -1);
    /* Not alike: another letter, a prefix, another script's look-alike, wide forms outside ASCII. */
    CHECK(add(&names, "RO_2") == 2 && add(&names, "RO_") == 3 && add(&names, "ｶ") == 4 &&
          add(&names, "カ") == 5);
    park_arena_free(arena);
}

static void an_exact_table_keeps_case_and_width_apart(void)
{
    park_arena *arena = park_arena_new();
    park_names  names;
    park_names_init_exact(&names, arena);
    CHECK(add(&names, "J1") == 0 && add(&names, "j1") == 1 && add(&names, "Ｊ１") == 2);
    char text[16];
    for (int i = 0; i < 500; i++) {
        snprintf(text, sizeof text, i % 2 == 0 ? "n%d" : "N%d", i / 2);
        CHECK(add(&names, text) == i + 3);
    }
    CHECK(find(&names, "J1") == 0 && find(&names, "j1") == 1 && find(&names, "Ｊ１") == 2 &&
          find(&names, "n9") == 21);
    CHECK(find(&names, "J") == -1 && find(&names, "J12") == -1 &&
          park_names_find_alike(&names, "ｊ１", 6) == -1);
    clash(&names, "j1", 1);
    park_arena_free(arena);
}

static void folding_is_for_ascii_and_its_wide_forms(void)
{
    char folded[64];
    CHECK(park_name_fold("ＡＺ！～　aZ", strlen("ＡＺ！～　aZ"), folded) == 7);
    CHECK_TEXT(folded, "az!~ az");
    park_name_fold("水Ä", strlen("水Ä"), folded);
    CHECK_TEXT(folded, "水Ä");
    CHECK(park_name_fold("\xEF\xBC", 2, folded) == 2); /* cut short: bytes are kept */
    CHECK(memcmp(folded, "\xEF\xBC", 3) == 0);
}

static void memory_can_fail_at_every_point(void)
{
    for (size_t n = 1; n < 12; n++) {
        park_arena *arena = park_arena_new();
        park_names  names;
        park_names_init(&names, arena);
        park_arena_fail_after(arena, n);
        park_status status = PARK_OK;
        int32_t     index;
        for (int i = 0; i < 9 && status == PARK_OK; i++) {
            char text[2] = {(char)('a' + i), 0};
            status       = park_names_add(&names, text, 1, &index, NULL);
        }
        CHECK(status == PARK_E_MEMORY && index == -1);
        for (size_t i = 0; i < names.count; i++) /* what stands is whole */
            CHECK(find(&names, names.text[i]) == (int32_t)i);
        park_arena_fail_after(arena, 0);
        CHECK(add(&names, "later") == (int32_t)names.count - 1);
        park_arena_free(arena);
    }
}

int main(void)
{
    RUN(names_keep_the_order_of_arrival);
    RUN(names_clash_by_case_and_width);
    RUN(an_exact_table_keeps_case_and_width_apart);
    RUN(folding_is_for_ascii_and_its_wide_forms);
    RUN(memory_can_fail_at_every_point);
    return park_test_done();
}
