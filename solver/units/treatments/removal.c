#include "units/kinds.h"
#include "units/treatments/treatment.h"

/* The catalogue may name constituents that a park does not have; a park itself may not. */
static park_status complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err)
{
    const park_treatment *treatment = draft->unit[unit].params;
    for (size_t i = 0; i < treatment->destroyed.count; i++)
        if (park_model_constituent(draft, treatment->destroyed.item[i]) < 0)
            park_finding_add(findings, PARK_E0401, PARK_ERROR, path,
                             "%s destroys '%s', which is no constituent of this park",
                             "%s 的 destroyed 中“%s”不是本园区的水质组分", draft->unit[unit].id,
                             treatment->destroyed.item[i]);
    return park_treatment_complete(draft, unit, path, findings, err);
}

/* A treatment that is said by its recovery and removals alone. */
const park_unit_kind PARK_KIND_REMOVAL = {
    .word        = "removal",
    .role        = PARK_TREATMENT,
    .label       = {"按去除率的处理", "treatment by removal"},
    .fields      = PARK_TREATMENT_FIELDS,
    .params_size = sizeof(park_treatment),
    .complete    = complete,
    .shape       = park_treatment_shape,
    .average     = park_treatment_average,
    .follows     = park_treatment_follows,
    .refresh     = park_treatment_refresh,
    .time        = &PARK_TREATMENT_TIME,
};
