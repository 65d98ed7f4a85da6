/*
 * pool.h - work shared by threads, with the same bits for any number of them.
 * Door of OpenMP: pool_openmp.c, which is a plain loop where OpenMP is absent.   Looks down on: nothing.
 *
 * The rule that keeps the bits: item i writes only to places of index i, a sum is gathered afterwards in the
 * order of the items, and what a slot's scratch held before an item must not matter to that item.
 */
#ifndef PARK_BASE_POOL_H
#define PARK_BASE_POOL_H

#include <stddef.h>

/* One piece of work. `slot` is 0 .. threads-1 and belongs to one running item at a time: index scratch by it.
 */
typedef void (*park_pool_fn)(void *user, size_t item, int slot);

/**
 * Call fn(user, item, slot) once for every item 0 .. count-1 and wait for all of them.
 * Item i runs in slot i modulo the number of threads, and the items of a slot run in rising order, so the
 * same call with the same threads always deals the same work to the same slot.
 *
 * @param threads  how many at once; below 2, or called from inside an item: everything runs here, in slot 0
 * @param count    number of items; 0 does nothing
 *
 * Failures are the items' own: let each write a status to its index and look at them in order afterwards.
 * Cost: about 1 us to start while there are free cores, 60 us with more threads than cores (measured on two): make
 * items of some 10 us or more (see park_pool_chunk). Threads are kept between calls.
 */
void park_pool_run(int threads, size_t count, park_pool_fn fn, void *user);

/**
 * The same for items of very unequal size: the first `own` items run as in park_pool_run, item i in slot i modulo the number of
 * threads; each other one then goes to the next thread that is idle, in rising order, so that a thread waits for others at most for
 * one item. Which slot works it depends on the moment; the rule above keeps the bits.
 *
 * With the same `threads` a slot is always the same thread: what belongs to a thread may be kept by slot between calls.
 * All threads are called up even where there are fewer items.
 */
void park_pool_share(int threads, size_t own, size_t count, park_pool_fn fn, void *user);

/* The threads this machine and OMP_NUM_THREADS offer; 1 where OpenMP is absent. */
int park_pool_threads(void);

/* Half-open range of elements that one item covers when `count` elements are cut into chunks of `width`. */
typedef struct park_chunk {
    size_t from, to;
} park_chunk;

/* Number of chunks, ceil(count / width); the cut never depends on threads. width must be above 0. */
size_t park_pool_chunks(size_t count, size_t width);
/* The elements of chunk `item`; empty beyond the last one. */
park_chunk park_pool_span(size_t count, size_t width, size_t item);

#endif
