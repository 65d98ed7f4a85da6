#include "findings_text.h"

#include "check.h"

static park_arena *arena;

static park_finding *add(park_findings *list, park_severity severity, const char *file, int line, int column,
                         int length, const char *source)
{
    park_finding *f = park_finding_add(list, PARK_E0312, severity, "treatments.ro1.capcity",
                                       "unknown key '%s'; did you mean '%s'?", "未知的键“%s”；是否为“%s”？",
                                       "capcity", "capacity");
    f->file         = file;
    f->line         = line;
    f->column       = column;
    f->length       = length;
    f->source       = source;
    return f;
}

static const char *printed(const park_finding *f, bool zh, bool colour)
{
    park_text          out;
    park_finding_style style = {.zh = zh, .colour = colour};
    park_text_init(&out, arena);
    park_finding_print(f, &style, &out);
    return park_text_done(&out);
}

static void the_contract_form_is_printed(void)
{
    park_findings list;
    park_findings_init(&list, arena);
    park_finding *f = add(&list, PARK_ERROR, "park.yaml", 41, 7, 7, "  ro: {capcity: 3 m3/h}");
    f->column       = 8;
    CHECK_TEXT(printed(f, false, false),
               "park.yaml:41:8: error E0312: unknown key 'capcity'; did you mean 'capacity'?\n"
               "      ro: {capcity: 3 m3/h}\n"
               "           ^~~~~~~\n");
    CHECK_TEXT(printed(f, true, false), "park.yaml:41:8: 错误 E0312：未知的键“capcity”；是否为“capacity”？\n"
                                        "      ro: {capcity: 3 m3/h}\n"
                                        "           ^~~~~~~\n");
    CHECK(strstr(printed(f, false, true), "\x1b[31merror E0312\x1b[0m") != NULL);
}

/* Six columns for 印染: and one blank, then a caret as wide as what it underlines. */
static void the_caret_counts_chinese_as_two_columns(void)
{
    park_findings list;
    park_findings_init(&list, arena);
    park_finding *f = add(&list, PARK_ERROR, "p", 1, 5, 2, "印染: 回用");
    const char   *s = strstr(printed(f, false, false), "\n    ") + 1;
    CHECK_TEXT(s, "    印染: 回用\n          ^~~~\n");
    f = add(&list, PARK_ERROR, "p", 1, 3, 1, "\ta b");
    CHECK_TEXT(strstr(printed(f, false, false), "\n    ") + 1, "    \ta b\n    \t ^\n");
    /* At the end of the line and beyond. */
    f = add(&list, PARK_ERROR, "p", 1, 4, 1, "abc");
    CHECK_TEXT(strstr(printed(f, false, false), "\n    ") + 1, "    abc\n       ^\n");
    f                = add(&list, PARK_ERROR, "p", 1, 900, 2, "…xyz");
    f->source_column = 3;
    CHECK_TEXT(strstr(printed(f, false, false), "\n    ") + 1, "    …xyz\n      ^~\n");
}

static void sources_cannot_steer_the_terminal(void)
{
    park_findings list;
    park_findings_init(&list, arena);
    const char *text = printed(add(&list, PARK_ERROR, "p", 1, 1, 1,
                                   "a\x1b[2J\xE2\x80\xAE"
                                   "b\xFF"),
                               false, false);
    CHECK(strchr(text, '\x1b') == NULL && strstr(text, "a?[2J?b?") != NULL);
}

static void without_a_place_the_path_is_named(void)
{
    park_findings list;
    park_findings_init(&list, arena);
    park_finding *f = add(&list, PARK_WARNING, NULL, 0, 0, 0, NULL);
    CHECK_TEXT(printed(f, false, false),
               "treatments.ro1.capcity: warning E0312: unknown key 'capcity'; did you mean 'capacity'?\n");
}

static void lists_are_sorted_and_counted(void)
{
    park_findings list;
    park_findings_init(&list, arena);
    add(&list, PARK_ERROR, NULL, 0, 0, 0, NULL);
    add(&list, PARK_ERROR, "b.yaml", 9, 1, 1, "x");
    add(&list, PARK_WARNING, "a.yaml", 7, 1, 1, "x");
    add(&list, PARK_ERROR, "b.yaml", 3, 5, 1, "x");
    add(&list, PARK_ERROR, "b.yaml", 3, 2, 1, "x");
    park_text          out;
    park_finding_style style = {.zh = false};
    park_text_init(&out, arena);
    park_findings_print(&list, &style, &out);
    CHECK(list.items[0].line == 3 && list.items[0].column == 2 && list.items[1].column == 5);
    CHECK(list.items[2].line == 9 && list.items[3].line == 7 && list.items[4].line == 0);
    CHECK(strstr(park_text_done(&out), "\n4 errors, 1 warning\n") != NULL);
    for (int i = 0; i < 60; i++)
        park_finding_add(&list, PARK_E0312, PARK_ERROR, NULL, "x", "x");
    park_text_clear(&out);
    style.zh = true;
    park_findings_print(&list, &style, &out);
    CHECK(strstr(park_text_done(&out), "64 个错误，1 个警告，15 条未列出\n") != NULL);
}

static void json_holds_both_languages(void)
{
    park_findings list;
    park_findings_init(&list, arena);
    add(&list, PARK_ERROR, "p.yaml", 2, 3, 7, "a \"q\"\t");
    park_text out;
    park_text_init(&out, arena);
    park_findings_json(&list, &out);
    CHECK_TEXT(
        park_text_done(&out),
        "[{\"code\":\"E0312\",\"severity\":\"error\",\"message\":\"unknown key 'capcity'; did you mean "
        "'capacity'?\","
        "\"message_zh\":\"未知的键“capcity”；是否为“capacity”？\",\"path\":\"treatments.ro1.capcity\","
        "\"file\":\"p.yaml\",\"line\":2,\"column\":3,\"length\":7,\"source\":\"a \\\"q\\\"\\u0009\"}]");
}

static void cells_have_the_names_of_worksheets(void)
{
    park_findings list;
    park_findings_init(&list, arena);
    park_finding *f = add(&list, PARK_ERROR, "b.xlsx[s]", 12, 28, 1, NULL);
    f->cell         = true;
    CHECK_TEXT(printed(f, false, false),
               "b.xlsx[s]:AB12: error E0312: unknown key 'capcity'; did you mean 'capacity'?\n");
    f->column = 0;
    CHECK(strncmp(printed(f, false, false), "b.xlsx[s]:12: ", 14) == 0);
    char name[PARK_CELL_NAME];
    CHECK_TEXT(park_cell_name(1048576, 16384, name), "XFD1048576"); /* the last of a worksheet */
    CHECK_TEXT(park_cell_name(1, 26, name), "Z1");
}

int main(void)
{
    arena = park_arena_new();
    RUN(the_contract_form_is_printed);
    RUN(the_caret_counts_chinese_as_two_columns);
    RUN(sources_cannot_steer_the_terminal);
    RUN(without_a_place_the_path_is_named);
    RUN(lists_are_sorted_and_counted);
    RUN(json_holds_both_languages);
    RUN(cells_have_the_names_of_worksheets);
    park_arena_free(arena);
    return park_test_done();
}
