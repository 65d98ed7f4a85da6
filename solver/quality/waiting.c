/*
 * What becomes of water while it waits in a pipe or a stratified tank.
 *
 * Water that was in a box before a step and still is after it has waited for the whole step, wherever it lies. So such
 * segments are left alone: the box has a clock, each segment remembers the clock of its last reaction, and only what is
 * looked at (what leaves, what lies beside new water) is brought up to date, and the whole box when its law changes.
 * New water waits from the moment it entered, Eq. (Q13).
 */
#include "quality/parts.h"

/* The rest of a step below this share of it is rounding. */
static const double MOMENT = 1e-12;

/* Ends of a segment have waited for t0 (end) and t1 (the other). */
static void wait(const park_quality_step *step, size_t box, int32_t i, int end, double t0, double t1)
{
    size_t               count = step->plan->count;
    park_segment        *k     = park_segments_at(&step->water->segments, i);
    const park_reaction *law   = step->water->law + box * count;
    double *outer = k->value + (size_t)end * count, *inner = k->value + (size_t)(1 - end) * count;
    for (size_t c = 0; c < count; c++) {
        if (law[c].form == PARK_REACTION_NONE)
            continue;
        double before = outer[c] + inner[c];
        outer[c]      = park_reaction_after(&law[c], outer[c], t0);
        inner[c]      = park_reaction_after(&law[c], inner[c], t1);
        park_quality_gone(step, box, c, 0.5 * k->volume * (before - outer[c] - inner[c]));
    }
}

void park_quality_catch_up(const park_quality_step *step, size_t box, int32_t i)
{
    if (i < 0 || !step->water->lively[box])
        return;
    const park_segments *seg     = &step->water->segments;
    park_segment        *k       = park_segments_at(seg, i);
    double               pending = seg->clock[box] - k->since;
    if (pending > 0.0)
        wait(step, box, i, 0, pending, pending);
    k->since = seg->clock[box];
}

void park_quality_flush(const park_quality_step *step, size_t box)
{
    const park_segments *seg = &step->water->segments;
    if (step->water->lively[box])
        for (int32_t i = seg->head[2 * box]; i >= 0; i = park_segments_at(seg, i)->next[1])
            park_quality_catch_up(step, box, i);
}

/* New water, from the end where it entered at `flow`; and its first old neighbour. */
static void wait_inside(const park_quality_step *step, size_t box, int end, double flow)
{
    const park_segments *seg = &step->water->segments;
    double               h = step->length, depth = 0.0, t0 = 0.0;
    int32_t              i = park_segments_outer(seg, box, end);
    while (i >= 0 && t0 < h) {
        park_segment *k = park_segments_at(seg, i);
        park_quality_catch_up(step, box, i);
        depth += k->volume;
        double t1 = depth >= flow * h * (1.0 - MOMENT) ? h : depth / flow;
        wait(step, box, i, end, t0, t1);
        k->since = seg->clock[box] + h;
        t0       = t1;
        i        = k->next[1 - end];
    }
    seg->clock[box] += h;
    park_quality_catch_up(step, box, i);
}

void park_quality_settle(const park_quality_step *step, size_t box, int end, double flow, bool whole)
{
    park_quality_water *water = step->water;
    if (water->lively[box] && !whole && flow > 0.0)
        wait_inside(step, box, end, flow);
    else if (water->lively[box])
        water->segments.clock[box] += step->length;
    if (water->segments.rows[box] > water->segments.most)
        park_quality_flush(step, box);
    if (water->fresh[box] > 0)
        park_segments_tidy(&water->segments, box, end, water->fresh[box]);
    water->fresh[box] = 0;
}
