/*
 * region_rows.c - a region's tables, cell by cell.
 *
 * Stages: which column is which; each row to its member and year. What only the whole table can tell is region_judge's.
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

const char *park_region_text(const park_tree_node *node)
{
    return node != NULL && node->form == PARK_SCALAR ? node->text : NULL;
}

size_t park_region_column(park_region_book *book, const park_tree_node *names, const char *word, bool needed)
{
    park_findings *findings = book->loader->reader.findings;
    const char    *name     = park_region_text(park_tree_get(names, word));
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
        const char           *text  = park_region_text(own != NULL ? own : money ? NULL : unit);
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

size_t park_region_year_of(park_region_book *book, const park_csv_cell *cell)
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
    for (size_t f = 0; f < PARK_REGION_REUSED; f++)
        taken += isnan(value[f]) ? 0.0 : value[f];
    double own = value[PARK_REGION_REUSED] / (taken + value[PARK_REGION_REUSED]);
    if (told > 1.0 || told < 0.0) {
        TELL_CELL(book, cell, PARK_E0384, PARK_ERROR,
                  "the reuse rate is %s: Vr / (Vi + Vr) cannot exceed 100 %%; the row's volumes give %.2f "
                  "%%, and a mean of "
                  "rates with it would show more reuse than there is water",
                  "重复利用率为 %s：Vr/(Vi+Vr) 不可能超过 100%%；按该行水量为 "
                  "%.2f%%，若用它求平均，得到的重复利用会多于实际水量",
                  cell->text, 100.0 * own);
        return;
    }
    if (fabs(own - told) > 0.005)
        TELL_CELL(book, cell, PARK_W0387, PARK_WARNING,
                  "the row's reuse rate is %.2f %% but its volumes give %.2f %%; volumes are what counts",
                  "该行填报重复利用率 %.2f%%，按水量计算为 %.2f%%；以水量为准", 100.0 * told, 100.0 * own);
}

/* What is not there is not 0. */
static void tell_empty(park_region_book *book, const park_csv_cell *cell, size_t column, const char *name)
{
    if (column == PARK_REGION_REUSED)
        TELL_CELL(book, cell, PARK_E0224, PARK_ERROR,
                  "%s of '%s' is missing: counted as 0 it would make the region's reuse rate too low",
                  "缺少 %s（“%s”）：按 0 计算会使区域重复利用率偏低", PARK_REGION_COLUMN_WORDS[column], name);
    else
        TELL_CELL(
            book, cell, PARK_E0224, PARK_ERROR,
            "%s of '%s' is missing: counted as 0 it would make the region's intake per value added too high",
            "缺少 %s（“%s”）：按 0 计算会使区域万元增加值用水量偏高", PARK_REGION_COLUMN_WORDS[column], name);
}

static void read_row(park_region_book *book, size_t row, const columns *at)
{
    const park_csv_cell *name = park_region_cell(book->table, row, at->text[NAME]);
    if (!park_region_said(name)) {
        TELL_CELL(book, name, PARK_E0307, PARK_ERROR, "the row says no %s", "该行缺少%s", "name 名称");
        return;
    }
    size_t year = park_region_year_of(book, park_region_cell(book->table, row, at->text[YEAR_OF]));
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
                  "'%s' has a second row for %d (the first is in line %u): its water would be counted twice, "
                  "%.2f 万m3 of "
                  "intake too much",
                  "“%s”在 %d 年有第二行（第一行在第 %u 行）：水量会重复计算，取水量多计 %.2f 万m³",
                  name->text, (int)(book->region->base + (int32_t)year), (unsigned)cells[0]->line,
                  park_region_intake_of(value) / 1e4);
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
            tell_empty(book, cell, c, name->text);
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

double park_region_intake_of(const double *value)
{
    double sum = 0.0;
    for (size_t f = 0; f < PARK_REGION_REUSED; f++)
        sum += isnan(value[f]) ? 0.0 : value[f];
    return sum;
}
