/*
 * storm_rows.c - what a storage can catch of the rain: a spell fills it at most once (docs/math/optimization.md, O48).
 *
 * On average over a season rain would pass through a pond of any size. In time it comes in spells, and a plan counts
 * on no more than a full storage of each:  sum over the links of a source  q dt  <=  Y(V) = sum_e min(R_e, V).
 * Y is concave in the size V; its tangents at a few spells are the rows, and sizes are chosen by Y itself.
 */
#include "design/formulation.h"

#include <stdlib.h>

enum { TANGENTS = 6 };

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The spells of every source and season, once: the recheck reads them from several threads. False: out of memory. */
static bool gather(park_super *super)
{
    size_t all = super->seasons * super->units;
    if (super->spell != NULL)
        return true;
    super->spells = PARK_ARRAY(super->arena, all, size_t);
    super->spell  = PARK_ARRAY(super->arena, all, double *);
    if (super->spells == NULL || super->spell == NULL)
        return false;
    for (size_t at = 0; at < all; at++) {
        int32_t           s = (int32_t)(at / super->units), u = (int32_t)(at % super->units);
        const park_model *of    = super->future[(size_t)s / super->per];
        int32_t           local = s % (int32_t)super->per;
        size_t            count = park_rain_spells(of, u, local, NULL, 0);
        if (count == 0)
            continue;
        super->spell[at] = PARK_ARRAY(super->arena, count, double);
        if (super->spell[at] == NULL)
            return false;
        super->spells[at] = park_rain_spells(of, u, local, super->spell[at], count);
        qsort(super->spell[at], count, sizeof(double), ascending);
    }
    return true;
}

static const double *spells_of(const park_super *super, size_t s, int32_t source, size_t *count)
{
    *count = super->spells[s * super->units + (size_t)source];
    return super->spell[s * super->units + (size_t)source];
}

/* What time bore out of Y so far: a storage that is not empty when the next spell comes catches less. */
static double storm_times(const park_super *super, size_t s, size_t u)
{
    return super->margins != NULL ? super->margins->storm_times[s * super->units + u] : 1.0;
}

/* One row for the tangent of Y at V = spell[at]: smaller spells count whole, the others V each. */
static void tangent(park_formulation *f, size_t s, size_t u, int32_t source, const double *spell,
                    size_t count, size_t at)
{
    const park_super *super   = f->super;
    double            seconds = super->duration[s] * f->volume_unit / f->flow_unit, whole = 0.0;
    park_sum          sum = {0};
    for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
        size_t l = (size_t)super->in_link[e];
        if (super->model->link[l].from == source && f->link_flow[PARK_FORM_SL(f, s, l)] >= 0)
            park_sum_add(f, &sum, f->link_flow[PARK_FORM_SL(f, s, l)], seconds);
    }
    if (sum.count == 0)
        return;
    for (size_t i = 0; i < at; i++)
        whole += spell[i];
    double times = storm_times(super, s, u), fills = times * (double)(count - at);
    whole *= times;
    if (f->size[u] >= 0)
        park_sum_add(f, &sum, f->size[u], -fills);
    else
        whole += fills * PARK_SUPER_FACE(super, s, u)->map->volume_max;
    park_formulate_row(f, &sum, -INFINITY, whole * f->volume_unit, -1, "storm");
}

/* Is this the first of the unit's links from that source? */
static bool first_of(const park_super *super, size_t u, size_t at)
{
    int32_t source = super->model->link[super->in_link[at]].from;
    for (size_t e = super->in_start[u]; e < at; e++)
        if (super->model->link[super->in_link[e]].from == source)
            return false;
    return super->model->unit[source].role == PARK_SOURCE;
}

void park_formulate_storms(park_formulation *f)
{
    const park_super *super = f->super;
    if (!gather(f->super)) {
        f->failed = true;
        return;
    }
    for (size_t u = 0; u < super->units && !f->failed; u++) {
        if (super->model->unit[u].role != PARK_STORAGE)
            continue;
        for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
            int32_t source = super->model->link[super->in_link[e]].from;
            for (size_t s = 0; first_of(super, u, e) && s < super->seasons; s++) {
                size_t        count;
                const double *spell = spells_of(super, s, source, &count);
                for (size_t i = 0; spell != NULL && i < TANGENTS && i <= count; i++)
                    tangent(f, s, u, source, spell, count, i * count / TANGENTS);
            }
        }
    }
}

/* The smallest V with Y(V) >= wanted; the largest spell when Y can never reach it. */
static double room_for(const double *spell, size_t count, double wanted)
{
    double below = 0.0;
    for (size_t i = 0; i < count; i++) {
        double at_spell = below + (double)(count - i) * spell[i]; /* Y(spell[i]) */
        if (at_spell >= wanted)
            return (wanted - below) / (double)(count - i);
        below += spell[i];
    }
    return count > 0 ? spell[count - 1] : 0.0;
}

double park_storm_room(const park_super *super, size_t u, const double *link_flow)
{
    double room = 0.0;
    for (size_t e = super->in_start[u]; e < super->in_start[u + 1]; e++) {
        int32_t source = super->model->link[super->in_link[e]].from;
        for (size_t s = 0; first_of(super, u, e) && s < super->seasons; s++) {
            double wanted = 0.0;
            for (size_t k = e; k < super->in_start[u + 1]; k++)
                if (super->model->link[super->in_link[k]].from == source)
                    wanted += link_flow[s * super->links + (size_t)super->in_link[k]] * super->duration[s];
            size_t        count;
            const double *spell = wanted > 0.0 ? spells_of(super, s, source, &count) : NULL;
            if (spell != NULL)
                room = fmax(room, room_for(spell, count, wanted * (1.0 - 1e-9) / storm_times(super, s, u)));
        }
    }
    return room;
}
