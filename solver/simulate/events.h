/*
 * events.h - the moving park as a whole, and what happens at an instant: brims, valves, switches, failures.
 * Math: docs/math/simulation.md, Eq. (T5), (T22), (T23).   Looks down on: watch, controls, account, quality.
 */
#ifndef PARK_SIMULATE_EVENTS_H
#define PARK_SIMULATE_EVENTS_H

#include "simulate/account.h"
#include "simulate/controls.h"
#include "simulate/quality.h"
#include "simulate/stated.h"
#include "simulate/watch.h"

/* One march: what park_simulate owns while it runs. */
typedef struct park_march {
    park_arena                   *arena;
    const park_layout            *layout;
    const park_simulate_settings *settings;
    const park_sink              *sink;
    park_conditions              *now;
    bool                         *was_working, *was_failed; /* [U] of the stretch before */
    bool                          begun;                    /* a stretch has been set before */
    park_state                   *state;
    park_flows                   *flows;
    park_dispatch                *dispatch;
    park_rates                   *rates;
    park_quality                 *quality;
    park_watch                   *watch;
    park_account                 *account;
    park_simulation              *simulation;
    bool                          booking; /* false while spinning up */
    bool                         *valves;  /* [controllers] moved at the last look */
    bool                         *moved;   /* [U] changed its level already at this instant */
    size_t                        events_cap;
    park_dae_counts               counted; /* by the integrators of the marches that this one goes on from */
    double                       *volume, *saved_mass, *saved_conc, *integral; /* of rows */
    double                       *marched;                                     /* [S] s */
    double *wanted, *asked; /* [L] what links would carry, and what the carrier said, where there is one */
    double  carried_until;  /* what the carrier said holds until then; INFINITY */
} park_march;

/* Note an event (kept up to settings->events_most, counted always). PARK_OK or PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_events_note(park_march *march, park_event_kind kind, double time,
                                             int32_t unit, int32_t link, park_error *err);

/* Conditions changed at the state's time: note closings and failures. */
PARK_MUST_CHECK park_status park_events_conditions(park_march *march, park_error *err);

/* An awaited event happened: put the volume exactly where it belongs, switch what it switches. */
PARK_MUST_CHECK park_status park_events_happen(park_march *march, park_slot slot, park_error *err);

/* The controllers that are due at an instant look (`all`: each of them), and valves that they moved are noted. Returns how
 * far the largest setting moved (regulators.h). */
PARK_MUST_CHECK park_status park_events_look(park_march *march, int64_t time, bool all, double *moved,
                                             park_error *err);

/* Flows for the state as it stands: dispatch until levels, valves and flows agree. */
PARK_MUST_CHECK park_status park_events_settle(park_march *march, park_error *err);

#endif
