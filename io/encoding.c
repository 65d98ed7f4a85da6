#include "utf8.h"

#include <iconv.h>
#include <string.h>

const char *park_encoding_name(park_encoding encoding)
{
    static const char *const NAMES[] = {"UTF-8", "UTF-8 with BOM", "GBK", "UTF-16", "binary"};
    return encoding <= PARK_BINARY ? NAMES[encoding] : "?";
}

/* Offset of the first byte that is not UTF-8; length when all are. */
static size_t first_bad(const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        if ((unsigned char)bytes[at] < 0x80) {
            at++;
            continue;
        }
        uint32_t code;
        size_t   size = park_utf8_next(bytes + at, length - at, &code);
        if (size == 0)
            return at;
        at += size;
    }
    return length;
}

/* The bytes read as `charset`, or NULL when they are not that (or memory is out). */
static char *converted(park_arena *arena, const char *charset, const char *bytes, size_t length,
                       size_t *out_length)
{
    iconv_t conversion = iconv_open("UTF-8", charset);
    if (conversion == (iconv_t)-1) /* NOLINT: the C library's own constant */
        return NULL;
    /* Two bytes of GBK become at most three of UTF-8, two of UTF-16 likewise. */
    size_t room = length < SIZE_MAX / 2 ? length + length / 2 + 8 : 0;
    char  *text = room > 0 ? park_array(arena, room, 1) : NULL;
    if (text != NULL) {
        union {
            const char *given;
            char       *wanted; /* iconv does not write there, its prototype only says so */
        } in           = {.given = bytes};
        char  *to      = text;
        size_t in_left = length, out_left = room - 1;
        size_t lost = iconv(conversion, &in.wanted, &in_left, &to, &out_left);
        *out_length = (size_t)(to - text);
        if (lost == (size_t)-1 || in_left != 0)
            text = NULL;
    }
    iconv_close(conversion);
    return text;
}

bool park_gbk_pair(const char *bytes, size_t length, char pair[2])
{
    iconv_t conversion = iconv_open("GBK", "UTF-8");
    if (conversion == (iconv_t)-1) /* NOLINT: the C library's own constant */
        return false;
    union {
        const char *given;
        char       *wanted;
    } in        = {.given = bytes};
    char  *to   = pair;
    size_t left = length, room = 2;
    bool   made = iconv(conversion, &in.wanted, &left, &to, &room) != (size_t)-1 && left == 0 && room == 0;
    iconv_close(conversion);
    return made;
}

static char *with_question_marks(park_arena *arena, const char *bytes, size_t length)
{
    char *text = park_arena_text(arena, bytes, length);
    for (size_t at = 0; text != NULL && at < length;) {
        uint32_t code;
        size_t   size = park_utf8_next(text + at, length - at, &code);
        if (size == 0)
            text[at] = '?';
        at += size > 0 ? size : 1;
    }
    return text;
}

park_encoding park_encoding_decode(park_arena *arena, const char *bytes, size_t length, const char **text,
                                   size_t *text_length, size_t *bad)
{
    bool   marked = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    size_t skip   = marked ? 3 : 0;
    size_t wrong  = skip + first_bad(bytes + skip, length - skip);
    if (bad != NULL)
        *bad = wrong;
    *text        = bytes + skip;
    *text_length = length - skip;
    if (wrong == length)
        return marked ? PARK_UTF8_BOM : PARK_UTF8;

    bool little = length >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0;
    bool big    = length >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0;
    if (little || big) {
        *text = converted(arena, little ? "UTF-16LE" : "UTF-16BE", bytes + 2, length - 2, text_length);
        if (*text != NULL)
            return PARK_UTF16;
    } else if (!marked) {
        *text = converted(arena, "GB18030", bytes, length, text_length);
        if (*text != NULL)
            return PARK_GBK;
    }
    *text_length = length - skip;
    *text        = with_question_marks(arena, bytes + skip, length - skip);
    return PARK_BINARY;
}
