/*
 * quality.h - masses carried over a stretch of constant flows, exactly conserved, positive, however stiff.
 * Math: docs/math/simulation.md, Eq. (T15)-(T19).   Looks down on: rates.
 *
 * m' = b + T C, C = m / V, V linear in time. Singly diagonally implicit Runge-Kutta of order 4 (five stages, L-stable,
 * stiffly accurate; Hairer and Wanner (1996), Solving ODEs II, Table IV.6.5) with its embedded order 3 for the step.
 * The masses and the ledger use the same quadrature of the concentrations, so water and mass close to rounding
 * whatever the step's error. Where a step would leave a mass below zero, implicit Euler steps in, which cannot.
 */
#ifndef PARK_SIMULATE_QUALITY_H
#define PARK_SIMULATE_QUALITY_H

#include "base/tape.h"
#include "simulate/rates.h"

typedef struct park_quality park_quality;

/* Called after each accepted step: time of its start and length [s], concentrations at its start, middle and end
 * [rows*C]. Before it is called, nothing of the step is seen elsewhere. */
typedef void (*park_quality_seen)(void *user, double t, double h, const double *start, const double *middle,
                                  const double *end);

typedef struct park_quality_counts {
    uint64_t steps, rejected, positive; /* positive: steps that implicit Euler took over */
} park_quality_counts;

/* @param tolerance  relative error per step, above 0 */
PARK_MUST_CHECK park_status park_quality_new(park_arena *arena, const park_layout *layout, double tolerance,
                                             park_quality **quality, park_error *err);

/**
 * March from t over `span` seconds.
 * @param volume    [rows] m3 at t
 * @param mass      in and out [rows*C] kg
 * @param conc      in and out [rows*C] kg/m3; where a volume is zero it says what the row last held
 * @param integral  out [rows*C] time integral of the concentrations [kg s/m3] by the step's own quadrature
 * @param seen      may be NULL
 * @return PARK_OK; PARK_E_NUMERIC (which unit, when) when no step succeeds
 */
PARK_MUST_CHECK park_status park_quality_march(park_quality *quality, const park_rates *rates, double t,
                                               double span, const double *volume, double *mass, double *conc,
                                               double *integral, park_quality_seen seen, void *user,
                                               park_error *err);

/* Concentrations [rows*C] after `span` seconds of these rates from clean water, by four implicit Euler steps: near the
 * equilibrium of everything that turns over faster. PARK_E_NUMERIC when one is not finite. */
PARK_MUST_CHECK park_status park_quality_equilibrate(park_quality *quality, const park_rates *rates,
                                                     double span, const double *volume, double *conc,
                                                     park_error *err);

/* Forget the step length: after a jump far away. */
void park_quality_forget(park_quality *quality);
/* What a march that goes on must know. */
void                park_quality_tape(park_quality *quality, park_tape *tape);
park_quality_counts park_quality_counted(const park_quality *quality);

#endif
