/*
 * decode.h - a plan told as a park_design: ledger, closures, cost lines.
 * Math: docs/math/optimization.md, Eq. (O39)-(O41).   Looks down on: plan, ledger.
 */
#ifndef PARK_DESIGN_DECODE_H
#define PARK_DESIGN_DECODE_H

#include "design/plan.h"

/* The arrays of a design that need a solution; NULL out of memory. */
park_design *park_design_new(park_arena *arena, const park_model *model);

/**
 * Fill a design's decisions, plan, ledger, closure and cost from a plan worked out with all constituents.
 * @return PARK_OK; PARK_E_NUMERIC when a balance does not close to 1e-9 (an error, never a footnote); PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_design_decode(const park_plan *plan, park_arena *arena, park_design *design,
                                               park_error *err);

/* Cost lines, energy, carbon and investment of a plan. */
PARK_MUST_CHECK park_status park_design_price(const park_plan *plan, park_arena *arena, park_design *design,
                                              park_error *err);

/* The place of a path, or of the nearest thing above it that the file names: a boiler's demand is its steam. */
void park_design_locate(const park_model *model, const char *path, park_statement *place);

/* The path of each statement of a formulation in the model's list, which grows in a copy when it lacks one. */
PARK_MUST_CHECK park_status park_design_statements(const park_formulation *f, park_arena *arena,
                                                   park_design *design, int32_t *index, park_error *err);

#endif
