#include "import/inp_parts.h"

#include "utf8.h"

#include <math.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_SHOWN = 160 }; /* bytes of a source line in a message */

static const struct {
    const char *name, *start;
} HEADINGS[INP_SECTIONS] = {
    [INP_TITLE]       = {"[TITLE]", "[TITL"},
    [INP_JUNCTIONS]   = {"[JUNCTIONS]", "[JUNC"},
    [INP_RESERVOIRS]  = {"[RESERVOIRS]", "[RESE"},
    [INP_TANKS]       = {"[TANKS]", "[TANK"},
    [INP_PIPES]       = {"[PIPES]", "[PIPE"},
    [INP_PUMPS]       = {"[PUMPS]", "[PUMP"},
    [INP_VALVES]      = {"[VALVES]", "[VALV"},
    [INP_CONTROLS]    = {"[CONTROLS]", "[CONT"},
    [INP_RULES]       = {"[RULES]", "[RULE"},
    [INP_DEMANDS]     = {"[DEMANDS]", "[DEMA"},
    [INP_SOURCES]     = {"[SOURCES]", "[SOUR"},
    [INP_EMITTERS]    = {"[EMITTERS]", "[EMIT"},
    [INP_LEAKAGE]     = {"[LEAKAGE]", "[LEAK"},
    [INP_PATTERNS]    = {"[PATTERNS]", "[PATT"},
    [INP_CURVES]      = {"[CURVES]", "[CURV"},
    [INP_QUALITY]     = {"[QUALITY]", "[QUAL"},
    [INP_STATUS]      = {"[STATUS]", "[STAT"},
    [INP_ROUGHNESS]   = {"[ROUGHNESS]", "[ROUG"},
    [INP_ENERGY]      = {"[ENERGY]", "[ENER"},
    [INP_REACTIONS]   = {"[REACTIONS]", "[REAC"},
    [INP_MIXING]      = {"[MIXING]", "[MIXI"},
    [INP_REPORT]      = {"[REPORT]", "[REPO"},
    [INP_TIMES]       = {"[TIMES]", "[TIME"},
    [INP_OPTIONS]     = {"[OPTIONS]", "[OPTI"},
    [INP_COORDINATES] = {"[COORDINATES]", "[COOR"},
    [INP_VERTICES]    = {"[VERTICES]", "[VERT"},
    [INP_LABELS]      = {"[LABELS]", "[LABE"},
    [INP_BACKDROP]    = {"[BACKDROP]", "[BACK"},
    [INP_TAGS]        = {"[TAGS]", "[TAGS"},
    [INP_END]         = {"[END]", "[END"},
};

const char *park_inp_section_name(park_inp_section section)
{
    return HEADINGS[section].name;
}

/* --- lines --- */

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
}

static void heading(park_inp *inp, park_inp_section *section)
{
    const char *names[INP_SECTIONS];
    for (int s = 0; s < INP_SECTIONS; s++) {
        names[s] = HEADINGS[s].name;
        if (park_inp_begins(inp->word[0].text, inp->word[0].length, HEADINGS[s].start)) {
            *section = (park_inp_section)s;
            return;
        }
    }
    char        text[64] = "";
    const char *near     = NULL;
    size_t      length   = inp->word[0].length;
    if (length < sizeof text) {
        memcpy(text, inp->word[0].text, length);
        near = park_nearest(text, names, INP_SECTIONS);
    }
    *section = INP_SECTIONS;
    if (near != NULL)
        PARK_INP_TELL(inp, 0, PARK_E0601, PARK_ERROR, "unknown section %s; did you mean %s?",
                      "未知的节 %s；是否指 %s？", text, near);
    else
        PARK_INP_TELL(inp, 0, PARK_W0602, PARK_WARNING, "section %.*s is not read", "节 %.*s 未读取",
                      (int)(length < 40 ? length : 40), inp->word[0].text);
}

/* One line into the section in force; headings change it. False at [END]. */
static bool put(park_inp *inp, const park_inp_line *line, park_inp_section *section, bool *stray)
{
    int32_t first = 0;
    while (first < line->length && blank(line->text[first]))
        first++;
    if (first == line->length)
        return true;
    char start = line->text[first];
    if (start == '[') {
        park_inp_take(inp, INP_SECTIONS, line);
        if (inp->words > 0)
            heading(inp, section);
        return *section != INP_END;
    }
    if (start == ';') /* a comment from side to side */
        return true;
    if (*section == INP_SECTIONS) {
        if (!*stray) {
            park_inp_take(inp, INP_SECTIONS, line);
            PARK_INP_TELL(inp, -1, PARK_W0616, PARK_WARNING, "lines outside of any section are not read%s",
                          "不属于任何节的行未读取%s", "");
        }
        *stray = true;
        return true;
    }
    park_inp_lines *lines = &inp->section[*section];
    if (park_inp_grow(inp, PARK_GROW(inp->arena, lines->line, lines->count, lines->capacity)))
        lines->line[lines->count++] = *line;
    return true;
}

void park_inp_split(park_inp *inp, const char *text, size_t length)
{
    park_inp_section section = INP_SECTIONS;
    bool             stray   = false;
    int32_t          number  = 0;
    for (size_t at = 0; at < length && !inp->failed;) {
        const char *end  = memchr(text + at, '\n', length - at);
        size_t      size = end != NULL ? (size_t)(end - text) - at : length - at;
        size_t      next = at + size + 1;
        while (size > 0 && blank(text[at + size - 1]))
            size--;
        park_inp_line line = {.text = text + at, .length = (int32_t)size, .number = ++number};
        if (!put(inp, &line, &section, &stray))
            break;
        at = next;
    }
}

/* --- words --- */

static void add_word(park_inp *inp, const char *text, size_t length)
{
    if (park_inp_grow(inp, PARK_GROW(inp->arena, inp->word, inp->words, inp->word_capacity)))
        inp->word[inp->words++] = (park_inp_word){text, length};
}

static void take_comment(park_inp *inp, const char *from, const char *end)
{
    while (from < end && (blank(*from) || *from == ';'))
        from++;
    while (end > from && blank(end[-1]))
        end--;
    inp->comment = (park_inp_word){from, (size_t)(end - from)};
}

void park_inp_take(park_inp *inp, park_inp_section section, const park_inp_line *line)
{
    const char *at = line->text, *end = line->text + line->length;
    const char *semicolon = line->length > 0 ? memchr(at, ';', (size_t)line->length) : NULL;
    inp->line             = line;
    inp->at               = section;
    inp->words            = 0;
    inp->comment          = (park_inp_word){"", 0};
    if (semicolon != NULL) {
        take_comment(inp, semicolon + 1, end);
        end = semicolon;
    }
    while (at < end) {
        while (at < end && blank(*at))
            at++;
        if (at == end)
            break;
        const char *start  = at;
        bool        quoted = *at == '"';
        if (quoted) {
            start = ++at;
            while (at < end && *at != '"')
                at++;
        } else {
            while (at < end && !blank(*at))
                at++;
        }
        add_word(inp, start, (size_t)(at - start));
        at += quoted && at < end;
    }
}

const char *park_inp_copy(park_inp *inp, park_inp_word word)
{
    if (word.length == 0)
        return NULL;
    char *copy = park_arena_text(inp->arena, word.text, word.length);
    return park_inp_grow(inp, copy != NULL) ? copy : NULL;
}

bool park_inp_grow(park_inp *inp, int grown)
{
    inp->failed = inp->failed || !grown;
    return grown != 0;
}

/* --- findings with places --- */

park_finding *park_inp_place(park_inp *inp, int word, park_finding *finding)
{
    if (finding == NULL || inp->line == NULL)
        return finding;
    const park_inp_line *line = inp->line;
    finding->file             = inp->file;
    finding->line             = line->number;
    finding->column           = 1;
    if (word >= 0 && (size_t)word < inp->words) {
        finding->column = 1 + (int)park_utf8_count(line->text, (size_t)(inp->word[word].text - line->text));
        finding->length = (int)park_utf8_count(inp->word[word].text, inp->word[word].length);
    }
    if (line->length <= LONGEST_SHOWN)
        finding->source = park_arena_text(inp->findings->arena, line->text, (size_t)line->length);
    return finding;
}

bool park_inp_needs(park_inp *inp, size_t words, const char *example)
{
    if (inp->words >= words)
        return true;
    PARK_INP_TELL(inp, -1, PARK_E0603, PARK_ERROR, "the line in %s has %zu values; it needs at least %zu: %s",
                  "%s 中的行有 %zu 个值，至少需要 %zu 个：%s", park_inp_section_name(inp->at), inp->words,
                  words, example);
    return false;
}

bool park_inp_is(const park_inp *inp, size_t word, const char *start)
{
    return word < inp->words && park_inp_begins(inp->word[word].text, inp->word[word].length, start);
}

/* --- numbers --- */

/* Decimal only: strtod would also take inf, nan and hexadecimal forms. */
static bool decimal(park_inp_word word, double *value)
{
    if (word.length == 0)
        return false;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.text[i];
        if (!((c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E'))
            return false;
    }
    char *end;
    *value = strtod(word.text, &end);
    return end == word.text + word.length && isfinite(*value);
}

bool park_inp_reads(const park_inp *inp, size_t word, double *value)
{
    double read;
    if (word >= inp->words || !decimal(inp->word[word], &read))
        return false;
    *value = read;
    return true;
}

/* At most this much of a word is shown. */
static int shown(park_inp_word word)
{
    return word.length < 40 ? (int)word.length : 40;
}

/* Full-width figures and signs (U+FF01 to U+FF5E) look like those that are meant; an INP file takes them for letters. */
static bool wide(park_inp_word word)
{
    for (size_t i = 0; i + 2 < word.length; i++)
        if ((unsigned char)word.text[i] == 0xEF &&
            ((unsigned char)word.text[i + 1] == 0xBC || (unsigned char)word.text[i + 1] == 0xBD))
            return true;
    return false;
}

/* The hint behind a message, in both languages. */
static const char *wide_en(park_inp_word word)
{
    return wide(word) ? "; it holds full-width characters, which must be half-width here" : "";
}

static const char *wide_zh(park_inp_word word)
{
    return wide(word) ? "；其中有全角字符，此处须用半角" : "";
}

bool park_inp_number(park_inp *inp, size_t word, double *value)
{
    if (word >= inp->words || park_inp_reads(inp, word, value))
        return true;
    PARK_INP_TELL(inp, (int)word, PARK_E0604, PARK_ERROR, "'%.*s' is no number%s%.0s", "“%.*s”不是数字%.0s%s",
                  shown(inp->word[word]), inp->word[word].text, wide_en(inp->word[word]),
                  wide_zh(inp->word[word]));
    return false;
}

static bool out_of_range(park_inp *inp, size_t word, double value, const char *en, const char *zh)
{
    PARK_INP_TELL(inp, (int)word, PARK_E0605, PARK_ERROR, "%g makes no sense here; the value must be %s%.0s",
                  "%g 在此处没有意义；须%.0s%s", value, en, zh);
    return false;
}

bool park_inp_not_negative(park_inp *inp, size_t word, double *value)
{
    double read = *value;
    if (!park_inp_number(inp, word, &read))
        return false;
    if (word < inp->words && read < 0.0)
        return out_of_range(inp, word, read, "zero or more", "不小于零");
    *value = read;
    return true;
}

bool park_inp_above_zero(park_inp *inp, size_t word, double *value)
{
    double read = *value;
    if (!park_inp_number(inp, word, &read))
        return false;
    if (word < inp->words && !(read > 0.0))
        return out_of_range(inp, word, read, "above zero", "大于零");
    *value = read;
    return true;
}

/* --- words of a list --- */

int park_inp_find(const park_inp *inp, size_t word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (park_inp_is(inp, word, words[i]))
            return (int)i;
    return -1;
}

void park_inp_unknown(park_inp *inp, size_t word, const char *const *words, size_t count)
{
    char list[400] = "", text[64] = "";
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(list), need = strlen(words[i]) + 3;
        if (used + need < sizeof list) {
            strcat(list, i > 0 ? ", " : "");
            strcat(list, words[i]);
        }
    }
    park_inp_word given = word < inp->words ? inp->word[word] : (park_inp_word){"", 0};
    memcpy(text, given.text, given.length < sizeof text ? given.length : 0);
    for (char *c = text; *c != '\0'; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    const char *near   = park_nearest(text, words, count);
    char        en[64] = "", zh[64] = "";
    if (near != NULL) {
        snprintf(en, sizeof en, " (%s?)", near);
        snprintf(zh, sizeof zh, "（是否为 %s？）", near);
    }
    PARK_INP_TELL(inp, (int)word, PARK_E0606, PARK_ERROR, "'%.*s' is not known here%s%.0s; possible: %s",
                  "此处不能用“%.*s”%.0s%s；可用：%s", shown(given), given.text, en, zh, list);
}

int park_inp_choice(park_inp *inp, size_t word, const char *const *words, size_t count)
{
    int found = park_inp_find(inp, word, words, count);
    if (found < 0)
        park_inp_unknown(inp, word, words, count);
    return found;
}

/* --- time --- */

/* h, h:m or h:m:s; the number of parts, 0 when malformed. */
static int clock_parts(park_inp_word word, double part[3])
{
    int count = 0;
    for (const char *at = word.text, *end = word.text + word.length; count < 3;) {
        const char *colon = at < end ? memchr(at, ':', (size_t)(end - at)) : NULL;
        const char *stop  = colon != NULL ? colon : end;
        if (!decimal((park_inp_word){at, (size_t)(stop - at)}, &part[count]))
            return 0;
        count++;
        if (colon == NULL)
            return count;
        at = colon + 1;
    }
    return 0;
}

static bool half_of_day(const park_inp *inp, size_t word, double *hours)
{
    bool noon = park_inp_is(inp, word, "PM");
    if ((!noon && !park_inp_is(inp, word, "AM")) || *hours >= 13.0)
        return false;
    if (*hours >= 12.0)
        *hours -= 12.0;
    *hours += noon ? 12.0 : 0.0;
    return true;
}

bool park_inp_hours(const park_inp *inp, size_t word, bool with_unit, double *hours)
{
    static const char *const UNITS[]  = {"SEC", "MIN", "HOU", "DAY"};
    static const double      FACTOR[] = {1.0 / 3600.0, 1.0 / 60.0, 1.0, 24.0};
    double                   part[3]  = {0.0, 0.0, 0.0};
    int                      parts    = word < inp->words ? clock_parts(inp->word[word], part) : 0;
    if (parts == 0)
        return false;
    *hours = part[0] + part[1] / 60.0 + part[2] / 3600.0;
    if (with_unit) {
        int unit = park_inp_find(inp, word + 1, UNITS, 4);
        if (unit >= 0)
            *hours *= parts == 1 || unit == 2 ? FACTOR[unit] : NAN;
        else if (!half_of_day(inp, word + 1, hours))
            return false;
    }
    return *hours >= 0.0 && *hours < 1e9; /* not NAN either */
}

/* --- ids --- */

static int32_t id(park_inp *inp, const park_names *names, size_t word, park_code code, const char *en,
                  const char *zh)
{
    if (word >= inp->words)
        return -1;
    park_inp_word given = inp->word[word];
    int32_t       found = park_names_find(names, given.text, given.length);
    if (found < 0)
        PARK_INP_TELL(inp, (int)word, code, PARK_ERROR, "there is no %s%.0s '%.*s'%s%.0s",
                      "没有%.0s%s“%.*s”%.0s%s", en, zh, shown(given), given.text, wide_en(given),
                      wide_zh(given));
    return found;
}

int32_t park_inp_node(park_inp *inp, size_t word)
{
    return id(inp, &inp->net->node.names, word, PARK_E0607, "node", "节点");
}

int32_t park_inp_link(park_inp *inp, size_t word)
{
    return id(inp, &inp->net->link.names, word, PARK_E0608, "link", "管段");
}

static bool none(const park_inp *inp, size_t word)
{
    return word >= inp->words || inp->word[word].length == 0 ||
           (inp->word[word].length == 1 && inp->word[word].text[0] == '*');
}

bool park_inp_pattern(park_inp *inp, size_t word, int32_t *pattern)
{
    *pattern =
        none(inp, word) ? -1 : id(inp, &inp->net->pattern_names, word, PARK_E0609, "pattern", "时间模式");
    return *pattern >= 0 || none(inp, word);
}

void park_inp_left_out(park_inp *inp, int word, const char *why_en, const char *why_zh)
{
    if (inp->left_out[inp->at]++ == 0)
        PARK_INP_TELL(inp, word, PARK_W0616, PARK_WARNING, "%s: %s%.0s; lines like this one are left out",
                      "%s：%.0s%s；此类行被略过", park_inp_section_name(inp->at), why_en, why_zh);
}

/* --- ranges of ids --- */

static bool whole(park_inp_word word, long *value)
{
    *value = word.length > 0 && word.text[0] >= '0' && word.text[0] <= '9' ? strtol(word.text, NULL, 10) : 0;
    return *value > 0;
}

bool park_inp_range_of(park_inp *inp, size_t word, size_t count, park_inp_range *range)
{
    static const uint64_t MOST = 2000000000u;
    range->numbers = whole(inp->word[word], &range->low) && whole(inp->word[word + 1], &range->high);
    range->from    = park_arena_text(inp->arena, inp->word[word].text, inp->word[word].length);
    range->to      = park_arena_text(inp->arena, inp->word[word + 1].text, inp->word[word + 1].length);
    inp->range_work += count;
    if (inp->range_work > MOST) {
        PARK_INP_TELL(inp, -1, PARK_E0617, PARK_ERROR, "too many ranges of ids in %s", "%s 中的编号范围过多",
                      park_inp_section_name(inp->at));
        return false;
    }
    return park_inp_grow(inp, range->from != NULL && range->to != NULL);
}

bool park_inp_range_holds(const park_inp_range *range, const char *id_text)
{
    if (range->numbers) {
        long value = strtol(id_text, NULL, 10);
        return value >= range->low && value <= range->high;
    }
    return strcmp(range->from, id_text) <= 0 && strcmp(range->to, id_text) >= 0;
}
