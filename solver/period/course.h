/*
 * course.h - one run through time: what its parts share.
 * Looks down on: period.h, tanks.h, hydraulics.h.
 *
 * The order within an instant is EPANET's: rules (they acted while the last step was made), demands and heads by
 * pattern, speed patterns, simple controls, the solve. Both steppings keep it; they differ in which instant comes next.
 */
#ifndef PARK_PERIOD_COURSE_H
#define PARK_PERIOD_COURSE_H

#include "period/tanks.h"

#include <parkwater/period.h>

/* Who changes a link: counts of net->control and net->rule; both -1: a pattern of speeds. */
typedef struct park_cause {
    int32_t control, rule;
} park_cause;

/* What a link is asked to do. */
typedef struct park_command {
    park_net_status status;
    double          setting;
} park_command;

/* What was seen at the last solve, for telling what is new, and how long it stood. */
typedef struct park_notice {
    bool             *negative;              /* [nodes] */
    double           *lowest;                /* [nodes] lowest pressure where wanted [m], INFINITY */
    double            negative_first;        /* [s] */
    bool             *was_full, *was_empty;  /* [tanks] */
    double           *full_first, *full_for; /* [tanks] [s]; NAN never */
    double           *empty_first, *empty_for;
    double           *overflowed; /* [tanks] [m3] */
    double           *rounded;    /* [tanks] sizes of what rounding made or took [m3] */
    bool             *overflows;
    park_flow_status *pump;                                          /* [pumps] */
    double           *shut_first, *shut_for, *over_first, *over_for; /* [pumps] */
    int32_t           cut_off;                                       /* now */
    int32_t           cut_off_most, cut_off_node;
    double            cut_off_first; /* [s], NAN */
    double            unmet_first;   /* [s], NAN */
    double            unbalanced_first;
    int32_t           unbalanced_link;
    double            unbalanced_error;
    int32_t           cycled_link;
    double            cycled_first;
    uint64_t          cycles;
} park_notice;

typedef struct park_rules park_rules; /* rules.h */

typedef struct park_course {
    const park_network         *net;      /* borrowed */
    const park_period_settings *settings; /* borrowed */
    const park_period_sink     *sink;     /* borrowed, NULL */
    park_findings              *findings; /* borrowed */
    park_arena                 *arena;    /* of the run */
    park_period_result         *result;

    park_hydraulic_plan    *plan;   /* given before the course is made: borrowed */
    park_hydraulic_settings solver; /* what is aimed at */
    park_hydraulic_settings enough; /* what is let pass */
    park_hydraulic_work    *work;   /* given before the course is made: borrowed */
    park_hydraulic_state    state;
    park_hydraulic_report   report; /* of the last solve */
    park_tanks             *tanks;
    park_rules             *rules;
    park_notice             notice;

    double             time;          /* [s] */
    double            *volume;        /* [tanks] [m3] */
    double            *level;         /* [tanks] above the bottom [m] */
    double            *overflow;      /* [tanks] [m3/s] now */
    double            *trickle;       /* [tanks] [m3/s] that shut links bring and no level sees (epanet) */
    size_t             patterns;      /* those that demands may name */
    double            *factor;        /* [patterns + 1] scratch: no pattern, then each, now */
    double             system_demand; /* sum of positive demands [m3/s] */
    double            *power, *efficiency; /* [pumps] now */
    double            *kept; /* [pumps] sums over the time online: efficiency s, then energy per volume s */
    double             next_report;  /* [s] */
    park_command      *before;       /* [controls] links before a solve */
    park_quality_plan *quality_plan; /* NULL: none asked for */
    park_quality_state quality;
    park_quality_constituent carried;
    double  *volume_from, *volume_to; /* [tanks] at the ends of a step, for the quality [m3] */
    uint64_t within;                  /* how often a control at a junction acted */
} park_course;

/* ---- making: course.c ---- */
PARK_MUST_CHECK park_status park_course_make(park_course *course, park_error *err);
/* Account and findings of a run that has ended with `status`. */
void park_course_end(park_course *course, park_status status);

/* ---- inputs.c: what patterns say at the course's time ---- */

/* The factor of a pattern at a time; -1: 1. */
double park_pattern_factor(const park_network *net, int32_t pattern, double time);
/* Demands, heads of reservoirs, speeds of pumps. */
PARK_MUST_CHECK park_status park_inputs_apply(park_course *course, park_error *err);
/* The next instant after the course's time at which a pattern steps on. */
double park_inputs_next(const park_course *course);

/* ---- commands.c: what a control, rule or pattern asks of a link ---- */
/* What `status` (setting NAN) or `setting` asks of a link of this kind. */
park_command park_command_of(const park_course *course, int32_t link, park_net_status status, double setting);
bool         park_command_differs(const park_course *course, int32_t link, park_command command);
/* Obey; returns whether something changed. */
bool park_command_put(park_course *course, int32_t link, park_command command);
/* Tell the sink of a changed link. */
PARK_MUST_CHECK park_status park_command_tell(park_course *course, int32_t link, park_cause cause,
                                              park_error *err);
/* Closed, for whatever reason. */
bool park_link_is_closed(const park_course *course, int32_t link);
/* The setting in force: NAN for valves of fixed status. */
double           park_setting_now(const park_course *course, int32_t link);
park_flow_status park_command_status(park_net_status command);

/* ---- controls.c ---- */

/* Whether a control's condition holds at the course's time and levels; `slack`: seconds of flow within which a level
 * counts as reached. Controls at junctions answer by the pressure of the last solve. */
bool         park_control_holds(const park_course *course, size_t control, double slack);
bool         park_control_at_junction(const park_course *course, size_t control);
park_command park_control_command(const park_course *course, size_t control);
/* Act on every control that holds, in the order of the file; junctions are left to the solve. */
/* `fired`: [controls] of those on levels, the ones that are reached just now: all others count when their level lies
 * clearly behind it; NULL: at it is enough. */
PARK_MUST_CHECK park_status park_controls_apply(park_course *course, double slack, const bool *fired,
                                                park_error *err);
/* Controls at junctions act within the solve (hydraulics.h): what they changed is told after it. */
void                        park_controls_remember(park_course *course);
PARK_MUST_CHECK park_status park_controls_tell(park_course *course, park_error *err);

/* ---- solve.c: the instant ---- */

/* A solve, made closer where nodes are left out of balance: a part that pressure-driven demand alone holds has nowhere to
 * put the last imbalance. */
PARK_MUST_CHECK park_status park_solve_balanced(const park_hydraulic_plan     *plan,
                                                const park_hydraulic_settings *settings,
                                                park_hydraulic_state *state, park_hydraulic_work *work,
                                                park_hydraulic_report *report, park_error *err);
/* The solve at the course's time, power of pumps; counts and events. */
PARK_MUST_CHECK park_status park_course_solve(park_course *course, park_error *err);
/* The same after park_hydraulic_solve answered `status`, the links remembered before it. */
PARK_MUST_CHECK park_status park_course_solved(park_course *course, park_status status, park_error *err);
/* PARK_E_NUMERIC, told, when the last solve may not be gone on from. */
PARK_MUST_CHECK park_status park_course_judge(park_course *course, park_error *err);
/* A row, when one is due at the course's time or the run ends here. */
PARK_MUST_CHECK park_status park_course_report(park_course *course, bool last, park_error *err);
/* "3:20:05" of seconds into `text`. */
const char *park_period_clock(double seconds, char text[32]);

/* ---- carry.c: what the water carries, where the file asks for it ---- */
PARK_MUST_CHECK park_status park_carry_make(park_course *course, park_error *err);
/* Remember the volumes of tanks [m3] at the start of a step. */
void park_carry_begin(park_course *course, const double *volume);
/* Move everything over a step, with the flows of the state. volume_to: [tanks] at its end [m3]. */
PARK_MUST_CHECK park_status park_carry_step(park_course *course, double start, double seconds,
                                            const double *volume_to, park_error *err);

/* ---- account.c: sums over a step in which flows stood still ---- */

/* Water and energy of `step` seconds from the course's time; `lost`: water made away with by rounding tanks [m3]. */
void park_course_account(park_course *course, double step, double lost);
/* The highest power so far. */
void park_course_peaks(park_course *course);
/* What a pump's energy costs at the course's time [currency/J]. */
double park_course_price(const park_course *course, size_t pump);
/* At the end: storage, closure, means, cost. */
void park_course_close(park_course *course);

/* ---- notice.c ---- */
PARK_MUST_CHECK park_status park_notice_make(park_course *course, park_error *err);
/* Events by comparison with the last solve. */
PARK_MUST_CHECK park_status park_notice_solve(park_course *course, park_error *err);
/* How long what was seen stood. */
void park_notice_step(park_course *course, double step);
/* At the end: everything worth saying, as findings. */
void                        park_notice_findings(park_course *course);
PARK_MUST_CHECK park_status park_event_tell(park_course *course, park_period_event event, park_error *err);

/* ---- the two ways ---- */
PARK_MUST_CHECK park_status park_course_epanet(park_course *course, park_error *err);
/* One instant of it: what comes before the solve and after it, the step to the next instant included. */
PARK_MUST_CHECK park_status park_epanet_before(park_course *course, park_error *err);
PARK_MUST_CHECK park_status park_epanet_after(park_course *course, bool *ended, park_error *err);
PARK_MUST_CHECK park_status park_course_adaptive(park_course *course, park_error *err);

#endif
