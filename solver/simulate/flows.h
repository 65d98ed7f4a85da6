/*
 * flows.h - the conditions of a stretch of time, the park's moving state, and the flows that follow from both.
 * Math: docs/math/simulation.md, Eq. (T5)-(T12).   Looks down on: layout.
 *
 * Flows are constant from one change to the next: a clock time, or an event. Throughput units pass at once what
 * enters; storages and basins fill and empty.
 */
#ifndef PARK_SIMULATE_FLOWS_H
#define PARK_SIMULATE_FLOWS_H

#include "simulate/layout.h"

/* What the outside gives during a stretch: maps by pattern and weather, what is shut. */
typedef struct park_conditions {
    int32_t    season;
    park_map **map;      /* [U] */
    bool      *working;  /* [U] neither closed by its calendar nor failed */
    bool      *failed;   /* [U] */
    double    *kept;     /* [U] share of the intake that stays inside (units with states) [-] */
    double    *released; /* [U] m3/s that a unit's own store gives besides */
    double    *lost;     /* [U] share of its capacity that a failure takes; 1 where all has failed */
} park_conditions;

typedef enum park_level {
    PARK_LEVEL_FREE,
    PARK_LEVEL_FULL, /* filled to the brim: takes no more than leaves until it has fallen clear of it */
    PARK_LEVEL_EMPTY /* ran dry: gives no more than enters until it has risen clear of it */
} park_level;

/* What a controller remembers. */
typedef struct park_regulator_state {
    double  integral; /* PID [m3/s] */
    double  before;   /* PID: what it read last */
    int32_t begun;    /* PID: it has read something */
    int32_t on;       /* SWITCH: it has fired */
} park_regulator_state;

/* What moves. Volumes and masses are the ledger's own. */
typedef struct park_state {
    double              time;    /* [s], UTC */
    double             *volume;  /* [U] m3 where the level is a state */
    double             *mass;    /* [rows*C] kg */
    double             *conc;    /* [rows*C] kg/m3 */
    park_level         *level;   /* [U] */
    bool               *blowing; /* [U] the blowdown valve stands wide open */
    bool               *open;    /* [L] valves that controls command */
    bool               *fired;   /* [controls] a control's condition holds */
    struct park_stated *stated;  /* the units with states of their own (stated.h); NULL: none are marched */
    /* what controllers have set (regulators.h) */
    double               *lead;      /* [L] flow that a connection should carry [m3/s]; NAN: as it comes */
    double               *part;      /* [L] share of its inlet's target; NAN */
    double               *let;       /* [L] what its carrier lets a connection carry [m3/s]; INFINITY */
    int32_t              *rank;      /* [L] whom an inlet asks first: 1, 2, ...; 0: nobody in particular */
    park_regulator_state *regulator; /* [controllers] */
} park_state;

typedef struct park_flows {
    double *link;             /* [L] m3/s */
    double *outlet;           /* [K] m3/s that leave through it, spilled or not */
    double *spill;            /* [K] m3/s of that without a place to go */
    double *intake;           /* [U] m3/s through the inlets */
    double *net;              /* [U] m3/s of change where the level is a state */
    double *required, *unmet; /* [I] m3/s of users */
    double *withheld;         /* [L] m3/s that the carrier did not let through */
    size_t  sweeps;           /* spent on this dispatch */
    bool    settled;          /* false: the last sweeps still moved by more than rounding */
} park_flows;

typedef struct park_dispatch park_dispatch;

/* Scratch for one thread's dispatches; NULL out of memory. */
park_dispatch   *park_dispatch_new(park_arena *arena, const park_layout *layout);
park_conditions *park_conditions_new(park_arena *arena, const park_layout *layout);
park_state      *park_state_new(park_arena *arena, const park_layout *layout);
park_flows      *park_flows_new(park_arena *arena, const park_layout *layout);

/* Conditions at an instant; steady parks have those of their only season. */
PARK_MUST_CHECK park_status park_conditions_at(const park_layout *layout, int64_t t, int32_t season,
                                               park_conditions *conditions, park_error *err);

/**
 * The flows of a stretch, Eq. (T5)-(T12): what arrives is pushed on by the plan's shares, what users still lack is
 * pulled, in sweeps until nothing moves; treatments are throttled where their product or their feed has no place.
 * Depends on conditions and state only, not on the flows before. Cost: sweeps x links, usually 5-30 sweeps.
 */
void park_dispatch_run(park_dispatch *dispatch, const park_conditions *conditions, const park_state *state,
                       park_flows *flows);

/* The same for a blowdown: what its outlet carries by plan and control, m3/s. */
double park_dispatch_blowdown(const park_layout *layout, const park_conditions *conditions,
                              const park_state *state, int32_t unit);

#endif
