/* A park that cannot work: found out for jobs that do not optimize, and told. */
#include "jobs/recipe.h"

#include "jobs/progress.h"
#include "indicator_text.h"
#include "statement_text.h"

#include <parkwater/worth.h>

#include <math.h>

static const uint64_t WORK = 100000; /* LP iterations for the proof, and as many for the ways out */

park_exit park_recipe_explain(park_recipe *recipe)
{
    const park_job_context *context = recipe->context;
    park_design_settings    settings;
    park_worth_settings     ways;
    park_progress           progress;
    park_design            *design = NULL;
    park_findings           told; /* what planning notices was told by the precheck */
    park_error              err = {0};
    park_findings_init(&told, context->arena);
    park_progress_begin(&progress, context, "looking for ways out", "寻找出路");
    park_design_settings_default(&settings);
    settings.work_limit = WORK, settings.threads = (int)context->options->threads;
    settings.seed = (uint64_t)context->options->seed, settings.cancel = context->cancel;
    park_status status =
        park_design_solve(recipe->loaded.model, &settings, context->arena, &design, &told, &err);
    if (status == PARK_OK && design->status == PARK_DESIGN_INFEASIBLE) {
        park_worth_settings_default(&ways);
        ways.work_limit = WORK, ways.threads = settings.threads, ways.seed = settings.seed;
        ways.cancel = context->cancel;
        status      = park_design_relieve(recipe->loaded.model, &ways, context->arena, design, &err);
    }
    park_progress_end(&progress);
    if (status != PARK_OK) {
        recipe->error = err;
        return park_recipe_fail(recipe, status);
    }
    if (design->status == PARK_DESIGN_INFEASIBLE)
        recipe->design = design;
    return PARK_EXIT_DONE;
}

/* ---- for a person -------------------------------------------------------------------------------------------------------- */

static void tell_relief(const park_recipe *recipe, const park_relief *r, park_text *out)
{
    const park_design *design = recipe->design;
    bool               zh     = recipe->context->zh;
    char               by[400], to[400], least[400];
    park_statement_amount(r->of, r->dim, r->by, zh, by, sizeof by);
    park_statement_amount(r->of, r->dim, r->asked + r->by, zh, to, sizeof to);
    park_statement_amount(r->of, r->dim, r->least, zh, least, sizeof least);
    switch (r->kind) {
    case PARK_RELIEF_FOUND:
        park_text_printf(out,
                         zh ? "\n      只改此项：改变 %s（至 %s）即可，已求得方案，目标值 %.8g %s"
                            : "\n      it alone: moved by %s (to %s) is enough, a plan was found at %.8g %s",
                         by, to, r->cost, park_objective_unit_text(design->unit, zh));
        if (r->least > 0.0)
            park_text_printf(out, zh ? "；改变 %s 已证明不够" : "; %s is proven not enough", least);
        return;
    case PARK_RELIEF_AT_LEAST:
        park_text_printf(out,
                         zh ? "\n      只改此项：至少需改变 %s；更大的改变是否足够未能证明"
                            : "\n      it alone: needed at least %s; that more is enough was not shown",
                         least);
        return;
    case PARK_RELIEF_NONE:
        park_text_add(out, zh ? "\n      只改此项，无论多少，未见可行方案"
                              : "\n      it alone, however far, is not known to help");
        return;
    case PARK_RELIEF_UNTRIED:
        park_text_add(out, zh ? "\n      只改此项：未计算（限额）"
                              : "\n      it alone: not computed (the limits)");
        return;
    }
}

void park_recipe_tell_conflict(const park_recipe *recipe, park_text *out)
{
    const park_design *design = recipe->design;
    bool               zh     = recipe->context->zh;
    park_text_add(out,
                  zh ? "没有方案能同时满足以下要求：\n" : "no design can meet these statements together:\n");
    for (size_t i = 0; i < design->conflicts; i++) {
        const park_conflict_line *line = &design->conflict[i];
        const park_statement     *s    = &design->model->statement[line->statement];
        park_text_add(out, "  ");
        if (s->file != NULL)
            park_text_printf(out, "%s:%d: ", s->file, s->line);
        park_text_printf(out, "%s%s%s", s->path, s->text != NULL && s->text[0] != '\0' ? ": " : "",
                         s->text != NULL ? s->text : "");
        if (design->reliefs == 0 && isfinite(line->relaxation) && line->asked != 0.0)
            park_text_printf(
                out, zh ? "（若只放宽此项，需放宽 %.3g %%）" : "  (it alone would have to give by %.3g %%)",
                100.0 * fabs(line->relaxation / line->asked));
        if (i < design->reliefs)
            tell_relief(recipe, &design->relief[i], out);
        park_text_char(out, '\n');
    }
    if (design->conflicts == 0)
        park_text_add(out, zh ? "  （水量与物质平衡本身已无解）\n"
                              : "  (the balances of water and matter alone have no solution)\n");
}

/* ---- for a program --------------------------------------------------------------------------------------------------------- */

static void json_relief(park_json *json, const park_relief *r)
{
    static const char *const KIND[] = {"enough", "at_least", "none", "untried"};
    park_json_open(json, "relief", '{');
    park_json_text(json, "kind", KIND[r->kind]);
    park_json_number(json, "by", r->by);
    park_json_text(json, "unit", park_worth_text_of(r->of).unit.en);
    park_json_number(json, "by_units", park_worth_shown(r->of, r->by, r->asked));
    park_json_number(json, "proven_not_enough", r->least);
    park_json_number(json, "objective", r->cost);
    park_json_close(json, '}');
}

/* Numbers in SI, and in the unit its user thinks in beside them. */
void park_recipe_json_conflict(park_json *json, const park_recipe *recipe)
{
    const park_design *design = recipe->design;
    const park_model  *model  = design->model; /* it knows statements that the file's park does not name */
    park_json_open(json, "conflict", '[');
    for (size_t i = 0; i < design->conflicts; i++) {
        const park_conflict_line *line = &design->conflict[i];
        const park_statement     *s    = &model->statement[line->statement];
        park_worth_line           kind = {0};
        park_statement_unit(model, s->path, line->asked, &kind);
        park_json_open(json, NULL, '{');
        park_json_text(json, "path", s->path);
        park_json_text(json, "file", s->file);
        park_json_whole(json, "line", s->line);
        park_json_number(json, "asked", line->asked);
        park_json_number(json, "missed", line->missed);
        park_json_number(json, "relaxation", line->relaxation);
        park_json_text(json, "unit", park_worth_text_of(kind.of).unit.en);
        park_json_number(json, "asked_units", park_worth_shown(kind.of, line->asked, line->asked));
        park_json_number(json, "missed_units", park_worth_shown(kind.of, line->missed, line->asked));
        park_json_number(json, "relaxation_units", park_worth_shown(kind.of, line->relaxation, line->asked));
        if (i < design->reliefs)
            json_relief(json, &design->relief[i]);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
    park_json_bool(json, "conflict_irreducible", design->conflict_irreducible);
}
