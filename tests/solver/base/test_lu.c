#include "base/dense.h"
#include "base/lu.h"
#include "base/random.h"
#include "check.h"

/* A ring of mixing nodes with recycles: row i says  out_i c_i - sum of shares of others = load_i. Diagonally
 * dominant in the columns, so never singular. `shuffle` moves the rows about, so that no pivot stands on the
 * diagonal. */
static park_sparse mixing(park_arena *arena, int32_t n, uint64_t seed, int shuffle)
{
    park_random   r = park_random_start(seed, (uint64_t)n, 0);
    park_triplets t;
    park_sparse   a;
    park_triplets_init(&t, arena, n, n);
    for (int32_t j = 0; j < n; j++) {
        double leaving = 0.0;
        for (int k = 0; k < 3; k++) {
            int32_t i    = (int32_t)park_random_below(&r, (uint32_t)n);
            double  flow = park_random_lognormal(&r, 0.01, 2.0);
            leaving += flow;
            if (i != j)
                CHECK(park_triplets_add(&t, shuffle ? (i + 1) % n : i, j, -flow, NULL) == PARK_OK);
        }
        CHECK(park_triplets_add(&t, shuffle ? (j + 1) % n : j, j, 1.1 * leaving, NULL) == PARK_OK);
    }
    CHECK(park_sparse_build(arena, &t, &a, NULL, NULL) == PARK_OK);
    return a;
}

/* Largest |b - A x| of a row, measured by the sizes of the terms in it. */
static double backward_error(const park_sparse *a, const double *b, const double *x, double *sum,
                             double *size)
{
    double worst = 0.0;
    for (int32_t i = 0; i < a->rows; i++) {
        sum[i]  = b[i];
        size[i] = fabs(b[i]);
    }
    for (int32_t j = 0; j < a->cols; j++)
        for (size_t e = a->start[j]; e < a->start[j + 1]; e++) {
            sum[a->index[e]] -= a->value[e] * x[j];
            size[a->index[e]] += fabs(a->value[e] * x[j]);
        }
    for (int32_t i = 0; i < a->rows; i++)
        worst = fmax(worst, size[i] > 0.0 ? fabs(sum[i]) / size[i] : 0.0);
    return worst;
}

static void small_systems_agree_with_the_dense_solver(void)
{
    enum { N = 40 };
    for (uint64_t seed = 1; seed <= 20; seed++) {
        park_arena *arena = park_arena_new();
        park_sparse a     = mixing(arena, N, seed, seed % 2 == 0);
        park_lu    *lu    = NULL;
        double      full[N * N], b[N], x[N], want[N], work[PARK_DENSE_WORK(N)];
        int32_t     pivot[N];
        for (int32_t i = 0; i < N; i++) {
            b[i] = i % 3 - 0.5;
            for (int32_t j = 0; j < N; j++)
                full[i * N + j] = park_sparse_at(&a, i, j);
        }
        CHECK(park_lu_new(arena, &a, &lu, NULL) == PARK_OK && park_lu_factor(lu, &a, NULL) == PARK_OK);
        CHECK(park_lu_solve(lu, b, x, NULL) == PARK_OK);
        CHECK(park_dense_solve(N, full, b, want, work, pivot, NULL) == PARK_OK);
        for (int i = 0; i < N; i++)
            CHECK_CLOSE(x[i], want[i], 1e-11 * fmax(1.0, fabs(want[i]))); /* condition below 1e4 */
        park_arena_free(arena);
    }
}

/* Every entry random, no dominance at all: pivoting must carry it. */
static void full_random_matrices_need_and_get_pivoting(void)
{
    enum { N = 60 };
    park_arena   *arena = park_arena_new();
    park_random   r     = park_random_start(8, 8, 0);
    park_triplets t;
    park_sparse   a;
    park_lu      *lu = NULL;
    double        b[N], x[N], sum[N], size[N];
    park_triplets_init(&t, arena, N, N);
    for (int32_t i = 0; i < N; i++) {
        b[i] = park_random_normal(&r);
        for (int32_t j = 0; j < N; j++)
            if (i != j)
                CHECK(park_triplets_add(&t, i, j, park_random_normal(&r) * pow(10.0, i % 7 - 3), NULL) ==
                      PARK_OK);
    }
    CHECK(park_sparse_build(arena, &t, &a, NULL, NULL) == PARK_OK);
    CHECK(park_lu_new(arena, &a, &lu, NULL) == PARK_OK && park_lu_factor(lu, &a, NULL) == PARK_OK);
    CHECK(park_lu_solve(lu, b, x, NULL) == PARK_OK);
    CHECK(backward_error(&a, b, x, sum, size) < 1e-14);
    park_arena_free(arena);
}

static void factors_stay_sparse(void)
{
    enum { N = 3000 };
    park_arena *arena = park_arena_new();
    double     *v     = PARK_ARRAY(arena, 4 * N, double);
    /* A chain whose hub (node 0) touches everything: in the natural order the hub fills the whole matrix. */
    park_triplets t;
    park_sparse   a;
    park_lu      *lu = NULL;
    park_triplets_init(&t, arena, N, N);
    for (int32_t i = 0; i < N; i++) {
        CHECK(park_triplets_add(&t, i, i, 4.0, NULL) == PARK_OK);
        v[i] = 1.0 + i % 10;
        if (i > 0)
            CHECK(park_triplets_add(&t, 0, i, 1.0 / N, NULL) == PARK_OK &&
                  park_triplets_add(&t, i, 0, 1.0 / N, NULL) == PARK_OK);
        if (i > 1)
            CHECK(park_triplets_add(&t, i, i - 1, -1.0, NULL) == PARK_OK);
    }
    CHECK(park_sparse_build(arena, &t, &a, NULL, NULL) == PARK_OK);
    CHECK(park_lu_new(arena, &a, &lu, NULL) == PARK_OK && park_lu_factor(lu, &a, NULL) == PARK_OK);
    CHECK(park_lu_entries(lu) < 6 * N);
    CHECK(park_lu_solve(lu, v, v + N, NULL) == PARK_OK);
    CHECK(backward_error(&a, v, v + N, v + 2 * N, v + 3 * N) < 1e-14);
    park_arena_free(arena);
}

/* The same factors serve many right-hand sides, the same object many matrices, without more memory. */
static void factors_are_reused(void)
{
    enum { N = 500 };
    park_arena *arena = park_arena_new();
    double     *b = PARK_ARRAY(arena, 5 * N, double), *x = b + N;
    park_sparse a  = mixing(arena, N, 1, 1);
    park_lu    *lu = NULL;
    CHECK(park_lu_new(arena, &a, &lu, NULL) == PARK_OK && park_lu_factor(lu, &a, NULL) == PARK_OK);
    size_t bytes = park_arena_bytes(arena);
    for (int round = 0; round < 5; round++) {
        for (int32_t i = 0; i < N; i++)
            b[i] = sin(i + round);
        for (size_t e = 0; e < a.start[N]; e++)
            a.value[e] *= 1.01;
        CHECK(park_lu_factor(lu, &a, NULL) == PARK_OK && park_lu_solve(lu, b, x, NULL) == PARK_OK);
        CHECK(backward_error(&a, b, x, b + 2 * N, b + 3 * N) < 1e-14);
        memcpy(b + 4 * N, x, N * sizeof *x);
        CHECK(park_lu_solve(lu, b, x, NULL) == PARK_OK && memcmp(b + 4 * N, x, N * sizeof *x) == 0);
    }
    CHECK(park_arena_bytes(arena) == bytes);
    park_arena_free(arena);
}

static park_status factor_of(park_arena *arena, int32_t n, size_t count, const int32_t *row,
                             const int32_t *col, const double *value, park_error *err)
{
    park_triplets t;
    park_sparse   a;
    park_lu      *lu = NULL;
    park_triplets_init(&t, arena, n, n);
    for (size_t i = 0; i < count; i++)
        CHECK(park_triplets_add(&t, row[i], col[i], value[i], NULL) == PARK_OK);
    CHECK(park_sparse_build(arena, &t, &a, NULL, NULL) == PARK_OK &&
          park_lu_new(arena, &a, &lu, NULL) == PARK_OK);
    park_status status = park_lu_factor(lu, &a, err);
    CHECK(status == PARK_OK || park_lu_entries(lu) == 0);
    double b[8] = {1.0}, x[8];
    CHECK((park_lu_solve(lu, b, x, NULL) == PARK_OK) == (status == PARK_OK));
    return status;
}

static void singular_systems_are_refused(void)
{
    park_arena *arena = park_arena_new();
    park_error  err   = {0};
    /* Two nodes that only feed each other: salt has no exit, columns sum to zero. */
    static const int32_t ROW[] = {0, 1, 0, 1}, COL[] = {0, 0, 1, 1};
    CHECK(factor_of(arena, 2, 4, ROW, COL, (double[]){0.3, -0.3, -0.3, 0.3}, &err) == PARK_E_NUMERIC);
    CHECK(strstr(err.message, "column") != NULL);
    CHECK(factor_of(arena, 2, 4, ROW, COL, (double[]){0.3, -0.3, -0.3, 0.3000001}, &err) == PARK_OK);
    /* An empty row, an empty column. */
    CHECK(factor_of(arena, 2, 2, ROW + 2, COL, (double[]){1.0, 1.0}, &err) == PARK_E_NUMERIC);
    CHECK(factor_of(arena, 2, 2, (int32_t[]){0, 0}, (int32_t[]){0, 1}, (double[]){1.0, 1.0}, &err) ==
          PARK_E_NUMERIC);
    CHECK(strstr(err.message, "row 2") != NULL);
    /* The third row is the sum of the others but for the rounding of decimals. */
    static const int32_t ALL_ROWS[] = {0, 0, 0, 1, 1, 1, 2, 2, 2}, ALL_COLS[] = {0, 1, 2, 0, 1, 2, 0, 1, 2};
    park_random          r = park_random_start(4, 4, 0);
    for (int round = 0; round < 100; round++) {
        double v[9];
        for (int j = 0; j < 3; j++) {
            v[j]     = 0.1 * (1 + park_random_below(&r, 99));
            v[j + 3] = 0.1 * (1 + park_random_below(&r, 99));
            v[j + 6] = v[j] + v[j + 3];
        }
        CHECK(factor_of(arena, 3, 9, ALL_ROWS, ALL_COLS, v, &err) == PARK_E_NUMERIC);
    }
    /* Small is not singular. */
    CHECK(factor_of(arena, 2, 2, (int32_t[]){0, 1}, (int32_t[]){1, 0}, (double[]){1e-200, 1e200}, &err) ==
          PARK_OK);
    park_arena_free(arena);
}

static void wrong_shapes_and_numbers_are_refused(void)
{
    park_arena   *arena = park_arena_new();
    park_triplets t;
    park_sparse   wide, a = mixing(arena, 5, 1, 0), b = mixing(arena, 6, 1, 0);
    park_lu      *lu = NULL;
    double        x[5];
    park_triplets_init(&t, arena, 2, 3);
    CHECK(park_sparse_build(arena, &t, &wide, NULL, NULL) == PARK_OK);
    CHECK(park_lu_new(arena, &wide, &lu, NULL) == PARK_E_RANGE);
    CHECK(park_lu_new(arena, &a, &lu, NULL) == PARK_OK);
    CHECK(park_lu_factor(lu, &b, NULL) == PARK_E_RANGE);
    CHECK(park_lu_factor(lu, &a, NULL) == PARK_OK);
    CHECK(park_lu_solve(lu, (double[]){1.0, NAN, 0.0, 0.0, 0.0}, x, NULL) == PARK_E_NUMERIC);
    a.value[2] = INFINITY;
    CHECK(park_lu_factor(lu, &a, NULL) == PARK_E_NUMERIC);
    park_arena_free(arena);
}

static void large_systems_fall_back_to_counts(void)
{
    enum { N = PARK_LU_ORDER_MOST + 100 };
    park_arena   *arena = park_arena_new();
    double       *v     = PARK_ARRAY(arena, 4 * N, double);
    park_triplets t;
    park_sparse   a;
    park_lu      *lu = NULL;
    park_triplets_init(&t, arena, N, N);
    for (int32_t i = 0; i < N; i++) {
        v[i] = cos(i);
        CHECK(park_triplets_add(&t, i, i, 2.5, NULL) == PARK_OK &&
              park_triplets_add(&t, i, (i + 1) % N, -1.0, NULL) == PARK_OK);
    }
    CHECK(park_sparse_build(arena, &t, &a, NULL, NULL) == PARK_OK);
    CHECK(park_lu_new(arena, &a, &lu, NULL) == PARK_OK && park_lu_factor(lu, &a, NULL) == PARK_OK);
    CHECK(park_lu_solve(lu, v, v + N, NULL) == PARK_OK);
    CHECK(backward_error(&a, v, v + N, v + 2 * N, v + 3 * N) < 1e-14);
    park_arena_free(arena);
}

static void memory_can_fail_at_every_point(void)
{
    int failures = 0, done = 0;
    for (size_t n = 1; n < 60; n++) {
        park_arena *arena = park_arena_new();
        park_sparse a     = mixing(arena, 30, 2, 0);
        park_lu    *lu    = NULL;
        park_arena_fail_after(arena, n);
        park_status status = park_lu_new(arena, &a, &lu, NULL);
        if (status == PARK_OK)
            status = park_lu_factor(lu, &a, NULL);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        failures += status == PARK_E_MEMORY;
        done += status == PARK_OK;
        park_arena_free(arena);
    }
    CHECK(failures > 16 && done > 0);
}

/* The same pattern with other numbers, again and again: as good as afresh. Without refinement, nearly. Where the pivots of before
 * vanish, others are sought; what is forgotten gives the bits of a system that never saw anything else. */
static void numbers_go_through_a_standing_pattern(void)
{
    enum { N = 60 };
    park_arena *arena = park_arena_new();
    park_sparse a     = mixing(arena, N, 7, 1);
    park_random r     = park_random_start(3, 1, 0);
    park_lu    *lu = NULL, *other = NULL;
    double      b[N], x[N], y[N], sum[N], size[N];
    CHECK(park_lu_new(arena, &a, &lu, NULL) == PARK_OK && park_lu_new(arena, &a, &other, NULL) == PARK_OK);
    for (int32_t i = 0; i < N; i++)
        b[i] = i % 5 - 1.5;
    for (int n = 0; n < 20; n++) {
        for (size_t e = 0; e < a.start[N]; e++) /* zeros come and go */
            a.value[e] *= park_random_below(&r, 9) == 0 && n % 3 == 1 ? 0.0 : 0.5 + park_random_uniform(&r);
        for (int32_t j = 0; n % 3 == 2 && j < N; j++)
            for (size_t e = a.start[j]; e < a.start[j + 1]; e++)
                a.value[e] = a.index[e] == (j + 1) % N ? 5.0 : -1.0 - park_random_uniform(&r);
        park_status status = park_lu_factor_again(lu, &a, NULL);
        CHECK(status == park_lu_factor_again(other, &a, NULL));
        if (status != PARK_OK)
            continue;
        CHECK(park_lu_solve(lu, b, x, NULL) == PARK_OK);
        CHECK(backward_error(&a, b, x, sum, size) < 1e-13);
        CHECK(park_lu_apply(lu, b, y, NULL) == PARK_OK);
        CHECK(backward_error(&a, b, y, sum, size) < 1e-9);
        park_lu *fresh = NULL;
        park_lu_forget(other);
        CHECK(park_lu_new(arena, &a, &fresh, NULL) == PARK_OK);
        CHECK(park_lu_factor_again(other, &a, NULL) == PARK_OK &&
              park_lu_factor_again(fresh, &a, NULL) == PARK_OK);
        CHECK(park_lu_apply(other, b, x, NULL) == PARK_OK && park_lu_apply(fresh, b, y, NULL) == PARK_OK);
        CHECK(memcmp(x, y, sizeof x) == 0);
    }
    park_lu_forget(lu);
    CHECK(park_lu_apply(lu, b, x, NULL) == PARK_E_NUMERIC);
    park_arena_free(arena);
}

int main(void)
{
    RUN(numbers_go_through_a_standing_pattern);
    RUN(small_systems_agree_with_the_dense_solver);
    RUN(full_random_matrices_need_and_get_pivoting);
    RUN(factors_stay_sparse);
    RUN(factors_are_reused);
    RUN(singular_systems_are_refused);
    RUN(wrong_shapes_and_numbers_are_refused);
    RUN(large_systems_fall_back_to_counts);
    RUN(memory_can_fail_at_every_point);
    return park_test_done();
}
