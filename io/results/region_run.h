/*
 * region_run.h - a run, its front or a study as a region takes it.
 * Docs: docs/user/project.md.   Looks down on: region_park, saved, stored.
 */
#ifndef PARK_RESULTS_REGION_RUN_H
#define PARK_RESULTS_REGION_RUN_H

#include "region_park.h"
#include "run_record.h"

/**
 * Of a record in memory: volumes by source of the ledger that counts (simulated, else planned), products, running cost; a
 * design is its only point, unless its front is read from a file.
 * @return PARK_OK; PARK_E_INPUT without a ledger; PARK_E_RANGE, PARK_E_NUMERIC as park_volumes_of; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_region_run_take(const park_run_record *record, park_arena *arena,
                                                 park_region_park *park, park_error *err);

/**
 * Of a file: run.h5 with its front, or study.h5, whose variants are points alone.
 * @return as above; PARK_E_FILE when it cannot be opened; PARK_E_INPUT when it is neither
 */
PARK_MUST_CHECK park_status park_region_run_read(const char *path, park_arena *arena, park_region_park *park,
                                                 park_error *err);

#endif
