/* Bounds by linear programs; Eq. (T16), (T59)-(T61) of docs/math/tree.md. */
#include "design/obbt.h"

#include "base/pool.h"
#include "design/outward.h"

#include <string.h>

enum { ROUNDS = 8, TARGET_ROUNDS = 1, VISITS = 10, NEWTON = 6, RATIO_ROUNDS = 4, PATIENCE = 8 };
static const double TOUCHES =
    0.02; /* a point so near a bound (of the width) shows that little can be gained [-] */
static const double PAYS = 0.9;  /* go on while the summed relative widths shrink below this share [-] */
static const double DRY  = 1e-8; /* a flow below this share of its largest is none, as for the recheck [-] */
static const double STEP = 1e-3; /* a ratio is tried this much of the width short of the last point's [-] */

static park_status copy_with_objective(park_obbt *o, const park_program *p, park_arena *arena)
{
    size_t   rows = p->rows + 1, entries = p->entries + p->cols, k = p->entries;
    double  *lo = PARK_ARRAY(arena, rows, double), *hi = PARK_ARRAY(arena, rows, double);
    size_t  *start = PARK_ARRAY(arena, rows + 1, size_t);
    int32_t *index = PARK_ARRAY(arena, entries, int32_t);
    double  *value = PARK_ARRAY(arena, entries, double);
    if (lo == NULL || hi == NULL || start == NULL || index == NULL || value == NULL)
        return PARK_E_MEMORY;
    if (p->rows > 0) {
        memcpy(lo, p->row_lo, p->rows * sizeof *lo);
        memcpy(hi, p->row_hi, p->rows * sizeof *hi);
        memcpy(start, p->start, rows * sizeof *start);
    }
    if (p->entries > 0) {
        memcpy(index, p->index, p->entries * sizeof *index);
        memcpy(value, p->value, p->entries * sizeof *value);
    }
    for (size_t j = 0; j < p->cols; j++)
        if (p->cost[j] != 0.0) {
            index[k]   = (int32_t)j;
            value[k++] = p->cost[j];
        }
    lo[p->rows]    = -INFINITY;
    hi[p->rows]    = INFINITY;
    start[p->rows] = p->entries;
    start[rows]    = k;
    o->cut         = *p;
    o->cut.row_lo  = lo;
    o->cut.row_hi  = hi;
    o->cut.start   = start;
    o->cut.index   = index;
    o->cut.value   = value;
    o->cut.rows    = rows;
    o->cut.entries = k;
    return PARK_OK;
}

park_status park_obbt_make(park_obbt *o, const park_program *p, park_tighten *tighten, park_arena *arena)
{
    *o         = (park_obbt){.tighten = tighten, .threads = 1};
    bool *seen = PARK_ARRAY(arena, p->cols, bool);
    o->target  = PARK_ARRAY(arena, p->cols, int32_t);
    o->whole   = PARK_ARRAY(arena, p->products + 1, int32_t);
    o->guess   = PARK_ARRAY(arena, p->products + 1, double);
    o->done    = PARK_ARRAY(arena, 2 * p->cols, bool);
    if (seen == NULL || o->target == NULL || o->whole == NULL || o->guess == NULL || o->done == NULL)
        return PARK_E_MEMORY;
    PARK_TRY(copy_with_objective(o, p, arena));
    for (int i = 0; i < PARK_OBBT_LANES; i++) {
        PARK_TRY(park_relax_make(&o->lane[i].relax, &o->cut, arena));
        o->lane[i].now = PARK_ARRAY(arena, o->lane[i].relax.bytes, uint8_t);
        if (o->lane[i].now == NULL)
            return PARK_E_MEMORY;
    }
    PARK_TRY(park_box_make(&o->start, p->cols, arena));
    o->basis = PARK_ARRAY(arena, o->lane[0].relax.bytes, uint8_t);
    for (size_t i = 0; i < p->products; i++) {
        seen[p->product[i].flow] = seen[p->product[i].conc] = true;
        if (p->product[i].whole)
            o->whole[o->wholes++] = (int32_t)i;
    }
    for (size_t i = 0; i < p->concaves; i++)
        seen[p->concave[i].x] = true;
    for (int flows = 0; flows < 2; flows++) /* concentrations first */
        for (size_t j = 0; j < p->cols; j++)
            if (seen[j] && (p->col_class[j] != PARK_COL_CONC) == (flows == 1))
                o->target[o->targets++] = (int32_t)j;
    return o->basis != NULL ? PARK_OK : PARK_E_MEMORY;
}

void park_obbt_end_with(park_obbt *o, double deadline, const park_cancel *cancel)
{
    for (int i = 0; i < PARK_OBBT_LANES; i++) {
        park_lp_set_deadline(o->lane[i].relax.lp, deadline);
        park_lp_set_cancel(o->lane[i].relax.lp, cancel);
    }
}

uint64_t park_obbt_work(const park_obbt *o)
{
    uint64_t sum = 0;
    for (int i = 0; i < PARK_OBBT_LANES; i++)
        sum += o->lane[i].relax.work;
    return sum;
}

uint64_t park_obbt_solves(const park_obbt *o)
{
    uint64_t sum = 0;
    for (int i = 0; i < PARK_OBBT_LANES; i++)
        sum += o->lane[i].relax.solves;
    return sum;
}

/* ---- two at a time ------------------------------------------------------------------------------------ */

typedef struct lanes {
    park_obbt      *o;
    const park_box *box; /* nobody writes it meanwhile */
    void (*work)(park_obbt *o, const park_box *box, int lane);
} lanes;

static void work_lane(void *user, size_t item, int slot)
{
    const lanes *l = user;
    (void)slot;
    if (item < PARK_OBBT_LANES)
        l->work(l->o, l->box, (int)item);
}

/* A lane's programs belong to one thread: all threads are called, so that lane i is always worked by the same one. */
static void work_lanes(park_obbt *o, const park_box *box,
                       void (*work)(park_obbt *o, const park_box *box, int lane))
{
    uint64_t before[PARK_OBBT_LANES], took[PARK_OBBT_LANES];
    for (int i = 0; i < PARK_OBBT_LANES; i++)
        before[i] = o->lane[i].relax.work;
    lanes l = {o, box, work};
    park_pool_run(o->threads, (size_t)(o->threads > PARK_OBBT_LANES ? o->threads : PARK_OBBT_LANES),
                  work_lane, &l);
    for (int i = 0; i < PARK_OBBT_LANES; i++)
        took[i] = o->lane[i].relax.work - before[i];
    o->shared += took[0] < took[1] ? took[0] : took[1];
}

static void free_lane(park_obbt *o, const park_box *box, int lane)
{
    (void)box;
    park_relax_free(&o->lane[lane].relax);
}

void park_obbt_free(park_obbt *o)
{
    if (o->lane[0].relax.lp != NULL || o->lane[1].relax.lp != NULL)
        work_lanes(o, NULL, free_lane);
}

/* Targets whose bounds the point touches need no LP of their own. */
static void mark_touched(park_obbt *o, const park_box *box, const double *x)
{
    for (size_t t = 0; t < o->targets; t++) {
        int32_t j     = o->target[t];
        double  width = box->hi[j] - box->lo[j];
        if (x[j] - box->lo[j] <= TOUCHES * width)
            o->done[2 * t] = true;
        if (box->hi[j] - x[j] <= TOUCHES * width)
            o->done[2 * t + 1] = true;
    }
}

static double sign_of(int32_t side)
{
    return side == 0 ? 1.0 : -1.0;
}

/* Least or greatest value of a column over the lane's relaxation; item = 2 target + side, below zero: none. */
static void bound_target(park_obbt *o, const park_box *box, int lane)
{
    park_obbt_lane *l = &o->lane[lane];
    (void)box;
    l->bound = -INFINITY, l->status = PARK_RELAX_UNSOLVED;
    if (l->item < 0)
        return;
    park_lp *lp = l->relax.lp;
    int32_t  j  = o->target[l->item / 2];
    if (park_lp_set_cost(lp, j, sign_of(l->item % 2), NULL) != PARK_OK)
        return;
    park_lp_set_primal(lp, true);
    l->status = park_relax_solve(&l->relax, INFINITY, TARGET_ROUNDS, &l->bound);
    park_lp_set_primal(lp, false);
    bool put_back = park_lp_set_cost(lp, j, 0.0, NULL) == PARK_OK;
    (void)put_back;
}

/* What a lane found. True when proven empty. */
static bool take_target(park_obbt *o, park_box *box, const park_obbt_lane *l)
{
    if (l->item < 0)
        return false;
    if (l->status == PARK_RELAX_EMPTY)
        return true;
    int32_t j = o->target[l->item / 2], side = l->item % 2;
    double  bound = sign_of(side) * l->bound; /* of the column */
    if (side == 0 && bound > box->lo[j])
        box->lo[j] = fmin(park_down(bound), box->hi[j]);
    if (side == 1 && bound < box->hi[j])
        box->hi[j] = fmax(park_up(bound), box->lo[j]);
    if (l->status == PARK_RELAX_SOLVED)
        mark_touched(o, box, park_relax_point(&l->relax));
    return false;
}

/* The next targets that are not done, one a lane. False: none is left. */
static bool deal_targets(park_obbt *o, const park_box *box, size_t *next)
{
    for (int i = 0; i < PARK_OBBT_LANES; i++) {
        o->lane[i].item = -1;
        for (; *next < 2 * o->targets && o->lane[i].item < 0; ++*next) {
            int32_t j = o->target[*next / 2];
            if (!o->done[*next] && box->hi[j] - box->lo[j] > 1e-7)
                o->lane[i].item = (int32_t)*next;
        }
    }
    return o->lane[0].item >= 0;
}

/* Least (side 0) or greatest (side 1) of sign (w - ratio flow) over the loaded relaxation: a safe bound, and a point. */
static park_relax_status bound_excess(park_relax *r, const park_product *m, double sign, double ratio,
                                      double *bound)
{
    park_lp *lp = r->lp;
    *bound      = -INFINITY;
    if (park_lp_set_cost(lp, m->w, sign, NULL) != PARK_OK ||
        park_lp_set_cost(lp, m->flow, -sign * ratio, NULL) != PARK_OK)
        return PARK_RELAX_UNSOLVED;
    park_lp_set_primal(lp, true);
    park_relax_status status = park_relax_solve(r, INFINITY, TARGET_ROUNDS, bound);
    park_lp_set_primal(lp, false);
    bool put_back = park_lp_set_cost(lp, m->w, 0.0, NULL) == PARK_OK &&
                    park_lp_set_cost(lp, m->flow, 0.0, NULL) == PARK_OK;
    (void)put_back;
    return status;
}

/*
 * (T59)-(T61) Least (side 0) or greatest (side 1) w/flow over the lane's relaxation, by Newton's method on the ratio (Dinkelbach 1967):
 * where sign (w - ratio flow) >= -e everywhere, conc is beyond ratio - sign e/flow wherever there is flow.
 */
static void bound_ratio(park_obbt *o, const park_box *box, park_relax *r, size_t whole, int side)
{
    const park_product *m    = &o->cut.product[o->whole[whole]];
    const double        sign = sign_of(side), width = box->hi[m->conc] - box->lo[m->conc];
    const double        least = fmax(box->lo[m->flow], DRY * box->hi[m->flow]);
    double              end = side == 0 ? box->lo[m->conc] : box->hi[m->conc], best = end;
    double              ratio = fmin(fmax(o->guess[whole], box->lo[m->conc]), box->hi[m->conc]);
    bool               *none  = &o->no_ratio[side][whole - o->first_whole];
    *none                     = false;
    for (int k = 0; k < NEWTON && least > 0.0 && width > 1e-7; k++) {
        double            excess;
        park_relax_status status = bound_excess(r, m, sign, ratio, &excess);
        *none                    = status == PARK_RELAX_EMPTY;
        if (*none)
            break;
        double proven = ratio + sign * fmin(excess, 0.0) / least; /* holds at any ratio */
        best          = side == 0 ? fmax(best, park_down(proven)) : fmin(best, park_up(proven));
        if (status != PARK_RELAX_SOLVED)
            break;
        const double *x    = park_relax_point(r);
        double        flow = x[m->flow];
        if (!(flow > least) || excess >= -STEP * STEP * width * box->hi[m->flow] ||
            sign * (ratio - best) <= 2.0 * STEP * width)
            break;
        double next = x[m->w] / flow - sign * STEP * width;
        if (sign * (next - best) <= STEP * width || sign * (ratio - next) <= 0.0)
            break;
        ratio = next;
    }
    o->ratio[side][whole - o->first_whole] = best;
}

/* One side of each whole flow at work, of the next one the other side: one side may take longer. */
static void bound_sides(park_obbt *o, const park_box *box, int lane)
{
    for (size_t k = o->first_whole; k < o->end_whole; k++)
        bound_ratio(o, box, &o->lane[lane].relax, k, (int)(((size_t)lane + k - o->first_whole) % 2));
}

static double ratio_widths(const park_obbt *o, const park_box *box)
{
    double sum = 0.0;
    for (size_t k = 0; k < o->wholes; k++) {
        int32_t j = o->cut.product[o->whole[k]].conc;
        sum += box->hi[j] - box->lo[j];
    }
    return sum;
}

/* A whole flow's new bounds, with those that stand by now: another product of the quality may have moved them. True when they moved. */
static bool take_ratio(park_obbt *o, park_box *box, size_t k, bool *empty)
{
    const park_product *m      = &o->cut.product[o->whole[k]];
    size_t              i      = k - o->first_whole;
    double              before = box->hi[m->conc] - box->lo[m->conc];
    *empty                     = *empty || o->no_ratio[0][i] || o->no_ratio[1][i];
    box->lo[m->conc]           = fmin(fmax(o->ratio[0][i], box->lo[m->conc]), box->hi[m->conc]);
    box->hi[m->conc]           = fmax(fmin(o->ratio[1][i], box->hi[m->conc]), box->lo[m->conc]);
    return box->hi[m->conc] - box->lo[m->conc] <= (1.0 - TOUCHES) * before;
}

/* The sides of the next whole flows; what they move is told to the others. */
static park_status bound_wholes(park_obbt *o, park_box *box, double best, size_t *moves, bool *empty)
{
    size_t before = *moves;
    work_lanes(o, box, bound_sides);
    for (size_t k = o->first_whole; k < o->end_whole; k++)
        *moves += take_ratio(o, box, k, empty);
    if (*empty || *moves == before)
        return PARK_OK;
    *empty = !park_tighten_box(o->tighten, box, best, NULL, 0, VISITS);
    for (int i = 0; i < PARK_OBBT_LANES && !*empty; i++) {
        park_obbt_lane *l = &o->lane[i];
        park_relax_basis(&l->relax, NULL, l->now); /* near what the next program wants */
        PARK_TRY(park_relax_load(&l->relax, box, l->now));
    }
    return PARK_OK;
}

/* Qualities of whole flows first: the envelopes of all that is drawn from them rest on these bounds. Where the
 * first few do not move no more are tried in this run. */
static park_status bound_ratios(park_obbt *o, park_box *box, double best, uint64_t until,
                                bool (*stop)(void *), void *user, bool *empty)
{
    for (int round = 0; round < RATIO_ROUNDS && o->ratios_pay; round++) {
        double before = ratio_widths(o, box);
        size_t moves  = 0;
        for (size_t k = 0; !*empty && k < o->wholes; k = o->end_whole) {
            if ((until > 0 && park_obbt_work(o) > until) || (stop != NULL && stop(user)))
                return PARK_OK;
            o->first_whole = k;
            o->end_whole   = k + PARK_OBBT_WHOLES < o->wholes ? k + PARK_OBBT_WHOLES : o->wholes;
            PARK_TRY(bound_wholes(o, box, best, &moves, empty));
            if (moves == 0 && o->end_whole >= PATIENCE)
                break;
        }
        o->ratios_pay = round > 0 || moves > 0;
        if (*empty || ratio_widths(o, box) > PAYS * before)
            break;
    }
    return PARK_OK;
}

static double widths(const park_obbt *o, const park_box *box, const park_box *by)
{
    double sum = 0.0;
    for (size_t t = 0; t < o->targets; t++) {
        int32_t j     = o->target[t];
        double  whole = by->hi[j] - by->lo[j];
        if (whole > 0.0)
            sum += isinf(whole) ? (isinf(box->hi[j]) ? 1.0 : 0.0) : (box->hi[j] - box->lo[j]) / whole;
    }
    return sum;
}

/* The loaded relaxation with its objective as a row, as costs or as none. */
static park_status aim(const park_obbt *o, park_relax *r, double best, bool at_cost)
{
    const park_program *p    = &o->cut;
    const size_t        last = p->rows - 1, at = p->start[last];
    PARK_TRY(park_lp_set_row(r->lp, (int32_t)last, -INFINITY,
                             isinf(best) ? INFINITY : park_up(best - p->constant), p->start[last + 1] - at,
                             p->index + at, p->value + at, NULL));
    for (size_t j = 0; j < p->cols; j++)
        PARK_TRY(park_lp_set_cost(r->lp, (int32_t)j, at_cost ? p->cost[j] : 0.0, NULL));
    return PARK_OK;
}

/* The relaxation at the least cost, with its envelope rows, as the start of every target. */
static park_status prepare(park_obbt *o, const park_box *box, double best, bool *empty)
{
    const park_program *p     = &o->cut;
    park_relax         *r     = &o->lane[0].relax;
    double              bound = -INFINITY;
    PARK_TRY(park_relax_load(r, box, o->basis[0] == 0 ? NULL : o->basis));
    PARK_TRY(aim(o, r, best, true));
    park_relax_status status = park_relax_solve(r, INFINITY, ROUNDS, &bound);
    *empty                   = status == PARK_RELAX_EMPTY;
    if (status == PARK_RELAX_SOLVED)
        mark_touched(o, box, park_relax_point(r));
    for (size_t k = 0; k < o->wholes; k++) { /* a guess too far is put right by the point that shows it */
        const park_product *m     = &p->product[o->whole[k]];
        const double       *x     = status == PARK_RELAX_SOLVED ? park_relax_point(r) : NULL;
        bool                flows = x != NULL && x[m->flow] > 1e-3 * box->hi[m->flow];
        o->guess[k] = flows ? x[m->w] / x[m->flow] : 0.5 * (box->lo[m->conc] + box->hi[m->conc]);
    }
    park_relax_basis(r, NULL, o->basis);
    for (int i = 0; i < PARK_OBBT_LANES && !*empty; i++) {
        PARK_TRY(park_relax_load(&o->lane[i].relax, box, o->basis));
        PARK_TRY(aim(o, &o->lane[i].relax, best, false));
    }
    return PARK_OK;
}

park_status park_obbt_run(park_obbt *o, park_box *box, double best, int passes, uint64_t work_limit,
                          bool (*stop)(void *), void *user, bool *empty)
{
    uint64_t before = park_obbt_work(o);
    *empty          = false;
    o->ratios_pay   = true;
    for (int pass = 0; pass < passes; pass++) {
        park_box_copy(&o->start, box, o->cut.cols);
        memset(o->done, 0, 2 * o->targets * sizeof *o->done);
        PARK_TRY(prepare(o, box, best, empty));
        double constant = o->cut.constant;
        o->cut.constant = 0.0; /* the bound of a target is a column's, not the objective's */
        if (!*empty)
            PARK_TRY(bound_ratios(o, box, best, work_limit > 0 ? before + work_limit : 0, stop, user, empty));
        for (size_t next = 0; !*empty && deal_targets(o, box, &next);) {
            if ((work_limit > 0 && park_obbt_work(o) - before > work_limit) || (stop != NULL && stop(user)))
                break;
            work_lanes(o, box, bound_target);
            for (int i = 0; i < PARK_OBBT_LANES && !*empty; i++)
                *empty = take_target(o, box, &o->lane[i]);
        }
        o->cut.constant = constant;
        *empty          = *empty || !park_tighten_box(o->tighten, box, best, NULL, 0, VISITS);
        if (*empty || widths(o, box, &o->start) > PAYS * widths(o, &o->start, &o->start) ||
            (work_limit > 0 && park_obbt_work(o) - before > work_limit) || (stop != NULL && stop(user)))
            return PARK_OK;
    }
    return PARK_OK;
}
