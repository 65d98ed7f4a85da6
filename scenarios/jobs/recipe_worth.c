/* What an answer is worth: asked once the design stands, and told. */
#include "jobs/recipe.h"

#include "jobs/progress.h"
#include "objective_text.h"
#include "statement_text.h"

#include <parkwater/worth.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double   SHARE      = 0.15; /* of the limits, kept back for what the answer is worth */
static const double   LEAST      = 0.05; /* of the time, even where the optimum took all */
static const uint64_t WORK_LEAST = 200000, WORK_MOST = 4000000; /* LP iterations without limits */

double park_recipe_worth_share(const park_recipe *recipe)
{
    const park_model *model = recipe->loaded.model;
    bool              asked = !recipe->context->options->no_worth && model->robust == PARK_ROBUST_NONE &&
                 model->economics.stages == 0;
    return asked ? SHARE : 0.0;
}

/* Without limits as much work as half of the optimum took, so that an answer without a clock can be had again. */
static park_worth_settings settings_of(const park_recipe *recipe, double share)
{
    const park_options *options = recipe->context->options;
    park_worth_settings settings;
    double              left = options->time_limit - (park_clock_seconds() - recipe->context->started);
    uint64_t            work = recipe->design->work / 2;
    park_worth_settings_default(&settings);
    work = work < WORK_LEAST ? WORK_LEAST : work > WORK_MOST ? WORK_MOST : work;
    if (options->work_limit > 0)
        work = (uint64_t)fmax(1.0, SHARE * (double)options->work_limit);
    settings.work_limit = (uint64_t)fmax(1.0, share * (double)work);
    settings.seconds =
        isinf(options->time_limit) ? INFINITY : share * fmax(left, LEAST * options->time_limit);
    settings.ranks = recipe->context->ranks;
    settings.gap = options->gap, settings.threads = (int)options->threads,
    settings.seed    = (uint64_t)options->seed;
    settings.margins = recipe->margins, settings.cancel = recipe->context->cancel;
    return settings;
}

/* ---- margins of the design at hand ----------------------------------------------------------------------------------- */

static bool copied(double *to, const double *from, size_t count)
{
    if (to == NULL)
        return false;
    if (count > 0)
        memcpy(to, from, count * sizeof *to);
    return true;
}

const park_margins *park_recipe_margins(const park_recipe *recipe, const park_margins *from)
{
    const park_model *model = recipe->loaded.model;
    if (from == NULL)
        return NULL;
    park_margins *to = park_margins_new(recipe->context->arena, model);
    size_t        S = from->seasons, C = from->constituents;
    if (to == NULL)
        return NULL;
    bool whole = copied(to->inlet_limit_times, from->inlet_limit_times, S * from->inlets * C) &&
                 copied(to->outlet_limit_times, from->outlet_limit_times, S * from->outlets * C) &&
                 copied(to->link_capacity_times, from->link_capacity_times, S * from->links) &&
                 copied(to->unit_capacity_times, from->unit_capacity_times, S * from->units) &&
                 copied(to->storage_reserve, from->storage_reserve, from->units) &&
                 copied(to->storm_times, from->storm_times, S * from->units) &&
                 copied(to->target_shift, from->target_shift, model->targets) &&
                 copied(to->link_flow_max, from->link_flow_max, S * from->links) &&
                 copied(to->demand_times, from->demand_times, S * from->inlets);
    return whole ? to : NULL;
}

/* ---- asking ------------------------------------------------------------------------------------------------------------ */

/* Reuse rates of the states on the way, as the indicators count them. */
static park_status rate_of(const park_recipe *recipe, park_state *state, park_error *err)
{
    const park_model *model = recipe->loaded.model;
    park_indicators  *list;
    if (!state->found || state->design == NULL)
        return PARK_OK;
    PARK_TRY(park_indicators_compute(state->design->model, state->design->ledger, state->cost, state->carbon,
                                     recipe->context->arena, &list, err));
    park_basis basis = model->accounting.intake;
    for (size_t i = 0; i < model->targets; i++) /* the rate that is asked for, where one is */
        if (strcmp(model->target[i].quantity, "reuse_rate") == 0 && model->target[i].basis_given)
            basis = model->target[i].basis;
    const park_indicator *rate = park_indicator_find(list, "reuse_rate", -1, basis, true);
    state->reuse_rate          = rate != NULL ? rate->value : NAN;
    return PARK_OK;
}

static park_status rank(park_recipe *recipe, park_design *design, park_error *err)
{
    park_worth_settings settings = settings_of(recipe, 1.0);
    park_ranking       *ranking;
    PARK_TRY(
        park_design_rank(recipe->loaded.model, design, &settings, recipe->context->arena, &ranking, err));
    PARK_TRY(rate_of(recipe, &ranking->base, err));
    for (size_t i = 0; i < ranking->steps; i++)
        PARK_TRY(rate_of(recipe, &ranking->step[i].after, err));
    design->ranking = ranking;
    return PARK_OK;
}

static park_status ask(park_recipe *recipe, park_design *design, park_error *err)
{
    bool                ranks    = recipe->loaded.model->retrofits > 0;
    park_worth_settings settings = settings_of(recipe, ranks ? 0.5 : 1.0);
    park_worth         *worth;
    if (design->link_flow == NULL)
        return PARK_OK;
    PARK_TRY(park_design_worth(design, &settings, recipe->context->arena, &worth, err));
    design->worth = worth;
    return ranks ? rank(recipe, design, err) : PARK_OK;
}

park_exit park_recipe_worth(park_recipe *recipe)
{
    park_design  *design = recipe->design;
    park_progress progress;
    park_error    err    = {0};
    park_status   status = PARK_OK;
    if (park_cancel_why(recipe->context->cancel) != 0)
        return PARK_EXIT_DONE;
    if (design == NULL || design->outlook != NULL || design->staging != NULL ||
        recipe->context->options->no_worth)
        return PARK_EXIT_DONE;
    park_progress_begin(&progress, recipe->context, "what it is worth", "条款价值");
    if (design->status == PARK_DESIGN_INFEASIBLE && design->conflicts > 0) {
        park_worth_settings settings = settings_of(recipe, 1.0);
        settings.margins             = NULL; /* it is the user's numbers that conflict */
        status = park_design_relieve(recipe->loaded.model, &settings, recipe->context->arena, design, &err);
    } else {
        status = ask(recipe, design, &err);
    }
    park_progress_end(&progress);
    if (status == PARK_OK)
        return PARK_EXIT_DONE;
    if (status == PARK_E_MEMORY) {
        recipe->error = err;
        return park_recipe_fail(recipe, status);
    }
    park_finding_add(&recipe->findings, PARK_W0521, PARK_WARNING, NULL, /* the design stands without it */
                     "what the answer is worth could not be worked out: %s%.0s", "未能算出条款价值：%.0s%s",
                     err.message, park_recipe_zh(err.message, recipe->context->arena));
    return PARK_EXIT_DONE;
}

/* ---- telling ------------------------------------------------------------------------------------------------------------ */

void park_recipe_tell_worth(const park_recipe *recipe, park_text *out)
{
    enum { TOLD = 5 };
    bool                zh      = recipe->context->zh;
    const park_worth   *worth   = recipe->design != NULL ? recipe->design->worth : NULL;
    const park_ranking *ranking = recipe->design != NULL ? recipe->design->ranking : NULL;
    size_t              told    = 0;
    for (size_t i = 0; worth != NULL && i < worth->lines && told < TOLD; i++) {
        const park_worth_line *line = &worth->line[i];
        park_objective_text    text = park_objective_text_of(worth->objective_kind);
        char                   asked[96];
        if (!(line->looser > 0.0))
            continue;
        if (told++ == 0)
            park_text_add(out, zh ? "  放宽一个单位的年节省：\n" : "  worth a year of one unit more:\n");
        park_statement_amount(line->of, line->dim, line->asked, zh, asked, sizeof asked);
        park_text_printf(out, zh ? "    %s（现 %s）：每 %s %.4g %s\n" : "    %s (now %s): per %s %.4g %s\n",
                         line->path, asked, park_label_text(park_worth_text_of(line->of).unit, zh),
                         line->looser / text.si, park_label_text(text.shown, zh));
    }
    if (worth != NULL && worth->open > 0) {
        park_label why = park_worth_open_text(worth);
        park_text_printf(
            out, zh ? "  条款价值：%zu 项（共 %zu 项）%s\n" : "  worth of statements: %zu of %zu %s\n",
            worth->open, worth->lines, park_label_text(why, zh));
    }
    for (size_t i = 0; ranking != NULL && i < ranking->steps; i++) {
        const park_path_step *step = &ranking->step[i];
        if (i == 0)
            park_text_add(out, zh ? "  建设次序：\n" : "  in this order:\n");
        park_text_printf(out,
                         zh ? "    %zu. %s：节水 %.4g 万m³/a，年费用 %+.4g 万元/a\n"
                            : "    %zu. %s: saves %.4g ×10⁴ m³/a, cost %+.4g ×10⁴ CNY/a\n",
                         i + 1, step->name, step->water / 1e4, step->cost / 1e4);
    }
}

static void json_effect(park_json *json, const char *key, const struct park_rank_effect *e)
{
    park_json_open(json, key, '{');
    park_json_bool(json, "known", e->known);
    park_json_number(json, "water_m3_per_a", e->known ? e->water : NAN);
    park_json_number(json, "carbon_kg_per_a", e->known ? e->carbon : NAN);
    park_json_number(json, "cost_CNY_per_a", e->known ? e->cost : NAN);
    park_json_number(json, "CNY_per_m3", e->per_water);
    park_json_number(json, "CNY_per_tCO2e", e->per_carbon * 1e3);
    park_json_number(json, "payback_a", e->payback);
    park_json_close(json, '}');
}

static void json_worth(park_json *json, const park_worth *worth)
{
    park_json_open(json, "sensitivity", '[');
    for (size_t i = 0; i < worth->lines; i++) {
        const park_worth_line *line = &worth->line[i];
        park_json_open(json, NULL, '{');
        park_json_text(json, "path", line->path);
        park_json_text(json, "file", line->place.file);
        park_json_whole(json, "line", line->place.line);
        park_json_number(json, "asked", line->asked);
        park_json_text(json, "per", park_worth_text_of(line->of).unit.en);
        park_json_number(json, "looser", line->looser);
        park_json_number(json, "tighter", line->tighter);
        park_json_number(json, "dual", line->dual);
        park_json_number(json, "holds_units", line->holds / line->unit);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
    park_json_bool(json, "sensitivity_complete", worth->complete);
    park_json_whole(json, "sensitivity_open", (int64_t)worth->open);
    park_json_text(json, "sensitivity_open_because", worth->open > 0 ? park_worth_open_text(worth).en : NULL);
    park_json_text(json, "duals", park_worth_duals_text(worth).en);
}

static void json_state(park_json *json, const park_recipe *recipe, const park_state *state)
{
    park_json_number(json, "cost_CNY_per_a", state->cost);
    park_json_number(json, "intake_m3_per_a", state->intake);
    park_json_number(json, "carbon_kg_per_a", state->carbon);
    park_json_number(json, "reuse_rate", state->reuse_rate);
    park_json_open(json, "targets_missed", '[');
    for (size_t i = 0; i < recipe->loaded.model->targets; i++)
        if (!state->met[i])
            park_json_text(json, NULL, recipe->loaded.model->target[i].quantity);
    park_json_close(json, ']');
}

static void json_ranking(park_json *json, const park_recipe *recipe, const park_ranking *r)
{
    park_json_open(json, "retrofits_ranked", '[');
    for (size_t i = 0; i < r->ranks; i++) {
        park_json_open(json, NULL, '{');
        park_json_text(json, "id", recipe->loaded.model->retrofit[r->rank[i].retrofit].id);
        park_json_bool(json, "chosen", r->rank[i].chosen);
        json_effect(json, "company", &r->rank[i].company);
        json_effect(json, "alone", &r->rank[i].alone);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
    park_json_open(json, "path", '[');
    for (size_t i = 0; r->base.found && i <= r->steps; i++) {
        park_json_open(json, NULL, '{');
        park_json_text(json, "built", i == 0 ? NULL : r->step[i - 1].name);
        json_state(json, recipe, i == 0 ? &r->base : &r->step[i - 1].after);
        park_json_number(json, "saved_m3_per_a", i == 0 ? NAN : r->step[i - 1].water);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
    park_json_bool(json, "path_complete", r->complete);
}

void park_recipe_json_worth(park_json *json, const park_recipe *recipe)
{
    if (recipe->design->worth != NULL)
        json_worth(json, recipe->design->worth);
    if (recipe->design->ranking != NULL)
        json_ranking(json, recipe, recipe->design->ranking);
}
