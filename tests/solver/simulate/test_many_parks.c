/*
 * A week each of many parks of every size:  test_solver_simulate_many_parks [FIRST COUNT], 100 from seed 1 by default. Every
 * third one is under controllers.
 */
#include "random_week.h"

#include <stdlib.h>

static random_park_size size_of(park_random *r)
{
    return (random_park_size){1 + (int)park_random_below(r, 4), 1 + (int)park_random_below(r, 8),
                              (int)park_random_below(r, 3),     (int)park_random_below(r, 6),
                              (int)park_random_below(r, 4),     1 + (int)park_random_below(r, 4)};
}

static uint64_t first = 1, count = 100;

static void many_parks_stand_a_week(void)
{
    for (uint64_t seed = first; seed < first + count; seed++) {
        park_random      r    = park_random_start(seed, 77, 0);
        random_park_size size = size_of(&r);
        week_of(1000000u + seed, size, seed % 3 == 0 ? 1 + (int)park_random_below(&r, 6) : 0);
    }
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        first = strtoull(argv[1], NULL, 10);
        count = strtoull(argv[2], NULL, 10);
    }
    RUN(many_parks_stand_a_week);
    return park_test_done();
}
