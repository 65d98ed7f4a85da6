/* Successive linear programs; Eq. (T17)-(T18) of docs/math/tree.md. */
#include "design/local.h"

#include "design/relax.h"

#include <math.h>
#include <string.h>

enum { MOST_STEPS = 40, MOST_PRICES = 3 };
static const double LOOSE =
    50.0; /* concentrations may pass their limits by this factor during the search [-] */
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
    l->step       = PARK_ARRAY(arena, p->cols, double);
    size_t widest = 0;
    for (size_t r = 0; r < p->rows; r++)
        widest = p->start[r + 1] - p->start[r] > widest ? p->start[r + 1] - p->start[r] : widest;
    l->index   = PARK_ARRAY(arena, widest + 2, int32_t);
    l->value   = PARK_ARRAY(arena, widest + 2, double);
    l->conc_at = PARK_ARRAY(arena, p->cols, size_t);
    if (l->conc_at != NULL)
        for (size_t j = 0; j < p->cols; j++)
            if (p->col_class[j] == PARK_COL_CONC)
                l->conc_at[j] = l->concs++;
    l->lp = park_lp_new();
    return l->next != NULL && l->scale != NULL && l->best != NULL && l->relaxed != NULL && l->lp != NULL &&
                   l->step != NULL && l->index != NULL && l->value != NULL && l->conc_at != NULL
               ? PARK_OK
               : PARK_E_MEMORY;
}

void park_local_free(park_local *l)
{
    park_lp_free(l->lp);
    l->lp = NULL;
}

/* ---- the elastic linear program ----------------------------------------------------------------------- */

static bool is_quality(const park_program *p, int32_t j)
{
    return p->col_class[j] == PARK_COL_CONC || p->col_class[j] == PARK_COL_LIFTED;
}

/* A limit on quality: an inequality with a concentration or a product in it. */
static bool is_limit(const park_program *p, size_t r)
{
    bool quality = false;
    for (size_t k = p->start[r]; k < p->start[r + 1]; k++)
        quality = quality || is_quality(p, p->index[k]);
    return quality && p->row_lo[r] < p->row_hi[r];
}

/* Rows of the program, limits with a slack on each finite side; one row a product and one a concave cost,
 * filled by linearize; one row a concentration for its upper bound, with a slack. */
static park_status load_rows(park_local *l)
{
    const park_program *p     = l->program;
    int32_t             slack = (int32_t)p->cols;
    int32_t             index[2];
    const double        value[2] = {1.0, -1.0};
    for (size_t r = 0; r < p->rows; r++) {
        size_t at = p->start[r], count = p->start[r + 1] - at;
        memcpy(l->index, p->index + at, count * sizeof *l->index);
        memcpy(l->value, p->value + at, count * sizeof *l->value);
        if (is_limit(p, r)) {
            if (!isinf(p->row_hi[r])) {
                l->index[count]   = slack++;
                l->value[count++] = -1.0;
            }
            if (!isinf(p->row_lo[r])) {
                l->index[count]   = slack++;
                l->value[count++] = 1.0;
            }
        }
        PARK_TRY(park_lp_add_row(l->lp, p->row_lo[r], p->row_hi[r], count, l->index, l->value, NULL));
    }
    for (size_t i = 0; i < p->products + p->concaves; i++)
        PARK_TRY(park_lp_add_row(l->lp, -INFINITY, INFINITY, 0, NULL, NULL, NULL));
    for (size_t j = 0; j < p->cols; j++)
        if (p->col_class[j] == PARK_COL_CONC) {
            index[0] = (int32_t)j;
            index[1] = slack++;
            PARK_TRY(park_lp_add_row(l->lp, -INFINITY, INFINITY, 2, index, value, NULL));
        }
    return PARK_OK;
}

static park_status load(park_local *l)
{
    const park_program *p = l->program;
    park_arena         *a = park_arena_new();
    size_t              n = p->cols;
    for (size_t r = 0; r < p->rows; r++)
        n += is_limit(p, r) ? (size_t)!isinf(p->row_lo[r]) + (size_t)!isinf(p->row_hi[r]) : 0;
    for (size_t j = 0; j < p->cols; j++)
        n += p->col_class[j] == PARK_COL_CONC;
    l->slacks = n - p->cols;
    n += 2 * p->products;
    double *lo = PARK_ARRAY(a, n, double), *hi = PARK_ARRAY(a, n, double), *cost = PARK_ARRAY(a, n, double);
    park_status status = PARK_E_MEMORY;
    if (lo != NULL && hi != NULL && cost != NULL) {
        memcpy(lo, p->col_lo, p->cols * sizeof *lo);
        memcpy(hi, p->col_hi, p->cols * sizeof *hi);
        memcpy(cost, p->cost, p->cols * sizeof *cost);
        for (size_t j = p->cols; j < p->cols + l->slacks; j++)
            hi[j] = INFINITY;
        status = park_lp_load(l->lp, 0, n, NULL, NULL, NULL, NULL, NULL, lo, hi, cost, NULL);
    }
    park_arena_free(a);
    if (status == PARK_OK)
        status = load_rows(l);
    l->price  = 0.0;
    l->loaded = status == PARK_OK;
    return status;
}

static park_status set_price(park_local *l, double price)
{
    if (l->price == price)
        return PARK_OK;
    for (size_t j = l->program->cols; j < l->program->cols + l->slacks + 2 * l->program->products; j++)
        PARK_TRY(park_lp_set_cost(l->lp, (int32_t)j, price, NULL));
    l->price = price;
    return PARK_OK;
}

/* How products are written at a point (f0, c0). */
typedef enum product_face {
    BOTH_MOVE,  /* w - f0 c - c0 f = -f0 c0 */
    FLOW_MOVES, /* w - c0 f = 0 */
    CONC_MOVES  /* w - f0 c = 0 */
} product_face;

/* Products by their face; concave costs by their tangent, which lies above them. */
static park_status linearize(park_local *l, const double *x, product_face face)
{
    const park_program *p = l->program;
    for (size_t i = 0; i < p->products; i++) {
        const park_product *m = &p->product[i];
        double        f = face == FLOW_MOVES ? 0.0 : x[m->flow], c = face == CONC_MOVES ? 0.0 : x[m->conc];
        double        known    = face == BOTH_MOVE ? -f * c : 0.0;
        const int32_t off      = (int32_t)(p->cols + l->slacks + 2 * i);
        const int32_t index[5] = {m->w, m->conc, m->flow, off, off + 1};
        const double  value[5] = {1.0, -f, -c, 1.0, -1.0};
        PARK_TRY(park_lp_set_row(l->lp, (int32_t)(p->rows + i), known, known, 5, index, value, NULL));
    }
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *k    = &p->concave[i];
        double              span = isfinite(l->box.hi[k->x]) ? l->box.hi[k->x] : 1.0;
        double              at   = fmax(x[k->x], 1e-4 * span + 1e-12); /* no upright tangent at zero */
        double              g = park_concave_value(k, at), slope = k->exponent * g / at;
        const int32_t       index[2] = {k->t, k->x};
        const double        value[2] = {1.0, -slope};
        PARK_TRY(park_lp_set_row(l->lp, (int32_t)(p->rows + p->products + i), g - slope * at, INFINITY, 2,
                                 index, value, NULL));
    }
    return PARK_OK;
}

/* Which slacks are open: those of the limits, or those of the products. */
static park_status open_slacks(park_local *l, bool products)
{
    size_t first = l->program->cols, middle = first + l->slacks, end = middle + 2 * l->program->products;
    for (size_t j = first; j < end; j++)
        PARK_TRY(park_lp_set_col(l->lp, (int32_t)j, 0.0, (j >= middle) == products ? INFINITY : 0.0, NULL));
    return PARK_OK;
}

/* Factors may move by `radius` of their width; one kind of them stays where the face says so. Where the
 * limits' slacks are open, concentrations may leave their box upwards, at a price. */
static park_status set_region(park_local *l, const double *x, double radius, product_face face, bool limits)
{
    const park_program *p     = l->program;
    size_t              limit = p->rows + p->products + p->concaves;
    PARK_TRY(open_slacks(l, !limits));
    for (size_t j = 0; j < p->cols; j++) {
        double lo = l->box.lo[j], hi = l->box.hi[j];
        bool   conc = p->col_class[j] == PARK_COL_CONC, flow = p->col_class[j] == PARK_COL_FLOW;
        if (conc && limits) {
            const int32_t index[2] = {(int32_t)j, (int32_t)(p->cols + l->slacks - l->concs + l->conc_at[j])};
            const double  value[2] = {1.0, -1.0};
            PARK_TRY(park_lp_set_row(l->lp, (int32_t)(limit + l->conc_at[j]), -INFINITY, hi, 2, index, value,
                                     NULL));
            lo = fmin(lo, x[j]);
            hi = fmax(LOOSE * hi, x[j]);
        }
        bool stays = (conc && face == FLOW_MOVES) || (flow && face == CONC_MOVES);
        if (stays || ((conc || flow) && face == BOTH_MOVE && radius < 1.0)) {
            double middle = fmin(fmax(x[j], lo), hi), reach = stays ? 0.0 : radius * l->scale[j];
            lo = fmax(lo, middle - reach);
            hi = fmin(hi, middle + reach);
        }
        PARK_TRY(park_lp_set_col(l->lp, (int32_t)j, lo, hi, NULL));
    }
    return PARK_OK;
}

/* Limits missed by the last solution, by its slacks. */
static double missed_limits(const park_local *l)
{
    const double *y   = park_lp_primal(l->lp);
    double        sum = 0.0;
    for (size_t j = l->program->cols; j < l->program->cols + l->slacks; j++)
        sum += y[j];
    return sum;
}

static double missed_products(const park_program *p, const double *x)
{
    double sum = 0.0;
    for (size_t i = 0; i < p->products; i++)
        sum += fabs(x[p->product[i].w] - x[p->product[i].flow] * x[p->product[i].conc]);
    return sum;
}

/* What the last solution costs: objective, what is missed at the present price, and what the true concave
 * costs save against their tangents. */
static double merit(const park_local *l, bool limits)
{
    const park_program *p   = l->program;
    const double       *y   = park_lp_primal(l->lp);
    double              sum = l->price * (limits ? missed_limits(l) : missed_products(p, y));
    for (size_t j = 0; j < p->cols; j++)
        sum += p->cost[j] * y[j];
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *k = &p->concave[i];
        sum += p->cost[k->t] * (park_concave_value(k, y[k->x]) - y[k->t]);
    }
    return sum;
}

static bool solve(park_local *l)
{
    if (park_lp_over(l->lp))
        return false;
    int64_t        limit  = 500 + (int64_t)(park_lp_rows(l->lp) + park_lp_cols(l->lp));
    park_lp_status status = park_lp_solve(l->lp, NULL, limit);
    l->solves++;
    l->work += (uint64_t)park_lp_iterations(l->lp);
    return status == PARK_LP_OPTIMAL;
}

/* ---- the search --------------------------------------------------------------------------------------- */

static bool spent(const park_local *l, uint64_t before)
{
    return (l->work_limit > 0 && l->work - before > l->work_limit) || park_lp_over(l->lp);
}

/* With the flows of x, the concentrations that follow: products exact again. The answer is the LP's. */
static bool follow_flows(park_local *l, const double *x)
{
    return linearize(l, x, CONC_MOVES) == PARK_OK && set_region(l, x, 1.0, CONC_MOVES, true) == PARK_OK &&
           solve(l);
}

static void take_point(park_local *l)
{
    memcpy(l->next, park_lp_primal(l->lp), l->program->cols * sizeof *l->next);
}

/*
 * Steps at one price from l->next, whose cost is `here`. With limits open every step is followed by the
 * concentrations that its flows imply, so that points lie on the products and miss only limits; with products
 * open the points keep the limits and miss products, which crosses valleys that the other way cannot.
 */
static bool march(park_local *l, double here, bool limits, uint64_t before)
{
    const park_program *p        = l->program;
    double              radius   = FIRST_RADIUS;
    int                 failures = 0;
    for (int step = 0; step < MOST_STEPS && radius > LEAST_RADIUS && !spent(l, before); step++) {
        if (linearize(l, l->next, BOTH_MOVE) != PARK_OK ||
            set_region(l, l->next, radius, BOTH_MOVE, limits) != PARK_OK)
            return false;
        if (!solve(
                l)) { /* a smaller region seldom helps, and each failure costs a whole ladder of attempts */
            radius *= 0.25;
            if (++failures > 2)
                break;
            continue;
        }
        double hoped = here - park_lp_objective(l->lp), least = EXACT * (1.0 + fabs(here));
        if (hoped <= least) {
            if (!limits)
                take_point(l);
            return true;
        }
        memcpy(l->step, park_lp_primal(l->lp), p->cols * sizeof *l->step);
        double there = !limits || follow_flows(l, l->step) ? merit(l, limits) : INFINITY;
        if (there < here - 0.1 * hoped) {
            radius = here - there > 0.5 * hoped ? fmin(2.0 * radius, 1.0) : radius;
            here   = there;
            take_point(l);
        } else {
            radius *= 0.3;
        }
    }
    return true;
}

static double missed(const park_local *l, bool limits)
{
    const park_program *p   = l->program;
    double              sum = missed_products(p, l->next);
    if (limits)
        for (size_t j = 0; j < p->cols; j++)
            sum += fmax(0.0, l->next[j] - l->box.hi[j]);
    for (size_t r = 0; limits && r < p->rows; r++) {
        double row = 0.0;
        for (size_t k = p->start[r]; k < p->start[r + 1]; k++)
            row += p->value[k] * l->next[p->index[k]];
        sum += fmax(0.0, fmax(p->row_lo[r] - row, row - p->row_hi[r]));
    }
    return sum;
}

/* From l->next: flows for its concentrations, then marching at rising prices until nothing is missed. */
static bool descend(park_local *l, bool limits, uint64_t before)
{
    const park_program *p     = l->program;
    double              price = 1.0;
    for (size_t j = 0; j < p->cols; j++)
        price = fmax(price, (limits ? 30.0 : 4.0) * fabs(p->cost[j]));
    for (int k = 0; k < MOST_PRICES; k++, price *= 10.0) {
        if (set_price(l, price) != PARK_OK)
            return false;
        if (k == 0) {
            if (linearize(l, l->next, FLOW_MOVES) != PARK_OK ||
                set_region(l, l->next, 1.0, FLOW_MOVES, false) != PARK_OK || !solve(l))
                return false;
            take_point(l);
        }
        double here = merit(l, false);
        if (limits || k > 0) {
            if (!follow_flows(l, l->next) && limits)
                return false;
            if (limits) {
                take_point(l);
                here = merit(l, true);
            } else {
                here = price * missed_products(p, l->next);
                for (size_t j = 0; j < p->cols; j++)
                    here += p->cost[j] * l->next[j];
            }
        }
        if (!march(l, here, limits, before))
            return false;
        if (missed(l, limits) <= 1e-8)
            return true;
        if (spent(l, before))
            break;
    }
    return missed(l, limits) <= 1e-5;
}

/* Whole numbers fixed: at the nearest, or where `up` at the next above unless almost there. */
static void fix_choices(park_local *l, const double *x, bool up)
{
    const park_program *p = l->program;
    for (size_t j = 0; j < p->cols; j++) {
        if (!p->integer[j])
            continue;
        double whole = up ? ceil(x[j] - 1e-5) : nearbyint(x[j]);
        whole        = fmin(fmax(whole, l->box.lo[j]), l->box.hi[j]);
        l->box.lo[j] = l->box.hi[j] = whole;
    }
}

static bool accept(park_local *l, double *x, double *objective, bool *found)
{
    const park_program *p = l->program;
    double              z;
    memcpy(l->best, l->next, p->cols * sizeof *x);
    if (!park_program_recheck(p, l->best, &z) || (*found && z >= *objective))
        return false;
    memcpy(x, l->best, p->cols * sizeof *x);
    *objective = z;
    *found     = true;
    return true;
}

/* One descent from `from`, its choices fixed by rounding. */
static bool descend_rounded(park_local *l, const park_box *box, const double *from, bool up, bool limits,
                            uint64_t before)
{
    const size_t cols = l->program->cols;
    park_box_copy(&l->box, box, cols);
    for (size_t j = 0; j < cols; j++)
        l->next[j] = fmin(fmax(from[j], box->lo[j]), box->hi[j]);
    fix_choices(l, from, up);
    return descend(l, limits, before);
}

bool park_local_search(park_local *l, const park_box *box, const double *start, bool limits, double *x,
                       double *objective)
{
    const park_program *p      = l->program;
    uint64_t            before = l->work;
    bool                found = false, choices = false, whole = true;
    if (!l->loaded && load(l) != PARK_OK)
        return false;
    for (size_t j = 0; j < p->cols; j++) {
        double width = box->hi[j] - box->lo[j];
        l->next[j]   = fmin(fmax(start[j], box->lo[j]), box->hi[j]);
        l->scale[j]  = isfinite(width) ? width : fmax(1.0, 4.0 * fabs(l->next[j]));
        choices      = choices || (p->integer[j] && width > 0.0);
        whole        = whole && (!p->integer[j] || fabs(start[j] - nearbyint(start[j])) < 1e-6);
    }
    /* a formulation that rechecks chooses its whole numbers for the flows: a relaxed point is an answer, too */
    bool chooses = p->recheck != NULL;
    if (choices && !chooses && descend_rounded(l, box, start, false, limits, before) &&
        accept(l, x, objective, &found) && whole)
        return true;
    park_box_copy(&l->box, box, p->cols);
    for (size_t j = 0; j < p->cols; j++)
        l->next[j] = fmin(fmax(start[j], box->lo[j]), box->hi[j]);
    if (!descend(l, limits, before))
        return found;
    if (!choices || chooses)
        accept(l, x, objective, &found);
    if (!choices || found)
        return found;
    memcpy(l->relaxed, l->next, p->cols * sizeof *x);
    for (int up = 1; up >= 0; up--)
        if (descend_rounded(l, box, l->relaxed, up == 1, limits, before))
            accept(l, x, objective, &found);
    return found;
}
