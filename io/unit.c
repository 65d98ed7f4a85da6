/*
 * unit.c - from "万m³/(公顷·d)" to a factor and exponents.
 * Stages: plain form (typographic signs replaced), then a small recursive reader over it: unit, factor,
 * symbol.
 */
#include "unit.h"

#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum { DEEPEST = 8 /* brackets */, HIGHEST = 9 /* power */ };

/* --- symbols --- */

typedef struct reader {
    const park_unit_text  *plain;
    size_t                 at;
    int                    depth;
    int                    symbols; /* read so far */
    bool                   powered; /* a power or a multiplier was read */
    const char            *basis;
    park_quantity_problem *problem;
} reader;

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static char here(const reader *r)
{
    return r->plain->text[r->at];
}

/* Bytes of the symbol-like word at `at`: a run of ASCII letters with the digits inside it (mH2O), or one
 * character. */
static size_t word_length(const char *text, size_t at)
{
    size_t end = at;
    while (letter(text[end]))
        end++;
    if (end > at)
        return end - at;
    uint32_t code;
    size_t   size = park_utf8_next(text + at, strlen(text + at), &code);
    return size > 0 ? size : 1;
}

/* The longest symbol that stands at `at`. Symbols of letters match a whole run of letters only: "kgm" is no
 * "kg". */
static const park_unit_row *symbol_at(const char *text, size_t at, size_t *length)
{
    size_t               count;
    const park_unit_row *rows = park_units_list(&count), *best = NULL;
    *length = 0;
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(rows[i].symbol);
        if (size <= *length || strncmp(text + at, rows[i].symbol, size) != 0)
            continue;
        if (letter(rows[i].symbol[size - 1]) && letter(text[at + size]))
            continue;
        best    = &rows[i];
        *length = size;
    }
    return best;
}

static const char *nearest_symbol(const char *word)
{
    const char          *symbols[160];
    size_t               count, used = 0;
    const park_unit_row *rows = park_units_list(&count);
    for (size_t i = 0; i < count && used < sizeof symbols / sizeof symbols[0]; i++)
        symbols[used++] = rows[i].symbol;
    return park_nearest(word, symbols, used);
}

static bool unknown_symbol(reader *r)
{
    const char *text   = r->plain->text;
    size_t      length = word_length(text, r->at);
    char        word[PARK_UNIT_TEXT + 1];
    memcpy(word, text + r->at, length);
    word[length] = '\0';
    const char *en, *zh;
    if (park_unit_stranger(word, length, &en, &zh)) {
        if (r->problem == NULL)
            return false;
        park_unit_fail(r->problem, r->plain, r->at, r->at + length, PARK_E0206, "unit '%s' is not read here",
                       "此处不接受单位“%s”", word);
        size_t used_en = strlen(r->problem->en), used_zh = strlen(r->problem->zh);
        snprintf(r->problem->en + used_en, sizeof r->problem->en - used_en, ": %s", en);
        snprintf(r->problem->zh + used_zh, sizeof r->problem->zh - used_zh, "：%s", zh);
        return false;
    }
    const char *near = nearest_symbol(word);
    if (near != NULL)
        return park_unit_fail(r->problem, r->plain, r->at, r->at + length, PARK_E0206,
                              "unknown unit '%s'; did you mean '%s'?", "未知的单位“%s”；是否为“%s”？", word,
                              near);
    return park_unit_fail(r->problem, r->plain, r->at, r->at + length, PARK_E0206,
                          "unknown unit '%s'; `parkwater units` lists them",
                          "未知的单位“%s”；可用 `parkwater units` 查看列表", word);
}

/* --- algebra --- */

static bool multiply(park_unit *into, const park_unit *by, int power)
{
    double over = by->over, under = by->under;
    if (power < 0) {
        over  = by->under;
        under = by->over;
    }
    for (int i = 0; i < (power < 0 ? -power : power); i++) {
        into->over *= over;
        into->under *= under;
    }
    const signed char from[5] = {by->exponents.m, by->exponents.kg, by->exponents.s, by->exponents.k,
                                 by->exponents.cny};
    signed char *to[5] = {&into->exponents.m, &into->exponents.kg, &into->exponents.s, &into->exponents.k,
                          &into->exponents.cny};
    for (int i = 0; i < 5; i++) {
        int sum = *to[i] + from[i] * power;
        if (sum > 100 || sum < -100)
            return false;
        *to[i] = (signed char)sum;
    }
    into->marks |= by->marks;
    return into->over < 1e200 && into->under < 1e200;
}

static bool skip_blanks(reader *r)
{
    size_t before = r->at;
    while (here(r) == ' ' || here(r) == '\t')
        r->at++;
    return r->at > before;
}

static bool looking_at(const reader *r, const char *word)
{
    return strncmp(r->plain->text + r->at, word, strlen(word)) == 0;
}

/* An optional power: "3", "^3", "^-1", "-1". */
static bool read_power(reader *r, int *power)
{
    const char *text = r->plain->text;
    size_t      at   = r->at;
    bool        sign = false, caret = text[at] == '^';
    at += caret ? 1 : 0;
    if (text[at] == '-' && digit(text[at + 1])) {
        sign = true;
        at++;
    }
    if (!digit(text[at])) {
        *power = 1;
        if (!caret)
            return true;
        return park_unit_fail(r->problem, r->plain, r->at, r->at + 1, PARK_E0209,
                              "a whole number must follow '^'", "“^”后面应为整数");
    }
    size_t start = at;
    int    value = 0;
    for (; digit(text[at]) && value <= HIGHEST; at++)
        value = 10 * value + (text[at] - '0');
    if (value == 0 || value > HIGHEST)
        return park_unit_fail(r->problem, r->plain, start, at, PARK_E0209, "a power must lie within 1..%d",
                              "幂次应在 1..%d 之间", HIGHEST);
    *power     = sign ? -value : value;
    r->at      = at;
    r->powered = true;
    return true;
}

static bool read_unit(reader *r, park_unit *unit);

static bool read_bracket(reader *r, park_unit *factor)
{
    size_t open = r->at++;
    if (++r->depth > DEEPEST)
        return park_unit_fail(r->problem, r->plain, open, open + 1, PARK_E0209, "too many brackets",
                              "括号过多");
    if (!read_unit(r, factor))
        return false;
    r->depth--;
    r->powered = true;
    if (here(r) != ')')
        return park_unit_fail(r->problem, r->plain, open, open + 1, PARK_E0209, "'(' is not closed",
                              "“(”未闭合");
    r->at++;
    return true;
}

/* kW·h is one symbol to its readers: "元/kW·h" is a price of energy. */
static void join_hour(reader *r, park_unit *factor)
{
    if (!(factor->marks & PARK_UNIT_POWER))
        return;
    size_t      at   = r->at, length;
    const char *text = r->plain->text;
    while (text[at] == ' ')
        at++;
    if (text[at] == '*' || text[at] == '.')
        at++;
    else if (at == r->at)
        return;
    while (text[at] == ' ')
        at++;
    const park_unit_row *row = text[at] == '\0' ? NULL : symbol_at(text, at, &length);
    if (row == NULL || !(row->marks & PARK_UNIT_HOUR))
        return;
    park_unit hour = {row->over, row->under, row->exponents, 0, ""};
    multiply(factor, &hour, 1);
    factor->marks = PARK_UNIT_ENERGY;
    r->at         = at + length;
}

static bool read_symbol(reader *r, park_unit *factor)
{
    *factor = (park_unit){.over = 1, .under = 1, .basis = ""};
    size_t               length;
    const park_unit_row *row = symbol_at(r->plain->text, r->at, &length);
    if (row == NULL)
        return unknown_symbol(r);
    factor->marks = row->marks & ~(unsigned)PARK_UNIT_TIMES;
    r->at += length;
    r->symbols++;
    if (row->marks & PARK_UNIT_TIMES) {
        r->powered = true;
        factor->over *= row->over;
        skip_blanks(r);
        if (here(r) == '\0' || here(r) == '/' || here(r) == ')' || here(r) == '*')
            return true;
        park_unit after;
        int       power;
        if (here(r) == '(')
            return read_bracket(r, &after) && multiply(factor, &after, 1);
        if (!read_symbol(r, &after) || !read_power(r, &power))
            return false;
        multiply(factor, &after, power);
        return true;
    }
    factor->over      = row->over;
    factor->under     = row->under;
    factor->exponents = row->exponents;
    join_hour(r, factor);
    return true;
}

/* One factor with its power. */
static bool read_factor(reader *r, park_unit *unit, bool divide)
{
    park_unit factor = {.over = 1, .under = 1, .basis = ""};
    int       power  = 1;
    size_t    start  = r->at;
    if (here(r) == '\0' || here(r) == ')')
        return park_unit_fail(r->problem, r->plain, r->at > 0 ? r->at - 1 : 0, r->at, PARK_E0209,
                              "the unit ends where a symbol is due", "单位在应有符号处结束");
    if (here(r) == '1' && (r->plain->text[r->at + 1] == '/' || r->plain->text[r->at + 1] == ' '))
        r->at++; /* 1/a */
    else if (here(r) == '(' ? !read_bracket(r, &factor) : !read_symbol(r, &factor))
        return false;
    if (!read_power(r, &power))
        return false;
    if (!multiply(unit, &factor, divide ? -power : power))
        return park_unit_fail(r->problem, r->plain, start, r->at, PARK_E0209,
                              "the unit's powers are too high", "单位的幂次过高");
    return true;
}

/* --- basis --- */

static const char *const BASES[] = {
    "CaCO3", "N",    "P",   "S",   "C",  "Si", "SiO2", "NO3", "NO2", "NH3", "NH4", "PO4",   "P2O5", "SO4",
    "SO3",   "HCO3", "CO3", "CO2", "O2", "Cl", "Ca",   "Mg",  "CaO", "Na",  "K2O", "Fe",    "Mn",   "Cr6",
    "Cr",    "F",    "B",   "As",  "Cd", "Pb", "Hg",   "Ni",  "Cu",  "Zn",  "LAS", "phenol"};

/* A basis from here to the end of the unit: "CaCO3", "as N", "以 N 计", "-N". Moves on when there is one. */
static bool read_basis(reader *r)
{
    const char *text    = r->plain->text;
    size_t      at      = r->at;
    bool        bracket = false, chinese = false;
    if (text[at] == '(') {
        bracket = true;
        at++;
    }
    if (strncmp(text + at, "as ", 3) == 0)
        at += 3;
    else if (strncmp(text + at, "以", strlen("以")) == 0) {
        at += strlen("以");
        chinese = true;
    } else if (text[at] == '-')
        at++;
    else if (bracket)
        return false;
    while (text[at] == ' ')
        at++;
    size_t end = at;
    while (letter(text[end]) || digit(text[end]))
        end++;
    for (size_t i = 0; i < sizeof BASES / sizeof BASES[0]; i++) {
        if (strlen(BASES[i]) != end - at || strncmp(BASES[i], text + at, end - at) != 0)
            continue;
        while (text[end] == ' ')
            end++;
        if (chinese) {
            if (strncmp(text + end, "计", strlen("计")) != 0)
                return false;
            end += strlen("计");
        }
        if (bracket && text[end++] != ')')
            return false;
        while (text[end] == ' ')
            end++;
        if (text[end] != '\0')
            return false;
        r->basis = BASES[i];
        r->at    = end;
        return true;
    }
    return false;
}

/* --- products --- */

static bool ambiguous(reader *r)
{
    return park_unit_fail(r->problem, r->plain, 0, r->plain->length, PARK_E0211,
                          "a product behind '/' can be read in two ways; write a/(b*c) or a/b/c",
                          "“/”后的乘积可作两种理解；请写 a/(b*c) 或 a/b/c");
}

static bool read_unit(reader *r, park_unit *unit)
{
    *unit        = (park_unit){.over = 1, .under = 1, .basis = ""};
    bool divided = false, first = true;
    for (;;) {
        bool blank = skip_blanks(r);
        if (here(r) == '\0' || (here(r) == ')' && r->depth > 0))
            break;
        bool divide = false;
        if (here(r) == '/' || (blank && looking_at(r, "per "))) {
            r->at += here(r) == '/' ? 1 : 4;
            divide = true;
            skip_blanks(r);
        } else if (!first) {
            if (r->depth == 0 && read_basis(r))
                break;
            bool sign = here(r) == '*';
            if (sign) {
                r->at++;
                skip_blanks(r);
            }
            if (!sign && !blank)
                return park_unit_fail(r->problem, r->plain, r->at, r->at + word_length(r->plain->text, r->at),
                                      PARK_E0209, "the unit cannot go on here", "单位在此处不能继续");
            if (divided && here(r) != '(' && here(r) != '\0' &&
                symbol_at(r->plain->text, r->at, &(size_t){0}) == NULL)
                return unknown_symbol(r);
            if (divided)
                return ambiguous(r);
        }
        if (!read_factor(r, unit, divide))
            return false;
        divided = divided || divide;
        first   = false;
    }
    if (first)
        return park_unit_fail(r->problem, r->plain, r->at > 0 ? r->at - 1 : 0, r->at, PARK_E0209,
                              "the unit is empty", "单位为空");
    return true;
}

bool park_unit_read(const park_unit_text *plain, size_t at, park_unit *unit, park_quantity_problem *problem)
{
    reader r = {.plain = plain, .at = at, .basis = "", .problem = problem};
    if (!read_unit(&r, unit))
        return false;
    if (r.at < plain->length)
        return park_unit_fail(problem, plain, r.at, plain->length, PARK_E0209, "text behind the unit: '%s'",
                              "单位之后有多余的文字：“%s”", plain->text + r.at);
    unit->basis = r.basis;
    if (r.symbols == 1 && !r.powered)
        unit->marks |= PARK_UNIT_LONE;
    return true;
}
