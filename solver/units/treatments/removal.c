#include "units/kinds.h"
#include "units/treatments/treatment.h"

/* A treatment that is said by its recovery and removals alone. */
const park_unit_kind PARK_KIND_REMOVAL = {
    .word        = "removal",
    .role        = PARK_TREATMENT,
    .label       = {"按去除率的处理", "treatment by removal"},
    .fields      = PARK_TREATMENT_FIELDS,
    .params_size = sizeof(park_treatment),
    .complete    = park_treatment_complete,
    .shape       = park_treatment_shape,
    .average     = park_treatment_average,
    .time        = &PARK_TREATMENT_TIME,
};
