/* project_tell.c - a region's projection and allocation on standard output: one JSON object, or words. */
#include "jobs/project_tell.h"

#include "findings_text.h"
#include "report/number.h"

#include <parkwater/allocation.h>

#include <math.h>
#include <stdio.h>

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

/* --- the allocation --- */

static const char *status_word(park_choice_status status)
{
    static const char *const WORDS[] = {[PARK_CHOICE_OPTIMAL]    = "gap_reached",
                                        [PARK_CHOICE_LIMIT]      = "limit_feasible",
                                        [PARK_CHOICE_INFEASIBLE] = "infeasible",
                                        [PARK_CHOICE_UNKNOWN]    = "limit_no_solution"};
    return WORDS[status];
}

static const char *fate_word(park_fate fate)
{
    static const char *const WORDS[] = {
        [PARK_FATE_CHOSEN] = "chosen", [PARK_FATE_ANYWAY] = "anyway", [PARK_FATE_NOT_MORE] = "not_more",
        [PARK_FATE_ASKS] = "asks",     [PARK_FATE_LATE] = "late",     [PARK_FATE_IDLE] = "idle",
        [PARK_FATE_OTHER] = "other",   [PARK_FATE_DEAR] = "dear",     [PARK_FATE_BUDGET] = "budget",
        [PARK_FATE_CITY] = "city",     [PARK_FATE_PLANT] = "plant",   [PARK_FATE_UNDECIDED] = "undecided"};
    return WORDS[fate];
}

static void json_needs(park_json *json, const park_region_record *record)
{
    const park_allocation        *a = record->allocation;
    const park_allocation_result *r = record->allocated;
    park_json_open(json, "needs", '[');
    for (size_t n = 0; n < a->needs; n++) {
        park_json_open(json, NULL, '{');
        park_json_text(json, "target", record->region->target[a->need[n].target].id);
        park_json_number(json, "lacking_m3", a->need[n].lacking);
        park_json_number(json, "delivered_m3", r->choice.delivered[n]);
        park_json_number(json, "together_m3", record->exact[n]);
        park_json_number(json, "step_m3", a->need[n].step);
        park_json_number(json, "step_cost", r->price[n]);
        park_json_number(json, "step_margin", r->duals[n]);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
}

static void json_options(park_json *json, const park_region_record *record)
{
    const park_allocation        *a = record->allocation;
    const park_allocation_result *r = record->allocated;
    park_json_open(json, "options", '[');
    for (size_t o = 0; o < a->options; o++) {
        park_worth_of f;
        park_allocation_figures(a, o, &f);
        park_json_open(json, NULL, '{');
        park_json_text(json, "id", a->option[o].id);
        park_json_text(json, "group", a->group[a->option[o].group]);
        park_json_text(json, "verdict", fate_word(r->verdict[o].fate));
        park_json_whole(json, "year", r->choice.year[o]);
        park_json_number(json, "adds", r->verdict[o].adds);
        park_json_number(json, "present_cost", f.cost);
        park_json_number(json, "investment", f.investment);
        park_json_number(json, "yearly", f.yearly);
        park_json_number(json, "subsidy", f.subsidy);
        park_json_number(json, "cost_per_m3", f.volume > 0.0 ? f.annual / f.volume : NAN);
        park_json_number(json, "intake_saved", f.gives[PARK_GIFT_INTAKE]);
        park_json_number(json, "reuse_gained", f.gives[PARK_GIFT_REUSE]);
        park_json_number(json, "non_conventional", f.gives[PARK_GIFT_NEW]);
        park_json_number(json, "chosen_share",
                         r->chosen_share != NULL && a->draws > 0 ? r->chosen_share[o] : NAN);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
    park_json_open(json, "plants", '[');
    for (size_t p = 0; p < a->plants; p++) {
        park_json_open(json, NULL, '{');
        park_json_text(json, "id", a->plant[p].id);
        park_json_whole(json, "year", r->choice.plant_year[p]);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
}

static void json_ways(park_json *json, const park_region_record *record)
{
    const park_allocation        *a = record->allocation;
    const park_allocation_result *r = record->allocated;
    park_json_open(json, "ways_out", '[');
    for (size_t w = 0; w < r->ways; w++) {
        const park_way_out *way = &r->way[w];
        park_json_open(json, NULL, '{');
        park_json_text(json, "gives_way",
                       way->need >= 0 ? record->region->target[a->need[way->need].target].id
                       : way->cities  ? "cities"
                                      : "budget");
        park_json_bool(json, "found", way->found);
        park_json_number(json, "amount", way->found ? way->amount : NAN);
        park_json_number(json, "cost", way->found ? way->choice.cost : NAN);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
}

static void json_trials(park_json *json, const park_region_record *record)
{
    const park_allocation        *a = record->allocation;
    const park_allocation_result *r = record->allocated;
    if (r->regret == NULL || r->triple == NULL)
        return;
    park_json_open(json, "regret", '[');
    for (size_t i = 0; i < a->scenarios; i++)
        for (size_t j = 0; j < a->scenarios; j++) {
            park_json_open(json, NULL, '{');
            park_json_text(json, "made_for", a->scenario[i].id);
            park_json_text(json, "comes", a->scenario[j].id);
            park_json_number(json, "regret", r->regret[i * a->scenarios + j]);
            park_json_bool(json, "mendable", isfinite(r->regret[i * a->scenarios + j]));
            park_json_close(json, '}');
        }
    park_json_close(json, ']');
    park_json_text(json, "robust", r->robust >= 0 ? a->scenario[r->robust].id : NULL);
    park_json_number(json, "same_share", r->same_share);
    park_json_number(json, "failed_share", r->failed_share);
    park_json_number(json, "undecided_share", r->undecided_share);
    park_json_open(json, "dropouts", '[');
    for (size_t t = 0; t < r->triples; t++) {
        park_json_open(json, NULL, '{');
        park_json_open(json, "groups", '[');
        for (int k = 0; k < 3; k++)
            if (r->triple[3 * t + (size_t)k] >= 0)
                park_json_text(json, NULL, a->group[r->triple[3 * t + (size_t)k]]);
        park_json_close(json, ']');
        park_json_number(json, "mending_adds", r->triple_mend[t]);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
}

static void json_allocation(park_json *json, const park_region_record *record)
{
    const park_allocation *a = record->allocation;
    const park_choice     *c = &record->allocated->choice;
    park_json_open(json, "allocation", '{');
    park_json_text(json, "status", status_word(c->status));
    park_json_number(json, "objective", c->objective);
    park_json_number(json, "bound", c->bound);
    park_json_number(json, "gap", c->gap);
    park_json_number(json, "present_cost", c->cost);
    park_json_number(json, "public_money", c->public_cost);
    park_json_whole(json, "nodes", (int64_t)c->nodes);
    json_needs(json, record);
    json_options(json, record);
    park_json_open(json, "spent", '[');
    for (size_t y = 0; y < a->years; y++) {
        park_json_open(json, NULL, '{');
        park_json_whole(json, "year", a->from + (int32_t)y);
        park_json_number(json, "budget", a->budget[y]);
        park_json_number(json, "spent", c->spent[y]);
        park_json_close(json, '}');
    }
    park_json_close(json, ']');
    json_ways(json, record);
    json_trials(json, record);
    park_json_close(json, '}');
}

void park_project_json(park_recipe *recipe, const park_region_record *record, double seconds, park_text *out)
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
    if (record->allocated != NULL)
        json_allocation(&json, record);
    park_text_init(&findings, recipe->context->arena);
    park_findings_json(&recipe->findings, &findings);
    park_json_raw(&json, "findings", park_text_done(&findings));
    park_json_close(&json, '}');
    park_text_char(out, '\n');
}

static void tell_allocation(const park_region_record *record, bool zh, park_text *out)
{
    const park_choice *c        = &record->allocated->choice;
    size_t             projects = 0;
    for (size_t o = 0; o < record->allocation->options; o++)
        projects += record->allocated->verdict[o].fate == PARK_FATE_CHOSEN;
    if (c->status == PARK_CHOICE_INFEASIBLE)
        park_text_add(
            out,
            zh ? "  分配：已证明没有组合能同时达到各项目标；出路见报告\n"
               : "  allocation: proven that no combination meets the targets; the report names ways out\n");
    else if (c->status == PARK_CHOICE_UNKNOWN)
        park_text_add(out, zh ? "  分配：计算量限额内没有结果\n"
                              : "  allocation: no result within the work allowed\n");
    else
        park_text_printf(
            out,
            zh ? "  分配：%zu 个选项中入选 %zu 个，现值费用 %.1f 万元，间隙 %.3f%%\n"
               : "  allocation: of %zu options %zu are chosen, present cost %.1f ×10⁴ CNY, gap %.3f %%\n",
            record->allocation->options, projects, c->cost / 1e4, 100.0 * c->gap);
}

void park_project_words(const park_recipe *recipe, const park_region_record *record, double seconds,
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
    if (record->allocated != NULL)
        tell_allocation(record, zh, out);
    if (recipe->context->options->output != NULL)
        park_text_printf(out, zh ? "  报告与表：%s\n" : "  report and tables: %s\n",
                         recipe->context->options->output);
}
