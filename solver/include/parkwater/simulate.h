/*
 * simulate.h - the park in time: volumes, masses, levels, events; rows to a sink, sums to a ledger.
 * Math: docs/math/simulation.md.   Looks down on: design, ledger, model.
 */
#ifndef PARKWATER_SIMULATE_H
#define PARKWATER_SIMULATE_H

#include <parkwater/design.h>
#include <parkwater/state.h>

typedef enum park_column_kind {
    PARK_COLUMN_LINK_FLOW,   /* m3/s */
    PARK_COLUMN_OUTLET_CONC, /* kg/m3 */
    PARK_COLUMN_INLET_CONC,
    PARK_COLUMN_VOLUME,   /* m3 */
    PARK_COLUMN_UNMET,    /* m3/s */
    PARK_COLUMN_SPILL,    /* m3/s */
    PARK_COLUMN_WITHHELD, /* m3/s that a link would have carried and its carrier did not let through */
    PARK_COLUMN_POWER,    /* W */
    PARK_COLUMN_MONEY,    /* CNY/s of the park, `part` a park_cost_line_kind */
    PARK_COLUMN_CARBON,   /* kg CO2e/s of the park, `part` a park_carbon_part */
    PARK_COLUMN_STATE     /* what a unit with states of its own shows, in its own units */
} park_column_kind;

/* Where greenhouse gases come from: electricity; N2O and CH4 of treatment and what chemicals embody. */
typedef enum park_carbon_part { PARK_CARBON_GRID, PARK_CARBON_PROCESS, PARK_CARBON_PARTS } park_carbon_part;

typedef struct park_column {
    park_column_kind kind;
    int32_t          link, unit, outlet, inlet, constituent; /* -1 where it does not apply */
    const park_state_info
           *state; /* of PARK_COLUMN_STATE, else NULL; lives as long as the simulation's arena */
    int32_t part;  /* of money and carbon, else -1 */
} park_column;

/* Where rows go. Values at a row's time: flows are means over the step that ends there, states are at its end. */
typedef struct park_sink {
    void *user;
    park_status (*begin)(void *user, const park_column *columns, size_t count, int64_t every,
                         park_error *err);
    park_status (*row)(void *user, int64_t time, const double *values, park_error *err);
    park_status (*end)(void *user, park_error *err);
} park_sink;

typedef struct park_event {
    park_event_kind kind;
    int64_t         time;  /* [s UTC] */
    double          exact; /* with fraction */
    int32_t         unit, link;
} park_event;

struct park_tape; /* base/tape.h */

/* What carries connections and may not let through all that they would carry: pipe networks (bound.h). Asked whenever flows
 * change; between two answers the flows stand still. Eq. (T65)-(T67) */
typedef struct park_carrier {
    void       *user;
    const bool *carries; /* [links] of the model: which it has a say in; others are never limited */
    /* At `time` connections would carry `wanted` [links, m3/s]: what of it is let through, and until which instant the answer holds
     * if nothing else changes (INFINITY: for ever). `let` [links]: set for carried links alone, INFINITY: all. The first question
     * after a move is new; the next ones of the same instant ask again with more. */
    park_status (*ask)(void *user, double time, const double *wanted, double *let, double *until,
                       park_error *err);
    /* Time went on by `seconds`, as the last answer said. */
    park_status (*move)(void *user, double seconds, park_error *err);
    void (*tape)(void *user, struct park_tape *tape); /* all that moves in it, for checkpoints */
} park_carrier;

typedef struct park_simulate_settings {
    double  rtol;       /* default 1e-6 */
    int64_t output;     /* [s], default 3600 */
    int64_t start, end; /* part of the period to march; 0,0: all of it */
    int64_t
        spin_up; /* [s] marched before `start` without accounting, default: from the periodic initial state */
    size_t events_most; /* how many events are kept (all are counted) */
    bool (*progress)(void *user, double share);
    void *progress_user; /* progress returns true to stop */
    /* Checkpoints: after each row whose time is a multiple of `keep_every` from the start, `keep` is given all that the
     * march is, as bytes that live until it returns; given back as `resume`, the march goes on from there to the same bits (the
     * same build, model, plan and settings; the sink's rows before are the caller's to keep: `begin` is called again). */
    int64_t keep_every; /* [s] of simulated time; 0: none */
    park_status (*keep)(void *user, int64_t time, const void *bytes, size_t count, park_error *err);
    void       *keep_user;
    const void *resume; /* NULL: from the start */
    size_t      resume_bytes;
    /* NULL: connections carry what is asked of them. Moved by the march: one carrier a march, made at its start. */
    const park_carrier *carrier;
} park_simulate_settings;

void park_simulate_settings_default(park_simulate_settings *settings);

/* A month's electricity. */
typedef struct park_bill_month {
    int64_t start;              /* of its marched part [s UTC] */
    double  seconds;            /* marched */
    double  whole;              /* of the civil month [s] */
    double  energy[PARK_RATES]; /* [J] */
    double  cost;               /* of the energy [CNY] */
    double  peak;               /* largest mean power of 15 minutes [W] */
    int64_t peak_time;          /* where those begin [s UTC] */
    double  demand_cost;        /* [CNY] of the month's marched part */
} park_bill_month;

/* What the simulated year costs to run: prices of the moment, the month's largest power, tiers of the licence; per year. What was
 * invested is the design's. */
typedef struct park_bill {
    size_t           months;
    park_bill_month *month;
    double           energy[PARK_RATES];        /* [J/a] */
    double           energy_cost, mean_cost;    /* [CNY/a] by the hour; the same energy at the mean price */
    double           demand_cost, tier_cost;    /* [CNY/a] */
    double           carbon[PARK_CARBON_PARTS]; /* [kg/a] */
    size_t           lines;
    park_cost_line
          *line;    /* running costs by unit and link; the demand charge and carbon stand for the park */
    double running; /* their sum [CNY/a] */
} park_bill;

/* Each month pays for its largest quarter of an hour: demand_cost of the months and of the year from their peaks. Eq. (T58) */
void park_bill_demand(const park_model *model, park_bill *bill);

typedef struct park_simulation {
    park_ledger    *ledger; /* scaled to a year; seasons that were not marched hold zeros */
    park_closure    closure;
    park_bill       bill;
    size_t          violations;
    park_violation *violation; /* sorted worst first */
    size_t          events, events_total;
    park_event     *event;
    double   drift; /* largest relative difference of the integrator's volumes against the ledger at a stop */
    uint64_t steps, evaluations, restarts;    /* of the integrator of levels and watched salts */
    uint64_t quality_steps, quality_rejected; /* of the concentrations */
    uint64_t sweeps, unsettled; /* of the dispatch; how often it did not come to rest to 1e-12 */
    uint64_t asked,
        limited; /* questions to the carrier; how many instants it let less through than was wanted */
    double  seconds;
    int64_t start, end;
    bool    complete; /* false: interrupted */
    /* Worst hour of each inlet's constituent and each outlet's: value and instant, for the report. */
    double  *inlet_peak;              /* [I*C] kg/m3 */
    int64_t *inlet_peak_time;         /* [I*C] */
    double  *outlet_peak;             /* [K*C] */
    double  *link_peak;               /* [L] m3/s */
    double  *volume_min, *volume_max; /* [U] m3 */
} park_simulation;

/**
 * March the applied model through its period with the design's plan as set points. A steady period is marched for
 * one representative week of constant conditions and scaled.
 * @param plan  the design (its shares by season); its links are matched by id. NULL, or one without a solution: the park
 *              as it stands, shares in proportion to capacity
 * @param sink  rows; NULL none. `end` is called when the run is done or interrupted, not when it fails
 * @param simulation  out; set on PARK_OK, and on PARK_E_CANCELLED with what was finished (complete is false)
 * @return PARK_OK; PARK_E_RANGE (settings, a plan of another park, a checkpoint of another march); PARK_E_NUMERIC (what failed, where, when);
 *         PARK_E_CANCELLED; PARK_E_MEMORY; the sink's failures
 *
 * Deterministic; no globals; several may run side by side on one model. A year of 20 units and 9 constituents at hourly
 * output takes 1-3 s of one core.
 */
PARK_MUST_CHECK park_status park_simulate(const park_model *model, const park_design *plan,
                                          const park_simulate_settings *settings, const park_sink *sink,
                                          park_arena *arena, park_simulation **simulation, park_error *err);

#endif
