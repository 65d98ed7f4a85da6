#include "simulate/flows.h"

#include <math.h>
#include <string.h>

park_conditions *park_conditions_new(park_arena *arena, const park_layout *layout)
{
    park_conditions *c = PARK_NEW(arena, park_conditions);
    if (c == NULL)
        return NULL;
    c->map      = PARK_ARRAY(arena, layout->units, park_map *);
    c->working  = PARK_ARRAY(arena, layout->units, bool);
    c->failed   = PARK_ARRAY(arena, layout->units, bool);
    c->kept     = PARK_ARRAY(arena, layout->units, double);
    c->released = PARK_ARRAY(arena, layout->units, double);
    for (size_t u = 0; c->map != NULL && u < layout->units; u++)
        if ((c->map[u] = park_map_new(arena, layout->model, (int32_t)u)) == NULL)
            return NULL;
    c->lost = PARK_ARRAY(arena, layout->units, double);
    return c->map && c->working && c->failed && c->kept && c->released && c->lost ? c : NULL;
}

park_state *park_state_new(park_arena *arena, const park_layout *layout)
{
    park_state *s     = PARK_NEW(arena, park_state);
    size_t      width = layout->rows * layout->constituents;
    if (s == NULL)
        return NULL;
    s->volume    = PARK_ARRAY(arena, layout->units, double);
    s->mass      = PARK_ARRAY(arena, width, double);
    s->conc      = PARK_ARRAY(arena, width, double);
    s->level     = PARK_ARRAY(arena, layout->units, park_level);
    s->blowing   = PARK_ARRAY(arena, layout->units, bool);
    s->open      = PARK_ARRAY(arena, layout->links, bool);
    s->fired     = PARK_ARRAY(arena, layout->model->controls, bool);
    s->lead      = PARK_ARRAY(arena, layout->links, double);
    s->part      = PARK_ARRAY(arena, layout->links, double);
    s->let       = PARK_ARRAY(arena, layout->links, double);
    s->rank      = PARK_ARRAY(arena, layout->links, int32_t);
    s->regulator = PARK_ARRAY(arena, layout->model->regulators, park_regulator_state);
    bool ok = s->volume && s->mass && s->conc && s->level && s->blowing && s->open && s->fired && s->lead &&
              s->part && s->let && s->rank && s->regulator;
    for (size_t l = 0; ok && l < layout->links; l++) {
        s->open[l] = true;
        s->lead[l] = s->part[l] = NAN;
        s->let[l]               = INFINITY;
    }
    return ok ? s : NULL;
}

park_flows *park_flows_new(park_arena *arena, const park_layout *layout)
{
    park_flows *f = PARK_NEW(arena, park_flows);
    if (f == NULL)
        return NULL;
    f->link     = PARK_ARRAY(arena, layout->links, double);
    f->outlet   = PARK_ARRAY(arena, layout->outlets, double);
    f->spill    = PARK_ARRAY(arena, layout->outlets, double);
    f->intake   = PARK_ARRAY(arena, layout->units, double);
    f->net      = PARK_ARRAY(arena, layout->units, double);
    f->required = PARK_ARRAY(arena, layout->inlets, double);
    f->unmet    = PARK_ARRAY(arena, layout->inlets, double);
    f->withheld = PARK_ARRAY(arena, layout->links, double);
    return f->link && f->outlet && f->spill && f->intake && f->net && f->required && f->unmet && f->withheld
               ? f
               : NULL;
}

/* A storage that is not built has no surface. */
static void take_away(park_map *map)
{
    map->own = 0.0;
    for (size_t k = 0; k < map->outlets; k++)
        map->outlet[k].alpha = map->outlet[k].beta = 0.0;
}

park_status park_conditions_at(const park_layout *layout, int64_t t, int32_t season,
                               park_conditions *conditions, park_error *err)
{
    const park_model *model = layout->model;
    conditions->season      = season;
    for (size_t u = 0; u < layout->units; u++) {
        const park_unit_info *unit = &model->unit[u];
        bool average = model->time.steady || unit->kind->time == NULL || unit->kind->time->at == NULL;
        if (average)
            PARK_TRY(park_unit_average(model, (int32_t)u, season, conditions->map[u], err));
        else
            PARK_TRY(park_unit_at(model, (int32_t)u, t, conditions->map[u], err));
        if (layout->absent[u])
            take_away(conditions->map[u]);
        conditions->failed[u]  = false;
        conditions->lost[u]    = 0.0;
        conditions->working[u] = model->time.steady || !park_calendar_closed(model, unit->calendar, t);
    }
    for (size_t f = 0; f < model->failures && !model->time.steady; f++) {
        const park_failure *failure = &model->failure[f];
        if (failure->unit < 0 || t < failure->span.start || t >= failure->span.end)
            continue;
        conditions->lost[failure->unit] = fmin(1.0, conditions->lost[failure->unit] + failure->lost);
        if (conditions->lost[failure->unit] >= 1.0) {
            conditions->failed[failure->unit]  = true;
            conditions->working[failure->unit] = false;
        }
    }
    return PARK_OK;
}
