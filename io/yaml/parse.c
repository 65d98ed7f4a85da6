/*
 * parse.c - libyaml's events to nodes. The only file that knows libyaml.
 */
#include "yaml/pass.h"

#include "utf8.h"

#include <string.h>
#include <yaml.h>

/* --- marks --- */

static park_mark mark_of(const park_builder *b, const yaml_mark_t *start, const yaml_mark_t *end)
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

void park_pass_over_budget(park_builder *b, park_mark mark, const char *en, const char *zh, size_t limit)
{
    b->over_budget = true;
    PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0112, en, zh, limit);
}

/* --- the stack --- */

static park_frame *top(park_builder *b)
{
    return b->depth > 0 ? &b->frames[b->depth - 1] : NULL;
}

static bool wants_key(park_builder *b)
{
    const park_frame *f = top(b);
    return f != NULL && f->node->form == PARK_MAPPING && f->key == NULL;
}

/* A key that cannot be one still has a value to be read past. */
static park_tree_node *broken_key(park_builder *b, park_mark mark, const char *en, const char *zh)
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
static bool attach(park_builder *b, park_tree_node *node)
{
    park_frame *f = top(b);
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

static bool push(park_builder *b, park_tree_node *node, size_t anchored)
{
    bool              in_free_text = false;
    const park_frame *f            = top(b);
    if (f != NULL)
        in_free_text = f->free_text || (f->key != NULL && park_pass_free_text(f->key->text));
    if (!attach(b, node))
        return false;
    b->frames[b->depth++] = (park_frame){.node = node, .free_text = in_free_text, .anchor = anchored};
    return true;
}
/* --- one event each --- */

static bool on_alias(park_builder *b, const yaml_event_t *event)
{
    if (!b->building)
        return true;
    park_tree_node *node = park_pass_follow(b, (const char *)event->data.alias.anchor,
                                            mark_of(b, &event->start_mark, &event->end_mark));
    return node != NULL && attach(b, node);
}

static void refuse_tag(park_builder *b, const yaml_char_t *tag, park_mark mark)
{
    PARK_BUILD_ERROR(b->tree, b->findings, mark, PARK_E0115,
                     "the tag %s is not used here; quote the text if it is one",
                     "此处不使用标签 %s；若是文字请加引号", (const char *)tag);
}

static bool on_scalar(park_builder *b, const yaml_event_t *event)
{
    const char *tag = (const char *)event->data.scalar.tag;
    if (++b->nodes > b->limits->nodes) {
        park_pass_over_budget(b, mark_of(b, &event->start_mark, &event->end_mark),
                              "the file holds more than %zu values", "文件中的值超过 %zu 个",
                              b->limits->nodes);
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
    park_pass_look(b, node, top(b), is_key, event->end_mark.line + (event->end_mark.column > 0));
    return park_pass_anchor(b, (const char *)event->data.scalar.anchor, node) && attach(b, node);
}

static bool on_open(park_builder *b, const yaml_event_t *event, park_tree_form form)
{
    park_mark mark = mark_of(b, &event->start_mark, &event->end_mark);
    if (b->depth >= b->limits->depth || b->depth >= PARK_FRAMES) {
        park_pass_over_budget(b, mark, "the nesting is deeper than %zu", "嵌套深度超过 %zu",
                              (size_t)b->limits->depth);
        return true;
    }
    if (++b->nodes > b->limits->nodes) {
        park_pass_over_budget(b, mark, "the file holds more than %zu values", "文件中的值超过 %zu 个",
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
    return park_pass_anchor(b, (const char *)anchor_name, node) &&
           push(b, node, b->anchor_count > before ? b->anchor_count : 0);
}

static bool on_close(park_builder *b, const yaml_event_t *event)
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
    return node->form != PARK_MAPPING || park_pass_close_mapping(b, node);
}

static bool on_event(park_builder *b, const yaml_event_t *event)
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

static void copy_complaint(const yaml_parser_t *parser, park_complaint *complaint)
{
    complaint->problem        = parser->problem;
    complaint->context        = parser->context;
    complaint->line           = parser->problem_mark.line + 1;
    complaint->column         = parser->problem_mark.column + 1;
    complaint->context_line   = parser->context == NULL ? 0 : parser->context_mark.line + 1;
    complaint->context_column = parser->context == NULL ? 0 : parser->context_mark.column + 1;
}

static park_pass_outcome run_parser(park_builder *b, yaml_parser_t *parser, park_complaint *complaint)
{
    int documents = 0;
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            copy_complaint(parser, complaint);
            return parser->error == YAML_MEMORY_ERROR ? PARK_PASS_NO_MEMORY : PARK_PASS_COMPLAINED;
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
            return PARK_PASS_NO_MEMORY;
    }
    return PARK_PASS_DONE;
}

/* One way through the text. `text` has the lines of the file. */
park_pass_outcome park_pass_run(park_builder *b, const char *text, size_t length, bool building,
                                park_complaint *complaint)
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
        return PARK_PASS_NO_MEMORY;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    park_pass_outcome result = run_parser(b, &parser, complaint);
    yaml_parser_delete(&parser);
    return result;
}
