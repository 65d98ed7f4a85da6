#include "check.h"

#include "base/root.h"

static int calls;

static double cubic(double x, void *context)
{
    calls++;
    return x * x * x - *(double *)context;
}

/* The cube root of 2, to the last bit but one, in far fewer steps than halving (53). */
static void a_smooth_root_is_found_quickly(void)
{
    double two = 2.0, x = 0.0;
    calls = 0;
    CHECK(park_root(cubic, &two, 0.0, 100.0, 0.0, &x, NULL) == PARK_OK);
    CHECK_CLOSE(x, 1.2599210498948732, 1e-15);
    CHECK(calls < 30);
}

static double jump(double x, void *context)
{
    (void)context;
    return x < 1.0 / 3.0 ? -INFINITY : 1.0;
}

static void a_jump_is_a_change_of_sign(void)
{
    double x = 0.0;
    CHECK(park_root(jump, NULL, 0.0, 1.0, 0.0, &x, NULL) == PARK_OK);
    CHECK_CLOSE(x, 1.0 / 3.0, 1e-15);
    CHECK(park_root(jump, NULL, 1.0, 0.0, 0.0, &x, NULL) == PARK_OK);
    CHECK_CLOSE(x, 1.0 / 3.0, 1e-15);
}

/* 1e12 (x - 1)^21: flat around its root, steep beside it; 200 steps are enough, where interpolation alone creeps. */
static double flat(double x, void *context)
{
    (void)context;
    return 1e12 * pow(x - 1.0, 21.0);
}

static void a_flat_root_ends(void)
{
    double x = 0.0;
    CHECK(park_root(flat, NULL, -5.0, 9.0, 1e-12, &x, NULL) == PARK_OK);
    CHECK(fabs(flat(x, NULL)) < 1e-200);
}

static double line(double x, void *context)
{
    (void)context;
    return x;
}

static double gap(double x, void *context)
{
    (void)context;
    return x < -0.5 ? -1.0 : x > 0.5 ? 1.0 : NAN;
}

static void ends_and_no_change_of_sign(void)
{
    double     x = -1.0, eight = 8.0;
    park_error err = {0};
    CHECK(park_root(line, NULL, 0.0, 1.0, 0.0, &x, NULL) == PARK_OK && x == 0.0);
    CHECK(park_root(line, NULL, -1.0, 0.0, 0.0, &x, NULL) == PARK_OK && x == 0.0);
    CHECK(park_root(cubic, &eight, 3.0, 4.0, 0.0, &x, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "no change of sign between 3 and 4") != NULL);
    CHECK(park_root(gap, NULL, -1.0, 1.0, 0.0, &x, &err) == PARK_E_RANGE);
    CHECK(park_root(cubic, &eight, NAN, 4.0, 0.0, &x, &err) == PARK_E_RANGE);
}

int main(void)
{
    RUN(a_smooth_root_is_found_quickly);
    RUN(a_jump_is_a_change_of_sign);
    RUN(a_flat_root_ends);
    RUN(ends_and_no_change_of_sign);
    return park_test_done();
}
