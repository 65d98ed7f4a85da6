/*
 * period.h - a pipe network through time (extended-period simulation): demands by pattern, tanks that fill and drain,
 * controls, rules, pumping energy; rows and events to a sink, water and money into accounts.
 * Math: docs/math/network_time.md.   Looks down on: hydraulics.h, quality.h.
 *
 * Between two solves the flows stand still and tanks move. Which instants are solved is the stepping:
 *   epanet    whole seconds, explicit Euler, full and empty within a second, rules on multiples of the rule step: the
 *             answers that planners know
 *   adaptive  volumes integrated with error control, full, empty and switching instants located to 1 ms
 */
#ifndef PARKWATER_PERIOD_H
#define PARKWATER_PERIOD_H

#include <parkwater/hydraulics.h>
#include <parkwater/quality.h>

typedef enum park_stepping { PARK_STEPPING_EPANET, PARK_STEPPING_ADAPTIVE } park_stepping;

typedef struct park_period_settings {
    park_stepping stepping;
    double        rtol;                         /* adaptive: of volumes, a step */
    bool (*progress)(void *user, double share); /* true: stop; NULL */
    void *progress_user;
    /* a plan made before, of this network or one that park_hydraulic_plan_like takes for it; NULL: made for the run */
    const park_hydraulic_plan *plan;
} park_period_settings;

/* EPANET's stepping, rtol 1e-6, no progress, no plan. */
park_period_settings park_period_settings_default(void);

/* Everything at one instant, borrowed for the call. */
typedef struct park_period_row {
    double                      time; /* [s] since the start */
    const park_hydraulic_state *state;
    const double               *level, *volume; /* [tanks] above the bottom [m], [m3] */
    const double               *overflow;       /* [tanks] [m3/s] */
    const double               *power;          /* [pumps] [W], 0 closed */
    const double               *efficiency;     /* [pumps] 0..1, NAN closed */
    size_t                      constituents;   /* 0: the file asks for no quality */
    const double               *quality; /* [nodes * constituents] as quality.h says; tanks at their outlet */
} park_period_row;

typedef enum park_period_event_kind {
    PARK_PERIOD_OPENED,       /* link; a command */
    PARK_PERIOD_CLOSED,       /* link; a command */
    PARK_PERIOD_SET,          /* link; value: the new setting */
    PARK_PERIOD_FULL,         /* node: a tank; value: its level */
    PARK_PERIOD_EMPTY,        /* node: a tank; value: its level */
    PARK_PERIOD_LEFT_LIMIT,   /* node: a tank that was full or empty */
    PARK_PERIOD_OVERFLOWS,    /* node: a tank; value: [m3/s] */
    PARK_PERIOD_CANNOT_LIFT,  /* link: a pump that is shut by a head above its curve */
    PARK_PERIOD_BEYOND_CURVE, /* link: a pump; value: its flow */
    PARK_PERIOD_ON_CURVE,     /* link: a pump that was outside its curve */
    PARK_PERIOD_NEGATIVE,     /* node: pressure below zero where water is wanted; value: [m] */
    PARK_PERIOD_POSITIVE,     /* node: no more */
    PARK_PERIOD_CUT_OFF,      /* node: the first of those without a source; value: how many */
    PARK_PERIOD_REJOINED,     /* no part is without a source any more */
    PARK_PERIOD_UNBALANCED    /* link: the worst; value: its head error [m] */
} park_period_event_kind;

typedef struct park_period_event {
    park_period_event_kind kind;
    double                 time;          /* [s] */
    int32_t                node, link;    /* -1 where it does not apply */
    int32_t                control, rule; /* who commanded; -1. Neither: a pattern of speeds */
    double                 value;         /* as the kind says; NAN */
} park_period_event;

/* The kind as events.csv writes it: "opened", "beyond_curve". */
const char *park_period_event_word(park_period_event_kind kind);

/* Where rows and events go, in order of time; either call may be NULL. What they return ends the run unless PARK_OK. */
typedef struct park_period_sink {
    void *user;
    park_status (*row)(void *user, const park_period_row *row, park_error *err);
    park_status (*event)(void *user, const park_period_event *event, park_error *err);
} park_period_sink;

/* Where the water of the whole run went [m3]; all but the last three are at least zero. */
typedef struct park_period_volumes {
    double from_reservoirs, to_reservoirs;
    double inflow;    /* negative demands */
    double delivered; /* to consumers */
    double emitted, leaked, overflowed;
    double unmet;    /* wanted and not delivered; no part of the balance */
    double stored;   /* in tanks at the end minus at the start */
    double rounded;  /* made away with by rounding tanks to full and empty within a second (epanet) */
    double residual; /* what the lines above leave open */
} park_period_volumes;

typedef struct park_period_pump {
    double online;            /* [s] */
    double efficiency;        /* mean while online 0..1, NAN */
    double energy;            /* [J] */
    double volume;            /* [m3] */
    double energy_per_volume; /* mean over the time online [J/m3], NAN */
    double peak;              /* [W] */
    double cost;              /* [currency] of energy */
} park_period_pump;

/* What the water carried; borrowed from the run. */
typedef struct park_period_quality {
    size_t                     constituents; /* 0: none */
    const park_quality_ledger *ledger;       /* [constituents] */
} park_period_quality;

typedef struct park_period_result {
    bool     complete; /* reached the end of the duration */
    double   reached;  /* [s] */
    uint64_t solves, iterations;
    uint64_t steps;      /* between solves, epanet; of the integrator, adaptive */
    uint64_t unbalanced; /* solves that did not converge */
    uint64_t events;
    double   worst_head_error, worst_flow_change, worst_accuracy, worst_imbalance; /* over all solves */
    park_period_volumes water;
    double              closure;                    /* |residual| / all water that came */
    park_period_pump   *pump;                       /* [pumps] */
    double              energy, cost;               /* [J], [currency] of all pumps */
    double              peak_power;                 /* [W] of all pumps together */
    double              demand_charge;              /* [currency] on the peak */
    double             *volume_first, *volume_last; /* [tanks] [m3] */
    park_period_quality quality;
} park_period_result;

/**
 * March the network through its duration (a duration of 0: one solve). Rows come at the report times and at the end.
 * @param net       checked; borrowed
 * @param sink      may be NULL
 * @param findings  what is worth saying about the run is added: parts without source, negative pressures, unmet demand,
 *                  pumps outside their curves, tanks full and empty, solves without balance
 * @param arena     owns the result, and until then everything of the run
 * @param result    out; set whenever the run began, also where it failed
 * @return PARK_OK; PARK_E_RANGE (a setting or a number of the network without meaning); PARK_E_NUMERIC when a solve does
 * not converge and the file does not say UNBALANCED CONTINUE, or has no finite answer: where and when; PARK_E_CANCELLED;
 * PARK_E_MEMORY; the sink's failures
 * Same bits for same input. Threads: any number of runs of one network side by side.
 */
PARK_MUST_CHECK park_status park_period_run(const park_network *net, const park_period_settings *settings,
                                            const park_period_sink *sink, park_findings *findings,
                                            park_arena *arena, park_period_result **result, park_error *err);

/* ---- many runs of networks of one graph ---- */

/* One of them: what park_period_run is given, and what it gives. */
typedef struct park_lane_run {
    const park_network     *net;
    const park_period_sink *sink;     /* NULL */
    park_findings          *findings; /* NULL */
    park_arena             *arena;
    park_period_result     *result; /* out; NULL where the run did not begin */
    park_status             status; /* out */
    park_error              error;  /* out */
    /* called when the run is over, while others go on: its arena may be freed then; NULL */
    void (*over)(void *user, struct park_lane_run *run);
    void *user;
} park_lane_run;

/* How well the lanes were used. */
typedef struct park_lanes_told {
    uint64_t rounds;     /* solves of all lanes together */
    uint64_t solves;     /* of single lanes */
    uint64_t iterations; /* of single lanes */
    uint64_t slowest;    /* of the lane that needed most in each round: what all lanes waited for */
    uint64_t alone;      /* solves that a lane had to do apart from the others */
} park_lanes_told;

/**
 * March many networks that differ in numbers, not in their graph: demands, patterns, roughness, diameters, curves, levels,
 * settings, controls' values, rules, times. Several go side by side through the vectors of one thread, each at its own time; one
 * that has ended makes room for the next. EPANET's stepping; the adaptive one takes them one by one.
 * @param settings  of all; with a plan, networks must be such as park_hydraulic_plan_like takes, and have its pipes;
 *                  without, such as park_hydraulic_plan_vary takes for the first of them
 * @param run   [count]; each gets status, result, rows, events and findings to the bit as park_period_run gives them
 *              alone, in its own order of time; calls for different runs alternate. Arenas may be one or many. Without a
 *              plan the first run's network stays until the last run is over.
 * @param told  out; may be NULL
 * @return PARK_OK also where runs failed: see their statuses. PARK_E_RANGE where the first one's network has no meaning;
 * PARK_E_MEMORY; then no run has begun.
 * Cost: about a third of the runs one by one where they need about as many iterations each.
 * Threads: as park_period_run.
 */
PARK_MUST_CHECK park_status park_period_run_lanes(const park_period_settings *settings, size_t count,
                                                  park_lane_run *run, park_lanes_told *told, park_error *err);

#endif
