/*
 * decide.h - columns that decide: once all of them are fixed, a node is a program of its own, proven elsewhere.
 * Math: docs/math/tree.md, Eq. (T53).   Looks down on: incumbent, node.
 */
#ifndef PARK_DESIGN_DECIDE_H
#define PARK_DESIGN_DECIDE_H

#include "design/incumbent.h"
#include "design/node.h"

typedef struct park_decider {
    const park_frame         *frame;    /* borrowed, all three */
    const park_tree_settings *settings; /* its `decides` and `settle` */
    park_incumbent           *incumbent;
    double                   *point, *fixed; /* [cols] scratch */
} park_decider;

/* The borrowed fields are the caller's. */
PARK_MUST_CHECK park_status park_decider_make(park_decider *d, park_arena *arena);

/**
 * A node on its way to be settled. Where few columns are left to decide they are decided first: its cut becomes the first
 * of them. Where none is left it is settled.
 * @param out     an open node's outcome; its kind and branch may change
 * @param first   of its batch: where its relaxation decides, that is tried as a point
 * @param left    iterations that a settling may take, 0: no limit
 * @param closed  lowered to the node's bound when it was settled
 * @return true when it was settled; always false where no columns decide. Cost: a settling is a whole solve
 */
bool park_decide(park_decider *d, park_outcome *out, bool first, uint64_t left, double *closed);

#endif
