/*
 * divide.c - zones of a network by its graph. Stages, for each part that a source feeds:
 *
 *   1. apportion   how many zones the part gets, by its demand and length
 *   2. partition   several seeds and both ways of METIS
 *   3. mend        pieces of a zone that are cut off from its largest piece go to the neighbour they are joined to best
 *   4. polish      vertices at a border move where that makes the cut cheaper or the zones more alike
 *   5. keep        the best of all attempts by Eq. (Z4)
 */
#include "zones/district.h"

#include <math.h>
#include <string.h>

enum { W = PARK_DISTRICT_WEIGHTS, PASSES = 30 };

park_zone_settings park_zone_settings_default(void)
{
    return (park_zone_settings){.zones         = 4,
                                .tolerance     = 0.15,
                                .feeds         = 1,
                                .pressure      = 14.0,
                                .fire_pressure = 10.0,
                                .fire_need     = 0.015,
                                .fire_most     = 0.1,
                                .hydrants      = 3,
                                .attempts      = 16,
                                .seed          = 1};
}

/* One part as a graph of its own, and the zones in the making. */
typedef struct piece {
    const park_district      *district;
    const park_zone_settings *settings;
    park_arena               *arena; /* scratch */
    size_t                    count;
    int32_t                  *vertex; /* [count] of the district */
    int32_t                  *start, *neighbour, *cost, *weight;
    int32_t                   zones;
    int32_t                  *zone;         /* [count] */
    int64_t                  *load;         /* [zones * W] */
    double                    target[W];    /* of a zone */
    int32_t                  *stack, *mark; /* [count] */
    int32_t                  *size;         /* [zones] vertices */
} piece;

/* --- 1. how many zones each part gets: largest remainder over the mean of both shares --- */

static double share_of(const park_district *d, int32_t part)
{
    double share = 0.0;
    for (size_t v = 0; v < d->vertices; v++)
        if (d->part[v] == part)
            for (int w = 0; w < W; w++)
                share +=
                    d->total[w] > 0 ? (double)d->weight[v * W + (size_t)w] / (double)d->total[w] / W : 0.0;
    return share;
}

static park_status apportion(const park_district *d, int32_t zones, park_arena *arena, int32_t *given,
                             park_error *err)
{
    static const double SMALL = 0.05; /* of a zone: a lesser system is nobody's zone */
    double             *share = PARK_ARRAY(arena, (size_t)d->parts, double);
    bool               *fed   = PARK_ARRAY(arena, (size_t)d->parts, bool);
    if (share == NULL || fed == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    int32_t parts = 0, left = zones;
    for (size_t v = 0; v < d->vertices; v++)
        fed[d->part[v]] = fed[d->part[v]] || d->source[v];
    for (int32_t p = 0; p < d->parts; p++) {
        share[p] = fed[p] ? share_of(d, p) : 0.0;
        fed[p]   = fed[p] && share[p] >= SMALL / zones;
        parts += fed[p];
    }
    if (parts == 0 || zones < parts)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the network has %d parts that a source feeds; it cannot have %d zones", parts,
                         zones);
    for (int32_t p = 0; p < d->parts; p++) { /* one for each, then where the most is still to be covered */
        given[p] = fed[p];
        left -= given[p];
    }
    for (; left > 0; left--) {
        int32_t best = -1;
        for (int32_t p = 0; p < d->parts; p++)
            if (fed[p] && (best < 0 || share[p] / given[p] > share[best] / given[best]))
                best = p;
        given[best]++;
    }
    return PARK_OK;
}

/* --- a part as a graph --- */

static park_status piece_make(const park_district *d, int32_t part, int32_t zones,
                              const park_zone_settings *settings, park_arena *arena, piece *p,
                              park_error *err)
{
    int32_t *local = PARK_ARRAY(arena, d->vertices, int32_t);
    size_t   edges = (size_t)d->start[d->vertices], n = d->vertices;
    *p = (piece){.district  = d,
                 .settings  = settings,
                 .arena     = arena,
                 .zones     = zones,
                 .vertex    = PARK_ARRAY(arena, n, int32_t),
                 .start     = PARK_ARRAY(arena, n + 1, int32_t),
                 .neighbour = PARK_ARRAY(arena, edges, int32_t),
                 .cost      = PARK_ARRAY(arena, edges, int32_t),
                 .weight    = PARK_ARRAY(arena, n * W, int32_t),
                 .zone      = PARK_ARRAY(arena, n, int32_t),
                 .load      = PARK_ARRAY(arena, (size_t)zones * W, int64_t),
                 .stack     = PARK_ARRAY(arena, n, int32_t),
                 .mark      = PARK_ARRAY(arena, n, int32_t),
                 .size      = PARK_ARRAY(arena, (size_t)zones, int32_t)};
    if (local == NULL || p->vertex == NULL || p->start == NULL || p->neighbour == NULL || p->cost == NULL ||
        p->weight == NULL || p->zone == NULL || p->load == NULL || p->stack == NULL || p->mark == NULL ||
        p->size == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    for (size_t v = 0; v < n; v++)
        if (d->part[v] == part) {
            local[v]              = (int32_t)p->count;
            p->vertex[p->count++] = (int32_t)v;
        }
    for (size_t i = 0; i < p->count; i++) {
        size_t  v  = (size_t)p->vertex[i];
        int32_t at = p->start[i];
        for (int32_t e = d->start[v]; e < d->start[v + 1]; e++, at++) {
            p->neighbour[at] = local[d->neighbour[e]];
            p->cost[at]      = d->cost[e];
        }
        p->start[i + 1] = at;
        for (size_t w = 0; w < W; w++) {
            p->weight[i * W + w] = d->weight[v * W + w];
            p->target[w] += (double)d->weight[v * W + w] / zones;
        }
    }
    if (p->count < (size_t)zones)
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "a part of the network has %zu places that can be told apart; it cannot have %d zones", p->count,
            zones);
    return PARK_OK;
}

/* --- loads and the score --- */

static void sum_loads(piece *p)
{
    memset(p->load, 0, (size_t)p->zones * W * sizeof *p->load);
    memset(p->size, 0, (size_t)p->zones * sizeof *p->size);
    for (size_t i = 0; i < p->count; i++) {
        p->size[p->zone[i]]++;
        for (size_t w = 0; w < W; w++)
            p->load[(size_t)p->zone[i] * W + w] += p->weight[i * W + w];
    }
}

/* Cost of an uneven load: small within the tolerance, so that loads wander from zone to zone, steep beyond it. */
static double uneven_load(const piece *p, size_t w, double load)
{
    static const double WITHIN = 1000.0, BEYOND = 20000.0; /* of a deviation of one target */
    double              deviation = fabs(load / fmax(p->target[w], 1.0) - 1.0),
           excess                 = fmax(0.0, deviation - p->settings->tolerance);
    return WITHIN * deviation * deviation + BEYOND * excess * (1.0 + excess);
}

static double cut_of(const piece *p)
{
    double cut = 0.0;
    for (size_t i = 0; i < p->count; i++)
        for (int32_t e = p->start[i]; e < p->start[i + 1]; e++)
            cut += p->zone[i] < p->zone[p->neighbour[e]] ? p->cost[e] : 0;
    return cut;
}

/* Eq. (Z4). */
static double score(const piece *p)
{
    double sum = cut_of(p);
    for (int32_t z = 0; z < p->zones; z++)
        for (size_t w = 0; w < W; w++)
            sum += uneven_load(p, w, (double)p->load[(size_t)z * W + w]);
    return sum;
}

/* --- 3. pieces of a zone that are cut off --- */

/* Everything of its zone that hangs together with vertex i gets this mark; returns how heavy it is. */
static double flood(piece *p, int32_t i, int32_t mark)
{
    size_t waiting      = 0;
    double heavy        = 0.0;
    p->mark[i]          = mark;
    p->stack[waiting++] = i;
    while (waiting > 0) {
        int32_t at = p->stack[--waiting];
        heavy += 1e-6;
        for (size_t w = 0; w < W; w++)
            heavy += p->weight[(size_t)at * W + w] / fmax(p->target[w], 1.0);
        for (int32_t e = p->start[at]; e < p->start[at + 1]; e++) {
            int32_t to = p->neighbour[e];
            if (p->mark[to] < 0 && p->zone[to] == p->zone[at]) {
                p->mark[to]         = mark;
                p->stack[waiting++] = to;
            }
        }
    }
    return heavy;
}

/* The zone that the marked piece is joined to best, other than its own; -1 when there is none. */
static int32_t best_neighbour(piece *p, int32_t mark, double *joined)
{
    int32_t best = -1;
    memset(joined, 0, (size_t)p->zones * sizeof *joined);
    for (size_t i = 0; i < p->count; i++)
        for (int32_t e = p->start[i]; p->mark[i] == mark && e < p->start[i + 1]; e++)
            if (p->zone[p->neighbour[e]] != p->zone[i])
                joined[p->zone[p->neighbour[e]]] += p->cost[e];
    for (int32_t z = 0; z < p->zones; z++)
        if (joined[z] > 0.0 && (best < 0 || joined[z] > joined[best]))
            best = z;
    return best;
}

/* Until every zone is one piece, or empty. */
static bool mend(piece *p)
{
    double *heavy    = PARK_ARRAY(p->arena, p->count, double),
           *joined   = PARK_ARRAY(p->arena, (size_t)p->zones, double);
    int32_t *first   = PARK_ARRAY(p->arena, p->count, int32_t),
            *largest = PARK_ARRAY(p->arena, (size_t)p->zones, int32_t);
    if (heavy == NULL || joined == NULL || first == NULL || largest == NULL)
        return false;
    for (bool moved = true; moved;) {
        int32_t marks = 0;
        moved         = false;
        memset(p->mark, 0xFF, p->count * sizeof *p->mark); /* all -1 */
        memset(largest, 0xFF, (size_t)p->zones * sizeof *largest);
        for (size_t i = 0; i < p->count; i++)
            if (p->mark[i] < 0) {
                heavy[marks] = flood(p, (int32_t)i, marks);
                first[marks] = (int32_t)i;
                int32_t z    = p->zone[i];
                if (largest[z] < 0 || heavy[marks] > heavy[largest[z]])
                    largest[z] = marks;
                marks++;
            }
        for (int32_t m = 0; m < marks && !moved; m++) {
            int32_t z = p->zone[first[m]];
            if (largest[z] == m)
                continue;
            int32_t to = best_neighbour(p, m, joined);
            for (size_t i = 0; to >= 0 && i < p->count; i++)
                if (p->mark[i] == m)
                    p->zone[i] = to;
            moved = to >= 0; /* marks are made anew: the moved piece may have closed a gap */
        }
    }
    sum_loads(p);
    return true;
}

/* --- 4. single vertices at borders --- */

/* Does its zone stay in one piece without vertex i? Looks from one neighbour for all others. */
static bool can_leave(piece *p, size_t i)
{
    int32_t zone = p->zone[i], inside = 0, seen = 0, from = -1;
    for (int32_t e = p->start[i]; e < p->start[i + 1]; e++)
        if (p->zone[p->neighbour[e]] == zone) {
            inside++;
            from = p->neighbour[e];
        }
    if (p->size[zone] < 2)
        return false;
    if (inside <= 1)
        return true;
    memset(p->mark, 0xFF, p->count * sizeof *p->mark);
    size_t waiting = 0;
    p->mark[i] = p->mark[from] = 0;
    p->stack[waiting++]        = from;
    while (waiting > 0) {
        int32_t at = p->stack[--waiting];
        seen++;
        for (int32_t e = p->start[at]; e < p->start[at + 1]; e++) {
            int32_t to = p->neighbour[e];
            if (p->mark[to] < 0 && p->zone[to] == zone) {
                p->mark[to]         = 0;
                p->stack[waiting++] = to;
            }
        }
    }
    return seen == p->size[zone] - 1;
}

static double uneven(const piece *p, int32_t zone, const int32_t *weight, int sign)
{
    double sum = 0.0;
    for (size_t w = 0; w < W; w++)
        sum += uneven_load(p, w, (double)(p->load[(size_t)zone * W + w] + sign * weight[w]));
    return sum;
}

/* What the score loses when vertex i goes to `to`. */
static double gain(const piece *p, size_t i, int32_t to)
{
    static const int32_t NOTHING[W] = {0};
    const int32_t       *weight     = &p->weight[i * W];
    int32_t              from       = p->zone[i];
    double               cheaper    = 0.0;
    for (int32_t e = p->start[i]; e < p->start[i + 1]; e++) {
        int32_t other = p->zone[p->neighbour[e]];
        cheaper += other == to ? p->cost[e] : other == from ? -p->cost[e] : 0;
    }
    return cheaper + uneven(p, from, NOTHING, 0) + uneven(p, to, NOTHING, 0) - uneven(p, from, weight, -1) -
           uneven(p, to, weight, 1);
}

static void move(piece *p, size_t i, int32_t to)
{
    for (size_t w = 0; w < W; w++) {
        p->load[(size_t)p->zone[i] * W + w] -= p->weight[i * W + w];
        p->load[(size_t)to * W + w] += p->weight[i * W + w];
    }
    p->size[p->zone[i]]--;
    p->size[to]++;
    p->zone[i] = to;
}

static void polish(piece *p)
{
    static const double LEAST = 1.0; /* gain of a move: passes end */
    for (int pass = 0; pass < PASSES; pass++) {
        size_t moved = 0;
        for (size_t i = 0; i < p->count; i++) {
            int32_t best = -1;
            double  most = LEAST;
            for (int32_t e = p->start[i]; e < p->start[i + 1]; e++) {
                int32_t to = p->zone[p->neighbour[e]];
                double  g  = to != p->zone[i] ? gain(p, i, to) : 0.0;
                if (g > most) {
                    most = g;
                    best = to;
                }
            }
            if (best >= 0 && can_leave(p, i)) {
                move(p, i, best);
                moved++;
            }
        }
        if (moved == 0)
            return;
    }
}

/* --- 2. and 5. --- */

static bool all_used(const piece *p)
{
    for (int32_t z = 0; z < p->zones; z++)
        if (p->size[z] == 0)
            return false;
    return true;
}

/* One attempt: by halves or at once; by both weights, or by their sum, which leaves zones in fewer pieces. */
static park_status attempt(piece *p, const int32_t *sum, int32_t number, park_error *err)
{
    bool        both    = number / 2 % 2 == 0;
    park_graph  graph   = {.vertices    = p->count,
                           .start       = p->start,
                           .neighbour   = p->neighbour,
                           .edge_weight = p->cost,
                           .constraints = both ? W : 1,
                           .weight      = both ? p->weight : sum};
    park_arena *scratch = park_arena_new();
    park_status status  = park_partition(
         &graph, p->zones, p->settings->tolerance, p->settings->seed + (uint64_t)number,
        number % 2 == 0 ? PARK_PARTITION_BISECT : PARK_PARTITION_AT_ONCE, scratch, p->zone, err);
    park_arena_free(scratch);
    return status;
}

static park_status divide(piece *p, park_error *err)
{
    int32_t *best = PARK_ARRAY(p->arena, p->count, int32_t), *sum = PARK_ARRAY(p->arena, p->count, int32_t);
    double   least = INFINITY;
    if (best == NULL || sum == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    if (p->zones == 1) /* all of it is zone 0 */
        return PARK_OK;
    for (size_t i = 0; i < p->count; i++)
        sum[i] = p->weight[i * W] + p->weight[i * W + 1];
    for (int32_t a = 0; a < p->settings->attempts; a++) {
        PARK_TRY(attempt(p, sum, a, err));
        if (!mend(p))
            return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
        polish(p);
        double now = score(p) + (all_used(p) ? 0.0 : 1e12);
        if (now < least) {
            least = now;
            memcpy(best, p->zone, p->count * sizeof *best);
        }
    }
    memcpy(p->zone, best, p->count * sizeof *best);
    sum_loads(p);
    return all_used(p)
               ? PARK_OK
               : PARK_FAIL(err, PARK_E_RANGE, "no division into %d zones was found; ask for fewer", p->zones);
}

/* --- what the zones hold --- */

static park_status count_zones(const park_network *net, park_zones *z, park_arena *arena, park_error *err)
{
    double *demand = PARK_ARRAY(arena, net->node.count, double);
    if (demand == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    park_network_demands_mean(net, demand);
    for (size_t n = 0; n < net->node.count; n++) {
        if (z->zone[n] < 0)
            continue;
        park_zone *item = &z->item[z->zone[n]];
        item->junctions += net->node.kind[n] == PARK_NET_JUNCTION;
        item->reservoirs += net->node.kind[n] == PARK_NET_RESERVOIR;
        item->tanks += net->node.kind[n] == PARK_NET_TANK;
        item->demand += fmax(demand[n], 0.0);
    }
    for (size_t l = 0; l < net->link.count; l++) {
        int32_t a = z->zone[net->link.from[l]], b = z->zone[net->link.to[l]];
        if (net->link.kind[l] > PARK_NET_CHECK_PIPE || a < 0 || b < 0)
            continue;
        z->item[a].length += 0.5 * net->link.length[l];
        z->item[b].length += 0.5 * net->link.length[l];
        if (a == b)
            continue;
        park_border_fate fate = park_district_cuttable(net, l) ? PARK_BORDER_METER : PARK_BORDER_CLOSED;
        z->boundary[z->boundaries++] = (park_border){
            .link = (int32_t)l, .from = a, .to = b, .fate = fate, .flow_before = NAN, .flow_after = NAN};
    }
    return PARK_OK;
}

static void number(const piece *p, int32_t first, int32_t *zone_of_vertex)
{
    for (size_t i = 0; i < p->count; i++)
        zone_of_vertex[p->vertex[i]] = first + p->zone[i];
}

/* Zones are numbered by their first nodes, so that a small change of the network does not shuffle them. */
static bool renumber(park_zones *z, size_t nodes, park_arena *arena)
{
    int32_t *to = PARK_ARRAY(arena, z->zones, int32_t), next = 0;
    if (to == NULL)
        return false;
    memset(to, 0xFF, z->zones * sizeof *to);
    for (size_t n = 0; n < nodes; n++) {
        if (z->zone[n] < 0)
            continue;
        if (to[z->zone[n]] < 0)
            to[z->zone[n]] = next++;
        z->zone[n] = to[z->zone[n]];
    }
    return true;
}

static park_status divide_parts(const park_district *d, const park_zone_settings *settings,
                                park_arena *scratch, int32_t *zone_of_vertex, park_error *err)
{
    int32_t *given = PARK_ARRAY(scratch, (size_t)d->parts, int32_t), first = 0;
    if (given == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    PARK_TRY(apportion(d, settings->zones, scratch, given, err));
    for (int32_t part = 0; part < d->parts; part++) {
        piece p;
        if (given[part] == 0)
            continue;
        PARK_TRY(piece_make(d, part, given[part], settings, scratch, &p, err));
        PARK_TRY(divide(&p, err));
        number(&p, first, zone_of_vertex);
        first += given[part];
    }
    return PARK_OK;
}

static park_status make_in(const park_network *net, const park_zone_settings *settings, park_arena *scratch,
                           park_arena *arena, park_zones *z, park_error *err)
{
    park_district district;
    PARK_TRY(park_district_make(net, settings->zones, scratch, &district, err));
    int32_t *zone_of_vertex = PARK_ARRAY(scratch, district.vertices, int32_t);
    if (zone_of_vertex == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    memset(zone_of_vertex, 0xFF, district.vertices * sizeof *zone_of_vertex); /* all -1 */
    PARK_TRY(divide_parts(&district, settings, scratch, zone_of_vertex, err));
    for (size_t n = 0; n < net->node.count; n++)
        z->zone[n] = zone_of_vertex[district.vertex[n]];
    if (!renumber(z, net->node.count, scratch))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    return count_zones(net, z, arena, err);
}

park_status park_zones_make(const park_network *net, const park_zone_settings *settings, park_arena *arena,
                            park_zones **zones, park_error *err)
{
    park_zones *z = PARK_NEW(arena, park_zones);
    *zones        = z;
    if (settings->zones < 1)
        return PARK_FAIL(err, PARK_E_RANGE, "%d zones make no sense", settings->zones);
    if (z == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    z->nodes    = net->node.count;
    z->zones    = (size_t)settings->zones;
    z->zone     = PARK_ARRAY(arena, net->node.count, int32_t);
    z->item     = PARK_ARRAY(arena, z->zones, park_zone);
    z->boundary = PARK_ARRAY(arena, net->link.count, park_border);
    if (z->zone == NULL || z->item == NULL || z->boundary == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to divide a network");
    park_arena *scratch = park_arena_new();
    park_status status  = make_in(net, settings, scratch, arena, z, err);
    park_arena_free(scratch);
    return status;
}
