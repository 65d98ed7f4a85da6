/* What a march that failed leaves behind. */
#include "jobs/recipe.h"

#include "results/results.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Beside the result that would have been: "a.h5.incomplete", "DIR/run.h5.incomplete"; NULL where none was asked for. */
static const char *path_of(const park_recipe *recipe, bool folder)
{
    const park_job_context *context = recipe->context;
    const char             *output  = context->options->output;
    return output == NULL
               ? NULL
               : park_arena_printf(context->arena, folder ? "%s/run.h5.incomplete" : "%s.incomplete", output);
}

void park_recipe_keep_rows(park_recipe *recipe, const park_sink *sink, bool folder)
{
    const park_job_context *context = recipe->context;
    const char             *path    = path_of(recipe, folder);
    park_error              failure = recipe->error, err = {0};
    park_run_record         record;
    recipe->simulation = NULL;
    if (path == NULL || sink->end(sink->user, &err) != PARK_OK || recipe->rows.rows == 0)
        return;
    park_status status = park_recipe_record(recipe, folder ? "run" : "simulate", &record);
    recipe->error      = failure;
    record.incomplete  = failure.message;
    record.design      = NULL; /* of a round that time has not confirmed */
    record.promised = record.simulated = NULL;
    record.networks = record.rounds = 0;
    if (status != PARK_OK || (folder && mkdir(context->options->output, 0777) != 0 && errno != EEXIST) ||
        park_results_write(&record, path, context->arena, &err) != PARK_OK)
        return;
    snprintf(recipe->error.message, sizeof recipe->error.message,
             "%.300s; what was simulated before stands in %.150s", failure.message, path);
}

void park_recipe_drop_rows(const park_recipe *recipe, bool folder)
{
    const char *path = path_of(recipe, folder);
    if (path != NULL)
        remove(path);
}
