/*
 * probe.h - what cutting a column has gained so far, and trying it out where too little is known
 * (reliability branching: Achterberg, Koch and Martin 2005; for spatial cuts Belotti et al. 2009).
 * Looks down on: node, branch, relax.
 */
#ifndef PARK_DESIGN_PROBE_H
#define PARK_DESIGN_PROBE_H

#include "design/program.h"

/* Gains of the lower (0) and upper (1) child per unit missed, summed and counted, shape [cols]. Read by all threads
 * during a batch, taught between batches. */
typedef struct park_pseudo {
    double *gain[2], *count[2];
} park_pseudo;

/* One lesson: cutting `col` gained so much on this side. */
typedef struct park_lesson {
    int32_t col, side;
    double  gain; /* per unit */
} park_lesson;

PARK_MUST_CHECK park_status park_pseudo_make(park_pseudo *p, size_t cols, park_arena *arena);
void                        park_pseudo_learn(park_pseudo *p, const park_lesson *lesson);

struct park_worker;
struct park_frame;
struct park_outcome;

/**
 * Replace out->branch by the candidate of w->brancher with the best product of gains, trying out those of which less
 * than eight gains a side are known. Lessons go to `out`. When a side turns out to be empty, w->box is shrunk to the
 * other and out->branch.col is -1.
 * The point of the relaxation must already be in out->x, its basis in out->basis.
 */
void park_probe_choose(struct park_worker *w, const struct park_frame *f, const park_pseudo *pseudo,
                       double close, struct park_outcome *out);

#endif
