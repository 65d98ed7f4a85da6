#include "json.h"
#include "check.h"

static park_arena *arena;

static void brackets_and_commas(void)
{
    park_text text;
    park_json json;
    park_text_init(&text, arena);
    park_json_init(&json, &text);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "名", "a\"b\\c\n<\x01");
    park_json_number(&json, "x", 0.1);
    park_json_number(&json, "nan", NAN);
    park_json_open(&json, "list", '[');
    park_json_whole(&json, NULL, -3);
    park_json_bool(&json, NULL, true);
    park_json_open(&json, NULL, '{');
    park_json_close(&json, '}');
    park_json_close(&json, ']');
    park_json_text(&json, "none", NULL);
    park_json_close(&json, '}');
    CHECK_TEXT(park_text_done(&text), "{\"名\":\"a\\\"b\\\\c\\n\\u003c\\u0001\",\"x\":0.1,\"nan\":null,"
                                      "\"list\":[-3,true,{}],\"none\":null}");
}

static void numbers_read_back(void)
{
    for (int i = 0; i < 1000; i++) {
        double    value = ldexp(1.0 + i / 7.0, i % 200 - 100);
        park_text text;
        park_json json;
        park_text_init(&text, arena);
        park_json_init(&json, &text);
        park_json_number(&json, NULL, value);
        CHECK(strtod(park_text_done(&text), NULL) == value);
    }
}

static void short_numbers_are_short(void)
{
    park_text text;
    park_json json;
    park_text_init(&text, arena);
    park_json_init(&json, &text);
    park_json_short(&json, NULL, 1.0 / 3.0, 4);
    CHECK_TEXT(park_text_done(&text), "0.3333");
}

int main(void)
{
    arena = park_arena_new();
    RUN(brackets_and_commas);
    RUN(numbers_read_back);
    RUN(short_numbers_are_short);
    park_arena_free(arena);
    return park_test_done();
}
