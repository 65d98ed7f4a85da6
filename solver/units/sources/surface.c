#include "units/kinds.h"
#include "units/sources/source.h"

static const park_field FIELDS[] = {PARK_SOURCE_CAPACITY_ROW, PARK_SOURCE_MONEY_ROWS, PARK_FIELDS_END};

static const park_outlet_info OUTLETS[] = {{.id = "", .role = PARK_OUT_PRODUCT}, {.id = NULL}};

/* Water of a river, lake or reservoir, taken as needed up to the capacity (U10). */
const park_unit_kind PARK_KIND_SURFACE = {
    .word        = "surface",
    .role        = PARK_SOURCE,
    .label       = {"地表水", "surface water"},
    .fields      = FIELDS,
    .params_size = sizeof(park_source),
    .outlets     = OUTLETS,
    .origin      = PARK_ORIGIN_SURFACE,
    .unused      = true,
    .average     = park_source_average,
    .time        = &PARK_SOURCE_TIME,
};
