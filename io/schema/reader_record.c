/*
 * reader_record.c - a mapping by its field tables: known words, kinds of value, ranges, defaults, catalogue values.
 */
#include "schema/reader.h"

#include "units/kind.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_MOST = 160 /* words of one record, all tables together */ };

static void *place_of(void *record, const park_field *field)
{
    return (char *)record + field->offset;
}

/* --- words --- */

static bool has_word(const park_part *parts, size_t count, const char *key)
{
    for (size_t p = 0; p < count; p++)
        for (const park_field *field = parts[p].fields; field != NULL && field->word != NULL; field++)
            if (strcmp(field->word, key) == 0)
                return true;
    return false;
}

static bool in_list(const char *const *list, const char *key)
{
    for (; list != NULL && *list != NULL; list++)
        if (strcmp(*list, key) == 0)
            return true;
    return false;
}

static void tell_unknown(park_reader *reader, const park_tree_node *value, const park_part *parts,
                         size_t count, const char *const *extra)
{
    const char *words[WORDS_MOST];
    size_t      n = 0;
    for (size_t p = 0; p < count; p++)
        for (const park_field *field = parts[p].fields;
             field != NULL && field->word != NULL && n < WORDS_MOST; field++)
            words[n++] = field->word;
    for (; extra != NULL && *extra != NULL && n < WORDS_MOST; extra++)
        words[n++] = *extra;
    const char *key = park_tree_key(value), *near_ = park_nearest(key, words, n);
    const char *where = value->parent != NULL ? park_tree_path(reader->arena, value->parent) : "";
    const char *in_en = "", *in_zh = "";
    if (where != NULL && where[0] != '\0') {
        in_en = park_arena_printf(reader->arena, " in %s", where);
        in_zh = park_arena_printf(reader->arena, "（位于 %s）", where);
    }
    if (near_ != NULL)
        park_reader_tell(
            reader, value, PARK_AT_KEY, PARK_E0312, PARK_ERROR,
            park_arena_printf(reader->arena, "unknown key '%s'%s; did you mean '%s'?", key, in_en, near_),
            park_arena_printf(reader->arena, "未知的键“%s”%s；是否为“%s”？", key, in_zh, near_));
    else {
        park_text list;
        park_text_init(&list, reader->arena);
        for (size_t i = 0; i < n; i++)
            park_text_printf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
        const char *all = park_text_done(&list);
        all             = all != NULL ? all : "";
        park_reader_tell(
            reader, value, PARK_AT_KEY, PARK_E0312, PARK_ERROR,
            park_arena_printf(reader->arena, "unknown key '%s'%s; known are: %s", key, in_en, all),
            park_arena_printf(reader->arena, "未知的键“%s”%s；可用的键：%s", key, in_zh, all));
    }
}

bool park_reader_known(park_reader *reader, const park_tree_node *node, const park_part *parts, size_t count,
                       const char *const *extra)
{
    bool ok = true;
    for (size_t i = 0; i < node->count; i++) {
        const char *key = park_tree_key(node->items[i]);
        if (park_reader_is_note(key) || has_word(parts, count, key) || in_list(extra, key))
            continue;
        tell_unknown(reader, node->items[i], parts, count, extra);
        if (node->parent ==
            NULL) /* a section under a wrong name: what stands in it is not known, yet there */
            reader->section_lost = true;
        ok = false;
    }
    return ok;
}

/* --- ranges --- */

/* The unit as the user wrote it, so that the bound is told in it; NULL when it is told in the shown unit. */
static const char *written_unit(const park_tree_node *node)
{
    const char *text   = node->form == PARK_SCALAR ? node->text : "";
    size_t      number = strspn(text, "+-0123456789.eE");
    number += strspn(text + number, " ");
    return text[number] != '\0' ? text + number : NULL;
}

static void bound_text(double bound, const park_field *field, const char *unit, bool zh, char *buffer,
                       size_t size)
{
    if (field->dim == PARK_DIM_NUMBER ||
        park_quantity_format(bound, field->dim, unit, 10, zh, buffer, size) < 0)
        if (park_quantity_format(bound, field->dim, NULL, 10, zh, buffer, size) < 0)
            snprintf(buffer, size, "%.10g", bound);
}

bool park_reader_in_range(park_reader *reader, const park_tree_node *node, const park_field *field,
                          double value)
{
    bool low  = field->lo_open ? value <= field->lo : value < field->lo;
    bool high = field->hi_open ? value >= field->hi : value > field->hi;
    if (!low && !high)
        return true;
    char        lo[80], hi[80];
    char        least[80];
    const char *unit = written_unit(node), *text = node->text;
    if (node->form != PARK_SCALAR) { /* a base times its pattern, a list: the value that breaks the range */
        bound_text(value, field, unit, false, least, sizeof least);
        text = least;
    }
    bound_text(field->lo, field, unit, false, lo, sizeof lo);
    bound_text(field->hi, field, unit, false, hi, sizeof hi);
    park_arena *arena = reader->arena;
    const char *en = NULL, *zh = NULL;
    if (isfinite(field->lo) && isfinite(field->hi)) {
        en = park_arena_printf(arena, "%s is %s; it must lie in %c%s, %s%c", field->word, text,
                               field->lo_open ? '(' : '[', lo, hi, field->hi_open ? ')' : ']');
        zh = park_arena_printf(arena, "%s（%s）为 %s；应在 %c%s, %s%c 之内", field->word,
                               field->zh != NULL ? field->zh : "", text, field->lo_open ? '(' : '[', lo, hi,
                               field->hi_open ? ')' : ']');
    } else {
        const char *relation = low              ? (field->lo_open ? "above" : "at least")
                               : field->hi_open ? "below"
                                                : "at most";
        const char *sign = low ? (field->lo_open ? "大于" : "不小于") : field->hi_open ? "小于" : "不大于";
        en               = park_arena_printf(arena, "%s is %s; it must be %s %s", field->word, text, relation,
                               low ? lo : hi);
        zh               = park_arena_printf(arena, "%s（%s）为 %s；应%s %s", field->word,
                               field->zh != NULL ? field->zh : "", text, sign, low ? lo : hi);
    }
    park_reader_tell(reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR, en, zh);
    return false;
}

/* --- values by shape --- */

static bool read_number(park_reader *reader, park_tree_node *node, const park_field *field, double *value)
{
    double got;
    if (!park_reader_quantity(reader, node, field->dim, &got) ||
        !park_reader_in_range(reader, node, field, got))
        return false;
    *value = got;
    park_reader_assume(reader, node);
    return true;
}

static bool read_series(park_reader *reader, park_tree_node *node, const park_field *field,
                        park_series *value)
{
    park_series got;
    if (!park_reader_series(reader, node, field->dim, &got))
        return false;
    if (got.pattern < 0 || node->form == PARK_SCALAR) {
        if (!park_reader_in_range(reader, node, field, got.base))
            return false;
    } else if (reader->draft != NULL) {
        const park_pattern *pattern = &reader->draft->pattern[got.pattern];
        for (size_t i = 0; i < pattern->count; i++)
            if (!park_reader_in_range(reader, node, field, got.base * pattern->value[i]))
                return false;
    }
    *value = got;
    return true;
}

bool park_reader_range(park_reader *reader, park_tree_node *node, park_dimension dimension, bool exact,
                       park_range *value)
{
    if (node->form == PARK_SCALAR) {
        double got;
        if (!park_reader_quantity(reader, node, dimension, &got))
            return false;
        *value = (park_range){exact ? got : 0.0, got, NAN};
        park_reader_assume(reader, node);
        return true;
    }
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return false;
    park_range       got     = {NAN, NAN, NAN};
    const park_field words[] = {
        {.word   = "min",
         .dim    = dimension,
         .offset = offsetof(park_range, min),
         .lo     = -INFINITY,
         .hi     = INFINITY},
        {.word   = "max",
         .dim    = dimension,
         .offset = offsetof(park_range, max),
         .lo     = -INFINITY,
         .hi     = INFINITY},
        {.word = "step", .dim = dimension, .offset = offsetof(park_range, step), .lo = 0, .hi = INFINITY},
        PARK_FIELDS_END};
    bool ok = park_reader_known(reader, node, &(park_part){words, &got}, 1, NULL);
    for (size_t i = 0; i < 3; i++) {
        park_tree_node *word = park_tree_get(node, words[i].word);
        ok &= word == NULL || read_number(reader, word, &words[i], place_of(&got, &words[i]));
    }
    if (ok && got.min > got.max) {
        PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0303, PARK_ERROR, "min is above max",
                  "最小值大于最大值");
        ok = false;
    }
    if (ok)
        *value = got;
    return ok;
}

static bool read_range(park_reader *reader, park_tree_node *node, const park_field *field, park_range *value)
{
    park_range got;
    if (!park_reader_range(reader, node, field->dim, field->exact, &got))
        return false;
    double ends[] = {got.min, got.max};
    for (int i = 0; i < 2; i++)
        if (!isnan(ends[i]) && !(i == 0 && node->form == PARK_SCALAR) &&
            !park_reader_in_range(reader, node, field, ends[i]))
            return false;
    *value = got;
    return true;
}

static bool read_demand(park_reader *reader, park_tree_node *node, const park_field *field,
                        park_demand *value)
{
    if (node->form == PARK_SCALAR && strcmp(node->text, "free") == 0) {
        *value = (park_demand){.flow = {NAN, -1}, .free = true, .min = NAN, .max = NAN};
        return true;
    }
    if (node->form == PARK_MAPPING &&
        (park_tree_get(node, "min") != NULL || park_tree_get(node, "max") != NULL)) {
        park_range range = {NAN, NAN, NAN};
        park_field bound = *field;
        bound.lo         = fmax(field->lo, 0.0);
        bound.exact      = false;
        if (!park_reader_known(reader, node, NULL, 0, (const char *const[]){"min", "max", NULL}) ||
            !read_range(reader, node, &bound, &range))
            return false;
        *value = (park_demand){.flow = {NAN, -1}, .min = range.min, .max = range.max};
        return true;
    }
    park_field flow = *field;
    flow.lo         = fmax(field->lo, 0.0);
    park_series got;
    if (!read_series(reader, node, &flow, &got))
        return false;
    *value = (park_demand){.flow = got, .min = NAN, .max = NAN};
    return true;
}

/* {COD: 900 mg/L} is a maximum, {COD: {fixed: 900 mg/L}} is fixed, {COD: {max: ..}} is a maximum too. */
static bool read_outlet_quality(park_reader *reader, park_tree_node *node, const park_field *field,
                                park_outlet_quality *value)
{
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return false;
    const park_tree_node *standard = park_tree_get(node, "standard");
    bool                  ok       = standard == NULL || park_reader_standard(reader, node, standard);
    for (size_t i = 0; i < node->count; i++) {
        park_tree_node *item = node->items[i], *given = item;
        const char     *key = park_tree_key(item);
        if (park_reader_is_note(key) || item == standard)
            continue;
        int32_t c      = park_reader_constituent(reader, item, key, PARK_AT_KEY);
        double *column = value->max;
        if (c < 0) {
            ok = false;
            continue;
        }
        if (item->form == PARK_MAPPING) {
            ok &= park_reader_known(reader, item, NULL, 0, (const char *const[]){"fixed", "max", NULL});
            park_tree_node *fixed = park_tree_get(item, "fixed");
            column                = fixed != NULL ? value->fixed : value->max;
            given                 = fixed != NULL ? fixed : park_tree_get(item, "max");
            if (given == NULL) {
                ok = false;
                continue;
            }
        }
        double got;
        if (!park_reader_of_constituent(reader, given, c, field->dim, &got)) {
            ok = false;
            continue;
        }
        if (got < 0.0 && field->dim == PARK_DIM_CONC &&
            (reader->row[c] == NULL || reader->row[c]->dimension == PARK_DIM_CONC)) {
            PARK_TELL(reader, given, PARK_AT_VALUE, PARK_E0303, PARK_ERROR,
                      "%s is %s; it must be at least 0 mg/L", "%s 为 %s；应不小于 0 mg/L", key, given->text);
            ok = false;
            continue;
        }
        column[c] = got;
        park_reader_assume(reader, given);
        park_reader_reads(reader, c, given);
    }
    return ok;
}

static bool read_capex(park_reader *reader, park_tree_node *node, const park_field *field, park_capex *value)
{
    if (node->form == PARK_SCALAR) {
        park_capex fixed = {.scale = 0.0, .reference = NAN, .exponent = NAN, .fixed = NAN};
        park_field money = {
            .word = field->word, .dim = PARK_DIM_MONEY, .lo = 0.0, .hi = INFINITY, .zh = field->zh};
        bool ok = read_number(reader, node, &money, &fixed.fixed);
        if (ok)
            *value = fixed;
        return ok;
    }
    park_capex       got     = {NAN, NAN, NAN, NAN};
    const park_field words[] = {{.word     = "scale",
                                 .dim      = PARK_DIM_MONEY,
                                 .offset   = offsetof(park_capex, scale),
                                 .lo       = 0,
                                 .hi       = INFINITY,
                                 .required = true,
                                 .fallback = NAN},
                                {.word     = "reference",
                                 .dim      = field->dim,
                                 .offset   = offsetof(park_capex, reference),
                                 .lo       = 0,
                                 .lo_open  = true,
                                 .hi       = INFINITY,
                                 .required = true,
                                 .fallback = NAN},
                                {.word     = "exponent",
                                 .dim      = PARK_DIM_NUMBER,
                                 .offset   = offsetof(park_capex, exponent),
                                 .lo       = 0,
                                 .hi       = 2,
                                 .fallback = 1.0},
                                {.word     = "fixed",
                                 .dim      = PARK_DIM_MONEY,
                                 .offset   = offsetof(park_capex, fixed),
                                 .lo       = 0,
                                 .hi       = INFINITY,
                                 .fallback = 0.0},
                                PARK_FIELDS_END};
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return false;
    got.exponent = 1.0;
    got.fixed    = 0.0;
    bool ok      = park_reader_record(reader, node, &(park_part){words, &got}, 1);
    if (ok)
        *value = got;
    return ok;
}

static bool read_nested(park_reader *reader, park_tree_node *node, const park_field *field, void *record)
{
    if (node->form == PARK_SCALAR && field->bare != NULL && !park_tree_is_null(node)) {
        for (const park_field *word = field->record; word->word != NULL; word++)
            if (strcmp(word->word, field->bare) == 0)
                return park_reader_value(reader, node, word, record);
    }
    return park_reader_record(reader, node, &(park_part){field->record, record}, 1);
}

static bool read_named(park_reader *reader, park_tree_node *node, const park_field *field, park_named *value)
{
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return false;
    size_t constituents = reader->draft != NULL ? reader->draft->constituents : 0;
    value->id           = PARK_ARRAY(reader->arena, node->count, const char *);
    value->items        = park_array(reader->arena, node->count, field->record_size);
    if (value->id == NULL || value->items == NULL) {
        reader->failed = true;
        return false;
    }
    bool   ok    = true;
    size_t count = node->count;
    for (size_t i = 0; i < count; i++) {
        park_tree_node *item = node->items[i];
        if (park_reader_is_note(park_tree_key(item)))
            continue;
        void *record = (char *)value->items + value->count * field->record_size;
        if (park_fields_default(field->record, record, constituents, reader->arena) != PARK_OK) {
            reader->failed = true;
            return false;
        }
        ok &= park_reader_id(reader, item);
        ok &= park_reader_record(reader, item, &(park_part){field->record, record}, 1);
        value->id[value->count++] = park_tree_key(item);
    }
    return ok;
}

static bool read_ref(park_reader *reader, park_tree_node *node, park_ref *value)
{
    *value = (park_ref){.text = NULL, .unit = -1, .outlet = -1};
    return park_reader_text(reader, node, &value->text);
}

static bool read_ref_map(park_reader *reader, park_tree_node *node, park_ref_map *value)
{
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return false;
    value->key   = PARK_ARRAY(reader->arena, node->count, const char *);
    value->value = PARK_ARRAY(reader->arena, node->count, park_ref);
    if (value->key == NULL || value->value == NULL) {
        reader->failed = true;
        return false;
    }
    bool ok = true;
    for (size_t i = 0; i < node->count; i++) {
        const char *key = park_tree_key(node->items[i]);
        if (park_reader_is_note(key))
            continue;
        ok &= read_ref(reader, node->items[i], &value->value[value->count]);
        value->key[value->count++] = key;
    }
    return ok;
}

bool park_reader_value(park_reader *reader, park_tree_node *node, const park_field *field, void *record)
{
    void *at = place_of(record, field);
    if (field->later != NULL)
        park_reader_later(reader, node, PARK_AT_KEY, field->later, field->later, field->later_harmless);
    switch (field->shape) {
    case PARK_SHAPE_NUMBER:
        return read_number(reader, node, field, at);
    case PARK_SHAPE_COUNT: {
        int32_t got;
        if (!park_reader_count(reader, node, &got) || !park_reader_in_range(reader, node, field, got))
            return false;
        *(int32_t *)at = got;
        park_reader_assume(reader, node);
        return true;
    }
    case PARK_SHAPE_BOOL:
        return park_reader_bool(reader, node, at);
    case PARK_SHAPE_CHOICE:
        return park_reader_choice(reader, node, field->choices, at);
    case PARK_SHAPE_TEXT:
        return park_reader_text(reader, node, at);
    case PARK_SHAPE_LABEL:
        return park_reader_label(reader, node, at);
    case PARK_SHAPE_SERIES:
        return read_series(reader, node, field, at);
    case PARK_SHAPE_RANGE:
        return read_range(reader, node, field, at);
    case PARK_SHAPE_BY_CONSTITUENT:
        return park_reader_by_constituent(reader, node, field, *(double **)at, record);
    case PARK_SHAPE_REF:
        return read_ref(reader, node, at);
    case PARK_SHAPE_LIST:
        return park_reader_texts(reader, node, at);
    case PARK_SHAPE_CAPEX:
        return read_capex(reader, node, field, at);
    case PARK_SHAPE_RECORD:
        return read_nested(reader, node, field, at);
    case PARK_SHAPE_DEMAND:
        return read_demand(reader, node, field, at);
    case PARK_SHAPE_OUTLET_QUALITY:
        return read_outlet_quality(reader, node, field, at);
    case PARK_SHAPE_NAMED:
        return read_named(reader, node, field, at);
    case PARK_SHAPE_REF_MAP:
        return read_ref_map(reader, node, at);
    case PARK_SHAPE_CUSTOM:
        break;
    }
    return true;
}

/* --- defaults --- */

static bool any_required(const park_field *fields)
{
    for (; fields->word != NULL; fields++)
        if (fields->required)
            return true;
    return false;
}

static void put_number(park_reader *reader, park_tree_node *mapping, const park_field *field, double value)
{
    char           text[96];
    park_dimension dim = field->shape == PARK_SHAPE_COUNT ? PARK_DIM_NUMBER : field->dim;
    if (park_quantity_format(value, dim, NULL, 0, false, text, sizeof text) < 0)
        return;
    park_tree_node *node = park_reader_put_default(reader, mapping, field->word, text, false);
    if (node != NULL)
        park_reader_assume(reader, node);
}

static void put_defaults(park_reader *reader, park_tree_node *mapping, const park_field *fields);

/* One default for every constituent, in the unit and basis that its text needs. */
static void put_column(park_reader *reader, park_tree_node *mapping, const park_field *field)
{
    park_tree_node *column = park_tree_mapping(reader->tree, NULL);
    for (size_t c = 0; column != NULL && reader->draft != NULL && c < reader->draft->constituents; c++) {
        const park_constituent_row *row   = reader->row[c];
        const char                 *basis = row != NULL && row->basis_due ? row->basis : "";
        char                        number[96];
        if ((row != NULL && row->dimension != field->dim) ||
            park_quantity_format(field->fallback, field->dim, NULL, 0, false, number, sizeof number) < 0)
            continue;
        const char *text =
            park_arena_printf(reader->arena, "%s%s%s", number, basis[0] != '\0' ? " " : "", basis);
        if (text == NULL)
            reader->failed = true;
        else
            (void)park_reader_put_default(reader, column, reader->draft->constituent[c].id, text, false);
    }
    if (column != NULL && column->count > 0)
        reader->failed |= park_tree_put(reader->tree, mapping, field->word, NULL, column) == NULL;
}

static void put_default(park_reader *reader, park_tree_node *mapping, const park_field *field)
{
    switch (field->shape) {
    case PARK_SHAPE_NUMBER:
    case PARK_SHAPE_COUNT:
    case PARK_SHAPE_SERIES:
        if (isfinite(field->fallback))
            put_number(reader, mapping, field, field->fallback);
        break;
    case PARK_SHAPE_BOOL:
        if (isfinite(field->fallback))
            park_reader_put_default(reader, mapping, field->word, field->fallback != 0.0 ? "true" : "false",
                                    false);
        break;
    case PARK_SHAPE_CHOICE:
        if (field->choice >= 0 && field->choices != NULL)
            park_reader_put_default(reader, mapping, field->word, field->choices[field->choice], false);
        break;
    case PARK_SHAPE_RECORD: {
        park_tree_node *nested = any_required(field->record) ? NULL : park_tree_mapping(reader->tree, NULL);
        if (nested == NULL || park_tree_put(reader->tree, mapping, field->word, NULL, nested) == NULL)
            break;
        put_defaults(reader, nested, field->record);
        if (nested->count == 0)
            (void)park_tree_remove(mapping, field->word);
        break;
    }
    case PARK_SHAPE_BY_CONSTITUENT:
        if (isfinite(field->fallback))
            put_column(reader, mapping, field);
        break;
    default:
        break; /* the others have no default value of their own */
    }
}

static void put_defaults(park_reader *reader, park_tree_node *mapping, const park_field *fields)
{
    for (const park_field *field = fields; field != NULL && field->word != NULL; field++)
        if (!field->required && field->later == NULL && park_tree_get(mapping, field->word) == NULL)
            put_default(reader, mapping, field);
}

bool park_reader_record(park_reader *reader, park_tree_node *node, const park_part *parts, size_t count)
{
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return false;
    bool ok = park_reader_known(reader, node, parts, count, NULL);
    for (size_t p = 0; p < count; p++)
        for (const park_field *field = parts[p].fields; field != NULL && field->word != NULL; field++) {
            park_tree_node *value = park_tree_get(node, field->word);
            if (value != NULL && field->shape != PARK_SHAPE_CUSTOM)
                ok &= park_reader_value(reader, value, field, parts[p].record);
            else if (value == NULL && field->required && node->damaged)
                ok = false; /* it may stand in the part that was left out */
            else if (value == NULL && field->required) {
                park_arena *arena = reader->arena;
                const char *where = park_tree_path(arena, node);
                park_reader_tell(reader, node, node->key != NULL ? PARK_AT_KEY : PARK_AT_VALUE, PARK_E0302,
                                 PARK_ERROR,
                                 park_arena_printf(arena, "%s lacks '%s' (%s)%s%s", where, field->word,
                                                   field->en != NULL ? field->en : field->word,
                                                   field->example != NULL ? ", such as " : "",
                                                   field->example != NULL ? field->example : ""),
                                 park_arena_printf(arena, "%s 缺少“%s”（%s）%s%s", where, field->word,
                                                   field->zh != NULL ? field->zh : field->word,
                                                   field->example != NULL ? "，例如 " : "",
                                                   field->example != NULL ? field->example : ""));
                ok = false;
            }
        }
    for (size_t p = 0; p < count; p++)
        put_defaults(reader, node, parts[p].fields);
    return ok;
}

/* --- catalogue values --- */

static bool listed(const park_reader *reader, const char *constituent)
{
    for (size_t c = 0; c < reader->draft->constituents; c++)
        if (strcmp(reader->draft->constituent[c].id, constituent) == 0)
            return true;
    return false;
}

/* The map that says the same in the other way: a constituent stands in one of the two. */
static const char *counterpart(const char *map)
{
    return strcmp(map, "removal") == 0 ? "rejection" : strcmp(map, "rejection") == 0 ? "removal" : "";
}

/* A copy without a place: what a catalogue says is told at the word of the file that asked for it. */
park_tree_node *park_reader_copy(park_tree *tree, const park_tree_node *from)
{
    if (from->form == PARK_SCALAR)
        return park_tree_scalar(tree, from->text, from->quoted, NULL);
    bool            list = from->form == PARK_LIST;
    park_tree_node *copy = list ? park_tree_list(tree, NULL) : park_tree_mapping(tree, NULL);
    for (size_t i = 0; copy != NULL && i < from->count; i++) {
        park_tree_node *item = park_reader_copy(tree, from->items[i]);
        if ((list ? park_tree_append(tree, copy, item)
                  : park_tree_put(tree, copy, park_tree_key(from->items[i]), NULL, item)) == NULL)
            return NULL;
    }
    return copy;
}

static void adopt(park_reader *reader, park_tree_node *into, const park_catalogue_entry *entry,
                  const park_tree_node *value)
{
    park_tree_node *copy = park_reader_copy(reader->tree, value);
    if (copy == NULL || park_tree_put(reader->tree, into, park_tree_key(value), NULL, copy) == NULL)
        reader->failed = true;
    else
        park_reader_note(reader, copy, entry->origin, entry->source_class, entry->source);
}

/* Constituents of `from` (a map of the catalogue) that the park lists and the user leaves open. */
static void fill_map(park_reader *reader, park_tree_node *unit, park_tree_node *into, const char *word,
                     const park_catalogue_entry *entry, const park_tree_node *from)
{
    const park_tree_node *other = park_tree_get(unit, counterpart(word));
    for (size_t i = 0; i < from->count; i++) {
        const char *key = park_tree_key(from->items[i]);
        if (!park_reader_is_note(key) && listed(reader, key) && park_tree_get(into, key) == NULL &&
            park_tree_get(other, key) == NULL)
            adopt(reader, into, entry, from->items[i]);
    }
}

/* A list of constituents (`destroyed`), those of the park only. */
static void fill_list(park_reader *reader, park_tree_node *into, const park_catalogue_entry *entry,
                      const park_tree_node *from)
{
    park_tree_node *list = park_tree_list(reader->tree, NULL);
    if (list == NULL || park_tree_put(reader->tree, into, park_tree_key(from), NULL, list) == NULL) {
        reader->failed = true;
        return;
    }
    for (size_t i = 0; i < from->count; i++)
        if (listed(reader, from->items[i]->text))
            reader->failed |=
                park_tree_append(reader->tree, list,
                                 park_tree_scalar(reader->tree, from->items[i]->text, false, NULL)) == NULL;
    park_reader_note(reader, list, entry->origin, entry->source_class, entry->source);
}

void park_reader_catalogue(park_reader *reader, park_tree_node *node, const park_catalogue_entry *entry)
{
    bool limits = entry->page == PARK_PAGE_LIMITS;
    if (limits) {
        fill_map(reader, node, node, "", entry, entry->node);
        return;
    }
    for (size_t i = 0; i < entry->node->count; i++) {
        const park_tree_node *from = entry->node->items[i];
        const char           *word = park_tree_key(from);
        park_tree_node       *into = park_tree_get(node, word);
        if (park_reader_is_note(word) || strcmp(word, "name") == 0)
            continue;
        if (counterpart(word)[0] != '\0' && from->form == PARK_MAPPING) {
            if (into == NULL && (into = park_tree_mapping(reader->tree, NULL)) != NULL)
                into = park_tree_put(reader->tree, node, word, NULL, into);
            if (into == NULL)
                reader->failed = true;
            else if (into->form == PARK_MAPPING)
                fill_map(reader, node, into, word, entry, from);
        } else if (into != NULL && into->form == PARK_MAPPING && from->form == PARK_MAPPING &&
                   strcmp(word, "capex") != 0) { /* a cost law is stated whole or not at all */
            for (size_t k = 0; k < from->count; k++)
                if (park_tree_get(into, park_tree_key(from->items[k])) == NULL)
                    adopt(reader, into, entry, from->items[k]);
        } else if (into == NULL && from->form == PARK_LIST)
            fill_list(reader, node, entry, from);
        else if (into == NULL)
            adopt(reader, node, entry, from);
    }
}
