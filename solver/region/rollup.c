/* rollup.c - the members of a region added up in one known year, with what is counted twice taken out. Eq. (Y1)-(Y6). */
#include "region/plan.h"

#include <math.h>
#include <string.h>

park_region_part park_region_part_of(park_region_flow flow)
{
    switch (flow) {
    case PARK_REGION_RECLAIMED:
        return PARK_REGION_PART_RECLAIMED;
    case PARK_REGION_MINE:
        return PARK_REGION_PART_MINE;
    case PARK_REGION_RAIN:
        return PARK_REGION_PART_RAIN;
    case PARK_REGION_OTHER:
        return PARK_REGION_PART_OTHER;
    case PARK_REGION_REUSED:
        return PARK_REGION_PART_REUSED;
    default:
        return PARK_REGION_PART_CONVENTIONAL;
    }
}

static const double *member_row(const park_region *region, size_t member, size_t year)
{
    return region->volume + (member * region->years + year) * PARK_REGION_FLOWS;
}

static double rate(double reused, double intake)
{
    return reused + intake > 0.0 ? reused / (reused + intake) : NAN;
}

static double intake_of(const double flow[PARK_REGION_FLOWS])
{
    double sum = 0.0;
    for (int f = PARK_REGION_SURFACE; f < PARK_REGION_REUSED; f++)
        sum += flow[f];
    return sum;
}

/* What the receivers of a shared entry hold in its column: all of them, and those within the scope. */
static void holdings(const park_region *region, const park_region_shared *shared, size_t year, bool large,
                     double *all, double *here)
{
    *all = *here = 0.0;
    for (size_t i = 0; i < shared->receivers; i++) {
        double held = member_row(region, (size_t)shared->receiver[i], year)[shared->as];
        *all += held;
        *here += !large || region->member[shared->receiver[i]].large ? held : 0.0;
    }
}

static park_status eliminate(const park_region *region, size_t year, bool large, park_region_year *sum,
                             park_error *err)
{
    for (size_t i = 0; i < region->shares; i++) {
        const park_region_shared *shared = &region->shared[i];
        double                    twice  = shared->volume[year] *
                       (shared->how == PARK_REGION_CLAIMED ? (double)(shared->claims - 1) : 1.0),
               all, here;
        holdings(region, shared, year, large, &all, &here);
        if (twice > all * (1.0 + 1e-12) ||
            (all > 0.0 && twice * here / all > sum->flow[shared->as] * (1.0 + 1e-12)))
            return PARK_FAIL(
                err, PARK_E_RANGE,
                "shared.%s takes %.6g m3/a out of %.6g m3/a in %d: more than its receivers report",
                shared->id, twice, all, (int)(region->base + (int32_t)year));
        twice                 = all > 0.0 ? twice * here / all : 0.0;
        sum->flow[shared->as] = fmax(sum->flow[shared->as] - twice, 0.0);
        if (shared->how != PARK_REGION_CLAIMED)
            sum->flow[PARK_REGION_REUSED] += twice;
    }
    return PARK_OK;
}

static void derive(park_region_year *sum)
{
    const double *flow = sum->flow;
    sum->vi            = flow[PARK_REGION_SURFACE] + flow[PARK_REGION_GROUND] + flow[PARK_REGION_TAP] +
              flow[PARK_REGION_BOUGHT];
    sum->vih = flow[PARK_REGION_RECLAIMED] + flow[PARK_REGION_MINE] + flow[PARK_REGION_RAIN] +
               flow[PARK_REGION_OTHER];
    sum->vr                = flow[PARK_REGION_REUSED];
    sum->eliminated_intake = intake_of(sum->plain) - intake_of(flow);
    sum->moved_to_reuse    = flow[PARK_REGION_REUSED] - sum->plain[PARK_REGION_REUSED];
    sum->plain_rate        = rate(sum->plain[PARK_REGION_REUSED], intake_of(sum->plain));
    double taken[2]        = {sum->vi, sum->vi + sum->vih};
    for (int basis = 0; basis < 2; basis++) {
        sum->reuse_rate[basis]       = rate(sum->vr, taken[basis]);
        sum->intake_per_added[basis] = sum->added > 0.0 ? taken[basis] / sum->added : NAN;
    }
}

park_status park_region_sum_year(const park_region *region, int32_t year, bool large, park_region_year *sum,
                                 park_error *err)
{
    if (year < region->base || year > region->known)
        return PARK_FAIL(err, PARK_E_RANGE, "year %d is not known; rows run from %d to %d", (int)year,
                         (int)region->base, (int)region->known);
    size_t at = (size_t)(year - region->base), rated = 0;
    double rates = 0.0;
    memset(sum, 0, sizeof *sum);
    for (size_t m = 0; m < region->members; m++) {
        const double *row = member_row(region, m, at);
        if (large && !region->member[m].large)
            continue;
        for (int f = 0; f < PARK_REGION_FLOWS; f++)
            sum->plain[f] += row[f];
        sum->added += region->added[m * region->years + at];
        double own = rate(row[PARK_REGION_REUSED], intake_of(row));
        if (!isnan(own)) {
            rates += own;
            rated++;
        }
    }
    memcpy(sum->flow, sum->plain, sizeof sum->flow);
    sum->mean_rate = rated > 0 ? rates / (double)rated : NAN;
    PARK_TRY(eliminate(region, at, large, sum, err));
    derive(sum);
    return PARK_OK;
}
