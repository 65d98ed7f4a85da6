/*
 * dimension.h - what a number measures: the one table of dimensions that fields, quantities and reports
 * share. Looks down on: nothing.
 *
 * Values inside the engine are SI: m, kg, s, K, and CNY for money. A dimension names its exponents over these
 * five, and the units that a reader sees. How a unit's text is read stands in io/quantity.h.
 */
#ifndef PARK_BASE_DIMENSION_H
#define PARK_BASE_DIMENSION_H

#include <stdbool.h>

/* Powers of m, kg, s, K and CNY; flow is {3, 0, -1, 0, 0}. */
typedef struct park_exponents {
    signed char m, kg, s, k, cny;
} park_exponents;

/* X(NAME, word, English, Chinese, {exponents}, accepted units as examples, shown in English, shown in
 * Chinese) The first example is the unit a template uses. The shown units are ones that io/quantity reads
 * too. */
#define PARK_DIMENSION_LIST(X)                                                                               \
    X(NUMBER, number, "a plain number", "纯数", (0, 0, 0, 0, 0), "", "", "")                                 \
    X(SHARE, share, "a ratio", "比率", (0, 0, 0, 0, 0), "%", "%", "%")                                       \
    X(FLOW, flow, "a flow", "流量", (3, 0, -1, 0, 0), "m3/h, m3/d, L/s, 万m3/a", "m3/d", "m³/d")             \
    X(VOLUME, volume, "a volume", "体积", (3, 0, 0, 0, 0), "m3, 万m3, L", "m3", "m³")                        \
    X(LENGTH, length, "a length", "长度", (1, 0, 0, 0, 0), "m, mm, km", "m", "m")                            \
    X(AREA, area, "an area", "面积", (2, 0, 0, 0, 0), "ha, m2, km2, 亩", "ha", "公顷")                       \
    X(TIME, time, "a time", "时间", (0, 0, 1, 0, 0), "h, d, a, min, s, month", "h", "h")                     \
    X(CONC, conc, "a concentration", "浓度", (-3, 1, 0, 0, 0), "mg/L, g/L, ug/L, kg/m3", "mg/L", "mg/L")     \
    X(MASS_FLOW, mass_flow, "a mass flow", "质量流量", (0, 1, -1, 0, 0), "kg/h, kg/d, t/h, t/a", "kg/d",     \
      "kg/d")                                                                                                \
    X(MASS, mass, "a mass", "质量", (0, 1, 0, 0, 0), "kg, t, g, 万t", "t", "t")                              \
    X(POWER, power, "a power", "功率", (2, 1, -3, 0, 0), "kW, W, MW", "kW", "kW")                            \
    X(ENERGY, energy, "an energy", "能量", (2, 1, -2, 0, 0), "kWh, MWh, 万kWh, MJ, GJ", "kWh", "kW·h")       \
    X(PRICE_PER_VOLUME, price_per_volume, "a price of water", "水价", (-3, 0, 0, 0, 1), "CNY/m3, 元/m³",     \
      "CNY/m3", "元/m³")                                                                                     \
    X(PRICE_PER_MASS, price_per_mass, "a price per mass", "单位质量价格", (0, -1, 0, 0, 1),                  \
      "CNY/kg, CNY/t, 元/t", "CNY/kg", "元/kg")                                                              \
    X(PRICE_PER_ENERGY, price_per_energy, "a price of energy", "电价", (-2, -1, 2, 0, 1),                    \
      "CNY/kWh, 元/kWh, CNY/GJ", "CNY/kWh", "元/(kW·h)")                                                     \
    X(PRICE_PER_POWER_TIME, price_per_power_time, "a demand charge", "需量电价", (-2, -1, 2, 0, 1),          \
      "CNY/kW/month, CNY/kW/a", "CNY/kW/month", "元/kW/月")                                                  \
    X(PRICE_PER_LENGTH, price_per_length, "a price per length", "单位长度价格", (-1, 0, 0, 0, 1),            \
      "CNY/m, 万元/km", "CNY/m", "元/m")                                                                     \
    X(PRICE_PER_AREA, price_per_area, "a price per area", "单位面积价格", (-2, 0, 0, 0, 1),                  \
      "CNY/m2, 万元/ha", "CNY/m2", "元/m²")                                                                  \
    X(PRICE_PER_FLOW, price_per_flow, "a price of capacity", "单位规模造价", (-3, 0, 1, 0, 1),               \
      "CNY/(m3/h), 元/(m3/d)", "CNY/(m3/d)", "元/(m³/d)")                                                    \
    X(MONEY, money, "a sum of money", "金额", (0, 0, 0, 0, 1), "CNY, 元, 万元, 亿元", "CNY", "万元")         \
    X(MONEY_RATE, money_rate, "money per time", "年金额", (0, 0, -1, 0, 1), "CNY/a, 万元/a, 亿元/a",         \
      "CNY/a", "万元/a")                                                                                     \
    X(ENERGY_PER_VOLUME, energy_per_volume, "energy per volume", "单位水量能耗", (-1, 1, -2, 0, 0),          \
      "kWh/m3, kJ/L", "kWh/m3", "kW·h/m³")                                                                   \
    X(ENERGY_PER_MASS, energy_per_mass, "energy per mass", "单位质量能耗", (2, 0, -2, 0, 0),                 \
      "kWh/t, kJ/kg, GJ/t", "kJ/kg", "kJ/kg")                                                                \
    X(TEMPERATURE, temperature, "a temperature", "温度", (0, 0, 0, 1, 0), "°C, ℃, K", "°C", "℃")             \
    X(TEMPERATURE_DIFFERENCE, temperature_difference, "a temperature difference", "温差", (0, 0, 0, 1, 0),   \
      "K, °C", "K", "℃")                                                                                     \
    X(DEPTH_RATE, depth_rate, "a depth per time", "水深速率", (1, 0, -1, 0, 0),                              \
      "mm/d, mm/h, mm/month, mm/a", "mm/d", "mm/d")                                                          \
    X(VELOCITY, velocity, "a velocity", "流速", (1, 0, -1, 0, 0), "m/s", "m/s", "m/s")                       \
    X(PRESSURE_HEAD, pressure_head, "a pressure head", "水头", (1, 0, 0, 0, 0), "m, MPa, kPa, bar", "m",     \
      "m")                                                                                                   \
    X(CARBON_PER_ENERGY, carbon_per_energy, "carbon per energy", "单位能耗碳排放", (-2, 0, 2, 0, 0),         \
      "kg/kWh, t/MWh", "kg/kWh", "kg/(kW·h)")                                                                \
    X(CARBON_PER_VOLUME, carbon_per_volume, "carbon per volume", "单位水量碳排放", (-3, 1, 0, 0, 0),         \
      "kg/m3", "kg/m3", "kg/m³")                                                                             \
    X(CARBON_PRICE, carbon_price, "a price of carbon", "碳价", (0, -1, 0, 0, 1), "CNY/t, 元/t", "CNY/t",     \
      "元/t")                                                                                                \
    X(INTENSITY_PER_VALUE, intensity_per_value, "water per value", "单位产值取水量", (3, 0, 0, 0, -1),       \
      "m3/万元, m3/CNY", "m3/万元", "m³/万元")                                                               \
    X(INTENSITY_PER_MASS, intensity_per_mass, "water per mass of product", "单位产品取水量（按质量）",       \
      (3, -1, 0, 0, 0), "m3/t, m3/kg, L/kg", "m3/t", "m³/t")                                                 \
    X(INTENSITY_PER_LENGTH, intensity_per_length, "water per length of product", "单位产品取水量（按长度）", \
      (2, 0, 0, 0, 0), "m3/百米, m3/hm, L/m", "m3/hm", "m³/百米")                                            \
    X(INTENSITY_PER_AREA, intensity_per_area, "water per area of product", "单位产品取水量（按面积）",       \
      (1, 0, 0, 0, 0), "m3/m2, L/m2", "m3/m2", "m³/m²")                                                      \
    X(INTENSITY_PER_VOLUME, intensity_per_volume, "water per volume of product", "单位产品取水量（按体积）", \
      (0, 0, 0, 0, 0), "m3/kL, m3/m3, L/L", "m3/kL", "m³/kL")                                                \
    X(INTENSITY_PER_ENERGY, intensity_per_energy, "water per energy produced", "单位发电取水量",             \
      (1, -1, 2, 0, 0), "m3/MWh, L/kWh", "m3/MWh", "m³/(MW·h)")                                              \
    X(INTENSITY_PER_PIECE, intensity_per_piece, "water per piece", "单位产品取水量（按件）",                 \
      (3, 0, 0, 0, 0), "m3/pc, m3/辆, L/人", "m3/pc", "m³/件")                                               \
    X(PRODUCT_MASS_RATE, product_mass_rate, "output by mass", "产量（按质量）", (0, 1, -1, 0, 0),            \
      "t/a, 万t/a, t/d", "t/a", "万t/a")                                                                     \
    X(PRODUCT_LENGTH_RATE, product_length_rate, "output by length", "产量（按长度）", (1, 0, -1, 0, 0),      \
      "m/a, km/a, 万m/a", "m/a", "万m/a")                                                                    \
    X(PRODUCT_AREA_RATE, product_area_rate, "output by area", "产量（按面积）", (2, 0, -1, 0, 0),            \
      "m2/a, 万m2/a", "m2/a", "万m²/a")                                                                      \
    X(PRODUCT_VOLUME_RATE, product_volume_rate, "output by volume", "产量（按体积）", (3, 0, -1, 0, 0),      \
      "kL/a, m3/a, 万kL/a", "kL/a", "万kL/a")                                                                \
    X(PRODUCT_ENERGY_RATE, product_energy_rate, "output of energy", "发电量", (2, 1, -3, 0, 0),              \
      "MWh/a, 亿kWh/a", "MWh/a", "亿kWh/a")                                                                  \
    X(PRODUCT_PIECE_RATE, product_piece_rate, "output in pieces", "产量（按件）", (0, 0, -1, 0, 0),          \
      "pc/a, 万辆/a, 件/a", "pc/a", "件/a")                                                                  \
    X(RATE, rate, "a rate", "速率", (0, 0, -1, 0, 0), "/a, /d, /h, /s, %/a", "/d", "/d")                     \
    X(RADIATION, radiation, "radiation", "辐射", (0, 1, -3, 0, 0), "W/m2, MJ/m2/d", "W/m2", "W/m²")          \
    X(FLOW_PER_AREA, flow_per_area, "a load per area", "单位面积负荷", (1, 0, -1, 0, 0),                     \
      "m3/m2/h, L/m2/h, m3/ha/d", "L/m2/h", "L/(m²·h)")                                                      \
    X(FLOW_PER_LENGTH, flow_per_length, "a flow per length", "单位长度流量", (2, 0, -1, 0, 0),               \
      "m3/km/d, L/s/km", "m3/km/d", "m³/(km·d)")

typedef enum park_dimension {
#define PARK_DIMENSION_ENUM(name, word, en, zh, exponents, examples, shown_en, shown_zh) PARK_DIM_##name,
    PARK_DIMENSION_LIST(PARK_DIMENSION_ENUM)
#undef PARK_DIMENSION_ENUM
        PARK_DIM_COUNT
} park_dimension;

/* What the dimension is called, with its article in English: "a flow", "流量". Never NULL. */
const char *park_dimension_name(park_dimension dimension, bool zh);
/* Its stable word, lower case, as in a schema: "flow", "price_per_volume". */
const char *park_dimension_word(park_dimension dimension);
/* Units it accepts, as a list to print: "m3/h, m3/d, L/s, 万m3/a". Empty for plain numbers. */
const char *park_dimension_examples(park_dimension dimension);
/* The unit its values are shown in. Empty for plain numbers. */
const char    *park_dimension_shown(park_dimension dimension, bool zh);
park_exponents park_dimension_exponents(park_dimension dimension);
bool           park_exponents_equal(park_exponents a, park_exponents b);
/* The first dimension in the table with these exponents; PARK_DIM_COUNT when none has them. */
park_dimension park_dimension_of(park_exponents exponents);

/* What a product is measured in: its output by mass, length, area, volume, energy or in pieces, and the water per unit of it. */
enum { PARK_MEASURES = 6 };
typedef struct park_measure {
    park_dimension output;    /* PARK_DIM_PRODUCT_MASS_RATE .. */
    park_dimension intensity; /* PARK_DIM_INTENSITY_PER_MASS .. */
} park_measure;
extern const park_measure PARK_MEASURE[PARK_MEASURES];
/* Water per unit of an output in that dimension; PARK_DIM_COUNT where it is no output. */
park_dimension park_dimension_intensity(park_dimension output);

#endif
