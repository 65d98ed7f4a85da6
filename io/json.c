#include "json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void park_json_init(park_json *json, park_text *text)
{
    json->text  = text;
    json->first = true;
}

static void quoted(park_text *text, const char *value)
{
    park_text_char(text, '"');
    for (const char *at = value; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '"' || c == '\\')
            park_text_printf(text, "\\%c", c);
        else if (c == '\n')
            park_text_add(text, "\\n");
        else if (c < 0x20 || c == 0x7f || c == '<')
            park_text_printf(text, "\\u%04x", c);
        else
            park_text_char(text, (char)c);
    }
    park_text_char(text, '"');
}

static void begin(park_json *json, const char *key)
{
    if (!json->first)
        park_text_char(json->text, ',');
    json->first = false;
    if (key != NULL) {
        quoted(json->text, key);
        park_text_char(json->text, ':');
    }
}

void park_json_open(park_json *json, const char *key, char bracket)
{
    begin(json, key);
    park_text_char(json->text, bracket);
    json->first = true;
}

void park_json_close(park_json *json, char bracket)
{
    park_text_char(json->text, bracket);
    json->first = false;
}

void park_json_short(park_json *json, const char *key, double value, int digits)
{
    begin(json, key);
    if (isfinite(value))
        park_text_printf(json->text, "%.*g", digits, value);
    else
        park_text_add(json->text, "null");
}

/* The shortest of 15, 16 or 17 digits that reads back as the same double. */
void park_json_number(park_json *json, const char *key, double value)
{
    char digits[40];
    for (int n = 15; n <= 17; n++) {
        snprintf(digits, sizeof digits, "%.*g", n, value);
        if (strtod(digits, NULL) == value)
            break;
    }
    begin(json, key);
    park_text_add(json->text, isfinite(value) ? digits : "null");
}

void park_json_whole(park_json *json, const char *key, int64_t value)
{
    begin(json, key);
    park_text_printf(json->text, "%" PRId64, value);
}

void park_json_bool(park_json *json, const char *key, bool value)
{
    begin(json, key);
    park_text_add(json->text, value ? "true" : "false");
}

void park_json_text(park_json *json, const char *key, const char *value)
{
    begin(json, key);
    if (value == NULL)
        park_text_add(json->text, "null");
    else
        quoted(json->text, value);
}

void park_json_raw(park_json *json, const char *key, const char *value)
{
    begin(json, key);
    park_text_add(json->text, value);
}
