/*
 * robust.c - one design for several futures (docs/math/optimization.md, O70-O76): what each could have cost at best, the
 * program over all of them, then each future's plan for the design that was found, and the design that is best for the park
 * as written tried in the same futures. Shares of the time and the work are fixed; what a step leaves goes to the later ones.
 * In a staged park every future runs through the same stages, and plans are of the stages of the futures (O140)-(O143).
 */
#include "base/clock.h"
#include "design/combination.h"
#include "design/robust.h"

#include <string.h>

/* Where in the time and the work each step ends. */
static const double UNTIL_NOMINAL = 0.1, UNTIL_ALONE = 0.3, UNTIL_TRIED = 0.4, UNTIL_WHOLE = 0.85,
                    UNTIL_PLANS = 1.0;
/* The same for a future that has no plan yet. */
static const double MORE[] = {0.4, 0.7, 1.0};
/* Shares of the gap: of a regret, what its references and the program may each leave open (O75). */
static const double BEST_SHARE = 0.25, REGRET_SHARE = 0.375;

/* ---- limits ------------------------------------------------------------------------------------------------------------- */

/* Settings of a part that ends at `until`, one of `remaining` equal ones before it. */
park_design_settings park_robust_part(const park_robust_run *r, double until, size_t remaining,
                                      double gap_share)
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

void park_robust_account(park_robust_run *r, const park_design *part)
{
    r->nodes += part->nodes, r->lps += part->lps, r->work += part->work;
    r->shared += part->work_shared;
    r->reproducible = r->reproducible && part->reproducible;
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

double park_robust_extra(const park_robust_run *r, const park_design *design)
{
    return r->model->objective[0] == PARK_MIN_COST ? yearly_of_retrofits(design) : 0.0;
}

/* ---- what was possible ---------------------------------------------------------------------------------------------------- */

/* The best design of one future alone. */
static park_status alone(park_robust_run *r, size_t w, double until, size_t remaining, double gap_share,
                         const park_design *start, park_design **answer, park_error *err)
{
    park_design_settings part = park_robust_part(r, until, remaining, gap_share);
    part.start                = start;
    PARK_TRY(park_solve_any(r->futures->model[w], &part, r->arena, answer, r->findings, err));
    park_robust_account(r, *answer);
    return PARK_OK;
}

/* As long as a future has no plan and none is known to be impossible, more of the limits go to it, at last all that is left: a
 * regret needs a plan of every future (O76). */
static park_status best_alone(park_robust_run *r, size_t w, bool regret, const park_design *start,
                              park_design **answer, park_error *err)
{
    const double share   = regret ? BEST_SHARE : 1.0;
    const bool   limited = r->settings->work_limit > 0 || isfinite(r->settings->time_limit);
    PARK_TRY(alone(r, w, UNTIL_ALONE, r->futures->count - w, share, start, answer, err));
    for (int k = 0; regret && limited && k < 3 && (*answer)->status == PARK_DESIGN_LIMIT_NO_SOLUTION &&
                    park_cancel_why(r->settings->cancel) == 0;
         k++)
        PARK_TRY(alone(r, w, MORE[k], 1, share, start, answer, err));
    return PARK_OK;
}

/* What each future could have cost (O74), (O76). Sets *failed to the answer of one that has no plan at all, or, for regret,
 * none within the limits. */
static park_status references(park_robust_run *r, const park_design *nominal, park_design **failed,
                              park_error *err)
{
    bool regret = r->model->robust == PARK_ROBUST_REGRET;
    for (size_t w = 0; w < r->futures->count && *failed == NULL; w++) {
        const park_design *known  = w == 0 ? nominal : NULL;
        park_design       *answer = NULL;
        if (known == NULL || (regret && r->futures->probability[0] > 0.0)) {
            PARK_TRY(best_alone(r, w, regret, nominal, &answer, err));
            known = answer;
        }
        bool plan = known->link_flow != NULL;
        for (size_t y = 0; plan && y < r->stages; y++)
            r->alone[w * r->stages + y] =
                known->staging != NULL ? known->staging->plans->future[y].design : known;
        r->best[w]       = plan ? known->objective : NAN;
        r->best_bound[w] = known->bound;
        if (!plan && answer != NULL && (regret || known->status == PARK_DESIGN_INFEASIBLE)) {
            if (known->status !=
                PARK_DESIGN_INFEASIBLE) /* what is proven of its cost is no bound of a regret */
                answer->bound = -INFINITY;
            *failed = answer;
        }
        if (plan && regret && r->futures->probability[w] > 0.0)
            r->shift = fmax(r->shift, r->best[w]);
    }
    return PARK_OK;
}

/* No design does better than knowing the future: for the mean and the worst, a bound that holds before the tree (O76). */
static double wait_and_see(const park_robust_run *r)
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

static park_status whole(park_robust_run *r, const park_design *nominal, park_design **answer,
                         park_error *err)
{
    bool                 regret = r->model->robust == PARK_ROBUST_REGRET, cut;
    park_design_settings part   = park_robust_part(r, UNTIL_WHOLE, 1, regret ? REGRET_SHARE : 1.0);
    shifted              told   = {r->settings, r->shift};
    park_solve_limits    limits = {
           .seconds = part.time_limit, .work = part.work_limit, .cutoff = INFINITY, .extra = 0.0};
    part.start       = park_robust_start(r, nominal);
    part.future_best = r->best;
    if (!regret)
        part.known_bound = fmax(r->settings->known_bound, wait_and_see(r));
    if (r->settings->progress != NULL)
        part.progress = tell, part.progress_user = &told;
    if (park_solve_chooses(r->model))
        PARK_TRY(park_solve_retrofits(r->model, &part, r->arena, answer, r->findings, err));
    else
        PARK_TRY(park_solve_park(r->model, &part, &limits, r->arena, answer, &cut, r->findings, err));
    park_robust_account(r, *answer);
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

/* ---- the account ------------------------------------------------------------------------------------------------------------- */

/* What the plans in x cost in every future, and what that comes to. */
static void values(park_robust_run *r, park_formulation *f, const double *x, double extra)
{
    park_outlook *o = r->outlook;
    for (size_t w = 0; w < o->futures; w++) {
        park_future *future = &o->future[w];
        future->probability = r->futures->probability[w];
        future->drawn       = r->futures->value + w * o->uncertains;
        for (int k = 0; k < PARK_OBJECTIVE_KINDS; k++)
            future->value[k] = park_future_value(f, (park_objective_kind)k, (int32_t)w, x);
        future->value[PARK_MIN_COST] += extra;
    }
    park_robust_figures(o, r->best, r->best_bound, r->nominal);
}

/* The outlook that is handed back: of a staged park the plan of a future is that of its last stage. */
static park_status outlooks(park_robust_run *r, park_design *found, park_error *err)
{
    size_t        Y = r->stages, W = found->outlook->futures / Y;
    park_outlook *o = PARK_NEW(r->arena, park_outlook), *plans = PARK_NEW(r->arena, park_outlook);
    if (o == NULL || plans == NULL || (o->future = PARK_ARRAY(r->arena, W, park_future)) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the futures");
    *plans         = *found->outlook;
    found->outlook = r->plans = plans;
    park_future *of           = o->future;
    *o                        = *plans;
    o->futures = W, o->future = Y > 1 ? of : plans->future;
    o->kind = r->model->objective[0], o->unit = park_objective_unit(o->kind);
    o->uncertains = r->model->uncertains, o->uncertain = r->model->uncertain;
    r->outlook = o;
    return PARK_OK;
}

/* The design that is told: the plan of the park as written, in its last stage, with what any future needs of what costs
 * nothing. */
static park_status told(park_robust_run *r, const park_design *found, park_design **result, park_error *err)
{
    const park_outlook *o      = r->outlook;
    park_design        *design = PARK_NEW(r->arena, park_design);
    if (o->future[0].design->ledger == NULL)
        return PARK_FAIL(err, PARK_E_NUMERIC, "the park as written has no plan that can be told");
    if (design == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the design");
    *design = *o->future[0].design;
    for (size_t w = 1; w < o->futures; w++)
        widen(design, o->future[w].design, o->whole);
    PARK_TRY(park_combination_keep(found, r->arena, design, err));
    *result = design;
    return PARK_OK;
}

static park_status conclude(park_robust_run *r, park_design *found, const park_design *nominal,
                            park_design **result, park_error *err)
{
    park_design_settings part = *r->settings;
    park_formulation    *f;
    park_design         *design  = NULL;
    park_staging        *staging = NULL;
    double              *x, objective;
    PARK_TRY(outlooks(r, found, err));
    park_outlook *o  = r->outlook;
    part.future_best = r->best;
    PARK_TRY(park_solve_formulate(o->whole, &part, r->arena, &f, err));
    PARK_TRY(park_robust_replan(r, found, f, UNTIL_PLANS, &x, &objective, err));
    for (size_t w = 0; w < o->futures; w++)
        o->future[w].design = r->plans->future[w * r->stages + r->stages - 1].design;
    values(r, f, x, park_robust_extra(r, found));
    o->alone = nominal->objective, o->alone_bound = nominal->bound;
    PARK_TRY(told(r, found, &design, err));
    if (r->stages > 1) {
        PARK_TRY(park_staging_of(r->model, f, x, found, r->arena, &staging, err));
        PARK_TRY(park_staging_judge(staging, design, r->settings, r->arena, err));
    }
    park_robust_certify(o, found, r->shift, r->settings->gap, design);
    design->objective_kind = o->kind, design->unit = o->unit;
    design->outlook = o, design->staging = staging;
    design->nodes = r->nodes, design->lps = r->lps, design->work = r->work;
    design->work_shared  = r->shared;
    design->reproducible = r->reproducible;
    *result              = design;
    return PARK_OK;
}

/* ---- the call ------------------------------------------------------------------------------------------------------------------ */

/* Futures of a park with retrofits are those of the park without them only where the order of the two does not matter. */
static park_status commute(const park_model *model, park_error *err)
{
    for (size_t k = 0; k < model->retrofits; k++)
        for (size_t c = 0; c < model->retrofit[k].changes; c++)
            for (size_t i = 0; i < model->uncertains; i++)
                if (!park_change_commutes(&model->retrofit[k].change[c], &model->uncertain[i].change))
                    return PARK_FAIL(err, PARK_E_UNSUPPORTED, "%s is uncertain and the retrofit %s sets it",
                                     model->uncertain[i].path, model->retrofit[k].id);
    return PARK_OK;
}

static park_status begin(park_robust_run *r, park_error *err)
{
    PARK_TRY(commute(r->model, err));
    PARK_TRY(park_futures_make(r->model, r->arena, &r->futures, err));
    size_t n  = r->futures->count;
    r->stages = park_combination_stages(r->model);
    r->best   = PARK_ARRAY(r->arena, 3 * n, double);
    r->alone  = PARK_ARRAY(r->arena, 2 * n * r->stages, const park_design *);
    if (r->best == NULL || r->alone == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu futures", n);
    r->best_bound = r->best + n, r->nominal = r->best + 2 * n, r->tried = r->alone + n * r->stages;
    for (size_t i = 0; i < 3 * n; i++)
        r->best[i] = NAN;
    return PARK_OK;
}

park_status park_solve_robust(const park_model *model, const park_design_settings *settings,
                              park_arena *arena, park_design **design, park_findings *findings,
                              park_error *err)
{
    park_robust_run r       = {.model        = model,
                               .settings     = settings,
                               .arena        = arena,
                               .findings     = findings,
                               .started      = park_clock_seconds(),
                               .reproducible = true};
    park_design    *nominal = NULL, *found = NULL;
    PARK_TRY(begin(&r, err));
    PARK_TRY(alone(&r, 0, UNTIL_NOMINAL, 1, 1.0, settings->start, &nominal, err));
    if (nominal->status == PARK_DESIGN_INFEASIBLE) /* the park as written must work, too */
        found = nominal;
    else
        PARK_TRY(references(&r, nominal, &found, err));
    if (found == NULL && nominal->link_flow != NULL)
        PARK_TRY(park_robust_try(&r, nominal, UNTIL_TRIED, err));
    if (found == NULL)
        PARK_TRY(whole(&r, nominal, &found, err));
    *design = found;
    if (found->link_flow != NULL && found->outlook != NULL)
        PARK_TRY(conclude(&r, found, nominal, design, err));
    (*design)->seconds = park_clock_seconds() - r.started;
    return PARK_OK;
}
