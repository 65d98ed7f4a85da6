/*
 * filter.h - beds of grains and ultrafilters as a treatment: they clog, are washed with their own product, and are cleaned.
 * Math: docs/math/units.md, Eq. (U80)-(U87).   Looks down on: model.
 *
 * On average the treatment is what its catalogue says; in time it makes the same of clean enough water, washes more often and so
 * recovers less where the water is dirtier.
 */
#ifndef PARK_UNITS_TREATMENTS_FILTER_H
#define PARK_UNITS_TREATMENTS_FILTER_H

#include "units/kind.h"

typedef struct park_filter_words {
    double clean, most; /* loss of head at the design flow: after a wash, and when washed [m] */
    double solids;      /* of the inlet: the loss is at its most after one run at the design flow [kg/m3] */
    double run;         /* filtration at the design flow between washes [s] */
    double wash_time;   /* [s] */
    double return_time; /* wash water is gathered and led on evenly within about [s]; 0: as it comes */
    double
           cleaning_every; /* work at the design flow after which fouling has taken half of the head [s]; NAN: it does not foul */
    double cleaning_time; /* [s] */
} park_filter_words;

extern const park_field       PARK_FILTER_FIELDS[];
extern const park_states_face PARK_FILTER_STATES;

/* From now on the bed catches these shares of what enters [constituents]; NAN: what its stage says. */
void park_filter_catch(const park_states *states, const double *caught);

/* Findings at `path` about a filter: heads, and water to wash with. */
void park_filter_words_check(const park_filter_words *words, double recovery, const char *path,
                             const char *id, park_findings *findings);

#endif
