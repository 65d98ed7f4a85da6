#include "simulate/regulators.h"

#include <math.h>
#include <string.h>

enum { HOUR = 3600, DAY = 86400 };

static const double SAME      = 1e-9; /* of a concentration: two waters that cannot be told apart */
static const double DELIVERED = 1e-6; /* of a flow: less than this is missing where it was carried as led */

static bool due(const park_model *model, const park_regulator *r, int64_t t)
{
    return (t + model->time.utc_offset) % r->every == 0;
}

int64_t park_regulators_next(const park_model *model, int64_t t)
{
    int64_t next = INT64_MAX;
    for (size_t i = 0; i < model->regulators && !model->time.steady; i++) {
        int64_t every = model->regulator[i].every, local = t + model->time.utc_offset;
        int64_t then = (local / every + 1) * every - model->time.utc_offset;
        next         = then < next ? then : next;
    }
    return next;
}

/* ---- reading ---- */

/* Flow-weighted mean of what enters an inlet [kg/m3]; NAN where nothing does. */
static double inlet_conc(const park_look *k, const park_state *state, int32_t inlet, int32_t c)
{
    const park_layout *p     = k->layout;
    double             water = 0.0, mass = 0.0;
    for (int32_t e = p->in_start[inlet]; e < p->in_start[inlet + 1]; e++) {
        int32_t l = p->in_link[e];
        water += k->flows->link[l];
        mass += k->flows->link[l] *
                park_rates_outlet(k->rates, (size_t)p->model->link[l].outlet, (size_t)c, state->conc);
    }
    return water > 0.0 ? mass / water : NAN;
}

static double donor_conc(const park_look *k, const park_state *state, int32_t link, int32_t c)
{
    return park_rates_outlet(k->rates, (size_t)k->layout->model->link[link].outlet, (size_t)c, state->conc);
}

static double reading(const park_look *k, const park_state *state, const park_probe *probe)
{
    switch (probe->kind) {
    case PARK_PROBE_LEVEL:
        return k->layout->variable[probe->index] ? state->volume[probe->index] / k->layout->hold[probe->index]
                                                 : NAN;
    case PARK_PROBE_FLOW:
        return k->flows->link[probe->index];
    case PARK_PROBE_OUTLET:
        return park_rates_outlet(k->rates, (size_t)probe->index, (size_t)probe->constituent, state->conc);
    case PARK_PROBE_INLET:
        return inlet_conc(k, state, probe->index, probe->constituent);
    }
    return NAN;
}

/* ---- valves ---- */

/* Eq. (T50): a valve by the clock, its opposite outside its hours. */
static double look_clock(const park_look *k, const park_regulator *r, park_state *state)
{
    int64_t local = k->time + k->layout->model->time.utc_offset;
    bool    holds = r->hour[local % DAY / HOUR], want = holds ? r->open : !r->open;
    bool    was             = state->open[r->link[0]];
    state->open[r->link[0]] = want;
    return was != want ? 1.0 : 0.0;
}

/* Eq. (T51): fires beyond the threshold, is released behind its hysteresis. */
static double look_switch(const park_look *k, const park_regulator *r, park_state *state,
                          park_regulator_state *own)
{
    double value = reading(k, state, &r->probe);
    double back  = r->at * (r->below ? 1.0 + r->hysteresis : 1.0 - r->hysteresis);
    if (isnan(value)) /* nothing flows: nothing is known */
        return 0.0;
    own->on = own->on ? (r->below ? value < back : value > back) : (r->below ? value < r->at : value > r->at);
    bool want               = own->on ? r->open : !r->open;
    bool was                = state->open[r->link[0]];
    state->open[r->link[0]] = want;
    return was != want ? 1.0 : 0.0;
}

/* ---- PID, Eq. (T52)-(T53) ---- */

static double pid_start(const park_look *k, const park_regulator *r)
{
    const park_layout *p       = k->layout;
    double             planned = p->plan_link[(size_t)k->now->season * p->links + (size_t)r->link[0]];
    double start = !isnan(r->start) ? r->start : p->plan != NULL ? planned : 0.5 * (r->least + r->most);
    return fmin(fmax(start, r->least), r->most);
}

/* The integral stands still where it would push a flow that cannot follow: one at its bound, or one that was not carried. */
static bool held_back(const park_look *k, const park_regulator *r, double wanted, double step, double led)
{
    bool missing = led - k->flows->link[r->link[0]] > DELIVERED * r->most;
    return (step > 0.0 && (wanted > r->most || missing)) || (step < 0.0 && wanted < r->least);
}

static double look_pid(const park_look *k, const park_regulator *r, park_state *state,
                       park_regulator_state *own)
{
    double value = reading(k, state, &r->probe), scale = r->probe.kind == PARK_PROBE_LEVEL ? 1.0 : r->at;
    double gain = r->gain * (r->most - r->least), led = state->lead[r->link[0]];
    if (isnan(value)) {
        if (isnan(led))
            state->lead[r->link[0]] = pid_start(k, r);
        return 0.0;
    }
    double error = (r->at - value) / scale, slope = 0.0, step = 0.0;
    if (!own->begun)
        own->integral = pid_start(k, r) - gain * error;
    else
        slope = (own->before - value) / scale / (double)r->every;
    double wanted = gain * (error + r->rate * slope) + own->integral;
    if (own->begun && isfinite(r->reset))
        step = gain * error * (double)r->every / r->reset;
    if (step != 0.0 && !held_back(k, r, wanted + step, step, led)) {
        own->integral += step;
        wanted += step;
    }
    own->before             = value;
    own->begun              = true;
    state->lead[r->link[0]] = fmin(fmax(wanted, r->least), r->most);
    return isnan(led) ? 1.0 : fabs(state->lead[r->link[0]] - led) / r->most;
}

/* ---- blending, Eq. (T54) ---- */

static double look_blend(const park_look *k, const park_regulator *r, park_state *state)
{
    double was = state->part[r->link[0]], share = 1.0;
    for (size_t c = 0; c < k->layout->constituents; c++) {
        if (isnan(r->hold[c]))
            continue;
        double from = donor_conc(k, state, r->link[0], (int32_t)c);
        double with = donor_conc(k, state, r->link[1], (int32_t)c);
        if (from > r->hold[c] * (1.0 + SAME))
            share = with >= from ? 0.0 : fmin(share, fmax(0.0, (r->hold[c] - with) / (from - with)));
    }
    state->part[r->link[0]] = share;
    state->rank[r->link[1]] = 1;
    return isnan(was) ? 1.0 : fabs(share - was);
}

/* ---- priorities, Eq. (T55) ---- */

static double worth(const park_look *k, const park_regulator *r, const park_state *state, int32_t l)
{
    const park_model     *model = k->layout->model;
    const park_link_info *link  = &model->link[l];
    const park_map       *map   = k->now->map[link->from];
    if (r->order != PARK_ORDER_PRICE)
        return donor_conc(k, state, l, r->order);
    return map->opex_out + (model->unit[link->from].role == PARK_TREATMENT ? map->opex_in : 0.0) +
           link->price;
}

/* Ranks from 1 by rising price or concentration; equal ones by the order of connections. */
static double look_priority(const park_look *k, const park_regulator *r, park_state *state)
{
    const park_layout *p     = k->layout;
    int32_t            first = p->in_start[r->inlet], last = p->in_start[r->inlet + 1];
    double             moved = 0.0;
    for (int32_t e = first; e < last; e++) {
        int32_t l = p->in_link[e], rank = 1;
        double  own = r->ranks > 0 ? 0.0 : worth(k, r, state, l);
        for (int32_t o = first; o < last && r->ranks == 0; o++) {
            double other = worth(k, r, state, p->in_link[o]);
            rank += other < own || (other == own && o < e);
        }
        for (size_t i = 0; i < r->ranks; i++)
            if (r->rank[i] == l)
                rank = (int32_t)i + 1;
        bool named = r->ranks == 0;
        for (size_t i = 0; i < r->ranks; i++)
            named = named || r->rank[i] == l;
        if (!named)
            rank = 0; /* asked when those that are named can give no more */
        moved          = state->rank[l] != rank ? 1.0 : moved;
        state->rank[l] = rank;
    }
    return moved;
}

/* ---- all of them ---- */

double park_regulators_look(const park_look *k, park_state *state, bool all, bool *moved)
{
    const park_model *model = k->layout->model;
    double            most  = 0.0;
    for (size_t i = 0; i < model->regulators; i++) {
        const park_regulator *r      = &model->regulator[i];
        park_regulator_state *own    = &state->regulator[i];
        bool                  stands = r->kind == PARK_REGULATE_BLEND || r->kind == PARK_REGULATE_PRIORITY;
        double                by     = 0.0;
        if (moved != NULL)
            moved[i] = false;
        if (model->time.steady ? !stands : !all && !due(model, r, k->time))
            continue;
        switch (r->kind) {
        case PARK_REGULATE_CLOCK:
            by = look_clock(k, r, state);
            break;
        case PARK_REGULATE_SWITCH:
            by = look_switch(k, r, state, own);
            break;
        case PARK_REGULATE_PID:
            by = look_pid(k, r, state, own);
            break;
        case PARK_REGULATE_BLEND:
            by = look_blend(k, r, state);
            break;
        case PARK_REGULATE_PRIORITY:
            by = look_priority(k, r, state);
            break;
        }
        if (moved != NULL)
            moved[i] = by > 0.0 && (r->kind == PARK_REGULATE_CLOCK || r->kind == PARK_REGULATE_SWITCH);
        most = fmax(most, by);
    }
    return most;
}

void park_regulators_tape(const park_layout *layout, park_state *state, park_tape *tape)
{
    PARK_TAPE(tape, state->lead, layout->links);
    PARK_TAPE(tape, state->part, layout->links);
    PARK_TAPE(tape, state->rank, layout->links);
    PARK_TAPE(tape, state->regulator, layout->model->regulators);
}
