/*
 * split_program.h - programs of two to four blocks drawn by a seed: a plant of one size for all seasons, water stored from
 * season to season in a circle, a licence over the year. For tests only.
 */
#ifndef PARK_TESTS_SPLIT_PROGRAM_H
#define PARK_TESTS_SPLIT_PROGRAM_H

#include "base/random.h"
#include "design/program.h"
#include "check.h"

static inline int32_t split_col(park_program *p, park_col_class cls, double hi, double cost, int32_t block)
{
    int32_t j = park_program_col(p, cls, 0, hi, cost, NULL);
    CHECK(j >= 0);
    p->block[j] = block;
    return j;
}

static inline void split_row(park_program *p, double lo, double hi, size_t count, const int32_t *index,
                             const double *value)
{
    CHECK(park_program_row(p, lo, hi, count, index, value, -1, NULL) >= 0);
}

/*
 * A season needs D of fresh water f, reused water g and what the storage gives (v before - v after). Reused water has the
 * quality c >= 1 - k h, h being what the plant takes of it; g c <= L (f + g). h <= the plant's size, which costs
 * scale x^0.6; the fresh water of all seasons is licensed.
 */
static inline void split_program_make(park_program *p, park_arena *arena, uint64_t seed)
{
    enum { MOST = 4 };
    park_random r      = park_random_start(seed, 11, 0);
    int         blocks = 2 + (int)park_random_below(&r, 3);
    double      sum    = 0.0, one[MOST];
    int32_t     fresh[MOST], stored[MOST];
    park_program_init(p, arena);
    p->block = PARK_ARRAY(arena, 64, int32_t);
    CHECK(p->block != NULL);
    int32_t size = split_col(p, PARK_COL_SIZE, 2, 0, -1), capital = split_col(p, PARK_COL_OTHER, 10, 1, -1);
    CHECK(park_program_concave(p, capital, size, 0.2 + 0.5 * park_random_uniform(&r), 1, 0.6) >= 0);
    for (int b = 0; b < blocks; b++)
        stored[b] = split_col(p, PARK_COL_FLOW, 0.4, 0.02, -1);
    for (int b = 0; b < blocks; b++) {
        double demand = 0.5 + park_random_uniform(&r), limit = 0.2 + 0.3 * park_random_uniform(&r);
        fresh[b]  = split_col(p, PARK_COL_FLOW, 2, 1 + park_random_uniform(&r), b);
        int32_t g = split_col(p, PARK_COL_FLOW, 1.5, 0.1 * park_random_uniform(&r), b);
        int32_t c = split_col(p, PARK_COL_CONC, 1, 0, b), w = split_col(p, PARK_COL_LIFTED, 1.5, 0, b);
        int32_t h = split_col(p, PARK_COL_FLOW, 2, 0.1 + 0.3 * park_random_uniform(&r), b);
        CHECK(park_program_product(p, w, g, c) >= 0);
        split_row(p, demand, demand, 4,
                  (int32_t[]){fresh[b], g, stored[(b + blocks - 1) % blocks], stored[b]},
                  (double[]){1, 1, 1, -1});
        split_row(p, -INFINITY, 0, 3, (int32_t[]){w, fresh[b], g}, (double[]){1, -limit, -limit});
        split_row(p, 1, INFINITY, 2, (int32_t[]){c, h}, (double[]){1, 0.4 + park_random_uniform(&r)});
        split_row(p, -INFINITY, 0, 2, (int32_t[]){h, size}, (double[]){1, -1});
        sum += demand, one[b] = 1.0;
    }
    split_row(p, -INFINITY, (0.45 + 0.4 * park_random_uniform(&r)) * sum, (size_t)blocks, fresh, one);
}

#endif
