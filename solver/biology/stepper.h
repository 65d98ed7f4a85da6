/*
 * stepper.h - a sludge plant over short stretches, one after the other: what enters, leaves, reacts and is held closes to
 * rounding for every component, whatever the step's error is.
 * Math: docs/math/biology.md, Eq. (B41)-(B45).   Looks down on: plant, base.
 *
 * Singly diagonally implicit Runge-Kutta of order 3 (three stages, L-stable, stiffly accurate; Alexander (1977), SIAM J. Numer.
 * Anal. 14, 1006). State and totals move by the same weighted rates of the stages. Each stretch depends on its
 * arguments alone: nothing is remembered between them but what the caller keeps (y and the step to try next).
 */
#ifndef PARK_BIOLOGY_STEPPER_H
#define PARK_BIOLOGY_STEPPER_H

#include "biology/march.h"

typedef struct park_sludge_stepper park_sludge_stepper;

/* Sums over stretches; [kg], alkalinity [kmol]. */
typedef struct park_sludge_passed {
    park_sludge_totals totals;
    double             reacted
        [PARK_ASM1_COMPONENTS]; /* made (below zero: used) by reactions in all tanks; aeration is totals.oxygen */
    double relabelled
        [PARK_ASM1_COMPONENTS]; /* solids that the settler's rule made of others; 0 where they are carried. (B70) */
} park_sludge_passed;

/**
 * @param form       its plant's wasted flow, kinetics and oxygen saturation may change from stretch to stretch; where the
 *                   settler's solids are not carried but have the inflow's composition, what closes the components is told as
 *                   relabelled
 * @param tolerance  relative error of a step, in (0, 1)
 * @return PARK_OK; PARK_E_RANGE for the tolerance; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_sludge_stepper_new(park_arena *arena, const park_sludge_form *form,
                                                    double tolerance, park_sludge_stepper **stepper,
                                                    park_error *err);

/**
 * Over `span` seconds of a constant inflow, which may be none and less than what is wasted is refused.
 * @param y       in and out [states]
 * @param step    in and out [s]: length to try first, 0 unknown
 * @param passed  sums, added to (totals.solids_change is not kept)
 * @return PARK_OK; PARK_E_RANGE; PARK_E_NUMERIC naming the state that cannot be carried on (y is at the last step taken)
 */
PARK_MUST_CHECK park_status park_sludge_stepper_go(park_sludge_stepper *stepper, const park_sludge_inflow *in,
                                                   double span, double *y, double *step,
                                                   park_sludge_passed *passed, park_error *err);

#endif
