#include "time_format.h"

#include <stdio.h>
#include <string.h>

enum { FIELDS = 6 };
static const char LETTER[] = "YMDHms";

/* How many of the same field letter stand here; 0 where none does. *field says which. */
static int field_at(const char *at, int *field)
{
    const char *found = *at != '\0' ? strchr(LETTER, *at) : NULL;
    int         n     = 0;
    if (found == NULL)
        return 0;
    *field = (int)(found - LETTER);
    while (at[n] == *found)
        n++;
    return n;
}

bool park_time_format_valid(const char *format)
{
    int seen[FIELDS] = {0};
    for (const char *at = format; *at != '\0';) {
        int field, n = field_at(at, &field);
        if (n == 0) {
            at++;
            continue;
        }
        if (seen[field]++ > 0 || (field == 0 ? n != 4 : n > 2))
            return false;
        at += n;
    }
    return seen[0] && seen[1] && seen[2] && (seen[3] || (!seen[4] && !seen[5])) && (seen[4] || !seen[5]);
}

/* Digits of a field: exactly `least` to `most` of them. */
static bool digits(const char **text, int least, int most, int *value)
{
    int n  = 0;
    *value = 0;
    for (; n < most && **text >= '0' && **text <= '9'; n++)
        *value = 10 * *value + (*(*text)++ - '0');
    return n >= least;
}

bool park_time_format_read(const char *format, const char *text, char iso[PARK_TIME_TEXT])
{
    int  value[FIELDS] = {0}, field, next;
    bool hours = false, behind = false; /* a field stands right before */
    while (*format != '\0') {
        int n = field_at(format, &field);
        if (n > 0) {
            bool tight = field == 0 || behind || field_at(format + n, &next) > 0;
            if (!digits(&text, tight ? n : 1, field == 0 ? 4 : tight ? n : 2, &value[field]))
                return false;
            hours |= field >= 3;
            behind = true;
            format += n;
            continue;
        }
        behind = false;
        if (*format == ' ') {
            while (*text == ' ')
                text++;
            format++;
        } else if (*format++ != *text++)
            return false;
    }
    if (*text != '\0')
        return false;
    int used = snprintf(iso, PARK_TIME_TEXT, "%04d-%02d-%02d", value[0], value[1] % 100, value[2] % 100);
    if (hours)
        snprintf(iso + used, (size_t)(PARK_TIME_TEXT - used), "T%02d:%02d:%02d", value[3] % 100,
                 value[4] % 100, value[5] % 100);
    return true;
}
