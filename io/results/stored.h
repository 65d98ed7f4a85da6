/*
 * stored.h - an HDF5 file of ours, read back: whole variables of the root group.
 * Looks down on: base. One open file at a time in a process.
 */
#ifndef PARK_RESULTS_STORED_H
#define PARK_RESULTS_STORED_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct park_stored park_stored;

/* PARK_OK; PARK_E_FILE when it is absent, damaged or no HDF5; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_stored_open(park_arena *arena, const char *path, park_stored **stored,
                                             park_error *err);
void                        park_stored_close(park_stored *stored);
bool                        park_stored_has(const park_stored *stored, const char *name);
/* The whole variable, arena-owned, and how many values; NULL (and failed below) when it is not there or of another kind. */
double      *park_stored_doubles(park_stored *stored, const char *name, size_t *count);
int64_t     *park_stored_whole(park_stored *stored, const char *name, size_t *count);
const char **park_stored_texts(park_stored *stored, const char *name, size_t *count);
/* Whether anything asked for could not be read. */
bool park_stored_failed(const park_stored *stored);

#endif
