/*
 * disjoint.h - what hangs together: union and find with halved ways (Tarjan and van Leeuwen 1984).
 * Looks down on: nothing.
 *
 * parent[i] = i at the start. A part is led by the lowest of its members.
 */
#ifndef PARK_BASE_DISJOINT_H
#define PARK_BASE_DISJOINT_H

#include <stdint.h>

/* Who leads the part of i. */
static inline int32_t park_disjoint_leader(int32_t *parent, int32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* The parts of a and b become one. */
static inline void park_disjoint_join(int32_t *parent, int32_t a, int32_t b)
{
    a                     = park_disjoint_leader(parent, a);
    b                     = park_disjoint_leader(parent, b);
    parent[a > b ? a : b] = a > b ? b : a;
}

#endif
