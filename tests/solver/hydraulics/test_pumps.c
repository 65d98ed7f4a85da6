/* Pump laws through the points that define them, affinity, refusals; power and efficiency by hand. */
#include "check.h"

#include "hydraulics/pumps.h"

static const double FT = 0.3048, CFS = 0.028316846592;

static double gain(const park_pump *p, double speed, double flow)
{
    double loss, slope;
    park_pump_loss(p, speed, flow, &loss, &slope);
    return -loss;
}

static void slope_is_a_derivative(const park_pump *p, double speed, double flow)
{
    double loss, slope, step = flow * 1e-6;
    park_pump_loss(p, speed, flow, &loss, &slope);
    CHECK_CLOSE(slope / ((gain(p, speed, flow - step) - gain(p, speed, flow + step)) / (2.0 * step)), 1.0,
                1e-6);
}

/* One point (50 L/s, 60 m): 4/3 of the head at rest, no head at twice the flow. */
static void one_point_makes_a_parabola(void)
{
    double         x[] = {0.05}, y[] = {60.0};
    park_net_curve curve = {PARK_NET_CURVE_PUMP, 1, x, y};
    park_pump      p;
    CHECK(park_pump_make(&curve, NAN, &p, NULL) == PARK_OK);
    CHECK_CLOSE(gain(&p, 1.0, 1e-12), 60.0 * 1.33334, 1e-9);
    CHECK_CLOSE(gain(&p, 1.0, 0.05), 60.0, 1e-9);
    CHECK_CLOSE(gain(&p, 1.0, 0.1), 0.0, 1e-9);
    CHECK_CLOSE(p.power, 2.0, 1e-4); /* 80 - 8000 q^2 but for the rounded 1.33334 */
    CHECK_CLOSE(p.most, 0.1, 1e-9);
    CHECK_CLOSE(p.design, 0.05, 0.0);
    slope_is_a_derivative(&p, 0.9, 0.03);
}

static void three_points_make_a_power_law(void)
{
    double         x[] = {0.0, 0.02, 0.05}, y[] = {40.0, 36.0, 22.0};
    park_net_curve curve = {PARK_NET_CURVE_PUMP, 3, x, y};
    park_pump      p;
    CHECK(park_pump_make(&curve, NAN, &p, NULL) == PARK_OK);
    CHECK(p.kind == PARK_PUMP_POWER_LAW);
    for (int i = 1; i < 3; i++)
        CHECK_CLOSE(gain(&p, 1.0, x[i]), y[i], 1e-9);
    CHECK_CLOSE(p.power, log(18.0 / 4.0) / log(2.5), 1e-9);
    slope_is_a_derivative(&p, 1.0, 0.03);
    /* affinity: flow with the speed, head with its square */
    CHECK_CLOSE(gain(&p, 0.8, 0.8 * 0.02), 0.64 * 36.0, 1e-9);
    CHECK_CLOSE(gain(&p, 1.1, 1.1 * 0.05), 1.21 * 22.0, 1e-9);
}

/* Three points that do not start at rest, and four points, are joined by lines that go on beyond the ends. */
static void other_curves_are_piecewise(void)
{
    double         x[] = {0.01, 0.02, 0.05, 0.06}, y[] = {40.0, 36.0, 22.0, 10.0};
    park_net_curve curve = {PARK_NET_CURVE_PUMP, 3, x, y};
    park_pump      p;
    CHECK(park_pump_make(&curve, NAN, &p, NULL) == PARK_OK);
    CHECK(p.kind == PARK_PUMP_PIECEWISE);
    curve.count = 4;
    CHECK(park_pump_make(&curve, NAN, &p, NULL) == PARK_OK);
    CHECK_CLOSE(gain(&p, 1.0, 0.035), 29.0, 1e-12);
    CHECK_CLOSE(gain(&p, 1.0, 0.0), 44.0, 1e-12);
    CHECK_CLOSE(gain(&p, 1.0, 0.07), -2.0, 1e-12);
    CHECK_CLOSE(gain(&p, 0.5, 0.5 * 0.035), 29.0 / 4.0, 1e-12);
    CHECK_CLOSE(p.design, 0.035, 1e-15);
    slope_is_a_derivative(&p, 0.7, 0.03);
}

/* 10 kW lift 10 m at about 0.102 m3/s: head times flow is constant, and goes with the cube of the speed. */
static void constant_power_is_constant(void)
{
    park_pump p;
    CHECK(park_pump_make(NULL, 10000.0, &p, NULL) == PARK_OK);
    for (double q = 0.01; q < 1.0; q *= 1.7) {
        CHECK_CLOSE(park_water_power(gain(&p, 1.0, q), q, 1.0), 10000.0, 1e-8);
        CHECK_CLOSE(gain(&p, 2.0, q), 8.0 * gain(&p, 1.0, q), 1e-9 * gain(&p, 2.0, q));
        slope_is_a_derivative(&p, 1.0, q);
    }
    CHECK_CLOSE(gain(&p, 1.0, 0.102), 10.0, 0.01);
    /* nearly no flow: as good as shut; very much: as good as open */
    double loss, slope;
    park_pump_loss(&p, 1.0, 1e-8, &loss, &slope);
    CHECK_CLOSE(slope, 1e8 / (FT * FT), 1.0);
    park_pump_loss(&p, 1.0, 1e4, &loss, &slope);
    CHECK_CLOSE(slope, 1e-6 / (FT * FT), 1e-12);
}

static void curves_that_make_no_pump_are_refused(void)
{
    static const double BAD[][6] = {{0.0, 0.02, 0.05, 40.0, 41.0, 22.0},
                                    {0.0, 0.02, 0.05, 40.0, 36.0, 36.0},
                                    {0.0, 0.02, 0.02, 40.0, 36.0, 20.0},
                                    {0.0, 0.02, 0.0200001, 40.0, 39.0, 1.0},
                                    {0.01, 0.02, 0.05, 40.0, 36.0, 37.0}};
    park_pump           p;
    for (size_t k = 0; k < 5; k++) {
        double         x[3] = {BAD[k][0], BAD[k][1], BAD[k][2]}, y[3] = {BAD[k][3], BAD[k][4], BAD[k][5]};
        park_net_curve curve = {PARK_NET_CURVE_PUMP, 3, x, y};
        CHECK(park_pump_make(&curve, NAN, &p, NULL) == PARK_E_RANGE);
    }
    CHECK(park_pump_make(NULL, NAN, &p, NULL) == PARK_E_RANGE);
    CHECK(park_pump_make(NULL, 0.0, &p, NULL) == PARK_E_RANGE);
}

/* 32.808 ft x 3.5315 ft3/s / 8.814 = 13.145 hp = 9802 W. */
static void water_takes_weight_times_head(void)
{
    CHECK_CLOSE(park_water_power(10.0, 0.1, 1.0), 10.0 / FT * 0.1 / CFS / 8.814 * 745.7, 1e-9);
    CHECK_CLOSE(park_water_power(10.0, 0.1, 1.0), 9806.65, 10.0);
    CHECK_CLOSE(park_water_power(10.0, 0.1, 1.2) / park_water_power(10.0, 0.1, 1.0), 1.2, 1e-12);
}

/* Sarbu and Borza: at 80 % speed 1 - (1 - 0.7) 0.8^-0.1 = 0.6932. */
static void efficiency_follows_speed(void)
{
    double         x[] = {0.0, 0.05, 0.1}, y[] = {0.3, 0.7, 0.5};
    park_net_curve curve = {PARK_NET_CURVE_EFFICIENCY, 3, x, y};
    CHECK_CLOSE(park_pump_efficiency(&curve, 0.75, 1.0, 0.05), 0.7, 1e-12);
    CHECK_CLOSE(park_pump_efficiency(&curve, 0.75, 1.0, 0.075), 0.6, 1e-12);
    CHECK_CLOSE(park_pump_efficiency(&curve, 0.75, 0.8, 0.04), 1.0 - 0.3 * pow(1.25, 0.1), 1e-12);
    CHECK_CLOSE(park_pump_efficiency(&curve, 0.75, 1.0, 0.5), 0.5, 1e-12); /* held */
    CHECK_CLOSE(park_pump_efficiency(NULL, 0.75, 0.5, 0.5), 0.75, 0.0);
    double low[] = {0.0, 0.0, 0.0};
    curve.y      = low;
    CHECK_CLOSE(park_pump_efficiency(&curve, 0.75, 1.0, 0.05), 0.01, 0.0);
}

int main(void)
{
    RUN(one_point_makes_a_parabola);
    RUN(three_points_make_a_power_law);
    RUN(other_curves_are_piecewise);
    RUN(constant_power_is_constant);
    RUN(curves_that_make_no_pump_are_refused);
    RUN(water_takes_weight_times_head);
    RUN(efficiency_follows_speed);
    return park_test_done();
}
