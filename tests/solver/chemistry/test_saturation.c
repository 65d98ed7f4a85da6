#include "check.h"

#include "chemistry/osmosis.h"
#include "chemistry/saturation.h"

/* A textbook case: TDS 320 mg/L, 25 C, Ca 150, alkalinity 34 mg/L as CaCO3: A 0.15, B 2.09, C 1.78, D 1.53 by
 * hand, pHs 8.24; at pH 7.5 the Langelier index is -0.74: it dissolves, and Ryznar says 8.98, the same. */
static void a_soft_water_dissolves_calcite(void)
{
    double phs = park_saturation_ph(0.320, 298.15, 0.150, 0.034);
    CHECK_CLOSE(phs, 8.24, 0.02);
    CHECK_CLOSE(park_langelier(7.5, phs), -0.74, 0.02);
    CHECK_CLOSE(park_ryznar(7.5, phs), 8.98, 0.04);
}

/* More calcium, more alkalinity, more heat: lower pHs, by one per decade. */
static void saturation_falls_by_one_per_decade(void)
{
    double base = park_saturation_ph(1.0, 298.15, 0.1, 0.1);
    CHECK_CLOSE(park_saturation_ph(1.0, 298.15, 1.0, 0.1), base - 1.0, 1e-12);
    CHECK_CLOSE(park_saturation_ph(1.0, 298.15, 0.1, 1.0), base - 1.0, 1e-12);
    CHECK(park_saturation_ph(1.0, 313.15, 0.1, 0.1) < base);
}

static void nonsense_has_no_index(void)
{
    CHECK(isnan(park_saturation_ph(0.0, 298.15, 0.1, 0.1)));
    CHECK(isnan(park_saturation_ph(1.0, 298.15, -0.1, 0.1)));
    CHECK(isnan(park_puckorius(0.0, 7.0)));
}

/* 0.1 mol/L of NaCl, ideal, 25 C: 2 * 0.1 * 0.083145 * 298.15 = 4.958 bar. */
static void osmotic_pressure_follows_van_t_hoff(void)
{
    CHECK_CLOSE(park_osmotic_pressure(5.844, 298.15, 1.0) / 1e5, 4.958, 1e-3);
    CHECK(isinf(park_concentration_factor(1.0)));
    CHECK(isnan(park_concentration_factor(1.1)));
}

/* 2 eq of chloride and sulphate on 4 of alkalinity; a pool of pH 7 with factors 0.7, 2.1 and 1.4: -0.9. */
static void simple_indices_by_hand(void)
{
    CHECK_CLOSE(park_larson(0.5e-3, 1.5e-3, 4e-3), 0.5, 1e-15);
    CHECK(isinf(park_larson(1e-3, 1e-3, 0.0)));
    CHECK_CLOSE(park_pool_index(7.0, 0.7, 2.1, 1.4), -0.9, 1e-12);
}

int main(void)
{
    RUN(a_soft_water_dissolves_calcite);
    RUN(saturation_falls_by_one_per_decade);
    RUN(nonsense_has_no_index);
    RUN(osmotic_pressure_follows_van_t_hoff);
    RUN(simple_indices_by_hand);
    return park_test_done();
}
