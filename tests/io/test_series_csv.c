#include "series_csv.h"

#include "base/calendar.h"
#include "base/text.h"
#include "check.h"

static park_arena *arena;

typedef struct outcome {
    park_findings     findings;
    park_csv_table   *table;
    park_series_table series;
    park_status       status;
} outcome;

static outcome read_bytes(const char *text, size_t length, const char *column, park_gaps gaps)
{
    outcome          o;
    park_series_wish wish = park_series_wish_default();
    wish.column           = column;
    wish.gaps             = gaps;
    park_findings_init(&o.findings, arena);
    o.status = park_csv_parse(arena, "rain.csv", text, length, &o.findings, &o.table, NULL);
    if (o.status == PARK_OK)
        o.status = park_series_from_csv(arena, o.table, &wish, &o.findings, &o.series, NULL);
    return o;
}

static outcome read_text(const char *text, const char *column, park_gaps gaps)
{
    return read_bytes(text, strlen(text), column, gaps);
}

/* "E0224 3:7; ..." of what was told. */
static const char *told(const outcome *o)
{
    park_text out;
    park_text_init(&out, arena);
    for (size_t i = 0; i < o->findings.count; i++)
        park_text_printf(&out, "%s%s %d:%d", i == 0 ? "" : "; ", park_code_name(o->findings.items[i].code),
                         o->findings.items[i].line, o->findings.items[i].column);
    return park_text_done(&out);
}

/* 2025-01-01T00:00+08:00 is 1735660800 (date -d 2025-01-01T00:00+08:00 +%s). */
enum { NEW_YEAR = 1735660800 };

static void a_plain_file_is_read(void)
{
    outcome o =
        read_text("time,mm,T\n2025-01-01T00:00,1.5,3\n2025-01-01T01:00, 2e1 ,4\n2025-01-01T02:00+08:00,0,5\n"
                  "2024-12-31T19:00Z,7,6\n",
                  "mm", PARK_GAPS_ERROR);
    CHECK(o.status == PARK_OK && o.findings.count == 0 && o.series.count == 4 && !o.series.dates);
    for (int i = 0; i < 4; i++)
        CHECK(o.series.time[i] == NEW_YEAR + 3600 * i);
    CHECK(o.series.value[0] == 1.5 && o.series.value[1] == 20 && o.series.value[2] == 0 &&
          o.series.value[3] == 7);
}

static void spreadsheets_are_read(void)
{
    /* GBK: 时间,降雨量 */
    outcome o =
        read_text("\xCA\xB1\xBC\xE4,\xBD\xB5\xD3\xEA\xC1\xBF(mm)\r\n2025/1/1,1\r\n2025/1/2,2\r\n,\r\n",
                  "降雨量", PARK_GAPS_ERROR);
    CHECK(o.status == PARK_OK && o.series.count == 2 && o.series.dates);
    CHECK(o.series.time[1] == NEW_YEAR + 86400);
    CHECK_TEXT(told(&o), "N0227 0:0");
    o = read_text("\xEF\xBB\xBF\"time\";\"a \"\"b\"\"\"\n2025/1/1 8:00;1\n2025/1/1 9:00:00;\"2\"\n",
                  "a \"b\"", PARK_GAPS_ERROR);
    CHECK(o.status == PARK_OK && o.series.time[0] == NEW_YEAR + 8 * 3600 && o.series.value[1] == 2);
    o = read_text("# made by hand\n\ntime\tv\n2025-01-01\t1\n2025-01-02\t2\n", NULL, PARK_GAPS_ERROR);
    CHECK(o.status == PARK_OK && o.series.count == 2);
    o = read_text("time,\"v\nw\"\n2025-01-01,1\n", "v\nw", PARK_GAPS_ERROR);
    CHECK(o.status == PARK_OK);
}

static void units_scale_the_values(void)
{
    outcome          o    = read_text("t,v\n2025-01-01,3\n", NULL, PARK_GAPS_ERROR);
    park_series_wish wish = park_series_wish_default();
    wish.scale            = 0.001;
    wish.offset           = 273.15;
    wish.zone             = 0;
    CHECK(park_series_from_csv(arena, o.table, &wish, &o.findings, &o.series, NULL) == PARK_OK);
    CHECK_CLOSE(o.series.value[0], 273.153, 1e-12);
    CHECK(o.series.time[0] == NEW_YEAR + 8 * 3600);
}

static void mistakes_are_placed(void)
{
    outcome o = read_text("time,mm\n2025-01-01,1\n2025-02-30,2\nyesterday,3\n2025-01-02,x\n2025-01-02,4\n",
                          "mm", PARK_GAPS_ERROR);
    CHECK(o.status == PARK_E_INPUT);
    CHECK_TEXT(told(&o), "E0222 3:1; E0222 4:1; E0201 5:12; E0223 6:1");
    CHECK_TEXT(o.findings.items[2].source, "2025-01-02,x");
    o = read_text("time,mm\n2025-01-01,\"1,200\"\n", "mm", PARK_GAPS_ERROR);
    CHECK_TEXT(told(&o), "E0203 2:12");
    o = read_text("time,rain_mm\n2025-01-01,1\n", "rain_m", PARK_GAPS_ERROR);
    CHECK_TEXT(told(&o), "E0221 1:1");
    CHECK_TEXT(o.findings.items[0].en, "no column 'rain_m' in rain.csv; did you mean 'rain_mm'?");
    o = read_text("time,a,b\n2025-01-01,1,2\n", "quite_else", PARK_GAPS_ERROR);
    CHECK_TEXT(o.findings.items[0].en, "no column 'quite_else' in rain.csv; it has: time, a, b");
    o = read_text("time,a,a\n2025-01-01,1,2\n", "a", PARK_GAPS_ERROR);
    CHECK_TEXT(told(&o), "E0221 1:8");
    o = read_text("time\n2025-01-01\n", NULL, PARK_GAPS_ERROR);
    CHECK_TEXT(told(&o), "E0221 1:1");
    o = read_text("time,a\n2025-01-01\n2025-01-02,1,2\n2025-01-03,1,,\n", "a", PARK_GAPS_ERROR);
    CHECK_TEXT(told(&o), "E0225 2:1; E0225 3:1");
    o = read_text("time,a\n2025-01-01,\"1\n", "a", PARK_GAPS_ERROR);
    CHECK_TEXT(told(&o), "E0225 2:12");
    o = read_text("time,a\n", "a", PARK_GAPS_ERROR);
    CHECK_TEXT(told(&o), "E0226 0:0");
    o = read_text("", "a", PARK_GAPS_ERROR);
    CHECK_TEXT(told(&o), "E0226 0:0");
    o = read_bytes("a\0b", 3, "a", PARK_GAPS_ERROR);
    CHECK_TEXT(told(&o), "E0102 0:0");
}

static const char *HOLES =
    "time,v\n2025-01-01T00:00,1\n2025-01-01T01:00,\n2025-01-01T02:00,NA\n2025-01-01T03:00,4\n";

static void missing_values_are_errors_unless_filled(void)
{
    outcome o = read_text(HOLES, "v", PARK_GAPS_ERROR);
    CHECK_TEXT(told(&o), "E0224 3:18; E0224 4:18");
    o = read_text(HOLES, "v", PARK_GAPS_HOLD);
    CHECK(o.status == PARK_OK && o.series.filled == 2 && o.series.value[1] == 1 && o.series.value[2] == 1);
    o = read_text(HOLES, "v", PARK_GAPS_LINEAR);
    CHECK(o.status == PARK_OK && o.series.filled == 2);
    CHECK_CLOSE(o.series.value[1], 2.0, 1e-12);
    CHECK_CLOSE(o.series.value[2], 3.0, 1e-12);
    o = read_text("time,v\n2025-01-01,\n2025-01-02,1\n", "v", PARK_GAPS_HOLD);
    CHECK_TEXT(told(&o), "E0224 2:1");
    o = read_text("time,v\n2025-01-01,1\n2025-01-02,\n", "v", PARK_GAPS_LINEAR);
    CHECK_TEXT(told(&o), "E0224 3:1");
    o = read_text("time,v\n2025-01-01,1\n2025-01-02,\n", "v", PARK_GAPS_HOLD);
    CHECK(o.status == PARK_OK && o.series.value[1] == 1);
}

/* Thirty hourly rows without the eleventh and twelfth; months are no raster. */
static void rows_left_out_of_a_raster_are_gaps(void)
{
    park_text text;
    park_text_init(&text, arena);
    park_text_add(&text, "time,v\n");
    for (int i = 0; i < 30; i++)
        if (i != 10 && i != 11)
            park_text_printf(&text, "2025-01-%02dT%02d:00,%d\n", 1 + i / 24, i % 24, i);
    outcome o = read_text(park_text_done(&text), "v", PARK_GAPS_ERROR);
    CHECK_TEXT(told(&o), "E0224 12:1");
    CHECK_TEXT(o.findings.items[0].en,
               "2 rows are missing before this one (step 1 h); `gaps: hold` or `gaps: linear` fills them");
    o = read_text(park_text_done(&text), "v", PARK_GAPS_LINEAR);
    CHECK(o.status == PARK_OK && o.series.count == 30 && o.series.filled == 2);
    for (size_t i = 0; i < o.series.count; i++) {
        CHECK(o.series.time[i] == NEW_YEAR + 3600 * (int64_t)i);
        CHECK_CLOSE(o.series.value[i], (double)i, 1e-12);
    }
    o = read_text(park_text_done(&text), "v", PARK_GAPS_HOLD);
    CHECK(o.series.value[11] == 9);
    park_text_clear(&text);
    park_text_add(&text, "time,v\n");
    for (int m = 1; m <= 12; m++)
        park_text_printf(&text, "2025-%02d-01,%d\n", m, m);
    o = read_text(park_text_done(&text), "v", PARK_GAPS_ERROR);
    CHECK(o.status == PARK_OK && o.series.count == 12);
}

static void floods_of_mistakes_are_counted(void)
{
    park_text text;
    park_text_init(&text, arena);
    park_text_add(&text, "time,v\n");
    for (int i = 0; i < 20; i++)
        park_text_printf(&text, "2025-01-%02d,\n", i + 1);
    outcome o = read_text(park_text_done(&text), "v", PARK_GAPS_ERROR);
    CHECK(o.findings.count == 6);
    CHECK_TEXT(o.findings.items[5].en, "rain.csv: 20 such places in all");
}

static void every_allocation_may_fail(void)
{
    bool passed = false;
    for (size_t n = 1; !passed && n < 200; n++) {
        park_arena       *tight = park_arena_new();
        park_findings     findings;
        park_csv_table   *table;
        park_series_table series;
        park_series_wish  wish = park_series_wish_default();
        wish.gaps              = PARK_GAPS_LINEAR;
        park_findings_init(&findings, arena);
        park_arena_fail_after(tight, n);
        park_status status = park_csv_parse(tight, "f", HOLES, strlen(HOLES), &findings, &table, NULL);
        if (status == PARK_OK)
            status = park_series_from_csv(tight, table, &wish, &findings, &series, NULL);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        passed = status == PARK_OK;
        park_arena_free(tight);
    }
    CHECK(passed);
}

static void files_are_found_or_told(void)
{
    park_findings   findings;
    park_csv_table *table;
    park_findings_init(&findings, arena);
    CHECK(park_csv_read(arena, PARK_BINARY_DIR "/no/such.csv", 0, &findings, &table, NULL) == PARK_E_FILE);
    CHECK(park_csv_read(arena, PARK_SOURCE_DIR "/LICENSE", 10, &findings, &table, NULL) == PARK_E_RANGE);
}

int main(void)
{
    arena = park_arena_new();
    RUN(a_plain_file_is_read);
    RUN(spreadsheets_are_read);
    RUN(units_scale_the_values);
    RUN(mistakes_are_placed);
    RUN(missing_values_are_errors_unless_filled);
    RUN(rows_left_out_of_a_raster_are_gaps);
    RUN(floods_of_mistakes_are_counted);
    RUN(every_allocation_may_fail);
    RUN(files_are_found_or_told);
    park_arena_free(arena);
    return park_test_done();
}
