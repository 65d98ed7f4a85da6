/* simulate: the park as it stands, marched through its period; or a pipe network through its duration. */
#include "jobs/recipe.h"

#include "import/inp.h"
#include "report/tables.h"

#include <stdio.h>
#include <string.h>

/* Words that do not go together, told before anything is read; NULL when all is well. */
static const char *complaint(const park_options *options, bool network, bool zh)
{
    const char *stepping = options->stepping;
    if (options->output == NULL && options->tables == NULL && !options->json)
        return zh ? "-o RUN.h5、--tables DIR、--json 至少给出一个"
                  : "one of -o RUN.h5, --tables DIR and --json is needed";
    if (stepping != NULL && strcmp(stepping, "epanet") != 0 && strcmp(stepping, "adaptive") != 0)
        return zh ? "--stepping 为 epanet 或 adaptive" : "--stepping is epanet or adaptive";
    if (stepping != NULL && strcmp(stepping, "epanet") == 0 && !network)
        return zh ? "--stepping epanet 仅用于管网（NET.inp）；园区采用自适应步长"
                  : "--stepping epanet is for networks (NET.inp); parks are marched adaptively";
    if (options->checkpoint != NULL && network)
        return zh ? "--checkpoint 仅用于园区" : "--checkpoint is for parks";
    return NULL;
}

park_exit park_job_simulate(park_job_context *context)
{
    park_recipe         recipe  = {.context = context};
    const park_options *options = context->options;
    bool                network = park_inp_named(options->argument[0]);
    const char         *wrong   = complaint(options, network, context->zh && !options->json);
    if (wrong != NULL && !options->json) {
        fprintf(stderr, context->zh ? "parkwater：%s\n" : "parkwater: %s\n", wrong);
        return PARK_EXIT_INPUT;
    }
    if (wrong != NULL) {
        PARK_FAIL(&recipe.error, PARK_E_INPUT, "%s", wrong);
        return park_recipe_fail(&recipe, PARK_E_INPUT);
    }
    if (network)
        return park_job_simulate_network(context);
    park_exit exit = park_recipe_open(&recipe, context);
    if (exit != PARK_EXIT_DONE)
        return exit;
    exit = park_recipe_simulate(&recipe, recipe.loaded.model, NULL);
    if (exit == PARK_EXIT_DONE)
        exit = park_recipe_bind(&recipe, recipe.loaded.model, NULL);
    if (exit == PARK_EXIT_DONE)
        exit = park_recipe_judge(&recipe);
    if (exit != PARK_EXIT_DONE)
        return exit;
    park_recipe_bind_tell(&recipe);
    park_run_record record;
    park_status     status = park_recipe_record(&recipe, "simulate", &record);
    if (status == PARK_OK && options->output != NULL)
        status = park_recipe_results(&recipe, &record, options->output);
    if (status == PARK_OK && options->tables != NULL)
        status = park_tables_write(&record, options->tables, context->zh, context->arena, &recipe.error);
    if (status != PARK_OK)
        return park_recipe_fail(&recipe, status);
    park_recipe_drop_rows(&recipe, false);
    if (options->checkpoint != NULL)
        remove(options->checkpoint); /* the result stands: nothing is left to go on with */
    exit = options->json ? park_recipe_json(&recipe, &record) : park_recipe_summary(&recipe, &record);
    return exit != PARK_EXIT_DONE ? exit : park_recipe_verdict(&recipe);
}
