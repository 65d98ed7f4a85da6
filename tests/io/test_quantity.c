#include "quantity.h"

#include "check.h"

#include <stdio.h>

static double read_as(const char *text, park_dimension dimension)
{
    park_quantity         q;
    park_quantity_problem problem;
    if (!park_quantity_parse(text, strlen(text), dimension, &q, &problem)) {
        fprintf(stderr, "%s: %s\n", text, problem.en);
        return NAN;
    }
    return q.value;
}

/* `want` is worked out by hand from the unit's definition: relative to rounding. */
#define CHECK_READ(text, dimension, want)                                                                    \
    CHECK_CLOSE(read_as(text, PARK_DIM_##dimension), (want), 4e-16 * fabs(want))

static void contract_examples_are_read(void)
{
    CHECK(read_as("12000 m3/d", PARK_DIM_FLOW) == 12000.0 / 86400.0);
    CHECK_READ("1.2 万m3/a", FLOW, 12000.0 / (365.0 * 86400.0));
    CHECK(read_as("8 mg/L", PARK_DIM_CONC) == 0.008);
    CHECK_READ("110 mg/L CaCO3", CONC, 0.11);
    CHECK_READ("2.05 CNY/m3", PRICE_PER_VOLUME, 2.05);
    CHECK_READ("2.05 元/m³", PRICE_PER_VOLUME, 2.05);
    CHECK(read_as("3 mm", PARK_DIM_LENGTH) == 0.003);
    CHECK_READ("15 a", TIME, 15.0 * 8760.0 * 3600.0);
    CHECK_READ("18.6 亿元/a", MONEY_RATE, 18.6e8 / 31536000.0);
    CHECK_READ("1.6 m3/百米", INTENSITY_PER_LENGTH, 0.016);
    CHECK_READ("1.36 m3/hm", INTENSITY_PER_LENGTH, 0.0136);
    CHECK_READ("0.49 kg/kWh", CARBON_PER_ENERGY, 0.49 / 3.6e6);
    CHECK_READ("32 CNY/kW/month", PRICE_PER_POWER_TIME, 32.0 / 1000.0 / (365.0 * 86400.0 / 12.0));
    CHECK_READ("60 t/h", MASS_FLOW, 60000.0 / 3600.0);
    CHECK_READ("8 K", TEMPERATURE_DIFFERENCE, 8.0);
    CHECK(read_as("6 %", PARK_DIM_SHARE) == 0.06);
    CHECK(read_as("0.002 %", PARK_DIM_SHARE) == 0.002 / 100);
    CHECK_READ("4.25 m3/kL", INTENSITY_PER_VOLUME, 4.25);
    CHECK_READ("2 mm/d", DEPTH_RATE, 0.002 / 86400.0);
    CHECK_READ("0.25 kWh/m3", ENERGY_PER_VOLUME, 9e5);
    CHECK_READ("9.2e8 m/a", PRODUCT_LENGTH_RATE, 9.2e8 / 31536000.0);
    CHECK_READ("42 ha", AREA, 420000.0);
    CHECK_READ("29.8 m3/万元", INTENSITY_PER_VALUE, 0.00298);
    CHECK_READ("180 万元", MONEY, 1.8e6);
    CHECK_READ("0.1 /a", RATE, 0.1 / 31536000.0);
    CHECK_READ("8000 h/a", SHARE, 8000.0 / 8760.0);
    CHECK_READ("7.5 m3/t", INTENSITY_PER_MASS, 0.0075);
    CHECK_READ("30 万元/a", MONEY_RATE, 3e5 / 31536000.0);
    CHECK_READ("0 CNY/t", CARBON_PRICE, 0.0);
    CHECK_READ("120 %", SHARE, 1.2);
    CHECK_READ("-12 %", SHARE, -0.12);
}

static void chinese_spellings_are_units(void)
{
    CHECK_READ("３６ 立方米/小时", FLOW, 0.01);
    CHECK_READ("12 吨/天", MASS_FLOW, 12000.0 / 86400.0);
    CHECK_READ("５．５ 万元", MONEY, 55000.0);
    CHECK_READ("100 度", ENERGY, 3.6e8);
    CHECK_READ("0.65 元/度", PRICE_PER_ENERGY, 0.65 / 3.6e6);
    CHECK_READ("0.65 元/(kW·h)", PRICE_PER_ENERGY, 0.65 / 3.6e6);
    CHECK_READ("0.65 元/kW·h", PRICE_PER_ENERGY, 0.65 / 3.6e6);
    CHECK_READ("0.5 千瓦时/立方米", ENERGY_PER_VOLUME, 1.8e6);
    CHECK_READ("3 万千瓦时", ENERGY, 3e4 * 3.6e6);
    CHECK_READ("1000 万m³/a", FLOW, 1e7 / 31536000.0);
    CHECK_READ("1.2万 立方米/年", FLOW, 12000.0 / 31536000.0);
    CHECK_READ("3 亩", AREA, 2000.0);
    CHECK_READ("5 ㎡", AREA, 5.0);
    CHECK_READ("5 ㎥／ｈ", FLOW, 5.0 / 3600.0);
    CHECK_READ("6％", SHARE, 0.06);
    CHECK_READ("25 ℃", TEMPERATURE, 298.15);
    CHECK_READ("８ ℃", TEMPERATURE_DIFFERENCE, 8.0);
    CHECK_READ("2 百万元", MONEY, 2e6);
    CHECK_READ("120 L/人", INTENSITY_PER_PIECE, 0.12);
    CHECK_READ("10 万辆/a", PRODUCT_PIECE_RATE, 1e5 / 31536000.0);
    CHECK_READ("30 mg/L（以CaCO3计）", CONC, 0.03);
    CHECK_READ("60 ｍ３／ｈ", FLOW, 60.0 / 3600.0);
}

static void spellings_of_a_unit_agree(void)
{
    static const char *const SAME[] = {"7 m3/h",     "7m3/h",       "7 m^3/h",     "7 m³/h",
                                       "7 m³·h⁻¹",   "7 m3 h-1",    "7 m3 * h^-1", "7 kL/hour",
                                       "7 m3 per h", "7 立方米/时", "7 (m3)/(h)",  "7 方/h"};
    for (size_t i = 0; i < sizeof SAME / sizeof SAME[0]; i++)
        CHECK_READ(SAME[i], FLOW, 7.0 / 3600.0);
    CHECK_READ("1 kJ/(kg K)", COUNT, 1000.0);
    CHECK_READ("2 m3/(ha d)", FLOW_PER_AREA, 2.0 / 1e4 / 86400.0);
    CHECK_READ("2 m3/ha/d", FLOW_PER_AREA, 2.0 / 1e4 / 86400.0);
    CHECK_READ("500 CNY/(m3/d)", PRICE_PER_FLOW, 500.0 * 86400.0);
    CHECK_READ("5 µg/L", CONC, 5e-6);
    CHECK_READ("0.3 MPa", PRESSURE_HEAD, 3e5 / 9806.65);
    CHECK_READ("15 m", PRESSURE_HEAD, 15.0);
    CHECK_READ("-5 °C", TEMPERATURE, 268.15);
    CHECK_READ("300 K", TEMPERATURE, 300.0);
    CHECK_READ("1e3 kW", POWER, 1e6);
    CHECK_READ(".5 d", TIME, 43200.0);
    CHECK_READ("+5. h", TIME, 18000.0);
}

static const char *basis_of(const char *text)
{
    static park_quantity         q;
    static park_quantity_problem problem;
    return park_quantity_parse(text, strlen(text), PARK_DIM_CONC, &q, &problem) ? q.basis : problem.en;
}

static void basis_is_told(void)
{
    CHECK_TEXT(basis_of("1.2 mg/L N"), "N");
    CHECK_TEXT(basis_of("110 mg/L CaCO3"), "CaCO3");
    CHECK_TEXT(basis_of("5 mg/L as N"), "N");
    CHECK_TEXT(basis_of("5 mg/L (as N)"), "N");
    CHECK_TEXT(basis_of("5 mg/L-P"), "P");
    CHECK_TEXT(basis_of("5 mg/L（以 P 计）"), "P");
    CHECK_TEXT(basis_of("40 mg/L"), "");
    CHECK(strstr(basis_of("40 mg/L XYZ"), "unknown unit 'XYZ'") != NULL);
}

typedef struct refusal {
    const char    *text;
    park_dimension dimension;
    park_code      code;
    const char    *says; /* part of the English message */
    const char    *at;   /* the text at fault */
} refusal;

static void what_is_wrong_is_said(void)
{
    static const refusal REFUSED[] = {
        {"12000", PARK_DIM_FLOW, PARK_E0205, "'12000' has no unit; a flow is due: m3/h, m3/d", "12000"},
        {"5 m3/h", PARK_DIM_VOLUME, PARK_E0207, "m3/h is a flow; a volume is due: m3, 万m3", "m3/h"},
        {"94", PARK_DIM_SHARE, PARK_E0208, "write 94 % or 0.94", "94"},
        {"5 m3", PARK_DIM_SHARE, PARK_E0207, "a ratio is due", "m3"},
        {"1,200 m3/d", PARK_DIM_FLOW, PARK_E0203, "1,200 is written 1200", "1,200 m3/d"},
        {"１，２００ m3/d", PARK_DIM_FLOW, PARK_E0203, "1,200 is written 1200", "１，２００ m3/d"},
        {"1 200 m3/d", PARK_DIM_FLOW, PARK_E0203, "digits are not grouped", "1 200 m3/d"},
        {".nan m3/h", PARK_DIM_FLOW, PARK_E0202, "not a finite number", ".nan m3/h"},
        {"NaN", PARK_DIM_NUMBER, PARK_E0202, "not a finite number", "NaN"},
        {"-.inf", PARK_DIM_NUMBER, PARK_E0202, "not a finite number", "-.inf"},
        {"inf m3/h", PARK_DIM_FLOW, PARK_E0202, "not a finite number", "inf m3/h"},
        {"1e999 m3/h", PARK_DIM_FLOW, PARK_E0202, "too large", "1e999"},
        {"1e-999 m3/h", PARK_DIM_FLOW, PARK_E0202, "too small", "1e-999"},
        {"1e308 GWh", PARK_DIM_ENERGY, PARK_E0202, "too large", "1e308 GWh"},
        {"0x1F m3/h", PARK_DIM_FLOW, PARK_E0204, "not a decimal number", "0x1F m3/h"},
        {"0o17 m3/h", PARK_DIM_FLOW, PARK_E0204, "not a decimal number", "0o17 m3/h"},
        {"twelve m3/h", PARK_DIM_FLOW, PARK_E0201, "does not start with a number", "twelve m3/h"},
        {"", PARK_DIM_FLOW, PARK_E0201, "a number is missing", ""},
        {"m3/h", PARK_DIM_FLOW, PARK_E0201, "does not start with a number", "m3/h"},
        {"1.2.3 m3/h", PARK_DIM_FLOW, PARK_E0201, "is not a number", "1.2.3 m3/h"},
        {"12 M3/h", PARK_DIM_FLOW, PARK_E0206, "did you mean 'm'?", "M"},
        {"12 kgm", PARK_DIM_MASS, PARK_E0206, "unknown unit 'kgm'", "kgm"},
        {"12 gpm", PARK_DIM_FLOW, PARK_E0206, "write L/min or m3/h", "gpm"},
        {"3 ppm", PARK_DIM_CONC, PARK_E0206, "write mg/L", "ppm"},
        {"12 m3/h !", PARK_DIM_FLOW, PARK_E0206, "unknown unit '!'", "!"},
        {"12 m3//h", PARK_DIM_FLOW, PARK_E0206, "unknown unit '/'", "/"},
        {"12 m3/", PARK_DIM_FLOW, PARK_E0209, "ends where a symbol is due", "/"},
        {"12 m^ /h", PARK_DIM_FLOW, PARK_E0209, "whole number must follow '^'", "^"},
        {"12 m99/h", PARK_DIM_FLOW, PARK_E0209, "a power must lie within 1..9", "99"},
        {"12 (m3/h", PARK_DIM_FLOW, PARK_E0209, "'(' is not closed", "("},
        {"12 m3/h)", PARK_DIM_FLOW, PARK_E0209, "cannot go on", ")"},
        {"12 m3/ha d", PARK_DIM_FLOW_PER_AREA, PARK_E0211, "read in two ways", "12 m3/ha d"},
        {"12 m3/h N", PARK_DIM_FLOW, PARK_E0210, "stands behind units of mass only", "m3/h N"},
        {"12 kW", PARK_DIM_NUMBER, PARK_E0212, "a plain number is due", "kW"},
        {"12 万", PARK_DIM_FLOW, PARK_E0207, "a flow is due", "万"},
        {"6 %", PARK_DIM_FLOW, PARK_E0207, "% is a ratio; a flow is due", "%"},
        {"32 CNY/kWh", PARK_DIM_PRICE_PER_POWER_TIME, PARK_E0207, "a price of energy; a demand charge is due",
         "CNY/kWh"},
        {"1 CNY/kW/month", PARK_DIM_PRICE_PER_ENERGY, PARK_E0207, "a demand charge; a price of energy is due",
         "CNY/kW/month"},
        {"5 m3", PARK_DIM_INTENSITY_PER_PIECE, PARK_E0207, "is a volume; water per piece is due", "m3"},
        {"120 L/人", PARK_DIM_VOLUME, PARK_E0207, "water per piece; a volume is due", "L/人"},
        {"25 °C/h", PARK_DIM_TEMPERATURE, PARK_E0207, "a temperature is due", "°C/h"},
        {"3 kg2", PARK_DIM_MASS, PARK_E0207, "measures something else; a mass is due", "kg2"},
    };
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++) {
        const refusal        *r = &REFUSED[i];
        park_quantity         q;
        park_quantity_problem problem = {.offset = 0};
        bool read = park_quantity_parse(r->text, strlen(r->text), r->dimension, &q, &problem);
        CHECK(!read);
        if (read)
            continue;
        const char *at = r->at;
        bool ok = problem.code == r->code && strstr(problem.en, r->says) != NULL && problem.zh[0] != '\0' &&
                  problem.length == strlen(at) && memcmp(r->text + problem.offset, at, problem.length) == 0;
        if (!ok)
            fprintf(stderr, "'%s': %s %s | %s at '%.*s'\n", r->text, park_code_name(problem.code), problem.en,
                    problem.zh, (int)problem.length, r->text + problem.offset);
        CHECK(ok);
    }
}

/* Every unit of the list reads as its factor, and every dimension's own units measure it. */
static void list_and_dimensions_agree(void)
{
    size_t               count;
    const park_unit_row *rows = park_units_list(&count);
    for (size_t i = 0; i < count; i++) {
        double                scale, offset;
        park_quantity_problem problem = {.offset = 0};
        const char           *s       = rows[i].symbol;
        bool read = park_unit_parse(s, strlen(s), PARK_DIM_COUNT, &scale, &offset, NULL, &problem);
        CHECK(read);
        if (!read)
            fprintf(stderr, "%s: %s\n", s, problem.en);
        else
            CHECK_CLOSE(scale, rows[i].factor, 1e-15 * rows[i].factor);
        for (size_t j = 0; j < i; j++)
            CHECK(strcmp(rows[j].symbol, s) != 0);
    }
    for (int d = 0; d < PARK_DIM_COUNT; d++) {
        char        examples[200];
        const char *shown[2] = {park_dimension_shown((park_dimension)d, false),
                                park_dimension_shown((park_dimension)d, true)};
        double      scale, offset;
        snprintf(examples, sizeof examples, "%s", park_dimension_examples((park_dimension)d));
        for (int l = 0; l < 2; l++)
            CHECK(
                park_unit_parse(shown[l], strlen(shown[l]), (park_dimension)d, &scale, &offset, NULL, NULL));
        for (char *next, *unit = examples; unit != NULL && *unit != '\0'; unit = next) {
            next = strchr(unit, ',');
            if (next != NULL) {
                *next = '\0';
                next += 2;
            }
            bool fits = park_unit_parse(unit, strlen(unit), (park_dimension)d, &scale, &offset, NULL, NULL);
            CHECK(fits);
            if (!fits)
                fprintf(stderr, "%s does not take %s\n", park_dimension_word((park_dimension)d), unit);
        }
    }
}

/* What is written reads back as the same double: each dimension, each language, values of all sizes. */
static void written_is_read_back(void)
{
    static const double VALUES[] = {0.0,    1.0,     -1.0, 12000.0 / 86400.0, 0.11,       1.0 / 3.0,     1e-9,
                                    2.5e-5, 31536.0, 1e12, 0.1 + 0.2,         123456.789, 6.02214076e23, 2.05,
                                    94.0,   298.15};
    for (int d = 0; d < PARK_DIM_COUNT; d++)
        for (size_t v = 0; v < sizeof VALUES / sizeof VALUES[0]; v++)
            for (int zh = 0; zh < 2; zh++) {
                char text[128];
                int  written =
                    park_quantity_format(VALUES[v], (park_dimension)d, NULL, 0, zh, text, sizeof text);
                CHECK(written > 0 && (size_t)written < sizeof text);
                double back = read_as(text, (park_dimension)d);
                /* 17 digits pin the number in the unit; the way back through the factor may cost one more
                 * rounding. */
                double slack = d == PARK_DIM_TEMPERATURE ? 1e-13 : 0.0;
                CHECK_CLOSE(back, VALUES[v], 4.5e-16 * fabs(VALUES[v]) + slack);
            }
}

static void written_is_plain(void)
{
    char text[64];
    park_quantity_format(12000.0 / 86400.0, PARK_DIM_FLOW, NULL, 0, false, text, sizeof text);
    CHECK_TEXT(text, "12000 m3/d");
    park_quantity_format(12000.0 / 86400.0, PARK_DIM_FLOW, "m3/h", 3, true, text, sizeof text);
    CHECK_TEXT(text, "500 m3/h");
    park_quantity_format(0.06, PARK_DIM_SHARE, NULL, 0, false, text, sizeof text);
    CHECK_TEXT(text, "6 %");
    park_quantity_format(2.05, PARK_DIM_PRICE_PER_VOLUME, NULL, 0, true, text, sizeof text);
    CHECK_TEXT(text, "2.05 元/m³");
    park_quantity_format(298.15, PARK_DIM_TEMPERATURE, NULL, 4, false, text, sizeof text);
    CHECK_TEXT(text, "25 °C");
    park_quantity_format(3e5 / 9806.65, PARK_DIM_PRESSURE_HEAD, "MPa", 3, false, text, sizeof text);
    CHECK_TEXT(text, "0.3 MPa");
    park_quantity_format(7.0, PARK_DIM_NUMBER, NULL, 0, false, text, sizeof text);
    CHECK_TEXT(text, "7");
    CHECK(park_quantity_format(1.0, PARK_DIM_FLOW, "kg", 0, false, text, sizeof text) == -1);
}

static void numbers_follow_yaml(void)
{
    static const char *const GOOD[] = {"0",  "-0.0", "1e3", "1E+3", "12.",
                                       ".5", "+7",   "007", "１２", "685.230_15"};
    static const double      WANT[] = {0, 0, 1000, 1000, 12, 0.5, 7, 7, 12, NAN};
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++) {
        double value = NAN;
        bool   read  = park_number_parse(GOOD[i], strlen(GOOD[i]), &value, NULL);
        CHECK(read == !isnan(WANT[i]));
        if (read)
            CHECK(value == WANT[i]);
    }
    static const char *const BAD[] = {"", ".", "e5", "1e", "--1", "0b1", "1 %", "true"};
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        double value;
        CHECK(!park_number_parse(BAD[i], strlen(BAD[i]), &value, NULL));
    }
}

static void long_and_broken_texts_are_refused(void)
{
    char                  text[5000];
    park_quantity         q;
    park_quantity_problem problem;
    memset(text, '1', sizeof text);
    CHECK(!park_quantity_parse(text, sizeof text, PARK_DIM_FLOW, &q, &problem) && problem.code == PARK_E0201);
    CHECK(problem.length == sizeof text);
    CHECK(!park_quantity_parse("5 \xff\xfe", 4, PARK_DIM_FLOW, &q, &problem) && problem.code == PARK_E0206);
    CHECK(!park_quantity_parse("5 m\0h", 5, PARK_DIM_LENGTH, &q, &problem) && problem.code == PARK_E0209);
    CHECK(!park_quantity_parse("5 ((((((((((m))))))))))", 23, PARK_DIM_LENGTH, &q, &problem));
}

int main(void)
{
    RUN(contract_examples_are_read);
    RUN(chinese_spellings_are_units);
    RUN(spellings_of_a_unit_agree);
    RUN(basis_is_told);
    RUN(what_is_wrong_is_said);
    RUN(list_and_dimensions_agree);
    RUN(written_is_read_back);
    RUN(written_is_plain);
    RUN(numbers_follow_yaml);
    RUN(long_and_broken_texts_are_refused);
    return park_test_done();
}
