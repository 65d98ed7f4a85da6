/* The front of two objectives: each point with what is proven of it, the knee, and the same as a table. */
#include "report/page.h"

#include "objective_text.h"

#include <math.h>
#include <stdio.h>

static const double WIDTH = 760.0, HEIGHT = 430.0, LEFT = 84.0, RIGHT = 24.0, TOP = 22.0, BOTTOM = 56.0;
enum { TICKS = 5 };

/* An axis in the unit shown: from..to cover every value, at round steps. */
typedef struct axis {
    park_objective_text text;
    double              from, to, step;
    int                 decimals;
} axis;

static axis axis_of(const park_front *front, int which)
{
    axis   a  = {.text = park_objective_text_of(front->kind[which])};
    double lo = INFINITY, hi = -INFINITY;
    for (size_t i = 0; i < front->points; i++) {
        lo = fmin(lo, front->point[i].value[which] / a.text.si);
        hi = fmax(hi, front->point[i].value[which] / a.text.si);
    }
    double span = hi - lo > 1e-9 * fmax(fabs(hi), 1e-9) ? hi - lo : fmax(0.1 * fabs(hi), 1e-6);
    double raw = span / TICKS, ten = pow(10.0, floor(log10(raw))), of = raw / ten;
    a.step     = ten * (of <= 1.0 ? 1.0 : of <= 2.0 ? 2.0 : of <= 5.0 ? 5.0 : 10.0);
    a.from     = a.step * floor((lo - 0.04 * span) / a.step);
    a.to       = a.step * ceil((hi + 0.04 * span) / a.step);
    a.decimals = (int)fmin(6.0, fmax(0.0, -floor(log10(a.step) + 1e-9)));
    return a;
}

static double across(const axis *a, double value)
{
    return LEFT + (value / a->text.si - a->from) / (a->to - a->from) * (WIDTH - LEFT - RIGHT);
}

static double down(const axis *a, double value)
{
    return HEIGHT - BOTTOM - (value / a->text.si - a->from) / (a->to - a->from) * (HEIGHT - TOP - BOTTOM);
}

static void both(park_page *page, double x, double y, const char *more, const char *zh, const char *en)
{
    park_text_printf(&page->out, "<text class=\"zh\" x=\"%.1f\" y=\"%.1f\"%s>%s</text>", x, y, more, zh);
    park_text_printf(&page->out, "<text class=\"en\" x=\"%.1f\" y=\"%.1f\"%s>%s</text>\n", x, y, more, en);
}

static void title_of(const axis *a, bool zh, char *text, size_t size)
{
    snprintf(text, size, zh ? "%s（%s）" : "%s (%s)", park_label_text(a->text.label, zh),
             park_label_text(a->text.shown, zh));
}

static void tick(park_page *page, double x, double y, const char *anchor, const axis *a, double value)
{
    park_text_printf(&page->out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    park_page_number(page, value, a->decimals);
    park_text_add(&page->out, "</text>\n");
}

static void axes(park_page *page, const axis *x, const axis *y)
{
    char zh[96], en[96];
    for (int i = 0; x->from + i * x->step <= x->to + 1e-6 * x->step; i++) {
        double value = x->from + i * x->step, at = across(x, value * x->text.si);
        park_text_printf(&page->out, "<path d=\"M%.1f %.1fV%.1f\" stroke=\"#d7dee5\"/>", at, TOP,
                         HEIGHT - BOTTOM);
        tick(page, at, HEIGHT - BOTTOM + 17.0, "middle", x, value);
    }
    for (int i = 0; y->from + i * y->step <= y->to + 1e-6 * y->step; i++) {
        double value = y->from + i * y->step, at = down(y, value * y->text.si);
        park_text_printf(&page->out, "<path d=\"M%.1f %.1fH%.1f\" stroke=\"#d7dee5\"/>", LEFT, at,
                         WIDTH - RIGHT);
        tick(page, LEFT - 8.0, at + 4.0, "end", y, value);
    }
    title_of(x, true, zh, sizeof zh);
    title_of(x, false, en, sizeof en);
    both(page, 0.5 * (LEFT + WIDTH - RIGHT), HEIGHT - 14.0, " text-anchor=\"middle\"", zh, en);
    title_of(y, true, zh, sizeof zh);
    title_of(y, false, en, sizeof en);
    both(page, LEFT, TOP - 8.0, " text-anchor=\"start\"", zh, en);
}

/* From a point down and to the left as far as no design is excluded by proof; to the edge where nothing is proven. */
static void proof(park_page *page, const park_front_point *p, const axis *x, const axis *y)
{
    double px = across(x, p->value[0]), py = down(y, p->value[1]);
    double bx = isfinite(p->bound[0]) ? fmax(LEFT, across(x, p->bound[0])) : LEFT;
    double by = isfinite(p->bound[1]) ? fmin(HEIGHT - BOTTOM, down(y, p->bound[1])) : HEIGHT - BOTTOM;
    park_text_printf(&page->out, "<path class=\"bound\" d=\"M%.1f %.1fV%.1fm-4 0h8M%.1f %.1fH%.1fm0 -4v8\"/>",
                     px, py, by, px, py, bx);
}

static void dot(park_page *page, const park_front *front, size_t i, const axis *x, const axis *y)
{
    const park_front_point *p    = &front->point[i];
    bool                    knee = (int32_t)i == front->knee;
    double                  px = across(x, p->value[0]), py = down(y, p->value[1]), r = knee ? 7.0 : 4.0;
    park_text_printf(
        &page->out,
        "<path class=\"%s\" d=\"M%.1f %.1fa%.0f %.0f 0 1 0 %.0f 0a%.0f %.0f 0 1 0 -%.0f 0z\"><title>",
        knee ? "knee" : "point", px - r, py, r, r, 2.0 * r, r, r, 2.0 * r);
    park_text_printf(&page->out, "%zu: ", i + 1);
    park_page_number(page, p->value[0] / x->text.si, 4);
    park_text_printf(&page->out, " %s, ", park_label_text(x->text.shown, page->zh_first));
    park_page_number(page, p->value[1] / y->text.si, 4);
    park_text_printf(&page->out, " %s</title></path>\n", park_label_text(y->text.shown, page->zh_first));
    if (knee)
        both(page, px + 11.0, py - 9.0, " font-weight=\"600\"", "拐点", "knee");
}

static void drawing(park_page *page, const park_front *front)
{
    axis x = axis_of(front, 0), y = axis_of(front, 1);
    park_text_printf(&page->out, "<svg class=\"front\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n", WIDTH,
                     HEIGHT);
    axes(page, &x, &y);
    park_text_add(&page->out, "<path class=\"front\" d=\"");
    for (size_t i = 0; i < front->points; i++)
        park_text_printf(&page->out, "%c%.1f %.1f", i == 0 ? 'M' : 'L', across(&x, front->point[i].value[0]),
                         down(&y, front->point[i].value[1]));
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
    const char *const titles[] = {"点",        "point",    head[0],        head[1],
                                  "下界",      "bound>",   "间隙（%）",    "gap (%)>",
                                  head[2],     head[3],    "下界",         "bound>",
                                  "间隙（%）", "gap (%)>", "投资（万元）", "investment (10^4 CNY)>",
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
