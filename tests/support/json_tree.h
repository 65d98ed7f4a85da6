/* json_tree.h - a small JSON reader for reference data: values as a tree of children, for tests only. */
#ifndef PARK_TESTS_JSON_TREE_H
#define PARK_TESTS_JSON_TREE_H

#include "base/arena.h"

typedef struct json_node {
    enum { JSON_NULL, JSON_TRUE, JSON_FALSE, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_OBJECT } kind;
    double            number;
    const char       *text; /* of a text, as written between the quotes (escapes are left) */
    const char       *key;  /* inside an object */
    size_t            count;
    struct json_node *first, *next;
} json_node;

/* The tree of a text, or NULL when it is not JSON or memory is out. */
json_node *json_parse(park_arena *arena, const char *text);
/* The tree of a file, or NULL. */
json_node *json_read(park_arena *arena, const char *path);
/* A member by name, an item by number; NULL when absent (NULL in gives NULL out). */
const json_node *json_at(const json_node *object, const char *key);
const json_node *json_item(const json_node *list, size_t i);
/* A number, or `otherwise`. */
double json_number(const json_node *node, double otherwise);
size_t json_count(const json_node *node);

#endif
