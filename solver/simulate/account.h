/*
 * account.h - what the march books: the ledger, the rows of each output step, peaks, and what broke a limit.
 * Math: docs/math/simulation.md, Eq. (T24)-(T28).   Looks down on: rates.
 */
#ifndef PARK_SIMULATE_ACCOUNT_H
#define PARK_SIMULATE_ACCOUNT_H

#include "base/tape.h"
#include "simulate/rates.h"

typedef struct park_account park_account;

struct park_stated;

/* @param stated      units with states of their own, borrowed; NULL none
 * @param simulation  its ledger and peak columns are made here and filled by the calls below */
PARK_MUST_CHECK park_status park_account_new(park_arena *arena, const park_layout *layout,
                                             const park_simulate_settings *settings, const park_sink *sink,
                                             const struct park_stated *stated, park_simulation *simulation,
                                             park_account **account, park_error *err);

/* Columns of the rows, told to the sink once before the first. */
PARK_MUST_CHECK park_status park_account_begin(park_account *account, park_error *err);

/* All sums, the ledger, the peaks and the verdict. */
void park_account_tape(park_account *account, park_tape *tape);

/* What storages hold at the start of a season's stretch, and at its end. */
void park_account_open(park_account *account, const park_state *state);
void park_account_close(park_account *account, const park_state *state, int32_t season);

/**
 * Book `span` seconds of constant flows.
 * @param integral  [rows*C] time integral of the rows' concentrations over the span
 */
void park_account_book(park_account *account, const park_conditions *conditions, const park_state *state,
                       const park_flows *flows, const park_rates *rates, double span, const double *integral);

/* An output step ends at `time`: judge it, write its row, begin the next. */
PARK_MUST_CHECK park_status park_account_row(park_account *account, const park_conditions *conditions,
                                             const park_state *state, const park_flows *flows,
                                             const park_rates *rates, double time, park_error *err);

/**
 * Scale the ledger to a year, close it, list the violations, worst first.
 * @param marched  [S] seconds of each season that were marched
 */
PARK_MUST_CHECK park_status park_account_finish(park_account *account, const double *marched,
                                                park_error *err);

#endif
