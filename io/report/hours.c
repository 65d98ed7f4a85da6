/*
 * The hours of the simulated period: where in the day and the year limits are nearest, how long how much water is taken, and
 * what happened when.
 */
#include "report/plot.h"

#include "base/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOURS = 24, MONTHS = 12, CURVES_MOST = 5, CURVE_POINTS = 101, EVENTS_SHOWN = 200 };

/* ---- heat map ---- */

/* Local month and hour in which a row's step lies. */
static void place_of(const park_page *page, const park_rows *rows, size_t row, int *month, int *hour)
{
    park_civil at =
        park_civil_at(rows->time[row] - rows->every / 2, (int32_t)page->model->time.utc_offset / 60);
    *month = at.month - 1, *hour = at.hour;
}

/* What hardly moves through the year (1 %) says nothing of hours, and would hide what does. */
static bool varies(const park_rows *rows, size_t column)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t r = 0; r < rows->rows; r++) {
        double value = rows->value[column * rows->rows + r];
        if (isfinite(value))
            least = fmin(least, value), most = fmax(most, value);
    }
    return most > 1.01 * least;
}

/* Largest share of an inlet limit used in each month and hour of the day; NAN where nothing was simulated. */
static bool stress_of(const park_page *page, double share[MONTHS][HOURS])
{
    const park_rows  *rows  = page->record->rows;
    const park_model *model = page->model;
    bool              any   = false;
    for (int m = 0; m < MONTHS; m++)
        for (int h = 0; h < HOURS; h++)
            share[m][h] = NAN;
    for (size_t k = 0; k < rows->columns; k++) {
        const park_column *c = &rows->column[k];
        if (c->kind != PARK_COLUMN_INLET_CONC || model->inlet[c->inlet].limit == NULL)
            continue;
        double limit = model->inlet[c->inlet].limit[c->constituent];
        if (!isfinite(limit) || !(limit > 0.0) || !varies(rows, k))
            continue;
        for (size_t r = 0; r < rows->rows; r++) {
            int    month, hour;
            double used = rows->value[k * rows->rows + r] / limit;
            if (!isfinite(used))
                continue;
            place_of(page, rows, r, &month, &hour);
            if (!(share[month][hour] >= used))
                share[month][hour] = used;
            any = true;
        }
    }
    return any;
}

/* From white at half the limit to dark at the limit, and red over it: in print the dark ones and the crossed ones count. */
static void shade(double share, char colour[8])
{
    double t = fmin(fmax((share - 0.5) / 0.5, 0.0), 1.0);
    if (share > 1.0 + 1e-3)
        snprintf(colour, 8, "#b3261e");
    else
        snprintf(colour, 8, "#%02x%02x%02x", (int)lround(245.0 - 214.0 * t), (int)lround(248.0 - 153.0 * t),
                 (int)lround(251.0 - 83.0 * t));
}

static void cell(park_page *page, double x, double y, double w, double h, double share, int month, int hour)
{
    char colour[8];
    if (isnan(share))
        return;
    shade(share, colour);
    park_text_printf(&page->out, "<path d=\"M%.1f %.1fh%.1fv%.1fh-%.1fz\" fill=\"%s\"><title>%d / %02d:00  ",
                     x, y, w - 1.0, h - 1.0, w - 1.0, colour, month + 1, hour);
    park_page_number(page, 100.0 * share, 1);
    park_text_add(&page->out, " %</title></path>\n");
    if (share > 1.0 + 1e-3)
        park_text_printf(&page->out,
                         "<path d=\"M%.1f %.1fl%.1f %.1fm0 -%.1fl-%.1f %.1f\" stroke=\"#fff\"/>\n", x + 3.0,
                         y + 3.0, w - 7.0, h - 7.0, h - 7.0, w - 7.0, h - 7.0);
}

static void heat(park_page *page)
{
    static const double LEFT = 64.0, TOP = 30.0, W = 28.0, H = 20.0;
    double              share[MONTHS][HOURS];
    if (!stress_of(page, share))
        return;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "一天之中、一年之中何时最紧（占进水限值的最大比例，只计有变化的指标）",
                   "When in the day and the year limits are nearest (largest share of an inlet limit used, "
                   "where it varies)");
    park_text_printf(&page->out, "</h3>\n<svg class=\"front\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n",
                     LEFT + HOURS * W + 10.0, TOP + MONTHS * H + 46.0);
    for (int h = 0; h <= HOURS; h += 3)
        park_text_printf(&page->out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d</text>",
                         LEFT + h * W, TOP - 8.0, h);
    for (int m = 0; m < MONTHS; m++) {
        char zh[32], en[32];
        snprintf(zh, sizeof zh, "%d 月", m + 1);
        snprintf(en, sizeof en, "month %d", m + 1);
        park_plot_text(page, LEFT - 8.0, TOP + (m + 0.72) * H, " text-anchor=\"end\"", zh, en);
        for (int h = 0; h < HOURS; h++)
            cell(page, LEFT + h * W, TOP + m * H, W, H, share[m][h], m, h);
    }
    static const double STEP[] = {0.5, 0.625, 0.75, 0.875, 1.0, 1.1};
    for (int i = 0; i < 6; i++) {
        double x = LEFT + 100.0 * i, y = TOP + MONTHS * H + 16.0;
        cell(page, x, y, W, H, STEP[i], 0, 0);
        char text[24];
        snprintf(text, sizeof text, i == 0 ? "≤ 50 %%" : i == 5 ? "> 100 %%" : "%.1f %%", 100.0 * STEP[i]);
        park_plot_text(page, x + W + 6.0, y + 14.0, "", text, text);
    }
    park_text_add(&page->out, "</svg>\n");
}

/* ---- duration curves ---- */

static int falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? 1 : x > y ? -1 : 0;
}

/* What a source gives to the park, sorted: value at each hundredth of the time [m3/s]; its mean. NULL out of memory. */
static double *curve_of(park_page *page, size_t unit, double *mean)
{
    const park_rows *rows   = page->record->rows;
    double          *hourly = PARK_ARRAY(page->arena, rows->rows, double);
    double          *curve  = PARK_ARRAY(page->arena, CURVE_POINTS, double);
    if (hourly == NULL || curve == NULL)
        return NULL;
    for (size_t k = 0; k < rows->columns; k++)
        if (rows->column[k].kind == PARK_COLUMN_LINK_FLOW &&
            page->model->link[rows->column[k].link].from == (int32_t)unit)
            for (size_t r = 0; r < rows->rows; r++)
                hourly[r] += rows->value[k * rows->rows + r];
    *mean = 0.0;
    for (size_t r = 0; r < rows->rows; r++)
        *mean += hourly[r] / (double)rows->rows;
    qsort(hourly, rows->rows, sizeof *hourly, falling);
    for (size_t i = 0; i < CURVE_POINTS; i++)
        curve[i] = hourly[(size_t)llround((double)i / (CURVE_POINTS - 1) * (double)(rows->rows - 1))];
    return curve;
}

typedef struct duration {
    int32_t unit;
    double  mean, *curve;
} duration;

/* The sources that give most, most first. */
static size_t largest(park_page *page, duration list[CURVES_MOST])
{
    size_t count = 0;
    for (size_t u = 0; u < page->model->units; u++) {
        duration one = {.unit = (int32_t)u};
        if (page->model->unit[u].role != PARK_SOURCE)
            continue;
        if ((one.curve = curve_of(page, u, &one.mean)) == NULL) {
            page->out.failed = true;
            return 0;
        }
        if (!(one.mean > 0.0) || (count == CURVES_MOST && one.mean <= list[count - 1].mean))
            continue;
        size_t at = count < CURVES_MOST ? count++ : CURVES_MOST - 1;
        for (; at > 0 && list[at - 1].mean < one.mean; at--)
            list[at] = list[at - 1];
        list[at] = one;
    }
    return count;
}

/* A unit's name in a drawing, where no mark-up of the page may stand. */
static void name(park_page *page, int32_t unit, double x, double y)
{
    const park_unit_info *info = &page->model->unit[unit];
    for (int zh = 1; zh >= 0; zh--) {
        const char *text = park_label_text(info->label, zh == 1);
        park_text_printf(&page->out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", zh == 1 ? "zh" : "en", x,
                         y);
        park_page_text(page, text != NULL && text[0] != '\0' ? text : info->id);
        park_text_add(&page->out, "</text>\n");
    }
}

static void durations(park_page *page)
{
    static const park_label TIME = {"历时", "share of the time"}, PERCENT = {"%", "%"},
                            FLOW = {"取水流量不低于", "taken at least"}, RATE = {"m³/h", "m³/h"};
    static const char *const DASH[CURVES_MOST] = {"", "7 4", "2 3", "9 3 2 3", "1 5"};
    duration                 list[CURVES_MOST];
    size_t                   count = largest(page, list);
    double                   share[CURVE_POINTS], top = 0.0;
    if (count == 0)
        return;
    for (size_t i = 0; i < CURVE_POINTS; i++)
        share[i] = (double)i / (CURVE_POINTS - 1);
    for (size_t k = 0; k < count; k++)
        top = fmax(top, list[k].curve[0]);
    top *= 1.0 + 0.07 * (double)count; /* room for the names */
    park_axis x = park_axis_over(TIME, PERCENT, 0.01, 0.0, 1.0),
              y = park_axis_over(FLOW, RATE, 1.0 / 3600.0, 0.0, top);
    x.from = y.from = 0.0, x.to = 100.0;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "水源取水历时曲线", "Duration curves of what sources give");
    park_text_add(&page->out, "</h3>\n");
    park_plot_open(page, "front", &x, &y);
    for (size_t k = 0; k < count; k++) {
        char   style[120];
        double at   = park_axis_down(&y, y.to * y.si) + 18.0 + 20.0 * (double)k;
        double left = park_axis_across(&x, 0.45);
        snprintf(style, sizeof style,
                 "fill=\"none\" stroke=\"#1f4e79\" stroke-width=\"2\" stroke-dasharray=\"%s\"", DASH[k]);
        park_plot_line(page, style, &x, &y, share, list[k].curve, CURVE_POINTS);
        park_text_printf(&page->out, "<path %s d=\"M%.1f %.1fh34\"/>", style, left, at - 4.0);
        name(page, list[k].unit, left + 42.0, at);
    }
    park_text_add(&page->out, "</svg>\n");
}

/* ---- events ---- */

static void moment(park_page *page, int64_t time)
{
    park_civil at = park_civil_at(time, (int32_t)page->model->time.utc_offset / 60);
    park_page_cell(page);
    park_text_printf(&page->out, "%d-%02d-%02d %02d:%02d", (int)at.year, (int)at.month, (int)at.day,
                     (int)at.hour, (int)at.minute);
}

/* Each kind at each unit once: how often, first and last. */
static void counted(park_page *page, const park_simulation *s)
{
    static const char *const TITLES[] = {"单元", "unit",  "事件", "event", "次数", "times>",
                                         "首次", "first", "末次", "last",  NULL};
    park_page_table(page, TITLES);
    for (size_t u = 0; u < page->model->units; u++)
        for (int kind = PARK_EVENT_EMPTY; kind < PARK_EVENT_KINDS; kind++) {
            size_t  times = 0;
            int64_t first = 0, last = 0;
            for (size_t e = 0; e < s->events; e++)
                if (s->event[e].unit == (int32_t)u && (int)s->event[e].kind == kind) {
                    first = times == 0 ? s->event[e].time : first;
                    last  = s->event[e].time;
                    times++;
                }
            if (times == 0)
                continue;
            park_page_row(page);
            park_page_cell(page);
            park_page_unit(page, (int32_t)u);
            park_page_cell(page);
            park_page_label(page, park_event_label((park_event_kind)kind), "");
            park_page_cell_number(page, (double)times, 0);
            moment(page, first);
            moment(page, last);
            park_page_row_end(page);
        }
    park_page_table_end(page);
}

static void events(park_page *page)
{
    static const char *const TITLES[] = {"时刻", "time", "单元", "unit", "事件", "event", NULL};
    const park_simulation   *s        = page->record->simulation;
    if (s == NULL || s->events == 0)
        return;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "事件", "Events");
    park_text_add(&page->out, "</h3>\n");
    counted(page, s);
    park_text_add(&page->out, "<details><summary>");
    char zh[96], en[96];
    snprintf(zh, sizeof zh, "前 %zu 次（共 %zu 次）",
             s->events < EVENTS_SHOWN ? s->events : (size_t)EVENTS_SHOWN, s->events_total);
    snprintf(en, sizeof en, "The first %zu of %zu",
             s->events < EVENTS_SHOWN ? s->events : (size_t)EVENTS_SHOWN, s->events_total);
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</summary>\n");
    park_page_table(page, TITLES);
    for (size_t e = 0; e < s->events && e < EVENTS_SHOWN; e++) {
        park_page_row(page);
        moment(page, s->event[e].time);
        park_page_cell(page);
        park_page_unit(page, s->event[e].unit);
        park_page_cell(page);
        park_page_label(page, park_event_label(s->event[e].kind), "");
        park_page_row_end(page);
    }
    park_page_table_end(page);
    park_text_add(&page->out, "</details>\n");
}

bool park_page_has_hours(const park_page *page)
{
    return page->record->rows != NULL && page->record->rows->rows >= HOURS && !page->model->time.steady;
}

void park_page_hours(park_page *page)
{
    if (!park_page_has_hours(page))
        return;
    park_page_section(page, "hours", "逐时特征", "Hour by hour");
    heat(page);
    durations(page);
    events(page);
    park_page_section_end(page);
}
