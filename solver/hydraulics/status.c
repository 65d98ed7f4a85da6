#include "hydraulics/status.h"
#include "hydraulics/valves.h"

#include <math.h>
#include <string.h>

#define HTOL PARK_HEAD_TOLERANCE
#define QTOL PARK_FLOW_TOLERANCE

uint8_t park_check_valve_status(uint8_t status, double h1, double h2, double flow)
{
    if (h1 - h2 < -HTOL || flow < -QTOL)
        return PARK_FLOW_CLOSED;
    return h1 - h2 > HTOL ? PARK_FLOW_OPEN : status;
}

uint8_t park_pump_status(double top, double h1, double h2, double flow)
{
    if (isinf(top))
        return flow < PARK_FLOW_REST ? PARK_FLOW_SHUT_HEAD : PARK_FLOW_OPEN;
    return h2 - h1 > top + HTOL ? PARK_FLOW_SHUT_HEAD : PARK_FLOW_OPEN;
}

uint8_t park_prv_status(uint8_t status, double set, double minor, double h1, double h2, double flow)
{
    switch (status) {
    case PARK_FLOW_ACTIVE:
        if (flow < -QTOL)
            return PARK_FLOW_CLOSED;
        return h1 - minor * flow * flow < set - HTOL ? PARK_FLOW_OPEN : PARK_FLOW_ACTIVE;
    case PARK_FLOW_OPEN:
        if (flow < -QTOL)
            return PARK_FLOW_CLOSED;
        return h2 >= set + HTOL ? PARK_FLOW_ACTIVE : PARK_FLOW_OPEN;
    case PARK_FLOW_CLOSED:
        if (h1 >= set + HTOL && h2 < set - HTOL)
            return PARK_FLOW_ACTIVE;
        return h1 < set - HTOL && h1 > h2 + HTOL ? PARK_FLOW_OPEN : PARK_FLOW_CLOSED;
    default:
        return flow < -QTOL ? PARK_FLOW_CLOSED : status;
    }
}

uint8_t park_psv_status(uint8_t status, double set, double minor, double h1, double h2, double flow)
{
    switch (status) {
    case PARK_FLOW_ACTIVE:
        if (flow < -QTOL)
            return PARK_FLOW_CLOSED;
        return h2 + minor * flow * flow > set + HTOL ? PARK_FLOW_OPEN : PARK_FLOW_ACTIVE;
    case PARK_FLOW_OPEN:
        if (flow < -QTOL)
            return PARK_FLOW_CLOSED;
        return h1 < set - HTOL ? PARK_FLOW_ACTIVE : PARK_FLOW_OPEN;
    case PARK_FLOW_CLOSED:
        if (h2 > set + HTOL && h1 > h2 + HTOL)
            return PARK_FLOW_OPEN;
        return h1 >= set + HTOL && h1 > h2 + HTOL ? PARK_FLOW_ACTIVE : PARK_FLOW_CLOSED;
    default:
        return flow < -QTOL ? PARK_FLOW_CLOSED : status;
    }
}

uint8_t park_fcv_status(uint8_t status, double set, double minor, double h1, double h2, double flow)
{
    if (h1 - h2 < -HTOL || flow < -QTOL)
        return PARK_FLOW_OPEN_FCV;
    if (status == PARK_FLOW_OPEN_FCV)
        return flow >= set ? PARK_FLOW_ACTIVE : status;
    return h1 - h2 < minor * flow * flow ? PARK_FLOW_OPEN_FCV : PARK_FLOW_ACTIVE;
}

/* -- the start of a solve -- */

static double device_setting(const park_device *d, const park_network *net, int32_t l, double setting)
{
    switch (d->kind) {
    case PARK_NET_PRV:
    case PARK_NET_PSV:
        return d->floor + setting;
    case PARK_NET_TCV:
        return park_minor_loss(setting, net->link.diameter[l]);
    case PARK_NET_PCV:
        return park_pcv_minor(d->curve, d->minor, setting);
    default:
        return setting;
    }
}

/* A link that a status shut stays so until it is looked at again; anything else starts open. */
static uint8_t for_now(uint8_t old)
{
    return old == PARK_FLOW_SHUT_HEAD || old == PARK_FLOW_SHUT_TANK ? old : PARK_FLOW_OPEN;
}

/* Setting and status of a device under a command; a fixed valve has no setting (NAN). */
static void command_device(const park_hydraulic_plan *plan, const park_hydraulic_state *state, size_t i,
                           park_hydraulic_work *work)
{
    const park_device *d   = &plan->device[i];
    size_t             c   = plan->pipes + i;
    int32_t            l   = plan->link_of[c];
    uint8_t            old = work->status[c];
    if (d->kind == PARK_NET_PUMP) {
        bool runs       = state->command[l] != PARK_NET_CLOSED && state->setting[l] > 0.0;
        work->set[i]    = state->setting[l];
        work->status[c] = runs ? for_now(old) : PARK_FLOW_CLOSED;
        return;
    }
    bool obeys =
        state->command[l] == PARK_NET_ACTIVE && (d->kind == PARK_NET_GPV || !isnan(state->setting[l]));
    work->set[i] = obeys ? device_setting(d, plan->net, l, state->setting[l]) : NAN;
    if (!obeys)
        work->status[c] = state->command[l] == PARK_NET_CLOSED ? PARK_FLOW_CLOSED : PARK_FLOW_OPEN;
    else if (d->kind == PARK_NET_PRV || d->kind == PARK_NET_PSV)
        work->status[c] = old == PARK_FLOW_CLOSED || old == PARK_FLOW_OPEN ? old : PARK_FLOW_ACTIVE;
    else if (d->kind == PARK_NET_FCV)
        work->status[c] = old == PARK_FLOW_OPEN_FCV ? old : PARK_FLOW_ACTIVE;
    else
        work->status[c] = PARK_FLOW_ACTIVE;
}

/* Flow of a link at 1 ft/s, of a pump at its design point. */
static double first_flow(const park_hydraulic_plan *plan, size_t c, const double *set)
{
    int32_t l = plan->link_of[c];
    if (plan->net->link.kind[l] == PARK_NET_PUMP)
        return plan->pump[plan->pump_of[l]].design * set[c - plan->pipes];
    double d = plan->net->link.diameter[l];
    return 3.14159265358979323846 / 4.0 * d * d * PARK_FT;
}

void park_statuses_begin(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                         park_hydraulic_work *work)
{
    const int32_t *restrict link            = plan->link_of;
    const park_net_link_kind *restrict kind = plan->net->link.kind;
    const park_flow_status *restrict before = state->status;
    const park_net_status *restrict command = state->command;
    uint8_t *restrict status                = work->status;
    double *restrict flow                   = work->flow;
    size_t apart                            = park_at(work, 1);
    memset(work->flips, 0, plan->cores);
    memset(work->forced, 0, plan->devices);
    for (size_t i = 0; i < plan->devices; i++) {
        work->status[plan->pipes + i] = (uint8_t)before[link[plan->pipes + i]];
        command_device(plan, state, i, work);
    }
    for (size_t c = 0; c < plan->cores; c++) {
        int32_t l   = link[c];
        uint8_t old = (uint8_t)before[l], now = status[c];
        if (c < plan->pipes)
            now = kind[l] == PARK_NET_CHECK_PIPE
                      ? (old == PARK_FLOW_CLOSED ? PARK_FLOW_CLOSED : PARK_FLOW_OPEN)
                  : command[l] == PARK_NET_CLOSED ? PARK_FLOW_CLOSED
                                                  : for_now(old);
        status[c]       = now;
        flow[c * apart] = park_flow_shut(now)   ? PARK_FLOW_REST
                          : park_flow_shut(old) ? first_flow(plan, c, work->set)
                                                : state->flow[l];
    }
}

/* -- changes -- */

/* Give a core link a new status, unless it has gone round too often. */
static bool turn(const park_hydraulic_plan *plan, park_hydraulic_work *work, size_t c, uint8_t to,
                 park_hydraulic_report *report)
{
    if (work->status[c] == to)
        return false;
    if (work->flips[c] >= PARK_FLIPS_MOST) {
        report->status_cycled = true;
        report->cycled_link   = plan->link_of[c];
        return false;
    }
    work->flips[c]++;
    if (park_flow_shut(work->status[c]) && !park_flow_shut(to) && c >= plan->pipes &&
        plan->device[c - plan->pipes].kind == PARK_NET_PUMP &&
        !(work->flow[park_at(work, c)] > PARK_FLOW_REST))
        work->flow[park_at(work, c)] =
            first_flow(plan, c, work->set); /* no flow is no place to start a pump's curve from */
    work->status[c]  = to;
    work->shut_known = false;
    return true;
}

bool park_statuses_hold(const park_hydraulic_plan *plan, park_hydraulic_work *work,
                        park_hydraulic_report *report)
{
    bool changed = false;
    for (size_t i = 0; i < plan->devices && plan->holders > 0; i++) {
        const park_device *d = &plan->device[i];
        if ((d->kind != PARK_NET_PRV && d->kind != PARK_NET_PSV) || isnan(work->set[i]))
            continue;
        size_t  c  = plan->pipes + i;
        double  h1 = work->head[park_at(work, plan->from[c])], h2 = work->head[park_at(work, plan->to[c])];
        uint8_t to = d->kind == PARK_NET_PRV ? park_prv_status(work->status[c], work->set[i], d->minor, h1,
                                                               h2, work->flow[park_at(work, c)])
                                             : park_psv_status(work->status[c], work->set[i], d->minor, h1,
                                                               h2, work->flow[park_at(work, c)]);
        changed |= turn(plan, work, c, to, report);
    }
    return changed;
}

/* A link may not fill a full tank nor empty an empty one. q: flow out of the node along the link. */
static bool tank_shuts(const park_hydraulic_plan *plan, const park_hydraulic_state *state, int32_t point,
                       double q)
{
    if ((size_t)point < plan->unknowns)
        return false;
    int32_t n = plan->node_of[point], t = plan->tank_of[n];
    if (t < 0 || plan->net->node.kind[n] != PARK_NET_TANK)
        return false;
    return (q < 0.0 && state->tank_full[n] && !plan->net->tank.overflows[t]) ||
           (q > 0.0 && state->tank_empty[n]);
}

static uint8_t watched_status(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                              const park_hydraulic_work *work, size_t c)
{
    int32_t l  = plan->link_of[c];
    double  h1 = work->head[park_at(work, plan->from[c])], h2 = work->head[park_at(work, plan->to[c])],
           q       = work->flow[park_at(work, c)];
    uint8_t status = work->status[c];
    if (park_flow_shut(status)) /* what its heads would drive through */
        q = (h1 - h2) / PARK_SLOPE_SHUT;
    if (status == PARK_FLOW_SHUT_HEAD || status == PARK_FLOW_SHUT_TANK)
        status = PARK_FLOW_OPEN;
    if (plan->net->link.kind[l] == PARK_NET_CHECK_PIPE)
        status = park_check_valve_status(status, h1, h2, q);
    if (c >= plan->pipes) {
        const park_device *d   = &plan->device[c - plan->pipes];
        double             set = work->set[c - plan->pipes];
        if (d->kind == PARK_NET_PUMP && status != PARK_FLOW_CLOSED)
            status = park_pump_status(plan->pump[d->pump].lift * set * set, h1, h2, q);
        if (d->kind == PARK_NET_FCV && !isnan(set) && !work->forced[c - plan->pipes])
            status = park_fcv_status(status, set, d->minor, h1, h2, q);
    }
    if (!park_flow_shut(status) &&
        (tank_shuts(plan, state, plan->from[c], q) || tank_shuts(plan, state, plan->to[c], -q)))
        status = PARK_FLOW_SHUT_TANK;
    return status;
}

bool park_statuses_watch(const park_hydraulic_plan *plan, const park_hydraulic_state *state,
                         park_hydraulic_work *work, park_hydraulic_report *report)
{
    bool changed = false;
    for (size_t i = 0; i < plan->watched; i++) {
        size_t c = (size_t)plan->watch[i];
        changed |= turn(plan, work, c, watched_status(plan, state, work, c), report);
    }
    return changed;
}

/* What a control commands, written into the state; returns whether anything is new. */
static bool obey(const park_network *net, const park_net_control *control, park_hydraulic_state *state)
{
    int32_t            l       = control->link;
    park_net_link_kind kind    = net->link.kind[l];
    park_net_status    command = control->status;
    double             setting = state->setting[l];
    if (kind == PARK_NET_CHECK_PIPE)
        return false;
    if (kind == PARK_NET_PUMP) {
        setting = isnan(control->setting) ? (command == PARK_NET_CLOSED ? 0.0 : 1.0) : control->setting;
        command = setting > 0.0 ? PARK_NET_OPEN : PARK_NET_CLOSED;
    } else if (kind != PARK_NET_PIPE && !isnan(control->setting)) {
        setting = control->setting;
        command = PARK_NET_ACTIVE;
    }
    bool same = command == state->command[l] &&
                (setting == state->setting[l] || (isnan(setting) && isnan(state->setting[l])));
    state->command[l] = command;
    state->setting[l] = setting;
    return !same;
}

bool park_statuses_control(const park_hydraulic_plan *plan, park_hydraulic_state *state,
                           park_hydraulic_work *work, park_hydraulic_report *report)
{
    bool changed = false;
    for (size_t i = 0; i < plan->controls; i++) {
        const park_net_control *control = &plan->net->control[plan->control[i]];
        int32_t                 c       = plan->core_of[control->link];
        double                  h       = work->head[park_at(work, plan->point[control->node])];
        double                  at      = plan->net->node.elevation[control->node] + control->value;
        bool                    met = control->when == PARK_NET_WHEN_BELOW ? h <= at + HTOL : h >= at - HTOL;
        if (!met || c < 0 || work->flips[c] >= PARK_FLIPS_MOST || !obey(plan->net, control, state))
            continue;
        uint8_t before = work->status[c];
        if ((size_t)c >= plan->pipes)
            command_device(plan, state, (size_t)c - plan->pipes, work);
        else
            work->status[c] =
                state->command[control->link] == PARK_NET_CLOSED ? PARK_FLOW_CLOSED : PARK_FLOW_OPEN;
        if (park_flow_shut(before) && !park_flow_shut(work->status[c]))
            work->flow[park_at(work, c)] = first_flow(plan, (size_t)c, work->set);
        if (++work->flips[c] >= PARK_FLIPS_MOST) {
            report->status_cycled = true;
            report->cycled_link   = control->link;
        }
        work->shut_known = false;
        changed          = true;
    }
    return changed;
}
