#include "utf8.h"

#include <string.h>

size_t park_utf8_next(const char *bytes, size_t length, uint32_t *code)
{
    const unsigned char *b = (const unsigned char *)bytes;
    *code                  = b[0];
    if (b[0] < 0x80)
        return 1;
    static const struct {
        unsigned char mask, lead;
        uint32_t      least;
    } FORMS[] = {{0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    for (size_t extra = 1; extra <= 3; extra++) {
        if ((b[0] & FORMS[extra - 1].mask) != FORMS[extra - 1].lead)
            continue;
        if (length <= extra)
            return 0;
        uint32_t value = b[0] & (unsigned char)~FORMS[extra - 1].mask;
        for (size_t i = 1; i <= extra; i++) {
            if ((b[i] & 0xC0) != 0x80)
                return 0;
            value = value << 6 | (b[i] & 0x3F);
        }
        if (value < FORMS[extra - 1].least || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
            return 0;
        *code = value;
        return extra + 1;
    }
    return 0;
}

/* East Asian Wide and Fullwidth of Unicode 15, joined to the blocks that matter on a terminal. */
int park_utf8_columns(uint32_t code)
{
    static const struct {
        uint32_t first, last;
        int      columns;
    } RANGES[] = {
        {0x0300, 0x036F, 0},   {0x1100, 0x115F, 2},   {0x200B, 0x200F, 0}, {0x2E80, 0x303E, 2},
        {0x3041, 0x33FF, 2},   {0x3400, 0x4DBF, 2},   {0x4E00, 0x9FFF, 2}, {0xA000, 0xA4CF, 2},
        {0xA960, 0xA97F, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2}, {0xFE00, 0xFE0F, 0},
        {0xFE30, 0xFE6F, 2},   {0xFF01, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2}, {0x1F300, 0x1F64F, 2},
        {0x1F900, 0x1F9FF, 2}, {0x20000, 0x3FFFD, 2},
    };
    for (size_t i = 0; i < sizeof RANGES / sizeof RANGES[0] && RANGES[i].first <= code; i++)
        if (code <= RANGES[i].last)
            return RANGES[i].columns;
    return 1;
}

size_t park_utf8_count(const char *bytes, size_t length)
{
    size_t count = 0;
    for (size_t at = 0; at < length; count++) {
        uint32_t code;
        size_t   size = park_utf8_next(bytes + at, length - at, &code);
        at += size > 0 ? size : 1;
    }
    return count;
}
