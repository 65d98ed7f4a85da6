#include "check.h"

#include "chemistry/filtration.h"

/* 50 kPa over 1e12 /m of clean membrane in water of 1 mPa s: 5e-5 m/s, 180 L/(m2 h). Half a bar of cake halves it. */
static void resistances_in_series(void)
{
    double clean  = park_filter_resistance(1e12, 0.0, 0.0, 0.0),
           fouled = park_filter_resistance(1e12, 6e11, 0.008, 5e13);
    CHECK_CLOSE(park_filter_flux(5e4, 1e-3, clean), 5e-5, 1e-18);
    CHECK_CLOSE(fouled, 2e12, 1.0);
    CHECK_CLOSE(park_filter_flux(5e4, 1e-3, fouled), 2.5e-5, 1e-18);
    CHECK_CLOSE(park_filter_pressure(2.5e-5, 1e-3, fouled), 5e4, 1e-9);
    CHECK_CLOSE(park_filter_cake(2e-5, 0.02, 1800.0), 7.2e-4, 1e-15);
}

/* 40 L/m2 in half an hour, 4 of them back in a minute: 36 of 40, in 31 minutes. */
static void a_cycle_by_hand(void)
{
    double j = 80.0 / 3.6e6, wash = 240.0 / 3.6e6;
    CHECK_CLOSE(park_filter_recovery(j, 1800.0, wash, 60.0), 0.9, 1e-12);
    CHECK_CLOSE(park_filter_net_flux(j, 1800.0, wash, 60.0) * 3.6e6, 36.0 * 60.0 / 31.0, 1e-9);
}

/* Slow flow is laminar: Ergun's first term alone, which is Kozeny and Carman with 150. */
static void ergun_and_kozeny_meet_at_rest(void)
{
    park_bed bed  = {0.8, 0.7e-3, 0.42, 0.82};
    double   slow = 1e-8;
    CHECK_CLOSE(park_bed_loss(&bed, slow, 998.2, 1e-3) / park_bed_loss_kozeny(&bed, 150.0, slow, 998.2, 1e-3),
                1.0, 1e-5);
    CHECK(park_bed_loss(&bed, 0.01, 998.2, 1e-3) > park_bed_loss_kozeny(&bed, 150.0, 0.01, 998.2, 1e-3));
    CHECK_CLOSE(park_bed_reynolds(&bed, 2e-3, 1000.0, 1e-3), 2.0 * 0.82 * 0.7, 1e-12);
    CHECK_CLOSE(park_bed_friction(&bed, 10.0), 150.0 * 0.58 / 10.0 + 1.75, 1e-12);
}

int main(void)
{
    RUN(resistances_in_series);
    RUN(a_cycle_by_hand);
    RUN(ergun_and_kozeny_meet_at_rest);
    return park_test_done();
}
