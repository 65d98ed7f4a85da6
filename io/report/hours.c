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

enum { HOURS = 24, MONTHS = 12, CURVES_MOST = 5, CURVE_POINTS = 101, EVENTS_SHOWN = 200, STRAINS = 6 };
static const double NEAR = 0.02, MOSTLY = 0.9; /* of its most; of the time: then it is held there */

/* ---- heat map ---- */

/* Local month and hour in which a row's step lies. */
static void place_of(const park_page *page, const park_rows *rows, size_t row, int *month, int *hour)
{
    park_civil at =
        park_civil_at(rows->time[row] - rows->every / 2, (int32_t)page->model->time.utc_offset / 60);
    *month = at.month - 1, *hour = at.hour;
}

/* What may come to its limit: a quality that arrives, a treatment's load, a connection. */
typedef struct strain {
    enum { ARRIVES, LOAD, CARRIES } kind;
    int32_t at, constituent; /* inlet and constituent, unit, or link */
    double  least, most;     /* of its shares */
    double  share[MONTHS]
                [HOURS]; /* the largest in each month and hour of the day; NAN where nothing was simulated */
} strain;

/* Hourly shares of a limit used [rows]; false where there is no limit or nothing was recorded. */
static bool hourly_shares(const park_page *page, const strain *s, double *share)
{
    const park_rows   *rows   = page->record->rows;
    const park_model  *model  = page->model;
    const park_design *design = page->record->design;
    bool               any    = false;
    double             limit =
        s->kind == ARRIVES
                        ? (model->inlet[s->at].limit != NULL ? model->inlet[s->at].limit[s->constituent] : INFINITY)
                    : design == NULL || design->link_capacity == NULL ? INFINITY
                    : s->kind == LOAD                                 ? design->unit_size[s->at]
                                                                      : design->link_capacity[s->at];
    if (!isfinite(limit) || !(limit > 0.0))
        return false;
    for (size_t r = 0; r < rows->rows; r++)
        share[r] = 0.0;
    for (size_t k = 0; k < rows->columns; k++) {
        const park_column *c = &rows->column[k];
        bool               counts =
            s->kind == ARRIVES
                              ? c->kind == PARK_COLUMN_INLET_CONC && c->inlet == s->at && c->constituent == s->constituent
                              : c->kind == PARK_COLUMN_LINK_FLOW &&
                      (s->kind == CARRIES ? c->link == s->at : model->link[c->link].to == s->at);
        for (size_t r = 0; counts && r < rows->rows; r++)
            share[r] += rows->value[k * rows->rows + r] / limit;
        any = any || counts;
    }
    return any;
}

/* Most of the time as near to its most as can be: the plan holds it there, which says nothing of hours and would hide what does. */
static bool held(const double *share, size_t rows, const strain *s)
{
    size_t near = 0, known = 0;
    for (size_t r = 0; r < rows; r++) {
        known += isfinite(share[r]);
        near += isfinite(share[r]) && share[r] >= (1.0 - NEAR) * s->most;
    }
    return (double)near >= MOSTLY * (double)known;
}

static bool measure(const park_page *page, const double *share, strain *s)
{
    const park_rows *rows = page->record->rows;
    s->least = INFINITY, s->most = -INFINITY;
    for (int m = 0; m < MONTHS; m++)
        for (int h = 0; h < HOURS; h++)
            s->share[m][h] = NAN;
    for (size_t r = 0; r < rows->rows; r++) {
        int month, hour;
        if (!isfinite(share[r]))
            continue;
        place_of(page, rows, r, &month, &hour);
        if (!(s->share[month][hour] >= share[r]))
            s->share[month][hour] = share[r];
        s->least = fmin(s->least, share[r]), s->most = fmax(s->most, share[r]);
    }
    return s->most > 0.0;
}

/* Those that vary, the fullest first: at most `STRAINS`; how many are held is counted. */
typedef struct strains {
    strain list[STRAINS];
    size_t count, holds;
} strains;

/* Fuller goes first; connections, whose sizes follow from their largest flow, behind all others. */
static double rank(const strain *s)
{
    return s->kind == CARRIES ? s->most - 10.0 : s->most;
}

static void consider(const park_page *page, strains *all, double *share, strain s)
{
    if (!hourly_shares(page, &s, share) || !measure(page, share, &s))
        return;
    if (held(share, page->record->rows->rows, &s)) {
        all->holds += s.most > 1.0 - NEAR;
        return;
    }
    for (size_t i = 0; i < all->count; i++) /* of an inlet its fullest constituent */
        if (s.kind == ARRIVES && all->list[i].kind == ARRIVES && all->list[i].at == s.at) {
            if (s.most > all->list[i].most)
                all->list[i] = s;
            return;
        }
    if (all->count == STRAINS && rank(&s) <= rank(&all->list[STRAINS - 1]))
        return;
    size_t at = all->count < STRAINS ? all->count++ : STRAINS - 1;
    for (; at > 0 && rank(&all->list[at - 1]) < rank(&s); at--)
        all->list[at] = all->list[at - 1];
    all->list[at] = s;
}

static bool strains_of(park_page *page, strains *all)
{
    const park_model *m     = page->model;
    double           *share = PARK_ARRAY(page->arena, page->record->rows->rows, double);
    if (share == NULL) {
        page->out.failed = true;
        return false;
    }
    for (size_t i = 0; i < m->inlets; i++)
        for (size_t c = 0; c < m->constituents; c++)
            consider(page, all, share,
                     (strain){.kind = ARRIVES, .at = (int32_t)i, .constituent = (int32_t)c});
    for (size_t u = 0; u < m->units; u++)
        if (m->unit[u].role == PARK_TREATMENT)
            consider(page, all, share, (strain){.kind = LOAD, .at = (int32_t)u});
    for (size_t l = 0; l < m->links; l++)
        consider(page, all, share, (strain){.kind = CARRIES, .at = (int32_t)l});
    return all->count > 0;
}

/* From white at `from` to dark at `to`, and red over the limit: in print the dark ones and the crossed ones count. */
static void shade(double share, double from, double to, char colour[8])
{
    double t = to > from ? fmin(fmax((share - from) / (to - from), 0.0), 1.0) : 0.0;
    if (share > 1.0 + 1e-3)
        snprintf(colour, 8, "#b3261e");
    else
        snprintf(colour, 8, "#%02x%02x%02x", (int)lround(245.0 - 214.0 * t), (int)lround(248.0 - 153.0 * t),
                 (int)lround(251.0 - 83.0 * t));
}

typedef struct grid {
    double x, y, w, h, from, to; /* of the first cell; the shares at both ends of the shades */
} grid;

static void cell(park_page *page, const grid *g, double share, int month, int hour)
{
    char   colour[8];
    double x = g->x + hour * g->w, y = g->y + month * g->h, w = g->w, h = g->h;
    if (isnan(share))
        return;
    shade(share, g->from, g->to, colour);
    park_text_printf(&page->out, "<path d=\"M%.1f %.1fh%.1fv%.1fh-%.1fz\" fill=\"%s\"><title>%d / %02d:00  ",
                     x, y, w - 1.0, h - 1.0, w - 1.0, colour, month + 1, hour);
    park_page_number(page, 100.0 * share, 1);
    park_text_add(&page->out, " %</title></path>\n");
    if (share > 1.0 + 1e-3)
        park_text_printf(&page->out,
                         "<path d=\"M%.1f %.1fl%.1f %.1fm0 -%.1fl-%.1f %.1f\" stroke=\"#fff\"/>\n",
                         x + 0.1 * w, y + 0.15 * h, 0.75 * w, 0.65 * h, 0.65 * h, 0.75 * w, 0.65 * h);
}

/* share [MONTHS x HOURS]. */
static void cells(park_page *page, const grid *g, const double *share)
{
    for (int m = 0; m < MONTHS; m++)
        for (int h = 0; h < HOURS; h++)
            cell(page, g, share[m * HOURS + h], m, h);
}

/* Where a share lies in its own range. */
static double position(const strain *s, int month, int hour)
{
    return s->most > s->least ? (s->share[month][hour] - s->least) / (s->most - s->least) : 0.0;
}

/* How near they all are to their own most, on average; more than 1 where one of them is over its limit. */
static void together(park_page *page, const strains *all)
{
    grid   g = {64.0, 30.0, 28.0, 20.0, 0.0, 1.0};
    double share[MONTHS][HOURS];
    for (int m = 0; m < MONTHS; m++)
        for (int h = 0; h < HOURS; h++) {
            bool over   = false;
            share[m][h] = 0.0;
            for (size_t i = 0; i < all->count; i++) {
                share[m][h] += position(&all->list[i], m, h) / (double)all->count;
                over = over || all->list[i].share[m][h] > 1.0 + 1e-3;
            }
            share[m][h] = over ? 1.1 : share[m][h];
        }
    park_text_printf(&page->out, "<svg class=\"front\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n",
                     g.x + HOURS * g.w + 10.0, g.y + MONTHS * g.h + 46.0);
    for (int h = 0; h <= HOURS; h += 3)
        park_text_printf(&page->out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d</text>",
                         g.x + h * g.w, g.y - 8.0, h);
    for (int m = 0; m < MONTHS; m++) {
        char zh[32], en[32];
        snprintf(zh, sizeof zh, "%d 月", m + 1);
        snprintf(en, sizeof en, "month %d", m + 1);
        park_plot_text(page, g.x - 8.0, g.y + (m + 0.72) * g.h, " text-anchor=\"end\"", zh, en);
    }
    cells(page, &g, share[0]);
    static const double STEP[] = {0.0, 0.25, 0.5, 0.75, 1.0, 1.1};
    for (int i = 0; i < 6; i++) {
        grid one = g;
        char zh[24], en[24];
        one.x = g.x + 100.0 * i, one.y = g.y + MONTHS * g.h + 16.0;
        cell(page, &one, STEP[i], 0, 0);
        snprintf(zh, sizeof zh, i == 5 ? "有超限" : "%.0f %%", 100.0 * STEP[i]);
        snprintf(en, sizeof en, i == 5 ? "over a limit" : "%.0f %%", 100.0 * STEP[i]);
        park_plot_text(page, one.x + g.w + 6.0, one.y + 14.0, "", zh, en);
    }
    park_text_add(&page->out, "</svg>\n");
}

/* ---- each by itself ---- */

static const char *unit_name(const park_page *page, int32_t unit, bool zh)
{
    const park_unit_info *info = &page->model->unit[unit];
    const char           *text = park_label_text(info->label, zh);
    return text != NULL && text[0] != '\0' ? text : info->id;
}

static void strain_name(const park_page *page, const strain *s, bool zh, char *text, size_t size)
{
    const park_model *m = page->model;
    if (s->kind == ARRIVES)
        snprintf(text, size, zh ? "%s 进水 %s" : "%s, %s that arrives",
                 unit_name(page, m->inlet[s->at].unit, zh), m->constituent[s->constituent].id);
    else if (s->kind == LOAD)
        snprintf(text, size, zh ? "%s 负荷" : "load of %s", unit_name(page, s->at, zh));
    else
        snprintf(text, size, "%s → %s", unit_name(page, m->link[s->at].from, zh),
                 unit_name(page, m->link[s->at].to, zh));
}

static void panel(park_page *page, const strain *s, double x, double y)
{
    grid g = {x, y + 22.0, 14.4, 9.0, s->least, s->most};
    for (int zh = 1; zh >= 0; zh--) {
        char name[240];
        strain_name(page, s, zh == 1, name, sizeof name);
        park_text_printf(&page->out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", zh == 1 ? "zh" : "en", x,
                         y + 14.0);
        park_page_text(page, name);
        park_text_add(&page->out, "  ");
        park_page_number(page, 100.0 * s->least, 1);
        park_text_add(&page->out, "–");
        park_page_number(page, 100.0 * s->most, 1);
        park_text_add(&page->out, " %</text>\n");
    }
    cells(page, &g, s->share[0]);
}

static void apart(park_page *page, const strains *all)
{
    static const double W = 380.0, H = 142.0;
    size_t              lines = (all->count + 1) / 2;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "各自何时最紧（按自身变化范围着色；横向为时，纵向为月）",
                   "When each of them is (shades over its own range; hours across, months down)");
    park_text_printf(&page->out, "</h3>\n<svg class=\"front\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n",
                     2.0 * W, (double)lines * H);
    for (size_t i = 0; i < all->count; i++)
        panel(page, &all->list[i], (i % 2 == 0 ? 6.0 : W + 6.0), (double)(i / 2) * H);
    park_text_add(&page->out, "</svg>\n");
}

static void heat(park_page *page)
{
    strains *all = PARK_NEW(page->arena, strains);
    char     zh[400], en[400];
    if (all == NULL) {
        page->out.failed = true;
        return;
    }
    if (!strains_of(page, all))
        return;
    park_text_add(&page->out, "<h3>");
    park_page_both(page, "一天之中、一年之中何时最紧",
                   "When in the day and the year the park is under strain");
    snprintf(zh, sizeof zh,
             "下列 %zu "
             "项（进水水质占限值、处理单元负荷、管线流量占能力）各自在其全年变化范围内所处位置的平均值：越深"
             "，越多的项接近各自的最高值。方案使之始终贴近上限的 %zu 项不计，否则会掩盖其余。",
             all->count, all->holds);
    snprintf(en, sizeof en,
             "Mean of where each of the %zu below (qualities against their limits, loads of treatments, "
             "connections against their "
             "capacity) stands in its own range of the year: the darker, the more of them are near their "
             "most. %zu that the plan "
             "holds at their limit all the time are left out: they would hide the rest.",
             all->count, all->holds);
    park_text_add(&page->out, "</h3>\n<p class=\"note\">");
    park_page_both(page, zh, en);
    park_text_add(&page->out, "</p>\n");
    together(page, all);
    apart(page, all);
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
