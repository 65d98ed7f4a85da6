#include "check.h"

#include "import/xlsx_pack.h"
#include "report/docx.h"

#include <string.h>

static park_sheet two_rows(park_arena *arena)
{
    park_sheet sheet;
    park_sheet_begin(&sheet, arena, "t.csv", true);
    park_sheet_head(&sheet, "名称 <&>", "name");
    park_sheet_head(&sheet, "量", "amount");
    park_sheet_end_row(&sheet);
    park_sheet_text(&sheet, "a");
    park_sheet_number(&sheet, 2.345, 2);
    park_sheet_end_row(&sheet);
    return sheet;
}

static park_status document(park_arena *arena, const char **bytes, size_t *length)
{
    static const char SQUARE[] =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"><rect width=\"20\" "
        "height=\"10\" fill=\"#33475b\"/></svg>";
    park_png   png;
    park_sheet sheet = two_rows(arena);
    CHECK(park_png_draw(SQUARE, 2.0, arena, &png, NULL) == PARK_OK);
    CHECK(png.width == 40 && png.height == 20 && memcmp(png.bytes, "\x89PNG", 4) == 0);
    park_docx *docx = park_docx_new(arena, true);
    park_docx_heading(docx, 0, "题目");
    park_docx_heading(docx, 1, "1 章");
    park_docx_paragraph(docx, "正文 <1> & 2");
    park_docx_table(docx, "表 1", &sheet);
    park_docx_turn(docx);
    park_docx_picture(docx, "图 1", &png);
    return park_docx_done(docx, bytes, length, NULL);
}

/* What stands right of a column of numbers keeps off it, heading and cell; what stands left of one need not. */
static void words_keep_off_numbers(void)
{
    park_arena *arena = park_arena_new();
    park_docx  *docx  = park_docx_new(arena, true);
    park_sheet  sheet;
    const char *bytes  = NULL, *at;
    char       *text   = NULL;
    size_t      length = 0, found = 0;
    park_sheet_begin(&sheet, arena, "t.csv", true);
    park_sheet_head(&sheet, "名称", "name");
    park_sheet_head(&sheet, "量", "amount");
    park_sheet_head(&sheet, "判定", "verdict");
    park_sheet_end_row(&sheet);
    park_sheet_text(&sheet, "a");
    park_sheet_number(&sheet, 2.345, 2);
    park_sheet_text(&sheet, "达到");
    park_sheet_end_row(&sheet);
    park_docx_table(docx, "表 1", &sheet);
    CHECK(park_docx_done(docx, &bytes, &length, NULL) == PARK_OK);
    CHECK(park_pack_part(arena, bytes, length, "word/document.xml", 1 << 20, &text, &length, NULL) ==
          PARK_OK);
    for (at = text; at != NULL && (at = strstr(at, "<w:ind w:left=\"110\"/></w:pPr>")) != NULL; at++)
        found++;
    CHECK(found == 2);
    at = text != NULL ? strstr(text, "<w:ind w:left") : NULL;
    CHECK(at != NULL && strstr(at, "判定") != NULL && strstr(at, "名称") == NULL);
    park_arena_free(arena);
}

/* A ZIP with the members that Word asks for; the same twice. */
static void a_document_is_a_package(void)
{
    park_arena *arena = park_arena_new();
    const char *a = NULL, *b = NULL;
    size_t      n = 0, m = 0;
    CHECK(document(arena, &a, &n) == PARK_OK && document(arena, &b, &m) == PARK_OK);
    CHECK(n > 1000 && memcmp(a, "PK\003\004", 4) == 0);
    CHECK(n == m && memcmp(a, b, n) == 0);
    static const char *const MEMBER[] = {"[Content_Types].xml",
                                         "_rels/.rels",
                                         "word/document.xml",
                                         "word/styles.xml",
                                         "word/_rels/document.xml.rels",
                                         "word/media/picture1.png"};
    for (size_t i = 0; i < sizeof MEMBER / sizeof MEMBER[0]; i++) {
        bool there = false;
        for (size_t at = 0; at + strlen(MEMBER[i]) <= n; at++)
            there = there || memcmp(a + at, MEMBER[i], strlen(MEMBER[i])) == 0;
        CHECK(there);
    }
    park_arena_free(arena);
}

static void what_is_no_drawing_is_refused(void)
{
    park_arena *arena = park_arena_new();
    park_png    png;
    CHECK(park_png_draw("no drawing", 1.0, arena, &png, NULL) == PARK_E_INPUT);
    CHECK(park_png_draw("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20000\" height=\"10\"/>", 1.0,
                        arena, &png, NULL) == PARK_E_RANGE);
    park_arena_fail_after(arena, 1);
    CHECK(park_png_draw("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"/>", 1.0, arena,
                        &png, NULL) == PARK_E_MEMORY);
    CHECK(park_docx_new(arena, true) == NULL);
    park_arena_free(arena);
}

int main(void)
{
    RUN(words_keep_off_numbers);
    RUN(a_document_is_a_package);
    RUN(what_is_no_drawing_is_refused);
    return park_test_done();
}
