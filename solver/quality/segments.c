#include "quality/segments.h"

#include "quality/profile.h"

#include <math.h>
#include <string.h>

/* --- the pool ------------------------------------------------------------------------------------------------- */

static park_status enlarge(park_segments *s, size_t capacity, park_error *err)
{
    char *block = park_array(s->arena, capacity, s->stride);
    if (block == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu segments of water", capacity);
    if (s->capacity > 0)
        memcpy(block, s->block, s->capacity * s->stride);
    s->block = block;
    for (size_t i = capacity; i-- > s->capacity;) {
        park_segments_at(s, (int32_t)i)->next[1] = s->free;
        s->free                                  = (int32_t)i;
    }
    s->unused += capacity - s->capacity;
    s->capacity = capacity;
    return PARK_OK;
}

park_status park_segments_make(park_arena *arena, size_t boxes, size_t constituents, const double *tolerance,
                               int32_t most, size_t most_capacity, park_segments *s, park_error *err)
{
    *s = (park_segments){.arena = arena, .count = constituents, .boxes = boxes, .most = most, .free = -1};
    s->empty     = boxes;
    s->stride    = sizeof(park_segment) + 2 * constituents * sizeof(double);
    s->head      = PARK_ARRAY(arena, 2 * boxes, int32_t);
    s->rows      = PARK_ARRAY(arena, boxes, int32_t);
    s->clock     = PARK_ARRAY(arena, boxes, double);
    s->tolerance = PARK_ARRAY(arena, constituents, double);
    if (s->head == NULL || s->rows == NULL || s->clock == NULL || s->tolerance == NULL)
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
    s->free   = park_segments_at(s, i)->next[1];
    s->unused--;
    s->empty -= empty;
    s->rows[box]++;
    return i;
}

/* What points at the neighbour of `i` from its other side: towards end e. */
static int32_t *pointer_to(park_segments *s, size_t box, int32_t neighbour, int end)
{
    return neighbour < 0 ? &s->head[2 * box + (size_t)end] : &park_segments_at(s, neighbour)->next[1 - end];
}

/* Take segment i out of its box and give it back. */
static void drop(park_segments *s, size_t box, int32_t i)
{
    park_segment *k     = park_segments_at(s, i);
    int32_t       below = k->next[0], above = k->next[1];
    *pointer_to(s, box, below, 0) = above;
    *pointer_to(s, box, above, 1) = below;
    k->next[1]                    = s->free;
    s->free                       = i;
    s->unused++;
    s->empty += --s->rows[box] == 0;
}

/* --- joining --------------------------------------------------------------------------------------------------- */

static double misfit(const park_segments *s, int32_t below, int32_t above, double limit)
{
    const park_segment *a = park_segments_at(s, below), *b = park_segments_at(s, above);
    return park_profile_misfit(s->count, s->tolerance, a->volume, a->value, a->value + s->count, b->volume,
                               b->value, b->value + s->count, limit);
}

/* Segment i swallows its neighbour above. */
static void join(park_segments *s, size_t box, int32_t i, int32_t above)
{
    park_segment *a = park_segments_at(s, i), *b = park_segments_at(s, above);
    park_profile_join(s->count, a->volume, a->value, a->value + s->count, b->volume, b->value,
                      b->value + s->count, a->value, a->value + s->count);
    a->volume += b->volume;
    drop(s, box, above);
}

/* One walk from the lower end: each segment swallows what lies above it while `factor` tolerances allow. */
static void thin(park_segments *s, size_t box, double factor, int32_t wanted)
{
    for (int32_t i = s->head[2 * box]; i >= 0 && s->rows[box] > wanted;) {
        int32_t above = park_segments_at(s, i)->next[1];
        if (above < 0)
            return;
        bool alike = misfit(s, i, above, factor) <= factor;
        if (alike)
            join(s, box, i, above);
        i = alike ? park_segments_at(s, i)->next[1] : above; /* a joined pair rests for this walk */
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
    while (s->rows[box] > wanted) /* what must not be joined for being alike */
        join(s, box, s->head[2 * box], park_segments_at(s, s->head[2 * box])->next[1]);
}

void park_segments_tidy(park_segments *s, size_t box, int end, int32_t fresh)
{
    int32_t i = s->head[2 * box + (size_t)end];
    while (fresh-- > 0 && i >= 0) {
        int32_t inner = park_segments_at(s, i)->next[1 - end];
        if (inner < 0)
            break;
        int32_t below = end == 0 ? i : inner, above = end == 0 ? inner : i;
        bool    alike = misfit(s, below, above, 1.0) <= 1.0;
        if (alike)
            join(s, box, below, above);
        i = alike ? below : inner;
    }
    if (s->rows[box] > s->most)
        thin_out(s, box);
}

/* --- ends ------------------------------------------------------------------------------------------------------ */

/* The water goes into the outermost segment. */
static void push_into(park_segments *s, int32_t outer, int end, double volume, const double *low,
                      const double *high)
{
    park_segment *k  = park_segments_at(s, outer);
    double       *v0 = k->value, *v1 = k->value + s->count;
    if (end == 0)
        park_profile_join(s->count, volume, low, high, k->volume, v0, v1, v0, v1);
    else
        park_profile_join(s->count, k->volume, v0, v1, volume, low, high, v0, v1);
    k->volume += volume;
}

void park_segments_push(park_segments *s, size_t box, int end, double volume, const double *first,
                        const double *last)
{
    int32_t       outer = park_segments_outer(s, box, end), i = take(s, box);
    const double *low = end == 0 ? last : first, *high = end == 0 ? first : last;
    if (i < 0) {
        push_into(s, outer, end, volume, low, high);
        return;
    }
    park_segment *k = park_segments_at(s, i);
    k->since        = s->clock[box];
    k->volume       = volume;
    memcpy(k->value, low, s->count * sizeof(double));
    memcpy(k->value + s->count, high, s->count * sizeof(double));
    k->next[end]                        = -1;
    k->next[1 - end]                    = outer;
    *pointer_to(s, box, outer, 1 - end) = i;
    s->head[2 * box + (size_t)end]      = i;
}

void park_segments_append(park_segments *s, size_t box, int end, double volume, const double *first,
                          const double *last)
{
    int32_t       outer = park_segments_outer(s, box, end);
    const double *low = end == 0 ? last : first, *high = end == 0 ? first : last;
    if (outer >= 0) {
        const park_segment *k  = park_segments_at(s, outer);
        const double       *v0 = k->value, *v1 = k->value + s->count;
        double              off =
            end == 0 ? park_profile_misfit(s->count, s->tolerance, volume, low, high, k->volume, v0, v1, 1.0)
                                  : park_profile_misfit(s->count, s->tolerance, k->volume, v0, v1, volume, low, high, 1.0);
        if (off <= 1.0) {
            push_into(s, outer, end, volume, low, high);
            return;
        }
    }
    park_segments_push(s, box, end, volume, first, last);
}

bool park_segments_pop(park_segments *s, size_t box, int end, double volume, double rounding, double *first,
                       double *last)
{
    int32_t i = park_segments_outer(s, box, end);
    if (i < 0)
        return false;
    park_segment *k     = park_segments_at(s, i);
    double       *outer = k->value + (size_t)end * s->count, *inner = k->value + (size_t)(1 - end) * s->count;
    double        share = volume / k->volume;
    bool          all   = volume >= k->volume - rounding;
    for (size_t c = 0; c < s->count; c++) {
        first[c] = outer[c];
        last[c]  = all ? inner[c] : outer[c] + share * (inner[c] - outer[c]);
        outer[c] = last[c];
    }
    k->volume -= volume;
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
    for (int32_t i = s->head[2 * box]; i >= 0; i = park_segments_at(s, i)->next[1]) {
        const park_segment *k = park_segments_at(s, i);
        for (size_t c = 0; c < s->count; c++)
            mass[c] += 0.5 * k->volume * (k->value[c] + k->value[s->count + c]);
        volume += k->volume;
    }
    return volume;
}
