#include "simulate/dispatch.h"

static const double DUST      = 1e-14; /* of what comes in: rounding, not a flow */
static const double WIDE_OPEN = 1.5;   /* blowdown by control: this times the plan's ... */
static const double WIDE_MORE = 0.05;  /* ... and this share of the evaporation */

/* Outflow that does not wait for anyone: evaporation, drift, steam. */
double park_dispatch_forced(const park_map *map)
{
    double sum = 0.0;
    for (size_t k = 0; k < map->outlets; k++)
        if (map->outlet[k].flow == PARK_FLOW_AFFINE)
            sum += map->outlet[k].beta;
    return sum;
}

/* Outlets that run at the plan's rate (exported condensate). */
double park_dispatch_free(const park_layout *p, int32_t season, size_t k, const park_map_outlet *outlet)
{
    double planned = p->plan_outlet[(size_t)season * p->outlets + k];
    return isnan(planned) ? outlet->lo : fmin(fmax(planned, outlet->lo), outlet->hi);
}

size_t park_dispatch_rest(const park_unit_info *unit, const park_map *map)
{
    for (size_t k = 0; k < unit->outlets; k++)
        if (map->outlet[k].flow == PARK_FLOW_REST)
            return k;
    return SIZE_MAX;
}

/* Eq. (T7): the plan's blowdown in proportion to the evaporation of the moment, so that cycles are held; more while
 * control has opened the valve. */
double park_dispatch_blowdown(const park_layout *p, const park_conditions *now, const park_state *state,
                              int32_t u)
{
    const park_unit_info *unit = &p->model->unit[u];
    const park_map       *map  = now->map[u];
    size_t                rest = park_dispatch_rest(unit, map);
    if (rest == SIZE_MAX)
        return 0.0;
    double planned = p->plan_outlet[(size_t)now->season * p->outlets + unit->first_outlet + rest];
    double forced = park_dispatch_forced(map), usual = p->forced[(size_t)now->season * p->units + (size_t)u];
    double base = isnan(planned) ? map->outlet[rest].lo : usual > 0.0 ? planned * forced / usual : planned;
    if (p->controlled[u] && state->blowing[u])
        base = isnan(planned) ? fmax(forced, base) : WIDE_OPEN * base + WIDE_MORE * forced;
    return fmin(fmax(base, map->outlet[rest].lo), map->outlet[rest].hi);
}

/* The affine map from intake to the sum of a treatment's product: product = a intake + b. */
void park_dispatch_product(const park_dispatch *d, int32_t u, double *a, double *b)
{
    const park_map *map = d->now->map[u];
    *a                  = 1.0;
    *b                  = map->own;
    if (map->outlets == 0)
        return;
    if (map->outlet[0].flow == PARK_FLOW_AFFINE) {
        *a = map->outlet[0].alpha;
        *b = map->outlet[0].beta;
        return;
    }
    for (size_t k = 1; k < map->outlets; k++)
        if (map->outlet[k].flow == PARK_FLOW_AFFINE) {
            *a -= map->outlet[k].alpha;
            *b -= map->outlet[k].beta;
        }
}

/* Eq. (T6): outlets of a unit whose volume is constant: shares of the intake and fixed flows, the rest where the map
 * says so. When not enough came, everything shrinks in proportion. */
static void outlets_constant(park_dispatch *d, int32_t u)
{
    const park_unit_info *unit = &d->p->model->unit[u];
    const park_map       *map  = d->now->map[u];
    double                in = d->f->intake[u], sum = 0.0;
    double                available =
        (1.0 - d->now->kept[u]) * in + map->own + d->now->released[u]; /* kept: 0 but for units with states */
    double *out  = &d->f->outlet[unit->first_outlet];
    size_t  rest = park_dispatch_rest(unit, map);
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_map_outlet *o = &map->outlet[k];
        out[k]                   = o->flow == PARK_FLOW_AFFINE ? fmax(0.0, o->alpha * in + o->beta)
                                   : o->flow == PARK_FLOW_FREE
                                       ? park_dispatch_free(d->p, d->now->season, unit->first_outlet + k, o)
                                       : 0.0;
        sum += out[k];
    }
    if (rest != SIZE_MAX && sum <= available) {
        out[rest] = available - sum > DUST * available ? available - sum : 0.0;
        return;
    }
    double scale = sum > 0.0 ? available / sum : 0.0;
    for (size_t k = 0; k < unit->outlets; k++)
        out[k] *= scale; /* 1 to rounding where everything is affine and closes */
}

/* The basin of a tower: losses go on from what is stored. A full one lets go what it cannot hold. */
static void outlets_basin(park_dispatch *d, int32_t u)
{
    const park_unit_info *unit = &d->p->model->unit[u];
    const park_map       *map  = d->now->map[u];
    double                in = d->f->intake[u], available = in + map->own, sum = 0.0;
    double               *out   = &d->f->outlet[unit->first_outlet];
    size_t                rest  = park_dispatch_rest(unit, map);
    park_level            level = d->state->level[u];
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_map_outlet *o = &map->outlet[k];
        out[k]                   = o->flow == PARK_FLOW_AFFINE ? fmax(0.0, o->alpha * in + o->beta)
                                   : o->flow == PARK_FLOW_FREE
                                       ? park_dispatch_free(d->p, d->now->season, unit->first_outlet + k, o)
                                       : 0.0;
        sum += out[k];
    }
    double wanted =
        rest == SIZE_MAX || d->now->failed[u] ? 0.0 : park_dispatch_blowdown(d->p, d->now, d->state, u);
    double scale = d->now->failed[u]                              ? 0.0
                   : level == PARK_LEVEL_EMPTY && sum > available ? available / sum
                                                                  : 1.0;
    for (size_t k = 0; k < unit->outlets; k++)
        out[k] *= scale;
    sum *= scale;
    if (level == PARK_LEVEL_EMPTY)
        wanted = fmin(wanted, fmax(0.0, available - sum));
    double rise = available - sum - wanted;
    if (level == PARK_LEVEL_FULL &&
        (rise > 0.0 || -rise <= PARK_DISPATCH_NOTICED * available)) { /* brimful: nothing stays */
        if (fabs(rise) > DUST * available)
            wanted = fmax(0.0, available - sum);
        rise = 0.0;
        if (rest == SIZE_MAX && sum > 0.0)
            for (size_t k = 0; k < unit->outlets; k++)
                out[k] *= available / sum;
    }
    if (rest != SIZE_MAX)
        out[rest] = wanted;
    d->f->net[u] = rise;
}

double park_dispatch_schedule(const park_dispatch *d, int32_t u, double others)
{
    const park_layout    *p       = d->p;
    const park_unit_info *unit    = &p->model->unit[u];
    double                planned = 0.0;
    bool                  any     = false;
    for (int32_t e = p->out_start[unit->first_outlet]; e < p->out_start[unit->first_outlet + 1]; e++) {
        int32_t l = p->out_link[e];
        if (!p->scheduled[l]) {
            if (d->state->level[u] == PARK_LEVEL_FULL)
                others += d->f->link[l];
            continue;
        }
        any = true;
        planned += p->plan != NULL ? park_dispatch_planned(d, l)
                                   : (p->hold[u] - p->empty[u]) / PARK_DISPATCH_SCHEDULE;
    }
    double in = d->f->intake[u] + d->now->map[u]->own - others;
    if (!any)
        return 0.0;
    if (d->state->level[u] == PARK_LEVEL_EMPTY)
        return fmin(planned, fmax(0.0, in));
    return d->state->level[u] == PARK_LEVEL_FULL ? fmax(planned, in) : planned;
}

/* A storage: losses, what is asked of it, what it gives by schedule; when full the surplus overflows. */
static void outlets_storage(park_dispatch *d, int32_t u)
{
    const park_unit_info *unit      = &d->p->model->unit[u];
    const park_map       *map       = d->now->map[u];
    double               *out       = &d->f->outlet[unit->first_outlet];
    double                available = d->f->intake[u] + map->own, sum = 0.0;
    size_t                overflow = SIZE_MAX;
    park_level            level    = d->state->level[u];
    for (size_t k = 0; k < unit->outlets; k++) {
        park_outlet_role role = d->p->model->outlet[unit->first_outlet + k].role;
        if (role == PARK_OUT_OVERFLOW)
            overflow = k;
        out[k] =
            k == 0 ? park_dispatch_given(d, unit->first_outlet)
            : d->p->way[unit->first_outlet + k] == PARK_WAY_EXIT && map->outlet[k].flow == PARK_FLOW_AFFINE
                ? fmax(0.0, map->outlet[k].alpha * d->f->intake[u] + map->outlet[k].beta)
                : 0.0;
        if (k > 0 && level == PARK_LEVEL_EMPTY)
            out[k] = fmin(out[k], fmax(0.0, available - sum));
        sum += out[k];
    }
    double rise = available - sum;
    if ((level == PARK_LEVEL_FULL && rise > 0.0) || (!d->p->variable[u] && rise > 0.0)) {
        bool   led  = overflow != SIZE_MAX && d->p->overflows[u];
        double over = led                    ? rise
                      : overflow != SIZE_MAX ? fmin(rise, map->own)
                                             : 0.0; /* rain runs over by itself */
        if (overflow != SIZE_MAX)
            out[overflow] = over;
        out[0] += rise - over; /* without a way over the brim: spilled at the product, below */
        rise = 0.0;
    }
    if (level != PARK_LEVEL_FREE && fabs(rise) <= PARK_DISPATCH_SETTLED * available)
        rise = 0.0;
    d->f->net[u] = d->p->variable[u] ? rise : 0.0;
}

void park_dispatch_outlets(park_dispatch *d, int32_t u)
{
    const park_unit_info *unit = &d->p->model->unit[u];
    const park_map       *map  = d->now->map[u];
    d->f->net[u]               = 0.0;
    d->f->intake[u]            = park_dispatch_intake(d, u);
    if (unit->role == PARK_SOURCE) {
        for (size_t k = 0; k < unit->outlets; k++) {
            const park_map_outlet *o     = &map->outlet[k];
            size_t                 at    = unit->first_outlet + k;
            double                 fixed = o->flow == PARK_FLOW_AFFINE ? o->beta : o->hi;
            d->f->outlet[at]             = d->p->way[at] == PARK_WAY_PULL ? park_dispatch_given(d, at)
                                           : d->now->failed[u]            ? 0.0
                                                                          : fixed;
        }
    } else if (unit->role == PARK_STORAGE) {
        outlets_storage(d, u);
    } else if (d->p->variable[u]) {
        outlets_basin(d, u);
    } else if (unit->role != PARK_SINK) {
        outlets_constant(d, u);
    }
}
