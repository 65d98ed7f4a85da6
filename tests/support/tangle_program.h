/*
 * tangle_program.h - a small program with a large tree. For tests only.
 */
#ifndef PARK_TESTS_TANGLE_PROGRAM_H
#define PARK_TESTS_TANGLE_PROGRAM_H

#include "base/random.h"
#include "design/program.h"

#include "check.h"

#include <math.h>

/* Flows and qualities that cost, all their products, and as many drawn demands on the products, for and against each of them:
 * a tree of some hundred nodes. */
static inline void tangle_program_make(park_program *p, park_arena *arena, uint64_t seed, int side)
{
    enum { MOST = 10 };
    park_random r = park_random_start(seed, 23, 0);
    int32_t     x[2][MOST], w[MOST * MOST];
    double      value[MOST * MOST];
    park_program_init(p, arena);
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < side; i++)
            x[k][i] = park_program_col(p, k == 0 ? PARK_COL_FLOW : PARK_COL_CONC, 0, 1,
                                       0.5 + park_random_uniform(&r), NULL);
    for (int i = 0; i < side * side; i++) {
        w[i] = park_program_col(p, PARK_COL_LIFTED, 0, 1, 0, NULL);
        CHECK(park_program_product(p, w[i], x[0][i / side], x[1][i % side]) >= 0);
    }
    for (int row = 0; row < side; row++) {
        for (int i = 0; i < side * side; i++)
            value[i] = 2 * park_random_uniform(&r) - 0.8;
        CHECK(park_program_row(p, 0.1 * side, INFINITY, (size_t)(side * side), w, value, -1, NULL) >= 0);
    }
}

#endif
