/* What it costs, what energy it takes, what carbon that is: lines whose sum is the objective. */
#include "report/page.h"

#include <math.h>

static const double YEAR = 365.0 * 86400.0; /* [s] */

static const park_label LINE[PARK_COST_KINDS] = {
    [PARK_COST_WATER]     = {.zh = "取水与购水", .en = "water bought and taken"},
    [PARK_COST_WATER_TAX] = {.zh = "水资源税", .en = "water resource tax"},
    [PARK_COST_DISCHARGE] = {.zh = "排水费、污水处理费（按水量）", .en = "sewage fee, by volume"},
    [PARK_COST_ENVIRONMENT_TAX] = {.zh = "环境保护税（按污染物量）", .en = "environmental tax, by mass"},
    [PARK_COST_TREATMENT] = {.zh = "处理运行（不含电、药剂）",
                             .en = "treatment without electricity and chemicals"},
    [PARK_COST_CHEMICALS] = {.zh = "药剂", .en = "chemicals"},
    [PARK_COST_RESIDUES] = {.zh = "污泥、杂盐与浓盐水处置", .en = "getting rid of sludge, salt and brine"},
    [PARK_COST_ENERGY]            = {.zh = "电费", .en = "electricity"},
    [PARK_COST_CARBON]            = {.zh = "碳成本", .en = "carbon"},
    [PARK_COST_CAPITAL_TREATMENT] = {.zh = "处理设施投资折年", .en = "treatment, annualised capital"},
    [PARK_COST_CAPITAL_STORAGE]   = {.zh = "调蓄设施投资折年", .en = "storage, annualised capital"},
    [PARK_COST_CAPITAL_PIPE]      = {.zh = "管线投资折年", .en = "pipes, annualised capital"},
    [PARK_COST_RETROFIT]          = {.zh = "改造措施", .en = "retrofits"},
    [PARK_COST_OTHER]             = {.zh = "其他", .en = "other"},
};

park_label park_page_cost_label(int kind)
{
    return LINE[kind];
}

static void money_cells(park_page *page, double yearly, double capital)
{
    park_page_cell_number(page, yearly * 1e-4, 2);
    park_page_cell_number(page, capital * 1e-4, 2);
    park_page_row_end(page);
}

static void by_kind(park_page *page, const park_design *design)
{
    static const char *const TITLES[] = {
        "费用", "cost", "万元/a", "10⁴ CNY/a>", "其中投资（万元）", "investment (10⁴ CNY)>", NULL};
    double yearly = 0.0, capital = 0.0;
    park_page_table(page, TITLES);
    for (int kind = 0; kind < PARK_COST_KINDS; kind++) {
        double sum = 0.0, invested = 0.0;
        for (size_t i = 0; i < design->cost_lines; i++)
            if ((int)design->cost[i].kind == kind) {
                sum += design->cost[i].yearly;
                invested += design->cost[i].capital;
            }
        if (sum == 0.0 && invested == 0.0)
            continue;
        park_page_row(page);
        park_page_cell(page);
        park_page_label(page, LINE[kind], "");
        money_cells(page, sum, invested);
        yearly += sum;
        capital += invested;
    }
    park_text_add(&page->out, "<tr class=\"sum\"><td>");
    park_page_both(page, "合计", "sum");
    money_cells(page, yearly, capital);
    park_page_table_end(page);
}

static void line_name(park_page *page, const park_cost_line *line)
{
    if (line->retrofit >= 0) {
        park_page_label(page, page->record->base->retrofit[line->retrofit].label,
                        page->record->base->retrofit[line->retrofit].id);
    } else if (line->unit >= 0) {
        park_page_unit(page, line->unit);
    } else if (line->link >= 0) {
        park_page_outlet(page, page->model->link[line->link].outlet);
        park_text_add(&page->out, " → ");
        park_page_unit(page, page->model->link[line->link].to);
    } else {
        park_text_add(&page->out, "—");
    }
}

static void every_line(park_page *page, const park_design *design)
{
    static const char *const TITLES[] = {
        "费用", "cost", "对象", "for", "万元/a", "10⁴ CNY/a>", "投资（万元）", "investment (10⁴ CNY)>", NULL};
    park_text_add(&page->out, "<details><summary>");
    park_page_both(page, "逐项费用", "Line by line");
    park_text_add(&page->out, "</summary>\n");
    park_page_table(page, TITLES);
    for (size_t i = 0; i < design->cost_lines; i++) {
        const park_cost_line *line = &design->cost[i];
        if (fabs(line->yearly) < 0.5 && fabs(line->capital) < 0.5)
            continue;
        park_page_row(page);
        park_page_cell(page);
        park_page_label(page, LINE[line->kind], "");
        park_page_cell(page);
        line_name(page, line);
        money_cells(page, line->yearly, line->capital);
    }
    park_page_table_end(page);
    park_text_add(&page->out, "</details>\n");
}

static void resources(park_page *page, const park_design *design)
{
    park_text_add(&page->out, "<p>");
    park_page_both(page, "年用电 ", "electricity ");
    park_page_number(page, design->energy / 3.6e6 * 1e-4, 2);
    park_page_both(page, " 万kW·h/a；温室气体 ", " ×10⁴ kWh/a; greenhouse gases ");
    park_page_number(page, design->carbon * 1e-3, 1);
    park_page_both(page, " t CO₂e/a（电网因子 ", " t CO₂e/a (grid factor ");
    park_page_number(page, page->model->carbon.grid * 3.6e6, 4);
    park_text_printf(&page->out, " kg/kW·h, %d", (int)page->model->carbon.year);
    if (page->model->economics.price_year > 0) {
        park_page_both(page, "）；价格年 ", "); prices of ");
        park_text_printf(&page->out, "%d", (int)page->model->economics.price_year);
    } else {
        park_page_both(page, "）；价格年未注明", "); year of prices not stated");
    }
    park_page_both(page, "，折现率 ", ", discount ");
    park_page_number(page, 100.0 * page->model->economics.discount, 2);
    park_page_both(page, " %，年限 ", " %, life ");
    park_page_number(page, page->model->economics.life / YEAR, 0);
    park_text_add(&page->out, " a</p>\n");
}

void park_page_money(park_page *page)
{
    const park_design *design = page->record->design;
    if (design == NULL || design->cost_lines == 0)
        return;
    park_page_section(page, "money", "费用、能耗与碳排放", "Cost, energy and carbon");
    by_kind(page, design);
    resources(page, design);
    every_line(page, design);
    park_page_section_end(page);
}
