/* The networks of a park, solved for what its simulation carried. */
#include "jobs/recipe.h"

#include "findings_text.h"
#include "jobs/progress.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The kept rows of links, as the networks read them. */
static park_status flows_of(const park_recipe *recipe, const park_model *model, park_bound_flows *flows,
                            park_error *err)
{
    const park_rows *rows = &recipe->rows;
    const double   **link = PARK_ARRAY(recipe->context->arena, model->links, const double *);
    if (link == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the flows of networks");
    for (size_t c = 0; c < rows->columns; c++)
        if (rows->column[c].kind == PARK_COLUMN_LINK_FLOW && rows->column[c].link >= 0)
            link[rows->column[c].link] = rows->value + c * rows->rows;
    *flows = (park_bound_flows){.rows   = rows->rows,
                                .every  = rows->every,
                                .time   = rows->time,
                                .link   = link,
                                .ledger = recipe->simulation->ledger};
    return PARK_OK;
}

/* Violations of the networks join those of the simulation. */
static park_status join(park_recipe *recipe, park_error *err)
{
    park_simulation *simulation = recipe->simulation;
    park_arena      *arena      = recipe->context->arena;
    park_violation  *more       = NULL;
    int64_t          found      = park_bound_violations(recipe->bound, recipe->loaded.networks, arena, &more);
    if (found < 0)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the violations of networks");
    if (found == 0)
        return PARK_OK;
    park_violation *all = PARK_ARRAY(arena, simulation->violations + (size_t)found, park_violation);
    if (all == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the violations of networks");
    if (simulation->violations > 0)
        memcpy(all, simulation->violation, simulation->violations * sizeof *all);
    memcpy(all + simulation->violations, more, (size_t)found * sizeof *all);
    simulation->violation = all;
    simulation->violations += (size_t)found;
    return PARK_OK;
}

park_exit park_recipe_bind(park_recipe *recipe, const park_model *model, const park_model *choices)
{
    park_arena         *arena    = recipe->context->arena;
    park_bound_settings settings = {.choices = choices, .failures = true};
    park_bound_flows    flows;
    park_progress       progress;
    if (recipe->loaded.networks == 0 || recipe->rows.rows == 0)
        return PARK_EXIT_DONE;
    park_findings_init(&recipe->noticed, arena);
    park_progress_begin(&progress, recipe->context, "solving networks", "管网计算");
    settings.progress      = park_progress_share;
    settings.progress_user = &progress;
    park_status status     = flows_of(recipe, model, &flows, &recipe->error);
    if (status == PARK_OK)
        status = park_bound_run(model, recipe->loaded.network, recipe->loaded.networks, &flows, &settings,
                                &recipe->noticed, arena, &recipe->bound, &recipe->error);
    park_progress_end(&progress);
    if (status == PARK_OK && choices != NULL)
        status = join(recipe, &recipe->error);
    return status == PARK_OK ? PARK_EXIT_DONE : park_recipe_fail(recipe, status);
}

void park_recipe_bind_tell(park_recipe *recipe)
{
    const park_job_context *context = recipe->context;
    park_text               text;
    park_finding_style      style = {.zh = context->zh, .file = context->options->argument[0]};
    if (recipe->noticed.count == 0)
        return;
    for (size_t i = 0; i < recipe->noticed.count; i++) {
        const park_finding *f = &recipe->noticed.items[i];
        park_finding_add(&recipe->findings, f->code, f->severity, f->path, "%s%.0s", "%.0s%s", f->en, f->zh);
    }
    park_text_init(&text, context->arena);
    park_findings_print(&recipe->noticed, &style, &text);
    const char *done = park_text_done(&text);
    if (done != NULL && !context->options->json && !context->silent)
        fputs(done, stderr);
    recipe->noticed.count = 0;
}
