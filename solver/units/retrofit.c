/*
 * retrofit.c - a retrofit's changes applied to a draft: values of params by field, then everything completed anew.
 * Looks down on: model.
 */
#include "units/kind.h"

static double changed(const park_change *change, double now)
{
    switch (change->op) {
    case PARK_CHANGE_TIMES:
        return now * change->value;
    case PARK_CHANGE_ADD:
        return now + change->value;
    case PARK_CHANGE_SET:
        break;
    }
    return change->value;
}

static park_status check_range(const park_draft *draft, const park_change *change, double value,
                               park_error *err)
{
    const park_field *f   = change->field;
    bool              low = f->lo_open ? value <= f->lo : value < f->lo,
         high             = f->hi_open ? value >= f->hi : value > f->hi;
    if (isnan(value) || low || high)
        return PARK_FAIL(err, PARK_E_RANGE, "%s of %s would become %g; it must lie in %c%g, %g%c (SI units)",
                         f->word, draft->unit[change->unit].id, value, f->lo_open ? '(' : '[', f->lo, f->hi,
                         f->hi_open ? ')' : ']');
    return PARK_OK;
}

/* The number that a change speaks of; NULL for shapes that hold none. A range changes by its greatest. */
static double *number_at(const park_change *change, char *params)
{
    void *at = params + change->offset;
    switch (change->field->shape) {
    case PARK_SHAPE_NUMBER:
        return at;
    case PARK_SHAPE_SERIES:
        return &((park_series *)at)->base;
    case PARK_SHAPE_DEMAND:
        return &((park_demand *)at)->flow.base;
    case PARK_SHAPE_RANGE:
        return &((park_range *)at)->max;
    case PARK_SHAPE_CAPEX:
        return &((park_capex *)at)->scale;
    case PARK_SHAPE_BY_CONSTITUENT:
        return change->constituent < 0 ? NULL : *(double **)at + change->constituent;
    case PARK_SHAPE_OUTLET_QUALITY:
        return change->constituent < 0 ? NULL : ((park_outlet_quality *)at)->max + change->constituent;
    default:
        return NULL;
    }
}

/* A draft's params are its own (park_draft_copy), so they may be written. */
static char *params_of(park_draft *draft, int32_t unit)
{
    union {
        const void *borrowed;
        char       *own;
    } params = {.borrowed = draft->unit[unit].params};
    return params.own;
}

park_status park_draft_change(park_draft *draft, const park_change *change, double *now, park_error *err)
{
    double *number = number_at(change, params_of(draft, change->unit));
    if (number == NULL)
        return PARK_FAIL(err, PARK_E_RANGE, "%s of %s is no number that can be changed", change->field->word,
                         draft->unit[change->unit].id);
    if (isnan(*number) && change->op != PARK_CHANGE_SET)
        return PARK_FAIL(err, PARK_E_RANGE, "%s of %s is not given, so it cannot be multiplied or added to",
                         change->field->word, draft->unit[change->unit].id);
    double value = changed(change, *number);
    PARK_TRY(check_range(draft, change, value, err));
    *number = value;
    if (now != NULL)
        *now = value;
    return PARK_OK;
}

/* The changes of one unit, of all where it is -1. */
static park_status apply_all(park_draft *draft, int32_t retrofit, int32_t unit, park_error *err)
{
    const park_retrofit *r = &draft->retrofit[retrofit];
    for (size_t i = 0; i < r->changes; i++)
        if (unit < 0 || r->change[i].unit == unit)
            PARK_TRY(park_draft_change(draft, &r->change[i], NULL, err));
    park_findings findings;
    park_findings_init(&findings, draft->arena);
    park_status status = park_draft_shape(draft, &findings, err);
    if (status == PARK_E_RANGE && findings.count > 0)
        return PARK_FAIL(err, PARK_E_RANGE, "%s", findings.items[0].en);
    return status;
}

park_status park_draft_retrofit(park_draft *draft, int32_t retrofit, park_error *err)
{
    return apply_all(draft, retrofit, -1, err);
}

park_status park_draft_retrofit_unit(park_draft *draft, int32_t retrofit, int32_t unit, park_error *err)
{
    return apply_all(draft, retrofit, unit, err);
}
