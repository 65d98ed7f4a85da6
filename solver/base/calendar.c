#include "base/calendar.h"

#include <stdio.h>
#include <string.h>

enum {
    DAYS_400_YEARS = 146097,
    DAYS_TO_1970   = 719468, /* from 1 March of year 0 */
    OFFSET_MOST    = 14 * 60
};

bool park_year_leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int32_t park_year_days(int32_t year)
{
    return park_year_leap(year) ? 366 : 365;
}

int32_t park_month_days(int32_t year, int32_t month)
{
    static const int32_t DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return DAYS[month - 1] + (month == 2 && park_year_leap(year));
}

/* Division that rounds down, also below zero. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* A year that begins on 1 March puts the leap day last, so that the length of the months before a date is one
 * linear formula: 153 days in every five months. */
int64_t park_date_day(int32_t year, int32_t month, int32_t day)
{
    int64_t y       = (int64_t)year - (month <= 2);
    int64_t era     = floor_div(y, 400);
    int64_t of_era  = y - 400 * era;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_400_YEARS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_TO_1970;
}

void park_day_date(int64_t day, int32_t *year, int32_t *month, int32_t *date)
{
    int64_t shifted = day + DAYS_TO_1970;
    int64_t era     = floor_div(shifted, DAYS_400_YEARS);
    int64_t in_era  = shifted - era * DAYS_400_YEARS;
    int64_t of_era  = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
    int64_t shift   = (5 * in_year + 2) / 153; /* months since March */

    *date  = (int32_t)(in_year - (153 * shift + 2) / 5 + 1);
    *month = (int32_t)(shift < 10 ? shift + 3 : shift - 9);
    *year  = (int32_t)(of_era + 400 * era + (*month <= 2));
}

int32_t park_day_weekday(int64_t day)
{
    int64_t since = day + 3; /* 1 January 1970 was a Thursday */
    return (int32_t)(since - 7 * floor_div(since, 7)) + 1;
}

park_civil park_civil_at(int64_t instant, int32_t offset)
{
    int64_t    local = instant + 60 * (int64_t)offset;
    int64_t    day   = floor_div(local, PARK_DAY_SECONDS);
    int32_t    rest  = (int32_t)(local - day * PARK_DAY_SECONDS);
    park_civil civil = {.hour = rest / 3600, .minute = rest / 60 % 60, .second = rest % 60, .offset = offset};
    park_day_date(day, &civil.year, &civil.month, &civil.day);
    return civil;
}

int64_t park_civil_instant(const park_civil *civil)
{
    int64_t day = park_date_day(civil->year, civil->month, civil->day);
    return day * PARK_DAY_SECONDS + 3600 * (int64_t)civil->hour + 60 * (int64_t)civil->minute +
           civil->second - 60 * (int64_t)civil->offset;
}

int32_t park_civil_day_of_year(const park_civil *civil)
{
    return (int32_t)(park_date_day(civil->year, civil->month, civil->day) -
                     park_date_day(civil->year, 1, 1)) +
           1;
}

/* ---- text ---------------------------------------------------------------------------------------------- */

typedef struct cursor {
    const char *at, *end;
} cursor;

/* Exactly `digits` digits, or no move. */
static bool number(cursor *c, int digits, int32_t *value)
{
    int32_t v = 0;
    if (c->end - c->at < digits)
        return false;
    for (int i = 0; i < digits; i++) {
        if (c->at[i] < '0' || c->at[i] > '9')
            return false;
        v = 10 * v + (c->at[i] - '0');
    }
    c->at += digits;
    *value = v;
    return true;
}

static bool take(cursor *c, const char *any)
{
    if (c->at == c->end || *c->at == '\0' || strchr(any, *c->at) == NULL)
        return false;
    c->at++;
    return true;
}

/* .25 or ,25 after the seconds; rounds to a whole second by the first digit (half up). */
static bool fraction(cursor *c, int32_t *round_up)
{
    *round_up = 0;
    if (!take(c, ".,"))
        return true;
    int32_t digit;
    if (!number(c, 1, &digit))
        return false;
    *round_up = digit >= 5;
    while (number(c, 1, &digit))
        continue;
    return true;
}

/* Z, +08:00, +0800 or +08; absent: as it was. */
static bool offset_of(cursor *c, int32_t *offset, bool *in_range)
{
    *in_range = true;
    if (c->at == c->end)
        return true;
    if (take(c, "Zz")) {
        *offset = 0;
        return true;
    }
    int32_t sign = *c->at == '-' ? -1 : 1, hours, minutes = 0;
    if (!take(c, "+-") || !number(c, 2, &hours))
        return false;
    bool colon = take(c, ":");
    if ((colon || c->at != c->end) && !number(c, 2, &minutes))
        return false;
    *offset   = sign * (60 * hours + minutes);
    *in_range = minutes < 60 && 60 * hours + minutes <= OFFSET_MOST;
    return true;
}

/* hh:mm, hh:mm:ss, hh:mm:ss.f and what follows. */
static bool time_of(cursor *c, park_civil *civil, int32_t *round_up, bool *in_range)
{
    if (!number(c, 2, &civil->hour) || !take(c, ":") || !number(c, 2, &civil->minute))
        return false;
    if (take(c, ":") && (!number(c, 2, &civil->second) || !fraction(c, round_up)))
        return false;
    return offset_of(c, &civil->offset, in_range);
}

park_status park_iso_parse(const char *text, size_t length, int32_t offset, int64_t *instant, bool *date_only,
                           park_error *err)
{
    cursor     c        = {text, text + length};
    park_civil civil    = {.offset = offset};
    int32_t    round_up = 0;
    bool       in_range = true;

    bool date = number(&c, 4, &civil.year) && take(&c, "-") && number(&c, 2, &civil.month) && take(&c, "-") &&
                number(&c, 2, &civil.day);
    bool only  = date && c.at == c.end;
    int  shown = length < 60 ? (int)length : 60;
    if (!date || (!only && (!take(&c, "Tt ") || !time_of(&c, &civil, &round_up, &in_range))) || c.at != c.end)
        return PARK_FAIL(err, PARK_E_INPUT,
                         "'%.*s' is not a date or time; write 2025-07-10 or 2025-07-10T08:30:00+08:00", shown,
                         text);

    bool midnight = civil.hour == 24 && civil.minute == 0 && civil.second == 0;
    if (civil.day < 1 || civil.day > park_month_days(civil.year, civil.month) ||
        (civil.hour > 23 && !midnight) || civil.minute > 59 || civil.second > 59 || !in_range)
        return PARK_FAIL(err, PARK_E_RANGE, "there is no such date or time as '%.*s'", shown, text);

    *instant = park_civil_instant(&civil) + round_up;
    if (date_only != NULL)
        *date_only = only;
    return PARK_OK;
}

char *park_iso_format(int64_t instant, int32_t offset, char buffer[PARK_ISO_SIZE])
{
    park_civil c = park_civil_at(instant, offset);
    int        n = snprintf(buffer, PARK_ISO_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d", (int)c.year, (int)c.month,
                            (int)c.day, (int)c.hour, (int)c.minute, (int)c.second);
    int32_t    size = offset < 0 ? -offset : offset;
    if (offset == 0)
        snprintf(buffer + n, PARK_ISO_SIZE - (size_t)n, "Z");
    else
        snprintf(buffer + n, PARK_ISO_SIZE - (size_t)n, "%c%02d:%02d", offset < 0 ? '-' : '+',
                 (int)(size / 60 % 100), (int)(size % 60));
    return buffer;
}
