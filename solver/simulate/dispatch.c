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
#include "simulate/dispatch.h"

#include <string.h>

enum { SWEEPS_MOST = 1500, SWEEPS_PLAIN = 60, SWEEPS_HELD = 3000, THROTTLES_MOST = 60 };

/* Links of each inlet that are pulled over. */
static void donors_find(park_dispatch *d)
{
    const park_layout *p     = d->p;
    int32_t            count = 0;
    for (size_t i = 0; i < p->inlets; i++) {
        d->donor_start[i] = count;
        for (int32_t e = p->in_start[i]; e < p->in_start[i + 1]; e++) {
            int32_t l = p->in_link[e];
            if (p->way[p->model->link[l].outlet] == PARK_WAY_PULL && !p->scheduled[l])
                d->donor_link[count++] = l;
        }
    }
    d->donor_start[p->inlets] = count;
}

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
    d->busy = PARK_ARRAY(arena, layout->inlets > layout->outlets ? layout->inlets : layout->outlets, int32_t);
    d->tightening  = PARK_ARRAY(arena, layout->units, park_tightening);
    d->donor_start = PARK_ARRAY(arena, layout->inlets + 1, int32_t);
    d->donor_link  = PARK_ARRAY(arena, layout->links, int32_t);
    if (!(d->before && d->offer && d->left && d->room && d->spare && d->asked && d->most && d->target &&
          d->price && d->busy && d->tightening && d->donor_start && d->donor_link))
        return NULL;
    donors_find(d);
    return d;
}

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
        park_dispatch_outlets(d, (int32_t)u);
}

static double sweep(park_dispatch *d, double step)
{
    outlets_all(d);
    park_dispatch_targets(d);
    park_dispatch_push(d);
    for (size_t u = 0; u < d->p->units; u++)
        d->f->intake[u] = park_dispatch_intake(d, (int32_t)u);
    park_dispatch_pull(d);
    return moved_by(d, step);
}

/* What an empty storage can give: what comes, less what it loses. */
static double lets_through(const park_dispatch *d, int32_t u)
{
    const park_unit_info *unit = &d->p->model->unit[u];
    double                rest = d->f->intake[u] + d->now->map[u]->own;
    for (size_t k = 1; k < unit->outlets; k++)
        rest -= d->f->outlet[unit->first_outlet + k];
    return fmax(rest, 0.0);
}

/* Where shares go in circles, they are held as they stand and only the flows follow, so that every drop is accounted
 * for: a linear system whose sweeps shrink. What an inlet gets may then miss its target by the size of the circle. */
static double held_sweep(park_dispatch *d)
{
    const park_layout *p = d->p;
    outlets_all(d);
    for (size_t k = 0; k < p->outlets; k++) {
        bool    drains = park_dispatch_pushes(d, k) && p->way[k] != PARK_WAY_PULL;
        int32_t u      = p->model->outlet[k].unit;
        for (int32_t e = p->out_start[k]; drains && e < p->out_start[k + 1]; e++)
            d->f->link[p->out_link[e]] = d->offer[p->out_link[e]] * d->f->outlet[k];
        if (p->way[k] != PARK_WAY_PULL)
            continue;
        double links = park_dispatch_given(d, k), made = links;
        if (park_layout_supplies(p->model, u)) { /* a supply treatment gives what it makes */
            double a, b;
            park_dispatch_product(d, u, &a, &b);
            made = fmax(0.0, a * d->f->intake[u] + b);
        } else if (p->model->unit[u].role == PARK_STORAGE && d->state->level[u] == PARK_LEVEL_EMPTY)
            made = fmin(links, lets_through(d, u)); /* an empty storage no more than comes */
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
        bool all = sum > 1.0 || d->left[k] <= PARK_DISPATCH_NOTICED * d->f->outlet[k];
        for (int32_t e = p->out_start[k]; sum > 0.0 && all && e < p->out_start[k + 1]; e++)
            d->offer[p->out_link[e]] /= sum;
    }
    for (int n = 0; n < SWEEPS_HELD && moved > PARK_DISPATCH_REST; n++) {
        moved = held_sweep(d);
        d->f->sweeps++;
    }
    return moved <= PARK_DISPATCH_SETTLED;
}

/* Plain sweeps first; then shorter and shorter steps towards where a sweep points. */
static bool settle(park_dispatch *d)
{
    double moved = INFINITY;
    for (int n = 0; n < SWEEPS_MOST; n++) {
        double step = n < SWEEPS_PLAIN ? 1.0 : n < 400 ? 0.5 : n < 900 ? 0.25 : 0.1;
        moved       = sweep(d, step);
        d->f->sweeps++;
        if (moved <= PARK_DISPATCH_REST || (n > SWEEPS_PLAIN && moved <= PARK_DISPATCH_SETTLED))
            break;
    }
    d->circles = moved > PARK_DISPATCH_SETTLED;
    return moved <= PARK_DISPATCH_SETTLED;
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
            if (p->way[k] == PARK_WAY_PUSH && d->left[k] > PARK_DISPATCH_NOTICED * d->f->outlet[k])
                most = fmin(most, in * (1.0 - d->left[k] / d->f->outlet[k]));
        d->most[u] = most;
        tighter    = tighter || most < in * (1.0 - 0.5 * PARK_DISPATCH_NOTICED);
    }
    for (size_t u = 0; u < p->units; u++) {
        const park_unit_info *unit = &p->model->unit[u];
        if (!park_layout_supplies(p->model, (int32_t)u) || unit->inlets == 0)
            continue;
        double got = d->f->intake[u], want = d->target[unit->first_inlet], most = d->most[u];
        if (got >= most * (1.0 - PARK_DISPATCH_NOTICED))
            d->most[u] = park_tightening_back(&d->tightening[u], most);
        else if (want > 0.0 && got < want * (1.0 - PARK_DISPATCH_NOTICED))
            d->most[u] = park_tightening_next(&d->tightening[u], got);
        tighter = tighter || d->most[u] != most;
    }
    return tighter;
}

/* Outlets carry what their links carry and what is spilled; nothing else. */
static void finish(park_dispatch *d)
{
    const park_layout *p = d->p;
    for (size_t u = 0; u < p->units; u++)
        park_dispatch_outlets(d, (int32_t)u);
    for (size_t k = 0; k < p->outlets; k++) {
        double links   = park_dispatch_given(d, k);
        double without = d->f->outlet[k] - links;
        d->f->spill[k] = 0.0;
        if (p->way[k] == PARK_WAY_EXIT)
            continue;
        if (p->way[k] != PARK_WAY_OFFER && without > 4.0 * PARK_DISPATCH_REST * d->f->outlet[k])
            d->f->spill[k] = without;
        else
            d->f->outlet[k] = links;
    }
    for (size_t i = 0; i < p->inlets; i++) {
        double got = 0.0;
        for (int32_t e = p->in_start[i]; e < p->in_start[i + 1]; e++)
            got += d->f->link[p->in_link[e]];
        double lack    = d->f->required[i] - got;
        d->f->unmet[i] = lack > PARK_DISPATCH_NOTICED * d->f->required[i] ? lack : 0.0;
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
        dispatch->most[u] = conditions->working[u] ? p->intake_most[u] * (1.0 - conditions->lost[u]) : 0.0;
    memset(dispatch->tightening, 0, p->units * sizeof *dispatch->tightening);
    memset(dispatch->target, 0, p->inlets * sizeof(double)); /* no memory of the dispatch before */
    for (size_t l = 0; l < p->links; l++) /* begin at the plan: near the answer, and without memory */
        flows->link[l] = p->plan != NULL ? fmin(p->plan_link[(size_t)conditions->season * p->links + l],
                                                park_dispatch_capacity(dispatch, (int32_t)l))
                                         : 0.0;
    flows->settled = settle(dispatch);
    for (int n = 0; n < THROTTLES_MOST && throttle(dispatch); n++)
        flows->settled = settle(dispatch);
    if (dispatch->circles)
        flows->settled = held_settle(dispatch) && flows->settled;
    finish(dispatch);
}
