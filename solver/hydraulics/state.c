/* Settings that a network asks for, states to start from, works to compute in. */
#include "base/wide.h"
#include "hydraulics/plan.h"

#include <math.h>

park_hydraulic_settings park_hydraulic_settings_of(const park_network *net)
{
    const park_net_options *o = &net->option;
    return (park_hydraulic_settings){
        .trials       = o->trials > 200 ? o->trials : 200,
        .extra_trials = o->extra_trials,
        .accuracy     = o->accuracy > 0.0 ? fmin(o->accuracy, 1e-5) : 1e-5,
        .head_error   = o->head_error > 0.0 ? fmin(o->head_error, 1e-4) : 1e-4,
        .flow_change  = o->flow_change > 0.0 ? fmin(o->flow_change, 1e-5) : 1e-5,
        .imbalance    = 1e-9,
        .check_every  = o->check_every > 0 ? o->check_every : 2,
        .check_until  = o->check_until > 0 ? o->check_until : 10,
        .damp_limit   = o->damp_limit,
    };
}

static park_status no_memory(park_error *err)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to solve the hydraulics of a network");
}

/* What belongs to a work whether its numbers stand alone or in a lane. */
static park_status work_own(park_arena *arena, const park_hydraulic_plan *plan, park_hydraulic_work *w,
                            park_error *err)
{
    double **outlets[] = {&w->drawn, &w->given, &w->spare, &w->full};
    bool     full      = false;
    for (size_t i = 0; i < sizeof outlets / sizeof outlets[0]; i++)
        full |= (*outlets[i] = PARK_ARRAY(arena, plan->outlets, double)) == NULL;
    w->out         = PARK_ARRAY(arena, plan->points, double);
    w->set         = PARK_ARRAY(arena, plan->devices, double);
    w->status      = PARK_ARRAY(arena, plan->cores, uint8_t);
    w->flips       = PARK_ARRAY(arena, plan->cores, uint8_t);
    w->forced      = PARK_ARRAY(arena, plan->devices, uint8_t);
    w->branch_flow = PARK_ARRAY(arena, plan->leaves, double);
    w->need        = PARK_ARRAY(arena, plan->nodes, double);
    w->command     = PARK_ARRAY(arena, plan->links, park_net_status);
    w->passes      = PARK_ARRAY(arena, plan->links, uint8_t);
    w->source      = PARK_ARRAY(arena, plan->nodes, uint8_t);
    w->cut         = PARK_ARRAY(arena, plan->nodes, uint8_t);
    w->dry         = PARK_ARRAY(arena, plan->nodes, uint8_t);
    w->queue       = PARK_ARRAY(arena, plan->nodes, int32_t);
    w->mark        = PARK_ARRAY(arena, plan->nodes, int32_t);
    w->shut        = PARK_ARRAY(arena, plan->pipes, int32_t);
    w->zone        = PARK_ARRAY(arena, plan->holders > 0 ? plan->nodes : 0, int32_t);
    w->zone_flag   = PARK_ARRAY(arena, plan->holders > 0 ? plan->nodes : 0, int32_t);
    if (full || w->out == NULL || w->set == NULL || w->status == NULL || w->flips == NULL ||
        w->forced == NULL || w->branch_flow == NULL || w->need == NULL || w->command == NULL ||
        w->passes == NULL || w->source == NULL || w->cut == NULL || w->dry == NULL || w->queue == NULL ||
        w->mark == NULL || w->shut == NULL || w->zone == NULL || w->zone_flag == NULL)
        return no_memory(err);
    return PARK_OK;
}

park_status park_hydraulic_work_make(park_arena *arena, const park_hydraulic_plan *plan,
                                     park_hydraulic_work **work, park_error *err)
{
    park_hydraulic_work *w = PARK_NEW(arena, park_hydraulic_work);
    if (w == NULL)
        return no_memory(err);
    PARK_TRY(park_spd_work_make(arena, plan->spd, &w->system, err));
    double **points[] = {&w->head, &w->step, &w->side, &w->diag, &w->load};
    double **cores[]  = {&w->flow, &w->give, &w->next};
    bool     full     = false;
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
        full |= (*points[i] = PARK_ARRAY(arena, plan->points, double)) == NULL;
    for (size_t i = 0; i < sizeof cores / sizeof cores[0]; i++)
        full |= (*cores[i] = PARK_ARRAY(arena, plan->cores, double)) == NULL;
    if (full)
        return no_memory(err);
    w->system.diag = w->diag;
    *work          = w;
    return work_own(arena, plan, w, err);
}

park_status park_hydraulic_work_lane(park_arena *arena, const park_hydraulic_plan *plan,
                                     park_hydraulic_work **work, park_error *err)
{
    park_hydraulic_work *w = PARK_NEW(arena, park_hydraulic_work);
    if (w == NULL)
        return no_memory(err);
    w->spread = PARK_LANES_POWER;
    *work     = w;
    return work_own(arena, plan, w, err);
}

park_status park_hydraulic_plan_like(park_arena *arena, const park_hydraulic_plan *like,
                                     const park_network *net, park_hydraulic_plan **plan, park_error *err)
{
    const park_network *own = like->net;
    if (net->node.count != own->node.count || net->link.count != own->link.count ||
        net->tank.count != own->tank.count || net->pump.count != own->pump.count ||
        net->controls != own->controls)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "a plan of %zu nodes and %zu links does not fit a network of %zu and %zu",
                         own->node.count, own->link.count, net->node.count, net->link.count);
    park_hydraulic_plan *made = PARK_NEW(arena, park_hydraulic_plan);
    if (made == NULL)
        return no_memory(err);
    *made     = *like;
    made->net = net;
    *plan     = made;
    return PARK_OK;
}

static park_status state_columns(park_arena *arena, const park_hydraulic_plan *plan,
                                 park_hydraulic_state *state, park_error *err)
{
    *state = (park_hydraulic_state){.demand     = PARK_ARRAY(arena, plan->nodes, double),
                                    .head       = PARK_ARRAY(arena, plan->nodes, double),
                                    .command    = PARK_ARRAY(arena, plan->links, park_net_status),
                                    .setting    = PARK_ARRAY(arena, plan->links, double),
                                    .tank_full  = PARK_ARRAY(arena, plan->nodes, bool),
                                    .tank_empty = PARK_ARRAY(arena, plan->nodes, bool),
                                    .flow       = PARK_ARRAY(arena, plan->links, double),
                                    .status     = PARK_ARRAY(arena, plan->links, park_flow_status),
                                    .loss       = PARK_ARRAY(arena, plan->links, double),
                                    .delivered  = PARK_ARRAY(arena, plan->nodes, double),
                                    .emitter    = PARK_ARRAY(arena, plan->nodes, double),
                                    .leak       = PARK_ARRAY(arena, plan->nodes, double),
                                    .inflow     = PARK_ARRAY(arena, plan->nodes, double)};
    if (state->demand == NULL || state->head == NULL || state->command == NULL || state->setting == NULL ||
        state->tank_full == NULL || state->tank_empty == NULL || state->flow == NULL ||
        state->status == NULL || state->loss == NULL || state->delivered == NULL || state->emitter == NULL ||
        state->leak == NULL || state->inflow == NULL)
        return no_memory(err);
    return PARK_OK;
}

static double first_factor(const park_network *net, int32_t pattern)
{
    return pattern >= 0 && net->pattern[pattern].count > 0 ? net->pattern[pattern].factor[0] : 1.0;
}

/* Every link as the file states it, each at a first guess of its flow. */
static void state_links(const park_hydraulic_plan *plan, park_hydraulic_state *state)
{
    const park_net_links *link = &plan->net->link;
    for (size_t l = 0; l < plan->links; l++) {
        bool pump         = link->kind[l] == PARK_NET_PUMP;
        state->command[l] = link->status[l];
        state->setting[l] = pump && isnan(link->setting[l]) ? 1.0 : link->setting[l];
        if (pump && link->status[l] == PARK_NET_CLOSED)
            state->setting[l] = 0.0;
        bool shut        = link->status[l] == PARK_NET_CLOSED && link->kind[l] != PARK_NET_CHECK_PIPE;
        state->status[l] = shut                                 ? PARK_FLOW_CLOSED
                           : link->status[l] == PARK_NET_ACTIVE ? PARK_FLOW_ACTIVE
                                                                : PARK_FLOW_OPEN;
        state->flow[l]   = pump
                               ? plan->pump[plan->pump_of[l]].design * state->setting[l]
                               : 3.14159265358979323846 / 4.0 * link->diameter[l] * link->diameter[l] * PARK_FT;
        if (shut)
            state->flow[l] = 0.0;
    }
}

park_status park_hydraulic_state_make(park_arena *arena, const park_hydraulic_plan *plan,
                                      park_hydraulic_state *state, park_error *err)
{
    const park_network *net = plan->net;
    PARK_TRY(state_columns(arena, plan, state, err));
    for (size_t i = 0; i < net->demand.count; i++)
        state->demand[net->demand.node[i]] +=
            net->demand.base[i] * first_factor(net, net->demand.pattern[i]) * net->option.demand_multiplier;
    double highest = -INFINITY;
    for (size_t n = 0; n < plan->nodes; n++)
        if (net->node.kind[n] == PARK_NET_RESERVOIR)
            state->head[n] = net->node.elevation[n] * first_factor(net, net->node.pattern[n]);
    for (size_t i = 0; i < net->tank.count; i++) {
        int32_t n = net->tank.node[i];
        if (net->node.kind[n] != PARK_NET_TANK)
            continue;
        state->head[n]       = net->node.elevation[n] + net->tank.level[i];
        state->tank_full[n]  = net->tank.level[i] >= net->tank.highest[i];
        state->tank_empty[n] = net->tank.level[i] <= net->tank.lowest[i];
    }
    for (size_t n = 0; n < plan->nodes; n++)
        if (net->node.kind[n] != PARK_NET_JUNCTION)
            highest = fmax(highest, state->head[n]);
    for (size_t n = 0; n < plan->nodes; n++)
        if (net->node.kind[n] == PARK_NET_JUNCTION)
            state->head[n] = isfinite(highest) ? highest : net->node.elevation[n];
    state_links(plan, state);
    return PARK_OK;
}
