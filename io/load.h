/*
 * load.h - from a scenario file to a frozen park: reading, checking and completing in one call.
 * Looks down on: yaml, quantity, schema, units, model.
 */
#ifndef PARK_IO_LOAD_H
#define PARK_IO_LOAD_H

#include "base/text.h"
#include "run_record.h"
#include "schema/document.h"

#include <parkwater/bound.h>
#include <parkwater/model.h>

typedef struct park_load_options {
    const char *const *allow_path; /* folders that files may lie in besides the scenario's own */
    size_t             allow_paths;
    const struct park_region_reader
        *parks; /* who reads a region's parks from runs and files (region_park.h); NULL: nobody */
} park_load_options;

typedef struct park_loaded {
    park_document             document;
    park_draft               *draft;  /* before freezing, for retrofits and studies; parameters as written */
    const park_model         *model;  /* frozen; NULL when findings carry errors */
    const struct park_region *region; /* of a region's document; NULL when findings carry errors */
    const struct park_allocation *allocation; /* what may be built in it; NULL */
    const struct park_tree       *tree;       /* includes merged */
    size_t                        networks;
    const park_bound_network     *network; /* [networks] */
    size_t                        assumptions;
    park_assumption              *assumption;
    size_t                        files; /* every file read, the scenario first */
    park_read_file               *file;
    const struct park_study      *study;  /* what a study says (study.h); NULL for others */
    const struct park_reader     *reader; /* where defaults came from, for park_load_expand */
} park_loaded;

/**
 * Load a park, a region or a study (what it says is in loaded->study).
 * @param findings  all mistakes of the files at once, with places
 * @return PARK_OK (findings may hold warnings); PARK_E_INPUT when findings carry errors; PARK_E_FILE when a file
 *         cannot be read (its error says which); PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_load(const char *path, const park_load_options *options, park_arena *arena,
                                      park_loaded *loaded, park_findings *findings, park_error *err);

/* The same from a text in memory, which includes and extends nothing; `name` stands for it in messages and says where
 * the files that it names are looked for. */
PARK_MUST_CHECK park_status park_load_text(const char *name, const char *text, size_t length,
                                           const park_load_options *options, park_arena *arena,
                                           park_loaded *loaded, park_findings *findings, park_error *err);

/**
 * The same from a tree that was put together, as a study's variants are; files are looked for from where each node was written.
 * The tree is completed with defaults and belongs to the loaded park from then on.
 */
PARK_MUST_CHECK park_status park_load_tree(struct park_tree *tree, const park_load_options *options,
                                           park_arena *arena, park_loaded *loaded, park_findings *findings,
                                           park_error *err);

/* The scenario with every default and catalogue value and where it came from, as YAML that loads again. */
PARK_MUST_CHECK park_status park_load_expand(const park_loaded *loaded, bool zh, park_text *out,
                                             park_error *err);

/* JSON Schema of a document, from the same tables. */
PARK_MUST_CHECK park_status park_schema_write(park_document document, park_text *out, park_error *err);

/* The word tables of docs/user/scenario.md (Markdown, both languages), from the same tables. */
PARK_MUST_CHECK park_status park_docs_write(park_text *out, park_error *err);

/* The tables of docs/user/retrofits.md, from the catalogue. */
PARK_MUST_CHECK park_status park_docs_retrofits_write(park_text *out, park_error *err);

#endif
