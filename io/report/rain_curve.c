#include "report/rain_curve.h"

#include "units/storages/storage.h"

#include <math.h>

/* The storage's volume in this run [m3]; 0 where it is not built. */
static double volume_of(const park_design *design, const park_model *model, int32_t unit)
{
    const park_storage *params = model->unit[unit].params;
    if (design != NULL && design->unit_built != NULL)
        return design->unit_built[unit] && isfinite(design->unit_size[unit]) ? design->unit_size[unit] : 0.0;
    return params->volume.max;
}

bool park_rain_has_curve(const park_design *design, const park_model *model, int32_t unit)
{
    return park_rain_reaches(model, unit) && volume_of(design, model, unit) > 0.0;
}

size_t park_rain_storages(const park_design *design, const park_model *model)
{
    size_t count = 0;
    for (size_t u = 0; u < model->units; u++)
        count += park_rain_has_curve(design, model, (int32_t)u);
    return count;
}

park_status park_rain_curve(const park_design *design, const park_model *model, const park_ledger *ledger,
                            int32_t unit, park_arena *arena, park_rain_sizing *sizing, double *drawn,
                            park_error *err)
{
    double *draw = PARK_ARRAY(arena, ledger->seasons, double);
    if (draw == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the rain of a storage");
    *drawn = 0.0;
    for (size_t s = 0; s < ledger->seasons; s++) {
        double water = 0.0;
        for (size_t l = 0; l < ledger->links; l++)
            water += model->link[l].from == unit ? ledger->link_water[s * ledger->links + l] : 0.0;
        *drawn += water;
        draw[s] = water / model->time.season[s].seconds;
    }
    return park_rain_size(model, unit, draw, volume_of(design, model, unit), arena, sizing, err);
}
