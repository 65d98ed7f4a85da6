#include "check.h"

#include <parkwater/economics.h>

/* Built today for 1000, ten years of 200 spared, 8 %, 50 m3/a saved. */
static const park_outlay TODAY[] = {{.capital = 1000.0, .life = 10.0}};
static const double      GAIN[]  = {260.0, -60.0};
static park_proposal     simple(void)
{
    return (park_proposal){.start    = 1,
                           .years    = 10,
                           .discount = 0.08,
                           .outlays  = 1,
                           .outlay   = TODAY,
                           .streams  = 2,
                           .gain     = GAIN,
                           .saved    = 50.0};
}

static park_merit judge(const park_proposal *p, park_arena *arena)
{
    park_merit m;
    CHECK(park_proposal_judge(p, arena, &m, NULL) == PARK_OK);
    return m;
}

/* P/A(8 %, 10) = 6.710081: 200 x 6.710081 - 1000 = 342.0163; A/P = 0.1490295. LibreOffice 7.4: =NPV = 342.016279788,
 * =IRR = 15.0984145 %. Payback 1000 / 200; dynamic by =NPER(8%;-200;1000) is 6.637... by the smooth curve, here straight
 * within the seventh year: 1000 - 200 P/A(6) = 75.42407, the seventh brings 200 / 1.08^7 = 116.69808. */
static void a_proposal_by_hand(void)
{
    park_arena   *arena = park_arena_new();
    park_proposal p     = simple();
    park_merit    m     = judge(&p, arena);
    CHECK(m.count == 11);
    CHECK_CLOSE(m.npv, 342.016279788, 1e-6);
    CHECK_CLOSE(m.annual, 200.0 - 149.029489, 1e-6);
    CHECK(m.rates == 1);
    CHECK_CLOSE(m.rate[0], 0.150984144771, 1e-10);
    CHECK_CLOSE(m.payback, 5.0, 1e-12);
    CHECK_CLOSE(m.payback_dynamic, 6.0 + 75.42407 / 116.69808, 1e-6);
    CHECK_CLOSE(m.unit_cost, -50.970511 / 50.0, 1e-7);
    CHECK_CLOSE(m.unit_cost_gross, (149.029489 + 60.0) / 50.0, 1e-7);
    CHECK_CLOSE(m.unit_investment, 20.0, 1e-12);
    park_arena_free(arena);
}

/* What lasts 4 years is built in years 0, 4 and 8; of the third, half its life is left in year 10. */
static void what_wears_out_is_built_again(void)
{
    park_arena       *arena    = park_arena_new();
    const park_outlay four[]   = {{.capital = 1000.0, .life = 4.0}},
                      twenty[] = {{.capital = 1000.0, .life = 20.0}};
    park_proposal p            = simple();
    p.outlay                   = four;
    park_merit m               = judge(&p, arena);
    CHECK_CLOSE(m.flow[0], -1000.0, 1e-12);
    CHECK_CLOSE(m.flow[4], 200.0 - 1000.0, 1e-12);
    CHECK_CLOSE(m.flow[8], 200.0 - 1000.0, 1e-12);
    CHECK_CLOSE(m.flow[10], 200.0 + 500.0, 1e-12);
    CHECK_CLOSE(m.investment, 1000.0, 1e-12);
    p.outlay = twenty;
    m        = judge(&p, arena);
    CHECK_CLOSE(m.flow[10], 200.0 + 500.0, 1e-12);
    CHECK_CLOSE(m.flow[4], 200.0, 1e-12);
    park_arena_free(arena);
}

/* Three years of building: 400, 300, 300; service from year 3 on, ten years. */
static void building_takes_years(void)
{
    park_arena       *arena   = park_arena_new();
    const park_outlay three[] = {{400.0, 10.0, 0}, {300.0, 10.0, 1}, {300.0, 10.0, 2}};
    park_proposal     p       = simple();
    p.start = 3, p.outlays = 3, p.outlay = three;
    park_merit m = judge(&p, arena);
    CHECK(m.count == 13);
    const double want[] = {-400.0, -300.0, -300.0, 200.0};
    for (int t = 0; t < 4; t++)
        CHECK_CLOSE(m.flow[t], want[t], 1e-12);
    CHECK_CLOSE(m.flow[12], 200.0, 1e-12);
    /* 200 P/A(8 %, 10) / 1.08^2 - 400 - 300 / 1.08 - 300 / 1.08^2 */
    CHECK_CLOSE(m.npv, 1342.016279788 / 1.1664 - 400.0 - 300.0 / 1.08 - 300.0 / 1.1664, 1e-5);
    CHECK_CLOSE(m.payback, 2.0 + 5.0, 1e-12);
    park_arena_free(arena);
}

/* Nothing saved: no price of a cubic metre, told as such and not as 0. */
static void nothing_saved_has_no_price(void)
{
    park_arena   *arena = park_arena_new();
    park_proposal p     = simple();
    p.saved             = -3.0;
    park_merit m        = judge(&p, arena);
    CHECK(isnan(m.unit_cost) && isnan(m.unit_cost_gross) && isnan(m.unit_investment));
    park_arena_free(arena);
}

static const park_swing *swing_of(const park_swing *swing, size_t swings, park_swing_of of, size_t stream)
{
    for (size_t i = 0; i < swings; i++)
        if (swing[i].of == of && swing[i].stream == stream)
            return &swing[i];
    return NULL;
}

/* Outlays of 1000 swing by 200; the gain's worth of 1342.0163 by 268.4033; npv is zero at 1.342016 times the outlays or
 * 1000 / 1342.0163 of the gain; at the rate of return of 15.0984145 % / 8 %. LibreOffice: npv at 6.4 % 444.518476, at
 * 9.6 % 250.317567; eight years 257.381566 (a fifth of the outlay is left), twelve 361.713122 (built again in year 10, four
 * fifths of it left). */
static void swings_by_hand(void)
{
    park_arena   *arena = park_arena_new();
    park_proposal p     = simple();
    park_swing    swing[8];
    size_t        n;
    CHECK(park_proposal_swings(&p, 0.2, arena, swing, &n, NULL) == PARK_OK);
    CHECK(n == 6);
    const park_swing *capital = swing_of(swing, n, PARK_SWING_CAPITAL, 0);
    CHECK_CLOSE(capital->low, 342.016279788 + 200.0, 1e-6);
    CHECK_CLOSE(capital->high, 342.016279788 - 200.0, 1e-6);
    CHECK_CLOSE(capital->turns, 1.342016280, 1e-8);
    const park_swing *gain = swing_of(swing, n, PARK_SWING_GAIN, 0);
    CHECK_CLOSE(gain->low, 342.016279788 - 268.403256, 1e-6);
    CHECK_CLOSE(gain->turns, 1000.0 / 1342.016279788, 1e-8);
    const park_swing *spent = swing_of(swing, n, PARK_SWING_STREAM, 1);
    CHECK_CLOSE(spent->high, 342.016279788 - 0.2 * 60.0 * 6.710081, 1e-4);
    const park_swing *discount = swing_of(swing, n, PARK_SWING_DISCOUNT, 0);
    CHECK_CLOSE(discount->low, 444.518475634, 1e-6);
    CHECK_CLOSE(discount->high, 250.317567295, 1e-6);
    CHECK_CLOSE(discount->turns, 0.150984144771 / 0.08, 1e-6);
    const park_swing *years = swing_of(swing, n, PARK_SWING_YEARS, 0);
    CHECK_CLOSE(years->low, 257.381565645, 1e-6);
    CHECK_CLOSE(years->high, 361.713122217, 1e-6);
    for (size_t i = 1; i < n; i++)
        CHECK(fabs(swing[i].high - swing[i].low) <= fabs(swing[i - 1].high - swing[i - 1].low));
    /* at the turning point the value is zero: the outlays that much dearer */
    const park_outlay dearer[] = {{.capital = 1000.0 * capital->turns, .life = 10.0}};
    p.outlay                   = dearer;
    CHECK_CLOSE(judge(&p, arena).npv, 0.0, 1e-9);
    park_arena_free(arena);
}

static void what_makes_no_sense_is_refused(void)
{
    park_arena *arena = park_arena_new();
    park_merit  m;
    park_swing  swing[8];
    size_t      n;
    for (int wrong = 0; wrong < 8; wrong++) {
        park_proposal p       = simple();
        park_outlay   bad[]   = {TODAY[0]};
        double        never[] = {NAN};
        p.outlay              = bad;
        if (wrong == 0)
            p.years = 0;
        else if (wrong == 1)
            p.start = 0;
        else if (wrong == 2)
            p.years = 101;
        else if (wrong == 3)
            p.discount = -1.0;
        else if (wrong == 4)
            bad[0].life = 0.0;
        else if (wrong == 5)
            bad[0].year = 1;
        else if (wrong == 6)
            bad[0].capital = INFINITY;
        else
            p.gain = never, p.streams = 1;
        CHECK(park_proposal_judge(&p, arena, &m, NULL) == PARK_E_RANGE);
        CHECK(park_proposal_swings(&p, 0.2, arena, swing, &n, NULL) == PARK_E_RANGE);
    }
    park_proposal p = simple();
    CHECK(park_proposal_swings(&p, 1.0, arena, swing, &n, NULL) == PARK_E_RANGE);
    park_arena_fail_after(arena, 1);
    CHECK(park_proposal_judge(&p, arena, &m, NULL) == PARK_E_MEMORY);
    park_arena_free(arena);
}

int main(void)
{
    RUN(a_proposal_by_hand);
    RUN(what_wears_out_is_built_again);
    RUN(building_takes_years);
    RUN(nothing_saved_has_no_price);
    RUN(swings_by_hand);
    RUN(what_makes_no_sense_is_refused);
    return park_test_done();
}
