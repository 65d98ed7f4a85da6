/*
 * reactor.c - tanks with organisms, by a law's table and rates.   Math: docs/math/biology.md, Eq. (B46)-(B52).
 *
 * Water runs through the tanks one way, so the slopes of a step are a row of blocks with water's share below the diagonal: each
 * tank's equations are solved with its own small matrix, after those of the tank before it. Slopes come from differences; what
 * they are off costs rounds of Newton's method, never a kilogram.
 */
#include "biology/reactor.h"

#include "base/arena.h"
#include "biology/method.h"

#include <math.h>
#include <string.h>

enum { N = PARK_RC_COUNT, STAGES = PARK_METHOD_STAGES, WIDTH = PARK_REACTOR_TANKS_MOST * N };
enum { NEWTON_MOST = 10, FAILURES_MOST = 40, STEPS_MOST = 400 };

static const double GAMMA    = PARK_METHOD_GAMMA;
static const double NEWTON   = 0.1;  /* of a step's tolerance: how well its equations are solved */
static const double SHORTEST = 1e-4; /* [s] */
static const double NEGATIVE = 10.0; /* floors below zero: a step too long */
static const double FLOOR    = 1e-7; /* absolute tolerance [kg/m3], [kmol/m3] */
static const double DAY      = 86400.0;
static const double STILL    = 1e-9;                            /* relative change a day */
static const double FIRST = 20.0, LONGEST = 1e14, LEAST = 1e-6; /* steps towards rest [s] */
static const double CALM = 0.2, WILD = 0.8, SMALL = 1e-3;

static const char *const NAMES[N] = {
    "inert matter",       "degradable matter", "fatty acids",  "oxygen",
    "ammonium",           "nitrite",           "nitrate",      "organic nitrogen",
    "alkalinity",         "inorganic carbon",  "inert solids", "degradable solids",
    "nitrogen of solids", "mineral solids",    "heterotrophs", "ammonium oxidizers or methanogens",
    "nitrite oxidizers",  "anammox organisms"};

const char *park_reactor_name(size_t component)
{
    return component < N ? NAMES[component] : "";
}

/* ---- accounts ---- */

double park_reactor_cod(size_t column)
{
    switch (column) {
    case PARK_RC_SI:
    case PARK_RC_SS:
    case PARK_RC_VFA:
    case PARK_RC_XI:
    case PARK_RC_XS:
    case PARK_RC_XH:
    case PARK_RC_XA:
    case PARK_RC_XN:
    case PARK_RC_XX:
    case PARK_RC_CH4:
        return 1.0;
    case PARK_RC_O2:
    case PARK_RC_AIR:
        return -1.0;
    case PARK_RC_NO2:
        return -24.0 / 7.0;
    case PARK_RC_NO3:
        return -32.0 / 7.0;
    case PARK_RC_N2:
        return -12.0 / 7.0;
    default:
        return 0.0;
    }
}

double park_reactor_nitrogen(size_t column, double cells, double inert)
{
    switch (column) {
    case PARK_RC_NH:
    case PARK_RC_NO2:
    case PARK_RC_NO3:
    case PARK_RC_ND:
    case PARK_RC_XND:
    case PARK_RC_N2:
        return 1.0;
    case PARK_RC_XI:
        return inert;
    case PARK_RC_XH:
    case PARK_RC_XA:
    case PARK_RC_XN:
    case PARK_RC_XX:
        return cells;
    default:
        return 0.0;
    }
}

/* (B47) */
void park_reactor_close(double row[PARK_RC_COLUMNS], double cells, double inert, size_t nitrogen, size_t cod)
{
    double n = 0.0, o = 0.0;
    for (size_t k = 0; k < PARK_RC_COLUMNS; k++)
        n += row[k] * park_reactor_nitrogen(k, cells, inert);
    if (nitrogen < PARK_RC_COLUMNS)
        row[nitrogen] -= n / park_reactor_nitrogen(nitrogen, cells, inert);
    for (size_t k = 0; k < PARK_RC_COLUMNS; k++)
        o += row[k] * park_reactor_cod(k);
    if (cod < PARK_RC_COLUMNS)
        row[cod] -= o / park_reactor_cod(cod);
    row[PARK_RC_ALK] = (row[PARK_RC_NH] - row[PARK_RC_NO2] - row[PARK_RC_NO3]) / 14.0;
}

void park_reactor_decay(double row[PARK_RC_COLUMNS], size_t organism, double left, double cells, double inert)
{
    row[organism]   = -1.0;
    row[PARK_RC_XS] = 1.0 - left;
    row[PARK_RC_XI] = left;
    park_reactor_close(row, cells, inert, PARK_RC_XND, PARK_RC_COLUMNS);
}

/* ---- rates ---- */

/* What water takes out of tank i per volume of the tank and concentration [1/s]. */
static double outflow(const park_reactor *r, const park_reactor_inflow *in, size_t i, size_t k)
{
    double out = i + 1 < r->tanks ? in->flow * r->pass[k]
                                  : (in->flow - in->waste) * r->pass[k] + in->waste * r->thick[k];
    return out / r->volume[i];
}

/* Of one tank, from what the one before it holds. (B46) */
static void tank_slopes(const park_reactor *r, const park_reactor_inflow *in, size_t i, const double *before,
                        const double *c, double *slope)
{
    double rho[PARK_REACTOR_PROCESSES_MOST];
    r->rates(r, i, c, rho);
    for (size_t k = 0; k < N; k++) {
        double made = 0.0, enters = i == 0 ? in->conc[k] : r->pass[k] * before[k];
        for (size_t p = 0; p < r->processes; p++)
            made += r->table[p][k] * rho[p];
        slope[k] = in->flow / r->volume[i] * enters - outflow(r, in, i, k) * c[k] + made;
    }
}

void park_reactor_slopes(const park_reactor *r, const park_reactor_inflow *in, const double *y, double *slope)
{
    for (size_t i = 0; i < r->tanks; i++)
        tank_slopes(r, in, i, i > 0 ? y + (i - 1) * N : NULL, y + i * N, slope + i * N);
}

void park_reactor_leaving(const park_reactor *r, const double *y, double *water, double *waste)
{
    const double *last = y + (r->tanks - 1) * N;
    for (size_t k = 0; k < N; k++) {
        water[k] = r->pass[k] * last[k];
        waste[k] = r->thick[k] * last[k];
    }
}

/* ---- the small matrices ---- */

typedef struct block {
    double a[N][N]; /* L (unit) below, U */
    int    pivot[N];
} block;

struct park_reactor_stepper {
    park_method method;
    double      tolerance;
    size_t      worst;
    double      slope[PARK_REACTOR_TANKS_MOST][N][N]; /* d f / d c of each tank */
    block       factor[PARK_REACTOR_TANKS_MOST];
    double stage[STAGES][WIDTH], rate[STAGES][WIDTH], known[WIDTH], rest[WIDTH], change[WIDTH], next[WIDTH],
        weight[WIDTH];
};

park_status park_reactor_stepper_new(park_arena *arena, double tolerance, park_reactor_stepper **stepper,
                                     park_error *err)
{
    *stepper = NULL;
    if (!(tolerance > 0.0 && tolerance < 1.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the tolerance of a reactor is %g; it must lie in (0, 1)",
                         tolerance);
    park_reactor_stepper *s = PARK_NEW(arena, park_reactor_stepper);
    if (s == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to carry a reactor");
    s->method    = park_method_weights();
    s->tolerance = tolerance;
    *stepper     = s;
    return PARK_OK;
}

/* Slopes of a tank by differences, what came before it held. */
static void tank_jacobian(const park_reactor *r, const park_reactor_inflow *in, size_t i, const double *y,
                          double a[N][N])
{
    double        c[N], at[N], moved[N];
    const double *before = i > 0 ? y + (i - 1) * N : NULL;
    memcpy(c, y + i * N, sizeof c);
    tank_slopes(r, in, i, before, c, at);
    for (size_t k = 0; k < N; k++) {
        double was = c[k], step = 1e-7 * fabs(was) + 1e-9;
        c[k] = was + step;
        tank_slopes(r, in, i, before, c, moved);
        c[k] = was;
        for (size_t j = 0; j < N; j++)
            a[j][k] = (moved[j] - at[j]) / step;
    }
}

static void jacobian(park_reactor_stepper *s, const park_reactor *r, const park_reactor_inflow *in,
                     const double *y)
{
    for (size_t i = 0; i < r->tanks; i++)
        tank_jacobian(r, in, i, y, s->slope[i]);
}

/* LU of shift I - J of one tank, rows exchanged. */
static bool block_factor(block *b, double slope[N][N], double shift)
{
    for (size_t j = 0; j < N; j++)
        for (size_t k = 0; k < N; k++)
            b->a[j][k] = (j == k ? shift : 0.0) - slope[j][k];
    for (int k = 0; k < N; k++) {
        int best = k;
        for (int j = k + 1; j < N; j++)
            if (fabs(b->a[j][k]) > fabs(b->a[best][k]))
                best = j;
        b->pivot[k] = best;
        if (!(fabs(b->a[best][k]) > 0.0) || !isfinite(b->a[best][k]))
            return false;
        for (int j = 0; best != k && j < N; j++) {
            double swap   = b->a[k][j];
            b->a[k][j]    = b->a[best][j];
            b->a[best][j] = swap;
        }
        for (int j = k + 1; j < N; j++) {
            double m   = b->a[j][k] / b->a[k][k];
            b->a[j][k] = m;
            for (int l = k + 1; m != 0.0 && l < N; l++)
                b->a[j][l] -= m * b->a[k][l];
        }
    }
    return true;
}

static void block_solve(const block *b, double *x)
{
    for (int k = 0; k < N; k++) { /* rows were exchanged whole, their multipliers too */
        double swap    = x[k];
        x[k]           = x[b->pivot[k]];
        x[b->pivot[k]] = swap;
    }
    for (int k = 0; k < N; k++)
        for (int j = 0; j < k; j++)
            x[k] -= b->a[k][j] * x[j];
    for (int k = N - 1; k >= 0; k--) {
        for (int j = k + 1; j < N; j++)
            x[k] -= b->a[k][j] * x[j];
        x[k] /= b->a[k][k];
    }
}

static bool factor(park_reactor_stepper *s, const park_reactor *r, double shift)
{
    for (size_t i = 0; i < r->tanks; i++)
        if (!block_factor(&s->factor[i], s->slope[i], shift))
            return false;
    return true;
}

/* (shift I - J) x = rest of all tanks, one after the other. */
static void solve(park_reactor_stepper *s, const park_reactor *r, const park_reactor_inflow *in)
{
    for (size_t i = 0; i < r->tanks; i++) {
        double *x = s->change + i * N;
        memcpy(x, s->rest + i * N, N * sizeof *x);
        for (size_t k = 0; i > 0 && k < N; k++)
            x[k] += in->flow / r->volume[i] * r->pass[k] * s->change[(i - 1) * N + k];
        block_solve(&s->factor[i], x);
    }
}

/* ---- one step ---- */

static double norm(park_reactor_stepper *s, size_t n)
{
    double most = 0.0;
    for (size_t i = 0; i < n; i++) {
        double size = fabs(s->change[i]) * s->weight[i];
        if (!(size <= most)) {
            most     = isnan(size) ? INFINITY : size;
            s->worst = i;
        }
    }
    return most;
}

/* Stage k by Newton's method with one matrix. (B42) */
static bool stage(park_reactor_stepper *s, const park_reactor *r, const park_reactor_inflow *in,
                  const double *y, double h, size_t k)
{
    size_t  n = r->tanks * N;
    double *x = s->stage[k], last = INFINITY;
    for (size_t i = 0; i < n; i++) {
        s->known[i] = y[i];
        for (size_t j = 0; j < k; j++)
            s->known[i] += h * s->method.a[k][j] * s->rate[j][i];
        x[i] = k == 0 ? y[i] : s->stage[k - 1][i];
    }
    for (int round = 0; round < NEWTON_MOST; round++) {
        park_reactor_slopes(r, in, x, s->rate[k]);
        for (size_t i = 0; i < n; i++)
            s->rest[i] = s->rate[k][i] + (s->known[i] - x[i]) / (h * GAMMA);
        solve(s, r, in);
        double moved = norm(s, n), pace = moved / last;
        for (size_t i = 0; i < n; i++)
            x[i] += s->change[i];
        if (!(moved < 1e8) || (round > 2 && pace > 2.0))
            return false;
        if (moved <= 1e-3 * NEWTON || (isfinite(last) && moved * pace / (1.0 - fmin(pace, 0.5)) <= NEWTON)) {
            park_reactor_slopes(r, in, x, s->rate[k]);
            return true;
        }
        last = moved;
    }
    return false;
}

/* (B43): the state at the end and its relative error; INFINITY where one would fall below zero. */
static double finish(park_reactor_stepper *s, const park_reactor *r, const park_reactor_inflow *in,
                     const double *y, double h)
{
    size_t n = r->tanks * N;
    for (size_t i = 0; i < n; i++) {
        double sum = 0.0, error = 0.0;
        for (int k = 0; k < STAGES; k++) {
            sum += s->method.a[STAGES - 1][k] * s->rate[k][i];
            error += s->method.difference[k] * s->rate[k][i];
        }
        s->next[i] = y[i] + h * sum;
        s->rest[i] = error / GAMMA;
        if (i % N != PARK_RC_ALK && s->next[i] < fmin(0.0, y[i]) - NEGATIVE * FLOOR) {
            s->worst = i;
            return INFINITY;
        }
    }
    solve(s, r, in);
    return norm(s, n);
}

/* (B48): sums with the weights that move the state. */
static void accept(park_reactor_stepper *s, const park_reactor *r, const park_reactor_inflow *in, double h,
                   double *y, park_reactor_passed *passed)
{
    double rho[PARK_REACTOR_PROCESSES_MOST];
    for (int k = 0; k < STAGES; k++) {
        double        seconds = h * s->method.a[STAGES - 1][k];
        const double *x = s->stage[k], *last = x + (r->tanks - 1) * N;
        for (size_t c = 0; c < N; c++) {
            passed->left[c] += seconds * (in->flow - in->waste) * r->pass[c] * last[c];
            passed->wasted[c] += seconds * in->waste * r->thick[c] * last[c];
        }
        for (size_t i = 0; i < r->tanks; i++) {
            r->rates(r, i, x + i * N, rho);
            for (size_t p = 0; p < r->processes; p++)
                for (size_t c = 0; c < PARK_RC_COLUMNS; c++)
                    passed->reacted[c] += seconds * r->volume[i] * r->table[p][c] * rho[p];
        }
    }
    memcpy(y, s->next, r->tanks * N * sizeof *y);
}

park_status park_reactor_go(park_reactor_stepper *s, const park_reactor *r, const park_reactor_inflow *in,
                            double span, double *y, double *step, park_reactor_passed *passed,
                            park_error *err)
{
    double done = 0.0, h = *step > 0.0 ? *step : 60.0, factored = 0.0;
    bool   fresh    = false;
    int    failures = 0;
    if (!isfinite(in->flow) || in->flow < in->waste || in->waste < 0.0)
        return PARK_FAIL(err, PARK_E_RANGE, "the inflow is %g m3/s and less than the %g m3/s that are wasted",
                         in->flow, in->waste);
    while (done < span) {
        bool   last  = h >= (span - done) * (1.0 - 1e-9);
        double taken = last ? span - done : h, error = INFINITY;
        if (!fresh) {
            jacobian(s, r, in, y);
            fresh = true, factored = 0.0;
        }
        for (size_t i = 0; i < r->tanks * N; i++)
            s->weight[i] = 1.0 / (s->tolerance * fabs(y[i]) + FLOOR);
        bool ready = taken == factored || factor(s, r, 1.0 / (taken * GAMMA));
        factored   = ready ? taken : 0.0;
        for (size_t k = 0; ready && k < STAGES; k++)
            ready = stage(s, r, in, y, taken, k);
        if (ready)
            error = finish(s, r, in, y, taken);
        if (!(error <= 1.0)) {
            if (++failures > FAILURES_MOST || taken <= SHORTEST)
                return PARK_FAIL(err, PARK_E_NUMERIC, "%s of tank %zu cannot be carried on (step %g s)",
                                 NAMES[s->worst % N], s->worst / N + 1, taken);
            h = taken * (isfinite(error) ? fmax(0.2, 0.85 * cbrt(1.0 / error)) : 0.25);
            continue;
        }
        accept(s, r, in, taken, y, passed);
        failures    = 0;
        fresh       = false;
        done        = last ? span : done + taken;
        double grow = fmin(3.0, fmax(0.3, 0.85 * cbrt(1.0 / fmax(error, 1e-6))));
        h           = !last || grow < 1.0 ? taken * grow : fmax(h, taken * grow);
    }
    *step = h;
    return PARK_OK;
}

/* ---- rest ---- */

/* How far a step goes, against what is there: infinite where a state would fall below zero. */
static double reach(const park_reactor_stepper *s, const double *y, size_t n)
{
    double most = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (i % N != PARK_RC_ALK && y[i] + s->change[i] < -FLOOR)
            return INFINITY;
        most = fmax(most, fabs(s->change[i]) / (fabs(y[i]) + SMALL));
    }
    return isnan(most) ? INFINITY : most;
}

park_status park_reactor_rest(park_reactor_stepper *s, const park_reactor *r, const park_reactor_inflow *in,
                              double *y, park_error *err)
{
    size_t n    = r->tanks * N;
    double step = FIRST, unrest = INFINITY;
    for (int i = 0; i < STEPS_MOST && step > LEAST; i++) {
        park_reactor_slopes(r, in, y, s->rest);
        unrest = 0.0;
        for (size_t k = 0; k < n; k++)
            unrest = fmax(unrest, fabs(s->rest[k]) * DAY / (fabs(y[k]) + 10.0 * FLOOR));
        if (unrest < STILL)
            return PARK_OK;
        jacobian(s, r, in, y);
        double far = INFINITY;
        if (factor(s, r, 1.0 / step)) {
            solve(s, r, in);
            far = reach(s, y, n);
        }
        if (!(far <= WILD)) {
            step *= 0.25;
            continue;
        }
        for (size_t k = 0; k < n; k++) {
            double to = y[k] + s->change[k];
            y[k]      = k % N == PARK_RC_ALK ? to : fmax(to, 0.1 * y[k]); /* what is used up fades away */
        }
        step = fmin(LONGEST, step * (far < 0.1 * CALM ? 10.0 : far < CALM ? 3.0 : 1.2));
    }
    return PARK_FAIL(err, PARK_E_NUMERIC, "a reactor finds no steady state: it still changes by %.3g a day",
                     unrest);
}
