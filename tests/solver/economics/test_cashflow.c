#include "check.h"

#include <parkwater/economics.h>

/* -4000 today, 600 a year for 15 years at 6 %: 600 (1 - 1.06^-15) / 0.06 - 4000. Tables of the annuity: P/A(6 %, 15) =
 * 9.7122 (9.712249). LibreOffice 7.4 gives =-4000+NPV(6%;600;..) = 1827.34939264459. */
static void present_value_of_an_annuity(void)
{
    double flow[16] = {-4000.0};
    for (int t = 1; t < 16; t++)
        flow[t] = 600.0;
    CHECK_CLOSE(park_present_value(flow, 16, 0.06), 600.0 * 9.712249 - 4000.0, 6e-4);
    CHECK_CLOSE(park_present_value(flow, 16, 0.06), 1827.34939264, 1e-8);
    CHECK_CLOSE(park_present_value(flow, 16, 0.0), 5000.0, 1e-9);
    CHECK_CLOSE(park_present_value(flow, 0, 0.06), 0.0, 0.0);
}

/* Textbook table: A/P(6 %, 15) = 0.10296, A/P(8 %, 10) = 0.14903. */
static void annuity_of_the_tables(void)
{
    CHECK_CLOSE(park_annuity(0.06, 15.0), 0.10296, 5e-6);
    CHECK_CLOSE(park_annuity(0.08, 10.0), 0.14903, 5e-6);
    CHECK_CLOSE(park_annuity(0.0, 8.0), 0.125, 1e-12);
}

/* -100, 30, 30, 30, 30: after three years 10 are open, a third of the fourth year. */
static void payback_is_straight_within_a_year(void)
{
    const double flow[] = {-100.0, 30.0, 30.0, 30.0, 30.0};
    CHECK_CLOSE(park_payback(flow, 5, 0.0), 3.0 + 1.0 / 3.0, 1e-12);
    /* at 5 %: 30 (0.952381 + 0.907029 + 0.863838) = 81.69744; 18.30256 open, the fourth brings 24.68107 */
    CHECK_CLOSE(park_payback(flow, 5, 0.05), 3.0 + 18.30256 / 24.68107, 1e-6);
    CHECK(isinf(park_payback(flow, 4, 0.0)));
}

/* A second outlay takes the sum below zero again: the payback that counts is the last. */
static void payback_waits_for_the_last_outlay(void)
{
    const double flow[] = {-100.0, 120.0, -60.0, 50.0, 50.0};
    CHECK_CLOSE(park_payback(flow, 5, 0.0), 2.0 + 40.0 / 50.0, 1e-12);
    const double earns[] = {10.0, 5.0};
    CHECK_CLOSE(park_payback(earns, 2, 0.0), 0.0, 0.0);
}

int main(void)
{
    RUN(present_value_of_an_annuity);
    RUN(annuity_of_the_tables);
    RUN(payback_is_straight_within_a_year);
    RUN(payback_waits_for_the_last_outlay);
    return park_test_done();
}
