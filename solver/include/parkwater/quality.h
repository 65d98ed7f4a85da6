/*
 * quality.h - what the water of a pipe network carries: plug flow in pipes, mixing at nodes and in tanks, reactions.
 * Math: docs/math/quality.md.   Looks down on: network.h.
 *
 * All constituents move in one pass. Water in a pipe or a stratified tank is a row of segments whose quality runs straight
 * from one end to the other; nothing is dispersed, and where two segments are joined to save memory their mass stays.
 * Three types: a plan (what the network and the constituents say; const, shared by threads), a state (the segments
 * and the account; one a run), a period (flows that hold for a while, given by whoever solved them).
 *
 *     park_quality_plan_make -> park_quality_state_make -> park_quality_advance, once a hydraulic period, in order
 *     -> park_quality_close for the account
 *
 * A concentration is [kg/m3] for chemicals, the time since entry [s] for age, the share 0..1 for a trace.
 */
#ifndef PARKWATER_QUALITY_H
#define PARKWATER_QUALITY_H

#include <parkwater/network.h>

typedef struct park_quality_plan park_quality_plan;

/* One constituent. Arrays are borrowed for the plan's life. */
typedef struct park_quality_constituent {
    const char            *name; /* for messages */
    park_net_quality       kind; /* CHEMICAL, AGE or TRACE */
    int32_t                trace_node;
    const double          *initial; /* [nodes] at the start; a reservoir's stays; NULL: 0 */
    size_t                 sources;
    const park_net_source *source; /* [sources], of chemicals */
    /* reactions of chemicals; below zero: decay. Order n in the bulk: [(m3/kg)^(n-1)/s], negative: Michaelis-Menten */
    double        bulk_order, tank_order;
    double        wall_order;            /* 1: wall coefficients [m/s]; 0: [kg/(m2 s)] */
    double        bulk, wall;            /* of every link and tank that has none of its own */
    const double *link_bulk, *link_wall; /* [links], NAN: `bulk`, `wall`; NULL: none has its own */
    const double *tank_bulk;             /* [tanks] */
    double        limiting;              /* the concentration that reactions lead to [kg/m3], 0: none */
    double        diffusivity;           /* [m2/s], 0: transfer to the wall is no obstacle */
    double        wall_roughness_factor; /* wall coefficient from the pipe's roughness, 0: not */
    double
        tolerance; /* segments that a straight line describes so well are joined; below 0: only for want of room */
} park_quality_constituent;

typedef struct park_quality_settings {
    double  step;        /* longest step [s], above 0 */
    double  rest_flow;   /* links with less stand still [m3/s]; what they would bring is told as imbalance */
    int32_t most_pieces; /* that a node's outflow of one step is told in, 2..64 */
    int32_t most_segments; /* of one pipe or tank, 8 or more */
    size_t  most_pool;     /* segments altogether; 0: no bound */
    size_t  constituents;
    const park_quality_constituent *constituent; /* [constituents], copied */
} park_quality_settings;

/* What the caller solved: flows constant, tank volumes linear in time. Arrays of the network's nodes, links, tanks; what
 * leaves or enters nodes from outside is read at junctions only. */
typedef struct park_quality_period {
    double        start, seconds; /* [s] since the start of the run; above 0 */
    const double *flow;           /* [links] [m3/s], positive from -> to */
    const double *delivered;      /* [nodes] [m3/s] to consumers; negative: an inflow (CONCEN sources) */
    const double *emitter, *leak; /* [nodes] [m3/s]; NULL: none. Below zero: clean water enters */
    const double *volume_from, *volume_to; /* [tanks] [m3] at the period's ends */
} park_quality_period;

/* Where the mass of one constituent went since the start [kg] (age: [m3 s], trace: [m3]). */
typedef struct park_quality_ledger {
    double initial;    /* stored at the start */
    double reservoirs; /* in, from reservoirs */
    double inflows;    /* in, with negative demands */
    double sources;    /* in, put into the water by sources (for a trace: at its node) */
    double delivered, emitter, leak, returned, overflow; /* out; returned: into reservoirs */
    double reacted_pipes, reacted_tanks;                 /* gone by reaction; negative: grown, so for age */
    double imbalance; /* out with water that the given flows lose at nodes and tanks */
    double stored;    /* now; NAN until park_quality_close */
    double
        closure; /* |initial + in - out - reacted - stored| relative to what was moved and stored; NAN as `stored` */
} park_quality_ledger;

/* Rows of nodes, constituents side by side: [node * constituents + c]. Arena-owned. */
typedef struct park_quality_state {
    size_t                     constituents;
    double                    *node;   /* at the end of the last period; tanks: at their outlet */
    double                    *mean;   /* over the last period */
    park_quality_ledger       *ledger; /* [constituents] */
    int64_t                    steps;  /* so far */
    int64_t                    looped; /* nodes in the last period whose water came round within one step */
    struct park_quality_water *water;  /* segments and scratch */
} park_quality_state;

/* The constituent that the network's own options ask for, and settings for it. `one` is filled and pointed to.
 * False when the file asks for no quality. */
bool park_quality_settings_of(const park_network *net, park_quality_constituent *one,
                              park_quality_settings *settings);

/**
 * What depends only on the network and the constituents.
 * @param net       checked; borrowed for the plan's life
 * @param settings  at least one constituent; copied, but for the arrays of its constituents
 * @param plan      out, arena-owned
 * @return PARK_OK; PARK_E_RANGE when a setting has no meaning (named); PARK_E_MEMORY
 * Cost O(nodes + links).
 */
PARK_MUST_CHECK park_status park_quality_plan_make(park_arena *arena, const park_network *net,
                                                   const park_quality_settings *settings,
                                                   park_quality_plan **plan, park_error *err);

/**
 * Pipes filled with the initial quality of the node they lead `to`, tanks with their own.
 * @param volume  [tanks] at the start [m3]
 * @return PARK_OK; PARK_E_RANGE when a volume is below zero; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_quality_state_make(park_arena *arena, const park_quality_plan *plan,
                                                    const double *volume, park_quality_state *state,
                                                    park_error *err);

/**
 * Move all constituents through one period of constant flows.
 * @param period  follows the one before; of any length: it is cut into equal steps of at most `settings.step`
 * @param state   in: the start; out: the end, means over the period, ledger (park_quality_close completes it)
 * @return PARK_OK; PARK_E_RANGE when the period or a number in it has no meaning; PARK_E_MEMORY when the pool cannot grow
 *
 * Cost per step O((segments that move + segments that react + links) x constituents); measured 0.1 us a link and step
 * where little changes. The pool grows by doubling between steps, in the state's arena; nothing else is allocated after the
 * first period but for networks with loops of flow. Threads: a state belongs to one.
 *
 * Exact (to rounding): mass, travel times, mixing, age, first-order reactions of water that moves. Second order in the step:
 * the curve between two ends of a segment, reactions in tanks. The step is divided up to eightfold where water comes
 * round in less than one; loops faster than that (pumps back to back) are solved as one mixture.
 */
PARK_MUST_CHECK park_status park_quality_advance(const park_quality_plan   *plan,
                                                 const park_quality_period *period, park_quality_state *state,
                                                 park_error *err);

/* Complete the ledgers: what waits reacts in the books too, stored and closure are filled. At the end of a run, or whenever
 * wanted: it costs O(segments) and changes nothing else (to rounding). */
void park_quality_close(const park_quality_plan *plan, park_quality_state *state);

/* Mean concentration in a link or, counted from 0, a tank; 0 where it holds no water. */
double park_quality_in_link(const park_quality_plan *plan, const park_quality_state *state, int32_t link,
                            size_t constituent);
double park_quality_in_tank(const park_quality_plan *plan, const park_quality_state *state, int32_t tank,
                            size_t constituent);
/* Segments in use, for reports of memory and cost. */
size_t park_quality_segments(const park_quality_state *state);

#endif
