/*
 * stage_rows.c - what stands in which year of a staged investment (docs/math/optimization.md, O77-O80).
 *
 *     z_y in {0,1}, rising:  u stands in stage y;   flows and volumes of stage y  <=  their box x z_y           (O78)
 *     paid_y  >=  K - K_most (1 - z_y),  paid_y >= 0;   sum of paid_y  <=  budget up to y                       (O79)
 *
 * In the last stage all that is built stands: its budget is the one of (O27), and K itself is what is paid.
 */
#include "design/costs.h"
#include "design/formulation.h"
#include "design/stages.h"

static int32_t flag(park_formulation *f)
{
    int32_t col = f->failed ? -1 : park_program_integer(&f->program, 0.0, 1.0, 0.0, NULL);
    f->failed   = f->failed || col < 0;
    return col;
}

static double most_of(const park_formulation *f, const park_sum *sum)
{
    double most = sum->constant;
    for (size_t i = 0; i < sum->count; i++)
        most += sum->coef[i] * f->program.col_hi[sum->col[i]];
    return most;
}

/* z and paid of one thing in all stages but the last; capital as a share of the whole budget. */
static void stage_columns(park_formulation *f, const park_sum *capital, int32_t *stand, int32_t *paid,
                          int32_t *row, size_t stride)
{
    double most = most_of(f, capital);
    for (size_t y = 0; y + 1 < f->super->stages && !f->failed; y++) {
        park_sum sum      = {0};
        stand[y * stride] = flag(f);
        paid[y * stride]  = park_formulate_col(f, PARK_COL_OTHER, 0.0, most);
        if (y > 0) {
            park_sum_add(f, &sum, stand[y * stride], 1.0);
            park_sum_add(f, &sum, stand[(y - 1) * stride], -1.0);
            park_formulate_row(f, &sum, 0.0, INFINITY, -1, "stages in order");
            park_sum_clear(&sum);
        }
        park_sum_add(f, &sum, paid[y * stride], 1.0);
        for (size_t i = 0; i < capital->count; i++)
            park_sum_add(f, &sum, capital->col[i], -capital->coef[i]);
        park_sum_add(f, &sum, stand[y * stride], -most);
        row[y * stride] = park_formulate_row(f, &sum, -most, INFINITY, -1, "paid");
    }
}

/* (O78) What does not stand carries nothing. */
static void stage_flow(park_formulation *f, int32_t col, double hi, int32_t stand)
{
    park_sum sum = {0};
    if (col < 0 || stand < 0)
        return;
    park_sum_add(f, &sum, col, 1.0);
    park_sum_add(f, &sum, stand, -hi);
    park_formulate_row(f, &sum, -INFINITY, 0.0, -1, "stands");
}

static void stage_unit(park_formulation *f, size_t u)
{
    const park_super *super   = f->super;
    const park_map   *map     = PARK_SUPER_FACE(super, 0, u)->map;
    park_sum          capital = {0};
    if (f->size[u] < 0 || !park_needs_capital(map))
        return;
    park_sum_unit_capital(f, &capital, u, 1.0 / super->model->economics.budget);
    stage_columns(f, &capital, f->stand + u, f->paid + u, f->paid_row + u, super->units);
    for (size_t s = 0; s < super->seasons && !f->failed; s++) {
        size_t  y = park_super_stage(super, s / super->per);
        int32_t z = f->stand[y * super->units + u], v = f->volume[PARK_FORM_SU(f, s, u)];
        stage_flow(f, f->unit_flow[PARK_FORM_SU(f, s, u)], PARK_SUPER_FACE(super, s, u)->hi * f->flow_unit,
                   z);
        if (v >= 0)
            stage_flow(f, v, f->program.col_hi[v], z);
    }
    for (size_t y = 0; y + 1 < super->stages && !f->failed;
         y++) /* rain on it and evaporation are constants */
        if (map->own != 0.0)
            f->program.col_lo[f->stand[y * super->units + u]] = 1.0;
}

static void stage_link(park_formulation *f, size_t l)
{
    const park_super *super   = f->super;
    park_sum          capital = {0};
    if (f->pipe[l] < 0 || f->pipe_first[l] < 0)
        return;
    park_sum_link_capital(f, &capital, l, 1.0 / super->model->economics.budget);
    if (!(most_of(f, &capital) > 0.0))
        return;
    stage_columns(f, &capital, f->stand_link + l, f->paid_link + l, f->paid_link_row + l, super->links);
    for (size_t s = 0; s < super->seasons && !f->failed; s++)
        stage_flow(f, f->link_flow[PARK_FORM_SL(f, s, l)],
                   super->link_hi[PARK_FORM_SL(f, s, l)] * f->flow_unit,
                   f->stand_link[park_super_stage(super, s / super->per) * super->links + l]);
}

static bool columns(park_formulation *f)
{
    size_t    Y = f->super->stages, U = f->super->units, L = f->super->links;
    int32_t **column[] = {&f->stand,      &f->paid,      &f->paid_row,
                          &f->stand_link, &f->paid_link, &f->paid_link_row};
    for (size_t i = 0; i < 6; i++) {
        size_t count = Y * (i < 3 ? U : L);
        *column[i]   = PARK_ARRAY(f->arena, count, int32_t);
        if (*column[i] == NULL)
            return false;
        for (size_t k = 0; k < count; k++)
            (*column[i])[k] = -1;
    }
    return true;
}

void park_formulate_stages(park_formulation *f)
{
    const park_super *super = f->super;
    if (!columns(f)) {
        f->failed = true;
        return;
    }
    for (size_t u = 0; u < super->units && !f->failed; u++)
        stage_unit(f, u);
    for (size_t l = 0; l < super->links && !f->failed; l++)
        stage_link(f, l);
    for (size_t y = 0; y + 1 < super->stages && !f->failed; y++) {
        const park_economics *e   = &super->model->economics;
        park_sum              sum = {0};
        for (size_t u = 0; u < super->units; u++)
            park_sum_add(f, &sum, f->paid[y * super->units + u], 1.0);
        for (size_t l = 0; l < super->links; l++)
            park_sum_add(f, &sum, f->paid_link[y * super->links + l], 1.0);
        park_formulate_row(f, &sum, -INFINITY, e->stage_budget[y] / e->budget,
                           park_formulate_statement(f, e->stage_budget[y], 1.0 / e->budget,
                                                    "economics.budget.%d", (int)e->stage_year[y]),
                           "budget of a year");
    }
}

/* ---- points ------------------------------------------------------------------------------------------------------------ */

/* What has to be paid follows from the row. */
static void write_paid(const park_formulation *f, double *x, int32_t col, int32_t r)
{
    const park_program *p = &f->program;
    if (col < 0 || r < 0)
        return;
    double need = p->row_lo[r];
    for (size_t e = p->start[r]; e < p->start[r + 1]; e++)
        if (p->index[e] != col)
            need -= p->value[e] * x[p->index[e]];
    x[col] = fmax(need, 0.0);
}

void park_stage_write(const park_plan *plan, double *x)
{
    const park_formulation *f     = plan->f;
    const park_super       *super = f->super;
    for (size_t y = 0; f->stand != NULL && y + 1 < super->stages; y++) {
        for (size_t u = 0; u < super->units; u++) {
            size_t at = y * super->units + u;
            if (f->stand[at] < 0)
                continue;
            x[f->stand[at]] = park_stage_of_unit(plan, u) <= y || f->program.col_lo[f->stand[at]] > 0.0;
            write_paid(f, x, f->paid[at], f->paid_row[at]);
        }
        for (size_t l = 0; l < super->links; l++) {
            size_t at = y * super->links + l;
            if (f->stand_link[at] < 0)
                continue;
            x[f->stand_link[at]] = park_stage_of_link(plan, l) <= y;
            write_paid(f, x, f->paid_link[at], f->paid_link_row[at]);
        }
    }
}

size_t park_stage_of_unit(const park_plan *plan, size_t u)
{
    const park_super *super = plan->f->super;
    size_t            first = super->stages - 1;
    for (size_t s = 0; s < super->seasons; s++)
        if (plan->unit_flow[PARK_FORM_SU(plan->f, s, u)] > 0.0 ||
            plan->volume[PARK_FORM_SU(plan->f, s, u)] > 0.0) {
            size_t y = park_super_stage(super, s / super->per);
            first    = y < first ? y : first;
        }
    return first;
}

size_t park_stage_of_link(const park_plan *plan, size_t l)
{
    const park_super *super = plan->f->super;
    size_t            first = super->stages - 1;
    for (size_t s = 0; s < super->seasons; s++)
        if (plan->link_flow[PARK_FORM_SL(plan->f, s, l)] > 0.0) {
            size_t y = park_super_stage(super, s / super->per);
            first    = y < first ? y : first;
        }
    return first;
}

/* ---- weights (O77) ------------------------------------------------------------------------------------------------------ */

/* Discounted years of a stage. */
static double years_of(const park_economics *e, size_t stage)
{
    static const double YEAR = 31536000.0;
    int                 last =
        (int)fmax(ceil(e->life / YEAR - 1e-9), (double)(e->stage_year[e->stages - 1] - e->stage_year[0] + 1));
    int    from = e->stage_year[stage] - e->stage_year[0];
    int    to   = stage + 1 < e->stages ? e->stage_year[stage + 1] - e->stage_year[0] : last;
    double sum  = 0.0;
    for (int t = from; t < to; t++)
        sum += pow(1.0 + e->discount, -t);
    return sum;
}

double park_stage_share(const park_model *model, size_t stage)
{
    double sum = 0.0;
    for (size_t y = 0; y < model->economics.stages; y++)
        sum += years_of(&model->economics, y);
    return years_of(&model->economics, stage) / sum;
}

park_status park_stages_make(const park_model *model, park_arena *arena, park_futures **futures,
                             park_error *err)
{
    size_t             stages = model->economics.stages;
    park_model        *one    = PARK_NEW(arena, park_model);
    const park_model **park   = PARK_ARRAY(arena, stages + 1, const park_model *);
    double            *share  = PARK_ARRAY(arena, stages + 1, double);
    if (one == NULL || park == NULL || share == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages");
    if (stages < 2)
        return park_futures_make(model, arena, futures, err);
    *one                  = *model;
    one->economics.stages = 0;
    for (size_t y = 0; y < stages; y++) {
        park[y]  = model->stage_park != NULL ? model->stage_park[y] : one;
        share[y] = park_stage_share(model, y);
    }
    return park_futures_staged(park, share, stages, arena, futures, err);
}
