/* Targets at a price; Eq. (O92) of docs/math/optimization.md. */
#include "design/elastic.h"

#include "base/clock.h"
#include "design/decode.h"
#include "design/descent.h"
#include "design/targets.h"

#include <string.h>

static const double PRICE = 20.0; /* of a m3/h that a target misses, times the dearest flow */
static const double MET   = 1e-6; /* relative: less counts as met */

typedef struct slack {
    park_sum sum; /* >= 0 when the target is kept */
    int32_t  col, target;
    double   size;
} slack;

typedef struct elastic {
    park_formulation *f;
    size_t            slacks;
    slack            *slack;
} elastic;

static double missed_by(const slack *s, const double *x)
{
    double sum = s->sum.constant;
    for (size_t i = 0; i < s->sum.count; i++)
        sum += s->sum.coef[i] * x[s->sum.col[i]];
    return fmax(-sum, 0.0);
}

/* The recheck of plans, with what the targets miss worked out anew. */
static bool recheck(const void *user, double *x, double *objective)
{
    const elastic *e     = user;
    park_arena    *arena = park_arena_new();
    park_plan     *plan  = arena != NULL ? park_plan_new(e->f, arena) : NULL;
    bool           holds = plan != NULL && park_plan_read(plan, x, false);
    if (holds) {
        park_plan_write(plan, x);
        for (size_t i = 0; i < e->slacks; i++)
            x[e->slack[i].col] = missed_by(&e->slack[i], x);
        holds = park_plan_check(plan, x, 1e-8);
    }
    park_arena_free(arena);
    *objective = e->f->program.constant;
    for (size_t j = 0; holds && j < e->f->program.cols; j++)
        *objective += e->f->program.cost[j] * x[j];
    return holds;
}

static double dearest(const park_program *p)
{
    double most = 1.0;
    for (size_t j = 0; j < p->cols; j++)
        if (p->col_class[j] == PARK_COL_FLOW)
            most = fmax(most, fabs(p->cost[j]));
    return most;
}

static park_status add_slacks(elastic *e, const park_model *model, park_error *err)
{
    park_formulation *f     = e->f;
    double            price = PRICE * dearest(&f->program);
    e->slack                = PARK_ARRAY(f->arena, 2 * model->targets + 1, slack);
    if (e->slack == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the targets");
    for (size_t i = 0; i < model->targets; i++)
        for (int upper = 0; upper < 2; upper++) {
            const park_target *target = &model->target[i];
            slack              s      = {.target = (int32_t)i};
            if (!park_target_slack(f, target, upper == 1, upper == 1 ? target->max : target->min, &s.sum))
                continue;
            s.size = fabs(s.sum.constant);
            for (size_t k = 0; k < s.sum.count; k++)
                s.size += fabs(s.sum.coef[k]) * fmin(f->program.col_hi[s.sum.col[k]], 1e6);
            s.col = park_formulate_col(f, PARK_COL_OTHER, 0.0, s.size + 1.0);
            if (s.col < 0)
                break;
            f->program.cost[s.col] = price;
            park_sum row           = {.constant = s.sum.constant};
            for (size_t k = 0; k < s.sum.count; k++)
                park_sum_add(f, &row, s.sum.col[k], s.sum.coef[k]);
            park_sum_add(f, &row, s.col, 1.0);
            park_formulate_row(f, &row, 0.0, INFINITY, -1, "target at a price");
            e->slack[e->slacks++] = s;
        }
    f->program.recheck = recheck, f->program.mend = NULL, f->program.user = e;
    return f->failed ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the targets") : PARK_OK;
}

static park_status told(const elastic *e, double *x, const park_model *model, park_arena *arena,
                        park_design **design, double *missed, bool *met, park_error *err)
{
    park_plan *plan = park_plan_new(e->f, arena);
    *design         = park_design_new(arena, model);
    *missed         = 0.0;
    if (plan == NULL || *design == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the plan");
    for (size_t i = 0; i < model->targets; i++)
        met[i] = true;
    for (size_t i = 0; i < e->slacks; i++) {
        double by = missed_by(&e->slack[i], x);
        *missed += by;
        met[e->slack[i].target] = met[e->slack[i].target] && by <= MET * fmax(e->slack[i].size, 1e-6);
    }
    if (!park_plan_read(plan, x, true))
        return PARK_FAIL(err, PARK_E_NUMERIC, "the answer cannot be worked out in full: %s", plan->where);
    return park_design_decode(plan, arena, *design, err);
}

park_status park_elastic_solve(const park_model *model, const park_worth_settings *settings, double seconds,
                               uint64_t most, park_arena *arena, park_design **design, double *missed,
                               bool *met, uint64_t *work, bool *early, park_error *err)
{
    park_super        *super;
    elastic            e       = {0};
    park_super_options options = {.box_times = 3.0};
    park_tree_settings tree;
    park_tree_result   result;
    park_search_end    end = {
           .deadline = park_clock_seconds() + 0.5 * seconds, .cancel = settings->cancel, .most = most};
    park_model *loose = PARK_NEW(arena, park_model);
    *design           = NULL;
    if (loose == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the park");
    *loose         = *model;
    loose->targets = 0;
    park_targets_trace(model, options.tracer);
    PARK_TRY(park_super_make(loose, settings->margins, &options, arena, &super, err));
    PARK_TRY(park_formulation_make(super, model->objective[0], arena, &e.f, err));
    PARK_TRY(add_slacks(&e, model, err));
    double *x = PARK_ARRAY(arena, e.f->program.cols, double), z;
    if (x == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the park");
    park_tree_settings_default(&tree);
    tree.gap = settings->gap, tree.time_limit = seconds, tree.cancel = settings->cancel;
    tree.threads = settings->threads, tree.seed = settings->seed;
    tree.ranks = settings->ranks;
    if (park_descent_start(e.f, NULL, &end, x, &z) && recheck(&e, x, &z))
        tree.start = x;
    tree.work_limit = most > end.took ? most - end.took : 1;
    PARK_TRY(park_tree_solve(&e.f->program, &tree, arena, &result, err));
    *work  = result.work + end.took;
    *early = end.early || !result.reproducible;
    if (result.x == NULL)
        return PARK_OK;
    return told(&e, result.x, model, arena, design, missed, met, err);
}
