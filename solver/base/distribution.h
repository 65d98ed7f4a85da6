/*
 * distribution.h - probability laws that a scenario may give a number, by their quantiles.
 * Looks down on: random.
 *
 *     park_distribution law = {.kind = PARK_DISTRIBUTION_LOGNORMAL, .mean = 1.0, .sd = 0.18};
 *     park_distribution_quantile(&law, 0.5);        0.98...: the median
 */
#ifndef PARK_BASE_DISTRIBUTION_H
#define PARK_BASE_DISTRIBUTION_H

#include <stddef.h>

typedef enum park_distribution_kind {
    PARK_DISTRIBUTION_NORMAL,     /* mean, sd */
    PARK_DISTRIBUTION_LOGNORMAL,  /* mean above 0 and sd of the value itself, not of its log */
    PARK_DISTRIBUTION_UNIFORM,    /* min, max */
    PARK_DISTRIBUTION_TRIANGULAR, /* min, mode, max */
    PARK_DISTRIBUTION_DISCRETE    /* value[count] with weight[count] above 0 */
} park_distribution_kind;

typedef struct park_distribution {
    park_distribution_kind kind;
    double                 mean, sd;
    double                 min, mode, max;
    size_t                 count;
    const double          *value, *weight; /* [count] borrowed; weights need not sum to 1 */
} park_distribution;

/**
 * The smallest x with P(X <= x) >= p.
 * @param p  inside (0, 1)
 * @return x; NAN for a p outside or parameters that make no law (sd below 0, min above max, mode outside, no values)
 * Source: normal by park_normal_quantile; lognormal with sigma^2 = ln(1 + (sd/mean)^2), mu = ln mean - sigma^2/2.
 */
double park_distribution_quantile(const park_distribution *law, double p);

/* The mean of the law; NAN when the parameters make none. */
double park_distribution_mean(const park_distribution *law);

#endif
