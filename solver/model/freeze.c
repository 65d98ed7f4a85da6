#include "model/freeze.h"

#include <stdio.h>
#include <string.h>

static const double ROUTE_STRAIGHT_MIN = 1e-9; /* two units at one point: a pipe of no length [m] */

/* ---- links
 * ---------------------------------------------------------------------------------------------------- */

static double route_length(const park_model *model, const park_unit_info *from, const park_unit_info *to)
{
    double dx = fabs(to->at[0] - from->at[0]), dy = fabs(to->at[1] - from->at[1]);
    double length = model->pipe.manhattan ? dx + dy : hypot(dx, dy);
    return fmax(length, ROUTE_STRAIGHT_MIN);
}

/* Length and lift as written, else from where the ends stand, where pipes have a price. */
static void lay(const park_model *model, park_link_info *link)
{
    const park_unit_info *from = &model->unit[link->from], *to = &model->unit[link->to];
    if (link->free) {
        link->length = NAN;
        link->lift   = 0.0;
        return;
    }
    if (isnan(link->length) && model->pipe.given &&
        isfinite(from->at[0] + from->at[1] + to->at[0] + to->at[1]))
        link->length = route_length(model, from, to);
    if (isnan(link->lift))
        link->lift = isfinite(from->at[2] + to->at[2]) ? to->at[2] - from->at[2] : 0.0;
}

static const park_connection UNWRITTEN = {.capacity = INFINITY, .length = NAN, .lift = NAN};

static const char *link_name(park_draft *draft, const park_pair *pair, const park_connection *connection)
{
    char from[PARK_END_SIZE], to[PARK_END_SIZE];
    if (connection->id != NULL && pair->written)
        return connection->id;
    return park_arena_printf(draft->arena, "%s>%s", park_outlet_text(draft, pair->outlet, from),
                             park_inlet_text(draft, pair->inlet, to));
}

static park_status pack(park_draft *draft, const park_pairs *pairs, park_error *err)
{
    size_t count = 0;
    for (size_t p = 0; p < pairs->count; p++)
        count += !pairs->item[p].dropped;
    draft->link      = PARK_ARRAY(draft->arena, count, park_link_info);
    draft->links_cap = count;
    draft->links     = 0;
    if (draft->link == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for connections");
    for (size_t p = 0; p < pairs->count; p++) {
        const park_pair *pair = &pairs->item[p];
        if (pair->dropped)
            continue;
        const park_connection *as = pair->connection < 0 ? &UNWRITTEN : &draft->connection[pair->connection];
        park_link_info        *link = &draft->link[draft->links++];
        *link                       = (park_link_info){.outlet       = pair->outlet,
                                                       .inlet        = pair->inlet,
                                                       .from         = draft->outlet[pair->outlet].unit,
                                                       .to           = draft->inlet[pair->inlet].unit,
                                                       .existing     = as->existing,
                                                       .free         = as->free,
                                                       .capacity     = as->capacity,
                                                       .capacity_min = as->capacity_min,
                                                       .length       = as->length,
                                                       .lift         = as->lift,
                                                       .price        = as->price};
        link->min_flow              = as->existing || as->free ? 0.0 : draft->min_flow;
        link->id                    = link_name(draft, pair, as);
        if (link->id == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for connections");
        lay(draft, link);
    }
    return PARK_OK;
}

/* ---- what refers to links
 * ----------------------------------------------------------------------------------------- */

static void resolve_controls(park_draft *draft, park_findings *findings)
{
    for (size_t i = 0; i < draft->controls; i++) {
        park_control *control = &draft->control[i];
        control->link         = control->link_text == NULL ? -1 : park_model_link(draft, control->link_text);
        if (control->link < 0)
            park_finding_add(findings, PARK_E0410, PARK_ERROR, "controls",
                             "control %d switches '%s', which is no connection of this park",
                             "第 %d 条控制所操作的“%s”不是本园区的连接", (int)i + 1,
                             control->link_text == NULL ? "" : control->link_text);
        if (control->hysteresis <= 0.0)
            control->hysteresis = 0.02;
    }
}

/* ---- statements
 * ---------------------------------------------------------------------------------------------------------
 */

/* Words of a unit that bound a design, so that an explanation of a conflict may name them. */
static bool binds(const char *word)
{
    static const char *const WORDS[] = {
        "capacity",           "licence", "demand", "inlet", "limits", "outlet",
        "circulating_limits", "volume",  "inflow", "flow",  "inlets"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strcmp(word, WORDS[i]) == 0)
            return true;
    return false;
}

static bool state(park_draft *draft, int32_t unit, const char *word, const char *part)
{
    char path[PARK_END_SIZE + 256], base[PARK_END_SIZE];
    park_unit_path(draft, unit, word, base);
    snprintf(path, sizeof path, part == NULL ? "%s" : "%s.%s", base, part);
    return park_draft_statement(draft, path) >= 0;
}

static bool state_constituents(park_draft *draft, int32_t unit, const char *word, const double *values)
{
    for (size_t c = 0; values != NULL && c < draft->constituents; c++)
        if (!isnan(values[c]) && !state(draft, unit, word, draft->constituent[c].id))
            return false;
    return true;
}

/* One field that binds: a statement for each of its parts that is given. */
static bool state_field(park_draft *draft, int32_t unit, const park_field *field, const char *record)
{
    const char *at = record + field->offset;
    switch (field->shape) {
    case PARK_SHAPE_NUMBER:
        return !isfinite(*(const double *)(const void *)at) || state(draft, unit, field->word, NULL);
    case PARK_SHAPE_SERIES:
        return !isfinite(((const park_series *)(const void *)at)->base) ||
               state(draft, unit, field->word, NULL);
    case PARK_SHAPE_RANGE:
        return isnan(((const park_range *)(const void *)at)->max) || state(draft, unit, field->word, NULL);
    case PARK_SHAPE_BY_CONSTITUENT:
        for (const park_field *f = field->record; f != NULL && f->word != NULL; f++)
            if (f->shape == PARK_SHAPE_NUMBER &&
                isfinite(*(const double *)(const void *)(record + f->offset)) &&
                !state(draft, unit, field->word, f->word))
                return false;
        return state_constituents(draft, unit, field->word, *(double *const *)(const void *)at);
    case PARK_SHAPE_NAMED: {
        const park_named *named = (const void *)at;
        for (size_t i = 0; i < named->count; i++)
            if (!state(draft, unit, field->word, named->id[i]))
                return false;
        return true;
    }
    case PARK_SHAPE_OUTLET_QUALITY: {
        const park_outlet_quality *quality = (const void *)at;
        return state_constituents(draft, unit, field->word, quality->max) &&
               state_constituents(draft, unit, field->word, quality->fixed);
    }
    case PARK_SHAPE_DEMAND: {
        const park_demand *demand = (const void *)at;
        return (isnan(demand->flow.base) && !(demand->min > 0.0) && !(demand->max < INFINITY)) ||
               state(draft, unit, field->word, NULL);
    }
    default:
        return state(draft, unit, field->word, NULL);
    }
}

static park_status state_all(park_draft *draft, park_error *err)
{
    for (size_t u = 0; u < draft->units; u++)
        for (const park_field *f = draft->unit[u].fields; f != NULL && f->word != NULL; f++)
            if (binds(f->word) && !state_field(draft, (int32_t)u, f, draft->unit[u].params))
                return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for statements");
    for (size_t t = 0; t < draft->targets; t++) {
        char         path[PARK_END_SIZE];
        park_target *target = &draft->target[t];
        snprintf(path, sizeof path, target->subject == NULL ? "targets.%s" : "targets.%s.%s",
                 target->quantity, target->subject);
        target->statement = park_draft_statement(draft, path);
        if (target->statement < 0)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for statements");
    }
    return PARK_OK;
}

park_status park_model_freeze(park_draft *draft, park_findings *findings, park_error *err)
{
    size_t     errors = findings->errors;
    park_pairs pairs  = {0};
    PARK_TRY(park_freeze_inlets(draft, findings, err));
    PARK_TRY(park_freeze_pairs(draft, &pairs, findings, err));
    PARK_TRY(park_freeze_law(draft, &pairs, findings, err));
    PARK_TRY(pack(draft, &pairs, err));
    resolve_controls(draft, findings);
    PARK_TRY(park_freeze_regulators(draft, findings, err));
    PARK_TRY(state_all(draft, err));
    if (findings->errors > errors)
        return PARK_FAIL(err, PARK_E_RANGE, "the park's connections hold %zu mistakes",
                         findings->errors - errors);
    draft->frozen = true;
    return PARK_OK;
}
