#include "check.h"

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
    RUN(where_nothing_can_be_written_is_told);
    unlink(in_folder("a.xlsx"));
    unlink(in_folder("b.xlsx"));
    rmdir(folder);
    return park_test_done();
}
