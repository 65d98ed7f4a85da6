#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct block {
    struct block *next;
    size_t        used, size;
    /* data follow, aligned */
} block;

typedef struct adopted {
    struct adopted *next;
    void           *handle;
    void (*release)(void *);
} adopted;

struct park_arena {
    block   *blocks; /* newest first */
    adopted *adopted;
    size_t   bytes;
    size_t   fail_after; /* allocations still allowed + 1; 0: no injection */
};

enum { ALIGN = 16, BLOCK = 64 * 1024, HEADER = (sizeof(block) + ALIGN - 1) / ALIGN * ALIGN };

park_arena *park_arena_new(void)
{
    return calloc(1, sizeof(park_arena));
}

void park_arena_free(park_arena *arena)
{
    if (arena == NULL)
        return;
    for (adopted *a = arena->adopted; a != NULL; a = a->next)
        a->release(a->handle);
    for (block *b = arena->blocks; b != NULL;) {
        block *next = b->next;
        free(b);
        b = next;
    }
    free(arena);
}

/* A countdown that reaches its end stays there: after the first injected failure everything fails. */
static int injected(park_arena *arena)
{
    if (arena->fail_after == 0)
        return 0;
    if (arena->fail_after > 1) {
        arena->fail_after--;
        return 0;
    }
    return 1;
}

static block *block_with(park_arena *arena, size_t need)
{
    block *b = arena->blocks;
    if (b != NULL && b->size - b->used >= need)
        return b;
    size_t size = need > BLOCK ? need : BLOCK;
    b           = malloc(HEADER + size);
    if (b == NULL)
        return NULL;
    b->used = 0;
    b->size = size;
    /* A block made for one large array goes behind a newest one that still has room for small things. */
    block *newest = arena->blocks;
    if (need > BLOCK && newest != NULL) {
        b->next      = newest->next;
        newest->next = b;
    } else {
        b->next       = newest;
        arena->blocks = b;
    }
    return b;
}

void *park_array(park_arena *arena, size_t count, size_t size)
{
    if (arena == NULL || (size != 0 && count > (SIZE_MAX - ALIGN - HEADER) / size) || injected(arena))
        return NULL;
    size_t need = (count * size + ALIGN - 1) / ALIGN * ALIGN;
    if (need == 0)
        need = ALIGN;
    block *b = block_with(arena, need);
    if (b == NULL)
        return NULL;
    char *data = (char *)b + HEADER + b->used;
    b->used += need;
    arena->bytes += need;
    memset(data, 0, need);
    return data;
}

char *park_arena_text(park_arena *arena, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? park_array(arena, length + 1, 1) : NULL;
    if (copy != NULL && length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *park_arena_printf(park_arena *arena, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int   length = vsnprintf(NULL, 0, fmt, args);
    char *text   = length < 0 ? NULL : park_array(arena, (size_t)length + 1, 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, fmt, again);
    va_end(again);
    va_end(args);
    return text;
}

park_status park_arena_adopt(park_arena *arena, void *handle, void (*release)(void *))
{
    adopted *a = PARK_NEW(arena, adopted);
    if (a == NULL) {
        release(handle);
        return PARK_E_MEMORY;
    }
    a->handle      = handle;
    a->release     = release;
    a->next        = arena->adopted;
    arena->adopted = a;
    return PARK_OK;
}

void park_arena_fail_after(park_arena *arena, size_t n)
{
    arena->fail_after = n;
}

size_t park_arena_bytes(const park_arena *arena)
{
    return arena->bytes;
}

int park_arena_grow(park_arena *arena, void **items, size_t size, size_t count, size_t *capacity)
{
    size_t larger = *capacity < 8 ? 8 : 2 * *capacity;
    void  *grown  = larger > *capacity ? park_array(arena, larger, size) : NULL;
    if (grown == NULL)
        return 0;
    if (count > 0)
        memcpy(grown, *items, count * size);
    *items    = grown;
    *capacity = larger;
    return 1;
}
