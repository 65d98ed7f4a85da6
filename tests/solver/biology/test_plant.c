#include "sludge_fixture.h"

enum { STATES_MOST = 400 };

/* COD of a composition; nitrate and the oxygen dissolved count below zero, against ammonium as zero. */
static double cod_of(const double *c)
{
    return c[PARK_SI] + c[PARK_SS] + c[PARK_XI] + c[PARK_XS] + c[PARK_XBH] + c[PARK_XBA] + c[PARK_XP] -
           c[PARK_SO] - 4.57 * c[PARK_SNO];
}

static double nitrogen_of(const park_asm1 *k, const double *c)
{
    return c[PARK_SNO] + c[PARK_SNH] + c[PARK_SND] + c[PARK_XND] + k->i_xb * (c[PARK_XBH] + c[PARK_XBA]) +
           k->i_xp * (c[PARK_XP] + c[PARK_XI]);
}

static double charge_of(const double *c)
{
    return c[PARK_SNH] / 14.0 - c[PARK_SNO] / 14.0 - c[PARK_SALK];
}

/* What the plant holds changes by what enters, leaves, is blown in and goes off as nitrogen gas: nothing else. Water
 * moves no mass anywhere else, the settler loses none, the recycle makes none. */
static void what_is_held_changes_by_what_crosses_the_fence(void)
{
    park_random r = park_random_start(21, 5, 0);
    for (int trial = 0; trial < 200; trial++) {
        park_arena       *arena = park_arena_new();
        park_sludge_plant p     = sludge_any_plant(&r);
        p.settler.solids        = PARK_SOLIDS_CARRIED;
        park_sludge_form  *f    = sludge_form(arena, &p);
        park_sludge_inflow in   = sludge_any_inflow(&r);
        park_sludge_stream out, waste;
        double y[STATES_MOST], rate[STATES_MOST], change[PARK_ASM1_COMPONENTS], net[PARK_ASM1_COMPONENTS];
        CHECK(f->states <= STATES_MOST);
        sludge_any_state(f, &r, y);
        park_sludge_rates(f, &in, y, rate);
        park_sludge_held(f, rate, change); /* linear where solids are carried */
        park_sludge_leaving(f, &in, y, &out, &waste);
        CHECK_CLOSE(out.flow + waste.flow, in.flow, 1e-15);
        double air = 0.0, gas = 0.0, size = 0.0;
        for (size_t i = 0; i < p.tanks; i++) {
            double rho[PARK_ASM1_PROCESSES];
            park_asm1_processes(&p.kinetics, y + 13 * i, rho);
            air += park_sludge_kla(f, y, i) * p.tank[i].volume * (p.oxygen_saturation - y[13 * i + PARK_SO]);
            gas -= f->matrix.nu[1][PARK_SNO] * rho[1] * p.tank[i].volume;
        }
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++) {
            net[k] = in.flow * in.conc[k] - out.flow * out.conc[k] - waste.flow * waste.conc[k];
            size += fabs(net[k]) + fabs(change[k]);
        }
        size += fabs(air) + 4.57 * gas;
        CHECK_CLOSE(cod_of(change), cod_of(net) - air + (4.57 - 2.86) * gas, 1e-12 * size);
        CHECK_CLOSE(nitrogen_of(&p.kinetics, change), nitrogen_of(&p.kinetics, net) - gas, 1e-12 * size);
        CHECK_CLOSE(charge_of(change), charge_of(net), 1e-12 * size);
        park_arena_free(arena);
    }
}

/* A single tank of 1000 m3 behind a membrane that holds everything, 0.1 m3/s of it wasted 0.01: inert matter by hand. */
static void one_tank_by_hand(void)
{
    park_arena       *arena = park_arena_new();
    park_sludge_plant p     = park_sludge_bsm1();
    p.tanks                 = 1;
    p.tank[0]               = (park_sludge_tank){1000.0, 100.0 / DAY, 0.0, NAN};
    p.recycle_from = p.recycle_to = 0;
    p.separation                  = PARK_SEPARATION_MEMBRANE;
    p.wasted                      = 0.01;
    park_sludge_form  *f          = sludge_form(arena, &p);
    park_sludge_inflow in         = {0.1, {[PARK_SI] = 0.03, [PARK_XI] = 0.05}};
    double             y[13]      = {[PARK_SI] = 0.01, [PARK_XI] = 2.0, [PARK_SO] = 0.002}, rate[13];
    CHECK(f->states == 13);
    park_sludge_rates(f, &in, y, rate);
    CHECK_CLOSE(rate[PARK_SI], 0.1 * (0.03 - 0.01) / 1000.0, 1e-18);
    CHECK_CLOSE(rate[PARK_XI], (0.1 * 0.05 - 0.01 * 2.0) / 1000.0, 1e-17);
    CHECK_CLOSE(rate[PARK_SO], -0.1 * 0.002 / 1000.0 + 100.0 / DAY * 0.006, 1e-17);
    park_sludge_stream out, waste;
    park_sludge_leaving(f, &in, y, &out, &waste);
    CHECK_CLOSE(out.conc[PARK_XI], 0.0, 0.0);
    CHECK_CLOSE(out.flow, 0.09, 1e-15);
    CHECK_CLOSE(waste.conc[PARK_XI], 2.0, 0.0);
    CHECK_CLOSE(park_sludge_solids(f, y), 0.75 * 2000.0, 1e-9);
    park_arena_free(arena);
}

/* Oxygen at 1 of 2 g/m3 asked, gain 25 d-1 per g: 84 + 25 = 109 d-1, and the memory grows by 25/0.002 a day. At the
 * blower's limit the memory is led back by what it asks too much. */
static void the_controller_by_hand(void)
{
    park_arena       *arena = park_arena_new();
    park_sludge_plant p     = park_sludge_bsm1();
    p.tank[4].do_set        = 2.0 * G;
    park_sludge_form  *f    = sludge_form(arena, &p);
    park_sludge_inflow in   = sludge_inflow();
    double             y[STATES_MOST], rate[STATES_MOST];
    park_sludge_guess(f, &in, y);
    y[4 * 13 + PARK_SO] = 1.0 * G;
    CHECK(f->states == 146 && f->control_at == 145);
    CHECK_CLOSE(park_sludge_kla(f, y, 4) * DAY, 109.0, 1e-9);
    park_sludge_rates(f, &in, y, rate);
    CHECK_CLOSE(rate[145] * DAY * DAY, 25.0 / 0.002, 1e-6);
    y[145] = 200.0 / DAY; /* asks for 309, gets 240 */
    CHECK_CLOSE(park_sludge_kla(f, y, 4) * DAY, 240.0, 1e-9);
    park_sludge_rates(f, &in, y, rate);
    CHECK_CLOSE(rate[145] * DAY * DAY, 25.0 / 0.002 - 69.0 / 0.001, 1e-6);
    y[145] = -500.0 / DAY;
    CHECK_CLOSE(park_sludge_kla(f, y, 4), 0.0, 0.0);
    park_arena_free(arena);
}

/* Nothing that is not there can leave: a state at zero does not fall. */
static void empty_states_do_not_fall(void)
{
    park_random r = park_random_start(22, 5, 0);
    for (int trial = 0; trial < 100; trial++) {
        park_arena        *arena = park_arena_new();
        park_sludge_plant  p     = sludge_any_plant(&r);
        park_sludge_form  *f     = sludge_form(arena, &p);
        park_sludge_inflow in    = sludge_any_inflow(&r);
        double             y[STATES_MOST], rate[STATES_MOST];
        sludge_any_state(f, &r, y);
        for (size_t i = 0; i < f->control_at; i += 1 + (size_t)sludge_drawn(&r, 0.0, 40.0)) {
            if (i < f->settler_at && i % 13 == PARK_SALK)
                continue;
            double was = y[i];
            y[i]       = 0.0;
            park_sludge_rates(f, &in, y, rate);
            CHECK(rate[i] >= 0.0);
            y[i] = was;
        }
        park_arena_free(arena);
    }
}

static void states_have_names(void)
{
    park_arena       *arena = park_arena_new();
    park_sludge_plant p     = park_sludge_bsm1();
    p.tank[4].do_set        = 2.0 * G;
    park_sludge_form *f     = sludge_form(arena, &p);
    char              text[40];
    park_sludge_state_name(f, 2 * 13 + PARK_SNH, text, sizeof text);
    CHECK_TEXT(text, "tank 3 SNH");
    park_sludge_state_name(f, 65 + 8 + 7, text, sizeof text);
    CHECK_TEXT(text, "settler layer 2 TSS");
    park_sludge_state_name(f, 65 + 2, text, sizeof text);
    CHECK_TEXT(text, "settler layer 1 SO");
    park_sludge_state_name(f, 145, text, sizeof text);
    CHECK_TEXT(text, "oxygen controller 1");
    park_arena_free(arena);
}

int main(void)
{
    RUN(what_is_held_changes_by_what_crosses_the_fence);
    RUN(one_tank_by_hand);
    RUN(the_controller_by_hand);
    RUN(empty_states_do_not_fall);
    RUN(states_have_names);
    return park_test_done();
}
