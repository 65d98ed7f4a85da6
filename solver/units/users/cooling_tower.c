/*
 * cooling_tower.c - an open recirculating tower.   Math: docs/math/units.md, Eq. (U30)-(U33).
 *
 * Make-up M = E + W + B; the circulating water is the mixture that blowdown B and drift W carry off, so its salt obeys
 * C (B + W) = incoming mass, and every limit on C is linear in flows and masses. How many cycles the tower reaches is
 * therefore decided by the limits and the make-up together, not stated beforehand.
 */
#include "chemistry/tower.h"
#include "units/kinds.h"
#include "units/users/cooling_tower.h"
#include "chemistry/psychrometry.h"
#include "units/users/hardness.h"
#include "units/users/tower_water.h"

#include <stdio.h>
#include <string.h>

/* GB/T 50050: design cycles of concentration are 3 at least (unverified, fair); water used beyond that is no need. */
static const double CYCLES_LEAST = 3.0;
/* Below this the water passes but once: no tower is run so. It only keeps the optimizer's box finite. */
static const double CYCLES_ONCE = 1.05;

static const park_field BESIDE[] = {
    PARK_NUMBER(park_cooling_tower, ca_plus_alkalinity, CONC, .lo = 0.0,
                .en = "calcium hardness plus alkalinity, both as CaCO3",
                .zh = "钙硬度与碱度之和（均以 CaCO3 计）", .example = "1100 mg/L CaCO3"),
    PARK_NUMBER(park_cooling_tower, so4_plus_cl, CONC, .lo = 0.0, .en = "sulphate plus chloride",
                .zh = "硫酸根与氯离子之和", .example = "2500 mg/L"),
    PARK_NUMBER(park_cooling_tower, mg_x_sio2, NUMBER, .lo = 0.0,
                .en = "magnesium (mg/L as CaCO3) times silica (mg/L)",
                .zh = "镁（以 CaCO3 计 mg/L）与二氧化硅（mg/L）之积", .example = "50000"),
    PARK_FIELD(park_cooling_tower, rsi, RANGE, .en = "Ryznar stability index", .zh = "雷兹纳稳定指数",
               .example = "{min: 6}"),
    PARK_FIELD(park_cooling_tower, lsi, RANGE, .en = "Langelier saturation index", .zh = "朗格利尔饱和指数",
               .example = "{max: 2}"),
    PARK_FIELDS_END};

static const char *const EVAPORATION_WORDS[] = {"table", "psychrometric", NULL};
static const char *const ACID_WORDS[]        = {"sulfuric", "hydrochloric", NULL};

static const park_field FILL[] = {
    PARK_NUMBER(park_fill, ratio, NUMBER, .word = "water_to_air", .fallback = 1.2, .lo = 0.1, .hi = 5.0,
                .en = "water to air by mass", .zh = "水气质量比", .example = "1.2"),
    PARK_NUMBER(park_fill, c, NUMBER, .fallback = 1.75, .lo = 0.0, .lo_open = true,
                .en = "Merkel's number at one of water to air", .zh = "水气比为 1 时的冷却数",
                .example = "1.75"),
    PARK_NUMBER(park_fill, n, NUMBER, .fallback = 0.6, .lo = 0.0, .hi = 2.0,
                .en = "exponent by which it falls with water to air", .zh = "冷却数随水气比下降的指数",
                .example = "0.6"),
    PARK_NUMBER(park_fill, coldest, TEMPERATURE, .fallback = 285.15, .lo = 273.15, .hi = 313.15,
                .en = "coldest water that the fans are run for", .zh = "冬季控制的最低出塔水温",
                .example = "12 °C"),
    PARK_FIELDS_END};

static const park_field ACID[] = {
    PARK_NUMBER(park_tower_acid, alkalinity, CONC, .lo = 0.0, .lo_open = true,
                .en = "alkalinity of the circulating water that acid holds, as CaCO3",
                .zh = "加酸控制的循环水碱度（以 CaCO3 计）", .example = "150 mg/L"),
    PARK_FIELD(park_tower_acid, reagent, CHOICE, .choices = ACID_WORDS, .choice = PARK_ACID_SULFURIC,
               .en = "which acid", .zh = "酸的种类", .example = "sulfuric"),
    PARK_NUMBER(park_tower_acid, price, PRICE_PER_MASS, .lo = 0.0, .en = "price of the pure acid",
                .zh = "酸（折百）价格", .example = "0.5 CNY/kg"),
    PARK_FIELDS_END};

static const park_field SIDE[] = {
    PARK_NUMBER(park_tower_side, share, SHARE, .lo = 0.0, .hi = 0.5, .en = "share of the circulation",
                .zh = "旁流量占循环水量比例", .example = "3 %"),
    PARK_BY_CONSTITUENT(park_tower_side, removal, SHARE, .lo = 0.0, .hi = 1.0,
                        .en = "what it takes out of the water that passes", .zh = "旁流处理去除率",
                        .example = "{SS: 80 %}"),
    PARK_NUMBER(park_tower_side, price, PRICE_PER_VOLUME, .lo = 0.0,
                .en = "running cost per volume that passes", .zh = "单位旁流水量运行费",
                .example = "0.05 CNY/m3"),
    PARK_NUMBER(park_tower_side, energy, ENERGY_PER_VOLUME, .lo = 0.0,
                .en = "electricity per volume that passes", .zh = "单位旁流水量电耗",
                .example = "0.05 kWh/m3"),
    PARK_NUMBER(park_tower_side, waste, SHARE, .lo = 0.0, .lo_open = true, .hi = 0.5,
                .en = "share of it that leaves with what it takes out, through UNIT.side_waste",
                .zh = "旁流处理排水占旁流水量比例（经“单元.side_waste”排出，带走去除物）", .example = "5 %"),
    PARK_FIELDS_END};

static const park_field FIELDS[] = {
    PARK_SERIES(park_cooling_tower, circulation, FLOW, .lo = 0.0, .en = "circulating flow", .zh = "循环水量",
                .example = "12000 m3/h"),
    PARK_SERIES(park_cooling_tower, heat, POWER, .lo = 0.0,
                .en = "heat to carry off, where the circulation is not stated",
                .zh = "冷却负荷（未给循环水量时）", .example = "100 MW"),
    PARK_NUMBER(park_cooling_tower, range, TEMPERATURE_DIFFERENCE, .required = true, .lo = 0.0,
                .lo_open = true, .hi = 60.0, .en = "difference between hot and cooled water",
                .zh = "进出水温差", .example = "8 K"),
    PARK_NUMBER(park_cooling_tower, drift, SHARE, .fallback = 1e-4, .lo = 0.0, .hi = 0.02,
                .en = "drift as a share of the circulation", .zh = "风吹损失占循环水量比例",
                .example = "0.002 %"),
    PARK_BY_CONSTITUENT(park_cooling_tower, circulating_limits, CONC, .record = BESIDE, .lo = 0.0,
                        .en = "most that the circulating water may hold", .zh = "循环水水质上限",
                        .example = "{Cl: 700 mg/L, SiO2: 175 mg/L}"),
    PARK_NUMBER(park_cooling_tower, hot, TEMPERATURE, .fallback = 313.15, .lo = 273.15, .hi = 373.15,
                .en = "hottest water, where scale forms first", .zh = "最高水温（最易结垢处）",
                .example = "40 °C"),
    PARK_NUMBER(park_cooling_tower, cycles, NUMBER, .lo = 1.0, .lo_open = true,
                .en = "most cycles of concentration, whatever the limits allow", .zh = "浓缩倍数上限",
                .example = "5"),
    PARK_BY_CONSTITUENT(park_cooling_tower, adds, MASS_FLOW, .en = "what dosing brings in",
                        .zh = "加药带入量", .example = "{SO4: 2 kg/h}"),
    PARK_BY_CONSTITUENT(park_cooling_tower, inlet, CONC, .lo = 0.0, .en = "most that the make-up may hold",
                        .zh = "补充水水质上限", .example = "{COD: 60 mg/L}"),
    PARK_FIELD(park_cooling_tower, accepts, LIST, .en = "grades or donors it takes water from",
               .zh = "可接受的水质等级或来水", .example = "[make_up]"),
    PARK_FIELD(park_cooling_tower, evaporation, CHOICE, .choices = EVAPORATION_WORDS,
               .choice = PARK_EVAPORATION_TABLE,
               .en     = "by the table of GB/T 50050, or by the hour's air through the fill",
               .zh = "蒸发量：按 GB/T 50050 系数表，或按逐时湿空气与填料计算", .example = "psychrometric"),
    PARK_FIELD(park_cooling_tower, fill, RECORD, .record = FILL,
               .en = "fill and fan of a psychrometric tower", .zh = "填料与风机（psychrometric 用）",
               .example = "{water_to_air: 1.2}"),
    PARK_NUMBER(park_cooling_tower, altitude, LENGTH, .fallback = 0.0, .lo = -500.0, .hi = 5000.0,
                .en = "height above the sea", .zh = "海拔", .example = "60 m"),
    PARK_FIELD(park_cooling_tower, scaling, RECORD, .record = PARK_SCALING_FIELDS,
               .en = "largest saturation index of a mineral in the hottest water, with inhibitor",
               .zh = "投加阻垢剂后最高水温处允许的饱和指数", .example = "{calcite: 1.5, gypsum: 0.1}"),
    PARK_FIELD(park_cooling_tower, acid, RECORD, .record = ACID, .en = "acid dosing", .zh = "加酸",
               .example = "{alkalinity: 150 mg/L}"),
    PARK_FIELD(park_cooling_tower, side, RECORD, .word = "side_stream", .record = SIDE,
               .en = "part of the circulation that is treated and comes back", .zh = "旁流处理",
               .example = "{share: 3 %, removal: {SS: 80 %}}"),
    PARK_NUMBER(park_cooling_tower, dosing, PRICE_PER_VOLUME, .fallback = 0.0, .lo = 0.0,
                .en = "chemicals per volume of make-up", .zh = "单位补充水药剂费", .example = "0.3 CNY/m3"),
    PARK_NUMBER(park_cooling_tower, basin, VOLUME, .lo = 0.0, .lo_open = true,
                .en = "water in the system; without it a third of an hour's circulation",
                .zh = "系统水容积；不填取循环水量的三分之一小时", .example = "4000 m3"),
    PARK_FIELDS_END};

static const park_outlet_info OUTLETS[] = {{.id = "blowdown", .role = PARK_OUT_BLOWDOWN},
                                           {.id = "evaporation", .role = PARK_OUT_EVAPORATION, .exits = true},
                                           {.id = "drift", .role = PARK_OUT_DRIFT, .exits = true},
                                           {.id = NULL}};
enum { BLOWDOWN, EVAPORATION, DRIFT, SIDE_WASTE /* only where a connection leads it */ };
static const char SIDE_WASTE_ID[] = "side_waste";

/* ---- chemistry of the words beside the constituents --------------------------------------------------------------- */

/* Silica over magnesium (as CaCO3) in the sources that state both; 1 where none does. */
static double silica_to_park_magnesium_of(const park_draft *draft)
{
    int32_t mg = park_magnesium_of(draft), si = park_model_constituent(draft, "SiO2");
    double  sum_mg = 0.0, sum_si = 0.0;
    for (size_t u = 0; u < draft->units; u++)
        for (const park_field *f = draft->unit[u].fields; f->word != NULL; f++) {
            if (draft->unit[u].role != PARK_SOURCE || strcmp(f->word, "quality") != 0)
                continue;
            const double *q =
                *(double *const *)(const void *)((const char *)draft->unit[u].params + f->offset);
            if (q[mg] > 0.0 && q[si] > 0.0) {
                sum_mg += q[mg] * park_as_caco3(&draft->constituent[mg]);
                sum_si += q[si];
            }
        }
    return sum_mg > 0.0 && sum_si > 0.0 ? sum_si / sum_mg : 1.0;
}

/* ---- before freezing ------------------------------------------------------------------------------------------------ */

static void need(park_draft *draft, int32_t constituent, const char *word, const char *names, const char *id,
                 const char *path, park_findings *findings)
{
    if (constituent >= 0)
        draft->constituent[constituent].read = true;
    else
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "%s limits %s, so the park's constituents must hold %s",
                         "%s 限制了 %s，园区的 constituents 须包含 %s", id, word, names);
}

static void check_beside(park_draft *draft, const park_cooling_tower *tower, const char *path, const char *id,
                         park_findings *findings)
{
    bool scaling =
        !isnan(tower->rsi.min) || !isnan(tower->rsi.max) || !isnan(tower->lsi.min) || !isnan(tower->lsi.max);
    if (!isnan(tower->ca_plus_alkalinity) || scaling) {
        const char *word = scaling ? "rsi / lsi" : "ca_plus_alkalinity";
        need(draft, park_calcium_of(draft), word, "Ca / hardness", id, path, findings);
        need(draft, park_alkalinity_of(draft), word, "alkalinity", id, path, findings);
    }
    if (scaling)
        need(draft, park_model_constituent(draft, "TDS"), "rsi / lsi", "TDS", id, path, findings);
    if (!isnan(tower->so4_plus_cl)) {
        need(draft, park_model_constituent(draft, "SO4"), "so4_plus_cl", "SO4", id, path, findings);
        need(draft, park_model_constituent(draft, "Cl"), "so4_plus_cl", "Cl", id, path, findings);
    }
    if (!isnan(tower->mg_x_sio2)) {
        need(draft, park_magnesium_of(draft), "mg_x_sio2", "Mg / hardness", id, path, findings);
        need(draft, park_model_constituent(draft, "SiO2"), "mg_x_sio2", "SiO2", id, path, findings);
    }
}

static bool watches(const park_scaling *s)
{
    return !isnan(s->calcite) || !isnan(s->gypsum) || !isnan(s->barite) || !isnan(s->fluorite) ||
           !isnan(s->silica);
}

static bool follows_water(const park_cooling_tower *tower)
{
    return watches(&tower->scaling) || !isnan(tower->acid.alkalinity) || tower->side.share > 0.0;
}

/* What the minerals watched are made of must be known. */
static void check_scaling(park_draft *draft, const park_cooling_tower *tower, const char *path,
                          const char *id, park_findings *findings)
{
    const park_scaling *s = &tower->scaling;
    if (!isnan(s->calcite) || !isnan(s->gypsum) || !isnan(s->fluorite))
        need(draft, park_calcium_of(draft), "scaling", "Ca / hardness", id, path, findings);
    if (!isnan(s->calcite) || !isnan(tower->acid.alkalinity))
        need(draft, park_alkalinity_of(draft), "scaling / acid", "alkalinity", id, path, findings);
    if (!isnan(s->gypsum) || !isnan(s->barite))
        need(draft, park_model_constituent(draft, "SO4"), "scaling", "SO4", id, path, findings);
    if (!isnan(s->silica))
        need(draft, park_model_constituent(draft, "SiO2"), "scaling.silica", "SiO2", id, path, findings);
    if (!isnan(s->barite))
        need(draft, park_model_constituent(draft, "Ba"), "scaling.barite", "Ba", id, path, findings);
    if (!isnan(s->fluorite))
        need(draft, park_model_constituent(draft, "F"), "scaling.fluorite", "F", id, path, findings);
}

/* Waste of a side stream needs its share and its way, both. */
static void check_side(const park_draft *draft, int32_t unit, const park_cooling_tower *tower,
                       const char *path, park_findings *findings)
{
    const char *id  = draft->unit[unit].id;
    bool        led = park_draft_leads(draft, unit, SIDE_WASTE_ID);
    bool        wet = tower->side.share > 0.0 && tower->side.waste > 0.0;
    if (wet && !led)
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "the side stream of %s leaves waste, but no connection leads it away: name one from "
                         "%s.side_waste",
                         "%s 的旁流处理有排水，但没有连接引出：请给出来自 %s.side_waste 的连接", id, id);
    if (led && !wet)
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "a connection leads %s.side_waste, but the tower's side_stream has no share or no "
                         "waste",
                         "有连接来自 %s.side_waste，但该冷却塔的 side_stream 未给出 share 或 waste", id);
}

/* What a psychrometric tower evaporates in any weather, once. */
static park_status tabulate(park_draft *draft, park_cooling_tower *tower, const char *path, const char *id,
                            park_findings *findings, park_error *err)
{
    park_error       why  = {0};
    park_tower_grid *grid = PARK_NEW(draft->arena, park_tower_grid);
    if (grid == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", id);
    if (park_tower_grid_make(&tower->fill, tower->range, park_standard_pressure(tower->altitude), grid,
                             &why) == PARK_OK)
        tower->grid = grid;
    else
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path, "%s: this fill gives no tower: %s",
                         "%s：该填料参数算不出冷却塔：%s", id, why.message);
    return PARK_OK;
}

/* What stays outside the proof, in one sentence; texts NULL: nothing does, or memory is out (told by `failed`). */
static park_label outside(park_draft *draft, const park_cooling_tower *tower, const char *id, bool *failed)
{
    park_arena *arena   = draft->arena;
    bool        product = !isnan(tower->mg_x_sio2);
    bool        scaling =
        !isnan(tower->rsi.min) || !isnan(tower->rsi.max) || !isnan(tower->lsi.min) || !isnan(tower->lsi.max);
    if (!product && !scaling)
        return (park_label){NULL, NULL};
    park_label text = {park_arena_printf(arena, "%s：RSI/LSI 只在事后校核，不参与决策", id),
                       park_arena_printf(arena, "%s: RSI/LSI are checked after, not decided on", id)};
    if (product)
        text = (park_label){
            park_arena_printf(arena, "%s：Mg×SiO2 按水源比值 SiO2/Mg = %.3g 的直线限制（比乘积更严）%s", id,
                              tower->silica_ratio, scaling ? "；RSI/LSI 只在事后校核，不参与决策" : ""),
            park_arena_printf(arena,
                              "%s: Mg x SiO2 held by a line for the ratio SiO2/Mg = %.3g of the "
                              "sources (stricter than the product)%s",
                              id, tower->silica_ratio,
                              scaling ? "; RSI/LSI are checked after, not decided on" : "")};
    *failed = text.zh == NULL || text.en == NULL;
    return text;
}

static park_status complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err)
{
    park_unit_info     *info   = &draft->unit[unit];
    park_cooling_tower *tower  = park_array(draft->arena, 1, sizeof *tower);
    size_t              errors = findings->errors;
    bool                failed = false;
    if (tower == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", info->id);
    *tower       = *(const park_cooling_tower *)info->params;
    info->params = tower;
    if (info->use == PARK_USE_NONE)
        info->use = PARK_USE_INDIRECT_COOLING;
    if (isnan(tower->circulation.base) == isnan(tower->heat.base))
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                         "%s needs its circulation or the heat it carries off, one of the two",
                         "%s 须给出 circulation（循环水量）或 heat（冷却负荷）之一", info->id);
    check_side(draft, unit, tower, path, findings);
    check_beside(draft, tower, path, info->id, findings);
    check_scaling(draft, tower, path, info->id, findings);
    if (tower->evaporation == PARK_EVAPORATION_PSYCHROMETRIC && tower->range > 0.0)
        PARK_TRY(tabulate(draft, tower, path, info->id, findings, err));
    tower->silica_ratio =
        findings->errors == errors && !isnan(tower->mg_x_sio2) ? silica_to_park_magnesium_of(draft) : 1.0;
    tower->outside = outside(draft, tower, info->id, &failed);
    return failed ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", info->id) : PARK_OK;
}

static park_status shape(park_draft *draft, int32_t unit, park_error *err)
{
    if (!park_draft_leads(draft, unit, SIDE_WASTE_ID))
        return PARK_OK;
    return park_draft_outlet(
        draft, unit, (park_outlet_info){.id = SIDE_WASTE_ID, .role = PARK_OUT_BACKWASH, .reserved = true},
        err);
}

/* ---- both faces --------------------------------------------------------------------------------------------------------- */

/* Circulating flow as a series, from the heat where that is what the user knows. */
static park_series circulation(const park_cooling_tower *tower)
{
    if (!isnan(tower->circulation.base))
        return tower->circulation;
    return (park_series){park_tower_circulation(tower->heat.base, tower->range), tower->heat.pattern};
}

/* E of a flow in the air of an instant, by the table (U30) or the fill (U30b). */
static double evaporated(const park_model *model, const park_cooling_tower *tower, int64_t t, double flow)
{
    double air = park_air_temperature(model, t);
    if (tower->grid != NULL)
        return flow * park_tower_grid_at(tower->grid, air, park_air_humidity(model, t));
    return park_tower_evaporation(park_tower_evaporation_factor(air), tower->range, flow);
}

/* E of one instant. */
static double evaporation_at(const void *user, int64_t t)
{
    const park_when          *when  = user;
    const park_cooling_tower *tower = park_when_unit(when)->params;
    if (park_calendar_closed(when->model, park_when_unit(when)->calendar, t))
        return 0.0;
    return evaporated(when->model, tower, t, park_series_at(when->model, circulation(tower), t));
}

/* Without weather k stands still and the mean of the circulation says it all. */
static double evaporation(const park_when *when, double flow)
{
    const park_cooling_tower *tower = park_when_unit(when)->params;
    if (when->model->weather.temperature >= 0)
        return park_when_mean(when, evaporation_at, when);
    return evaporated(when->model, tower, 0, flow);
}

static void combine(park_map *map, const char *name, double limit, int32_t a, double coef_a, int32_t b,
                    double coef_b)
{
    park_map_combined *combined = &map->combined[map->combined_count++];
    combined->name              = name;
    combined->limit             = limit;
    combined->coef[a] += coef_a;
    combined->coef[b] += coef_b;
}

static void limit_mixture(const park_model *model, const park_cooling_tower *tower, park_map *map)
{
    for (size_t c = 0; c < map->constituents; c++)
        if (!isnan(tower->circulating_limits[c]))
            map->outlet[BLOWDOWN].limit[c] = tower->circulating_limits[c];
    if (!isnan(tower->ca_plus_alkalinity))
        combine(map, "ca_plus_alkalinity", tower->ca_plus_alkalinity, park_calcium_of(model),
                park_as_caco3(&model->constituent[park_calcium_of(model)]), park_alkalinity_of(model),
                park_as_caco3(&model->constituent[park_alkalinity_of(model)]));
    if (!isnan(tower->so4_plus_cl))
        combine(map, "so4_plus_cl", tower->so4_plus_cl, park_model_constituent(model, "SO4"), 1.0,
                park_model_constituent(model, "Cl"), 1.0);
    if (!isnan(tower->mg_x_sio2)) {
        /* a Mg + Si/a <= 2 sqrt(P) keeps Mg Si <= P whatever a is; a of the sources makes it exact there, (U33) */
        double a = sqrt(tower->silica_ratio), product = tower->mg_x_sio2 * 1e-6; /* (mg/L)^2 -> (kg/m3)^2 */
        combine(map, "mg_x_sio2", 2.0 * sqrt(product), park_magnesium_of(model),
                a * park_as_caco3(&model->constituent[park_magnesium_of(model)]),
                park_model_constituent(model, "SiO2"), 1.0 / a);
    }
}

/* (U114), (U115): what the side stream takes out leaves with a part of its water. */
static void let_side_waste(const park_cooling_tower *tower, const park_point *point, double side, double gone,
                           park_map *map)
{
    park_map_outlet *o = &map->outlet[SIDE_WASTE];
    o->beta            = tower->side.waste * side;
    o->quality         = PARK_QUALITY_SHARE;
    for (size_t c = 0; c < map->constituents; c++) {
        /* before there is a point: as at the least cycles of a design */
        o->share[c] = point != NULL ? point->side[c]
                                    : park_tower_side_share(tower, c, side, gone / (CYCLES_LEAST - 1.0));
        if (point != NULL)
            map->removed_share[c] -= point->side[c];
    }
}

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_cooling_tower *tower = park_when_unit(when)->params;
    double flow = park_when_working(when, circulation(tower)), gone = evaporation(when, flow),
           drift             = tower->drift * flow;
    double            side   = map->outlets > SIDE_WASTE ? tower->side.share * flow : 0.0;
    double            waste  = side > 0.0 ? tower->side.waste * side : 0.0;
    const park_point *point  = park_when_point(when);
    double            cycles = isnan(tower->cycles) ? INFINITY : tower->cycles;
    if (point != NULL)
        cycles = fmin(cycles, point->cycles);
    double least = fmax(0.0, gone / (cycles - 1.0) - drift - waste); /* (U32), (U114) */
    (void)err;

    map->outlet[BLOWDOWN].flow    = PARK_FLOW_REST;
    map->outlet[BLOWDOWN].lo      = least;
    map->outlet[BLOWDOWN].quality = PARK_QUALITY_MIX;
    map->outlet[EVAPORATION].beta = gone;
    map->outlet[DRIFT].beta       = drift;
    map->outlet[DRIFT].quality    = PARK_QUALITY_MIX;
    map->in_lo[0]                 = gone + drift + waste + least;
    map->in_hi[0] = fmax(map->in_lo[0], fmin(flow, gone * CYCLES_ONCE / (CYCLES_ONCE - 1.0) + drift + waste));
    map->circulating = flow;
    map->demand      = fmax(map->in_lo[0], gone * CYCLES_LEAST / (CYCLES_LEAST - 1.0));
    map->opex_in = map->chemicals_in = tower->dosing;
    map->outside_proof               = park_when_says(when, tower->outside);
    for (size_t c = 0; c < map->constituents; c++)
        map->add[c] = isnan(tower->adds[c]) ? 0.0 : tower->adds[c] * park_when_open(when);
    if (point != NULL) {
        map->opex_in += point->chemicals, map->chemicals_in += point->chemicals;
        map->energy_in = point->energy;
        for (size_t c = 0; c < map->constituents; c++)
            map->removed_share[c] = point->removed[c], map->add_per_flow[c] = point->brings[c];
    }
    if (map->outlets > SIDE_WASTE)
        let_side_waste(tower, point, side, gone, map);
    limit_mixture(when->model, tower, map);
    return PARK_OK;
}

PARK_FACES(fill)

static double volume(const park_model *model, int32_t unit, double design_flow)
{
    const park_cooling_tower *tower = model->unit[unit].params;
    (void)design_flow;
    return isnan(tower->basin) ? 1200.0 * circulation(tower).base : tower->basin;
}

static const park_time_face TIME = {.volume = volume, .at = at, .blowdown_control = true};

static bool follows(const park_model *model, int32_t unit)
{
    return follows_water(model->unit[unit].params);
}

static park_status refresh(const park_model *model, int32_t unit, int32_t season, const park_feed *feed,
                           park_arena *arena, park_point **point, park_error *err)
{
    const park_cooling_tower *tower = model->unit[unit].params;
    park_when                 when  = park_when_season(model, unit, season);
    double                    flow  = park_when_working(&when, circulation(tower));
    return park_tower_water(model, tower, feed, flow, evaporation(&when, flow), tower->drift * flow, arena,
                            point, err);
}

const park_unit_kind PARK_KIND_COOLING_TOWER = {
    .word        = "cooling_tower",
    .role        = PARK_USER,
    .label       = {"冷却塔循环水系统", "cooling tower"},
    .fields      = FIELDS,
    .params_size = sizeof(park_cooling_tower),
    .complete    = complete,
    .outlets     = OUTLETS,
    .shape       = shape,
    .average     = average,
    .follows     = follows,
    .refresh     = refresh,
    .time        = &TIME,
};
