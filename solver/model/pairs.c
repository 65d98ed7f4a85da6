/*
 * pairs.c - connections as written, and candidates, become pairs outlet -> inlet.   Looks down on: base.
 *
 * Named connections come first, then pairs with stars, then `candidates: all`; a pair that stands already is
 * not made again by a star. What `forbid`, `accepts` and `self` rule out is never made.
 */
#include "model/freeze.h"

#include <string.h>

static bool has_star(const char *text)
{
    return strchr(text, '*') != NULL;
}

/* Every name of an outlet: its own, its unit's bare id for a blowdown, "unit.reject" for what is rejected. */
static bool outlet_matches(const park_model *model, int32_t outlet, const char *pattern)
{
    char                    text[PARK_END_SIZE];
    const park_outlet_info *info = &model->outlet[outlet];
    if (park_text_matches(pattern, park_outlet_text(model, outlet, text)))
        return true;
    return !has_star(pattern)
               ? park_model_outlet(model, pattern) == outlet
               : info->role == PARK_OUT_BLOWDOWN && park_text_matches(pattern, model->unit[info->unit].id);
}

/* A unit's bare id means all its inlets. */
static bool inlet_matches(const park_model *model, int32_t inlet, const char *pattern)
{
    char text[PARK_END_SIZE];
    return park_text_matches(pattern, park_inlet_text(model, inlet, text)) ||
           park_text_matches(pattern, model->unit[model->inlet[inlet].unit].id);
}

static uint8_t *mark_of(const park_model *model, const park_pairs *pairs, int32_t outlet, int32_t inlet)
{
    return &pairs->mark[(size_t)outlet * model->inlets + (size_t)inlet];
}

/* Every pair that a `forbid` names, marked once: names are compared per end, not per pair. */
static park_status mark_forbidden(park_draft *draft, park_pairs *pairs, park_error *err)
{
    bool *from  = PARK_ARRAY(draft->arena, draft->outlets, bool),
         *to    = PARK_ARRAY(draft->arena, draft->inlets, bool);
    pairs->mark = PARK_ARRAY(draft->arena, draft->outlets * draft->inlets, uint8_t);
    if (from == NULL || to == NULL || pairs->mark == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for connections");
    for (size_t f = 0; f < draft->forbids; f++) {
        for (size_t k = 0; k < draft->outlets; k++)
            from[k] = outlet_matches(draft, (int32_t)k, draft->forbid[f].from);
        for (size_t i = 0; i < draft->inlets; i++)
            to[i] = inlet_matches(draft, (int32_t)i, draft->forbid[f].to);
        for (size_t k = 0; k < draft->outlets; k++)
            for (size_t i = 0; from[k] && i < draft->inlets; i++)
                if (to[i])
                    *mark_of(draft, pairs, (int32_t)k, (int32_t)i) |= PARK_PAIR_FORBIDDEN;
    }
    return PARK_OK;
}

static bool forbidden(const park_model *model, const park_pairs *pairs, int32_t outlet, int32_t inlet)
{
    return (*mark_of(model, pairs, outlet, inlet) & PARK_PAIR_FORBIDDEN) != 0;
}

static bool to_itself(const park_model *model, int32_t outlet, int32_t inlet)
{
    return model->outlet[outlet].unit == model->inlet[inlet].unit;
}

static park_status add(park_draft *draft, park_pairs *pairs, park_pair pair, park_error *err)
{
    if (!PARK_GROW(draft->arena, pairs->item, pairs->count, pairs->capacity))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for connections");
    pairs->item[pairs->count++] = pair;
    *mark_of(draft, pairs, pair.outlet, pair.inlet) |= PARK_PAIR_MADE;
    return PARK_OK;
}

/* ---- named connections
 * -------------------------------------------------------------------------------------- */

static void unknown_unit(const park_model *model, const char *path, const char *end, park_findings *findings)
{
    const char *like = park_unit_like(model, end);
    park_finding_add(findings, PARK_E0401, PARK_ERROR, path,
                     like == NULL ? "'%s' is no unit of this park"
                                  : "'%s' is no unit of this park; did you mean '%s'?",
                     like == NULL ? "本园区没有单元“%s”" : "本园区没有单元“%s”；是否指“%s”？", end, like);
}

static bool names_unit(const park_model *model, const char *end)
{
    size_t length = strcspn(end, ".");
    for (size_t u = 0; u < model->units; u++)
        if (strlen(model->unit[u].id) == length && memcmp(model->unit[u].id, end, length) == 0)
            return true;
    return false;
}

static int32_t find_outlet(const park_model *model, const char *path, const char *end,
                           park_findings *findings)
{
    int32_t outlet = park_model_outlet(model, end);
    if (outlet >= 0 && !model->outlet[outlet].exits)
        return outlet;
    if (outlet >= 0)
        park_finding_add(findings, PARK_E0403, PARK_ERROR, path,
                         "the water of %s leaves the park by itself; it cannot be led anywhere",
                         "%s 的水自行离开园区，不能接管", end);
    else if (!names_unit(model, end))
        unknown_unit(model, path, end, findings);
    else
        park_finding_add(findings, PARK_E0403, PARK_ERROR, path, "'%s' is no outlet that this unit has",
                         "该单元没有出口“%s”", end);
    return -1;
}

static int32_t find_inlet(const park_model *model, const char *path, const char *end, park_findings *findings)
{
    int32_t inlet = park_model_inlet(model, end);
    if (inlet >= 0)
        return inlet;
    if (!names_unit(model, end))
        unknown_unit(model, path, end, findings);
    else if (strchr(end, '.') == NULL && park_model_unit(model, end) >= 0 &&
             model->unit[park_model_unit(model, end)].inlets > 1)
        park_finding_add(findings, PARK_E0404, PARK_ERROR, path,
                         "%s draws several waters; say which, as %s.%s",
                         "%s 有多个进水口，请写明其一，如 %s.%s", end, end,
                         model->inlet[model->unit[park_model_unit(model, end)].first_inlet].id);
    else
        park_finding_add(findings, PARK_E0404, PARK_ERROR, path, "no water can enter at '%s'",
                         "“%s”处没有进水口", end);
    return -1;
}

/* Why a named pair may not be; NULL when it may. */
static park_status named(park_draft *draft, park_pairs *pairs, int32_t c, park_findings *findings,
                         park_error *err)
{
    const park_connection *connection = &draft->connection[c];
    char                   path[PARK_END_SIZE];
    park_connection_path(draft, c, path);
    int32_t outlet = find_outlet(draft, path, connection->from, findings);
    int32_t inlet  = find_inlet(draft, path, connection->to, findings);
    if (outlet < 0 || inlet < 0)
        return PARK_OK;
    if (forbidden(draft, pairs, outlet, inlet))
        park_finding_add(findings, PARK_E0405, PARK_ERROR, path,
                         "%s -> %s is written as a connection and forbidden by connections.forbid",
                         "%s -> %s 既写为连接，又被 connections.forbid 禁止", connection->from,
                         connection->to);
    else if (to_itself(draft, outlet, inlet) && !draft->self && !connection->free)
        park_finding_add(findings, PARK_E0406, PARK_ERROR, path,
                         "%s would feed itself; that needs connections: {self: true}",
                         "%s 将自我供水；须写 connections: {self: true}", connection->from);
    else if (!park_inlet_accepts(draft, inlet, outlet))
        park_finding_add(findings, PARK_E0405, PARK_ERROR, path,
                         "%s does not accept water from %s (see its `accepts`)",
                         "%s 不接受来自 %s 的水（见其 accepts）", connection->to, connection->from);
    else
        return add(draft, pairs, (park_pair){outlet, inlet, c, true, false}, err);
    return PARK_OK;
}

/* ---- stars
 * ------------------------------------------------------------------------------------------------------ */

static bool usable(const park_model *model, const park_pairs *pairs, int32_t outlet, int32_t inlet)
{
    const park_outlet_info *info = &model->outlet[outlet];
    return !info->exits && !info->reserved && (model->self || !to_itself(model, outlet, inlet)) &&
           *mark_of(model, pairs, outlet, inlet) == 0 && park_inlet_accepts(model, inlet, outlet);
}

static park_status starred(park_draft *draft, park_pairs *pairs, int32_t c, const char *from, const char *to,
                           park_findings *findings, park_error *err)
{
    size_t matched = 0;
    for (int32_t outlet = 0; outlet < (int32_t)draft->outlets; outlet++) {
        if (draft->outlet[outlet].exits || !outlet_matches(draft, outlet, from))
            continue;
        for (int32_t inlet = 0; inlet < (int32_t)draft->inlets; inlet++) {
            if (!inlet_matches(draft, inlet, to))
                continue;
            matched++;
            if (usable(draft, pairs, outlet, inlet))
                PARK_TRY(add(draft, pairs, (park_pair){outlet, inlet, c, false, false}, err));
        }
    }
    if (matched == 0 && c >= 0) {
        char path[PARK_END_SIZE];
        park_finding_add(findings, PARK_W0408, PARK_WARNING, park_connection_path(draft, c, path),
                         "%s -> %s matches no pair of units", "%s -> %s 没有匹配到任何单元", from, to);
    }
    return PARK_OK;
}

/* A `forbid` that names nothing is a typing mistake that would go unseen; one with a star may be a rule for any park. */
static void check_forbids(const park_model *model, park_findings *findings)
{
    for (size_t f = 0; f < model->forbids; f++) {
        const char *end[2] = {model->forbid[f].from, model->forbid[f].to};
        bool        hit[2] = {has_star(end[0]), has_star(end[1])};
        for (int32_t k = 0; k < (int32_t)model->outlets && !hit[0]; k++)
            hit[0] = outlet_matches(model, k, end[0]);
        for (int32_t i = 0; i < (int32_t)model->inlets && !hit[1]; i++)
            hit[1] = inlet_matches(model, i, end[1]);
        for (int side = 0; side < 2; side++)
            if (!hit[side])
                unknown_unit(model, "connections.forbid", end[side], findings);
    }
}

park_status park_freeze_pairs(park_draft *draft, park_pairs *pairs, park_findings *findings, park_error *err)
{
    check_forbids(draft, findings);
    PARK_TRY(mark_forbidden(draft, pairs, err));
    for (int32_t c = 0; c < (int32_t)draft->connections; c++)
        if (!has_star(draft->connection[c].from) && !has_star(draft->connection[c].to))
            PARK_TRY(named(draft, pairs, c, findings, err));
    for (int32_t c = 0; c < (int32_t)draft->connections; c++)
        if (has_star(draft->connection[c].from) || has_star(draft->connection[c].to))
            PARK_TRY(
                starred(draft, pairs, c, draft->connection[c].from, draft->connection[c].to, findings, err));
    return draft->candidates == PARK_CANDIDATES_ALL ? starred(draft, pairs, -1, "*", "*", findings, err)
                                                    : PARK_OK;
}
