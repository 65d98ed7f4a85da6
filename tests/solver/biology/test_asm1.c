#include "biology/asm1.h"

#include "check.h"

#include "base/random.h"

static const double DAY = 86400.0, G = 1e-3;

static double drawn(park_random *r, double lo, double hi)
{
    return lo + (hi - lo) * park_random_uniform(r);
}

static park_asm1 any_kinetics(park_random *r)
{
    park_asm1 k = park_asm1_standard(drawn(r, 280.0, 305.0));
    k.y_h       = drawn(r, 0.4, 0.8);
    k.y_a       = drawn(r, 0.1, 0.4);
    k.f_p       = drawn(r, 0.0, 0.3);
    k.i_xb      = drawn(r, 0.02, 0.12);
    k.i_xp      = drawn(r, 0.02, 0.12);
    k.k_n       = drawn(r, 0.0, 1.0) < 0.5 ? 0.0 : 0.05 * G;
    k.k_alk     = drawn(r, 0.0, 1.0) < 0.5 ? 0.0 : 0.5 * G;
    return k;
}

/* Each process neither makes nor destroys COD, nitrogen or charge, whatever its parameters. Nitrogen gas is what nitrate
 * becomes; against ammonium as the zero of COD, nitrate has -4.57, the gas -(4.57 - 2.86), oxygen -1. */
static void every_process_keeps_cod_nitrogen_and_charge(void)
{
    park_random r = park_random_start(11, 5, 0);
    for (int trial = 0; trial < 200; trial++) {
        park_asm1        k = any_kinetics(&r);
        park_asm1_matrix m = park_asm1_stoichiometry(&k);
        for (size_t p = 0; p < PARK_ASM1_PROCESSES; p++) {
            const double *nu  = m.nu[p];
            double        gas = p == 1 ? -nu[PARK_SNO] : 0.0;
            double cod = nu[PARK_SI] + nu[PARK_SS] + nu[PARK_XI] + nu[PARK_XS] + nu[PARK_XBH] + nu[PARK_XBA] +
                         nu[PARK_XP] - nu[PARK_SO] - 4.57 * nu[PARK_SNO] - (4.57 - 2.86) * gas;
            double nitrogen = nu[PARK_SNO] + nu[PARK_SNH] + nu[PARK_SND] + nu[PARK_XND] +
                              k.i_xb * (nu[PARK_XBH] + nu[PARK_XBA]) + k.i_xp * (nu[PARK_XP] + nu[PARK_XI]) +
                              gas;
            double charge = nu[PARK_SNH] / 14.0 - nu[PARK_SNO] / 14.0 - nu[PARK_SALK];
            CHECK_CLOSE(cod, 0.0, 2e-14);
            CHECK_CLOSE(nitrogen, 0.0, 1e-14);
            CHECK_CLOSE(charge, 0.0, 1e-14);
            size_t written = 0, there = 0; /* the list of what a process makes is whole */
            for (const int *c = PARK_ASM1_MAKES[p]; *c >= 0; c++)
                written += nu[*c] != 0.0;
            for (size_t c = 0; c < PARK_ASM1_COMPONENTS; c++)
                there += nu[c] != 0.0;
            CHECK(written == there);
        }
    }
}

/* All saturations at one half: 4/d x 1/2 x 1/2 x 1000 g = 1000 g/(m3 d), and so on by hand. */
static void each_rate_by_hand(void)
{
    park_asm1 k                       = park_asm1_standard(288.15);
    double    c[PARK_ASM1_COMPONENTS] = {[PARK_SS] = 10 * G,  [PARK_SO] = 0.2 * G,   [PARK_SNO] = 0.5 * G,
                                         [PARK_SNH] = 1 * G,  [PARK_XBH] = 1000 * G, [PARK_XBA] = 120 * G,
                                         [PARK_XS] = 100 * G, [PARK_SND] = 2 * G,    [PARK_XND] = 8 * G};
    double    rho[PARK_ASM1_PROCESSES];
    park_asm1_processes(&k, c, rho);
    CHECK_CLOSE(rho[0] * DAY / G, 1000.0, 1e-9);
    CHECK_CLOSE(rho[1] * DAY / G, 4.0 * 0.8 * 0.125 * 1000.0, 1e-9);
    CHECK_CLOSE(rho[2] * DAY / G, 0.5 * 0.5 * (0.2 / 0.6) * 120.0, 1e-9);
    CHECK_CLOSE(rho[3] * DAY / G, 300.0, 1e-9);
    CHECK_CLOSE(rho[4] * DAY / G, 6.0, 1e-9);
    CHECK_CLOSE(rho[5] * DAY / G, 0.05 * 2.0 * 1000.0, 1e-9);
    CHECK_CLOSE(rho[6] * DAY / G, 3.0 * 0.5 * 1000.0 * (0.5 + 0.8 * 0.25), 1e-9);
    CHECK_CLOSE(rho[7] * DAY / G, 3.0 * 0.5 * 1000.0 * 0.7 * 0.08, 1e-9);
    k.k_n   = 1 * G; /* at half saturation, growth is half as fast */
    k.k_alk = 1 * G;
    park_asm1_processes(&k, c, rho);
    CHECK_CLOSE(rho[0] * DAY / G, 500.0, 1e-9);
    CHECK_CLOSE(rho[2], 0.0, 0.0); /* no alkalinity is there */
}

/* Oxygen for nitrification: (4.57 - 0.24) of a kg of nitrogen that is oxidised but for what is built in; alkalinity 1/7. */
static void nitrification_asks_for_oxygen_and_alkalinity(void)
{
    park_asm1        k = park_asm1_standard(288.15);
    park_asm1_matrix m = park_asm1_stoichiometry(&k);
    CHECK_CLOSE(m.nu[2][PARK_SO] / m.nu[2][PARK_SNO], -4.33, 1e-12);
    CHECK_CLOSE(50.0 * (m.nu[2][PARK_SALK] + k.i_xb / 14.0) / m.nu[2][PARK_SNO], -7.14,
                0.01); /* kg CaCO3/kg N */
    CHECK_CLOSE(50.0 * (m.nu[1][PARK_SALK] + k.i_xb / 14.0) / -m.nu[1][PARK_SNO], 3.57, 0.01);
    CHECK_CLOSE(m.nu[1][PARK_SNO] * 2.86, m.nu[0][PARK_SO], 1e-15); /* the credit of denitrification */
}

static void slopes_are_those_of_differences(void)
{
    park_random r = park_random_start(12, 5, 0);
    for (int trial = 0; trial < 100; trial++) {
        park_asm1 k = any_kinetics(&r);
        double    c[PARK_ASM1_COMPONENTS], up[PARK_ASM1_PROCESSES], down[PARK_ASM1_PROCESSES];
        double    slope[PARK_ASM1_PROCESSES][6] = {{0.0}};
        for (size_t i = 0; i < PARK_ASM1_COMPONENTS; i++)
            c[i] = exp(drawn(&r, -12.0, 1.0));
        park_asm1_slopes(&k, c, slope);
        for (size_t i = 0; i < PARK_ASM1_COMPONENTS; i++) {
            double was = c[i], h = 1e-5 * was;
            c[i] = was + h;
            park_asm1_processes(&k, c, up);
            c[i] = was - h;
            park_asm1_processes(&k, c, down);
            c[i] = was;
            for (size_t p = 0; p < PARK_ASM1_PROCESSES; p++) {
                double written = 0.0, difference = (up[p] - down[p]) / (2.0 * h);
                for (size_t q = 0; PARK_ASM1_READS[p][q] >= 0; q++)
                    if (PARK_ASM1_READS[p][q] == (int)i)
                        written = slope[p][q];
                CHECK_CLOSE(written, difference, 1e-7 * fabs(difference) + 1e-10 * (up[p] + 1e-12) / was);
            }
        }
    }
}

/* Nothing that is absent is taken: with guards no component is driven below zero, whatever else is there. */
static void what_is_absent_is_not_taken(void)
{
    park_random      r = park_random_start(13, 5, 0);
    park_asm1        k = park_asm1_standard(293.15);
    park_asm1_matrix m = park_asm1_stoichiometry(&k);
    k.k_n              = 0.05 * G;
    k.k_alk            = 0.5 * G;
    for (int trial = 0; trial < 300; trial++) {
        double c[PARK_ASM1_COMPONENTS], rho[PARK_ASM1_PROCESSES], rate[PARK_ASM1_COMPONENTS];
        for (size_t i = 0; i < PARK_ASM1_COMPONENTS; i++)
            c[i] = drawn(&r, 0.0, 1.0);
        size_t gone =
            (size_t)(trial %
                     PARK_SALK); /* growth takes alkalinity with ammonium: it has no guard of its own */
        c[gone] = trial % 2 == 0 ? 0.0 : -1e-6;
        park_asm1_processes(&k, c, rho);
        park_asm1_reaction(&m, rho, rate);
        CHECK(rate[gone] >= 0.0);
    }
    double nothing[PARK_ASM1_COMPONENTS] = {0.0}, rho[PARK_ASM1_PROCESSES];
    park_asm1_processes(&k, nothing, rho);
    for (size_t p = 0; p < PARK_ASM1_PROCESSES; p++)
        CHECK(rho[p] == 0.0);
}

/* BSM1's values at 15 degrees and BSM2's at 10. */
static void kinetics_follow_the_temperature(void)
{
    park_asm1 warm = park_asm1_standard(288.15), cold = park_asm1_standard(283.15);
    CHECK_CLOSE(warm.mu_h * DAY, 4.0, 1e-12);
    CHECK_CLOSE(warm.mu_a * DAY, 0.5, 1e-12);
    CHECK_CLOSE(cold.mu_h * DAY, 3.0, 1e-9);
    CHECK_CLOSE(cold.mu_a * DAY, 0.3, 1e-9);
    CHECK_CLOSE(cold.b_h * DAY, 0.2, 1e-9);
    CHECK_CLOSE(cold.k_h * DAY, 2.5, 1e-9);
    CHECK_CLOSE(park_oxygen_saturation(288.15) / G, 8.0, 1e-6);
    CHECK_CLOSE(park_oxygen_saturation(293.15) / park_oxygen_saturation(288.15), 9.08 / 10.08,
                0.01); /* tables */
    CHECK(park_asm1_particulate(PARK_XND) && park_asm1_particulate(PARK_XI) &&
          !park_asm1_particulate(PARK_SO));
}

int main(void)
{
    RUN(every_process_keeps_cod_nitrogen_and_charge);
    RUN(each_rate_by_hand);
    RUN(nitrification_asks_for_oxygen_and_alkalinity);
    RUN(slopes_are_those_of_differences);
    RUN(what_is_absent_is_not_taken);
    RUN(kinetics_follow_the_temperature);
    return park_test_done();
}
