/* network_check.c - what a network cannot be solved with, told by name. */
#include <parkwater/network.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *path_of(park_findings *findings, const char *table, const park_names *names, int32_t index)
{
    return park_arena_printf(findings->arena, "%s.%s", table, names->text[index]);
}

/* --- numbers --- */

static bool fixed_head(const park_network *net, int32_t node)
{
    return net->node.kind[node] != PARK_NET_JUNCTION;
}

static void check_pipe(const park_network *net, size_t l, park_findings *findings)
{
    const struct {
        const char *en, *zh;
        double      value;
    } ROWS[] = {{"length", "长度", net->link.length[l]},
                {"diameter", "管径", net->link.diameter[l]},
                {"roughness", "粗糙系数", net->link.roughness[l]}};
    for (size_t i = 0; i < 3; i++)
        if (!(ROWS[i].value > 0.0 && isfinite(ROWS[i].value))) {
            const char *path = path_of(findings, "links", &net->link.names, (int32_t)l);
            park_finding_add(findings, PARK_E0629, PARK_ERROR, path,
                             "%1$s%2$.0s of pipe '%3$s' is %4$g; it must be above zero",
                             "%1$.0s管道“%3$s”的%2$s为 %4$g，须大于零", ROWS[i].en, ROWS[i].zh,
                             net->link.names.text[l], ROWS[i].value);
        }
}

static void check_numbers(const park_network *net, park_findings *findings)
{
    for (size_t n = 0; n < net->node.count; n++)
        if (!isfinite(net->node.elevation[n]))
            park_finding_add(
                findings, PARK_E0629, PARK_ERROR, path_of(findings, "nodes", &net->node.names, (int32_t)n),
                "the elevation of node '%s' is no number", "节点“%s”的标高不是数字", net->node.names.text[n]);
    for (size_t row = 0; row < net->demand.count; row++)
        if (!isfinite(park_network_demand_mean(net, row)))
            park_finding_add(findings, PARK_E0629, PARK_ERROR,
                             path_of(findings, "nodes", &net->node.names, net->demand.node[row]),
                             "the demand of node '%s' by its pattern is no number",
                             "节点“%s”按其模式计算的用水量不是数字",
                             net->node.names.text[net->demand.node[row]]);
    for (size_t l = 0; l < net->link.count; l++)
        if (net->link.kind[l] <= PARK_NET_CHECK_PIPE)
            check_pipe(net, l, findings);
}

/* --- curves, patterns, pumps --- */

static void check_curves(const park_network *net, park_findings *findings)
{
    for (size_t i = 0; i < net->pattern_names.count; i++)
        if (net->pattern[i].count == 0)
            park_finding_add(findings, PARK_E0623, PARK_ERROR,
                             path_of(findings, "patterns", &net->pattern_names, (int32_t)i),
                             "pattern '%s' has no factors", "时间模式“%s”没有系数",
                             net->pattern_names.text[i]);
    for (size_t i = 0; i < net->curve_names.count; i++) {
        const park_net_curve *curve = &net->curve[i];
        size_t                rise  = 1;
        while (rise < curve->count && curve->x[rise] > curve->x[rise - 1])
            rise++;
        if (curve->kind != PARK_NET_CURVE_UNUSED && (curve->count == 0 || rise < curve->count))
            park_finding_add(
                findings, PARK_E0622, PARK_ERROR, path_of(findings, "curves", &net->curve_names, (int32_t)i),
                "curve '%s' does not rise from point to point (%zu points)",
                "曲线“%s”的横坐标不是逐点增大（%zu 点）", net->curve_names.text[i], curve->count);
    }
}

/* Does the power function through shut-off head and two points exist:  h = h0 - r q^n. */
static bool power_function(double h0, double h1, double q1, double h2, double q2)
{
    static const double TINY = 1e-6;
    if (h0 < TINY || h0 - h1 < TINY || h1 - h2 < TINY || !(q1 > 0.0) || !(q2 > q1))
        return false;
    double n = log((h0 - h2) / (h0 - h1)) / log(q2 / q1);
    return n > 0.0 && n <= 20.0;
}

/* A curve of one point is completed to 4/3 of its head at rest and twice its flow; three points from zero flow are a
 * power function; any other curve is followed from point to point. */
static bool pump_curve_falls(const park_net_curve *curve)
{
    if (curve->count == 1)
        return curve->y[0] > 0.0 && curve->x[0] > 0.0;
    if (curve->count == 3 && curve->x[0] == 0.0)
        return power_function(curve->y[0], curve->y[1], curve->x[1], curve->y[2], curve->x[2]);
    for (size_t i = 1; i < curve->count; i++)
        if (!(curve->y[i] < curve->y[i - 1]))
            return false;
    return curve->count > 0;
}

static void check_pumps(const park_network *net, park_findings *findings)
{
    for (size_t p = 0; p < net->pump.count; p++) {
        int32_t link = net->pump.link[p], curve = net->link.curve[link];
        if (curve < 0 && !(net->pump.power[p] > 0.0))
            park_finding_add(findings, PARK_E0624, PARK_ERROR,
                             path_of(findings, "links", &net->link.names, link),
                             "pump '%s' has neither a head curve nor a power",
                             "水泵“%s”既没有扬程曲线也没有功率", net->link.names.text[link]);
        else if (curve >= 0 && !pump_curve_falls(&net->curve[curve]))
            park_finding_add(findings, PARK_E0624, PARK_ERROR,
                             path_of(findings, "links", &net->link.names, link),
                             "the head curve '%2$s' of pump '%1$s' does not fall from point to point",
                             "水泵“%s”的扬程曲线“%s”不是逐点下降", net->link.names.text[link],
                             net->curve_names.text[curve]);
    }
}

/* --- tanks --- */

static void check_tanks(const park_network *net, park_findings *findings)
{
    static const double TINY = 1e-6;
    for (size_t t = 0; t < net->tank.count; t++) {
        double      low = net->tank.lowest[t], level = net->tank.level[t], high = net->tank.highest[t];
        int32_t     curve = net->tank.curve[t];
        const char *path  = path_of(findings, "nodes", &net->node.names, net->tank.node[t]);
        const char *id    = net->node.names.text[net->tank.node[t]];
        if (!(low <= level && level <= high))
            park_finding_add(
                findings, PARK_E0625, PARK_ERROR, path,
                "levels of tank '%s': lowest %g m, initial %g m, highest %g m; they must not fall",
                "水池“%s”的水位：最低 %g m、初始 %g m、最高 %g m；须依次不减", id, low, level, high);
        const park_net_curve *volume = curve >= 0 ? &net->curve[curve] : NULL;
        if (volume != NULL && volume->count > 0 &&
            (low < volume->x[0] - TINY || high > volume->x[volume->count - 1] + TINY))
            park_finding_add(findings, PARK_E0625, PARK_ERROR, path,
                             "the volume curve of tank '%s' covers %g to %g m, its levels go from %g to %g m",
                             "水池“%s”的容积曲线覆盖 %g 至 %g m，而水位为 %g 至 %g m", id, volume->x[0],
                             volume->x[volume->count - 1], low, high);
    }
}

/* --- valves --- */

/* The ends of valves that hold something, as they meet at one node. */
typedef enum valve_end { PRV_TO, PRV_FROM, PSV_TO, PSV_FROM, FCV_TO, FCV_FROM, VALVE_ENDS, NO_END } valve_end;

/* Which ends would contradict each other at one node. */
static const unsigned AGAINST[VALVE_ENDS] = {
    [PRV_TO]   = 1u << PRV_TO | 1u << PRV_FROM | 1u << PSV_FROM | 1u << FCV_FROM,
    [PRV_FROM] = 1u << PRV_TO,
    [PSV_TO]   = 1u << PSV_FROM,
    [PSV_FROM] = 1u << PSV_FROM | 1u << PSV_TO | 1u << PRV_TO | 1u << FCV_TO,
    [FCV_TO]   = 1u << PSV_FROM,
    [FCV_FROM] = 1u << PRV_TO,
};

static valve_end end_of(park_net_link_kind kind, bool to)
{
    switch (kind) {
    case PARK_NET_PRV:
        return to ? PRV_TO : PRV_FROM;
    case PARK_NET_PSV:
        return to ? PSV_TO : PSV_FROM;
    case PARK_NET_FCV:
        return to ? FCV_TO : FCV_FROM;
    default:
        return NO_END;
    }
}

/* `first` keeps, for each node, the first valve of each end. */
static void meet(const park_network *net, int32_t link, int32_t node, valve_end end, int32_t *first,
                 park_findings *findings)
{
    int32_t *here = first + (size_t)node * VALVE_ENDS;
    for (int other = 0; other < VALVE_ENDS; other++)
        if (here[other] >= 0 && (AGAINST[end] & (1u << other)) != 0) {
            park_finding_add(
                findings, PARK_E0626, PARK_ERROR, path_of(findings, "links", &net->link.names, link),
                "valves '%s' and '%s' meet at node '%s' and would both rule it; put a pipe between them",
                "阀门“%s”与“%s”在节点“%s”相接并同时控制它；请在其间加一段管道", net->link.names.text[link],
                net->link.names.text[here[other]], net->node.names.text[node]);
            break;
        }
    if (here[end] < 0)
        here[end] = link;
}

static bool check_valves(const park_network *net, park_findings *findings)
{
    size_t   slots = 0;
    int32_t *first = NULL;
    for (size_t l = 0; l < net->link.count; l++) {
        int32_t ends[2] = {net->link.from[l], net->link.to[l]};
        if (end_of(net->link.kind[l], true) == NO_END)
            continue;
        if (first == NULL) {
            slots = net->node.count * VALVE_ENDS;
            first = PARK_ARRAY(findings->arena, slots, int32_t);
            if (first == NULL)
                return false;
            memset(first, 0xFF, slots * sizeof *first); /* all -1 */
        }
        for (int to = 0; to < 2; to++) {
            if (fixed_head(net, ends[to]))
                park_finding_add(findings, PARK_E0626, PARK_ERROR,
                                 path_of(findings, "links", &net->link.names, (int32_t)l),
                                 "valve '%s' stands at '%s', a tank or reservoir; put a pipe between them",
                                 "阀门“%s”直接接在水池或水库“%s”上；请在其间加一段管道",
                                 net->link.names.text[l], net->node.names.text[ends[to]]);
            meet(net, (int32_t)l, ends[to], end_of(net->link.kind[l], to == 1), first, findings);
        }
    }
    return true;
}

/* --- the graph --- */

/* Parts that no link joins to a source; closed links count, for a control may open them. */
static bool check_parts(const park_network *net, park_findings *findings)
{
    size_t   nodes = net->node.count;
    int32_t *part  = PARK_ARRAY(findings->arena, nodes, int32_t),
            *links = PARK_ARRAY(findings->arena, nodes, int32_t);
    int32_t *size  = PARK_ARRAY(findings->arena, nodes, int32_t);
    bool    *fed   = PARK_ARRAY(findings->arena, nodes, bool);
    if (part == NULL || links == NULL || size == NULL || fed == NULL)
        return false;
    (void)park_network_parts(net, part);
    for (size_t l = 0; l < net->link.count; l++) {
        links[net->link.from[l]]++;
        links[net->link.to[l]]++;
    }
    for (size_t n = 0; n < nodes; n++) {
        size[part[n]]++;
        fed[part[n]] = fed[part[n]] || fixed_head(net, (int32_t)n);
    }
    int32_t told = -1; /* parts are counted in the order of their first nodes */
    for (size_t n = 0; n < nodes; n++) {
        bool first = part[n] > told;
        told       = first ? part[n] : told;
        if (!fixed_head(net, (int32_t)n) && links[n] == 0)
            park_finding_add(
                findings, PARK_E0627, PARK_ERROR, path_of(findings, "nodes", &net->node.names, (int32_t)n),
                "no link leads to junction '%s'", "没有管段与节点“%s”相连", net->node.names.text[n]);
        else if (first && !fed[part[n]])
            park_finding_add(
                findings, PARK_W0628, PARK_WARNING, path_of(findings, "nodes", &net->node.names, (int32_t)n),
                "%2$d junctions around '%1$s' are joined to no reservoir or tank",
                "以“%s”为首的 %d 个节点与任何水库、水池都不相连", net->node.names.text[n], size[part[n]]);
    }
    return true;
}

/* --- controls --- */

static void check_controls(const park_network *net, park_findings *findings)
{
    for (size_t i = 0; i < net->rules; i++)
        if (net->rule[i].premises == 0 || net->rule[i].thens == 0)
            park_finding_add(findings, PARK_E0630, PARK_ERROR, "rules",
                             "rule '%s' lacks a premise or an action", "规则“%s”缺少条件或动作",
                             net->rule[i].id);
    for (size_t i = 0; i < net->controls; i++) {
        const park_net_control *control = &net->control[i];
        bool level = control->when == PARK_NET_WHEN_ABOVE || control->when == PARK_NET_WHEN_BELOW;
        if (level && control->node >= 0 && net->node.kind[control->node] == PARK_NET_RESERVOIR)
            park_finding_add(findings, PARK_W0631, PARK_WARNING,
                             path_of(findings, "nodes", &net->node.names, control->node),
                             "a control watches reservoir '%s', whose level does not move",
                             "控制所监视的水库“%s”水位不变", net->node.names.text[control->node]);
    }
}

park_status park_network_check(const park_network *net, park_findings *findings, park_error *err)
{
    size_t sources = 0;
    for (size_t n = 0; n < net->node.count; n++)
        sources += fixed_head(net, (int32_t)n);
    if (net->node.count < 2 || sources == 0)
        park_finding_add(
            findings, PARK_E0621, PARK_ERROR, "network",
            "the network has %zu nodes, %zu of them reservoirs or tanks; it needs two nodes, one of them a "
            "reservoir or a tank",
            "管网有 %zu 个节点，其中水库和水池 %zu 个；至少须有两个节点，其中一个为水库或水池",
            net->node.count, sources);
    check_numbers(net, findings);
    check_curves(net, findings);
    check_pumps(net, findings);
    check_tanks(net, findings);
    check_controls(net, findings);
    if (!check_valves(net, findings) || !check_parts(net, findings))
        return PARK_FAIL(err, PARK_E_MEMORY, "not enough memory to check a network");
    return PARK_OK;
}
