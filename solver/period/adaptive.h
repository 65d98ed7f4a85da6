/*
 * adaptive.h - a march whose tanks are integrated: what its rates and its instants share.
 * Math: docs/math/network_time.md, Eq. (P30)-(P37).   Looks down on: course.h, dae.h.
 *
 * The integrator carries the volumes of the tanks and, behind them, everything that is summed over time (overflow, water
 * by destination, what pumps take), so that sums and volumes come from the same steps and close to rounding. A rate is one
 * steady solve with commands and limit flags held; the method is implicit, because explicit steps collapse on small tanks.
 *
 *   1 an instant: inputs where a pattern steps on, controls, limit flags, the solve, a row where one is due
 *   2 steps of the integrator to the next known time, each looked at for rules and controls at junctions, which are
 *     bisected; limits and levels are its roots
 *   3 what happened there; a restart where anything jumped; on from 1
 */
#ifndef PARK_PERIOD_ADAPTIVE_H
#define PARK_PERIOD_ADAPTIVE_H

#include "numerics/dae.h"
#include "period/course.h"

/* Sums behind the volumes and the overflows of the tanks; then per pump. */
enum {
    PARK_SUM_FROM,
    PARK_SUM_TO,
    PARK_SUM_INFLOW,
    PARK_SUM_DELIVERED,
    PARK_SUM_EMITTED,
    PARK_SUM_LEAKED,
    PARK_SUM_UNMET,
    PARK_SUMS
};
enum {
    PARK_PUMP_SUM_ENERGY,
    PARK_PUMP_SUM_EFFICIENCY,
    PARK_PUMP_SUM_PER_VOLUME,
    PARK_PUMP_SUM_VOLUME,
    PARK_PUMP_SUM_ONLINE,
    PARK_PUMP_SUMS
};

#define PARK_AT_LIMIT 1e-9   /* of a tank's capacity */
#define PARK_HYSTERESIS 1e-4 /* of a tank's capacity: it has left its limit or level */

typedef struct park_adaptive {
    park_course            *course;
    park_dae               *dae;
    park_hydraulic_settings inner; /* of a rate */
    park_hydraulic_plan    *plan;  /* of a rate: one in which controls at junctions keep still */
    park_hydraulic_work    *work;
    size_t                  tanks, pumps, states;
    double                 *y, *trial, *base, *nudged, *atol;
    bool                   *full, *empty;
    bool                   *fired;   /* [controls] */
    int32_t                *watched; /* [roots - 2 tanks] controls on levels of tanks */
    bool                   *reached; /* [watches] at its level or behind, and not away from it since */
    size_t                  watches;
    bool                    by_junctions; /* some control reads a junction */
    double                 *slope;        /* [tanks * states] */
    double                  slopes_asked; /* [s] */
    int                     slopes_used;
    bool                    stands;             /* the state of the course is the solve at `stood` */
    double                 *stood;              /* [tanks] volumes of the last rate */
    double                 *stood_rate;         /* [states] and that rate */
    double                 *paid;               /* [pumps] energy that has been paid for [J] */
    double                  looked, rules_from; /* [s] */
    double                  noticed;            /* [s] up to which durations are counted */
    double                  crowd_since;
    int                     crowd;
    park_error              inside; /* what failed within a rate */
} park_adaptive;

/* Columns, watched controls, the plan of rates; PARK_E_MEMORY and what a plan refuses. */
PARK_MUST_CHECK park_status park_adaptive_make(park_adaptive *a, park_error *err);
/* The integrator, from the course's time and a->y. */
PARK_MUST_CHECK park_status park_adaptive_start(park_adaptive *a, park_error *err);

/* Heads of tanks and their limit flags into the state of the course. */
void park_adaptive_volumes(park_adaptive *a, const double *y);
/* One solve: f = dy/dt at y, the state of the course behind it; none where the volumes are those of the rate before and no instant
 * lies between. False: a->inside says why. */
bool park_adaptive_rates(park_adaptive *a, const double *y, double *f);
/* What made a rate fail, as the caller's failure. */
park_status park_adaptive_fails(const park_adaptive *a, park_error *err);

double park_adaptive_capacity(const park_adaptive *a, size_t tank);
/* How far a level is behind the one that its control waits for [m3]. */
double park_adaptive_beyond(const park_adaptive *a, const park_net_control *control, const double *y);

#endif
