/*
 * shape.c - units of a draft: added with their defaults, completed, given outlets and inlets.   Looks down
 * on: model.
 */
#include "units/kind.h"

#include <stdio.h>
#include <string.h>

static const park_field *field_named(const park_field *fields, const char *word)
{
    for (const park_field *f = fields; f != NULL && f->word != NULL; f++)
        if (strcmp(f->word, word) == 0)
            return f;
    return NULL;
}

int32_t park_draft_add(park_draft *draft, const park_unit_kind *kind, const char *id)
{
    if (!PARK_GROW(draft->arena, draft->unit, draft->units, draft->units_cap))
        return -1;
    void *params = park_array(draft->arena, 1, kind->params_size);
    if (params == NULL ||
        park_fields_default(kind->fields, params, draft->constituents, draft->arena) != PARK_OK)
        return -1;
    draft->unit[draft->units] =
        (park_unit_info){.id          = id,
                         .role        = kind->role,
                         .kind        = kind,
                         .params      = params,
                         .fields      = kind->fields,
                         .params_size = kind->params_size,
                         .enterprise  = -1,
                         .duty        = PARK_DUTY_NONE,
                         .use         = PARK_USE_NONE,
                         .origin      = kind->role == PARK_SOURCE ? kind->origin : PARK_ORIGIN_NONE,
                         .unused      = kind->unused,
                         .calendar    = -1,
                         .existing    = kind->role != PARK_TREATMENT && kind->role != PARK_STORAGE,
                         .at          = {NAN, NAN, NAN}};
    return (int32_t)draft->units++;
}

park_status park_draft_outlet(park_draft *draft, int32_t unit, park_outlet_info outlet, park_error *err)
{
    if (!PARK_GROW(draft->arena, draft->outlet, draft->outlets, draft->outlets_cap))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the outlets of %s", draft->unit[unit].id);
    outlet.unit                     = unit;
    draft->outlet[draft->outlets++] = outlet;
    draft->unit[unit].outlets++;
    return PARK_OK;
}

park_status park_draft_inlet(park_draft *draft, int32_t unit, const char *id, const double *own_limit,
                             park_text_list accepts, park_error *err)
{
    if (!PARK_GROW(draft->arena, draft->inlet, draft->inlets, draft->inlets_cap))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the inlets of %s", draft->unit[unit].id);
    draft->inlet[draft->inlets++] =
        (park_inlet_info){.id = id, .unit = unit, .own_limit = own_limit, .accepts = accepts};
    draft->unit[unit].inlets++;
    return PARK_OK;
}

park_status park_draft_free_connection(park_draft *draft, const char *from, const char *to, park_error *err)
{
    for (size_t c = 0; c < draft->connections; c++)
        if (draft->connection[c].free && strcmp(draft->connection[c].from, from) == 0 &&
            strcmp(draft->connection[c].to, to) == 0)
            return PARK_OK;
    park_connection free_one = {.from     = from,
                                .to       = to,
                                .existing = true,
                                .capacity = INFINITY,
                                .length   = NAN,
                                .lift     = NAN,
                                .free     = true};
    return park_draft_connection(draft, free_one) < 0
               ? PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the connections of %s", from)
               : PARK_OK;
}

bool park_draft_leads(const park_draft *draft, int32_t unit, const char *outlet)
{
    const char *id     = draft->unit[unit].id;
    size_t      length = strlen(id);
    for (size_t c = 0; c < draft->connections; c++) {
        const char *from = draft->connection[c].from;
        if (strncmp(from, id, length) == 0 && from[length] == '.' && strcmp(from + length + 1, outlet) == 0)
            return true;
    }
    return false;
}

/* The words that every kind with one inlet uses: `inlet` for what it takes (`limits` for a sink), `accepts`.
 */
static park_status plain_inlet(park_draft *draft, int32_t unit, park_error *err)
{
    const park_unit_info *info   = &draft->unit[unit];
    const char           *record = info->params;
    const park_field     *limit  = field_named(info->fields, info->role == PARK_SINK ? "limits" : "inlet");
    const park_field     *accept = field_named(info->fields, "accepts");
    const double  *own  = limit == NULL ? NULL : *(double *const *)(const void *)(record + limit->offset);
    park_text_list list = {0};
    if (accept != NULL)
        list = *(const park_text_list *)(const void *)(record + accept->offset);
    return park_draft_inlet(draft, unit, "", own, list, err);
}

static void mark_column(park_draft *draft, const double *column)
{
    for (size_t c = 0; c < draft->constituents; c++)
        draft->constituent[c].read = draft->constituent[c].read || !isnan(column[c]);
}

/* What a unit limits or takes out must be known of every source. `quality` and `adds` only state. */
static void mark_read(park_draft *draft, const park_field *fields, const char *record)
{
    for (const park_field *f = fields; f != NULL && f->word != NULL; f++) {
        if (f->shape == PARK_SHAPE_RECORD)
            mark_read(draft, f->record, record + f->offset);
        if (f->shape == PARK_SHAPE_OUTLET_QUALITY)
            mark_column(draft, ((const park_outlet_quality *)(const void *)(record + f->offset))->max);
        if (f->shape != PARK_SHAPE_BY_CONSTITUENT || strstr(f->word, "quality") != NULL ||
            strcmp(f->word, "adds") == 0)
            continue;
        mark_column(draft, *(double *const *)(const void *)(record + f->offset));
    }
}

static park_status shape_unit(park_draft *draft, int32_t unit, park_findings *findings, park_error *err)
{
    char                  path[512];
    const park_unit_kind *kind = draft->unit[unit].kind;
    snprintf(path, sizeof path, "%s.%s", park_role_section(kind->role), draft->unit[unit].id);
    if (kind->complete != NULL)
        PARK_TRY(kind->complete(draft, unit, path, findings, err));
    if (kind->role != PARK_SOURCE) /* a source's own first flush or the like limits nothing */
        mark_read(draft, kind->fields, draft->unit[unit].params);
    draft->unit[unit].first_outlet = draft->outlets;
    draft->unit[unit].outlets      = 0;
    draft->unit[unit].first_inlet  = draft->inlets;
    draft->unit[unit].inlets       = 0;
    for (const park_outlet_info *k = kind->outlets; k != NULL && k->id != NULL; k++)
        PARK_TRY(park_draft_outlet(draft, unit, *k, err));
    if (kind->shape != NULL)
        PARK_TRY(kind->shape(draft, unit, err));
    if (kind->role != PARK_SOURCE && draft->unit[unit].inlets == 0)
        PARK_TRY(plain_inlet(draft, unit, err));
    return PARK_OK;
}

park_status park_draft_shape(park_draft *draft, park_findings *findings, park_error *err)
{
    size_t errors  = findings->errors;
    draft->outlets = draft->inlets = 0;
    for (size_t u = 0; u < draft->units; u++)
        PARK_TRY(shape_unit(draft, (int32_t)u, findings, err));
    if (findings->errors > errors)
        return PARK_FAIL(err, PARK_E_RANGE, "the park's units hold %zu mistakes", findings->errors - errors);
    return PARK_OK;
}
