#include "biology/march.h"

#include "biology/assess.h"
#include "biology/steady.h"

#include "sludge_fixture.h"

enum { STATES_MOST = 400 };

/* No biomass, one tank of 1000 m3, 0.1 m3/s: inert matter washes in as 1 - exp(-t/10000 s), and after a jump of the inflow
 * towards the new value. */
static void inert_matter_washes_in(void)
{
    park_arena       *arena = park_arena_new();
    park_sludge_plant p     = park_sludge_bsm1();
    p.tanks                 = 1;
    p.tank[0]               = (park_sludge_tank){1000.0, 0.0, 0.0, NAN};
    p.recycle_from = p.recycle_to       = 0;
    p.separation                        = PARK_SEPARATION_MEMBRANE;
    p.wasted                            = 0.01;
    park_sludge_form          *f        = sludge_form(arena, &p);
    park_sludge_inflow         in[2]    = {{0.1, {[PARK_SI] = 0.03}}, {0.2, {[PARK_SI] = 0.06}}};
    const double               time[2]  = {0.0, 10000.0};
    park_sludge_series         series   = {2, time, in};
    park_sludge_march_settings settings = {.rtol = 1e-8};
    park_sludge_totals         t;
    double                     y[13] = {0.0};
    CHECK(park_sludge_march(arena, f, &series, &settings, 0.0, 20000.0, y, &t, NULL, NULL) == PARK_OK);
    double first = 0.03 * (1.0 - exp(-1.0)), second = 0.06 + (first - 0.06) * exp(-2.0);
    CHECK_CLOSE(y[PARK_SI], second, 1e-6 * second);
    CHECK_CLOSE(t.entered[PARK_SI], 0.1 * 0.03 * 1e4 + 0.2 * 0.06 * 1e4, 1e-9);
    CHECK_CLOSE(t.inflow, 3000.0, 1e-9);
    CHECK_CLOSE(t.left[PARK_SI] + t.wasted[PARK_SI] + 1000.0 * y[PARK_SI], t.entered[PARK_SI],
                1e-6 * t.entered[PARK_SI]);
    park_arena_free(arena);
}

/* Under the inflow of its steady state nothing moves; totals are then flow times time. */
static void rest_stays_rest(void)
{
    park_arena                *arena    = park_arena_new();
    park_sludge_plant          p        = park_sludge_bsm1();
    park_sludge_inflow         in       = sludge_inflow();
    park_sludge_form          *f        = sludge_form(arena, &p);
    const double               time[1]  = {0.0};
    park_sludge_series         series   = {1, time, &in};
    park_sludge_march_settings settings = {.totals_from = DAY};
    park_sludge_totals         t;
    park_sludge_stream         out, waste;
    double                     y[STATES_MOST], z[STATES_MOST];
    park_sludge_guess(f, &in, y);
    CHECK(park_sludge_steady(arena, f, &in, y, NULL, NULL) == PARK_OK);
    memcpy(z, y, sizeof y);
    CHECK(park_sludge_march(arena, f, &series, &settings, 0.0, 10.0 * DAY, y, &t, NULL, NULL) == PARK_OK);
    for (size_t i = 0; i < f->states; i++)
        CHECK_CLOSE(y[i], z[i], 1e-4 * z[i] + 1e-6);
    park_sludge_leaving(f, &in, z, &out, &waste);
    CHECK_CLOSE(t.seconds, 9.0 * DAY, 1e-6);
    CHECK_CLOSE(t.left[PARK_SNH], 9.0 * DAY * out.flow * out.conc[PARK_SNH], 1e-4 * t.left[PARK_SNH]);
    CHECK_CLOSE(t.wasted[PARK_XBH], 9.0 * DAY * waste.flow * waste.conc[PARK_XBH], 1e-4 * t.wasted[PARK_XBH]);
    CHECK_CLOSE(t.transfer / 9.0 / DAY * DAY, 1333.0 * (240 + 240 + 84), 1e-3);
    park_arena_free(arena);
}

/* Carried solids: over days of any inflow COD and nitrogen close to the integrator's tolerance. */
static void cod_and_nitrogen_close_in_time(void)
{
    park_arena       *arena = park_arena_new();
    park_random       r     = park_random_start(51, 5, 0);
    park_sludge_plant p     = park_sludge_bsm1();
    p.settler.solids        = PARK_SOLIDS_CARRIED;
    p.tank[4].do_set        = 2.0 * G;
    p.kinetics.f_p          = 0.2;
    enum { HOURS = 48 };
    park_sludge_form          *f = sludge_form(arena, &p);
    park_sludge_inflow         in[HOURS];
    double                     time[HOURS], y[STATES_MOST], before[13], after[13];
    park_sludge_series         series   = {HOURS, time, in};
    park_sludge_march_settings settings = {.rtol = 1e-6};
    park_sludge_totals         t;
    for (int h = 0; h < HOURS; h++) {
        time[h] = 3600.0 * h;
        in[h]   = sludge_any_inflow(&r);
    }
    park_sludge_guess(f, in, y);
    park_sludge_held(f, y, before);
    CHECK(park_sludge_march(arena, f, &series, &settings, 0.0, 3600.0 * HOURS, y, &t, NULL, NULL) == PARK_OK);
    park_sludge_held(f, y, after);
    double charge = 0.0, inert = 0.0;
    for (int k = 0; k < PARK_ASM1_COMPONENTS; k++) {
        double net = t.entered[k] - t.left[k] - t.wasted[k] - (after[k] - before[k]);
        charge += k == PARK_SALK ? net : k == PARK_SNH ? -net / 14.0 : k == PARK_SNO ? net / 14.0 : 0.0;
        inert += k == PARK_SI || k == PARK_XI ? net : 0.0;
    }
    CHECK_CLOSE(inert, 0.0, 1e-5 * (t.entered[PARK_SI] + before[PARK_XI]));
    CHECK_CLOSE(charge, 0.0, 1e-5 * t.entered[PARK_SALK]);
    park_arena_free(arena);
}

static void look(void *user, double time, const park_sludge_inflow *in, const double *y)
{
    double *seen = user;
    (void)y;
    seen[0] += 1.0;
    seen[1] = time;
    seen[2] += in->flow;
}

/* Looks at 0, 600, .. 3000 s of an hour; the inflow of a jump is the new one. */
static void looks_come_at_their_times(void)
{
    park_arena                *arena    = park_arena_new();
    park_sludge_plant          p        = park_sludge_bsm1();
    park_sludge_form          *f        = sludge_form(arena, &p);
    park_sludge_inflow         in[2]    = {sludge_inflow(), sludge_inflow()};
    const double               time[2]  = {0.0, 1800.0};
    park_sludge_series         series   = {2, time, in};
    double                     seen[3]  = {0.0}, y[STATES_MOST];
    park_sludge_march_settings settings = {.every = 600.0, .seen = look, .user = seen};
    in[0].flow                          = 0.1;
    in[1].flow                          = 0.2;
    park_sludge_guess(f, in, y);
    CHECK(park_sludge_march(arena, f, &series, &settings, 0.0, 3600.0, y, NULL, NULL, NULL) == PARK_OK);
    CHECK_CLOSE(seen[0], 6.0, 0.0);
    CHECK_CLOSE(seen[1], 3000.0, 0.0);
    CHECK_CLOSE(seen[2], 3 * 0.1 + 3 * 0.2, 1e-12);
    park_arena_free(arena);
}

static void marches_that_cannot_be_are_told(void)
{
    park_arena                *arena    = park_arena_new();
    park_sludge_plant          p        = park_sludge_bsm1();
    park_sludge_form          *f        = sludge_form(arena, &p);
    park_sludge_inflow         in[2]    = {sludge_inflow(), sludge_inflow()};
    double                     time[2]  = {0.0, 0.0}, y[STATES_MOST];
    park_sludge_series         series   = {2, time, in};
    park_sludge_march_settings settings = {.rtol = 1e-4};
    park_error                 err      = {0};
    park_sludge_guess(f, in, y);
    CHECK(park_sludge_march(arena, f, &series, &settings, 0.0, 1.0, y, NULL, NULL, &err) == PARK_E_RANGE);
    CHECK(strstr(err.message, "rise") != NULL);
    time[1] = 10.0;
    CHECK(park_sludge_march(arena, f, &series, &settings, -1.0, 1.0, y, NULL, NULL, &err) == PARK_E_RANGE);
    in[1].flow = 0.0;
    CHECK(park_sludge_march(arena, f, &series, &settings, 0.0, 1.0, y, NULL, NULL, &err) == PARK_E_RANGE);
    in[1].flow     = 0.2;
    settings.every = NAN;
    CHECK(park_sludge_march(arena, f, &series, &settings, 0.0, 1.0, y, NULL, NULL, &err) == PARK_E_RANGE);
    settings.every = 0.0;
    y[3]           = NAN;
    CHECK(park_sludge_march(arena, f, &series, &settings, 0.0, 1.0, y, NULL, NULL, &err) == PARK_E_NUMERIC);
    park_sludge_guess(f, in, y);
    park_status s = PARK_E_MEMORY;
    for (size_t n = 1; n < 100 && s == PARK_E_MEMORY; n++) {
        park_arena *own = park_arena_new();
        park_arena_fail_after(own, n);
        s = park_sludge_march(own, f, &series, &settings, 0.0, 1.0, y, NULL, NULL, NULL);
        park_arena_free(own);
    }
    CHECK(s == PARK_OK);
    park_arena_free(arena);
}

int main(void)
{
    RUN(inert_matter_washes_in);
    RUN(rest_stays_rest);
    RUN(cod_and_nitrogen_close_in_time);
    RUN(looks_come_at_their_times);
    RUN(marches_that_cannot_be_are_told);
    return park_test_done();
}
