/*
 * The door to COIN-OR Clp 1.17, for one's own build (cmake -DPARK_LP=clp): the only file that includes its interface.
 *
 * What Clp asks of a caller: a model remembers what it went through (weights of the pricing, widened tolerances, random
 * numbers of the perturbation); its clock counts the processor time of all threads; a basis with too few or too many
 * basic variables is mended without a word; what it throws, out of memory, ends the process. So: each attempt makes a
 * model of its own from our copy by columns and deletes it, which binds nothing to a thread and leaves no history; the
 * clock is read between slices of a fixed number of iterations; a basis is counted before it is handed over; an
 * "optimum" is tested on our copy before it is believed.
 */
#include "numerics/lp_engine.h"

#include "base/clock.h"

#include <coin/Clp_C_Interface.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <string.h>

enum { SLICE = 1000 }; /* iterations between two looks at clock and interrupt */
enum { DONE = 0, INFEASIBLE = 1, UNBOUNDED = 2, STOPPED = 3 };                    /* of Clp_status */
enum { OVER_CUTOFF = 1, UNSCALED_MISSED = 2, UNSCALED_BOTH_MISSED = 4 };          /* of Clp_secondaryStatus */
enum { CLP_FREE, CLP_BASIC, CLP_AT_UPPER, CLP_AT_LOWER, CLP_BETWEEN, CLP_FIXED }; /* of a status array */
enum { UNSCALED = 0, GEOMETRIC = 2, PERTURB = 50, PERTURB_WHEN_LONG = 100 };

/* Our problem by columns, as Clp reads it; it lives in the problem's arena. */
typedef struct mirror {
    size_t        rows_cap, entries_cap;
    double       *row_lo, *row_hi, *col_lo, *col_hi, *value;
    CoinBigIndex *start; /* [cols + 2], the last one scratch */
    int          *index;
    uint8_t      *status; /* [cols + rows] */
} mirror;

typedef struct attempt {
    park_lp             *lp;
    const park_lp_basis *basis;
    int                  step; /* of the ladder */
    int64_t              limit;
    int                  status, secondary; /* what Clp said */
    bool                 limited;           /* it stopped because it had to */
} attempt;

void park_lp_engine_drop(park_lp *lp)
{
    lp->engine      = NULL; /* in the arena */
    lp->engine_rows = lp->engine_truncate = 0;
}

/* ---- our copy to Clp's -------------------------------------------------------------------------------- */

static mirror *new_mirror(park_lp *lp)
{
    mirror *m = PARK_ARRAY(lp->arena, 1, mirror);
    if (m == NULL)
        return NULL;
    m->col_lo = PARK_ARRAY(lp->arena, lp->cols, double);
    m->col_hi = PARK_ARRAY(lp->arena, lp->cols, double);
    m->start  = PARK_ARRAY(lp->arena, lp->cols + 2, CoinBigIndex);
    return m->col_lo == NULL || m->col_hi == NULL || m->start == NULL ? NULL : m;
}

static bool room_for_rows(park_lp *lp, mirror *m)
{
    if (lp->rows <= m->rows_cap && m->status != NULL)
        return true;
    size_t cap  = lp->rows + lp->rows / 2 + 16;
    m->rows_cap = 0;
    m->row_lo   = PARK_ARRAY(lp->arena, cap, double);
    m->row_hi   = PARK_ARRAY(lp->arena, cap, double);
    m->status   = PARK_ARRAY(lp->arena, cap + lp->cols, uint8_t);
    if (m->row_lo == NULL || m->row_hi == NULL || m->status == NULL)
        return false;
    m->rows_cap = cap;
    return true;
}

static bool room_for_entries(park_lp *lp, mirror *m)
{
    if (lp->live > INT_MAX)
        return false;
    if (lp->live <= m->entries_cap && m->index != NULL)
        return true;
    size_t cap     = lp->live + lp->live / 2 + 16;
    m->entries_cap = 0;
    m->index       = PARK_ARRAY(lp->arena, cap, int);
    m->value       = PARK_ARRAY(lp->arena, cap, double);
    if (m->index == NULL || m->value == NULL)
        return false;
    m->entries_cap = cap;
    return true;
}

static mirror *mirror_with_room(park_lp *lp)
{
    if (lp->engine == NULL) {
        lp->engine      = new_mirror(lp);
        lp->engine_rows = lp->engine_truncate = 0;
    }
    mirror *m = lp->engine;
    return m != NULL && room_for_rows(lp, m) && room_for_entries(lp, m) ? m : NULL;
}

/* Columns in order and rows in order within each: whatever the history, one problem is one matrix. */
static void turn_to_columns(const park_lp *lp, mirror *m)
{
    memset(m->start, 0, (lp->cols + 2) * sizeof *m->start);
    for (size_t r = 0; r < lp->rows; r++)
        for (size_t k = lp->row[r].start; k < lp->row[r].start + lp->row[r].count; k++)
            m->start[lp->entry[k].col + 2]++;
    for (size_t j = 2; j < lp->cols + 2; j++)
        m->start[j] += m->start[j - 1];
    for (size_t r = 0; r < lp->rows; r++)
        for (size_t k = lp->row[r].start; k < lp->row[r].start + lp->row[r].count; k++) {
            CoinBigIndex at = m->start[lp->entry[k].col + 1]++;
            m->index[at]    = (int)r;
            m->value[at]    = lp->entry[k].value;
        }
}

static double plain_side(double bound)
{
    return isinf(bound) ? copysign(DBL_MAX, bound) : bound;
}

static void copy_bounds(const park_lp *lp, mirror *m)
{
    for (size_t j = 0; j < lp->cols; j++) {
        double lo = lp->col_lo[j], hi = lp->col_hi[j];
        park_lp_plain_bounds(&lo, &hi);
        m->col_lo[j] = plain_side(lo);
        m->col_hi[j] = plain_side(hi);
    }
    for (size_t r = 0; r < lp->rows; r++) {
        m->row_lo[r] = plain_side(lp->row[r].lo);
        m->row_hi[r] = plain_side(lp->row[r].hi);
    }
}

/* Bring the mirror up to our copy. */
static mirror *reflect(park_lp *lp)
{
    mirror *m     = mirror_with_room(lp);
    bool    stale = lp->rows != lp->engine_rows || lp->engine_truncate < lp->engine_rows;
    if (m == NULL)
        return NULL;
    for (size_t r = 0; r < lp->rows; r++) {
        stale              = stale || lp->row[r].changed;
        lp->row[r].changed = false;
    }
    if (stale)
        turn_to_columns(lp, m);
    lp->engine_rows = lp->engine_truncate = lp->rows;
    copy_bounds(lp, m);
    return m;
}

/* ---- the basis to start from -------------------------------------------------------------------------- */

/* A variable that rests where the byte says, or at the bound that it has. */
static uint8_t resting(uint8_t byte, double lo, double hi)
{
    if (lo == -DBL_MAX && hi == DBL_MAX)
        return CLP_FREE;
    if (lo == hi)
        return CLP_FIXED;
    bool upper = lo == -DBL_MAX || (byte == PARK_LP_AT_UPPER && hi != DBL_MAX);
    return upper ? CLP_AT_UPPER : CLP_AT_LOWER;
}

/* Rows that the basis does not know enter as basic. False when it is none: not one basic variable a row. */
static bool given_basis(const park_lp *lp, mirror *m, size_t rows, const uint8_t *byte)
{
    size_t basic = 0;
    for (size_t i = 0; i < lp->cols + lp->rows; i++) {
        uint8_t at = i < lp->cols + rows ? byte[i] % 6 : PARK_LP_BASIC;
        if (at <= PARK_LP_BASIC) {
            m->status[i] = CLP_BASIC;
            basic++;
        } else if (i < lp->cols) {
            m->status[i] = resting(at, m->col_lo[i], m->col_hi[i]);
        } else {
            m->status[i] = resting(at, m->row_lo[i - lp->cols], m->row_hi[i - lp->cols]);
        }
    }
    return basic == lp->rows;
}

/* All rows basic, columns where their costs want them: what the dual simplex method likes. */
static void slack_basis(const park_lp *lp, mirror *m)
{
    for (size_t j = 0; j < lp->cols; j++)
        m->status[j] =
            resting(lp->cost[j] < 0.0 ? PARK_LP_AT_UPPER : PARK_LP_AT_LOWER, m->col_lo[j], m->col_hi[j]);
    memset(m->status + lp->cols, CLP_BASIC, lp->rows);
}

static void choose_basis(const attempt *a, mirror *m)
{
    const park_lp       *lp    = a->lp;
    const park_lp_basis *basis = a->basis;
    bool                 found = false;
    if (a->step == 0 && basis != NULL && basis->cols == lp->cols && basis->rows <= lp->rows)
        found = given_basis(lp, m, basis->rows, basis->status);
    else if (a->step == 0 && basis == NULL && lp->has_basis && lp->basis_rows <= lp->rows)
        found = given_basis(lp, m, lp->basis_rows, lp->basis);
    if (!found)
        slack_basis(lp, m);
}

/* ---- one attempt -------------------------------------------------------------------------------------- */

static bool out_of_time(const park_lp *lp)
{
    return !isinf(lp->deadline) && park_clock_seconds() >= lp->deadline;
}

/*
 * The ladder: (0) the given basis, dual simplex; (1) all slack, primal; (2) scaled, all slack, dual; (3) scaled,
 * perturbed, primal, usual tolerances.
 */
static Clp_Simplex *model_of(const attempt *a, mirror *m)
{
    const park_lp *lp        = a->lp;
    double         tolerance = a->step == 3 ? 1e-7 : 1e-9;
    Clp_Simplex   *model     = Clp_newModel();
    Clp_setLogLevel(model, 0);
    Clp_loadProblem(model, (int)lp->cols, (int)lp->rows, m->start, m->index, m->value, m->col_lo, m->col_hi,
                    lp->cost, m->row_lo, m->row_hi);
    choose_basis(a, m);
    Clp_copyinStatus(model, m->status);
    Clp_setPrimalTolerance(model, tolerance);
    Clp_setDualTolerance(model, tolerance);
    Clp_scaling(model, a->step >= 2 ? GEOMETRIC : UNSCALED);
    Clp_setPerturbation(model, a->step == 3 ? PERTURB : PERTURB_WHEN_LONG);
    if (isfinite(lp->cutoff))
        Clp_setDualObjectiveLimit(model, lp->cutoff);
    return model;
}

/* In slices of a fixed number of iterations: an interrupt is heard and the path stays reproducible. */
static void iterate(attempt *a, Clp_Simplex *model)
{
    park_lp *lp      = a->lp;
    bool     primal  = a->step == 1 || a->step == 3 || (a->step == 0 && lp->primal_first);
    int64_t  left    = a->limit;
    int      took    = 0;
    bool     stopped = false;
    do {
        Clp_setMaximumIterations(model, (int)(left < SLICE ? left : SLICE));
        if (primal)
            Clp_primal(model, 0);
        else
            Clp_dual(model, 0);
        took = Clp_numberIterations(model);
        lp->iterations += took;
        left -= took;
        a->status    = Clp_status(model);
        a->secondary = Clp_secondaryStatus(model);
        stopped      = a->status == STOPPED;
        a->limited   = stopped && (left <= 0 || park_cancel_why(lp->cancel) != 0 || out_of_time(lp));
    } while (stopped && !a->limited && took > 0);
}

static void take_basis(park_lp *lp, const uint8_t *status)
{
    static const uint8_t OURS[] = {PARK_LP_FREE,     PARK_LP_BASIC, PARK_LP_AT_UPPER,
                                   PARK_LP_AT_LOWER, PARK_LP_FREE,  PARK_LP_FIXED};
    for (size_t i = 0; i < lp->cols + lp->rows; i++)
        lp->basis[i] = OURS[(status[i] & 7) % 6]; /* the higher bits are marks of Clp's own */
    lp->basis_rows = lp->rows;
    lp->has_basis  = true;
}

static void take_ray(park_lp *lp, Clp_Simplex *model)
{
    double *ray = Clp_infeasibilityRay(model);
    if (ray == NULL)
        return;
    memcpy(lp->ray, ray, lp->rows * sizeof *ray);
    lp->has_ray = park_lp_finite(lp->ray, lp->rows);
    Clp_freeRay(model, ray);
}

static void take(const attempt *a, Clp_Simplex *model)
{
    park_lp *lp = a->lp;
    memcpy(lp->primal, Clp_primalColumnSolution(model), lp->cols * sizeof *lp->primal);
    memcpy(lp->reduced, Clp_dualColumnSolution(model), lp->cols * sizeof *lp->reduced);
    if (lp->rows > 0)
        memcpy(lp->dual, Clp_dualRowSolution(model), lp->rows * sizeof *lp->dual);
    lp->objective = Clp_objectiveValue(model);
    take_basis(lp, Clp_statusArray(model));
    if (a->status == INFEASIBLE && a->secondary != OVER_CUTOFF)
        take_ray(lp, model);
}

/* What one attempt amounts to; PARK_LP_FAILED: climb the ladder. */
static park_lp_status verdict(const attempt *a)
{
    if (a->limited)
        return PARK_LP_LIMIT;
    if (!park_lp_results_finite(a->lp))
        return PARK_LP_FAILED;
    if (a->status == INFEASIBLE)
        return a->secondary == OVER_CUTOFF ? PARK_LP_CUTOFF : PARK_LP_INFEASIBLE;
    if (a->status == UNBOUNDED)
        return PARK_LP_UNBOUNDED;
    if (a->status != DONE || (a->secondary >= UNSCALED_MISSED && a->secondary <= UNSCALED_BOTH_MISSED))
        return PARK_LP_FAILED;
    return park_lp_primal_fits(a->lp) ? PARK_LP_OPTIMAL : PARK_LP_FAILED;
}

park_lp_status park_lp_engine_solve(park_lp *lp, const park_lp_basis *basis, int64_t iteration_limit)
{
    mirror *m = reflect(lp);
    if (m == NULL)
        return PARK_LP_FAILED;
    for (int step = 0; step < 4; step++) {
        attempt a = {.lp = lp, .basis = basis, .step = step, .limit = iteration_limit - lp->iterations};
        if (a.limit <= 0 || out_of_time(lp))
            return PARK_LP_LIMIT;
        lp->has_ray = false;
        if (lp->engine_breaks) {
            lp->engine_breaks = false;
            continue;
        }
        Clp_Simplex *model = model_of(&a, m);
        iterate(&a, model);
        take(&a, model);
        Clp_deleteModel(model);
        park_lp_status status = verdict(&a);
        if (status != PARK_LP_FAILED)
            return status;
        lp->has_basis = false;
    }
    return PARK_LP_FAILED;
}
