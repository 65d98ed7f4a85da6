#include "base/text.h"
#include "check.h"

static void pieces_come_out_in_order(void)
{
    park_arena *arena = park_arena_new();
    park_text   text;
    park_text_init(&text, arena);
    CHECK_TEXT(park_text_done(&text), "");
    park_text_add(&text, "flow ");
    park_text_printf(&text, "%.1f m3/h", 120.0);
    park_text_char(&text, '\n');
    park_text_append(&text, "园区beyond", strlen("园区"));
    CHECK_TEXT(park_text_done(&text), "flow 120.0 m3/h\n园区");
    CHECK(text.length == strlen("flow 120.0 m3/h\n园区"));
    park_text_clear(&text);
    CHECK_TEXT(park_text_done(&text), "");
    park_text_add(&text, "again");
    CHECK_TEXT(park_text_done(&text), "again");
    park_arena_free(arena);
}

static void long_text_keeps_every_byte(void)
{
    park_arena *arena = park_arena_new();
    park_text   text;
    park_text_init(&text, arena);
    for (int i = 0; i < 100000; i++)
        park_text_printf(&text, "%05d", i);
    const char *all = park_text_done(&text);
    CHECK(text.length == 500000 && strlen(all) == 500000);
    int bad = 0;
    for (int i = 0; i < 100000; i++)
        bad += atoi((char[6]){all[5 * i], all[5 * i + 1], all[5 * i + 2], all[5 * i + 3], all[5 * i + 4],
                              0}) != i;
    CHECK(bad == 0);
    CHECK(park_arena_bytes(arena) <
          3 * 500000); /* doubling: the abandoned blocks sum to less than the last */
    park_arena_free(arena);
}

/* 10 kB grow through blocks of 256, 512 ... 16384 bytes: seven allocations, each of which fails once. */
static void failure_is_remembered(void)
{
    enum { GROWTHS = 7 };
    for (size_t n = 1; n <= GROWTHS + 1; n++) {
        park_arena *arena = park_arena_new();
        park_text   text;
        park_text_init(&text, arena);
        park_arena_fail_after(arena, n);
        for (int i = 0; i < 1000; i++)
            park_text_add(&text, "0123456789");
        park_arena_fail_after(arena, 0);
        park_text_add(&text, "more");
        CHECK(text.failed == (n <= GROWTHS));
        CHECK((park_text_done(&text) == NULL) == text.failed);
        park_arena_free(arena);
    }
}

int main(void)
{
    RUN(pieces_come_out_in_order);
    RUN(long_text_keeps_every_byte);
    RUN(failure_is_remembered);
    return park_test_done();
}
