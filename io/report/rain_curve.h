/*
 * rain_curve.h - the storages of a run that rain leads to, each with the curve of its size.
 * Looks down on: design, units.
 */
#ifndef PARK_REPORT_RAIN_CURVE_H
#define PARK_REPORT_RAIN_CURVE_H

#include <parkwater/design.h>
#include "units/sources/rain_sizing.h"

/* How many storages of the run's park have a curve; 0 for steady parks and storages that are not built. */
size_t park_rain_storages(const park_design *design, const park_model *model);

/**
 * The curve of storage `unit`, by what the run draws from it in each season: rain first, other inflows make up.
 * @param ledger  of the plan or the simulated year
 * @param drawn   out: [m3/a]
 * @return PARK_OK; PARK_E_RANGE when unit has none; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_rain_curve(const park_design *design, const park_model *model,
                                            const park_ledger *ledger, int32_t unit, park_arena *arena,
                                            park_rain_sizing *sizing, double *drawn, park_error *err);

/* Has the run's storage a curve? */
bool park_rain_has_curve(const park_design *design, const park_model *model, int32_t unit);

#endif
