/* Money side by side: running cost by stream, what is built, flows, swings, and where each proposal breaks. */
#include "report/compare_pen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void streams(park_compare_pen *pen)
{
    static const char *const TITLES[] = {"年运行费", "running cost", "单位", "unit", NULL};
    park_page               *page     = &pen->page;
    park_compare_table(pen, TITLES);
    for (int k = 0; k < PARK_STREAMS; k++) {
        bool some = false;
        for (size_t i = 0; i < pen->all->count; i++)
            some = some || fabs(pen->all->run[i].running[k]) > 0.0;
        if (!some)
            continue;
        park_label label = park_stream_label((park_stream)k);
        park_compare_row(pen, label.zh, label.en, "万元/a", "10⁴ CNY/a");
        for (size_t i = 0; i < pen->all->count; i++)
            park_page_cell_number(page, pen->all->run[i].running[k] * 1e-4, 2);
        park_page_row_end(page);
    }
    park_text_add(&page->out, "<tr class=\"sum\"><td>");
    park_page_both(page, "合计", "sum");
    park_page_cell(page);
    park_page_both(page, "万元/a", "10⁴ CNY/a");
    for (size_t i = 0; i < pen->all->count; i++)
        park_page_cell_number(page, pen->all->run[i].running_sum * 1e-4, 2);
    park_page_row_end(page);
    park_page_table_end(page);
}

static void built(park_compare_pen *pen)
{
    static const char *const TITLES[] = {
        "方案",      "run",       "建设内容",     "what is built",         "年份", "year>",
        "寿命（a）", "life (a)>", "投资（万元）", "investment (10⁴ CNY)>", NULL};
    park_page *page = &pen->page;
    park_page_table(page, TITLES);
    for (size_t i = 0; i < pen->all->count; i++) {
        const park_compared *c = &pen->all->run[i];
        const park_design   *d = c->run->record.design;
        page->model            = c->model;
        for (size_t k = 0; d != NULL && k < d->cost_lines; k++) {
            if (!(d->cost[k].capital > 0.0))
                continue;
            park_page_row(page);
            park_page_cell(page);
            park_page_text(page, c->name);
            park_page_cell(page);
            if (d->cost[k].retrofit >= 0) {
                park_page_label(page, c->model->retrofit[d->cost[k].retrofit].label,
                                c->model->retrofit[d->cost[k].retrofit].id);
            } else if (d->cost[k].unit >= 0) {
                park_page_unit(page, d->cost[k].unit);
            } else if (d->cost[k].link >= 0) {
                park_page_both(page, "管线 ", "pipe ");
                park_page_outlet(page, c->model->link[d->cost[k].link].outlet);
                park_text_add(&page->out, " → ");
                park_page_unit(page, c->model->link[d->cost[k].link].to);
            }
            park_page_cell_number(page, (double)c->run->running.year[k], 0);
            park_page_cell_number(page, c->run->running.life[k] / 31536000.0, 1);
            park_page_cell_number(page, d->cost[k].capital * 1e-4, 2);
            park_page_row_end(page);
        }
    }
    park_page_table_end(page);
}

static void flows(park_compare_pen *pen)
{
    static const char *const TITLES[] = {"年份", "year", "单位", "unit", NULL};
    park_page               *page     = &pen->page;
    size_t                   most     = 0;
    for (size_t i = 0; i < pen->all->count; i++)
        most = pen->all->run[i].merit.count > most ? pen->all->run[i].merit.count : most;
    park_text_add(&page->out, "<details><summary>");
    park_page_both(page, "增量现金流量表（不变价，未折现）",
                   "Incremental cash flows, constant prices, undiscounted");
    park_text_add(&page->out, "</summary>\n");
    park_compare_table(pen, TITLES);
    for (size_t t = 0; t < most; t++) {
        char number[32];
        snprintf(number, sizeof number, "%zu", t);
        park_compare_row(pen, number, number, "万元", "10⁴ CNY");
        for (size_t i = 0; i < pen->all->count; i++)
            park_page_cell_number(
                page, t < pen->all->run[i].merit.count ? pen->all->run[i].merit.flow[t] * 1e-4 : NAN, 2);
        park_page_row_end(page);
    }
    park_page_table_end(page);
    park_text_add(&page->out, "</details>\n");
}

void park_compare_money(park_compare_pen *pen)
{
    park_page *page = &pen->page;
    park_page_section(page, "money", "投资与费用", "Investment and cost");
    streams(pen);
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "建设内容", "What is built");
    park_text_add(&page->out, "</h3>\n");
    built(pen);
    flows(pen);
    park_page_section_end(page);
}

/* ---- tornado ---- */

park_label park_swing_label(const park_swing *swing)
{
    switch (swing->of) {
    case PARK_SWING_CAPITAL:
        return (park_label){.zh = "投资", .en = "investment"};
    case PARK_SWING_GAIN:
        return (park_label){.zh = "年节约额（全部）", .en = "all that is spared"};
    case PARK_SWING_STREAM:
        return park_stream_label((park_stream)swing->stream);
    case PARK_SWING_DISCOUNT:
        return (park_label){.zh = "折现率", .en = "discount rate"};
    case PARK_SWING_YEARS:
        break;
    }
    return (park_label){.zh = "运营年限", .en = "years of service"};
}

static void both(park_text *out, double x, double y, const char *anchor, const char *zh, const char *en)
{
    park_text_printf(out, "<text class=\"zh\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y,
                     anchor, zh);
    park_text_printf(out, "<text class=\"en\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y,
                     anchor, en);
}

static double across(double value, double low, double high)
{
    static const double FROM = 300.0, TO = 700.0;
    return FROM + (TO - FROM) * (value - low) / (high - low);
}

void park_tornado_svg(const park_compared *c, park_text *out)
{
    static const double ROW = 26.0, TOP = 34.0;
    double              low = c->merit.npv, high = c->merit.npv;
    for (size_t k = 0; k < c->swings; k++) {
        low  = fmin(low, fmin(c->swing[k].low, c->swing[k].high));
        high = fmax(high, fmax(c->swing[k].low, c->swing[k].high));
    }
    if (!(high > low))
        high = low + 1.0;
    double height = TOP + ROW * (double)c->swings + 34.0, base = across(c->merit.npv, low, high);
    park_text_printf(
        out,
        "<svg class=\"tornado\" viewBox=\"0 0 800 %.0f\" xmlns=\"http://www.w3.org/2000/svg\" "
        "role=\"img\">\n<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" "
        "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" "
        "fill=\"#fff\"/><path d=\"M0,0V6\" stroke=\"#33475b\" stroke-width=\"2\"/></pattern></defs>\n",
        height);
    for (size_t k = 0; k < c->swings; k++) {
        double     y     = TOP + ROW * (double)k;
        park_label label = park_swing_label(&c->swing[k]);
        both(out, 232.0, y + 15.0, "end", label.zh, label.en);
        for (int side = 0; side < 2; side++) {
            double value = side == 0 ? c->swing[k].low : c->swing[k].high, x = across(value, low, high);
            bool   left = x < base;
            park_text_printf(
                out,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"18\" fill=\"%s\" stroke=\"#33475b\"/>"
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"bar\">%.1f</text>\n",
                left ? x : base, y, fabs(x - base), side == 0 ? "#33475b" : "url(#hatch)",
                left ? x - 4.0 : x + 4.0, y + 14.0, left ? "end" : "start", value * 1e-4);
        }
    }
    park_text_printf(out, "<path d=\"M%.1f,%.1fV%.1f\" stroke=\"#1f2d3a\" stroke-width=\"1.5\"/>\n", base,
                     TOP - 8.0, height - 30.0);
    if (low < 0.0 && high > 0.0) {
        double zero = across(0.0, low, high);
        park_text_printf(out,
                         "<path d=\"M%.1f,%.1fV%.1f\" stroke=\"#b3261e\" stroke-width=\"1\" "
                         "stroke-dasharray=\"5 3\"/><text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" "
                         "class=\"bar\">0</text>\n",
                         zero, TOP - 8.0, height - 30.0, zero, height - 18.0);
    }
    char zh[96], en[96];
    snprintf(zh, sizeof zh, "净现值 %.1f 万元", c->merit.npv * 1e-4);
    snprintf(en, sizeof en, "net present value %.1f ×10⁴ CNY", c->merit.npv * 1e-4);
    both(out, base, 16.0, "middle", zh, en);
    park_text_printf(out,
                     "<rect x=\"20\" y=\"%.1f\" width=\"20\" height=\"11\" fill=\"#33475b\"/><rect x=\"120\" "
                     "y=\"%.1f\" width=\"20\" height=\"11\" fill=\"url(#hatch)\" stroke=\"#33475b\"/>\n",
                     height - 17.0, height - 17.0);
    both(out, 46.0, height - 7.0, "start", "−20 %", "−20 %");
    both(out, 146.0, height - 7.0, "start", "+20 %（万元）", "+20 % (10⁴ CNY)");
    park_text_add(out, "</svg>\n");
}

static void swing_table(park_compare_pen *pen, const park_compared *c)
{
    static const char *const TITLES[] = {"假设",
                                         "assumption",
                                         "−20 %（万元）",
                                         "−20 % (10⁴ CNY)>",
                                         "+20 %（万元）",
                                         "+20 % (10⁴ CNY)>",
                                         "净现值为零时的倍数",
                                         "times where it is worth nothing>",
                                         NULL};
    park_page               *page     = &pen->page;
    park_page_table(page, TITLES);
    for (size_t k = 0; k < c->swings; k++) {
        park_page_row(page);
        park_page_cell(page);
        park_page_label(page, park_swing_label(&c->swing[k]), "");
        park_page_cell_number(page, c->swing[k].low * 1e-4, 2);
        park_page_cell_number(page, c->swing[k].high * 1e-4, 2);
        park_page_cell_number(page, c->swing[k].turns, 3);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

void park_compare_swings(park_compare_pen *pen)
{
    park_page *page = &pen->page;
    park_page_section(page, "swings", "敏感性分析（±20 %）", "Sensitivities of ±20 %");
    for (size_t i = 0; i < pen->all->count; i++) {
        const park_compared *c = &pen->all->run[i];
        park_text            svg;
        if (c->part == PARK_PART_PRESENT)
            continue;
        park_text_init(&svg, page->arena);
        park_tornado_svg(c, &svg);
        park_compare_figure(
            pen, park_text_done(&svg), park_arena_printf(page->arena, "tornado_%zu", i + 1),
            park_arena_printf(page->arena, "%.80s：净现值敏感性", c->name),
            park_arena_printf(page->arena, "%.80s: what swings its net present value", c->name));
        swing_table(pen, c);
    }
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page, "其他假设与方案（建设内容、配水）保持不变。",
                   "All other assumptions and the plan are held.");
    park_text_add(&page->out, "</p>\n");
    park_page_section_end(page);
}

/* ---- where it breaks ---- */

static void break_row(park_compare_pen *pen, const park_compared *c, const char *zh, const char *en)
{
    park_page *page = &pen->page;
    park_page_row(page);
    park_page_cell(page);
    park_page_text(page, c->name);
    park_page_cell(page);
    park_page_label(page, (park_label){.zh = zh, .en = en}, "");
    park_page_row_end(page);
}

/* The assumption nearest to turning the proposal. */
static void turns(park_compare_pen *pen, const park_compared *c)
{
    const park_swing *nearest = NULL;
    char              zh[240], en[240];
    for (size_t k = 0; k < c->swings; k++)
        if (isfinite(c->swing[k].turns) &&
            (nearest == NULL || fabs(c->swing[k].turns - 1.0) < fabs(nearest->turns - 1.0)))
            nearest = &c->swing[k];
    if (c->merit.npv < 0.0)
        break_row(pen, c, "净现值为负：在所列假设下不经济", "its net present value is negative as assumed");
    if (nearest == NULL) {
        break_row(pen, c, "没有单独一项假设能使净现值变号",
                  "no single assumption turns its net present value");
        return;
    }
    park_label label   = park_swing_label(nearest);
    double     percent = 100.0 * (nearest->turns - 1.0);
    snprintf(zh, sizeof zh, "最先失效的假设：%s变化 %+.1f %% 时净现值为零", label.zh, percent);
    snprintf(en, sizeof en, "breaks first by: %s changed by %+.1f %% makes its net present value zero",
             label.en, percent);
    break_row(pen, c, park_arena_text(pen->page.arena, zh, strlen(zh)),
              park_arena_text(pen->page.arena, en, strlen(en)));
}

static void kept(park_compare_pen *pen, const park_compared *c)
{
    char zh[240], en[240];
    for (size_t k = 0; k < c->indicators->count; k++) {
        const park_indicator *item = &c->indicators->item[k];
        if (item->target < 0 || item->reached)
            continue;
        snprintf(zh, sizeof zh, "未达到目标：%s%s%s", park_label_text(item->label, true),
                 item->subject != NULL ? " · " : "", item->subject != NULL ? item->subject : "");
        snprintf(en, sizeof en, "misses a target: %s%s%s", park_label_text(item->label, false),
                 item->subject != NULL ? " · " : "", item->subject != NULL ? item->subject : "");
        break_row(pen, c, park_arena_text(pen->page.arena, zh, strlen(zh)),
                  park_arena_text(pen->page.arena, en, strlen(en)));
    }
    size_t n = c->run->record.simulation != NULL ? c->run->simulation.violations : 0;
    if (n > 0) {
        snprintf(zh, sizeof zh, "模拟年中有 %zu 处未能满足（需水、限值、蓄水或水压），见该结果的报告", n);
        snprintf(en, sizeof en,
                 "in %zu places the simulated year could not keep what is asked; see the run's own report",
                 n);
        break_row(pen, c, park_arena_text(pen->page.arena, zh, strlen(zh)),
                  park_arena_text(pen->page.arena, en, strlen(en)));
    }
}

void park_compare_breaks(park_compare_pen *pen)
{
    static const char *const TITLES[] = {"方案", "run", "失效之处", "where it breaks", NULL};
    park_page               *page     = &pen->page;
    park_page_section(page, "breaks", "方案在何处失效", "Where each breaks");
    park_page_table(page, TITLES);
    for (size_t i = 0; i < pen->all->count; i++) {
        if (pen->all->run[i].part != PARK_PART_PRESENT)
            turns(pen, &pen->all->run[i]);
        kept(pen, &pen->all->run[i]);
    }
    park_page_table_end(page);
    park_page_section_end(page);
}

void park_compare_origin(park_compare_pen *pen)
{
    static const char *const TITLES[] = {"方案",        "run",      "角色", "part",     "结果文件",
                                         "result file", "任务",     "job",  "程序版本", "version",
                                         "情景",        "scenario", NULL};
    static const park_label  PART[]   = {
           {.zh = "现状", .en = "present"}, {.zh = "规划", .en = "plan"}, {.zh = "方案", .en = "proposal"}};
    park_page *page = &pen->page;
    park_page_section(page, "origin", "依据", "Origin");
    park_page_table(page, TITLES);
    for (size_t i = 0; i < pen->all->count; i++) {
        const park_compared   *c = &pen->all->run[i];
        const park_provenance *p = &c->run->record.provenance;
        park_page_row(page);
        park_page_cell(page);
        park_page_text(page, c->name);
        park_page_cell(page);
        park_page_label(page, PART[c->part], "");
        const char *const cells[] = {c->run->path, c->run->record.job,
                                     park_arena_printf(page->arena, "%s %s", p->version, p->commit),
                                     p->input_path};
        for (size_t k = 0; k < sizeof cells / sizeof cells[0]; k++) {
            park_page_cell(page);
            park_page_text(page, cells[k]);
        }
        park_page_row_end(page);
    }
    park_page_table_end(page);
    park_page_section_end(page);
}
