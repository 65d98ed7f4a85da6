/*
 * retrofits.c - every combination of retrofits that may stand together is a park of its own (docs/math/optimization.md,
 * O44), with and without each open storage that may be built: what rains on it and evaporates is fixed where it stands. The optimistic cost of a combination is its fixed yearly cost plus the root bound of its park; combinations are
 * taken by it, the best design so far cuts the others off, and the bound of the whole is the least over all of them.
 */
#include "base/clock.h"
#include "design/costs.h"
#include "design/solve.h"
#include "units/storages/storage.h"

#include <stdlib.h>
#include <string.h>

enum { COMBINATIONS_MOST = 256, RETROFITS_MOST = 24, STORAGES_MOST = 4 };

static const double YEAR = 31536000.0;

typedef struct combination {
    uint32_t    set;     /* of retrofits */
    uint32_t    without; /* of the open storages, by their order */
    park_model *model;   /* NULL: beyond the budget */
    double      bound;   /* proven before its tree starts */
    double      yearly, capital;
} combination;

static double yearly_of(const park_model *model, const park_retrofit *r)
{
    double capital = r->capex > 0.0 ? r->capex : 0.0, opex = isfinite(r->opex) ? r->opex : 0.0;
    return capital * park_annual_factor(model, r->life) + opex * YEAR;
}

static bool stands_together(const park_model *model, uint32_t set)
{
    for (size_t i = 0; i < model->retrofits; i++) {
        const park_retrofit *r = &model->retrofit[i];
        if (!(set >> i & 1u))
            continue;
        for (size_t j = 0; j < r->requires_count; j++)
            if (r->requires_[j] >= 0 && !(set >> r->requires_[j] & 1u))
                return false;
        for (size_t j = 0; j < r->excludes_count; j++)
            if (r->excludes_[j] >= 0 && (set >> r->excludes_[j] & 1u))
                return false;
    }
    return true;
}

static int by_bound(const void *a, const void *b)
{
    const combination *x = a, *y = b;
    if (x->bound != y->bound)
        return x->bound < y->bound ? -1 : 1;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    return x->without < y->without ? -1 : x->without > y->without;
}

/* Open storages that may be built, the first few; of more the others count as built. */
static size_t storages_of(const park_model *model, int32_t unit[STORAGES_MOST])
{
    size_t count = 0;
    for (size_t u = 0; u < model->units && count < STORAGES_MOST; u++)
        if (park_storage_may_stay_out(model, (int32_t)u))
            unit[count++] = (int32_t)u;
    return count;
}

bool park_solve_chooses(const park_model *model)
{
    int32_t unit[STORAGES_MOST];
    return model->retrofits > 0 || storages_of(model, unit) > 0;
}

static size_t combine(const park_model *model, combination *list)
{
    int32_t unit[STORAGES_MOST];
    size_t  count = 0, storages = storages_of(model, unit);
    for (uint32_t set = 0; set < 1u << model->retrofits; set++) {
        if (!stands_together(model, set))
            continue;
        if (count == COMBINATIONS_MOST)
            return COMBINATIONS_MOST + 1;
        combination c = {.set = set};
        for (size_t i = 0; i < model->retrofits; i++)
            if (set >> i & 1u) {
                c.yearly += yearly_of(model, &model->retrofit[i]);
                c.capital += model->retrofit[i].capex > 0.0 ? model->retrofit[i].capex : 0.0;
            }
        list[count++] = c;
    }
    size_t built = count;
    for (uint32_t without = 1; without < 1u << storages && count + built <= COMBINATIONS_MOST; without++)
        for (size_t i = 0; i < built; i++) {
            list[count]           = list[i];
            list[count++].without = without;
        }
    return count;
}

/* No water passes through a storage that is not built. */
static void shut_links(park_draft *draft, int32_t unit)
{
    for (size_t l = 0; l < draft->links; l++)
        if (draft->link[l].from == unit || draft->link[l].to == unit)
            draft->link[l].capacity = 0.0;
}

/* Where the budget is one by years, retrofits are made in the first: every stage keeps what they leave. */
static bool pay_first(park_draft *draft, double capital)
{
    park_economics *e    = &draft->economics;
    double         *left = PARK_ARRAY(draft->arena, e->stages, double);
    if (e->stages == 0)
        return true;
    for (size_t y = 0; left != NULL && y < e->stages; y++)
        left[y] = e->stage_budget[y] - capital;
    e->stage_budget = left;
    return left != NULL && left[0] >= 0.0;
}

/* The park with a combination applied; the budget keeps what the retrofits leave. NULL: a change leaves its range. */
static park_status applied(const park_model *model, const combination *c, park_arena *arena,
                           park_model **result, park_error *err)
{
    park_findings findings;
    park_draft   *draft = park_draft_copy(arena, model);
    *result             = NULL;
    if (draft == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    park_findings_init(&findings, arena);
    for (size_t i = 0; i < model->retrofits; i++)
        if (c->set >> i & 1u)
            PARK_TRY(park_draft_retrofit(draft, (int32_t)i, err));
    if (isfinite(draft->economics.budget)) {
        if (c->capital > draft->economics.budget)
            return PARK_OK;
        draft->economics.budget = fmax(draft->economics.budget - c->capital, 1e-6);
        if (!pay_first(draft, c->capital))
            return PARK_OK;
    }
    int32_t unit[STORAGES_MOST];
    size_t  storages = storages_of(model, unit);
    for (size_t i = 0; i < storages; i++)
        if (c->without >> i & 1u)
            park_storage_leave_out(draft, unit[i]);
    if (park_model_freeze(draft, &findings, err) != PARK_OK)
        return PARK_E_RANGE;
    for (size_t i = 0; i < storages; i++)
        if (c->without >> i & 1u)
            shut_links(draft, unit[i]);
    *result = draft;
    return PARK_OK;
}

static park_status book_retrofits(const park_model *model, const combination *c, park_arena *arena,
                                  park_design *design, park_error *err)
{
    park_cost_line *cost = PARK_ARRAY(arena, design->cost_lines + model->retrofits, park_cost_line);
    design->retrofit     = PARK_ARRAY(arena, model->retrofits, bool);
    if (cost == NULL || design->retrofit == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the cost lines");
    if (design->cost_lines > 0)
        memcpy(cost, design->cost, design->cost_lines * sizeof *cost);
    for (size_t i = 0; i < model->retrofits; i++) {
        const park_retrofit *r = &model->retrofit[i];
        design->retrofit[i]    = (c->set >> i & 1u) != 0;
        if (!design->retrofit[i])
            continue;
        double yearly = yearly_of(model, r), capital = r->capex > 0.0 ? r->capex : 0.0;
        cost[design->cost_lines++] =
            (park_cost_line){PARK_COST_RETROFIT, r->applies_to, -1, (int32_t)i, yearly, capital, 1.0};
        design->yearly_cost += yearly, design->investment += capital;
    }
    design->cost = cost;
    return PARK_OK;
}

typedef struct contest {
    park_design *best, *last;
    double       bound;    /* least over the combinations */
    bool         complete; /* every combination was proven or solved to the gap */
    uint64_t     nodes, lps, work;
    bool         reproducible;
} contest;

/* The design that an explanation speaks of when there is no plan: of the park as it is written, if one is known. */
static void remember(contest *c, const combination *one, park_design *design)
{
    if (c->last == NULL || one->without == 0)
        c->last = design;
}

static void enter(contest *c, const combination *one, park_design *design, bool cut, double cutoff)
{
    remember(c, one, design);
    c->nodes += design->nodes, c->lps += design->lps, c->work += design->work;
    c->reproducible = c->reproducible && design->reproducible;
    bool solved     = design->status == PARK_DESIGN_OPTIMAL || design->status == PARK_DESIGN_GAP_REACHED;
    if (cut)
        c->bound = fmin(c->bound, isfinite(design->bound) ? fmax(design->bound, cutoff) : cutoff);
    else if (design->status != PARK_DESIGN_INFEASIBLE)
        c->bound = fmin(c->bound, isfinite(design->bound) ? design->bound : -INFINITY);
    if (!cut && !solved && design->status != PARK_DESIGN_INFEASIBLE)
        c->complete = false;
    if (design->link_flow != NULL && (c->best == NULL || design->objective < c->best->objective))
        c->best = design;
}

/* A combination's objective to beat: better than the best so far by most of the gap, or it does not matter. */
static double cutoff_of(const contest *c, const park_design_settings *settings)
{
    if (c->best == NULL)
        return INFINITY;
    return c->best->objective - 0.9 * settings->gap * fabs(c->best->objective);
}

static void conclude(contest *c, const park_design_settings *settings, park_design *design, double started)
{
    design->nodes = c->nodes, design->lps = c->lps, design->work = c->work;
    design->reproducible = c->reproducible;
    design->seconds      = park_clock_seconds() - started;
    if (c->best == NULL) {
        design->status = c->complete ? PARK_DESIGN_INFEASIBLE : PARK_DESIGN_LIMIT_NO_SOLUTION;
        return;
    }
    design->bound  = isfinite(c->bound) ? fmin(c->bound, design->objective) : NAN;
    design->gap    = isfinite(design->bound)
                         ? fabs(design->objective - design->bound) / fmax(fabs(design->objective), 1e-9)
                         : INFINITY;
    design->status = design->gap <= fmin(1e-4, settings->gap) ? PARK_DESIGN_OPTIMAL
                     : design->gap <= settings->gap           ? PARK_DESIGN_GAP_REACHED
                                                              : PARK_DESIGN_LIMIT_FEASIBLE;
}

static double left_of(const park_design_settings *settings, double started)
{
    return fmax(settings->time_limit - (park_clock_seconds() - started), 0.05);
}

static uint64_t work_of(const park_design_settings *settings, const contest *c)
{
    if (settings->work_limit == 0)
        return 0;
    return settings->work_limit > c->work ? settings->work_limit - c->work : 1;
}

/* The root's bound of every combination, then the most promising first. */
static park_status probe(const park_model *model, const park_design_settings *settings, combination *list,
                         size_t count, double started, contest *c, park_arena *arena, park_findings *findings,
                         park_error *err)
{
    for (size_t i = 0; i < count; i++) {
        park_design *answer;
        bool         cut;
        list[i].bound = -INFINITY;
        PARK_TRY(applied(model, &list[i], arena, &list[i].model, err));
        if (list[i].model == NULL) {
            list[i].bound = INFINITY;
            continue;
        }
        if (count == 1)
            continue;
        double            left   = left_of(settings, started);
        park_solve_limits limits = {.seconds = left / (double)(count - i + 1),
                                    .work    = 1,
                                    .cutoff  = INFINITY,
                                    .extra   = list[i].yearly,
                                    .probe   = true};
        PARK_TRY(park_solve_park(list[i].model, settings, &limits, arena, &answer, &cut, findings, err));
        remember(c, &list[i], answer);
        c->lps += answer->lps, c->work += answer->work;
        list[i].bound = answer->status == PARK_DESIGN_INFEASIBLE ? INFINITY
                        : isfinite(answer->bound)                ? answer->bound
                                                                 : -INFINITY;
    }
    qsort(list, count, sizeof *list, by_bound);
    return PARK_OK;
}

static park_status solve_one(const park_model *model, const park_design_settings *settings,
                             const combination *one, size_t remaining, double started, contest *c,
                             park_arena *arena, park_findings *findings, park_error *err)
{
    park_design *answer;
    bool         cut;
    double       cutoff = cutoff_of(c, settings), left = left_of(settings, started);
    if (one->model == NULL || one->bound == INFINITY)
        return PARK_OK; /* beyond the budget, or proven to have no plan */
    if (one->bound >= cutoff) {
        c->bound = fmin(c->bound, one->bound);
        return PARK_OK;
    }
    park_design_settings here = *settings;
    double share = isinf(left) ? left : left * (remaining > 1 ? 0.6 : 1.0); /* the most promising get most */
    park_solve_limits limits = {
        .seconds = share, .work = work_of(settings, c), .cutoff = cutoff, .extra = one->yearly};
    if (c->best != NULL) /* a plan that may stand with these retrofits, too */
        here.start = c->best;
    PARK_TRY(park_solve_park(one->model, &here, &limits, arena, &answer, &cut, findings, err));
    if (answer->link_flow != NULL)
        PARK_TRY(book_retrofits(model, one, arena, answer, err));
    if (!cut &&
        answer->status != PARK_DESIGN_INFEASIBLE) /* the root's bound holds, whatever the clock allowed */
        answer->bound = isfinite(answer->bound) ? fmax(answer->bound, one->bound) : one->bound;
    enter(c, one, answer, cut, cutoff);
    return PARK_OK;
}

/* Do the bounds of what is still to come (`next` has the least) settle it already? */
static bool close_enough(contest *c, const combination *next, const park_design_settings *settings)
{
    double bound = fmin(c->bound, next->bound);
    if (c->best == NULL || !c->complete ||
        c->best->objective - bound > settings->gap * fabs(c->best->objective))
        return false;
    c->bound = bound;
    return true;
}

static bool same_set(const park_model *model, const combination *c, const park_design *from)
{
    int32_t unit[STORAGES_MOST];
    size_t  storages = storages_of(model, unit);
    for (size_t i = 0; i < model->retrofits; i++)
        if (from->retrofit[i] != ((c->set >> i & 1u) != 0))
            return false;
    for (size_t i = 0; i < storages; i++)
        if (from->unit_built[unit[i]] == ((c->without >> i & 1u) != 0))
            return false;
    return true;
}

/* Where a bound of all combinations is known, the one of the design to start from may settle it without a tree. */
static park_status try_again(const park_model *model, const park_design_settings *settings,
                             const combination *list, size_t count, contest *c, park_arena *arena,
                             park_findings *findings, park_error *err)
{
    const park_design *from = settings->start;
    if (!isfinite(settings->known_bound) || from == NULL || from->retrofit == NULL)
        return PARK_OK;
    for (size_t i = 0; i < count; i++) {
        combination  one = list[i];
        park_design *answer;
        bool         cut;
        if (!same_set(model, &one, from))
            continue;
        PARK_TRY(applied(model, &one, arena, &one.model, err));
        if (one.model == NULL)
            return PARK_OK;
        park_solve_limits limits = {
            .seconds = settings->time_limit, .work = 1, .cutoff = INFINITY, .extra = one.yearly};
        PARK_TRY(park_solve_park(one.model, settings, &limits, arena, &answer, &cut, findings, err));
        if (answer->link_flow == NULL ||
            answer->objective - settings->known_bound > settings->gap * fabs(answer->objective)) {
            c->lps += answer->lps, c->work += answer->work;
            return PARK_OK;
        }
        PARK_TRY(book_retrofits(model, &one, arena, answer, err));
        enter(c, &one, answer, false, INFINITY);
        c->bound = settings->known_bound; /* the other combinations' */
        return PARK_OK;
    }
    return PARK_OK;
}

park_status park_solve_retrofits(const park_model *model, const park_design_settings *settings,
                                 park_arena *arena, park_design **design, park_findings *findings,
                                 park_error *err)
{
    double       started = park_clock_seconds();
    combination *list    = PARK_ARRAY(arena, COMBINATIONS_MOST, combination);
    contest      c       = {.bound = INFINITY, .complete = true, .reproducible = true};
    if (list == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    size_t count = model->retrofits > RETROFITS_MOST ? COMBINATIONS_MOST + 1 : combine(model, list);
    if (count > COMBINATIONS_MOST) {
        if (findings != NULL)
            park_finding_add(findings, PARK_E0962, PARK_ERROR, "retrofits",
                             "%zu retrofits stand together in more than %d ways; not yet in this version",
                             "%zu 项改造措施的组合超过 %d 种；本版本尚不支持", model->retrofits,
                             COMBINATIONS_MOST);
        return PARK_FAIL(err, PARK_E_UNSUPPORTED,
                         "%zu retrofits stand together in more than %d ways; not yet in this version",
                         model->retrofits, COMBINATIONS_MOST);
    }
    PARK_TRY(try_again(model, settings, list, count, &c, arena, findings, err));
    if (c.best != NULL)
        count = 0; /* settled */
    else
        PARK_TRY(probe(model, settings, list, count, started, &c, arena, findings, err));
    for (size_t i = 0; i < count && !close_enough(&c, list + i, settings); i++)
        PARK_TRY(solve_one(model, settings, &list[i], count - i, started, &c, arena, findings, err));
    *design = c.best != NULL ? c.best : c.last;
    if (*design == NULL)
        return PARK_FAIL(err, PARK_E_INFEASIBLE, "no combination of retrofits fits the budget");
    conclude(&c, settings, *design, started);
    return PARK_OK;
}
