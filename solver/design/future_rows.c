/*
 * future_rows.c - the worst of several futures as a column (docs/math/optimization.md, O72-O74).
 *
 *     worst     t >= running_w(x)                     for every future w that may come         (O73)
 *     regret    t >= running_w(x) - best_w + shift,   shift = max best_w                       (O74)
 *
 * What stands costs the same in every future, so it stays out of the rows: the objective is standing(x) + t. Of a staged
 * park running_w is the discounted mean over the stages of the future w (O141).
 */
#include "design/formulation.h"

#include <string.h>

size_t park_future_count(const park_formulation *f)
{
    return f->super->futures / f->super->stages;
}

/* What a future costs to run: of a staged park the discounted mean over its stages (O141). work [cols]. */
static void running_in(const park_formulation *f, park_objective_kind kind, size_t w, double *coef,
                       double *constant, double *work)
{
    const park_super *super = f->super;
    size_t            Y = super->stages, cols = f->program.cols;
    *constant = 0.0;
    for (size_t y = 0; y < Y; y++) {
        double part;
        memset(work, 0, cols * sizeof *work);
        park_formulation_running(f, kind, (int32_t)(w * Y + y), work, &part);
        for (size_t j = 0; j < cols; j++)
            coef[j] += super->share[y] * work[j];
        *constant += super->share[y] * part;
    }
}

/* The probability of a future, whatever the stage. */
static double chance_of(const park_super *super, size_t w)
{
    double sum = 0.0;
    for (size_t y = 0; y < super->stages; y++)
        sum += super->probability[w * super->stages + y];
    return sum;
}

double park_future_shift(const park_formulation *f)
{
    double shift = 0.0;
    for (size_t w = 0; f->robust == PARK_ROBUST_REGRET && w < park_future_count(f); w++)
        if (chance_of(f->super, w) > 0.0)
            shift = fmax(shift, f->best[w]);
    return shift;
}

/* The interval of a sum over the columns' boxes. */
static void activity(const park_formulation *f, const double *coef, double constant, double *lo, double *hi)
{
    *lo = *hi = constant;
    for (size_t j = 0; j < f->program.cols; j++) {
        if (coef[j] == 0.0)
            continue;
        double a = coef[j] * f->program.col_lo[j], b = coef[j] * f->program.col_hi[j];
        *lo += fmin(a, b), *hi += fmax(a, b);
    }
}

void park_formulate_futures(park_formulation *f)
{
    const park_super *super = f->super;
    size_t            cols = f->program.cols, count = park_future_count(f);
    double           *coef  = PARK_ARRAY(f->arena, (count + 1) * cols, double);
    double           *right = PARK_ARRAY(f->arena, count, double), lo = INFINITY, hi = -INFINITY;
    f->worst_row = PARK_ARRAY(f->arena, count, int32_t);
    if (coef == NULL || right == NULL || f->worst_row == NULL) {
        f->failed = true;
        return;
    }
    double shift = park_future_shift(f);
    for (size_t w = 0; w < count; w++) {
        double least, most;
        f->worst_row[w] = -1;
        if (!(chance_of(super, w) > 0.0))
            continue;
        running_in(f, f->kind, w, coef + w * cols, &right[w], coef + count * cols);
        if (f->robust == PARK_ROBUST_REGRET)
            right[w] += (shift - f->best[w]) * f->rate_unit;
        activity(f, coef + w * cols, right[w], &least, &most);
        lo = fmin(lo, least), hi = fmax(hi, most);
    }
    f->worst = park_formulate_col(f, PARK_COL_OTHER, lo - 1.0, hi + 1.0);
    for (size_t w = 0; w < count && !f->failed; w++) {
        park_sum sum = {0};
        if (!(chance_of(super, w) > 0.0))
            continue;
        for (size_t j = 0; j < cols; j++)
            park_sum_add(f, &sum, (int32_t)j, -coef[w * cols + j]);
        park_sum_add(f, &sum, f->worst, 1.0);
        sum.constant    = -right[w];
        f->worst_row[w] = park_formulate_row(f, &sum, 0.0, INFINITY, -1, "future");
    }
}

void park_future_write(const park_formulation *f, double *x)
{
    const park_program *p     = &f->program;
    double              worst = -INFINITY;
    for (size_t w = 0; f->worst >= 0 && w < park_future_count(f); w++) {
        int32_t r = f->worst_row[w];
        if (r < 0)
            continue;
        double need = p->row_lo[r];
        for (size_t e = p->start[r]; e < p->start[r + 1]; e++)
            if (p->index[e] != f->worst)
                need -= p->value[e] * x[p->index[e]];
        worst = fmax(worst, need);
    }
    if (f->worst >= 0)
        x[f->worst] = worst;
}

/* run . x, and what stands. */
static double with_standing(park_formulation *f, park_objective_kind kind, const double *run, double constant,
                            const double *x)
{
    double *stand = PARK_ARRAY(f->arena, f->program.cols, double), other;
    if (stand == NULL)
        return NAN;
    park_formulation_standing(f, kind, stand, &other);
    double sum = constant + other;
    for (size_t j = 0; j < f->program.cols; j++)
        sum += (run[j] + stand[j]) * x[j];
    return sum / f->rate_unit;
}

double park_future_value(park_formulation *f, park_objective_kind kind, int32_t w, const double *x)
{
    double *run  = PARK_ARRAY(f->arena, f->program.cols, double),
           *work = PARK_ARRAY(f->arena, f->program.cols, double), constant;
    if (run == NULL || work == NULL)
        return NAN;
    if (w < 0)
        park_formulation_running(f, kind, -1, run, &constant);
    else
        running_in(f, kind, (size_t)w, run, &constant, work);
    return with_standing(f, kind, run, constant, x);
}

double park_stage_value(park_formulation *f, park_objective_kind kind, int32_t w, size_t stage,
                        const double *x)
{
    const park_super *super = f->super;
    size_t            cols = f->program.cols, Y = super->stages;
    double           *run = PARK_ARRAY(f->arena, cols, double), *work = PARK_ARRAY(f->arena, cols, double);
    double            constant = 0.0;
    if (run == NULL || work == NULL)
        return NAN;
    for (size_t v = 0; v < park_future_count(f); v++) {
        double part, chance = w >= 0 ? (double)((size_t)w == v) : chance_of(super, v);
        if (!(chance > 0.0))
            continue;
        memset(work, 0, cols * sizeof *work);
        park_formulation_running(f, kind, (int32_t)(v * Y + stage), work, &part);
        for (size_t j = 0; j < cols; j++)
            run[j] += chance * work[j];
        constant += chance * part;
    }
    return with_standing(f, kind, run, constant, x);
}
