#include "base/distribution.h"

#include "base/random.h"

#include <math.h>

static double lognormal(double mean, double sd, double p)
{
    double cv = sd / mean, sigma = sqrt(log1p(cv * cv));
    if (!(mean > 0.0))
        return NAN;
    return mean * exp(sigma * park_normal_quantile(p) - 0.5 * sigma * sigma);
}

static double triangular(double min, double mode, double max, double p)
{
    double span = max - min, rise = mode - min, fall = max - mode;
    if (!(rise >= 0.0) || !(fall >= 0.0))
        return NAN;
    if (span == 0.0)
        return min;
    return p * span <= rise ? min + sqrt(p * span * rise) : max - sqrt((1.0 - p) * span * fall);
}

static double total(const park_distribution *law)
{
    double sum = 0.0;
    for (size_t i = 0; i < law->count; i++) {
        if (!(law->weight[i] > 0.0))
            return NAN;
        sum += law->weight[i];
    }
    return sum > 0.0 ? sum : NAN;
}

/* Values may stand in any order: the next larger one until its share covers p. */
static double discrete(const park_distribution *law, double p)
{
    double all = total(law), reached = 0.0, x = -INFINITY;
    if (isnan(all))
        return NAN;
    while (!(reached >= p * all * (1.0 - 1e-12))) {
        double next = INFINITY;
        for (size_t i = 0; i < law->count; i++)
            if (law->value[i] > x)
                next = fmin(next, law->value[i]);
        if (isinf(next))
            break;
        for (size_t i = 0; i < law->count; i++)
            if (law->value[i] == next)
                reached += law->weight[i];
        x = next;
    }
    return isinf(x) ? NAN : x;
}

double park_distribution_quantile(const park_distribution *law, double p)
{
    if (!(p > 0.0) || !(p < 1.0))
        return NAN;
    switch (law->kind) {
    case PARK_DISTRIBUTION_NORMAL:
        return law->sd >= 0.0 ? law->mean + law->sd * park_normal_quantile(p) : NAN;
    case PARK_DISTRIBUTION_LOGNORMAL:
        return law->sd >= 0.0 ? lognormal(law->mean, law->sd, p) : NAN;
    case PARK_DISTRIBUTION_UNIFORM:
        return law->min <= law->max ? law->min + p * (law->max - law->min) : NAN;
    case PARK_DISTRIBUTION_TRIANGULAR:
        return triangular(law->min, law->mode, law->max, p);
    case PARK_DISTRIBUTION_DISCRETE:
        return discrete(law, p);
    }
    return NAN;
}

double park_distribution_mean(const park_distribution *law)
{
    double sum = 0.0;
    switch (law->kind) {
    case PARK_DISTRIBUTION_NORMAL:
        return law->sd >= 0.0 ? law->mean : NAN;
    case PARK_DISTRIBUTION_LOGNORMAL:
        return law->sd >= 0.0 && law->mean > 0.0 ? law->mean : NAN;
    case PARK_DISTRIBUTION_UNIFORM:
        return law->min <= law->max ? 0.5 * (law->min + law->max) : NAN;
    case PARK_DISTRIBUTION_TRIANGULAR:
        return law->min <= law->mode && law->mode <= law->max ? (law->min + law->mode + law->max) / 3.0 : NAN;
    case PARK_DISTRIBUTION_DISCRETE:
        for (size_t i = 0; i < law->count; i++)
            sum += law->value[i] * law->weight[i];
        return sum / total(law);
    }
    return NAN;
}
