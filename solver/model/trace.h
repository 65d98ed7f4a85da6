/*
 * trace.h - a property that water carries from donor to receiver (used or not, from which origin) followed
 * through everything that mixes. Math: docs/math/balance.md, Eq. (B6)-(B9).   Looks down on: ledger, base.
 *
 * Which outlets have a known value is said once (park_trace_new), then any number of properties is solved.
 */
#ifndef PARK_MODEL_TRACE_H
#define PARK_MODEL_TRACE_H

#include <parkwater/ledger.h>

typedef struct park_trace park_trace;

/**
 * Factor the mixing of a ledger.
 * @param known   [K] the outlet's value is given by the caller; else it is the mixture of its unit. Borrowed
 * while the trace lives. Outlets of sources must be known.
 * @param inside  [U] only these units mix; links that come from outside carry the caller's `outside`. NULL:
 * all. Borrowed likewise.
 * @return PARK_OK; PARK_E_NUMERIC; PARK_E_MEMORY. Cost: one sparse factorization of S*U unknowns.
 */
PARK_MUST_CHECK park_status park_trace_new(const park_model *model, const park_ledger *ledger,
                                           const bool *known, const bool *inside, park_arena *arena,
                                           park_trace **trace, park_error *err);

/* The values of one property. */
typedef struct park_property {
    const double *outlet;  /* [S*K] of known outlets */
    double        own;     /* of water that arrives by itself (rain on ponds) */
    double        outside; /* of links from outside */
    double        begun;   /* of a stock from before the account that nothing in the account fed */
    double        closed;  /* of a loop that no water enters */
} park_property;

/* The property on every link: value [S*L]. PARK_E_NUMERIC when the system cannot be solved. */
PARK_MUST_CHECK park_status park_trace_solve(park_trace *trace, const park_property *property, double *link,
                                             park_error *err);

/* ---- the properties of the ledger, for any boundary ---- */

/**
 * The share of each link's water that has been used before, and the part of it that was treated since, seen
 * by the units `inside` (NULL: the whole park): what enters the boundary is unused for them.
 * @param used, treated  out [S*L]; treated may be NULL
 */
PARK_MUST_CHECK park_status park_trace_used(const park_model *model, const park_ledger *ledger,
                                            const bool *inside, park_arena *arena, double *used,
                                            double *treated, park_error *err);

#endif
