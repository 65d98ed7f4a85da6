/*
 * choose_program.h - a question about an allocation as rows and columns.
 * Math: docs/math/region.md, Eq. (Y25)-(Y28).   Looks down on: choose.
 */
#ifndef PARK_REGION_CHOOSE_PROGRAM_H
#define PARK_REGION_CHOOSE_PROGRAM_H

#include "region/choose.h"

/* Money stands in million CNY, water in 10^4 m3, so that the tree sees numbers near 1. */
#define PARK_CHOICE_MONEY 1e6
#define PARK_CHOICE_WATER 1e4

typedef struct park_choice_program {
    const park_allocation *a;
    const park_question   *q;
    park_program           program;
    int32_t               *x;     /* [options * years] columns; -1 */
    int32_t               *z;     /* [plants * years] */
    int32_t               *extra; /* [years] more budget; -1 */
    int32_t               *slack; /* [needs]; -1 */
    int32_t               *row;   /* [needs] rows; -1 */
    double                *scale; /* [needs] of the rows */
    int32_t               *index;
    double                *value;
    size_t                 count;   /* of the row in the making */
    park_worth_of         *figures; /* [options] */
    bool slim; /* years that no budget could forbid, and no budgets: a relaxation, Eq. (Y28) */
    bool failed;
} park_choice_program;

/* Write it; slim: without budgets, and of the years only those in which something is cheapest. PARK_OK; PARK_E_MEMORY */
PARK_MUST_CHECK park_status park_choice_write(const park_allocation *a, const park_question *q, bool slim,
                                              park_arena *arena, park_choice_program *w, park_error *err);

#endif
