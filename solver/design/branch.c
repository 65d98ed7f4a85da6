/* Choice of a column and a point to branch at: concentrations first, then flows, sizes and choices. */
#include "design/branch.h"

#include <math.h>
#include <string.h>

static const double EXACT = 1e-7, NARROW = 1e-5; /* relative */
static const double HARDLY     = 0.1; /* of what whole numbers miss: factors that miss less are not cut [-] */
static const double FLOW_SHARE = 0.3; /* a flow must promise so much more than a concentration */

park_status park_brancher_make(park_brancher *b, const park_program *p, const park_chains *chains,
                               park_arena *arena)
{
    b->chains = chains;
    b->score  = PARK_ARRAY(arena, p->cols, double);
    b->unit   = PARK_ARRAY(arena, p->cols, double);
    b->error  = PARK_ARRAY(arena, p->products + p->concaves, double);
    b->weight = PARK_ARRAY(arena, p->products + p->concaves, double);
    return b->score != NULL && b->unit != NULL && b->error != NULL && b->weight != NULL ? PARK_OK
                                                                                        : PARK_E_MEMORY;
}

static bool can_cut(const park_box *box, const park_box *root, size_t j)
{
    double width = box->hi[j] - box->lo[j], whole = root->hi[j] - root->lo[j];
    return width > NARROW * (isfinite(whole) ? whole : 1.0) && width > 1e-9 * fmax(1.0, fabs(box->lo[j]));
}

/* The most fractional integer that is off by more than `most`, or -1. */
static int32_t fractional(const park_program *p, const park_box *box, const double *x, double most)
{
    int32_t best = -1;
    for (size_t j = 0; j < p->cols; j++) {
        if (!p->integer[j] || box->lo[j] == box->hi[j])
            continue;
        double off = fabs(x[j] - nearbyint(x[j]));
        if (off > most) {
            most = off;
            best = (int32_t)j;
        }
    }
    return best;
}

static bool score_columns(park_brancher *b, const park_relax *r, const double *x)
{
    const park_program *p     = r->program;
    double              heavy = 0.0;
    bool                exact = true;
    park_relax_errors(r, x, b->error, b->weight);
    park_relax_concave_errors(r, x, b->error + p->products, b->weight + p->products);
    memset(b->score, 0, p->cols * sizeof *b->score);
    memset(b->unit, 0, p->cols * sizeof *b->unit);
    for (size_t i = 0; i < p->products + p->concaves; i++)
        heavy = fmax(heavy, b->weight[i]);
    for (size_t i = 0; i < p->products; i++) {
        const park_product *m = &p->product[i];
        if (b->error[i] <= EXACT * fmax(1.0, fabs(x[m->w])))
            continue;
        double gain = b->error[i] * (b->weight[i] + 1e-3 * heavy + 1e-9);
        exact       = false;
        b->score[m->conc] += gain;
        b->score[m->flow] += FLOW_SHARE * gain;
        b->unit[m->conc] += b->error[i];
        b->unit[m->flow] += b->error[i];
    }
    for (size_t i = 0; i < p->concaves; i++) {
        size_t k = p->products + i;
        if (b->error[k] <= EXACT * fmax(1.0, fabs(x[p->concave[i].t])))
            continue;
        exact = false;
        b->score[p->concave[i].x] += b->error[k] * (b->weight[k] + 1e-3 * heavy + 1e-9);
        b->unit[p->concave[i].x] += b->error[k];
    }
    return exact;
}

/* The widest factor against the root, when nothing is missed but the point was refused. */
static int32_t widest(const park_program *p, const park_box *box, const park_box *root)
{
    int32_t best = -1;
    double  most = 0.0;
    for (size_t i = 0; i < 2 * p->products + p->concaves; i++) {
        int32_t j     = i < p->products       ? p->product[i].conc
                        : i < 2 * p->products ? p->product[i - p->products].flow
                                              : p->concave[i - 2 * p->products].x;
        double  whole = root->hi[j] - root->lo[j],
               share  = (box->hi[j] - box->lo[j]) / (whole > 0.0 ? whole : 1.0);
        if (can_cut(box, root, (size_t)j) && share > most) {
            most = share;
            best = j;
        }
    }
    return best;
}

/* The widest integer first, then the widest factor, in the middle. */
static park_branch blind(const park_program *p, const park_box *box, const park_box *root)
{
    park_branch cut  = {.col = -1};
    double      most = 0.0;
    for (size_t j = 0; j < p->cols; j++)
        if (p->integer[j] && box->hi[j] - box->lo[j] > most) {
            most    = box->hi[j] - box->lo[j];
            cut.col = (int32_t)j;
            cut.at  = floor(0.5 * (box->lo[j] + box->hi[j]));
        }
    if (cut.col < 0) {
        cut.col = widest(p, box, root);
        if (cut.col >= 0)
            cut.at = isinf(box->hi[cut.col]) ? 2.0 * fabs(box->lo[cut.col]) + 1.0
                                             : 0.5 * (box->lo[cut.col] + box->hi[cut.col]);
    }
    return cut;
}

static bool listed(const park_brancher *b, int32_t col)
{
    for (size_t i = 0; i < b->candidates; i++)
        if (b->candidate[i] == col)
            return true;
    return false;
}

/* The best column of one kind that is not listed yet, by score or by what is missed, takes a place. */
static bool list_best(park_brancher *b, const park_program *p, const park_box *box, const park_box *root,
                      bool whole, bool by_unit)
{
    const double *value = by_unit ? b->unit : b->score;
    double        most  = 0.0;
    int32_t       best  = -1;
    for (size_t j = 0; j < p->cols; j++)
        if (value[j] > most && p->integer[j] == whole && b->unit[j] > 0.0 &&
            (whole || can_cut(box, root, j)) && !listed(b, (int32_t)j)) {
            most = value[j];
            best = (int32_t)j;
        }
    if (best >= 0 && b->candidates < PARK_CANDIDATES)
        b->candidate[b->candidates++] = best;
    return best >= 0;
}

/* (T78) The best columns by score, then by what is missed, each for half of the places; whole numbers and factors take turns
 * where both kinds are listed. */
static void list_candidates(park_brancher *b, const park_program *p, const park_box *box,
                            const park_box *root, bool wholes, bool factors)
{
    b->candidates = 0;
    for (int by_unit = 0; by_unit < 2; by_unit++) {
        const size_t until = by_unit ? PARK_CANDIDATES : PARK_CANDIDATES / 2;
        bool         more  = true;
        while (more && b->candidates < until) {
            more = wholes && list_best(b, p, box, root, true, by_unit);
            if (factors && b->candidates < until)
                more = list_best(b, p, box, root, false, by_unit) || more;
        }
    }
}

/* Money that is missed by a fractional column, and how far it is off. Of a chain the column up to which its size is needed
 * and the first one that is open speak for all (T55). */
static void score_integers(park_brancher *b, const park_program *p, const park_box *box, const double *x)
{
    const park_chains *c = b->chains;
    for (size_t j = 0; j < p->cols; j++) {
        if (!p->integer[j])
            continue;
        double off  = box->lo[j] < box->hi[j] ? fabs(x[j] - nearbyint(x[j])) : 0.0;
        b->unit[j]  = off > 1e-6 ? off : 0.0;
        b->score[j] = off > 1e-6 ? fabs(p->cost[j]) * off : 0.0;
    }
    for (size_t i = 0; i < c->count; i++) {
        double  missed = c->of[c->col[c->start[i]]] >= 0 ? park_chains_missed(c, i, p, x) : -1.0;
        int32_t needed = missed >= 0.0 ? park_chains_needed(c, i, x) : -1;
        bool    first  = true;
        for (size_t m = c->start[i]; needed >= 0 && m < c->start[i + 1]; m++) {
            int32_t j    = c->col[m];
            bool    says = b->unit[j] > 0.0 && (first || j == needed);
            first        = first && !(b->unit[j] > 0.0);
            b->score[j]  = says ? missed : 0.0;
            if (!says)
                b->unit[j] = 0.0;
        }
    }
}

/* Do products miss enough, by the prices of their sides, beside what whole numbers miss by their costs? */
static bool factors_matter(const park_brancher *b, const park_relax *r)
{
    double sum = 0.0;
    for (size_t j = 0; j < r->program->cols; j++)
        sum += r->program->integer[j] ? b->score[j] : 0.0;
    return park_relax_missed(r) >= HARDLY * sum;
}

double park_branch_at(const park_program *p, const park_box *box, const double *x, int32_t col)
{
    double lo = box->lo[col], hi = box->hi[col], width = hi - lo;
    if (p->integer[col])
        return fmin(fmax(floor(x[col]), lo), hi - 1.0);
    if (isinf(hi))
        return fmax(2.0 * x[col], lo + 1.0);
    double at = 0.7 * x[col] + 0.3 * (lo + 0.5 * width);
    return fmin(fmax(at, lo + 0.1 * width), hi - 0.1 * width);
}

park_branch park_branch_choose(park_brancher *b, const park_relax *r, bool solved, const park_box *box,
                               const park_box *root)
{
    b->candidates = 0;
    if (!solved)
        return blind(r->program, box, root);
    const park_program *p     = r->program;
    const double       *x     = park_relax_point(r);
    int32_t             whole = fractional(p, box, x, 1e-6);
    bool                exact = score_columns(b, r, x) && whole < 0;
    park_branch         cut   = {.col = -1, .exact = exact};
    if (whole >= 0)
        score_integers(b, p, box, x);
    list_candidates(b, p, box, root, whole >= 0, whole < 0 || factors_matter(b, r));
    if (b->candidates > 0) {
        cut.col   = b->candidate[0];
        cut.score = b->score[cut.col];
    }
    if (cut.col < 0)
        cut.col = widest(p, box, root);
    if (cut.col < 0) { /* whole to tolerance but not fixed: the rounded point may have been refused */
        cut.col = fractional(p, box, x, -1.0);
        if (cut.col >= 0)
            cut.at = park_branch_at(p, box, x, cut.col);
        return cut;
    }
    cut.at   = park_branch_at(p, box, x, cut.col);
    cut.unit = b->unit[cut.col];
    return cut;
}
