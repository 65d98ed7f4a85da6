/*
 * book_draft.c - a filled workbook as the tree of a scenario, every node with the cell it comes from, so that whatever `check`
 * finds in it is told at that cell.
 */
#include "import/book_parts.h"

#include "findings_text.h"
#include "quantity.h"
#include "utf8.h"

#include <stdio.h>
#include <string.h>

/* --- telling --- */

static park_finding *at_cell(park_book *b, const park_xlsx_cell *cell, park_finding *f)
{
    if (f != NULL) {
        f->file   = b->tree->files[b->mark_file].name;
        f->line   = cell->row;
        f->column = cell->column;
        f->cell   = true;
    }
    return f;
}

#define TELL(b, cell, code, severity, ...)                                                                   \
    at_cell((b), (cell), park_finding_add((b)->findings, (code), (severity), NULL, __VA_ARGS__))

static park_mark mark_of(const park_book *b, const park_xlsx_cell *cell)
{
    return (park_mark){.file   = b->mark_file,
                       .line   = cell->row,
                       .column = cell->column,
                       .length = (int32_t)park_utf8_count(cell->text, strlen(cell->text))};
}

static bool unknown(const char *text)
{
    static const char *const WORDS[] = {"待核", "待定", "未知", "不详", "?", "？", "TBD", "tbd", "unknown"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strcmp(text, WORDS[i]) == 0)
            return true;
    return false;
}

/* A cell that says it is not known yet: a comment at `node`, told. */
static void to_be_said(park_book *b, park_tree_node *node, const park_xlsx_cell *cell, const char *zh,
                       const char *en)
{
    char name[PARK_CELL_NAME];
    TELL(b, cell, PARK_W0233, PARK_WARNING, "%s is still to be said", "%s 待核", b->zh ? zh : en);
    b->missing++;
    park_book_comment(b, node,
                      park_arena_printf(b->arena, "待核: %s (%s %s)", b->zh ? zh : en,
                                        b->tree->files[b->mark_file].name,
                                        park_cell_name(cell->row, cell->column, name)));
}

/* --- the tree --- */

void park_book_comment(park_book *b, const park_tree_node *node, const char *text)
{
    if (text == NULL || !PARK_GROW(b->arena, b->comment, b->comments, b->comments_cap)) {
        b->failed = true;
        return;
    }
    b->comment[b->comments].node   = node;
    b->comment[b->comments++].text = text;
}

/* The mapping at `key` of a mapping, made where it is not; `cell` is where it comes from. */
static park_tree_node *below(park_book *b, park_tree_node *mapping, const char *key,
                             const park_xlsx_cell *cell)
{
    park_tree_node *got  = park_tree_get(mapping, key);
    park_mark       mark = mark_of(b, cell);
    if (got == NULL && mapping != NULL)
        got = park_tree_put(b->tree, mapping, key, &mark, park_tree_mapping(b->tree, &mark));
    b->failed |= got == NULL;
    return got;
}

/* Put a scalar at a path below an item; what stands there already is told. */
static void put(park_book *b, park_tree_node *item, const char *path, const char *text, bool quoted,
                const park_xlsx_cell *cell)
{
    char      word[64];
    park_mark mark = mark_of(b, cell);
    for (const char *dot; (dot = strchr(path, '.')) != NULL; path = dot + 1) {
        snprintf(word, sizeof word, "%.*s", (int)(dot - path), path);
        item = below(b, item, word, cell);
        if (item == NULL || item->form != PARK_MAPPING) {
            TELL(b, cell, PARK_E0308, PARK_ERROR, "'%s' is said in two columns that exclude each other",
                 "“%s”在两列中重复给出", word);
            return;
        }
    }
    if (park_tree_get(item, path) != NULL) {
        TELL(b, cell, PARK_E0308, PARK_ERROR, "'%s' is said in two columns that exclude each other",
             "“%s”在两列中重复给出", path);
        return;
    }
    park_tree_node *scalar = park_tree_scalar(b->tree, text, quoted, &mark);
    b->failed |= scalar == NULL || park_tree_put(b->tree, item, path, &mark, scalar) == NULL;
}

/* --- values --- */

/* The number of a cell with the unit of its heading, or with its own; false when told. */
static const char *quantity_of(park_book *b, const park_xlsx_cell *cell, const char *unit)
{
    double                value;
    park_quantity_problem problem;
    if (!park_number_parse(cell->text, strlen(cell->text), &value, &problem)) {
        park_quantity own;
        if (park_quantity_parse(cell->text, strlen(cell->text), PARK_DIM_COUNT, &own, &problem) ||
            strcmp(cell->text, "free") == 0)
            return cell->text;
        at_cell(b, cell, park_quantity_finding(b->findings, &problem, NULL));
        return NULL;
    }
    if (unit == NULL || unit[0] == '\0')
        return cell->text;
    const char *text = park_arena_printf(b->arena, "%s %s", cell->text, unit);
    b->failed |= text == NULL;
    return text;
}

static void put_list(park_book *b, park_tree_node *item, const char *path, const park_xlsx_cell *cell)
{
    park_mark       mark = mark_of(b, cell);
    park_tree_node *list = park_tree_list(b->tree, &mark);
    const char     *at   = cell->text;
    b->failed |= list == NULL || park_tree_put(b->tree, item, path, &mark, list) == NULL;
    while (!b->failed && *at != '\0') {
        size_t length = 0, step = 0;
        for (; at[length] != '\0' && step == 0; length += step == 0)
            step = at[length] == ',' || at[length] == ';' || at[length] == ' '                ? 1
                   : strncmp(at + length, "、", 3) == 0 || strncmp(at + length, "，", 3) == 0 ? 3
                                                                                              : 0;
        const char *word = park_arena_text(b->arena, at, length);
        if (length > 0) {
            park_tree_node *scalar = word != NULL ? park_tree_scalar(b->tree, word, false, &mark) : NULL;
            b->failed |= scalar == NULL || park_tree_append(b->tree, list, scalar) == NULL;
        }
        at += length + step;
    }
}

static void put_value(park_book *b, park_tree_node *item, const park_book_column *column, const char *unit,
                      const park_xlsx_cell *cell)
{
    const char *text = cell->text;
    if (unknown(text)) {
        to_be_said(b, item, cell, column->zh, column->en);
        return;
    }
    switch (column->form) {
    case PARK_BOOK_NUMBER:
        text = quantity_of(b, cell, unit);
        break;
    case PARK_BOOK_CHOICE:
        text = park_book_choose(column->choice, cell->text);
        if (text == NULL) {
            park_text list;
            park_text_init(&list, b->arena);
            for (const park_book_choice *c = column->choice; c->word != NULL; c++)
                park_text_printf(&list, "%s%s", c == column->choice ? "" : ", ", b->zh ? c->zh : c->en);
            const char *all = park_text_done(&list);
            TELL(b, cell, PARK_E0304, PARK_ERROR, "'%s' is not one of: %s", "“%s”不在可选项中：%s",
                 cell->text, all != NULL ? all : "");
        }
        break;
    case PARK_BOOK_DATE: /* a day, though its cell may show an hour too */
        if (strlen(text) == strlen("2025-01-31T00:00:00") && strcmp(text + 10, "T00:00:00") == 0)
            text = park_arena_text(b->arena, text, 10);
        b->failed |= text == NULL;
        break;
    case PARK_BOOK_LIST:
        put_list(b, item, column->path, cell);
        return;
    default:
        break;
    }
    if (text != NULL)
        put(b, item, column->path, text, false, cell);
}

/* --- sheets --- */

static const park_xlsx_cell *cell_of(const park_book *b, int32_t row, size_t column)
{
    return b->at[column] > 0 ? park_xlsx_at(b->sheet, row, b->at[column]) : NULL;
}

/* The heading without a unit in brackets at its end, and that unit ("" where there is none). */
static void split_heading(park_arena *arena, const char *text, const char **name, const char **unit)
{
    const char *open = NULL;
    for (const char *at = text; *at != '\0'; at++)
        if (*at == '(' || *at == '[' || strncmp(at, "（", 3) == 0)
            open = at;
    *name = text;
    *unit = "";
    if (open == NULL || open == text)
        return;
    const char *inside = open + (*open == '(' || *open == '[' ? 1 : 3), *end = text + strlen(text);
    while (end > inside && (end[-1] == ')' || end[-1] == ']' || end[-1] == ' '))
        end--;
    if (end - inside >= 3 && strncmp(end - 3, "）", 3) == 0)
        end -= 3;
    size_t length = (size_t)(open - text);
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\n'))
        length--;
    *name = park_arena_text(arena, text, length);
    *unit = park_arena_text(arena, inside, (size_t)(end - inside));
}

/* A heading's column of the table, by either language; SIZE_MAX. */
static size_t column_named(const park_book_sheet *sheet, const char *name)
{
    for (size_t c = 0; c < sheet->columns; c++)
        if (strcmp(name, sheet->column[c].zh) == 0 || strcmp(name, sheet->column[c].en) == 0)
            return c;
    return SIZE_MAX;
}

static bool is_remark(const char *name)
{
    return strncmp(name, "备注", strlen("备注")) == 0 || strncmp(name, "说明", strlen("说明")) == 0 ||
           strncmp(name, "note", 4) == 0 || strncmp(name, "remark", 6) == 0;
}

static void tell_heading(park_book *b, const park_book_sheet *form, const park_xlsx_cell *cell,
                         const char *name)
{
    const char *words[PARK_BOOK_COLUMNS];
    for (size_t c = 0; c < form->columns; c++)
        words[c] = b->zh ? form->column[c].zh : form->column[c].en;
    const char *near_ = park_nearest(name, words, form->columns);
    if (near_ != NULL)
        TELL(b, cell, PARK_E0232, PARK_ERROR, "'%s' is not of the template; did you mean '%s'?",
             "“%s”不是模板中的项目；是否为“%s”？", name, near_);
    else
        TELL(b, cell, PARK_E0232, PARK_ERROR,
             "'%s' is not of the template; a column of remarks is called 'note'",
             "“%s”不是模板中的项目；备注列请命名为“备注”", name);
}

/* Is the unit of a heading one, and is one there where it is due? */
static bool unit_fits(park_book *b, const park_book_column *column, const char *unit,
                      const park_xlsx_cell *cell)
{
    park_quantity         quantity;
    park_quantity_problem problem;
    if (column->form != PARK_BOOK_NUMBER || column->unit == NULL)
        return true;
    const char *one = park_arena_printf(b->arena, "1 %s", unit);
    b->failed |= one == NULL;
    if (one != NULL && unit[0] != '\0' &&
        park_quantity_parse(one, strlen(one), PARK_DIM_COUNT, &quantity, &problem) && !quantity.bare)
        return true;
    TELL(b, cell, PARK_E0205, PARK_ERROR, "the heading '%s' has no unit in brackets, such as (%s)",
         "表头“%s”须在括号中写单位，例如 (%s)", cell->text, column->unit);
    return false;
}

/* Find the columns of the sheet in its first row; false when told. */
static bool find_columns(park_book *b, const park_book_sheet *form)
{
    size_t errors = b->findings->errors;
    memset(b->at, 0, sizeof b->at);
    for (size_t i = 0; i < b->sheet->cells && b->sheet->cell[i].row == 1; i++) {
        const park_xlsx_cell *cell = &b->sheet->cell[i];
        const char           *name = cell->text, *unit = "";
        size_t                c = column_named(form, cell->text);
        if (c == SIZE_MAX) {
            split_heading(b->arena, cell->text, &name, &unit);
            c = name != NULL ? column_named(form, name) : SIZE_MAX;
        }
        if (name == NULL || unit == NULL) {
            b->failed = true;
            return false;
        }
        if (c == SIZE_MAX) {
            if (!is_remark(name))
                tell_heading(b, form, cell, name);
        } else if (b->at[c] > 0)
            TELL(b, cell, PARK_E0306, PARK_ERROR, "the column '%s' stands there twice", "列“%s”重复", name);
        else if (unit_fits(b, &form->column[c], unit, cell)) {
            b->at[c]   = cell->column;
            b->unit[c] = unit;
        }
    }
    return b->findings->errors == errors;
}

/* Rows that hold something, in order: 0 ends. */
static int32_t next_row(const park_book *b, int32_t row)
{
    for (size_t i = 0; i < b->sheet->cells; i++)
        if (b->sheet->cell[i].row > row)
            return b->sheet->cell[i].row;
    return 0;
}

static const park_xlsx_cell *first_of(const park_book *b, int32_t row)
{
    for (size_t i = 0; i < b->sheet->cells; i++)
        if (b->sheet->cell[i].row == row)
            return &b->sheet->cell[i];
    return NULL;
}

/* A cell that a row cannot do without; NULL when told. */
static const park_xlsx_cell *needed(park_book *b, const park_book_sheet *form, int32_t row, size_t column)
{
    const park_xlsx_cell *cell = cell_of(b, row, column);
    if (cell == NULL)
        TELL(b, first_of(b, row), PARK_E0302, PARK_ERROR, "row %d of the sheet '%s' lacks '%s'",
             "工作表“%2$s”第 %1$d 行缺少“%3$s”", (int)row, b->zh ? form->zh : form->en,
             b->zh ? form->column[column].zh : form->column[column].en);
    return cell;
}

/* Put every column with a path; `from` skips those that are read by themselves. */
static void put_row(park_book *b, const park_book_sheet *form, int32_t row, park_tree_node *item)
{
    for (size_t c = 0; c < form->columns; c++) {
        const park_xlsx_cell *cell = cell_of(b, row, c);
        if (cell != NULL && form->column[c].path != NULL)
            put_value(b, item, &form->column[c], b->unit[c], cell);
    }
}

/* A name in one language is plain text; in both it is {zh, en}. */
static void plain_name(park_book *b, park_tree_node *item)
{
    park_tree_node *name = park_tree_get(item, "name");
    if (name == NULL || name->form != PARK_MAPPING || name->count != 1)
        return;
    park_tree_node *only   = name->items[0];
    park_tree_node *scalar = park_tree_scalar(b->tree, only->text, false, &only->mark);
    b->failed |= scalar == NULL || park_tree_put(b->tree, item, "name", &only->mark, scalar) == NULL;
}

static void read_items(park_book *b, const park_book_sheet *form)
{
    for (int32_t row = 1; (row = next_row(b, row)) > 0;) {
        const park_xlsx_cell *id = needed(b, form, row, 0);
        if (id == NULL)
            continue;
        park_tree_node *section = below(b, b->tree->root, form->section, id);
        if (park_tree_get(section, id->text) != NULL) {
            TELL(b, id, PARK_E0306, PARK_ERROR, "'%s' stands there twice", "“%s”重复出现", id->text);
            continue;
        }
        park_tree_node *item = below(b, section, id->text, id);
        if (item == NULL)
            return;
        put_row(b, form, row, item);
        plain_name(b, item);
    }
}

static void read_park(park_book *b, const park_book_sheet *form)
{
    for (int32_t row = 1; (row = next_row(b, row)) > 0;) {
        const park_xlsx_cell *what = park_xlsx_at(b->sheet, row, 1), *value = park_xlsx_at(b->sheet, row, 2);
        const char           *name, *unit;
        if (what == NULL || value == NULL)
            continue;
        name     = what->text;
        unit     = "";
        size_t c = column_named(form, name);
        if (c == SIZE_MAX) {
            split_heading(b->arena, what->text, &name, &unit);
            c = name != NULL ? column_named(form, name) : SIZE_MAX;
        }
        if (c == SIZE_MAX)
            tell_heading(b, form, what, what->text);
        else if (unit_fits(b, &form->column[c], unit, what))
            put_value(b, b->tree->root, &form->column[c], unit, value);
    }
    plain_name(b, b->tree->root);
    const park_xlsx_cell *first = b->sheet->cells > 0 ? &b->sheet->cell[0] : NULL;
    if (first != NULL && park_tree_get(b->tree->root, "period") == NULL)
        put(b, b->tree->root, "period", "steady", false, first);
}

static void read_constituents(park_book *b, const park_book_sheet *form)
{
    park_mark       mark = {.file = b->mark_file, .line = 1, .column = 1, .length = 1};
    park_tree_node *list = park_tree_list(b->tree, &mark);
    b->failed |= list == NULL || park_tree_put(b->tree, b->tree->root, form->section, &mark, list) == NULL;
    for (int32_t row = 1; !b->failed && (row = next_row(b, row)) > 0;) {
        const park_xlsx_cell *cell = cell_of(b, row, 0);
        if (cell == NULL)
            continue;
        park_mark       at     = mark_of(b, cell);
        park_tree_node *scalar = park_tree_scalar(b->tree, cell->text, false, &at);
        b->failed |= scalar == NULL || park_tree_append(b->tree, list, scalar) == NULL;
    }
}

static void read_products(park_book *b, const park_book_sheet *form)
{
    for (int32_t row = 1; (row = next_row(b, row)) > 0;) {
        const park_xlsx_cell *owner = needed(b, form, row, PARK_BOOK_PRODUCT_OWNER),
                             *id    = needed(b, form, row, PARK_BOOK_PRODUCT_ID);
        const park_xlsx_cell *name  = cell_of(b, row, PARK_BOOK_PRODUCT_NAME),
                             *rate  = needed(b, form, row, PARK_BOOK_PRODUCT_RATE);
        const park_xlsx_cell *unit  = cell_of(b, row, PARK_BOOK_PRODUCT_UNIT);
        if (owner == NULL || id == NULL || rate == NULL)
            continue;
        park_tree_node *enterprise = park_tree_get(park_tree_get(b->tree->root, "enterprises"), owner->text);
        if (enterprise == NULL) {
            TELL(b, owner, PARK_E0316, PARK_ERROR, "there is no enterprise '%s'", "没有企业“%s”",
                 owner->text);
            continue;
        }
        park_tree_node *products = below(b, enterprise, "products", owner);
        if (unknown(rate->text)) {
            to_be_said(b, products, rate, form->column[PARK_BOOK_PRODUCT_RATE].zh,
                       form->column[PARK_BOOK_PRODUCT_RATE].en);
            continue;
        }
        const char *text = quantity_of(b, rate, unit != NULL ? unit->text : NULL);
        if (text == NULL)
            continue;
        if (name == NULL)
            put(b, products, id->text, text, false, rate);
        else {
            park_tree_node *product = below(b, products, id->text, id);
            put(b, product, "name", name->text, false, name);
            put(b, product, "rate", text, false, rate);
        }
    }
}

/* The unit of an id, in whichever section. */
static park_tree_node *unit_of(const park_book *b, const char *id)
{
    static const char *const SECTIONS[] = {"sources", "users", "treatments", "storages", "sinks"};
    for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++) {
        park_tree_node *unit = park_tree_get(park_tree_get(b->tree->root, SECTIONS[i]), id);
        if (unit != NULL)
            return unit;
    }
    return NULL;
}

static void read_quality(park_book *b, const park_book_sheet *form)
{
    for (int32_t row = 1; (row = next_row(b, row)) > 0;) {
        const park_xlsx_cell *id    = needed(b, form, row, PARK_BOOK_QUALITY_UNIT),
                             *what  = needed(b, form, row, PARK_BOOK_QUALITY_WHAT);
        const park_xlsx_cell *of    = needed(b, form, row, PARK_BOOK_QUALITY_OF),
                             *value = needed(b, form, row, PARK_BOOK_QUALITY_VALUE);
        const park_xlsx_cell *unit  = cell_of(b, row, PARK_BOOK_QUALITY_IN);
        if (id == NULL || what == NULL || of == NULL || value == NULL)
            continue;
        park_tree_node *item = unit_of(b, id->text);
        const char     *word = park_book_choose(form->column[PARK_BOOK_QUALITY_WHAT].choice, what->text);
        if (item == NULL)
            TELL(b, id, PARK_E0316, PARK_ERROR, "there is no unit '%s'", "没有单元“%s”", id->text);
        else if (word == NULL)
            TELL(b, what, PARK_E0304, PARK_ERROR, "'%s' is nothing that the quality of a unit may be",
                 "“%s”不在可选项中", what->text);
        else if (unknown(value->text))
            to_be_said(b, item, value, park_arena_printf(b->arena, "%s %s", what->text, of->text),
                       park_arena_printf(b->arena, "%s %s", what->text, of->text));
        else {
            const char *text = quantity_of(b, value, unit != NULL ? unit->text : NULL);
            if (text != NULL)
                put(b, below(b, item, word, what), of->text, text, false, value);
        }
    }
}

/* "from_to" where the row has no id. */
static const char *pipe_id(park_book *b, const park_xlsx_cell *from, const park_xlsx_cell *to)
{
    char *id = park_arena_printf(b->arena, "%s_%s", from->text, to->text);
    b->failed |= id == NULL;
    for (char *at = id; at != NULL && *at != '\0'; at++)
        if (*at == '.')
            *at = '_';
    return id;
}

static void read_pipes(park_book *b, const park_book_sheet *form)
{
    for (int32_t row = 1; (row = next_row(b, row)) > 0;) {
        const park_xlsx_cell *id    = cell_of(b, row, PARK_BOOK_PIPE_ID),
                             *from  = needed(b, form, row, PARK_BOOK_PIPE_FROM);
        const park_xlsx_cell *to    = needed(b, form, row, PARK_BOOK_PIPE_TO),
                             *state = needed(b, form, row, PARK_BOOK_PIPE_STATE);
        if (from == NULL || to == NULL || state == NULL)
            continue;
        const char *word = park_book_choose(form->column[PARK_BOOK_PIPE_STATE].choice, state->text);
        const char *name = id != NULL ? id->text : pipe_id(b, from, to);
        if (word == NULL) {
            TELL(b, state, PARK_E0304, PARK_ERROR, "'%s' is neither existing nor a candidate",
                 "“%s”应为“已有”或“候选”", state->text);
            continue;
        }
        park_tree_node *connections = below(b, b->tree->root, "connections", from);
        park_tree_node *list        = park_tree_get(connections, word);
        if (list != NULL && list->form != PARK_MAPPING) {
            TELL(b, state, PARK_E0308, PARK_ERROR,
                 "candidates are listed here, and the sheet of the park says '%s'",
                 "此处列出候选连接，而“园区”表的候选连接写作“%s”", list->text);
            continue;
        }
        list = below(b, connections, word, from);
        if (name == NULL || park_tree_get(list, name) != NULL) {
            TELL(b, from, PARK_E0306, PARK_ERROR, "the pipe '%s' stands there twice", "管线“%s”重复出现",
                 name != NULL ? name : "");
            continue;
        }
        park_tree_node *pipe = below(b, list, name, id != NULL ? id : from);
        put(b, pipe, "from", from->text, false, from);
        put(b, pipe, "to", to->text, false, to);
        put_row(b, form, row, pipe);
        b->pipes++;
    }
}

static void read_targets(park_book *b, const park_book_sheet *form)
{
    for (int32_t row = 1; (row = next_row(b, row)) > 0;) {
        const park_xlsx_cell *what = needed(b, form, row, PARK_BOOK_TARGET_WHAT),
                             *of   = cell_of(b, row, PARK_BOOK_TARGET_OF);
        const park_xlsx_cell *unit = cell_of(b, row, PARK_BOOK_TARGET_UNIT);
        if (what == NULL)
            continue;
        const char *word = what->text;
        for (const park_target_row *t = PARK_TARGETS; t->word != NULL; t++)
            if (strcmp(what->text, t->zh) == 0 || strcmp(what->text, t->en) == 0)
                word = t->word;
        const char *key = of != NULL ? park_arena_printf(b->arena, "%s.%s", word, of->text) : word;
        if (key == NULL) {
            b->failed = true;
            return;
        }
        park_tree_node *item          = below(b, below(b, b->tree->root, "targets", what), key, what);
        b->unit[PARK_BOOK_TARGET_MIN] = b->unit[PARK_BOOK_TARGET_MAX] = unit != NULL ? unit->text : NULL;
        put_row(b, form, row, item);
        b->targets++;
    }
}

/* --- the book --- */

static const park_book_sheet *form_named(const char *name, park_book_sheet_id *id)
{
    for (int i = 0; i < PARK_BOOK_SHEETS; i++)
        if (strcmp(name, PARK_BOOK[i].zh) == 0 || strcmp(name, PARK_BOOK[i].en) == 0) {
            *id = (park_book_sheet_id)i;
            return &PARK_BOOK[i];
        }
    return NULL;
}

static void read_sheet(park_book *b, park_book_sheet_id id)
{
    static void (*const READ[PARK_BOOK_SHEETS])(park_book *, const park_book_sheet *) = {
        [PARK_BOOK_PARK] = read_park,         [PARK_BOOK_CONSTITUENTS] = read_constituents,
        [PARK_BOOK_PRODUCTS] = read_products, [PARK_BOOK_QUALITY] = read_quality,
        [PARK_BOOK_PIPES] = read_pipes,       [PARK_BOOK_TARGETS] = read_targets,
    };
    const park_book_sheet *form = &PARK_BOOK[id];
    if (id != PARK_BOOK_PARK && !find_columns(b, form))
        return;
    if (READ[id] != NULL)
        READ[id](b, form);
    else
        read_items(b, form);
}

park_status park_book_tree(park_book *b, park_error *err)
{
    park_xlsx_sheet   *of[PARK_BOOK_SHEETS] = {NULL};
    park_book_sheet_id id                   = PARK_BOOK_PARK;
    park_mark          none                 = {.file = -1};
    b->tree                                 = park_tree_new(b->arena);
    if (b->tree != NULL)
        b->tree->root = park_tree_mapping(b->tree, NULL);
    if (b->tree == NULL || b->tree->root == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a draft");
    for (size_t i = 0; i < b->book->sheets; i++)
        if (form_named(b->book->sheet[i].name, &id) != NULL)
            of[id] = &b->book->sheet[i];
    if (of[PARK_BOOK_SOURCES] == NULL || of[PARK_BOOK_USERS] == NULL) {
        park_finding *f = park_finding_add(
            b->findings, PARK_E0232, PARK_ERROR, NULL,
            "%s lacks the sheets of sources and users of the template: `parkwater new --template BOOK.xlsx` "
            "writes it",
            "%s 缺少模板中的“水源”“用水单元”工作表：可用 parkwater new --template 数据表.xlsx 生成模板",
            b->book->name);
        if (f != NULL)
            f->file = b->book->name;
        return PARK_FAIL(err, PARK_E_INPUT, "%s is not the template", b->book->name);
    }
    park_tree_node *version = park_tree_scalar(b->tree, "1", false, &none);
    b->failed |=
        version == NULL || park_tree_put(b->tree, b->tree->root, "parkwater", &none, version) == NULL;
    for (int i = 0; i < PARK_BOOK_SHEETS; i++) {
        if (of[i] == NULL)
            continue;
        b->sheet = of[i];
        b->mark_file =
            park_tree_sheet(b->tree, park_arena_printf(b->arena, "%s[%s]", b->book->name, of[i]->name));
        if (b->mark_file < 0)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a draft");
        PARK_TRY(park_xlsx_cells(b->arena, b->book, of[i], b->findings, err));
        read_sheet(b, (park_book_sheet_id)i);
        if (b->failed)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a draft");
    }
    static const char *const ORDER[] = {
        "parkwater",   "name",      "data",    "period",     "seasons",  "constituents", "weather",
        "enterprises", "sources",   "users",   "treatments", "storages", "sinks",        "connections",
        "meters",      "economics", "tariffs", "accounting", "targets",  "objective"};
    if (!park_tree_order(b->tree, b->tree->root, ORDER, sizeof ORDER / sizeof *ORDER))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a draft");
    return PARK_OK;
}
