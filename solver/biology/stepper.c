#include "biology/stepper.h"

#include "biology/layout.h"
#include "biology/method.h"

#include "base/lu.h"

#include <math.h>
#include <string.h>

enum {
    STAGES        = PARK_METHOD_STAGES,
    NEWTON_MOST   = 14,
    ANEW_MOST     = 4,
    FAILURES_MOST = 40,
    CALM          = 3,
    NAME_SIZE     = 48
};

static const double GAMMA         = PARK_METHOD_GAMMA;
static const double NEWTON        = 0.1; /* of a step's tolerance: how well its equations are solved */
static const double MIXED_BELOW   = 20.0 / 86400.0;
static const double SLOW          = 0.5;  /* rounds that gain less than half */
static const double SHORTEST      = 1e-4; /* [s] */
static const double LAYERS_LOOSER = 25.0;
static const double NEGATIVE      = 10.0; /* absolute tolerances below zero: a step too long */

struct park_sludge_stepper {
    const park_sludge_form *form;
    park_method             method;
    double                 *weight; /* [n] 1/tolerance of a state; 0: it does not count */
    double                 *floor;  /* [n] absolute tolerances */
    double                 *slope, *stage[STAGES], *rate[STAGES], *known, *rest, *change, *next; /* [n] */
    park_sparse             matrix;
    park_lu                *lu;
    double                  tolerance;
    size_t                  worst;    /* state that failed a step */
    bool                    moved_on; /* the matrix is of a later point than the start of the step */
};

park_status park_sludge_stepper_new(park_arena *arena, const park_sludge_form *form, double tolerance,
                                    park_sludge_stepper **stepper, park_error *err)
{
    park_sludge_stepper *s = PARK_NEW(arena, park_sludge_stepper);
    size_t               n = form->states, entries = form->pattern.start[n];
    *stepper = NULL;
    if (!(tolerance > 0.0 && tolerance < 1.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the tolerance of a sludge plant is %g; it must lie in (0, 1)",
                         tolerance);
    if (s == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to carry a sludge plant");
    s->form            = form;
    s->tolerance       = tolerance;
    s->matrix          = form->pattern;
    s->matrix.value    = PARK_ARRAY(arena, entries, double);
    s->slope           = PARK_ARRAY(arena, entries, double);
    double **columns[] = {&s->weight,   &s->floor,    &s->known,    &s->rest,    &s->change,  &s->next,
                          &s->stage[0], &s->stage[1], &s->stage[2], &s->rate[0], &s->rate[1], &s->rate[2]};
    bool     ok        = s->matrix.value != NULL && s->slope != NULL;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        *columns[i] = PARK_ARRAY(arena, n, double);
        ok          = ok && *columns[i] != NULL;
    }
    if (!ok)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to carry a sludge plant");
    park_sludge_tolerances(form, s->floor);
    for (size_t i = 0; i < n; i++)
        s->floor[i] *= fmin(10.0, fmax(1.0, tolerance / 1e-5));
    s->method = park_method_weights();
    PARK_TRY(park_lu_new(arena, &form->pattern, &s->lu, err));
    *stepper = s;
    return PARK_OK;
}

/* ---- one step ---- */

static bool signless(const park_sludge_form *f, size_t i)
{
    return i >= f->control_at ||
           (i < f->settler_at ? i : i - f->settler_at) % PARK_ASM1_COMPONENTS == PARK_SALK;
}

/* A blanket that moves through the layers of a settler is seen by nobody: they count less. What a controller remembers follows the
 * oxygen and does not count at all. */
static void weights_set(park_sludge_stepper *s, const double *y)
{
    const park_sludge_form *f = s->form;
    for (size_t i = 0; i < f->states; i++) {
        bool   layer = i >= f->settler_at && i < f->control_at;
        double loose = layer ? LAYERS_LOOSER : 1.0;
        s->weight[i] = i >= f->control_at ? 0.0 : 1.0 / (loose * (s->tolerance * fabs(y[i]) + s->floor[i]));
    }
}

static double norm(park_sludge_stepper *s, const double *change)
{
    double most = 0.0;
    for (size_t i = 0; i < s->form->states; i++) {
        double size = fabs(change[i]) * s->weight[i];
        if (!(size <= most)) {
            most     = isnan(size) ? INFINITY : size;
            s->worst = i;
        }
    }
    return most;
}

/* 1/(h gamma) - J, factored. */
static park_status factor(park_sludge_stepper *s, double h, park_error *err)
{
    park_sparse *m = &s->matrix;
    for (int32_t j = 0; j < m->cols; j++)
        for (size_t e = m->start[j]; e < m->start[j + 1]; e++)
            m->value[e] = (m->index[e] == j ? 1.0 / (h * GAMMA) : 0.0) - s->slope[e];
    return park_lu_factor_again(s->lu, m, err);
}

/* Stage k by Newton's method with one matrix: false when it does not come to rest. Eq. (B42). */
static bool stage(park_sludge_stepper *s, const park_sludge_inflow *in, const double *y, double h, size_t k)
{
    size_t  n = s->form->states;
    double *x = s->stage[k], last = INFINITY;
    int     anew = 0; /* times that the matrix was made again */
    for (size_t i = 0; i < n; i++) {
        s->known[i] = y[i];
        for (size_t j = 0; j < k; j++)
            s->known[i] += h * s->method.a[k][j] * s->rate[j][i];
        x[i] = k == 0 ? y[i] : s->stage[k - 1][i];
    }
    for (int round = 0; round < NEWTON_MOST; round++) {
        park_sludge_rates(s->form, in, x, s->rate[k]);
        for (size_t i = 0; i < n; i++)
            s->rest[i] = s->rate[k][i] + (s->known[i] - x[i]) / (h * GAMMA);
        if (park_lu_apply(s->lu, s->rest, s->change, NULL) != PARK_OK)
            return false;
        double moved = norm(s, s->change);
        for (size_t i = 0; i < n; i++)
            x[i] += s->change[i];
        double pace = moved / last; /* how much each round still moves of the one before */
        if (!(moved < 1e8) || (round > 2 && pace > 2.0 && anew == ANEW_MOST))
            return false;
        if (round > 0 && pace > SLOW && moved > NEWTON &&
            anew < ANEW_MOST) { /* across a kink of the settler: slopes of here */
            park_sludge_jacobian(s->form, in, x, s->slope);
            if (factor(s, h, NULL) != PARK_OK)
                return false;
            anew++;
            s->moved_on = true;
            last        = INFINITY;
            continue;
        }
        if (moved <= 1e-3 * NEWTON || (isfinite(last) && moved * pace / (1.0 - fmin(pace, 0.5)) <= NEWTON)) {
            park_sludge_rates(s->form, in, x, s->rate[k]);
            return true;
        }
        last = moved;
    }
    return false;
}

/* Eq. (B43): state at the end and relative error; INFINITY where a state would fall below zero. */
static double finish(park_sludge_stepper *s, const double *y, double h)
{
    size_t n     = s->form->states;
    bool   below = false;
    for (size_t i = 0; i < n; i++) {
        double sum = 0.0, error = 0.0;
        for (int k = 0; k < STAGES; k++) {
            sum += s->method.a[STAGES - 1][k] * s->rate[k][i];
            error += s->method.difference[k] * s->rate[k][i];
        }
        s->next[i] = y[i] + h * sum;
        s->rest[i] = error / GAMMA; /* solved with 1/(h gamma) - J: stiff states do not cry wolf */
        if (!signless(s->form, i) && s->next[i] < fmin(0.0, y[i]) - NEGATIVE * s->floor[i]) {
            below    = true;
            s->worst = i;
        }
    }
    if (below || park_lu_apply(s->lu, s->rest, s->change, NULL) != PARK_OK)
        return INFINITY;
    return norm(s, s->change);
}

/* ---- sums, Eq. (B44) ---- */

static void add(const park_sludge_stepper *s, const park_sludge_inflow *in, double seconds, const double *y,
                park_sludge_passed *passed)
{
    const park_sludge_form  *f = s->form;
    const park_sludge_plant *p = &f->plant;
    park_sludge_totals      *t = &passed->totals;
    park_sludge_stream       effluent, waste;
    double                   rho[PARK_ASM1_PROCESSES], made[PARK_ASM1_COMPONENTS];
    park_sludge_leaving(f, in, y, &effluent, &waste);
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++) {
        t->left[k] += seconds * effluent.flow * effluent.conc[k];
        t->wasted[k] += seconds * waste.flow * waste.conc[k];
        t->entered[k] += seconds * in->flow * in->conc[k];
    }
    for (size_t i = 0; i < p->tanks; i++) {
        const double *c   = y + tank_at(i, 0);
        double        kla = park_sludge_kla(f, y, i), volume = p->tank[i].volume;
        park_asm1_processes(&p->kinetics, c, rho);
        park_asm1_reaction(&f->matrix, rho, made);
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
            passed->reacted[k] += seconds * volume * made[k];
        t->transfer += seconds * kla * volume;
        t->oxygen += seconds * kla * volume * (p->oxygen_saturation - c[PARK_SO]);
        t->unaerated += kla < MIXED_BELOW ? seconds * volume : 0.0;
    }
}

static void accept(park_sludge_stepper *s, const park_sludge_inflow *in, double h, double *y,
                   park_sludge_passed *passed)
{
    park_sludge_totals *t = &passed->totals;
    for (int k = 0; k < STAGES; k++)
        add(s, in, h * s->method.a[STAGES - 1][k], s->stage[k], passed);
    t->seconds += h;
    t->inflow += h * in->flow;
    t->effluent += h * (in->flow - s->form->plant.wasted);
    t->waste += h * s->form->plant.wasted;
    memcpy(y, s->next, s->form->states * sizeof *y);
}

/* What of each solid is there, and has come less what has gone and been made. */
static void balance(const park_sludge_stepper *s, const double *y, const park_sludge_passed *passed,
                    double *rest)
{
    const park_sludge_totals *t = &passed->totals;
    park_sludge_held(s->form, y, rest);
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
        rest[k] -= t->entered[k] + passed->reacted[k] - t->left[k] - t->wasted[k];
}

static park_status stuck(const park_sludge_stepper *s, double h, park_error *err)
{
    char name[NAME_SIZE];
    park_sludge_state_name(s->form, s->worst, name, sizeof name);
    return PARK_FAIL(err, PARK_E_NUMERIC, "%s cannot be carried on (step %g s)", name, h);
}

static park_status go(park_sludge_stepper *s, const park_sludge_inflow *in, double span, double *y,
                      double *step, park_sludge_passed *passed, park_error *err)
{
    double done = 0.0, h = *step > 0.0 ? *step : 60.0, factored = 0.0;
    bool   fresh    = false;       /* slopes are those of y */
    int    failures = 0, calm = 0; /* steps to take before they grow again as they like */
    if (!isfinite(in->flow) || in->flow < s->form->plant.wasted || in->flow < 0.0)
        return PARK_FAIL(err, PARK_E_RANGE, "the inflow is %g m3/s and less than the %g m3/s that are wasted",
                         in->flow, s->form->plant.wasted);
    park_lu_forget(s->lu); /* nothing is remembered between stretches */
    while (done < span) {
        bool   last  = h >= (span - done) * (1.0 - 1e-9);
        double taken = last ? span - done : h, error = INFINITY;
        if (!fresh) {
            park_sludge_jacobian(s->form, in, y, s->slope);
            fresh = true, factored = 0.0;
        }
        weights_set(s, y);
        bool ready  = taken == factored || factor(s, taken, NULL) == PARK_OK;
        factored    = ready ? taken : 0.0;
        s->moved_on = false;
        for (size_t k = 0; ready && k < STAGES; k++)
            ready = stage(s, in, y, taken, k);
        if (ready)
            error = finish(s, y, taken);
        if (!(error <= 1.0)) {
            if (++failures > FAILURES_MOST || taken <= SHORTEST)
                return stuck(s, taken, err);
            fresh = fresh && !s->moved_on;
            calm  = CALM;
            h     = taken * (isfinite(error) ? fmax(0.2, 0.85 * cbrt(1.0 / error)) : 0.25);
            continue;
        }
        accept(s, in, taken, y, passed);
        failures    = 0;
        calm        = calm > 0 ? calm - 1 : 0;
        fresh       = false;
        done        = last ? span : done + taken;
        double grow = fmin(calm > 0 ? 1.5 : 3.0, fmax(0.3, 0.85 * cbrt(1.0 / fmax(error, 1e-6))));
        h           = !last || grow < 1.0 ? taken * grow : fmax(h, taken * grow);
    }
    *step = h;
    return PARK_OK;
}

/* Solids that have the composition of the last tank change it with that tank, all of them at once: no flow does that. Eq. (B70) */
park_status park_sludge_stepper_go(park_sludge_stepper *s, const park_sludge_inflow *in, double span,
                                   double *y, double *step, park_sludge_passed *passed, park_error *err)
{
    double before[PARK_ASM1_COMPONENTS], after[PARK_ASM1_COMPONENTS];
    bool   relabels = settles(s->form) && !carried(s->form);
    if (!relabels)
        return go(s, in, span, y, step, passed, err);
    balance(s, y, passed, before);
    PARK_TRY(go(s, in, span, y, step, passed, err));
    balance(s, y, passed, after);
    for (size_t i = 0; i < SOLIDS; i++)
        passed->relabelled[SOLID[i]] += after[SOLID[i]] - before[SOLID[i]];
    return PARK_OK;
}
