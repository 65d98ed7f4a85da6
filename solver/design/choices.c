/*
 * choices.c - retrofits, and open storages that may stay out, chosen in one tree (docs/math/optimization.md, O60-O66).
 *
 *     sites    the variants of every unit that they change, in common boxes     sites.c
 *     merge    the programs of the variants as one program with choices         merge.c
 *     tree     its bound holds for every combination; its plans are rechecked in the program of their own combination
 *     design   the best combination solved as the park that it is, from the tree's flows and with the tree's bound
 */
#include "base/clock.h"
#include "design/descent.h"
#include "design/merge.h"
#include "design/plan.h"
#include "design/solve.h"

#include <float.h>
#include <string.h>

static const park_label NO_SUM      = {.zh = "多个单元的措施不能相加",
                                       .en = "what retrofits change in several units does not add up"};
static const double     BOX_TIMES   = 3.0;
static const int        BOX_ROUNDS  = 3;
static const double     TREE_SHARE  = 0.8;  /* of the time that is left, the rest is the last park's */
static const double     FIRST_SHARE = 0.5;  /* of the time and of the work: for first plans at most */
static const double     SWEEP_WORTH = 1e-3; /* a sweep that gained less is the last one [-] */
static const double     RUNS        = 1e-9; /* program flow through a storage that is left out */

enum { PROGRAMS_KEPT = 8, DESCENTS_MOST = 400, ITEMS_FEW = 12, SWEEPS_MOST = 3 };

/* A combination that was met, and the best plan of it so far. */
typedef struct attempt {
    bool   *taken; /* [items] */
    double *x;     /* [columns of the base], NULL: no plan yet */
    double  value; /* in its own program */
} attempt;

/* The program of a combination, kept while it is used. */
typedef struct own_program {
    park_arena       *arena;
    size_t            attempt;
    park_formulation *f;
    double            yearly;
} own_program;

typedef struct chooser {
    const park_model           *model;
    const park_design_settings *settings;
    park_merge                 *merge;
    park_arena                 *arena;
    double                      started;
    bool                       *taken; /* [items] scratch */
    int32_t                    *pick;  /* [sites] scratch */
    size_t                      attempts, attempts_cap;
    attempt                    *attempt;
    own_program                 own[PROGRAMS_KEPT];
    park_search_end             end;
    park_design                *best;
    uint64_t                    nodes, lps, work, shared;
    bool                        reproducible;
} chooser;

/* ---- a combination as a point -------------------------------------------------------------------------------------------- */

/* Nothing runs through storages that do not stand? What is rounding goes. */
static bool keeps_out(const park_merge *m, const bool *taken, double *x)
{
    const park_formulation *f     = m->base;
    const park_super       *super = f->super;
    for (size_t i = m->sites->retrofit_items; i < m->sites->items; i++)
        for (size_t sl = 0; taken[i] && sl < super->seasons * super->links; sl++) {
            const park_link_info *link = &super->model->link[sl % super->links];
            int32_t               col = f->link_flow[sl], unit = park_sites_storage(m->sites, i);
            size_t                w = sl / super->links / super->per;
            if (col < 0 || (link->from != unit && link->to != unit) ||
                park_super_stage(super, w) != park_sites_stage(m->sites, i))
                continue;
            if (x[col] > RUNS)
                return false;
            x[col] = 0.0;
        }
    return true;
}

/* The program of the items in k->taken, pick in k->pick; NULL when no unit has a variant for them. */
static park_formulation *formulate(chooser *k, double *yearly, park_arena *arena)
{
    const park_sites *sites = k->merge->sites;
    park_combination  c     = park_combination_new(arena, k->model);
    park_formulation *f;
    if (c.on == NULL || c.without == NULL)
        return NULL;
    park_sites_combination(sites, k->taken, &c);
    *yearly = park_combination_yearly(k->model, &c);
    park_sites_pick(sites, k->taken, k->pick);
    for (size_t s = 0; s < sites->count; s++)
        if (k->pick[s] < 0)
            return NULL;
    double *spent = PARK_ARRAY(arena, sites->stages, double);
    for (size_t i = 0; spent != NULL && i < sites->retrofit_items; i++)
        spent[park_sites_stage(sites, i)] += k->taken[i] ? park_sites_capital(sites, i) : 0.0;
    return spent != NULL && park_sites_formulate(sites, k->pick, *yearly, spent, arena, &f, NULL) == PARK_OK
               ? f
               : NULL;
}

/* The attempt at the items in k->taken, made when new; attempts where out of memory. */
static size_t attempt_at(chooser *k, bool *made)
{
    size_t items = k->merge->sites->items;
    *made        = false;
    for (size_t i = 0; i < k->attempts; i++)
        if (memcmp(k->attempt[i].taken, k->taken, items * sizeof(bool)) == 0)
            return i;
    attempt new = {.taken = PARK_ARRAY(k->arena, items + 1, bool), .value = INFINITY};
    if (new.taken == NULL || !PARK_GROW(k->arena, k->attempt, k->attempts, k->attempts_cap))
        return k->attempts;
    memcpy(new.taken, k->taken, items * sizeof(bool));
    k->attempt[k->attempts] = new;
    *made                   = true;
    return k->attempts++;
}

/* The kept program of an attempt, k->pick with it; NULL when it has none. */
static const own_program *program_of(chooser *k, size_t at)
{
    own_program *own = &k->own[at % PROGRAMS_KEPT];
    if (own->arena != NULL && own->attempt == at && own->f != NULL) {
        park_sites_pick(k->merge->sites, k->taken, k->pick);
        return own;
    }
    park_arena_free(own->arena);
    *own   = (own_program){.arena = park_arena_new(), .attempt = at};
    own->f = own->arena != NULL ? formulate(k, &own->yearly, own->arena) : NULL;
    return own->f != NULL ? own : NULL;
}

static void drop_programs(chooser *k)
{
    for (int i = 0; i < PROGRAMS_KEPT; i++) {
        park_arena_free(k->own[i].arena);
        k->own[i] = (own_program){0};
    }
}

/* A better plan of an attempt is kept. */
static void keep(chooser *k, size_t at, const double *x, double value)
{
    attempt *a    = &k->attempt[at];
    size_t   cols = k->merge->base->program.cols;
    if (!(value < a->value))
        return;
    if (a->x == NULL)
        a->x = PARK_ARRAY(k->arena, cols, double);
    if (a->x != NULL)
        memcpy(a->x, x, cols * sizeof *x), a->value = value;
}

/* One step towards a combination that stands and is paid for: the item that the point wants least waits for the next
 * stage, or goes. False: nothing is left to give up. */
static bool give_way(chooser *k, const double *x, park_combination *c, bool dear)
{
    const park_merge *m     = k->merge;
    size_t            Y     = m->sites->stages;
    int32_t           least = -1;
    double            want  = INFINITY;
    for (size_t i = 0; i < k->model->retrofits; i++) {
        double here = x[m->item[i * Y + (size_t)c->from[i]]];
        if (c->on[i] && here < want && (!dear || park_retrofit_capital(k->model, (int32_t)i) > 0.0))
            least = (int32_t)i, want = here;
    }
    if (least < 0)
        return false;
    if (dear && (size_t)c->from[least] + 1 < Y)
        c->from[least]++;
    else
        c->on[least] = false, c->from[least] = 0;
    return true;
}

/* Items for a point: the nearest whole numbers; what does not stand together or fit the budget gives way, the least first. */
static void round_items(chooser *k, const double *x, park_combination *c)
{
    const park_merge *m = k->merge;
    for (size_t i = 0; i < m->sites->items; i++)
        k->taken[i] = x[m->item[i]] >= 0.5;
    park_sites_combination(m->sites, k->taken, c);
    for (size_t round = 0; round <= m->sites->items; round++) {
        bool dear = !park_combination_fits(k->model, c);
        if ((!dear && park_combination_stands(k->model, c)) || !give_way(k, x, c, dear))
            break;
    }
    park_sites_items(m->sites, c, k->taken);
}

/* The attempt's own first plan, once. */
static void descend(chooser *k, size_t at, const own_program *own)
{
    double  *x      = PARK_ARRAY(own->arena, own->f->program.cols, double), value;
    uint64_t before = k->end.took;
    if (k->attempts <= DESCENTS_MOST && x != NULL && park_descent_start(own->f, NULL, &k->end, x, &value))
        keep(k, at, x, value);
    k->work += k->end.took - before;
}

/*
 * park_program.recheck: the plan in the program of its own combination, at the combination's cost. A combination that was
 * not met before is given a first plan of its own, and the better one is the answer. The tree asks one point after the
 * other, so what is remembered here does not depend on threads.
 */
static bool recheck(const void *user, double *x, double *objective)
{
    union {
        const void *borrowed;
        chooser    *own;
    } who                   = {.borrowed = user};
    chooser          *k     = who.own;
    const park_merge *m     = k->merge;
    park_arena       *arena = park_arena_new();
    park_combination  c     = park_combination_new(arena, k->model);
    bool              made = false, holds = false;
    if (c.on != NULL && c.without != NULL) {
        round_items(k, x, &c);
        size_t             at  = attempt_at(k, &made);
        const own_program *own = at < k->attempts ? program_of(k, at) : NULL;
        double             value;
        if (own != NULL && keeps_out(m, k->taken, x) && park_program_recheck(&own->f->program, x, &value))
            keep(k, at, x, value);
        if (own != NULL && made)
            descend(k, at, own);
        holds = own != NULL && k->attempt[at].x != NULL;
        if (holds) {
            memcpy(x, k->attempt[at].x, m->base->program.cols * sizeof *x);
            park_merge_fill(m, k->taken, k->pick, x);
            *objective = k->attempt[at].value +
                         (m->base->kind == PARK_MIN_COST ? own->yearly * m->base->rate_unit : 0.0);
        }
    }
    park_arena_free(arena);
    return holds;
}

/* ---- parks of one combination ---------------------------------------------------------------------------------------------- */

static double left_of(const chooser *k)
{
    return fmax(k->settings->time_limit - (park_clock_seconds() - k->started), 0.05);
}

static uint64_t work_left(const chooser *k)
{
    uint64_t limit = k->settings->work_limit;
    return limit == 0 ? 0 : limit > k->work ? limit - k->work : 1;
}

/* Solve the park of a combination; the better design stays in k->best. *design: NULL beyond the budget. */
static park_status solve_one(chooser *k, const park_combination *c, const park_design_settings *settings,
                             const park_solve_limits *limits, bool list, park_design **design, bool *cut,
                             park_findings *findings, park_error *err)
{
    park_model *park;
    *design = NULL, *cut = false;
    PARK_TRY(park_combination_apply(k->model, c, k->arena, &park, err));
    if (park == NULL)
        return PARK_OK;
    if (!list && park->objectives > 1)
        park->objectives = 1; /* what comes later in the list is decided for the best combination */
    PARK_TRY(park_solve_park(park, settings, limits, k->arena, design, cut, findings, err));
    k->nodes += (*design)->nodes, k->lps += (*design)->lps, k->work += (*design)->work;
    k->shared += (*design)->work_shared;
    k->reproducible = k->reproducible && (*design)->reproducible;
    if ((*design)->link_flow == NULL)
        return PARK_OK;
    bool better =
        k->best == NULL || (*design)->objective < k->best->objective || (list && k->model->objectives > 1);
    if (better) {
        PARK_TRY(park_combination_book(k->model, c, k->arena, *design, err));
        k->best = *design;
    }
    return PARK_OK;
}

/* park_tree_settings.settle: a combination is a park of its own, with boxes of its own; it is proven there. */
static bool settle(void *user, const double *fixed, double best, uint64_t left, double *bound, double *x,
                   bool *found)
{
    chooser             *k    = user;
    const park_merge    *m    = k->merge;
    double               unit = m->base->rate_unit;
    park_combination     c    = park_combination_new(k->arena, k->model);
    park_design_settings here = *k->settings;
    park_design         *design;
    bool                 cut, made;
    park_error           err;
    if (c.on == NULL || c.without == NULL)
        return false;
    for (size_t i = 0; i < m->sites->items; i++)
        k->taken[i] = fixed[m->item[i]] >= 0.5;
    park_sites_combination(m->sites, k->taken, &c);
    size_t             at  = attempt_at(k, &made);
    const own_program *own = at < k->attempts ? program_of(k, at) : NULL;
    here.start = k->best, here.work_limit = left;
    park_solve_limits limits = {.seconds = 0.5 * left_of(k),
                                .work    = left,
                                .cutoff  = isfinite(best) ? best / unit : INFINITY,
                                .extra   = park_combination_yearly(k->model, &c)};
    if (own == NULL || solve_one(k, &c, &here, &limits, false, &design, &cut, NULL, &err) != PARK_OK)
        return false;
    if (design == NULL || (design->status == PARK_DESIGN_INFEASIBLE && !cut))
        *bound = INFINITY; /* no plan at all */
    else if (isfinite(design->bound))
        *bound = design->bound * unit;
    double *point = design != NULL ? park_solve_start(own->f, design) : NULL, value;
    if (point != NULL && park_program_recheck(&own->f->program, point, &value))
        keep(k, at, point, value);
    *found = k->attempt[at].x != NULL;
    if (*found) {
        memcpy(x, k->attempt[at].x, m->base->program.cols * sizeof *x);
        park_merge_fill(m, k->taken, k->pick, x);
    }
    return true;
}

/* Every retrofit that still fits beside those before it, as early as it can be paid. */
static void take_all(const chooser *k, park_combination *c)
{
    for (size_t round = 0; round < k->model->retrofits; round++) /* what is required may come later */
        for (size_t i = 0; i < k->model->retrofits; i++)
            for (size_t y = 0; !c->on[i] && y < k->merge->sites->stages; y++) {
                c->on[i] = true, c->from[i] = (int32_t)y;
                if (park_combination_stands(k->model, c) && park_combination_fits(k->model, c))
                    break;
                c->on[i] = false, c->from[i] = 0;
            }
}

/* One sweep over the items of a combination: each is turned round alone and stays so where the plan that its own descent
 * finds is cheaper (what requires or excludes it follows by rounding). Few items leave this to the tree. */
static void sweep(chooser *k, const double *from, double *trial, double *point, double *best)
{
    const park_merge *m = k->merge;
    double            value;
    for (size_t i = 0; m->sites->items > ITEMS_FEW && i < m->sites->items; i++) {
        memcpy(trial, from, m->program.cols * sizeof *trial);
        for (size_t j = 0; j < m->sites->items; j++)
            trial[m->item[j]] = point[m->item[j]];
        trial[m->item[i]] = 1.0 - point[m->item[i]];
        if (park_sites_retrofit(m->sites, i) >= 0 && recheck(k, trial, &value) && value < *best) {
            *best = value;
            memcpy(point, trial, m->program.cols * sizeof *trial);
        }
    }
}

/* First plans: the park as it is, with every retrofit that still fits beside those before it, and the combination of a
 * design at hand. The best one as a point to start from; NULL: none. */
static double *first_point(chooser *k)
{
    const park_merge *m     = k->merge;
    double           *point = PARK_ARRAY(k->arena, m->program.cols, double), best = INFINITY, value;
    double           *x = PARK_ARRAY(k->arena, m->program.cols, double);
    park_combination  c = park_combination_new(k->arena, k->model);
    if (point == NULL || x == NULL || c.on == NULL || c.without == NULL)
        return NULL;
    for (int turn = 0; turn < 3; turn++) {
        if (turn == 1)
            take_all(k, &c);
        if (turn == 2 && !park_combination_of(k->model, k->settings->start, &c))
            break;
        park_sites_items(m->sites, &c, k->taken);
        for (size_t i = 0; i < m->sites->items; i++)
            x[m->item[i]] = k->taken[i] ? 1.0 : 0.0;
        if (recheck(k, x, &value) && value < best) {
            best = value;
            memcpy(point, x, m->program.cols * sizeof *x);
        }
        memset(x, 0, m->program.cols * sizeof *x);
    }
    double *trial = PARK_ARRAY(k->arena, m->program.cols, double);
    for (int turn = 0; trial != NULL && best < INFINITY && turn < SWEEPS_MOST; turn++) {
        double before = best;
        sweep(k, x, trial, point, &best);
        if (!(best < before - SWEEP_WORTH * fabs(before)))
            break;
    }
    return best < INFINITY ? point : NULL;
}

/* ---- the tree ------------------------------------------------------------------------------------------------------------------ */

static bool tell(void *user, double incumbent, double bound, double gap, uint64_t nodes, double seconds)
{
    const chooser *k    = user;
    double         unit = k->merge->base->rate_unit;
    return k->settings->progress(k->settings->progress_user, incumbent / unit, bound / unit, gap, nodes,
                                 seconds);
}

static park_status search(chooser *k, park_tree_result *result, park_error *err)
{
    const park_design_settings *settings = k->settings;
    double                      unit     = k->merge->base->rate_unit;
    park_tree_settings          tree;
    park_tree_settings_default(&tree);
    tree.gap = settings->gap, tree.threads = settings->threads, tree.seed = settings->seed;
    tree.ranks    = settings->ranks;
    tree.cancel   = settings->cancel;
    bool *decides = PARK_ARRAY(k->arena, k->merge->program.cols, bool);
    if (decides == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the choices");
    for (size_t i = 0; i < k->merge->sites->items; i++)
        decides[k->merge->item[i]] = true;
    tree.decides = decides, tree.settle = settle, tree.settle_user = k, tree.beside = &k->work;
    if (isfinite(settings->known_bound)) {
        double known     = settings->known_bound * unit;
        tree.known_bound = known - 16.0 * DBL_EPSILON * fabs(known);
    }
    tree.start = first_point(k);
    if (settings->progress != NULL)
        tree.progress = tell, tree.progress_user = k;
    tree.time_limit = TREE_SHARE * left_of(k), tree.work_limit = work_left(k);
    k->merge->program.recheck = recheck;
    k->merge->program.user    = k;
    PARK_TRY(park_tree_solve(&k->merge->program, &tree, k->arena, result, err));
    k->nodes += result->nodes, k->lps += result->lps, k->work += result->work;
    k->shared += result->shared;
    k->reproducible = k->reproducible && result->reproducible;
    return PARK_OK;
}

/* The tree's plan as the design of its own park, with the tree's bound. */
static park_status finish(chooser *k, const park_tree_result *tree, park_findings *findings, park_error *err)
{
    const park_merge    *m     = k->merge;
    double              *x     = PARK_ARRAY(k->arena, m->program.cols, double), yearly;
    park_combination     c     = park_combination_new(k->arena, k->model);
    park_design_settings here  = *k->settings;
    park_design          start = {.model = k->model}, *design;
    bool                 cut;
    if (x == NULL || c.on == NULL || c.without == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the design");
    for (size_t i = 0; i < m->sites->items; i++)
        k->taken[i] = tree->x[m->item[i]] >= 0.5;
    memcpy(x, tree->x, m->program.cols * sizeof *x);
    park_sites_combination(m->sites, k->taken, &c);
    park_formulation *f    = formulate(k, &yearly, k->arena);
    park_plan        *plan = f != NULL ? park_plan_new(f, k->arena) : NULL;
    if (plan == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the design");
    if (park_plan_read(plan, x, false)) {
        start.link_flow = plan->link_flow, start.volume = plan->volume, start.outlet_flow = plan->outlet_flow;
        here.start = &start;
        if (m->sites->future != NULL)
            PARK_TRY(park_robust_slices(plan, k->arena, &start, err));
    }
    here.known_bound         = fmax(here.known_bound, tree->bound / m->base->rate_unit);
    here.work_limit          = work_left(k);
    park_solve_limits limits = {.seconds = left_of(k),
                                .work    = work_left(k),
                                .cutoff  = INFINITY,
                                .extra   = park_combination_yearly(k->model, &c)};
    return solve_one(k, &c, &here, &limits, true, &design, &cut, findings, err);
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
            pick[s] = (int32_t)(turn == 0 ? variants - 1 : (s * turn + turn + s / 2 * (turn - 1)) % variants);
        }
        park_status status = park_sites_formulate(m->sites, pick, 0.0, NULL, arena, &f, err);
        if (status == PARK_OK && !park_merge_agrees(m, pick, &f->program, arena))
            m->refused = &NO_SUM;
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
    design->work_shared  = k->shared;
    design->reproducible = k->reproducible;
    design->seconds      = park_clock_seconds() - k->started;
    double bound         = isfinite(tree->bound) ? tree->bound / unit : -INFINITY;
    bound                = fmax(bound, settings->known_bound);
    design->root_bound   = isfinite(tree->root_bound) ? tree->root_bound / unit : NAN;
    if (k->best == NULL) {
        design->status =
            tree->status == PARK_TREE_INFEASIBLE ? PARK_DESIGN_INFEASIBLE : PARK_DESIGN_LIMIT_NO_SOLUTION;
        design->bound = isfinite(bound) ? bound : NAN;
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

/* Boxes, program, tree; again with a larger box where a flow without bound might have wanted one (O5). */
static park_status choose(chooser *k, park_tree_result *tree, park_error *err)
{
    double times = BOX_TIMES;
    for (int round = 0; round < BOX_ROUNDS; round++) {
        park_sites *sites;
        PARK_TRY(park_sites_make(k->model, k->settings, times, k->arena, &sites, err));
        PARK_TRY(park_merge_make(sites, times, k->arena, &k->merge, err));
        k->taken    = PARK_ARRAY(k->arena, sites->items + 1, bool);
        k->pick     = PARK_ARRAY(k->arena, sites->count + 1, int32_t);
        k->attempts = k->attempts_cap = 0;
        if (k->taken == NULL || k->pick == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the choices");
        if (k->merge->refused == NULL)
            PARK_TRY(check_sum(k, err));
        if (k->merge->refused != NULL)
            return PARK_OK;
        PARK_TRY(search(k, tree, err));
        drop_programs(k);
        const park_super *copies = sites->copies;
        double            found  = tree->x != NULL ? tree->objective / k->merge->base->rate_unit : NAN;
        double            need   = copies->box_flow > 0.0
                                       ? park_solve_box(copies, k->merge->base->kind, k->merge->base->worst >= 0, found)
                                       : 0.0;
        if (need <= copies->box_flow || !isfinite(need) || tree->x == NULL || left_of(k) <= 0.1)
            break;
        times *= 1.05 * need / copies->box_flow;
    }
    return PARK_OK;
}

park_status park_solve_choices(const park_model *model, const park_design_settings *settings,
                               park_arena *arena, park_design **design, const park_label **refused,
                               park_findings *findings, park_error *err)
{
    chooser          k = {.model = model, .settings = settings, .arena = arena, .reproducible = true};
    park_tree_result tree;
    k.started = park_clock_seconds();
    k.end     = (park_search_end){.deadline = k.started + FIRST_SHARE * settings->time_limit,
                                  .cancel   = settings->cancel,
                                  .most     = (uint64_t)(FIRST_SHARE * (double)settings->work_limit)};
    *design = NULL, *refused = NULL;
    park_status status = choose(&k, &tree, err);
    drop_programs(&k);
    PARK_TRY(status);
    *refused = k.merge->refused;
    if (*refused != NULL)
        return PARK_OK;
    k.reproducible = k.reproducible && !k.end.early;
    bool done      = k.best != NULL && model->objectives < 2 && tree.x != NULL &&
                k.best->objective * k.merge->base->rate_unit <= tree.objective + 1e-9 * fabs(tree.objective);
    if (tree.x != NULL && !done)
        PARK_TRY(finish(&k, &tree, findings, err));
    *design = k.best != NULL ? k.best : park_design_new(arena, model);
    if (*design == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the design");
    conclude(&k, &tree, *design);
    return PARK_OK;
}
