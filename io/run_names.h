/*
 * run_names.h - what a run's outlets, columns and indicators are called in files.
 * Looks down on: run_record.
 */
#ifndef PARK_RUN_NAMES_H
#define PARK_RUN_NAMES_H

#include "run_record.h"

/* "dyeing", "reuse.reject"; arena-owned. */
const char *park_run_outlet(park_arena *arena, const park_model *model, int32_t outlet);
const char *park_run_inlet(park_arena *arena, const park_model *model, int32_t inlet);
/* "river_dyeing.flow", "dyeing.COD": a column of the series, and its unit. */
const char *park_column_text(park_arena *arena, const park_model *model, const park_column *column);
const char *park_column_units(const park_column *column);
/* The model that the run's results speak of: the design's, else the park as written. */
const park_model *park_record_model(const park_run_record *record);

/* An indicator as one text: "reuse_rate.all_sources", "dye_co.unit_intake.printed_cloth.conventional". */
const char *park_indicator_text(park_arena *arena, const park_model *model, const park_indicator *item);

#endif
