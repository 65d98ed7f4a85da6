/*
 * powers.h - powers and logarithms of positive numbers, written so that compilers turn loops of them into vectors: the
 * same operations in the same order on every machine, so the bits do not depend on a mathematical library.
 * Math: docs/math/hydraulics.md, Eq. (H1)-(H3).   Looks down on: base/wide.h.
 *
 * Accuracy: log2 within 3e-16 (1 + |log2 x|); a power within 1e-14 relative while |exponent log2 x| <= 40.
 * Zero counts as 2^-1023; powers outside 2^-1000 .. 2^1000 are held at those ends. NaN and infinity give nonsense.
 */
#ifndef PARK_HYDRAULICS_POWERS_H
#define PARK_HYDRAULICS_POWERS_H

#include "base/wide.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* log2 of x above 0: x = 2^e m with m in [sqrt 1/2, sqrt 2); log2 m = 2/ln2 artanh s, s = (m-1)/(m+1).   Eq. (H1) */
PARK_INLINE double park_log2(double x)
{
    const uint64_t one = 0x3ff0000000000000u, root_half = 0x3fe6a09e667f3bcdu, exponent = 0xfff0000000000000u;
    uint64_t       bits, whole;
    double         e, m;
    memcpy(&bits, &x, sizeof bits);
    whole = bits + (one - root_half);
    bits  = bits - (whole & exponent) + one;
    whole = (whole >> 52) | 0x4330000000000000u;
    memcpy(&e, &whole, sizeof e);
    memcpy(&m, &bits, sizeof m);
    e -= 4503599627370496.0 + 1023.0;
    double s = (m - 1.0) / (m + 1.0), z = s * s;
    double p = 0.1914277377257988167 + z * 0.18880213866521517843;
    p        = 0.22197652442853488221 + z * p;
    p        = 0.26230786391134055249 + z * p;
    p        = 0.32059890042182216307 + z * p;
    p        = 0.41219858310211063253 + z * p;
    p        = 0.57707801635559802413 + z * p;
    p        = 0.96179669392597560199 + z * p;
    return e + (s * 2.885390081777926815 + s * z * p);
}

/* 2^t: t = k + r, |r| <= 1/2, 2^r by a polynomial of degree 11.   Eq. (H2) */
PARK_INLINE double park_exp2(double t)
{
    const double round =
        6755399441055744.0; /* 1.5 x 2^52: adding it leaves the nearest whole number in the low bits */
    t                = t < -1000.0 ? -1000.0 : t;
    t                = t > 1000.0 ? 1000.0 : t;
    double   shifted = t + round, r = t - (shifted - round);
    uint64_t k, bits;
    memcpy(&k, &shifted, sizeof k);
    double p = 7.0725930278789965689e-9 + r * 4.4549643712692967898e-10;
    p        = 1.0178062426976923424e-7 + r * p;
    p        = 1.3215442552522291478e-6 + r * p;
    p        = 0.000015252733829867080582 + r * p;
    p        = 0.0001540353044179413737 + r * p;
    p        = 0.0013333558146416916877 + r * p;
    p        = 0.0096181291076068539459 + r * p;
    p        = 0.055504108664821594368 + r * p;
    p        = 0.24022650695910098274 + r * p;
    p        = 0.69314718055994530942 + r * p;
    p        = 1.0 + r * p;
    memcpy(&bits, &p, sizeof bits);
    bits += k << 52;
    memcpy(&p, &bits, sizeof p);
    return p;
}

/* x^a for x >= 0.   Eq. (H3) */
PARK_INLINE double park_power(double x, double a)
{
    return park_exp2(a * park_log2(x));
}

#endif
