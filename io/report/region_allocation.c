/*
 * region_allocation.c - who delivers which part of the targets, in the order in which a meeting asks: is it enough and what
 * does it cost, who gives what, which projects and why not the others, the money by year, and whether it would last. The last three are region_projects'.
 */
#include "report/number.h"
#include "report/plot.h"
#include "report/region_allocation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double WAN = 1e4;

static const char *const COLOURS[] = {"#2f6db5", "#1a7f4b", "#c98a1b", "#8a4fa3", "#d05a3f", "#3f9fa8",
                                      "#7a7f2a", "#5b6b7a", "#b5487a", "#4a8fd0", "#6aa84f", "#e0a96d"};

/* --- words --- */

double park_need_shown(const park_region *region, const park_need *need, double water)
{
    park_region_quantity quantity = region->target[need->target].subject.quantity;
    bool rate = quantity == PARK_REGION_REUSE_RATE || quantity == PARK_REGION_INTAKE_PER_ADDED;
    return rate ? 0.1 * water / need->step : water / WAN;
}

park_label park_need_unit(const park_region *region, const park_need *need)
{
    switch (region->target[need->target].subject.quantity) {
    case PARK_REGION_REUSE_RATE:
        return (park_label){"个百分点", "points"};
    case PARK_REGION_INTAKE_PER_ADDED:
        return (park_label){"m³/万元", "m³/10⁴ CNY"};
    default:
        return (park_label){"万m³/a", "10⁴ m³/a"};
    }
}

park_label park_fate_label(const park_allocation *a, const park_allocation_result *r, size_t option,
                           park_arena *arena)
{
    const park_verdict *v    = &r->verdict[option];
    int                 year = (int)r->choice.year[option];
    char                adds[64];
    park_number_print(v->adds / WAN, 1, adds, sizeof adds);
    switch (v->fate) {
    case PARK_FATE_CHOSEN:
        return (park_label){park_arena_printf(arena, "入选，%d 年建设", year),
                            park_arena_printf(arena, "chosen, built in %d", year)};
    case PARK_FATE_ANYWAY:
        return (park_label){park_arena_printf(arena, "无补助也会实施（%d 年）：不给补助，不计入新增",
                                              (int)a->option[option].anyway),
                            park_arena_printf(arena, "comes anyway (%d): not paid for, not counted as new",
                                              (int)a->option[option].anyway)};
    case PARK_FATE_NOT_MORE:
        return (park_label){"不比该园区本来就要做的更多", "brings no more than what its park does anyway"};
    case PARK_FATE_ASKS:
        return (park_label){
            park_arena_printf(arena, "所需补助超过投资的 %.0f%%", 100.0 * a->most),
            park_arena_printf(arena, "asks for more than %.0f %% of its investment", 100.0 * a->most)};
    case PARK_FATE_LATE:
        return (park_label){"目标年之前无法建成", "cannot work in the targets' year"};
    case PARK_FATE_IDLE:
        return (park_label){"对尚有缺口的目标没有贡献", "brings nothing of what is lacking"};
    case PARK_FATE_OTHER:
        return (park_label){
            park_arena_printf(arena, "同组已选其他方案；换成它多花 %s 万元", adds),
            park_arena_printf(arena, "another of its group stands; in its place this adds %s ×10⁴ CNY",
                              adds)};
    case PARK_FATE_DEAR:
        return (park_label){
            park_arena_printf(arena, "较贵：加入它总费用多 %s 万元", adds),
            park_arena_printf(arena, "too dear: with it the whole costs %s ×10⁴ CNY more", adds)};
    case PARK_FATE_BUDGET:
        return (park_label){"加入它，年度资金不足以达到目标",
                            "with it the budgets do not suffice for the targets"};
    case PARK_FATE_CITY:
        return (park_label){"加入它，会违反市州公平规则", "with it a city's share is broken"};
    case PARK_FATE_PLANT:
        return (park_label){"加入它，共用设施容量不足或目标无法达到",
                            "with it a shared plant has no room or the targets are missed"};
    default:
        return (park_label){"计算量限额内未能判定", "not decided within the work allowed"};
    }
}

/* --- is it enough --- */

static void say_infeasible(const park_region_sheet *s, const park_allocation_result *r)
{
    const park_allocation *a = s->record->allocation;
    char                   zh[700], en[700], amount[64], cost[64];
    park_region_paragraph(
        s, " class=\"bad\"",
        "已证明：在全部规则与资金限制下，没有任何组合能同时达到各项目标。下图为最接近目标的组合。",
        "Proven: under all rules and budgets no combination meets the targets together. Below stands the "
        "nearest one.");
    for (size_t w = 0; w < r->ways; w++) {
        const park_way_out *way  = &r->way[w];
        const park_need    *need = way->need >= 0 ? &a->need[way->need] : NULL;
        park_label          name = need != NULL  ? s->region->target[need->target].label
                                   : way->cities ? (park_label){"市州公平规则", "the cities' rules"}
                                                 : (park_label){"年度资金", "the budgets"};
        if (!way->found) {
            snprintf(zh, sizeof zh, "只放宽“%s”：仍不能达到。", park_label_text(name, true));
            snprintf(en, sizeof en, "If %s alone give way: still out of reach.",
                     park_label_text(name, false));
            park_region_paragraph(s, "", zh, en);
            continue;
        }
        park_number_print(way->choice.cost / WAN, 1, cost, sizeof cost);
        if (need != NULL) {
            park_number_print(park_need_shown(s->region, need, way->amount), 2, amount, sizeof amount);
            snprintf(zh, sizeof zh, "只放宽“%s”：至少放宽 %s %s，现值费用 %s 万元。",
                     park_label_text(name, true), amount, park_need_unit(s->region, need).zh, cost);
            snprintf(en, sizeof en, "If %s alone gives way: by %s %s at least, present cost %s ×10⁴ CNY.",
                     park_label_text(name, false), amount, park_need_unit(s->region, need).en, cost);
        } else if (way->cities) {
            snprintf(zh, sizeof zh, "只取消市州公平规则：可以达到，现值费用 %s 万元。", cost);
            snprintf(en, sizeof en, "Without the cities' rules: within reach, present cost %s ×10⁴ CNY.",
                     cost);
        } else {
            park_number_print(way->amount / WAN, 1, amount, sizeof amount);
            snprintf(zh, sizeof zh, "只增加资金：各年合计至少再增加 %s 万元，现值费用 %s 万元。", amount,
                     cost);
            snprintf(en, sizeof en,
                     "With more money alone: at least %s ×10⁴ CNY more over the years, present cost %s.",
                     amount, cost);
        }
        park_region_paragraph(s, "", zh, en);
    }
}

static void say_verdict(const park_region_sheet *s, const park_allocation_result *r)
{
    const park_choice *c = &r->choice;
    char               zh[700], en[700], cost[64], public_cost[64], gap[64];
    if (c->status == PARK_CHOICE_INFEASIBLE) {
        say_infeasible(s, r);
        return;
    }
    if (c->status == PARK_CHOICE_UNKNOWN) {
        park_region_paragraph(s, " class=\"bad\"", "计算量限额内既没有找到组合，也没有证明不存在。",
                              "Within the work allowed no combination was found, and none was excluded.");
        return;
    }
    size_t projects = 0;
    for (size_t o = 0; o < s->record->allocation->options; o++)
        projects += r->verdict[o].fate == PARK_FATE_CHOSEN;
    park_number_print(c->cost / WAN, 1, cost, sizeof cost);
    park_number_print(c->public_cost / WAN, 1, public_cost, sizeof public_cost);
    park_number_print(100.0 * c->gap, 3, gap, sizeof gap);
    snprintf(zh, sizeof zh,
             "入选 %zu 个项目即可补足各项目标；现值费用 %s 万元，公共资金 %s "
             "万元；已证明任何其他组合最多再便宜 %s%%。",
             projects, cost, public_cost, gap);
    snprintf(en, sizeof en,
             "%zu projects close the gaps of the targets for a present cost of %s ×10⁴ CNY, %s of it "
             "public money; "
             "proven: no other combination is cheaper by more than %s %%.",
             projects, cost, public_cost, gap);
    park_region_paragraph(s, "", zh, en);
}

static void needs_table(const park_region_sheet *s, const park_allocation_result *r)
{
    static const char *const TITLES[] = {"目标",
                                         "target",
                                         "年份",
                                         "year>",
                                         "单位",
                                         "unit",
                                         "缺口",
                                         "lacking>",
                                         "其中无补助也会有",
                                         "comes anyway>",
                                         "达到",
                                         "reached by the choice>",
                                         "措施同时作用时",
                                         "measures acting together>",
                                         "再多一步的步长",
                                         "one step more>",
                                         "再多一步的费用，万元",
                                         "cost of it, 10⁴ CNY>",
                                         "边际价，万元/步",
                                         "at the margin, 10⁴ CNY per step>",
                                         NULL};
    const park_allocation   *a        = s->record->allocation;
    park_page_table(s->page, TITLES);
    for (size_t n = 0; n < a->needs; n++) {
        const park_need *need = &a->need[n];
        int32_t         *none = PARK_ARRAY(s->page->arena, a->options + 1, int32_t);
        park_page_row(s->page);
        park_region_cell_label(s, s->region->target[need->target].label);
        park_page_cell_number(s->page, need->year, 0);
        park_region_cell_label(s, park_need_unit(s->region, need));
        park_page_cell_number(s->page, park_need_shown(s->region, need, fmax(need->lacking, 0.0)), 3);
        park_page_cell_number(
            s->page,
            none != NULL ? park_need_shown(s->region, need, park_allocation_delivered(a, n, none)) : NAN, 3);
        park_page_cell_number(s->page, park_need_shown(s->region, need, r->choice.delivered[n]), 3);
        park_page_cell_number(
            s->page, s->record->exact != NULL ? park_need_shown(s->region, need, s->record->exact[n]) : NAN,
            3);
        park_page_cell_number(s->page, park_need_shown(s->region, need, need->step), 1);
        park_page_cell_number(s->page, r->price[n] / WAN, 2);
        park_page_cell_number(s->page, r->duals[n] / WAN, 2);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    park_region_paragraph(s, " class=\"note\"",
                          "缺口按预测中值路径计算；“再多一步”是整个项目的取舍，可能为 "
                          "0；边际价按项目可以拆分计算。—：无法再多。",
                          "What is lacking counts from the central path. One step more moves whole projects "
                          "and may cost nothing; at the margin "
                          "projects are taken in parts. —: cannot be had.");
}

/* --- who delivers what: a bar for each target --- */

static double part_of(const park_region_sheet *s, size_t o, size_t n)
{
    const park_allocation        *a = s->record->allocation;
    const park_allocation_result *r = s->record->allocated;
    bool                          works =
        r->choice.year[o] > 0 && (a->option[o].anyway > 0 ? a->option[o].anyway <= a->need[n].year
                                                          : r->choice.year[o] + a->lead <= a->need[n].year);
    return works ? fmax(park_allocation_brings(a, o, n), 0.0) : 0.0;
}

static void bar(const park_region_sheet *s, size_t n, double y, double width, double left)
{
    const park_allocation *a    = s->record->allocation;
    const park_need       *need = &a->need[n];
    double                 sum = 0.0, at = left, scale;
    for (size_t o = 0; o < a->options; o++)
        sum += part_of(s, o, n);
    scale           = width / fmax(fmax(sum, need->lacking), 1e-9);
    park_label name = s->region->target[need->target].label;
    park_plot_text(s->page, left - 8.0, y + 16.0, " text-anchor=\"end\"", park_label_text(name, true),
                   park_label_text(name, false));
    for (size_t o = 0; o < a->options; o++) {
        double part = part_of(s, o, n);
        if (!(part > 0.0))
            continue;
        park_text_printf(
            &s->page->out,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"22\" fill=\"%s\" stroke=\"#fff\"%s><title>",
            at, y, part * scale, COLOURS[(size_t)a->option[o].group % (sizeof COLOURS / sizeof *COLOURS)],
            a->option[o].anyway > 0 ? " opacity=\"0.45\"" : "");
        park_page_text(s->page, a->option[o].id);
        park_region_add(s, " ");
        park_page_number(s->page, park_need_shown(s->region, need, part), 3);
        park_region_add(s, "</title></rect>\n");
        at += part * scale;
    }
    park_text_printf(
        &s->page->out,
        "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#111\" stroke-width=\"2\"/>\n",
        left + fmax(need->lacking, 0.0) * scale, left + fmax(need->lacking, 0.0) * scale, y - 4.0, y + 26.0);
    park_text_printf(&s->page->out, "<text x=\"%.1f\" y=\"%.1f\">", left + width + 8.0, y + 16.0);
    park_page_number(s->page, park_need_shown(s->region, need, sum), 2);
    park_region_add(s, " / ");
    park_page_number(s->page, park_need_shown(s->region, need, fmax(need->lacking, 0.0)), 2);
    park_region_add(s, "</text>\n");
}

static void bars(const park_region_sheet *s)
{
    const double           LEFT = 240.0, WIDTH = 900.0, BARS = 520.0, ROW = 40.0;
    const park_allocation *a     = s->record->allocation;
    size_t                 shown = 0;
    for (size_t n = 0; n < a->needs; n++)
        shown += a->need[n].lacking > 0.0;
    if (shown == 0)
        return;
    park_text_printf(&s->page->out, "<svg class=\"balance\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n", WIDTH,
                     ROW * (double)shown + 8.0);
    shown = 0;
    for (size_t n = 0; n < a->needs; n++)
        if (a->need[n].lacking > 0.0)
            bar(s, n, 6.0 + ROW * (double)shown++, BARS, LEFT);
    park_region_add(s, "</svg>\n<p>");
    for (size_t g = 0; g < a->groups; g++) {
        bool seen = false;
        for (size_t o = 0; o < a->options; o++)
            for (size_t n = 0; a->option[o].group == (int32_t)g && n < a->needs; n++)
                seen = seen || part_of(s, o, n) > 0.0;
        if (!seen)
            continue;
        park_text_printf(&s->page->out, "<span style=\"color:%s\">&#9632;</span> ",
                         COLOURS[g % (sizeof COLOURS / sizeof *COLOURS)]);
        park_page_label(s->page, park_group_label(s->record, g), a->group[g]);
        park_region_add(s, " &#160; ");
    }
    park_region_add(s, "</p>\n");
    park_region_paragraph(s, " class=\"note\"", "竖线：缺口；浅色：无补助也会实施；右侧：达到 / 缺口。",
                          "Line: what is lacking; pale: comes anyway; right: reached / lacking.");
}

void park_region_section_allocation(const park_region_sheet *s)
{
    const park_allocation_result *r = s->record->allocated;
    if (r == NULL)
        return;
    park_page_section(s->page, "allocation", "分配：谁承担多少", "Allocation: who delivers what");
    say_verdict(s, r);
    needs_table(s, r);
    bars(s);
    park_page_section_end(s->page);
}
