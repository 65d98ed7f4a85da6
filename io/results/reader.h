/*
 * reader.h - values taken out of a result file by path. Failure is remembered, not returned: read freely, then ask once.
 * Looks down on: base. HDF5 appears in reader.c and store.c alone.
 */
#ifndef PARK_RESULTS_READER_H
#define PARK_RESULTS_READER_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct park_h5 park_h5;

/* Closed with the arena. PARK_OK; PARK_E_FILE when it cannot be opened or is no HDF5 file; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_h5_open(const char *path, park_arena *arena, park_h5 **file,
                                         park_error *err);

/* Is there a group or a data set of this path? */
bool park_h5_has(park_h5 *file, const char *path);

/* Does the group ("" the root) have an attribute of this name? */
bool park_h5_says(park_h5 *file, const char *group, const char *name);

/* Attributes of a group ("" the root). Absent: remembered as missing; 0, NAN or "". */
double      park_h5_number(park_h5 *file, const char *group, const char *name);
int64_t     park_h5_whole(park_h5 *file, const char *group, const char *name);
const char *park_h5_text(park_h5 *file, const char *group, const char *name);

/* How many values a data set holds; 0 where there is none, which is no failure. */
size_t park_h5_count(park_h5 *file, const char *group, const char *name);

/* Columns of exactly `count` values, arena-owned; never NULL, of zeros and "" where they are missing. Nothing is read for
 * count 0. NULL only out of memory. */
double      *park_h5_doubles(park_h5 *file, const char *group, const char *name, size_t count);
bool        *park_h5_flags(park_h5 *file, const char *group, const char *name, size_t count);
int64_t     *park_h5_wholes(park_h5 *file, const char *group, const char *name, size_t count);
const char **park_h5_texts(park_h5 *file, const char *group, const char *name, size_t count);
/* A scalar text. */
const char *park_h5_document(park_h5 *file, const char *group, const char *name);

/* PARK_OK; PARK_E_INPUT with the first path that was missing or of another shape; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_h5_done(const park_h5 *file, park_error *err);

#endif
