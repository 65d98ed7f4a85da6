/*
 * Stages of a solution:
 *   pose      which masters and species take part, constants at the temperature
 *   strength  ionic strength is bracketed; for each trial of it and of the water's activity
 *   settle      which minerals are held (active set), and for each set
 *   descend       Newton with decrease on the convex function, in the null space of the held phases
 *   answer    molalities, saturation, what is left
 */
#include "chemistry/equilibrium.h"

#include "base/dense.h"
#include "chemistry/activity.h"

#include <math.h>
#include <string.h>

enum {
    MASTERS = PARK_AQ_COMPONENTS + 1, /* without water */
    HELD    = PARK_CONTACTS + 1,      /* contacts and the pH */
    SYSTEM  = MASTERS + HELD,
    STEPS   = 400, /* Newton steps of one descent; a few dozen are usual */
    CHANGES = 64,  /* of the set of held phases */
    TRIALS  = 200  /* of the ionic strength */
};

static const double LN10      = 2.302585092994046;
static const double MOST      = 6.0;   /* ionic strength [mol/kg] */
static const double LONGEST   = 4.0;   /* step of a logarithm */
static const double SETTLED   = 1e-11; /* last step of the logarithms */
static const double SATURATED = 1e-9;  /* excess of a logarithm that counts as supersaturation */
static const double NOTHING   = 1e-16; /* [mol/kg] amount that counts as none */
static const double OSMOTIC   = 0.017; /* of Garrels and Christ: activity of water 1 - 0.017 sum m */
static const double FREEZING = 273.15, BOILING = 373.15;

typedef struct problem {
    const park_contact *contacts;
    size_t              count;
    park_debye          debye;
    int                 masters, species;
    int                 master[MASTERS];
    int                 member[PARK_AQ_SPECIES];
    double              ln_k[PARK_AQ_SPECIES]; /* constants at the temperature, by member */
    double ln_c[PARK_AQ_SPECIES]; /* with the water's activity and the coefficients of this trial */
    double nu[PARK_AQ_SPECIES][MASTERS];
    double total[MASTERS];
    int    rows;          /* phases, and the pH where it is held */
    int    contact[HELD]; /* of a row; -1 is the pH */
    double row[HELD][MASTERS];
    double ln_s[HELD], limit[HELD]; /* constant of a row; what its product may reach, of this trial */
    double water[HELD];             /* moles of water in its reaction */
    bool   always[HELD], held[HELD];
    double x[MASTERS]; /* ln of activities */
    double m[PARK_AQ_SPECIES];
    double fallen[HELD];
} problem;

/* -- pose -- */

double park_phase_alkalinity(park_phase phase)
{
    const signed char *nu  = PARK_PHASE_LAWS[phase].master;
    double             sum = -nu[PARK_AQ_H];
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        sum += PARK_COMPONENT_LAWS[c].alkalinity * nu[c];
    return sum;
}

double park_water_charge(const park_water *water)
{
    double sum = -water->alkalinity;
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        sum += (PARK_COMPONENT_LAWS[c].charge + PARK_COMPONENT_LAWS[c].alkalinity) * water->total[c];
    return sum;
}

static park_status check(const park_water *water, const park_contact *contacts, size_t count, park_error *err)
{
    if (!(water->kelvin >= FREEZING - 1e-9 && water->kelvin <= BOILING + 1e-9))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the water has %g K; its chemistry is known from 273.15 to 373.15 K", water->kelvin);
    if (!isfinite(water->alkalinity))
        return PARK_FAIL(err, PARK_E_RANGE, "the alkalinity is %g eq/kg; it must be a number",
                         water->alkalinity);
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        if (!(water->total[c] >= 0.0 && isfinite(water->total[c])))
            return PARK_FAIL(err, PARK_E_RANGE, "%s of the water is %g mol/kg; it must be zero or more",
                             PARK_COMPONENT_LAWS[c].name, water->total[c]);
    if (count > PARK_CONTACTS)
        return PARK_FAIL(err, PARK_E_RANGE, "%zu phases touch the water; at most %d may", count,
                         PARK_CONTACTS);
    for (size_t i = 0; i < count; i++)
        if (!isfinite(contacts[i].target))
            return PARK_FAIL(err, PARK_E_RANGE, "the target of %s is %g; it must be a number",
                             PARK_PHASE_LAWS[contacts[i].phase].name, contacts[i].target);
    return PARK_OK;
}

static bool made_of(const signed char *nu, const bool *present)
{
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        if (nu[c] != 0 && !present[c])
            return false;
    return true;
}

static void pose_phase(problem *p, int contact, const bool *present, double kelvin)
{
    const park_contact   *touch = &p->contacts[contact];
    const park_phase_law *law   = &PARK_PHASE_LAWS[touch->phase];
    if (!made_of(law->master, present))
        return;
    int r         = p->rows++;
    p->contact[r] = contact;
    p->always[r]  = touch->both_ways;
    p->water[r]   = law->master[PARK_AQ_W];
    p->ln_s[r]    = LN10 * (park_constant_at(&law->solubility, kelvin) + touch->target);
    for (int i = 0; i < p->masters; i++)
        p->row[r][i] = law->master[p->master[i]];
}

static void pose_ph(problem *p, double ph)
{
    int r         = p->rows++;
    p->contact[r] = -1;
    p->always[r]  = true;
    p->ln_s[r]    = -LN10 * ph;

    p->row[r][p->masters - 1] = 1.0; /* H+ stands last */
}

static void pose(problem *p, const park_water *water, double ph)
{
    bool present[PARK_AQ_COMPONENTS];
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++) {
        present[c] = water->total[c] > NOTHING;
        for (size_t i = 0; i < p->count; i++)
            present[c] |= p->contacts[i].both_ways && PARK_PHASE_LAWS[p->contacts[i].phase].master[c] != 0;
    }
    double acid = -water->alkalinity; /* total of H+, Eq. (Q5) */
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++) {
        acid += PARK_COMPONENT_LAWS[c].alkalinity * water->total[c];
        if (present[c]) {
            p->total[p->masters]    = water->total[c];
            p->master[p->masters++] = c;
        }
    }
    p->total[p->masters]    = isnan(ph) ? acid : 0.0;
    p->master[p->masters++] = PARK_AQ_H;

    for (int s = 0; s < PARK_AQ_SPECIES; s++)
        if (made_of(PARK_SPECIES[s].master, present)) {
            int k        = p->species++;
            p->member[k] = s;
            p->ln_k[k]   = LN10 * park_constant_at(&PARK_SPECIES[s].formation, water->kelvin);
            for (int i = 0; i < p->masters; i++)
                p->nu[k][i] = PARK_SPECIES[s].master[p->master[i]];
        }
    for (size_t i = 0; i < p->count; i++)
        pose_phase(p, (int)i, present, water->kelvin);
    if (!isnan(ph))
        pose_ph(p, ph);

    for (int i = 0; i < p->masters; i++) {
        int c   = p->master[i];
        p->x[i] = c == PARK_AQ_H ? -7.0 * LN10 : p->total[i] > NOTHING ? log(p->total[i]) - 1.0 : -15.0;
        if (c == PARK_AQ_C || c == PARK_AQ_P || c == PARK_AQ_FE3 || c == PARK_AQ_AL)
            p->x[i] -= 10.0; /* their masters are a small part */
    }
    p->debye = park_debye_at(water->kelvin);
}

/* -- descend -- */

static double excess(const problem *p, int r, const double *x)
{
    double sum = -p->limit[r];
    for (int i = 0; i < p->masters; i++)
        sum += p->row[r][i] * x[i];
    return sum;
}

/* Molalities at x, and the function that falls: sum of molalities - totals . x. */
static double weigh(problem *p, const double *x)
{
    double f = 0.0;
    for (int k = 0; k < p->species; k++) {
        double ln_m = p->ln_c[k];
        for (int i = 0; i < p->masters; i++)
            ln_m += p->nu[k][i] * x[i];
        p->m[k] = exp(ln_m);
        f += p->m[k];
    }
    for (int i = 0; i < p->masters; i++)
        f -= p->total[i] * x[i];
    return f;
}

/* Solve [W A'; A 0] (dx; n) = (rhs; gap) for the held rows, W scaled to a unit diagonal. */
static park_status saddle(const problem *p, double w[MASTERS][MASTERS], const double *rhs, const double *gap,
                          double *dx, double *n)
{
    double  a[SYSTEM * SYSTEM] = {0}, b[SYSTEM], y[SYSTEM], work[PARK_DENSE_WORK(SYSTEM)], scale[MASTERS];
    int32_t pivot[SYSTEM];
    int     size = p->masters;
    for (int r = 0; r < p->rows; r++)
        size += p->held[r];
    for (int i = 0; i < p->masters; i++)
        scale[i] = 1.0 / sqrt(w[i][i]);
    for (int i = 0; i < p->masters; i++) {
        for (int j = 0; j < p->masters; j++)
            a[i * size + j] = w[i][j] * scale[i] * scale[j];
        b[i] = rhs[i] * scale[i];
    }
    double length[HELD];
    for (int r = 0, at = p->masters; r < p->rows; r++)
        if (p->held[r]) {
            double norm = 0.0;
            for (int i = 0; i < p->masters; i++)
                norm = fmax(norm, fabs(p->row[r][i] * scale[i]));
            length[r] = norm > 0.0 ? 1.0 / norm : 1.0;
            for (int i = 0; i < p->masters; i++)
                a[at * size + i] = a[i * size + at] = p->row[r][i] * scale[i] * length[r];
            b[at++] = gap[r] * length[r];
        }
    PARK_TRY(park_dense_solve((size_t)size, a, b, y, work, pivot, NULL));
    for (int i = 0; i < p->masters; i++)
        dx[i] = y[i] * scale[i];
    for (int r = 0, at = p->masters; r < p->rows; r++)
        n[r] = p->held[r] ? y[at++] * length[r] : 0.0;
    return PARK_OK;
}

/* The nearest point at which all held phases are saturated. */
static park_status touch(problem *p)
{
    double w[MASTERS][MASTERS] = {0}, none[MASTERS] = {0}, gap[HELD], dx[MASTERS], n[HELD];
    for (int i = 0; i < p->masters; i++)
        w[i][i] = 1.0;
    for (int r = 0; r < p->rows; r++)
        gap[r] = -excess(p, r, p->x);
    PARK_TRY(saddle(p, w, none, gap, dx, n));
    for (int i = 0; i < p->masters; i++)
        p->x[i] += dx[i];
    return PARK_OK;
}

/* Gradient and curvature at the molalities of the last weighing. */
static void slopes(const problem *p, double *g, double w[MASTERS][MASTERS])
{
    for (int i = 0; i < p->masters; i++) {
        g[i] = -p->total[i];
        for (int j = 0; j < p->masters; j++)
            w[i][j] = 0.0;
    }
    for (int k = 0; k < p->species; k++)
        for (int i = 0; i < p->masters; i++)
            if (p->nu[k][i] != 0.0) {
                double part = p->nu[k][i] * p->m[k];
                g[i] += part;
                for (int j = 0; j < p->masters; j++)
                    w[i][j] += part * p->nu[k][j];
            }
}

/* Shorten the step dx until the function falls; the last steps, whose gain is below rounding, are taken whole. */
static void step(problem *p, double f, const double *g, const double *dx, double largest)
{
    double t = fmin(1.0, LONGEST / largest), gain = 0.0, size = fabs(f), x[MASTERS];
    for (int i = 0; i < p->masters; i++) {
        gain -= g[i] * dx[i];
        size += fabs(p->total[i] * p->x[i]);
    }
    for (int tries = 0; tries < 60; tries++, t *= 0.5) {
        for (int i = 0; i < p->masters; i++)
            x[i] = p->x[i] + t * dx[i];
        double at = weigh(p, x);
        if (gain <= 1e-12 * size || at <= f - 1e-4 * t * gain)
            break;
    }
    memcpy(p->x, x, sizeof x);
}

static park_status descend(problem *p)
{
    PARK_TRY(touch(p));
    for (int i = 0; i < STEPS; i++) {
        double g[MASTERS], down[MASTERS], w[MASTERS][MASTERS], gap[HELD], dx[MASTERS], largest = 0.0;
        double f = weigh(p, p->x);
        slopes(p, g, w);
        for (int r = 0; r < p->rows; r++)
            gap[r] = -excess(p, r, p->x);
        for (int k = 0; k < p->masters; k++)
            down[k] = -g[k];
        PARK_TRY(saddle(p, w, down, gap, dx, p->fallen));
        for (int k = 0; k < p->masters; k++)
            largest = fmax(largest, fabs(dx[k]));
        if (!isfinite(largest))
            return PARK_E_NUMERIC;
        step(p, f, g, dx, largest);
        if (largest < SETTLED)
            return PARK_OK;
    }
    return PARK_E_NUMERIC;
}

/* -- settle -- */

/* The held phase of which less than nothing has fallen; -1 when there is none. */
static int worst_debt(const problem *p)
{
    int    worst = -1;
    double least = -NOTHING;
    for (int r = 0; r < p->rows; r++)
        if (p->held[r] && !p->always[r] && p->fallen[r] < least) {
            least = p->fallen[r];
            worst = r;
        }
    return worst;
}

static int worst_excess(const problem *p)
{
    int    worst = -1;
    double most  = SATURATED;
    for (int r = 0; r < p->rows; r++)
        if (!p->held[r] && excess(p, r, p->x) > most) {
            most  = excess(p, r, p->x);
            worst = r;
        }
    return worst;
}

/* Every set of held phases, should the changes of one at a time go round in a circle. */
static park_status settle_by_all(problem *p)
{
    double start[MASTERS];
    memcpy(start, p->x, sizeof start);
    for (unsigned set = 0; set < 1u << p->rows; set++) {
        bool skip = false;
        for (int r = 0; r < p->rows; r++) {
            p->held[r] = (set >> r & 1u) != 0;
            skip |= p->always[r] && !p->held[r];
        }
        memcpy(p->x, start, sizeof start);
        if (!skip && descend(p) == PARK_OK && worst_debt(p) < 0 && worst_excess(p) < 0)
            return PARK_OK;
    }
    return PARK_E_NUMERIC;
}

static park_status settle(problem *p)
{
    for (int i = 0; i < CHANGES; i++) {
        if (descend(p) != PARK_OK)
            break;
        int leave = worst_debt(p), enter = leave < 0 ? worst_excess(p) : -1;
        if (leave < 0 && enter < 0)
            return PARK_OK;
        if (leave >= 0)
            p->held[leave] = false;
        else
            p->held[enter] = true;
    }
    return settle_by_all(p);
}

/* -- ionic strength -- */

/* Coefficients at a strength, the equilibrium there, and the strength it has. */
static park_status trial(problem *p, double strength, double ln_water, double *own, double *sum)
{
    for (int k = 0; k < p->species; k++) {
        const park_species *s = &PARK_SPECIES[p->member[k]];
        p->ln_c[k]            = p->ln_k[k] - LN10 * park_activity_coefficient(s, p->debye, strength) +
                     s->master[PARK_AQ_W] * ln_water;
    }
    for (int r = 0; r < p->rows; r++)
        p->limit[r] = p->ln_s[r] - p->water[r] * ln_water;
    PARK_TRY(settle(p));
    weigh(p, p->x);
    *own = *sum = 0.0;
    for (int k = 0; k < p->species; k++) {
        double z = PARK_SPECIES[p->member[k]].charge;
        *own += 0.5 * z * z * p->m[k];
        *sum += p->m[k];
    }
    return PARK_OK;
}

/* The strength that is its own answer: secant steps kept inside a bracket, which every fourth step halves. */
static park_status strengthen(problem *p, double ln_water, double *strength, double *sum)
{
    double low = 0.0, high = INFINITY, at = *strength, before = NAN, error_before = NAN, own = 0.0;
    for (int i = 0; i < TRIALS; i++) {
        PARK_TRY(trial(p, at, ln_water, &own, sum));
        double error = own - at;
        *strength    = at;
        if (fabs(error) <= 1e-11 * at + 1e-15 || high - low < 1e-15 * high)
            return PARK_OK;
        if (error > 0.0)
            low = at;
        else
            high = at;
        if (low > MOST)
            return PARK_E_RANGE;
        double next = at - error * (at - before) / (error - error_before);
        if (isinf(high) || i == 0)
            next = fmin(own, 2.0 * MOST);
        else if (i % 4 == 3 || !(next > low && next < high))
            next = 0.5 * (low + high);
        before       = at;
        error_before = error;
        at           = next;
    }
    return PARK_E_NUMERIC;
}

/* -- answer -- */

static void answer(const problem *p, const park_water *water, double strength, double ln_water,
                   park_solution *out)
{
    *out = (park_solution){.strength = strength, .water_activity = exp(ln_water), .water = *water};
    double acid_held             = 0.0;
    out->log_activity[PARK_AQ_W] = ln_water / LN10;
    for (int c = 0; c <= PARK_AQ_COMPONENTS; c++)
        out->log_activity[c] = -INFINITY;
    for (int i = 0; i < p->masters; i++)
        out->log_activity[p->master[i]] = p->x[i] / LN10;
    out->ph = -out->log_activity[PARK_AQ_H];
    for (int k = 0; k < p->species; k++) {
        int s               = p->member[k];
        out->molality[s]    = p->m[k];
        out->coefficient[s] = pow(10.0, park_activity_coefficient(&PARK_SPECIES[s], p->debye, strength));
        acid_held += p->m[k] * PARK_SPECIES[s].master[PARK_AQ_H];
    }
    for (int f = 0; f < PARK_PHASES; f++) {
        out->saturation[f] = -park_constant_at(&PARK_PHASE_LAWS[f].solubility, water->kelvin);
        for (int c = 0; c < PARK_AQ_MASTERS; c++)
            if (PARK_PHASE_LAWS[f].master[c] != 0)
                out->saturation[f] += PARK_PHASE_LAWS[f].master[c] * out->log_activity[c];
    }
    for (int r = 0; r < p->rows; r++) {
        if (p->contact[r] < 0) { /* the pH is held: its alkalinity */
            out->water.alkalinity = -acid_held;
            for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
                out->water.alkalinity += PARK_COMPONENT_LAWS[c].alkalinity * water->total[c];
            continue;
        }
        const park_phase phase     = p->contacts[p->contact[r]].phase;
        out->fallen[p->contact[r]] = p->fallen[r];
        out->water.alkalinity -= p->fallen[r] * park_phase_alkalinity(phase);
        for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
            out->water.total[c] =
                fmax(0.0, out->water.total[c] - p->fallen[r] * PARK_PHASE_LAWS[phase].master[c]);
    }
    out->charge = park_water_charge(&out->water);
}

static park_status solve(const park_water *water, const park_contact *contacts, size_t count, double ph,
                         park_solution *out, park_error *err)
{
    PARK_TRY(check(water, contacts, count, err));
    problem p = {.contacts = contacts, .count = count};
    pose(&p, water, ph);
    for (int r = 0; r < p.rows; r++)
        p.held[r] = p.always[r];
    double strength = 0.0, ln_water = 0.0, sum = 0.0;
    for (int c = 0; c < PARK_AQ_COMPONENTS; c++)
        strength += water->total[c];
    strength = fmin(strength, 1.0);
    for (int i = 0; i < 50; i++) {
        park_status status = strengthen(&p, ln_water, &strength, &sum);
        if (status == PARK_E_NUMERIC)
            return PARK_FAIL(err, PARK_E_RANGE,
                             "no equilibrium: the phases named cannot all be held beside this water");
        if (status != PARK_OK || !(sum < 1.0 / OSMOTIC))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "the water has an ionic strength above %g mol/kg; the laws end there", MOST);
        double next = log(1.0 - OSMOTIC * sum);
        if (fabs(next - ln_water) < 1e-12)
            break;
        ln_water = next;
    }
    answer(&p, water, strength, ln_water, out);
    return PARK_OK;
}

park_status park_water_equilibrium(const park_water *water, const park_contact *contacts, size_t count,
                                   park_solution *out, park_error *err)
{
    return solve(water, contacts, count, NAN, out, err);
}

park_status park_water_at_ph(const park_water *water, double ph, park_solution *out, park_error *err)
{
    if (!(ph >= 0.0 && ph <= 14.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the pH is %g; it must lie in 0 to 14", ph);
    park_water any = *water;
    any.alkalinity = 0.0;
    return solve(&any, NULL, 0, ph, out, err);
}
