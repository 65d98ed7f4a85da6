/*
 * write.c - a tree as YAML that reads back as the same tree.
 * Blocks for mappings, brackets for short lists of plain values; a scalar keeps its quoting, because "12" is
 * text and 12 is a number.
 */
#include "yaml/tree.h"

#include "utf8.h"
#include "yaml/build.h"

#include <string.h>

enum {
    WIDE    = 100 /* columns of a line with brackets */,
    COMMENT = 40 /* column where comments start, if they can */
};

typedef struct writer {
    park_tree_comment comment;
    void             *user;
    park_text        *out;
    size_t            line; /* where the current line starts in out */
} writer;

/* --- scalars --- */

/* Where a scalar stands decides what it may hold without quotes. */
typedef enum spot { KEY, VALUE, ITEM, IN_BRACKETS } spot;

/* Full-width signs that the reader would take for a slip of the input method there. */
static bool suspicious(const char *text, size_t length, spot where)
{
    park_wide wide;
    return park_wide_in_scalar(text, length, where == KEY, where == IN_BRACKETS, where == ITEM, false, &wide);
}

/* May the text stand without quotes and read back as itself? */
static bool plain_safe(const char *text, size_t length, spot where)
{
    if (length == 0)
        return where != KEY;
    if (text[0] == ' ' || text[length - 1] == ' ' || strlen(text) != length ||
        suspicious(text, length, where))
        return false;
    bool dash = strchr("-?:", text[0]) != NULL && length > 1 && strchr(" ,[]{}", text[1]) == NULL;
    if (strchr("-?:,[]{}#&*!|>'\"%@`", text[0]) != NULL && !dash)
        return false;
    if (strncmp(text, "---", 3) == 0 || strncmp(text, "...", 3) == 0)
        return false;
    bool narrow = where == KEY || where == IN_BRACKETS;
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t   size = park_utf8_next(text + at, length - at, &code);
        char     c = text[at], next = at + 1 < length ? text[at + 1] : ' ';
        if (size == 0 || code < 0x20 || (code >= 0x7F && code <= 0xA0) || code == 0x2028 || code == 0x2029 ||
            code == 0xFEFF || code == 0xFFFE || code == 0xFFFF)
            return false;
        if ((c == ':' && (next == ' ' || narrow)) || (c == ' ' && next == '#') ||
            (narrow && strchr(",[]{}", c) != NULL))
            return false;
        at += size;
    }
    return true;
}

static void write_quoted(park_text *out, const char *text, size_t length)
{
    park_text_char(out, '"');
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t   size = park_utf8_next(text + at, length - at, &code);
        if (size == 0) {
            park_text_add(out, "\\uFFFD");
            at++;
            continue;
        }
        if (code == '"' || code == '\\')
            park_text_printf(out, "\\%c", (int)code);
        else if (code == '\n')
            park_text_add(out, "\\n");
        else if (code == '\t')
            park_text_add(out, "\\t");
        else if (code < 0x20 || (code >= 0x7F && code < 0xA0))
            park_text_printf(out, "\\x%02X", (unsigned)code);
        else if (code == 0x2028 || code == 0x2029 || code == 0xFEFF || code == 0xFFFE || code == 0xFFFF)
            park_text_printf(out, "\\u%04X", (unsigned)code);
        else
            park_text_append(out, text + at, size);
        at += size;
    }
    park_text_char(out, '"');
}

/* A plain text that cannot stand plain is quoted: it is then text in any case, never a number or null. */
static void write_scalar(park_text *out, const park_tree_node *node, spot where)
{
    if (!node->quoted && plain_safe(node->text, node->length, where))
        park_text_append(out, node->text, node->length);
    else
        write_quoted(out, node->text, node->length);
}

/* --- lines --- */

static void indent(writer *w, int depth)
{
    w->line = w->out->length;
    for (int i = 0; i < depth; i++)
        park_text_add(w->out, "  ");
}

static void end_line(writer *w, const park_tree_node *node)
{
    const char *said = w->comment == NULL ? NULL : w->comment(w->user, node);
    if (said != NULL && said[0] != '\0') {
        do
            park_text_char(w->out, ' ');
        while (w->out->length - w->line < COMMENT && !w->out->failed);
        park_text_add(w->out, "# ");
        for (; *said != '\0'; said++)
            park_text_char(w->out, *said == '\n' || *said == '\r' ? ' ' : *said);
    }
    park_text_char(w->out, '\n');
}

/* Scalars alone, and none of nothing: an empty value between commas is no list item. */
static bool only_scalars(const park_tree_node *node)
{
    for (size_t i = 0; i < node->count; i++)
        if (node->items[i]->form != PARK_SCALAR || (node->items[i]->length == 0 && !node->items[i]->quoted))
            return false;
    return true;
}

/* Brackets: what is empty, lists of scalars, and small mappings that were written so. */
static bool in_brackets(const park_tree_node *node)
{
    if (node->count == 0 || (node->form == PARK_LIST && only_scalars(node)))
        return true;
    if (!node->flow || !only_scalars(node))
        return false;
    size_t width = 0;
    for (size_t i = 0; i < node->count; i++)
        width += node->items[i]->length + (node->items[i]->key != NULL ? node->items[i]->key->length : 0) + 4;
    return width <= WIDE / 2;
}

static void write_brackets(writer *w, const park_tree_node *node, int depth)
{
    bool list = node->form == PARK_LIST;
    park_text_char(w->out, list ? '[' : '{');
    for (size_t i = 0; i < node->count; i++) {
        const park_tree_node *item = node->items[i];
        if (i > 0)
            park_text_char(w->out, ',');
        if (i > 0 && w->out->length - w->line > WIDE) {
            park_text_char(w->out, '\n');
            indent(w, depth + 2);
        } else if (i > 0)
            park_text_char(w->out, ' ');
        if (!list) {
            write_scalar(w->out, item->key, KEY);
            park_text_add(w->out, ": ");
        }
        write_scalar(w->out, item, IN_BRACKETS);
    }
    park_text_char(w->out, list ? ']' : '}');
}

static void write_items(writer *w, const park_tree_node *node, int depth);

/* What follows "key:" or "-" on its line, and below it. */
static void write_value(writer *w, const park_tree_node *node, int depth, bool after_key)
{
    if (node->form == PARK_SCALAR || in_brackets(node)) {
        if (after_key && !(node->form == PARK_SCALAR && node->length == 0 && !node->quoted))
            park_text_char(w->out, ' ');
        if (node->form == PARK_SCALAR)
            write_scalar(w->out, node, node->key != NULL ? VALUE : ITEM);
        else
            write_brackets(w, node, depth);
        end_line(w, node);
        return;
    }
    end_line(w, node);
    write_items(w, node, depth + 1);
}

static void write_items(writer *w, const park_tree_node *node, int depth)
{
    for (size_t i = 0; i < node->count; i++) {
        const park_tree_node *item = node->items[i];
        indent(w, depth);
        if (node->form == PARK_MAPPING) {
            write_scalar(w->out, item->key, KEY);
            park_text_char(w->out, ':');
        } else
            park_text_char(w->out, '-');
        write_value(w, item, depth, true);
    }
}

void park_tree_write(const park_tree_node *node, park_tree_comment comment, void *user, park_text *out)
{
    writer w = {comment, user, out, out->length};
    if (node == NULL)
        return;
    if (node->form == PARK_SCALAR || in_brackets(node))
        write_value(&w, node, 0, false);
    else
        write_items(&w, node, 0);
}
