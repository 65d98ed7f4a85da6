/*
 * tree.h - a YAML (or JSON) file as a tree in which every node knows its place.
 * Looks down on: utf8, file, base.   The only door of libyaml.
 *
 *   park_tree_parse / park_tree_read_file   text -> tree + findings
 *   park_tree_get, _at, _path               look up
 *   park_tree_place                         give a finding the place of a node
 *   park_tree_merge, _set, _clone           include, extends, overlays; origins are kept
 *   park_tree_write                         tree -> YAML
 *
 * Scalars stay text: what they mean is the schema's business. A tree and all its nodes live in one arena;
 * nodes are changed only through the functions here. A finished tree may be read by many threads.
 */
#ifndef PARK_YAML_TREE_H
#define PARK_YAML_TREE_H

#include "base/finding.h"
#include "file.h"
#include "base/text.h"

#include <stdint.h>

typedef enum park_tree_form { PARK_SCALAR, PARK_LIST, PARK_MAPPING } park_tree_form;

/* Where a node was written. */
typedef struct park_mark {
    int32_t file;         /* index into park_tree.files; -1: made by the program */
    int32_t line, column; /* 1-based, in characters */
    int32_t length;       /* characters on its first line, at least 1 */
} park_mark;

typedef struct park_tree_node park_tree_node;
struct park_tree_node {
    park_tree_form form;
    bool           quoted; /* a scalar in quotes or a block text: never a number, never null */
    bool           flow;   /* written with [] or {} */
    bool
        damaged; /* text at or below this node was left out because of an error told already: raise no "missing"
                     here, and judge no damaged scalar */
    park_mark        mark;
    const char      *text;   /* a scalar's text, NUL-terminated, may be empty; NULL for lists and mappings */
    size_t           length; /* of text, in bytes */
    park_tree_node  *key; /* the scalar that names this node in its mapping; NULL in lists and at the root */
    park_tree_node  *parent; /* NULL at the root */
    park_tree_node **items;  /* list members, or mapping values in order of writing */
    size_t           count, capacity;
    uint32_t        *index; /* of large mappings, internal */
};

/* A file that nodes come from. */
typedef struct park_tree_file {
    const char *name; /* as the user named it, for messages */
    const char *text; /* UTF-8, borrowed or arena-owned; NULL when not kept */
    size_t      length;
    uint32_t   *starts; /* [lines] byte offset of each line */
    size_t      lines;
    bool        cells; /* a worksheet: a line is its row, a column its column */
} park_tree_file;

typedef struct park_tree {
    park_arena     *arena; /* borrowed */
    park_tree_node *root;  /* NULL when the file is empty or nothing of it could be parsed */
    park_tree_file *files;
    size_t          file_count, file_capacity;
    bool            damaged; /* parts were left out because of syntax errors */
} park_tree;

/* Budgets against hostile input. */
typedef struct park_tree_limits {
    size_t bytes;    /* a file's size */
    size_t nodes;    /* all nodes of a file */
    size_t expanded; /* nodes made by aliases and merges */
    int    depth;
} park_tree_limits;
/* 64 MiB, 4 million nodes, 100000 nodes by aliases, depth 64. */
park_tree_limits park_tree_limits_default(void);

/**
 * Parse one YAML 1.2 document (JSON is YAML).
 * Anchors, aliases and `<<` are resolved; duplicate keys, several documents, bad encodings, full-width
 * punctuation and the like become findings with their place. After a syntax error the block it stands in is
 * left out and parsing goes on, so that one call tells as many mistakes as possible; nodes above such a block
 * are marked `damaged`.
 *
 * @param arena   holds the tree
 * @param name    of the file, for messages; copied
 * @param text    bytes of the file, any encoding; copied where the tree needs it
 * @param limits  NULL for the defaults
 * @param tree    out: never NULL after PARK_OK and PARK_E_INPUT
 * @return PARK_OK; PARK_E_INPUT when errors were found (they are in `findings`); PARK_E_MEMORY
 * Cost O(length), times the number of syntax errors (at most 50, fewer in large files).
 */
PARK_MUST_CHECK park_status park_tree_parse(park_arena *arena, const char *name, const char *text,
                                            size_t length, const park_tree_limits *limits,
                                            park_findings *findings, park_tree **tree, park_error *err);

/* How park_tree_read_file goes about other files. */
typedef struct park_tree_options {
    const park_tree_limits *limits; /* NULL: the defaults */
    park_file_rule          rule;   /* folders allowed besides the file's own */
    bool                    alone;  /* leave include and extends unread, as plain keys */
} park_tree_options;

/**
 * Read a file with all that it includes and extends (top-level keys `include:` a list or a name, `extends:` a
 * name). Order of winning, last wins: what the file extends, its includes in order, the file itself; mappings
 * merge key by key, everything else is replaced whole. The two keys themselves are not in the tree. A cycle,
 * an absent file, a path that climbs out of its folder are errors at the place of the word.
 *
 * @param options  NULL: defaults
 * @return PARK_OK; PARK_E_INPUT with findings; PARK_E_FILE when `path` itself cannot be read; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_tree_read_file(park_arena *arena, const char *path,
                                                const park_tree_options *options, park_findings *findings,
                                                park_tree **tree, park_error *err);

/* --- look up (const, no allocation but park_tree_path) --- */

/* The value of a key; NULL when node is NULL, no mapping, or has no such key. O(1) in large mappings. */
park_tree_node *park_tree_get(const park_tree_node *node, const char *key);
/* The key's text of a mapping's value, "" elsewhere. */
const char *park_tree_key(const park_tree_node *node);
/* A plain scalar that is empty, ~ or null; also a NULL node. */
bool park_tree_is_null(const park_tree_node *node);
/* The node at "users.dyeing.demand" or "controls[0].when" below `node`; NULL when there is none. Keys that
 * contain dots are found too ("unit_intake.printed_cloth"). The empty path is the node itself. */
park_tree_node *park_tree_at(const park_tree_node *node, const char *path);
/* The path of a node from its root, "users.dyeing.demand"; "" for the root; NULL when out of memory. */
const char *park_tree_path(park_arena *arena, const park_tree_node *node);
/* The key of `mapping` nearest to `word`, or NULL: for "did you mean" over ids. */
const char *park_tree_nearest_key(park_arena *arena, const park_tree_node *mapping, const char *word);

/* --- findings at nodes --- */

typedef enum park_tree_spot { PARK_AT_VALUE, PARK_AT_KEY } park_tree_spot;
/* Fill file, line, column, length, source (and path, where NULL) of a finding from a node's mark. PARK_AT_KEY
 * uses the node's key where it has one. A NULL finding (one that was dropped) or node is allowed. */
void park_tree_place(const park_tree *tree, const park_tree_node *node, park_tree_spot spot,
                     park_findings *findings, park_finding *finding);
/* The same for a part of a plain or quoted one-line scalar: `offset` bytes into its text, `length` bytes
 * long. In a worksheet the place is the cell. */
void park_tree_place_in(const park_tree *tree, const park_tree_node *node, size_t offset, size_t length,
                        park_findings *findings, park_finding *finding);
/* "park.yaml:41", or "" for nodes made by the program. */
const char *park_tree_origin(const park_tree *tree, const park_tree_node *node, park_arena *arena);

/* --- change (all that give nodes return NULL when out of memory) --- */

/* An empty tree, for nodes made by a program. */
park_tree *park_tree_new(park_arena *arena);
/* A worksheet that nodes come from: their marks are its rows and columns. Its index, -1 when out of memory. */
int32_t park_tree_sheet(park_tree *tree, const char *name);
/* New nodes without a place; give `mark` to say where they come from, NULL for none. Text is copied. */
park_tree_node *park_tree_scalar(park_tree *tree, const char *text, bool quoted, const park_mark *mark);
park_tree_node *park_tree_mapping(park_tree *tree, const park_mark *mark);
park_tree_node *park_tree_list(park_tree *tree, const park_mark *mark);
/* A deep copy within the tree: own nodes, the same marks, no parent and no key. */
park_tree_node *park_tree_clone(park_tree *tree, const park_tree_node *node);
/* A deep copy of another tree's node, with that tree's files made known to this one. */
park_tree_node *park_tree_adopt(park_tree *tree, const park_tree *other, const park_tree_node *node);
/* Put `value` (no parent yet) at a key, replacing what stood there in place; returns value. `key_mark` may be
 * NULL. */
park_tree_node *park_tree_put(park_tree *tree, park_tree_node *mapping, const char *key,
                              const park_mark *key_mark, park_tree_node *value);
park_tree_node *park_tree_append(park_tree *tree, park_tree_node *list, park_tree_node *value);
/* Bring a mapping's values into the order of `words` [count]; others follow as they stood. False when out of memory. */
bool park_tree_order(park_tree *tree, park_tree_node *mapping, const char *const *words, size_t count);
/* Take a key out of a mapping; false when it is not there. */
bool park_tree_remove(park_tree_node *mapping, const char *key);
/* Put `value` at a path below the root, making mappings on the way ("a.b[2].c"; lists are not made longer
 * than by one). A scalar in the way is replaced, a list or mapping of the other form is not. Keys with dots that exist are followed. NULL also when the
 * path is malformed. */
park_tree_node *park_tree_set(park_tree *tree, const char *path, park_tree_node *value);
/* Deep merge into a mapping, key by key: mappings merge, everything else of `later` replaces. Copies `later`;
 * each value keeps the mark of where it came from. */
park_tree_node *park_tree_merge(park_tree *tree, park_tree_node *into, const park_tree_node *later);

/* --- write --- */

/* What stands after a node's line as a comment ("default", "from park.yaml:12"); NULL for none. */
typedef const char *(*park_tree_comment)(void *user, const park_tree_node *node);
/* YAML text of a node; reading it back gives the same tree (same keys, order, texts, quoting). */
void park_tree_write(const park_tree_node *node, park_tree_comment comment, void *user, park_text *out);

#endif
