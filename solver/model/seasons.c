/*
 * seasons.c - how a period is divided: each civil day of it belongs to one season.   Looks down on: base.
 */
#include <parkwater/model.h>

#include "base/calendar.h"

#include <string.h>

static const double YEAR = 365.0 * 86400.0;

static const char *const MONTH_EN[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static park_status steady_season(park_draft *draft)
{
    park_time *time = &draft->time;
    time->season    = PARK_NEW(draft->arena, park_season_info);
    if (time->season == NULL)
        return PARK_E_MEMORY;
    time->seasons           = 1;
    time->season[0].id      = "steady";
    time->season[0].label   = (park_label){"稳态", "steady"};
    time->season[0].seconds = draft->economics.hours;
    time->year_seconds      = draft->economics.hours;
    return PARK_OK;
}

/* Month-day as a number that orders the days of a year. */
static int32_t day_number(int32_t month, int32_t day)
{
    return 100 * month + day;
}

static bool holds(const park_season_dates *dates, int32_t month, int32_t day)
{
    int32_t from = day_number(dates->from_month, dates->from_day),
            to   = day_number(dates->to_month, dates->to_day);
    int32_t at   = day_number(month, day);
    return from <= to ? from <= at && at <= to : at >= from || at <= to;
}

/* The season of a civil day: an index for dated seasons, a running number of the month or quarter else; -1
 * none, -2 two. */
static int32_t season_of(park_season_rule rule, const park_season_dates *dates, size_t count, int32_t year,
                         int32_t month, int32_t day)
{
    if (rule == PARK_SEASONS_STEADY)
        return 0;
    if (rule == PARK_SEASONS_MONTHS)
        return 12 * year + month - 1;
    if (rule == PARK_SEASONS_QUARTERS)
        return 4 * year + (month - 1) / 3;
    int32_t found = -1, rest = -1;
    for (size_t i = 0; i < count; i++) {
        if (dates[i].rest)
            rest = (int32_t)i;
        else if (holds(&dates[i], month, day))
            found = found == -1 ? (int32_t)i : -2;
    }
    return found == -1 ? rest : found;
}

typedef struct divided {
    int32_t          key;
    park_season_info info;
    size_t           cap;
    park_span       *spans;
} divided;

static bool name_season(park_arena *arena, park_season_info *info, park_season_rule rule,
                        const park_season_dates *dates, int32_t key)
{
    int32_t month = key % 12 + 1;
    switch (rule) {
    case PARK_SEASONS_STEADY:
        info->id    = "period";
        info->label = (park_label){"全期", "whole period"};
        return true;
    case PARK_SEASONS_MONTHS:
        info->id    = park_arena_printf(arena, "%04d-%02d", key / 12, month);
        info->label = (park_label){park_arena_printf(arena, "%d月", month), MONTH_EN[month - 1]};
        return info->id != NULL && info->label.zh != NULL;
    case PARK_SEASONS_QUARTERS:
        info->id    = park_arena_printf(arena, "%04d-Q%d", key / 4, key % 4 + 1);
        info->label = (park_label){park_arena_printf(arena, "%d季度", key % 4 + 1),
                                   park_arena_printf(arena, "Q%d", key % 4 + 1)};
        return info->id != NULL && info->label.zh != NULL && info->label.en != NULL;
    case PARK_SEASONS_DATED:
        break;
    }
    info->id    = dates[key].id;
    info->label = dates[key].label;
    if (info->label.zh == NULL && info->label.en == NULL)
        info->label = (park_label){info->id, info->id};
    return true;
}

/* Add one span of a season, joined to the one before where they touch. */
static bool add_span(park_arena *arena, divided *season, park_span span)
{
    size_t n = season->info.span_count;
    if (n > 0 && season->spans[n - 1].end == span.start) {
        season->spans[n - 1].end = span.end;
        return true;
    }
    if (!PARK_GROW(arena, season->spans, season->info.span_count, season->cap))
        return false;
    season->spans[season->info.span_count++] = span;
    return true;
}

park_status park_time_seasons(park_draft *draft, park_season_rule rule, const park_season_dates *dates,
                              size_t count, park_error *err)
{
    park_time *time = &draft->time;
    if (time->steady)
        return steady_season(draft) == PARK_OK
                   ? PARK_OK
                   : PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for seasons");
    if (time->end <= time->start)
        return PARK_FAIL(err, PARK_E_RANGE, "the period ends before it starts");

    divided *season  = NULL;
    size_t   seasons = 0, cap = 0;
    int32_t  offset = time->utc_offset / 60;
    for (int64_t t = time->start; t < time->end;) {
        park_civil civil = park_civil_at(t, offset);
        int64_t    next =
            (park_date_day(civil.year, civil.month, civil.day) + 1) * PARK_DAY_SECONDS - time->utc_offset;
        if (next > time->end)
            next = time->end;
        int32_t key = season_of(rule, dates, count, civil.year, civil.month, civil.day);
        if (key < 0)
            return PARK_FAIL(err, PARK_E_RANGE,
                             key == -1 ? "%02d-%02d belongs to no season; add one with rest: true"
                                       : "%02d-%02d belongs to two seasons",
                             civil.month, civil.day);
        size_t s = 0;
        while (s < seasons && season[s].key != key)
            s++;
        if (s == seasons) {
            if (!PARK_GROW(draft->arena, season, seasons, cap))
                return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for seasons");
            season[seasons++] = (divided){.key = key};
            if (!name_season(draft->arena, &season[s].info, rule, dates, key))
                return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for seasons");
        }
        if (!add_span(draft->arena, &season[s], (park_span){t, next}))
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for seasons");
        season[s].info.seconds += (double)(next - t);
        t = next;
    }
    time->season = PARK_ARRAY(draft->arena, seasons, park_season_info);
    if (time->season == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for seasons");
    double scale       = YEAR / (double)(time->end - time->start);
    time->seasons      = seasons;
    time->year_seconds = 0.0;
    for (size_t s = 0; s < seasons; s++) {
        time->season[s]         = season[s].info;
        time->season[s].spans   = season[s].spans;
        time->season[s].seconds = season[s].info.seconds * scale;
        time->year_seconds += time->season[s].seconds;
    }
    return PARK_OK;
}
