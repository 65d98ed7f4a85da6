#include "design/formulation.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- sums and rows ------------------------------------------------------------------------------------------------- */

void park_sum_clear(park_sum *sum)
{
    sum->count = 0, sum->constant = 0.0;
}

void park_sum_add(park_formulation *f, park_sum *sum, int32_t col, double coef)
{
    if (col < 0 || coef == 0.0)
        return;
    if (sum->count == sum->cap) {
        size_t   cap   = sum->cap == 0 ? 32 : 2 * sum->cap;
        int32_t *cols  = PARK_ARRAY(f->arena, cap, int32_t);
        double  *coefs = PARK_ARRAY(f->arena, cap, double);
        if (cols == NULL || coefs == NULL) {
            f->failed = true;
            return;
        }
        if (sum->count > 0) {
            memcpy(cols, sum->col, sum->count * sizeof *cols);
            memcpy(coefs, sum->coef, sum->count * sizeof *coefs);
        }
        sum->col = cols, sum->coef = coefs, sum->cap = cap;
    }
    sum->col[sum->count] = col, sum->coef[sum->count++] = coef;
}

void park_sum_inlet_flow(park_formulation *f, park_sum *sum, size_t s, size_t i, double times)
{
    const park_super *super = f->super;
    size_t            u     = (size_t)super->model->inlet[i].unit;
    for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
        size_t l = (size_t)super->in_link[e];
        if (super->model->link[l].inlet == (int32_t)i)
            park_sum_add(f, sum, f->link_flow[PARK_FORM_SL(f, s, l)], times);
    }
}

void park_sum_unit_flow(park_formulation *f, park_sum *sum, size_t s, size_t u, double times)
{
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    if (f->flow_fixed[PARK_FORM_SU(f, s, u)]) {
        for (size_t i = 0; i < unit->inlets; i++)
            sum->constant += times * PARK_SUPER_FACE(super, s, u)->in_lo[i] * f->flow_unit;
    } else if (f->unit_flow[PARK_FORM_SU(f, s, u)] >= 0) {
        park_sum_add(f, sum, f->unit_flow[PARK_FORM_SU(f, s, u)], times);
    } else {
        for (size_t i = 0; i < unit->inlets; i++)
            park_sum_inlet_flow(f, sum, s, unit->first_inlet + i, times);
    }
}

void park_sum_outlet_flow(park_formulation *f, park_sum *sum, size_t s, size_t u, size_t k, double times)
{
    const park_super       *super = f->super;
    const park_face_outlet *out   = &PARK_SUPER_FACE(super, s, u)->outlet[k];
    size_t                  at    = (size_t)out->outlet;
    if (out->affine && super->model->unit[u].role != PARK_SOURCE) {
        sum->constant += times * out->beta * f->flow_unit;
        if (out->alpha != 0.0)
            park_sum_unit_flow(f, sum, s, u, times * out->alpha);
    } else if (out->exits) {
        park_sum_add(f, sum, f->exit_flow[PARK_FORM_SK(f, s, at)], times);
    } else {
        for (size_t e = super->out_start[at]; e < super->out_start[at + 1]; e++)
            park_sum_add(f, sum, f->link_flow[PARK_FORM_SL(f, s, super->out_link[e])], times);
    }
}

void park_sum_link_mass(park_formulation *f, park_sum *sum, size_t s, size_t l, size_t c, double times)
{
    size_t at = PARK_FORM_SLC(f, s, l, c);
    park_sum_add(f, sum, f->link_w[at], times * f->mass_w[at]);
    park_sum_add(f, sum, f->link_flow[PARK_FORM_SL(f, s, l)], times * f->mass_q[at]);
}

int32_t park_formulate_row(park_formulation *f, const park_sum *sum, double lo, double hi, int32_t statement,
                           const char *name)
{
    if (f->failed || (isinf(lo) && isinf(hi)))
        return -1;
    lo -= sum->constant, hi -= sum->constant;
    if (sum->count == 0 && lo <= 0.0 && hi >= 0.0)
        return -1;
    int32_t row = park_program_row(&f->program, lo, hi, sum->count, sum->col, sum->coef, statement, name);
    if (row < 0)
        f->failed = true;
    return row;
}

int32_t park_formulate_col(park_formulation *f, park_col_class cls, double lo, double hi)
{
    int32_t col = f->failed ? -1 : park_program_col(&f->program, cls, lo, hi, 0.0, NULL);
    if (col < 0)
        f->failed = true;
    return col;
}

void park_formulate_product(park_formulation *f, int32_t w, int32_t flow, int32_t conc)
{
    if (!f->failed && park_program_product(&f->program, w, flow, conc) < 0)
        f->failed = true;
}

void park_formulate_whole(park_formulation *f, int32_t w, int32_t flow, int32_t conc)
{
    park_formulate_product(f, w, flow, conc);
    if (!f->failed)
        park_program_whole(&f->program, (int32_t)f->program.products - 1);
}

/* ---- statements ------------------------------------------------------------------------------------------------------- */

int32_t park_formulate_statement(park_formulation *f, double asked, double unit, const char *fmt, ...)
{
    char    path[320];
    va_list args;
    va_start(args, fmt);
    vsnprintf(path, sizeof path, fmt, args);
    va_end(args);
    for (size_t i = 0; i < f->statements; i++)
        if (strcmp(f->statement[i], path) == 0)
            return (int32_t)i;
    size_t cap   = f->statements_cap;
    char  *owned = park_arena_text(f->arena, path, strlen(path));
    if (owned == NULL || !PARK_GROW(f->arena, f->statement, f->statements, f->statements_cap)) {
        f->failed = true;
        return -1;
    }
    if (cap != f->statements_cap) {
        double *values = PARK_ARRAY(f->arena, f->statements_cap, double);
        double *units  = PARK_ARRAY(f->arena, f->statements_cap, double);
        if (values == NULL || units == NULL) {
            f->failed = true;
            return -1;
        }
        if (f->statements > 0) {
            memcpy(values, f->asked, f->statements * sizeof *values);
            memcpy(units, f->statement_unit, f->statements * sizeof *units);
        }
        f->asked = values, f->statement_unit = units;
    }
    f->asked[f->statements] = asked, f->statement_unit[f->statements] = unit;
    f->statement[f->statements] = owned;
    return (int32_t)f->statements++;
}

int32_t park_formulate_limit_statement(park_formulation *f, size_t i, size_t c, double asked)
{
    const park_model      *model   = f->super->model;
    const park_inlet_info *inlet   = &model->inlet[i];
    const park_unit_info  *unit    = &model->unit[inlet->unit];
    const char            *section = park_role_section(unit->role);
    const char            *word    = model->constituent[c].id;
    double                 scale   = f->conc_unit[c] * f->flow_unit;
    if (unit->role == PARK_SINK)
        return park_formulate_statement(f, asked, scale, "%s.%s.limits.%s", section, unit->id, word);
    if (inlet->id != NULL && inlet->id[0] != '\0')
        return park_formulate_statement(f, asked, scale, "%s.%s.inlets.%s.limits.%s", section, unit->id,
                                        inlet->id, word);
    return park_formulate_statement(f, asked, scale, "%s.%s.inlet.%s", section, unit->id, word);
}

size_t park_formulate_ways(const park_formulation *f, size_t k)
{
    return f->super->out_start[k + 1] - f->super->out_start[k];
}

/* ---- the program ------------------------------------------------------------------------------------------------------- */

static void count_magnitude(double value, double *sum, size_t *count)
{
    if (value > 0.0 && isfinite(value))
        *sum += log(value), ++*count;
}

/* The magnitude of a constituent in this park: geometric mean of the qualities and limits that stand in it. */
static double magnitude(const park_super *super, size_t c)
{
    double sum   = 0.0;
    size_t count = 0;
    if (c >= super->constituents)
        return 1.0;
    for (size_t u = 0; u < super->units; u++) {
        const park_unit_info *unit = &super->model->unit[u];
        const park_face      *face = PARK_SUPER_FACE(super, 0, u);
        for (size_t i = 0; i < unit->inlets; i++)
            count_magnitude(face->in_limit[i * super->traced + c], &sum, &count);
        for (size_t k = 0; k < unit->outlets; k++) {
            count_magnitude(face->outlet[k].limit[c], &sum, &count);
            if (face->outlet[k].rule[c] == PARK_QUALITY_FIXED)
                count_magnitude(face->outlet[k].conc[c], &sum, &count);
        }
    }
    double given = super->model->constituent[c].magnitude;
    return count > 0 ? exp(sum / (double)count) : given > 0.0 ? given : 0.1;
}

static int32_t *no_columns(park_formulation *f, size_t count)
{
    int32_t *col = PARK_ARRAY(f->arena, count, int32_t);
    if (col == NULL)
        f->failed = true;
    else
        for (size_t i = 0; i < count; i++)
            col[i] = -1;
    return col;
}

static void columns_none(park_formulation *f)
{
    const park_super *super = f->super;
    size_t S = super->seasons, U = super->units, L = super->links, K = super->outlets, T = super->traced;
    f->link_flow = no_columns(f, S * L), f->unit_flow = no_columns(f, S * U);
    f->exit_flow = no_columns(f, S * K), f->volume = no_columns(f, S * U);
    f->feed_mass = no_columns(f, S * U * T), f->base = no_columns(f, S * U * T);
    f->base_mass = no_columns(f, S * U * T), f->outlet_base = no_columns(f, S * K * T);
    f->stored_mass = no_columns(f, S * U * T), f->exit_mass = no_columns(f, S * K * T);
    f->link_w = no_columns(f, S * L * T);
    f->size = no_columns(f, U), f->built = no_columns(f, U), f->capital = no_columns(f, U);
    f->step = no_columns(f, U), f->steps = no_columns(f, U), f->running = no_columns(f, S * U);
    f->pipe = no_columns(f, L), f->pipes = no_columns(f, L), f->pipe_first = no_columns(f, L);
    f->reuse      = no_columns(f, S * U);
    f->flow_fixed = PARK_ARRAY(f->arena, S * U, bool);
    f->mass_w     = PARK_ARRAY(f->arena, S * L * T, double);
    f->mass_q     = PARK_ARRAY(f->arena, S * L * T, double);
    f->conc_unit  = PARK_ARRAY(f->arena, T, double);
    if (f->flow_fixed == NULL || f->mass_w == NULL || f->mass_q == NULL || f->conc_unit == NULL)
        f->failed = true;
}

/* ---- blocks: a season is one (O100) ------------------------------------------------------------------------------------- */

/* Columns of an array that starts with its season; `each` a season. */
static void label(park_formulation *f, const int32_t *col, size_t each)
{
    for (size_t i = 0; i < each * f->super->seasons; i++)
        if (col[i] >= 0)
            f->program.block[col[i]] = (int32_t)(i / each);
}

/* What a year of one season pays by tier and by power is that season's; of more it ties them. */
static void label_charges(park_formulation *f)
{
    for (size_t i = 0; f->super->per == 1 && i < f->charges; i++) {
        const park_charge *c     = &f->charge[i];
        f->program.block[c->col] = c->future;
        for (size_t k = 0; c->step >= 0 && k + 1 < 2 * c->steps; k++)
            f->program.block[c->step + (int32_t)k] = c->future;
    }
}

/* Volumes and what they hold tie a season to the next; sizes and choices tie all. */
static void label_blocks(park_formulation *f)
{
    const park_super *super = f->super;
    size_t            U = super->units, L = super->links, K = super->outlets, T = super->traced;
    f->program.block      = no_columns(f, f->program.cols);
    f->program.block_cols = f->program.cols;
    if (f->failed)
        return;
    label(f, f->link_flow, L), label(f, f->unit_flow, U), label(f, f->exit_flow, K);
    label(f, f->feed_mass, U * T), label(f, f->base, U * T), label(f, f->base_mass, U * T);
    label(f, f->outlet_base, K * T), label(f, f->exit_mass, K * T), label(f, f->link_w, L * T);
    label(f, f->running, U), label(f, f->reuse, U);
    label_charges(f);
}

static park_status set_objective(park_formulation *f, park_objective_kind kind, park_error *err)
{
    park_program *p    = &f->program;
    double       *coef = PARK_ARRAY(f->arena, p->cols, double);
    if (coef == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the objective");
    f->kind = kind;
    if (f->worst >= 0 && f->held == 0) {
        park_formulation_standing(f, kind, coef, &p->constant);
        coef[f->worst] = 1.0;
    } else {
        park_formulation_objective(f, kind, coef, &p->constant);
    }
    memcpy(p->cost, coef, p->cols * sizeof *coef);
    return PARK_OK;
}

/* Which statements are demands of users: nobody means that a user should take more. */
static bool *demands_of(const park_formulation *f)
{
    bool *falls = PARK_ARRAY(f->arena, f->statements, bool);
    for (size_t k = 0; falls != NULL && k < f->statements; k++) {
        size_t length = strlen(f->statement[k]);
        falls[k]      = strncmp(f->statement[k], "users.", 6) == 0 && length > 7 &&
                   strcmp(f->statement[k] + length - 7, ".demand") == 0;
    }
    return falls;
}

park_status park_formulation_make(park_super *super, park_objective_kind kind, park_arena *arena,
                                  park_formulation **formulation, park_error *err)
{
    park_formulation *f = PARK_NEW(arena, park_formulation);
    if (f == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the program");
    f->super = super, f->arena = arena;
    f->lens = f->worst = -1;
    f->kind            = kind;
    f->robust = super->options.robust, f->best = super->options.best;
    park_program_init(&f->program, arena);
    columns_none(f);
    double period = 0.0;
    for (size_t s = 0; s < super->per; s++)
        period += super->duration[s];
    f->flow_unit   = 3600.0;
    f->volume_unit = f->flow_unit * (double)super->per / period;
    f->rate_unit   = f->flow_unit / super->year;
    for (size_t c = 0; c < super->traced && !f->failed; c++)
        f->conc_unit[c] = super->conc_scale != NULL ? super->conc_scale[c] : 1.0 / magnitude(super, c);
    if (!f->failed) {
        park_formulate_water(f);
        park_formulate_mass(f);
        park_formulate_choices(f);
        park_formulate_storms(f);
        park_formulate_targets(f);
        park_formulate_dilution(f);
        park_formulate_tariffs(f);
        if (f->robust == PARK_ROBUST_WORST || f->robust == PARK_ROBUST_REGRET)
            park_formulate_futures(f);
        if (super->options.staged)
            park_formulate_stages(f);
        if (!f->failed)
            label_blocks(f);
        f->failed = f->failed || !park_program_withdraw_whole(&f->program);
    }
    if (f->failed)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the program");
    f->program.statements = f->statements;
    f->program.falls      = demands_of(f);
    if (f->program.falls == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the program");
    PARK_TRY(set_objective(f, kind, err));
    *formulation = f;
    return PARK_OK;
}

park_status park_formulation_hold(park_formulation *f, park_objective_kind held, double most, park_error *err)
{
    park_program *p    = &f->program;
    double       *coef = PARK_ARRAY(f->arena, p->cols, double), constant;
    park_sum      sum  = {0};
    if (coef == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the objective");
    park_formulation_objective(f, held, coef, &constant);
    sum.constant = constant;
    for (size_t j = 0; j < p->cols; j++)
        park_sum_add(f, &sum, (int32_t)j, coef[j]);
    park_formulate_row(f, &sum, -INFINITY, most * f->rate_unit, -1, "objective held");
    return f->failed ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the objective") : PARK_OK;
}

park_status park_formulation_next(park_formulation *f, park_objective_kind held, double most,
                                  park_objective_kind kind, park_error *err)
{
    PARK_TRY(park_formulation_hold(f, held, most, err));
    f->held++;
    return set_objective(f, kind, err);
}
