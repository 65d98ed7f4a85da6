/* The linear program of promised qualities, solved; Eq. (O46) of docs/math/optimization.md. */
#include "design/promise.h"

#include "base/clock.h"

#include <string.h>

enum { ITERATIONS = 30000 };
static const double PRICE = 100.0; /* of a unit of broken promise, times the dearest column */

/* What one linear program may take: the first plan takes what it takes. */
static int iterations_left(const park_promise *d)
{
    const park_search_end *end = d->end;
    if (end->most == 0 || !end->stands || end->most > end->took + ITERATIONS)
        return ITERATIONS;
    return end->most > end->took ? (int)(end->most - end->took) : 0;
}

/* Pipes decided on: laid with their least flow, or shut. */
static void choose(const park_promise *d, double *lo, double *hi)
{
    const park_formulation *f = d->f;
    for (size_t l = 0; l < f->super->links; l++) {
        if (d->laid[l] > 0)
            lo[f->pipe[l]] = 1.0;
        for (int i = 0; d->laid[l] < 0 && i < f->pipes[l]; i++)
            hi[f->pipe[l] + i] = 0.0; /* and with them what flows */
    }
    for (size_t u = 0; u < f->super->units; u++)
        if (d->without[u] || (d->standing && f->size[u] >= 0 &&
                              !PARK_SUPER_FACE(f->super, 0, u)->map->existing && lo[f->size[u]] <= 0.0))
            hi[f->size[u]] = 0.0;
    for (size_t l = 0; d->standing && l < f->super->links; l++)
        for (size_t s = 0; !f->super->model->link[l].existing && s < f->super->seasons; s++)
            if (f->link_flow[PARK_FORM_SL(f, s, l)] >= 0)
                hi[f->link_flow[PARK_FORM_SL(f, s, l)]] = 0.0;
}

double park_promise_carries(const park_promise *d, const park_plan *plan, size_t l)
{
    const park_super     *super = d->f->super;
    const park_link_info *link  = &super->model->link[l];
    double                flow = 0.0, year = 0.0;
    for (size_t s = 0; s < super->seasons; s++)
        flow += park_super_seconds(super, -1, s) * plan->link_flow[PARK_FORM_SL(d->f, s, l)],
            year += park_super_seconds(super, -1, s);
    return d->f->pipe[l] >= 0 && !link->existing && flow > 0.0 ? flow / (link->min_flow * year) : INFINITY;
}

bool park_promise_over(park_promise *d)
{
    if (park_clock_seconds() >= d->end->deadline || park_cancel_why(d->end->cancel) != 0)
        d->end->early = true;
    return d->end->early || iterations_left(d) == 0;
}

/* Bounds and costs of the program's columns and of the slacks behind them. */
static void write_cols(park_promise *d, size_t n, double *lo, double *hi, double *cost)
{
    const park_program *p       = &d->f->program;
    double              dearest = 1.0;
    memcpy(lo, p->col_lo, p->cols * sizeof *lo);
    memcpy(hi, p->col_hi, p->cols * sizeof *hi);
    choose(d, lo, hi);
    park_promise_costs(d, cost, true);
    for (size_t j = 0; j < p->cols; j++)
        dearest = fmax(dearest, fabs(cost[j]) / (d->dear != NULL && p->integer[j] ? d->dear[j] : 1.0));
    for (size_t j = p->cols; j < n; j++)
        hi[j] = INFINITY, cost[j] = PRICE * d->dearer * dearest;
}

/* The basis that the next linear program of this search starts from: its rows and columns mean the same. */
static void remember(park_promise *d, const park_lp *lp, size_t n)
{
    d->basis.rows = 0;
    if (!d->warm)
        return;
    if (d->basis_cap < d->rows + n) {
        d->basis.status = PARK_ARRAY(d->keep, d->rows + n, uint8_t);
        d->basis_cap    = d->basis.status != NULL ? d->rows + n : 0;
    }
    if (d->basis_cap >= d->rows + n && park_lp_basis_copy(lp, d->basis.status))
        d->basis.rows = d->rows, d->basis.cols = n;
}

bool park_promise_solve(park_promise *d, double *x)
{
    const park_program *p = &d->f->program;
    park_promise_rows(d);
    if (d->failed)
        return false;
    size_t  n  = p->cols + d->slacks;
    double *lo = PARK_ARRAY(d->arena, n, double), *hi = PARK_ARRAY(d->arena, n, double),
           *cost = PARK_ARRAY(d->arena, n, double);
    if (lo == NULL || hi == NULL || cost == NULL)
        return false;
    write_cols(d, n, lo, hi, cost);
    park_lp *lp = park_lp_new();
    if (lp == NULL)
        return false;
    park_lp_set_deadline(lp, d->end->deadline);
    park_lp_set_cancel(lp, d->end->cancel);
    bool warm = d->warm && d->basis.rows == d->rows && d->basis.cols == n;
    bool fine = park_lp_load(lp, d->rows, n, d->lo, d->hi, d->start, d->index, d->value, lo, hi, cost,
                             NULL) == PARK_OK &&
                park_lp_solve(lp, warm ? &d->basis : NULL, iterations_left(d)) == PARK_LP_OPTIMAL;
    d->work += (double)park_lp_iterations(lp) * (double)d->rows;
    d->end->took += (uint64_t)park_lp_iterations(lp);
    if (fine) {
        memcpy(x, park_lp_primal(lp), p->cols * sizeof *x);
        remember(d, lp, n);
    }
    park_lp_free(lp);
    return fine;
}
