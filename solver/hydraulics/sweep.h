/*
 * sweep.h - one pass over the links: flows after a step of the heads, losses, head errors, and the next system.
 * Math: docs/math/hydraulics.md, Eq. (H35)-(H36).   Looks down on: plan.h.
 */
#ifndef PARK_HYDRAULICS_SWEEP_H
#define PARK_HYDRAULICS_SWEEP_H

#include "hydraulics/plan.h"

/* What a sweep has seen. */
typedef struct park_sight {
    double little;       /* flows that count as none: the accuracy in ft3/s [m3/s] */
    double moved, total; /* sums of |dq| and |q| [m3/s] */
    double most_moved;   /* [m3/s] */
    double left,
        most_left;        /* sum and largest of what the next step moves while the heads stand still [m3/s] */
    int32_t moved_link;   /* core link, -1: an outlet */
    double  head_error;   /* [m] */
    int32_t error_link;   /* core link */
    double  outlet_error; /* [m3/s] of what depends on pressure */
    bool    changed;      /* a PRV or PSV has changed its status */
} park_sight;

enum { PARK_SWEEP_CHUNK = 256 }; /* pipes whose sums are taken together: part of the bits */

/* How a sweep is made. */
typedef struct park_manner {
    bool   stepped;    /* take the flows of work->step first */
    bool   may_change; /* PRVs and PSVs may change their status ... */
    double damp_limit; /* ... once the flows move less than this, where it is above 0 */
    double accuracy;   /* asked for [-] */
    double relax;      /* share of a step that is taken */
} park_manner;

/* Share of the flows that moved; where next to nothing flows, what moved in ft3/s. */
double park_sight_accuracy(const park_sight *sight);
/* The same of what is left to move, or of what moved, the smaller. */
double park_sight_nearness(const park_sight *sight);

/**
 * Take the flows of work->step (where the manner says so), look at PRVs and PSVs, and add up the system of the next step:
 * work->diag, side and the off-diagonal. Cost O(links), no allocation.
 * @param report  told of a status that goes round
 */
park_sight park_sweep(const park_hydraulic_plan *plan, park_hydraulic_work *work, const park_manner *how,
                      park_hydraulic_report *report);

/* What comes before and after the pipes, which lanes.c takes by itself: outflows that move; then devices, PRVs and PSVs,
 * outflows and dry nodes. The system is cleared between the two, the loads are not in it yet. */
park_sight park_sweep_begin(const park_hydraulic_plan *plan, park_hydraulic_work *work,
                            const park_manner *how);
void       park_sweep_end(const park_hydraulic_plan *plan, park_hydraulic_work *work, const park_manner *how,
                          park_sight *s, park_hydraulic_report *report);

#endif
