/* Many sparse systems side by side: solutions put back into the equations, with loops and fill. */
#include "check.h"

#include "base/random.h"
#include "simulate/blocks.h"

enum { SIZE = 17, WIDTH = 3 };

/* A random pattern, columns diagonally dominant as those of mixed volumes are. */
static void solutions_fit(uint64_t seed)
{
    park_arena  *arena                = park_arena_new();
    park_random  r                    = park_random_start(seed, 1, 0);
    bool         present[SIZE * SIZE] = {false}, last[SIZE] = {false};
    park_blocks *b = NULL;
    for (int e = 0; e < SIZE * SIZE; e++)
        present[e] = park_random_below(&r, 5) == 0;
    for (int i = 0; i < SIZE; i++)
        last[i] = i % 3 == 1;
    CHECK(park_blocks_make(arena, SIZE, WIDTH, present, seed % 2 == 0 ? last : NULL, &b, NULL) == PARK_OK);
    double *value = PARK_ARRAY(arena, b->entries * WIDTH, double),
           *kept  = PARK_ARRAY(arena, b->entries * WIDTH, double);
    double x[SIZE * WIDTH], right[SIZE * WIDTH];
    for (size_t e = 0; e < b->entries; e++) {
        size_t row = (size_t)b->entry_row[e], column = (size_t)b->entry_column[e];
        bool used = present[row * SIZE + column] && park_random_below(&r, 3) > 0; /* some carry nothing now */
        for (size_t c = 0; c < WIDTH; c++)
            value[e * WIDTH + c] = row == column ? 20.0 : used ? -park_random_uniform(&r) : 0.0;
    }
    memcpy(kept, value, b->entries * WIDTH * sizeof *value);
    for (int i = 0; i < SIZE * WIDTH; i++)
        right[i] = x[i] = park_random_uniform(&r);
    bool *alive = PARK_ARRAY(arena, b->entries, bool);
    for (size_t e = 0; e < b->entries; e++)
        for (size_t c = 0; c < WIDTH; c++)
            alive[e] = alive[e] || value[e * WIDTH + c] != 0.0;
    if (b->lasts > 0) { /* in two parts, the second twice with what stood before it */
        double *corner = PARK_ARRAY(arena, b->corner * WIDTH, double);
        CHECK(b->lasts == (SIZE + 1) / 3 && b->lead < b->steps);
        park_blocks_factor_lead(b, value, alive);
        for (int twice = 0; twice < 2; twice++)
            for (size_t e = 0; e < b->corner; e++) {
                double *at = value + (size_t)b->corner_entry[e] * WIDTH;
                memcpy(twice ? at : corner + e * WIDTH, twice ? corner + e * WIDTH : at, WIDTH * sizeof *at);
                if (e + 1 == b->corner)
                    park_blocks_factor_rest(b, value, alive);
            }
    } else {
        park_blocks_factor(b, value, alive);
    }
    park_blocks_solve(b, value, alive, x);
    for (size_t e = 0; e < b->entries; e++)
        for (size_t c = 0; c < WIDTH; c++)
            right[(size_t)b->entry_row[e] * WIDTH + c] -=
                kept[e * WIDTH + c] * x[(size_t)b->entry_column[e] * WIDTH + c];
    double worst = 0.0;
    for (int i = 0; i < SIZE * WIDTH; i++)
        worst = fmax(worst, fabs(right[i]));
    CHECK_CLOSE(worst, 0.0, 1e-14);
    park_arena_free(arena);
}

static void systems_are_solved(void)
{
    for (uint64_t seed = 1; seed <= 30; seed++)
        solutions_fit(seed);
}

/* A chain eliminated from its end has no fill; an arrow eliminated by degree neither. */
static void order_avoids_fill(void)
{
    park_arena  *arena              = park_arena_new();
    park_blocks *b                  = NULL;
    bool         arrow[SIZE * SIZE] = {false};
    for (size_t i = 0; i < SIZE; i++)
        arrow[i] = arrow[i * SIZE] = true; /* the first row and column are full */
    CHECK(park_blocks_make(arena, SIZE, 1, arrow, NULL, &b, NULL) == PARK_OK);
    CHECK(b->entries == 3 * SIZE - 2);
    park_arena_fail_after(arena, 3);
    CHECK(park_blocks_make(arena, SIZE, 1, arrow, NULL, &b, NULL) == PARK_E_MEMORY && b == NULL);
    park_arena_free(arena);
}

int main(void)
{
    RUN(systems_are_solved);
    RUN(order_avoids_fill);
    return park_test_done();
}
