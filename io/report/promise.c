/* What the optimizer promised and what the simulation found, round by round, and what is left between them. */
#include "report/page.h"

#include "base/calendar.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The price of dynamics: how far the final design lies above the first round's bound. */
static void price_of_dynamics(park_page *page)
{
    const park_design *design = page->record->design;
    double             first  = page->record->first_bound;
    if (design == NULL || !isfinite(design->objective) || !isfinite(first) || design->objective == 0.0)
        return;
    char number[64];
    snprintf(number, sizeof number, "%.2f", 100.0 * (design->objective - first) / fabs(design->objective));
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page, "最终方案相对首轮（不计动态）下界高出 ",
                   "The final design lies above the first round's bound, which knows no dynamics, by ");
    park_text_printf(&page->out, "%s %%", number);
    park_page_both(page, "，其中包含最终一轮自身的间隙。", ", its own gap included.");
    park_text_add(&page->out, "</p>\n");
}

static double value_of(const park_indicators *list, const park_indicator *like)
{
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const park_indicator *item = &list->item[i];
        if (item->boundary == like->boundary && item->enterprise == like->enterprise &&
            item->unit == like->unit && item->basis == like->basis &&
            item->with_circulation == like->with_circulation && strcmp(item->id, like->id) == 0 &&
            (item->subject == NULL ? like->subject == NULL
                                   : like->subject != NULL && strcmp(item->subject, like->subject) == 0))
            return item->value;
    }
    return NAN;
}

static void compared(park_page *page)
{
    static const char *const TITLES[] = {"园区指标", "indicator",   "口径", "basis",
                                         "优化承诺", "promised>",   "模拟", "simulated>",
                                         "相差",     "difference>", NULL};
    if (page->record->promised == NULL || page->record->simulated == NULL)
        return;
    park_page_table(page, TITLES);
    for (size_t i = 0; i < page->record->promised->count; i++) {
        const park_indicator *item = &page->record->promised->item[i];
        if (item->boundary != PARK_BOUNDARY_PARK || item->subject != NULL || !isfinite(item->value))
            continue;
        double simulated = value_of(page->record->simulated, item);
        park_page_row(page);
        park_page_cell(page);
        park_page_label(page, item->label, item->id);
        if (item->basis_matters && !item->with_circulation && strcmp(item->id, "reuse_rate") == 0)
            park_page_both(page, "（不计循环冷却）", " (without tower circulation)");
        park_text_printf(&page->out, "<td>%s",
                         !item->basis_matters                     ? "—"
                         : item->basis == PARK_BASIS_CONVENTIONAL ? "A"
                                                                  : "B");
        park_text_add(&page->out, "<td class=\"n\">");
        park_page_value(page, item);
        park_text_add(&page->out, "<td class=\"n\">");
        park_indicator other = *item;
        other.value          = simulated;
        park_page_value(page, &other);
        park_text_add(&page->out, "<td class=\"n\">");
        if (item->value != 0.0 || simulated == 0.0) {
            park_page_number(
                page, item->value != 0.0 ? 100.0 * (simulated - item->value) / fabs(item->value) : 0.0, 2);
            park_text_add(&page->out, " %");
        } else {
            park_text_add(&page->out, "—"); /* nothing was promised: there is no share of it */
        }
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

/* A level of water in mg/L, a flow in m3/d, a volume of the year in m3/a; what has no number is a dash. */
static void violation_value(park_page *page, const park_violation *v, double value)
{
    static const struct {
        double      factor;
        int         decimals;
        const char *unit;
    } AS[]   = {{1e3, 1, "mg/L"}, {1.0, 0, "m³/a"}, {86400.0, 1, "m³/d"}, {1.0, 1, "m"}};
    int form = v->kind == PARK_VIOLATION_QUALITY_IN || v->kind == PARK_VIOLATION_QUALITY_OUT ? 0
               : v->kind == PARK_VIOLATION_CAPACITY                                          ? 2
               : v->kind == PARK_VIOLATION_PRESSURE                                          ? 3
                                                                                             : 1;
    park_text_add(&page->out, "<td class=\"n\">");
    if (v->kind == PARK_VIOLATION_STORAGE_DRY || !isfinite(value)) {
        park_text_add(&page->out, "—");
        return;
    }
    double scaled = value * AS[form].factor;
    park_page_number(page, scaled, scaled != 0.0 && fabs(scaled) < 1.0 ? 3 : AS[form].decimals);
    park_text_printf(&page->out, " %s", AS[form].unit);
}

static void violation_row(park_page *page, const park_violation *v)
{
    char when[PARK_ISO_SIZE] = "";
    if (v->worst != 0 && !page->model->time.steady)
        park_iso_format(v->worst, PARK_OFFSET_CHINA, when);
    park_page_row(page);
    park_page_cell(page);
    park_page_label(page, park_violation_label(v), "");
    park_page_cell(page);
    if (v->place != NULL) {
        park_page_text(page, v->place);
        park_text_add(&page->out, " ");
    }
    if (v->unit >= 0)
        park_page_unit(page, v->unit);
    else if (v->link >= 0)
        park_page_text(page, page->model->link[v->link].id);
    park_page_cell(page);
    if (v->constituent >= 0)
        park_page_label(page, page->model->constituent[v->constituent].label,
                        page->model->constituent[v->constituent].id);
    violation_value(page, v, v->limit);
    violation_value(page, v, v->simulated);
    park_text_printf(&page->out, "<td class=\"n\">%.1f<td>%.16s", v->hours, when);
    park_page_row_end(page);
}

static void left_over(park_page *page)
{
    static const char *const TITLES[]   = {"偏差",
                                           "what",
                                           "单元",
                                           "where",
                                           "指标",
                                           "constituent",
                                           "限值或承诺",
                                           "limit or promise>",
                                           "模拟最不利值",
                                           "worst simulated>",
                                           "持续（h）",
                                           "hours>",
                                           "时刻",
                                           "when",
                                           NULL};
    const park_simulation   *simulation = page->record->simulation;
    if (simulation->violations == 0)
        return;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "模拟中仍存在的偏差", "What the simulation still contradicts");
    park_text_add(&page->out, "</h3>\n");
    park_page_table(page, TITLES);
    for (size_t i = 0; i < simulation->violations && i < 40; i++)
        violation_row(page, &simulation->violation[i]);
    park_page_table_end(page);
    if (simulation->violations > 40) {
        char zh[64], en[64];
        snprintf(zh, sizeof zh, "共 %zu 项，其余见 run.h5", simulation->violations);
        snprintf(en, sizeof en, "%zu in all, the others stand in run.h5", simulation->violations);
        park_page_both(page, zh, en);
    }
}

void park_page_promise(park_page *page)
{
    const park_simulation *simulation = page->record->simulation;
    char                   zh[256], en[256];
    if (simulation == NULL)
        return;
    park_page_section(page, "promise", "承诺与模拟", "Promise and simulation");
    snprintf(zh, sizeof zh, "逐时模拟 %.0f 天，事件 %zu 次，水量闭合差 %.1e，物质闭合差 %.1e。",
             (double)(simulation->end - simulation->start) / 86400.0, simulation->events_total,
             simulation->closure.water, simulation->closure.mass);
    snprintf(en, sizeof en,
             "Simulated for %.0f days with %zu events; water closes to %.1e, constituents to %.1e.",
             (double)(simulation->end - simulation->start) / 86400.0, simulation->events_total,
             simulation->closure.water, simulation->closure.mass);
    park_text_add(&page->out, "<p>");
    park_page_both(page, zh, en);
    if (page->record->rounds > 0)
        park_page_both(page, page->record->agreed ? " 优化与模拟一致。" : " 优化与模拟尚未完全一致，见下表。",
                       page->record->agreed ? " Optimum and simulation agree."
                                            : " Optimum and simulation do not fully agree yet, see below.");
    park_text_add(&page->out, "</p>\n");
    if (page->record->rounds > 0)
        park_page_rounds(page);
    price_of_dynamics(page);
    compared(page);
    left_over(page);
    park_page_section_end(page);
}
