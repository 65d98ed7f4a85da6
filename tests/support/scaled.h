/*
 * scaled.h - a column of a network, each value changed a little by chance.
 */
#ifndef PARK_TEST_SCALED_H
#define PARK_TEST_SCALED_H

#include "base/arena.h"
#include "base/random.h"

/* x * (1 - spread .. 1 + spread), in the arena. */
static inline double *scaled(park_arena *arena, const double *x, size_t count, park_random *r, double spread)
{
    double *y = PARK_ARRAY(arena, count, double);
    for (size_t i = 0; i < count; i++)
        y[i] = x[i] * (1.0 + spread * (2.0 * park_random_uniform(r) - 1.0));
    return y;
}

#endif
