#include "design/solve.h"

#include "base/clock.h"
#include "design/costs.h"
#include "design/descent.h"
#include "design/polish.h"
#include "design/shortfall.h"
#include "design/stages.h"
#include "design/targets.h"

#include <float.h>
#include <string.h>

static const double HELD          = 1e-6; /* relative room of an objective that a later one must keep (O43) */
static const double FIRST_SHARE   = 0.5;  /* of the time: for a first plan at most */
static const double DESCENT_SHARE = 0.35; /* the same, and of the work, what is left for polish taken off */
static const double POLISH_SHARE  = 0.25; /* of the work */
static const double BOX_TIMES     = 3.0;
static const int    BOX_ROUNDS    = 3;
static const size_t LARGE         = 2000; /* columns: descents take seconds */

void park_design_settings_default(park_design_settings *settings)
{
    *settings = (park_design_settings){
        .gap = 1e-2, .time_limit = INFINITY, .known_bound = -INFINITY, .threads = 1, .seed = 1};
}

const char *park_design_status_word(park_design_status status)
{
    switch (status) {
    case PARK_DESIGN_OPTIMAL:
        return "optimal";
    case PARK_DESIGN_GAP_REACHED:
        return "gap_reached";
    case PARK_DESIGN_LIMIT_FEASIBLE:
        return "limit_feasible";
    case PARK_DESIGN_INFEASIBLE:
        return "infeasible";
    case PARK_DESIGN_LIMIT_NO_SOLUTION:
        return "limit_no_solution";
    }
    return "error";
}

park_margins *park_margins_new(park_arena *arena, const park_model *model)
{
    size_t S = model->time.seasons, I = model->inlets, K = model->outlets, L = model->links, U = model->units,
           C        = model->constituents;
    park_margins *m = PARK_NEW(arena, park_margins);
    if (m == NULL)
        return NULL;
    *m = (park_margins){.seasons = S, .inlets = I, .outlets = K, .links = L, .units = U, .constituents = C};
    m->inlet_limit_times   = PARK_ARRAY(arena, S * I * C, double);
    m->outlet_limit_times  = PARK_ARRAY(arena, S * K * C, double);
    m->link_capacity_times = PARK_ARRAY(arena, S * L, double);
    m->unit_capacity_times = PARK_ARRAY(arena, S * U, double);
    m->storage_reserve     = PARK_ARRAY(arena, U, double);
    m->storm_times         = PARK_ARRAY(arena, S * U, double);
    m->target_shift        = PARK_ARRAY(arena, model->targets, double);
    m->link_flow_max       = PARK_ARRAY(arena, S * L, double);
    m->demand_times        = PARK_ARRAY(arena, S * I, double);
    if (m->inlet_limit_times == NULL || m->outlet_limit_times == NULL || m->link_capacity_times == NULL ||
        m->unit_capacity_times == NULL || m->storage_reserve == NULL || m->storm_times == NULL ||
        m->target_shift == NULL || m->link_flow_max == NULL || m->demand_times == NULL)
        return NULL;
    for (size_t i = 0; i < S * I * C; i++)
        m->inlet_limit_times[i] = 1.0;
    for (size_t i = 0; i < S * K * C; i++)
        m->outlet_limit_times[i] = 1.0;
    for (size_t i = 0; i < S * L; i++)
        m->link_capacity_times[i] = 1.0, m->link_flow_max[i] = INFINITY;
    for (size_t i = 0; i < S * U; i++)
        m->unit_capacity_times[i] = m->storm_times[i] = 1.0;
    for (size_t i = 0; i < S * I; i++)
        m->demand_times[i] = 1.0;
    return m;
}

const char *park_objective_unit(park_objective_kind kind)
{
    return kind == PARK_MIN_COST ? "CNY/a" : kind == PARK_MIN_FRESH_WATER ? "m3/a" : "kg/a";
}

static park_design_status design_status(park_tree_status status)
{
    switch (status) {
    case PARK_TREE_OPTIMAL:
        return PARK_DESIGN_OPTIMAL;
    case PARK_TREE_GAP_REACHED:
        return PARK_DESIGN_GAP_REACHED;
    case PARK_TREE_LIMIT_FEASIBLE:
        return PARK_DESIGN_LIMIT_FEASIBLE;
    case PARK_TREE_INFEASIBLE:
    case PARK_TREE_CUTOFF:
        return PARK_DESIGN_INFEASIBLE;
    case PARK_TREE_LIMIT_NO_SOLUTION:
        return PARK_DESIGN_LIMIT_NO_SOLUTION;
    }
    return PARK_DESIGN_LIMIT_NO_SOLUTION;
}

/* The plan that a design holds for a future, its own for all where it has no outlook that fits. */
static const park_design *plan_in(const park_super *super, const park_design *start, size_t s)
{
    const park_outlook *outlook = start->outlook != NULL   ? start->outlook
                                  : start->staging != NULL ? start->staging->plans
                                                           : NULL;
    if (outlook == NULL || outlook->futures != super->futures ||
        outlook->future[s / super->per].design == NULL)
        return start;
    return outlook->future[s / super->per].design;
}

double *park_solve_start(const park_formulation *f, const park_design *start)
{
    const park_super *super = f->super;
    if (start == NULL || start->link_flow == NULL || start->model == NULL ||
        start->model->links != super->links || start->model->time.seasons != super->per ||
        start->model->units != super->units || start->model->outlets != super->outlets)
        return NULL;
    double    *x    = PARK_ARRAY(f->arena, f->program.cols, double);
    park_plan *plan = park_plan_new(f, f->arena);
    if (x == NULL || plan == NULL)
        return NULL;
    for (size_t s = 0; s < super->seasons; s++) {
        const park_design *from = plan_in(super, start, s);
        size_t             t    = s % super->per;
        for (size_t l = 0; l < super->links; l++)
            if (f->link_flow[PARK_FORM_SL(f, s, l)] >= 0)
                x[f->link_flow[PARK_FORM_SL(f, s, l)]] =
                    from->link_flow[PARK_FORM_SL(f, t, l)] * f->flow_unit;
        for (size_t u = 0; u < super->units; u++) {
            int32_t q = f->unit_flow[PARK_FORM_SU(f, s, u)], v = f->volume[PARK_FORM_SU(f, s, u)];
            for (size_t l = 0; q >= 0 && l < super->links; l++)
                if (super->model->link[l].to == (int32_t)u)
                    x[q] += from->link_flow[PARK_FORM_SL(f, t, l)] * f->flow_unit;
            if (v >= 0)
                x[v] = from->volume[PARK_FORM_SU(f, t, u)] * f->volume_unit;
        }
        for (size_t k = 0; k < super->outlets; k++)
            if (f->exit_flow[PARK_FORM_SK(f, s, k)] >= 0)
                x[f->exit_flow[PARK_FORM_SK(f, s, k)]] =
                    from->outlet_flow[PARK_FORM_SK(f, t, k)] * f->flow_unit;
    }
    if (!park_plan_read(plan, x, false))
        return NULL;
    park_plan_write(plan, x);
    return x;
}

/* The better of a plan that was handed over and one found by descent from it; NULL: neither. A `quick` look is content with
 * the one handed over where it stands. */
static double *first_point(const park_formulation *f, const park_design *start, bool quick,
                           park_search_end *end)
{
    double *given = park_solve_start(f, start), *found = PARK_ARRAY(f->arena, f->program.cols, double);
    double  value, other;
    if (quick && given != NULL && park_plan_recheck(f, given, &other))
        return given;
    if (found == NULL || !park_descent_start(f, given, end, found, &value))
        return given;
    if (given != NULL && park_plan_recheck(f, given, &other) && other <= value)
        return given;
    return found;
}

/* A plan made better with its qualities held, where there are whole numbers to choose. */
static void polish(const park_formulation *f, double gap, park_search_end *end, double *start)
{
    double value;
    bool   choices = false;
    for (size_t j = 0; j < f->program.cols && !choices; j++)
        choices = f->program.integer[j] && f->program.col_lo[j] < f->program.col_hi[j];
    if (start != NULL && choices && park_plan_recheck(f, start, &value))
        (void)park_polish(f, gap, end, start, &value);
}

/* ---- one objective after the other ---------------------------------------------------------------------------------- */

typedef struct progress {
    const park_design_settings *settings;
    double                      unit, extra;
} progress;

static bool tell(void *user, double incumbent, double bound, double gap, uint64_t nodes, double seconds)
{
    const progress *p = user;
    return p->settings->progress(p->settings->progress_user, incumbent / p->unit + p->extra,
                                 bound / p->unit + p->extra, gap, nodes, seconds);
}

static park_status one_tree(park_formulation *f, const park_design_settings *settings,
                            const park_solve_limits *limits, double seconds, uint64_t work,
                            const double *start, park_arena *arena, park_tree_result *result, park_error *err)
{
    park_tree_settings tree;
    progress           told = {settings, f->rate_unit, f->kind == PARK_MIN_COST ? limits->extra : 0.0};
    park_tree_settings_default(&tree);
    tree.gap = settings->gap, tree.time_limit = seconds, tree.work_limit = work;
    tree.threads = settings->threads, tree.seed = settings->seed, tree.start = start;
    tree.ranks = settings->ranks;
    if (limits->root != NULL && f->held == 0)
        tree.root = *limits->root;
    tree.cancel = settings->cancel;
    if (isfinite(limits->cutoff) && f->held == 0)
        tree.cutoff = (limits->cutoff - told.extra) * f->rate_unit;
    if (isfinite(settings->known_bound) && f->held == 0) {
        double known = (settings->known_bound - told.extra) * f->rate_unit;
        tree.known_bound =
            known - 16.0 * DBL_EPSILON * fabs(known); /* what the changes of unit may have lost */
    }
    if (limits->probe)
        tree.work_limit = 1;
    if (settings->progress != NULL && !limits->probe)
        tree.progress = tell, tree.progress_user = &told;
    PARK_TRY(park_tree_solve(&f->program, &tree, arena, result, err));
    if (limits->root != NULL && f->held == 0 && result->root.basis != NULL)
        *limits->root = result->root;
    return PARK_OK;
}

/* An objective's yearly value at a point of the program, without the caller's part. */
static park_status value_of(park_formulation *f, park_objective_kind kind, const double *x, double *value,
                            park_error *err)
{
    double *coef = PARK_ARRAY(f->arena, f->program.cols, double), sum;
    if (coef == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the objectives");
    park_formulation_objective(f, kind, coef, &sum);
    for (size_t j = 0; j < f->program.cols; j++)
        sum += coef[j] * x[j];
    *value = sum / f->rate_unit;
    return PARK_OK;
}

/* Of a limit on iterations a share; 0: none. */
static uint64_t share_of(uint64_t limit, double share)
{
    return limit == 0 ? 0 : (uint64_t)(share * (double)limit) + 1;
}

/* What is left of a limit on iterations, at least one; 0: there is none. */
static uint64_t work_left(uint64_t limit, uint64_t done)
{
    return limit == 0 ? 0 : limit > done ? limit - done : 1;
}

static void add_work(park_tree_result *sum, const park_tree_result *part)
{
    sum->nodes += part->nodes, sum->lps += part->lps, sum->work += part->work;
    sum->shared += part->shared;
    sum->reproducible = sum->reproducible && part->reproducible;
}

/* The first objective makes the certificate; later ones choose among its designs (O43). */
static park_status trees(park_formulation *f, const park_design_settings *settings,
                         const park_solve_limits *limits, double started, park_arena *arena,
                         park_tree_result *first, double **x, park_error *err)
{
    const park_model *model    = f->super->model;
    size_t            count    = model->objectives > 0 ? model->objectives : 1;
    const bool        as_given = limits->as_given || (limits->beaten && f->program.cols > LARGE);
    park_search_end   end      = {.deadline = started + DESCENT_SHARE * limits->seconds,
                                  .cancel   = settings->cancel,
                                  .most     = share_of(settings->work_limit, DESCENT_SHARE)};
    double           *start    = as_given ? park_solve_start(f, settings->start)
                                          : first_point(f, settings->start, limits->probe, &end);
    park_search_end   polished = {.deadline = started + FIRST_SHARE * limits->seconds,
                                  .cancel   = settings->cancel,
                                  .most     = share_of(settings->work_limit, POLISH_SHARE),
                                  .threads  = settings->threads};
    if (!as_given)
        polish(f, settings->gap, &polished, start);
    for (size_t i = 0; i < count; i++) {
        double           left = limits->seconds - (park_clock_seconds() - started);
        uint64_t         done = i == 0 ? end.took + polished.took : first->work;
        park_tree_result result;
        if (i > 0) {
            double value = first->objective / f->rate_unit;
            if (i > 1) /* the value that the last stage reached */
                PARK_TRY(value_of(f, f->kind, *x, &value, err));
            PARK_TRY(park_formulation_next(f, f->kind, value + HELD * fmax(fabs(value), 1.0),
                                           model->objective[i], err));
        }
        PARK_TRY(one_tree(f, settings, limits, isinf(left) ? left : fmax(left / (double)(count - i), 0.1),
                          work_left(limits->work, done), start, arena, &result, err));
        if (i == 0) {
            *first              = result;
            first->reproducible = first->reproducible && !end.early && !polished.early;
            first->work += done, first->shared += polished.shared;
            *x = result.x;
        } else {
            add_work(first, &result);
            if (result.x != NULL)
                *x = result.x;
        }
        if (*x == NULL)
            return PARK_OK;
        start = *x;
    }
    return PARK_OK;
}

/* ---- is the box of unbounded flows justified? (O5) -------------------------------------------------------------------- */

double park_solve_box(const park_super *super, park_objective_kind kind, bool each, double objective)
{
    double most = 0.0;
    for (size_t u = 0; u < super->units; u++)
        for (size_t s = 0; super->boxed[u] && s < super->seasons; s++) {
            int32_t lens = each ? (int32_t)(s / super->per) : -1; /* the worst is no less than any */
            double  part = each ? super->share[park_super_stage(super, s / super->per)] : 1.0;
            double  rate = part * park_unit_rates(super, kind, s, u).in * park_super_seconds(super, lens, s);
            most         = fmax(most, rate > 0.0 ? objective / rate : INFINITY);
        }
    return most;
}

bool park_solve_costs_nonnegative(const park_super *super, park_objective_kind kind)
{
    for (size_t s = 0; s < super->seasons; s++)
        for (size_t u = 0; u < super->units; u++) {
            park_rates rates = park_unit_rates(super, kind, s, u);
            if (rates.in < 0.0 || rates.out < 0.0)
                return false;
        }
    return true;
}

static void note_box(park_formulation *f)
{
    park_super *super = f->super;
    for (size_t u = 0; u < super->units; u++)
        if (super->boxed[u])
            (void)park_super_note(
                super,
                (park_label){park_arena_printf(super->arena, "%s：流量没有上界，只在 %.6g m³/h 以内寻优",
                                               super->model->unit[u].id, super->box_flow * 3600.0),
                             park_arena_printf(super->arena,
                                               "%s: nothing bounds its flow; looked for up to %.6g m3/h",
                                               super->model->unit[u].id, super->box_flow * 3600.0)});
}

/* ---- one park ------------------------------------------------------------------------------------------------------------ */

static park_status formulate(const park_model *model, const park_design_settings *settings, double box_times,
                             bool loose, park_arena *arena, park_formulation **f, park_error *err)
{
    park_super        *super;
    park_super_options options = {.loose = loose, .box_times = box_times};
    park_targets_trace(model, options.tracer);
    options.standing = settings->standing;
    options.staged   = model->economics.stages > 1 && settings->standing == NULL;
    if (options.staged || model->robust != PARK_ROBUST_NONE) {
        park_futures *futures;
        PARK_TRY(park_stages_make(model, arena, &futures, err));
        options.futures = futures, options.robust = model->robust, options.best = settings->future_best;
    }
    PARK_TRY(park_super_make(model, settings->margins, &options, arena, &super, err));
    PARK_TRY(park_formulation_make(super, model->objectives > 0 ? model->objective[0] : PARK_MIN_COST, arena,
                                   f, err));
    (*f)->program.recheck = park_plan_recheck;
    (*f)->program.mend    = park_descent_mend;
    (*f)->program.user    = *f;
    return PARK_OK;
}

park_status park_solve_formulate(const park_model *model, const park_design_settings *settings,
                                 park_arena *arena, park_formulation **f, park_error *err)
{
    return formulate(model, settings, BOX_TIMES, false, arena, f, err);
}

static void notes_of_model(park_super *super)
{
    const park_model *model  = super->model;
    bool              priced = false;
    for (size_t l = 0; l < super->links; l++)
        priced = priced || (super->active[l] && model->link[l].length > 0.0 && model->pipe.sizes > 0);
    if (priced)
        (void)park_super_note(
            super, (park_label){"管道：摩阻能耗按最大流速的 80 % 冻结",
                                "connections: friction energy frozen at 80 % of the largest velocity"});
    for (size_t c = 0; c < model->constituents; c++)
        if (model->constituent[c].mixes == PARK_MIX_NONE)
            (void)park_super_note(
                super,
                (park_label){park_arena_printf(super->arena, "%s：不按质量混合，按流量加权平均计算",
                                               model->constituent[c].id),
                             park_arena_printf(super->arena,
                                               "%s: does not mix by mass; taken as the mean weighted by flow",
                                               model->constituent[c].id)});
}

static park_status take_tree(park_formulation *f, const park_tree_result *tree, double *x,
                             const park_solve_limits *limits, park_arena *arena, park_design *design,
                             park_error *err)
{
    double extra           = f->super->model->objective[0] == PARK_MIN_COST ? limits->extra : 0.0;
    design->status         = design_status(tree->status);
    design->objective_kind = f->super->model->objective[0];
    design->unit           = park_objective_unit(design->objective_kind);
    design->bound          = isfinite(tree->bound) ? tree->bound / f->rate_unit + extra : NAN;
    design->root_bound     = isfinite(tree->root_bound) ? tree->root_bound / f->rate_unit + extra : NAN;
    design->nodes = tree->nodes, design->lps = tree->lps, design->work = tree->work;
    design->work_shared  = tree->shared;
    design->reproducible = tree->reproducible;
    if (x == NULL)
        return PARK_OK;
    park_plan *plan = park_plan_new(f, arena);
    if (plan == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the plan");
    if (!park_plan_read(plan, x, true))
        return PARK_FAIL(err, PARK_E_NUMERIC, "the answer cannot be worked out in full: %s", plan->where);
    notes_of_model(f->super);
    if (f->super->options.futures != NULL)
        PARK_TRY(park_robust_slices(plan, arena, design, err));
    else
        PARK_TRY(park_design_decode(plan, arena, design, err));
    for (int kind = 0; kind < PARK_OBJECTIVE_KINDS; kind++)
        PARK_TRY(value_of(f, (park_objective_kind)kind, x, &design->value[kind], err));
    design->value[PARK_MIN_COST] += limits->extra;
    design->objective = tree->objective / f->rate_unit + extra;
    design->gap       = fabs(design->objective - design->bound) / fmax(fabs(design->objective), 1e-9);
    if (!isfinite(design->gap))
        design->gap = INFINITY;
    return PARK_OK;
}

park_status park_solve_park(const park_model *model, const park_design_settings *settings,
                            const park_solve_limits *limits, park_arena *arena, park_design **result,
                            bool *cut, park_findings *findings, park_error *err)
{
    double           started = park_clock_seconds(), times = BOX_TIMES;
    park_design     *design = park_design_new(arena, model);
    park_tree_result sum    = {.reproducible = true}; /* of the rounds before */
    (void)findings;
    if (design == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the design");
    *cut = false;
    for (int round = 0; round < BOX_ROUNDS; round++) {
        park_design_settings here = *settings;
        park_solve_limits    may  = *limits;
        park_formulation    *f;
        park_tree_result     tree = {.status     = PARK_TREE_LIMIT_NO_SOLUTION,
                                     .bound      = -INFINITY,
                                     .root_bound = -INFINITY,
                                     .objective  = NAN};
        double              *x    = NULL;
        PARK_TRY(formulate(model, settings, times, false, arena, &f, err));
        if (settings->held) /* what the caller adds to the cost counts there, too */
            PARK_TRY(park_formulation_hold(
                f, settings->held_kind,
                settings->held_most - (settings->held_kind == PARK_MIN_COST ? limits->extra : 0.0), err));
        here.work_limit = work_left(settings->work_limit, sum.work);
        may.work        = work_left(limits->work, sum.work);
        PARK_TRY(trees(f, &here, &may, started, arena, &tree, &x, err));
        add_work(&tree, &sum);
        *cut        = tree.status == PARK_TREE_CUTOFF;
        double left = limits->seconds - (park_clock_seconds() - started);
        double need = x != NULL && f->super->box_flow > 0.0
                          ? park_solve_box(f->super, f->kind, f->worst >= 0, tree.objective / f->rate_unit)
                          : 0.0;
        bool   fair = need <= f->super->box_flow &&
                    park_solve_costs_nonnegative(f->super, f->super->model->objective[0]);
        bool again = !fair && isfinite(need) && x != NULL && round + 1 < BOX_ROUNDS && left > 0.0 &&
                     (tree.status == PARK_TREE_OPTIMAL || tree.status == PARK_TREE_GAP_REACHED);
        if (again) {
            times *= 1.05 * need / f->super->box_flow;
            sum = tree;
            continue;
        }
        if (f->super->box_flow > 0.0 && !fair)
            note_box(f);
        PARK_TRY(take_tree(f, &tree, x, limits, arena, design, err));
        break;
    }
    design->seconds = park_clock_seconds() - started;
    *result         = design;
    return PARK_OK;
}

/* ---- why there is none -------------------------------------------------------------------------------------------------- */

/* What a statement gave at a point, in its own unit: rows of flows and volumes say it, qualities and targets are read. */
static double own(park_formulation *f, int32_t statement, double gave, const double *x)
{
    park_spoken spoken = park_spoken_of(f, statement);
    double      unit   = f->statement_unit[statement];
    if (spoken.quality || spoken.target >= 0)
        return park_shortfall(f, statement, x);
    return unit > 0.0 ? gave / unit : NAN;
}

park_status park_solve_explain(const park_model *model, const park_design_settings *settings, double seconds,
                               park_arena *arena, park_design *design, park_error *err)
{
    park_formulation  *f;
    park_tree_settings tree;
    park_conflict      conflict = {0};
    PARK_TRY(formulate(model, settings, BOX_TIMES, true, arena, &f, err));
    park_tree_settings_default(&tree);
    tree.time_limit = seconds, tree.threads = settings->threads, tree.seed = settings->seed;
    tree.cancel = settings->cancel;
    PARK_TRY(park_program_explain(&f->program, &tree, arena, &conflict, err));
    int32_t *index   = PARK_ARRAY(arena, f->statements, int32_t);
    design->conflict = PARK_ARRAY(arena, conflict.count, park_conflict_line);
    if (index == NULL || design->conflict == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the explanation");
    PARK_TRY(park_design_statements(f, arena, design, index, err));
    for (size_t i = 0; i < conflict.count; i++) {
        int32_t at = conflict.statement[i];
        design->conflict[i] =
            (park_conflict_line){.statement  = index[at],
                                 .relaxation = own(f, at, conflict.relaxation[i], conflict.relaxed[i]),
                                 .asked      = f->asked[at],
                                 .missed     = own(f, at, conflict.missed[i], conflict.elastic)};
    }
    design->conflicts            = conflict.count;
    design->conflict_irreducible = conflict.irreducible;
    return PARK_OK;
}

/* ---- the public call ------------------------------------------------------------------------------------------------------ */

static bool margins_fit(const park_margins *m, const park_model *model)
{
    return m == NULL ||
           (m->seasons == model->time.seasons && m->inlets == model->inlets && m->outlets == model->outlets &&
            m->links == model->links && m->units == model->units && m->constituents == model->constituents);
}

park_status park_solve_any(const park_model *model, const park_design_settings *settings, park_arena *arena,
                           park_design **design, park_findings *findings, park_error *err)
{
    bool              cut;
    park_solve_limits limits = {
        .seconds = settings->time_limit, .work = settings->work_limit, .cutoff = INFINITY};
    if (model->economics.stages > 1 && model->robust == PARK_ROBUST_NONE)
        return park_solve_staged(model, settings, arena, design, findings, err);
    if (park_solve_chooses(model))
        return park_solve_retrofits(model, settings, arena, design, findings, err);
    return park_solve_park(model, settings, &limits, arena, design, &cut, findings, err);
}

park_status park_design_solve(const park_model *model, const park_design_settings *settings,
                              park_arena *arena, park_design **design, park_findings *findings,
                              park_error *err)
{
    if (!model->frozen)
        return PARK_FAIL(err, PARK_E_RANGE, "the park must be frozen before it is optimized");
    if (!margins_fit(settings->margins, model))
        return PARK_FAIL(err, PARK_E_RANGE, "the margins have the shape of another park");
    park_targets_check(model, findings);
    if (model->front_points > 0)
        PARK_TRY(park_solve_front(model, settings, arena, design, findings, err));
    else if (model->robust != PARK_ROBUST_NONE)
        PARK_TRY(park_solve_robust(model, settings, arena, design, findings, err));
    else
        PARK_TRY(park_solve_any(model, settings, arena, design, findings, err));
    if ((*design)->status == PARK_DESIGN_INFEASIBLE && (*design)->link_flow == NULL)
        PARK_TRY(park_solve_explain((*design)->model, settings, fmin(settings->time_limit, 30.0), arena,
                                    *design, err));
    return PARK_OK;
}
