/* new: a small park to start from, complete and commented, in the wanted language; or a park as a workbook: the template, and
 * the draft from a filled one. */
#include "jobs/recipe.h"

#include "file.h"
#include "import/book.h"
#include "json.h"
#include "replace.h"

#include <stdio.h>

/* Ten lines are enough for a park: every line here is one that a planner will change. */
static const char TEMPLATE[] =
    "# yaml-language-server: $schema=./park.schema.json\n"
    "parkwater: 1\n"
    "name: {zh: %s, en: %s}\n"
    "data: illustrative                     # illustrative 示意 | estimated 估算 | measured 实测\n"
    "period: steady\n"
    "constituents: [TDS, COD]\n"
    "sources:\n"
    "  river: {kind: surface, price: 2.05 元/m³, quality: {TDS: 180 mg/L, COD: 12 mg/L}}\n"
    "users:\n"
    "  wash:  {kind: process, demand: 80 m³/h, inlet: {COD: 60 mg/L, TDS: 1000 mg/L}, adds: {COD: 16 kg/h, "
    "TDS: 20 kg/h}}\n"
    "  dye:   {kind: process, demand: 120 m³/h, inlet: {COD: 30 mg/L, TDS: 500 mg/L}, adds: {COD: 96 kg/h, "
    "TDS: 60 kg/h}}\n"
    "treatments:\n"
    "  wwtp:  {technology: AO, capacity: 300 m³/h, existing: true}\n"
    "  reuse: {train: [MMF, UF, BWRO], capacity: {min: 50 m³/h, max: 200 m³/h, step: 50 m³/h}}\n"
    "sinks:\n"
    "  outfall: {kind: outfall, limits: {COD: 80 mg/L}, price: 1.4 元/m³}\n"
    "connections: {candidates: all}\n"
    "targets: {reuse_rate: {min: 40 %%, basis: all_sources}}\n"
    "objective: cost\n";

/* --- a park as a workbook --- */

enum { BOOK_BYTES_MOST = 1 << 28 };

static park_exit write_template(park_job_context *context)
{
    park_recipe recipe;
    park_recipe_begin(&recipe, context);
    park_status status =
        park_book_template(context->options->template_book, context->zh, context->arena, &recipe.error);
    if (status != PARK_OK)
        return park_recipe_fail(&recipe, status);
    if (context->options->json)
        printf("{\"status\":\"done\"}\n");
    return PARK_EXIT_DONE;
}

static park_exit tell_draft(const park_recipe *recipe, const park_book_draft *draft)
{
    const park_job_context *context = recipe->context;
    const char             *output  = context->options->output;
    park_text               out;
    park_json               json;
    park_text_init(&out, context->arena);
    if (context->options->json) {
        park_json_init(&json, &out);
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "status", draft->missing > 0 ? "incomplete" : "done");
        park_json_text(&json, "park", output);
        park_json_whole(&json, "enterprises", (int64_t)draft->enterprises);
        park_json_whole(&json, "units", (int64_t)draft->units);
        park_json_whole(&json, "pipes", (int64_t)draft->pipes);
        park_json_whole(&json, "meters", (int64_t)draft->meters);
        park_json_whole(&json, "targets", (int64_t)draft->targets);
        park_json_whole(&json, "missing", (int64_t)draft->missing);
        park_json_close(&json, '}');
        park_text_char(&out, '\n');
    } else {
        park_text_printf(&out,
                         context->zh ? "%s：企业 %zu 家，单元 %zu 个，管线 %zu 条，水表 %zu 块，目标 %zu 项"
                                     : "%s: %zu enterprises, %zu units, %zu pipes, %zu meters, %zu targets",
                         output, draft->enterprises, draft->units, draft->pipes, draft->meters,
                         draft->targets);
        if (draft->missing > 0)
            park_text_printf(&out, context->zh ? "；待核 %zu 处" : "; %zu things still to be said",
                             draft->missing);
        park_text_char(&out, '\n');
    }
    const char *done = park_text_done(&out);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}

static park_exit draft_park(park_job_context *context)
{
    park_recipe     recipe;
    park_book_draft draft = {0};
    char           *bytes = NULL;
    size_t          length;
    const char     *path = context->options->from, *output = context->options->output;
    park_recipe_begin(&recipe, context);
    if (output == NULL)
        return park_recipe_fail(&recipe,
                                PARK_FAIL(&recipe.error, PARK_E_INPUT,
                                          context->zh ? "new --from 须用 -o 指明结果文件"
                                                      : "new --from needs -o, where the draft goes"));
    park_status status =
        park_file_read(context->arena, path, BOOK_BYTES_MOST, &bytes, &length, &recipe.error);
    if (status == PARK_OK)
        status = park_book_read(path, bytes, length, context->zh, context->arena, &recipe.findings, &draft,
                                &recipe.error);
    park_job_tell(context, &recipe.findings, 0, 0);
    if (status == PARK_OK)
        status = park_file_replace(output, draft.text, draft.length, &recipe.error);
    return status == PARK_OK ? tell_draft(&recipe, &draft) : park_recipe_fail(&recipe, status);
}

park_exit park_job_new(park_job_context *context)
{
    if (context->options->template_book != NULL)
        return write_template(context);
    if (context->options->from != NULL)
        return draft_park(context);
    const char *name = context->options->arguments > 0 ? context->options->argument[0] : NULL;
    for (const char *at = name; at != NULL && *at != '\0'; at++)
        if (*at == '"' || *at == '\n' || *at == '\\' || *at == ',' || *at == '{' || *at == '}' ||
            *at == ':') {
            fprintf(stderr, context->zh ? "园区名称不能含 \" \\ , { } : 或换行\n"
                                        : "a park's name must not hold \" \\ , { } : or a line break\n");
            return PARK_EXIT_INPUT;
        }
    park_text park, out;
    park_text_init(&park, context->arena);
    park_text_init(&out, context->arena);
    park_text_printf(&park, TEMPLATE, name != NULL ? name : "示例园区", name != NULL ? name : "A first park");
    const char *done = park_text_done(&park);
    if (done != NULL && context->options->json) {
        park_json json;
        park_json_init(&json, &out);
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "scenario", done);
        park_json_close(&json, '}');
        park_text_char(&out, '\n');
        done = park_text_done(&out);
    }
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}
