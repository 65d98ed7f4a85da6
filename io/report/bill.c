/* What the simulated year costs to run, beside what the plan counted; electricity month by month. */
#include "report/page.h"

#include "base/calendar.h"

#include <math.h>
#include <stdio.h>

static const double KWH = 3.6e6;

static const park_label RATE[PARK_RATES] = {[PARK_RATE_SHARP]       = {"尖", "sharp"},
                                            [PARK_RATE_PEAK]        = {"峰", "peak"},
                                            [PARK_RATE_FLAT]        = {"平", "flat"},
                                            [PARK_RATE_VALLEY]      = {"谷", "valley"},
                                            [PARK_RATE_DEEP_VALLEY] = {"深谷", "deep valley"}};

static bool runs(int kind)
{
    return kind != PARK_COST_CAPITAL_TREATMENT && kind != PARK_COST_CAPITAL_STORAGE &&
           kind != PARK_COST_CAPITAL_PIPE && kind != PARK_COST_RETROFIT;
}

static double planned(const park_design *design, int kind)
{
    double sum = 0.0;
    for (size_t i = 0; design != NULL && i < design->cost_lines; i++)
        sum += (int)design->cost[i].kind == kind ? design->cost[i].yearly : 0.0;
    return design != NULL && design->cost != NULL ? sum : NAN;
}

static double simulated(const park_bill *bill, int kind)
{
    double sum = 0.0;
    for (size_t i = 0; i < bill->lines; i++)
        sum += (int)bill->line[i].kind == kind ? bill->line[i].yearly : 0.0;
    return sum;
}

static void running(park_page *page, const park_bill *bill)
{
    static const char *const TITLES[] = {"运行费用（万元/a）",
                                         "running costs (10⁴ CNY/a)",
                                         "优化方案",
                                         "plan>",
                                         "模拟",
                                         "simulated>",
                                         "相差",
                                         "difference>",
                                         NULL};
    double                   sum[2]   = {0.0, 0.0};
    park_page_table(page, TITLES);
    for (int kind = 0; kind <= PARK_COST_KINDS; kind++) {
        bool   total = kind == PARK_COST_KINDS;
        double plan  = total ? sum[0] : planned(page->record->design, kind);
        double found = total ? sum[1] : simulated(bill, kind);
        if (!total && (!runs(kind) || (found == 0.0 && !(fabs(plan) > 0.0))))
            continue;
        sum[0] += plan, sum[1] += found;
        park_text_add(&page->out, total ? "<tr class=\"sum\"><td>" : "<tr><td>");
        if (total)
            park_page_both(page, "合计", "sum");
        else
            park_page_label(page, park_page_cost_label(kind), "");
        park_page_cell_number(page, plan * 1e-4, 2);
        park_page_cell_number(page, found * 1e-4, 2);
        park_page_cell_number(page, (found - plan) * 1e-4, 2);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

/* Why both differ, where it is prices. */
static void reasons(park_page *page, const park_bill *bill)
{
    const park_tariffs *t = &page->model->tariffs;
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page, "优化方案按平均电价计算：同样的电量按平均电价为 ",
                   "The plan counts electricity at its mean price: the same energy costs ");
    park_page_number(page, bill->mean_cost * 1e-4, 2);
    park_page_both(page, " 万元/a，按分时电价为 ", " ×10⁴ CNY/a at the mean and ");
    park_page_number(page, bill->energy_cost * 1e-4, 2);
    park_page_both(page, " 万元/a", " ×10⁴ CNY/a by the hour");
    if (isfinite(t->demand_charge)) {
        park_page_both(page, "；需量电费 ", "; the demand charge adds ");
        park_page_number(page, bill->demand_cost * 1e-4, 2);
        park_page_both(page, " 万元/a 未计入方案", " ×10⁴ CNY/a that the plan does not know");
    }
    if (t->tiers > 0) {
        park_page_both(page, "；阶梯水价加价 ", "; tiers of water add ");
        park_page_number(page, bill->tier_cost * 1e-4, 2);
        park_page_both(page, " 万元/a", " ×10⁴ CNY/a");
    }
    park_page_both(page, "。温室气体：电力 ", ". Greenhouse gases: electricity ");
    park_page_number(page, bill->carbon[PARK_CARBON_GRID] * 1e-3, 1);
    park_page_both(page, " t CO₂e/a，处理过程（N₂O、CH₄）与药剂等 ",
                   " t CO₂e/a, treatment (N₂O, CH₄), chemicals and the like ");
    park_page_number(page, bill->carbon[PARK_CARBON_PROCESS] * 1e-3, 1);
    park_page_both(page, " t CO₂e/a。", " t CO₂e/a.");
    park_text_add(&page->out, "</p>\n");
}

static void month_cells(park_page *page, const park_bill_month *m, const bool used[PARK_RATES])
{
    int32_t    minutes = page->model->time.utc_offset / 60;
    park_civil at = park_civil_at(m->start, minutes), peak = park_civil_at(m->peak_time, minutes);
    bool       steady = page->model->time.steady;
    park_page_row(page);
    park_page_cell(page);
    if (steady)
        park_page_both(page, "各月", "each month");
    else
        park_text_printf(&page->out, "%d-%02d", (int)at.year, (int)at.month);
    for (int r = 0; r < PARK_RATES; r++)
        if (used[r])
            park_page_cell_number(page, m->energy[r] / KWH * 1e-4, 3);
    park_page_cell_number(page, m->cost * 1e-4, 3);
    park_page_cell_number(page, m->peak * 1e-3, 1);
    park_page_cell(page);
    if (!steady)
        park_text_printf(&page->out, "%02d-%02d %02d:%02d", (int)peak.month, (int)peak.day, (int)peak.hour,
                         (int)peak.minute);
    park_page_cell_number(page, m->demand_cost * 1e-4, 3);
    park_page_row_end(page);
}

static void months(park_page *page, const park_bill *bill)
{
    bool   used[PARK_RATES] = {false};
    char   zh[PARK_RATES][48], en[PARK_RATES][48];
    size_t n = 0;
    for (size_t i = 0; i < bill->months; i++)
        for (int r = 0; r < PARK_RATES; r++)
            used[r] = used[r] || bill->month[i].energy[r] > 0.0;
    const char *titles[2 * (PARK_RATES + 6)] = {"月份", "month"};
    n                                        = 2;
    for (int r = 0; r < PARK_RATES; r++) {
        if (!used[r])
            continue;
        snprintf(zh[r], sizeof zh[r], "%s段电量（万kW·h）", RATE[r].zh);
        snprintf(en[r], sizeof en[r], "%s (10⁴ kWh)>", RATE[r].en);
        titles[n++] = zh[r], titles[n++] = en[r];
    }
    static const char *const REST[] = {"电度电费（万元）",
                                       "energy (10⁴ CNY)>",
                                       "最大需量（kW，15 min）",
                                       "largest power (kW, 15 min)>",
                                       "出现时刻",
                                       "when",
                                       "需量电费（万元）",
                                       "demand charge (10⁴ CNY)>",
                                       NULL};
    for (size_t i = 0; i < sizeof REST / sizeof *REST; i++)
        titles[n++] = REST[i];
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "逐月用电", "Electricity by month");
    park_text_add(&page->out, "</h3>\n");
    park_page_table(page, titles);
    for (size_t i = 0; i < bill->months; i++)
        month_cells(page, &bill->month[i], used);
    park_page_table_end(page);
}

void park_page_bill(park_page *page)
{
    const park_simulation *s = page->record->simulation;
    if (s == NULL || s->bill.line == NULL)
        return;
    park_page_section(page, "bill", "模拟年度账单", "The bill of the simulated year");
    running(page, &s->bill);
    reasons(page, &s->bill);
    if (s->bill.months > 0)
        months(page, &s->bill);
    park_page_section_end(page);
}
