#include "quality/parts.h"

#include "base/curve.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

/* --- what the network's own options ask for --------------------------------------------------------------------- */

bool park_quality_settings_of(const park_network *net, park_quality_constituent *one,
                              park_quality_settings *settings)
{
    const park_net_options *o        = &net->option;
    bool                    chemical = o->quality == PARK_NET_QUALITY_CHEMICAL;
    *one                             = (park_quality_constituent){.name = "quality", .trace_node = -1};
    *settings                        = (park_quality_settings){.step                                                     = 300.0,
                                                               .rest_flow                                                = 3e-7,
                                                               /* 1 L/h, as rounding leaves in dead ends */ .most_pieces = 8,
                                                               .most_segments                                            = 200,
                                                               .constituents                                             = 1,
                                                               .constituent                                              = one};
    if (net->time.quality_step > 0)
        settings->step = (double)net->time.quality_step;
    if (o->quality == PARK_NET_QUALITY_NONE)
        return false;
    one->kind    = o->quality;
    one->initial = net->node.quality;
    /* segments are joined below what the file asks for, because joining comes many times on the way */
    one->tolerance = 0.2 * fmax(0.0, o->quality_tolerance);
    if (o->quality == PARK_NET_QUALITY_TRACE)
        one->trace_node = o->trace_node;
    if (!chemical)
        return true;
    if (o->chemical != NULL)
        one->name = o->chemical;
    one->sources               = net->sources;
    one->source                = net->source;
    one->bulk_order            = o->bulk_order;
    one->tank_order            = o->tank_order;
    one->wall_order            = o->wall_order;
    one->bulk                  = o->bulk;
    one->wall                  = o->wall;
    one->link_bulk             = net->link.bulk;
    one->link_wall             = net->link.wall;
    one->tank_bulk             = net->tank.bulk;
    one->limiting              = o->limiting;
    one->diffusivity           = o->diffusivity;
    one->wall_roughness_factor = o->wall_roughness_factor;
    return true;
}

/* --- checks ----------------------------------------------------------------------------------------------------- */

/* A growth of order above 1 that nothing limits goes to infinity in finite time. */
static bool explodes(double order, double limiting, double k)
{
    return order > 1.0 && limiting == 0.0 && k > 0.0;
}

static park_status check_coefficients(const park_quality_plan *plan, const park_quality_constituent *k,
                                      size_t c, park_error *err)
{
    for (size_t l = 0; l < plan->links; l++) {
        double bulk = plan->link_bulk[l * plan->count + c], wall = plan->link_wall[l * plan->count + c];
        if (!isfinite(bulk) || !isfinite(wall) || explodes(k->bulk_order, k->limiting, bulk))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "%s: reaction coefficients %g and %g of link %s make no sense for order %g",
                             k->name, bulk, wall, plan->net->link.names.text[l], k->bulk_order);
    }
    for (size_t t = 0; t < plan->tanks; t++) {
        double bulk = plan->tank_bulk[t * plan->count + c];
        if (!isfinite(bulk) || explodes(k->tank_order, k->limiting, bulk))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "%s: reaction coefficient %g of tank %s makes no sense for order %g", k->name,
                             bulk, plan->net->node.names.text[plan->net->tank.node[t]], k->tank_order);
    }
    return PARK_OK;
}

static park_status check_constituent(const park_quality_plan *plan, const park_quality_constituent *k,
                                     park_error *err)
{
    if (k->kind == PARK_NET_QUALITY_NONE)
        return PARK_FAIL(err, PARK_E_RANGE, "%s: a constituent is a chemical, an age or a trace", k->name);
    if (k->kind == PARK_NET_QUALITY_TRACE && (k->trace_node < 0 || (size_t)k->trace_node >= plan->nodes))
        return PARK_FAIL(err, PARK_E_RANGE, "%s: node %d to trace from is not in the network", k->name,
                         k->trace_node);
    if (isnan(k->tolerance) || !(k->diffusivity >= 0.0) || !isfinite(k->bulk_order) ||
        !isfinite(k->tank_order))
        return PARK_FAIL(
            err, PARK_E_RANGE,
            "%s: tolerance %g, diffusivity %g, orders %g and %g must be numbers, and no diffusivity is "
            "below zero",
            k->name, k->tolerance, k->diffusivity, k->bulk_order, k->tank_order);
    if (k->wall_order != 0.0 && k->wall_order != 1.0)
        return PARK_FAIL(err, PARK_E_RANGE, "%s: wall order is %g; it must be 0 or 1", k->name,
                         k->wall_order);
    for (size_t n = 0; n < plan->nodes && k->initial != NULL; n++)
        if (!(k->initial[n] >= 0.0) || isinf(k->initial[n]))
            return PARK_FAIL(err, PARK_E_RANGE, "%s: initial value %g at node %s; it must not be below zero",
                             k->name, k->initial[n], plan->net->node.names.text[n]);
    for (size_t i = 0; i < k->sources; i++) {
        int32_t node = k->source[i].node;
        if (node < 0 || (size_t)node >= plan->nodes)
            return PARK_FAIL(err, PARK_E_RANGE, "%s: source %zu stands at node %d of %zu", k->name, i + 1,
                             node, plan->nodes);
        if (!(k->source[i].strength >= 0.0))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "%s: the source at node %s has strength %g; it must not be below zero", k->name,
                             plan->net->node.names.text[node], k->source[i].strength);
    }
    return PARK_OK;
}

static park_status check_settings(const park_quality_settings *s, park_error *err)
{
    if (!(s->step > 0.0) || isinf(s->step))
        return PARK_FAIL(err, PARK_E_RANGE, "quality step is %g s; it must be above zero", s->step);
    if (!(s->rest_flow >= 0.0) || isinf(s->rest_flow))
        return PARK_FAIL(err, PARK_E_RANGE, "rest flow is %g m3/s; it must not be below zero", s->rest_flow);
    if (s->constituents < 1 || s->constituents > PARK_QUALITY_MOST)
        return PARK_FAIL(err, PARK_E_RANGE, "%zu constituents; 1 to %d move at once", s->constituents,
                         PARK_QUALITY_MOST);
    if (s->most_pieces < 2 || s->most_pieces > 64 || s->most_segments < 8)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "%d pieces a step must lie in 2..64, %d segments a pipe be 8 or more",
                         s->most_pieces, s->most_segments);
    return PARK_OK;
}

static park_status check_links(const park_network *net, park_error *err)
{
    const park_net_links *link = &net->link;
    int32_t               most = (int32_t)net->node.count;
    for (size_t l = 0; l < link->count; l++) {
        bool pipe = link->kind[l] == PARK_NET_PIPE || link->kind[l] == PARK_NET_CHECK_PIPE;
        if (link->from[l] < 0 || link->from[l] >= most || link->to[l] < 0 || link->to[l] >= most ||
            link->from[l] == link->to[l])
            return PARK_FAIL(err, PARK_E_RANGE, "link %s leads from node %d to node %d", link->names.text[l],
                             link->from[l], link->to[l]);
        if (pipe && (!(link->diameter[l] > 0.0) || !(link->length[l] >= 0.0) ||
                     isinf(link->diameter[l] * link->length[l])))
            return PARK_FAIL(err, PARK_E_RANGE, "pipe %s is %g m long and %g m wide; it must hold water",
                             link->names.text[l], link->length[l], link->diameter[l]);
    }
    return PARK_OK;
}

/* --- the plan --------------------------------------------------------------------------------------------------- */

static void tie_links(park_quality_plan *plan)
{
    const park_net_links *link = &plan->net->link;
    for (size_t l = 0; l < plan->links; l++) {
        plan->start[link->from[l] + 1]++;
        plan->start[link->to[l] + 1]++;
        if (link->kind[l] == PARK_NET_PIPE || link->kind[l] == PARK_NET_CHECK_PIPE)
            plan->volume[l] = 0.25 * PI * link->diameter[l] * link->diameter[l] * link->length[l];
    }
    for (size_t n = 0; n < plan->nodes; n++) {
        if (plan->start[n + 1] > plan->degree)
            plan->degree = plan->start[n + 1];
        plan->start[n + 1] += plan->start[n];
    }
    for (size_t l = plan->links; l-- > 0;) { /* filled from behind: rising numbers at each node */
        plan->incident[--plan->start[link->from[l] + 1]] = (int32_t)l;
        plan->incident[--plan->start[link->to[l] + 1]]   = (int32_t)l;
    }
    for (size_t n = 0; n < plan->nodes; n++) /* every start slid down one place */
        plan->start[n] = plan->start[n + 1];
    plan->start[plan->nodes] = 2 * plan->links;
}

/* Volume of the mixing zone: a share of the full tank. */
static double mixing_zone(const park_network *net, size_t t)
{
    const park_net_tanks *tank = &net->tank;
    if (tank->mixing[t] != PARK_NET_MIX_TWO_COMPARTMENTS)
        return INFINITY;
    double area = 0.25 * PI * tank->diameter[t] * tank->diameter[t];
    double full = area * tank->highest[t];
    if (tank->curve[t] >= 0) {
        const park_net_curve *v = &net->curve[tank->curve[t]];
        park_curve            c = {v->count, v->x, v->y, PARK_CURVE_HOLD};
        full                    = park_curve_value(&c, tank->highest[t]);
    } else if (tank->dead_volume[t] > 0.0) {
        full = tank->dead_volume[t] + area * (tank->highest[t] - tank->lowest[t]);
    }
    return fmax(0.0, fmin(1.0, tank->mixing_share[t])) * full;
}

/* A wall coefficient from the pipe's roughness: rougher pipes react more. */
static double wall_by_roughness(const park_network *net, size_t l, double factor)
{
    double rough = net->link.roughness[l];
    if (!(rough > 0.0))
        return 0.0;
    switch (net->option.headloss) {
    case PARK_NET_HAZEN_WILLIAMS:
        return factor / rough;
    case PARK_NET_DARCY_WEISBACH:
        return factor / fabs(log(rough / net->link.diameter[l]));
    default:
        return factor * rough;
    }
}

static double own_or(const double *own, size_t i, double common)
{
    return own == NULL || isnan(own[i]) ? common : own[i];
}

static void coefficients(park_quality_plan *plan, size_t c)
{
    const park_quality_constituent *k    = &plan->constituent[c];
    const park_network             *net  = plan->net;
    bool                            chem = k->kind == PARK_NET_QUALITY_CHEMICAL;
    plan->changes[c]                     = k->kind == PARK_NET_QUALITY_AGE;
    for (size_t l = 0; l < plan->links && chem; l++) {
        if (!(plan->volume[l] > 0.0))
            continue;
        double wall =
            k->wall_roughness_factor != 0.0 ? wall_by_roughness(net, l, k->wall_roughness_factor) : k->wall;
        double b = own_or(k->link_bulk, l, k->bulk), w = own_or(k->link_wall, l, wall);
        plan->link_bulk[l * plan->count + c] = b;
        plan->link_wall[l * plan->count + c] = w;
        plan->changes[c] |= b != 0.0 || w != 0.0;
    }
    for (size_t t = 0; t < plan->tanks && chem; t++) {
        double b                             = own_or(k->tank_bulk, t, k->bulk);
        plan->tank_bulk[t * plan->count + c] = b;
        plan->changes[c] |= b != 0.0;
    }
    plan->reacts |= plan->changes[c];
}

/* Sources by node, in the order of constituents and rows. */
static void tie_sources(park_quality_plan *plan)
{
    size_t *start = plan->source_start;
    for (size_t c = 0; c < plan->count; c++)
        for (size_t i = 0; i < plan->constituent[c].sources; i++)
            start[plan->constituent[c].source[i].node + 1]++;
    for (size_t n = 0; n < plan->nodes; n++)
        start[n + 1] += start[n];
    for (size_t c = plan->count; c-- > 0;)
        for (size_t i = plan->constituent[c].sources; i-- > 0;) {
            const park_net_source *s           = &plan->constituent[c].source[i];
            plan->source[--start[s->node + 1]] = (park_quality_source){c, s};
        }
    size_t all = 0;
    for (size_t c = 0; c < plan->count; c++)
        all += plan->constituent[c].sources;
    for (size_t n = 0; n < plan->nodes; n++)
        start[n] = start[n + 1];
    start[plan->nodes] = all;
}

static park_status room(park_arena *arena, park_quality_plan *plan, park_error *err)
{
    size_t sources = 0;
    for (size_t c = 0; c < plan->count; c++)
        sources += plan->settings.constituent[c].kind == PARK_NET_QUALITY_CHEMICAL
                       ? plan->settings.constituent[c].sources
                       : 0;
    plan->constituent  = PARK_ARRAY(arena, plan->count, park_quality_constituent);
    plan->volume       = PARK_ARRAY(arena, plan->links, double);
    plan->start        = PARK_ARRAY(arena, plan->nodes + 1, size_t);
    plan->incident     = PARK_ARRAY(arena, 2 * plan->links, int32_t);
    plan->tank_of      = PARK_ARRAY(arena, plan->nodes, int32_t);
    plan->reservoir    = PARK_ARRAY(arena, plan->nodes, int32_t);
    plan->mixing       = PARK_ARRAY(arena, plan->tanks, double);
    plan->source_start = PARK_ARRAY(arena, plan->nodes + 1, size_t);
    plan->source       = PARK_ARRAY(arena, sources, park_quality_source);
    plan->link_bulk    = PARK_ARRAY(arena, plan->links * plan->count, double);
    plan->link_wall    = PARK_ARRAY(arena, plan->links * plan->count, double);
    plan->tank_bulk    = PARK_ARRAY(arena, plan->tanks * plan->count, double);
    if (plan->constituent == NULL || plan->volume == NULL || plan->start == NULL || plan->incident == NULL ||
        plan->tank_of == NULL || plan->reservoir == NULL || plan->mixing == NULL ||
        plan->source_start == NULL || plan->source == NULL || plan->link_bulk == NULL ||
        plan->link_wall == NULL || plan->tank_bulk == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the quality of %zu links", plan->links);
    return PARK_OK;
}

park_status park_quality_plan_make(park_arena *arena, const park_network *net,
                                   const park_quality_settings *settings, park_quality_plan **out,
                                   park_error *err)
{
    PARK_TRY(check_settings(settings, err));
    PARK_TRY(check_links(net, err));
    park_quality_plan *plan = PARK_NEW(arena, park_quality_plan);
    if (plan == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the quality plan");
    *plan = (park_quality_plan){.net      = net,
                                .settings = *settings,
                                .nodes    = net->node.count,
                                .links    = net->link.count,
                                .tanks    = net->tank.count,
                                .count    = settings->constituents};
    PARK_TRY(room(arena, plan, err));
    for (size_t n = 0; n < plan->nodes; n++) {
        plan->tank_of[n] = -1;
        if (net->node.kind[n] == PARK_NET_RESERVOIR)
            plan->reservoir[plan->reservoirs++] = (int32_t)n;
    }
    for (size_t t = 0; t < plan->tanks; t++) {
        plan->tank_of[net->tank.node[t]] = (int32_t)t;
        plan->mixing[t]                  = mixing_zone(net, t);
    }
    tie_links(plan);
    for (size_t c = 0; c < plan->count; c++) {
        plan->constituent[c] = settings->constituent[c];
        if (plan->constituent[c].name == NULL)
            plan->constituent[c].name = "constituent";
        if (plan->constituent[c].kind != PARK_NET_QUALITY_CHEMICAL)
            plan->constituent[c].sources = 0;
        PARK_TRY(check_constituent(plan, &plan->constituent[c], err));
        coefficients(plan, c);
        PARK_TRY(check_coefficients(plan, &plan->constituent[c], c, err));
    }
    tie_sources(plan);
    plan->settings.constituent = plan->constituent;
    *out                       = plan;
    return PARK_OK;
}
