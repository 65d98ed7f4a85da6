/*
 * random_week.h - a week of a park drawn by chance, and what must hold of it: nothing below zero or over the brim, everything
 * closed.
 */
#ifndef PARK_TESTS_RANDOM_WEEK_H
#define PARK_TESTS_RANDOM_WEEK_H

#include "random_park.h"

static inline void bounded(const park_model *model, const park_simulation *s, const rows *r)
{
    size_t negative = 0, wild = 0;
    for (size_t n = 0; n < r->count; n++)
        for (size_t i = 0; i < r->columns; i++) {
            double value = rows_at(r, n, (int)i);
            bool   conc =
                r->column[i].kind == PARK_COLUMN_INLET_CONC || r->column[i].kind == PARK_COLUMN_OUTLET_CONC;
            negative += value < 0.0;
            wild += !isfinite(value) && !(conc && isnan(value));
        }
    CHECK(negative == 0);
    CHECK(wild == 0);
    for (size_t u = 0; u < model->units; u++)
        CHECK(s->volume_min[u] >= 0.0 && s->volume_min[u] <= s->volume_max[u]);
    for (size_t l = 0; l < model->links; l++)
        CHECK(s->link_peak[l] <= model->link[l].capacity * (1.0 + 1e-9));
}

static inline void week_of(uint64_t seed, random_park_size size, int controllers)
{
    park_arena *arena = park_arena_new();
    park_model *model = random_controlled_park(arena, seed, size, 7, controllers);
    CHECK(model != NULL);
    rows             r = {.arena = arena, .fail_after = -1};
    park_simulation *s = model == NULL ? NULL : simulate(arena, model, NULL, NULL, &r);
    if (s != NULL) {
        bounded(model, s, &r);
        CHECK(s->closure.water <= 1e-9);
        CHECK(s->closure.mass <= 1e-9);
        CHECK(s->drift <= 1e-6);
        CHECK(s->unsettled == 0 || controllers > 0);
        if (s->closure.water > 1e-9 || s->closure.mass > 1e-9 || s->unsettled > 0)
            fprintf(stderr, "  seed %llu: water %g (unit %d) mass %g (unit %d) drift %g unsettled %llu\n",
                    (unsigned long long)seed, s->closure.water, s->closure.water_unit, s->closure.mass,
                    s->closure.mass_unit, s->drift, (unsigned long long)s->unsettled);
    } else {
        fprintf(stderr, "  seed %llu\n", (unsigned long long)seed);
    }
    park_arena_free(arena);
}

#endif
