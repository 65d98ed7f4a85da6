/*
 * retrofits.c - retrofits, and open storages that may stay out (what rains on them and evaporates is fixed where they
 * stand). Few combinations are parks of their own (docs/math/optimization.md, O44): the optimistic cost of a combination
 * is its fixed yearly cost plus the root bound of its park; combinations are taken by it, the best design so far cuts the
 * others off, and the bound of the whole is the least over all of them. More combinations are the choices of one program
 * (choices.c, O60).
 */
#include "base/clock.h"
#include "design/combination.h"
#include "design/trials.h"
#include "units/storages/storage.h"

#include <stdlib.h>
#include <string.h>

enum { COMBINATIONS_FEW = 4, COMBINATIONS_MOST = 256, STORAGES_MOST = 4, SETS_MOST = 1 << 24 };
static const double SEARCH = 0.4; /* of the time that is left: for a combination while no plan is known [-] */

static const park_label APART = {.zh = "要求逐一求解", .en = "each is asked for as a park of its own"};

typedef struct combination {
    uint32_t         set;     /* of retrofits */
    uint32_t         without; /* of the open storages, by their order; 0: all stand from the beginning */
    park_combination taken;
    park_model      *model; /* NULL: beyond the budget */
    park_design     *plan;  /* found before its tree starts, NULL: none */
    double           bound; /* proven before its tree starts */
    park_root        root;  /* where its relaxation ended then */
    double           yearly;
} combination;

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

/* Every combination that stands; COMBINATIONS_MOST + 1 when there are more than that. */
static park_status combine(const park_model *model, park_arena *arena, combination *list, size_t *result,
                           park_error *err)
{
    int32_t unit[STORAGES_MOST];
    size_t  count = 0, storages = storages_of(model, unit);
    *result                 = COMBINATIONS_MOST + 1;
    park_combination c      = park_combination_new(arena, model);
    size_t           stages = park_combination_stages(model), whole = 1, ponds = 1;
    if (c.on == NULL || c.without == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    for (size_t i = 0; i < model->retrofits + storages; i++) { /* not at all, or from one of the stages on */
        size_t *ways = i < model->retrofits ? &whole : &ponds;
        *ways *= stages + 1;
        if (whole * ponds > SETS_MOST)
            return PARK_OK;
    }
    for (uint32_t without = (uint32_t)ponds; without-- > 0;) /* the simplest park first */
        for (uint32_t set = 0; set < whole; set++) {
            uint32_t rest = set;
            for (size_t i = 0; i < model->retrofits; i++, rest /= (uint32_t)stages + 1u) {
                uint32_t choice = rest % ((uint32_t)stages + 1u);
                c.on[i]         = choice > 0;
                c.from[i]       = choice > 0 ? (int32_t)(choice - 1) : 0;
            }
            rest = without;
            for (size_t i = 0; i < storages; i++, rest /= (uint32_t)stages + 1u) {
                uint32_t choice    = rest % ((uint32_t)stages + 1u);
                c.without[unit[i]] = choice == stages;
                c.built[unit[i]]   = choice < stages ? (int32_t)choice : 0;
            }
            if (!park_combination_stands(model, &c))
                continue;
            if (count == COMBINATIONS_MOST)
                return PARK_OK;
            list[count++] = (combination){
                .set = set, .without = without, .taken = c, .yearly = park_combination_yearly(model, &c)};
            c = park_combination_new(arena, model);
            if (c.on == NULL || c.without == NULL)
                return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
        }
    *result = count;
    return PARK_OK;
}

typedef struct contest {
    park_design *best, *last;
    double       bound;    /* least over the combinations */
    bool         complete; /* every combination was proven or solved to the gap */
    uint64_t     nodes, lps, work, shared;
    bool         reproducible;
} contest;

/* The design that an explanation speaks of when there is no plan: of the park as it is written, if one is known. */
static void remember(contest *c, const combination *one, park_design *design)
{
    if (c->last == NULL || one->without == 0)
        c->last = design;
}

/* What is as good and came later has gone through more. */
static void keep_better(contest *c, park_design *design)
{
    if (design->link_flow != NULL && (c->best == NULL || design->objective <= c->best->objective))
        c->best = design;
}

static void enter(contest *c, const combination *one, park_design *design, bool cut)
{
    remember(c, one, design);
    c->nodes += design->nodes, c->lps += design->lps, c->work += design->work;
    c->shared += design->work_shared;
    c->reproducible = c->reproducible && design->reproducible;
    bool solved     = design->status == PARK_DESIGN_OPTIMAL || design->status == PARK_DESIGN_GAP_REACHED;
    if (cut || design->status != PARK_DESIGN_INFEASIBLE) /* cut off: nothing lies below its bound */
        c->bound = fmin(c->bound, isfinite(design->bound) ? design->bound : -INFINITY);
    if (!cut && !solved && design->status != PARK_DESIGN_INFEASIBLE)
        c->complete = false;
    keep_better(c, design);
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
    design->work_shared  = c->shared;
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

/* On its way to a root bound and, with `plans`, a first plan. */
static park_trial trial_of(const combination *one, const park_design_settings *settings, bool plans,
                           const contest *c, const park_root *root)
{
    return (park_trial){.model  = one->model,
                        .start  = !plans            ? NULL
                                  : c->best != NULL ? c->best
                                                    : settings->start,
                        .shape  = one->without,
                        .limits = {.work     = 1,
                                   .cutoff   = INFINITY,
                                   .extra    = one->yearly,
                                   .probe    = true,
                                   .as_given = !plans,
                                   .beaten   = c->best != NULL},
                        .root   = *root};
}

static park_status end_trial(const park_model *model, combination *one, const park_trial *trial, bool plans,
                             contest *c, park_arena *arena, park_error *err)
{
    park_design *answer = trial->answer;
    remember(c, one, answer);
    c->lps += answer->lps, c->work += answer->work;
    c->shared += answer->work_shared;
    one->root       = trial->root;
    one->bound      = answer->status == PARK_DESIGN_INFEASIBLE ? INFINITY
                      : isfinite(answer->bound)                ? answer->bound
                                                               : -INFINITY;
    c->reproducible = c->reproducible && (answer->reproducible || !plans);
    if (answer->link_flow == NULL)
        return PARK_OK;
    PARK_TRY(park_combination_book(model, &one->taken, arena, answer, err));
    one->plan = answer;
    keep_better(c, answer);
    return PARK_OK;
}

/* Combinations that there is money for come first. */
static park_status apply_all(const park_model *model, combination *list, size_t count, size_t *stand,
                             park_arena *arena, park_error *err)
{
    *stand = 0;
    for (size_t i = 0; i < count; i++) {
        combination one = list[i];
        PARK_TRY(park_combination_apply(model, &one.taken, arena, &one.model, err));
        one.bound                                = one.model == NULL ? INFINITY : -INFINITY;
        list[i]                                  = list[*stand];
        list[one.model == NULL ? i : (*stand)++] = one;
    }
    return PARK_OK;
}

/* (O97) One after the other until one has a plan, then in rounds from the best plan before each. Then the most promising first. */
static park_status probe(const park_model *model, const park_design_settings *settings, combination *list,
                         size_t count, bool plans, double started, contest *c, park_arena *arena,
                         park_error *err)
{
    park_root root = {0};
    size_t    stand, done = 0;
    PARK_TRY(apply_all(model, list, count, &stand, arena, err));
    while (done < stand && count > 1) {
        park_trial trial[PARK_TRIALS_MOST];
        size_t     left            = stand - done < PARK_TRIALS_MOST ? stand - done : PARK_TRIALS_MOST,
               take                = plans && c->best == NULL ? 1 : left;
        double               share = c->best == NULL ? fmax(SEARCH, 1.0 / (double)(count - done + 1))
                                                     : (double)take / (double)(count - done + take);
        park_design_settings part  = *settings;
        if (part.work_limit > 0)
            part.work_limit = (uint64_t)(share / (double)take * (double)work_of(settings, c)) + 1;
        for (size_t i = 0; i < take; i++)
            trial[i] = trial_of(&list[done + i], settings, plans, c, &root);
        PARK_TRY(park_trials_run(trial, take, &part, share * left_of(settings, started), arena, err));
        for (size_t i = 0; i < take; i++)
            PARK_TRY(end_trial(model, &list[done + i], &trial[i], plans, c, arena, err));
        done += take;
        root = list[done - 1].root;
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
    park_root            root = one->root;
    park_design_settings here = *settings;
    here.work_limit           = work_of(settings, c);
    double share = isinf(left) ? left : left * (remaining > 1 ? 0.8 : 1.0); /* the most promising get most */
    park_solve_limits limits = {.seconds  = share,
                                .work     = work_of(settings, c),
                                .cutoff   = c->best != NULL
                                                ? c->best->objective
                                                : INFINITY, /* its tree closes what lies within the gap */
                                .extra    = one->yearly,
                                .as_given = one->plan != NULL,
                                .beaten   = c->best != NULL,
                                .root     = &root};
    if (one->plan != NULL)
        here.start = one->plan;
    else if (c->best != NULL) /* a plan that may stand with these retrofits, too */
        here.start = c->best;
    PARK_TRY(park_solve_park(one->model, &here, &limits, arena, &answer, &cut, findings, err));
    if (answer->link_flow != NULL)
        PARK_TRY(park_combination_book(model, &one->taken, arena, answer, err));
    if (!cut &&
        answer->status != PARK_DESIGN_INFEASIBLE) /* the root's bound holds, whatever the clock allowed */
        answer->bound = isfinite(answer->bound) ? fmax(answer->bound, one->bound) : one->bound;
    enter(c, one, answer, cut);
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

/* Where a bound of all combinations is known, the one of the design to start from may settle it without a tree. */
static park_status try_again(const park_model *model, const park_design_settings *settings, contest *c,
                             park_arena *arena, park_findings *findings, park_error *err)
{
    combination  one = {.taken = park_combination_new(arena, model)};
    park_design *answer;
    bool         cut;
    if (one.taken.on == NULL || one.taken.without == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    if (!isfinite(settings->known_bound) || !park_combination_of(model, settings->start, &one.taken))
        return PARK_OK;
    for (size_t u = 0; u < model->units; u++) /* what is remembered of an explanation */
        one.without |= one.taken.without[u];
    PARK_TRY(park_combination_apply(model, &one.taken, arena, &one.model, err));
    if (one.model == NULL)
        return PARK_OK;
    park_solve_limits limits = {.seconds = settings->time_limit,
                                .work    = 1,
                                .cutoff  = INFINITY,
                                .extra   = park_combination_yearly(model, &one.taken)};
    PARK_TRY(park_solve_park(one.model, settings, &limits, arena, &answer, &cut, findings, err));
    if (answer->link_flow == NULL ||
        answer->objective - settings->known_bound > settings->gap * fabs(answer->objective)) {
        c->lps += answer->lps, c->work += answer->work;
        c->shared += answer->work_shared;
        return PARK_OK;
    }
    PARK_TRY(park_combination_book(model, &one.taken, arena, answer, err));
    enter(c, &one, answer, false);
    c->bound = settings->known_bound; /* the other combinations' */
    return PARK_OK;
}

/* Does no water leave the storage by a connection? What comes may only make up for evaporation. */
static bool idle(const park_model *model, const park_design *design, int32_t unit)
{
    for (size_t s = 0; s < model->time.seasons; s++)
        for (size_t l = 0; l < model->links; l++)
            if (model->link[l].from == unit && design->link_flow[s * model->links + l] > 0.0)
                return false;
    return true;
}

/* The gap asked for may close on a park that builds a storage and leaves it idle: the same plan without it is cheaper. The
 * bounds of all combinations stand already. */
static park_status leave_idle_out(const park_model *model, const park_design_settings *settings,
                                  double started, contest *c, park_arena *arena, park_findings *findings,
                                  park_error *err)
{
    int32_t unit[STORAGES_MOST];
    size_t  storages = c->best != NULL ? storages_of(model, unit) : 0;
    for (size_t i = 0; i < storages; i++) {
        park_combination     taken = park_combination_new(arena, model);
        park_design_settings here  = *settings;
        park_model          *without;
        park_design         *answer;
        bool                 cut;
        if (taken.on == NULL || taken.without == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
        if (!park_combination_of(model, c->best, &taken) || taken.without[unit[i]] ||
            !idle(model, c->best, unit[i]))
            continue;
        taken.without[unit[i]] = true;
        PARK_TRY(park_combination_apply(model, &taken, arena, &without, err));
        if (without == NULL)
            continue;
        here.start               = c->best;
        park_solve_limits limits = {.seconds = left_of(settings, started),
                                    .work    = 1,
                                    .cutoff  = INFINITY,
                                    .extra   = park_combination_yearly(model, &taken)};
        PARK_TRY(park_solve_park(without, &here, &limits, arena, &answer, &cut, findings, err));
        c->lps += answer->lps, c->work += answer->work;
        c->shared += answer->work_shared;
        if (answer->link_flow == NULL || !(answer->objective < c->best->objective))
            continue;
        PARK_TRY(park_combination_book(model, &taken, arena, answer, err));
        c->best = answer;
    }
    return PARK_OK;
}

static park_status refuse(const park_model *model, const park_label *reason, park_findings *findings,
                          park_error *err)
{
    if (findings != NULL) {
        char *en = park_arena_printf(findings->arena, "%zu retrofits stand together in more than %d ways: %s",
                                     model->retrofits, COMBINATIONS_MOST, reason->en);
        char *zh = park_arena_printf(findings->arena, "%zu 项改造措施的组合超过 %d 种：%s", model->retrofits,
                                     COMBINATIONS_MOST, reason->zh);
        if (en == NULL || zh == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory");
        park_finding_add(findings, PARK_E0962, PARK_ERROR, "retrofits", en, zh);
    }
    return PARK_FAIL(err, PARK_E_UNSUPPORTED, "%zu retrofits stand together in more than %d ways: %s",
                     model->retrofits, COMBINATIONS_MOST, reason->en);
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
    size_t            count;
    const park_label *reason = NULL;
    PARK_TRY(combine(model, arena, list, &count, err));
    PARK_TRY(try_again(model, settings, &c, arena, findings, err));
    bool plain    = model->robust == PARK_ROBUST_NONE && model->economics.stages == 0;
    bool together = settings->choosing == PARK_CHOOSING_TOGETHER ||
                    (settings->choosing == PARK_CHOOSING_ANY && count > COMBINATIONS_FEW);
    if (c.best == NULL && together) {
        PARK_TRY(park_solve_choices(model, settings, arena, design, &reason, findings, err));
        if (reason == NULL)
            return PARK_OK;
    }
    if (c.best == NULL && count > COMBINATIONS_MOST)
        return refuse(model, reason != NULL ? reason : &APART, findings, err);
    if (c.best != NULL)
        count = 0; /* settled */
    else
        PARK_TRY(
            probe(model, settings, list, count, plain && model->objectives <= 1, started, &c, arena, err));
    for (size_t i = 0; i < count && !close_enough(&c, list + i, settings); i++)
        PARK_TRY(solve_one(model, settings, &list[i], count - i, started, &c, arena, findings, err));
    if (plain)
        PARK_TRY(leave_idle_out(model, settings, started, &c, arena, findings, err));
    *design = c.best != NULL ? c.best : c.last;
    if (*design == NULL)
        return PARK_FAIL(err, PARK_E_INFEASIBLE, "no combination of retrofits fits the budget");
    conclude(&c, settings, *design, started);
    return PARK_OK;
}
