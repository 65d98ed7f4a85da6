/*
 * futures.h - the park in several futures: values drawn for what is not known, and decisions that stand in all of them.
 * Math: docs/math/optimization.md, Eq. (O70)-(O72).   Looks down on: units, model.
 */
#ifndef PARK_DESIGN_FUTURES_H
#define PARK_DESIGN_FUTURES_H

#include <parkwater/design.h>

/* Future 0 is the park as it is written; its probability is 0 unless a drawn future has the same values. In a staged park
 * the stages of a future stand behind each other and count as one future each (O140). */
typedef struct park_futures {
    size_t             count, stages; /* count: futures x stages; stages: 1 unless the park is staged */
    const park_model **model; /* [count] frozen, alike but for the drawn values; ask for nothing robust */
    double            *probability; /* [count], sum 1 */
    double            *share;       /* [stages] of the discounted life, sum 1 */
    double            *value; /* [count/stages*uncertains] what stands in the park then, SI; NAN: not given */
} park_futures;

/* Decisions made elsewhere: sizes and pipes that stand whatever flows. Arrays borrowed. */
typedef struct park_standing {
    const double  *size;  /* [U] SI; NAN where nothing is sized */
    const bool    *built; /* [U] */
    const int32_t *pipe;  /* [L] catalogue size, -1 */
    const bool    *used;  /* [L] */
} park_standing;

/**
 * The futures of a park whose `uncertain` laws are given: all combinations where every law is a list of values and they
 * are no more than `draws`, else a Latin hypercube of that many equally likely ones. The same park and seed give the same
 * futures; a retrofit does not change what is drawn.
 * @return PARK_OK; PARK_E_RANGE naming the value that leaves its range or the future that is no park; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_futures_make(const park_model *model, park_arena *arena,
                                              park_futures **futures, park_error *err);
/**
 * The same of a park that is another one in each of its stages: one future, as written, where they ask for nothing robust.
 * What is drawn is the same in all stages of a future; it is the park as written only where all stages are.
 * @param park   [stages] what stands in each stage
 * @param share  [stages] of the discounted life
 */
PARK_MUST_CHECK park_status park_futures_staged(const park_model *const *park, const double *share,
                                                size_t stages, park_arena *arena, park_futures **futures,
                                                park_error *err);

/* The values drawn, before they meet a park. */
typedef struct park_draws {
    size_t  count;
    double *probability; /* [count] */
    double *value;       /* [count*uncertains] value, factor or addend */
} park_draws;
PARK_MUST_CHECK park_status park_futures_draw(const park_model *model, park_arena *arena, park_draws *draws,
                                              park_error *err);

/* The margins of one future for `times` of them, NULL staying NULL; false out of memory. */
bool park_margins_repeat(park_arena *arena, const park_margins **margins, size_t times);

#endif
