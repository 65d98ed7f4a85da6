/*
 * draws.c - the draws, in chunks of fixed width: a chunk has its own sums, added up afterwards in the order of chunks, so
 * that any number of threads and of peers gives the same bits.
 */
#include "region/draws.h"

#include "base/clock.h"
#include "base/pool.h"
#include "base/random.h"
#include "base/ranks.h"

#include <math.h>
#include <stddef.h>

static const size_t WIDTH = 256; /* draws of a chunk */

/* --- targets --- */

void park_region_bounds(const park_region_target *target, double since, double *min, double *max)
{
    *min = target->min;
    *max = target->max;
    if (isnan(target->change))
        return;
    double bound = since * (1.0 + target->change);
    *min         = target->at_least ? bound : -INFINITY;
    *max         = target->at_least ? INFINITY : bound;
}

bool park_region_reached(const park_region_target *target, double value, double since)
{
    double min, max;
    park_region_bounds(target, since, &min, &max);
    return value >= min && value <= max; /* NAN: not reached */
}

/* --- sums of a chunk --- */

typedef struct moments {
    double y, yy;
    size_t count;
} moments;

typedef struct drawing {
    const park_region_plan     *plan;
    const park_region_goal     *goal;
    const double               *central;
    const park_region_settings *settings;
    park_region_scratch        *scratch; /* [threads] */
    double                     *normal;  /* [threads * factors] */
    park_region_draws          *draws;
    double                     *hits, *inside, *joint; /* by chunk: [chunks * targets], [chunks] */
    moments                    *moment;                /* [chunks * targets] */
    double                     *cross;                 /* [chunks * targets * factors] sum of y x */
    bool                       *since;                 /* [targets] counts from a year that draws shift */
    size_t                      from;                  /* the first chunk that is drawn here */
} drawing;

static double goal_value(const drawing *job, const park_region_future *future, const double *normal,
                         size_t target)
{
    const park_region_goal *goal = &job->goal[target];
    const park_region_plan *plan = job->plan;
    return goal->year < plan->first
               ? park_region_known_value(plan, &plan->subject[goal->subject], goal->year, normal)
               : park_region_value(plan, future, &plan->subject[goal->subject], goal->year);
}

static bool judge(const drawing *job, size_t chunk, const park_region_future *future, const double *normal)
{
    const park_region *region = job->plan->region;
    const size_t       n      = job->plan->factors;
    bool               all    = true;
    for (size_t t = 0; t < region->targets; t++) {
        const park_region_target *target = &region->target[t];
        if (!job->goal[t].known)
            continue;
        double value   = goal_value(job, future, normal, t);
        double since   = job->since[t]
                             ? park_region_known_value(job->plan, &job->plan->subject[job->goal[t].subject],
                                                       (size_t)(target->since - region->base), normal)
                             : 0.0;
        bool   reached = park_region_reached(target, value, since);
        job->hits[chunk * region->targets + t] += reached ? 1.0 : 0.0;
        if (!isnan(target->about))
            job->inside[chunk * region->targets + t] +=
                fabs(value - target->about) <= fabs(target->about - target->min) ? 1.0 : 0.0;
        all      = all && reached;
        double y = (job->since[t] ? value / since : value) - job->central[t];
        if (!isfinite(y))
            continue;
        moments *moment        = &job->moment[chunk * region->targets + t];
        double *restrict cross = job->cross + (chunk * region->targets + t) * n;
        moment->y += y;
        moment->yy += y * y;
        moment->count++;
        for (size_t f = 0; f < n; f++)
            cross[f] += y * normal[f];
    }
    return all;
}

static void run_chunk(void *user, size_t item, int slot)
{
    drawing                *job    = user;
    size_t                  chunk  = job->from + item;
    const park_region_plan *plan   = job->plan;
    const park_region      *region = plan->region;
    park_region_scratch    *own    = &job->scratch[slot];
    double                 *normal = job->normal + (size_t)slot * (plan->factors + 1);
    size_t                  ahead  = region->years - plan->first;
    park_chunk              span   = park_pool_span(region->draws, WIDTH, chunk);
    if (job->settings->cancel != NULL && park_cancel_why(job->settings->cancel) != 0)
        return;
    for (size_t d = span.from; d < span.to; d++) {
        for (size_t f = 0; f < plan->factors; f++) {
            park_random random =
                park_random_start(region->seed, park_random_stream((uint32_t)d, (uint32_t)f), 0);
            normal[f] = park_random_normal(&random);
        }
        park_region_path(plan, normal, -1, own, NULL);
        for (size_t s = 0; s < plan->subjects; s++)
            for (size_t y = 0; y < ahead; y++)
                job->draws->value[(s * ahead + y) * region->draws + d] =
                    park_region_value(plan, &own->future, &plan->subject[s], plan->first + y);
        if (judge(job, chunk, &own->future, normal))
            job->joint[chunk] += 1.0;
    }
}

/* --- peers --- */

/* Which chunks rank `rank` of `ranks` draws. */
static park_chunk part_of(size_t chunks, int rank, int ranks)
{
    return (park_chunk){chunks * (size_t)rank / (size_t)ranks, chunks * ((size_t)rank + 1) / (size_t)ranks};
}

/* Is all well with everybody? What is wrong here is told here, others just end. */
static park_status agree(const park_peers *peers, park_status own, park_error *err)
{
    bool fine = true;
    for (int r = 0; peers != NULL && r < peers->ranks; r++) {
        int32_t said = own == PARK_OK;
        peers->share(peers->user, r, &said, sizeof said);
        fine = fine && said != 0;
    }
    if (own == PARK_OK && !fine)
        return PARK_FAIL(err, PARK_E_CANCELLED, "another rank ended among the draws%s", "");
    return own;
}

/* What each has drawn becomes what all have. */
static void share_all(drawing *job, size_t chunks)
{
    const park_peers  *peers   = job->settings->peers;
    const park_region *region  = job->plan->region;
    size_t             targets = region->targets, n = job->plan->factors, draws = region->draws;
    size_t             items = job->plan->subjects * (region->years - job->plan->first);
    for (int r = 0; peers != NULL && r < peers->ranks; r++) {
        park_chunk part = part_of(chunks, r, peers->ranks);
        size_t     c = part.from, count = part.to - part.from;
        if (count == 0)
            continue;
        size_t from = park_pool_span(draws, WIDTH, c).from, to = park_pool_span(draws, WIDTH, part.to - 1).to;
        peers->share(peers->user, r, job->hits + c * targets, count * targets * sizeof *job->hits);
        peers->share(peers->user, r, job->inside + c * targets, count * targets * sizeof *job->inside);
        peers->share(peers->user, r, job->joint + c, count * sizeof *job->joint);
        peers->share(peers->user, r, job->moment + c * targets, count * targets * sizeof *job->moment);
        peers->share(peers->user, r, job->cross + c * targets * n, count * targets * n * sizeof *job->cross);
        for (size_t i = 0; i < items; i++)
            peers->share(peers->user, r, job->draws->value + i * draws + from,
                         (to - from) * sizeof *job->draws->value);
    }
}

/* --- gathering --- */

/* Squared correlation with each factor, of variance 1 and mean 0 in truth: those are used, not the sample's. */
static void gather_target(drawing *job, size_t chunks, size_t t)
{
    const park_region *region = job->plan->region;
    size_t             n      = job->plan->factors;
    double             y = 0.0, yy = 0.0, count = 0.0;
    for (size_t c = 0; c < chunks; c++) {
        const moments *moment = &job->moment[c * region->targets + t];
        y += moment->y;
        yy += moment->yy;
        count += (double)moment->count;
        job->draws->hits[t] += job->hits[c * region->targets + t];
        job->draws->inside[t] += job->inside[c * region->targets + t];
    }
    double variance = count > 1.0 ? yy / count - (y / count) * (y / count) : 0.0;
    for (size_t f = 0; f < n; f++) {
        double cross = 0.0;
        for (size_t c = 0; c < chunks; c++)
            cross += job->cross[(c * region->targets + t) * n + f];
        job->draws->share[t * n + f] =
            variance > 0.0 ? fmin((cross / count) * (cross / count) / variance, 1.0) : 0.0;
    }
}

static void gather_mean(void *user, size_t item, int slot)
{
    drawing      *job   = user;
    size_t        draws = job->plan->region->draws;
    const double *value = job->draws->value + item * draws;
    double        sum   = 0.0;
    (void)slot;
    for (size_t d = 0; d < draws; d++)
        sum += value[d];
    job->draws->mean[item] = sum / (double)draws;
}

static park_status make_room(drawing *job, size_t chunks, int threads, park_arena *arena, park_error *err)
{
    const park_region_plan *plan   = job->plan;
    const park_region      *region = plan->region;
    size_t                  ahead = region->years - plan->first, targets = region->targets;
    job->scratch       = PARK_ARRAY(arena, (size_t)threads, park_region_scratch);
    job->normal        = PARK_ARRAY(arena, (size_t)threads * (plan->factors + 1), double);
    job->hits          = PARK_ARRAY(arena, chunks * targets + 1, double);
    job->inside        = PARK_ARRAY(arena, chunks * targets + 1, double);
    job->joint         = PARK_ARRAY(arena, chunks + 1, double);
    job->moment        = PARK_ARRAY(arena, chunks * targets + 1, moments);
    job->cross         = PARK_ARRAY(arena, chunks * targets * plan->factors + 1, double);
    job->since         = PARK_ARRAY(arena, targets + 1, bool);
    job->draws->value  = PARK_ARRAY(arena, plan->subjects * ahead * region->draws + 1, double);
    job->draws->mean   = PARK_ARRAY(arena, plan->subjects * ahead + 1, double);
    job->draws->hits   = PARK_ARRAY(arena, targets + 1, double);
    job->draws->inside = PARK_ARRAY(arena, targets + 1, double);
    job->draws->share  = PARK_ARRAY(arena, targets * plan->factors + 1, double);
    if (job->scratch == NULL || job->normal == NULL || job->hits == NULL || job->inside == NULL ||
        job->joint == NULL || job->moment == NULL || job->cross == NULL || job->since == NULL ||
        job->draws->value == NULL || job->draws->mean == NULL || job->draws->hits == NULL ||
        job->draws->inside == NULL || job->draws->share == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for %zu draws", region->draws);
    for (int i = 0; i < threads; i++)
        PARK_TRY(park_region_scratch_make(plan, arena, &job->scratch[i], err));
    for (size_t t = 0; t < targets; t++)
        job->since[t] = !isnan(region->target[t].change);
    return PARK_OK;
}

park_status park_region_draw(const park_region_plan *plan, const park_region_goal *goal,
                             const double *central, const park_region_settings *settings, park_arena *arena,
                             park_region_draws *draws, park_error *err)
{
    const park_region *region  = plan->region;
    size_t             chunks  = park_pool_chunks(region->draws, WIDTH);
    int                threads = settings->threads < 1 ? 1 : settings->threads;
    drawing job = {.plan = plan, .goal = goal, .central = central, .settings = settings, .draws = draws};
    const park_peers *peers = settings->peers;
    park_chunk  part   = peers != NULL ? part_of(chunks, peers->rank, peers->ranks) : (park_chunk){0, chunks};
    park_status status = make_room(&job, chunks, threads, arena, err);
    job.from           = part.from;
    if (status == PARK_OK)
        park_pool_run(threads, part.to - part.from, run_chunk, &job);
    if (status == PARK_OK && settings->cancel != NULL && park_cancel_why(settings->cancel) != 0)
        status = PARK_FAIL(err, PARK_E_CANCELLED, "interrupted among the draws%s", "");
    PARK_TRY(agree(peers, status, err));
    share_all(&job, chunks);
    for (size_t t = 0; t < region->targets; t++)
        gather_target(&job, chunks, t);
    for (size_t c = 0; c < chunks; c++)
        draws->joint += job.joint[c];
    park_pool_run(threads, plan->subjects * (region->years - plan->first), gather_mean, &job);
    return PARK_OK;
}

/* --- quantiles --- */

/* Wirth's selection in [low, high]: afterwards value[rank] is where it would be when sorted, nothing above stands before. */
static void select_rank(double *value, ptrdiff_t low, ptrdiff_t high, ptrdiff_t rank)
{
    while (low < high) {
        double    pivot = value[rank];
        ptrdiff_t i = low, j = high;
        do {
            while (value[i] < pivot)
                i++;
            while (pivot < value[j])
                j--;
            if (i <= j) {
                double swap = value[i];
                value[i++]  = value[j];
                value[j--]  = swap;
            }
        } while (i <= j);
        if (j < rank)
            low = i;
        if (rank < i)
            high = j;
    }
}

void park_region_quantiles(double *value, size_t count, const double *p, size_t n, double *quantile)
{
    bool whole = count > 0;
    for (size_t i = 0; whole && i < count; i++)
        whole = !isnan(value[i]);
    size_t from = 0;
    for (size_t k = 0; k < n; k++) {
        quantile[k] = NAN;
        if (!whole)
            continue;
        size_t rank = (size_t)floor(p[k] * (double)(count - 1) + 0.5);
        select_rank(value, (ptrdiff_t)from, (ptrdiff_t)count - 1, (ptrdiff_t)rank);
        quantile[k] = value[rank];
        from        = rank;
    }
}
