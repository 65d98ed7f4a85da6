/*
 * Who gets which water, while conditions last.
 *
 *   1 what arrives is pushed: drains, products of waste treatment, rejects, streams; by the plan's shares of each
 *     outlet, then over its other links, sinks last                                                    (T8), (T9)
 *   2 what users and supply treatments still lack is pulled from sources, storages and supply treatments by the
 *     plan's shares of each inlet, then from the cheapest other donor; storages are filled last        (T10), (T11)
 *   3 the outlets of every unit follow from its intake by its map                                      (T6), (T7)
 *
 * 1-3 are swept until nothing moves: users break most loops, since their intake is their demand whoever serves it;
 * the loops that remain (rejects led back) shrink by their share at each sweep. Then a treatment that cannot place
 * what it makes, or is not fed what it is asked for, is throttled and the sweeps begin again (T12). Throttles only
 * tighten, so this ends.
 */
#include "simulate/flows.h"

#include <math.h>
#include <string.h>

enum { SWEEPS_MOST = 1500, SWEEPS_PLAIN = 60, SWEEPS_HELD = 3000, ROUNDS_MOST = 200, THROTTLES_MOST = 60 };

static const double REST          = 1e-15; /* of the largest flow: nothing moves */
static const double SETTLED       = 1e-12; /* good enough when rounding goes in circles */
static const double DUST          = 1e-14; /* of what comes in: rounding, not a flow */
static const double NOTICED       = 1e-9;  /* of the flow concerned: a shortage or a spill that counts */
static const double REFILL_TIME   = 6.0 * 3600.0;  /* an empty basin is refilled within [s] */
static const double SCHEDULE_TIME = 24.0 * 3600.0; /* without a plan a storage is emptied within [s] */
static const double WIDE_OPEN     = 1.5;           /* blowdown by control: this times the plan's ... */
static const double WIDE_MORE     = 0.05;          /* ... and this share of the evaporation */

struct park_dispatch {
    const park_layout     *p;
    const park_conditions *now;
    const park_state      *state;
    park_flows            *f;
    double                *before;  /* [L] flows of the sweep before */
    double                *offer;   /* [L] */
    double                *left;    /* [K] still to be placed */
    double                *room;    /* [I] still to be accepted */
    double                *spare;   /* [K] what a donor can still give */
    double                *asked;   /* [I], [K] sums of a round */
    double                *most;    /* [U] throttled intake */
    double                *target;  /* [I] what an inlet should get */
    double                *price;   /* [K] CNY/m3 at the donor */
    bool                   circles; /* the last settling did not come to rest */
};

park_dispatch *park_dispatch_new(park_arena *arena, const park_layout *layout)
{
    park_dispatch *d = PARK_NEW(arena, park_dispatch);
    if (d == NULL)
        return NULL;
    d->p      = layout;
    d->before = PARK_ARRAY(arena, layout->links, double);
    d->offer  = PARK_ARRAY(arena, layout->links, double);
    d->left   = PARK_ARRAY(arena, layout->outlets, double);
    d->room   = PARK_ARRAY(arena, layout->inlets, double);
    d->spare  = PARK_ARRAY(arena, layout->outlets, double);
    d->asked  = PARK_ARRAY(arena, layout->inlets + layout->outlets, double);
    d->most   = PARK_ARRAY(arena, layout->units, double);
    d->target = PARK_ARRAY(arena, layout->inlets, double);
    d->price  = PARK_ARRAY(arena, layout->outlets, double);
    return d->before && d->offer && d->left && d->room && d->spare && d->asked && d->most && d->target &&
                   d->price
               ? d
               : NULL;
}

/* ---- what a unit does with its water ---- */

static double plan_link(const park_dispatch *d, int32_t l)
{
    return d->p->plan_link[(size_t)d->now->season * d->p->links + (size_t)l];
}

static double capacity(const park_dispatch *d, int32_t l)
{
    const park_link_info *link = &d->p->model->link[l];
    if (!d->state->open[l] || d->now->failed[link->from] || d->now->failed[link->to])
        return 0.0;
    return d->p->capacity[l];
}

static double intake(const park_dispatch *d, int32_t u)
{
    const park_unit_info *unit  = &d->p->model->unit[u];
    double                sum   = 0.0;
    int32_t               first = d->p->in_start[unit->first_inlet],
            last                = d->p->in_start[unit->first_inlet + unit->inlets];
    for (int32_t e = first; e < last; e++)
        sum += d->f->link[d->p->in_link[e]];
    return sum;
}

static double outlet_links(const park_dispatch *d, size_t k)
{
    double sum = 0.0;
    for (int32_t e = d->p->out_start[k]; e < d->p->out_start[k + 1]; e++)
        sum += d->f->link[d->p->out_link[e]];
    return sum;
}

/* Outflow that does not wait for anyone: evaporation, drift, steam. */
static double forced_now(const park_map *map)
{
    double sum = 0.0;
    for (size_t k = 0; k < map->outlets; k++)
        if (map->outlet[k].flow == PARK_FLOW_AFFINE)
            sum += map->outlet[k].beta;
    return sum;
}

/* Outlets that run at the plan's rate (exported condensate). */
static double planned_free(const park_layout *p, int32_t season, size_t k, const park_map_outlet *outlet)
{
    double planned = p->plan_outlet[(size_t)season * p->outlets + k];
    return isnan(planned) ? outlet->lo : fmin(fmax(planned, outlet->lo), outlet->hi);
}

static size_t rest_outlet(const park_unit_info *unit, const park_map *map)
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
    size_t                rest = rest_outlet(unit, map);
    if (rest == SIZE_MAX)
        return 0.0;
    double planned = p->plan_outlet[(size_t)now->season * p->outlets + unit->first_outlet + rest];
    double forced = forced_now(map), usual = p->forced[(size_t)now->season * p->units + (size_t)u];
    double base = isnan(planned) ? map->outlet[rest].lo : usual > 0.0 ? planned * forced / usual : planned;
    if (p->controlled[u] && state->blowing[u])
        base = isnan(planned) ? fmax(forced, base) : WIDE_OPEN * base + WIDE_MORE * forced;
    return fmin(fmax(base, map->outlet[rest].lo), map->outlet[rest].hi);
}

/* The affine map from intake to the sum of a treatment's product: product = a intake + b. */
static void product_map(const park_dispatch *d, int32_t u, double *a, double *b)
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
    double                in = d->f->intake[u], available = in + map->own, sum = 0.0;
    double               *out  = &d->f->outlet[unit->first_outlet];
    size_t                rest = rest_outlet(unit, map);
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_map_outlet *o = &map->outlet[k];
        out[k]                   = o->flow == PARK_FLOW_AFFINE ? fmax(0.0, o->alpha * in + o->beta)
                                   : o->flow == PARK_FLOW_FREE ? planned_free(d->p, d->now->season, unit->first_outlet + k, o)
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
    size_t                rest  = rest_outlet(unit, map);
    park_level            level = d->state->level[u];
    for (size_t k = 0; k < unit->outlets; k++) {
        const park_map_outlet *o = &map->outlet[k];
        out[k]                   = o->flow == PARK_FLOW_AFFINE ? fmax(0.0, o->alpha * in + o->beta)
                                   : o->flow == PARK_FLOW_FREE ? planned_free(d->p, d->now->season, unit->first_outlet + k, o)
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
        (rise > 0.0 || -rise <= NOTICED * available)) { /* brimful: nothing stays */
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

static double schedule(const park_dispatch *d, int32_t u, double others)
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
        planned += p->plan != NULL ? plan_link(d, l) : (p->hold[u] - p->empty[u]) / SCHEDULE_TIME;
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
            k == 0 ? outlet_links(d, unit->first_outlet)
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
    if (level != PARK_LEVEL_FREE && fabs(rise) <= SETTLED * available)
        rise = 0.0;
    d->f->net[u] = d->p->variable[u] ? rise : 0.0;
}

static void outlets_of(park_dispatch *d, int32_t u)
{
    const park_unit_info *unit = &d->p->model->unit[u];
    const park_map       *map  = d->now->map[u];
    d->f->net[u]               = 0.0;
    d->f->intake[u]            = intake(d, u);
    if (unit->role == PARK_SOURCE) {
        for (size_t k = 0; k < unit->outlets; k++) {
            const park_map_outlet *o     = &map->outlet[k];
            size_t                 at    = unit->first_outlet + k;
            double                 fixed = o->flow == PARK_FLOW_AFFINE ? o->beta : o->hi;
            d->f->outlet[at]             = d->p->way[at] == PARK_WAY_PULL ? outlet_links(d, at)
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

/* ---- what an inlet should get ---- */

/* Eq. (T5): users by their demand of the moment; those that lose water whatever comes (towers, boilers) by what
 * they lose and let go; free ones by the plan. */
static void user_target(park_dispatch *d, int32_t u)
{
    const park_layout    *p      = d->p;
    const park_unit_info *unit   = &p->model->unit[u];
    const park_map       *map    = d->now->map[u];
    double                forced = forced_now(map), alpha = 0.0, need = 0.0, more = 0.0;
    for (size_t k = 0; k < map->outlets; k++)
        if (map->outlet[k].flow == PARK_FLOW_AFFINE)
            alpha += map->outlet[k].alpha;
        else if (map->outlet[k].flow == PARK_FLOW_FREE)
            need += planned_free(p, d->now->season, unit->first_outlet + k, &map->outlet[k]);
    bool consumes = forced > 0.0 && rest_outlet(unit, map) != SIZE_MAX;
    if (consumes && alpha < 1.0)
        need = fmax(0.0, (need + forced + park_dispatch_blowdown(p, d->now, d->state, u) - map->own) /
                             (1.0 - alpha));
    if (consumes && p->variable[u] && d->state->level[u] != PARK_LEVEL_FULL)
        more = p->hold[u] / REFILL_TIME / fmax(1.0 - alpha, 1e-3);
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
    double                a, b, asked = outlet_links(d, unit->first_outlet);
    product_map(d, u, &a, &b);
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
        want += p->plan != NULL  ? plan_link(d, l)
                : isfinite(most) ? most
                                 : (p->hold[u] - p->empty[u]) / SCHEDULE_TIME;
    }
    bool full     = d->state->level[u] == PARK_LEVEL_FULL || !p->variable[u] || d->now->failed[u];
    d->target[at] = full ? 0.0 : want;
}

static void targets(park_dispatch *d)
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

/* ---- stage 1: push, Eq. (T8), (T9) ---- */

/* How much pushed water each inlet takes. */
static void rooms(park_dispatch *d)
{
    const park_layout *p = d->p;
    for (size_t i = 0; i < p->inlets; i++) {
        int32_t               u    = p->model->inlet[i].unit;
        const park_unit_info *unit = &p->model->unit[u];
        const park_map       *map  = d->now->map[u];
        double                room = INFINITY;
        if (unit->role == PARK_USER || park_layout_supplies(p->model, u))
            room = d->target[i];
        else if (unit->role == PARK_TREATMENT)
            room = fmin(d->most[u], map->in_hi[i - unit->first_inlet]);
        else if (unit->role == PARK_SINK)
            room = map->in_hi[i - unit->first_inlet];
        else if (!p->variable[u])
            room = 0.0;
        else if (d->state->level[u] == PARK_LEVEL_FULL && !p->overflows[u]) {
            double leaves = 0.0;
            for (size_t k = 0; k < unit->outlets; k++)
                leaves += k == 0 ? outlet_links(d, unit->first_outlet) : d->f->outlet[unit->first_outlet + k];
            room = fmax(0.0, leaves - map->own);
        }
        d->room[i] = d->now->failed[u] ? 0.0 : room;
    }
}

/* Which links of an outlet are offered water in this round: the plan's, then any but sinks, then sinks. */
static double offer_weights(park_dispatch *d, size_t k, int stage, bool scheduled)
{
    const park_layout *p   = d->p;
    double             sum = 0.0;
    for (int32_t e = p->out_start[k]; e < p->out_start[k + 1]; e++) {
        int32_t               l      = p->out_link[e];
        const park_link_info *link   = &p->model->link[l];
        bool                  sink   = p->model->unit[link->to].role == PARK_SINK;
        double                weight = stage == 0 ? plan_link(d, l) : (stage == 1) != sink ? 1.0 : 0.0;
        if (p->scheduled[l] != scheduled || d->room[link->inlet] <= 0.0 || d->f->link[l] >= capacity(d, l))
            weight = 0.0;
        d->offer[l] = weight;
        sum += weight;
    }
    return sum;
}

/* One outlet's offers of what is left, by the first stage that has room. */
static bool make_offers(park_dispatch *d, size_t k, bool scheduled)
{
    const park_layout *p   = d->p;
    double             sum = 0.0;
    for (int stage = 0; stage < 3 && sum <= 0.0; stage++)
        sum = offer_weights(d, k, stage, scheduled);
    if (sum <= 0.0)
        return false;
    for (int32_t e = p->out_start[k]; e < p->out_start[k + 1]; e++) {
        int32_t l = p->out_link[e];
        if (d->offer[l] <= 0.0) {
            d->offer[l] = 0.0;
            continue;
        }
        d->offer[l] = fmin(d->left[k] * (d->offer[l] / sum), capacity(d, l) - d->f->link[l]);
        d->asked[p->model->link[l].inlet] += d->offer[l];
    }
    return true;
}

static bool pushes(const park_dispatch *d, size_t k)
{
    const park_outlet_info *outlet = &d->p->model->outlet[k];
    return d->p->way[k] == PARK_WAY_PUSH || d->p->way[k] == PARK_WAY_OFFER ||
           (d->p->model->unit[outlet->unit].role == PARK_STORAGE &&
            k == d->p->model->unit[outlet->unit].first_outlet);
}

/* Rounds: everyone offers, inlets take what they have room for in proportion, what was refused is offered again. */
static void push(park_dispatch *d)
{
    const park_layout *p = d->p;
    for (int round = 0; round < ROUNDS_MOST; round++) {
        bool moved = false;
        memset(d->asked, 0, p->inlets * sizeof(double));
        memset(d->offer, 0, p->links * sizeof(double));
        for (size_t k = 0; k < p->outlets; k++) {
            bool stored =
                p->model->unit[p->model->outlet[k].unit].role == PARK_STORAGE && p->way[k] == PARK_WAY_PULL;
            if (d->left[k] > 0.0)
                moved = make_offers(d, k, stored) || moved;
        }
        if (!moved)
            return;
        moved = false;
        for (size_t l = 0; l < p->links; l++) {
            int32_t i = p->model->link[l].inlet, k = p->model->link[l].outlet;
            if (d->offer[l] <= 0.0)
                continue;
            bool   fits  = d->asked[i] <= d->room[i];
            double taken = fits ? d->offer[l] : d->offer[l] * (d->room[i] / d->asked[i]);
            d->f->link[l] += taken;
            d->left[k] -= taken;
            moved = moved || taken > 0.0;
        }
        for (size_t i = 0; i < p->inlets; i++)
            d->room[i] = d->asked[i] >= d->room[i] ? 0.0 : d->room[i] - d->asked[i];
        for (size_t k = 0; k < p->outlets; k++)
            if (d->left[k] <= 4.0 * REST * d->f->outlet[k])
                d->left[k] = 0.0;
        if (!moved)
            return;
    }
}

static void push_all(park_dispatch *d)
{
    const park_layout *p = d->p;
    for (size_t k = 0; k < p->outlets; k++) {
        const park_outlet_info *outlet = &p->model->outlet[k];
        const park_unit_info   *unit   = &p->model->unit[outlet->unit];
        d->left[k]                     = 0.0;
        if (!pushes(d, k))
            continue;
        double losses = 0.0;
        for (size_t j = 1; j < unit->outlets && unit->role == PARK_STORAGE; j++)
            losses += d->f->outlet[unit->first_outlet + j];
        d->left[k] = p->way[k] == PARK_WAY_PULL ? schedule(d, outlet->unit, losses) : d->f->outlet[k];
    }
    for (size_t l = 0; l < p->links; l++)
        d->f->link[l] =
            p->way[p->model->link[l].outlet] == PARK_WAY_PULL && !p->scheduled[l] ? d->f->link[l] : 0.0;
    rooms(d);
    push(d);
}

/* ---- stage 2: pull, Eq. (T10), (T11) ---- */

static void donors(park_dispatch *d)
{
    const park_layout *p = d->p;
    for (size_t k = 0; k < p->outlets; k++) {
        int32_t               u    = p->model->outlet[k].unit;
        const park_unit_info *unit = &p->model->unit[u];
        const park_map       *map  = d->now->map[u];
        double                a, b, spare = 0.0;
        d->price[k] = map->opex_out + (unit->role == PARK_TREATMENT ? map->opex_in : 0.0);
        if (p->way[k] == PARK_WAY_PULL && d->now->working[u]) {
            if (unit->role == PARK_SOURCE) {
                spare = map->outlet[k - unit->first_outlet].hi;
            } else if (unit->role == PARK_STORAGE) {
                double given = 0.0;
                for (int32_t e = p->out_start[k]; e < p->out_start[k + 1]; e++)
                    given += p->scheduled[p->out_link[e]] ? d->f->link[p->out_link[e]] : 0.0;
                spare = d->state->level[u] == PARK_LEVEL_EMPTY || !p->variable[u]
                            ? fmax(0.0, d->f->intake[u] + map->own - given)
                            : INFINITY;
                for (size_t j = 1; j < unit->outlets && d->state->level[u] == PARK_LEVEL_EMPTY; j++)
                    spare = fmax(0.0, spare - d->f->outlet[unit->first_outlet + j]);
            } else {
                product_map(d, u, &a, &b);
                spare = d->most[u] > 0.0 ? fmax(0.0, a * d->most[u] + b) : 0.0;
            }
        }
        d->spare[k] = spare;
    }
}

/* Weights of the donors of an inlet: the plan's while they can give, then the cheapest alone. */
static double ask_weights(park_dispatch *d, size_t i)
{
    const park_layout *p   = d->p;
    double             sum = 0.0, cheapest = INFINITY;
    int32_t            best = PARK_NONE;
    for (int32_t e = p->in_start[i]; e < p->in_start[i + 1]; e++) {
        int32_t               l    = p->in_link[e];
        const park_link_info *link = &p->model->link[l];
        d->offer[l]                = 0.0;
        if (p->way[link->outlet] != PARK_WAY_PULL || p->scheduled[l] || d->spare[link->outlet] <= 0.0 ||
            d->f->link[l] >= capacity(d, l))
            continue;
        d->offer[l] = plan_link(d, l);
        sum += d->offer[l];
        if (d->price[link->outlet] + link->price < cheapest) {
            cheapest = d->price[link->outlet] + link->price;
            best     = l;
        }
    }
    if (sum <= 0.0 && best >= 0) {
        d->offer[best] = 1.0;
        sum            = 1.0;
    }
    return sum;
}

static bool served_now(const park_dispatch *d, size_t i, bool storages)
{
    return (d->p->model->unit[d->p->model->inlet[i].unit].role == PARK_STORAGE) == storages;
}

static void pull(park_dispatch *d, bool storages)
{
    const park_layout *p = d->p;
    for (int round = 0; round < ROUNDS_MOST; round++) {
        bool moved = false;
        memset(d->asked, 0, p->outlets * sizeof(double));
        for (size_t i = 0; i < p->inlets; i++) {
            double sum = d->room[i] > 0.0 && served_now(d, i, storages) ? ask_weights(d, i) : 0.0;
            for (int32_t e = p->in_start[i]; e < p->in_start[i + 1]; e++) {
                int32_t l = p->in_link[e];
                if (sum <= 0.0) {
                    d->offer[l] = 0.0;
                } else if (d->offer[l] > 0.0) {
                    d->offer[l] = fmin(d->room[i] * (d->offer[l] / sum), capacity(d, l) - d->f->link[l]);
                    d->asked[p->model->link[l].outlet] += d->offer[l];
                    moved = true;
                }
            }
        }
        if (!moved)
            return;
        for (size_t l = 0; l < p->links; l++) {
            int32_t k = p->model->link[l].outlet, i = p->model->link[l].inlet;
            if (d->offer[l] <= 0.0)
                continue;
            double given =
                d->asked[k] <= d->spare[k] ? d->offer[l] : d->offer[l] * (d->spare[k] / d->asked[k]);
            d->f->link[l] += given;
            d->room[i] -= given;
            if (d->room[i] <= 4.0 * REST * d->target[i])
                d->room[i] = 0.0;
        }
        for (size_t k = 0; k < p->outlets; k++)
            d->spare[k] = d->asked[k] >= d->spare[k] ? 0.0 : d->spare[k] - d->asked[k];
    }
}

static void pull_all(park_dispatch *d)
{
    const park_layout *p = d->p;
    for (size_t i = 0; i < p->inlets; i++) {
        int32_t   u      = p->model->inlet[i].unit;
        park_role role   = p->model->unit[u].role;
        bool      asks   = role == PARK_USER || role == PARK_STORAGE || park_layout_supplies(p->model, u);
        double    pushed = 0.0;
        for (int32_t e = p->in_start[i]; e < p->in_start[i + 1]; e++) {
            int32_t l = p->in_link[e];
            if (p->way[p->model->link[l].outlet] == PARK_WAY_PULL && !p->scheduled[l])
                d->f->link[l] = 0.0;
            else
                pushed += d->f->link[l];
        }
        bool pushed_counts = role != PARK_STORAGE; /* a fill is the plan's, whatever else arrives */
        d->room[i] =
            asks && !d->now->failed[u] ? fmax(0.0, d->target[i] - (pushed_counts ? pushed : 0.0)) : 0.0;
    }
    donors(d);
    pull(d, false);
    pull(d, true);
}

/* ---- sweeps and throttles ---- */

/* How far the links moved, as a share of the largest flow; `step` of the way is gone. */
static double moved_by(park_dispatch *d, double step)
{
    double moved = 0.0, largest = 0.0;
    for (size_t l = 0; l < d->p->links; l++) {
        double change = d->f->link[l] - d->before[l];
        if (step < 1.0)
            d->f->link[l] = d->before[l] + step * change;
        moved   = fmax(moved, fabs(change));
        largest = fmax(largest, d->f->link[l]);
    }
    return largest > 0.0 ? moved / largest : 0.0;
}

static void outlets_all(park_dispatch *d)
{
    memcpy(d->before, d->f->link, d->p->links * sizeof(double));
    for (size_t u = 0; u < d->p->units; u++)
        outlets_of(d, (int32_t)u);
}

static double sweep(park_dispatch *d, double step)
{
    outlets_all(d);
    targets(d);
    push_all(d);
    for (size_t u = 0; u < d->p->units; u++)
        d->f->intake[u] = intake(d, (int32_t)u);
    pull_all(d);
    return moved_by(d, step);
}

/* Where shares go in circles, they are held as they stand and only the flows follow, so that every drop is accounted
 * for: a linear system whose sweeps shrink. What an inlet gets may then miss its target by the size of the circle. */
static double held_sweep(park_dispatch *d)
{
    const park_layout *p = d->p;
    outlets_all(d);
    for (size_t k = 0; k < p->outlets; k++) {
        bool    drains = pushes(d, k) && p->way[k] != PARK_WAY_PULL;
        int32_t u      = p->model->outlet[k].unit;
        for (int32_t e = p->out_start[k]; drains && e < p->out_start[k + 1]; e++)
            d->f->link[p->out_link[e]] = d->offer[p->out_link[e]] * d->f->outlet[k];
        if (p->way[k] != PARK_WAY_PULL || !park_layout_supplies(p->model, u))
            continue;
        double a, b, links = outlet_links(d, k), made; /* a supply treatment gives what it makes */
        product_map(d, u, &a, &b);
        made = fmax(0.0, a * d->f->intake[u] + b);
        for (int32_t e = p->out_start[k]; links > 0.0 && e < p->out_start[k + 1]; e++)
            d->f->link[p->out_link[e]] *= made / links;
    }
    return moved_by(d, 1.0);
}

static bool held_settle(park_dispatch *d)
{
    const park_layout *p     = d->p;
    double             moved = INFINITY;
    outlets_all(d);
    for (size_t l = 0; l < p->links; l++) {
        double outlet = d->f->outlet[p->model->link[l].outlet];
        d->offer[l]   = outlet > 0.0 ? d->f->link[l] / outlet : 0.0;
    }
    for (size_t k = 0; k < p->outlets; k++) { /* what is spilled stays spilled; no share exceeds the whole */
        double sum = 0.0;
        for (int32_t e = p->out_start[k]; e < p->out_start[k + 1]; e++)
            sum += d->offer[p->out_link[e]];
        bool all = sum > 1.0 || d->left[k] <= NOTICED * d->f->outlet[k];
        for (int32_t e = p->out_start[k]; sum > 0.0 && all && e < p->out_start[k + 1]; e++)
            d->offer[p->out_link[e]] /= sum;
    }
    for (int n = 0; n < SWEEPS_HELD && moved > REST; n++) {
        moved = held_sweep(d);
        d->f->sweeps++;
    }
    return moved <= SETTLED;
}

/* Plain sweeps first; then shorter and shorter steps towards where a sweep points. */
static bool settle(park_dispatch *d)
{
    double moved = INFINITY;
    for (int n = 0; n < SWEEPS_MOST; n++) {
        double step = n < SWEEPS_PLAIN ? 1.0 : n < 400 ? 0.5 : n < 900 ? 0.25 : 0.1;
        moved       = sweep(d, step);
        d->f->sweeps++;
        if (moved <= REST || (n > SWEEPS_PLAIN && moved <= SETTLED))
            break;
    }
    d->circles = moved > SETTLED;
    return moved <= SETTLED;
}

/* Water of a treatment's outlets that found no place, and feed that did not come: both lower what it may take. */
static bool throttle(park_dispatch *d)
{
    const park_layout *p       = d->p;
    bool               tighter = false;
    for (size_t u = 0; u < p->units; u++) {
        const park_unit_info *unit = &p->model->unit[u];
        if (unit->role != PARK_TREATMENT || d->f->intake[u] <= 0.0)
            continue;
        double in = d->f->intake[u], most = d->most[u];
        for (size_t k = unit->first_outlet; k < unit->first_outlet + unit->outlets; k++)
            if (p->way[k] == PARK_WAY_PUSH && d->left[k] > NOTICED * d->f->outlet[k])
                most = fmin(most, in * (1.0 - d->left[k] / d->f->outlet[k]));
        d->most[u] = most;
        tighter    = tighter || most < in * (1.0 - 0.5 * NOTICED);
    }
    for (size_t u = 0; u < p->units; u++) {
        const park_unit_info *unit = &p->model->unit[u];
        if (!park_layout_supplies(p->model, (int32_t)u) || unit->inlets == 0)
            continue;
        double got = d->f->intake[u], want = d->target[unit->first_inlet];
        if (want > 0.0 && got < want * (1.0 - NOTICED) && got < d->most[u] * (1.0 - NOTICED)) {
            d->most[u] = got;
            tighter    = true;
        }
    }
    return tighter;
}

/* Outlets carry what their links carry and what is spilled; nothing else. */
static void finish(park_dispatch *d)
{
    const park_layout *p = d->p;
    for (size_t u = 0; u < p->units; u++)
        outlets_of(d, (int32_t)u);
    for (size_t k = 0; k < p->outlets; k++) {
        double links   = outlet_links(d, k);
        double without = d->f->outlet[k] - links;
        d->f->spill[k] = 0.0;
        if (p->way[k] == PARK_WAY_EXIT)
            continue;
        if (p->way[k] != PARK_WAY_OFFER && without > 4.0 * REST * d->f->outlet[k])
            d->f->spill[k] = without;
        else
            d->f->outlet[k] = links;
    }
    for (size_t i = 0; i < p->inlets; i++) {
        double got = 0.0;
        for (int32_t e = p->in_start[i]; e < p->in_start[i + 1]; e++)
            got += d->f->link[p->in_link[e]];
        double lack    = d->f->required[i] - got;
        d->f->unmet[i] = lack > NOTICED * d->f->required[i] ? lack : 0.0;
    }
}

void park_dispatch_run(park_dispatch *dispatch, const park_conditions *conditions, const park_state *state,
                       park_flows *flows)
{
    const park_layout *p = dispatch->p;
    dispatch->now        = conditions;
    dispatch->state      = state;
    dispatch->f          = flows;
    flows->sweeps        = 0;
    memset(flows->required, 0, p->inlets * sizeof(double));
    for (size_t u = 0; u < p->units; u++)
        dispatch->most[u] = conditions->working[u] ? p->intake_most[u] : 0.0;
    for (size_t l = 0; l < p->links; l++) /* begin at the plan: near the answer, and without memory */
        flows->link[l] = p->plan != NULL ? fmin(p->plan_link[(size_t)conditions->season * p->links + l],
                                                capacity(dispatch, (int32_t)l))
                                         : 0.0;
    flows->settled = settle(dispatch);
    for (int n = 0; n < THROTTLES_MOST && throttle(dispatch); n++)
        flows->settled = settle(dispatch);
    if (dispatch->circles)
        flows->settled = held_settle(dispatch) && flows->settled;
    finish(dispatch);
}
