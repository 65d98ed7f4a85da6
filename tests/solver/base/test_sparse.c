#include "base/random.h"
#include "base/sparse.h"
#include "check.h"

/* 3 by 4:  [ 1 0 2 0 ; 0 0 0 3 ; 4 0 5 0 ], column 1 empty; (0,2) comes as 0.5 + 1.5. */
static park_sparse example(park_arena *arena, size_t *place)
{
    static const int32_t ROW[] = {2, 0, 1, 0, 2, 0}, COL[] = {2, 2, 3, 0, 0, 2};
    static const double  VALUE[] = {5.0, 0.5, 3.0, 1.0, 4.0, 1.5};
    park_triplets        t;
    park_sparse          a;
    park_triplets_init(&t, arena, 3, 4);
    for (int i = 0; i < 6; i++)
        CHECK(park_triplets_add(&t, ROW[i], COL[i], VALUE[i], NULL) == PARK_OK);
    CHECK(park_sparse_build(arena, &t, &a, place, NULL) == PARK_OK);
    return a;
}

static void triplets_are_sorted_and_merged(void)
{
    static const size_t  START[] = {0, 2, 2, 4, 5};
    static const int32_t INDEX[] = {0, 2, 0, 2, 1};
    static const double  VALUE[] = {1.0, 4.0, 2.0, 5.0, 3.0};
    park_arena          *arena   = park_arena_new();
    park_sparse          a       = example(arena, NULL);
    CHECK(memcmp(a.start, START, sizeof START) == 0);
    CHECK(memcmp(a.index, INDEX, sizeof INDEX) == 0);
    CHECK(memcmp(a.value, VALUE, sizeof VALUE) == 0);
    CHECK(park_sparse_at(&a, 0, 2) == 2.0 && park_sparse_at(&a, 1, 2) == 0.0 &&
          park_sparse_at(&a, 2, 1) == 0.0);
    park_arena_free(arena);
}

static void a_pattern_is_refilled_through_places(void)
{
    park_arena         *arena = park_arena_new();
    size_t              place[6];
    park_sparse         a     = example(arena, place);
    static const double NEW[] = {50.0, 5.0, 30.0, 10.0, 40.0, 15.0};
    park_sparse_refill(&a, 6, place, NEW);
    CHECK(park_sparse_at(&a, 0, 2) == 20.0 && park_sparse_at(&a, 2, 2) == 50.0 &&
          park_sparse_at(&a, 0, 0) == 10.0);
    park_arena_free(arena);
}

static void products_agree_with_hand_calculation(void)
{
    static const double X[] = {1.0, 10.0, 100.0, 1000.0}, Z[] = {1.0, 10.0, 100.0};
    park_arena         *arena = park_arena_new();
    park_sparse         a     = example(arena, NULL), t;
    double              y[3], w[4], v[4];
    park_sparse_multiply(&a, X, y);
    CHECK(y[0] == 201.0 && y[1] == 3000.0 && y[2] == 504.0);
    park_sparse_multiply_transposed(&a, Z, w);
    CHECK(w[0] == 401.0 && w[1] == 0.0 && w[2] == 502.0 && w[3] == 30.0);
    CHECK(park_sparse_transpose(arena, &a, &t, NULL) == PARK_OK);
    CHECK(t.rows == 4 && t.cols == 3);
    park_sparse_multiply(&t, Z, v);
    CHECK(memcmp(v, w, sizeof v) == 0);
    park_arena_free(arena);
}

static void permuting_moves_rows_and_columns(void)
{
    static const int32_t ROWS[] = {2, 0, 1}, COLS[] = {3, 2, 1, 0}, TWICE[] = {0, 0, 1};
    park_arena          *arena = park_arena_new();
    park_sparse          a     = example(arena, NULL), p;
    CHECK(park_sparse_permute(arena, &a, ROWS, COLS, &p, NULL) == PARK_OK);
    int bad = 0;
    for (int32_t i = 0; i < 3; i++)
        for (int32_t j = 0; j < 4; j++)
            bad += park_sparse_at(&p, i, j) != park_sparse_at(&a, ROWS[i], COLS[j]);
    CHECK(bad == 0 && p.start[4] == a.start[4]);
    CHECK(park_sparse_permute(arena, &a, NULL, NULL, &p, NULL) == PARK_OK);
    CHECK(memcmp(p.value, a.value, 5 * sizeof *a.value) == 0);
    CHECK(park_sparse_permute(arena, &a, TWICE, NULL, &p, NULL) == PARK_E_RANGE);
    CHECK(park_sparse_permute(arena, &a, NULL, (int32_t[]){0, 1, 2, 4}, &p, NULL) == PARK_E_RANGE);
    park_arena_free(arena);
}

/* 2000 random triplets against a full array. */
static void random_matrices_agree_with_full_ones(void)
{
    enum { ROWS = 40, COLS = 30 };
    park_arena   *arena            = park_arena_new();
    park_random   r                = park_random_start(1, 2, 0);
    double        full[ROWS][COLS] = {{0}};
    park_triplets t;
    park_sparse   a, back, forth;
    park_triplets_init(&t, arena, ROWS, COLS);
    for (int n = 0; n < 2000; n++) {
        int32_t i = (int32_t)park_random_below(&r, ROWS), j = (int32_t)park_random_below(&r, COLS);
        double  v = (double)park_random_below(&r, 1000) - 500.0; /* integers: sums are exact in any order */
        full[i][j] += v;
        CHECK(park_triplets_add(&t, i, j, v, NULL) == PARK_OK);
    }
    CHECK(park_sparse_build(arena, &t, &a, NULL, NULL) == PARK_OK);
    CHECK(park_sparse_transpose(arena, &a, &back, NULL) == PARK_OK);
    CHECK(park_sparse_transpose(arena, &back, &forth, NULL) == PARK_OK);
    int bad = 0;
    for (int32_t i = 0; i < ROWS; i++)
        for (int32_t j = 0; j < COLS; j++)
            bad += park_sparse_at(&a, i, j) != full[i][j] || park_sparse_at(&back, j, i) != full[i][j] ||
                   park_sparse_at(&forth, i, j) != full[i][j];
    CHECK(bad == 0);
    park_arena_free(arena);
}

static void places_and_values_are_checked(void)
{
    park_arena   *arena = park_arena_new();
    park_triplets t;
    park_triplets_init(&t, arena, 2, 3);
    CHECK(park_triplets_add(&t, 2, 0, 1.0, NULL) == PARK_E_RANGE &&
          park_triplets_add(&t, -1, 0, 1.0, NULL) == PARK_E_RANGE);
    CHECK(park_triplets_add(&t, 0, 3, 1.0, NULL) == PARK_E_RANGE &&
          park_triplets_add(&t, 0, -1, 1.0, NULL) == PARK_E_RANGE);
    CHECK(park_triplets_add(&t, 0, 0, NAN, NULL) == PARK_E_RANGE &&
          park_triplets_add(&t, 0, 0, INFINITY, NULL) == PARK_E_RANGE);
    CHECK(t.count == 0);
    park_sparse empty;
    CHECK(park_sparse_build(arena, &t, &empty, NULL, NULL) == PARK_OK && empty.start[3] == 0);
    park_arena_free(arena);
}

static void memory_can_fail_at_every_point(void)
{
    int failures = 0;
    for (size_t n = 1; n < 60; n++) {
        park_arena   *arena = park_arena_new();
        park_triplets t;
        park_sparse   a, b;
        park_triplets_init(&t, arena, 2, 2);
        park_arena_fail_after(arena, n);
        park_status status = park_triplets_add(&t, 0, 1, 1.0, NULL);
        if (status == PARK_OK)
            status = park_sparse_build(arena, &t, &a, NULL, NULL);
        if (status == PARK_OK)
            status = park_sparse_transpose(arena, &a, &b, NULL);
        if (status == PARK_OK)
            status = park_sparse_permute(arena, &a, NULL, NULL, &b, NULL);
        CHECK(status == PARK_OK || status == PARK_E_MEMORY);
        failures += status == PARK_E_MEMORY;
        park_arena_free(arena);
    }
    CHECK(failures == 24); /* 3 columns + 6 + 4 + (2 + 3 columns + 6): every allocation failed once */
}

int main(void)
{
    RUN(triplets_are_sorted_and_merged);
    RUN(a_pattern_is_refilled_through_places);
    RUN(products_agree_with_hand_calculation);
    RUN(permuting_moves_rows_and_columns);
    RUN(random_matrices_agree_with_full_ones);
    RUN(places_and_values_are_checked);
    RUN(memory_can_fail_at_every_point);
    return park_test_done();
}
