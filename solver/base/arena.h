/*
 * arena.h - one lifetime, one arena: memory and foreign handles that end together.
 * Looks down on: status.
 *
 * The function that makes an arena frees it; everything it calls may just return. Allocation failure can be
 * injected (park_arena_fail_after) so that tests walk every failure path.
 */
#ifndef PARK_BASE_ARENA_H
#define PARK_BASE_ARENA_H

#include <parkwater/status.h>

#include <stddef.h>

typedef struct park_arena park_arena;

/* A new empty arena, or NULL when out of memory. */
park_arena *park_arena_new(void);

/* Free every block, then call every adopted release in reverse order of adoption. NULL is allowed. */
void park_arena_free(park_arena *arena);

/**
 * Zeroed memory for count items of `size` bytes, aligned for any type; lives as long as the arena.
 * @return NULL when arena is NULL, count*size overflows, memory is out or failure is injected. count 0 gives
 * a valid pointer. Cost O(count*size). Not thread-safe: an arena belongs to one thread at a time.
 */
void *park_array(park_arena *arena, size_t count, size_t size);

/* Copy of `text` (length bytes, made NUL-terminated), or NULL. */
char *park_arena_text(park_arena *arena, const char *text, size_t length);
/* printf into the arena, or NULL. */
char *park_arena_printf(park_arena *arena, const char *fmt, ...) PARK_PRINTF(2, 3);

/**
 * Tie a foreign handle to the arena: release(handle) is called by park_arena_free. When adopting itself
 * fails, the handle is released at once. Takes ownership.
 * @return PARK_OK or PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_arena_adopt(park_arena *arena, void *handle, void (*release)(void *));

/* For tests: the n-th allocation from now on (1 = the next), and all after it, fail. 0 switches injection
 * off. */
void park_arena_fail_after(park_arena *arena, size_t n);
/* Bytes handed out, for memory reports. */
size_t park_arena_bytes(const park_arena *arena);

#define PARK_NEW(arena, type) ((type *)park_array((arena), 1, sizeof(type)))
#define PARK_ARRAY(arena, count, type) ((type *)park_array((arena), (count), sizeof(type)))

/* Growing column: makes room for one more item in *items (capacity kept beside it). Old block stays in the
 * arena until its end. Returns false when out of memory. */
#define PARK_GROW(arena, items, count, capacity)                                                             \
    ((count) < (capacity) ||                                                                                 \
     park_arena_grow((arena), (void **)&(items), sizeof *(items), (count), &(capacity)))
int park_arena_grow(park_arena *arena, void **items, size_t size, size_t count, size_t *capacity);

#endif
