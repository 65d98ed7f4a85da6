/*
 * stretch_fixture.h - one stretch of a park without the march around it: layout, conditions, dispatch.
 */
#ifndef PARK_TESTS_STRETCH_FIXTURE_H
#define PARK_TESTS_STRETCH_FIXTURE_H

#include "march_fixture.h"

#include "simulate/rates.h"

typedef struct stretch_bench {
    park_arena      *arena;
    park_draft      *draft;
    park_findings    findings;
    park_layout     *layout;
    park_conditions *now;
    park_state      *state;
    park_flows      *flows;
    park_rates      *rates;
} stretch_bench;

static const char *const STRETCH_SALT[] = {"TDS"};

static inline stretch_bench stretch_new(void)
{
    stretch_bench b = {.arena = park_arena_new()};
    b.draft         = draft_with(b.arena, STRETCH_SALT, 1);
    park_findings_init(&b.findings, b.arena);
    b.draft->candidates             = PARK_CANDIDATES_NONE;
    b.draft->law.dilution_forbidden = false;
    return b;
}

/* Freeze the park (before the plan is written) ... */
static inline bool stretch_stands(stretch_bench *b)
{
    return stands(b->draft, &b->findings, false);
}

/* ... and let the plan run for a moment. */
static inline void stretch_run(stretch_bench *b, const park_design *plan)
{
    park_error err = {0};
    CHECK(park_layout_make(b->draft, plan, b->arena, &b->layout, &err) == PARK_OK);
    b->now   = park_conditions_new(b->arena, b->layout);
    b->state = park_state_new(b->arena, b->layout);
    b->flows = park_flows_new(b->arena, b->layout);
    CHECK(park_conditions_at(b->layout, 0, 0, b->now, &err) == PARK_OK);
    park_dispatch *dispatch = park_dispatch_new(b->arena, b->layout);
    park_dispatch_run(dispatch, b->now, b->state, b->flows);
    CHECK(b->flows->settled);
    CHECK(park_rates_new(b->arena, b->layout, &b->rates, &err) == PARK_OK);
    park_rates_set(b->rates, b->now, b->flows);
}

/* Flow of a link [m3/h]. */
static inline double stretch_flow(const stretch_bench *b, const char *from, const char *to)
{
    int32_t l = link_between(b->draft, from, to);
    return l < 0 ? NAN : b->flows->link[l] / M3_H;
}

#endif
