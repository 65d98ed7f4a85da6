/* new: a small park to start from, complete and commented, in the wanted language. */
#include "jobs/job.h"

#include "json.h"

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

park_exit park_job_new(park_job_context *context)
{
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
