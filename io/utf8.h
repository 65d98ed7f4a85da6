/*
 * utf8.h - UTF-8 in characters and columns, the encodings that planners' files come in, and "did you mean".
 * Looks down on: base.
 */
#ifndef PARK_UTF8_H
#define PARK_UTF8_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The character that starts at bytes[0] (length >= 1).
 * @param code  out: the code point; the byte itself when it starts no valid UTF-8 character
 * @return its length in bytes, 1 to 4; 0 when the bytes are not UTF-8 (overlong, surrogate, cut off)
 */
size_t park_utf8_next(const char *bytes, size_t length, uint32_t *code);
/* Columns of a terminal that the character fills: 2 for Chinese and full-width characters, 0 for combining
 * ones. */
int park_utf8_columns(uint32_t code);
/* Characters in the text; a byte that is not UTF-8 counts as one. */
size_t park_utf8_count(const char *bytes, size_t length);

typedef enum park_encoding {
    PARK_UTF8,
    PARK_UTF8_BOM,
    PARK_GBK,    /* GB18030 and its subsets */
    PARK_UTF16,  /* either byte order, told by its mark */
    PARK_BINARY, /* none of these */
} park_encoding;

/**
 * Turn a file's bytes into UTF-8 without a byte order mark.
 * @param bytes, length  the file
 * @param text           out: UTF-8, NUL-terminated, in the arena (or `bytes` itself past the mark where
 * nothing had to be converted: the bytes must then live as long as the arena). PARK_BINARY: every byte that
 * is not UTF-8 became '?'
 * @param text_length    out: its length in bytes
 * @param bad            out: offset in `bytes` of the first byte that is not UTF-8; length when all are. May
 * be NULL
 * @return the encoding found; PARK_BINARY with *text NULL when out of memory
 * Cost O(length). Bytes that are not UTF-8 are converted by the C library's iconv.
 */
park_encoding park_encoding_decode(park_arena *arena, const char *bytes, size_t length, const char **text,
                                   size_t *text_length, size_t *bad);
/* One character of UTF-8, `length` bytes, as its two bytes of GBK; false where GBK has none. */
bool park_gbk_pair(const char *bytes, size_t length, char pair[2]);
/* "UTF-8", "GBK", ... */
const char *park_encoding_name(park_encoding encoding);

/**
 * The candidate a person most likely meant by `word`: fewest edits (insert, delete, replace, swap of
 * neighbours; by character, not by byte; a letter in the wrong case counts half), at most a third of the
 * word's length but at least 1.
 * @return a member of candidates, the first of equals; NULL when none is near. Words beyond 64 characters:
 * NULL. No allocation; cost O(count * length^2).
 */
const char *park_nearest(const char *word, const char *const *candidates, size_t count);

#endif
