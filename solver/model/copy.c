#include <parkwater/model.h>

#include <string.h>

static void *copied(park_arena *arena, const void *items, size_t count, size_t size)
{
    void *copy = park_array(arena, count, size);
    if (copy != NULL && count > 0)
        memcpy(copy, items, count * size);
    return copy;
}

static bool copy_column(park_arena *arena, double **column, size_t count)
{
    return *column == NULL || (*column = copied(arena, *column, count, sizeof(double))) != NULL;
}

static bool copy_record(park_arena *arena, const park_field *fields, char *record, size_t constituents);

static bool copy_named(park_arena *arena, const park_field *field, park_named *named, size_t constituents)
{
    if (named->count == 0)
        return true;
    named->items = copied(arena, named->items, named->count, field->record_size);
    for (size_t i = 0; named->items != NULL && i < named->count; i++)
        if (!copy_record(arena, field->record, (char *)named->items + i * field->record_size, constituents))
            return false;
    return named->items != NULL;
}

/* A record of its own, with columns by constituent of its own. */
static bool copy_record(park_arena *arena, const park_field *fields, char *record, size_t constituents)
{
    for (const park_field *f = fields; f != NULL && f->word != NULL; f++) {
        char *at = record + f->offset;
        bool  ok = true;
        if (f->shape == PARK_SHAPE_RECORD)
            ok = copy_record(arena, f->record, at, constituents);
        else if (f->shape == PARK_SHAPE_BY_CONSTITUENT)
            ok = copy_column(arena, (double **)(void *)at, constituents);
        else if (f->shape == PARK_SHAPE_OUTLET_QUALITY)
            ok = copy_column(arena, &((park_outlet_quality *)(void *)at)->max, constituents) &&
                 copy_column(arena, &((park_outlet_quality *)(void *)at)->fixed, constituents);
        else if (f->shape == PARK_SHAPE_NAMED)
            ok = copy_named(arena, f, (park_named *)(void *)at, constituents);
        if (!ok)
            return false;
    }
    return true;
}

park_draft *park_draft_copy(park_arena *arena, const park_draft *draft)
{
    park_draft *copy = PARK_NEW(arena, park_draft);
    if (copy == NULL)
        return NULL;
    *copy             = *draft;
    copy->arena       = arena;
    copy->frozen      = false;
    copy->unit        = copied(arena, draft->unit, draft->units, sizeof *draft->unit);
    copy->connection  = copied(arena, draft->connection, draft->connections, sizeof *draft->connection);
    copy->outlet      = copied(arena, draft->outlet, draft->outlets, sizeof *draft->outlet);
    copy->inlet       = copied(arena, draft->inlet, draft->inlets, sizeof *draft->inlet);
    copy->pattern     = copied(arena, draft->pattern, draft->patterns, sizeof *draft->pattern);
    copy->statement   = copied(arena, draft->statement, draft->statements, sizeof *draft->statement);
    copy->target      = copied(arena, draft->target, draft->targets, sizeof *draft->target);
    copy->control     = copied(arena, draft->control, draft->controls, sizeof *draft->control);
    copy->grade       = copied(arena, draft->grade, draft->grades, sizeof *draft->grade);
    copy->network     = copied(arena, draft->network, draft->networks, sizeof *draft->network);
    copy->enterprise  = copied(arena, draft->enterprise, draft->enterprises, sizeof *draft->enterprise);
    copy->constituent = copied(arena, draft->constituent, draft->constituents, sizeof *draft->constituent);
    copy->link        = copied(arena, draft->link, draft->links, sizeof *draft->link);
    copy->forbid      = copied(arena, draft->forbid, draft->forbids, sizeof *draft->forbid);
    if (!copy->unit || !copy->connection || !copy->outlet || !copy->inlet || !copy->pattern ||
        !copy->statement || !copy->target || !copy->control || !copy->constituent || !copy->link ||
        !copy->forbid || !copy->grade || !copy->enterprise || !copy->network)
        return NULL;
    for (size_t i = 0; i < copy->grades; i++)
        if (!copy_column(arena, &copy->grade[i].limit, copy->constituents))
            return NULL;
    for (size_t i = 0; i < copy->enterprises; i++) {
        park_enterprise_info *e = &copy->enterprise[i];
        if ((e->product = copied(arena, e->product, e->products, sizeof *e->product)) == NULL)
            return NULL;
    }
    copy->units_cap = draft->units, copy->connections_cap = draft->connections,
    copy->outlets_cap = draft->outlets;
    copy->inlets_cap = draft->inlets, copy->patterns_cap = draft->patterns,
    copy->statements_cap = draft->statements;
    copy->links_cap = draft->links, copy->forbids_cap = draft->forbids;
    for (size_t u = 0; u < copy->units; u++) {
        park_unit_info *unit   = &copy->unit[u];
        void           *params = copied(arena, unit->params, 1, unit->params_size);
        if (params == NULL || !copy_record(arena, unit->fields, params, copy->constituents))
            return NULL;
        unit->params = params;
    }
    return copy;
}
