/*
 * words.h - what a park's enumerations are called in a result file, both ways.
 * Looks down on: the public interface.
 */
#ifndef PARK_RESULTS_WORDS_H
#define PARK_RESULTS_WORDS_H

#include <stddef.h>

typedef enum park_wording {
    PARK_WORDS_ROLE,
    PARK_WORDS_DUTY,
    PARK_WORDS_USE,
    PARK_WORDS_ORIGIN,
    PARK_WORDS_OUTLET,
    PARK_WORDS_MIXING,
    PARK_WORDS_COST,
    PARK_WORDS_DIMENSION,
    PARK_WORDS_STATUS,
    PARK_WORDS_VIOLATION,
    PARK_WORDS_COLUMN,
    PARK_WORDINGS
} park_wording;

/* The word of a value; "" outside the enumeration. */
const char *park_word_of(park_wording wording, int value);
/* The value of a word; -1 when it is none. */
int park_word_find(park_wording wording, const char *word);

#endif
