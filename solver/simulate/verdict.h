/*
 * verdict.h - what the simulation contradicts: limits, deliveries, brims, licences, as park_violation.
 * Math: docs/math/simulation.md, Eq. (T27), (T28).   Looks down on: rates.
 *
 * Inlets are judged by the mean of each output step (an hour, usually), sinks by the mean over their sampling time;
 * beside the worst value stands the season's flow-weighted mean. Outlets and circulating water are judged where an
 * output step ends.
 */
#ifndef PARK_SIMULATE_VERDICT_H
#define PARK_SIMULATE_VERDICT_H

#include "base/tape.h"
#include "simulate/rates.h"

typedef struct park_verdict park_verdict;

/* A limit counts as broken where it is exceeded by more than this share. */
#define PARK_VERDICT_SLACK 1e-3

PARK_MUST_CHECK park_status park_verdict_new(park_arena *arena, const park_layout *layout,
                                             park_verdict **verdict, park_error *err);

/* All tallies and open samples. */
void park_verdict_tape(park_verdict *verdict, park_tape *tape);

/* `span` seconds of constant flows: deliveries, spills, brims, capacities. */
void park_verdict_stretch(park_verdict *verdict, const park_conditions *conditions, const park_state *state,
                          const park_flows *flows, double span);

/* An output step of `span` seconds ends at `at`: water [I] m3 and mass [I*C] kg that entered during it. */
PARK_MUST_CHECK park_status park_verdict_step(park_verdict *verdict, const park_conditions *conditions,
                                              const park_state *state, const park_flows *flows,
                                              const park_rates *rates, const double *water,
                                              const double *mass, double span, int64_t at, park_error *err);

/* Write the violations, worst first, into the simulation; its ledger is scaled by now. */
PARK_MUST_CHECK park_status park_verdict_list(park_verdict *verdict, park_simulation *simulation,
                                              const double *marched, park_error *err);

#endif
