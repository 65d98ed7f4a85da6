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
    case PARK_COLUMN_MONEY:
        return "CNY s-1";
    case PARK_COLUMN_CARBON:
        return "kg s-1";
    case PARK_COLUMN_LINK_FLOW:
    case PARK_COLUMN_UNMET:
    case PARK_COLUMN_WITHHELD:
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
        [PARK_COLUMN_LINK_FLOW] = "flow",    [PARK_COLUMN_OUTLET_CONC] = "", [PARK_COLUMN_INLET_CONC] = "",
        [PARK_COLUMN_VOLUME] = "volume",     [PARK_COLUMN_UNMET] = "unmet",  [PARK_COLUMN_SPILL] = "spilled",
        [PARK_COLUMN_POWER] = "power",       [PARK_COLUMN_MONEY] = "",       [PARK_COLUMN_CARBON] = "",
        [PARK_COLUMN_WITHHELD] = "withheld", [PARK_COLUMN_STATE] = ""};
    static const char *const MONEY[PARK_COST_KINDS] = {
        [PARK_COST_WATER] = "water",         [PARK_COST_WATER_TAX] = "water_tax",
        [PARK_COST_DISCHARGE] = "discharge", [PARK_COST_ENVIRONMENT_TAX] = "environmental_tax",
        [PARK_COST_TREATMENT] = "treatment", [PARK_COST_CHEMICALS] = "chemicals",
        [PARK_COST_RESIDUES] = "residues",   [PARK_COST_ENERGY] = "energy",
        [PARK_COST_CARBON] = "carbon"};
    if (column->kind == PARK_COLUMN_MONEY)
        return park_arena_printf(arena, "park.cost_%s", MONEY[column->part]);
    if (column->kind == PARK_COLUMN_CARBON)
        return column->part == PARK_CARBON_GRID ? "park.carbon_grid" : "park.carbon_process";
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

const char *park_indicator_units(park_dimension dim)
{
    switch (dim) {
    case PARK_DIM_SHARE:
    case PARK_DIM_NUMBER:
    case PARK_DIM_INTENSITY_PER_VOLUME:
        return "1";
    case PARK_DIM_VOLUME:
        return "m3 year-1";
    case PARK_DIM_FLOW:
        return "m3 s-1";
    case PARK_DIM_MONEY:
        return "CNY year-1";
    case PARK_DIM_MASS:
        return "kg year-1";
    case PARK_DIM_ENERGY:
        return "J year-1";
    case PARK_DIM_PRICE_PER_VOLUME:
        return "CNY m-3";
    case PARK_DIM_ENERGY_PER_VOLUME:
        return "J m-3";
    case PARK_DIM_CARBON_PER_VOLUME:
        return "kg m-3";
    case PARK_DIM_INTENSITY_PER_VALUE:
        return "m3 CNY-1";
    case PARK_DIM_INTENSITY_PER_MASS:
        return "m3 kg-1";
    case PARK_DIM_INTENSITY_PER_LENGTH:
        return "m3 m-1";
    case PARK_DIM_INTENSITY_PER_AREA:
        return "m3 m-2";
    case PARK_DIM_INTENSITY_PER_ENERGY:
        return "m3 J-1";
    default:
        return "";
    }
}

park_contradiction park_contradiction_of(const park_violation *violation)
{
    if (park_violation_of_pressure(violation))
        return PARK_CONTRADICTION_PRESSURE;
    switch (violation->kind) {
    case PARK_VIOLATION_QUALITY_IN:
    case PARK_VIOLATION_QUALITY_OUT:
        return PARK_CONTRADICTION_QUALITY;
    case PARK_VIOLATION_STORAGE_DRY:
    case PARK_VIOLATION_STORAGE_FULL:
        return PARK_CONTRADICTION_STORAGE;
    case PARK_VIOLATION_PRESSURE:
        return PARK_CONTRADICTION_PRESSURE;
    case PARK_VIOLATION_SHORTFALL:
        return PARK_CONTRADICTION_RECOVERY;
    case PARK_VIOLATION_DEMAND:
    case PARK_VIOLATION_SPILL:
    case PARK_VIOLATION_CAPACITY:
    case PARK_VIOLATION_LICENCE:
        break;
    }
    return PARK_CONTRADICTION_CAPACITY;
}

park_label park_contradiction_label(park_contradiction what)
{
    static const park_label LABEL[PARK_CONTRADICTIONS] = {
        [PARK_CONTRADICTION_CAPACITY] = {"水量与能力", "capacity"},
        [PARK_CONTRADICTION_QUALITY]  = {"水质峰值", "quality peak"},
        [PARK_CONTRADICTION_STORAGE]  = {"调蓄", "storage"},
        [PARK_CONTRADICTION_PRESSURE] = {"水压", "pressure"},
        [PARK_CONTRADICTION_RECOVERY] = {"回收量", "recovery"}};
    return LABEL[what];
}

park_label park_violation_label(const park_violation *violation)
{
    static const park_label LABEL[] = {
        [PARK_VIOLATION_QUALITY_IN]   = {"进水水质超限", "inlet quality over its limit"},
        [PARK_VIOLATION_QUALITY_OUT]  = {"出水或循环水质超限", "outlet quality over its limit"},
        [PARK_VIOLATION_DEMAND]       = {"需水未满足", "demand not met"},
        [PARK_VIOLATION_SPILL]        = {"无处可去而溢出", "water finds no room"},
        [PARK_VIOLATION_CAPACITY]     = {"超出能力", "over capacity"},
        [PARK_VIOLATION_LICENCE]      = {"超出许可水量", "over its licence"},
        [PARK_VIOLATION_STORAGE_DRY]  = {"调蓄放空", "storage ran dry"},
        [PARK_VIOLATION_STORAGE_FULL] = {"调蓄溢流", "storage overflowed"},
        [PARK_VIOLATION_SHORTFALL]    = {"来水未能按方案利用", "less taken than promised"},
        [PARK_VIOLATION_PRESSURE]     = {"管网水头不足", "pressure in the network too low"}};
    static const park_label PIPED = {"管网水压不足，需水未满足", "demand not met for lack of pressure"};
    bool piped = violation->kind == PARK_VIOLATION_DEMAND && park_violation_of_pressure(violation);
    return piped ? PIPED : LABEL[violation->kind];
}
