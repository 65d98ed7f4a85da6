#include "simulate/dispatch.h"

#include <string.h>

enum { ROUNDS_MOST = 200 };

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
                leaves += k == 0 ? park_dispatch_given(d, unit->first_outlet)
                                 : d->f->outlet[unit->first_outlet + k];
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
        bool                  led    = stage == 0 && park_dispatch_led(d, l);
        double                weight = led                    ? park_dispatch_capacity(d, l) - d->f->link[l]
                                       : stage == 0           ? park_dispatch_planned(d, l)
                                       : (stage == 1) != sink ? 1.0
                                                              : 0.0;
        if (p->scheduled[l] != scheduled || d->room[link->inlet] <= 0.0 ||
            d->f->link[l] >= park_dispatch_capacity(d, l))
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
        d->offer[l] = fmin(d->left[k] * (d->offer[l] / sum), park_dispatch_capacity(d, l) - d->f->link[l]);
        d->asked[p->model->link[l].inlet] += d->offer[l];
    }
    return true;
}

/* Rounds: everyone offers, inlets take what they have room for in proportion, what was refused is offered again. Who has nothing
 * left, or no link with room, has no part in the rounds to come: rooms only shrink. */
static void push(park_dispatch *d)
{
    const park_layout *p = d->p;
    d->busy_count        = 0;
    for (size_t k = 0; k < p->outlets; k++)
        if (d->left[k] > 0.0)
            d->busy[d->busy_count++] = (int32_t)k;
    for (int round = 0; round < ROUNDS_MOST; round++) {
        size_t still = 0;
        memset(d->asked, 0, p->inlets * sizeof(double));
        for (size_t b = 0; b < d->busy_count; b++) {
            size_t k = (size_t)d->busy[b];
            bool   stored =
                p->model->unit[p->model->outlet[k].unit].role == PARK_STORAGE && p->way[k] == PARK_WAY_PULL;
            if (d->left[k] > 0.0 && make_offers(d, k, stored))
                d->busy[still++] = (int32_t)k;
        }
        d->busy_count = still;
        bool moved    = false;
        for (size_t b = 0; b < still; b++) {
            size_t k = (size_t)d->busy[b];
            for (int32_t e = p->out_start[k]; e < p->out_start[k + 1]; e++) {
                int32_t l = p->out_link[e], i = p->model->link[l].inlet;
                if (d->offer[l] <= 0.0)
                    continue;
                bool   fits  = d->asked[i] <= d->room[i];
                double taken = fits ? d->offer[l] : d->offer[l] * (d->room[i] / d->asked[i]);
                d->f->link[l] += taken;
                d->left[k] -= taken;
                moved = moved || taken > 0.0;
            }
        }
        if (still == 0)
            return;
        for (size_t i = 0; i < p->inlets; i++)
            d->room[i] = d->asked[i] >= d->room[i] ? 0.0 : d->room[i] - d->asked[i];
        for (size_t k = 0; k < p->outlets; k++)
            if (d->left[k] <= 4.0 * PARK_DISPATCH_REST * d->f->outlet[k])
                d->left[k] = 0.0;
        if (!moved)
            return;
    }
}

void park_dispatch_push(park_dispatch *d)
{
    const park_layout *p = d->p;
    for (size_t k = 0; k < p->outlets; k++) {
        const park_outlet_info *outlet = &p->model->outlet[k];
        const park_unit_info   *unit   = &p->model->unit[outlet->unit];
        d->left[k]                     = 0.0;
        if (!park_dispatch_pushes(d, k))
            continue;
        double losses = 0.0;
        for (size_t j = 1; j < unit->outlets && unit->role == PARK_STORAGE; j++)
            losses += d->f->outlet[unit->first_outlet + j];
        d->left[k] =
            p->way[k] == PARK_WAY_PULL ? park_dispatch_schedule(d, outlet->unit, losses) : d->f->outlet[k];
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
                spare = map->outlet[k - unit->first_outlet].hi * (1.0 - d->now->lost[u]);
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
                park_dispatch_product(d, u, &a, &b);
                spare = d->most[u] > 0.0 ? fmax(0.0, a * d->most[u] + b) : 0.0;
            }
        }
        d->spare[k] = spare;
    }
}

static bool can_give(const park_dispatch *d, int32_t l)
{
    return d->spare[d->p->model->link[l].outlet] > 0.0 && d->f->link[l] < park_dispatch_capacity(d, l);
}

/* What controllers say goes before the plan: flows that connections are led to carry, then the donor of the lowest rank. 0:
 * they have nothing more to say. */
static double controlled_weights(park_dispatch *d, size_t i)
{
    double  sum   = 0.0;
    int32_t first = PARK_NONE;
    for (int32_t e = d->donor_start[i]; e < d->donor_start[i + 1]; e++) {
        int32_t l   = d->donor_link[e];
        d->offer[l] = 0.0;
        if (!can_give(d, l))
            continue;
        if (park_dispatch_led(d, l))
            sum += d->offer[l] = park_dispatch_capacity(d, l) - d->f->link[l];
        else if (d->state->rank[l] > 0 && (first < 0 || d->state->rank[l] < d->state->rank[first]))
            first = l;
    }
    if (sum <= 0.0 && first >= 0)
        sum = d->offer[first] = 1.0;
    return sum;
}

/* Weights of the donors of an inlet: the plan's while they can give, then the cheapest alone. */
static double ask_weights(park_dispatch *d, size_t i)
{
    const park_layout *p   = d->p;
    double             sum = controlled_weights(d, i), cheapest = INFINITY;
    int32_t            best = PARK_NONE;
    if (sum > 0.0)
        return sum;
    for (int32_t e = p->in_start[i]; e < p->in_start[i + 1]; e++) {
        int32_t               l    = p->in_link[e];
        const park_link_info *link = &p->model->link[l];
        d->offer[l]                = 0.0;
        if (!can_give(d, l))
            continue;
        d->offer[l] = park_dispatch_planned(d, l);
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

/* Asks of one inlet, by the weights of its donors; false: nobody can give it anything any more. */
static bool ask(park_dispatch *d, size_t i)
{
    double sum = ask_weights(d, i);
    bool   any = false;
    for (int32_t e = d->donor_start[i]; e < d->donor_start[i + 1] && sum > 0.0; e++) {
        int32_t l = d->donor_link[e];
        if (d->offer[l] <= 0.0)
            continue;
        d->offer[l] = fmin(d->room[i] * (d->offer[l] / sum), park_dispatch_capacity(d, l) - d->f->link[l]);
        d->asked[d->p->model->link[l].outlet] += d->offer[l];
        any = true;
    }
    return any;
}

static void take(park_dispatch *d, size_t i)
{
    for (int32_t e = d->donor_start[i]; e < d->donor_start[i + 1]; e++) {
        int32_t l = d->donor_link[e], k = d->p->model->link[l].outlet;
        if (d->offer[l] <= 0.0)
            continue;
        double given = d->asked[k] <= d->spare[k] ? d->offer[l] : d->offer[l] * (d->spare[k] / d->asked[k]);
        d->f->link[l] += given;
        d->room[i] -= given;
        if (d->room[i] <= 4.0 * PARK_DISPATCH_REST * d->target[i])
            d->room[i] = 0.0;
    }
}

/* Rounds as of push: spare water only shrinks, so who cannot be given anything, or lacks nothing, is done. */
static void pull(park_dispatch *d, bool storages)
{
    const park_layout *p = d->p;
    d->busy_count        = 0;
    for (size_t i = 0; i < p->inlets; i++)
        if (d->room[i] > 0.0 && served_now(d, i, storages))
            d->busy[d->busy_count++] = (int32_t)i;
    for (int round = 0; round < ROUNDS_MOST && d->busy_count > 0; round++) {
        size_t still = 0;
        memset(d->asked, 0, p->outlets * sizeof(double));
        for (size_t b = 0; b < d->busy_count; b++)
            if (d->room[d->busy[b]] > 0.0 && ask(d, (size_t)d->busy[b]))
                d->busy[still++] = d->busy[b];
        d->busy_count = still;
        for (size_t b = 0; b < still; b++)
            take(d, (size_t)d->busy[b]);
        for (size_t k = 0; k < p->outlets && still > 0; k++)
            d->spare[k] = d->asked[k] >= d->spare[k] ? 0.0 : d->spare[k] - d->asked[k];
    }
}

void park_dispatch_pull(park_dispatch *d)
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
