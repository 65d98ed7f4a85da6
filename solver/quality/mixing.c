#include "quality/parts.h"

#include <math.h>
#include <string.h>

/* Volumes below this share of what flows in a step are rounding. */
static const double SHARE = 1e-14;
/* The rest of a step below this share of it belongs to the piece before. */
static const double MOMENT = 1e-12;

/* --- what leaves a box ------------------------------------------------------------------------------------------ */

void park_quality_stream(const park_quality_step *step, size_t i, size_t box, int end, double flow,
                         double longest)
{
    const park_quality_water *water = step->water;
    size_t                    count = step->plan->count;
    park_stream              *s     = &step->water->stream[i];
    s->box                          = box;
    s->end                          = end;
    s->flow                         = flow;
    s->longest                      = longest;
    s->law                          = water->lively[box] ? water->law + box * count : NULL;
    memset(s->value, 0, 2 * count * sizeof(double));
}

size_t park_quality_streams(const park_quality_step *step, int32_t node, double *flow)
{
    const park_turned *link  = step->water->turned + step->plan->start[node];
    size_t             found = (size_t)step->water->leading[node];
    *flow                    = 0.0;
    for (size_t i = 0; i < found; i++) {
        park_quality_stream(step, i, (size_t)link[i].link, link[i].end, link[i].flow, link[i].longest);
        *flow += link[i].flow;
    }
    return found;
}

/* Seconds until the outermost segment of some stream is used up, at most `left`. */
static double until_next(const park_quality_water *water, size_t streams, double left)
{
    const park_segments *seg  = &water->segments;
    double               next = left;
    for (size_t i = 0; i < streams; i++) {
        const park_stream *stream = &water->stream[i];
        int32_t            s      = park_segments_outer(seg, stream->box, stream->end);
        double             time   = s < 0 ? left : park_segments_at(seg, s)->volume / stream->flow;
        next                      = time < next ? time : next;
    }
    return next;
}

/* Take what leaves from `from` to `to` [s]; it has reacted until it leaves, Eq. (Q12). */
static void leave(const park_quality_step *step, park_stream *s, double from, double to)
{
    size_t         count = step->plan->count;
    park_segments *seg   = &step->water->segments;
    double        *first = s->value, *last = s->value + count, volume = s->flow * (to - from);
    park_quality_catch_up(step, s->box, park_segments_outer(seg, s->box, s->end));
    if (!park_segments_pop(seg, s->box, s->end, volume, SHARE * s->flow * step->length, first, last)) {
        memcpy(first, last, count * sizeof(double)); /* a rounding more than there was */
        return;
    }
    double t0 = from < s->longest ? from : s->longest, t1 = to < s->longest ? to : s->longest;
    for (size_t c = 0; c < count && s->law != NULL; c++) {
        if (s->law[c].form == PARK_REACTION_NONE)
            continue;
        double before = first[c] + last[c];
        first[c]      = park_reaction_after(&s->law[c], first[c], t0);
        last[c]       = park_reaction_after(&s->law[c], last[c], t1);
        park_quality_gone(step, s->box, c, 0.5 * volume * (before - first[c] - last[c]));
    }
}

void park_quality_mix(const park_quality_step *step, size_t streams, double extra, const double *conc,
                      park_pieces *out)
{
    park_quality_water *water = step->water;
    size_t              count = step->plan->count;
    double              first[PARK_QUALITY_MOST], last[PARK_QUALITY_MOST], total = extra;
    for (size_t i = 0; i < streams; i++)
        total += water->stream[i].flow;
    out->pieces = 0;
    for (double t = 0.0; t < step->length;) {
        double left = step->length - t, piece = until_next(water, streams, left);
        if (left - piece < MOMENT * step->length)
            piece = left;
        for (size_t c = 0; c < count; c++)
            first[c] = last[c] = extra > 0.0 ? extra * conc[c] : 0.0;
        double to = piece == left ? step->length : t + piece;
        for (size_t i = 0; i < streams; i++) {
            park_stream *s = &water->stream[i];
            leave(step, s, t, to);
            for (size_t c = 0; c < count; c++) {
                first[c] += s->flow * s->value[c];
                last[c] += s->flow * s->value[count + c];
            }
        }
        for (size_t c = 0; c < count; c++) {
            first[c] /= total;
            last[c] /= total;
        }
        park_pieces_add(out, to - t, first, last);
        t = to;
    }
}

/* --- nodes ------------------------------------------------------------------------------------------------------ */

double park_quality_outflow(const park_quality_step *step, int32_t node)
{
    const park_tap *tap = &step->water->tap[node];
    return tap->delivered + tap->emitter + tap->leak;
}

double park_quality_inflow(const park_quality_step *step, int32_t node, double *mass)
{
    const park_quality_plan *plan = step->plan;
    const park_tap          *tap  = &step->water->tap[node];
    for (size_t c = 0; c < plan->count; c++)
        mass[c] = 0.0;
    if (tap->own > 0.0)
        for (size_t i = plan->source_start[node]; i < plan->source_start[node + 1]; i++)
            if (plan->source[i].source->kind == PARK_NET_SOURCE_CONCEN)
                mass[plan->source[i].constituent] +=
                    tap->own * park_quality_strength(step, plan->source[i].source);
    return tap->own + tap->backflow;
}

/* Where the pool is used up, new water goes into the outermost segment, which then must be up to date. */
void park_quality_make_way(const park_quality_step *step, size_t box, int end)
{
    const park_segments *seg = &step->water->segments;
    if (seg->unused <= seg->empty + (size_t)step->plan->settings.most_pieces * 32)
        park_quality_catch_up(step, box, park_segments_outer(seg, box, end));
}

/* One piece into a box, cut in equal parts: where water reacts fast, one straight line is too little for it. Where nothing reacts
 * it joins what it is like at once. */
static void push_piece(const park_quality_step *step, size_t box, int end, double flow, const park_pieces *p,
                       int32_t i)
{
    size_t        count = p->count;
    double        part[2][PARK_QUALITY_MOST];
    const double *first = p->first + (size_t)i * count, *last = p->last + (size_t)i * count;
    if (!step->water->lively[box]) {
        park_segments *s = &step->water->segments;
        park_segments_append(s, box, end, flow * p->amount[i], first, last);
        step->water->fresh[box] =
            s->rows[box] > s->most; /* too many: they are thinned at the end of the step */
        return;
    }
    park_quality_make_way(step, box, end);
    int32_t parts = (int32_t)ceil(step->water->parts[box] * p->amount[i] / step->length - 1e-9);
    if (parts <= 1) {
        park_segments_push(&step->water->segments, box, end, flow * p->amount[i], first, last);
        step->water->fresh[box]++;
        return;
    }
    memcpy(part[0], first, count * sizeof(double));
    for (int32_t k = 1; k <= parts; k++) {
        double *from = part[(k + 1) % 2], *to = part[k % 2];
        for (size_t c = 0; c < count; c++)
            to[c] = k == parts ? last[c] : first[c] + (last[c] - first[c]) * k / parts;
        park_segments_push(&step->water->segments, box, end, flow * p->amount[i] / parts, from, to);
    }
    step->water->fresh[box] += parts;
}

/* Into the links that lead away. */
static void push_on(const park_quality_step *step, int32_t node, const park_pieces *given)
{
    const park_quality_water *water = step->water;
    const park_turned        *link  = water->turned + step->plan->start[node] + water->leading[node];
    for (int32_t k = 0; k < water->leaving[node]; k++) {
        if (water->stirred[link[k].link])
            continue;
        for (int32_t i = 0; i < given->pieces; i++)
            push_piece(step, (size_t)link[k].link, link[k].end, link[k].flow, given, i);
    }
}

void park_quality_give(const park_quality_step *step, int32_t node, const park_pieces *given)
{
    const park_tap *tap   = &step->water->tap[node];
    size_t          count = step->plan->count;
    double         *mean = step->water->sum, h = step->length, share = h / step->period->seconds;
    push_on(step, node, given);
    park_pieces_mean(given, mean);
    const double *end = given->last + (size_t)(given->pieces - 1) * count;
    for (size_t c = 0; c < count; c++) {
        park_quality_ledger *l = &step->water->step[c];
        l->delivered += tap->delivered * h * mean[c];
        l->emitter += tap->emitter * h * mean[c];
        l->leak += tap->leak * h * mean[c];
        step->state->node[(size_t)node * count + c] = end[c];
        if (step->plan->tank_of[node] < 0) /* a tank's own water is told before its sources */
            step->state->mean[(size_t)node * count + c] += mean[c] * share;
    }
}

void park_quality_junction(const park_quality_step *step, int32_t node)
{
    park_quality_water *water = step->water;
    size_t              count = step->plan->count, streams;
    double              from_links, conc[PARK_QUALITY_MOST], h = step->length;
    streams      = park_quality_streams(step, node, &from_links);
    double extra = park_quality_inflow(step, node, conc), in = from_links + extra;
    if (in > 0.0) {
        for (size_t c = 0; c < count; c++) {
            water->step[c].inflows += conc[c] * h;
            conc[c] = extra > 0.0 ? conc[c] / extra : 0.0;
        }
        park_quality_mix(step, streams, extra, conc, &water->given);
        park_quality_sources(step, node, in, &water->given);
    } else {
        park_pieces_set(&water->given, h, step->state->node + (size_t)node * count);
    }
    park_quality_give(step, node, &water->given);
    double lost = in - step->water->away[node] - park_quality_outflow(step, node);
    for (size_t c = 0; c < count; c++) /* give left the mean in sum */
        water->step[c].imbalance += lost * h * water->sum[c];
}

/* A reservoir gives what it always was, or what its sources say. */
void park_quality_reservoir(const park_quality_step *step, int32_t node)
{
    park_quality_water *water = step->water;
    double              away  = step->water->away[node], conc[PARK_QUALITY_MOST];
    for (size_t c = 0; c < step->plan->count; c++) {
        const double *own = step->plan->constituent[c].initial;
        conc[c]           = own == NULL ? 0.0 : own[node];
        water->step[c].reservoirs += away * step->length * conc[c];
    }
    park_pieces_set(&water->given, step->length, conc);
    park_quality_sources(step, node, away, &water->given);
    park_quality_give(step, node, &water->given);
}

/* What comes back to it is gone. */
void park_quality_return(const park_quality_step *step, int32_t node)
{
    park_quality_water *water = step->water;
    double              in;
    size_t              streams = park_quality_streams(step, node, &in);
    if (streams == 0)
        return;
    park_quality_mix(step, streams, 0.0, NULL, &water->taken);
    park_pieces_mean(&water->taken, water->sum);
    for (size_t c = 0; c < step->plan->count; c++)
        water->step[c].returned += in * step->length * water->sum[c];
}

/* A node that nothing enters shows what it showed, or what stands in the links around it where something reacts. */
static void stand_still(const park_quality_step *step, int32_t node)
{
    const park_quality_plan *plan  = step->plan;
    const park_segments     *seg   = &step->water->segments;
    size_t                   count = plan->count, seen = 0;
    double                  *conc = step->state->node + (size_t)node * count, *sum = step->water->sum;
    memset(sum, 0, count * sizeof(double));
    for (size_t e = plan->start[node]; e < plan->start[node + 1]; e++) {
        int32_t link = plan->incident[e];
        int     end  = plan->net->link.to[link] == node ? 1 : 0;
        int32_t s    = park_segments_outer(seg, (size_t)link, end);
        if (s < 0 || plan->volume[link] <= 0.0)
            continue;
        park_quality_catch_up(step, (size_t)link, s);
        for (size_t c = 0; c < count; c++)
            sum[c] += park_segments_value(seg, s, end)[c];
        seen++;
    }
    for (size_t c = 0; c < count && seen > 0; c++)
        if (plan->changes[c])
            conc[c] = sum[c] / (double)seen;
}

void park_quality_show_still(const park_quality_step *step)
{
    const park_quality_plan *plan = step->plan;
    double                   in, unused[PARK_QUALITY_MOST];
    for (size_t n = 0; n < plan->nodes && plan->reacts; n++) {
        if (plan->net->node.kind[n] != PARK_NET_JUNCTION)
            continue;
        park_quality_streams(step, (int32_t)n, &in);
        if (in + park_quality_inflow(step, (int32_t)n, unused) <= 0.0)
            stand_still(step, (int32_t)n);
    }
}
