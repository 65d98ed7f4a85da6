/* What would hold a pressure, found by solving again. Math: docs/math/bound.md, Eq. (N8)-(N10). */
#include "bound/day.h"

#include <math.h>
#include <string.h>

enum { HALVINGS = 10, HEAD_STEPS = 6, PIPES_MOST = 16 };

static const double HELD       = 1e-3; /* [m] as good as held */
static const double LEAST_DRAW = 0.02; /* a share below it is no draw */
static const double LARGER = 1.08; /* the next size is larger by a nominal step, not by the wall of a pipe */

/* Nominal diameters of ductile iron pipes [m] (GB/T 13295), where the park names no catalogue. */
static const double NOMINAL[] = {0.08, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45,
                                 0.5,  0.6, 0.7,   0.8,  0.9, 1.0,  1.1, 1.2,  1.4, 1.6};

typedef struct bench {
    const park_bound_binding *b;
    park_bound_day           *day;
    park_arena               *arena; /* of all solves of one lack */
    const park_bound_lack    *lack;
    park_bound_trace          trace; /* of the last solve */
    park_error               *err;
} bench;

/* The pressure at the lack's node as the day stands now. */
static park_status pressure_now(bench *t, double *pressure)
{
    park_period_result *result;
    park_findings       ignored;
    park_findings_init(&ignored, t->arena);
    PARK_TRY(park_bound_day_march(t->b, t->day, false, &ignored, t->arena, &t->trace, &result, t->err));
    *pressure = t->trace.pressure[t->lack->node];
    return PARK_OK;
}

static bool holds(const bench *t, double pressure)
{
    return pressure >= t->lack->required - HELD;
}

/* ---- a smaller draw ---- */

static void draw_of_unit(bench *t, double times)
{
    for (size_t i = 0; i < t->b->draws; i++)
        if (t->b->draw[i].unit == t->lack->unit && t->b->draw[i].share > 0.0)
            t->day->base[t->day->first_draw + i] = t->b->draw[i].share * times;
}

/* The largest share of the unit's draw at which the pressure holds, by halving; NAN when it does not even without any. */
static park_status find_draw(bench *t, double *times)
{
    double      low = 0.0, high = 1.0, pressure = 0.0;
    park_status status = PARK_OK;
    draw_of_unit(t, 0.0);
    status = pressure_now(t, &pressure);
    *times = NAN;
    if (status == PARK_OK && holds(t, pressure)) {
        for (int i = 0; i < HALVINGS && status == PARK_OK; i++) {
            double middle = 0.5 * (low + high);
            draw_of_unit(t, middle);
            status                               = pressure_now(t, &pressure);
            *(holds(t, pressure) ? &low : &high) = middle;
        }
        *times = low >= LEAST_DRAW ? low : 0.0;
    }
    draw_of_unit(t, 1.0);
    return status;
}

/* ---- more head ---- */

static void lift_sources(bench *t, double by)
{
    const park_network *net = t->b->bound->net;
    for (size_t n = 0; n < net->node.count; n++)
        if (net->node.kind[n] != PARK_NET_JUNCTION)
            t->day->elevation[n] = net->node.elevation[n] + by;
}

/* The lack is added until it is gone: one step where head passes through, more behind pumps and valves. */
static park_status find_head(bench *t, double *head)
{
    double      by = t->lack->required - t->lack->lowest, pressure = 0.0;
    park_status status = PARK_OK;
    *head              = NAN;
    for (int i = 0; i < HEAD_STEPS && isnan(*head) && status == PARK_OK; i++) {
        lift_sources(t, by);
        status = pressure_now(t, &pressure);
        if (status == PARK_OK && holds(t, pressure))
            *head = by;
        by += fmax(t->lack->required - pressure, 0.0);
    }
    lift_sources(t, 0.0);
    return status;
}

/* ---- larger pipes ---- */

/* The next commercial size; diameter 0: there is none. */
static park_pipe_size next_size(const park_model *model, double diameter)
{
    for (size_t i = 0; i < model->pipe.sizes; i++)
        if (model->pipe.size[i].diameter > diameter * LARGER)
            return model->pipe.size[i];
    for (size_t i = 0; model->pipe.sizes == 0 && i < sizeof NOMINAL / sizeof *NOMINAL; i++)
        if (NOMINAL[i] > diameter * LARGER)
            return (park_pipe_size){.diameter = NOMINAL[i]};
    return (park_pipe_size){.diameter = 0.0};
}

/* The link that brings a node most of its water; -1: none does. */
static int32_t feeder(const bench *t, int32_t node)
{
    const park_net_links *link = &t->b->bound->net->link;
    int32_t               best = -1;
    double                most = 0.0;
    for (size_t l = 0; l < link->count; l++) {
        double into = link->to[l] == node     ? t->trace.flow[l]
                      : link->from[l] == node ? -t->trace.flow[l]
                                              : 0.0;
        if (into > most) {
            most = into;
            best = (int32_t)l;
        }
    }
    return best;
}

/* Head lost a metre of pipe by the pressures at its ends. */
static double gradient(const bench *t, int32_t l)
{
    const park_network *net = t->b->bound->net;
    int32_t             a = net->link.from[l], b = net->link.to[l];
    double              head_a = t->trace.pressure[a] + t->day->elevation[a],
           head_b              = t->trace.pressure[b] + t->day->elevation[b];
    return fabs(head_a - head_b) / net->link.length[l];
}

/* Upstream from the node: the pipe that loses most a metre and has a larger size; -1: none. */
static int32_t steepest(const bench *t)
{
    const park_network *net  = t->b->bound->net;
    int32_t             node = t->lack->node, best = -1;
    double              most = 1e-9;
    for (size_t i = 0; i < net->link.count && net->node.kind[node] == PARK_NET_JUNCTION; i++) {
        int32_t l = feeder(t, node);
        if (l < 0)
            break;
        if (net->link.kind[l] <= PARK_NET_CHECK_PIPE && gradient(t, l) > most &&
            next_size(t->b->model, t->day->diameter[l]).diameter > 0.0) {
            most = gradient(t, l);
            best = l;
        }
        node = net->link.from[l] == node ? net->link.to[l] : net->link.from[l];
    }
    return best;
}

/* Pipe l becomes one size larger, remembered once however often. False: no room, or out of memory. */
static bool enlarge(bench *t, int32_t l, park_bound_lack *lack, park_arena *arena)
{
    size_t k = 0;
    while (k < lack->pipes && lack->pipe[k] != l)
        k++;
    if (k == PIPES_MOST)
        return false;
    park_pipe_size next = next_size(t->b->model, t->day->diameter[l]);
    lack->pipes         = k == lack->pipes ? k + 1 : lack->pipes;
    lack->pipe[k]       = l;
    lack->diameter[k]   = next.diameter;
    lack->size[k] =
        next.name != NULL ? next.name : park_arena_printf(arena, "DN%.0f", next.diameter * 1000.0);
    t->day->diameter[l] = next.diameter;
    return lack->size[k] != NULL;
}

static park_status find_pipes(bench *t, park_bound_lack *lack, park_arena *arena)
{
    double      pressure = 0.0;
    park_status status   = pressure_now(t, &pressure);
    lack->pipe           = PARK_ARRAY(arena, PIPES_MOST, int32_t);
    lack->diameter       = PARK_ARRAY(arena, PIPES_MOST, double);
    lack->size           = PARK_ARRAY(arena, PIPES_MOST, const char *);
    if (lack->pipe == NULL || lack->diameter == NULL || lack->size == NULL)
        return PARK_FAIL(t->err, PARK_E_MEMORY, "not enough memory for a remedy");
    for (int i = 0; i < 4 * PIPES_MOST && status == PARK_OK && !holds(t, pressure); i++) {
        int32_t l = steepest(t);
        if (l < 0 || !enlarge(t, l, lack, arena))
            break;
        status = pressure_now(t, &pressure);
    }
    lack->pipes_help = status == PARK_OK && holds(t, pressure);
    for (size_t k = 0; k < lack->pipes; k++)
        t->day->diameter[lack->pipe[k]] = t->b->bound->net->link.diameter[lack->pipe[k]];
    if (lack->pipes > 0 && lack->size[lack->pipes - 1] == NULL)
        return PARK_FAIL(t->err, PARK_E_MEMORY, "not enough memory for a remedy");
    return status;
}

/* ---- all of it ---- */

static park_status find_all(bench *t, bool in_depth, park_bound_lack *lack, park_arena *arena)
{
    if (lack->alternative)
        PARK_TRY(find_draw(t, &lack->draw_times));
    if (!in_depth)
        return PARK_OK;
    PARK_TRY(find_head(t, &lack->head));
    return find_pipes(t, lack, arena);
}

park_status park_bound_remedy(const park_bound_binding *b, park_bound_day *day, const double *level,
                              int32_t hour, bool in_depth, park_bound_lack *lack, park_arena *arena,
                              park_error *err)
{
    bench  t     = {.b = b, .day = day, .arena = park_arena_new(), .lack = lack, .err = err};
    size_t tanks = day->net.tank.count;
    if (t.arena == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a remedy");
    double *kept = PARK_ARRAY(t.arena, tanks, double);
    if (kept == NULL) {
        park_arena_free(t.arena);
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for a remedy");
    }
    if (tanks > 0)
        memcpy(kept, day->level, tanks * sizeof *kept);
    park_bound_day_levels(day, level);
    park_bound_day_span(b, day, (int64_t)hour * 3600, 0);
    park_status status = find_all(&t, in_depth, lack, arena);
    park_bound_day_span(b, day, 0, 86400);
    park_bound_day_levels(day, kept);
    park_arena_free(t.arena);
    return status;
}
