/* check: is a scenario valid, what is in it, what cannot work and why. */
#include "jobs/network.h"

#include "findings_text.h"
#include "import/inp.h"
#include "json.h"

#include <parkwater/allocation.h>

#include <stdio.h>
#include <string.h>

static const struct {
    const char *en, *zh;
} ROLES[PARK_ROLES] = {[PARK_SOURCE]    = {"sources", "水源"},
                       [PARK_USER]      = {"users", "用水单元"},
                       [PARK_TREATMENT] = {"treatments", "处理单元"},
                       [PARK_STORAGE]   = {"storages", "调蓄设施"},
                       [PARK_SINK]      = {"sinks", "排放去向"}};

static void count_units(const park_model *model, size_t *units)
{
    for (size_t u = 0; u < model->units; u++)
        units[model->unit[u].role]++;
}

static size_t candidates_of(const park_model *model)
{
    size_t count = 0;
    for (size_t l = 0; l < model->links; l++)
        count += !model->link[l].existing;
    return count;
}

static park_exit say(park_text *out, park_exit exit)
{
    const char *done = park_text_done(out);
    return done != NULL && fputs(done, stdout) != EOF ? exit : PARK_EXIT_FILE;
}

static void json_findings(park_json *json, park_recipe *recipe)
{
    park_text findings;
    park_text_init(&findings, recipe->context->arena);
    park_findings_json(&recipe->findings, &findings);
    park_json_raw(json, "findings", park_text_done(&findings));
}

static void tell_region(const park_region *region, const park_allocation *allocation, bool zh, park_text *out)
{
    size_t parks = 0;
    for (size_t m = 0; m < region->members; m++)
        parks += !region->member[m].remainder;
    park_text_printf(out,
                     zh ? "%s：有效。园区 %zu 个%s，%d–%d 年（已知至 %d 年），产品 %zu 项，共用 %zu 项，措施 "
                          "%zu 项，目标 %zu 项\n"
                        : "%s: valid. parks %zu%s, %d-%d (known to %d), products %zu, shared %zu, measures "
                          "%zu, targets %zu\n",
                     park_label_text(region->label, zh), parks,
                     parks == region->members ? ""
                     : zh                     ? "及其余工业"
                                              : " and the rest of industry",
                     (int)region->base, (int)region->last, (int)region->known, region->products,
                     region->shares, region->measures, region->targets);
    if (allocation != NULL)
        park_text_printf(out,
                         zh ? "  分配：选项 %zu 个，共用设施 %zu 座，%d–%d 年建设\n"
                            : "  allocation: options %zu, shared plants %zu, built in %d-%d\n",
                         allocation->options, allocation->plants, (int)allocation->from,
                         (int)allocation->from + (int)allocation->years - 1);
}

static void json_region(park_json *json, const park_region *region, const park_allocation *allocation)
{
    park_json_text(json, "name_zh", park_label_text(region->label, true));
    park_json_text(json, "name_en", park_label_text(region->label, false));
    park_json_whole(json, "members", (int64_t)region->members);
    park_json_whole(json, "products", (int64_t)region->products);
    park_json_whole(json, "shared", (int64_t)region->shares);
    park_json_whole(json, "measures", (int64_t)region->measures);
    park_json_whole(json, "targets", (int64_t)region->targets);
    park_json_whole(json, "options", allocation != NULL ? (int64_t)allocation->options : 0);
}

/* A study or a region has no model: its words are sound. */
static park_exit tell_words(park_recipe *recipe)
{
    const park_region *region = recipe->loaded.region;
    bool               zh     = recipe->context->zh;
    park_text          out;
    park_json          json;
    park_text_init(&out, recipe->context->arena);
    if (!recipe->context->options->json) {
        if (region != NULL)
            tell_region(region, recipe->loaded.allocation, zh, &out);
        else
            park_text_add(&out, zh ? "有效\n" : "valid\n");
        return say(&out, PARK_EXIT_DONE);
    }
    park_json_init(&json, &out);
    park_json_open(&json, NULL, '{');
    park_json_text(&json, "status", "valid");
    if (region != NULL)
        json_region(&json, region, recipe->loaded.allocation);
    json_findings(&json, recipe);
    park_json_close(&json, '}');
    park_text_char(&out, '\n');
    return say(&out, PARK_EXIT_DONE);
}

/* Targets are judged on the model, which knows no lines; the statement of the same path does. */
static void place_findings(const park_model *model, park_findings *findings, size_t from)
{
    for (size_t i = from; i < findings->count; i++) {
        park_finding *finding = &findings->items[i];
        for (size_t s = 0; finding->line == 0 && finding->path != NULL && s < model->statements; s++)
            if (strcmp(model->statement[s].path, finding->path) == 0) {
                finding->line = model->statement[s].line;
                finding->file = model->statement[s].file;
            }
    }
}

static void tell_networks(const park_loaded *loaded, bool zh, park_text *out)
{
    for (size_t i = 0; i < loaded->networks; i++) {
        const park_bound_network *n = &loaded->network[i];
        park_text_printf(
            out,
            zh ? "  管网 %s：节点 %zu 个，管段 %zu 条，承载连接 %zu 条，对应 %zu 处，火灾与爆管 %zu 项\n"
               : "  network %s: nodes %zu, links %zu, carried connections %zu, binds %zu, fires and bursts "
                 "%zu\n",
            n->id, n->net->node.count, n->net->link.count, n->carried, n->binds, n->failures);
    }
}

/* `impossible`: the precheck found what no design can meet. */
static park_exit tell(park_recipe *recipe, bool impossible)
{
    const park_model *model             = recipe->loaded.model;
    bool              zh                = recipe->context->zh;
    size_t            units[PARK_ROLES] = {0};
    park_text         out;
    park_text_init(&out, recipe->context->arena);
    count_units(model, units);
    size_t candidates = candidates_of(model);
    if (recipe->context->options->json) {
        park_json json;
        park_json_init(&json, &out);
        park_json_open(&json, NULL, '{');
        park_json_text(&json, "status", impossible ? "infeasible" : "valid");
        park_json_text(&json, "name_zh", park_label_text(model->name, true));
        park_json_text(&json, "name_en", park_label_text(model->name, false));
        for (int r = 0; r < PARK_ROLES; r++)
            park_json_whole(&json, ROLES[r].en, (int64_t)units[r]);
        park_json_whole(&json, "constituents", (int64_t)model->constituents);
        park_json_whole(&json, "seasons", (int64_t)model->time.seasons);
        park_json_whole(&json, "links_existing", (int64_t)(model->links - candidates));
        park_json_whole(&json, "links_candidate", (int64_t)candidates);
        park_json_whole(&json, "targets", (int64_t)model->targets);
        park_json_whole(&json, "retrofits", (int64_t)model->retrofits);
        park_json_whole(&json, "networks", (int64_t)recipe->loaded.networks);
        json_findings(&json, recipe);
        if (recipe->design != NULL)
            park_recipe_json_conflict(&json, recipe);
        park_json_close(&json, '}');
        park_text_char(&out, '\n');
    } else {
        const char *name = park_label_text(model->name, zh);
        if (name[0] != '\0')
            park_text_printf(&out, "%s\n", name);
        for (int r = 0; r < PARK_ROLES; r++)
            park_text_printf(&out, "%s%s %zu", r > 0 ? (zh ? "，" : ", ") : "  ",
                             zh ? ROLES[r].zh : ROLES[r].en, units[r]);
        park_text_printf(&out,
                         zh ? "\n  水质指标 %zu 项，季节 %zu 个，现有连接 %zu 条，候选连接 %zu 条，目标 %zu "
                              "个，改造措施 %zu 项\n"
                            : "\n  constituents %zu, seasons %zu, connections existing %zu, candidate %zu, "
                              "targets %zu, retrofits %zu\n",
                         model->constituents, model->time.seasons, model->links - candidates, candidates,
                         model->targets, model->retrofits);
        tell_networks(&recipe->loaded, zh, &out);
        if (recipe->design != NULL)
            park_recipe_tell_conflict(recipe, &out);
        else if (impossible)
            park_text_add(&out, zh ? "  check 的计算限额内未能求出出路；optimize 会继续求\n"
                                   : "  no ways out were found within the work of check; optimize goes on\n");
    }
    return say(&out, impossible ? PARK_EXIT_INFEASIBLE : PARK_EXIT_DONE);
}

park_exit park_job_check(park_job_context *context)
{
    park_recipe recipe;
    if (park_inp_named(context->options->argument[0]))
        return park_job_check_network(context);
    context->tells_all = true;
    park_exit exit     = park_recipe_open(&recipe, context);
    if (exit != PARK_EXIT_DONE)
        return exit;
    if (recipe.loaded.model == NULL) /* a study or a region: its words were checked */
        return tell_words(&recipe);
    size_t      before = recipe.findings.count, errors = recipe.findings.errors;
    park_status status =
        park_design_precheck(recipe.loaded.model, context->arena, &recipe.findings, &recipe.error);
    place_findings(recipe.loaded.model, &recipe.findings, before);
    park_job_tell(context, &recipe.findings, before, errors);
    if (status != PARK_OK)
        return park_recipe_fail(&recipe, status);
    if (context->options->expand) {
        park_text out;
        park_text_init(&out, context->arena);
        status = park_load_expand(&recipe.loaded, context->zh, &out, &recipe.error);
        if (status != PARK_OK)
            return park_recipe_fail(&recipe, status);
        return say(&out, PARK_EXIT_DONE);
    }
    bool impossible = recipe.findings.errors > errors;
    exit            = impossible ? park_recipe_explain(&recipe) : PARK_EXIT_DONE;
    return exit != PARK_EXIT_DONE ? exit : tell(&recipe, impossible);
}
