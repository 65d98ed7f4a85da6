/*
 * choices.c - retrofits, and open storages that may stay out, chosen in one tree (docs/math/optimization.md, O60-O66).
 *
 *     sites    the variants of every unit that they change, in common boxes     sites.c
 *     merge    the programs of the variants as one program with choices         merge.c
 *     tree     its bound holds for every combination; its plans are rechecked in the program of their own combination
 *     design   the best combination solved as the park that it is, from the tree's flows and with the tree's bound
 */
#include "base/clock.h"
#include "design/merge.h"
#include "design/plan.h"
#include "design/solve.h"

#include <float.h>
#include <string.h>

static const double BOX_TIMES  = 3.0;
static const int    BOX_ROUNDS = 3;
static const double TREE_SHARE = 0.8;  /* of the time that is left, the rest is the last park's */
static const double RUNS       = 1e-9; /* program flow through a storage that is left out */

typedef struct chooser {
    const park_model           *model;
    const park_design_settings *settings;
    park_merge                 *merge;
    park_arena                 *arena;
    double                      started;
    park_design                *best;
    uint64_t                    nodes, lps, work;
    bool                        reproducible;
} chooser;

/* ---- a combination as a point -------------------------------------------------------------------------------------------- */

static void combination_of_items(const park_sites *sites, const bool *taken, park_combination *c)
{
    for (size_t i = 0; i < sites->model->retrofits; i++)
        c->on[i] = taken[i];
    for (size_t i = 0; i < sites->storages; i++)
        c->without[sites->storage[i]] = taken[sites->model->retrofits + i];
}

static void items_of_combination(const park_sites *sites, const park_combination *c, bool *taken)
{
    for (size_t i = 0; i < sites->model->retrofits; i++)
        taken[i] = c->on[i];
    for (size_t i = 0; i < sites->storages; i++)
        taken[sites->model->retrofits + i] = c->without[sites->storage[i]];
}

/* Nothing runs through storages that are left out? What is rounding goes. */
static bool keeps_out(const park_merge *m, const bool *taken, double *x)
{
    const park_formulation *f     = m->base;
    const park_super       *super = f->super;
    for (size_t i = 0; i < m->sites->storages; i++)
        for (size_t sl = 0; taken[super->model->retrofits + i] && sl < super->seasons * super->links; sl++) {
            const park_link_info *link = &super->model->link[sl % super->links];
            int32_t               col  = f->link_flow[sl];
            if (col < 0 || (link->from != m->sites->storage[i] && link->to != m->sites->storage[i]))
                continue;
            if (x[col] > RUNS)
                return false;
            x[col] = 0.0;
        }
    return true;
}

/* The program of the items that are taken, in `arena`; NULL when they do not stand together or do not fit the budget. */
static park_formulation *own_program(const park_merge *m, const bool *taken, int32_t *pick, double *yearly,
                                     park_arena *arena)
{
    const park_sites *sites = m->sites;
    park_combination  c     = park_combination_new(arena, sites->model);
    park_formulation *f;
    if (c.on == NULL || c.without == NULL)
        return NULL;
    combination_of_items(sites, taken, &c);
    double capital = park_combination_capital(sites->model, &c), budget = sites->model->economics.budget;
    *yearly        = park_combination_yearly(sites->model, &c);
    if (!park_combination_stands(sites->model, &c) || (isfinite(budget) && capital > budget))
        return NULL;
    park_sites_pick(sites, taken, pick);
    for (size_t s = 0; s < sites->count; s++)
        if (pick[s] < 0)
            return NULL;
    return park_sites_formulate(sites, pick, *yearly, capital, arena, &f, NULL) == PARK_OK ? f : NULL;
}

/* park_program.recheck: the plan in the program of its own combination, at the combination's cost. */
static bool recheck(const void *user, double *x, double *objective)
{
    const park_merge *m     = user;
    park_arena       *arena = park_arena_new();
    bool             *taken = PARK_ARRAY(arena, m->sites->items + 1, bool);
    int32_t          *pick  = PARK_ARRAY(arena, m->sites->count + 1, int32_t);
    double            yearly;
    bool              holds = taken != NULL && pick != NULL;
    for (size_t i = 0; holds && i < m->sites->items; i++)
        taken[i] = x[m->item[i]] >= 0.5;
    park_formulation *f = holds && keeps_out(m, taken, x) ? own_program(m, taken, pick, &yearly, arena) : NULL;
    holds               = f != NULL && park_program_recheck(&f->program, x, objective);
    if (holds) {
        park_merge_fill(m, taken, pick, x);
        if (m->base->kind == PARK_MIN_COST)
            *objective += yearly * m->base->rate_unit;
    }
    park_arena_free(arena);
    return holds;
}

/* A design of a combination as a point of the merged program; NULL when it does not fit. */
static double *point_of(const chooser *k, const park_combination *c, const park_design *design)
{
    const park_merge *m     = k->merge;
    park_arena       *arena = park_arena_new();
    double           *x     = PARK_ARRAY(k->arena, m->program.cols, double), *own = NULL, yearly;
    bool             *taken = PARK_ARRAY(arena, m->sites->items + 1, bool);
    int32_t          *pick  = PARK_ARRAY(arena, m->sites->count + 1, int32_t);
    if (x != NULL && taken != NULL && pick != NULL) {
        items_of_combination(m->sites, c, taken);
        park_formulation *f = own_program(m, taken, pick, &yearly, arena);
        own                 = f != NULL ? park_solve_start(f, design) : NULL;
        if (own != NULL) {
            memcpy(x, own, f->program.cols * sizeof *x);
            park_merge_fill(m, taken, pick, x);
        }
    }
    park_arena_free(arena);
    return own != NULL ? x : NULL;
}

/* ---- parks of one combination ---------------------------------------------------------------------------------------------- */

static double left_of(const chooser *k)
{
    return fmax(k->settings->time_limit - (park_clock_seconds() - k->started), 0.05);
}

/* Solve the park of a combination; the better design stays in k->best. */
static park_status solve_one(chooser *k, const park_combination *c, const park_design_settings *settings,
                             double seconds, uint64_t work, park_findings *findings, park_error *err)
{
    park_model       *park;
    park_design      *design;
    bool              cut;
    double            yearly = park_combination_yearly(k->model, c);
    park_solve_limits limits = {.seconds = seconds, .work = work, .cutoff = INFINITY, .extra = yearly};
    PARK_TRY(park_combination_apply(k->model, c, k->arena, &park, err));
    if (park == NULL)
        return PARK_OK;
    PARK_TRY(park_solve_park(park, settings, &limits, k->arena, &design, &cut, findings, err));
    k->nodes += design->nodes, k->lps += design->lps, k->work += design->work;
    k->reproducible = k->reproducible && design->reproducible;
    if (design->link_flow == NULL || (k->best != NULL && design->objective >= k->best->objective))
        return PARK_OK;
    PARK_TRY(park_combination_book(k->model, c, k->arena, design, err));
    k->best = design;
    return PARK_OK;
}

/* First plans: the park as it is, and with every retrofit that still fits beside those before it. */
static park_status first_plans(chooser *k, park_findings *findings, park_error *err)
{
    park_combination     c    = park_combination_new(k->arena, k->model);
    park_design_settings here = *k->settings;
    if (c.on == NULL || c.without == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the retrofits");
    here.known_bound = -INFINITY;
    PARK_TRY(solve_one(k, &c, &here, 0.1 * left_of(k), 1, findings, err));
    for (size_t round = 0; round < k->model->retrofits; round++) /* what is required may stand behind */
        for (size_t i = 0; i < k->model->retrofits; i++) {
            bool before = c.on[i];
            c.on[i]     = true;
            if (!park_combination_stands(k->model, &c) ||
                park_combination_capital(k->model, &c) > k->model->economics.budget)
                c.on[i] = before;
        }
    return solve_one(k, &c, &here, 0.1 * left_of(k), 1, findings, err);
}

/* ---- the tree ------------------------------------------------------------------------------------------------------------------ */

static bool tell(void *user, double incumbent, double bound, double gap, uint64_t nodes, double seconds)
{
    const chooser *k    = user;
    double         unit = k->merge->base->rate_unit;
    return k->settings->progress(k->settings->progress_user, incumbent / unit, bound / unit, gap, nodes, seconds);
}

static park_status search(chooser *k, park_tree_result *result, park_error *err)
{
    const park_design_settings *settings = k->settings;
    double                      unit     = k->merge->base->rate_unit;
    park_tree_settings          tree;
    park_combination            c = park_combination_new(k->arena, k->model);
    park_tree_settings_default(&tree);
    tree.gap = settings->gap, tree.threads = settings->threads, tree.seed = settings->seed;
    tree.time_limit = TREE_SHARE * left_of(k), tree.cancel = settings->cancel;
    if (settings->work_limit > 0)
        tree.work_limit = settings->work_limit > k->work ? settings->work_limit - k->work : 1;
    if (isfinite(settings->known_bound)) {
        double known     = settings->known_bound * unit;
        tree.known_bound = known - 16.0 * DBL_EPSILON * fabs(known);
    }
    if (k->best != NULL && c.on != NULL && c.without != NULL &&
        park_combination_of(k->model, k->best, &c))
        tree.start = point_of(k, &c, k->best);
    if (settings->progress != NULL)
        tree.progress = tell, tree.progress_user = k;
    k->merge->program.recheck = recheck;
    k->merge->program.user    = k->merge;
    PARK_TRY(park_tree_solve(&k->merge->program, &tree, k->arena, result, err));
    k->nodes += result->nodes, k->lps += result->lps, k->work += result->work;
    k->reproducible = k->reproducible && result->reproducible;
    return PARK_OK;
}

/* The tree's plan as the design of its own park, with the tree's bound. */
static park_status finish(chooser *k, const park_tree_result *tree, park_findings *findings, park_error *err)
{
    const park_merge    *m     = k->merge;
    bool                *taken = PARK_ARRAY(k->arena, m->sites->items + 1, bool);
    int32_t             *pick  = PARK_ARRAY(k->arena, m->sites->count + 1, int32_t);
    double              *x     = PARK_ARRAY(k->arena, m->program.cols, double), yearly;
    park_combination     c     = park_combination_new(k->arena, k->model);
    park_design_settings here  = *k->settings;
    if (taken == NULL || pick == NULL || x == NULL || c.on == NULL || c.without == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the design");
    for (size_t i = 0; i < m->sites->items; i++)
        taken[i] = tree->x[m->item[i]] >= 0.5;
    memcpy(x, tree->x, m->program.cols * sizeof *x);
    combination_of_items(m->sites, taken, &c);
    park_formulation *f     = own_program(m, taken, pick, &yearly, k->arena);
    park_plan        *plan  = f != NULL ? park_plan_new(f, k->arena) : NULL;
    park_design       start = {.model = k->model};
    if (plan == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the design");
    if (park_plan_read(plan, x, false)) {
        start.link_flow = plan->link_flow, start.volume = plan->volume, start.outlet_flow = plan->outlet_flow;
        here.start = &start;
    }
    here.known_bound = fmax(here.known_bound, tree->bound / m->base->rate_unit);
    uint64_t work    = here.work_limit == 0 ? 0 : here.work_limit > k->work ? here.work_limit - k->work : 1;
    return solve_one(k, &c, &here, left_of(k), work, findings, err);
}

/* Does the merged program say what single combinations say? Everything taken, and two mixtures. */
static park_status check_sum(chooser *k, park_error *err)
{
    park_merge *m    = k->merge;
    int32_t    *pick = PARK_ARRAY(k->arena, m->sites->count + 1, int32_t);
    if (pick == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the choices");
    for (size_t turn = 0; turn < 3 && m->refused == NULL; turn++) {
        park_arena       *arena = park_arena_new();
        park_formulation *f;
        for (size_t s = 0; s < m->sites->count; s++) {
            size_t variants = m->sites->site[s].variants;
            pick[s]         = (int32_t)(turn == 0 ? variants - 1 : (s * turn + turn) % variants);
        }
        park_status status = park_sites_formulate(m->sites, pick, 0.0, 0.0, arena, &f, err);
        if (status == PARK_OK && !park_merge_agrees(m, pick, &f->program, arena))
            m->refused = "what retrofits change in several units does not add up";
        park_arena_free(arena);
        PARK_TRY(status);
    }
    return PARK_OK;
}

static void conclude(const chooser *k, const park_tree_result *tree, park_design *design)
{
    const park_design_settings *settings = k->settings;
    double                      unit     = k->merge->base->rate_unit;
    design->nodes = k->nodes, design->lps = k->lps, design->work = k->work;
    design->reproducible = k->reproducible;
    design->seconds      = park_clock_seconds() - k->started;
    double bound         = isfinite(tree->bound) ? tree->bound / unit : -INFINITY;
    bound                = fmax(bound, settings->known_bound);
    design->root_bound   = isfinite(tree->root_bound) ? tree->root_bound / unit : NAN;
    if (k->best == NULL) {
        design->status = tree->status == PARK_TREE_INFEASIBLE ? PARK_DESIGN_INFEASIBLE : PARK_DESIGN_LIMIT_NO_SOLUTION;
        design->bound  = isfinite(bound) ? bound : NAN;
        return;
    }
    design->bound  = isfinite(bound) ? fmin(bound, design->objective) : NAN;
    design->gap    = isfinite(design->bound)
                         ? fabs(design->objective - design->bound) / fmax(fabs(design->objective), 1e-9)
                         : INFINITY;
    design->status = design->gap <= fmin(1e-4, settings->gap) ? PARK_DESIGN_OPTIMAL
                     : design->gap <= settings->gap           ? PARK_DESIGN_GAP_REACHED
                                                              : PARK_DESIGN_LIMIT_FEASIBLE;
}

park_status park_solve_choices(const park_model *model, const park_design_settings *settings,
                               park_arena *arena, park_design **design, const char **refused,
                               park_findings *findings, park_error *err)
{
    chooser          k     = {.model = model, .settings = settings, .arena = arena, .reproducible = true};
    double           times = BOX_TIMES;
    park_tree_result tree;
    k.started = park_clock_seconds();
    *design = NULL, *refused = NULL;
    for (int round = 0; round < BOX_ROUNDS; round++) {
        park_sites *sites;
        PARK_TRY(park_sites_make(model, settings, times, arena, &sites, err));
        PARK_TRY(park_merge_make(sites, arena, &k.merge, err));
        if (k.merge->refused == NULL)
            PARK_TRY(check_sum(&k, err));
        if (k.merge->refused != NULL) {
            *refused = k.merge->refused;
            return PARK_OK;
        }
        if (round == 0)
            PARK_TRY(first_plans(&k, findings, err));
        PARK_TRY(search(&k, &tree, err));
        const park_super *copies = sites->copies;
        double            found  = tree.x != NULL ? tree.objective / k.merge->base->rate_unit : NAN;
        double need = copies->box_flow > 0.0 ? park_solve_box(copies, k.merge->base->kind, found) : 0.0;
        if (need <= copies->box_flow || !isfinite(need) || tree.x == NULL || left_of(&k) <= 0.1)
            break;
        times *= 1.05 * need / copies->box_flow;
    }
    if (tree.x != NULL)
        PARK_TRY(finish(&k, &tree, findings, err));
    *design = k.best != NULL ? k.best : park_design_new(arena, model);
    if (*design == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the design");
    conclude(&k, &tree, *design);
    return PARK_OK;
}
