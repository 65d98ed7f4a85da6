/* simulate NET.inp: a pipe network through its duration, into tables, a result file and an account. */
#include "jobs/recipe.h"

#include "findings_text.h"
#include "jobs/network.h"
#include "jobs/progress.h"
#include "json.h"
#include "report/period_tables.h"
#include "results/period_results.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double KWH = 3.6e6;

/* Everything of this job; lives in the context's arena. */
typedef struct network_run {
    park_recipe         recipe; /* for telling failures as all jobs do */
    park_job_context   *context;
    park_network       *net;
    park_findings       noticed; /* of the run; those of reading stand in the recipe */
    park_period_tables *tables;  /* NULL: none wanted */
    park_period_keeper *keeper;  /* NULL: no -o */
    park_period_result *result;
    const char         *stepping;
} network_run;

static park_status row(void *user, const park_period_row *r, park_error *err)
{
    network_run *run = user;
    if (run->tables != NULL)
        PARK_TRY(park_period_tables_row(run->tables, r, err));
    return run->keeper != NULL ? park_period_keeper_row(run->keeper, r, err) : PARK_OK;
}

static park_status event(void *user, const park_period_event *e, park_error *err)
{
    network_run *run = user;
    if (run->tables != NULL)
        PARK_TRY(park_period_tables_event(run->tables, e, err));
    return run->keeper != NULL ? park_period_keeper_event(run->keeper, e, err) : PARK_OK;
}

/* ---- the steps ---- */

static park_status march(network_run *run)
{
    park_job_context    *context  = run->context;
    const park_options  *options  = context->options;
    park_error          *err      = &run->recipe.error;
    park_period_settings settings = park_period_settings_default();
    park_period_sink     sink     = {.user = run, .row = row, .event = event};
    park_progress        progress;
    if (options->tables != NULL)
        PARK_TRY(park_period_tables_open(context->arena, run->net, options->tables, &run->tables, err));
    if (options->output != NULL)
        PARK_TRY(park_period_keeper_make(context->arena, run->net, &run->keeper, err));
    settings.stepping =
        strcmp(run->stepping, "adaptive") == 0 ? PARK_STEPPING_ADAPTIVE : PARK_STEPPING_EPANET;
    settings.rtol          = options->rtol;
    settings.progress      = park_progress_share;
    settings.progress_user = &progress;
    park_progress_begin(&progress, context, "simulating", "模拟");
    park_status status =
        park_period_run(run->net, &settings, &sink, &run->noticed, context->arena, &run->result, err);
    park_progress_end(&progress);
    park_job_tell(context, &run->noticed, 0, 0);
    return status;
}

static park_status keep_results(network_run *run)
{
    park_job_context *context = run->context;
    park_text         command;
    park_text_init(&command, context->arena);
    for (int i = 0; i < context->argc; i++)
        park_text_printf(&command, i == 0 ? "%s" : " %s", context->argv[i]);
    park_period_origin origin = {.input    = context->options->argument[0],
                                 .command  = park_text_done(&command),
                                 .version  = PARK_VERSION,
                                 .stepping = run->stepping};
    return park_period_results_write(run->keeper, run->result, &origin, context->options->output,
                                     &run->recipe.error);
}

/* The tables last: they stand on the disk already and only take their names. */
static park_status keep(network_run *run)
{
    if (run->keeper != NULL)
        PARK_TRY(keep_results(run));
    return run->tables != NULL ? park_period_tables_keep(run->tables, run->result, &run->recipe.error)
                               : PARK_OK;
}

/* ---- the account ---- */

static void json_water(park_json *json, const park_period_result *r)
{
    const park_period_volumes *w = &r->water;
    park_json_open(json, "water_m3", '{');
    park_json_number(json, "from_reservoirs", w->from_reservoirs);
    park_json_number(json, "inflow_at_nodes", w->inflow);
    park_json_number(json, "to_reservoirs", w->to_reservoirs);
    park_json_number(json, "delivered", w->delivered);
    park_json_number(json, "emitters", w->emitted);
    park_json_number(json, "leaks", w->leaked);
    park_json_number(json, "overflow", w->overflowed);
    park_json_number(json, "stored", w->stored);
    park_json_number(json, "rounded", w->rounded);
    park_json_number(json, "residual", w->residual);
    park_json_number(json, "unmet", w->unmet);
    park_json_close(json, '}');
    park_json_open(json, "closure", '{');
    park_json_number(json, "water", r->closure);
    if (r->quality.constituents > 0)
        park_json_number(json, "quality", r->quality.ledger[0].closure);
    park_json_close(json, '}');
}

static void json_pumps(park_json *json, const park_network *net, const park_period_result *r)
{
    double span = r->reached > 0.0 ? r->reached : 3600.0;
    park_json_open(json, "energy", '{');
    park_json_number(json, "energy_kWh", r->energy / KWH);
    park_json_number(json, "cost", r->cost);
    park_json_number(json, "peak_kW", r->peak_power / 1000.0);
    park_json_number(json, "demand_charge", r->demand_charge);
    park_json_open(json, "pumps", '{');
    for (size_t i = 0; i < net->pump.count; i++) {
        const park_period_pump *p = &r->pump[i];
        park_json_open(json, net->link.names.text[net->pump.link[i]], '{');
        park_json_number(json, "online_share", p->online / span);
        park_json_number(json, "efficiency", p->efficiency);
        park_json_number(json, "energy_kWh", p->energy / KWH);
        park_json_number(json, "kWh_per_m3", p->energy_per_volume / KWH);
        park_json_number(json, "peak_kW", p->peak / 1000.0);
        park_json_number(json, "cost", p->cost);
        park_json_close(json, '}');
    }
    park_json_close(json, '}');
    park_json_close(json, '}');
}

static void json_findings(park_json *json, network_run *run)
{
    park_text text;
    for (int which = 0; which < 2; which++) {
        park_text_init(&text, run->context->arena);
        park_findings_json(which == 0 ? &run->recipe.findings : &run->noticed, &text);
        park_json_raw(json, which == 0 ? "findings" : "noticed", park_text_done(&text));
    }
}

static const char *answer_json(network_run *run)
{
    const park_period_result *r = run->result;
    park_text                 text;
    park_json                 json;
    park_text_init(&text, run->context->arena);
    park_json_init(&json, &text);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "status", "done");
    park_json_text(&json, "stepping", run->stepping);
    park_json_whole(&json, "nodes", (int64_t)run->net->node.count);
    park_json_whole(&json, "links", (int64_t)run->net->link.count);
    park_json_number(&json, "duration_s", r->reached);
    park_json_whole(&json, "solves", (int64_t)r->solves);
    park_json_whole(&json, "iterations", (int64_t)r->iterations);
    park_json_whole(&json, "steps", (int64_t)r->steps);
    park_json_whole(&json, "events", (int64_t)r->events);
    park_json_whole(&json, "unbalanced", (int64_t)r->unbalanced);
    park_json_open(&json, "worst", '{');
    park_json_number(&json, "accuracy", r->worst_accuracy);
    park_json_number(&json, "head_error_m", r->worst_head_error);
    park_json_number(&json, "flow_change_m3_per_s", r->worst_flow_change);
    park_json_number(&json, "imbalance", r->worst_imbalance);
    park_json_close(&json, '}');
    json_water(&json, r);
    json_pumps(&json, run->net, r);
    json_findings(&json, run);
    park_json_close(&json, '}');
    park_text_char(&text, '\n');
    return park_text_done(&text);
}

static const char *answer_text(network_run *run)
{
    const park_period_result  *r  = run->result;
    const park_period_volumes *w  = &r->water;
    bool                       zh = run->context->zh;
    park_text                  text;
    park_text_init(&text, run->context->arena);
    park_text_printf(&text,
                     zh ? "  %zu 个节点，%zu 条管段；%.6g 小时，求解 %llu 次，迭代 %llu 次\n"
                        : "  %zu nodes, %zu links; %.6g h in %llu solves of %llu iterations together\n",
                     run->net->node.count, run->net->link.count, r->reached / 3600.0,
                     (unsigned long long)r->solves, (unsigned long long)r->iterations);
    park_text_printf(
        &text,
        zh ? "  水量：来自水库 %.6g m³，供给 %.6g m³，蓄水变化 %.6g m³；闭合差 %.1e\n"
           : "  water: %.6g m³ from reservoirs, %.6g m³ delivered, %.6g m³ stored; closure %.1e\n",
        w->from_reservoirs, w->delivered, w->stored, r->closure);
    if (run->net->pump.count > 0)
        park_text_printf(&text,
                         zh ? "  水泵：%.6g kW·h，费用 %.6g，最大功率 %.6g kW\n"
                            : "  pumps: %.6g kWh, cost %.6g, peak %.6g kW\n",
                         r->energy / KWH, r->cost, r->peak_power / 1000.0);
    const char *where[] = {run->context->options->tables, run->context->options->output};
    for (int i = 0; i < 2; i++)
        if (where[i] != NULL)
            park_text_printf(&text, zh ? "  结果：%s\n" : "  result: %s\n", where[i]);
    return park_text_done(&text);
}

park_exit park_job_simulate_network(park_job_context *context)
{
    network_run *run = PARK_NEW(context->arena, network_run);
    if (run == NULL)
        return PARK_EXIT_FILE;
    run->context  = context;
    run->stepping = context->options->stepping == NULL ? "epanet" : context->options->stepping;
    park_findings_init(&run->noticed, context->arena);
    park_exit exit = park_network_open(&run->recipe, context, &run->net);
    if (exit != PARK_EXIT_DONE)
        return exit;
    park_status status = march(run);
    if (status == PARK_OK)
        status = keep(run);
    if (status != PARK_OK)
        return park_recipe_fail(&run->recipe, status);
    const char *answer = context->options->json ? answer_json(run) : answer_text(run);
    return answer == NULL || fputs(answer, stdout) == EOF ? PARK_EXIT_FILE : PARK_EXIT_DONE;
}
