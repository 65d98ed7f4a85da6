#include "check.h"

#include "chemistry/tower.h"

/* GB/T 50050: 0.0008 at -10, 0.0016 at 40 degrees, flat beyond; 0.00145 half way from 20 to 30. */
static void the_evaporation_table_is_interpolated_and_held(void)
{
    CHECK_CLOSE(park_tower_evaporation_factor(273.15 - 10.0), 0.0008, 1e-15);
    CHECK_CLOSE(park_tower_evaporation_factor(273.15 + 40.0), 0.0016, 1e-15);
    CHECK_CLOSE(park_tower_evaporation_factor(273.15 + 25.0), 0.00145, 1e-12);
    CHECK_CLOSE(park_tower_evaporation_factor(273.15 + 5.0), 0.0011, 1e-12);
    CHECK_CLOSE(park_tower_evaporation_factor(240.0), 0.0008, 0.0);
    CHECK_CLOSE(park_tower_evaporation_factor(330.0), 0.0016, 0.0);
}

/* Water closes: M = E + W + B; salt closes: M = N (B + W). */
static void water_and_salt_close_in_the_tower(void)
{
    for (double n = 1.5; n < 8.0; n += 0.5) {
        double m, b;
        CHECK(park_tower_balance(112.0, 5.0, n, &m, &b, NULL) == PARK_OK);
        CHECK_CLOSE(m, 112.0 + 5.0 + b, 1e-12 * m);
        CHECK_CLOSE(m, n * (b + 5.0), 1e-12 * m);
        CHECK_CLOSE(park_tower_cycles(m, b, 5.0), n, 1e-12 * n);
    }
}

/* Drift of 5 carries what 112/(N-1) may: N = 23.4 is the end; beyond it no blowdown is left, and none is
 * invented. */
static void cycles_beyond_the_drift_are_refused(void)
{
    double     m = -1.0, b = -1.0;
    park_error err = {0};
    CHECK(park_tower_balance(112.0, 5.0, 23.3, &m, &b, &err) == PARK_OK && b >= 0.0);
    CHECK(park_tower_balance(112.0, 5.0, 23.5, &m, &b, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "23.5") != NULL);
    CHECK(park_tower_balance(112.0, 5.0, 1.0, &m, &b, &err) == PARK_E_RANGE);
    CHECK(park_tower_balance(112.0, 5.0, NAN, &m, &b, &err) == PARK_E_RANGE);
}

static void empty_makeup_sets_no_limit(void)
{
    const double nothing[] = {0.0, 0.0};
    CHECK(isinf(park_tower_cycles_sum(nothing, 2, 1.0)));
    CHECK(isinf(park_tower_cycles_product(0.0, 3.0, 1.0)));
    CHECK(isnan(park_tower_cycles(5.0, 0.0, 0.0)));
}

/* A basin of 3000 m3, make-up 18.75 at 100, blowdown and drift 3.75: toward 500, half of the way after V ln 2/3.75 hours; the
 * mass that came in and did not leave is in it. */
static void a_basin_fills_with_salt(void)
{
    CHECK_CLOSE(park_tower_basin(3000.0, 18.75, 100.0, 3.75, 100.0, 0.0), 100.0, 1e-12);
    CHECK_CLOSE(park_tower_basin(3000.0, 18.75, 100.0, 3.75, 100.0, 3000.0 / 3.75 * log(2.0)), 300.0, 1e-9);
    CHECK_CLOSE(park_tower_basin(3000.0, 18.75, 100.0, 3.75, 100.0, 1e6), 500.0, 1e-9);
}

int main(void)
{
    RUN(the_evaporation_table_is_interpolated_and_held);
    RUN(water_and_salt_close_in_the_tower);
    RUN(cycles_beyond_the_drift_are_refused);
    RUN(empty_makeup_sets_no_limit);
    RUN(a_basin_fills_with_salt);
    return park_test_done();
}
