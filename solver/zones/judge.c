/* judge.c - pressures and fire flow of the zones, before and after closing. */
#include "zones/bench.h"

#include <math.h>
#include <string.h>

static park_zone_state *state_of(park_zones *zones, int32_t zone, bool after)
{
    return after ? &zones->item[zone].after : &zones->item[zone].before;
}

static void note_peak(const park_bench *bench, park_zones *zones, bool after, int32_t *served)
{
    for (size_t z = 0; z < zones->zones; z++)
        *state_of(zones, (int32_t)z, after) = (park_zone_state){.pressure_min = INFINITY,
                                                                .night_mean   = NAN,
                                                                .fire_min     = NAN,
                                                                .age_mean     = NAN,
                                                                .age_most     = NAN,
                                                                .oldest       = -1,
                                                                .worst        = -1,
                                                                .fire_node    = -1};
    memset(served, 0, zones->zones * sizeof *served);
    for (size_t n = 0; n < bench->net->node.count; n++) {
        int32_t z = zones->zone[n];
        if (z < 0 || !park_bench_serves(bench, (int32_t)n))
            continue;
        park_zone_state *s = state_of(zones, z, after);
        double           p = park_bench_pressure(bench, (int32_t)n);
        served[z]++;
        s->pressure_mean += p;
        s->low += p < bench->settings->pressure;
        if (p < s->pressure_min) {
            s->pressure_min = p;
            s->worst        = (int32_t)n;
        }
    }
    for (size_t z = 0; z < zones->zones; z++)
        state_of(zones, (int32_t)z, after)->pressure_mean /= served[z]; /* NAN where nobody draws */
}

static void note_night(const park_bench *bench, park_zones *zones, bool after, const int32_t *served)
{
    for (size_t z = 0; z < zones->zones; z++)
        state_of(zones, (int32_t)z, after)->night_mean = 0.0;
    for (size_t n = 0; n < bench->net->node.count; n++)
        if (zones->zone[n] >= 0 && park_bench_serves(bench, (int32_t)n))
            state_of(zones, zones->zone[n], after)->night_mean += park_bench_pressure(bench, (int32_t)n);
    for (size_t z = 0; z < zones->zones; z++)
        state_of(zones, (int32_t)z, after)->night_mean /= served[z];
}

static bool note_fire(park_bench *bench, park_zones *zones, bool after, const int32_t *node)
{
    int32_t each = bench->settings->hydrants;
    for (size_t z = 0; z < zones->zones; z++) {
        double share = (double)z / (double)zones->zones;
        if (park_bench_stopped(bench, 0.5 * (share + (after ? 0.0 : 1.0))))
            return false;
        park_zone_state *s = state_of(zones, (int32_t)z, after);
        for (int32_t k = 0; k < each; k++) {
            int32_t at = node[z * (size_t)each + (size_t)k];
            if (at < 0)
                continue;
            double fire = park_bench_fire(bench, at);
            if (s->fire_node < 0 || fire < s->fire_min) {
                s->fire_min  = fire;
                s->fire_node = at;
            }
        }
    }
    return true;
}

static park_status judge_in(park_bench *bench, park_zones *zones, park_arena *scratch, park_error *err)
{
    int32_t *served  = PARK_ARRAY(scratch, zones->zones, int32_t);
    int32_t *hydrant = PARK_ARRAY(scratch, zones->zones * (size_t)bench->settings->hydrants, int32_t);
    if (served == NULL || hydrant == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to judge zones");
    park_bench_set(bench, zones, false);
    for (int h = 0; h < PARK_BENCH_HOURS; h++)
        park_bench_allow_unsupplied(bench, (park_bench_hour)h);
    for (int after = 1; after >= 0; after--) { /* after first: its worst nodes are where both are tried */
        park_bench_set(bench, zones, after == 1);
        PARK_TRY(park_bench_as_it_stands(bench, PARK_HOUR_PEAK, err));
        note_peak(bench, zones, after == 1, served);
        if (after == 1)
            park_bench_hydrants(bench, zones, hydrant);
        PARK_TRY(park_bench_as_it_stands(bench, PARK_HOUR_LOWEST, err));
        note_night(bench, zones, after == 1, served);
        if (!note_fire(bench, zones, after == 1, hydrant))
            return PARK_FAIL(err, PARK_E_CANCELLED, "stopped while hydrants were tried");
    }
    zones->peak   = bench->mean > 0.0 ? bench->total[PARK_HOUR_PEAK] / bench->mean : 1.0;
    zones->lowest = bench->mean > 0.0 ? bench->total[PARK_HOUR_LOWEST] / bench->mean : 1.0;
    zones->judged = true;
    return PARK_OK;
}

park_status park_zones_judge(const park_network *net, const park_zone_settings *settings, park_zones *zones,
                             park_error *err)
{
    park_bench  bench;
    park_arena *scratch = park_arena_new();
    park_status status  = park_bench_make(net, settings, scratch, &bench, err);
    if (status == PARK_OK)
        status = judge_in(&bench, zones, scratch, err);
    zones->solves += bench.solves;
    park_arena_free(scratch);
    return status;
}
