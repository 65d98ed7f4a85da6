/* A network's leak as a unit that draws water and gives none back; Eq. (U24) of docs/math/units.md. */
#include "units/users/network_leak.h"

#include "units/kinds.h"
#include "units/when.h"

enum { DRAIN, LEAK };

/* Nothing of this is written in a scenario: the loader makes the unit where a network's law stands. */
static const park_field FIELDS[] = {
    PARK_FIELD(park_network_leak, network, COUNT, .lo = 0, .fallback = 0, .en = "network that leaks",
               .zh = "漏失的管网"),
    PARK_FIELD(park_network_leak, accepts, LIST, .en = "donors that feed the network", .zh = "管网的来水"),
    PARK_FIELDS_END};

static park_status shape(park_draft *draft, int32_t unit, park_error *err)
{
    const park_network_leak *leak = draft->unit[unit].params;
    PARK_TRY(park_draft_outlet(
        draft, unit, (park_outlet_info){.id = "", .role = PARK_OUT_PRODUCT, .reserved = true}, err));
    PARK_TRY(park_draft_outlet(draft, unit,
                               (park_outlet_info){.id = "leak", .role = PARK_OUT_LEAK, .exits = true}, err));
    return park_draft_inlet(draft, unit, "", NULL, leak->accepts, err);
}

double park_network_leak_flow(const park_model *model, int32_t network, int32_t season)
{
    const park_network_info *info  = &model->network[network];
    double                   times = info->times != NULL && season >= 0 ? info->times[season] : 1.0;
    return isfinite(info->flow) ? info->flow * info->length * times : 0.0;
}

/* Its use counts for nothing (demand 0), so used water that leaks is no reuse. */
static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_network_leak *leak = park_when_unit(when)->params;
    int32_t season                = when->instant ? park_model_season_at(when->model, when->t) : when->season;
    (void)err;
    map->in_lo[0] = map->in_hi[0] = park_network_leak_flow(when->model, leak->network, season);
    map->outlet[LEAK].alpha       = 1.0;
    map->outlet[DRAIN].quality    = PARK_QUALITY_MIX;
    map->outlet[LEAK].quality     = PARK_QUALITY_MIX;
    return PARK_OK;
}

PARK_FACES(fill)

static double volume(const park_model *model, int32_t unit, double design_flow)
{
    (void)model, (void)unit;
    return 3600.0 * design_flow; /* no one sees what is inside */
}

static const park_time_face TIME = {.volume = volume, .at = at};

const park_unit_kind PARK_KIND_NETWORK_LEAK = {
    .word        = "network_leak",
    .role        = PARK_USER,
    .label       = {"管网漏失", "leak of a network"},
    .fields      = FIELDS,
    .params_size = sizeof(park_network_leak),
    .shape       = shape,
    .average     = average,
    .time        = &TIME,
};
