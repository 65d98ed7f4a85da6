#include "base/dense.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { REFINEMENTS = 3 };

/* Power of two that brings the row's largest entry into [1/2, 1); 0 for a row of zeros or with a NaN or
 * infinity. */
static double scale_of(const double *row, size_t n)
{
    double largest = 0.0;
    for (size_t j = 0; j < n; j++) {
        if (!isfinite(row[j]))
            return 0.0;
        largest = fmax(largest, fabs(row[j]));
    }
    int exponent;
    frexp(largest, &exponent);
    return largest > 0.0 ? ldexp(1.0, -exponent) : 0.0;
}

static park_status singular(park_error *err, size_t column)
{
    return PARK_FAIL(err, PARK_E_NUMERIC, "the linear system has no single solution: no pivot in column %zu",
                     column + 1);
}

/* Largest size in column k, rows 0 .. rows-1. */
static double column_size(size_t n, const double *lu, size_t k, size_t rows)
{
    double largest = 0.0;
    for (size_t i = 0; i < rows; i++)
        largest = fmax(largest, fabs(lu[i * n + k]));
    return largest;
}

/* In place: unit lower and upper factor of the rows in the order that pivot [n] gives. A pivot is void when
 * it is but the rounding of the numbers its column began with (size [n]) or met on the way. */
static park_status factor(size_t n, double *lu, double *size, int32_t *pivot, park_error *err)
{
    for (size_t k = 0; k < n; k++)
        size[k] = column_size(n, lu, k, n);
    for (size_t k = 0; k < n; k++) {
        double limit = (double)n * DBL_EPSILON * fmax(size[k], column_size(n, lu, k, k));
        size_t best  = k;
        for (size_t i = k + 1; i < n; i++)
            if (fabs(lu[i * n + k]) > fabs(lu[best * n + k]))
                best = i;
        pivot[k] = (int32_t)best;
        if (!(fabs(lu[best * n + k]) > limit))
            return singular(err, k);
        for (size_t j = 0; best != k && j < n; j++) {
            double swap      = lu[k * n + j];
            lu[k * n + j]    = lu[best * n + j];
            lu[best * n + j] = swap;
        }
        for (size_t i = k + 1; i < n; i++) {
            double ratio = lu[i * n + k] /= lu[k * n + k];
            for (size_t j = k + 1; ratio != 0.0 && j < n; j++)
                lu[i * n + j] -= ratio * lu[k * n + j];
        }
    }
    return PARK_OK;
}

/* r [n] becomes the solution of L U z = P r. */
static void substitute(size_t n, const double *lu, const int32_t *pivot, double *r)
{
    for (size_t k = 0; k < n; k++) {
        double swap = r[k];
        r[k]        = r[pivot[k]];
        r[pivot[k]] = swap;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            r[i] -= lu[i * n + j] * r[j];
    for (size_t i = n; i-- > 0;) {
        for (size_t j = i + 1; j < n; j++)
            r[i] -= lu[i * n + j] * r[j];
        r[i] /= lu[i * n + i];
    }
}

/* r = scale (b - A x); returns its largest size. */
static double residual(size_t n, const double *a, const double *b, const double *x, const double *scale,
                       double *r)
{
    double largest = 0.0;
    for (size_t i = 0; i < n; i++) {
        double sum = b[i];
        for (size_t j = 0; j < n; j++)
            sum -= a[i * n + j] * x[j];
        r[i]    = scale[i] * sum;
        largest = fmax(largest, fabs(r[i]));
    }
    return largest;
}

park_status park_dense_solve(size_t n, const double *a, const double *b, double *x, double *work,
                             int32_t *pivot, park_error *err)
{
    double *lu = work, *scale = work + n * n, *step = scale + n, *kept = step + n;
    for (size_t i = 0; i < n; i++) {
        scale[i] = scale_of(a + i * n, n);
        if (scale[i] == 0.0 || !isfinite(b[i]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "row %zu of the linear system is zero or not finite",
                             i + 1);
        for (size_t j = 0; j < n; j++)
            lu[i * n + j] = scale[i] * a[i * n + j];
    }
    PARK_TRY(factor(n, lu, step, pivot, err));

    memset(x, 0, n * sizeof *x);
    double before = residual(n, a, b, x, scale, step);
    for (int round = 0; round <= REFINEMENTS && before > 0.0; round++) {
        memcpy(kept, x, n * sizeof *x);
        substitute(n, lu, pivot, step);
        for (size_t i = 0; i < n; i++)
            x[i] += step[i];
        double after = residual(n, a, b, x, scale, step);
        if (!(after < before)) { /* rounding is reached: the point before was as good */
            if (round > 0)
                memcpy(x, kept, n * sizeof *x);
            break;
        }
        before = after;
    }
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]))
            return PARK_FAIL(err, PARK_E_NUMERIC, "unknown %zu of the linear system overflows", i + 1);
    return PARK_OK;
}
