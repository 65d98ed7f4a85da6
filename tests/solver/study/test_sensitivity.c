#include "study/sensitivity.h"

#include "check.h"
#include "study/sampling.h"

static void a_spread_by_hand(void)
{
    static const double Y[] = {4.0, NAN, 1.0, 3.0, 2.0, NAN};
    park_spread         s;
    CHECK(park_spread_of(Y, 6, &s, NULL) == PARK_OK);
    CHECK(s.count == 4 && s.missing == 2);
    CHECK_CLOSE(s.mean, 2.5, 1e-15);
    CHECK_CLOSE(s.sd, sqrt(5.0 / 3.0), 1e-15);
    CHECK(s.min == 1.0 && s.max == 4.0);
    CHECK_CLOSE(s.p25, 1.75, 1e-15); /* numpy.percentile([1,2,3,4], 25) */
    CHECK_CLOSE(s.p95, 3.85, 1e-14);
    CHECK(park_spread_of(Y + 1, 1, &s, NULL) == PARK_OK && s.count == 0 && isnan(s.mean) && isnan(s.max));
}

/* Four of six are there; failed ones are neither within nor without. */
static void shares_leave_out_what_is_missing(void)
{
    static const double Y[] = {4.0, NAN, 1.0, 3.0, 2.0, NAN};
    size_t              n;
    CHECK_CLOSE(park_share_within(Y, 6, 2.0, INFINITY, &n), 0.75, 0.0);
    CHECK(n == 4);
    CHECK_CLOSE(park_share_within(Y, 6, -INFINITY, 1.0, NULL), 0.25, 0.0);
    CHECK(isnan(park_share_within(Y + 1, 1, 0.0, 1.0, NULL)));
}

/* y = a + 2 b + 3 a b on a, b in {-1, 1} x 3 idle levels: Var = 1 + 4 + 9, first orders 1/14, 4/14, 0, totals 10/14, 13/14, 0. */
static void a_factorial_is_exact(void)
{
    enum { ROWS = 12 };
    static const int32_t GROUPS[] = {2, 2, 3};
    double               y[ROWS];
    int32_t              group[ROWS * 3];
    park_effect          e[3];
    for (int32_t i = 0; i < ROWS; i++) {
        int32_t *g = &group[i * 3];
        g[0] = i / 6, g[1] = i / 3 % 2, g[2] = i % 3;
        double a = 2.0 * g[0] - 1.0, b = 2.0 * g[1] - 1.0;
        y[i] = a + 2.0 * b + 3.0 * a * b;
    }
    CHECK(park_effects(y, ROWS, group, GROUPS, 3, true, e, NULL) == PARK_OK);
    CHECK_CLOSE(e[0].first, 1.0 / 14.0, 1e-14);
    CHECK_CLOSE(e[1].first, 4.0 / 14.0, 1e-14);
    CHECK_CLOSE(e[2].first, 0.0, 1e-14);
    CHECK_CLOSE(e[0].total, 10.0 / 14.0, 1e-14);
    CHECK_CLOSE(e[1].total, 13.0 / 14.0, 1e-14);
    CHECK_CLOSE(e[2].total, 0.0, 1e-14);
    CHECK_CLOSE(e[1].low, -2.0, 1e-14);
    CHECK_CLOSE(e[1].high, 2.0, 1e-14);
    CHECK(e[1].low_group == 0 && e[1].high_group == 1);
    y[4] = NAN; /* a variant failed: the factorial has a gap, and total orders are not known */
    CHECK(park_effects(y, ROWS, group, GROUPS, 3, true, e, NULL) == PARK_OK);
    CHECK(isnan(e[0].total) && !isnan(e[0].first));
    for (int32_t i = 0; i < ROWS; i++)
        y[i] = 7.3;
    CHECK(park_effects(y, ROWS, group, GROUPS, 3, true, e, NULL) == PARK_OK);
    CHECK(isnan(e[0].first) && isnan(e[0].total));
}

/* Ishigami's function, a = 7, b = 0.1, whose indices are known: 0.3139, 0.4424, 0 (Saltelli et al. 2008, p. 179). */
static void ishigami_from_a_sample(void)
{
    enum { ROWS = 8192, CLASSES = 32 };
    static const double  PI = 3.14159265358979323846;
    static double        point[ROWS * 3], column[ROWS], y[ROWS];
    static int32_t       group[ROWS * 3];
    static const int32_t GROUPS[] = {CLASSES, CLASSES, CLASSES};
    park_effect          e[3];
    CHECK(park_sample_sobol(1, ROWS, 3, point, NULL) == PARK_OK);
    for (size_t i = 0; i < ROWS; i++) {
        double x[3];
        for (size_t k = 0; k < 3; k++)
            x[k] = PI * (2.0 * point[3 * i + k] - 1.0);
        y[i] = sin(x[0]) + 7.0 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4.0) * sin(x[0]);
    }
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < ROWS; i++)
            column[i] = point[3 * i + k];
        CHECK(park_classes(column, ROWS, CLASSES, group, 3, k, NULL) == PARK_OK);
    }
    CHECK(park_effects(y, ROWS, group, GROUPS, 3, false, e, NULL) == PARK_OK);
    CHECK_CLOSE(e[0].first, 0.3139, 0.01);
    CHECK_CLOSE(e[1].first, 0.4424, 0.01);
    CHECK_CLOSE(e[2].first, 0.0, 0.01);
    CHECK(isnan(e[0].total));
}

/* The same function's totals from a plain sample: 0.5576, 0.4424, 0.2437 (same source); and those of y = a + b + 3 a b on drawn levels
 * -1, 1 with an idle third, by hand 10/11, 10/11, 0. */
static void totals_from_a_sample(void)
{
    enum { ROWS = 4096 };
    static const double PI       = 3.14159265358979323846;
    static const double WANTED[] = {0.5576, 0.4424, 0.2437};
    static double       point[ROWS * 3], y[ROWS];
    static int32_t      nearest[4 * ROWS];
    park_effect         e[3] = {{0}};
    park_sample_random(7, ROWS, 3, point);
    for (size_t i = 0; i < ROWS; i++) {
        double x[3];
        for (size_t k = 0; k < 3; k++)
            x[k] = PI * (2.0 * point[3 * i + k] - 1.0);
        y[i] = sin(x[0]) + 7.0 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4.0) * sin(x[0]);
    }
    park_neighbours(point, ROWS, 3, nearest);
    double over = park_totals(y, ROWS, nearest, 3, e);
    CHECK(over > 0.0 && over < 0.03);
    for (size_t k = 0; k < 3; k++) /* 4096 pairs: standard errors of some 0.01 */
        CHECK_CLOSE(e[k].total, WANTED[k], 0.03);
    y[5] = NAN; /* a failed variant takes its pairs with it */
    CHECK(isfinite(park_totals(y, ROWS, nearest, 3, e)));
    CHECK_CLOSE(e[0].total, WANTED[0], 0.03);
    for (size_t i = 0; i < ROWS; i++) {
        double a = point[3 * i] < 0.5 ? -1.0 : 1.0, b = point[3 * i + 1] < 0.5 ? -1.0 : 1.0;
        point[3 * i] = 0.5 + 0.25 * a, point[3 * i + 1] = 0.5 + 0.25 * b;
        point[3 * i + 2] = point[3 * i + 2] < 0.5 ? 0.25 : 0.75;
        y[i]             = a + b + 3.0 * a * b;
    }
    park_neighbours(point, ROWS, 3, nearest);
    CHECK_CLOSE(park_totals(y, ROWS, nearest, 3, e), 0.0, 1e-12); /* equal rows are there: nothing is added */
    CHECK_CLOSE(e[0].total, 10.0 / 11.0, 0.05);
    CHECK_CLOSE(e[1].total, 10.0 / 11.0, 0.05);
    CHECK_CLOSE(e[2].total, 0.0, 1e-12);
    for (size_t i = 0; i < 40; i++) /* forty rows of a rugged function say nothing */
        y[i] = sin(1e4 * (double)(i * i % 17));
    park_sample_random(8, 40, 3, point);
    park_neighbours(point, 40, 3, nearest);
    CHECK(park_totals(y, 40, nearest, 3, e) > 0.05 && isnan(e[0].total));
    for (size_t i = 0; i < 40; i++)
        y[i] = 2.0;
    CHECK(isnan(park_totals(y, 40, nearest, 3, e)) && isnan(e[0].total));
    park_neighbours(point, 1, 3, nearest);
    CHECK(nearest[0] == -1);
}

/* A variable that does nothing explains nothing, also where its classes are small: chance is taken off. */
static void chance_explains_nothing(void)
{
    enum { ROWS = 200, CLASSES = 20 };
    static double        y[ROWS], x[ROWS];
    static int32_t       group[ROWS];
    static const int32_t GROUPS[] = {CLASSES};
    double               sum      = 0.0;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        park_effect e;
        for (uint32_t i = 0; i < ROWS; i++)
            y[i] = park_sample_uniform(seed, i, 0), x[i] = park_sample_uniform(seed, i, 1);
        CHECK(park_classes(x, ROWS, CLASSES, group, 1, 0, NULL) == PARK_OK);
        CHECK(park_effects(y, ROWS, group, GROUPS, 1, false, &e, NULL) == PARK_OK);
        sum += e.first / 50.0;
    }
    CHECK(sum < 0.03); /* without the correction it is 19/199 = 0.095 */
}

int main(void)
{
    RUN(a_spread_by_hand);
    RUN(shares_leave_out_what_is_missing);
    RUN(a_factorial_is_exact);
    RUN(ishigami_from_a_sample);
    RUN(totals_from_a_sample);
    RUN(chance_explains_nothing);
    return park_test_done();
}
