/*
 * An investment by years: money against the budget year by year, what is built when, and what the park comes to in each stage.
 */
#include "report/page.h"

#include "indicator_text.h"
#include "objective_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double WAN   = 1e4;
static const double WIDTH = 760.0, HEIGHT = 300.0, LEFT = 84.0, RIGHT = 16.0, TOP = 40.0, BOTTOM = 46.0;

/* Of one year: the budgets and the spending are told as sums up to it. */
static double of_year(const double *sum, size_t y)
{
    return sum[y] - (y > 0 ? sum[y - 1] : 0.0);
}

/* ---- the drawing: bars of what is spent, filled, beside what may be spent up to that year, outlined ---------------------- */

static void words(park_page *page, double x, double y, const char *more, const char *zh, const char *en)
{
    park_text_printf(&page->out, "<text class=\"zh\" x=\"%.1f\" y=\"%.1f\"%s>%s</text>", x, y, more, zh);
    park_text_printf(&page->out, "<text class=\"en\" x=\"%.1f\" y=\"%.1f\"%s>%s</text>\n", x, y, more, en);
}

static void number_at(park_page *page, double x, double y, const char *anchor, double value, int decimals)
{
    park_text_printf(&page->out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    park_page_number(page, value, decimals);
    park_text_add(&page->out, "</text>\n");
}

static void drawing(park_page *page, const park_staging *g)
{
    double top = 0.0, slot = (WIDTH - LEFT - RIGHT) / (double)g->stages, bar = fmin(0.34 * slot, 70.0);
    double floor_at = HEIGHT - BOTTOM, room = HEIGHT - TOP - BOTTOM;
    for (size_t y = 0; y < g->stages; y++)
        top = fmax(top, fmax(g->budget[y], g->spent[y]));
    if (!(top > 0.0))
        return;
    park_text_printf(&page->out, "<svg class=\"front\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n", WIDTH,
                     HEIGHT);
    words(page, LEFT - 70.0, 16.0, "", "累计，万元", "up to the year, 10⁴ CNY");
    park_text_printf(
        &page->out,
        "<path d=\"M%.1f 7h22v10h-22z\" fill=\"none\" stroke=\"#1f2d3a\" stroke-dasharray=\"4 3\"/>"
        "<path d=\"M%.1f 7h22v10h-22z\" fill=\"#c3cfda\"/><path d=\"M%.1f 7h22v10h-22z\" "
        "fill=\"#1f5fa8\"/>\n",
        LEFT + 160.0, LEFT + 300.0, LEFT + 470.0);
    words(page, LEFT + 188.0, 16.0, "", "预算", "budget");
    words(page, LEFT + 328.0, 16.0, "", "此前已投资", "spent before");
    words(page, LEFT + 498.0, 16.0, "", "当年投资", "spent in the year");
    for (size_t y = 0; y < g->stages; y++) {
        double             middle = LEFT + ((double)y + 0.5) * slot, before = y > 0 ? g->spent[y - 1] : 0.0;
        double             budget = room * g->budget[y] / top, old = room * before / top,
               new = room *of_year(g->spent, y) / top;
        park_text_printf(&page->out,
                         "<path d=\"M%.1f %.1fv-%.1fh%.1fv%.1f\" fill=\"none\" stroke=\"#1f2d3a\" "
                         "stroke-dasharray=\"4 3\"/>\n",
                         middle - bar - 2.0, floor_at, budget, bar, budget);
        park_text_printf(&page->out,
                         "<path d=\"M%.1f %.1fv-%.1fh%.1fv%.1fz\" fill=\"#c3cfda\"/>"
                         "<path d=\"M%.1f %.1fv-%.1fh%.1fv%.1fz\" fill=\"#1f5fa8\"/>\n",
                         middle + 2.0, floor_at, old, bar, old, middle + 2.0, floor_at - old, new, bar, new);
        number_at(page, middle - 2.0 - 0.5 * bar, floor_at - budget - 5.0, "middle", g->budget[y] / WAN, 0);
        number_at(page, middle + 2.0 + 0.5 * bar, floor_at - old - new - 5.0, "middle", g->spent[y] / WAN, 0);
        park_text_printf(&page->out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d</text>\n", middle,
                         floor_at + 18.0, (int)g->year[y]);
    }
    park_text_printf(&page->out, "<path d=\"M%.1f %.1fH%.1f\" stroke=\"#7a8794\"/>\n</svg>\n", LEFT, floor_at,
                     WIDTH - RIGHT);
}

/* ---- the tables -------------------------------------------------------------------------------------------------------- */

static void money(park_page *page, const park_staging *g)
{
    park_objective_text text = park_objective_text_of(page->record->design->objective_kind);
    char                zh[120], en[120];
    snprintf(zh, sizeof zh, "运行（不含已建设施固定费用，%s）", park_label_text(text.shown, true));
    snprintf(en, sizeof en, "running, without what stands (%s)>", park_label_text(text.shown, false));
    const char *const titles[] = {"年份",
                                  "from the year",
                                  "当年预算（万元）",
                                  "budget of the year (10⁴ CNY)>",
                                  "当年投资（万元）",
                                  "spent in the year (10⁴ CNY)>",
                                  "累计预算",
                                  "budget so far>",
                                  "累计投资",
                                  "spent so far>",
                                  "结余",
                                  "left>",
                                  zh,
                                  en,
                                  NULL};
    park_page_table(page, titles);
    for (size_t y = 0; y < g->stages; y++) {
        park_page_row(page);
        park_text_printf(&page->out, "<td>%d</td>", (int)g->year[y]);
        park_page_cell_number(page, of_year(g->budget, y) / WAN, 2);
        park_page_cell_number(page, of_year(g->spent, y) / WAN, 2);
        park_page_cell_number(page, g->budget[y] / WAN, 2);
        park_page_cell_number(page, g->spent[y] / WAN, 2);
        park_page_cell_number(page, (g->budget[y] - g->spent[y]) / WAN, 2);
        park_page_cell_number(page, g->running[y] / text.si, 2);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

static void built_row(park_page *page, int32_t year, const char *zh, const char *en)
{
    park_page_row(page);
    park_text_printf(&page->out, "<td>%d</td><td>", (int)year);
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</td><td>");
}

static void built_end(park_page *page, double size, park_dimension dim, double capital)
{
    park_text_add(&page->out, "</td><td class=\"n\">");
    if (isfinite(size))
        park_page_quantity(page, size, dim);
    park_text_add(&page->out, "</td>");
    park_page_cell_number(page, capital / WAN, 2);
    park_page_row_end(page);
}

/* Those made in a stage; how many. */
static size_t retrofits(park_page *page, const park_staging *g, size_t y)
{
    const park_design *d    = page->record->design;
    size_t             rows = 0;
    for (size_t i = 0; i < d->cost_lines; i++) {
        const park_cost_line *line = &d->cost[i];
        if (line->kind != PARK_COST_RETROFIT ||
            (d->retrofit_from != NULL ? d->retrofit_from[line->retrofit] : 0) != (int32_t)y)
            continue;
        built_row(page, g->year[y], "改造措施", "retrofit");
        park_page_label(page, page->record->base->retrofit[line->retrofit].label,
                        page->record->base->retrofit[line->retrofit].id);
        built_end(page, NAN, PARK_DIM_FLOW, line->capital);
        rows++;
    }
    return rows;
}

static void built(park_page *page, const park_staging *g)
{
    static const char *const TITLES[] = {"年份", "year", "类别",  "kind",         "建设内容",
                                         "what", "规模", "size>", "投资（万元）", "investment (10⁴ CNY)>",
                                         NULL};
    const park_design       *d        = page->record->design;
    const park_model        *m        = page->model;
    size_t                   rows     = 0;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "何时建什么", "What is built when");
    park_text_add(&page->out, "</h3>\n");
    park_page_table(page, TITLES);
    for (size_t y = 0; y < g->stages; y++) {
        rows += retrofits(page, g, y);
        for (size_t u = 0; u < m->units; u++) {
            bool storage = m->unit[u].role == PARK_STORAGE;
            if (g->unit_from[u] != (int32_t)y)
                continue;
            built_row(page, g->year[y], storage ? "调蓄设施" : "处理单元", storage ? "storage" : "treatment");
            park_page_unit(page, (int32_t)u);
            built_end(page, d->unit_size[u], storage ? PARK_DIM_VOLUME : PARK_DIM_FLOW, g->unit_capital[u]);
            rows++;
        }
        for (size_t l = 0; l < m->links; l++) {
            if (g->link_from[l] != (int32_t)y)
                continue;
            built_row(page, g->year[y], "管线", "pipe");
            park_page_outlet(page, m->link[l].outlet);
            park_text_add(&page->out, " → ");
            park_page_unit(page, m->link[l].to);
            built_end(page, d->link_capacity[l], PARK_DIM_FLOW, g->link_capital[l]);
            rows++;
        }
    }
    park_page_table_end(page);
    if (rows == 0) {
        park_text_add(&page->out, "<p>");
        park_page_both(page, "没有需要投资的内容。", "Nothing is built that costs money.");
        park_text_add(&page->out, "</p>\n");
    }
}

/* ---- indicators -------------------------------------------------------------------------------------------------------- */

/* Those of the targets, and of the whole park what planners look at first. */
static bool told(const park_page *page, const park_indicator *item)
{
    static const char *const FIRST[] = {"intake", "reuse_rate", "non_conventional", "carbon"};
    if (item->target >= 0)
        return true;
    if (item->boundary != PARK_BOUNDARY_PARK || !item->with_circulation)
        return false;
    if (item->basis_matters && item->basis != page->model->accounting.intake)
        return false;
    for (size_t i = 0; i < sizeof FIRST / sizeof FIRST[0]; i++)
        if (strcmp(item->id, FIRST[i]) == 0)
            return true;
    return false;
}

static void indicator_row(park_page *page, const park_staging *g, const park_indicator *last, size_t i)
{
    park_page_row(page);
    park_page_cell(page);
    park_page_label(page, last->label, last->id);
    if (last->subject != NULL && last->subject[0] != '\0') {
        park_text_add(&page->out, " · ");
        park_page_text(page, last->subject);
    }
    park_text_add(&page->out, "</td>");
    for (size_t y = 0; y < g->stages; y++) {
        const park_indicators *list = page->record->staged[y];
        park_text_add(&page->out, "<td class=\"n\">");
        if (list != NULL && i < list->count && strcmp(list->item[i].id, last->id) == 0)
            park_page_value(page, &list->item[i]);
        else
            park_text_add(&page->out, "—");
        park_text_add(&page->out, "</td>");
    }
    char zh[400], en[400];
    park_indicator_target_text(page->model, last, true, zh, sizeof zh);
    park_indicator_target_text(page->model, last, false, en, sizeof en);
    park_text_add(&page->out, "<td class=\"n\">");
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</td>");
    park_page_row_end(page);
}

static void indicators(park_page *page, const park_staging *g)
{
    const park_indicators *last = page->record->staged != NULL ? page->record->staged[g->stages - 1] : NULL;
    if (last == NULL)
        return;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "各阶段指标", "Indicators stage by stage");
    park_text_add(&page->out, "</h3>\n<p class=\"note\">");
    park_page_both(page, "按各阶段优化方案的水量计算；目标只要求在最后阶段达到，限值与许可各阶段都要满足。",
                   "By the flows of each stage's plan; targets are asked of the last stage only, limits and "
                   "licences of all.");
    park_text_add(&page->out, "</p>\n<div class=\"wide\"><table><thead><tr><th>");
    park_page_both(page, "指标", "indicator");
    park_text_add(&page->out, "</th>");
    for (size_t y = 0; y < g->stages; y++)
        park_text_printf(&page->out, "<th class=\"n\">%d</th>", (int)g->year[y]);
    park_text_add(&page->out, "<th class=\"n\">");
    park_page_both(page, "目标", "target");
    park_text_add(&page->out, "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < last->count; i++)
        if (told(page, &last->item[i]))
            indicator_row(page, g, &last->item[i], i);
    park_page_table_end(page);
}

/* What each future costs to run in each stage. */
static void futures(park_page *page, const park_staging *g)
{
    const park_outlook *o = page->record->design->outlook;
    if (o == NULL || g->running_in == NULL || g->futures < 2)
        return;
    park_objective_text text = park_objective_text_of(o->kind);
    char                zh[200], en[260];
    snprintf(zh, sizeof zh, "各阶段各种未来的运行（不含已建设施固定费用，%s）", text.shown.zh);
    snprintf(en, sizeof en, "Running in each stage of each future, without what stands (%s)", text.shown.en);
    park_text_add(&page->out, "<h3>");
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</h3>\n<p class=\"note\">");
    park_page_both(
        page,
        "何时建什么在未来揭晓之前一次决定，对各种未来相同；随未来而定的只有各阶段的运行。上表的运行是"
        "各种未来按概率的平均。",
        "What is built when is decided once, before the future is known, and is the same in all of them; "
        "only how "
        "each stage runs follows the future. Running in the table above is the mean of these.");
    park_text_add(&page->out, "</p>\n<div class=\"wide\"><table><thead><tr><th>");
    park_page_both(page, "未来", "future");
    park_text_add(&page->out, "</th><th class=\"n\">");
    park_page_both(page, "概率", "probability");
    park_text_add(&page->out, "</th>");
    for (size_t y = 0; y < g->stages; y++)
        park_text_printf(&page->out, "<th class=\"n\">%d</th>", (int)g->year[y]);
    park_text_add(&page->out, "</tr></thead><tbody>\n");
    for (size_t w = 0; w < g->futures; w++) {
        park_page_row(page);
        park_page_future(page, w);
        park_page_cell_number(page, o->future[w].probability, 3);
        for (size_t y = 0; y < g->stages; y++)
            park_page_cell_number(page, g->running_in[y * g->futures + w] / text.si, 2);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

void park_page_stages(park_page *page)
{
    const park_design  *design = page->record->design;
    const park_staging *g      = design != NULL ? design->staging : NULL;
    if (g == NULL)
        return;
    park_page_section(page, "stages", "分年投资与建设", "Investment by years");
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(
        page,
        "每一阶段从所列年份开始，持续到下一年份；未用完的预算结转。整个寿命期的年费用（年取水、年排放）是各阶"
        "段"
        "之值按寿命期贴现的平均；本页其余章节说的是全部建成之后的园区。",
        "A stage runs from its year to the next one; what is not spent carries over. What the park "
        "costs (takes, emits) a year is the mean of its stages, discounted over the life; the other "
        "chapters speak of the park when all is built.");
    park_text_add(&page->out, "</p>\n");
    drawing(page, g);
    money(page, g);
    built(page, g);
    futures(page, g);
    indicators(page, g);
    park_page_section_end(page);
}
