#include "check.h"

#include "chemistry/activity.h"

/* Kell 1975, and the handbook's permittivity (78.4 at 25 degrees, 87.9 at 0, 55.5 at 100). */
static void water_is_as_tabulated(void)
{
    CHECK_CLOSE(park_water_density(273.15 + 4.0), 999.975, 1e-2);
    CHECK_CLOSE(park_water_density(298.15), 997.047, 1e-2);
    CHECK_CLOSE(park_water_density(373.15), 958.37, 5e-2);
    CHECK_CLOSE(park_water_permittivity(298.15), 78.4, 0.1);
    CHECK_CLOSE(park_water_permittivity(273.15), 87.9, 0.2);
    CHECK_CLOSE(park_water_permittivity(373.15), 55.5, 0.3);
}

/* Robinson and Stokes: A = 0.5092 to 0.5115 by convention, B = 0.328 to 0.329 at 25 degrees; A rises with temperature. */
static void the_coefficients_of_debye_and_hueckel(void)
{
    park_debye cold = park_debye_at(273.15), room = park_debye_at(298.15), hot = park_debye_at(353.15);
    CHECK_CLOSE(room.a, 0.510, 2e-3);
    CHECK_CLOSE(room.b, 0.3285, 1e-3);
    CHECK(cold.a < room.a && room.a < hot.a);
}

/* By hand: I = 0.01, A = 0.51, z = 2: -0.51 x 4 x (0.1/1.1 - 0.003) = -0.17933. */
static void davies_by_hand(void)
{
    CHECK_CLOSE(park_davies(2, 0.51, 0.01), -0.179335, 1e-6);
    CHECK(park_davies(0, 0.51, 0.3) == 0.0);
}

/* By hand for Ca+2 at I = 0.01 with A = 0.51, B = 0.3285: -2.04 x 0.1/(1 + 0.3285 x 5 x 0.1) + 0.165 x 0.01 = -0.17356. */
static void each_species_by_its_own_law(void)
{
    park_debye d = {0.51, 0.3285};
    CHECK_CLOSE(park_activity_coefficient(&PARK_SPECIES[park_species_index("Ca+2")], d, 0.01), -0.173567,
                1e-5);
    CHECK_CLOSE(park_activity_coefficient(&PARK_SPECIES[park_species_index("H4SiO4")], d, 0.3), 0.03, 1e-15);
    CHECK_CLOSE(park_activity_coefficient(&PARK_SPECIES[park_species_index("CO2")], d, 0.3), 0.0198, 1e-15);
    CHECK_CLOSE(park_activity_coefficient(&PARK_SPECIES[park_species_index("HSO4-")], d, 0.01),
                park_davies(1, 0.51, 0.01), 1e-15);
    CHECK(park_activity_coefficient(&PARK_SPECIES[PARK_AQ_NA], d, 0.0) == 0.0);
}

int main(void)
{
    RUN(water_is_as_tabulated);
    RUN(the_coefficients_of_debye_and_hueckel);
    RUN(davies_by_hand);
    RUN(each_species_by_its_own_law);
    return park_test_done();
}
