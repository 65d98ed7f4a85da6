/*
 * settle.h - a plan and the operating points of its units made to agree.   Math: docs/math/units.md, Eq. (U38), (U39).
 * Looks down on: units.
 */
#ifndef PARK_DESIGN_SETTLE_H
#define PARK_DESIGN_SETTLE_H

#include "units/point.h"

#include <parkwater/design.h>

typedef struct park_settled {
    const park_model *
        model; /* with the points the design was found at; the model itself where no unit follows its water */
    park_design *design;
    int          rounds; /* of refreshing */
    double       moved;  /* how far the design's own points lie from those, (U39) */
} park_settled;

/**
 * park_design_solve, repeated at refreshed operating points until the largest change of a map's number is below 2e-3, eight
 * rounds are spent (W0522) or the limits end. A design without a plan (infeasible at its points) ends it.
 * @return as park_design_solve and park_units_refresh
 */
PARK_MUST_CHECK park_status park_design_settle(const park_model *model, const park_design_settings *settings,
                                               park_arena *arena, park_settled *settled,
                                               park_findings *findings, park_error *err);

#endif
