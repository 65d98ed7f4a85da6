/*
 * unit_text.c - how units are typed: typographic signs to their plain form, problems with their place, and the units
 * that people write but the list leaves out.
 */
#include "unit.h"

#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What a character becomes; NULL: stays as it is. */
static const char *plain_form(uint32_t code)
{
    static const struct {
        uint32_t    code;
        const char *plain;
    } FORMS[] = {
        {0x00A0, " "},   {0x2009, " "},   {0x202F, " "},    {0x2002, " "},  {0x2003, " "},  {0x3000, " "},
        {0x00B2, "^2"},  {0x00B3, "^3"},  {0x00B9, "^1"},   {0x2074, "^4"}, {0x207B, "^-"}, {0x00B7, "*"},
        {0x22C5, "*"},   {0x2219, "*"},   {0x2022, "*"},    {0x30FB, "*"},  {0x00D7, "*"},  {0x2212, "-"},
        {0x00B5, "u"},   {0x03BC, "u"},   {0x212A, "K"},    {0xFFE5, "¥"},  {0x2215, "/"},  {0x2044, "/"},
        {0x33A1, "m^2"}, {0x33A5, "m^3"}, {0x33A2, "km^2"}, {0x338F, "kg"}, {0x338E, "mg"}, {0x339C, "mm"},
        {0x339D, "cm"},  {0x339E, "km"},  {0x3396, "mL"},   {0x3397, "dL"}, {0x33BE, "kW"}, {0x2103, "°C"},
    };
    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++)
        if (FORMS[i].code == code)
            return FORMS[i].plain;
    return NULL;
}

bool park_unit_text_make(const char *text, size_t length, park_unit_text *plain)
{
    plain->length = 0;
    for (size_t at = 0; at < length;) {
        uint32_t    code;
        char        ascii[2] = {0};
        size_t      size     = park_utf8_next(text + at, length - at, &code);
        const char *form     = plain_form(code);
        if (code >= 0xFF01 && code <= 0xFF5E) { /* full-width ASCII */
            ascii[0] = (char)(code - 0xFF01 + '!');
            form     = ascii;
        }
        size           = size > 0 ? size : 1;
        size_t written = form != NULL ? strlen(form) : size;
        if (plain->length + written > PARK_UNIT_TEXT || at > UINT16_MAX)
            return false;
        /* Minus of a superscript: "^-" must not be followed by another "^". */
        if (form != NULL && form[0] == '^' && plain->length >= 2 && plain->text[plain->length - 1] == '-' &&
            plain->text[plain->length - 2] == '^') {
            form++;
            written--;
        }
        memcpy(plain->text + plain->length, form != NULL ? form : text + at, written);
        for (size_t i = 0; i < written; i++)
            plain->from[plain->length + i] = (uint16_t)at;
        plain->length += written;
        at += size;
    }
    plain->text[plain->length] = '\0';
    plain->from[plain->length] = (uint16_t)length;
    return length <= UINT16_MAX;
}

bool park_unit_fail(park_quantity_problem *problem, const park_unit_text *plain, size_t from, size_t to,
                    park_code code, const char *en, const char *zh, ...)
{
    if (problem == NULL)
        return false;
    va_list args;
    va_start(args, zh);
    vsnprintf(problem->en, sizeof problem->en, en, args);
    va_end(args);
    va_start(args, zh);
    vsnprintf(problem->zh, sizeof problem->zh, zh, args);
    va_end(args);
    problem->code   = code;
    problem->offset = plain->from[from];
    problem->length = (size_t)(plain->from[to] - plain->from[from]);
    return false;
}

/* Units that people write and the list leaves out on purpose, with what to write instead. */
bool park_unit_stranger(const char *word, size_t length, const char **en, const char **zh)
{
    static const struct {
        const char *word, *en, *zh;
    } STRANGERS[] = {
        {"ppm", "parts per million can be by mass or by volume; write mg/L", "ppm 的含义不唯一，请写 mg/L"},
        {"ppb", "parts per billion can be by mass or by volume; write ug/L", "ppb 的含义不唯一，请写 ug/L"},
        {"gpm", "US units are not read; write L/min or m3/h", "不接受美制单位，请写 L/min 或 m3/h"},
        {"MGD", "US units are not read; write m3/d", "不接受美制单位，请写 m3/d"},
        {"mgd", "US units are not read; write m3/d", "不接受美制单位，请写 m3/d"},
        {"gal", "US units are not read; write L or m3", "不接受美制单位，请写 L 或 m3"},
        {"ft", "US units are not read; write m", "不接受英制单位，请写 m"},
        {"in", "US units are not read; write mm", "不接受英制单位，请写 mm"},
        {"psi", "US units are not read; write kPa or m", "不接受英制单位，请写 kPa 或 m"},
        {"hp", "write kW", "请写 kW"},
        {"HP", "write kW", "请写 kW"},
        {"USD", "money is CNY; convert it and say the year in price_year",
         "金额单位为 CNY，请换算并以 price_year 注明年份"},
        {"Nm", "write m3 for a volume of water", "水的体积请写 m3"},
        {"mol", "write mg/L", "请写 mg/L"},
        {"mmol", "write mg/L", "请写 mg/L"},
        {"meq", "write mg/L CaCO3 (1 meq/L is 50 mg/L CaCO3)",
         "请写 mg/L CaCO3（1 meq/L 等于 50 mg/L CaCO3）"},
        {"NTU", "turbidity is no quantity of mass; state SS in mg/L", "浊度不是质量浓度，请以 mg/L 给出 SS"},
        {"S", "conductivity is not read; state TDS in mg/L", "不接受电导率，请以 mg/L 给出 TDS"},
        {"mS", "conductivity is not read; state TDS in mg/L", "不接受电导率，请以 mg/L 给出 TDS"},
        {"uS", "conductivity is not read; state TDS in mg/L", "不接受电导率，请以 mg/L 给出 TDS"},
    };
    for (size_t i = 0; i < sizeof STRANGERS / sizeof STRANGERS[0]; i++)
        if (strlen(STRANGERS[i].word) == length && strncmp(STRANGERS[i].word, word, length) == 0) {
            *en = STRANGERS[i].en;
            *zh = STRANGERS[i].zh;
            return true;
        }
    return false;
}
