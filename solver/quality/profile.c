#include "quality/profile.h"

#include <math.h>
#include <stdbool.h>

static const double NOTHING  = 1e-9;  /* a share so small that its own shape does not count */
static const double ROUNDING = 1e-13; /* of the largest value: equal but for rounding */

/* Plain comparisons: fmin and fmax are calls, and these lines are the heart of the room. */
static inline double least(double a, double b)
{
    return a < b ? a : b;
}

static inline double most(double a, double b)
{
    return a > b ? a : b;
}

/* A line over 0..1: value in the middle, half the rise. */
typedef struct line {
    double middle, half, size; /* size: the largest value that it stands for */
} line;

/* Most water is one and the same. */
static inline bool uniform(double a0, double a1, double b0, double b1)
{
    return a0 == a1 && a0 == b0 && a0 == b1;
}

/* Least squares with the mass kept, Eq. (Q3), then held within the ends that it stands for, Eq. (Q4). */
static line common_line(double share, double a0, double a1, double b0, double b1)
{
    double rest = 1.0 - share;
    double a = 0.5 * (a0 + a1), b = 0.5 * (b0 + b1);
    double middle = share * a + rest * b;
    double half = 0.5 * (share * share * (a1 - a0) + rest * rest * (b1 - b0) + 6.0 * share * rest * (b - a));
    double low = least(least(a0, a1), least(b0, b1)), high = most(most(a0, a1), most(b0, b1));
    double room = most(0.0, least(middle - low, high - middle));
    if (fabs(half) > room)
        half = half < 0.0 ? -room : room;
    return (line){middle, half, most(fabs(low), fabs(high))};
}

static double share_of(double a, double b)
{
    return a + b > 0.0 ? a / (a + b) : 0.5;
}

double park_profile_misfit(size_t count, const double *tolerance, double a, const double *a0,
                           const double *a1, double b, const double *b0, const double *b1, double limit)
{
    double share = share_of(a, b), worst = 0.0;
    for (size_t c = 0; c < count && worst <= limit; c++) {
        if (tolerance[c] < 0.0)
            return INFINITY;
        if (uniform(a0[c], a1[c], b0[c], b1[c]))
            continue;
        line   m   = common_line(share, a0[c], a1[c], b0[c], b1[c]);
        double mid = m.middle + m.half * (2.0 * share - 1.0), off = 0.0;
        if (share > NOTHING)
            off = most(fabs(m.middle - m.half - a0[c]), fabs(mid - a1[c]));
        if (1.0 - share > NOTHING)
            off = most(off, most(fabs(m.middle + m.half - b1[c]), fabs(mid - b0[c])));
        double allowed = most(tolerance[c], ROUNDING * m.size);
        if (off > 0.0)
            worst = most(worst, allowed > 0.0 ? off / allowed : INFINITY);
    }
    return worst;
}

void park_profile_join(size_t count, double a, const double *a0, const double *a1, double b, const double *b0,
                       const double *b1, double *m0, double *m1)
{
    double share = share_of(a, b);
    for (size_t c = 0; c < count; c++) {
        if (uniform(a0[c], a1[c], b0[c], b1[c])) {
            m0[c] = m1[c] = a0[c];
            continue;
        }
        line m = common_line(share, a0[c], a1[c], b0[c], b1[c]);
        m0[c]  = m.middle - m.half;
        m1[c]  = m.middle + m.half;
    }
}
