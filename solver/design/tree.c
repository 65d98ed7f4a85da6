/*
 * Spatial branch and bound, best first, in batches.
 *
 * The stages: (1) propagate the root, (2) solve its relaxation, (3) look for good points, (4) tighten by
 * linear programs while it pays, (5) take the open nodes with the lowest bounds, as many as `batch_size` says, work each
 * of them as a pure function of (box, basis, incumbent), take in their outcomes in order, and again until the gap is
 * small enough. A batch is shared by threads and by ranks (errand.h); nothing an outcome depends on knows how many.
 * What one thread has to do alone, it does beside a batch where it can: searches for points, rechecks.
 *
 * What is proven: a box leaves the tree empty, or with a bound above what closes it, or tightened under the
 * condition that only points better than what closes a box matter. So min(open bounds, closed bounds,
 * incumbent) is a lower bound of the program at any time.
 */
#include "design/node.h"

#include "base/clock.h"
#include "base/pool.h"
#include "design/decide.h"
#include "design/decompose.h"
#include "design/errand.h"
#include "design/obbt.h"
#include "design/outward.h"
#include "design/seek.h"

#include <string.h>

enum {
    OBBT_PASSES = 8,
    ROOT_VISITS = 30,
    MENDED      = 4,
    FIRST       = 16, /* turns in which points are looked for at once and often */
    OPEN_SHARE  = 16  /* one in so many open nodes is in a batch */
};
static const double ROOT_SEARCH = 2e8; /* iterations times rows spent on the first good points */
static const double ROOT_OBBT =
    3e8; /* the same spent on tightening the root, in full where the gap is FAR or more */
static const double BETTER = 0.01; /* an incumbent better by so much is worth tightening the root again [-] */
static const double CHOOSING =
    0.15; /* of both, where whole numbers are open and there is a point: nodes win more [-] */
static const double NEAR = 0.05, FAR = 0.15; /* relative gaps at the root */
/* Of all work: for points varied from the incumbent; the second where whole numbers are open, where nodes win more [-] */
static const double VARIED = 0.08, VARIED_CHOOSING = 0.03;
static const double SEARCHED = 0.1; /* of the nodes' work: for points, when the incumbent is near [-] */

/* A relaxed point in the original equations. */
typedef struct checked {
    double *x; /* [cols], as the recheck left it */
    double  objective;
    bool    done, good;
} checked;

typedef struct search {
    const park_program       *program;
    const park_tree_settings *settings;
    park_arena               *arena; /* of this solve; dies with it */
    park_links                links;
    park_frame                frame;
    park_pseudo               pseudo;
    park_worker              *worker; /* [threads] */
    int                       threads;
    park_incumbent            incumbent;
    park_seekers              seekers;
    park_decider              decider;
    park_obbt                 obbt;
    park_box                  root;
    park_heap                 heap;
    park_outcome              outcome[PARK_BATCH_MOST];
    checked                   checked[PARK_BATCH_MOST];
    park_node                *taken[PARK_BATCH_MOST];
    int                       at[PARK_BATCH_MOST]; /* the rank that works it */
    size_t                    count;               /* in the batch */
    size_t                    rooms;               /* places of `outcome` and `checked` that are made */
    park_errands              errands;
    double                    batch_close;
    bool                      rechecks; /* relaxed points of this batch */
    uint64_t                  turns;    /* of this batch: eight nodes are one */
    double
        sharpened;   /* the incumbent when linear programs last tightened the root, -INFINITY: they did not */
    double   closed; /* least bound of nodes that left the tree with one */
    double   root_bound;
    uint8_t *basis; /* of the root's relaxation, NULL: none yet */
    uint64_t nodes, next_id;
    uint64_t lps, work; /* of nodes */
    uint64_t shared;    /* iterations that a second thread takes over */
    uint64_t beside;    /* what the caller had counted before this solve */
    double   started;
    bool     over, by_clock;
} search;

void park_tree_settings_default(park_tree_settings *settings)
{
    *settings = (park_tree_settings){.gap         = 1e-2,
                                     .time_limit  = INFINITY,
                                     .work_limit  = 0,
                                     .cutoff      = INFINITY,
                                     .known_bound = -INFINITY,
                                     .threads     = 1,
                                     .seed        = 1};
}

/* ---- what is known so far ----------------------------------------------------------------------------- */

/* Nodes with a bound above this are closed. */
static double close_at(const search *s)
{
    return park_incumbent_close(&s->incumbent, s->settings->gap);
}

/* What tightening may assume of the points still looked for: that they beat the incumbent by more than the gap (T28).
 * All it takes away counts as closed at that value from now on. */
static double cutoff(search *s)
{
    double close = close_at(s);
    if (isfinite(close))
        close += 1e-6 *
                 (s->incumbent.best - close); /* so that rounding leaves the gap within what was asked for */
    s->closed = fmin(s->closed, close);
    return close;
}

static double proven(const search *s)
{
    double most = fmin(s->closed, s->incumbent.best);
    double here = s->heap.count > 0 ? fmin(most, s->heap.node[0]->bound) : most;
    return fmin(fmax(here, s->settings->known_bound), s->incumbent.best);
}

/* How far the incumbent is above a bound [-]. */
static double gap_above(const search *s, double bound)
{
    return park_incumbent_gap(&s->incumbent, s->incumbent.best, bound);
}

static uint64_t work_of(const search *s)
{
    return s->work + park_seekers_work(&s->seekers) + s->seekers.mended + park_obbt_work(&s->obbt);
}

/* The same with what the caller took for this solve. */
static uint64_t spent(const search *s)
{
    return work_of(s) + (s->settings->beside != NULL ? *s->settings->beside - s->beside : 0);
}

/* What is left of the work, at least one; 0: there is no limit. */
static uint64_t work_left(const search *s)
{
    uint64_t limit = s->settings->work_limit, done = spent(s);
    return limit == 0 ? 0 : limit > done ? limit - done : 1;
}

/* Has a limit been met? Remembers which. */
static bool out_of_budget(void *user)
{
    search *s = user;
    if (s->over)
        return true;
    if (s->settings->work_limit > 0 && spent(s) >= s->settings->work_limit)
        s->over = true;
    else if (park_cancel_why(s->settings->cancel) != 0 ||
             park_clock_seconds() - s->started > s->settings->time_limit)
        s->over = s->by_clock = true;
    return s->over;
}

static void report(search *s, double bound)
{
    if (s->settings->progress == NULL || s->over)
        return;
    double objective = s->incumbent.has_x ? s->incumbent.best : NAN;
    if (s->settings->progress(s->settings->progress_user, objective, bound,
                              park_incumbent_gap(&s->incumbent, objective, bound), s->nodes,
                              park_clock_seconds() - s->started))
        s->over = s->by_clock = true; /* an interrupt comes at no reproducible moment */
}

/* ---- the root ----------------------------------------------------------------------------------------- */

/* What the root may take of a budget in iterations times rows: where whole numbers are open nodes win more. */
static double root_budget(const search *s, double most)
{
    uint64_t left = work_left(s);
    double   size = (double)(s->program->rows + s->program->products) + 1.0;
    double   all  = left > 0 ? fmin(most, (double)left * size) : most;
    return isfinite(s->incumbent.best) && park_relax_choices_open(s->program, &s->root) ? CHOOSING * all
                                                                                        : all;
}

/* A column that a product or a concave cost needs bounded and that is not; -1: none. */
static int32_t unbounded(const search *s)
{
    for (size_t j = 0; j < s->program->cols; j++)
        if (isinf(s->root.lo[j]) || isinf(s->root.hi[j]))
            return (int32_t)j;
    return -1;
}

/* What the box alone says about the cost. */
static double least_cost(const park_program *p, const park_box *box)
{
    double sum = p->constant, size = fabs(p->constant);
    for (size_t j = 0; j < p->cols; j++) {
        double term = fmin(park_times(p->cost[j], box->lo[j]), park_times(p->cost[j], box->hi[j]));
        sum += term;
        size += fabs(term);
    }
    return isfinite(sum) ? sum - (double)(p->cols + 4) * DBL_EPSILON * size : -INFINITY;
}

static void end_with(const search *s, park_lp *lp, double deadline)
{
    park_lp_set_deadline(lp, deadline);
    park_lp_set_cancel(lp, s->settings->cancel);
}

/* Linear programs end with the run. */
static void set_deadline(search *s)
{
    double deadline = s->started + s->settings->time_limit;
    for (int i = 0; i < PARK_SEEKERS; i++)
        end_with(s, s->seekers.seeker[i].local.lp, deadline);
    park_obbt_end_with(&s->obbt, deadline, s->settings->cancel);
    for (int t = 0; t < s->threads; t++)
        end_with(s, s->worker[t].relax.lp, deadline);
}

static park_status set_up(search *s)
{
    const park_program *p = s->program;
    s->worker             = PARK_ARRAY(s->arena, (size_t)s->threads, park_worker);
    if (s->worker == NULL)
        return PARK_E_MEMORY;
    PARK_TRY(park_incumbent_make(&s->incumbent, p, s->settings->cutoff, s->arena));
    PARK_TRY(park_links_make(&s->links, p, s->arena));
    PARK_TRY(park_box_make(&s->root, p->cols, s->arena));
    memcpy(s->root.lo, p->col_lo, p->cols * sizeof *s->root.lo);
    memcpy(s->root.hi, p->col_hi, p->cols * sizeof *s->root.hi);
    s->seekers = (park_seekers){.program   = p,
                                .settings  = s->settings,
                                .root      = &s->root,
                                .incumbent = &s->incumbent,
                                .threads   = s->threads,
                                .deadline  = s->started + s->settings->time_limit};
    PARK_TRY(park_seekers_make(&s->seekers, s->arena));
    PARK_TRY(park_frame_make(&s->frame, p, &s->root, &s->pseudo, s->arena));
    PARK_TRY(park_pseudo_make(&s->pseudo, p->cols, s->arena));
    s->decider = (park_decider){.frame = &s->frame, .settings = s->settings, .incumbent = &s->incumbent};
    if (s->settings->decides != NULL)
        PARK_TRY(park_decider_make(&s->decider, s->arena));
    for (int t = 0; t < s->threads; t++)
        PARK_TRY(park_worker_make(&s->worker[t], &s->links, s->arena));
    PARK_TRY(park_obbt_make(&s->obbt, p, &s->worker[0].tighten, s->arena));
    s->obbt.threads = s->threads;
    set_deadline(s);
    park_heap_init(&s->heap, s->arena, s->frame.kepts, s->worker[0].relax.bytes);
    return park_errands_begin(&s->errands, s->settings->ranks, s->arena);
}

/* The root as a node: children of it follow the same path as all others. */
static park_status push_root(search *s, double bound, const uint8_t *basis)
{
    park_node *n = park_heap_new(&s->heap);
    if (n == NULL)
        return PARK_E_MEMORY;
    n->bound = bound;
    n->id    = s->next_id++;
    n->cut   = (park_lesson){.col = -1};
    for (size_t k = 0; k < s->frame.kepts; k++) {
        n->lo[k] = s->root.lo[s->frame.kept[k]];
        n->hi[k] = s->root.hi[s->frame.kept[k]];
    }
    memcpy(n->basis, basis, s->heap.bytes);
    return park_heap_push(&s->heap, n) ? PARK_OK : PARK_E_MEMORY;
}

/* A known bound and the point to start from settle it: nothing is left to search. */
static bool settled(search *s)
{
    if (!s->incumbent.has_x || s->settings->known_bound < close_at(s))
        return false;
    s->closed = s->root_bound = s->settings->known_bound;
    return true;
}

/* Stage 4, and again on a better incumbent (T29): bounds of the root by linear programs, in full where the gap is wide. */
static park_status sharpen_root(search *s, double bound, bool *empty)
{
    const park_program *p     = s->program;
    double              share = fmin(1.0, gap_above(s, bound) / FAR);
    uint64_t            left  = work_left(s);
    uint64_t            most =
        (uint64_t)(share * root_budget(s, ROOT_OBBT) / ((double)(p->rows + p->products) + 1.0)) + 1000;
    s->sharpened = s->incumbent.best;
    s->errands.root++;
    return park_obbt_run(&s->obbt, &s->root, cutoff(s), OBBT_PASSES, left > 0 && left < most ? left : most,
                         out_of_budget, s, empty);
}

/* Stages 1 to 4. *empty: nothing is left to search. */
static park_status work_root(search *s, bool *empty)
{
    park_relax   *r     = &s->worker[0].relax;
    park_tighten *t     = &s->worker[0].tighten;
    double        bound = -INFINITY;
    uint8_t      *basis = PARK_ARRAY(s->arena, r->bytes, uint8_t);
    if (basis == NULL)
        return PARK_E_MEMORY;
    if (s->settings->start != NULL) { /* an answer at once, whatever the root's relaxation takes */
        park_incumbent_try(&s->incumbent, s->settings->start);
        if ((*empty = settled(s)))
            return PARK_OK;
    }
    *empty = !park_tighten_box(t, &s->root, s->incumbent.best, NULL, 0, ROOT_VISITS);
    if (!*empty && unbounded(s) >= 0) {
        park_seek_unbounded(&s->seekers);
        *empty = !park_tighten_box(t, &s->root, s->incumbent.best, NULL, 0, ROOT_VISITS);
    }
    if (*empty)
        return PARK_OK;
    bound                   = least_cost(s->program, &s->root);
    const park_root *before = &s->settings->root;
    PARK_TRY(park_relax_load(r, &s->root, before->bytes == r->bytes ? before->basis : NULL));
    park_relax_status status =
        park_relax_solve(r, s->incumbent.has_x ? INFINITY : s->incumbent.best, 30, &bound);
    s->root_bound = bound = fmax(bound, s->settings->known_bound);
    s->lps += r->solves, s->work += r->work;
    *empty = status == PARK_RELAX_EMPTY;
    if (*empty)
        return PARK_OK;
    park_relax_basis(r, NULL, basis);
    s->basis        = basis;
    double *relaxed = NULL;
    bool    rounded = false;
    if (status == PARK_RELAX_SOLVED) {
        relaxed = PARK_ARRAY(s->arena, s->program->cols, double);
        if (relaxed == NULL)
            return PARK_E_MEMORY;
        memcpy(relaxed, park_relax_point(r), s->program->cols * sizeof *relaxed);
    }
    report(s, bound);
    if (!out_of_budget(s))
        park_seek_first(&s->seekers, relaxed, bound, root_budget(s, ROOT_SEARCH), work_left(s), out_of_budget,
                        s);
    report(s, bound);
    if (relaxed != NULL)
        rounded = park_relax_whole_numbers_matter(r, &s->root, bound, s->incumbent.best);
    if (!rounded && bound < close_at(s) && s->program->products + s->program->concaves > 0 &&
        !out_of_budget(s)) {
        PARK_TRY(sharpen_root(s, bound, empty));
        if (*empty) /* nothing beats the incumbent by more than the gap */
            return PARK_OK;
    }
    return push_root(s, bound, basis);
}

/* ---- batches ------------------------------------------------------------------------------------------ */

/* Few at first, so that none is worked in vain; where many are open the next ones by order are hardly worse (T19). */
static size_t batch_size(size_t open)
{
    size_t share = open / OPEN_SHARE;
    return share < PARK_BATCH ? PARK_BATCH : share > PARK_BATCH_MOST ? PARK_BATCH_MOST : share;
}

/* Is there a point that may still beat the incumbent? */
static bool is_open(const park_outcome *out, double close)
{
    return out->status == PARK_OK && out->kind != PARK_NODE_EMPTY && out->kind != PARK_NODE_CLOSED &&
           out->bound <= close;
}

/* The relaxed point of item k, rechecked. Any thread. */
static void recheck(search *s, size_t k)
{
    const park_outcome *out = &s->outcome[k];
    checked            *c   = &s->checked[k];
    c->done                 = s->rechecks && out->has_x && is_open(out, s->batch_close);
    if (!c->done)
        return;
    memcpy(c->x, out->x, s->program->cols * sizeof *c->x);
    c->good = park_program_recheck(s->program, c->x, &c->objective);
}

/* Outcomes of a batch of so many nodes: few trees ever need the most. */
static park_status make_room(search *s, size_t most)
{
    for (; s->rooms < most; s->rooms++) {
        size_t k = s->rooms, cols = s->program->cols;
        PARK_TRY(park_outcome_make(&s->outcome[k], &s->frame, s->heap.bytes, s->arena));
        s->checked[k].x = PARK_ARRAY(s->arena, cols, double);
        if (s->checked[k].x == NULL)
            return PARK_E_MEMORY;
    }
    return park_seekers_room(&s->seekers, most, s->arena);
}

/* The first items are the seekers' and the only ones that write to them. The others are the nodes. */
static void work_item(void *user, size_t item, int slot)
{
    search *s = user;
    size_t  k = item - PARK_SEEKERS;
    if (item < PARK_SEEKERS) {
        park_seek_wanted(&s->seekers, item);
    } else if (s->at[k] == 0) {
        park_node_work(&s->worker[slot], &s->frame, s->taken[k], s->batch_close, &s->outcome[k]);
        recheck(s, k);
    }
}

/* What two threads would share of a batch, each taking the next node as soon as it is idle; they begin with the searches. */
static void count_shared(search *s, const uint64_t *before)
{
    uint64_t load[2] = {0, 0};
    for (int i = 0; i < PARK_SEEKERS; i++)
        load[i % 2] += s->seekers.seeker[i].local.work - before[i];
    for (size_t k = 0; k < s->count; k++)
        load[load[1] < load[0]] += s->outcome[k].work;
    s->shared += load[0] < load[1] ? load[0] : load[1];
}

/* The nodes that were taken, here and by other ranks. */
static park_status work_batch(search *s)
{
    park_errand_batch batch = {.frame   = &s->frame,
                               .bytes   = s->heap.bytes,
                               .node    = s->taken,
                               .outcome = s->outcome,
                               .at      = s->at,
                               .count   = s->count,
                               .threads = s->threads,
                               .close   = s->batch_close,
                               .seconds = s->started + s->settings->time_limit - park_clock_seconds()};
    uint64_t          before[PARK_SEEKERS];
    for (int i = 0; i < PARK_SEEKERS; i++)
        before[i] = s->seekers.seeker[i].local.work;
    PARK_TRY(park_errands_send(&s->errands, &batch));
    park_pool_share(s->threads, PARK_SEEKERS, PARK_SEEKERS + s->count, work_item, s);
    park_seekers_collect(&s->seekers);
    PARK_TRY(park_errands_take(&s->errands, &batch));
    for (size_t k = 0; k < s->count; k++)
        if (s->at[k] != 0)
            recheck(s, k);
    count_shared(s, before);
    return PARK_OK;
}

static park_node *child_of(search *s, const park_outcome *out)
{
    park_node *n = park_heap_new(&s->heap);
    if (n == NULL)
        return NULL;
    memcpy(n->lo, out->lo, s->frame.kepts * sizeof *n->lo);
    memcpy(n->hi, out->hi, s->frame.kepts * sizeof *n->hi);
    memcpy(n->basis, out->basis, s->heap.bytes);
    n->bound = out->bound;
    n->id    = s->next_id++;
    n->cut   = (park_lesson){.col = -1};
    return n;
}

static park_status again(search *s, const park_outcome *out)
{
    park_node *n = child_of(s, out);
    return n != NULL && park_heap_push(&s->heap, n) ? PARK_OK : PARK_E_MEMORY;
}

/* Two children; the cut point belongs to both unless the column is an integer. */
static park_status split(search *s, const park_outcome *out)
{
    for (int side = 0; side < 2; side++) {
        park_node *n = child_of(s, out);
        if (n == NULL)
            return PARK_E_MEMORY;
        n->cut = (park_lesson){out->branch.col, side, out->branch.unit};
        for (size_t k = 0; k < s->frame.kepts; k++)
            if (s->frame.kept[k] == out->branch.col) {
                bool whole = s->program->integer[out->branch.col];
                if (side == 0)
                    n->hi[k] = out->branch.at;
                else
                    n->lo[k] = whole ? out->branch.at + 1.0 : out->branch.at;
            }
        if (!park_heap_push(&s->heap, n))
            return PARK_E_MEMORY;
    }
    return PARK_OK;
}

/* What the next search may take: the dearest one so far, or one iteration a row. */
static uint64_t search_costs(const search *s)
{
    return s->seekers.dearest > 0 ? s->seekers.dearest : (uint64_t)(s->program->rows + s->program->products);
}

/* Is one of the batch's turns a multiple of `step`? */
static bool comes_up(const search *s, uint64_t turn, uint64_t step)
{
    return (turn + s->turns - 1) / step * step >= turn;
}

/* Points are looked for from the relaxation's point of the first node in a batch: often at first, then
 * rarely; and wherever the relaxation is exact. */
static bool worth_a_search(const search *s, const park_outcome *out, size_t item, uint64_t turn)
{
    if (!out->has_x)
        return false;
    if (out->branch.exact)
        return true;
    bool sparing = gap_above(s, proven(s)) < NEAR ||
                   (isfinite(s->incumbent.best) && park_relax_choices_open(s->program, &s->root));
    if (item != 0 ||
        (sparing && (double)(park_seekers_work(&s->seekers) + search_costs(s)) > SEARCHED * (double)s->work))
        return false;
    return turn < FIRST || (turn < 256 && comes_up(s, turn, 8)) || comes_up(s, turn, 64) ||
           (!s->incumbent.has_x && comes_up(s, turn, 4));
}

/* At once while the tree is young and the next batch may lean on it, else beside the next batch. */
static void search_from(search *s, park_outcome *out, uint64_t turn)
{
    if (turn < FIRST || s->settings->decides != NULL) {
        park_seek_from(&s->seekers, out->x, s->seekers.searches % 2 == 0);
        return;
    }
    park_seek_want(&s->seekers, out->x);
}

static park_status teach(search *s, const park_lesson *lesson)
{
    park_pseudo_learn(&s->pseudo, lesson);
    return park_errands_learn(&s->errands, lesson);
}

/* What the cut that made this node gained, and what trying out gained. */
static park_status learn(search *s, const park_node *n, const park_outcome *out)
{
    for (size_t i = 0; i < out->lessons; i++)
        PARK_TRY(teach(s, &out->lesson[i]));
    if (n->cut.col < 0 || !(n->cut.gain > 0.0) || !isfinite(n->bound))
        return PARK_OK;
    double gain = out->bound - n->bound;
    if (out->kind == PARK_NODE_EMPTY || out->kind == PARK_NODE_CLOSED)
        gain = fmax(gain, isfinite(s->batch_close) ? s->batch_close - n->bound : fabs(n->bound));
    return teach(s, &(park_lesson){n->cut.col, n->cut.side, gain / n->cut.gain});
}

static park_status take_in(search *s, size_t item, uint64_t turn)
{
    park_outcome  *out = &s->outcome[item];
    const checked *c   = &s->checked[item];
    s->lps += out->solves;
    s->work += out->work;
    s->nodes++;
    if (out->status != PARK_OK)
        return out->status;
    s->closed = fmin(s->closed, out->dropped);
    if (out->kind == PARK_NODE_EMPTY)
        return PARK_OK; /* empty under the condition "better than what closes a node": closed knows it */
    if (out->kind == PARK_NODE_CLOSED || out->bound > close_at(s)) {
        s->closed = fmin(s->closed, out->bound);
        return PARK_OK;
    }
    if (out->has_x && out->branch.exact)
        park_incumbent_try(&s->incumbent, out->x);
    if (c->done && !(c->good && park_incumbent_keep(&s->incumbent, c->x, c->objective)) && item == 0 &&
        (turn < MENDED || comes_up(s, turn, 16)))
        park_seek_near(&s->seekers, out->x, work_left(s));
    if (worth_a_search(s, out, item, turn))
        search_from(s, out, turn);
    if (out->bound <= close_at(s) && s->settings->decides != NULL && !out_of_budget(s) &&
        park_decide(&s->decider, out, item == 0, work_left(s), &s->closed))
        return PARK_OK;
    if (out->kind == PARK_NODE_LEAF || out->bound > close_at(s)) {
        s->closed = fmin(s->closed, out->bound);
        return PARK_OK;
    }
    return out->kind == PARK_NODE_AGAIN ? again(s, out) : split(s, out);
}

/* (T85) Points varied from the incumbent, for a share of all work. */
static void vary_incumbent(search *s)
{
    double size  = (double)(s->program->rows + s->program->products);
    double share = park_relax_choices_open(s->program, &s->root) ? VARIED_CHOOSING : VARIED;
    double spare = share * (double)work_of(s) * size - s->seekers.varied;
    if (spare > 0.0 && s->incumbent.has_x)
        park_seek_varied(&s->seekers, spare, work_left(s));
}

static park_status grow_tree(search *s)
{
    uint64_t turn = 0;
    while ((s->heap.count > 0 || s->seekers.wants > 0) && proven(s) <= close_at(s) && !out_of_budget(s)) {
        if (s->sharpened - s->incumbent.best > BETTER * fabs(s->incumbent.best)) {
            bool empty = false;
            PARK_TRY(sharpen_root(s, proven(s), &empty));
            if (empty)
                s->heap.count = s->seekers.wants = 0;
            if (empty || out_of_budget(s))
                break;
        }
        vary_incumbent(s);
        const size_t most = batch_size(s->heap.count);
        s->turns          = most / PARK_BATCH;
        PARK_TRY(make_room(s, most));
        s->rechecks    = park_seek_rechecks(&s->seekers) && (turn < FIRST || gap_above(s, proven(s)) < NEAR);
        s->batch_close = cutoff(s);
        for (s->count = 0; s->count < most && s->heap.count > 0; s->count++)
            s->taken[s->count] = park_heap_pop(&s->heap);
        park_status status = work_batch(s);
        for (size_t k = 0; k < s->count && status == PARK_OK; k++) {
            status = learn(s, s->taken[k], &s->outcome[k]);
            park_heap_release(&s->heap, s->taken[k]);
        }
        for (size_t k = 0; k < s->count && status == PARK_OK; k++)
            status = take_in(s, k, turn);
        PARK_TRY(status);
        turn += s->turns;
        report(s, proven(s));
    }
    return PARK_OK;
}

/* ---- from start to result ----------------------------------------------------------------------------- */

static park_tree_status verdict(const search *s, double gap)
{
    double target = s->settings->gap;
    bool   ended  = s->heap.count == 0 && (!s->over || s->closed < INFINITY || s->incumbent.has_x);
    if (s->incumbent.has_x) {
        if (gap <= fmin(target, 1e-4) * (1.0 + 1e-9) + 1e-12)
            return PARK_TREE_OPTIMAL;
        return gap <= target * (1.0 + 1e-9) + 1e-12 ? PARK_TREE_GAP_REACHED : PARK_TREE_LIMIT_FEASIBLE;
    }
    if (ended && isfinite(s->settings->cutoff) && s->closed >= close_at(s))
        return PARK_TREE_CUTOFF;
    return ended && s->closed == INFINITY ? PARK_TREE_INFEASIBLE : PARK_TREE_LIMIT_NO_SOLUTION;
}

static park_status solve_in(search *s, park_arena *result_arena, park_tree_result *result)
{
    bool empty = false;
    PARK_TRY(set_up(s));
    PARK_TRY(work_root(s, &empty));
    if (!empty)
        PARK_TRY(grow_tree(s));
    double bound          = fmax(proven(s), empty ? -INFINITY : fmin(s->root_bound, s->incumbent.best));
    result->bound         = bound;
    result->root_bound    = s->root_bound;
    result->objective     = s->incumbent.has_x ? s->incumbent.best : NAN;
    result->gap           = park_incumbent_gap(&s->incumbent, result->objective, bound);
    result->unbounded_col = unbounded(s);
    result->status        = verdict(s, result->gap);
    result->nodes         = s->nodes;
    result->work          = work_of(s);
    result->shared        = s->shared + s->seekers.shared + s->obbt.shared;
    result->reproducible  = !s->by_clock && !s->seekers.early;
    result->lps           = s->lps + park_obbt_solves(&s->obbt);
    for (int i = 0; i < PARK_SEEKERS; i++)
        result->lps += s->seekers.seeker[i].local.solves;
    result->seconds = park_clock_seconds() - s->started;
    PARK_TRY(park_root_keep(result_arena, s->basis, s->worker[0].relax.bytes, &result->root));
    if (!s->incumbent.has_x)
        return PARK_OK;
    result->x = PARK_ARRAY(result_arena, s->program->cols, double);
    if (result->x == NULL)
        return PARK_E_MEMORY;
    memcpy(result->x, s->incumbent.x, s->program->cols * sizeof *result->x);
    return PARK_OK;
}

/* Programs of many blocks go block by block. *done: they did. */
static park_status solve_by_blocks(const park_program *program, const park_tree_settings *settings,
                                   park_arena *own, park_arena *arena, park_tree_result *result, bool *done)
{
    park_split *blocks = NULL;
    *done              = false;
    if (settings->blocks == PARK_BLOCKS_NEVER)
        return PARK_OK;
    PARK_TRY(park_split_make(program, own, &blocks));
    if (!park_decompose_pays(program, blocks, settings))
        return PARK_OK;
    *done = true;
    return park_decompose_solve(blocks, settings, own, arena, result);
}

/* Linear programs end in the threads they were solved in. */
static void free_worker(void *user, size_t item, int slot)
{
    search *s = user;
    (void)slot;
    if (item < (size_t)s->threads)
        park_relax_free(&s->worker[item].relax);
    if (item < PARK_SEEKERS)
        park_local_free(&s->seekers.seeker[item].local);
}

park_status park_tree_solve(const park_program *program, const park_tree_settings *settings,
                            park_arena *arena, park_tree_result *result, park_error *err)
{
    *result = (park_tree_result){.status        = PARK_TREE_LIMIT_NO_SOLUTION,
                                 .objective     = NAN,
                                 .bound         = -INFINITY,
                                 .root_bound    = -INFINITY,
                                 .gap           = INFINITY,
                                 .unbounded_col = -1,
                                 .reproducible  = true};
    PARK_TRY(park_program_check(program, err));
    if (!(settings->gap >= 0.0) || settings->threads < 1 || isnan(settings->time_limit) ||
        isnan(settings->cutoff) || isnan(settings->known_bound))
        return PARK_FAIL(err, PARK_E_RANGE, "gap %g must not be negative, threads %d must be at least 1",
                         settings->gap, settings->threads);
    park_arena *own = park_arena_new();
    if (own != NULL && settings->fail_after > 0)
        park_arena_fail_after(own, settings->fail_after);
    bool        done = false;
    park_status status =
        own == NULL ? PARK_E_MEMORY : solve_by_blocks(program, settings, own, arena, result, &done);
    search *s = status == PARK_OK && !done ? PARK_NEW(own, search) : NULL;
    if (status == PARK_OK && !done)
        status = PARK_E_MEMORY;
    if (s != NULL) {
        s->program    = program;
        s->settings   = settings;
        s->arena      = own;
        s->threads    = settings->threads < PARK_BATCH_MOST ? settings->threads : PARK_BATCH_MOST;
        s->beside     = settings->beside != NULL ? *settings->beside : 0;
        s->closed     = INFINITY;
        s->sharpened  = -INFINITY;
        s->root_bound = -INFINITY;
        s->started    = park_clock_seconds();
        status        = solve_in(s, arena, result);
        if (s->worker != NULL)
            park_pool_run(s->threads, (size_t)(s->threads > PARK_SEEKERS ? s->threads : PARK_SEEKERS),
                          free_worker, s);
        park_errands_end(&s->errands);
        park_obbt_free(&s->obbt);
    }
    park_arena_free(own);
    return status == PARK_OK ? PARK_OK
                             : PARK_FAIL(err, status, "%s while optimizing", park_status_sentence(status));
}
