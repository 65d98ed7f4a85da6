/*
 * quantity.c - the number before a unit, and whether the unit fits what is due. The units themselves: unit.c.
 */
#include "quantity.h"

#include "unit.h"
#include "utf8.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double WEIGHT_OF_WATER =
    9806.65;                               /* [N/m3] 1000 kg/m3 under standard gravity: pressure to head */
static const double ZERO_CELSIUS = 273.15; /* [K] */

/* --- numbers --- */

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_blanks(const char *text, size_t at)
{
    while (text[at] == ' ' || text[at] == '\t')
        at++;
    return at;
}

/* End of a decimal number that starts at `at`; `at` itself when there is none. */
static size_t number_end(const char *text, size_t at)
{
    size_t end = at + (text[at] == '+' || text[at] == '-'), digits = 0;
    for (; digit(text[end]); end++)
        digits++;
    if (text[end] == '.') {
        end++;
        for (; digit(text[end]); end++)
            digits++;
    }
    if (digits == 0)
        return at;
    if (text[end] == 'e' || text[end] == 'E') {
        size_t power = end + 1 + (text[end + 1] == '+' || text[end + 1] == '-');
        if (digit(text[power]))
            for (end = power; digit(text[end]);)
                end++;
    }
    return end;
}

/* strtod follows the process's locale; a program that set one may want a comma. */
static double decimal(const char *text, size_t length, bool *out_of_reach)
{
    char copy[PARK_UNIT_TEXT + 1], *end;
    memcpy(copy, text, length);
    copy[length] = '\0';
    errno        = 0;
    double value = strtod(copy, &end);
    char  *point = strchr(copy, '.');
    if (*end != '\0' && point != NULL) {
        *point = ',';
        errno  = 0;
        value  = strtod(copy, &end);
    }
    *out_of_reach = errno == ERANGE || !isfinite(value);
    return value;
}

/* Words that programs write for what is no number. */
static bool not_finite_word(const char *text, size_t at)
{
    static const char *const WORDS[] = {".nan", ".inf", "nan", "inf", "infinity"};
    at += text[at] == '+' || text[at] == '-';
    for (size_t w = 0; w < sizeof WORDS / sizeof WORDS[0]; w++) {
        size_t i = 0;
        while (WORDS[w][i] != '\0' && (text[at + i] | 0x20) == (WORDS[w][i] | 0x20))
            i++;
        char next = text[at + i];
        if (WORDS[w][i] == '\0' && !((next | 0x20) >= 'a' && (next | 0x20) <= 'z'))
            return true;
    }
    return false;
}

static bool no_number(const park_unit_text *plain, size_t at, park_quantity_problem *problem)
{
    const char *text = plain->text;
    if (not_finite_word(text, at))
        return park_unit_fail(problem, plain, at, plain->length, PARK_E0202, "'%s' is not a finite number",
                              "“%s”不是有限的数", text + at);
    if (text[at] == '\0')
        return park_unit_fail(problem, plain, 0, plain->length, PARK_E0201, "a number is missing",
                              "缺少数字");
    return park_unit_fail(problem, plain, at, plain->length, PARK_E0201, "'%s' does not start with a number",
                          "“%s”不以数字开头", text + at);
}

/* The number at `at`; moves past it. */
static bool read_number(const park_unit_text *plain, size_t *at, double *value,
                        park_quantity_problem *problem)
{
    const char *text  = plain->text;
    size_t      start = skip_blanks(text, *at), end = number_end(text, start);
    if (end == start)
        return no_number(plain, start, problem);
    size_t first = start + (text[start] == '+' || text[start] == '-');
    if (text[first] == '0' && end == first + 1 && strchr("xXoObB", text[end]) != NULL && text[end] != '\0' &&
        (digit(text[end + 1]) || strchr("abcdefABCDEF", text[end + 1]) != NULL) && text[end + 1] != '\0')
        return park_unit_fail(problem, plain, start, plain->length, PARK_E0204,
                              "'%s' is not a decimal number; write it in decimal digits",
                              "“%s”不是十进制数；请用十进制书写", text + start);
    bool separator = (text[end] == ',' || text[end] == '_' || text[end] == '\'') && digit(text[end + 1]);
    if (separator || (text[end] == ' ' && digit(text[end + 1]) && text[end + 2] != '/'))
        return park_unit_fail(problem, plain, start, plain->length, PARK_E0203,
                              "'%s': digits are not grouped; 1,200 is written 1200, and 1.5 takes a point",
                              "“%s”：数字不分组；1,200 应写作 1200，小数用点号（1.5）", text + start);
    if (text[end] == '.' || text[end] == ',')
        return park_unit_fail(problem, plain, start, plain->length, PARK_E0201, "'%s' is not a number",
                              "“%s”不是数字", text + start);
    bool out_of_reach;
    *value = decimal(text + start, end - start, &out_of_reach);
    if (out_of_reach)
        return park_unit_fail(problem, plain, start, end, PARK_E0202,
                              "'%s' is too large or too small a number", "“%s”超出数的范围", text + start);
    *at = end;
    return true;
}

static bool plain_text(const char *text, size_t length, park_unit_text *plain, park_quantity_problem *problem)
{
    if (park_unit_text_make(text, length, plain))
        return true;
    *plain = (park_unit_text){.text = ""};
    if (!park_unit_fail(problem, plain, 0, 0, PARK_E0201, "the text is longer than a quantity can be",
                        "文字过长，不可能是一个数量") &&
        problem != NULL)
        problem->length = length;
    return false;
}

bool park_number_parse(const char *text, size_t length, double *value, park_quantity_problem *problem)
{
    park_unit_text plain;
    size_t         at = 0;
    if (!plain_text(text, length, &plain, problem) || !read_number(&plain, &at, value, problem))
        return false;
    size_t end = skip_blanks(plain.text, at);
    if (end < plain.length)
        return park_unit_fail(problem, &plain, end, plain.length, PARK_E0212,
                              "a plain number is due; '%s' stands behind it", "此处应为纯数，后面多了“%s”",
                              plain.text + end);
    return true;
}

/* --- does the unit fit? --- */

static bool is_pressure(park_exponents e)
{
    return park_exponents_equal(e, (park_exponents){.m = -1, .kg = 1, .s = -2});
}

/* What a unit measures, by the symbols it is made of and then by its exponents. */
static park_dimension measured(const park_unit *unit)
{
    bool piece  = unit->marks & PARK_UNIT_PIECE,
         demand = (unit->marks & PARK_UNIT_POWER) && (unit->marks & PARK_UNIT_LONG);
    for (int i = 0; i < PARK_DIM_COUNT; i++) {
        bool of_pieces = i == PARK_DIM_INTENSITY_PER_PIECE || i == PARK_DIM_PRODUCT_PIECE_RATE;
        if (of_pieces != piece || (demand && i == PARK_DIM_PRICE_PER_ENERGY))
            continue;
        if ((unit->marks & PARK_UNIT_SHARE) && i == PARK_DIM_NUMBER)
            continue;
        if (park_exponents_equal(park_dimension_exponents((park_dimension)i), unit->exponents))
            return (park_dimension)i;
    }
    return PARK_DIM_COUNT;
}

static bool fits(const park_unit *unit, park_dimension due)
{
    bool share  = unit->marks & PARK_UNIT_SHARE;
    bool piece  = unit->marks & PARK_UNIT_PIECE;
    bool demand = (unit->marks & PARK_UNIT_POWER) && (unit->marks & PARK_UNIT_LONG);
    if (piece != (due == PARK_DIM_INTENSITY_PER_PIECE || due == PARK_DIM_PRODUCT_PIECE_RATE))
        return false;
    if (share && due != PARK_DIM_SHARE && due != PARK_DIM_RATE)
        return false;
    if (due == PARK_DIM_NUMBER)
        return false;
    if (due == PARK_DIM_PRICE_PER_ENERGY && demand)
        return false;
    if (due == PARK_DIM_PRICE_PER_POWER_TIME && !demand)
        return false;
    if (due == PARK_DIM_PRESSURE_HEAD && is_pressure(unit->exponents))
        return true;
    return park_exponents_equal(unit->exponents, park_dimension_exponents(due));
}

static bool has_mass(park_exponents e)
{
    return e.kg == 1;
}

/* Messages that name the dimension differ in more than the format. */
static bool fail_unit(park_quantity_problem *problem, const park_unit_text *plain, size_t at,
                      const park_unit *unit, park_dimension due)
{
    if (problem == NULL)
        return false;
    const char *text = plain->text + at, *accepted = park_dimension_examples(due);
    if (due == PARK_DIM_NUMBER)
        return park_unit_fail(problem, plain, at, plain->length, PARK_E0212,
                              "a plain number is due; '%s' stands behind it", "此处应为纯数，后面多了“%s”",
                              text);
    park_dimension is = measured(unit);
    park_unit_fail(problem, plain, at, plain->length, PARK_E0207, "%s", "%s", "");
    if (is == PARK_DIM_COUNT) {
        snprintf(problem->en, sizeof problem->en, "%s measures something else; %s is due: %s", text,
                 park_dimension_name(due, false), accepted);
        snprintf(problem->zh, sizeof problem->zh, "“%s”不是%s的单位；此处应为%s：%s", text,
                 park_dimension_name(due, true), park_dimension_name(due, true), accepted);
    } else {
        snprintf(problem->en, sizeof problem->en, "%s is %s; %s is due: %s", text,
                 park_dimension_name(is, false), park_dimension_name(due, false), accepted);
        snprintf(problem->zh, sizeof problem->zh, "“%s”表示%s；此处应为%s：%s", text,
                 park_dimension_name(is, true), park_dimension_name(due, true), accepted);
    }
    return false;
}

static bool fail_bare(park_quantity_problem *problem, const park_unit_text *plain, size_t from,
                      park_dimension due)
{
    if (problem == NULL)
        return false;
    park_unit_fail(problem, plain, from, plain->length, PARK_E0205, "%s", "%s", "");
    snprintf(problem->en, sizeof problem->en, "'%s' has no unit; %s is due: %s", plain->text + from,
             park_dimension_name(due, false), park_dimension_examples(due));
    snprintf(problem->zh, sizeof problem->zh, "“%s”缺少单位；此处应为%s：%s", plain->text + from,
             park_dimension_name(due, true), park_dimension_examples(due));
    return false;
}

/* Read and judge the unit at `at`; the scale to SI is over / under, then comes the offset. */
static bool read_unit(const park_unit_text *plain, size_t at, park_dimension due, park_unit *unit,
                      double *offset, park_quantity_problem *problem)
{
    *offset = 0.0;
    if (!park_unit_read(plain, at, unit, problem))
        return false;
    if (due != PARK_DIM_COUNT && !fits(unit, due))
        return fail_unit(problem, plain, at, unit, due);
    if (unit->basis[0] != '\0' && !has_mass(unit->exponents))
        return park_unit_fail(problem, plain, at, plain->length, PARK_E0210,
                              "'%s': the basis %s stands behind units of mass only, as mg/L",
                              "“%s”：计量基准 %s 只能写在 mg/L 等质量类单位之后", plain->text + at,
                              unit->basis);
    if (due == PARK_DIM_PRESSURE_HEAD && is_pressure(unit->exponents))
        unit->under *= WEIGHT_OF_WATER;
    if (due == PARK_DIM_TEMPERATURE && (unit->marks & PARK_UNIT_CELSIUS)) {
        if (!(unit->marks & PARK_UNIT_LONE))
            return fail_unit(problem, plain, at, unit, due);
        *offset = ZERO_CELSIUS;
    }
    return true;
}

static bool bare_share(const park_unit_text *plain, size_t start, double value,
                       park_quantity_problem *problem)
{
    if (fabs(value) <= 1.0)
        return true;
    return park_unit_fail(problem, plain, start, plain->length, PARK_E0208,
                          "the ratio %g is above 1; write %g %% or %g", "比率 %g 大于 1；请写 %g %% 或 %g",
                          value, value, value / 100.0);
}

bool park_quantity_parse(const char *text, size_t length, park_dimension dimension, park_quantity *quantity,
                         park_quantity_problem *problem)
{
    park_unit_text plain;
    size_t         at = 0;
    *quantity         = (park_quantity){.basis = ""};
    double number;
    if (!plain_text(text, length, &plain, problem) || !read_number(&plain, &at, &number, problem))
        return false;
    size_t start = skip_blanks(plain.text, 0), from = skip_blanks(plain.text, at);
    if (from == plain.length) {
        bool none_due = dimension == PARK_DIM_NUMBER || dimension == PARK_DIM_COUNT;
        if (dimension == PARK_DIM_SHARE ? !bare_share(&plain, start, number, problem)
                                        : !none_due && !fail_bare(problem, &plain, start, dimension))
            return false;
        quantity->value = number;
        quantity->bare  = true;
        return true;
    }
    park_unit unit;
    double    offset;
    if (!read_unit(&plain, from, dimension, &unit, &offset, problem))
        return false;
    quantity->value     = number * unit.over / unit.under + offset;
    quantity->exponents = unit.exponents;
    quantity->basis     = unit.basis;
    if (!isfinite(quantity->value) || (quantity->value == 0.0 && number != 0.0 && offset == 0.0))
        return park_unit_fail(problem, &plain, start, plain.length, PARK_E0202,
                              "'%s' is too large or too small a quantity", "“%s”超出数的范围",
                              plain.text + start);
    return true;
}

bool park_unit_parse(const char *text, size_t length, park_dimension dimension, double *scale, double *offset,
                     const char **basis, park_quantity_problem *problem)
{
    park_unit_text plain;
    park_unit      unit = {.over = 1, .under = 1, .basis = ""};
    *offset             = 0.0;
    if (!plain_text(text, length, &plain, problem))
        return false;
    size_t at = skip_blanks(plain.text, 0);
    bool   bare_fits =
        dimension == PARK_DIM_NUMBER || dimension == PARK_DIM_SHARE || dimension == PARK_DIM_COUNT;
    if (at == plain.length ? !bare_fits && !fail_bare(problem, &plain, 0, dimension)
                           : !read_unit(&plain, at, dimension, &unit, offset, problem))
        return false;
    *scale = unit.over / unit.under;
    if (basis != NULL)
        *basis = unit.basis;
    return true;
}

park_finding *park_quantity_finding(park_findings *findings, const park_quantity_problem *problem,
                                    const char *path)
{
    return park_finding_add(findings, problem->code, PARK_ERROR, path, "%s%.0s", "%.0s%s", problem->en,
                            problem->zh);
}
