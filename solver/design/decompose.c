/*
 * A large program block by block.
 *
 * The stages: (1) propagate the box and relax the whole: its duals are the first prices; (2) in rounds, tighten every
 * block under the cutoff that the others leave it, relax the whole again, and improve the incumbent block by block;
 * (3) bound each block by its own tree, move the prices along the slope while that pays; (4) cut the box at the coupling
 * column whose copies disagree most, and do (1) and (3) for the halves, best first; (5) a box in which the copies agree
 * goes to the ordinary tree. Every stage's bound is proven; the largest counts.
 */
#include "design/decompose.h"

#include "design/local.h"

#include <math.h>
#include <string.h>

enum {
    SPLIT_SIZE  = 1500,
    HUGE_SIZE   = 20000,
    PASSES      = 6,
    STEPS       = 4,
    VISITS      = 10,
    ROOT_VISITS = 30,
    BOXES       = 64,
    SIDES       = 30
};
static const double PAYS = 0.05; /* of the gap: what a round must win for another one [-] */
static const double SHARE =
    0.25; /* of the gap that is allowed: what all the parts' trees may leave open [-] */
static const double OPEN       = 0.25; /* of what is missing: prices stay while trees leave more open [-] */
static const double AGREE      = 0.02; /* of the gap: copies that disagree by less are one [-] */
static const double ROOT_WORK  = 6e7;  /* iterations times rows of one part in one round */
static const double LOCAL_WORK = 1e8;  /* the same of a search over the whole for a first point */

typedef struct open_box {
    park_box box;
    double   bound;
    uint8_t *basis; /* relax bytes */
    bool     used;
} open_box;

typedef struct decomposition {
    const park_program       *program;
    const park_tree_settings *settings;
    park_split               *blocks;
    park_arena               *arena;
    park_split_end            end;
    park_links                links;
    park_tighten              tighten;
    park_relax                whole;
    park_box                  box; /* of the box at work */
    double                   *x, *trial, *mean, *row_slope, *part_slope;
    uint8_t                  *basis; /* of the whole's relaxation at the root */
    bool                      has_x, over, by_clock;
    double                    best, closed, root_bound, tiny, started;
    open_box                 *open;
    size_t                    opens, opens_cap;
    uint64_t                  boxes;            /* worked */
    uint64_t                  nodes, lps, work; /* work of trees over remaining boxes */
} decomposition;

bool park_decompose_pays(const park_program *program, const park_split *blocks,
                         const park_tree_settings *settings)
{
    if (settings->blocks == PARK_BLOCKS_NEVER || blocks == NULL)
        return false;
    return settings->blocks == PARK_BLOCKS_ALWAYS || program->rows + program->products >= SPLIT_SIZE;
}

/* ---- what is known -------------------------------------------------------------------------------------------- */

static double close_at(const decomposition *d)
{
    return isinf(d->best) ? INFINITY : d->best - fmax(d->settings->gap, 1e-9) * fmax(fabs(d->best), d->tiny);
}

static double gap_of(const decomposition *d, double bound)
{
    if (!d->has_x || !isfinite(bound))
        return INFINITY;
    return fmax(0.0, d->best - bound) / fmax(fabs(d->best), d->tiny);
}

static uint64_t work_of(const decomposition *d)
{
    uint64_t sum = d->work + d->whole.work;
    for (size_t b = 0; b < d->blocks->parts; b++)
        sum += d->blocks->part[b].work;
    return sum;
}

/* What is left of the work, at least one; 0: there is no limit. */
static uint64_t work_left(const decomposition *d)
{
    uint64_t limit = d->settings->work_limit, done = work_of(d);
    return limit == 0 ? 0 : limit > done ? limit - done : 1;
}

static bool out_of_budget(decomposition *d)
{
    if (d->over)
        return true;
    if (d->settings->work_limit > 0 && work_of(d) >= d->settings->work_limit)
        d->over = true;
    else if (park_cancel_why(d->settings->cancel) != 0 || park_clock_seconds() >= d->end.deadline)
        d->over = d->by_clock = true;
    return d->over;
}

static open_box *next_open(const decomposition *d)
{
    open_box *best = NULL;
    for (size_t i = 0; i < d->opens; i++)
        if (!d->open[i].used && (best == NULL || d->open[i].bound < best->bound))
            best = &d->open[i];
    return best;
}

/* Of all boxes but the one at work. */
static double proven(const decomposition *d)
{
    const open_box *next = next_open(d);
    double          here = next != NULL ? fmin(next->bound, d->closed) : d->closed;
    return fmin(fmax(here, d->settings->known_bound), d->best);
}

static void report(decomposition *d, double bound)
{
    if (d->settings->progress == NULL || d->over)
        return;
    if (d->settings->progress(d->settings->progress_user, d->has_x ? d->best : NAN, bound, gap_of(d, bound),
                              d->nodes, park_clock_seconds() - d->started))
        d->over = d->by_clock = true;
}

/* The parts' share of what is left of the work, and no more than a round is worth. */
static void allot(decomposition *d, double round)
{
    double size = 1.0;
    for (size_t b = 0; b < d->blocks->parts; b++)
        size = fmax(size, (double)(d->blocks->part[b].program.rows + d->blocks->part[b].program.products));
    d->end.work = (uint64_t)(round / size) + 1000;
    if (d->settings->work_limit == 0)
        return;
    uint64_t used  = work_of(d);
    uint64_t left  = d->settings->work_limit > used ? d->settings->work_limit - used : 0;
    uint64_t share = left / d->blocks->parts + 1;
    if (share < d->end.work)
        d->end.work = share;
}

static bool try_point(decomposition *d, const double *x)
{
    double objective;
    memcpy(d->trial, x, d->program->cols * sizeof *d->trial);
    if (!park_program_recheck(d->program, d->trial, &objective) || !(objective < d->best))
        return false;
    memcpy(d->x, d->trial, d->program->cols * sizeof *d->x);
    d->best  = objective;
    d->has_x = true;
    return true;
}

/* The whole's relaxed point as it stands, else what stands near it. */
static void try_relaxed(decomposition *d)
{
    const park_program *p = d->program;
    double              objective;
    if (p->recheck == NULL || d->settings->decides != NULL || try_point(d, park_relax_point(&d->whole)) ||
        p->mend == NULL)
        return;
    memcpy(d->mean, park_relax_point(&d->whole), p->cols * sizeof *d->mean);
    park_search_end end = {
        .deadline = d->end.deadline, .cancel = d->settings->cancel, .most = work_left(d), .stands = d->has_x};
    if (p->mend(p->user, &end, d->mean, &objective))
        try_point(d, d->mean);
    d->work += end.took;
}

/* ---- one box: relaxation, prices, parts ------------------------------------------------------------------------- */

/* The sides of products of so many would make a linear program that nobody solves: they are left to the parts (T70). */
static bool huge(const park_program *p)
{
    return p->rows + p->products >= HUGE_SIZE;
}

/* Propagate and relax the whole. False: nothing is left in the box. */
static park_status relax_whole(decomposition *d, uint8_t *basis, bool fresh, double *bound, bool *empty)
{
    *empty = !park_tighten_box(&d->tighten, &d->box, d->best, NULL, 0, fresh ? ROOT_VISITS : VISITS);
    if (*empty)
        return PARK_OK;
    const park_root *before = &d->settings->root;
    if (fresh)
        PARK_TRY(park_relax_load(&d->whole, &d->box, before->bytes == d->whole.bytes ? before->basis : NULL));
    else
        PARK_TRY(park_relax_load(&d->whole, &d->box, basis));
    park_relax_status status = park_relax_solve(&d->whole, INFINITY, huge(d->program) ? 0 : SIDES, bound);
    *empty                   = status == PARK_RELAX_EMPTY;
    park_relax_basis(&d->whole, NULL, basis);
    return PARK_OK;
}

/* Prices from the relaxation of the whole; the parts' relaxations prove as much. */
static park_status price(decomposition *d, double *rest)
{
    PARK_TRY(park_split_price_from(d->blocks, &d->whole));
    park_split_take_box(d->blocks, &d->box);
    for (size_t b = 0; b < d->blocks->parts; b++)
        d->blocks->part[b].empty = false;
    PARK_TRY(park_split_relax(d->blocks, &d->end));
    *rest = park_split_rest(d->blocks, &d->box);
    return PARK_OK;
}

static bool any_empty(const decomposition *d)
{
    for (size_t b = 0; b < d->blocks->parts; b++)
        if (d->blocks->part[b].empty)
            return true;
    return false;
}

static bool all_points(const decomposition *d)
{
    for (size_t b = 0; b < d->blocks->parts; b++)
        if (!d->blocks->part[b].has_x)
            return false;
    return true;
}

/* (T36) as long as it wins. */
static park_status improve(decomposition *d)
{
    for (int i = 0; i < 2 && d->has_x && !out_of_budget(d); i++) {
        double before = d->best;
        allot(d, ROOT_WORK / 4.0);
        PARK_TRY(park_split_improve(d->blocks, &d->end, &d->box, SHARE * d->settings->gap, d->settings->seed,
                                    d->x, &d->best));
        if (!(d->best < before - PAYS * d->settings->gap * fabs(before)))
            break;
    }
    return PARK_OK;
}

static park_status first_point(decomposition *d)
{
    park_local  local = {0};
    double      objective;
    park_status status = park_local_make(&local, d->program, d->arena);
    if (status == PARK_OK) {
        park_lp_set_deadline(local.lp, d->end.deadline);
        park_lp_set_cancel(local.lp, d->settings->cancel);
        local.work_limit = (uint64_t)(LOCAL_WORK / (double)(d->program->rows + d->program->products + 1));
        memcpy(d->mean, park_relax_point(&d->whole), d->program->cols * sizeof *d->mean);
        for (int limits = 1; limits >= 0 && !d->has_x; limits--)
            if (park_local_search(&local, &d->box, d->mean, limits == 1, d->trial, &objective) &&
                objective < d->best) {
                memcpy(d->x, d->trial, d->program->cols * sizeof *d->x);
                d->best = objective, d->has_x = true;
            }
        d->work += local.work, d->lps += local.solves;
    }
    park_local_free(&local);
    return status;
}

/* Stage 2. */
static park_status tighten_in_rounds(decomposition *d, uint8_t *basis, double *bound, bool *empty)
{
    for (int pass = 0; pass < PASSES && *bound <= close_at(d) && !out_of_budget(d); pass++) {
        double before = *bound, rest;
        allot(d, ROOT_WORK);
        PARK_TRY(price(d, &rest));
        *bound = fmax(*bound, park_split_sum(d->blocks, rest));
        park_split_cutoffs(d->blocks, rest, d->best);
        *empty = any_empty(d);
        if (!*empty)
            PARK_TRY(park_split_tighten(d->blocks, &d->end, &d->box, empty));
        if (!*empty)
            PARK_TRY(relax_whole(d, basis, false, bound, empty));
        if (*empty)
            return PARK_OK;
        report(d, fmin(*bound, proven(d)));
        if (*bound <= close_at(d))
            PARK_TRY(improve(d));
        report(d, fmin(*bound, proven(d)));
        if (isfinite(d->best) && !(*bound - before > PAYS * (d->best - *bound)))
            break;
    }
    return PARK_OK;
}

/* What the parts' trees left open between their points and their bounds. */
static double left_open(const decomposition *d)
{
    double sum = 0.0;
    for (size_t b = 0; b < d->blocks->parts; b++) {
        const park_part *part = &d->blocks->part[b];
        sum += part->program.constant - part->bound;
        for (size_t k = 0; k < part->program.cols; k++)
            sum += part->program.cost[k] * part->x[k];
    }
    return sum;
}

/* Stage 3: trees of the parts, then steps of the prices (T35). */
static park_status bound_by_trees(decomposition *d, double *bound, bool *empty)
{
    double reached = -INFINITY, length = 1.0;
    for (int step = 0; step < STEPS && *bound <= close_at(d) && !out_of_budget(d); step++) {
        double rest;
        if (step == 0)
            PARK_TRY(price(d, &rest));
        else
            PARK_TRY(park_split_relax(d->blocks, &d->end));
        rest = park_split_rest(d->blocks, &d->box);
        park_split_cutoffs(d->blocks, rest, d->best);
        allot(d, ROOT_WORK * (double)(1 << step));
        double open = isfinite(d->best) ? d->settings->gap * fabs(d->best) : 1e-3 * fabs(*bound);
        PARK_TRY(park_split_trees(d->blocks, &d->end, SHARE * open / (double)d->blocks->parts,
                                  d->settings->seed, d->has_x ? d->x : NULL));
        if ((*empty = any_empty(d)))
            return PARK_OK;
        double now = park_split_sum(d->blocks, rest);
        *bound     = fmax(*bound, now);
        report(d, fmin(*bound, proven(d)));
        if (!all_points(d)) { /* no slope to move along; trees with twice the work may still win (T79) */
            if (!park_relax_choices_open(d->program, &d->box) || !(now - reached >= PAYS * (d->best - now)))
                return PARK_OK;
            reached = fmax(reached, now);
            continue;
        }
        park_split_mean(d->blocks, &d->box, d->mean);
        try_point(d, d->mean);
        double square = park_split_slope(d->blocks, d->mean, d->row_slope, d->part_slope);
        double target = isfinite(d->best) ? d->best : now + fabs(now) * 0.05;
        if (!(square > 0.0) || (step > 0 && now - reached < PAYS * (target - now)))
            return PARK_OK;
        if (left_open(d) > OPEN * (target - now)) { /* the points are no slope yet (T86) */
            reached = fmax(reached, now);
            continue;
        }
        length  = now < reached ? 0.5 * length : length;
        reached = fmax(reached, now);
        PARK_TRY(park_split_step(d->blocks, d->row_slope, d->part_slope, length * (target - now) / square));
    }
    return PARK_OK;
}

/* ---- the tree over coupling columns -------------------------------------------------------------------------------- */

/* (T37) The column whose copies disagree most, in money; -1: none that matters. */
static int32_t most_disagreed(const decomposition *d, double least)
{
    double *score = d->row_slope; /* scratch: at least as long as needed, see set_up */
    memset(score, 0, d->program->cols * sizeof *score);
    for (size_t b = 0; b < d->blocks->parts; b++)
        for (size_t k = 0; k < d->blocks->part[b].program.cols; k++) {
            const park_part *part = &d->blocks->part[b];
            int32_t          j    = part->col[k];
            if (d->blocks->homes[j] > 1)
                score[j] += fabs(part->x[k] - d->mean[j]) * fabs(part->program.cost[k]);
        }
    int32_t best = -1;
    for (size_t j = 0; j < d->program->cols; j++)
        if (score[j] > least && d->box.hi[j] - d->box.lo[j] > 1e-6 * fmax(1.0, fabs(d->box.hi[j]))) {
            least = score[j];
            best  = (int32_t)j;
        }
    return best;
}

static park_status push(decomposition *d, double bound, const uint8_t *basis)
{
    if (!PARK_GROW(d->arena, d->open, d->opens, d->opens_cap))
        return PARK_E_MEMORY;
    open_box *o = &d->open[d->opens];
    *o          = (open_box){.bound = bound};
    PARK_TRY(park_box_make(&o->box, d->program->cols, d->arena));
    o->basis = PARK_ARRAY(d->arena, d->whole.bytes, uint8_t);
    if (o->basis == NULL)
        return PARK_E_MEMORY;
    park_box_copy(&o->box, &d->box, d->program->cols);
    memcpy(o->basis, basis, d->whole.bytes);
    d->opens++;
    return PARK_OK;
}

/* The whole by the ordinary tree: whole numbers tie all blocks, parts would only disagree about them (T57). */
static park_status leave_to_tree(decomposition *d, double bound)
{
    park_tree_settings settings = *d->settings;
    park_tree_result   result;
    settings.blocks = PARK_BLOCKS_NEVER, settings.known_bound = bound, settings.fail_after = 0;
    settings.start      = d->has_x ? d->x : d->settings->start;
    settings.root       = (park_root){d->basis, d->whole.bytes};
    settings.time_limit = fmax(d->end.deadline - park_clock_seconds(), 0.0);
    settings.work_limit = work_left(d);
    PARK_TRY(park_tree_solve(d->program, &settings, d->arena, &result, NULL));
    d->work += result.work, d->lps += result.lps, d->nodes += result.nodes;
    d->root_bound = fmax(d->root_bound, result.root_bound);
    d->by_clock   = d->by_clock || !result.reproducible;
    if (result.x != NULL)
        try_point(d, result.x);
    d->closed = fmin(d->closed, fmax(bound, result.bound));
    return PARK_OK;
}

static park_status split(decomposition *d, int32_t col, double bound, const uint8_t *basis)
{
    double lo = d->box.lo[col], hi = d->box.hi[col], width = hi - lo;
    double cut = fmin(fmax(d->mean[col], lo + 0.1 * width), hi - 0.1 * width);
    if (d->program->integer[col])
        cut = fmin(floor(d->mean[col]), hi - 1.0);
    d->box.hi[col] = cut;
    PARK_TRY(push(d, bound, basis));
    d->box.hi[col] = hi;
    d->box.lo[col] = d->program->integer[col] ? cut + 1.0 : cut;
    PARK_TRY(push(d, bound, basis));
    d->box.lo[col] = lo;
    return PARK_OK;
}

/* Stage 5: one box by the ordinary tree. */
static park_status finish_box(decomposition *d, double bound)
{
    park_program       p        = *d->program;
    park_tree_settings settings = *d->settings;
    park_tree_result   result;
    p.col_lo = d->box.lo, p.col_hi = d->box.hi;
    settings.blocks = PARK_BLOCKS_NEVER, settings.known_bound = bound, settings.progress = NULL;
    settings.cutoff = d->best, settings.start = NULL, settings.fail_after = 0;
    settings.time_limit = fmax(d->end.deadline - park_clock_seconds(), 0.0);
    settings.work_limit = work_left(d);
    PARK_TRY(park_tree_solve(&p, &settings, d->arena, &result, NULL));
    d->work += result.work, d->lps += result.lps, d->nodes += result.nodes;
    if (result.x != NULL)
        try_point(d, result.x);
    if (result.status != PARK_TREE_INFEASIBLE)
        d->closed = fmin(d->closed, fmax(bound, result.bound));
    return PARK_OK;
}

static park_status work_box(decomposition *d, open_box *o, bool root)
{
    double bound = o->bound;
    bool   empty = false;
    o->used      = true;
    d->nodes++, d->boxes++;
    park_box_copy(&d->box, &o->box, d->program->cols);
    PARK_TRY(relax_whole(d, o->basis, false, &bound, &empty));
    bool trees_first =
        d->has_x &&
        park_relax_choices_open(d->program, &d->box); /* they win more than bounds of factors there (T79) */
    if (!empty && bound <= close_at(d) && root && !trees_first)
        PARK_TRY(tighten_in_rounds(d, o->basis, &bound, &empty));
    if (!empty && bound <= close_at(d))
        PARK_TRY(bound_by_trees(d, &bound, &empty));
    if (!empty && bound <= close_at(d) && root && trees_first)
        PARK_TRY(improve(d));
    if (root)
        d->root_bound = fmax(d->root_bound, fmin(empty ? d->best : bound, d->best));
    if (empty)
        return PARK_OK;
    if (bound > close_at(d)) {
        d->closed = fmin(d->closed, bound);
        return PARK_OK;
    }
    if (out_of_budget(d)) {
        o->used  = false; /* stays open with what was proven of it */
        o->bound = bound;
        return PARK_OK;
    }
    double  open = isfinite(d->best) ? d->settings->gap * fabs(d->best) : 1e-2 * fabs(bound);
    bool    pays = root || (d->boxes < BOXES && bound - o->bound > PAYS * (d->best - o->bound));
    int32_t col  = pays && all_points(d) ? most_disagreed(d, AGREE * open) : -1;
    return col >= 0 ? split(d, col, bound, o->basis) : finish_box(d, bound);
}

static park_status grow(decomposition *d)
{
    for (open_box *o; (o = next_open(d)) != NULL && proven(d) <= close_at(d) && !out_of_budget(d);) {
        size_t   at  = (size_t)(o - d->open);
        open_box now = *o;
        o->used      = true;
        PARK_TRY(work_box(d, &now, d->nodes == 0));
        d->open[at].used = now.used, d->open[at].bound = now.bound;
        report(d, proven(d));
    }
    return PARK_OK;
}

/* ---- from start to result ---------------------------------------------------------------------------------------- */

static park_status set_up(decomposition *d)
{
    const park_program *p       = d->program;
    size_t              scratch = p->rows > p->cols ? p->rows : p->cols;
    d->tiny                     = 1e-9;
    for (size_t j = 0; j < p->cols; j++)
        d->tiny = fmax(d->tiny, 1e-6 * fabs(p->cost[j]));
    d->x = PARK_ARRAY(d->arena, p->cols, double), d->trial = PARK_ARRAY(d->arena, p->cols, double);
    d->mean = PARK_ARRAY(d->arena, p->cols, double), d->row_slope = PARK_ARRAY(d->arena, scratch, double);
    d->part_slope = PARK_ARRAY(d->arena, park_split_copies(d->blocks), double);
    if (d->x == NULL || d->trial == NULL || d->mean == NULL || d->row_slope == NULL || d->part_slope == NULL)
        return PARK_E_MEMORY;
    PARK_TRY(park_links_make(&d->links, p, d->arena));
    PARK_TRY(park_tighten_make(&d->tighten, &d->links, d->arena));
    PARK_TRY(park_relax_make(&d->whole, p, d->arena));
    PARK_TRY(park_box_make(&d->box, p->cols, d->arena));
    park_box_copy(&d->box, &(park_box){p->col_lo, p->col_hi}, p->cols);
    park_lp_set_deadline(d->whole.lp, d->end.deadline);
    park_lp_set_cancel(d->whole.lp, d->settings->cancel);
    return PARK_OK;
}

static park_status work_root(decomposition *d)
{
    double   bound = d->settings->known_bound;
    bool     tied  = false;
    bool     empty = false;
    uint8_t *basis = PARK_ARRAY(d->arena, d->whole.bytes, uint8_t);
    if (basis == NULL)
        return PARK_E_MEMORY;
    if (d->settings->start != NULL)
        try_point(d, d->settings->start);
    if (d->has_x && bound >= close_at(d)) {
        d->closed = d->root_bound = bound;
        return PARK_OK;
    }
    PARK_TRY(relax_whole(d, basis, true, &bound, &empty));
    d->root_bound = fmax(d->root_bound, fmin(bound, d->best));
    d->basis      = basis;
    if (empty)
        return PARK_OK;
    report(d, bound);
    tied = !huge(d->program) && park_relax_whole_numbers_matter(&d->whole, &d->box, bound, d->best);
    if (!tied && !(huge(d->program) && d->has_x) && !out_of_budget(d))
        try_relaxed(d);
    if (!d->has_x && !tied && !out_of_budget(d)) /* a cutoff may stand for a point */
        PARK_TRY(first_point(d));
    if (d->settings->blocks != PARK_BLOCKS_ALWAYS && tied && !out_of_budget(d))
        return leave_to_tree(d, bound);
    PARK_TRY(push(d, bound, basis));
    return grow(d);
}

static park_tree_status verdict(const decomposition *d, double gap)
{
    double target = d->settings->gap;
    if (d->has_x) {
        if (gap <= fmin(target, 1e-4) * (1.0 + 1e-9) + 1e-12)
            return PARK_TREE_OPTIMAL;
        return gap <= target * (1.0 + 1e-9) + 1e-12 ? PARK_TREE_GAP_REACHED : PARK_TREE_LIMIT_FEASIBLE;
    }
    bool ended = next_open(d) == NULL;
    if (ended && isfinite(d->settings->cutoff) && d->closed >= close_at(d))
        return PARK_TREE_CUTOFF;
    return ended && d->closed == INFINITY ? PARK_TREE_INFEASIBLE : PARK_TREE_LIMIT_NO_SOLUTION;
}

park_status park_decompose_solve(park_split *blocks, const park_tree_settings *settings, park_arena *arena,
                                 park_arena *result_arena, park_tree_result *result)
{
    decomposition d    = {.program    = blocks->program,
                          .settings   = settings,
                          .blocks     = blocks,
                          .arena      = arena,
                          .best       = settings->cutoff,
                          .closed     = INFINITY,
                          .root_bound = -INFINITY,
                          .started    = park_clock_seconds()};
    d.end              = (park_split_end){.deadline = d.started + settings->time_limit,
                                          .cancel   = settings->cancel,
                                          .threads  = settings->threads,
                                          .ranks    = settings->ranks};
    park_status status = set_up(&d);
    if (status == PARK_OK)
        status = work_root(&d);
    park_relax_free(&d.whole);
    PARK_TRY(status);
    result->bound        = fmax(proven(&d), fmin(d.root_bound, d.best));
    result->root_bound   = d.root_bound;
    result->objective    = d.has_x ? d.best : NAN;
    result->gap          = gap_of(&d, result->bound);
    result->status       = verdict(&d, result->gap);
    result->nodes        = d.nodes;
    result->work         = work_of(&d);
    result->lps          = d.lps + d.whole.solves;
    result->reproducible = !d.by_clock;
    result->seconds      = park_clock_seconds() - d.started;
    for (size_t b = 0; b < blocks->parts; b++)
        result->lps += blocks->part[b].lps, result->nodes += blocks->part[b].nodes;
    PARK_TRY(park_root_keep(result_arena, d.basis, d.whole.bytes, &result->root));
    if (!d.has_x)
        return PARK_OK;
    result->x = PARK_ARRAY(result_arena, d.program->cols, double);
    if (result->x == NULL)
        return PARK_E_MEMORY;
    memcpy(result->x, d.x, d.program->cols * sizeof *result->x);
    return PARK_OK;
}
