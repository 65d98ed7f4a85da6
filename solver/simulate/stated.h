/*
 * stated.h - the units of a march that have states of their own: laid out, begun, and carried over each piece of time.
 * Math: docs/math/simulation.md, Eq. (T30)-(T36).   Looks down on: rates, base/tape.
 *
 * Within a piece flows are constant. Concentrations of the park and states of units are carried in turn: the park with the
 * outlets of the piece before, then the units that lie furthest upstream under the mean of what reaches them, then the park
 * again with what they gave, then the units behind them, and so on; at last the park once more. What reaches a unit in that
 * last passage and was not in what its states were given (only where its own outlet comes back to it) waits as its `carry` and
 * is given to it with the next piece; a carry is held like everything else, so every constituent closes.
 */
#ifndef PARK_SIMULATE_STATED_H
#define PARK_SIMULATE_STATED_H

#include "base/tape.h"
#include "simulate/rates.h"

typedef struct park_stated {
    const park_layout       *layout;
    size_t                   count, ranks; /* units with states; of them, passages one behind the other */
    int32_t                 *unit, *rank;  /* [count], by rank, then by index */
    int32_t                 *of;           /* [U] place in the columns of [count], -1 */
    park_states             *states;       /* [count] */
    const park_states_face **face;         /* [count] */
    size_t                  *at, width;    /* [count] first of its doubles in y; of all */
    double                  *y, *saved;    /* [width] now, and at the start of the piece */
    double                  *conc;         /* [K*C] kg/m3 at their outlets: mean of the last piece */
    double                  *carry;        /* [count*C] kg, may be below zero */
    double                  *saved_carry;  /* [count*C] */
    /* of the last passage */
    double  *used;            /* [count*C] kg that the states were given */
    double  *added, *removed; /* [count*C] kg */
    double  *energy;          /* [count] J */
    int32_t *event;           /* [count] PARK_NONE */
    double  *reached;         /* [count] s */
    double  *mass;            /* [C] scratch */
} park_stated;

/* Units without states: count 0. PARK_OK, PARK_E_MEMORY, what a kind's `lay` returns. */
PARK_MUST_CHECK park_status park_stated_new(park_arena *arena, const park_layout *layout,
                                            park_stated **stated, park_error *err);

/* No piece may be longer [s]; INFINITY without states. */
double park_stated_pace(const park_stated *stated);

/* The states of rank `rank` at rest under what reaches them at given concentrations of the rows [rows*C]. */
PARK_MUST_CHECK park_status park_stated_begin(park_stated *stated, size_t rank, const park_conditions *now,
                                              const park_flows *flows, const park_rates *rates,
                                              const double *conc, double time, park_error *err);

/* Outlets as the states stand, into the maps of the moment. */
void park_stated_flows(const park_stated *stated, park_conditions *now);

/* Remember the start of a piece; go back to it. */
void park_stated_save(park_stated *stated);
void park_stated_restore(park_stated *stated);

/**
 * Carry the units of one rank over `span` seconds.
 * @param integral  [rows*C] time integral of the rows' concentrations over the span
 * @param shortest  in and out [s]: how far all of them went
 */
PARK_MUST_CHECK park_status park_stated_advance(park_stated *stated, size_t rank, const park_conditions *now,
                                                const park_flows *flows, const park_rates *rates,
                                                const double *integral, double time, double span,
                                                double *shortest, park_error *err);

/* The piece is over: what came in the last passage and was not given to the states is carried. */
void park_stated_settle(park_stated *stated, const park_flows *flows, const park_rates *rates,
                        const double *integral, double span);

/* What a unit holds [m3], [C] kg, its carry counted. Zero for units without states. */
void park_stated_held(const park_stated *stated, int32_t unit, double *water, double *mass);

/* What is shown of all of them, one after the other. */
void park_stated_show(const park_stated *stated, double *value);

void park_stated_tape(park_stated *stated, park_tape *tape);

#endif
