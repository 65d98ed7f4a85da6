#include "quality/reaction.h"

#include "check.h"

static const park_reaction_terms NOTHING = {0.0, 1.0, 0.0, 0.0, 1.0, INFINITY, 20.0};

static double after(park_reaction_terms t, double conc, double time)
{
    park_reaction law = park_reaction_of(&t, 300.0);
    return park_reaction_after(&law, conc, time);
}

/* The same terms by many small implicit midpoint steps of their rate: a second method for every form. */
static double by_small_steps(park_reaction_terms t, double conc, double time)
{
    park_reaction law = park_reaction_of(&t, 300.0);
    enum { STEPS = 20000 };
    double h = time / STEPS;
    for (int i = 0; i < STEPS; i++) {
        double mid = conc;
        for (int k = 0; k < 4; k++)
            mid = fmax(0.0, conc + 0.5 * h * park_reaction_rate(&law, mid));
        conc = fmax(0.0, conc + h * park_reaction_rate(&law, mid));
    }
    return conc;
}

static void first_order_is_exponential(void)
{
    park_reaction_terms t = NOTHING;
    t.bulk                = -1e-4;
    CHECK_CLOSE(after(t, 2.0, 5000.0), 2.0 * exp(-0.5), 1e-15);
    CHECK_CLOSE(after(t, 2.0, 300.0), 2.0 * exp(-0.03), 1e-15); /* the step that is kept ready */
    t.wall = -2e-6;                                             /* 4/d = 20: 4e-5 more */
    CHECK_CLOSE(after(t, 2.0, 5000.0), 2.0 * exp(-0.7), 1e-15);
    CHECK(after(NOTHING, 2.0, 1e6) == 2.0 && after(t, 2.0, 0.0) == 2.0);
}

/* Two resistances in a row: kw kf / (kw + kf) at the wall. */
static void transfer_holds_the_wall_back(void)
{
    park_reaction_terms t = NOTHING;
    t.wall                = -2e-6;
    t.transfer            = 6e-6;
    CHECK_CLOSE(after(t, 1.0, 1e4), exp(-20.0 * 1.5e-6 * 1e4), 1e-15);
}

/* Order 0 falls in a straight line to zero and stays there; at the wall no faster than what arrives. */
static void zero_order_is_a_line(void)
{
    park_reaction_terms t = NOTHING;
    t.order = 0.0, t.bulk = -1e-4;
    CHECK_CLOSE(after(t, 1.0, 4000.0), 0.6, 1e-15);
    CHECK(after(t, 1.0, 20000.0) == 0.0);
    t.bulk = 0.0, t.wall_order = 0.0, t.wall = -1e-5; /* 2e-4 a second by the wall's area */
    CHECK_CLOSE(after(t, 1.0, 4000.0), 0.2, 1e-15);
    t.transfer = 1e-5; /* from C = 1 down only what arrives: exp(-2e-4 t) */
    CHECK_CLOSE(after(t, 1.0, 4000.0), exp(-0.8), 1e-8);
    t.transfer = 4e-5; /* the line until C = 1/4, then the exponential */
    CHECK_CLOSE(after(t, 1.0, 3750.0), 0.25, 1e-6);
    CHECK_CLOSE(after(t, 1.0, 3750.0 + 1250.0), 0.25 * exp(-1.0), 1e-6);
}

/* dC/dt = k C^2: 1/C rises by -k t. Half order reaches zero in finite time, 2 sqrt(C)/k. */
static void other_orders_have_their_closed_forms(void)
{
    park_reaction_terms t = NOTHING;
    t.order = 2.0, t.bulk = -1e-3;
    CHECK_CLOSE(after(t, 0.5, 1000.0), 1.0 / 3.0, 1e-15);
    t.order = 0.5;
    CHECK_CLOSE(after(t, 1.0, 1000.0), 0.25, 1e-15);
    CHECK(after(t, 1.0, 2500.0) == 0.0 && after(t, 0.0, 10.0) == 0.0);
}

/* Towards a limit from one side only. */
static void a_limit_is_approached_and_not_crossed(void)
{
    park_reaction_terms t = NOTHING;
    t.limiting = 0.4, t.bulk = -1e-4;
    CHECK_CLOSE(after(t, 1.0, 1e4), 0.4 + 0.6 * exp(-1.0), 1e-15);
    CHECK(after(t, 0.3, 1e4) == 0.3);
    t.bulk = 1e-4;
    CHECK_CLOSE(after(t, 0.0, 1e4), 0.4 * (1.0 - exp(-1.0)), 1e-15);
    CHECK(after(t, 0.5, 1e4) == 0.5);
}

/* Everything together, against small steps. */
static void mixtures_agree_with_small_steps(void)
{
    const park_reaction_terms MIXED[] = {{-1e-4, 2.0, 0.2, -1e-6, 1.0, 5e-6, 20.0},
                                         {-1e-4, 1.0, 0.2, -1e-6, 0.0, 5e-6, 20.0},
                                         {-1e-4, -1.0, 2.0, 0.0, 1.0, INFINITY, 20.0},
                                         {2e-4, 1.5, 1.0, -1e-6, 1.0, INFINITY, 20.0},
                                         {-3e-4, 0.7, 0.0, -2e-6, 0.0, 1e-5, 40.0}};
    for (size_t i = 0; i < 5; i++) {
        CHECK_CLOSE(after(MIXED[i], 0.9, 3000.0), by_small_steps(MIXED[i], 0.9, 3000.0), 2e-6);
        double half = after(MIXED[i], 0.9, 1500.0); /* two halves are the whole */
        CHECK_CLOSE(after(MIXED[i], half, 1500.0), after(MIXED[i], 0.9, 3000.0), 1e-8);
    }
}

static void age_grows_with_time(void)
{
    park_reaction law = park_reaction_age(300.0);
    CHECK(park_reaction_after(&law, 100.0, 300.0) == 400.0);
    CHECK(park_reaction_rate(&law, 7.0) == 1.0 && park_reaction_speed(&law) == 0.0);
}

/* Chlorine (D = 1.2e-9 m2/s) in a DN200 of 500 m, by hand. At rest 2 D/d = 1.2e-8. 1 mm/s: Re = 195.7, Sc = 851.67,
 * y = 66.67: Sh = 3.65 + 4.4534/(1 + 0.04 16.44) = 6.337. 1 m/s: Re = 195695, Sh = 0.0149 Re^0.88 Sc^(1/3) = 6402. */
static void transfer_follows_the_flow(void)
{
    CHECK_CLOSE(park_reaction_transfer(0.0, 0.2, 500.0, 1.022e-6, 1.2e-9), 1.2e-8, 1e-20);
    CHECK_CLOSE(park_reaction_transfer(-1e-3, 0.2, 500.0, 1.022e-6, 1.2e-9), 6.337 * 6e-9, 2e-11);
    double re = 1.0 * 0.2 / 1.022e-6, sherwood = 0.0149 * exp(0.88 * log(re) + log(1.022e-6 / 1.2e-9) / 3.0);
    CHECK_CLOSE(park_reaction_transfer(1.0, 0.2, 500.0, 1.022e-6, 1.2e-9), sherwood * 6e-9, 1e-15);
    CHECK(sherwood > 6000.0 && sherwood < 7000.0);
}

int main(void)
{
    RUN(first_order_is_exponential);
    RUN(transfer_holds_the_wall_back);
    RUN(zero_order_is_a_line);
    RUN(other_orders_have_their_closed_forms);
    RUN(a_limit_is_approached_and_not_crossed);
    RUN(mixtures_agree_with_small_steps);
    RUN(age_grows_with_time);
    RUN(transfer_follows_the_flow);
    return park_test_done();
}
