#include "check.h"

#include "chemistry/psychrometry.h"
#include "chemistry/tower_heat.h"

static const double SEA = 101325.0, K = 273.15;

/* A second method: the trapezoidal rule in 20000 slices. */
static double by_slices(double hot, double cold, double wet, double ratio)
{
    const int n   = 20000;
    double    sum = 0.0, entering = park_saturated_enthalpy(wet, SEA);
    for (int i = 0; i <= n; i++) {
        double t = cold + (hot - cold) * i / n;
        sum += (i == 0 || i == n ? 0.5 : 1.0) * 4186.0 * (hot - cold) / n /
               (park_saturated_enthalpy(t, SEA) - entering - ratio * 4186.0 * (t - cold));
    }
    return sum;
}

static void merkels_number_by_slices(void)
{
    static const double DUTY[][4] = {
        {42, 32, 28, 1.2}, {38, 30, 27.7, 1.1}, {30, 22, 14, 1.5}, {32, 27, 26.9, 0.5}};
    for (int i = 0; i < 4; i++) {
        const double *d     = DUTY[i];
        double        exact = NAN, four = NAN;
        CHECK(park_tower_merkel(K + d[0], K + d[1], K + d[2], d[3], SEA, &exact, NULL) == PARK_OK);
        CHECK_CLOSE(exact, by_slices(K + d[0], K + d[1], K + d[2], d[3]), 2e-6 * exact);
        CHECK(park_tower_merkel_four(K + d[0], K + d[1], K + d[2], d[3], SEA, &four, NULL) == PARK_OK);
        CHECK_CLOSE(four, exact, (i < 3 ? 0.02 : 0.5) * exact); /* four points miss a sharp approach */
    }
}

/* The cold water of a fill needs just the number that the fill has; more fill or less range cool further. */
static void the_cold_water_needs_what_the_fill_has(void)
{
    double cold = NAN, better = NAN, number = NAN;
    CHECK(park_tower_cold(10.0, K + 27.7, 1.2, 1.75, 0.6, SEA, &cold, NULL) == PARK_OK);
    CHECK(park_tower_merkel(cold + 10.0, cold, K + 27.7, 1.2, SEA, &number, NULL) == PARK_OK);
    CHECK_CLOSE(number, 1.75 * pow(1.2, -0.6), 1e-8);
    CHECK(park_tower_cold(10.0, K + 27.7, 1.2, 2.5, 0.6, SEA, &better, NULL) == PARK_OK && better < cold);
    CHECK(park_tower_cold(5.0, K + 27.7, 1.2, 1.75, 0.6, SEA, &better, NULL) == PARK_OK && better < cold);
    CHECK(better > K + 27.7);
}

/* Poppe's balance of energy: what the air gains is what the water loses, evaporated water leaving with its heat. */
static void poppe_closes(void)
{
    static const double AIR[][2] = {{36.5, 0.45}, {32, 0.8}, {10, 0.75}, {-5, 0.7}};
    for (int i = 0; i < 4; i++) {
        double     hot = K + 38.0, cold = K + 28.0, ratio = 1.2, air = K + AIR[i][0];
        double     w = park_humidity_ratio(air, AIR[i][1], SEA);
        park_poppe p;
        if (i < 2) {
            hot += 4.0;
            cold += 4.0;
        }
        CHECK(park_tower_poppe(hot, cold, air, w, ratio, SEA, &p, NULL) == PARK_OK);
        double in  = ratio * 4186.0 * (hot - K) + park_air_enthalpy(air, w);
        double out = (ratio - (p.humidity - w)) * 4186.0 * (cold - K) + p.enthalpy;
        CHECK_CLOSE(out, in, 2e-6 * in);
        CHECK_CLOSE(p.evaporation * ratio, p.humidity - w, 1e-12);
        double merkel = NAN, wet = NAN;
        CHECK(park_wet_bulb(air, w, SEA, true, &wet, NULL) == PARK_OK);
        CHECK(park_tower_merkel(hot, cold, wet, ratio, SEA, &merkel, NULL) == PARK_OK);
        CHECK(p.number > merkel && p.number < 1.15 * merkel); /* Merkel's simplification asks for less */
        double share = park_tower_evaporation_share(p.evaporation, hot - cold);
        CHECK(share > 0.6 && share < 1.05);
        CHECK(p.air > air && p.air < hot);
    }
}

/* The hour's tower is Merkel's cold end and Poppe's evaporation; in winter the cold end is held. */
static void the_hour_is_merkel_and_poppe(void)
{
    const park_fill     fill     = {1.2, 1.75, 0.6, K + 12.0};
    static const double AIR[][2] = {{36.5, 0.45}, {32, 0.8}, {20, 0.999}, {10, 0.75}, {-5, 0.7}, {33, 0.1}};
    for (int i = 0; i < 6; i++) {
        double air = K + AIR[i][0], w = park_humidity_ratio(air, AIR[i][1], SEA), wet, cold, free_cold, share;
        park_poppe p;
        CHECK(park_tower_weathered(&fill, 10.0, air, AIR[i][1], SEA, &cold, &share, NULL) == PARK_OK);
        CHECK(park_wet_bulb(air, w, SEA, false, &wet, NULL) == PARK_OK);
        CHECK(park_tower_cold(10.0, wet, 1.2, 1.75, 0.6, SEA, &free_cold, NULL) == PARK_OK);
        CHECK_CLOSE(cold, fmax(free_cold, K + 12.0), 1e-9);
        CHECK(park_tower_poppe(cold + 10.0, cold, air, w, 1.2, SEA, &p, NULL) == PARK_OK);
        CHECK_CLOSE(share, p.evaporation, 1e-4 * p.evaporation);
    }
    double     cold, share;
    park_error err = {0};
    CHECK(park_tower_weathered(&fill, 0.0, K + 20, 0.5, SEA, &cold, &share, &err) == PARK_E_RANGE);
}

static void impossible_duties_are_refused(void)
{
    double     x;
    park_poppe p;
    park_error err = {0};
    CHECK(park_tower_merkel(K + 30, K + 32, K + 28, 1.2, SEA, &x, &err) == PARK_E_RANGE);
    CHECK(park_tower_merkel(K + 42, K + 27, K + 28, 1.2, SEA, &x, &err) == PARK_E_RANGE);
    CHECK(park_tower_merkel(K + 42, K + 32, K + 28, 0.0, SEA, &x, &err) == PARK_E_RANGE);
    CHECK(park_tower_merkel(K + 42, K + 32, K + 28, 1.2, 1000.0, &x, &err) == PARK_E_RANGE);
    /* The pinch in the middle: both ends drive, the air is saturated between them. */
    CHECK(park_tower_merkel(K + 50, K + 22, K + 20, 2.07, SEA, &x, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "no tower of any size") != NULL);
    CHECK(park_tower_merkel_four(K + 50, K + 22, K + 20, 2.4, SEA, &x, &err) == PARK_E_RANGE);
    CHECK(park_tower_cold(0.0, K + 28, 1.2, 1.75, 0.6, SEA, &x, &err) == PARK_E_RANGE);
    CHECK(park_tower_cold(90.0, K + 28, 1.2, 1.75, 0.6, SEA, &x, &err) == PARK_E_RANGE);
    CHECK(park_tower_cold(40.0, K + 28, 1.2, 1e-3, 0.6, SEA, &x, &err) == PARK_E_RANGE);
    CHECK(park_tower_poppe(K + 42, K + 32, K + 32, 0.06, 1.2, SEA, &p, &err) == PARK_E_RANGE);
    CHECK(park_tower_poppe(K + 32, K + 42, K + 32, 0.02, 1.2, SEA, &p, &err) == PARK_E_RANGE);
    CHECK(park_tower_poppe(K + 50, K + 22, K + 21, park_humidity_ratio(K + 21, 0.9, SEA), 2.4, SEA, &p,
                           &err) == PARK_E_RANGE);
}

int main(void)
{
    RUN(merkels_number_by_slices);
    RUN(the_cold_water_needs_what_the_fill_has);
    RUN(poppe_closes);
    RUN(the_hour_is_merkel_and_poppe);
    RUN(impossible_duties_are_refused);
    return park_test_done();
}
