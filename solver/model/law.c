/*
 * law.c - what may not be connected although somebody could lay the pipe.   Looks down on: base.
 *
 * Dilution: source water that nobody has used may reach users, supply treatment and storages, but no waste
 * treatment and no discharge, nor through a storage. Origins: a set of origins spreads from sources and users
 * along the pairs; an inlet that refuses an origin cuts the pairs that may bring it. Spreading stops at a
 * refusing inlet, so the sets are the least fixed point of a rising operator and do not depend on any order.
 */
#include "model/freeze.h"

static uint32_t bit(park_origin origin)
{
    return (uint32_t)1 << origin;
}

static const park_unit_info *donor(const park_model *model, const park_pair *pair)
{
    return &model->unit[model->outlet[pair->outlet].unit];
}

static int32_t pair_unit(const park_model *model, const park_pair *pair)
{
    return model->outlet[pair->outlet].unit;
}

static const park_unit_info *taker(const park_model *model, const park_pair *pair)
{
    return &model->unit[model->inlet[pair->inlet].unit];
}

/* ---- duty of treatments: supply or waste
 * -------------------------------------------------------------------- */

static bool may_feed_supply(const park_model *model, const park_pair *pair, const bool *fresh)
{
    const park_outlet_info *outlet = &model->outlet[pair->outlet];
    return outlet->role == PARK_OUT_PRODUCT && fresh[outlet->unit];
}

/* A treatment whose duty is not written is a supply treatment when all that may enter it is unused water; a
 * storage likewise holds fresh water only. Greatest set: assume fresh, strike out what a used donor reaches.
 */
static park_status find_duties(park_draft *draft, const park_pairs *pairs, park_error *err)
{
    bool *fresh = PARK_ARRAY(draft->arena, draft->units, bool),
         *fed   = PARK_ARRAY(draft->arena, draft->units, bool);
    if (fresh == NULL || fed == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for connections");
    for (size_t u = 0; u < draft->units; u++) {
        const park_unit_info *unit = &draft->unit[u];
        fresh[u]                   = unit->role == PARK_SOURCE ? unit->unused
                                                               : unit->role == PARK_STORAGE || (unit->role == PARK_TREATMENT &&
                                                                              unit->duty != PARK_DUTY_WASTE);
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t p = 0; p < pairs->count; p++) {
            int32_t u = draft->inlet[pairs->item[p].inlet].unit;
            fed[u]    = true;
            if (fresh[u] && draft->unit[u].duty != PARK_DUTY_SUPPLY &&
                !may_feed_supply(draft, &pairs->item[p], fresh)) {
                fresh[u] = false;
                moved    = true;
            }
        }
    }
    for (size_t u = 0; u < draft->units; u++)
        if (draft->unit[u].role == PARK_TREATMENT && draft->unit[u].duty != PARK_DUTY_SUPPLY &&
            draft->unit[u].duty != PARK_DUTY_WASTE)
            draft->unit[u].duty = fresh[u] && fed[u] ? PARK_DUTY_SUPPLY : PARK_DUTY_WASTE;
    return PARK_OK;
}

/* ---- unused water
 * --------------------------------------------------------------------------------------------- */

/* Users, sinks and waste treatments end its way; sources, supply treatments and storages pass it on. A storage's
 * overflow is storm water that ran over: no plan can count on it (its flow is bounded by the rain that falls in). */
static void spread_unused(park_draft *draft, const park_pairs *pairs)
{
    for (size_t k = 0; k < draft->outlets; k++) {
        const park_unit_info *unit = &draft->unit[draft->outlet[k].unit];
        draft->outlet[k].unused =
            draft->outlet[k].role == PARK_OUT_PRODUCT && unit->role == PARK_SOURCE && unit->unused;
        if (draft->outlet[k].role == PARK_OUT_PRODUCT && unit->role == PARK_TREATMENT)
            draft->outlet[k].unused = unit->duty == PARK_DUTY_SUPPLY;
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t p = 0; p < pairs->count; p++) {
            const park_unit_info *into = taker(draft, &pairs->item[p]);
            if (pairs->item[p].dropped || !draft->outlet[pairs->item[p].outlet].unused ||
                into->role != PARK_STORAGE)
                continue;
            for (size_t k = into->first_outlet; k < into->first_outlet + into->outlets; k++)
                if (!draft->outlet[k].unused && draft->outlet[k].role == PARK_OUT_PRODUCT) {
                    draft->outlet[k].unused = true;
                    moved                   = true;
                }
        }
    }
}

static bool ends_as_discharge(const park_unit_info *unit)
{
    return unit->role == PARK_SINK || (unit->role == PARK_TREATMENT && unit->duty == PARK_DUTY_WASTE);
}

static void forbid_dilution(park_draft *draft, park_pairs *pairs, park_findings *findings)
{
    for (size_t p = 0; p < pairs->count; p++) {
        park_pair *pair = &pairs->item[p];
        char       path[PARK_END_SIZE];
        if (pair->dropped || !draft->outlet[pair->outlet].unused || !ends_as_discharge(taker(draft, pair)))
            continue;
        pair->dropped = true;
        if (pair->written)
            park_finding_add(findings, PARK_E0508, PARK_ERROR,
                             park_connection_path(draft, pair->connection, path),
                             "%s may carry source water that nobody has used; %s is a discharge or waste "
                             "treatment, and the law forbids dilution",
                             "%s 可能含有未经使用的水源水，而 %s 是排放口或污水处理单元，法规禁止稀释排放",
                             donor(draft, pair)->id, taker(draft, pair)->id);
    }
}

/* Does the pair bring water that somebody has used? `holds` [units]: storages that may hold such water. */
static bool brings_used(const park_model *model, const park_pair *pair, const bool *holds)
{
    const park_unit_info *from = donor(model, pair);
    return from->role == PARK_USER || (from->role == PARK_SOURCE && !from->unused) ||
           (from->role == PARK_TREATMENT && from->duty == PARK_DUTY_WASTE) ||
           (from->role == PARK_STORAGE && holds[pair_unit(model, pair)]);
}

/* Used water enters supply treatment only where somebody wrote so: there it would mix with clean water, and what is rejected
 * could not be told apart. `mixed` [units]: supply treatments that take some. */
static void keep_supply_clean(park_draft *draft, park_pairs *pairs, bool *holds, bool *mixed)
{
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t p = 0; p < pairs->count; p++) {
            int32_t into = draft->inlet[pairs->item[p].inlet].unit;
            if (!pairs->item[p].dropped && draft->unit[into].role == PARK_STORAGE && !holds[into] &&
                brings_used(draft, &pairs->item[p], holds))
                holds[into] = moved = true;
        }
    }
    for (size_t p = 0; p < pairs->count; p++) {
        park_pair            *pair = &pairs->item[p];
        const park_unit_info *into = taker(draft, pair);
        if (pair->dropped || into->role != PARK_TREATMENT || into->duty != PARK_DUTY_SUPPLY ||
            !brings_used(draft, pair, holds))
            continue;
        if (pair->written)
            mixed[draft->inlet[pair->inlet].unit] = true;
        else
            pair->dropped = true;
    }
}

/* ---- own use of supply treatments
 * -------------------------------------------------------------------- */

/* What a supply treatment rejects or washes out, and condensate, is hardly used: at a discharge it counts for nothing
 * (design/mass_rows.c), and it enters waste treatments and storages, where it could not be told apart any more, only where somebody wrote so. */
static void keep_own_use_apart(park_draft *draft, park_pairs *pairs, const bool *mixed)
{
    for (size_t k = 0; k < draft->outlets; k++) {
        const park_unit_info *unit = &draft->unit[draft->outlet[k].unit];
        bool                  own  = unit->role == PARK_TREATMENT && unit->duty == PARK_DUTY_SUPPLY &&
                   !mixed[draft->outlet[k].unit] && draft->outlet[k].role != PARK_OUT_PRODUCT;
        bool condensate = unit->role == PARK_USER && draft->outlet[k].role == PARK_OUT_CONDENSATE;
        draft->outlet[k].thins =
            condensate || (own && !draft->outlet[k].exits); /* condensate: once it is led */
    }
    for (size_t p = 0; p < pairs->count; p++) {
        park_pair            *pair = &pairs->item[p];
        const park_unit_info *into = taker(draft, pair);
        if (!pair->written && draft->outlet[pair->outlet].thins &&
            (into->role == PARK_STORAGE || (into->role == PARK_TREATMENT && into->duty == PARK_DUTY_WASTE)))
            pair->dropped = true;
    }
}

/* ---- origins
 * ------------------------------------------------------------------------------------------------------ */

static uint32_t refused(const park_inlet_info *inlet)
{
    uint32_t set = 0;
    for (int origin = 0; inlet->denies != NULL && origin <= PARK_ORIGIN_NONE; origin++)
        if (inlet->denies[origin])
            set |= bit((park_origin)origin);
    return set;
}

static void spread_origins(park_draft *draft, const park_pairs *pairs)
{
    for (size_t k = 0; k < draft->outlets; k++) {
        const park_unit_info *unit = &draft->unit[draft->outlet[k].unit];
        draft->outlet[k].origins   = unit->role == PARK_USER     ? bit(PARK_ORIGIN_WASTEWATER)
                                     : unit->role == PARK_SOURCE ? bit(unit->origin)
                                                                 : 0;
    }
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t p = 0; p < pairs->count; p++) {
            const park_unit_info *into = taker(draft, &pairs->item[p]);
            if (pairs->item[p].dropped || into->role == PARK_USER)
                continue;
            uint32_t brought =
                draft->outlet[pairs->item[p].outlet].origins & ~refused(&draft->inlet[pairs->item[p].inlet]);
            for (size_t k = into->first_outlet; k < into->first_outlet + into->outlets; k++)
                if ((draft->outlet[k].origins | brought) != draft->outlet[k].origins) {
                    draft->outlet[k].origins |= brought;
                    moved = true;
                }
        }
    }
}

static void cut_refused(park_draft *draft, park_pairs *pairs, park_findings *findings)
{
    for (size_t p = 0; p < pairs->count; p++) {
        park_pair *pair = &pairs->item[p];
        char       path[PARK_END_SIZE], from[PARK_END_SIZE], to[PARK_END_SIZE];
        if (pair->dropped || (draft->outlet[pair->outlet].origins & refused(&draft->inlet[pair->inlet])) == 0)
            continue;
        pair->dropped = true;
        if (pair->written && !draft->connection[pair->connection].free)
            park_finding_add(
                findings, PARK_E0509, PARK_ERROR, park_connection_path(draft, pair->connection, path),
                "%s may bring water of an origin that %s refuses (its grade's deny_origin, or the law on "
                "reclaimed water for food)",
                "%s 可能带来 %s 拒绝的来源的水（水质等级的 deny_origin，或食品用水不得使用再生水的规定）",
                park_outlet_text(draft, pair->outlet, from), park_inlet_text(draft, pair->inlet, to));
    }
}

park_status park_freeze_law(park_draft *draft, park_pairs *pairs, park_findings *findings, park_error *err)
{
    bool *holds = PARK_ARRAY(draft->arena, draft->units, bool),
         *mixed = PARK_ARRAY(draft->arena, draft->units, bool);
    if (holds == NULL || mixed == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for connections");
    PARK_TRY(find_duties(draft, pairs, err));
    keep_supply_clean(draft, pairs, holds, mixed);
    spread_unused(draft, pairs);
    if (draft->law.dilution_forbidden)
        keep_own_use_apart(draft, pairs, mixed);
    if (draft->law.dilution_forbidden)
        forbid_dilution(draft, pairs, findings);
    spread_origins(draft, pairs);
    cut_refused(draft, pairs, findings);
    return PARK_OK;
}
