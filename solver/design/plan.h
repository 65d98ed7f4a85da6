/*
 * plan.h - a candidate answer in SI, worked out exactly: flows balanced, concentrations solved, sizes chosen, everything
 * rechecked in the original equations. The last word on what counts as a design.
 * Math: docs/math/optimization.md, Eq. (O36)-(O40).   Looks down on: formulation.
 */
#ifndef PARK_DESIGN_PLAN_H
#define PARK_DESIGN_PLAN_H

#include "design/formulation.h"

typedef struct park_plan {
    const park_formulation *f;
    park_arena             *arena;
    double                 *link_flow;   /* [S*L] [m3/s] */
    double                 *inlet_flow;  /* [S*I] */
    double                 *unit_flow;   /* [S*U] what enters through the inlets */
    double                 *outlet_flow; /* [S*K] */
    double                 *volume;      /* [S*U] at the season's end [m3] */
    double                 *conc;        /* [S*K*T] of outlets [kg/m3]; 0 where nothing flows */
    double                 *feed;        /* [S*U*T] mass that arrives [kg/s] */
    double                 *size;        /* [U] SI; NAN where nothing is sized */
    int                    *step;        /* [U] chosen step, -1 */
    bool                   *built;       /* [U] */
    int                    *pipe;        /* [L] chosen catalogue size, -1 */
    bool                   *used;        /* [L] carries water in some season */
    double                  worst;       /* largest relative violation found by the check */
    const char             *where;       /* of it; a static text */
} park_plan;

park_plan *park_plan_new(const park_formulation *f, park_arena *arena);

/**
 * Make a plan of a point of the program: tiny flows are dropped, the water balances made exact by the smallest relative
 * change of the flows that run, concentrations solved (mixing.c), sizes chosen as small as they may be.
 * @param constituents  how many of the traced constituents are worked out: `in_program` ones when `all` is false
 * @return false when the balances cannot be met or the mixing has no solution
 */
bool park_plan_read(park_plan *plan, double *x, bool all);

/* Everything holds at `tolerance` relative? Fills worst and where. */
bool park_plan_check(park_plan *plan, const double *x, double tolerance);

/* The point of the program that says exactly this plan: lifted columns, sizes and choices recomputed. */
void park_plan_write(const park_plan *plan, double *x);

/* park_program.recheck: user is the formulation. */
bool park_plan_recheck(const void *user, double *x, double *objective);

/* Solve the mixing of one constituent for given flows. false: singular (a loop without exit). mixing.c */
bool park_plan_mix(park_plan *plan, size_t c);

/* Mass that a unit's outlet k carries per second [kg/s]. */
double park_plan_outlet_mass(const park_plan *plan, size_t s, size_t k, size_t c);

#endif
