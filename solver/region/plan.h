/*
 * plan.h - a region made ready for many futures: what members share stands once, what a draw moves is listed.
 * Math: docs/math/region.md, Eq. (Y7)-(Y13).   Looks down on: region (public), base.
 *
 * Members of one course that the same measures reach form a class: their parts move by the same factors, so a draw
 * computes a class's years once and each member costs a few products per year.
 */
#ifndef PARK_REGION_PLAN_H
#define PARK_REGION_PLAN_H

#include <parkwater/region.h>

enum { PARK_REGION_SCOPES = 2 }; /* 0: all members, 1: those above designated size */

typedef struct park_region_class {
    int32_t  course;
    size_t   measures;
    int32_t *measure; /* [measures] rising */
} park_region_class;

typedef struct park_region_plan {
    const park_region *region;
    size_t             known, first; /* year index of the last known, of the first future year */
    size_t             classes;
    park_region_class *class;
    int32_t *class_of;      /* [members] */
    double  *part;          /* [members * PARTS] of the last known year [m3/a] */
    double  *worth;         /* [members] value added of the last known year [CNY/a] */
    double  *measure_large; /* [measures] share of the adds that members above designated size take */
    double  *adds_of;       /* [measures * members] share of the adds that a member takes */
    size_t  *shared_at;     /* [members + 1] the shared entries whose receiver it is */
    int32_t *shared_of;
    double  *received;     /* [shares * SCOPES] what the receivers' part held in the last known year */
    double  *received_all; /* [shares] the same, without the scope */
    size_t   factors;
    park_region_factor        *factor;
    int32_t                   *factor_of_course;  /* [courses * 3] growth, intake, reuse; -1: certain */
    int32_t                   *factor_of_measure; /* [measures] */
    int32_t                   *factor_of_member;  /* [members * 3] own growth, volumes of intake, of reuse */
    int32_t                    factor_of_region;
    size_t                     subjects;
    const park_region_subject *subject;
} park_region_plan;

/* One future's sums. */
typedef struct park_region_future {
    double *part;   /* [SCOPES * years * PARTS] double counts taken out, future years */
    double *added;  /* [SCOPES * years] */
    double *output; /* [products * years] SI per year */
    double *intake; /* [products * years] m3/a */
} park_region_future;

/* Room of one worker. */
typedef struct park_region_scratch {
    double *factor;   /* [classes * years * (PARTS + 1)] last: conventional intake that becomes reuse */
    double *share;    /* [measures * years] s(y); share of the known year before them */
    double *receiver; /* [shares * SCOPES * years] */
    double *growth;   /* [classes] */
    park_region_future future;
} park_region_scratch;

PARK_MUST_CHECK park_status park_region_plan_make(const park_region *region, park_arena *arena,
                                                  park_region_plan *plan, park_error *err);
PARK_MUST_CHECK park_status park_region_scratch_make(const park_region_plan *plan, park_arena *arena,
                                                     park_region_scratch *scratch, park_error *err);

/* A measure's working share in a year, for an adoption. Eq. (Y9). */
double park_region_measure_share(const park_region_measure *measure, int32_t year, double adoption);

/* The adoption for a standard normal (0: the median), cut to [0, 1]. */
double park_region_measure_adoption(const park_region_measure *measure, double normal);

/**
 * One future into scratch->future.
 * @param normal   [factors] standard normals; NULL: all 0, the central path
 * @param without  a measure that does not go on after the last known year, -1
 * @param member   [members * years * (PARTS + 1)] or NULL: each member's parts with its share of the adds, value added
 */
void park_region_path(const park_region_plan *plan, const double *normal, int32_t without,
                      park_region_scratch *scratch, double *member);

/* A subject's value in a future year of a path; NAN when it does not exist. */
double park_region_value(const park_region_plan *plan, const park_region_future *future,
                         const park_region_subject *subject, size_t year);
/* The same in a known year; `normal` as above shifts the reported volumes, NULL: as reported. */
double park_region_known_value(const park_region_plan *plan, const park_region_subject *subject, size_t year,
                               const double *normal);

/* Non-conventional water among parts. */
double park_region_vih(const double part[PARK_REGION_PARTS]);

/* The part that a column belongs to. */
park_region_part park_region_part_of(park_region_flow flow);

#endif
