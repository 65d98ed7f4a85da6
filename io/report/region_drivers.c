/* region_drivers.c - what the uncertainty comes from, and what if a measure did not happen. */
#include "report/number.h"
#include "report/region_sections.h"

#include <math.h>
#include <stdlib.h>

typedef struct ranked {
    size_t factor;
    double share;
} ranked;

static int by_share(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return x->share < y->share   ? 1
           : x->share > y->share ? -1
                                 : (x->factor > y->factor) - (x->factor < y->factor);
}

enum { SHOWN_MOST = 5 };

/* The largest shares of a target, as far as they are shown; how many. */
static size_t rank(const park_region_sheet *s, size_t t, ranked *list)
{
    size_t shown = 0;
    for (size_t f = 0; f < s->p->factors; f++)
        list[f] = (ranked){f, s->p->share[t * s->p->factors + f]};
    qsort(list, s->p->factors, sizeof *list, by_share);
    while (shown < s->p->factors && shown < SHOWN_MOST && list[shown].share >= 0.01)
        shown++;
    return shown;
}

/* Is a target moved by the same factors, to the percent that is printed? */
static bool alike(const ranked *a, size_t shown, const ranked *b, size_t other)
{
    bool same = shown == other;
    for (size_t i = 0; same && i < shown; i++)
        same = a[i].factor == b[i].factor && fabs(a[i].share - b[i].share) < 0.005;
    return same;
}

/* A row of the targets from `t` on that are moved alike; how many. list, next: room for all factors. */
static size_t drivers_of(const park_region_sheet *s, size_t t, ranked *list, ranked *next)
{
    size_t shown = rank(s, t, list), count = 1;
    double rest = 1.0;
    park_page_row(s->page);
    park_page_cell(s->page);
    park_page_label(s->page, s->region->target[t].label, s->region->target[t].id);
    for (; t + count < s->region->targets && alike(list, shown, next, rank(s, t + count, next)); count++) {
        park_region_both(s, "、", ", ");
        park_page_label(s->page, s->region->target[t + count].label, s->region->target[t + count].id);
    }
    park_region_add(s, "</td>");
    park_page_cell(s->page);
    for (size_t i = 0; i < shown; i++) {
        char percent[64];
        park_number_print(100.0 * list[i].share, 0, percent, sizeof percent);
        park_region_add(s, i > 0 ? "<br>" : "");
        park_page_label(
            s->page, park_region_factor_label(s->region, &s->p->factor[list[i].factor], s->page->arena), "");
        park_text_printf(&s->page->out, " %s%%", percent);
        rest -= list[i].share;
    }
    if (shown == 0)
        park_region_both(s, "该目标不随抽样变化", "the draws do not move it");
    park_region_add(s, "</td>");
    park_page_cell_number(s->page, shown > 0 ? 100.0 * fmax(rest, 0.0) : NAN, 0);
    park_page_row_end(s->page);
    return count;
}

void park_region_section_drivers(const park_region_sheet *s)
{
    static const char *const TITLES[] = {
        "目标",         "target", "主要来源（占方差）", "what moves it (share of the variance)", "其余，%",
        "the rest, %>", NULL};
    ranked *list = PARK_ARRAY(s->page->arena, s->p->factors + 1, ranked),
           *next = PARK_ARRAY(s->page->arena, s->p->factors + 1, ranked);
    if (list == NULL || next == NULL || s->region->draws == 0 || s->region->targets == 0)
        return;
    park_page_section(s->page, "drivers", "结果的不确定性从哪里来", "Where the uncertainty comes from");
    park_page_table(s->page, TITLES);
    for (size_t t = 0; t < s->region->targets;)
        t += drivers_of(s, t, list, next);
    park_page_table_end(s->page);
    park_region_paragraph(
        s, " class=\"note\"", "份额为各抽样因素与目标值相关系数的平方；小于 1% 的与非线性部分合并为“其余”。",
        "Squared correlation of each drawn factor with the target's value; what is below 1 % or not "
        "linear is the rest.");
    park_page_section_end(s->page);
}

/* Which measures, since when, of whom, adopted how far. */
static void list_measures(const park_region_sheet *s)
{
    static const char *const TITLES[] = {"措施",     "measure",     "起始年",       "start>", "成员数",
                                         "members>", "推广中值，%", "adoption, %>", NULL};
    park_page_table(s->page, TITLES);
    for (size_t k = 0; k < s->region->measures; k++) {
        const park_region_measure *measure = &s->region->measure[k];
        double middle = fmin(fmax(park_distribution_quantile(&measure->adoption, 0.5), 0.0), 1.0);
        park_page_row(s->page);
        park_region_cell_label(s, measure->label);
        park_page_cell_number(s->page, measure->start, 0);
        park_page_cell_number(s->page, (double)measure->members, 0);
        park_page_cell_number(s->page, 100.0 * middle, 0);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
}

/* Measures that act in the projection; those that an allocation may choose do not. */
static bool acts(const park_region_sheet *s, size_t k)
{
    return park_distribution_quantile(&s->region->measure[k].adoption, 0.5) > 0.0;
}

void park_region_section_measures(const park_region_sheet *s)
{
    const park_region *region = s->region;
    if (region->measures == 0)
        return;
    const char **titles = PARK_ARRAY(s->page->arena, 2 * region->measures + 5, const char *);
    size_t       n      = 0;
    if (titles == NULL) {
        s->page->status = PARK_FAIL(s->page->err, PARK_E_MEMORY, "no memory for the report");
        return;
    }
    park_page_section(s->page, "measures", "没有这项措施会怎样", "What if a measure did not happen");
    list_measures(s);
    titles[n++] = "目标（中值）", titles[n++] = "target (central)", titles[n++] = "全部措施",
    titles[n++] = "all measures>";
    for (size_t k = 0; k < region->measures; k++)
        if (acts(s, k)) {
            titles[n++] = park_arena_printf(s->page->arena, "不含：%s",
                                            park_label_text(region->measure[k].label, true));
            titles[n++] = park_arena_printf(s->page->arena, "without %s>",
                                            park_label_text(region->measure[k].label, false));
        }
    titles[n] = NULL;
    park_page_table(s->page, titles);
    for (size_t t = 0; t < region->targets; t++) {
        const park_region_target *target = &region->target[t];
        double                    si     = park_region_subject_si(region, &target->subject);
        int                       d      = park_region_subject_decimals(&target->subject);
        if (!s->p->attainment[t].known)
            continue;
        park_page_row(s->page);
        park_region_cell_label(s, target->label);
        park_page_cell_number(s->page, s->p->attainment[t].value / si, d);
        for (size_t k = 0; k < region->measures; k++)
            if (acts(s, k))
                park_page_cell_number(s->page, s->p->what_if[t * region->measures + k] / si, d);
        park_page_row_end(s->page);
    }
    park_page_table_end(s->page);
    if (s->record->allocation != NULL)
        park_region_paragraph(s, " class=\"note\"",
                              "推广 0% 的措施由“分配”一章选择，不在预测之中；选中后的结果见该章。",
                              "Measures adopted by 0 % are chosen in the chapter Allocation, not assumed in "
                              "the projection; what "
                              "the chosen ones reach stands there.");
    park_page_section_end(s->page);
}
