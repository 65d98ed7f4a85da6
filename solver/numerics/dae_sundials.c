#include "numerics/dae.h"

#include <ida/ida.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_klu.h>
#include <sunmatrix/sunmatrix_sparse.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { STEPS_MOST = 100000, REASON_SIZE = 200 };

struct park_dae {
    park_dae_problem problem;
    SUNContext       context;
    N_Vector         y, yp, atol, scratch, weights;
    SUNMatrix        matrix;
    SUNLinearSolver  solver;
    void            *ida;
    sunindextype    *start, *row; /* the pattern, as KLU wants it */
    size_t          *diagonal;    /* [states] place of each diagonal entry; rate form */
    double           rtol, longest_step;
    size_t           steps_most;
    double           time;
    uint64_t         restarts;
    park_dae_counts  before;              /* counted up to the last restart: IDA counts from zero again */
    char             reason[REASON_SIZE]; /* the library's last message */
};

/* ---- handles: released by the arena, which has freed our own struct by then ---- */

static void context_release(void *handle)
{
    SUNContext context = handle;
    SUNContext_Free(&context);
}

static void vector_release(void *handle)
{
    N_VDestroy((N_Vector)handle);
}

static void matrix_release(void *handle)
{
    SUNMatDestroy((SUNMatrix)handle);
}

static void solver_release(void *handle)
{
    SUNLinSolFree((SUNLinearSolver)handle);
}

static void ida_release(void *handle)
{
    IDAFree(&handle);
}

static park_status adopt(park_arena *arena, void *handle, void (*release)(void *), park_error *err)
{
    if (handle == NULL || park_arena_adopt(arena, handle, release) != PARK_OK)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the integrator");
    return PARK_OK;
}

static park_status vector_new(park_arena *arena, park_dae *dae, N_Vector *vector, park_error *err)
{
    *vector = N_VNew_Serial((sunindextype)dae->problem.states, dae->context);
    return adopt(arena, *vector, vector_release, err);
}

/* ---- callbacks ---- */

static int residual(realtype t, N_Vector y, N_Vector yp, N_Vector r, void *user)
{
    const park_dae *dae = user;
    double         *out = NV_DATA_S(r);
    if (dae->problem.residual != NULL)
        return (int)dae->problem.residual(dae->problem.user, t, NV_DATA_S(y), NV_DATA_S(yp), out);
    int reply = (int)dae->problem.rate(dae->problem.user, t, NV_DATA_S(y), out);
    for (size_t i = 0; i < dae->problem.states; i++)
        out[i] = NV_DATA_S(yp)[i] - out[i];
    return reply;
}

/* IDA zeroes the matrix with its pattern, so both are written. */
static int jacobian(realtype t, realtype cj, N_Vector y, N_Vector yp, N_Vector r, SUNMatrix matrix,
                    void *user, N_Vector w1, N_Vector w2, N_Vector w3)
{
    (void)r, (void)w1, (void)w2, (void)w3;
    const park_dae *dae     = user;
    size_t          n       = dae->problem.states;
    size_t          entries = (size_t)dae->start[n];
    double         *value   = SM_DATA_S(matrix);
    memcpy(SM_INDEXPTRS_S(matrix), dae->start, (n + 1) * sizeof *dae->start);
    memcpy(SM_INDEXVALS_S(matrix), dae->row, entries * sizeof *dae->row);
    memset(value, 0, entries * sizeof *value);
    int reply = (int)dae->problem.jacobian(dae->problem.user, t, cj, NV_DATA_S(y), NV_DATA_S(yp), value);
    if (dae->problem.residual == NULL) {
        for (size_t i = 0; i < entries; i++)
            value[i] = -value[i];
        for (size_t i = 0; i < n; i++)
            value[dae->diagonal[i]] += cj;
    }
    return reply;
}

static int root(realtype t, N_Vector y, N_Vector yp, realtype *g, void *user)
{
    (void)yp;
    const park_dae *dae = user;
    return (int)dae->problem.root(dae->problem.user, t, NV_DATA_S(y), g);
}

/* The library's words are kept for our message instead of being printed. */
static void hear(int code, const char *module, const char *function, char *message, void *user)
{
    (void)module, (void)function;
    park_dae *dae = user;
    if (code < 0)
        snprintf(dae->reason, sizeof dae->reason, "%s", message);
}

/* ---- failures ---- */

/* The state whose local error weighs most. */
static size_t worst_state(const park_dae *dae)
{
    size_t worst = 0;
    double most  = -1.0;
    if (IDAGetEstLocalErrors(dae->ida, dae->scratch) != IDA_SUCCESS ||
        IDAGetErrWeights(dae->ida, dae->weights) != IDA_SUCCESS)
        return 0;
    for (size_t i = 0; i < dae->problem.states; i++) {
        double size = fabs(NV_DATA_S(dae->scratch)[i] * NV_DATA_S(dae->weights)[i]);
        if (size > most || isnan(size)) {
            most  = isnan(size) ? INFINITY : size;
            worst = i;
        }
    }
    return worst;
}

static const char *why(int flag)
{
    switch (flag) {
    case IDA_TOO_MUCH_WORK:
        return "the number of steps is used up";
    case IDA_TOO_MUCH_ACC:
        return "the tolerance is too small for double precision";
    case IDA_ERR_FAIL:
        return "the error stays too large at the smallest step";
    case IDA_CONV_FAIL:
        return "the equations of a step do not converge";
    case IDA_LSETUP_FAIL:
    case IDA_LSOLVE_FAIL:
        return "the linear equations of a step are singular";
    case IDA_RES_FAIL:
    case IDA_REP_RES_ERR:
    case IDA_FIRST_RES_FAIL:
        return "the equations have no value there";
    case IDA_RTFUNC_FAIL:
        return "the event functions have no value there";
    case IDA_LINESEARCH_FAIL:
    case IDA_NO_RECOVERY:
    case IDA_BAD_EWT:
        return "no consistent values are found";
    default:
        return "the integrator refuses";
    }
}

static park_status failed(const park_dae *dae, int flag, double t, park_error *err)
{
    if (flag == IDA_MEM_FAIL || flag == IDA_MEM_NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to integrate %s", dae->problem.what);
    size_t      state = worst_state(dae);
    const char *name =
        dae->problem.state_name == NULL ? NULL : dae->problem.state_name(dae->problem.user, state);
    char number[32];
    snprintf(number, sizeof number, "state %zu", state);
    return PARK_FAIL(err, PARK_E_NUMERIC, "integrating %s fails at %.6g s, worst at %s: %s%s%s",
                     dae->problem.what, t, name == NULL ? number : name, why(flag),
                     dae->reason[0] == '\0' ? "" : "; ", dae->reason);
}

/* ---- making ---- */

static park_status check(const park_dae_problem *problem, const park_dae_settings *settings, park_error *err)
{
    size_t n = problem->states;
    if (n == 0 || problem->pattern == NULL || (size_t)problem->pattern->rows != n ||
        (size_t)problem->pattern->cols != n || problem->jacobian == NULL)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "an integrator needs states and a square pattern of their Jacobian");
    if ((problem->residual == NULL) == (problem->rate == NULL))
        return PARK_FAIL(err, PARK_E_RANGE, "an integrator needs a residual or a rate, not both");
    if (!(settings->rtol > 0.0 && settings->rtol < 1.0) || settings->atol == NULL)
        return PARK_FAIL(err, PARK_E_RANGE, "the relative tolerance is %g; it must lie in (0, 1)",
                         settings->rtol);
    for (size_t i = 0; i < n; i++)
        if (!(settings->atol[i] > 0.0))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "the absolute tolerance of state %zu is %g; it must be above zero", i,
                             settings->atol[i]);
    return PARK_OK;
}

static park_status pattern_copy(park_arena *arena, park_dae *dae, const park_sparse *pattern, park_error *err)
{
    size_t n       = dae->problem.states;
    size_t entries = pattern->start[n];
    dae->start     = PARK_ARRAY(arena, n + 1, sunindextype);
    dae->row       = PARK_ARRAY(arena, entries + 1, sunindextype);
    dae->diagonal  = PARK_ARRAY(arena, n, size_t);
    if (dae->start == NULL || dae->row == NULL || dae->diagonal == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the integrator");
    for (size_t i = 0; i <= n; i++)
        dae->start[i] = (sunindextype)pattern->start[i];
    for (size_t j = 0; j < n; j++) {
        bool found = false;
        for (size_t e = pattern->start[j]; e < pattern->start[j + 1]; e++) {
            dae->row[e] = pattern->index[e];
            if ((size_t)pattern->index[e] == j) {
                dae->diagonal[j] = e;
                found            = true;
            }
        }
        if (!found && dae->problem.rate != NULL)
            return PARK_FAIL(err, PARK_E_RANGE, "the pattern lacks the diagonal entry of state %zu", j);
    }
    return PARK_OK;
}

static park_status handles_make(park_arena *arena, park_dae *dae, park_error *err)
{
    size_t n = dae->problem.states;
    if (SUNContext_Create(NULL, &dae->context) != 0)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the integrator");
    PARK_TRY(adopt(arena, dae->context, context_release, err));
    PARK_TRY(vector_new(arena, dae, &dae->y, err));
    PARK_TRY(vector_new(arena, dae, &dae->yp, err));
    PARK_TRY(vector_new(arena, dae, &dae->atol, err));
    PARK_TRY(vector_new(arena, dae, &dae->scratch, err));
    PARK_TRY(vector_new(arena, dae, &dae->weights, err));
    dae->matrix = SUNSparseMatrix((sunindextype)n, (sunindextype)n, dae->start[n] > 0 ? dae->start[n] : 1,
                                  CSC_MAT, dae->context);
    PARK_TRY(adopt(arena, dae->matrix, matrix_release, err));
    dae->solver = SUNLinSol_KLU(dae->y, dae->matrix, dae->context);
    PARK_TRY(adopt(arena, dae->solver, solver_release, err));
    dae->ida = IDACreate(dae->context);
    return adopt(arena, dae->ida, ida_release, err);
}

static park_status configure(park_dae *dae, double t, park_error *err)
{
    void *ida  = dae->ida;
    int   flag = IDAInit(ida, residual, t, dae->y, dae->yp);
    if (flag == IDA_SUCCESS)
        flag = IDASetErrHandlerFn(ida, hear, dae);
    if (flag == IDA_SUCCESS)
        flag = IDASetUserData(ida, dae);
    if (flag == IDA_SUCCESS)
        flag = IDASVtolerances(ida, dae->rtol, dae->atol);
    if (flag == IDA_SUCCESS)
        flag = IDASetLinearSolver(ida, dae->solver, dae->matrix);
    if (flag == IDA_SUCCESS)
        flag = IDASetJacFn(ida, jacobian);
    if (flag == IDA_SUCCESS && dae->problem.roots > 0)
        flag = IDARootInit(ida, (int)dae->problem.roots, root);
    if (flag == IDA_SUCCESS)
        flag = IDASetNoInactiveRootWarn(ida);
    if (flag == IDA_SUCCESS)
        flag = IDASetMaxNumSteps(ida, (long)dae->steps_most); /* the library's word for its counts */
    if (flag == IDA_SUCCESS && dae->longest_step > 0.0)
        flag = IDASetMaxStep(ida, dae->longest_step);
    if (flag == IDA_SUCCESS && dae->problem.algebraic != NULL) {
        for (size_t i = 0; i < dae->problem.states; i++)
            NV_DATA_S(dae->scratch)[i] = dae->problem.algebraic[i] ? 0.0 : 1.0;
        flag = IDASetId(ida, dae->scratch);
    }
    return flag == IDA_SUCCESS ? PARK_OK : failed(dae, flag, t, err);
}

static park_status load(park_dae *dae, double t, const double *y, const double *yp, park_error *err)
{
    size_t  n  = dae->problem.states;
    double *to = NV_DATA_S(dae->yp);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(y[i]) || (yp != NULL && !isfinite(yp[i])))
            return PARK_FAIL(err, PARK_E_NUMERIC, "%s: state %zu is not finite at %.6g s", dae->problem.what,
                             i, t);
    memcpy(NV_DATA_S(dae->y), y, n * sizeof *y);
    if (yp != NULL) {
        memcpy(to, yp, n * sizeof *yp);
    } else if (dae->problem.rate != NULL) {
        if (dae->problem.rate(dae->problem.user, t, y, to) != PARK_DAE_FINE)
            return PARK_FAIL(err, PARK_E_NUMERIC, "%s has no rate at %.6g s", dae->problem.what, t);
    } else {
        memset(to, 0, n * sizeof *to);
    }
    dae->time      = t;
    dae->reason[0] = '\0';
    return PARK_OK;
}

park_status park_dae_new(park_arena *arena, const park_dae_problem *problem,
                         const park_dae_settings *settings, double t, const double *y, const double *yp,
                         park_dae **dae, park_error *err)
{
    *dae = NULL;
    PARK_TRY(check(problem, settings, err));
    park_dae *made = PARK_NEW(arena, park_dae);
    if (made == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the integrator");
    made->problem      = *problem;
    made->rtol         = settings->rtol;
    made->longest_step = settings->longest_step;
    made->steps_most   = settings->steps_most == 0 ? STEPS_MOST : settings->steps_most;
    PARK_TRY(pattern_copy(arena, made, problem->pattern, err));
    PARK_TRY(handles_make(arena, made, err));
    memcpy(NV_DATA_S(made->atol), settings->atol, problem->states * sizeof(double));
    PARK_TRY(load(made, t, y, yp, err));
    PARK_TRY(configure(made, t, err));
    if (settings->first_step > 0.0 && IDASetInitStep(made->ida, settings->first_step) != IDA_SUCCESS)
        return PARK_FAIL(err, PARK_E_RANGE, "a first step of %g s is refused", settings->first_step);
    *dae = made;
    return PARK_OK;
}

park_status park_dae_restart(park_dae *dae, double t, const double *y, const double *yp, double first_step,
                             park_error *err)
{
    dae->before = park_dae_counted(dae);
    PARK_TRY(load(dae, t, y, yp, err));
    int flag = IDAReInit(dae->ida, t, dae->y, dae->yp);
    if (flag == IDA_SUCCESS)
        flag = IDASetInitStep(dae->ida, first_step > 0.0 ? first_step : 0.0);
    if (flag != IDA_SUCCESS)
        return failed(dae, flag, t, err);
    dae->restarts++;
    return PARK_OK;
}

park_status park_dae_consistent(park_dae *dae, double ahead, double *y, double *yp, park_error *err)
{
    size_t n    = dae->problem.states;
    int    flag = dae->problem.algebraic != NULL ? IDACalcIC(dae->ida, IDA_YA_YDP_INIT, ahead)
                                                 : IDACalcIC(dae->ida, IDA_Y_INIT, ahead);
    if (flag == IDA_SUCCESS)
        flag = IDAGetConsistentIC(dae->ida, dae->y, dae->yp);
    if (flag != IDA_SUCCESS)
        return failed(dae, flag, dae->time, err);
    memcpy(y, NV_DATA_S(dae->y), n * sizeof *y);
    memcpy(yp, NV_DATA_S(dae->yp), n * sizeof *yp);
    return PARK_OK;
}

park_status park_dae_advance(park_dae *dae, double stop, bool one_step, double *reached, double *y,
                             park_dae_outcome *outcome, park_error *err)
{
    if (!(stop > dae->time))
        return PARK_FAIL(err, PARK_E_RANGE, "the stop at %.9g s is not after %.9g s", stop, dae->time);
    double t    = dae->time;
    int    flag = IDASetStopTime(dae->ida, stop);
    if (flag == IDA_SUCCESS)
        flag = IDASolve(dae->ida, stop, &t, dae->y, dae->yp, one_step ? IDA_ONE_STEP : IDA_NORMAL);
    if (flag < 0)
        return failed(dae, flag, t, err);
    dae->time = t;
    *reached  = t;
    memcpy(y, NV_DATA_S(dae->y), dae->problem.states * sizeof *y);
    *outcome = flag == IDA_ROOT_RETURN                 ? PARK_DAE_AT_ROOT
               : flag == IDA_TSTOP_RETURN || t >= stop ? PARK_DAE_AT_STOP
                                                       : PARK_DAE_AFTER_STEP;
    return PARK_OK;
}

park_status park_dae_fired(const park_dae *dae, int *sign, park_error *err)
{
    if (dae->problem.roots == 0)
        return PARK_OK;
    int flag = IDAGetRootInfo(dae->ida, sign);
    return flag == IDA_SUCCESS ? PARK_OK : failed(dae, flag, dae->time, err);
}

park_status park_dae_dense(const park_dae *dae, double t, int derivative, double *y, park_error *err)
{
    int flag =
        t <= dae->time ? IDAGetDky(dae->ida, t, derivative, dae->scratch) : IDA_BAD_T; /* never beyond */
    if (flag != IDA_SUCCESS)
        return PARK_FAIL(err, PARK_E_RANGE, "time %.9g s lies outside the last step of %s", t,
                         dae->problem.what);
    memcpy(y, NV_DATA_S(dae->scratch), dae->problem.states * sizeof *y);
    return PARK_OK;
}

park_dae_counts park_dae_counted(const park_dae *dae)
{
    park_dae_counts counts = dae->before;
    /* the library counts in its own word */
    long steps = 0, evaluations = 0, jacobians = 0, roots = 0, failures = 0;
    (void)IDAGetNumSteps(dae->ida, &steps);
    (void)IDAGetNumResEvals(dae->ida, &evaluations);
    (void)IDAGetNumJacEvals(dae->ida, &jacobians);
    (void)IDAGetNumErrTestFails(dae->ida, &failures);
    if (dae->problem.roots > 0)
        (void)IDAGetNumGEvals(dae->ida, &roots);
    counts.steps += (uint64_t)steps;
    counts.evaluations += (uint64_t)evaluations;
    counts.jacobians += (uint64_t)jacobians;
    counts.root_evaluations += (uint64_t)roots;
    counts.error_failures += (uint64_t)failures;
    counts.restarts = dae->restarts;
    return counts;
}
