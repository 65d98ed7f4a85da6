/* partition: district metering zones of a network, where the meters and valves go, and what that does to pressures. */
#include "jobs/network.h"

#include "findings_text.h"
#include "import/inp.h"
#include "jobs/progress.h"
#include "json.h"
#include "replace.h"
#include "report/zones.h"

#include <parkwater/zones.h>

#include <stdio.h>
#include <string.h>

static const double LITRE = 1e-3;

static park_zone_settings settings_of(const park_options *options)
{
    park_zone_settings s = park_zone_settings_default();
    s.zones              = (int32_t)options->zones;
    s.feeds              = (int32_t)options->feeds;
    s.pressure           = options->min_pressure;
    s.fire_need          = options->fire * LITRE;
    s.seed               = (uint64_t)options->seed;
    return s;
}

/* --- files --- */

/* What goes into the folder: all of it, or none. */
typedef struct output {
    park_new_file file[PARK_ZONES_TABLES + 2];
    size_t        count;
} output;

static park_status add_file(park_recipe *recipe, const char *name, park_text *text, output *out)
{
    const char   *folder = recipe->context->options->output;
    park_new_file file   = {.path   = park_arena_printf(recipe->context->arena, "%s/%s", folder, name),
                            .bytes  = park_text_done(text),
                            .length = text->length};
    if (file.path == NULL || file.bytes == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory to write zones");
    out->file[out->count++] = file;
    return PARK_OK;
}

/* The network with the new valves closed. */
static park_status add_network(park_recipe *recipe, const park_network *net, const park_zones *zones,
                               output *out)
{
    park_arena  *arena  = recipe->context->arena;
    park_network closed = *net;
    park_text    text;
    closed.link.status = PARK_ARRAY(arena, net->link.count, park_net_status);
    if (closed.link.status == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "not enough memory to write a network");
    memcpy(closed.link.status, net->link.status, net->link.count * sizeof *closed.link.status);
    for (size_t i = 0; i < zones->boundaries; i++)
        if (zones->boundary[i].fate == PARK_BORDER_VALVE)
            closed.link.status[zones->boundary[i].link] = PARK_NET_CLOSED;
    park_text_init(&text, arena);
    PARK_TRY(park_inp_write(&closed, NULL, &text, &recipe->error));
    return add_file(recipe, "partitioned.inp", &text, out);
}

static park_status add_map(park_recipe *recipe, const park_network *net, const park_zones *zones, output *out)
{
    park_text text;
    park_text_init(&text, recipe->context->arena);
    if (park_zones_map(net, zones, recipe->context->zh, &text))
        return add_file(recipe, "map.svg", &text, out);
    park_finding_add(&recipe->findings, PARK_W0641, PARK_WARNING, NULL,
                     "the network has no coordinates: no map is drawn%s", "管网没有坐标，未绘制分区图%s", "");
    return PARK_OK;
}

static park_status write_files(park_recipe *recipe, const park_network *net, const park_zones *zones)
{
    park_arena *arena  = recipe->context->arena;
    const char *folder = recipe->context->options->output;
    output      out    = {.count = PARK_ZONES_TABLES};
    PARK_TRY(park_zones_tables(net, zones, folder, recipe->context->zh, arena, out.file, &recipe->error));
    PARK_TRY(add_map(recipe, net, zones, &out));
    PARK_TRY(add_network(recipe, net, zones, &out));
    PARK_TRY(park_folder_open(arena, folder, &recipe->error));
    return park_files_replace(out.file, out.count, &recipe->error);
}

/* --- what is told --- */

static size_t outside(const park_zones *zones)
{
    size_t count = 0;
    for (size_t n = 0; n < zones->nodes; n++)
        count += zones->zone[n] < 0;
    return count;
}

static size_t fates(const park_zones *zones, park_border_fate fate)
{
    size_t count = 0;
    for (size_t i = 0; i < zones->boundaries; i++)
        count += zones->boundary[i].fate == fate;
    return count;
}

static void json_state(park_json *json, const char *word, const park_network *net, const park_zone_state *s)
{
    park_json_open(json, word, '{');
    park_json_number(json, "pressure_min_m", s->pressure_min);
    park_json_text(json, "pressure_min_node", s->worst >= 0 ? net->node.names.text[s->worst] : NULL);
    park_json_number(json, "pressure_mean_m", s->pressure_mean);
    park_json_number(json, "night_mean_m", s->night_mean);
    park_json_whole(json, "below_service_pressure", s->low);
    park_json_number(json, "fire_flow_m3_per_s", s->fire_min);
    park_json_number(json, "age_mean_s", s->age_mean);
    park_json_number(json, "age_most_s", s->age_most);
    park_json_close(json, '}');
}

static void write_json(park_recipe *recipe, const park_network *net, const park_zones *zones, park_text *out)
{
    park_json json;
    park_text findings;
    char      name[16];
    park_json_init(&json, out);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "status", "done");
    park_json_whole(&json, "boundary_pipes", (int64_t)zones->boundaries);
    park_json_whole(&json, "meters", (int64_t)fates(zones, PARK_BORDER_METER));
    park_json_whole(&json, "valves", (int64_t)fates(zones, PARK_BORDER_VALVE));
    park_json_whole(&json, "closed_before", (int64_t)fates(zones, PARK_BORDER_CLOSED));
    park_json_whole(&json, "nodes_outside", (int64_t)outside(zones));
    park_json_number(&json, "peak_factor", zones->peak);
    park_json_number(&json, "night_factor", zones->lowest);
    park_json_whole(&json, "solves", (int64_t)zones->solves);
    park_json_open(&json, "zones", '[');
    for (size_t z = 0; z < zones->zones; z++) {
        const park_zone *item = &zones->item[z];
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "zone", park_zone_name((int32_t)z, name));
        park_json_whole(&json, "junctions", (int64_t)item->junctions);
        park_json_whole(&json, "reservoirs", (int64_t)item->reservoirs);
        park_json_whole(&json, "tanks", (int64_t)item->tanks);
        park_json_number(&json, "demand_m3_per_s", item->demand);
        park_json_number(&json, "pipe_length_m", item->length);
        park_json_whole(&json, "meters", item->meters);
        park_json_whole(&json, "valves", item->valves);
        json_state(&json, "before", net, &item->before);
        json_state(&json, "after", net, &item->after);
        park_json_close(&json, '}');
    }
    park_json_close(&json, ']');
    park_text_init(&findings, recipe->context->arena);
    park_findings_json(&recipe->findings, &findings);
    park_json_raw(&json, "findings", park_text_done(&findings));
    park_json_close(&json, '}');
    park_text_char(out, '\n');
}

static void write_row(const park_zone *item, const char *name, bool aged, park_text *out)
{
    park_text_printf(out, "  %-4s %5zu %8.1f %7.2f %7d %6d   %6.1f -> %-6.1f %6.1f -> %-6.1f %6.1f -> %-6.1f",
                     name, item->junctions, item->demand * 3600.0, item->length / 1000.0, item->meters,
                     item->valves, item->before.pressure_min, item->after.pressure_min,
                     item->before.night_mean, item->after.night_mean, item->before.fire_min / LITRE,
                     item->after.fire_min / LITRE);
    if (aged)
        park_text_printf(out, " %6.1f -> %.1f", item->before.age_mean / 3600.0,
                         item->after.age_mean / 3600.0);
    park_text_char(out, '\n');
}

static void write_words(const park_recipe *recipe, const park_zones *zones, park_text *out)
{
    bool zh = recipe->context->zh, aged = recipe->context->options->age > 0.0;
    char name[16];
    park_text_printf(
        out,
        zh ? "  %zu 个分区；边界管 %zu 条：流量计 %zu，新关阀门 %zu，原已关闭 %zu；分区外节点 %zu\n"
           : "  %zu zones; %zu boundary pipes: %zu meters, %zu valves to close, %zu closed before; %zu "
             "nodes outside\n",
        zones->zones, zones->boundaries, fates(zones, PARK_BORDER_METER), fates(zones, PARK_BORDER_VALVE),
        fates(zones, PARK_BORDER_CLOSED), outside(zones));
    park_text_printf(
        out, "%s%s\n",
        zh ? "  分区 节点  用水m³/h  管长km 流量计 阀门  最低压力m(高峰)  平均压力m(低谷)  消防流量L/s"
           : "  zone nodes     m³/h      km  meters valves  lowest m (peak)  mean m (night)  fire flow L/s",
        !aged ? ""
        : zh  ? "  平均水龄h"
              : "   mean age h");
    for (size_t z = 0; z < zones->zones; z++)
        write_row(&zones->item[z], park_zone_name((int32_t)z, name), aged, out);
    if (recipe->context->options->output != NULL)
        park_text_printf(out, zh ? "  表、图与管网文件：%s\n" : "  tables, map and network: %s\n",
                         recipe->context->options->output);
}

/* One of the two stages that solve, with its progress. */
static park_status
stage(park_recipe *recipe, const park_network *net, park_zone_settings *settings, park_zones *zones,
      park_status (*run)(const park_network *, const park_zone_settings *, park_zones *, park_error *),
      const char *en, const char *zh)
{
    park_progress progress;
    settings->progress      = park_progress_share;
    settings->progress_user = &progress;
    park_progress_begin(&progress, recipe->context, en, zh);
    park_status status = run(net, settings, zones, &recipe->error);
    park_progress_end(&progress);
    return status;
}

park_exit park_job_partition(park_job_context *context)
{
    park_recipe        recipe;
    park_network      *net;
    park_zones        *zones    = NULL;
    park_zone_settings settings = settings_of(context->options);
    park_exit          exit     = park_network_open(&recipe, context, &net);
    park_text          out;
    if (exit != PARK_EXIT_DONE)
        return exit;
    size_t      read   = recipe.findings.count;
    park_status status = park_zones_make(net, &settings, context->arena, &zones, &recipe.error);
    if (status == PARK_OK)
        status =
            stage(&recipe, net, &settings, zones, park_zones_feed, "trying boundary pipes", "试关边界管");
    if (status == PARK_OK)
        status = stage(&recipe, net, &settings, zones, park_zones_judge, "trying hydrants", "试开消火栓");
    if (status == PARK_OK && context->options->age > 0.0)
        status = park_zones_age(net, context->options->age, zones, &recipe.error);
    if (status == PARK_OK && context->options->output != NULL)
        status = write_files(&recipe, net, zones);
    if (status != PARK_OK)
        return park_recipe_fail(&recipe, status);
    park_job_tell(context, &recipe.findings, read, recipe.findings.errors);
    park_text_init(&out, context->arena);
    if (context->options->json)
        write_json(&recipe, net, zones, &out);
    else
        write_words(&recipe, zones, &out);
    const char *done = park_text_done(&out);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}
