/* What one unit more of each statement is worth, as a table of the page. */
#include "report/page.h"

#include "objective_text.h"
#include "worth_text.h"

#include <math.h>
#include <stdio.h>

enum { SHOWN = 24 };

static void head(park_page *page, const park_worth *worth)
{
    park_objective_text text = park_objective_text_of(worth->objective_kind);
    char                looser[2][160], tighter[2][160], dual[2][160];
    snprintf(looser[0], sizeof looser[0], "放宽一个单位的年节省（%s）", text.shown.zh);
    snprintf(looser[1], sizeof looser[1], "one unit looser saves (%s)>", text.shown.en);
    snprintf(tighter[0], sizeof tighter[0], "收紧一个单位的年增加（%s）", text.shown.zh);
    snprintf(tighter[1], sizeof tighter[1], "one unit tighter costs (%s)>", text.shown.en);
    snprintf(dual[0], sizeof dual[0], "对偶值（%s）", text.shown.zh);
    snprintf(dual[1], sizeof dual[1], "by the dual (%s)>", text.shown.en);
    const char *const titles[] = {"条款",
                                  "statement",
                                  "现值",
                                  "value>",
                                  "单位",
                                  "unit",
                                  looser[0],
                                  looser[1],
                                  tighter[0],
                                  tighter[1],
                                  dual[0],
                                  dual[1],
                                  "至少适用到（单位）",
                                  "holds to (units)>",
                                  NULL};
    park_page_table(page, titles);
}

static void row(park_page *page, const park_worth_line *line, double si)
{
    park_worth_text unit = park_worth_text_of(line->of);
    park_page_row(page);
    park_page_cell(page);
    park_page_text(page, line->path);
    if (line->place.file != NULL && line->place.line > 0) {
        char place[32];
        park_text_add(&page->out, "<br><small>");
        park_page_text(page, line->place.file);
        snprintf(place, sizeof place, ":%d ", line->place.line);
        park_page_text(page, place);
        park_page_text(page, line->place.text);
        park_text_add(&page->out, "</small>");
    }
    park_text_add(&page->out, "</td>");
    if (line->of == PARK_WORTH_SHARE) {
        park_text_add(&page->out, "<td class=\"n\">");
        park_page_quantity(page, line->asked, line->dim);
        park_text_add(&page->out, "</td>");
    } else {
        park_page_cell_number(page, line->asked / unit.si, unit.places);
    }
    park_page_cell(page);
    park_page_label(page, unit.unit, "");
    park_text_add(&page->out, "</td>");
    park_page_cell_number(page, line->looser / si, 3);
    if (isinf(line->tighter)) {
        park_text_add(&page->out, "<td class=\"n\">");
        park_page_both(page, "无方案", "no plan");
        park_text_add(&page->out, "</td>");
    } else {
        park_page_cell_number(page, line->tighter / si, 3);
    }
    park_page_cell_number(page, line->dual / si, 3);
    park_page_cell_number(page, line->holds / line->unit, 2);
    park_page_row_end(page);
}

/* Worth nothing both ways is no news. */
static bool tells(const park_worth_line *line)
{
    return !(line->looser == 0.0 && line->tighter == 0.0);
}

void park_page_worth(park_page *page)
{
    const park_design *design = page->record->design;
    if (design == NULL || design->worth == NULL)
        return;
    const park_worth *worth = design->worth;
    double            si    = park_objective_text_of(worth->objective_kind).si;
    size_t            told = 0, silent = 0;
    park_page_section(page, "worth", "条款的价值", "What statements are worth");
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(
        page,
        "已建内容不变、水量与水质重新求解：各项用足的能力、限值、许可与目标每变动一个单位，年目标值变动多少。"
        "数值为移动该条款后重新求解所得，对偶值仅供核对；二者在约束退化处可以不同。现值为用户所写，不含修正裕"
        "量。",
        "With what is built kept, flows and qualities solved again: by how much the yearly objective moves "
        "with "
        "one unit of each capacity, limit, licence and target that is used up. The figures are those of "
        "solving "
        "again with the statement moved; duals are a check, and may differ where constraints are degenerate. "
        "Values are the user's, without margins of repair.");
    if (worth->open > 0) {
        park_label why = park_worth_open_text(worth);
        char       zh[120], en[120];
        snprintf(zh, sizeof zh, "%zu 项%s。", worth->open, why.zh);
        snprintf(en, sizeof en, " %zu of %zu lines %s.", worth->open, worth->lines, why.en);
        park_page_both(page, zh, en);
    } else if (!worth->complete) {
        park_page_both(page, "限额之内未能逐项重新求解。",
                       " Not every line could be solved again within the limits.");
    }
    if (!worth->stationary) {
        park_label why = park_worth_duals_text(worth);
        park_text_add(&page->out, " ");
        park_page_both(page, why.zh, why.en);
        park_page_both(page, "。", ".");
    }
    park_text_add(&page->out, "</p>\n");
    head(page, worth);
    for (size_t i = 0; i < worth->lines; i++)
        if (tells(&worth->line[i]) && told < SHOWN)
            row(page, &worth->line[i], si), told++;
        else
            silent++;
    park_page_table_end(page);
    if (silent > 0) {
        char zh[160], en[160];
        snprintf(zh, sizeof zh, "另有 %zu 项（多为双向均无影响），见 sensitivity.csv。", silent);
        snprintf(en, sizeof en, "%zu more, most of them worth nothing either way, in sensitivity.csv.",
                 silent);
        park_text_add(&page->out, "<p class=\"note\">");
        park_page_both(page, zh, en);
        park_text_add(&page->out, "</p>\n");
    }
    park_page_section_end(page);
}
