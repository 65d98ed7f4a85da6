#include "units/kind.h"

static double *column(park_arena *arena, size_t count, double value)
{
    double *values = PARK_ARRAY(arena, count, double);
    for (size_t i = 0; values != NULL && i < count; i++)
        values[i] = value;
    return values;
}

static park_status fill(const park_field *field, char *at, size_t constituents, park_arena *arena)
{
    void *place = at;
    switch (field->shape) {
    case PARK_SHAPE_NUMBER:
        *(double *)place = field->fallback;
        break;
    case PARK_SHAPE_COUNT:
        *(int32_t *)place = isnan(field->fallback) ? 0 : (int32_t)field->fallback;
        break;
    case PARK_SHAPE_BOOL:
        *(bool *)place = !isnan(field->fallback) && field->fallback != 0.0;
        break;
    case PARK_SHAPE_CHOICE:
        *(int32_t *)place = field->choice;
        break;
    case PARK_SHAPE_SERIES:
        *(park_series *)place = (park_series){field->fallback, -1};
        break;
    case PARK_SHAPE_RANGE:
        *(park_range *)place = (park_range){NAN, NAN, NAN};
        break;
    case PARK_SHAPE_BY_CONSTITUENT: {
        double *values    = column(arena, constituents, field->fallback);
        *(double **)place = values;
        return values == NULL ? PARK_E_MEMORY : PARK_OK;
    }
    case PARK_SHAPE_DEMAND:
        *(park_demand *)place = (park_demand){{NAN, -1}, false, NAN, NAN};
        break;
    case PARK_SHAPE_OUTLET_QUALITY: {
        park_outlet_quality *quality = place;
        quality->max                 = column(arena, constituents, NAN);
        quality->fixed               = column(arena, constituents, NAN);
        return quality->max == NULL || quality->fixed == NULL ? PARK_E_MEMORY : PARK_OK;
    }
    case PARK_SHAPE_REF:
        *(park_ref *)place = (park_ref){NULL, -1, -1};
        break;
    case PARK_SHAPE_CAPEX:
        *(park_capex *)place = (park_capex){NAN, NAN, 1.0, 0.0};
        break;
    case PARK_SHAPE_RECORD:
    case PARK_SHAPE_CUSTOM:
        return field->record == NULL ? PARK_OK : park_fields_default(field->record, at, constituents, arena);
    case PARK_SHAPE_TEXT:
    case PARK_SHAPE_LABEL:
    case PARK_SHAPE_LIST:
    case PARK_SHAPE_NAMED:
    case PARK_SHAPE_REF_MAP:
        break; /* zero is "not given" */
    }
    return PARK_OK;
}

park_status park_fields_default(const park_field *fields, void *record, size_t constituents,
                                park_arena *arena)
{
    for (const park_field *f = fields; f != NULL && f->word != NULL; f++) {
        PARK_TRY(fill(f, (char *)record + f->offset, constituents, arena));
        if (f->shape ==
            PARK_SHAPE_BY_CONSTITUENT) /* words beside the constituents stand in the outer struct */
            PARK_TRY(park_fields_default(f->record, record, constituents, arena));
    }
    return PARK_OK;
}
