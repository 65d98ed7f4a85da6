/*
 * A park without a design, for those who must decide what gives: which of the user's statements contradict each other and by
 * how much, and the cheapest way out by each of them alone.
 */
#include "report/page.h"

#include "objective_text.h"
#include "statement_text.h"

#include <math.h>
#include <stdio.h>

/* ---- the first screen --------------------------------------------------------------------------------------------------- */

static void card(park_page *page, const char *class, const char *zh, const char *en, const char *zh_value,
                 const char *en_value)
{
    park_text_printf(&page->out, "<div class=\"card %s\">", class);
    park_page_both(page, zh, en);
    park_text_add(&page->out, "<b>");
    park_page_both(page, zh_value, en_value);
    park_text_add(&page->out, "</b></div>");
}

static const park_relief *cheapest(const park_design *design, size_t *ways)
{
    const park_relief *best = NULL;
    *ways                   = 0;
    for (size_t i = 0; i < design->reliefs; i++) {
        const park_relief *r = &design->relief[i];
        if (r->kind != PARK_RELIEF_FOUND)
            continue;
        ++*ways;
        if (best == NULL || !(r->cost >= best->cost))
            best = r;
    }
    return best;
}

static void cards(park_page *page)
{
    const park_design *design = page->record->design;
    size_t             ways;
    const park_relief *best = cheapest(design, &ways);
    char               zh[96], en[96];
    park_text_add(&page->out, "<div class=\"cards\">");
    card(page, "bad", "结论", "verdict", "无可行方案（已证明）", "no design exists (proven)");
    snprintf(zh, sizeof zh, "%zu 项", design->conflicts);
    snprintf(en, sizeof en, "%zu", design->conflicts);
    card(page, "bad", "互相矛盾的条款", "statements in conflict", zh, en);
    if (design->relief != NULL) {
        snprintf(zh, sizeof zh, "%zu 项", ways);
        snprintf(en, sizeof en, "%zu", ways);
        card(page, ways > 0 ? "good" : "bad", "单独放宽即可行的条款", "that alone can make way", zh, en);
    }
    if (best != NULL) {
        park_objective_text text = park_objective_text_of(design->objective_kind);
        snprintf(zh, sizeof zh, "%.6g %s", best->cost / text.si, park_label_text(text.shown, true));
        snprintf(en, sizeof en, "%.6g %s", best->cost / text.si, park_label_text(text.shown, false));
        card(page, "plain", "其中目标值最低者", "the cheapest of these ways", zh, en);
    }
    park_text_add(&page->out, "</div>\n");
}

/* ---- which, and by how much --------------------------------------------------------------------------------------------- */

static void statement_cell(park_page *page, const park_statement *s)
{
    char zh[400], en[400], place[40];
    park_statement_text(page->model, s->path, true, zh, sizeof zh);
    park_statement_text(page->model, s->path, false, en, sizeof en);
    park_page_cell(page);
    park_page_label(page, (park_label){.zh = zh, .en = en}, s->path);
    park_text_add(&page->out, "<br><small>");
    if (s->file != NULL) {
        park_page_text(page, s->file);
        snprintf(place, sizeof place, ":%d ", s->line);
        park_page_text(page, place);
    }
    park_page_text(page, s->path);
    if (s->text != NULL && s->text[0] != '\0') {
        park_text_add(&page->out, ": ");
        park_page_text(page, s->text);
    }
    park_text_add(&page->out, "</small></td>");
}

static void amount_cell(park_page *page, park_worth_of of, park_dimension dim, double value)
{
    char zh[400], en[400];
    park_statement_amount(of, dim, value, true, zh, sizeof zh);
    park_statement_amount(of, dim, value, false, en, sizeof en);
    park_text_add(&page->out, "<td class=\"n\">");
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</td>");
}

/* A difference of a rate is points, of anything else what the value is in. */
static void difference_cell(park_page *page, park_worth_of of, park_dimension dim, double value)
{
    char zh[96], en[96];
    if (of != PARK_WORTH_RATE || !isfinite(value)) {
        amount_cell(page, of, dim, value);
        return;
    }
    snprintf(zh, sizeof zh, "%.4g 个百分点", value * 100.0);
    snprintf(en, sizeof en, "%.4g points", value * 100.0);
    park_text_add(&page->out, "<td class=\"n\">");
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</td>");
}

static park_worth_line kind_of(const park_page *page, const park_conflict_line *line)
{
    park_worth_line kind = {0};
    park_statement_unit(page->model, page->model->statement[line->statement].path, line->asked, &kind);
    return kind;
}

static void which(park_page *page)
{
    static const char *const TITLES[] = {"条款",
                                         "statement",
                                         "要求",
                                         "asked>",
                                         "同时放宽时缺口",
                                         "missed when all may give>",
                                         "仅此一项放宽时缺口",
                                         "missed when it alone gives>",
                                         NULL};
    const park_design       *design   = page->record->design;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "哪些条款互相矛盾，差多少", "Which statements conflict, and by how much");
    park_text_add(&page->out, "</h3>\n<p class=\"note\">");
    if (design->conflict_irreducible)
        park_page_both(
            page,
            "以下条款不能同时满足；去掉其中任何一项，其余各项就不再矛盾。缺口按各条款自身的单位计，由放"
            "宽后的优化问题得出；“—”表示求不出，或仅此一项放宽不够。",
            "These statements cannot hold together; without any one of them the others can. What is "
            "missed is in each statement's own unit, from the problem with statements elastic; a "
            "dash: not known, or not enough alone.");
    else
        park_page_both(
            page,
            "以下条款不能同时满足；其中可能有多余的（限额之内未能逐项证明）。缺口按各条款自身的单位计；"
            "“—”表示求不出，或仅此一项放宽不够。",
            "These statements cannot hold together; some may be superfluous, which could not be "
            "proven within the limits. What is missed is in each statement's own unit; a dash: not "
            "known, or not enough alone.");
    park_text_add(&page->out, "</p>\n");
    park_page_table(page, TITLES);
    for (size_t i = 0; i < design->conflicts; i++) {
        const park_conflict_line *line = &design->conflict[i];
        park_worth_line           kind = kind_of(page, line);
        park_page_row(page);
        statement_cell(page, &page->model->statement[line->statement]);
        amount_cell(page, kind.of, kind.dim, line->asked);
        difference_cell(page, kind.of, kind.dim, line->missed);
        difference_cell(page, kind.of, kind.dim, line->relaxation);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

/* ---- the ways out ---------------------------------------------------------------------------------------------------------- */

/* From what is asked (left) outwards: proven not enough is hatched dark, enough is the mark at the right. */
static void drawing(park_page *page, const park_relief *r)
{
    static const double FULL = 140.0;
    double              far  = isnan(r->by) ? r->least : fmax(fabs(r->by), r->least);
    double              bad  = far > 0.0 ? FULL * fmin(r->least / far, 1.0) : FULL;
    park_text_printf(
        &page->out,
        "<td><svg class=\"gauge\" viewBox=\"0 0 150 14\" aria-hidden=\"true\"><path d=\"M1 3h%.1fv8h-%.1fz\" "
        "fill=\"#e6ebf0\"/><path d=\"M1 3h%.1fv8h-%.1fz\" fill=\"#b3261e\"/>",
        FULL, FULL, bad, bad);
    if (r->kind == PARK_RELIEF_FOUND)
        park_text_printf(&page->out, "<path d=\"M%.1f 0l5 7-5 7-5-7z\" fill=\"#1a7f4b\"/>", FULL + 4.0);
    park_text_add(&page->out, "</svg></td>");
}

static void verdict(park_page *page, const park_relief *r)
{
    static const struct {
        const char *class, *zh, *en;
    } SAID[] = {
        [PARK_RELIEF_FOUND] = {"good", "✓ 已求得方案", "✓ a plan was found"},
        [PARK_RELIEF_AT_LEAST] = {"", "更多是否足够，未能证明", "whether more is enough was not shown"},
        [PARK_RELIEF_NONE]    = {"bad", "✗ 只改此项不够", "✗ not enough alone"},
        [PARK_RELIEF_UNTRIED] = {"", "未计算：限额", "not computed: the limits"}};
    park_text_printf(&page->out, "<td class=\"%s\">", SAID[r->kind].class);
    park_page_both(page, SAID[r->kind].zh, SAID[r->kind].en);
    park_text_add(&page->out, "</td>");
}

static int cheaper(const park_relief *a, const park_relief *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->cost < b->cost ? -1 : a->cost > b->cost;
}

static void way(park_page *page, const park_relief *r)
{
    park_objective_text text = park_objective_text_of(page->record->design->objective_kind);
    park_page_row(page);
    statement_cell(page, &page->model->statement[r->statement]);
    amount_cell(page, r->of, r->dim, r->asked);
    amount_cell(page, r->of, r->dim, r->kind == PARK_RELIEF_FOUND ? r->asked + r->by : NAN);
    difference_cell(page, r->of, r->dim, r->kind == PARK_RELIEF_FOUND ? r->by : NAN);
    difference_cell(page, r->of, r->dim, r->least > 0.0 ? r->least : NAN);
    drawing(page, r);
    park_page_cell_number(page, r->cost / text.si, 2);
    verdict(page, r);
    park_page_row_end(page);
}

static void ways_out(park_page *page)
{
    const park_design  *design = page->record->design;
    park_objective_text text   = park_objective_text_of(design->objective_kind);
    const park_relief **order  = PARK_ARRAY(page->arena, design->reliefs, const park_relief *);
    char                zh[120], en[120];
    snprintf(zh, sizeof zh, "届时目标值（%s）", park_label_text(text.shown, true));
    snprintf(en, sizeof en, "objective then (%s)>", park_label_text(text.shown, false));
    const char *const titles[] = {"条款",     "statement", "现要求",    "asked now>", "改为",
                                  "make it>", "改变",      "moved by>", "已证明不够", "proven too little>",
                                  "",         "",          zh,          en,           "结论",
                                  "verdict",  NULL};
    if (order == NULL) {
        page->out.failed = true;
        return;
    }
    for (size_t i = 0; i < design->reliefs; i++) {
        size_t at = i;
        for (; at > 0 && cheaper(order[at - 1], &design->relief[i]) > 0; at--)
            order[at] = order[at - 1];
        order[at] = &design->relief[i];
    }
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "出路：每次只改一项", "Ways out, by one statement alone");
    park_text_add(&page->out, "</h3>\n<p class=\"note\">");
    park_page_both(
        page,
        "其余条款全部照旧，只改这一项，对整个园区重新优化。绿标：改到此处即有方案；红色：改变这么多已证明仍无"
        "方案"
        "（相差不超过千分之一，除非限额先到）。目标值是届时求得方案的目标值。",
        "All other statements stand, this one is moved, and the whole park is optimized again. The green "
        "mark: moved so far, a plan was found. Red: moved so far, there is proven to be none (within a "
        "thousandth, unless a limit came first). The objective is that of the plan found.");
    park_text_add(&page->out, "</p>\n");
    park_page_table(page, titles);
    for (size_t i = 0; i < design->reliefs; i++)
        way(page, order[i]);
    park_page_table_end(page);
}

void park_page_conflict(park_page *page)
{
    const park_design *design = page->record->design;
    park_page_section(page, "verdict", "结论：没有方案能同时满足全部要求",
                      "Verdict: no design meets all that is asked");
    cards(page);
    park_text_add(&page->out, "<p class=\"bad\">");
    park_page_both(
        page,
        "按本情景所写，任何设备、管线与配水安排都不能同时满足全部要求；这不是没有找到，而是已证明不存在。因此"
        "没有方"
        "案、没有模拟，也没有结果文件。",
        "As the scenario is written, no choice of plants, pipes and flows can meet all that is asked: this "
        "is "
        "a proof, not a search that failed. So there is no plan, no simulation and no result file.");
    park_text_add(&page->out, "</p>\n");
    if (design->conflicts == 0) {
        park_text_add(&page->out, "<p>");
        park_page_both(page, "水量与物质平衡本身已无解，没有哪一项条款可以单独放宽。",
                       "The balances of water and matter alone have no solution; no statement can give way.");
        park_text_add(&page->out, "</p>\n");
    } else {
        if (design->reliefs > 0)
            ways_out(page);
        which(page);
    }
    park_page_section_end(page);
}
