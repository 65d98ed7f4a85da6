/*
 * calendar.h - civil dates and times: Gregorian calendar, fixed offsets from UTC, ISO 8601 text.
 * Instants are int64_t seconds since 1970-01-01T00:00:00Z, without leap seconds.   Looks down on: status.
 *
 * A park lives at one fixed offset (China: +08:00, no summer time), so civil time is arithmetic: no zone
 * files, no environment, the same answer on every machine.
 */
#ifndef PARK_BASE_CALENDAR_H
#define PARK_BASE_CALENDAR_H

#include <parkwater/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PARK_OFFSET_CHINA = 8 * 60, /* [min] east of UTC */
    PARK_DAY_SECONDS  = 86400,
    PARK_ISO_SIZE     = 40 /* room for any text that park_iso_format writes */
};

/* A wall clock's reading. */
typedef struct park_civil {
    int32_t year, month, day;     /* month 1-12, day 1-31 */
    int32_t hour, minute, second; /* 0-23, 0-59, 0-59 */
    int32_t offset;               /* [min] east of UTC */
} park_civil;

bool    park_year_leap(int32_t year);
int32_t park_year_days(int32_t year);
/* Days of a month 1-12; 0 for any other month. */
int32_t park_month_days(int32_t year, int32_t month);

/* Days from 1970-01-01 to a date that exists; negative before. Inverse: park_day_date. */
int64_t park_date_day(int32_t year, int32_t month, int32_t day);
void    park_day_date(int64_t day, int32_t *year, int32_t *month, int32_t *date);
/* 1 = Monday .. 7 = Sunday. */
int32_t park_day_weekday(int64_t day);

/* Instant <-> reading. Years from -9999 to 9999 are exact. */
park_civil park_civil_at(int64_t instant, int32_t offset);
int64_t    park_civil_instant(const park_civil *civil);
/* 1 for 1 January .. 365 or 366. */
int32_t park_civil_day_of_year(const park_civil *civil);

/**
 * Read an ISO 8601 date or date-time: 2025-07-10, 2025-07-10T08:30, 2025-07-10 08:30:15.25+08:00, ...Z,
 * +0800, +08. A date alone means its midnight; 24:00 means the next midnight; fractions of a second are
 * rounded to whole ones.
 *
 * @param text       length bytes, no blanks around
 * @param offset     [min] used when the text states none
 * @param instant    out
 * @param date_only  out, whether no time of day was written; may be NULL
 * @return PARK_OK; PARK_E_INPUT when the text has another form; PARK_E_RANGE when the form is right but there
 * is no such date or time (30 February, 25:00, an offset beyond 14 hours)
 */
PARK_MUST_CHECK park_status park_iso_parse(const char *text, size_t length, int32_t offset, int64_t *instant,
                                           bool *date_only, park_error *err);

/* "2025-07-10T08:30:00+08:00" ("Z" for offset 0) into buffer; returns buffer. */
char *park_iso_format(int64_t instant, int32_t offset, char buffer[PARK_ISO_SIZE]);

#endif
