#include "design/seek.h"

#include "base/pool.h"
#include "base/random.h"

#include <math.h>
#include <string.h>

enum {
    STARTS = 8,
    STAYS  = 40 /* points varied in vain, and the incumbent is varied again */
};
static const double WORSE = 3e-3; /* of the incumbent's cost: a point so much worse is varied on [-] */
static const double NEAR  = 0.05; /* gap at which the first point is good enough [-] */
static const double ROOM =
    1e6; /* an unbounded column is searched up to this many times the program's sizes [-] */

park_status park_seekers_make(park_seekers *k, park_arena *arena)
{
    size_t cols = k->program->cols;
    k->point    = PARK_ARRAY(arena, cols, double);
    k->at       = PARK_ARRAY(arena, cols, double);
    k->at_value = INFINITY;
    if (k->point == NULL || k->at == NULL)
        return PARK_E_MEMORY;
    for (int i = 0; i < PARK_SEEKERS; i++) {
        k->seeker[i].x     = PARK_ARRAY(arena, cols, double);
        k->seeker[i].trial = PARK_ARRAY(arena, cols, double);
        if (k->seeker[i].x == NULL || k->seeker[i].trial == NULL)
            return PARK_E_MEMORY;
        PARK_TRY(park_local_make(&k->seeker[i].local, k->program, arena));
    }
    return PARK_OK;
}

park_status park_seekers_room(park_seekers *k, size_t wants, park_arena *arena)
{
    for (; k->rooms < wants; k->rooms++) {
        k->wanted[k->rooms] = PARK_ARRAY(arena, k->program->cols, double);
        if (k->wanted[k->rooms] == NULL)
            return PARK_E_MEMORY;
    }
    return PARK_OK;
}

uint64_t park_seekers_work(const park_seekers *k)
{
    uint64_t sum = 0;
    for (int i = 0; i < PARK_SEEKERS; i++)
        sum += k->seeker[i].local.work;
    return sum;
}

bool park_seek_rechecks(const park_seekers *k)
{
    return k->program->recheck != NULL && k->settings->decides == NULL;
}

void park_seek_near(park_seekers *k, const double *x, uint64_t left)
{
    const park_program *p   = k->program;
    park_search_end     end = {
            .deadline = k->deadline, .cancel = k->settings->cancel, .most = left, .stands = k->incumbent->has_x};
    double objective;
    if (p->mend == NULL)
        return;
    memcpy(k->point, x, p->cols * sizeof *k->point);
    if (p->mend(p->user, &end, k->point, &objective))
        park_incumbent_try(k->incumbent, k->point);
    k->mended += end.took;
    k->early = k->early || end.early;
}

/* The point to vary: the last one that was hardly worse than the incumbent, or the incumbent. */
static void start_varying(park_seekers *k)
{
    if (k->at_value - k->incumbent->best <= WORSE * fabs(k->incumbent->best) && k->idle < STAYS)
        return;
    memcpy(k->at, k->incumbent->x, k->program->cols * sizeof *k->at);
    k->at_value = k->incumbent->best, k->idle = 0;
}

void park_seek_varied(park_seekers *k, double most, uint64_t left)
{
    const park_program *p     = k->program;
    double              spent = 0.0, objective;
    uint64_t            took  = 0;
    if (p->vary == NULL || !park_seek_rechecks(k) || !k->incumbent->has_x)
        return;
    while (spent < most && (left == 0 || took < left)) {
        park_search_end end = {.deadline = k->deadline,
                               .cancel   = k->settings->cancel,
                               .most     = left > 0 ? left - took : 0,
                               .stands   = true};
        start_varying(k);
        memcpy(k->point, k->at, p->cols * sizeof *k->point);
        k->idle++;
        if (p->vary(p->user, k->rounds++, &end, k->point, &objective) &&
            objective <= k->incumbent->best + WORSE * fabs(k->incumbent->best)) {
            memcpy(k->at, k->point, p->cols * sizeof *k->at);
            k->at_value = objective;
            if (objective < k->incumbent->best && park_incumbent_try(k->incumbent, k->point))
                k->idle = 0;
        }
        took += end.took;
        spent += (double)end.took * (double)end.rows;
        k->early = k->early || end.early;
        if (end.early || end.took == 0) /* over, or nothing to vary */
            break;
    }
    k->mended += took, k->varied += spent;
}

/* ---- searches ------------------------------------------------------------------------------------------ */

/* One search more; what is better than what was found so far is kept. Any thread. */
static void seek(park_seeker *k, const park_box *box, const double *start, bool limits, size_t cols)
{
    uint64_t before = k->local.work;
    double   objective;
    bool     better = park_local_search(&k->local, box, start, limits, k->trial, &objective) &&
                  (!k->found || objective < k->objective);
    if (better) {
        memcpy(k->x, k->trial, cols * sizeof *k->x);
        k->found = true, k->objective = objective;
    }
    k->dearest = k->local.work - before > k->dearest ? k->local.work - before : k->dearest;
}

/* What the searches since the last call found. */
static void keep_found(park_seekers *k)
{
    for (int i = 0; i < PARK_SEEKERS; i++) {
        park_seeker *one = &k->seeker[i];
        k->dearest       = one->dearest > k->dearest ? one->dearest : k->dearest;
        if (one->found)
            park_incumbent_keep(k->incumbent, one->x, one->objective);
        one->found = false;
    }
}

void park_seek_from(park_seekers *k, const double *start, bool limits)
{
    if (k->settings->decides != NULL) {
        park_incumbent_try(k->incumbent, start);
        return;
    }
    seek(&k->seeker[0], k->root, start, limits, k->program->cols);
    k->searches++;
    keep_found(k);
}

static void work_seeker(void *user, size_t item, int slot)
{
    park_seekers *k   = user;
    park_seeker  *one = item < PARK_SEEKERS ? &k->seeker[item] : NULL;
    (void)slot;
    if (one != NULL && one->start != NULL)
        seek(one, one->box, one->start, one->limits, k->program->cols);
}

/* Both ways from one point or, where `other` is not NULL, from two, at once; of two threads each has both ways. */
static void try_both(park_seekers *k, const park_box *box, const double *start, const double *other)
{
    uint64_t before[PARK_SEEKERS], load[2] = {0, 0};
    if (k->settings->decides != NULL) {
        park_incumbent_try(k->incumbent, start);
        if (other != NULL)
            park_incumbent_try(k->incumbent, other);
        return;
    }
    for (int i = 0; i < PARK_SEEKERS; i++) {
        park_seeker *one = &k->seeker[i];
        one->box = box, one->limits = i % 3 == 0;
        one->start = one->limits || k->program->products > 0 ? (i < 2 ? start : other) : NULL;
        before[i]  = one->local.work;
    }
    park_pool_run(k->threads, (size_t)(k->threads > PARK_SEEKERS ? k->threads : PARK_SEEKERS), work_seeker,
                  k);
    for (int i = 0; i < PARK_SEEKERS; i++) {
        load[i % 2] += k->seeker[i].local.work - before[i];
        k->searches += k->seeker[i].start != NULL;
    }
    keep_found(k);
    k->shared +=
        load[0] < load[1] ? load[0] : load[1]; /* two at a time: the smaller load is a second thread's */
}

void park_seek_want(park_seekers *k, const double *start)
{
    memcpy(k->wanted[k->wants++], start, k->program->cols * sizeof *start);
}

void park_seek_wanted(park_seekers *k, size_t i)
{
    for (size_t w = i; w < k->wants; w += PARK_SEEKERS)
        seek(&k->seeker[i], k->root, k->wanted[w], (k->searches + w) % 2 == 0, k->program->cols);
}

void park_seekers_collect(park_seekers *k)
{
    k->searches += k->wants, k->wants = 0;
    keep_found(k);
}

/* ---- the first points ---------------------------------------------------------------------------------- */

/* A point with the concentrations somewhere in the root's box: at their limits, in the middle, or drawn. */
static void draw_start(park_seekers *k, uint64_t number)
{
    park_random r = park_random_start(k->settings->seed, number, 0);
    for (size_t j = 0; j < k->program->cols; j++) {
        double lo = k->root->lo[j], hi = k->root->hi[j], u = park_random_uniform(&r);
        if (!isfinite(lo) || !isfinite(hi) || k->program->col_class[j] != PARK_COL_CONC)
            continue;
        k->point[j] = number == 0 ? hi : number == 1 ? 0.5 * (lo + hi) : lo + u * (hi - lo);
    }
}

/* Is the incumbent good enough to start with? */
static bool is_near(const park_seekers *k, double bound)
{
    return park_incumbent_gap(k->incumbent, k->incumbent->best, bound) < NEAR;
}

void park_seek_first(park_seekers *k, const double *relaxed, double bound, double most, uint64_t left,
                     bool (*over)(void *), void *user)
{
    const park_program *p    = k->program;
    const double        size = (double)(p->rows + p->products) + 1.0;
    for (int i = 0; i < PARK_SEEKERS; i++)
        k->seeker[i].local.work_limit = (uint64_t)fmax(0.25 * most / size, 1.0); /* 0 were no limit */
    if (relaxed != NULL && park_seek_rechecks(k) && !park_incumbent_try(k->incumbent, relaxed))
        park_seek_near(k, relaxed, left);
    if (park_seek_rechecks(k) && p->mend != NULL && is_near(k, bound))
        return; /* what is left is rounding: searches with choices open win nothing */
    const double *given = k->settings->start, *first = given != NULL ? given : relaxed;
    if (given != NULL) {
        park_incumbent_try(k->incumbent, given);
        if (is_near(k, bound))
            return; /* as above */
    }
    if (left > 0 && k->incumbent->has_x && most < (double)p->rows * size)
        return; /* a search takes about an iteration a row */
    if (first != NULL)
        try_both(k, k->root, first, given != NULL ? relaxed : NULL);
    if (p->products == 0 || k->settings->decides != NULL)
        return;
    for (int n = 0; n < STARTS && !over(user) && (double)park_seekers_work(k) * size < most; n++) {
        if (is_near(k, bound) && n > 0)
            return; /* the tree finds the rest */
        if (relaxed != NULL)
            memcpy(k->point, relaxed, p->cols * sizeof *k->point);
        draw_start(k, (uint64_t)n);
        try_both(k, k->root, k->point, NULL);
    }
}

void park_seek_unbounded(park_seekers *k)
{
    const park_box *root = k->root;
    double          size = 1.0;
    for (size_t j = 0; j < k->program->cols; j++)
        size = fmax(size, fmax(isinf(root->lo[j]) ? 0.0 : fabs(root->lo[j]),
                               isinf(root->hi[j]) ? 0.0 : fabs(root->hi[j])));
    for (size_t j = 0; j < k->program->cols; j++)
        k->point[j] = fmin(fmax(0.0, isinf(root->lo[j]) ? -ROOM * size : root->lo[j]),
                           isinf(root->hi[j]) ? ROOM * size : root->hi[j]);
    try_both(k, root, k->point, NULL);
    for (uint64_t n = 0; n < 2; n++) {
        draw_start(k, n);
        try_both(k, root, k->point, NULL);
    }
}
