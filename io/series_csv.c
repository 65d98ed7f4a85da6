#include "series_csv.h"

#include "base/calendar.h"
#include "quantity.h"
#include "time_format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    TOLD   = 5,       /* findings of one kind and column */
    FILLED = 5000000, /* most values that gaps may be filled with */
};

park_series_wish park_series_wish_default(void)
{
    return (park_series_wish){.scale = 1.0, .zone = PARK_OFFSET_CHINA};
}

/* One reading of a column. */
typedef struct reading {
    park_arena             *arena;
    const park_csv_table   *table;
    const park_series_wish *wish;
    park_findings          *findings;
    size_t                  time_column, value_column;
    size_t                  bad_times, bad_order, bad_values, missing;
} reading;

/* The finding of one kind, placed, for the first few; NULL afterwards. */
#define TELL(r, counter, cell, code, ...)                                                                    \
    do {                                                                                                     \
        if ((r)->counter++ < TOLD)                                                                           \
            park_csv_place((r)->table, (cell), (r)->findings,                                                \
                           park_finding_add((r)->findings, (code), PARK_ERROR, NULL, __VA_ARGS__));          \
    } while (0)

/* --- times --- */

static size_t digits(const char *text, size_t at)
{
    size_t n = 0;
    while (text[at + n] >= '0' && text[at + n] <= '9')
        n++;
    return n;
}

/* "2025/1/31 8:00" as "2025-01-31T08:00"; false when it has another form. */
static bool spreadsheet_form(const char *text, char iso[40])
{
    const size_t month = 5;
    if (digits(text, 0) != 4 || (text[4] != '/' && text[4] != '-'))
        return false;
    size_t m = digits(text, month), d, day, h, hour;
    if (m < 1 || m > 2 || text[month + m] != text[4])
        return false;
    day = month + m + 1;
    d   = digits(text, day);
    if (d < 1 || d > 2)
        return false;
    int used = snprintf(iso, 40, "%.4s-%02d-%02d", text,
                        text[month + m - 1] - '0' + (m == 2 ? 10 * (text[month] - '0') : 0),
                        text[day + d - 1] - '0' + (d == 2 ? 10 * (text[day] - '0') : 0));
    if (text[day + d] == '\0')
        return true;
    hour = day + d + 1;
    h    = digits(text, hour);
    if (text[day + d] != ' ' || h < 1 || h > 2 || text[hour + h] != ':' || strlen(text + hour) > 12)
        return false;
    snprintf(iso + used, 40 - (size_t)used, "T%s%s", h == 1 ? "0" : "", text + hour);
    return true;
}

park_status park_series_time(const park_csv_table *table, const park_series_wish *wish,
                             const park_csv_cell *cell, int64_t *time, bool *date)
{
    char iso[PARK_TIME_TEXT];
    if (wish->times != NULL && park_time_format_read(wish->times, cell->text, iso))
        return park_iso_parse(iso, strlen(iso), wish->zone, time, date, NULL);
    if (wish->times != NULL && !table->sheet) /* a workbook's own dates need no pattern */
        return PARK_E_INPUT;
    park_status status = park_iso_parse(cell->text, cell->length, wish->zone, time, date, NULL);
    if (status == PARK_E_INPUT && spreadsheet_form(cell->text, iso))
        status = park_iso_parse(iso, strlen(iso), wish->zone, time, date, NULL);
    return status;
}

static bool read_time(reading *r, const park_csv_cell *cell, int64_t *time, bool *date)
{
    park_status status = park_series_time(r->table, r->wish, cell, time, date);
    if (status == PARK_OK)
        return true;
    if (status == PARK_E_RANGE)
        TELL(r, bad_times, cell, PARK_E0222, "there is no such time as '%s'", "不存在“%s”这个时间",
             cell->text);
    else
        TELL(r, bad_times, cell, PARK_E0222, "'%s' is not a time; write %s", "“%s”不是时间；请写成 %s",
             cell->text, r->wish->times != NULL ? r->wish->times : "2025-01-31, 2025-01-31T14:00");
    return false;
}

/* --- values --- */

bool park_series_missing(const park_series_wish *wish, const char *text)
{
    static const char *const WORDS[] = {"",     "NA",   "N/A", "na", "n/a",  "NaN", "nan",
                                        "null", "NULL", "-",   "--", "缺测", "缺",  "#N/A"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(text, WORDS[i]) == 0)
            return true;
    for (size_t i = 0; i < wish->missings; i++)
        if (strcmp(text, wish->missing[i]) == 0)
            return true;
    return false;
}

/* NAN where the cell is missing or wrong. */
static double read_value(reading *r, const park_csv_cell *cell)
{
    park_quantity_problem problem;
    double                value;
    if (park_series_missing(r->wish, cell->text)) {
        if (r->wish->gaps == PARK_GAPS_ERROR)
            TELL(r, missing, cell, PARK_E0224,
                 "a value is missing in line %u; `gaps: hold` or `gaps: linear` fills it",
                 "第 %u 行缺值；gaps: hold 或 gaps: linear 可填补", (unsigned)cell->line);
        return NAN;
    }
    if (park_number_parse(cell->text, cell->length, &value, &problem))
        return value * r->wish->scale + r->wish->offset;
    if (r->bad_values++ < TOLD)
        park_csv_place(r->table, cell, r->findings, park_quantity_finding(r->findings, &problem, NULL));
    return NAN;
}

static bool read_rows(reading *r, park_series_table *series)
{
    const park_csv_table *t = r->table;
    for (size_t row = 0; row < t->rows; row++) {
        const park_csv_cell *when = &t->cells[row * t->columns + r->time_column];
        const park_csv_cell *what = &t->cells[row * t->columns + r->value_column];
        bool                 date = false;
        int64_t              time;
        double               value = read_value(r, what);
        if (!read_time(r, when, &time, &date))
            continue;
        if (series->count > 0 && time <= series->time[series->count - 1]) {
            TELL(r, bad_order, when, PARK_E0223, "the time %s is not later than the row before",
                 "时间 %s 不晚于上一行", when->text);
            continue;
        }
        series->dates                = series->dates && date;
        series->time[series->count]  = time;
        series->value[series->count] = value;
        series->count++;
    }
    return r->bad_times + r->bad_order + r->bad_values + r->missing == 0;
}

/* --- gaps --- */

/* The raster's step [s], or 0 when the times have none. */
static int64_t raster(const park_series_table *s)
{
    int64_t step = INT64_MAX;
    size_t  same = 0;
    for (size_t i = 1; i < s->count; i++)
        if (s->time[i] - s->time[i - 1] < step)
            step = s->time[i] - s->time[i - 1];
    for (size_t i = 1; i < s->count; i++)
        same += s->time[i] - s->time[i - 1] == step;
    return s->count > 2 && 10 * same >= 9 * (s->count - 1) ? step : 0;
}

/* Rows that are left out of the raster behind row i. */
static size_t left_out(const park_series_table *s, size_t i, int64_t step)
{
    if (step == 0 || i + 1 >= s->count)
        return 0;
    int64_t apart = s->time[i + 1] - s->time[i];
    return apart % step == 0 ? (size_t)(apart / step - 1) : 0;
}

static park_csv_cell cell_at_time(const reading *r, int64_t time)
{
    const park_csv_table *t = r->table;
    for (size_t row = 0; row < t->rows; row++) {
        int64_t              at;
        bool                 date;
        const park_csv_cell *cell = &t->cells[row * t->columns + r->time_column];
        if (park_series_time(t, r->wish, cell, &at, &date) == PARK_OK && at == time)
            return *cell;
    }
    return t->cells[0];
}

/* Put rows of no value where the raster has none. False: told, or out of memory (*status). */
static bool complete_raster(reading *r, park_series_table *s, park_status *status)
{
    int64_t step = raster(s);
    size_t  more = 0, gaps = 0;
    for (size_t i = 0; i < s->count; i++) {
        size_t out = left_out(s, i, step);
        if (out > 0 && (r->wish->gaps == PARK_GAPS_ERROR || more + out > FILLED)) {
            if (gaps++ >= TOLD)
                continue;
            park_csv_cell cell = cell_at_time(r, s->time[i + 1]);
            char          unit[40];
            snprintf(unit, sizeof unit, "%.6g h", (double)step / 3600.0);
            if (r->wish->gaps == PARK_GAPS_ERROR)
                TELL(r, missing, &cell, PARK_E0224,
                     "%zu rows are missing before this one (step %s); `gaps: hold` or `gaps: linear` fills "
                     "them",
                     "此行之前缺 %zu 行（步长 %s）；gaps: hold 或 gaps: linear 可填补", out, unit);
            else
                TELL(r, missing, &cell, PARK_E0224,
                     "%zu rows are missing before this one (step %s); too many to fill",
                     "此行之前缺 %zu 行（步长 %s），过多而无法填补", out, unit);
            continue;
        }
        more += out;
    }
    if (gaps > 0 || more == 0)
        return gaps == 0;
    park_series_table full = *s;
    full.time              = PARK_ARRAY(r->arena, s->count + more, int64_t);
    full.value             = PARK_ARRAY(r->arena, s->count + more, double);
    if (full.time == NULL || full.value == NULL) {
        *status = PARK_E_MEMORY;
        return false;
    }
    full.count = 0;
    for (size_t i = 0; i < s->count; i++) {
        size_t out = left_out(s, i, step);
        for (size_t k = 0; k <= out; k++) {
            full.time[full.count]    = s->time[i] + (int64_t)k * step;
            full.value[full.count++] = k == 0 ? s->value[i] : NAN;
        }
    }
    *s = full;
    return true;
}

/* Fill NANs by `hold` or `linear`; false when the first or last values leave nothing to go by. */
static bool fill(reading *r, park_series_table *s)
{
    for (size_t i = 0; i < s->count; i++) {
        if (!isnan(s->value[i]))
            continue;
        size_t next = i;
        while (next < s->count && isnan(s->value[next]))
            next++;
        bool hold = r->wish->gaps == PARK_GAPS_HOLD;
        if (i == 0 || (!hold && next == s->count)) {
            park_csv_cell cell = cell_at_time(r, s->time[i]);
            TELL(r, missing, &cell, PARK_E0224,
                 "values are missing at the %s of the series, where nothing can fill them%.0s",
                 "序列%.0s%s缺值，无法填补", i == 0 ? "start" : "end", i == 0 ? "开头" : "末尾");
            return false;
        }
        double before = s->value[i - 1], after = next < s->count ? s->value[next] : before;
        for (size_t k = i; k < next; k++) {
            double share =
                (double)(s->time[k] - s->time[i - 1]) /
                (double)((next < s->count ? s->time[next] : s->time[next - 1] + 1) - s->time[i - 1]);
            s->value[k] = hold ? before : before + (after - before) * share;
            s->filled++;
        }
        i = next;
    }
    return true;
}

static void count_rest(reading *r, size_t count, park_code code)
{
    if (count <= TOLD)
        return;
    park_finding *f = park_finding_add(r->findings, code, PARK_ERROR, NULL, "%s: %zu such places in all",
                                       "%s：此类共 %zu 处", r->table->name, count);
    if (f != NULL)
        f->file = r->table->name;
}

static size_t column(const reading *r, const char *name, size_t otherwise)
{
    if (name != NULL)
        return park_csv_column(r->table, name, r->findings);
    if (otherwise < r->table->columns)
        return otherwise;
    park_finding *f = park_finding_add(r->findings, PARK_E0221, PARK_ERROR, NULL, "%s has only one column",
                                       "%s 只有一列", r->table->name);
    park_csv_place(r->table, &r->table->header[0], r->findings, f);
    return SIZE_MAX;
}

park_status park_series_from_csv(park_arena *arena, const park_csv_table *table, const park_series_wish *wish,
                                 park_findings *findings, park_series_table *series, park_error *err)
{
    reading r      = {.arena = arena, .table = table, .wish = wish, .findings = findings};
    *series        = (park_series_table){.dates = true};
    r.time_column  = column(&r, wish->time, 0);
    r.value_column = column(&r, wish->column, 1);
    if (r.time_column == SIZE_MAX || r.value_column == SIZE_MAX)
        return PARK_FAIL(err, PARK_E_INPUT, "%s lacks a column", table->name);
    series->time  = PARK_ARRAY(arena, table->rows, int64_t);
    series->value = PARK_ARRAY(arena, table->rows, double);
    if (series->time == NULL || series->value == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the series of %s", table->name);
    park_status status = PARK_E_INPUT;
    bool        good   = read_rows(&r, series);
    good               = complete_raster(&r, series, &status) && good && fill(&r, series);
    if (status == PARK_E_MEMORY)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the series of %s", table->name);
    count_rest(&r, r.bad_times, PARK_E0222);
    count_rest(&r, r.bad_order, PARK_E0223);
    count_rest(&r, r.missing, PARK_E0224);
    count_rest(&r, r.bad_values, PARK_E0201);
    return good ? PARK_OK : PARK_FAIL(err, PARK_E_INPUT, "%s has errors", table->name);
}
