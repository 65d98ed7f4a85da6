#include "biology/march.h"

#include <math.h>
#include <string.h>

enum { NAME_SIZE = 48 };

static const double RTOL = 1e-5;
static const double MIXED_BELOW =
    20.0 / 86400.0; /* less oxygen transfer than this does not mix a tank [1/s] */

typedef struct marching {
    const park_sludge_form           *form;
    const park_sludge_series         *series;
    const park_sludge_march_settings *settings;
    const park_sludge_inflow         *in;
    park_sludge_totals               *totals;
    double                           *y, *middle, *before;
    char                             *name; /* [NAME_SIZE] */
} marching;

static park_dae_reply rate(void *user, double t, const double *y, double *f)
{
    const marching *m = user;
    (void)t;
    park_sludge_rates(m->form, m->in, y, f);
    return PARK_DAE_FINE;
}

static park_dae_reply jacobian(void *user, double t, double cj, const double *y, const double *yp,
                               double *value)
{
    const marching *m = user;
    (void)t, (void)cj, (void)yp;
    park_sludge_jacobian(m->form, m->in, y, value);
    return PARK_DAE_FINE;
}

static const char *state_name(const void *user, size_t state)
{
    const marching *m = user;
    park_sludge_state_name(m->form, state, m->name, NAME_SIZE);
    return m->name;
}

/* ---- totals: Eq. (B23) ---- */

static void add_moment(const marching *m, const double *y, double seconds)
{
    park_sludge_totals      *t = m->totals;
    const park_sludge_plant *p = &m->form->plant;
    park_sludge_stream       effluent, waste;
    park_sludge_leaving(m->form, m->in, y, &effluent, &waste);
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++) {
        t->left[k] += seconds * effluent.flow * effluent.conc[k];
        t->wasted[k] += seconds * waste.flow * waste.conc[k];
    }
    for (size_t i = 0; i < p->tanks; i++) {
        double kla = park_sludge_kla(m->form, y, i), volume = p->tank[i].volume;
        double gap = p->oxygen_saturation - y[i * PARK_ASM1_COMPONENTS + PARK_SO];
        t->transfer += seconds * kla * volume;
        t->oxygen += seconds * kla * volume * gap;
        t->unaerated += kla < MIXED_BELOW ? seconds * volume : 0.0;
    }
}

/* Over a step from `before` by its middle to y. */
static void add_step(const marching *m, double seconds)
{
    park_sludge_totals *t = m->totals;
    add_moment(m, m->before, seconds / 6.0);
    add_moment(m, m->middle, seconds * 4.0 / 6.0);
    add_moment(m, m->y, seconds / 6.0);
    t->seconds += seconds;
    t->inflow += seconds * m->in->flow;
    t->effluent += seconds * (m->in->flow - m->form->plant.wasted);
    t->waste += seconds * m->form->plant.wasted;
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
        t->entered[k] += seconds * m->in->flow * m->in->conc[k];
}

/* ---- the march ---- */

static park_status check(const marching *m, double start, double end, park_error *err)
{
    const park_sludge_series *s = m->series;
    if (s->count == 0 || !(start >= s->time[0]) || !(end > start))
        return PARK_FAIL(err, PARK_E_RANGE, "a march from %g s to %g s lies outside its series", start, end);
    for (size_t i = 0; i < s->count; i++) {
        if (i > 0 && !(s->time[i] > s->time[i - 1]))
            return PARK_FAIL(err, PARK_E_RANGE, "the times of an inflow must rise: %g s after %g s",
                             s->time[i], s->time[i - 1]);
        PARK_TRY(park_sludge_inflow_check(m->form, &s->inflow[i], err));
    }
    if (!(m->settings->every >= 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "looks every %g s", m->settings->every);
    return PARK_OK;
}

/* To `stop` under one inflow. */
static park_status stretch(marching *m, park_dae *dae, double from, double stop, park_error *err)
{
    size_t           bytes = m->form->states * sizeof(double);
    double           t     = from;
    park_dae_outcome outcome;
    bool             books = m->totals != NULL && from >= m->settings->totals_from;
    while (t < stop) {
        double was = t;
        memcpy(m->before, m->y, bytes);
        PARK_TRY(park_dae_advance(dae, stop, books, &t, m->y, &outcome, err));
        if (!books)
            continue;
        PARK_TRY(park_dae_dense(dae, 0.5 * (was + t), 0, m->middle, err));
        add_step(m, t - was);
    }
    return PARK_OK;
}

static double earlier(double a, double b, double now)
{
    return b > now && b < a ? b : a;
}

static park_status go(marching *m, park_dae *dae, double start, double end, park_error *err)
{
    const park_sludge_series *s = m->series;
    size_t                    i = 0, looks = 0;
    double                    t = start, every = m->settings->every, opened = NAN;
    while (t < end) {
        bool jumps = false;
        while (i + 1 < s->count && s->time[i + 1] <= t) {
            i++;
            jumps = true;
        }
        m->in = &s->inflow[i];
        if (jumps && t > start)
            PARK_TRY(park_dae_restart(dae, t, m->y, NULL, 0.0, err));
        if (every > 0.0 && t >= start + (double)looks * every) {
            looks++;
            if (m->settings->seen != NULL)
                m->settings->seen(m->settings->user, t, m->in, m->y);
        }
        if (m->totals != NULL && t >= m->settings->totals_from && isnan(opened))
            opened = park_sludge_solids(m->form, m->y);
        double stop = earlier(end, m->settings->totals_from, t);
        stop        = i + 1 < s->count ? earlier(stop, s->time[i + 1], t) : stop;
        stop        = every > 0.0 ? earlier(stop, start + (double)looks * every, t) : stop;
        PARK_TRY(stretch(m, dae, t, stop, err));
        t = stop;
    }
    if (m->totals != NULL && !isnan(opened))
        m->totals->solids_change = park_sludge_solids(m->form, m->y) - opened;
    return PARK_OK;
}

park_status park_sludge_march(park_arena *arena, const park_sludge_form *form,
                              const park_sludge_series *series, const park_sludge_march_settings *settings,
                              double start, double end, double *y, park_sludge_totals *totals,
                              park_dae_counts *counts, park_error *err)
{
    size_t   n    = form->states;
    double  *atol = PARK_ARRAY(arena, n, double);
    char     name[NAME_SIZE];
    marching m = {
        .form = form, .series = series, .settings = settings, .totals = totals, .y = y, .name = name};
    m.middle = PARK_ARRAY(arena, n, double);
    m.before = PARK_ARRAY(arena, n, double);
    if (atol == NULL || m.middle == NULL || m.before == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to march a sludge plant");
    PARK_TRY(check(&m, start, end, err));
    if (totals != NULL)
        *totals = (park_sludge_totals){0};
    double rtol = settings->rtol > 0.0 ? settings->rtol : RTOL;
    park_sludge_tolerances(form, atol);
    for (size_t k = 0; k < n; k++)
        atol[k] *= fmin(1.0, rtol / RTOL);
    size_t i = 0;
    while (i + 1 < series->count && series->time[i + 1] <= start)
        i++;
    m.in                       = &series->inflow[i];
    park_dae_problem  problem  = {.what       = "an activated sludge plant",
                                  .states     = n,
                                  .user       = &m,
                                  .rate       = rate,
                                  .pattern    = &form->pattern,
                                  .jacobian   = jacobian,
                                  .state_name = state_name};
    park_dae_settings stepping = {.rtol = rtol, .atol = atol};
    park_dae         *dae      = NULL;
    PARK_TRY(park_dae_new(arena, &problem, &stepping, start, y, NULL, &dae, err));
    park_status status = go(&m, dae, start, end, err);
    if (counts != NULL)
        *counts = park_dae_counted(dae);
    return status;
}
