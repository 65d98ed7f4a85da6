/* The optimization problem: building it, asking whether it is well formed, testing a point against it. */
#include "design/program.h"

#include <math.h>
#include <string.h>

static const double HOLDS = 1e-8; /* relative tolerance of the exact recheck [-] */

void park_program_init(park_program *p, park_arena *arena)
{
    *p       = (park_program){0};
    p->arena = arena;
}

/* Room for one more in each array of a family that shares count and capacity; `cap` ends as the new capacity.
 */
#define GROW(p, items, count, cap, old) ((cap) = (old), PARK_GROW((p)->arena, (p)->items, (count), (cap)))

int32_t park_program_col(park_program *p, park_col_class cls, double lo, double hi, double cost,
                         const char *name)
{
    size_t n = p->cols, old = p->cols_cap, cap;
    if (n >= INT32_MAX || !GROW(p, col_lo, n, cap, old) || !GROW(p, col_hi, n, cap, old) ||
        !GROW(p, cost, n, cap, old) || !GROW(p, col_class, n, cap, old) || !GROW(p, integer, n, cap, old) ||
        !GROW(p, col_name, n, cap, old) || !GROW(p, col_lo_statement, n, cap, old) ||
        !GROW(p, col_hi_statement, n, cap, old))
        return -1;
    p->cols_cap            = cap;
    p->col_lo[n]           = lo;
    p->col_hi[n]           = hi;
    p->cost[n]             = cost;
    p->col_class[n]        = cls;
    p->integer[n]          = false;
    p->col_name[n]         = name;
    p->col_lo_statement[n] = p->col_hi_statement[n] = -1;
    p->cols++;
    return (int32_t)n;
}

int32_t park_program_integer(park_program *p, double lo, double hi, double cost, const char *name)
{
    int32_t j = park_program_col(p, PARK_COL_CHOICE, lo, hi, cost, name);
    if (j >= 0)
        p->integer[j] = true;
    return j;
}

static bool room_for_row(park_program *p)
{
    size_t n = p->rows, old = p->rows_cap, cap;
    if (n < old)
        return true;
    if (n >= INT32_MAX || !GROW(p, row_lo, n, cap, old) || !GROW(p, row_hi, n, cap, old) ||
        !GROW(p, statement, n, cap, old) || !GROW(p, redundant, n, cap, old) ||
        !GROW(p, row_name, n, cap, old))
        return false;
    size_t *start = PARK_ARRAY(p->arena, cap + 1, size_t);
    if (start == NULL)
        return false;
    if (n > 0)
        memcpy(start, p->start, (n + 1) * sizeof *start);
    p->start    = start;
    p->rows_cap = cap;
    return true;
}

int32_t park_program_row(park_program *p, double lo, double hi, size_t count, const int32_t *index,
                         const double *value, int32_t statement, const char *name)
{
    if (!room_for_row(p))
        return -1;
    size_t n = p->rows, old, cap, first = p->entries;
    for (size_t i = 0; i < count; i++) {
        size_t k = first;
        while (k < p->entries && p->index[k] != index[i])
            k++;
        if (k == p->entries) {
            old = p->entries_cap;
            if (!GROW(p, index, k, cap, old) || !GROW(p, value, k, cap, old)) {
                p->entries = first;
                return -1;
            }
            p->entries_cap = cap;
            p->index[k]    = index[i];
            p->value[k]    = 0.0;
            p->entries++;
        }
        p->value[k] += value[i];
    }
    size_t kept = first;
    for (size_t k = first; k < p->entries; k++)
        if (p->value[k] != 0.0) {
            p->index[kept]   = p->index[k];
            p->value[kept++] = p->value[k];
        }
    p->entries      = kept;
    p->row_lo[n]    = lo;
    p->row_hi[n]    = hi;
    p->start[n]     = first;
    p->start[n + 1] = kept;
    p->statement[n] = statement;
    p->redundant[n] = false;
    p->row_name[n]  = name;
    if (statement >= 0 && (size_t)statement >= p->statements)
        p->statements = (size_t)statement + 1;
    p->rows++;
    return (int32_t)n;
}

int32_t park_program_product(park_program *p, int32_t w, int32_t flow, int32_t conc)
{
    if (!PARK_GROW(p->arena, p->product, p->products, p->products_cap))
        return -1;
    p->product[p->products] = (park_product){w, flow, conc, false};
    return (int32_t)p->products++;
}

void park_program_whole(park_program *p, int32_t product)
{
    if (product >= 0)
        p->product[product].whole = true;
}

bool park_program_withdraw_whole(park_program *p)
{
    bool *stands = PARK_ARRAY(p->arena, p->cols, bool);
    if (stands == NULL)
        return false;
    for (size_t k = 0; k < p->entries; k++)
        stands[p->index[k]] = stands[p->index[k]] || p->value[k] != 0.0;
    for (size_t i = 0; i < p->products; i++)
        p->product[i].whole = p->product[i].whole && !stands[p->product[i].conc];
    return true;
}

int32_t park_program_concave(park_program *p, int32_t t, int32_t x, double scale, double reference,
                             double exponent)
{
    if (!PARK_GROW(p->arena, p->concave, p->concaves, p->concaves_cap))
        return -1;
    p->concave[p->concaves] = (park_concave){t, x, scale, reference, exponent};
    return (int32_t)p->concaves++;
}

/* ---- well formed? ------------------------------------------------------------------------------------- */

static const char *named(const char *name)
{
    return name == NULL ? "unnamed" : name;
}

static bool crossed(double lo, double hi)
{
    return isnan(lo) || isnan(hi) || lo == INFINITY || hi == -INFINITY || lo > hi;
}

static bool is_col(const park_program *p, int32_t j)
{
    return j >= 0 && (size_t)j < p->cols;
}

static park_status check_rows(const park_program *p, park_error *err)
{
    for (size_t r = 0; r < p->rows; r++) {
        if (crossed(p->row_lo[r], p->row_hi[r]))
            return PARK_FAIL(err, PARK_E_RANGE, "row %zu (%s) has bounds [%g, %g]", r, named(p->row_name[r]),
                             p->row_lo[r], p->row_hi[r]);
        for (size_t k = p->start[r]; k < p->start[r + 1]; k++)
            if (!is_col(p, p->index[k]) || !isfinite(p->value[k]))
                return PARK_FAIL(err, PARK_E_RANGE, "row %zu (%s): column %d with coefficient %g", r,
                                 named(p->row_name[r]), (int)p->index[k], p->value[k]);
    }
    return PARK_OK;
}

park_status park_program_check(const park_program *p, park_error *err)
{
    if (!isfinite(p->constant))
        return PARK_FAIL(err, PARK_E_RANGE, "the objective's constant is %g", p->constant);
    for (size_t j = 0; j < p->cols; j++)
        if (crossed(p->col_lo[j], p->col_hi[j]) || !isfinite(p->cost[j]))
            return PARK_FAIL(err, PARK_E_RANGE, "column %zu (%s) has bounds [%g, %g] and cost %g", j,
                             named(p->col_name[j]), p->col_lo[j], p->col_hi[j], p->cost[j]);
    for (size_t j = 0; j < p->cols; j++)
        if (p->col_lo_statement[j] >= (int32_t)p->statements ||
            p->col_hi_statement[j] >= (int32_t)p->statements)
            return PARK_FAIL(err, PARK_E_RANGE, "column %zu (%s) names statements %d and %d; there are %zu",
                             j, named(p->col_name[j]), (int)p->col_lo_statement[j],
                             (int)p->col_hi_statement[j], p->statements);
    PARK_TRY(check_rows(p, err));
    for (size_t i = 0; i < p->products; i++) {
        const park_product *m = &p->product[i];
        if (!is_col(p, m->w) || !is_col(p, m->flow) || !is_col(p, m->conc) || m->flow == m->conc ||
            m->w == m->flow || m->w == m->conc)
            return PARK_FAIL(err, PARK_E_RANGE, "product %zu joins columns %d = %d x %d; there are %zu", i,
                             (int)m->w, (int)m->flow, (int)m->conc, p->cols);
    }
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *c = &p->concave[i];
        if (!is_col(p, c->t) || !is_col(p, c->x) || c->t == c->x || !(c->scale >= 0.0) ||
            !isfinite(c->scale) || !(c->reference > 0.0) || !isfinite(c->reference) ||
            !(c->exponent > 0.0 && c->exponent <= 1.0))
            return PARK_FAIL(
                err, PARK_E_RANGE,
                "concave cost %zu: columns %d, %d, scale %g, reference %g, exponent %g; the exponent must "
                "lie in (0, 1]",
                i, (int)c->t, (int)c->x, c->scale, c->reference, c->exponent);
    }
    return PARK_OK;
}

/* ---- does a point hold? ------------------------------------------------------------------------------- */

/* Whole numbers whole, bounds kept where only rounding crossed them, products and concave costs recomputed.
 */
static void repair(const park_program *p, double *x)
{
    for (size_t j = 0; j < p->cols; j++) {
        if (p->integer[j])
            x[j] = nearbyint(x[j]);
        double room = HOLDS * fmax(1.0, fabs(x[j]));
        if (x[j] < p->col_lo[j] && x[j] >= p->col_lo[j] - room)
            x[j] = p->col_lo[j];
        if (x[j] > p->col_hi[j] && x[j] <= p->col_hi[j] + room)
            x[j] = p->col_hi[j];
    }
    for (size_t i = 0; i < p->products; i++) {
        double w = x[p->product[i].flow] * x[p->product[i].conc];
        if (fabs(w - x[p->product[i].w]) <= HOLDS * fmax(1.0, fabs(w)))
            x[p->product[i].w] = w;
    }
    for (size_t i = 0; i < p->concaves; i++) {
        const park_concave *c = &p->concave[i];
        double              g = c->scale * pow(fmax(x[c->x], 0.0) / c->reference, c->exponent);
        if (x[c->t] < g || p->cost[c->t] > 0.0)
            x[c->t] = fmax(g, p->col_lo[c->t]);
    }
}

static bool rows_hold(const park_program *p, const double *x)
{
    for (size_t r = 0; r < p->rows; r++) {
        double sum = 0.0, size = 1.0;
        for (size_t k = p->start[r]; k < p->start[r + 1]; k++) {
            double term = p->value[k] * x[p->index[k]];
            sum += term;
            size = fmax(size, fabs(term));
        }
        if (!(sum >= p->row_lo[r] - HOLDS * size && sum <= p->row_hi[r] + HOLDS * size))
            return false;
    }
    return true;
}

static bool point_holds(const park_program *p, double *x, double *objective)
{
    repair(p, x);
    for (size_t j = 0; j < p->cols; j++) {
        double room = HOLDS * fmax(1.0, fabs(x[j]));
        if (!(x[j] >= p->col_lo[j] - room && x[j] <= p->col_hi[j] + room))
            return false;
    }
    for (size_t i = 0; i < p->products; i++) {
        double w = x[p->product[i].flow] * x[p->product[i].conc];
        if (!(fabs(w - x[p->product[i].w]) <= HOLDS * fmax(1.0, fabs(w))))
            return false;
    }
    if (!rows_hold(p, x))
        return false;
    *objective = p->constant;
    for (size_t j = 0; j < p->cols; j++)
        *objective += p->cost[j] * x[j];
    return isfinite(*objective);
}

bool park_program_recheck(const park_program *p, double *x, double *objective)
{
    for (size_t j = 0; j < p->cols; j++)
        if (!isfinite(x[j]))
            return false;
    return p->recheck != NULL ? p->recheck(p->user, x, objective) : point_holds(p, x, objective);
}
