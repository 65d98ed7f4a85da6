/*
 * region_rows.c - a region's tables, cell by cell.
 *
 * Stages: which column is which; each row to its member and year; then what only the whole table can tell: years that are
 * missing, values that stand a power of ten beside their neighbours, reuse without intake. Messages say what the cell would
 * do to the region's rate or volume, because that is what a reader can judge.
 */
#include "region_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double YEAR = 365.0 * 86400.0; /* [s] */

const char *const PARK_REGION_COLUMN_WORDS[PARK_REGION_COLUMNS + 1] = {
    "V_i_surface", "V_i_ground", "V_i_tap",     "V_i_bought", "V_ih_reclaimed", "V_ih_mine", "V_ih_rain",
    "V_ih_other",  "V_r",        "value_added", NULL};

enum { NAME, YEAR_OF, CITY, SECTOR, SCOPE, PRICES, RATE, TEXTS };
static const char *const TEXT_WORDS[TEXTS] = {"name", "year", "city", "sector", "scope", "prices", "R"};
static const char *const NAMES[]           = {
              "name",      "year",        "city",       "sector",  "scope",       "prices",
              "R",         "V_i_surface", "V_i_ground", "V_i_tap", "V_i_bought",  "V_ih_reclaimed",
              "V_ih_mine", "V_ih_rain",   "V_ih_other", "V_r",     "value_added", NULL};

typedef struct columns {
    size_t text[TEXTS]; /* SIZE_MAX: not there */
    size_t value[PARK_REGION_COLUMNS];
    double scale[PARK_REGION_COLUMNS]; /* m3/a or CNY/a of one unit */
} columns;

#define TELL_CELL PARK_REGION_TELL_CELL

/* --- members --- */

int32_t park_region_member_find(const park_region_book *book, const char *id)
{
    for (size_t m = 0; m < book->members; m++)
        if (strcmp(book->member[m].id, id) == 0)
            return (int32_t)m;
    return -1;
}

double *park_region_place(const park_region_book *book, int32_t member, size_t year, size_t column)
{
    return book->value + ((size_t)member * book->known + year) * PARK_REGION_COLUMNS + column;
}

static bool grow(park_region_book *book)
{
    park_arena *arena            = book->loader->reader.arena;
    size_t      most             = book->members_cap > 0 ? 2 * book->members_cap : 64,
           width                 = book->known * PARK_REGION_COLUMNS;
    park_region_member   *member = PARK_ARRAY(arena, most, park_region_member);
    double               *value  = PARK_ARRAY(arena, most * width, double);
    const park_csv_cell **cell   = PARK_ARRAY(arena, most * width, const park_csv_cell *);
    if (member == NULL || value == NULL || cell == NULL) {
        book->loader->reader.failed = true;
        return false;
    }
    if (book->members > 0) {
        memcpy(member, book->member, book->members * sizeof *member);
        memcpy(value, book->value, book->members * width * sizeof *value);
        memcpy(cell, book->cell, book->members * width * sizeof *cell);
    }
    book->member = member, book->value = value, book->cell = cell, book->members_cap = most;
    return true;
}

int32_t park_region_member_add(park_region_book *book, const char *id)
{
    if (book->members == PARK_REGION_MEMBERS_MOST || (book->members == book->members_cap && !grow(book)))
        return -1;
    int32_t m       = (int32_t)book->members++;
    book->member[m] = (park_region_member){.id = id, .label = {id, id}, .large = true};
    for (size_t i = 0; i < book->known * PARK_REGION_COLUMNS; i++)
        park_region_place(book, m, 0, 0)[i] = NAN;
    return m;
}

/* --- which column is which --- */

bool park_region_unit(park_region_book *book, const park_tree_node *node, const char *text, bool money,
                      double *scale)
{
    park_reader          *reader = &book->loader->reader;
    park_quantity_problem problem;
    double                offset;
    if (park_unit_parse(text, strlen(text), money ? PARK_DIM_MONEY_RATE : PARK_DIM_FLOW, scale, &offset, NULL,
                        &problem)) {
        *scale *= YEAR;
        return true;
    }
    park_tree_place(reader->tree, node, PARK_AT_VALUE, reader->findings,
                    park_quantity_finding(reader->findings, &problem, park_tree_path(reader->arena, node)));
    return false;
}

static const char *scalar_text(const park_tree_node *node)
{
    return node != NULL && node->form == PARK_SCALAR ? node->text : NULL;
}

size_t park_region_column(park_region_book *book, const park_tree_node *names, const char *word, bool needed)
{
    park_findings *findings = book->loader->reader.findings;
    const char    *name     = scalar_text(park_tree_get(names, word));
    if (name != NULL)
        return park_csv_column(book->table, name, findings);
    for (size_t c = 0; c < book->table->columns; c++)
        if (strcmp(book->table->header[c].text, word) == 0)
            return c;
    if (needed)
        TELL_CELL(book, &book->table->header[0], PARK_E0221, PARK_ERROR,
                  "the table has no column '%s'; `columns: {%s: ITS NAME}` says which it is",
                  "表中没有“%s”列；请用 columns: {%s: 列名} 指明", word, word);
    return SIZE_MAX;
}

static bool find_columns(park_region_book *book, const park_tree_node *rows, columns *out)
{
    const park_tree_node *names = park_tree_get(rows, "columns"), *units = park_tree_get(rows, "units"),
                         *unit = park_tree_get(rows, "unit");
    park_reader *reader        = &book->loader->reader;
    size_t       before = reader->findings->errors, volumes = 0;
    for (int t = 0; t < TEXTS; t++)
        out->text[t] = park_region_column(book, names, TEXT_WORDS[t], t == NAME || t == YEAR_OF);
    for (size_t c = 0; c < PARK_REGION_COLUMNS; c++) {
        const char           *word  = PARK_REGION_COLUMN_WORDS[c];
        bool                  money = c == PARK_REGION_FLOWS;
        const park_tree_node *own   = park_tree_get(units, word);
        const char           *text  = scalar_text(own != NULL ? own : money ? NULL : unit);
        out->value[c]               = park_region_column(book, names, word, c == PARK_REGION_REUSED);
        out->scale[c]               = NAN;
        volumes += out->value[c] != SIZE_MAX && c < PARK_REGION_REUSED;
        if (out->value[c] == SIZE_MAX)
            continue;
        if (text == NULL)
            PARK_TELL(reader, rows, PARK_AT_KEY, PARK_E0205, PARK_ERROR,
                      "the unit of column '%s' is not said; write %s", "没有说明“%s”列的单位；请写 %s", word,
                      money ? "units: {value_added: 亿元/a}" : "unit: 万m3/a");
        else
            (void)park_region_unit(book, own != NULL ? own : unit, text, money, &out->scale[c]);
    }
    if (volumes == 0 && reader->findings->errors == before)
        PARK_TELL(reader, rows, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "no column holds intake: name at least %s", "没有取水量列：至少指明 %s", "V_i_surface");
    return reader->findings->errors == before;
}

/* --- row by row --- */

const park_csv_cell *park_region_cell(const park_csv_table *table, size_t row, size_t column)
{
    return column == SIZE_MAX ? NULL : &table->cells[row * table->columns + column];
}

bool park_region_said(const park_csv_cell *cell)
{
    return cell != NULL && cell->length > 0;
}

bool park_region_number(park_region_book *book, const park_csv_cell *cell, double *value)
{
    park_quantity_problem problem;
    if (park_number_parse(cell->text, cell->length, value, &problem) && isfinite(*value))
        return true;
    TELL_CELL(book, cell, PARK_E0201, PARK_ERROR, "'%s' is not a number", "“%s”不是数字", cell->text);
    return false;
}

/* The year's place among the known ones; SIZE_MAX when it lies outside or is told. */
static size_t year_of(park_region_book *book, const park_csv_cell *cell)
{
    double year;
    if (!park_region_said(cell)) {
        TELL_CELL(book, cell, PARK_E0307, PARK_ERROR, "the row says no %s", "该行缺少%s", "year 年份");
        return SIZE_MAX;
    }
    if (!park_region_number(book, cell, &year))
        return SIZE_MAX;
    if (year != floor(year) || year < 1900.0 || year > 2200.0) {
        TELL_CELL(book, cell, PARK_E0309, PARK_ERROR, "'%s' is no year", "“%s”不是年份", cell->text);
        return SIZE_MAX;
    }
    double at = year - (double)book->region->base;
    return at >= 0.0 && at < (double)book->known ? (size_t)at : SIZE_MAX;
}

static const char *keep(park_region_book *book, const park_csv_cell *cell)
{
    return park_arena_text(book->loader->reader.arena, cell->text, cell->length);
}

static void read_words(park_region_book *book, size_t row, const columns *at, park_region_member *member)
{
    const park_csv_cell *city   = park_region_cell(book->table, row, at->text[CITY]),
                        *sector = park_region_cell(book->table, row, at->text[SECTOR]);
    const park_csv_cell *scope  = park_region_cell(book->table, row, at->text[SCOPE]);
    if (park_region_said(city))
        member->city = keep(book, city);
    if (park_region_said(sector))
        member->sector = keep(book, sector);
    if (!park_region_said(scope))
        return;
    bool large = strcmp(scope->text, "规上") == 0 || strcmp(scope->text, "large") == 0;
    if (!large && strcmp(scope->text, "规下") != 0 && strcmp(scope->text, "small") != 0)
        TELL_CELL(book, scope, PARK_E0304, PARK_ERROR,
                  "the scope is '%s'; it is one of 规上 (large), 规下 (small)",
                  "范围写作“%s”；应为 规上（large）或 规下（small）", scope->text);
    member->large = large;
}

/* Value added at current prices becomes constant by the index; without one it cannot. */
static void read_prices(park_region_book *book, size_t row, size_t year, const columns *at, double *added)
{
    const park_csv_cell *cell = park_region_cell(book->table, row, at->text[PRICES]);
    if (!park_region_said(cell) || strcmp(cell->text, "constant") == 0 || strcmp(cell->text, "可比价") == 0 ||
        strcmp(cell->text, "不变价") == 0)
        return;
    if (strcmp(cell->text, "current") != 0 && strcmp(cell->text, "当年价") != 0) {
        TELL_CELL(book, cell, PARK_E0304, PARK_ERROR,
                  "prices are '%s'; they are constant (可比价) or current (当年价)",
                  "价格写作“%s”；应为 constant（可比价）或 current（当年价）", cell->text);
        return;
    }
    if (book->index != NULL) {
        *added /= book->index[year];
        return;
    }
    TELL_CELL(book, cell, PARK_E0386, PARK_ERROR,
              "value added is at current prices, the others are not: without `price_index`%s the fall of "
              "intake per value "
              "added would hold the rise of prices",
              "增加值为当年价，其余为可比价：没有 price_index%s 换算，万元增加值用水量的降幅会混入涨价因素",
              "");
}

static void read_rate(park_region_book *book, size_t row, const columns *at, const double *value)
{
    const park_csv_cell *cell = park_region_cell(book->table, row, at->text[RATE]);
    double               told, taken = 0.0;
    if (!park_region_said(cell))
        return;
    size_t length  = cell->length;
    bool   percent = length > 1 && cell->text[length - 1] == '%';
    char   text[40];
    if (percent && length < sizeof text) {
        memcpy(text, cell->text, length - 1);
        text[length - 1] = '\0';
        if (!park_number_parse(text, length - 1, &told, NULL))
            return;
        told /= 100.0;
    } else if (!park_region_number(book, cell, &told))
        return;
    told = !percent && told > 1.0 ? told / 100.0 : told; /* 94.2 is percent */
    if (told > 1.0 || told < 0.0) {
        TELL_CELL(book, cell, PARK_E0384, PARK_ERROR,
                  "the reuse rate is %s: Vr / (Vi + Vr) cannot exceed 100 %%",
                  "重复利用率为 %s：Vr/(Vi+Vr) 不可能超过 100%%", cell->text);
        return;
    }
    for (size_t f = 0; f < PARK_REGION_REUSED; f++)
        taken += isnan(value[f]) ? 0.0 : value[f];
    double own = value[PARK_REGION_REUSED] / (taken + value[PARK_REGION_REUSED]);
    if (fabs(own - told) > 0.005)
        TELL_CELL(book, cell, PARK_W0387, PARK_WARNING,
                  "the row's reuse rate is %.2f %% but its volumes give %.2f %%; volumes are what counts",
                  "该行填报重复利用率 %.2f%%，按水量计算为 %.2f%%；以水量为准", 100.0 * told, 100.0 * own);
}

static void read_row(park_region_book *book, size_t row, const columns *at)
{
    const park_csv_cell *name = park_region_cell(book->table, row, at->text[NAME]);
    if (!park_region_said(name)) {
        TELL_CELL(book, name, PARK_E0307, PARK_ERROR, "the row says no %s", "该行缺少%s", "name 名称");
        return;
    }
    size_t year = year_of(book, park_region_cell(book->table, row, at->text[YEAR_OF]));
    if (year == SIZE_MAX)
        return;
    int32_t m = park_region_member_find(book, name->text);
    if (m < 0)
        m = park_region_member_add(book, keep(book, name));
    if (m < 0)
        return;
    double               *value = park_region_place(book, m, year, 0);
    const park_csv_cell **cells = book->cell + (value - book->value);
    if (cells[0] != NULL) {
        TELL_CELL(book, name, PARK_E0383, PARK_ERROR,
                  "'%s' has a second row for %d (the first is in line %u): its water would be counted twice",
                  "“%s”在 %d 年有第二行（第一行在第 %u 行）：水量会重复计算", name->text,
                  (int)(book->region->base + (int32_t)year), (unsigned)cells[0]->line);
        return;
    }
    read_words(book, row, at, &book->member[m]);
    for (size_t c = 0; c < PARK_REGION_COLUMNS; c++) {
        const park_csv_cell *cell = park_region_cell(book->table, row, at->value[c]);
        cells[c]                  = cell != NULL ? cell : name;
        value[c] =
            c < PARK_REGION_REUSED || cell == NULL ? 0.0 : NAN; /* a source without a cell is not used */
        if (park_region_said(cell) && park_region_number(book, cell, &value[c])) {
            if (value[c] < 0.0)
                TELL_CELL(book, cell, PARK_E0303, PARK_ERROR, "%s is %s; it must not be below 0",
                          "%s 为 %s；不得小于 0", PARK_REGION_COLUMN_WORDS[c], cell->text);
            value[c] *= at->scale[c];
        } else if (cell != NULL && !park_region_said(cell) && c >= PARK_REGION_REUSED)
            TELL_CELL(book, cell, PARK_E0224, PARK_ERROR, "%s of '%s' is missing", "缺少 %s（“%s”）",
                      PARK_REGION_COLUMN_WORDS[c], name->text);
    }
    read_prices(book, row, year, at, &value[PARK_REGION_FLOWS]);
    read_rate(book, row, at, value);
}

void park_region_rows(park_region_book *book, park_tree_node *rows)
{
    static const char *const WORDS[]  = {"csv", "columns", "unit", "units", "scope", "sheet", "header", NULL};
    static const char *const SCOPES[] = {"规上", "规下", "large", "small", NULL};
    park_reader             *reader   = &book->loader->reader;
    const park_tree_node    *csv = park_tree_get(rows, "csv"), *names = park_tree_get(rows, "columns"),
                         *units = park_tree_get(rows, "units"), *scope = park_tree_get(rows, "scope");
    columns at;
    int32_t which = 0;
    bool ok = park_reader_is(reader, rows, PARK_MAPPING) && park_reader_known(reader, rows, NULL, 0, WORDS);
    ok &= names == NULL ||
          (park_reader_is(reader, names, PARK_MAPPING) && park_reader_known(reader, names, NULL, 0, NAMES));
    ok &= units == NULL ||
          (park_reader_is(reader, units, PARK_MAPPING) && park_reader_known(reader, units, NULL, 0, NAMES));
    ok &= scope == NULL || park_reader_choice(reader, scope, SCOPES, &which);
    if (csv == NULL && ok)
        PARK_TELL(reader, rows, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "rows need %s", "rows 须有 %s",
                  "csv: parks.csv");
    book->table = csv != NULL ? park_reader_table(reader, csv) : NULL;
    if (!ok || book->table == NULL || !find_columns(book, rows, &at))
        return;
    for (size_t row = 0; row < book->table->rows; row++)
        read_row(book, row, &at);
    for (size_t m = 0; m < book->members && scope != NULL && at.text[SCOPE] == SIZE_MAX; m++)
        book->member[m].large = which % 2 == 0;
}

/* --- what the whole table tells --- */

static double intake_of(const double *value)
{
    double sum = 0.0;
    for (size_t f = 0; f < PARK_REGION_REUSED; f++)
        sum += isnan(value[f]) ? 0.0 : value[f];
    return sum;
}

/* The region's plain sums in a year: intake, reuse. */
static void plain_sums(const park_region_book *book, size_t year, double *taken, double *reused)
{
    *taken = *reused = 0.0;
    for (size_t m = 0; m < book->members; m++) {
        const double *value = park_region_place(book, (int32_t)m, year, 0);
        *taken += intake_of(value);
        *reused += isnan(value[PARK_REGION_REUSED]) ? 0.0 : value[PARK_REGION_REUSED];
    }
}

static void tell_missing_year(park_region_book *book, size_t m)
{
    for (size_t y = 0; y < book->known; y++)
        if (book->cell[(m * book->known + y) * PARK_REGION_COLUMNS] == NULL) {
            const park_csv_cell *near_ = NULL;
            double               taken, reused, own = 0.0;
            for (size_t other = 0; other < book->known; other++) {
                near_ = near_ != NULL ? near_ : book->cell[(m * book->known + other) * PARK_REGION_COLUMNS];
                own   = fmax(own, intake_of(park_region_place(book, (int32_t)m, other, 0)));
            }
            plain_sums(book, y, &taken, &reused);
            TELL_CELL(
                book, near_, PARK_E0382, PARK_ERROR,
                "'%s' has no row for %d: without it the region's intake of %.2f 万m3 would lack up to %.2f",
                "“%s”缺少 %d 年的数据：区域当年取水量 %.2f 万m³ 将少计约 %.2f 万m³", book->member[m].id,
                (int)(book->region->base + (int32_t)y), taken / 1e4, own / 1e4);
        }
}

/* Middle of the other years' values of a column; NAN when there are none above 0. */
static double neighbours(const park_region_book *book, size_t m, size_t year, size_t column)
{
    double sum   = 0.0;
    int    count = 0;
    for (size_t y = 0; y < book->known; y++) {
        double value = *park_region_place(book, (int32_t)m, y, column);
        if (y != year && value > 0.0) {
            sum += log(value);
            count++;
        }
    }
    return count > 0 ? exp(sum / count) : NAN;
}

/* 10^k that a value is off its neighbours by, for k of 3 and more; 1 else. */
static double power_off(double value, double usual)
{
    double k = value > 0.0 && usual > 0.0 ? round(log10(value / usual)) : 0.0;
    return fabs(k) >= 3.0 ? pow(10.0, k) : 1.0;
}

static void tell_off(park_region_book *book, size_t m, size_t y, size_t column, double off)
{
    double *value = park_region_place(book, (int32_t)m, y, 0), kept = value[column], taken[2], reused[2];
    const park_csv_cell *cell = book->cell[(m * book->known + y) * PARK_REGION_COLUMNS + column];
    if (column == PARK_REGION_FLOWS) {
        TELL_CELL(
            book, cell, PARK_E0385, PARK_ERROR,
            "value_added of '%s' in %d is about 10^%d times that of its other years: is the unit right?",
            "“%s”%d 年的增加值约为其他年份的 10^%d 倍：单位是否有误？", book->member[m].id,
            (int)(book->region->base + (int32_t)y), (int)lround(log10(off)));
        return;
    }
    plain_sums(book, y, &taken[0], &reused[0]);
    value[column] = kept / off;
    plain_sums(book, y, &taken[1], &reused[1]);
    value[column] = kept;
    TELL_CELL(book, cell, PARK_E0385, PARK_ERROR,
              "%s of '%s' in %d is about 10^%d times that of its other years; as written the region takes "
              "%.2f 万m3 and "
              "reuses %.2f %%, else %.2f 万m3 and %.2f %%",
              "%s（“%s”，%d 年）约为其他年份的 10^%d 倍；按此填报，区域取水 %.2f 万m³、重复利用率 "
              "%.2f%%，更正后为 %.2f 万m³、%.2f%%",
              PARK_REGION_COLUMN_WORDS[column], book->member[m].id, (int)(book->region->base + (int32_t)y),
              (int)lround(log10(off)), taken[0] / 1e4, 100.0 * reused[0] / (taken[0] + reused[0]),
              taken[1] / 1e4, 100.0 * reused[1] / (taken[1] + reused[1]));
}

static void judge_member(park_region_book *book, size_t m)
{
    for (size_t y = 0; y < book->known; y++) {
        const double         *value = park_region_place(book, (int32_t)m, y, 0);
        const park_csv_cell **cells = book->cell + (m * book->known + y) * PARK_REGION_COLUMNS;
        if (cells[0] == NULL)
            continue;
        for (size_t c = 0; c < PARK_REGION_COLUMNS; c++) {
            double off = power_off(value[c], neighbours(book, m, y, c));
            if (off != 1.0 && (off > 1.0 || book->known > 2)) /* of two years, the larger is told */
                tell_off(book, m, y, c, off);
        }
        if (value[PARK_REGION_REUSED] > 0.0 && !(intake_of(value) > 0.0)) {
            double taken, reused;
            plain_sums(book, y, &taken, &reused);
            double with = reused / (taken + reused), without = (reused - value[PARK_REGION_REUSED]) /
                                                               (taken + reused - value[PARK_REGION_REUSED]);
            TELL_CELL(book, cells[PARK_REGION_REUSED], PARK_E0384, PARK_ERROR,
                      "'%s' reuses water in %d but takes none: its rate would be 100 %% and the region's "
                      "%.2f %% instead of "
                      "%.2f %%",
                      "“%s”%d 年有重复利用量而无取水量：其重复利用率将为 100%%，区域将为 %.2f%% 而非 %.2f%%",
                      book->member[m].id, (int)(book->region->base + (int32_t)y), 100.0 * with,
                      100.0 * without);
        }
    }
}

/* Two members with the same water in every year are one park under two names. */
static void tell_twins(park_region_book *book, size_t m)
{
    size_t width = book->known * PARK_REGION_COLUMNS;
    for (size_t other = 0; other < m; other++) {
        const double *a = park_region_place(book, (int32_t)other, 0, 0),
                     *b = park_region_place(book, (int32_t)m, 0, 0);
        if (memcmp(a, b, width * sizeof *a) != 0 || !(intake_of(a) > 0.0))
            continue;
        double taken, reused;
        plain_sums(book, 0, &taken, &reused);
        TELL_CELL(
            book, book->cell[m * width], PARK_W0388, PARK_WARNING,
            "'%s' has the same numbers as '%s' in every year: is one park there twice? Of the region's %.2f "
            "万m3 in %d, "
            "%.2f would be counted twice",
            "“%s”各年数据与“%s”完全相同：是否同一园区重复？区域 %.2f 万m³（%d 年）中有 %.2f 万m³ 会重复计算",
            book->member[m].id, book->member[other].id, taken / 1e4, (int)book->region->base,
            intake_of(b) / 1e4);
        return;
    }
}

void park_region_rows_judge(park_region_book *book)
{
    if (book->table == NULL || book->loader->reader.findings->errors > 0)
        return;
    for (size_t m = 0; m < book->members; m++) {
        if (book->member[m].remainder)
            continue;
        tell_missing_year(book, m);
        judge_member(book, m);
        tell_twins(book, m);
    }
}

/* --- products --- */

static int32_t making_of(park_region_book *book, int32_t member, int32_t product)
{
    park_arena *arena = book->loader->reader.arena;
    for (size_t i = 0; i < book->makings; i++)
        if (book->making[i].member == member && book->making[i].product == product)
            return (int32_t)i;
    if (!PARK_GROW(arena, book->making, book->makings, book->makings_cap)) {
        book->loader->reader.failed = true;
        return -1;
    }
    double *output = PARK_ARRAY(arena, book->region->years, double),
           *intake = PARK_ARRAY(arena, book->region->years, double);
    if (output == NULL || intake == NULL) {
        book->loader->reader.failed = true;
        return -1;
    }
    for (size_t y = 0; y < book->region->years; y++)
        output[y] = intake[y] = NAN;
    book->making[book->makings] =
        (park_region_making){.member = member, .product = product, .output = output, .intake = intake};
    return (int32_t)book->makings++;
}

void park_region_book_output(park_region_book *book, int32_t member, int32_t product, size_t year,
                             double output, double intake)
{
    int32_t i = making_of(book, member, product);
    if (i < 0)
        return;
    ((double *)(uintptr_t)book->making[i].output)[year] = output;
    ((double *)(uintptr_t)book->making[i].intake)[year] = intake;
}

static int32_t product_named(const park_region_book *book, const char *text)
{
    for (size_t p = 0; p < book->region->products; p++) {
        const park_region_product *product = &book->product[p];
        if (strcmp(product->id, text) == 0 ||
            (product->label.zh != NULL && strcmp(product->label.zh, text) == 0) ||
            (product->label.en != NULL && strcmp(product->label.en, text) == 0))
            return (int32_t)p;
    }
    return -1;
}

static void read_output(park_region_book *book, size_t row, const size_t at[5], double scale)
{
    const park_csv_cell *name = park_region_cell(book->table, row, at[0]),
                        *made = park_region_cell(book->table, row, at[2]);
    size_t  year              = year_of(book, park_region_cell(book->table, row, at[1]));
    int32_t m = park_region_member_find(book, name->text), p = product_named(book, made->text);
    if (m < 0)
        TELL_CELL(book, name, PARK_E0316, PARK_ERROR, "no row of the region is named '%s'",
                  "区域数据中没有“%s”", name->text);
    if (p < 0)
        TELL_CELL(book, made, PARK_E0316, PARK_ERROR, "`products` has no '%s'", "products 中没有“%s”",
                  made->text);
    if (m < 0 || p < 0 || year == SIZE_MAX)
        return;
    int32_t i = making_of(book, m, p);
    double  value[2];
    for (size_t k = 0; k < 2; k++) {
        const park_csv_cell *cell = park_region_cell(book->table, row, at[3 + k]);
        if (i < 0 || !park_region_said(cell) || !park_region_number(book, cell, &value[k]))
            return;
        if (value[k] < 0.0)
            TELL_CELL(book, cell, PARK_E0303, PARK_ERROR, "%s is %s; it must not be below 0",
                      "%s 为 %s；不得小于 0", k == 0 ? "output" : "intake", cell->text);
    }
    double *output = (double *)(uintptr_t)book->making[i].output,
           *intake = (double *)(uintptr_t)book->making[i].intake;
    if (!isnan(output[year]))
        TELL_CELL(book, name, PARK_E0383, PARK_ERROR, "'%s' has a second row for %s in %d",
                  "“%s”的%s在 %d 年有第二行", name->text, made->text,
                  (int)(book->region->base + (int32_t)year));
    output[year] = value[0] * book->product_scale[p];
    intake[year] = value[1] * scale;
}

static void tell_missing_output(park_region_book *book, const park_tree_node *outputs)
{
    for (size_t i = 0; i < book->makings; i++)
        for (size_t y = 0; y < book->known; y++)
            if (isnan(book->making[i].output[y]))
                PARK_TELL(&book->loader->reader, outputs, PARK_AT_KEY, PARK_E0382, PARK_ERROR,
                          "'%s' has no row for %s in %d", "“%s”缺少%s在 %d 年的数据",
                          book->member[book->making[i].member].id, book->product[book->making[i].product].id,
                          (int)(book->region->base + (int32_t)y));
}

void park_region_outputs(park_region_book *book, park_tree_node *outputs)
{
    static const char *const WORDS[] = {"csv", "columns", "unit", "sheet", "header", NULL};
    static const char *const PARTS[] = {"name", "year", "product", "output", "intake", NULL};
    park_reader             *reader  = &book->loader->reader;
    const park_tree_node    *csv = park_tree_get(outputs, "csv"), *names = park_tree_get(outputs, "columns"),
                         *unit = park_tree_get(outputs, "unit");
    double scale               = NAN;
    size_t at[5], before = reader->findings->errors;
    if (!park_reader_is(reader, outputs, PARK_MAPPING) ||
        !park_reader_known(reader, outputs, NULL, 0, WORDS) ||
        (names != NULL &&
         !(park_reader_is(reader, names, PARK_MAPPING) && park_reader_known(reader, names, NULL, 0, PARTS))))
        return;
    if (csv == NULL || scalar_text(unit) == NULL) {
        PARK_TELL(reader, outputs, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "outputs need %s", "outputs 须有 %s",
                  "{csv: products.csv, unit: 万m3/a}");
        return;
    }
    book->table = park_reader_table(reader, csv);
    if (book->table == NULL || !park_region_unit(book, unit, unit->text, false, &scale))
        return;
    for (int c = 0; c < 5; c++)
        at[c] = park_region_column(book, names, PARTS[c], true);
    for (size_t row = 0; reader->findings->errors == before && row < book->table->rows; row++)
        read_output(book, row, at, scale);
    if (reader->findings->errors == before)
        tell_missing_output(book, outputs);
}
