/* [CONTROLS]: LINK id OPEN|CLOSED|setting IF NODE id ABOVE|BELOW value | AT TIME | AT CLOCKTIME. */
#include "period/course.h"

#include <math.h>

enum { DAY = 86400 };

static const double HEAD_SLACK = 5e-4 * 0.3048; /* [m] of controls at junctions */
static const double SAME_TIME  = 1e-6;          /* [s] */
static const double CLEARLY    = 1e-6;          /* of a tank's capacity */

static bool by_node(const park_net_control *control)
{
    return control->when == PARK_NET_WHEN_ABOVE || control->when == PARK_NET_WHEN_BELOW;
}

bool park_control_at_junction(const park_course *course, size_t c)
{
    const park_net_control *control = &course->net->control[c];
    return by_node(control) && course->net->node.kind[control->node] == PARK_NET_JUNCTION;
}

/* Eq. (P12): a level counts as reached within `margin` m3 before it; negative: only that much behind it. */
static bool level_holds(const park_course *course, const park_net_control *control, double slack,
                        double margin)
{
    int32_t n = control->node, i = course->tanks->of_node[n];
    double  limit = course->net->node.elevation[n] + control->value;
    double  now = course->state.head[n], wanted = limit; /* a reservoir's level is its head */
    if (i >= 0) {
        now    = slack > 0.0 ? park_tank_volume(course->tanks, (size_t)i, now) : course->volume[i];
        wanted = park_tank_volume(course->tanks, (size_t)i, limit);
        margin = margin * (course->tanks->volume_high[i] - course->tanks->volume_low[i]) +
                 slack * fabs(course->state.inflow[n]);
    }
    return control->when == PARK_NET_WHEN_BELOW ? now <= wanted + margin : now >= wanted - margin;
}

static bool pressure_holds(const park_course *course, const park_net_control *control)
{
    double head  = course->state.head[control->node];
    double limit = course->net->node.elevation[control->node] + control->value;
    return control->when == PARK_NET_WHEN_BELOW ? head <= limit + HEAD_SLACK : head >= limit - HEAD_SLACK;
}

bool park_control_holds(const park_course *course, size_t c, double slack)
{
    const park_net_control *control = &course->net->control[c];
    double                  clock   = (double)course->net->time.clock_start;
    switch (control->when) {
    case PARK_NET_WHEN_TIME:
        return fabs(course->time - control->value) < SAME_TIME;
    case PARK_NET_WHEN_CLOCK:
        return fabs(fmod(course->time + clock + SAME_TIME, DAY) - SAME_TIME - fmod(control->value, DAY)) <
               SAME_TIME;
    case PARK_NET_WHEN_ABOVE:
    case PARK_NET_WHEN_BELOW:
        break;
    }
    return park_control_at_junction(course, c) ? pressure_holds(course, control)
                                               : level_holds(course, control, slack, 0.0);
}

park_command park_control_command(const park_course *course, size_t c)
{
    const park_net_control *control = &course->net->control[c];
    return park_command_of(course, control->link, control->status, control->setting);
}

static bool act(park_course *course, size_t c)
{
    return park_command_put(course, course->net->control[c].link, park_control_command(course, c));
}

park_status park_controls_apply(park_course *course, double slack, const bool *fired, park_error *err)
{
    for (size_t c = 0; c < course->net->controls; c++) {
        const park_net_control *control = &course->net->control[c];
        if (!control->enabled || control->link < 0 || park_control_at_junction(course, c))
            continue;
        bool holds = fired != NULL && by_node(control)
                         ? fired[c] || level_holds(course, control, slack, -CLEARLY)
                         : park_control_holds(course, c, slack);
        if (holds && act(course, c))
            PARK_TRY(park_command_tell(course, control->link, (park_cause){(int32_t)c, -1}, err));
    }
    return PARK_OK;
}

/* Links that controls at junctions switch, as they stand before a solve, in which such controls act by themselves. */
void park_controls_remember(park_course *course)
{
    for (size_t c = 0; c < course->net->controls; c++) {
        int32_t l         = course->net->control[c].link;
        course->before[c] = (park_command){course->state.command[l], course->state.setting[l]};
    }
}

/* Tells each link once: by the first control in the file that asks for what it does now. */
park_status park_controls_tell(park_course *course, park_error *err)
{
    for (size_t c = 0; c < course->net->controls; c++) {
        int32_t l = course->net->control[c].link;
        if (!park_control_at_junction(course, c) || !park_command_differs(course, l, course->before[c]) ||
            park_command_differs(course, l, park_control_command(course, c)))
            continue;
        course->within++;
        PARK_TRY(park_command_tell(course, l, (park_cause){(int32_t)c, -1}, err));
        for (size_t k = c; k < course->net->controls; k++)
            if (course->net->control[k].link == l)
                course->before[k] = park_control_command(course, c);
    }
    return PARK_OK;
}
