/* A year of a park with twenty units and nine constituents at hourly output: closure over thousands of events, time. */
#include "random_park.h"

#include <time.h>

static park_status count_row(void *user, int64_t time, const double *values, park_error *err)
{
    (void)time, (void)values, (void)err;
    ++*(size_t *)user;
    return PARK_OK;
}

static void year_closes(uint64_t seed)
{
    park_arena            *arena   = park_arena_new();
    park_model            *model   = random_park(arena, seed, (random_park_size){4, 6, 2, 4, 2, 9}, 365);
    size_t                 hours   = 0;
    clock_t                started = clock(); /* of the processor: the machine may be shared */
    park_sink              sink    = {.user = &hours, .row = count_row};
    park_error             err     = {0};
    park_simulate_settings settings;
    park_simulation       *s = NULL;
    park_simulate_settings_default(&settings);
    CHECK(model != NULL && model->units == 20);
    CHECK(model != NULL && park_simulate(model, NULL, &settings, &sink, arena, &s, &err) == PARK_OK);
    CHECK_TEXT(err.message, "");
    if (s != NULL) {
        double seconds = (double)(clock() - started) / CLOCKS_PER_SEC;
        printf("  seed %llu: %.2f s, %zu links, events %zu, steps %llu + %llu (rejected %llu), sweeps %llu, "
               "water %.1e, mass %.1e, drift %.1e, unsettled %llu\n",
               (unsigned long long)seed, seconds, model->links, s->events_total, (unsigned long long)s->steps,
               (unsigned long long)s->quality_steps, (unsigned long long)s->quality_rejected,
               (unsigned long long)s->sweeps, s->closure.water, s->closure.mass, s->drift,
               (unsigned long long)s->unsettled);
        CHECK(hours == 8760);
        CHECK(s->closure.water <= 1e-9 && s->closure.mass <= 1e-9);
        CHECK(s->drift <= 1e-6);
        CHECK(s->events_total > 0);
        CHECK(s->unsettled == 0);
#ifdef NDEBUG
        CHECK(seconds < 20.0);
#endif
    }
    park_arena_free(arena);
}

static void first_year_closes(void)
{
    year_closes(11);
}

static void second_year_closes(void)
{
    year_closes(12);
}

int main(void)
{
    RUN(first_year_closes);
    RUN(second_year_closes);
    return park_test_done();
}
