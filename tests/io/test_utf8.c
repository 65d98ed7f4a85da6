#include "utf8.h"

#include "check.h"

#include <iconv.h>

static void characters_follow_the_standard(void)
{
    /* Unicode 15, table 3-7: well-formed byte sequences, and their nearest misses. */
    static const struct {
        const char *bytes;
        size_t      length, size;
        uint32_t    code;
    } CASES[] = {
        {"A", 1, 1, 'A'},
        {"\xC2\x80", 2, 2, 0x80},
        {"\xC1\xBF", 2, 0, 0},
        {"\xDF\xBF", 2, 2, 0x7FF},
        {"\xE0\xA0\x80", 3, 3, 0x800},
        {"\xE0\x9F\xBF", 3, 0, 0},
        {"\xE4\xB8\xAD", 3, 3, 0x4E2D},
        {"\xE4\xB8", 2, 0, 0},
        {"\xED\x9F\xBF", 3, 3, 0xD7FF},
        {"\xED\xA0\x80", 3, 0, 0},
        {"\xEE\x80\x80", 3, 3, 0xE000},
        {"\xF0\x90\x80\x80", 4, 4, 0x10000},
        {"\xF0\x8F\xBF\xBF", 4, 0, 0},
        {"\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF},
        {"\xF4\x90\x80\x80", 4, 0, 0},
        {"\xF8\x88\x80\x80", 4, 0, 0},
        {"\x80", 1, 0, 0},
        {"\xE4"
         "A\xAD",
         3, 0, 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        uint32_t code;
        CHECK(park_utf8_next(CASES[i].bytes, CASES[i].length, &code) == CASES[i].size);
        if (CASES[i].size > 0)
            CHECK(code == CASES[i].code);
    }
    CHECK(park_utf8_count("a中\xFF", 5) == 3);
    CHECK(park_utf8_columns('a') == 1 && park_utf8_columns(0x4E2D) == 2 && park_utf8_columns(0xFF1A) == 2);
    CHECK(park_utf8_columns(0x0301) == 0 && park_utf8_columns(0xB3) == 1 && park_utf8_columns(0x20000) == 2);
}

/* Every valid code point there and back, by the C library as the second method. */
static void all_code_points_agree_with_iconv(void)
{
    iconv_t conversion = iconv_open("UTF-8", "UTF-32LE");
    if (conversion == (iconv_t)-1)
        SKIP("no UTF-32 in this C library");
    for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 13) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        char   in[4] = {(char)(c & 255), (char)(c >> 8 & 255), (char)(c >> 16 & 255), 0}, out[8];
        char  *from = in, *to = out;
        size_t left = 4, room = 8;
        if (iconv(conversion, &from, &left, &to, &room) == (size_t)-1)
            continue;
        uint32_t code;
        size_t   size = park_utf8_next(out, 8 - room, &code);
        if (size != 8 - room || code != c)
            CHECK(size == 8 - room && code == c);
    }
    iconv_close(conversion);
    CHECK(1);
}

static void encodings_are_recognised(void)
{
    static const struct {
        const char   *bytes;
        size_t        length;
        park_encoding encoding;
        const char   *text;
        size_t        bad;
    } CASES[] = {
        {"", 0, PARK_UTF8, "", 0},
        {"a中", 4, PARK_UTF8, "a中", 4},
        {"\xEF\xBB\xBF"
         "a",
         4, PARK_UTF8_BOM, "a", 4},
        {"a\xD6\xD0", 3, PARK_GBK, "a中", 1},
        {"\x81\x30\x81\x30 x", 6, PARK_GBK, "\xC2\x80 x", 0}, /* four bytes: GB18030 */
        {"\xFF\xFE"
         "a\0\x2D\x4E",
         6, PARK_UTF16, "a中", 0},
        {"\xFE\xFF\0a\x4E\x2D", 6, PARK_UTF16, "a中", 0},
        {"a\xFF"
         "b",
         3, PARK_BINARY, "a?b", 1},
        {"\xEF\xBB\xBF\xFF", 4, PARK_BINARY, "?", 3},
    };
    park_arena *arena = park_arena_new();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const char *text;
        size_t      length, bad;
        CHECK(park_encoding_decode(arena, CASES[i].bytes, CASES[i].length, &text, &length, &bad) ==
              CASES[i].encoding);
        CHECK(length == strlen(CASES[i].text) && memcmp(text, CASES[i].text, length) == 0);
        CHECK(bad == CASES[i].bad);
    }
    const char *text;
    size_t      length;
    park_arena_fail_after(arena, 1);
    CHECK(park_encoding_decode(arena, "\xFF", 1, &text, &length, NULL) == PARK_BINARY && text == NULL);
    CHECK_TEXT(park_encoding_name(PARK_GBK), "GBK");
    park_arena_free(arena);
}

static void the_nearest_word_is_proposed(void)
{
    static const char *const WORDS[] = {"capacity", "capex", "kind", "price", "印染车间",
                                        "冷却",     "m",     "kWh",  "a"};
    const size_t             count   = sizeof WORDS / sizeof WORDS[0];
    CHECK_TEXT(park_nearest("capcity", WORDS, count), "capacity");  /* left out */
    CHECK_TEXT(park_nearest("capaciyt", WORDS, count), "capacity"); /* swapped */
    CHECK_TEXT(park_nearest("capaccity", WORDS, count), "capacity");
    CHECK_TEXT(park_nearest("Kind", WORDS, count), "kind");
    CHECK_TEXT(park_nearest("kidn", WORDS, count), "kind");         /* a swap is one edit, not two */
    CHECK_TEXT(park_nearest("印染车闾", WORDS, count), "印染车间"); /* one character, three bytes */
    CHECK_TEXT(park_nearest("M", WORDS, count), "m");
    CHECK_TEXT(park_nearest("KWH", WORDS, count), "kWh");
    CHECK(park_nearest("temperature", WORDS, count) == NULL);
    CHECK(park_nearest("z", WORDS, count) == NULL); /* nothing of it would be left */
    CHECK(park_nearest("", WORDS, count) == NULL);
    char longest[100];
    memset(longest, 'x', 99);
    longest[99] = '\0';
    CHECK(park_nearest(longest, WORDS, count) == NULL);
}

int main(void)
{
    RUN(characters_follow_the_standard);
    RUN(all_code_points_agree_with_iconv);
    RUN(encodings_are_recognised);
    RUN(the_nearest_word_is_proposed);
    return park_test_done();
}
