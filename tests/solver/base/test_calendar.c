#include "base/calendar.h"
#include "check.h"

#include <time.h>

static void leap_years_follow_gregory(void)
{
    CHECK(park_year_leap(2024) && park_year_leap(2000) && !park_year_leap(1900) && !park_year_leap(2025));
    CHECK(park_year_days(2024) == 366 && park_year_days(2023) == 365);
    CHECK(park_month_days(2024, 2) == 29 && park_month_days(2025, 2) == 28 &&
          park_month_days(2025, 12) == 31);
    CHECK(park_month_days(2025, 0) == 0 && park_month_days(2025, 13) == 0);
}

/* Count days one by one from 1 January 1599; 1970-01-01 must be day 0, a Thursday. */
static void days_agree_with_counting(void)
{
    int64_t day = park_date_day(1599, 1, 1);
    int     bad = 0;
    for (int32_t year = 1599; year < 2402; year++)
        for (int32_t month = 1; month <= 12; month++)
            for (int32_t date = 1; date <= park_month_days(year, month); date++, day++) {
                int32_t y, m, d;
                park_day_date(day, &y, &m, &d);
                bad += park_date_day(year, month, date) != day || y != year || m != month || d != date;
            }
    CHECK(bad == 0);
    CHECK(park_date_day(1970, 1, 1) == 0 && park_day_weekday(0) == 4);
    CHECK(park_day_weekday(park_date_day(2025, 1, 1)) == 3);   /* a Wednesday */
    CHECK(park_day_weekday(park_date_day(1969, 12, 28)) == 7); /* a Sunday, before the epoch */
}

static void instants_agree_with_the_c_library(void)
{
    int bad = 0;
    for (int64_t instant = -4000000000; instant < 8000000000; instant += 7654321) {
        time_t     t = (time_t)instant;
        struct tm  tm;
        park_civil c = park_civil_at(instant, 0);
        gmtime_r(&t, &tm);
        bad += c.year != tm.tm_year + 1900 || c.month != tm.tm_mon + 1 || c.day != tm.tm_mday ||
               c.hour != tm.tm_hour || c.minute != tm.tm_min || c.second != tm.tm_sec ||
               park_civil_day_of_year(&c) != tm.tm_yday + 1 ||
               park_day_weekday(park_date_day(c.year, c.month, c.day)) % 7 != tm.tm_wday ||
               park_civil_instant(&c) != instant;
    }
    CHECK(bad == 0);
}

static void china_is_eight_hours_ahead(void)
{
    park_civil c = park_civil_at(1735660800, PARK_OFFSET_CHINA); /* 2024-12-31T16:00:00Z */
    CHECK(c.year == 2025 && c.month == 1 && c.day == 1 && c.hour == 0 && park_civil_day_of_year(&c) == 1);
    CHECK(park_civil_instant(&c) == 1735660800);
    park_civil utc = park_civil_at(1735660800, 0);
    CHECK(utc.year == 2024 && park_civil_day_of_year(&utc) == 366);
}

static int64_t instant_of(const char *text)
{
    int64_t    instant = -1;
    park_error err     = {0};
    CHECK(park_iso_parse(text, strlen(text), PARK_OFFSET_CHINA, &instant, NULL, &err) == PARK_OK);
    return instant;
}

static park_status status_of(const char *text)
{
    int64_t     instant;
    park_error  err    = {0};
    park_status status = park_iso_parse(text, strlen(text), PARK_OFFSET_CHINA, &instant, NULL, &err);
    CHECK(status == PARK_OK || strstr(err.message, text) != NULL);
    return status;
}

static void iso_text_is_read_in_all_its_forms(void)
{
    CHECK(instant_of("2001-09-09T01:46:40Z") == 1000000000);
    CHECK(instant_of("2038-01-19 03:14:07+00:00") == 2147483647);
    CHECK(instant_of("2025-01-01") == 1735660800);
    CHECK(instant_of("2025-01-01T00:00") == 1735660800);
    CHECK(instant_of("2024-12-31T24:00:00") == 1735660800);
    CHECK(instant_of("2024-12-31T16:00:00.000Z") == 1735660800);
    CHECK(instant_of("2024-12-31T15:59:59.50Z") == 1735660800);
    CHECK(instant_of("2024-12-31T15:59:59,4999Z") == 1735660799);
    CHECK(instant_of("2024-12-31T11:00-05") == 1735660800);
    CHECK(instant_of("2024-12-31T21:30+0530") == 1735660800);
    bool only = false;
    CHECK(park_iso_parse("2025-01-01", 10, 0, &(int64_t){0}, &only, NULL) == PARK_OK && only);
    CHECK(park_iso_parse("2025-01-01T00:00", 16, 0, &(int64_t){0}, &only, NULL) == PARK_OK && !only);
}

static void other_forms_are_refused(void)
{
    static const char *const FORM[]  = {"",
                                        "2025",
                                        "2025-1-1",
                                        "20250101",
                                        "2025/01/01",
                                        "2025-01-01T",
                                        "2025-01-01T8:00",
                                        "2025-01-01T08",
                                        "2025-01-01T08:00:",
                                        "2025-01-01T08:00:00.",
                                        "2025-01-01T08:00+8",
                                        "2025-01-01T08:00+08:",
                                        "2025-01-01T08:00 ",
                                        "2025-01-01T08:00ZZ",
                                        "x"};
    static const char *const RANGE[] = {"2025-02-29",
                                        "2025-00-10",
                                        "2025-13-01",
                                        "2025-04-31",
                                        "2025-01-00",
                                        "2025-01-01T25:00",
                                        "2025-01-01T24:01",
                                        "2025-01-01T12:60",
                                        "2025-01-01T12:00:60",
                                        "2025-01-01T12:00+15:00",
                                        "2025-01-01T12:00+08:60"};
    for (size_t i = 0; i < sizeof FORM / sizeof *FORM; i++)
        CHECK(status_of(FORM[i]) == PARK_E_INPUT);
    for (size_t i = 0; i < sizeof RANGE / sizeof *RANGE; i++)
        CHECK(status_of(RANGE[i]) == PARK_E_RANGE);
}

static void instants_are_written_and_read_back(void)
{
    char buffer[PARK_ISO_SIZE];
    CHECK_TEXT(park_iso_format(1735660800, PARK_OFFSET_CHINA, buffer), "2025-01-01T00:00:00+08:00");
    CHECK_TEXT(park_iso_format(1000000000, 0, buffer), "2001-09-09T01:46:40Z");
    CHECK_TEXT(park_iso_format(0, -210, buffer), "1969-12-31T20:30:00-03:30");
    for (int64_t instant = 0; instant < 4000000000; instant += 98765432)
        CHECK(instant_of(park_iso_format(instant, 330, buffer)) == instant);
}

int main(void)
{
    RUN(leap_years_follow_gregory);
    RUN(days_agree_with_counting);
    RUN(instants_agree_with_the_c_library);
    RUN(china_is_eight_hours_ahead);
    RUN(iso_text_is_read_in_all_its_forms);
    RUN(other_forms_are_refused);
    RUN(instants_are_written_and_read_back);
    return park_test_done();
}
