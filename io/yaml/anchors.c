/*
 * anchors.c - anchors, references to them, and what `<<` merges.
 */
#include "yaml/pass.h"

#include <string.h>

static park_anchor *find_anchor(park_builder *b, const char *name)
{
    size_t at = park_build_find(b->anchor_names, name, strlen(name));
    return at < b->anchor_count ? &b->anchors[at] : NULL;
}

bool park_pass_anchor(park_builder *b, const char *name, park_tree_node *node)
{
    if (name == NULL)
        return true;
    park_anchor *old = find_anchor(b, name);
    if (old != NULL) {
        PARK_BUILD_ERROR(b->tree, b->findings, node->mark, PARK_E0109,
                         "the anchor &%s is already defined in line %d", "锚点 &%s 已在第 %d 行定义", name,
                         (int)old->node->mark.line);
        return true;
    }
    park_tree_node *entry = park_build_node(b->tree->arena, PARK_SCALAR, "", 0);
    if (entry == NULL || !PARK_GROW(b->tree->arena, b->anchors, b->anchor_count, b->anchor_capacity))
        return false;
    entry->key = park_build_node(b->tree->arena, PARK_SCALAR, name, strlen(name));
    if (entry->key == NULL || !park_build_append(b->tree->arena, b->anchor_names, entry))
        return false;
    b->anchors[b->anchor_count++] = (park_anchor){node, node->form == PARK_SCALAR};
    return true;
}

/* What a reference that cannot be followed leaves behind: nothing may be concluded from it. */
static park_tree_node *hole(park_builder *b, park_mark mark)
{
    park_tree_node *node = park_build_node(b->tree->arena, PARK_SCALAR, "", 0);
    if (node != NULL) {
        node->mark    = mark;
        node->damaged = true;
    }
    return node;
}

park_tree_node *park_pass_follow(park_builder *b, const char *name, park_mark mark)
{
    const park_anchor *a = find_anchor(b, name);
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
        park_pass_over_budget(b, mark, "references expand to more than %zu nodes",
                              "引用展开后超过 %zu 个节点", b->limits->expanded);
        return hole(b, mark);
    }
    return copy;
}

/* --- a mapping is complete --- */

static bool is_merge(const park_tree_node *value)
{
    return !value->key->quoted && strcmp(value->key->text, "<<") == 0;
}

/* Entries of a merged mapping that the mapping does not have yet. */
static bool merge_entries(park_builder *b, park_tree_node *into, const park_tree_node *from,
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
            park_pass_over_budget(b, written->mark, "references expand to more than %zu nodes",
                                  "引用展开后超过 %zu 个节点", b->limits->expanded);
            return true;
        }
        if (copy == NULL || (copy->key = park_build_copy(b->tree->arena, key, 0, &names)) == NULL ||
            !park_build_append(b->tree->arena, into, copy))
            return false;
    }
    return true;
}

static bool merge_value(park_builder *b, park_tree_node *into, const park_tree_node *value,
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
bool park_pass_close_mapping(park_builder *b, park_tree_node *node)
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
