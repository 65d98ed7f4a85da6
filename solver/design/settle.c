/*
 * settle.c - a plan and the operating points of its units made to agree.   Math: docs/math/units.md, Eq. (U38), (U39).
 *
 * A map that is frozen where a plan runs it makes another plan, which runs it elsewhere: solved, refreshed and solved again
 * until nothing moves. From the third round on feeds are halved towards what they were, so that two plans cannot take turns.
 */
#include "design/settle.h"

#include "base/clock.h"

static const double SETTLED = 2e-3; /* largest change of a map's number that no longer counts */
static const double DAMPED  = 0.5;

enum { ROUNDS = 8, UNDAMPED = 2 };

/* What is left of the time for another round. */
static park_design_settings later(const park_design_settings *settings, double started,
                                  const park_design *design)
{
    park_design_settings next = *settings;
    next.time_limit           = fmax(0.0, settings->time_limit - (park_clock_seconds() - started));
    next.known_bound          = -INFINITY; /* it was proven of another map */
    next.start                = design;
    return next;
}

park_status park_design_settle(const park_model *model, const park_design_settings *settings,
                               park_arena *arena, park_settled *settled, park_findings *findings,
                               park_error *err)
{
    double started = park_clock_seconds(), share = 1.0;
    *settled = (park_settled){.model = model};
    PARK_TRY(park_design_solve(model, settings, arena, &settled->design, findings, err));
    if (!park_units_follow(model))
        return PARK_OK;
    for (int round = 1; settled->design->link_flow != NULL; round++) {
        const park_model *next = NULL;
        PARK_TRY(park_units_refresh(settled->model, settled->design->inlet_flow, settled->design->inlet_conc,
                                    share, arena, &next, &settled->moved, err));
        park_design_settings left = later(settings, started, settled->design);
        if (settled->moved <= SETTLED || round > ROUNDS || !(left.time_limit > 0.0) ||
            park_cancel_why(settings->cancel) != 0)
            break;
        share          = round >= UNDAMPED ? DAMPED : 1.0;
        settled->model = next;
        settled->rounds++;
        PARK_TRY(park_design_solve(next, &left, arena, &settled->design, findings, err));
    }
    if (settled->design->link_flow != NULL && settled->moved > SETTLED)
        park_finding_add(findings, PARK_W0522, PARK_WARNING, NULL,
                         "after %d rounds the maps frozen at the plan's feeds still move by %.2g",
                         "经 %d 轮，按规划进水线性化的机理映射仍变动 %.2g", settled->rounds, settled->moved);
    return PARK_OK;
}
