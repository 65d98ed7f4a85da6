/*
 * By how much a point misses a statement, in its own unit; Eq. (O130) of docs/math/optimization.md.
 *
 * Rows about quality are masses (O15), (O16): their slack says kilograms a second, which nobody wrote. The quality that the
 * point has there is read from what flows, and set against the limit. Targets are sums of at least zero (O31) whose bound
 * enters linearly: the bound that would make the sum zero is what the point reaches.
 */
#include "design/shortfall.h"

#include "design/plan.h"
#include "design/targets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double FLOWS = 1e-9; /* of a program's flow [m3/h]: less carries no water to judge */

static double value_of(const park_sum *sum, const double *x)
{
    double value = sum->constant;
    for (size_t i = 0; i < sum->count; i++)
        value += sum->coef[i] * x[sum->col[i]];
    return value;
}

/* ---- what it speaks of ------------------------------------------------------------------------------------------------ */

static bool named_by(const park_target *target, const char *path)
{
    size_t word  = strlen(target->quantity);
    bool   named = target->subject != NULL && target->subject[0] != '\0';
    if (strncmp(path, "targets.", 8) != 0 || strncmp(path + 8, target->quantity, word) != 0)
        return false;
    return named ? path[8 + word] == '.' && strcmp(path + 9 + word, target->subject) == 0
                 : path[8 + word] == '\0';
}

park_spoken park_spoken_of(const park_formulation *f, int32_t statement)
{
    const char       *path  = f->statement[statement];
    const park_model *model = f->super->model;
    park_spoken       s     = {.target = -1};
    for (size_t i = 0; s.target < 0 && i < model->targets; i++)
        if (named_by(&model->target[i], path))
            s.target = (int32_t)i, s.upper = !isfinite(model->target[i].min);
    s.quality = strstr(path, ".inlet.") != NULL || strstr(path, ".limits.") != NULL ||
                strstr(path, ".outlet.") != NULL || strstr(path, ".circulating_limits.") != NULL;
    s.quality = s.quality && s.target < 0;
    return s;
}

/* ---- qualities (O130) --------------------------------------------------------------------------------------------------- */

/* A point, and its plan where the waters balance: then qualities follow from the flows exactly. */
typedef struct reading {
    park_formulation *f;
    const double     *x;
    const park_plan  *plan; /* NULL: some demand gave as well, the point's own masses must do */
} reading;

/* Quality of c on a link that carries water [kg/m3]; NAN where none flows or the program does not follow c there. */
static double link_conc(const reading *r, size_t s, size_t l, size_t c, double *flow)
{
    park_formulation *f    = r->f;
    int32_t           col  = f->link_flow[PARK_FORM_SL(f, s, l)];
    park_sum          mass = {0};
    *flow                  = col >= 0 ? r->x[col] : 0.0;
    if (!(*flow > FLOWS))
        return NAN;
    if (r->plan != NULL)
        return r->plan->conc[PARK_FORM_SKC(f, s, f->super->model->link[l].outlet, c)];
    park_sum_link_mass(f, &mass, s, l, c, 1.0);
    return mass.count > 0 ? value_of(&mass, r->x) / *flow / f->conc_unit[c] : NAN;
}

static double inlet_conc(const reading *r, size_t s, size_t at, size_t c)
{
    const park_super *super = r->f->super;
    double            flow, mass = 0.0, water = 0.0;
    for (size_t l = 0; l < super->links; l++)
        if (super->active[l] && super->model->link[l].inlet == (int32_t)at) {
            double conc = link_conc(r, s, l, c, &flow);
            if (flow > FLOWS)
                mass += conc * flow, water += flow;
        }
    return water > 0.0 ? mass / water : NAN;
}

/* By the link that carries most of it. */
static double outlet_conc(const reading *r, size_t s, int32_t k, size_t c)
{
    const park_super *super = r->f->super;
    double            conc = NAN, most = 0.0, flow;
    for (size_t l = 0; l < super->links; l++)
        if (super->active[l] && super->model->link[l].outlet == k) {
            double here = link_conc(r, s, l, c, &flow);
            if (flow > most)
                conc = here, most = flow;
        }
    return conc;
}

static double worse(double worst, double conc, double limit)
{
    return isnan(conc) || !isfinite(limit) ? worst : fmax(isnan(worst) ? 0.0 : worst, conc - limit);
}

static bool says(const park_formulation *f, int32_t statement, const park_unit_info *unit, const char *group,
                 const char *word)
{
    char path[300];
    snprintf(path, sizeof path, "%s.%s.%s.%s", park_role_section(unit->role), unit->id, group, word);
    return strcmp(f->statement[statement], path) == 0;
}

static double unit_quality(const reading *r, int32_t statement, size_t s, size_t u, double worst)
{
    park_formulation     *f     = r->f;
    const park_super     *super = f->super;
    const park_unit_info *unit  = &super->model->unit[u];
    const park_face      *face  = PARK_SUPER_FACE(super, s, u);
    for (size_t i = 0; i < unit->inlets; i++)
        for (size_t c = 0; c < super->constituents; c++) {
            double limit = face->in_limit[i * super->traced + c];
            size_t at    = unit->first_inlet + i;
            if (super->in_program[c] && isfinite(limit) &&
                park_formulate_limit_statement(f, at, c, limit) == statement)
                worst = worse(worst, inlet_conc(r, s, at, c), limit);
        }
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_face_outlet *out = &face->outlet[k];
        for (size_t c = 0; c < super->constituents; c++)
            if (super->in_program[c] && isfinite(out->limit[c]) &&
                says(f, statement, unit, "outlet", super->model->constituent[c].id))
                worst = worse(worst, outlet_conc(r, s, out->outlet, c), out->limit[c]);
        for (size_t i = 0; out->rule[0] == PARK_QUALITY_MIX && i < face->map->combined_count; i++) {
            const park_map_combined *combined = &face->map->combined[i];
            double                   sum      = 0.0;
            if (!says(f, statement, unit, "circulating_limits", combined->name))
                continue;
            for (size_t c = 0; c < super->constituents; c++)
                if (super->in_program[c] && combined->coef[c] != 0.0)
                    sum += combined->coef[c] * outlet_conc(r, s, out->outlet, c);
            worst = worse(worst, sum, combined->limit);
        }
    }
    return worst;
}

static double quality(park_formulation *f, int32_t statement, const double *x)
{
    double      worst = NAN;
    park_arena *arena = park_arena_new();
    park_plan  *plan  = arena != NULL ? park_plan_new(f, arena) : NULL;
    double     *copy  = plan != NULL ? PARK_ARRAY(arena, f->program.cols, double) : NULL;
    reading     r     = {.f = f, .x = x};
    if (copy != NULL) {
        memcpy(copy, x, f->program.cols * sizeof *copy);
        if (park_plan_read(plan, copy, false))
            r.plan = plan, r.x = copy;
    }
    for (size_t s = 0; s < f->super->seasons; s++)
        for (size_t u = 0; u < f->super->units; u++)
            worst = unit_quality(&r, statement, s, u, worst);
    park_arena_free(arena);
    return worst;
}

/* ---- targets (O130) ------------------------------------------------------------------------------------------------------- */

static double target_of(park_formulation *f, park_spoken spoken, const double *x)
{
    const park_target *t     = &f->super->model->target[spoken.target];
    double             asked = spoken.upper ? t->max : t->min, other = asked == 0.0 ? 1.0 : 0.5 * asked;
    park_sum           at = {0}, there = {0};
    if (!park_target_slack(f, t, spoken.upper, asked, &at) ||
        !park_target_slack(f, t, spoken.upper, other, &there))
        return NAN;
    double slack = value_of(&at, x), slope = (value_of(&there, x) - slack) / (other - asked);
    if (slack >= 0.0)
        return 0.0;
    return slope != 0.0 ? fabs(slack / slope) : NAN;
}

/* In the worst of the futures it is asked in. */
static double target(park_formulation *f, park_spoken spoken, const double *x)
{
    double worst = NAN;
    for (size_t w = 0; w < f->super->futures; w++) {
        if (!park_super_last(f->super, w))
            continue;
        f->lens     = (int32_t)w;
        double here = target_of(f, spoken, x);
        worst       = isnan(worst) || here > worst ? here : worst;
    }
    f->lens = -1;
    return worst;
}

double park_shortfall(park_formulation *f, int32_t statement, const double *x)
{
    park_spoken spoken = park_spoken_of(f, statement);
    if (x == NULL)
        return NAN;
    if (spoken.target >= 0)
        return target(f, spoken, x);
    return spoken.quality ? quality(f, statement, x) : NAN;
}
