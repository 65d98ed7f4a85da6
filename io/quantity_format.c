/*
 * quantity_format.c - from SI values to what a reader sees.
 */
#include "quantity.h"

#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXACT = 17 /* digits that tell every double apart */, NUMBER_TEXT = 64 };

/* Zeros behind the point say nothing here. */
static void strip_zeros(char *text)
{
    if (strchr(text, '.') == NULL || strchr(text, 'e') != NULL)
        return;
    size_t end = strlen(text);
    while (text[end - 1] == '0')
        end--;
    if (text[end - 1] == '.')
        end--;
    text[end] = '\0';
}

/* `digits` significant digits; plain decimals where a planner would write them, else with an exponent. */
static void write_number(double value, int digits, char text[NUMBER_TEXT])
{
    snprintf(text, NUMBER_TEXT, "%.*e", digits - 1, value);
    const char *power = strchr(text, 'e');
    int         ten   = power == NULL ? 0 : atoi(power + 1);
    if (value == 0.0)
        snprintf(text, NUMBER_TEXT, "0");
    else if (ten >= -5 && ten < 12)
        snprintf(text, NUMBER_TEXT, "%.*f", digits - 1 - ten > 0 ? digits - 1 - ten : 0, value);
    else
        snprintf(text, NUMBER_TEXT, "%.*g", digits, value);
    strip_zeros(text);
}

/* The fewest digits from which `over`, `under` and `offset` lead back to the same double. */
static void write_shortest(double number, double value, const park_unit *unit, double offset,
                           char text[NUMBER_TEXT])
{
    for (int digits = 1; digits <= EXACT; digits++) {
        write_number(number, digits, text);
        double back = strtod(text, NULL) * unit->over / unit->under + offset;
        if (back == value)
            return;
    }
}

int park_quantity_format(double value, park_dimension dimension, const char *unit, int digits, bool zh,
                         char *buffer, size_t size)
{
    const char    *shown = unit != NULL ? unit : park_dimension_shown(dimension, zh);
    double         scale, offset;
    park_unit      factor = {.over = 1, .under = 1};
    park_unit_text plain;
    if (!park_unit_parse(shown, strlen(shown), dimension, &scale, &offset, NULL, NULL))
        return -1;
    if (shown[0] != '\0') {
        if (!park_unit_text_make(shown, strlen(shown), &plain) || !park_unit_read(&plain, 0, &factor, NULL))
            return -1;
        if (fabs(factor.over / factor.under - scale) > 1e-12 * scale) /* a pressure shown as head */
            factor.under = factor.over / scale;
    }
    char   number[NUMBER_TEXT];
    double in_unit = (value - offset) * factor.under / factor.over;
    if (!isfinite(value))
        snprintf(number, sizeof number, "%s", isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
    else if (digits > 0)
        write_number(in_unit, digits < EXACT ? digits : EXACT, number);
    else
        write_shortest(in_unit, value, &factor, offset, number);
    return snprintf(buffer, size, "%s%s%s", number, shown[0] == '\0' ? "" : " ", shown);
}
