/*
 * stages.c - a design whose investment is staged over the years of its budget (docs/math/optimization.md, O77-O80): the
 * program over all stages, the plan of the last one, and what is built when.
 */
#include "design/combination.h"
#include "design/stages.h"

#include "base/clock.h"
#include "design/costs.h"
#include "design/solve.h"

#include <string.h>

static const double UNTIL_WHOLE = 0.9; /* of the time: the rest is for the plan of the last stage */
static const double PLAN_SHARE  = 0.25;

static double yearly_of_retrofits(const park_design *design)
{
    double sum = 0.0;
    for (size_t i = 0; i < design->cost_lines; i++)
        if (design->cost[i].kind == PARK_COST_RETROFIT)
            sum += design->cost[i].yearly;
    return sum;
}

static park_status whole(const park_model *model, const park_design_settings *settings, park_arena *arena,
                         park_design **design, park_findings *findings, park_error *err)
{
    bool                 cut;
    park_design_settings part   = *settings;
    park_solve_limits    limits = {.work = settings->work_limit, .cutoff = INFINITY};
    part.time_limit = limits.seconds = UNTIL_WHOLE * settings->time_limit;
    if (park_solve_chooses(model))
        return park_solve_retrofits(model, &part, arena, design, findings, err);
    return park_solve_park(model, &part, &limits, arena, design, &cut, findings, err);
}

/* Where an objective is held besides the one that is made least, the plan of the last stage keeps the one of the two that
 * is no cost, and the other falls: so both stay what they were. */
static bool hold(const park_design_settings *settings, park_formulation *f, const double *x,
                 park_design_settings *part, park_model *model)
{
    static const double ROOM = 1e-9;
    part->held_kind          = settings->held_kind != PARK_MIN_COST ? settings->held_kind : f->kind;
    model->objective[0]      = settings->held_kind != PARK_MIN_COST ? f->kind : settings->held_kind;
    double value             = park_stage_value(f, part->held_kind, 0, f->super->stages - 1, x);
    part->held_most          = value + ROOM * fmax(fabs(value), 1.0);
    return isfinite(value);
}

/* The last stage as a park with everything standing: a plan that can be told. */
static park_status last_plan(const park_design *found, const park_design_settings *settings,
                             park_formulation *f, const double *x, double seconds, park_arena *arena,
                             park_design **answer, park_findings *findings, park_error *err)
{
    bool                 cut;
    const park_outlook  *o        = found->outlook;
    const park_design   *last     = o->future[o->futures - 1].design;
    park_standing        standing = {found->unit_size, found->unit_built, found->link_size, found->link_used};
    park_model          *model    = PARK_NEW(arena, park_model);
    park_design_settings part     = *settings;
    park_solve_limits    limits   = {
             .seconds = fmax(seconds, 0.05), .work = settings->work_limit, .cutoff = INFINITY};
    if (model == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages");
    *model = *last->model;
    part.gap *= PLAN_SHARE;
    part.standing = &standing, part.start = last, part.known_bound = -INFINITY, part.progress = NULL;
    part.held = settings->held && hold(settings, f, x, &part, model);
    return park_solve_park(model, &part, &limits, arena, answer, &cut, findings, err);
}

static double sum_at(const park_sum *sum, const double *x)
{
    double value = sum->constant;
    for (size_t i = 0; i < sum->count; i++)
        value += sum->coef[i] * x[sum->col[i]];
    return value;
}

/* From which stage on something stands that costs `capital`: the first whose column is 1, else the last. */
static int32_t stage_of(const park_formulation *f, const int32_t *stand, size_t at, size_t stride,
                        double capital, const double *x)
{
    if (!(capital > 0.0))
        return -1;
    for (size_t y = 0; stand[at] >= 0 && y + 1 < f->super->stages; y++)
        if (x[stand[y * stride + at]] > 0.5)
            return (int32_t)y;
    return (int32_t)f->super->stages - 1;
}

/* What the retrofits that stand in a stage cost: invested, and a year. */
static void retrofits_by(const park_model *model, const park_design *found, size_t stage, double *capital,
                         double *yearly)
{
    *capital = *yearly = 0.0;
    for (size_t i = 0; found->retrofit_from != NULL && i < model->retrofits; i++)
        if (found->retrofit_from[i] >= 0 && (size_t)found->retrofit_from[i] <= stage) {
            *capital += park_retrofit_capital(model, (int32_t)i);
            *yearly += park_retrofit_yearly(model, (int32_t)i);
        }
}

static park_staging *staging_new(park_arena *arena, const park_super *super)
{
    size_t        Y = super->stages, W = super->futures / Y, U = super->units, L = super->links;
    park_staging *g       = PARK_NEW(arena, park_staging);
    double       *numbers = PARK_ARRAY(arena, (3 + W) * Y + U + L, double);
    int32_t      *from    = PARK_ARRAY(arena, U + L, int32_t);
    if (g == NULL || numbers == NULL || from == NULL)
        return NULL;
    *g = (park_staging){.stages       = Y,
                        .futures      = W,
                        .share        = numbers,
                        .spent        = numbers + Y,
                        .running      = numbers + 2 * Y,
                        .running_in   = numbers + 3 * Y,
                        .unit_capital = numbers + (3 + W) * Y,
                        .link_capital = numbers + (3 + W) * Y + U,
                        .unit_from    = from,
                        .link_from    = from + U};
    return g;
}

/* What is invested in each unit and connection, and when. */
static void invested(park_staging *g, park_formulation *f, const double *x)
{
    size_t U = f->super->units, L = f->super->links;
    for (size_t u = 0; u < U; u++) {
        park_sum sum = {0};
        park_sum_unit_capital(f, &sum, u, 1.0);
        g->unit_capital[u] = sum_at(&sum, x);
        g->unit_from[u]    = stage_of(f, f->stand + u, 0, U, g->unit_capital[u], x);
    }
    for (size_t l = 0; l < L; l++) {
        park_sum sum = {0};
        park_sum_link_capital(f, &sum, l, 1.0);
        g->link_capital[l] = sum_at(&sum, x);
        g->link_from[l]    = stage_of(f, f->stand_link + l, 0, L, g->link_capital[l], x);
    }
}

/* Budgets are those of the park as written: `model`. */
park_status park_staging_of(const park_model *model, park_formulation *f, const double *x,
                            const park_design *found, park_arena *arena, park_staging **result,
                            park_error *err)
{
    const park_super *super  = f->super;
    park_staging     *g      = staging_new(arena, super);
    double           *stands = PARK_ARRAY(arena, f->program.cols, double), constant;
    if (g == NULL || stands == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages");
    g->year = model->economics.stage_year, g->budget = model->economics.stage_budget;
    invested(g, f, x);
    park_formulation_standing(f, f->kind, stands, &constant);
    for (size_t j = 0; j < f->program.cols; j++)
        constant += stands[j] * x[j];
    for (size_t y = 0; y < g->stages; y++) {
        double yearly;
        retrofits_by(model, found, y, &g->spent[y], &yearly);
        double stays  = (f->kind == PARK_MIN_COST ? yearly : 0.0) - constant / f->rate_unit;
        g->share[y]   = super->share[y];
        g->running[y] = park_stage_value(f, f->kind, -1, y, x) + stays;
        for (size_t w = 0; w < g->futures; w++)
            g->running_in[y * g->futures + w] = park_stage_value(f, f->kind, (int32_t)w, y, x) + stays;
        for (size_t u = 0; u < super->units; u++)
            g->spent[y] += g->unit_from[u] >= 0 && g->unit_from[u] <= (int32_t)y ? g->unit_capital[u] : 0.0;
        for (size_t l = 0; l < super->links; l++)
            g->spent[y] += g->link_from[l] >= 0 && g->link_from[l] <= (int32_t)y ? g->link_capital[l] : 0.0;
    }
    g->plans = found->outlook;
    *result  = g;
    return PARK_OK;
}

/* What cost nothing stands from the beginning. */
park_status park_staging_standing(const park_design *design, const park_staging *staging, size_t stage,
                                  park_arena *arena, park_standing *standing, park_error *err)
{
    size_t   U = design->model->units, L = design->model->links;
    double  *size  = PARK_ARRAY(arena, U, double);
    bool    *stand = PARK_ARRAY(arena, U + L, bool);
    int32_t *pipe  = PARK_ARRAY(arena, L, int32_t);
    if (size == NULL || stand == NULL || pipe == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages");
    for (size_t u = 0; u < U; u++) {
        bool here = staging == NULL || staging->unit_from[u] <= (int32_t)stage;
        stand[u] = here && design->unit_built[u], size[u] = here ? design->unit_size[u] : 0.0;
    }
    for (size_t l = 0; l < L; l++) {
        bool here    = staging == NULL || staging->link_from[l] <= (int32_t)stage;
        stand[U + l] = here && design->link_used[l], pipe[l] = here ? design->link_size[l] : -1;
    }
    *standing = (park_standing){size, stand, pipe, stand + U};
    return PARK_OK;
}

/* A stage before the last as a park of its own: its flows as they are, so that its volumes can be judged. NULL: they cannot
 * be told alone, which takes nothing from the plan. */
static const park_design *plan_of(const park_design *part, const park_design_settings *settings,
                                  park_arena *arena)
{
    park_formulation    *f;
    park_design_settings own   = *settings;
    park_model          *model = PARK_NEW(arena, park_model);
    park_error           err   = {0};
    if (model == NULL)
        return NULL;
    *model                  = *part->model;
    model->economics.stages = 0;
    model->economics.budget = INFINITY; /* what stands is judged by the stages' own rows */
    own.margins = settings->margins, own.start = NULL, own.held = false;
    if (park_solve_formulate(model, &own, arena, &f, &err) != PARK_OK)
        return NULL;
    double      *x      = park_solve_start(f, part);
    park_plan   *plan   = park_plan_new(f, arena);
    park_design *design = park_design_new(arena, model);
    if (x == NULL || plan == NULL || design == NULL || !park_plan_read(plan, x, true) ||
        park_design_decode(plan, arena, design, &err) != PARK_OK)
        return NULL;
    return design;
}

park_status park_staging_judge(park_staging *g, const park_design *last, const park_design_settings *settings,
                               park_arena *arena, park_error *err)
{
    g->judged = PARK_ARRAY(arena, g->stages, const park_design *);
    if (g->judged == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages");
    for (size_t y = 0; y + 1 < g->stages; y++)
        g->judged[y] = plan_of(g->plans->future[y].design, settings, arena);
    g->judged[g->stages - 1] = last;
    return PARK_OK;
}

static park_status conclude(const park_model *model, park_design *found, const park_design_settings *settings,
                            double seconds, park_arena *arena, park_design **result, park_findings *findings,
                            park_error *err)
{
    park_formulation *f;
    park_design      *design;
    park_staging     *staging = NULL;
    double            objective, retrofits = yearly_of_retrofits(found);
    double            extra = found->objective_kind == PARK_MIN_COST ? retrofits : 0.0;
    const double      bound = found->bound, root = found->root_bound;
    PARK_TRY(park_solve_formulate(found->outlook->whole, settings, arena, &f, err));
    double *x = park_solve_start(f, found), *other, value;
    if (x == NULL || !park_plan_recheck(f, x, &objective))
        return PARK_FAIL(err, PARK_E_NUMERIC, "the plans of the stages do not hold together");
    PARK_TRY(last_plan(found, settings, f, x, seconds, arena, &design, findings, err));
    if (design->link_flow == NULL)
        return PARK_FAIL(err, PARK_E_NUMERIC, "the last stage has no plan that can be told");
    found->outlook->future[found->outlook->futures - 1].design = design;
    other                                                      = park_solve_start(f, found);
    if (other != NULL && park_plan_recheck(f, other, &value) && value <= objective * (1.0 + 1e-9))
        x = other, objective = value;
    PARK_TRY(park_staging_of(model, f, x, found, arena, &staging, err));
    PARK_TRY(park_staging_judge(staging, design, settings, arena, err));
    PARK_TRY(park_combination_keep(found, arena, design, err));
    design->nodes += found->nodes, design->lps += found->lps, design->work += found->work;
    design->work_shared += found->work_shared;
    design->reproducible = design->reproducible && found->reproducible;
    design->objective    = objective / f->rate_unit + extra;
    for (int kind = 0; kind < PARK_OBJECTIVE_KINDS; kind++)
        design->value[kind] = park_future_value(f, (park_objective_kind)kind, -1, x) +
                              (kind == PARK_MIN_COST ? retrofits : 0.0);
    design->objective_kind = f->kind, design->unit = park_objective_unit(f->kind);
    design->bound = bound, design->root_bound = root;
    design->gap =
        isfinite(bound) ? fabs(design->objective - bound) / fmax(fabs(design->objective), 1e-9) : INFINITY;
    design->status  = design->gap <= fmin(1e-4, settings->gap) ? PARK_DESIGN_OPTIMAL
                      : design->gap <= settings->gap           ? PARK_DESIGN_GAP_REACHED
                                                               : PARK_DESIGN_LIMIT_FEASIBLE;
    design->staging = staging;
    *result         = design;
    return PARK_OK;
}

park_status park_solve_staged(const park_model *model, const park_design_settings *settings,
                              park_arena *arena, park_design **design, park_findings *findings,
                              park_error *err)
{
    double       started = park_clock_seconds();
    park_design *found   = NULL;
    PARK_TRY(whole(model, settings, arena, &found, findings, err));
    *design = found;
    if (found->link_flow != NULL && found->outlook != NULL)
        PARK_TRY(conclude(model, found, settings, settings->time_limit - (park_clock_seconds() - started),
                          arena, design, findings, err));
    (*design)->seconds = park_clock_seconds() - started;
    return PARK_OK;
}
