/* recipe_region.c - parks of a region: runs as they were saved, files simulated on the spot as they stand. */
#include "jobs/recipe_region.h"

#include "jobs/recipe.h"
#include "results/region_run.h"

#include <stdio.h>
#include <string.h>

/* The first mistake of a park's file, or what failed. */
static park_status tell(const park_recipe *recipe, park_status status, park_error *err)
{
    for (size_t i = 0; i < recipe->findings.count; i++) {
        const park_finding *finding = &recipe->findings.items[i];
        if (finding->severity == PARK_ERROR)
            return PARK_FAIL(err, status, "%s: %s", park_code_name(finding->code), finding->en);
    }
    return PARK_FAIL(err, status, "%s",
                     recipe->error.status != PARK_OK ? recipe->error.message : park_status_sentence(status));
}

static park_status simulate(park_job_context *outer, const char *path, park_arena *arena,
                            park_region_park *park, park_error *err)
{
    park_options     options = *outer->options;
    park_job_context context = *outer;
    park_recipe      recipe;
    park_run_record  record;
    options.json = options.verbose = options.expand = false;
    options.quiet = options.no_worth = true;
    options.checkpoint = options.output = options.tables = NULL;
    options.argument[0]                                  = path;
    context.options = &options, context.arena = arena, context.silent = true;
    park_recipe_begin(&recipe, &context);
    park_load_options rule = {.allow_path = options.allow_path, .allow_paths = options.allow_paths};
    /* who reads parks is not handed on: a region that names itself ends here */
    park_status status = park_load(path, &rule, arena, &recipe.loaded, &recipe.findings, &recipe.error);
    if (status != PARK_OK)
        return tell(&recipe, status, err);
    if (recipe.loaded.model == NULL)
        return PARK_FAIL(err, PARK_E_INPUT, "%s is no park: a study or a region cannot be a member", path);
    park_exit exit = park_recipe_simulate(&recipe, recipe.loaded.model, NULL);
    if (exit == PARK_EXIT_DONE)
        exit = park_recipe_judge(&recipe);
    if (exit != PARK_EXIT_DONE)
        return tell(&recipe, recipe.error.status != PARK_OK ? recipe.error.status : PARK_E_INPUT, err);
    PARK_TRY(park_recipe_record(&recipe, "simulate", &record));
    return park_region_run_take(&record, arena, park, err);
}

static park_status read_park(void *user, const char *path, bool file, park_arena *arena,
                             park_region_park *park, park_error *err)
{
    park_job_context *context = user;
    return file ? simulate(context, path, arena, park, err) : park_region_run_read(path, arena, park, err);
}

park_region_reader park_region_reader_of(park_job_context *context)
{
    return (park_region_reader){.read = read_park, .user = context};
}
