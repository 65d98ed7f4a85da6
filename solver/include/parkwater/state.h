/*
 * state.h - what time shows of a unit's inner state, and what happens to units and links at an instant.
 * Math: docs/math/simulation.md, Eq. (T22), (T30)-(T36).   Looks down on: base.
 */
#ifndef PARKWATER_STATE_H
#define PARKWATER_STATE_H

#include "base/field.h"

/* One number that a unit with states of its own shows, as a series `unit.word`. */
typedef struct park_state_info {
    const char *word;  /* "loss" */
    const char *units; /* as files write them: "m", "kg m-3", "1" */
    park_label  label; /* {"水头损失", "head loss"} */
} park_state_info;

typedef enum park_event_kind {
    PARK_EVENT_EMPTY,
    PARK_EVENT_FULL,
    PARK_EVENT_LEVEL_SWITCH,
    PARK_EVENT_BLOWDOWN,
    PARK_EVENT_FAILURE_BEGINS,
    PARK_EVENT_FAILURE_ENDS,
    PARK_EVENT_CLOSED,
    PARK_EVENT_OPENED,
    PARK_EVENT_BACKWASH,     /* a filter begins to be washed */
    PARK_EVENT_CLEANING,     /* a membrane begins to be cleaned */
    PARK_EVENT_REGENERATION, /* a bed of resin begins to be regenerated */
    PARK_EVENT_RESUMED,      /* washed, cleaned or regenerated: back to work */
    PARK_EVENT_KINDS
} park_event_kind;

/* As files write it: "backwash"; and for readers. */
const char *park_event_word(park_event_kind kind);
park_label  park_event_label(park_event_kind kind);

#endif
