/*
 * The park through the period: daily means as small drawings that need no script, and charts with zoom down to the hour.
 *
 * Lines are gathered from the simulation's columns (sums over links, worst share of a limit) and drawn twice. For the charts
 * their hourly values stand in the page as 16-bit steps between their extremes; where that would make the page too large, daily
 * means do. Lines that belong to a unit are shown with it, too (units.c).
 */
#include "report/page.h"

#include "base/calendar.h"
#include "json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct line {
    park_label label;
    int32_t    unit;                  /* whose it is; -1: the park's */
    double    *hourly;                /* [rows] */
    double    *day;                   /* [days] daily means */
    double     lowest, mean, highest; /* of the hourly values */
} line;

enum { LINES_MOST = 64, CHARTS_MOST = 40, HOURLY_MOST = 800000 /* values: 2 MB of page */, STEPS = 65534 };

typedef struct chart {
    park_label  title, unit;
    const char *state_units; /* of a state's chart: by which its lines find it */
    int         decimals;
    bool        stacked;
    bool        of_units; /* shown with its units only */
    size_t      lines;
    line        line[LINES_MOST];
} chart;

typedef struct series {
    park_page       *page;
    const park_rows *rows;
    size_t           days;
    int64_t          first_day; /* days since 1970, local */
    double          *hourly;    /* [rows] scratch */
    double          *weight;    /* [days] scratch */
    size_t           charts;
    chart            chart[CHARTS_MOST];
} series;

static const park_label DAILY = {"m³/d", "m³/d"}, CUBIC = {"m³", "m³"}, PERCENT = {"%", "%"},
                        KILOWATT = {"kW", "kW"};

/* A state's unit as result files have it ("kg m-3"), as readers write it; others as they stand. */
static const char *state_unit(const char *units)
{
    static const char *const PLAIN[] = {"kg m-3", "kg s-1", "m s-1", "s-1", "m3", "1"}, *const READ[] = {
                                                                                            "kg/m³", "kg/s",
                                                                                            "m/s",   "1/s",
                                                                                            "m³",    "-"};
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++)
        if (strcmp(units, PLAIN[i]) == 0)
            return READ[i];
    return units;
}

/* A row's time is the end of its step: its middle decides the day. */
static size_t day_of(const series *s, size_t row)
{
    int64_t local = s->rows->time[row] - s->rows->every / 2 + s->page->model->time.utc_offset;
    int64_t day   = local / PARK_DAY_SECONDS - s->first_day;
    return day < 0 ? 0 : (size_t)day;
}

static chart *new_chart(series *s, park_label title, park_label unit, int decimals, bool stacked)
{
    chart *c    = &s->chart[s->charts++];
    c->title    = title;
    c->unit     = unit;
    c->decimals = decimals;
    c->stacked  = stacked;
    return c;
}

/* Close a line whose hourly values stand in s->hourly: means by day, extremes. Lines that are always zero are dropped. */
static void add_line(series *s, chart *c, park_label label, int32_t unit)
{
    if (c->lines == LINES_MOST)
        return;
    line *l = &c->line[c->lines];
    memset(l, 0, sizeof *l);
    l->label  = label;
    l->unit   = unit;
    l->day    = PARK_ARRAY(s->page->arena, s->days, double);
    l->hourly = PARK_ARRAY(s->page->arena, s->rows->rows, double);
    if (l->day == NULL || l->hourly == NULL) {
        s->page->out.failed = true;
        return;
    }
    memcpy(l->hourly, s->hourly, s->rows->rows * sizeof *l->hourly);
    memset(s->weight, 0, s->days * sizeof *s->weight);
    double sum = 0.0, count = 0.0;
    l->lowest  = INFINITY;
    l->highest = -INFINITY;
    for (size_t r = 0; r < s->rows->rows; r++) {
        double value = s->hourly[r];
        size_t day   = day_of(s, r);
        if (!isfinite(value) || day >= s->days)
            continue;
        l->day[day] += value;
        s->weight[day] += 1.0;
        sum += value;
        count += 1.0;
        l->lowest  = fmin(l->lowest, value);
        l->highest = fmax(l->highest, value);
    }
    for (size_t d = 0; d < s->days; d++)
        l->day[d] = s->weight[d] > 0.0 ? l->day[d] / s->weight[d] : NAN;
    l->mean = count > 0.0 ? sum / count : NAN;
    if (count > 0.0 && l->highest > 0.0)
        c->lines++;
}

static void clear(series *s, double value)
{
    for (size_t r = 0; r < s->rows->rows; r++)
        s->hourly[r] = value;
}

static const double *column(const series *s, size_t c)
{
    return s->rows->value + c * s->rows->rows;
}

static void links_of_unit(series *s, chart *c, int32_t unit, bool outgoing)
{
    const park_model *model = s->page->model;
    clear(s, 0.0);
    for (size_t k = 0; k < s->rows->columns; k++) {
        const park_column *info = &s->rows->column[k];
        if (info->kind != PARK_COLUMN_LINK_FLOW ||
            (outgoing ? model->link[info->link].from : model->link[info->link].to) != unit)
            continue;
        for (size_t r = 0; r < s->rows->rows; r++)
            s->hourly[r] += 86400.0 * column(s, k)[r];
    }
    add_line(s, c, model->unit[unit].label, unit);
}

static void intake(series *s)
{
    chart *c =
        new_chart(s, (park_label){.zh = "各水源取水量", .en = "Water taken by source"}, DAILY, 0, true);
    for (size_t u = 0; u < s->page->model->units; u++)
        if (s->page->model->unit[u].role == PARK_SOURCE)
            links_of_unit(s, c, (int32_t)u, true);
}

static void treatment(series *s)
{
    chart *c = new_chart(s, (park_label){.zh = "处理与排放水量", .en = "Treated and discharged water"}, DAILY,
                         0, false);
    for (size_t u = 0; u < s->page->model->units; u++)
        if (s->page->model->unit[u].role == PARK_TREATMENT || s->page->model->unit[u].role == PARK_SINK)
            links_of_unit(s, c, (int32_t)u, false);
}

static void storage(series *s)
{
    chart *c = new_chart(s, (park_label){.zh = "调蓄水量", .en = "Water in storage"}, CUBIC, 0, false);
    for (size_t k = 0; k < s->rows->columns; k++)
        if (s->rows->column[k].kind == PARK_COLUMN_VOLUME &&
            s->page->model->unit[s->rows->column[k].unit].role == PARK_STORAGE) {
            memcpy(s->hourly, column(s, k), s->rows->rows * sizeof *s->hourly);
            add_line(s, c, s->page->model->unit[s->rows->column[k].unit].label, s->rows->column[k].unit);
        }
}

/* How much of its limits each receiver uses, hour by hour: the worst constituent counts. */
static void stress(series *s)
{
    const park_model *model = s->page->model;
    chart            *c     = new_chart(s,
                                        (park_label){.zh = "进水占限值的比例（最不利指标）",
                                                     .en = "Share of the inlet limits used (worst constituent)"},
                                        PERCENT, 1, false);
    for (size_t i = 0; i < model->inlets; i++) {
        bool limited = false;
        clear(s, 0.0);
        for (size_t k = 0; k < s->rows->columns; k++) {
            const park_column *info = &s->rows->column[k];
            if (info->kind != PARK_COLUMN_INLET_CONC || info->inlet != (int32_t)i ||
                model->inlet[i].limit == NULL)
                continue;
            double limit = model->inlet[i].limit[info->constituent];
            if (!isfinite(limit) || !(limit > 0.0))
                continue;
            limited = true;
            for (size_t r = 0; r < s->rows->rows; r++)
                s->hourly[r] = fmax(s->hourly[r], 100.0 * column(s, k)[r] / limit);
        }
        if (limited)
            add_line(s, c, model->unit[model->inlet[i].unit].label, model->inlet[i].unit);
    }
}

/* Columns of one kind, a line each: of units, or of a part of the park's money. */
static void columns_of(series *s, chart *c, park_column_kind kind, double factor)
{
    for (size_t k = 0; k < s->rows->columns; k++) {
        const park_column *info = &s->rows->column[k];
        if (info->kind != kind)
            continue;
        for (size_t r = 0; r < s->rows->rows; r++)
            s->hourly[r] = factor * column(s, k)[r];
        add_line(s, c,
                 kind == PARK_COLUMN_MONEY ? park_page_cost_label(info->part)
                                           : s->page->model->unit[info->unit].label,
                 kind == PARK_COLUMN_MONEY ? -1 : info->unit);
    }
}

/* Running costs as they pass, the park's power, and what is shown with each unit. */
static void money_and_power(series *s)
{
    columns_of(s,
               new_chart(s, (park_label){.zh = "运行费用", .en = "Running costs"},
                         (park_label){"元/h", "CNY/h"}, 0, true),
               PARK_COLUMN_MONEY, 3600.0);
    chart *drawn    = new_chart(s, (park_label){.zh = "用水量", .en = "Water drawn"}, DAILY, 0, false);
    drawn->of_units = true;
    for (size_t u = 0; u < s->page->model->units; u++)
        if (s->page->model->unit[u].role == PARK_USER)
            links_of_unit(s, drawn, (int32_t)u, false);
    chart *power    = new_chart(s, (park_label){.zh = "用电功率", .en = "Power"}, KILOWATT, 1, false);
    power->of_units = true;
    columns_of(s, power, PARK_COLUMN_POWER, 1e-3);
}

/* What units with states of their own show, a chart for each kind of state, beside the units. */
static void states(series *s)
{
    for (size_t k = 0; k < s->rows->columns; k++) {
        const park_column *info = &s->rows->column[k];
        chart             *c    = NULL;
        if (info->kind != PARK_COLUMN_STATE || info->unit < 0)
            continue;
        for (size_t i = 0; i < s->charts; i++)
            if (s->chart[i].of_units && s->chart[i].state_units != NULL &&
                strcmp(s->chart[i].title.en, info->state->label.en) == 0 &&
                strcmp(s->chart[i].state_units, info->state->units) == 0) /* a file's words are copies */
                c = &s->chart[i];
        if (c == NULL && s->charts == CHARTS_MOST)
            continue;
        if (c == NULL) {
            const char *unit = state_unit(info->state->units);
            c                = new_chart(s, info->state->label, (park_label){unit, unit}, 3, false);
            c->state_units   = info->state->units;
        }
        c->of_units = true;
        for (size_t r = 0; r < s->rows->rows; r++)
            s->hourly[r] = column(s, k)[r];
        add_line(s, c, s->page->model->unit[info->unit].label, info->unit);
    }
}

/* ---- drawn without script ---- */

static void spark(park_page *page, const series *s, const chart *c, const line *l)
{
    const double W = 520.0, H = 70.0;
    double       top = -INFINITY;
    for (size_t d = 0; d < s->days; d++)
        if (isfinite(l->day[d]))
            top = fmax(top, l->day[d]);
    if (!(top > 0.0))
        top = 1.0;
    park_text_add(&page->out, "<div class=\"spark\"><h3>");
    park_page_label(page, l->label, "");
    park_text_printf(&page->out,
                     "</h3><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\"><path d=\"M0,%.0fH%.0f\" "
                     "stroke=\"#b8c2cc\"/><path fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"1.4\" d=\"",
                     W, H, H - 0.5, W);
    bool pen = false;
    for (size_t d = 0; d < s->days; d++) {
        if (!isfinite(l->day[d])) {
            pen = false;
            continue;
        }
        park_text_printf(&page->out, "%s%.1f,%.1f", pen ? " " : "M",
                         W * (double)d / (double)(s->days > 1 ? s->days - 1 : 1),
                         H - 3.0 - (H - 8.0) * fmax(l->day[d], 0.0) / top);
        pen = true;
    }
    park_text_add(&page->out, "\"/></svg><div class=\"note\">");
    park_page_both(page, "最低 ", "lowest ");
    park_page_number(page, l->lowest, c->decimals);
    park_page_both(page, "，平均 ", ", mean ");
    park_page_number(page, l->mean, c->decimals);
    park_page_both(page, "，最高 ", ", highest ");
    park_page_number(page, l->highest, c->decimals);
    park_text_add(&page->out, " ");
    park_page_label(page, c->unit, "");
    park_text_add(&page->out, "</div></div>\n");
}

/* ---- the same for the charts ---- */

static void label_json(park_json *json, const char *key, park_label label)
{
    park_json_open(json, key, '{');
    park_json_text(json, "zh", park_label_text(label, true));
    park_json_text(json, "en", park_label_text(label, false));
    park_json_close(json, '}');
}

/* 16-bit steps from the lowest to the highest value, little end first; 65535 where there is none. */
static void packed(park_page *page, const double *value, size_t count, double lo, double hi)
{
    static const char LETTER[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t          bits     = 0;
    int               held     = 0;
    char              text[4];
    for (size_t i = 0; i <= count; i++) {
        bool     end  = i == count;
        double   x    = end ? 0.0 : value[i];
        unsigned step = !isfinite(x) ? STEPS + 1u
                        : hi > lo    ? (unsigned)lround((x - lo) / (hi - lo) * STEPS)
                                     : 0u;
        for (int half = 0; half < (end ? 0 : 2); half++) {
            bits = bits << 8 | (half == 0 ? step & 255u : step >> 8);
            if (++held < 3)
                continue;
            for (int k = 0; k < 4; k++)
                text[k] = LETTER[bits >> (18 - 6 * k) & 63u];
            park_text_printf(&page->out, "%.4s", text);
            bits = 0, held = 0;
        }
    }
    if (held > 0) { /* what is left of three bytes */
        bits <<= 8 * (3 - held);
        for (int k = 0; k < 4; k++)
            text[k] = k <= held ? LETTER[bits >> (18 - 6 * k) & 63u] : '=';
        park_text_printf(&page->out, "%.4s", text);
    }
}

static void line_json(park_page *page, park_json *json, const series *s, const line *l, bool hourly)
{
    const double *value = hourly ? l->hourly : l->day;
    size_t        count = hourly ? s->rows->rows : s->days;
    double        lo = INFINITY, hi = -INFINITY;
    for (size_t i = 0; i < count; i++)
        if (isfinite(value[i]))
            lo = fmin(lo, value[i]), hi = fmax(hi, value[i]);
    park_json_open(json, NULL, '{');
    label_json(json, "name", l->label);
    park_json_whole(json, "of", l->unit);
    park_json_short(json, "lo", lo, 9);
    park_json_short(json, "hi", hi, 9);
    park_json_raw(json, "data", "\"");
    packed(page, value, count, lo, hi);
    park_text_add(&page->out, "\"");
    park_json_close(json, '}');
}

static bool fits(const series *s)
{
    size_t lines = 0;
    for (size_t i = 0; i < s->charts; i++)
        lines += s->chart[i].lines;
    return lines * s->rows->rows <= HOURLY_MOST;
}

static void data(park_page *page, const series *s)
{
    bool      hourly = fits(s);
    int64_t   offset = page->model->time.utc_offset, every = hourly ? s->rows->every : PARK_DAY_SECONDS;
    int64_t   start = hourly ? s->rows->time[0] - s->rows->every + offset : s->first_day * PARK_DAY_SECONDS;
    park_json json;
    park_json_init(&json, &page->out);
    park_text_add(&page->out, "<script type=\"application/json\" id=\"series-data\">");
    park_json_open(&json, NULL, '{');
    park_json_whole(&json, "start", start); /* local, as if it were UTC [s] */
    park_json_whole(&json, "every", every);
    park_json_whole(&json, "count", (int64_t)(hourly ? s->rows->rows : s->days));
    park_json_open(&json, "charts", '[');
    for (size_t i = 0; i < s->charts; i++) {
        const chart *c = &s->chart[i];
        if (c->lines == 0)
            continue;
        park_json_open(&json, NULL, '{');
        label_json(&json, "title", c->title);
        label_json(&json, "unit", c->unit);
        park_json_bool(&json, "stacked", c->stacked);
        park_json_bool(&json, "ofUnits", c->of_units);
        park_json_open(&json, "lines", '[');
        for (size_t k = 0; k < c->lines; k++)
            line_json(page, &json, s, &c->line[k], hourly);
        park_json_close(&json, ']');
        park_json_close(&json, '}');
    }
    park_json_close(&json, ']');
    park_json_close(&json, '}');
    park_text_add(&page->out, "</script>\n");
}

static bool prepare(series *s, park_page *page)
{
    const park_rows *rows = page->record->rows;
    memset(s, 0, sizeof *s);
    s->page      = page;
    s->rows      = rows;
    s->first_day = (rows->time[0] - rows->every + page->model->time.utc_offset) / PARK_DAY_SECONDS;
    s->days      = 1;
    for (size_t r = 0; r < rows->rows; r++) {
        size_t day = day_of(s, r);
        s->days    = day + 1 > s->days ? day + 1 : s->days;
    }
    s->hourly = PARK_ARRAY(page->arena, rows->rows, double);
    s->weight = PARK_ARRAY(page->arena, s->days, double);
    return s->hourly != NULL && s->weight != NULL;
}

void park_page_series(park_page *page)
{
    if (page->record->rows == NULL || page->record->rows->rows == 0)
        return;
    series *s = PARK_NEW(page->arena, series);
    if (s == NULL || !prepare(s, page)) {
        page->out.failed = true;
        return;
    }
    intake(s);
    treatment(s);
    storage(s);
    stress(s);
    money_and_power(s);
    states(s);
    park_page_section(page, "series", "过程线", "Through the period");
    park_text_add(&page->out, "<p class=\"note\">");
    park_page_both(page, "图中为逐时值，可拖动或滚轮缩放；无脚本时显示日平均值。逐时原值见 run.h5。",
                   "Charts show hourly values; drag or scroll to zoom. Without scripts daily means are "
                   "drawn. Full figures stand in "
                   "run.h5.");
    park_text_add(&page->out, "</p>\n");
    size_t shown = 0;
    for (size_t i = 0; i < s->charts; i++) {
        const chart *c = &s->chart[i];
        if (c->lines == 0 || c->of_units)
            continue;
        park_text_printf(
            &page->out,
            "<div class=\"chart\" id=\"chart-%zu\"></div>\n<details class=\"still\" open><summary>", shown);
        park_page_label(page, c->title, "");
        park_text_add(&page->out, " (");
        park_page_label(page, c->unit, "");
        park_text_add(&page->out, ")</summary><div class=\"sparks\">\n");
        for (size_t k = 0; k < c->lines; k++)
            spark(page, s, c, &c->line[k]);
        park_text_add(&page->out, "</div></details>\n");
        shown++;
    }
    data(page, s);
    park_page_section_end(page);
}
