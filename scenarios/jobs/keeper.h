/*
 * keeper.h - the rows of a simulation in memory, and with --checkpoint the march itself in a file, so that the same command
 * goes on where a killed one stopped.
 * Looks down on: run_record, checkpoint, base/tape.
 */
#ifndef PARK_JOBS_KEEPER_H
#define PARK_JOBS_KEEPER_H

#include "run_record.h"

typedef struct park_keeper {
    park_arena *arena; /* of the rows */
    park_rows  *rows;
    size_t      capacity;
    double     *value;      /* [row * columns + column] while marching */
    const char *path, *key; /* of the checkpoint; NULL: none */
    size_t      taken;      /* rows that a checkpoint brought */
    int64_t    *taken_time;
    double     *taken_value;
    const void *march; /* what it brought of the march, borrowed from the arena */
    size_t      march_bytes;
} park_keeper;

/* Rows come here; `keeper` outlives the sink. */
park_sink park_keeper_sink(park_keeper *keeper);

/**
 * Take up the checkpoint at keeper->path, if there is one, and see to it that new ones are kept there about twenty times
 * over `span` seconds of the march. Sets keep and resume of the settings.
 * @return PARK_OK; PARK_E_RANGE when the file is not one of this run; PARK_E_FILE; PARK_E_MEMORY; PARK_E_INTERNAL
 */
PARK_MUST_CHECK park_status park_keeper_checkpoints(park_keeper *keeper, int64_t span,
                                                    park_simulate_settings *settings, park_error *err);

#endif
