#include "units/moved.h"

static const double CLOSE = 1e-12; /* shares that add up to one, of numbers near one */

static double *column(park_arena *arena, size_t count, double value)
{
    double *numbers = PARK_ARRAY(arena, count, double);
    for (size_t i = 0; numbers != NULL && i < count; i++)
        numbers[i] = value;
    return numbers;
}

static bool outlet_columns(park_arena *arena, park_map_outlet *outlet, size_t constituents)
{
    outlet->hi       = INFINITY;
    outlet->conc     = column(arena, constituents, 0.0);
    outlet->share    = column(arena, constituents, 0.0);
    outlet->per_flow = column(arena, constituents, 0.0);
    outlet->load     = column(arena, constituents, 0.0);
    outlet->limit    = column(arena, constituents, INFINITY);
    return outlet->conc && outlet->share && outlet->per_flow && outlet->load && outlet->limit;
}

park_map *park_map_new(park_arena *arena, const park_model *model, int32_t unit)
{
    const park_unit_info *info = &model->unit[unit];
    park_map             *map  = PARK_NEW(arena, park_map);
    size_t                C    = model->constituents;
    if (map == NULL)
        return NULL;
    map->inlets        = info->inlets;
    map->outlets       = info->outlets;
    map->constituents  = C;
    map->in_lo         = column(arena, info->inlets, 0.0);
    map->in_hi         = column(arena, info->inlets, INFINITY);
    map->in_limit      = column(arena, info->inlets * C, INFINITY);
    map->own_conc      = column(arena, C, 0.0);
    map->add           = column(arena, C, 0.0);
    map->add_per_flow  = column(arena, C, 0.0);
    map->removed_share = column(arena, C, 0.0);
    map->fee_mass      = column(arena, C, 0.0);
    map->outlet        = PARK_ARRAY(arena, info->outlets, park_map_outlet);
    map->combined      = PARK_ARRAY(arena, PARK_COMBINED_MOST, park_map_combined);
    if (!map->in_lo || !map->in_hi || !map->in_limit || !map->own_conc || !map->add || !map->add_per_flow ||
        !map->removed_share || !map->fee_mass || !map->outlet || !map->combined)
        return NULL;
    for (size_t k = 0; k < info->outlets; k++)
        if (!outlet_columns(arena, &map->outlet[k], C))
            return NULL;
    for (size_t i = 0; i < PARK_COMBINED_MOST; i++)
        if ((map->combined[i].coef = column(arena, C, 0.0)) == NULL)
            return NULL;
    map->volume_start = NAN;
    map->size_max     = INFINITY;
    map->existing     = info->existing;
    map->capex        = (park_capex){NAN, NAN, 1.0, 0.0};
    map->life         = NAN;
    map->licence      = INFINITY;
    return map;
}

/* Back to neutral, so that one map serves many seasons and instants. */
static void clear(park_map *map)
{
    size_t C = map->constituents;
    for (size_t i = 0; i < map->inlets; i++) {
        map->in_lo[i] = 0.0;
        map->in_hi[i] = INFINITY;
    }
    for (size_t c = 0; c < C; c++)
        map->own_conc[c] = map->add[c] = map->add_per_flow[c] = map->removed_share[c] = map->fee_mass[c] =
            0.0;
    for (size_t k = 0; k < map->outlets; k++) {
        park_map_outlet *o = &map->outlet[k];
        o->flow            = PARK_FLOW_AFFINE;
        o->quality         = PARK_QUALITY_NONE;
        o->alpha = o->beta = o->lo = 0.0;
        o->hi                      = INFINITY;
        for (size_t c = 0; c < C; c++) {
            o->conc[c] = o->share[c] = o->per_flow[c] = o->load[c] = 0.0;
            o->limit[c]                                            = INFINITY;
        }
    }
    for (size_t i = 0; i < map->combined_count; i++)
        for (size_t c = 0; c < C; c++)
            map->combined[i].coef[c] = 0.0;
    map->combined_count = 0;
    map->own = map->volume_min = map->volume_max = 0.0;
    map->volume_start                            = NAN;
    map->sized                                   = false;
    map->size_min = map->size_step = map->turndown = 0.0;
    map->size_max                                  = INFINITY;
    map->capex                                     = (park_capex){NAN, NAN, 1.0, 0.0};
    map->life                                      = NAN;
    map->opex_in = map->opex_out = map->tax_out = map->fixed_opex = 0.0;
    map->chemicals_in = map->residues_in = 0.0;
    map->energy_in = map->energy_out = map->carbon_in = map->carbon_out = 0.0;
    map->licence                                                        = INFINITY;
    map->circulating = map->demand = 0.0;
    map->outside_proof             = (park_label){NULL, NULL};
}

static void take_unit(const park_model *model, const park_unit_info *info, park_map *map)
{
    map->existing = info->existing;
    for (size_t i = 0; i < info->inlets; i++) {
        const park_inlet_info *inlet = &model->inlet[info->first_inlet + i];
        for (size_t c = 0; c < model->constituents; c++)
            map->in_limit[i * model->constituents + c] =
                inlet->limit != NULL                                      ? inlet->limit[c]
                : inlet->own_limit != NULL && !isnan(inlet->own_limit[c]) ? inlet->own_limit[c]
                                                                          : INFINITY;
    }
}

/* ---- what every map must satisfy
 * ------------------------------------------------------------------------------ */

static bool finite_columns(const park_map *map)
{
    for (size_t c = 0; c < map->constituents; c++) {
        double sum =
            map->own_conc[c] + map->add[c] + map->add_per_flow[c] + map->removed_share[c] + map->fee_mass[c];
        for (size_t k = 0; k < map->outlets; k++)
            sum += map->outlet[k].conc[c] + map->outlet[k].share[c] + map->outlet[k].per_flow[c] +
                   map->outlet[k].load[c];
        if (!isfinite(sum))
            return false;
    }
    for (size_t k = 0; k < map->outlets; k++)
        if (!isfinite(map->outlet[k].alpha + map->outlet[k].beta + map->outlet[k].lo) ||
            isnan(map->outlet[k].hi))
            return false;
    return isfinite(map->own + map->opex_in + map->opex_out + map->energy_in + map->energy_out +
                    map->carbon_in + map->carbon_out + map->fixed_opex + map->circulating + map->demand);
}

/* With affine outlets only, water in must be water out: sum alpha = 1, sum beta = own (U1). */
static bool water_closes(const park_map *map)
{
    double alpha = 0.0, beta = 0.0, size = map->own;
    if (map->outlets == 0 || map->inlets == 0 || map->volume_max > 0.0)
        return true;
    for (size_t k = 0; k < map->outlets; k++) {
        if (map->outlet[k].flow != PARK_FLOW_AFFINE)
            return true;
        alpha += map->outlet[k].alpha;
        beta += map->outlet[k].beta;
        size += fabs(map->outlet[k].beta);
    }
    return fabs(alpha - 1.0) <= CLOSE * (double)map->outlets && fabs(beta - map->own) <= CLOSE * size;
}

static park_status checked(const park_model *model, int32_t unit, const park_map *map, park_error *err)
{
    const char *id = model->unit[unit].id;
    if (!finite_columns(map))
        return PARK_FAIL(err, PARK_E_INTERNAL, "the map of %s holds a number that is not finite", id);
    if (!water_closes(map))
        return PARK_FAIL(err, PARK_E_INTERNAL, "the map of %s loses or makes water", id);
    for (size_t i = 0; i < map->inlets; i++)
        if (!(map->in_lo[i] <= map->in_hi[i]) || map->in_lo[i] < 0.0)
            return PARK_FAIL(err, PARK_E_RANGE, "%s asks for at least %g m3/s and at most %g m3/s of water",
                             id, map->in_lo[i], map->in_hi[i]);
    for (size_t k = 0; k < map->outlets; k++)
        if (!(map->outlet[k].lo <= map->outlet[k].hi))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "outlet %zu of %s must carry at least %g m3/s and at most %g m3/s", k + 1, id,
                             map->outlet[k].lo, map->outlet[k].hi);
    return PARK_OK;
}

park_status park_unit_average(const park_model *model, int32_t unit, int32_t season, park_map *map,
                              park_error *err)
{
    const park_unit_info *info = &model->unit[unit];
    clear(map);
    take_unit(model, info, map);
    PARK_TRY(info->kind->average(model, unit, season, map, err));
    park_map_move(model, unit, map);
    return checked(model, unit, map, err);
}

park_status park_unit_at(const park_model *model, int32_t unit, int64_t t, park_map *map, park_error *err)
{
    const park_unit_info *info = &model->unit[unit];
    clear(map);
    take_unit(model, info, map);
    PARK_TRY(info->kind->time->at(model, unit, t, map, err));
    return checked(model, unit, map, err);
}
