/*
 * moved.h - a park with one of its user's statements moved: a capacity, a limit, a licence, a target, the budget.
 * Math: docs/math/optimization.md, Eq. (O85).   Looks down on: model, kind.
 *
 * Statements of units are moved where their average map is made, so that every kind is served alike and margins of the
 * repair loop count from the moved number; those of connections, targets and money are moved in the park itself.
 */
#ifndef PARK_UNITS_MOVED_H
#define PARK_UNITS_MOVED_H

#include "units/kind.h"

/**
 * The frozen park with a statement moved; everything else is shared with `model`.
 * @return NULL out of memory
 */
park_model *park_model_moved(const park_model *model, const park_move *move, park_arena *arena);

/* The move of the model, as far as it speaks of this unit, applied to its map. Numbers stay at least zero. */
void park_map_move(const park_model *model, int32_t unit, park_map *map);

#endif
