#include "time_format.h"

#include "check.h"

static char iso[PARK_TIME_TEXT];

static const char *read_time(const char *format, const char *text)
{
    return park_time_format_read(format, text, iso) ? iso : "-";
}

static void forms_of_meters_are_read(void)
{
    CHECK_TEXT(read_time("YYYY\u5e74M\u6708D\u65e5 HH:mm", "2025\u5e741\u67083\u65e5 08:05"),
               "2025-01-03T08:05:00");
    CHECK_TEXT(read_time("YYYY\u5e74M\u6708D\u65e5", "2025\u5e7412\u670831\u65e5"), "2025-12-31");
    CHECK_TEXT(read_time("YYYYMMDDHHmmss", "20250131235959"), "2025-01-31T23:59:59");
    CHECK_TEXT(read_time("D/M/YYYY H:mm", "3/12/2025  7:30"), "2025-12-03T07:30:00");
    CHECK_TEXT(read_time("YYYY.MM.DD", "2025.1.3"), "2025-01-03");
}

static void other_texts_are_refused(void)
{
    CHECK_TEXT(read_time("YYYYMMDD", "2025131"), "-");
    CHECK_TEXT(read_time("YYYY-M-D", "2025-1-3x"), "-");
    CHECK_TEXT(read_time("YYYY-M-D", "25-1-3"), "-");
    CHECK_TEXT(read_time("YYYY-M-D", "2025-1"), "-");
    CHECK_TEXT(read_time("YYYY-M-D H", "2025-1-3"), "-");
}

static void a_pattern_names_a_day(void)
{
    CHECK(park_time_format_valid("YYYY-MM-DD") && park_time_format_valid("D.M.YYYY H:m:s"));
    CHECK(!park_time_format_valid("YYYY-MM") && !park_time_format_valid("YY-MM-DD"));
    CHECK(!park_time_format_valid("YYYY-MM-DD mm") && !park_time_format_valid("YYYY-MM-DD DD"));
    CHECK(!park_time_format_valid("YYYY-MMM-DD") && !park_time_format_valid(""));
}

int main(void)
{
    RUN(forms_of_meters_are_read);
    RUN(other_texts_are_refused);
    RUN(a_pattern_names_a_day);
    return park_test_done();
}
