/* Films: half order by hand, first order exactly, the stoichiometry of anammox, nitrogen gone where it should go. */
#include "biology/film.h"

#include "check.h"

#include <math.h>
#include <string.h>

enum { N = PARK_RC_COUNT };
static const double DAY = 86400.0;

static double uptake(double rate, double conc, double half, double diffuses, double thickness)
{
    return rate * conc / (half + conc) *
           park_film_reached(rate * conc / (half + conc), conc, half, diffuses, thickness) * thickness;
}

/* Thick film, zero order inside (half far below the water's): flux = sqrt(2 D k S), four times the water twice the flux. Thin
 * film: all of it. First order: tanh(L sqrt(k/D)) sqrt(k D) S, which is exact. */
static void the_orders_are_those_of_diffusion(void)
{
    double d = 1.5e-9, k = 0.03, s = 5e-3; /* kg/(m3 s): no film is so fast, but the numbers are round */
    CHECK_CLOSE(uptake(k, s, 1e-9, d, 2e-3), sqrt(2.0 * d * k * s), 1e-3 * sqrt(2.0 * d * k * s));
    CHECK_CLOSE(uptake(k, 4.0 * s, 1e-9, d, 2e-3), 2.0 * uptake(k, s, 1e-9, d, 2e-3), 1e-8);
    CHECK_CLOSE(uptake(k, s, 1e-9, d, 1e-6), k * 1e-6, 1e-3 * k * 1e-6);
    double half = 10.0, k1 = k / half, thick = 1.5 * sqrt(d / k1); /* S far below half: k1 S */
    double exact = tanh(thick * sqrt(k1 / d)) * sqrt(k1 * d) * 1e-4;
    CHECK_CLOSE(uptake(k, 1e-4, half, d, thick), exact, 2e-4 * exact);
    CHECK_CLOSE(park_film_reached(0.0, 1.0, 1.0, d, 1e-3), 1.0, 0.0);
}

static park_reactor tanks_of(size_t tanks, double retention)
{
    park_reactor r = {.tanks = tanks};
    for (size_t i = 0; i < tanks; i++)
        r.volume[i] = retention / (double)tanks;
    for (size_t k = 0; k < N; k++)
        r.pass[k] = r.thick[k] = 1.0;
    return r;
}

static park_film film_at(double kelvin, double area, double detachment, double oxygen)
{
    park_film p  = park_film_standard(kelvin);
    p.area       = area;
    p.detachment = detachment * 1e3 / DAY;
    p.oxygen     = oxygen;
    p.transfer   = 2000.0 / DAY;
    p.saturation = 8e-3;
    return p;
}

/* Strous et al.: 1 NH4 : 1.32 NO2 : 0.26 NO3 : 1.02 N2 (2.04 N), 0.066 C-mol of CH2O0.5N0.15 cells: 1.1375 mol O2 a C-mol. */
static void anammox_is_as_measured(void)
{
    park_film    p = film_at(303.15, 500.0, 0.1, 0.0);
    park_reactor r = tanks_of(1, 3600.0);
    park_film_set(&p, &r);
    for (size_t i = 0; i < r.processes; i++) {
        const double *row = r.table[i];
        if (!(row[PARK_RC_XX] > 0.0))
            continue;
        CHECK_CLOSE(row[PARK_RC_NO2] / row[PARK_RC_NH], 1.32, 1e-12);
        CHECK_CLOSE(row[PARK_RC_NO3] / row[PARK_RC_NH], -0.26, 1e-12);
        CHECK_CLOSE(row[PARK_RC_N2] / -row[PARK_RC_NH], 2.04, 0.01);
        CHECK_CLOSE(1.0 / -row[PARK_RC_NH], 0.066 * 1.1375 * 32.0 / 14.0,
                    0.02); /* 0.1716; closing gives 0.169 */
    }
}

/* Ammonium and nitrite in the measured ratio through a film without air: both go, a quarter comes back as nitrate. */
static void anammox_takes_both(void)
{
    park_arena           *arena = park_arena_new();
    park_reactor_stepper *s     = NULL;
    CHECK(park_reactor_stepper_new(arena, 1e-5, &s, NULL) == PARK_OK);
    park_film    p = film_at(303.15, 500.0, 0.05, 0.0);
    park_reactor r = tanks_of(1, DAY);
    park_film_set(&p, &r);
    park_reactor_inflow in = {.flow = 1.0,
                              .conc = {[PARK_RC_NH] = 0.1, [PARK_RC_NO2] = 0.132, [PARK_RC_ALK] = 0.02}};
    double y[N] = {[PARK_RC_NH] = 0.05, [PARK_RC_NO2] = 0.05, [PARK_RC_XX] = 5.0, [PARK_RC_ALK] = 0.02};
    CHECK(park_reactor_rest(s, &r, &in, y, NULL) == PARK_OK);
    double nh = 0.1 - y[PARK_RC_NH], no2 = 0.132 - y[PARK_RC_NO2];
    CHECK(nh > 0.09);
    CHECK_CLOSE(no2 / nh, 1.32, 0.06); /* decayed cells give some ammonium back and breathe nothing here */
    CHECK_CLOSE(y[PARK_RC_NO3] / nh, 0.26, 0.02);
    CHECK(y[PARK_RC_O2] < 1e-9);
    park_arena_free(arena);
}

/* Reject water through one aerated film at 30 degrees: nitritation in its skin, anammox behind it, no more air than ammonium
 * asks for. Four fifths of the nitrogen become gas, of 100 parts some 11 nitrate (0.26/2.32). */
static void one_film_does_both_steps(void)
{
    park_arena           *arena = park_arena_new();
    park_reactor_stepper *s     = NULL;
    CHECK(park_reactor_stepper_new(arena, 1e-4, &s, NULL) == PARK_OK);
    park_film p    = film_at(303.15, 500.0, 0.03, 0.6e-3);
    p.spares       = 0.02;
    park_reactor r = tanks_of(1, DAY);
    park_film_set(&p, &r);
    park_reactor_inflow in = {.flow = 1.0, .conc = {[PARK_RC_NH] = 0.4, [PARK_RC_ALK] = 0.032}};
    double y[N] = {[PARK_RC_NH] = 0.1,  [PARK_RC_NO2] = 0.01, [PARK_RC_ALK] = 0.01, [PARK_RC_XA] = 2.0,
                   [PARK_RC_XN] = 0.05, [PARK_RC_XX] = 10.0,  [PARK_RC_XH] = 0.2,   [PARK_RC_O2] = 3e-4};
    double step = 0.0;
    park_reactor_passed passed = {0}, last = {0};
    CHECK(park_reactor_go(s, &r, &in, 700.0 * DAY, y, &step, &passed, NULL) == PARK_OK);
    CHECK(park_reactor_go(s, &r, &in, 10.0 * DAY, y, &step, &last, NULL) == PARK_OK);
    double total = 0.4 * 10.0 * DAY;
    printf("  ammonium %.4f, nitrite %.4f, nitrate %.4f of 0.4; film %.2f mm; oxygen %.2f mg/L\n",
           y[PARK_RC_NH], y[PARK_RC_NO2], y[PARK_RC_NO3], 1e3 * park_film_thickness(&p, y),
           1e3 * y[PARK_RC_O2]);
    CHECK(last.reacted[PARK_RC_N2] > 0.78 * total && last.reacted[PARK_RC_N2] < 0.9 * total);
    CHECK(y[PARK_RC_NO3] < 0.06);
    /* oxygen that it takes: 0.57 of the ammonium by 3.43 kg/kg, some 1.9 kg a kg of nitrogen */
    CHECK_CLOSE(-last.reacted[PARK_RC_AIR] / (0.4 * 10.0 * DAY), 1.8, 0.35);
    park_arena_free(arena);
}

/* A nitrifying bed at 20 degrees: the film keeps to a fraction of a millimetre;
 * between 0.4 and 1.5 kg N a cubic metre and day, what such beds do. */
static void a_bed_nitrifies_as_beds_do(void)
{
    park_arena           *arena = park_arena_new();
    park_reactor_stepper *s     = NULL;
    CHECK(park_reactor_stepper_new(arena, 1e-4, &s, NULL) == PARK_OK);
    park_film    p = film_at(293.15, 700.0, 0.5, 4e-3);
    park_reactor r = tanks_of(4, 3600.0);
    park_film_set(&p, &r);
    park_reactor_inflow in       = {.flow = 1.0,
                                    .conc = {[PARK_RC_NH] = 0.06, [PARK_RC_SS] = 0.01, [PARK_RC_ALK] = 0.01}};
    double              y[4 * N] = {0}, step = 0.0;
    for (size_t i = 0; i < 4; i++) {
        double *c     = y + i * N;
        c[PARK_RC_NH] = 0.03, c[PARK_RC_XA] = 3.0, c[PARK_RC_XN] = 1.0, c[PARK_RC_XH] = 2.0,
        c[PARK_RC_ALK] = 0.005;
    }
    park_reactor_passed passed = {0};
    CHECK(park_reactor_go(s, &r, &in, 100.0 * DAY, y, &step, &passed, NULL) == PARK_OK);
    const double *last = y + 3 * N;
    double        load = (0.06 - last[PARK_RC_NH]) * DAY / 3600.0; /* kg/(m3 d) */
    printf("  %.2f kg N/(m3 d), film %.2f mm\n", load, 1e3 * park_film_thickness(&p, last));
    CHECK(load > 0.4 && load < 1.6);
    CHECK(last[PARK_RC_NO2] < 0.01 && last[PARK_RC_NO3] > 0.5 * (0.06 - last[PARK_RC_NH]));
    CHECK(park_film_thickness(&p, y) > 2e-5 && park_film_thickness(&p, y) < 1e-3);
    CHECK_CLOSE(last[PARK_RC_O2], 4e-3, 1e-4); /* held */
    park_arena_free(arena);
}

int main(void)
{
    RUN(the_orders_are_those_of_diffusion);
    RUN(anammox_is_as_measured);
    RUN(anammox_takes_both);
    RUN(one_film_does_both_steps);
    RUN(a_bed_nitrifies_as_beds_do);
    return park_test_done();
}
