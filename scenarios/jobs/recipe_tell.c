/* What a recipe knows, told: the record for the writers, JSON for programs, a short table for people. */
#include "jobs/recipe.h"
#include "jobs/march_zh.h"
#include "jobs/recipe_futures.h"

#include "base/ranks.h"
#include "base/calendar.h"
#include "findings_text.h"
#include "hash.h"
#include "json.h"
#include "objective_text.h"
#include "units/kind.h"
#include "indicator_text.h"
#include "report/report.h"
#include "results/results.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static const char *command_line(const park_job_context *context)
{
    park_text text;
    park_text_init(&text, context->arena);
    for (int i = 0; i < context->argc; i++)
        park_text_printf(&text, "%s%s", i > 0 ? " " : "", context->argv[i]);
    return park_text_done(&text);
}

/* What the system says of a file, in Chinese: its own words follow the locale, which need not be that of --lang. */
static const char *reason_zh(const char *reason)
{
    static const struct {
        int         error;
        const char *zh;
    } REASONS[] = {{ENOENT, "没有该文件或文件夹"}, {EACCES, "没有权限"},
                   {EISDIR, "它是文件夹"},         {ENOTDIR, "路径中有一段不是文件夹"},
                   {ENOSPC, "磁盘空间不足"},       {EFBIG, "超过文件大小限制"},
                   {EROFS, "文件系统只读"},        {EEXIST, "已有同名文件"}};
    for (size_t i = 0; i < sizeof REASONS / sizeof REASONS[0]; i++)
        if (strcmp(reason, strerror(REASONS[i].error)) == 0)
            return REASONS[i].zh;
    return strcmp(reason, "it is a folder") == 0 ? "它是文件夹" : reason;
}

/* Failures of planning and simulating that a user may meet, word by word; what stands between their words stays. */
static const char *whole_zh(const char *message, park_arena *arena)
{
    static const struct {
        const char *begins, *behind, *zh, *zh_behind; /* behind NULL: the rest is not told */
    } FORMS[] = {
        {"not enough memory", NULL, "内存不足", ""},
        {"no memory", NULL, "内存不足", ""},
        {"the simulation was stopped after ", " % of its time", "模拟在完成 ", " % 时被中止"},
        {"the balance of the design does not close at ", "", "优化方案的水量或物质平衡不闭合：", ""},
        {"the balance of the simulation does not close at ", "", "模拟的水量或物质平衡不闭合：", ""},
        {"the plan cannot be found again with its choices kept", NULL, "保留已建内容后未能重新求得该方案",
         ""},
        {"the plan cannot be worked out again: ", "", "方案无法重新推算：", ""},
        {"the answer cannot be worked out in full: ", "", "答案无法完整推算：", ""},
        {"the last stage has no plan that can be told", NULL, "最后阶段没有可给出的方案", ""},
        {"the plans of the stages do not hold together", NULL, "各阶段的方案不能相容", ""},
        {"the park must be frozen before it is ", NULL, "园区模型尚未定稿", ""},
        {"rank ", " was started with other words than rank 0, or is another version", "进程 ",
         " 的命令或版本与进程 0 不同"},
        {"the margins have the shape of another park", NULL, "修正裕量与园区不符", ""},
    };
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
        size_t length = strlen(FORMS[i].begins);
        if (strncmp(message, FORMS[i].begins, length) != 0)
            continue;
        const char *rest = message + length;
        size_t      tail = FORMS[i].behind != NULL ? strlen(FORMS[i].behind) : 0, all = strlen(rest);
        if (FORMS[i].behind == NULL)
            return FORMS[i].zh;
        if (all < tail || strcmp(rest + all - tail, FORMS[i].behind) != 0)
            continue;
        const char *said =
            park_arena_printf(arena, "%s%.*s%s", FORMS[i].zh, (int)(all - tail), rest, FORMS[i].zh_behind);
        return said != NULL ? said : message;
    }
    return message;
}

const char *park_recipe_zh(const char *message, park_arena *arena)
{
    static const struct {
        const char *en, *behind, *zh;
    } FORMS[] = {{"cannot read ", ": ", "无法读取"},
                 {"cannot write ", ": ", "无法写入"},
                 {"the folder ", " cannot be made: ", "无法创建文件夹"}};
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
        const char *path   = message + strlen(FORMS[i].en);
        bool        begins = strncmp(message, FORMS[i].en, strlen(FORMS[i].en)) == 0;
        const char *colon  = begins ? strrchr(path, ':') : NULL; /* a path may hold one, a reason does not */
        const char *behind = begins && colon != NULL ? colon + 2 - strlen(FORMS[i].behind) : NULL;
        park_text   text;
        if (behind == NULL || behind < path || strncmp(behind, FORMS[i].behind, strlen(FORMS[i].behind)) != 0)
            continue;
        park_text_init(&text, arena);
        park_text_printf(&text, "%s %.*s：%s", FORMS[i].zh, (int)(behind - path), path, reason_zh(colon + 2));
        const char *done = park_text_done(&text);
        return done != NULL ? done : message;
    }
    const char *whole = whole_zh(message, arena),
               *march = whole == message ? park_march_zh(message, arena) : NULL;
    return march != NULL ? march : whole;
}

/* "sha256  path" a line, the scenario first; paths as the scenario names them, so that equal inputs agree anywhere. */
static const char *input_hashes(const park_recipe *recipe)
{
    park_text text;
    park_text_init(&text, recipe->context->arena);
    for (size_t i = 0; i < recipe->loaded.files; i++) {
        const park_read_file *file = &recipe->loaded.file[i];
        const char           *name = strrchr(file->path, '/');
        char                  hex[PARK_SHA256_HEX];
        park_error            ignored = {0};
        if (park_sha256(file->bytes, file->length, hex, &ignored) != PARK_OK)
            return NULL;
        park_text_printf(&text, "%s  %s\n", hex, name != NULL ? name + 1 : file->path);
    }
    return park_text_done(&text);
}

park_status park_recipe_record(park_recipe *recipe, const char *job, park_run_record *record)
{
    const park_job_context *context = recipe->context;
    memset(record, 0, sizeof *record);
    record->job         = job;
    record->base        = recipe->loaded.model;
    record->design      = recipe->design;
    record->simulation  = recipe->simulation;
    record->promised    = recipe->promised;
    record->simulated   = recipe->simulated;
    record->staged      = recipe->staged;
    record->rows        = recipe->rows.rows > 0 ? &recipe->rows : NULL;
    record->networks    = recipe->bound != NULL ? recipe->loaded.networks : 0;
    record->network     = recipe->bound;
    record->interrupted = park_cancel_why(context->cancel) != 0;
    record->rounds      = recipe->rounds;
    record->round       = recipe->round;
    record->agreed      = recipe->agreed;
    record->first_bound = recipe->first_bound;
    record->assumptions = recipe->loaded.assumptions;
    record->assumption  = recipe->loaded.assumption;
    record->findings    = &recipe->findings;
    if (recipe->design != NULL && recipe->design->outlet_conc != NULL) /* what was not decided on is told */
        park_units_verify(recipe->design->model, recipe->design->outlet_conc, &recipe->findings);

    const park_ledger *judged = recipe->simulation != NULL ? recipe->simulation->ledger
                                : recipe->design != NULL   ? recipe->design->ledger
                                                           : NULL;
    if (judged != NULL) {
        const park_design *design  = recipe->design;
        park_running      *running = PARK_NEW(context->arena, park_running);
        if (running == NULL)
            return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for the record of the run");
        PARK_TRY(park_running_cost(design != NULL && design->model != NULL ? design->model : record->base,
                                   judged, record->base, design, context->arena, running, &recipe->error));
        record->running = running;
    }

    park_text resolved;
    park_text_init(&resolved, context->arena);
    PARK_TRY(park_load_expand(&recipe->loaded, context->zh, &resolved, &recipe->error));
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    char *ended = PARK_ARRAY(context->arena, 40, char);
    if (ended == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for the record of the run");
    park_iso_format((int64_t)time(NULL), 0, ended);
    record->provenance = (park_provenance){
        .version       = PARK_VERSION,
        .commit        = PARK_COMMIT,
        .build         = PARK_BUILD,
        .libraries     = PARK_LIBRARIES,
        .command       = command_line(context),
        .input_path    = context->options->argument[0],
        .input_sha256  = input_hashes(recipe),
        .resolved_yaml = park_text_done(&resolved),
        .language      = context->zh ? "zh" : "en",
        .seed          = (uint64_t)context->options->seed,
        .threads       = (int)context->options->threads,
        .ranks         = context->ranks != NULL ? context->ranks->others + 1 : 1,
        .gap           = context->options->gap,
        .rtol          = context->options->rtol,
        .started       = recipe->started,
        .ended         = ended,
        .seconds       = park_clock_seconds() - context->started,
        .peak_memory   = (uint64_t)usage.ru_maxrss * 1024u,
    };
    if (record->provenance.command == NULL || record->provenance.input_sha256 == NULL ||
        record->provenance.resolved_yaml == NULL)
        return PARK_FAIL(&recipe->error, PARK_E_MEMORY, "no memory for the record of the run");
    return PARK_OK;
}

park_status park_recipe_results(park_recipe *recipe, park_run_record *record, const char *path)
{
    PARK_TRY(park_report_keep(record, recipe->context->arena, &record->chapter, &record->chapters,
                              &recipe->error));
    return park_results_write(record, path, recipe->context->arena, &recipe->error);
}

/* ---- JSON ---- */

static void json_indicators(park_json *json, const char *key, const park_indicators *list)
{
    if (list == NULL)
        return;
    park_json_open(json, key, '[');
    for (size_t i = 0; i < list->count; i++) {
        const park_indicator *item = &list->item[i];
        park_json_open(json, NULL, '{');
        park_json_text(json, "id", item->id);
        park_json_text(json, "subject", item->subject);
        park_json_text(json, "boundary",
                       item->boundary == PARK_BOUNDARY_PARK         ? "park"
                       : item->boundary == PARK_BOUNDARY_ENTERPRISE ? "enterprise"
                                                                    : "unit");
        park_json_whole(json, "index",
                        item->boundary == PARK_BOUNDARY_ENTERPRISE ? item->enterprise : item->unit);
        park_json_text(json, "basis",
                       !item->basis_matters                     ? NULL
                       : item->basis == PARK_BASIS_CONVENTIONAL ? "conventional"
                                                                : "all_sources");
        park_json_bool(json, "with_circulation", item->with_circulation);
        park_json_text(json, "dimension", park_dimension_word(item->dim));
        park_json_number(json, "value", item->value);
        park_json_number(json, "numerator", item->numerator);
        park_json_number(json, "denominator", item->denominator);
        if (item->target >= 0)
            park_json_bool(json, "target_reached", item->reached);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
}

static void json_closure(park_json *json, const char *key, const park_closure *closure)
{
    park_json_open(json, key, '{');
    park_json_number(json, "water", closure->water);
    park_json_number(json, "mass", closure->mass);
    park_json_close(json, '}');
}

/* What each rank did, where there were several. */
static void json_ranks(park_json *json, const park_ranks *ranks)
{
    if (ranks == NULL)
        return;
    park_json_open(json, "ranks", '[');
    for (int r = 0; r <= ranks->others; r++) {
        const park_rank_tally *t = &ranks->tally[r];
        park_json_open(json, NULL, '{');
        park_json_whole(json, "nodes", (int64_t)t->nodes);
        park_json_whole(json, "parts", (int64_t)t->parts);
        park_json_whole(json, "work", (int64_t)t->work);
        park_json_whole(json, "messages", (int64_t)t->messages);
        park_json_whole(json, "bytes_sent", (int64_t)t->sent);
        park_json_whole(json, "bytes_taken", (int64_t)t->taken);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
}

static void json_design(park_json *json, const park_recipe *recipe)
{
    const park_design *design = recipe->design;
    park_json_text(json, "status", park_design_status_word(design->status));
    park_json_number(json, "objective", design->objective);
    park_json_number(json, "bound", design->bound);
    park_json_text(json, "objective_unit", design->unit);
    park_json_number(json, "gap", design->gap);
    park_json_number(json, "time_s", design->seconds);
    park_json_whole(json, "work", (int64_t)design->work);
    park_json_whole(json, "work_shared", (int64_t)design->work_shared);
    park_json_whole(json, "nodes", (int64_t)design->nodes);
    park_json_whole(json, "lps", (int64_t)design->lps);
    park_json_bool(json, "reproducible", design->reproducible);
    json_ranks(json, recipe->context->ranks);
    park_json_open(json, "outside_proof", '[');
    for (size_t i = 0; i < design->outside_proof_count; i++)
        park_json_text(json, NULL, park_label_text(design->outside_proof[i], recipe->context->zh));
    park_json_close(json, ']');
    if (design->ledger != NULL)
        json_closure(json, "closure", &design->closure);
    if (design->status == PARK_DESIGN_INFEASIBLE)
        park_recipe_json_conflict(json, recipe);
}

/* ---- fronts ---- */

static void json_pair(park_json *json, const char *key, const park_front *front, const double value[2])
{
    park_json_open(json, key, '{');
    for (int k = 0; k < 2; k++)
        park_json_number(json, park_objective_text_of(front->kind[k]).word, value[k]);
    park_json_close(json, '}');
}

static void json_front(park_json *json, const park_front *front)
{
    park_json_open(json, "front", '[');
    for (size_t i = 0; i < front->points; i++) {
        const park_front_point *p = &front->point[i];
        park_json_open(json, NULL, '{');
        json_pair(json, "objectives", front, p->value);
        json_pair(json, "bounds", front, p->bound);
        json_pair(json, "gaps", front, p->gap);
        park_json_number(json, "ceiling", p->most);
        park_json_text(json, "status", park_design_status_word(p->status));
        park_json_number(json, "investment", p->design->investment);
        park_json_bool(json, "knee", (int32_t)i == front->knee);
        park_json_bool(json, "chosen", (int32_t)i == front->chosen);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
    park_json_whole(json, "front_asked", (int64_t)front->asked);
    park_json_whole(json, "front_dominated", (int64_t)front->dominated);
    park_json_whole(json, "front_missing", (int64_t)front->missing);
}

static void tell_front(const park_recipe *recipe, park_text *out)
{
    bool              zh    = recipe->context->zh;
    const park_front *front = recipe->design != NULL ? recipe->design->front : NULL;
    if (front == NULL)
        return;
    park_objective_text a = park_objective_text_of(front->kind[0]),
                        b = park_objective_text_of(front->kind[1]);
    park_text_printf(out,
                     zh ? "  前沿：%s（%s，间隙 %%） — %s（%s，间隙 %%）\n"
                        : "  front: %s (%s, gap %%) against %s (%s, gap %%)\n",
                     park_label_text(a.label, zh), park_label_text(a.shown, zh), park_label_text(b.label, zh),
                     park_label_text(b.shown, zh));
    for (size_t i = 0; i < front->points; i++) {
        const park_front_point *p = &front->point[i];
        char                    proven[2][32];
        for (int k = 0; k < 2; k++)
            if (isfinite(p->gap[k]))
                snprintf(proven[k], sizeof proven[k], "%.3f", 100.0 * p->gap[k]);
            else
                snprintf(proven[k], sizeof proven[k], "-");
        park_text_printf(out, "  %3zu %14.4f %8s %14.4f %8s  %s%s\n", i + 1, p->value[0] / a.si, proven[0],
                         p->value[1] / b.si, proven[1], park_design_status_word(p->status),
                         (int32_t)i == front->knee     ? (zh ? "  <- 拐点" : "  <- knee")
                         : (int32_t)i == front->chosen ? (zh ? "  <- 取此方案" : "  <- taken")
                                                       : "");
    }
    if (front->missing > 0)
        park_text_printf(
            out,
            zh ? "  限额内未求出 %zu 点；请放宽 --time-limit 或 --work-limit\n"
               : "  %zu points were not found within the limits; give more --time-limit or --work-limit\n",
            front->missing);
}

/* ---- networks ---- */

static const park_bound_node *lowest_node(const park_bound_result *r, double *lowest, int32_t *season)
{
    const park_bound_node *at = NULL;
    *lowest                   = INFINITY;
    for (size_t i = 0; i < r->nodes; i++)
        for (size_t s = 0; r->node[i].draws && s < r->seasons; s++)
            if (r->season[s].lowest != NULL && r->season[s].lowest[r->node[i].node] < *lowest) {
                *lowest = r->season[s].lowest[r->node[i].node];
                *season = (int32_t)s;
                at      = &r->node[i];
            }
    return at;
}

static void json_networks(park_json *json, const park_recipe *recipe)
{
    if (recipe->bound == NULL)
        return;
    park_json_open(json, "networks", '{');
    for (size_t i = 0; i < recipe->loaded.networks; i++) {
        const park_bound_result *r      = &recipe->bound[i];
        int32_t                  season = -1;
        double                   lowest, energy = 0.0, leaked = 0.0, supplied = 0.0, drawn = 0.0;
        const park_bound_node   *at = lowest_node(r, &lowest, &season);
        for (size_t s = 0; s < r->seasons; s++) {
            energy += r->season[s].energy;
            leaked += r->season[s].leaked;
            supplied += r->season[s].supplied;
            drawn += r->season[s].park_drawn;
        }
        park_json_open(json, r->network->id, '{');
        park_json_number(json, "lowest_pressure_m", at != NULL ? lowest : NAN);
        park_json_text(json, "at", at != NULL ? r->network->net->node.names.text[at->node] : NULL);
        park_json_text(json, "season", at != NULL ? recipe->loaded.model->time.season[season].id : NULL);
        park_json_number(json, "required_m", r->network->min_pressure);
        park_json_whole(json, "lacks", (int64_t)r->lacks);
        park_json_number(json, "supplied_m3_per_a", supplied);
        park_json_number(json, "park_drawn_m3_per_a", drawn);
        park_json_number(json, "leaked_m3_per_a", leaked);
        park_json_number(json, "pump_energy_kWh_per_a", energy / 3.6e6);
        park_json_open(json, "failures", '{');
        for (size_t k = 0; k < r->failures; k++) {
            park_json_open(json, r->failure[k].what->id, '{');
            park_json_whole(json, "nodes_below", (int64_t)r->failure[k].below);
            park_json_number(json, "required_m", r->failure[k].required);
            park_json_number(json, "unmet_m3", r->failure[k].unmet);
            park_json_number(json, "lost_m3", r->failure[k].lost);
            park_json_close(json, '}');
        }
        park_json_close(json, '}');
        park_json_close(json, '}');
    }
    park_json_close(json, '}');
}

park_exit park_recipe_json(park_recipe *recipe, const park_run_record *record)
{
    park_text text;
    park_json json;
    park_text_init(&text, recipe->context->arena);
    park_json_init(&json, &text);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "job", record->job);
    if (recipe->design != NULL)
        json_design(&json, recipe);
    else
        park_json_text(&json, "status", "done");
    if (recipe->simulation != NULL) {
        park_json_open(&json, "simulation", '{');
        json_closure(&json, "closure", &recipe->simulation->closure);
        park_json_whole(&json, "violations", (int64_t)recipe->simulation->violations);
        park_json_whole(&json, "events", (int64_t)recipe->simulation->events_total);
        park_json_number(&json, "time_s", recipe->simulation->seconds);
        park_json_close(&json, '}');
    }
    if (recipe->design != NULL && recipe->design->front != NULL)
        json_front(&json, recipe->design->front);
    if (recipe->design != NULL)
        park_recipe_json_worth(&json, recipe);
    if (recipe->design != NULL && recipe->design->outlook != NULL)
        park_json_futures(&json, recipe->design->outlook);
    if (recipe->design != NULL && recipe->design->staging != NULL)
        park_json_stages(&json, recipe->design);
    json_networks(&json, recipe);
    if (record->interrupted)
        park_json_bool(&json, "interrupted", true);
    if (recipe->rounds > 0) {
        park_json_whole(&json, "rounds", (int64_t)recipe->rounds);
        park_json_bool(&json, "agreed", recipe->agreed);
    }
    json_indicators(&json, "indicators", recipe->simulated != NULL ? recipe->simulated : recipe->promised);
    if (recipe->simulated != NULL)
        json_indicators(&json, "promised_indicators", recipe->promised);
    park_text findings;
    park_text_init(&findings, recipe->context->arena);
    park_findings_json(&recipe->findings, &findings);
    park_json_raw(&json, "findings", park_text_done(&findings));
    park_json_number(&json, "total_time_s", record->provenance.seconds);
    park_json_close(&json, '}');
    park_text_char(&text, '\n');
    const char *done = park_text_done(&text);
    if (done == NULL || fputs(done, stdout) == EOF)
        return PARK_EXIT_FILE;
    return PARK_EXIT_DONE;
}

/* ---- for a person ---- */

static void tell_networks(const park_recipe *recipe, park_text *out)
{
    bool zh = recipe->context->zh;
    for (size_t i = 0; recipe->bound != NULL && i < recipe->loaded.networks; i++) {
        const park_bound_result *r      = &recipe->bound[i];
        int32_t                  season = 0;
        double                   lowest, energy = 0.0, leaked = 0.0, supplied = 0.0;
        const park_bound_node   *at = lowest_node(r, &lowest, &season);
        for (size_t s = 0; s < r->seasons; s++) {
            energy += r->season[s].energy;
            leaked += r->season[s].leaked;
            supplied += r->season[s].supplied;
        }
        if (at != NULL)
            park_text_printf(
                out,
                zh ? "  管网 %s：最低水头 %.1f m（%s，%s）；水泵 %.4g kW·h/m³，漏失 %.2f %%\n"
                   : "  network %s: lowest pressure %.1f m (%s, %s); pumps %.4g kWh/m³, leakage %.2f %%\n",
                r->network->id, lowest, at->units, r->network->net->node.names.text[at->node],
                supplied > 0.0 ? energy / 3.6e6 / supplied : 0.0,
                supplied > 0.0 ? 100.0 * leaked / supplied : 0.0);
    }
}

static void tell_targets(const park_recipe *recipe, park_text *out)
{
    const park_indicators *list = recipe->simulated != NULL ? recipe->simulated : recipe->promised;
    bool                   zh   = recipe->context->zh;
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const park_indicator *item = &list->item[i];
        if (item->target < 0)
            continue;
        char value[400], wanted[400];
        park_indicator_value_text(item, zh, value, sizeof value);
        park_indicator_target_text(recipe->loaded.model, item, zh, wanted, sizeof wanted);
        park_text_printf(out, "  %s %s%s%s: %s (%s)\n", item->reached ? "[+]" : "[-]",
                         park_label_text(item->label, zh), item->subject != NULL ? " " : "",
                         item->subject != NULL ? item->subject : "", value, wanted);
    }
}

/* One line a kind and place, its worst season told; the tables hold them all. */
static const park_violation *worst_of_place(const park_simulation *simulation, size_t i)
{
    const park_violation *v = &simulation->violation[i], *worst = v;
    for (size_t k = 0; k < simulation->violations; k++) {
        const park_violation *other = &simulation->violation[k];
        if (other->kind != v->kind || other->unit != v->unit || other->link != v->link)
            continue;
        if (k < i)
            return NULL; /* told already */
        worst = other->share > worst->share ? other : worst;
    }
    return worst;
}

/* What the simulated park could not keep: without this a park without water would look like one that wastes none. */
static void tell_violations(const park_recipe *recipe, park_text *out)
{
    enum { MOST = 8 };
    const park_simulation *simulation = recipe->simulation;
    const park_model      *model      = recipe->loaded.model;
    bool                   zh         = recipe->context->zh;
    size_t                 told       = 0;
    for (size_t i = 0; i < simulation->violations; i++) {
        const park_violation *v = worst_of_place(simulation, i);
        if (v == NULL || told++ >= MOST)
            continue;
        const char *place = v->unit >= 0   ? model->unit[v->unit].id
                            : v->link >= 0 ? model->link[v->link].id
                                           : "";
        park_text_printf(out, "  [!] %s%s%s", park_label_text(park_violation_label(v), zh),
                         place[0] == '\0' ? ""
                         : zh             ? "："
                                          : ": ",
                         place);
        if (isfinite(v->share) && v->share > 0.0)
            park_text_printf(out, zh ? "（占时段的 %.3g %%）" : " (%.3g %% of the time)", 100.0 * v->share);
        park_text_char(out, '\n');
    }
    if (told > MOST)
        park_text_printf(
            out, zh ? "  [!] 另有 %zu 处，见 violations.csv\n" : "  [!] and %zu more, see violations.csv\n",
            told - MOST);
}

park_exit park_recipe_summary(park_recipe *recipe, const park_run_record *record)
{
    const park_design *design = recipe->design;
    bool               zh     = recipe->context->zh;
    park_text          out;
    park_text_init(&out, recipe->context->arena);
    const char *name = park_label_text(recipe->loaded.model->name, zh);
    if (name[0] != '\0')
        park_text_printf(&out, "%s\n", name);
    if (design != NULL && design->status == PARK_DESIGN_INFEASIBLE) {
        park_recipe_tell_conflict(recipe, &out);
    } else if (design != NULL && !isfinite(design->objective) &&
               park_cancel_why(recipe->context->cancel) != 0) {
        park_text_printf(&out,
                         zh ? "  已中断：尚未找到可行方案；任何方案都不低于 %.8g %s\n"
                            : "  interrupted before a design was found; none can be below %.8g %s\n",
                         design->bound, park_objective_unit_text(design->unit, zh));
    } else if (design != NULL && !isfinite(design->objective)) {
        park_text_printf(
            &out,
            zh ? "  状态 %s：限额内未找到可行方案（%.1f 秒，%llu 个节点）；任何方案都不低于 %.8g %s；"
                 "请放宽 --time-limit 或 --work-limit，或减少候选连接、时段\n"
               : "  %s: no design was found within the limit (%.1f s, %llu nodes); none can be below %.8g "
                 "%s; give it more --time-limit or --work-limit, or fewer candidates or seasons\n",
            park_design_status_word(design->status), design->seconds, (unsigned long long)design->nodes,
            design->bound, park_objective_unit_text(design->unit, zh));
    } else if (design != NULL) {
        park_text_printf(
            &out,
            zh ? "  状态 %s：目标值 %.8g %s，下界 %.8g，最优性间隙 %.3f %%（%.1f 秒，%llu 个节点）\n"
               : "  %s: objective %.8g %s, proven bound %.8g, gap %.3f %% (%.1f s, %llu nodes)\n",
            park_design_status_word(design->status), design->objective,
            park_objective_unit_text(design->unit, zh), design->bound, 100.0 * design->gap, design->seconds,
            (unsigned long long)design->nodes);
    }
    tell_front(recipe, &out);
    if (recipe->design != NULL && recipe->design->outlook != NULL)
        park_tell_futures(&out, recipe->design->outlook, recipe->context->zh);
    if (recipe->design != NULL && recipe->design->staging != NULL)
        park_tell_stages(&out, recipe->design, recipe->context->zh);
    if (record != NULL && record->interrupted && design != NULL && design->link_flow != NULL)
        park_text_add(&out,
                      recipe->simulation != NULL
                          ? (zh ? "  已中断：保留已模拟的最好方案\n"
                                : "  interrupted: the best design simulated so far stands\n")
                          : (zh ? "  已中断：保留当前方案及其下界，尚未模拟\n"
                                : "  interrupted: the design found so far and its bound stand; it was not "
                                  "simulated\n"));
    if (recipe->rounds > 0)
        park_text_printf(&out,
                         zh ? "  优化与模拟 %zu 轮，共 %.1f 秒，%s\n"
                            : "  rounds of optimization and simulation: %zu, %.1f s in all; %s\n",
                         recipe->rounds, park_clock_seconds() - recipe->context->started,
                         recipe->agreed
                             ? (zh ? "二者一致" : "they agree")
                             : (zh ? "仍有不一致之处，见报告" : "they still differ, see the report"));
    tell_targets(recipe, &out);
    park_recipe_tell_worth(recipe, &out);
    tell_networks(recipe, &out);
    if (recipe->simulation != NULL)
        park_text_printf(
            &out, zh ? "  闭合差：水量 %.1e，物质 %.1e\n" : "  closure: water %.1e, constituents %.1e\n",
            recipe->simulation->closure.water, recipe->simulation->closure.mass);
    if (recipe->simulation != NULL)
        tell_violations(recipe, &out);
    if (recipe->context->options->output != NULL && record != NULL &&
        (design == NULL || design->link_flow != NULL || recipe->explained))
        park_text_printf(&out, zh ? "  结果：%s\n" : "  result: %s\n", recipe->context->options->output);
    const char *done = park_text_done(&out);
    if (done == NULL || fputs(done, stdout) == EOF)
        return PARK_EXIT_FILE;
    return PARK_EXIT_DONE;
}
