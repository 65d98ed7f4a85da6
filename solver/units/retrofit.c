/*
 * retrofit.c - single numbers of a draft changed, whatever record they stand in, then everything completed anew.
 * Looks down on: model.
 */
#include "units/kind.h"

#include <string.h>

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

/* What the change speaks of, for messages: the unit's id, or the record's. */
static const char *owner_of(const park_draft *draft, const park_change *change)
{
    switch (change->in) {
    case PARK_IN_UNIT:
        return draft->unit[change->unit].id;
    case PARK_IN_CONNECTION:
        return draft->connection[change->at].id;
    case PARK_IN_GRADE:
        return draft->grade[change->at].id;
    case PARK_IN_ENTERPRISE:
        return draft->enterprise[change->at].id;
    case PARK_IN_TARGET:
        return draft->target[change->at].quantity;
    case PARK_IN_NETWORK:
        return draft->network[change->at].id;
    case PARK_IN_PARK:
        break;
    }
    return "the park";
}

static park_status check_range(const park_draft *draft, const park_change *change, double value,
                               park_error *err)
{
    const park_field *f   = change->field;
    bool              low = f->lo_open ? value <= f->lo : value < f->lo,
         high             = f->hi_open ? value >= f->hi : value > f->hi;
    if (isnan(value) || low || high)
        return PARK_FAIL(err, PARK_E_RANGE, "%s of %s would become %g; it must lie in %c%g, %g%c (SI units)",
                         f->word, owner_of(draft, change), value, f->lo_open ? '(' : '[', f->lo, f->hi,
                         f->hi_open ? ')' : ']');
    return PARK_OK;
}

static const char *record_of(const park_draft *draft, const park_change *change)
{
    const char *record = NULL;
    switch (change->in) {
    case PARK_IN_UNIT:
        record = draft->unit[change->unit].params;
        break;
    case PARK_IN_CONNECTION:
        return (const char *)&draft->connection[change->at];
    case PARK_IN_GRADE:
        return (const char *)&draft->grade[change->at];
    case PARK_IN_ENTERPRISE:
        return change->item > 0 ? (const char *)&draft->enterprise[change->at].product[change->item - 1]
                                : (const char *)&draft->enterprise[change->at];
    case PARK_IN_TARGET:
        return (const char *)&draft->target[change->at];
    case PARK_IN_NETWORK:
        return (const char *)&draft->network[change->at];
    case PARK_IN_PARK:
        return (const char *)draft;
    }
    if (change->named != NULL && change->item > 0) {
        const park_named *named = (const void *)(record + change->named->offset);
        record = (const char *)named->items + (change->item - 1) * change->named->record_size;
    }
    return record;
}

/* A range changes by its greatest. */
const double *park_draft_number(const park_draft *draft, const park_change *change)
{
    const void *at = record_of(draft, change) + change->offset;
    if (change->plain)
        return change->constituent < 0 ? at : *(double *const *)at + change->constituent;
    switch (change->field->shape) {
    case PARK_SHAPE_NUMBER:
        return at;
    case PARK_SHAPE_SERIES:
        return &((const park_series *)at)->base;
    case PARK_SHAPE_DEMAND:
        return &((const park_demand *)at)->flow.base;
    case PARK_SHAPE_RANGE:
        return &((const park_range *)at)->max;
    case PARK_SHAPE_CAPEX:
        return &((const park_capex *)at)->scale;
    case PARK_SHAPE_BY_CONSTITUENT:
        return change->constituent < 0 ? NULL : *(double *const *)at + change->constituent;
    case PARK_SHAPE_OUTLET_QUALITY:
        return change->constituent < 0 ? NULL : ((const park_outlet_quality *)at)->max + change->constituent;
    default:
        return NULL;
    }
}

bool park_change_same(const park_change *a, const park_change *b)
{
    return a->in == b->in && a->unit == b->unit && (a->in == PARK_IN_UNIT || a->at == b->at) &&
           a->item == b->item && a->named == b->named && a->offset == b->offset &&
           a->constituent == b->constituent;
}

bool park_change_commutes(const park_change *a, const park_change *b)
{
    return !park_change_same(a, b) || (a->op == b->op && a->op != PARK_CHANGE_SET);
}

void park_tariffs_settle(park_tariffs *tariffs)
{
    double sum   = 0.0;
    bool   rates = false;
    for (int i = 0; i < PARK_RATES; i++)
        rates = rates || isfinite(tariffs->rate[i]);
    for (int h = 0; rates && h < 24; h++) {
        tariffs->power_hour[h] = tariffs->rate[tariffs->rate_of_hour[h]] * tariffs->level;
        sum += tariffs->power_hour[h];
    }
    if (rates)
        tariffs->power = sum / 24.0;
}

park_status park_draft_change(park_draft *draft, const park_change *change, double *now, park_error *err)
{
    union { /* a draft's records are its own (park_draft_copy), so they may be written */
        const double *borrowed;
        double       *own;
    } number = {.borrowed = park_draft_number(draft, change)};
    if (number.own == NULL)
        return PARK_FAIL(err, PARK_E_RANGE, "%s of %s is no number that can be changed", change->field->word,
                         owner_of(draft, change));
    if (!isfinite(*number.own) && change->op != PARK_CHANGE_SET)
        return PARK_FAIL(err, PARK_E_RANGE, "%s of %s is not given, so it cannot be multiplied or added to",
                         change->field->word, owner_of(draft, change));
    double value = changed(change, *number.own);
    PARK_TRY(check_range(draft, change, value, err));
    *number.own = value;
    if (change->in == PARK_IN_PARK)
        park_tariffs_settle(&draft->tariffs);
    if (now != NULL)
        *now = value;
    return PARK_OK;
}

bool park_change_of_building(const park_draft *draft, const park_change *change)
{
    const char *word  = change->field->word;
    bool        money = change->field->shape == PARK_SHAPE_CAPEX || change->field->dim == PARK_DIM_MONEY ||
                 strcmp(word, "fixed_opex") == 0 || (change->plain && strcmp(word, "exponent") == 0) ||
                 strcmp(word, "life") == 0;
    size_t at = change->offset;
    switch (change->in) {
    case PARK_IN_UNIT: {
        const park_unit_info *unit  = &draft->unit[change->unit];
        bool                  built = unit->role == PARK_TREATMENT || unit->role == PARK_STORAGE;
        return built && (money || (change->field->shape == PARK_SHAPE_RANGE && !unit->existing));
    }
    case PARK_IN_CONNECTION: /* what a pipe costs */
        return !draft->connection[change->at].existing &&
               (at == offsetof(park_connection, length) || at == offsetof(park_connection, capacity_min));
    case PARK_IN_PARK:
        return (at >= offsetof(park_draft, economics) &&
                at < offsetof(park_draft, economics) + sizeof(park_economics)) ||
               at == offsetof(park_draft, min_flow) || at == offsetof(park_draft, pipe.max_velocity) ||
               at == offsetof(park_draft, pipe.life);
    case PARK_IN_GRADE:
    case PARK_IN_ENTERPRISE:
    case PARK_IN_TARGET:
    case PARK_IN_NETWORK:
        break;
    }
    return false;
}

park_status park_draft_settle(park_draft *draft, park_error *err)
{
    park_findings findings;
    park_findings_init(&findings, draft->arena);
    park_status status = park_draft_shape(draft, &findings, err);
    if (status == PARK_E_RANGE && findings.count > 0)
        return PARK_FAIL(err, PARK_E_RANGE, "%s", findings.items[0].en);
    return status;
}

park_status park_draft_retrofit(park_draft *draft, int32_t retrofit, park_error *err)
{
    const park_retrofit *r = &draft->retrofit[retrofit];
    for (size_t i = 0; i < r->changes; i++)
        PARK_TRY(park_draft_change(draft, &r->change[i], NULL, err));
    return park_draft_settle(draft, err);
}
