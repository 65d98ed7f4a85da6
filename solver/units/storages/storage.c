#include "units/storages/storage.h"

#include "units/treatments/treatment.h"
#include "units/weather.h"

const char *const PARK_SURFACES[] = {"open", "covered", NULL};

static bool is_open(const park_storage *storage)
{
    return storage->surface == 0 && storage->area > 0.0;
}

park_status park_storage_complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                                  park_error *err)
{
    const park_unit_info *info    = &draft->unit[unit];
    const park_storage   *storage = info->params;
    (void)err;
    if (isnan(storage->volume.max))
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path, "%s states no greatest volume",
                         "%s 没有给出最大容积 volume.max", info->id);
    else if (storage->volume.min > storage->volume.max)
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "the volume of %s has a minimum above its maximum", "%s 的容积下限大于上限",
                         info->id);
    if (is_open(storage) && draft->weather.rain < 0)
        park_finding_add(findings, PARK_N0513, PARK_NOTE, path,
                         "%s lies open, but the park has no rain: none falls on it",
                         "%s 为敞开水面，但园区没有降雨资料：不计落入的雨水", info->id);
    return PARK_OK;
}

/* A named connection takes the overflow; else only rain on the surface may run over, without being led anywhere. */
park_status park_storage_shape(park_draft *draft, int32_t unit, park_error *err)
{
    park_outlet_info overflow = {.id       = "overflow",
                                 .role     = PARK_OUT_OVERFLOW,
                                 .reserved = true,
                                 .exits    = !park_draft_leads(draft, unit, "overflow")};
    PARK_TRY(park_draft_outlet(draft, unit, (park_outlet_info){.id = "", .role = PARK_OUT_PRODUCT}, err));
    PARK_TRY(park_draft_outlet(draft, unit, overflow, err));
    return park_draft_outlet(
        draft, unit, (park_outlet_info){.id = "evaporation", .role = PARK_OUT_EVAPORATION, .exits = true},
        err);
}

bool park_storage_may_stay_out(const park_model *model, int32_t unit)
{
    const park_unit_info *info    = &model->unit[unit];
    const park_storage   *storage = info->params;
    return info->role == PARK_STORAGE && !info->existing && is_open(storage) &&
           park_capex_given(&storage->capex);
}

static park_storage *storage_of(park_draft *draft, int32_t unit)
{
    union {
        const void   *fixed;
        park_storage *own; /* a draft's params are its own */
    } params = {.fixed = draft->unit[unit].params};
    return params.own;
}

void park_storage_await(park_draft *draft, int32_t unit)
{
    storage_of(draft, unit)->area = 0.0;
}

void park_storage_leave_out(park_draft *draft, int32_t unit)
{
    static const double NONE    = 1e-6; /* [m3] */
    park_storage       *storage = storage_of(draft, unit);
    double              least   = storage->volume.min;
    storage->area               = 0.0;
    storage->volume             = (park_range){
                    .min = least > 0.0 ? 0.5 * NONE : NAN, .max = NONE, .step = NAN}; /* a program of the same columns */
}

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_unit_info *info    = park_when_unit(when);
    const park_storage   *storage = info->params;
    const park_model     *model   = when->model;
    (void)err;
    if (is_open(storage)) { /* (U51), (U52) */
        if (model->weather.rain >= 0)
            map->own = storage->area * park_when_value(when, (park_series){1.0, model->weather.rain});
        map->outlet[PARK_STORAGE_EVAPORATION].beta = storage->area * park_when_evaporation(when);
    }
    for (size_t c = 0; c < map->constituents; c++)
        map->own_conc[c] = storage->rain_quality[c];
    map->outlet[PARK_STORAGE_PRODUCT].flow     = PARK_FLOW_FREE;
    map->outlet[PARK_STORAGE_PRODUCT].quality  = PARK_QUALITY_MIX;
    map->outlet[PARK_STORAGE_OVERFLOW].flow    = PARK_FLOW_FREE;
    map->outlet[PARK_STORAGE_OVERFLOW].quality = PARK_QUALITY_MIX;
    map->outlet[PARK_STORAGE_OVERFLOW].hi      = map->own; /* (U53) */

    map->existing     = info->existing || !park_capex_given(&storage->capex);
    map->sized        = true;
    map->size_min     = isnan(storage->volume.min) ? 0.0 : storage->volume.min;
    map->size_max     = storage->volume.max;
    map->size_step    = isnan(storage->volume.step) ? 0.0 : storage->volume.step;
    map->volume_min   = storage->minimum * storage->volume.max;
    map->volume_max   = storage->volume.max;
    map->volume_start = storage->initial * storage->volume.max; /* NAN stays NAN: periodic */
    map->capex        = storage->capex;
    map->fixed_opex   = storage->fixed_opex;
    map->life         = storage->life;
    map->energy_in    = storage->energy;
    return PARK_OK;
}

PARK_FACES(fill)

park_status park_storage_average(const park_model *model, int32_t unit, int32_t season, park_map *map,
                                 park_error *err)
{
    return average(model, unit, season, map, err);
}

static double volume(const park_model *model, int32_t unit, double design_flow)
{
    const park_storage *storage = model->unit[unit].params;
    (void)design_flow;
    return storage->volume.max;
}

const park_time_face PARK_STORAGE_TIME = {.volume = volume, .at = at, .variable_volume = true};
