/* Whole seconds, explicit Euler, full and empty within a second. Math: docs/math/network_time.md, Eq. (P6)-(P11). */
#include "period/course.h"
#include "period/rules.h"

#include <math.h>

enum { DAY = 86400 };

static const double STANDSTILL = 1e-6 * 0.028316846592; /* [m3/s] */

/* A tank is full or empty where its volume is exactly that: steps round to it. */
static void flags(park_course *course)
{
    const park_tanks *t = course->tanks;
    for (size_t i = 0; i < t->count; i++) {
        int32_t n = course->net->tank.node[i];
        course->state.tank_full[n] =
            course->volume[i] >= t->volume_high[i] && !course->net->tank.overflows[i];
        course->state.tank_empty[n] = course->volume[i] <= t->volume_low[i];
    }
}

/* What shut links trickle into tanks moves no level, as in EPANET; the account of rounding keeps it. */
static void trickles(park_course *course)
{
    const park_net_links *link = &course->net->link;
    for (size_t i = 0; i < course->tanks->count; i++)
        course->trickle[i] = 0.0;
    for (size_t i = 0; i < course->tanks->links; i++) {
        int32_t l = course->tanks->link[i];
        if (!park_link_is_closed(course, l))
            continue;
        int32_t from = course->tanks->of_node[link->from[l]], to = course->tanks->of_node[link->to[l]];
        if (from >= 0)
            course->trickle[from] -= course->state.flow[l];
        if (to >= 0)
            course->trickle[to] += course->state.flow[l];
    }
    for (size_t i = 0; i < course->tanks->count; i++)
        course->state.inflow[course->net->tank.node[i]] -= course->trickle[i];
}

/* ---- the length of a step ---- */

static int64_t sooner(int64_t step, int64_t other)
{
    return other > 0 && other < step ? other : step;
}

/* To the next multiple of `every` after `now`. */
static int64_t until_multiple(int64_t now, int64_t every)
{
    return every - now % every;
}

static int64_t rounded(double seconds)
{
    return (int64_t)(seconds >= 0.0 ? seconds + 0.5 : seconds - 0.5);
}

/* Eq. (P8) */
static int64_t until_limits(const park_course *course, int64_t step)
{
    const park_tanks *t = course->tanks;
    for (size_t i = 0; i < t->count; i++) {
        int32_t n      = course->net->tank.node[i];
        double  inflow = course->state.inflow[n], head = course->state.head[n];
        if (fabs(inflow) <= STANDSTILL)
            continue;
        double room = inflow > 0.0 && head < t->head_high[i]  ? t->volume_high[i] - course->volume[i]
                      : inflow < 0.0 && head > t->head_low[i] ? t->volume_low[i] - course->volume[i]
                                                              : 0.0;
        double left = room / inflow;
        if (fabs(left) <= (double)step + 1.0)
            step = sooner(step, rounded(left));
    }
    return step;
}

/* Seconds until a control acts; 0 never, as far as can be told. */
static int64_t until_control(const park_course *course, const park_net_control *control, int64_t now)
{
    int64_t value = (int64_t)control->value;
    if (control->when == PARK_NET_WHEN_TIME)
        return value - now;
    if (control->when == PARK_NET_WHEN_CLOCK) {
        int64_t clock = (now + course->net->time.clock_start) % DAY;
        return value >= clock ? value - clock : DAY - clock + value;
    }
    int32_t i = course->tanks->of_node[control->node];
    if (i < 0)
        return 0;
    double limit  = course->tanks->bottom[i] + control->value;
    double head   = course->state.head[control->node];
    double inflow = course->state.inflow[control->node];
    bool   rises  = control->when == PARK_NET_WHEN_ABOVE && head < limit && inflow > STANDSTILL;
    bool   falls  = control->when == PARK_NET_WHEN_BELOW && head > limit && inflow < -STANDSTILL;
    if (!rises && !falls)
        return 0;
    double left = (park_tank_volume(course->tanks, (size_t)i, limit) - course->volume[i]) / inflow;
    return left > 9e15 ? 0 : rounded(left);
}

/* A control that its link follows already shortens no step. */
static bool link_follows(const park_course *course, size_t c)
{
    int32_t            link   = course->net->control[c].link;
    park_command       wanted = park_control_command(course, c);
    park_net_link_kind kind   = course->net->link.kind[link];
    bool pipe = kind == PARK_NET_PIPE || kind == PARK_NET_CHECK_PIPE, valve = kind != PARK_NET_PUMP && !pipe;
    bool fixed = valve && kind != PARK_NET_GPV && wanted.status != PARK_NET_ACTIVE;
    double now = park_setting_now(course, link), setting = fixed ? NAN : wanted.setting;
    bool   set = pipe || kind == PARK_NET_GPV || now == setting || (isnan(now) && isnan(setting));
    return set && course->state.status[link] == park_command_status(wanted.status);
}

static int64_t until_controls(const park_course *course, int64_t now, int64_t step)
{
    for (size_t c = 0; c < course->net->controls; c++) {
        const park_net_control *control = &course->net->control[c];
        if (!control->enabled || control->link < 0)
            continue;
        int64_t left = until_control(course, control, now);
        if (left > 0 && left < step && !link_follows(course, c))
            step = left;
    }
    return step;
}

/* Eq. (P7) without rules. */
static int64_t step_length(const park_course *course)
{
    const park_net_times *t   = &course->net->time;
    int64_t               now = (int64_t)course->time, step = t->hydraulic_step;
    step = sooner(step, until_multiple(now + t->pattern_start, t->pattern_step));
    step = sooner(step, until_multiple(now, t->report_step));
    step = sooner(step, (int64_t)course->next_report - now);
    step = sooner(step, t->duration - now);
    step = until_limits(course, step);
    return until_controls(course, now, step);
}

/* ---- the step ---- */

/* Eq. (P6) */
static void tanks_move(park_course *course, double step, double *lost)
{
    for (size_t i = 0; i < course->tanks->count; i++) {
        int32_t n    = course->net->tank.node[i];
        double  gone = 0.0;
        course->volume[i] =
            park_tank_step(course->tanks, i, course->volume[i], course->state.inflow[n], step, &gone);
        course->state.head[n] = park_tank_head(course->tanks, i, course->volume[i]);
        course->level[i]      = course->state.head[n] - course->tanks->bottom[i];
        gone += (course->trickle[i] - course->overflow[i]) * step; /* what overflows is no loss by rounding */
        course->notice.rounded[i] += fabs(gone);
        *lost += gone;
    }
}

/* Towards `step` seconds ahead, stopping where a rule acts; Eq. (P14). The course's time comes back as it was. */
static park_status move(park_course *course, int64_t *step, double *lost, park_error *err)
{
    int64_t start = (int64_t)course->time, end = start + *step, every = course->net->time.rule_step;
    int64_t now   = start;
    bool    fired = false;
    while (now < end && !fired) {
        int64_t part = course->net->rules == 0 ? end - now : until_multiple(now, every);
        part         = part < end - now ? part : end - now;
        tanks_move(course, (double)part, lost);
        course->time = (double)(now + part);
        fired        = park_rules_look(course, (double)now) > 0;
        if (fired)
            PARK_TRY(park_rules_act(course, err));
        now += part;
    }
    *step        = now - start;
    course->time = (double)start;
    return PARK_OK;
}

static park_status step_on(park_course *course, park_error *err)
{
    int64_t step = step_length(course);
    double  lost = 0.0;
    park_carry_begin(course, course->volume);
    PARK_TRY(move(course, &step, &lost, err));
    PARK_TRY(park_carry_step(course, course->time, (double)step, course->volume, err));
    park_course_account(course, (double)step, lost);
    park_notice_step(course, (double)step);
    course->time += (double)step;
    return PARK_OK;
}

park_status park_epanet_before(park_course *course, park_error *err)
{
    static const double SECOND     = 1.0; /* of flow, within which a level counts as reached */
    course->solver.shut_links_leak = true;
    PARK_TRY(park_inputs_apply(course, err));
    PARK_TRY(park_controls_apply(course, SECOND, NULL, err));
    flags(course);
    return PARK_OK;
}

park_status park_epanet_after(park_course *course, bool *ended, park_error *err)
{
    double end = (double)course->net->time.duration;
    *ended     = course->time >= end;
    trickles(course);
    PARK_TRY(park_course_report(course, *ended, err));
    if (*ended) {
        if (end == 0.0)
            park_course_account(course, 0.0, 0.0);
        return PARK_OK;
    }
    PARK_TRY(step_on(course, err));
    if (course->settings->progress != NULL &&
        course->settings->progress(course->settings->progress_user, course->time / end))
        return PARK_FAIL(err, PARK_E_CANCELLED, "stopped at %g s of %g s", course->time, end);
    return PARK_OK;
}

park_status park_course_epanet(park_course *course, park_error *err)
{
    for (bool ended = false; !ended;) {
        PARK_TRY(park_epanet_before(course, err));
        PARK_TRY(park_course_solve(course, err));
        PARK_TRY(park_epanet_after(course, &ended, err));
    }
    return PARK_OK;
}
