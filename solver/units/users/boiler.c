/*
 * boiler.c - steam, condensate that comes back, blowdown that carries the salt.   Math: docs/math/units.md,
 * Eq. (U34)-(U35).
 *
 * Steam that does not return leaves as pure water; what returns is inside and counts as circulating. Condensate is led
 * elsewhere only where a connection names it: then the boiler makes up for it.
 */
#include "units/kinds.h"
#include "units/users/boiler.h"

static const double WATER = 1000.0; /* steam by mass to water by volume [kg/m3] */

static const park_field FIELDS[] = {
    PARK_SERIES(park_boiler, steam, MASS_FLOW, .required = true, .lo = 0.0, .en = "steam raised",
                .zh = "产汽量", .example = "60 t/h"),
    PARK_NUMBER(park_boiler, condensate_return, SHARE, .fallback = 0.0, .lo = 0.0, .hi = 1.0,
                .en = "share of the steam that returns as condensate", .zh = "冷凝水回收率（按质量）",
                .example = "70 %"),
    PARK_NUMBER(park_boiler, blowdown, SHARE, .fallback = 0.02, .lo = 0.0, .hi = 0.9,
                .en = "least blowdown as a share of the make-up", .zh = "最小排污率（占补充水）",
                .example = "2 %"),
    PARK_BY_CONSTITUENT(park_boiler, limits, CONC, .lo = 0.0, .en = "most that the drum water may hold",
                        .zh = "锅水水质上限", .example = "{TDS: 3000 mg/L, SiO2: 100 mg/L}"),
    PARK_BY_CONSTITUENT(park_boiler, adds, MASS_FLOW, .en = "what dosing brings in", .zh = "加药带入量",
                        .example = "{TDS: 0.5 kg/h}"),
    PARK_BY_CONSTITUENT(park_boiler, inlet, CONC, .lo = 0.0, .en = "most that the make-up may hold",
                        .zh = "补给水水质上限", .example = "{Ca: 1 mg/L}"),
    PARK_FIELD(park_boiler, accepts, LIST, .en = "grades or donors it takes water from",
               .zh = "可接受的水质等级或来水", .example = "[demin]"),
    PARK_NUMBER(park_boiler, drum, VOLUME, .lo = 0.0, .lo_open = true,
                .en = "water in the boiler; without it an hour of steam",
                .zh = "锅炉水容积；不填取一小时产汽量", .example = "50 m3"),
    PARK_FIELDS_END};

enum { BLOWDOWN, CONDENSATE, STEAM };

static park_status complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err)
{
    const park_boiler *boiler = draft->unit[unit].params;
    (void)err;
    if (draft->unit[unit].use == PARK_USE_NONE)
        draft->unit[unit].use = PARK_USE_BOILER;
    if (boiler->condensate_return >= 1.0 && boiler->blowdown <= 0.0)
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "%s returns all its condensate and blows nothing down: no water passes through it",
                         "%s 的冷凝水全部回收且无排污：没有水流经该单元", draft->unit[unit].id);
    return PARK_OK;
}

static park_status shape(park_draft *draft, int32_t unit, park_error *err)
{
    park_outlet_info condensate = {.id       = "condensate",
                                   .role     = PARK_OUT_CONDENSATE,
                                   .reserved = true,
                                   .exits    = !park_draft_leads(draft, unit, "condensate")};
    PARK_TRY(
        park_draft_outlet(draft, unit, (park_outlet_info){.id = "blowdown", .role = PARK_OUT_BLOWDOWN}, err));
    PARK_TRY(park_draft_outlet(draft, unit, condensate, err));
    return park_draft_outlet(draft, unit,
                             (park_outlet_info){.id = "steam", .role = PARK_OUT_STEAM, .exits = true}, err);
}

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_unit_info *info     = park_when_unit(when);
    const park_boiler    *boiler   = info->params;
    double                steam    = park_when_working(when, boiler->steam) / WATER;
    double                returned = steam * boiler->condensate_return;
    bool                  led      = !when->model->outlet[info->first_outlet + CONDENSATE].exits;
    double                exported = led ? returned : 0.0; /* at most */
    /* B >= b M with M = S + X + B; the bound holds for the largest export X (U35) */
    double least = boiler->blowdown / (1.0 - boiler->blowdown) * (steam - returned + exported);
    (void)err;

    map->outlet[BLOWDOWN].flow    = PARK_FLOW_REST;
    map->outlet[BLOWDOWN].lo      = least;
    map->outlet[BLOWDOWN].quality = PARK_QUALITY_MIX;
    map->outlet[CONDENSATE].flow  = led ? PARK_FLOW_FREE : PARK_FLOW_AFFINE;
    map->outlet[CONDENSATE].hi    = exported;
    map->outlet[STEAM].beta       = steam - returned;
    map->in_lo[0]                 = steam - returned + least;
    map->in_hi[0]                 = 2.0 * steam + least; /* as much blowdown as steam: more is no boiler */
    map->circulating = led ? 0.0 : returned;             /* exported condensate is counted where it is used */
    map->demand      = map->in_lo[0];
    for (size_t c = 0; c < map->constituents; c++) {
        map->add[c] = isnan(boiler->adds[c]) ? 0.0 : boiler->adds[c] * park_when_open(when);
        if (!isnan(boiler->limits[c]))
            map->outlet[BLOWDOWN].limit[c] = boiler->limits[c];
    }
    return PARK_OK;
}

PARK_FACES(fill)

static double volume(const park_model *model, int32_t unit, double design_flow)
{
    const park_boiler *boiler = model->unit[unit].params;
    (void)design_flow;
    return isnan(boiler->drum) ? 3600.0 * boiler->steam.base / WATER : boiler->drum;
}

static const park_time_face TIME = {.volume = volume, .at = at, .blowdown_control = true};

const park_unit_kind PARK_KIND_BOILER = {
    .word        = "boiler",
    .role        = PARK_USER,
    .label       = {"锅炉", "boiler"},
    .fields      = FIELDS,
    .params_size = sizeof(park_boiler),
    .complete    = complete,
    .shape       = shape,
    .average     = average,
    .time        = &TIME,
};
