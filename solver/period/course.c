#include "period/course.h"

#include "period/rules.h"

#include <math.h>

/* Instants depend on the flows of tanks: solves aim beyond what is asked of them, which costs an iteration. */
static const double TIGHTER = 0.01;

park_period_settings park_period_settings_default(void)
{
    return (park_period_settings){.stepping = PARK_STEPPING_EPANET, .rtol = 1e-6};
}

static park_status check(const park_course *course, park_error *err)
{
    const park_net_times *t = &course->net->time;
    double                r = course->settings->rtol;
    if (!(r > 0.0 && r <= 1e-2))
        return PARK_FAIL(err, PARK_E_RANGE, "the tolerance of the simulation is %g; it must lie in (0, 0.01]",
                         r);
    if (t->duration < 0 || t->hydraulic_step <= 0 || t->pattern_step <= 0 || t->report_step <= 0 ||
        t->rule_step <= 0 || t->pattern_start < 0 || t->report_start < 0)
        return PARK_FAIL(err, PARK_E_RANGE,
                         "the times of the network make no sense: duration %lld s, steps of hydraulics %lld, "
                         "patterns %lld, rules %lld and report %lld s; steps must be above zero",
                         (long long)t->duration, (long long)t->hydraulic_step, (long long)t->pattern_step,
                         (long long)t->rule_step, (long long)t->report_step);
    return PARK_OK;
}

static bool columns_make(park_course *c)
{
    size_t tanks = c->net->tank.count, pumps = c->net->pump.count;
    c->volume     = PARK_ARRAY(c->arena, tanks, double);
    c->level      = PARK_ARRAY(c->arena, tanks, double);
    c->overflow   = PARK_ARRAY(c->arena, tanks, double);
    c->trickle    = PARK_ARRAY(c->arena, tanks, double);
    c->power      = PARK_ARRAY(c->arena, pumps, double);
    c->efficiency = PARK_ARRAY(c->arena, pumps, double);
    for (size_t i = 0; i < c->net->demand.count; i++)
        if (c->net->demand.pattern[i] >= (int32_t)c->patterns)
            c->patterns = (size_t)c->net->demand.pattern[i] + 1;
    c->factor               = PARK_ARRAY(c->arena, c->patterns + 1, double);
    c->kept                 = PARK_ARRAY(c->arena, 2 * pumps, double);
    c->before               = PARK_ARRAY(c->arena, c->net->controls, park_command);
    c->result->pump         = PARK_ARRAY(c->arena, pumps, park_period_pump);
    c->result->volume_first = PARK_ARRAY(c->arena, tanks, double);
    c->result->volume_last  = PARK_ARRAY(c->arena, tanks, double);
    return c->volume && c->level && c->overflow && c->trickle && c->power && c->efficiency && c->factor &&
           c->kept && c->before && c->result->pump && c->result->volume_first && c->result->volume_last;
}

static void tanks_begin(park_course *c)
{
    for (size_t i = 0; i < c->tanks->count; i++) {
        int32_t n                  = c->net->tank.node[i];
        c->state.head[n]           = c->tanks->bottom[i] + c->net->tank.level[i];
        c->volume[i]               = park_tank_volume(c->tanks, i, c->state.head[n]);
        c->level[i]                = c->net->tank.level[i];
        c->result->volume_first[i] = c->volume[i];
    }
}

park_status park_course_make(park_course *c, park_error *err)
{
    PARK_TRY(check(c, err));
    if (!columns_make(c))
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for a run of %zu tanks and %zu pumps",
                         c->net->tank.count, c->net->pump.count);
    PARK_TRY(park_tanks_make(c->arena, c->net, &c->tanks, err));
    if (c->plan == NULL && c->settings->plan != NULL)
        PARK_TRY(park_hydraulic_plan_like(c->arena, c->settings->plan, c->net, &c->plan, err));
    else if (c->plan == NULL)
        PARK_TRY(park_hydraulic_plan_make(c->arena, c->net, &c->plan, err));
    PARK_TRY(park_hydraulic_state_make(c->arena, c->plan, &c->state, err));
    if (c->work == NULL)
        PARK_TRY(park_hydraulic_work_make(c->arena, c->plan, &c->work, err));
    PARK_TRY(park_rules_make(c, err));
    PARK_TRY(park_notice_make(c, err));
    c->enough = c->solver = park_hydraulic_settings_of(c->net);
    c->solver.accuracy *= TIGHTER;
    c->solver.head_error *= TIGHTER;
    c->solver.flow_change *= TIGHTER;
    c->next_report = (double)c->net->time.report_start;
    tanks_begin(c);
    return park_carry_make(c, err);
}

park_status park_period_run(const park_network *net, const park_period_settings *settings,
                            const park_period_sink *sink, park_findings *findings, park_arena *arena,
                            park_period_result **result, park_error *err)
{
    park_course course = {
        .net = net, .settings = settings, .sink = sink, .findings = findings, .arena = arena};
    *result = course.result = PARK_NEW(arena, park_period_result);
    if (course.result == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for the result");
    PARK_TRY(park_course_make(&course, err));
    park_status status = settings->stepping == PARK_STEPPING_EPANET ? park_course_epanet(&course, err)
                                                                    : park_course_adaptive(&course, err);
    park_course_end(&course, status);
    return status;
}

void park_course_end(park_course *course, park_status status)
{
    course->result->reached  = course->time;
    course->result->complete = status == PARK_OK;
    park_course_close(course);
    park_notice_findings(course);
}
