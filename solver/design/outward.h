/*
 * outward.h - sums and products rounded so that they can only err to the safe side.
 * Looks down on: nothing. Math: docs/math/tree.md, Eq. (T12).
 */
#ifndef PARK_DESIGN_OUTWARD_H
#define PARK_DESIGN_OUTWARD_H

#include <float.h>
#include <math.h>

/* One rounding step below and above: safe for the result of one operation. Infinities stay. */
static inline double park_down(double x)
{
    return x - (fabs(x) * DBL_EPSILON + DBL_MIN);
}

static inline double park_up(double x)
{
    return x + (fabs(x) * DBL_EPSILON + DBL_MIN);
}

/* 0 times infinity counts as 0: a factor that is exactly zero. */
static inline double park_times(double a, double b)
{
    return a == 0.0 || b == 0.0 ? 0.0 : a * b;
}

/* Enclosure of [alo, ahi] * [blo, bhi]. */
static inline void park_interval_times(double alo, double ahi, double blo, double bhi, double *lo, double *hi)
{
    double p = park_times(alo, blo), q = park_times(alo, bhi), r = park_times(ahi, blo),
           s = park_times(ahi, bhi);
    *lo      = park_down(fmin(fmin(p, q), fmin(r, s)));
    *hi      = park_up(fmax(fmax(p, q), fmax(r, s)));
    if (alo >= 0.0 && blo >= 0.0)
        *lo = *lo < 0.0 ? 0.0 : *lo;
}

/* Enclosure of [alo, ahi] / [blo, bhi] for 0 <= alo and 0 < blo. */
static inline void park_interval_over(double alo, double ahi, double blo, double bhi, double *lo, double *hi)
{
    *lo = isinf(bhi) ? 0.0 : fmax(0.0, park_down(alo / bhi));
    *hi = isinf(ahi) ? INFINITY : park_up(ahi / blo);
}

#endif
