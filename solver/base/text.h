/*
 * text.h - text that grows: pages, tables and messages put together piece by piece in an arena.
 * Looks down on: arena.
 *
 * Failure is remembered, not returned: append freely, then ask once with park_text_done.
 */
#ifndef PARK_BASE_TEXT_H
#define PARK_BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct park_text {
    park_arena *arena;  /* borrowed */
    char       *data;   /* NUL-terminated once something was added; NULL before */
    size_t      length; /* without the NUL */
    size_t      capacity;
    bool        failed; /* out of memory, or a format that cannot be printed: later additions do nothing */
} park_text;

void park_text_init(park_text *text, park_arena *arena);

/* Add a string, `length` bytes, one byte, or what a printf format says. Amortised O(bytes added). */
void park_text_add(park_text *text, const char *string);
void park_text_append(park_text *text, const char *bytes, size_t length);
void park_text_char(park_text *text, char byte);
void park_text_printf(park_text *text, const char *fmt, ...) PARK_PRINTF(2, 3);

/* Forget the content, keep the memory and the failure. */
void park_text_clear(park_text *text);

/* The text ("" when nothing was added), arena-owned, or NULL when anything failed. */
const char *park_text_done(park_text *text);

#endif
