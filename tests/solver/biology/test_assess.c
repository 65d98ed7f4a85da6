#include "biology/assess.h"

#include "sludge_fixture.h"

/* By hand from BSM1's constant inflow: COD 381.19, TSS 211.2675, NKj 31.56 + 6.95 + 10.59 + 0.08 x 28.17 + 0.06 x 51.2 =
 * 54.4256, BOD5 = 0.65 (69.5 + 202.32 + 0.92 x 28.17) = 193.529 g/m3. */
static void a_water_as_the_laboratory_sees_it(void)
{
    park_asm1            k  = park_asm1_standard(288.15);
    park_sludge_inflow   in = sludge_inflow();
    park_sludge_measures m  = park_asm1_measures(&k, in.conc, PARK_BOD_RAW);
    CHECK_CLOSE(m.cod / G, 381.19, 1e-9);
    CHECK_CLOSE(m.tss / G, 211.2675, 1e-9);
    CHECK_CLOSE(m.kjeldahl / G, 54.4256, 1e-9);
    CHECK_CLOSE(m.total_nitrogen / G, 54.4256, 1e-9);
    CHECK_CLOSE(m.bod5 / G, 0.65 * (69.5 + 202.32 + 0.92 * 28.17), 1e-9);
    CHECK_CLOSE(m.alkalinity / G, 7.0 * 50.045, 1e-9);
    CHECK_CLOSE(park_pollution(&m) / G, 2 * 211.2675 + 381.19 + 30 * 54.4256 + 2 * 193.52866, 1e-4);
}

/* BSM1's energies, by its formulas: aeration 8/1800 (1333 x 564) = 3341.39, pumping 0.004 x 55338 + 0.008 x 18446 + 0.05 x
 * 385 = 388.17, mixing 24 x 0.005 x 2000 = 240 kWh/d. */
static void energies_of_the_benchmark(void)
{
    park_sludge_plant  p     = park_sludge_bsm1();
    park_sludge_energy e     = park_sludge_energy_standard();
    park_sludge_totals t     = {.seconds       = 2.0 * DAY,
                                .transfer      = 2.0 * 1333.0 * 564.0,
                                .unaerated     = 2.0 * DAY * 2000.0,
                                .oxygen        = 100.0,
                                .solids_change = -200.0,
                                .wasted        = {[PARK_XI] = 4000.0},
                                .left          = {[PARK_XS] = 400.0}};
    park_sludge_use    u     = park_sludge_used(&p, &e, &t);
    const double       a_day = DAY / 3.6e6;
    CHECK_CLOSE(u.aeration * a_day, 3341.3867, 1e-3);
    CHECK_CLOSE(u.pumping * a_day, 388.17, 1e-3);
    CHECK_CLOSE(u.mixing * a_day, 240.0, 1e-9);
    CHECK_CLOSE(u.oxygen * DAY, 50.0, 1e-9);
    CHECK_CLOSE(u.sludge_disposed * DAY, (3000.0 - 200.0) / 2.0, 1e-9);
    CHECK_CLOSE(u.sludge_total * DAY, (3000.0 - 200.0 + 300.0) / 2.0, 1e-9);
    t.seconds = 0.0;
    CHECK_CLOSE(park_sludge_used(&p, &e, &t).aeration, 0.0, 0.0);
}

/* 1000 kg N: 16 kg N2O-N = 25.14 kg N2O; 1000 kg COD: 7.5 kg CH4; 25.14 x 273 + 7.5 x 27.9 = 7073 kg CO2e. */
static void gases_by_factor(void)
{
    park_sludge_gases g = park_sludge_gases_standard();
    CHECK_CLOSE(park_sludge_n2o(&g, 1000.0), 25.142857, 1e-5);
    CHECK_CLOSE(park_sludge_ch4(&g, 1000.0), 7.5, 1e-12);
    CHECK_CLOSE(park_sludge_warming(&g, 1000.0, 1000.0), 7073.25, 1e-2);
}

int main(void)
{
    RUN(a_water_as_the_laboratory_sees_it);
    RUN(energies_of_the_benchmark);
    RUN(gases_by_factor);
    return park_test_done();
}
