/*
 * random_park.h - parks drawn by a seed: everything that simulations meet, in every combination. Numbers are plausible,
 * not from anywhere.
 */
#ifndef PARK_TESTS_RANDOM_PARK_H
#define PARK_TESTS_RANDOM_PARK_H

#include "march_fixture.h"

#include "base/random.h"

#include "units/users/boiler.h"

typedef struct random_park_size {
    int sources, users, towers, treatments, storages, constituents;
} random_park_size;

static const char *const RANDOM_CONSTITUENT[] = {"TDS", "COD",        "NH3-N", "Cl", "SO4",
                                                 "Ca",  "alkalinity", "SiO2",  "SS"};

static inline double random_between(park_random *r, double lo, double hi)
{
    return lo + (hi - lo) * park_random_uniform(r);
}

static inline int32_t random_pattern(park_draft *draft, park_random *r)
{
    double factor[24], sum = 0.0;
    for (int i = 0; i < 24; i++)
        sum += factor[i] = park_random_below(r, 5) == 0 ? 0.0 : random_between(r, 0.3, 1.7);
    for (int i = 0; i < 24; i++)
        factor[i] *= 24.0 / sum;
    return hourly(draft, 24, factor);
}

static inline const char *random_id(park_draft *draft, const char *stem, int number)
{
    return park_arena_printf(draft->arena, "%s%d", stem, number);
}

static inline void random_sources(park_draft *draft, park_random *r, int count)
{
    static const char *const KIND[] = {"surface", "municipal", "stream", "surface"};
    for (int i = 0; i < count; i++) {
        double quality[9];
        for (int c = 0; c < 9; c++)
            quality[c] = random_between(r, 0.0, 0.3);
        int32_t      u     = add_source(draft, KIND[i % 4], random_id(draft, "source", i), quality);
        park_source *param = params_of(draft, u);
        if (i % 4 == 2)
            param->inflow = (park_series){random_between(r, 5.0, 80.0) * M3_H, random_pattern(draft, r)};
        else
            param->capacity =
                (park_series){i == 0 ? 5000.0 * M3_H : random_between(r, 30.0, 300.0) * M3_H, -1};
    }
}

static inline void random_users(park_draft *draft, park_random *r, int count, int towers)
{
    for (int i = 0; i < count; i++) {
        int32_t u = add_process(draft, random_id(draft, "user", i), random_between(r, 10.0, 200.0) * M3_H,
                                random_between(r, 0.0, 0.3));
        park_process *p        = params_of(draft, u);
        p->demand.flow.pattern = park_random_below(r, 3) == 0 ? -1 : random_pattern(draft, r);
        p->holding             = random_between(r, 0.1, 20.0) * 3600.0;
        for (size_t c = 0; c < draft->constituents; c++)
            if (park_random_below(r, 2) == 0)
                p->adds[c] = random_between(r, 0.0, 60.0) * KG_H;
    }
    for (int i = 0; i < towers; i++) {
        int32_t             u = add_unit(draft, PARK_USER, "cooling_tower", random_id(draft, "tower", i));
        park_cooling_tower *p = params_of(draft, u);
        p->circulation = (park_series){random_between(r, 500.0, 8000.0) * M3_H, random_pattern(draft, r)};
        p->range       = random_between(r, 5.0, 12.0);
        p->drift       = random_between(r, 1e-5, 1e-3);
        if (draft->time.steady)
            p->cycles = 5.0; /* a valve that opens and closes never stands still */
        else
            p->circulating_limits[0] = random_between(r, 1.0, 3.0);
    }
}

static inline void random_treatments(park_draft *draft, park_random *r, int count)
{
    for (int i = 0; i < count; i++) {
        int32_t         u    = add_unit(draft, PARK_TREATMENT, "removal", random_id(draft, "plant", i));
        park_treatment *p    = params_of(draft, u);
        double          size = random_between(r, 50.0, 500.0) * M3_H;
        p->capacity.min = p->capacity.max = size;
        p->recovery                       = i % 2 == 0 ? 1.0 : random_between(r, 0.5, 0.95);
        for (size_t c = 0; c < draft->constituents; c++)
            p->removal[c] = random_between(r, 0.0, 0.97);
        p->holding          = random_between(r, 0.2, 24.0) * 3600.0;
        draft->unit[u].duty = i % 3 == 2 ? PARK_DUTY_SUPPLY : PARK_DUTY_WASTE;
        p->energy           = 1e6;
    }
}

static inline void random_storages(park_draft *draft, park_random *r, int count)
{
    for (int i = 0; i < count; i++) {
        int32_t u = add_unit(draft, PARK_STORAGE, i % 2 == 0 ? "tank" : "pond", random_id(draft, "store", i));
        park_storage *p = params_of(draft, u);
        p->volume.max   = random_between(r, 100.0, 5000.0);
        p->initial      = random_between(r, 0.1, 0.9);
        p->minimum      = park_random_below(r, 2) == 0 ? 0.0 : 0.1;
    }
}

static inline void random_pipe(park_draft *draft, park_random *r, const char *from, const char *to)
{
    park_connection link = {.from     = from,
                            .to       = to,
                            .existing = true,
                            .length   = NAN,
                            .lift     = random_between(r, 0.0, 30.0),
                            .capacity = park_random_below(r, 4) == 0 ? random_between(r, 20.0, 300.0) * M3_H
                                                                     : INFINITY};
    CHECK(park_draft_connection(draft, link) >= 0);
}

static inline bool random_supply(int i)
{
    return i % 3 == 2;
}

/* Pipes: everyone can be served and can get rid of his water one way, and by chance some others. */
static inline void random_pipes(park_draft *draft, park_random *r, random_park_size size)
{
    int users = size.users + size.towers;
    for (int i = 0; i < users; i++) {
        const char *id =
            i < size.users ? random_id(draft, "user", i) : random_id(draft, "tower", i - size.users);
        connect(draft, "source0", id);
        connect(draft, id, "outfall");
        for (int t = 0; t < size.treatments; t++) {
            if (park_random_below(r, 2) == 0 && !random_supply(t))
                random_pipe(draft, r, id, random_id(draft, "plant", t));
            if (park_random_below(r, 2) == 0)
                random_pipe(draft, r, random_id(draft, "plant", t), id);
        }
        for (int s = 1; s < size.sources; s++)
            if (park_random_below(r, 2) == 0)
                random_pipe(draft, r, random_id(draft, "source", s), id);
        for (int s = 0; s < size.storages; s++)
            if (park_random_below(r, 2) == 0)
                random_pipe(draft, r, random_id(draft, "store", s), id);
    }
    for (int t = 0; t < size.treatments; t++) {
        const char *id = random_id(draft, "plant", t);
        if (random_supply(t)) {
            connect(draft, "source0", id);
        } else {
            connect(draft, id, "outfall");
            for (int s = 0; s < size.storages; s++)
                if (park_random_below(r, 2) == 0)
                    random_pipe(draft, r, id, random_id(draft, "store", s));
        }
        if (t % 2 == 1)
            connect(draft, park_arena_printf(draft->arena, "%s.reject", id), "outfall");
    }
    for (int s = 1; s < size.sources; s++)
        if (s % 4 == 2)
            connect(draft, random_id(draft, "source", s), "sewer");
    for (int s = 0; s < size.storages; s++)
        if (s > 0 || park_random_below(r, 2) == 0)
            random_pipe(draft, r, "source0", random_id(draft, "store", s));
}

/* A frozen park; NULL (with findings printed) when it does not stand. days 0: steady. */
static inline park_model *random_park(park_arena *arena, uint64_t seed, random_park_size size, int days)
{
    park_random   r     = park_random_start(seed, 1, 0);
    park_draft   *draft = draft_with(arena, RANDOM_CONSTITUENT, (size_t)size.constituents);
    park_findings findings;
    park_findings_init(&findings, arena);
    draft->candidates             = PARK_CANDIDATES_NONE;
    draft->law.dilution_forbidden = false;
    for (int c = 0; c < size.constituents; c++)
        draft->constituent[c].magnitude = 0.5;
    if (days > 0)
        period(draft, day_start(2025, 1, 1), day_start(2025, 1, 1) + days * 86400, PARK_SEASONS_MONTHS);
    random_sources(draft, &r, size.sources);
    random_users(draft, &r, size.users, size.towers);
    random_treatments(draft, &r, size.treatments);
    random_storages(draft, &r, size.storages);
    add_unit(draft, PARK_SINK, "outfall", "outfall");
    add_unit(draft, PARK_SINK, "sewer", "sewer");
    random_pipes(draft, &r, size);
    return stands(draft, &findings, false) ? draft : NULL;
}

#endif
