#include "quality/segments.h"

#include "quality/profile.h"

#include <math.h>
#include <string.h>

/* --- the pool ------------------------------------------------------------------------------------------------- */

static park_status enlarge(park_segments *s, size_t capacity, park_error *err)
{
    double  *volume = PARK_ARRAY(s->arena, capacity, double);
    int32_t *next   = PARK_ARRAY(s->arena, 2 * capacity, int32_t);
    double  *value  = park_array(s->arena, capacity, 2 * s->count * sizeof(double));
    if (volume == NULL || next == NULL || value == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu segments of water", capacity);
    if (s->capacity > 0) {
        memcpy(volume, s->volume, s->capacity * sizeof *volume);
        memcpy(next, s->next, 2 * s->capacity * sizeof *next);
        memcpy(value, s->value, 2 * s->capacity * s->count * sizeof *value);
    }
    for (size_t i = capacity; i-- > s->capacity;) {
        next[2 * i + 1] = s->free;
        s->free         = (int32_t)i;
    }
    s->unused += capacity - s->capacity;
    s->capacity = capacity;
    s->volume   = volume;
    s->next     = next;
    s->value    = value;
    return PARK_OK;
}

park_status park_segments_make(park_arena *arena, size_t boxes, size_t constituents, const double *tolerance,
                               int32_t most, size_t most_capacity, park_segments *s, park_error *err)
{
    *s = (park_segments){.arena = arena, .count = constituents, .boxes = boxes, .most = most, .free = -1};
    s->empty     = boxes;
    s->head      = PARK_ARRAY(arena, 2 * boxes, int32_t);
    s->rows      = PARK_ARRAY(arena, boxes, int32_t);
    s->tolerance = PARK_ARRAY(arena, constituents, double);
    if (s->head == NULL || s->rows == NULL || s->tolerance == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the water of %zu pipes and tanks", boxes);
    for (size_t i = 0; i < 2 * boxes; i++)
        s->head[i] = -1;
    memcpy(s->tolerance, tolerance, constituents * sizeof *tolerance);
    size_t least     = 2 * boxes + 16;
    s->most_capacity = most_capacity > 0 && most_capacity < least ? least : most_capacity;
    return enlarge(s, s->most_capacity > 0 && s->most_capacity < 2 * least ? s->most_capacity : 2 * least,
                   err);
}

park_status park_segments_make_room(park_segments *s, park_error *err)
{
    if (4 * s->unused >= s->capacity || (s->most_capacity > 0 && s->capacity >= s->most_capacity))
        return PARK_OK;
    size_t wanted = 2 * s->capacity;
    if (s->most_capacity > 0 && wanted > s->most_capacity)
        wanted = s->most_capacity;
    if (wanted > INT32_MAX / 2)
        return PARK_OK; /* indices end here: neighbours are joined instead */
    return enlarge(s, wanted, err);
}

/* A free segment for a box, or -1 when those left are promised to empty boxes. */
static int32_t take(park_segments *s, size_t box)
{
    bool empty = s->rows[box] == 0;
    if (!empty && s->unused <= s->empty)
        return -1;
    int32_t i = s->free;
    s->free   = s->next[2 * (size_t)i + 1];
    s->unused--;
    s->empty -= empty;
    s->rows[box]++;
    return i;
}

/* Take segment i out of its box and give it back. */
static void drop(park_segments *s, size_t box, int32_t i)
{
    int32_t below = s->next[2 * (size_t)i], above = s->next[2 * (size_t)i + 1];
    *(below < 0 ? &s->head[2 * box] : &s->next[2 * (size_t)below + 1]) = above;
    *(above < 0 ? &s->head[2 * box + 1] : &s->next[2 * (size_t)above]) = below;
    s->next[2 * (size_t)i + 1]                                         = s->free;
    s->free                                                            = i;
    s->unused++;
    s->empty += --s->rows[box] == 0;
}

/* --- joining --------------------------------------------------------------------------------------------------- */

static double misfit(const park_segments *s, int32_t i, int32_t above, const double *tolerance)
{
    return park_profile_misfit(s->count, tolerance, s->volume[i], park_segments_value(s, i, 0),
                               park_segments_value(s, i, 1), s->volume[above],
                               park_segments_value(s, above, 0), park_segments_value(s, above, 1), 1.0);
}

/* Segment i swallows its neighbour above. */
static void join(park_segments *s, size_t box, int32_t i, int32_t above)
{
    park_profile_join(s->count, s->volume[i], park_segments_value(s, i, 0), park_segments_value(s, i, 1),
                      s->volume[above], park_segments_value(s, above, 0), park_segments_value(s, above, 1),
                      park_segments_value(s, i, 0), park_segments_value(s, i, 1));
    s->volume[i] += s->volume[above];
    drop(s, box, above);
}

/* One walk from the lower end: each segment swallows what lies above it while `factor` tolerances allow. */
static void thin(park_segments *s, size_t box, double factor, int32_t wanted)
{
    for (int32_t i = s->head[2 * box]; i >= 0 && s->rows[box] > wanted;) {
        int32_t above = s->next[2 * (size_t)i + 1];
        if (above < 0)
            return;
        double off = park_profile_misfit(
            s->count, s->tolerance, s->volume[i], park_segments_value(s, i, 0), park_segments_value(s, i, 1),
            s->volume[above], park_segments_value(s, above, 0), park_segments_value(s, above, 1), factor);
        if (off <= factor)
            join(s, box, i, above);
        i = off <= factor ? s->next[2 * (size_t)i + 1] : above; /* a joined pair rests for this walk */
    }
}

/* Coarser and coarser until the box holds no more than three quarters of what it may. */
static void thin_out(park_segments *s, size_t box)
{
    int32_t wanted = s->most - s->most / 4;
    double  factor = 1.0;
    while (s->rows[box] > wanted && factor < 1e300) {
        thin(s, box, factor, wanted);
        factor *= factor < 1e15 ? 2.0 : 1e15; /* without a tolerance the misfit counts roundings */
    }
    while (s->rows[box] > wanted &&
           s->head[2 * box] != s->head[2 * box + 1]) /* zero tolerance next to zero */
        join(s, box, s->head[2 * box], s->next[2 * (size_t)s->head[2 * box] + 1]);
}

void park_segments_tidy(park_segments *s, size_t box, int end, int32_t fresh)
{
    int32_t i = s->head[2 * box + (size_t)end];
    while (fresh-- > 0 && i >= 0) {
        int32_t inner = s->next[2 * (size_t)i + (size_t)(1 - end)];
        if (inner < 0)
            break;
        int32_t below = end == 0 ? i : inner, above = end == 0 ? inner : i;
        if (misfit(s, below, above, s->tolerance) <= 1.0) {
            join(s, box, below, above);
            i = below;
        } else {
            i = inner;
        }
    }
    if (s->rows[box] > s->most)
        thin_out(s, box);
}

/* --- ends ------------------------------------------------------------------------------------------------------ */

void park_segments_push(park_segments *s, size_t box, int end, double volume, const double *first,
                        const double *last)
{
    size_t        bytes = s->count * sizeof(double);
    int32_t       outer = park_segments_outer(s, box, end), i = take(s, box);
    const double *low = end == 0 ? last : first, *high = end == 0 ? first : last;
    if (i < 0) { /* no segment left: into the neighbour */
        double *v0 = park_segments_value(s, outer, 0), *v1 = park_segments_value(s, outer, 1);
        if (end == 0)
            park_profile_join(s->count, volume, low, high, s->volume[outer], v0, v1, v0, v1);
        else
            park_profile_join(s->count, s->volume[outer], v0, v1, volume, low, high, v0, v1);
        s->volume[outer] += volume;
        return;
    }
    s->volume[i] = volume;
    memcpy(park_segments_value(s, i, 0), low, bytes);
    memcpy(park_segments_value(s, i, 1), high, bytes);
    s->next[2 * (size_t)i + (size_t)end]       = -1;
    s->next[2 * (size_t)i + (size_t)(1 - end)] = outer;
    if (outer >= 0)
        s->next[2 * (size_t)outer + (size_t)end] = i;
    else
        s->head[2 * box + (size_t)(1 - end)] = i;
    s->head[2 * box + (size_t)end] = i;
}

bool park_segments_pop(park_segments *s, size_t box, int end, double volume, double rounding, double *first,
                       double *last)
{
    int32_t i = park_segments_outer(s, box, end);
    if (i < 0)
        return false;
    double *outer = park_segments_value(s, i, end), *inner = park_segments_value(s, i, 1 - end);
    double  share = volume / s->volume[i];
    bool    all   = volume >= s->volume[i] - rounding;
    for (size_t c = 0; c < s->count; c++) {
        first[c] = outer[c];
        last[c]  = all ? inner[c] : outer[c] + share * (inner[c] - outer[c]);
        outer[c] = last[c];
    }
    s->volume[i] -= volume;
    if (all)
        drop(s, box, i);
    return true;
}

void park_segments_clear(park_segments *s, size_t box)
{
    while (s->rows[box] > 0)
        drop(s, box, s->head[2 * box]);
}

double park_segments_mass(const park_segments *s, size_t box, double *mass)
{
    double volume = 0.0;
    for (int32_t i = s->head[2 * box]; i >= 0; i = s->next[2 * (size_t)i + 1]) {
        const double *a = park_segments_value(s, i, 0), *b = park_segments_value(s, i, 1);
        for (size_t c = 0; c < s->count; c++)
            mass[c] += 0.5 * s->volume[i] * (a[c] + b[c]);
        volume += s->volume[i];
    }
    return volume;
}
