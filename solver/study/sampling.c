#include "study/sampling.h"

#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Streams of a study's seed: draws stand under their variant, permutations and shifts under a number no variant has. */
static const uint32_t PERMUTATION = 0xFFFFFFFFu, SHIFT = 0xFFFFFFFEu;

double park_sample_uniform(uint64_t seed, uint32_t variant, uint32_t variable)
{
    park_random random = park_random_start(seed, park_random_stream(variant, variable), 0);
    return park_random_uniform(&random);
}

void park_sample_random(uint64_t seed, size_t rows, size_t columns, double *point)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < columns; k++)
            point[i * columns + k] = park_sample_uniform(seed, (uint32_t)i, (uint32_t)k);
}

park_status park_sample_latin(uint64_t seed, size_t rows, size_t columns, double *point, park_error *err)
{
    uint32_t *stratum = malloc((rows > 0 ? rows : 1) * sizeof *stratum);
    if (stratum == NULL)
        return PARK_FAIL(err, PARK_E_MEMORY, "no memory for %zu strata", rows);
    for (size_t k = 0; k < columns; k++) {
        park_random random = park_random_start(seed, park_random_stream(PERMUTATION, (uint32_t)k), 0);
        for (size_t i = 0; i < rows; i++)
            stratum[i] = (uint32_t)i;
        for (size_t i = rows; i > 1; i--) { /* Fisher-Yates */
            uint32_t j = park_random_below(&random, (uint32_t)i), held = stratum[i - 1];
            stratum[i - 1] = stratum[j], stratum[j] = held;
        }
        for (size_t i = 0; i < rows; i++)
            point[i * columns + k] =
                (stratum[i] + park_sample_uniform(seed, (uint32_t)i, (uint32_t)k)) / (double)rows;
    }
    free(stratum);
    return PARK_OK;
}

/* ---- Sobol ---- */

/* Degree and inner coefficients of each column's primitive polynomial, and its first direction numbers; column 0 is van
 * der Corput's. Joe and Kuo (2008), new-joe-kuo-6. */
static const struct {
    int      degree;
    uint32_t inner, first[8];
} POLYNOMIAL[PARK_SOBOL_COLUMNS] = {
    {0, 0, {0}},
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
    {7, 7, {1, 1, 3, 13, 7, 35, 63}},
    {7, 8, {1, 3, 5, 9, 1, 25, 53}},
    {7, 14, {1, 3, 1, 13, 9, 35, 107}},
    {7, 19, {1, 3, 1, 5, 27, 61, 31}},
    {7, 21, {1, 1, 5, 11, 19, 41, 61}},
    {7, 28, {1, 3, 5, 3, 3, 13, 69}},
    {7, 31, {1, 1, 7, 13, 1, 19, 1}},
    {7, 32, {1, 3, 7, 5, 13, 19, 59}},
    {7, 37, {1, 1, 3, 9, 25, 29, 41}},
    {7, 41, {1, 3, 5, 13, 23, 1, 55}},
    {7, 42, {1, 3, 7, 3, 13, 59, 17}},
    {7, 50, {1, 3, 1, 3, 5, 53, 69}},
    {7, 55, {1, 1, 5, 5, 23, 33, 13}},
    {7, 56, {1, 1, 7, 7, 1, 61, 123}},
    {7, 59, {1, 1, 7, 9, 13, 61, 49}},
    {7, 62, {1, 3, 3, 5, 3, 55, 33}},
    {8, 14, {1, 3, 1, 15, 31, 13, 49, 245}},
    {8, 21, {1, 3, 5, 15, 31, 59, 63, 97}},
    {8, 22, {1, 3, 1, 11, 11, 11, 77, 249}},
};

uint32_t park_sobol_word(uint32_t row, size_t column)
{
    enum { BITS = 32 };
    uint32_t gray = row ^ row >> 1, word = 0, direction[BITS];
    int      degree = POLYNOMIAL[column].degree;
    for (int i = 0; i < BITS; i++) {
        if (degree == 0) {
            direction[i] = 1u << (BITS - 1 - i);
        } else if (i < degree) {
            direction[i] = POLYNOMIAL[column].first[i] << (BITS - 1 - i);
        } else {
            direction[i] = direction[i - degree] ^ direction[i - degree] >> degree;
            for (int k = 1; k < degree; k++)
                if (POLYNOMIAL[column].inner >> (degree - 1 - k) & 1u)
                    direction[i] ^= direction[i - k];
        }
        if (gray >> i & 1u)
            word ^= direction[i];
    }
    return word;
}

park_status park_sample_sobol(uint64_t seed, size_t rows, size_t columns, double *point, park_error *err)
{
    if (columns > PARK_SOBOL_COLUMNS)
        return PARK_FAIL(err, PARK_E_RANGE, "a Sobol sample has at most %d variables, not %zu",
                         PARK_SOBOL_COLUMNS, columns);
    if (rows > UINT32_MAX)
        return PARK_FAIL(err, PARK_E_RANGE, "a Sobol sample has fewer than 2^32 points, not %zu", rows);
    for (size_t k = 0; k < columns; k++) {
        park_random random = park_random_start(seed, park_random_stream(SHIFT, (uint32_t)k), 0);
        uint32_t    shift  = park_random_word(&random);
        for (size_t i = 0; i < rows; i++)
            point[i * columns + k] = ((double)(park_sobol_word((uint32_t)i, k) ^ shift) + 0.5) / 4294967296.0;
    }
    return PARK_OK;
}

/* ---- correlation ---- */

/* Lower triangle of rho = L L'; false when it is not positive definite with ones on its diagonal. */
static bool cholesky(const double *rho, size_t n, double *lower)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = rho[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= lower[i * n + k] * lower[j * n + k];
            if (i != j)
                lower[i * n + j] = sum / lower[j * n + j];
            else if (rho[i * n + i] == 1.0 && sum > 1e-12)
                lower[i * n + i] = sqrt(sum);
            else
                return false;
        }
    return true;
}

typedef struct ranked {
    double value;
    size_t row;
} ranked;

static int by_value(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return x->value < y->value ? -1 : x->value > y->value ? 1 : x->row < y->row ? -1 : x->row > y->row;
}

/* The column's own values in the order of `like`. */
static void reorder(double *point, size_t rows, size_t columns, size_t column, ranked *own, ranked *like)
{
    for (size_t i = 0; i < rows; i++)
        own[i] = (ranked){point[i * columns + column], i};
    qsort(own, rows, sizeof *own, by_value);
    qsort(like, rows, sizeof *like, by_value);
    for (size_t i = 0; i < rows; i++)
        point[like[i].row * columns + column] = own[i].value;
}

static double inside(double p)
{
    return fmin(fmax(p, 0x1p-53), 1.0 - 0x1p-53);
}

static void correlate(double *point, size_t rows, size_t columns, const size_t *of, size_t count,
                      const double *lower, bool keep_strata, double *score, ranked *own, ranked *like)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < count; k++)
            score[i * count + k] = park_normal_quantile(point[i * columns + of[k]]);
    for (size_t k = 1; k < count; k++) { /* the first keeps its place */
        for (size_t i = 0; i < rows; i++) {
            double z = 0.0;
            for (size_t j = 0; j <= k; j++)
                z += lower[k * count + j] * score[i * count + j];
            like[i] = (ranked){z, i};
            if (!keep_strata)
                point[i * columns + of[k]] = inside(0.5 * erfc(-z * 0.70710678118654752440));
        }
        if (keep_strata)
            reorder(point, rows, columns, of[k], own, like);
    }
}

park_status park_sample_correlate(double *point, size_t rows, size_t columns, const size_t *of, size_t count,
                                  const double *rho, bool keep_strata, park_error *err)
{
    park_arena *arena = park_arena_new();
    double     *lower = PARK_ARRAY(arena, count * count, double);
    double     *score = PARK_ARRAY(arena, rows * count, double);
    ranked     *own = PARK_ARRAY(arena, rows, ranked), *like = PARK_ARRAY(arena, rows, ranked);
    park_status status = PARK_OK;
    if (lower == NULL || score == NULL || own == NULL || like == NULL)
        status = PARK_FAIL(err, PARK_E_MEMORY, "no memory to correlate %zu variables", count);
    else if (!cholesky(rho, count, lower))
        status = PARK_FAIL(err, PARK_E_RANGE,
                           "the correlations of %zu variables contradict one another (not positive definite)",
                           count);
    else
        correlate(point, rows, columns, of, count, lower, keep_strata, score, own, like);
    park_arena_free(arena);
    return status;
}
