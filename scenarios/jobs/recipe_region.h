/*
 * recipe_region.h - parks of a region read for the loader.
 * Looks down on: jobs/job.h, region_park.
 */
#ifndef PARK_JOBS_RECIPE_REGION_H
#define PARK_JOBS_RECIPE_REGION_H

#include "jobs/job.h"
#include "region_park.h"

/* Runs are read, files simulated as they stand, silently and within the context's limits. Borrows the context. */
park_region_reader park_region_reader_of(park_job_context *context);

#endif
