/*
 * settle.c - a plan and the operating points of its units made to agree.   Math: docs/math/units.md, Eq. (U38), (U39).
 *
 * A map that is frozen where a plan runs it makes another plan, which runs it elsewhere: solved, refreshed and solved again
 * until nothing moves. Rounds look for the points with plans of 1 % and a seventh of the time each; once the points stand the plan
 * is made as asked, and its own points are looked at once more. From the third round on feeds are halved towards what they were, so
 * that two plans cannot take turns.
 */
#include "design/settle.h"

#include "base/clock.h"

static const double SETTLED   = 2e-3; /* largest change of a map's number that no longer counts */
static const double DAMPED    = 0.5;
static const double ROUGH     = 0.01; /* gap of a plan that only looks for the points */
static const double A_SEVENTH = 1.0 / 7.0;

enum { ROUNDS = 8, UNDAMPED = 2 };

typedef struct settling {
    const park_design_settings *settings;
    double                      started, share; /* share: of the new feeds */
    bool                        rough, ended;   /* ended: by its limits */
    park_arena                 *arena;
    park_findings              *findings;
} settling;

static bool has_plan(const park_settled *settled)
{
    return settled->design->link_flow != NULL;
}

/* Has every unit that follows its water a point already, from a plan before? */
static bool has_points(const park_model *model)
{
    for (int32_t u = 0; u < (int32_t)model->units; u++) {
        const park_unit_info *unit = &model->unit[u];
        if (unit->kind->follows != NULL && unit->kind->follows(model, u) && unit->point == NULL)
            return false;
    }
    return true;
}

/* A plan at the present points: rough ones by a seventh of the time, the one that counts by what is left. */
static park_status solve(settling *s, park_settled *settled, park_error *err)
{
    park_design_settings next = *s->settings;
    double               left = fmax(0.0, next.time_limit - (park_clock_seconds() - s->started));
    next.time_limit           = s->rough ? fmin(left, A_SEVENTH * next.time_limit) : left;
    next.gap                  = s->rough ? fmax(next.gap, ROUGH) : next.gap;
    if (settled->rounds > 0)
        next.known_bound = -INFINITY; /* it was proven of another map */
    if (settled->design != NULL)
        next.start = settled->design;
    return park_design_solve(settled->model, &next, s->arena, &settled->design, s->findings, err);
}

/* Where the plan's own points lie; the next model where they lie elsewhere. */
static park_status refresh(settling *s, park_settled *settled, park_error *err)
{
    const park_model *next = NULL;
    PARK_TRY(park_units_refresh(settled->model, settled->design->inlet_flow, settled->design->inlet_conc,
                                s->share, s->arena, &next, &settled->moved, err));
    s->ended = settled->rounds >= ROUNDS || park_cancel_why(s->settings->cancel) != 0 ||
               !(park_clock_seconds() - s->started < s->settings->time_limit);
    if (settled->moved <= SETTLED || s->ended)
        return PARK_OK;
    s->share       = settled->rounds + 1 >= UNDAMPED ? DAMPED : 1.0;
    settled->model = next;
    settled->rounds++;
    return PARK_OK;
}

/* Rounds until nothing moves, no plan is left or the limits end. */
static park_status rounds(settling *s, park_settled *settled, park_error *err)
{
    do {
        PARK_TRY(solve(s, settled, err));
        if (!has_plan(settled))
            return PARK_OK;
        PARK_TRY(refresh(s, settled, err));
    } while (settled->moved > SETTLED && !s->ended);
    return PARK_OK;
}

park_status park_design_settle(const park_model *model, const park_design_settings *settings,
                               park_arena *arena, park_settled *settled, park_findings *findings,
                               park_error *err)
{
    settling s = {settings, park_clock_seconds(), 1.0, !has_points(model), false, arena, findings};
    *settled   = (park_settled){.model = model};
    if (!park_units_follow(model))
        return park_design_solve(model, settings, arena, &settled->design, findings, err);
    PARK_TRY(rounds(&s, settled, err));
    bool was_rough = s.rough;
    s.rough        = false;
    if (was_rough && !s.ended &&
        (!has_plan(settled) ? settled->design->status != PARK_DESIGN_INFEASIBLE
                            : !(settled->design->gap <= settings->gap)))
        PARK_TRY(rounds(&s, settled, err));
    if (has_plan(settled) && settled->moved > SETTLED)
        park_finding_add(findings, PARK_W0522, PARK_WARNING, NULL,
                         "after %d rounds the maps frozen at the plan's feeds still move by %.2g",
                         "经 %d 轮，按规划进水线性化的机理映射仍变动 %.2g", settled->rounds, settled->moved);
    return PARK_OK;
}
