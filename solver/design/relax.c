/* The relaxation of a box: McCormick sides and secants as they are needed; Eq. (T3)-(T8). */
#include "design/relax.h"

#include "design/outward.h"

#include <string.h>

static const double VIOLATED = 1e-6; /* an item enters when missed by more, relative to its terms [-] */
static const double HARDLY =
    0.1;                         /* of what is open between bound and incumbent: not what keeps it open [-] */
static const double TINY = 1e-6; /* of magnitudes near 1: bounds below it are as good as zero [-] */
enum {
    OLDEST = 3,
    PLACE  = 7,
    AGE    = 4
}; /* idle solves before an item leaves; bits of a byte: place, age above */

double park_concave_value(const park_concave *c, double x)
{
    return c->scale * pow(fmax(x, 0.0) / c->reference, c->exponent);
}

park_status park_relax_make(park_relax *r, const park_program *p, park_arena *arena)
{
    *r           = (park_relax){.program = p};
    r->items     = 4 * p->products + p->concaves;
    r->bytes     = p->cols + p->rows + r->items;
    r->active    = PARK_ARRAY(arena, r->items, int32_t);
    r->wanted    = PARK_ARRAY(arena, r->items, int32_t);
    r->status    = PARK_ARRAY(arena, r->bytes, uint8_t);
    r->is_active = PARK_ARRAY(arena, r->items, uint8_t);
    PARK_TRY(park_box_make(&r->box, p->cols, arena));
    if (r->active == NULL || r->wanted == NULL || r->status == NULL || r->is_active == NULL)
        return PARK_E_MEMORY;
    r->lp = park_lp_new();
    return r->lp != NULL ? PARK_OK : PARK_E_MEMORY;
}

void park_relax_free(park_relax *r)
{
    park_lp_free(r->lp);
    r->lp = NULL;
}

/* ---- one item as a row -------------------------------------------------------------------------------- */

typedef struct item_row {
    double  lo, hi;
    size_t  count;
    int32_t index[3];
    double  value[3];
} item_row;

/* A side stays valid where it touches outside of the box. Bounds that are nearly zero (what rounding leaves of a
 * quality) are moved out to zero or to TINY: as coefficients they would spoil the engine's factors. */
static double touch_low(double lo)
{
    return fabs(lo) >= TINY ? lo : lo < 0.0 ? -TINY : 0.0;
}

static double touch_high(double hi)
{
    return fabs(hi) >= TINY || hi == 0.0 ? hi : hi > 0.0 ? TINY : 0.0;
}

/* The bounds at which a side touches: side 0 (lo, lo) and 1 (hi, hi) from below, 2 (hi, lo) and 3 (lo, hi)
 * from above. */
static void touching(const park_product *m, int side, const park_box *box, double *flow, double *conc)
{
    *flow = side == 1 || side == 2 ? touch_high(box->hi[m->flow]) : touch_low(box->lo[m->flow]);
    *conc = side == 1 || side == 3 ? touch_high(box->hi[m->conc]) : touch_low(box->lo[m->conc]);
}

/* (f - F)(c - C) keeps its sign over the box: w - F c - C f >= -F C below, <= above; Eq. (T3), (T4). */
static item_row product_row(const park_product *m, int side, const park_box *box)
{
    double f, c;
    touching(m, side, box, &f, &c);
    if (isinf(f) || isinf(c))
        return (item_row){.lo = -INFINITY, .hi = INFINITY};
    item_row row = {.lo    = -INFINITY,
                    .hi    = INFINITY,
                    .count = 3,
                    .index = {m->w, m->conc, m->flow},
                    .value = {1.0, -f, -c}};
    if (side < 2)
        row.lo = park_down(-(f * c));
    else
        row.hi = park_up(-(f * c));
    return row;
}

/* t >= slope x + least of g - slope x at the two ends: any slope is valid for a concave g; Eq. (T6). */
static item_row secant_row(const park_concave *c, const park_box *box)
{
    double lo = fmax(box->lo[c->x], 0.0), hi = box->hi[c->x];
    if (isinf(hi))
        return (item_row){.lo = -INFINITY, .hi = INFINITY};
    double at_lo = park_concave_value(c, lo), at_hi = park_concave_value(c, hi);
    double far   = fmax(hi, lo + TINY); /* a steeper slope would spoil the engine's factors, too */
    double slope = (park_concave_value(c, far) - at_lo) / (far - lo);
    double least = fmin(at_lo - slope * lo, at_hi - slope * hi);
    least -= 64.0 * DBL_EPSILON * (fabs(at_hi) + fabs(slope * hi)) + DBL_MIN;
    return (item_row){.lo = least, .hi = INFINITY, .count = 2, .index = {c->t, c->x}, .value = {1.0, -slope}};
}

static item_row row_of(const park_program *p, int32_t item, const park_box *box)
{
    size_t i = (size_t)item;
    return i < 4 * p->products ? product_row(&p->product[i / 4], (int)(i % 4), box)
                               : secant_row(&p->concave[i - 4 * p->products], box);
}

size_t park_relax_item(const park_relax *r, int32_t item, int32_t index[3], double value[3])
{
    item_row row = row_of(r->program, item, &r->box);
    for (size_t k = 0; k < row.count; k++)
        index[k] = row.index[k], value[k] = row.value[k];
    return row.count;
}

static bool same_bounds(const park_box *a, const park_box *b, int32_t j)
{
    return a->lo[j] == b->lo[j] && a->hi[j] == b->hi[j];
}

static bool item_changed(const park_program *p, int32_t item, const park_box *old, const park_box *fresh)
{
    size_t i = (size_t)item;
    if (i >= 4 * p->products)
        return !same_bounds(old, fresh, p->concave[i - 4 * p->products].x);
    const park_product *m = &p->product[i / 4];
    double              f, c, f_old, c_old;
    touching(m, (int)(i % 4), fresh, &f, &c);
    touching(m, (int)(i % 4), old, &f_old, &c_old);
    return f != f_old || c != c_old;
}

/* ---- loading ------------------------------------------------------------------------------------------ */

static park_status add_item(park_relax *r, int32_t item)
{
    item_row row = row_of(r->program, item, &r->box);
    PARK_TRY(park_lp_add_row(r->lp, row.lo, row.hi, row.count, row.index, row.value, NULL));
    r->active[r->actives++] = item;
    r->is_active[item]      = 1;
    return PARK_OK;
}

static void keep_first(park_relax *r, size_t count)
{
    while (r->actives > count)
        r->is_active[r->active[--r->actives]] = 0;
    park_lp_truncate(r->lp, r->program->rows + count);
}

static park_status load_first(park_relax *r, const park_box *box)
{
    const park_program *p = r->program;
    PARK_TRY(park_lp_load(r->lp, p->rows, p->cols, p->row_lo, p->row_hi, p->start, p->index, p->value,
                          box->lo, box->hi, p->cost, NULL));
    park_box_copy(&r->box, box, p->cols);
    r->loaded = true;
    return PARK_OK;
}

static park_status load_box(park_relax *r, const park_box *box)
{
    const park_program *p = r->program;
    if (!r->loaded)
        return load_first(r, box);
    for (size_t i = 0; i < r->actives; i++)
        if (item_changed(p, r->active[i], &r->box, box)) {
            item_row row = row_of(p, r->active[i], box);
            PARK_TRY(park_lp_set_row(r->lp, (int32_t)(p->rows + i), row.lo, row.hi, row.count, row.index,
                                     row.value, NULL));
        }
    for (size_t j = 0; j < p->cols; j++)
        if (!same_bounds(&r->box, box, (int32_t)j))
            PARK_TRY(park_lp_set_col(r->lp, (int32_t)j, box->lo[j], box->hi[j], NULL));
    park_box_copy(&r->box, box, p->cols);
    return PARK_OK;
}

park_status park_relax_load(park_relax *r, const park_box *box, const uint8_t *basis)
{
    const park_program *p      = r->program;
    const size_t        base   = p->cols + p->rows;
    size_t              wanted = 0, same = 0;
    for (size_t i = 0; basis != NULL && i < r->items; i++)
        if (basis[base + i] != 0)
            r->wanted[wanted++] = (int32_t)i;
    while (same < wanted && same < r->actives && r->active[same] == r->wanted[same])
        same++;
    if (r->loaded)
        keep_first(r, same);
    PARK_TRY(load_box(r, box));
    for (size_t i = same; i < wanted; i++)
        PARK_TRY(add_item(r, r->wanted[i]));
    if (basis == NULL) {
        memset(r->status, 2, p->cols); /* at lower; a column without one is put right by the engine */
        memset(r->status + p->cols, 1, p->rows);
        return PARK_OK;
    }
    memcpy(r->status, basis, base);
    for (size_t i = 0; i < wanted; i++)
        r->status[base + i] = basis[base + (size_t)r->wanted[i]] & PLACE;
    return PARK_OK;
}

/* ---- solving ------------------------------------------------------------------------------------------ */

/* How far each side of a product is missed at (w, f, c). */
static double missed(const park_relax *r, int32_t item, const double *x, double *size)
{
    item_row row = row_of(r->program, item, &r->box);
    double   sum = 0.0;
    *size        = 1.0;
    for (size_t k = 0; k < row.count; k++) {
        double term = row.value[k] * x[row.index[k]];
        sum += term;
        *size = fmax(*size, fabs(term));
    }
    return fmax(row.lo - sum, sum - row.hi);
}

/* Items missed at the LP's point enter, in the order of their numbers. */
static park_status add_missed(park_relax *r, size_t *added)
{
    const double *x = park_lp_primal(r->lp);
    *added          = 0;
    for (size_t i = 0; i < r->items; i++) {
        double size;
        if (!r->is_active[i] && missed(r, (int32_t)i, x, &size) > VIOLATED * size) {
            PARK_TRY(add_item(r, (int32_t)i));
            (*added)++;
        }
    }
    return PARK_OK;
}

park_relax_status park_relax_solve(park_relax *r, double cutoff, int rounds, double *bound)
{
    const park_program  *p     = r->program;
    park_lp_basis        basis = {.rows = p->rows + r->actives, .cols = p->cols, .status = r->status};
    const park_lp_basis *start = &basis;
    park_lp_set_cutoff(r->lp, cutoff - p->constant);
    for (int round = 0;; round++) {
        park_lp_status status = park_lp_solve(r->lp, start, r->most);
        start                 = NULL; /* from now on the last basis, new rows basic */
        r->solves++;
        r->work += (uint64_t)park_lp_iterations(r->lp);
        if (status == PARK_LP_INFEASIBLE)
            return park_lp_safe_infeasible(r->lp, 0) ? PARK_RELAX_EMPTY : PARK_RELAX_UNSOLVED;
        if (status == PARK_LP_OPTIMAL || status == PARK_LP_CUTOFF ||
            (status == PARK_LP_LIMIT && r->most > 0)) {
            r->lp_bound = park_down(park_lp_safe_bound(r->lp) + p->constant);
            *bound      = fmax(*bound, r->lp_bound);
        }
        if (*bound > cutoff)
            return PARK_RELAX_EMPTY;
        if (status == PARK_LP_CUTOFF) { /* the engine stopped early but its word was not good enough */
            park_lp_set_cutoff(r->lp, INFINITY);
            continue;
        }
        if (status != PARK_LP_OPTIMAL)
            return PARK_RELAX_UNSOLVED;
        size_t added = 0;
        if (round >= rounds || add_missed(r, &added) != PARK_OK || added == 0)
            return PARK_RELAX_SOLVED;
    }
}

const double *park_relax_point(const park_relax *r)
{
    return park_lp_primal(r->lp);
}

void park_relax_basis(const park_relax *r, const uint8_t *before, uint8_t *bytes)
{
    const park_program *p    = r->program;
    const size_t        base = p->cols + p->rows;
    uint8_t            *now  = r->status;
    memset(bytes, 0, r->bytes);
    if (!park_lp_basis_copy(r->lp, now)) {
        memset(bytes, 2, p->cols);
        memset(bytes + p->cols, 1, p->rows);
        return;
    }
    memcpy(bytes, now, base);
    for (size_t i = 0; i < r->actives; i++) {
        size_t  item  = base + (size_t)r->active[i];
        uint8_t place = now[base + i];
        int     idle  = place != 1 ? 0 : 1 + (before == NULL ? 0 : before[item] >> AGE);
        if (idle <= OLDEST)
            bytes[item] = (uint8_t)(place | (idle << AGE));
    }
}

park_status park_root_keep(park_arena *arena, const uint8_t *basis, size_t bytes, park_root *root)
{
    *root = (park_root){0};
    if (basis == NULL)
        return PARK_OK;
    uint8_t *copy = PARK_ARRAY(arena, bytes, uint8_t);
    if (copy == NULL)
        return PARK_E_MEMORY;
    memcpy(copy, basis, bytes);
    *root = (park_root){copy, bytes};
    return PARK_OK;
}

void park_relax_errors(const park_relax *r, const double *x, double *error, double *weight)
{
    const park_program *p    = r->program;
    const double       *dual = park_lp_dual(r->lp);
    for (size_t i = 0; i < p->products; i++) {
        const park_product *m = &p->product[i];
        error[i]              = fabs(x[m->w] - x[m->flow] * x[m->conc]);
        weight[i]             = 0.0;
    }
    for (size_t i = 0; i < r->actives; i++)
        if ((size_t)r->active[i] < 4 * p->products)
            weight[r->active[i] / 4] += fabs(dual[p->rows + i]);
}

double park_relax_missed(const park_relax *r)
{
    const park_program *p    = r->program;
    const double       *dual = park_lp_dual(r->lp), *x = park_lp_primal(r->lp);
    double              sum = 0.0;
    for (size_t i = 0; i < r->actives; i++)
        if ((size_t)r->active[i] < 4 * p->products) {
            const park_product *m = &p->product[r->active[i] / 4];
            sum += fabs(dual[p->rows + i] * (x[m->w] - x[m->flow] * x[m->conc]));
        }
    return sum;
}

bool park_relax_choices_open(const park_program *p, const park_box *box)
{
    for (size_t j = 0; j < p->cols; j++)
        if (p->integer[j] && box->lo[j] < box->hi[j])
            return true;
    return false;
}

bool park_relax_whole_numbers_matter(const park_relax *r, const park_box *box, double bound, double best)
{
    return park_relax_choices_open(r->program, box) && isfinite(best) &&
           park_relax_missed(r) < HARDLY * (best - bound);
}

void park_relax_concave_errors(const park_relax *r, const double *x, double *error, double *weight)
{
    const park_program *p    = r->program;
    const double       *dual = park_lp_dual(r->lp);
    for (size_t i = 0; i < p->concaves; i++) {
        error[i]  = fmax(0.0, park_concave_value(&p->concave[i], x[p->concave[i].x]) - x[p->concave[i].t]);
        weight[i] = 0.0;
    }
    for (size_t i = 0; i < r->actives; i++)
        if ((size_t)r->active[i] >= 4 * p->products)
            weight[(size_t)r->active[i] - 4 * p->products] += fabs(dual[p->rows + i]);
}
