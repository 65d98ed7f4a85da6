/*
 * names.h - a table of names: text to index, in the order of arrival.
 * Looks down on: arena, status.
 *
 * Two names clash when they look alike to a planner: letters that differ only by case, or full-width forms
 * (Ｒ１, ａ＿ｂ) of the same ASCII characters. Other scripts are compared byte by byte. An exact table, for the ids of
 * foreign files, compares all of them byte by byte.
 */
#ifndef PARK_BASE_NAMES_H
#define PARK_BASE_NAMES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct park_names {
    park_arena  *arena; /* borrowed */
    const char **text;  /* [count], as written; arena-owned */
    size_t       count, capacity;
    int32_t *slot; /* open addressing over the folded text: index or -1; a power of two, at most half full */
    size_t   slots;
    bool     exact; /* byte by byte: J1 and j1 are two names */
} park_names;

/* An empty table; needs no memory yet. */
void park_names_init(park_names *names, park_arena *arena);
/* An empty table in which only equal names clash. */
void park_names_init_exact(park_names *names, park_arena *arena);

/**
 * Add a name.
 * @param text   length bytes of UTF-8, copied
 * @param index  out: the new index, or that of the name it clashes with; -1 out of memory
 * @return PARK_OK; PARK_E_RANGE when the name clashes with an earlier one (both are named in err);
 * PARK_E_MEMORY Amortised O(length).
 */
PARK_MUST_CHECK park_status park_names_add(park_names *names, const char *text, size_t length, int32_t *index,
                                           park_error *err);

/* Index of exactly this name; -1 when there is none. */
int32_t park_names_find(const park_names *names, const char *text, size_t length);
/* Index of the name that this one would clash with: the same up to case and width (an exact table: the same); -1 when
 * there is none. */
int32_t park_names_find_alike(const park_names *names, const char *text, size_t length);

/**
 * Fold to the form in which names are compared: full-width ASCII (U+FF01..U+FF5E, U+3000) to ASCII, then A-Z
 * to a-z.
 * @param folded  out, room for length + 1 bytes; NUL-terminated, never longer than the input
 * @return its length
 */
size_t park_name_fold(const char *text, size_t length, char *folded);

#endif
