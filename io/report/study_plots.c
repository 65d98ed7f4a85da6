/* Drawings of a study's page: exceedance, tornado, parallel coordinates. Static, so that they print and paste. */
#include "report/study_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>

enum { CURVE_POINTS = 200, LINES_MOST = 800 };

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Values that are there, rising. */
static double *sorted(park_study_page *p, const park_study_result *x, size_t *count)
{
    double *value = PARK_ARRAY(p->page->arena, p->r->variants, double);
    *count        = 0;
    for (size_t i = 0; value != NULL && i < p->r->variants; i++)
        if (isfinite(x->value[i]))
            value[(*count)++] = x->value[i];
    if (value != NULL)
        qsort(value, *count, sizeof *value, by_size);
    return value;
}

/* The bound asked of most variants; NAN. */
static double asked_of(const park_study_page *p, const park_study_result *x)
{
    for (size_t i = 0; x->targeted && i < p->r->variants; i++)
        if (isfinite(p->r->asked[i * p->r->indicators + x->indicator]))
            return p->r->asked[i * p->r->indicators + x->indicator];
    return NAN;
}

void park_study_exceedance(park_study_page *p, const park_study_result *x)
{
    static const park_label SHARE = {"达到或超过该值的方案比例", "share of variants at or above"},
                            PERCENT = {"%", "%"};
    park_page *page                 = p->page;
    size_t     n;
    double    *value = sorted(p, x, &n), across[CURVE_POINTS], down[CURVE_POINTS];
    if (value == NULL || n < 2)
        return;
    double asked = asked_of(p, x);
    double lo    = isfinite(asked) ? fmin(asked, value[0]) : value[0],
           hi    = isfinite(asked) ? fmax(asked, value[n - 1]) : value[n - 1];
    park_axis a  = park_axis_over(x->label, x->unit, x->si, lo, hi),
              b  = park_axis_over(SHARE, PERCENT, 0.01, 0.0, 1.0);
    b.from = 0.0, b.to = 100.0, b.step = 20.0, b.decimals = 0;
    size_t points = n < CURVE_POINTS ? n : CURVE_POINTS;
    for (size_t i = 0; i < points; i++) {
        size_t at = points > 1 ? i * (n - 1) / (points - 1) : 0;
        across[i] = value[at], down[i] = (double)(n - at) / (double)n;
    }
    park_plot_open(page, "front", &a, &b);
    park_plot_line(page, "fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"2\"", &a, &b, across, down, points);
    if (isfinite(asked)) {
        double at = park_axis_across(&a, asked);
        park_text_printf(&page->out, "<path d=\"M%.1f 22V374\" stroke=\"#b3261e\" stroke-dasharray=\"6 4\"/>",
                         at);
        park_plot_text(page, at + 5.0, 34.0, " fill=\"#b3261e\"", "目标", "target");
    }
    park_text_add(&page->out, "</svg>\n");
}

/* Bars from the mean of the group that gives least to that of the one that gives most, widest first. */
void park_study_tornado(park_study_page *p, const park_study_result *x)
{
    enum { ROW = 26, LEFT = 250, WIDTH = 760, RIGHT = 40 };
    park_page *page = p->page;
    size_t     n = p->r->parameters, *order = PARK_ARRAY(page->arena, n, size_t);
    double     lo = INFINITY, hi = -INFINITY;
    for (size_t k = 0; order != NULL && k < n; k++) {
        order[k] = k;
        if (isfinite(x->effect[k].low))
            lo = fmin(lo, x->effect[k].low), hi = fmax(hi, x->effect[k].high);
    }
    if (order == NULL || !(hi > lo))
        return;
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && x->effect[order[k]].high - x->effect[order[k]].low >
                                        x->effect[order[k - 1]].high - x->effect[order[k - 1]].low;
             k--) {
            size_t held = order[k];
            order[k] = order[k - 1], order[k - 1] = held;
        }
    size_t rows   = n < 12 ? n : 12;
    double height = (double)(rows * ROW) + 34.0, scale = (WIDTH - LEFT - RIGHT) / (hi - lo);
    park_text_printf(&page->out, "<svg class=\"front\" viewBox=\"0 0 %d %.0f\" role=\"img\">\n", WIDTH,
                     height);
    for (size_t i = 0; i < rows; i++) {
        const park_effect *e = &x->effect[order[i]];
        double             y = (double)(i * ROW) + 8.0, from = LEFT + (e->low - lo) * scale;
        double             to = LEFT + (e->high - lo) * scale;
        char               name[40];
        snprintf(name, sizeof name, "%.36s", p->r->parameter[order[i]].name);
        park_text_printf(&page->out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", LEFT - 8, y + 14.0);
        park_page_text(page, name);
        park_text_printf(&page->out,
                         "</text><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"#1f5fa8\" "
                         "fill-opacity=\".75\"/>\n",
                         from, y, fmax(to - from, 1.0), ROW - 8);
    }
    double mean = LEFT + (x->spread.mean - lo) * scale;
    park_text_printf(&page->out, "<path d=\"M%.1f 2V%.1f\" stroke=\"#5b6b7a\" stroke-dasharray=\"3 3\"/>",
                     mean, height - 22.0);
    park_text_printf(&page->out, "<text x=\"%d\" y=\"%.1f\">", LEFT, height - 6.0);
    park_page_number(page, lo / x->si, x->decimals);
    park_text_printf(&page->out, "</text><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", WIDTH - RIGHT,
                     height - 6.0);
    park_page_number(page, hi / x->si, x->decimals);
    park_text_add(&page->out, "</text></svg>\n");
}

/* ---- parallel coordinates ---- */

/* The place of a variant on an axis, 0 below to 1 above; NAN. */
static double place(const park_study_page *p, size_t axis, size_t i, const double *lo, const double *hi)
{
    size_t n = p->r->parameters;
    double value;
    if (axis >= n)
        value = p->result[axis - n].value[i];
    else if (!p->r->parameter[axis].drawn)
        return ((double)p->r->level_of[i * n + axis] + 0.5) / (double)p->r->parameter[axis].levels;
    else
        value = p->r->number_of[i * n + axis];
    return hi[axis] > lo[axis] ? (value - lo[axis]) / (hi[axis] - lo[axis]) : 0.5;
}

static void axis_labels(park_study_page *p, size_t axis, double x, const double *lo, const double *hi)
{
    park_page *page = p->page;
    size_t     n    = p->r->parameters;
    char       zh[60], en[60], name[24];
    if (axis >= n) {
        const park_study_result *result = &p->result[axis - n];
        snprintf(zh, sizeof zh, "%.40s", park_label_text(result->label, true));
        snprintf(en, sizeof en, "%.24s", park_label_text(result->label, false));
        park_plot_text(page, x, 16.0, " text-anchor=\"middle\" font-size=\"10\"", zh, en);
    } else {
        const char *full = p->r->parameter[axis].name, *dot = strrchr(full, '.');
        snprintf(name, sizeof name, "%.22s", dot != NULL ? dot + 1 : full);
        park_text_printf(&page->out, "<text x=\"%.1f\" y=\"16\" text-anchor=\"middle\">", x);
        park_page_text(page, name);
        park_text_add(&page->out, "</text>");
    }
    if (axis < n && !p->r->parameter[axis].drawn) {
        const park_study_parameter *q = &p->r->parameter[axis];
        for (int32_t l = 0; l < q->levels && q->levels <= 12; l++) {
            snprintf(name, sizeof name, "%.14s", q->label[l]);
            park_text_printf(&page->out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"10\">", x + 3.0,
                             360.0 - 330.0 * ((double)l + 0.5) / (double)q->levels + 3.0);
            park_page_text(page, name);
            park_text_add(&page->out, "</text>");
        }
        return;
    }
    double si       = axis >= n ? p->result[axis - n].si : 1.0;
    int    decimals = axis >= n ? p->result[axis - n].decimals : 3;
    park_text_printf(&page->out, "<text x=\"%.1f\" y=\"374\" text-anchor=\"middle\">", x);
    park_page_number(page, lo[axis] / si, decimals);
    park_text_printf(&page->out, "</text><text x=\"%.1f\" y=\"29\" text-anchor=\"middle\">", x);
    park_page_number(page, hi[axis] / si, decimals);
    park_text_add(&page->out, "</text>\n");
}

void park_study_parallel(park_study_page *p)
{
    enum { AXES_MOST = 14 };
    park_page *page = p->page;
    size_t     n = p->r->parameters, axes = n + p->results < AXES_MOST ? n + p->results : AXES_MOST;
    double     lo[AXES_MOST], hi[AXES_MOST], gap = 1100.0 / (double)(axes > 1 ? axes - 1 : 1);
    for (size_t a = 0; a < axes; a++) {
        lo[a] = INFINITY, hi[a] = -INFINITY;
        for (size_t i = 0; i < p->r->variants; i++) {
            double value = a >= n ? p->result[a - n].value[i] : p->r->number_of[i * n + a];
            if (isfinite(value))
                lo[a] = fmin(lo[a], value), hi[a] = fmax(hi[a], value);
        }
    }
    if (axes < 2)
        return;
    park_text_add(&page->out, "<svg class=\"balance\" viewBox=\"0 0 1200 384\" role=\"img\">\n");
    size_t step = (p->r->variants + LINES_MOST - 1) / LINES_MOST;
    for (size_t i = 0; i<p->r->variants; i += step> 0 ? step : 1) {
        double missed = p->r->fact[i * PARK_FACTS + PARK_FACT_targets_missed];
        bool   whole  = !isnan(missed);
        for (size_t a = 0; whole && a < axes; a++)
            whole = isfinite(place(p, a, i, lo, hi));
        for (size_t a = 0; whole && a < axes; a++)
            park_text_printf(&page->out, "%s%.0f %.1f", a == 0 ? "<path d=\"M" : "L", 50.0 + gap * (double)a,
                             360.0 - 330.0 * place(p, a, i, lo, hi));
        if (whole)
            park_text_printf(&page->out, "\" fill=\"none\" stroke=\"%s\" stroke-opacity=\".25\"/>\n",
                             missed > 0.0 ? "#b3261e" : "#1f5fa8");
    }
    for (size_t a = 0; a < axes; a++) {
        double x = 50.0 + gap * (double)a;
        park_text_printf(&page->out, "<path d=\"M%.1f 30V360\" stroke=\"#1f2d3a\"/>", x);
        axis_labels(p, a, x, lo, hi);
    }
    park_text_add(&page->out, "</svg>\n");
}
