/*
 * edit.c - changing trees: copies, puts, merges. Each value keeps the mark of where it came from.
 */
#include "yaml/tree.h"

#include "yaml/build.h"

#include <stdlib.h>
#include <string.h>

static park_tree_node *made(park_tree *tree, park_tree_form form, const char *text, const park_mark *mark)
{
    park_tree_node *node = park_build_node(tree->arena, form, text, text == NULL ? 0 : strlen(text));
    if (node != NULL && mark != NULL)
        node->mark = *mark;
    return node;
}

park_tree_node *park_tree_scalar(park_tree *tree, const char *text, bool quoted, const park_mark *mark)
{
    park_tree_node *node = made(tree, PARK_SCALAR, text, mark);
    if (node != NULL)
        node->quoted = quoted;
    return node;
}

park_tree_node *park_tree_mapping(park_tree *tree, const park_mark *mark)
{
    return made(tree, PARK_MAPPING, NULL, mark);
}

park_tree_node *park_tree_list(park_tree *tree, const park_mark *mark)
{
    return made(tree, PARK_LIST, NULL, mark);
}

/* The node alone, without what it holds. */
static park_tree_node *copy_bare(park_arena *arena, const park_tree_node *node, int moved)
{
    park_tree_node *copy = park_build_node(arena, node->form, node->text, node->length);
    if (copy == NULL)
        return NULL;
    copy->quoted  = node->quoted;
    copy->flow    = node->flow;
    copy->damaged = node->damaged;
    copy->mark    = node->mark;
    if (copy->mark.file >= 0)
        copy->mark.file += moved;
    return copy;
}

park_tree_node *park_build_copy(park_arena *arena, const park_tree_node *node, int moved, size_t *budget)
{
    if (budget != NULL && *budget == 0)
        return NULL;
    if (budget != NULL)
        --*budget;
    park_tree_node *copy = copy_bare(arena, node, moved);
    for (size_t i = 0; copy != NULL && i < node->count; i++) {
        park_tree_node *item = park_build_copy(arena, node->items[i], moved, budget);
        if (item == NULL)
            return NULL;
        if (node->items[i]->key != NULL) {
            item->key = copy_bare(arena, node->items[i]->key, moved);
            if (item->key == NULL)
                return NULL;
        }
        if (!park_build_append(arena, copy, item))
            return NULL;
    }
    return copy;
}

park_tree_node *park_tree_clone(park_tree *tree, const park_tree_node *node)
{
    return park_build_copy(tree->arena, node, 0, NULL);
}

park_tree_node *park_tree_adopt(park_tree *tree, const park_tree *other, const park_tree_node *node)
{
    int moved = (int)tree->file_count;
    for (size_t i = 0; i < other->file_count; i++) {
        const park_tree_file *file = &other->files[i];
        if (!PARK_GROW(tree->arena, tree->files, tree->file_count, tree->file_capacity))
            return NULL;
        char     *name   = park_arena_text(tree->arena, file->name, strlen(file->name));
        char     *text   = file->text == NULL ? NULL : park_arena_text(tree->arena, file->text, file->length);
        uint32_t *starts = PARK_ARRAY(tree->arena, file->lines, uint32_t);
        if (name == NULL || starts == NULL || (text == NULL && file->text != NULL))
            return NULL;
        if (file->lines > 0)
            memcpy(starts, file->starts, file->lines * sizeof *starts);
        tree->files[tree->file_count++] =
            (park_tree_file){name, text, file->length, starts, file->lines, file->cells};
    }
    tree->damaged = tree->damaged || other->damaged;
    return park_build_copy(tree->arena, node, moved, NULL);
}

park_tree_node *park_tree_put(park_tree *tree, park_tree_node *mapping, const char *key,
                              const park_mark *key_mark, park_tree_node *value)
{
    if (mapping == NULL || value == NULL || mapping->form != PARK_MAPPING)
        return NULL;
    size_t at = park_build_find(mapping, key, strlen(key));
    if (at == mapping->count || key_mark != NULL)
        value->key = made(tree, PARK_SCALAR, key, key_mark);
    else
        value->key = mapping->items[at]->key;
    if (value->key == NULL)
        return NULL;
    if (at == mapping->count)
        return park_build_append(tree->arena, mapping, value) ? value : NULL;
    mapping->items[at] = value;
    value->parent      = mapping;
    return value;
}

park_tree_node *park_tree_append(park_tree *tree, park_tree_node *list, park_tree_node *value)
{
    if (list == NULL || value == NULL || list->form != PARK_LIST)
        return NULL;
    value->key = NULL;
    return park_build_append(tree->arena, list, value) ? value : NULL;
}

bool park_tree_order(park_tree *tree, park_tree_node *mapping, const char *const *words, size_t count)
{
    size_t at = 0;
    for (size_t w = 0; w < count; w++) {
        size_t from = park_build_find(mapping, words[w], strlen(words[w]));
        if (from == mapping->count)
            continue;
        park_tree_node *item = mapping->items[from];
        memmove(&mapping->items[at + 1], &mapping->items[at], (from - at) * sizeof *mapping->items);
        mapping->items[at++] = item;
        if (!park_build_index(tree->arena, mapping))
            return false;
    }
    return true;
}

bool park_tree_remove(park_tree_node *mapping, const char *key)
{
    size_t at =
        mapping == NULL || mapping->form != PARK_MAPPING ? 0 : park_build_find(mapping, key, strlen(key));
    if (mapping == NULL || mapping->form != PARK_MAPPING || at == mapping->count)
        return false;
    mapping->items[at]->parent = NULL;
    memmove(&mapping->items[at], &mapping->items[at + 1],
            (mapping->count - at - 1) * sizeof mapping->items[0]);
    mapping->count--;
    mapping->index = NULL; /* the next put makes it anew; until then a search goes along the items */
    return true;
}

/* --- paths --- */

/* Bytes of the first key of a path: the longest that the mapping has, else up to the next dot or bracket. */
static size_t key_length(const park_tree_node *node, const char *path)
{
    if (node->form == PARK_MAPPING)
        for (size_t end = strlen(path); end > 0; end--)
            if ((path[end] == '\0' || path[end] == '.' || path[end] == '[') &&
                park_build_find(node, path, end) < node->count)
                return end;
    return strcspn(path, ".[");
}

/* A value becomes an empty mapping or list in its place, keeping its key. */
static park_tree_node *replaced(park_tree *tree, park_tree_node *parent, size_t at, park_tree_form form,
                                const park_mark *mark)
{
    park_tree_node *fresh = made(tree, form, NULL, mark);
    if (fresh == NULL)
        return NULL;
    fresh->key        = parent->items[at]->key;
    fresh->parent     = parent;
    parent->items[at] = fresh;
    return fresh;
}

typedef struct path_step {
    bool        in_list;
    size_t      index;
    char       *key;
    const char *rest; /* what follows, without its dot */
} path_step;

static bool next_step(park_tree *tree, const park_tree_node *node, const char *path, path_step *s)
{
    s->in_list = *path == '[';
    const char *end;
    if (s->in_list) {
        char *close;
        if (path[1] < '0' || path[1] > '9')
            return false;
        s->index = (size_t)strtoull(path + 1, &close, 10);
        if (*close != ']')
            return false;
        end = close + 1;
    } else {
        size_t length = key_length(node, path);
        s->key        = length == 0 ? NULL : park_arena_text(tree->arena, path, length);
        if (s->key == NULL)
            return false;
        end = path + length;
    }
    if (*end != '\0' && *end != '.' && *end != '[')
        return false;
    s->rest = *end == '.' ? end + 1 : end;
    return *end != '.' || *s->rest != '\0';
}

static park_tree_node *put_step(park_tree *tree, park_tree_node *node, const path_step *s,
                                park_tree_node *value)
{
    if (!s->in_list)
        return park_tree_put(tree, node, s->key, NULL, value);
    if (s->index == node->count)
        return park_tree_append(tree, node, value);
    if (s->index > node->count)
        return NULL;
    value->key            = NULL;
    value->parent         = node;
    node->items[s->index] = value;
    return value;
}

park_tree_node *park_tree_set(park_tree *tree, const char *path, park_tree_node *value)
{
    if (value == NULL)
        return NULL;
    if (tree->root == NULL)
        tree->root = made(tree, PARK_MAPPING, NULL, &value->mark);
    park_tree_node *node = tree->root;
    path_step       s;
    for (; node != NULL; path = s.rest) {
        if (!next_step(tree, node, path, &s) || (node->form == PARK_LIST) != s.in_list ||
            node->form == PARK_SCALAR)
            return NULL;
        if (*s.rest == '\0')
            return put_step(tree, node, &s, value);
        park_tree_form form       = *s.rest == '[' ? PARK_LIST : PARK_MAPPING;
        size_t         at         = s.in_list ? s.index : park_build_find(node, s.key, strlen(s.key));
        bool           in_the_way = at < node->count && node->items[at]->form != form;
        if (in_the_way && node->items[at]->form != PARK_SCALAR)
            return NULL;
        if (at < node->count)
            node = in_the_way ? replaced(tree, node, at, form, &value->mark) : node->items[at];
        else
            node = put_step(tree, node, &s, made(tree, form, NULL, &value->mark));
    }
    return NULL;
}

park_tree_node *park_tree_merge(park_tree *tree, park_tree_node *into, const park_tree_node *later)
{
    if (into == NULL || later == NULL || into->form != PARK_MAPPING || later->form != PARK_MAPPING)
        return NULL;
    into->damaged = into->damaged || later->damaged;
    for (size_t i = 0; i < later->count; i++) {
        const park_tree_node *item = later->items[i];
        park_tree_node       *old  = park_tree_get(into, item->key->text);
        if (old != NULL && old->form == PARK_MAPPING && item->form == PARK_MAPPING) {
            if (park_tree_merge(tree, old, item) == NULL)
                return NULL;
            continue;
        }
        if (park_tree_put(tree, into, item->key->text, &item->key->mark, park_tree_clone(tree, item)) == NULL)
            return NULL;
        park_tree_node *now = park_tree_get(into, item->key->text);
        now->key->quoted    = item->key->quoted;
    }
    return into;
}
