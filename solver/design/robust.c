/*
 * robust.c - one design for several futures (docs/math/optimization.md, O70-O76): what each could have cost at best, the
 * program over all of them, then each future's plan for the design that was found, and the design that is best for the park
 * as written tried in the same futures. Shares of the time and the work are fixed; what a step leaves goes to the later ones.
 */
#include "base/clock.h"
#include "design/combination.h"
#include "design/futures.h"
#include "design/solve.h"

#include <string.h>

/* Where in the time and the work each step ends. */
static const double UNTIL_NOMINAL = 0.1, UNTIL_ALONE = 0.3, UNTIL_TRIED = 0.4, UNTIL_WHOLE = 0.85,
                    UNTIL_PLANS = 1.0;
/* Shares of the gap: of a regret, what its references and the program may each leave open (O75). */
static const double BEST_SHARE = 0.25, REGRET_SHARE = 0.375, PLAN_SHARE = 0.25;

typedef struct robust {
    const park_model           *model;
    const park_design_settings *settings;
    park_arena                 *arena;
    park_findings              *findings;
    park_futures               *futures;
    double                      started, shift;
    double                     *best, *best_bound; /* [futures] of the best design for it alone */
    double                     *nominal;           /* [futures] of the design that is best as written */
    const park_design         **alone, **tried;    /* [futures] the plans of both; NULL */
    uint64_t                    nodes, lps, work;
    bool                        reproducible;
    park_outlook               *outlook;
} robust;

/* ---- limits ------------------------------------------------------------------------------------------------------------- */

/* Settings of a part that ends at `until`, one of `remaining` equal ones before it. */
static park_design_settings part_of(const robust *r, double until, size_t remaining, double gap_share)
{
    park_design_settings part = *r->settings;
    double               left = until * part.time_limit - (park_clock_seconds() - r->started);
    double               work = until * (double)part.work_limit - (double)r->work;
    part.time_limit           = isinf(part.time_limit) ? INFINITY : fmax(left / (double)remaining, 0.02);
    if (part.work_limit > 0)
        part.work_limit = (uint64_t)fmax(work / (double)remaining, 1.0);
    part.gap *= gap_share;
    part.known_bound = -INFINITY, part.start = NULL, part.progress = NULL;
    return part;
}

static void account(robust *r, const park_design *part)
{
    r->nodes += part->nodes, r->lps += part->lps, r->work += part->work;
    r->reproducible = r->reproducible && part->reproducible;
}

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
    size_t             told  = super->options.staged ? super->futures - 1 : 0;
    const park_design *first = outlook->future[told].design;
    design->link_flow = first->link_flow, design->inlet_flow = first->inlet_flow;
    design->outlet_flow = first->outlet_flow, design->volume = first->volume;
    design->unit_built = first->unit_built, design->unit_size = first->unit_size;
    design->link_used = first->link_used, design->link_size = first->link_size;
    design->model   = super->future[0];
    design->outlook = outlook;
    return PARK_OK;
}

/* What the chosen retrofits cost a year. */
static double yearly_of_retrofits(const park_design *design)
{
    double sum = 0.0;
    for (size_t i = 0; i < design->cost_lines; i++)
        if (design->cost[i].kind == PARK_COST_RETROFIT)
            sum += design->cost[i].yearly;
    return sum;
}

static double extra_of(const robust *r, const park_design *design)
{
    return r->model->objective[0] == PARK_MIN_COST ? yearly_of_retrofits(design) : 0.0;
}

/* ---- what was possible ---------------------------------------------------------------------------------------------------- */

/* The best design of one future alone. */
static park_status alone(robust *r, size_t w, double until, size_t remaining, double gap_share,
                         const park_design *start, park_design **answer, park_error *err)
{
    park_design_settings part = part_of(r, until, remaining, gap_share);
    part.start                = start;
    PARK_TRY(park_solve_any(r->futures->model[w], &part, r->arena, answer, r->findings, err));
    account(r, *answer);
    return PARK_OK;
}

/* What each future could have cost (O74), (O76). Sets *failed to the answer of one that has no plan at all, or, for regret,
 * none within the limits. */
static park_status references(robust *r, const park_design *nominal, park_design **failed, park_error *err)
{
    bool regret = r->model->robust == PARK_ROBUST_REGRET;
    for (size_t w = 0; w < r->futures->count && *failed == NULL; w++) {
        const park_design *known  = w == 0 ? nominal : NULL;
        park_design       *answer = NULL;
        if (known == NULL || (regret && r->futures->probability[0] > 0.0)) {
            PARK_TRY(alone(r, w, UNTIL_ALONE, r->futures->count - w, regret ? BEST_SHARE : 1.0, nominal,
                           &answer, err));
            known = answer;
        }
        bool plan        = known->link_flow != NULL;
        r->alone[w]      = plan ? known : NULL;
        r->best[w]       = plan ? known->objective : NAN;
        r->best_bound[w] = known->bound;
        if (!plan && answer != NULL && (regret || known->status == PARK_DESIGN_INFEASIBLE))
            *failed = answer;
        if (plan && regret && r->futures->probability[w] > 0.0)
            r->shift = fmax(r->shift, r->best[w]);
    }
    return PARK_OK;
}

/* No design does better than knowing the future: for the mean and the worst, a bound that holds before the tree (O76). */
static double wait_and_see(const robust *r)
{
    double mean = 0.0, worst = -INFINITY;
    for (size_t w = 0; w < r->futures->count; w++) {
        if (!(r->futures->probability[w] > 0.0))
            continue;
        double bound = isfinite(r->best_bound[w]) ? r->best_bound[w] : -INFINITY;
        mean += r->futures->probability[w] * bound, worst = fmax(worst, bound);
    }
    return r->model->robust == PARK_ROBUST_MEAN    ? mean - 1e-12 * fabs(mean)
           : r->model->robust == PARK_ROBUST_WORST ? worst
                                                   : -INFINITY;
}

/* ---- a plan of each future for decisions that stand ------------------------------------------------------------------------ */

static park_status plan_for(robust *r, const park_model *future, const park_standing *standing,
                            const park_design *start, double until, size_t remaining, park_design **answer,
                            park_error *err)
{
    bool                 cut;
    park_design_settings part   = part_of(r, until, remaining, PLAN_SHARE);
    park_solve_limits    limits = {
           .seconds = part.time_limit, .work = part.work_limit, .cutoff = INFINITY, .extra = 0.0};
    part.standing = standing, part.start = start;
    PARK_TRY(park_solve_park(future, &part, &limits, r->arena, answer, &cut, r->findings, err));
    account(r, *answer);
    return PARK_OK;
}

static park_standing standing_of(const park_design *design)
{
    return (park_standing){design->unit_size, design->unit_built, design->link_size, design->link_used};
}

/* The design that is best for the park as written, in the same futures (O76). */
static park_status try_nominal(robust *r, const park_design *nominal, park_error *err)
{
    park_model   *asked = PARK_NEW(r->arena, park_model);
    park_futures *futures;
    park_standing standing = standing_of(nominal);
    if (asked == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the futures");
    *asked        = *nominal->model; /* with its retrofits */
    asked->robust = r->model->robust;
    PARK_TRY(park_futures_make(asked, r->arena, &futures, err));
    for (size_t w = 0; w < futures->count && w < r->futures->count; w++) {
        park_design *answer;
        PARK_TRY(plan_for(r, futures->model[w], &standing, w == 0 ? nominal : r->alone[w], UNTIL_TRIED,
                          futures->count - w, &answer, err));
        r->tried[w]   = answer->link_flow != NULL ? answer : NULL;
        r->nominal[w] = answer->link_flow != NULL                  ? answer->objective + extra_of(r, nominal)
                        : answer->status == PARK_DESIGN_INFEASIBLE ? INFINITY
                                                                   : NAN;
    }
    return PARK_OK;
}

/* A design whose outlook holds a plan for every future; NULL when one is missing. */
static const park_design *gathered(robust *r, const park_design *nominal, const park_design **plan)
{
    park_design  *design  = PARK_NEW(r->arena, park_design);
    park_outlook *outlook = PARK_NEW(r->arena, park_outlook);
    if (design == NULL || outlook == NULL)
        return NULL;
    outlook->futures = r->futures->count;
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
static const park_design *start_of(robust *r, const park_design *nominal)
{
    const park_design *start = r->settings->start;
    if (start != NULL && start->outlook != NULL)
        return start;
    start = gathered(r, nominal, r->tried);
    if (start == NULL)
        start = gathered(r, nominal, r->alone);
    return start != NULL ? start : nominal;
}

/* ---- the program over all futures ----------------------------------------------------------------------------------------- */

typedef struct shifted {
    const park_design_settings *settings;
    double                      shift;
} shifted;

static bool tell(void *user, double incumbent, double bound, double gap, uint64_t nodes, double seconds)
{
    const shifted *s = user;
    return s->settings->progress(s->settings->progress_user, incumbent - s->shift, bound - s->shift, gap,
                                 nodes, seconds);
}

static park_status whole(robust *r, const park_design *nominal, park_design **answer, park_error *err)
{
    bool                 regret = r->model->robust == PARK_ROBUST_REGRET, cut;
    park_design_settings part   = part_of(r, UNTIL_WHOLE, 1, regret ? REGRET_SHARE : 1.0);
    shifted              told   = {r->settings, r->shift};
    park_solve_limits    limits = {
           .seconds = part.time_limit, .work = part.work_limit, .cutoff = INFINITY, .extra = 0.0};
    part.start       = start_of(r, nominal);
    part.future_best = r->best;
    if (!regret)
        part.known_bound = fmax(r->settings->known_bound, wait_and_see(r));
    if (r->settings->progress != NULL)
        part.progress = tell, part.progress_user = &told;
    if (park_solve_chooses(r->model))
        PARK_TRY(park_solve_retrofits(r->model, &part, r->arena, answer, r->findings, err));
    else
        PARK_TRY(park_solve_park(r->model, &part, &limits, r->arena, answer, &cut, r->findings, err));
    account(r, *answer);
    return PARK_OK;
}

/* Connections and units that cost nothing are as many and as large as some future uses them. */
static void widen(park_design *to, const park_design *by, const park_model *model)
{
    for (size_t l = 0; l < model->links; l++)
        to->link_used[l] = to->link_used[l] || by->link_used[l];
    for (size_t u = 0; u < model->units; u++) {
        to->unit_built[u] = to->unit_built[u] || by->unit_built[u];
        if (by->unit_size[u] > to->unit_size[u])
            to->unit_size[u] = by->unit_size[u];
    }
}

/* The point of the whole program that says all the plans, rechecked; NULL when they do not fit together. */
static double *point_of(park_formulation *f, const park_design *design, double *objective)
{
    double *x = park_solve_start(f, design);
    return x != NULL && park_plan_recheck(f, x, objective) ? x : NULL;
}

/* Every future's plan anew, where that makes the whole no dearer. */
static park_status plans(robust *r, park_design *found, park_formulation *f, double **x, double *objective,
                         park_error *err)
{
    park_outlook *o        = r->outlook;
    park_standing standing = standing_of(found);
    *x                     = point_of(f, found, objective);
    if (*x == NULL)
        return PARK_FAIL(err, PARK_E_NUMERIC, "the plans of the futures do not hold together");
    for (size_t w = 0; w < o->futures; w++) {
        const park_design *kept = o->future[w].design;
        park_design       *answer;
        double             value;
        PARK_TRY(
            plan_for(r, f->super->future[w], &standing, kept, UNTIL_PLANS, o->futures - w, &answer, err));
        if (answer->link_flow == NULL)
            continue;
        o->future[w].design = answer;
        double *point       = point_of(f, found, &value);
        if (point == NULL || value > *objective * (1.0 + 1e-9))
            o->future[w].design = kept;
        else
            *x = point, *objective = value;
    }
    return PARK_OK;
}

/* ---- the account ------------------------------------------------------------------------------------------------------------- */

/* The larger of two; what is not known stays unknown. */
static double larger(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : fmax(a, b);
}

static void values(robust *r, park_formulation *f, const double *x, double extra)
{
    park_outlook *o    = r->outlook;
    int           kind = (int)o->kind;
    o->mean = o->nominal_mean = 0.0, o->fails = 0;
    o->worst = o->regret = o->nominal_worst = o->nominal_regret = -INFINITY;
    for (size_t w = 0; w < o->futures; w++) {
        park_future *future = &o->future[w];
        future->probability = f->super->probability[w];
        future->drawn       = r->futures->value + w * o->uncertains;
        for (int k = 0; k < PARK_OBJECTIVE_KINDS; k++)
            future->value[k] = park_future_value(f, (park_objective_kind)k, (int32_t)w, x);
        future->value[PARK_MIN_COST] += extra;
        future->best = fmin(r->best[w], future->value[kind]), future->best_bound = r->best_bound[w];
        if (isnan(r->best[w]))
            future->best = NAN;
        future->regret  = fmax(future->value[kind] - future->best_bound, 0.0);
        future->nominal = r->nominal[w];
        o->fails += isinf(future->nominal) ? 1 : 0;
        if (isnan(future->best_bound))
            future->regret = NAN;
        if (!(future->probability > 0.0))
            continue;
        o->mean += future->probability * future->value[kind];
        o->worst  = fmax(o->worst, future->value[kind]);
        o->regret = larger(o->regret, future->regret);
        o->nominal_mean += future->probability * future->nominal;
        o->nominal_worst  = larger(o->nominal_worst, future->nominal);
        o->nominal_regret = larger(o->nominal_regret, future->nominal - future->best_bound);
    }
}

/* (O75) The certificate of what was asked for. */
static void certify(const robust *r, const park_design *found, park_design *design)
{
    const park_outlook *o     = r->outlook;
    double              scale = 1e-9;
    bool                bound = isfinite(found->bound);
    design->bound             = found->bound;
    switch (o->robust) {
    case PARK_ROBUST_NONE:
    case PARK_ROBUST_MEAN:
        design->objective = o->mean;
        break;
    case PARK_ROBUST_WORST:
        design->objective = o->worst;
        break;
    case PARK_ROBUST_REGRET:
        design->objective = o->regret;
        design->bound =
            bound ? fmax(found->bound - r->shift, 0.0) : 0.0; /* nothing is regretted below nothing */
        scale = fmax(r->shift, scale);
        bound = true;
        break;
    }
    design->root_bound = found->root_bound - r->shift;
    design->gap        = bound && isfinite(design->objective)
                             ? fabs(design->objective - design->bound) / fmax(fabs(design->objective), scale)
                             : INFINITY;
    design->status     = design->gap <= fmin(1e-4, r->settings->gap) ? PARK_DESIGN_OPTIMAL
                         : design->gap <= r->settings->gap           ? PARK_DESIGN_GAP_REACHED
                                                                     : PARK_DESIGN_LIMIT_FEASIBLE;
}

static park_status conclude(robust *r, park_design *found, const park_design *nominal, park_design **result,
                            park_error *err)
{
    park_design_settings part = *r->settings;
    park_formulation    *f;
    double              *x, objective;
    park_outlook        *o = PARK_NEW(r->arena, park_outlook);
    if (o == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the futures");
    *o             = *found->outlook;
    found->outlook = r->outlook = o;
    o->kind = r->model->objective[0], o->unit = park_objective_unit(o->kind);
    o->uncertains = r->model->uncertains, o->uncertain = r->model->uncertain;
    part.future_best = r->best;
    PARK_TRY(park_solve_formulate(o->whole, &part, r->arena, &f, err));
    PARK_TRY(plans(r, found, f, &x, &objective, err));
    values(r, f, x, extra_of(r, found));
    o->alone = nominal->objective, o->alone_bound = nominal->bound;
    if (o->future[0].design->ledger == NULL)
        return PARK_FAIL(err, PARK_E_NUMERIC, "the park as written has no plan that can be told");
    park_design *design = PARK_NEW(r->arena, park_design);
    if (design == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the design");
    *design = *o->future[0].design;
    for (size_t w = 1; w < o->futures; w++)
        widen(design, o->future[w].design, o->whole);
    PARK_TRY(park_combination_keep(found, r->arena, design, err));
    certify(r, found, design);
    design->objective_kind = o->kind, design->unit = o->unit, design->outlook = o;
    design->nodes = r->nodes, design->lps = r->lps, design->work = r->work;
    design->reproducible = r->reproducible;
    *result              = design;
    return PARK_OK;
}

/* ---- the call ------------------------------------------------------------------------------------------------------------------ */

static park_status begin(robust *r, park_error *err)
{
    PARK_TRY(park_futures_make(r->model, r->arena, &r->futures, err));
    size_t n = r->futures->count;
    r->best  = PARK_ARRAY(r->arena, 3 * n, double);
    r->alone = PARK_ARRAY(r->arena, 2 * n, const park_design *);
    if (r->best == NULL || r->alone == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu futures", n);
    r->best_bound = r->best + n, r->nominal = r->best + 2 * n, r->tried = r->alone + n;
    for (size_t i = 0; i < 3 * n; i++)
        r->best[i] = NAN;
    return PARK_OK;
}

park_status park_solve_robust(const park_model *model, const park_design_settings *settings,
                              park_arena *arena, park_design **design, park_findings *findings,
                              park_error *err)
{
    robust       r       = {.model        = model,
                            .settings     = settings,
                            .arena        = arena,
                            .findings     = findings,
                            .started      = park_clock_seconds(),
                            .reproducible = true};
    park_design *nominal = NULL, *found = NULL;
    PARK_TRY(begin(&r, err));
    PARK_TRY(alone(&r, 0, UNTIL_NOMINAL, 1, 1.0, settings->start, &nominal, err));
    if (nominal->status == PARK_DESIGN_INFEASIBLE) /* the park as written must work, too */
        found = nominal;
    else
        PARK_TRY(references(&r, nominal, &found, err));
    if (found == NULL && nominal->link_flow != NULL)
        PARK_TRY(try_nominal(&r, nominal, err));
    if (found == NULL)
        PARK_TRY(whole(&r, nominal, &found, err));
    *design = found;
    if (found->link_flow != NULL && found->outlook != NULL)
        PARK_TRY(conclude(&r, found, nominal, design, err));
    (*design)->seconds = park_clock_seconds() - r.started;
    return PARK_OK;
}
