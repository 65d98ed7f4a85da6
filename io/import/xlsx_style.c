/* xlsx_style.c - what a number in a cell means by the way it is shown: dates, shares, texts of XML. */
#include "import/xlsx_parts.h"

#include "base/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint8_t park_xlsx_builtin_style(long id)
{
    if (id == 9 || id == 10)
        return PARK_STYLE_PERCENT;
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 ||
        id == 58)
        return PARK_STYLE_DATE;
    if ((id >= 18 && id <= 22) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 || id == 56)
        return PARK_STYLE_TIME;
    return PARK_STYLE_NUMBER; /* 46 is [h]:mm:ss, a span of time, not a moment */
}

/* Skip what a format quotes: "text", \x, _x, *x, and [..] but for spans of time, which end the matter. */
static const char *skip_quoted(const char *at, bool *span)
{
    const char *end;
    switch (*at) {
    case '"':
        end = strchr(at + 1, '"');
        return end != NULL ? end + 1 : at + strlen(at);
    case '\\':
    case '_':
    case '*':
        return at[1] != '\0' ? at + 2 : at + 1;
    case '[':
        *span |= strchr("hHmMsS", at[1]) != NULL && at[1] != '\0' && (at[2] == ']' || at[2] == at[1]);
        end = strchr(at + 1, ']');
        return end != NULL ? end + 1 : at + strlen(at);
    default:
        return at;
    }
}

uint8_t park_xlsx_format_style(const char *format)
{
    bool date = false, hours = false, percent = false, span = false;
    for (const char *at = format; *at != '\0' && *at != ';';) { /* the part for numbers above 0 tells */
        const char *next = skip_quoted(at, &span);
        if (next != at) {
            at = next;
            continue;
        }
        if (strncmp(at, "General", 7) == 0 || strncmp(at, "AM/PM", 5) == 0) {
            at += at[0] == 'G' ? 7 : 5;
            continue;
        }
        date |= strchr("yYdD", *at) != NULL;
        hours |= strchr("hHsS", *at) != NULL;
        percent |= *at == '%';
        date |= *at == 'm' || *at == 'M';
        at++;
    }
    if (span)
        return PARK_STYLE_NUMBER;
    return hours     ? PARK_STYLE_TIME
           : date    ? PARK_STYLE_DATE
           : percent ? PARK_STYLE_PERCENT
                     : PARK_STYLE_NUMBER;
}

bool park_xlsx_date(double days, bool since_1904, bool hours, char iso[32])
{
    static const double DAY = 86400.0, LAST = 2958466.0; /* 10000-01-01 */
    if (!(days >= 0.0 && days < LAST))
        return false;
    double whole = floor(days), seconds = round((days - whole) * DAY);
    if (seconds >= DAY) {
        whole += 1.0;
        seconds = 0.0;
    }
    int second = (int)seconds;
    if (whole == 0.0 && !since_1904) /* a time of day alone */
        return snprintf(iso, 32, "%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60) > 0;
    /* Excel counts a 29 February 1900 that never was: day 60. */
    int64_t first  = since_1904 ? park_date_day(1904, 1, 1) : park_date_day(1899, 12, whole < 60.0 ? 31 : 30);
    park_civil day = park_civil_at((first + (int64_t)whole) * 86400, 0);
    int        n   = snprintf(iso, 32, "%04d-%02d-%02d", (int)day.year, (int)day.month, (int)day.day);
    if (hours || second > 0)
        snprintf(iso + n, 32 - (size_t)n, "T%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
    return true;
}

void park_xlsx_number(double value, char text[40])
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, 40, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            return;
    }
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* The sign that "_x000D_" stands for; -1 where none begins here. */
static int escaped(const char *at, size_t left)
{
    int code = 0;
    if (left < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        if (hex(at[i]) < 0)
            return -1;
        code = 16 * code + hex(at[i]);
    }
    return code;
}

const char *park_xlsx_plain(park_arena *arena, const char *text, size_t length)
{
    static const char WIDE_BLANK[] = "\xE3\x80\x80", HARD_BLANK[] = "\xC2\xA0";
    park_text         out;
    park_text_init(&out, arena);
    for (size_t at = 0; at < length;) {
        int code = escaped(text + at, length - at);
        if (code >= 0 && code < 0x80) { /* controls and plain signs; others are never written so */
            park_text_char(&out, code >= 0x20 || code == '\t' || code == '\n' ? (char)code : ' ');
            at += 7;
        } else
            park_text_char(&out, text[at++]);
    }
    const char *done = park_text_done(&out);
    if (done == NULL)
        return NULL;
    size_t from = 0, end = out.length;
    for (bool more = true; more && from < end;) {
        size_t step = strchr(" \t\r\n", done[from]) != NULL      ? 1
                      : strncmp(done + from, WIDE_BLANK, 3) == 0 ? 3
                      : strncmp(done + from, HARD_BLANK, 2) == 0 ? 2
                                                                 : 0;
        from += step;
        more = step > 0;
    }
    for (bool more = true; more && end > from;) {
        size_t step = strchr(" \t\r\n", done[end - 1]) != NULL                         ? 1
                      : end - from >= 3 && strncmp(done + end - 3, WIDE_BLANK, 3) == 0 ? 3
                      : end - from >= 2 && strncmp(done + end - 2, HARD_BLANK, 2) == 0 ? 2
                                                                                       : 0;
        end -= step;
        more = step > 0;
    }
    return park_arena_text(arena, done + from, end - from);
}
