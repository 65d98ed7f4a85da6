#include "units/kinds.h"
#include "units/treatments/treatment.h"

/* What a membrane, or a law, does depends on its water: it stands at stated values, or frozen at a plan's feed. */
static park_status complete(park_draft *draft, int32_t unit, const char *path, park_findings *findings,
                            park_error *err)
{
    park_unit_info       *info   = &draft->unit[unit];
    const park_treatment *given  = info->params;
    bool                  kept   = given->mechanism.kind == PARK_MECHANISM_KEPT;
    bool                  by_law = given->mechanism.kind != PARK_MECHANISM_STATED && !kept;
    if (by_law || park_treatment_is_membrane(given, draft->constituents)) {
        park_treatment *treatment = PARK_NEW(draft->arena, park_treatment);
        if (treatment == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %s", info->id);
        *treatment   = *given;
        info->params = treatment;
        PARK_TRY(park_treatment_outside(draft, info->id,
                                        by_law ? PARK_MECHANISM_WORDS[treatment->mechanism.kind] : NULL,
                                        by_law, &treatment->outside, err));
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
    .follows     = park_treatment_follows,
    .refresh     = park_treatment_refresh,
    .time        = &PARK_TREATMENT_TIME,
};
