/*
 * network.h - what jobs on a pipe network (NET.inp) share.
 * Looks down on: jobs/recipe.h, import.
 */
#ifndef PARK_JOBS_NETWORK_H
#define PARK_JOBS_NETWORK_H

#include "jobs/recipe.h"

#include <parkwater/network.h>

/**
 * Read and check the network named first on the command line. Findings go to standard error, unless --json.
 * @return PARK_EXIT_DONE, or the exit the job ends with
 */
park_exit park_network_open(park_recipe *recipe, park_job_context *context, park_network **net);

/* What stands in a network, for people and programs. */
typedef struct park_network_counts {
    size_t junctions, reservoirs, tanks, pipes, check_valves, pumps, valves, demands, parts;
    double length, demand, inflow; /* of pipes [m]; mean of what is drawn and of what flows in [m3/s] */
} park_network_counts;

/* @return false out of memory */
bool park_network_count(const park_network *net, park_arena *arena, park_network_counts *counts);

/* check, when it is handed NET.inp. */
park_exit park_job_check_network(park_job_context *context);

#endif
