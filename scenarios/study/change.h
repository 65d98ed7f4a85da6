/*
 * change.h - one change of a scenario's tree: a value set, scaled or added to, in the unit it is written in.
 * Looks down on: study, yaml.
 */
#ifndef PARK_STUDY_CHANGE_H
#define PARK_STUDY_CHANGE_H

#include "study.h"

/* A variation as it applies to one variant. */
typedef struct park_change_made {
    const park_variation *variation;
    const park_tree_node *value;  /* SET and ADD by level: as the study says it; NULL: drawn */
    double                number; /* TIMES; what was drawn otherwise */
} park_change_made;

/**
 * Make the change in `tree` at the variation's path.
 * @param study     whose nodes the findings are placed at
 * @param complete  the base with its defaults: where a value stands that the tree leaves out; may be NULL
 * @return PARK_OK; PARK_E_INPUT (told): nothing stands there, no number stands there, a series of a file, another unit; PARK_E_MEMORY
 * TIMES and ADD work on a number, on each of a list, on the base or the values of a series, on each number of a mapping.
 */
PARK_MUST_CHECK park_status park_change_make(const park_study *study, park_tree *tree,
                                             const park_tree_node *complete, const park_change_made *change,
                                             park_findings *findings, park_error *err);

/* "%.15g", or with the digits that read back as the same number. */
void park_change_number(double value, char text[40]);

#endif
