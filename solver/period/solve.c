#include "period/course.h"

#include <math.h>
#include <stdio.h>

static const double SAME_TIME = 1e-6; /* [s] */

const char *park_period_clock(double seconds, char text[32])
{
    long long whole = llround(seconds);
    snprintf(text, 32, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60, whole % 60);
    return text;
}

/* What missed the aim may still be as good as was asked. */
static void accept(park_course *course)
{
    park_hydraulic_report         *r = &course->report;
    const park_hydraulic_settings *e = &course->enough;
    r->converged = r->converged || (r->accuracy <= e->accuracy && r->head_error <= e->head_error &&
                                    r->flow_change <= e->flow_change && r->imbalance <= e->imbalance);
}

static void count(park_course *course)
{
    park_period_result          *r = course->result;
    const park_hydraulic_report *s = &course->report;
    r->solves++;
    r->iterations += (uint64_t)s->iterations;
    r->unbalanced += !s->converged;
    r->worst_accuracy    = fmax(r->worst_accuracy, s->accuracy);
    r->worst_head_error  = fmax(r->worst_head_error, s->head_error);
    r->worst_flow_change = fmax(r->worst_flow_change, s->flow_change);
    r->worst_imbalance   = fmax(r->worst_imbalance, s->imbalance);
}

/* A full tank that may overflow lets go what comes in. */
static void overflows(park_course *course)
{
    for (size_t i = 0; i < course->tanks->count; i++) {
        int32_t n       = course->net->tank.node[i];
        bool    brimful = course->volume[i] >= course->tanks->volume_high[i];
        course->overflow[i] =
            course->net->tank.overflows[i] && brimful ? fmax(course->state.inflow[n], 0.0) : 0.0;
    }
}

/* Go on from a first solve, closer and closer, until nodes balance. */
static park_status balance(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                           park_hydraulic_state *state, park_hydraulic_work *work,
                           park_hydraulic_report *report, park_error *err)
{
    enum { ATTEMPTS = 3 };
    static const double     CLOSER = 1e-3;
    park_hydraulic_settings aim    = *settings;
    for (int i = 1; i < ATTEMPTS && report->imbalance > settings->imbalance; i++) {
        aim.accuracy *= CLOSER;
        aim.flow_change *= CLOSER;
        PARK_TRY(park_hydraulic_solve(plan, &aim, state, work, report, err));
    }
    return PARK_OK;
}

park_status park_solve_balanced(const park_hydraulic_plan *plan, const park_hydraulic_settings *settings,
                                park_hydraulic_state *state, park_hydraulic_work *work,
                                park_hydraulic_report *report, park_error *err)
{
    PARK_TRY(park_hydraulic_solve(plan, settings, state, work, report, err));
    return balance(plan, settings, state, work, report, err);
}

park_status park_course_solve(park_course *course, park_error *err)
{
    park_controls_remember(course);
    park_status status = park_hydraulic_solve(course->plan, &course->solver, &course->state, course->work,
                                              &course->report, err);
    return park_course_solved(course, status, err);
}

park_status park_course_solved(park_course *course, park_status status, park_error *err)
{
    char clock[32];
    if (status == PARK_OK)
        status = balance(course->plan, &course->solver, &course->state, course->work, &course->report, err);
    if (status != PARK_OK) {
        park_error_at(err, park_period_clock(course->time, clock));
        return status;
    }
    accept(course);
    count(course);
    PARK_TRY(park_controls_tell(course, err));
    for (size_t i = 0; i < course->net->pump.count; i++)
        course->power[i] =
            park_hydraulic_pump_power(course->plan, &course->state, (int32_t)i, &course->efficiency[i]);
    overflows(course);
    PARK_TRY(park_notice_solve(course, err));
    return park_course_judge(course, err);
}

static const char *name_of(const park_names *names, int32_t i)
{
    return i < 0 ? "-" : names->text[i];
}

park_status park_course_judge(park_course *course, park_error *err)
{
    const park_hydraulic_report *r = &course->report;
    if (r->converged || course->net->option.extra_trials >= 0)
        return PARK_OK;
    char clock[32];
    park_period_clock(course->time, clock);
    PARK_FAIL(
        err, PARK_E_NUMERIC,
        "no balance at %s after %d iterations: head error %.3g m (link %s), flow change %.3g m3/s (link %s), "
        "sum of changes %.3g; the file says UNBALANCED STOP",
        clock, r->iterations, r->head_error, name_of(&course->net->link.names, r->worst_link), r->flow_change,
        name_of(&course->net->link.names, r->worst_change_link), r->accuracy);
    return park_error_at(err, clock);
}

park_status park_course_report(park_course *course, bool last, park_error *err)
{
    bool due = fabs(course->time - course->next_report) < SAME_TIME;
    if (due)
        course->next_report += (double)course->net->time.report_step;
    if (!(due || last) || course->sink == NULL || course->sink->row == NULL)
        return PARK_OK;
    for (size_t i = 0; i < course->tanks->count; i++)
        course->level[i] = course->state.head[course->net->tank.node[i]] - course->tanks->bottom[i];
    park_period_row row = {.time         = course->time,
                           .state        = &course->state,
                           .level        = course->level,
                           .volume       = course->volume,
                           .overflow     = course->overflow,
                           .power        = course->power,
                           .efficiency   = course->efficiency,
                           .constituents = course->result->quality.constituents,
                           .quality      = course->quality.node};
    return course->sink->row(course->sink->user, &row, err);
}
