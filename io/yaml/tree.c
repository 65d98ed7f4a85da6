/*
 * tree.c - nodes: making them, finding them, naming them.
 */
#include "yaml/tree.h"

#include "utf8.h"
#include "yaml/build.h"

#include <stdlib.h>
#include <string.h>

enum { INDEX_FROM = 12 /* items from which a mapping has a table */ };

park_tree_limits park_tree_limits_default(void)
{
    return (park_tree_limits){.bytes = (size_t)64 << 20, .nodes = 4000000, .expanded = 100000, .depth = 64};
}

park_tree *park_tree_new(park_arena *arena)
{
    park_tree *tree = PARK_NEW(arena, park_tree);
    if (tree != NULL)
        tree->arena = arena;
    return tree;
}

park_tree_node *park_build_node(park_arena *arena, park_tree_form form, const char *text, size_t length)
{
    /* A scalar's text stands behind its node: one allocation for both. */
    size_t          room = form == PARK_SCALAR ? length + 1 : 0;
    park_tree_node *node = park_array(arena, sizeof *node + room, 1);
    if (node == NULL)
        return NULL;
    node->form = form;
    node->mark = (park_mark){.file = -1, .line = 0, .column = 0, .length = 1};
    if (form == PARK_SCALAR) {
        char *copy = (char *)(node + 1);
        if (length > 0)
            memcpy(copy, text, length);
        node->text   = copy;
        node->length = length;
    }
    return node;
}

/* FNV-1a: the same table on every machine. */
static uint32_t hash(const char *text, size_t length)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < length; i++)
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    return h;
}

static bool named(const park_tree_node *value, const char *key, size_t length)
{
    return value->key->length == length && memcmp(value->key->text, key, length) == 0;
}

/* index[0] is the mask of the slots that follow; a slot holds position + 1, 0 is free. */
static void index_insert(park_tree_node *mapping, size_t at)
{
    const park_tree_node *key  = mapping->items[at]->key;
    uint32_t              mask = mapping->index[0], slot = hash(key->text, key->length) & mask;
    for (; mapping->index[1 + slot] != 0; slot = (slot + 1) & mask)
        if (named(mapping->items[mapping->index[1 + slot] - 1], key->text, key->length))
            return; /* the first of equal keys is the one found */
    mapping->index[1 + slot] = (uint32_t)at + 1;
}

bool park_build_index(park_arena *arena, park_tree_node *mapping)
{
    mapping->index = NULL;
    if (mapping->count < INDEX_FROM)
        return true;
    size_t slots = 32;
    while (slots < 4 * mapping->count)
        slots *= 2;
    if (slots > UINT32_MAX / 2)
        return false;
    mapping->index = PARK_ARRAY(arena, slots + 1, uint32_t);
    if (mapping->index == NULL)
        return false;
    mapping->index[0] = (uint32_t)slots - 1;
    for (size_t i = 0; i < mapping->count; i++)
        index_insert(mapping, i);
    return true;
}

bool park_build_append(park_arena *arena, park_tree_node *parent, park_tree_node *value)
{
    if (!PARK_GROW(arena, parent->items, parent->count, parent->capacity))
        return false;
    value->parent                  = parent;
    parent->items[parent->count++] = value;
    if (parent->form != PARK_MAPPING || parent->count < INDEX_FROM)
        return true;
    if (parent->index == NULL || 2 * parent->count > parent->index[0])
        return park_build_index(arena, parent);
    index_insert(parent, parent->count - 1);
    return true;
}

size_t park_build_find(const park_tree_node *mapping, const char *key, size_t length)
{
    if (mapping->index != NULL) {
        uint32_t mask = mapping->index[0];
        for (uint32_t slot = hash(key, length) & mask; mapping->index[1 + slot] != 0;
             slot          = (slot + 1) & mask)
            if (named(mapping->items[mapping->index[1 + slot] - 1], key, length))
                return mapping->index[1 + slot] - 1;
        return mapping->count;
    }
    for (size_t i = 0; i < mapping->count; i++)
        if (named(mapping->items[i], key, length))
            return i;
    return mapping->count;
}

/* --- look up --- */

static park_tree_node *get(const park_tree_node *node, const char *key, size_t length)
{
    if (node == NULL || node->form != PARK_MAPPING)
        return NULL;
    size_t at = park_build_find(node, key, length);
    return at < node->count ? node->items[at] : NULL;
}

park_tree_node *park_tree_get(const park_tree_node *node, const char *key)
{
    return get(node, key, strlen(key));
}

const char *park_tree_key(const park_tree_node *node)
{
    return node != NULL && node->key != NULL ? node->key->text : "";
}

bool park_tree_is_null(const park_tree_node *node)
{
    if (node == NULL)
        return true;
    static const char *const WORDS[] = {"", "~", "null", "Null", "NULL"};
    if (node->form != PARK_SCALAR || node->quoted)
        return false;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(node->text, WORDS[i]) == 0)
            return true;
    return false;
}

/* "[12]" at path: the index and where the path goes on; false when malformed. */
static bool list_step(const char *path, size_t *index, const char **rest)
{
    if (path[1] < '0' || path[1] > '9')
        return false;
    char              *end;
    unsigned long long value = strtoull(path + 1, &end, 10);
    if (*end != ']')
        return false;
    *index = (size_t)value;
    *rest  = end + 1;
    return true;
}

/* Paths are tried with the longest key first, because keys may hold dots. */
static const park_tree_node *step(const park_tree_node *node, const char *path, int depth)
{
    if (*path == '\0' || node == NULL || depth > 1000)
        return *path == '\0' ? node : NULL;
    if (*path == '[') {
        size_t      index;
        const char *rest;
        if (node->form != PARK_LIST || !list_step(path, &index, &rest) || index >= node->count)
            return NULL;
        return step(node->items[index], *rest == '.' ? rest + 1 : rest, depth + 1);
    }
    for (size_t end = strlen(path); end > 0; end--) {
        if (path[end] != '\0' && path[end] != '.' && path[end] != '[')
            continue;
        const park_tree_node *next = get(node, path, end);
        if (next == NULL)
            continue;
        const park_tree_node *found = step(next, path[end] == '.' ? path + end + 1 : path + end, depth + 1);
        if (found != NULL)
            return found;
    }
    return NULL;
}

park_tree_node *park_tree_at(const park_tree_node *node, const char *path)
{
    /* As strchr: who may change the tree may change what is found in it. */
    return (park_tree_node *)(uintptr_t)step(node, path, 0);
}

static void write_path(park_text *out, const park_tree_node *node)
{
    const park_tree_node *parent = node->parent;
    if (parent == NULL)
        return;
    write_path(out, parent);
    if (node->key != NULL) {
        park_text_printf(out, "%s%s", out->length > 0 ? "." : "", node->key->text);
        return;
    }
    for (size_t i = 0; i < parent->count; i++)
        if (parent->items[i] == node)
            park_text_printf(out, "[%zu]", i);
}

const char *park_tree_path(park_arena *arena, const park_tree_node *node)
{
    park_text out;
    park_text_init(&out, arena);
    if (node != NULL)
        write_path(&out, node);
    return park_text_done(&out);
}

const char *park_tree_nearest_key(park_arena *arena, const park_tree_node *mapping, const char *word)
{
    if (mapping == NULL || mapping->form != PARK_MAPPING)
        return NULL;
    const char **keys = PARK_ARRAY(arena, mapping->count, const char *);
    if (keys == NULL)
        return NULL;
    for (size_t i = 0; i < mapping->count; i++)
        keys[i] = mapping->items[i]->key->text;
    return park_nearest(word, keys, mapping->count);
}
