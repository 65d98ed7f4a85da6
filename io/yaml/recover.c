/*
 * recover.c - a file's bytes to a tree, with as many mistakes told as possible.
 *
 * Stages: bytes to UTF-8; characters that are no text are reported and blanked; a first pass builds the tree. If libyaml
 * stops, its complaint is explained (faults.c), the block in which it stands is blanked, and passes that build nothing
 * go on until no complaint is left; a last pass then builds what remains. What the builder itself finds (duplicate keys,
 * anchors, ...) is told from the last pass only.
 */
#include "yaml/pass.h"

#include "utf8.h"

#include <string.h>

enum {
    PASSES       = 50,
    PASS_BYTES   = 64 << 20, /* all passes together */
    CONTROLS_MAX = 20        /* beyond: not a text file */
};

/* --- going on after a complaint --- */

/* Lines first .. last of a broken block and its indentation. */
typedef struct block {
    size_t first, last, indent;
} block;

static size_t indentation(const park_tree_file *file, const char *text, size_t line, bool *empty)
{
    size_t start = park_build_line(file, line), end = park_build_line(file, line + 1), at = start;
    size_t tabs = 0;
    for (; at < end && (text[at] == ' ' || text[at] == '\t'); at++)
        tabs += text[at] == '\t';
    *empty = at == end || text[at] == '\n' || text[at] == '\r' || text[at] == '#';
    return at - start + 8 * tabs; /* whoever writes tabs means to be deep */
}

static block block_at(const park_tree_file *file, const char *text, size_t line)
{
    bool   empty;
    size_t indent = indentation(file, text, line, &empty);
    block  found  = {line, line, indent};
    for (size_t n = line + 1; n <= file->lines; n++) {
        size_t deeper = indentation(file, text, n, &empty);
        if (!empty && deeper <= indent)
            break;
        found.last = n;
    }
    return found;
}

/* True when something was there to blank. */
static bool blank_out(const park_tree_file *file, char *text, block area)
{
    bool   changed = false;
    size_t end     = park_build_line(file, area.last + 1);
    for (size_t at = park_build_line(file, area.first); at < end; at++)
        if (text[at] != ' ' && text[at] != '\n' && text[at] != '\r') {
            text[at] = ' ';
            changed  = true;
        }
    return changed;
}

/* The whole section (from a line without indentation to the next) around a line. */
static block section_at(const park_tree_file *file, const char *text, size_t line)
{
    bool   empty;
    size_t first = line;
    while (first > 1 && (indentation(file, text, first, &empty) > 0 || empty))
        first--;
    block found  = block_at(file, text, first);
    found.last   = found.last < line ? line : found.last;
    found.indent = 0;
    return found;
}

/* Mark the nodes above a blanked block. */
static void mark_damaged(park_tree_node *node, block area)
{
    while (node != NULL) {
        node->damaged        = true;
        park_tree_node *last = NULL;
        for (size_t i = 0; i < node->count; i++) {
            const park_mark *at =
                node->items[i]->key != NULL ? &node->items[i]->key->mark : &node->items[i]->mark;
            if ((size_t)at->line <= area.first && (size_t)at->column <= area.indent)
                last = node->items[i];
        }
        node = last;
    }
}

static bool touches(const park_tree_file *file, const char *original, const block *blocks, size_t count,
                    size_t line)
{
    bool   empty = true;
    size_t above = line;
    while (above > 1 && empty)
        indentation(file, original, --above, &empty);
    for (size_t i = 0; i < count; i++)
        if ((above >= blocks[i].first && above <= blocks[i].last) ||
            (line >= blocks[i].first && line <= blocks[i].last))
            return true;
    return false;
}

/* Explain, blank and try again until libyaml has nothing to say. */
static park_pass_outcome recover(park_builder *b, char *work, size_t length, park_complaint complaint,
                                 block *blocks, size_t *count)
{
    const park_tree_file *file = &b->tree->files[b->file];
    size_t                most = length == 0 ? PASSES : PASS_BYTES / length;
    most                       = most > PASSES ? PASSES : most < 2 ? 2 : most;
    for (*count = 0; *count < most;) {
        park_fault fault;
        park_fault_explain(file, work, &complaint, &fault);
        if (fault.sure || !touches(file, file->text, blocks, *count, fault.line)) {
            park_mark mark = {b->file, (int32_t)fault.line, (int32_t)fault.column, (int32_t)fault.length};
            PARK_BUILD_ERROR(b->tree, b->findings, mark, fault.code, "%s%.0s", "%.0s%s", fault.en, fault.zh);
        }
        block area = block_at(file, work, fault.line);
        if (!blank_out(file, work, area)) {
            area = section_at(file, work, complaint.line < fault.line ? complaint.line : fault.line);
            if (!blank_out(file, work, area)) {
                area = (block){1, file->lines, 0};
                if (!blank_out(file, work, area))
                    return PARK_PASS_DONE;
            }
        }
        blocks[(*count)++]       = area;
        park_pass_outcome result = park_pass_run(b, work, length, false, &complaint);
        if (result != PARK_PASS_COMPLAINED)
            return result;
    }
    blank_out(file, work, (block){1, file->lines, 0});
    return PARK_PASS_DONE;
}

/* --- bytes --- */

/* Tell an encoding that is not UTF-8 at its first foreign byte. */
static void tell_encoding(park_builder *b, park_encoding encoding, const char *bytes, size_t bad)
{
    if (encoding == PARK_GBK) /* some of its characters look like UTF-8: the first one is where it starts */
        for (bad = 0; (unsigned char)bytes[bad] < 0x80;)
            bad++;
    size_t start = bad, line = 1;
    while (start > 0 && bytes[start - 1] != '\n' && bytes[start - 1] != '\r')
        start--;
    for (size_t i = 0; i < start; i++)
        line += bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
    if (line == 1 && bad >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        start = 3;
    park_mark mark = {b->file, (int32_t)line, (int32_t)park_utf8_count(bytes + start, bad - start) + 1, 1};
    if (encoding == PARK_UTF16)
        mark.line = mark.column = 1;
    if (encoding == PARK_BINARY)
        PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0102,
                         "byte 0x%02X is not UTF-8 and the file is not GBK either; save it as UTF-8",
                         "字节 0x%02X 不是 UTF-8，文件也不是 GBK；请另存为 UTF-8",
                         (unsigned)(unsigned char)bytes[bad]);
    else
        PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0102, "the file looks like %s; save it as UTF-8",
                         "文件像是 %s 编码；请另存为 UTF-8", park_encoding_name(encoding));
}

/* A root in [] or {} has no lines to leave out. */
static bool root_is_flow(const char *text, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        if (text[at] == '#') {
            while (at < length && text[at] != '\n')
                at++;
        } else if (length - at > 3 && memcmp(text + at, "---", 3) == 0)
            at += 2;
        else if (memchr(" \t\r\n", text[at], 4) == NULL)
            return text[at] == '{' || text[at] == '[';
    }
    return false;
}

static park_status no_memory(park_error *err, const char *name)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to read %s", name);
}

/* libyaml complained about the first pass: tell all it has to say, then build what is left. */
static park_pass_outcome rebuild(park_builder *b, const char *text, size_t length,
                                 const park_complaint *complaint)
{
    block  blocks[PASSES + 1];
    size_t count = 0;
    char  *work  = park_arena_text(b->tree->arena, text, length);
    if (work == NULL)
        return PARK_PASS_NO_MEMORY;
    b->tree->damaged = true;
    b->root          = NULL;
    if (root_is_flow(text, length)) {
        park_fault fault;
        park_fault_explain(&b->tree->files[b->file], text, complaint, &fault);
        park_mark mark = {b->file, (int32_t)fault.line, (int32_t)fault.column, (int32_t)fault.length};
        PARK_BUILD_ERROR(b->tree, b->findings, mark, fault.code, "%s%.0s", "%.0s%s", fault.en, fault.zh);
        return PARK_PASS_DONE;
    }
    park_pass_outcome result = recover(b, work, length, *complaint, blocks, &count);
    if (result != PARK_PASS_DONE || b->over_budget)
        return result;
    park_complaint left;
    result = park_pass_run(b, work, length, true, &left);
    for (size_t i = 0; i < count; i++)
        mark_damaged(b->root, blocks[i]);
    return result;
}

static void keep(park_findings *findings, const park_findings *news)
{
    for (size_t i = 0; i < news->count; i++) {
        const park_finding *n = &news->items[i];
        park_finding       *f =
            park_finding_add(findings, n->code, n->severity, n->path, "%s%.0s", "%.0s%s", n->en, n->zh);
        if (f != NULL) {
            f->file          = n->file;
            f->line          = n->line;
            f->column        = n->column;
            f->length        = n->length;
            f->source        = n->source;
            f->source_column = n->source_column;
        }
    }
    findings->errors += news->errors > news->count ? news->errors - news->count : 0;
    findings->dropped += news->dropped;
}

park_status park_build_parse(park_tree *tree, const char *name, const char *bytes, size_t length,
                             const park_tree_limits *limits, park_findings *findings, park_tree_node **root,
                             park_error *err)
{
    park_findings news;
    park_findings_init(&news, findings->arena);
    park_builder *b = PARK_NEW(tree->arena, park_builder);
    size_t        text_length, bad, errors = findings->errors;
    const char   *decoded;
    park_encoding encoding = park_encoding_decode(tree->arena, bytes, length, &decoded, &text_length, &bad);
    char *text = b == NULL || decoded == NULL ? NULL : park_arena_text(tree->arena, decoded, text_length);
    int   file = text == NULL ? -1 : park_build_file(tree, name, text, text_length);
    *root      = NULL;
    if (file < 0)
        return no_memory(err, name);
    b->tree     = tree;
    b->limits   = limits;
    b->file     = file;
    b->findings = findings;
    if (encoding != PARK_UTF8 && encoding != PARK_UTF8_BOM)
        tell_encoding(b, encoding, bytes, bad);
    if (text_length > limits->bytes) {
        park_pass_over_budget(b, (park_mark){file, 0, 0, 1}, "the file is larger than %zu bytes",
                              "文件大于 %zu 字节", limits->bytes);
        return PARK_FAIL(err, PARK_E_INPUT, "%s is too large", name);
    }
    if (park_control_clean(tree, file, text, text_length, findings) > CONTROLS_MAX)
        return PARK_FAIL(err, PARK_E_INPUT, "%s is not a text file", name);

    park_complaint complaint;
    b->findings              = &news;
    park_pass_outcome result = park_pass_run(b, text, text_length, true, &complaint);
    if (result == PARK_PASS_COMPLAINED) {
        park_findings_init(&news, findings->arena);
        result = rebuild(b, text, text_length, &complaint);
    }
    keep(findings, &news);
    if (result == PARK_PASS_NO_MEMORY)
        return no_memory(err, name);
    *root         = b->root;
    tree->damaged = tree->damaged || b->over_budget;
    bool empty =
        b->root == NULL || (b->root->form == PARK_SCALAR && b->root->length == 0 && !b->root->quoted);
    if (empty && findings->errors == errors) {
        park_mark mark = {file, 1, 1, 1};
        PARK_BUILD_ERROR(tree, findings, mark, PARK_E0116, "the file holds no values%s", "文件中没有内容%s",
                         "");
    }
    if (findings->errors > errors)
        return PARK_FAIL(err, PARK_E_INPUT, "%s has errors", name);
    return PARK_OK;
}

park_status park_tree_parse(park_arena *arena, const char *name, const char *text, size_t length,
                            const park_tree_limits *limits, park_findings *findings, park_tree **tree,
                            park_error *err)
{
    park_tree_limits defaults = park_tree_limits_default();
    *tree                     = park_tree_new(arena);
    if (*tree == NULL)
        return no_memory(err, name);
    return park_build_parse(*tree, name, text, length, limits != NULL ? limits : &defaults, findings,
                            &(*tree)->root, err);
}
