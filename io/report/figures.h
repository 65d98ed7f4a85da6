/*
 * figures.h - the water balance diagrams of a run as files to paste: the park, each enterprise, each unit, SVG and PNG.
 * Looks down on: balance_boxes, png, file.
 */
#ifndef PARK_REPORT_FIGURES_H
#define PARK_REPORT_FIGURES_H

#include "run_record.h"

/**
 * DIR/balance_park, balance_utility, balance_ENTERPRISE and unit_UNIT, each .svg and .png, in one
 * language. Figures of an earlier run that this one does not have are removed. All are put together before the first is replaced.
 * @return PARK_OK; PARK_E_FILE; PARK_E_MEMORY; PARK_E_NUMERIC where the ledger does not close
 */
PARK_MUST_CHECK park_status park_figures_write(const park_run_record *record, const char *dir, bool zh,
                                               park_arena *arena, park_error *err);

#endif
