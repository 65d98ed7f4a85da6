#include "base/curve.h"
#include "check.h"

/* A pond: level [m] against volume [m3]; slopes 1/100, 1/400, 1/500. */
static const double     X[] = {0.0, 100.0, 500.0, 1500.0}, Y[] = {1.0, 2.0, 3.0, 5.0};
static const park_curve HELD     = {4, X, Y, PARK_CURVE_HOLD};
static const park_curve EXTENDED = {4, X, Y, PARK_CURVE_EXTEND};

static void points_are_met_exactly(void)
{
    for (size_t i = 0; i < 4; i++)
        CHECK(park_curve_value(&HELD, X[i]) == Y[i] && park_curve_value(&EXTENDED, X[i]) == Y[i]);
    CHECK_CLOSE(park_curve_value(&HELD, 300.0), 2.5, 1e-15);
}

static void ends_are_held_or_extended(void)
{
    CHECK(park_curve_value(&HELD, -50.0) == 1.0 && park_curve_value(&HELD, 9999.0) == 5.0);
    CHECK_CLOSE(park_curve_value(&EXTENDED, -50.0), 0.5, 1e-15);
    CHECK_CLOSE(park_curve_value(&EXTENDED, 2000.0), 6.0, 1e-15);
    CHECK(park_curve_slope(&HELD, -1.0) == 0.0 && park_curve_slope(&HELD, 1500.0) == 0.0);
    CHECK_CLOSE(park_curve_slope(&EXTENDED, -1.0), 0.01, 1e-17);
    CHECK_CLOSE(park_curve_slope(&HELD, 100.0), 1.0 / 400.0, 1e-17); /* at a point: to its right */
    CHECK_CLOSE(park_curve_slope(&HELD, 99.0), 0.01, 1e-17);
}

/* Trapezoids by hand: 150 over [0,100], 1000 over [100,500], 4000 over [500,1500]. */
static void the_integral_is_the_area(void)
{
    CHECK_CLOSE(park_curve_integral(&HELD, 0.0, 1500.0), 5150.0, 1e-11);
    CHECK_CLOSE(park_curve_integral(&HELD, 1500.0, 0.0), -5150.0, 1e-11);
    CHECK_CLOSE(park_curve_integral(&HELD, -10.0, 0.0), 10.0, 1e-13);
    CHECK_CLOSE(park_curve_integral(&HELD, -10.0, 1600.0), 10.0 + 5150.0 + 500.0, 1e-11);
    CHECK_CLOSE(park_curve_integral(&EXTENDED, 1500.0, 1600.0), 510.0, 1e-12);
    CHECK_CLOSE(park_curve_integral(&HELD, 50.0, 60.0), 15.5, 1e-13);
    CHECK(park_curve_integral(&HELD, 7.0, 7.0) == 0.0);
    double sum = 0.0; /* additive over any cut */
    for (int i = 0; i < 100; i++)
        sum += park_curve_integral(&HELD, -10.0 + 16.1 * i, -10.0 + 16.1 * (i + 1));
    CHECK_CLOSE(sum, 5660.0, 1e-9);
}

static void the_inverse_leads_back(void)
{
    double x = NAN;
    for (double y = 1.0; y <= 5.0; y += 0.0625) {
        CHECK(park_curve_inverse(&HELD, y, &x, NULL) == PARK_OK);
        CHECK_CLOSE(park_curve_value(&HELD, x), y, 1e-14);
    }
    CHECK(park_curve_inverse(&EXTENDED, 6.0, &x, NULL) == PARK_OK);
    CHECK_CLOSE(x, 2000.0, 1e-11);
    static const double FALLING[] = {4.0, 3.0, 1.0, -2.0};
    const park_curve    pump      = {4, X, FALLING, PARK_CURVE_HOLD};
    CHECK(park_curve_inverse(&pump, 2.0, &x, NULL) == PARK_OK);
    CHECK_CLOSE(x, 300.0, 1e-12);
    CHECK(park_curve_inverse(&pump, -2.0, &x, NULL) == PARK_OK && x == 1500.0);
    CHECK(park_curve_inverse(&pump, 4.5, &x, NULL) == PARK_E_RANGE);
    CHECK(park_curve_inverse(&HELD, NAN, &x, NULL) == PARK_E_RANGE);
}

static void a_trend_needs_every_piece(void)
{
    static const double BEND[] = {1.0, 2.0, 1.0, 5.0}, STAIRS[] = {1.0, 1.0, 2.0, 2.0},
                        FLAT[] = {3.0, 3.0, 3.0, 3.0}, DOWN[] = {3.0, 2.0, 1.0, 0.0},
                        STEPS_DOWN[] = {3.0, 3.0, 1.0, 0.0};
    park_curve c                     = HELD;
    double     x;
    CHECK(park_curve_trend(&c) == PARK_TREND_RISING);
    c.y = BEND;
    CHECK(park_curve_trend(&c) == PARK_TREND_NONE && park_curve_inverse(&c, 1.5, &x, NULL) == PARK_E_RANGE);
    c.y = STAIRS;
    CHECK(park_curve_trend(&c) == PARK_TREND_CLIMBING &&
          park_curve_inverse(&c, 1.5, &x, NULL) == PARK_E_RANGE);
    c.y = FLAT;
    CHECK(park_curve_trend(&c) == PARK_TREND_LEVEL && park_curve_inverse(&c, 3.0, &x, NULL) == PARK_E_RANGE);
    c.y = DOWN;
    CHECK(park_curve_trend(&c) == PARK_TREND_FALLING);
    c.y = STEPS_DOWN;
    CHECK(park_curve_trend(&c) == PARK_TREND_SINKING);
}

static void one_point_is_a_constant(void)
{
    const park_curve point = {1, X + 1, Y + 1, PARK_CURVE_EXTEND};
    CHECK(park_curve_check(&point, NULL) == PARK_OK);
    CHECK(park_curve_value(&point, -7.0) == 2.0 && park_curve_value(&point, 1e9) == 2.0);
    CHECK(park_curve_slope(&point, 100.0) == 0.0 && park_curve_trend(&point) == PARK_TREND_LEVEL);
    CHECK_CLOSE(park_curve_integral(&point, 0.0, 200.0), 400.0, 1e-12);
}

static void bad_points_are_named(void)
{
    static const double BACK[] = {0.0, 1.0, 1.0}, HOLE[] = {0.0, NAN, 2.0}, UP[] = {0.0, 1.0, 2.0},
                        FAR[] = {0.0, 1.0, INFINITY};
    park_error err            = {0};
    park_curve c              = {3, BACK, UP, PARK_CURVE_HOLD};
    CHECK(park_curve_check(&HELD, &err) == PARK_OK);
    CHECK(park_curve_check(&c, &err) == PARK_E_RANGE && strstr(err.message, "point 3") != NULL);
    c.x = HOLE;
    CHECK(park_curve_check(&c, &err) == PARK_E_RANGE && strstr(err.message, "point 2") != NULL);
    c.x = UP;
    c.y = FAR;
    CHECK(park_curve_check(&c, &err) == PARK_E_RANGE && strstr(err.message, "point 3") != NULL);
    c.count = 0;
    CHECK(park_curve_check(&c, &err) == PARK_E_RANGE);
}

int main(void)
{
    RUN(points_are_met_exactly);
    RUN(ends_are_held_or_extended);
    RUN(the_integral_is_the_area);
    RUN(the_inverse_leads_back);
    RUN(a_trend_needs_every_piece);
    RUN(one_point_is_a_constant);
    RUN(bad_points_are_named);
    return park_test_done();
}
