/*
 * day.h - a bound network made ready for one day of the park, and marched through it.
 * Math: docs/math/bound.md, Eq. (N1)-(N6).   Looks down on: bound.h.
 *
 * A binding says once, for a network, which links of the park it carries and at which nodes they draw and give. A profile
 * is a day of the park: the carried flows hour by hour. A day is the network with a profile's demands, everything else
 * as its file says; a trace is what marching it showed.
 */
#ifndef PARK_BOUND_DAY_H
#define PARK_BOUND_DAY_H

#include <parkwater/bound.h>

enum { PARK_BOUND_HOURS = 24 };

/* One carried link at one node: it draws `share` of the link's flow there, or gives it where the share is below zero. */
typedef struct park_bound_draw {
    int32_t carried; /* counts binding->link */
    int32_t node;    /* a junction: reservoirs and tanks give and take by their heads */
    int32_t unit;    /* of the model, at this end */
    double  share;
} park_bound_draw;

typedef struct park_bound_binding {
    const park_model         *model;
    const park_bound_network *bound;
    size_t                    carried;
    int32_t                  *link; /* [carried] of the model */
    size_t                    draws;
    park_bound_draw          *draw;
    bool                     *is_bound; /* [nodes] their own demands are replaced */
    int64_t                   step;     /* [s] of all patterns */
    int64_t                   midnight; /* pattern start of a run that begins at midnight [s] */
} park_bound_binding;

typedef struct park_bound_profile {
    int64_t start;      /* local midnight [s UTC] */
    int32_t worst_hour; /* the hour with the most carried water */
    double *flow;       /* [carried * PARK_BOUND_HOURS] m3/s */
    bool    any;        /* false: no row of the simulation stands behind it */
} park_bound_profile;

/* The network for a day: its columns that may be changed are its own. */
typedef struct park_bound_day {
    park_network net;
    double      *base; /* [demand rows] = net.demand.base; those of draws from `first_draw` on, in order */
    double      *elevation; /* [nodes] = net.node.elevation */
    double      *diameter;  /* [links] = net.link.diameter */
    double      *leak_area; /* [links] = net.link.leak_area */
    double      *level;     /* [tanks] = net.tank.level */
    size_t       first_draw;
} park_bound_day;

/* Hourly rows of a run: pressures [hours * nodes] m, flows [hours * links] m3/s, levels [hours * tanks] m. */
typedef struct park_bound_trace {
    size_t  hours; /* rows that were kept */
    double *pressure, *flow, *level;
    double *power; /* [hours] of all pumps [W] */
    double *age;   /* [nodes] largest of the last day [s], where asked for; NULL */
} park_bound_trace;

/* ---- binding.c ---- */

PARK_MUST_CHECK park_status park_bound_binding_make(const park_model *model, const park_bound_network *bound,
                                                    park_arena *arena, park_bound_binding **binding,
                                                    park_error *err);

/* Is an end of a carried link bound to no node? Then the network knows nothing of its water there. */
bool park_bound_end_is_loose(const park_bound_binding *binding, size_t carried, bool to);

/* ---- profile.c ---- */

/* Worst and average day of a season, Eq. (N1), (N2). */
PARK_MUST_CHECK park_status park_bound_profiles(const park_bound_binding *binding,
                                                const park_bound_flows *flows, int32_t season,
                                                park_arena *arena, park_bound_profile *worst,
                                                park_bound_profile *average, park_error *err);
/* The day that holds an instant, its missing hours from `average`. False: the simulation knows nothing of it. */
bool park_bound_profile_at(const park_bound_binding *binding, const park_bound_flows *flows, int64_t instant,
                           const park_bound_profile *average, park_bound_profile *day);
/* All water carried in an hour [m3/s]. */
double park_bound_profile_total(const park_bound_binding *binding, const park_bound_profile *profile,
                                size_t hour);

/* ---- day.c ---- */

/* The network with the demands of a profile, from midnight, for a day. */
PARK_MUST_CHECK park_status park_bound_day_make(const park_bound_binding *binding,
                                                const park_bound_profile *profile, park_arena *arena,
                                                park_bound_day *day, park_error *err);
/* Begin at another second of the day and last so long [s]; 0: one instant. */
void park_bound_day_span(const park_bound_binding *binding, park_bound_day *day, int64_t begin,
                         int64_t seconds);
/* Tanks start at these levels [tanks] [m], as far as their own limits let them. */
void park_bound_day_levels(park_bound_day *day, const double *level);
/**
 * March a day. The trace holds rows of whole hours, the first at the beginning.
 * @param with_age  the last row's day of ages; the network's own quality is not carried
 */
PARK_MUST_CHECK park_status park_bound_day_march(const park_bound_binding *binding, const park_bound_day *day,
                                                 bool with_age, park_findings *findings, park_arena *arena,
                                                 park_bound_trace *trace, park_period_result **result,
                                                 park_error *err);

/* ---- remedy.c ---- */

/**
 * What would hold a pressure, each found by solving again at the lack's hour: a smaller draw of its unit (Eq. (N8)),
 * more head at the sources (Eq. (N9)), larger pipes on the way of the largest loss (Eq. (N10)).
 * @param day       made of the worst day's profile; its columns are changed and put back
 * @param level     [tanks] at that hour
 * @param in_depth  heads and pipes too; else the draw alone, and that only with an alternative
 */
PARK_MUST_CHECK park_status park_bound_remedy(const park_bound_binding *binding, park_bound_day *day,
                                              const double *level, int32_t hour, bool in_depth,
                                              park_bound_lack *lack, park_arena *arena, park_error *err);

/* ---- tell.c ---- */

/* Everything worth saying about a solved network: a finding each. */
void park_bound_tell(const park_bound_binding *binding, const park_bound_result *result,
                     park_findings *findings);
/* What a run of the network noticed, the first of each code. `told`: as many as there are codes. */
void park_bound_pass_on(const park_bound_binding *binding, const park_findings *noticed, bool *told,
                        park_findings *findings);

/* ---- failures.c ---- */

PARK_MUST_CHECK park_status park_bound_failure_solve(const park_bound_binding *binding, park_bound_day *day,
                                                     const double *level, int64_t begin,
                                                     park_bound_failure *failure, park_arena *arena,
                                                     park_error *err);

#endif
