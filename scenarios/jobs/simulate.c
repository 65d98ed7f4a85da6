/* simulate: the park as it stands, marched through its period. */
#include "jobs/recipe.h"

#include "report/tables.h"
#include "results/results.h"

park_exit park_job_simulate(park_job_context *context)
{
    park_recipe         recipe;
    const park_options *options = context->options;
    park_exit           exit    = park_recipe_open(&recipe, context);
    if (exit != PARK_EXIT_DONE)
        return exit;
    if (options->output == NULL && options->tables == NULL && !options->json) {
        PARK_FAIL(&recipe.error, PARK_E_INPUT, "one of -o RUN.h5, --tables DIR and --json is needed");
        return park_recipe_fail(&recipe, PARK_E_INPUT);
    }
    exit = park_recipe_simulate(&recipe, recipe.loaded.model, NULL);
    if (exit == PARK_EXIT_DONE)
        exit = park_recipe_judge(&recipe);
    if (exit != PARK_EXIT_DONE)
        return exit;
    park_run_record record;
    park_status     status = park_recipe_record(&recipe, "simulate", &record);
    if (status == PARK_OK && options->output != NULL)
        status = park_results_write(&record, options->output, context->arena, &recipe.error);
    if (status == PARK_OK && options->tables != NULL)
        status = park_tables_write(&record, options->tables, context->zh, context->arena, &recipe.error);
    if (status != PARK_OK)
        return park_recipe_fail(&recipe, status);
    exit = options->json ? park_recipe_json(&recipe, &record) : park_recipe_summary(&recipe, &record);
    return exit != PARK_EXIT_DONE ? exit : park_recipe_verdict(&recipe);
}
