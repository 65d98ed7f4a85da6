/*
 * catalogue.h - what the program knows by itself: technologies, limit sets, pipes, climates, retrofits. Written as YAML in
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
    PARK_PAGE_RETROFITS,
    PARK_PAGES
} park_catalogue_page;

/* Pages are parsed when they are first asked for. */
typedef struct park_catalogue {
    park_arena      *arena;
    const park_tree *page[PARK_PAGES];
    bool
        failed; /* out of memory, or a page is damaged (a test reads them all): what is not found may be there */
} park_catalogue;

typedef struct park_catalogue_entry {
    park_catalogue_page   page;
    const park_tree_node *node;   /* NULL: none of that name */
    const char           *origin; /* "catalogue BWRO" */
    const char           *source_class, *source;
} park_catalogue_entry;

/* A catalogue whose pages will live in the arena; NULL: out of memory. */
park_catalogue *park_catalogue_new(park_arena *arena);
/* The entries of a page by name; NULL when it cannot be read (catalogue->failed). */
const park_tree_node *park_catalogue_root(park_catalogue *catalogue, park_catalogue_page page);
/* The entry `name` of a page ("BWRO"; "GB/T 19923-2005/open_circulating"). */
park_catalogue_entry park_catalogue_find(park_catalogue *catalogue, park_catalogue_page page,
                                         const char *name);
/* The name nearest to `word`, or NULL. */
const char *park_catalogue_nearest(park_catalogue *catalogue, park_catalogue_page page, const char *word);

/* Generated from scenarios/catalogue at build time. */
typedef struct park_catalogue_text {
    const char *name; /* "technologies.yaml" */
    const char *text;
    size_t      length;
} park_catalogue_text;
extern const park_catalogue_text PARK_CATALOGUE_TEXTS[PARK_PAGES];

#endif
