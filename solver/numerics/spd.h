/*
 * spd.h - sparse symmetric positive definite systems A x = b whose pattern stays while the numbers change.
 * Math: docs/math/hydraulics.md, Eq. (H30)-(H34).   Looks down on: base.
 *
 * Three steps, of which only the last is repeated:
 *   plan   park_spd_plan_make: ordering (AMD), elimination tree, supernodes, the place of every entry and of every
 *          update. Const afterwards and shared by threads.
 *   work   park_spd_work_make: the numbers of one thread.
 *   solve  park_spd_clear; add the entries into work->diag and work->off; park_spd_solve. Nothing is searched or
 *          allocated there.
 *
 * Unknowns are renumbered: unknown i of the caller stands at position[i]. Diagonals and right-hand sides are indexed by
 * position; the entry of pair k (both triangles at once) is added to off[slot[k]].
 */
#ifndef PARK_NUMERICS_SPD_H
#define PARK_NUMERICS_SPD_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

typedef enum park_spd_engine {
    PARK_SPD_LDL,    /* ours: supernodal LDL^T, updates by precomputed places */
    PARK_SPD_CHOLMOD /* SuiteSparse: what ours is tested against */
} park_spd_engine;

/* Arena-owned; engine parts are opaque. */
typedef struct park_spd_plan {
    park_spd_engine engine;
    size_t          count;         /* unknowns */
    size_t          pairs;         /* off-diagonal pairs as given */
    int32_t        *position;      /* [count] place of each unknown in the elimination */
    int32_t        *slot;          /* [pairs] into work->off; pairs of the same place share it */
    size_t          slots;         /* entries of work->off */
    size_t          entries;       /* of the factor below its diagonal, padding included */
    double          multiply_adds; /* of one factorization */
    size_t          bytes;         /* what the plan holds */
    size_t          work_bytes;    /* what a work will hold, as far as it is ours */
    void           *inside;
} park_spd_plan;

/* Numbers and scratch of one thread. */
typedef struct park_spd_work {
    double *diag; /* [count] by position */
    double *off;  /* [slots] */
    void   *inside;
} park_spd_work;

/**
 * Everything that depends only on the pattern.
 * @param arena    owns the plan
 * @param scratch  may be freed afterwards; needs memory in the order of the factor's pattern
 * @param count    unknowns; 0 is allowed
 * @param row,col  [pairs] the two unknowns of each off-diagonal pair, different; the same pair may come several times,
 *                 in either order. A negative one marks a pair that stays outside: its slot is a spare one.
 * @return PARK_OK; PARK_E_RANGE for an unknown that does not exist or a pair of one unknown with itself, or a factor of
 * more than 2^31 entries; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_spd_plan_make(park_arena *arena, park_arena *scratch, park_spd_engine engine,
                                               size_t count, size_t pairs, const int32_t *row,
                                               const int32_t *col, park_spd_plan **plan, park_error *err);
PARK_MUST_CHECK park_status park_spd_work_make(park_arena *arena, const park_spd_plan *plan,
                                               park_spd_work *work, park_error *err);

/* All entries zero. O(slots). */
void park_spd_clear(const park_spd_plan *plan, park_spd_work *work);

/**
 * Factorize and solve; the entries are used up.
 * @param b    [count] by position; out: the solution
 * @param bad  out: the position whose pivot was not above zero, -1 when all were
 * @return PARK_OK; PARK_E_NUMERIC when the matrix is not positive definite (b is then useless)
 * Cost O(multiply_adds), no allocation by ours. Threads: one work each, the plan shared. The bits depend on nothing but
 * the numbers.
 */
PARK_MUST_CHECK park_status park_spd_solve(const park_spd_plan *plan, park_spd_work *work, double *b,
                                           int32_t *bad);

/* -- PARK_LANES (base/wide.h) systems of one plan side by side -- */

/* A work whose diag, off and right-hand sides hold the number of lane k of entry i at [i * PARK_LANES + k], on addresses
 * that are multiples of 64 bytes. The plan's engine is PARK_SPD_LDL, else PARK_E_RANGE. */
PARK_MUST_CHECK park_status park_spd_lanes_make(park_arena *arena, const park_spd_plan *plan,
                                                park_spd_work *work, park_error *err);
void                        park_spd_lanes_clear(const park_spd_plan *plan, park_spd_work *work);
/**
 * Factorize and solve all lanes; a lane has the bits that park_spd_solve gives it alone.
 * @param b  [count * PARK_LANES], aligned as the work; out: the solutions
 * @return bit k: lane k is not positive definite, its b is useless and the other lanes' are not
 * Cost about that of one system; vectors of AVX2 where there are any. Threads: one work each, the plan shared.
 */
unsigned park_spd_lanes_solve(const park_spd_plan *plan, park_spd_work *work, double *b);
/* Room for count x PARK_LANES doubles at a multiple of 64 bytes, all zero; NULL without memory. */
double *park_spd_lanes_array(park_arena *arena, size_t count);

/* Another right-hand side for the factors that stand. */
void park_spd_solve_again(const park_spd_plan *plan, park_spd_work *work, double *b);

#endif
