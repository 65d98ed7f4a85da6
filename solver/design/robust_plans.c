/*
 * robust_plans.c - plans of single futures for decisions that stand, stage by stage in a staged park, and put together again
 * as one point of the whole program (docs/math/optimization.md, O76, O143).
 */
#include "design/combination.h"
#include "design/robust.h"

static const double PLAN_SHARE = 0.25; /* of the gap */

/* ---- the plans of a plan over futures ------------------------------------------------------------------------------------- */

static park_design *slice(const park_plan *plan, size_t w, park_arena *arena)
{
    const park_super *super = plan->f->super;
    park_design      *d     = park_design_new(arena, super->future[w]);
    size_t            first = w * super->per;
    if (d == NULL)
        return NULL;
    d->link_flow   = plan->link_flow + first * super->links;
    d->inlet_flow  = plan->inlet_flow + first * super->inlets;
    d->outlet_flow = plan->outlet_flow + first * super->outlets;
    d->volume      = plan->volume + first * super->units;
    d->unit_built = plan->built, d->unit_size = plan->size;
    d->link_used = plan->used, d->link_size = plan->pipe;
    return d;
}

park_status park_robust_slices(const park_plan *plan, park_arena *arena, park_design *design, park_error *err)
{
    const park_super *super   = plan->f->super;
    park_outlook     *outlook = PARK_NEW(arena, park_outlook);
    if (outlook != NULL)
        outlook->future = PARK_ARRAY(arena, super->futures, park_future);
    if (outlook == NULL || outlook->future == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the futures");
    outlook->futures = super->futures, outlook->whole = super->model;
    outlook->robust = super->options.robust;
    for (size_t w = 0; w < super->futures; w++) {
        outlook->future[w].design = slice(plan, w, arena);
        if (outlook->future[w].design == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the futures");
    }
    size_t             told  = super->stages - 1; /* the last stage of the park as written */
    const park_design *first = outlook->future[told].design;
    design->link_flow = first->link_flow, design->inlet_flow = first->inlet_flow;
    design->outlet_flow = first->outlet_flow, design->volume = first->volume;
    design->unit_built = first->unit_built, design->unit_size = first->unit_size;
    design->link_used = first->link_used, design->link_size = first->link_size;
    design->model   = super->future[0];
    design->outlook = outlook;
    return PARK_OK;
}

/* ---- a plan of each future for decisions that stand ------------------------------------------------------------------------ */

static park_status plan_for(park_robust_run *r, const park_model *future, const park_standing *standing,
                            const park_design *start, double until, size_t remaining, park_design **answer,
                            park_error *err)
{
    bool                 cut;
    park_design_settings part   = park_robust_part(r, until, remaining, PLAN_SHARE);
    park_solve_limits    limits = {
           .seconds = part.time_limit, .work = part.work_limit, .cutoff = INFINITY, .extra = 0.0};
    part.standing = standing, part.start = start;
    PARK_TRY(park_solve_park(future, &part, &limits, r->arena, answer, &cut, r->findings, err));
    park_robust_account(r, *answer);
    return PARK_OK;
}

/* A stage of a future as a park of its own: targets are asked of the last (O77). */
static park_status in_stage(const park_robust_run *r, const park_futures *futures, size_t v,
                            const park_model **result, park_error *err)
{
    park_model *model = PARK_NEW(r->arena, park_model);
    if (model == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the futures");
    *model = *futures->model[v];
    if (v % futures->stages + 1 < futures->stages)
        model->targets = 0;
    *result = model;
    return PARK_OK;
}

/* One future of the design that is best as written: its stages, each with what stands in it, cost what their plans cost
 * (O143). */
static park_status try_in(park_robust_run *r, const park_futures *futures, size_t w,
                          const park_design *nominal, double until, park_error *err)
{
    size_t Y   = r->stages;
    double sum = park_robust_extra(r, nominal);
    for (size_t y = 0; y < Y; y++) {
        size_t            v = w * Y + y;
        const park_model *model;
        park_standing     standing;
        park_design      *answer;
        PARK_TRY(park_staging_standing(nominal, nominal->staging, y, r->arena, &standing, err));
        PARK_TRY(in_stage(r, futures, v, &model, err));
        PARK_TRY(plan_for(r, model, &standing, w == 0 && Y == 1 ? nominal : r->alone[v], until,
                          futures->count - v, &answer, err));
        r->tried[v] = answer->link_flow != NULL ? answer : NULL;
        sum += futures->share[y] * (answer->link_flow != NULL                  ? answer->objective
                                    : answer->status == PARK_DESIGN_INFEASIBLE ? INFINITY
                                                                               : NAN);
    }
    r->nominal[w] = sum;
    return PARK_OK;
}

/* The design that is best for the park as written, in the same futures (O76). */
park_status park_robust_try(park_robust_run *r, const park_design *nominal, double until, park_error *err)
{
    park_combination  taken = park_combination_new(r->arena, r->model);
    const park_model *asked = r->model;
    park_model       *with  = NULL;
    park_futures     *futures;
    if (taken.on == NULL || taken.without == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the futures");
    if (park_combination_of(r->model, nominal, &taken))
        PARK_TRY(park_combination_apply(r->model, &taken, r->arena, &with, err));
    if (with != NULL)
        asked = with;
    PARK_TRY(park_stages_make(asked, r->arena, &futures, err));
    for (size_t w = 0; w < futures->count / r->stages && w < r->futures->count; w++)
        PARK_TRY(try_in(r, futures, w, nominal, until, err));
    return PARK_OK;
}

/* A design whose outlook holds a plan for every future; NULL when one is missing. */
static const park_design *gathered(park_robust_run *r, const park_design *nominal, const park_design **plan)
{
    park_design  *design  = PARK_NEW(r->arena, park_design);
    park_outlook *outlook = PARK_NEW(r->arena, park_outlook);
    if (design == NULL || outlook == NULL)
        return NULL;
    outlook->futures = r->futures->count * r->stages;
    outlook->future  = PARK_ARRAY(r->arena, outlook->futures, park_future);
    for (size_t w = 0; w < outlook->futures; w++) {
        if (outlook->future == NULL || plan[w] == NULL)
            return NULL;
        outlook->future[w].design = plan[w];
    }
    *design         = *nominal;
    design->outlook = outlook;
    return design;
}

/* A point to start from: an earlier design over the same futures, else one that works in all of them. */
const park_design *park_robust_start(park_robust_run *r, const park_design *nominal)
{
    const park_design *start = r->settings->start;
    if (start != NULL && (r->stages > 1 ? start->staging != NULL : start->outlook != NULL))
        return start;
    start = gathered(r, nominal, r->tried);
    if (start == NULL)
        start = gathered(r, nominal, r->alone);
    return start != NULL ? start : nominal;
}

/* The point of the whole program that says all the plans, rechecked; NULL when they do not fit together. */
static double *point_of(park_formulation *f, const park_design *design, double *objective)
{
    double *x = park_solve_start(f, design);
    return x != NULL && park_plan_recheck(f, x, objective) ? x : NULL;
}

/* Every future's plan anew, stage by stage, where that makes the whole no dearer. */
park_status park_robust_replan(park_robust_run *r, park_design *found, park_formulation *f, double until,
                               double **x, double *objective, park_error *err)
{
    park_outlook       *o       = r->plans;
    const park_futures *futures = f->super->options.futures;
    park_staging       *staging = NULL;
    *x                          = point_of(f, found, objective);
    if (*x == NULL)
        return PARK_FAIL(err, PARK_E_NUMERIC, "the plans of the futures do not hold together");
    if (r->stages > 1)
        PARK_TRY(park_staging_of(r->model, f, *x, found, r->arena, &staging, err));
    for (size_t v = 0; v < o->futures; v++) {
        const park_design *kept = o->future[v].design;
        const park_model  *model;
        park_standing      standing;
        park_design       *answer;
        double             value;
        PARK_TRY(park_staging_standing(found, staging, v % r->stages, r->arena, &standing, err));
        PARK_TRY(in_stage(r, futures, v, &model, err));
        PARK_TRY(plan_for(r, model, &standing, kept, until, o->futures - v, &answer, err));
        if (answer->link_flow == NULL)
            continue;
        o->future[v].design = answer;
        double *point       = point_of(f, found, &value);
        if (point == NULL || value > *objective * (1.0 + 1e-9))
            o->future[v].design = kept;
        else
            *x = point, *objective = value;
    }
    return PARK_OK;
}
