/*
 * What the user's statements are worth at a design; Eq. (O85)-(O89) of docs/math/optimization.md.
 *
 * The design's choices are kept (kept.c), its flows set free and moved to a point where no small change helps: the base.
 * Every statement that the base touches (touch.c) is then moved by its unit, looser and tighter, in the park itself, the
 * program is written anew and solved from the base. Differences of objectives are the answer; the multipliers of the
 * base's linear program stand beside it. A tighter problem whose plan is better than the base shows that the base was
 * not the best: then all starts again from there.
 */
#include <parkwater/worth.h>

#include "base/clock.h"
#include "design/descent.h"
#include "design/kept.h"
#include "design/local.h"
#include "design/relax.h"
#include "design/solve.h"
#include "design/targets.h"
#include "design/touch.h"
#include "units/moved.h"

#include <stdlib.h>
#include <string.h>

enum { REBASES = 3, DOUBLINGS = 3, POLISHES = 4 };
static const double SAME  = 1e-9; /* relative: objectives that differ by less are one */
static const double HOLDS = 0.05; /* relative: a worth that changes by less still holds */
static const double SHARE = 0.1;  /* of a statement's value: the largest step */
static const double EXACT = 1e-6; /* relative: the duals reproduce the objective */

void park_worth_settings_default(park_worth_settings *settings)
{
    *settings = (park_worth_settings){
        .seconds = INFINITY, .work_limit = 4000000, .most = 40, .gap = 1e-2, .threads = 1, .seed = 1};
}

/* A problem written down, and its best point known. */
typedef struct spot {
    park_arena       *arena;
    park_formulation *f;
    double           *x;     /* [cols] NULL: none found */
    double            z;     /* of x, program units */
    park_design       flows; /* what another spot may start from */
} spot;

typedef struct judge {
    const park_worth_settings *settings;
    const park_design         *design;
    park_model                *kept;
    double                     sunk; /* what the kept choices cost [CNY/a] */
    double                     started;
    uint64_t                   work;
    park_worth_stop            stopped;
} judge;

/* What ended it stays. */
static bool spent(judge *j)
{
    if (j->stopped != PARK_WORTH_WHOLE)
        return true;
    if (park_cancel_why(j->settings->cancel) != 0)
        j->stopped = PARK_WORTH_INTERRUPT;
    else if (park_clock_seconds() - j->started > j->settings->seconds)
        j->stopped = PARK_WORTH_TIME;
    else if (j->work >= j->settings->work_limit)
        j->stopped = PARK_WORTH_WORK;
    return j->stopped != PARK_WORTH_WHOLE;
}

/* Linear programs end with what is left. */
static void end_lp(const judge *j, park_lp *lp)
{
    park_lp_set_deadline(lp, j->started + j->settings->seconds);
    park_lp_set_cancel(lp, j->settings->cancel);
}

/* ---- solving one problem from a known plan (O87) --------------------------------------------------------------------- */

static park_status write_down(judge *j, const park_model *model, spot *s, park_error *err)
{
    park_super        *super;
    park_super_options options = {.box_times = 3.0};
    *s                         = (spot){.arena = park_arena_new(), .z = INFINITY};
    if (s->arena == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the worth of statements");
    park_targets_trace(model, options.tracer);
    PARK_TRY(park_super_make(model, j->settings->margins, &options, s->arena, &super, err));
    PARK_TRY(park_formulation_make(super, model->objective[0], s->arena, &s->f, err));
    if (j->design->front != NULL) { /* the point of a front: the other objective stays where it is */
        const park_front *front = j->design->front;
        double            value = front->point[front->chosen].value[0],
               gone             = front->kind[0] == PARK_MIN_COST ? j->sunk : 0.0;
        PARK_TRY(
            park_formulation_hold(s->f, front->kind[0], value - gone + 1e-6 * fmax(fabs(value), 1.0), err));
    }
    s->f->program.recheck = park_plan_recheck;
    s->f->program.user    = s->f;
    return PARK_OK;
}

static void take(spot *s, const double *x, double z)
{
    if (s->x == NULL)
        s->x = PARK_ARRAY(s->arena, s->f->program.cols, double);
    if (s->x != NULL && z < s->z)
        memcpy(s->x, x, s->f->program.cols * sizeof *x), s->z = z;
}

/* Successive linear programs both ways, again while they gain. */
static park_status polish(judge *j, spot *s, double *start)
{
    const park_program *p = &s->f->program;
    park_local          local;
    park_box            box = {p->col_lo, p->col_hi};
    double             *x   = PARK_ARRAY(s->arena, p->cols, double), z;
    PARK_TRY(park_local_make(&local, p, s->arena));
    if (x == NULL) {
        park_local_free(&local);
        return PARK_E_MEMORY;
    }
    end_lp(j, local.lp);
    local.work_limit = j->settings->work_limit > j->work ? j->settings->work_limit - j->work : 1;
    for (int round = 0; round < POLISHES && !park_lp_over(local.lp); round++) {
        double before = s->z;
        for (int limits = 1; limits >= 0; limits--)
            if (park_local_search(&local, &box, s->x != NULL ? s->x : start, limits == 1, x, &z))
                take(s, x, z);
        if (s->x == NULL || before - s->z <= SAME * fmax(fabs(s->z), 1.0))
            break;
    }
    j->work += local.work;
    park_local_free(&local);
    return PARK_OK;
}

/* What others start from. */
static park_status remember(spot *s, const park_model *model)
{
    park_plan *plan = park_plan_new(s->f, s->arena);
    if (plan == NULL)
        return PARK_E_MEMORY;
    if (!park_plan_read(plan, s->x, false))
        return PARK_E_NUMERIC;
    s->flows = (park_design){.model       = model,
                             .link_flow   = plan->link_flow,
                             .outlet_flow = plan->outlet_flow,
                             .volume      = plan->volume};
    return PARK_OK;
}

static park_status solve(judge *j, const park_model *model, const park_design *from, spot *s, park_error *err)
{
    double z;
    PARK_TRY(write_down(j, model, s, err));
    double *start = park_solve_start(s->f, from), *copy;
    if (start == NULL)
        return PARK_OK; /* no plan of this problem is near */
    copy = PARK_ARRAY(s->arena, s->f->program.cols, double);
    if (copy == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the worth of statements");
    memcpy(copy, start, s->f->program.cols * sizeof *copy);
    if (park_plan_recheck(s->f, copy, &z))
        take(s, copy, z);
    PARK_TRY(polish(j, s, start));
    if (s->x == NULL && !spent(j)) { /* the next plan that keeps the limits may lie farther off */
        park_search_end end = {.deadline = j->started + j->settings->seconds,
                               .cancel   = j->settings->cancel,
                               .most     = j->settings->work_limit - j->work,
                               .stands   = true}; /* an answer without it is one, too */
        if (park_descent_start(s->f, start, &end, copy, &z))
            take(s, copy, z);
        j->work += end.took;
        if (end.early)
            (void)spent(j);
        if (s->x != NULL)
            PARK_TRY(polish(j, s, start));
    }
    if (s->x != NULL && remember(s, model) != PARK_OK)
        s->x = NULL;
    return PARK_OK;
}

/* ---- multipliers (O88) ------------------------------------------------------------------------------------------------- */

typedef struct multipliers {
    double *row, *col; /* [rows], [cols] */
    bool    check;     /* they reproduce the objective */
} multipliers;

static park_status add_item(park_lp *lp, double lo, double hi, size_t count, const int32_t *index,
                            const double *value)
{
    return park_lp_add_row(lp, lo, hi, count, index, value, NULL);
}

/* The program with products and concave costs replaced by their tangents at x. */
static park_status linearized(const park_program *p, const double *x, park_lp *lp)
{
    PARK_TRY(park_lp_load(lp, p->rows, p->cols, p->row_lo, p->row_hi, p->start, p->index, p->value, p->col_lo,
                          p->col_hi, p->cost, NULL));
    for (size_t i = 0; i < p->products; i++) {
        const park_product *m = &p->product[i];
        double              f = x[m->flow], c = x[m->conc];
        PARK_TRY(
            add_item(lp, -f * c, -f * c, 3, (int32_t[]){m->w, m->conc, m->flow}, (double[]){1.0, -f, -c}));
    }
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *k = &p->concave[i];
        double at = fmax(x[k->x], 1e-9), g = park_concave_value(k, at), slope = k->exponent * g / at;
        PARK_TRY(add_item(lp, g - slope * at, INFINITY, 2, (int32_t[]){k->t, k->x}, (double[]){1.0, -slope}));
    }
    return PARK_OK;
}

static park_status multiply(judge *j, const spot *s, multipliers *m)
{
    const park_program *p  = &s->f->program;
    park_lp            *lp = park_lp_new();
    park_status         status;
    *m = (multipliers){.row = PARK_ARRAY(s->arena, p->rows, double),
                       .col = PARK_ARRAY(s->arena, p->cols, double)};
    if (lp == NULL || m->row == NULL || m->col == NULL)
        status = PARK_E_MEMORY;
    else
        status = linearized(p, s->x, lp);
    if (lp != NULL)
        end_lp(j, lp);
    if (status == PARK_OK && !park_lp_over(lp) && park_lp_solve(lp, NULL, 0) == PARK_LP_OPTIMAL) {
        double z = park_lp_objective(lp) + p->constant;
        m->check = fabs(z - s->z) <= EXACT * fmax(fabs(s->z), 1.0);
        memcpy(m->row, park_lp_dual(lp), p->rows * sizeof *m->row);
        memcpy(m->col, park_lp_reduced(lp), p->cols * sizeof *m->col);
    }
    if (lp != NULL)
        j->work += (uint64_t)park_lp_iterations(lp);
    park_lp_free(lp);
    return status;
}

static double activity(const park_program *p, size_t r, const double *x)
{
    double sum = 0.0;
    for (size_t e = p->start[r]; e < p->start[r + 1]; e++)
        sum += p->value[e] * x[p->index[e]];
    return sum;
}

static double side(double multiplier, double lo, double hi)
{
    double at = multiplier > 0.0 ? lo : hi;
    return isfinite(at) ? at : 0.0;
}

/* (O88) Change of the Lagrangian from the base's program to another one of the same columns and rows, at the base's point:
 * every row, coefficient and derived box that the statement moves is counted. NAN when they do not match. */
static double lagrangian(const spot *base, const multipliers *m, const park_program *q)
{
    const park_program *p   = &base->f->program;
    double              sum = q->constant - p->constant;
    if (!m->check || p->cols != q->cols || p->rows != q->rows || p->products != q->products)
        return NAN;
    for (size_t r = 0; r < p->rows; r++)
        if (m->row[r] != 0.0)
            sum += m->row[r] * (side(m->row[r], q->row_lo[r], q->row_hi[r]) -
                                side(m->row[r], p->row_lo[r], p->row_hi[r]) - activity(q, r, base->x) +
                                activity(p, r, base->x));
    for (size_t i = 0; i < p->cols; i++) {
        if (p->col_class[i] != q->col_class[i])
            return NAN;
        sum += (q->cost[i] - p->cost[i]) * base->x[i];
        if (m->col[i] != 0.0)
            sum += m->col[i] * (side(m->col[i], q->col_lo[i], q->col_hi[i]) -
                                side(m->col[i], p->col_lo[i], p->col_hi[i]));
    }
    return sum;
}

/* ---- one statement ---------------------------------------------------------------------------------------------------- */

static double step_of(const park_worth_line *line)
{
    double most = SHARE * fabs(line->asked);
    return most > 0.0 && line->unit > most ? most : line->unit;
}

static park_model *moved(const judge *j, const park_worth_line *line, double by, park_move *move,
                         park_arena *arena)
{
    *move = (park_move){.path = line->path, .by = line->lower ? -by : by, .upper = !line->lower};
    return park_model_moved(j->kept, move, arena);
}

/* The dual of a line alone, by writing its program down. */
static park_status find_dual(judge *j, const spot *base, const multipliers *m, park_worth_line *line,
                             park_error *err)
{
    park_arena *arena = park_arena_new();
    park_move   move;
    spot        there;
    park_model *model  = moved(j, line, line->step, &move, arena);
    park_status status = model == NULL ? PARK_E_MEMORY : write_down(j, model, &there, err);
    if (status == PARK_OK)
        line->dual = -lagrangian(base, m, &there.f->program) / base->f->rate_unit * line->unit / line->step;
    if (model != NULL)
        park_arena_free(there.arena);
    park_arena_free(arena);
    return status == PARK_E_RANGE ? PARK_OK : status; /* moved so far the park makes no sense: no dual */
}

/* Objective with the statement looser by `by` (tighter when negative): INFINITY when no plan was found. */
static park_status try_at(judge *j, const spot *base, const park_worth_line *line, double by, spot *there,
                          park_error *err)
{
    park_arena *arena = park_arena_new();
    park_move   move;
    park_model *model  = moved(j, line, by, &move, arena);
    park_status status = model == NULL ? PARK_E_MEMORY : solve(j, model, &base->flows, there, err);
    if (model != NULL && there->arena != NULL &&
        park_arena_adopt(there->arena, arena, (void (*)(void *))park_arena_free) != PARK_OK)
        status = PARK_E_MEMORY; /* the spot speaks of the moved model */
    if (status == PARK_E_RANGE)
        there->x = NULL, there->z = INFINITY, status = PARK_OK;
    return status;
}

/* By solving again, as far as the limits allow: what a limit cut short is not told. `better`: the tighter problem's plan when it beats the base. */
static park_status solve_line(judge *j, const spot *base, park_worth_line *line, spot *better, bool *rebase,
                              park_error *err)
{
    double per = line->unit / line->step / base->f->rate_unit, noise = SAME * fmax(fabs(base->z), 1.0);
    spot   there;
    PARK_TRY(try_at(j, base, line, -line->step, &there, err));
    if (spent(j)) {
        park_arena_free(there.arena);
        return PARK_OK;
    }
    if (there.z < base->z - 10.0 * noise) {
        *better = there, *rebase = true;
        return PARK_OK;
    }
    line->tighter = isfinite(there.z) ? fmax(there.z - base->z, 0.0) * per : INFINITY;
    park_arena_free(there.arena);
    for (int k = 0, times = 1; k <= DOUBLINGS && !spent(j); k++, times *= 2) {
        PARK_TRY(try_at(j, base, line, times * line->step, &there, err));
        double gain = fmax(base->z - fmin(there.z, base->z), 0.0);
        double rate = (gain > noise ? gain : 0.0) * per / times;
        park_arena_free(there.arena);
        if (spent(j))
            break;
        if (k == 0)
            line->looser = rate, line->holds = line->step;
        else if (fabs(rate - line->looser) <= HOLDS * line->looser)
            line->holds = times * line->step;
        else
            break;
        if (!(rate > 0.0))
            break;
    }
    return PARK_OK;
}

static int by_dual(const void *a, const void *b)
{
    const park_worth_line *x = a, *y = b;
    double p = isnan(x->dual) ? INFINITY : fabs(x->dual), q = isnan(y->dual) ? INFINITY : fabs(y->dual);
    return p != q ? (p > q ? -1 : 1) : strcmp(x->path, y->path);
}

static double rank_of(const park_worth_line *line)
{
    return isfinite(line->looser) ? line->looser : isfinite(line->dual) ? line->dual : 0.0;
}

static int by_worth(const void *a, const void *b)
{
    const park_worth_line *x = a, *y = b;
    double                 p = rank_of(x), q = rank_of(y);
    if (p != q)
        return p > q ? -1 : 1;
    p = isnan(x->tighter) ? 0.0 : x->tighter, q = isnan(y->tighter) ? 0.0 : y->tighter;
    return p != q ? (p > q ? -1 : 1) : strcmp(x->path, y->path);
}

/* ---- the whole ---------------------------------------------------------------------------------------------------------- */

static park_status list_lines(judge *j, spot *base, park_touches *touches, park_error *err)
{
    const size_t cols = base->f->program.cols;
    park_plan   *plan = park_plan_new(base->f, base->arena);
    double      *x    = PARK_ARRAY(base->arena, cols, double);
    touches->count    = 0;
    if (plan == NULL || x == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the worth of statements");
    memcpy(x, base->x, cols * sizeof *x);
    if (!park_plan_read(plan, x, false))
        return PARK_FAIL(err, PARK_E_NUMERIC, "the plan cannot be worked out again: %s", plan->where);
    park_touch_list(base->f, plan, base->x, j->design->model, touches);
    if (touches->failed)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the worth of statements");
    for (size_t i = 0; i < touches->count; i++)
        touches->line[i].step = step_of(&touches->line[i]);
    return PARK_OK;
}

/* Everything from one base; *rebase with the better spot when there is one. */
static park_status judge_base(judge *j, spot *base, park_touches *touches, park_worth *worth, spot *better,
                              bool *rebase, park_error *err)
{
    multipliers m;
    *rebase = false;
    PARK_TRY(list_lines(j, base, touches, err));
    PARK_TRY(multiply(j, base, &m));
    worth->stationary = m.check;
    for (size_t i = 0; i < touches->count && m.check && !spent(j); i++)
        PARK_TRY(find_dual(j, base, &m, &touches->line[i], err));
    if (touches->count > 0)
        qsort(touches->line, touches->count, sizeof *touches->line, by_dual);
    for (size_t i = 0; i < touches->count && i < j->settings->most && !*rebase && !spent(j); i++)
        PARK_TRY(solve_line(j, base, &touches->line[i], better, rebase, err));
    return PARK_OK;
}

static void place_lines(const park_model *model, park_worth *worth)
{
    for (size_t i = 0; i < worth->lines; i++)
        park_design_locate(model, worth->line[i].path, &worth->line[i].place);
}

static park_status worth_in(judge *j, park_arena *arena, park_worth *worth, park_error *err)
{
    const park_design *design  = j->design;
    park_touches       touches = {.arena = arena};
    spot               base, better;
    bool               rebase = true;
    PARK_TRY(park_design_keep(design, j->settings->margins, arena, &j->kept, &j->sunk, err));
    park_design from = {.model       = j->kept,
                        .link_flow   = design->link_flow,
                        .outlet_flow = design->outlet_flow,
                        .volume      = design->volume};
    PARK_TRY(solve(j, j->kept, &from, &base, err));
    if (base.x == NULL) {
        park_arena_free(base.arena);
        return PARK_FAIL(err, PARK_E_NUMERIC, "the plan cannot be found again with its choices kept");
    }
    for (int round = 0; round < REBASES && rebase; round++) {
        PARK_TRY(judge_base(j, &base, &touches, worth, &better, &rebase, err));
        if (!rebase)
            break;
        spot next;
        better.flows.model = j->kept;
        PARK_TRY(solve(j, j->kept, &better.flows, &next, err));
        park_arena_free(better.arena);
        if (next.x == NULL || !(next.z < base.z)) {
            park_arena_free(next.arena);
            break;
        }
        park_arena_free(base.arena);
        base = next;
    }
    worth->lines = touches.count, worth->line = touches.line;
    worth->base     = base.z / base.f->rate_unit + (design->objective_kind == PARK_MIN_COST ? j->sunk : 0.0);
    worth->improved = fmax(design->objective - worth->base, 0.0);
    worth->complete = !rebase;
    for (size_t i = 0; i < worth->lines; i++)
        worth->open += isnan(worth->line[i].looser);
    worth->complete = worth->complete && worth->open == 0;
    if (worth->lines > 0)
        qsort(worth->line, worth->lines, sizeof *worth->line, by_worth);
    place_lines(design->model, worth);
    park_arena_free(base.arena);
    return PARK_OK;
}

park_status park_design_worth(const park_design *design, const park_worth_settings *settings,
                              park_arena *arena, park_worth **result, park_error *err)
{
    judge       j     = {.settings = settings, .design = design, .started = park_clock_seconds()};
    park_worth *worth = PARK_NEW(arena, park_worth);
    if (worth == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the worth of statements");
    if (design->link_flow == NULL)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the design holds no plan; only a solved design has statements to judge");
    worth->objective_kind = design->objective_kind, worth->objective_unit = design->unit;
    PARK_TRY(worth_in(&j, arena, worth, err));
    worth->work         = j.work;
    worth->stopped      = worth->open > 0 ? j.stopped : PARK_WORTH_WHOLE;
    worth->reproducible = j.stopped != PARK_WORTH_TIME && j.stopped != PARK_WORTH_INTERRUPT;
    worth->seconds      = park_clock_seconds() - j.started;
    *result             = worth;
    return PARK_OK;
}
