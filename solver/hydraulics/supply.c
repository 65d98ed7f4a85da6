#include "hydraulics/supply.h"
#include "base/disjoint.h"

#include <math.h>
#include <string.h>

enum { SHUT, BOTH_WAYS, FORWARD };

static uint8_t way_of(const park_network *net, const park_hydraulic_state *state, size_t l)
{
    switch (net->link.kind[l]) {
    case PARK_NET_CHECK_PIPE:
        return FORWARD;
    case PARK_NET_PUMP:
        return state->command[l] == PARK_NET_CLOSED || !(state->setting[l] > 0.0) ? SHUT : FORWARD;
    case PARK_NET_PRV:
    case PARK_NET_PSV:
    case PARK_NET_FCV:
        return state->command[l] == PARK_NET_CLOSED ? SHUT
               : state->command[l] == PARK_NET_OPEN ? BOTH_WAYS
                                                    : FORWARD;
    default:
        return state->command[l] == PARK_NET_CLOSED ? SHUT : BOTH_WAYS;
    }
}

/* Copy what rules the supply; returns whether anything differs from what stood there. */
static bool differs(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                    park_hydraulic_work *work)
{
    const park_network *net                 = plan->net;
    const park_net_link_kind *restrict kind = net->link.kind;
    const park_net_status *restrict command = state->command;
    uint8_t *restrict passes                = work->passes;
    uint8_t other                           = 0;
    bool    new_commands = memcmp(work->command, command, plan->links * sizeof *command) != 0;
    if (new_commands || !work->known) {
        memcpy(work->command, command, plan->links * sizeof *command);
        for (size_t l = 0; l < plan->links; l++) {
            uint8_t way = kind[l] != PARK_NET_PIPE        ? way_of(net, state, l)
                          : command[l] == PARK_NET_CLOSED ? SHUT
                                                          : BOTH_WAYS;
            other |= way ^ passes[l];
            passes[l] = way;
        }
    } else
        for (size_t c = plan->pipes; c < plan->cores; c++) { /* those whose setting counts too */
            size_t  l   = (size_t)plan->link_of[c];
            uint8_t way = way_of(net, state, l);
            other |= way ^ passes[l];
            passes[l] = way;
        }
    for (size_t p = plan->unknowns; p < plan->points; p++) {
        int32_t n     = plan->node_of[p];
        uint8_t gives = net->node.kind[n] == PARK_NET_RESERVOIR || !state->tank_empty[n];
        other |= gives ^ work->source[n];
        work->source[n] = gives;
    }
    return other != 0;
}

static void spread(const park_hydraulic_plan *plan, park_hydraulic_work *work)
{
    const park_network *net   = plan->net;
    size_t              count = 0;
    for (size_t n = 0; n < plan->nodes; n++)
        work->cut[n] = net->node.kind[n] == PARK_NET_JUNCTION;
    for (size_t p = plan->unknowns; p < plan->points; p++)
        if (work->source[plan->node_of[p]])
            work->queue[count++] = plan->node_of[p];
    for (size_t i = 0; i < count; i++) {
        int32_t n = work->queue[i];
        for (size_t p = plan->around[n]; p < plan->around[n + 1]; p++) {
            int32_t l = plan->around_link[p];
            int32_t o = net->link.from[l] == n ? net->link.to[l] : net->link.from[l];
            if (work->cut[o] &&
                (work->passes[l] == BOTH_WAYS || (work->passes[l] == FORWARD && net->link.from[l] == n))) {
                work->cut[o]         = 0;
                work->queue[count++] = o;
            }
        }
    }
    work->cuts = 0;
    for (size_t n = 0; n < plan->nodes; n++)
        work->cuts += work->cut[n];
}

/* One part of cut-off nodes from `start`: collected in work->queue, marked. Returns its size; `wants`: something draws or
 * gives water in it; `touches`: a link that is not shut joins it to the rest, or something else holds its heads. */
static size_t cut_part(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                       park_hydraulic_work *work, size_t start, bool *wants, bool *touches)
{
    const park_network *net    = plan->net;
    size_t              count  = 0;
    bool                driven = net->option.pressure_driven; /* then a demand without pressure is none */
    work->queue[count++]       = (int32_t)start;
    work->mark[start]          = 1;
    *wants = *touches = false;
    for (size_t i = 0; i < count; i++) {
        int32_t n = work->queue[i];
        *wants |= plan->draws[n] || (driven ? state->demand[n] < 0.0 : state->demand[n] != 0.0);
        *touches |= driven && state->demand[n] > 0.0; /* holds the heads near its own */
        for (size_t p = plan->around[n]; p < plan->around[n + 1]; p++) {
            int32_t l = plan->around_link[p];
            int32_t o = net->link.from[l] == n ? net->link.to[l] : net->link.from[l];
            if (work->passes[l] == SHUT)
                continue;
            *touches |= !work->cut[o];
            if (work->cut[o] && !work->mark[o]) {
                work->mark[o]        = 1;
                work->queue[count++] = o;
            }
        }
    }
    return count;
}

static bool all_cut(const park_hydraulic_plan *plan, const park_hydraulic_work *work)
{
    for (size_t n = 0; n < plan->nodes; n++)
        if (plan->net->node.kind[n] == PARK_NET_JUNCTION && !work->cut[n])
            return false;
    return true;
}

/* Cut-off parts are dry; one in which nothing is wanted and that a one-way link joins to the rest stands under its
 * pressure and takes part. Where shut links leak, that trickle gives a head to every part in which nothing is
 * wanted. */
static void dry_parts(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                      park_hydraulic_work *work)
{
    memset(work->dry, 0, plan->nodes);
    work->dries = 0;
    if (work->cuts == 0)
        return;
    memset(work->mark, 0, plan->nodes * sizeof *work->mark);
    bool leaks =
        work->shut_links_leak && !all_cut(plan, work); /* else there is nothing to measure a trickle by */
    for (size_t start = 0; start < plan->nodes; start++) {
        if (!work->cut[start] || work->mark[start])
            continue;
        bool   wants, touches;
        size_t count = cut_part(plan, state, work, start, &wants, &touches);
        if ((touches || leaks) && !wants)
            continue;
        for (size_t i = 0; i < count; i++)
            work->dry[work->queue[i]] = 1;
        work->dries += count;
    }
}

/* Parts of the graph when every PRV, PSV, FCV that may hold and every shut link is taken out. */
static void cut_zones(const park_hydraulic_plan *plan, park_hydraulic_work *work)
{
    const park_network *net = plan->net;
    for (size_t n = 0; n < plan->nodes; n++)
        work->zone[n] = -1;
    work->zones = 0;
    for (size_t start = 0; start < plan->nodes; start++) {
        if (work->zone[start] >= 0)
            continue;
        size_t count         = 0;
        work->queue[count++] = (int32_t)start;
        work->zone[start]    = (int32_t)work->zones;
        for (size_t i = 0; i < count; i++) {
            int32_t n = work->queue[i];
            for (size_t p = plan->around[n]; p < plan->around[n + 1]; p++) {
                int32_t            l    = plan->around_link[p];
                park_net_link_kind kind = net->link.kind[l];
                bool holds = kind == PARK_NET_PRV || kind == PARK_NET_PSV || kind == PARK_NET_FCV;
                if (work->passes[l] == SHUT || (holds && work->passes[l] == FORWARD))
                    continue;
                int32_t o = net->link.from[l] == n ? net->link.to[l] : net->link.from[l];
                if (work->zone[o] < 0) {
                    work->zone[o]        = (int32_t)work->zones;
                    work->queue[count++] = o;
                }
            }
        }
        work->zones++;
    }
}

void park_supply_find(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                      park_hydraulic_work *work)
{
    if (differs(plan, state, work) || !work->known) {
        spread(plan, work);
        if (plan->holders > 0)
            cut_zones(plan, work);
        work->known = true;
    }
    dry_parts(plan, state, work);
}

void park_supply_load(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                      park_hydraulic_work *work)
{
    for (size_t n = 0; n < plan->nodes; n++)
        work->need[n] = work->dry[n] ? 0.0 : state->demand[n];
    for (size_t i = 0; i < plan->leaves; i++) {
        double q             = work->need[plan->leaf[i]];
        work->branch_flow[i] = plan->leaf_in[i] ? q : -q;
        work->need[plan->leaf_parent[i]] += q;
    }
    for (size_t p = 0; p < plan->unknowns; p++)
        work->load[park_at(work, p)] = work->need[plan->node_of[p]];
    for (size_t p = plan->unknowns; p < plan->points; p++) {
        int32_t n                    = plan->node_of[p];
        work->load[park_at(work, p)] = work->need[n] - state->demand[n]; /* only what the forest draws */
    }
    for (size_t i = 0; i < plan->outlets; i++) /* a demand that depends on pressure is no load */
        if (plan->outlet[i].kind == PARK_OUTLET_DEMAND) {
            int32_t p                    = plan->outlet[i].point;
            work->full[i]                = fmax(work->load[park_at(work, p)], 0.0);
            work->load[park_at(work, p)] = fmin(work->load[park_at(work, p)], 0.0);
        }
}

/* Zones that open valves join, and which of the joined have a fixed head or a head that a valve sets. */
static void join_zones(const park_hydraulic_plan *plan, park_hydraulic_work *work, int32_t *parent,
                       int32_t *anchored)
{
    const park_network *net = plan->net;
    for (size_t z = 0; z < work->zones; z++)
        parent[z] = (int32_t)z, anchored[z] = 0;
    for (size_t i = 0; i < plan->devices; i++) {
        size_t c = plan->pipes + i, l = (size_t)plan->link_of[c];
        /* a shut valve that may open counts as open: it opens by itself when its part lacks water */
        if (work->passes[l] == FORWARD && work->status[c] != PARK_FLOW_ACTIVE &&
            plan->device[i].kind != PARK_NET_PUMP)
            park_disjoint_join(parent, work->zone[net->link.from[l]], work->zone[net->link.to[l]]);
    }
    for (size_t p = plan->unknowns; p < plan->points; p++)
        anchored[park_disjoint_leader(parent, work->zone[plan->node_of[p]])] = 1;
    for (size_t i = 0; i < plan->devices; i++)
        if (work->status[plan->pipes + i] == PARK_FLOW_ACTIVE && plan->device[i].held >= 0)
            anchored[park_disjoint_leader(parent, work->zone[plan->node_of[plan->device[i].held]])] = 1;
    /* what flows out by pressure holds a head too, but only where water arrives */
    for (size_t i = 0; i < plan->outlets; i++) {
        int32_t z = park_disjoint_leader(parent, work->zone[plan->outlet[i].node]);
        if (!work->dry[plan->outlet[i].node] &&
            (plan->outlet[i].kind != PARK_OUTLET_DEMAND || work->full[i] > 0.0))
            anchored[z] |= 2;
    }
}

bool park_supply_anchor(const park_hydraulic_plan *plan, park_hydraulic_work *work)
{
    bool     changed = false;
    int32_t *parent = work->zone_flag, *anchored = work->mark;
    for (size_t i = 0; i < plan->devices && plan->holders > 0; i++)
        if (work->forced[i] == 1) {
            work->forced[i]               = 2; /* was opened before: look anew */
            work->status[plan->pipes + i] = PARK_FLOW_ACTIVE;
        }
    for (bool again = plan->holders > 0; again;) {
        again = false;
        join_zones(plan, work, parent, anchored);
        for (size_t i = 0; i < plan->devices && !again; i++) {
            const park_device *d = &plan->device[i];
            size_t             c = plan->pipes + i;
            int32_t            l = plan->link_of[c];
            if (work->status[c] != PARK_FLOW_ACTIVE || work->passes[l] != FORWARD ||
                work->dry[plan->net->link.from[l]])
                continue;
            int32_t up   = anchored[park_disjoint_leader(parent, work->zone[plan->net->link.from[l]])];
            int32_t down = anchored[park_disjoint_leader(parent, work->zone[plan->net->link.to[l]])];
            bool    cuts = (d->kind == PARK_NET_PSV && down == 0) ||
                        (d->kind == PARK_NET_FCV && (!(up & 1) || down == 0));
            if (cuts) {
                work->status[c] = d->kind == PARK_NET_FCV ? PARK_FLOW_OPEN_FCV : PARK_FLOW_OPEN_PRESSURE;
                changed |= work->forced[i] != 2;
                work->forced[i] = 1;
                again           = true;
            }
        }
    }
    for (size_t i = 0; i < plan->devices && plan->holders > 0; i++)
        if (work->forced[i] == 2) {
            work->forced[i] = 0;
            changed         = true;
        }
    return changed;
}

void park_supply_dry_heads(const park_hydraulic_plan *plan, park_hydraulic_work *work, double *head)
{
    const park_network *net = plan->net;
    if (work->dries == 0)
        return;
    for (size_t n = 0; n < plan->nodes; n++)
        work->mark[n] = 0; /* 1: reached in this round or an earlier one */
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t start = 0; start < plan->nodes; start++) {
            if (!work->dry[start] || work->mark[start])
                continue;
            size_t count = 0, outer = 0;
            double sum           = 0.0;
            work->queue[count++] = (int32_t)start;
            work->mark[start]    = 2; /* visited */
            for (size_t i = 0; i < count; i++) {
                int32_t n = work->queue[i];
                for (size_t p = plan->around[n]; p < plan->around[n + 1]; p++) {
                    int32_t l = plan->around_link[p];
                    int32_t o = net->link.from[l] == n ? net->link.to[l] : net->link.from[l];
                    if (!work->dry[o] || work->mark[o] == 1) {
                        sum += head[o];
                        outer++;
                    } else if (work->passes[l] != SHUT && work->mark[o] == 0) {
                        work->mark[o]        = 2;
                        work->queue[count++] = o;
                    }
                }
            }
            grown |= outer > 0;
            for (size_t i = 0; i < count; i++) {
                int32_t n = work->queue[i];
                if (outer > 0)
                    head[n] = sum / (double)outer;
                work->mark[n] = outer > 0 ? 1 : 3; /* 3: nothing known around it yet */
            }
        }
        for (size_t n = 0; n < plan->nodes; n++)
            if (work->mark[n] == 3)
                work->mark[n] = 0;
    }
    for (size_t n = 0; n < plan->nodes; n++)
        if (work->dry[n] && work->mark[n] == 0)
            head[n] = net->node.elevation[n];
}
