/* Parts of a set, against plain colouring. */
#include "base/disjoint.h"
#include "base/random.h"
#include "check.h"

enum { COUNT = 50 };

static void parts_are_those_of_a_colouring_and_led_by_their_lowest(void)
{
    int32_t     parent[COUNT], colour[COUNT];
    park_random random = park_random_start(7, 0, 0);
    for (int32_t i = 0; i < COUNT; i++)
        parent[i] = colour[i] = i;
    for (int pair = 0; pair < 45; pair++) {
        int32_t a   = (int32_t)park_random_below(&random, COUNT),
                b   = (int32_t)park_random_below(&random, COUNT);
        int32_t low = colour[a] < colour[b] ? colour[a] : colour[b], high = colour[a] + colour[b] - low;
        park_disjoint_join(parent, a, b);
        for (int32_t i = 0; i < COUNT; i++)
            colour[i] = colour[i] == high ? low : colour[i];
        for (int32_t i = 0; i < COUNT; i++)
            CHECK(park_disjoint_leader(parent, i) == colour[i]);
    }
}

int main(void)
{
    RUN(parts_are_those_of_a_colouring_and_led_by_their_lowest);
    return park_test_done();
}
