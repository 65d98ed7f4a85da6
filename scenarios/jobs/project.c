/* project: where a region of parks is led year by year, whether its targets are met, and how sure that is. */
#include "jobs/recipe.h"

#include "findings_text.h"
#include "replace.h"
#include "report/number.h"
#include "report/region.h"

#include "base/clock.h"
#include "base/pool.h"

#include <stdio.h>
#include <string.h>

static park_status write_files(park_recipe *recipe, const park_region_record *record)
{
    park_arena   *arena = recipe->context->arena;
    const char   *dir   = recipe->context->options->output;
    const char   *html = NULL, *tables = park_arena_printf(arena, "%s/tables", dir);
    park_new_file file[PARK_REGION_TABLES + 1];
    PARK_TRY(park_region_page(record, recipe->context->zh, arena, &html, &recipe->error));
    PARK_TRY(park_region_tables(record, dir, recipe->context->zh, arena, file, &recipe->error));
    file[PARK_REGION_TABLES] = (park_new_file){
        .path = park_arena_printf(arena, "%s/report.html", dir), .bytes = html, .length = strlen(html)};
    if (tables == NULL || file[PARK_REGION_TABLES].path == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for the names of the results");
    PARK_TRY(park_folder_open(arena, tables, &recipe->error));
    return park_files_replace(file, PARK_REGION_TABLES + 1, &recipe->error);
}

/* --- what is told --- */

static void json_target(park_json *json, const park_region_record *record, size_t t)
{
    const park_region_target     *target = &record->region->target[t];
    const park_region_attainment *a      = &record->projection->attainment[t];
    double                        si     = park_region_subject_si(record->region, &target->subject);
    park_json_open(json, NULL, '{');
    park_json_text(json, "id", target->id);
    park_json_text(json, "unit", park_region_subject_unit(record->region, &target->subject).en);
    park_json_whole(json, "year", target->year);
    park_json_number(json, "min", a->min / si);
    park_json_number(json, "max", a->max / si);
    park_json_number(json, "value", a->value / si);
    park_json_number(json, "lacking", a->lacking / si);
    park_json_bool(json, "known", a->known);
    park_json_bool(json, "reached", a->reached);
    park_json_number(json, "probability", a->probability);
    park_json_number(json, "in_band", a->in_band);
    park_json_close(json, '}');
}

static void json_year(park_json *json, const park_region_record *record, size_t y)
{
    static const char *const      FLOWS[PARK_REGION_FLOWS] = {"V_i_surface", "V_i_ground",     "V_i_tap",
                                                              "V_i_bought",  "V_ih_reclaimed", "V_ih_mine",
                                                              "V_ih_rain",   "V_ih_other",     "V_r"};
    const park_region_projection *p                        = record->projection;
    park_json_open(json, NULL, '{');
    park_json_whole(json, "year", record->region->base + (int32_t)y);
    park_json_bool(json, "known", record->region->base + (int32_t)y <= record->region->known);
    for (int f = 0; f < PARK_REGION_FLOWS; f++)
        park_json_number(json, FLOWS[f], p->flow[y * PARK_REGION_FLOWS + (size_t)f]);
    park_json_number(json, "value_added", p->added[y]);
    park_json_number(json, "reuse_rate_conventional", p->central[0 * p->years + y]);
    park_json_number(json, "reuse_rate_all_sources", p->central[1 * p->years + y]);
    park_json_close(json, '}');
}

static void write_json(park_recipe *recipe, const park_region_record *record, double seconds, park_text *out)
{
    park_json json;
    park_text findings;
    park_json_init(&json, out);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "status", "done");
    park_json_whole(&json, "members", (int64_t)record->region->members);
    park_json_whole(&json, "draws", (int64_t)record->region->draws);
    park_json_whole(&json, "seed", (int64_t)record->region->seed);
    park_json_number(&json, "time_s", seconds);
    park_json_number(&json, "joint", record->projection->joint);
    park_json_open(&json, "targets", '[');
    for (size_t t = 0; t < record->region->targets; t++)
        json_target(&json, record, t);
    park_json_close(&json, ']');
    park_json_open(&json, "years", '[');
    for (size_t y = 0; y < record->projection->years; y++)
        json_year(&json, record, y);
    park_json_close(&json, ']');
    park_text_init(&findings, recipe->context->arena);
    park_findings_json(&recipe->findings, &findings);
    park_json_raw(&json, "findings", park_text_done(&findings));
    park_json_close(&json, '}');
    park_text_char(out, '\n');
}

static void write_words(const park_recipe *recipe, const park_region_record *record, double seconds,
                        park_text *out)
{
    bool                          zh     = recipe->context->zh;
    const park_region            *region = record->region;
    const park_region_projection *p      = record->projection;
    park_text_printf(out,
                     zh ? "%s：%zu 个成员，%d–%d 年（已知至 %d 年），抽样 %zu 次，%.2f 秒\n"
                        : "%s: %zu members, %d-%d (known to %d), %zu draws, %.2f s\n",
                     park_label_text(region->label, zh), region->members, (int)region->base,
                     (int)region->last, (int)region->known, region->draws, seconds);
    for (size_t t = 0; t < region->targets; t++) {
        const park_region_target     *target = &region->target[t];
        const park_region_attainment *a      = &p->attainment[t];
        double                        si     = park_region_subject_si(region, &target->subject);
        int                           d      = park_region_subject_decimals(&target->subject);
        char                          value[64], bound[64];
        bool                          least = a->min > -1e300;
        if (!a->known) {
            park_text_printf(out,
                             zh ? "  %s（%d 年）：没有数据，无法判定\n" : "  %s (%d): no data, not judged\n",
                             park_label_text(target->label, zh), (int)target->year);
            continue;
        }
        park_number_print(a->value / si, d, value, sizeof value);
        park_number_print((least ? a->min : a->max) / si, d, bound, sizeof bound);
        park_text_printf(
            out, zh ? "  %s（%d 年）：%s %s，要求 %s %s：%s" : "  %s (%d): %s %s, asked %s %s: %s",
            park_label_text(target->label, zh), (int)target->year, value,
            park_label_text(park_region_subject_unit(region, &target->subject), zh),
            least ? ">=" : "<=", bound, a->reached ? (zh ? "达到" : "reached") : (zh ? "未达到" : "missed"));
        if (region->draws > 0)
            park_text_printf(out, zh ? "，概率 %.1f%%" : ", probability %.1f %%", 100.0 * a->probability);
        park_text_char(out, '\n');
    }
    if (region->draws > 0 && region->targets > 1)
        park_text_printf(out, zh ? "  全部同时达到的概率：%.1f%%\n" : "  all together: %.1f %%\n",
                         100.0 * p->joint);
    if (recipe->context->options->output != NULL)
        park_text_printf(out, zh ? "  报告与表：%s\n" : "  report and tables: %s\n",
                         recipe->context->options->output);
}

static bool missed(const park_region_record *record)
{
    for (size_t t = 0; t < record->region->targets; t++)
        if (record->projection->attainment[t].known && !record->projection->attainment[t].reached)
            return true;
    return false;
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

park_exit park_job_project(park_job_context *context)
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
    if (context->options->seed > 0)
        region.seed = (uint64_t)context->options->seed;
    park_region_settings settings = {.threads = context->options->threads > 0 ? (int)context->options->threads
                                                                              : park_pool_threads(),
                                     .cancel  = context->cancel};
    double               started  = park_clock_seconds();
    park_status status  = park_region_project(&region, &settings, context->arena, &projection, &recipe.error);
    double      seconds = park_clock_seconds() - started;
    park_region_record record = {.region     = &region,
                                 .projection = projection,
                                 .findings   = &recipe.findings,
                                 .file       = context->options->argument[0],
                                 .version    = PARK_VERSION,
                                 .started    = recipe.started};
    if (status == PARK_OK)
        status = explain(&recipe, &record, &causes);
    if (status == PARK_OK && context->options->output != NULL)
        status = write_files(&recipe, &record);
    if (status != PARK_OK)
        return park_recipe_fail(&recipe, status);
    park_text_init(&out, context->arena);
    if (context->options->json)
        write_json(&recipe, &record, seconds, &out);
    else
        write_words(&recipe, &record, seconds, &out);
    const char *done = park_text_done(&out);
    if (done == NULL || fputs(done, stdout) == EOF)
        return PARK_EXIT_FILE;
    return context->options->fail_on_target && missed(&record) ? PARK_EXIT_TARGET_MISSED : PARK_EXIT_DONE;
}
