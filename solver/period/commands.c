/* Links change by commands; what a command means depends on the kind of link. Math: docs/math/network_time.md, "Commands". */
#include "period/course.h"

#include <math.h>

static bool is_valve(park_net_link_kind kind)
{
    return kind != PARK_NET_PIPE && kind != PARK_NET_CHECK_PIPE && kind != PARK_NET_PUMP;
}

bool park_link_is_closed(const park_course *course, int32_t link)
{
    park_flow_status s = course->state.status[link];
    return s == PARK_FLOW_CLOSED || s == PARK_FLOW_SHUT_HEAD || s == PARK_FLOW_SHUT_TANK;
}

double park_setting_now(const park_course *course, int32_t link)
{
    park_net_link_kind kind = course->net->link.kind[link];
    if (is_valve(kind) && kind != PARK_NET_GPV && course->state.command[link] != PARK_NET_ACTIVE)
        return NAN;
    if (kind == PARK_NET_PIPE || kind == PARK_NET_CHECK_PIPE)
        return course->net->link.roughness[link];
    return course->state.setting[link];
}

park_flow_status park_command_status(park_net_status command)
{
    return command == PARK_NET_CLOSED ? PARK_FLOW_CLOSED
           : command == PARK_NET_OPEN ? PARK_FLOW_OPEN
                                      : PARK_FLOW_ACTIVE;
}

park_command park_command_of(const park_course *course, int32_t link, park_net_status status, double setting)
{
    park_net_link_kind kind  = course->net->link.kind[link];
    double             stays = course->state.setting[link];
    bool               gives = !isnan(setting);
    park_net_status    runs  = setting == 0.0 ? PARK_NET_CLOSED : PARK_NET_OPEN;
    if (!gives && status != PARK_NET_CLOSED && !is_valve(kind))
        status = PARK_NET_OPEN; /* only valves are active */
    if (kind == PARK_NET_PUMP)
        return gives ? (park_command){runs, setting}
                     : (park_command){status, status == PARK_NET_CLOSED ? 0.0 : 1.0};
    if (!is_valve(kind))
        return (park_command){gives ? runs : status, stays};
    return gives ? (park_command){PARK_NET_ACTIVE, setting} : (park_command){status, stays};
}

bool park_command_differs(const park_course *course, int32_t link, park_command command)
{
    double now  = course->state.setting[link];
    bool   same = now == command.setting || (isnan(now) && isnan(command.setting));
    return course->state.command[link] != command.status || !same;
}

bool park_command_put(park_course *course, int32_t link, park_command command)
{
    bool changes                = park_command_differs(course, link, command);
    course->state.command[link] = command.status;
    course->state.setting[link] = command.setting;
    return changes; /* the status is the solve's */
}

park_status park_command_tell(park_course *course, int32_t link, park_cause cause, park_error *err)
{
    park_net_status        command = course->state.command[link];
    bool                   pump    = course->net->link.kind[link] == PARK_NET_PUMP;
    double                 setting = course->state.setting[link];
    park_period_event_kind kind    = command == PARK_NET_CLOSED ? PARK_PERIOD_CLOSED
                                     : command == PARK_NET_ACTIVE || (pump && setting != 1.0)
                                         ? PARK_PERIOD_SET
                                         : PARK_PERIOD_OPENED;
    return park_event_tell(course,
                           (park_period_event){.kind    = kind,
                                               .time    = course->time,
                                               .node    = -1,
                                               .link    = link,
                                               .control = cause.control,
                                               .rule    = cause.rule,
                                               .value   = kind == PARK_PERIOD_SET ? setting : NAN},
                           err);
}
