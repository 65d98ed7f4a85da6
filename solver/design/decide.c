#include "design/decide.h"

#include <math.h>
#include <string.h>

enum { DECIDED_SOON = 6 };

park_status park_decider_make(park_decider *d, park_arena *arena)
{
    d->point = PARK_ARRAY(arena, d->frame->program->cols, double);
    d->fixed = PARK_ARRAY(arena, d->frame->program->cols, double);
    return d->point == NULL || d->fixed == NULL ? PARK_E_MEMORY : PARK_OK;
}

/* How many columns that decide are open, the first of them (by its place among the kept ones), and are all of them whole
 * at the relaxation's point? */
static size_t undecided(const park_decider *d, const park_outcome *out, size_t *first, bool *whole)
{
    size_t count = 0;
    *whole       = out->has_x;
    for (size_t k = d->frame->kepts; k-- > 0;) {
        int32_t j = d->frame->kept[k];
        if (!d->settings->decides[j] || out->lo[k] == out->hi[k])
            continue;
        count++, *first = k;
        *whole = *whole && fabs(out->x[j] - nearbyint(out->x[j])) <= 1e-6;
    }
    return count;
}

/* Is the node proven elsewhere? */
static bool settled(park_decider *d, const park_outcome *out, uint64_t left, double *closed)
{
    bool   found = false;
    double bound = out->bound;
    for (size_t k = 0; k < d->frame->kepts; k++)
        d->point[d->frame->kept[k]] = out->lo[k];
    memcpy(d->fixed, d->point, d->frame->program->cols * sizeof *d->fixed);
    if (!d->settings->settle(d->settings->settle_user, d->fixed, d->incumbent->best, left, &bound, d->point,
                             &found))
        return false;
    if (found)
        park_incumbent_try(d->incumbent, d->point);
    *closed = fmin(*closed, fmax(bound, out->bound));
    return true;
}

bool park_decide(park_decider *d, park_outcome *out, bool first, uint64_t left, double *closed)
{
    size_t next = 0, open;
    bool   whole;
    if (d->settings->decides == NULL)
        return false;
    open = undecided(d, out, &next, &whole);
    if (open == 0)
        return settled(d, out, left, closed);
    if (whole && first)
        park_incumbent_try(d->incumbent, out->x);
    if (open > DECIDED_SOON && out->kind != PARK_NODE_LEAF)
        return false;
    if (!whole && out->kind != PARK_NODE_LEAF)
        return false;
    out->kind = PARK_NODE_SPLIT;
    out->branch =
        (park_branch){.col = d->frame->kept[next], .at = floor(0.5 * (out->lo[next] + out->hi[next]))};
    return false;
}
