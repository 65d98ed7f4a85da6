/*
 * dispatch.h - the parts of a dispatch: what outlets carry, what inlets should get, who offers and who asks.
 * Math: docs/math/simulation.md, Eq. (T5)-(T12). Essay: dispatch.c.   Looks down on: flows, tightening.
 */
#ifndef PARK_SIMULATE_DISPATCH_H
#define PARK_SIMULATE_DISPATCH_H

#include "simulate/flows.h"
#include "simulate/tightening.h"

#include <math.h>

#define PARK_DISPATCH_REST 1e-15               /* of the largest flow: nothing moves */
#define PARK_DISPATCH_SETTLED 1e-12            /* good enough when rounding goes in circles */
#define PARK_DISPATCH_NOTICED 1e-9             /* of the flow concerned: a shortage or a spill that counts */
#define PARK_DISPATCH_REFILL (6.0 * 3600.0)    /* an empty basin is refilled within [s] */
#define PARK_DISPATCH_SCHEDULE (24.0 * 3600.0) /* without a plan a storage is filled and emptied within [s] */

struct park_dispatch {
    const park_layout     *p;
    const park_conditions *now;
    const park_state      *state;
    park_flows            *f;
    double                *before; /* [L] flows of the sweep before */
    double                *offer;  /* [L] */
    double                *left;   /* [K] still to be placed */
    double                *room;   /* [I] still to be accepted */
    double                *spare;  /* [K] what a donor can still give */
    double                *asked;  /* [I], [K] sums of a round */
    double                *most;   /* [U] throttled intake */
    double                *target; /* [I] what an inlet should get */
    double                *price;  /* [K] CNY/m3 at the donor */
    int32_t               *busy;   /* [max(I, K)] the outlets or inlets of a round */
    size_t                 busy_count;
    int32_t         *donor_start, *donor_link; /* [I+1], links of an inlet whose outlet gives what is asked */
    park_tightening *tightening;               /* [U] */
    bool             circles;                  /* the last settling did not come to rest */
};

/* ---- outlets.c ---- */

/* Outlets and net rise of a unit from its present intake, Eq. (T6), (T7). Also sets its intake. */
void park_dispatch_outlets(park_dispatch *dispatch, int32_t unit);
/* What a storage sends to those who do not ask; `others` leaves it anyhow [m3/s]. */
double park_dispatch_schedule(const park_dispatch *dispatch, int32_t unit, double others);
/* The affine map from a treatment's intake to its product: product = a intake + b. */
void park_dispatch_product(const park_dispatch *dispatch, int32_t unit, double *a, double *b);
/* Outflow that does not wait for anyone: evaporation, drift, steam. */
double park_dispatch_forced(const park_map *map);
/* An outlet that runs at the plan's rate (exported condensate). */
double park_dispatch_free(const park_layout *layout, int32_t season, size_t outlet,
                          const park_map_outlet *map);
/* The outlet (within the unit) that carries what the balance leaves; SIZE_MAX none. */
size_t park_dispatch_rest(const park_unit_info *unit, const park_map *map);

/* ---- targets.c ---- */

/* What every inlet should get, Eq. (T5). */
void park_dispatch_targets(park_dispatch *dispatch);

/* ---- shares.c ---- */

/* Stages 1 and 2: fill the links anew from what outlets carry and inlets should get, Eq. (T8)-(T11). */
void park_dispatch_push(park_dispatch *dispatch);
void park_dispatch_pull(park_dispatch *dispatch);

/* ---- small ---- */

static inline double park_dispatch_planned(const park_dispatch *d, int32_t l)
{
    return d->p->plan_link[(size_t)d->now->season * d->p->links + (size_t)l];
}

static inline double park_dispatch_capacity(const park_dispatch *d, int32_t l)
{
    const park_link_info *link = &d->p->model->link[l];
    if (!d->state->open[l] || d->now->failed[link->from] || d->now->failed[link->to])
        return 0.0;
    double most = fmin(d->p->capacity[l], d->state->let[l]);
    if (!isnan(d->state->lead[l]))
        most = fmin(most, d->state->lead[l]);
    if (!isnan(d->state->part[l]))
        most = fmin(most, d->state->part[l] * d->target[link->inlet]);
    return most;
}

/* Does a controller say how much this connection should carry? */
static inline bool park_dispatch_led(const park_dispatch *d, int32_t l)
{
    return !isnan(d->state->lead[l]) || !isnan(d->state->part[l]);
}

static inline double park_dispatch_intake(const park_dispatch *d, int32_t u)
{
    const park_unit_info *unit  = &d->p->model->unit[u];
    double                sum   = 0.0;
    int32_t               first = d->p->in_start[unit->first_inlet],
            last                = d->p->in_start[unit->first_inlet + unit->inlets];
    for (int32_t e = first; e < last; e++)
        sum += d->f->link[d->p->in_link[e]];
    return sum;
}

static inline double park_dispatch_given(const park_dispatch *d, size_t k)
{
    double sum = 0.0;
    for (int32_t e = d->p->out_start[k]; e < d->p->out_start[k + 1]; e++)
        sum += d->f->link[d->p->out_link[e]];
    return sum;
}

static inline bool park_dispatch_pushes(const park_dispatch *d, size_t k)
{
    const park_outlet_info *outlet = &d->p->model->outlet[k];
    return d->p->way[k] == PARK_WAY_PUSH || d->p->way[k] == PARK_WAY_OFFER ||
           (d->p->model->unit[outlet->unit].role == PARK_STORAGE &&
            k == d->p->model->unit[outlet->unit].first_outlet);
}

#endif
