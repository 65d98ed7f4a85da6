/*
 * train.c - treatments one after the other as one unit.   Math: docs/math/units.md, Eq. (U46)-(U48).
 *
 * The product of a stage feeds the next: shares of water and of each constituent multiply along the train. A stage's
 * reject named in side_streams is an outlet of its own with a free connection; the others join `reject`.
 */
#include "units/kinds.h"
#include "units/treatments/chain.h"
#include "units/treatments/train.h"

#include "base/text.h"

#include <string.h>

static const park_field FIELDS[] = {
    PARK_FIELD(park_train, stages, NAMED, .record = PARK_TREATMENT_FIELDS,
               .record_size = sizeof(park_treatment),
               .en          = "values of the stages where they differ from the catalogue",
               .zh = "各级工艺与目录不同的参数", .example = "{BWRO: {recovery: 75 %}}"),
    PARK_FIELD(park_train, side_streams, REF_MAP,
               .en = "where a stage's backwash or reject goes; else it joins the train's reject",
               .zh = "各级反洗水、浓水的去向；不填则并入 reject", .example = "{MMF.backwash: wwtp}"),
    PARK_FIELD(park_train, whole.capex, CAPEX, .word = "capex", .dim = PARK_DIM_FLOW,
               .en      = "capital of the whole train, instead of the stages' sum",
               .zh      = "整套投资（代替各级之和）",
               .example = "{scale: 16800 CNY, reference: 1 m3/h, exponent: 0.7}"),
    PARK_NUMBER(park_train, whole.opex, PRICE_PER_VOLUME, .word = "opex", .lo = 0.0,
                .en = "running cost per inlet volume, chemicals included, instead of the stages' sum",
                .zh = "单位水量运行费（含药剂，代替各级之和）", .example = "2 CNY/m3"),
    PARK_NUMBER(park_train, whole.energy, ENERGY_PER_VOLUME, .word = "energy", .lo = 0.0,
                .en = "electricity per inlet volume, instead of the stages' sum",
                .zh = "单位水量电耗（代替各级之和）", .example = "1.2 kWh/m3"),
    PARK_TREATMENT_FRAME_ROWS(park_train, whole.),
    PARK_FIELDS_END};

static const park_treatment *stage_of(const park_train *train, size_t i)
{
    return (const park_treatment *)train->stages.items + i;
}

/* The stage that a side stream's key names, as "MMF.backwash" or "MMF"; stages.count when none does. */
static size_t stage_named(const park_train *train, const char *key)
{
    size_t length = strcspn(key, "."), i = 0;
    while (i < train->stages.count &&
           (strlen(train->stages.id[i]) != length || memcmp(train->stages.id[i], key, length) != 0))
        i++;
    return i;
}

/* Outlets in order: product, the joint reject where there is one, then the stages that reject apart. */
static void number_outlets(park_train *train)
{
    train->joint = false;
    for (size_t i = 0; i < train->stages.count; i++)
        train->joint = train->joint || (!train->apart[i] && stage_of(train, i)->recovery < 1.0);
    size_t next = train->joint ? PARK_TREATMENT_REJECT + 1 : PARK_TREATMENT_REJECT;
    for (size_t i = 0; i < train->stages.count; i++)
        train->reject[i] = stage_of(train, i)->recovery >= 1.0 ? PARK_TREATMENT_PRODUCT
                           : train->apart[i]                   ? next++
                                                               : PARK_TREATMENT_REJECT;
}

/* "MMF.backwash": the outlet's id within the train. */
static const char *side_id(park_draft *draft, const park_train *train, size_t stage)
{
    return park_arena_printf(draft->arena, "%s.%s", train->stages.id[stage],
                             PARK_REJECT_WORDS[stage_of(train, stage)->reject_as]);
}

static park_status lead_side(park_draft *draft, int32_t unit, size_t stage, const char *to, const char *path,
                             park_findings *findings, park_error *err)
{
    const park_train *train = draft->unit[unit].params;
    int32_t           taker = park_model_unit(draft, to);
    if (taker < 0 || draft->unit[taker].role == PARK_SOURCE) {
        park_finding_add(
            findings, PARK_E0401, PARK_ERROR, path,
            "side_streams leads the reject of %s to '%s', which is no unit that can receive water",
            "side_streams 把 %s 的排水引向“%s”，它不是可以接纳水的单元", train->stages.id[stage], to);
        return PARK_OK;
    }
    const char *id   = side_id(draft, train, stage),
               *from = id == NULL ? NULL : park_arena_printf(draft->arena, "%s.%s", draft->unit[unit].id, id);
    if (from == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", draft->unit[unit].id);
    return park_draft_free_connection(draft, from, to, err);
}

static bool stage_follows(const park_train *train, size_t i)
{
    int32_t law = park_treatment_law(stage_of(train, i));
    return law != PARK_MECHANISM_STATED && law != PARK_MECHANISM_KEPT;
}

static bool follows_any(const park_train *train)
{
    for (size_t i = 0; i < train->stages.count; i++)
        if (stage_follows(train, i))
            return true;
    return false;
}

static bool states_any(const park_train *train)
{
    for (size_t i = 0; i < train->stages.count; i++)
        if (stage_of(train, i)->states != PARK_STATES_NONE)
            return true;
    return false;
}

static void read_stage(park_draft *draft, const park_treatment *stage)
{
    for (size_t c = 0; c < draft->constituents; c++)
        draft->constituent[c].read =
            draft->constituent[c].read || !isnan(stage->removal[c]) || !isnan(stage->rejection[c]);
}

/* What a membrane or a law does depends on its water; here it stands at stated values, or at a plan's feed. */
static park_status note_mechanisms(park_draft *draft, park_train *train, const char *id, park_error *err)
{
    park_text list;
    bool      by_law = follows_any(train);
    park_text_init(&list, draft->arena);
    for (size_t i = 0; i < train->stages.count; i++)
        if (by_law ? stage_follows(train, i)
                   : stage_of(train, i)->states != PARK_STATES_NONE ||
                         park_treatment_is_membrane(stage_of(train, i), draft->constituents))
            park_text_printf(&list, "%s%s", list.length > 0 ? ", " : "", train->stages.id[i]);
    if (list.length == 0)
        return PARK_OK;
    return park_treatment_outside(draft, id, park_text_done(&list), by_law, &train->whole.outside, err);
}

static park_status complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err)
{
    park_unit_info *info  = &draft->unit[unit];
    park_train     *train = park_array(draft->arena, 1, sizeof *train);
    if (train == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", info->id);
    *train        = *(const park_train *)info->params;
    train->apart  = PARK_ARRAY(draft->arena, train->stages.count, bool);
    train->reject = PARK_ARRAY(draft->arena, train->stages.count, size_t);
    info->params  = train;
    if (train->apart == NULL || train->reject == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", info->id);
    if (train->stages.count == 0)
        park_finding_add(findings, PARK_E0511, PARK_ERROR, path, "the train %s has no stages",
                         "%s 没有任何处理级", info->id);
    for (size_t i = 0; i < train->stages.count; i++) {
        park_treatment_check(draft, stage_of(train, i), path, train->stages.id[i], findings);
        park_treatment_check_states(draft, stage_of(train, i), path, train->stages.id[i], findings);
        park_mechanism_check(draft, stage_of(train, i), path, train->stages.id[i], findings);
        read_stage(draft, stage_of(train, i));
    }
    for (size_t s = 0; s < train->side_streams.count; s++) {
        size_t stage = stage_named(train, train->side_streams.key[s]);
        if (stage == train->stages.count) {
            park_finding_add(findings, PARK_E0401, PARK_ERROR, path,
                             "side_streams names '%s', but the train %s has no such stage",
                             "side_streams 中的“%s”不是 %s 的处理级", train->side_streams.key[s], info->id);
        } else if (stage_of(train, stage)->recovery < 1.0) {
            train->apart[stage] = true;
            PARK_TRY(lead_side(draft, unit, stage, train->side_streams.value[s].text, path, findings, err));
        }
    }
    number_outlets(train);
    return note_mechanisms(draft, train, info->id, err);
}

static park_status shape(park_draft *draft, int32_t unit, park_error *err)
{
    const park_train *train = draft->unit[unit].params;
    PARK_TRY(park_draft_outlet(draft, unit, (park_outlet_info){.id = "", .role = PARK_OUT_PRODUCT}, err));
    if (train->joint)
        PARK_TRY(
            park_draft_outlet(draft, unit, (park_outlet_info){.id = "reject", .role = PARK_OUT_REJECT}, err));
    for (size_t i = 0; i < train->stages.count; i++) {
        if (!train->apart[i])
            continue;
        const char *id = side_id(draft, train, i);
        if (id == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", draft->unit[unit].id);
        PARK_TRY(park_draft_outlet(draft, unit,
                                   (park_outlet_info){.id   = id,
                                                      .role = park_treatment_reject_role(stage_of(train, i)),
                                                      .reserved = true},
                                   err));
    }
    return park_draft_inlet(draft, unit, "", train->whole.inlet, train->whole.accepts, err);
}

/* ---- both faces --------------------------------------------------------------------------------------------------------- */

/* What a stage does: at its operating point, or as stated. */
typedef struct stage_now {
    double                  recovery, opex, chemicals, energy, carbon;
    const park_stage_point *point; /* NULL: as stated */
} stage_now;

static stage_now now_of(const park_train *train, const park_point *point, size_t i)
{
    const park_treatment *stage = stage_of(train, i);
    if (point == NULL)
        return (stage_now){stage->recovery, stage->opex,   stage->chemicals,
                           stage->energy,   stage->carbon, NULL};
    const park_stage_point *p = &point->stage[i];
    return (stage_now){p->recovery, p->opex, p->chemicals, p->energy, p->carbon, p};
}

/* Water along the train, (U46). */
static void pass_water(const park_train *train, const park_point *point, park_map *map)
{
    double left = 1.0;
    for (size_t i = 0; i < train->stages.count; i++) {
        double recovery = now_of(train, point, i).recovery;
        if (train->reject[i] != PARK_TREATMENT_PRODUCT)
            map->outlet[train->reject[i]].alpha += left * (1.0 - recovery);
        left *= recovery;
    }
    map->outlet[PARK_TREATMENT_PRODUCT].alpha = left;
}

/* One constituent along the train, (U47): `left` of what came in, `held` of what reagents brought per inlet volume. */
static void pass_mass(const park_model *model, const park_train *train, const park_point *point, size_t c,
                      park_map *map)
{
    double left = 1.0, held = 0.0, water = 1.0;
    for (size_t i = 0; i < train->stages.count; i++) {
        const park_stage_point *p = now_of(train, point, i).point;
        double                  product, reject, adds = 0.0, side = 0.0;
        if (p == NULL) {
            park_treatment_shares(model, stage_of(train, i), c, &product, &reject);
        } else {
            product = p->product[c], reject = p->reject[c];
            adds = water * p->product_adds[c], side = water * p->reject_adds[c];
            map->add_per_flow[c] += water * p->brings[c];
        }
        if (train->reject[i] != PARK_TREATMENT_PRODUCT) {
            map->outlet[train->reject[i]].share[c] += left * reject;
            map->outlet[train->reject[i]].per_flow[c] += held * reject + side;
        }
        held = held * product + adds;
        left *= product;
        water *= now_of(train, point, i).recovery;
    }
    map->outlet[PARK_TREATMENT_PRODUCT].share[c]    = left;
    map->outlet[PARK_TREATMENT_PRODUCT].per_flow[c] = held;
}

/* Capacity at which the stages' capital laws are put together: what the train is built for, else 10 000 m3/d. */
static double reference_size(const park_range *capacity)
{
    if (isnan(capacity->max) || isinf(capacity->max))
        return 10000.0 / 86400.0;
    return isnan(capacity->min) || capacity->min <= 0.0 ? capacity->max : sqrt(capacity->min * capacity->max);
}

/* One power law with the value and the slope of the stages' sum at the reference, (U48). */
static park_capex joint_capex(const park_train *train)
{
    park_capex joint = {NAN, reference_size(&train->whole.capacity), 1.0, 0.0};
    double     flow = joint.reference, sum = 0.0, slope = 0.0;
    bool       given = false;
    for (size_t i = 0; i < train->stages.count; i++) {
        const park_treatment *stage = stage_of(train, i);
        if (park_capex_given(&stage->capex)) {
            given = true;
            joint.fixed += stage->capex.fixed;
        }
        if (!isnan(stage->capex.scale)) {
            double part = stage->capex.scale * pow(flow / stage->capex.reference, stage->capex.exponent);
            sum += part;
            slope += part * stage->capex.exponent;
        }
        flow *= stage->recovery;
    }
    if (given) {
        joint.scale    = sum;
        joint.exponent = sum > 0.0 ? slope / sum : 1.0;
    }
    return joint;
}

/* What the stages cost per volume of the train's inlet; what the train states itself overrules it. */
static park_treatment summed(const park_train *train, const park_point *point)
{
    park_treatment whole = train->whole;
    double         left = 1.0, opex = 0.0, chemicals = 0.0, energy = 0.0, carbon = 0.0, holding = 0.0;
    for (size_t i = 0; i < train->stages.count; i++) {
        stage_now stage = now_of(train, point, i);
        opex += left * stage.opex;
        chemicals += left * stage.chemicals;
        energy += left * stage.energy;
        carbon += left * stage.carbon;
        holding += left * stage_of(train, i)->holding;
        left *= stage.recovery;
    }
    whole.chemicals = isnan(whole.opex) ? chemicals : 0.0;
    whole.opex      = isnan(whole.opex) ? opex : whole.opex;
    whole.energy    = isnan(whole.energy) ? energy : whole.energy;
    whole.carbon    = carbon;
    whole.holding   = holding;
    if (!park_capex_given(&whole.capex))
        whole.capex = joint_capex(train);
    return whole;
}

/* What getting rid of sludge, salt and brine costs per volume of the train's inlet; nothing where the train states its cost. */
static double residues(const park_train *train, const park_point *point)
{
    double left = 1.0, sum = 0.0;
    for (size_t i = 0; point != NULL && isnan(train->whole.opex) && i < train->stages.count; i++) {
        sum += left * point->stage[i].residues;
        left *= point->stage[i].recovery;
    }
    return sum;
}

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_train *train = park_when_unit(when)->params;
    const park_point *point = park_when_point(when);
    park_treatment    whole = summed(train, point);
    (void)err;
    park_treatment_frame(&whole, park_when_unit(when), map);
    map->residues_in   = residues(train, point);
    map->outside_proof = park_when_says(when, train->whole.outside);
    for (size_t k = 0; k < map->outlets; k++)
        map->outlet[k].quality = PARK_QUALITY_SHARE;
    pass_water(train, point, map);
    for (size_t c = 0; c < map->constituents; c++)
        pass_mass(when->model, train, point, c, map);
    return PARK_OK;
}

PARK_FACES(fill)

static double volume(const park_model *model, int32_t unit, double design_flow)
{
    return summed(model->unit[unit].params, NULL).holding * design_flow;
}

static bool follows(const park_model *model, int32_t unit)
{
    return follows_any(model->unit[unit].params);
}

/* Every stage at the product of the one before it. */
static park_status refresh(const park_model *model, int32_t unit, int32_t season, const park_feed *feed,
                           park_arena *arena, park_point **result, park_error *err)
{
    const park_train *train  = model->unit[unit].params;
    size_t            C      = model->constituents;
    double           *conc   = PARK_ARRAY(arena, C, double);
    park_point       *point  = park_point_new(arena, feed, train->stages.count, C);
    park_feed         here   = *feed;
    double            design = park_treatment_design(model, unit, &train->whole, feed->flow);
    (void)season;
    if (conc == NULL || point == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for an operating point");
    memcpy(conc, feed->conc, C * sizeof *conc);
    here.conc = conc;
    for (size_t i = 0; i < train->stages.count; i++) {
        park_stage_point   *p  = &point->stage[i];
        park_mechanism_case at = {model, stage_of(train, i), &here, unit, design};
        const char         *binds;
        PARK_TRY(park_mechanism_apply(&at, p, &binds, err));
        if (binds[0] != '\0')
            point->binds = binds;
        for (size_t c = 0; c < C; c++)
            conc[c] = (p->product[c] * conc[c] + p->product_adds[c]) / p->recovery;
        here.flow *= p->recovery;
        design *= p->recovery;
    }
    *result = point;
    return PARK_OK;
}

/* ---- in time ------------------------------------------------------------------------------------------------------------ */

/* (U98) */
static park_status lay(const park_model *model, int32_t unit, const void *params, double design_flow,
                       park_arena *arena, park_states *states, park_error *err)
{
    const park_train *train = params;
    park_chain_stage *stage = PARK_ARRAY(arena, train->stages.count, park_chain_stage);
    if (stage == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the stages of %s", model->unit[unit].id);
    for (size_t i = 0; i < train->stages.count; i++)
        stage[i] = (park_chain_stage){.id     = train->stages.id[i],
                                      .params = stage_of(train, i),
                                      .face   = park_treatment_states_face(stage_of(train, i)),
                                      .energy = stage_of(train, i)->energy,
                                      .outlet = train->reject[i]};
    return park_chain_lay(model, unit, stage, train->stages.count, train->whole.energy,
                          park_treatment_design(model, unit, &train->whole, design_flow), arena, states, err);
}

static const park_states_face STATES = PARK_CHAIN_FACE(lay);

static const park_states_face *states_of(const park_model *model, int32_t unit)
{
    return states_any(model->unit[unit].params) ? &STATES : NULL;
}

static const park_time_face TIME = {.volume = volume, .at = at, .states = states_of};

const park_unit_kind PARK_KIND_TRAIN = {
    .word        = "train",
    .role        = PARK_TREATMENT,
    .label       = {"组合处理流程", "treatment train"},
    .fields      = FIELDS,
    .params_size = sizeof(park_train),
    .complete    = complete,
    .shape       = shape,
    .average     = average,
    .follows     = follows,
    .refresh     = refresh,
    .time        = &TIME,
};
