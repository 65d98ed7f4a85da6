#include "check.h"

#include "base/random.h"

#include <parkwater/economics.h>

static size_t rates_of(const double *flow, size_t count, double *rate)
{
    size_t rates = 99;
    CHECK(park_rates_of_return(flow, count, rate, &rates, NULL) == PARK_OK);
    for (size_t i = 0; i < rates;
         i++) { /* each is one: the present value there is nothing beside its parts */
        double parts = 0.0, weight = 1.0;
        for (size_t t = 0; t < count; t++, weight /= 1.0 + rate[i])
            parts += fabs(flow[t]) * weight;
        CHECK(fabs(park_present_value(flow, count, rate[i])) <= 1e-7 * parts);
    }
    return rates;
}

/* -100, 110: 10 %. -4000 and 15 times 600: LibreOffice 7.4 =IRR gives 0.124034504528225. */
static void one_rate(void)
{
    double       rate[PARK_RATES_MOST], flow[16] = {-4000.0};
    const double simple[] = {-100.0, 110.0}, doubled[] = {-100.0, 200.0};
    CHECK(rates_of(simple, 2, rate) == 1);
    CHECK_CLOSE(rate[0], 0.1, 1e-12);
    CHECK(rates_of(doubled, 2, rate) == 1); /* x = 1/2: the first halving meets it */
    CHECK_CLOSE(rate[0], 1.0, 1e-12);
    for (int t = 1; t < 16; t++)
        flow[t] = 600.0;
    CHECK(rates_of(flow, 16, rate) == 1);
    CHECK_CLOSE(rate[0], 0.124034504528, 1e-10);
}

/* The pump of Lorie and Savage (1955), J. Business 28, 229: -1600, 10000, -10000 returns 25 % and 400 %. */
static void two_rates_of_the_oil_pump(void)
{
    double       rate[PARK_RATES_MOST];
    const double flow[] = {-1600.0, 10000.0, -10000.0};
    CHECK(rates_of(flow, 3, rate) == 2);
    CHECK_CLOSE(rate[0], 0.25, 1e-10);
    CHECK_CLOSE(rate[1], 4.0, 1e-9);
}

/* (x - 1/1.1)(x - 1/1.2)(x - 1/1.5) expanded: 10, 20 and 50 %. */
static void three_rates(void)
{
    double       rate[PARK_RATES_MOST];
    const double a = 1.0 / 1.1, b = 1.0 / 1.2, c = 1.0 / 1.5;
    const double flow[] = {-a * b * c, a * b + a * c + b * c, -(a + b + c), 1.0};
    CHECK(rates_of(flow, 4, rate) == 3);
    CHECK_CLOSE(rate[0], 0.1, 1e-9);
    CHECK_CLOSE(rate[1], 0.2, 1e-9);
    CHECK_CLOSE(rate[2], 0.5, 1e-9);
}

/* Less comes back than was paid: 1000 = 500/(1+r) + 300/(1+r)^2; 1+r = (5 + sqrt(25 + 120)) / 20. And zero, and none. */
static void rates_below_zero_at_zero_and_none(void)
{
    double       rate[PARK_RATES_MOST];
    const double less[] = {-1000.0, 500.0, 300.0}, even[] = {-100.0, 50.0, 50.0}, never[] = {-100.0, -5.0};
    CHECK(rates_of(less, 3, rate) == 1);
    CHECK_CLOSE(rate[0], (5.0 + sqrt(145.0)) / 20.0 - 1.0, 1e-12);
    CHECK(rates_of(even, 3, rate) == 1);
    CHECK_CLOSE(rate[0], 0.0, 1e-12);
    CHECK(rates_of(never, 2, rate) == 0);
    const double complex_roots[] = {-1.0, 1.0, -1.0};
    CHECK(rates_of(complex_roots, 3, rate) == 0);
    const double nothing[] = {0.0, 0.0, 0.0};
    CHECK(rates_of(nothing, 3, rate) == 0);
}

/* (x - 0.8)^2 touches zero at 25 %: one rate. */
static void a_touching_rate_counts_once(void)
{
    double       rate[PARK_RATES_MOST];
    const double flow[] = {0.64, -1.6, 1.0};
    CHECK(rates_of(flow, 3, rate) == 1);
    CHECK_CLOSE(rate[0], 0.25, 1e-6);
}

/* Years of nothing before and after change no rate. */
static void empty_years_do_not_matter(void)
{
    double       rate[PARK_RATES_MOST];
    const double flow[] = {0.0, 0.0, -100.0, 110.0, 0.0};
    CHECK(rates_of(flow, 5, rate) == 1);
    CHECK_CLOSE(rate[0], 0.1, 1e-12);
}

/* Against a scan: as many rates as the present value changes its sign from -90 % to 1000 %, on random flows of 31 years. */
static void as_many_as_a_scan_sees(void)
{
    enum { FLOWS = 200, YEARS = 31, STEPS = 20000 };
    for (uint64_t k = 0; k < FLOWS; k++) {
        double      flow[YEARS], rate[PARK_RATES_MOST];
        park_random random = park_random_start(7, k, 0);
        for (int t = 0; t < YEARS; t++)
            flow[t] = park_random_uniform(&random) - 0.5;
        size_t rates = rates_of(flow, YEARS, rate), inside = 0, seen = 0;
        double low = -0.6, high = 10.0, before = park_present_value(flow, YEARS, low);
        for (size_t i = 0; i < rates; i++)
            inside += rate[i] > low && rate[i] < high;
        for (int i = 1; i <= STEPS; i++) {
            double now = park_present_value(flow, YEARS, low + (high - low) * i / STEPS);
            seen += (now < 0.0) != (before < 0.0);
            before = now;
        }
        CHECK(inside >= seen && (inside - seen) % 2 == 0); /* a pair nearer than a step is not seen */
        CHECK(inside <= seen + 2);
    }
}

static void what_is_no_flow_is_refused(void)
{
    double rate[PARK_RATES_MOST], many[200] = {-1.0, 2.0};
    size_t rates;
    CHECK(park_rates_of_return(many, 200, rate, &rates, NULL) == PARK_E_RANGE);
    many[1] = NAN;
    CHECK(park_rates_of_return(many, 2, rate, &rates, NULL) == PARK_E_RANGE);
}

int main(void)
{
    RUN(one_rate);
    RUN(two_rates_of_the_oil_pump);
    RUN(three_rates);
    RUN(rates_below_zero_at_zero_and_none);
    RUN(a_touching_rate_counts_once);
    RUN(empty_years_do_not_matter);
    RUN(as_many_as_a_scan_sees);
    RUN(what_is_no_flow_is_refused);
    return park_test_done();
}
