#include "report/caption.h"

#include <math.h>
#include <string.h>

static const char ELLIPSIS[] = "…";

static double ems_of(unsigned char lead)
{
    static const double WIDE = 1.0, FIGURE = 0.57, NARROW = 0.49;
    if (lead >= 0x80 && lead < 0xC0)
        return 0.0; /* goes on */
    return lead >= 0xE0 ? WIDE : lead >= '0' && lead <= '9' ? FIGURE : NARROW;
}

double park_caption_ems(const char *text, size_t bytes)
{
    double width = 0.0;
    for (size_t i = 0; i < bytes; i++)
        width += ems_of((unsigned char)text[i]);
    return width;
}

static bool starts_letter(const char *at)
{
    return ((unsigned char)*at & 0xC0) != 0x80;
}

/* The longest beginning of `text` of at most so many ems, in bytes. */
static size_t beginning(const char *text, double ems)
{
    size_t kept = 0;
    for (size_t i = 0; text[i] != '\0'; i++)
        if (starts_letter(text + i) && park_caption_ems(text, i) <= ems)
            kept = i;
    return kept;
}

static bool at_text(const char *at, const char *word)
{
    return strncmp(at, word, strlen(word)) == 0;
}

/* Where a text breaks into two lines of most equal width, in bytes: behind a blank or before a wide letter, rather before a
 * bracket than within it, and never between a bracket and what it holds; 0 where it cannot. */
static size_t breaking(const char *text)
{
    double whole = park_caption_ems(text, strlen(text)), least = whole;
    size_t at = 0;
    for (size_t i = 1; text[i] != '\0'; i++) {
        bool   opens = at_text(text + i, "（") || text[i] == '(';
        bool   held  = at_text(text + i, "）") || (i >= 3 && at_text(text + i - 3, "（"));
        bool   wide  = (unsigned char)text[i] >= 0xE0 && !held;
        double longer =
            fmax(park_caption_ems(text, i), whole - park_caption_ems(text, i)) * (opens ? 0.8 : 1.0);
        if ((wide || text[i - 1] == ' ') && longer < least)
            at = i, least = longer;
    }
    return at;
}

/* Two lines of the smallest letters: numbers stay, the name gives way. */
static park_caption cut(const char *name, const char *tail, double least, double room, park_arena *arena)
{
    park_caption c    = {.font = least, .cut = true};
    double       held = room / least, behind = park_caption_ems(tail, strlen(tail)) + 1.0;
    size_t       first = beginning(name, held), second = beginning(name + first, held - behind);
    if (first == 0) {
        c.line[0] = park_arena_printf(arena, "%s%s", ELLIPSIS, tail);
        return c;
    }
    c.line[0] = park_arena_text(arena, name, first);
    c.line[1] = park_arena_printf(arena, "%.*s%s%s", (int)second, name + first, ELLIPSIS, tail);
    if (c.line[1] == NULL)
        c.line[0] = NULL;
    return c;
}

park_caption park_caption_fit(const char *name, const char *tail, double font, double least, double room_one,
                              double room_two, park_arena *arena)
{
    const char  *whole = park_arena_printf(arena, "%s%s", name, tail);
    park_caption c     = {.line = {whole}, .font = font};
    if (whole == NULL || park_caption_ems(whole, strlen(whole)) * font <= room_one)
        return c;
    size_t at    = breaking(whole);
    double first = park_caption_ems(whole, at), second = park_caption_ems(whole + at, strlen(whole + at));
    double one = room_one / (first + second);
    double two = at > 0 ? fmin(font, room_two / fmax(first, second)) : 0.0;
    if (fmax(one, two) < least)
        return cut(name, tail, least, room_two, arena);
    c.font = fmax(one, two);
    if (one < two) {
        c.line[0] = park_arena_text(arena, whole, at);
        c.line[1] = whole + at;
    }
    return c;
}
