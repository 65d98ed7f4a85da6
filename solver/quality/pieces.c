#include "quality/parts.h"
#include "quality/profile.h"

#include <math.h>
#include <string.h>

park_status park_pieces_make(park_arena *arena, size_t count, int32_t most, const double *tolerance,
                             park_pieces *p, park_error *err)
{
    size_t room = (size_t)most + 1;
    *p          = (park_pieces){.count = count, .most = most, .tolerance = tolerance};
    p->amount   = PARK_ARRAY(arena, room, double);
    p->first    = PARK_ARRAY(arena, room * count, double);
    p->last     = PARK_ARRAY(arena, room * count, double);
    if (p->amount == NULL || p->first == NULL || p->last == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the pieces of a node's outflow");
    return PARK_OK;
}

static double misfit(const park_pieces *p, int32_t i, double limit)
{
    size_t a = (size_t)i * p->count, b = a + p->count;
    return park_profile_misfit(p->count, p->tolerance, p->amount[i], p->first + a, p->last + a,
                               p->amount[i + 1], p->first + b, p->last + b, limit);
}

/* Pieces i and i + 1 become one. */
static void join(park_pieces *p, int32_t i)
{
    size_t a = (size_t)i * p->count, b = a + p->count, after = (size_t)(p->pieces - i - 2);
    park_profile_join(p->count, p->amount[i], p->first + a, p->last + a, p->amount[i + 1], p->first + b,
                      p->last + b, p->first + a, p->last + a);
    p->amount[i] += p->amount[i + 1];
    memmove(p->amount + i + 1, p->amount + i + 2, after * sizeof(double));
    memmove(p->first + b, p->first + b + p->count, after * p->count * sizeof(double));
    memmove(p->last + b, p->last + b + p->count, after * p->count * sizeof(double));
    p->pieces--;
}

void park_pieces_add(park_pieces *p, double amount, const double *first, const double *last)
{
    size_t bytes = p->count * sizeof(double), at = (size_t)p->pieces * p->count;
    p->amount[p->pieces] = amount;
    memcpy(p->first + at, first, bytes);
    memcpy(p->last + at, last, bytes);
    p->pieces++;
    if (p->pieces > 1 && misfit(p, p->pieces - 2, 1.0) <= 1.0) {
        join(p, p->pieces - 2);
    } else if (p->pieces > p->most) {
        int32_t best  = 0;
        double  least = INFINITY;
        for (int32_t i = 0; i + 1 < p->pieces; i++) {
            double off = misfit(p, i, least);
            if (off < least) {
                least = off;
                best  = i;
            }
        }
        join(p, best);
    }
}

void park_pieces_set(park_pieces *p, double amount, const double *conc)
{
    p->pieces    = 1;
    p->amount[0] = amount;
    memcpy(p->first, conc, p->count * sizeof(double));
    memcpy(p->last, conc, p->count * sizeof(double));
}

void park_pieces_mean(const park_pieces *p, double *mean)
{
    double time = 0.0;
    if (p->pieces == 1) {
        for (size_t c = 0; c < p->count; c++)
            mean[c] = 0.5 * (p->first[c] + p->last[c]);
        return;
    }
    memset(mean, 0, p->count * sizeof(double));
    for (int32_t i = 0; i < p->pieces; i++) {
        for (size_t c = 0; c < p->count; c++)
            mean[c] +=
                0.5 * p->amount[i] * (p->first[(size_t)i * p->count + c] + p->last[(size_t)i * p->count + c]);
        time += p->amount[i];
    }
    for (size_t c = 0; c < p->count && time > 0.0; c++)
        mean[c] /= time;
}
