/*
 * shard.h - variants of a study in an HDF5 file of their own: written whole by the process that computed them, read for the table.
 * Docs: docs/math/results.md.   Looks down on: study_record, store, replace.
 */
#ifndef PARK_RESULTS_SHARD_H
#define PARK_RESULTS_SHARD_H

#include "base/arena.h"
#include "study_record.h"

/* May two rows stand in one shard? The same indicators, columns and times. */
bool park_shard_alike(const park_variant_row *a, const park_variant_row *b);

/**
 * Write rows that are alike, [count] of them. Equal rows give equal bytes.
 * @param beside  the name under which it is written before it is renamed: of this process alone
 * @return PARK_OK; PARK_E_FILE (full disk, no permission, HDF5 failed): nothing stands under `path`; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_shard_write(const park_variant_row *const *rows, size_t count,
                                             const char *path, const char *beside, park_error *err);

/**
 * Read all of it but the series themselves (row.series stays NULL).
 * @return PARK_OK; PARK_E_FILE when it cannot be read or is no shard; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_shard_read(park_arena *arena, const char *path, park_variant_row **rows,
                                            size_t *count, park_error *err);

/* study.h5: the table at the root, series as virtual data sets over the shards. PARK_OK; PARK_E_FILE; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_study_results_write(const park_study_record *record, const char *path,
                                                     park_error *err);

#endif
