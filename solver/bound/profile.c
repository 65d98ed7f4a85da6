/* Days of the park: what its simulation carried, hour by hour. */
#include "bound/day.h"

#include "base/calendar.h"

#include <math.h>
#include <string.h>

enum { H = PARK_BOUND_HOURS };

static const double ALIKE = 1e-9; /* of what is carried: no difference between hours */

/* What a link carried; `wished`: with what its network did not let through. */
static double carried_at(const park_bound_binding *b, const park_bound_flows *flows, size_t i, size_t row,
                         bool wished)
{
    const double *flow = flows->link[b->link[i]];
    const double *more = wished && flows->withheld != NULL ? flows->withheld[b->link[i]] : NULL;
    return (flow != NULL ? flow[row] : 0.0) + (more != NULL ? more[row] : 0.0);
}

/* When a row begins: its civil day, and the hour of it. */
static int64_t day_of(const park_bound_binding *b, const park_bound_flows *flows, size_t row, size_t *hour)
{
    int64_t local = flows->time[row] - flows->every + b->model->time.utc_offset;
    int64_t day   = local >= 0 ? local / PARK_DAY_SECONDS : -((-local - 1) / PARK_DAY_SECONDS) - 1;
    *hour         = (size_t)((local - day * PARK_DAY_SECONDS) / 3600);
    return day;
}

static int32_t season_of(const park_bound_binding *b, const park_bound_flows *flows, size_t row)
{
    return park_model_season_at(b->model, flows->time[row] - flows->every);
}

/* Means by hour over the rows that are asked for; an hour without any takes the mean of the others (false: none at all). */
typedef bool (*wanted)(const park_bound_binding *, const park_bound_flows *, size_t row, int64_t which);

static bool of_season(const park_bound_binding *b, const park_bound_flows *flows, size_t row, int64_t which)
{
    return season_of(b, flows, row) == which;
}

static bool of_day(const park_bound_binding *b, const park_bound_flows *flows, size_t row, int64_t which)
{
    size_t hour;
    return day_of(b, flows, row, &hour) == which;
}

/* Returns which hours had rows, as bits. */
static uint32_t gather(const park_bound_binding *b, const park_bound_flows *flows, wanted takes,
                       int64_t which, bool wished, double *flow)
{
    double   count[H] = {0};
    uint32_t seen     = 0;
    memset(flow, 0, b->carried * H * sizeof *flow);
    for (size_t r = 0; r < flows->rows; r++) {
        size_t hour;
        if (!takes(b, flows, r, which))
            continue;
        (void)day_of(b, flows, r, &hour);
        count[hour] += 1.0;
        seen |= 1u << hour;
        for (size_t i = 0; i < b->carried; i++)
            flow[i * H + hour] += carried_at(b, flows, i, r, wished);
    }
    for (size_t i = 0; i < b->carried; i++)
        for (size_t h = 0; h < H; h++)
            flow[i * H + h] = count[h] > 0.0 ? flow[i * H + h] / count[h] : 0.0;
    return seen;
}

/* Hours without rows: those of another profile, or the mean of the hours that have some. */
static void complete(const park_bound_binding *b, uint32_t seen, const park_bound_profile *other,
                     double *flow)
{
    for (size_t i = 0; i < b->carried; i++) {
        double sum = 0.0, hours = 0.0;
        for (size_t h = 0; h < H; h++)
            if ((seen >> h & 1u) != 0)
                sum += flow[i * H + h], hours += 1.0;
        for (size_t h = 0; h < H; h++)
            if ((seen >> h & 1u) == 0)
                flow[i * H + h] = other != NULL ? other->flow[i * H + h] : hours > 0.0 ? sum / hours : 0.0;
    }
}

double park_bound_profile_total(const park_bound_binding *b, const park_bound_profile *profile, size_t hour)
{
    double sum = 0.0;
    for (size_t i = 0; i < b->carried; i++)
        sum += fmax(profile->flow[i * H + hour], 0.0);
    return sum;
}

static void find_worst_hour(const park_bound_binding *b, park_bound_profile *p)
{
    double most   = -INFINITY;
    p->worst_hour = 0;
    for (size_t h = 0; h < H; h++) {
        double total = park_bound_profile_total(b, p, h);
        if (total > most + ALIKE * fabs(most) || h == 0) {
            most          = total;
            p->worst_hour = (int32_t)h;
        }
    }
}

/* The day of the season with the row that carries most; the first of equals. False: the season has no rows. */
static bool worst_day(const park_bound_binding *b, const park_bound_flows *flows, int32_t season,
                      int64_t *day)
{
    double most = -INFINITY;
    for (size_t r = 0; r < flows->rows; r++) {
        size_t hour;
        double total = 0.0;
        if (season_of(b, flows, r) != season)
            continue;
        for (size_t i = 0; i < b->carried; i++)
            total += fmax(carried_at(b, flows, i, r, true), 0.0);
        if (most < 0.0 || total > most * (1.0 + ALIKE)) {
            most = total;
            *day = day_of(b, flows, r, &hour);
        }
    }
    return most >= 0.0;
}

static void day_profile(const park_bound_binding *b, const park_bound_flows *flows, int64_t day,
                        const park_bound_profile *average, park_bound_profile *p)
{
    complete(b, gather(b, flows, of_day, day, true, p->flow), average, p->flow);
    p->start = day * PARK_DAY_SECONDS - b->model->time.utc_offset;
    p->any   = true;
    find_worst_hour(b, p);
}

park_status park_bound_profiles(const park_bound_binding *b, const park_bound_flows *flows, int32_t season,
                                park_arena *arena, park_bound_profile *worst, park_bound_profile *average,
                                park_error *err)
{
    int64_t day               = 0;
    *worst                    = (park_bound_profile){.flow = PARK_ARRAY(arena, b->carried * H, double)};
    *average                  = (park_bound_profile){.flow = PARK_ARRAY(arena, b->carried * H, double)};
    park_bound_profile wished = {.flow = PARK_ARRAY(arena, b->carried * H, double)};
    if (worst->flow == NULL || average->flow == NULL || wished.flow == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the days of a network");
    if (!worst_day(b, flows, season, &day))
        return PARK_OK;
    complete(b, gather(b, flows, of_season, season, false, average->flow), NULL, average->flow);
    complete(b, gather(b, flows, of_season, season, true, wished.flow), NULL, wished.flow);
    average->any = true;
    find_worst_hour(b, average);
    day_profile(b, flows, day, &wished, worst);
    average->start = worst->start;
    return PARK_OK;
}

bool park_bound_profile_at(const park_bound_binding *b, const park_bound_flows *flows, int64_t instant,
                           const park_bound_profile *average, park_bound_profile *p)
{
    for (size_t r = 0; r < flows->rows; r++)
        if (flows->time[r] - flows->every <= instant && instant < flows->time[r]) {
            size_t hour;
            day_profile(b, flows, day_of(b, flows, r, &hour), average, p);
            return true;
        }
    return false;
}
