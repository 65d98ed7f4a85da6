/* What is worth telling of a run: events as they come, findings at the end. */
#include "period/course.h"

#include <math.h>

static const double PRESSURE_SLACK = 1e-6; /* [m] */
static const double SHARE_UNMET    = 1e-6; /* of what is wanted */
static const double SHARE_ROUNDED  = 1e-6; /* of what comes and goes */

static double *never(park_arena *arena, size_t count)
{
    double *t = PARK_ARRAY(arena, count, double);
    for (size_t i = 0; t != NULL && i < count; i++)
        t[i] = NAN;
    return t;
}

park_status park_notice_make(park_course *c, park_error *err)
{
    size_t       nodes = c->net->node.count, tanks = c->net->tank.count, pumps = c->net->pump.count;
    park_notice *n = &c->notice;
    *n             = (park_notice){.negative         = PARK_ARRAY(c->arena, nodes, bool),
                                   .lowest           = PARK_ARRAY(c->arena, nodes, double),
                                   .was_full         = PARK_ARRAY(c->arena, tanks, bool),
                                   .was_empty        = PARK_ARRAY(c->arena, tanks, bool),
                                   .overflows        = PARK_ARRAY(c->arena, tanks, bool),
                                   .overflowed       = PARK_ARRAY(c->arena, tanks, double),
                                   .rounded          = PARK_ARRAY(c->arena, tanks, double),
                                   .full_first       = never(c->arena, tanks),
                                   .full_for         = PARK_ARRAY(c->arena, tanks, double),
                                   .empty_first      = never(c->arena, tanks),
                                   .empty_for        = PARK_ARRAY(c->arena, tanks, double),
                                   .pump             = PARK_ARRAY(c->arena, pumps, park_flow_status),
                                   .shut_first       = never(c->arena, pumps),
                                   .shut_for         = PARK_ARRAY(c->arena, pumps, double),
                                   .over_first       = never(c->arena, pumps),
                                   .over_for         = PARK_ARRAY(c->arena, pumps, double),
                                   .negative_first   = NAN,
                                   .cut_off_first    = NAN,
                                   .unmet_first      = NAN,
                                   .unbalanced_first = NAN,
                                   .cycled_first     = NAN,
                                   .cut_off_node     = -1,
                                   .unbalanced_link  = -1,
                                   .cycled_link      = -1};
    if (!n->negative || !n->lowest || !n->was_full || !n->was_empty || !n->overflows || !n->overflowed ||
        !n->rounded || !n->full_first || !n->full_for || !n->empty_first || !n->empty_for || !n->pump ||
        !n->shut_first || !n->shut_for || !n->over_first || !n->over_for)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for what is noticed at %zu nodes", nodes);
    for (size_t i = 0; i < pumps; i++)
        n->pump[i] = PARK_FLOW_OPEN;
    return PARK_OK;
}

const char *park_period_event_word(park_period_event_kind kind)
{
    static const char *const WORDS[] = {"opened",       "closed",     "set",       "full",
                                        "empty",        "left_limit", "overflows", "cannot_lift",
                                        "beyond_curve", "on_curve",   "negative",  "positive",
                                        "cut_off",      "rejoined",   "unbalanced"};
    return WORDS[kind];
}

park_status park_event_tell(park_course *course, park_period_event event, park_error *err)
{
    course->result->events++;
    if (course->sink == NULL || course->sink->event == NULL)
        return PARK_OK;
    return course->sink->event(course->sink->user, &event, err);
}

static park_status tell(park_course *course, park_period_event_kind kind, int32_t node, int32_t link,
                        double value, park_error *err)
{
    return park_event_tell(course,
                           (park_period_event){.kind    = kind,
                                               .time    = course->time,
                                               .node    = node,
                                               .link    = link,
                                               .control = -1,
                                               .rule    = -1,
                                               .value   = value},
                           err);
}

static void first(double *when, double now)
{
    if (isnan(*when))
        *when = now;
}

static park_status look_at_pressures(park_course *course, park_error *err)
{
    const park_net_nodes *node = &course->net->node;
    park_notice          *n    = &course->notice;
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind[i] != PARK_NET_JUNCTION || !(course->state.demand[i] > 0.0))
            continue;
        double pressure = course->state.head[i] - node->elevation[i];
        bool   negative = pressure < -PRESSURE_SLACK;
        n->lowest[i]    = pressure < n->lowest[i] ? pressure : n->lowest[i];
        if (negative)
            first(&n->negative_first, course->time);
        if (negative != n->negative[i])
            PARK_TRY(tell(course, negative ? PARK_PERIOD_NEGATIVE : PARK_PERIOD_POSITIVE, (int32_t)i, -1,
                          pressure, err));
        n->negative[i] = negative;
    }
    return PARK_OK;
}

static park_status look_at_tanks(park_course *course, park_error *err)
{
    const park_tanks *t = course->tanks;
    park_notice      *n = &course->notice;
    for (size_t i = 0; i < t->count; i++) {
        int32_t node  = course->net->tank.node[i];
        double  level = course->state.head[node] - t->bottom[i];
        bool    over = course->overflow[i] > 0.0, full = course->state.tank_full[node];
        bool    empty = course->state.tank_empty[node];
        if (full && !n->was_full[i])
            PARK_TRY(tell(course, PARK_PERIOD_FULL, node, -1, level, err));
        if (empty && !n->was_empty[i])
            PARK_TRY(tell(course, PARK_PERIOD_EMPTY, node, -1, level, err));
        if (over && !n->overflows[i])
            PARK_TRY(tell(course, PARK_PERIOD_OVERFLOWS, node, -1, course->overflow[i], err));
        if ((n->was_full[i] || n->was_empty[i] || n->overflows[i]) && !full && !empty && !over)
            PARK_TRY(tell(course, PARK_PERIOD_LEFT_LIMIT, node, -1, level, err));
        n->was_full[i]  = full;
        n->was_empty[i] = empty;
        n->overflows[i] = over;
        if (full)
            first(&n->full_first[i], course->time);
        if (empty)
            first(&n->empty_first[i], course->time);
    }
    return PARK_OK;
}

static bool outside(park_flow_status s)
{
    return s == PARK_FLOW_SHUT_HEAD || s == PARK_FLOW_OVER_CURVE;
}

static park_status look_at_pumps(park_course *course, park_error *err)
{
    park_notice *n = &course->notice;
    for (size_t i = 0; i < course->net->pump.count; i++) {
        int32_t          link = course->net->pump.link[i];
        park_flow_status now = course->state.status[link], was = n->pump[i];
        if (now == PARK_FLOW_SHUT_HEAD && was != now)
            PARK_TRY(tell(course, PARK_PERIOD_CANNOT_LIFT, -1, link, NAN, err));
        if (now == PARK_FLOW_OVER_CURVE && was != now)
            PARK_TRY(tell(course, PARK_PERIOD_BEYOND_CURVE, -1, link, course->state.flow[link], err));
        if (outside(was) && !outside(now))
            PARK_TRY(tell(course, PARK_PERIOD_ON_CURVE, -1, link, NAN, err));
        n->pump[i] = now;
        if (now == PARK_FLOW_SHUT_HEAD)
            first(&n->shut_first[i], course->time);
        if (now == PARK_FLOW_OVER_CURVE)
            first(&n->over_first[i], course->time);
    }
    return PARK_OK;
}

static park_status look_at_report(park_course *course, park_error *err)
{
    const park_hydraulic_report *r = &course->report;
    park_notice                 *n = &course->notice;
    if (r->unsupplied > 0 && n->cut_off == 0)
        PARK_TRY(tell(course, PARK_PERIOD_CUT_OFF, r->first_unsupplied, -1, r->unsupplied, err));
    if (r->unsupplied == 0 && n->cut_off > 0)
        PARK_TRY(tell(course, PARK_PERIOD_REJOINED, -1, -1, NAN, err));
    n->cut_off = r->unsupplied;
    if (r->unsupplied > 0)
        first(&n->cut_off_first, course->time);
    if (r->unsupplied > n->cut_off_most) {
        n->cut_off_most = r->unsupplied;
        n->cut_off_node = r->first_unsupplied;
    }
    if (r->unmet > SHARE_UNMET * course->system_demand)
        first(&n->unmet_first, course->time);
    if (r->status_cycled) {
        n->cycles++;
        if (isnan(n->cycled_first))
            n->cycled_link = r->cycled_link;
        first(&n->cycled_first, course->time);
    }
    if (r->converged)
        return PARK_OK;
    first(&n->unbalanced_first, course->time);
    if (!(r->head_error <= n->unbalanced_error)) {
        n->unbalanced_error = r->head_error;
        n->unbalanced_link  = r->worst_link;
    }
    return tell(course, PARK_PERIOD_UNBALANCED, -1, r->worst_link, r->head_error, err);
}

park_status park_notice_solve(park_course *course, park_error *err)
{
    PARK_TRY(look_at_report(course, err));
    PARK_TRY(look_at_tanks(course, err));
    PARK_TRY(look_at_pumps(course, err));
    return look_at_pressures(course, err);
}

void park_notice_step(park_course *course, double step)
{
    park_notice *n = &course->notice;
    for (size_t i = 0; i < course->tanks->count; i++) {
        n->full_for[i] += n->was_full[i] ? step : 0.0;
        n->empty_for[i] += n->was_empty[i] ? step : 0.0;
        n->overflowed[i] += course->overflow[i] * step;
    }
    for (size_t i = 0; i < course->net->pump.count; i++) {
        n->shut_for[i] += n->pump[i] == PARK_FLOW_SHUT_HEAD ? step : 0.0;
        n->over_for[i] += n->pump[i] == PARK_FLOW_OVER_CURVE ? step : 0.0;
    }
}

/* ---- findings ---- */

/* "X ran dry at 3:00:00, for 1:10:00 in all" for one object. */
static void one(park_course *course, park_code code, park_severity severity, const char *id, const char *en,
                const char *zh, double first_time, double time)
{
    char when[32], span[32];
    if (isnan(first_time))
        return;
    park_period_clock(first_time, when);
    park_period_clock(time, span);
    park_finding_add(course->findings, code, severity, id, en, zh, id, when, span);
}

static void tanks_findings(park_course *course)
{
    const park_notice *n = &course->notice;
    for (size_t i = 0; i < course->tanks->count; i++) {
        const char *id = course->net->node.names.text[course->net->tank.node[i]];
        one(course, PARK_W0705, PARK_WARNING, id, "tank %s is empty, first at %s, for %s in all",
            "水池 %s 放空，首次 %s，累计 %s", n->empty_first[i], n->empty_for[i]);
        one(course, PARK_N0706, PARK_NOTE, id, "tank %s is full, first at %s, for %s in all",
            "水池 %s 充满，首次 %s，累计 %s", n->full_first[i], n->full_for[i]);
        if (n->overflowed[i] > 0.0)
            park_finding_add(course->findings, PARK_W0707, PARK_WARNING, id,
                             "tank %s overflows: %.6g m3 are lost", "水池 %s 溢流：损失 %.6g m³", id,
                             n->overflowed[i]);
    }
}

static void rounding_findings(park_course *course)
{
    const park_period_volumes *w   = &course->result->water;
    double                     all = 0.0, through = w->from_reservoirs + w->inflow + w->delivered;
    size_t                     largest = 0;
    for (size_t i = 0; i < course->tanks->count; i++) {
        all += course->notice.rounded[i];
        largest = course->notice.rounded[i] > course->notice.rounded[largest] ? i : largest;
    }
    if (!(all > SHARE_ROUNDED * through))
        return;
    const char *id = course->net->node.names.text[course->net->tank.node[largest]];
    park_finding_add(course->findings, PARK_W0710, PARK_WARNING, id,
                     "rounding tanks to full and empty made or took %.4g m3, most of it, %.4g m3, at %s",
                     "水池取整到满或空产生或丢失 %.4g m³，其中最多 %.4g m³，在 %s", all,
                     course->notice.rounded[largest], id);
}

static void pumps_findings(park_course *course)
{
    const park_notice *n = &course->notice;
    for (size_t i = 0; i < course->net->pump.count; i++) {
        const char *id = course->net->link.names.text[course->net->pump.link[i]];
        one(course, PARK_W0703, PARK_WARNING, id,
            "pump %s cannot lift as high as is asked and stands still, first at %s, for %s in all",
            "水泵 %s 扬程不足而停流，首次 %s，累计 %s", n->shut_first[i], n->shut_for[i]);
        one(course, PARK_W0704, PARK_WARNING, id,
            "pump %s delivers more than its curve tells, first at %s, for %s in all",
            "水泵 %s 流量超出特性曲线，首次 %s，累计 %s", n->over_first[i], n->over_for[i]);
    }
}

static void pressure_findings(park_course *course)
{
    const park_notice *n     = &course->notice;
    size_t             count = 0, worst = 0;
    char               when[32];
    for (size_t i = 0; i < course->net->node.count; i++)
        if (n->lowest[i] < -PRESSURE_SLACK) {
            worst = count == 0 || n->lowest[i] < n->lowest[worst] ? i : worst;
            count++;
        }
    if (count == 0)
        return;
    const char *id = course->net->node.names.text[worst];
    park_finding_add(
        course->findings, PARK_W0701, PARK_WARNING, id,
        "pressure is below zero at %zu nodes where water is wanted, first at %s; the lowest is %.4g m at %s",
        "%zu 个用水节点出现负压，首次 %s；最低 %.4g m，在节点 %s", count,
        park_period_clock(n->negative_first, when), n->lowest[worst], id);
}

static void supply_findings(park_course *course)
{
    const park_notice *n = &course->notice;
    char               when[32];
    if (n->cut_off_most > 0) {
        const char *id = n->cut_off_node < 0 ? "-" : course->net->node.names.text[n->cut_off_node];
        park_finding_add(
            course->findings, PARK_W0700, PARK_WARNING, id,
            "no open path leads from a source to %d nodes with demand (%s is the first of them), first at %s",
            "%d 个用水节点（首个为 %s）与水源断开，首次 %s", n->cut_off_most, id,
            park_period_clock(n->cut_off_first, when));
    }
    if (!isnan(n->unmet_first)) {
        const park_period_volumes *w = &course->result->water;
        park_finding_add(course->findings, PARK_W0702, PARK_WARNING, NULL,
                         "%.6g m3 of what is wanted are not delivered (%.3g %% of it), first at %s",
                         "%.6g m³ 需水未能供给（占 %.3g %%），首次 %s", w->unmet,
                         100.0 * w->unmet / fmax(w->unmet + w->delivered, 1e-300),
                         park_period_clock(n->unmet_first, when));
    }
}

static void solve_findings(park_course *course)
{
    const park_notice *n = &course->notice;
    char               when[32];
    if (!isnan(n->unbalanced_first)) {
        const char *id = n->unbalanced_link < 0 ? "-" : course->net->link.names.text[n->unbalanced_link];
        park_finding_add(
            course->findings, PARK_W0708, PARK_WARNING, id,
            "%llu of %llu solves did not balance, first at %s; the largest head error is %.3g m, in link %s",
            "%llu / %llu 次求解未达平衡，首次 %s；最大水头误差 %.3g m，在管段 %s",
            (unsigned long long)course->result->unbalanced, (unsigned long long)course->result->solves,
            park_period_clock(n->unbalanced_first, when), n->unbalanced_error, id);
    }
    if (!isnan(n->cycled_first)) {
        const char *id = n->cycled_link < 0 ? "-" : course->net->link.names.text[n->cycled_link];
        park_finding_add(course->findings, PARK_N0709, PARK_NOTE, id,
                         "the status of link %s went in circles and was held, first at %s, in %llu solves",
                         "管段 %s 的状态反复循环，已予固定，首次 %s，共 %llu 次求解", id,
                         park_period_clock(n->cycled_first, when), (unsigned long long)n->cycles);
    }
}

void park_notice_findings(park_course *course)
{
    if (course->findings == NULL || course->notice.negative == NULL)
        return;
    supply_findings(course);
    pressure_findings(course);
    pumps_findings(course);
    tanks_findings(course);
    rounding_findings(course);
    solve_findings(course);
}
