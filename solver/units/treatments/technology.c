#include "units/kinds.h"
#include "units/treatments/treatment.h"

/* One of scenarios/catalogue/technologies.yaml: the loader fills the fields from its code, the park may
 * overrule them. */
const park_unit_kind PARK_KIND_TECHNOLOGY = {
    .word        = "technology",
    .role        = PARK_TREATMENT,
    .label       = {"工艺目录中的处理", "catalogue technology"},
    .fields      = PARK_TREATMENT_FIELDS,
    .params_size = sizeof(park_treatment),
    .complete    = park_treatment_complete,
    .shape       = park_treatment_shape,
    .average     = park_treatment_average,
    .time        = &PARK_TREATMENT_TIME,
};
