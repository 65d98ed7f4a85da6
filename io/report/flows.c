/* Where the water goes: the balance diagram with its table, who gives to whom and how close to each limit, and where
 * every constituent leaves the park. */
#include "report/page.h"

#include "report/balance.h"

#include <inttypes.h>
#include <math.h>

static const double PER_DAY = 1.0 / 365.0; /* m3/a -> m3/d */

static void edge_rows(park_page *page, const park_balance *balance)
{
    static const char *const TITLES[] = {
        "从", "from", "到", "to", "m³/d", "m³/d>", "万m³/a", "万m³/a (10⁴ m³/a)>", NULL};
    park_text_add(&page->out, "<details><summary>");
    park_page_both(page, "图中数据", "The diagram's figures");
    park_text_add(&page->out, "</summary>\n");
    park_page_table(page, TITLES);
    for (size_t e = 0; e < balance->edges; e++) {
        const park_balance_edge *edge = &balance->edge[e];
        park_page_row(page);
        park_page_cell(page);
        if (edge->link >= 0)
            park_page_outlet(page, page->model->link[edge->link].outlet);
        else
            park_page_label(page, balance->node[edge->from].label, "");
        park_page_cell(page);
        park_page_label(page, balance->node[edge->to].label,
                        edge->link >= 0 ? page->model->unit[page->model->link[edge->link].to].id : "");
        park_text_printf(&page->out, "<td class=\"n\">%" PRId64, edge->printed);
        park_page_cell_number(page, edge->flow * 365.0 * 1e-4, 2);
        park_page_row_end(page);
    }
    park_page_table_end(page);
    park_text_add(&page->out, "</details>\n");
}

void park_page_balance(park_page *page)
{
    park_balance *balance = NULL;
    if (page->ledger == NULL)
        return;
    page->status = park_balance_of(page->model, page->ledger, page->arena, &balance, page->err);
    if (page->status != PARK_OK)
        return;
    park_page_section(page, "balance", "园区水量平衡图", "Water balance of the park");
    park_balance_svg(balance, &page->out, page->arena);
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(
        page, "年平均值；图中每一节点的流入之和与流出之和按所印数字闭合；线宽与水量成正比；下方弧线为回用。",
        "Yearly means; inflows and outflows of every node add up as printed; widths are true to scale; arcs "
        "below are returns.");
    park_text_add(&page->out, "</p>\n");
    edge_rows(page, balance);
    park_page_section_end(page);
}

/* ---- donor -> receiver ---- */

/* Yearly mean concentration of a link [kg/m3]; NAN when it carries nothing. */
static double mean_conc(const park_ledger *ledger, size_t link, size_t c)
{
    double water = park_page_year(ledger->link_water, ledger->seasons, ledger->links, link);
    double mass  = park_page_year(ledger->link_mass, ledger->seasons, ledger->links * ledger->constituents,
                                  link * ledger->constituents + c);
    return water > 0.0 ? mass / water : NAN;
}

/* The same for all that enters an inlet, in the worst season. */
static double inlet_conc(const park_page *page, int32_t inlet, size_t c)
{
    const park_ledger *ledger = page->ledger;
    double             worst  = NAN;
    for (size_t s = 0; s < ledger->seasons; s++) {
        double water = 0.0, mass = 0.0;
        for (size_t l = 0; l < ledger->links; l++) {
            if (page->model->link[l].inlet != inlet)
                continue;
            water += ledger->link_water[s * ledger->links + l];
            mass += ledger->link_mass[(s * ledger->links + l) * ledger->constituents + c];
        }
        if (water > 0.0 && !(mass / water <= worst))
            worst = mass / water;
    }
    return worst;
}

static void limit_cell(park_page *page, double conc, double limit)
{
    const char *class = !isfinite(limit)              ? "n"
                        : conc > limit * (1.0 + 1e-6) ? "n over"
                        : conc > 0.9 * limit          ? "n tight"
                                                      : "n";
    park_text_printf(&page->out, "<td class=\"%s\">", class);
    park_page_number(page, 1e3 * conc, 1e3 * conc < 10.0 ? 2 : 1);
    if (isfinite(limit)) {
        park_text_add(&page->out, " / ");
        park_page_number(page, 1e3 * limit, 1e3 * limit < 10.0 ? 1 : 0);
    }
}

static void constituent_heads(park_page *page)
{
    for (size_t c = 0; c < page->model->constituents; c++) {
        park_text_add(&page->out, "<th class=\"n\">");
        park_page_label(page, page->model->constituent[c].label, page->model->constituent[c].id);
        park_text_add(&page->out, "</th>");
    }
}

static void donors(park_page *page, int32_t inlet)
{
    const park_model *model = page->model;
    for (size_t l = 0; l < model->links; l++) {
        double water =
            park_page_year(page->ledger->link_water, page->ledger->seasons, page->ledger->links, l);
        if (model->link[l].inlet != inlet || water * PER_DAY < 0.005)
            continue;
        park_page_row(page);
        park_page_cell(page);
        park_page_outlet(page, model->link[l].outlet);
        park_page_cell(page);
        park_page_unit(page, model->link[l].to);
        park_page_cell_number(page, water * PER_DAY, 1);
        for (size_t c = 0; c < model->constituents; c++)
            park_page_cell_number(page, 1e3 * mean_conc(page->ledger, l, c), 1);
        park_page_row_end(page);
    }
}

static void receiver(park_page *page, int32_t inlet)
{
    const park_model      *model = page->model;
    const park_inlet_info *info  = &model->inlet[inlet];
    double                 water = 0.0;
    for (size_t l = 0; l < model->links; l++)
        if (model->link[l].inlet == inlet)
            water += park_page_year(page->ledger->link_water, page->ledger->seasons, page->ledger->links, l);
    if (water * PER_DAY < 0.005)
        return;
    donors(page, inlet);
    park_text_add(&page->out, "<tr class=\"sum\"><td>");
    park_page_both(page, "合计（最不利季节 / 限值）", "together (worst season / limit)");
    park_page_cell(page);
    park_page_unit(page, info->unit);
    park_page_cell_number(page, water * PER_DAY, 1);
    for (size_t c = 0; c < model->constituents; c++)
        limit_cell(page, inlet_conc(page, inlet, c), info->limit != NULL ? info->limit[c] : INFINITY);
    park_page_row_end(page);
}

/* A table with a column for each constituent; many of them need narrower type and heads that stand on end. */
static void constituent_table(park_page *page)
{
    size_t nc = page->model->constituents;
    park_text_printf(&page->out, "<div class=\"wide\"><table%s><thead><tr><th>",
                     nc > 12  ? " class=\"many most\""
                     : nc > 7 ? " class=\"many\""
                              : "");
}

void park_page_allocation(park_page *page)
{
    if (page->ledger == NULL)
        return;
    park_page_section(page, "allocation", "配水方案：供方 → 受方", "Allocation: donor → receiver");
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page, "浓度单位 mg/L；底色：黄为达到限值的 90 % 以上，红为超过限值。",
                   "Concentrations in mg/L; yellow: above 90 % of the limit, red: above it.");
    park_text_add(&page->out, "</p>");
    constituent_table(page);
    park_page_both(page, "供方", "donor");
    park_text_add(&page->out, "</th><th>");
    park_page_both(page, "受方", "receiver");
    park_text_add(&page->out, "</th><th class=\"n\">m³/d</th>");
    constituent_heads(page);
    park_text_add(&page->out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < page->model->inlets; i++)
        receiver(page, (int32_t)i);
    park_page_table_end(page);
    park_page_section_end(page);
}

/* ---- where each constituent leaves ---- */

static bool any(const double *values, size_t count)
{
    for (size_t c = 0; c < count; c++)
        if (fabs(values[c]) > 0.0)
            return true;
    return false;
}

static void mass_row(park_page *page, const double *yearly)
{
    for (size_t c = 0; c < page->model->constituents; c++)
        park_page_cell_number(page, yearly[c] * 1e-3, 2);
    park_page_row_end(page);
}

void park_page_exits(park_page *page)
{
    const park_model  *model  = page->model;
    const park_ledger *ledger = page->ledger;
    if (ledger == NULL)
        return;
    size_t  nc     = model->constituents;
    double *yearly = PARK_ARRAY(page->arena, nc + 1, double), *sum = PARK_ARRAY(page->arena, nc + 1, double);
    if (yearly == NULL || sum == NULL) {
        page->out.failed = true;
        return;
    }
    park_page_section(page, "exits", "各水质指标从何处离开园区", "Where each constituent leaves the park");
    constituent_table(page);
    park_page_both(page, "去向（t/a）", "exit (t/a)");
    park_text_add(&page->out, "</th>");
    constituent_heads(page);
    park_text_add(&page->out, "</tr></thead><tbody>\n");
    for (size_t u = 0; u < model->units; u++) {
        /* What enters a sink, what exits by goods, drift and leaks, what is destroyed or precipitated, what spills. */
        for (int way = 0; way < 4; way++) {
            for (size_t c = 0; c < nc; c++) {
                yearly[c] = 0.0;
                if (way == 0 && model->unit[u].role == PARK_SINK) {
                    for (size_t l = 0; l < model->links; l++)
                        if (model->link[l].to == (int32_t)u)
                            yearly[c] += park_page_year(ledger->link_mass, ledger->seasons,
                                                        ledger->links * nc, l * nc + c);
                } else if (way == 1) {
                    for (size_t k = model->unit[u].first_outlet;
                         k < model->unit[u].first_outlet + model->unit[u].outlets; k++)
                        if (model->outlet[k].exits)
                            yearly[c] += park_page_year(ledger->outlet_mass, ledger->seasons,
                                                        ledger->outlets * nc, k * nc + c);
                } else if (way == 2) {
                    yearly[c] =
                        park_page_year(ledger->removed_mass, ledger->seasons, ledger->units * nc, u * nc + c);
                } else if (way == 3) {
                    yearly[c] =
                        park_page_year(ledger->spilled_mass, ledger->seasons, ledger->units * nc, u * nc + c);
                }
            }
            if (!any(yearly, nc))
                continue;
            static const char *const ZH[] = {"", " · 随产品、风吹与漏失", " · 去除或降解", " · 溢流"};
            static const char *const EN[] = {"", " · in goods, drift and leaks", " · removed or destroyed",
                                             " · overflow"};
            park_page_row(page);
            park_page_cell(page);
            park_page_unit(page, (int32_t)u);
            park_page_both(page, ZH[way], EN[way]);
            for (size_t c = 0; c < nc; c++)
                sum[c] += yearly[c];
            mass_row(page, yearly);
        }
    }
    for (size_t c = 0; c < nc; c++) {
        yearly[c] = 0.0;
        for (size_t u = 0; u < model->units; u++)
            yearly[c] += park_page_year(ledger->stored_mass, ledger->seasons, ledger->units * nc, u * nc + c);
    }
    static const double PRINTED = 5.0; /* [kg]: less is 0.00 t */
    double              most    = 0.0;
    for (size_t c = 0; c < nc; c++)
        most = fmax(most, fabs(yearly[c]));
    if (most >= PRINTED) {
        park_page_row(page);
        park_page_cell(page);
        park_page_both(page, "单元与调蓄中的存量变化（期末减期初）",
                       "held in units and storages, end less start");
        for (size_t c = 0; c < nc; c++)
            sum[c] += yearly[c];
        mass_row(page, yearly);
    }
    park_text_add(&page->out, "<tr class=\"sum\"><td>");
    park_page_both(page, "离开与存量变化合计", "leaves or stays in all");
    mass_row(page, sum);
    const park_closure *closure = page->record->simulation != NULL ? &page->record->simulation->closure
                                                                   : &page->record->design->closure;
    if (closure->mass_in != NULL && closure->mass_added != NULL) {
        for (size_t c = 0; c < nc; c++)
            yearly[c] = closure->mass_in[c] + closure->mass_added[c];
        park_text_add(&page->out, "<tr class=\"sum\"><td>");
        park_page_both(page, "进入合计（水源与用水过程带入）", "enters in all (with sources and from use)");
        mass_row(page, yearly);
    }
    park_page_table_end(page);
    park_page_section_end(page);
}
