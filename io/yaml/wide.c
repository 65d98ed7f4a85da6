/*
 * wide.c - characters that look like YAML's punctuation and are not: what Chinese input methods write.
 */
#include "yaml/build.h"

#include "utf8.h"

#include <string.h>

static const char *plain_of(uint32_t code)
{
    static const struct {
        uint32_t    code;
        const char *plain;
    } WIDE[] = {
        {0xFF1A, "':'"},     {0xFF0C, "','"},   {0x3001, "','"},   {0xFF1B, "';'"},   {0x201C, "'\"'"},
        {0x201D, "'\"'"},    {0x2018, "\"'\""}, {0x2019, "\"'\""}, {0xFF02, "'\"'"},  {0xFF07, "\"'\""},
        {0xFF5B, "'{'"},     {0xFF5D, "'}'"},   {0xFF3B, "'['"},   {0xFF3D, "']'"},   {0x3010, "'['"},
        {0x3011, "']'"},     {0xFF03, "'#'"},   {0xFF0D, "'-'"},   {0xFF0A, "\"*\""}, {0x3000, "a space"},
        {0x00A0, "a space"},
    };
    for (size_t i = 0; i < sizeof WIDE / sizeof WIDE[0]; i++)
        if (WIDE[i].code == code)
            return WIDE[i].plain;
    return NULL;
}

static bool among(uint32_t code, const char *set)
{
    for (size_t at = 0, length = strlen(set); at < length;) {
        uint32_t member;
        at += park_utf8_next(set + at, length - at, &member);
        if (member == code)
            return true;
    }
    return false;
}

/* First character of `set` in the text. */
static bool find(const char *text, size_t length, const char *set, park_wide *wide)
{
    for (size_t at = 0; at < length;) {
        uint32_t code;
        size_t   size = park_utf8_next(text + at, length - at, &code);
        if (code >= 0x80 && size > 0 && among(code, set)) {
            *wide = (park_wide){at, size, plain_of(code)};
            return true;
        }
        at += size > 0 ? size : 1;
    }
    return false;
}

static bool starts_with(const char *text, size_t length, const char *set, park_wide *wide)
{
    return find(text, length, set, wide) && wide->offset == 0;
}

/*
 * A line's own structure: quoted text and comments are skipped. A full-width colon counts only where a key
 * would end: no plain ": " since the last bracket, comma or line start.
 */
bool park_wide_find(const char *text, size_t length, park_wide *wide)
{
    bool named = false, token_start = true;
    for (size_t at = 0; at < length;) {
        char c = text[at];
        if (token_start && (c == '"' || c == '\'')) {
            const char *close = memchr(text + at + 1, c, length - at - 1);
            at                = close == NULL ? length : (size_t)(close - text) + 1;
            token_start       = false;
            continue;
        }
        if (c == '#' && (at == 0 || text[at - 1] == ' '))
            return false;
        uint32_t code;
        size_t   size = park_utf8_next(text + at, length - at, &code);
        size          = size > 0 ? size : 1;
        bool colon    = code == 0xFF1A && !named;
        bool bracket  = token_start && among(code, "｛［【“‘＊");
        bool comma    = among(code, "，、｝］】");
        if (colon || bracket || comma) {
            *wide = (park_wide){at, size, plain_of(code)};
            return true;
        }
        if (c == ':' && (at + 1 == length || text[at + 1] == ' '))
            named = true;
        if (memchr("{[,", c, 3) != NULL)
            named = false;
        token_start = memchr(" {[,:", c, 5) != NULL || (token_start && c == '-');
        at += size;
    }
    return false;
}

bool park_wide_in_scalar(const char *text, size_t length, bool is_key, bool in_flow, bool own_line,
                         bool free_text, park_wide *wide)
{
    if (is_key)
        return find(text, length, "：，、；“”‘’｛｝［］【】＃　\xC2\xA0", wide);
    if (free_text) {
        park_wide comma, colon;
        if (!in_flow || !find(text, length, "，、", &comma) ||
            !find(text + comma.offset, length - comma.offset, "：", &colon))
            return false;
        *wide = comma;
        return true;
    }
    if (starts_with(text, length, "｛［【“‘＊　", wide))
        return true;
    if (in_flow)
        return find(text, length, "：，、；｝］】", wide);
    if (!own_line || !find(text, length, "：", wide))
        return own_line && length > strlen("－") && starts_with(text, length, "－", wide);
    return memchr(text, ' ', wide->offset) == NULL;
}
