/*
 * parse.c - libyaml's events to nodes. The only file that knows libyaml.
 *
 * Stages of one file: bytes to UTF-8; characters that are no text are reported and blanked; a first pass
 * builds the tree. If libyaml stops, its complaint is explained (faults.c), the block in which it stands is
 * blanked, and passes that build nothing go on until no complaint is left; a last pass then builds what
 * remains. What the builder itself finds (duplicate keys, anchors, ...) is told from the last pass only.
 */
#include "yaml/build.h"

#include "utf8.h"

#include <stdio.h>
#include <string.h>
#include <yaml.h>

enum {
    FRAMES       = 256, /* more than any depth limit */
    PASSES       = 50,
    PASS_BYTES   = 64 << 20, /* all passes together */
    CONTROLS_MAX = 20        /* beyond: not a text file */
};

typedef struct frame {
    park_tree_node *node;
    park_tree_node *key;    /* read, its value is due */
    size_t          anchor; /* its position among the anchors + 1; 0: none */
    bool            free_text;
} frame;

typedef struct anchor {
    park_tree_node *node;
    bool            complete;
} anchor;

typedef struct builder {
    park_tree              *tree;
    const park_tree_limits *limits;
    park_findings          *findings;
    yaml_parser_t          *parser;
    int                     file;
    bool                    building; /* else only the syntax is looked at */
    frame                   frames[FRAMES];
    int                     depth;
    park_tree_node         *anchor_names; /* a mapping: finds a name's position in `anchors` */
    anchor                 *anchors;
    size_t                  anchor_count, anchor_capacity;
    size_t                  nodes, expandable;
    park_tree_node         *root;
    bool                    second_document, over_budget, out_of_memory;
} builder;

/* --- marks --- */

static park_mark mark_of(const builder *b, const yaml_mark_t *start, const yaml_mark_t *end)
{
    park_mark mark = {b->file, (int32_t)start->line + 1, (int32_t)start->column + 1, 1};
    if (end->line == start->line && end->column > start->column)
        mark.length = (int32_t)(end->column - start->column);
    else if (end->line > start->line) { /* to the end of its first line */
        const park_tree_file *file = &b->tree->files[b->file];
        size_t from = park_build_line(file, start->line + 1), to = park_build_line(file, start->line + 2);
        while (to > from &&
               (file->text[to - 1] == '\n' || file->text[to - 1] == '\r' || file->text[to - 1] == ' '))
            to--;
        size_t characters = park_utf8_count(file->text + from, to - from);
        if (characters > start->column)
            mark.length = (int32_t)(characters - start->column);
    }
    return mark;
}

static void over_budget(builder *b, park_mark mark, const char *en, const char *zh, size_t limit)
{
    b->over_budget = true;
    PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0112, en, zh, limit);
}

/* --- the stack --- */

static frame *top(builder *b)
{
    return b->depth > 0 ? &b->frames[b->depth - 1] : NULL;
}

static bool wants_key(builder *b)
{
    const frame *f = top(b);
    return f != NULL && f->node->form == PARK_MAPPING && f->key == NULL;
}

/* Names, notes and descriptions may hold any punctuation. */
static bool free_text(const char *key)
{
    static const char *const WORDS[] = {"name", "zh", "en", "sector", "note", "title", "description"};
    if (strncmp(key, "x-", 2) == 0)
        return true;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(key, WORDS[i]) == 0)
            return true;
    return false;
}

/* A key that cannot be one still has a value to be read past. */
static park_tree_node *broken_key(builder *b, park_mark mark, const char *en, const char *zh)
{
    PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0113, en, zh);
    park_tree_node *key = park_build_node(b->tree->arena, PARK_SCALAR, "", 0);
    if (key != NULL) {
        key->mark    = mark;
        key->damaged = true;
    }
    return key;
}

/* A finished or just opened node goes where it belongs. False when out of memory. */
static bool attach(builder *b, park_tree_node *node)
{
    frame *f = top(b);
    if (f == NULL) {
        b->root = node;
        return true;
    }
    if (f->node->form == PARK_LIST)
        return park_build_append(b->tree->arena, f->node, node);
    if (f->key == NULL) {
        if (node->form != PARK_SCALAR)
            f->key = broken_key(b, node->mark, "a key must be a word, not a list or mapping",
                                "键应为一个词，不能是列表或映射");
        else if (node->length == 0 || strlen(node->text) != node->length)
            f->key = broken_key(b, node->mark, "a key is empty", "键为空");
        else
            f->key = node;
        return f->key != NULL;
    }
    node->key        = f->key;
    bool dropped     = f->key->damaged;
    f->key           = NULL;
    f->node->damaged = f->node->damaged || dropped;
    return dropped || park_build_append(b->tree->arena, f->node, node);
}

static bool push(builder *b, park_tree_node *node, size_t anchored)
{
    bool         in_free_text = false;
    const frame *f            = top(b);
    if (f != NULL)
        in_free_text = f->free_text || (f->key != NULL && free_text(f->key->text));
    if (!attach(b, node))
        return false;
    b->frames[b->depth++] = (frame){.node = node, .free_text = in_free_text, .anchor = anchored};
    return true;
}

/* --- anchors --- */

static anchor *find_anchor(builder *b, const char *name)
{
    size_t at = park_build_find(b->anchor_names, name, strlen(name));
    return at < b->anchor_count ? &b->anchors[at] : NULL;
}

static bool add_anchor(builder *b, const yaml_char_t *name, park_tree_node *node)
{
    if (name == NULL)
        return true;
    const char *text = (const char *)name;
    anchor     *old  = find_anchor(b, text);
    if (old != NULL) {
        PARK_BUILD_ERROR(b->tree, b->findings, node->mark, PARK_E0109,
                         "the anchor &%s is already defined in line %d", "锚点 &%s 已在第 %d 行定义", text,
                         (int)old->node->mark.line);
        return true;
    }
    park_tree_node *entry = park_build_node(b->tree->arena, PARK_SCALAR, "", 0);
    if (entry == NULL || !PARK_GROW(b->tree->arena, b->anchors, b->anchor_count, b->anchor_capacity))
        return false;
    entry->key = park_build_node(b->tree->arena, PARK_SCALAR, text, strlen(text));
    if (entry->key == NULL || !park_build_append(b->tree->arena, b->anchor_names, entry))
        return false;
    b->anchors[b->anchor_count++] = (anchor){node, node->form == PARK_SCALAR};
    return true;
}

/* What a reference that cannot be followed leaves behind: nothing may be concluded from it. */
static park_tree_node *hole(builder *b, park_mark mark)
{
    park_tree_node *node = park_build_node(b->tree->arena, PARK_SCALAR, "", 0);
    if (node != NULL) {
        node->mark    = mark;
        node->damaged = true;
    }
    return node;
}

static park_tree_node *follow(builder *b, const char *name, park_mark mark)
{
    const anchor *a = find_anchor(b, name);
    if (a == NULL) {
        /* Its definition may have been blanked with a broken block. */
        if (!b->tree->damaged)
            PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0108,
                             "no anchor &%s before this place; if the text is meant, quote it: \"*%s\"",
                             "此处之前没有锚点 &%s；若是文字本身，请加引号：\"*%s\"", name, name);
        return hole(b, mark);
    }
    if (!a->complete) {
        PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0108, "*%s stands inside what &%s names",
                         "*%s 位于 &%s 所指内容之内", name, name);
        return hole(b, mark);
    }
    park_tree_node *copy = park_build_copy(b->tree->arena, a->node, 0, &b->expandable);
    if (copy == NULL && b->expandable == 0) {
        over_budget(b, mark, "references expand to more than %zu nodes", "引用展开后超过 %zu 个节点",
                    b->limits->expanded);
        return hole(b, mark);
    }
    return copy;
}

/* --- one event each --- */

static bool on_alias(builder *b, const yaml_event_t *event)
{
    if (!b->building)
        return true;
    park_tree_node *node =
        follow(b, (const char *)event->data.alias.anchor, mark_of(b, &event->start_mark, &event->end_mark));
    return node != NULL && attach(b, node);
}

static void tell_wide(builder *b, park_tree_node *node, park_mark mark, const char *found,
                      const park_wide *wide)
{
    PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0105,
                     "full-width '%.*s' stands here; write %s, or quote the text if it belongs to it",
                     "此处是全角“%.*s”；请写半角 %s，若属于文字内容请加引号", (int)wide->length, found,
                     wide->plain);
    node->damaged = true;
}

/* Several lines that became one text because none has a plain colon: each is told. */
static void look_at_lines(builder *b, park_tree_node *node, size_t last)
{
    const park_tree_file *file = &b->tree->files[b->file];
    for (size_t line = (size_t)node->mark.line; line <= last; line++) {
        size_t    from = park_build_line(file, line), to = park_build_line(file, line + 1);
        park_wide wide;
        if (!park_wide_find(file->text + from, to - from, &wide) || wide.plain[1] != ':')
            continue;
        int32_t   column = (int32_t)park_utf8_count(file->text + from, wide.offset) + 1;
        park_mark mark   = {b->file, (int32_t)line, column, 1};
        tell_wide(b, node, mark, file->text + from + wide.offset, &wide);
    }
}

/* "{a:1}" is a key "a:1" without a value. */
static void look_at_colon(builder *b, park_tree_node *node, bool one_line)
{
    const char *colon = strchr(node->text, ':');
    if (colon == NULL)
        return;
    park_mark mark = node->mark;
    if (one_line)
        mark.column += (int32_t)park_utf8_count(node->text, (size_t)(colon - node->text));
    mark.length = 1;
    PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0101, "a space must follow ':'", "“:”之后须有空格");
    node->damaged = true;
}

/* An unquoted scalar that parsed and still holds full-width structure. `last` is the line where it ends. */
static void look_at_punctuation(builder *b, park_tree_node *node, bool is_key, size_t last)
{
    const frame *f = top(b);
    if (node->quoted)
        return;
    bool one_line     = last == (size_t)node->mark.line;
    bool in_free_text = f != NULL && (f->free_text || (f->key != NULL && free_text(f->key->text)));
    bool own_line     = is_key || f == NULL || f->key == NULL || f->key->mark.line != node->mark.line;
    bool in_flow      = f != NULL && f->node->flow;
    if (!in_flow && own_line && !is_key && !in_free_text && (!one_line || f == NULL)) {
        look_at_lines(b, node, last);
        return;
    }
    if (is_key && in_flow)
        look_at_colon(b, node, one_line);
    park_wide wide;
    if (node->damaged ||
        !park_wide_in_scalar(node->text, node->length, is_key, in_flow, own_line, in_free_text, &wide))
        return;
    park_mark mark = node->mark;
    if (one_line) {
        mark.column += (int32_t)park_utf8_count(node->text, wide.offset);
        mark.length = 1;
    }
    tell_wide(b, node, mark, node->text + wide.offset, &wide);
}

static void refuse_tag(builder *b, const yaml_char_t *tag, park_mark mark)
{
    PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0115,
                     "the tag %s is not used here; quote the text if it is one",
                     "此处不使用标签 %s；若是文字请加引号", (const char *)tag);
}

static bool on_scalar(builder *b, const yaml_event_t *event)
{
    const char *tag = (const char *)event->data.scalar.tag;
    if (++b->nodes > b->limits->nodes) {
        over_budget(b, mark_of(b, &event->start_mark, &event->end_mark),
                    "the file holds more than %zu values", "文件中的值超过 %zu 个", b->limits->nodes);
        return true;
    }
    if (!b->building)
        return true;
    park_tree_node *node = park_build_node(b->tree->arena, PARK_SCALAR,
                                           (const char *)event->data.scalar.value, event->data.scalar.length);
    if (node == NULL)
        return false;
    node->mark   = mark_of(b, &event->start_mark, &event->end_mark);
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (tag != NULL && (strcmp(tag, YAML_STR_TAG) == 0 || strcmp(tag, "!") == 0))
        node->quoted = true;
    else if (tag != NULL)
        refuse_tag(b, event->data.scalar.tag, node->mark);
    bool is_key = wants_key(b);
    look_at_punctuation(b, node, is_key, event->end_mark.line + (event->end_mark.column > 0));
    return add_anchor(b, event->data.scalar.anchor, node) && attach(b, node);
}

static bool on_open(builder *b, const yaml_event_t *event, park_tree_form form)
{
    park_mark mark = mark_of(b, &event->start_mark, &event->end_mark);
    if (b->depth >= b->limits->depth || b->depth >= FRAMES) {
        over_budget(b, mark, "the nesting is deeper than %zu", "嵌套深度超过 %zu", (size_t)b->limits->depth);
        return true;
    }
    if (++b->nodes > b->limits->nodes) {
        over_budget(b, mark, "the file holds more than %zu values", "文件中的值超过 %zu 个",
                    b->limits->nodes);
        return true;
    }
    if (!b->building) {
        b->depth++;
        return true;
    }
    bool               list = form == PARK_LIST;
    const yaml_char_t *tag  = list ? event->data.sequence_start.tag : event->data.mapping_start.tag;
    const yaml_char_t *anchor_name =
        list ? event->data.sequence_start.anchor : event->data.mapping_start.anchor;
    park_tree_node *node = park_build_node(b->tree->arena, form, NULL, 0);
    if (node == NULL)
        return false;
    node->mark = mark;
    node->flow = list ? event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
                      : event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    if (tag != NULL)
        refuse_tag(b, tag, mark);
    size_t before = b->anchor_count;
    return add_anchor(b, anchor_name, node) && push(b, node, b->anchor_count > before ? b->anchor_count : 0);
}

/* --- a mapping is complete --- */

static bool is_merge(const park_tree_node *value)
{
    return !value->key->quoted && strcmp(value->key->text, "<<") == 0;
}

/* Entries of a merged mapping that the mapping does not have yet. */
static bool merge_entries(builder *b, park_tree_node *into, const park_tree_node *from,
                          const park_tree_node *written)
{
    for (size_t i = 0; i < from->count; i++) {
        const park_tree_node *item = from->items[i], *key = item->key;
        if (park_build_find(into, key->text, key->length) < into->count ||
            park_build_find(written, key->text, key->length) < written->count)
            continue;
        size_t          names = 1;
        park_tree_node *copy  = park_build_copy(b->tree->arena, item, 0, &b->expandable);
        if (copy == NULL && b->expandable == 0) {
            over_budget(b, written->mark, "references expand to more than %zu nodes",
                        "引用展开后超过 %zu 个节点", b->limits->expanded);
            return true;
        }
        if (copy == NULL || (copy->key = park_build_copy(b->tree->arena, key, 0, &names)) == NULL ||
            !park_build_append(b->tree->arena, into, copy))
            return false;
    }
    return true;
}

static bool merge_value(builder *b, park_tree_node *into, const park_tree_node *value,
                        const park_tree_node *written)
{
    if (value->form == PARK_MAPPING)
        return merge_entries(b, into, value, written);
    bool good = value->form == PARK_LIST && !value->damaged;
    for (size_t i = 0; good && i < value->count; i++)
        good = value->items[i]->form == PARK_MAPPING;
    if (!good) {
        into->damaged = true;
        if (!value->damaged)
            PARK_BUILD_ERROR(b->tree, b->findings, value->mark, PARK_E0114,
                             "<< takes a reference to a mapping, or a list of such references",
                             "<< 的值应为对映射的引用，或这种引用的列表");
        return true;
    }
    for (size_t i = 0; i < value->count; i++)
        if (!merge_entries(b, into, value->items[i], written))
            return false;
    return true;
}

/* Duplicate keys are told and dropped; `<<` gives way to what it refers to. */
static bool close_mapping(builder *b, park_tree_node *node)
{
    const park_tree_node written = *node; /* as it stands in the file */
    node->items                  = NULL;
    node->index                  = NULL;
    node->count = node->capacity = 0;
    for (size_t i = 0; i < written.count; i++) {
        park_tree_node *item = written.items[i], *key = item->key;
        if (is_merge(item)) {
            if (!merge_value(b, node, item, &written))
                return false;
            continue;
        }
        size_t at = park_build_find(node, key->text, key->length);
        if (at < node->count) {
            const park_tree_node *first = node->items[at]->key;
            PARK_BUILD_ERROR(b->tree, b->findings, key->mark, PARK_E0110,
                             "the key '%s' stands already in line %d", "键“%s”已在第 %d 行出现", key->text,
                             (int)first->mark.line);
            continue;
        }
        if (!park_build_append(b->tree->arena, node, item))
            return false;
    }
    return true;
}

static bool on_close(builder *b, const yaml_event_t *event)
{
    b->depth--;
    if (!b->building)
        return true;
    park_tree_node *node = b->frames[b->depth].node;
    /* A block reaches to the end of its first line, brackets to their partner. */
    yaml_mark_t start = {0, (size_t)node->mark.line - 1, (size_t)node->mark.column - 1};
    yaml_mark_t below = {0, start.line + 1, 0};
    node->mark        = mark_of(b, &start, node->flow ? &event->end_mark : &below);
    if (b->frames[b->depth].anchor > 0)
        b->anchors[b->frames[b->depth].anchor - 1].complete = true;
    return node->form != PARK_MAPPING || close_mapping(b, node);
}

static bool on_event(builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return on_alias(b, event);
    case YAML_SCALAR_EVENT:
        return on_scalar(b, event);
    case YAML_SEQUENCE_START_EVENT:
        return on_open(b, event, PARK_LIST);
    case YAML_MAPPING_START_EVENT:
        return on_open(b, event, PARK_MAPPING);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return on_close(b, event);
    default:
        return true;
    }
}

/* --- one pass --- */

typedef enum outcome { DONE, COMPLAINED, NO_MEMORY } outcome;

static void copy_complaint(const yaml_parser_t *parser, park_complaint *complaint)
{
    complaint->problem        = parser->problem;
    complaint->context        = parser->context;
    complaint->line           = parser->problem_mark.line + 1;
    complaint->column         = parser->problem_mark.column + 1;
    complaint->context_line   = parser->context == NULL ? 0 : parser->context_mark.line + 1;
    complaint->context_column = parser->context == NULL ? 0 : parser->context_mark.column + 1;
}

static outcome run_parser(builder *b, yaml_parser_t *parser, park_complaint *complaint)
{
    int documents = 0;
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            copy_complaint(parser, complaint);
            return parser->error == YAML_MEMORY_ERROR ? NO_MEMORY : COMPLAINED;
        }
        bool enough = false, good = true;
        if (event.type == YAML_DOCUMENT_START_EVENT && ++documents == 2) {
            if (b->building)
                PARK_BUILD_ERROR(b->tree, b->findings, mark_of(b, &event.start_mark, &event.end_mark),
                                 PARK_E0111, "a second document starts here; a file holds one",
                                 "此处开始了第二个文档；一个文件只含一个");
            enough = true;
        } else
            good = on_event(b, &event);
        more = event.type != YAML_STREAM_END_EVENT && !enough && !b->over_budget && good;
        yaml_event_delete(&event);
        if (!good)
            return NO_MEMORY;
    }
    return DONE;
}

/* One way through the text. `text` has the lines of the file. */
static outcome pass(builder *b, const char *text, size_t length, bool building, park_complaint *complaint)
{
    yaml_parser_t parser;
    b->building     = building;
    b->depth        = 0;
    b->root         = NULL;
    b->anchor_count = 0;
    b->nodes        = 0;
    b->over_budget  = false;
    b->expandable   = b->limits->expanded;
    b->anchor_names = park_build_node(b->tree->arena, PARK_MAPPING, NULL, 0);
    if (b->anchor_names == NULL || !yaml_parser_initialize(&parser))
        return NO_MEMORY;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    outcome result = run_parser(b, &parser, complaint);
    yaml_parser_delete(&parser);
    return result;
}

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
static outcome recover(builder *b, char *work, size_t length, park_complaint complaint, block *blocks,
                       size_t *count)
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
                    return DONE;
            }
        }
        blocks[(*count)++] = area;
        outcome result     = pass(b, work, length, false, &complaint);
        if (result != COMPLAINED)
            return result;
    }
    blank_out(file, work, (block){1, file->lines, 0});
    return DONE;
}

/* --- bytes --- */

/* Tell an encoding that is not UTF-8 at its first foreign byte. */
static void tell_encoding(builder *b, park_encoding encoding, const char *bytes, size_t bad)
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
static outcome rebuild(builder *b, const char *text, size_t length, const park_complaint *complaint)
{
    block  blocks[PASSES + 1];
    size_t count = 0;
    char  *work  = park_arena_text(b->tree->arena, text, length);
    if (work == NULL)
        return NO_MEMORY;
    b->tree->damaged = true;
    b->root          = NULL;
    if (root_is_flow(text, length)) {
        park_fault fault;
        park_fault_explain(&b->tree->files[b->file], text, complaint, &fault);
        park_mark mark = {b->file, (int32_t)fault.line, (int32_t)fault.column, (int32_t)fault.length};
        PARK_BUILD_ERROR(b->tree, b->findings, mark, fault.code, "%s%.0s", "%.0s%s", fault.en, fault.zh);
        return DONE;
    }
    outcome result = recover(b, work, length, *complaint, blocks, &count);
    if (result != DONE || b->over_budget)
        return result;
    park_complaint left;
    result = pass(b, work, length, true, &left);
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
    builder      *b = PARK_NEW(tree->arena, builder);
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
        over_budget(b, (park_mark){file, 0, 0, 1}, "the file is larger than %zu bytes", "文件大于 %zu 字节",
                    limits->bytes);
        return PARK_FAIL(err, PARK_E_INPUT, "%s is too large", name);
    }
    if (park_control_clean(tree, file, text, text_length, findings) > CONTROLS_MAX)
        return PARK_FAIL(err, PARK_E_INPUT, "%s is not a text file", name);

    park_complaint complaint;
    b->findings    = &news;
    outcome result = pass(b, text, text_length, true, &complaint);
    if (result == COMPLAINED) {
        park_findings_init(&news, findings->arena);
        result = rebuild(b, text, text_length, &complaint);
    }
    keep(findings, &news);
    if (result == NO_MEMORY)
        return no_memory(err, name);
    *root         = b->root;
    tree->damaged = tree->damaged || b->over_budget;
    if (b->root == NULL && findings->errors == errors) {
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
