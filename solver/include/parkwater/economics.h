/*
 * economics.h - is a proposal worth its money: present value, all internal rates of return, payback, cost of a cubic metre
 * saved, and how each assumption swings that.
 * Math: docs/math/economics.md, Eq. (K1)-(K13).   Looks down on: base.
 *
 * Flows are yearly and counted at the end of their year; flow[0] is today. Sums are in constant prices of one price year,
 * before tax, without debt.
 */
#ifndef PARKWATER_ECONOMICS_H
#define PARKWATER_ECONOMICS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Present value of flow[0..count-1] at a yearly rate above -1 (K1). Cost O(count). */
double park_present_value(const double *flow, size_t count, double rate);

enum { PARK_RATES_MOST = 16 };

/**
 * Every rate above -1 at which the present value is zero (K2)-(K3), rising. A rate at which it only touches zero counts
 * once. More than one means that the rate of return says nothing here; none that no rate does.
 * @param rate  out [PARK_RATES_MOST]
 * @param rates out: how many there are (those beyond PARK_RATES_MOST are left out)
 * @return PARK_OK; PARK_E_RANGE for more than 120 flows or one that is not finite; PARK_E_MEMORY
 * Cost O(count^2) a bisection. Thread-safe. Source: Descartes' rule of signs on Bernstein coefficients, Lane and
 * Riesenfeld (1981), BIT 21, 112.
 */
PARK_MUST_CHECK park_status park_rates_of_return(const double *flow, size_t count, double *rate,
                                                 size_t *rates, park_error *err);

/* Years until the sum of flows discounted at `rate` (0: static) is no longer negative, straight within a year (K4); 0 when
 * it never was, INFINITY when it never ends being so. */
double park_payback(const double *flow, size_t count, double rate);

/* Share of a sum due each year so that `years` of them are worth it: i / (1 - (1+i)^-n) (K5); 1/n without interest. */
double park_annuity(double rate, double years);

/* One thing that is built: in which year, what it costs, how long it serves. */
typedef struct park_outlay {
    double  capital; /* [CNY]; negative: what is spared */
    double  life;    /* [a], above 0 */
    int32_t year;    /* from 0, before the proposal's start */
} park_outlay;

/* A proposal against what would be without it. */
typedef struct park_proposal {
    int32_t start;    /* the first year of service, 1 or more; what is built before earns nothing before */
    int32_t years;    /* of service, 1 to 100 */
    double  discount; /* above -1 */
    size_t  outlays;
    const park_outlay *outlay;
    size_t             streams;
    const double      *gain;  /* [streams] [CNY/a] spent less (positive) or more in each year of service */
    double             saved; /* [m3/a] intake less; NAN unknown */
} park_proposal;

typedef struct park_merit {
    size_t  count;
    double *flow;                     /* [count] (K6)-(K7) */
    double  investment;               /* first outlays, undiscounted [CNY] */
    double  gain;                     /* a year [CNY/a] */
    double  npv;                      /* [CNY] */
    double  annual;                   /* npv as an even yearly sum over the whole time [CNY/a] (K8) */
    size_t  rates;                    /* of return */
    double  rate[PARK_RATES_MOST];    /* all, rising */
    double  payback, payback_dynamic; /* from today [a]; INFINITY */
    double
        unit_cost; /* net cost of a cubic metre saved [CNY/m3] (K9); negative: it earns; NAN nothing saved */
    double unit_cost_gross; /* the same before what is spared counts (K10) */
    double unit_investment; /* investment per yearly cubic metre [CNY/(m3/a)] (K11); NAN */
} park_merit;

/**
 * What a proposal is worth.
 * @param arena owns merit->flow
 * @return PARK_OK; PARK_E_RANGE when start, years, discount, a year or a life lie outside their ranges or a number is not
 *         finite; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_proposal_judge(const park_proposal *proposal, park_arena *arena,
                                                park_merit *merit, park_error *err);

/* What is swung: one assumption, the others as they are. */
typedef enum park_swing_of {
    PARK_SWING_CAPITAL,  /* all outlays */
    PARK_SWING_GAIN,     /* all streams together: how much is spared */
    PARK_SWING_STREAM,   /* one stream: its price */
    PARK_SWING_DISCOUNT, /* the rate */
    PARK_SWING_YEARS     /* of service, rounded to whole years */
} park_swing_of;

typedef struct park_swing {
    park_swing_of of;
    size_t        stream;    /* of PARK_SWING_STREAM */
    double        low, high; /* npv at (1 - share) and (1 + share) times the assumption [CNY] */
    double turns; /* times the assumption at which npv is zero (K12), the nearest to 1 above 0; NAN: none */
} park_swing;

/**
 * The bars of a tornado diagram, widest first, streams of zero left out.
 * @param share  0.2 for +-20 %; in (0, 1)
 * @param swing  out [streams + 4]
 * @param swings out
 * @return as park_proposal_judge
 */
PARK_MUST_CHECK park_status park_proposal_swings(const park_proposal *proposal, double share,
                                                 park_arena *arena, park_swing *swing, size_t *swings,
                                                 park_error *err);

#endif
