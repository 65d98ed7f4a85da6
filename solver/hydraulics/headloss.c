#include "hydraulics/headloss.h"
#include "hydraulics/powers.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

double park_minor_loss(double k, double diameter)
{
    double d2 = diameter * diameter;
    return PARK_MINOR_LOSS * k / (d2 * d2);
}

/* Hazen-Williams, Eq. (H4): 4.727 of the US form becomes 10.666829. */
static double resistance_hw(double length, double d, double c)
{
    return 4.727 * park_power(PARK_FT, 4.871 - 3.0 * 1.852) * length /
           (park_power(c, 1.852) * park_power(d, 4.871));
}

/* Darcy-Weisbach, Eq. (H5): friction factor and flow squared come later; g = 32.2 ft/s2. */
static double resistance_dw(double length, double d)
{
    double area = PI * d * d / 4.0;
    return length / (2.0 * 32.2 * PARK_FT * d * area * area);
}

/* Chezy-Manning, Eq. (H9), with 1.49 and (d/4)^-1.333 of the US form. */
static double resistance_cm(double length, double d, double n)
{
    double q = 4.0 * n / (1.49 * PI * d * d);
    return q * q * park_power(d / 4.0, -1.333) * length * park_power(PARK_FT, 0.333 - 1.0);
}

void park_pipe_set(park_pipes *pipes, size_t i, double length, double diameter, double roughness, double k,
                   double viscosity)
{
    pipes->minor[i] = park_minor_loss(k, diameter);
    switch (pipes->formula) {
    case PARK_NET_HAZEN_WILLIAMS:
        pipes->resistance[i] = resistance_hw(length, diameter, roughness);
        break;
    case PARK_NET_DARCY_WEISBACH:
        pipes->resistance[i] = resistance_dw(length, diameter);
        pipes->rough[i]      = roughness / diameter;
        pipes->thin[i]       = viscosity * diameter;
        break;
    case PARK_NET_CHEZY_MANNING:
        pipes->resistance[i] = resistance_cm(length, diameter, roughness);
        break;
    }
}

/* h = k q |q|^(n-1) + m q |q|, with a straight line of slope FLAT / n where n k |q|^(n-1) is below FLAT. */
PARK_INLINE void power_law(size_t count, const double *restrict k, const double *restrict m,
                           const double *restrict flow, double *restrict loss, double *restrict slope)
{
    const double n = 1.852;
    for (size_t i = 0; i < count; i++) {
        double size  = fabs(flow[i]);
        double steep = n * k[i] * park_exp2((n - 1.0) * park_log2(size));
        double chord = steep * (1.0 / n);
        int    flat  = steep < PARK_SLOPE_FLAT;
        chord        = flat ? PARK_SLOPE_FLAT / n : chord;
        steep        = flat ? PARK_SLOPE_FLAT / n : steep;
        loss[i]      = flow[i] * (chord + m[i] * size);
        slope[i]     = steep + 2.0 * m[i] * size;
    }
}

/* The same for n = 2. */
PARK_INLINE void square_law(size_t count, const double *restrict k, const double *restrict m,
                            const double *restrict flow, double *restrict loss, double *restrict slope)
{
    for (size_t i = 0; i < count; i++) {
        double size  = fabs(flow[i]);
        double steep = 2.0 * k[i] * size, chord = k[i] * size;
        int    flat = steep < PARK_SLOPE_FLAT;
        chord       = flat ? PARK_SLOPE_FLAT / 2.0 : chord;
        steep       = flat ? PARK_SLOPE_FLAT / 2.0 : steep;
        loss[i]     = flow[i] * (chord + m[i] * size);
        slope[i]    = steep + 2.0 * m[i] * size;
    }
}

/* Darcy-Weisbach: all three regimes computed, the right one chosen; w = Re pi / 4. Eq. (H6)-(H8) */
PARK_INLINE void friction_law(size_t count, const double *restrict k, const double *restrict m,
                              const double *restrict rough, const double *restrict thin,
                              const double *restrict flow, double *restrict loss, double *restrict slope)
{
    const double scale     = -0.86858896380650365530; /* -2 / ln 10 */
    const double ln2       = 0.69314718055994530942;
    const double at_4000   = 3.28895476345399058690e-3; /* 5.74 / 4000^0.9 */
    const double turbulent = 1000.0 * PI, laminar = 500.0 * PI;
    for (size_t i = 0; i < count; i++) {
        double size = fabs(flow[i]), w = size / thin[i];
        /* Swamee and Jain; between 2000 and 4000 at 4000 */
        int    full = w >= turbulent;
        double y1   = full ? 4.61841319859066668690 * park_exp2(-0.9 * park_log2(w))
                           : at_4000; /* 5.74 (pi/4)^0.9 w^-0.9 */
        double y2 = rough[i] / 3.7 + y1, y3 = scale * ln2 * park_log2(y2);
        double fa  = 1.0 / (y3 * y3);
        double dfa = 1.8 * fa * y1 * scale / (y2 * y3); /* q df/dq */
        /* Dunlop's cubic */
        double fb = (2.0 + 1.8 * scale * at_4000 / (y2 * y3)) * fa, r = w / laminar;
        double x1 = 7.0 * fa - fb, x2 = 0.128 - 17.0 * fa + 2.5 * fb, x3 = -0.128 + 13.0 * fa - (fb + fb),
               x4 = 0.032 - 3.0 * fa + 0.5 * fb;
        double fc = x1 + r * (x2 + r * (x3 + r * x4)), dfc = r * (x2 + r * (2.0 * x3 + r * 3.0 * x4));
        double f = full ? fa : fc, df = full ? dfa : dfc;
        double chord = (f * k[i] + m[i]) * size, steep = 2.0 * chord + df * k[i] * size;
        /* Hagen and Poiseuille */
        int    slow = w <= laminar;
        double line = 16.0 * PI * thin[i] * k[i];
        loss[i]     = flow[i] * (slow ? line + m[i] * size : chord);
        slope[i]    = slow ? line + 2.0 * m[i] * size : steep;
    }
}

PARK_INLINE void loss_of(const park_pipes *pipes, size_t from, size_t to, const double *flow, double *loss,
                         double *slope)
{
    const double *k = pipes->resistance + from, *m = pipes->minor + from;
    switch (pipes->formula) {
    case PARK_NET_HAZEN_WILLIAMS:
        power_law(to - from, k, m, flow, loss, slope);
        break;
    case PARK_NET_DARCY_WEISBACH:
        friction_law(to - from, k, m, pipes->rough + from, pipes->thin + from, flow, loss, slope);
        break;
    case PARK_NET_CHEZY_MANNING:
        square_law(to - from, k, m, flow, loss, slope);
        break;
    }
}

static PARK_WIDE void loss_wide(const park_pipes *pipes, size_t from, size_t to, const double *flow,
                                double *loss, double *slope)
{
    loss_of(pipes, from, to, flow, loss, slope);
}

static PARK_WIDEST void loss_widest(const park_pipes *pipes, size_t from, size_t to, const double *flow,
                                    double *loss, double *slope)
{
    loss_of(pipes, from, to, flow, loss, slope);
}

void park_pipes_loss(const park_pipes *pipes, size_t from, size_t to, const double *flow, double *loss,
                     double *slope)
{
    if (PARK_WIDEST_HERE)
        loss_widest(pipes, from, to, flow, loss, slope);
    else if (PARK_WIDE_HERE)
        loss_wide(pipes, from, to, flow, loss, slope);
    else
        loss_of(pipes, from, to, flow, loss, slope);
}
