/* project: where a region of parks is led year by year, whether its targets are met, and how sure that is. */
#include "jobs/crowd.h"
#include "jobs/project_tell.h"
#include "jobs/recipe.h"

#include "findings_text.h"
#include "replace.h"
#include "report/number.h"
#include "report/region.h"
#include "report/xlsx.h"

#include "base/clock.h"
#include "base/pool.h"
#include "base/ranks.h"

#include <parkwater/allocation.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ALLOCATION_WORK = 60000, TRIAL_WORK = 4000 };         /* LP iterations of one choice */
static const double ALLOCATION_GAP = 1e-4, TRIAL_GAP = 1e-3; /* [-] */

static park_status write_files(park_recipe *recipe, const park_region_record *record)
{
    park_arena *arena = recipe->context->arena;
    const char *dir   = recipe->context->options->output;
    const char *html = NULL, *one = NULL, *tables = park_arena_printf(arena, "%s/tables", dir),
               *book    = park_arena_printf(arena, "%s/tables.xlsx", dir);
    size_t        count = 0;
    park_new_file file[PARK_REGION_TABLES + 2];
    park_sheet   *sheet = PARK_ARRAY(arena, PARK_REGION_TABLES + 1, park_sheet);
    if (tables == NULL || book == NULL || sheet == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for the names of the results");
    PARK_TRY(park_region_page(record, recipe->context->zh, arena, &html, &recipe->error));
    PARK_TRY(park_region_tables(record, recipe->context->zh, arena, sheet, &count, &recipe->error));
    for (size_t i = 0; i <= count; i++) {
        file[i] = (park_new_file){.path = i < count ? park_arena_printf(arena, "%s/%s", tables, sheet[i].name)
                                                    : park_arena_printf(arena, "%s/report.html", dir),
                                  .bytes = i < count ? park_text_done(&sheet[i].text) : html};
        if (file[i].path == NULL || file[i].bytes == NULL)
            return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for the names of the results");
        file[i].length = i < count ? sheet[i].text.length : strlen(html);
    }
    PARK_TRY(park_region_summary(record, arena, &one, &recipe->error));
    file[count + 1] = (park_new_file){
        .path = park_arena_printf(arena, "%s/summary.html", dir), .bytes = one, .length = strlen(one)};
    if (file[count + 1].path == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for the names of the results");
    PARK_TRY(park_folder_open(arena, tables, &recipe->error));
    PARK_TRY(park_xlsx_write(sheet, count, book, arena, &recipe->error));
    return park_files_replace(file, count + 2, &recipe->error);
}

static int threads_of(const park_job_context *context)
{
    return context->options->threads > 0 ? (int)context->options->threads : park_pool_threads();
}

/* A quota in another measure than the product's is not held against it: said, for silence would read as a pass. */
static void tell_measures(park_recipe *recipe, const park_region *region, const park_quotas *quotas)
{
    for (size_t p = 0; p < region->products; p++) {
        const park_quota *quota = park_region_quota_named(quotas, &region->product[p]);
        if (quota == NULL || quota->dim == region->product[p].output)
            continue;
        park_quotas_place(
            quotas, quota, &recipe->findings,
            park_finding_add(
                &recipe->findings, PARK_W0396, PARK_WARNING, NULL,
                "the quota of '%s' in %s is in another measure than the region makes it: not compared",
                "定额表 %2$s 中“%1$s”的计量单位与区域文件不同：不作对比", region->product[p].id,
                quotas->name));
    }
}

/* Products are held against the user's table of quotas, else the shipped one. */
static park_status read_quotas(park_recipe *recipe, park_quotas *quotas, park_region_record *record)
{
    park_job_context *context = recipe->context;
    size_t            before = recipe->findings.count, errors = recipe->findings.errors;
    park_status       status =
        park_quotas_read(context->options->quotas, context->arena, &recipe->findings, quotas, &recipe->error);
    if (status == PARK_OK)
        tell_measures(recipe, record->region, quotas);
    park_job_tell(context, &recipe->findings, before, errors);
    record->quotas = quotas;
    return status;
}

/* Who delivers which part of the targets, where the document says what may be built. */
static park_status allocate(park_recipe *recipe, const park_region *region, park_region_record *record)
{
    park_job_context              *context  = recipe->context;
    const park_allocation_settings settings = {.gap        = ALLOCATION_GAP,
                                               .work       = ALLOCATION_WORK,
                                               .trial_gap  = TRIAL_GAP,
                                               .trial_work = TRIAL_WORK,
                                               .threads    = threads_of(context),
                                               .cancel     = context->cancel};
    park_allocation               *a        = PARK_NEW(context->arena, park_allocation);
    park_allocation_result        *result   = NULL;
    if (recipe->loaded.allocation == NULL)
        return PARK_OK;
    if (a == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for an allocation");
    *a      = *recipe->loaded.allocation;
    a->seed = region->seed;
    PARK_TRY(park_allocation_needs(region, a, context->arena, &recipe->error));
    PARK_TRY(park_allocation_study(a, &settings, context->arena, &result, &recipe->error));
    double *exact = PARK_ARRAY(context->arena, a->needs + 1, double);
    if (exact == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for an allocation");
    PARK_TRY(park_allocation_exact(region, a, &result->choice, context->arena, exact, &recipe->error));
    record->allocation = a, record->allocated = result, record->exact = exact;
    return PARK_OK;
}

static bool missed(const park_region_record *record)
{
    for (size_t t = 0; t < record->region->targets; t++)
        if (record->projection->attainment[t].known && !record->projection->attainment[t].reached)
            return true;
    return false;
}

/* Measures that the allocation may choose are not assumed: what is projected is the region without them. */
static park_status leave_options(park_recipe *recipe, park_region *region)
{
    const park_allocation *a = recipe->loaded.allocation;
    park_region_measure   *measure =
        PARK_ARRAY(recipe->context->arena, region->measures + 1, park_region_measure);
    if (measure == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for the measures");
    for (size_t k = 0; k < region->measures; k++) {
        measure[k] = region->measure[k];
        if (a != NULL && a->off != NULL && a->off[k])
            measure[k].adoption = (park_distribution){.kind = PARK_DISTRIBUTION_NORMAL};
    }
    region->measure = measure;
    return PARK_OK;
}

/* From the base year to the year in which most is asked: the first target's. */
static park_status explain(park_recipe *recipe, park_region_record *record, park_region_causes *causes)
{
    const park_region *region = record->region;
    int32_t            to     = region->targets > 0 ? region->target[0].year : region->last;
    if (to <= region->base)
        return PARK_OK;
    PARK_TRY(park_region_explain(region, record->projection, region->base, to, recipe->context->arena, causes,
                                 &recipe->error));
    record->causes = causes;
    return PARK_OK;
}

/* The document has a seed of its own: only one that is written on the command line takes its place, not that option's default. */
static bool says_seed(const park_job_context *context)
{
    for (int i = 2; i < context->argc; i++)
        if (strncmp(context->argv[i], "--seed", strlen("--seed")) == 0)
            return true;
    return false;
}

static park_exit project(park_job_context *context)
{
    park_recipe             recipe;
    park_region_causes      causes;
    park_region_projection *projection = NULL;
    park_text               out;
    park_exit               exit = park_recipe_open(&recipe, context);
    if (exit != PARK_EXIT_DONE)
        return exit;
    if (recipe.loaded.region == NULL) {
        park_error_set(&recipe.error, PARK_E_INPUT, __FILE__, __LINE__,
                       "%s is no region: its first word is not parkwater_region",
                       context->options->argument[0]);
        return park_recipe_fail(&recipe, PARK_E_INPUT);
    }
    park_region region = *recipe.loaded.region;
    if (says_seed(context))
        region.seed = (uint64_t)context->options->seed;
    park_region_settings settings = {
        .threads = threads_of(context), .cancel = context->cancel, .peers = context->peers};
    double      started = park_clock_seconds();
    park_status status  = leave_options(&recipe, &region);
    if (status == PARK_OK)
        status = park_region_project(&region, &settings, context->arena, &projection, &recipe.error);
    if (context->peers != NULL && context->peers->rank > 0) /* the first goes on alone */
        return status == PARK_OK ? PARK_EXIT_DONE : park_recipe_fail(&recipe, status);
    double             seconds = park_clock_seconds() - started;
    park_region_record record  = {.region     = &region,
                                  .projection = projection,
                                  .findings   = &recipe.findings,
                                  .file       = context->options->argument[0],
                                  .version    = PARK_VERSION,
                                  .started    = recipe.started};
    if (status == PARK_OK)
        status = explain(&recipe, &record, &causes);
    park_quotas quotas;
    if (status == PARK_OK)
        status = read_quotas(&recipe, &quotas, &record);
    if (status == PARK_OK)
        status = allocate(&recipe, recipe.loaded.region, &record);
    if (status == PARK_OK && context->options->output != NULL)
        status = write_files(&recipe, &record);
    if (status != PARK_OK)
        return park_recipe_fail(&recipe, status);
    park_text_init(&out, context->arena);
    if (context->options->json)
        park_project_json(&recipe, &record, seconds, &out);
    else
        park_project_words(&recipe, &record, seconds, &out);
    const char *done = park_text_done(&out);
    if (done == NULL || fputs(done, stdout) == EOF)
        return PARK_EXIT_FILE;
    return context->options->fail_on_target && missed(&record) ? PARK_EXIT_TARGET_MISSED : PARK_EXIT_DONE;
}

park_exit park_job_project(park_job_context *context)
{
    return park_crowd_together(context, project);
}
