/* The front of two objectives: each point with what is proven of it, the knee, and the same as a table. */
#include "report/plot.h"

#include "objective_text.h"

#include <math.h>
#include <stdio.h>

static park_axis axis_of(const park_front *front, int which)
{
    park_objective_text text = park_objective_text_of(front->kind[which]);
    double              lo = INFINITY, hi = -INFINITY;
    for (size_t i = 0; i < front->points; i++) {
        lo = fmin(lo, front->point[i].value[which]);
        hi = fmax(hi, front->point[i].value[which]);
    }
    return park_axis_over(text.label, text.shown, text.si, lo, hi);
}

/* From a point down and to the left as far as no design is excluded by proof; to the edge where nothing is proven. */
static void proof(park_page *page, const park_front_point *p, const park_axis *x, const park_axis *y)
{
    double px = park_axis_across(x, p->value[0]), py = park_axis_down(y, p->value[1]);
    double left = park_axis_across(x, x->from * x->si), bottom = park_axis_down(y, y->from * y->si);
    double bx = isfinite(p->bound[0]) ? fmax(left, park_axis_across(x, p->bound[0])) : left;
    double by = isfinite(p->bound[1]) ? fmin(bottom, park_axis_down(y, p->bound[1])) : bottom;
    park_text_printf(&page->out, "<path class=\"bound\" d=\"M%.1f %.1fV%.1fm-4 0h8M%.1f %.1fH%.1fm0 -4v8\"/>",
                     px, py, by, px, py, bx);
}

static void dot(park_page *page, const park_front *front, size_t i, const park_axis *x, const park_axis *y)
{
    const park_front_point *p    = &front->point[i];
    bool                    knee = (int32_t)i == front->knee;
    double px = park_axis_across(x, p->value[0]), py = park_axis_down(y, p->value[1]), r = knee ? 7.0 : 4.0;
    park_text_printf(
        &page->out,
        "<path class=\"%s\" d=\"M%.1f %.1fa%.0f %.0f 0 1 0 %.0f 0a%.0f %.0f 0 1 0 -%.0f 0z\"><title>",
        knee ? "knee" : "point", px - r, py, r, r, 2.0 * r, r, r, 2.0 * r);
    park_text_printf(&page->out, "%zu: ", i + 1);
    park_page_number(page, p->value[0] / x->si, 4);
    park_text_printf(&page->out, " %s, ", park_label_text(x->unit, page->zh_first));
    park_page_number(page, p->value[1] / y->si, 4);
    park_text_printf(&page->out, " %s</title></path>\n", park_label_text(y->unit, page->zh_first));
    if (knee)
        park_plot_text(page, px + 11.0, py - 9.0, " font-weight=\"600\"", "拐点", "knee");
}

static void drawing(park_page *page, const park_front *front)
{
    park_axis x = axis_of(front, 0), y = axis_of(front, 1);
    park_plot_open(page, "front", &x, &y);
    park_text_add(&page->out, "<path class=\"front\" d=\"");
    for (size_t i = 0; i < front->points; i++)
        park_text_printf(&page->out, "%c%.1f %.1f", i == 0 ? 'M' : 'L',
                         park_axis_across(&x, front->point[i].value[0]),
                         park_axis_down(&y, front->point[i].value[1]));
    park_text_add(&page->out, "\"/>\n");
    for (size_t i = 0; i < front->points; i++)
        proof(page, &front->point[i], &x, &y);
    for (size_t i = 0; i < front->points; i++)
        dot(page, front, i, &x, &y);
    park_text_add(&page->out, "</svg>\n");
}

static void mark(park_page *page, const park_front *front, size_t i)
{
    park_text_printf(&page->out, "<td>%zu", i + 1);
    if ((int32_t)i == front->knee)
        park_page_both(page, "（拐点）", " (knee)");
    if ((int32_t)i == front->chosen)
        park_page_both(page, "，本报告的方案", ", the design of this report");
    park_text_add(&page->out, "</td>");
}

static void rows(park_page *page, const park_front *front)
{
    park_objective_text a             = park_objective_text_of(front->kind[0]),
                        b             = park_objective_text_of(front->kind[1]);
    const park_objective_text *text[] = {&a, &b};
    char                       head[4][128];
    for (int i = 0; i < 2; i++) {
        snprintf(head[2 * i], sizeof head[0], "%s（%s）", text[i]->label.zh, text[i]->shown.zh);
        snprintf(head[2 * i + 1], sizeof head[0], "%s (%s)>", text[i]->label.en, text[i]->shown.en);
    }
    const char *const titles[] = {
        "点",    "point", head[0], head[1],  "下界",      "bound>",   "间隙（%）",    "gap (%)>",
        head[2], head[3], "下界",  "bound>", "间隙（%）", "gap (%)>", "投资（万元）", "investment (10⁴ CNY)>",
        NULL};
    park_page_table(page, titles);
    for (size_t i = 0; i < front->points; i++) {
        const park_front_point *p = &front->point[i];
        park_page_row(page);
        mark(page, front, i);
        for (int k = 0; k < 2; k++) {
            park_page_cell_number(page, p->value[k] / text[k]->si, 3);
            park_page_cell_number(page, p->bound[k] / text[k]->si, 3);
            park_page_cell_number(page, 100.0 * p->gap[k], 3);
        }
        park_page_cell_number(page, p->design->investment * 1e-4, 2);
        park_page_row_end(page);
    }
    park_page_table_end(page);
}

void park_page_front(park_page *page)
{
    const park_design *design = page->record->design;
    if (design == NULL || design->front == NULL)
        return;
    const park_front *front = design->front;
    char              zh[400], en[400];
    park_page_section(page, "front", "两目标的前沿", "The front of two objectives");
    drawing(page, front);
    snprintf(zh, sizeof zh,
             "每点为一个完整方案；竖线、横线止于已证明的下界：一个目标不高于该点的方案，另一目标都不会低于线"
             "的末端。要求 %zu 点，另有 %zu "
             "点被其他点支配而略去，%zu 点在限额内未求出。",
             front->asked, front->dominated, front->missing);
    snprintf(
        en, sizeof en,
        "Each point is a whole design; its bars end at proven bounds: no design with as little of one "
        "objective has "
        "less of the other. %zu points were asked for; %zu are left out because another is no worse in both, "
        "%zu were not found within the limits.",
        front->asked, front->dominated, front->missing);
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page, zh, en);
    if (front->knee < 0)
        park_page_both(page, "前沿没有拐点；取第一目标最小的方案。",
                       " It has no knee; the design with the least first objective is taken.");
    park_text_add(&page->out, "</p>\n");
    rows(page, front);
    park_page_section_end(page);
}
