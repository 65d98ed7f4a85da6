#include "simulate/events.h"

#include "simulate/regulators.h"

#include <math.h>
#include <string.h>

static const double AT_BRIM    = 1e-12; /* of the full volume */
static const double WISH_GROWS = 1e-9;  /* of what a link wished for */
static const double LET_FALLS  = 1e-6;  /* of it: what solving a network leaves open is no shortage */

enum { SETTLES_MOST = 24, ASKS_MOST = 8 };

park_status park_events_note(park_march *m, park_event_kind kind, double time, int32_t unit, int32_t link,
                             park_error *err)
{
    park_simulation *s = m->simulation;
    if (!m->booking)
        return PARK_OK;
    s->events_total++;
    if (s->events >= m->settings->events_most)
        return PARK_OK;
    if (!PARK_GROW(m->arena, s->event, s->events, m->events_cap))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for events");
    s->event[s->events++] = (park_event){kind, (int64_t)llround(time), time, unit, link};
    return PARK_OK;
}

park_status park_events_conditions(park_march *m, park_error *err)
{
    const park_layout *p = m->layout;
    double             t = m->state->time;
    for (size_t u = 0; u < p->units; u++) {
        bool working = m->now->working[u], failed = m->now->lost[u] > 0.0;
        bool was_working = m->begun ? m->was_working[u] : true, was_failed = m->begun && m->was_failed[u];
        if (failed != was_failed)
            PARK_TRY(park_events_note(m, failed ? PARK_EVENT_FAILURE_BEGINS : PARK_EVENT_FAILURE_ENDS, t,
                                      (int32_t)u, PARK_NONE, err));
        else if (working != was_working)
            PARK_TRY(park_events_note(m, working ? PARK_EVENT_OPENED : PARK_EVENT_CLOSED, t, (int32_t)u,
                                      PARK_NONE, err));
        m->was_working[u] = working;
        m->was_failed[u]  = failed;
    }
    m->begun = true;
    return PARK_OK;
}

park_status park_events_look(park_march *m, int64_t time, bool all, double *moved, park_error *err)
{
    const park_model *model = m->layout->model;
    park_look         look  = {m->layout, m->now, m->flows, m->rates, time};
    *moved                  = park_regulators_look(&look, m->state, all, m->valves);
    for (size_t i = 0; i < model->regulators; i++)
        if (m->valves[i])
            PARK_TRY(park_events_note(m, PARK_EVENT_SWITCHED, (double)time,
                                      model->link[model->regulator[i].link[0]].from,
                                      model->regulator[i].link[0], err));
    return PARK_OK;
}

/* ---- levels ---- */

static park_level level_next(const park_layout *p, const park_state *state, const park_flows *f, size_t u)
{
    double full = p->hold[u], empty = p->empty[u], volume = state->volume[u], net = f->net[u];
    double margin = PARK_LEVEL_HYSTERESIS * (full - empty), brim = AT_BRIM * full;
    bool   basin = p->model->unit[u].role != PARK_STORAGE;
    switch (state->level[u]) {
    case PARK_LEVEL_FREE:
        if (volume >= full - brim && (net > 0.0 || (basin && net >= 0.0)))
            return PARK_LEVEL_FULL;
        return volume <= empty + brim && net < 0.0 ? PARK_LEVEL_EMPTY : PARK_LEVEL_FREE;
    case PARK_LEVEL_FULL:
        return (basin && net < 0.0) || (!basin && volume <= full - margin + brim) ? PARK_LEVEL_FREE
                                                                                  : PARK_LEVEL_FULL;
    case PARK_LEVEL_EMPTY:
        return volume >= empty + margin - brim ? PARK_LEVEL_FREE : PARK_LEVEL_EMPTY;
    }
    return state->level[u];
}

/* At one instant each unit leaves a brim at most once, but may always be stopped by one: two that push each other cannot keep
 * the clock from going, and no water is pressed into a full storage or out of an empty one. */
static park_status levels_settle(park_march *m, bool *changed, park_error *err)
{
    const park_layout *p = m->layout;
    for (size_t u = 0; u < p->units; u++) {
        if (!p->variable[u])
            continue;
        park_level was = m->state->level[u], next = level_next(p, m->state, m->flows, u);
        if (next == was || (next == PARK_LEVEL_FREE && m->moved[u]))
            continue;
        m->state->level[u] = next;
        m->moved[u]        = m->moved[u] || next == PARK_LEVEL_FREE;
        bool falls_short   = was == PARK_LEVEL_FULL && p->model->unit[u].role != PARK_STORAGE;
        *changed = *changed || !falls_short; /* a basin that falls asks for no more than it is short of */
        if (next != PARK_LEVEL_FREE && p->model->unit[u].role == PARK_STORAGE)
            PARK_TRY(park_events_note(m, next == PARK_LEVEL_FULL ? PARK_EVENT_FULL : PARK_EVENT_EMPTY,
                                      m->state->time, (int32_t)u, PARK_NONE, err));
        else if (next == PARK_LEVEL_EMPTY)
            PARK_TRY(park_events_note(m, PARK_EVENT_EMPTY, m->state->time, (int32_t)u, PARK_NONE, err));
    }
    return PARK_OK;
}

/* Eq. (T22): the valve as the mixture stands. */
static park_status valve_settle(park_march *m, size_t u, bool *changed, park_error *err)
{
    double ratio   = park_watch_ratio(m->watch, m->state, (int32_t)u);
    bool   blowing = m->state->blowing[u];
    if (!(blowing ? ratio <= PARK_SALT_OFF : ratio > PARK_SALT_ON * (1.0 + 1e-9)))
        return PARK_OK;
    m->state->blowing[u] = !blowing;
    *changed             = true;
    return park_events_note(m, PARK_EVENT_BLOWDOWN, m->state->time, (int32_t)u, PARK_NONE, err);
}

/* Dispatch until levels and flows agree. */
static park_status flows_settle(park_march *m, park_error *err)
{
    bool changed = true;
    for (int n = 0; n < SETTLES_MOST && changed; n++) {
        changed = false;
        park_dispatch_run(m->dispatch, m->now, m->state, m->flows);
        m->simulation->sweeps += m->flows->sweeps;
        m->simulation->unsettled += !m->flows->settled;
        PARK_TRY(levels_settle(m, &changed, err));
    }
    return PARK_OK;
}

/* ---- what the carrier lets through, Eq. (T65)-(T67) ---- */

/* Links wish for what they carry now, or more where they were held back; true: somebody wishes for more than before. */
static bool wishes_grow(park_march *m)
{
    const park_layout *p    = m->layout;
    bool               grew = false;
    for (size_t l = 0; l < p->links; l++) {
        double flow  = p->carried[l] ? m->flows->link[l] : 0.0;
        grew         = grew || flow > m->wanted[l] * (1.0 + WISH_GROWS);
        m->wanted[l] = fmax(m->wanted[l], flow);
    }
    return grew;
}

/* The answer, where it is less than what was let so far; true: some link must carry less. */
static bool limits_fall(park_march *m)
{
    const park_layout *p    = m->layout;
    bool               fell = false;
    for (size_t l = 0; l < p->links; l++) {
        if (!p->carried[l] || !(m->asked[l] < fmin(m->wanted[l], m->state->let[l]) * (1.0 - LET_FALLS)))
            continue;
        m->state->let[l] = fmax(0.0, m->asked[l]);
        fell             = true;
    }
    return fell;
}

static park_status carry(park_march *m, park_error *err)
{
    const park_layout  *p       = m->layout;
    const park_carrier *carrier = m->settings->carrier;
    bool                limited = false;
    memset(m->wanted, 0, p->links * sizeof *m->wanted);
    for (int n = 0; n < ASKS_MOST && (wishes_grow(m) || n == 0);
         n++) { /* its tanks fill where nothing is drawn */
        for (size_t l = 0; l < p->links; l++)
            m->asked[l] = INFINITY;
        PARK_TRY(carrier->ask(carrier->user, m->state->time, m->wanted, m->asked, &m->carried_until, err));
        m->simulation->asked++;
        if (!limits_fall(m))
            break;
        limited = true;
        PARK_TRY(flows_settle(m, err));
    }
    m->simulation->limited += limited;
    for (size_t l = 0; l < p->links; l++)
        m->flows->withheld[l] =
            isfinite(m->state->let[l]) ? fmax(0.0, m->wanted[l] - m->flows->link[l]) : 0.0;
    return PARK_OK;
}

park_status park_events_settle(park_march *m, park_error *err)
{
    const park_layout *p       = m->layout;
    bool               changed = false;
    memset(m->moved, 0, p->units * sizeof *m->moved);
    park_stated_flows(m->state->stated, m->now);
    for (size_t u = 0; u < p->units; u++)
        if (p->controlled[u])
            PARK_TRY(valve_settle(m, u, &changed, err));
    for (size_t l = 0; l < p->links && p->carried != NULL; l++)
        m->state->let[l] = INFINITY;
    PARK_TRY(flows_settle(m, err));
    if (p->carried != NULL)
        PARK_TRY(carry(m, err));
    for (size_t u = 0; u < p->units;
         u++) { /* what still pushes against a brim is held there, by rounding or by force */
        double net = m->flows->net[u], volume = m->state->volume[u], brim = AT_BRIM * p->hold[u];
        if (p->variable[u] &&
            ((net > 0.0 && volume >= p->hold[u] - brim) || (net < 0.0 && volume <= p->empty[u] + brim)))
            m->flows->net[u] = 0.0;
    }
    park_rates_set(m->rates, m->now, m->flows);
    return PARK_OK;
}

park_status park_events_happen(park_march *m, park_slot slot, park_error *err)
{
    const park_layout *p     = m->layout;
    park_state        *state = m->state;
    int32_t            u     = slot.unit;
    switch (slot.kind) {
    case PARK_SLOT_SALT:
        state->blowing[u] = !state->blowing[u];
        return park_events_note(m, PARK_EVENT_BLOWDOWN, state->time, u, PARK_NONE, err);
    case PARK_SLOT_CONTROL: {
        int32_t link = p->model->control[slot.control].link;
        park_control_switch(p, state, slot.control);
        return park_events_note(m, PARK_EVENT_LEVEL_SWITCH, state->time, u, link, err);
    }
    case PARK_SLOT_RISING:
    case PARK_SLOT_FALLING:
        return PARK_OK; /* the volume stands on the brim or on the margin: settling takes it from there */
    }
    return PARK_OK;
}
