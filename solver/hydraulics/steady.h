/*
 * steady.h - the stages of a solve, for the two that run through them: one system (steady.c), lanes of systems (lanes.c).
 * Looks down on: sweep.h.
 */
#ifndef PARK_HYDRAULICS_STEADY_H
#define PARK_HYDRAULICS_STEADY_H

#include "hydraulics/sweep.h"

/* How far the iterations of a solve are. */
typedef struct park_iteration {
    int32_t     done, most;  /* iterations; a solve that has converged makes `most` what is done */
    int32_t     check;       /* the one after which statuses are looked at */
    bool        swept_again; /* statuses have changed: sweep without a step before the next one */
    park_manner how, again;  /* the next sweep, and one without a step */
} park_iteration;

/* What a solve starts from: supply, loads, statuses, heads. PARK_E_NUMERIC for a demand or fixed head that is none. */
PARK_MUST_CHECK park_status park_solve_begin(const park_hydraulic_plan     *plan,
                                             const park_hydraulic_settings *settings,
                                             const park_hydraulic_state *state, park_hydraulic_work *work,
                                             park_hydraulic_report *report, park_error *err);
park_iteration              park_iteration_begin(const park_hydraulic_settings *settings);
/* After a sweep with a step: statuses and criteria. */
PARK_MUST_CHECK park_status park_iteration_judge(const park_hydraulic_plan     *plan,
                                                 const park_hydraulic_settings *settings,
                                                 park_hydraulic_state *state, park_hydraulic_work *work,
                                                 const park_sight *s, park_iteration *it,
                                                 park_hydraulic_report *report, park_error *err);
/* Balance, and the answer into the state. */
void park_solve_end(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                    park_hydraulic_state *state, park_hydraulic_work *work, park_hydraulic_report *report);
/* The same from the imbalance in the report and the excess of the points in work->step on. */
void park_solve_close(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                      park_hydraulic_state *state, park_hydraulic_work *work, park_hydraulic_report *report);

#endif
