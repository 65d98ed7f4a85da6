/*
 * touch.h - the user's statements that a plan touches: limits it uses up.
 * Math: docs/math/optimization.md, Eq. (O85).   Looks down on: plan.
 */
#ifndef PARK_DESIGN_TOUCH_H
#define PARK_DESIGN_TOUCH_H

#include "design/plan.h"

#include <parkwater/worth.h>

typedef struct park_touches {
    size_t           count, cap, last_cap;
    size_t          *last; /* [count] season that touched it last */
    park_worth_line *line; /* path, of, dim, asked, unit, lower, seasons; the rest neutral */
    park_arena      *arena;
    bool             failed;
} park_touches;

/**
 * List what a plan of the kept park touches, to 1e-6 of its size.
 * @param f        the kept park's program; grows by paths of statements
 * @param x        [cols] the point that says the plan
 * @param written  the park before its choices were kept: a size that stood or may be built up to a number is a statement,
 *                 a size that was chosen is not
 */
void park_touch_list(park_formulation *f, const park_plan *plan, const double *x, const park_model *written,
                     park_touches *touches);

#endif
