/* run: the main job. Optimize, simulate, repair, judge; then run.h5, report.html and tables/ in DIR. Without a design the
 * page and the tables say why. */
#include "jobs/crowd.h"
#include "jobs/recipe.h"

#include "report/report.h"

#include "replace.h"
#include "report/figures.h"
#include "report/report_document.h"
#include "report/tables.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static park_status folder(const char *path, park_error *err)
{
    struct stat is;
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && stat(path, &is) == 0 && S_ISDIR(is.st_mode)))
        return PARK_OK;
    return PARK_FAIL(err, PARK_E_FILE, "the folder %s cannot be made: %s", path, strerror(errno));
}

/* All results beside each other. Where there is no design (`conflict`) the page and the tables say why; a run.h5 of an earlier
 * run would look like its result, so it goes. */
static park_status write_results(park_recipe *recipe, park_run_record *record, bool conflict)
{
    park_arena *arena = recipe->context->arena;
    const char *dir   = recipe->context->options->output;
    bool        zh    = recipe->context->zh;
    const char *h5    = park_arena_printf(arena, "%s/run.h5", dir);
    const char *page  = park_arena_printf(arena, "%s/report.html", dir);
    const char *csv   = park_arena_printf(arena, "%s/tables", dir);
    const char *xlsx  = park_arena_printf(arena, "%s/tables.xlsx", dir);
    const char *drawn = park_arena_printf(arena, "%s/figures", dir);
    const char *docx  = park_arena_printf(arena, "%s/report.docx", dir);
    if (h5 == NULL || page == NULL || csv == NULL || xlsx == NULL || drawn == NULL || docx == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for the names of the results");
    PARK_TRY(folder(dir, &recipe->error));
    if (!conflict)
        PARK_TRY(park_recipe_results(recipe, record, h5));
    PARK_TRY(park_tables_write(record, csv, zh, arena, &recipe->error));
    PARK_TRY(park_tables_workbook(record, xlsx, zh, arena, &recipe->error));
    PARK_TRY(park_figures_write(record, drawn, zh, arena, &recipe->error));
    PARK_TRY(park_report_document(record, docx, zh, arena, &recipe->error));
    PARK_TRY(park_report_write(record, page, zh, arena, &recipe->error));
    recipe->explained = recipe->explained || conflict;
    return conflict ? park_file_remove(h5, &recipe->error) : PARK_OK;
}

static park_exit run(park_job_context *context)
{
    park_recipe recipe;
    park_exit   exit = park_recipe_open(&recipe, context);
    if (exit == PARK_EXIT_DONE)
        exit = park_recipe_repair(&recipe);
    if (exit == PARK_EXIT_DONE)
        exit = park_recipe_judge(&recipe);
    if (exit == PARK_EXIT_DONE)
        exit = park_recipe_worth(&recipe);
    if (exit != PARK_EXIT_DONE)
        return exit;
    park_recipe_bind_tell(&recipe);
    park_run_record record;
    park_status     status = park_recipe_record(&recipe, "run", &record);
    bool            kept   = recipe.simulation != NULL ||
                (record.interrupted && recipe.design != NULL && recipe.design->link_flow != NULL);
    if (status == PARK_OK && kept)
        status = write_results(&recipe, &record, false);
    else if (status == PARK_OK && recipe.design != NULL && recipe.design->status == PARK_DESIGN_INFEASIBLE)
        status = write_results(&recipe, &record, true);
    if (status != PARK_OK)
        return park_recipe_fail(&recipe, status);
    park_recipe_drop_rows(&recipe, true);
    exit =
        context->options->json ? park_recipe_json(&recipe, &record) : park_recipe_summary(&recipe, &record);
    return exit != PARK_EXIT_DONE ? exit : park_recipe_verdict(&recipe);
}

park_exit park_job_run(park_job_context *context)
{
    return park_crowd_do(context, run);
}
