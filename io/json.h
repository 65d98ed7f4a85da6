/*
 * json.h - JSON written piece by piece into a text: commas and escapes are kept here, numbers round-trip.
 * Looks down on: base.
 *
 *     park_json_open(&json, NULL, '{');  park_json_number(&json, "gap", 0.01);  park_json_close(&json, '}');
 *
 * A key of NULL is an element of an array (or the root). NAN and infinities become null. `<` is written \u003c so
 * that the text may stand inside a page.
 */
#ifndef PARK_IO_JSON_H
#define PARK_IO_JSON_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct park_json {
    park_text *text;  /* borrowed */
    bool       first; /* nothing stands yet in the innermost bracket */
} park_json;

void park_json_init(park_json *json, park_text *text);
void park_json_open(park_json *json, const char *key, char bracket);
void park_json_close(park_json *json, char bracket);
void park_json_number(park_json *json, const char *key, double value);
/* With few digits, for charts: %.*g. */
void park_json_short(park_json *json, const char *key, double value, int digits);
void park_json_whole(park_json *json, const char *key, int64_t value);
void park_json_bool(park_json *json, const char *key, bool value);
void park_json_text(park_json *json, const char *key, const char *value); /* NULL: null */
/* `value` is JSON already. */
void park_json_raw(park_json *json, const char *key, const char *value);

#endif
