/*
 * The door to GLPK 5.0: the only file that includes <glpk.h>.
 *
 * What GLPK asks of a caller: an environment belongs to its thread; a bad call aborts the process unless the
 * error hook jumps out, and then the environment and every problem in it are lost; changed coefficients under
 * a live basis make the factors singular; an "optimum" may be none. So: every call runs inside `guarded`, the
 * problem can be rebuilt at any time from lp.c's copy, the matrix is put in canonical order before each
 * solve, the factors are always made anew, and an optimum is tested on our copy before it is believed.
 */
#include "numerics/lp_engine.h"

#include "base/clock.h"

#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <string.h>

/*
 * GLPK's environment is hidden thread-local state; HOME mirrors its life so that no problem outlives it. A thread that
 * ended may leave its address to another: the moment of birth tells their environments apart.
 */
static _Thread_local struct engine_home {
    double born;   /* [s] of park_clock_seconds, 0: there is no environment */
    size_t living; /* problems made in it */
} HOME;

/* A thread that ends takes its environment along. */
static pthread_key_t  ENDING;
static pthread_once_t ENDING_ONCE = PTHREAD_ONCE_INIT;

static void end_of_thread(void *home)
{
    (void)home;
    glp_free_env();
}

static void make_ending(void)
{
    if (pthread_key_create(&ENDING, end_of_thread) != 0)
        ENDING =
            (pthread_key_t)-1; /* no key: setting it fails, and the environment lives as long as the program */
}

static double birth(void)
{
    if (HOME.born == 0.0) {
        HOME.born = park_clock_seconds();
        pthread_once(&ENDING_ONCE, make_ending);
        pthread_setspecific(ENDING, &HOME);
    }
    return HOME.born;
}

enum { SLICE = 2000 }; /* iterations between two looks at the interrupt and at the factors */
static const double OVERGROWN =
    1e30; /* entries of an inverse beyond this: the basis is singular in all but name */

typedef struct attempt {
    park_lp             *lp;
    const park_lp_basis *basis;
    int                  step; /* of the ladder */
    int64_t              limit;
    int                  code, status; /* what GLPK said */
} attempt;

static int silent(void *info, const char *text)
{
    (void)info;
    (void)text;
    return 1;
}

static void jump_out(void *info)
{
    longjmp(*(jmp_buf *)info, 1);
}

static bool at_home(const park_lp *lp)
{
    return lp->engine != NULL && lp->engine_home == &HOME && lp->engine_born == HOME.born;
}

static void forget(park_lp *lp)
{
    lp->engine          = NULL;
    lp->engine_rows     = 0;
    lp->engine_truncate = 0;
}

/* Run `work` so that GLPK's abort comes back here; false then, with the environment freed. */
static bool guarded(void (*work)(attempt *), attempt *a)
{
    jmp_buf out;
    if (setjmp(out) != 0) {
        glp_error_hook(NULL, NULL);
        glp_free_env();
        HOME = (struct engine_home){0};
        forget(a->lp);
        return false;
    }
    glp_term_hook(silent, NULL);
    glp_term_out(GLP_OFF);
    glp_error_hook(jump_out, &out);
    work(a);
    glp_error_hook(NULL, NULL);
    return true;
}

static void erase(attempt *a)
{
    glp_delete_prob(a->lp->engine);
}

void park_lp_engine_drop(park_lp *lp)
{
    /* Made in another thread or in an environment that is gone: it went, or will go, with that environment.
     */
    if (at_home(lp)) {
        attempt a = {.lp = lp};
        if (guarded(erase, &a) && --HOME.living == 0) {
            glp_free_env();
            HOME.born = 0.0;
        }
    }
    forget(lp);
}

static int kind_of(double lo, double hi)
{
    if (isinf(lo))
        return isinf(hi) ? GLP_FR : GLP_UP;
    if (isinf(hi))
        return GLP_LO;
    return lo == hi ? GLP_FX : GLP_DB;
}

/* ---- our copy to GLPK's ------------------------------------------------------------------------------- */

static void send_row(park_lp *lp, size_t r, int *index, double *value)
{
    park_lp_row *row = &lp->row[r];
    for (size_t k = 0; k < row->count; k++) {
        index[k + 1] = lp->entry[row->start + k].col + 1;
        value[k + 1] = lp->entry[row->start + k].value;
    }
    glp_set_row_bnds(lp->engine, (int)r + 1, kind_of(row->lo, row->hi), row->lo, row->hi);
    glp_set_mat_row(lp->engine, (int)r + 1, (int)row->count, index, value);
    row->changed = false;
}

static void send_col(park_lp *lp, size_t j)
{
    double lo = lp->col_lo[j], hi = lp->col_hi[j];
    park_lp_plain_bounds(&lo, &hi);
    glp_set_col_bnds(lp->engine, (int)j + 1, kind_of(lo, hi), lo, hi);
    glp_set_obj_coef(lp->engine, (int)j + 1, lp->cost[j]);
    lp->col_changed[j] = false;
}

/* Bring GLPK's problem up to ours. Rows and columns keep their order; the matrix is sorted so that its lists
 * do not remember in which order they were changed. */
static void send(attempt *a)
{
    park_lp *lp = a->lp;
    if (lp->engine_breaks) {
        lp->engine_breaks = false;
        glp_error("broken on purpose\n");
    }
    bool whole = lp->engine == NULL;
    if (whole) {
        lp->engine      = glp_create_prob();
        lp->engine_home = &HOME;
        lp->engine_born = birth();
        HOME.living++;
        lp->engine_rows = lp->engine_truncate = 0;
        glp_add_cols(lp->engine, (int)lp->cols);
    }
    int    *index = glp_alloc((int)lp->cols + 1, sizeof *index);
    double *value = glp_alloc((int)lp->cols + 1, sizeof *value);
    bool    moved = whole;
    if (lp->engine_rows > lp->engine_truncate) {
        int  count = (int)(lp->engine_rows - lp->engine_truncate);
        int *gone  = glp_alloc(count + 1, sizeof *gone);
        for (int i = 1; i <= count; i++)
            gone[i] = (int)lp->engine_truncate + i;
        glp_del_rows(lp->engine, count, gone);
        glp_free(gone);
        lp->engine_rows = lp->engine_truncate;
        moved           = true;
    }
    size_t old_rows = lp->engine_rows;
    if (lp->rows > old_rows) {
        glp_add_rows(lp->engine, (int)(lp->rows - old_rows));
        moved = true;
    }
    for (size_t j = 0; j < lp->cols; j++)
        if (whole || lp->col_changed[j])
            send_col(lp, j);
    for (size_t r = 0; r < lp->rows; r++)
        if (r >= old_rows || lp->row[r].changed) {
            send_row(lp, r, index, value);
            moved = true;
        }
    glp_free(index);
    glp_free(value);
    lp->engine_rows = lp->engine_truncate = lp->rows;
    if (moved)
        glp_sort_matrix(lp->engine);
}

/* ---- one attempt -------------------------------------------------------------------------------------- */

static const int GLPK_STATUS[] = {GLP_BS, GLP_BS, GLP_NL, GLP_NU, GLP_NF, GLP_NS};

static void send_basis(park_lp *lp, size_t rows, const uint8_t *status)
{
    for (size_t j = 0; j < lp->cols; j++)
        glp_set_col_stat(lp->engine, (int)j + 1, GLPK_STATUS[status[j] % 6]);
    for (size_t r = 0; r < lp->rows; r++)
        glp_set_row_stat(lp->engine, (int)r + 1, r < rows ? GLPK_STATUS[status[lp->cols + r] % 6] : GLP_BS);
}

/* Would a row of the table overflow? GLPK's pricing then finds no row at all and reads where there is none. */
static bool overgrown(park_lp *lp)
{
    int     m    = (int)lp->rows;
    double *ones = glp_alloc(m + 1, sizeof *ones);
    bool    grew = false;
    for (int i = 1; i <= m; i++)
        ones[i] = 1.0;
    glp_btran(lp->engine, ones);
    for (int i = 1; i <= m && !grew; i++)
        grew = !(fabs(ones[i]) <= OVERGROWN);
    glp_free(ones);
    return grew;
}

/*
 * The ladder: (0) the given basis, dual simplex; (1) a crash basis, primal; (2) scaled, all slack, dual;
 * (3) scaled, crash basis, plain pricing and ratio test, usual tolerances.
 */
static void try_step(attempt *a)
{
    park_lp *lp = a->lp;
    send(a);
    glp_prob *p = lp->engine;
    if (a->step >= 2)
        glp_scale_prob(p, GLP_SF_GM | GLP_SF_EQ);
    else
        glp_unscale_prob(p);
    if (a->step == 0) {
        if (a->basis != NULL && a->basis->cols == lp->cols && a->basis->rows <= lp->rows)
            send_basis(lp, a->basis->rows, a->basis->status);
        else if (a->basis == NULL && lp->has_basis && lp->basis_rows <= lp->rows)
            send_basis(lp, lp->basis_rows, lp->basis);
        else
            glp_std_basis(p);
        if (glp_factorize(p) != 0) {
            a->code = GLP_EBADB;
            return;
        }
        if (overgrown(lp)) {
            a->code = GLP_ECOND;
            return;
        }
    } else {
        if (a->step == 2)
            glp_std_basis(p);
        else
            glp_adv_basis(p, 0);
        if (glp_factorize(p) != 0) {
            glp_std_basis(p);
            if (glp_factorize(p) != 0) {
                a->code = GLP_ESING;
                return;
            }
        }
    }
    glp_smcp s;
    glp_init_smcp(&s);
    s.msg_lev = GLP_MSG_OFF;
    s.meth    = a->step == 1 || a->step == 3 || (a->step == 0 && lp->primal_first) ? GLP_PRIMAL : GLP_DUALP;
    s.pricing = a->step == 3 ? GLP_PT_STD : GLP_PT_PSE;
    s.r_test  = a->step == 3 ? GLP_RT_STD : GLP_RT_HAR;
    s.tol_bnd = a->step == 3 ? 1e-7 : 1e-9;
    s.tol_dj  = a->step == 3 ? 1e-7 : 1e-9;
    if (isfinite(lp->cutoff))
        s.obj_ul = lp->cutoff;
    /* In slices of a fixed number of iterations, so that an interrupt is heard and the path stays reproducible. */
    int64_t left = a->limit;
    int     took = 0;
    do {
        s.it_lim = (int)(left < SLICE ? left : SLICE);
        if (!isinf(lp->deadline)) {
            double until = 1e3 * (lp->deadline - park_clock_seconds());
            s.tm_lim     = until < 1.0 ? 1 : until > 1e9 ? INT_MAX : (int)until;
        }
        int before = glp_get_it_cnt(p);
        a->code    = glp_simplex(p, &s);
        a->status  = glp_get_status(p);
        took       = glp_get_it_cnt(p) - before;
        lp->iterations += took;
        left -= took;
        if (a->code == GLP_EITLIM && (!glp_bf_exists(p) || overgrown(lp))) {
            a->code = GLP_ESING;
            return;
        }
    } while (a->code == GLP_EITLIM && took > 0 && left > 0 && park_cancel_why(lp->cancel) == 0);
}

static void take_basis(park_lp *lp)
{
    static const uint8_t OURS[] = {
        0, PARK_LP_BASIC, PARK_LP_AT_LOWER, PARK_LP_AT_UPPER, PARK_LP_FREE, PARK_LP_FIXED};
    for (size_t j = 0; j < lp->cols; j++)
        lp->basis[j] = OURS[glp_get_col_stat(lp->engine, (int)j + 1)];
    for (size_t r = 0; r < lp->rows; r++)
        lp->basis[lp->cols + r] = OURS[glp_get_row_stat(lp->engine, (int)r + 1)];
    lp->basis_rows = lp->rows;
    lp->has_basis  = true;
}

/* The row of the inverse basis that belongs to the variable whose dual ray ended the dual simplex. */
static void take_ray(park_lp *lp)
{
    glp_prob *p = lp->engine;
    int       k = glp_get_unbnd_ray(p), m = (int)lp->rows;
    if (k <= 0 || k > m + (int)lp->cols || !glp_bf_exists(p))
        return;
    int at = k <= m ? glp_get_row_bind(p, k) : glp_get_col_bind(p, k - m);
    if (at <= 0)
        return;
    double *unit = glp_alloc(m + 1, sizeof *unit);
    for (int i = 1; i <= m; i++)
        unit[i] = 0.0;
    unit[at] = 1.0;
    glp_btran(p, unit);
    memcpy(lp->ray, unit + 1, lp->rows * sizeof *unit);
    glp_free(unit);
    lp->has_ray = park_lp_finite(lp->ray, lp->rows);
}

static void take(attempt *a)
{
    park_lp  *lp = a->lp;
    glp_prob *p  = lp->engine;
    for (size_t j = 0; j < lp->cols; j++) {
        lp->primal[j]  = glp_get_col_prim(p, (int)j + 1);
        lp->reduced[j] = glp_get_col_dual(p, (int)j + 1);
    }
    for (size_t r = 0; r < lp->rows; r++)
        lp->dual[r] = glp_get_row_dual(p, (int)r + 1);
    lp->objective = glp_get_obj_val(p);
    take_basis(lp);
    if (a->status == GLP_NOFEAS)
        take_ray(lp);
}

/* What one attempt amounts to; PARK_LP_FAILED: climb the ladder. */
static park_lp_status verdict(const attempt *a)
{
    const park_lp *lp = a->lp;
    if (a->code == GLP_EITLIM || a->code == GLP_ETMLIM)
        return PARK_LP_LIMIT;
    if (!park_lp_results_finite(lp))
        return PARK_LP_FAILED;
    if (a->code == GLP_EOBJUL)
        return PARK_LP_CUTOFF;
    if (a->code != 0)
        return PARK_LP_FAILED;
    if (a->status == GLP_OPT)
        return park_lp_primal_fits(lp) ? PARK_LP_OPTIMAL : PARK_LP_FAILED;
    if (a->status == GLP_NOFEAS)
        return PARK_LP_INFEASIBLE;
    return a->status == GLP_UNBND ? PARK_LP_UNBOUNDED : PARK_LP_FAILED;
}

park_lp_status park_lp_engine_solve(park_lp *lp, const park_lp_basis *basis, int64_t iteration_limit)
{
    if (!at_home(lp))
        forget(lp);
    for (int step = 0; step < 4; step++) {
        int64_t left = iteration_limit - lp->iterations;
        if (left <= 0)
            return PARK_LP_LIMIT;
        attempt a   = {.lp = lp, .basis = basis, .step = step, .limit = left, .status = GLP_UNDEF};
        lp->has_ray = false;
        if (!guarded(try_step, &a))
            continue; /* the environment went; the next step rebuilds */
        if (a.code == GLP_EBADB || a.code == GLP_ESING || a.code == GLP_ECOND) {
            lp->has_basis = false;
            continue;
        }
        if (!guarded(take, &a))
            continue;
        park_lp_status status = verdict(&a);
        if (status != PARK_LP_FAILED)
            return status;
        lp->has_basis = false;
    }
    return PARK_LP_FAILED;
}
