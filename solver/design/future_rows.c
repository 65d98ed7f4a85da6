/*
 * future_rows.c - the worst of several futures as a column (docs/math/optimization.md, O72-O74).
 *
 *     worst     t >= running_w(x)                     for every future w that may come         (O73)
 *     regret    t >= running_w(x) - best_w + shift,   shift = max best_w                       (O74)
 *
 * What stands costs the same in every future, so it stays out of the rows: the objective is standing(x) + t.
 */
#include "design/formulation.h"

double park_future_shift(const park_formulation *f)
{
    double shift = 0.0;
    for (size_t w = 0; f->robust == PARK_ROBUST_REGRET && w < f->super->futures; w++)
        if (f->super->probability[w] > 0.0)
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
    size_t            cols  = f->program.cols;
    double           *coef  = PARK_ARRAY(f->arena, super->futures * cols, double);
    double           *right = PARK_ARRAY(f->arena, super->futures, double), lo = INFINITY, hi = -INFINITY;
    f->worst_row = PARK_ARRAY(f->arena, super->futures, int32_t);
    if (coef == NULL || right == NULL || f->worst_row == NULL) {
        f->failed = true;
        return;
    }
    double shift = park_future_shift(f);
    for (size_t w = 0; w < super->futures; w++) {
        double least, most;
        f->worst_row[w] = -1;
        if (!(super->probability[w] > 0.0))
            continue;
        park_formulation_running(f, f->kind, (int32_t)w, coef + w * cols, &right[w]);
        if (f->robust == PARK_ROBUST_REGRET)
            right[w] += (shift - f->best[w]) * f->rate_unit;
        activity(f, coef + w * cols, right[w], &least, &most);
        lo = fmin(lo, least), hi = fmax(hi, most);
    }
    f->worst = park_formulate_col(f, PARK_COL_OTHER, lo - 1.0, hi + 1.0);
    for (size_t w = 0; w < super->futures && !f->failed; w++) {
        park_sum sum = {0};
        if (!(super->probability[w] > 0.0))
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
    for (size_t w = 0; f->worst >= 0 && w < f->super->futures; w++) {
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

double park_future_value(park_formulation *f, park_objective_kind kind, int32_t w, const double *x)
{
    double *run   = PARK_ARRAY(f->arena, f->program.cols, double),
           *stand = PARK_ARRAY(f->arena, f->program.cols, double), a, b;
    if (run == NULL || stand == NULL)
        return NAN;
    park_formulation_running(f, kind, w, run, &a);
    park_formulation_standing(f, kind, stand, &b);
    double sum = a + b;
    for (size_t j = 0; j < f->program.cols; j++)
        sum += (run[j] + stand[j]) * x[j];
    return sum / f->rate_unit;
}
