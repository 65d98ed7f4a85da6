/*
 * checkpoint.h - bytes kept in a file for the same run only: a key says whose they are, a hash that they are whole.
 * Looks down on: base, file, hash.
 */
#ifndef PARK_IO_CHECKPOINT_H
#define PARK_IO_CHECKPOINT_H

#include "base/arena.h"
#include "hash.h"

#include <stdbool.h>

/**
 * Write the bytes as the new content of `path`, whole or not at all.
 * @param key  64 hexadecimal digits that name program, input and settings
 * @return PARK_OK; PARK_E_FILE; PARK_E_MEMORY; PARK_E_INTERNAL from the hash
 */
PARK_MUST_CHECK park_status park_checkpoint_write(const char *path, const char *key, const void *bytes,
                                                  size_t count, park_error *err);

/**
 * Read them back.
 * @param bytes  out: arena-owned; NULL where there is no such file
 * @return PARK_OK; PARK_E_RANGE: no checkpoint, a damaged one, or one of another run (told which); PARK_E_FILE when it cannot
 *         be read; PARK_E_MEMORY; PARK_E_INTERNAL
 */
PARK_MUST_CHECK park_status park_checkpoint_read(park_arena *arena, const char *path, const char *key,
                                                 const void **bytes, size_t *count, park_error *err);

#endif
