/* A statement moved, in the park or in a unit's map; Eq. (O85) of docs/math/optimization.md. */
#include "units/moved.h"

#include <string.h>

/* What of a path stands behind "section.id."; NULL when it speaks of something else. */
static const char *behind(const char *path, const char *section, const char *id)
{
    size_t a = strlen(section), b = strlen(id);
    if (strncmp(path, section, a) != 0 || path[a] != '.' || strncmp(path + a + 1, id, b) != 0 ||
        path[a + 1 + b] != '.')
        return NULL;
    return path + a + b + 2;
}

static bool starts(const char **text, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(*text, word, length) != 0)
        return false;
    *text += length;
    return true;
}

static double more(double value, double by)
{
    return isfinite(value) ? fmax(value + by, 0.0) : value;
}

/* ---- units ------------------------------------------------------------------------------------------------------------ */

static void move_flow(const park_unit_info *info, park_map *map, double by)
{
    switch (info->role) {
    case PARK_SOURCE:
        if (map->outlet[0].flow == PARK_FLOW_FREE)
            map->outlet[0].hi = more(map->outlet[0].hi, by);
        return;
    case PARK_TREATMENT:
        if (map->inlets == 1 && map->in_hi[0] == map->size_max)
            map->in_hi[0] = more(map->in_hi[0], by);
        map->size_max = more(map->size_max, by);
        return;
    case PARK_STORAGE:
        map->volume_max = more(map->volume_max, by);
        map->size_max   = more(map->size_max, by);
        return;
    case PARK_USER:
    case PARK_SINK: {
        bool fixed = map->in_lo[0] == map->in_hi[0] || isinf(map->in_hi[0]);
        if (map->inlets != 1)
            return;
        if (fixed && info->role == PARK_USER)
            map->in_lo[0] = more(map->in_lo[0], by), map->demand = more(map->demand, by);
        map->in_hi[0] = more(map->in_hi[0], by);
        return;
    }
    case PARK_ROLES:
        return;
    }
}

static void move_inlets(const park_model *model, const park_unit_info *info, park_map *map, const char *rest,
                        double by)
{
    const char *inlet = rest, *word = rest;
    for (size_t i = 0; i < info->inlets; i++) {
        const char *id = model->inlet[info->first_inlet + i].id;
        word           = rest;
        if (id != NULL && id[0] != '\0') {
            inlet = rest;
            if (!starts(&inlet, "inlets.") || !starts(&inlet, id) || !starts(&inlet, ".limits."))
                continue;
            word = inlet;
        } else if (!starts(&word, "inlet.") && !(info->role == PARK_SINK && starts(&word, "limits."))) {
            continue;
        }
        for (size_t c = 0; c < map->constituents; c++)
            if (strcmp(model->constituent[c].id, word) == 0)
                map->in_limit[i * map->constituents + c] = more(map->in_limit[i * map->constituents + c], by);
    }
}

static void move_outlets(const park_model *model, park_map *map, const char *word, double by)
{
    for (size_t c = 0; c < map->constituents; c++)
        for (size_t k = 0; strcmp(model->constituent[c].id, word) == 0 && k < map->outlets; k++)
            map->outlet[k].limit[c] = more(map->outlet[k].limit[c], by);
}

void park_map_move(const park_model *model, int32_t unit, park_map *map)
{
    const park_unit_info *info = &model->unit[unit];
    const park_move      *move = model->move;
    const char *rest = move == NULL ? NULL : behind(move->path, park_role_section(info->role), info->id);
    if (rest == NULL)
        return;
    if (strcmp(rest, "capacity") == 0 || strcmp(rest, "demand") == 0 || strcmp(rest, "volume") == 0)
        move_flow(info, map, move->by);
    else if (strcmp(rest, "licence") == 0)
        map->licence = more(map->licence, move->by);
    else if (starts(&rest, "outlet."))
        move_outlets(model, map, rest, move->by);
    else if (starts(&rest, "circulating_limits."))
        for (size_t i = 0; i < map->combined_count; i++)
            map->combined[i].limit = strcmp(map->combined[i].name, rest) == 0
                                         ? more(map->combined[i].limit, move->by)
                                         : map->combined[i].limit;
    else
        move_inlets(model, info, map, rest, move->by);
}

/* ---- the park --------------------------------------------------------------------------------------------------------- */

static bool speaks_of(const park_target *target, const char *path)
{
    const char *rest  = path;
    bool        named = target->subject != NULL && target->subject[0] != '\0';
    if (!starts(&rest, "targets.") || !starts(&rest, target->quantity))
        return false;
    return named ? starts(&rest, ".") && strcmp(rest, target->subject) == 0 : *rest == '\0';
}

static bool move_targets(park_model *moved, const park_move *move, park_arena *arena)
{
    park_target *list = PARK_ARRAY(arena, moved->targets, park_target);
    if (list == NULL)
        return false;
    for (size_t i = 0; i < moved->targets; i++) {
        list[i] = moved->target[i];
        if (!speaks_of(&list[i], move->path))
            continue;
        if (isfinite(list[i].min) && !(move->upper && isfinite(list[i].max)))
            list[i].min = more(list[i].min, move->by);
        else
            list[i].max = more(list[i].max, move->by);
    }
    moved->target = list;
    return true;
}

/* "connections.candidates.<id>.capacity": of the link and of the connection that it was made from. */
static bool move_links(park_model *moved, const park_move *move, park_arena *arena)
{
    park_link_info  *link = PARK_ARRAY(arena, moved->links, park_link_info);
    park_connection *from = PARK_ARRAY(arena, moved->connections, park_connection);
    if (link == NULL || from == NULL)
        return false;
    for (size_t l = 0; l < moved->links; l++) {
        const char *rest = behind(move->path, "connections.existing", moved->link[l].id);
        link[l]          = moved->link[l];
        if (rest == NULL)
            rest = behind(move->path, "connections.candidates", moved->link[l].id);
        if (rest != NULL && strcmp(rest, "capacity") == 0)
            link[l].capacity = more(link[l].capacity, move->by);
    }
    for (size_t i = 0; i < moved->connections; i++) {
        const char *id = moved->connection[i].id;
        from[i]        = moved->connection[i];
        if (id != NULL && (behind(move->path, "connections.existing", id) != NULL ||
                           behind(move->path, "connections.candidates", id) != NULL))
            from[i].capacity = more(from[i].capacity, move->by);
    }
    moved->link = link, moved->connection = from;
    return true;
}

park_model *park_model_moved(const park_model *model, const park_move *move, park_arena *arena)
{
    park_model *moved = PARK_NEW(arena, park_model);
    if (moved == NULL)
        return NULL;
    *moved      = *model;
    moved->move = move;
    if (strcmp(move->path, "economics.budget") == 0)
        moved->economics.budget = more(moved->economics.budget, move->by);
    else if (strncmp(move->path, "targets.", 8) == 0)
        return move_targets(moved, move, arena) ? moved : NULL;
    else if (strncmp(move->path, "connections.", 12) == 0)
        return move_links(moved, move, arena) ? moved : NULL;
    return moved;
}
