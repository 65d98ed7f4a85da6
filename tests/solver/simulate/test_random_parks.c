/* Parks drawn by chance, a week each: nothing fails, everything closes, nothing is below zero or over the brim. */
#include "random_week.h"

static void small_parks_stand_a_week(void)
{
    for (uint64_t seed = 1; seed <= 40; seed++)
        week_of(seed,
                (random_park_size){1 + (int)(seed % 4), 1 + (int)(seed % 5), (int)(seed % 3), (int)(seed % 5),
                                   (int)(seed % 4), 2},
                0);
}

static void larger_parks_stand_a_week(void)
{
    for (uint64_t seed = 100; seed < 103; seed++)
        week_of(seed, (random_park_size){4, 10, 2, 5, 3, 5}, 0);
}

/* With clocks, switches, PID, blends and priorities on their connections. */
static void controlled_parks_stand_a_week(void)
{
    for (uint64_t seed = 1; seed <= 20; seed++)
        week_of(seed,
                (random_park_size){2 + (int)(seed % 3), 2 + (int)(seed % 4), (int)(seed % 2), (int)(seed % 4),
                                   1 + (int)(seed % 3), 2},
                1 + (int)(seed % 5));
}

/* A park whose donors compete for room in a circle that no sweep leaves: even then no water is lost. */
static void circles_lose_no_water(void)
{
    park_arena      *arena = park_arena_new();
    park_model      *model = random_park(arena, 5231, (random_park_size){4, 3, 2, 5, 3, 2}, 4);
    park_simulation *s     = model == NULL ? NULL : simulate(arena, model, NULL, NULL, NULL);
    CHECK(s != NULL && s->unsettled > 0); /* else it has learnt to leave it: find another circle */
    CHECK(s != NULL && s->closure.water <= 1e-9 && s->closure.mass <= 1e-9);
    park_arena_free(arena);
}

/* The same park twice: the same bits. */
static void bits_are_the_same_again(void)
{
    double water[2] = {0}, mass[2] = {0};
    for (int n = 0; n < 2; n++) {
        park_arena      *arena = park_arena_new();
        park_model      *model = random_park(arena, 7, (random_park_size){3, 4, 1, 4, 2, 2}, 3);
        park_simulation *s     = simulate(arena, model, NULL, NULL, NULL);
        for (size_t l = 0; s != NULL && l < model->links; l++) {
            water[n] = water[n] * 1.25 + s->ledger->link_water[l];
            mass[n]  = mass[n] * 1.25 + s->ledger->link_mass[2 * l];
        }
        park_arena_free(arena);
    }
    CHECK(water[0] == water[1] && mass[0] == mass[1] && water[0] > 0.0 && mass[0] > 0.0);
}

int main(void)
{
    RUN(small_parks_stand_a_week);
    RUN(larger_parks_stand_a_week);
    RUN(controlled_parks_stand_a_week);
    RUN(circles_lose_no_water);
    RUN(bits_are_the_same_again);
    return park_test_done();
}
