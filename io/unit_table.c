#include "unit.h"

/* Tropical or Julian years do not matter to a planner: a year is 365 d of the calendar without leap days. */
#define HOUR 3600.0
#define DAY 86400.0
#define YEAR 31536000.0

#define ONE                                                                                                  \
    {                                                                                                        \
        0, 0, 0, 0, 0                                                                                        \
    }
#define METRE                                                                                                \
    {                                                                                                        \
        1, 0, 0, 0, 0                                                                                        \
    }
#define SQUARE                                                                                               \
    {                                                                                                        \
        2, 0, 0, 0, 0                                                                                        \
    }
#define CUBIC                                                                                                \
    {                                                                                                        \
        3, 0, 0, 0, 0                                                                                        \
    }
#define MASS                                                                                                 \
    {                                                                                                        \
        0, 1, 0, 0, 0                                                                                        \
    }
#define TIME                                                                                                 \
    {                                                                                                        \
        0, 0, 1, 0, 0                                                                                        \
    }
#define KELVIN                                                                                               \
    {                                                                                                        \
        0, 0, 0, 1, 0                                                                                        \
    }
#define MONEY                                                                                                \
    {                                                                                                        \
        0, 0, 0, 0, 1                                                                                        \
    }
#define WATT                                                                                                 \
    {                                                                                                        \
        2, 1, -3, 0, 0                                                                                       \
    }
#define JOULE                                                                                                \
    {                                                                                                        \
        2, 1, -2, 0, 0                                                                                       \
    }
#define PASCAL                                                                                               \
    {                                                                                                        \
        -1, 1, -2, 0, 0                                                                                      \
    }

#define U(symbol, over, under, exponents, marks)                                                             \
    {                                                                                                        \
        symbol, (double)(over) / (under), over, under, exponents, marks                                      \
    }

/* In groups of one meaning; the first of a group is its plain spelling. Factors are fractions of whole
 * numbers, so that "8 mg/L" is 0.008 to the last bit. */
static const park_unit_row UNITS[] = {
    /* length */
    U("m", 1, 1, METRE, 0),
    U("米", 1, 1, METRE, 0),
    U("km", 1000, 1, METRE, 0),
    U("千米", 1000, 1, METRE, 0),
    U("公里", 1000, 1, METRE, 0),
    U("hm", 100, 1, METRE, 0),
    U("百米", 100, 1, METRE, 0),
    U("dm", 1, 10, METRE, 0),
    U("分米", 1, 10, METRE, 0),
    U("cm", 1, 100, METRE, 0),
    U("厘米", 1, 100, METRE, 0),
    U("mm", 1, 1000, METRE, 0),
    U("毫米", 1, 1000, METRE, 0),
    U("um", 1, 1e6, METRE, 0),
    U("微米", 1, 1e6, METRE, 0),
    U("米水柱", 1, 1, METRE, 0),
    U("mH2O", 1, 1, METRE, 0),
    /* area */
    U("ha", 1e4, 1, SQUARE, 0),
    U("公顷", 1e4, 1, SQUARE, 0),
    U("亩", 2000, 3, SQUARE, 0),
    U("平方米", 1, 1, SQUARE, 0),
    U("平方公里", 1e6, 1, SQUARE, 0),
    U("平方千米", 1e6, 1, SQUARE, 0),
    /* volume */
    U("立方米", 1, 1, CUBIC, 0),
    U("立方", 1, 1, CUBIC, 0),
    U("方", 1, 1, CUBIC, 0),
    U("L", 1, 1000, CUBIC, 0),
    U("l", 1, 1000, CUBIC, 0),
    U("升", 1, 1000, CUBIC, 0),
    U("mL", 1, 1e6, CUBIC, 0),
    U("ml", 1, 1e6, CUBIC, 0),
    U("毫升", 1, 1e6, CUBIC, 0),
    U("kL", 1, 1, CUBIC, 0),
    U("kl", 1, 1, CUBIC, 0),
    U("千升", 1, 1, CUBIC, 0),
    U("ML", 1000, 1, CUBIC, 0),
    /* mass */
    U("kg", 1, 1, MASS, 0),
    U("千克", 1, 1, MASS, 0),
    U("公斤", 1, 1, MASS, 0),
    U("g", 1, 1000, MASS, 0),
    U("克", 1, 1000, MASS, 0),
    U("mg", 1, 1e6, MASS, 0),
    U("毫克", 1, 1e6, MASS, 0),
    U("ug", 1, 1e9, MASS, 0),
    U("微克", 1, 1e9, MASS, 0),
    U("ng", 1, 1e12, MASS, 0),
    U("t", 1000, 1, MASS, 0),
    U("吨", 1000, 1, MASS, 0),
    U("ton", 1000, 1, MASS, 0),
    U("tonne", 1000, 1, MASS, 0),
    U("kt", 1e6, 1, MASS, 0),
    U("Mt", 1e9, 1, MASS, 0),
    /* time */
    U("s", 1, 1, TIME, 0),
    U("秒", 1, 1, TIME, 0),
    U("min", 60, 1, TIME, 0),
    U("分钟", 60, 1, TIME, 0),
    U("h", HOUR, 1, TIME, PARK_UNIT_HOUR),
    U("hour", HOUR, 1, TIME, PARK_UNIT_HOUR),
    U("小时", HOUR, 1, TIME, PARK_UNIT_HOUR),
    U("时", HOUR, 1, TIME, PARK_UNIT_HOUR),
    U("d", DAY, 1, TIME, PARK_UNIT_LONG),
    U("day", DAY, 1, TIME, PARK_UNIT_LONG),
    U("天", DAY, 1, TIME, PARK_UNIT_LONG),
    U("日", DAY, 1, TIME, PARK_UNIT_LONG),
    U("month", YEAR, 12, TIME, PARK_UNIT_LONG),
    U("月", YEAR, 12, TIME, PARK_UNIT_LONG),
    U("a", YEAR, 1, TIME, PARK_UNIT_LONG),
    U("yr", YEAR, 1, TIME, PARK_UNIT_LONG),
    U("year", YEAR, 1, TIME, PARK_UNIT_LONG),
    U("年", YEAR, 1, TIME, PARK_UNIT_LONG),
    /* temperature */
    U("K", 1, 1, KELVIN, 0),
    U("°C", 1, 1, KELVIN, PARK_UNIT_CELSIUS),
    U("℃", 1, 1, KELVIN, PARK_UNIT_CELSIUS),
    U("摄氏度", 1, 1, KELVIN, PARK_UNIT_CELSIUS),
    U("degC", 1, 1, KELVIN, PARK_UNIT_CELSIUS),
    /* money */
    U("CNY", 1, 1, MONEY, 0),
    U("元", 1, 1, MONEY, 0),
    U("RMB", 1, 1, MONEY, 0),
    U("¥", 1, 1, MONEY, 0),
    /* power */
    U("W", 1, 1, WATT, PARK_UNIT_POWER),
    U("瓦", 1, 1, WATT, PARK_UNIT_POWER),
    U("kW", 1000, 1, WATT, PARK_UNIT_POWER),
    U("千瓦", 1000, 1, WATT, PARK_UNIT_POWER),
    U("MW", 1e6, 1, WATT, PARK_UNIT_POWER),
    U("兆瓦", 1e6, 1, WATT, PARK_UNIT_POWER),
    U("GW", 1e9, 1, WATT, PARK_UNIT_POWER),
    /* energy */
    U("J", 1, 1, JOULE, PARK_UNIT_ENERGY),
    U("kJ", 1000, 1, JOULE, PARK_UNIT_ENERGY),
    U("千焦", 1000, 1, JOULE, PARK_UNIT_ENERGY),
    U("MJ", 1e6, 1, JOULE, PARK_UNIT_ENERGY),
    U("兆焦", 1e6, 1, JOULE, PARK_UNIT_ENERGY),
    U("GJ", 1e9, 1, JOULE, PARK_UNIT_ENERGY),
    U("吉焦", 1e9, 1, JOULE, PARK_UNIT_ENERGY),
    U("TJ", 1e12, 1, JOULE, PARK_UNIT_ENERGY),
    U("Wh", HOUR, 1, JOULE, PARK_UNIT_ENERGY),
    U("kWh", 1000 * HOUR, 1, JOULE, PARK_UNIT_ENERGY),
    U("千瓦时", 1000 * HOUR, 1, JOULE, PARK_UNIT_ENERGY),
    U("千瓦小时", 1000 * HOUR, 1, JOULE, PARK_UNIT_ENERGY),
    U("度", 1000 * HOUR, 1, JOULE, PARK_UNIT_ENERGY),
    U("MWh", 1e6 * HOUR, 1, JOULE, PARK_UNIT_ENERGY),
    U("兆瓦时", 1e6 * HOUR, 1, JOULE, PARK_UNIT_ENERGY),
    U("GWh", 1e9 * HOUR, 1, JOULE, PARK_UNIT_ENERGY),
    /* pressure */
    U("Pa", 1, 1, PASCAL, 0),
    U("帕", 1, 1, PASCAL, 0),
    U("hPa", 100, 1, PASCAL, 0),
    U("kPa", 1000, 1, PASCAL, 0),
    U("千帕", 1000, 1, PASCAL, 0),
    U("MPa", 1e6, 1, PASCAL, 0),
    U("兆帕", 1e6, 1, PASCAL, 0),
    U("bar", 1e5, 1, PASCAL, 0),
    U("巴", 1e5, 1, PASCAL, 0),
    /* ratios and counts */
    U("%", 1, 100, ONE, PARK_UNIT_SHARE),
    U("‰", 1, 1000, ONE, PARK_UNIT_SHARE),
    U("pc", 1, 1, ONE, PARK_UNIT_PIECE),
    U("件", 1, 1, ONE, PARK_UNIT_PIECE),
    U("台", 1, 1, ONE, PARK_UNIT_PIECE),
    U("辆", 1, 1, ONE, PARK_UNIT_PIECE),
    U("套", 1, 1, ONE, PARK_UNIT_PIECE),
    U("只", 1, 1, ONE, PARK_UNIT_PIECE),
    U("块", 1, 1, ONE, PARK_UNIT_PIECE),
    U("片", 1, 1, ONE, PARK_UNIT_PIECE),
    U("张", 1, 1, ONE, PARK_UNIT_PIECE),
    U("头", 1, 1, ONE, PARK_UNIT_PIECE),
    U("人", 1, 1, ONE, PARK_UNIT_PIECE),
    U("person", 1, 1, ONE, PARK_UNIT_PIECE),
    /* multipliers, before another symbol */
    U("千", 1e3, 1, ONE, PARK_UNIT_TIMES),
    U("万", 1e4, 1, ONE, PARK_UNIT_TIMES),
    U("百万", 1e6, 1, ONE, PARK_UNIT_TIMES),
    U("千万", 1e7, 1, ONE, PARK_UNIT_TIMES),
    U("亿", 1e8, 1, ONE, PARK_UNIT_TIMES),
    U("万亿", 1e12, 1, ONE, PARK_UNIT_TIMES),
};

const park_unit_row *park_units_list(size_t *count)
{
    *count = sizeof UNITS / sizeof UNITS[0];
    return UNITS;
}
