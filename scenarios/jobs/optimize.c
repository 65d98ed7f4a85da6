/* optimize: the best design and allocation with its proven gap, to RUN.h5. */
#include "jobs/crowd.h"
#include "jobs/recipe.h"

static park_exit optimize(park_job_context *context)
{
    park_recipe recipe;
    park_exit   exit = park_recipe_open(&recipe, context);
    if (exit == PARK_EXIT_DONE)
        exit = park_recipe_optimize(&recipe, NULL, 1.0, 0);
    if (exit == PARK_EXIT_DONE)
        exit = park_recipe_judge(&recipe);
    if (exit == PARK_EXIT_DONE)
        exit = park_recipe_worth(&recipe);
    if (exit != PARK_EXIT_DONE)
        return exit;
    park_run_record record;
    park_status     status = park_recipe_record(&recipe, "optimize", &record);
    if (status == PARK_OK && recipe.design->link_flow != NULL)
        status = park_recipe_results(&recipe, &record, context->options->output);
    if (status != PARK_OK)
        return park_recipe_fail(&recipe, status);
    exit =
        context->options->json ? park_recipe_json(&recipe, &record) : park_recipe_summary(&recipe, &record);
    return exit != PARK_EXIT_DONE ? exit : park_recipe_verdict(&recipe);
}

park_exit park_job_optimize(park_job_context *context)
{
    return park_crowd_do(context, optimize);
}
