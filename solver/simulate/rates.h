/*
 * rates.h - how masses change during a stretch of constant flows: m' = b + T C, with C = m / V.
 * Math: docs/math/simulation.md, Eq. (T13)-(T14).   Looks down on: flows, blocks.
 *
 * All outlets' concentrations are affine in the concentration of one row: C_k = coef C_row + base. So every mass that
 * goes anywhere is known from the time integral of the rows' concentrations, and the ledger needs no other.
 */
#ifndef PARK_SIMULATE_RATES_H
#define PARK_SIMULATE_RATES_H

#include "simulate/blocks.h"
#include "simulate/flows.h"

typedef struct park_rates {
    const park_layout *layout;
    park_blocks       *blocks;
    double            *transfer; /* T: [entries*C] m3/s */
    bool              *alive;    /* [entries] some of it is not zero */
    int32_t           *live;     /* [live_count] those entries */
    size_t             live_count;
    double            *source;      /* b: [rows*C] kg/s */
    int32_t           *outlet_row;  /* [K] -1: no row (sources, evaporation) */
    double            *outlet_coef; /* [K*C] */
    double            *outlet_base; /* [K*C] kg/m3 */
    double            *volume_rate; /* [rows] m3/s */
    double            *leaving;     /* [rows] m3/s that leave with the row's concentration */
    const double *stated; /* [K*C] kg/m3 at outlets of units with states of their own; NULL: there are none */
} park_rates;

PARK_MUST_CHECK park_status park_rates_new(park_arena *arena, const park_layout *layout, park_rates **rates,
                                           park_error *err);

/* Refill for a stretch. O(links * constituents). */
void park_rates_set(park_rates *rates, const park_conditions *conditions, const park_flows *flows);

/* f = b + T C: [rows*C] kg/s */
void park_rates_apply(const park_rates *rates, const double *conc, double *f);

/* Mass flow into an inlet's unit through its links, per constituent [C] kg/s, at rows' concentrations. */
void park_rates_incoming(const park_rates *rates, const park_flows *flows, int32_t unit, const double *conc,
                         double *mass);

/* Concentration at an outlet, never below zero. */
static inline double park_rates_outlet(const park_rates *rates, size_t outlet, size_t c, const double *conc)
{
    size_t  width  = rates->layout->constituents;
    int32_t row    = rates->outlet_row[outlet];
    double  inside = row < 0 ? 0.0 : conc[(size_t)row * width + c];
    double  value  = rates->outlet_coef[outlet * width + c] * inside + rates->outlet_base[outlet * width + c];
    return value > 0.0 ? value : 0.0;
}

#endif
