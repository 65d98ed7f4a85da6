#include "base/root.h"

#include <float.h>
#include <math.h>

enum { STEPS = 200 };

typedef struct point {
    double x, f;
} point;

/* Where between a and b to look next, as a share of the way from a; c is the point before. */
static double share(point a, point b, point c)
{
    double xi = (a.x - b.x) / (c.x - b.x), phi = (a.f - b.f) / (c.f - b.f);
    if (!(phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi))
        return 0.5;
    return a.f / (b.f - a.f) * c.f / (b.f - c.f) +
           (c.x - a.x) / (b.x - a.x) * a.f / (c.f - a.f) * b.f / (c.f - b.f);
}

park_status park_root(park_function *f, void *context, double low, double high, double tolerance, double *x,
                      park_error *err)
{
    point b = {low, f(low, context)}, a = {high, f(high, context)}, c;
    if (!(a.f * b.f <= 0.0) && !(a.f <= 0.0 && b.f >= 0.0) && !(a.f >= 0.0 && b.f <= 0.0)) /* or NAN */
        return PARK_FAIL(err, PARK_E_RANGE, "no change of sign between %g and %g: %g and %g", low, high, b.f,
                         a.f);
    double t = 0.5;
    for (int i = 0; i < STEPS; i++) {
        point  best  = fabs(a.f) < fabs(b.f) ? a : b;
        double width = fabs(b.x - a.x),
               least = fmax(tolerance * fmax(fabs(best.x), 1e-300), 2.0 * DBL_EPSILON * fabs(best.x));
        *x           = best.x;
        if (best.f == 0.0 || width <= least)
            return PARK_OK;
        double edge = 0.5 * least / width;
        t           = fmin(fmax(t, edge), 1.0 - edge);
        point new   = {.x = a.x + t * (b.x - a.x)};
        new.f       = f(new.x, context);
        if (isnan(new.f))
            return PARK_FAIL(err, PARK_E_RANGE, "the function has no value at %g", new.x);
        if ((new.f > 0.0) == (a.f > 0.0)) {
            c = a;
        } else {
            c = b;
            b = a;
        }
        a = new;
        t = share(a, b, c);
    }
    return PARK_OK;
}
