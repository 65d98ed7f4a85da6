#include "check.h"

#include "chemistry/psychrometry.h"

static const double SEA = 101325.0;

/* Handbook: 611.66 Pa at the triple point, 3169.7 at 25, 101.4 kPa at 100, 103.24 at -20 degrees. */
static void vapour_pressure_as_tabulated(void)
{
    CHECK_CLOSE(park_vapour_pressure(273.16), 611.66, 0.1);
    CHECK_CLOSE(park_vapour_pressure(273.16 + 1e-9), park_vapour_pressure(273.16),
                0.05); /* ice and water meet */
    CHECK_CLOSE(park_vapour_pressure(298.15), 3169.7, 0.5);
    CHECK_CLOSE(park_vapour_pressure(373.15), 101418.0, 30.0);
    CHECK_CLOSE(park_vapour_pressure(253.15), 103.24, 0.03);
    CHECK_CLOSE(park_standard_pressure(1000.0), 89875.0, 10.0);
}

/* By hand at 25 degrees and half of saturation: p = 1584.8, W = 0.621945 x 1584.8/99740.2 = 0.009882,
 * h = 25.15 + W (2501 + 46.5) = 50.325 kJ/kg, v = 287.042 x 298.15 x 1.015889/101325 = 0.85804. */
static void moist_air_by_hand(void)
{
    double w = park_humidity_ratio(298.15, 0.5, SEA);
    CHECK_CLOSE(w, 0.009882, 2e-6);
    CHECK_CLOSE(park_air_enthalpy(298.15, w), 50325.0, 10.0);
    CHECK_CLOSE(park_air_volume(298.15, w, SEA), 0.85804, 2e-5);
    CHECK_CLOSE(park_relative_humidity(298.15, w, SEA), 0.5, 1e-12);
    CHECK_CLOSE(park_saturated_enthalpy(298.15, SEA),
                park_air_enthalpy(298.15, park_saturated_humidity(298.15, SEA)), 0.0);
    CHECK(isinf(park_saturated_humidity(380.0, SEA)));
}

/* Real air holds 0.4 to 0.5 % more: the handbook's 0.020173 at 25 degrees. */
static void real_air_holds_a_little_more(void)
{
    CHECK_CLOSE(park_real_saturated_humidity(298.15, SEA), 0.020173, 1e-5);
    CHECK_CLOSE(park_vapour_enhancement(298.15, SEA), 1.0042, 2e-4);
}

/* Wet bulb and humidity are each other's inverse, on ice and on water; saturated air shows its own temperature, dry air the
 * least; dew lies below wet bulb. */
static void the_wet_bulb_inverts(void)
{
    for (double t = 253.15; t < 318.0; t += 7.0)
        for (double rh = 0.05; rh < 1.0; rh += 0.19) {
            double w = park_humidity_ratio(t, rh, SEA), wet = NAN, dew = NAN;
            CHECK(park_wet_bulb(t, w, SEA, true, &wet, NULL) == PARK_OK);
            if (fabs(wet - 273.15) >
                1e-6) /* at the ice point the law jumps: any humidity of the jump shows it */
                CHECK_CLOSE(park_humidity_from_wet_bulb(t, wet, SEA, true), w, 1e-9);
            CHECK(park_dew_point(w, SEA, &dew, NULL) == PARK_OK);
            CHECK(dew < wet && wet < t);
            CHECK_CLOSE(park_saturated_humidity(dew, SEA), w, 1e-10);
        }
    double wet = NAN;
    CHECK(park_wet_bulb(300.0, park_saturated_humidity(300.0, SEA), SEA, true, &wet, NULL) == PARK_OK &&
          wet == 300.0);
    CHECK(park_wet_bulb(300.0, 0.0, SEA, true, &wet, NULL) == PARK_OK && wet < 285.0 && wet > 270.0);
}

static void impossible_air_is_refused(void)
{
    double     x;
    park_error err = {0};
    CHECK(park_wet_bulb(400.0, 0.01, SEA, true, &x, &err) == PARK_E_RANGE &&
          strstr(err.message, "400") != NULL);
    CHECK(park_wet_bulb(NAN, 0.01, SEA, true, &x, &err) == PARK_E_RANGE);
    CHECK(park_wet_bulb(300.0, 0.05, SEA, true, &x, &err) == PARK_E_RANGE &&
          strstr(err.message, "it can hold") != NULL);
    CHECK(park_wet_bulb(300.0, -0.01, SEA, true, &x, &err) == PARK_E_RANGE);
    CHECK(park_wet_bulb(300.0, 0.01, 1000.0, true, &x, &err) == PARK_E_RANGE &&
          strstr(err.message, "boils") != NULL);
    CHECK(park_dew_point(0.0, SEA, &x, &err) == PARK_E_RANGE);
    CHECK(park_dew_point(0.01, 0.0, &x, &err) == PARK_E_RANGE);
}

int main(void)
{
    RUN(vapour_pressure_as_tabulated);
    RUN(moist_air_by_hand);
    RUN(real_air_holds_a_little_more);
    RUN(the_wet_bulb_inverts);
    RUN(impossible_air_is_refused);
    return park_test_done();
}
