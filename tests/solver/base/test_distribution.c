/* Quantiles by hand, against tables, and against the mean as an integral of the quantile. */
#include "check.h"

#include "base/distribution.h"
#include "base/random.h"

static double quantile(park_distribution law, double p)
{
    return park_distribution_quantile(&law, p);
}

static void quantiles_by_hand(void)
{
    park_distribution normal = {.kind = PARK_DISTRIBUTION_NORMAL, .mean = 10.0, .sd = 2.0};
    CHECK_CLOSE(quantile(normal, 0.5), 10.0, 1e-14);
    CHECK_CLOSE(quantile(normal, 0.975), 10.0 + 2.0 * 1.959963984540054, 1e-12);
    park_distribution lognormal = {.kind = PARK_DISTRIBUTION_LOGNORMAL, .mean = 1.0, .sd = 1.0};
    CHECK_CLOSE(quantile(lognormal, 0.5), 1.0 / sqrt(2.0), 1e-14); /* exp(-ln(2)/2) */
    park_distribution uniform = {.kind = PARK_DISTRIBUTION_UNIFORM, .min = -1.0, .max = 3.0};
    CHECK_CLOSE(quantile(uniform, 0.25), 0.0, 1e-15);
    /* 0, 1, 3: the rise holds a third; F(2) = 1 - 1/6 */
    park_distribution triangular = {
        .kind = PARK_DISTRIBUTION_TRIANGULAR, .min = 0.0, .mode = 1.0, .max = 3.0};
    CHECK_CLOSE(quantile(triangular, 1.0 / 3.0), 1.0, 1e-12);
    CHECK_CLOSE(quantile(triangular, 1.0 / 12.0), 0.5, 1e-12);
    CHECK_CLOSE(quantile(triangular, 5.0 / 6.0), 2.0, 1e-12);
    CHECK(quantile((park_distribution){.kind = PARK_DISTRIBUTION_TRIANGULAR}, 0.3) == 0.0);
}

static void a_list_steps_where_its_weights_end(void)
{
    static const double VALUE[] = {3.0, 1.0, 2.0}, WEIGHT[] = {1.0, 2.0, 1.0};
    park_distribution   law = {
          .kind = PARK_DISTRIBUTION_DISCRETE, .count = 3, .value = VALUE, .weight = WEIGHT};
    CHECK(quantile(law, 0.01) == 1.0 && quantile(law, 0.5) == 1.0);
    CHECK(quantile(law, 0.51) == 2.0 && quantile(law, 0.75) == 2.0);
    CHECK(quantile(law, 0.76) == 3.0 && quantile(law, 0.999) == 3.0);
    CHECK_CLOSE(park_distribution_mean(&law), 7.0 / 4.0, 1e-15);
}

/* The mean is the integral of the quantile: midpoints of 10^5 parts. */
static void means_are_integrals_of_quantiles(void)
{
    static const park_distribution LAWS[] = {
        {.kind = PARK_DISTRIBUTION_NORMAL, .mean = -2.0, .sd = 0.5},
        {.kind = PARK_DISTRIBUTION_LOGNORMAL, .mean = 1.0, .sd = 0.18},
        {.kind = PARK_DISTRIBUTION_UNIFORM, .min = 0.7, .max = 1.0},
        {.kind = PARK_DISTRIBUTION_TRIANGULAR, .min = 0.5, .mode = 0.6, .max = 2.0},
    };
    enum { PARTS = 100000 };
    for (size_t i = 0; i < sizeof LAWS / sizeof LAWS[0]; i++) {
        double sum = 0.0, square = 0.0, mean = park_distribution_mean(&LAWS[i]);
        for (int k = 0; k < PARTS; k++) {
            double x = park_distribution_quantile(&LAWS[i], (k + 0.5) / PARTS);
            sum += x / PARTS, square += (x - mean) * (x - mean) / PARTS;
        }
        CHECK_CLOSE(sum, mean, 2e-5);
        if (LAWS[i].kind <= PARK_DISTRIBUTION_LOGNORMAL)
            CHECK_CLOSE(sqrt(square), LAWS[i].sd, 1e-3 * LAWS[i].sd);
    }
}

static void what_is_no_law_has_no_quantile(void)
{
    static const double            VALUE[] = {1.0, 2.0}, WEIGHT[] = {1.0, 0.0};
    static const park_distribution WRONG[] = {
        {.kind = PARK_DISTRIBUTION_NORMAL, .mean = 1.0, .sd = -1.0},
        {.kind = PARK_DISTRIBUTION_LOGNORMAL, .mean = 0.0, .sd = 1.0},
        {.kind = PARK_DISTRIBUTION_LOGNORMAL, .mean = 1.0, .sd = -1.0},
        {.kind = PARK_DISTRIBUTION_UNIFORM, .min = 2.0, .max = 1.0},
        {.kind = PARK_DISTRIBUTION_TRIANGULAR, .min = 0.0, .mode = 3.0, .max = 2.0},
        {.kind = PARK_DISTRIBUTION_DISCRETE},
        {.kind = PARK_DISTRIBUTION_DISCRETE, .count = 2, .value = VALUE, .weight = WEIGHT},
    };
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++)
        CHECK(isnan(quantile(WRONG[i], 0.5)));
    park_distribution uniform = {.kind = PARK_DISTRIBUTION_UNIFORM, .min = 0.0, .max = 1.0};
    CHECK(isnan(quantile(uniform, 0.0)) && isnan(quantile(uniform, 1.0)) && isnan(quantile(uniform, NAN)));
}

int main(void)
{
    RUN(quantiles_by_hand);
    RUN(a_list_steps_where_its_weights_end);
    RUN(means_are_integrals_of_quantiles);
    RUN(what_is_no_law_has_no_quantile);
    return park_test_done();
}
