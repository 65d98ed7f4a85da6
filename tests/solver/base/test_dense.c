#include "base/dense.h"
#include "base/random.h"
#include "check.h"

enum { MOST = 60 };
static double  work[PARK_DENSE_WORK(MOST)];
static int32_t pivot[MOST];

static park_status solve(size_t n, const double *a, const double *b, double *x)
{
    return park_dense_solve(n, a, b, x, work, pivot, NULL);
}

/* 2x + y = 5, x + 3y = 10 by hand; and a matrix that has no first pivot without exchanging rows. */
static void small_systems_agree_with_hand_calculation(void)
{
    static const double A[] = {2.0, 1.0, 1.0, 3.0}, B[] = {5.0, 10.0};
    static const double SWAP[] = {0.0, 2.0, 0.0, 0.0, 0.0, 3.0, 4.0, 0.0, 0.0}, C[] = {2.0, 6.0, 12.0};
    double              x[3];
    CHECK(solve(2, A, B, x) == PARK_OK);
    CHECK_CLOSE(x[0], 1.0, 1e-15);
    CHECK_CLOSE(x[1], 3.0, 1e-15);
    CHECK(solve(3, SWAP, C, x) == PARK_OK && x[0] == 3.0 && x[1] == 1.0 && x[2] == 2.0);
    CHECK(solve(0, A, B, x) == PARK_OK);
}

/* Hilbert matrix of order 8 (condition 1.5e10) with the exact inverse's first column: (-1)^(i) i C(7+i,7)
 * C(8,i) ... */
static void an_ill_conditioned_system_keeps_a_small_residual(void)
{
    enum { N = 8 };
    double a[N * N], b[N] = {1.0}, x[N];
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            a[i * N + j] = 1.0 / (i + j + 1);
    CHECK(solve(N, a, b, x) == PARK_OK);
    static const double FIRST[] = {64, -2016, 20160, -92400, 221760, -288288, 192192, -51480};
    for (int i = 0; i < N; i++)
        CHECK_CLOSE(x[i] / FIRST[i], 1.0, 1.5e10 * 2.3e-16 * 4.0); /* condition times rounding */
}

/* Rows and columns of very different size, as when kg/s stand beside mg/L: known answer, error by the
 * residual. */
static void badly_scaled_systems_are_solved(void)
{
    park_random r = park_random_start(3, 1, 0);
    for (size_t n = 1; n <= MOST; n += 7) {
        double a[MOST * MOST], b[MOST], x[MOST];
        for (size_t i = 0; i < n; i++) {
            double row = pow(10.0, (double)park_random_below(&r, 30) - 15.0);
            for (size_t j = 0; j < n; j++)
                a[i * n + j] = row * park_random_normal(&r) * pow(10.0, (double)(j % 5) * 3.0 - 6.0);
            b[i] = row * park_random_normal(&r);
        }
        CHECK(solve(n, a, b, x) == PARK_OK);
        for (size_t i = 0; i < n; i++) {
            double sum = -b[i], size = fabs(b[i]);
            for (size_t j = 0; j < n; j++) {
                sum += a[i * n + j] * x[j];
                size += fabs(a[i * n + j] * x[j]);
            }
            CHECK(fabs(sum) <= 1e-14 * (double)n * size);
        }
    }
}

static void singular_and_broken_systems_are_refused(void)
{
    static const double TWINS[] = {1.0, 2.0, 3.0, 2.0, 4.0, 6.0, 1.0, 1.0, 1.0},
                        ZERO[] = {1.0, 1.0, 0.0, 0.0}, NONE[] = {1.0, 0.0, 1.0, 0.0},
                        HOLE[] = {1.0, NAN, 0.0, 1.0}, B[] = {1.0, 2.0, 3.0}, UNIT[] = {1.0, 0.0, 0.0, 1.0},
                        OPEN[] = {1.0, INFINITY};
    /* 0.1 + 0.2 - 0.3 is not zero in doubles, but it is their rounding */
    static const double NEAR[] = {0.1, 0.2, 0.3, 1.0, 1.0, 2.0, 0.7, 0.9, 1.6};
    double              x[3];
    park_error          err = {0};
    CHECK(solve(3, TWINS, B, x) == PARK_E_NUMERIC);
    CHECK(solve(3, NEAR, B, x) == PARK_E_NUMERIC);
    CHECK(solve(2, ZERO, B, x) == PARK_E_NUMERIC);
    CHECK(solve(2, NONE, B, x) == PARK_E_NUMERIC);
    CHECK(solve(2, HOLE, B, x) == PARK_E_NUMERIC);
    CHECK(solve(2, UNIT, OPEN, x) == PARK_E_NUMERIC);
    CHECK(park_dense_solve(2, NONE, B, x, work, pivot, &err) == PARK_E_NUMERIC);
    CHECK(strstr(err.message, "column 2") != NULL);
}

static void overflow_is_told(void)
{
    static const double A[] = {1e-300}, B[] = {1e300};
    double              x;
    CHECK(solve(1, A, B, &x) == PARK_E_NUMERIC);
}

int main(void)
{
    RUN(small_systems_agree_with_hand_calculation);
    RUN(an_ill_conditioned_system_keeps_a_small_residual);
    RUN(badly_scaled_systems_are_solved);
    RUN(singular_and_broken_systems_are_refused);
    RUN(overflow_is_told);
    return park_test_done();
}
