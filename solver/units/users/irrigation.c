#include "units/kinds.h"
#include "units/when.h"

/* Water for plants: all of it evaporates or seeps away. Math: docs/math/units.md, Eq. (U36). */
typedef struct park_irrigation {
    double         area;        /* [m2] */
    park_series    demand;      /* depth [m/s] */
    double         evaporation; /* share that plants and soil evaporate [-] */
    double        *inlet;       /* [constituents] [kg/m3]; NAN none */
    park_text_list accepts;
} park_irrigation;

enum { EVAPORATION, INFILTRATION };

static const park_field FIELDS[] = {
    PARK_NUMBER(park_irrigation, area, AREA, .required = true, .lo = 0.0, .en = "area watered",
                .zh = "灌溉面积", .example = "12 ha"),
    PARK_SERIES(park_irrigation, demand, DEPTH_RATE, .required = true, .lo = 0.0,
                .en = "water given, as a depth", .zh = "灌水定额（水深速率）",
                .example = "{base: 2 mm/d, pattern: summer}"),
    PARK_NUMBER(park_irrigation, evaporation, SHARE, .fallback = 0.8, .lo = 0.0, .hi = 0.99,
                .en = "share that evaporates; the rest seeps away with what was dissolved",
                .zh = "蒸散比例；其余携带溶解物下渗", .example = "80 %"),
    PARK_BY_CONSTITUENT(park_irrigation, inlet, CONC, .lo = 0.0, .en = "most that the water may hold",
                        .zh = "进水水质上限", .example = "{TDS: 1000 mg/L}"),
    PARK_FIELD(park_irrigation, accepts, LIST, .en = "grades or donors it takes water from",
               .zh = "可接受的水质等级或来水", .example = "[greening]"),
    PARK_FIELDS_END};

static const park_outlet_info OUTLETS[] = {{.id = "evaporation", .role = PARK_OUT_EVAPORATION, .exits = true},
                                           {.id = "infiltration", .role = PARK_OUT_IN_PRODUCT, .exits = true},
                                           {.id = NULL}};

static park_status complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err)
{
    (void)path;
    (void)findings;
    (void)err;
    draft->unit[unit].use = PARK_USE_IRRIGATION;
    return PARK_OK;
}

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_irrigation *field = park_when_unit(when)->params;
    double                 flow  = field->area * park_when_working(when, field->demand);
    (void)err;
    map->in_lo[0] = map->in_hi[0] = map->demand = flow;
    map->outlet[EVAPORATION].alpha              = field->evaporation;
    map->outlet[INFILTRATION].alpha             = 1.0 - field->evaporation;
    map->outlet[INFILTRATION].quality           = PARK_QUALITY_MIX;
    return PARK_OK;
}

PARK_FACES(fill)

static double volume(const park_model *model, int32_t unit, double design_flow)
{
    (void)model;
    (void)unit;
    return 3600.0 * design_flow; /* an hour of water in soil and pipes */
}

static const park_time_face TIME = {.volume = volume, .at = at};

const park_unit_kind PARK_KIND_IRRIGATION = {
    .word        = "irrigation",
    .role        = PARK_USER,
    .label       = {"绿化灌溉", "irrigation"},
    .fields      = FIELDS,
    .params_size = sizeof(park_irrigation),
    .complete    = complete,
    .outlets     = OUTLETS,
    .average     = average,
    .time        = &TIME,
};
