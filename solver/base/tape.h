/*
 * tape.h - the state of something long, written to bytes and read back: the same list of arrays does both.
 * Looks down on: arena.
 *
 *     void thing_tape(thing *x, park_tape *tape) { PARK_TAPE(tape, x->volume, x->units); PARK_TAPE(tape, &x->time, 1); }
 *
 * Each array is preceded by its size, so that bytes of another shape are noticed; bits are kept, for the same build and
 * kind of machine. A broken tape (too short, another shape, out of memory) leaves what follows untouched and stays broken.
 */
#ifndef PARK_BASE_TAPE_H
#define PARK_BASE_TAPE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct park_tape {
    bool           reads, broken;
    park_arena    *arena; /* of the bytes when writing */
    unsigned char *bytes;
    size_t         count, cap; /* written or given */
    size_t         at;         /* read so far */
} park_tape;

park_tape park_tape_write(park_arena *arena);
/* The bytes are borrowed and only read. */
park_tape park_tape_read(const void *bytes, size_t count);
void      park_tape_move(park_tape *tape, void *data, size_t size);
/* A number that both sides must agree on (a shape, a version); reading another one breaks the tape. */
void park_tape_agree(park_tape *tape, size_t number);
/* Everything read, nothing broken? */
bool park_tape_ended(const park_tape *tape);

#define PARK_TAPE(tape, items, count) park_tape_move((tape), (items), (size_t)(count) * sizeof *(items))

#endif
