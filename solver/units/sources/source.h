/*
 * source.h - what all sources share: quality, price, licence, energy.   Math: docs/math/units.md, Eq.
 * (U10)-(U16). Looks down on: model.
 */
#ifndef PARK_UNITS_SOURCES_SOURCE_H
#define PARK_UNITS_SOURCES_SOURCE_H

#include "units/when.h"

typedef struct park_source {
    park_series capacity; /* most that can be taken [m3/s]; INFINITY none */
    double      price;    /* [CNY/m3], tax excluded */
    double      tax;      /* water resource tax [CNY/m3] */
    double      licence;  /* yearly volume as a mean flow [m3/s]; INFINITY none */
    double      energy;   /* lifting and conveying to the park [J/m3] */
    double      carbon;   /* embodied in the water bought [kg CO2e/m3] */
    double     *quality;  /* [constituents] [kg/m3]; NAN not stated */
    int32_t     origin;   /* reclaimed: 0 municipal, 1 park */
    /* mine, stream */
    park_series inflow;  /* `inflow` of a mine, `flow` of a stream [m3/s] */
    park_ref    untaken; /* mine: sink that receives what is not taken */
    /* rain */
    double   catchment;                    /* [m2] */
    double   runoff;                       /* runoff coefficient [-] */
    double   first_flush;                  /* depth of runoff diverted at the start of each event [m] */
    park_ref first_flush_to;               /* who receives it */
    double  *first_flush_quality;          /* [constituents] [kg/m3]; NAN: as the later runoff */
    double   event_gap;                    /* dry time that ends an event [s] */
    int32_t  yield_pattern, flush_pattern; /* depth rates [m/s] made from weather.rain; -1 not made */
} park_source;

enum { PARK_SOURCE_PRODUCT = 0, PARK_SOURCE_FIRST_FLUSH = 1 };

/* The rows that all sources have. */
#define PARK_SOURCE_MONEY_ROWS                                                                               \
    PARK_NUMBER(park_source, price, PRICE_PER_VOLUME, .fallback = 0.0, .lo = 0.0,                            \
                .en = "price of the water, tax excluded", .zh = "水价（不含税）", .example = "2.05 CNY/m3"), \
        PARK_NUMBER(park_source, tax, PRICE_PER_VOLUME, .fallback = 0.0, .lo = 0.0,                          \
                    .en = "water resource tax", .zh = "水资源税", .example = "0.2 CNY/m3"),                  \
        PARK_NUMBER(park_source, licence, FLOW, .fallback = INFINITY, .lo = 0.0,                             \
                    .en = "licensed yearly volume", .zh = "取水许可年水量", .example = "1500 万m3/a"),       \
        PARK_NUMBER(park_source, energy, ENERGY_PER_VOLUME, .fallback = 0.0, .lo = 0.0,                      \
                    .en = "electricity to bring it to the park", .zh = "取水输送电耗",                       \
                    .example = "0.25 kWh/m3"),                                                               \
        PARK_NUMBER(park_source, carbon, CARBON_PER_VOLUME, .fallback = 0.0, .lo = 0.0,                      \
                    .en = "carbon embodied in the water", .zh = "水的隐含碳排放", .example = "0.1 kg/m3"),   \
        PARK_BY_CONSTITUENT(park_source, quality, CONC, .lo = 0.0, .en = "quality of the water",             \
                            .zh = "水质", .example = "{TDS: 180 mg/L}")

#define PARK_SOURCE_CAPACITY_ROW                                                                             \
    PARK_SERIES(park_source, capacity, FLOW, .fallback = INFINITY, .lo = 0.0,                                \
                .en = "most that can be taken", .zh = "最大供水能力", .example = "2500 m3/h")

/* Price, energy, licence and quality of the product outlet, which carries between lo and hi [m3/s]. */
void park_source_product(const park_when *when, double lo, double hi, park_map *map);
/* A source of this kind of face: product FREE between 0 and its capacity. */
park_status park_source_average(const park_model *model, int32_t unit, int32_t season, park_map *map,
                                park_error *err);
extern const park_time_face PARK_SOURCE_TIME;
/* Sources hold no water. */
double park_source_volume(const park_model *model, int32_t unit, double design_flow);

#endif
