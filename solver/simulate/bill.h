/*
 * bill.h - what running the park costs while it is marched: prices of the hour, the month's largest power, tiers, fees,
 * greenhouse gases.   Math: docs/math/simulation.md, Eq. (T57)-(T63).   Looks down on: flows.
 */
#ifndef PARK_SIMULATE_BILL_H
#define PARK_SIMULATE_BILL_H

#include "base/tape.h"
#include "simulate/flows.h"

typedef struct park_biller park_biller;

PARK_MUST_CHECK park_status park_biller_new(park_arena *arena, const park_layout *layout,
                                            park_biller **biller, park_error *err);

void park_biller_tape(park_biller *biller, park_tape *tape);

/**
 * Book `span` seconds of constant flows from `time` on.
 * @param energy     [U] of each unit over the span [J]
 * @param link_mass  [L*C] that each link carried [kg]
 */
void park_biller_book(park_biller *biller, const park_conditions *conditions, const park_flows *flows,
                      double time, double span, const double *energy, const double *link_mass);

/* Money [CNY/s] and carbon [kg/s] of the present output step, and its end. */
double park_biller_money(const park_biller *biller, int32_t part, double span);
double park_biller_carbon(const park_biller *biller, int32_t part, double span);
void   park_biller_step(park_biller *biller);

/**
 * The bill of a year.
 * @param ledger   scaled to the year
 * @param marched  [S] seconds of each season that were marched
 */
PARK_MUST_CHECK park_status park_biller_finish(park_biller *biller, const park_ledger *ledger,
                                               const double *marched, park_bill *bill, park_error *err);

#endif
