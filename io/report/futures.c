/* The futures that the design was made for: what was drawn, what it costs in each, what knowing them was worth. */
#include "report/page.h"

#include "objective_text.h"

#include <math.h>
#include <stdio.h>

static void head(park_page *page, const park_outlook *o)
{
    const char              *titles[64];
    size_t                   n       = 0;
    park_objective_text      text    = park_objective_text_of(o->kind);
    static const char *const FIRST[] = {"未来", "future", "概率", "probability>"};
    static const char *const LAST[]  = {"本方案",
                                        "this design>",
                                        "该未来单独最优",
                                        "best for this future alone>",
                                        "遗憾（至多）",
                                        "regret, at most>",
                                        "按情景所写最优的方案",
                                        "design that is best as written>",
                                        "取水量（万m³/a）",
                                        "fresh water (10⁴ m³/a)>"};
    (void)text;
    for (size_t i = 0; i < 4; i++)
        titles[n++] = FIRST[i];
    for (size_t i = 0; i < o->uncertains && n + 14 < sizeof titles / sizeof titles[0]; i++) {
        titles[n++] = o->uncertain[i].path;
        titles[n++] = park_arena_printf(page->arena, "%s>", o->uncertain[i].path);
    }
    for (size_t i = 0; i < 10; i++)
        titles[n++] = LAST[i];
    titles[n] = NULL;
    park_page_table(page, titles);
}

static void cell_of_nominal(park_page *page, const park_future *f, double si)
{
    if (!isinf(f->nominal)) {
        park_page_cell_number(page, f->nominal / si, 2);
        return;
    }
    park_page_cell(page);
    park_page_both(page, "不可行", "fails");
    park_text_add(&page->out, "</td>");
}

void park_page_future(park_page *page, size_t w)
{
    park_page_cell(page);
    if (w == 0)
        park_page_both(page, "按情景所写", "as written");
    else
        park_text_printf(&page->out, "%zu", w);
    park_text_add(&page->out, "</td>");
}

static void rows(park_page *page, const park_outlook *o)
{
    double si = park_objective_text_of(o->kind).si;
    head(page, o);
    for (size_t w = 0; w < o->futures; w++) {
        const park_future *f = &o->future[w];
        park_page_row(page);
        park_page_future(page, w);
        park_page_cell_number(page, f->probability, 3);
        for (size_t i = 0; i < o->uncertains && i < 23; i++) {
            park_text_add(&page->out, "<td class=\"n\">");
            park_page_quantity(page, f->drawn[i], o->uncertain[i].change.field->dim);
            park_text_add(&page->out, "</td>");
        }
        park_page_cell_number(page, f->value[o->kind] / si, 2);
        park_page_cell_number(page, f->best / si, 2);
        park_page_cell_number(page, f->regret / si, 2);
        cell_of_nominal(page, f, si);
        park_page_cell_number(page, f->value[PARK_MIN_FRESH_WATER] * 1e-4, 2);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

/* What it is worth to have planned for the futures, and what it costs if all comes as written. */
static void worth(park_page *page, const park_outlook *o)
{
    park_objective_text text   = park_objective_text_of(o->kind);
    double              mine   = o->robust == PARK_ROBUST_WORST    ? o->worst
                                 : o->robust == PARK_ROBUST_REGRET ? o->regret
                                                                   : o->mean;
    double              theirs = o->robust == PARK_ROBUST_WORST    ? o->nominal_worst
                                 : o->robust == PARK_ROBUST_REGRET ? o->nominal_regret
                                                                   : o->nominal_mean;
    char                zh[400], en[400];
    if (o->fails > 0) {
        snprintf(zh, sizeof zh, "按情景所写最优的方案在 %zu 种未来中无法运行。", o->fails);
        snprintf(en, sizeof en, "The design that is best as written cannot work in %zu of the futures. ",
                 o->fails);
        park_page_both(page, zh, en);
    } else if (isfinite(theirs)) {
        snprintf(zh, sizeof zh, "与按情景所写最优的方案相比，本方案在所求指标上少 %.2f %s。",
                 (theirs - mine) / text.si, text.shown.zh);
        snprintf(en, sizeof en,
                 "Against the design that is best as written it gains %.2f %s in what was asked for. ",
                 (theirs - mine) / text.si, text.shown.en);
        park_page_both(page, zh, en);
    }
    if (isfinite(o->alone)) {
        double price = o->future[0].value[o->kind] - o->alone;
        snprintf(zh, sizeof zh, "若一切如情景所写，稳健的代价为 %.2f %s。", price / text.si, text.shown.zh);
        snprintf(en, sizeof en, "If all comes as written, robustness costs %.2f %s.", price / text.si,
                 text.shown.en);
        park_page_both(page, zh, en);
    }
}

void park_page_futures(park_page *page)
{
    const park_design *design = page->record->design;
    if (design == NULL || design->outlook == NULL)
        return;
    const park_outlook *o    = design->outlook;
    park_objective_text text = park_objective_text_of(o->kind);
    char                zh[500], en[600];
    park_page_section(page, "futures", "多种未来", "Futures");
    snprintf(zh, sizeof zh,
             "规模、管道与措施%s在未来揭晓之前决定，对所有未来都成立；运行随未来而定。期望 %.2f，最坏 "
             "%.2f（%s；%s）。"
             "概率为 0 的“按情景所写”只须可行，其运行方案见本报告。",
             design->staging != NULL ? "及其年份" : "", o->mean / text.si, o->worst / text.si, text.shown.zh,
             text.label.zh);
    snprintf(en, sizeof en,
             "Sizes, pipes and retrofits%s are decided before the future is known and serve all of them; how "
             "the park "
             "runs follows the future. Mean %.2f, worst %.2f (%s; %s). The park as written has to work even "
             "where its "
             "probability is 0; its plan is that of this report. ",
             design->staging != NULL ? ", and their years," : "", o->mean / text.si, o->worst / text.si,
             text.shown.en, text.label.en);
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page, zh, en);
    worth(page, o);
    park_text_add(&page->out, "</p>\n");
    rows(page, o);
    park_page_section_end(page);
}
