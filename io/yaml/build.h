/*
 * build.h - what the files of this room share: making nodes, knowing files, reading one file's text.
 * Not for other rooms.
 */
#ifndef PARK_YAML_BUILD_H
#define PARK_YAML_BUILD_H

#include "yaml/tree.h"

/* A node without parent or key; text (copied with it) is for scalars. NULL when out of memory. */
park_tree_node *park_build_node(park_arena *arena, park_tree_form form, const char *text, size_t length);
/* Append to a mapping (value->key is set) or list without looking for duplicates; false when out of memory.
 */
bool park_build_append(park_arena *arena, park_tree_node *parent, park_tree_node *value);
/* The lookup table of a mapping, made anew once it is large; false when out of memory. */
bool park_build_index(park_arena *arena, park_tree_node *mapping);
/* Position of a key in the mapping's items; count when absent. */
size_t park_build_find(const park_tree_node *mapping, const char *key, size_t length);
/* A deep copy; *budget nodes may still be made, NULL for any number. `moved` is added to the files' indices.
 * NULL when out of memory or over budget (*budget is then 0). */
park_tree_node *park_build_copy(park_arena *arena, const park_tree_node *node, int moved, size_t *budget);

/* Make a text known; returns its index, -1 when out of memory. The text is borrowed. */
int park_build_file(park_tree *tree, const char *name, const char *text, size_t length);
/* Byte offset of a line (1-based), clipped to the text. */
size_t park_build_line(const park_tree_file *file, size_t line);
/* Place a finding by numbers. */
void park_build_place(const park_tree *tree, park_mark mark, park_findings *findings, park_finding *finding);
/* Add an error with its place; en and zh are formats over the same arguments. */
#define PARK_BUILD_ERROR(tree, findings, mark, code, ...)                                                    \
    park_build_place((tree), (mark), (findings),                                                             \
                     park_finding_add((findings), (code), PARK_ERROR, NULL, __VA_ARGS__))

/* Parse one text as a further file of the tree. *root may become NULL. Sets tree->damaged. */
park_status park_build_parse(park_tree *tree, const char *name, const char *bytes, size_t length,
                             const park_tree_limits *limits, park_findings *findings, park_tree_node **root,
                             park_error *err);

/* --- text checks before and after libyaml (faults.c) --- */

/* What libyaml said, in our words. */
typedef struct park_fault {
    park_code code;
    size_t    line, column; /* 1-based: the real place, which may lie before libyaml's */
    size_t    length;       /* characters, at least 1 */
    bool      sure;         /* a definite mistake, not one that may follow from an earlier one */
    char      en[320], zh[320];
} park_fault;

/* libyaml's report; marks 0-based as it gives them. */
typedef struct park_complaint {
    const char *problem, *context; /* may be NULL */
    size_t      line, column;
    size_t      context_line, context_column;
} park_complaint;

void park_fault_explain(const park_tree_file *file, const char *text, const park_complaint *complaint,
                        park_fault *fault);
/* Full-width punctuation where structure is meant, in an unquoted scalar that parsed. `words` of names and
 * notes are free text. True when there is one: offset and length in bytes of the text, the character's plain
 * form. */
typedef struct park_wide {
    size_t      offset, length;
    const char *plain; /* what to write instead */
} park_wide;
bool park_wide_find(const char *text, size_t length, park_wide *wide);
bool park_wide_in_scalar(const char *text, size_t length, bool is_key, bool in_flow, bool own_line,
                         bool free_text, park_wide *wide);
/* Replace what no text holds by blanks, in place, and report it; returns how many there were. */
size_t park_control_clean(const park_tree *tree, int file, char *text, size_t length,
                          park_findings *findings);

#endif
