/*
 * replace.h - a file written whole or not at all: beside, flushed to the disk, then renamed over the old one.
 * Looks down on: base.
 */
#ifndef PARK_REPLACE_H
#define PARK_REPLACE_H

#include "base/arena.h"

#include <stddef.h>

/**
 * Write `length` bytes as the new content of `path`, through `path.tmp` in the same folder. When anything fails, an
 * old file stays as it was and the half-written one is removed.
 * @return PARK_OK; PARK_E_FILE (full disk, no permission, no such folder, a path too long)
 * Two processes must not replace the same path at the same time. The process should ignore SIGXFSZ, so that a size
 * limit is told as a failure.
 */
PARK_MUST_CHECK park_status park_file_replace(const char *path, const void *bytes, size_t length,
                                              park_error *err);

/* One of several files to replace together. */
typedef struct park_new_file {
    const char *path;
    const void *bytes;
    size_t      length;
} park_new_file;

/* The same for several files: all are written beside before the first is renamed, so that a full disk leaves every old
 * one as it was. */
PARK_MUST_CHECK park_status park_files_replace(const park_new_file *files, size_t count, park_error *err);

/* A file of an earlier run taken away; none there is fine. PARK_OK or PARK_E_FILE. */
PARK_MUST_CHECK park_status park_file_remove(const char *path, park_error *err);

/* A folder, made with its parents unless it stands. PARK_OK or PARK_E_FILE. */
PARK_MUST_CHECK park_status park_folder_make(const char *path, park_error *err);

/* The same for what is written while a run goes on: of the folders that it makes, those in which nothing came to stand go
 * with the arena. PARK_OK, PARK_E_FILE or PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_folder_open(park_arena *arena, const char *path, park_error *err);

#endif
