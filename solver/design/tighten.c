/* Propagation of bounds: rows, objective, products, concave costs; Eq. (T12)-(T14) of
 * docs/math/tree.md. */
#include "design/tighten.h"

#include "design/outward.h"

#include <string.h>

static const double WORTH  = 1e-3; /* of the width: smaller gains are not worth a visit [-] */
static const double CLOSED = 1e-9; /* a crossing this small is closed [-] */

typedef enum verdict { SAME, CHANGED, EMPTY } verdict;

park_status park_box_make(park_box *box, size_t cols, park_arena *arena)
{
    box->lo = PARK_ARRAY(arena, cols, double);
    box->hi = PARK_ARRAY(arena, cols, double);
    return box->lo != NULL && box->hi != NULL ? PARK_OK : PARK_E_MEMORY;
}

void park_box_copy(park_box *to, const park_box *from, size_t cols)
{
    memcpy(to->lo, from->lo, cols * sizeof *to->lo);
    memcpy(to->hi, from->hi, cols * sizeof *to->hi);
}

static void items_of(const park_program *p, size_t i, int32_t col[3])
{
    if (i < p->products) {
        col[0] = p->product[i].w;
        col[1] = p->product[i].flow;
        col[2] = p->product[i].conc;
    } else {
        col[0] = p->concave[i - p->products].t;
        col[1] = p->concave[i - p->products].x;
        col[2] = -1;
    }
}

park_status park_links_make(park_links *links, const park_program *p, park_arena *arena)
{
    size_t items      = p->products + p->concaves;
    links->program    = p;
    links->row_start  = PARK_ARRAY(arena, p->cols + 2, size_t);
    links->item_start = PARK_ARRAY(arena, p->cols + 2, size_t);
    links->row        = PARK_ARRAY(arena, p->entries, int32_t);
    links->item       = PARK_ARRAY(arena, 3 * items, int32_t);
    if (links->row_start == NULL || links->item_start == NULL || links->row == NULL || links->item == NULL)
        return PARK_E_MEMORY;
    /* Counts two places up, sums one place up, filling moves them home. */
    for (size_t k = 0; k < p->entries; k++)
        links->row_start[p->index[k] + 2]++;
    for (size_t i = 0; i < items; i++) {
        int32_t col[3];
        items_of(p, i, col);
        for (int k = 0; k < 3; k++)
            if (col[k] >= 0)
                links->item_start[col[k] + 2]++;
    }
    for (size_t j = 2; j < p->cols + 2; j++) {
        links->row_start[j] += links->row_start[j - 1];
        links->item_start[j] += links->item_start[j - 1];
    }
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = p->start[r]; k < p->start[r + 1]; k++)
            links->row[links->row_start[p->index[k] + 1]++] = (int32_t)r;
    for (size_t i = 0; i < items; i++) {
        int32_t col[3];
        items_of(p, i, col);
        for (int k = 0; k < 3; k++)
            if (col[k] >= 0)
                links->item[links->item_start[col[k] + 1]++] = (int32_t)i;
    }
    PARK_TRY(park_mixtures_make(&links->mixtures, p, arena));
    return park_chains_make(&links->chains, p, arena);
}

park_status park_tighten_make(park_tighten *t, const park_links *links, park_arena *arena)
{
    const park_program *p = links->program;
    t->links              = links;
    t->constraints        = p->rows + 1 + p->products + p->concaves;
    t->queue              = PARK_ARRAY(arena, t->constraints, int32_t);
    t->queued             = PARK_ARRAY(arena, t->constraints, bool);
    t->first = t->waiting = 0;
    t->mean               = PARK_ARRAY(arena, 2 * links->mixtures.most + 1, double);
    return t->queue != NULL && t->queued != NULL && t->mean != NULL ? PARK_OK : PARK_E_MEMORY;
}

static void wait_for(park_tighten *t, size_t constraint)
{
    if (t->queued[constraint])
        return;
    t->queued[constraint]                                = true;
    t->queue[(t->first + t->waiting++) % t->constraints] = (int32_t)constraint;
}

static void wake(park_tighten *t, int32_t col)
{
    const park_links   *l = t->links;
    const park_program *p = l->program;
    for (size_t k = l->row_start[col]; k < l->row_start[col + 1]; k++)
        wait_for(t, (size_t)l->row[k]);
    if (p->cost[col] != 0.0)
        wait_for(t, p->rows);
    for (size_t k = l->item_start[col]; k < l->item_start[col + 1]; k++)
        wait_for(t, p->rows + 1 + (size_t)l->item[k]);
}

/* New bounds for a column, already rounded outward. */
static verdict offer(park_tighten *t, park_box *box, int32_t col, double lo, double hi)
{
    const park_program *p = t->links->program;
    if (p->integer[col]) {
        lo = ceil(lo - 1e-6);
        hi = floor(hi + 1e-6);
    }
    double old_lo = box->lo[col], old_hi = box->hi[col];
    double width = old_hi - old_lo, least = isinf(width) ? 0.0 : WORTH * width;
    bool   up = lo > old_lo + least && lo > old_lo, down = hi < old_hi - least && hi < old_hi;
    if (!up && !down)
        return SAME;
    double new_lo = up ? lo : old_lo, new_hi = down ? hi : old_hi;
    if (new_lo > new_hi) {
        if (new_lo - new_hi > CLOSED * fmax(1.0, fabs(new_lo)))
            return EMPTY;
        double middle = fmin(fmax(new_lo, old_lo), old_hi);
        new_lo = new_hi = middle;
    }
    box->lo[col] = new_lo;
    box->hi[col] = new_hi;
    wake(t, col);
    return CHANGED;
}

/* One sum  lo <= sum a_k x_k <= hi  over columns; the objective comes without an index. */
typedef struct sum {
    double         lo, hi;
    size_t         count;
    const int32_t *index; /* NULL: 0, 1, 2, ... */
    const double  *value;
} sum;

/* Least and greatest activity: finite parts, how many terms are infinite, and an error bar on the finite
 * part. */
typedef struct activity {
    double low, high, error;
    size_t low_inf, high_inf;
} activity;

static activity activity_of(const sum *s, const park_box *box)
{
    activity a    = {0};
    double   size = 0.0;
    size_t   used = 0;
    for (size_t k = 0; k < s->count; k++) {
        double v = s->value[k];
        if (v == 0.0)
            continue;
        size_t j     = s->index == NULL ? k : (size_t)s->index[k];
        double least = v > 0.0 ? v * box->lo[j] : v * box->hi[j];
        double most  = v > 0.0 ? v * box->hi[j] : v * box->lo[j];
        used++;
        if (isinf(least)) {
            a.low_inf++;
        } else {
            a.low += least;
            size += fabs(least);
        }
        if (isinf(most)) {
            a.high_inf++;
        } else {
            a.high += most;
            size += fabs(most);
        }
    }
    a.error = (double)(used + 8) * DBL_EPSILON * size;
    return a;
}

static verdict visit_sum(park_tighten *t, park_box *box, const sum *s)
{
    activity a   = activity_of(s, box);
    double   bar = a.error +
                 4.0 * DBL_EPSILON * fmax(isinf(s->lo) ? 0.0 : fabs(s->lo), isinf(s->hi) ? 0.0 : fabs(s->hi));
    double close =
        bar + CLOSED * fmax(1.0, fmax(isinf(s->lo) ? 0.0 : fabs(s->lo), isinf(s->hi) ? 0.0 : fabs(s->hi)));
    if ((a.low_inf == 0 && a.low - close > s->hi) || (a.high_inf == 0 && a.high + close < s->lo))
        return EMPTY;
    bool use_hi = !isinf(s->hi) && a.low_inf <= 1 && (a.high_inf > 0 || a.high + bar > s->hi);
    bool use_lo = !isinf(s->lo) && a.high_inf <= 1 && (a.low_inf > 0 || a.low - bar < s->lo);
    if (!use_hi && !use_lo)
        return SAME;
    verdict any = SAME;
    for (size_t k = 0; k < s->count; k++) {
        double v = s->value[k];
        if (v == 0.0)
            continue;
        size_t j     = s->index == NULL ? k : (size_t)s->index[k];
        double least = v > 0.0 ? v * box->lo[j] : v * box->hi[j];
        double most  = v > 0.0 ? v * box->hi[j] : v * box->lo[j];
        double lo = -INFINITY, hi = INFINITY;
        /* a_j x_j <= hi - least of the others, a_j x_j >= lo - most of the others */
        if (use_hi && (a.low_inf == 0 || isinf(least))) {
            double room = park_up(s->hi - (a.low - (isinf(least) ? 0.0 : least))) + bar;
            if (v > 0.0)
                hi = park_up(room / v);
            else
                lo = park_down(room / v);
        }
        if (use_lo && (a.high_inf == 0 || isinf(most))) {
            double room = park_down(s->lo - (a.high - (isinf(most) ? 0.0 : most))) - bar;
            if (v > 0.0)
                lo = park_down(room / v);
            else
                hi = park_up(room / v);
        }
        verdict one = offer(t, box, (int32_t)j, lo, hi);
        if (one == EMPTY)
            return EMPTY;
        any = one == CHANGED ? CHANGED : any; /* `a` stays right for the columns still to come */
    }
    return any;
}

/* A row that adds up a chain and needs at least so much of it: the steps before that are taken whole (T56). */
static verdict visit_chain(park_tighten *t, park_box *box, const sum *s, size_t chain)
{
    const park_chains *c      = &t->links->chains;
    double             others = 0.0, size = 0.0, sign = 0.0;
    for (size_t k = 0; k < s->count; k++)
        if (c->of[s->index[k]] == (int32_t)chain)
            sign = s->value[k];
    double side = sign > 0.0 ? s->lo : s->hi;
    if (isinf(side))
        return SAME;
    for (size_t k = 0; k < s->count; k++) { /* what the others can do at most towards this side */
        int32_t j    = s->index[k];
        double  v    = sign > 0.0 ? s->value[k] : -s->value[k];
        double  term = v * (v > 0.0 ? box->hi[j] : box->lo[j]);
        if (c->of[j] == (int32_t)chain || v == 0.0)
            continue;
        others += term, size += fabs(term);
    }
    double asked = (sign > 0.0 ? side : -side) - others;
    asked -= (double)(s->count + 8) * DBL_EPSILON * (size + fabs(side)) + 1e-9 * fmax(1.0, fabs(asked));
    if (!(asked > 0.0))
        return SAME;
    double  had = 0.0;
    verdict any = SAME;
    for (size_t m = c->start[chain]; m < c->start[chain + 1] && had < asked; m++) {
        int32_t j = c->col[m];
        for (size_t k = 0; k < s->count; k++)
            if (s->index[k] == j)
                had += fabs(s->value[k]) * box->hi[j];
        verdict one = offer(t, box, j, 1.0, INFINITY);
        if (one == EMPTY)
            return EMPTY;
        any = one == CHANGED ? CHANGED : any;
    }
    return any;
}

static verdict visit_product(park_tighten *t, park_box *box, const park_product *m)
{
    double lo, hi;
    park_interval_times(box->lo[m->flow], box->hi[m->flow], box->lo[m->conc], box->hi[m->conc], &lo, &hi);
    verdict any = offer(t, box, m->w, lo, hi);
    if (any == EMPTY)
        return EMPTY;
    const int32_t factor[2] = {m->flow, m->conc};
    for (int k = 0; k < 2; k++) {
        int32_t by = factor[1 - k];
        if (!(box->lo[m->w] >= 0.0 && box->lo[by] > 0.0))
            continue;
        park_interval_over(box->lo[m->w], box->hi[m->w], box->lo[by], box->hi[by], &lo, &hi);
        verdict one = offer(t, box, factor[k], lo, hi);
        if (one == EMPTY)
            return EMPTY;
        any = one == CHANGED ? CHANGED : any;
    }
    return any;
}

/* The quality of a whole flow is a mean of what flows into it (T62). */
static verdict visit_mixture(park_tighten *t, park_box *box, size_t product)
{
    const park_mixtures *mixtures = &t->links->mixtures;
    double               lo, hi;
    if (mixtures->of[product] < 0)
        return SAME;
    park_mixtures_bound(mixtures, (size_t)mixtures->of[product], box->lo, box->hi, t->mean, &lo, &hi);
    int32_t conc = t->links->program->product[product].conc;
    if (lo > hi || lo > box->hi[conc] || hi < box->lo[conc])
        return SAME; /* nothing can flow here; that is for the rows to say */
    return offer(t, box, conc, lo, hi);
}

static verdict visit_concave(park_tighten *t, park_box *box, const park_concave *c)
{
    const double slack = 1.0 + 64.0 * DBL_EPSILON; /* pow is not exactly rounded */
    if (c->scale == 0.0)
        return offer(t, box, c->t, 0.0, INFINITY);
    double  least = c->scale * pow(fmax(box->lo[c->x], 0.0) / c->reference, c->exponent) / slack;
    verdict one   = offer(t, box, c->t, least, INFINITY);
    if (one == EMPTY || isinf(box->hi[c->t]))
        return one;
    double  most = c->reference * pow(fmax(box->hi[c->t], 0.0) / c->scale, 1.0 / c->exponent);
    verdict two  = offer(t, box, c->x, 0.0, most * (1.0 + 256.0 / c->exponent * DBL_EPSILON) + DBL_MIN);
    return two == SAME ? one : two;
}

static verdict visit(park_tighten *t, park_box *box, double cutoff, size_t constraint)
{
    const park_program *p = t->links->program;
    if (constraint < p->rows) {
        size_t at = p->start[constraint];
        sum row = {p->row_lo[constraint], p->row_hi[constraint], p->start[constraint + 1] - at, p->index + at,
                   p->value + at};
        int32_t chain = t->links->chains.row[constraint];
        verdict any   = visit_sum(t, box, &row);
        if (any == EMPTY || chain < 0)
            return any;
        verdict more = visit_chain(t, box, &row, (size_t)chain);
        return more == SAME ? any : more;
    }
    if (constraint == p->rows) {
        if (isinf(cutoff))
            return SAME;
        sum objective = {-INFINITY, park_up(cutoff - p->constant), p->cols, NULL, p->cost};
        return visit_sum(t, box, &objective);
    }
    constraint -= p->rows + 1;
    if (constraint >= p->products)
        return visit_concave(t, box, &p->concave[constraint - p->products]);
    verdict mean = visit_mixture(t, box, constraint);
    verdict any  = visit_product(t, box, &p->product[constraint]);
    return any == SAME ? mean : any;
}

bool park_tighten_box(park_tighten *t, park_box *box, double cutoff, const int32_t *seed, size_t seeds,
                      int rounds)
{
    t->first = t->waiting = 0;
    memset(t->queued, 0, t->constraints * sizeof *t->queued);
    if (seed == NULL)
        for (size_t c = 0; c < t->constraints; c++)
            wait_for(t, c);
    for (size_t i = 0; i < seeds; i++)
        wake(t, seed[i]);
    if (!isinf(cutoff))
        wait_for(t, t->links->program->rows);
    size_t budget = (size_t)rounds * t->constraints;
    while (t->waiting > 0 && budget-- > 0) {
        size_t constraint = (size_t)t->queue[t->first];
        t->first          = (t->first + 1) % t->constraints;
        t->waiting--;
        t->queued[constraint] = false;
        if (visit(t, box, cutoff, constraint) == EMPTY)
            return false;
    }
    return true;
}
