/*
 * small_park.h - a park and its ledger written down by hand, without a loader or unit kinds: for tests of
 * what reads ledgers. Outlets of a unit are added before the next unit. Everything lives in one arena.
 */
#ifndef PARK_TESTS_SMALL_PARK_H
#define PARK_TESTS_SMALL_PARK_H

#include <parkwater/ledger.h>

#include <assert.h>
#include <math.h>
#include <string.h>

enum { SMALL_MOST = 64 };

typedef struct small_park {
    park_arena  *arena;
    park_model   m;
    park_ledger *g;
} small_park;

static inline small_park small_begin(size_t seasons, size_t constituents)
{
    small_park p = {.arena = park_arena_new()};
    p.m.arena    = p.arena;
    p.m.name     = (park_label){"小园区", "small park"};
    p.m.time =
        (park_time){.steady = seasons == 1, .year_seconds = 31536000.0, .seasons = seasons, .periodic = true};
    p.m.time.season = PARK_ARRAY(p.arena, seasons, park_season_info);
    for (size_t s = 0; s < seasons; s++)
        p.m.time.season[s] = (park_season_info){.id      = park_arena_printf(p.arena, "s%zu", s + 1),
                                                .label   = {"季", "season"},
                                                .seconds = 31536000.0 / (double)seasons};
    p.m.constituents = constituents;
    p.m.constituent  = PARK_ARRAY(p.arena, constituents, park_constituent_info);
    for (size_t c = 0; c < constituents; c++)
        p.m.constituent[c] =
            (park_constituent_info){.id = park_arena_printf(p.arena, "c%zu", c + 1), .magnitude = 1.0};
    p.m.unit       = PARK_ARRAY(p.arena, SMALL_MOST, park_unit_info);
    p.m.outlet     = PARK_ARRAY(p.arena, 2 * SMALL_MOST, park_outlet_info);
    p.m.inlet      = PARK_ARRAY(p.arena, SMALL_MOST, park_inlet_info);
    p.m.link       = PARK_ARRAY(p.arena, 4 * SMALL_MOST, park_link_info);
    p.m.enterprise = PARK_ARRAY(p.arena, SMALL_MOST, park_enterprise_info);
    return p;
}

static inline int32_t small_enterprise(small_park *p, const char *id)
{
    p->m.enterprise[p->m.enterprises] =
        (park_enterprise_info){.id = id, .label = {id, id}, .value_added = NAN};
    return (int32_t)p->m.enterprises++;
}

static inline int32_t small_unit(small_park *p, const char *id, park_role role, int32_t enterprise)
{
    assert(p->m.units < SMALL_MOST);
    park_unit_info *u = &p->m.unit[p->m.units];
    *u                = (park_unit_info){.id           = id,
                                         .label        = {id, id},
                                         .role         = role,
                                         .enterprise   = enterprise,
                                         .duty         = PARK_DUTY_NONE,
                                         .use          = PARK_USE_NONE,
                                         .origin       = PARK_ORIGIN_NONE,
                                         .existing     = true,
                                         .calendar     = -1,
                                         .first_outlet = p->m.outlets,
                                         .first_inlet  = p->m.inlets};
    if (role != PARK_SOURCE) {
        p->m.inlet[p->m.inlets++] = (park_inlet_info){.id = "", .unit = (int32_t)p->m.units};
        u->inlets                 = 1;
    }
    return (int32_t)p->m.units++;
}

static inline int32_t small_outlet(small_park *p, int32_t unit, const char *id, park_outlet_role role)
{
    bool exits = role == PARK_OUT_EVAPORATION || role == PARK_OUT_DRIFT || role == PARK_OUT_LEAK ||
                 role == PARK_OUT_IN_PRODUCT || role == PARK_OUT_STEAM;
    assert(unit == (int32_t)p->m.units - 1);
    p->m.outlet[p->m.outlets] = (park_outlet_info){.id = id, .role = role, .exits = exits, .unit = unit};
    p->m.unit[unit].outlets++;
    return (int32_t)p->m.outlets++;
}

/* A source with its one product outlet; returns the outlet. */
static inline int32_t small_source(small_park *p, const char *id, park_origin origin)
{
    int32_t u           = small_unit(p, id, PARK_SOURCE, PARK_NONE);
    p->m.unit[u].origin = origin;
    return small_outlet(p, u, "", PARK_OUT_PRODUCT);
}

static inline int32_t small_link(small_park *p, int32_t outlet, int32_t to)
{
    assert(p->m.links < 4 * SMALL_MOST);
    p->m.link[p->m.links] = (park_link_info){.id       = park_arena_printf(p->arena, "l%zu", p->m.links + 1),
                                             .outlet   = outlet,
                                             .inlet    = (int32_t)p->m.unit[to].first_inlet,
                                             .from     = p->m.outlet[outlet].unit,
                                             .to       = to,
                                             .capacity = INFINITY,
                                             .length   = NAN,
                                             .lift     = NAN};
    return (int32_t)p->m.links++;
}

/* Units and links stand: the ledger, where every user requires what arrives. */
static inline void small_freeze(small_park *p)
{
    p->m.frozen = true;
    p->g        = park_ledger_new(p->arena, &p->m);
    for (size_t i = 0; i < p->g->seasons * p->g->units; i++)
        p->g->required[i] = INFINITY;
}

/* Water on a link in a season; the outlet carries it, too. */
static inline void small_flow(small_park *p, int32_t link, size_t s, double water)
{
    p->g->link_water[s * p->g->links + (size_t)link] += water;
    p->g->outlet_water[s * p->g->outlets + (size_t)p->m.link[link].outlet] += water;
}

/* Water that leaves through an exiting outlet. */
static inline void small_exit(small_park *p, int32_t outlet, size_t s, double water)
{
    p->g->outlet_water[s * p->g->outlets + (size_t)outlet] += water;
}

static inline double small_used(const small_park *p, int32_t link, size_t s)
{
    return p->g->link_used_share[s * p->g->links + (size_t)link];
}

static inline double small_first(const small_park *p, int32_t link, size_t s, park_origin origin)
{
    return p->g->link_first_share[(s * p->g->links + (size_t)link) * PARK_ORIGIN_NONE + (size_t)origin];
}

static inline double small_origin(const small_park *p, int32_t link, size_t s, park_origin origin)
{
    return p->g->link_origin_share[(s * p->g->links + (size_t)link) * PARK_ORIGIN_NONE + (size_t)origin];
}

#endif
