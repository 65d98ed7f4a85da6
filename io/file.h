/*
 * file.h - reading whole files, and the rule which files a scenario may name.
 * Looks down on: base.
 */
#ifndef PARK_FILE_H
#define PARK_FILE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * The whole file, NUL-terminated after `length` bytes.
 * @param limit  most bytes accepted, 0 for none
 * @return PARK_OK; PARK_E_FILE when it cannot be read (absent, a folder, no permission); PARK_E_RANGE when it
 * is larger than the limit; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_file_read(park_arena *arena, const char *path, size_t limit, char **bytes,
                                           size_t *length, park_error *err);

/* Folders that a scenario's files may lie in, besides the folder of the file that names them. */
typedef struct park_file_rule {
    const char *const *allowed; /* [count], from --allow-path; may be NULL */
    size_t             count;
} park_file_rule;

/**
 * The path of `name` as written in the file `from`: relative names start at from's folder.
 * @param rule  may be NULL: nothing further is allowed
 * @param path  out: in the arena
 * @return PARK_OK; PARK_E_FILE when the file does not exist; PARK_E_RANGE when it lies or would lie, symbolic links
 * resolved, outside from's folder and every allowed folder; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_file_resolve(park_arena *arena, const char *from, const char *name,
                                              const park_file_rule *rule, const char **path, park_error *err);

/* Do both paths lead to one existing file? */
bool park_file_same(const char *a, const char *b);

#endif
