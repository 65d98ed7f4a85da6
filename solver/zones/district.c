#include "zones/district.h"
#include "base/disjoint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool park_district_cuttable(const park_network *net, size_t link)
{
    return net->link.kind[link] <= PARK_NET_CHECK_PIPE && net->link.status[link] != PARK_NET_CLOSED;
}

static bool shut(const park_network *net, size_t link)
{
    return net->link.kind[link] <= PARK_NET_CHECK_PIPE && net->link.status[link] == PARK_NET_CLOSED;
}

/* --- which nodes are one vertex --- */

/* What folds into a node, and how much may: Eq. (Z1). */
typedef struct fold {
    int32_t *degree, *sum, *stack;
    double  *demand, *length; /* [nodes] of what hangs there */
    double   demand_most, length_most;
    size_t   waiting;
} fold;

static park_status fold_begin(const park_network *net, int32_t zones, park_arena *arena, fold *f,
                              park_error *err)
{
    static const double SHARE =
        0.1; /* of a zone: a larger branch may be a zone of its own, or a part of one */
    size_t nodes  = net->node.count;
    double demand = 0.0, length = 0.0;
    *f = (fold){.degree = PARK_ARRAY(arena, nodes, int32_t),
                .sum    = PARK_ARRAY(arena, nodes, int32_t),
                .stack  = PARK_ARRAY(arena, nodes, int32_t),
                .demand = PARK_ARRAY(arena, nodes, double),
                .length = PARK_ARRAY(arena, nodes, double)};
    if (f->degree == NULL || f->sum == NULL || f->stack == NULL || f->demand == NULL || f->length == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    park_network_demands_mean(net, f->demand);
    for (size_t n = 0; n < nodes; n++)
        demand += f->demand[n] = fmax(f->demand[n], 0.0);
    for (size_t l = 0; l < net->link.count;
         l++) { /* the sum of links at a node of degree one is its only link */
        if (shut(net, l))
            continue;
        length += net->link.length[l];
        int32_t ends[2] = {net->link.from[l], net->link.to[l]};
        for (int i = 0; i < 2; i++) {
            f->degree[ends[i]]++;
            f->sum[ends[i]] ^= (int32_t)l;
        }
    }
    f->demand_most = SHARE * demand / zones;
    f->length_most = SHARE * length / zones;
    return PARK_OK;
}

static void fold_wait(const park_network *net, fold *f, int32_t node)
{
    if (f->degree[node] == 1 && net->node.kind[node] == PARK_NET_JUNCTION)
        f->stack[f->waiting++] = node;
}

/* Small dead ends go with the node they hang on, again and again. */
static park_status fold_dead_ends(const park_network *net, int32_t zones, park_arena *arena, int32_t *parent,
                                  park_error *err)
{
    fold f;
    PARK_TRY(fold_begin(net, zones, arena, &f, err));
    for (size_t n = 0; n < net->node.count; n++)
        fold_wait(net, &f, (int32_t)n);
    while (f.waiting > 0) {
        int32_t n = f.stack[--f.waiting];
        if (f.degree[n] != 1) /* the other end of its only link went first */
            continue;
        int32_t l = f.sum[n], other = net->link.from[l] == n ? net->link.to[l] : net->link.from[l];
        double  length = f.length[n] + net->link.length[l];
        if (length > f.length_most || f.demand[n] > f.demand_most)
            continue;
        park_disjoint_join(parent, n, other);
        f.demand[other] += f.demand[n];
        f.length[other] += length;
        f.degree[n] = 0;
        f.degree[other]--;
        f.sum[other] ^= l;
        fold_wait(net, &f, other);
    }
    return PARK_OK;
}

static park_status find_vertices(const park_network *net, int32_t zones, park_arena *arena, park_district *d,
                                 park_error *err)
{
    d->vertex = PARK_ARRAY(arena, net->node.count, int32_t);
    if (d->vertex == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    for (size_t n = 0; n < net->node.count; n++)
        d->vertex[n] = (int32_t)n;
    for (size_t l = 0; l < net->link.count; l++)
        if (net->link.kind[l] > PARK_NET_CHECK_PIPE)
            park_disjoint_join(d->vertex, net->link.from[l], net->link.to[l]);
    PARK_TRY(fold_dead_ends(net, zones, arena, d->vertex, err));
    for (size_t n = 0; n < net->node.count; n++) /* leaders stand before those they lead */
        d->vertex[n] = d->vertex[n] == (int32_t)n ? -1 - (int32_t)d->vertices++ : d->vertex[d->vertex[n]];
    for (size_t n = 0; n < net->node.count; n++)
        d->vertex[n] = -1 - d->vertex[n];
    return PARK_OK;
}

/* --- edges --- */

typedef struct half_edge {
    int32_t from, to, cost;
} half_edge;

static int by_ends(const void *a, const void *b)
{
    const half_edge *x = a, *y = b;
    return x->from != y->from ? (x->from > y->from ? 1 : -1) : x->to != y->to ? (x->to > y->to ? 1 : -1) : 0;
}

/* Eq. (Z2): what it costs to bound a zone at this pipe; 100 at 100 mm, growing with the diameter's power of 1.5. */
static int32_t cost_of(double diameter)
{
    static const double AT_100_MM = 100.0, POWER = 1.5, MOST = 20000.0;
    return (int32_t)fmax(10.0, fmin(MOST, AT_100_MM * pow(diameter / 0.1, POWER)));
}

static park_status find_edges(const park_network *net, park_arena *arena, park_district *d, park_error *err)
{
    half_edge *half  = PARK_ARRAY(arena, 2 * net->link.count, half_edge);
    size_t     count = 0, kept = 0;
    d->start     = PARK_ARRAY(arena, d->vertices + 1, int32_t);
    d->neighbour = PARK_ARRAY(arena, 2 * net->link.count, int32_t);
    d->cost      = PARK_ARRAY(arena, 2 * net->link.count, int32_t);
    if (half == NULL || d->start == NULL || d->neighbour == NULL || d->cost == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    for (size_t l = 0; l < net->link.count; l++) {
        int32_t a = d->vertex[net->link.from[l]], b = d->vertex[net->link.to[l]];
        if (a == b || !park_district_cuttable(net, l))
            continue;
        int32_t cost  = cost_of(net->link.diameter[l]);
        half[count++] = (half_edge){a, b, cost};
        half[count++] = (half_edge){b, a, cost};
    }
    if (count > 0)
        qsort(half, count, sizeof *half, by_ends);
    for (size_t i = 0; i < count; i++) {
        bool again = i > 0 && by_ends(&half[i], &half[i - 1]) == 0;
        if (again) { /* pipes side by side are cut together */
            d->cost[kept - 1] += half[i].cost;
            continue;
        }
        d->neighbour[kept] = half[i].to;
        d->cost[kept++]    = half[i].cost;
        d->start[half[i].from + 1]++;
    }
    for (size_t v = 0; v < d->vertices; v++)
        d->start[v + 1] += d->start[v];
    return PARK_OK;
}

/* --- weights --- */

/* Eq. (Z3): shares of the network's demand and length, in millionths; a pipe's length goes half to each end. */
static park_status find_weights(const park_network *net, park_arena *arena, park_district *d, park_error *err)
{
    static const double WHOLE  = 1e6;
    double             *demand = PARK_ARRAY(arena, net->node.count, double);
    double *sum = PARK_ARRAY(arena, d->vertices * PARK_DISTRICT_WEIGHTS, double), total[2] = {0.0};
    d->weight = PARK_ARRAY(arena, d->vertices * PARK_DISTRICT_WEIGHTS, int32_t);
    d->source = PARK_ARRAY(arena, d->vertices, bool);
    if (demand == NULL || sum == NULL || d->weight == NULL || d->source == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    park_network_demands_mean(net, demand);
    for (size_t n = 0; n < net->node.count; n++) {
        sum[2 * d->vertex[n]] += fmax(demand[n], 0.0);
        d->source[d->vertex[n]] = d->source[d->vertex[n]] || net->node.kind[n] != PARK_NET_JUNCTION;
    }
    for (size_t l = 0; l < net->link.count; l++)
        if (net->link.kind[l] <= PARK_NET_CHECK_PIPE) {
            sum[2 * d->vertex[net->link.from[l]] + 1] += 0.5 * net->link.length[l];
            sum[2 * d->vertex[net->link.to[l]] + 1] += 0.5 * net->link.length[l];
        }
    for (size_t i = 0; i < d->vertices * PARK_DISTRICT_WEIGHTS; i++)
        total[i % 2] += sum[i];
    for (size_t i = 0; i < d->vertices * PARK_DISTRICT_WEIGHTS; i++) {
        d->weight[i] = total[i % 2] > 0.0 ? (int32_t)(WHOLE * sum[i] / total[i % 2]) : 0;
        d->total[i % 2] += d->weight[i];
    }
    return PARK_OK;
}

static park_status find_parts(park_arena *arena, park_district *d, park_error *err)
{
    d->part        = PARK_ARRAY(arena, d->vertices, int32_t);
    int32_t *stack = PARK_ARRAY(arena, d->vertices, int32_t);
    if (d->part == NULL || stack == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    memset(d->part, 0xFF, d->vertices * sizeof *d->part); /* all -1 */
    for (size_t v = 0; v < d->vertices; v++) {
        size_t waiting = 0;
        if (d->part[v] >= 0)
            continue;
        d->part[v]       = d->parts;
        stack[waiting++] = (int32_t)v;
        while (waiting > 0) {
            int32_t at = stack[--waiting];
            for (int32_t e = d->start[at]; e < d->start[at + 1]; e++)
                if (d->part[d->neighbour[e]] < 0) {
                    d->part[d->neighbour[e]] = d->parts;
                    stack[waiting++]         = d->neighbour[e];
                }
        }
        d->parts++;
    }
    return PARK_OK;
}

park_status park_district_make(const park_network *net, int32_t zones, park_arena *arena,
                               park_district *district, park_error *err)
{
    *district = (park_district){0};
    PARK_TRY(find_vertices(net, zones, arena, district, err));
    PARK_TRY(find_edges(net, arena, district, err));
    PARK_TRY(find_weights(net, arena, district, err));
    return find_parts(arena, district, err);
}
