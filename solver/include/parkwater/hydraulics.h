/*
 * hydraulics.h - heads and flows of a pipe network at one instant: the global gradient method.
 * Looks down on: network.h.
 *
 * Three types: a plan (made once a network: ordering, positions, columns by formula; const, shared by threads), a
 * state (what moves: heads, flows, statuses, settings; one a run), a work (scratch and factors; one a thread).
 * Nothing is allocated after they are made, nothing is global, nothing is printed. The answer depends on the plan, the
 * settings and the state, never on what a work did before.   Math: docs/math/hydraulics.md.
 *
 * Nodes that no source can reach, and that want water, are *unsupplied*: found before the solve, told in the report, and
 * (unless all they want depends on pressure) left out of it. Then their links carry nothing, and their heads are the mean
 * of the heads across the links that shut them off, or their elevations where there are none: finite, but no answer.
 */
#ifndef PARKWATER_HYDRAULICS_H
#define PARKWATER_HYDRAULICS_H

#include <parkwater/network.h>

/* How a link stands after a solve. */
typedef enum park_flow_status {
    PARK_FLOW_CLOSED,
    PARK_FLOW_OPEN,
    PARK_FLOW_ACTIVE,       /* a valve that holds its setting */
    PARK_FLOW_SHUT_HEAD,    /* a pump that cannot lift so high: closed */
    PARK_FLOW_OVER_CURVE,   /* a pump that delivers more than its curve tells: open */
    PARK_FLOW_SHUT_TANK,    /* closed while the tank at its end is full or empty */
    PARK_FLOW_OPEN_FCV,     /* an FCV that cannot reach its setting: open */
    PARK_FLOW_OPEN_PRESSURE /* a PRV or PSV that cannot hold its pressure: open */
} park_flow_status;

typedef struct park_hydraulic_plan park_hydraulic_plan;
typedef struct park_hydraulic_work park_hydraulic_work;

/* Columns [nodes] and [links] of the network the plan was made of. Arena-owned. */
typedef struct park_hydraulic_state {
    /* given by the caller before a solve */
    double *demand; /* [nodes] [m3/s] wanted, all categories; negative: an inflow */
    double *head;   /* [nodes] [m]; given at reservoirs and tanks, elsewhere a first guess, then the answer */
    park_net_status *
        command; /* [links] what the file or a control says: CLOSED, OPEN, ACTIVE (valves: obey the setting) */
    double *setting;              /* [links] in SI as network.h says; pumps: relative speed */
    bool *tank_full, *tank_empty; /* [nodes]; full: no more inflow (unless it overflows), empty: no outflow */
    /* answers; the next solve starts from them */
    double           *flow;      /* [links] [m3/s], positive from -> to */
    park_flow_status *status;    /* [links] */
    double           *loss;      /* [links] head at from - head at to [m] */
    double           *delivered; /* [nodes] consumer demand met [m3/s]; = demand when demand driven */
    double           *emitter;   /* [nodes] [m3/s] */
    double           *leak;      /* [nodes] FAVAD leakage drawn at this node [m3/s] */
    double *inflow; /* [nodes] [m3/s] net inflow from links; at tanks and reservoirs what enters them */
} park_hydraulic_state;

typedef struct park_hydraulic_settings {
    int32_t trials;       /* most iterations */
    int32_t extra_trials; /* with statuses frozen; -1: none */
    double  accuracy;     /* sum|dq| / sum|q| */
    double  head_error;   /* largest |head loss by flow - head difference| [m] */
    double  flow_change;  /* largest |dq| [m3/s] */
    double  imbalance;    /* largest nodal imbalance as a share of the total demand */
    int32_t check_every, check_until;
    double  damp_limit; /* 0: none */
    bool
        shut_links_leak; /* closed links keep the trickle that EPANET's resistance of 1e8 lets through; else 0 */
} park_hydraulic_settings;

typedef struct park_hydraulic_report {
    bool    converged; /* all of the criteria together */
    int32_t iterations;
    double  accuracy;          /* as reached */
    double  head_error;        /* [m] */
    double  flow_change;       /* [m3/s] */
    double  imbalance;         /* [-] */
    int32_t worst_link;        /* of the head error */
    int32_t worst_change_link; /* of the flow change */
    int32_t worst_node;        /* of the imbalance */
    bool    status_cycled;     /* a link changed its status 20 times: it stayed as it then was */
    int32_t cycled_link;       /* -1 */
    int32_t unsupplied;        /* nodes with demand that no open path joins to a source */
    int32_t first_unsupplied;  /* -1 */
    int32_t negative;          /* junctions with demand and pressure below zero */
    double  unmet;             /* demand wanted and not delivered [m3/s] */
} park_hydraulic_report;

/* The settings that the network's own options ask for, tightened so that "converged" always means all criteria together:
 * at least 200 trials, accuracy 1e-5, head error 1e-4 m, flow change 1e-5 m3/s or what the file asks if that is finer. */
park_hydraulic_settings park_hydraulic_settings_of(const park_network *net);

/**
 * Everything that depends only on the graph and the constants: elimination of tree parts, ordering, positions of every
 * update of the factorization, links gathered by formula.
 * @param net   checked; borrowed for the plan's life; which nodes draw by pressure and which controls look at pressures
 *              is settled here, so options of demand and emitters must not change afterwards
 * @param plan  out; arena-owned
 * @return PARK_OK; PARK_E_RANGE where a number of the network has no meaning; PARK_E_MEMORY
 * Cost about O(links log links) + the symbolic factorization.
 */
PARK_MUST_CHECK park_status park_hydraulic_plan_make(park_arena *arena, const park_network *net,
                                                     park_hydraulic_plan **plan, park_error *err);
/**
 * The plan of another network that differs from the plan's own in nothing but demands, patterns, levels of tanks, heads of
 * reservoirs, times and quality: ordering and factorization are shared with it, nothing is worked out anew. O(1).
 * @param like  borrowed for the life of the new plan
 * @return PARK_OK; PARK_E_RANGE where nodes, links, tanks, pumps or controls are not as many; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_hydraulic_plan_like(park_arena *arena, const park_hydraulic_plan *like,
                                                     const park_network *net, park_hydraulic_plan **plan,
                                                     park_error *err);
/**
 * The plan of another network of the same graph: its own pipes, pumps, valves, emitters and leaks in the order of `like`,
 * ordering and factorization shared with it. A solve with it gives the bits of a plan made of the network alone.
 * @param like  borrowed for the life of the new plan
 * @return PARK_OK; PARK_E_RANGE where nodes, links, their ends or kinds, which nodes draw by pressure, the formula of head
 * loss or what controls look at are not the same, or a number has no meaning; PARK_E_MEMORY. O(nodes + links).
 */
PARK_MUST_CHECK park_status park_hydraulic_plan_vary(park_arena *arena, const park_hydraulic_plan *like,
                                                     const park_network *net, park_hydraulic_plan **plan,
                                                     park_error *err);
/* Bytes that a plan holds, for memory reports; a work's are in its arena. */
size_t park_hydraulic_plan_bytes(const park_hydraulic_plan *plan);

/* A state as the file states it: statuses, settings, tank levels, demands at base x first factor, a first guess of flows. */
PARK_MUST_CHECK park_status park_hydraulic_state_make(park_arena *arena, const park_hydraulic_plan *plan,
                                                      park_hydraulic_state *state, park_error *err);
PARK_MUST_CHECK park_status park_hydraulic_work_make(park_arena *arena, const park_hydraulic_plan *plan,
                                                     park_hydraulic_work **work, park_error *err);

/**
 * Heads and flows for the state's demands, fixed heads, commands and settings. Flows leave balanced at every node.
 * @param state   in: guess and boundary; out: the answer, also where not converged (the report says so)
 * @param report  out
 * @return PARK_OK (converged or not: a result with a reason); PARK_E_NUMERIC when no finite answer exists, the place
 * named. No allocation. Threads: one state and work each, the plan shared.
 */
PARK_MUST_CHECK park_status park_hydraulic_solve(const park_hydraulic_plan     *plan,
                                                 const park_hydraulic_settings *settings,
                                                 park_hydraulic_state *state, park_hydraulic_work *work,
                                                 park_hydraulic_report *report, park_error *err);

/* Power drawn by a pump [W] and its efficiency 0..1 as it stands (0 and NAN when closed); speed correction of the efficiency
 * after Sarbu and Borza. `pump` counts net->pump. */
double park_hydraulic_pump_power(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                                 int32_t pump, double *efficiency);

#endif
