/*
 * load_time.c - period, calendars, seasons, patterns.
 */
#include "load_sections.h"

#include "base/calendar.h"

#include <string.h>

bool park_load_instant(park_loader *loader, const park_tree_node *node, const char *text, size_t length,
                       int64_t *instant, bool *date_only)
{
    park_reader *reader = &loader->reader;
    park_error   err    = {0};
    if (park_iso_parse(text, length, PARK_OFFSET_CHINA, instant, date_only, &err) == PARK_OK)
        return true;
    PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0309, PARK_ERROR,
              "'%.*s' is no date; dates are written 2025-07-10 or 2025-07-10T08:30",
              "“%.*s”不是日期；日期写作 2025-07-10 或 2025-07-10T08:30", (int)(length < 200 ? length : 200),
              text);
    return false;
}

static bool instant_of(park_loader *loader, const park_tree_node *node, int64_t *instant)
{
    return park_reader_is(&loader->reader, node, PARK_SCALAR) &&
           park_load_instant(loader, node, node->text, node->length, instant, NULL);
}

/* "2025-01-28..2025-02-04", both ends included, or one date. */
static bool read_span(park_loader *loader, const park_tree_node *node, park_span *span)
{
    if (!park_reader_is(&loader->reader, node, PARK_SCALAR))
        return false;
    const char *dots      = strstr(node->text, "..");
    size_t      first     = dots != NULL ? (size_t)(dots - node->text) : node->length;
    const char *last      = dots != NULL ? dots + 2 : node->text;
    bool        date_only = true;
    if (!park_load_instant(loader, node, node->text, first, &span->start, NULL) ||
        !park_load_instant(loader, node, last, strlen(last), &span->end, &date_only))
        return false;
    span->end += date_only ? PARK_DAY_SECONDS : 0;
    if (span->end > span->start)
        return true;
    PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0309, PARK_ERROR, "'%s' ends before it begins",
              "“%s”的终点早于起点", node->text);
    return false;
}

static void read_period(park_loader *loader)
{
    static const char *const WORDS[] = {"start", "end", NULL};
    park_reader             *reader  = &loader->reader;
    park_time               *time    = &reader->draft->time;
    park_tree_node          *period  = park_tree_get(loader->root, "period");
    time->utc_offset                 = PARK_OFFSET_CHINA * 60;
    time->steady                     = true;
    if (period == NULL) {
        park_reader_put_default(reader, loader->root, "period", "steady", false);
        return;
    }
    if (period->form == PARK_SCALAR) {
        if (strcmp(period->text, "steady") != 0)
            PARK_TELL(reader, period, PARK_AT_VALUE, PARK_E0304, PARK_ERROR,
                      "period is '%s'; it must be `steady` or {start: 2025-01-01, end: 2026-01-01}",
                      "period 写作“%s”；应为 steady 或 {start: 2025-01-01, end: 2026-01-01}", period->text);
        return;
    }
    if (!park_reader_is(reader, period, PARK_MAPPING) || !park_reader_known(reader, period, NULL, 0, WORDS))
        return;
    int64_t               start = 0, end = 0;
    const park_tree_node *from = park_tree_get(period, "start"), *to = park_tree_get(period, "end");
    if (from == NULL || to == NULL) {
        PARK_TELL(reader, period, PARK_AT_KEY, PARK_E0302, PARK_ERROR, "period needs %s", "period 缺少 %s",
                  from == NULL ? "start" : "end");
        return;
    }
    bool ok = instant_of(loader, from, &start);
    ok &= instant_of(loader, to, &end);
    if (!ok)
        return;
    if (end <= start || end - start > 100 * (int64_t)366 * PARK_DAY_SECONDS) {
        PARK_TELL(
            reader, period, PARK_AT_VALUE, PARK_E0309, PARK_ERROR,
            "the period from %s to %s is empty or longer than a century; its end must come after its start",
            "时段 %s 至 %s 为空或超过一百年；终点须晚于起点", from->text, to->text);
        return;
    }
    time->steady = false;
    time->start  = start;
    time->end    = end;
}

static void read_calendars(park_loader *loader)
{
    park_reader    *reader  = &loader->reader;
    park_tree_node *section = park_load_section(loader, "calendars");
    if (section == NULL)
        return;
    park_calendar *calendar = PARK_ARRAY(reader->arena, section->count, park_calendar);
    reader->failed |= calendar == NULL;
    for (size_t i = 0; calendar != NULL && i < section->count; i++) {
        park_tree_node *node = section->items[i];
        if (park_reader_is_note(park_tree_key(node)))
            continue;
        park_load_id_add(loader, node);
        if (!park_reader_record(reader, node, &(park_part){PARK_CALENDAR_WORDS, NULL}, 1))
            continue;
        park_tree_node *closed = park_tree_get(node, "closed");
        size_t          count  = closed->form == PARK_LIST ? closed->count : 1;
        park_calendar  *at     = &calendar[reader->draft->calendars++];
        at->id                 = park_tree_key(node);
        at->closed             = PARK_ARRAY(reader->arena, count, park_span);
        reader->failed |= at->closed == NULL;
        for (size_t k = 0; at->closed != NULL && k < count; k++)
            if (read_span(loader, closed->form == PARK_LIST ? closed->items[k] : closed,
                          &at->closed[at->count]))
                at->count++;
    }
    reader->draft->calendar = calendar;
}

void park_load_period(park_loader *loader)
{
    read_period(loader);
    read_calendars(loader);
}

void park_load_patterns(park_loader *loader)
{
    park_tree_node *section = park_load_section(loader, "patterns");
    for (size_t i = 0; section != NULL && i < section->count; i++) {
        park_tree_node *node = section->items[i];
        if (park_reader_is_note(park_tree_key(node)))
            continue;
        park_load_id_add(loader, node);
        (void)park_reader_pattern(&loader->reader, node, park_tree_key(node), PARK_DIM_NUMBER);
    }
}

/* --- seasons --- */

/* "07-10" */
static bool month_day(const char *text, size_t length, int32_t *month, int32_t *day)
{
    for (size_t i = 0; i < length; i++)
        if (length != 5 || (i == 2 ? text[i] != '-' : text[i] < '0' || text[i] > '9'))
            return false;
    if (length != 5)
        return false;
    *month = 10 * (text[0] - '0') + text[1] - '0';
    *day   = 10 * (text[3] - '0') + text[4] - '0';
    return *month >= 1 && *month <= 12 && *day >= 1 && *day <= park_month_days(2024, *month);
}

static bool read_dates(park_loader *loader, const park_tree_node *node, park_season_dates *season)
{
    if (!park_reader_is(&loader->reader, node, PARK_SCALAR))
        return false;
    const char *dots = strstr(node->text, "..");
    if (dots != NULL &&
        month_day(node->text, (size_t)(dots - node->text), &season->from_month, &season->from_day) &&
        month_day(dots + 2, strlen(dots + 2), &season->to_month, &season->to_day))
        return true;
    PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0309, PARK_ERROR,
              "dates is '%s'; a season is written by month and day, as 07-10..07-20",
              "dates 写作“%s”；时段按月-日书写，如 07-10..07-20", node->text);
    return false;
}

static bool read_season(park_loader *loader, park_tree_node *node, park_season_dates *season)
{
    static const char *const WORDS[] = {"dates", "rest", "name", NULL};
    park_reader             *reader  = &loader->reader;
    *season                          = (park_season_dates){.id = park_tree_key(node)};
    season->label                    = (park_label){season->id, NULL};
    if (!park_reader_id(reader, node) || !park_reader_is(reader, node, PARK_MAPPING) ||
        !park_reader_known(reader, node, NULL, 0, WORDS))
        return false;
    const park_tree_node *dates = park_tree_get(node, "dates"), *rest = park_tree_get(node, "rest");
    const park_tree_node *name = park_tree_get(node, "name");
    bool                  ok   = name == NULL || park_reader_label(reader, name, &season->label);
    if ((dates == NULL) == (rest == NULL)) {
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0302, PARK_ERROR,
                  "the season '%s' has either dates or `rest: true`", "时段“%s”须写 dates 或 rest: true 之一",
                  season->id);
        return false;
    }
    return (dates != NULL ? read_dates(loader, dates, season)
                          : park_reader_bool(reader, rest, &season->rest)) &&
           ok;
}

static void divide(park_loader *loader, const park_tree_node *node, park_season_rule rule,
                   const park_season_dates *dates, size_t count)
{
    park_error  err    = {0};
    park_status status = park_time_seasons(loader->reader.draft, rule, dates, count, &err);
    loader->reader.failed |= status == PARK_E_MEMORY;
    if (status == PARK_E_RANGE)
        PARK_TELL(&loader->reader, node, PARK_AT_VALUE, PARK_E0309, PARK_ERROR, "%s", "时段划分有误：%s",
                  err.message);
}

void park_load_seasons(park_loader *loader)
{
    static const char *const RULES[] = {"steady", "months", "quarters", NULL};
    park_reader             *reader  = &loader->reader;
    bool                     steady  = reader->draft->time.steady;
    park_tree_node          *node    = park_tree_get(loader->root, "seasons");
    int32_t                  rule    = 0;
    if (node == NULL) {
        node = park_reader_put_default(reader, loader->root, "seasons", "steady", false);
        if (node != NULL)
            divide(loader, node, PARK_SEASONS_STEADY, NULL, 0);
        return;
    }
    if (node->form == PARK_SCALAR) {
        if (!park_reader_choice(reader, node, RULES, &rule))
            return;
        const park_tree_node *period = park_tree_get(loader->root, "period");
        if (steady && rule != 0 && period != NULL && period->form == PARK_MAPPING)
            return; /* its dates were wrong, and told */
        if (steady && rule != 0)
            PARK_TELL(reader, node, PARK_AT_VALUE, PARK_E0308, PARK_ERROR,
                      "seasons: %s needs a period with dates; this park is steady",
                      "seasons: %s 需要有日期的 period；本园区为稳态", node->text);
        else
            divide(loader, node, (park_season_rule)rule, NULL, 0);
        return;
    }
    if (!park_reader_is(reader, node, PARK_MAPPING))
        return;
    park_season_dates *dates = PARK_ARRAY(reader->arena, node->count, park_season_dates);
    size_t             count = 0;
    bool               ok    = dates != NULL;
    reader->failed |= dates == NULL;
    for (size_t i = 0; dates != NULL && i < node->count; i++)
        if (!park_reader_is_note(park_tree_key(node->items[i])))
            ok &= read_season(loader, node->items[i], &dates[count++]);
    if (ok && steady)
        PARK_TELL(reader, node, PARK_AT_KEY, PARK_E0308, PARK_ERROR,
                  "seasons by date need a period with dates; this park is %s",
                  "按日期划分需要有日期的 period；本园区为 %s", "steady");
    else if (ok)
        divide(loader, node, PARK_SEASONS_DATED, dates, count);
}
