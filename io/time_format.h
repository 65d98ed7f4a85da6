/*
 * time_format.h - times in the form that a file happens to have, told by a pattern: "YYYY年M月D日 HH:mm".
 * Looks down on: nothing.
 *
 * YYYY year, MM or M month, DD or D day, HH or H hour, mm or m minute, ss or s second; every other sign stands for itself, a
 * blank for any number of blanks. Fields take one or two digits (the year four); where a field follows on another without a
 * sign between them it takes exactly as many as its letters (YYYYMMDDHHmm).
 */
#ifndef PARK_TIME_FORMAT_H
#define PARK_TIME_FORMAT_H

#include <stdbool.h>

enum { PARK_TIME_TEXT = 40 };

/* Does the pattern name a year, a month and a day, each field once? */
bool park_time_format_valid(const char *format);

/**
 * A text of that form as ISO 8601 without a zone, "2025-01-31T08:30:00", or "2025-01-31" where the pattern has no hour.
 * @return false when the text has another form; whether the day exists is not looked at
 */
bool park_time_format_read(const char *format, const char *text, char iso[PARK_TIME_TEXT]);

#endif
