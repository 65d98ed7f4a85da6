/* mapping_series.c - readings in time: a column a meter (wide), or a row a reading with the meter's id in it (long). */
#include "import/mapping_parts.h"

#include "base/calendar.h"

#include <stdlib.h>
#include <string.h>

enum { TOLD = 5 /* findings of one kind */ };

typedef struct reading {
    int64_t              time;
    int32_t              meter;
    const park_csv_cell *cell;
} reading;

typedef struct meter {
    const char *id, *unit;
    size_t      column; /* of the table, where it is wide */
} meter;

typedef struct readings {
    park_mapped *mapped;
    size_t       count, capacity, meters, meters_cap;
    reading     *item;
    meter       *meter;
    size_t       bad_times, bad_values, twice;
} readings;

static bool add_meter(readings *r, const char *id, const char *unit, size_t column)
{
    park_arena *arena = r->mapped->reader->arena;
    if (!PARK_GROW(arena, r->meter, r->meters, r->meters_cap)) {
        r->mapped->reader->failed = true;
        return false;
    }
    r->meter[r->meters++] = (meter){id, unit, column};
    return true;
}

/* The moment of a row; false when told. */
static bool time_of(readings *r, const park_csv_cell *cell, int64_t *time)
{
    bool        date;
    park_status status = park_series_time(r->mapped->table, &r->mapped->wish, cell, time, &date);
    if (status == PARK_OK)
        return true;
    if (r->bad_times++ < TOLD)
        PARK_TELL_CELL(r->mapped, cell, PARK_E0222, "'%s' is not a time; write %s", "“%s”不是时间；请写成 %s",
                       cell->text,
                       r->mapped->wish.times != NULL ? r->mapped->wish.times
                                                     : "2025-01-31, 2025-01-31T14:00");
    return false;
}

static void add_reading(readings *r, int64_t time, int32_t of, const park_csv_cell *cell)
{
    double                value;
    park_quantity_problem problem;
    park_reader          *reader = r->mapped->reader;
    if (park_series_missing(&r->mapped->wish, cell->text))
        return;
    if (!park_number_parse(cell->text, cell->length, &value, &problem)) {
        if (r->bad_values++ < TOLD)
            park_csv_place(r->mapped->table, cell, reader->findings,
                           park_quantity_finding(reader->findings, &problem, NULL));
        return;
    }
    if (!PARK_GROW(reader->arena, r->item, r->count, r->capacity)) {
        reader->failed = true;
        return;
    }
    r->item[r->count++] = (reading){time, of, cell};
}

/* --- wide: columns: {HEADING: {is: ID, unit: U}} --- */

static bool read_columns(readings *r, const park_tree_node *columns)
{
    static const char *const WORDS[] = {"is", "unit", NULL};
    park_mapped             *m       = r->mapped;
    bool                     ok      = park_reader_is(m->reader, columns, PARK_MAPPING);
    for (size_t i = 0; ok && i < columns->count; i++) {
        park_tree_node       *c = columns->items[i], heading = {.form = PARK_SCALAR, .mark = c->key->mark};
        const park_tree_node *unit, *is;
        heading.text   = park_tree_key(c);
        heading.length = strlen(heading.text);
        if (!park_reader_is(m->reader, c, PARK_MAPPING) || !park_reader_known(m->reader, c, NULL, 0, WORDS))
            return false;
        unit = park_tree_get(c, "unit");
        is   = park_tree_get(c, "is");
        if (unit == NULL || is == NULL) {
            PARK_TELL(m->reader, c, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                      "column '%s' says what it is and its unit: {is: M101, unit: m3/h}",
                      "列“%s”须写明对应标识与单位：{is: M101, unit: m3/h}", heading.text);
            return false;
        }
        size_t column = park_mapped_column(m, &heading);
        ok = park_mapped_unit(m, unit) && park_reader_is(m->reader, is, PARK_SCALAR) && column != SIZE_MAX &&
             add_meter(r, is->text, unit->text, column);
    }
    return ok;
}

static void read_wide(readings *r, size_t time_column)
{
    const park_csv_table *t = r->mapped->table;
    for (size_t row = 0; row < t->rows; row++) {
        int64_t              time;
        const park_csv_cell *cell = &t->cells[row * t->columns];
        if (time_of(r, &cell[time_column], &time))
            for (size_t i = 0; i < r->meters; i++)
                add_reading(r, time, (int32_t)i, &cell[r->meter[i].column]);
    }
}

/* --- long: ids: COLUMN, value: {column: C, unit: U} --- */

static int32_t meter_of(readings *r, const park_csv_cell *cell, const char *unit)
{
    const char *id = park_mapped_id(r->mapped, cell);
    if (id == NULL)
        return PARK_NONE;
    for (size_t i = 0; i < r->meters; i++)
        if (strcmp(r->meter[i].id, id) == 0)
            return (int32_t)i;
    return add_meter(r, id, unit, SIZE_MAX) ? (int32_t)r->meters - 1 : PARK_NONE;
}

static bool read_long(readings *r, size_t time_column)
{
    static const char *const WORDS[] = {"column", "unit", NULL};
    park_mapped             *m       = r->mapped;
    const park_tree_node    *ids = park_tree_get(m->node, "ids"), *value = park_tree_get(m->node, "value");
    if (ids == NULL || value == NULL || value->form != PARK_MAPPING ||
        park_tree_get(value, "column") == NULL || park_tree_get(value, "unit") == NULL) {
        PARK_TELL(m->reader, m->node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "a series says its columns: `columns: {HEADING: {is: ID, unit: U}}`, or `ids: COLUMN` and "
                  "`value: "
                  "{column: C, unit: U}`",
                  "须写明各列：columns: {列名: {is: 标识, unit: 单位}}，或 ids: 列名 与 value: {column: "
                  "列名, unit: 单位}");
        return false;
    }
    size_t id_column           = park_mapped_column(m, ids),
           column              = park_mapped_column(m, park_tree_get(value, "column"));
    const park_tree_node *unit = park_tree_get(value, "unit");
    if (!park_reader_known(m->reader, value, NULL, 0, WORDS) || !park_mapped_unit(m, unit) ||
        id_column == SIZE_MAX || column == SIZE_MAX)
        return false;
    const park_csv_table *t = m->table;
    for (size_t row = 0; row < t->rows; row++) {
        int64_t              time;
        const park_csv_cell *cell = &t->cells[row * t->columns];
        if (cell[id_column].length == 0) {
            PARK_TELL_CELL(m, &cell[id_column], PARK_E0224, "row %u says no id", "第 %u 行没有标识",
                           (unsigned)cell->line);
            continue;
        }
        int32_t of = meter_of(r, &cell[id_column], unit->text);
        if (of != PARK_NONE && time_of(r, &cell[time_column], &time))
            add_reading(r, time, of, &cell[column]);
    }
    return true;
}

/* --- the tidy file --- */

static int by_time(const void *a, const void *b)
{
    const reading *x = a, *y = b;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    if (x->meter != y->meter)
        return x->meter < y->meter ? -1 : 1;
    return x->cell->line < y->cell->line ? -1 : x->cell->line > y->cell->line;
}

static void tell_twice(readings *r)
{
    for (size_t i = 1; i < r->count; i++) {
        const reading *a = &r->item[i - 1], *b = &r->item[i];
        if (a->time == b->time && a->meter == b->meter && r->twice++ < TOLD)
            PARK_TELL_CELL(r->mapped, b->cell, PARK_E0223,
                           "a second value of '%s' at one time; the first stands in row %u",
                           "“%s”同一时间有第二个值；第一个在第 %u 行", r->meter[b->meter].id,
                           (unsigned)a->cell->line);
    }
}

static bool write_tidy(readings *r, park_mapped_file *file)
{
    park_text out;
    char      iso[PARK_ISO_SIZE];
    park_text_init(&out, r->mapped->reader->arena);
    park_text_add(&out, "\xEF\xBB\xBFtime");
    for (size_t i = 0; i < r->meters; i++)
        park_text_printf(&out, ",%s (%s)", r->meter[i].id, r->meter[i].unit);
    for (size_t i = 0; i < r->count;) {
        int64_t time = r->item[i].time;
        park_text_printf(&out, "\r\n%s", park_iso_format(time, r->mapped->wish.zone, iso));
        for (size_t m = 0; m < r->meters; m++) {
            bool here = i < r->count && r->item[i].time == time && r->item[i].meter == (int32_t)m;
            park_text_printf(&out, ",%s", here ? r->item[i].cell->text : "");
            i += here;
        }
        file->rows++;
    }
    park_text_add(&out, "\r\n");
    file->bytes   = park_text_done(&out);
    file->length  = out.length;
    file->columns = r->meters;
    r->mapped->reader->failed |= file->bytes == NULL;
    return file->bytes != NULL;
}

bool park_mapped_series(park_mapped *m, park_mapped_file *file)
{
    static const char *const WORDS[] = {"sheet",   "header", "time",  "times", "missing",
                                        "columns", "ids",    "value", "names", NULL};
    readings                 r       = {.mapped = m};
    const park_tree_node *time = park_tree_get(m->node, "time"), *columns = park_tree_get(m->node, "columns");
    size_t                before = m->reader->findings->errors;
    size_t                at     = time != NULL ? park_mapped_column(m, time) : 0;
    if (!park_reader_known(m->reader, m->node, NULL, 0, WORDS) || at == SIZE_MAX)
        return false;
    if (columns != NULL ? !read_columns(&r, columns) : !read_long(&r, at))
        return false;
    if (columns != NULL)
        read_wide(&r, at);
    if (r.count > 1)
        qsort(r.item, r.count, sizeof *r.item, by_time);
    tell_twice(&r);
    return m->reader->findings->errors == before && !m->reader->failed && write_tidy(&r, file);
}
