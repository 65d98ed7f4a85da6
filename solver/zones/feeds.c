/*
 * feeds.c - a meter or a valve for every boundary pipe, by trial solves.
 */
#include "zones/bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- the order in which pipes are tried for closing --- */

typedef struct rank {
    size_t boundary;
    double importance;
} rank;

static int by_importance(const void *a, const void *b)
{
    const rank *x = a, *y = b;
    if (x->importance != y->importance)
        return x->importance > y->importance ? 1 : -1;
    return x->boundary > y->boundary ? 1 : x->boundary < y->boundary ? -1 : 0;
}

/* Eq. (Z6): flow at the peak hour and section, both as shares of the largest. */
static void rank_boundaries(const park_network *net, const park_zones *zones, rank *ranks)
{
    double flow_most = 1e-12, diameter_most = 1e-12;
    for (size_t i = 0; i < zones->boundaries; i++) {
        flow_most     = fmax(flow_most, fabs(zones->boundary[i].flow_before));
        diameter_most = fmax(diameter_most, net->link.diameter[zones->boundary[i].link]);
    }
    for (size_t i = 0; i < zones->boundaries; i++) {
        const park_border *b       = &zones->boundary[i];
        double             section = net->link.diameter[b->link] / diameter_most;
        ranks[i]                   = (rank){i, fabs(b->flow_before) / flow_most + section * section};
    }
    if (zones->boundaries > 1)
        qsort(ranks, zones->boundaries, sizeof *ranks, by_importance);
}

/* --- what must hold after closing --- */

/* Eq. (Z7): no service pressure is lost; where there was less than that, hardly more is; and nowhere does it rise much,
 * for a pump that serves less may drive it up. */
static bool pressures_hold(const park_bench *bench, const double *before)
{
    static const double FURTHER = 0.5; /* [m] below what it was, where it was low already */
    static const double RISE    = 5.0; /* [m] */
    for (size_t n = 0; n < bench->net->node.count; n++) {
        if (!park_bench_serves(bench, (int32_t)n))
            continue;
        double asked = bench->settings->pressure, now = park_bench_pressure(bench, (int32_t)n);
        if (!(now >= (before[n] >= asked ? asked : before[n] - FURTHER) && now <= before[n] + RISE))
            return false;
    }
    return true;
}

/* Both hours, against what they were. */
static bool hours_hold(park_bench *bench, double *const before[PARK_BENCH_HOURS])
{
    for (int h = PARK_BENCH_HOURS - 1; h >= 0; h--) /* the peak last: its flows are what is noted */
        if (!park_bench_solve(bench, (park_bench_hour)h) || !pressures_hold(bench, before[h]))
            return false;
    return true;
}

/* Metered pipes of a zone; a reservoir within it counts as one. A tank does not: it only gives back what it was given. */
static int32_t feeds_of(const park_zones *zones, int32_t zone)
{
    int32_t feeds = zones->item[zone].reservoirs > 0;
    for (size_t i = 0; i < zones->boundaries; i++) {
        const park_border *b = &zones->boundary[i];
        feeds += b->fate == PARK_BORDER_METER && (b->from == zone || b->to == zone);
    }
    return feeds;
}

static void try_closing(park_bench *bench, park_zones *zones, size_t i,
                        double *const before[PARK_BENCH_HOURS])
{
    park_border *b = &zones->boundary[i];
    if (bench->net->link.kind[b->link] == PARK_NET_CHECK_PIPE) /* its check valve is there for a reason */
        return;
    if (b->fate != PARK_BORDER_METER || feeds_of(zones, b->from) <= bench->settings->feeds ||
        feeds_of(zones, b->to) <= bench->settings->feeds)
        return;
    b->fate = PARK_BORDER_VALVE;
    park_bench_set(bench, zones, true);
    if (hours_hold(bench, before))
        return;
    b->fate = PARK_BORDER_METER;
    park_bench_set(bench, zones, true);
}

static void count_fates(park_zones *zones)
{
    for (size_t z = 0; z < zones->zones; z++)
        zones->item[z].meters = zones->item[z].valves = zones->item[z].closed = 0;
    for (size_t i = 0; i < zones->boundaries; i++) {
        const park_border *b       = &zones->boundary[i];
        int32_t            ends[2] = {b->from, b->to};
        for (int e = 0; e < 2; e++) {
            park_zone *item = &zones->item[ends[e]];
            *(b->fate == PARK_BORDER_METER   ? &item->meters
              : b->fate == PARK_BORDER_VALVE ? &item->valves
                                             : &item->closed) += 1;
        }
    }
}

/* --- fire flow that closing took away --- */

typedef struct fires {
    int32_t *node; /* [zones * hydrants] */
    bool    *gave; /* [zones * hydrants] before */
} fires;

/* Does every hydrant of the zone still give what it gave? */
static bool fire_kept(park_bench *bench, const fires *f, size_t zone)
{
    size_t each = (size_t)bench->settings->hydrants;
    for (size_t i = zone * each; i < (zone + 1) * each; i++)
        if (f->gave[i] && !park_bench_gives(bench, f->node[i], bench->settings->fire_need))
            return false;
    return true;
}

/* Open the most important of the zone's closed boundary pipes again. */
static bool reopen(park_zones *zones, const rank *ranks, int32_t zone)
{
    for (size_t i = zones->boundaries; i-- > 0;) {
        park_border *b = &zones->boundary[ranks[i].boundary];
        if (b->fate != PARK_BORDER_VALVE || (b->from != zone && b->to != zone))
            continue;
        b->fate = PARK_BORDER_METER;
        return true;
    }
    return false;
}

static park_status keep_fire_flow(park_bench *bench, park_zones *zones, const rank *ranks,
                                  park_arena *scratch, park_error *err)
{
    size_t count = zones->zones * (size_t)bench->settings->hydrants;
    fires  f     = {PARK_ARRAY(scratch, count, int32_t), PARK_ARRAY(scratch, count, bool)};
    if (f.node == NULL || f.gave == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to try hydrants");
    PARK_TRY(park_bench_as_it_stands(bench, PARK_HOUR_PEAK, err));
    park_bench_hydrants(bench, zones, f.node);
    park_bench_set(bench, zones, false);
    for (size_t i = 0; i < count; i++)
        f.gave[i] = f.node[i] >= 0 && park_bench_gives(bench, f.node[i], bench->settings->fire_need);
    park_bench_set(bench, zones, true);
    for (size_t z = 0; z < zones->zones; z++)
        while (!fire_kept(bench, &f, z) && reopen(zones, ranks, (int32_t)z))
            park_bench_set(bench, zones, true);
    return PARK_OK;
}

static park_status note_before(park_bench *bench, park_zones *zones, park_arena *scratch,
                               double *before[PARK_BENCH_HOURS], park_error *err)
{
    for (int h = PARK_BENCH_HOURS - 1; h >= 0; h--) {
        before[h] = PARK_ARRAY(scratch, bench->net->node.count, double);
        if (before[h] == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to try boundary pipes");
        park_bench_allow_unsupplied(bench, (park_bench_hour)h);
        PARK_TRY(park_bench_as_it_stands(bench, (park_bench_hour)h, err));
        for (size_t n = 0; n < bench->net->node.count; n++)
            before[h][n] = park_bench_pressure(bench, (int32_t)n);
    }
    for (size_t i = 0; i < zones->boundaries; i++)
        zones->boundary[i].flow_before = bench->state.flow[zones->boundary[i].link];
    return PARK_OK;
}

static park_status feed_in(park_bench *bench, park_zones *zones, park_arena *scratch, park_error *err)
{
    double *before[PARK_BENCH_HOURS];
    rank   *ranks = PARK_ARRAY(scratch, zones->boundaries, rank);
    if (ranks == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to try boundary pipes");
    PARK_TRY(note_before(bench, zones, scratch, before, err));
    rank_boundaries(bench->net, zones, ranks);
    for (size_t i = 0; i < zones->boundaries; i++) {
        if (park_bench_stopped(bench, (double)i / (double)zones->boundaries))
            return PARK_FAIL(err, PARK_E_CANCELLED, "stopped at boundary pipe %zu of %zu", i,
                             zones->boundaries);
        try_closing(bench, zones, ranks[i].boundary, before);
    }
    park_bench_set(bench, zones, true);
    PARK_TRY(keep_fire_flow(bench, zones, ranks, scratch, err));
    PARK_TRY(park_bench_as_it_stands(bench, PARK_HOUR_PEAK, err));
    for (size_t i = 0; i < zones->boundaries; i++)
        zones->boundary[i].flow_after = bench->state.flow[zones->boundary[i].link];
    return PARK_OK;
}

park_status park_zones_feed(const park_network *net, const park_zone_settings *settings, park_zones *zones,
                            park_error *err)
{
    park_bench  bench;
    park_arena *scratch = park_arena_new();
    park_status status  = park_bench_make(net, settings, scratch, &bench, err);
    if (status == PARK_OK)
        status = feed_in(&bench, zones, scratch, err);
    zones->solves += bench.solves;
    count_fates(zones);
    park_arena_free(scratch);
    return status;
}
