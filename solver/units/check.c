#include "units/kind.h"

#include "model/freeze.h"

park_status park_model_check(const park_model *model, park_findings *findings, park_error *err)
{
    size_t errors = findings->errors;
    PARK_TRY(park_graph_check(model, findings, err));
    if (findings->errors > errors)
        return PARK_FAIL(err, PARK_E_RANGE, "the park holds %zu mistakes", findings->errors - errors);
    return PARK_OK;
}
