/*
 * check.c - what would make every solver fail, read off the units' average faces.   Looks down on: model.
 *
 * Both claims are one-sided: a finding is a proof (of a constituent that cannot leave, of water that cannot come), no
 * finding proves nothing.
 */
#include "units/kind.h"

#include "base/text.h"
#include "model/freeze.h"

#include <string.h>

/* The average faces of all units in one season. */
typedef struct season_maps {
    park_map **unit; /* [units] */
} season_maps;

static park_status ask_units(const park_model *model, int32_t season, season_maps *maps, park_error *err)
{
    for (int32_t u = 0; u < (int32_t)model->units; u++)
        PARK_TRY(park_unit_average(model, u, season, maps->unit[u], err));
    return PARK_OK;
}

static park_status new_maps(const park_model *model, park_arena *arena, season_maps *maps, park_error *err)
{
    maps->unit = PARK_ARRAY(arena, model->units, park_map *);
    for (int32_t u = 0; maps->unit != NULL && u < (int32_t)model->units; u++)
        if ((maps->unit[u] = park_map_new(arena, model, u)) == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to check the park");
    return maps->unit == NULL ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to check the park")
                              : PARK_OK;
}

static const park_map_outlet *outlet_of(const park_model *model, const season_maps *maps, int32_t outlet)
{
    int32_t u = model->outlet[outlet].unit;
    return &maps->unit[u]->outlet[(size_t)outlet - model->unit[u].first_outlet];
}

/* ---- a constituent without an exit ---------------------------------------------------------------------------- */

/* Can this outlet carry the constituent away from its unit at all? */
static bool carries(const park_map_outlet *outlet, size_t c)
{
    bool flows = outlet->flow == PARK_FLOW_REST || (outlet->flow == PARK_FLOW_FREE && outlet->hi > 0.0) ||
                 outlet->alpha > 0.0 || outlet->beta > 0.0;
    switch (outlet->quality) {
    case PARK_QUALITY_NONE:
        return false;
    case PARK_QUALITY_FIXED:
        return flows && outlet->conc[c] > 0.0;
    case PARK_QUALITY_SHARE:
        return flows && (outlet->share[c] > 0.0 || outlet->per_flow[c] > 0.0 || outlet->load[c] > 0.0);
    case PARK_QUALITY_MIX:
        break;
    }
    return flows;
}

/* Does the unit itself take the constituent out of the park: a sink, a removal, an exit that carries it? */
static bool releases(const park_model *model, const season_maps *maps, int32_t u, size_t c)
{
    const park_unit_info *unit = &model->unit[u];
    const park_map       *map  = maps->unit[u];
    double                kept = 0.0;
    bool                  mix  = false;
    if (unit->role == PARK_SINK)
        return map->in_hi[0] > 0.0;
    for (size_t k = 0; k < unit->outlets; k++) {
        if (model->outlet[unit->first_outlet + k].exits && carries(&map->outlet[k], c))
            return true;
        kept += map->outlet[k].quality == PARK_QUALITY_SHARE ? map->outlet[k].share[c] : 0.0;
        mix = mix || map->outlet[k].quality == PARK_QUALITY_MIX;
    }
    return mix ? map->removed_share[c] > 0.0 : unit->role != PARK_SOURCE && kept < 1.0 - 1e-12;
}

static bool brings(const park_model *model, const season_maps *maps, int32_t u, size_t c)
{
    const park_map *map = maps->unit[u];
    if (map->add[c] > 0.0 || map->add_per_flow[c] > 0.0)
        return true;
    for (size_t k = 0; model->unit[u].role == PARK_SOURCE && k < model->unit[u].outlets; k++)
        if (carries(&map->outlet[k], c))
            return true;
    return false;
}

/* One pass over the links: mark units that the constituent enters (forward) or can leave from (backward). */
static bool spread(const park_model *model, const season_maps *maps, size_t c, bool *enters, bool *leaves)
{
    bool moved = false;
    for (size_t l = 0; l < model->links; l++) {
        const park_link_info *link = &model->link[l];
        bool shut = model->unit[link->to].role == PARK_SINK && !(model->inlet[link->inlet].limit[c] > 0.0);
        if (shut || !carries(outlet_of(model, maps, link->outlet), c))
            continue;
        if (enters[link->from] && !enters[link->to])
            enters[link->to] = moved = true;
        if (leaves[link->to] && !leaves[link->from])
            leaves[link->from] = moved = true;
    }
    return moved;
}

static void name_trap(const park_model *model, size_t c, const bool *enters, const bool *leaves,
                      park_findings *findings)
{
    park_text list;
    char      path[PARK_END_SIZE] = "";
    size_t    count               = 0;
    park_text_init(&list, findings->arena);
    for (size_t u = 0; u < model->units; u++)
        if (enters[u] && !leaves[u] && model->unit[u].role != PARK_SOURCE) {
            if (count++ == 0)
                park_unit_path(model, (int32_t)u, "", path);
            park_text_printf(&list, "%s%s", count > 1 ? ", " : "", model->unit[u].id);
        }
    if (count > 0)
        park_finding_add(findings, PARK_E0503, PARK_ERROR, path,
                         "%s enters %s and nothing takes it out: no discharge, no removal and no water lost "
                         "with it; give the loop a way out for it",
                         "%s 进入 %s 后无处离开：没有排放、没有去除，也没有随水损失；请为该回路提供出路",
                         model->constituent[c].id, park_text_done(&list));
}

/* A season in which the unit rests says nothing: what it can do in any season counts. */
static park_status check_exits(const park_model *model, park_findings *findings, park_error *err)
{
    season_maps maps;
    size_t      U = model->units, C = model->constituents;
    bool       *enters = PARK_ARRAY(findings->arena, U * C, bool),
         *leaves       = PARK_ARRAY(findings->arena, U * C, bool);
    if (enters == NULL || leaves == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to check the park");
    PARK_TRY(new_maps(model, findings->arena, &maps, err));
    for (int32_t s = 0; s < (int32_t)model->time.seasons; s++) {
        PARK_TRY(ask_units(model, s, &maps, err));
        for (size_t c = 0; c < C; c++) {
            for (int32_t u = 0; u < (int32_t)U; u++) {
                enters[c * U + (size_t)u] = enters[c * U + (size_t)u] || brings(model, &maps, u, c);
                leaves[c * U + (size_t)u] = leaves[c * U + (size_t)u] || releases(model, &maps, u, c);
            }
            while (spread(model, &maps, c, enters + c * U, leaves + c * U))
                continue;
        }
    }
    for (size_t c = 0; c < C; c++)
        if (model->constituent[c].mixes == PARK_MIX_MASS)
            name_trap(model, c, enters + c * U, leaves + c * U, findings);
    return PARK_OK;
}

/* ---- demand above capacities ----------------------------------------------------------------------------------- */

/* The most that an outlet can give. */
static double most_of(const park_model *model, const season_maps *maps, int32_t outlet)
{
    const park_map        *map = maps->unit[model->outlet[outlet].unit];
    const park_map_outlet *out = outlet_of(model, maps, outlet);
    double                 in  = map->own;
    for (size_t i = 0; i < map->inlets; i++)
        in += map->in_hi[i];
    if (out->flow == PARK_FLOW_FREE)
        return out->hi;
    return out->flow == PARK_FLOW_REST ? in : (out->alpha > 0.0 ? out->alpha * in : 0.0) + out->beta;
}

/* What may come to an inlet over all its links together; `pipes` is scratch, [outlets]. */
static double supply_of(const park_model *model, const season_maps *maps, int32_t inlet, double *pipes)
{
    double sum = 0.0;
    for (size_t k = 0; k < model->outlets; k++)
        pipes[k] = 0.0;
    for (size_t l = 0; l < model->links; l++)
        if (model->link[l].inlet == inlet)
            pipes[model->link[l].outlet] += model->link[l].capacity;
    for (int32_t k = 0; k < (int32_t)model->outlets; k++)
        if (pipes[k] > 0.0)
            sum += fmin(pipes[k], most_of(model, maps, k));
    return sum;
}

static void check_inlet_supply(const park_model *model, const season_maps *maps, int32_t season, bool *told,
                               double *pipes, park_findings *findings)
{
    char path[PARK_END_SIZE], name[PARK_END_SIZE];
    for (int32_t i = 0; i < (int32_t)model->inlets; i++) {
        int32_t u     = model->inlet[i].unit;
        double  asked = maps->unit[u]->in_lo[(size_t)i - model->unit[u].first_inlet],
               supply = supply_of(model, maps, i, pipes);
        if (told[i] || model->unit[u].role != PARK_USER || !(asked > supply * (1.0 + 1e-9)))
            continue;
        told[i] = true;
        park_finding_add(
            findings, PARK_E0504, PARK_ERROR, park_unit_path(model, u, "demand", path),
            "%s requires %.6g m3/h (season %s), but all that can reach it gives at most %.6g m3/h",
            "%s 需水 %.6g m3/h（时段 %s），而能够到达它的水最多 %.6g m3/h", park_inlet_text(model, i, name),
            3600.0 * asked, model->time.season[season].id, 3600.0 * supply);
    }
}

/* What users consume for good must come from outside: sources and rain on ponds, over the whole year. */
static void add_to_year(const park_model *model, const season_maps *maps, int32_t season, double *consumed,
                        double *given)
{
    double seconds = model->time.season[season].seconds;
    for (size_t u = 0; u < model->units; u++) {
        const park_map *map   = maps->unit[u];
        double          asked = 0.0;
        for (size_t i = 0; i < map->inlets; i++)
            asked += map->in_lo[i];
        for (size_t k = 0; k < map->outlets; k++) {
            const park_map_outlet *out = &map->outlet[k];
            if (model->unit[u].role == PARK_SOURCE)
                *given += out->flow == PARK_FLOW_FREE ? seconds * out->hi : seconds * out->beta;
            else if (model->unit[u].role == PARK_USER &&
                     model->outlet[model->unit[u].first_outlet + k].exits && out->flow == PARK_FLOW_AFFINE)
                *consumed += seconds * (out->alpha * asked + out->beta);
        }
        *given += seconds * map->own;
    }
}

static park_status check_supply(const park_model *model, park_findings *findings, park_error *err)
{
    season_maps maps;
    double      consumed = 0.0, given = 0.0;
    bool       *told  = PARK_ARRAY(findings->arena, model->inlets, bool);
    double     *pipes = PARK_ARRAY(findings->arena, model->outlets, double);
    if (told == NULL || pipes == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to check the park");
    PARK_TRY(new_maps(model, findings->arena, &maps, err));
    for (int32_t s = 0; s < (int32_t)model->time.seasons; s++) {
        PARK_TRY(ask_units(model, s, &maps, err));
        check_inlet_supply(model, &maps, s, told, pipes, findings);
        add_to_year(model, &maps, s, &consumed, &given);
    }
    if (consumed > given * (1.0 + 1e-9))
        park_finding_add(findings, PARK_E0504, PARK_ERROR, "sources",
                         "users evaporate, drift and carry off %.6g m3 a year, but all sources together can "
                         "give only %.6g m3",
                         "用水单元每年蒸发、飘洒和带走 %.6g m3，而全部水源每年最多只能供给 %.6g m3", consumed,
                         given);
    return PARK_OK;
}

/* ---- first-class pollutants ------------------------------------------------------------------------------------- */

static const double *column_of(const park_unit_info *unit, const char *word)
{
    for (const park_field *f = unit->fields; f->word != NULL; f++) {
        const char *at = (const char *)unit->params + f->offset;
        if (strcmp(f->word, word) != 0)
            continue;
        if (f->shape == PARK_SHAPE_OUTLET_QUALITY)
            return ((const park_outlet_quality *)(const void *)at)->max;
        if (f->shape == PARK_SHAPE_BY_CONSTITUENT)
            return *(double *const *)(const void *)at;
    }
    return NULL;
}

/* Does all that leaves the unit pass a treatment of the same enterprise that states what its outlet may hold? Such a works is
 * the workshop's outlet. `deep`: treatments one after another that are looked at. */
static bool treated_at_home(const park_model *model, int32_t u, size_t c, int deep)
{
    bool any = false;
    for (size_t l = 0; l < model->links; l++) {
        const park_link_info *link = &model->link[l];
        const park_unit_info *to   = &model->unit[link->to];
        if (link->from != u)
            continue;
        if (to->role != PARK_TREATMENT || to->enterprise != model->unit[u].enterprise)
            return false;
        const double *outlet = column_of(to, "outlet");
        if ((outlet == NULL || isnan(outlet[c])) &&
            (deep == 0 || !treated_at_home(model, link->to, c, deep - 1)))
            return false;
        any = true;
    }
    return any;
}

/* As, Cd, Pb ... are limited where they leave the workshop: what a user adds needs a limit at its own outlet, or at that of the
 * workshop's own treatment. */
static void check_class_one(const park_model *model, park_findings *findings)
{
    char path[PARK_END_SIZE];
    for (size_t u = 0; u < model->units; u++) {
        const park_unit_info *unit = &model->unit[u];
        const double         *adds = column_of(unit, "adds"), *outlet = column_of(unit, "outlet");
        for (size_t c = 0;
             adds != NULL && outlet != NULL && unit->role == PARK_USER && c < model->constituents; c++)
            if (model->constituent[c].class_one && adds[c] > 0.0 && isnan(outlet[c]) &&
                !treated_at_home(model, (int32_t)u, c, 4))
                park_finding_add(findings, PARK_W0515, PARK_WARNING,
                                 park_unit_path(model, (int32_t)u, "outlet", path),
                                 "%s adds %s, a first-class pollutant, and states no limit for it at its own "
                                 "outlet; it is judged there, before any mixing",
                                 "%s 带入第一类污染物 %s，但未在车间排口给出限值 "
                                 "outlet；该类污染物须在混合前于车间排口达标",
                                 unit->id, model->constituent[c].id);
    }
}

/* ---- dilution through a user that may draw more than it needs ------------------------------------------------- */

static bool limits_something(const park_model *model, int32_t inlet)
{
    for (size_t c = 0; c < model->constituents; c++)
        if (isfinite(model->inlet[inlet].limit[c]))
            return true;
    return false;
}

/* A limited sink that the unit's water reaches directly or through waste treatments; -1 none. `seen` is [units]. */
static int32_t limited_sink(const park_model *model, int32_t unit, bool *seen)
{
    seen[unit] = true;
    for (size_t l = 0; l < model->links; l++) {
        const park_link_info *link = &model->link[l];
        park_role             role = model->unit[link->to].role;
        if (link->from != unit || seen[link->to])
            continue;
        if (role == PARK_SINK && limits_something(model, link->inlet))
            return link->to;
        int32_t sink = role == PARK_TREATMENT ? limited_sink(model, link->to, seen) : -1;
        if (sink >= 0)
            return sink;
    }
    return -1;
}

static bool draws_unused(const park_model *model, int32_t unit)
{
    for (size_t l = 0; l < model->links; l++)
        if (model->link[l].to == unit && model->outlet[model->link[l].outlet].unused)
            return true;
    return false;
}

/* Least flow that carries the loads out within the outlet's limits, were what arrives clean; 0: nothing is limited. */
static double least_need(const park_map *map)
{
    double most = 0.0;
    for (size_t c = 0; c < map->constituents; c++) {
        double limit = INFINITY, mixed = 0.0;
        for (size_t k = 0; k < map->outlets; k++)
            if (map->outlet[k].quality == PARK_QUALITY_MIX)
                limit = fmin(limit, map->outlet[k].limit[c]), mixed += map->outlet[k].alpha;
        double room = limit * mixed - map->add_per_flow[c];
        if (isfinite(limit) && map->add[c] > 0.0 && room > 0.0)
            most = fmax(most, map->add[c] / room);
    }
    return most;
}

/* May an inlet that must draw get source water richer than the user's outlet may be? */
static bool takes_richer(const park_model *model, const season_maps *maps, int32_t u)
{
    const park_map *map = maps->unit[u];
    for (size_t l = 0; l < model->links; l++) {
        const park_link_info *link = &model->link[l];
        if (link->to != u || !model->outlet[link->outlet].unused ||
            model->unit[link->from].role != PARK_SOURCE ||
            !(map->in_lo[link->inlet - (int32_t)model->unit[u].first_inlet] > 0.0))
            continue;
        const park_map_outlet *donor = outlet_of(model, maps, link->outlet);
        for (size_t c = 0; donor->quality == PARK_QUALITY_FIXED && c < model->constituents; c++)
            for (size_t k = 0; k < map->outlets; k++)
                if (map->outlet[k].quality == PARK_QUALITY_MIX &&
                    (1.0 - map->removed_share[c]) * fmin(donor->conc[c], model->inlet[link->inlet].limit[c]) >
                        map->outlet[k].limit[c])
                    return true;
    }
    return false;
}

/*
 * The law cuts connections and the optimizer holds users to their need (O111). Of a user with several inlets it holds either what all of
 * them need together or what each needs by itself, exactly where one includes the other (O181): nothing asks for a least flow,
 * nothing limits what leaves, or the least flows together are no more than what the limits ask. Is it neither of these?
 */
static bool may_exceed(const park_model *model, const season_maps *maps, int32_t u)
{
    const park_map *map   = maps->unit[u];
    double          least = 0.0, need = least_need(map);
    bool            loose = false;
    for (size_t i = 0; i < map->inlets; i++)
        loose = loose || map->in_hi[i] > map->in_lo[i], least += map->in_lo[i];
    return loose && least > 0.0 && ((need > 0.0 && need < least) || takes_richer(model, maps, u));
}

static bool drains(const park_model *model, int32_t u)
{
    const park_unit_info *unit = &model->unit[u];
    return unit->role == PARK_USER && unit->outlets > 0 &&
           model->outlet[unit->first_outlet].role == PARK_OUT_PRODUCT;
}

static park_status note_free_users(const park_model *model, park_findings *findings, park_error *err)
{
    char        path[PARK_END_SIZE];
    season_maps maps;
    bool       *exceeds = PARK_ARRAY(findings->arena, model->units, bool);
    PARK_TRY(new_maps(model, findings->arena, &maps, err));
    for (int32_t s = 0; exceeds != NULL && s < (int32_t)model->time.seasons; s++) {
        PARK_TRY(ask_units(model, s, &maps, err));
        for (int32_t u = 0; u < (int32_t)model->units; u++)
            if (model->unit[u].inlets > 1 && drains(model, u) && draws_unused(model, u))
                exceeds[u] = exceeds[u] || may_exceed(model, &maps, u);
    }
    for (int32_t u = 0; u < (int32_t)model->units; u++) {
        bool *seen = PARK_ARRAY(findings->arena, model->units, bool);
        if (exceeds == NULL || seen == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to check the park");
        int32_t sink = exceeds[u] ? limited_sink(model, u, seen) : -1;
        if (sink >= 0)
            park_finding_add(
                findings, PARK_N0516, PARK_NOTE, park_unit_path(model, u, "demand", path),
                "the least flows of the inlets of %s and what its limits need bind in turn: where other "
                "water "
                "serves some inlets, a plan may draw some more clean water than needed, never more than it "
                "could need, and dilute what reaches %s",
                "%s "
                "各进口的最小水量与其限值所需水量交替起作用：部分进口改用其他水时，方案取用的清水可能略多于"
                "需要（不超过其可能需要的水量），稀释排向 %s 的水",
                model->unit[u].id, model->unit[sink].id);
    }
    return PARK_OK;
}

/* ---- circles of plants that pass everything on ------------------------------------------------------------------ */

static const double ALL = 1e-9; /* of the water: less is none */

/* A supply treatment whose product is all that enters. */
static bool passes_all(const park_model *model, const season_maps *maps, int32_t u)
{
    const park_unit_info *unit  = &model->unit[u];
    const park_map       *map   = maps->unit[u];
    double                share = 0.0;
    if (unit->role != PARK_TREATMENT || unit->duty != PARK_DUTY_SUPPLY || map->outlets == 0)
        return false;
    share = map->outlet[0].flow == PARK_FLOW_AFFINE ? map->outlet[0].alpha : 1.0;
    for (size_t k = 1; k < map->outlets && map->outlet[0].flow != PARK_FLOW_AFFINE; k++)
        share -= map->outlet[k].flow == PARK_FLOW_AFFINE ? map->outlet[k].alpha : 1.0;
    return share >= 1.0 - ALL;
}

/* How many plants lie on the way by which the product of `from` comes back to `start`, over standing connections and such plants alone; 0:
 * it does not. Those of a lower index have had their turn. `seen` and `way` are [units]. */
static size_t comes_back(const park_model *model, const season_maps *maps, int32_t start, int32_t from,
                         bool *seen, int32_t *way, size_t depth)
{
    seen[from] = true;
    way[depth] = from;
    for (size_t l = 0; l < model->links; l++) {
        const park_link_info *link = &model->link[l];
        if (!link->existing || link->from != from || link->to == from || link->to < start ||
            (size_t)link->outlet != model->unit[from].first_outlet || !passes_all(model, maps, link->to))
            continue;
        size_t length = link->to == start ? depth + 1
                        : seen[link->to]  ? 0
                                          : comes_back(model, maps, start, link->to, seen, way, depth + 1);
        if (length > 0)
            return length;
    }
    return 0;
}

/* What goes round in such a circle neither serves nor loses anything: no balance says how much it is. */
static park_status note_full_circles(const park_model *model, park_findings *findings, park_error *err)
{
    char        path[PARK_END_SIZE];
    season_maps maps;
    PARK_TRY(new_maps(model, findings->arena, &maps, err));
    PARK_TRY(ask_units(model, 0, &maps, err));
    for (int32_t u = 0; u < (int32_t)model->units; u++) {
        park_text list;
        bool     *seen = PARK_ARRAY(findings->arena, model->units, bool);
        int32_t  *way  = PARK_ARRAY(findings->arena, model->units, int32_t);
        if (seen == NULL || way == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to check the park");
        size_t length = passes_all(model, &maps, u) ? comes_back(model, &maps, u, u, seen, way, 0) : 0;
        park_text_init(&list, findings->arena);
        for (size_t i = 0; i < length; i++)
            park_text_printf(&list, "%s%s", i > 0 ? ", " : "", model->unit[way[i]].id);
        if (length > 0)
            park_finding_add(
                findings, PARK_W0517, PARK_WARNING, park_unit_path(model, u, "recovery", path),
                "%s pass all their water on to each other: how much goes round is not determined "
                "by any balance, and flows in time depend on where they began",
                "%s 相互供水且产水率均为 100 %%：循环的水量没有任何平衡可以确定，模拟的流量取决于起始值",
                park_text_done(&list));
    }
    return PARK_OK;
}

park_status park_model_check(const park_model *model, park_findings *findings, park_error *err)
{
    size_t errors = findings->errors;
    PARK_TRY(park_graph_check(model, findings, err));
    if (model->frozen && findings->errors == errors) { /* a park that hangs together: ask its units */
        PARK_TRY(check_exits(model, findings, err));
        PARK_TRY(check_supply(model, findings, err));
        check_class_one(model, findings);
        PARK_TRY(note_full_circles(model, findings, err));
        if (model->law.dilution_forbidden)
            PARK_TRY(note_free_users(model, findings, err));
    }
    if (findings->errors > errors)
        return PARK_FAIL(err, PARK_E_RANGE, "the park holds %zu mistakes", findings->errors - errors);
    return PARK_OK;
}
