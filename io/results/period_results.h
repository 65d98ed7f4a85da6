/*
 * period_results.h - a network's run as an HDF5 file that xarray opens: series over time, node, link, tank and pump, and the
 * accounts.
 * Docs: docs/math/results.md.   Looks down on: period.h, store, replace.
 */
#ifndef PARK_RESULTS_PERIOD_RESULTS_H
#define PARK_RESULTS_PERIOD_RESULTS_H

#include "base/arena.h"

#include <parkwater/period.h>

typedef struct park_period_keeper park_period_keeper;

/* Keeps rows in memory until they are written: 8 bytes x (5 nodes + 4 links + ..) a row. PARK_OK; PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_period_keeper_make(park_arena *arena, const park_network *net,
                                                    park_period_keeper **keeper, park_error *err);

/* For a park_period_sink; `user` is the keeper. PARK_E_MEMORY. */
PARK_MUST_CHECK park_status park_period_keeper_row(void *user, const park_period_row *row, park_error *err);
PARK_MUST_CHECK park_status park_period_keeper_event(void *user, const park_period_event *event,
                                                     park_error *err);

/* What stands in the file's head. */
typedef struct park_period_origin {
    const char *input;   /* path of the network */
    const char *command; /* the command line */
    const char *version;
    const char *stepping; /* "epanet", "adaptive" */
} park_period_origin;

/* The file, whole or not at all. PARK_OK; PARK_E_FILE; PARK_E_MEMORY. One writer in a process. */
PARK_MUST_CHECK park_status park_period_results_write(const park_period_keeper *keeper,
                                                      const park_period_result *result,
                                                      const park_period_origin *origin, const char *path,
                                                      park_error *err);

#endif
