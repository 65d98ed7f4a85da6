#include "units/kinds.h"
#include "units/sources/source.h"

static const park_field FIELDS[] = {
    PARK_SERIES(park_source, inflow, FLOW, .word = "flow", .required = true, .lo = 0.0,
                .en = "flow that arrives, all of which must go somewhere", .zh = "来水流量（须全部安排去向）",
                .example = "60 m3/h"),
    PARK_BY_CONSTITUENT(park_source, quality, CONC, .lo = 0.0, .en = "quality of the water", .zh = "水质",
                        .example = "{COD: 900 mg/L}"),
    PARK_FIELDS_END};

static const park_outlet_info OUTLETS[] = {{.id = "", .role = PARK_OUT_PRODUCT}, {.id = NULL}};

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_source *source = park_when_unit(when)->params;
    double             flow   = park_when_working(when, source->inflow);
    (void)err;
    park_source_product(when, flow, flow, map);
    map->opex_out = map->tax_out = map->energy_out = 0.0;
    map->licence                                   = INFINITY;
    map->outlet[PARK_SOURCE_PRODUCT].flow          = PARK_FLOW_AFFINE;
    map->outlet[PARK_SOURCE_PRODUCT].beta          = flow;
    return PARK_OK;
}

PARK_FACES(fill)

static const park_time_face TIME = {.volume = park_source_volume, .at = at};

/* An unavoidable stream: it is no intake, and all of it goes somewhere (U11). */
const park_unit_kind PARK_KIND_STREAM = {
    .word        = "stream",
    .role        = PARK_SOURCE,
    .label       = {"不可避免的来水", "unavoidable stream"},
    .fields      = FIELDS,
    .params_size = sizeof(park_source),
    .outlets     = OUTLETS,
    .origin      = PARK_ORIGIN_STREAM,
    .unused      = false,
    .average     = average,
    .time        = &TIME,
};
