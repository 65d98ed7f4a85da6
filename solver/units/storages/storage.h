/*
 * storage.h - tanks and ponds: volume carried from season to season, rain on and evaporation from the surface.
 * Math: docs/math/units.md, Eq. (U50)-(U53).   Looks down on: model.
 */
#ifndef PARK_UNITS_STORAGES_STORAGE_H
#define PARK_UNITS_STORAGES_STORAGE_H

#include "units/when.h"

typedef struct park_storage {
    park_range     volume;       /* to choose from, or max alone [m3] */
    double         area;         /* of the water surface [m2]; 0: none that counts */
    int32_t        surface;      /* 0 open, 1 covered */
    double         minimum;      /* dead volume as a share of the volume [-] */
    double         initial;      /* volume at the start as a share; NAN: periodic */
    park_capex     capex;        /* reference in m3 */
    double         fixed_opex;   /* [CNY/s] */
    double         energy;       /* of filling [J/m3] */
    double         life;         /* [s]; NAN: economics.life */
    double        *rain_quality; /* [constituents] of the rain that falls on it [kg/m3] */
    double        *inlet;        /* [constituents] [kg/m3]; NAN none */
    park_text_list accepts;
} park_storage;

enum { PARK_STORAGE_PRODUCT, PARK_STORAGE_OVERFLOW, PARK_STORAGE_EVAPORATION };

#define PARK_STORAGE_ROWS(open_or_covered)                                                                   \
    PARK_FIELD(park_storage, volume, RANGE, .dim = PARK_DIM_VOLUME, .required = true, .lo = 0.0,             \
               .en = "volume: a bare one is the greatest; {min, max, step} to choose from",                  \
               .zh = "容积：单个值为最大容积；{min, max, step} 供优选", .example = "{max: 30000 m3}"),       \
        PARK_NUMBER(park_storage, area, AREA, .fallback = 0.0, .lo = 0.0, .en = "area of the water surface", \
                    .zh = "水面面积", .example = "1 ha"),                                                    \
        PARK_FIELD(park_storage, surface, CHOICE, .choices = PARK_SURFACES, .choice = (open_or_covered),     \
                   .en = "open: rain falls in and water evaporates",                                         \
                   .zh = "水面：open 敞开（承接降雨并蒸发），covered 封闭", .example = "open"),              \
        PARK_NUMBER(park_storage, minimum, SHARE, .fallback = 0.0, .lo = 0.0, .hi = 1.0, .hi_open = true,    \
                    .en = "share of the volume that stays in", .zh = "死库容占比", .example = "10 %"),       \
        PARK_NUMBER(park_storage, initial, SHARE, .lo = 0.0, .hi = 1.0,                                      \
                    .en = "filling at the start; without it: as at the end",                                 \
                    .zh = "初始充满度；不填则与期末相同", .example = "50 %"),                                \
        PARK_FIELD(park_storage, capex, CAPEX, .dim = PARK_DIM_VOLUME,                                       \
                   .en      = "capital: scale (volume / reference)^exponent + fixed",                        \
                   .zh      = "投资：scale ×（容积/reference）^exponent + fixed",                            \
                   .example = "{scale: 200 万元, reference: 1000 m3, exponent: 0.7}"),                       \
        PARK_NUMBER(park_storage, fixed_opex, MONEY_RATE, .fallback = 0.0, .lo = 0.0,                        \
                    .en = "yearly cost while it stands", .zh = "固定年运行费", .example = "5 万元/a"),       \
        PARK_NUMBER(park_storage, energy, ENERGY_PER_VOLUME, .fallback = 0.0, .lo = 0.0,                     \
                    .en = "electricity to fill it", .zh = "充水电耗", .example = "0.05 kWh/m3"),             \
        PARK_NUMBER(park_storage, life, TIME, .lo = 0.0, .lo_open = true,                                    \
                    .en = "life, where not economics.life", .zh = "使用年限", .example = "30 a"),            \
        PARK_BY_CONSTITUENT(park_storage, rain_quality, CONC, .fallback = 0.0, .lo = 0.0,                    \
                            .en = "quality of the rain that falls on it", .zh = "落入雨水的水质",            \
                            .example = "{COD: 10 mg/L}"),                                                    \
        PARK_BY_CONSTITUENT(park_storage, inlet, CONC, .lo = 0.0, .en = "most that the inflow may hold",     \
                            .zh = "来水水质上限", .example = "{TDS: 1000 mg/L}"),                            \
        PARK_FIELD(park_storage, accepts, LIST, .en = "grades or donors it takes water from",                \
                   .zh = "可接受的水质等级或来水", .example = "[rain]")

extern const char *const PARK_SURFACES[]; /* "open", "covered", NULL */

park_status park_storage_complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                                  park_error *err);
park_status park_storage_shape(park_draft *draft, int32_t unit, park_error *err);
park_status park_storage_average(const park_model *model, int32_t unit, int32_t season, park_map *map,
                                 park_error *err);
extern const park_time_face PARK_STORAGE_TIME;

/* Is the unit an open storage that may be built? Rain falls on it and evaporates from it only where it is. */
bool park_storage_may_stay_out(const park_model *model, int32_t unit);
/* The draft without that storage: no surface and no volume to speak of. Its links are the caller's. Before freezing. */
void park_storage_leave_out(park_draft *draft, int32_t unit);
/* The draft before that storage is built: as large as it will be, but no surface. Likewise. */
void park_storage_await(park_draft *draft, int32_t unit);

#endif
