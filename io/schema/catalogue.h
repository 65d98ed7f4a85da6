/*
 * catalogue.h - what the program knows by itself: technologies, limit sets, pipes, climates. Written as YAML in
 * scenarios/catalogue, compiled in as text, read by the same reader as scenarios.
 * Looks down on: yaml.
 */
#ifndef PARK_SCHEMA_CATALOGUE_H
#define PARK_SCHEMA_CATALOGUE_H

#include "yaml/tree.h"

/* The files, in order of the enum. */
typedef enum park_catalogue_page {
    PARK_PAGE_TECHNOLOGIES,
    PARK_PAGE_LIMITS,
    PARK_PAGE_PIPES,
    PARK_PAGE_CLIMATE,
    PARK_PAGES
} park_catalogue_page;

typedef struct park_catalogue {
    const park_tree *page[PARK_PAGES];
} park_catalogue;

typedef struct park_catalogue_entry {
    const park_tree *tree;
    const park_tree_node *node; /* NULL: none of that name */
    const char *origin;         /* "catalogue BWRO" */
    const char *source_class, *source;
} park_catalogue_entry;

/* Parse the compiled-in pages. PARK_E_INTERNAL when one of them is damaged (a test reads them all). */
PARK_MUST_CHECK park_status park_catalogue_open(park_arena *arena, const park_catalogue **catalogue,
                                                park_error *err);
/* The entry `name` of a page ("BWRO"; "GB/T 19923-2005/open_circulating"). */
park_catalogue_entry park_catalogue_find(park_arena *arena, const park_catalogue *catalogue,
                                         park_catalogue_page page, const char *name);
/* The name nearest to `word`, or NULL. */
const char *park_catalogue_nearest(park_arena *arena, const park_catalogue *catalogue, park_catalogue_page page,
                                   const char *word);

/* Generated from scenarios/catalogue at build time. */
typedef struct park_catalogue_text {
    const char *name; /* "technologies.yaml" */
    const char *text;
    size_t length;
} park_catalogue_text;
extern const park_catalogue_text PARK_CATALOGUE_TEXTS[PARK_PAGES];

#endif
