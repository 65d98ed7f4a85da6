#include "indicators/boundary.h"

#include "units/kind.h"

#include <string.h>

bool park_unit_member(const park_model *model, int32_t unit, int32_t *member)
{
    const park_unit_info *info = &model->unit[unit];
    *member                    = info->enterprise;
    if (info->role == PARK_SOURCE || info->role == PARK_SINK)
        return false;
    return info->enterprise >= 0 || info->role == PARK_USER;
}

bool park_boundary_holds(const park_model *model, park_boundary boundary, int32_t index, int32_t unit)
{
    park_role role = model->unit[unit].role;
    int32_t   member;
    if (role == PARK_SOURCE || role == PARK_SINK)
        return false;
    switch (boundary) {
    case PARK_BOUNDARY_PARK:
        return true;
    case PARK_BOUNDARY_UNIT:
        return unit == index;
    case PARK_BOUNDARY_ENTERPRISE:
        return park_unit_member(model, unit, &member) && member == index;
    }
    return false;
}

static bool has_outlet(const park_model *model, const park_unit_info *unit, park_outlet_role role)
{
    for (size_t k = unit->first_outlet; k < unit->first_outlet + unit->outlets; k++)
        if (model->outlet[k].role == role)
            return true;
    return false;
}

park_use park_unit_use(const park_model *model, int32_t unit)
{
    const park_unit_info *info = &model->unit[unit];
    if (info->role != PARK_USER || info->use != PARK_USE_NONE)
        return info->role == PARK_USER ? info->use : PARK_USE_NONE;
    if (has_outlet(model, info, PARK_OUT_STEAM))
        return PARK_USE_BOILER;
    if (has_outlet(model, info, PARK_OUT_DRIFT))
        return PARK_USE_INDIRECT_COOLING;
    if (info->kind != NULL && strcmp(info->kind->word, "irrigation") == 0)
        return PARK_USE_IRRIGATION;
    return PARK_USE_PROCESS;
}

bool park_origin_conventional(park_origin origin)
{
    return origin == PARK_ORIGIN_SURFACE || origin == PARK_ORIGIN_GROUND || origin == PARK_ORIGIN_TAP;
}

bool park_origin_non_conventional(park_origin origin)
{
    return origin == PARK_ORIGIN_RECLAIMED_MUNICIPAL || origin == PARK_ORIGIN_MINE ||
           origin == PARK_ORIGIN_RAIN;
}

park_origin park_outlet_origin(const park_model *model, int32_t outlet)
{
    const park_outlet_info *info = &model->outlet[outlet];
    return info->role == PARK_OUT_FIRST_FLUSH ? PARK_ORIGIN_STREAM : model->unit[info->unit].origin;
}
