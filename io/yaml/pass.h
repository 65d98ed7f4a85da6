/*
 * pass.h - one way through a text: what the builder knows while libyaml's events come in.
 * Not for other rooms.
 */
#ifndef PARK_YAML_PASS_H
#define PARK_YAML_PASS_H

#include "yaml/build.h"

enum { PARK_FRAMES = 256 /* more than any depth limit */ };

typedef struct park_frame {
    park_tree_node *node;
    park_tree_node *key;    /* read, its value is due */
    size_t          anchor; /* its position among the anchors + 1; 0: none */
    bool            free_text;
} park_frame;

typedef struct park_anchor {
    park_tree_node *node;
    bool            complete;
} park_anchor;

typedef struct park_builder {
    park_tree              *tree;
    const park_tree_limits *limits;
    park_findings          *findings;
    int                     file;
    bool                    building; /* else only the syntax is looked at */
    park_frame              frames[PARK_FRAMES];
    int                     depth;
    park_tree_node         *anchor_names; /* a mapping: finds a name's position in `anchors` */
    park_anchor            *anchors;
    size_t                  anchor_count, anchor_capacity;
    size_t                  nodes, expandable;
    park_tree_node         *root;
    bool                    over_budget;
} park_builder;

typedef enum park_pass_outcome {
    PARK_PASS_DONE,
    PARK_PASS_COMPLAINED,
    PARK_PASS_NO_MEMORY
} park_pass_outcome;

/* One way through the text, which has the lines of the builder's file. Building nothing, only the syntax is looked at.
 * The complaint is filled for PARK_PASS_COMPLAINED. */
park_pass_outcome park_pass_run(park_builder *b, const char *text, size_t length, bool building,
                                park_complaint *complaint);

/* An error about a budget; en and zh are formats over `limit`. Ends the pass. */
void park_pass_over_budget(park_builder *b, park_mark mark, const char *en, const char *zh, size_t limit);

/* Make an anchor known (name NULL: none); false when out of memory. (anchors.c) */
bool park_pass_anchor(park_builder *b, const char *name, park_tree_node *node);
/* What a reference stands for, copied; a damaged null when it cannot be followed. NULL when out of memory. */
park_tree_node *park_pass_follow(park_builder *b, const char *name, park_mark mark);
/* All of a mapping has been read: duplicate keys are told and dropped, `<<` gives way to what it refers to. False when
 * out of memory. */
bool park_pass_close_mapping(park_builder *b, park_tree_node *node);

/* Tell full-width punctuation and missing spaces in an unquoted scalar that ends in line `last`. (wide.c) */
void park_pass_look(park_builder *b, park_tree_node *node, const park_frame *frame, bool is_key, size_t last);
/* Keys whose values are names, notes and descriptions, which may hold any punctuation. */
bool park_pass_free_text(const char *key);

#endif
