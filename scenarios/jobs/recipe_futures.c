/* recipe_futures.c - a design over futures, told: as JSON and for a person. */
#include "jobs/recipe_futures.h"

#include "objective_text.h"

#include <math.h>
#include <stdio.h>

static const char *const WORDS[] = {"none", "mean", "worst", "regret"}; /* by park_robust */

static void json_future(park_json *json, const park_outlook *o, size_t w)
{
    const park_future *f = &o->future[w];
    park_json_open(json, NULL, '{');
    park_json_bool(json, "as_written", w == 0);
    park_json_number(json, "probability", f->probability);
    park_json_open(json, "drawn", '{');
    for (size_t i = 0; i < o->uncertains; i++)
        park_json_number(json, o->uncertain[i].path, f->drawn[i]);
    park_json_close(json, '}');
    for (int k = 0; k < PARK_OBJECTIVE_KINDS; k++)
        park_json_number(json, park_objective_text_of((park_objective_kind)k).word, f->value[k]);
    park_json_number(json, "best_alone", f->best);
    park_json_number(json, "best_alone_bound", f->best_bound);
    park_json_number(json, "regret", f->regret);
    park_json_number(json, "nominal_design", isinf(f->nominal) ? NAN : f->nominal);
    park_json_bool(json, "nominal_design_fails", isinf(f->nominal));
    park_json_close(json, '}');
}

void park_json_futures(park_json *json, const park_outlook *o)
{
    park_json_open(json, "futures", '[');
    for (size_t w = 0; w < o->futures; w++)
        json_future(json, o, w);
    park_json_close(json, ']');
    park_json_text(json, "robust", WORDS[o->robust]);
    park_json_number(json, "mean", o->mean);
    park_json_number(json, "worst", o->worst);
    park_json_number(json, "regret", o->regret);
    park_json_number(json, "alone", o->alone);
    park_json_number(json, "nominal_mean", isinf(o->nominal_mean) ? NAN : o->nominal_mean);
    park_json_number(json, "nominal_worst", isinf(o->nominal_worst) ? NAN : o->nominal_worst);
    park_json_number(json, "nominal_regret", isinf(o->nominal_regret) ? NAN : o->nominal_regret);
    park_json_whole(json, "nominal_fails", (int64_t)o->fails);
}

static void cell(park_text *out, double value, double si, bool zh)
{
    if (isinf(value))
        park_text_printf(out, " %14s", zh ? "不可行" : "fails");
    else if (isnan(value))
        park_text_printf(out, " %14s", "-");
    else
        park_text_printf(out, " %14.4f", value / si);
}

void park_tell_futures(park_text *out, const park_outlook *o, bool zh)
{
    park_objective_text text = park_objective_text_of(o->kind);
    park_text_printf(
        out,
        zh ? "  未来（%s，%s）：概率、本方案、该未来单独最优、遗憾、按情景所写最优的方案\n"
           : "  futures (%s, %s): probability, this design, best for it alone, regret, design best as "
             "written\n",
        park_label_text(text.label, zh), park_label_text(text.shown, zh));
    for (size_t w = 0; w < o->futures; w++) {
        const park_future *f = &o->future[w];
        park_text_printf(out, "  %3zu %7.4f", w, f->probability);
        cell(out, f->value[o->kind], text.si, zh), cell(out, f->best, text.si, zh);
        cell(out, f->regret, text.si, zh), cell(out, f->nominal, text.si, zh);
        park_text_printf(out, "%s\n", w > 0 ? "" : zh ? "  <- 按情景所写" : "  <- as written");
    }
    park_text_printf(out, zh ? "  期望、最坏、最大遗憾：" : "  mean, worst, largest regret:");
    cell(out, o->mean, text.si, zh), cell(out, o->worst, text.si, zh), cell(out, o->regret, text.si, zh);
    park_text_printf(out, zh ? "\n  按情景所写最优的方案：" : "\n  of the design best as written:");
    cell(out, o->nominal_mean, text.si, zh), cell(out, o->nominal_worst, text.si, zh);
    cell(out, o->nominal_regret, text.si, zh);
    park_text_printf(out, "\n");
}

/* ---- stages ---- */

static void json_built(park_json *json, const char *id, double capital)
{
    park_json_open(json, NULL, '{');
    park_json_text(json, "what", id);
    park_json_number(json, "investment", capital);
    park_json_close(json, '}');
}

void park_json_stages(park_json *json, const park_design *design)
{
    const park_staging *g = design->staging;
    park_json_open(json, "stages", '[');
    for (size_t y = 0; y < g->stages; y++) {
        park_json_open(json, NULL, '{');
        park_json_whole(json, "year", g->year[y]);
        park_json_number(json, "share", g->share[y]);
        park_json_number(json, "budget", g->budget[y]);
        park_json_number(json, "spent", g->spent[y]);
        park_json_number(json, "running", g->running[y]);
        if (g->running_in != NULL && g->futures > 1) {
            park_json_open(json, "running_in", '[');
            for (size_t w = 0; w < g->futures; w++)
                park_json_number(json, NULL, g->running_in[y * g->futures + w]);
            park_json_close(json, ']');
        }
        park_json_open(json, "built", '[');
        for (size_t i = 0; design->retrofit_from != NULL && i < design->model->retrofits; i++)
            if (design->retrofit_from[i] == (int32_t)y)
                json_built(json, design->model->retrofit[i].id, fmax(design->model->retrofit[i].capex, 0.0));
        for (size_t u = 0; u < design->model->units; u++)
            if (g->unit_from[u] == (int32_t)y)
                json_built(json, design->model->unit[u].id, g->unit_capital[u]);
        for (size_t l = 0; l < design->model->links; l++)
            if (g->link_from[l] == (int32_t)y)
                json_built(json, design->model->link[l].id, g->link_capital[l]);
        park_json_close(json, ']');
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
}

void park_tell_stages(park_text *out, const park_design *design, bool zh)
{
    const park_staging *g = design->staging;
    park_text_printf(out,
                     zh ? "  分年投资（万元）：累计预算、累计投资、当年建成\n"
                        : "  investment by year (10⁴ CNY): budget up to it, spent up to it, what is built\n");
    for (size_t y = 0; y < g->stages; y++) {
        park_text_printf(out, "  %4d %12.2f %12.2f ", (int)g->year[y], g->budget[y] * 1e-4,
                         g->spent[y] * 1e-4);
        for (size_t i = 0; design->retrofit_from != NULL && i < design->model->retrofits; i++)
            if (design->retrofit_from[i] == (int32_t)y)
                park_text_printf(out, " %s", design->model->retrofit[i].id);
        for (size_t u = 0; u < design->model->units; u++)
            if (g->unit_from[u] == (int32_t)y)
                park_text_printf(out, " %s", design->model->unit[u].id);
        for (size_t l = 0; l < design->model->links; l++)
            if (g->link_from[l] == (int32_t)y)
                park_text_printf(out, " %s", design->model->link[l].id);
        park_text_printf(out, "\n");
    }
}
