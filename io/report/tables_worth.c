/* What statements are worth; retrofits ranked, their curve of abatement, the order in which they are built. */
#include "report/tables_parts.h"

#include "objective_text.h"
#include "worth_text.h"

#include <math.h>
#include <stdio.h>

static const double WAN = 1e4;

static void worth_heads(park_sheet *sheet, const park_worth *worth)
{
    park_objective_text text = park_objective_text_of(worth->objective_kind);
    char                zh[160], en[160];
    park_sheet_head(sheet, "条款", "statement");
    park_sheet_head(sheet, "位置", "place");
    park_sheet_head(sheet, "原文", "as written");
    park_sheet_head(sheet, "现值", "value");
    park_sheet_head(sheet, "单位", "unit");
    park_sheet_head(sheet, "起约束的时段数", "seasons");
    snprintf(zh, sizeof zh, "放宽一个单位的年节省 (%s)", text.shown.zh);
    snprintf(en, sizeof en, "one unit looser saves (%s)", text.shown.en);
    park_sheet_head(sheet, zh, en);
    snprintf(zh, sizeof zh, "收紧一个单位的年增加 (%s)", text.shown.zh);
    snprintf(en, sizeof en, "one unit tighter costs (%s)", text.shown.en);
    park_sheet_head(sheet, zh, en);
    snprintf(zh, sizeof zh, "对偶值 (%s)", text.shown.zh);
    snprintf(en, sizeof en, "by the dual (%s)", text.shown.en);
    park_sheet_head(sheet, zh, en);
    park_sheet_head(sheet, "试算步长 (单位)", "step tried (units)");
    park_sheet_head(sheet, "至少适用到 (单位)", "holds at least to (units)");
    park_sheet_head(sheet, "收紧后", "when tighter");
    park_sheet_end_row(sheet);
}

park_status park_table_worth(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_worth *worth = t->record->design->worth;
    double            si    = park_objective_text_of(worth->objective_kind).si;
    worth_heads(sheet, worth);
    for (size_t i = 0; i < worth->lines; i++) {
        const park_worth_line *line = &worth->line[i];
        park_worth_text        unit = park_worth_text_of(line->of);
        char                   place[400];
        snprintf(place, sizeof place, "%s:%d", line->place.file != NULL ? line->place.file : "",
                 line->place.line);
        park_sheet_text(sheet, line->path);
        park_sheet_text(sheet, line->place.file != NULL ? place : "");
        park_sheet_text(sheet, line->place.text);
        park_sheet_number(sheet, line->of == PARK_WORTH_SHARE ? NAN : line->asked / unit.si, unit.places);
        park_sheet_word(sheet, unit.unit.zh, unit.unit.en);
        park_sheet_whole(sheet, (int64_t)line->seasons);
        park_sheet_number(sheet, line->looser / si, 4);
        park_sheet_number(sheet, line->tighter / si, 4);
        park_sheet_number(sheet, line->dual / si, 4);
        park_sheet_number(sheet, line->step / line->unit, 4);
        park_sheet_number(sheet, line->holds / line->unit, 4);
        if (isinf(line->tighter))
            park_sheet_word(sheet, "未找到方案", "no plan was found");
        else if (isnan(line->looser))
            park_sheet_word(sheet, park_worth_open_text(worth).zh, park_worth_open_text(worth).en);
        else
            park_sheet_text(sheet, "");
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

/* ---- retrofits ---------------------------------------------------------------------------------------------------------- */

static void effect_heads(park_sheet *sheet, const char *zh, const char *en)
{
    static const char *const WHAT[][2] = {{"节水 (万m³/a)", "water saved (10^4 m3/a)"},
                                          {"减碳 (t/a)", "carbon avoided (t/a)"},
                                          {"年费用增加 (万元/a)", "more cost (10^4 CNY/a)"},
                                          {"节水单价 (元/m³)", "CNY per m3 saved"},
                                          {"减碳单价 (元/t)", "CNY per t CO2e"},
                                          {"回收期 (a)", "payback (a)"}};
    for (size_t i = 0; i < sizeof WHAT / sizeof WHAT[0]; i++) {
        char a[160], b[160];
        snprintf(a, sizeof a, "%s：%s", zh, WHAT[i][0]);
        snprintf(b, sizeof b, "%s: %s", en, WHAT[i][1]);
        park_sheet_head(sheet, a, b);
    }
}

void park_sheet_effect_heads(park_sheet *sheet)
{
    effect_heads(sheet, "与方案其余部分同建", "beside the rest of the plan");
    effect_heads(sheet, "单独实施", "alone");
}

static void effect_cells(park_sheet *sheet, const struct park_rank_effect *e)
{
    bool known = e != NULL && e->known;
    park_sheet_number(sheet, known ? e->water / WAN : NAN, 4);
    park_sheet_number(sheet, known ? e->carbon / 1e3 : NAN, 3);
    park_sheet_number(sheet, known ? e->cost / WAN : NAN, 4);
    park_sheet_number(sheet, known ? e->per_water : NAN, 3);
    park_sheet_number(sheet, known ? e->per_carbon * 1e3 : NAN, 1);
    park_sheet_number(sheet, known ? e->payback : NAN, 2);
}

void park_sheet_effects(park_sheet *sheet, const park_ranking *ranking, size_t retrofit)
{
    const park_rank *rank = NULL;
    for (size_t i = 0; ranking != NULL && i < ranking->ranks; i++)
        if (ranking->rank[i].retrofit == (int32_t)retrofit)
            rank = &ranking->rank[i];
    effect_cells(sheet, rank != NULL ? &rank->company : NULL);
    effect_cells(sheet, rank != NULL ? &rank->alone : NULL);
}

/* ---- the path ------------------------------------------------------------------------------------------------------------- */

static void step_name(const park_tables *t, park_sheet *sheet, const park_path_step *step)
{
    if (step->retrofit >= 0)
        park_sheet_label(sheet, t->model->retrofit[step->retrofit].label, step->name);
    else if (step->unit >= 0)
        park_sheet_label(sheet, t->model->unit[step->unit].label, step->name);
    else
        park_sheet_word(sheet, step->name[0] == 'r' ? "其余全部" : "新建连接",
                        step->name[0] == 'r' ? "all the rest" : "new connections");
}

static void state_cells(const park_tables *t, park_sheet *sheet, const park_state *state)
{
    size_t met = 0;
    for (size_t i = 0; i < t->model->targets; i++)
        met += state->met[i];
    park_sheet_number(sheet, state->cost / WAN, 4);
    park_sheet_number(sheet, state->investment / WAN, 4);
    park_sheet_wan(sheet, state->intake);
    park_sheet_number(sheet, state->carbon / 1e3, 3);
    park_sheet_number(sheet, 100.0 * state->reuse_rate, 2);
    park_sheet_whole(sheet, (int64_t)met);
    park_sheet_whole(sheet, (int64_t)t->model->targets);
}

park_status park_table_path(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_ranking *r = t->record->design->ranking;
    park_sheet_head(sheet, "步", "step");
    park_sheet_head(sheet, "建设内容", "what is built");
    park_sheet_head(sheet, "年费用 (万元/a)", "yearly cost (10^4 CNY/a)");
    park_sheet_head(sheet, "累计投资 (万元)", "invested so far (10^4 CNY)");
    park_sheet_head(sheet, "取水量 (万m³/a)", "intake (10^4 m3/a)");
    park_sheet_head(sheet, "碳排放 (t/a)", "carbon (t/a)");
    park_sheet_head(sheet, "重复利用率 (%)", "reuse rate (%)");
    park_sheet_head(sheet, "已达目标数", "targets met");
    park_sheet_head(sheet, "目标数", "targets");
    park_sheet_head(sheet, "本步节水 (万m³/a)", "saved by the step (10^4 m3/a)");
    park_sheet_head(sheet, "本步减碳 (t/a)", "carbon avoided by the step (t/a)");
    park_sheet_head(sheet, "本步年费用增加 (万元/a)", "more cost by the step (10^4 CNY/a)");
    park_sheet_end_row(sheet);
    for (size_t i = 0; r->base.found && i <= r->steps; i++) {
        const park_path_step *step = i == 0 ? NULL : &r->step[i - 1];
        park_sheet_whole(sheet, (int64_t)i);
        if (step == NULL)
            park_sheet_word(sheet, r->base_bare ? "现状" : "方案的连接与设施，不含改造措施",
                            r->base_bare ? "as it stands" : "the plan's connections and units, no retrofit");
        else
            step_name(t, sheet, step);
        state_cells(t, sheet, step == NULL ? &r->base : &step->after);
        park_sheet_number(sheet, step == NULL ? NAN : step->water / WAN, 4);
        park_sheet_number(sheet, step == NULL ? NAN : step->carbon / 1e3, 3);
        park_sheet_number(sheet, step == NULL ? NAN : step->cost / WAN, 4);
        park_sheet_end_row(sheet);
    }
    return PARK_OK;
}

/* Where the water went: the steps, then the connections; both sum to the same. */
park_status park_table_abatement(const park_tables *t, park_sheet *sheet, park_error *err)
{
    (void)err;
    const park_ranking *r     = t->record->design->ranking;
    double              total = 0.0;
    park_sheet_head(sheet, "类别", "kind");
    park_sheet_head(sheet, "名称", "name");
    park_sheet_head(sheet, "节水 (m³/a)", "water saved (m3/a)");
    park_sheet_head(sheet, "节水单价 (元/m³)", "CNY per m3 saved");
    park_sheet_head(sheet, "减碳 (kg/a)", "carbon avoided (kg/a)");
    park_sheet_head(sheet, "减碳单价 (元/t)", "CNY per t CO2e");
    park_sheet_head(sheet, "增加的回用 (m³/a)", "more used water to users (m3/a)");
    park_sheet_end_row(sheet);
    for (size_t i = 0; i < r->steps; i++) {
        const park_path_step *s = &r->step[i];
        park_sheet_word(sheet, "步骤", "step");
        step_name(t, sheet, s);
        park_sheet_number(sheet, s->water, 3);
        park_sheet_number(sheet, s->water > 0.0 ? s->cost / s->water : NAN, 4);
        park_sheet_number(sheet, s->carbon, 3);
        park_sheet_number(sheet, s->carbon > 0.0 ? s->cost / s->carbon * 1e3 : NAN, 2);
        park_sheet_text(sheet, "");
        park_sheet_end_row(sheet);
        total += s->water;
    }
    for (size_t l = 0; r->link_saved != NULL && l < t->model->links; l++) {
        if (fabs(r->link_saved[l]) < 1e-3 && fabs(r->link_reuse[l]) < 1e-3)
            continue;
        park_sheet_word(sheet, "连接", "connection");
        park_sheet_text(sheet, t->model->link[l].id);
        park_sheet_number(sheet, r->link_saved[l], 3);
        for (int k = 0; k < 3; k++)
            park_sheet_text(sheet, "");
        park_sheet_number(sheet, r->link_reuse[l], 3);
        park_sheet_end_row(sheet);
    }
    park_sheet_word(sheet, "合计", "total");
    park_sheet_text(sheet, "");
    park_sheet_number(sheet, total, 3);
    for (int k = 0; k < 4; k++)
        park_sheet_text(sheet, "");
    park_sheet_end_row(sheet);
    return PARK_OK;
}
