#include "base/curve.h"

#include <math.h>
#include <stdbool.h>

park_status park_curve_check(const park_curve *curve, park_error *err)
{
    if (curve->count == 0)
        return PARK_FAIL(err, PARK_E_RANGE, "a curve needs at least one point");
    for (size_t i = 0; i < curve->count; i++) {
        if (!isfinite(curve->x[i]) || !isfinite(curve->y[i]))
            return PARK_FAIL(err, PARK_E_RANGE, "point %zu of the curve is (%g, %g); both must be finite",
                             i + 1, curve->x[i], curve->y[i]);
        if (i > 0 && !(curve->x[i] > curve->x[i - 1]))
            return PARK_FAIL(err, PARK_E_RANGE,
                             "point %zu of the curve is at %g; it must lie above %g, the point before", i + 1,
                             curve->x[i], curve->x[i - 1]);
    }
    return PARK_OK;
}

/* Segment i, from point i to i+1, that holds x; the first or last one for x beyond the ends. count above 1.
 */
static size_t segment(const park_curve *curve, double x)
{
    size_t low = 0, high = curve->count - 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (x >= curve->x[middle])
            low = middle;
        else
            high = middle;
    }
    return low;
}

static double segment_slope(const park_curve *curve, size_t i)
{
    return (curve->y[i + 1] - curve->y[i]) / (curve->x[i + 1] - curve->x[i]);
}

static bool held(const park_curve *curve, double x)
{
    return curve->count == 1 ||
           (curve->ends == PARK_CURVE_HOLD && (x < curve->x[0] || x >= curve->x[curve->count - 1]));
}

double park_curve_value(const park_curve *curve, double x)
{
    size_t last = curve->count - 1;
    if (held(curve, x))
        return x < curve->x[0] ? curve->y[0] : curve->y[last];
    size_t i = segment(curve, x);
    /* From the nearer end, so that both points are met exactly. */
    size_t near = x - curve->x[i] < curve->x[i + 1] - x ? i : i + 1;
    return curve->y[near] + segment_slope(curve, i) * (x - curve->x[near]);
}

double park_curve_slope(const park_curve *curve, double x)
{
    return held(curve, x) ? 0.0 : segment_slope(curve, segment(curve, x));
}

/* Within one piece the value is linear, so the trapezoid is exact; pieces end at the points between a and b.
 */
double park_curve_integral(const park_curve *curve, double a, double b)
{
    if (b < a)
        return -park_curve_integral(curve, b, a);
    double sum = 0.0, from = a, value = park_curve_value(curve, a);
    for (size_t i = 0; i < curve->count && curve->x[i] < b; i++) {
        if (curve->x[i] <= from)
            continue;
        sum += 0.5 * (value + curve->y[i]) * (curve->x[i] - from);
        from  = curve->x[i];
        value = curve->y[i];
    }
    return sum + 0.5 * (value + park_curve_value(curve, b)) * (b - from);
}

park_trend park_curve_trend(const park_curve *curve)
{
    size_t up = 0, down = 0, pieces = curve->count - 1;
    for (size_t i = 0; i < pieces; i++) {
        up += curve->y[i + 1] > curve->y[i];
        down += curve->y[i + 1] < curve->y[i];
    }
    if (up == 0 && down == 0)
        return PARK_TREND_LEVEL;
    if (up > 0 && down > 0)
        return PARK_TREND_NONE;
    if (up > 0)
        return up == pieces ? PARK_TREND_RISING : PARK_TREND_CLIMBING;
    return down == pieces ? PARK_TREND_FALLING : PARK_TREND_SINKING;
}

park_status park_curve_inverse(const park_curve *curve, double y, double *x, park_error *err)
{
    park_trend trend = park_curve_trend(curve);
    if (trend != PARK_TREND_RISING && trend != PARK_TREND_FALLING)
        return PARK_FAIL(err, PARK_E_RANGE, "a curve that neither rises nor falls throughout has no inverse");
    size_t last = curve->count - 1;
    double sign = trend == PARK_TREND_RISING ? 1.0 : -1.0;
    double low = sign * curve->y[0], high = sign * curve->y[last], want = sign * y;
    if (!isfinite(y) || (curve->ends == PARK_CURVE_HOLD && (want < low || want > high)))
        return PARK_FAIL(err, PARK_E_RANGE, "the curve never takes the value %g; it runs from %g to %g", y,
                         curve->y[0], curve->y[last]);
    size_t i = 0;
    while (i + 1 < last && want >= sign * curve->y[i + 1])
        i++;
    size_t near = fabs(y - curve->y[i]) < fabs(curve->y[i + 1] - y) ? i : i + 1;
    *x          = curve->x[near] + (y - curve->y[near]) / segment_slope(curve, i);
    return PARK_OK;
}
