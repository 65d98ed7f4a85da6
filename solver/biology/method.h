/*
 * method.h - the weights of the conserving steps.   Math: docs/math/biology.md, Eq. (B41).   Looks down on: nothing.
 *
 * Singly diagonally implicit Runge-Kutta of order 3 with three stages, L-stable and stiffly accurate (Alexander (1977), SIAM J.
 * Numer. Anal. 14, 1006), with an embedded order 2.
 */
#ifndef PARK_BIOLOGY_METHOD_H
#define PARK_BIOLOGY_METHOD_H

enum { PARK_METHOD_STAGES = 3 };

/* The root of x^3 - 3x^2 + 3x/2 - 1/6 in (1/6, 1/2). */
#define PARK_METHOD_GAMMA 0.43586652150845899942

typedef struct park_method {
    double a[PARK_METHOD_STAGES][PARK_METHOD_STAGES]; /* the last row are the weights */
    double difference[PARK_METHOD_STAGES];            /* weights less those of order 2 */
} park_method;

static inline park_method park_method_weights(void)
{
    const double g = PARK_METHOD_GAMMA, middle = 0.5 * (1.0 + g), second = (0.5 - g) / (middle - g);
    const double b1 = -1.5 * g * g + 4.0 * g - 0.25, b2 = 1.5 * g * g - 5.0 * g + 1.25;
    return (park_method){.a          = {{g, 0.0, 0.0}, {middle - g, g, 0.0}, {b1, b2, g}},
                         .difference = {b1 - (1.0 - second), b2 - second, g}};
}

#endif
