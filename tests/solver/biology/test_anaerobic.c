/* AM2 as published against its equilibria by hand, the closing table, pH, gas, inhibition, warmth. */
#include "biology/anaerobic.h"

#include "check.h"

#include <math.h>
#include <string.h>

enum { N = PARK_RC_COUNT };
static const double DAY = 86400.0, ACETIC = 64.0;

static park_reactor tank_of(double retention, double retained)
{
    park_reactor r = {.tanks = 1, .volume = {1000.0 * retention}};
    for (size_t k = 0; k < N; k++)
        r.pass[k] = r.thick[k] = k >= PARK_RC_FIRST_SOLID ? 1.0 - retained : 1.0;
    return r;
}

/*
 * Bernard et al. (2001): k1 = 42.14 g/g, k2 = 116.5, k3 = 268, k4 = 50.6, k5 = 343.6, k6 = 453 mmol/g, half of the cells washed
 * out (alpha = 0.5), no decay, no effect of the pH. Cells count as 1 kg here. Their equilibrium at dilution D, by hand:
 *   S1 = KS1 a/(mu1 - a), a = alpha D;    S2: mu2 S2/(S2 + KS2 + S2^2/KI2) = a, the lower root;
 *   X1 = (S1in - S1)/(k1 alpha),  X2 = (S2in - S2 + k2 alpha X1)/(k3 alpha),  qM = k6 a X2.
 */
static void am2_rests_where_its_authors_say(void)
{
    park_arena    *arena = park_arena_new();
    park_anaerobic p     = park_anaerobic_standard(308.15);
    CHECK_CLOSE(p.grow_acid * DAY, 1.2, 1e-12);
    CHECK_CLOSE(p.half_gas / ACETIC, 9.28e-3, 1e-12);
    p.decay = p.hydrolysis = p.ammonify = p.half_nitrogen = 0.0;
    p.cells = p.inert = 0.0;
    p.acid_low = p.acid_high = p.gas_low = p.gas_high = 0.0;
    p.k_acids                                         = 1.0; /* all of them ionized, as there */
    park_reactor r = tank_of(DAY, 0.5); /* 1000 d m3 and 1 m3/s x ... : D by the flow below */
    park_anaerobic_set(&p, &r);
    double(*t)[PARK_RC_COLUMNS] = r.table;
    size_t acid = N, gas = N;
    for (size_t i = 0; i < r.processes; i++) { /* the published numbers in the place of ours */
        if (t[i][PARK_RC_XH] > 0.0)
            acid = i;
        if (t[i][PARK_RC_XA] > 0.0)
            gas = i;
    }
    CHECK(acid < N && gas < N);
    t[acid][PARK_RC_SS] = -42.14, t[acid][PARK_RC_VFA] = 116.5e-3 * ACETIC, t[acid][PARK_RC_IC] = 50.6e-3;
    t[gas][PARK_RC_VFA] = -268e-3 * ACETIC, t[gas][PARK_RC_IC] = 343.6e-3,
    t[gas][PARK_RC_CH4]   = 453e-3 * ACETIC;
    const double        D = 0.34 / DAY, a = 0.5 * D, s1in = 9.5, s2in = 93.6e-3, z = 0.12;
    park_reactor_inflow in = {
        .flow = D * r.volume[0],
        .conc = {[PARK_RC_SS] = s1in, [PARK_RC_VFA] = s2in * ACETIC, [PARK_RC_ALK] = z, [PARK_RC_IC] = 0.06}};
    double y[N];
    memcpy(y, in.conc, sizeof y);
    y[PARK_RC_XH] = 0.3, y[PARK_RC_XA] = 0.5, y[PARK_RC_SS] = 1.0, y[PARK_RC_VFA] = 5e-3 * ACETIC;
    park_reactor_stepper *s = NULL;
    CHECK(park_reactor_stepper_new(arena, 1e-4, &s, NULL) == PARK_OK);
    CHECK(park_reactor_rest(s, &r, &in, y, NULL) == PARK_OK);
    double mu1 = 1.2 / DAY, mu2 = 0.74 / DAY, ks2 = 9.28e-3, ki2 = 256e-3;
    double s1 = 7.1 * a / (mu1 - a), b = 1.0 - mu2 / a, s2 = 0.5 * ki2 * (-b - sqrt(b * b - 4.0 * ks2 / ki2));
    double x1 = (s1in - s1) / (42.14 * 0.5), x2 = (s2in - s2 + 116.5e-3 * 0.5 * x1) / (268e-3 * 0.5);
    CHECK_CLOSE(y[PARK_RC_SS], s1, 1e-7 * s1);
    CHECK_CLOSE(y[PARK_RC_VFA] / ACETIC, s2, 1e-7 * s2);
    CHECK_CLOSE(y[PARK_RC_XH], x1, 1e-7 * x1);
    CHECK_CLOSE(y[PARK_RC_XA], x2, 1e-7 * x2);
    /* carbon: what the pressure of the gas leaves in the water, their equation of the pressure solved here by bisection */
    double qm = 453e-3 * a * x2, made = 50.6e-3 * a * x1 + 343.6e-3 * a * x2, kh = 16e-3, pt = 1.05,
           kla = 19.8 / DAY;
    double low = z - s2, high = 2.0;
    for (int i = 0; i < 80; i++) {
        double c = 0.5 * (low + high), co2 = c + s2 - z, phi = co2 + kh * pt + qm / kla;
        double pc = (phi - sqrt(phi * phi - 4.0 * kh * pt * co2)) / (2.0 * kh), qc = kla * (co2 - kh * pc);
        *(D * (0.06 - c) - qc + made > 0.0 ? &low : &high) = c;
    }
    CHECK_CLOSE(y[PARK_RC_IC], low, 1e-4 * low);
    CHECK_CLOSE(park_anaerobic_ph(&p, y), 6.35 + log10((z - s2) / (low + s2 - z)), 1e-3);
    double share = park_anaerobic_methane_share(&r, y);
    CHECK(share > 0.5 && share < 1.0);
    park_arena_free(arena);
}

/* By hand: 1 kmol of bicarbonate and 0.1 of carbonic acid in 100 m3: pH = pK + 1; half of the alkalinity taken by acids: less. */
static void the_ph_is_henderson_and_hasselbalchs(void)
{
    park_anaerobic p    = park_anaerobic_standard(308.15);
    double         c[N] = {[PARK_RC_ALK] = 0.05, [PARK_RC_IC] = 0.055};
    CHECK_CLOSE(park_anaerobic_ph(&p, c), 7.35, 1e-4);
    c[PARK_RC_VFA] = 0.025 * ACETIC * (1.0 + pow(10.0, 4.76 - 6.35)); /* 0.025 ionized at pH 6.35 ... */
    c[PARK_RC_IC]  = 0.05; /* ... and as much bicarbonate as acid */
    CHECK_CLOSE(park_anaerobic_ph(&p, c), 6.35, 1e-4);
}

/* A sour reactor makes no methane: with the alkalinity gone the acids stay, with it they do not. */
static void sour_water_makes_acids(void)
{
    park_arena           *arena = park_arena_new();
    park_reactor_stepper *s     = NULL;
    CHECK(park_reactor_stepper_new(arena, 1e-4, &s, NULL) == PARK_OK);
    double acids[2], methane[2];
    for (int sour = 0; sour < 2; sour++) {
        park_anaerobic p = park_anaerobic_standard(308.15);
        park_reactor   r = tank_of(0.5 * DAY, 0.98);
        park_anaerobic_set(&p, &r);
        park_reactor_inflow in   = {.flow = 1000.0,
                                    .conc = {[PARK_RC_SS]  = 4.0,
                                             [PARK_RC_NH]  = 0.1,
                                             [PARK_RC_ALK] = sour ? 0.002 : 0.04,
                                             [PARK_RC_IC]  = sour ? 0.003 : 0.05}};
        double              y[N] = {[PARK_RC_XH] = 3.0, [PARK_RC_XA] = 8.0, [PARK_RC_SS] = 0.2}, step = 0.0;
        y[PARK_RC_ALK] = in.conc[PARK_RC_ALK], y[PARK_RC_IC] = in.conc[PARK_RC_IC], y[PARK_RC_NH] = 0.1;
        park_reactor_passed passed = {0};
        CHECK(park_reactor_go(s, &r, &in, 20.0 * DAY, y, &step, &passed, NULL) == PARK_OK);
        acids[sour]   = y[PARK_RC_VFA];
        methane[sour] = passed.reacted[PARK_RC_CH4];
        /* COD: what came is gas, water, or still there; nothing else */
        double left = 0.0, held = 0.0, began = r.volume[0] * (3.0 + 8.0 + 0.2);
        for (size_t k = 0; k < N; k++) {
            left += park_reactor_cod(k) * passed.left[k];
            held += park_reactor_cod(k) * y[k] * r.volume[0];
        }
        double came = 4.0 * 1000.0 * 20.0 * DAY;
        CHECK_CLOSE(left + held + passed.reacted[PARK_RC_CH4], came + began, 1e-10 * came);
    }
    CHECK(acids[1] > 10.0 * acids[0] && acids[0] < 0.3);
    CHECK(methane[1] < 0.6 * methane[0]);
    park_arena_free(arena);
}

/* Methane of degraded COD: 0.35 m3 a kg at 0 degrees Celsius, 1 - yield of it; colder water degrades less. */
static void methane_and_warmth(void)
{
    park_anaerobic warm = park_anaerobic_standard(308.15), cold = park_anaerobic_standard(288.15);
    CHECK_CLOSE(cold.grow_gas / warm.grow_gas, exp(-1.2), 1e-12);
    CHECK_CLOSE(0.25 / 16.04 * 22.414, 0.35, 1e-3); /* kg CH4 a kg COD, as a volume */
    CHECK_CLOSE(PARK_METHANE_ENERGY, 12.5e6, 1.0);
    CHECK_CLOSE(warm.yield_gas, 1.42 / (0.268 * 64.0), 1e-12);
}

int main(void)
{
    RUN(am2_rests_where_its_authors_say);
    RUN(the_ph_is_henderson_and_hasselbalchs);
    RUN(sour_water_makes_acids);
    RUN(methane_and_warmth);
    return park_test_done();
}
