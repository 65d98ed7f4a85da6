#include "import/xlsx_read.h"

#include "base/text.h"
#include "check.h"
#include "csv_table.h"
#include "xlsx_fixture.h"

static park_arena *arena;

typedef struct outcome {
    park_findings    findings;
    park_xlsx_book  *book;
    park_xlsx_sheet *sheet;
    park_status      status;
} outcome;

static outcome read_book(const fixture *f, const char *sheet)
{
    outcome     o = {0};
    size_t      length;
    const char *bytes = fixture_zip(f, &length);
    park_findings_init(&o.findings, arena);
    o.status = park_xlsx_parse(arena, "book.xlsx", bytes, length, &o.findings, &o.book, NULL);
    if (o.status == PARK_OK && (o.sheet = park_xlsx_find(o.book, sheet, &o.findings)) != NULL)
        o.status = park_xlsx_cells(arena, o.book, o.sheet, &o.findings, NULL);
    return o;
}

static outcome read_rows(const char *rows, const char *more)
{
    fixture f = fixture_book(arena, more, rows, "");
    return read_book(&f, NULL);
}

static const char *text_at(const outcome *o, int row, int column)
{
    const park_xlsx_cell *cell = o->sheet == NULL ? NULL : park_xlsx_at(o->sheet, row, column);
    return cell == NULL ? "-" : cell->text;
}

static void texts_are_read_in_all_their_forms(void)
{
    outcome o = read_rows("<row r=\"2\"><c r=\"B2\" t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c>"
                          "<c r=\"E2\" t=\"inlineStr\"><is><t>in</t><r><t>line</t></r></is></c>"
                          "<c r=\"F2\" t=\"str\"><f>A1</f><v>made</v></c><c r=\"AA2\" t=\"b\"><v>1</v></c>"
                          "<c r=\"AB2\" t=\"e\"><v>#N/A</v></c></row><row><c><v>7</v></c></row>",
                          "");
    CHECK(o.status == PARK_OK && o.findings.count == 0);
    CHECK_TEXT(text_at(&o, 2, 2), "\u6d41\u91cf\n(m3/h)"); /* the phonetic run is not part of it */
    CHECK_TEXT(text_at(&o, 2, 3), "a &b");
    CHECK_TEXT(text_at(&o, 2, 4), "-");
    CHECK_TEXT(text_at(&o, 2, 5), "inline");
    CHECK_TEXT(text_at(&o, 2, 6), "made");
    CHECK_TEXT(text_at(&o, 2, 27), "TRUE");
    CHECK(park_xlsx_at(o.sheet, 2, 28)->form == PARK_XLSX_FAULT);
    CHECK_TEXT(text_at(&o, 3, 1), "7"); /* neither row nor cell says where it is */
    CHECK(o.sheet->rows == 3 && o.sheet->columns == 28 && o.sheet->cells == 7);
}

/* 2025-01-31 is day 45688 (LibreOffice: =DATEVALUE("2025-01-31")); since 1904 the same date is day 44226, 1462 less. */
static void dates_are_known_by_their_format(void)
{
    static const char ROWS[] = "<row r=\"1\"><c s=\"1\"><v>45688</v></c><c "
                               "s=\"2\"><v>45688.354166666664</v></c><c s=\"4\"><v>1.5</v></c>"
                               "<c s=\"5\"><v>45688</v></c><c s=\"1\"><v>59</v></c><c "
                               "s=\"1\"><v>61</v></c><c s=\"2\"><v>0.25</v></c>"
                               "<c s=\"2\"><v>45687.999999999</v></c><c s=\"3\"><v>0.94</v></c><c "
                               "s=\"3\"><v>7.0000000000000007E-2</v></c>"
                               "<c s=\"1\"><v>-3</v></c></row>";
    outcome           o      = read_rows(ROWS, "");
    CHECK(o.status == PARK_OK);
    CHECK_TEXT(text_at(&o, 1, 1), "2025-01-31");
    CHECK_TEXT(text_at(&o, 1, 2), "2025-01-31T08:30:00");
    CHECK_TEXT(text_at(&o, 1, 3), "1.5");   /* [h]:mm is a span of time */
    CHECK_TEXT(text_at(&o, 1, 4), "45688"); /* "days" is quoted in the format */
    CHECK_TEXT(text_at(&o, 1, 5), "1900-02-28");
    CHECK_TEXT(text_at(&o, 1, 6), "1900-03-01"); /* day 60 is the 29 February that never was */
    CHECK_TEXT(text_at(&o, 1, 7), "06:00:00");
    CHECK_TEXT(text_at(&o, 1, 8), "2025-01-31T00:00:00"); /* to the second */
    CHECK_TEXT(text_at(&o, 1, 9), "94 %");
    CHECK_TEXT(text_at(&o, 1, 10), "7 %");
    CHECK_TEXT(text_at(&o, 1, 11), "-3");
    o = read_rows("<row><c s=\"1\"><v>44226</v></c></row>", "<workbookPr date1904=\"1\"/>");
    CHECK_TEXT(text_at(&o, 1, 1), "2025-01-31");
}

static void numbers_keep_their_digits(void)
{
    outcome o =
        read_rows("<row><c><v>0.10000000000000001</v></c><c><v>1E-3</v></c><c><v>12345678901234567</v></c>"
                  "<c><v>0.30000000000000004</v></c><c><f>1/3</f><v>0.33333333333333331</v></c></row>",
                  "");
    CHECK_TEXT(text_at(&o, 1, 1), "0.1");
    CHECK_TEXT(text_at(&o, 1, 2), "0.001");
    CHECK(park_xlsx_at(o.sheet, 1, 4)->number == 0.1 + 0.2);
    CHECK_TEXT(text_at(&o, 1, 4), "0.30000000000000004");
    CHECK(park_xlsx_at(o.sheet, 1, 5)->number == 1.0 / 3.0);
}

static void hidden_sheets_are_read_only_by_name(void)
{
    fixture f = fixture_book(arena, "", "<row><c><v>1</v></c></row>", "<row><c><v>2</v></c></row>");
    outcome o = read_book(&f, NULL);
    CHECK_TEXT(text_at(&o, 1, 1), "1");
    o = read_book(&f, " \u5907\u6ce8");
    CHECK_TEXT(text_at(&o, 1, 1), "2");
    o = read_book(&f, "none");
    CHECK(o.sheet == NULL && o.findings.count == 1 && o.findings.items[0].code == PARK_E0229);
}

static void what_is_no_workbook_is_told(void)
{
    static const char *const BYTES[] = {"\xD0\xCF\x11\xE0 old", "time,v\n", "PK\3\4 cut off", ""};
    for (size_t i = 0; i < 4; i++) {
        park_findings   findings;
        park_xlsx_book *book;
        park_findings_init(&findings, arena);
        CHECK(park_xlsx_parse(arena, "x", BYTES[i], strlen(BYTES[i]), &findings, &book, NULL) ==
              PARK_E_INPUT);
        CHECK(findings.errors == 1 && findings.items[0].code == PARK_E0228);
        CHECK_TEXT(findings.items[0].file, "x");
    }
    fixture f = fixture_book(arena, "<!-- -->", "<row><c><v>1</v></row>", "");
    outcome o = read_book(&f, NULL);
    CHECK(o.status == PARK_E_INPUT && o.findings.errors == 1);
    f         = fixture_book(arena, "", "", "");
    f.text[3] = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><sst><si><t>&b;</t></si></sst>";
    o         = read_book(&f, NULL);
    CHECK(o.status == PARK_E_INPUT && o.findings.errors == 1); /* a few bytes that could grow without end */
    f       = fixture_book(arena, "", "", "");
    f.parts = 2;
    o       = read_book(&f, NULL);
    CHECK(o.status == PARK_E_INPUT && strstr(o.findings.items[0].en, "xl/workbook.xml") != NULL);
}

static park_csv_table *table_of(const char *rows, uint32_t header, park_findings *findings,
                                park_status *status)
{
    fixture         f = fixture_book(arena, "", rows, "");
    park_csv_table *table;
    size_t          length;
    const char     *bytes = fixture_zip(&f, &length);
    park_findings_init(findings, arena);
    *status = park_table_parse(arena, "b.xlsx", bytes, length, &(park_table_wish){.header = header}, findings,
                               &table, NULL);
    return table;
}

static void a_sheet_is_a_table(void)
{
    park_findings   findings;
    park_status     status;
    park_csv_table *t = table_of("<row r=\"1\"><c t=\"inlineStr\"><is><t>title</t></is></c></row>"
                                 "<row r=\"3\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>"
                                 "<row r=\"4\"><c s=\"1\"><v>45688</v></c><c><v>2.5</v></c></row>"
                                 "<row r=\"6\"><c s=\"1\"><v>45689</v></c><c r=\"C6\"><v>9</v></c></row>"
                                 "<row r=\"7\"><c r=\"B7\"><f>A1</f></c></row>",
                                 3, &findings, &status);
    CHECK(status == PARK_OK && t->columns == 2 && t->rows == 3);
    CHECK_TEXT(t->name, "b.xlsx[\u6284\u8868]");
    CHECK_TEXT(t->header[1].text, "\u6d41\u91cf (m3/h)");
    CHECK(park_csv_column(t, "\u6d41\u91cf", &findings) == 1);
    CHECK_TEXT(t->cells[0].text, "2025-01-31");
    CHECK_TEXT(t->cells[1].text, "2.5");
    CHECK_TEXT(t->cells[3].text, "");
    CHECK(t->cells[2].line == 6 && t->cells[3].line == 6 && t->cells[3].column == 2);
    CHECK(findings.count == 1 && findings.items[0].code == PARK_W0230 && findings.items[0].line == 7 &&
          findings.items[0].column == 2 && findings.items[0].cell);
    table_of("<row><c t=\"s\"><v>0</v></c></row>", 0, &findings, &status);
    CHECK(status == PARK_E_INPUT && findings.items[0].code == PARK_E0226);
}

static void no_memory_is_told(void)
{
    fixture f = fixture_book(arena, "", "<row><c t=\"s\"><v>0</v></c></row><row><c><v>1</v></c></row>", "");
    size_t  length;
    const char *bytes  = fixture_zip(&f, &length);
    bool        passed = false;
    for (int i = 0; i < 400 && !passed; i++) {
        park_arena     *poor = park_arena_new();
        park_findings   findings;
        park_csv_table *table;
        park_findings_init(&findings, arena);
        park_arena_fail_after(poor, i);
        park_status status =
            park_table_parse(poor, "b", bytes, length, &(park_table_wish){0}, &findings, &table, NULL);
        passed = status == PARK_OK;
        CHECK(passed || status == PARK_E_MEMORY);
        park_arena_free(poor);
    }
    CHECK(passed);
}

int main(void)
{
    arena = park_arena_new();
    RUN(texts_are_read_in_all_their_forms);
    RUN(dates_are_known_by_their_format);
    RUN(numbers_keep_their_digits);
    RUN(hidden_sheets_are_read_only_by_name);
    RUN(what_is_no_workbook_is_told);
    RUN(a_sheet_is_a_table);
    RUN(no_memory_is_told);
    park_arena_free(arena);
    return park_test_done();
}
