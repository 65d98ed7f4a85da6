/* network: NET.inp opened, counted and checked. */
#include "jobs/network.h"

#include "findings_text.h"
#include "import/inp.h"
#include "json.h"

#include <stdio.h>
#include <string.h>

/* Parks are YAML; one that stands where a network is due would be read as an INP file without sections. */
static bool refuse_park(const char *path, park_findings *findings)
{
    size_t length = strlen(path);
    if (!(length > 5 && strcmp(path + length - 5, ".yaml") == 0) &&
        !(length > 4 && strcmp(path + length - 4, ".yml") == 0))
        return false;
    park_finding *finding = park_finding_add(
        findings, PARK_E0618, PARK_ERROR, NULL,
        "'%s' is a park; this job takes a network (NET.inp): `parkwater export` writes the one of a park",
        "“%s”是园区文件；本任务需要管网文件（NET.inp）：可用 `parkwater export` 由园区导出", path);
    if (finding != NULL)
        finding->file = path;
    return true;
}

park_exit park_network_open(park_recipe *recipe, park_job_context *context, park_network **net)
{
    const char *path = context->options->argument[0];
    *recipe          = (park_recipe){.context = context};
    park_findings_init(&recipe->findings, context->arena);
    park_status status = PARK_E_INPUT;
    if (!refuse_park(path, &recipe->findings))
        status = park_inp_read_file(context->arena, path, net, &recipe->findings, &recipe->error);
    park_job_tell(context, &recipe->findings, 0, 0);
    return status == PARK_OK ? PARK_EXIT_DONE : park_recipe_fail(recipe, status);
}

bool park_network_count(const park_network *net, park_arena *arena, park_network_counts *counts)
{
    double  *demand = PARK_ARRAY(arena, net->node.count, double);
    int32_t *part   = PARK_ARRAY(arena, net->node.count, int32_t);
    *counts         = (park_network_counts){.pumps = net->pump.count, .tanks = net->tank.count};
    if (demand == NULL || part == NULL)
        return false;
    counts->parts = (size_t)park_network_parts(net, part);
    park_network_demands_mean(net, demand);
    for (size_t n = 0; n < net->node.count; n++) {
        counts->junctions += net->node.kind[n] == PARK_NET_JUNCTION;
        counts->reservoirs += net->node.kind[n] == PARK_NET_RESERVOIR;
        counts->demands += demand[n] != 0.0;
        counts->demand += demand[n] > 0.0 ? demand[n] : 0.0;
        counts->inflow -= demand[n] < 0.0 ? demand[n] : 0.0;
    }
    for (size_t l = 0; l < net->link.count; l++) {
        bool pipe = net->link.kind[l] <= PARK_NET_CHECK_PIPE;
        counts->pipes += pipe;
        counts->check_valves += net->link.kind[l] == PARK_NET_CHECK_PIPE;
        counts->valves += net->link.kind[l] >= PARK_NET_PRV;
        counts->length += pipe ? net->link.length[l] : 0.0;
    }
    return true;
}

/* --- check NET.inp --- */

static const char *law(const park_network *net)
{
    static const char *const LAWS[] = {"Hazen-Williams", "Darcy-Weisbach", "Chezy-Manning"};
    return LAWS[net->option.headloss];
}

static const char *quality(const park_network *net)
{
    static const char *const KINDS[] = {"none", "chemical", "age", "trace"};
    return KINDS[net->option.quality];
}

static void write_json(park_recipe *recipe, const park_network *net, const park_network_counts *c,
                       park_text *out)
{
    park_json json;
    park_text findings;
    park_text_init(&findings, recipe->context->arena);
    park_json_init(&json, out);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "status", "valid");
    park_json_whole(&json, "junctions", (int64_t)c->junctions);
    park_json_whole(&json, "reservoirs", (int64_t)c->reservoirs);
    park_json_whole(&json, "tanks", (int64_t)c->tanks);
    park_json_whole(&json, "pipes", (int64_t)c->pipes);
    park_json_whole(&json, "check_valves", (int64_t)c->check_valves);
    park_json_whole(&json, "pumps", (int64_t)c->pumps);
    park_json_whole(&json, "valves", (int64_t)c->valves);
    park_json_whole(&json, "demand_nodes", (int64_t)c->demands);
    park_json_whole(&json, "parts", (int64_t)c->parts);
    park_json_whole(&json, "patterns", (int64_t)net->pattern_names.count);
    park_json_whole(&json, "curves", (int64_t)net->curve_names.count);
    park_json_whole(&json, "controls", (int64_t)net->controls);
    park_json_whole(&json, "rules", (int64_t)net->rules);
    park_json_number(&json, "pipe_length_m", c->length);
    park_json_number(&json, "demand_m3_per_s", c->demand);
    park_json_number(&json, "inflow_m3_per_s", c->inflow);
    park_json_whole(&json, "duration_s", net->time.duration);
    park_json_text(&json, "headloss", law(net));
    park_json_text(&json, "flow_unit", net->origin.flow_unit);
    park_json_text(&json, "demand_model", net->option.pressure_driven ? "pressure" : "demand");
    park_json_text(&json, "quality", quality(net));
    park_findings_json(&recipe->findings, &findings);
    park_json_raw(&json, "findings", park_text_done(&findings));
    park_json_close(&json, '}');
    park_text_char(out, '\n');
}

static void write_words(const park_network *net, const park_network_counts *c, bool zh, park_text *out)
{
    size_t line = net->origin.title != NULL ? strcspn(net->origin.title, "\n") : 0;
    if (line > 0)
        park_text_printf(out, "%.*s\n", (int)(line < 200 ? line : 200), net->origin.title);
    park_text_printf(out,
                     zh ? "  连接节点 %zu，水库 %zu，水池 %zu；管道 %zu 条共 %.4g km，水泵 %zu，阀门 %zu\n"
                        : "  junctions %zu, reservoirs %zu, tanks %zu; pipes %zu of %.4g km together, pumps "
                          "%zu, valves %zu\n",
                     c->junctions, c->reservoirs, c->tanks, c->pipes, c->length / 1000.0, c->pumps,
                     c->valves);
    park_text_printf(
        out,
        zh ? "  用水节点 %zu 个，平均用水量 %.5g m³/h；模式 %zu，曲线 %zu，简单控制 %zu，规则 %zu\n"
           : "  demand at %zu nodes, %.5g m³/h on average; patterns %zu, curves %zu, controls %zu, rules "
             "%zu\n",
        c->demands, c->demand * 3600.0, net->pattern_names.count, net->curve_names.count, net->controls,
        net->rules);
    if (c->inflow > 0.0)
        park_text_printf(out, zh ? "  节点入流 %.5g m³/h\n" : "  inflow at nodes %.5g m³/h\n",
                         c->inflow * 3600.0);
    park_text_printf(out,
                     zh ? "  水头损失 %s，流量单位 %s，历时 %.4g h，%s\n"
                        : "  head loss %s, flows in %s, duration %.4g h, %s\n",
                     law(net), net->origin.flow_unit, (double)net->time.duration / 3600.0,
                     net->option.pressure_driven ? (zh ? "用水随压力变化" : "demand follows pressure")
                                                 : (zh ? "用水固定" : "demand is fixed"));
}

park_exit park_job_check_network(park_job_context *context)
{
    park_recipe         recipe;
    park_network       *net;
    park_network_counts counts;
    park_text           out;
    park_exit           exit   = park_network_open(&recipe, context, &net);
    park_status         status = PARK_OK;
    if (exit != PARK_EXIT_DONE)
        return exit;
    park_text_init(&out, context->arena);
    if (context->options->expand)
        status = park_inp_write(net, NULL, &out, &recipe.error);
    else if (!park_network_count(net, context->arena, &counts))
        status = PARK_FAIL(&recipe.error, PARK_E_MEMORY, "not enough memory to count a network");
    else if (context->options->json)
        write_json(&recipe, net, &counts, &out);
    else
        write_words(net, &counts, context->zh, &out);
    const char *done = park_text_done(&out);
    if (status != PARK_OK)
        return park_recipe_fail(&recipe, status);
    return done != NULL && fputs(done, stdout) != EOF ? PARK_EXIT_DONE : PARK_EXIT_FILE;
}
