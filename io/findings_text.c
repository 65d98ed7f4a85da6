#include "findings_text.h"

#include "json.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const COLOURS[] = {"\x1b[36m", "\x1b[35m", "\x1b[31m"}; /* note, warning, error */
static const char *const PLAIN = "\x1b[0m", *const BOLD = "\x1b[1m";

static const char *severity_word(park_severity severity, bool zh)
{
    static const char *const EN[] = {"note", "warning", "error"}, *const ZH[] = {"提示", "警告", "错误"};
    return zh ? ZH[severity] : EN[severity];
}

const char *park_cell_name(int row, int column, char name[PARK_CELL_NAME])
{
    int at = PARK_CELL_NAME / 2;
    for (int c = column; c > 0 && at > 0; c = (c - 1) / 26)
        name[--at] = (char)('A' + (c - 1) % 26);
    snprintf(name + PARK_CELL_NAME / 2, PARK_CELL_NAME / 2, "%d", row);
    return name + at;
}

static void print_place(const park_finding *f, const park_finding_style *style, park_text *out)
{
    const char *file = f->file != NULL ? f->file : style->file;
    char        name[PARK_CELL_NAME];
    if (file != NULL)
        park_text_add(out, file);
    if (f->cell) {
        park_text_printf(out, "%s%s: ", f->line > 0 ? ":" : "",
                         f->line > 0 ? park_cell_name(f->line, f->column, name) : "");
        return;
    }
    if (f->line > 0)
        park_text_printf(out, ":%d", f->line);
    if (f->line > 0 && f->column > 0)
        park_text_printf(out, ":%d", f->column);
    if (file == NULL && f->line == 0 && f->path != NULL)
        park_text_add(out, f->path);
    if (file != NULL || f->line > 0 || f->path != NULL)
        park_text_add(out, ": ");
}

/* Blanks up to the caret and the caret itself, in columns of the terminal; a tab stays a tab. */
static void print_caret(const park_finding *f, park_text *out)
{
    int    start  = f->source_column > 0 ? f->source_column : f->column;
    int    length = f->length > 1 ? f->length : 1, character = 1, under = 0;
    size_t size = strlen(f->source);
    park_text_add(out, "    ");
    for (size_t at = 0; at < size && character < start + length; character++) {
        uint32_t code;
        size_t   step    = park_utf8_next(f->source + at, size - at, &code);
        int      columns = step == 0 ? 1 : park_utf8_columns(code);
        if (character < start && code == '\t')
            park_text_char(out, '\t');
        for (int i = 0; i < columns && !(character < start && code == '\t'); i++)
            park_text_char(out, character < start ? ' ' : under++ == 0 ? '^' : '~');
        at += step > 0 ? step : 1;
    }
    for (; character < start; character++)
        park_text_char(out, ' ');
    if (under == 0)
        park_text_char(out, '^');
    park_text_char(out, '\n');
}

/* The source line; what would steer the terminal is shown as a blank. */
static void print_source(const char *source, park_text *out)
{
    park_text_add(out, "    ");
    size_t size = strlen(source);
    for (size_t at = 0; at < size;) {
        uint32_t code;
        size_t   step     = park_utf8_next(source + at, size - at, &code);
        bool     steering = step == 0 || (code < 0x20 && code != '\t') || (code >= 0x7F && code < 0xA0) ||
                        (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
        if (steering)
            park_text_char(out, '?');
        else
            park_text_append(out, source + at, step);
        at += step > 0 ? step : 1;
    }
    park_text_char(out, '\n');
}

void park_finding_print(const park_finding *f, const park_finding_style *style, park_text *out)
{
    print_place(f, style, out);
    if (style->colour)
        park_text_printf(out, "%s%s", BOLD, COLOURS[f->severity]);
    park_text_printf(out, "%s %s", severity_word(f->severity, style->zh), park_code_name(f->code));
    if (style->colour)
        park_text_add(out, PLAIN);
    park_text_printf(out, "%s%s\n", style->zh ? "：" : ": ", style->zh ? f->zh : f->en);
    if (f->source != NULL && f->column > 0) {
        print_source(f->source, out);
        if (style->colour)
            park_text_add(out, COLOURS[f->severity]);
        print_caret(f, out);
        if (style->colour)
            park_text_add(out, PLAIN);
    }
}

/* qsort is not stable: the place in the list breaks ties. */
typedef struct ranked {
    size_t       file, at;
    park_finding finding;
} ranked;

static int by_place(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->finding.line != y->finding.line)
        return x->finding.line < y->finding.line ? -1 : 1;
    if (x->finding.column != y->finding.column)
        return x->finding.column < y->finding.column ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* Findings without a line come after those with one: they follow from them more often than not. */
static size_t file_rank(const park_findings *findings, size_t i)
{
    const park_finding *f = &findings->items[i];
    if (f->line == 0)
        return SIZE_MAX;
    for (size_t first = 0; first < i; first++) {
        const park_finding *g = &findings->items[first];
        if (g->line > 0 && ((g->file == NULL && f->file == NULL) ||
                            (g->file != NULL && f->file != NULL && strcmp(g->file, f->file) == 0)))
            return first;
    }
    return i;
}

void park_findings_sort(park_findings *findings)
{
    ranked ranks[PARK_FINDINGS_MOST];
    size_t count = findings->count <= PARK_FINDINGS_MOST ? findings->count : PARK_FINDINGS_MOST;
    for (size_t i = 0; i < count; i++)
        ranks[i] = (ranked){file_rank(findings, i), i, findings->items[i]};
    qsort(ranks, count, sizeof ranks[0], by_place);
    for (size_t i = 0; i < count; i++)
        findings->items[i] = ranks[i].finding;
}

static void print_count(size_t count, const char *one, const char *many, const char *zh, bool chinese,
                        const char *gap, park_text *out)
{
    if (chinese)
        park_text_printf(out, "%s%zu %s", gap, count, zh);
    else
        park_text_printf(out, "%s%zu %s", gap, count, count == 1 ? one : many);
}

void park_findings_print(park_findings *findings, const park_finding_style *style, park_text *out)
{
    park_findings_sort(findings);
    size_t warnings = 0;
    for (size_t i = 0; i < findings->count; i++) {
        park_finding_print(&findings->items[i], style, out);
        warnings += findings->items[i].severity == PARK_WARNING;
    }
    const char *comma = style->zh ? "，" : ", ", *gap = "";
    if (findings->errors > 0) {
        print_count(findings->errors, "error", "errors", "个错误", style->zh, gap, out);
        gap = comma;
    }
    if (warnings > 0) {
        print_count(warnings, "warning", "warnings", "个警告", style->zh, gap, out);
        gap = comma;
    }
    if (findings->dropped > 0) {
        print_count(findings->dropped, "not shown", "not shown", "条未列出", style->zh, gap, out);
        gap = comma;
    }
    if (gap == comma)
        park_text_char(out, '\n');
}

/* A place that is not known is null. */
static void json_place(park_json *json, const char *key, int value)
{
    if (value > 0)
        park_json_whole(json, key, value);
    else
        park_json_text(json, key, NULL);
}

void park_findings_json(park_findings *findings, park_text *out)
{
    park_json json;
    char      name[PARK_CELL_NAME];
    park_json_init(&json, out);
    park_findings_sort(findings);
    park_json_open(&json, NULL, '[');
    for (size_t i = 0; i < findings->count; i++) {
        const park_finding *f = &findings->items[i];
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "code", park_code_name(f->code));
        park_json_text(&json, "severity", severity_word(f->severity, false));
        park_json_text(&json, "message", f->en);
        park_json_text(&json, "message_zh", f->zh);
        park_json_text(&json, "path", f->path);
        park_json_text(&json, "file", f->file);
        json_place(&json, "line", f->line);
        json_place(&json, "column", f->column);
        json_place(&json, "length", f->length);
        if (f->cell && f->line > 0)
            park_json_text(&json, "cell", park_cell_name(f->line, f->column, name));
        park_json_text(&json, "source", f->source);
        park_json_close(&json, '}');
    }
    park_json_close(&json, ']');
}
