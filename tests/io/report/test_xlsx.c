#include "check.h"

#include "import/xlsx_pack.h"
#include "report/xlsx.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/park_xlsx_XXXXXX";

static const char *in_folder(const char *name)
{
    static char path[4][256];
    static int  turn;
    char       *at = path[turn++ % 4];
    snprintf(at, sizeof path[0], "%s/%s", folder, name);
    return at;
}

static park_sheet sheet_of(park_arena *arena)
{
    park_sheet sheet;
    park_sheet_begin(&sheet, arena, "sources.csv", true);
    park_sheet_head(&sheet, "水源", "source");
    park_sheet_head(&sheet, "取水量（m³/d）", "taken (m3/d)");
    park_sheet_end_row(&sheet);
    park_sheet_text(&sheet, "长江");
    park_sheet_number(&sheet, 12345.678, 1);
    park_sheet_end_row(&sheet);
    park_sheet_text(&sheet, NULL);
    park_sheet_number(&sheet, NAN, 1);
    park_sheet_end_row(&sheet);
    return sheet;
}

static size_t read_back(const char *path, char *bytes, size_t most)
{
    FILE  *file = fopen(path, "rb");
    size_t n    = file != NULL ? fread(bytes, 1, most, file) : 0;
    if (file != NULL)
        fclose(file);
    return n;
}

/* The cells a workbook gets are those of the CSV: text, a number as it is printed, nothing for what is not finite. */
static void cells_are_kept_beside_the_text(void)
{
    park_arena *arena = park_arena_new();
    park_sheet  sheet = sheet_of(arena);
    CHECK(sheet.rows == 3 && sheet.cells == 6 && sheet.row[1] == 2);
    CHECK_TEXT(sheet.cell[2].text, "长江");
    CHECK(sheet.cell[3].text == NULL && sheet.cell[3].decimals == 1);
    CHECK_CLOSE(sheet.cell[3].number, 12345.7, 0.0);
    CHECK_TEXT(sheet.cell[4].text, "");
    CHECK(isnan(sheet.cell[5].number));
    park_arena_free(arena);
}

static void equal_tables_are_equal_files(void)
{
    static char a[1 << 16], b[1 << 16];
    park_arena *arena    = park_arena_new();
    park_sheet  sheet[2] = {sheet_of(arena), sheet_of(arena)};
    sheet[1].zh          = false;
    CHECK(park_xlsx_write(sheet, 2, in_folder("a.xlsx"), arena, NULL) == PARK_OK);
    CHECK(park_xlsx_write(sheet, 2, in_folder("b.xlsx"), arena, NULL) == PARK_OK);
    size_t n = read_back(in_folder("a.xlsx"), a, sizeof a), m = read_back(in_folder("b.xlsx"), b, sizeof b);
    CHECK(n > 1000 && n == m && memcmp(a, b, n) == 0 && memcmp(a, "PK", 2) == 0);
    CHECK(access(in_folder("a.xlsx.tmp"), F_OK) != 0);
    park_arena_free(arena);
}

static const char *part_of(park_arena *arena, const char *path, const char *part)
{
    static char bytes[1 << 16];
    size_t      n = read_back(path, bytes, sizeof bytes), length;
    char       *text;
    CHECK(park_pack_part(arena, bytes, n, part, 1 << 20, &text, &length, NULL) == PARK_OK && text != NULL);
    return text != NULL ? text : "";
}

static park_sheet wide_sheet(park_arena *arena, size_t columns)
{
    park_sheet sheet;
    park_sheet_begin(&sheet, arena, "wide.csv", false);
    for (size_t c = 0; c < columns; c++)
        park_sheet_head(&sheet, "常规取水（m³/d）", "conventional intake (m3/d)");
    park_sheet_end_row(&sheet);
    for (size_t c = 0; c < columns; c++)
        park_sheet_number(&sheet, 12345.678, 1);
    park_sheet_end_row(&sheet);
    return sheet;
}

/* A column gives a heading eighteen letters: "conventional" (12) and "intake" (6) with a blank between are nineteen, so two
 * lines of 17 pt; the Chinese heading of 14 takes one. Numbers keep an indent off the text that may follow. */
static void a_heading_that_wraps_is_seen_whole(void)
{
    park_arena *arena    = park_arena_new();
    park_sheet  sheet[2] = {wide_sheet(arena, 3), sheet_of(arena)};
    CHECK(park_xlsx_write(sheet, 2, in_folder("a.xlsx"), arena, NULL) == PARK_OK);
    CHECK(strstr(part_of(arena, in_folder("a.xlsx"), "xl/worksheets/sheet1.xml"),
                 "ht=\"34\" customHeight=\"1\"") != NULL);
    const char *zh = part_of(arena, in_folder("a.xlsx"), "xl/worksheets/sheet2.xml");
    CHECK(strstr(zh, "ht=\"34\"") == NULL && strstr(zh, "defaultRowHeight=\"17\"") != NULL);
    CHECK(strstr(part_of(arena, in_folder("a.xlsx"), "xl/styles.xml"), "horizontal=\"right\" indent=\"1\"") !=
          NULL);
    park_arena_free(arena);
}

/* A column is at most 42 wide, 36 letters: sixty wide ones of two each take 120, four lines of 17 pt; the row below keeps one. */
static void a_long_cell_is_seen_whole(void)
{
    park_arena *arena = park_arena_new();
    park_sheet  sheet;
    park_sheet_begin(&sheet, arena, "t.csv", true);
    park_sheet_head(&sheet, "依据", "source");
    park_sheet_end_row(&sheet);
    park_sheet_text(&sheet, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
                            "一二三四五六七八九十一二三四五六七八九十");
    park_sheet_end_row(&sheet);
    park_sheet_text(&sheet, "短");
    park_sheet_end_row(&sheet);
    CHECK(park_xlsx_write(&sheet, 1, in_folder("a.xlsx"), arena, NULL) == PARK_OK);
    const char *page = part_of(arena, in_folder("a.xlsx"), "xl/worksheets/sheet1.xml");
    CHECK(strstr(page, "<row r=\"2\" spans=\"1:1\" ht=\"68\"") != NULL);
    CHECK(strstr(page, "<row r=\"3\" spans=\"1:1\" ht=\"17\"") != NULL);
    park_arena_free(arena);
}

/* Three columns of 18 letters stand on A4 across; twenty are 436 letters and would be unreadable there. */
static void a_wide_table_is_printed_on_a3(void)
{
    park_arena *arena    = park_arena_new();
    park_sheet  sheet[2] = {wide_sheet(arena, 3), wide_sheet(arena, 20)};
    sheet[1].zh          = true; /* another name */
    CHECK(park_xlsx_write(sheet, 2, in_folder("a.xlsx"), arena, NULL) == PARK_OK);
    CHECK(strstr(part_of(arena, in_folder("a.xlsx"), "xl/worksheets/sheet1.xml"), "paperSize=\"9\"") != NULL);
    CHECK(strstr(part_of(arena, in_folder("a.xlsx"), "xl/worksheets/sheet2.xml"), "paperSize=\"8\"") != NULL);
    park_arena_free(arena);
}

static void where_nothing_can_be_written_is_told(void)
{
    park_arena *arena = park_arena_new();
    park_sheet  sheet = sheet_of(arena);
    CHECK(park_xlsx_write(&sheet, 1, in_folder("nowhere/a.xlsx"), arena, NULL) == PARK_E_FILE);
    size_t rows = sheet.rows;
    sheet.rows  = 2000000;
    CHECK(park_xlsx_write(&sheet, 1, in_folder("c.xlsx"), arena, NULL) == PARK_E_RANGE);
    CHECK(access(in_folder("c.xlsx"), F_OK) != 0);
    sheet.rows = rows;
    park_arena_fail_after(arena, 1);
    CHECK(park_xlsx_write(&sheet, 1, in_folder("d.xlsx"), arena, NULL) == PARK_E_MEMORY);
    park_arena_free(arena);
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        return 1;
    RUN(cells_are_kept_beside_the_text);
    RUN(equal_tables_are_equal_files);
    RUN(a_heading_that_wraps_is_seen_whole);
    RUN(a_long_cell_is_seen_whole);
    RUN(a_wide_table_is_printed_on_a3);
    RUN(where_nothing_can_be_written_is_told);
    unlink(in_folder("a.xlsx"));
    unlink(in_folder("b.xlsx"));
    rmdir(folder);
    return park_test_done();
}
