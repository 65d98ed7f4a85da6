#include "units/kinds.h"
#include "units/treatments/treatment.h"

/* A membrane's recovery and rejection depend on its water; here they stand at the catalogue's values. */
static park_status complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err)
{
    park_unit_info *info = &draft->unit[unit];
    if (park_treatment_is_membrane(info->params, draft->constituents)) {
        park_treatment *treatment = PARK_NEW(draft->arena, park_treatment);
        if (treatment == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", info->id);
        *treatment         = *(const park_treatment *)info->params;
        info->params       = treatment;
        treatment->outside = (park_label){
            park_arena_printf(draft->arena, "%s：膜的回收率与截留率取给定值，不随水质变化", info->id),
            park_arena_printf(
                draft->arena,
                "%s: recovery and rejection of the membrane held at stated values, whatever its water",
                info->id)};
        if (treatment->outside.zh == NULL || treatment->outside.en == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", info->id);
    }
    return park_treatment_complete(draft, unit, path, findings, err);
}

/* One of scenarios/catalogue/technologies.yaml: the loader fills the fields from its code, the park may
 * overrule them. */
const park_unit_kind PARK_KIND_TECHNOLOGY = {
    .word        = "technology",
    .role        = PARK_TREATMENT,
    .label       = {"工艺目录中的处理", "catalogue technology"},
    .fields      = PARK_TREATMENT_FIELDS,
    .params_size = sizeof(park_treatment),
    .complete    = complete,
    .shape       = park_treatment_shape,
    .average     = park_treatment_average,
    .time        = &PARK_TREATMENT_TIME,
};
