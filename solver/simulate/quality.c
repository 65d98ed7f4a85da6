#include "simulate/quality.h"

#include <math.h>
#include <string.h>

enum { STAGES = 5, MIDDLE = 3, FAILURES_MOST = 60, EQUILIBRATING_STEPS = 4 };

/* Hairer and Wanner (1996), Table IV.6.5, gamma = 1/4; the last stage is the step's end. */
static const double GAMMA             = 0.25;
static const double NODE[STAGES]      = {0.25, 0.75, 0.55, 0.5, 1.0};
static const double A[STAGES][STAGES] = {
    {0.25, 0.0, 0.0, 0.0, 0.0},
    {0.5, 0.25, 0.0, 0.0, 0.0},
    {17.0 / 50.0, -1.0 / 25.0, 0.25, 0.0, 0.0},
    {371.0 / 1360.0, -137.0 / 2720.0, 15.0 / 544.0, 0.25, 0.0},
    {25.0 / 24.0, -49.0 / 48.0, 125.0 / 16.0, -85.0 / 12.0, 0.25},
};
/* The fourth order's weights (the last row of A) minus the third order's. */
static const double DIFFERENCE[STAGES] = {25.0 / 24.0 - 59.0 / 48.0, -49.0 / 48.0 + 17.0 / 96.0,
                                          125.0 / 16.0 - 225.0 / 32.0, 0.0, 0.25};

static const double FLOOR = 0.01; /* of a constituent's magnitude: errors below count absolutely */
static const double NEGATIVE =
    1e-12; /* of a constituent's magnitude: rounding, not a negative concentration */
static const double SHORTEST = 1e-3; /* [s] below which implicit Euler takes over */

struct park_quality {
    const park_layout *layout;
    double             tolerance;
    double             step; /* [s] to try next; 0: unknown */
    double            *matrix;
    bool              *alive; /* [entries] of it, with the fill */
    double            *own,
        *corner; /* [rows*C] its diagonal without volumes; [corner*C] the last rows, all others eliminated */
    double             *stage[STAGES], *rate[STAGES]; /* [rows*C] concentrations, mass rates */
    double             *error;                        /* [rows*C] */
    double             *start_volume;                 /* [rows] at the step's start */
    double             *volume;                       /* [rows] at a stage */
    park_quality_counts counts;
};

park_status park_quality_new(park_arena *arena, const park_layout *layout, double tolerance,
                             park_quality **quality, park_error *err)
{
    park_quality *q     = PARK_NEW(arena, park_quality);
    size_t        width = layout->rows * layout->constituents;
    *quality            = NULL;
    if (!(tolerance > 0.0 && tolerance < 1.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the tolerance of concentrations is %g; it must lie in (0, 1)",
                         tolerance);
    if (q == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for concentrations");
    q->layout       = layout;
    q->tolerance    = tolerance;
    q->matrix       = PARK_ARRAY(arena, layout->rows * layout->rows * layout->constituents, double);
    q->alive        = PARK_ARRAY(arena, layout->rows * layout->rows, bool);
    q->own          = PARK_ARRAY(arena, width, double);
    q->corner       = PARK_ARRAY(arena, layout->rows * layout->rows * layout->constituents, double);
    q->start_volume = PARK_ARRAY(arena, layout->rows, double);
    q->error        = PARK_ARRAY(arena, width, double);
    q->volume       = PARK_ARRAY(arena, layout->rows, double);
    bool ok = q->matrix && q->alive && q->own && q->corner && q->start_volume && q->error && q->volume;
    for (int s = 0; s < STAGES; s++) {
        q->stage[s] = PARK_ARRAY(arena, width, double);
        q->rate[s]  = PARK_ARRAY(arena, width, double);
        ok          = ok && q->stage[s] && q->rate[s];
    }
    if (!ok)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for concentrations");
    *quality = q;
    return PARK_OK;
}

void park_quality_forget(park_quality *q)
{
    q->step = 0.0;
}

void park_quality_tape(park_quality *q, park_tape *tape)
{
    PARK_TAPE(tape, &q->step, 1);
    PARK_TAPE(tape, &q->counts, 1);
}

park_quality_counts park_quality_counted(const park_quality *q)
{
    return q->counts;
}

/* A row that neither holds nor passes water keeps what it has. */
static void diagonal_add(double *diagonal, const double *before, double volume, size_t C)
{
    for (size_t c = 0; c < C; c++)
        diagonal[c] = before[c] + volume > 0.0 ? diagonal[c] + volume : 1.0;
}

/* -w T */
static void transfer_set(park_quality *q, const park_rates *r, double w)
{
    const park_blocks *b = r->blocks;
    size_t             C = b->width;
    memcpy(q->alive, r->alive, b->entries * sizeof *q->alive);
    for (size_t e = 0; e < b->entries; e++)
        for (size_t c = 0; c < C; c++) /* the fill of the factor before goes, too */
            q->matrix[e * C + c] = r->alive[e] ? -w * r->transfer[e * C + c] : 0.0;
    for (size_t i = 0; i < b->size; i++) {
        q->alive[b->diagonal[i]] = true;
        memcpy(q->own + i * C, q->matrix + (size_t)b->diagonal[i] * C, C * sizeof *q->own);
    }
}

/* diag(V) - w T, factored. */
static void matrix_set(park_quality *q, const park_rates *r, const double *volume, double w)
{
    const park_blocks *b = r->blocks;
    transfer_set(q, r, w);
    for (size_t i = 0; i < b->size; i++)
        diagonal_add(q->matrix + (size_t)b->diagonal[i] * b->width, q->own + i * b->width, volume[i],
                     b->width);
    park_blocks_factor(b, q->matrix, q->alive);
}

/* The same where only the last rows' volumes move: all else is factored once a step, at its first stage. */
static void matrix_move(park_quality *q, const park_rates *r, const double *volume, double w, bool first)
{
    const park_blocks *b = r->blocks;
    size_t             C = b->width;
    if (first) {
        transfer_set(q, r, w);
        for (size_t i = 0; i < b->size; i++)
            if (!q->layout->variable[q->layout->row_unit[i]])
                diagonal_add(q->matrix + (size_t)b->diagonal[i] * C, q->own + i * C, volume[i], C);
        park_blocks_factor_lead(b, q->matrix, q->alive);
    }
    for (size_t e = 0; e < b->corner; e++) {
        double *at = q->matrix + (size_t)b->corner_entry[e] * C, *kept = q->corner + e * C;
        memcpy(first ? kept : at, first ? at : kept, C * sizeof *at);
    }
    for (size_t k = 0; k < b->lasts; k++) {
        size_t i = (size_t)b->last_row[k];
        diagonal_add(q->matrix + (size_t)b->diagonal[i] * C, q->own + i * C, volume[i], C);
    }
    park_blocks_factor_rest(b, q->matrix, q->alive);
}

static void volumes_at(const park_quality *q, const park_rates *r, const double *volume, double h, double *at)
{
    for (size_t i = 0; i < q->layout->rows; i++)
        at[i] = fmax(0.0, volume[i] + h * r->volume_rate[i]);
}

/* All stages of one step from `mass`; leaves concentrations and rates of each. Eq. (T16). */
static void stages(park_quality *q, const park_rates *r, const double *volume, const double *mass, double h,
                   bool moving)
{
    size_t width = q->layout->rows * q->layout->constituents;
    for (int s = 0; s < STAGES; s++) {
        double *x = q->stage[s];
        if (s == 0 || moving) {
            volumes_at(q, r, volume, NODE[s] * h, q->volume);
            if (moving)
                matrix_move(q, r, q->volume, h * GAMMA, s == 0);
            else
                matrix_set(q, r, q->volume, h * GAMMA);
        }
        for (size_t i = 0; i < width; i++)
            x[i] = mass[i] + h * GAMMA * r->source[i];
        for (int j = 0; j < s; j++) {
            double        w  = h * A[s][j];
            const double *fj = q->rate[j];
            for (size_t i = 0; i < width; i++)
                x[i] += w * fj[i];
        }
        park_blocks_solve(r->blocks, q->matrix, q->alive, x);
        park_rates_apply(r, x, q->rate[s]);
    }
}

/* Eq. (T17): the embedded error, filtered by the matrix so that stiff rows do not cry wolf; relative to tolerance. */
static double error_norm(park_quality *q, const park_rates *r, const double *conc, double h)
{
    size_t R = q->layout->rows, C = q->layout->constituents;
    double norm = 0.0;
    for (size_t i = 0; i < R * C; i++) {
        double sum = 0.0;
        for (int s = 0; s < STAGES; s++)
            sum += DIFFERENCE[s] * q->rate[s][i];
        q->error[i] = h * sum;
    }
    park_blocks_solve(r->blocks, q->matrix, q->alive, q->error);
    const double *end = q->stage[STAGES - 1];
    for (size_t i = 0; i < R * C; i++) {
        double scale =
            fmax(fmax(fabs(end[i]), fabs(conc[i])), FLOOR * q->layout->model->constituent[i % C].magnitude);
        double share = fabs(q->error[i]) / (q->tolerance * scale);
        if (!(share <= norm)) /* not fmax, which would swallow a NaN */
            norm = share;
        if (isnan(share))
            return INFINITY;
    }
    return norm;
}

/* The lowest end concentration in units of the constituent's magnitude. */
static double lowest(const park_quality *q, const double *end)
{
    size_t R = q->layout->rows, C = q->layout->constituents;
    double low = 0.0;
    for (size_t i = 0; i < R * C; i++)
        low = fmin(low, end[i] / q->layout->model->constituent[i % C].magnitude);
    return low;
}

/* One implicit Euler step, in the place of the last stage. Eq. (T19). */
static void euler(park_quality *q, const park_rates *r, const double *volume, const double *mass, double h)
{
    size_t  width = q->layout->rows * q->layout->constituents;
    double *x     = q->stage[STAGES - 1];
    volumes_at(q, r, volume, h, q->volume);
    matrix_set(q, r, q->volume, h);
    for (size_t i = 0; i < width; i++)
        x[i] = mass[i] + h * r->source[i];
    park_blocks_solve(r->blocks, q->matrix, q->alive, x);
    park_rates_apply(r, x, q->rate[STAGES - 1]);
    q->counts.positive++;
}

park_status park_quality_equilibrate(park_quality *q, const park_rates *r, double span, const double *volume,
                                     double *conc, park_error *err)
{
    size_t C = q->layout->constituents, width = q->layout->rows * C;
    double step = span / EQUILIBRATING_STEPS;
    memset(conc, 0, width * sizeof *conc);
    /* V C' = b + T C - V' C: a tank that fills does not gather the salt of what it has no room for */
    for (size_t i = 0; i < q->layout->rows; i++)
        q->volume[i] = volume[i] + step * fmax(r->volume_rate[i], -r->leaving[i]);
    for (int n = 0; n < EQUILIBRATING_STEPS && width > 0; n++) {
        matrix_set(q, r, q->volume, step);
        for (size_t i = 0; i < width; i++)
            conc[i] = volume[i / C] * conc[i] + step * r->source[i];
        park_blocks_solve(r->blocks, q->matrix, q->alive, conc);
    }
    for (size_t i = 0; i < width; i++)
        if (!isfinite(conc[i]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "no concentration of %s in %s to begin with",
                             q->layout->model->constituent[i % C].id,
                             q->layout->model->unit[q->layout->row_unit[i / C]].id);
    return PARK_OK;
}

/* Masses and the integral of the concentrations by the same weights: Eq. (T18). */
static void accept(park_quality *q, double h, bool by_euler, double *mass, double *conc, double *integral)
{
    size_t width = q->layout->rows * q->layout->constituents;
    for (int s = by_euler ? STAGES - 1 : 0; s < STAGES; s++) {
        double w = by_euler ? h : h * A[STAGES - 1][s];
        for (size_t i = 0; i < width; i++) {
            mass[i] += w * q->rate[s][i];
            integral[i] += w * q->stage[s][i];
        }
    }
    memcpy(conc, q->stage[STAGES - 1], width * sizeof *conc);
    q->counts.steps++;
}

static park_status no_step(const park_quality *q, double t, double h, park_error *err)
{
    size_t C = q->layout->constituents, worst = 0;
    double most = -1.0;
    for (size_t i = 0; i < q->layout->rows * C; i++) {
        double size =
            isfinite(q->error[i]) && isfinite(q->stage[STAGES - 1][i]) ? fabs(q->error[i]) : INFINITY;
        if (size > most) {
            most  = size;
            worst = i;
        }
    }
    return PARK_FAIL(err, PARK_E_NUMERIC,
                     "the concentration of %s in %s cannot be carried on at %.0f s (step %g s)",
                     q->layout->model->constituent[worst % C].id,
                     q->layout->model->unit[q->layout->row_unit[worst / C]].id, t, h);
}

park_status park_quality_march(park_quality *q, const park_rates *r, double t, double span,
                               const double *volume, double *mass, double *conc, double *integral,
                               park_quality_seen seen, void *user, park_error *err)
{
    size_t R = q->layout->rows, C = q->layout->constituents;
    double done = 0.0, h = q->step > 0.0 ? fmin(q->step, span) : span / 16.0;
    bool   moving   = false;
    int    failures = 0;
    memset(integral, 0, R * C * sizeof *integral);
    if (R * C == 0)
        return PARK_OK;
    for (size_t i = 0; i < R; i++)
        moving = moving || r->volume_rate[i] != 0.0;
    double *now = q->start_volume;
    while (done < span) {
        bool   last     = h >= (span - done) * (1.0 - 1e-9);
        bool   by_euler = false;
        double step     = last ? span - done : h;
        for (size_t i = 0; i < R; i++)
            now[i] = fmax(0.0, volume[i] + done * r->volume_rate[i]);
        stages(q, r, now, mass, step, moving);
        double error = error_norm(q, r, conc, step);
        if (!(error <= 1.0) || lowest(q, q->stage[STAGES - 1]) < -NEGATIVE) {
            bool finite = isfinite(error);
            bool tiny   = step <= SHORTEST || failures > FAILURES_MOST / 2;
            q->counts.rejected++;
            if (++failures > FAILURES_MOST || (tiny && !finite))
                return no_step(q, t + done, step, err);
            if (!tiny) {
                double shrink = finite && error > 1.0 ? 0.9 * pow(error, -0.25) : 0.25;
                h             = step * fmin(0.5, fmax(0.1, shrink));
                continue;
            }
            by_euler = true;
            euler(q, r, now, mass, step);
        }
        if (seen != NULL)
            seen(user, t + done, step, conc, by_euler ? conc : q->stage[MIDDLE], q->stage[STAGES - 1]);
        accept(q, step, by_euler, mass, conc, integral);
        failures    = 0;
        done        = last ? span : done + step;
        double grow = by_euler ? 2.0 : fmin(5.0, fmax(0.3, 0.9 * pow(fmax(error, 1e-8), -0.25)));
        if (!last || grow < 1.0)
            h = step * grow;
        else
            h = fmax(h, step * grow);
    }
    q->step = h;
    return PARK_OK;
}
