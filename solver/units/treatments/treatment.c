#include "units/treatments/treatment.h"

#include "units/treatments/film_filter.h"

#include <string.h>

const char *const PARK_REJECT_WORDS[] = {"reject", "backwash", "sludge", NULL};

const char *const PARK_STATES_WORDS[] = {"none",        "asm1",     "filter",   "anaerobic", "film",
                                         "film_filter", "membrane", "exchange", NULL};

const park_field PARK_TREATMENT_FIELDS[] = {
    PARK_TREATMENT_STAGE_ROWS(park_treatment, ),
    PARK_TREATMENT_FRAME_ROWS(park_treatment, ),
    PARK_FIELD(
        park_treatment, states, CHOICE, .choices = PARK_STATES_WORDS, .choice = PARK_STATES_NONE,
        .en =
            "behaviour in time: `none` as on average, `asm1` activated sludge, `filter` clogs and is washed, "
            "`anaerobic` acids and methane, `film` organisms on carriers, `film_filter` on a bed that is "
            "washed, `membrane` fouls and is cleaned, `exchange` is loaded and regenerated",
        .zh      = "随时间的行为：none 与平均值相同，asm1 活性污泥，filter 堵塞与反洗，anaerobic 厌氧产甲烷，film "
                   "生物膜，film_filter 曝气生物滤池，membrane 膜污染与清洗，exchange 离子交换与再生",
        .example = "asm1"),
    PARK_FIELD(park_treatment, sludge, RECORD, .record = PARK_SLUDGE_FIELDS,
               .en = "the plant of `states: asm1`", .zh = "states: asm1 的构筑物与参数",
               .example = "{age: 15 d, oxygen: 2 mg/L}"),
    PARK_FIELD(park_treatment, filter, RECORD, .record = PARK_FILTER_FIELDS,
               .en = "the filter of `states: filter`", .zh = "states: filter 的过滤与反洗参数",
               .example = "{run: 24 h, wash_time: 15 min}"),
    PARK_FIELD(park_treatment, anaerobic, RECORD, .record = PARK_ANAEROBIC_FIELDS,
               .en = "the reactor of `states: anaerobic`", .zh = "states: anaerobic 的反应器参数",
               .example = "{retention: 10 h, age: 60 d}"),
    PARK_FIELD(park_treatment, film, RECORD, .record = PARK_FILM_FIELDS,
               .en = "the film of `states: film` and `film_filter`",
               .zh = "states: film、film_filter 的生物膜参数", .example = "{area: 700, oxygen: 4 mg/L}"),
    PARK_FIELDS_END};

/* ---- one stage
 * ------------------------------------------------------------------------------------------------------ */

static bool destroys(const park_treatment *stage, const char *constituent)
{
    for (size_t i = 0; i < stage->destroyed.count; i++)
        if (strcmp(stage->destroyed.item[i], constituent) == 0)
            return true;
    return false;
}

void park_treatment_shares(const park_model *model, const park_treatment *stage, size_t c, double *product,
                           double *reject)
{
    double recovery = stage->recovery, removal = stage->removal[c], rejection = stage->rejection[c];
    double total = 1.0;      /* of the mass that entered, and more where it is released */
    *product     = recovery; /* unlisted: product and reject are as the inlet, (U41) */
    if (!isnan(rejection)) {
        *product = recovery * (1.0 - rejection); /* (U42) */
    } else if (!isnan(removal) && removal >= 0.0) {
        *product = fmin(1.0 - removal, recovery); /* water carries at least its share out, (U43) */
    } else if (!isnan(removal)) {
        total    = 1.0 - removal; /* released, spread over both outlets, (U44) */
        *product = total * recovery;
    }
    bool gone = destroys(stage, model->constituent[c].id) && *product < total;
    *reject   = recovery < 1.0 && !gone ? fmax(0.0, total - *product) : 0.0;
}

park_outlet_role park_treatment_reject_role(const park_treatment *stage)
{
    return stage->reject_as == PARK_REJECT_BACKWASH ? PARK_OUT_BACKWASH
           : stage->reject_as == PARK_REJECT_SLUDGE ? PARK_OUT_SLUDGE
                                                    : PARK_OUT_REJECT;
}

bool park_capex_given(const park_capex *capex)
{
    return !isnan(capex->scale) || capex->fixed > 0.0;
}

void park_treatment_frame(const park_treatment *treatment, const park_unit_info *unit, park_map *map)
{
    const park_range *capacity = &treatment->capacity;
    bool              limited  = !isnan(capacity->max);
    map->existing              = unit->existing || !park_capex_given(&treatment->capex);
    map->sized                 = limited || !map->existing;
    map->size_min              = isnan(capacity->min) ? 0.0 : capacity->min;
    map->size_max              = limited ? capacity->max : INFINITY;
    map->size_step             = isnan(capacity->step) ? 0.0 : capacity->step;
    map->turndown              = treatment->turndown;
    map->capex                 = treatment->capex;
    map->life                  = treatment->life;
    map->opex_in               = treatment->opex + treatment->chemicals;
    map->chemicals_in          = treatment->chemicals;
    map->fixed_opex            = treatment->fixed_opex;
    map->energy_in             = treatment->energy;
    map->carbon_in             = treatment->carbon;
    map->outside_proof         = treatment->outside;
    map->in_hi[0]              = map->size_max;
    for (size_t c = 0; c < map->constituents; c++)
        if (!isnan(treatment->outlet[c]))
            map->outlet[PARK_TREATMENT_PRODUCT].limit[c] = treatment->outlet[c];
}

bool park_treatment_is_membrane(const park_treatment *stage, size_t constituents)
{
    for (size_t c = 0; c < constituents; c++)
        if (!isnan(stage->rejection[c]))
            return stage->recovery < 1.0;
    return false;
}

void park_treatment_check(park_draft *draft, const park_treatment *stage, const char *path, const char *id,
                          park_findings *findings)
{
    for (size_t c = 0; c < draft->constituents; c++)
        if (!isnan(stage->removal[c]) && !isnan(stage->rejection[c]))
            park_finding_add(findings, PARK_E0511, PARK_ERROR, path,
                             "%s states both removal and rejection of %s; removal is by mass, rejection by "
                             "concentration: keep one",
                             "%s 对 %s 同时给出 removal 和 rejection；前者按质量、后者按浓度，请保留一个", id,
                             draft->constituent[c].id);
}

/* ---- the kind
 * -----------------------------------------------------------------------------------------------------------
 */

/* What time decides, the proof cannot know. */
static park_status note_states(park_draft *draft, park_unit_info *info, park_error *err)
{
    park_treatment *treatment = PARK_NEW(draft->arena, park_treatment);
    if (treatment == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", info->id);
    *treatment        = *(const park_treatment *)info->params;
    info->params      = treatment;
    const char *model = PARK_STATES_WORDS[treatment->states];
    if (treatment->mechanism.kind == PARK_MECHANISM_STATED && treatment->states != PARK_STATES_FILTER)
        return park_treatment_outside(draft, info->id, model, true, &treatment->outside, err);
    treatment->outside = (park_label){
        park_arena_printf(draft->arena, "%s：优化取目录的产水率与去除率，模拟按 %s 状态", info->id, model),
        park_arena_printf(draft->arena,
                          "%s: planned with the stated recovery and removal, simulated by its states, %s",
                          info->id, model)};
    return treatment->outside.zh == NULL || treatment->outside.en == NULL
               ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", info->id)
               : PARK_OK;
}

park_status park_treatment_complete(park_draft *draft, int32_t unit, const char *path,
                                    park_findings *findings, park_error *err)
{
    park_unit_info       *info      = &draft->unit[unit];
    const park_treatment *treatment = info->params;
    park_treatment_check(draft, treatment, path, info->id, findings);
    park_mechanism_check(draft, treatment, path, info->id, findings);
    if (treatment->states == PARK_STATES_NONE)
        return PARK_OK;
    park_treatment_check_states(draft, treatment, path, info->id, findings);
    return note_states(draft, info, err);
}

void park_treatment_check_states(park_draft *draft, const park_treatment *stage, const char *path,
                                 const char *id, park_findings *findings)
{
    bool filters = stage->states == PARK_STATES_FILTER || stage->states == PARK_STATES_FILM_FILTER;
    if (stage->states == PARK_STATES_ASM1)
        park_sludge_words_check(draft, &stage->sludge, stage->recovery, path, id, findings);
    else if (stage->states >= PARK_STATES_ANAEROBIC && stage->states <= PARK_STATES_FILM_FILTER)
        park_culture_check(draft, stage, path, id, findings);
    if (stage->states == PARK_STATES_MEMBRANE || stage->states == PARK_STATES_EXCHANGE)
        park_rejecting_check(stage, path, id, findings);
    if (filters)
        park_filter_words_check(&stage->filter, stage->recovery, path, id, findings);
}

int32_t park_treatment_law(const park_treatment *stage)
{
    static const int32_t IMPLIED[] = {[PARK_STATES_ASM1]        = PARK_MECHANISM_STATES,
                                      [PARK_STATES_ANAEROBIC]   = PARK_MECHANISM_STATES,
                                      [PARK_STATES_FILM]        = PARK_MECHANISM_STATES,
                                      [PARK_STATES_FILM_FILTER] = PARK_MECHANISM_STATES,
                                      [PARK_STATES_MEMBRANE]    = PARK_MECHANISM_SOLUTION_DIFFUSION,
                                      [PARK_STATES_EXCHANGE]    = PARK_MECHANISM_ION_EXCHANGE};
    return stage->mechanism.kind == PARK_MECHANISM_STATED ? IMPLIED[stage->states] : stage->mechanism.kind;
}

const park_states_face *park_treatment_states_face(const park_treatment *stage)
{
    static const park_states_face *const FACES[] = {[PARK_STATES_ASM1]        = &PARK_SLUDGE_STATES,
                                                    [PARK_STATES_FILTER]      = &PARK_FILTER_STATES,
                                                    [PARK_STATES_ANAEROBIC]   = &PARK_ANAEROBIC_STATES,
                                                    [PARK_STATES_FILM]        = &PARK_FILM_STATES,
                                                    [PARK_STATES_FILM_FILTER] = &PARK_FILM_FILTER_STATES,
                                                    [PARK_STATES_MEMBRANE]    = &PARK_MEMBRANE_STATES,
                                                    [PARK_STATES_EXCHANGE]    = &PARK_EXCHANGE_STATES};
    return FACES[stage->states];
}

double park_treatment_design(const park_model *model, int32_t unit, const park_treatment *stage,
                             double design_flow)
{
    bool built = model->unit[unit].existing && isfinite(stage->capacity.max) && stage->capacity.max > 0.0;
    return built ? stage->capacity.max : design_flow;
}

park_status park_treatment_outside(park_draft *draft, const char *id, const char *stages, bool by_law,
                                   park_label *outside, park_error *err)
{
    const char *of = stages != NULL ? stages : "";
    *outside       = (park_label){
              park_arena_printf(draft->arena,
                          by_law ? "%s：%s 按机理模型，尚未在规划进水处线性化，取给定值"
                                       : "%s：%s 的回收率与截留率取给定值，不随水质变化",
                                id, stages != NULL ? of : "膜"),
              park_arena_printf(draft->arena,
                          by_law
                                    ? "%s: the law of %s stands at stated values until a plan brings it water"
                                    : "%s: recovery and rejection of %s held at stated values, whatever its water",
                                id, stages != NULL ? of : "the membrane")};
    return outside->zh == NULL || outside->en == NULL
               ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", id)
               : PARK_OK;
}

bool park_treatment_follows(const park_model *model, int32_t unit)
{
    int32_t law = park_treatment_law(model->unit[unit].params);
    return law != PARK_MECHANISM_STATED && law != PARK_MECHANISM_KEPT;
}

park_status park_treatment_refresh(const park_model *model, int32_t unit, int32_t season,
                                   const park_feed *feed, park_arena *arena, park_point **point,
                                   park_error *err)
{
    const park_treatment     *stage = model->unit[unit].params;
    const park_mechanism_case at    = {model, stage, feed, unit,
                                       park_treatment_design(model, unit, stage, feed->flow)};
    (void)season;
    if ((*point = park_point_new(arena, feed, 1, model->constituents)) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for an operating point");
    return park_mechanism_apply(&at, (*point)->stage, &(*point)->binds, err);
}

void park_treatment_pay(const park_stage_point *point, park_map *map)
{
    map->opex_in      = point->opex + point->chemicals;
    map->chemicals_in = point->chemicals;
    map->residues_in  = point->residues;
    map->energy_in    = point->energy;
    map->carbon_in    = point->carbon;
}

/* Sludge is dewatered and carted off, unless a connection leads it somewhere. */
park_status park_treatment_shape(park_draft *draft, int32_t unit, park_error *err)
{
    const park_treatment *treatment = draft->unit[unit].params;
    park_outlet_info      reject    = {.id   = PARK_REJECT_WORDS[treatment->reject_as],
                                       .role = park_treatment_reject_role(treatment)};
    PARK_TRY(park_draft_outlet(draft, unit, (park_outlet_info){.id = "", .role = PARK_OUT_PRODUCT}, err));
    if (treatment->recovery >= 1.0)
        return PARK_OK;
    reject.exits = treatment->reject_as == PARK_REJECT_SLUDGE && !park_draft_leads(draft, unit, "sludge") &&
                   !park_draft_leads(draft, unit, "reject");
    return park_draft_outlet(draft, unit, reject, err);
}

/* The stated map, (U40)-(U45). */
static void fill_stated(const park_when *when, const park_treatment *treatment, park_map *map)
{
    for (size_t k = 0; k < map->outlets; k++)
        map->outlet[k].alpha =
            k == PARK_TREATMENT_PRODUCT ? treatment->recovery : 1.0 - treatment->recovery; /* (U40) */
    for (size_t c = 0; c < map->constituents; c++) {
        double product, reject;
        park_treatment_shares(when->model, treatment, c, &product, &reject);
        map->outlet[PARK_TREATMENT_PRODUCT].share[c] = product;
        if (map->outlets > PARK_TREATMENT_REJECT)
            map->outlet[PARK_TREATMENT_REJECT].share[c] = reject;
    }
}

/* The map of a law at its operating point, (U38). */
static void fill_point(const park_stage_point *point, park_map *map)
{
    park_map_outlet *product = &map->outlet[PARK_TREATMENT_PRODUCT],
                    *reject =
                        map->outlets > PARK_TREATMENT_REJECT ? &map->outlet[PARK_TREATMENT_REJECT] : NULL;
    product->alpha = point->recovery;
    if (reject != NULL)
        reject->alpha = 1.0 - point->recovery;
    for (size_t c = 0; c < map->constituents; c++) {
        map->add_per_flow[c] = point->brings[c];
        product->share[c] = point->product[c], product->per_flow[c] = point->product_adds[c];
        if (reject != NULL)
            reject->share[c] = point->reject[c], reject->per_flow[c] = point->reject_adds[c];
    }
    park_treatment_pay(point, map);
}

static park_status fill(const park_when *when, park_map *map, park_error *err)
{
    const park_treatment *treatment = park_when_unit(when)->params;
    const park_point     *point     = park_when_point(when);
    (void)err;
    park_treatment_frame(treatment, park_when_unit(when), map);
    map->outside_proof = park_when_says(when, treatment->outside);
    for (size_t k = 0; k < map->outlets; k++)
        map->outlet[k].quality = PARK_QUALITY_SHARE;
    if (point != NULL)
        fill_point(point->stage, map);
    else
        fill_stated(when, treatment, map);
    return PARK_OK;
}

PARK_FACES(fill)

park_status park_treatment_average(const park_model *model, int32_t unit, int32_t season, park_map *map,
                                   park_error *err)
{
    return average(model, unit, season, map, err);
}

static double volume(const park_model *model, int32_t unit, double design_flow)
{
    const park_treatment *treatment = model->unit[unit].params;
    return treatment->holding * design_flow;
}

static const park_states_face *states_of(const park_model *model, int32_t unit)
{
    return park_treatment_states_face(model->unit[unit].params);
}

const park_time_face PARK_TREATMENT_TIME = {.volume = volume, .at = at, .states = states_of};
