/* import: a first park around an EPANET network, the network's file beside it; or tables made tidy by a mapping. */
#include "jobs/network.h"

#include "file.h"
#include "import/inp_park.h"
#include "import/mapping.h"
#include "json.h"
#include "replace.h"

#include <stdio.h>
#include <string.h>

/* Where the two files go: FILE.yaml with the network beside it, or park.yaml in a folder. */
typedef struct places {
    const char *park, *network, *inp_name;
} places;

static bool ends(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);
    return length > wanted && strcmp(text + length - wanted, end) == 0;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static park_status find_places(park_recipe *recipe, places *at)
{
    park_arena *arena  = recipe->context->arena;
    const char *output = recipe->context->options->output;
    at->inp_name       = last_part(recipe->context->options->argument[0]);
    if (ends(output, ".yaml") || ends(output, ".yml")) {
        at->park = output;
        at->network =
            park_arena_printf(arena, "%.*s%s", (int)(last_part(output) - output), output, at->inp_name);
    } else {
        PARK_TRY(park_folder_open(arena, output, &recipe->error));
        at->park    = park_arena_printf(arena, "%s/park.yaml", output);
        at->network = park_arena_printf(arena, "%s/%s", output, at->inp_name);
    }
    return at->park != NULL && at->network != NULL
               ? PARK_OK
               : PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory to import a network");
}

static park_status write_both(park_recipe *recipe, const places *at, const park_text *park)
{
    const char   *source = recipe->context->options->argument[0];
    char         *bytes;
    size_t        length;
    park_new_file file[2] = {{.path = at->park, .bytes = park->data, .length = park->length}};
    if (park_file_same(source, at->network)) /* it stands there already */
        return park_files_replace(file, 1, &recipe->error);
    PARK_TRY(park_file_read(recipe->context->arena, source, 0, &bytes, &length, &recipe->error));
    file[1] = (park_new_file){.path = at->network, .bytes = bytes, .length = length};
    return park_files_replace(file, 2, &recipe->error);
}

static park_exit tell(park_recipe *recipe, const places *at, const park_inp_park_counts *counts)
{
    const park_job_context *context = recipe->context;
    park_text               out;
    park_text_init(&out, context->arena);
    if (context->options->json) {
        park_json json;
        park_json_init(&json, &out);
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "status", "done");
        park_json_text(&json, "park", at->park);
        park_json_text(&json, "network", at->network);
        park_json_whole(&json, "sources", (int64_t)counts->sources);
        park_json_whole(&json, "users", (int64_t)counts->users);
        park_json_whole(&json, "connections", (int64_t)counts->connections);
        park_json_whole(&json, "left_out", (int64_t)counts->without_source);
        park_json_close(&json, '}');
        park_text_char(&out, '\n');
    } else {
        park_text_printf(
            &out,
            context->zh
                ? "%s：水源 %zu 个，用水单元 %zu 个%s，连接 %zu 条；管网文件在旁：%s\n"
                : "%s: %zu sources, %zu users%s, %zu connections; the network's file stands beside it: %s\n",
            at->park, counts->sources, counts->users,
            !counts->grouped ? ""
            : context->zh    ? "（按类别与模式合并）"
                             : " (by category and pattern)",
            counts->connections, at->inp_name);
    }
    const char *done = park_text_done(&out);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}

/* --- tables by a mapping --- */

static park_status write_files(park_recipe *recipe, const park_mapped_file *file, size_t count)
{
    park_arena    *arena = recipe->context->arena;
    const char    *dir   = recipe->context->options->output;
    park_new_file *made  = PARK_ARRAY(arena, count + 1, park_new_file);
    if (made == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory to import tables");
    PARK_TRY(park_folder_open(arena, dir, &recipe->error));
    for (size_t i = 0; i < count; i++) {
        made[i] = (park_new_file){.path   = park_arena_printf(arena, "%s/%s", dir, file[i].name),
                                  .bytes  = file[i].bytes,
                                  .length = file[i].length};
        if (made[i].path == NULL)
            return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory to import tables");
    }
    return park_files_replace(made, count, &recipe->error);
}

static park_exit tell_files(park_recipe *recipe, const park_mapped_file *file, size_t count)
{
    const park_job_context *context = recipe->context;
    park_text               out;
    park_json               json;
    park_text_init(&out, context->arena);
    if (context->options->json) {
        park_json_init(&json, &out);
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "status", "done");
        park_json_open(&json, "files", '[');
        for (size_t i = 0; i < count; i++) {
            park_json_open(&json, NULL, '{');
            park_json_text(&json, "file", file[i].name);
            park_json_whole(&json, "rows", (int64_t)file[i].rows);
            park_json_whole(&json, "columns", (int64_t)file[i].columns);
            park_json_close(&json, '}');
        }
        park_json_close(&json, ']');
        park_json_close(&json, '}');
        park_text_char(&out, '\n');
    } else
        for (size_t i = 0; i < count; i++)
            park_text_printf(&out, context->zh ? "%s：%zu 行，%zu 列\n" : "%s: %zu rows, %zu columns\n",
                             file[i].name, file[i].rows, file[i].columns);
    const char *done = park_text_done(&out);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}

static park_exit import_tables(park_job_context *context)
{
    park_recipe       recipe;
    park_mapped_file *file  = NULL;
    size_t            count = 0;
    park_recipe_begin(&recipe, context);
    park_status status =
        park_mapping_apply(context->arena, context->options->mapping, context->options->argument[0],
                           &recipe.findings, &file, &count, &recipe.error);
    if (recipe.findings.errors > 0) {
        park_job_tell(context, &recipe.findings, 0, 0);
        return park_recipe_fail(&recipe, PARK_E_INPUT);
    }
    if (status == PARK_OK && !context->options->json)
        park_job_tell(context, &recipe.findings, 0, 0);
    if (status == PARK_OK)
        status = write_files(&recipe, file, count);
    return status == PARK_OK ? tell_files(&recipe, file, count) : park_recipe_fail(&recipe, status);
}

park_exit park_job_import(park_job_context *context)
{
    if (context->options->mapping != NULL)
        return import_tables(context);
    park_recipe          recipe;
    park_network        *net;
    places               at = {0};
    park_inp_park_counts counts;
    park_text            park;
    park_exit            exit = park_network_open(&recipe, context, &net);
    if (exit != PARK_EXIT_DONE)
        return exit;
    park_text_init(&park, context->arena);
    park_status status = find_places(&recipe, &at);
    if (status == PARK_OK)
        status = park_inp_park(net, at.inp_name, &park, &counts, &recipe.error);
    if (status == PARK_OK)
        status = write_both(&recipe, &at, &park);
    return status == PARK_OK ? tell(&recipe, &at, &counts) : park_recipe_fail(&recipe, status);
}
