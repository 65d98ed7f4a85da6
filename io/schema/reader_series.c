/*
 * reader_series.c - series and patterns in all their forms: in place, by month, a pattern times a base, CSV.
 */
#include "schema/reader.h"

#include "series_csv.h"
#include "time_format.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum { VALUES_MOST = 200000 /* of one series in place */, CSV_BYTES_MOST = 1 << 28 };

static const char *const GAPS[] = {"error", "hold", "linear", NULL};

static int32_t add_pattern(park_reader *reader, park_pattern pattern)
{
    int32_t index = park_draft_pattern(reader->draft, pattern);
    reader->failed |= index < 0;
    return index;
}

/* Values of a list: quantities of the dimension, or plain numbers in the unit that stands beside the list. */
static bool read_values(park_reader *reader, const park_tree_node *list, const park_tree_node *unit,
                        park_dimension dimension, park_pattern *pattern)
{
    double                scale = 1.0, offset = 0.0;
    park_quantity_problem problem;
    if (!park_reader_is(reader, list, PARK_LIST) ||
        (unit != NULL && !park_reader_is(reader, unit, PARK_SCALAR)))
        return false;
    if (unit != NULL &&
        !park_unit_parse(unit->text, unit->length, dimension, &scale, &offset, NULL, &problem)) {
        park_finding *finding =
            park_quantity_finding(reader->findings, &problem, park_tree_path(reader->arena, unit));
        park_tree_place_in(reader->tree, unit, problem.offset, problem.length, reader->findings, finding);
        return false;
    }
    if (list->count == 0 || list->count > VALUES_MOST) {
        PARK_TELL(reader, list, PARK_AT_VALUE, PARK_E0310, PARK_ERROR,
                  "the list has %zu values; a series in place has 1 to %d",
                  "列表有 %zu 个值；就地书写的序列应有 1 到 %d 个", list->count, VALUES_MOST);
        return false;
    }
    pattern->value = PARK_ARRAY(reader->arena, list->count, double);
    if (pattern->value == NULL) {
        reader->failed = true;
        return false;
    }
    for (size_t i = 0; i < list->count; i++) {
        if (!park_reader_quantity(reader, list->items[i], unit != NULL ? PARK_DIM_NUMBER : dimension,
                                  &pattern->value[i]))
            return false;
        pattern->value[i] = pattern->value[i] * scale + offset;
    }
    pattern->count = list->count;
    return true;
}

/* A unit that is the due one times a time ("mm" where a depth rate is due): each row's value is spread over its
 * own interval. */
static bool per_row_unit(const park_tree_node *unit, park_dimension dimension, park_dimension *per_row)
{
    if (unit == NULL || unit->form != PARK_SCALAR)
        return false;
    park_quantity_problem ignored;
    double                scale, offset;
    park_dimension        larger = dimension == PARK_DIM_DEPTH_RATE  ? PARK_DIM_LENGTH
                                   : dimension == PARK_DIM_FLOW      ? PARK_DIM_VOLUME
                                   : dimension == PARK_DIM_MASS_FLOW ? PARK_DIM_MASS
                                                                     : PARK_DIM_COUNT;
    if (larger == PARK_DIM_COUNT ||
        park_unit_parse(unit->text, unit->length, dimension, &scale, &offset, NULL, &ignored) ||
        !park_unit_parse(unit->text, unit->length, larger, &scale, &offset, NULL, &ignored))
        return false;
    *per_row = larger;
    return true;
}

static void spread_over_rows(park_pattern *pattern)
{
    for (size_t i = 0; i < pattern->count; i++) {
        size_t at    = i + 1 < pattern->count ? i : i - (i > 0);
        double every = pattern->count > 1 ? (double)(pattern->time[at + 1] - pattern->time[at]) : 86400.0;
        pattern->value[i] /= every;
    }
}

static bool read_unit(park_reader *reader, const park_tree_node *unit, park_dimension dimension,
                      park_series_wish *wish)
{
    park_quantity_problem problem;
    if (unit == NULL) {
        if (dimension == PARK_DIM_NUMBER || dimension == PARK_DIM_SHARE)
            return true;
        return false;
    }
    if (!park_reader_is(reader, unit, PARK_SCALAR))
        return false;
    if (park_unit_parse(unit->text, unit->length, dimension, &wish->scale, &wish->offset, NULL, &problem))
        return true;
    park_finding *finding =
        park_quantity_finding(reader->findings, &problem, park_tree_path(reader->arena, unit));
    park_tree_place_in(reader->tree, unit, problem.offset, problem.length, reader->findings, finding);
    return false;
}

/* A file named in an included file is named from the scenario's own folder in the expanded scenario. */
static void rename_from_main(park_reader *reader, const park_tree_node *node, const char *path)
{
    const char     *main_file = reader->tree->files[0].name, *slash = strrchr(main_file, '/');
    size_t          folder = slash != NULL ? (size_t)(slash - main_file) + 1 : 0;
    const char     *name   = strncmp(path, main_file, folder) == 0 ? path + folder : path;
    park_tree_node *named  = park_tree_scalar(reader->tree, name, true, &node->mark);
    if (named == NULL ||
        park_tree_put(reader->tree, node->parent, park_tree_key(node), &node->key->mark, named) == NULL)
        reader->failed = true;
}

/* `sheet:` and `header:` beside the file's name. */
static bool read_wish(park_reader *reader, const park_tree_node *beside, park_table_wish *wish)
{
    const park_tree_node *sheet = park_tree_get(beside, "sheet"), *header = park_tree_get(beside, "header");
    int32_t               row = 0;
    if (sheet != NULL && !park_reader_text(reader, sheet, &wish->sheet))
        return false;
    if (header == NULL)
        return true;
    if (!park_reader_count(reader, header, &row))
        return false;
    if (row < 1) {
        PARK_TELL(reader, header, PARK_AT_VALUE, PARK_E0303, PARK_ERROR, "header is %d; rows count from 1",
                  "header 写作 %d；行号从 1 起", (int)row);
        return false;
    }
    wish->header = (uint32_t)row;
    return true;
}

park_status park_reader_resolve(park_reader *reader, const park_tree_node *node, const char *name,
                                const char **path)
{
    park_error  err  = {0};
    int32_t     from = node->mark.file >= 0 ? node->mark.file : 0;
    const char *in   = reader->tree->file_count > 0 ? reader->tree->files[from].name : "";
    return park_file_resolve(reader->arena, in, name, &reader->rule, path, &err);
}

bool park_reader_opened(park_reader *reader, const park_tree_node *node, park_status status)
{
    reader->failed |= status == PARK_E_MEMORY;
    if (status == PARK_E_FILE)
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0121, PARK_ERROR,
                  "the file '%s' cannot be read; its path counts from the folder of the file that names it",
                  "文件“%s”无法读取；路径从写有它的文件所在文件夹算起", node->text);
    else if (status == PARK_E_RANGE)
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0122, PARK_ERROR,
                  "the file '%s' lies outside the folder of this one (allow it with --allow-path) or is too "
                  "large",
                  "文件“%s”在本文件所在文件夹之外（可用 --allow-path 允许）或过大", node->text);
    return status == PARK_OK;
}

const park_csv_table *park_reader_table(park_reader *reader, const park_tree_node *node)
{
    park_error      err  = {0};
    park_table_wish wish = {0};
    const char     *path = NULL;
    int32_t         from = node->mark.file >= 0 ? node->mark.file : 0;
    park_csv_table *read = NULL;
    if (!park_reader_is(reader, node, PARK_SCALAR) || !read_wish(reader, node->parent, &wish))
        return NULL;
    park_status status = park_reader_resolve(reader, node, node->text, &path);
    if (status == PARK_OK)
        status = park_table_read(reader->arena, path, &wish, CSV_BYTES_MOST, reader->findings, &read, &err);
    if (status == PARK_OK) {
        park_reader_file(reader, path);
        if (from > 0)
            rename_from_main(reader, node, path);
    }
    return park_reader_opened(reader, node, status) ? read : NULL;
}

bool park_reader_table_words(park_reader *reader, const park_tree_node *node, park_series_wish *wish)
{
    const park_tree_node *missing = park_tree_get(node, "missing"), *times = park_tree_get(node, "times");
    park_text_list        marks = {0};
    if (missing != NULL && !park_reader_texts(reader, missing, &marks))
        return false;
    wish->missing  = marks.item;
    wish->missings = marks.count;
    if (times == NULL)
        return true;
    if (!park_reader_text(reader, times, &wish->times))
        return false;
    if (park_time_format_valid(wish->times))
        return true;
    PARK_TELL(reader, times, PARK_AT_VALUE, PARK_E0309, PARK_ERROR,
              "'%s' is no form of times; it names each of YYYY, M or MM, D or DD and may name H, m, s",
              "“%s”不是时间格式；须含 YYYY、M 或 MM、D 或 DD，可含 H、m、s", wish->times);
    return false;
}

/* {csv: rain.csv, column: mm, unit: mm, time: .., gaps: hold|linear, sheet: .., header: 3, missing: [..], times: ..} */
static int32_t read_csv(park_reader *reader, park_tree_node *node, const char *id, park_dimension dimension)
{
    static const char *const WORDS[] = {"csv",   "column", "unit",    "time",  "gaps",
                                        "sheet", "header", "missing", "times", NULL};
    const park_tree_node    *unit = park_tree_get(node, "unit"), *column = park_tree_get(node, "column");
    const park_tree_node    *time = park_tree_get(node, "time"), *gaps = park_tree_get(node, "gaps");
    park_series_wish         wish     = park_series_wish_default();
    int32_t                  gap_rule = 0;
    park_dimension           read_as  = dimension;
    bool                     spread   = per_row_unit(unit, dimension, &read_as);
    bool                     ok       = park_reader_known(reader, node, NULL, 0, WORDS);
    ok &= gaps == NULL || park_reader_choice(reader, gaps, GAPS, &gap_rule);
    ok &= column == NULL || park_reader_text(reader, column, &wish.column);
    ok &= time == NULL || park_reader_text(reader, time, &wish.time);
    ok &= park_reader_table_words(reader, node, &wish);
    if (!read_unit(reader, unit, read_as, &wish)) {
        if (unit == NULL)
            PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0205, PARK_ERROR,
                      "the CSV series needs a unit, such as `unit: %s`", "CSV 序列须写单位，例如 unit: %s",
                      park_dimension_examples(dimension));
        ok = false;
    }
    wish.gaps                   = (park_gaps)gap_rule;
    const park_csv_table *table = park_reader_table(reader, park_tree_get(node, "csv"));
    if (!ok || table == NULL)
        return -1;
    return park_reader_column(reader, table, &wish, id, spread);
}

int32_t park_reader_column(park_reader *reader, const park_csv_table *table, const park_series_wish *wish,
                           const char *id, bool per_row)
{
    park_error        err    = {0};
    park_series_table series = {0};
    park_status status = park_series_from_csv(reader->arena, table, wish, reader->findings, &series, &err);
    reader->failed |= status == PARK_E_MEMORY;
    if (status != PARK_OK)
        return -1;
    park_pattern pattern = {.id     = id,
                            .kind   = PARK_PATTERN_SERIES,
                            .count  = series.count,
                            .time   = series.time,
                            .value  = series.value,
                            .linear = false};
    if (per_row)
        spread_over_rows(&pattern);
    return add_pattern(reader, pattern);
}

static int32_t read_monthly(park_reader *reader, park_tree_node *node, const char *id,
                            park_dimension dimension)
{
    park_pattern          pattern = {.id = id, .kind = PARK_PATTERN_MONTHLY};
    const park_tree_node *list    = park_tree_get(node, "monthly");
    if (!park_reader_known(reader, node, NULL, 0, (const char *const[]){"monthly", "unit", NULL}) ||
        !read_values(reader, list, park_tree_get(node, "unit"), dimension, &pattern))
        return -1;
    if (pattern.count != 12) {
        PARK_TELL(reader, list, PARK_AT_VALUE, PARK_E0310, PARK_ERROR,
                  "monthly has %zu values; a year has 12 months", "monthly 有 %zu 个值；一年有 12 个月",
                  pattern.count);
        return -1;
    }
    return add_pattern(reader, pattern);
}

static int32_t read_cycle(park_reader *reader, park_tree_node *node, const char *id, park_dimension dimension)
{
    park_pattern          pattern = {.id = id, .kind = PARK_PATTERN_CYCLE};
    const park_tree_node *every = park_tree_get(node, "every"), *list = park_tree_get(node, "values");
    if (list == NULL)
        list = park_tree_get(node, "factors");
    if (!park_reader_known(reader, node, NULL, 0,
                           (const char *const[]){"every", "values", "factors", "unit", NULL}))
        return -1;
    if (every == NULL || list == NULL) {
        PARK_TELL(
            reader, node, PARK_AT_VALUE, PARK_E0302, PARK_ERROR,
            "a series is {every: 1h, values: [..]}, {monthly: [..]}, {base: .., pattern: ..} or {csv: ..}",
            "时间序列写作 {every: 1h, values: [..]}、{monthly: [..]}、{base: .., pattern: ..} 或 {csv: ..}");
        return -1;
    }
    if (!park_reader_quantity(reader, every, PARK_DIM_TIME, &pattern.every) ||
        !read_values(reader, list, park_tree_get(node, "unit"), dimension, &pattern))
        return -1;
    if (!(pattern.every >= 1.0)) {
        PARK_TELL(reader, every, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                  "every is '%s'; it must be at least 1 s", "every 写作“%s”；应不小于 1 s", every->text);
        return -1;
    }
    return add_pattern(reader, pattern);
}

int32_t park_reader_pattern(park_reader *reader, park_tree_node *node, const char *id,
                            park_dimension dimension)
{
    if (!park_reader_is(reader, node, PARK_MAPPING) || reader->draft == NULL)
        return -1;
    if (park_tree_get(node, "csv") != NULL)
        return read_csv(reader, node, id, dimension);
    if (park_tree_get(node, "monthly") != NULL)
        return read_monthly(reader, node, id, dimension);
    return read_cycle(reader, node, id, dimension);
}

static int32_t find_pattern(park_reader *reader, const park_tree_node *node)
{
    const park_draft *draft = reader->draft;
    if (!park_reader_is(reader, node, PARK_SCALAR))
        return -1;
    const char **ids   = PARK_ARRAY(reader->arena, draft->patterns + 1, const char *);
    size_t       count = 0;
    if (ids == NULL) {
        reader->failed = true;
        return -1;
    }
    for (size_t i = 0; i < draft->patterns; i++) {
        if (draft->pattern[i].id == NULL)
            continue;
        if (strcmp(draft->pattern[i].id, node->text) == 0)
            return (int32_t)i;
        ids[count++] = draft->pattern[i].id;
    }
    const char *near_ = park_nearest(node->text, ids, count);
    park_reader_tell_near(reader, node, PARK_AT_VALUE, PARK_E0315, near_, "unknown pattern '%s'",
                          "未知的曲线“%s”", node->text);
    return -1;
}

bool park_reader_series(park_reader *reader, park_tree_node *node, park_dimension dimension,
                        park_series *value)
{
    park_series got = {1.0, -1};
    if (node->form == PARK_SCALAR) {
        if (!park_reader_quantity(reader, node, dimension, &got.base))
            return false;
        park_reader_assume(reader, node);
        *value = got;
        return true;
    }
    if (!park_reader_is(reader, node, PARK_MAPPING) || reader->draft == NULL)
        return false;
    park_tree_node *base = park_tree_get(node, "base"), *pattern = park_tree_get(node, "pattern");
    if (base == NULL && pattern == NULL) {
        got.pattern = park_reader_pattern(reader, node, NULL, dimension);
        *value      = got;
        return got.pattern >= 0;
    }
    bool ok = park_reader_known(reader, node, NULL, 0, (const char *const[]){"base", "pattern", NULL});
    if (base == NULL || pattern == NULL) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0302, PARK_ERROR,
                  "a patterned series has both: {base: .., pattern: ..}",
                  "按曲线变化的序列须同时写出：{base: .., pattern: ..}");
        return false;
    }
    ok &= park_reader_quantity(reader, base, dimension, &got.base);
    got.pattern = pattern->form == PARK_MAPPING ? park_reader_pattern(reader, pattern, NULL, PARK_DIM_NUMBER)
                                                : find_pattern(reader, pattern);
    if (!ok || got.pattern < 0)
        return false;
    park_reader_assume(reader, base);
    *value = got;
    return true;
}
