/*
 * shortfall.h - by how much a point of the program misses a statement, in the statement's own unit.
 * Math: docs/math/optimization.md, Eq. (O130).   Looks down on: plan, targets.
 */
#ifndef PARK_DESIGN_SHORTFALL_H
#define PARK_DESIGN_SHORTFALL_H

#include "design/formulation.h"

/* What a statement of the program speaks of. */
typedef struct park_spoken {
    bool    quality; /* a limit of an inlet, an outlet or a mixture: its rows are masses */
    int32_t target;  /* model->target, -1 */
    bool    upper;   /* of the target: its maximum */
} park_spoken;

/**
 * Which statements of a program are qualities or targets: those whose rows are not in the user's unit. The others are
 * flows, volumes and money, in which a row's slack is the statement's own.
 */
park_spoken park_spoken_of(const park_formulation *f, int32_t statement);

/**
 * How far a quality or target would have to give for the point to keep it.
 * @param x  [cols] a point that keeps all rows but those of some statements
 * @return in SI, at least 0: [kg/m3] of a quality, the target's own unit of a target; NAN where nothing flows that could be
 * judged, or for other statements
 *
 * Cost O(links x constituents). May add paths to f.
 */
double park_shortfall(park_formulation *f, int32_t statement, const double *x);

#endif
