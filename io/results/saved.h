/*
 * saved.h - a run read back from its result file: the park, what was planned and simulated, what it costs, as the writers
 * of reports take it.
 * Docs: docs/math/results.md.   Looks down on: run_record, reader.
 */
#ifndef PARK_RESULTS_SAVED_H
#define PARK_RESULTS_SAVED_H

#include "run_record.h"

/* Everything in one arena. The park holds what judging and drawing read (units, ports, links, seasons, enterprises, targets,
 * money); kinds' parameters, patterns and candidates stay in the scenario that provenance.resolved_yaml is. */
typedef struct park_saved {
    const char *path;
    park_run_record
        record; /* base is the model of the results; of it rows, rounds, findings and what only a page shows need
                           park_saved_page; networks are not read */
    park_model      model;
    park_design     design;
    park_simulation simulation;
    park_running    running;
} park_saved;

/**
 * Read a run. Indicators are computed from the ledgers that the file holds: the same numbers as when it was written.
 * @return PARK_OK; PARK_E_FILE when it cannot be opened or is no HDF5 file; PARK_E_INPUT when it is no run of this version,
 *         with what is missing, or a run
 *         that broke off; PARK_E_NUMERIC; PARK_E_MEMORY
 * One reader or writer of results in a process at a time.
 */
PARK_MUST_CHECK park_status park_saved_read(const char *path, park_arena *arena, park_saved *saved,
                                            park_error *err);

/**
 * The rest of it, which only a page shows: series, rounds, events, findings, assumptions, kept chapters. What the file does not have
 * (those of earlier versions) stays empty.
 * @param saved  as park_saved_read left it
 * @return as above
 */
PARK_MUST_CHECK park_status park_saved_page(park_saved *saved, park_arena *arena, park_error *err);

#endif
