/* Reliability branching. */
#include "design/probe.h"

#include "design/node.h"

#include <math.h>

enum { RELIABLE = 8, PATIENCE = 8, PROBE_ROUNDS = 1, PROBE_VISITS = 2, PROBE_WORK = 600, PROBE_MOST = 300 };

park_status park_pseudo_make(park_pseudo *p, size_t cols, park_arena *arena)
{
    for (int side = 0; side < 2; side++) {
        p->gain[side]  = PARK_ARRAY(arena, cols, double);
        p->count[side] = PARK_ARRAY(arena, cols, double);
        if (p->gain[side] == NULL || p->count[side] == NULL)
            return PARK_E_MEMORY;
    }
    return PARK_OK;
}

void park_pseudo_learn(park_pseudo *p, const park_lesson *lesson)
{
    p->gain[lesson->side][lesson->col] += lesson->gain;
    p->count[lesson->side][lesson->col] += 1.0;
}

/* The gain of one child by its own relaxation; INFINITY when it is empty or closed. */
static double try_side(park_worker *w, const park_frame *f, int32_t col, double at, int side, double close,
                       park_outcome *out)
{
    double bound = out->bound;
    park_box_copy(&w->probe, &w->box, f->program->cols);
    if (side == 0)
        w->probe.hi[col] = at;
    else
        w->probe.lo[col] = f->program->integer[col] ? at + 1.0 : at;
    if (!park_tighten_box(&w->tighten, &w->probe, close, &col, 1, PROBE_VISITS))
        return INFINITY;
    if (park_relax_load(&w->relax, &w->probe, out->basis) != PARK_OK)
        return 0.0;
    w->relax.most            = PROBE_MOST;
    park_relax_status status = park_relax_solve(&w->relax, close, PROBE_ROUNDS, &bound);
    w->relax.most            = 0;
    if (status == PARK_RELAX_EMPTY) {
        if (bound > close) /* not empty but closed: its bound stays part of the proof */
            out->dropped = fmin(out->dropped, bound);
        return INFINITY;
    }
    return bound - out->bound;
}

static double product(double down, double up, double scale)
{
    return fmax(down, 1e-6 * scale) * fmax(up, 1e-6 * scale);
}

void park_probe_choose(park_worker *w, const park_frame *f, const park_pseudo *pseudo, double close,
                       park_outcome *out)
{
    const park_brancher *b     = &w->brancher;
    double               scale = fmax(1e-9, fabs(out->bound)), most = -1.0,
           room           = isfinite(close) ? close - out->bound : scale;
    int            idle   = 0;
    const uint64_t before = w->relax.work;
    for (size_t i = 0; i < b->candidates; i++) {
        int32_t col   = b->candidate[i];
        double  at    = park_branch_at(f->program, &w->box, out->x, col), gain[2];
        bool    known = pseudo->count[0][col] >= RELIABLE && pseudo->count[1][col] >= RELIABLE;
        if (w->relax.work - before > PROBE_WORK) /* iterations enough for one node */
            idle = PATIENCE;
        if (!known && idle >= PATIENCE && pseudo->count[0][col] + pseudo->count[1][col] == 0.0)
            continue;
        for (int side = 0; side < 2; side++) {
            if (known || idle >= PATIENCE) {
                gain[side] = b->unit[col] * pseudo->gain[side][col] / fmax(1.0, pseudo->count[side][col]);
                continue;
            }
            gain[side] = try_side(w, f, col, at, side, close, out);
            if (isinf(gain[side])) { /* all that is left lies on the other side */
                if (side == 0)
                    w->box.lo[col] = f->program->integer[col] ? at + 1.0 : at;
                else
                    w->box.hi[col] = at;
                out->branch.col = -1;
                return;
            }
            if (b->unit[col] > 0.0)
                out->lesson[out->lessons++] = (park_lesson){col, side, gain[side] / b->unit[col]};
        }
        for (int side = 0; side < 2; side++)
            gain[side] = fmin(gain[side], room);
        double score = product(gain[0], gain[1], scale);
        if (score > most) {
            most        = score;
            idle        = 0;
            out->branch = (park_branch){col, at, score, b->unit[col], out->branch.exact};
        } else if (!known) {
            idle++;
        }
    }
}
