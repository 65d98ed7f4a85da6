/*
 * later_round.h - how far the optimization of a later round of repair may go.
 * Looks down on: jobs/job.h, the solver's designs.
 */
#ifndef PARK_JOBS_LATER_ROUND_H
#define PARK_JOBS_LATER_ROUND_H

#include "jobs/job.h"

#include <parkwater/design.h>

/* Who optimizes, with the margins of the round. */
typedef struct park_round_solver {
    /* Within `share` (0..1] of the user's limits and, where it is not 0, `most` LP iterations. *design: what came of it. */
    park_exit (*solve)(void *user, double share, uint64_t most, const park_design **design);
    double (*share_left)(void *user); /* of the user's limits, by now */
    bool (*interrupted)(void *user);
    void *user;
} park_round_solver;

/**
 * A later round. Margins may ask for what cannot be, which no bound may tell: a round without any plan ends at twenty times the
 * work of the largest before it, at least 2e5 iterations; one that has a plan by then goes on from it as its user's limits allow.
 * A front is found as the limits allow: its programs are many, and each has an end of its own.
 * @param last     the design of the round before
 * @param largest  LP iterations of the largest round before
 * @param share    of the user's limits, for the round
 * @return how optimizing ended; the caller looks at the design that `solve` handed over last
 */
park_exit park_later_round(const park_round_solver *solver, const park_design *last, uint64_t largest,
                           double share);

#endif
