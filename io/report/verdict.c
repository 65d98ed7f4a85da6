/* The first screen: targets reached or not, what it costs and how sure that is, what to build, the park's volumes. */
#include "report/page.h"

#include "indicator_text.h"

#include <parkwater/design.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static const park_indicators *judged(const park_page *page)
{
    return page->record->simulated != NULL ? page->record->simulated : page->record->promised;
}

/* A bar from 0 to 1.25 times the target, with the target's mark: seen in black and white, too. */
static void gauge(park_page *page, double value, double target, bool reached)
{
    double full = 1.25 * fmax(fabs(target), 1e-300);
    double bar  = fmin(fmax(value / full, 0.0), 1.0) * 148.0;
    park_text_printf(&page->out,
                     "<svg class=\"gauge\" viewBox=\"0 0 150 14\" aria-hidden=\"true\"><rect x=\"1\" y=\"3\" "
                     "width=\"148\" height=\"8\" "
                     "fill=\"#e6ebf0\"/><rect x=\"1\" y=\"3\" width=\"%.1f\" height=\"8\" fill=\"%s\"/><path "
                     "d=\"M119.4,0v14\" "
                     "stroke=\"#1f2d3a\" stroke-width=\"2\"/></svg>",
                     bar, reached ? "#1a7f4b" : "#b3261e");
}

static void product_label(park_page *page, const char *subject)
{
    for (size_t e = 0; e < page->model->enterprises; e++)
        for (size_t p = 0; p < page->model->enterprise[e].products; p++) {
            const park_product_info *product = &page->model->enterprise[e].product[p];
            if (strcmp(product->id, subject) == 0) {
                park_page_label(page, product->label, product->id);
                return;
            }
        }
    park_page_text(page, subject);
}

static void target_row(park_page *page, const park_indicator *item)
{
    park_page_row(page);
    park_page_cell(page);
    park_page_label(page, item->label, item->id);
    if (item->subject != NULL) {
        park_text_add(&page->out, " · ");
        product_label(page, item->subject);
    }
    park_text_add(&page->out, "<td class=\"n\"><b>");
    park_page_value(page, item);
    char zh[400], en[400];
    park_indicator_target_text(page->model, item, true, zh, sizeof zh);
    park_indicator_target_text(page->model, item, false, en, sizeof en);
    park_text_add(&page->out, "</b><td class=\"n\">");
    park_page_both(page, zh, en);
    park_text_add(&page->out, "<td>");
    gauge(page, item->value, park_indicator_asked(page->model, item), item->reached);
    park_text_printf(&page->out, "<td class=\"%s\">", item->reached ? "good" : "bad");
    park_page_both(page, item->reached ? "✓ 达到" : "✗ 未达到", item->reached ? "✓ reached" : "✗ missed");
    if (page->model->target[item->target].indicative)
        park_page_both(page, "（预期性）", " (indicative)");
    park_page_cell(page);
    if (item->basis_matters)
        park_page_both(page, item->basis == PARK_BASIS_CONVENTIONAL ? "A 常规水源" : "B 全部水源",
                       item->basis == PARK_BASIS_CONVENTIONAL ? "A conventional" : "B all sources");
    else
        park_text_add(&page->out, "—");
    park_page_row_end(page);
}

static void targets(park_page *page)
{
    static const char *const TITLES[] = {"目标", "target", "实际",    "value>", "要求",  "asked>", "",
                                         "",     "结论",   "verdict", "口径",   "basis", NULL};
    const park_indicators   *list     = judged(page);
    if (list == NULL || page->model->targets == 0)
        return;
    park_page_table(page, TITLES);
    for (size_t i = 0; i < list->count; i++)
        if (list->item[i].target >= 0)
            target_row(page, &list->item[i]);
    park_page_table_end(page);
}

static void card(park_page *page, const char *class, const char *zh, const char *en)
{
    park_text_printf(&page->out, "<div class=\"card %s\">", class);
    park_page_both(page, zh, en);
}

static void target_card(park_page *page)
{
    const park_indicators *list = judged(page);
    if (list == NULL)
        return;
    size_t all = list->targets_reached + list->targets_missed;
    card(page, list->targets_missed == 0 ? "good" : "bad", "目标达成", "targets reached");
    park_text_printf(&page->out, "<b>%zu / %zu</b>", list->targets_reached, all);
    if (page->record->simulation != NULL)
        park_page_both(page, "按逐时模拟判定", "judged by the simulation");
    else
        park_page_both(page, "按优化结果判定", "judged by the optimum");
    park_text_add(&page->out, "</div>");
}

static void cost_card(park_page *page)
{
    const park_design *design = page->record->design;
    if (design == NULL)
        return;
    card(page, "plain", "年总费用（含投资折年）", "yearly cost, capital included");
    park_text_add(&page->out, "<b>");
    park_page_quantity(page, design->yearly_cost / (365.0 * 86400.0), PARK_DIM_MONEY_RATE);
    park_text_add(&page->out, "</b>");
    park_page_both(page, "总投资 ", "investment ");
    park_page_quantity(page, design->investment, PARK_DIM_MONEY);
    park_text_add(&page->out, "</div>");
}

static void proof_card(park_page *page)
{
    const park_design *design = page->record->design;
    char               zh[256], en[256];
    if (design == NULL)
        return;
    card(page, "plain", "最优性间隙（已证明）", "optimality gap, proven");
    park_text_add(&page->out, "<b>");
    if (isfinite(design->gap)) {
        park_page_number(page, 100.0 * design->gap, 2);
        park_text_add(&page->out, " %</b>");
    } else {
        park_page_both(page, "限额内未找到方案", "no design found in time");
        park_text_add(&page->out, "</b>");
    }
    bool cost  = design->objective_kind == PARK_MIN_COST;
    bool front = design->front != NULL; /* the bound is that of a point */
    snprintf(zh, sizeof zh, "%s都不会低于 %.1f %s", front ? "另一目标不高于本方案时，任何方案" : "任何方案",
             design->bound * (cost ? 1e-4 : 1.0),
             cost ? "万元/a" : park_objective_unit_text(design->unit, true));
    snprintf(en, sizeof en, "no design%s can be below %.3f %s",
             front ? " with as little of the other objective" : "", design->bound * (cost ? 1e-6 : 1.0),
             cost ? "million CNY/a" : park_objective_unit_text(design->unit, false));
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</div>");
}

static void closure_card(park_page *page)
{
    const park_closure *closure = page->record->simulation != NULL ? &page->record->simulation->closure
                                  : page->record->design != NULL   ? &page->record->design->closure
                                                                   : NULL;
    if (closure == NULL)
        return;
    double worst = fmax(closure->water, closure->mass);
    card(page, worst <= 1e-9 ? "good" : "bad", "水量与物质闭合差", "closure of water and matter");
    park_text_printf(&page->out, "<b>%.0e</b>", worst);
    park_page_both(page, "相对值，要求不大于 1e-9", "relative; 1e-9 is asked");
    park_text_add(&page->out, "</div>");
}

/* ---- what to build ---- */

static void size_of(park_page *page, size_t unit)
{
    double size = page->record->design->unit_size[unit];
    park_page_quantity(page, size,
                       page->model->unit[unit].role == PARK_STORAGE ? PARK_DIM_VOLUME : PARK_DIM_FLOW);
}

static double capital_of(const park_design *design, int32_t unit, int32_t link, int32_t retrofit)
{
    double sum = 0.0;
    for (size_t i = 0; i < design->cost_lines; i++) {
        const park_cost_line *line = &design->cost[i];
        if ((unit >= 0 && line->unit == unit) || (link >= 0 && line->link == link) ||
            (retrofit >= 0 && line->retrofit == retrofit))
            sum += line->capital;
    }
    return sum;
}

static void build_row(park_page *page, const char *zh, const char *en)
{
    park_page_row(page);
    park_page_cell(page);
    park_page_both(page, zh, en);
    park_page_cell(page);
}

static void build_end(park_page *page, double capital)
{
    park_text_add(&page->out, "<td class=\"n\">");
    if (capital > 0.0)
        park_page_quantity(page, capital, PARK_DIM_MONEY);
    else
        park_text_add(&page->out, "—");
    park_page_row_end(page);
}

/* What a pipe is built for; one without a stated size carries at least its largest flow of all seasons. */
static void pipe_flow(park_page *page, size_t link)
{
    const park_design *design = page->record->design;
    double             most   = design->link_capacity[link];
    if (!isfinite(most)) {
        most = 0.0;
        for (size_t s = 0; s < page->model->time.seasons; s++)
            most = fmax(most, design->link_flow[s * page->model->links + link]);
        park_text_add(&page->out, "≥ ");
    }
    park_page_quantity(page, most, PARK_DIM_FLOW);
}

static void what_to_build(park_page *page)
{
    static const char *const TITLES[] = {"类别",  "what", "名称",        "name", "规模",
                                         "size>", "投资", "investment>", NULL};
    const park_design       *design   = page->record->design;
    if (design == NULL || design->unit_built == NULL)
        return;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "需要建设", "What to build");
    park_text_add(&page->out, "</h3>\n");
    park_page_table(page, TITLES);
    size_t rows = 0;
    for (size_t u = 0; u < page->model->units; u++) {
        if (page->record->base->unit[u].existing || !design->unit_built[u] || !(design->unit_size[u] > 0.0))
            continue;
        build_row(page, page->model->unit[u].role == PARK_STORAGE ? "调蓄设施" : "处理单元",
                  page->model->unit[u].role == PARK_STORAGE ? "storage" : "treatment");
        park_page_unit(page, (int32_t)u);
        park_text_add(&page->out, "<td class=\"n\">");
        size_of(page, u);
        build_end(page, capital_of(design, (int32_t)u, PARK_NONE, PARK_NONE));
        rows++;
    }
    for (size_t r = 0; r < page->record->base->retrofits; r++) {
        if (!design->retrofit[r])
            continue;
        build_row(page, "改造措施", "retrofit");
        park_page_label(page, page->record->base->retrofit[r].label, page->record->base->retrofit[r].id);
        park_text_add(&page->out, "<td class=\"n\">—");
        build_end(page, capital_of(design, PARK_NONE, PARK_NONE, (int32_t)r));
        rows++;
    }
    for (size_t l = 0; l < page->model->links; l++) {
        if (page->model->link[l].existing || page->model->link[l].free || !design->link_used[l])
            continue;
        build_row(page, "管线", "pipe");
        park_page_outlet(page, page->model->link[l].outlet);
        park_text_add(&page->out, " → ");
        park_page_unit(page, page->model->link[l].to);
        park_text_add(&page->out, "<td class=\"n\">");
        if (design->link_size != NULL && design->link_size[l] >= 0)
            park_text_printf(&page->out, "%s, ", page->model->pipe.size[design->link_size[l]].name);
        pipe_flow(page, l);
        build_end(page, capital_of(design, PARK_NONE, (int32_t)l, PARK_NONE));
        rows++;
    }
    if (rows == 0)
        build_row(page, "无需新建", "nothing new"), build_end(page, 0.0);
    park_page_table_end(page);
}

/* Who reads the first page alone must not miss that the simulated year could not keep everything. */
static void caveat(park_page *page)
{
    const park_simulation *simulation = page->record->simulation;
    char                   zh[160], en[160];
    if (page->record->interrupted) {
        park_text_add(&page->out, "<p class=\"bad\">");
        if (simulation == NULL)
            park_page_both(
                page, "计算被中断：这是当时已有的优化方案及其下界，尚未逐时模拟。",
                "Interrupted: this is the design found so far with its bound; it was not simulated.");
        else
            park_page_both(page, "计算被中断：这是当时已模拟的最好方案。",
                           "Interrupted: this is the best design that had been simulated.");
        park_text_add(&page->out, "</p>\n");
    }
    if (simulation == NULL || simulation->violations == 0)
        return;
    snprintf(zh, sizeof zh, "注意：模拟中有 %zu 项未能满足（需水、限值或蓄水），见", simulation->violations);
    snprintf(
        en, sizeof en,
        "Mind: in %zu places the simulation could not keep what is asked (demands, limits, levels), see ",
        simulation->violations);
    park_text_add(&page->out, "<p class=\"bad\">");
    park_page_both(page, zh, en);
    park_text_add(&page->out, "<a href=\"#promise\">");
    park_page_both(page, "承诺与模拟", "Promise and simulation");
    park_text_add(&page->out, "</a></p>\n");
}

void park_page_verdict(park_page *page)
{
    park_page_section(page, "verdict", "结论", "Verdict");
    park_text_add(&page->out, "<div class=\"cards\">");
    target_card(page);
    cost_card(page);
    proof_card(page);
    closure_card(page);
    park_text_add(&page->out, "</div>\n");
    caveat(page);
    targets(page);
    what_to_build(page);
    park_page_section_end(page);
}
