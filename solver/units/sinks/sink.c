#include "units/sinks/sink.h"

static const double YEAR = 365.0 * 86400.0;

static const char *const SAMPLING[] = {"daily_mean", "maximum", "monthly_mean", NULL};

const park_field PARK_SINK_FIELDS[] = {
    PARK_BY_CONSTITUENT(park_sink_params, limits, CONC, .lo = 0.0, .en = "what the water may hold",
                        .zh = "排放限值", .example = "{COD: 50 mg/L, NH3-N: 5 mg/L N}"),
    PARK_FIELD(park_sink_params, sampling, CHOICE, .choices = SAMPLING, .choice = 0,
               .en = "over what time a limit is judged", .zh = "限值考核方式", .example = "daily_mean"),
    PARK_NUMBER(park_sink_params, price, PRICE_PER_VOLUME, .fallback = 0.0, .lo = 0.0,
                .en = "sewage fee per volume", .zh = "排水费、污水处理费（按水量）", .example = "1.4 CNY/m3"),
    PARK_BY_CONSTITUENT(park_sink_params, fee, PRICE_PER_MASS, .lo = 0.0,
                        .en = "environmental tax per mass discharged", .zh = "环境保护税（按污染物量）",
                        .example = "{COD: 3 CNY/kg}"),
    PARK_NUMBER(park_sink_params, licence, FLOW, .fallback = INFINITY, .lo = 0.0,
                .en = "licensed yearly volume", .zh = "许可年排水量", .example = "500 万m3/a"),
    PARK_SERIES(park_sink_params, capacity, FLOW, .fallback = INFINITY, .lo = 0.0,
                .en = "most that it can take", .zh = "最大接纳能力", .example = "800 m3/h"),
    PARK_NUMBER(park_sink_params, carbon, CARBON_PER_VOLUME, .fallback = 0.0, .lo = 0.0,
                .en = "carbon of what is done to the water outside", .zh = "园区外处理的碳排放",
                .example = "0.3 kg/m3"),
    PARK_FIELD(park_sink_params, accepts, LIST, .en = "donors it takes water from; empty: all",
               .zh = "接纳的来水；不填为全部", .example = "[wwtp]"),
    PARK_FIELDS_END};

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_sink_params *sink = park_when_unit(when)->params;
    (void)err;
    map->in_hi[0]  = park_when_working(when, sink->capacity);
    map->opex_in   = sink->price;
    map->carbon_in = sink->carbon;
    map->licence   = sink->licence * YEAR;
    for (size_t c = 0; c < map->constituents; c++)
        map->fee_mass[c] = isnan(sink->fee[c]) ? 0.0 : sink->fee[c];
    return PARK_OK;
}

PARK_FACES(fill)

park_status park_sink_average(const park_model *model, int32_t unit, int32_t season, park_map *map,
                              park_error *err)
{
    return average(model, unit, season, map, err);
}

static double volume(const park_model *model, int32_t unit, double design_flow)
{
    (void)model;
    (void)unit;
    (void)design_flow;
    return 0.0;
}

const park_time_face PARK_SINK_TIME = {.volume = volume, .at = at};
