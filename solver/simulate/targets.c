#include "simulate/dispatch.h"

/* Eq. (T5): users by their demand of the moment; those that lose water whatever comes (towers, boilers) by what
 * they lose and let go; free ones by the plan. */
static void user_target(park_dispatch *d, int32_t u)
{
    const park_layout    *p      = d->p;
    const park_unit_info *unit   = &p->model->unit[u];
    const park_map       *map    = d->now->map[u];
    double                forced = park_dispatch_forced(map), alpha = 0.0, need = 0.0, more = 0.0;
    for (size_t k = 0; k < map->outlets; k++)
        if (map->outlet[k].flow == PARK_FLOW_AFFINE)
            alpha += map->outlet[k].alpha;
        else if (map->outlet[k].flow == PARK_FLOW_FREE)
            need += park_dispatch_free(p, d->now->season, unit->first_outlet + k, &map->outlet[k]);
    bool consumes = forced > 0.0 && park_dispatch_rest(unit, map) != SIZE_MAX;
    if (consumes && alpha < 1.0)
        need = fmax(0.0, (need + forced + park_dispatch_blowdown(p, d->now, d->state, u) - map->own) /
                             (1.0 - alpha));
    if (consumes && p->variable[u] && d->state->level[u] != PARK_LEVEL_FULL)
        more = p->hold[u] / PARK_DISPATCH_REFILL / fmax(1.0 - alpha, 1e-3);
    for (size_t i = 0; i < unit->inlets; i++) {
        size_t at = unit->first_inlet + i;
        double lo = map->in_lo[i], hi = map->in_hi[i];
        double planned     = p->plan_inlet[(size_t)d->now->season * p->inlets + at];
        double want        = lo == hi         ? lo
                             : consumes       ? fmin(fmax(need, lo), hi)
                             : isnan(planned) ? lo
                                              : fmin(fmax(planned, lo), hi);
        bool   rests       = !d->now->working[u];
        d->f->required[at] = rests ? 0.0 : consumes ? want : lo;
        d->target[at]      = rests ? 0.0 : lo == hi ? want : want + more;
        if (d->now->failed[u])
            d->f->required[at] = 0.0;
        need = 0.0; /* the first inlet covers what the unit loses */
        more = 0.0;
    }
}

static void feed_target(park_dispatch *d, int32_t u)
{
    const park_unit_info *unit = &d->p->model->unit[u];
    double                a, b, asked = park_dispatch_given(d, unit->first_outlet);
    park_dispatch_product(d, u, &a, &b);
    double want = asked > 0.0 && a > 0.0 ? fmax(0.0, (asked - b) / a) : 0.0;
    for (size_t i = 0; i < unit->inlets; i++)
        d->target[unit->first_inlet + i] = i == 0 ? fmin(want, d->most[u]) : 0.0;
}

/* A storage is filled from sources as the plan says, while it is not full; without a plan as fast as its pipes allow. */
static void fill_target(park_dispatch *d, int32_t u)
{
    const park_layout *p    = d->p;
    size_t             at   = p->model->unit[u].first_inlet;
    double             want = 0.0;
    for (int32_t e = p->in_start[at]; e < p->in_start[at + 1]; e++) {
        int32_t l = p->in_link[e];
        if (p->way[p->model->link[l].outlet] != PARK_WAY_PULL || p->scheduled[l])
            continue;
        double most = p->capacity[l];
        want += !isnan(d->state->lead[l]) ? park_dispatch_capacity(d, l)
                : p->plan != NULL         ? park_dispatch_planned(d, l)
                : isfinite(most)          ? most
                                          : (p->hold[u] - p->empty[u]) / PARK_DISPATCH_SCHEDULE;
    }
    bool full     = d->state->level[u] == PARK_LEVEL_FULL || !p->variable[u] || d->now->failed[u];
    d->target[at] = full ? 0.0 : want;
}

void park_dispatch_targets(park_dispatch *d)
{
    for (size_t u = 0; u < d->p->units; u++) {
        const park_unit_info *unit = &d->p->model->unit[u];
        if (unit->role == PARK_USER)
            user_target(d, (int32_t)u);
        else if (park_layout_supplies(d->p->model, (int32_t)u))
            feed_target(d, (int32_t)u);
        else if (unit->role == PARK_STORAGE)
            fill_target(d, (int32_t)u);
    }
}
