#include "report/balance.h"

#include <math.h>
#include <string.h>

/* Nodes that are no units. */
enum { NODE_EVAPORATION, NODE_GOODS, NODE_LEAK, NODE_SLUDGE, NODE_SPILL, NODE_OWN, NODE_STORED, EXTRA_NODES };

static const struct {
    park_label         label;
    park_balance_layer layer;
} EXTRA[EXTRA_NODES] = {
    [NODE_EVAPORATION] = {{.zh = "蒸发与风吹", .en = "Evaporation and drift"}, PARK_LAYER_LEAVE},
    [NODE_GOODS]       = {{.zh = "进入产品与土壤", .en = "Into goods and soil"}, PARK_LAYER_LEAVE},
    [NODE_LEAK]        = {{.zh = "漏失", .en = "Leaks"}, PARK_LAYER_LEAVE},
    [NODE_SLUDGE]      = {{.zh = "随污泥", .en = "With sludge"}, PARK_LAYER_LEAVE},
    [NODE_SPILL]       = {{.zh = "溢流", .en = "Overflow"}, PARK_LAYER_LEAVE},
    [NODE_OWN]         = {{.zh = "池面降雨", .en = "Rain on ponds"}, PARK_LAYER_INTAKE},
    [NODE_STORED]      = {{.zh = "蓄水变化", .en = "Change of storage"}, PARK_LAYER_SUPPLY},
};

static int exit_node(park_outlet_role role)
{
    switch (role) {
    case PARK_OUT_EVAPORATION:
    case PARK_OUT_DRIFT:
    case PARK_OUT_STEAM:
        return NODE_EVAPORATION;
    case PARK_OUT_LEAK:
        return NODE_LEAK;
    case PARK_OUT_SLUDGE:
        return NODE_SLUDGE;
    case PARK_OUT_OVERFLOW:
    case PARK_OUT_FIRST_FLUSH:
        return NODE_SPILL;
    default:
        return NODE_GOODS;
    }
}

/* ---- rounding ---- */

typedef struct rounding {
    size_t         nodes, edges;
    const int32_t *from, *to;
    double        *value;
    int32_t       *via;     /* [nodes] edge by which the walk entered a node, -1 */
    bool          *entered; /* [nodes] */
} rounding;

static const double WHOLE = 1e-6; /* closer than this to a whole number is whole */

static bool fractional(double value)
{
    return fabs(value - round(value)) > WHOLE;
}

/* A fractional edge at `node` other than `except`; -1. */
static int32_t another(const rounding *r, int32_t node, int32_t except)
{
    for (size_t e = 0; e < r->edges; e++)
        if ((int32_t)e != except && (r->from[e] == node || r->to[e] == node) && r->from[e] != r->to[e] &&
            fractional(r->value[e]))
            return (int32_t)e;
    return PARK_NONE;
}

static int32_t other_end(const rounding *r, int32_t edge, int32_t node)
{
    return r->from[edge] == node ? r->to[edge] : r->from[edge];
}

/* Walk along fractional edges from `start` until a node repeats; fill cycle[] with its edges in walking order. */
static size_t cycle_from(rounding *r, int32_t start, int32_t *cycle, int32_t *at)
{
    memset(r->entered, 0, r->nodes * sizeof *r->entered);
    int32_t node = start, edge = PARK_NONE;
    r->via[node] = PARK_NONE;
    for (;;) {
        r->entered[node] = true;
        edge             = another(r, node, edge);
        if (edge == PARK_NONE)
            return 0;
        int32_t next = other_end(r, edge, node);
        if (r->entered[next]) {
            size_t count   = 0;
            cycle[count++] = edge;
            while (node != next) {
                cycle[count++] = r->via[node];
                node           = other_end(r, r->via[node], node);
            }
            *at = next;
            return count;
        }
        r->via[next] = edge;
        node         = next;
    }
}

/* Push along the cycle, in the direction that needs the smaller change, until one edge is whole. The cycle's edges
 * stand in reverse walking order, beginning at node `at`. */
static void push(rounding *r, const int32_t *cycle, size_t count, int32_t at)
{
    double best[2] = {INFINITY, INFINITY};
    for (int way = 0; way < 2; way++) {
        int32_t node = at;
        for (size_t i = 0; i < count; i++) {
            double value = r->value[cycle[i]];
            bool   grows = (r->to[cycle[i]] == node) != (way == 1);
            best[way]    = fmin(best[way], grows ? ceil(value) - value : value - floor(value));
            node         = other_end(r, cycle[i], node);
        }
    }
    int     way  = best[1] < best[0];
    int32_t node = at;
    for (size_t i = 0; i < count; i++) {
        bool grows = (r->to[cycle[i]] == node) != (way == 1);
        node       = other_end(r, cycle[i], node);
        r->value[cycle[i]] += grows ? best[way] : -best[way];
        if (!fractional(r->value[cycle[i]]))
            r->value[cycle[i]] = round(r->value[cycle[i]]);
    }
}

park_status park_round_closed(size_t nodes, size_t edges, const int32_t *from, const int32_t *to,
                              const double *flow, int64_t *printed, park_arena *arena, park_error *err)
{
    rounding r     = {.nodes = nodes, .edges = edges, .from = from, .to = to};
    r.value        = PARK_ARRAY(arena, edges, double);
    r.via          = PARK_ARRAY(arena, nodes, int32_t);
    r.entered      = PARK_ARRAY(arena, nodes, bool);
    int32_t *cycle = PARK_ARRAY(arena, edges + 1, int32_t);
    if (r.value == NULL || r.via == NULL || r.entered == NULL || cycle == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory to round %zu flows", edges);
    for (size_t e = 0; e < edges; e++) {
        bool loop  = from[e] == to[e];
        r.value[e] = loop || !fractional(flow[e]) ? round(flow[e]) : flow[e];
    }
    for (size_t e = 0; e < edges;) {
        int32_t at    = PARK_NONE;
        size_t  count = fractional(r.value[e]) ? cycle_from(&r, from[e], cycle, &at) : 0;
        if (count == 0) {
            /* Whole already, or a remainder that closes only to rounding error: nearest. */
            r.value[e] = round(r.value[e]);
            e++;
        } else {
            push(&r, cycle, count, at);
        }
    }
    for (size_t e = 0; e < edges; e++)
        printed[e] = (int64_t)llround(r.value[e]);
    return PARK_OK;
}

/* ---- the graph ---- */

typedef struct maker {
    const park_model  *model;
    const park_ledger *ledger;
    park_balance      *balance;
    park_arena        *arena;
    size_t             edges_cap;
    int32_t            extra[EXTRA_NODES];
    double             per_day; /* m3/a -> m3/d */
} maker;

static double year(const double *values, size_t seasons, size_t stride, size_t at)
{
    double sum = 0.0;
    for (size_t s = 0; s < seasons; s++)
        sum += values[s * stride + at];
    return sum;
}

static bool add_edge(maker *m, int32_t from, int32_t to, int32_t link, park_water_class water, double yearly)
{
    double flow = yearly * m->per_day;
    if (flow < 1e-9)
        return true;
    park_balance *b = m->balance;
    if (!PARK_GROW(m->arena, b->edge, b->edges, m->edges_cap))
        return false;
    b->edge[b->edges++] =
        (park_balance_edge){.from = from, .to = to, .link = link, .water = water, .flow = flow};
    return true;
}

static int32_t extra_node(maker *m, int which)
{
    if (m->extra[which] == PARK_NONE) {
        m->extra[which] = (int32_t)m->balance->nodes;
        m->balance->node[m->balance->nodes++] =
            (park_balance_node){.label = EXTRA[which].label, .unit = PARK_NONE, .layer = EXTRA[which].layer};
    }
    return m->extra[which];
}

static bool receives_from_users(const park_model *model, const park_ledger *ledger, int32_t unit)
{
    for (size_t l = 0; l < model->links; l++)
        if (model->link[l].to == unit && model->unit[model->link[l].from].role == PARK_USER &&
            year(ledger->link_water, ledger->seasons, ledger->links, l) > 0.0)
            return true;
    return false;
}

static park_balance_layer layer_of(const maker *m, int32_t unit)
{
    const park_unit_info *info = &m->model->unit[unit];
    switch (info->role) {
    case PARK_SOURCE:
        return PARK_LAYER_INTAKE;
    case PARK_STORAGE:
        return PARK_LAYER_SUPPLY;
    case PARK_USER:
        return PARK_LAYER_USE;
    case PARK_TREATMENT:
        if (info->duty == PARK_DUTY_SUPPLY)
            return PARK_LAYER_SUPPLY;
        return receives_from_users(m->model, m->ledger, unit) ? PARK_LAYER_COLLECT : PARK_LAYER_TREAT;
    default:
        return PARK_LAYER_LEAVE;
    }
}

static park_water_class class_of_link(const park_model *model, size_t link)
{
    const park_unit_info *from = &model->unit[model->link[link].from];
    const park_unit_info *to   = &model->unit[model->link[link].to];
    if (from->role == PARK_SOURCE)
        return from->origin >= PARK_ORIGIN_RECLAIMED_MUNICIPAL && from->origin <= PARK_ORIGIN_RAIN
                   ? PARK_WATER_NONCONVENTIONAL
               : from->origin == PARK_ORIGIN_STREAM ? PARK_WATER_WASTE
                                                    : PARK_WATER_FRESH;
    if (to->role == PARK_SINK || (to->role == PARK_TREATMENT && to->duty != PARK_DUTY_SUPPLY))
        return PARK_WATER_WASTE;
    if (from->role == PARK_STORAGE)
        return PARK_WATER_NONCONVENTIONAL;
    return from->role == PARK_TREATMENT && from->duty == PARK_DUTY_SUPPLY ? PARK_WATER_FRESH
                                                                          : PARK_WATER_REUSED;
}

static bool add_links(maker *m)
{
    const park_ledger *ledger = m->ledger;
    for (size_t l = 0; l < m->model->links; l++)
        if (!add_edge(m, m->model->link[l].from, m->model->link[l].to, (int32_t)l, class_of_link(m->model, l),
                      year(ledger->link_water, ledger->seasons, ledger->links, l)))
            return false;
    return true;
}

static bool add_exits(maker *m)
{
    const park_ledger *ledger = m->ledger;
    for (size_t k = 0; k < m->model->outlets; k++) {
        const park_outlet_info *outlet = &m->model->outlet[k];
        double linked = 0.0, all = year(ledger->outlet_water, ledger->seasons, ledger->outlets, k);
        for (size_t l = 0; l < m->model->links; l++)
            if (m->model->link[l].outlet == (int32_t)k)
                linked += year(ledger->link_water, ledger->seasons, ledger->links, l);
        double left = outlet->exits ? all : all - linked;
        if (left > 1e-9 * fmax(all, 1.0) && !add_edge(m, outlet->unit, extra_node(m, exit_node(outlet->role)),
                                                      PARK_NONE, PARK_WATER_LOST, left))
            return false;
    }
    for (size_t u = 0; u < m->model->units; u++) {
        double own     = year(ledger->own_water, ledger->seasons, ledger->units, u);
        double stored  = year(ledger->stored_water, ledger->seasons, ledger->units, u);
        double spilled = year(ledger->spilled, ledger->seasons, ledger->units, u);
        if (own > 0.0 &&
            !add_edge(m, extra_node(m, NODE_OWN), (int32_t)u, PARK_NONE, PARK_WATER_NONCONVENTIONAL, own))
            return false;
        if (spilled > 0.0 &&
            !add_edge(m, (int32_t)u, extra_node(m, NODE_SPILL), PARK_NONE, PARK_WATER_LOST, spilled))
            return false;
        if (stored * m->per_day > 1e-6 &&
            !add_edge(m, (int32_t)u, extra_node(m, NODE_STORED), PARK_NONE, PARK_WATER_LOST, stored))
            return false;
        if (-stored * m->per_day > 1e-6 && !add_edge(m, extra_node(m, NODE_STORED), (int32_t)u, PARK_NONE,
                                                     PARK_WATER_NONCONVENTIONAL, -stored))
            return false;
    }
    return true;
}

/* A node where water begins or ends for this diagram: what it lacks comes from, or goes to, the outside. */
static bool open_node(const maker *m, size_t node)
{
    int32_t unit = m->balance->node[node].unit;
    return unit == PARK_NONE || m->model->unit[unit].role == PARK_SOURCE ||
           m->model->unit[unit].role == PARK_SINK;
}

/* Round edges together with the arcs that join open nodes to the outside, so that those sums are whole as well. */
static park_status round_edges(maker *m, park_error *err)
{
    park_balance *b    = m->balance;
    size_t        most = b->edges + b->nodes;
    int32_t      *from = PARK_ARRAY(m->arena, most, int32_t), *to = PARK_ARRAY(m->arena, most, int32_t);
    double       *flow  = PARK_ARRAY(m->arena, most, double);
    int64_t      *whole = PARK_ARRAY(m->arena, most, int64_t);
    double       *in = PARK_ARRAY(m->arena, b->nodes, double), *out = PARK_ARRAY(m->arena, b->nodes, double);
    if (from == NULL || to == NULL || flow == NULL || whole == NULL || in == NULL || out == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the balance diagram");
    size_t count = 0;
    for (size_t e = 0; e < b->edges; e++, count++) {
        from[count] = b->edge[e].from;
        to[count]   = b->edge[e].to;
        flow[count] = b->edge[e].flow;
        out[from[count]] += flow[count];
        in[to[count]] += flow[count];
    }
    int32_t outside = (int32_t)b->nodes;
    for (size_t n = 0; n < b->nodes; n++) {
        b->node[n].flow = fmax(in[n], out[n]);
        double lack     = out[n] - in[n];
        if (!open_node(m, n)) {
            if (fabs(lack) > 1e-6 * fmax(b->node[n].flow, 1.0))
                return PARK_FAIL(err, PARK_E_NUMERIC,
                                 "the balance of %s does not close: %g in, %g out [m3/d]",
                                 m->model->unit[b->node[n].unit].id, in[n], out[n]);
            continue;
        }
        if (fabs(lack) < 1e-9)
            continue;
        from[count] = lack > 0.0 ? outside : (int32_t)n;
        to[count]   = lack > 0.0 ? (int32_t)n : outside;
        flow[count] = fabs(lack);
        count++;
    }
    PARK_TRY(park_round_closed(b->nodes + 1, count, from, to, flow, whole, m->arena, err));
    for (size_t e = 0; e < b->edges; e++)
        b->edge[e].printed = whole[e];
    return PARK_OK;
}

static void finish_nodes(maker *m)
{
    park_balance *b = m->balance;
    for (size_t n = 0; n < b->nodes; n++) {
        int64_t in = 0, out = 0;
        for (size_t e = 0; e < b->edges; e++) {
            out += b->edge[e].from == (int32_t)n ? b->edge[e].printed : 0;
            in += b->edge[e].to == (int32_t)n ? b->edge[e].printed : 0;
        }
        b->node[n].printed = in > out ? in : out;
        if (b->node[n].unit != PARK_NONE)
            b->node[n].circulating =
                (int64_t)llround(m->per_day * year(m->ledger->circulating, m->ledger->seasons,
                                                   m->ledger->units, (size_t)b->node[n].unit));
    }
    for (size_t e = 0; e < b->edges; e++)
        b->edge[e].back = b->node[b->edge[e].to].layer <= b->node[b->edge[e].from].layer;
}

park_status park_balance_of(const park_model *model, const park_ledger *ledger, park_arena *arena,
                            park_balance **balance, park_error *err)
{
    maker m  = {.model = model, .ledger = ledger, .arena = arena, .per_day = 1.0 / 365.0};
    *balance = m.balance = PARK_NEW(arena, park_balance);
    if (m.balance == NULL ||
        (m.balance->node = PARK_ARRAY(arena, model->units + EXTRA_NODES, park_balance_node)) == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the balance diagram");
    for (int i = 0; i < EXTRA_NODES; i++)
        m.extra[i] = PARK_NONE;
    m.balance->nodes = model->units;
    for (size_t u = 0; u < model->units; u++)
        m.balance->node[u] = (park_balance_node){
            .label = model->unit[u].label, .unit = (int32_t)u, .layer = layer_of(&m, (int32_t)u)};
    if (!add_links(&m) || !add_exits(&m))
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the balance diagram");
    PARK_TRY(round_edges(&m, err));
    finish_nodes(&m);
    return PARK_OK;
}
