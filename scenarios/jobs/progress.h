/*
 * progress.h - how far a long step is, on standard error: a bar on a terminal, else a line every 10 % or 30 s.
 * Looks down on: jobs/job.h.
 */
#ifndef PARK_JOBS_PROGRESS_H
#define PARK_JOBS_PROGRESS_H

#include "jobs/job.h"

typedef struct park_progress {
    const park_job_context *context;
    const char             *en, *zh; /* what is going on */
    bool                    bar, quiet;
    double                  started, told; /* park_clock_seconds */
    int                     tenths;        /* last told */
} park_progress;

void park_progress_begin(park_progress *progress, const park_job_context *context, const char *en,
                         const char *zh);
/* For park_simulate: share 0..1. Returns true when the user asked to stop. */
bool park_progress_share(void *progress, double share);
/* For park_design_solve. */
bool park_progress_tree(void *progress, double incumbent, double bound, double gap, uint64_t nodes,
                        double seconds);
void park_progress_end(park_progress *progress);

#endif
