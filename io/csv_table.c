#include "csv_table.h"

#include "file.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum { SOURCE = 160 /* characters of a line that are shown */ };

/* --- places --- */

void park_csv_place(const park_csv_table *table, const park_csv_cell *cell, park_findings *findings,
                    park_finding *finding)
{
    if (finding == NULL)
        return;
    finding->file   = table->name;
    finding->line   = (int)cell->line;
    finding->column = (int)cell->column;
    finding->length = (int)park_utf8_count(cell->text, cell->length);
    finding->cell   = table->sheet;
    if (table->sheet)
        return;
    size_t line = 1, at = 0;
    while (line < cell->line && at < table->length)
        line += table->text[at++] == '\n';
    size_t end = at, characters = 0;
    while (end < table->length && table->text[end] != '\n' && table->text[end] != '\r' &&
           characters < SOURCE) {
        uint32_t code;
        size_t   size = park_utf8_next(table->text + end, table->length - end, &code);
        end += size > 0 ? size : 1;
        characters++;
    }
    if (cell->column <= SOURCE)
        finding->source = park_arena_text(findings->arena, table->text + at, end - at);
}

/* --- reading --- */

typedef struct scanner {
    park_arena     *arena;
    park_csv_table *table;
    park_findings  *findings;
    size_t          at;
    uint32_t        line, column; /* of `at` */
    char            separator;
    size_t          capacity, count; /* of cells */
    bool            out_of_memory, broken;
} scanner;

static char here(const scanner *s)
{
    return s->at < s->table->length ? s->table->text[s->at] : '\0';
}

static bool at_end(const scanner *s)
{
    return s->at >= s->table->length;
}

static void advance(scanner *s)
{
    char c = s->table->text[s->at++];
    if (c == '\n') {
        s->line++;
        s->column = 1;
    } else if ((c & 0xC0) != 0x80)
        s->column++;
}

static bool line_ends(const scanner *s)
{
    return at_end(s) || here(s) == '\n' || here(s) == '\r';
}

static void next_line(scanner *s)
{
    while (!at_end(s) && here(s) != '\n')
        advance(s);
    if (!at_end(s))
        advance(s);
}

/* A quoted field from its opening quote to behind the closing one; "" is one quote. */
static const char *read_quoted(scanner *s, park_csv_cell *cell)
{
    park_text field;
    park_text_init(&field, s->arena);
    advance(s);
    for (;;) {
        if (at_end(s)) {
            park_csv_place(s->table, cell, s->findings,
                           park_finding_add(s->findings, PARK_E0225, PARK_ERROR, NULL,
                                            "the quoted field that starts in line %u is not closed",
                                            "从第 %u 行开始的带引号字段未闭合", (unsigned)cell->line));
            s->broken = true;
            break;
        }
        char c = here(s);
        advance(s);
        if (c == '"' && here(s) != '"')
            break;
        if (c == '"')
            advance(s);
        park_text_char(&field, c);
    }
    while (!line_ends(s) && here(s) != s->separator)
        advance(s);
    cell->length = (uint32_t)field.length;
    return park_text_done(&field);
}

static const char *read_bare(scanner *s, park_csv_cell *cell)
{
    size_t start = s->at;
    while (!line_ends(s) && here(s) != s->separator)
        advance(s);
    size_t end = s->at;
    while (end > start && (s->table->text[end - 1] == ' ' || s->table->text[end - 1] == '\t'))
        end--;
    cell->length = (uint32_t)(end - start);
    return park_arena_text(s->arena, s->table->text + start, end - start);
}

static bool read_cell(scanner *s)
{
    while (!at_end(s) && (here(s) == ' ' || (here(s) == '\t' && s->separator != '\t')))
        advance(s);
    park_csv_cell cell = {.line = s->line, .column = s->column};
    cell.text          = here(s) == '"' ? read_quoted(s, &cell) : read_bare(s, &cell);
    if (cell.text == NULL || !PARK_GROW(s->arena, s->table->cells, s->count, s->capacity)) {
        s->out_of_memory = true;
        return false;
    }
    s->table->cells[s->count++] = cell;
    return true;
}

/* One record; returns its fields, 0 at the end of the file. */
static size_t read_record(scanner *s)
{
    while (!at_end(s) && (line_ends(s) || here(s) == '#'))
        next_line(s);
    if (at_end(s))
        return 0;
    size_t fields = 0;
    for (;;) {
        if (!read_cell(s))
            return 0;
        fields++;
        if (line_ends(s))
            break;
        advance(s); /* the separator */
    }
    next_line(s);
    return fields;
}

/* The sign that stands most often in the line of names. */
static char separator_of(const char *text, size_t length)
{
    size_t commas = 0, semicolons = 0, tabs = 0, start = 0;
    while (start < length && (text[start] == '#' || text[start] == '\n' || text[start] == '\r')) {
        const char *end = memchr(text + start, '\n', length - start);
        start           = end == NULL ? length : (size_t)(end - text) + 1;
    }
    for (size_t i = start; i < length && text[i] != '\n'; i++) {
        commas += text[i] == ',';
        semicolons += text[i] == ';';
        tabs += text[i] == '\t';
    }
    return tabs > commas && tabs >= semicolons ? '\t' : semicolons > commas ? ';' : ',';
}

static bool blank_row(const park_csv_cell *cells, size_t fields)
{
    for (size_t i = 0; i < fields; i++)
        if (cells[i].length > 0)
            return false;
    return true;
}

/* Bring a record to the table's width: empty fields at its end may be too many, none may be too few. */
static void fit_record(scanner *s, size_t first, size_t fields)
{
    park_csv_table *t = s->table;
    if (blank_row(&t->cells[first], fields)) { /* spreadsheets leave lines of commas behind */
        s->count = first;
        return;
    }
    if (fields < t->columns || !blank_row(&t->cells[first + t->columns], fields - t->columns)) {
        park_csv_place(t, &t->cells[first], s->findings,
                       park_finding_add(s->findings, PARK_E0225, PARK_ERROR, NULL,
                                        "line %u has %zu fields; the first line names %zu columns",
                                        "第 %u 行有 %zu 个字段；首行有 %zu 列",
                                        (unsigned)t->cells[first].line, fields, t->columns));
        s->broken = true;
        s->count  = first;
        return;
    }
    s->count = first + t->columns;
    t->rows++;
}

static park_status read_rows(scanner *s, park_error *err)
{
    park_csv_table *t    = s->table;
    size_t          rows = read_record(s);
    t->columns           = rows;
    t->header            = PARK_ARRAY(s->arena, t->columns, park_csv_cell);
    if (s->out_of_memory || t->header == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", t->name);
    if (t->columns > 0)
        memcpy(t->header, t->cells, t->columns * sizeof *t->header);
    s->count = 0;
    for (size_t first = 0, fields; (fields = read_record(s)) > 0; first = s->count)
        fit_record(s, first, fields);
    if (s->out_of_memory)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", t->name);
    if (s->broken)
        return PARK_FAIL(err, PARK_E_INPUT, "%s is malformed", t->name);
    if (t->rows == 0) {
        park_finding *f = park_finding_add(s->findings, PARK_E0226, PARK_ERROR, NULL,
                                           "%s has no row of values", "%s 没有数据行", t->name);
        if (f != NULL)
            f->file = t->name;
        return PARK_FAIL(err, PARK_E_INPUT, "%s has no rows", t->name);
    }
    return PARK_OK;
}

park_status park_csv_parse(park_arena *arena, const char *name, const char *bytes, size_t length,
                           park_findings *findings, park_csv_table **table, park_error *err)
{
    return park_csv_parse_from(arena, name, bytes, length, 1, findings, table, err);
}

park_status park_csv_parse_from(park_arena *arena, const char *name, const char *bytes, size_t length,
                                uint32_t header, park_findings *findings, park_csv_table **table,
                                park_error *err)
{
    park_csv_table *t = PARK_NEW(arena, park_csv_table);
    scanner         s = {.arena = arena, .table = t, .findings = findings, .line = 1, .column = 1};
    *table            = t;
    if (t == NULL || (t->name = park_arena_text(arena, name, strlen(name))) == NULL || length >= UINT32_MAX)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", name);
    park_encoding encoding = park_encoding_decode(arena, bytes, length, &t->text, &t->length, NULL);
    if (t->text == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", name);
    park_finding *f = NULL;
    if (encoding == PARK_BINARY || memchr(t->text, '\0', t->length) != NULL)
        f = park_finding_add(findings, PARK_E0102, PARK_ERROR, NULL, "%s is neither UTF-8 nor GBK text",
                             "%s 既不是 UTF-8 也不是 GBK 文本", name);
    else if (encoding == PARK_GBK || encoding == PARK_UTF16)
        f = park_finding_add(findings, PARK_N0227, PARK_NOTE, NULL, "%s is %s; it was read as such",
                             "%s 为 %s 编码，已按此读取", name, park_encoding_name(encoding));
    if (f != NULL)
        f->file = t->name;
    if (encoding == PARK_BINARY || memchr(t->text, '\0', t->length) != NULL)
        return PARK_FAIL(err, PARK_E_INPUT, "%s is not text", name);
    while (s.line < header && !at_end(&s))
        next_line(&s);
    s.separator = separator_of(t->text + s.at, t->length - s.at);
    return read_rows(&s, err);
}

park_status park_csv_read(park_arena *arena, const char *path, size_t limit, park_findings *findings,
                          park_csv_table **table, park_error *err)
{
    char  *bytes;
    size_t length;
    PARK_TRY(park_file_read(arena, path, limit, &bytes, &length, err));
    return park_csv_parse(arena, path, bytes, length, findings, table, err);
}

/* --- columns --- */

/* How well a header fits a name: 3 as written, 2 with a unit behind it, 1 in the other case, 0 not. */
static int fit(const char *header, const char *name)
{
    size_t length = strlen(name);
    if (strcmp(header, name) == 0)
        return 3;
    if (strncmp(header, name, length) == 0) {
        const char *rest = header + length;
        while (*rest == ' ')
            rest++;
        if (*rest == '(' || *rest == '[' || strncmp(rest, "（", strlen("（")) == 0)
            return 2;
    }
    for (size_t i = 0;; i++) {
        char a = header[i], b = name[i];
        a = a >= 'A' && a <= 'Z' ? (char)(a + 32) : a;
        b = b >= 'A' && b <= 'Z' ? (char)(b + 32) : b;
        if (a != b)
            return 0;
        if (a == '\0')
            return 1;
    }
}

static size_t no_column(const park_csv_table *table, const char *name, park_findings *findings)
{
    const char **names = PARK_ARRAY(findings->arena, table->columns, const char *);
    park_text    list;
    park_text_init(&list, findings->arena);
    for (size_t c = 0; names != NULL && c < table->columns; c++) {
        names[c] = table->header[c].text;
        park_text_printf(&list, "%s%s", c == 0 ? "" : ", ", names[c]);
    }
    const char   *near = names == NULL ? NULL : park_nearest(name, names, table->columns);
    const char   *all  = park_text_done(&list);
    park_finding *f;
    if (near != NULL)
        f = park_finding_add(findings, PARK_E0221, PARK_ERROR, NULL,
                             "no column '%s' in %s; did you mean '%s'?",
                             "%2$s 中没有列“%1$s”；是否为“%3$s”？", name, table->name, near);
    else
        f = park_finding_add(findings, PARK_E0221, PARK_ERROR, NULL, "no column '%s' in %s; it has: %s",
                             "%2$s 中没有列“%1$s”；现有列：%3$s", name, table->name, all != NULL ? all : "");
    if (table->columns > 0)
        park_csv_place(table, &table->header[0], findings, f);
    return SIZE_MAX;
}

size_t park_csv_column(const park_csv_table *table, const char *name, park_findings *findings)
{
    size_t found = SIZE_MAX;
    int    best  = 0;
    bool   twice = false;
    for (size_t c = 0; c < table->columns; c++) {
        int how = fit(table->header[c].text, name);
        twice   = how > best ? false : twice || (how == best && how > 0);
        if (how > 0 && how >= best) {
            best  = how;
            found = c;
        }
    }
    if (best == 0)
        return no_column(table, name, findings);
    if (!twice)
        return found;
    park_csv_place(table, &table->header[found], findings,
                   park_finding_add(findings, PARK_E0221, PARK_ERROR, NULL,
                                    "more than one column of %s is named '%s'", "%s 中有多列名为“%s”",
                                    table->name, name));
    return SIZE_MAX;
}
