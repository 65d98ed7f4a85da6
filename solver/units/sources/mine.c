#include "units/kinds.h"
#include "units/sources/source.h"

static const park_field FIELDS[] = {
    PARK_SERIES(park_source, inflow, FLOW, .required = true, .lo = 0.0,
                .en = "drainage of the mine, wanted or not", .zh = "矿井涌水量", .example = "8000 m3/d"),
    PARK_FIELD(park_source, untaken, REF,
               .en = "sink that receives what is not taken; without it the rest stays the mine's affair",
               .zh = "未利用部分的去向（排放口）；不填则由矿方自行处置", .example = "outfall"),
    PARK_SOURCE_MONEY_ROWS, PARK_FIELDS_END};

static const park_outlet_info OUTLETS[] = {{.id = "", .role = PARK_OUT_PRODUCT}, {.id = NULL}};

/* Drainage that somebody must deal with is no clean water that could dilute: the park discharges it anyway.
 */
static park_status complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err)
{
    park_unit_info    *info   = &draft->unit[unit];
    const park_source *source = info->params;
    info->unused              = source->untaken.text == NULL;
    if (source->untaken.text == NULL)
        return PARK_OK;
    int32_t sink = park_model_unit(draft, source->untaken.text);
    if (sink < 0 || draft->unit[sink].role == PARK_SOURCE) {
        park_finding_add(findings, PARK_E0401, PARK_ERROR, path,
                         "%s.untaken names '%s', which is no unit that can receive water",
                         "%s.untaken 所指的“%s”不是可以接纳水的单元", info->id, source->untaken.text);
        return PARK_OK;
    }
    return park_draft_free_connection(draft, info->id, source->untaken.text, err);
}

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_source *source = park_when_unit(when)->params;
    double             flow   = park_when_working(when, source->inflow);
    bool               forced = source->untaken.text != NULL;
    (void)err;
    park_source_product(when, forced ? flow : 0.0, flow, map);
    if (forced) {
        map->outlet[PARK_SOURCE_PRODUCT].flow = PARK_FLOW_AFFINE;
        map->outlet[PARK_SOURCE_PRODUCT].beta = flow;
    }
    return PARK_OK;
}

PARK_FACES(fill)

static const park_time_face TIME = {.volume = park_source_volume, .at = at};

/* Mine drainage: arrives by itself; what the park does not take goes to `untaken` (U12). */
const park_unit_kind PARK_KIND_MINE = {
    .word        = "mine",
    .role        = PARK_SOURCE,
    .label       = {"矿井水", "mine water"},
    .fields      = FIELDS,
    .params_size = sizeof(park_source),
    .complete    = complete,
    .outlets     = OUTLETS,
    .origin      = PARK_ORIGIN_MINE,
    .unused      = true,
    .average     = average,
    .time        = &TIME,
};
