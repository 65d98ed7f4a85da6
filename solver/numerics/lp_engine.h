/*
 * lp_engine.h - what lp.c and a backend (lp_glpk.c, or lp_clp.c: one of them is built) share: our copy of the problem,
 * the backend's two calls, and what every backend asks of our copy.
 * Inside numerics only.   Looks down on: lp.h.
 */
#ifndef PARK_NUMERICS_LP_ENGINE_H
#define PARK_NUMERICS_LP_ENGINE_H

#include "numerics/lp.h"

typedef struct park_lp_entry {
    int32_t col;
    double  value;
} park_lp_entry;

typedef struct park_lp_row {
    double lo, hi;
    size_t start, count; /* entries start .. start+count-1 */
    bool   changed;      /* since the engine last saw it */
} park_lp_row;

struct park_lp {
    park_arena        *arena;
    size_t             rows, rows_cap, cols;
    park_lp_row       *row;
    size_t             entries, entries_cap, live; /* used, room, of those in use by rows */
    park_lp_entry     *entry;
    double            *col_lo, *col_hi, *cost;
    bool              *col_changed;
    int32_t           *mark; /* [cols] scratch of the merge: position + 1 in the row being built */
    double             cutoff;
    bool               primal_first;
    double             deadline; /* of park_clock_seconds */
    const park_cancel *cancel;   /* borrowed, may be NULL */

    /* the last solve */
    park_lp_status status;
    bool           has_basis;
    int64_t        iterations;
    double         objective;
    size_t         result_cap; /* of the row-sized results */
    double        *primal, *reduced, *dual, *ray;
    bool           has_ray;
    uint8_t       *basis; /* [cols + rows], columns first */
    size_t         basis_rows;
    double        *slope, *slope_error; /* [cols] safe reduced costs */

    void       *engine;          /* the backend's problem, or NULL: to be built */
    const void *engine_home;     /* the thread whose environment it was made in, */
    double      engine_born;     /* and when that was born [s] */
    size_t      engine_rows;     /* rows the engine knows */
    size_t      engine_truncate; /* of those, how many are still ours: later ones were forgotten */
    bool        engine_breaks;   /* a test wants the next call to fail */
};

enum { PARK_LP_BASIC = 1, PARK_LP_AT_LOWER, PARK_LP_AT_UPPER, PARK_LP_FREE, PARK_LP_FIXED }; /* basis bytes */

/* One attempt and its retries on our copy; fills primal, dual, reduced, basis, ray, iterations. */
park_lp_status park_lp_engine_solve(park_lp *lp, const park_lp_basis *basis, int64_t iteration_limit);
/* Give back the engine's problem. */
void park_lp_engine_drop(park_lp *lp);

/*
 * Bounds as an engine gets them: a column with no room to speak of is fixed, a bound that rounding left beside zero is
 * zero. Otherwise steps as short as 1e-308 are taken and the factors overflow. Bounds that are proven come from our own
 * copy, whatever the engine was told.
 */
void park_lp_plain_bounds(double *lo, double *hi);
bool park_lp_finite(const double *x, size_t n);
/* Are primal, dual, reduced and objective all finite? */
bool park_lp_results_finite(const park_lp *lp);
/* Is primal within bounds and rows to 1e-6 of their sizes? */
bool park_lp_primal_fits(const park_lp *lp);

#endif
