/*
 * stage_now.h - what a stage of treatment does on average at a moment: by its law's point of the season, or as stated.
 * Math: docs/math/units.md, Eq. (U38), (U40)-(U45).   Looks down on: model.
 */
#ifndef PARK_UNITS_TREATMENTS_STAGE_NOW_H
#define PARK_UNITS_TREATMENTS_STAGE_NOW_H

#include "units/point.h"

struct park_treatment;

/* The season of an instant [s UTC], as a state may hold it. */
double park_season_number(const park_model *model, double t);

/* The stage's point in a season; NULL: as stated. `stage` is the unit's own or one of its train. */
const park_stage_point *park_stage_point_at(const park_model *model, int32_t unit,
                                            const struct park_treatment *stage, double season);

double park_stage_recovery(const struct park_treatment *stage, const park_stage_point *point);

/* Of what enters, the shares in product and reject; of what reagents bring, what is in either [kg/m3 of inlet]. */
void park_stage_shares(const park_model *model, const struct park_treatment *stage,
                       const park_stage_point *point, size_t c, double share[2], double adds[2]);

#endif
