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

static inline void random_probe(park_draft *draft, park_random *r, park_regulator *c, const char *to,
                                const char *link)
{
    bool store    = strncmp(to, "store", 5) == 0;
    c->probe      = (park_probe){.kind        = store                          ? PARK_PROBE_LEVEL
                                                : park_random_below(r, 2) == 0 ? PARK_PROBE_FLOW
                                                                               : PARK_PROBE_INLET,
                                 .constituent = -1};
    c->probe.text = store                              ? to
                    : c->probe.kind == PARK_PROBE_FLOW ? link
                                                       : park_arena_printf(draft->arena, "%s.inlet", to);
    if (c->probe.kind == PARK_PROBE_INLET)
        c->probe.constituent = 0;
    c->at = store                              ? random_between(r, 0.2, 0.8)
            : c->probe.kind == PARK_PROBE_FLOW ? random_between(r, 5.0, 100.0) * M3_H
                                               : random_between(r, 0.05, 0.4);
}

/* Another connection into the same unit; NULL. */
static inline const char *random_sibling(const park_draft *draft, size_t connection)
{
    for (size_t i = 0; i < draft->connections; i++)
        if (i != connection && strcmp(draft->connection[i].to, draft->connection[connection].to) == 0 &&
            (strncmp(draft->connection[i].from, "source", 6) == 0 ||
             strncmp(draft->connection[i].from, "store", 5) == 0))
            return park_arena_printf(draft->arena, "%s>%s", draft->connection[i].from,
                                     draft->connection[i].to);
    return NULL;
}

/* Controllers of connections from sources and storages, of every kind. */
static inline void random_controllers(park_draft *draft, park_random *r, int count)
{
    draft->regulator = PARK_ARRAY(draft->arena, (size_t)count, park_regulator);
    for (int tries = 0; tries < 20 * count && draft->regulators < (size_t)count; tries++) {
        size_t                 at = (size_t)park_random_below(r, (uint32_t)draft->connections);
        const park_connection *c  = &draft->connection[at];
        if (strncmp(c->from, "source", 6) != 0 && strncmp(c->from, "store", 5) != 0)
            continue;
        const char         *link = park_arena_printf(draft->arena, "%s>%s", c->from, c->to);
        bool                sink = strcmp(c->to, "outfall") == 0 || strcmp(c->to, "sewer") == 0;
        park_regulator_kind kind = sink ? PARK_REGULATE_CLOCK : (park_regulator_kind)park_random_below(r, 5);
        double             *hold = PARK_ARRAY(draft->arena, draft->constituents, double);
        park_regulator      one  = {.kind       = kind,
                                    .id         = link,
                                    .every      = 900,
                                    .link_text  = {link, NULL},
                                    .inlet      = -1,
                                    .open       = park_random_below(r, 2) == 0,
                                    .below      = park_random_below(r, 2) == 0,
                                    .hysteresis = 0.05,
                                    .most       = random_between(r, 20.0, 300.0) * M3_H,
                                    .gain       = random_between(r, -2.0, 2.0),
                                    .reset      = random_between(r, 900.0, 9000.0),
                                    .start      = NAN,
                                    .hold       = hold,
                                    .inlet_text = c->to};
        for (size_t n = 0; n < draft->constituents; n++)
            hold[n] = n == 0 ? random_between(r, 0.05, 0.3) : NAN;
        for (int h = 0; h < 24; h++)
            one.hour[h] = park_random_below(r, 2) == 0;
        one.order        = park_random_below(r, 2) == 0 ? PARK_ORDER_PRICE : 0;
        one.link_text[1] = random_sibling(draft, at);
        random_probe(draft, r, &one, c->to, link);
        if ((kind == PARK_REGULATE_SWITCH && one.probe.kind == PARK_PROBE_LEVEL) ||
            (kind == PARK_REGULATE_BLEND && one.link_text[1] == NULL))
            continue;
        draft->regulator[draft->regulators++] = one;
    }
}

/* A frozen park; NULL (with findings printed) when it does not stand. days 0: steady. */
static inline park_model *random_controlled_park(park_arena *arena, uint64_t seed, random_park_size size,
                                                 int days, int controllers)
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
    if (controllers > 0)
        random_controllers(draft, &r, controllers);
    return stands(draft, &findings, false) ? draft : NULL;
}

static inline park_model *random_park(park_arena *arena, uint64_t seed, random_park_size size, int days)
{
    return random_controlled_park(arena, seed, size, days, 0);
}

#endif
