/*
 * A plan in six steps: check the numbers; peel the forest; number the rest; order and analyse the system; gather columns;
 * list what has to be watched.
 */
#include "hydraulics/plan.h"
#include "hydraulics/leakage.h"

#include <math.h>
#include <string.h>

static park_status no_memory(park_error *err)
{
    return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory for the hydraulics of a network");
}

/* -- 1: numbers that have no meaning -- */

static bool is_device(park_net_link_kind kind)
{
    return kind != PARK_NET_PIPE && kind != PARK_NET_CHECK_PIPE;
}

static bool is_holder(park_net_link_kind kind)
{
    return kind == PARK_NET_PRV || kind == PARK_NET_PSV || kind == PARK_NET_FCV;
}

static park_status check_link(const park_network *net, size_t l, park_error *err)
{
    const park_net_links *link = &net->link;
    const char           *id   = link->names.count > l ? link->names.text[l] : "?";
    if (link->from[l] < 0 || (size_t)link->from[l] >= net->node.count || link->to[l] < 0 ||
        (size_t)link->to[l] >= net->node.count || link->from[l] == link->to[l])
        return PARK_FAIL(err, PARK_E_RANGE, "link %s joins nodes %d and %d of %zu", id, (int)link->from[l],
                         (int)link->to[l], net->node.count);
    if (link->kind[l] == PARK_NET_PUMP)
        return PARK_OK;
    if (!(link->diameter[l] > 0.0 && link->diameter[l] < INFINITY))
        return PARK_FAIL(err, PARK_E_RANGE, "the diameter of link %s is %g m; it must be above zero", id,
                         link->diameter[l]);
    if (!(link->minor[l] >= 0.0 && link->minor[l] < INFINITY))
        return PARK_FAIL(err, PARK_E_RANGE, "the minor loss of link %s is %g; it must not be below zero", id,
                         link->minor[l]);
    if (is_device(link->kind[l]))
        return PARK_OK;
    if (!(link->length[l] > 0.0 && link->length[l] < INFINITY))
        return PARK_FAIL(err, PARK_E_RANGE, "the length of pipe %s is %g m; it must be above zero", id,
                         link->length[l]);
    bool smooth = net->option.headloss == PARK_NET_DARCY_WEISBACH;
    if (!(link->roughness[l] >= 0.0 && link->roughness[l] < INFINITY && (smooth || link->roughness[l] > 0.0)))
        return PARK_FAIL(err, PARK_E_RANGE, "the roughness of pipe %s is %g; it must be above zero", id,
                         link->roughness[l]);
    return PARK_OK;
}

/* Two valves that want to set the same head, or feed on each other's. */
static bool valves_clash(park_net_link_kind a, int32_t a_from, int32_t a_to, park_net_link_kind b,
                         int32_t b_from, int32_t b_to)
{
    if (a == PARK_NET_PRV && b == PARK_NET_PRV)
        return a_to == b_to || a_to == b_from || b_to == a_from;
    if (a == PARK_NET_PSV && b == PARK_NET_PSV)
        return a_from == b_from || a_from == b_to || b_from == a_to;
    if (a == PARK_NET_PRV && b == PARK_NET_PSV)
        return a_to == b_from;
    if (a == PARK_NET_FCV && b == PARK_NET_PSV)
        return a_to == b_from;
    if (a == PARK_NET_PRV && b == PARK_NET_FCV)
        return a_to == b_from;
    return false;
}

static park_status check_valves(const park_network *net, const size_t *around, const int32_t *around_link,
                                park_error *err)
{
    const park_net_links *link = &net->link;
    for (size_t l = 0; l < link->count; l++) {
        if (!is_holder(link->kind[l]))
            continue;
        const int32_t end[2] = {link->from[l], link->to[l]};
        for (int k = 0; k < 2; k++) {
            if (net->node.kind[end[k]] != PARK_NET_JUNCTION)
                return PARK_FAIL(err, PARK_E_RANGE,
                                 "valve %s stands at a tank or reservoir; put a pipe between",
                                 link->names.text[l]);
            for (size_t p = around[end[k]]; p < around[end[k] + 1]; p++) {
                size_t o = (size_t)around_link[p];
                if (o != l && is_holder(link->kind[o]) &&
                    (valves_clash(link->kind[l], link->from[l], link->to[l], link->kind[o], link->from[o],
                                  link->to[o]) ||
                     valves_clash(link->kind[o], link->from[o], link->to[o], link->kind[l], link->from[l],
                                  link->to[l])))
                    return PARK_FAIL(err, PARK_E_RANGE, "valves %s and %s want to rule the same node",
                                     link->names.text[l], link->names.text[o]);
            }
        }
    }
    return PARK_OK;
}

/* -- the graph -- */

static park_status graph_make(park_arena *arena, const park_network *net, park_hydraulic_plan *plan,
                              park_error *err)
{
    plan->around      = PARK_ARRAY(arena, plan->nodes + 2, size_t);
    plan->around_link = PARK_ARRAY(arena, 2 * plan->links, int32_t);
    if (plan->around == NULL || plan->around_link == NULL)
        return no_memory(err);
    size_t *next = plan->around + 1;
    for (size_t l = 0; l < plan->links; l++) {
        next[net->link.from[l] + 1]++;
        next[net->link.to[l] + 1]++;
    }
    for (size_t n = 1; n <= plan->nodes; n++)
        next[n] += next[n - 1];
    for (size_t l = 0; l < plan->links; l++) {
        plan->around_link[next[net->link.from[l]]++] = (int32_t)l;
        plan->around_link[next[net->link.to[l]]++]   = (int32_t)l;
    }
    return PARK_OK;
}

static int32_t other_end(const park_network *net, int32_t link, int32_t node)
{
    return net->link.from[link] == node ? net->link.to[link] : net->link.from[link];
}

/* -- 2: the forest -- */

static bool may_be_leaf(const park_network *net, size_t n, const double *leak, const double *leak_grows,
                        const bool *looked_at)
{
    return net->node.kind[n] == PARK_NET_JUNCTION && !(net->node.emitter[n] > 0.0) && leak[n] == 0.0 &&
           leak_grows[n] == 0.0 && !looked_at[n];
}

/* Peel nodes with one link left, from the tips inwards; core_of marks forest links by -1, point forest nodes by -1. */
static park_status forest_peel(park_arena *arena, park_arena *scratch, const park_network *net,
                               const double *leak, const double *leak_grows, park_hydraulic_plan *plan,
                               park_error *err)
{
    int32_t *degree    = PARK_ARRAY(scratch, plan->nodes, int32_t);
    bool    *looked_at = PARK_ARRAY(scratch, plan->nodes, bool);
    int32_t *leaf      = PARK_ARRAY(scratch, plan->nodes, int32_t),
            *by        = PARK_ARRAY(scratch, plan->nodes, int32_t);
    if (degree == NULL || looked_at == NULL || leaf == NULL || by == NULL)
        return no_memory(err);
    for (size_t i = 0; i < plan->controls; i++) {
        const park_net_control *c = &net->control[plan->control[i]];
        looked_at[c->node] = looked_at[net->link.from[c->link]] = looked_at[net->link.to[c->link]] = true;
    }
    for (size_t n = 0; n < plan->nodes; n++)
        degree[n] = (int32_t)(plan->around[n + 1] - plan->around[n]);
    size_t count = 0;
    for (size_t start = 0; start < plan->nodes && !net->option.pressure_driven; start++)
        for (int32_t n = (int32_t)start; n >= 0 && degree[n] == 1 && plan->point[n] == 0 &&
                                         may_be_leaf(net, (size_t)n, leak, leak_grows, looked_at);) {
            int32_t l = -1;
            for (size_t p = plan->around[n]; p < plan->around[n + 1]; p++)
                if (plan->core_of[plan->around_link[p]] == 0)
                    l = plan->around_link[p];
            if (net->link.kind[l] != PARK_NET_PIPE)
                break;
            leaf[count]    = n;
            by[count++]    = l;
            plan->point[n] = plan->core_of[l] = -1;
            n                                 = other_end(net, l, n);
            degree[n]--;
        }
    plan->leaves      = count;
    plan->leaf        = PARK_ARRAY(arena, count, int32_t);
    plan->leaf_link   = PARK_ARRAY(arena, count, int32_t);
    plan->leaf_parent = PARK_ARRAY(arena, count, int32_t);
    plan->leaf_in     = PARK_ARRAY(arena, count, bool);
    if (plan->leaf == NULL || plan->leaf_link == NULL || plan->leaf_parent == NULL || plan->leaf_in == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        plan->leaf[i]        = leaf[i];
        plan->leaf_link[i]   = by[i];
        plan->leaf_parent[i] = other_end(net, by[i], leaf[i]);
        plan->leaf_in[i]     = net->link.to[by[i]] == leaf[i];
    }
    return PARK_OK;
}

/* -- 3 and 4: numbers for the rest -- */

/* The system of the unknown heads; point[] becomes the place in the elimination. */
static park_status system_make(park_arena *arena, park_arena *scratch, const park_network *net,
                               park_hydraulic_plan *plan, park_error *err)
{
    size_t links = 0;
    for (size_t n = 0; n < plan->nodes; n++)
        if (plan->point[n] == 0 && net->node.kind[n] == PARK_NET_JUNCTION)
            plan->point[n] = (int32_t)plan->unknowns++;
        else if (plan->point[n] == 0)
            plan->point[n] = -2;
    int32_t *row = PARK_ARRAY(scratch, plan->links, int32_t),
            *col = PARK_ARRAY(scratch, plan->links, int32_t);
    if (row == NULL || col == NULL)
        return no_memory(err);
    for (size_t l = 0; l < plan->links; l++)
        if (plan->core_of[l] == 0) {
            row[links]   = plan->point[net->link.from[l]];
            col[links++] = plan->point[net->link.to[l]];
        }
    PARK_TRY(
        park_spd_plan_make(arena, scratch, PARK_SPD_LDL, plan->unknowns, links, row, col, &plan->spd, err));
    plan->cores  = links;
    plan->points = plan->unknowns;
    for (size_t n = 0; n < plan->nodes; n++)
        if (plan->point[n] >= 0)
            plan->point[n] = plan->spd->position[plan->point[n]];
        else if (plan->point[n] == -2)
            plan->point[n] = (int32_t)plan->points++;
    plan->node_of = PARK_ARRAY(arena, plan->points, int32_t);
    if (plan->node_of == NULL)
        return no_memory(err);
    for (size_t n = 0; n < plan->nodes; n++)
        if (plan->point[n] >= 0)
            plan->node_of[plan->point[n]] = (int32_t)n;
    return PARK_OK;
}

/* Core links in their order: pipes by the earlier of their points, then devices as the network lists them. */
static park_status links_order(park_arena *arena, park_arena *scratch, const park_network *net,
                               park_hydraulic_plan *plan, park_error *err)
{
    plan->link_of  = PARK_ARRAY(arena, plan->cores, int32_t);
    plan->from     = PARK_ARRAY(arena, plan->cores, int32_t);
    plan->to       = PARK_ARRAY(arena, plan->cores, int32_t);
    plan->slot     = PARK_ARRAY(arena, plan->cores, int32_t);
    int32_t *start = PARK_ARRAY(scratch, plan->points + 2, int32_t),
            *slot  = PARK_ARRAY(scratch, plan->links, int32_t);
    if (plan->link_of == NULL || plan->from == NULL || plan->to == NULL || plan->slot == NULL ||
        start == NULL || slot == NULL)
        return no_memory(err);
    int32_t *next = start + 1;
    size_t   pair = 0;
    for (size_t l = 0; l < plan->links; l++)
        if (plan->core_of[l] == 0) {
            slot[l]   = plan->spd->slot[pair++];
            int32_t a = plan->point[net->link.from[l]], b = plan->point[net->link.to[l]];
            if (is_device(net->link.kind[l]))
                plan->devices++;
            else
                next[(a < b ? a : b) + 1]++;
        }
    for (size_t k = 1; k <= plan->points; k++)
        next[k] += next[k - 1];
    plan->pipes   = plan->cores - plan->devices;
    size_t device = plan->pipes;
    for (size_t l = 0; l < plan->links; l++) {
        if (plan->core_of[l] != 0)
            continue;
        int32_t a = plan->point[net->link.from[l]], b = plan->point[net->link.to[l]];
        size_t  c        = is_device(net->link.kind[l]) ? device++ : (size_t)next[a < b ? a : b]++;
        plan->core_of[l] = (int32_t)c;
        plan->link_of[c] = (int32_t)l;
        plan->from[c]    = a;
        plan->to[c]      = b;
        plan->slot[c]    = slot[l];
    }
    return PARK_OK;
}

/* -- 5: columns -- */

static park_status pipes_make(park_arena *arena, const park_network *net, size_t count, const int32_t *link,
                              park_pipes *pipes, park_error *err)
{
    bool dw = net->option.headloss == PARK_NET_DARCY_WEISBACH;
    *pipes  = (park_pipes){.count      = count,
                           .formula    = net->option.headloss,
                           .resistance = PARK_ARRAY(arena, count, double),
                           .minor      = PARK_ARRAY(arena, count, double),
                           .rough      = PARK_ARRAY(arena, dw ? count : 0, double),
                           .thin       = PARK_ARRAY(arena, dw ? count : 0, double)};
    if (pipes->resistance == NULL || pipes->minor == NULL || pipes->rough == NULL || pipes->thin == NULL)
        return no_memory(err);
    for (size_t i = 0; i < count; i++) {
        int32_t l = link[i];
        park_pipe_set(pipes, i, net->link.length[l], net->link.diameter[l], net->link.roughness[l],
                      net->link.minor[l], net->option.viscosity);
    }
    return PARK_OK;
}

static park_status pumps_make(park_arena *arena, const park_network *net, park_hydraulic_plan *plan,
                              park_error *err)
{
    plan->pumps   = net->pump.count;
    plan->pump    = PARK_ARRAY(arena, plan->pumps, park_pump);
    plan->pump_of = PARK_ARRAY(arena, plan->links, int32_t);
    if (plan->pump == NULL || plan->pump_of == NULL)
        return no_memory(err);
    for (size_t l = 0; l < plan->links; l++)
        plan->pump_of[l] = -1;
    for (size_t i = 0; i < plan->pumps; i++) {
        int32_t l = net->pump.link[i], curve = net->link.curve[l];
        plan->pump_of[l] = (int32_t)i;
        park_status status =
            park_pump_make(curve >= 0 ? &net->curve[curve] : NULL, net->pump.power[i], &plan->pump[i], err);
        if (status != PARK_OK) {
            if (err != NULL && net->link.names.count > (size_t)l)
                (void)park_error_at(err, net->link.names.text[l]);
            return status;
        }
    }
    for (size_t l = 0; l < plan->links; l++)
        if (net->link.kind[l] == PARK_NET_PUMP && plan->pump_of[l] < 0)
            return PARK_FAIL(err, PARK_E_RANGE, "pump %s has neither a curve nor a power",
                             net->link.names.text[l]);
    return PARK_OK;
}

static park_status devices_make(park_arena *arena, const park_network *net, park_hydraulic_plan *plan,
                                park_error *err)
{
    plan->device = PARK_ARRAY(arena, plan->devices, park_device);
    size_t room  = 0;
    for (size_t i = 0; i < plan->devices; i++) {
        int32_t l = plan->link_of[plan->pipes + i];
        if (net->link.kind[l] == PARK_NET_PRV || net->link.kind[l] == PARK_NET_PSV) {
            int32_t n = net->link.kind[l] == PARK_NET_PRV ? net->link.to[l] : net->link.from[l];
            room += plan->around[n + 1] - plan->around[n];
        }
    }
    plan->incident = PARK_ARRAY(arena, room, int32_t);
    if (plan->device == NULL || plan->incident == NULL)
        return no_memory(err);
    int32_t filled = 0;
    for (size_t i = 0; i < plan->devices; i++) {
        size_t             c = plan->pipes + i;
        int32_t            l = plan->link_of[c], curve = net->link.curve[l];
        park_net_link_kind kind = net->link.kind[l];
        park_device       *d    = &plan->device[i];
        *d = (park_device){.kind = kind, .pump = plan->pump_of[l], .held = -1, .drawn = -1, .first = filled};
        if (kind != PARK_NET_PUMP)
            d->minor = park_minor_loss(net->link.minor[l], net->link.diameter[l]);
        if (curve >= 0 && (kind == PARK_NET_GPV || kind == PARK_NET_PCV))
            d->curve = &net->curve[curve];
        if (kind == PARK_NET_GPV && d->curve == NULL)
            return PARK_FAIL(err, PARK_E_RANGE, "valve %s has no curve", net->link.names.text[l]);
        plan->holders += is_holder(kind);
        if (kind == PARK_NET_PRV || kind == PARK_NET_PSV) {
            int32_t n = kind == PARK_NET_PRV ? net->link.to[l] : net->link.from[l];
            d->held   = plan->point[n];
            d->drawn  = plan->point[other_end(net, l, n)];
            d->floor  = net->node.elevation[n];
            for (size_t p = plan->around[n]; p < plan->around[n + 1]; p++) {
                int32_t o = plan->core_of[plan->around_link[p]];
                if (o >= 0 && o != (int32_t)c)
                    plan->incident[filled++] = plan->from[o] == d->held ? -1 - o : o;
            }
        }
        d->end = filled;
    }
    return PARK_OK;
}

static park_status outlets_make(park_arena *arena, const park_network *net, const double *leak,
                                const double *leak_grows, park_hydraulic_plan *plan, park_error *err)
{
    plan->draws = PARK_ARRAY(arena, plan->nodes, bool);
    if (plan->draws == NULL)
        return no_memory(err);
    for (int pass = 0; pass < 2; pass++) {
        size_t count = 0;
        for (size_t n = 0; n < plan->nodes; n++) {
            plan->draws[n] = net->node.emitter[n] > 0.0 || leak[n] > 0.0 || leak_grows[n] > 0.0;
            if (net->node.kind[n] != PARK_NET_JUNCTION || plan->point[n] < 0)
                continue;
            const double coefficient[] = {[PARK_OUTLET_EMITTER]    = net->node.emitter[n],
                                          [PARK_OUTLET_LEAK]       = leak[n],
                                          [PARK_OUTLET_LEAK_GROWS] = leak_grows[n],
                                          [PARK_OUTLET_DEMAND]     = net->option.pressure_driven ? 1.0 : 0.0};
            for (int k = 0; k < 4; k++) {
                if (!(coefficient[k] > 0.0))
                    continue;
                if (pass == 1)
                    plan->outlet[count] = (park_outlet){
                        (park_outlet_kind)k, (int32_t)n, plan->point[n], coefficient[k],
                        net->node.elevation[n] + (k == PARK_OUTLET_DEMAND ? net->option.pressure_min : 0.0)};
                count++;
            }
        }
        if (pass == 0) {
            plan->outlets = count;
            plan->outlet  = PARK_ARRAY(arena, count, park_outlet);
            if (plan->outlet == NULL)
                return no_memory(err);
        }
    }
    return PARK_OK;
}

/* -- 6: what has to be watched -- */

static bool is_watched(const park_network *net, size_t l)
{
    park_net_link_kind kind = net->link.kind[l];
    return kind == PARK_NET_CHECK_PIPE || kind == PARK_NET_PUMP || kind == PARK_NET_FCV ||
           net->node.kind[net->link.from[l]] == PARK_NET_TANK ||
           net->node.kind[net->link.to[l]] == PARK_NET_TANK;
}

static park_status watch_make(park_arena *arena, const park_network *net, park_hydraulic_plan *plan,
                              park_error *err)
{
    for (size_t l = 0; l < plan->links; l++)
        plan->watched += plan->core_of[l] >= 0 && is_watched(net, l);
    plan->watch   = PARK_ARRAY(arena, plan->watched, int32_t);
    plan->tank_of = PARK_ARRAY(arena, plan->nodes, int32_t);
    if (plan->watch == NULL || plan->tank_of == NULL)
        return no_memory(err);
    size_t count = 0;
    for (size_t l = 0; l < plan->links; l++)
        if (plan->core_of[l] >= 0 && is_watched(net, l))
            plan->watch[count++] = plan->core_of[l];
    for (size_t n = 0; n < plan->nodes; n++)
        plan->tank_of[n] = -1;
    for (size_t i = 0; i < net->tank.count; i++)
        plan->tank_of[net->tank.node[i]] = (int32_t)i;
    return PARK_OK;
}

static park_status controls_make(park_arena *arena, const park_network *net, park_hydraulic_plan *plan,
                                 park_error *err)
{
    plan->control = PARK_ARRAY(arena, net->controls, int32_t);
    if (plan->control == NULL)
        return no_memory(err);
    for (size_t i = 0; i < net->controls; i++) {
        const park_net_control *c = &net->control[i];
        if (c->enabled && c->node >= 0 && net->node.kind[c->node] == PARK_NET_JUNCTION &&
            (c->when == PARK_NET_WHEN_ABOVE || c->when == PARK_NET_WHEN_BELOW))
            plan->control[plan->controls++] = (int32_t)i;
    }
    return PARK_OK;
}

static park_status check_all(const park_network *net, park_error *err)
{
    if (net->node.count >= INT32_MAX / 2 || net->link.count >= INT32_MAX / 2)
        return PARK_FAIL(err, PARK_E_RANGE, "a network of %zu nodes is too large", net->node.count);
    for (size_t l = 0; l < net->link.count; l++)
        PARK_TRY(check_link(net, l, err));
    for (size_t n = 0; n < net->node.count; n++)
        if (!isfinite(net->node.elevation[n]))
            return PARK_FAIL(err, PARK_E_RANGE, "node %s has no elevation", net->node.names.text[n]);
    if (net->option.headloss == PARK_NET_DARCY_WEISBACH && !(net->option.viscosity > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the viscosity is %g m2/s; it must be above zero",
                         net->option.viscosity);
    if (!(net->option.emitter_exponent > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE, "the exponent of emitters is %g; it must be above zero",
                         net->option.emitter_exponent);
    if (net->option.pressure_driven && !(net->option.pressure_exponent > 0.0))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the exponent of pressure-driven demand is %g; it must be above zero",
                         net->option.pressure_exponent);
    return PARK_OK;
}

park_status park_hydraulic_plan_build(park_arena *arena, park_arena *scratch, const park_network *net,
                                      park_hydraulic_plan **plan, park_error *err)
{
    PARK_TRY(check_all(net, err));
    size_t               before = park_arena_bytes(arena);
    park_hydraulic_plan *made   = PARK_NEW(arena, park_hydraulic_plan);
    double              *leak   = PARK_ARRAY(scratch, net->node.count, double),
           *grows               = PARK_ARRAY(scratch, net->node.count, double);
    if (made == NULL || leak == NULL || grows == NULL)
        return no_memory(err);
    made->net     = net;
    made->nodes   = net->node.count;
    made->links   = net->link.count;
    made->point   = PARK_ARRAY(arena, made->nodes, int32_t);
    made->core_of = PARK_ARRAY(arena, made->links, int32_t);
    if (made->point == NULL || made->core_of == NULL)
        return no_memory(err);
    (void)park_leak_coefficients(net, leak, grows);
    PARK_TRY(graph_make(arena, net, made, err));
    PARK_TRY(check_valves(net, made->around, made->around_link, err));
    PARK_TRY(controls_make(arena, net, made, err));
    PARK_TRY(forest_peel(arena, scratch, net, leak, grows, made, err));
    PARK_TRY(system_make(arena, scratch, net, made, err));
    PARK_TRY(links_order(arena, scratch, net, made, err));
    PARK_TRY(pipes_make(arena, net, made->pipes, made->link_of, &made->pipe, err));
    PARK_TRY(pipes_make(arena, net, made->leaves, made->leaf_link, &made->branch, err));
    PARK_TRY(pumps_make(arena, net, made, err));
    PARK_TRY(devices_make(arena, net, made, err));
    PARK_TRY(outlets_make(arena, net, leak, grows, made, err));
    PARK_TRY(watch_make(arena, net, made, err));
    made->bytes = park_arena_bytes(arena) - before;
    *plan       = made;
    return PARK_OK;
}

park_status park_hydraulic_plan_make(park_arena *arena, const park_network *net, park_hydraulic_plan **plan,
                                     park_error *err)
{
    park_arena *scratch = park_arena_new();
    if (scratch == NULL)
        return no_memory(err);
    park_status status = park_hydraulic_plan_build(arena, scratch, net, plan, err);
    park_arena_free(scratch);
    return status;
}

/* -- a network of the same graph -- */

static bool same_graph(const park_network *a, const park_network *b)
{
    bool same = a->node.count == b->node.count && a->link.count == b->link.count &&
                a->pump.count == b->pump.count && a->tank.count == b->tank.count &&
                a->controls == b->controls && a->option.headloss == b->option.headloss &&
                a->option.pressure_driven == b->option.pressure_driven;
    for (size_t n = 0; same && n < a->node.count; n++)
        same = a->node.kind[n] == b->node.kind[n] && (a->node.emitter[n] > 0.0) == (b->node.emitter[n] > 0.0);
    for (size_t l = 0; same && l < a->link.count; l++)
        same = a->link.from[l] == b->link.from[l] && a->link.to[l] == b->link.to[l] &&
               a->link.kind[l] == b->link.kind[l];
    for (size_t i = 0; same && i < a->pump.count; i++)
        same = a->pump.link[i] == b->pump.link[i];
    for (size_t i = 0; same && i < a->tank.count; i++)
        same = a->tank.node[i] == b->tank.node[i];
    for (size_t i = 0; same && i < a->controls; i++)
        same = a->control[i].enabled == b->control[i].enabled && a->control[i].node == b->control[i].node &&
               a->control[i].link == b->control[i].link && a->control[i].when == b->control[i].when;
    return same;
}

static bool same_leaks(const park_network *a, const park_network *b, const double *leak, const double *grows,
                       double *other, double *other_grows)
{
    bool same = true;
    (void)park_leak_coefficients(a, other, other_grows);
    for (size_t n = 0; n < b->node.count; n++)
        same &= (leak[n] > 0.0) == (other[n] > 0.0) && (grows[n] > 0.0) == (other_grows[n] > 0.0);
    return same;
}

static park_status vary(park_arena *arena, park_arena *scratch, const park_hydraulic_plan *like,
                        const park_network *net, park_hydraulic_plan **plan, park_error *err)
{
    PARK_TRY(check_all(net, err));
    double *column[4];
    for (size_t i = 0; i < 4; i++)
        if ((column[i] = PARK_ARRAY(scratch, net->node.count, double)) == NULL)
            return no_memory(err);
    (void)park_leak_coefficients(net, column[0], column[1]);
    if (!same_graph(like->net, net) ||
        !same_leaks(like->net, net, column[0], column[1], column[2], column[3]))
        return PARK_FAIL(err, PARK_E_RANGE,
                         "a plan of %zu nodes and %zu links does not fit a network of another graph",
                         like->nodes, like->links);
    park_hydraulic_plan *made = PARK_NEW(arena, park_hydraulic_plan);
    if (made == NULL)
        return no_memory(err);
    *made         = *like;
    made->net     = net;
    made->holders = 0;
    PARK_TRY(pipes_make(arena, net, made->pipes, made->link_of, &made->pipe, err));
    PARK_TRY(pipes_make(arena, net, made->leaves, made->leaf_link, &made->branch, err));
    PARK_TRY(pumps_make(arena, net, made, err));
    PARK_TRY(devices_make(arena, net, made, err));
    PARK_TRY(outlets_make(arena, net, column[0], column[1], made, err));
    *plan = made;
    return PARK_OK;
}

park_status park_hydraulic_plan_vary(park_arena *arena, const park_hydraulic_plan *like,
                                     const park_network *net, park_hydraulic_plan **plan, park_error *err)
{
    park_arena *scratch = park_arena_new();
    if (scratch == NULL)
        return no_memory(err);
    park_status status = vary(arena, scratch, like, net, plan, err);
    park_arena_free(scratch);
    return status;
}

size_t park_hydraulic_plan_bytes(const park_hydraulic_plan *plan)
{
    return plan->bytes;
}
