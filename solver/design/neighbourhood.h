/*
 * neighbourhood.h - better points near the incumbent: trees over boxes in which concentrations stay near its own, where
 * relaxations are tight and flows and whole numbers are free.
 * Math: docs/math/tree.md, Eq. (T85)-(T86).   Looks down on: incumbent, program.
 */
#ifndef PARK_DESIGN_NEIGHBOURHOOD_H
#define PARK_DESIGN_NEIGHBOURHOOD_H

#include "design/incumbent.h"
#include "design/tighten.h"

typedef struct park_neighbourhood {
    const park_program       *program; /* borrowed, all four */
    const park_tree_settings *settings;
    park_incumbent           *incumbent;
    const park_box           *root;
    int                       threads;
    double                    radius;            /* of a concentration's width [-]; 0: given up */
    int                       vain;              /* searches since the last better point */
    double                    tried;             /* the incumbent around which they were */
    uint64_t                  work, lps, shared; /* of all searches */
} park_neighbourhood;

void park_neighbourhood_begin(park_neighbourhood *n);

/* Is there a point to search around, and did the last searches not all end in vain? */
bool park_neighbourhood_open(const park_neighbourhood *n);

/**
 * One search around the incumbent; a better point is kept, the radius follows what came of it. Deterministic for any number of
 * threads; ends at `deadline`, too. From the caller's thread.
 * @param most   iterations it may take
 * @param basis  [bytes] of the root's relaxation
 * @return PARK_OK, PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_neighbourhood_search(park_neighbourhood *n, uint64_t most, double deadline,
                                                      park_root basis);

#endif
