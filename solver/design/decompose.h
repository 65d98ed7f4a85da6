/*
 * decompose.h - a large program of many blocks, block by block: the same answer and certificate as the tree's.
 * Math: docs/math/tree.md, Eq. (T30)-(T38).   Looks down on: split, tree.
 */
#ifndef PARK_DESIGN_DECOMPOSE_H
#define PARK_DESIGN_DECOMPOSE_H

#include "design/split.h"

/* Is a program so large that its blocks are worth more than one tree? A rule of counts alone, so that it is the same
 * everywhere. */
bool park_decompose_pays(const park_program *program, const park_split *blocks,
                         const park_tree_settings *settings);

/**
 * Prices, tightening and trees of the blocks, then a tree over the coupling columns (T37), at last the ordinary tree
 * where nothing is left to cut in these. Settings, result and statuses as of park_tree_solve, which calls this.
 * @param arena   of the call
 * @param result_arena  owns result->x
 */
PARK_MUST_CHECK park_status park_decompose_solve(park_split *blocks, const park_tree_settings *settings,
                                                 park_arena *arena, park_arena *result_arena,
                                                 park_tree_result *result);

#endif
