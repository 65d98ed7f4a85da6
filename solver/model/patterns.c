/*
 * patterns.c - values in time and their exact means: patterns, calendars, the season of an instant.
 * A steady park has no clock: everything stands at its mean.   Looks down on: base.
 */
#include <parkwater/model.h>

#include "base/calendar.h"

#include <math.h>

/* Days of the months in a year of 365 d, for the mean of a monthly pattern in a steady park. */
static const double MONTH_DAYS[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/* ---- one pattern
 * ---------------------------------------------------------------------------------------------- */

static int64_t floor_div(int64_t a, int64_t b)
{
    int64_t q = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

/* Local midnight that a cycle counts from. */
static int64_t cycle_origin(const park_model *model)
{
    int64_t local = model->time.start + model->time.utc_offset;
    return floor_div(local, PARK_DAY_SECONDS) * PARK_DAY_SECONDS - model->time.utc_offset;
}

static int64_t month_end(const park_model *model, int64_t t, int32_t *month)
{
    park_civil civil = park_civil_at(t, model->time.utc_offset / 60);
    *month           = civil.month;
    int32_t year     = civil.month == 12 ? civil.year + 1 : civil.year,
            next     = civil.month == 12 ? 1 : civil.month + 1;
    return park_date_day(year, next, 1) * PARK_DAY_SECONDS - model->time.utc_offset;
}

/* Index of the point that holds at t: the last with time <= t; 0 before the first. */
static size_t series_index(const park_pattern *p, int64_t t)
{
    size_t low = 0, high = p->count; /* time[low] <= t < time[high], where they exist */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->time[middle] <= t)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The step of a cycle that holds at t, and where it ends. Steps are whole seconds or longer. */
static size_t cycle_index(const park_model *model, const park_pattern *p, int64_t t, double *step_end)
{
    double origin = (double)cycle_origin(model), period = p->every * (double)p->count;
    double laps = floor(((double)t - origin) / period);
    double into = (double)t - origin - laps * period;
    size_t i    = (size_t)fmax(0.0, floor(into / p->every));
    if (i >= p->count)
        i = p->count - 1;
    *step_end = origin + laps * period + (double)(i + 1) * p->every;
    return i;
}

/* Slope of a linear series after point i; 0 at its ends. */
static double series_slope(const park_pattern *p, size_t i, int64_t t)
{
    if (!p->linear || i + 1 >= p->count || t < p->time[0])
        return 0.0;
    return (p->value[i + 1] - p->value[i]) / (double)(p->time[i + 1] - p->time[i]);
}

static double pattern_at(const park_model *model, const park_pattern *p, int64_t t)
{
    int32_t month;
    double  step_end;
    switch (p->kind) {
    case PARK_PATTERN_MONTHLY:
        month_end(model, t, &month);
        return p->value[month - 1];
    case PARK_PATTERN_CYCLE:
        return p->value[cycle_index(model, p, t, &step_end)];
    case PARK_PATTERN_SERIES:
        break;
    }
    size_t i     = series_index(p, t);
    double slope = series_slope(p, i, t);
    return slope == 0.0 ? p->value[i] : p->value[i] + slope * (double)(t - p->time[i]);
}

/* The next instant after t where the pattern may take another value or slope; INT64_MAX none. */
static int64_t pattern_next(const park_model *model, const park_pattern *p, int64_t t)
{
    int32_t month;
    double  step_end;
    if (p->kind == PARK_PATTERN_MONTHLY)
        return month_end(model, t, &month);
    if (p->kind == PARK_PATTERN_CYCLE) {
        cycle_index(model, p, t, &step_end);
        int64_t end = (int64_t)ceil(step_end);
        return end > t ? end : t + 1;
    }
    if (t < p->time[0])
        return p->time[0];
    size_t i = series_index(p, t);
    return i + 1 < p->count ? p->time[i + 1] : INT64_MAX;
}

double park_pattern_integral(const park_model *model, const park_pattern *p, int64_t a, int64_t b)
{
    if (p->kind == PARK_PATTERN_CYCLE) {
        double every = p->every, origin = (double)cycle_origin(model), sum = 0.0, from = (double)a;
        double lap = 0.0, period = every * (double)p->count;
        for (size_t i = 0; i < p->count; i++)
            lap += p->value[i] * every;
        double whole = floor(((double)b - from) / period); /* whole laps first, the rest step by step */
        sum          = whole * lap;
        from += whole * period;
        while (from < (double)b) {
            double step = floor((from - origin) / every),
                   end  = fmin(origin + (step + 1.0) * every, (double)b);
            double n = (double)p->count, i = step - n * floor(step / n);
            if (end <= from) /* rounding at a step's end */
                end = fmin(from + every, (double)b);
            sum += p->value[(size_t)i] * (end - from);
            from = end;
        }
        return sum;
    }
    double sum = 0.0;
    while (a < b) {
        int64_t next = pattern_next(model, p, a), end = next < b ? next : b;
        double  width = (double)(end - a);
        double  value = pattern_at(model, p, a);
        if (p->kind == PARK_PATTERN_SERIES)
            value += 0.5 * width * series_slope(p, series_index(p, a), a);
        sum += value * width;
        a = end;
    }
    return sum;
}

/* Mean of a pattern for a park without a clock: months by their days, steps evenly, points by how long each
 * holds. */
static double steady_mean(const park_pattern *p)
{
    double sum = 0.0, weight = 0.0;
    for (size_t i = 0; i < p->count; i++) {
        double w = 1.0;
        if (p->kind == PARK_PATTERN_MONTHLY)
            w = MONTH_DAYS[i % 12];
        else if (p->kind == PARK_PATTERN_SERIES && p->count > 1)
            w = (double)(i + 1 < p->count ? p->time[i + 1] - p->time[i] : p->time[i] - p->time[i - 1]);
        sum += w * p->value[i];
        weight += w;
    }
    return weight > 0.0 ? sum / weight : 0.0;
}

/* ---- calendars
 * ---------------------------------------------------------------------------------------------------- */

/* Where the calendar is open next at or after t, before `end`: the open span's bounds; false when it stays
 * closed. */
static bool next_open(const park_calendar *calendar, int64_t t, int64_t end, park_span *open)
{
    bool moved = true;
    while (moved) { /* leave every closing that holds t; they may overlap */
        moved = false;
        for (size_t i = 0; i < calendar->count; i++)
            if (calendar->closed[i].start <= t && t < calendar->closed[i].end) {
                t     = calendar->closed[i].end;
                moved = true;
            }
    }
    *open = (park_span){t, end};
    for (size_t i = 0; i < calendar->count; i++)
        if (calendar->closed[i].start > t && calendar->closed[i].start < open->end &&
            calendar->closed[i].end > calendar->closed[i].start)
            open->end = calendar->closed[i].start;
    return t < end;
}

bool park_calendar_closed(const park_model *model, int32_t calendar, int64_t t)
{
    if (calendar < 0 || model->time.steady)
        return false;
    const park_calendar *c = &model->calendar[calendar];
    for (size_t i = 0; i < c->count; i++)
        if (c->closed[i].start <= t && t < c->closed[i].end)
            return true;
    return false;
}

/* Integral over the open part of [a, b) of a pattern, or of 1 where there is none. */
static double open_integral(const park_model *model, const park_pattern *pattern, int32_t calendar, int64_t a,
                            int64_t b)
{
    double    sum = 0.0;
    park_span open;
    while (a < b) {
        if (calendar < 0)
            open = (park_span){a, b};
        else if (!next_open(&model->calendar[calendar], a, b, &open))
            break;
        sum += pattern == NULL ? (double)(open.end - open.start)
                               : park_pattern_integral(model, pattern, open.start, open.end);
        a = open.end;
    }
    return sum;
}

static double season_open_mean(const park_model *model, const park_pattern *pattern, int32_t calendar,
                               int32_t season)
{
    const park_season_info *s   = &model->time.season[season];
    double                  sum = 0.0, seconds = 0.0;
    for (size_t i = 0; i < s->span_count; i++) {
        sum += open_integral(model, pattern, calendar, s->spans[i].start, s->spans[i].end);
        seconds += (double)(s->spans[i].end - s->spans[i].start);
    }
    return seconds > 0.0 ? sum / seconds : 0.0;
}

double park_calendar_open_share(const park_model *model, int32_t calendar, int32_t season)
{
    return calendar < 0 || model->time.steady ? 1.0 : season_open_mean(model, NULL, calendar, season);
}

/* ---- series
 * ---------------------------------------------------------------------------------------------------------
 */

double park_series_at(const park_model *model, park_series series, int64_t t)
{
    if (series.pattern < 0 || isnan(series.base))
        return series.base;
    const park_pattern *p = &model->pattern[series.pattern];
    return series.base * (model->time.steady ? steady_mean(p) : pattern_at(model, p, t));
}

double park_series_open_mean(const park_model *model, park_series series, int32_t calendar, int32_t season)
{
    if (model->time.steady)
        return park_series_at(model, series, 0);
    if (series.pattern < 0 || isnan(series.base))
        return isinf(series.base) ? series.base
                                  : series.base * park_calendar_open_share(model, calendar, season);
    return series.base * season_open_mean(model, &model->pattern[series.pattern], calendar, season);
}

double park_series_mean(const park_model *model, park_series series, int32_t season)
{
    return park_series_open_mean(model, series, -1, season);
}

double park_series_peak(const park_model *model, park_series series, int32_t season)
{
    if (series.pattern < 0 || isnan(series.base))
        return series.base;
    const park_pattern *p    = &model->pattern[series.pattern];
    double              peak = -INFINITY;
    if (model->time.steady) {
        for (size_t i = 0; i < p->count; i++)
            peak = fmax(peak, p->value[i]);
        return series.base * peak;
    }
    const park_season_info *s = &model->time.season[season];
    for (size_t i = 0; i < s->span_count; i++)
        for (int64_t t = s->spans[i].start; t < s->spans[i].end;) {
            int64_t next = pattern_next(model, p, t);
            peak         = fmax(peak, pattern_at(model, p, t));
            if (p->linear && next != INT64_MAX) /* a rising piece is highest at its end */
                peak = fmax(peak, pattern_at(model, p, next < s->spans[i].end ? next : s->spans[i].end));
            t = next;
        }
    return series.base * peak;
}

/* ---- the clock of the model
 * ----------------------------------------------------------------------------------------- */

static void sooner(int64_t candidate, int64_t t, int64_t *next)
{
    if (candidate > t && candidate < *next)
        *next = candidate;
}

int64_t park_model_next_change(const park_model *model, int64_t t)
{
    int64_t next = INT64_MAX;
    if (model->time.steady)
        return next;
    for (size_t i = 0; i < model->patterns; i++)
        if (model->pattern[i].count > 0)
            sooner(pattern_next(model, &model->pattern[i], t), t, &next);
    for (size_t i = 0; i < model->calendars; i++)
        for (size_t k = 0; k < model->calendar[i].count; k++) {
            sooner(model->calendar[i].closed[k].start, t, &next);
            sooner(model->calendar[i].closed[k].end, t, &next);
        }
    for (size_t i = 0; i < model->failures; i++) {
        sooner(model->failure[i].span.start, t, &next);
        sooner(model->failure[i].span.end, t, &next);
    }
    for (size_t s = 0; s < model->time.seasons; s++)
        for (size_t k = 0; k < model->time.season[s].span_count; k++) {
            sooner(model->time.season[s].spans[k].start, t, &next);
            sooner(model->time.season[s].spans[k].end, t, &next);
        }
    return next;
}

int32_t park_model_season_at(const park_model *model, int64_t t)
{
    if (model->time.steady)
        return 0;
    for (size_t s = 0; s < model->time.seasons; s++)
        for (size_t k = 0; k < model->time.season[s].span_count; k++)
            if (model->time.season[s].spans[k].start <= t && t < model->time.season[s].spans[k].end)
                return (int32_t)s;
    return -1;
}

double park_season_mean(const park_model *model, int32_t season, double (*value)(const void *user, int64_t t),
                        const void *user)
{
    if (model->time.steady)
        return value(user, 0);
    const park_season_info *s   = &model->time.season[season];
    double                  sum = 0.0, seconds = 0.0;
    for (size_t i = 0; i < s->span_count; i++)
        for (int64_t a = s->spans[i].start; a < s->spans[i].end;) {
            int64_t next = park_model_next_change(model, a);
            int64_t b    = next < s->spans[i].end ? next : s->spans[i].end;
            /* The right end belongs to the next piece: the value just before it is extrapolated from inside.
             */
            int64_t middle = a + (b - a) / 2, late = b - 1;
            double  first = value(user, a), half = value(user, middle), last = value(user, late);
            double  width = (double)(b - a);
            if (late > middle)
                last = half + (last - half) * (double)(b - middle) / (double)(late - middle);
            sum += width * (first + 4.0 * half + last) / 6.0;
            seconds += width;
            a = b;
        }
    return seconds > 0.0 ? sum / seconds : 0.0;
}
