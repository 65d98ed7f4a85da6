#include "biology/steady.h"

#include "biology/march.h"

#include "base/lu.h"

#include <math.h>
#include <string.h>

enum { STEPS_MOST = 250, MARCHES_MOST = 4 };

static const double DAY        = 86400.0;
static const double FIRST_STEP = 20.0, LONGEST_STEP = 1e15, SHORTEST_STEP = 1e-6; /* [s] */
static const double YEAR  = 365.0;                                                /* [d] */
static const double STILL = 1e-10; /* relative change per day */
static const double SMALL = 1e-3;  /* concentration against which changes of a step are seen [kg/m3] */
static const double CALM  = 0.2,
                    WILD  = 0.8; /* change of a step that makes the next longer; that is too much */

typedef struct search_work {
    const park_sludge_form   *form;
    const park_sludge_inflow *in;
    park_sparse               matrix;
    park_lu                  *lu;
    double                   *slope, *rate, *change, *atol;
} search_work;

static park_status work_make(park_arena *arena, const park_sludge_form *form, search_work *w, park_error *err)
{
    size_t n = form->states, entries = form->pattern.start[n];
    w->matrix       = form->pattern;
    w->matrix.value = PARK_ARRAY(arena, entries, double);
    w->slope        = PARK_ARRAY(arena, entries, double);
    w->rate         = PARK_ARRAY(arena, n, double);
    w->change       = PARK_ARRAY(arena, n, double);
    w->atol         = PARK_ARRAY(arena, n, double);
    if (!w->matrix.value || !w->slope || !w->rate || !w->change || !w->atol)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to look for a steady state");
    park_sludge_tolerances(form, w->atol);
    return park_lu_new(arena, &form->pattern, &w->lu, err);
}

/* Alkalinity may run out and below, a controller's memory has either sign. */
static bool signless(const park_sludge_form *f, size_t state)
{
    if (state >= f->control_at)
        return true;
    if (state < f->settler_at)
        return state % PARK_ASM1_COMPONENTS == PARK_SALK;
    size_t slot = (state - f->settler_at) % f->settler_width;
    return f->settler_width == PARK_ASM1_COMPONENTS ? slot == PARK_SALK : slot == 6;
}

static double unrest(const search_work *w, const double *y)
{
    double most = 0.0;
    for (size_t i = 0; i < w->form->states; i++)
        most = fmax(most, fabs(w->rate[i]) * DAY / (fabs(y[i]) + w->atol[i]));
    return most;
}

/* One linearly implicit step: (1/dt - J) change = rate. Eq. (B20). */
static park_status solve(search_work *w, double step, park_error *err)
{
    const park_sparse *a = &w->matrix;
    for (int32_t j = 0; j < a->cols; j++)
        for (size_t e = a->start[j]; e < a->start[j + 1]; e++)
            a->value[e] = (a->index[e] == j ? 1.0 / step : 0.0) - w->slope[e];
    PARK_TRY(park_lu_factor(w->lu, a, err));
    return park_lu_solve(w->lu, w->rate, w->change, err);
}

/* How far the step goes, against what is there: infinite when a state would fall below zero. */
static double reach(const search_work *w, const double *y)
{
    double most = 0.0;
    for (size_t i = 0; i < w->form->states; i++) {
        double far = fabs(w->change[i]);
        if (i >= w->form->control_at) /* what the controller remembers may jump */
            continue;
        if (!signless(w->form, i) && y[i] + w->change[i] < -w->atol[i])
            return INFINITY;
        most = fmax(most, far / (fabs(y[i]) + SMALL));
    }
    return most;
}

static void take(const search_work *w, double *y)
{
    for (size_t i = 0; i < w->form->states; i++) {
        double to = y[i] + w->change[i];
        y[i]      = signless(w->form, i) ? to : fmax(to, 0.1 * y[i]); /* what is used up fades away */
    }
}

/* From y by growing steps; `found` when it stands still. */
static park_status settle(search_work *w, double *y, park_sludge_search *seen, bool *found, park_error *err)
{
    double step = FIRST_STEP;
    size_t most = seen->steps + seen->refused + STEPS_MOST;
    for (*found = false; seen->steps + seen->refused < most && step > SHORTEST_STEP;) {
        park_sludge_rates(w->form, w->in, y, w->rate);
        seen->rest = unrest(w, y);
        *found     = seen->rest < STILL;
        if (*found)
            break;
        park_sludge_jacobian(w->form, w->in, y, w->slope);
        double      far    = INFINITY;
        park_status solved = solve(w, step, err);
        if (solved == PARK_E_MEMORY)
            return solved;
        if (solved == PARK_OK)
            far = reach(w, y);
        if (!(far <= WILD)) {
            step *= 0.25;
            seen->refused++;
            continue;
        }
        take(w, y);
        seen->steps++;
        step = fmin(LONGEST_STEP, step * (far < 0.1 * CALM ? 10.0 : far < CALM ? 3.0 : 1.2));
    }
    return PARK_OK;
}

/* Eq. (B20). */
park_status park_sludge_steady(park_arena *arena, const park_sludge_form *form, const park_sludge_inflow *in,
                               double *y, park_sludge_search *search, park_error *err)
{
    search_work        w     = {.form = form, .in = in};
    park_sludge_search seen  = {0};
    const double       start = 0.0;
    double            *own   = PARK_ARRAY(arena, form->states, double);
    bool               found = false;
    PARK_TRY(park_sludge_inflow_check(form, in, err));
    PARK_TRY(work_make(arena, form, &w, err));
    if (own == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to look for a steady state");
    memcpy(own, y, form->states * sizeof *y);
    PARK_TRY(settle(&w, y, &seen, &found, err));
    for (double days = YEAR; !found && seen.marches < MARCHES_MOST && isfinite(seen.rest); days *= 3.0) {
        park_sludge_series         held  = {1, &start, in};
        park_sludge_march_settings loose = {.rtol = 1e-4};
        PARK_TRY(park_sludge_march(arena, form, &held, &loose, 0.0, days * DAY, own, NULL, NULL, err));
        seen.marches++;
        memcpy(y, own, form->states * sizeof *y);
        PARK_TRY(settle(&w, y, &seen, &found, err));
    }
    if (search != NULL)
        *search = seen;
    if (!found)
        return PARK_FAIL(
            err, PARK_E_NUMERIC,
            "the sludge plant finds no steady state: after %zu steps it still changes by %.3g a day",
            seen.steps, seen.rest);
    return PARK_OK;
}
