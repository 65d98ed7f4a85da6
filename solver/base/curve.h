/*
 * curve.h - piecewise linear curves: value, slope, integral, inverse.
 * Looks down on: status.
 *
 * Beyond its ends a curve keeps its end value (hold) or its end slope (extend), whichever it says.
 */
#ifndef PARK_BASE_CURVE_H
#define PARK_BASE_CURVE_H

#include <parkwater/status.h>

#include <stddef.h>

typedef enum park_curve_ends { PARK_CURVE_HOLD, PARK_CURVE_EXTEND } park_curve_ends;

/* Points of a curve, borrowed: x strictly rising, all numbers finite, count above 0. */
typedef struct park_curve {
    size_t          count;
    const double   *x, *y; /* [count], any dimension */
    park_curve_ends ends;
} park_curve;

typedef enum park_trend {
    PARK_TREND_NONE,     /* neither throughout */
    PARK_TREND_LEVEL,    /* constant, or a single point */
    PARK_TREND_RISING,   /* y strictly rising from point to point */
    PARK_TREND_FALLING,  /* y strictly falling */
    PARK_TREND_CLIMBING, /* never falling, level in places */
    PARK_TREND_SINKING   /* never rising, level in places */
} park_trend;

/**
 * Whether the points make a curve.
 * @return PARK_OK; PARK_E_RANGE when there is none, a number is not finite, or x does not rise; err names the
 * point, counted from 1
 */
PARK_MUST_CHECK park_status park_curve_check(const park_curve *curve, park_error *err);

/* Value at x. O(log count). At a point the value is the point's own, exactly. */
double park_curve_value(const park_curve *curve, double x);
/* dy/dx at x; at a point the slope to its right. 0 beyond held ends and for a single point. */
double park_curve_slope(const park_curve *curve, double x);
/* Integral of y dx from a to b (negative when b < a), exact but for rounding. O(count). */
double park_curve_integral(const park_curve *curve, double a, double b);
/* How y runs over the points. */
park_trend park_curve_trend(const park_curve *curve);
/**
 * The x at which the curve takes the value y.
 * @return PARK_OK; PARK_E_RANGE when the trend is neither rising nor falling, or when held ends never reach y
 */
PARK_MUST_CHECK park_status park_curve_inverse(const park_curve *curve, double y, double *x, park_error *err);

#endif
