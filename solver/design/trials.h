/*
 * trials.h - several parks at once, each no further than its root's bound and a first plan.
 * Math: docs/math/optimization.md, Eq. (O97).   Looks down on: solve.
 */
#ifndef PARK_DESIGN_TRIALS_H
#define PARK_DESIGN_TRIALS_H

#include "design/solve.h"

enum { PARK_TRIALS_MOST = 8 }; /* at once */

typedef struct park_trial {
    const park_model  *model;
    const park_design *start; /* or NULL */
    uint32_t           shape; /* programs of one shape: a root begins where the last one of its shape ended */
    park_solve_limits  limits;
    park_root          root;   /* in: where it may begin; out: where it ended, by the arena */
    park_design       *answer; /* out, by the arena */
} park_trial;

/**
 * Work the trials, those of one shape one after the other, the shapes shared by threads: the same bits for any number.
 * @param count    PARK_TRIALS_MOST at most
 * @param seconds  for all of them: each has its part, as if they were worked one after the other, whatever the number of threads
 * @return PARK_OK, PARK_E_MEMORY, or how the first of them that failed did
 */
PARK_MUST_CHECK park_status park_trials_run(park_trial *trial, size_t count,
                                            const park_design_settings *settings, double seconds,
                                            park_arena *arena, park_error *err);

#endif
