#include "zones/bench.h"

#include <math.h>
#include <string.h>

enum { PERIODS_MOST = 1000000 };

/* --- which hours --- */

static double factor_at(const park_network *net, int32_t pattern, int64_t period)
{
    const park_net_pattern *p = pattern >= 0 ? &net->pattern[pattern] : NULL;
    return p != NULL && p->count > 0 ? p->factor[(size_t)period % p->count] : 1.0;
}

/* Total demand of a pattern period: base holds the sum of each pattern's rows, that of constant ones last. */
static double total_at(const park_network *net, const double *base, int64_t period)
{
    size_t patterns = net->pattern_names.count;
    double sum      = base[patterns];
    for (size_t p = 0; p < patterns; p++)
        sum += base[p] * factor_at(net, (int32_t)p, period);
    return sum * net->option.demand_multiplier;
}

/* Eq. (Z5): the pattern periods of the network's duration (a day at least) with the highest and the lowest total demand. */
static park_status find_hours(const park_network *net, park_arena *arena, int64_t found[PARK_BENCH_HOURS],
                              park_error *err)
{
    size_t  patterns = net->pattern_names.count;
    double *base     = PARK_ARRAY(arena, patterns + 1, double);
    if (base == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to try a network");
    for (size_t row = 0; row < net->demand.count; row++)
        base[net->demand.pattern[row] >= 0 ? (size_t)net->demand.pattern[row] : patterns] +=
            net->demand.base[row];
    int64_t first = net->time.pattern_start / net->time.pattern_step, span = net->time.duration;
    int64_t count = (span > 86400 ? span : 86400) / net->time.pattern_step;
    double  high = -INFINITY, low = INFINITY;
    count = count < 1 ? 1 : count > PERIODS_MOST ? PERIODS_MOST : count;
    for (int64_t k = first; k < first + count; k++) {
        double total = total_at(net, base, k);
        if (total > high) {
            high                  = total;
            found[PARK_HOUR_PEAK] = k;
        }
        if (total < low) {
            low                     = total;
            found[PARK_HOUR_LOWEST] = k;
        }
    }
    return PARK_OK;
}

static void fill_hour(park_bench *bench, park_bench_hour hour, int64_t period)
{
    const park_network *net = bench->net;
    for (size_t row = 0; row < net->demand.count; row++)
        bench->demand[hour][net->demand.node[row]] += net->option.demand_multiplier * net->demand.base[row] *
                                                      factor_at(net, net->demand.pattern[row], period);
    for (size_t n = 0; n < net->node.count; n++) {
        bench->fixed[hour][n] = bench->state.head[n];
        if (net->node.kind[n] == PARK_NET_RESERVOIR)
            bench->fixed[hour][n] = net->node.elevation[n] * factor_at(net, net->node.pattern[n], period);
        bench->total[hour] += bench->demand[hour][n];
    }
}

park_status park_bench_make(const park_network *net, const park_zone_settings *settings, park_arena *arena,
                            park_bench *bench, park_error *err)
{
    int64_t hours[PARK_BENCH_HOURS] = {0};
    *bench = (park_bench){.net = net, .settings = settings, .solve = park_hydraulic_settings_of(net)};
    PARK_TRY(park_hydraulic_plan_make(arena, net, &bench->plan, err));
    PARK_TRY(park_hydraulic_state_make(arena, bench->plan, &bench->state, err));
    PARK_TRY(park_hydraulic_work_make(arena, bench->plan, &bench->work, err));
    PARK_TRY(find_hours(net, arena, hours, err));
    for (int h = 0; h < PARK_BENCH_HOURS; h++) {
        bench->demand[h] = PARK_ARRAY(arena, net->node.count, double);
        bench->fixed[h]  = PARK_ARRAY(arena, net->node.count, double);
        if (bench->demand[h] == NULL || bench->fixed[h] == NULL)
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to try a network");
        fill_hour(bench, (park_bench_hour)h, hours[h]);
    }
    for (size_t row = 0; row < net->demand.count; row++)
        bench->mean += park_network_demand_mean(net, row);
    return PARK_OK;
}

/* --- solving --- */

static bool solve(park_bench *bench, park_bench_hour hour, int32_t hydrant, double extra)
{
    const park_network *net = bench->net;
    memcpy(bench->state.demand, bench->demand[hour], net->node.count * sizeof(double));
    for (size_t n = 0; n < net->node.count; n++)
        if (net->node.kind[n] != PARK_NET_JUNCTION)
            bench->state.head[n] = bench->fixed[hour][n];
    if (hydrant >= 0)
        bench->state.demand[hydrant] += extra;
    bench->solves++;
    bench->why = (park_error){0};
    if (park_hydraulic_solve(bench->plan, &bench->solve, &bench->state, bench->work, &bench->report,
                             &bench->why) != PARK_OK)
        return false;
    return bench->report.converged && bench->report.unsupplied <= bench->unsupplied[hour];
}

bool park_bench_solve(park_bench *bench, park_bench_hour hour)
{
    return solve(bench, hour, -1, 0.0);
}

park_status park_bench_as_it_stands(park_bench *bench, park_bench_hour hour, park_error *err)
{
    const park_hydraulic_report *r    = &bench->report;
    const char                  *when = hour == PARK_HOUR_PEAK ? "highest" : "lowest";
    if (park_bench_solve(bench, hour))
        return PARK_OK;
    if (bench->why.message[0] != '\0')
        return PARK_FAIL(err, PARK_E_NUMERIC, "at its %s demand the network has no answer: %s", when,
                         bench->why.message);
    if (r->unsupplied > bench->unsupplied[hour])
        return PARK_FAIL(err, PARK_E_NUMERIC,
                         "at its %s demand %d nodes of the network are cut off from all sources, '%s' first",
                         when, r->unsupplied, bench->net->node.names.text[r->first_unsupplied]);
    return PARK_FAIL(err, PARK_E_NUMERIC,
                     "the network cannot be balanced at its %s demand: head error %.3g m at link '%s'", when,
                     r->head_error, r->worst_link < 0 ? "-" : bench->net->link.names.text[r->worst_link]);
}

void park_bench_allow_unsupplied(park_bench *bench, park_bench_hour hour)
{
    bench->unsupplied[hour] = (int32_t)bench->net->node.count;
    bench->unsupplied[hour] = park_bench_solve(bench, hour) ? bench->report.unsupplied : 0;
}

bool park_bench_stopped(const park_bench *bench, double share)
{
    const park_zone_settings *s = bench->settings;
    return s->progress != NULL && s->progress(s->progress_user, share);
}

double park_bench_pressure(const park_bench *bench, int32_t node)
{
    return bench->state.head[node] - bench->net->node.elevation[node];
}

bool park_bench_serves(const park_bench *bench, int32_t node)
{
    return bench->net->node.kind[node] == PARK_NET_JUNCTION && bench->demand[PARK_HOUR_PEAK][node] > 0.0;
}

void park_bench_set(park_bench *bench, const park_zones *zones, bool valves_closed)
{
    for (size_t i = 0; i < zones->boundaries; i++) {
        const park_border *b = &zones->boundary[i];
        if (b->fate != PARK_BORDER_CLOSED)
            bench->state.command[b->link] = valves_closed && b->fate == PARK_BORDER_VALVE
                                                ? PARK_NET_CLOSED
                                                : bench->net->link.status[b->link];
    }
}

/* --- hydrants --- */

/* Pressure at the hydrant above what is asked for, when it gives q. */
static double reserve(park_bench *bench, int32_t node, double q)
{
    return solve(bench, PARK_HOUR_PEAK, node, q)
               ? park_bench_pressure(bench, node) - bench->settings->fire_pressure
               : -INFINITY;
}

bool park_bench_gives(park_bench *bench, int32_t node, double q)
{
    return reserve(bench, node, q) >= 0.0;
}

void park_bench_hydrants(const park_bench *bench, const park_zones *zones, int32_t *node)
{
    int32_t each = bench->settings->hydrants;
    for (size_t i = 0; i < zones->zones * (size_t)each; i++)
        node[i] = -1;
    for (size_t n = 0; n < bench->net->node.count; n++) {
        int32_t z = zones->zone[n], at = (int32_t)n;
        if (z < 0 || !park_bench_serves(bench, at))
            continue;
        int32_t *list = node + (size_t)z * (size_t)each;
        for (int32_t k = 0; k < each; k++) { /* insert and push the others down */
            if (list[k] < 0 || park_bench_pressure(bench, at) < park_bench_pressure(bench, list[k])) {
                int32_t pushed = list[k];
                list[k]        = at;
                at             = pushed;
                if (at < 0)
                    break;
            }
        }
    }
}

double park_bench_fire(park_bench *bench, int32_t node)
{
    enum { STEPS = 24 };
    static const double CLOSE = 1e-4; /* 0.1 L/s */
    double              low = 0.0, high = bench->settings->fire_most;
    double              at_low = reserve(bench, node, low);
    if (!(at_low > 0.0))
        return 0.0;
    double at_high = reserve(bench, node, high);
    if (at_high >= 0.0)
        return high;
    for (int i = 0; i < STEPS && high - low > CLOSE; i++) {
        /* losses grow with the square of the flow: by chord in q^2, kept within the inner nine tenths */
        double chord = isfinite(at_high)
                           ? sqrt(low * low + (high * high - low * low) * at_low / (at_low - at_high))
                           : 0.5 * (low + high);
        double q     = fmin(fmax(chord, low + 0.05 * (high - low)), high - 0.05 * (high - low));
        double now   = reserve(bench, node, q);
        if (now >= 0.0) {
            low    = q;
            at_low = fmax(now, 1e-9);
        } else {
            high    = q;
            at_high = now;
        }
    }
    return low;
}
