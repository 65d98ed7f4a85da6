/* Successive linear programs; Eq. (O17)-(O18) of docs/math/optimization.md. */
#include "design/local.h"

#include "design/relax.h"

#include <math.h>
#include <string.h>

enum { MOST_STEPS = 40, MOST_PRICES = 3 };
static const double FIRST_RADIUS = 0.25, LEAST_RADIUS = 1e-7; /* of a column's width [-] */
static const double EXACT = 1e-10;                            /* products missed by less count as met [-] */

park_status park_local_make(park_local *l, const park_program *p, park_arena *arena)
{
    *l         = (park_local){.program = p};
    l->next    = PARK_ARRAY(arena, p->cols, double);
    l->scale   = PARK_ARRAY(arena, p->cols, double);
    l->best    = PARK_ARRAY(arena, p->cols, double);
    l->relaxed = PARK_ARRAY(arena, p->cols, double);
    PARK_TRY(park_box_make(&l->box, p->cols, arena));
    l->lp = park_lp_new();
    return l->next != NULL && l->scale != NULL && l->best != NULL && l->relaxed != NULL && l->lp != NULL
               ? PARK_OK
               : PARK_E_MEMORY;
}

void park_local_free(park_local *l)
{
    park_lp_free(l->lp);
    l->lp = NULL;
}

/* ---- the elastic linear program ----------------------------------------------------------------------- */

/* Columns: the program's, then two slacks a product. Rows: the program's, one a product, one a concave cost.
 */
static park_status load(park_local *l)
{
    const park_program *p = l->program;
    park_arena *a         = park_arena_new();
    size_t n              = p->cols + 2 * p->products;
    double *lo = PARK_ARRAY(a, n, double), *hi = PARK_ARRAY(a, n, double), *cost = PARK_ARRAY(a, n, double);
    park_status status = PARK_E_MEMORY;
    if (lo != NULL && hi != NULL && cost != NULL) {
        memcpy(lo, p->col_lo, p->cols * sizeof *lo);
        memcpy(hi, p->col_hi, p->cols * sizeof *hi);
        memcpy(cost, p->cost, p->cols * sizeof *cost);
        for (size_t j = p->cols; j < n; j++)
            hi[j] = INFINITY;
        status = park_lp_load(l->lp, p->rows, n, p->row_lo, p->row_hi, p->start, p->index, p->value, lo, hi,
                              cost, NULL);
    }
    park_arena_free(a);
    for (size_t i = 0; status == PARK_OK && i < p->products + p->concaves; i++)
        status = park_lp_add_row(l->lp, -INFINITY, INFINITY, 0, NULL, NULL, NULL);
    l->price  = 0.0;
    l->loaded = status == PARK_OK;
    return status;
}

static park_status set_price(park_local *l, double price)
{
    const park_program *p = l->program;
    if (l->price == price)
        return PARK_OK;
    for (size_t j = p->cols; j < p->cols + 2 * p->products; j++)
        PARK_TRY(park_lp_set_cost(l->lp, (int32_t)j, price, NULL));
    l->price = price;
    return PARK_OK;
}

/* w - f0 c - c0 f + s - t = -f0 c0; concave costs by their tangent, which lies above them. */
static park_status linearize(park_local *l, const double *x)
{
    const park_program *p = l->program;
    for (size_t i = 0; i < p->products; i++) {
        const park_product *m = &p->product[i];
        double f = x[m->flow], c = x[m->conc];
        int32_t slack          = (int32_t)(p->cols + 2 * i);
        const int32_t index[5] = {m->w, m->conc, m->flow, slack, slack + 1};
        const double value[5]  = {1.0, -f, -c, 1.0, -1.0};
        PARK_TRY(park_lp_set_row(l->lp, (int32_t)(p->rows + i), -f * c, -f * c, 5, index, value, NULL));
    }
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *k = &p->concave[i];
        double span           = isfinite(l->box.hi[k->x]) ? l->box.hi[k->x] : 1.0;
        double at             = fmax(x[k->x], 1e-4 * span + 1e-12); /* no upright tangent at zero */
        double g = park_concave_value(k, at), slope = k->exponent * g / at;
        const int32_t index[2] = {k->t, k->x};
        const double value[2]  = {1.0, -slope};
        PARK_TRY(park_lp_set_row(l->lp, (int32_t)(p->rows + p->products + i), g - slope * at, INFINITY, 2,
                                 index, value, NULL));
    }
    return PARK_OK;
}

static bool is_factor(const park_program *p, size_t j)
{
    return p->col_class[j] == PARK_COL_FLOW || p->col_class[j] == PARK_COL_CONC;
}

/* Flows and concentrations may move by `radius` of their width; concentrations stay when `conc_stays`. */
static park_status set_region(park_local *l, const double *x, double radius, bool conc_stays)
{
    const park_program *p = l->program;
    for (size_t j = 0; j < p->cols; j++) {
        double lo = l->box.lo[j], hi = l->box.hi[j];
        double reach = radius * l->scale[j];
        bool stays   = conc_stays && p->col_class[j] == PARK_COL_CONC;
        if (stays || (!conc_stays && is_factor(p, j) && radius < 1.0)) {
            double middle = fmin(fmax(x[j], lo), hi);
            reach         = stays ? 0.0 : reach;
            lo            = fmax(lo, middle - reach);
            hi            = fmin(hi, middle + reach);
        }
        PARK_TRY(park_lp_set_col(l->lp, (int32_t)j, lo, hi, NULL));
    }
    return PARK_OK;
}

static double missed_products(const park_program *p, const double *x)
{
    double sum = 0.0;
    for (size_t i = 0; i < p->products; i++)
        sum += fabs(x[p->product[i].w] - x[p->product[i].flow] * x[p->product[i].conc]);
    return sum;
}

static double merit(const park_program *p, const double *x, double price)
{
    double sum = price * missed_products(p, x);
    for (size_t j = 0; j < p->cols; j++)
        sum += p->cost[j] * x[j];
    for (size_t i = 0; i < p->concaves; i++) { /* what the true cost saves against the tangent */
        const park_concave *k = &p->concave[i];
        sum += p->cost[k->t] * (park_concave_value(k, x[k->x]) - x[k->t]);
    }
    return sum;
}

static bool solve(park_local *l)
{
    park_lp_status status = park_lp_solve(l->lp, NULL, 0);
    l->solves++;
    l->work += (uint64_t)park_lp_iterations(l->lp);
    return status == PARK_LP_OPTIMAL;
}

/* ---- the search --------------------------------------------------------------------------------------- */

static bool spent(const park_local *l, uint64_t before)
{
    return l->work_limit > 0 && l->work - before > l->work_limit;
}

/* Steps at one price from l->next; true when they came to rest. */
static bool march(park_local *l, double price, uint64_t before)
{
    const park_program *p = l->program;
    double radius = FIRST_RADIUS, here = merit(p, l->next, price);
    if (set_price(l, price) != PARK_OK)
        return false;
    bool moved = true;
    for (int step = 0; step < MOST_STEPS && radius > LEAST_RADIUS && !spent(l, before); step++) {
        if ((moved && linearize(l, l->next) != PARK_OK) || set_region(l, l->next, radius, false) != PARK_OK ||
            !solve(l))
            return false;
        const double *y = park_lp_primal(l->lp);
        double there = merit(p, y, price), least = EXACT * (1.0 + fabs(here));
        double hoped = here - park_lp_objective(l->lp);
        moved        = there < here - 0.1 * fmax(hoped, 0.0) || (hoped <= least && there <= here + least);
        bool rests   = hoped <= least;
        if (moved) {
            radius = here - there > 0.7 * hoped ? fmin(2.0 * radius, 1.0) : radius;
            memcpy(l->next, y, p->cols * sizeof *y);
            here = there;
        } else {
            radius *= 0.3;
        }
        if (rests)
            return true;
    }
    return true;
}

/* From l->next: concentrations fixed first, then marching at rising prices until the products are met. */
static bool descend(park_local *l, uint64_t before)
{
    const park_program *p = l->program;
    double price          = 1.0;
    for (size_t j = 0; j < p->cols; j++)
        price = fmax(price, 4.0 * fabs(p->cost[j]));
    if (p->products == 0 && p->concaves == 0)
        return set_region(l, l->next, 1.0, false) == PARK_OK && solve(l) &&
               memcpy(l->next, park_lp_primal(l->lp), p->cols * sizeof *l->next) != NULL;
    if (set_price(l, price) != PARK_OK || linearize(l, l->next) != PARK_OK ||
        set_region(l, l->next, 1.0, true) != PARK_OK || !solve(l))
        return false;
    memcpy(l->next, park_lp_primal(l->lp), p->cols * sizeof *l->next);
    for (int k = 0; k < MOST_PRICES; k++, price *= 10.0)
        if (!march(l, price, before) || missed_products(p, l->next) <= 1e-8 || spent(l, before))
            break;
    return missed_products(p, l->next) <= 1e-5;
}

/* Whole numbers: the nearest where `up` is false, else the next above unless almost there. */
static void fix_choices(park_local *l, const double *x, bool up)
{
    const park_program *p = l->program;
    for (size_t j = 0; j < p->cols; j++) {
        if (!p->integer[j] || l->box.lo[j] == l->box.hi[j])
            continue;
        double whole = up ? ceil(x[j] - 1e-5) : nearbyint(x[j]);
        whole        = fmin(fmax(whole, l->box.lo[j]), l->box.hi[j]);
        l->box.lo[j] = l->box.hi[j] = whole;
    }
}

static bool accept(park_local *l, double *x, double *objective, bool *found)
{
    const park_program *p = l->program;
    double z;
    memcpy(l->best, l->next, p->cols * sizeof *x);
    if (!park_program_recheck(p, l->best, &z) || (*found && z >= *objective))
        return false;
    memcpy(x, l->best, p->cols * sizeof *x);
    *objective = z;
    *found     = true;
    return true;
}

bool park_local_search(park_local *l, const park_box *box, const double *start, double *x, double *objective)
{
    const park_program *p = l->program;
    uint64_t before       = l->work;
    bool found = false, choices = false;
    if (!l->loaded && load(l) != PARK_OK)
        return false;
    park_box_copy(&l->box, box, p->cols);
    for (size_t j = 0; j < p->cols; j++) {
        double width = box->hi[j] - box->lo[j];
        l->next[j]   = fmin(fmax(start[j], box->lo[j]), box->hi[j]);
        l->scale[j]  = isfinite(width) ? width : fmax(1.0, 4.0 * fabs(l->next[j]));
        choices      = choices || (p->integer[j] && width > 0.0);
    }
    if (!descend(l, before))
        return false;
    if (!choices) {
        accept(l, x, objective, &found);
        return found;
    }
    memcpy(l->relaxed, l->next, p->cols * sizeof *x);
    for (int up = 1; up >= 0; up--) {
        park_box_copy(&l->box, box, p->cols);
        memcpy(l->next, l->relaxed, p->cols * sizeof *x);
        fix_choices(l, l->relaxed, up == 1);
        if (descend(l, before))
            accept(l, x, objective, &found);
    }
    return found;
}
