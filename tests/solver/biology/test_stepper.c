/* The conserving steps of a sludge plant: against the integrator of march.h, and every component's account. */
#include "biology/stepper.h"

#include "biology/steady.h"

#include "sludge_fixture.h"

enum { MOST = 400, HOURS = 96 };

static park_sludge_stepper *stepper_of(park_arena *arena, const park_sludge_form *form, double tolerance)
{
    park_sludge_stepper *s   = NULL;
    park_error           err = {0};
    CHECK(park_sludge_stepper_new(arena, form, tolerance, &s, &err) == PARK_OK);
    CHECK_TEXT(err.message, "");
    return s;
}

/* Inflow that comes and goes with the hours of a day, with nothing at all at night. */
static park_sludge_inflow hour_of(int hour, const park_sludge_inflow *mean)
{
    static const double DAY_CURVE[] = {0.2, 1.4, 1.1, 1.6, 0.7, 1.0};
    park_sludge_inflow  in          = *mean;
    double              factor      = DAY_CURVE[hour / 4 % 6];
    in.flow *= factor;
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
        in.conc[k] *= 0.5 + 0.5 * factor;
    return in;
}

static park_sludge_plant controlled(void)
{
    park_sludge_plant p = park_sludge_bsm1();
    p.settler.solids    = PARK_SOLIDS_CARRIED;
    p.tank[4].do_set    = 2.0 * G;
    p.kinetics.k_n      = 0.05 * G;
    p.kinetics.k_alk    = 0.5 * G;
    return p;
}

/* Four days by steps of hours and by IDA at a thousandth of the tolerance: the same states. */
static void steps_agree_with_the_integrator(void)
{
    park_arena                *arena = park_arena_new();
    park_sludge_plant          p     = controlled();
    park_sludge_form          *f     = sludge_form(arena, &p);
    park_sludge_inflow         mean  = sludge_inflow(), in[HOURS];
    double                     time[HOURS], y[MOST], z[MOST], step = 0.0;
    park_sludge_passed         passed = {0};
    park_sludge_totals         totals;
    park_sludge_march_settings fine = {.rtol = 1e-8};
    park_sludge_guess(f, &mean, y);
    CHECK(park_sludge_steady(arena, f, &mean, y, NULL, NULL) == PARK_OK);
    memcpy(z, y, sizeof z);
    park_sludge_stepper *s = stepper_of(arena, f, 1e-4);
    for (int h = 0; h < HOURS; h++) {
        time[h] = 3600.0 * h;
        in[h]   = hour_of(h, &mean);
        CHECK(park_sludge_stepper_go(s, &in[h], 3600.0, y, &step, &passed, NULL) == PARK_OK);
    }
    park_sludge_series series = {HOURS, time, in};
    CHECK(park_sludge_march(arena, f, &series, &fine, 0.0, 3600.0 * HOURS, z, &totals, NULL, NULL) ==
          PARK_OK);
    for (size_t i = 0; i < f->control_at; i++)
        CHECK_CLOSE(y[i], z[i], 2e-3 * fabs(z[i]) + 2e-5);
    CHECK_CLOSE(passed.totals.left[PARK_SNH], totals.left[PARK_SNH], 2e-3 * totals.left[PARK_SNH]);
    CHECK_CLOSE(passed.totals.oxygen, totals.oxygen, 1e-3 * totals.oxygen);
    CHECK_CLOSE(passed.totals.transfer, totals.transfer, 2e-3 * totals.transfer);
    CHECK_CLOSE(passed.totals.entered[PARK_XS], totals.entered[PARK_XS], 1e-9 * totals.entered[PARK_XS]);
    park_arena_free(arena);
}

/* What entered and was made is what left and stayed, component by component, to rounding; and what reactions made keeps COD
 * (with oxygen, nitrate and nitrogen gas) by itself: any plant, steps far too long for any accuracy. */
static void every_component_closes(void)
{
    park_arena *arena = park_arena_new();
    park_random r     = park_random_start(11, 5, 0);
    for (int n = 0; n < 12; n++) {
        park_sludge_plant  p        = sludge_any_plant(&r);
        park_sludge_inflow mean     = sludge_any_inflow(&r);
        p.settler.solids            = PARK_SOLIDS_CARRIED;
        park_sludge_form    *f      = sludge_form(arena, &p);
        park_sludge_stepper *s      = stepper_of(arena, f, 1e-2);
        park_sludge_passed   passed = {0};
        double y[MOST], before[PARK_ASM1_COMPONENTS], after[PARK_ASM1_COMPONENTS], step = 0.0, scale;
        park_sludge_guess(f, &mean, y);
        park_sludge_held(f, y, before);
        for (int h = 0; h < HOURS; h++) {
            park_sludge_inflow in  = hour_of(h, &mean);
            park_error         err = {0};
            CHECK(park_sludge_stepper_go(s, &in, 3600.0, y, &step, &passed, &err) == PARK_OK);
            CHECK_TEXT(err.message, "");
        }
        park_sludge_held(f, y, after);
        const park_sludge_totals *t = &passed.totals;
        for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++) {
            double air = k == PARK_SO ? t->oxygen : 0.0;
            scale = t->entered[k] + t->left[k] + t->wasted[k] + fabs(passed.reacted[k]) + before[k] + air;
            CHECK_CLOSE(t->entered[k] + passed.reacted[k] + air - t->left[k] - t->wasted[k],
                        after[k] - before[k], 1e-12 * scale);
        }
        const double *made = passed.reacted;
        double        cod  = made[PARK_SI] + made[PARK_SS] + made[PARK_XI] + made[PARK_XS] + made[PARK_XBH] +
                     made[PARK_XBA] + made[PARK_XP];
        CHECK(cod < 0.0 && made[PARK_SO] < 0.0);
    }
    park_arena_free(arena);
}

/* Solids with the composition of the last tank: what the settler makes of others has no weight of its own, 0.75 of it sums to
 * nothing (layers hold and pass on TSS), it is none at rest, and solubles have none. */
static void what_a_settler_relabels_weighs_nothing(void)
{
    park_arena          *arena  = park_arena_new();
    park_sludge_plant    p      = park_sludge_bsm1();
    park_sludge_form    *f      = sludge_form(arena, &p);
    park_sludge_inflow   mean   = sludge_inflow();
    park_sludge_stepper *s      = stepper_of(arena, f, 1e-6);
    park_sludge_passed   passed = {0};
    double               y[MOST], step = 0.0;
    park_sludge_guess(f, &mean, y);
    CHECK(park_sludge_steady(arena, f, &mean, y, NULL, NULL) == PARK_OK);
    CHECK(park_sludge_stepper_go(s, &mean, DAY, y, &step, &passed, NULL) == PARK_OK);
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
        CHECK_CLOSE(passed.relabelled[k], 0.0, 1e-6 * passed.totals.wasted[PARK_XBH]);
    for (int h = 0; h < HOURS; h++) {
        park_sludge_inflow in = hour_of(h, &mean);
        CHECK(park_sludge_stepper_go(s, &in, 3600.0, y, &step, &passed, NULL) == PARK_OK);
    }
    double *made = passed.relabelled;
    CHECK(fabs(made[PARK_XS]) > 1e-3 * passed.totals.wasted[PARK_XS]); /* it does relabel */
    CHECK_CLOSE(park_asm1_tss(&p.kinetics, made), 0.0, 2e-2 * fabs(made[PARK_XS]));
    for (size_t k = 0; k < PARK_ASM1_COMPONENTS; k++)
        if (!park_asm1_particulate(k))
            CHECK(made[k] == 0.0);
    park_arena_free(arena);
}

/* A tank that no water passes: cells decay, nothing leaves, and nothing is lost. */
static void a_plant_at_rest_starves(void)
{
    park_arena       *arena = park_arena_new();
    park_sludge_plant p     = controlled();
    p.wasted                = 0.0;
    park_sludge_form  *f    = sludge_form(arena, &p);
    park_sludge_inflow mean = sludge_inflow(), none = {0};
    park_sludge_passed passed = {0};
    double             y[MOST], before[PARK_ASM1_COMPONENTS], after[PARK_ASM1_COMPONENTS], step = 0.0;
    park_sludge_guess(f, &mean, y);
    park_sludge_held(f, y, before);
    CHECK(park_sludge_stepper_go(stepper_of(arena, f, 1e-4), &none, 10.0 * DAY, y, &step, &passed, NULL) ==
          PARK_OK);
    park_sludge_held(f, y, after);
    CHECK(after[PARK_XBH] < 0.6 * before[PARK_XBH] && passed.totals.left[PARK_SI] == 0.0);
    CHECK_CLOSE(after[PARK_SI], before[PARK_SI], 1e-9 * before[PARK_SI]);
    park_arena_free(arena);
}

static void what_cannot_be_is_told(void)
{
    park_arena          *arena = park_arena_new();
    park_sludge_plant    p     = park_sludge_bsm1();
    park_sludge_form    *f     = sludge_form(arena, &p);
    park_sludge_stepper *s     = NULL;
    park_error           err   = {0};
    CHECK(park_sludge_stepper_new(arena, f, 0.0, &s, &err) == PARK_E_RANGE);
    s                         = stepper_of(arena, f, 1e-4);
    park_sludge_inflow less   = sludge_inflow();
    park_sludge_passed passed = {0};
    double             y[MOST], step = 0.0;
    park_sludge_guess(f, &less, y);
    less.flow = 0.5 * p.wasted;
    CHECK(park_sludge_stepper_go(s, &less, 60.0, y, &step, &passed, &err) == PARK_E_RANGE);
    less.flow   = 0.2;
    y[PARK_SNH] = NAN;
    CHECK(park_sludge_stepper_go(s, &less, 60.0, y, &step, &passed, &err) == PARK_E_NUMERIC);
    CHECK(strstr(err.message, "tank") != NULL);
    park_arena_fail_after(arena, 1);
    CHECK(park_sludge_stepper_new(arena, f, 1e-4, &s, &err) == PARK_E_MEMORY);
    park_arena_free(arena);
}

int main(void)
{
    RUN(steps_agree_with_the_integrator);
    RUN(every_component_closes);
    RUN(what_a_settler_relabels_weighs_nothing);
    RUN(a_plant_at_rest_starves);
    RUN(what_cannot_be_is_told);
    return park_test_done();
}
