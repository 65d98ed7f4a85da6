#include "report/sheet.h"
#include "check.h"

static park_arena *arena;

static const char *read_as(const char *typed)
{
    const char *text = park_unit_as_read(typed, arena);
    return text != NULL ? text : "";
}

static const char *typed_as(const char *read)
{
    const char *text = park_unit_as_typed(read, arena);
    return text != NULL ? text : "";
}

static void units_are_read_with_their_powers(void)
{
    CHECK_TEXT(read_as("m3/t"), "m³/t");
    CHECK_TEXT(read_as("intake per value added (m3/10^4 CNY)"), "intake per value added (m³/10⁴ CNY)");
    CHECK_TEXT(read_as("kWh/m3"), "kWh/m³");
    CHECK_TEXT(read_as("m3/m2"), "m³/m²");
    CHECK_TEXT(read_as("万m3/a"), "万m³/a");
}

/* What only looks like a unit is a name. */
static void names_stay(void)
{
    static const char *const NAME[] = {"cost_per_m3", "m30",   "m3_pump", "M3", "am3",
                                       "110^4",       "10^45", "m",       ""};
    for (size_t i = 0; i < sizeof NAME / sizeof *NAME; i++)
        CHECK_TEXT(read_as(NAME[i]), NAME[i]);
}

static void both_ways_come_back(void)
{
    static const char *const TYPED[] = {"m3/t", "10^4 m3/a", "m3/10^4 CNY", "L/m2/h", "10^8 CNY", "t CO2e"};
    for (size_t i = 0; i < sizeof TYPED / sizeof *TYPED; i++)
        CHECK_TEXT(typed_as(read_as(TYPED[i])), TYPED[i]);
}

/* The CSV of an English table is found by scripts, the cells of its workbook are read by people. */
static void an_english_csv_is_typed_and_its_workbook_read(void)
{
    for (int zh = 0; zh < 2; zh++) {
        park_sheet sheet;
        park_sheet_begin(&sheet, arena, "t.csv", zh == 1);
        park_sheet_head(&sheet, "取水量 (万m³/a)", "intake (10^4 m3/a)");
        park_sheet_end_row(&sheet);
        park_sheet_measure(&sheet, "m³/t", "m3/t");
        park_sheet_text(&sheet, "m3");
        park_sheet_end_row(&sheet);
        CHECK_TEXT(park_text_done(&sheet.text), zh == 1 ? "\xEF\xBB\xBF取水量 (万m³/a)\r\nm³/t,m3\r\n"
                                                        : "\xEF\xBB\xBFintake (10^4 m3/a)\r\nm3/t,m3\r\n");
        CHECK_TEXT(sheet.cell[0].text, zh == 1 ? "取水量 (万m³/a)" : "intake (10⁴ m³/a)");
        CHECK_TEXT(sheet.cell[1].text, "m³/t");
        CHECK_TEXT(sheet.cell[2].text, "m3"); /* somebody's name */
    }
}

static void memory_failure_is_told(void)
{
    park_arena *poor = park_arena_new();
    park_arena_fail_after(poor, 1);
    CHECK(park_unit_as_read("m3", poor) == NULL);
    park_arena_free(poor);
}

int main(void)
{
    arena = park_arena_new();
    RUN(units_are_read_with_their_powers);
    RUN(names_stay);
    RUN(both_ways_come_back);
    RUN(an_english_csv_is_typed_and_its_workbook_read);
    RUN(memory_failure_is_told);
    park_arena_free(arena);
    return park_test_done();
}
