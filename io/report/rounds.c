/* The rounds of optimizing and simulating: what each contradicted, by class, and which round put it right. */
#include "report/page.h"

#include "indicator_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* One contradiction through the rounds. */
typedef struct course {
    park_contradiction what;
    int32_t            unit, link, constituent;
    int                first, last; /* rounds in which it was found */
    double             worst;       /* relative, in any round */
} course;

enum { COURSES_MOST = 400, COURSES_SHOWN = 60 };

static size_t count_of(const park_round *round, park_contradiction what)
{
    size_t count = 0;
    for (size_t i = 0; i < round->violations && round->violation != NULL; i++)
        count += park_contradiction_of(&round->violation[i]) == what;
    return count;
}

static void each(park_page *page)
{
    static const char *const TITLES[] = {
        "轮次",      "round",          "目标值",    "objective>",   "下界",
        "bound>",    "间隙",           "gap>",      "水量与能力",   "capacity>",
        "水质峰值",  "quality peaks>", "调蓄",      "storage>",     "水压",
        "pressure>", "回收量",         "recovery>", "最大相对偏差", "worst, relative>",
        "收紧项",    "tightened>",     NULL};
    park_page_table(page, TITLES);
    for (size_t i = 0; i < page->record->rounds; i++) {
        const park_round *round = &page->record->round[i];
        park_text_printf(&page->out, "<tr><td>%d", round->number);
        park_page_cell_number(page, round->objective, 0);
        park_page_cell_number(page, round->bound, 0);
        park_text_add(&page->out, "<td class=\"n\">");
        park_page_number(page, 100.0 * round->gap, 2);
        park_text_add(&page->out, " %");
        for (int what = 0; what < PARK_CONTRADICTIONS; what++)
            park_text_printf(&page->out, "<td class=\"n\">%zu", count_of(round, (park_contradiction)what));
        park_text_add(&page->out, "<td class=\"n\">");
        park_page_number(page, 100.0 * round->worst_share, 2);
        park_text_printf(&page->out, " %%<td class=\"n\">%zu", round->margins);
        park_page_row_end(page);
    }
    park_page_table_end(page);
    if (page->record->design == NULL || page->record->design->unit == NULL)
        return;
    char        zh[96], en[96];
    const char *unit = page->record->design->unit;
    snprintf(zh, sizeof zh, "目标值与下界的单位：%s。", park_objective_unit_text(unit, true));
    snprintf(en, sizeof en, "Objective and bound in %s.", park_objective_unit_text(unit, false));
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</p>\n");
}

static double relative(const park_violation *v)
{
    return v->limit > 0.0 ? fabs(v->simulated - v->limit) / v->limit : NAN;
}

static bool same(const course *c, const park_violation *v)
{
    return c->what == park_contradiction_of(v) && c->unit == v->unit && c->link == v->link &&
           c->constituent == v->constituent;
}

/* In the order in which they were first found. */
static size_t gather(const park_page *page, course *list)
{
    size_t count = 0;
    for (size_t r = 0; r < page->record->rounds; r++) {
        const park_round *round = &page->record->round[r];
        for (size_t i = 0; i < round->violations && round->violation != NULL; i++) {
            const park_violation *v  = &round->violation[i];
            size_t                at = 0;
            while (at < count && !same(&list[at], v))
                at++;
            if (at == COURSES_MOST)
                continue;
            if (at == count)
                list[count++] = (course){park_contradiction_of(v),
                                         v->unit,
                                         v->link,
                                         v->constituent,
                                         round->number,
                                         round->number,
                                         relative(v)};
            list[at].last  = round->number;
            list[at].worst = fmax(list[at].worst, relative(v));
        }
    }
    return count;
}

/* Is it still there in the simulation that stands? */
static bool stays(const park_page *page, const course *c)
{
    const park_simulation *s = page->record->simulation;
    for (size_t i = 0; s != NULL && i < s->violations; i++)
        if (same(c, &s->violation[i]))
            return true;
    return false;
}

static void outcome(park_page *page, const course *c)
{
    char zh[96], en[96];
    if (stays(page, c)) {
        park_page_both(page, "仍存在", "still there");
        return;
    }
    snprintf(zh, sizeof zh, "第 %d 轮已消除", c->last + 1);
    snprintf(en, sizeof en, "put right in round %d", c->last + 1);
    park_page_both(page, zh, en);
}

static void courses(park_page *page)
{
    static const char *const TITLES[] = {"偏差类别", "class",           "对象",         "where",
                                         "指标",     "constituent",     "最大相对偏差", "worst, relative>",
                                         "出现轮次", "found in rounds", "结果",         "outcome",
                                         NULL};
    course                  *list     = PARK_ARRAY(page->arena, COURSES_MOST, course);
    size_t                   count    = list == NULL ? 0 : gather(page, list);
    if (list == NULL)
        page->out.failed = true;
    if (count == 0)
        return;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "各轮修正了什么", "What each round put right");
    park_text_add(&page->out, "</h3>\n");
    park_page_table(page, TITLES);
    for (size_t i = 0; i < count && i < COURSES_SHOWN; i++) {
        const course *c = &list[i];
        park_page_row(page);
        park_page_cell(page);
        park_page_label(page, park_contradiction_label(c->what), "");
        park_page_cell(page);
        if (c->unit >= 0)
            park_page_unit(page, c->unit);
        else if (c->link >= 0)
            park_page_text(page, page->model->link[c->link].id);
        park_page_cell(page);
        if (c->constituent >= 0)
            park_page_label(page, page->model->constituent[c->constituent].label,
                            page->model->constituent[c->constituent].id);
        park_text_add(&page->out, "<td class=\"n\">");
        park_page_number(page, 100.0 * c->worst, 2);
        park_text_printf(&page->out, "%s<td>%d–%d", isfinite(c->worst) ? " %" : "", c->first, c->last);
        park_page_cell(page);
        outcome(page, c);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

void park_page_rounds(park_page *page)
{
    each(page);
    courses(page);
}

void park_page_courses(park_page *page, int32_t unit)
{
    course *list  = PARK_ARRAY(page->arena, COURSES_MOST, course);
    size_t  count = list == NULL ? 0 : gather(page, list), shown = 0;
    for (size_t i = 0; i < count && shown < 3; i++) {
        if (list[i].unit != unit)
            continue;
        park_text_add(&page->out, shown++ > 0 ? "; " : "");
        park_page_label(page, park_contradiction_label(list[i].what), "");
        if (list[i].constituent >= 0) {
            park_text_add(&page->out, " ");
            park_page_text(page, page->model->constituent[list[i].constituent].id);
        }
        park_page_both(page, "：", ": ");
        outcome(page, &list[i]);
    }
}
