/*
 * train.h - treatments one after the other as one unit.   Math: docs/math/units.md, Eq. (U46)-(U48).
 * Looks down on: model.
 */
#ifndef PARK_UNITS_TREATMENTS_TRAIN_H
#define PARK_UNITS_TREATMENTS_TRAIN_H

#include "units/treatments/treatment.h"

typedef struct park_train {
    park_named   stages;       /* of park_treatment, in the order of the water; ids "MMF", "UF", "UF2" */
    park_ref_map side_streams; /* {MMF.backwash: wwtp}; what is not named joins `reject` */
    park_treatment
        whole; /* capacity, limits, life of the train; capex, opex, energy where they overrule the stages' */
    /* set by complete */
    bool   *apart;  /* [stages] the stage's reject is an outlet of its own */
    size_t *reject; /* [stages] which outlet of the unit takes the stage's reject; 0: the stage has none */
    bool    joint;  /* some reject joins `reject`, outlet 1 */
} park_train;

#endif
