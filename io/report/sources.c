/* What the numbers stand on: every indicator with numerator and denominator, assumptions, findings, provenance. */
#include "report/page.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static void boundary_name(park_page *page, const park_indicator *item)
{
    if (item->boundary == PARK_BOUNDARY_ENTERPRISE && item->enterprise >= 0)
        park_page_label(page, page->model->enterprise[item->enterprise].label,
                        page->model->enterprise[item->enterprise].id);
    else if (item->boundary == PARK_BOUNDARY_UNIT && item->unit >= 0)
        park_page_unit(page, item->unit);
    else
        park_page_both(page, "园区", "park");
}

/* Large numbers whole, small ones with figures. */
static void volume_cell(park_page *page, double value)
{
    park_page_cell_number(page, value, fabs(value) >= 100.0 || value == 1.0 || value == 0.0 ? 0 : 4);
}

static void indicator_row(park_page *page, const park_indicator *item)
{
    park_page_row(page);
    park_page_cell(page);
    boundary_name(page, item);
    park_page_cell(page);
    park_page_label(page, item->label, item->id);
    if (item->subject != NULL) {
        park_text_add(&page->out, " · ");
        park_page_text(page, item->subject);
    }
    if (strcmp(item->id, "reuse_rate") == 0 && !item->with_circulation)
        park_page_both(page, "（不计循环冷却）", " (without tower circulation)");
    park_text_printf(&page->out, "<td>%s<td class=\"n\">",
                     !item->basis_matters                     ? "—"
                     : item->basis == PARK_BASIS_CONVENTIONAL ? "A"
                                                              : "B");
    park_page_value(page, item);
    park_page_cell(page);
    park_page_label(page, item->numerator_label, "");
    volume_cell(page, item->numerator);
    park_page_cell(page);
    park_page_label(page, item->denominator_label, "");
    volume_cell(page, item->denominator);
    park_page_row_end(page);
}

void park_page_indicators(park_page *page)
{
    static const char *const TITLES[] = {"范围", "boundary",    "指标", "indicator", "口径", "basis",
                                         "值",   "value>",      "分子", "numerator", "",     ">",
                                         "分母", "denominator", "",     ">",         NULL};
    const park_indicators   *list =
        page->record->simulated != NULL ? page->record->simulated : page->record->promised;
    if (list == NULL)
        return;
    park_page_section(page, "indicators", "全部指标", "All indicators");
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page,
                   "口径 "
                   "A：取水量只计常规水源；B：计全部水源的首次使用。分子与分母为年值（m³、kg、元、J）。比率为"
                   "合计之比，不是比率的平均。重复利用量在每次再用时于受水单元计一次：同一股水串联用三次，计"
                   "首次取水一次、串联两次；自身循环于同一单元的回流与处理设施的通过量不计。"
                   "空冷替代湿冷等措施使循环水量减少，取水量虽减而重复利用率可能下降，须与取水量一并判断。",
                   "Basis A: intake counts conventional sources only; B: the first use of any source. "
                   "Numerators and denominators are "
                   "per year (m³, kg, CNY, J). Rates are ratios of sums, never means of rates. Repeated use "
                   "counts once at each later "
                   "use, at the unit that receives it: water used three times in series is taken once and "
                   "counts twice; what a unit feeds back "
                   "to itself and what passes a treatment count nothing. Where less circulates, as with dry "
                   "cooling, the reuse rate may fall though "
                   "intake falls: judge it beside intake.");
    park_text_add(&page->out, "</p>\n");
    park_page_table(page, TITLES);
    for (size_t i = 0; i < list->count; i++)
        if (isfinite(list->item[i].value))
            indicator_row(page, &list->item[i]);
    park_page_table_end(page);
    park_page_section_end(page);
}

static void outside_proof(park_page *page)
{
    const park_design *design = page->record->design;
    if (design == NULL || design->outside_proof_count == 0)
        return;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "不在证明之内（按工况点冻结）", "Outside the proof (frozen at an operating point)");
    park_text_add(&page->out, "</h3><ul>");
    for (size_t i = 0; i < design->outside_proof_count; i++) {
        park_text_add(&page->out, "<li>");
        park_page_label(page, design->outside_proof[i], "");
    }
    park_text_add(&page->out, "</ul>\n");
}

static void findings(park_page *page)
{
    const park_findings *list = page->record->findings;
    if (list == NULL || list->count == 0)
        return;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "检查提示", "Findings");
    park_text_add(&page->out, "</h3><ul>");
    for (size_t i = 0; i < list->count; i++) {
        park_text_printf(&page->out, "<li>%s: ", park_code_name(list->items[i].code));
        park_text_add(&page->out, "<span class=\"zh\">");
        park_page_text(page, list->items[i].zh);
        park_text_add(&page->out, "</span><span class=\"en\">");
        park_page_text(page, list->items[i].en);
        park_text_add(&page->out, "</span>");
    }
    park_text_add(&page->out, "</ul>\n");
}

void park_page_assumptions(park_page *page)
{
    static const char *const TITLES[] = {"参数",     "parameter",    "值",   "value",  "来自", "from",
                                         "来源等级", "source class", "来源", "source", NULL};
    park_page_section(page, "assumptions", "假设与来源", "Assumptions and sources");
    outside_proof(page);
    findings(page);
    park_text_add(&page->out, "<details><summary>");
    park_page_both(page, "情景中的每个数字", "Every number of the scenario");
    park_text_add(&page->out, "</summary>\n");
    park_page_table(page, TITLES);
    for (size_t i = 0; i < page->record->assumptions; i++) {
        const park_assumption *a      = &page->record->assumption[i];
        const char *const      cell[] = {a->path, a->value, a->origin, a->source_class, a->source};
        park_page_row(page);
        for (int k = 0; k < 5; k++) {
            park_page_cell(page);
            park_page_text(page, cell[k]);
        }
        park_page_row_end(page);
    }
    park_page_table_end(page);
    park_text_add(&page->out, "</details>\n");
    park_page_section_end(page);
}

static void fact(park_page *page, const char *zh, const char *en, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    park_text_add(&page->out, "<tr><th>");
    park_page_both(page, zh, en);
    park_page_cell(page);
    park_page_text(page, value);
    park_page_row_end(page);
}

void park_page_provenance(park_page *page)
{
    const park_provenance *p = &page->record->provenance;
    park_page_section(page, "provenance", "如何得到", "How this was made");
    park_text_add(&page->out, "<table><tbody>\n");
    fact(page, "程序", "program", p->version);
    fact(page, "版本", "commit", p->commit);
    fact(page, "编译", "build", p->build);
    fact(page, "库", "libraries", p->libraries);
    fact(page, "命令", "command", p->command);
    fact(page, "输入（SHA-256）", "input (SHA-256)", p->input_sha256);
    park_text_add(&page->out, "</tbody></table>\n<details><summary>");
    park_page_both(page, "补全后的情景", "The scenario as resolved");
    park_text_add(&page->out, "</summary><pre>");
    park_page_text(page, p->resolved_yaml);
    park_text_add(&page->out, "</pre></details>\n");
    park_page_section_end(page);
}
