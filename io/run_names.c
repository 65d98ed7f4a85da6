#include "run_names.h"

const park_model *park_record_model(const park_run_record *record)
{
    return record->design != NULL && record->design->model != NULL ? record->design->model : record->base;
}

static const char *dotted(park_arena *arena, const char *unit, const char *id)
{
    return id == NULL || id[0] == '\0' ? unit : park_arena_printf(arena, "%s.%s", unit, id);
}

const char *park_run_outlet(park_arena *arena, const park_model *model, int32_t outlet)
{
    return dotted(arena, model->unit[model->outlet[outlet].unit].id, model->outlet[outlet].id);
}

const char *park_run_inlet(park_arena *arena, const park_model *model, int32_t inlet)
{
    return dotted(arena, model->unit[model->inlet[inlet].unit].id, model->inlet[inlet].id);
}

const char *park_column_units(const park_column *column)
{
    switch (column->kind) {
    case PARK_COLUMN_STATE:
        return column->state->units;
    case PARK_COLUMN_OUTLET_CONC:
    case PARK_COLUMN_INLET_CONC:
        return "kg m-3";
    case PARK_COLUMN_VOLUME:
        return "m3";
    case PARK_COLUMN_POWER:
        return "W";
    case PARK_COLUMN_LINK_FLOW:
    case PARK_COLUMN_UNMET:
    case PARK_COLUMN_SPILL:
        return "m3 s-1";
    }
    return "1";
}

/* What the column is of: a link, an outlet, an inlet or a unit. */
static const char *subject(park_arena *arena, const park_model *model, const park_column *column)
{
    if (column->kind == PARK_COLUMN_OUTLET_CONC && column->outlet >= 0)
        return park_run_outlet(arena, model, column->outlet);
    if (column->kind == PARK_COLUMN_INLET_CONC && column->inlet >= 0)
        return park_arena_printf(arena, "%s.inlet", park_run_inlet(arena, model, column->inlet));
    if (column->link >= 0)
        return model->link[column->link].id;
    return column->unit >= 0 ? model->unit[column->unit].id : "park";
}

const char *park_column_text(park_arena *arena, const park_model *model, const park_column *column)
{
    static const char *const WORD[] = {
        [PARK_COLUMN_LINK_FLOW] = "flow", [PARK_COLUMN_OUTLET_CONC] = "", [PARK_COLUMN_INLET_CONC] = "",
        [PARK_COLUMN_VOLUME] = "volume",  [PARK_COLUMN_UNMET] = "unmet",  [PARK_COLUMN_SPILL] = "spilled",
        [PARK_COLUMN_POWER] = "power",    [PARK_COLUMN_STATE] = ""};
    const char *what = column->state != NULL      ? column->state->word
                       : column->constituent >= 0 ? model->constituent[column->constituent].id
                                                  : WORD[column->kind];
    return park_arena_printf(arena, "%s.%s", subject(arena, model, column), what);
}

const char *park_indicator_text(park_arena *arena, const park_model *model, const park_indicator *item)
{
    const char *who = "", *subject = "", *basis = "", *circulation = "";
    if (item->boundary == PARK_BOUNDARY_ENTERPRISE && item->enterprise >= 0)
        who = park_arena_printf(arena, "%s.", model->enterprise[item->enterprise].id);
    else if (item->boundary == PARK_BOUNDARY_UNIT && item->unit >= 0)
        who = park_arena_printf(arena, "%s.", model->unit[item->unit].id);
    if (item->subject != NULL)
        subject = park_arena_printf(arena, ".%s", item->subject);
    if (item->basis_matters)
        basis = item->basis == PARK_BASIS_CONVENTIONAL ? ".conventional" : ".all_sources";
    if (!item->with_circulation)
        circulation = ".without_circulation";
    if (who == NULL || subject == NULL)
        return NULL;
    return park_arena_printf(arena, "%s%s%s%s%s", who, item->id, subject, basis, circulation);
}
