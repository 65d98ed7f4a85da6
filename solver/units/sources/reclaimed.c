#include "units/kinds.h"
#include "units/sources/source.h"

static const char *const ORIGINS[] = {"municipal", "park", NULL};

static const park_field FIELDS[] = {
    PARK_SOURCE_CAPACITY_ROW, PARK_SOURCE_MONEY_ROWS,
    PARK_FIELD(park_source, origin, CHOICE, .choices = ORIGINS, .choice = 0,
               .en = "whose wastewater it was: municipal counts as intake, park as reuse",
               .zh = "再生水来源：municipal 计为取水，park 计为重复利用", .example = "municipal"),
    PARK_FIELDS_END};

static const park_outlet_info OUTLETS[] = {{.id = "", .role = PARK_OUT_PRODUCT}, {.id = NULL}};

static park_status complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err)
{
    const park_source *source = draft->unit[unit].params;
    (void)path;
    (void)findings;
    (void)err;
    draft->unit[unit].origin =
        source->origin == 0 ? PARK_ORIGIN_RECLAIMED_MUNICIPAL : PARK_ORIGIN_RECLAIMED_PARK;
    return PARK_OK;
}

/* Treated wastewater that another plant sells, taken as needed up to the capacity (U10). */
const park_unit_kind PARK_KIND_RECLAIMED = {
    .word        = "reclaimed",
    .role        = PARK_SOURCE,
    .label       = {"再生水", "reclaimed water"},
    .fields      = FIELDS,
    .params_size = sizeof(park_source),
    .complete    = complete,
    .outlets     = OUTLETS,
    .origin      = PARK_ORIGIN_RECLAIMED_MUNICIPAL,
    .unused      = true,
    .average     = park_source_average,
    .time        = &PARK_SOURCE_TIME,
};
