#include "decimal.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS = 9, FIXED_LOWEST = -4, POWERS = 32 };

static const uint64_t FULL     = 1000000000; /* 10^DIGITS */
static const double   NEAR_TIE = 1e-5;       /* a remainder this near to a half is left to the exact way */

static const double POWER[POWERS + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10,
                                         1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21,
                                         1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31, 1e32};

static double scaled(double size, int power)
{
    return power >= 0 ? size * POWER[power] : size / POWER[-power];
}

/* size = 0.d1d2..d9 x 10^(exponent + 1); false where the quick way is not sure of the last digit. */
static bool digits_of(double size, uint64_t *digits, int *exponent)
{
    int two;
    (void)frexp(size, &two);
    int e = (int)floor((two - 1) * 0.30102999566398120); /* at most one too low */
    if (e < DIGITS - 1 - POWERS || e > POWERS)
        return false;
    double m = scaled(size, DIGITS - 1 - e);
    if (m >= (double)FULL)
        m = scaled(size, DIGITS - 1 - ++e);
    uint64_t whole = (uint64_t)m;
    double   rest  = m - (double)whole;
    if (fabs(rest - 0.5) < NEAR_TIE)
        return false;
    whole += rest > 0.5;
    if (whole == FULL) {
        whole /= 10;
        e++;
    }
    *digits   = whole;
    *exponent = e;
    return true;
}

static size_t exact(double value, char *out)
{
    char text[PARK_DECIMAL_MOST + 8];
    int  length = snprintf(text, sizeof text, "%.9g", value);
    memcpy(out, text, (size_t)length);
    return (size_t)length;
}

static char *write_fixed(const char *digit, int count, int exponent, char *at)
{
    if (exponent < 0) {
        *at++ = '0';
        *at++ = '.';
        for (int i = -1; i > exponent; i--)
            *at++ = '0';
    }
    for (int i = 0; i < count || i <= exponent; i++) {
        if (i == exponent + 1 && exponent >= 0)
            *at++ = '.';
        *at++ = i < count ? digit[i] : '0';
    }
    return at;
}

static char *write_scientific(const char *digit, int count, int exponent, char *at)
{
    int size = exponent < 0 ? -exponent : exponent;
    *at++    = digit[0];
    if (count > 1)
        *at++ = '.';
    memcpy(at, digit + 1, (size_t)(count - 1));
    at += count - 1;
    *at++ = 'e';
    *at++ = exponent < 0 ? '-' : '+';
    *at++ = (char)('0' + size / 10); /* two digits: the quick way ends at 10^32 */
    *at++ = (char)('0' + size % 10);
    return at;
}

size_t park_decimal_write(double value, char *out)
{
    uint64_t digits;
    int      exponent, count    = DIGITS;
    char     digit[DIGITS], *at = out;
    if (isnan(value))
        return 0;
    if (value == 0.0) {
        *out = '0';
        return 1;
    }
    if (isinf(value) || !digits_of(fabs(value), &digits, &exponent))
        return exact(value, out);
    for (int i = DIGITS - 1; i >= 0; i--, digits /= 10)
        digit[i] = (char)('0' + digits % 10);
    while (count > 1 && digit[count - 1] == '0')
        count--;
    if (value < 0.0)
        *at++ = '-';
    at = exponent >= FIXED_LOWEST && exponent < DIGITS ? write_fixed(digit, count, exponent, at)
                                                       : write_scientific(digit, count, exponent, at);
    return (size_t)(at - out);
}
