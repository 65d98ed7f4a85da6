/*
 * march.h - a sludge plant through time under an inflow that is held from one instant to the next.
 * Math: docs/math/biology.md, Eq. (B22)-(B23).   Looks down on: plant, numerics/dae.h.
 */
#ifndef PARK_BIOLOGY_MARCH_H
#define PARK_BIOLOGY_MARCH_H

#include "biology/plant.h"

#include "numerics/dae.h"

/* inflow[i] holds from time[i] to time[i+1], the last for ever. Times rise. */
typedef struct park_sludge_series {
    size_t                    count;
    const double             *time; /* [s] */
    const park_sludge_inflow *inflow;
} park_sludge_series;

/* What flowed and was given over a stretch of time: integrals. */
typedef struct park_sludge_totals {
    double seconds;
    double inflow, effluent, waste;       /* [m3] */
    double entered[PARK_ASM1_COMPONENTS]; /* [kg], alkalinity [kmol] */
    double left[PARK_ASM1_COMPONENTS];    /* with the effluent */
    double wasted[PARK_ASM1_COMPONENTS];  /* with the waste sludge */
    double transfer;                      /* integral of kla volume [m3] */
    double oxygen;                        /* oxygen that went into the water [kg] */
    double unaerated;                     /* integral of the volume that needs a mixer [m3 s] */
    double solids_change;                 /* TSS in tanks and settler, end less start [kg] */
} park_sludge_totals;

/* One moment of the march, for who looks on. y is borrowed. */
typedef void (*park_sludge_seen)(void *user, double time, const park_sludge_inflow *in, const double *y);

typedef struct park_sludge_march_settings {
    double           rtol;        /* relative tolerance of a step; 0: 1e-5 */
    double           every;       /* [s] between looks, 0: none; looks begin at the start */
    double           totals_from; /* [s] totals begin here */
    park_sludge_seen seen;        /* may be NULL */
    void            *user;
} park_sludge_march_settings;

/**
 * March from `start` to `end`.
 * @param y       [states] in: the state at the start; out: at the end, or where it failed
 * @param totals  out, may be NULL; Simpson's rule over the steps taken
 * @param counts  out, may be NULL
 * @return PARK_OK; PARK_E_RANGE for times that do not rise, a start before the series, inflows that cannot be;
 *         PARK_E_NUMERIC (which state, when); PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_sludge_march(park_arena *arena, const park_sludge_form *form,
                                              const park_sludge_series         *series,
                                              const park_sludge_march_settings *settings, double start,
                                              double end, double *y, park_sludge_totals *totals,
                                              park_dae_counts *counts, park_error *err);

#endif
