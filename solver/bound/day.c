/* A network through one day of the park. */
#include "bound/day.h"

#include "hydraulics/leakage.h"

#include <math.h>
#include <string.h>

enum { H = PARK_BOUND_HOURS };

static const int64_t DAY = 86400, HOUR = 3600;

static void *copy_of(park_arena *arena, const void *from, size_t count, size_t size)
{
    void *to = park_array(arena, count, size);
    if (to != NULL && count > 0)
        memcpy(to, from, count * size);
    return to;
}

/* ---- patterns: the file's, in the common step, then one a carried link ---- */

/* Each factor stands for several of the shorter steps. */
static park_net_pattern finer(const park_net_pattern *from, size_t times, park_arena *arena)
{
    park_net_pattern to = {.count = from->count * times, .factor = from->factor};
    if (times == 1)
        return to;
    to.factor = PARK_ARRAY(arena, to.count, double);
    for (size_t i = 0; to.factor != NULL && i < to.count; i++)
        to.factor[i] = from->factor[i / times];
    return to;
}

/* The hourly flows of a link, turned so that they begin at midnight whatever the file's pattern start is. */
static park_net_pattern hourly(const park_bound_binding *b, const double *flow, park_arena *arena)
{
    park_net_pattern to = {.count = (size_t)(DAY / b->step)};
    to.factor           = PARK_ARRAY(arena, to.count, double);
    for (size_t i = 0; to.factor != NULL && i < to.count; i++) {
        int64_t second = (((int64_t)i * b->step - b->midnight) % DAY + DAY) % DAY;
        to.factor[i]   = flow[second / HOUR];
    }
    return to;
}

static bool patterns_make(const park_bound_binding *b, const park_bound_profile *p, park_arena *arena,
                          park_network *net)
{
    const park_network *from  = b->bound->net;
    size_t              own   = from->pattern_names.count;
    size_t              times = (size_t)(from->time.pattern_step / b->step);
    net->pattern              = PARK_ARRAY(arena, own + b->carried, park_net_pattern);
    for (size_t i = 0; net->pattern != NULL && i < own + b->carried; i++) {
        net->pattern[i] =
            i < own ? finer(&from->pattern[i], times, arena) : hourly(b, p->flow + (i - own) * H, arena);
        if (net->pattern[i].factor == NULL && net->pattern[i].count > 0)
            return false;
    }
    return net->pattern != NULL;
}

/* ---- demands: of nodes that are not bound, as the file says; then one row a draw ---- */

static bool demands_make(const park_bound_binding *b, park_arena *arena, park_bound_day *day)
{
    const park_network *from = b->bound->net;
    size_t              most = from->demand.count + b->draws + 1; /* one to spare: a fire */
    park_net_demands    d    = {.node     = PARK_ARRAY(arena, most, int32_t),
                                .base     = PARK_ARRAY(arena, most, double),
                                .pattern  = PARK_ARRAY(arena, most, int32_t),
                                .category = PARK_ARRAY(arena, most, const char *)};
    if (d.node == NULL || d.base == NULL || d.pattern == NULL || d.category == NULL)
        return false;
    for (size_t i = 0; i < from->demand.count; i++)
        if (!b->is_bound[from->demand.node[i]]) {
            d.node[d.count]      = from->demand.node[i];
            d.base[d.count]      = from->demand.base[i] * from->option.demand_multiplier;
            d.pattern[d.count++] = from->demand.pattern[i];
        }
    day->first_draw = d.count;
    for (size_t i = 0; i < b->draws; i++) {
        d.node[d.count]      = b->draw[i].node;
        d.base[d.count]      = b->draw[i].share;
        d.pattern[d.count++] = (int32_t)from->pattern_names.count + b->draw[i].carried;
    }
    day->net.demand                   = d;
    day->net.option.demand_multiplier = 1.0;
    day->base                         = d.base;
    return true;
}

/* ---- leaks, Eq. (N5) ---- */

static void leaks_make(const park_leak_law *law, park_network *net)
{
    if (!(law->flow > 0.0))
        return;
    double through = park_leak_outflow(1.0, law->at);
    for (size_t l = 0; l < net->link.count; l++)
        if (net->link.kind[l] <= PARK_NET_CHECK_PIPE) {
            net->link.leak_area[l] += law->flow * (1.0 - law->growing) / through;
            net->link.leak_expansion[l] += law->flow * law->growing / (through * law->at);
        }
}

/* ---- the day ---- */

static void times_make(const park_bound_binding *b, park_network *net)
{
    net->time.pattern_step   = b->step;
    net->time.report_step    = HOUR;
    net->time.report_start   = 0;
    net->time.statistic      = 0;
    net->time.hydraulic_step = net->time.hydraulic_step < HOUR ? net->time.hydraulic_step : HOUR;
    net->option.quality      = PARK_NET_QUALITY_NONE;
    if (net->option.extra_trials < 0) /* what does not balance is told, and the rest of the park goes on */
        net->option.extra_trials = 10;
}

park_status park_bound_day_make(const park_bound_binding *b, const park_bound_profile *profile,
                                park_arena *arena, park_bound_day *day, park_error *err)
{
    const park_network *from = b->bound->net;
    size_t              N = from->node.count, L = from->link.count;
    *day                         = (park_bound_day){.net = *from};
    day->elevation               = copy_of(arena, from->node.elevation, N, sizeof(double));
    day->diameter                = copy_of(arena, from->link.diameter, L, sizeof(double));
    day->leak_area               = copy_of(arena, from->link.leak_area, L, sizeof(double));
    day->net.link.leak_expansion = copy_of(arena, from->link.leak_expansion, L, sizeof(double));
    day->level                   = copy_of(arena, from->tank.level, from->tank.count, sizeof(double));
    day->net.node.elevation      = day->elevation;
    day->net.link.diameter       = day->diameter;
    day->net.link.leak_area      = day->leak_area;
    day->net.tank.level          = day->level;
    if (day->elevation == NULL || day->diameter == NULL || day->leak_area == NULL || day->level == NULL ||
        day->net.link.leak_expansion == NULL || !patterns_make(b, profile, arena, &day->net) ||
        !demands_make(b, arena, day))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a day of a network");
    leaks_make(&b->bound->leak, &day->net);
    times_make(b, &day->net);
    park_bound_day_span(b, day, 0, DAY);
    return PARK_OK;
}

void park_bound_day_span(const park_bound_binding *b, park_bound_day *day, int64_t begin, int64_t seconds)
{
    day->net.time.pattern_start = b->midnight + begin;
    day->net.time.clock_start   = begin % DAY;
    day->net.time.duration      = seconds;
}

void park_bound_day_levels(park_bound_day *day, const double *level)
{
    const park_net_tanks *tank = &day->net.tank;
    for (size_t i = 0; i < tank->count; i++)
        day->level[i] = fmin(fmax(level[i], tank->lowest[i]), tank->highest[i]);
}

/* ---- the march ---- */

typedef struct gatherer {
    const park_network *net;
    park_bound_trace   *trace;
    size_t              most; /* rows there is room for */
    double              age_from;
} gatherer;

static park_status keep_row(void *user, const park_period_row *row, park_error *err)
{
    gatherer         *g = user;
    park_bound_trace *t = g->trace;
    size_t            N = g->net->node.count, L = g->net->link.count, T = g->net->tank.count;
    (void)err;
    for (size_t n = 0; t->age != NULL && row->constituents > 0 && row->time >= g->age_from && n < N; n++)
        t->age[n] = fmax(t->age[n], row->quality[n * row->constituents]);
    if (t->hours == g->most)
        return PARK_OK;
    for (size_t n = 0; n < N; n++)
        t->pressure[t->hours * N + n] = row->state->head[n] - g->net->node.elevation[n];
    memcpy(t->flow + t->hours * L, row->state->flow, L * sizeof(double));
    t->power[t->hours] = 0.0;
    for (size_t p = 0; p < g->net->pump.count; p++)
        t->power[t->hours] += row->power[p];
    if (T > 0)
        memcpy(t->level + t->hours * T, row->level, T * sizeof(double));
    t->hours++;
    return PARK_OK;
}

static bool trace_make(park_arena *arena, const park_network *net, size_t rows, bool with_age,
                       park_bound_trace *trace)
{
    *trace = (park_bound_trace){.pressure = PARK_ARRAY(arena, rows * net->node.count, double),
                                .flow     = PARK_ARRAY(arena, rows * net->link.count, double),
                                .level    = PARK_ARRAY(arena, rows * net->tank.count, double),
                                .power    = PARK_ARRAY(arena, rows, double)};
    if (with_age)
        trace->age = PARK_ARRAY(arena, net->node.count, double);
    return trace->pressure != NULL && trace->flow != NULL && trace->level != NULL && trace->power != NULL &&
           (!with_age || trace->age != NULL);
}

/* The network carries its age and nothing else; water starts new. */
static bool ages_make(park_network *net, park_arena *arena)
{
    static const double  TOLERANCE = 360.0; /* [s] a tenth of an hour: ages are told in hours */
    static const int64_t STEP      = 600;   /* [s] */
    net->option.quality            = PARK_NET_QUALITY_AGE;
    net->option.quality_tolerance  = TOLERANCE;
    net->time.quality_step         = net->time.quality_step > STEP ? net->time.quality_step : STEP;
    net->sources                   = 0;
    net->node.quality              = PARK_ARRAY(arena, net->node.count, double);
    return net->node.quality != NULL;
}

park_status park_bound_day_march(const park_bound_binding *b, const park_bound_day *day, bool with_age,
                                 park_findings *findings, park_arena *arena, park_bound_trace *trace,
                                 park_period_result **result, park_error *err)
{
    park_network         net      = day->net;
    park_period_settings settings = park_period_settings_default();
    size_t               rows     = (size_t)(net.time.duration / HOUR) + 2; /* at both ends */
    gatherer             g        = {.net = &net, .trace = trace, .most = rows};
    g.age_from                    = fmax(0.0, (double)(net.time.duration - DAY));
    if ((with_age && !ages_make(&net, arena)) || !trace_make(arena, &net, rows, with_age, trace))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a day of a network");
    park_period_sink sink   = {.user = &g, .row = keep_row};
    park_status      status = park_period_run(&net, &settings, &sink, findings, arena, result, err);
    if (status != PARK_OK)
        park_error_at(err, park_arena_printf(arena, "network.%s", b->bound->id));
    return status;
}
