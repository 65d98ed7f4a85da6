#include "report/plot.h"

#include <math.h>
#include <stdio.h>

static const double LEFT = 84.0, RIGHT = 24.0, TOP = 22.0, BOTTOM = 56.0;
enum { TICKS = 5 };

park_axis park_axis_over(park_label label, park_label unit, double si, double lo, double hi)
{
    park_axis a = {.label = label, .unit = unit, .si = si};
    lo /= si, hi /= si;
    double span = hi - lo > 1e-9 * fmax(fabs(hi), 1e-9) ? hi - lo : fmax(0.1 * fabs(hi), 1e-6);
    double raw = span / TICKS, ten = pow(10.0, floor(log10(raw))), of = raw / ten;
    a.step     = ten * (of <= 1.0 ? 1.0 : of <= 2.0 ? 2.0 : of <= 5.0 ? 5.0 : 10.0);
    a.from     = a.step * floor((lo - 0.04 * span) / a.step);
    a.to       = a.step * ceil((hi + 0.04 * span) / a.step);
    a.decimals = (int)fmin(6.0, fmax(0.0, -floor(log10(a.step) + 1e-9)));
    return a;
}

double park_axis_across(const park_axis *axis, double value)
{
    return LEFT +
           (value / axis->si - axis->from) / (axis->to - axis->from) * (PARK_PLOT_WIDTH - LEFT - RIGHT);
}

double park_axis_down(const park_axis *axis, double value)
{
    double share = (value / axis->si - axis->from) / (axis->to - axis->from);
    return PARK_PLOT_HEIGHT - BOTTOM - share * (PARK_PLOT_HEIGHT - TOP - BOTTOM);
}

void park_plot_text(park_page *page, double x, double y, const char *more, const char *zh, const char *en)
{
    park_text_printf(&page->out, "<text class=\"zh\" x=\"%.1f\" y=\"%.1f\"%s>%s</text>", x, y, more, zh);
    park_text_printf(&page->out, "<text class=\"en\" x=\"%.1f\" y=\"%.1f\"%s>%s</text>\n", x, y, more, en);
}

static void tick(park_page *page, double x, double y, const char *anchor, const park_axis *a, double value)
{
    park_text_printf(&page->out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    park_page_number(page, value, a->decimals);
    park_text_add(&page->out, "</text>\n");
}

static void title(park_page *page, double x, double y, const char *more, const park_axis *a)
{
    char zh[96], en[96];
    snprintf(zh, sizeof zh, "%s（%s）", park_label_text(a->label, true), park_label_text(a->unit, true));
    snprintf(en, sizeof en, "%s (%s)", park_label_text(a->label, false), park_label_text(a->unit, false));
    park_plot_text(page, x, y, more, zh, en);
}

void park_plot_open(park_page *page, const char *class, const park_axis *x, const park_axis *y)
{
    park_text_printf(&page->out, "<svg class=\"%s\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n", class,
                     PARK_PLOT_WIDTH, PARK_PLOT_HEIGHT);
    for (int i = 0; x->from + i * x->step <= x->to + 1e-6 * x->step; i++) {
        double value = x->from + i * x->step, at = park_axis_across(x, value * x->si);
        park_text_printf(&page->out, "<path d=\"M%.1f %.1fV%.1f\" stroke=\"#d7dee5\"/>", at, TOP,
                         PARK_PLOT_HEIGHT - BOTTOM);
        tick(page, at, PARK_PLOT_HEIGHT - BOTTOM + 17.0, "middle", x, value);
    }
    for (int i = 0; y->from + i * y->step <= y->to + 1e-6 * y->step; i++) {
        double value = y->from + i * y->step, at = park_axis_down(y, value * y->si);
        park_text_printf(&page->out, "<path d=\"M%.1f %.1fH%.1f\" stroke=\"#d7dee5\"/>", LEFT, at,
                         PARK_PLOT_WIDTH - RIGHT);
        tick(page, LEFT - 8.0, at + 4.0, "end", y, value);
    }
    title(page, 0.5 * (LEFT + PARK_PLOT_WIDTH - RIGHT), PARK_PLOT_HEIGHT - 14.0, " text-anchor=\"middle\"",
          x);
    title(page, LEFT, TOP - 8.0, " text-anchor=\"start\"", y);
}

void park_plot_line(park_page *page, const char *style, const park_axis *x, const park_axis *y,
                    const double *across, const double *down, size_t count)
{
    park_text_printf(&page->out, "<path %s d=\"", style);
    for (size_t i = 0; i < count; i++)
        park_text_printf(&page->out, "%c%.1f %.1f", i == 0 ? 'M' : 'L', park_axis_across(x, across[i]),
                         park_axis_down(y, down[i]));
    park_text_add(&page->out, "\"/>\n");
}
