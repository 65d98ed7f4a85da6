/* Mixtures found in the rows, and the bounds of a weighted mean; Eq. (T62)-(T63) of docs/math/tree.md. */
#include "design/mixtures.h"

#include <float.h>
#include <math.h>

static const double SLACK = 64.0 * DBL_EPSILON; /* of every sum below, relative to its terms [-] */

typedef struct finder {
    const park_program *p;
    int32_t            *product_of; /* [cols] the product whose w the column is, -1 */
    int32_t            *part_of;    /* [cols] the part of the mixture in hand whose flow the column is, -1 */
    size_t             *row_start;  /* [cols + 2] rows of a column */
    int32_t            *row;
    park_mixture_part  *part;
    size_t              parts, parts_cap;
    park_mixture_term  *term;
    size_t              terms, terms_cap;
    park_arena         *arena;
} finder;

static bool list_rows(finder *f)
{
    const park_program *p = f->p;
    f->row_start          = PARK_ARRAY(f->arena, p->cols + 2, size_t);
    f->row                = PARK_ARRAY(f->arena, p->entries + 1, int32_t);
    f->product_of         = PARK_ARRAY(f->arena, p->cols, int32_t);
    f->part_of            = PARK_ARRAY(f->arena, p->cols, int32_t);
    if (f->row_start == NULL || f->row == NULL || f->product_of == NULL || f->part_of == NULL)
        return false;
    for (size_t j = 0; j < p->cols; j++)
        f->product_of[j] = f->part_of[j] = -1;
    for (size_t i = 0; i < p->products; i++)
        f->product_of[p->product[i].w] = (int32_t)i;
    for (size_t k = 0; k < p->entries; k++)
        f->row_start[p->index[k] + 2]++;
    for (size_t j = 2; j < p->cols + 2; j++)
        f->row_start[j] += f->row_start[j - 1];
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = p->start[r]; k < p->start[r + 1]; k++)
            f->row[f->row_start[p->index[k] + 1]++] = (int32_t)r;
    return true;
}

/* The coefficient of a column in a row. */
static double coefficient(const park_program *p, int32_t row, int32_t col)
{
    for (size_t k = p->start[row]; k < p->start[row + 1]; k++)
        if (p->index[k] == col)
            return p->value[k];
    return 0.0;
}

/* A row that says: the whole flow is the sum of others. */
static bool parts_of(finder *f, int32_t whole)
{
    const park_program *p = f->p;
    for (size_t at = f->row_start[whole]; at < f->row_start[whole + 1]; at++) {
        int32_t r    = f->row[at];
        double  mine = coefficient(p, r, whole);
        bool    fits =
            p->row_lo[r] == 0.0 && p->row_hi[r] == 0.0 && mine != 0.0 && p->start[r + 1] - p->start[r] > 1;
        for (size_t k = p->start[r]; fits && k < p->start[r + 1]; k++)
            fits =
                p->index[k] == whole || (p->value[k] == -mine && p->col_class[p->index[k]] == PARK_COL_FLOW &&
                                         p->col_lo[p->index[k]] >= 0.0);
        if (!fits)
            continue;
        for (size_t k = p->start[r]; k < p->start[r + 1]; k++) {
            if (p->index[k] == whole)
                continue;
            if (!PARK_GROW(f->arena, f->part, f->parts, f->parts_cap))
                return false;
            f->part_of[p->index[k]] = (int32_t)f->parts;
            f->part[f->parts++]     = (park_mixture_part){.flow = p->index[k], .conc = -1};
        }
        return true;
    }
    return true;
}

/* `times` x a column, as mass of a part where it is that, else as a mass of its own. */
static bool mass_of(finder *f, const park_product *whole, size_t first, int32_t col, double times)
{
    const park_program *p  = f->p;
    int32_t             at = f->part_of[col], by = f->product_of[col];
    if (col == whole->flow) {
        for (size_t k = first; k < f->parts; k++)
            f->part[k].own += times;
        return true;
    }
    if (at >= 0) {
        f->part[at].own += times;
        return true;
    }
    if (by >= 0 && f->part_of[p->product[by].flow] >= 0) {
        park_mixture_part *part = &f->part[f->part_of[p->product[by].flow]];
        if (part->conc < 0 || part->conc == p->product[by].conc) {
            part->conc = p->product[by].conc;
            part->times += times;
            return true;
        }
    }
    if (!PARK_GROW(f->arena, f->term, f->terms, f->terms_cap))
        return false;
    f->term[f->terms++] = (park_mixture_term){col, times};
    return true;
}

/* An equality other than row `but` that gives a column by what flows in; -1. */
static int32_t row_of(const finder *f, int32_t col, int32_t but)
{
    const park_program *p    = f->p;
    int32_t             best = -1;
    for (size_t at = f->row_start[col]; at < f->row_start[col + 1]; at++) {
        int32_t r     = f->row[at];
        bool    fits  = r != but && p->row_lo[r] == p->row_hi[r] && coefficient(p, r, col) != 0.0;
        bool    flows = false;
        for (size_t k = p->start[r]; fits && k < p->start[r + 1]; k++) {
            int32_t by = f->product_of[p->index[k]];
            flows      = flows || f->part_of[p->index[k]] >= 0 ||
                    (by >= 0 && p->index[k] != col && f->part_of[p->product[by].flow] >= 0);
        }
        if (fits && flows)
            best = best < 0 ? r : best;
    }
    return best;
}

/* The mass of a column spelled out by row r, `times` over. Columns that a row of their own gives are spelled out once more. */
static bool spell(finder *f, const park_product *whole, size_t first, int32_t r, int32_t col, double times,
                  int depth)
{
    const park_program *p    = f->p;
    double              mine = coefficient(p, r, col);
    bool                ok   = true;
    if (p->row_lo[r] != 0.0) {
        if (!PARK_GROW(f->arena, f->term, f->terms, f->terms_cap))
            return false;
        f->term[f->terms++] = (park_mixture_term){-1, times * p->row_lo[r] / mine};
    }
    for (size_t k = p->start[r]; ok && k < p->start[r + 1]; k++) {
        int32_t j = p->index[k], by = f->product_of[j];
        double  share = -times * p->value[k] / mine;
        if (j == col || p->value[k] == 0.0)
            continue;
        bool known =
            j == whole->flow || f->part_of[j] >= 0 || (by >= 0 && f->part_of[p->product[by].flow] >= 0);
        int32_t more = known || depth == 0 ? -1 : row_of(f, j, r);
        ok           = more >= 0 ? spell(f, whole, first, more, j, share, depth - 1)
                                 : mass_of(f, whole, first, j, share);
    }
    return ok;
}

/* The row that gives the mass: by what flows in, or by a column that such a row gives. */
static int32_t mass_row(const finder *f, int32_t w)
{
    const park_program *p  = f->p;
    int32_t             at = row_of(f, w, -1);
    for (size_t k = f->row_start[w]; at < 0 && k < f->row_start[w + 1]; k++) {
        int32_t r     = f->row[k];
        bool    given = false;
        for (size_t e = p->start[r]; p->row_lo[r] == p->row_hi[r] && e < p->start[r + 1]; e++)
            given = given ||
                    (p->index[e] != w && f->product_of[p->index[e]] < 0 && row_of(f, p->index[e], r) >= 0);
        at = given && coefficient(p, r, w) != 0.0 ? r : -1;
    }
    return at;
}

park_status park_mixtures_make(park_mixtures *m, const park_program *p, park_arena *arena)
{
    finder f      = {.p = p, .arena = arena};
    size_t wholes = 0;
    *m            = (park_mixtures){0};
    for (size_t i = 0; i < p->products; i++)
        wholes += p->product[i].whole;
    m->of         = PARK_ARRAY(arena, p->products + 1, int32_t);
    m->part_start = PARK_ARRAY(arena, wholes + 1, size_t);
    m->term_start = PARK_ARRAY(arena, wholes + 1, size_t);
    if (m->of == NULL || m->part_start == NULL || m->term_start == NULL)
        return PARK_E_MEMORY;
    for (size_t i = 0; i < p->products; i++)
        m->of[i] = -1;
    if (wholes == 0)
        return PARK_OK;
    if (!list_rows(&f))
        return PARK_E_MEMORY;
    for (size_t i = 0; i < p->products; i++) {
        const park_product *whole = &p->product[i];
        size_t              parts = f.parts, terms = f.terms;
        if (!whole->whole)
            continue;
        if (!parts_of(&f, whole->flow))
            return PARK_E_MEMORY;
        int32_t row   = f.parts > parts ? mass_row(&f, whole->w) : -1;
        bool    spelt = row >= 0;
        if (spelt && !spell(&f, whole, parts, row, whole->w, 1.0, 1))
            return PARK_E_MEMORY;
        for (size_t k = parts; k < f.parts; k++)
            f.part_of[f.part[k].flow] = -1;
        if (!spelt) {
            f.parts = parts, f.terms = terms;
            continue;
        }
        m->of[i]                = (int32_t)m->count++;
        m->part_start[m->count] = f.parts;
        m->term_start[m->count] = f.terms;
        m->most                 = f.parts - parts > m->most ? f.parts - parts : m->most;
    }
    m->part = f.part, m->term = f.term;
    return PARK_OK;
}

/* ---- bounds ------------------------------------------------------------------------------------------------------ */

/* Least of (mass + sum rate_k q_k)/(sum q_k) over lo <= q <= hi: from all at their least, the cleanest to their most first. */
static double least_mean(const park_mixture_part *part, size_t count, const double *lo, const double *hi,
                         const double *rate, double *order, double mass)
{
    double water = 0.0, size = fabs(mass);
    for (size_t k = 0; k < count; k++) {
        double q = lo[part[k].flow];
        water += q, mass += rate[k] * q, size += fabs(rate[k] * q);
        size_t at = k;
        for (; at > 0 && rate[(size_t)order[at - 1]] > rate[k]; at--)
            order[at] = order[at - 1];
        order[at] = (double)k;
    }
    mass -= SLACK * size;
    for (size_t i = 0; i < count; i++) {
        size_t k = (size_t)order[i];
        double q = hi[part[k].flow] - lo[part[k].flow];
        if (!(q > 0.0))
            continue;
        if (!(water > 0.0) ? mass < 0.0 : rate[k] * water >= mass)
            break;
        if (isinf(q))
            return rate[k] - SLACK * fabs(rate[k]);
        water += q, mass += rate[k] * q - SLACK * fabs(rate[k] * q);
    }
    return water > 0.0 ? mass / water - SLACK * fabs(mass / water) : -INFINITY;
}

void park_mixtures_bound(const park_mixtures *m, size_t k, const double *lo, const double *hi, double *work,
                         double *least, double *greatest)
{
    const park_mixture_part *part  = m->part + m->part_start[k];
    size_t                   count = m->part_start[k + 1] - m->part_start[k];
    double                  *rate = work, *order = work + m->most, end[2];
    for (int side = 0; side < 2; side++) { /* the greatest is the least of the negative */
        double sign = side == 0 ? 1.0 : -1.0, mass = 0.0;
        for (size_t t = m->term_start[k]; t < m->term_start[k + 1]; t++) {
            const park_mixture_term *term = &m->term[t];
            double                   by   = sign * term->times;
            mass += term->col < 0 ? by : by * (by > 0.0 ? lo[term->col] : hi[term->col]);
        }
        for (size_t j = 0; j < count; j++) {
            double by = sign * part[j].times;
            rate[j]   = sign * part[j].own;
            if (part[j].conc >= 0 && by != 0.0)
                rate[j] += by * (by > 0.0 ? lo[part[j].conc] : hi[part[j].conc]);
        }
        bool finite = isfinite(mass);
        for (size_t j = 0; j < count; j++)
            finite = finite && isfinite(rate[j]);
        end[side] = finite ? sign * least_mean(part, count, lo, hi, rate, order, mass) : -sign * INFINITY;
    }
    *least = end[0], *greatest = end[1];
}
