/*
 * dae.h - stiff equations in time with events: F(t, y, y') = 0 or y' = f(t, y), sparse, located roots.
 * Door of SUNDIALS (IDA with KLU): dae_sundials.c; nothing of it shows here.
 * Math: docs/math/simulation.md, Eq. (T20)-(T22).   Looks down on: base.
 *
 * Calls in order: park_dae_new; then park_dae_advance again and again; after whatever makes the equations or
 * the state jump (an event, a clock time) park_dae_restart. Every integrator has a context of its own, so
 * several run side by side in one thread or in many; one integrator belongs to one thread at a time.
 */
#ifndef PARK_NUMERICS_DAE_H
#define PARK_NUMERICS_DAE_H

#include "base/arena.h"
#include "base/sparse.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct park_dae park_dae;

/* What a callback answers. */
typedef enum park_dae_reply {
    PARK_DAE_FINE    = 0,
    PARK_DAE_SHORTER = 1, /* no value here: a shorter step may help */
    PARK_DAE_GIVE_UP = -1
} park_dae_reply;

/* The equations. Give either `residual` or `rate`; times in s, everything else in the units of the states. */
typedef struct park_dae_problem {
    const char *what; /* for messages: "volumes of the park" */
    size_t      states, roots;
    const bool *algebraic; /* [states] true: y' of it does not appear; NULL: none */
    void       *user;
    /* r = F(t, y, y') */
    park_dae_reply (*residual)(void *user, double t, const double *y, const double *yp, double *r);
    /* f = f(t, y): then F = y' - f */
    park_dae_reply (*rate)(void *user, double t, const double *y, double *f);
    /* Square pattern [states] by column; rate form: of df/dy, the diagonal must be in it. Copied. */
    const park_sparse *pattern;
    /* Values in the order of the pattern. Residual form: dF/dy + cj dF/dy'. Rate form: df/dy, cj is not
     * needed. */
    park_dae_reply (*jacobian)(void *user, double t, double cj, const double *y, const double *yp,
                               double *value);
    /* g[roots]; an event is where one changes its sign. One that is zero at a start is asleep until it leaves
     * zero. */
    park_dae_reply (*root)(void *user, double t, const double *y, double *g);
    const char *(*state_name)(const void *user, size_t state); /* for messages; may be NULL */
} park_dae_problem;

typedef struct park_dae_settings {
    double        rtol;         /* relative, per step; above 0, below 1 */
    const double *atol;         /* [states] absolute, above 0; borrowed until the next restart */
    double        first_step;   /* [s]; 0: chosen by the method */
    double        longest_step; /* [s]; 0: no cap */
    size_t        steps_most;   /* within one park_dae_advance; 0: 100000 */
} park_dae_settings;

typedef enum park_dae_outcome { PARK_DAE_AT_STOP, PARK_DAE_AT_ROOT, PARK_DAE_AFTER_STEP } park_dae_outcome;

typedef struct park_dae_counts {
    uint64_t steps, evaluations, jacobians, root_evaluations, restarts, error_failures;
} park_dae_counts;

/**
 * Start at time t from y and y' (which must satisfy F = 0; rate form: yp may be NULL and is computed).
 * @param arena  owns the integrator and every foreign handle
 * @return PARK_OK; PARK_E_RANGE (no states, tolerances, pattern); PARK_E_MEMORY; PARK_E_NUMERIC when the
 * first evaluation fails
 */
PARK_MUST_CHECK park_status park_dae_new(park_arena *arena, const park_dae_problem *problem,
                                         const park_dae_settings *settings, double t, const double *y,
                                         const double *yp, park_dae **dae, park_error *err);

/**
 * Start anew at t with the same problem, forgetting the past: after an event or a jump of the inputs. Counts
 * go on.
 * @param first_step  [s] above 0, or 0: chosen by the method
 */
PARK_MUST_CHECK park_status park_dae_restart(park_dae *dae, double t, const double *y, const double *yp,
                                             double first_step, park_error *err);

/**
 * Make algebraic states and all derivatives fit the differential states at the present time (after a
 * restart).
 * @param ahead  a time [s] towards which the next advance goes
 * @return PARK_OK; PARK_E_NUMERIC when no consistent values are found
 */
PARK_MUST_CHECK park_status park_dae_consistent(park_dae *dae, double ahead, double *y, double *yp,
                                                park_error *err);

/**
 * Go on to `stop`, which is never passed (inputs may jump there), or to the first root before it.
 * @param one_step  true: come back after each accepted step
 * @param reached   out [s]
 * @param y         out [states] at `reached`
 * @return PARK_OK; PARK_E_NUMERIC (which state, when, why); PARK_E_MEMORY; PARK_E_RANGE when stop is not
 * ahead
 *
 * Roots are bracketed to 1e-13 of the time or better; their accuracy is that of y.
 */
PARK_MUST_CHECK park_status park_dae_advance(park_dae *dae, double stop, bool one_step, double *reached,
                                             double *y, park_dae_outcome *outcome, park_error *err);

/* Which roots fired at the last PARK_DAE_AT_ROOT: +1 rising, -1 falling, 0 not. sign [roots]. */
PARK_MUST_CHECK park_status park_dae_fired(const park_dae *dae, int *sign, park_error *err);

/* y (derivative 0) or y' (1) at a time within the last accepted step. PARK_E_RANGE outside it. */
PARK_MUST_CHECK park_status park_dae_dense(const park_dae *dae, double t, int derivative, double *y,
                                           park_error *err);

park_dae_counts park_dae_counted(const park_dae *dae);

#endif
