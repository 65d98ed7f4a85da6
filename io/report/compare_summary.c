/* The first screen of a comparison: what each proposal saves, costs and is worth, and what does not go together. */
#include "report/compare_pen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef double (*figure)(const park_comparison *all, const park_compared *c);

static double rate(const park_compared *c, park_basis basis, bool circulation)
{
    const park_indicator *item =
        park_indicator_find(c->indicators, "reuse_rate", PARK_NONE, basis, circulation);
    return item != NULL ? 100.0 * item->value : NAN;
}

#define FIGURE(name, value)                                                                                  \
    static double name(const park_comparison *all, const park_compared *c)                                   \
    {                                                                                                        \
        (void)all;                                                                                           \
        return value;                                                                                        \
    }
FIGURE(intake_a, c->intake[PARK_BASIS_CONVENTIONAL] * 1e-4)
FIGURE(intake_b, c->intake[PARK_BASIS_ALL_SOURCES] * 1e-4)
FIGURE(saved, c->part == PARK_PART_PRESENT ? NAN : c->saved[all->basis] * 1e-4)
FIGURE(other, c->volumes.vih * 1e-4)
FIGURE(discharge, c->volumes.vd * 1e-4)
FIGURE(rate_a, rate(c, PARK_BASIS_CONVENTIONAL, true))
FIGURE(rate_b, rate(c, PARK_BASIS_ALL_SOURCES, true))
FIGURE(rate_a_without, rate(c, PARK_BASIS_CONVENTIONAL, false))
FIGURE(rate_b_without, rate(c, PARK_BASIS_ALL_SOURCES, false))
FIGURE(investment, c->investment * 1e-4)
FIGURE(running, c->running_sum * 1e-4)
FIGURE(npv, c->part == PARK_PART_PRESENT ? NAN : c->merit.npv * 1e-4)
FIGURE(unit_cost, c->part == PARK_PART_PRESENT ? NAN : c->merit.unit_cost)
FIGURE(unit_gross, c->part == PARK_PART_PRESENT ? NAN : c->merit.unit_cost_gross)
FIGURE(unit_investment, c->part == PARK_PART_PRESENT ? NAN : c->merit.unit_investment)
FIGURE(electricity, c->energy / 3.6e6 * 1e-4)
FIGURE(intensity, c->energy / 3.6e6 / c->intake[PARK_BASIS_ALL_SOURCES])
FIGURE(carbon, c->carbon * 1e-3)

static const park_compare_fact ROWS[] = {
    {"取水量 A（常规水源）", "intake A (conventional)", "万m³/a", "10⁴ m³/a", intake_a, 2},
    {"取水量 B（全部水源）", "intake B (all sources)", "万m³/a", "10⁴ m³/a", intake_b, 2},
    {"节水量（较现状）", "intake saved against the present", "万m³/a", "10⁴ m³/a", saved, 2},
    {"非常规水源取水量", "non-conventional water", "万m³/a", "10⁴ m³/a", other, 2},
    {"排水量", "discharge", "万m³/a", "10⁴ m³/a", discharge, 2},
    {"重复利用率 A，计循环", "reuse rate A, circulation counted", "%", "%", rate_a, 2},
    {"重复利用率 B，计循环", "reuse rate B, circulation counted", "%", "%", rate_b, 2},
    {"重复利用率 A，不计循环", "reuse rate A, without circulation", "%", "%", rate_a_without, 2},
    {"重复利用率 B，不计循环", "reuse rate B, without circulation", "%", "%", rate_b_without, 2},
    {"投资", "investment", "万元", "10⁴ CNY", investment, 2},
    {"年运行费", "running cost", "万元/a", "10⁴ CNY/a", running, 2},
    {"净现值 NPV", "net present value", "万元", "10⁴ CNY", npv, 2},
    {"单方节水净成本", "net cost of water saved", "元/m³", "CNY/m³", unit_cost, 2},
    {"单方节水成本（未扣节约）", "cost of water saved, before savings", "元/m³", "CNY/m³", unit_gross, 2},
    {"单位节水投资", "investment per yearly m³ saved", "元/(m³/a)", "CNY/(m³/a)", unit_investment, 2},
    {"耗电量", "electricity", "万kW·h/a", "10⁴ kWh/a", electricity, 2},
    {"单位取水量电耗（B）", "electricity per intake (B)", "kW·h/m³", "kWh/m³", intensity, 3},
    {"碳排放量", "carbon", "t CO₂e/a", "t CO₂e/a", carbon, 1},
};

const park_compare_fact *park_compare_facts(size_t *count)
{
    *count = sizeof ROWS / sizeof ROWS[0];
    return ROWS;
}

/* All rates of return: none, one, or the word that they are several. */
static void rates_cell(park_page *page, const park_compared *c)
{
    park_text_add(&page->out, "<td class=\"n\">");
    if (c->part == PARK_PART_PRESENT)
        park_text_add(&page->out, "—");
    else if (c->merit.rates == 0)
        park_page_both(page, "无", "none");
    for (size_t i = 0; c->part != PARK_PART_PRESENT && i < c->merit.rates; i++) {
        if (i > 0)
            park_text_add(&page->out, "；");
        park_page_number(page, 100.0 * c->merit.rate[i], 2);
    }
    if (c->part != PARK_PART_PRESENT && c->merit.rates > 1)
        park_page_both(page, "（多解，不作判据）", " (several: no criterion)");
    park_text_add(&page->out, "</td>");
}

static void years_cell(park_page *page, const park_compared *c, double years)
{
    if (c->part != PARK_PART_PRESENT && isinf(years)) {
        park_text_add(&page->out, "<td class=\"n\">");
        park_page_both(page, "不能收回", "never");
        park_text_add(&page->out, "</td>");
    } else {
        park_page_cell_number(page, c->part == PARK_PART_PRESENT ? NAN : years, 2);
    }
}

static void returns(park_compare_pen *pen)
{
    park_page *page = &pen->page;
    park_compare_row(pen, "内部收益率 IRR", "internal rate of return", "%", "%");
    for (size_t i = 0; i < pen->all->count; i++)
        rates_cell(page, &pen->all->run[i]);
    park_page_row_end(page);
    park_compare_row(pen, "静态投资回收期", "payback, static", "a", "a");
    for (size_t i = 0; i < pen->all->count; i++)
        years_cell(page, &pen->all->run[i], pen->all->run[i].merit.payback);
    park_page_row_end(page);
    park_compare_row(pen, "动态投资回收期", "payback, dynamic", "a", "a");
    for (size_t i = 0; i < pen->all->count; i++)
        years_cell(page, &pen->all->run[i], pen->all->run[i].merit.payback_dynamic);
    park_page_row_end(page);
}

static void proof(park_compare_pen *pen)
{
    park_page *page = &pen->page;
    park_compare_row(pen, "最优性间隙（已证明）", "optimality gap, proven", "%", "%");
    for (size_t i = 0; i < pen->all->count; i++) {
        const park_design *d = pen->all->run[i].run->record.design;
        if (d != NULL) {
            park_page_cell_number(page, 100.0 * d->gap, 2);
        } else {
            park_text_add(&page->out, "<td class=\"n\">");
            park_page_both(page, "按现状模拟", "as it stands");
        }
    }
    park_page_row_end(page);
    park_compare_row(pen, "目标达成", "targets reached", "", "");
    for (size_t i = 0; i < pen->all->count; i++) {
        const park_indicators *list = pen->all->run[i].indicators;
        if (list->targets_reached + list->targets_missed == 0)
            park_text_add(&page->out, "<td class=\"n\">—");
        else
            park_text_printf(&page->out, "<td class=\"n\">%zu / %zu", list->targets_reached,
                             list->targets_reached + list->targets_missed);
    }
    park_page_row_end(page);
}

static void warnings(park_compare_pen *pen)
{
    park_page           *page = &pen->page;
    const park_findings *all  = pen->all->findings;
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        park_text_printf(&page->out, "<p class=\"bad\">%s: ", park_code_name(all->items[i].code));
        park_page_label(page, (park_label){.zh = all->items[i].zh, .en = all->items[i].en}, "");
        park_text_add(&page->out, "</p>\n");
    }
}

/* The proposal with the largest value of a figure; NULL when none is above `least`. */
static const park_compared *best(const park_comparison *all, figure value, double sign, double least)
{
    const park_compared *found = NULL;
    for (size_t i = 0; i < all->count; i++) {
        double here = sign * value(all, &all->run[i]);
        if (i != all->present && here > least && (found == NULL || here > sign * value(all, found)))
            found = &all->run[i];
    }
    return found;
}

static void say(park_compare_pen *pen, const char *zh, const char *en, const park_compared *c, double value,
                const char *unit_zh, const char *unit_en)
{
    park_page *page = &pen->page;
    park_text_add(&page->out, "<div class=\"card plain\">");
    park_page_both(page, zh, en);
    park_text_add(&page->out, "<b>");
    if (c != NULL)
        park_page_text(page, c->name);
    else
        park_page_both(page, "无", "none");
    park_text_add(&page->out, "</b>");
    if (c != NULL) {
        park_page_number(page, value, 2);
        park_page_both(page, unit_zh, unit_en);
    }
    park_text_add(&page->out, "</div>");
}

static void cards(park_compare_pen *pen)
{
    const park_comparison *all   = pen->all;
    const park_compared   *worth = best(all, npv, 1.0, 0.0), *water = best(all, saved, 1.0, 0.0),
                        *cheap = best(all, unit_cost, -1.0, -INFINITY);
    park_text_add(&pen->page.out, "<div class=\"cards\">");
    say(pen, "净现值最大且为正", "largest net present value above 0", worth,
        worth != NULL ? npv(all, worth) : NAN, " 万元", " ×10⁴ CNY");
    say(pen, "节水最多", "most water saved", water, water != NULL ? saved(all, water) : NAN, " 万m³/a",
        " ×10⁴ m³/a");
    say(pen, "单方节水净成本最低", "cheapest cubic metre saved", cheap,
        cheap != NULL ? unit_cost(all, cheap) : NAN, " 元/m³", " CNY/m³");
    double closing = 0.0;
    for (size_t i = 0; i < all->count; i++)
        closing = fmax(closing, fmax(all->run[i].closure->water, all->run[i].closure->mass));
    park_text_printf(&pen->page.out, "<div class=\"card %s\">", closing <= 1e-9 ? "good" : "bad");
    park_page_both(&pen->page, "水量与物质闭合差（最大）", "closure of water and matter, worst");
    park_text_printf(&pen->page.out, "<b>%.0e</b></div></div>\n", closing);
}

void park_compare_summary(park_compare_pen *pen)
{
    static const char *const TITLES[] = {"项目", "item", "单位", "unit", NULL};
    park_page               *page     = &pen->page;
    char                     zh[240], en[300];
    park_page_section(page, "summary", "结论", "Verdict");
    cards(pen);
    warnings(pen);
    park_compare_table(pen, TITLES);
    for (size_t r = 0; r < sizeof ROWS / sizeof ROWS[0]; r++) {
        park_compare_row(pen, ROWS[r].zh, ROWS[r].en, ROWS[r].unit_zh, ROWS[r].unit_en);
        for (size_t i = 0; i < pen->all->count; i++)
            park_page_cell_number(page, ROWS[r].value(pen->all, &pen->all->run[i]), ROWS[r].decimals);
        park_page_row_end(page);
        if (ROWS[r].value == npv)
            returns(pen);
    }
    proof(pen);
    park_page_table_end(page);
    snprintf(zh, sizeof zh,
             "金额为 %d 年不变价、所得税前；折现率 %.2f %%，运营期 %d "
             "年；与“%.60s”相比的增量；节水量按取水口径 %s 计；%s。",
             (int)pen->all->price_year, 100.0 * pen->all->discount, (int)pen->all->years,
             pen->all->run[pen->all->present].name, pen->all->basis == PARK_BASIS_CONVENTIONAL ? "A" : "B",
             pen->all->simulated ? "水量与费用取自逐时模拟" : "水量与费用取自优化方案");
    snprintf(en, sizeof en,
             "Sums are in constant prices of %d before income tax; discount %.2f %%, %d years of service; "
             "differences "
             "to \"%.60s\"; water saved counts on basis %s; %s.",
             (int)pen->all->price_year, 100.0 * pen->all->discount, (int)pen->all->years,
             pen->all->run[pen->all->present].name, pen->all->basis == PARK_BASIS_CONVENTIONAL ? "A" : "B",
             pen->all->simulated ? "water and cost are those of the simulated year"
                                 : "water and cost are those of the plans");
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_label(page,
                    (park_label){.zh = park_arena_text(page->arena, zh, strlen(zh)),
                                 .en = park_arena_text(page->arena, en, strlen(en))},
                    "");
    park_text_add(&page->out, "</p>\n");
    park_page_section_end(page);
}
