#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void park_text_init(park_text *text, park_arena *arena)
{
    *text = (park_text){.arena = arena};
}

/* Room for `more` bytes and the NUL behind them. Doubling keeps the sum of abandoned blocks below the last
 * one. */
static bool room(park_text *text, size_t more)
{
    if (text->failed)
        return false;
    if (more < text->capacity - text->length)
        return true;
    size_t need = more < SIZE_MAX / 4 - text->length ? text->length + more + 1 : 0;
    size_t size = need < 256 ? 256 : need > 2 * text->capacity ? need : 2 * text->capacity;
    char  *data = need == 0 ? NULL : park_array(text->arena, size, 1);
    if (data == NULL) {
        text->failed = true;
        return false;
    }
    if (text->length > 0)
        memcpy(data, text->data, text->length);
    text->data     = data;
    text->capacity = size;
    return true;
}

void park_text_append(park_text *text, const char *bytes, size_t length)
{
    if (!room(text, length))
        return;
    if (length > 0)
        memcpy(text->data + text->length, bytes, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void park_text_add(park_text *text, const char *string)
{
    park_text_append(text, string, strlen(string));
}

void park_text_char(park_text *text, char byte)
{
    park_text_append(text, &byte, 1);
}

void park_text_printf(park_text *text, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, fmt, args);
    if (length < 0)
        text->failed = true;
    else if (room(text, (size_t)length)) {
        vsnprintf(text->data + text->length, (size_t)length + 1, fmt, again);
        text->length += (size_t)length;
    }
    va_end(again);
    va_end(args);
}

void park_text_clear(park_text *text)
{
    text->length = 0;
    if (text->data != NULL)
        text->data[0] = '\0';
}

const char *park_text_done(park_text *text)
{
    if (text->failed)
        return NULL;
    return text->data != NULL ? text->data : "";
}
