#include "import/inp_parts.h"

#include <stdio.h>
#include <string.h>

/* --- patterns --- */

/* The pattern of this name, made when it is new; -1 out of memory. */
static int32_t pattern_named(park_inp *inp, park_inp_word name)
{
    park_names *names = &inp->net->pattern_names;
    int32_t     index = park_names_find(names, name.text, name.length);
    if (index >= 0)
        return index;
    size_t at = names->count;
    if (!park_inp_grow(inp, PARK_GROW(inp->arena, inp->net->pattern, at, inp->patterns_capacity) &&
                                PARK_GROW(inp->arena, inp->pattern_room, at, inp->pattern_rooms_capacity) &&
                                PARK_GROW(inp->arena, inp->pattern_line, at, inp->pattern_lines_capacity)) ||
        !park_inp_grow(inp, park_names_add(names, name.text, name.length, &index, NULL) == PARK_OK))
        return -1;
    inp->net->pattern[at] = (park_net_pattern){0};
    inp->pattern_room[at] = (struct park_inp_room){0};
    inp->pattern_line[at] = inp->line->number;
    return index;
}

void park_inp_read_pattern(park_inp *inp)
{
    if (!park_inp_needs(inp, 2, "id factor factor .."))
        return;
    int32_t index = pattern_named(inp, inp->word[0]);
    if (index < 0)
        return;
    park_net_pattern *pattern = &inp->net->pattern[index];
    for (size_t i = 1; i < inp->words; i++) {
        double factor = 1.0;
        if (!park_inp_number(inp, i, &factor) ||
            !park_inp_grow(
                inp, PARK_GROW(inp->arena, pattern->factor, pattern->count, inp->pattern_room[index].x)))
            return;
        pattern->factor[pattern->count++] = factor;
    }
}

/* --- curves --- */

static int32_t add_curve(park_inp *inp, const char *text, size_t length)
{
    park_names *names = &inp->net->curve_names;
    int32_t     index = -1;
    size_t      at    = names->count;
    if (!park_inp_grow(inp, PARK_GROW(inp->arena, inp->net->curve, at, inp->curves_capacity) &&
                                PARK_GROW(inp->arena, inp->curve_room, at, inp->curve_rooms_capacity) &&
                                PARK_GROW(inp->arena, inp->curve_line, at, inp->curve_lines_capacity)) ||
        !park_inp_grow(inp, park_names_add(names, text, length, &index, NULL) == PARK_OK))
        return -1;
    inp->net->curve[at] = (park_net_curve){.kind = PARK_NET_CURVE_UNUSED};
    inp->curve_room[at] = (struct park_inp_room){0};
    inp->curve_line[at] = inp->line->number;
    return index;
}

void park_inp_read_curve(park_inp *inp)
{
    double x = 0.0, y = 0.0;
    if (!park_inp_needs(inp, 3, "id x y") || !park_inp_number(inp, 1, &x) || !park_inp_number(inp, 2, &y))
        return;
    park_inp_word name  = inp->word[0];
    int32_t       index = park_names_find(&inp->net->curve_names, name.text, name.length);
    if (index < 0)
        index = add_curve(inp, name.text, name.length);
    if (index < 0)
        return;
    park_net_curve *curve = &inp->net->curve[index];
    if (!park_inp_grow(inp, PARK_GROW(inp->arena, curve->x, curve->count, inp->curve_room[index].x) &&
                                PARK_GROW(inp->arena, curve->y, curve->count, inp->curve_room[index].y)))
        return;
    curve->x[curve->count]   = x;
    curve->y[curve->count++] = y;
}

/* The curve's points under a name of their own: for a second use in other units. */
static int32_t twin(park_inp *inp, int32_t index, park_net_curve_kind kind)
{
    static const char *const SUFFIX[] = {"", "_pump", "_efficiency", "_volume", "_headloss", "_opening"};
    const char              *name     = inp->net->curve_names.text[index];
    int32_t                  other    = index;
    do { /* a twin stands in its first one's line; any other curve of the name is passed by */
        name = park_arena_printf(inp->arena, "%s%s", name, SUFFIX[kind]);
        if (!park_inp_grow(inp, name != NULL))
            return -1;
        other = park_names_find(&inp->net->curve_names, name, strlen(name));
    } while (other >= 0 && inp->curve_line[other] != inp->curve_line[index]);
    if (other < 0) {
        other = add_curve(inp, name, strlen(name));
        if (other < 0)
            return -1;
        const park_net_curve *from = &inp->net->curve[index];
        park_net_curve       *to   = &inp->net->curve[other];
        to->x                      = PARK_ARRAY(inp->arena, from->count, double);
        to->y                      = PARK_ARRAY(inp->arena, from->count, double);
        if (!park_inp_grow(inp, to->x != NULL && to->y != NULL))
            return -1;
        memcpy(to->x, from->x, from->count * sizeof *to->x);
        memcpy(to->y, from->y, from->count * sizeof *to->y);
        to->count              = from->count;
        inp->curve_line[other] = inp->curve_line[index];
    }
    inp->net->curve[other].kind = kind;
    return other;
}

int32_t park_inp_curve(park_inp *inp, size_t word, park_net_curve_kind kind)
{
    if (word >= inp->words)
        return -1;
    park_inp_word given = inp->word[word];
    int32_t       index = park_names_find(&inp->net->curve_names, given.text, given.length);
    if (index < 0) {
        PARK_INP_TELL(inp, (int)word, PARK_E0610, PARK_ERROR, "there is no curve '%.*s'", "没有曲线“%.*s”",
                      (int)(given.length < 40 ? given.length : 40), given.text);
        return -1;
    }
    park_net_curve *curve = &inp->net->curve[index];
    if (curve->kind == PARK_NET_CURVE_UNUSED)
        curve->kind = kind;
    return curve->kind == kind ? index : twin(inp, index, kind);
}

park_net_curve *park_inp_pump_curve(park_inp *inp, const char *wanted, size_t points, int32_t *index)
{
    const char *name = wanted;
    for (int i = 1; name != NULL && park_names_find(&inp->net->curve_names, name, strlen(name)) >= 0; i++)
        name = park_arena_printf(inp->arena, "%s_%d", wanted, i);
    *index = park_inp_grow(inp, name != NULL) ? add_curve(inp, name, strlen(name)) : -1;
    if (*index < 0)
        return NULL;
    park_net_curve *curve = &inp->net->curve[*index];
    curve->x              = PARK_ARRAY(inp->arena, points, double);
    curve->y              = PARK_ARRAY(inp->arena, points, double);
    curve->count          = points;
    curve->kind           = PARK_NET_CURVE_PUMP;
    return park_inp_grow(inp, curve->x != NULL && curve->y != NULL) ? curve : NULL;
}

void park_inp_settle_curves(park_inp *inp)
{
    const park_inp_units *u = &inp->units;
    for (size_t i = 0; i < inp->net->curve_names.count; i++) {
        park_net_curve *curve       = &inp->net->curve[i];
        double          factor[][2] = {[PARK_NET_CURVE_UNUSED]     = {1.0, 1.0},
                                       [PARK_NET_CURVE_PUMP]       = {u->flow, u->length},
                                       [PARK_NET_CURVE_EFFICIENCY] = {u->flow, 0.01},
                                       [PARK_NET_CURVE_VOLUME]     = {u->length, u->volume},
                                       [PARK_NET_CURVE_HEADLOSS]   = {u->flow, u->length},
                                       [PARK_NET_CURVE_OPENING]    = {0.01, 0.01}};
        for (size_t p = 0; p < curve->count; p++) {
            curve->x[p] *= factor[curve->kind][0];
            curve->y[p] *= factor[curve->kind][1];
        }
    }
}
