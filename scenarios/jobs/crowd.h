/*
 * crowd.h - a job over the ranks of mpirun and srun: rank 0 does it and all others do errands of its trees (design/errand.h), or
 * all do it and share what each has done.
 * Looks down on: cluster, jobs/job.h, design/errand.
 */
#ifndef PARK_JOBS_CROWD_H
#define PARK_JOBS_CROWD_H

#include "jobs/job.h"

/**
 * Do `job` with the ranks there are; alone it is called as it is. Rank 0 comes back with the job's exit, the others with DONE
 * when they are not needed any more. An interrupt of any rank reaches all; a rank that does not answer after one ends the
 * whole job once results are written.
 */
park_exit park_crowd_do(park_job_context *context, park_exit (*job)(park_job_context *context));

/**
 * Every rank does `job`, dividing among them what it shares by context->peers; rank 0 alone speaks and writes. Exits as
 * park_crowd_do.
 */
park_exit park_crowd_together(park_job_context *context, park_exit (*job)(park_job_context *context));

/* Several ranks were started for a job that only one can do: the sentence why not, said by the first of them alone; NULL: nothing
 * is wrong. `silent`: this rank says nothing. */
const char *park_crowd_refuses(const park_job *job, const park_options *options, bool zh, bool *silent);

#endif
