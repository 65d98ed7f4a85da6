#include "base/tape.h"

#include <string.h>

park_tape park_tape_write(park_arena *arena)
{
    return (park_tape){.arena = arena};
}

park_tape park_tape_read(const void *bytes, size_t count)
{
    union {
        const void    *fixed;
        unsigned char *open;
    } given = {.fixed = bytes};
    return (park_tape){.reads = true, .bytes = given.open, .count = count};
}

static void append(park_tape *t, const void *data, size_t size)
{
    if (size > t->cap - t->count) {
        size_t         cap   = 2 * (t->count + size) + 4096;
        unsigned char *bytes = PARK_ARRAY(t->arena, cap, unsigned char);
        if (bytes == NULL) {
            t->broken = true;
            return;
        }
        if (t->count > 0)
            memcpy(bytes, t->bytes, t->count);
        t->bytes = bytes;
        t->cap   = cap;
    }
    if (size > 0)
        memcpy(t->bytes + t->count, data, size);
    t->count += size;
}

static void take(park_tape *t, void *data, size_t size)
{
    if (size > t->count - t->at) {
        t->broken = true;
        return;
    }
    if (size > 0)
        memcpy(data, t->bytes + t->at, size);
    t->at += size;
}

void park_tape_agree(park_tape *t, size_t number)
{
    size_t said = number;
    if (t->broken)
        return;
    if (t->reads)
        take(t, &said, sizeof said);
    else
        append(t, &said, sizeof said);
    t->broken = t->broken || said != number;
}

void park_tape_move(park_tape *t, void *data, size_t size)
{
    park_tape_agree(t, size);
    if (t->broken)
        return;
    if (t->reads)
        take(t, data, size);
    else
        append(t, data, size);
}

bool park_tape_ended(const park_tape *t)
{
    return !t->broken && t->at == t->count;
}
