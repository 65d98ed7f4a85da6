/*
 * refresh.c - maps moved to the operating points of a plan.   Math: docs/math/units.md, Eq. (U38), (U39).
 */
#include "units/point.h"

#include "base/text.h"

#include <string.h>

static const double COLDEST = 278.15, WARMEST = 308.15, STANDARD = 298.15;
static const double LEAST_FLOW = 1e-9; /* [m3/s] less is no operation */

static const park_point *point_at(const park_when *when)
{
    const park_unit_info *unit   = park_when_unit(when);
    int32_t               season = when->season;
    if (unit->point == NULL)
        return NULL;
    if (when->instant)
        season = when->model->time.steady ? 0 : park_model_season_at(when->model, when->t);
    return unit->point[season < 0 ? 0 : season];
}

const park_point *park_when_point(const park_when *when)
{
    const park_point *point = point_at(when);
    return point == NULL || point->failed ? NULL : point;
}

park_label park_when_says(const park_when *when, park_label stated)
{
    const park_point *point = point_at(when);
    return point == NULL || point->says.en == NULL ? stated : point->says;
}

/* ---- made ---- */

static double *zeros(park_arena *arena, size_t count)
{
    double *column = PARK_ARRAY(arena, count, double);
    for (size_t i = 0; column != NULL && i < count; i++)
        column[i] = 0.0;
    return column;
}

park_stage_point *park_stage_points_new(park_arena *arena, size_t stages, size_t constituents)
{
    park_stage_point *points = PARK_ARRAY(arena, stages, park_stage_point);
    for (size_t i = 0; points != NULL && i < stages; i++) {
        park_stage_point *p = &points[i];
        *p                  = (park_stage_point){.recovery = NAN, .pressure = NAN, .interval = NAN};
        p->product          = zeros(arena, constituents);
        p->reject           = zeros(arena, constituents);
        p->product_adds     = zeros(arena, constituents);
        p->reject_adds      = zeros(arena, constituents);
        p->brings           = zeros(arena, constituents);
        if (!p->product || !p->reject || !p->product_adds || !p->reject_adds || !p->brings)
            return NULL;
    }
    return points;
}

park_point *park_point_new(park_arena *arena, const park_feed *feed, size_t stages, size_t constituents)
{
    park_point *point = PARK_NEW(arena, park_point);
    double     *conc  = zeros(arena, constituents);
    if (point == NULL || conc == NULL)
        return NULL;
    memcpy(conc, feed->conc, constituents * sizeof *conc);
    *point           = (park_point){.feed = *feed, .stages = stages, .cycles = INFINITY, .binds = ""};
    point->feed.conc = conc;
    point->removed   = zeros(arena, constituents);
    point->side      = zeros(arena, constituents);
    point->brings    = zeros(arena, constituents);
    point->stage     = park_stage_points_new(arena, stages, constituents);
    return point->removed == NULL || point->side == NULL || point->brings == NULL ||
                   (stages > 0 && point->stage == NULL)
               ? NULL
               : point;
}

double park_season_water_temperature(const park_model *model, int32_t season)
{
    if (model->weather.temperature < 0)
        return STANDARD;
    double air = park_series_mean(model, (park_series){1.0, model->weather.temperature}, season);
    return fmin(fmax(air, COLDEST), WARMEST);
}

/* ---- moved ---- */

static void apart(double a, double b, double scale, double *moved)
{
    if (isfinite(a) && isfinite(b))
        *moved = fmax(*moved, fabs(a - b) / fmax(scale, 1e-12));
    else if (isfinite(a) || isfinite(b))
        *moved = INFINITY;
}

/* (U39) How far two maps of a unit lie apart: shares as they are, flows and prices relative, what reagents bring by a
 * constituent's usual magnitude. */
static double distance(const park_model *model, const park_map *a, const park_map *b)
{
    double moved = 0.0;
    apart(a->in_lo[0], b->in_lo[0], fmax(a->in_lo[0], b->in_lo[0]), &moved);
    apart(a->opex_in, b->opex_in, fmax(a->opex_in, b->opex_in), &moved);
    apart(a->energy_in, b->energy_in, fmax(a->energy_in, b->energy_in), &moved);
    for (size_t c = 0; c < a->constituents; c++) {
        double scale = 10.0 * model->constituent[c].magnitude;
        apart(a->removed_share[c], b->removed_share[c], 1.0, &moved);
        apart(a->add_per_flow[c], b->add_per_flow[c], scale, &moved);
        for (size_t k = 0; k < a->outlets; k++) {
            apart(a->outlet[k].share[c], b->outlet[k].share[c], 1.0, &moved);
            apart(a->outlet[k].per_flow[c], b->outlet[k].per_flow[c], scale, &moved);
        }
    }
    for (size_t k = 0; k < a->outlets; k++)
        apart(a->outlet[k].alpha, b->outlet[k].alpha, 1.0, &moved);
    return moved;
}

/* ---- refreshed ---- */

static bool follows(const park_model *model, int32_t unit)
{
    const park_unit_kind *kind = model->unit[unit].kind;
    return kind->follows != NULL && kind->follows(model, unit);
}

bool park_units_follow(const park_model *model)
{
    for (int32_t u = 0; u < (int32_t)model->units; u++)
        if (follows(model, u))
            return true;
    return false;
}

typedef struct refreshing {
    const park_model *model;
    const double     *inlet_flow, *inlet_conc;
    double            share;
    park_arena       *arena;
    double           *conc; /* [constituents] scratch */
} refreshing;

/* The feed of a unit in a season, damped towards what it was; false where it gets no water. */
static bool feed_of(const refreshing *r, int32_t unit, int32_t season, park_feed *feed)
{
    const park_model     *model = r->model;
    const park_unit_info *info  = &model->unit[unit];
    size_t                C = model->constituents, at = (size_t)season * model->inlets + info->first_inlet;
    double                flow = r->inlet_flow[at];
    if (!(flow > LEAST_FLOW))
        return false;
    const park_point *before = info->point != NULL ? info->point[season] : NULL;
    double            share  = before == NULL ? 1.0 : r->share;
    for (size_t c = 0; c < C; c++) {
        double now = fmax(0.0, r->inlet_conc[at * C + c]);
        r->conc[c] = before == NULL ? now : share * now + (1.0 - share) * before->feed.conc[c];
    }
    if (before != NULL)
        flow = share * flow + (1.0 - share) * before->feed.flow;
    *feed = (park_feed){flow, park_season_water_temperature(model, season), r->conc};
    return true;
}

/* Recovery of a treatment in percent, or most cycles of a tower. */
static double figure_of(const park_point *point)
{
    double recovery = 100.0;
    for (size_t i = 0; i < point->stages; i++)
        recovery *= point->stage[i].recovery;
    return point->stages > 0 ? recovery : point->cycles;
}

/* One sentence over the seasons: what the law came to, and what limits it. */
static park_status tell(park_arena *arena, const char *id, park_point *const *made, size_t seasons,
                        park_error *err)
{
    double      low = INFINITY, high = -INFINITY;
    size_t      failed = 0, count = 0;
    bool        tower = false;
    const char *binds = "";
    for (size_t s = 0; s < seasons; s++) {
        if (made[s] == NULL)
            continue;
        failed += made[s]->failed;
        if (made[s]->failed)
            continue;
        count++;
        low = fmin(low, figure_of(made[s])), high = fmax(high, figure_of(made[s]));
        tower = made[s]->stages == 0;
        binds = made[s]->binds[0] != '\0' ? made[s]->binds : binds;
    }
    park_text zh, en;
    park_text_init(&zh, arena);
    park_text_init(&en, arena);
    park_text_printf(&zh, "%s：按机理在规划进水处线性化", id);
    park_text_printf(&en, "%s: its law frozen at the plan's feed", id);
    if (count > 0 && !tower) {
        park_text_printf(&zh, "，产水率 %.4g–%.4g %%", low, high);
        park_text_printf(&en, ", recovery %.4g to %.4g %%", low, high);
    } else if (count > 0 && isfinite(low)) {
        park_text_printf(&zh, "，浓缩倍数最严时段不超过 %.3g", low);
        park_text_printf(&en, ", at most %.3g cycles in the tightest season", low);
    }
    if (binds[0] != '\0') {
        park_text_printf(&zh, "（限制：%s）", binds);
        park_text_printf(&en, " (limited by %s)", binds);
    }
    if (failed > 0) {
        park_text_printf(&zh, "；%zu 个时段机理无解，取给定值", failed);
        park_text_printf(&en, "; no answer in %zu seasons, where stated values stand", failed);
    }
    park_label says = {park_text_done(&zh), park_text_done(&en)};
    if (says.zh == NULL || says.en == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the operating points of %s", id);
    for (size_t s = 0; s < seasons; s++)
        if (made[s] != NULL)
            made[s]->says = says;
    return PARK_OK;
}

/* The point of a season; NULL where no water comes. */
static park_status refresh_season(const refreshing *r, int32_t unit, int32_t season, park_point **made,
                                  park_error *err)
{
    const park_unit_info *info = &r->model->unit[unit];
    park_feed             feed;
    park_error            why = {0};
    *made                     = NULL;
    if (!feed_of(r, unit, season, &feed))
        return PARK_OK;
    park_status status = info->kind->refresh(r->model, unit, season, &feed, r->arena, made, &why);
    if (status == PARK_E_RANGE) { /* told under outside_proof; the stated map stands */
        if ((*made = park_point_new(r->arena, &feed, 0, r->model->constituents)) == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the operating points of %s",
                             info->id);
        (*made)->failed = true;
        return PARK_OK;
    }
    return status == PARK_OK ? PARK_OK : PARK_FAIL(err, status, "%s: %s", info->id, why.message);
}

static park_status refresh_unit(const refreshing *r, int32_t unit, park_unit_info *info, park_error *err)
{
    size_t             S     = r->model->time.seasons;
    const park_point **point = PARK_ARRAY(r->arena, S, const park_point *);
    park_point       **made  = PARK_ARRAY(r->arena, S, park_point *);
    if (point == NULL || made == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the operating points of %s", info->id);
    for (int32_t s = 0; s < (int32_t)S; s++)
        PARK_TRY(refresh_season(r, unit, s, &made[s], err));
    PARK_TRY(tell(r->arena, info->id, made, S, err));
    for (size_t s = 0; s < S; s++)
        point[s] = made[s] != NULL ? made[s] : info->point != NULL ? info->point[s] : NULL;
    info->point = point;
    return PARK_OK;
}

static park_status changes(const park_model *before, const park_model *after, int32_t unit, park_arena *arena,
                           double *moved, park_error *err)
{
    park_map *a = park_map_new(arena, before, unit), *b = park_map_new(arena, after, unit);
    if (a == NULL || b == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the map of %s", before->unit[unit].id);
    for (int32_t s = 0; s < (int32_t)before->time.seasons; s++) {
        PARK_TRY(park_unit_average(before, unit, s, a, err));
        PARK_TRY(park_unit_average(after, unit, s, b, err));
        *moved = fmax(*moved, distance(before, a, b));
    }
    return PARK_OK;
}

park_status park_units_refresh(const park_model *model, const double *inlet_flow, const double *inlet_conc,
                               double share, park_arena *arena, const park_model **refreshed, double *moved,
                               park_error *err)
{
    *refreshed = model;
    *moved     = 0.0;
    if (!park_units_follow(model))
        return PARK_OK;
    park_model     *next = PARK_NEW(arena, park_model);
    park_unit_info *unit = PARK_ARRAY(arena, model->units, park_unit_info);
    refreshing      r    = {model, inlet_flow, inlet_conc, share, arena, zeros(arena, model->constituents)};
    if (next == NULL || unit == NULL || r.conc == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the operating points");
    memcpy(unit, model->unit, model->units * sizeof *unit);
    *next      = *model;
    next->unit = unit;
    for (int32_t u = 0; u < (int32_t)model->units; u++)
        if (follows(model, u)) {
            PARK_TRY(refresh_unit(&r, u, &unit[u], err));
            PARK_TRY(changes(model, next, u, arena, moved, err));
        }
    *refreshed = next;
    return PARK_OK;
}
