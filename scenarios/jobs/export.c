/* export: a network, or the one that a park is bound to, as INP text for EPANET; or networks as a drawing (DXF). */
#include "jobs/network.h"

#include "import/inp.h"
#include "json.h"
#include "replace.h"
#include "report/network_dxf.h"
#include "units/kind.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The network of a park: the only one, or that of --network. */
static const park_bound_network *chosen(park_recipe *recipe)
{
    const char        *wanted = recipe->context->options->network;
    const park_loaded *loaded = &recipe->loaded;
    for (size_t i = 0; i < loaded->networks; i++)
        if (wanted == NULL ? loaded->networks == 1 : strcmp(wanted, loaded->network[i].id) == 0)
            return &loaded->network[i];
    bool zh = recipe->context->zh;
    if (loaded->networks == 0)
        PARK_FAIL(&recipe->error, PARK_E_INPUT,
                  zh ? "园区没有可导出的 `network`" : "the park has no `network` to export");
    else if (wanted == NULL)
        PARK_FAIL(&recipe->error, PARK_E_INPUT,
                  zh ? "园区有 %zu 个管网，请指明：--network %s"
                     : "the park has %zu networks; name one: --network %s",
                  loaded->networks, loaded->network[0].id);
    else
        PARK_FAIL(&recipe->error, PARK_E_INPUT,
                  zh ? "园区没有管网“%s”；有“%s”%s" : "the park has no network '%s'; it has '%s'%s", wanted,
                  loaded->network[0].id,
                  loaded->networks <= 1 ? ""
                  : zh                  ? "等"
                                        : " and others");
    return NULL;
}

/* What a bound user draws over the year [m3/s]; NAN for other units and where the demand is free. */
static park_status user_demand(park_recipe *recipe, const char *id, double *demand)
{
    const park_model *model = recipe->loaded.model;
    *demand                 = NAN;
    for (size_t u = 0; u < model->units; u++) {
        if (model->unit[u].role != PARK_USER || strcmp(model->unit[u].id, id) != 0)
            continue;
        double    sum = 0.0;
        park_map *map = park_map_new(recipe->context->arena, model, (int32_t)u);
        if (map == NULL)
            return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory to export a network");
        for (size_t s = 0; s < model->time.seasons; s++) {
            PARK_TRY(park_unit_average(model, (int32_t)u, (int32_t)s, map, &recipe->error));
            sum += map->demand * model->time.season[s].seconds / model->time.year_seconds;
        }
        *demand = sum > 0.0 ? sum : NAN;
        return PARK_OK;
    }
    return PARK_OK;
}

/* What the park's users draw on average is what their nodes draw. */
static park_status put_demands(park_recipe *recipe, const park_bound_network *bound, park_network *net)
{
    park_arena *arena  = recipe->context->arena;
    double     *wanted = PARK_ARRAY(arena, net->node.count, double), demand = NAN;
    const char *unit = NULL;
    if (wanted == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory to export a network");
    for (size_t n = 0; n < net->node.count; n++)
        wanted[n] = NAN;
    for (size_t i = 0; i < bound->binds; i++) { /* rows of a unit stand together */
        const park_network_bind *bind = &bound->bind[i];
        if (unit != bind->unit)
            PARK_TRY(user_demand(recipe, bind->unit, &demand));
        unit = bind->unit;
        if (!isnan(demand))
            wanted[bind->node] =
                (isnan(wanted[bind->node]) ? 0.0 : wanted[bind->node]) + demand * bind->share;
    }
    return park_network_demands_set(net, wanted, arena, &recipe->error);
}

static park_exit network_of_park(park_recipe *recipe, park_job_context *context, park_network **net)
{
    park_exit exit = park_recipe_open(recipe, context);
    if (exit != PARK_EXIT_DONE)
        return exit;
    const park_bound_network *bound = chosen(recipe);
    if (bound == NULL)
        return park_recipe_fail(recipe, PARK_E_INPUT);
    *net = PARK_NEW(context->arena, park_network);
    if (*net == NULL)
        return park_recipe_fail(recipe,
                                PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory to export"));
    **net              = *bound->net;
    park_status status = put_demands(recipe, bound, *net);
    return status == PARK_OK ? PARK_EXIT_DONE : park_recipe_fail(recipe, status);
}

/* Silent for people: the file says it all. */
static park_exit tell(const park_recipe *recipe, const park_network *net)
{
    const park_options *options = recipe->context->options;
    park_text           out;
    park_json           json;
    if (!options->json)
        return PARK_EXIT_DONE;
    park_text_init(&out, recipe->context->arena);
    park_json_init(&json, &out);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "status", "done");
    park_json_text(&json, "network", options->output);
    park_json_whole(&json, "nodes", (int64_t)net->node.count);
    park_json_whole(&json, "links", (int64_t)net->link.count);
    park_json_close(&json, '}');
    park_text_char(&out, '\n');
    const char *done = park_text_done(&out);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}

/* --- as a drawing --- */

static bool drawing_wanted(const char *path)
{
    size_t length = strlen(path);
    return length > 4 && (strcmp(path + length - 4, ".dxf") == 0 || strcmp(path + length - 4, ".DXF") == 0);
}

/* What stands at each node: names of the units bound there. */
static park_status unit_names(park_recipe *recipe, const park_bound_network *bound, park_dxf_network *drawn)
{
    park_arena       *arena = recipe->context->arena;
    const park_model *model = recipe->loaded.model;
    const char      **name  = PARK_ARRAY(arena, bound->net->node.count, const char *);
    *drawn                  = (park_dxf_network){.id = bound->id, .net = bound->net, .unit = name};
    for (size_t i = 0; name != NULL && i < bound->binds; i++) {
        const char *id = bound->bind[i].unit, *shown = id, **at = &name[bound->bind[i].node];
        for (size_t u = 0; u < model->units; u++)
            if (strcmp(model->unit[u].id, id) == 0 &&
                park_label_text(model->unit[u].label, recipe->context->zh)[0] != '\0')
                shown = park_label_text(model->unit[u].label, recipe->context->zh);
        *at = *at == NULL ? shown : park_arena_printf(arena, "%s, %s", *at, shown);
        if (*at == NULL)
            return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory to draw a network");
    }
    return name != NULL ? PARK_OK
                        : PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory to draw a network");
}

static park_exit networks_of_park(park_recipe *recipe, park_job_context *context, park_dxf_network **drawn,
                                  size_t *count)
{
    park_exit exit = park_recipe_open(recipe, context);
    if (exit != PARK_EXIT_DONE)
        return exit;
    const park_loaded        *loaded = &recipe->loaded;
    const park_bound_network *one =
        context->options->network != NULL || loaded->networks == 0 ? chosen(recipe) : NULL;
    if (one == NULL && (context->options->network != NULL || loaded->networks == 0))
        return park_recipe_fail(recipe, PARK_E_INPUT);
    *count = one != NULL ? 1 : loaded->networks;
    *drawn = PARK_ARRAY(context->arena, *count, park_dxf_network);
    for (size_t i = 0; *drawn != NULL && i < *count; i++) {
        park_status status = unit_names(recipe, one != NULL ? one : &loaded->network[i], &(*drawn)[i]);
        if (status != PARK_OK)
            return park_recipe_fail(recipe, status);
    }
    return *drawn != NULL ? PARK_EXIT_DONE
                          : park_recipe_fail(recipe, PARK_FAIL(&recipe->error, PARK_E_MEMORY,
                                                               "not enough memory to draw a network"));
}

static park_exit tell_drawing(const park_recipe *recipe, size_t networks, size_t left_out)
{
    const park_job_context *context = recipe->context;
    park_text               out;
    park_json               json;
    if (!context->options->json && left_out == 0)
        return PARK_EXIT_DONE;
    park_text_init(&out, context->arena);
    if (context->options->json) {
        park_json_init(&json, &out);
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "status", "done");
        park_json_text(&json, "drawing", context->options->output);
        park_json_whole(&json, "networks", (int64_t)networks);
        park_json_whole(&json, "left_out", (int64_t)left_out);
        park_json_close(&json, '}');
        park_text_char(&out, '\n');
    } else
        park_text_printf(&out,
                         context->zh ? "有 %zu 个节点或管段没有坐标，未绘出\n"
                                     : "%zu nodes and links have no place on the map and are not drawn\n",
                         left_out);
    const char *done = park_text_done(&out);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}

static park_exit draw(park_job_context *context)
{
    park_recipe      recipe;
    park_network    *net = NULL;
    park_dxf_network one = {.id = "NET"}, *drawn = &one;
    size_t           count = 1, left_out = 0;
    park_text        out;
    park_exit        exit;
    if (park_inp_named(context->options->argument[0])) {
        exit    = park_network_open(&recipe, context, &net);
        one.net = net;
    } else
        exit = networks_of_park(&recipe, context, &drawn, &count);
    if (exit != PARK_EXIT_DONE)
        return exit;
    park_text_init(&out, context->arena);
    park_status status = park_network_dxf(drawn, count, &out, &left_out, &recipe.error);
    if (status == PARK_OK)
        status = park_file_replace(context->options->output, out.data, out.length, &recipe.error);
    return status == PARK_OK ? tell_drawing(&recipe, count, left_out) : park_recipe_fail(&recipe, status);
}

park_exit park_job_export(park_job_context *context)
{
    park_recipe   recipe;
    park_network *net = NULL;
    if (drawing_wanted(context->options->output))
        return draw(context);
    park_exit exit = park_inp_named(context->options->argument[0]) ? park_network_open(&recipe, context, &net)
                                                                   : network_of_park(&recipe, context, &net);
    park_text out;
    if (exit != PARK_EXIT_DONE)
        return exit;
    park_text_init(&out, context->arena);
    park_status status = park_inp_write(net, context->options->flow_unit, &out, &recipe.error);
    if (status == PARK_OK)
        status = park_file_replace(context->options->output, out.data, out.length, &recipe.error);
    return status == PARK_OK ? tell(&recipe, net) : park_recipe_fail(&recipe, status);
}
