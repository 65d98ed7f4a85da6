/*
 * precheck.c - what would make every solver fail, in water terms, before one is asked (docs/math/optimization.md, O42).
 * Everything said here follows from boxes that hold for every plan, or from the safe bound of a linear relaxation.
 */
#include "design/solve.h"
#include "design/targets.h"

#include <stdio.h>
#include <string.h>

static const double MARGIN   = 1e-7; /* relative: a box that touches a limit is not a contradiction */
static const int    HALVINGS = 16;
static const double NOTHING  = 1.0 / 32768.0; /* of what was asked: what halving leaves of zero */

/* mg/L for people. */
static double shown(double conc)
{
    return conc * 1e3;
}

/* The cleanest permitted water of an inlet: its donor, -1 when there is none. */
static int32_t cleanest(const park_super *super, size_t s, size_t i, size_t c, double *conc)
{
    const park_model *model = super->model;
    int32_t           best  = -1;
    for (size_t l = 0; l < super->links; l++) {
        if (model->link[l].inlet != (int32_t)i || model->link[l].outlet < 0)
            continue;
        double here = super->conc_lo[PARK_SUPER_SK(super, s, model->link[l].outlet, c)];
        if (best < 0 || here < *conc)
            best = model->link[l].from, *conc = here;
    }
    return best;
}

/* (O42) An inlet that must draw water, all of it dirtier than its limit. */
static void check_inlets(const park_super *super, park_findings *findings)
{
    const park_model *model = super->model;
    for (size_t i = 0; i < super->inlets; i++) {
        const park_unit_info *unit = &model->unit[model->inlet[i].unit];
        for (size_t c = 0; c < super->constituents; c++)
            for (size_t s = 0; s < super->seasons; s++) {
                const park_face *face = PARK_SUPER_FACE(super, s, model->inlet[i].unit);
                double limit = face->in_limit[(i - unit->first_inlet) * super->traced + c], conc = 0.0;
                if (isinf(limit) || !(face->in_lo[i - unit->first_inlet] > 0.0))
                    continue;
                int32_t donor = cleanest(super, s, i, c, &conc);
                if (donor < 0 || conc <= limit * (1.0 + MARGIN))
                    continue;
                char path[200];
                snprintf(path, sizeof path, "%s.%s.inlet.%s", park_role_section(unit->role), unit->id,
                         model->constituent[c].id);
                park_finding_add(
                    findings, PARK_E0561, PARK_ERROR, park_arena_text(findings->arena, path, strlen(path)),
                    "%s takes water with at most %.6g mg/L %s, but the cleanest that may come, from %s, has "
                    "%.6g mg/L: every mixture is dirtier",
                    "%s 的来水限值为 %.6g mg/L（%s），而允许来水中最清洁的 %s 也有 %.6g mg/L：任何混合都超标",
                    unit->id, shown(limit), model->constituent[c].id, model->unit[donor].id, shown(conc));
                break;
            }
    }
}

/* ---- targets by linear relaxation ------------------------------------------------------------------------------------ */

/* The largest value that the relaxation allows to a target's slack: a safe upper bound, program units. */
static park_status most_slack(park_formulation *f, const park_target *target, bool upper, double bound,
                              double *most, bool *empty, park_error *err)
{
    park_sum           sum = {0};
    park_tree_settings tree;
    park_tree_result   result;
    park_program      *p = &f->program;
    *most                = INFINITY;
    *empty               = false;
    if (!park_target_slack(f, target, upper, bound, &sum))
        return PARK_OK;
    for (size_t j = 0; j < p->cols; j++)
        p->cost[j] = 0.0;
    for (size_t i = 0; i < sum.count; i++)
        p->cost[sum.col[i]] -= sum.coef[i];
    p->constant = -sum.constant;
    park_tree_settings_default(&tree);
    tree.work_limit = 1, tree.time_limit = 5.0, tree.gap = 0.5;
    park_arena *arena  = park_arena_new();
    park_status status = arena == NULL
                             ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to check the targets")
                             : park_tree_solve(p, &tree, arena, &result, err);
    park_arena_free(arena);
    PARK_TRY(status);
    *empty = result.status == PARK_TREE_INFEASIBLE;
    if (isfinite(result.bound))
        *most = -result.bound;
    return PARK_OK;
}

/* The best value a ratio or volume may reach, by halving between what was asked and what everything reaches. */
static park_status best_value(park_formulation *f, const park_target *target, bool upper, double asked,
                              double *best, park_error *err)
{
    bool rate = park_target_read(f->super->model, target).kind == PARK_TARGET_REUSE_RATE ||
                park_target_read(f->super->model, target).kind == PARK_TARGET_NONCONVENTIONAL_RATE;
    double fails = asked, holds = upper ? (rate ? 1.0 : 1e3 * fmax(asked, 1e-9)) : 0.0;
    for (int i = 0; i < HALVINGS; i++) {
        /* a volume may be far off: by its order first */
        double middle = upper && !rate && asked > 0.0 ? sqrt(fails * holds) : 0.5 * (fails + holds), most;
        bool   empty;
        PARK_TRY(most_slack(f, target, upper, middle, &most, &empty, err));
        if (most < 0.0)
            fails = middle;
        else
            holds = middle;
    }
    *best = fails;
    return PARK_OK;
}

/* A target as people ask for it: rates in percent, volumes by the year, intake per unit of what is made. */
typedef struct park_asked {
    park_dimension dim;
    double         per;
    park_label     unit; /* of a format: %% */
} park_asked;

static const park_asked RATE    = {PARK_DIM_COUNT, 100.0, {" %%", " %%"}};
static const park_asked ASKED[] = {
    {PARK_DIM_FLOW, 365.0 * 86400.0 * 1e-4, {" 万m³/a", " ×10⁴ m³/a"}},
    {PARK_DIM_INTENSITY_PER_VALUE, 1e4, {" m³/万元", " m³/10⁴ CNY"}},
    {PARK_DIM_INTENSITY_PER_MASS, 1e3, {" m³/t", " m³/t"}},
    {PARK_DIM_INTENSITY_PER_LENGTH, 100.0, {" m³/百米", " m³/100 m"}},
    {PARK_DIM_INTENSITY_PER_AREA, 1.0, {" m³/m²", " m³/m²"}},
    {PARK_DIM_INTENSITY_PER_VOLUME, 1.0, {" m³/kL", " m³/kL"}},
    {PARK_DIM_INTENSITY_PER_ENERGY, 3.6e9, {" m³/(MW·h)", " m³/MWh"}},
    {PARK_DIM_INTENSITY_PER_PIECE, 1.0, {" m³/件", " m³/piece"}},
};

static park_asked asked_as(const park_target *target, bool rate)
{
    for (size_t i = 0; !rate && i < sizeof ASKED / sizeof ASKED[0]; i++)
        if (ASKED[i].dim == target->dim)
            return ASKED[i];
    return rate ? RATE : (park_asked){target->dim, 1.0, {"", ""}};
}

/* `bare`: retrofits may still help; the bound knows none of them. */
static void out_of_reach(park_findings *findings, const park_target *target, bool upper, bool rate, bool bare,
                         double asked, double best)
{
    static const char *const EN[] = {
        "target %%s%%s%%s asks for at least %%.6g%s; even if every candidate were built%s, at most %%.5g%s "
        "is "
        "possible (bound of the relaxed balance of flows)",
        "target %%s%%s%%s asks for at most %%.6g%s; even if every candidate were built%s, it is at least "
        "%%.5g%s "
        "(bound of the relaxed balance of flows)"};
    static const char *const ZH[] = {
        "目标 %%s%%s%%s 要求不低于 %%.6g%s；即使全部候选措施都建成%s，最多只能达到 "
        "%%.5g%s（由放宽的水量平衡得出的界）",
        "目标 %%s%%s%%s 要求不高于 %%.6g%s；即使全部候选措施都建成%s，也不会低于 "
        "%%.5g%s（由放宽的水量平衡得出的界）"};
    park_asked  as      = asked_as(target, rate);
    double      per     = as.per;
    const char *subject = target->subject != NULL ? target->subject : "", *dot = *subject != '\0' ? "." : "";
    char        en[400], zh[400];
    if (best < NOTHING * asked)
        best = 0.0;
    snprintf(en, sizeof en, EN[upper], as.unit.en, bare ? " and no retrofit taken" : "", as.unit.en);
    snprintf(zh, sizeof zh, ZH[upper], as.unit.zh, bare ? "而不采用改造措施" : "", as.unit.zh);
    bool doubt = target->indicative || bare;
    park_finding_add(findings, doubt ? PARK_W0564 : PARK_E0562, doubt ? PARK_WARNING : PARK_ERROR,
                     park_arena_printf(findings->arena, "targets.%s%s%s", target->quantity, dot, subject), en,
                     zh, target->quantity, dot, subject, asked * per, best * per);
}

static park_status check_targets(const park_model *model, park_arena *arena, park_findings *findings,
                                 park_error *err)
{
    park_super        *super;
    park_formulation  *f;
    park_super_options options    = {.box_times = 10.0};
    park_model        *free_model = PARK_NEW(arena, park_model);
    bool               bare       = model->retrofits > 0;
    if (free_model == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to check the targets");
    *free_model       = *model;
    park_target *held = PARK_ARRAY(arena, model->targets, park_target); /* as if every one bound the plan */
    if (held == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to check the targets");
    for (size_t i = 0; i < model->targets; i++)
        held[i] = model->target[i], held[i].indicative = false;
    free_model->target = held;
    park_targets_trace(free_model, options.tracer);
    free_model->targets          = 0;        /* each is looked at alone */
    free_model->economics.budget = INFINITY; /* "even if every candidate were built" */
    PARK_TRY(park_super_make(free_model, NULL, &options, arena, &super, err));
    PARK_TRY(park_formulation_make(super, PARK_MIN_FRESH_WATER, arena, &f, err));
    f->program.recheck = NULL;
    for (size_t i = 0; i < model->targets; i++)
        for (int side = 0; side < 2; side++) {
            const park_target *target = &held[i];
            double             asked  = side == 0 ? target->min : target->max, most, best;
            bool               empty;
            if (!isfinite(asked))
                continue;
            PARK_TRY(most_slack(f, target, side == 1, asked, &most, &empty, err));
            if (empty && bare)
                return PARK_OK; /* a retrofit may take the contradiction away */
            if (empty) {
                park_finding_add(
                    findings, PARK_E0563, PARK_ERROR, NULL,
                    "capacities, demands and limits contradict each other even without targets and budget",
                    "即使不计目标与投资限额，能力、需水与限值也相互矛盾");
                return PARK_OK;
            }
            if (!(most < -1e-6))
                continue;
            PARK_TRY(best_value(f, target, side == 1, asked, &best, err));
            park_target_kind word = park_target_read(model, target).kind;
            bool rate = word == PARK_TARGET_REUSE_RATE || word == PARK_TARGET_NONCONVENTIONAL_RATE;
            out_of_reach(findings, &model->target[i], side == 1, rate, bare, asked, best);
        }
    return PARK_OK;
}

park_status park_design_precheck(const park_model *model, park_arena *arena, park_findings *findings,
                                 park_error *err)
{
    park_super        *super;
    park_super_options options = {.box_times = 10.0};
    if (!model->frozen)
        return PARK_FAIL(err, PARK_E_RANGE, "the park must be frozen before it is checked");
    PARK_TRY(park_super_make(model, NULL, &options, arena, &super, err));
    if (model->retrofits == 0) /* one may change a limit or a water */
        check_inlets(super, findings);
    park_targets_check(model, findings);
    if (model->targets > 0 && findings->errors == 0)
        PARK_TRY(check_targets(model, arena, findings, err));
    return PARK_OK;
}
