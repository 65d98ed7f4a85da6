/*
 * segments.h - water in rows: the segments of every pipe and stratified tank, from one pool.
 * Looks down on: profile.h, base.
 *
 * A box is a row of segments between a lower end (0) and an upper end (1); a pipe's end 0 lies at its `from` node. Both
 * ends may be filled and emptied, so a reversal of flow needs nothing. Every box can always hold one segment: the pool keeps
 * one free for each empty box, and a push that finds no other joins its neighbour.
 */
#ifndef PARK_QUALITY_SEGMENTS_H
#define PARK_QUALITY_SEGMENTS_H

#include "base/arena.h"

#include <stdbool.h>

/* One segment. Its concentrations at end e are value[e*count ..]. */
typedef struct park_segment {
    double  volume;  /* [m3] */
    int32_t next[2]; /* neighbour towards end e, -1 */
    double  since;   /* the clock of its box when it last reacted [s] */
    double  value[];
} park_segment;

typedef struct park_segments {
    park_arena *arena;
    size_t      count;     /* constituents */
    double     *tolerance; /* [count] */
    size_t      boxes;
    int32_t    *head;  /* [2*boxes] outermost segment at end e of box x: head[2x+e], -1 */
    int32_t    *rows;  /* [boxes] segments in it */
    double     *clock; /* [boxes] time that the box has seen [s] */
    int32_t     most;  /* segments of one box */
    size_t      capacity, most_capacity;
    size_t      unused, empty; /* free segments; empty boxes */
    int32_t     free;          /* first of the free list, by next[1] */
    size_t      stride;        /* bytes of a segment */
    char       *block;         /* [capacity * stride] */
} park_segments;

/* An empty pool. @return PARK_OK or PARK_E_MEMORY */
PARK_MUST_CHECK park_status park_segments_make(park_arena *arena, size_t boxes, size_t constituents,
                                               const double *tolerance, int32_t most, size_t most_capacity,
                                               park_segments *segments, park_error *err);
/* Double the pool when less than a quarter is free. @return PARK_OK or PARK_E_MEMORY */
PARK_MUST_CHECK park_status park_segments_make_room(park_segments *segments, park_error *err);

static inline park_segment *park_segments_at(const park_segments *s, int32_t i)
{
    return (park_segment *)(void *)(s->block + (size_t)i * s->stride);
}
static inline int32_t park_segments_outer(const park_segments *s, size_t box, int end)
{
    return s->head[2 * box + (size_t)end];
}
static inline double *park_segments_value(const park_segments *s, int32_t segment, int end)
{
    return park_segments_at(s, segment)->value + (size_t)end * s->count;
}

/* Add water at an end: what entered first has the concentrations `first` and lies further inside. */
void park_segments_push(park_segments *segments, size_t box, int end, double volume, const double *first,
                        const double *last);
/* The same; water that the tolerance takes for the outermost segment's becomes one with it. */
void park_segments_append(park_segments *segments, size_t box, int end, double volume, const double *first,
                          const double *last);
/**
 * Take at most the outermost segment's volume from an end.
 * @param first, last  out [count]: concentrations of what leaves first and last
 * @return false when the box is empty (first and last are kept)
 * A rest below `rounding` [m3] leaves with it.
 */
bool park_segments_pop(park_segments *segments, size_t box, int end, double volume, double rounding,
                       double *first, double *last);
/* Join the `fresh` outermost segments at an end with their neighbours where the tolerance allows; hold the box to `most`. */
void park_segments_tidy(park_segments *segments, size_t box, int end, int32_t fresh);
/* Drop all water of a box. */
void park_segments_clear(park_segments *segments, size_t box);
/* Add the mass of a box to mass[count]; returns its volume. */
double park_segments_mass(const park_segments *segments, size_t box, double *mass);

#endif
