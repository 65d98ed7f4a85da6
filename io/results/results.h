/*
 * results.h - one run as an HDF5 file that xarray opens: what was promised, what the simulation showed, how it closes,
 * and what made it.
 * Docs: docs/math/results.md.   Looks down on: run_record, store, replace.
 */
#ifndef PARK_RESULTS_H
#define PARK_RESULTS_H

#include "run_record.h"

typedef struct park_results_settings {
    int series_bits; /* of the mantissa kept in time series, 52: all. Everything else is always stored lossless */
} park_results_settings;

/* 13 bits: relative error 6e-5. */
void park_results_settings_default(park_results_settings *settings);

/**
 * Write a run. The file is put together in memory and replaces an old one whole, or leaves it as it was.
 * @param arena  scratch; holds the file's bytes until it is freed
 * @return PARK_OK; PARK_E_FILE (full disk, no permission, HDF5 failed); PARK_E_MEMORY
 * One writer per process at a time: the packaged HDF5 is not thread-safe. Two runs that are equal but for the group
 * wall_clock give the same content.
 */
PARK_MUST_CHECK park_status park_results_write(const park_run_record *record, const char *path,
                                               park_arena *arena, park_error *err);
PARK_MUST_CHECK park_status park_results_write_as(const park_run_record       *record,
                                                  const park_results_settings *settings, const char *path,
                                                  park_arena *arena, park_error *err);

#endif
