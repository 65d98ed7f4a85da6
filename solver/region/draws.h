/*
 * draws.h - many futures of a region: every subject's values, how often targets are met, what drives them.
 * Math: docs/math/region.md, Eq. (Y14)-(Y18).   Looks down on: plan.
 */
#ifndef PARK_REGION_DRAWS_H
#define PARK_REGION_DRAWS_H

#include "region/plan.h"

/* Where a target's value stands in the results. */
typedef struct park_region_goal {
    size_t subject, year; /* index of the subject and of the year */
    bool   known;         /* its value exists on the central path */
} park_region_goal;

typedef struct park_region_draws {
    double *value;  /* [subjects * (years - first) * draws] */
    double *mean;   /* [subjects * (years - first)] */
    double *hits;   /* [targets] */
    double *inside; /* [targets] within the band around `about` */
    double  joint;
    double *share; /* [targets * factors] */
} park_region_draws;

/* Is the target reached by this value? `since`: the value of the year it counts from (ignored for absolute ones). */
bool park_region_reached(const park_region_target *target, double value, double since);
/* The bounds for a value of the year it counts from. */
void park_region_bounds(const park_region_target *target, double since, double *min, double *max);

/**
 * @param goal     [targets]
 * @param central  [targets] the central path's value, about which sums are taken
 * @return PARK_OK; PARK_E_CANCELLED; PARK_E_MEMORY
 */
PARK_MUST_CHECK park_status park_region_draw(const park_region_plan *plan, const park_region_goal *goal,
                                             const double *central, const park_region_settings *settings,
                                             park_arena *arena, park_region_draws *draws, park_error *err);

/**
 * Quantiles of `count` numbers by selection; the order of `value` is lost. NAN where any number is NAN or count is 0.
 * @param p  [n] rising, in [0, 1]; the value of rank floor(p (count - 1) + 1/2)
 * Cost O(count n).
 */
void park_region_quantiles(double *value, size_t count, const double *p, size_t n, double *quantile);

#endif
