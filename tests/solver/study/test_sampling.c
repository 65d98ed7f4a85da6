#include "study/sampling.h"

#include "base/random.h"
#include "check.h"

#include <stdbool.h>

enum { ROWS = 1024, COLUMNS = 3 };

/* Words of the published sequence, as SciPy 1.10 (scipy.stats.qmc.Sobol, scramble=False, bits=32) gives them. */
static void sobol_words_are_those_of_joe_and_kuo(void)
{
    static const struct {
        uint32_t row;
        size_t   column;
        uint32_t word;
    } WANT[] = {{0, 5, 0},
                {1, 0, 2147483648u},
                {5, 1, 3758096384u},
                {100, 2, 3321888768u},
                {777, 7, 3275751424u},
                {1023, 13, 2856321024u},
                {1000, 20, 2243952640u},
                {513, 39, 239075328u},
                {300, 30, 3380609024u}};
    for (size_t i = 0; i < sizeof WANT / sizeof WANT[0]; i++)
        CHECK(park_sobol_word(WANT[i].row, WANT[i].column) == WANT[i].word);
}

static bool one_in_each_stratum(const double *point, size_t rows, size_t columns, size_t k)
{
    bool taken[ROWS] = {false};
    for (size_t i = 0; i < rows; i++) {
        double u = point[i * columns + k];
        if (!(u > 0.0 && u < 1.0) || taken[(size_t)(u * (double)rows)])
            return false;
        taken[(size_t)(u * (double)rows)] = true;
    }
    return true;
}

static void every_stratum_holds_one_point(void)
{
    static double point[ROWS * COLUMNS];
    CHECK(park_sample_latin(7, 100, COLUMNS, point, NULL) == PARK_OK);
    for (size_t k = 0; k < COLUMNS; k++)
        CHECK(one_in_each_stratum(point, 100, COLUMNS, k));
    CHECK(park_sample_sobol(7, ROWS, COLUMNS, point, NULL) == PARK_OK);
    for (size_t rows = 1; rows <= ROWS; rows *= 2)
        for (size_t k = 0; k < COLUMNS; k++)
            CHECK(one_in_each_stratum(point, rows, COLUMNS, k));
}

static void a_longer_sample_begins_with_the_shorter_one(void)
{
    static double few[10 * COLUMNS], many[ROWS * COLUMNS], other[10 * COLUMNS];
    park_sample_random(3, 10, COLUMNS, few);
    park_sample_random(3, ROWS, COLUMNS, many);
    park_sample_random(4, 10, COLUMNS, other);
    CHECK(memcmp(few, many, sizeof few) == 0);
    CHECK(memcmp(few, other, sizeof few) != 0);
    CHECK(few[4 * COLUMNS + 2] == park_sample_uniform(3, 4, 2));
    CHECK(park_sample_sobol(3, 10, COLUMNS, few, NULL) == PARK_OK &&
          park_sample_sobol(3, ROWS, COLUMNS, many, NULL) == PARK_OK);
    CHECK(memcmp(few, many, sizeof few) == 0);
}

static double pearson_of_scores(const double *point, size_t rows, size_t columns, size_t a, size_t b)
{
    double sum = 0.0, x2 = 0.0, y2 = 0.0;
    for (size_t i = 0; i < rows; i++) {
        double x = park_normal_quantile(point[i * columns + a]),
               y = park_normal_quantile(point[i * columns + b]);
        sum += x * y, x2 += x * x, y2 += y * y;
    }
    return sum / sqrt(x2 * y2);
}

/* 1024 points: the standard error of a correlation of 0.8 is (1 - 0.64)/32 = 0.011, of 0 it is 0.031. */
static void correlations_are_those_asked_for(void)
{
    static const double RHO[] = {1.0, 0.8, 0.8, 1.0};
    static const size_t OF[]  = {2, 0};
    static double       point[ROWS * COLUMNS], before[ROWS * COLUMNS];
    park_sample_random(11, ROWS, COLUMNS, point);
    memcpy(before, point, sizeof point);
    CHECK(park_sample_correlate(point, ROWS, COLUMNS, OF, 2, RHO, false, NULL) == PARK_OK);
    CHECK_CLOSE(pearson_of_scores(point, ROWS, COLUMNS, 0, 2), 0.8, 0.045);
    CHECK_CLOSE(pearson_of_scores(point, ROWS, COLUMNS, 0, 1), 0.0, 0.12);
    for (size_t i = 0; i < ROWS; i++)
        CHECK(point[i * COLUMNS + 1] == before[i * COLUMNS + 1] &&
              point[i * COLUMNS + 2] == before[i * COLUMNS + 2]);
    CHECK(park_sample_latin(11, ROWS, COLUMNS, point, NULL) == PARK_OK);
    CHECK(park_sample_correlate(point, ROWS, COLUMNS, OF, 2, RHO, true, NULL) == PARK_OK);
    CHECK_CLOSE(pearson_of_scores(point, ROWS, COLUMNS, 0, 2), 0.8, 0.045);
    for (size_t k = 0; k < COLUMNS; k++)
        CHECK(one_in_each_stratum(point, ROWS, COLUMNS, k));
}

static void what_cannot_be_is_refused(void)
{
    static const double RHO[] = {1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1}, TWO[] = {1, 1, 1, 1};
    static const size_t OF[] = {0, 1, 2};
    static double       point[10 * (PARK_SOBOL_COLUMNS + 1)];
    park_sample_random(1, 10, COLUMNS, point);
    CHECK(park_sample_correlate(point, 10, COLUMNS, OF, 3, RHO, false, NULL) == PARK_E_RANGE);
    CHECK(park_sample_correlate(point, 10, COLUMNS, OF, 2, TWO, false, NULL) == PARK_E_RANGE);
    CHECK(park_sample_sobol(1, 10, PARK_SOBOL_COLUMNS + 1, point, NULL) == PARK_E_RANGE);
}

int main(void)
{
    RUN(sobol_words_are_those_of_joe_and_kuo);
    RUN(every_stratum_holds_one_point);
    RUN(a_longer_sample_begins_with_the_shorter_one);
    RUN(correlations_are_those_asked_for);
    RUN(what_cannot_be_is_refused);
    return park_test_done();
}
