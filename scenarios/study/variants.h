/*
 * variants.h - the variants of a study: how many, what each is called, the scenario each one is, and its hash.
 * Math: docs/math/study.md, Eq. (V1)-(V5).   Looks down on: load, study, sampling, hash.
 *
 *   park_variants_open    read study, base and overlays once; draw the sample
 *   park_variants_check   each change alone on the base: what cannot be is told before anything is computed
 *   park_variants_name, _text, _number, _level   what variant i is
 *   park_variants_tree    its scenario; _hash: the name of that scenario's result
 *
 * Opened once, it is only read: processes forked after it share it. Trees are made in the caller's arena.
 */
#ifndef PARK_STUDY_VARIANTS_H
#define PARK_STUDY_VARIANTS_H

#include "hash.h"
#include "load.h"
#include "study.h"

typedef struct park_overlay {
    park_tree      *tree; /* NULL: nothing is laid over */
    park_tree_node *root;
} park_overlay;

typedef struct park_variants {
    park_arena              *arena; /* borrowed */
    const char              *path;  /* of the study */
    const park_study        *study;
    const park_load_options *options;
    park_tree               *base;                                /* includes merged, nothing completed */
    park_loaded              park;                                /* the base, completed and frozen */
    park_overlay            *overlay[PARK_STUDY_VARIATIONS_MOST]; /* [variation][level]; NULL: no overlay */
    size_t                   count;
    bool                     factorial; /* every level with every other, once */
    double                  *point;     /* [count * variations] in (0, 1); NULL: nothing is sampled */
    struct park_names       *files; /* names of data files that base and overlays lead to -> place in sha */
    char (*sha)[PARK_SHA256_HEX];
    size_t shas, shas_cap;
} park_variants;

/**
 * Read everything and draw the sample.
 * @param findings  mistakes of the study, the base and the overlays, all at once
 * @return PARK_OK; PARK_E_INPUT with findings (also for a file that is no study); PARK_E_RANGE (too many variants, correlations
 *         that contradict one another); PARK_E_FILE; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_variants_open(const char *path, const park_load_options *options,
                                               park_arena *arena, park_variants *variants,
                                               park_findings *findings, park_error *err);

/**
 * Load the base with each level alone (a draw: at its median). A change that only some overlay makes possible is tried on those too.
 * @return PARK_OK; PARK_E_INPUT with findings; PARK_E_FILE; PARK_E_MEMORY. Cost: one loading a level, at most 400 of them.
 */
PARK_MUST_CHECK park_status park_variants_check(park_variants *variants, park_findings *findings,
                                                park_error *err);

/* Variant i of variation k: its level, -1 for a drawn one; the number drawn or the factor of a level, NAN for others. */
int32_t park_variants_level(const park_variants *variants, size_t i, size_t k);
double  park_variants_number(const park_variants *variants, size_t i, size_t k);
/* "x0.9", "1.087 CNY/m3"; NULL out of memory. */
const char *park_variants_text(const park_variants *variants, size_t i, size_t k, park_arena *arena);
/* "weather=wet, users.dyeing.demand=x0.9"; samples are numbered, "17: price=1.087 CNY/m3". No two are alike. NULL out of memory. */
const char *park_variants_name(const park_variants *variants, size_t i, park_arena *arena);
/* The variant that others are compared with: the reference's levels, the first ones where it says nothing; `count` when none is. */
size_t park_variants_reference(const park_variants *variants);

/**
 * The scenario of variant i (`count`: the base alone): the base, overlays in order of writing, then the other changes in theirs.
 * @return PARK_OK; PARK_E_INPUT when a change cannot be made (told); PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_variants_tree(const park_variants *variants, size_t i, park_arena *arena,
                                               park_tree **tree, park_findings *findings, park_error *err);

/**
 * SHA-256 of what the result of variant i (`count`: of the base) depends on: `engine` (program, job and settings), the scenario and the files it names.
 * PARK_OK; PARK_E_INPUT; PARK_E_FILE; PARK_E_MEMORY; PARK_E_INTERNAL. Reads each data file once. One thread at a time.
 */
PARK_MUST_CHECK park_status park_variants_hash(park_variants *variants, size_t i, const char *engine,
                                               char hex[PARK_SHA256_HEX], park_error *err);

#endif
