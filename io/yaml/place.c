/*
 * place.c - from marks to lines that a person can look at.
 */
#include "yaml/build.h"

#include "utf8.h"

#include <string.h>

enum { WINDOW = 160, BEFORE = 60 /* characters shown of a long line, and before the place */ };

/* libyaml ends lines at CR, LF, CR LF, NEL, LS and PS; ours must agree with its marks. */
static size_t break_length(const char *text, size_t at, size_t length)
{
    const unsigned char *t    = (const unsigned char *)text + at;
    size_t               left = length - at;
    if (t[0] == '\r')
        return left > 1 && t[1] == '\n' ? 2 : 1;
    if (t[0] == '\n')
        return 1;
    if (left > 1 && t[0] == 0xC2 && t[1] == 0x85)
        return 2;
    return left > 2 && t[0] == 0xE2 && t[1] == 0x80 && (t[2] == 0xA8 || t[2] == 0xA9) ? 3 : 0;
}

/* One pass to count, one to fill. */
static size_t line_starts(const char *text, size_t length, uint32_t *starts)
{
    size_t lines = 0;
    if (starts != NULL)
        starts[0] = 0;
    for (size_t at = 0; at < length;) {
        size_t size = break_length(text, at, length);
        at += size > 0 ? size : 1;
        if (size > 0 && starts != NULL)
            starts[lines + 1] = (uint32_t)at;
        lines += size > 0;
    }
    return lines + 1;
}

int park_build_file(park_tree *tree, const char *name, const char *text, size_t length)
{
    if (length >= UINT32_MAX || !PARK_GROW(tree->arena, tree->files, tree->file_count, tree->file_capacity))
        return -1;
    park_tree_file *file = &tree->files[tree->file_count];
    file->name           = park_arena_text(tree->arena, name, strlen(name));
    file->text           = text;
    file->length         = length;
    file->lines          = line_starts(text, length, NULL);
    file->starts         = PARK_ARRAY(tree->arena, file->lines, uint32_t);
    if (file->name == NULL || file->starts == NULL)
        return -1;
    line_starts(text, length, file->starts);
    return (int)tree->file_count++;
}

int32_t park_tree_sheet(park_tree *tree, const char *name)
{
    int32_t index = park_build_file(tree, name, NULL, 0);
    if (index >= 0)
        tree->files[index].cells = true;
    return index;
}

size_t park_build_line(const park_tree_file *file, size_t line)
{
    return line < 1 ? 0 : line <= file->lines ? file->starts[line - 1] : file->length;
}

/* The line without its end, cut to a window around the column when it is long. */
static const char *source_line(park_arena *arena, const park_tree_file *file, const park_mark *mark,
                               int *column)
{
    size_t start = park_build_line(file, (size_t)mark->line), end = start;
    while (end < file->length && break_length(file->text, end, file->length) == 0)
        end++;
    size_t from = start, to = end;
    int    character = 1, first = mark->column > WINDOW - BEFORE ? mark->column - BEFORE : 1;
    for (size_t at = start; at < end; character++) {
        if (character == first)
            from = at;
        if (character == first + WINDOW) {
            to = at;
            break;
        }
        uint32_t code;
        size_t   size = park_utf8_next(file->text + at, end - at, &code);
        at += size > 0 ? size : 1;
    }
    if (from > start)
        *column = mark->column - first + 2; /* the sign of cutting is one character */
    return park_arena_printf(arena, "%s%.*s%s", from > start ? "…" : "", (int)(to - from), file->text + from,
                             to < end ? "…" : "");
}

void park_build_place(const park_tree *tree, park_mark mark, park_findings *findings, park_finding *finding)
{
    if (finding == NULL || mark.file < 0 || (size_t)mark.file >= tree->file_count)
        return;
    const park_tree_file *file = &tree->files[mark.file];
    finding->file              = file->name;
    finding->line              = mark.line;
    finding->column            = mark.column;
    finding->length            = mark.length;
    finding->cell              = file->cells;
    if (file->text != NULL && mark.line > 0)
        finding->source = source_line(findings->arena, file, &mark, &finding->source_column);
}

void park_tree_place(const park_tree *tree, const park_tree_node *node, park_tree_spot spot,
                     park_findings *findings, park_finding *finding)
{
    if (finding == NULL || node == NULL)
        return;
    const park_tree_node *at = spot == PARK_AT_KEY && node->key != NULL ? node->key : node;
    if (finding->path == NULL)
        finding->path = park_tree_path(findings->arena, node);
    park_build_place(tree, at->mark, findings, finding);
}

void park_tree_place_in(const park_tree *tree, const park_tree_node *node, size_t offset, size_t length,
                        park_findings *findings, park_finding *finding)
{
    park_tree_place(tree, node, PARK_AT_VALUE, findings, finding);
    if (finding == NULL || node == NULL || node->form != PARK_SCALAR || offset > node->length)
        return;
    if (node->mark.file >= 0 && (size_t)node->mark.file < tree->file_count &&
        tree->files[node->mark.file].cells)
        return; /* a cell is as fine as a worksheet's places are */
    size_t quotes = node->quoted ? 1 : 0;
    if (park_utf8_count(node->text, node->length) + 2 * quotes != (size_t)node->mark.length)
        return; /* escapes or several lines: positions in the text are not those of the file */
    park_mark mark = node->mark;
    mark.column += (int32_t)(quotes + park_utf8_count(node->text, offset));
    length      = offset + length <= node->length ? length : node->length - offset;
    mark.length = (int32_t)park_utf8_count(node->text + offset, length);
    if (mark.length < 1)
        mark.length = 1;
    park_build_place(tree, mark, findings, finding);
}

const char *park_tree_origin(const park_tree *tree, const park_tree_node *node, park_arena *arena)
{
    if (node == NULL || node->mark.file < 0 || (size_t)node->mark.file >= tree->file_count)
        return "";
    return park_arena_printf(arena, "%s:%d", tree->files[node->mark.file].name, (int)node->mark.line);
}
